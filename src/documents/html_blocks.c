/* A page is cut into blocks: runs of text without a break, the unit that is kept or dropped.
 *
 * A block ends where a block element starts or ends, at two <br> in a row, at a blank line of
 * <pre>, and at one <br> behind a short line of its own look (a headline in <b>, a byline in <i>).
 * White space is made single, a single <br> is a line feed. Characters that only shape lines (soft
 * hyphens, zero-width spaces, marks of direction) are left out: they would part names. */
#include "html.h"

typedef struct cutter {
    ng_ctx *cx;
    const ng_html_page *page;
    ng_html_blocks *blocks;
    uint32_t block;       /* the block element of the open block */
    uint32_t last;        /* the node of the last character */
    uint32_t line_words;  /* words of the open block before its last line */
    uint32_t cjk_count;   /* characters of a script without spaces */
    uint32_t break_count; /* line breaks since the last character */
    bool is_open;         /* there is an open block, the last one */
    bool must_break;      /* a block element began or ended since the last character */
    bool has_space;       /* white space since the last character */
    bool is_in_word;
} cutter;

/* ---- what is passed over ---- */

/* A mark of a note: <sup>[1]</sup>, <sup><a href="#n1">1</a></sup>. */
static bool is_note_mark(const ng_html_page *page, uint32_t node)
{
    enum { MARK_BYTES = 6 };
    ng_view text = ng_html_node_text(page, node);

    if (page->nodes[node].hints & NG_HINT_REFERENCE)
        return true;
    if (text.size == 0 || text.size > MARK_BYTES)
        return false;
    return text.data[0] == '[' ||
           (page->nodes[node].end > node + 1 && page->nodes[node + 1].tag == NG_HTML_A);
}

/* Is a node passed over with all that is in it? */
static bool is_passed_over(const ng_html_page *page, uint32_t node, bool for_article)
{
    enum {
        NOT_IN_LINES = NG_HINT_NAV | NG_HINT_SHARE | NG_HINT_COMMENTS | NG_HINT_CONSENT,
        NOT_IN_SPANS = NOT_IN_LINES | NG_HINT_SIDE | NG_HINT_CAPTION
    };
    const ng_html_node *n = &page->nodes[node];

    if (n->tag == NG_HTML_HIDDEN)
        return true;
    if (n->hints & NG_HINT_HIDDEN)
        return true;
    if (!for_article || (ng_html_tag_is((ng_html_tag)n->tag) & NG_HTML_IS_BLOCK))
        return false;
    if (n->tag == NG_HTML_SUP)
        return is_note_mark(page, node);
    return n->hints & (n->tag == NG_HTML_A ? NOT_IN_LINES : NOT_IN_SPANS);
}

/* ---- text ---- */

/* Ends like a sentence, a quotation or what leads to a list? */
static bool ends_sentence(ng_view text)
{
    enum { MOST_SIGNS = 8 };
    static const ng_view behind[] = { { "\"", 1 },
                                      { "'", 1 },
                                      { ")", 1 },
                                      { "]", 1 },
                                      { "\xE2\x80\x9D", 3 },
                                      { "\xE2\x80\x99", 3 },
                                      { "\xC2\xBB", 2 },
                                      { "\xE2\x80\x9C", 3 } };
    bool is_stripped = true;

    for (int k = 0; k < MOST_SIGNS && is_stripped; k++) {
        is_stripped = false;
        for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
            if (ng_view_ends(text, behind[i])) {
                text.size -= behind[i].size;
                is_stripped = true;
            }
    }
    return text.size > 0 && (memchr(".!?:;", text.data[text.size - 1], 5) ||
                             ng_view_ends(text, NG_VIEW("\xE2\x80\xA6")) ||
                             ng_view_ends(text, NG_VIEW("\xE3\x80\x82")));
}

/* Ends the open block. */
static void close_block(cutter *c)
{
    ng_html_block *block = NULL;

    if (!c->is_open)
        return;
    block = &c->blocks->items[c->blocks->count - 1];
    block->end = c->blocks->text.size;
    block->is_sentence = ends_sentence(ng_html_block_text(c->blocks, c->blocks->count - 1));
    c->is_open = false;
}

