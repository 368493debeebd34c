/* What stands in a document and is not its text: who wrote it, from where, and who owns it.
 *
 * A byline, a dateline, a copyright notice and the credits of an agency name people and places that
 * the text does not speak of. They are told by their words and by where they stand, without knowing
 * any name:
 *
 *   byline      a short line, or the beginning of a text: "By Ana Silva and Bo Berg", "Ana Silva,
 *               staff writer"
 *   dateline    the beginning of a paragraph up to a dash: "LIMA, Peru (AP) -", "LIMA, March 3 -"
 *   credits     "(Reporting by Ana Silva in Lima; editing by Bo Berg)", "Ana Silva contributed to
 *               this report."
 *   copyright   "Copyright 2019 The Lima Times. All rights reserved.", "© 2019 ..."
 *
 * Their tokens are marked (NG_TOKEN_BOILERPLATE); what follows from the mark is for others to say.
 * Headings and lists of topics are content and are not marked. Boilerplate is the word of
 * Kohlschütter, Fankhauser and Nejdl (2010). */
#include "tokens_internal.h"

enum {
    FIRST_SENTENCES = 8,  /* in which a byline without a line of its own may stand */
    LINE_TOKENS = 24,     /* the longest byline */
    DATELINE_TOKENS = 18, /* the longest dateline */
    DATELINE_PARAGRAPHS = 12
};

/* A text whose tokens are being marked. */
typedef struct marking {
    const ng_text *text;
    ng_token *tokens;
} marking;

/* ---- words ---- */

static bool is_word(const marking *m, size_t token, const char *word)
{
    return ng_view_equal_folded(ng_token_text(m->text, token), ng_view_of(word));
}

/* Is it one of these words, the last of which is NULL? */
static bool is_any_word(const marking *m, size_t token, const char *const *words)
{
    for (; *words; words++)
        if (is_word(m, token, *words))
            return true;
    return false;
}

static bool has_flag(const marking *m, size_t token, unsigned flag)
{
    return (m->tokens[token].flags & flag) != 0;
}

/* A run of words from `token` on, before `end`? */
static bool are_words(const marking *m, size_t token, size_t end, const char *const *words)
{
    for (; *words; words++, token++)
        if (token >= end || !is_word(m, token, *words))
            return false;
    return true;
}

/* Do these words stand in a row somewhere from `token` to `end`? */
static bool have_words(const marking *m, size_t token, size_t end, const char *const *words)
{
    for (; token < end; token++)
        if (is_word(m, token, words[0]) && are_words(m, token, end, words))
            return true;
    return false;
}

static void mark(const marking *m, size_t token, size_t end)
{
    for (; token < end; token++)
        m->tokens[token].flags |= NG_TOKEN_BOILERPLATE;
}

/* ---- bylines ---- */

/* Words that stand between the names of a byline. */
static bool joins_names(const marking *m, size_t token)
{
    static const char *const words[] = { "and",    "with",  "in",     "at",       "for",
                                         "of",     "the",   "&",      "de",       "von",
                                         "van",    "al",    "bin",    "der",      "la",
                                         "el",     "staff", "writer", "reporter", "correspondent",
                                         "editor", NULL };

    return is_any_word(m, token, words);
}

/* Is everything from `token` to `end` a name, or what stands between names? There must be two names
 * at least, so that "By Monday" is none. */
static bool are_names(const marking *m, size_t token, size_t end)
{
    size_t names = 0;

    for (; token < end; token++) {
        unsigned flags = m->tokens[token].flags;

        if (flags & NG_TOKEN_NUMBER)
            return false;
        if (flags & NG_TOKEN_WORD && !(flags & (NG_TOKEN_CAPITAL | NG_TOKEN_LINK)) &&
            !joins_names(m, token))
            return false;
        names += (flags & NG_TOKEN_CAPITAL) != 0;
    }
    return names >= 2;
}

/* "By", "Written by", "Story and photos by": the tokens before the name, 0 when it is no byline. */
static size_t by_words(const marking *m, size_t first, size_t end)
{
    static const char *const verbs[] = { "written",    "story",       "text",   "words",
                                         "reported",   "compiled",    "edited", "posted",
                                         "published",  "translated",  "photo",  "photos",
                                         "photograph", "photographs", NULL };

    if (first < end && is_word(m, first, "by"))
        return 1;
    if (first + 1 < end && is_any_word(m, first, verbs) && is_word(m, first + 1, "by"))
        return 2;
    if (first + 3 < end && is_any_word(m, first, verbs) && is_word(m, first + 1, "and") &&
        is_any_word(m, first + 2, verbs) && is_word(m, first + 3, "by"))
        return 4;
    return 0;
}

