/* Takes out of a page what is no part of an article wherever it stands.
 *
 * Four kinds of evidence, each weighed against the text at stake: what an element says it is
 * (html_hints.c), what a heading says that follows ("Related stories"), what a short block says
 * ("Advertisement"), and what a group looks like (mostly links; cards that each begin with a linked
 * headline). Nothing that holds the headline is dropped, nor, but for comments, what holds most of
 * the running text of the page. */
#include "html.h"

#include <assert.h>

/* ---- sums ---- */

void ng_html_work_sum(ng_html_work *work)
{
    const ng_html_node *nodes = work->page->nodes;
    size_t count = work->page->count;

    memset(work->words, 0, count * sizeof *work->words);
    memset(work->link_words, 0, count * sizeof *work->link_words);
    memset(work->good, 0, count * sizeof *work->good);
    for (size_t i = 0; i < work->blocks->count; i++) {
        const ng_html_block *block = &work->blocks->items[i];

        if (block->is_dropped)
            continue;
        work->words[block->node] += block->words;
        work->link_words[block->node] += block->link_words;
        if (ng_html_is_good(block))
            work->good[block->node] += block->words;
    }
    for (size_t i = count; i-- > 1;) {
        work->words[nodes[i].parent] += work->words[i];
        work->link_words[nodes[i].parent] += work->link_words[i];
        work->good[nodes[i].parent] += work->good[i];
    }
}

void ng_html_work_drop(ng_html_work *work, uint32_t node)
{
    uint32_t end = work->page->nodes[node].end;

    memset(work->is_dropped + node, true, end - node);
    for (uint32_t i = work->first_block[node]; i < work->first_block[end]; i++)
        work->blocks->items[i].is_dropped = true;
}

size_t ng_html_find_beginning(const ng_html_work *work)
{
    const ng_html_blocks *blocks = work->blocks;

    if (work->headline == SIZE_MAX)
        return SIZE_MAX;
    for (size_t i = work->headline + 1; i < blocks->count; i++)
        if (!blocks->items[i].is_dropped && ng_html_is_good(&blocks->items[i]))
            return i;
    return SIZE_MAX;
}

/* Does it hold so much of the page's running text that it is no aside? */
static bool is_large(const ng_html_work *work, uint32_t node, uint32_t percent)
{
    return (uint64_t)work->good[node] * 100 > (uint64_t)work->good[0] * percent;
}

/* Is it inside an article or the page's main part? */
static bool is_in_article(const ng_html_page *page, uint32_t node)
{
    enum { SEARCH_LIMIT = 64 };

    for (int i = 0; node != 0 && i < SEARCH_LIMIT; i++, node = page->nodes[node].parent)
        if (page->nodes[node].tag == NG_HTML_ARTICLE || page->nodes[node].tag == NG_HTML_MAIN)
            return true;
    return false;
}

/* ---- by what an element says it is ---- */

/* Is it said to be a byline, a date or the like, and short? One that holds running text is more. */
static bool is_named_about(const ng_html_work *work, uint32_t node)
{
    enum { AUTHOR_WORDS = 60, ABOUT_WORDS = 30 };
    const ng_html_node *n = &work->page->nodes[node];

    if (!(n->hints & NG_HINTS_ABOUT) || is_large(work, node, 30) || ng_html_is_heading(n->tag))
        return false;
    if ((n->hints & NG_HINT_AUTHOR) && work->words[node] <= AUTHOR_WORDS)
        return true;
    return work->words[node] <= ABOUT_WORDS && work->good[node] == 0;
}

/* Does what the element says speak against it, and is there no reason to doubt it? */
static bool is_named_against(const ng_html_work *work, uint32_t node)
{
    const ng_html_node *n = &work->page->nodes[node];
    uint32_t against = n->hints & NG_HINTS_AGAINST;

    if (ng_html_has_headline(work, node) && !(ng_html_is_heading(n->tag)))
        return false;
    if (against & NG_HINT_COMMENTS)
        return !work->page->facts.is_forum && !is_large(work, node, 90);
    if (against == 0 && (n->hints & NG_HINT_HEADER))
        return !is_in_article(work->page, node) && !is_large(work, node, 30);
    if (against == 0)
        return is_named_about(work, node);
    if (ng_html_is_heading(n->tag) && !(against & (NG_HINT_HIDDEN | NG_HINT_NAV)))
        return false;
    return !is_large(work, node, work->beginning < work->first_block[node] ? 75 : 50);
}

