/* Finds the article among the blocks of a page.
 *
 * First what is no part of any article goes (html_clean.c). Then the element that holds the article
 * is chosen: those that say so ("article-body"), else the <article> with the most running text,
 * else the one that scores best. The score is Readability's (Arc90 2009), in words: each block of
 * running text counts for the element around it, half for the next one, a quarter for that
 * around it ..., so that an element with many paragraphs of its own wins against a page that holds
 * as many in all, and the common element of many posts against each of them. What is between
 * headline and article (the standfirst) is kept if it reads like text, headline and byline are not.
 */
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

/* The number of blocks inside. */
static uint32_t count_blocks(const ng_html_work *work, uint32_t node)
{
    return work->first_block[work->page->nodes[node].end] - work->first_block[node];
}

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
            count_blocks(work, node) > 1)
            break;
        node = nodes[nodes[node].parent].block;
    }
    return node;
}

/* The first block of running text behind the headline, SIZE_MAX: none. */
static size_t find_beginning(const ng_html_work *work)
{
    const ng_html_blocks *blocks = work->blocks;

    if (work->headline == SIZE_MAX)
        return SIZE_MAX;
    for (size_t i = work->headline + 1; i < blocks->count; i++)
        if (!blocks->items[i].is_dropped && ng_html_is_good(&blocks->items[i]))
            return i;
    return SIZE_MAX;
}

/* Gives each element its score; `direct` is the part of it that comes from its own text. */
static void score_all(const ng_html_work *work, double *scores, double *direct)
{
    enum { LEVELS = 6 };
    const ng_html_node *nodes = work->page->nodes;
    size_t beginning = find_beginning(work);

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
    enum { LEVELS = 8 };
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
        double enough = level == 0 ? scores[best] * 0.2 : INFINITY;

        if (!mark_neighbours(work, best, direct, enough, is_kept) && level > 0)
            break;
        best = nodes[best].parent;
    }
    return true;
}

/* Drops the blocks outside the article; *first_out: its first block. */
static ng_status choose(ng_html_work *work, uint32_t *first_out)
{
    size_t count = work->page->count;
    bool *is_kept = ng_arena_array(work->cx, &work->arena, count, sizeof *is_kept);
    uint32_t *inner = ng_arena_array(work->cx, &work->arena, count, sizeof *inner);
    double *scores = ng_arena_array(work->cx, &work->arena, count, sizeof *scores);
    double *direct = ng_arena_array(work->cx, &work->arena, count, sizeof *direct);
    uint32_t article = 0;

    if (!is_kept || !inner || !scores || !direct)
        return ng_arena_status(&work->arena);
    *first_out = 0;
    if (mark_named(work, inner, is_kept)) {
        keep_blocks(work, is_kept, first_out);
        return NG_OK;
    }
    memset(is_kept, 0, count * sizeof *is_kept);
    article = find_article(work);
    if (article != 0 && ((uint64_t)work->good[article] * 3 >= work->good[0] ||
                         ng_html_has_headline(work, article))) {
        is_kept[article] = true;
        keep_blocks(work, is_kept, first_out);
    } else if (mark_best(work, scores, direct, is_kept)) {
        keep_blocks(work, is_kept, first_out);
    }
    return NG_OK;
}

/* ---- the beginning: headline, byline, standfirst ---- */

/* Is an element around the block, up to three above it, said to be a standfirst? */
static bool is_deck(const ng_html_work *work, const ng_html_block *block)
{
    enum { DEPTH = 4 };
    uint32_t node = block->node;

    for (int i = 0; i < DEPTH && node != 0; i++, node = work->page->nodes[node].parent)
        if (work->page->nodes[node].hints & NG_HINT_DECK)
            return true;
    return false;
}

