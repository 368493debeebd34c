/* Any bytes as an office document or a book: what is taken out is valid UTF-8 and no longer than
 * what was unpacked could give. The first byte chooses the format; from 3 on the rest is no archive
 * but one page or part by itself, so that the fuzzer need not pack it. */
#include "fuzz.h"

#include "documents/office.h"

enum { LIMIT_BYTES = 1 << 20 };

typedef ng_status (*reader)(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                            ng_extracted *out);

/* Walks through one part: it starts as often as it ends. */
static void walk(ng_ctx *cx, const ng_options *options, ng_view bytes, bool is_page)
{
    ng_package package = { .cx = cx, .label = "a.epub", .options = options };
    ng_xml_place place = { .kind = NG_XML_START };
    ng_xml *xml = NULL;
    ng_status status = ng_xml_open(&package, bytes, NG_VIEW("a"), is_page, &xml);
    size_t open_count = 0;
    size_t text_bytes = 0;

    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(xml, &place);
        if (status != NG_OK)
            break;
        open_count += place.kind == NG_XML_START;
        open_count -= place.kind == NG_XML_END;
        if (place.kind == NG_XML_TEXT) {
            fuzz_must(ng_utf8_is_valid(place.text), "text is UTF-8");
            text_bytes += place.text.size;
        }
    }
    fuzz_must(status != NG_OK || open_count == 0, "what starts ends");
    fuzz_must(text_bytes <= 4 * bytes.size, "text is no longer than its bytes");
    ng_xml_close(cx, xml);
}

/* Reads the bytes as a file of this format. */
static void read_file(ng_ctx *cx, const ng_options *options, ng_view bytes, reader read)
{
    ng_extracted found;
    ng_status status = NG_OK;

    ng_extracted_init(&found, SIZE_MAX / 4);
    status = read(cx, bytes, "a.docx", options, &found);
    fuzz_must(status == NG_OK || status == NG_E_DATA || status == NG_E_LIMIT, "a file can be read");
    fuzz_must(ng_utf8_is_valid(ng_buffer_view(&found.text)) &&
                  ng_utf8_is_valid(ng_buffer_view(&found.title)) &&
                  ng_utf8_is_valid(ng_buffer_view(&found.author)),
              "what is taken out is UTF-8");
    fuzz_must(found.date.size <= NG_DATE_BYTES, "a date is a day");
    fuzz_must(found.text.size <= 4 * LIMIT_BYTES, "the text is bounded");
    ng_extracted_destroy(cx, &found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const reader readers[] = { ng_docx_extract, ng_odt_extract, ng_epub_extract };
    ng_options options;
    ng_ctx *cx = ng_ctx_new();
    ng_view bytes = { size > 1 ? (const char *)data + 1 : "", size > 1 ? size - 1 : 0 };
    unsigned choice = size > 0 ? (unsigned)(data[0] - '0') % 5 : 0;

    fuzz_must(cx != NULL, "memory");
    ng_options_init(&options);
    options.document_bytes = LIMIT_BYTES;
    if (choice < 3)
        read_file(cx, &options, bytes, readers[choice]);
    else
        walk(cx, &options, bytes, choice == 3);
    ng_ctx_free(cx);
    return 0;
}
