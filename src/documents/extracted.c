/* What a reader takes out of the bytes of a file. */
#include "documents_internal.h"

void ng_extracted_init(ng_extracted *extracted, uint64_t limit_bytes)
{
    size_t limit = limit_bytes < SIZE_MAX / 4 ? (size_t)limit_bytes : SIZE_MAX / 4;

    extracted->remark = NULL;
    ng_buffer_init(&extracted->text, limit);
    ng_buffer_init(&extracted->title, limit);
    ng_buffer_init(&extracted->author, limit);
    ng_buffer_init(&extracted->date, limit);
}

void ng_extracted_destroy(ng_ctx *cx, ng_extracted *extracted)
{
    ng_buffer_destroy(cx, &extracted->text);
    ng_buffer_destroy(cx, &extracted->title);
    ng_buffer_destroy(cx, &extracted->author);
    ng_buffer_destroy(cx, &extracted->date);
}
