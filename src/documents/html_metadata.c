/* Title, author and date of a page.
 *
 * In the order in which pages get them right: JSON-LD, <meta>, marks of schema.org and <time>, then
 * what stands on the page itself near the headline. The headline on the page is preferred to the
 * title that was written for search engines, when they agree or there is but one <h1>. */
#include "html.h"

/* ---- marks that tell of the page ---- */

/* What a <meta> is about. */
typedef enum slot { SOCIAL_TITLE, NAMED_TITLE, SITE, AUTHOR, DATE, ADDRESS, GENERATOR } slot;

/* Names of <meta>; of dates the better ones first. */
static const struct {
    const char *name;
    slot slot;
} metas[] = {
    { "og:title", SOCIAL_TITLE },
    { "twitter:title", SOCIAL_TITLE },
    { "dc.title", NAMED_TITLE },
    { "dcterms.title", NAMED_TITLE },
    { "title", NAMED_TITLE },
    { "headline", NAMED_TITLE },
    { "parsely-title", NAMED_TITLE },
    { "sailthru.title", NAMED_TITLE },
    { "citation_title", NAMED_TITLE },
    { "og:site_name", SITE },
    { "application-name", SITE },
    { "author", AUTHOR },
    { "article:author", AUTHOR },
    { "article:author_name", AUTHOR },
    { "og:author", AUTHOR },
    { "og:article:author", AUTHOR },
    { "dc.creator", AUTHOR },
    { "dcterms.creator", AUTHOR },
    { "dc.contributor", AUTHOR },
    { "parsely-author", AUTHOR },
    { "sailthru.author", AUTHOR },
    { "cxenseparse:author", AUTHOR },
    { "citation_author", AUTHOR },
    { "byl", AUTHOR },
    { "byline", AUTHOR },
    { "creator", AUTHOR },
    { "datepublished", DATE },
    { "article:published_time", DATE },
    { "article:published", DATE },
    { "og:published_time", DATE },
    { "og:article:published_time", DATE },
    { "og:pubdate", DATE },
    { "parsely-pub-date", DATE },
    { "sailthru.date", DATE },
    { "cxenseparse:recs:publishtime", DATE },
    { "rnews:datepublished", DATE },
    { "citation_publication_date", DATE },
    { "citation_date", DATE },
    { "pubdate", DATE },
    { "publishdate", DATE },
    { "publish-date", DATE },
    { "publish_date", DATE },
    { "published", DATE },
    { "published_time", DATE },
    { "publication_date", DATE },
    { "publication-date", DATE },
    { "date_published", DATE },
    { "article_date_original", DATE },
    { "originalpublicationdate", DATE },
    { "prism.publicationdate", DATE },
    { "dc.date.issued", DATE },
    { "dcterms.issued", DATE },
    { "dc.issued", DATE },
    { "dc.date", DATE },
    { "dcterms.date", DATE },
    { "dc.date.created", DATE },
    { "dcterms.created", DATE },
    { "dc.created", DATE },
    { "datecreated", DATE },
    { "date", DATE },
    { "displaydate", DATE },
    { "pdate", DATE },
    { "ptime", DATE },
    { "created", DATE },
    { "uploaddate", DATE },
    { "og:url", ADDRESS },
    { "generator", GENERATOR },
};

/* Rank of dates that are no <meta>: behind all of those. */
enum { META_COUNT = sizeof metas / sizeof *metas };

static void note_author(ng_html_facts *facts, ng_view key, ng_view author)
{
    ng_view name = ng_html_trim(author);

    if (name.size == 0 || ng_html_find(name, "http") == 0 || ng_html_find(name, "www.") == 0)
        return;
    if (facts->author_count == 0)
        facts->author_key = key;
    if (facts->author_count < NG_HTML_AUTHORS && ng_view_equal(facts->author_key, key))
        facts->authors[facts->author_count++] = name;
}

static void note_date(ng_html_facts *facts, ng_view date, size_t rank)
{
    char iso[10];

    if (date.size == 0 || (facts->date.size > 0 && facts->date_rank <= rank) ||
        ng_html_date_read(date, iso) == 0)
        return;
    facts->date = date;
    facts->date_rank = rank;
}

/* Fills an empty place. */
static void note_first(ng_view *place, ng_view value)
{
    if (place->size == 0)
        *place = ng_html_trim(value);
}

