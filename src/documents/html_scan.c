/* A page is cut into text and marks, as browsers cut it (WHATWG, HTML, "Tokenization").
 *
 * Not through libxml2's HTML parser. Version 2.9.14, which Debian 12 has, asks all open elements at
 * each end tag that fits none and all attributes of an element at each new one (400 KB of "<b>" and
 * "</i>" took 20 s, one element with 100,000 attributes 16 s), runs on without end where some
 * allocations fail, and later versions cut pages differently. The scanner below goes forward alone,
 * allocates nothing, and gives the same on every machine.
 *
 * Attributes that are looked at come with the mark, undecoded; all others are passed over. */
#include "html.h"

#include <assert.h>

/* Names of the attributes, in the order of ng_html_attribute. */
static const char *const attribute_names[NG_HTML_ATTRIBUTE_COUNT] = {
    "class",    "id",       "role", "aria-label", "data-testid", "data-component",
    "itemprop", "itemtype", "rel",  "href",       "style",       "hidden",
    "datetime", "content",  "name", "property",   "type"
};

/* Keeps an attribute that is looked at, the first of its name. */
static void keep_attribute(ng_html_token *token, ng_view name, ng_view value)
{
    for (size_t i = 0; i < NG_HTML_ATTRIBUTE_COUNT; i++) {
        const char *known = attribute_names[i];

        if ((name.data[0] | 0x20) == known[0] && ng_html_is_word(name, known)) {
            if (!token->values[i].data)
                token->values[i] = value;
            return;
        }
    }
}

/* The end of a run of bytes none of which is white space, '>' or one of two others. */
static size_t end_of_run(ng_view page, size_t at, char stop, char other)
{
    while (at < page.size && !ng_is_blank_byte(page.data[at]) && page.data[at] != '>' &&
           page.data[at] != stop && page.data[at] != other)
        at++;
    return at;
}

static size_t skip_blank(ng_view page, size_t at)
{
    while (at < page.size && ng_is_blank_byte(page.data[at]))
        at++;
    return at;
}

/* Reads the value behind an equals sign at `at`; *at_out is behind it, or page.size. */
static ng_view read_value(ng_view page, size_t at, size_t *at_out)
{
    size_t end = 0;

    at = skip_blank(page, at);
    if (at < page.size && (page.data[at] == '"' || page.data[at] == '\'')) {
        const char *quote = memchr(page.data + at + 1, page.data[at], page.size - at - 1);

        end = quote ? (size_t)(quote - page.data) : page.size;
        *at_out = quote ? end + 1 : page.size;
        return ng_view_part(page, at + 1, end);
    }
    end = end_of_run(page, at, '>', '>');
    *at_out = end;
    return ng_view_part(page, at, end);
}

/* Reads attributes up to and with the '>'. False when the page ends before it. */
static bool read_attributes(ng_html_scan *scan, ng_html_token *token)
{
    ng_view page = scan->page;
    size_t at = scan->at;

    for (;;) {
        size_t end = 0;
        ng_view name = NG_VIEW_NONE;
        ng_view value = { page.data, 0 };

        while (at < page.size && (ng_is_blank_byte(page.data[at]) || page.data[at] == '/'))
            at++;
        if (at >= page.size)
            return false;
        if (page.data[at] == '>') {
            token->is_closed = page.data[at - 1] == '/';
            scan->at = at + 1;
            return true;
        }
        end = end_of_run(page, at + 1, '/', '=');
        name = ng_view_part(page, at, end);
        at = skip_blank(page, end);
        if (at < page.size && page.data[at] == '=')
            value = read_value(page, at + 1, &at);
        if (token->kind == NG_HTML_TOKEN_OPEN)
            keep_attribute(token, name, value);
    }
}

/* Reads a mark whose name starts at `at`. False when the page ends within it. */
static bool read_mark(ng_html_scan *scan, size_t at, ng_html_token_kind kind, ng_html_token *token)
{
    size_t end = end_of_run(scan->page, at, '/', '/');

    token->kind = kind;
    token->name = ng_view_part(scan->page, at, end);
    token->tag = ng_html_tag_find(token->name);
    scan->at = end;
    if (read_attributes(scan, token))
        return true;
    scan->at = scan->page.size;
    return false;
}

/* The place behind `end` from `at` on, or the end of the page. */
static size_t skip_past(ng_view page, size_t at, const char *end)
{
    size_t size = strlen(end);

    while (at < page.size) {
        const char *found = memchr(page.data + at, end[0], page.size - at);

        if (!found)
            break;
        at = (size_t)(found - page.data);
        if (page.size - at >= size && memcmp(found, end, size) == 0)
            return at + size;
        at++;
    }
    return page.size;
}

