/* Any text, escaped for JSON, CSV and TSV, reads back as itself (TSV: as one cell). */
#include "fuzz.h"

#include "writers/writers.h"

#include <jansson.h>

/* JSON: jansson reads the same bytes. */
static void check_json(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    json_t *value = NULL;

    fuzz_must(ng_escape_json(cx, text, out) == NG_OK, "JSON is written");
    value = json_loadb(out->data, out->size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    fuzz_must(json_is_string(value), "JSON is a text");
    fuzz_must(ng_view_equal((ng_view){ json_string_value(value), json_string_length(value) }, text),
              "JSON reads back");
    json_decref(value);
}

/* CSV: quotes are taken off by RFC 4180; `lead` bytes of our own are passed over. */
static void check_csv(ng_view cell, ng_view text, size_t lead)
{
    bool is_quoted = cell.size > 0 && cell.data[0] == '"';
    size_t end = is_quoted ? cell.size - 1 : cell.size, at = 0;

    fuzz_must(!is_quoted || (cell.size > 1 && cell.data[end] == '"'), "CSV quotes are closed");
    for (size_t i = (is_quoted ? 1 : 0) + lead; i < end; i++) {
        char byte = cell.data[i];

        fuzz_must(is_quoted || (byte != ',' && byte != '\n' && byte != '\r' && byte != '"'),
                  "a bare CSV cell is one cell");
        if (byte == '"')
            fuzz_must(++i < end && cell.data[i] == '"', "a quote is doubled");
        fuzz_must(at < text.size && text.data[at++] == byte, "CSV reads back");
    }
    fuzz_must(at == text.size, "CSV reads back whole");
}

static void check_tsv(ng_view cell)
{
    for (size_t i = 0; i < cell.size; i++)
        fuzz_must((unsigned char)cell.data[i] >= ' ' && cell.data[i] != 0x7F, "TSV is one cell");
    fuzz_must(ng_utf8_is_valid(cell), "TSV is UTF-8");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_buffer text, out;
    ng_view view;
    bool is_formula;
    ng_ctx *cx = ng_ctx_new();

    fuzz_must(cx != NULL, "memory");
    ng_buffer_init(&text, SIZE_MAX / 2);
    ng_buffer_init(&out, SIZE_MAX / 2);
    fuzz_must(ng_utf8_repair(cx, (ng_view){ (const char *)data, size }, &text) == NG_OK, "repair");
    view = ng_buffer_view(&text);
    check_json(cx, view, &out);
    for (int raw = 0; raw < 2; raw++) {
        is_formula = !raw && view.size > 0 && memchr("=+-@\t\0", view.data[0], 6);
        out.size = 0;
        fuzz_must(ng_escape_csv(cx, view, raw != 0, &out) == NG_OK, "CSV is written");
        check_csv(ng_buffer_view(&out), view, is_formula ? 1 : 0);
    }
    out.size = 0;
    fuzz_must(ng_escape_tsv(cx, view, &out) == NG_OK, "TSV is written");
    check_tsv(ng_buffer_view(&out));
    ng_buffer_destroy(cx, &text);
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
    return 0;
}
