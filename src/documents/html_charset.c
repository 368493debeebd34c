/* The bytes of a page become UTF-8. iconv lives here.
 *
 * What tells the character set, the first that does: a byte order mark; what was declared from
 * outside; the page itself (<meta charset>, an XML declaration) in its first bytes; UTF-8 if all
 * bytes are valid UTF-8; else windows-1252. As in browsers (WHATWG, Encoding), the names of Latin-1
 * and ASCII mean windows-1252. Unlike in browsers, a page that says windows-1252 and is valid UTF-8
 * with letters beyond ASCII is UTF-8: programs that save pages convert the bytes and leave the
 * declaration. */
#include "html.h"

#include <errno.h>
#include <iconv.h>

enum { HEAD_BYTES = 8192, NAME_BYTES = 40 };

/* What iconv calls a character set, where browsers read more into a name than it says. */
static const struct {
    const char *name, *read_as;
} aliases[] = {
    { "utf8", "utf-8" },
    { "unicode-1-1-utf-8", "utf-8" },
    { "iso-8859-1", "windows-1252" },
    { "iso8859-1", "windows-1252" },
    { "iso_8859-1", "windows-1252" },
    { "latin1", "windows-1252" },
    { "latin-1", "windows-1252" },
    { "l1", "windows-1252" },
    { "ascii", "windows-1252" },
    { "us-ascii", "windows-1252" },
    { "cp1252", "windows-1252" },
    { "x-cp1252", "windows-1252" },
    { "iso-8859-9", "cp1254" },
    { "latin5", "cp1254" },
    { "iso-8859-11", "cp874" },
    { "tis-620", "cp874" },
    { "gb2312", "gb18030" },
    { "gbk", "gb18030" },
    { "x-gbk", "gb18030" },
    { "euc-kr", "cp949" },
    { "ks_c_5601-1987", "cp949" },
    { "shift_jis", "cp932" },
    { "shift-jis", "cp932" },
    { "x-sjis", "cp932" },
    { "sjis", "cp932" },
    { "big5", "big5-hkscs" },
    { "x-mac-roman", "macintosh" },
    { "iso-8859-8-i", "iso-8859-8" },
};

/* windows-1252 from 0x80 to 0x9F; 0: no character. */
static const uint16_t western[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
                                      0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
                                      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D,
                                      0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
                                      0x0153, 0,      0x017E, 0x0178 };

/* Appends windows-1252. */
static ng_status add_western(ng_ctx *cx, ng_view bytes, ng_buffer *out)
{
    ng_status status = ng_buffer_reserve(cx, out, bytes.size + bytes.size / 16);

    for (size_t i = 0; i < bytes.size && status == NG_OK; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        uint32_t point = byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80] : byte;
        char letter[4];

        if (byte < 0x80) {
            status = ng_buffer_add_byte(cx, out, bytes.data[i]);
            continue;
        }
        status = ng_buffer_add(cx, out,
                               (ng_view){ letter, ng_utf8_encode(point ? point : 0xFFFD, letter) });
    }
    return status;
}

/* Appends what iconv makes of the bytes; what it cannot read becomes U+FFFD. `name` has been
 * checked. *is_known_out: iconv knows the name. */
static ng_status add_by_iconv(ng_ctx *cx, ng_view bytes, const char *name, ng_buffer *out,
                              bool *is_known_out)
{
    char piece[4096];
    char *from = (char *)(uintptr_t)bytes.data; /* iconv's type; it does not write there */
    size_t left = bytes.size;
    ng_status status = NG_OK;
    iconv_t converter = iconv_open("UTF-8", name);

    *is_known_out = converter != (iconv_t)-1;
    if (!*is_known_out)
        return errno == ENOMEM ? ng_fail(cx, NG_E_MEMORY, "no memory to convert text") : NG_OK;
    while (left > 0 && status == NG_OK) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t result = iconv(converter, &from, &left, &to, &room);
        int problem = result == (size_t)-1 ? errno : 0;

        status = ng_buffer_add(cx, out, (ng_view){ piece, sizeof piece - room });
        if (status != NG_OK || problem == 0 || problem == E2BIG)
            continue;
        status = ng_buffer_add(cx, out, NG_VIEW("\xEF\xBF\xBD"));
        from += left > 0;
        left -= left > 0;
        if (problem == EINVAL)
            left = 0;
    }
    (void)iconv_close(converter);
    return status;
}

/* ---- which one ---- */

/* Copies a name that may be handed to iconv, in small letters, an alias replaced; "" when it is no
 * name (UTF-7 and UTF-32 are not read: no page is in them but to deceive). */
