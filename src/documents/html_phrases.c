/* What short blocks say: "Related stories", "Comments (12)", "Advertisement", "By Jane Doe".
 *
 * Pages whose classes tell nothing still name their parts for readers. A block is compared by its
 * letters alone: small, digits and punctuation left out ("3 Comments" is "comments"). A phrase that
 * could begin a sentence of an article counts only in a block that is short or no sentence. */
#include "html.h"

enum { KEY_BYTES = 480 };

/* How a phrase is looked for. */
typedef enum way {
    WHOLE,  /* the block is the phrase */
    MAYBE,  /* the same, but it may be a heading of an article */
    BEGINS, /* the block begins with it and is short and no sentence */
    OPENS,  /* the block begins with it, 40 words at most */
    HOLDS   /* the block has it in it, 60 words at most */
} way;

typedef struct phrase {
    const char *words;
    way way;
} phrase;

/* Comments of readers follow. */
static const phrase comment_headings[] = {
    { "comments", WHOLE },
    { "comment", WHOLE },
    { "comments on", BEGINS },
    { "comments to", BEGINS },
    { "leave a comment", OPENS },
    { "leave a reply", OPENS },
    { "leave your comment", OPENS },
    { "post a comment", OPENS },
    { "add a comment", OPENS },
    { "add your comment", OPENS },
    { "write a comment", OPENS },
    { "reader comments", OPENS },
    { "readers comments", OPENS },
    { "user comments", OPENS },
    { "your comments", WHOLE },
    { "latest comments", WHOLE },
    { "top comments", WHOLE },
    { "view comments", OPENS },
    { "show comments", OPENS },
    { "responses", WHOLE },
    { "responses to", BEGINS },
    { "response to", BEGINS },
    { "reader responses", WHOLE },
    { "readers respond", WHOLE },
    { "thoughts on", BEGINS },
    { "thought on", BEGINS },
    { "replies", WHOLE },
    { "join the discussion", OPENS },
    { "join the conversation", OPENS },
    { "join the debate", OPENS },
    { "have your say", OPENS },
    { "what do you think", WHOLE },
};

