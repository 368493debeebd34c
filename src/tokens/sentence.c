/* Tokens to sentences and paragraphs.
 *
 * Three things end a sentence: a blank line (also the paragraph), a line break that means
 * something, and a full stop, question or exclamation mark that is followed by what looks like a
 * beginning. Abbreviations end one only when a word that opens sentences follows ("in Washington,
 * D.C. The event"), titles and initials hardly ever.
 *
 * Line breaks mean nothing in hard-wrapped prose. Whether a text is wrapped is asked once: most of
 * its lines that another line follows have about the same length. In such a text a break still ends
 * the sentence when the next word would have fitted on the line. Elsewhere each line is a sentence
 * or several, unless it plainly goes on in lower case. */
#include "tokens_internal.h"

enum {
    LINE_BYTES_MAX = 120,
    WRAP_MIN = 40,
    HEADING_BYTES_MAX = 300,
    WORD_BYTES_MIN = 3,
    NOTE_BYTES_MAX = 2,
    SPEAKER_WORDS_MAX = 4
};

typedef struct finder {
    ng_ctx *cx;
    ng_arena *arena;
    ng_view text;
    ng_token *tokens;
    size_t token_count;
    uint32_t sentence_bytes;
    uint32_t wrap_width; /* characters; 0: lines are not wrapped */
    size_t line_first;   /* first token of the line we are in */
    ng_sentence *sentences;
    size_t count, capacity;
    uint32_t paragraph;
} finder;

/* What lies between two tokens. */
typedef enum gap { GAP_NONE, GAP_LINE, GAP_BLANK } gap;

/* Text of a token. */
static ng_view word_at(const finder *f, size_t i)
{
    return ng_view_part(f->text, f->tokens[i].start, f->tokens[i].end);
}

static bool is_byte(const finder *f, size_t i, char byte)
{
    return f->tokens[i].end - f->tokens[i].start == 1 && f->text.data[f->tokens[i].start] == byte;
}

/* Counts the line ends before token i (at least 1 when it begins a line). */
static gap gap_before(const finder *f, size_t i)
{
    uint32_t at = i ? f->tokens[i - 1].end : 0, end = f->tokens[i].start;
    unsigned ends = 0;

    if (!(f->tokens[i].flags & NG_TOKEN_LINE_START))
        return GAP_NONE;
    for (; at < end && ends < 2; at++) {
        char c = f->text.data[at];
        if (c == '\n' || c == '\f' ||
            (c == '\r' && (at + 1 >= end || f->text.data[at + 1] != '\n')))
            ends++;
    }
    return ends >= 2 ? GAP_BLANK : GAP_LINE;
}

/* ---- wrapped or not ---- */

/* Lengths of the lines that a line with text follows; [0] counts the longer ones. */
static size_t count_lines(ng_view text, uint32_t counts[LINE_BYTES_MAX + 1])
{
    size_t at = 0, lines = 0, previous = 0;

    while (at < text.size) {
        const char *end = memchr(text.data + at, '\n', text.size - at);
        size_t stop = end ? (size_t)(end - text.data) : text.size, size = stop - at;
        if (size && text.data[stop - 1] == '\r')
            size--;
        if (previous && size) {
            counts[previous > LINE_BYTES_MAX ? 0 : previous]++;
            lines++;
        }
        if (size > LINE_BYTES_MAX && size < (size_t)4 * LINE_BYTES_MAX)
            size = ng_utf8_count(ng_view_part(text, at, at + size));
        previous = size;
        at = stop + 1;
    }
    return lines;
}

/* Width at which the text is wrapped, or 0: nine lines in ten are no longer than it, and six in ten
 * come close to it. */