/* Only what the tag gives away. */
static bool is_tagged_against(const ng_html_work *work, uint32_t node)
{
    const ng_html_node *n = &work->page->nodes[node];

    return (n->tag == NG_HTML_NAV || n->tag == NG_HTML_FOOTER || n->tag == NG_HTML_FIGCAPTION ||
            (n->hints & (NG_HINT_COMMENTS | NG_HINT_CONSENT))) &&
           !ng_html_has_headline(work, node) && !is_large(work, node, 50);
}

/* Drops what its element speaks against. */
static void drop_named(ng_html_work *work, bool is_careful)
{
    const ng_html_node *nodes = work->page->nodes;

    for (uint32_t i = 1; i < work->page->count;) {
        bool is_against = nodes[i].block == i && nodes[i].hints != 0;

        is_against =
            is_against && (is_careful ? is_tagged_against(work, i) : is_named_against(work, i));
        if (is_against)
            ng_html_work_drop(work, i);
        i = is_against ? nodes[i].end : i + 1;
    }
}

/* ---- by headings ---- */

/* The largest element that begins with this block, is no large part of the page and does not hold
 * the headline. */
static uint32_t find_section(const ng_html_work *work, uint32_t block, uint32_t percent)
{
    const ng_html_node *nodes = work->page->nodes;
    uint32_t node = work->blocks->items[block].node;

    while (nodes[node].parent != 0) {
        uint32_t parent = nodes[node].parent;

        if (work->first_block[parent] != block || is_large(work, parent, percent) ||
            ng_html_has_headline(work, parent))
            break;
        node = parent;
    }
    return node;
}

/* The element that has this block's element among others: the heading's neighbours are in it. */
static uint32_t find_neighbourhood(const ng_html_work *work, uint32_t block)
{
    const ng_html_node *nodes = work->page->nodes;
    uint32_t node = work->blocks->items[block].node;

    if (!ng_html_is_heading(nodes[node].tag) && ng_html_block_count(work, node) > 1)
        return node; /* a bare line among others */
    do
        node = nodes[node].parent;
    while (node != 0 && ng_html_block_count(work, node) <= 1);
    return node;
}

/* Running text between two blocks, in words. */
static uint32_t count_good(const ng_html_work *work, uint32_t from, uint32_t to)
{
    uint32_t good = 0;

    for (uint32_t i = from; i < to; i++)
        if (!work->blocks->items[i].is_dropped && ng_html_is_good(&work->blocks->items[i]))
            good += work->blocks->items[i].words;
    return good;
}

/* Drops the heading and the blocks behind it up to `end`: all of them, or the next one and those
 * behind it that do not read like running text, up to the next heading. */
static void drop_behind(ng_html_work *work, uint32_t block, uint32_t end, ng_html_phrase phrase)
{
    enum { LONG = 80 };
    ng_html_block *items = work->blocks->items;
    bool is_all = phrase == NG_PHRASE_COMMENTS;
    bool is_sure =
        phrase == NG_PHRASE_OTHER && ng_html_is_heading(work->page->nodes[items[block].node].tag);

    if (phrase == NG_PHRASE_MAYBE && block + 1 < end && ng_html_is_good(&items[block + 1]))
        return;
    items[block].is_dropped = true;
    for (uint32_t i = block + 1; i < end; i++) {
        bool is_next = is_sure && i == block + 1 && items[i].words < LONG;

        if (!is_all && ((ng_html_is_good(&items[i]) && !is_next) ||
                        ng_html_is_heading(work->page->nodes[items[i].node].tag)))
            return;
        items[i].is_dropped = true;
    }
}

