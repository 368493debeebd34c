/* Title, author and date of a page.
 *
 * In the order in which pages get them right: JSON-LD, <meta>, marks of schema.org and <time>, then
 * what stands on the page itself near the headline. */
#include "html.h"

/* Appends text with its references replaced and white space made single; of a very long one the
 * beginning. */
ng_status ng_html_add_clean(ng_ctx *cx, ng_view text, bool is_escaped, ng_buffer *out)
{
    enum { MOST_BYTES = 4000 };
    ng_buffer plain;
    ng_status status = NG_OK;
    bool has_space = false;

    if (text.size > MOST_BYTES)
        text.size = ng_utf8_valid_size(ng_view_part(text, 0, MOST_BYTES));
    ng_buffer_init(&plain, SIZE_MAX / 4);
    status = is_escaped ? ng_html_unescape(cx, text, &plain) : ng_buffer_add(cx, &plain, text);
    for (size_t i = 0; i < plain.size && status == NG_OK; i++) {
        unsigned char byte = (unsigned char)plain.data[i];
        bool is_hard =
            byte == 0xC2 && i + 1 < plain.size && (unsigned char)plain.data[i + 1] == 0xA0;

        i += is_hard;
        if (is_hard || byte <= ' ' || byte == 0x7F) {
            has_space = true;
            continue;
        }
        if (has_space && out->size > 0)
            status = ng_buffer_add_byte(cx, out, ' ');
        has_space = false;
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, out, (char)byte);
    }
    ng_buffer_destroy(cx, &plain);
    return status;
}

/* Is something around the node, that does not hold the headline, said to be no part of an article?
 * `but`: hints that do not count. */
bool ng_html_is_aside(const ng_html_finder *f, uint32_t node, uint32_t but)
{
    enum { DEPTH = 64 };
    const ng_html_node *nodes = f->page->nodes;

    for (int i = 0; i < DEPTH && node != 0; i++, node = nodes[node].parent) {
        if (f->headline >= node && f->headline < nodes[node].end)
            return false;
        if (nodes[node].tag != NG_HTML_HIDDEN && (nodes[node].hints & NG_HINTS_AGAINST & ~but))
            return true;
    }
    return false;
}

/* ---- dates ---- */

/* A date in the address of the page: /2019/02/21/. */
static size_t read_address(ng_view address, char date_out[10])
{
    for (size_t i = 0; i + 8 < address.size; i++) {
        ng_view rest = ng_view_part(address, i + 1, address.size);
        size_t size = 0;

        if (address.data[i] != '/' || (rest.data[0] != '1' && rest.data[0] != '2') ||
            (rest.data[4] != '/' && rest.data[4] != '-'))
            continue;
        size = ng_html_date_read(rest, date_out);
        if (size >= 7)
            return size;
    }
    return 0;
}

/* A date of something else: since when somebody has been a member of a forum. */
static bool is_other_date(ng_view text)
{
    static const char *const words[] = { "joined", "registered", "member since", "born" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ng_html_find(text, words[i]) == 0)
            return true;
    return false;
}

/* The first date in short blocks from `first` to before `end`. */
static size_t read_line_date(const ng_html_finder *f, size_t first, size_t end, char date_out[10])
{
    enum { WORDS = 25, SENTENCE_WORDS = 8 };

    for (size_t i = first; i < f->blocks->count && i < end; i++) {
        const ng_html_block *block = &f->blocks->items[i];
        ng_view text = ng_html_block_text(f->blocks, i);
        size_t size = 0;

        if (block->words > WORDS || (block->is_sentence && block->words > SENTENCE_WORDS) ||
            ng_html_is_aside(f, block->node, NG_HINT_BIO) || is_other_date(text))
            continue;
        size = ng_html_date_find(text, date_out);
        if (size > 0)
            return size;
    }
    return 0;
}

/* A date in an element that is said to hold one. */
static size_t read_marked_date(const ng_html_finder *f, char date_out[10])
{
    enum { BYTES = 120 };
    const ng_html_node *nodes = f->page->nodes;

    for (uint32_t i = 1; i < f->page->count; i++) {
        ng_view text = ng_html_node_text(f->page, i);
        size_t size = 0;

        if (nodes[i].tag == NG_HTML_HIDDEN || !(nodes[i].hints & NG_HINT_DATE) ||
            text.size > BYTES || ng_html_is_aside(f, i, NG_HINT_BIO))
            continue;
        size = ng_html_date_find(text, date_out);
        if (size > 0)
            return size;
    }
    return 0;
}

/* Takes the first date that has its day, else the one that is told most exactly. */
static ng_status choose_date(const ng_html_finder *f, size_t headline, ng_buffer *out)
{
    enum { SOURCES = 7, NEAR = 12, FAR = 40 };
    const ng_html_facts *facts = &f->page->facts;
    size_t from = headline == SIZE_MAX ? 0 : headline + 1;
    size_t before = from < FAR ? 0 : from - FAR;
    char best[10];
    size_t best_size = 0;

    for (int i = 0; i < SOURCES && best_size < sizeof best; i++) {
        char date[10];
        size_t size = 0;

        if (i == 0)
            size = ng_html_date_read(ng_buffer_view(&f->story->date), date);
        else if (i == 1)
            size = ng_html_date_read(facts->date, date);
        else if (i == 2)
            size = ng_html_date_read(facts->time, date);
        else if (i == 3)
            size = read_marked_date(f, date);
        else if (i == 4)
            size = read_address(facts->address, date);
        else if (i == 5)
            size = read_line_date(f, from, from + NEAR, date);
        else
            size = read_line_date(f, before, from, date);
        if (size <= best_size)
            continue;
        memcpy(best, date, size);
        best_size = size;
    }
    return ng_buffer_add(f->cx, out, (ng_view){ best, best_size });
}

/* ---- the whole ---- */

/* Headline first: authors and dates are looked for near it. */
static ng_status find_all(ng_html_finder *f, ng_extracted *out, size_t *headline_out)
{
    int rank = 0;
    ng_status status = ng_html_titles_gather(f);

    if (status == NG_OK)
        status = ng_html_headline_find(f, headline_out, &rank);
    if (status == NG_OK && *headline_out != SIZE_MAX)
        f->headline = f->blocks->items[*headline_out].first;
    if (status == NG_OK)
        status = ng_html_title_choose(f, *headline_out, rank, &out->title);
    if (status == NG_OK)
        status = ng_html_author_choose(f, *headline_out, &out->author);
    return status == NG_OK ? choose_date(f, *headline_out, &out->date) : status;
}

ng_status ng_html_metadata_find(ng_ctx *cx, const ng_html_page *page, const ng_html_blocks *blocks,
                                const ng_html_story *story, ng_extracted *out, size_t *headline_out)
{
    ng_html_finder f = { .cx = cx, .page = page, .blocks = blocks, .story = story };
    ng_status status = NG_OK;

    ng_buffer_init(&f.site, SIZE_MAX / 4);
    for (int i = 0; i < NG_HTML_TITLE_COUNT; i++) {
        ng_buffer_init(&f.titles[i].text, SIZE_MAX / 4);
        ng_buffer_init(&f.titles[i].key, SIZE_MAX / 4);
    }
    status = find_all(&f, out, headline_out);
    for (int i = 0; i < NG_HTML_TITLE_COUNT; i++) {
        ng_buffer_destroy(cx, &f.titles[i].text);
        ng_buffer_destroy(cx, &f.titles[i].key);
    }
    ng_buffer_destroy(cx, &f.site);
    return status;
}
