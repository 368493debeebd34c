/* What the marks of a page say of it: <meta>, <link>, <time> and the attributes of schema.org. */
#include "html.h"

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

/* Notes an author, if it is the first or has the same key as the first; addresses are none. */
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

/* Notes a date that is better than the one before, if it is a date. */
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

/* Notes what a <meta> says. */
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
