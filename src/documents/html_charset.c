/* The character set that a page names in its first bytes: <meta charset>, an XML declaration. What
 * is made of it is said in encoding.c. */
#include "html.h"

enum { HEAD_BYTES = 8192 };

static const ng_view unread[] = { { "utf-7", 5 }, { "utf-16", 6 }, { "utf-32", 6 } };

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

/* UTF-7 and UTF-32 are not read: no page is in them but to deceive. A declaration that was read
 * byte by byte is not in UTF-16. */
void ng_html_charset(ng_view page, char name_out[NG_CHARSET_BYTES])
{
    ng_view name = ng_html_trim(find_declared(page));
    bool is_name = name.size > 0 && name.size < NG_CHARSET_BYTES;

    for (size_t i = 0; i < name.size && is_name; i++) {
        char byte = name.data[i];

        is_name = ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (byte >= '0' && byte <= '9') ||
                  memchr("-_:.", byte, 4);
    }
    for (size_t i = 0; i < sizeof unread / sizeof *unread && is_name; i++)
        is_name = !ng_view_equal_folded(ng_view_part(name, 0, unread[i].size), unread[i]);
    (void)snprintf(name_out, NG_CHARSET_BYTES, "%.*s", is_name ? (int)name.size : 0, name.data);
}
