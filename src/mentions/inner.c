/* What holds the words of a name together: small words between them, hyphens, and the few other
 * marks that stand inside names.
 *
 * Nothing here begins or ends a name. Where the tagger is to decide whether "Ministry of Defence
 * and Sport" is one name or two, it has to see the words in one stretch; so these only say what may
 * stand inside. */
#include "tagger_internal.h"

/* True when the word is in the list. */
static bool is_among(ng_view word, const ng_view *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ng_view_equal(word, list[i]))
            return true;
    return false;
}

#define IS_AMONG(word, list) is_among(word, list, sizeof(list) / sizeof *(list))

/* Up to four bytes as one number. */
#define WORD(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

bool ng_word_joins(ng_view word)
{
    uint32_t key = 0;

    if (word.size > 4)
        return false;
    for (size_t i = 0; i < word.size; i++)
        key = key << 8 | (unsigned char)word.data[i];
    switch (key) {
    case WORD(0, 'a', 'n', 'd'):
    case WORD(0, 0, 'o', 'f'):
    case WORD(0, 0, 'o', 'n'):
    case WORD(0, 'f', 'o', 'r'):
    case WORD(0, 't', 'h', 'e'):
    case WORD('u', 'p', 'o', 'n'):
    /* "Frankfurt am Main", "Rothenburg ob der Tauber", "Partei für Freiheit und Fortschritt" */
    case WORD(0, 0, 'a', 'm'):
    case WORD(0, 0, 'i', 'm'):
    case WORD(0, 0, 'o', 'b'):
    case WORD(0, 'u', 'n', 'd'):
    case WORD('f', 0xC3, 0xBC, 'r'):
    case WORD(0, 'o', 'c', 'h'):
    case WORD(0, 0, 'o', 'g'):
    /* "Pointe à Pitre", "Aix en Provence", "Boulogne sur Mer" */
    case WORD(0, 0, 0xC3, 0xA0):
    case WORD(0, 0, 'a', 'u'):
    case WORD(0, 'a', 'u', 'x'):
    case WORD(0, 0, 'e', 'n'):
    case WORD('s', 'o', 'u', 's'):
    case WORD(0, 's', 'u', 'r'):
    /* "Ramón i Cajal", "Ki no Tsurayuki", "Adalet ve Kalkınma", "Unia na rzecz", "Woodrow s" */
    case WORD(0, 0, 0, 'i'):
    case WORD(0, 0, 0, 'o'):
    case WORD(0, 0, 0, 's'):
    case WORD(0, 0, 0, 'v'):
    case WORD(0, 0, 'n', 'o'):
    case WORD(0, 0, 'n', 'a'):
    case WORD(0, 0, 'v', 'e'):
    case WORD(0, 0, 'z', 'a'):
    case WORD(0, 'd', 'l', 'a'):
        return true;
    default:
        return false;
    }
}

#undef WORD

bool ng_word_is_suffix(ng_view word)
{
    static const ng_view suffixes[] = { { "Jr", 2 }, { "Jr.", 3 }, { "JR", 2 }, { "JR.", 3 },
                                        { "Sr", 2 }, { "Sr.", 3 }, { "SR", 2 }, { "SR.", 3 } };

    return word.size <= 3 && IS_AMONG(word, suffixes);
}

/* Inc. and its like. */
static bool is_company_form(ng_view word)
{
    static const ng_view forms[] = { { "Inc", 3 }, { "Inc.", 4 }, { "Ltd", 3 }, { "Ltd.", 4 },
                                     { "LLC", 3 }, { "LLP", 3 },  { "Co.", 3 }, { "Corp.", 5 },
                                     { "PLC", 3 }, { "S.A.", 4 }, { "L.P.", 4 } };

    return IS_AMONG(word, forms);
}

/* True for a word with a capital in the sentence of token i. */
static bool is_capital(const ng_reading *reading, uint32_t i, uint32_t other)
{
    const ng_token *tokens = reading->text->tokens;

    return other < reading->text->token_count && tokens[other].sentence == tokens[i].sentence &&
           tokens[other].flags & NG_TOKEN_CAPITAL;
}

