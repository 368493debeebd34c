/* Which elements of a cleaned page hold the article.
 *
 * Those that say so ("article-body"), else the <article> with the most running text, else the one
 * that scores best. The score is Readability's (Arc90 2009), in words: each block of running text
 * counts for the element around it, half for the next one, a quarter for that around it ..., so
 * that an element with many paragraphs of its own wins against a page that holds as many in all,
 * and the common element of many posts against each of them. */
#include "html.h"

#include <math.h>

/* ---- the elements that hold the article ---- */

/* Keeps the blocks of the marked nodes alone. */
static void keep_blocks(ng_html_work *work, const bool *is_kept, uint32_t *first_out)
{
    const ng_html_node *nodes = work->page->nodes;
    uint32_t kept_to = 0; /* blocks before it have been decided */

    *first_out = UINT32_MAX;
    for (uint32_t i = 0; i < work->page->count;) {
        if (!is_kept[i]) {
            i++;
            continue;
        }
        for (; kept_to < work->first_block[i]; kept_to++)
            work->blocks->items[kept_to].is_dropped = true;
        if (*first_out == UINT32_MAX)
            *first_out = kept_to;
        if (kept_to < work->first_block[nodes[i].end])
            kept_to = work->first_block[nodes[i].end];
        i = nodes[i].end;
    }
    for (; kept_to < work->blocks->count; kept_to++)
        work->blocks->items[kept_to].is_dropped = true;
}

/* Does the element say that it is the text of the article, and has it any? */
static bool is_body(const ng_html_work *work, uint32_t node)
{
    const ng_html_node *n = &work->page->nodes[node];

    return n->block == node && (n->hints & NG_HINT_BODY) && !work->is_dropped[node] &&
           work->words[node] > 0;
}

/* Marks the elements that say they are the text of the article; of two that are one inside the
 * other, the inner one if it has nearly all the text. False when they hold too little. */
static bool mark_named(const ng_html_work *work, uint32_t *inner, bool *is_kept)
{
    enum { ENOUGH = 10 };
    const ng_html_node *nodes = work->page->nodes;
    uint32_t best = 0;
    uint64_t good = 0;

    for (uint32_t i = (uint32_t)work->page->count; i-- > 1;) { /* most text of one inside */
        uint32_t own = is_body(work, i) ? work->good[i] : 0;
        uint32_t parent = nodes[i].parent;

        own = own > inner[i] ? own : inner[i];
        inner[parent] = own > inner[parent] ? own : inner[parent];
    }
    for (uint32_t i = 1; i < work->page->count;) {
        bool is_it = is_body(work, i) && (uint64_t)inner[i] * 5 < (uint64_t)work->good[i] * 4;

        is_kept[i] = is_it;
        if (is_it && (best == 0 || work->good[i] > work->good[best]))
            best = i;
        i = is_it ? nodes[i].end : i + 1;
    }
    for (uint32_t i = 1; i < work->page->count; i = is_kept[i] ? nodes[i].end : i + 1) {
        bool is_alike = nodes[i].kind == nodes[best].kind;

        if (is_kept[i] && !is_alike && work->good[i] * 4 < work->good[best])
            is_kept[i] = false; /* a teaser */
        if (is_kept[i])
            good += work->good[i];
    }
    return good >= ENOUGH && good * 5 >= work->good[0];
}

/* The element around two nodes. */
static uint32_t find_common(const ng_html_page *page, uint32_t one, uint32_t other)
{
    while (page->nodes[one].end <= other)
        one = page->nodes[one].parent;
    return one;
}

/* The element around a node that holds the headline, too, unless it has much other text. */
static uint32_t widen(const ng_html_work *work, uint32_t node)
{
    uint32_t wide = node;

    while (wide != 0 && !ng_html_has_headline(work, wide))
        wide = work->page->nodes[wide].parent;
    return (uint64_t)work->good[wide] * 2 <= (uint64_t)work->good[node] * 3 ? wide : node;
}

/* The <article> that is the article; their common element where many are about as long (live
 * blogs, forums); 0: none. */
static uint32_t find_article(const ng_html_work *work)
{
    enum { ENOUGH = 10 };
    const ng_html_node *nodes = work->page->nodes;
    uint32_t best = 0;
    uint32_t first = 0;
    uint32_t last = 0;
    uint64_t all = 0;
    bool has_headline = false;

    for (uint32_t i = 1; i < work->page->count;) {
        bool is_article = nodes[i].tag == NG_HTML_ARTICLE && !work->is_dropped[i];
        bool is_headed = is_article && ng_html_has_headline(work, i);

        if (is_article && work->good[i] > 0) {
            first = first ? first : i;
            last = i;
            all += work->good[i];
            if (best == 0 || is_headed || (!has_headline && work->good[i] > work->good[best]))
                best = i;
            has_headline = has_headline || is_headed;
        }
        i = is_article ? nodes[i].end : i + 1;
    }
    if (best == 0 || work->good[best] < ENOUGH)
        return 0;
    if (!has_headline && (uint64_t)work->good[best] * 2 < all)
        return widen(work, find_common(work->page, first, last));
    return best;
}

/* ---- the best score ---- */

/* An element that is part of the running text, not around it. */
static bool is_text_element(unsigned tag)
{
    return tag == NG_HTML_P || tag == NG_HTML_PRE || tag == NG_HTML_LI || tag == NG_HTML_LIST ||
           tag == NG_HTML_BLOCKQUOTE || tag == NG_HTML_DD || tag == NG_HTML_DT ||
           tag == NG_HTML_DL || ng_html_is_heading(tag);
}

/* A table of which a cell of one block is part: a list in the form of a table. */
static bool is_table_element(unsigned tag)
{
    return tag == NG_HTML_TR || tag == NG_HTML_TROWS || tag == NG_HTML_TABLE;
}

