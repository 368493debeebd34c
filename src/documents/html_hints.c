/* What an element is for, by the words in its class, id, role and the like.
 *
 * Authors of pages name the parts of a page much alike: "article-body", "entry-content", "sidebar",
 * "related-posts", "comment-list". Words are cut at hyphens, underscores and capitals, and looked
 * up alone and joined with the next one ("entryContent" gives entry, content, entrycontent). Such
 * lists go back to Readability (Arc90, 2009; Mozilla) and were widened by trafilatura (Barbaresi
 * 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
 * Extraction"); this one is our own. A hint is never the last word: html_clean.c and html_article.c
 * weigh it against the text. */
#include "html.h"

enum {
    NAV = NG_HINT_NAV,
    SIDE = NG_HINT_SIDE,
    COMMENTS = NG_HINT_COMMENTS,
    FOOTER = NG_HINT_FOOTER,
    MASTHEAD = NG_HINT_MASTHEAD,
    SHARE = NG_HINT_SHARE,
    FORM = NG_HINT_FORM,
    CONSENT = NG_HINT_CONSENT,
    POPUP = NG_HINT_POPUP,
    CAPTION = NG_HINT_CAPTION,
    META = NG_HINT_META,
    AUTHOR = NG_HINT_AUTHOR,
    DATE = NG_HINT_DATE,
    BIO = NG_HINT_BIO,
    TITLE = NG_HINT_TITLE,
    DECK = NG_HINT_DECK,
    BODY = NG_HINT_BODY,
    CONTENT = NG_HINT_CONTENT,
    REFERENCE = NG_HINT_REFERENCE,
    HEADER = NG_HINT_HEADER
};

/* Words in the order of bytes. */
static const struct {
    const char *word;
    uint32_t hints;
} words[] = {
#include "html_hints.inc"
};

/* Beginnings of classes that tell of a theme, a state or a topic, not of a part of the page. */
static const char *const idle_beginnings[] = {
    "category-", "tag-",    "has-",     "no-",    "with-",        "without-", "is-",
    "js-",       "type-",   "status-",  "theme",  "elementor",    "et_pb",    "vc_",
    "wpb_",      "format-", "section-", "topic-", "skin-",        "layout-",  "template-",
    "single-",   "col-",    "not-",     "data-",  "author-name-",
};

enum { WORD_BYTES = 24, HINTS_HERE = NG_HINTS_AGAINST | NG_HINTS_ABOUT };

