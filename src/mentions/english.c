/* Is a text English? The share of its words that are the commonest of English tells. */
#include "mentions_internal.h"

enum { WORDS_LOOKED_AT = 2000, WORDS_NEEDED = 50, SHARE_NEEDED = 8, LETTERS_MAX = 5, PLACES = 64 };

/* The commonest words, each at the place of its own that place_of gives it. */
static const char common_words[PLACES][LETTERS_MAX + 1] = {
    [0] = "are", [3] = "their", [5] = "is", [7] = "not", [15] = "which", [16] = "his", [22] =
    "will", [27] = "had", [29] = "this", [33] = "for", [34] = "the", [36] = "there", [38] =
    "been", [39] = "would", [41] = "were", [42] = "with", [44] = "you", [46] = "of", [47] =
    "from", [48] = "has", [50] = "was", [51] = "to", [53] = "and", [55] = "have", [56] = "that",
    [60] = "it", [61] = "by", [63] = "they"
};

/* A byte of a word; a capital letter as its small one. */
static unsigned lower(char byte)
{
    return (unsigned char)byte | 32u;
}

/* Where a word of two letters and more is if it is common. The numbers were found by trial. */
static unsigned place_of(ng_view word)
{
    return (lower(word.data[0]) * 30 + lower(word.data[1]) * 156 +
            lower(word.data[word.size - 1]) * 219 + (unsigned)word.size) %
           PLACES;
}

static bool is_english_word(ng_view word)
{
    const char *common = NULL;

    if (word.size < 2 || word.size > LETTERS_MAX)
        return false;
    common = common_words[place_of(word)];
    for (size_t i = 0; i < word.size; i++)
        if (lower(word.data[i]) != (unsigned char)common[i])
            return false;
    return common[word.size] == '\0';
}

bool ng_text_is_english(const ng_text *text)
{
    size_t words = 0, hits = 0;

    for (size_t i = 0; i < text->token_count && words < WORDS_LOOKED_AT; i++) {
        if (!(text->tokens[i].flags & NG_TOKEN_WORD))
            continue;
        words++;
        hits += is_english_word(ng_token_text(text, i));
    }
    return words < WORDS_NEEDED || hits * 100 >= words * SHARE_NEEDED;
}