/* The element that a block counts for: the smallest one with more than this block in it that is no
 * part of the running text. */
static uint32_t find_base(const ng_html_work *work, uint32_t block)
{
    enum { DEPTH = 64 };
    const ng_html_node *nodes = work->page->nodes;
    uint32_t node = work->blocks->items[block].node;

    for (int i = 0; i < DEPTH && node != 0; i++) {
        if (!is_text_element(nodes[node].tag) && !is_table_element(nodes[node].tag) &&
            ng_html_block_count(work, node) > 1)
            break;
        node = nodes[nodes[node].parent].block;
    }
    return node;
}

/* Gives each element its score; `direct` is the part of it that comes from its own text. */
static void score_all(const ng_html_work *work, double *scores, double *direct)
{
    enum { LEVELS = 6 };
    const ng_html_node *nodes = work->page->nodes;
    size_t beginning = ng_html_find_beginning(work);

    for (uint32_t i = 0; i < work->blocks->count; i++) {
        const ng_html_block *block = &work->blocks->items[i];
        double score = block->words - block->link_words;
        uint32_t node = 0;

        if (block->is_dropped || !ng_html_is_good(block))
            continue;
        node = find_base(work, i);
        direct[node] += score;
        for (int level = 0; level < LEVELS; level++, score /= 2) {
            scores[node] += score;
            if (node == 0)
                break;
            node = nodes[nodes[node].parent].block;
        }
    }
    if (beginning == SIZE_MAX)
        return;
    for (uint32_t node = find_base(work, (uint32_t)beginning); node != 0;
         node = nodes[node].parent) {
        scores[node] *= 2;
        if (ng_html_has_headline(work, node))
            break;
    }
}

/* Marks the neighbours of a marked element that read like parts of the same text: paragraphs, those
 * with much text of their own, and those of the same class. */
static bool mark_neighbours(const ng_html_work *work, uint32_t node, const double *direct,
                            double enough, bool *is_kept)
{
    const ng_html_node *nodes = work->page->nodes;
    uint32_t parent = nodes[node].parent;
    bool has_marked = false;

    for (uint32_t i = parent + 1; i < nodes[parent].end; i = nodes[i].end) {
        bool is_paragraph = is_text_element(nodes[i].tag) && work->good[i] > 0;
        bool is_alike =
            nodes[i].kind != 0 && nodes[i].kind == nodes[node].kind && work->good[i] > 0;

        if (i == node || nodes[i].tag == NG_HTML_TEXT || work->is_dropped[i] || is_kept[i] ||
            !(is_paragraph || is_alike || direct[i] > enough))
            continue;
        is_kept[i] = true;
        has_marked = true;
    }
    return has_marked;
}

/* Marks the element with the best score and those beside it that read like parts of the same text;
 * then those beside the element around them, as long as there are any. */
static bool mark_best(const ng_html_work *work, double *scores, double *direct, bool *is_kept)
{
    enum { LEVELS = 8, TEXT_WORDS = 40 };
    const ng_html_node *nodes = work->page->nodes;
    uint32_t best = 0;

    score_all(work, scores, direct);
    for (uint32_t i = 1; i < work->page->count; i++)
        if (scores[i] > scores[best])
            best = i;
    if (scores[best] <= 0)
        return false;
    is_kept[best] = true;
    for (int level = 0; level < LEVELS && best != 0; level++) {
        double enough = level == 0 ? fmax(scores[best] * 0.2, TEXT_WORDS) : INFINITY;

        if (!mark_neighbours(work, best, direct, enough, is_kept) && level > 0)
            break;
        best = nodes[best].parent;
    }
    return true;
}

/* Marks the element around all running text: what is left of a forum are its posts. */
static bool mark_posts(const ng_html_work *work, bool *is_kept)
{
    uint32_t first = 0;
    uint32_t last = 0;

    for (size_t i = 0; i < work->blocks->count; i++)
        if (!work->blocks->items[i].is_dropped && ng_html_is_good(&work->blocks->items[i])) {
            last = work->blocks->items[i].node;
            first = first ? first : last;
        }
    if (last == 0)
        return false;
    is_kept[find_common(work->page, first, last)] = true;
    return true;
}

/* Marks the <article> that is the article, if it has a fair part of the text or the headline. */
static bool mark_article(const ng_html_work *work, bool *is_kept)
{
    uint32_t article = find_article(work);

    if (article == 0 ||
        ((uint64_t)work->good[article] * 3 < work->good[0] && !ng_html_has_headline(work, article)))
        return false;
    is_kept[article] = true;
    return true;
}

ng_status ng_html_article_choose(ng_html_work *work, uint32_t *first_out)
{
    size_t count = work->page->count;
    bool *is_kept = ng_arena_array(work->cx, &work->arena, count, sizeof *is_kept);
    uint32_t *inner = ng_arena_array(work->cx, &work->arena, count, sizeof *inner);
    double *scores = ng_arena_array(work->cx, &work->arena, count, sizeof *scores);
    double *direct = ng_arena_array(work->cx, &work->arena, count, sizeof *direct);
    bool is_found = false;

    if (!is_kept || !inner || !scores || !direct)
        return ng_arena_status(&work->arena);
    *first_out = 0;
    is_found = mark_named(work, inner, is_kept);
    if (!is_found)
        memset(is_kept, 0, count * sizeof *is_kept);
    if (is_found || (work->page->facts.is_forum && mark_posts(work, is_kept)) ||
        mark_article(work, is_kept) || mark_best(work, scores, direct, is_kept))
        keep_blocks(work, is_kept, first_out);
    return NG_OK;
}
