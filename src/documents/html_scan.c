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

/* Elements by name, in the order of bytes. */
static const struct {
    const char *name;
    ng_html_tag tag;
} names[] = {
    { "a", NG_HTML_A },
    { "abbr", NG_HTML_FORMAT },
    { "acronym", NG_HTML_FORMAT },
    { "address", NG_HTML_ADDRESS },
    { "area", NG_HTML_VOID },
    { "article", NG_HTML_ARTICLE },
    { "aside", NG_HTML_ASIDE },
    { "audio", NG_HTML_HIDDEN },
    { "b", NG_HTML_FORMAT },
    { "base", NG_HTML_VOID },
    { "basefont", NG_HTML_VOID },
    { "bdi", NG_HTML_FORMAT },
    { "bdo", NG_HTML_FORMAT },
    { "bgsound", NG_HTML_VOID },
    { "big", NG_HTML_FORMAT },
    { "blockquote", NG_HTML_BLOCKQUOTE },
    { "body", NG_HTML_BODY },
    { "br", NG_HTML_BR },
    { "button", NG_HTML_BUTTON },
    { "canvas", NG_HTML_HIDDEN },
    { "caption", NG_HTML_CAPTION },
    { "center", NG_HTML_CENTER },
    { "cite", NG_HTML_FORMAT },
    { "code", NG_HTML_FORMAT },
    { "col", NG_HTML_VOID },
    { "datalist", NG_HTML_HIDDEN },
    { "dd", NG_HTML_DD },
    { "del", NG_HTML_FORMAT },
    { "details", NG_HTML_SECTION },
    { "dfn", NG_HTML_FORMAT },
    { "dialog", NG_HTML_SECTION },
    { "dir", NG_HTML_LIST },
    { "div", NG_HTML_DIV },
    { "dl", NG_HTML_DL },
    { "dt", NG_HTML_DT },
    { "em", NG_HTML_FORMAT },
    { "embed", NG_HTML_VOID },
    { "fieldset", NG_HTML_SECTION },
    { "figcaption", NG_HTML_FIGCAPTION },
    { "figure", NG_HTML_FIGURE },
    { "font", NG_HTML_FORMAT },
    { "footer", NG_HTML_FOOTER },
    { "form", NG_HTML_FORM },
    { "frame", NG_HTML_VOID },
    { "h1", NG_HTML_H1 },
    { "h2", NG_HTML_H2 },
    { "h3", NG_HTML_H3 },
    { "h4", NG_HTML_H4 },
    { "h5", NG_HTML_H5 },
    { "h6", NG_HTML_H6 },
    { "head", NG_HTML_HEAD },
    { "header", NG_HTML_HEADER },
    { "hgroup", NG_HTML_SECTION },
    { "hr", NG_HTML_HR },
    { "html", NG_HTML_HTML },
    { "i", NG_HTML_FORMAT },
    { "iframe", NG_HTML_RAW },
    { "image", NG_HTML_VOID },
    { "img", NG_HTML_VOID },
    { "input", NG_HTML_INPUT },
    { "ins", NG_HTML_FORMAT },
    { "kbd", NG_HTML_FORMAT },
    { "keygen", NG_HTML_VOID },
    { "label", NG_HTML_SPAN },
    { "legend", NG_HTML_SECTION },
    { "li", NG_HTML_LI },
    { "link", NG_HTML_LINK },
    { "listing", NG_HTML_PRE },
    { "main", NG_HTML_MAIN },
    { "map", NG_HTML_FORMAT },
    { "mark", NG_HTML_FORMAT },
    { "menu", NG_HTML_LIST },
    { "meta", NG_HTML_META },
    { "nav", NG_HTML_NAV },
    { "nobr", NG_HTML_FORMAT },
    { "noembed", NG_HTML_RAW },
    { "noframes", NG_HTML_RAW },
    { "noscript", NG_HTML_HIDDEN },
    { "object", NG_HTML_HIDDEN },
    { "ol", NG_HTML_LIST },
    { "optgroup", NG_HTML_VOID },
    { "option", NG_HTML_VOID },
    { "p", NG_HTML_P },
    { "param", NG_HTML_VOID },
    { "pre", NG_HTML_PRE },
    { "q", NG_HTML_FORMAT },
    { "rp", NG_HTML_FORMAT },
    { "rt", NG_HTML_FORMAT },
    { "s", NG_HTML_FORMAT },
    { "samp", NG_HTML_FORMAT },
    { "script", NG_HTML_SCRIPT },
    { "search", NG_HTML_NAV },
    { "section", NG_HTML_SECTION },
    { "select", NG_HTML_HIDDEN },
    { "small", NG_HTML_FORMAT },
    { "source", NG_HTML_VOID },
    { "span", NG_HTML_SPAN },
    { "strike", NG_HTML_FORMAT },
    { "strong", NG_HTML_FORMAT },
    { "style", NG_HTML_RAW },
    { "sub", NG_HTML_FORMAT },
    { "summary", NG_HTML_SECTION },
    { "sup", NG_HTML_SUP },
    { "svg", NG_HTML_HIDDEN },
    { "table", NG_HTML_TABLE },
    { "tbody", NG_HTML_TROWS },
    { "td", NG_HTML_TD },
    { "template", NG_HTML_HIDDEN },
    { "textarea", NG_HTML_TEXTAREA },
    { "tfoot", NG_HTML_TROWS },
    { "th", NG_HTML_TD },
    { "thead", NG_HTML_TROWS },
    { "time", NG_HTML_TIME },
    { "title", NG_HTML_TITLE },
    { "tr", NG_HTML_TR },
    { "track", NG_HTML_VOID },
    { "tt", NG_HTML_FORMAT },
    { "u", NG_HTML_FORMAT },
    { "ul", NG_HTML_LIST },
    { "var", NG_HTML_FORMAT },
    { "video", NG_HTML_HIDDEN },
    { "wbr", NG_HTML_VOID },
    { "xmp", NG_HTML_RAW },
};

