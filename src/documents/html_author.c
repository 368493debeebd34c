/* The author of a page: as its marks have it, else in elements that are said to be the author's,
 * else in a line "By Jane Doe" near the headline. Those who write in forums are no authors here. */
#include "html.h"

/* Words of a byline that are no name. */
static bool is_job(ng_view word)
{
    static const char *const jobs[] = {
        "correspondent", "editor",      "reporter", "writer",      "analyst",    "staff",
        "chief",         "columnist",   "producer", "contributor", "journalist", "bureau",
        "desk",          "senior",      "special",  "published",   "updated",    "posted",
        "last",          "monday",      "tuesday",  "wednesday",   "thursday",   "friday",
        "saturday",      "sunday",      "in",       "at",          "on",         "for",
        "the",           "photographs", "photos",   "more",        "follow",     "opinion",
        "politics",      "world",       "minutes",  "min",         "read",       "comments"
    };

    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        if (ng_html_is_word(word, jobs[i]))
            return true;
    return false;
}

/* Is it a name: one to five words, capitals but for particles, no digit, no job? */
static bool is_name(ng_view text)
{
    enum { MOST_WORDS = 5, MOST_BYTES = 60 };
    size_t words = 0;
    size_t capitals = 0;

    if (text.size == 0 || text.size > MOST_BYTES)
        return false;
    for (size_t at = 0; at < text.size; words++) {
        size_t end = at;
        unsigned char first = (unsigned char)text.data[at];

        while (end < text.size && text.data[end] != ' ') {
            if ((text.data[end] >= '0' && text.data[end] <= '9') || text.data[end] == '@')
                return false;
            end++;
        }
        if (is_job(ng_view_part(text, at, end)))
            return false;
        if (first >= 0x80 || (first >= 'A' && first <= 'Z'))
            capitals++;
        else if (end - at > 4) /* of, bin, della */
            return false;
        at = end + (end < text.size);
    }
    return words <= MOST_WORDS && capitals > 0;
}

/* The end of the first part of a byline: before a comma, "and", a sign, a digit. */
static size_t find_end_of_name(ng_view text, size_t *next_out)
{
    static const ng_view ends[] = {
        { ",", 1 },
        { ";", 1 },
        { " and ", 5 },
        { " & ", 3 },
        { "|", 1 },
        { " - ", 3 },
        { "(", 1 },
        { "\n", 1 },
        { "/", 1 },
        { "\xC2\xB7", 2 },
        { "\xE2\x80\xA2", 3 },
        { "\xE2\x80\x93", 3 },
        { "\xE2\x80\x94", 3 },
        { ":", 1 },
        { " for ", 5 },
        { " in ", 4 },
        { " on ", 4 },
        { " at ", 4 },
        { "Published", 9 },
        { "Updated", 7 },
        { "Posted", 6 },
        { " with ", 6 },
    };

    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] >= '0' && text.data[at] <= '9') {
            *next_out = text.size;
            return at;
        }
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (ng_view_starts(ng_view_part(text, at, text.size), ends[i])) {
                bool goes_on = i < 4 || i == sizeof ends / sizeof *ends - 1;

                *next_out = goes_on ? at + ends[i].size : text.size;
                return at;
            }
    }
    *next_out = text.size;
    return text.size;
}

/* Is it one word that is no abbreviation (AFP)? */
static bool is_word(ng_view name)
{
    bool has_small = false;

    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == ' ')
            return false;
        has_small = has_small || !(name.data[i] >= 'A' && name.data[i] <= 'Z');
    }
    return has_small;
}

/* Appends a name, "; " before it when it is not the first. `given`: "Doe" of "Doe, Jane" is behind
 * it then, or nothing. */
static ng_status add_name(ng_ctx *cx, ng_view given, ng_view name, size_t start, ng_buffer *names)
{
    ng_status status = NG_OK;

    if (names->size > start)
        status = ng_buffer_add(cx, names, NG_VIEW("; "));
    if (status == NG_OK && given.size > 0)
        status = ng_buffer_add(cx, names, given);
    if (status == NG_OK && given.size > 0)
        status = ng_buffer_add_byte(cx, names, ' ');
    return status == NG_OK ? ng_buffer_add(cx, names, name) : status;
}

ng_status ng_html_names_read(ng_ctx *cx, ng_view text, ng_buffer *names)
{
    enum { MOST_NAMES = 8 };
    ng_status status = NG_OK;
    size_t start = names->size;

    text = ng_html_trim(text);
    text = ng_view_part(text, ng_html_byline_prefix(text), text.size);
    for (int i = 0; i < MOST_NAMES && text.size > 0 && status == NG_OK; i++) {
        size_t next = 0;
        size_t end = find_end_of_name(text, &next);
        ng_view name = ng_html_trim(ng_view_part(text, 0, end));
        ng_view given = NG_VIEW_NONE;
        bool is_comma = end < text.size && text.data[end] == ',';

        if (ng_view_starts(name, NG_VIEW("and ")))
            name = ng_view_part(name, 4, name.size);
        if (!is_name(name))
            break;
        text = ng_html_trim(ng_view_part(text, next, text.size));
        if (is_comma && is_word(name)) { /* Doe, Jane */
            end = find_end_of_name(text, &next);
            given = ng_html_trim(ng_view_part(text, 0, end));
            if (is_name(given))
                text = ng_html_trim(ng_view_part(text, next, text.size));
            else
                given = NG_VIEW_NONE;
        }
        status = add_name(cx, given, name, start, names);
    }
    return status;
}