/* "Ana Silva, Staff Writer", "ANA SILVA Associated Press Writer". */
static bool ends_as_byline(const marking *m, size_t first, size_t end)
{
    static const char *const firsts[] = { "staff", "press", "contributing", "special", NULL };
    static const char *const lasts[] = { "writer", "reporter", "correspondent", NULL };

    return end >= first + 4 && is_any_word(m, end - 1, lasts) && is_any_word(m, end - 2, firsts);
}

/* A line of its own that says who wrote the text. */
static bool is_byline(const marking *m, const ng_sentence *sentence, size_t number)
{
    size_t first = sentence->first_token;
    size_t end = sentence->end_token;
    size_t skip = 0;

    if (end - first > LINE_TOKENS || (!sentence->is_heading && number >= FIRST_SENTENCES))
        return false;
    skip = by_words(m, first, end);
    if (skip > 0)
        return has_flag(m, first, NG_TOKEN_LINE_START) && are_names(m, first + skip, end);
    return sentence->is_heading && ends_as_byline(m, first, end) && are_names(m, first, end);
}

/* ---- credits and copyright ---- */

/* "(Reporting by", "Editing by", "Additional reporting by". */
static bool begins_credits(const marking *m, size_t first, size_t end)
{
    static const char *const verbs[] = { "reporting", "editing",    "writing",
                                         "compiled",  "translated", NULL };
    static const char *const before[] = { "additional", "with", "further", NULL };

    if (first < end && ng_view_equal(ng_token_text(m->text, first), NG_VIEW("(")))
        first++;
    if (first < end && is_any_word(m, first, before))
        first++;
    return first + 1 < end && is_any_word(m, first, verbs) && is_word(m, first + 1, "by");
}

static bool is_copyright(const marking *m, size_t first, size_t end)
{
    static const char *const rights[] = { "all", "rights", "reserved", NULL };
    static const char *const material[] = { "this", "material",  "may", "not",
                                            "be",   "published", NULL };
    size_t at = first;

    if (have_words(m, first, end, rights) || have_words(m, first, end, material))
        return true;
    if (at < end && ng_view_equal(ng_token_text(m->text, at), NG_VIEW("(")))
        at++;
    if (at >= end)
        return false;
    if (ng_view_equal(ng_token_text(m->text, at), NG_VIEW("\xC2\xA9")))
        return true;
    for (size_t i = at + 1; is_word(m, at, "copyright") && i < end && i < at + 5; i++)
        if (has_flag(m, i, NG_TOKEN_NUMBER) ||
            ng_view_equal(ng_token_text(m->text, i), NG_VIEW("\xC2\xA9")))
            return true;
    return false;
}

static bool is_credits(const marking *m, size_t first, size_t end)
{
    static const char *const report[] = { "contributed", "to", "this", "report", NULL };
    static const char *const reporting[] = { "contributed", "reporting", NULL };
    static const char *const article[] = { "contributed", "to", "this", "article", NULL };
    static const char *const story[] = { "contributed", "to", "this", "story", NULL };

    return begins_credits(m, first, end) || have_words(m, first, end, report) ||
           have_words(m, first, end, reporting) || have_words(m, first, end, article) ||
           have_words(m, first, end, story);
}

/* ---- datelines ---- */

/* A dash with space before it: an en or em dash, two hyphens, or one. */
static bool is_dash(const marking *m, size_t token)
{
    ng_view text = ng_token_text(m->text, token);

    return ng_view_equal(text, NG_VIEW("\xE2\x80\x94")) ||
           ng_view_equal(text, NG_VIEW("\xE2\x80\x93")) || ng_view_equal(text, NG_VIEW("--")) ||
           (ng_view_equal(text, NG_VIEW("-")) && has_flag(m, token, NG_TOKEN_SPACE_BEFORE));
}

/* What may stand between the place and the dash: places, a date, an agency in brackets. */
static bool fits_dateline(const marking *m, size_t token)
{
    static const char *const marks[] = { ",", "(", ")", "/", ".", "-", NULL };
    static const char *const words[] = { "of", "the", "de", "el", "al", "la", NULL };
    unsigned flags = m->tokens[token].flags;

    return flags & (NG_TOKEN_CAPITAL | NG_TOKEN_NUMBER) || is_any_word(m, token, marks) ||
           is_any_word(m, token, words);
}

/* The end of the dateline that the sentence begins with, or its beginning. A place in capitals or
 * an agency in brackets is what tells it from a name before a dash. */
static size_t dateline_end(const marking *m, const ng_sentence *sentence)
{
    size_t first = sentence->first_token;
    size_t limit = sentence->end_token;
    bool is_told = first < limit && has_flag(m, first, NG_TOKEN_ALL_CAPS) &&
                   m->tokens[first].end - m->tokens[first].start > 2;

    if (limit > first + DATELINE_TOKENS)
        limit = first + DATELINE_TOKENS;
    for (size_t i = first; i < limit; i++) {
        if (i > first && is_dash(m, i))
            return is_told ? i + 1 : first;
        if (!fits_dateline(m, i) || (i == first && !has_flag(m, i, NG_TOKEN_CAPITAL)))
            return first;
        is_told |= i > first + 1 && ng_view_equal(ng_token_text(m->text, i), NG_VIEW(")")) &&
                   i + 1 < limit && is_dash(m, i + 1);
    }
    return first;
}

