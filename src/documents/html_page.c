/* Marks and text become a tree, in one array in the order of the page.
 *
 * It is the tree that browsers make (WHATWG, HTML, "Tree construction") as far as text is
 * concerned: end tags that pages leave out are put in (p, li, td ...), those that fit nothing are
 * passed over, and formatting that overlaps blocks is not taken apart, for it changes no text.
 * Nothing here goes deeper than a loop, and no search up the tree that finds nothing is longer than
 * SEARCH_LIMIT (one that finds something closes all it has passed), so that the whole is
 * O(bytes), whatever the page. */
#include "html.h"

#include <assert.h>

enum {
    SEARCH_LIMIT = 512,   /* elements asked on the way up */
    NODE_LIMIT = 4 << 20, /* from there on elements are not told apart */
};

typedef struct builder {
    ng_ctx *cx;
    ng_html_page *page;
    ng_html_scan scan;
    uint32_t open;                           /* the innermost open node */
    uint32_t open_counts[NG_HTML_TAG_COUNT]; /* open elements of each tag */
    bool is_xml;                             /* <a/> is an end, too */
} builder;

static bool is_block(unsigned tag)
{
    return ng_html_tag_is((ng_html_tag)tag) & NG_HTML_IS_BLOCK;
}

/* ---- nodes ---- */

/* Adds a node inside the open one. */
static ng_status add_node(builder *b, ng_html_tag tag, uint32_t hints, bool is_link)
{
    ng_html_page *page = b->page;
    const ng_html_node *parent = NULL;
    ng_status status = ng_grow(b->cx, (void **)&page->nodes, &page->capacity, sizeof *page->nodes,
                               page->count + 1, UINT32_MAX, "elements");

    if (status != NG_OK)
        return status;
    parent = &page->nodes[b->open];
    page->nodes[page->count] = (ng_html_node){
        .parent = b->open,
        .end = (uint32_t)page->count + 1,
        .block = is_block(tag) || page->count == 0 ? (uint32_t)page->count : parent->block,
        .text_at = (uint32_t)page->text.size,
        .hints = hints,
        .tag = (uint8_t)tag,
        .is_in_link = is_link || (page->count > 0 && parent->is_in_link),
        .is_in_pre = tag == NG_HTML_PRE || (page->count > 0 && parent->is_in_pre),
        .is_unread =
            (ng_html_tag_is(tag) & NG_HTML_IS_UNREAD) || (page->count > 0 && parent->is_unread),
    };
    page->count++;
    return NG_OK;
}

/* Closes the innermost open node. */
static void close_one(builder *b)
{
    ng_html_node *node = &b->page->nodes[b->open];

    assert(b->open > 0);
    node->end = (uint32_t)b->page->count;
    b->open_counts[node->tag]--;
    b->open = node->parent;
}

/* Closes up to and with `node`, which is open. */
static void close_up_to(builder *b, uint32_t node)
{
    while (b->open > node)
        close_one(b);
    close_one(b);
}

/* What a search up the tree stops at, without having found anything. */
typedef enum scope {
    IN_LINE,  /* any block */
    IN_CELL,  /* the cell of a table, a button */
    IN_LIST,  /* a list, a cell */
    IN_TABLE, /* a table */
} scope;

/* Does a search within the scope end at an element of this tag? */
static bool is_bound(unsigned tag, scope within)
{
    switch (within) {
    case IN_LINE:
        return is_block(tag);
    case IN_CELL:
        return tag == NG_HTML_TD || tag == NG_HTML_CAPTION || tag == NG_HTML_TABLE ||
               tag == NG_HTML_BUTTON || tag == NG_HTML_HIDDEN;
    case IN_LIST:
        return tag == NG_HTML_LIST || tag == NG_HTML_DL || is_bound(tag, IN_CELL);
    default:
        return tag == NG_HTML_TABLE || tag == NG_HTML_HIDDEN;
    }
}

/* The innermost open element of this tag, 0 when there is none within the scope. */
static uint32_t find_open(const builder *b, ng_html_tag tag, scope within)
{
    const ng_html_node *nodes = b->page->nodes;
    uint32_t node = b->open;

    if (b->open_counts[tag] == 0)
        return 0;
    for (int i = 0; node != 0 && i < SEARCH_LIMIT; i++, node = nodes[node].parent) {
        if (nodes[node].tag == tag)
            return node;
        if (is_bound(nodes[node].tag, within))
            return 0;
    }
    return 0;
}

/* Closes the innermost open element of this tag, if there is one within the scope. */
static bool close_tag(builder *b, ng_html_tag tag, scope within)
{
    uint32_t node = find_open(b, tag, within);

    if (node != 0)
        close_up_to(b, node);
    return node != 0;
}

