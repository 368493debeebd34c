/* Shared by the files that read HTML; everybody else sees ng_html_extract and ng_html_text alone.
 *
 * bytes -> UTF-8 (html_charset.c, encoding.c) -> marks and text (html_scan.c) -> a tree in one
 * array (html_page.c, html_hints.c) -> blocks of text (html_blocks.c) -> those of the article
 * (html_clean.c, html_article.c); title, author and date come from the page's marks and from
 * JSON-LD (html_metadata.c, html_json.c, html_dates.c). */
#ifndef NG_DOCUMENTS_HTML_H
#define NG_DOCUMENTS_HTML_H

#include "documents_internal.h"

/* ---- html_charset.c ---- */

/* The character set that the page itself names, "" when there is none that may be believed. Looks
 * at its first 8 KiB. */
void ng_html_charset(ng_view page, char name_out[NG_CHARSET_BYTES]);

/* ---- html_tags.c, html_scan.c, html_entities.c: marks and text ---- */

/* Elements that are told apart. */
typedef enum ng_html_tag {
    NG_HTML_TEXT, /* no element: a piece of text */
    NG_HTML_OTHER,
    NG_HTML_A,
    NG_HTML_ADDRESS,
    NG_HTML_ARTICLE,
    NG_HTML_ASIDE,
    NG_HTML_BLOCKQUOTE,
    NG_HTML_BODY,
    NG_HTML_BR,
    NG_HTML_BUTTON,
    NG_HTML_CAPTION,
    NG_HTML_CENTER,
    NG_HTML_DD,
    NG_HTML_DIV,
    NG_HTML_DL,
    NG_HTML_DT,
    NG_HTML_FIGCAPTION,
    NG_HTML_FIGURE,
    NG_HTML_FOOTER,
    NG_HTML_FORM,
    NG_HTML_FORMAT, /* b, i, em, strong, font ...: no more than how letters look */
    NG_HTML_H1,
    NG_HTML_H2,
    NG_HTML_H3,
    NG_HTML_H4,
    NG_HTML_H5,
    NG_HTML_H6,
    NG_HTML_HEAD,
    NG_HTML_HEADER,
    NG_HTML_HIDDEN, /* template, svg, select ...: nothing in it is text */
    NG_HTML_HR,
    NG_HTML_HTML,
    NG_HTML_INPUT,
    NG_HTML_LI,
    NG_HTML_LINK,
    NG_HTML_LIST, /* ul, ol, menu, dir */
    NG_HTML_MAIN,
    NG_HTML_META,
    NG_HTML_NAV,
    NG_HTML_P,
    NG_HTML_PRE,
    NG_HTML_RAW, /* style, iframe ...: no marks in it, and no text for readers */
    NG_HTML_SCRIPT,
    NG_HTML_SECTION, /* also other blocks without a meaning of their own */
    NG_HTML_SPAN,
    NG_HTML_SUP,
    NG_HTML_TABLE,
    NG_HTML_TD, /* also th */
    NG_HTML_TEXTAREA,
    NG_HTML_TIME,
    NG_HTML_TITLE,
    NG_HTML_TR,
    NG_HTML_TROWS, /* tbody, thead, tfoot */
    NG_HTML_VOID,  /* img, wbr, col ...: neither text nor a break */
    NG_HTML_TAG_COUNT
} ng_html_tag;

/* What holds for all elements of a tag. */
enum {
    NG_HTML_IS_BLOCK = 1,  /* its text is apart from the text around it */
    NG_HTML_ENDS_P = 2,    /* a paragraph ends where it starts */
    NG_HTML_IS_EMPTY = 4,  /* nothing can be in it */
    NG_HTML_IS_RAW = 8,    /* its content has no marks */
    NG_HTML_IS_UNREAD = 16 /* its text is not shown */
};

/* The properties of a tag. */
unsigned ng_html_tag_is(ng_html_tag tag);

/* The tag of this name, NG_HTML_OTHER when it is none of them. */
ng_html_tag ng_html_tag_find(ng_view name);

