/* The title of a page, and the block of its headline.
 *
 * Pages give their title up to four times, some of them with the name of the site before or behind
 * it. The headline is the block that says the same; it is preferred to what was written for search
 * engines, when they agree or there is but one <h1>. */
#include "html.h"

/* ---- titles ---- */

/* Signs that part a title from the name of its site. */
static const ng_view partings[] = {
    { " | ", 3 },
    { " - ", 3 },
    { " \xE2\x80\x93 ", 5 },
    { " \xE2\x80\x94 ", 5 },
    { " :: ", 4 },
    { " \xC2\xBB ", 4 },
    { " \xC2\xB7 ", 4 },
    { " \xE2\x80\xA2 ", 5 },
    { " \xC2\xAB ", 4 },
    { " < ", 3 },
    { " / ", 3 },
};

/* The last sign of parting; its end in *end_out. SIZE_MAX: none. */
static size_t find_parting(ng_view text, size_t *end_out)
{
    for (size_t at = text.size; at-- > 0;)
        for (size_t i = 0; i < sizeof partings / sizeof *partings; i++)
            if (ng_view_starts(ng_view_part(text, at, text.size), partings[i])) {
                *end_out = at + partings[i].size;
                return at;
            }
    return SIZE_MAX;
}

/* Words between single spaces. */
static size_t count_words(ng_view text)
{
    size_t count = text.size > 0;

    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == ' ';
    return count;
}

/* Is this part of a title the name of the site? */
static ng_status is_site(const ng_html_finder *f, ng_view part, bool *is_site_out)
{
    ng_buffer key;
    ng_view site = ng_buffer_view(&f->site);
    ng_view word = NG_VIEW_NONE;
    ng_status status = NG_OK;

    ng_buffer_init(&key, SIZE_MAX / 4);
    status = ng_html_key(f->cx, part, &key);
    word = ng_buffer_view(&key);
    *is_site_out = word.size > 0 && site.size > 0 &&
                   (ng_view_starts(word, site) || ng_view_starts(site, word));
    ng_buffer_destroy(f->cx, &key);
    return status;
}

/* Cuts the name of the site off a title. `is_guess`: also a short last part when it is not known to
 * be one, as <title> has it. */
static ng_status cut_site(const ng_html_finder *f, bool is_guess, ng_buffer *text)
{
    enum { SITE_WORDS = 4, TITLE_WORDS = 3 };
    ng_status status = NG_OK;

    for (int i = 0; i < 4 && status == NG_OK; i++) {
        size_t behind = 0;
        size_t at = find_parting(ng_buffer_view(text), &behind);
        ng_view last = NG_VIEW_NONE;
        bool is_name = false;

        if (at == SIZE_MAX)
            break;
        last = ng_view_part(ng_buffer_view(text), behind, text->size);
        status = is_site(f, last, &is_name);
        if (status != NG_OK ||
            (!is_name && !(is_guess && count_words(last) <= SITE_WORDS &&
                           count_words((ng_view){ text->data, at }) >= TITLE_WORDS)))
            break;
        text->size = at;
        text->data[at] = '\0';
    }
    for (size_t i = 0; i < sizeof partings / sizeof *partings && status == NG_OK; i++) {
        ng_view whole = ng_buffer_view(text);
        size_t at = 0;
        bool is_name = false;

        while (at < whole.size && !ng_view_starts(ng_view_part(whole, at, whole.size), partings[i]))
            at++;
        if (at == whole.size)
            continue;
        status = is_site(f, ng_view_part(whole, 0, at), &is_name);
        if (status == NG_OK && is_name) {
            at += partings[i].size;
            memmove(text->data, text->data + at, text->size - at + 1);
            text->size -= at;
        }
    }
    return status;
}

