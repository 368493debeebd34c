/* Is a text English? The share of its words that are the commonest of English tells. */
#include "mentions_internal.h"

enum { WORDS_LOOKED_AT = 2000, WORDS_NEEDED = 50, SHARE_NEEDED = 8, LETTERS_MAX = 5 };

/* The commonest words by their length, one after the other. */
static const ng_view common_words[LETTERS_MAX + 1] = {
    [2] = { "oftoisitby", 10 },
    [3] = { "theandwasforhisarehadnothasyou", 30 },
    [4] = { "thatwiththisfromhavetheywerebeenwill", 36 },
    [5] = { "whichtheirwouldthere", 20 },
};

static bool is_english_word(const char *word, size_t size)
{
    ng_view common = common_words[size];

    for (size_t at = 0; at < common.size; at += size)
        if (common.data[at] == word[0] && memcmp(common.data + at, word, size) == 0)
            return true;
    return false;
}

bool ng_text_is_english(const ng_text *text)
{
    size_t words = 0, hits = 0;

    for (size_t i = 0; i < text->token_count && words < WORDS_LOOKED_AT; i++) {
        char lower[LETTERS_MAX];
        ng_view word = ng_token_text(text, i);
        if (!(text->tokens[i].flags & NG_TOKEN_WORD))
            continue;
        words++;
        if (word.size > sizeof lower)
            continue;
        for (size_t k = 0; k < word.size; k++)
            lower[k] = (char)(word.data[k] >= 'A' && word.data[k] <= 'Z' ? word.data[k] | 32
                                                                         : word.data[k]);
        hits += is_english_word(lower, word.size);
    }
    return words < WORDS_NEEDED || hits * 100 >= words * SHARE_NEEDED;
}