/* Attributes that are looked at. */
typedef enum ng_html_attribute {
    NG_HTML_CLASS, /* up to here: words that tell what an element is for */
    NG_HTML_ID,
    NG_HTML_ROLE,
    NG_HTML_ARIA_LABEL,
    NG_HTML_DATA_TESTID,
    NG_HTML_DATA_COMPONENT,
    NG_HTML_ITEMPROP,
    NG_HTML_ITEMTYPE,
    NG_HTML_REL,
    NG_HTML_HREF,
    NG_HTML_STYLE,
    NG_HTML_HIDDEN_NOW, /* hidden */
    NG_HTML_DATETIME,
    NG_HTML_CONTENT,
    NG_HTML_NAME,
    NG_HTML_PROPERTY,
    NG_HTML_TYPE,
    NG_HTML_ATTRIBUTE_COUNT
} ng_html_attribute;

typedef enum ng_html_token_kind {
    NG_HTML_TOKEN_END, /* of the page */
    NG_HTML_TOKEN_TEXT,
    NG_HTML_TOKEN_OPEN,
    NG_HTML_TOKEN_CLOSE
} ng_html_token_kind;

typedef struct ng_html_token {
    ng_html_token_kind kind;
    ng_html_tag tag;
    ng_view name;                            /* of a mark */
    ng_view text;                            /* as it stands in the page */
    bool is_literal;                         /* the text has no references (CDATA) */
    bool is_closed;                          /* <br/> */
    ng_view values[NG_HTML_ATTRIBUTE_COUNT]; /* as they stand in the page; data NULL: not there */
} ng_html_token;

/* A place in a page. */
typedef struct ng_html_scan {
    ng_view page;
    size_t at;
} ng_html_scan;

/* The next piece. All pieces together cost O(bytes). */
void ng_html_scan_next(ng_html_scan *scan, ng_html_token *token_out);

/* The content of a raw element that has just opened with the name `name`, up to its end or the end
 * of the page. */
ng_view ng_html_scan_raw(ng_html_scan *scan, ng_html_tag tag);

/* Appends text with its references (&amp; &#8217;) replaced. */
ng_status ng_html_unescape(ng_ctx *cx, ng_view text, ng_buffer *out);

/* Compares with a word of small letters, whatever the case of ASCII. */
bool ng_html_is_word(ng_view text, const char *word);

/* Finds a word of small letters, whatever the case of ASCII; SIZE_MAX: not there. O(bytes * word).
 */
size_t ng_html_find(ng_view text, const char *word);

/* Without white space around it. */
ng_view ng_html_trim(ng_view text);

/* ---- html_hints.c: what an element is for ---- */

/* Bits of what class, id, role and tag say. */
enum {
    NG_HINT_NAV = 1 << 0,        /* menus, crumbs, pages, contents */
    NG_HINT_SIDE = 1 << 1,       /* related, promoted, popular, advertising */
    NG_HINT_COMMENTS = 1 << 2,   /* of readers */
    NG_HINT_FOOTER = 1 << 3,     /* of the site */
    NG_HINT_MASTHEAD = 1 << 4,   /* of the site */
    NG_HINT_SHARE = 1 << 5,      /* buttons */
    NG_HINT_FORM = 1 << 6,       /* newsletters, log in, search */
    NG_HINT_CONSENT = 1 << 7,    /* cookies */
    NG_HINT_POPUP = 1 << 8,      /* over the page */
    NG_HINT_CAPTION = 1 << 9,    /* of pictures */
    NG_HINT_META = 1 << 10,      /* lines about the article: section, tags, minutes to read */
    NG_HINT_AUTHOR = 1 << 11,    /* byline */
    NG_HINT_DATE = 1 << 12,      /* of publication, as a rule */
    NG_HINT_BIO = 1 << 13,       /* who the author is */
    NG_HINT_HIDDEN = 1 << 14,    /* not seen, or seen by screen readers alone */
    NG_HINT_TITLE = 1 << 15,     /* headline */
    NG_HINT_DECK = 1 << 16,      /* the lines below the headline */
    NG_HINT_BODY = 1 << 17,      /* the text of an article and nothing else */
    NG_HINT_CONTENT = 1 << 18,   /* article, story, post, main */
    NG_HINT_REFERENCE = 1 << 19, /* notes, lists of sources */
    NG_HINT_HEADER = 1 << 20     /* of the page or of the article */
};