/* The place behind a comment whose text starts at `at`. */
static size_t skip_comment(ng_view page, size_t at)
{
    ng_view rest = ng_view_part(page, at, page.size);

    if (ng_view_starts(rest, NG_VIEW(">")))
        return at + 1;
    if (ng_view_starts(rest, NG_VIEW("->")))
        return at + 2;
    while (at < page.size) {
        at = skip_past(page, at, "--");
        if (at < page.size && page.data[at] == '>')
            return at + 1;
        if (page.size - at >= 2 && page.data[at] == '!' && page.data[at + 1] == '>')
            return at + 2;
        at -= at < page.size; /* three hyphens and more */
    }
    return page.size;
}

/* Behind "<!" or "<?": a comment, a document type, an instruction or CDATA, which is text. */
static bool read_declaration(ng_html_scan *scan, ng_html_token *token)
{
    ng_view page = scan->page;
    ng_view rest = ng_view_part(page, scan->at, page.size);
    size_t start = scan->at;

    if (ng_view_starts(rest, NG_VIEW("<!--"))) {
        scan->at = skip_comment(page, start + 4);
        return false;
    }
    if (ng_view_starts(rest, NG_VIEW("<![CDATA["))) {
        scan->at = skip_past(page, start + 9, "]]>");
        token->kind = NG_HTML_TOKEN_TEXT;
        token->is_literal = true;
        token->text = ng_view_part(page, start + 9, scan->at);
        if (ng_view_ends(token->text, NG_VIEW("]]>")))
            token->text.size -= 3;
        return true;
    }
    scan->at = skip_past(page, start + 2, ">");
    if (rest.size > 9 && ng_html_is_word(ng_view_part(rest, 0, 9), "<!doctype") &&
        memchr(page.data + start, '[', scan->at - start))
        scan->at = skip_past(page, start, "]>"); /* entities of the page's own */
    return false;
}

/* Reads from a '<' on. False when it was no text and no mark; it has moved forward then. */
static bool read_at_sign(ng_html_scan *scan, ng_html_token *token)
{
    ng_view page = scan->page;
    size_t at = scan->at;
    char next = at + 1 < page.size ? page.data[at + 1] : '\0';
    char after = at + 2 < page.size ? page.data[at + 2] : '\0';

    if ((next | 0x20) >= 'a' && (next | 0x20) <= 'z')
        return read_mark(scan, at + 1, NG_HTML_TOKEN_OPEN, token);
    if (next != '/')
        return read_declaration(scan, token);
    if ((after | 0x20) >= 'a' && (after | 0x20) <= 'z')
        return read_mark(scan, at + 2, NG_HTML_TOKEN_CLOSE, token);
    scan->at = skip_past(page, at + 2, ">");
    return false;
}

/* The next '<' that is more than a sign of text. */
static size_t find_sign(ng_view page, size_t at)
{
    while (at < page.size) {
        const char *found = memchr(page.data + at, '<', page.size - at);
        char next = '\0';

        if (!found)
            return page.size;
        at = (size_t)(found - page.data);
        next = at + 1 < page.size ? page.data[at + 1] : '\0';
        if (((next | 0x20) >= 'a' && (next | 0x20) <= 'z') || next == '/' || next == '!' ||
            next == '?')
            return at;
        at++;
    }
    return page.size;
}

void ng_html_scan_next(ng_html_scan *scan, ng_html_token *token_out)
{
    *token_out = (ng_html_token){ .kind = NG_HTML_TOKEN_END };
    while (scan->at < scan->page.size) {
        size_t sign = find_sign(scan->page, scan->at);

        if (sign > scan->at) {
            token_out->kind = NG_HTML_TOKEN_TEXT;
            token_out->text = ng_view_part(scan->page, scan->at, sign);
            scan->at = sign;
            return;
        }
        if (read_at_sign(scan, token_out))
            return;
        *token_out = (ng_html_token){ .kind = NG_HTML_TOKEN_END };
    }
}

ng_view ng_html_scan_raw(ng_html_scan *scan, ng_html_tag tag)
{
    ng_view page = scan->page;
    size_t start = scan->at;
    size_t at = start;

    while (at < page.size) {
        const char *found = memchr(page.data + at, '<', page.size - at);
        size_t end = 0;

        if (!found)
            break;
        at = (size_t)(found - page.data);
        if (at + 2 < page.size && page.data[at + 1] == '/') {
            end = end_of_run(page, at + 2, '/', '<');
            if (ng_html_tag_find(ng_view_part(page, at + 2, end)) == tag) {
                scan->at = skip_past(page, end, ">");
                return ng_view_part(page, start, at);
            }
        }
        at++;
    }
    scan->at = page.size;
    return ng_view_part(page, start, page.size);
}
