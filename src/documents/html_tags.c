/* The elements of HTML, and words compared whatever the case of ASCII. */
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

/* What holds for all elements of a tag. */
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

ng_html_tag ng_html_tag_find(ng_view name)
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