/* The hints of a word, 0 when it is none of ours. */
static uint32_t find_word(const char *word)
{
    size_t low = 0;
    size_t high = sizeof words / sizeof *words;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(word, words[middle].word);

        if (order == 0)
            return words[middle].hints;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* The end of the word that starts at `at`: letters, where a small letter is followed by a capital.
 */
static size_t end_of_word(ng_view name, size_t at)
{
    size_t end = at + 1;

    while (end < name.size && is_letter(name.data[end]) &&
           !((name.data[end] & 0x20) == 0 && (name.data[end - 1] & 0x20) != 0))
        end++;
    return end;
}

/* Appends a word in small letters to what is in `into`; false when there is no room. */
static bool add_word(char into[WORD_BYTES], size_t size, ng_view word)
{
    if (size + word.size >= WORD_BYTES)
        return false;
    for (size_t i = 0; i < word.size; i++)
        into[size + i] = (char)(word.data[i] | 0x20);
    into[size + word.size] = '\0';
    return true;
}

/* Of one class: what speaks against a part of the article outweighs the rest. */
static uint32_t hints_of_name(ng_view name)
{
    char pair[WORD_BYTES] = "";
    size_t before = 0; /* bytes of the word before in `pair` */
    uint32_t hints = 0;

    for (size_t i = 0; name.size > 0 && i < sizeof idle_beginnings / sizeof *idle_beginnings; i++) {
        size_t size = 0;

        if ((name.data[0] | 0x20) != idle_beginnings[i][0])
            continue;
        size = strlen(idle_beginnings[i]);
        if (name.size > size && ng_html_is_word(ng_view_part(name, 0, size), idle_beginnings[i]))
            return 0;
    }
    for (size_t at = 0; at < name.size;) {
        size_t end = at + 1;
        char word[WORD_BYTES];

        if (!is_letter(name.data[at])) {
            at++;
            continue;
        }
        end = end_of_word(name, at);
        if (add_word(word, 0, ng_view_part(name, at, end))) {
            hints |= find_word(word);
            if (before > 0 && add_word(pair, before, ng_view_part(name, at, end)))
                hints |= find_word(pair);
            before = end - at;
            memcpy(pair, word, before + 1);
        } else {
            before = 0;
        }
        at = end;
    }
    return hints & HINTS_HERE ? hints & ~(uint32_t)(BODY | CONTENT) : hints;
}

/* Of all classes of an attribute. One that says "this is the text" outweighs what others say. */
static uint32_t hints_of_value(ng_view value)
{
    uint32_t hints = 0;
    bool is_body = false;

    for (size_t at = 0; at < value.size;) {
        size_t end = at;
        uint32_t found = 0;

        while (end < value.size && !ng_is_blank_byte(value.data[end]))
            end++;
        found = hints_of_name(ng_view_part(value, at, end));
        is_body = is_body || (found & BODY);
        hints |= found;
        at = end + 1;
    }
    return is_body ? hints & ~(uint32_t)(HINTS_HERE & ~(COMMENTS | REFERENCE)) : hints;
}

/* Does a list of classes hide what bears them? Not where they show it on some screens. */
static uint32_t hints_of_hiding(ng_view value)
{
    static const char *const hiding[] = { "sr-only",
                                          "visually-hidden",
                                          "visuallyhidden",
                                          "screen-reader-text",
                                          "screen-reader-only",
                                          "offscreen",
                                          "hidden",
                                          "d-none",
                                          "u-hidden" };
    bool is_hidden = false;

    if (value.size == 0 || memchr(value.data, ':', value.size) ||
        ng_html_find(value, "d-md-") != SIZE_MAX || ng_html_find(value, "d-lg-") != SIZE_MAX)
        return 0;
    for (size_t at = 0; at < value.size;) {
        size_t end = at;

        while (end < value.size && !ng_is_blank_byte(value.data[end]))
            end++;
        for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
            is_hidden = is_hidden || ng_html_is_word(ng_view_part(value, at, end), hiding[i]);
        at = end + 1;
    }
    return is_hidden ? NG_HINT_HIDDEN : 0;
}

/* display: none in a style attribute. */
static uint32_t hints_of_style(ng_view style)
{
    static const struct {
        const char *property, *value;
    } hiding[] = { { "display", "none" }, { "visibility", "hidden" } };

    for (size_t i = 0; i < sizeof hiding / sizeof *hiding && style.size > 0; i++) {
        size_t at = ng_html_find(style, hiding[i].property);

        if (at == SIZE_MAX)
            continue;
        at += strlen(hiding[i].property);
        while (at < style.size && (ng_is_blank_byte(style.data[at]) || style.data[at] == ':'))
            at++;
        if (style.size - at >= strlen(hiding[i].value) &&
            ng_html_is_word(ng_view_part(style, at, at + strlen(hiding[i].value)), hiding[i].value))
            return NG_HINT_HIDDEN;
    }
    return 0;
}

/* Roles of ARIA. */
static uint32_t hints_of_role(ng_view role)
{
    static const struct {
        const char *role;
        uint32_t hints;
    } roles[] = {
        { "navigation", NAV },     { "banner", MASTHEAD },
        { "contentinfo", FOOTER }, { "complementary", SIDE },
        { "search", FORM },        { "dialog", POPUP },
        { "alertdialog", POPUP },  { "menu", NAV },
        { "menubar", NAV },        { "tablist", NAV },
        { "toolbar", SHARE },      { "main", CONTENT },
        { "article", CONTENT },    { "doc-endnotes", REFERENCE },
    };

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (ng_html_is_word(role, roles[i].role))
            return roles[i].hints;
    return 0;
}

/* The names of schema.org. */
static uint32_t hints_of_item(ng_view property, ng_view type)
{
    static const struct {
        const char *name;
        uint32_t hints;
    } properties[] = {
        { "articlebody", BODY },       { "text", BODY },          { "headline", TITLE },
        { "author", AUTHOR },          { "datepublished", DATE }, { "datecreated", DATE },
        { "comment", COMMENTS },       { "publisher", META },     { "alternativeheadline", DECK },
        { "datemodified", META },      { "keywords", META },      { "caption", CAPTION },
        { "commentcount", META },      { "breadcrumb", NAV },     { "articlesection", META },
        { "copyrightholder", FOOTER },
    };

    if (ng_html_find(type, "/comment") != SIZE_MAX ||
        ng_html_find(type, "usercomments") != SIZE_MAX)
        return COMMENTS;
    if (ng_html_find(type, "wpsidebar") != SIZE_MAX || ng_html_find(type, "wpadblock") != SIZE_MAX)
        return SIDE;
    if (ng_html_find(type, "breadcrumblist") != SIZE_MAX ||
        ng_html_find(type, "sitenavigation") != SIZE_MAX)
        return NAV;
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (ng_html_is_word(property, properties[i].name))
            return properties[i].hints;
    return 0;
}

/* Elements with a meaning of their own. */
static uint32_t hints_of_tag(ng_html_tag tag)
{
    switch (tag) {
    case NG_HTML_NAV:
        return NAV;
    case NG_HTML_ASIDE:
        return SIDE;
    case NG_HTML_FOOTER:
        return FOOTER;
    case NG_HTML_HEADER:
        return HEADER;
    case NG_HTML_FIGCAPTION:
        return CAPTION;
    case NG_HTML_BUTTON:
        return SHARE;
    case NG_HTML_TIME:
        return DATE;
    case NG_HTML_ARTICLE:
    case NG_HTML_MAIN:
        return CONTENT;
    default:
        return 0;
    }
}

/* Is this id a name, not a heading made into one ("editing-and-navigation")? */
static bool is_short_id(ng_view id)
{
    enum { MOST_HYPHENS = 2 };
    static const char *const fillers[] = { "-and-", "-of-", "-the-", "-to-", "-in-", "-for-" };
    int hyphens = 0;

    for (size_t i = 0; i < id.size; i++)
        hyphens += id.data[i] == '-';
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers && hyphens == 2; i++)
        if (ng_html_find(id, fillers[i]) != SIZE_MAX)
            return false;
    return hyphens <= MOST_HYPHENS;
}