/* Drops what a heading announces. */
static void drop_announced(ng_html_work *work, uint32_t block, ng_html_phrase phrase)
{
    enum { ENOUGH = 10 };
    const ng_html_node *nodes = work->page->nodes;
    bool are_comments = phrase == NG_PHRASE_COMMENTS;
    bool is_behind = work->beginning < block; /* the article has begun before */
    uint32_t section = find_section(work, block, are_comments ? 95 : is_behind ? 90 : 50);
    uint32_t around = 0;
    uint32_t end = 0;

    if (ng_html_block_count(work, section) > 1 && section != work->blocks->items[block].node) {
        if (phrase != NG_PHRASE_MAYBE || work->good[section] * 2 < work->words[section])
            ng_html_work_drop(work, section);
        return;
    }
    around = find_neighbourhood(work, block);
    end = work->first_block[nodes[around].end];
    if (are_comments &&
        (work->good[0] < count_good(work, block, end) + ENOUGH || work->page->facts.is_forum))
        return;
    drop_behind(work, block, end, phrase);
}

/* Drops what headings announce. */
static void drop_sections(ng_html_work *work)
{
    int comments_left = 16; /* headings of comments that are weighed: each costs O(blocks) */

    for (uint32_t i = 0; i < work->blocks->count; i++) {
        const ng_html_block *block = &work->blocks->items[i];
        unsigned tag = work->page->nodes[block->node].tag;
        ng_html_phrase phrase = NG_PHRASE_NONE;

        if (block->is_dropped || i == work->headline)
            continue;
        if (tag == NG_HTML_TD && ng_html_block_count(work, block->node) == 1)
            continue;
        phrase = ng_html_phrase_of_heading(ng_html_block_text(work->blocks, i), block);
        if (phrase == NG_PHRASE_OTHER || phrase == NG_PHRASE_MAYBE ||
            (phrase == NG_PHRASE_COMMENTS && comments_left-- > 0))
            drop_announced(work, i, phrase);
    }
}

/* ---- by what short blocks say ---- */

/* A block that is the only one of an item of a list or table. */
static bool is_item(const ng_html_work *work, const ng_html_block *block)
{
    unsigned tag = work->page->nodes[block->node].tag;

    return (tag == NG_HTML_LI || tag == NG_HTML_TD || tag == NG_HTML_DT || tag == NG_HTML_DD) &&
           ng_html_block_count(work, block->node) == 1;
}

/* Drops blocks that say nothing of what an article tells. */
static void drop_phrases(ng_html_work *work)
{
    for (size_t i = 0; i < work->blocks->count; i++) {
        ng_html_block *block = &work->blocks->items[i];

        if (block->is_dropped || i == work->headline ||
            ng_html_is_heading(work->page->nodes[block->node].tag))
            continue;
        block->is_dropped = ng_html_phrase_of_block(ng_html_block_text(work->blocks, i), block,
                                                    is_item(work, block)) == NG_PHRASE_JUNK;
    }
}

/* ---- by what a group looks like ---- */

/* Elements that group blocks. */
static bool is_group(unsigned tag)
{
    return tag == NG_HTML_DIV || tag == NG_HTML_SECTION || tag == NG_HTML_LIST ||
           tag == NG_HTML_TABLE || tag == NG_HTML_TD || tag == NG_HTML_TR || tag == NG_HTML_DL ||
           tag == NG_HTML_FORM || tag == NG_HTML_ARTICLE || tag == NG_HTML_CENTER ||
           tag == NG_HTML_HEADER || tag == NG_HTML_ASIDE || tag == NG_HTML_FIGURE ||
           tag == NG_HTML_P || tag == NG_HTML_LI;
}

/* Mostly links, and hardly any running text? */
static bool is_linky(const ng_html_work *work, uint32_t node)
{
    uint32_t words = work->words[node];
    uint32_t percent = work->page->nodes[node].tag == NG_HTML_LI ? 90 : 50;

    if (work->page->nodes[node].tag == NG_HTML_P)
        percent = 80;
    return words >= 2 && (uint64_t)work->link_words[node] * 100 > (uint64_t)words * percent &&
           work->good[node] * 4 <= words && !is_large(work, node, 30) &&
           !ng_html_has_headline(work, node);
}

/* Drops groups of links, the largest first. */
static void drop_linky(ng_html_work *work)
{
    const ng_html_node *nodes = work->page->nodes;

    for (uint32_t i = 1; i < work->page->count;) {
        bool is_dropped = is_group(nodes[i].tag) && !work->is_dropped[i] && is_linky(work, i);

        if (is_dropped)
            ng_html_work_drop(work, i);
        i = is_dropped || work->is_dropped[i] ? nodes[i].end : i + 1;
    }
}