static uint32_t find_wrap_width(ng_view text)
{
    uint32_t counts[LINE_BYTES_MAX + 1] = { 0 };
    size_t lines = count_lines(text, counts), below = 0, close = 0;
    uint32_t width = 0;

    if (lines < 3)
        return 0;
    while (width < LINE_BYTES_MAX && below * 100 < lines * 95) {
        width++;
        below += counts[width];
    }
    if (below * 100 < lines * 95 || width < WRAP_MIN)
        return 0;
    for (uint32_t i = width * 7 / 10; i <= width; i++)
        close += counts[i];
    return close * 10 >= lines * 6 ? width : 0;
}

/* ---- line breaks ---- */

/* True for tokens that end a statement. */
static bool is_terminal(const finder *f, size_t i)
{
    char c = f->text.data[f->tokens[i].start];

    if (!(f->tokens[i].flags & NG_TOKEN_PUNCTUATION))
        return false;
    return c == '.' || c == '!' || c == '?' || ng_view_equal(word_at(f, i), NG_VIEW("…")) ||
           ng_view_equal(word_at(f, i), NG_VIEW("。"));
}

/* True for a word of several bytes that is in the list. */
static bool is_among(ng_view word, const ng_view *list, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (ng_view_equal(word, list[k]))
            return true;
    return false;
}

/* True for quotes and brackets that close after a full stop. */
static bool is_closer(const finder *f, size_t i)
{
    static const ng_view closers[] = { { "”", 3 },  { "’", 3 },  { "»", 2 },  { "''", 2 },
                                       { "**", 2 }, { "__", 2 }, { "***", 3 } };
    ng_view word = word_at(f, i);

    if (!(f->tokens[i].flags & NG_TOKEN_PUNCTUATION))
        return false;
    if (word.size == 1)
        return memchr("\"')]}*_", word.data[0], 7) != NULL;
    return is_among(word, closers, sizeof closers / sizeof *closers);
}

/* True for quotes and brackets that open. */
static bool is_opener(const finder *f, size_t i)
{
    static const ng_view openers[] = { { "“", 3 },  { "‘", 3 },  { "«", 2 },  { "„", 3 },
                                       { "**", 2 }, { "__", 2 }, { "***", 3 } };
    ng_view word = word_at(f, i);

    if (!(f->tokens[i].flags & NG_TOKEN_PUNCTUATION))
        return false;
    if (word.size == 1)
        return memchr("\"'([`*_", word.data[0], 7) != NULL;
    return is_among(word, openers, sizeof openers / sizeof *openers);
}

/* True when the line that begins with token i is an item of a list or a Markdown heading. */
static bool begins_item(const finder *f, size_t i)
{
    ng_view word = word_at(f, i);
    char c = word.data[0];

    if (i + 1 >= f->token_count || !(f->tokens[i + 1].flags & NG_TOKEN_SPACE_BEFORE))
        return ng_view_equal(word, NG_VIEW("•"));
    if (f->tokens[i].flags & NG_TOKEN_PUNCTUATION)
        return c == '#' || (word.size == 1 && (c == '-' || c == '*' || c == '+')) ||
               ng_view_equal(word, NG_VIEW("•")) || ng_view_equal(word, NG_VIEW("·"));
    return false;
}

/* True for a word that a line of its own does not end with: "President of the", "and Mr." */
static bool wants_more(const finder *f, size_t i)
{
    ng_view word = word_at(f, i);

    if (f->tokens[i].flags & NG_TOKEN_ABBREVIATION)
        return ng_abbreviation_find(ng_view_part(word, 0, word.size - 1)) == NG_ABBREVIATION_TITLE;
    return ng_word_wants_more(word) || (word.size == 1 && word.data[0] == ',');
}