/* Is this aria-label the name of a part of the page? Labels of links and articles are texts. */
static bool is_label(ng_html_tag tag, ng_view label)
{
    enum { LABEL_BYTES = 30 };

    return label.size <= LABEL_BYTES && tag != NG_HTML_A && tag != NG_HTML_ARTICLE &&
           tag != NG_HTML_MAIN;
}

/* Does a link lead to the page of an author? */
static bool is_author_page(ng_view address)
{
    static const char *const parts[] = { "/author/", "/authors/",      "/by/",      "/@",
                                         "/writer/", "/contributor/",  "/people/",  "/profile/",
                                         "/staff/",  "/contributors/", "/writers/", "/journalist" };

    if (address.size == 0)
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (ng_html_find(address, parts[i]) != SIZE_MAX)
            return true;
    return false;
}

uint32_t ng_html_hints(const ng_html_token *token)
{
    const ng_view *values = token->values;
    uint32_t hints = hints_of_tag(token->tag);

    for (int i = NG_HTML_CLASS; i <= NG_HTML_DATA_COMPONENT; i++)
        if (values[i].size > 0 && i != NG_HTML_ROLE &&
            (i != NG_HTML_ARIA_LABEL || is_label(token->tag, values[i])) &&
            (i != NG_HTML_ID || is_short_id(values[i])))
            hints |= hints_of_value(values[i]);
    if (values[NG_HTML_CLASS].size > 0)
        hints |= hints_of_hiding(values[NG_HTML_CLASS]);
    if (values[NG_HTML_ROLE].size > 0)
        hints |= hints_of_role(values[NG_HTML_ROLE]);
    if (values[NG_HTML_ITEMPROP].size > 0 || values[NG_HTML_ITEMTYPE].size > 0)
        hints |= hints_of_item(values[NG_HTML_ITEMPROP], values[NG_HTML_ITEMTYPE]);
    if (values[NG_HTML_STYLE].size > 0)
        hints |= hints_of_style(values[NG_HTML_STYLE]);
    if (values[NG_HTML_HIDDEN_NOW].data)
        hints |= NG_HINT_HIDDEN;
    if (token->tag == NG_HTML_SECTION && values[NG_HTML_NAME].size > 0) /* name="articleBody" */
        hints |= hints_of_name(values[NG_HTML_NAME]);
    if (token->tag == NG_HTML_OTHER) /* <amp-sidebar> */
        hints |= hints_of_name(token->name);
    if ((hints & (NG_HINT_COMMENTS | NG_HINT_SIDE)) != 0)
        hints &= ~(uint32_t)NG_HINT_BODY;
    if (ng_html_is_word(values[NG_HTML_REL], "author") ||
        (token->tag == NG_HTML_A && is_author_page(values[NG_HTML_HREF])))
        hints |= AUTHOR;
    return hints;
}