/* Links to other articles follow, or what is no article. */
static const phrase other_headings[] = {
    { "related", WHOLE },
    { "related stor", BEGINS },
    { "related article", BEGINS },
    { "related post", BEGINS },
    { "related news", BEGINS },
    { "related content", BEGINS },
    { "related link", BEGINS },
    { "related topic", BEGINS },
    { "related coverage", BEGINS },
    { "related reading", BEGINS },
    { "related video", BEGINS },
    { "read more", BEGINS },
    { "read next", BEGINS },
    { "read also", BEGINS },
    { "read on", WHOLE },
    { "also read", BEGINS },
    { "what to read next", WHOLE },
    { "keep reading", BEGINS },
    { "continue reading", BEGINS },
    { "up next", WHOLE },
    { "more from", BEGINS },
    { "more by", BEGINS },
    { "more on this", BEGINS },
    { "more in", BEGINS },
    { "more news", BEGINS },
    { "more stories", BEGINS },
    { "more articles", BEGINS },
    { "more to read", BEGINS },
    { "more top stories", WHOLE },
    { "more headlines", WHOLE },
    { "more world news", WHOLE },
    { "other stories", BEGINS },
    { "other news", BEGINS },
    { "other articles", BEGINS },
    { "in other news", WHOLE },
    { "similar articles", WHOLE },
    { "similar stories", WHOLE },
    { "you may also", OPENS },
    { "you might also", OPENS },
    { "you may have missed", OPENS },
    { "you may like", OPENS },
    { "recommended", WHOLE },
    { "recommended for", BEGINS },
    { "recommended stor", BEGINS },
    { "recommended article", BEGINS },
    { "recommended read", BEGINS },
    { "suggested", WHOLE },
    { "suggested for", BEGINS },
    { "suggested article", BEGINS },
    { "suggested read", BEGINS },
    { "editors pick", BEGINS },
    { "editors choice", WHOLE },
    { "our picks", WHOLE },
    { "most read", BEGINS },
    { "most popular", BEGINS },
    { "most viewed", BEGINS },
    { "most shared", BEGINS },
    { "most commented", BEGINS },
    { "most recent", WHOLE },
    { "popular", MAYBE },
    { "popular posts", BEGINS },
    { "popular stories", BEGINS },
    { "popular articles", BEGINS },
    { "popular now", WHOLE },
    { "popular topics", WHOLE },
    { "trending", BEGINS },
    { "top stories", BEGINS },
    { "top news", WHOLE },
    { "todays top", BEGINS },
    { "latest", MAYBE },
    { "the latest", WHOLE },
    { "latest news", BEGINS },
    { "latest stories", BEGINS },
    { "latest articles", BEGINS },
    { "latest posts", BEGINS },
    { "latest headlines", BEGINS },
    { "latest from", BEGINS },
    { "latest in", BEGINS },
    { "latest videos", BEGINS },
    { "recent posts", BEGINS },
    { "recent articles", BEGINS },
    { "recent stories", BEGINS },
    { "recent comments", BEGINS },
    { "breaking news", WHOLE },
    { "headlines", MAYBE },
    { "dont miss", BEGINS },
    { "in case you missed", BEGINS },
    { "around the web", BEGINS },
    { "from around the web", WHOLE },
    { "from the web", BEGINS },
    { "from our partners", BEGINS },
    { "from the archive", WHOLE },
    { "elsewhere on", BEGINS },
    { "also on", BEGINS },
    { "also in", BEGINS },
    { "sponsored", BEGINS },
    { "promoted", WHOLE },
    { "promoted content", BEGINS },
    { "promoted stor", BEGINS },
    { "paid content", BEGINS },
    { "partner content", BEGINS },
    { "share this", BEGINS },
    { "share on", BEGINS },
    { "follow us", BEGINS },
    { "follow me", BEGINS },
    { "connect with us", BEGINS },
    { "stay connected", BEGINS },
    { "stay informed", BEGINS },
    { "stay up to date", BEGINS },
    { "about the author", BEGINS },
    { "about the writer", BEGINS },
    { "about author", BEGINS },
    { "about this site", BEGINS },
    { "about this blog", BEGINS },
    { "about the site", BEGINS },
    { "about the paper", BEGINS },
    { "written by", WHOLE },
    { "meet the author", BEGINS },
    { "sign up", BEGINS },
    { "subscribe", BEGINS },
    { "newsletter", HOLDS },
    { "in your inbox", HOLDS },
    { "to your inbox", HOLDS },
    { "support us", BEGINS },
    { "support our", BEGINS },
    { "become a member", BEGINS },
    { "donate", BEGINS },
    { "get the app", BEGINS },
    { "download our app", BEGINS },
    { "tags", WHOLE },
    { "topics", MAYBE },
    { "categories", MAYBE },
    { "filed under", BEGINS },
    { "archives", MAYBE },
    { "archive", MAYBE },
    { "blogroll", WHOLE },
    { "meta", MAYBE },
    { "links", MAYBE },
    { "quick links", WHOLE },
    { "useful links", WHOLE },
    { "external links", WHOLE },
    { "see also", WHOLE },
    { "navigation", MAYBE },
    { "navigation menu", WHOLE },
    { "post navigation", WHOLE },
    { "menu", WHOLE },
    { "main menu", WHOLE },
    { "sections", MAYBE },
    { "contents", MAYBE },
    { "table of contents", WHOLE },
    { "on this page", WHOLE },
    { "in this article", WHOLE },
    { "search", WHOLE },
    { "search this", BEGINS },
    { "explore more", BEGINS },
    { "discover more", BEGINS },
    { "site map", WHOLE },
    { "contact us", WHOLE },
    { "about us", WHOLE },
    { "our sponsors", WHOLE },
    { "your privacy", BEGINS },
    { "we value your privacy", BEGINS },
    { "cookies on", BEGINS },
    { "cookie", BEGINS },
};