/* "20:31 GMT" */
static bool is_clock(ng_view text)
{
    size_t digits = 0;

    while (digits < 3 && digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    return (digits == 1 || digits == 2) && text.size >= digits + 3 &&
           (text.data[digits] == ':' || text.data[digits] == '.') && text.data[digits + 1] >= '0' &&
           text.data[digits + 1] <= '5' && text.data[digits + 2] >= '0' &&
           text.data[digits + 2] <= '9';
}

/* Has it the time of day, or is it cut by signs: "Politics | 3 May 2021 | 4 comments"? */
static bool has_clock_or_sign(ng_view text)
{
    static const char *const signs[] = { "|", "\xC2\xB7", "\xE2\x80\xA2" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (ng_html_find(text, signs[i]) != SIZE_MAX)
            return true;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == ' ' && is_clock(ng_view_part(text, i + 1, text.size)))
            return true;
    return false;
}

/* A line about the article: who wrote it, when. */
static bool is_about(const ng_html_work *work, size_t index)
{
    enum { ABOUT_WORDS = 18, AUTHOR_WORDS = 8, BARE_WORDS = 6, DATE_WORDS = 9 };
    const ng_html_block *block = &work->blocks->items[index];
    ng_view text = ng_html_block_text(work->blocks, index);
    char date[10];

    if (block->words > ABOUT_WORDS)
        return false;
    if (ng_html_byline_prefix(text) > 0 && !(block->is_sentence && block->words > AUTHOR_WORDS))
        return true;
    if (work->author.size > 0 && block->words <= AUTHOR_WORDS && ng_view_starts(text, work->author))
        return true;
    if (is_clock(text) && block->words <= BARE_WORDS)
        return true;
    if (ng_html_date_find(text, date) == 0)
        return false;
    return block->words <= BARE_WORDS ||
           (!block->is_sentence && (block->words <= DATE_WORDS || has_clock_or_sign(text)));
}

/* Takes the standfirst back in: text between the headline and the article. */
static void keep_deck(ng_html_work *work, uint32_t first, const bool *was_dropped)
{
    enum { NEAR = 12, DECK_WORDS = 4, SENTENCE_WORDS = 8 };

    bool is_next = true; /* right behind the headline */

    if (work->headline == SIZE_MAX || work->headline >= first)
        return;
    for (size_t i = work->headline + 1;
         i < first && i < work->blocks->count && i <= work->headline + NEAR; i++) {
        ng_html_block *block = &work->blocks->items[i];
        bool has_few_links = block->link_words * 3 < block->words;

        if (was_dropped[i] || !has_few_links || is_about(work, i))
            continue;
        if ((block->words >= DECK_WORDS && is_deck(work, block)) ||
            (block->words >= SENTENCE_WORDS && (block->is_sentence || is_next)))
            block->is_dropped = false;
        is_next = false;
    }
}

/* Does a block say the same as the headline? Answers to it begin with "Re:". */
static ng_status is_headline(const ng_html_work *work, size_t index, ng_view title, ng_buffer *key,
                             bool *is_it_out)
{
    ng_view text = ng_html_block_text(work->blocks, index);
    ng_status status = NG_OK;

    key->size = 0;
    if (ng_html_find(ng_view_part(text, 0, text.size < 3 ? text.size : 3), "re:") == 0)
        text = ng_view_part(text, 3, text.size);
    status = ng_html_key(work->cx, ng_html_trim(text), key);
    *is_it_out = key->size > 0 && ng_view_equal(ng_buffer_view(key), title);
    return status;
}

/* Drops the headline where it stands, what says the same before the running text or as a heading,
 * and other headings of the first rank before the running text. */
static ng_status drop_headline(ng_html_work *work)
{
    enum { SAME_WORDS = 40 };
    ng_buffer title;
    ng_buffer key;
    ng_status status = NG_OK;
    bool is_before = true;

    if (work->headline == SIZE_MAX)
        return NG_OK;
    ng_buffer_init(&title, SIZE_MAX / 4);
    ng_buffer_init(&key, SIZE_MAX / 4);
    status = ng_html_key(work->cx, ng_html_block_text(work->blocks, work->headline), &title);
    for (size_t i = 0; i < work->blocks->count && status == NG_OK; i++) {
        ng_html_block *block = &work->blocks->items[i];
        unsigned tag = work->page->nodes[block->node].tag;
        bool is_same = i == work->headline;

        if (block->is_dropped)
            continue;
        if (block->words <= SAME_WORDS && (is_before || ng_html_is_heading(tag)))
            status = is_headline(work, i, ng_buffer_view(&title), &key, &is_same);
        is_same = is_same || i == work->headline || (is_before && tag == NG_HTML_H1);
        block->is_dropped = is_same;
        is_before = is_before && !(ng_html_is_good(block) && !is_same);
    }
    ng_buffer_destroy(work->cx, &title);
    ng_buffer_destroy(work->cx, &key);
    return status;
}

/* ---- inside ---- */

/* Drops lines about the article, before the running text and, where they are bare, in it. */
static void drop_about(ng_html_work *work)
{
    enum { BARE_WORDS = 12 };
    bool is_before = true;

    for (size_t i = 0; i < work->blocks->count; i++) {
        ng_html_block *block = &work->blocks->items[i];
        unsigned tag = work->page->nodes[block->node].tag;

        if (block->is_dropped)
            continue;
        if (!is_before && (tag == NG_HTML_LI || tag == NG_HTML_TD || tag == NG_HTML_DT ||
                           tag == NG_HTML_DD || ng_html_is_heading(tag)))
            continue;
        if ((is_before || (block->words <= BARE_WORDS && !block->is_sentence)) && is_about(work, i))
            block->is_dropped = true;
        else if (ng_html_is_good(block))
            is_before = false;
    }
}

/* Drops labels: a word or two in an element of no meaning, without the end of a sentence. */
static void drop_labels(ng_html_work *work)
{
    enum { LABEL_WORDS = 3 };

    for (size_t i = 0; i < work->blocks->count; i++) {
        ng_html_block *block = &work->blocks->items[i];
        unsigned tag = work->page->nodes[block->node].tag;

        if (!block->is_dropped && block->words <= LABEL_WORDS && !block->is_sentence &&
            (tag == NG_HTML_DIV || tag == NG_HTML_SECTION || tag == NG_HTML_ARTICLE ||
             tag == NG_HTML_HEADER || tag == NG_HTML_FIGURE || tag == NG_HTML_ADDRESS) &&
            count_blocks(work, block->node) == 1)
            block->is_dropped = true;
    }
}

/* Drops headings that nothing follows before the next heading of their rank or the end. */
static void drop_empty_headings(ng_html_work *work)
{
    unsigned next = NG_HTML_H1; /* the rank of what comes behind; 0: text */

    for (size_t i = work->blocks->count; i-- > 0;) {
        ng_html_block *block = &work->blocks->items[i];
        unsigned tag = work->page->nodes[block->node].tag;

        if (block->is_dropped)
            continue;
        if (ng_html_is_heading(tag) && next != 0 && next <= tag)
            block->is_dropped = true;
        else
            next = ng_html_is_heading(tag) ? tag : 0;
    }
}

/* ---- the whole ---- */

static ng_status begin(ng_html_work *work)
{
    size_t count = work->page->count;
    uint32_t block = 0;

    work->words = ng_arena_array(work->cx, &work->arena, count, sizeof *work->words);
    work->link_words = ng_arena_array(work->cx, &work->arena, count, sizeof *work->link_words);
    work->good = ng_arena_array(work->cx, &work->arena, count, sizeof *work->good);
    work->first_block =
        ng_arena_array(work->cx, &work->arena, count + 1, sizeof *work->first_block);
    work->is_dropped = ng_arena_array(work->cx, &work->arena, count, sizeof *work->is_dropped);
    if (!work->words || !work->link_words || !work->good || !work->first_block || !work->is_dropped)
        return ng_arena_status(&work->arena);
    for (uint32_t i = 0; i <= count; i++) {
        while (block < work->blocks->count && work->blocks->items[block].first < i)
            block++;
        work->first_block[i] = block;
    }
    return NG_OK;
}

/* Takes everything back in but what its tag gives away. */
static void clean_gently(ng_html_work *work)
{
    memset(work->is_dropped, 0, work->page->count * sizeof *work->is_dropped);
    for (size_t i = 0; i < work->blocks->count; i++)
        work->blocks->items[i].is_dropped = false;
    ng_html_clean(work, true);
    ng_html_work_sum(work);
}

/* Cleans the page; more gently where nothing would be left of it. */
static void clean(ng_html_work *work)
{
    enum { ENOUGH = 10, MUCH = 25 };
    uint32_t before = 0;

    ng_html_work_sum(work);
    before = work->good[0];
    ng_html_clean(work, false);
    ng_html_work_sum(work);
    if (work->good[0] < ENOUGH && before >= MUCH)
        clean_gently(work);
}

static ng_status find(ng_html_work *work)
{
    bool *was_dropped = NULL;
    uint32_t first = 0;
    ng_status status = begin(work);

    if (status != NG_OK)
        return status;
    clean(work);
    was_dropped =
        ng_arena_array(work->cx, &work->arena, work->blocks->count + 1, sizeof *was_dropped);
    if (!was_dropped)
        return ng_arena_status(&work->arena);
    for (size_t i = 0; i < work->blocks->count; i++)
        was_dropped[i] = work->blocks->items[i].is_dropped;
    status = choose(work, &first);
    if (status != NG_OK)
        return status;
    keep_deck(work, first, was_dropped);
    status = drop_headline(work);
    drop_about(work);
    drop_labels(work);
    drop_empty_headings(work);
    for (size_t i = 0; i < work->blocks->count; i++)
        if (!work->blocks->items[i].is_dropped)
            return status;
    clean_gently(work); /* a list of links, a page of two words */
    return status;
}

ng_status ng_html_article_find(ng_ctx *cx, const ng_html_page *page, size_t headline,
                               ng_view author, ng_html_blocks *blocks)
{
    ng_html_work work = {
        .cx = cx, .page = page, .blocks = blocks, .headline = headline, .author = author
    };
    ng_status status = NG_OK;

    ng_arena_init(&work.arena, SIZE_MAX / 4);
    status = find(&work);
    ng_arena_destroy(cx, &work.arena);
    return status;
}
