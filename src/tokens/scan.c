/* Bytes to tokens, in one pass.
 *
 * A token is a word (letters, digits and marks, with apostrophes between letters), a number, an
 * abbreviation with its full stops, a link, or a run of one punctuation character. White space and
 * control characters lie between tokens. ASCII takes a table look-up a byte; other characters are
 * decoded. Code points are counted on the way: a byte position minus the continuation bytes before
 * it.
 *
 * An apostrophe at the start or the end of a word belongs to it when the words around it look like
 * a name and no quote is open or closes soon.
 *
 * Work is linear: every look-ahead stays inside the white space or the word that follows, or within
 * QUOTE_BYTES_MAX of an apostrophe, and a token taken back (the parts of an e-mail address) is
 * never looked at again. */
#include "tokens_internal.h"

enum {
    TOKEN_BYTES = 4,       /* fewer than most texts have for a token and the space before it */
    QUOTE_BYTES_MAX = 200, /* so far the end of a single quote is sought */
    SHORT_BYTES_MAX = 4    /* of Lil' */
};

typedef struct scanner {
    ng_ctx *cx;
    ng_arena *arena;
    const char *data;
    uint32_t size;
    uint32_t at;              /* next byte */
    uint32_t extra;           /* continuation bytes before `at` */
    uint32_t start, cp_start; /* of the token being read */
    uint16_t pending;         /* SPACE_BEFORE and LINE_START for the next token */
    uint32_t unquoted_end;    /* no single quote closes before it */
    bool is_quoted;           /* a single quote was opened and not closed */
    ng_token *tokens;
    size_t count, capacity;
} scanner;

/* One character ahead: its class and its length in bytes. */
typedef struct glyph {
    ng_char_class class_;
    uint32_t length;
    uint32_t code_point;
} glyph;

/* Looks at the character at a byte position; past the end it is white space of no length. */
static glyph look(const scanner *s, uint32_t at)
{
    size_t length = 0;
    glyph g = { NG_CHAR_SPACE, 0, 0 };

    if (at >= s->size)
        return g;
    if ((unsigned char)s->data[at] < 128) {
        g.code_point = (unsigned char)s->data[at];
        g.class_ = (ng_char_class)ng_char_ascii[g.code_point];
        g.length = 1;
        return g;
    }
    g.code_point = ng_utf8_decode(s->data + at, s->size - at, &length);
    g.class_ = ng_char_classify(g.code_point);
    g.length = (uint32_t)length;
    return g;
}

static bool is_letter(glyph g)
{
    return g.class_ == NG_CHAR_LOWER || g.class_ == NG_CHAR_UPPER;
}

static bool is_word(glyph g)
{
    return is_letter(g) || g.class_ == NG_CHAR_DIGIT;
}

/* What writers put where an apostrophe belongs. */
static bool is_apostrophe(uint32_t code_point)
{
    return code_point == '\'' || code_point == 0x2019 || code_point == 0x2018 ||
           code_point == 0x02BC || code_point == '`' || code_point == 0x00B4;
}

/* Letters that look like an apostrophe: the okina of Hawaii, the ayin of Arabic. */
static bool is_apostrophe_letter(uint32_t code_point)
{
    return (code_point >= 0x02B9 && code_point <= 0x02BF) || code_point == 0x02C8;
}

/* Moves past a character. */
static void step(scanner *s, glyph g)
{
    s->at += g.length;
    s->extra += g.length - (g.length ? 1 : 0);
}

/* Makes room for another token; the arena cannot move, so a larger array is begun. */
static ng_status grow(scanner *s)
{
    size_t wanted = s->capacity + s->capacity / 2 + 64;
    ng_token *grown = ng_arena_room(s->cx, s->arena, wanted, sizeof *grown);

    if (!grown)
        return ng_arena_status(s->arena);
    if (s->count)
        memcpy(grown, s->tokens, s->count * sizeof *grown);
    s->tokens = grown;
    s->capacity = wanted;
    return NG_OK;
}

/* Ends the token being read here. */
static ng_status add(scanner *s, unsigned flags)
{
    if (s->count == s->capacity) {
        ng_status status = grow(s);
        if (status != NG_OK)
            return status;
    }
    s->tokens[s->count++] = (ng_token){ .start = s->start,
                                        .end = s->at,
                                        .cp_start = s->cp_start,
                                        .cp_end = s->at - s->extra,
                                        .flags = (uint16_t)(flags | s->pending) };
    s->pending = 0;
    return NG_OK;
}