/* Decides whether the single line break before token i ends the sentence. */
static bool line_ends_sentence(const finder *f, size_t i)
{
    const ng_token *last = &f->tokens[i - 1], *next = &f->tokens[i];
    uint32_t length = last->cp_end - f->tokens[f->line_first].cp_start;
    bool is_lower = (next->flags & NG_TOKEN_WORD) && !(next->flags & NG_TOKEN_CAPITAL);

    if (begins_item(f, i) || begins_item(f, f->line_first))
        return begins_item(f, i) || !is_lower;
    if (f->wrap_width)
        return (length + 1 + (next->cp_end - next->cp_start)) * 100 <= f->wrap_width * 85;
    if (is_terminal(f, i - 1) || is_closer(f, i - 1))
        return true;
    return !((is_lower || wants_more(f, i - 1)) && length >= WRAP_MIN && length <= LINE_BYTES_MAX);
}

/* ---- full stops ---- */

/* First token after i that is no opening quote or bracket. */
static size_t skip_openers(const finder *f, size_t i)
{
    size_t steps = 0;

    while (i < f->token_count && steps++ < 4 && is_opener(f, i))
        i++;
    return i;
}

/* True when the token can be the first word of a sentence. */
static bool is_beginning(const finder *f, size_t i)
{
    const ng_token *token;

    i = skip_openers(f, i);
    if (i >= f->token_count)
        return true;
    token = &f->tokens[i];
    return (token->flags & (NG_TOKEN_CAPITAL | NG_TOKEN_NUMBER | NG_TOKEN_LINK)) != 0 ||
           !(token->flags & (NG_TOKEN_WORD | NG_TOKEN_PUNCTUATION));
}

/* True for the "p.m." of "5 p.m." */
static bool is_clock(const finder *f, size_t i)
{
    ng_view word = word_at(f, i);

    return i > 0 && (f->tokens[i - 1].flags & NG_TOKEN_NUMBER) && word.size == 4 &&
           (word.data[2] | 32) == 'm' && ((word.data[0] | 32) == 'a' || (word.data[0] | 32) == 'p');
}

/* True when the token after "5 p.m." begins a sentence: no day, no zone. */
static bool ends_clock(const finder *f, size_t next)
{
    return (f->tokens[next].flags & (NG_TOKEN_CAPITAL | NG_TOKEN_ALL_CAPS)) == NG_TOKEN_CAPITAL &&
           !ng_word_follows_clock(word_at(f, next)) &&
           !(next + 1 < f->token_count && ng_view_equal(word_at(f, next + 1), NG_VIEW("time")));
}

/* True when token i, an abbreviation, ends its sentence before token i + 1. */
static bool abbreviation_ends(const finder *f, size_t i)
{
    size_t next = skip_openers(f, i + 1);
    ng_view word = word_at(f, i), after;
    ng_abbreviation kind;

    if (next >= f->token_count)
        return true;
    if (is_clock(f, i))
        return ends_clock(f, next);
    after = word_at(f, next);
    kind = ng_abbreviation_find(ng_view_part(word, 0, word.size - 1));
    if (kind == NG_ABBREVIATION_UNIT || kind == NG_ABBREVIATION_LAST)
        return (f->tokens[next].flags & NG_TOKEN_CAPITAL) != 0;
    if (!ng_word_opens_sentence(after))
        return false;
    if (word.size == 2 && i > 0 && after.size == 1)
        return false; /* "J. A. Smith" */
    if (ng_view_equal(word, NG_VIEW("St.")))
        return i > 0 && (f->tokens[i - 1].flags & NG_TOKEN_CAPITAL); /* "on Main St. He" */
    return kind != NG_ABBREVIATION_TITLE;
}

/* True when a lower-case word after a full stop begins a sentence: in text without capitals. The
 * word before the stop must be an ordinary one. */
static bool lower_begins(const finder *f, size_t i, bool is_quoted)
{
    const ng_token *before = i ? &f->tokens[i - 1] : NULL;
    const ng_token *next = i + 1 < f->token_count ? &f->tokens[i + 1] : NULL;

    if (is_quoted || !before || !next || !(next->flags & NG_TOKEN_WORD) ||
        !(next->flags & NG_TOKEN_SPACE_BEFORE) || (before->flags & NG_TOKEN_CAPITAL) ||
        (f->tokens[i].flags & NG_TOKEN_SPACE_BEFORE))
        return false;
    return (before->flags & NG_TOKEN_WORD) && before->end - before->start >= WORD_BYTES_MIN &&
           f->tokens[i].end - f->tokens[i].start == 1;
}