/* Does a bracket stay open at the end? */
static bool is_open(const marking *m, size_t first, size_t end, bool was_open)
{
    for (size_t i = first; i < end; i++) {
        ng_view text = ng_token_text(m->text, i);

        if (ng_view_equal(text, NG_VIEW("(")))
            was_open = true;
        else if (ng_view_equal(text, NG_VIEW(")")))
            was_open = false;
    }
    return was_open;
}

/* May the text begin with this sentence: at a paragraph's beginning, or behind a headline? */
static bool may_open_text(const marking *m, size_t number)
{
    const ng_sentence *sentence = &m->text->sentences[number];

    if (sentence->paragraph >= DATELINE_PARAGRAPHS)
        return false;
    return number == 0 || m->text->sentences[number - 1].paragraph != sentence->paragraph ||
           (has_flag(m, sentence->first_token, NG_TOKEN_LINE_START) &&
            m->text->sentences[number - 1].is_heading);
}

void ng_boilerplate_mark(ng_text *text)
{
    const marking m = { text, text->tokens };
    bool in_brackets = false; /* credits may be several sentences in one pair of brackets */

    for (size_t i = 0; i < text->sentence_count; i++) {
        const ng_sentence *sentence = &text->sentences[i];
        size_t first = sentence->first_token;
        size_t end = sentence->end_token;

        if (i > 0 && text->sentences[i - 1].paragraph != sentence->paragraph)
            in_brackets = false;
        if (in_brackets || is_byline(&m, sentence, i) || is_copyright(&m, first, end) ||
            is_credits(&m, first, end)) {
            in_brackets = (in_brackets || begins_credits(&m, first, end)) &&
                          is_open(&m, first, end, in_brackets);
            mark(&m, first, end);
        } else if (may_open_text(&m, i)) {
            mark(&m, first, dateline_end(&m, sentence));
        }
    }
}

void ng_paragraph_mark(ng_text *text, uint32_t paragraph)
{
    for (size_t i = 0; i < text->sentence_count; i++)
        if (text->sentences[i].paragraph == paragraph)
            mark(&(marking){ text, text->tokens }, text->sentences[i].first_token,
                 text->sentences[i].end_token);
}

/* ---- paragraphs that stand in many documents ---- */

enum { PROSE_WORDS = 8 };

static const uint64_t content_seed =
    0x9E3779B97F4A7C15; /* the same in every run: hashes are kept */

/* Adds what a sentence has that is no boilerplate. */
static void add_sentence(const ng_text *text, const ng_sentence *sentence, ng_paragraph *paragraph,
                         uint32_t *lower)
{
    size_t first = sentence->first_token;

    while (first < sentence->end_token && text->tokens[first].flags & NG_TOKEN_BOILERPLATE)
        first++;
    if (first == sentence->end_token)
        return;
    for (size_t i = first; i < sentence->end_token; i++) {
        unsigned flags = text->tokens[i].flags;

        paragraph->words += (flags & NG_TOKEN_WORD) != 0;
        *lower += (flags & NG_TOKEN_WORD) != 0 && (flags & NG_TOKEN_CAPITAL) == 0;
    }
    paragraph->hash = ng_hash(ng_view_part(text->text, text->tokens[first].start, sentence->end),
                              content_seed ^ paragraph->hash) /
                          2 +
                      1; /* neither 0 nor the key that tables do not hold */
    paragraph->is_prose = !sentence->is_heading;
}

ng_status ng_paragraphs_list(ng_ctx *cx, ng_arena *arena, const ng_text *text,
                             ng_paragraph **paragraphs_out)
{
    ng_paragraph *list = ng_arena_array(cx, arena, text->paragraph_count + 1, sizeof *list);
    uint32_t lower = 0;

    if (!list)
        return ng_arena_status(arena);
    for (size_t i = 0; i < text->sentence_count; i++) {
        const ng_sentence *sentence = &text->sentences[i];
        ng_paragraph *paragraph = &list[sentence->paragraph];

        if (i == 0 || text->sentences[i - 1].paragraph != sentence->paragraph)
            lower = 0;
        add_sentence(text, sentence, paragraph, &lower);
        if (i + 1 == text->sentence_count ||
            text->sentences[i + 1].paragraph != sentence->paragraph)
            paragraph->is_prose &=
                paragraph->words >= PROSE_WORDS && lower * 5 >= paragraph->words * 2;
    }
    *paragraphs_out = list;
    return NG_OK;
}
