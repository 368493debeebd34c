/* Authors in citations: "(Doe, Roe & Poe, 2019a; Doe et al., 2020)".
 *
 * The tagger rarely saw such text, and a surname in brackets looks like anything. A word is an
 * author when from an opening bracket or semicolon before it to a year behind it there is nothing
 * but capitalised words, commas and "and", or when "et al." follows it. It is a hint only:
 * "(Berlin, 2010)" looks the same. O(1): at most so many words are looked at. */
#include "mentions_internal.h"

enum { AUTHOR_WORDS = 24 };

static ng_view word_at(const ng_reading *reading, const ng_candidate *candidate, uint32_t token)
{
    const ng_text *text = reading->text;

    if (token >= text->token_count ||
        text->tokens[token].sentence != text->tokens[candidate->first].sentence)
        return NG_VIEW_NONE;
    return ng_token_text(text, token);
}

/* "2019", "2019a" */
static bool is_year(ng_view word)
{
    if (word.size < 4 || word.size > 5 ||
        !(ng_view_starts(word, NG_VIEW("19")) || ng_view_starts(word, NG_VIEW("20")) ||
          ng_view_starts(word, NG_VIEW("18"))))
        return false;
    return word.data[2] >= '0' && word.data[2] <= '9' && word.data[3] >= '0' &&
           word.data[3] <= '9' && (word.size == 4 || (word.data[4] >= 'a' && word.data[4] <= 'z'));
}

/* What may stand between the authors of one work. */
static bool is_between(const ng_reading *reading, uint32_t token, ng_view word)
{
    return ng_view_equal(word, NG_VIEW(",")) || ng_view_equal(word, NG_VIEW("&")) ||
           ng_view_equal(word, NG_VIEW("and")) || ng_view_equal(word, NG_VIEW("-")) ||
           reading->text->tokens[token].flags & NG_TOKEN_CAPITAL ||
           reading->words[token].marks & NG_WORD_PARTICLE;
}

/* True when a bracket or semicolon opens the list of authors before the candidate. */
static bool is_opened(const ng_reading *reading, const ng_candidate *candidate)
{
    for (uint32_t i = 0; i < AUTHOR_WORDS && i < candidate->first; i++) {
        uint32_t token = candidate->first - 1 - i;
        ng_view word = word_at(reading, candidate, token);

        if (ng_view_equal(word, NG_VIEW("(")) || ng_view_equal(word, NG_VIEW(";")))
            return true;
        if (word.size == 0 || !is_between(reading, token, word))
            return false;
    }
    return false;
}

/* True when a year and a mark end the list of authors. */
static bool is_closed(const ng_reading *reading, const ng_candidate *candidate)
{
    for (uint32_t i = 0; i < AUTHOR_WORDS; i++) {
        uint32_t token = candidate->end + i;
        ng_view word = word_at(reading, candidate, token);

        if (is_year(word)) {
            ng_view next = word_at(reading, candidate, token + 1);

            return next.size == 1 && memchr(");,:", next.data[0], 4);
        }
        if (word.size == 0 || !is_between(reading, token, word))
            return false;
    }
    return false;
}

/* True for what the dictionaries have as a place or organization and not as a surname. */
static bool is_known_as_other(const ng_candidate *candidate)
{
    return candidate->match && candidate->match->classes & NG_WHOLE_CLASSES &&
           !(candidate->match->classes & 1u << NG_NAME_SURNAME);
}

bool ng_candidate_is_cited(const ng_reading *reading, const ng_candidate *candidate)
{
    ng_view next = word_at(reading, candidate, candidate->end);

    if (next.size == 0 || candidate->end - candidate->first > 3 || is_known_as_other(candidate))
        return false;
    if (ng_view_equal(next, NG_VIEW("et")))
        return ng_view_starts(word_at(reading, candidate, candidate->end + 1), NG_VIEW("al"));
    if (!ng_view_equal(next, NG_VIEW(",")) && !ng_view_equal(next, NG_VIEW("&")) &&
        !ng_view_equal(next, NG_VIEW("and")) && !is_year(next))
        return false;
    return is_closed(reading, candidate) && is_opened(reading, candidate);
}
