/* Any bytes as a page and as a fragment: text, title and author are UTF-8, a date is a date. The
 * first byte chooses a character set that is declared from outside. */
#include "fuzz.h"

#include "documents/documents_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = { NULL, "windows-1252", "shift_jis", "utf-16", "koi8-r" };
    const char *charset = size > 0 ? charsets[data[0] % 5] : NULL;
    ng_view page = { (const char *)data + (size > 0), size - (size > 0) };
    ng_options options;
    ng_extracted found;
    ng_buffer text;
    char date[10];
    ng_ctx *cx = ng_ctx_new();

    fuzz_must(cx != NULL, "memory");
    ng_options_init(&options);
    ng_extracted_init(&found, SIZE_MAX / 4);
    ng_buffer_init(&text, SIZE_MAX / 4);
    fuzz_must(ng_html_extract(cx, page, charset, "fuzz.html", &options, &found) == NG_OK,
              "any bytes are a page");
    fuzz_must(ng_utf8_is_valid(ng_buffer_view(&found.text)) &&
                  ng_utf8_is_valid(ng_buffer_view(&found.title)) &&
                  ng_utf8_is_valid(ng_buffer_view(&found.author)),
              "what is found is UTF-8");
    fuzz_must(ng_date_read(ng_buffer_view(&found.date), date) == found.date.size, "a date is one");
    fuzz_must(ng_html_text(cx, page, charset, "fuzz.html", &options, &text) == NG_OK &&
                  ng_utf8_is_valid(ng_buffer_view(&text)),
              "any bytes are a fragment");
    ng_buffer_destroy(cx, &text);
    ng_extracted_destroy(cx, &found);
    ng_ctx_free(cx);
    return 0;
}