/* Opens a block that begins in a text node. */
static ng_status open_block(cutter *c, uint32_t node)
{
    ng_html_blocks *blocks = c->blocks;
    ng_status status = ng_grow(c->cx, (void **)&blocks->items, &blocks->capacity,
                               sizeof *blocks->items, blocks->count + 1, UINT32_MAX, "blocks");

    if (status != NG_OK)
        return status;
    c->block = c->page->nodes[node].block;
    blocks->items[blocks->count++] = (ng_html_block){
        .node = c->block, .first = node, .start = blocks->text.size, .end = blocks->text.size
    };
    c->is_open = true;
    c->is_in_word = false;
    c->line_words = 0;
    return NG_OK;
}

/* Is the line before a <br> a short one, in an element of its own? */
static bool is_line_apart(const cutter *c, uint32_t node)
{
    enum { LINE_WORDS = 16 };
    const ng_html_node *nodes = c->page->nodes;
    uint32_t around = nodes[c->last].parent;
    const ng_html_block *block = &c->blocks->items[c->blocks->count - 1];
    ng_view text =
        ng_view_part(ng_buffer_view(&c->blocks->text), block->start, c->blocks->text.size);

    return (nodes[around].tag == NG_HTML_FORMAT || nodes[around].tag == NG_HTML_SPAN) &&
           around != nodes[node].parent && !c->page->nodes[node].is_in_pre &&
           block->words - c->line_words <= LINE_WORDS && !ends_sentence(text);
}

/* Before a character that is no white space: the breaks and spaces that stand before it. */
static ng_status settle_space(cutter *c, uint32_t node)
{
    ng_status status = NG_OK;

    if (!c->is_open || c->must_break || c->break_count > 1 ||
        c->page->nodes[node].block != c->block || (c->break_count == 1 && is_line_apart(c, node))) {
        close_block(c);
        status = open_block(c, node);
    } else if (c->break_count == 1) {
        status = ng_buffer_add_byte(c->cx, &c->blocks->text, '\n');
        c->line_words = c->blocks->items[c->blocks->count - 1].words;
        c->is_in_word = false;
    } else if (c->has_space) {
        status = ng_buffer_add_byte(c->cx, &c->blocks->text, ' ');
        c->is_in_word = false;
    }
    c->must_break = false;
    c->has_space = false;
    c->break_count = 0;
    return status;
}

/* What becomes of a character beyond ASCII. */
typedef enum fate { KEPT, SPACE, GONE } fate;