/* What the letters of a word looked like. */
typedef struct word_shape {
    uint32_t upper_count, lower_count, digit_count;
    bool is_first_upper, is_first_digit, is_mixed;
} word_shape;

static void shape_add(word_shape *shape, ng_char_class class_)
{
    bool is_first = shape->upper_count + shape->lower_count + shape->digit_count == 0;

    if (class_ == NG_CHAR_UPPER) {
        shape->is_mixed |= shape->lower_count > 0;
        shape->is_first_upper |= is_first;
        shape->upper_count++;
    } else if (class_ == NG_CHAR_LOWER) {
        shape->lower_count++;
    } else {
        shape->is_first_digit |= is_first;
        shape->digit_count++;
    }
}

static unsigned shape_flags(const word_shape *shape)
{
    unsigned flags = 0;

    if (shape->upper_count + shape->lower_count > 0)
        flags |= NG_TOKEN_WORD;
    else if (shape->digit_count == 0)
        flags |= NG_TOKEN_PUNCTUATION; /* an okina alone */
    if (shape->is_first_upper)
        flags |= NG_TOKEN_CAPITAL;
    if (shape->upper_count >= 2 && shape->lower_count == 0)
        flags |= NG_TOKEN_ALL_CAPS;
    if (shape->is_first_digit)
        flags |= NG_TOKEN_NUMBER;
    if (shape->is_mixed)
        flags |= NG_TOKEN_MIXED;
    return flags;
}

/* True when an s that ends a word stands at the position: the possessive after an apostrophe. */
static bool is_possessive_s(const scanner *s, uint32_t at)
{
    return at < s->size && (s->data[at] == 's' || s->data[at] == 'S') && !is_word(look(s, at + 1));
}

/* How many of the bytes from `at` on are a ... z, eight at a time. In a word of eight bytes the
 * lowest comes first; adding to seven bits carries into the eighth where a bound is reached. */