/* ---- unread elements: template, svg ... ---- */

/* What an unread element is known by: elements of many names have one tag. */
static uint32_t key_of(ng_view name)
{
    uint32_t key = 0;

    for (size_t i = 0; i < name.size; i++)
        key = key * 31 + ((unsigned char)name.data[i] | 0x20u);
    return key;
}

/* Closes the innermost unread element of this name. Elements in it that are read in other places
 * have no nodes, so that the way is short. */
static void close_unread(builder *b, ng_view name)
{
    const ng_html_node *nodes = b->page->nodes;
    uint32_t node = b->open;

    for (int i = 0; node != 0 && i < SEARCH_LIMIT; i++, node = nodes[node].parent) {
        if (nodes[node].tag != NG_HTML_HIDDEN)
            return;
        if (nodes[node].hints == key_of(name)) {
            close_up_to(b, node);
            return;
        }
    }
}

/* ---- start tags ---- */

/* Closes what this tag ends by starting. */
static void close_before(builder *b, ng_html_tag tag)
{
    if (ng_html_tag_is(tag) & NG_HTML_ENDS_P)
        (void)close_tag(b, NG_HTML_P, IN_LINE);
    if (ng_html_is_heading(tag) && ng_html_is_heading(b->page->nodes[b->open].tag))
        close_one(b);
    if (tag == NG_HTML_LI)
        (void)close_tag(b, tag, IN_LIST);
    else if (tag == NG_HTML_DT || tag == NG_HTML_DD)
        (void)(close_tag(b, NG_HTML_DT, IN_LIST) || close_tag(b, NG_HTML_DD, IN_LIST));
    else if (tag == NG_HTML_A)
        (void)close_tag(b, tag, IN_LINE);
    else if (tag == NG_HTML_TD)
        (void)(close_tag(b, tag, IN_TABLE) || close_tag(b, NG_HTML_CAPTION, IN_TABLE));
    else if (tag == NG_HTML_TR)
        (void)(close_tag(b, tag, IN_TABLE) || close_tag(b, NG_HTML_CAPTION, IN_TABLE));
    else if (tag == NG_HTML_TROWS)
        (void)(close_tag(b, tag, IN_TABLE) || close_tag(b, NG_HTML_TR, IN_TABLE) ||
               close_tag(b, NG_HTML_CAPTION, IN_TABLE));
}

/* Is the script a description of the page? */
static bool is_json_ld(ng_view type)
{
    return ng_html_is_word(ng_html_trim(type), "application/ld+json");
}

/* Passes over the content of a raw element, and keeps it where it tells of the page. */
static void take_raw(builder *b, const ng_html_token *token)
{
    ng_html_facts *facts = &b->page->facts;
    ng_view content = ng_html_scan_raw(&b->scan, token->tag);

    if (token->tag == NG_HTML_TITLE && facts->title.size == 0 && !b->page->nodes[b->open].is_unread)
        facts->title = content;
    if (token->tag == NG_HTML_SCRIPT && is_json_ld(token->values[NG_HTML_TYPE]) &&
        facts->script_count < sizeof facts->scripts / sizeof *facts->scripts)
        facts->scripts[facts->script_count++] = content;
}

/* What elements of one tag and class have in common. */
static uint32_t kind_of(const ng_html_token *token)
{
    ng_view name = token->values[NG_HTML_CLASS];

    if (name.size == 0 || !is_block(token->tag))
        return 0;
    return (uint32_t)(ng_hash(name, token->tag) >> 32) | 1;
}

/* A link to another place than this page. */
static bool is_link(const ng_html_token *token)
{
    ng_view target = token->values[NG_HTML_HREF];

    return token->tag == NG_HTML_A && target.size > 0 && target.data[0] != '#';
}

/* A start tag. */
static ng_status open_element(builder *b, const ng_html_token *token)
{
    unsigned is = ng_html_tag_is(token->tag);
    bool is_hidden = token->tag == NG_HTML_HIDDEN;
    bool is_ended =
        (is & NG_HTML_IS_EMPTY) || (token->is_closed && (b->is_xml || is_hidden)); /* <svg/> */
    uint32_t node = (uint32_t)b->page->count;
    ng_status status = NG_OK;

    if (!b->page->nodes[b->open].is_unread)
        ng_html_facts_note(&b->page->facts, token);
    if ((is & NG_HTML_IS_RAW) && !is_ended)
        take_raw(b, token);
    if (token->tag == NG_HTML_HTML || token->tag == NG_HTML_HEAD || token->tag == NG_HTML_BODY ||
        token->tag == NG_HTML_VOID || token->tag == NG_HTML_META || token->tag == NG_HTML_LINK ||
        (is & NG_HTML_IS_RAW) || b->page->count >= NODE_LIMIT ||
        (b->page->nodes[b->open].is_unread && !is_hidden) || (is_hidden && is_ended) ||
        (token->tag == NG_HTML_INPUT && ng_html_is_word(token->values[NG_HTML_TYPE], "hidden")))
        return NG_OK;
    close_before(b, token->tag);
    status = add_node(b, token->tag, is_hidden ? key_of(token->name) : ng_html_hints(token),
                      is_link(token));
    if (status == NG_OK)
        b->page->nodes[node].kind = kind_of(token);
    if (status != NG_OK || is_ended)
        return status;
    b->open = node;
    b->open_counts[token->tag]++;
    return NG_OK;
}