/* Of a code point beyond ASCII. */
static fate fate_of(uint32_t point)
{
    if (point == 0xAD || point == 0xFEFF || point == 0x2060 ||
        (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
        (point >= 0x2066 && point <= 0x2069))
        return point == 0x200C || point == 0x200D ? KEPT : GONE; /* joiners are spelling */
    if ((point >= 0x80 && point < 0xA0) || point == 0xA0 || point == 0x1680 ||
        (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
        point == 0x202F || point == 0x205F || point == 0x3000)
        return SPACE;
    return KEPT;
}

/* Counts words beyond ASCII: two characters of a script without spaces are one. */
static void count_word(cutter *c, uint32_t point, bool is_in_link)
{
    ng_html_block *block = &c->blocks->items[c->blocks->count - 1];
    bool is_cjk = point >= 0x3040 && point < 0xA000;

    if ((point >= 0x2010 && point < 0x2070) || (c->is_in_word && !is_cjk))
        return;
    c->is_in_word = true;
    c->cjk_count += is_cjk;
    if (is_cjk && (c->cjk_count & 1) == 0)
        return;
    block->words++;
    block->link_words += is_in_link;
}

/* Adds characters that are no white space. */
static ng_status add_kept(cutter *c, uint32_t node, ng_view text)
{
    ng_status status = NG_OK;

    if (!c->is_open || c->has_space || c->must_break || c->break_count > 0 ||
        c->page->nodes[node].block != c->block)
        status = settle_space(c, node);
    c->last = node;
    return status == NG_OK ? ng_buffer_add(c->cx, &c->blocks->text, text) : status;
}

/* Adds the printable ASCII at the beginning of `text`, which is one word at most; *size_out: its
 * bytes. */
static ng_status add_ascii(cutter *c, uint32_t node, ng_view text, size_t *size_out)
{
    bool is_word = false;
    size_t size = 0;
    ng_html_block *block = NULL;
    ng_status status = NG_OK;

    for (; size < text.size && text.data[size] > ' ' && text.data[size] < 0x7F; size++) {
        char byte = text.data[size];

        is_word = is_word || (byte >= '0' && byte <= '9') ||
                  ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    }
    *size_out = size;
    if (size == 0)
        return NG_OK;
    status = add_kept(c, node, (ng_view){ text.data, size });
    if (status != NG_OK)
        return status;
    block = &c->blocks->items[c->blocks->count - 1];
    if (is_word && !c->is_in_word) {
        c->is_in_word = true;
        block->words++;
        block->link_words += c->page->nodes[node].is_in_link;
    }
    return NG_OK;
}

/* Adds the text of a node. */
static ng_status add_text(cutter *c, uint32_t node)
{
    ng_view text = ng_html_node_text(c->page, node);
    ng_status status = NG_OK;

    for (size_t at = 0; at < text.size && status == NG_OK;) {
        ng_view rest = ng_view_part(text, at, text.size);
        unsigned char byte = (unsigned char)rest.data[0];
        size_t length = 1;
        uint32_t point = byte;
        fate what = SPACE;

        if (byte > ' ' && byte < 0x7F) {
            status = add_ascii(c, node, rest, &length);
            at += length;
            continue;
        }
        if (byte >= 0x80) {
            point = ng_utf8_decode(rest.data, rest.size, &length);
            what = fate_of(point);
        }
        c->break_count += byte == '\n' && c->page->nodes[node].is_in_pre;
        c->has_space = c->has_space || what == SPACE;
        if (what == KEPT) {
            status = add_kept(c, node, (ng_view){ rest.data, length });
            if (status == NG_OK)
                count_word(c, point, c->page->nodes[node].is_in_link);
        }
        at += length;
    }
    return status;
}

/* ---- blocks ---- */

ng_status ng_html_blocks_find(ng_ctx *cx, const ng_html_page *page, bool for_article,
                              ng_html_blocks *blocks)
{
    cutter c = { .cx = cx, .page = page, .blocks = blocks };
    ng_status status = NG_OK;

    *blocks = (ng_html_blocks){ .count = 0 };
    ng_buffer_init(&blocks->text, SIZE_MAX / 4);
    for (uint32_t i = 1; i < page->count && status == NG_OK;) {
        unsigned tag = page->nodes[i].tag;

        if (tag != NG_HTML_TEXT && is_passed_over(page, i, for_article)) {
            c.must_break = c.must_break || page->nodes[i].block == i;
            i = page->nodes[i].end;
            continue;
        }
        if (tag == NG_HTML_TEXT)
            status = add_text(&c, i);
        else if (tag == NG_HTML_BR)
            c.break_count++;
        else if ((ng_html_tag_is((ng_html_tag)tag) & NG_HTML_IS_BLOCK) || tag == NG_HTML_BUTTON)
            c.must_break = true;
        i++;
    }
    close_block(&c);
    return status;
}

void ng_html_blocks_destroy(ng_ctx *cx, ng_html_blocks *blocks)
{
    ng_buffer_destroy(cx, &blocks->text);
    ng_free(cx, blocks->items);
    blocks->items = NULL;
    blocks->count = 0;
}

/* What parts a block from the one before it. */
static ng_view parting(const ng_html_page *page, const ng_html_block *before,
                       const ng_html_block *block)
{
    const ng_html_node *one = &page->nodes[before->node];
    const ng_html_node *other = &page->nodes[block->node];

    if (before->node != block->node && one->tag == NG_HTML_TD && other->tag == NG_HTML_TD &&
        one->parent == other->parent)
        return NG_VIEW(" | ");
    return NG_VIEW("\n\n");
}

ng_status ng_html_blocks_write(ng_ctx *cx, const ng_html_page *page, const ng_html_blocks *blocks,
                               ng_buffer *out)
{
    const ng_html_block *before = NULL;
    ng_status status = NG_OK;

    for (size_t i = 0; i < blocks->count && status == NG_OK; i++) {
        const ng_html_block *block = &blocks->items[i];

        if (block->is_dropped)
            continue;
        if (before)
            status = ng_buffer_add(cx, out, parting(page, before, block));
        if (status == NG_OK)
            status = ng_buffer_add(cx, out, ng_html_block_text(blocks, i));
        before = block;
    }
    return status;
}