/* Gathers the titles that the page gives itself. */
ng_status ng_html_titles_gather(ng_html_finder *f)
{
    const ng_html_facts *facts = &f->page->facts;
    const ng_view given[NG_HTML_TITLE_COUNT] = { ng_buffer_view(&f->story->title),
                                                 facts->social_title, facts->named_title,
                                                 facts->title };
    ng_view site = facts->site.size > 0 ? facts->site : ng_buffer_view(&f->story->site);
    ng_buffer name;
    ng_status status = NG_OK;

    ng_buffer_init(&name, SIZE_MAX / 4);
    status = ng_html_add_clean(f->cx, site, true, &name);
    if (status == NG_OK)
        status = ng_html_key(f->cx, ng_buffer_view(&name), &f->site);
    for (int i = 0; i < NG_HTML_TITLE_COUNT && status == NG_OK; i++) {
        status = ng_html_add_clean(f->cx, given[i], i != NG_HTML_TITLE_STORY, &f->titles[i].text);
        if (status == NG_OK) /* with the site's name, to find the headline by */
            status = ng_html_key(f->cx, ng_buffer_view(&f->titles[i].text), &f->titles[i].key);
        if (status == NG_OK)
            status = cut_site(f, i == NG_HTML_TITLE_PLAIN, &f->titles[i].text);
    }
    ng_buffer_destroy(f->cx, &name);
    return status;
}

/* ---- the headline ---- */

/* How well a block fits to be the headline; 0: not at all. */
static int rank_headline(const ng_html_finder *f, const ng_html_block *block, ng_view key)
{
    enum { SOME_WORDS = 3 };
    unsigned tag = f->page->nodes[block->node].tag;
    bool is_equal = false;
    bool is_part = false; /* before or behind the name of the site */
    int named = f->page->nodes[block->node].hints & NG_HINT_TITLE ? 3 : 0;

    for (int i = 0; i < NG_HTML_TITLE_COUNT; i++) {
        ng_view given = ng_buffer_view(&f->titles[i].key);

        is_equal = is_equal || ng_view_equal(given, key);
        if (block->words >= SOME_WORDS && given.size > key.size)
            is_part = is_part || (ng_view_starts(given, key) && given.data[key.size] == ' ') ||
                      (ng_view_ends(given, key) && given.data[given.size - key.size - 1] == ' ');
    }
    if (key.size == 0)
        return 0;
    if (tag == NG_HTML_H1)
        return is_equal ? 12 : is_part ? 8 + named : 4;
    if (ng_html_is_heading(tag))
        return is_equal ? 7 + named : is_part ? 6 + named : 0;
    if (is_equal || is_part)
        return block->link_words > 0 ? 1 : 5;
    return named && block->link_words == 0 ? 3 : 0;
}

/* Finds the block of the headline, SIZE_MAX: none. *rank_out: how well it fits. */
ng_status ng_html_headline_find(const ng_html_finder *f, size_t *headline_out, int *rank_out)
{
    enum { BLOCKS = 1000, WORDS = 40, RANK_OF_DOUBT = 4 };
    ng_buffer key;
    ng_status status = NG_OK;

    *headline_out = SIZE_MAX;
    *rank_out = 0;
    ng_buffer_init(&key, SIZE_MAX / 4);
    for (size_t i = 0; i < f->blocks->count && i < BLOCKS && status == NG_OK; i++) {
        const ng_html_block *block = &f->blocks->items[i];
        int rank = 0;

        if (block->words == 0 || block->words > WORDS)
            continue;
        key.size = 0;
        status = ng_html_key(f->cx, ng_html_block_text(f->blocks, i), &key);
        rank = rank_headline(f, block, ng_buffer_view(&key));
        if (rank <= RANK_OF_DOUBT &&
            ng_html_is_aside(f, block->node, rank == RANK_OF_DOUBT ? NG_HINT_CAPTION : 0))
            rank = 0;
        if (rank > *rank_out) {
            *rank_out = rank;
            *headline_out = i;
        }
    }
    ng_buffer_destroy(f->cx, &key);
    return status;
}

/* Chooses the title: the headline when it fits what the page says of itself or nothing is said. */
ng_status ng_html_title_choose(const ng_html_finder *f, size_t headline, int rank,
                               ng_buffer *title_out)
{
    enum { FITS = 4 };
    ng_view found = NG_VIEW_NONE;

    if (headline != SIZE_MAX)
        found = ng_html_block_text(f->blocks, headline);
    for (int i = 0; i < NG_HTML_TITLE_COUNT && (rank < FITS || found.size == 0); i++)
        if (f->titles[i].text.size > 0) {
            found = ng_buffer_view(&f->titles[i].text);
            break;
        }
    return ng_html_add_clean(f->cx, found, false, title_out);
}