/* Blocks that say nothing of what the article tells. */
static const phrase junk[] = {
    { "news provided by", OPENS },
    { "our standards", OPENS },
    { "photo ap", HOLDS },
    { "photo afp", HOLDS },
    { "photo reuters", HOLDS },
    { "photo getty", HOLDS },
    { "like what you read", HOLDS },
    { "enjoyed this article", HOLDS },
    { "enjoying this article", HOLDS },
    { "sign up for our", HOLDS },
    { "sign up to our", HOLDS },
    { "subscribe to our", HOLDS },
    { "support our work", HOLDS },
    { "join our mailing list", HOLDS },
    { "watch", BEGINS },
    { "video", BEGINS },
    { "audio", BEGINS },
    { "in pictures", BEGINS },
    { "media caption", OPENS },
    { "advertisement", BEGINS },
    { "advertisements", WHOLE },
    { "advertising", WHOLE },
    { "article continues", BEGINS },
    { "story continues", BEGINS },
    { "content continues", BEGINS },
    { "scroll to continue", BEGINS },
    { "continue reading", BEGINS },
    { "read more", OPENS },
    { "read next", OPENS },
    { "read also", OPENS },
    { "also read", OPENS },
    { "read full", BEGINS },
    { "click here", OPENS },
    { "click to", BEGINS },
    { "sign up", OPENS },
    { "sign in", BEGINS },
    { "log in", BEGINS },
    { "subscribe to", OPENS },
    { "subscribe", BEGINS },
    { "already a subscriber", OPENS },
    { "follow us", OPENS },
    { "follow", BEGINS },
    { "like us on", OPENS },
    { "find us on", OPENS },
    { "join us on", OPENS },
    { "share this", BEGINS },
    { "share on", BEGINS },
    { "share via", BEGINS },
    { "share", BEGINS },
    { "tweet", BEGINS },
    { "email this", BEGINS },
    { "print this", BEGINS },
    { "send to a friend", BEGINS },
    { "mail to a friend", BEGINS },
    { "printer friendly", BEGINS },
    { "printable version", BEGINS },
    { "print", WHOLE },
    { "print article", WHOLE },
    { "email", WHOLE },
    { "save", WHOLE },
    { "save article", WHOLE },
    { "bookmark", WHOLE },
    { "facebook", BEGINS },
    { "twitter", BEGINS },
    { "whatsapp", BEGINS },
    { "linkedin", BEGINS },
    { "reddit", BEGINS },
    { "telegram", BEGINS },
    { "pinterest", BEGINS },
    { "copy link", BEGINS },
    { "reply", WHOLE },
    { "report", WHOLE },
    { "like", WHOLE },
    { "quote", WHOLE },
    { "permalink", WHOLE },
    { "photo by", BEGINS },
    { "photo", WHOLE },
    { "photo credit", BEGINS },
    { "photograph", BEGINS },
    { "image", BEGINS },
    { "picture", WHOLE },
    { "ap photo", HOLDS },
    { "getty images", HOLDS },
    { "file photo", HOLDS },
    { "photo courtesy", HOLDS },
    { "image source", OPENS },
    { "image caption", OPENS },
    { "copyright", BEGINS },
    { "all rights reserved", HOLDS },
    { "this material may not be", OPENS },
    { "tags", BEGINS },
    { "topics", BEGINS },
    { "filed under", BEGINS },
    { "posted in", BEGINS },
    { "categories", BEGINS },
    { "category", BEGINS },
    { "published", BEGINS },
    { "first published", BEGINS },
    { "last updated", BEGINS },
    { "last modified", BEGINS },
    { "this page was last", OPENS },
    { "updated", BEGINS },
    { "posted on", BEGINS },
    { "posted by", BEGINS },
    { "posted", BEGINS },
    { "min read", BEGINS },
    { "minute read", BEGINS },
    { "minutes read", BEGINS },
    { "mins read", BEGINS },
    { "reading time", BEGINS },
    { "estimated reading", BEGINS },
    { "listen to this", OPENS },
    { "listen", WHOLE },
    { "play video", WHOLE },
    { "watch live", BEGINS },
    { "enable javascript", HOLDS },
    { "javascript is disabled", HOLDS },
    { "javascript to be enabled", HOLDS },
    { "browser does not support", HOLDS },
    { "loading", BEGINS },
    { "skip to", BEGINS },
    { "jump to", BEGINS },
    { "back to top", BEGINS },
    { "back to", BEGINS },
    { "return to", BEGINS },
    { "top of page", BEGINS },
    { "top", WHOLE },
    { "previous", BEGINS },
    { "next", BEGINS },
    { "you are here", BEGINS },
    { "home", WHOLE },
    { "sponsored", BEGINS },
    { "comments", BEGINS },
    { "leave a comment", OPENS },
    { "be the first to", OPENS },
    { "no comments", OPENS },
    { "comments are closed", OPENS },
    { "join the conversation", OPENS },
    { "report a typo", OPENS },
    { "report an error", OPENS },
    { "spotted an error", OPENS },
    { "got a tip", OPENS },
    { "have a news tip", OPENS },
    { "do you have a tip", OPENS },
    { "thank you for reading", OPENS },
    { "thanks for reading", OPENS },
    { "support our journalism", HOLDS },
    { "our newsletter", HOLDS },
    { "your inbox", HOLDS },
    { "weekly newsletter", HOLDS },
    { "daily newsletter", HOLDS },
    { "free newsletter", HOLDS },
    { "unsubscribe at any time", HOLDS },
    { "we use cookies", HOLDS },
    { "uses cookies", HOLDS },
    { "use of cookies", HOLDS },
    { "accept all cookies", HOLDS },
    { "cookie policy", HOLDS },
    { "cookie settings", HOLDS },
    { "cookies and similar", HOLDS },
    { "accept all", WHOLE },
    { "reject all", WHOLE },
    { "terms of use", BEGINS },
    { "terms of service", BEGINS },
    { "privacy policy", BEGINS },
};