/* Names of the attributes, in the order of ng_html_attribute. */
static const char *const attribute_names[NG_HTML_ATTRIBUTE_COUNT] = {
    "class",    "id",       "role", "aria-label", "data-testid", "data-component",
    "itemprop", "itemtype", "rel",  "href",       "style",       "hidden",
    "datetime", "content",  "name", "property",   "type"
};

static const unsigned char properties[NG_HTML_TAG_COUNT] = {
    [NG_HTML_ADDRESS] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_ARTICLE] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_ASIDE] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_BLOCKQUOTE] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_BR] = NG_HTML_IS_EMPTY,
    [NG_HTML_CAPTION] = NG_HTML_IS_BLOCK,
    [NG_HTML_CENTER] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_DD] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_DIV] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_DL] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_DT] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_FIGCAPTION] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_FIGURE] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_FOOTER] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_FORM] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_H1] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_H2] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_H3] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_H4] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_H5] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_H6] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_HEADER] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_HIDDEN] = NG_HTML_IS_UNREAD,
    [NG_HTML_HR] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P | NG_HTML_IS_EMPTY,
    [NG_HTML_INPUT] = NG_HTML_IS_EMPTY,
    [NG_HTML_LI] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_LINK] = NG_HTML_IS_EMPTY,
    [NG_HTML_LIST] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_MAIN] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_META] = NG_HTML_IS_EMPTY,
    [NG_HTML_NAV] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_P] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_PRE] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_RAW] = NG_HTML_IS_RAW | NG_HTML_IS_UNREAD,
    [NG_HTML_SCRIPT] = NG_HTML_IS_RAW | NG_HTML_IS_UNREAD,
    [NG_HTML_SECTION] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_TABLE] = NG_HTML_IS_BLOCK | NG_HTML_ENDS_P,
    [NG_HTML_TD] = NG_HTML_IS_BLOCK,
    [NG_HTML_TEXTAREA] = NG_HTML_IS_RAW | NG_HTML_IS_UNREAD,
    [NG_HTML_TITLE] = NG_HTML_IS_RAW | NG_HTML_IS_UNREAD,
    [NG_HTML_TR] = NG_HTML_IS_BLOCK,
    [NG_HTML_TROWS] = NG_HTML_IS_BLOCK,
    [NG_HTML_VOID] = NG_HTML_IS_EMPTY,
};

unsigned ng_html_tag_is(ng_html_tag tag)
{
    assert(tag < NG_HTML_TAG_COUNT);
    return properties[tag];
}

/* ---- words ---- */

/* Order of a name, whatever the case of ASCII, and a word of small letters. The name may hold any
 * bytes, zeros among them. */
static int compare_word(ng_view text, const char *word)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        if (byte >= 'A' && byte <= 'Z')
            byte |= 0x20;
        if (word[i] == '\0')
            return 1;
        if (byte != (unsigned char)word[i])
            return byte - (unsigned char)word[i];
    }
    return word[text.size] == '\0' ? 0 : -1;
}

bool ng_html_is_word(ng_view text, const char *word)
{
    return compare_word(text, word) == 0;
}

size_t ng_html_find(ng_view text, const char *word)
{
    size_t size = strlen(word);

    for (size_t at = 0; size <= text.size && at <= text.size - size; at++)
        if ((text.data[at] | 0x20) == (word[0] | 0x20) &&
            ng_html_is_word(ng_view_part(text, at, at + size), word))
            return at;
    return SIZE_MAX;
}

ng_view ng_html_trim(ng_view text)
{
    while (text.size > 0 && ng_is_blank_byte(text.data[0]))
        text = ng_view_part(text, 1, text.size);
    while (text.size > 0 && ng_is_blank_byte(text.data[text.size - 1]))
        text.size--;
    return text;
}

static ng_html_tag find_tag(ng_view name)
{
    size_t low = 0;
    size_t high = sizeof names / sizeof *names;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_word(name, names[middle].name);

        if (order == 0)
            return names[middle].tag;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NG_HTML_OTHER;
}

