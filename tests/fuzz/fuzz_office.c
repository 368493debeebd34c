/* Any bytes as an office document or a book: what is taken out is valid UTF-8 and no longer than
 * what was unpacked could give. The first byte chooses the format; from 3 on the rest is no archive
 * but the part that holds the text: it is packed here, for the fuzzer could not get a checksum
 * right, or walked through by itself. */
#include "fuzz.h"

#include "documents/office.h"

enum { LIMIT_BYTES = 1 << 20 };

typedef ng_status (*reader)(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                            ng_extracted *out);

/* ---- packing ---- */

/* A zip archive in the making. */
typedef struct zip {
    ng_ctx *cx;
    ng_buffer parts, list;
    unsigned count;
} zip;

static void add_number(zip *out, ng_buffer *into, size_t number, int byte_count)
{
    for (; byte_count > 0; byte_count--, number >>= 8)
        fuzz_must(ng_buffer_add_byte(out->cx, into, (char)(number & 0xFF)) == NG_OK, "memory");
}

static uint32_t checksum(ng_view bytes)
{
    uint32_t sum = UINT32_MAX;

    for (size_t i = 0; i < bytes.size; i++) {
        sum ^= (unsigned char)bytes.data[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320U : 0);
    }
    return ~sum;
}

/* What the part's own header and the list say alike. */
static void add_description(zip *out, ng_buffer *into, ng_view name, ng_view bytes)
{
    add_number(out, into, 20, 2); /* version */
    add_number(out, into, 0, 8);  /* flags, stored, when */
    add_number(out, into, checksum(bytes), 4);
    add_number(out, into, bytes.size, 4);
    add_number(out, into, bytes.size, 4);
    add_number(out, into, name.size, 2);
    add_number(out, into, 0, 2);
}

static void add_part(zip *out, ng_view name, ng_view bytes)
{
    size_t place = out->parts.size;

    add_number(out, &out->parts, 0x04034B50, 4);
    add_description(out, &out->parts, name, bytes);
    fuzz_must(ng_buffer_add(out->cx, &out->parts, name) == NG_OK, "memory");
    fuzz_must(ng_buffer_add(out->cx, &out->parts, bytes) == NG_OK, "memory");
    add_number(out, &out->list, 0x02014B50, 4);
    add_number(out, &out->list, 20, 2);
    add_description(out, &out->list, name, bytes);
    add_number(out, &out->list, 0, 10); /* comment, disk, attributes */
    add_number(out, &out->list, place, 4);
    fuzz_must(ng_buffer_add(out->cx, &out->list, name) == NG_OK, "memory");
    out->count++;
}

/* The list goes behind the parts. */
static ng_view end_zip(zip *out)
{
    size_t place = out->parts.size;

    fuzz_must(ng_buffer_add(out->cx, &out->parts, ng_buffer_view(&out->list)) == NG_OK, "memory");
    add_number(out, &out->parts, 0x06054B50, 4);
    add_number(out, &out->parts, 0, 4);
    add_number(out, &out->parts, out->count, 2);
    add_number(out, &out->parts, out->count, 2);
    add_number(out, &out->parts, out->list.size, 4);
    add_number(out, &out->parts, place, 4);
    add_number(out, &out->parts, 0, 2);
    return ng_buffer_view(&out->parts);
}

/* ---- reading ---- */

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

/* Reads the bytes as the text of a file of this format. */
static void read_part(ng_ctx *cx, const ng_options *options, ng_view bytes, unsigned format)
{
    static const reader readers[] = { ng_docx_extract, ng_odt_extract, ng_epub_extract };
    static const ng_view names[] = { { "word/document.xml", 17 },
                                     { "content.xml", 11 },
                                     { "p", 1 } };
    zip packed = { .cx = cx };

    ng_buffer_init(&packed.parts, SIZE_MAX / 4);
    ng_buffer_init(&packed.list, SIZE_MAX / 4);
    add_part(&packed, NG_VIEW("META-INF/container.xml"),
             NG_VIEW("<c><rootfile full-path='x.opf'/></c>"));
    add_part(&packed, NG_VIEW("x.opf"),
             NG_VIEW("<p><item id='p' href='p' media-type='text/html'/><itemref idref='p'/></p>"));
    add_part(&packed, names[format], bytes);
    read_file(cx, options, end_zip(&packed), readers[format]);
    ng_buffer_destroy(cx, &packed.parts);
    ng_buffer_destroy(cx, &packed.list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const reader readers[] = { ng_docx_extract, ng_odt_extract, ng_epub_extract };
    ng_options options;
    ng_ctx *cx = ng_ctx_new();
    ng_view bytes = { size > 1 ? (const char *)data + 1 : "", size > 1 ? size - 1 : 0 };
    unsigned choice = size > 0 ? (unsigned)(data[0] - '0') % 8 : 0;

    fuzz_must(cx != NULL, "memory");
    ng_options_init(&options);
    options.document_bytes = LIMIT_BYTES;
    if (choice < 3)
        read_file(cx, &options, bytes, readers[choice]);
    else if (choice < 5)
        walk(cx, &options, bytes, choice == 3);
    else
        read_part(cx, &options, bytes, choice - 5);
    ng_ctx_free(cx);
    return 0;
}
