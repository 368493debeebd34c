/* Finds the article among the blocks of a page.
 *
 * First what is no part of any article goes (html_clean.c), then what is outside the elements that
 * hold the article (html_choose.c). What is between headline and article (the standfirst) is taken
 * back in if it reads like text; headline, byline and labels go. */
#include "html.h"

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
            ng_html_block_count(work, block->node) == 1)
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

/* Makes room for the sums, and numbers the blocks of each node. */
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
    work->beginning = ng_html_find_beginning(work);
    ng_html_clean(work, false);
    ng_html_work_sum(work);
    if (work->good[0] < ENOUGH && before >= MUCH)
        clean_gently(work);
}

/* Finds the article; at least something is left of a page that has text. */
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
    status = ng_html_article_choose(work, &first);
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