/* ---- marks ---- */

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
    token->tag = find_tag(token->name);
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
            if (find_tag(ng_view_part(page, at + 2, end)) == tag) {
                scan->at = skip_past(page, end, ">");
                return ng_view_part(page, start, at);
            }
        }
        at++;
    }
    scan->at = page.size;
    return ng_view_part(page, start, page.size);
}

/* ---- references ---- */

static const struct {
    char name[33];
    uint32_t first, second;
} entities[] = {
#include "html_entities.inc"
};

/* The number of a name, with or without its semicolon; SIZE_MAX: none. */
static size_t find_entity(ng_view name)
{
    size_t low = 0;
    size_t high = sizeof entities / sizeof *entities;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ng_view_compare(name, ng_view_of(entities[middle].name));

        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIZE_MAX;
}

/* windows-1252 in numbers, as browsers read them; 0 stands for itself. */
static uint32_t mend_number(uint32_t number)
{
    static const uint16_t western[32] = { 0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
                                          0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
                                          0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D,
                                          0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
                                          0x0153, 0x9D,   0x017E, 0x0178 };

    if (number >= 0x80 && number < 0xA0)
        return western[number - 0x80];
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000))
        return 0xFFFD;
    return number;
}

/* The value of a digit, 16 when it is none of this base. */
static uint32_t digit_of(char byte, uint32_t base)
{
    uint32_t value = 16;

    if (byte >= '0' && byte <= '9')
        value = (uint32_t)(byte - '0');
    else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
        value = (uint32_t)((byte | 0x20) - 'a' + 10);
    return value < base ? value : 16;
}

/* Reads "#8217;" or "#x2019;"; returns the bytes taken, 0 when it is no number. */
static size_t read_number(ng_view text, uint32_t *point_out)
{
    uint32_t base = text.size > 1 && (text.data[1] | 0x20) == 'x' ? 16 : 10;
    size_t start = base == 16 ? 2 : 1;
    size_t at = start;
    uint32_t number = 0;

    for (; at < text.size && digit_of(text.data[at], base) < 16; at++)
        if (number <= 0x10FFFF)
            number = number * base + digit_of(text.data[at], base);
    if (at == start)
        return 0;
    *point_out = mend_number(number);
    return at + (at < text.size && text.data[at] == ';');
}

/* Reads a name, the longest there is; returns the bytes taken, 0 when there is none. */
static size_t read_entity(ng_view text, size_t *entity_out)
{
    enum { LONGEST = 31, LONGEST_BARE = 6 };
    size_t end = 0;

    while (end < text.size && end <= LONGEST &&
           (digit_of(text.data[end], 10) < 16 ||
            ((text.data[end] | 0x20) >= 'a' && (text.data[end] | 0x20) <= 'z')))
        end++;
    if (end < text.size && text.data[end] == ';') {
        *entity_out = find_entity(ng_view_part(text, 0, end + 1));
        if (*entity_out != SIZE_MAX)
            return end + 1;
    }
    for (end = end < LONGEST_BARE ? end : LONGEST_BARE; end >= 2; end--) {
        *entity_out = find_entity(ng_view_part(text, 0, end));
        if (*entity_out != SIZE_MAX)
            return end;
    }
    return 0;
}

static ng_status add_point(ng_ctx *cx, uint32_t point, ng_buffer *out)
{
    char letter[4];

    return ng_buffer_add(cx, out, (ng_view){ letter, ng_utf8_encode(point, letter) });
}

/* Appends what the reference behind an ampersand stands for; *taken_out: its bytes, 0: it is none.
 */
static ng_status add_reference(ng_ctx *cx, ng_view text, ng_buffer *out, size_t *taken_out)
{
    uint32_t point = 0;
    size_t entity = 0;
    ng_status status = NG_OK;

    if (text.size > 0 && text.data[0] == '#') {
        *taken_out = read_number(text, &point);
        return *taken_out ? add_point(cx, point, out) : NG_OK;
    }
    *taken_out = read_entity(text, &entity);
    if (*taken_out == 0)
        return NG_OK;
    status = add_point(cx, entities[entity].first, out);
    if (status == NG_OK && entities[entity].second)
        status = add_point(cx, entities[entity].second, out);
    return status;
}

ng_status ng_html_unescape(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    size_t at = 0;

    while (at < text.size) {
        const char *sign = memchr(text.data + at, '&', text.size - at);
        size_t end = sign ? (size_t)(sign - text.data) : text.size;
        size_t taken = 0;
        ng_status status = ng_buffer_add(cx, out, ng_view_part(text, at, end));

        if (status == NG_OK && sign)
            status = add_reference(cx, ng_view_part(text, end + 1, text.size), out, &taken);
        if (status == NG_OK && sign && taken == 0)
            status = ng_buffer_add_byte(cx, out, '&');
        if (status != NG_OK)
            return status;
        at = end + (sign != NULL) + taken;
    }
    return NG_OK;
}
