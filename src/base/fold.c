/* Names as keys: folded for comparing, slugs for stable ids.
 *
 * Folding takes away what writers of one name disagree on: case, accents, the shape of apostrophes
 * and hyphens, letters with a stroke that Unicode does not take apart. It is not a
 * transliteration: Greek stays Greek.
 *
 * A slug is ASCII. Greek and Cyrillic are transliterated by one small table in the manner of
 * BGN/PCGN and ELOT 743; letters of other scripts become u<hex>, so that two names that differ keep
 * different slugs; everything else becomes a hyphen. */
#include "base_internal.h"

#include <assert.h>

/* A character and what it becomes. */
typedef struct rewriting {
    uint32_t code_point;
    const char *ascii;
} rewriting;

/* What remains after decomposition and still is Latin, or punctuation within names. Sorted. */
static const rewriting folded[] = {
    { 0x00B4, "'" },  { 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" },
    { 0x00FE, "th" }, { 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0138, "k" },
    { 0x0142, "l" },  { 0x014B, "n" },  { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" },
    { 0x0192, "f" },  { 0x019A, "l" },  { 0x01B6, "z" },  { 0x01DD, "e" }, { 0x01E5, "g" },
    { 0x0237, "j" },  { 0x0247, "e" },  { 0x0249, "j" },  { 0x0253, "b" }, { 0x0254, "o" },
    { 0x0256, "d" },  { 0x0257, "d" },  { 0x0259, "e" },  { 0x025B, "e" }, { 0x0260, "g" },
    { 0x0268, "i" },  { 0x0269, "i" },  { 0x0272, "n" },  { 0x0275, "o" }, { 0x0289, "u" },
    { 0x0292, "z" },  { 0x02B9, "'" },  { 0x02BB, "'" },  { 0x02BC, "'" }, { 0x02BD, "'" },
    { 0x02BE, "'" },  { 0x02BF, "'" },  { 0x02C8, "'" },  { 0x2010, "-" }, { 0x2011, "-" },
    { 0x2012, "-" },  { 0x2013, "-" },  { 0x2018, "'" },  { 0x2019, "'" }, { 0x201B, "'" },
    { 0x2032, "'" },  { 0x2212, "-" },
};

/* Greek and Cyrillic, folded already. Sorted. */
static const rewriting latin[] = {
    { 0x03B1, "a" },  { 0x03B2, "v" },  { 0x03B3, "g" },  { 0x03B4, "d" },  { 0x03B5, "e" },
    { 0x03B6, "z" },  { 0x03B7, "i" },  { 0x03B8, "th" }, { 0x03B9, "i" },  { 0x03BA, "k" },
    { 0x03BB, "l" },  { 0x03BC, "m" },  { 0x03BD, "n" },  { 0x03BE, "x" },  { 0x03BF, "o" },
    { 0x03C0, "p" },  { 0x03C1, "r" },  { 0x03C3, "s" },  { 0x03C4, "t" },  { 0x03C5, "y" },
    { 0x03C6, "f" },  { 0x03C7, "ch" }, { 0x03C8, "ps" }, { 0x03C9, "o" },  { 0x0430, "a" },
    { 0x0431, "b" },  { 0x0432, "v" },  { 0x0433, "g" },  { 0x0434, "d" },  { 0x0435, "e" },
    { 0x0436, "zh" }, { 0x0437, "z" },  { 0x0438, "i" },  { 0x0439, "y" },  { 0x043A, "k" },
    { 0x043B, "l" },  { 0x043C, "m" },  { 0x043D, "n" },  { 0x043E, "o" },  { 0x043F, "p" },
    { 0x0440, "r" },  { 0x0441, "s" },  { 0x0442, "t" },  { 0x0443, "u" },  { 0x0444, "f" },
    { 0x0445, "kh" }, { 0x0446, "ts" }, { 0x0447, "ch" }, { 0x0448, "sh" }, { 0x0449, "shch" },
    { 0x044A, "" },   { 0x044B, "y" },  { 0x044C, "" },   { 0x044D, "e" },  { 0x044E, "yu" },
    { 0x044F, "ya" }, { 0x0452, "dj" }, { 0x0454, "ye" }, { 0x0455, "dz" }, { 0x0456, "i" },
    { 0x0458, "j" },  { 0x0459, "lj" }, { 0x045A, "nj" }, { 0x045B, "c" },  { 0x045F, "dz" },
    { 0x0491, "g" },  { 0x0493, "gh" }, { 0x0497, "zh" }, { 0x049B, "q" },  { 0x04A3, "ng" },
    { 0x04AF, "u" },  { 0x04B1, "u" },  { 0x04B3, "h" },  { 0x04B7, "j" },  { 0x04BB, "h" },
    { 0x04C0, "" },   { 0x04CF, "" },   { 0x04D9, "a" },  { 0x04E9, "o" },
};

/* Binary search in a sorted table; NULL when the character is not in it. */
static const char *find_rewriting(const rewriting *table, size_t count, uint32_t code_point)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (table[middle].code_point < code_point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && table[low].code_point == code_point ? table[low].ascii : NULL;
}

/* Appends one folded part. */
static ng_status add_part(ng_ctx *cx, uint32_t part, ng_buffer *out)
{
    const char *ascii = NULL;
    char bytes[4];
    size_t length = 0;

    if (part >= 0x80)
        ascii = find_rewriting(folded, sizeof folded / sizeof *folded, part);
    if (ascii)
        return ng_buffer_add(cx, out, ng_view_of(ascii));
    length = ng_utf8_encode(part, bytes);
    return ng_buffer_add(cx, out, (ng_view){ bytes, length });
}

/* Lower case of ASCII; other bytes as they are. */
static char lower_byte(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Appends a run of ASCII in lower case. A grave accent standing alone serves as an apostrophe. */
static ng_status add_ascii(ng_ctx *cx, ng_view run, ng_buffer *out)
{
    ng_status status = ng_buffer_reserve(cx, out, run.size);

    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < run.size; i++) {
        char byte = lower_byte(run.data[i]);

        out->data[out->size + i] = byte == '`' ? '\'' : byte;
    }
    out->size += run.size;
    out->data[out->size] = '\0';
    return NG_OK;
}

/* Puts a buffer back to the size it had before a failure. */
static void cut_buffer(ng_buffer *buffer, size_t size)
{
    if (!buffer->data)
        return;
    buffer->size = size;
    buffer->data[size] = '\0';
}

ng_status ng_utf8_fold(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    size_t old_size = out->size;
    ng_status status = NG_OK;
    size_t at = 0;

    while (status == NG_OK && at < text.size) {
        size_t run = ng_utf8_ascii_run(ng_view_part(text, at, text.size));
        uint32_t parts[32];
        size_t length = 0;
        size_t count = 0;

        if (run > 0)
            status = add_ascii(cx, ng_view_part(text, at, at + run), out);
        at += run;
        if (at == text.size)
            break;
        count = ng_utf8_fold_parts(ng_utf8_decode(text.data + at, text.size - at, &length), parts);
        for (size_t i = 0; status == NG_OK && i < count; i++)
            status = add_part(cx, parts[i], out);
        at += length;
    }
    if (status != NG_OK)
        cut_buffer(out, old_size);
    return status;
}

/* A slug being written. */
typedef struct slug {
    ng_buffer *out;
    size_t start;       /* where it begins in `out` */
    bool wants_hyphen;  /* something stood between the last letter and the next */
    bool is_ukrainian;  /* or Belarusian: one of the letters that only they have occurs */
    uint32_t last_part; /* the character written last, for Greek ou */
} slug;

/* і ї є ґ ў: with them г is h and и is y. */
static bool is_ukrainian(ng_view text)
{
    size_t at = 0;

    while (at < text.size) {
        size_t length = 0;
        uint32_t code_point = 0;

        at += ng_utf8_ascii_run(ng_view_part(text, at, text.size));
        if (at == text.size)
            break;
        code_point = ng_utf8_decode(text.data + at, text.size - at, &length);
        at += length;
        if (code_point == 0x0456 || code_point == 0x0406 || code_point == 0x0457 ||
            code_point == 0x0407 || code_point == 0x0454 || code_point == 0x0404 ||
            code_point == 0x0491 || code_point == 0x0490 || code_point == 0x045E ||
            code_point == 0x040E)
            return true;
    }
    return false;
}

/* Appends letters or digits, after the hyphen that is due. */
static ng_status add_word(ng_ctx *cx, slug *state, ng_view ascii)
{
    ng_status status = NG_OK;

    if (ascii.size == 0)
        return NG_OK;
    if (state->wants_hyphen && state->out->size > state->start)
        status = ng_buffer_add_byte(cx, state->out, '-');
    state->wants_hyphen = false;
    return status == NG_OK ? ng_buffer_add(cx, state->out, ascii) : status;
}

/* The transliteration of a Greek or Cyrillic letter, or NULL. */
static const char *to_latin(const slug *state, uint32_t part)
{
    if (state->is_ukrainian && part == 0x0433)
        return "h";
    if (state->is_ukrainian && part == 0x0438)
        return "y";
    if (part == 0x03C5 && state->last_part == 0x03BF)
        return "u";
    return find_rewriting(latin, sizeof latin / sizeof *latin, part);
}

/* Appends one folded part: ASCII, a transliteration, a number, or the wish for a hyphen.
 * Apostrophes vanish: O'Brien is obrien. */
static ng_status add_slug_part(ng_ctx *cx, slug *state, uint32_t part)
{
    const char *ascii = NULL;
    char number[16] = { (char)part };
    ng_status status = NG_OK;

    if (part < 0x80 && (ng_utf8_is_letter(part) || ng_utf8_is_digit(part)))
        status = add_word(cx, state, (ng_view){ number, 1 });
    else if (part == '\'')
        return NG_OK;
    else if ((ascii = to_latin(state, part)) != NULL)
        status = add_word(cx, state, ng_view_of(ascii));
    else if (ng_utf8_is_letter(part) || ng_utf8_is_digit(part)) {
        int size = snprintf(number, sizeof number, "u%lx", (unsigned long)part);

        assert(size > 0 && (size_t)size < sizeof number);
        status = add_word(cx, state, (ng_view){ number, (size_t)size });
    } else {
        state->wants_hyphen = true;
    }
    state->last_part = part;
    return status;
}

/* Appends a character of ASCII, as add_slug_part does its lower case. */
static ng_status add_slug_ascii(ng_ctx *cx, slug *state, char byte)
{
    bool is_due = state->wants_hyphen && state->out->size > state->start;
    ng_status status = NG_OK;

    byte = lower_byte(byte);
    if (byte == '\'')
        return NG_OK;
    state->last_part = (unsigned char)byte;
    state->wants_hyphen = !((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'));
    if (state->wants_hyphen)
        return NG_OK;
    if (is_due)
        status = ng_buffer_add_byte(cx, state->out, '-');
    return status == NG_OK ? ng_buffer_add_byte(cx, state->out, byte) : status;
}

/* Appends one character of the text. й must not lose its mark to и, nor must the same letter
 * written as two characters; `next` is the character after it. */
static ng_status add_slug_character(ng_ctx *cx, slug *state, uint32_t code_point, uint32_t next)
{
    uint32_t parts[32];
    size_t count = 0;
    ng_status status = NG_OK;

    if (code_point == 0x0439 || code_point == 0x0419 ||
        ((code_point == 0x0438 || code_point == 0x0418) && next == 0x0306))
        return add_slug_part(cx, state, 0x0439);
    count = ng_utf8_fold_parts(code_point, parts);
    for (size_t i = 0; status == NG_OK && i < count; i++) {
        const char *ascii = NULL;

        if (parts[i] >= 0x80)
            ascii = find_rewriting(folded, sizeof folded / sizeof *folded, parts[i]);
        if (!ascii)
            status = add_slug_part(cx, state, parts[i]);
        for (; status == NG_OK && ascii && *ascii; ascii++)
            status = add_slug_part(cx, state, (unsigned char)*ascii);
    }
    return status;
}

ng_status ng_utf8_slug(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    slug state = { .out = out, .start = out->size, .is_ukrainian = is_ukrainian(text) };
    ng_status status = NG_OK;
    size_t at = 0;

    while (status == NG_OK && at < text.size) {
        size_t length = 0;
        size_t next_length = 0;
        uint32_t code_point = 0;
        uint32_t next = 0;

        if ((unsigned char)text.data[at] < 0x80) {
            status = add_slug_ascii(cx, &state, text.data[at++]);
            continue;
        }
        code_point = ng_utf8_decode(text.data + at, text.size - at, &length);
        at += length;
        if (at < text.size)
            next = ng_utf8_decode(text.data + at, text.size - at, &next_length);
        status = add_slug_character(cx, &state, code_point, next);
    }
    if (status != NG_OK)
        cut_buffer(out, state.start);
    return status;
}