/* Appends the author that the marks name; as it stands when it does not look like names. */
static ng_status take_given_author(const ng_html_finder *f, ng_buffer *out)
{
    const ng_html_facts *facts = &f->page->facts;
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 4);
    if (f->story->author.size > 0)
        status = ng_html_add_clean(f->cx, ng_buffer_view(&f->story->author), false, &text);
    for (size_t i = 0; f->story->author.size == 0 && i < facts->author_count && status == NG_OK;
         i++) {
        if (i > 0)
            status = ng_buffer_add(f->cx, &text, NG_VIEW("; "));
        if (status == NG_OK)
            status = ng_html_add_clean(f->cx, facts->authors[i], true, &text);
    }
    if (status == NG_OK)
        status = ng_html_names_read(f->cx, ng_buffer_view(&text), out);
    if (status == NG_OK && out->size == 0) {
        ng_view given = ng_buffer_view(&text);

        given = ng_view_part(given, ng_html_byline_prefix(given), given.size);
        status = ng_buffer_add(f->cx, out, given);
    }
    ng_buffer_destroy(f->cx, &text);
    return status;
}

/* Appends the names in one element and "; " behind them, when there are any. */
static ng_status take_names(const ng_html_finder *f, uint32_t node, ng_buffer *out)
{
    size_t before = out->size;
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 4);
    status = ng_html_add_clean(f->cx, ng_html_node_text(f->page, node), false, &text);
    if (status == NG_OK)
        status = ng_html_names_read(f->cx, ng_buffer_view(&text), out);
    if (status == NG_OK && out->size > before)
        status = ng_buffer_add(f->cx, out, NG_VIEW("; "));
    ng_buffer_destroy(f->cx, &text);
    return status;
}

/* Is the node said to be an author's, and short enough? */
static bool is_author(const ng_html_page *page, uint32_t node)
{
    enum { BYTES = 250 };

    return page->nodes[node].tag != NG_HTML_HIDDEN && (page->nodes[node].hints & NG_HINT_AUTHOR) &&
           ng_html_node_text(page, node).size <= BYTES;
}

/* Appends the names in an element that is said to be the author's: those of the innermost such
 * elements in it, else of its links, else of its text. */
static ng_status take_author_of(const ng_html_finder *f, uint32_t node, ng_buffer *out)
{
    const ng_html_node *nodes = f->page->nodes;
    uint32_t last = 0; /* the last one that is said to be an author's */
    ng_status status = NG_OK;

    for (uint32_t i = node + 1; i <= nodes[node].end && status == NG_OK; i++) {
        bool is_next = i < nodes[node].end && is_author(f->page, i);

        if (last != 0 && (is_next || i == nodes[node].end) && nodes[last].end <= i)
            status = take_names(f, last, out);
        last = is_next ? i : last;
    }
    for (uint32_t i = node + 1; i < nodes[node].end && last == 0 && status == NG_OK; i++)
        if (nodes[i].tag == NG_HTML_A && nodes[i].is_in_link)
            status = take_names(f, i, out);
    if (status == NG_OK && out->size == 0)
        status = take_names(f, node, out);
    if (ng_view_ends(ng_buffer_view(out), NG_VIEW("; "))) {
        out->size -= 2;
        out->data[out->size] = '\0';
    }
    return status;
}

/* Appends the names in the first element that is said to be the author's and is no part of comments
 * and the like: from the headline on, then before it. */
static ng_status take_marked_author(const ng_html_finder *f, size_t headline, ng_buffer *out)
{
    const ng_html_node *nodes = f->page->nodes;
    uint32_t start = headline == SIZE_MAX ? 1 : f->blocks->items[headline].first;
    ng_status status = NG_OK;

    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = pass ? 1 : start;
             i < (pass ? start : f->page->count) && out->size == 0 && status == NG_OK;) {
            bool is_it = is_author(f->page, i) &&
                         !ng_html_is_aside(f, i, NG_HINT_BIO | NG_HINT_HIDDEN | NG_HINT_FOOTER);

            if (is_it)
                status = take_author_of(f, i, out);
            i = is_it ? nodes[i].end : i + 1;
        }
    return status;
}

/* Appends the names of a line "By Jane Doe" near the headline. */
static ng_status take_line_author(const ng_html_finder *f, size_t headline, ng_buffer *out)
{
    enum { NEAR = 10, WORDS = 25 };
    size_t first = headline == SIZE_MAX ? 0 : headline;
    ng_status status = NG_OK;

    for (size_t i = first;
         i < f->blocks->count && i <= first + NEAR && out->size == 0 && status == NG_OK; i++) {
        ng_view text = ng_html_block_text(f->blocks, i);

        if (f->blocks->items[i].words <= WORDS && ng_html_byline_prefix(text) > 0 &&
            !ng_html_is_aside(f, f->blocks->items[i].node, NG_HINT_BIO))
            status = ng_html_names_read(f->cx, text, out);
    }
    return status;
}

ng_status ng_html_author_choose(const ng_html_finder *f, size_t headline, ng_buffer *out)
{
    ng_status status = take_given_author(f, out);

    if (f->page->facts.is_forum)
        return status;
    if (status == NG_OK && out->size == 0)
        status = take_marked_author(f, headline, out);
    if (status == NG_OK && out->size == 0)
        status = take_line_author(f, headline, out);
    return status;
}