/* True when white space stands before the token; behind the last one, too. */
static bool has_space(const ng_reading *reading, uint32_t i)
{
    return i >= reading->text->token_count ||
           reading->text->tokens[i].flags & NG_TOKEN_SPACE_BEFORE;
}

/* True for a hyphen. */
static bool is_hyphen(const ng_reading *reading, uint32_t i)
{
    static const ng_view hyphens[] = { { "-", 1 }, { "‐", 3 }, { "‑", 3 } };

    return i < reading->text->token_count && IS_AMONG(ng_token_text(reading->text, i), hyphens);
}

/* True for a hyphen that words stand around without a space. */
static bool is_tight_hyphen(const ng_reading *reading, uint32_t i)
{
    return is_hyphen(reading, i) && !has_space(reading, i) && !has_space(reading, i + 1);
}

bool ng_reading_is_linked(const ng_reading *reading, uint32_t i)
{
    return reading->words[i].marks & NG_WORD_LINKED && i > 0 && is_tight_hyphen(reading, i - 1) &&
           is_tight_hyphen(reading, i + 1) && is_capital(reading, i, i + 2);
}

/* True for the hyphen of "Al - Jubeir", as some programs write it. */
static bool follows_article(const ng_reading *reading, uint32_t i)
{
    return i > 0 && is_hyphen(reading, i) && is_capital(reading, i, i + 1) &&
           ng_token_text(reading->text, i - 1).size == 2 &&
           reading->words[i - 1].classes & (1u << NG_NAME_PARTICLE);
}

/* True for the comma of "Sammy Davis, Jr." and "Acme, Inc." */
static bool precedes_suffix(const ng_reading *reading, uint32_t i)
{
    ng_view next;

    if (i == 0 || !is_capital(reading, i, i - 1) || !is_capital(reading, i, i + 1))
        return false;
    next = ng_token_text(reading->text, i + 1);
    return ng_word_is_suffix(next) || is_company_form(next);
}

/* True for a quotation mark. */
static bool is_quote(const ng_reading *reading, uint32_t i)
{
    static const ng_view quotes[] = { { "\"", 1 }, { "'", 1 }, { "“", 3 },
                                      { "”", 3 },  { "‘", 3 }, { "’", 3 } };

    return i < reading->text->token_count &&
           reading->text->tokens[i].flags & NG_TOKEN_PUNCTUATION &&
           IS_AMONG(ng_token_text(reading->text, i), quotes);
}

/* True for the first quotation mark of: George "Babe" Ruth. */
static bool opens_nickname(const ng_reading *reading, uint32_t i)
{
    uint32_t close = i + 2;

    if (!is_quote(reading, i) || !has_space(reading, i) || has_space(reading, i + 1) || i == 0 ||
        !is_capital(reading, i, i - 1) || !is_capital(reading, i, i + 1))
        return false;
    if (is_capital(reading, i, close) && has_space(reading, close))
        close++;
    return is_quote(reading, close) && !has_space(reading, close) &&
           has_space(reading, close + 1) && is_capital(reading, i, close + 1);
}

/* True for the first or the second one. */
static bool is_nickname_quote(const ng_reading *reading, uint32_t i)
{
    if (has_space(reading, i))
        return opens_nickname(reading, i);
    return i > 2 && is_capital(reading, i, i + 1) && is_quote(reading, i) &&
           (opens_nickname(reading, i - 2) || (i > 3 && opens_nickname(reading, i - 3)));
}

bool ng_reading_is_inner_mark(const ng_reading *reading, uint32_t i)
{
    switch (reading->text->text.data[reading->text->tokens[i].start]) {
    case '&':
        return true;
    case '-':
        return is_tight_hyphen(reading, i) || follows_article(reading, i);
    case ',':
        return precedes_suffix(reading, i);
    case '\xE2': /* the first byte of curly quotes and long hyphens */
        return is_tight_hyphen(reading, i) || is_nickname_quote(reading, i);
    case '"':
    case '\'':
        return is_nickname_quote(reading, i);
    default:
        return false;
    }
}