/* True for the number of a note in brackets, on the same line: "[14]". */
static bool is_note(const finder *f, size_t i)
{
    return i + 2 < f->token_count && is_byte(f, i, '[') && is_byte(f, i + 2, ']') &&
           (f->tokens[i + 1].flags & NG_TOKEN_NUMBER) &&
           !(f->tokens[i].flags & NG_TOKEN_LINE_START);
}

/* True for a raised digit. */
static bool is_raised(const finder *f, size_t i)
{
    ng_view word = word_at(f, i);

    return (word.size == 2 && memchr("\xB2\xB3\xB9", word.data[1], 3) && word.data[0] == '\xC2') ||
           (word.size == 3 && word.data[0] == '\xE2' && word.data[1] == '\x81' &&
            (unsigned char)word.data[2] >= 0xB0);
}

/* True for the number of a note right behind the stop, raised or after a word: "so.5 He". */
static bool is_small_note(const finder *f, size_t stop, size_t i)
{
    const ng_token *token = &f->tokens[i], *before = &f->tokens[stop ? stop - 1 : 0];

    if (token->flags & NG_TOKEN_SPACE_BEFORE)
        return false;
    return is_raised(f, i) ||
           ((token->flags & (NG_TOKEN_NUMBER | NG_TOKEN_WORD)) == NG_TOKEN_NUMBER && stop > 0 &&
            token->end - token->start <= NOTE_BYTES_MAX &&
            before->end - before->start >= WORD_BYTES_MIN &&
            !(before->flags & (NG_TOKEN_CAPITAL | NG_TOKEN_NUMBER)));
}

/* True for a quotation mark that a space and a line end stand around, as a closing one astray. */
static bool is_stray_quote(const finder *f, size_t i)
{
    return is_byte(f, i, '"') && !(f->tokens[i].flags & NG_TOKEN_LINE_START) &&
           (i + 1 >= f->token_count || (f->tokens[i + 1].flags & NG_TOKEN_LINE_START));
}

/* Takes closing quotes, brackets and note marks "[1]" that stand after the stop. */
static size_t absorb_closers(const finder *f, size_t i, bool *is_quoted_out)
{
    const size_t stop = i;

    *is_quoted_out = false;
    while (i + 1 < f->token_count) {
        if (is_small_note(f, stop, i + 1) || is_stray_quote(f, i + 1)) {
            i++;
            continue;
        }
        if (is_note(f, i + 1)) {
            i += 3;
            continue;
        }
        if ((f->tokens[i + 1].flags & NG_TOKEN_SPACE_BEFORE) || !is_closer(f, i + 1))
            break;
        *is_quoted_out = true;
        i++;
    }
    return i;
}

/* True for the number or letter of a list item: "1. Introduction". */
static bool is_item_number(const finder *f, size_t i)
{
    return i > 0 && i - 1 == f->line_first && f->text.data[f->tokens[i].start] == '.' &&
           (f->tokens[i - 1].flags & NG_TOKEN_NUMBER) &&
           f->tokens[i - 1].end - f->tokens[i - 1].start <= 3;
}

/* True when what stands from token i on says who spoke: "Smith asked", "I said". */
static bool is_speaker(const finder *f, size_t i)
{
    const size_t first = i;

    if (!(f->tokens[i].flags & NG_TOKEN_CAPITAL) ||
        (ng_word_opens_sentence(word_at(f, i)) && !is_byte(f, i, 'I')))
        return false;
    for (i++; i < f->token_count && i - first <= SPEAKER_WORDS_MAX; i++) {
        if (f->tokens[i].flags & (NG_TOKEN_PUNCTUATION | NG_TOKEN_LINE_START))
            return false;
        if (ng_word_is_speech(word_at(f, i)))
            return true;
    }
    return false;
}

