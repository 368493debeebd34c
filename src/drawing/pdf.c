/* The date in a PDF file, taken out: the same graph gives the same bytes at any time of day.
 *
 * cairo writes when the file was made, and this way of using it has no way to say otherwise. The
 * digits are overwritten in place, so no offset in the file changes. The entry stands near the end,
 * in an object that is not compressed; text of the graph stands in streams that are. */
#include "drawing_internal.h"

#include <string.h>

static const char entry[] = "/CreationDate (D:";
static const char no_time[] = "19700101000000";

void draw_clear_pdf_date(char *data, size_t size)
{
    size_t entry_size = sizeof entry - 1, time_size = sizeof no_time - 1;

    for (size_t at = size; at-- > 0;) {
        if (data[at] != '/' || size - at < entry_size + time_size)
            continue;
        if (memcmp(data + at, entry, entry_size) == 0) {
            memcpy(data + at + entry_size, no_time, time_size);
            return;
        }
    }
}
