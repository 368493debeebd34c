/* Any bytes as one message: its title, author, date and text are valid UTF-8 and no longer than
 * what it holds could give. */
#include "fuzz.h"

#include "documents/documents_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_options options;
    ng_extracted extracted;
    ng_ctx *cx = ng_ctx_new();
    ng_view bytes = { size > 0 ? (const char *)data : "", size };
    ng_status status = NG_OK;

    fuzz_must(cx != NULL, "memory");
    ng_options_init(&options);
    ng_extracted_init(&extracted, SIZE_MAX / 4);
    status = ng_mail_extract(cx, bytes, "a.eml", &options, &extracted);
    fuzz_must(status == NG_OK || status == NG_E_DATA, "a message can be read");
    fuzz_must(ng_utf8_is_valid(ng_buffer_view(&extracted.text)) &&
                  ng_utf8_is_valid(ng_buffer_view(&extracted.title)) &&
                  ng_utf8_is_valid(ng_buffer_view(&extracted.author)),
              "what is taken out is UTF-8");
    fuzz_must(extracted.date.size == 0 || extracted.date.size == NG_DATE_BYTES, "a date is a day");
    fuzz_must(extracted.text.size <= 8 * size + 8, "nothing is read twice");
    ng_extracted_destroy(cx, &extracted);
    ng_ctx_free(cx);
    return 0;
}