/* Those for what is no part of an article. */
enum {
    NG_HINTS_AGAINST = NG_HINT_NAV | NG_HINT_SIDE | NG_HINT_COMMENTS | NG_HINT_FOOTER |
                       NG_HINT_MASTHEAD | NG_HINT_SHARE | NG_HINT_FORM | NG_HINT_CONSENT |
                       NG_HINT_POPUP | NG_HINT_CAPTION | NG_HINT_BIO | NG_HINT_HIDDEN |
                       NG_HINT_REFERENCE,
    NG_HINTS_ABOUT = NG_HINT_META | NG_HINT_AUTHOR | NG_HINT_DATE
};

/* O(bytes of the attributes). */
uint32_t ng_html_hints(const ng_html_token *token);

/* ---- html_page.c: the tree ---- */

/* Nodes lie in the order of the page: those inside node i are i + 1 ... nodes[i].end - 1. Node 0 is
 * the page. */
typedef struct ng_html_node {
    uint32_t parent;
    uint32_t end;
    uint32_t block;   /* itself or the nearest block element around it */
    uint32_t text_at; /* in the page's text; a text reaches up to the next node's */
    uint32_t hints;   /* of an unread element: what its name is known by */
    uint32_t kind;    /* the same for elements with the same tag and class; 0: they have none */
    uint8_t tag;      /* ng_html_tag */
    bool is_in_link;  /* an <a href> is around it */
    bool is_in_pre;
    bool is_unread; /* it, or something around it, is not shown by its tag */
} ng_html_node;

enum { NG_HTML_AUTHORS = 8, NG_HTML_SCRIPTS = 16 };

/* What the marks of a page say of it: as it stands there, the first of each kind. */
typedef struct ng_html_facts {
    ng_view title;        /* <title> */
    ng_view site;         /* og:site_name */
    ng_view social_title; /* og:title, twitter:title */
    ng_view named_title;  /* meta dc.title and the like */
    ng_view authors[NG_HTML_AUTHORS];
    size_t author_count;
    ng_view author_key; /* the name that the first had */
    ng_view date;
    size_t date_rank;                 /* of its kind; smaller is better */
    ng_view address;                  /* canonical or og:url */
    ng_view scripts[NG_HTML_SCRIPTS]; /* JSON-LD */
    size_t script_count;
    ng_view time;  /* the first <time datetime> */
    bool is_forum; /* a program for forums made it */
} ng_html_facts;

typedef struct ng_html_page {
    ng_view source; /* UTF-8; borrowed */
    ng_buffer text; /* of all text nodes, references replaced */
    ng_html_node *nodes;
    size_t count, capacity;
    ng_html_facts facts;
} ng_html_page;

/* Reads `source` (valid UTF-8, which must outlive the page). O(bytes). */
ng_status ng_html_page_read(ng_ctx *cx, ng_view source, ng_html_page *page);
void ng_html_page_destroy(ng_ctx *cx, ng_html_page *page);

/* Text of all that is in a node, without breaks. */
static inline ng_view ng_html_node_text(const ng_html_page *page, uint32_t node)
{
    uint32_t end = page->nodes[node].end;
    size_t stop = end < page->count ? page->nodes[end].text_at : page->text.size;

    return ng_view_part(ng_buffer_view(&page->text), page->nodes[node].text_at, stop);
}

static inline bool ng_html_is_heading(unsigned tag)
{
    return tag >= NG_HTML_H1 && tag <= NG_HTML_H6;
}

/* ---- html_blocks.c: runs of text without a break ---- */

typedef struct ng_html_block {
    uint32_t node;     /* the smallest block element around it */
    uint32_t first;    /* its first text node */
    size_t start, end; /* in the text of the blocks */
    uint32_t words;
    uint32_t link_words; /* of them, in links */
    bool is_sentence;    /* ends like a sentence */
    bool is_dropped;
} ng_html_block;

typedef struct ng_html_blocks {
    ng_buffer text;
    ng_html_block *items;
    size_t count, capacity;
} ng_html_blocks;

/* Cuts the text of a page into blocks, white space made single; what is hidden is passed over, and
 * `for_article` also what stands in a line and is no part of an article: buttons, [1], [edit].
 * O(bytes). */