/* ---- end tags ---- */

/* Where the end of an element of this tag looks for its start. */
static scope scope_of(ng_html_tag tag)
{
    if (tag == NG_HTML_TD || tag == NG_HTML_TR || tag == NG_HTML_TROWS || tag == NG_HTML_TABLE ||
        tag == NG_HTML_CAPTION)
        return IN_TABLE;
    if (tag == NG_HTML_LI)
        return IN_LIST;
    return is_block(tag) || tag == NG_HTML_BUTTON ? IN_CELL : IN_LINE;
}

/* An end tag. */
static ng_status close_element(builder *b, const ng_html_token *token)
{
    ng_html_tag tag = token->tag;

    if (tag == NG_HTML_HIDDEN)
        close_unread(b, token->name);
    if (tag == NG_HTML_HIDDEN || b->page->nodes[b->open].is_unread || tag == NG_HTML_HTML ||
        tag == NG_HTML_HEAD || tag == NG_HTML_BODY || b->page->count >= NODE_LIMIT)
        return NG_OK;
    if (tag == NG_HTML_BR)
        return add_node(b, NG_HTML_BR, 0, false);
    if (ng_html_is_heading(tag)) { /* </h3> ends <h2>, too */
        for (unsigned i = NG_HTML_H1; i <= NG_HTML_H6; i++)
            if (close_tag(b, (ng_html_tag)i, IN_CELL))
                break;
        return NG_OK;
    }
    if (!close_tag(b, tag, scope_of(tag)) && tag == NG_HTML_P)
        return add_node(b, NG_HTML_P, 0, false); /* an empty paragraph: a break */
    return NG_OK;
}

/* ---- the page ---- */

/* A run of text. */
static ng_status add_text(builder *b, const ng_html_token *token)
{
    const ng_html_page *page = b->page;
    ng_status status = NG_OK;

    if (page->nodes[b->open].is_unread)
        return NG_OK;
    if (page->count < NODE_LIMIT || page->nodes[page->count - 1].tag != NG_HTML_TEXT)
        status = add_node(b, NG_HTML_TEXT, 0, false);
    if (status == NG_OK && token->is_literal)
        return ng_buffer_add(b->cx, &b->page->text, token->text);
    return status == NG_OK ? ng_html_unescape(b->cx, token->text, &b->page->text) : status;
}

/* Reads token after token, and closes what is open at the end. */
static ng_status read_all(builder *b)
{
    ng_status status = add_node(b, NG_HTML_BODY, 0, false);
    ng_html_token token = { .kind = NG_HTML_TOKEN_END };

    while (status == NG_OK) {
        ng_html_scan_next(&b->scan, &token);
        if (token.kind == NG_HTML_TOKEN_END)
            break;
        if (token.kind == NG_HTML_TOKEN_TEXT)
            status = add_text(b, &token);
        else if (token.kind == NG_HTML_TOKEN_OPEN)
            status = open_element(b, &token);
        else
            status = close_element(b, &token);
    }
    if (b->page->count == 0)
        return status;
    while (b->open > 0)
        close_one(b);
    b->page->nodes[0].end = (uint32_t)b->page->count;
    return status;
}

ng_status ng_html_page_read(ng_ctx *cx, ng_view source, ng_html_page *page)
{
    builder b = { .cx = cx, .page = page, .scan = { .page = source } };

    *page = (ng_html_page){ .source = source };
    ng_buffer_init(&page->text, UINT32_MAX - 1);
    b.is_xml = ng_view_starts(ng_html_trim(source), NG_VIEW("<?xml"));
    return read_all(&b);
}

void ng_html_page_destroy(ng_ctx *cx, ng_html_page *page)
{
    ng_buffer_destroy(cx, &page->text);
    ng_free(cx, page->nodes);
    page->nodes = NULL;
    page->count = 0;
}