/* Writes the letters of a text as a key with a space before and behind; returns its size. Bytes
 * beyond ASCII are letters, but for the curly apostrophe, which is none. */
static size_t write_key(ng_view text, char key[KEY_BYTES])
{
    size_t size = 1;

    key[0] = ' ';
    for (size_t i = 0; i < text.size && size + 2 < KEY_BYTES; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool is_letter = byte >= 0x80 || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');

        if (byte == '\'')
            continue;
        if (ng_view_starts(ng_view_part(text, i, text.size), NG_VIEW("\xE2\x80\x99"))) {
            i += 2;
            continue;
        }
        if (byte == 0xC2 || byte == 0xE2) /* signs, dashes, quotes */
            is_letter = false;
        if (byte >= 0x80 && byte < 0xC0 && key[size - 1] == ' ')
            continue;
        if (is_letter)
            key[size++] = (char)(byte < 0x80 ? byte | 0x20 : byte);
        else if (key[size - 1] != ' ')
            key[size++] = ' ';
    }
    if (key[size - 1] != ' ')
        key[size++] = ' ';
    key[size] = '\0';
    return size;
}

/* Does the block end like a sentence that does not lead to a list? */
static bool is_closed(ng_view text, const ng_html_block *block)
{
    return block->is_sentence && !ng_view_ends(text, NG_VIEW(":"));
}