/* True when a question or exclamation mark before token `next` belongs to a title or a quote inside
 * the sentence: "Viva Maria! (1965)", "Yahoo! Inc.", "'Who?' Smith asked". */
static bool mark_goes_on(const finder *f, size_t next, bool is_quoted)
{
    if (f->tokens[next].flags & NG_TOKEN_LINE_START)
        return false;
    if (is_byte(f, next, '('))
        return next + 2 < f->token_count && (f->tokens[next + 1].flags & NG_TOKEN_NUMBER) &&
               is_byte(f, next + 2, ')');
    if (is_quoted)
        return is_speaker(f, next);
    return ng_view_equal(word_at(f, next), NG_VIEW("Inc.")) ||
           ng_view_equal(word_at(f, next), NG_VIEW("Inc"));
}

/* True when the terminal token i ends a sentence; *end_out is its last token with closers. */
static bool stop_ends(const finder *f, size_t i, size_t *end_out)
{
    bool is_quoted;
    size_t end = absorb_closers(f, i, &is_quoted), next = end + 1;
    bool is_dots =
        f->tokens[i].end - f->tokens[i].start > 1 && f->text.data[f->tokens[i].start] == '.';

    *end_out = end;
    if (next >= f->token_count)
        return true;
    if (is_item_number(f, i))
        return false;
    if (!(f->tokens[next].flags & NG_TOKEN_SPACE_BEFORE))
        return end == i && !is_dots && i > 0 && (f->tokens[next].flags & NG_TOKEN_CAPITAL) &&
               f->tokens[i - 1].end - f->tokens[i - 1].start >= WORD_BYTES_MIN &&
               (f->tokens[i - 1].flags & NG_TOKEN_WORD) &&
               !(f->tokens[i - 1].flags & NG_TOKEN_CAPITAL);
    if (is_dots && (f->tokens[i].flags & NG_TOKEN_SPACE_BEFORE)) {
        size_t word = skip_openers(f, next) < f->token_count ? skip_openers(f, next) : next;
        return ng_word_opens_sentence(word_at(f, word)) && !is_byte(f, word, 'I');
    }
    if ((f->text.data[f->tokens[i].start] != '.' || (is_dots && is_quoted)) &&
        mark_goes_on(f, next, is_quoted))
        return false;
    return is_beginning(f, next) || lower_begins(f, i, is_quoted);
}

/* ---- sentences ---- */

/* Marks the first word of the sentence and words that an opening quote precedes. */
static void mark_starts(finder *f, size_t first, size_t end)
{
    bool is_start = true;

    for (size_t i = first; i < end; i++) {
        ng_token *token = &f->tokens[i];
        token->sentence = (uint32_t)f->count;
        if (!(token->flags & NG_TOKEN_PUNCTUATION)) {
            if (is_start)
                token->flags |= NG_TOKEN_SENTENCE_START;
            is_start = is_start && !(token->flags & NG_TOKEN_WORD);
        } else if (is_opener(f, i) && (token->flags & NG_TOKEN_SPACE_BEFORE) && i + 1 < end &&
                   !(f->tokens[i + 1].flags & NG_TOKEN_SPACE_BEFORE) && !is_byte(f, i, '(') &&
                   !is_byte(f, i, '[')) {
            is_start = true;
        }
    }
}

/* True when the sentence is a line of its own without a full stop. */
static bool is_heading(const finder *f, size_t first, size_t end)
{
    const ng_token *last = &f->tokens[end - 1];
    char c = f->text.data[last->start];
    bool is_line = (f->tokens[first].flags & NG_TOKEN_LINE_START) &&
                   (end == f->token_count || (f->tokens[end].flags & NG_TOKEN_LINE_START));

    if (!is_line || last->end - f->tokens[first].start > HEADING_BYTES_MAX)
        return false;
    return !is_terminal(f, end - 1) && !is_closer(f, end - 1) && c != ',' && c != ';';
}