/* Was the page made by a program for forums? */
static bool is_forum_program(ng_view generator)
{
    static const char *const programs[] = {
        "phpbb", "vbulletin", "discourse", "mybb",    "xenforo",
        "smf",   "flarum",    "nodebb",    "vanilla", "invision"
    };

    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (ng_html_find(generator, programs[i]) != SIZE_MAX)
            return true;
    return false;
}

static void note_meta(ng_html_facts *facts, ng_view key, ng_view content)
{
    for (size_t i = 0; i < META_COUNT; i++) {
        if (!ng_html_is_word(key, metas[i].name))
            continue;
        switch (metas[i].slot) {
        case SOCIAL_TITLE:
            note_first(&facts->social_title, content);
            break;
        case NAMED_TITLE:
            note_first(&facts->named_title, content);
            break;
        case SITE:
            note_first(&facts->site, content);
            break;
        case AUTHOR:
            note_author(facts, key, content);
            break;
        case DATE:
            note_date(facts, content, i);
            break;
        case ADDRESS:
            note_first(&facts->address, content);
            break;
        case GENERATOR:
            facts->is_forum = facts->is_forum || is_forum_program(content);
            break;
        }
        return;
    }
}

void ng_html_facts_note(ng_html_facts *facts, const ng_html_token *token)
{
    const ng_view *values = token->values;
    ng_view item = values[NG_HTML_ITEMPROP];
    ng_view content = values[NG_HTML_CONTENT];

    if (ng_html_find(values[NG_HTML_ITEMTYPE], "discussionforum") != SIZE_MAX ||
        ng_html_find(values[NG_HTML_ITEMTYPE], "qapage") != SIZE_MAX)
        facts->is_forum = true;
    if (token->tag == NG_HTML_META) {
        if (values[NG_HTML_NAME].size > 0)
            note_meta(facts, values[NG_HTML_NAME], content);
        if (values[NG_HTML_PROPERTY].size > 0)
            note_meta(facts, values[NG_HTML_PROPERTY], content);
    }
    if (token->tag == NG_HTML_LINK && ng_html_is_word(values[NG_HTML_REL], "canonical"))
        note_first(&facts->address, values[NG_HTML_HREF]);
    if (item.size > 0 && content.size == 0)
        content = values[NG_HTML_DATETIME];
    if (ng_html_is_word(item, "datepublished"))
        note_date(facts, content, 0);
    else if (ng_html_is_word(item, "datecreated"))
        note_date(facts, content, META_COUNT);
    else if (ng_html_is_word(item, "author") && content.size > 0)
        note_author(facts, item, content);
    if (token->tag == NG_HTML_TIME)
        note_first(&facts->time, values[NG_HTML_DATETIME]);
}

/* ---- titles ---- */

/* A title that may be the page's, and its words for comparing. */
typedef struct title {
    ng_buffer text, key;
} title;

enum { STORY, SOCIAL, NAMED, PLAIN, TITLE_COUNT };

typedef struct finder {
    ng_ctx *cx;
    const ng_html_page *page;
    const ng_html_blocks *blocks;
    const ng_html_story *story;
    ng_buffer site;    /* words for comparing */
    uint32_t headline; /* a node in it, or 0 */
    title titles[TITLE_COUNT];
} finder;

/* Appends text with its references replaced and white space made single; of a very long one the
 * beginning. */
static ng_status add_clean(ng_ctx *cx, ng_view text, bool is_escaped, ng_buffer *out)
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

static size_t count_words(ng_view text)
{
    size_t count = text.size > 0;

    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == ' ';
    return count;
}

