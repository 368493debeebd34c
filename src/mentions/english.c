/* Is a text English? The share of its words that are the commonest of English tells. */
#include "mentions_internal.h"

enum {
    WORDS_LOOKED_AT = 2000,
    WORDS_NEEDED = 50,
    SHARE_NEEDED = 8,
    LETTERS_MIN = 2,
    LETTERS_MAX = 5,
    ROW_BYTES = 8, /* of a word with zeros behind it: one number */
    PLACES = 64
};

/* The commonest words, each at the place of its own that place_of gives it. */
static const char common_words[PLACES][ROW_BYTES] = {
    [0] = "are",   [3] = "their",  [5] = "is",    [7] = "not",   [15] = "which", [16] = "his",
    [22] = "will", [27] = "had",   [29] = "this", [33] = "for",  [34] = "the",   [36] = "there",
    [38] = "been", [39] = "would", [41] = "were", [42] = "with", [44] = "you",   [46] = "of",
    [47] = "from", [48] = "has",   [50] = "was",  [51] = "to",   [53] = "and",   [55] = "have",
    [56] = "that", [60] = "it",    [61] = "by",   [63] = "they"
};

/* Where a word of two letters and more is if it is common. The numbers were found by trial. */
static unsigned place_of(const char *lower, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)lower;

    return (bytes[0] * 30u + bytes[1] * 156u + bytes[size - 1] * 219u + (unsigned)size) % PLACES;
}

/* True for a common word of at most LETTERS_MAX bytes; ROW_BYTES from `word` on may be read. There
 * is no branch in it: which words are common cannot be foreseen. */
static bool is_common(const char *word, size_t size)
{
    static const unsigned char kept[2 * ROW_BYTES] = { 255, 255, 255, 255, 255, 255, 255, 255 };
    static const char small[ROW_BYTES] = "        "; /* bit 5 makes small letters of capitals */
    uint64_t bytes, mask, bits, common;
    char lower[ROW_BYTES];

    memcpy(&bytes, word, sizeof bytes);
    memcpy(&mask, kept + ROW_BYTES - size, sizeof mask);
    memcpy(&bits, small, sizeof bits);
    bytes = (bytes | bits) & mask;
    memcpy(lower, &bytes, sizeof lower);
    memcpy(&common, common_words[place_of(lower, size)], sizeof common);
    return bytes == common;
}

/* The same of any token of a text. */
static bool is_common_token(const ng_text *text, size_t i)
{
    ng_view word = ng_token_text(text, i);
    char copy[ROW_BYTES] = { 0 };

    if (word.size < LETTERS_MIN || word.size > LETTERS_MAX)
        return false;
    if (text->text.size - text->tokens[i].start >= ROW_BYTES)
        return is_common(word.data, word.size);
    memcpy(copy, word.data, word.size);
    return is_common(copy, word.size);
}

bool ng_text_is_english(const ng_text *text)
{
    size_t words = 0, hits = 0;

    for (size_t i = 0; i < text->token_count && words < WORDS_LOOKED_AT; i++) {
        if (!(text->tokens[i].flags & NG_TOKEN_WORD))
            continue;
        words++;
        hits += is_common_token(text, i);
    }
    return words < WORDS_NEEDED || hits * 100 >= words * SHARE_NEEDED;
}
