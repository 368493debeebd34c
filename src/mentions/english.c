/* Is a text English? The share of its words that are the commonest of English tells. */
#include "mentions_internal.h"

enum { WORDS_LOOKED_AT = 2000, WORDS_NEEDED = 50, SHARE_NEEDED = 8 };

static bool is_english_word(ng_view word)
{
    static const char *const common[] = { "the", "of",    "and",  "to",    "that", "is",    "was",
                                          "for", "with",  "his",  "are",   "this", "from",  "have",
                                          "had", "not",   "they", "which", "were", "their", "been",
                                          "has", "would", "will", "there", "you",  "it",    "by" };

    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (ng_view_equal(word, ng_view_of(common[i])))
            return true;
    return false;
}

bool ng_text_is_english(const ng_text *text)
{
    size_t words = 0, hits = 0;

    for (size_t i = 0; i < text->token_count && words < WORDS_LOOKED_AT; i++) {
        char lower[6];
        ng_view word = ng_token_text(text, i);
        if (!(text->tokens[i].flags & NG_TOKEN_WORD))
            continue;
        words++;
        if (word.size > sizeof lower)
            continue;
        for (size_t k = 0; k < word.size; k++)
            lower[k] = (char)(word.data[k] >= 'A' && word.data[k] <= 'Z' ? word.data[k] | 32
                                                                         : word.data[k]);
        hits += is_english_word((ng_view){ lower, word.size });
    }
    return words < WORDS_NEEDED || hits * 100 >= words * SHARE_NEEDED;
}