ng_status ng_html_blocks_find(ng_ctx *cx, const ng_html_page *page, bool for_article,
                              ng_html_blocks *blocks);
void ng_html_blocks_destroy(ng_ctx *cx, ng_html_blocks *blocks);

static inline ng_view ng_html_block_text(const ng_html_blocks *blocks, size_t index)
{
    return ng_view_part(ng_buffer_view(&blocks->text), blocks->items[index].start,
                        blocks->items[index].end);
}

/* Appends the blocks that are not dropped: a blank line between two of them, a bar between the
 * cells of a row. */
ng_status ng_html_blocks_write(ng_ctx *cx, const ng_html_page *page, const ng_html_blocks *blocks,
                               ng_buffer *out);

/* ---- html_phrases.c: what short blocks say ---- */

/* What a short block is, by its words alone. */
typedef enum ng_html_phrase {
    NG_PHRASE_NONE,
    NG_PHRASE_COMMENTS, /* a heading: comments of readers follow */
    NG_PHRASE_OTHER,    /* a heading: links to other articles follow, or the like */
    NG_PHRASE_MAYBE,    /* the same, or a heading of the article: "Links" */
    NG_PHRASE_JUNK      /* "Advertisement", "Share this", "We use cookies" */
} ng_html_phrase;

/* What the block is as a heading, and as any other block; an item of a list or table may begin with
 * words that tell of junk elsewhere. */
ng_html_phrase ng_html_phrase_of_heading(ng_view text, const ng_html_block *block);
ng_html_phrase ng_html_phrase_of_block(ng_view text, const ng_html_block *block, bool is_item);

/* "By Jane Doe", "Reporting by": the size of what stands before the name, 0 when there is none. */
size_t ng_html_byline_prefix(ng_view text);

/* Appends the words of a text for comparing: folded, parted by single spaces, no punctuation. */
ng_status ng_html_key(ng_ctx *cx, ng_view text, ng_buffer *key);

/* ---- html_clean.c, html_choose.c, html_article.c ---- */

/* A page being told apart into article and the rest. Arrays have one item a node. */
typedef struct ng_html_work {
    ng_ctx *cx;
    const ng_html_page *page;
    ng_html_blocks *blocks;
    ng_arena arena;
    size_t headline;       /* the block of the headline, or SIZE_MAX */
    size_t beginning;      /* the first block of running text behind it, before the cleaning */
    ng_view author;        /* or empty */
    uint32_t *words;       /* in all blocks inside that are not dropped */
    uint32_t *link_words;  /* of them, in links */
    uint32_t *good;        /* of them, in blocks that read like running text */
    uint32_t *first_block; /* the first block that starts in or after it; one item more */
    bool *is_dropped;      /* it, or something around it, is no part of the article */
} ng_html_work;

/* Does the block read like running text? Long enough, few links, a sentence: Kohlschütter,
 * Fankhauser and Nejdl (2010), "Boilerplate Detection using Shallow Text Features". */
static inline bool ng_html_is_good(const ng_html_block *block)
{
    return block->words >= 10 && block->link_words * 3 < block->words &&
           (block->is_sentence || block->words >= 25);
}

/* Sums up words, link_words and good over what is not dropped. O(nodes + blocks). */
void ng_html_work_sum(ng_html_work *work);

/* The first block of running text behind the headline, SIZE_MAX: none. */
size_t ng_html_find_beginning(const ng_html_work *work);

/* Drops a node with all that is in it. O(nodes and blocks inside). */
void ng_html_work_drop(ng_html_work *work, uint32_t node);

/* Is the headline inside? */
static inline bool ng_html_has_headline(const ng_html_work *work, uint32_t node)
{
    return work->headline >= work->first_block[node] &&
           work->headline < work->first_block[work->page->nodes[node].end];
}

/* The number of blocks inside, dropped or not. */
static inline uint32_t ng_html_block_count(const ng_html_work *work, uint32_t node)
{
    return work->first_block[work->page->nodes[node].end] - work->first_block[node];
}

/* Drops what is no part of an article wherever it stands: menus, comments, boxes. `is_careful`:
 * only what its tag alone gives away. O(nodes + blocks). */