/* Is this part of a title the name of the site? */
static ng_status is_site(const finder *f, ng_view part, bool *is_site_out)
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
static ng_status cut_site(const finder *f, bool is_guess, ng_buffer *text)
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
static ng_status gather_titles(finder *f)
{
    const ng_html_facts *facts = &f->page->facts;
    const ng_view given[TITLE_COUNT] = { ng_buffer_view(&f->story->title), facts->social_title,
                                         facts->named_title, facts->title };
    ng_view site = facts->site.size > 0 ? facts->site : ng_buffer_view(&f->story->site);
    ng_buffer name;
    ng_status status = NG_OK;

    ng_buffer_init(&name, SIZE_MAX / 4);
    status = add_clean(f->cx, site, true, &name);
    if (status == NG_OK)
        status = ng_html_key(f->cx, ng_buffer_view(&name), &f->site);
    for (int i = 0; i < TITLE_COUNT && status == NG_OK; i++) {
        status = add_clean(f->cx, given[i], i != STORY, &f->titles[i].text);
        if (status == NG_OK) /* with the site's name, to find the headline by */
            status = ng_html_key(f->cx, ng_buffer_view(&f->titles[i].text), &f->titles[i].key);
        if (status == NG_OK)
            status = cut_site(f, i == PLAIN, &f->titles[i].text);
    }
    ng_buffer_destroy(f->cx, &name);
    return status;
}

/* ---- the headline ---- */

/* Is something around the node, that does not hold the headline, said to be no part of an article?
 * `but`: hints that do not count. */
static bool is_aside(const finder *f, uint32_t node, uint32_t but)
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

/* How well a block fits to be the headline; 0: not at all. */
static int rank_headline(const finder *f, const ng_html_block *block, ng_view key)
{
    enum { SOME_WORDS = 3 };
    unsigned tag = f->page->nodes[block->node].tag;
    bool is_equal = false;
    bool is_part = false; /* before or behind the name of the site */
    int named = f->page->nodes[block->node].hints & NG_HINT_TITLE ? 3 : 0;

    for (int i = 0; i < TITLE_COUNT; i++) {
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
static ng_status find_headline(const finder *f, size_t *headline_out, int *rank_out)
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
            is_aside(f, block->node, rank == RANK_OF_DOUBT ? NG_HINT_CAPTION : 0))
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
static ng_status choose_title(const finder *f, size_t headline, int rank, ng_buffer *title_out)
{
    enum { FITS = 4 };
    ng_view found = NG_VIEW_NONE;

    if (headline != SIZE_MAX)
        found = ng_html_block_text(f->blocks, headline);
    for (int i = 0; i < TITLE_COUNT && (rank < FITS || found.size == 0); i++)
        if (f->titles[i].text.size > 0) {
            found = ng_buffer_view(&f->titles[i].text);
            break;
        }
    return add_clean(f->cx, found, false, title_out);
}

/* ---- authors ---- */

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

        if (ng_view_starts(name, NG_VIEW("and ")))
            name = ng_view_part(name, 4, name.size);
        if (!is_name(name))
            break;
        if (names->size > start)
            status = ng_buffer_add(cx, names, NG_VIEW("; "));
        if (status == NG_OK)
            status = ng_buffer_add(cx, names, name);
        text = ng_html_trim(ng_view_part(text, next, text.size));
    }
    return status;
}

/* Appends the author that the marks name; as it stands when it does not look like names. */
static ng_status take_given_author(const finder *f, ng_buffer *out)
{
    const ng_html_facts *facts = &f->page->facts;
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 4);
    if (f->story->author.size > 0)
        status = add_clean(f->cx, ng_buffer_view(&f->story->author), false, &text);
    for (size_t i = 0; f->story->author.size == 0 && i < facts->author_count && status == NG_OK;
         i++) {
        if (i > 0)
            status = ng_buffer_add(f->cx, &text, NG_VIEW("; "));
        if (status == NG_OK)
            status = add_clean(f->cx, facts->authors[i], true, &text);
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
static ng_status take_names(const finder *f, uint32_t node, ng_buffer *out)
{
    size_t before = out->size;
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 4);
    status = add_clean(f->cx, ng_html_node_text(f->page, node), false, &text);
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
static ng_status take_author_of(const finder *f, uint32_t node, ng_buffer *out)
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
static ng_status take_marked_author(const finder *f, size_t headline, ng_buffer *out)
{
    const ng_html_node *nodes = f->page->nodes;
    uint32_t start = headline == SIZE_MAX ? 1 : f->blocks->items[headline].first;
    ng_status status = NG_OK;

    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = pass ? 1 : start;
             i < (pass ? start : f->page->count) && out->size == 0 && status == NG_OK;) {
            bool is_it = is_author(f->page, i) &&
                         !is_aside(f, i, NG_HINT_BIO | NG_HINT_HIDDEN | NG_HINT_FOOTER);

            if (is_it)
                status = take_author_of(f, i, out);
            i = is_it ? nodes[i].end : i + 1;
        }
    return status;
}

