/* Escaping: text from documents made harmless for one format each. Nothing else escapes.
 *
 * All three go through the text once and copy the stretches between special bytes whole. The text
 * is valid UTF-8, so a special character is found by its first byte. */
#include "writers_internal.h"

/* Appends a control byte as \u00XX. */
static ng_status add_json_control(ng_ctx *cx, unsigned char byte, ng_buffer *out)
{
    static const char digits[] = "0123456789abcdef";
    char text[6] = { '\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15] };

    return ng_buffer_add(cx, out, (ng_view){ text, sizeof text });
}

/* U+2028 and U+2029 end a line of JavaScript, and lines of some JSON-lines readers. */
static bool is_line_separator(ng_view rest)
{
    return ng_view_starts(rest, NG_VIEW("\xE2\x80\xA8")) ||
           ng_view_starts(rest, NG_VIEW("\xE2\x80\xA9"));
}

/* What stands for the special character at the beginning of `rest`. */
static ng_status add_json_special(ng_ctx *cx, ng_view rest, ng_buffer *out)
{
    if (rest.data[0] == '"')
        return ng_buffer_add(cx, out, NG_VIEW("\\\""));
    if (rest.data[0] == '\\')
        return ng_buffer_add(cx, out, NG_VIEW("\\\\"));
    if ((unsigned char)rest.data[0] < 0x20)
        return add_json_control(cx, (unsigned char)rest.data[0], out);
    return ng_buffer_add(
        cx, out, (unsigned char)rest.data[2] == 0xA8 ? NG_VIEW("\\u2028") : NG_VIEW("\\u2029"));
}

ng_status ng_escape_json(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    ng_status status = ng_buffer_add_byte(cx, out, '"');
    size_t copied = 0;

    for (size_t i = 0; i < text.size && status == NG_OK; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool is_separator = false;

        if (byte > '\\' && byte != 0xE2) /* small letters, most of all text */
            continue;
        is_separator = byte == 0xE2 && is_line_separator(ng_view_part(text, i, text.size));
        if (byte >= 0x20 && byte != '"' && byte != '\\' && !is_separator)
            continue;
        status = ng_buffer_add(cx, out, ng_view_part(text, copied, i));
        if (status == NG_OK)
            status = add_json_special(cx, ng_view_part(text, i, text.size), out);
        copied = i + (is_separator ? 3 : 1);
        i = copied - 1;
    }
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, ng_view_part(text, copied, text.size));
    return status == NG_OK ? ng_buffer_add_byte(cx, out, '"') : status;
}

/* True when RFC 4180 wants quotes, or readers would strip spaces. */
static bool needs_quotes(ng_view text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '"' || text.data[i] == ',' || text.data[i] == '\r' ||
            text.data[i] == '\n')
            return true;
    return text.size > 0 && (text.data[0] == ' ' || text.data[text.size - 1] == ' ');
}

ng_status ng_escape_csv(ng_ctx *cx, ng_view text, bool raw, ng_buffer *out)
{
    bool is_quoted = needs_quotes(text);
    ng_status status = is_quoted ? ng_buffer_add_byte(cx, out, '"') : NG_OK;
    size_t copied = 0;

    if (status == NG_OK && !raw && ng_view_is_formula(text))
        status = ng_buffer_add_byte(cx, out, '\'');
    for (size_t i = 0; i < text.size && status == NG_OK; i++) {
        if (text.data[i] != '"')
            continue;
        status = ng_buffer_add(cx, out, ng_view_part(text, copied, i + 1));
        copied = i; /* the quote is written once more */
    }
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, ng_view_part(text, copied, text.size));
    return status == NG_OK && is_quoted ? ng_buffer_add_byte(cx, out, '"') : status;
}

/* Bytes of the control or line-ending character at the beginning of `rest`; 0 for any other. */
static size_t control_size(ng_view rest)
{
    unsigned char byte = (unsigned char)rest.data[0];

    if (byte < 0x20 || byte == 0x7F)
        return 1;
    if (byte == 0xC2 && rest.size > 1 && (unsigned char)rest.data[1] < 0xA0)
        return 2; /* U+0080 ... U+009F */
    return byte == 0xE2 && is_line_separator(rest) ? 3 : 0;
}

/* TSV has no quoting: control characters, tab and line ends among them, become spaces. A terminal
 * is safe from the result as well. */
ng_status ng_escape_tsv(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    ng_status status = NG_OK;
    size_t copied = 0;

    for (size_t i = 0; i < text.size && status == NG_OK; i++) {
        size_t size = control_size(ng_view_part(text, i, text.size));

        if (size == 0)
            continue;
        status = ng_buffer_add(cx, out, ng_view_part(text, copied, i));
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, out, ' ');
        copied = i + size;
        i = copied - 1;
    }
    return status == NG_OK ? ng_buffer_add(cx, out, ng_view_part(text, copied, text.size)) : status;
}

/* What stands for a byte in XML, NULL when it stands for itself. Line ends and tabs are references,
 * because readers make spaces of them in attributes. */
static const char *xml_for(unsigned char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default: /* XML 1.0 has no other control characters */
        return byte < 0x20 ? " " : NULL;
    }
}

/* What stands for a longer character, NULL when it stands for itself: U+FFFE and U+FFFF are none of
 * XML; U+0085 and U+2028 are line ends of XML 1.1, and some readers of 1.0 make spaces of them. */
static const char *xml_for_character(ng_view rest, size_t *size_out)
{
    static const struct {
        const char *bytes, *words;
    } all[] = { { "\xEF\xBF\xBE", "\xEF\xBF\xBD" },
                { "\xEF\xBF\xBF", "\xEF\xBF\xBD" },
                { "\xC2\x85", "&#133;" },
                { "\xE2\x80\xA8", "&#8232;" } };
    unsigned char first = (unsigned char)rest.data[0];

    for (size_t i = 0;
         i < sizeof all / sizeof *all && (first == 0xEF || first == 0xC2 || first == 0xE2); i++)
        if (ng_view_starts(rest, ng_view_of(all[i].bytes))) {
            *size_out = strlen(all[i].bytes);
            return all[i].words;
        }
    return NULL;
}

ng_status ng_escape_xml(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    ng_status status = NG_OK;
    size_t copied = 0;

    for (size_t i = 0; i < text.size && status == NG_OK; i++) {
        const char *words = xml_for((unsigned char)text.data[i]);
        size_t size = 1;

        if (!words)
            words = xml_for_character(ng_view_part(text, i, text.size), &size);
        if (!words)
            continue;
        status = ng_buffer_add(cx, out, ng_view_part(text, copied, i));
        if (status == NG_OK)
            status = ng_buffer_add(cx, out, ng_view_of(words));
        copied = i + size;
        i = copied - 1;
    }
    return status == NG_OK ? ng_buffer_add(cx, out, ng_view_part(text, copied, text.size)) : status;
}

/* What Markdown takes for more than text has a backslash before it (CommonMark 2.4), the marks of
 * headings and lists at the beginning alone; control characters become blanks. */
ng_status ng_escape_markdown(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < text.size && status == NG_OK; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        if (byte < 0x20 || byte == 0x7F) {
            status = ng_buffer_add_byte(cx, out, ' ');
            continue;
        }
        if (strchr("\\`*_{}[]<>()!|&~$", byte) || (i == 0 && strchr("#+-", byte)))
            status = ng_buffer_add_byte(cx, out, '\\');
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, out, (char)byte);
    }
    return status;
}