/* "Front page | Archive | Contact", "Read the full report". */
static void drop_rows_of_links(ng_html_work *work)
{
    enum { ROW_WORDS = 14 };

    for (size_t i = 0; i < work->blocks->count; i++) {
        ng_html_block *block = &work->blocks->items[i];
        bool is_row = block->link_words * 5 >= block->words * 4 ||
                      (block->words <= ROW_WORDS && !block->is_sentence &&
                       block->link_words * 2 >= block->words);

        if (is_row && block->link_words > 0 && i != work->headline &&
            !ng_html_is_heading(work->page->nodes[block->node].tag) && !is_item(work, block))
            block->is_dropped = true;
    }
}

/* A form: an element with a field to fill in, few words and not the headline. */
static void drop_forms(ng_html_work *work)
{
    enum { FORM_WORDS = 70, DEPTH = 32 };
    const ng_html_node *nodes = work->page->nodes;

    for (uint32_t i = 1; i < work->page->count; i++) {
        uint32_t node = 0;
        uint32_t at = nodes[i].parent;

        if (nodes[i].tag != NG_HTML_INPUT || work->is_dropped[i])
            continue;
        for (int depth = 0; at != 0 && depth < DEPTH; depth++, at = nodes[at].parent) {
            if (work->words[at] > FORM_WORDS || is_large(work, at, 30) ||
                ng_html_has_headline(work, at) || nodes[at].tag == NG_HTML_MAIN)
                break;
            node = at;
        }
        if (node != 0)
            ng_html_work_drop(work, node);
    }
}

/* Is it a card of another article: a linked headline first, then few words? */
static bool is_card(const ng_html_work *work, uint32_t node)
{
    enum { CARD_WORDS = 90, HEADLINE_WORDS = 3, BLOCKS = 8 };
    uint32_t first = work->first_block[node];
    uint32_t end = work->first_block[work->page->nodes[node].end];
    const ng_html_block *items = work->blocks->items;

    if (!is_group(work->page->nodes[node].tag) || work->page->nodes[node].tag == NG_HTML_P ||
        work->is_dropped[node] || work->words[node] > CARD_WORDS ||
        ng_html_has_headline(work, node))
        return false;
    for (uint32_t i = first; i < end && i < first + BLOCKS; i++) {
        if (items[i].is_dropped)
            continue;
        if (items[i].words >= HEADLINE_WORDS)
            return items[i].link_words == items[i].words;
    }
    return false;
}

/* Drops the cards among the children of a node, when there are two and enough remains. */
static void drop_cards_of(ng_html_work *work, uint32_t parent)
{
    enum { ENOUGH = 10 };
    const ng_html_node *nodes = work->page->nodes;
    uint32_t end = nodes[parent].end;
    uint32_t good = 0;
    uint32_t count = 0;

    for (uint32_t i = parent + 1; i < end; i = nodes[i].end)
        if (nodes[i].block == i && is_card(work, i)) {
            good += work->good[i];
            count++;
        }
    if (count < 2 || work->good[0] < good + ENOUGH)
        return;
    for (uint32_t i = parent + 1; i < end; i = nodes[i].end)
        if (nodes[i].block == i && is_card(work, i))
            ng_html_work_drop(work, i);
    work->good[0] -= good;
}

/* Drops cards of other articles wherever there are several. */
static void drop_cards(ng_html_work *work)
{
    for (uint32_t i = 0; i < work->page->count; i++)
        if (!work->is_dropped[i] && work->page->nodes[i].tag != NG_HTML_TEXT)
            drop_cards_of(work, i);
}

void ng_html_clean(ng_html_work *work, bool is_careful)
{
    ng_html_work_sum(work);
    drop_named(work, is_careful);
    ng_html_work_sum(work);
    drop_sections(work);
    drop_phrases(work);
    if (is_careful)
        return;
    ng_html_work_sum(work);
    drop_forms(work);
    drop_linky(work);
    ng_html_work_sum(work);
    drop_cards(work);
    drop_rows_of_links(work);
}