static void read_name(ng_view given, char name_out[NAME_BYTES])
{
    ng_view trimmed = ng_html_trim(given);

    name_out[0] = '\0';
    if (trimmed.size == 0 || trimmed.size >= NAME_BYTES)
        return;
    for (size_t i = 0; i < trimmed.size; i++) {
        char byte = trimmed.data[i];
        bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';

        if (!is_letter && !(byte >= '0' && byte <= '9') && !memchr("-_:.", byte, 4)) {
            name_out[0] = '\0';
            return;
        }
        name_out[i] = is_letter ? (char)(byte | 0x20) : byte;
        name_out[i + 1] = '\0';
    }
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(name_out, aliases[i].name) == 0)
            (void)snprintf(name_out, NAME_BYTES, "%s", aliases[i].read_as);
    if (strncmp(name_out, "utf-7", 5) == 0 || strncmp(name_out, "utf-32", 6) == 0)
        name_out[0] = '\0';
}

/* The value behind "charset" or "encoding" at `at`: an equals sign, maybe a quote, a name. */
static ng_view read_value(ng_view head, size_t at)
{
    size_t end = 0;

    while (at < head.size && ng_is_blank_byte(head.data[at]))
        at++;
    if (at >= head.size || head.data[at] != '=')
        return NG_VIEW_NONE;
    for (at++; at < head.size &&
               (ng_is_blank_byte(head.data[at]) || head.data[at] == '"' || head.data[at] == '\'');)
        at++;
    end = at;
    while (end < head.size && !ng_is_blank_byte(head.data[end]) &&
           !memchr("\"'/>;?", head.data[end], 6))
        end++;
    return ng_view_part(head, at, end);
}

/* The name that the page itself gives: in a <meta> or the XML declaration. */
static ng_view find_declared(ng_view page)
{
    ng_view head = ng_view_part(page, 0, page.size < HEAD_BYTES ? page.size : HEAD_BYTES);
    size_t at = 0;

    if (ng_view_starts(head, NG_VIEW("<?xml"))) {
        const char *end = memchr(head.data, '>', head.size);
        ng_view line = end ? ng_view_part(head, 0, (size_t)(end - head.data)) : head;

        at = ng_html_find(line, "encoding");
        if (at != SIZE_MAX)
            return read_value(line, at + 8);
    }
    for (at = 0; at < head.size;) {
        ng_view rest = ng_view_part(head, at, head.size);
        size_t start = ng_html_find(rest, "<meta");
        const char *end = NULL;
        size_t found = 0;

        if (start == SIZE_MAX)
            break;
        rest = ng_view_part(rest, start, rest.size);
        end = memchr(rest.data, '>', rest.size);
        rest.size = end ? (size_t)(end - rest.data) : rest.size;
        found = ng_html_find(rest, "charset");
        if (found != SIZE_MAX)
            return read_value(rest, found + 7);
        at += start + rest.size;
    }
    return NG_VIEW_NONE;
}

/* Appends bytes in the character set of this name; *is_known_out: it is one. */
static ng_status add_named(ng_ctx *cx, ng_view bytes, const char *name, ng_buffer *out,
                           bool *is_known_out)
{
    *is_known_out = true;
    if (strcmp(name, "windows-1252") == 0)
        return ng_utf8_is_valid(bytes) ? ng_buffer_add(cx, out, bytes)
                                       : add_western(cx, bytes, out);
    if (strcmp(name, "utf-8") == 0)
        return ng_utf8_repair(cx, bytes, out);
    if (name[0] == '\0') {
        *is_known_out = false;
        return NG_OK;
    }
    return add_by_iconv(cx, bytes, name, out, is_known_out);
}

ng_status ng_html_decode(ng_ctx *cx, ng_view bytes, const char *declared, ng_buffer *out)
{
    char name[NAME_BYTES];
    bool is_known = false;
    ng_status status = NG_OK;

    if (bytes.size == 0)
        return NG_OK;
    if (ng_view_starts(bytes, NG_VIEW("\xEF\xBB\xBF")))
        return ng_utf8_repair(cx, ng_view_part(bytes, 3, bytes.size), out);
    if (ng_view_starts(bytes, NG_VIEW("\xFF\xFE")) || ng_view_starts(bytes, NG_VIEW("\xFE\xFF")))
        return add_by_iconv(cx, ng_view_part(bytes, 2, bytes.size),
                            bytes.data[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE", out, &is_known);
    read_name(declared ? ng_view_of(declared) : NG_VIEW_NONE, name);
    status = add_named(cx, bytes, name, out, &is_known);
    if (status != NG_OK || is_known)
        return status;
    read_name(find_declared(bytes), name);
    if (strncmp(name, "utf-16", 6) == 0) /* the declaration was read byte by byte */
        (void)snprintf(name, sizeof name, "utf-8");
    status = add_named(cx, bytes, name, out, &is_known);
    if (status != NG_OK || is_known)
        return status;
    if (ng_utf8_is_valid(bytes))
        return ng_buffer_add(cx, out, bytes);
    return add_western(cx, bytes, out);
}