void ng_html_clean(ng_html_work *work, bool is_careful);

/* Drops the blocks outside the elements that hold the article; *first_out: the first in them. */
ng_status ng_html_article_choose(ng_html_work *work, uint32_t *first_out);

/* Drops all blocks but those of the article. */
ng_status ng_html_article_find(ng_ctx *cx, const ng_html_page *page, size_t headline,
                               ng_view author, ng_html_blocks *blocks);

/* ---- html_facts.c, html_json.c, html_title.c, html_author.c, html_dates.c, html_metadata.c ----
 */

/* Notes what an element says of the page. */
void ng_html_facts_note(ng_html_facts *facts, const ng_html_token *token);

/* Cuts names out of a byline: "By Jane Doe and John Roe, staff writers | 3 May" gives "Jane Doe;
 * John Roe". Nothing is appended when it holds no name. */
ng_status ng_html_names_read(ng_ctx *cx, ng_view text, ng_buffer *names);

/* What JSON-LD says of the article; valid UTF-8. */
typedef struct ng_html_story {
    ng_buffer title, author, date, site, text;
} ng_html_story;

void ng_html_story_init(ng_html_story *story);
void ng_html_story_destroy(ng_ctx *cx, ng_html_story *story);
ng_status ng_html_json_read(ng_ctx *cx, const ng_html_facts *facts, ng_html_story *story);

/* Titles that a page gives itself, the better ones first. */
enum {
    NG_HTML_TITLE_STORY,  /* JSON-LD */
    NG_HTML_TITLE_SOCIAL, /* og:title */
    NG_HTML_TITLE_NAMED,  /* meta */
    NG_HTML_TITLE_PLAIN,  /* <title> */
    NG_HTML_TITLE_COUNT
};

/* Looks for what a page says of itself. */
typedef struct ng_html_finder {
    ng_ctx *cx;
    const ng_html_page *page;
    const ng_html_blocks *blocks;
    const ng_html_story *story;
    ng_buffer site;    /* its name, as words for comparing */
    uint32_t headline; /* a node in it, or 0 */
    struct {
        ng_buffer text; /* without the name of the site */
        ng_buffer key;  /* with it, as words for comparing */
    } titles[NG_HTML_TITLE_COUNT];
} ng_html_finder;

/* Appends text with its references replaced and white space made single; of a very long one the
 * beginning. */
ng_status ng_html_add_clean(ng_ctx *cx, ng_view text, bool is_escaped, ng_buffer *out);

/* Is something around the node, that does not hold the headline, said to be no part of an article?
 * `but`: hints that do not count. */
bool ng_html_is_aside(const ng_html_finder *f, uint32_t node, uint32_t but);

/* Fills `site` and `titles`. */
ng_status ng_html_titles_gather(ng_html_finder *f);

/* Finds the block of the headline, SIZE_MAX: none. *rank_out: how well it fits. */
ng_status ng_html_headline_find(const ng_html_finder *f, size_t *headline_out, int *rank_out);

/* Chooses the title: the headline when it fits what the page says of itself or nothing is said. */
ng_status ng_html_title_choose(const ng_html_finder *f, size_t headline, int rank,
                               ng_buffer *title_out);

/* Appends the authors. */
ng_status ng_html_author_choose(const ng_html_finder *f, size_t headline, ng_buffer *out);

/* Fills title, author and date of `out`; *headline_out: the block of the headline, or SIZE_MAX. */
ng_status ng_html_metadata_find(ng_ctx *cx, const ng_html_page *page, const ng_html_blocks *blocks,
                                const ng_html_story *story, ng_extracted *out,
                                size_t *headline_out);

/* Reads the date that `text` begins with: ISO, "20190221", "Feb. 21, 2019", "21 February 2019",
 * "21.2.2019", "Thu, 21 Feb 2019". Of 2/7/2019, which is told two ways, the year alone. Returns the
 * bytes written, 0 when there is none. */
size_t ng_html_date_read(ng_view text, char date_out[10]);

/* As ng_html_date_read, of the first date in a short text; a year alone is none. */
size_t ng_html_date_find(ng_view text, char date_out[10]);

#endif