static uint32_t lower_run(const scanner *s, uint32_t at)
{
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    uint32_t start = at;

    for (; s->size - at >= 8; at += 8) {
        const unsigned char *b = (const unsigned char *)s->data + at;
        uint64_t word = (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
                        (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
                        (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
        uint64_t low = word & ~highs;
        uint64_t from_a = low + ones * (0x80 - 'a'), past_z = low + ones * (0x80 - 'z' - 1);
        uint64_t others = (~(from_a & ~past_z) | word) & highs;

        if (others) {
            uint64_t before = ((others & (~others + 1)) >> 7) - 1; /* bits below the first one */
            return at - start + (uint32_t)(((before & ones) * ones) >> 56);
        }
    }
    while (at < s->size && (unsigned char)(s->data[at] - 'a') < 26)
        at++;
    return at - start;
}

/* Reads letters and digits of ASCII. Most of a word is one run of lower case. */
static void read_ascii(scanner *s, word_shape *shape)
{
    for (;;) {
        uint32_t length = lower_run(s, s->at);
        ng_char_class class_;

        shape->lower_count += length;
        s->at += length;
        if (s->at >= s->size || (unsigned char)s->data[s->at] >= 128)
            return;
        class_ = (ng_char_class)ng_char_ascii[(unsigned char)s->data[s->at]];
        if (class_ < NG_CHAR_LOWER)
            return;
        shape_add(shape, class_);
        s->at++;
    }
}

/* Reads letters, digits and marks, and apostrophes between letters unless a possessive follows. */
static void read_word(scanner *s, word_shape *shape)
{
    for (;;) {
        glyph g;
        read_ascii(s, shape);
        if (s->at < s->size && (unsigned char)s->data[s->at] < 128 && s->data[s->at] != '\'' &&
            s->data[s->at] != '`')
            return;
        g = look(s, s->at);
        if (is_apostrophe(g.code_point)
                ? !is_letter(look(s, s->at + g.length)) || is_possessive_s(s, s->at + g.length)
                : !is_word(g) && g.class_ != NG_CHAR_JOINER)
            return;
        if (is_word(g) && !is_apostrophe_letter(g.code_point))
            shape_add(shape, g.class_);
        step(s, g);
    }
}

/* First byte that is not a blank or a line end from here on. */
static uint32_t skip_space(const scanner *s, uint32_t at)
{
    while (at < s->size && (unsigned char)s->data[at] <= ' ')
        at++;
    return at;
}

/* Takes the dots of "U.S." or "G.B.J." after its first letter; true when there was one. Two
 * capitals need no last full stop: "the U.S in May". */
static bool read_dotted(scanner *s, word_shape *shape)
{
    bool is_dotted = false;

    while (s->at < s->size && s->data[s->at] == '.') {
        glyph letter = look(s, s->at + 1);
        bool is_single = is_letter(letter) && !is_word(look(s, s->at + 1 + letter.length));
        bool has_dot = is_single && s->at + 1 + letter.length < s->size &&
                       s->data[s->at + 1 + letter.length] == '.';
        bool is_pair = is_single && shape->upper_count == 1 && letter.class_ == NG_CHAR_UPPER;
        if (!has_dot && !is_pair && !(is_dotted && is_single))
            break;
        s->at++;
        shape_add(shape, letter.class_);
        step(s, letter);
        is_dotted = true;
        if (!has_dot)
            return true;
    }
    return is_dotted;
}

/* Decides whether the full stop that follows belongs to the word, and takes it then. */
static unsigned read_stop(scanner *s, uint32_t start, word_shape *shape)
{
    ng_view word = { s->data + start, s->at - start };
    bool is_single = shape->upper_count + shape->lower_count == 1 && shape->digit_count == 0;
    uint32_t next;
    ng_abbreviation kind;

    if (is_single && read_dotted(s, shape)) {
        if (s->at < s->size && s->data[s->at] == '.')
            s->at++;
        return NG_TOKEN_ABBREVIATION | (shape->lower_count ? 0u : (unsigned)NG_TOKEN_INITIAL);
    }
    if (s->at + 1 < s->size && s->data[s->at + 1] == '.')
        return 0;
    if (is_single && shape->upper_count == 1) {
        s->at++;
        return NG_TOKEN_ABBREVIATION | NG_TOKEN_INITIAL;
    }
    kind = ng_abbreviation_find(word);
    if (kind == NG_ABBREVIATION_NUMBER) {
        next = skip_space(s, s->at + 1);
        if (next >= s->size || (unsigned char)s->data[next] >= 128 ||
            ng_char_ascii[(unsigned char)s->data[next]] != NG_CHAR_DIGIT)
            return 0;
    }
    if (kind == NG_ABBREVIATION_UNIT &&
        !(s->count && s->tokens[s->count - 1].flags & NG_TOKEN_NUMBER))
        return 0;
    if (kind == NG_ABBREVIATION_NONE)
        return 0;
    s->at++;
    return NG_TOKEN_ABBREVIATION;
}

/* Takes everything up to white space, without closing punctuation at its end. */
static void read_link(scanner *s)
{
    uint32_t end = s->at, end_extra = s->extra;

    for (;;) {
        glyph g = look(s, s->at);
        if (g.class_ == NG_CHAR_SPACE || g.code_point == '"' || g.code_point == '<' ||
            g.code_point == '>' || g.code_point == ')')
            break;
        step(s, g);
        if (is_word(g) || g.code_point == '/' || g.code_point == '_') {
            end = s->at;
            end_extra = s->extra;
        }
    }
    s->at = end;
    s->extra = end_extra;
}

/* True when the word just read goes on as an address: http:// or www. or example.com */
static bool begins_link(const scanner *s, uint32_t start)
{
    uint32_t length = s->at - start, end;
    const char *word = s->data + start, *next = s->data + s->at;
    uint32_t left = s->size - s->at;

    if (left >= 4 && next[0] == ':' && next[1] == '/' && next[2] == '/' && length <= 6)
        return true;
    if (left < 3 || next[0] != '.')
        return false;
    if (length == 3 && (word[0] | 32) == 'w' && (word[1] | 32) == 'w' && (word[2] | 32) == 'w')
        return true;
    for (end = 1; end < left && end < 6 && next[end] >= 'a' && next[end] <= 'z'; end++)
        ;
    if (end < left && is_word(look(s, s->at + end)))
        return false;
    return end > 1 && ng_word_is_domain((ng_view){ next + 1, end - 1 });
}

/* Reads a letter of ASCII with lower case behind it up to a space or comma, as most words are;
 * false for any other word, of which nothing is taken. */
static bool read_plain_word(scanner *s)
{
    uint32_t end = s->at + 1 + lower_run(s, s->at + 1);

    if (end >= s->size || (s->data[end] != ' ' && s->data[end] != ','))
        return false;
    s->at = end;
    return true;
}

/* Reads the word from s->start on, of which nothing or an apostrophe is taken; its flags. */
static unsigned finish_word(scanner *s)
{
    word_shape shape = { 0 };
    unsigned flags = 0;

    read_word(s, &shape);
    if (s->at < s->size && (s->data[s->at] == '.' || s->data[s->at] == ':')) {
        if (begins_link(s, s->start)) {
            read_link(s);
            return NG_TOKEN_LINK;
        }
        if (s->data[s->at] == '.')
            flags = read_stop(s, s->start, &shape);
    }
    return flags | shape_flags(&shape);
}

/* ---- apostrophes ---- */

/* The last token when nothing lies between it and the one being read. */
static const ng_token *tight_token(const scanner *s)
{
    const ng_token *last = s->count ? &s->tokens[s->count - 1] : NULL;

    return last && last->end == s->start ? last : NULL;
}

/* True when a single quote closes soon on this line: it stands behind a word or a stop, and no
 * word behind it. What was searched in vain is not searched again. */
static bool closes_quote(scanner *s)
{
    uint32_t at = s->at > s->unquoted_end ? s->at : s->unquoted_end;
    uint32_t end = s->size - s->at < QUOTE_BYTES_MAX ? s->size : s->at + QUOTE_BYTES_MAX;

    for (; at < end && s->data[at] != '\n'; at++) {
        glyph g = { NG_CHAR_SPACE, 0, 0 };

        if (s->data[at] != '\'' && s->data[at] != '\xE2')
            continue;
        g = look(s, at);
        if (is_apostrophe(g.code_point) && s->data[at - 1] != ' ' &&
            !is_word(look(s, at + g.length)))
            return true;
    }
    s->unquoted_end = at;
    return false;
}

/* True when a word with a capital stands here and another one behind it. */
static bool has_two_capitals(const scanner *s, uint32_t at)
{
    uint32_t end = at, limit = s->size - at < QUOTE_BYTES_MAX ? s->size : at + QUOTE_BYTES_MAX;

    while (end < limit && s->data[end] != ' ' && s->data[end] != '\n')
        end++;
    return look(s, at).class_ == NG_CHAR_UPPER && end - at > 1 && end < limit &&
           s->data[end] == ' ' && look(s, end + 1).class_ == NG_CHAR_UPPER &&
           !ng_word_opens_sentence((ng_view){ s->data + at, end - at });
}

/* True when a name can go on behind this token: "Muhammad 'Abduh", "d 'Aulnoy", "al 'Abadi". */
static bool leads_name(const scanner *s, const ng_token *token)
{
    return (token->flags & NG_TOKEN_WORD) &&
           ((token->flags & NG_TOKEN_CAPITAL) || token->end - token->start == 1 ||
            ng_word_leads_name((ng_view){ s->data + token->start, token->end - token->start }));
}

/* True when the last token is the hyphen of "al-'Abadi". */
static bool is_after_hyphen(const scanner *s)
{
    const ng_token *last = tight_token(s);

    return last && last->end - last->start == 1 && s->data[last->start] == '-' &&
           !(last->flags & NG_TOKEN_SPACE_BEFORE);
}

/* True when the apostrophe just passed, with no word before it, is the first letter of a name and
 * opens no quote: "Masupha 'Matšepo", "al-'Abadi", "’Matšepo". A straight one tells little: a name
 * has to go before it, or two words with capitals to follow inside a sentence. */
static bool begins_name(scanner *s, glyph g)
{
    const ng_token *last = s->count ? &s->tokens[s->count - 1] : NULL;
    glyph next = look(s, s->at);

    if (g.code_point == 0x02BC)
        return is_letter(next);
    if (next.class_ != NG_CHAR_UPPER || g.code_point == '`' || g.code_point == 0x00B4)
        return false;
    if (!(s->pending & NG_TOKEN_SPACE_BEFORE)) {
        if (!is_after_hyphen(s))
            return false;
    } else if (g.code_point != 0x2019) {
        if (!last || (s->pending & NG_TOKEN_LINE_START))
            return false;
        if (!leads_name(s, last) &&
            !((last->flags & NG_TOKEN_WORD || s->data[last->start] == ',') &&
              has_two_capitals(s, s->at)))
            return false;
    }
    return !closes_quote(s);
}

/* True when the apostrophe just passed, behind a word with a capital, ends it and closes no quote:
 * "Guns N' Roses", "the Biqa‘ Valley". The kinds that close quotes do so for short words only. */
static bool ends_name(const scanner *s, const ng_token *word, glyph g)
{
    if (g.code_point == 0x02BC)
        return true;
    return !s->is_quoted && (word->flags & NG_TOKEN_CAPITAL) &&
           !(word->flags & NG_TOKEN_ABBREVIATION) && g.code_point != '`' && s->at < s->size &&
           (g.code_point == 0x2018 || word->end - word->start <= SHORT_BYTES_MAX) &&
           s->data[s->at] == ' ' && look(s, s->at + 1).class_ == NG_CHAR_UPPER;
}

/* Takes back the last token, which goes on; its flags. */
static unsigned take_back(scanner *s)
{
    const ng_token *last = &s->tokens[--s->count];
    const unsigned place = NG_TOKEN_SPACE_BEFORE | NG_TOKEN_LINE_START;

    s->start = last->start;
    s->cp_start = last->cp_start;
    s->pending = (uint16_t)(last->flags & place);
    return last->flags & ~place;
}

/* Reads an apostrophe: the possessive 's, the bare one after s, a part of a name, or a quote; its
 * flags. */
static unsigned scan_apostrophe(scanner *s, glyph g)
{
    const ng_token *before = tight_token(s);
    bool is_after_word = before && !(before->flags & NG_TOKEN_PUNCTUATION);
    bool is_usual = g.code_point == '\'' || g.code_point == 0x2019;

    step(s, g);
    if ((is_usual || is_after_word) && is_possessive_s(s, s->at)) {
        s->at++;
        return NG_TOKEN_WORD | NG_TOKEN_POSSESSIVE;
    }
    if (is_after_word && (is_usual || g.code_point == 0x02BC) &&
        (s->data[s->start - 1] | 32) == 's' && !is_word(look(s, s->at))) {
        s->is_quoted = false;
        return NG_TOKEN_PUNCTUATION | NG_TOKEN_POSSESSIVE;
    }
    if (is_after_word && ends_name(s, before, g))
        return take_back(s);
    if (!is_after_word && begins_name(s, g))
        return finish_word(s);
    s->is_quoted = !is_after_word && look(s, s->at).class_ != NG_CHAR_SPACE;
    return NG_TOKEN_PUNCTUATION;
}

/* ---- words ---- */

/* Reads a token that begins with a letter; its flags. */
static unsigned scan_word(scanner *s, glyph first)
{
    if (first.length == 1 && read_plain_word(s))
        return first.class_ == NG_CHAR_UPPER ? NG_TOKEN_WORD | NG_TOKEN_CAPITAL : NG_TOKEN_WORD;
    if (is_apostrophe(first.code_point))
        return scan_apostrophe(s, first);
    return finish_word(s);
}

/* Reads 70,000  2.5  12:30  21st; its flags. */
static unsigned scan_number(scanner *s)
{
    word_shape shape = { 0 };

    for (;;) {
        read_word(s, &shape);
        if (s->at + 1 >= s->size || !memchr(".,:", s->data[s->at], 3) ||
            look(s, s->at + 1).class_ != NG_CHAR_DIGIT)
            break;
        s->at++;
    }
    return shape_flags(&shape) | NG_TOKEN_NUMBER;
}

/* True for a token that can be the left part of an e-mail address, written without a space. */
static bool is_address_part(const scanner *s, const ng_token *token)
{
    char c = s->data[token->start];

    return !(token->flags & NG_TOKEN_PUNCTUATION) ||
           (token->end - token->start == 1 && (c == '.' || c == '-' || c == '_' || c == '+'));
}

/* Turns name.part@example.org, whose left part is tokens already, into one link; its flags. */
static unsigned scan_address(scanner *s)
{
    while (s->count && s->tokens[s->count - 1].end == s->start &&
           is_address_part(s, &s->tokens[s->count - 1]))
        (void)take_back(s);
    read_link(s);
    return NG_TOKEN_LINK;
}

/* Takes the rest of a run of one character, or of question and exclamation marks. */
static void read_run(scanner *s)
{
    char first = s->data[s->start];

    while (s->at < s->size && (s->data[s->at] == first || (first == '!' && s->data[s->at] == '?') ||
                               (first == '?' && s->data[s->at] == '!')))
        s->at++;
}

/* Reads punctuation: a run of one character where runs are usual, else one character; its flags. */
static unsigned scan_punctuation(scanner *s, glyph g)
{
    glyph next;

    if (is_apostrophe(g.code_point))
        return scan_apostrophe(s, g);
    next = look(s, s->at + g.length);
    if (g.code_point == '@' && s->count && s->tokens[s->count - 1].end == s->start && is_word(next))
        return scan_address(s);
    step(s, g);
    if ((g.code_point == '@' || g.code_point == '#') && is_letter(next) &&
        (s->pending & NG_TOKEN_SPACE_BEFORE)) {
        read_link(s);
        return NG_TOKEN_LINK;
    }
    if (g.length == 1 && memchr(".-*=_#~!?", (int)g.code_point, 9))
        read_run(s);
    while (s->at < s->size && (unsigned char)s->data[s->at] >= 128 &&
           look(s, s->at).class_ == NG_CHAR_JOINER)
        step(s, look(s, s->at));
    return NG_TOKEN_PUNCTUATION;
}

/* Passes white space and remembers what it means for the next token. */
static void scan_space(scanner *s, glyph g)
{
    s->pending |= NG_TOKEN_SPACE_BEFORE;
    if (g.code_point == '\n' || g.code_point == '\r' || g.code_point == 0x2028 ||
        g.code_point == 0x2029 || g.code_point == '\f' || g.code_point == 0x85)
        s->pending |= NG_TOKEN_LINE_START;
    step(s, g);
}

/* One token or one white space. */
static ng_status scan_next(scanner *s)
{
    glyph g = look(s, s->at);
    unsigned flags = 0;
    ng_status status = NG_OK;

    s->start = s->at;
    s->cp_start = s->at - s->extra;
    switch (g.class_) {
    case NG_CHAR_SPACE:
        scan_space(s, g);
        return NG_OK;
    case NG_CHAR_LOWER:
    case NG_CHAR_UPPER:
        flags = scan_word(s, g);
        break;
    case NG_CHAR_DIGIT:
        flags = scan_number(s);
        break;
    default:
        flags = scan_punctuation(s, g);
    }
    status = add(s, flags);
    if (s->at < s->size && s->data[s->at] == ' ') { /* it follows most tokens */
        s->at++;
        s->pending = NG_TOKEN_SPACE_BEFORE;
    }
    return status;
}

ng_status ng_text_scan(ng_ctx *cx, ng_arena *arena, ng_view text, uint32_t sentence_bytes,
                       ng_text *text_out)
{
    scanner s = { .cx = cx, .arena = arena, .data = text.data };
    ng_text result = { .text = text };
    ng_status status = NG_OK;

    if (text.size > UINT32_MAX / 2)
        return ng_fail(cx, NG_E_LIMIT, "text of %zu bytes: at most %u", text.size, UINT32_MAX / 2);
    s.size = (uint32_t)text.size;
    s.capacity = text.size / TOKEN_BYTES + 16;
    s.pending = NG_TOKEN_SPACE_BEFORE | NG_TOKEN_LINE_START;
    s.tokens = ng_arena_room(cx, arena, s.capacity, sizeof *s.tokens);
    if (!s.tokens)
        return ng_arena_status(arena);
    while (status == NG_OK && s.at < s.size)
        status = scan_next(&s);
    if (status != NG_OK)
        return status;
    result.tokens = s.tokens;
    result.token_count = s.count;
    status = ng_sentences_find(cx, arena, s.tokens, sentence_bytes, &result);
    if (status != NG_OK)
        return status;
    ng_boilerplate_mark(&result);
    *text_out = result;
    return NG_OK;
}