/* Appends the names of a line "By Jane Doe" near the headline. */
static ng_status take_line_author(const finder *f, size_t headline, ng_buffer *out)
{
    enum { NEAR = 10, WORDS = 25 };
    size_t first = headline == SIZE_MAX ? 0 : headline;
    ng_status status = NG_OK;

    for (size_t i = first;
         i < f->blocks->count && i <= first + NEAR && out->size == 0 && status == NG_OK; i++) {
        ng_view text = ng_html_block_text(f->blocks, i);

        if (f->blocks->items[i].words <= WORDS && ng_html_byline_prefix(text) > 0 &&
            !is_aside(f, f->blocks->items[i].node, NG_HINT_BIO))
            status = ng_html_names_read(f->cx, text, out);
    }
    return status;
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
static size_t read_line_date(const finder *f, size_t first, size_t end, char date_out[10])
{
    enum { WORDS = 25, SENTENCE_WORDS = 8 };

    for (size_t i = first; i < f->blocks->count && i < end; i++) {
        const ng_html_block *block = &f->blocks->items[i];
        ng_view text = ng_html_block_text(f->blocks, i);
        size_t size = 0;

        if (block->words > WORDS || (block->is_sentence && block->words > SENTENCE_WORDS) ||
            is_aside(f, block->node, NG_HINT_BIO) || is_other_date(text))
            continue;
        size = ng_html_date_find(text, date_out);
        if (size > 0)
            return size;
    }
    return 0;
}

/* A date in an element that is said to hold one. */
static size_t read_marked_date(const finder *f, char date_out[10])
{
    enum { BYTES = 120 };
    const ng_html_node *nodes = f->page->nodes;

    for (uint32_t i = 1; i < f->page->count; i++) {
        ng_view text = ng_html_node_text(f->page, i);
        size_t size = 0;

        if (nodes[i].tag == NG_HTML_HIDDEN || !(nodes[i].hints & NG_HINT_DATE) ||
            text.size > BYTES || is_aside(f, i, NG_HINT_BIO))
            continue;
        size = ng_html_date_find(text, date_out);
        if (size > 0)
            return size;
    }
    return 0;
}

/* Takes the first date that has its day, else the one that is told most exactly. */
static ng_status choose_date(const finder *f, size_t headline, ng_buffer *out)
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

static ng_status find_all(finder *f, ng_extracted *out, size_t *headline_out)
{
    int rank = 0;
    ng_status status = gather_titles(f);

    if (status == NG_OK)
        status = find_headline(f, headline_out, &rank);
    if (status == NG_OK && *headline_out != SIZE_MAX)
        f->headline = f->blocks->items[*headline_out].first;
    if (status == NG_OK)
        status = choose_title(f, *headline_out, rank, &out->title);
    if (status == NG_OK)
        status = take_given_author(f, &out->author);
    if (status == NG_OK && out->author.size == 0 && !f->page->facts.is_forum)
        status = take_marked_author(f, *headline_out, &out->author);
    if (status == NG_OK && out->author.size == 0 && !f->page->facts.is_forum)
        status = take_line_author(f, *headline_out, &out->author);
    return status == NG_OK ? choose_date(f, *headline_out, &out->date) : status;
}

ng_status ng_html_metadata_find(ng_ctx *cx, const ng_html_page *page, const ng_html_blocks *blocks,
                                const ng_html_story *story, ng_extracted *out, size_t *headline_out)
{
    finder f = { .cx = cx, .page = page, .blocks = blocks, .story = story };
    ng_status status = NG_OK;

    ng_buffer_init(&f.site, SIZE_MAX / 4);
    for (int i = 0; i < TITLE_COUNT; i++) {
        ng_buffer_init(&f.titles[i].text, SIZE_MAX / 4);
        ng_buffer_init(&f.titles[i].key, SIZE_MAX / 4);
    }
    status = find_all(&f, out, headline_out);
    for (int i = 0; i < TITLE_COUNT; i++) {
        ng_buffer_destroy(cx, &f.titles[i].text);
        ng_buffer_destroy(cx, &f.titles[i].key);
    }
    ng_buffer_destroy(cx, &f.site);
    return status;
}
