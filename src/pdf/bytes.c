/* Bytes that grow. */
#include "pdf_internal.h"

#include <stdlib.h>
#include <string.h>

bool pdf_bytes_add(pdf_bytes *bytes, const char *data, size_t size)
{
    if (size >= SIZE_MAX / 4 - bytes->size)
        return false;
    if (size >= bytes->capacity - bytes->size) {
        size_t wanted = (bytes->size + size + 32) * 2;
        char *grown = realloc(bytes->data, wanted);

        if (!grown)
            return false;
        bytes->data = grown;
        bytes->capacity = wanted;
    }
    if (size > 0)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    bytes->data[bytes->size] = '\0';
    return true;
}

void pdf_bytes_free(pdf_bytes *bytes)
{
    free(bytes->data);
    *bytes = (pdf_bytes){ 0 };
}