/* Ends a sentence of the tokens first ... end - 1. */
static ng_status add_sentence(finder *f, size_t first, size_t end)
{
    if (f->count == f->capacity) {
        size_t wanted = f->capacity * 2 + 16;
        ng_sentence *grown = ng_arena_room(f->cx, f->arena, wanted, sizeof *grown);
        if (!grown)
            return ng_arena_status(f->arena);
        if (f->count)
            memcpy(grown, f->sentences, f->count * sizeof *grown);
        f->sentences = grown;
        f->capacity = wanted;
    }
    mark_starts(f, first, end);
    f->sentences[f->count++] = (ng_sentence){ .first_token = (uint32_t)first,
                                              .end_token = (uint32_t)end,
                                              .start = f->tokens[first].start,
                                              .end = f->tokens[end - 1].end,
                                              .cp_start = f->tokens[first].cp_start,
                                              .cp_end = f->tokens[end - 1].cp_end,
                                              .paragraph = f->paragraph,
                                              .is_heading = is_heading(f, first, end) };
    return NG_OK;
}

/* The first token from i on that can end its sentence; the last of the text can. Most cannot: words
 * inside a line, before the limit. */
static size_t skip_inner(const finder *f, size_t first, size_t i)
{
    const ng_token *token = &f->tokens[i], *last = &f->tokens[f->token_count - 1];
    uint32_t start = f->tokens[first].start;

    while (token < last && !(token->flags & (NG_TOKEN_PUNCTUATION | NG_TOKEN_ABBREVIATION)) &&
           !(token[1].flags & NG_TOKEN_LINE_START) && token[1].end - start <= f->sentence_bytes)
        token++;
    return (size_t)(token - f->tokens);
}

/* True when the sentence must end after token i; *end_out is its last token. */
static bool ends_after(finder *f, size_t first, size_t i, size_t *end_out)
{
    gap between = gap_before(f, i + 1);

    *end_out = i;
    if (between == GAP_BLANK)
        return true;
    if (between == GAP_LINE && line_ends_sentence(f, i + 1))
        return true;
    if (f->tokens[i + 1].end - f->tokens[first].start > f->sentence_bytes)
        return true;
    if (is_terminal(f, i))
        return stop_ends(f, i, end_out);
    return (f->tokens[i].flags & NG_TOKEN_ABBREVIATION) && abbreviation_ends(f, i);
}

ng_status ng_sentences_find(ng_ctx *cx, ng_arena *arena, ng_token *tokens, uint32_t sentence_bytes,
                            ng_text *text)
{
    finder f = { .cx = cx,
                 .arena = arena,
                 .text = text->text,
                 .tokens = tokens,
                 .token_count = text->token_count,
                 .sentence_bytes = sentence_bytes,
                 .wrap_width = find_wrap_width(text->text) };
    size_t first = 0, last;

    for (size_t i = 0; i < f.token_count; i++) {
        ng_status status;

        if (tokens[i].flags & NG_TOKEN_LINE_START)
            f.line_first = i;
        i = last = skip_inner(&f, first, i);
        if (i + 1 < f.token_count && !ends_after(&f, first, i, &last))
            continue;
        status = add_sentence(&f, first, last + 1);
        if (status != NG_OK)
            return status;
        first = last + 1;
        i = last;
        if (first < f.token_count && gap_before(&f, first) == GAP_BLANK)
            f.paragraph++;
    }
    text->sentences = f.sentences;
    text->sentence_count = f.count;
    text->paragraph_count = f.token_count ? (size_t)f.paragraph + 1 : 0;
    return NG_OK;
}
