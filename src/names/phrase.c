/* Folding of phrases into keys.
 *
 * A key is made word by word and each word depends on its own bytes alone, so the key of a text is
 * the keys of its tokens joined by spaces: the matcher folds each token once and every phrase of
 * the text is a piece of that one folded text. */
#include "phrase.h"

/* Words written in several ways; the key has the long one. */
static const struct {
    ng_view written, key;
} same_words[] = {
    { { "st", 2 }, { "saint", 5 } },
    { { "ste", 3 }, { "sainte", 6 } },
    { { "mt", 2 }, { "mount", 5 } },
};

/* Letters, digits, apostrophes and everything beyond ASCII (the fold has turned apostrophes and
 * hyphens beyond ASCII into ASCII). */
static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '\'' || (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* What stands between words and is nothing itself: white space, control bytes, hyphens. */
static bool is_gap(char byte)
{
    return (unsigned char)byte <= ' ' || byte == '-' || byte == 0x7F;
}

static void add_bytes(ng_phrase *out, ng_view bytes)
{
    size_t room = PACKED_KEY_BYTES - out->size;

    if (bytes.size > room) {
        out->is_cut = true;
        bytes.size = room;
    }
    memcpy(out->data + out->size, bytes.data, bytes.size);
    out->size += bytes.size;
}

/* Appends one word, after a space if it is not the first. */
static void add_word(ng_phrase *out, ng_view word)
{
    for (size_t i = 0; i < sizeof same_words / sizeof same_words[0]; i++) {
        if (ng_view_equal(word, same_words[i].written)) {
            word = same_words[i].key;
            break;
        }
    }
    if (out->size > 0)
        add_bytes(out, NG_VIEW(" "));
    add_bytes(out, word);
}

/* Size of the word without a possessive ending; the whole size when it has none. */
static size_t stem_size(ng_view word)
{
    if (word.size > 2 && word.data[word.size - 2] == '\'' && word.data[word.size - 1] == 's')
        return word.size - 2;
    if (word.size > 1 && word.data[word.size - 1] == '\'')
        return word.size - 1;
    return word.size;
}

/* Appends a word and, as a word of its own, its possessive ending. */
static void add_with_ending(ng_phrase *out, ng_view word)
{
    size_t stem = stem_size(word);

    add_word(out, ng_view_part(word, 0, stem));
    if (stem < word.size)
        add_word(out, ng_view_part(word, stem, word.size));
}

/* Reads the word at `start` into `word` (room for a key), full stops left out unless they are
 * decimal points; returns where it ends. */
static size_t read_word(ng_view text, size_t start, char *word, size_t *size_out, bool *is_cut)
{
    size_t i = start, size = 0;

    for (; i < text.size; i++) {
        char byte = text.data[i];
        bool is_decimal = byte == '.' && i > start && i + 1 < text.size &&
                          is_digit(text.data[i - 1]) && is_digit(text.data[i + 1]);

        if (byte == '.' && !is_decimal)
            continue;
        if (byte != '.' && !is_word_byte(byte))
            break;
        if (size == PACKED_KEY_BYTES)
            *is_cut = true;
        else
            word[size++] = byte;
    }
    *size_out = size;
    return i;
}

/* True for a word that the key writes in another way. */
static bool is_rewritten(ng_view word)
{
    for (size_t i = 0; i < sizeof same_words / sizeof same_words[0]; i++)
        if (ng_view_equal(word, same_words[i].written))
            return true;
    return false;
}

bool ng_phrase_is_key(ng_view folded)
{
    size_t start = 0;

    if (folded.size > PACKED_KEY_BYTES)
        return false;
    for (size_t i = 0; i <= folded.size; i++) {
        if (i < folded.size && is_word_byte(folded.data[i])) {
            if (folded.data[i] == '\'')
                return false;
            continue;
        }
        if (i == start || (i < folded.size && folded.data[i] != ' ') ||
            is_rewritten(ng_view_part(folded, start, i)))
            return false;
        start = i + 1;
    }
    return true;
}

void ng_phrase_split(ng_view folded, ng_phrase *out)
{
    char word[PACKED_KEY_BYTES];
    size_t size = 0;

    out->size = 0;
    out->is_cut = false;
    for (size_t i = 0; i < folded.size && !out->is_cut;) {
        char byte = folded.data[i];

        if (is_gap(byte)) {
            i++;
        } else if (byte != '.' && !is_word_byte(byte)) {
            add_word(out, ng_view_part(folded, i, i + 1));
            i++;
        } else {
            i = read_word(folded, i, word, &size, &out->is_cut);
            if (size > 0)
                add_with_ending(out, (ng_view){ word, size });
        }
    }
}

/* Folds ASCII as ng_utf8_fold does: lower case, a grave accent for an apostrophe; false when the
 * text is not ASCII or not short. */
static bool fold_ascii(ng_view text, char *lower, size_t room)
{
    if (text.size > room)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];

        if ((unsigned char)byte >= 0x80)
            return false;
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte + ('a' - 'A'));
        lower[i] = (char)(byte == '`' ? '\'' : byte);
    }
    return true;
}

ng_status ng_phrase_fold(ng_ctx *cx, ng_view text, ng_buffer *scratch, ng_phrase *out)
{
    char lower[2 * PACKED_KEY_BYTES];
    ng_status status = NG_OK;

    if (fold_ascii(text, lower, sizeof lower)) {
        ng_phrase_split((ng_view){ lower, text.size }, out);
        return NG_OK;
    }
    if (text.size > 16 * (size_t)PACKED_KEY_BYTES)
        text.size = 0; /* no phrase is so long */
    out->size = 0;
    out->is_cut = text.size == 0;
    scratch->size = 0;
    status = ng_utf8_fold(cx, text, scratch);
    if (status == NG_OK && text.size > 0)
        ng_phrase_split(ng_buffer_view(scratch), out);
    return status;
}