/* Is the phrase in the key, the way it is looked for? */
static bool fits(const phrase *sought, const char *key, size_t size, const ng_html_block *block,
                 bool is_sentence)
{
    enum { SHORT = 12, LONG = 40, LONGEST = 60 };
    size_t length = 0;

    if (sought->way != HOLDS && key[1] != sought->words[0])
        return false;
    length = strlen(sought->words);
    switch (sought->way) {
    case WHOLE:
    case MAYBE:
        return size == length + 2 && memcmp(key + 1, sought->words, length) == 0;
    case BEGINS:
        return block->words <= SHORT && !is_sentence && size > length &&
               memcmp(key + 1, sought->words, length) == 0;
    case OPENS:
        return block->words <= LONG && size > length && memcmp(key + 1, sought->words, length) == 0;
    default:
        return block->words <= LONGEST && strstr(key, sought->words);
    }
}

ng_html_phrase ng_html_phrase_of_heading(ng_view text, const ng_html_block *block)
{
    enum { HEADING_WORDS = 10 };
    char key[KEY_BYTES];
    bool is_sentence = is_closed(text, block);
    size_t size = 0;

    if (block->words == 0 || block->words > HEADING_WORDS)
        return NG_PHRASE_NONE;
    size = write_key(text, key);
    for (size_t i = 0; i < sizeof comment_headings / sizeof *comment_headings; i++)
        if (fits(&comment_headings[i], key, size, block, is_sentence))
            return NG_PHRASE_COMMENTS;
    for (size_t i = 0; i < sizeof other_headings / sizeof *other_headings; i++)
        if (fits(&other_headings[i], key, size, block, is_sentence))
            return other_headings[i].way == MAYBE ? NG_PHRASE_MAYBE : NG_PHRASE_OTHER;
    return NG_PHRASE_NONE;
}

ng_html_phrase ng_html_phrase_of_block(ng_view text, const ng_html_block *block, bool is_item)
{
    enum { BLOCK_WORDS = 60 };
    char key[KEY_BYTES];
    bool is_sentence = is_closed(text, block);
    size_t size = 0;

    if (block->words > BLOCK_WORDS)
        return NG_PHRASE_NONE;
    if (block->words == 0 || (text.size > 2 && memcmp(text.data, "\xC2\xA9", 2) == 0))
        return NG_PHRASE_JUNK;
    size = write_key(text, key);
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++)
        if (!(is_item && junk[i].way <= BEGINS) && fits(&junk[i], key, size, block, is_sentence))
            return NG_PHRASE_JUNK;
    return NG_PHRASE_NONE;
}

size_t ng_html_byline_prefix(ng_view text)
{
    static const char *const prefixes[] = {
        "by ",          "by: ",          "written by ", "posted by ",
        "reported by ", "story by ",     "words by ",   "words: ",
        "author: ",     "published by ", "article by ", "submitted by ",
        "text by ",     "text: ",        "report by ",  "from our correspondent "
    };

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t size = strlen(prefixes[i]);

        if (text.size > size && ng_html_is_word(ng_view_part(text, 0, size), prefixes[i]))
            return size;
    }
    return 0;
}

ng_status ng_html_key(ng_ctx *cx, ng_view text, ng_buffer *key)
{
    ng_buffer folded;
    ng_status status = NG_OK;

    ng_buffer_init(&folded, SIZE_MAX / 4);
    status = ng_utf8_fold(cx, text, &folded);
    for (size_t i = 0; i < folded.size && status == NG_OK; i++) {
        unsigned char byte = (unsigned char)folded.data[i];
        bool is_letter =
            byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');

        if (byte == '\'' || byte == 0xE2) { /* quotes and dashes: three bytes */
            i += byte == 0xE2 ? 2 : 0;
            is_letter = false;
            if (byte == '\'')
                continue;
        }
        if (is_letter)
            status = ng_buffer_add_byte(cx, key, (char)byte);
        else if (key->size > 0 && key->data[key->size - 1] != ' ')
            status = ng_buffer_add_byte(cx, key, ' ');
    }
    while (key->size > 0 && key->data[key->size - 1] == ' ')
        key->size--;
    ng_buffer_destroy(cx, &folded);
    return status;
}
