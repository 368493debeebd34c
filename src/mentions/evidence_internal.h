/* A candidate under examination: what evidence.c (the span itself) and context.c (the words around
 * it) ask about it. */
#ifndef NG_MENTIONS_EVIDENCE_INTERNAL_H
#define NG_MENTIONS_EVIDENCE_INTERNAL_H

#include "mentions_internal.h"

#include <assert.h>

enum {
    FORENAME_USUAL = 60,
    SURNAME_USUAL = 32,
    PERSON_STRONG = 140,
    PERSON_WEAK = 40,
    CITY_MIDDLE = 80000,
    CITY_LARGE = 500000,
    SHARE_COMMON = 60,
    SHARE_HALF = 15
};

#define CLASS(name) (1u << NG_NAME_##name)
#define PLACE_CLASSES                                                                              \
    (CLASS(COUNTRY) | CLASS(METONYM) | CLASS(SUBDIVISION) | CLASS(CITY) | CLASS(GEOGRAPHY))
#define KNOWN_CLASSES                                                                              \
    (PLACE_CLASSES | CLASS(FORENAME) | CLASS(SURNAME) | CLASS(NICKNAME) | CLASS(COMMON) |          \
     CLASS(DEMONYM) | CLASS(PEOPLE) | CLASS(ORGANIZATION) | CLASS(NOT_NAME))

/* A candidate under examination. */
typedef struct view {
    const ng_reading *reading;
    const ng_candidate *candidate;
    const ng_word *words; /* of the text */
    ng_evidence *out;
    uint32_t content[NG_CANDIDATE_WORDS]; /* tokens that are no connectors */
    size_t count;
    bool is_joined; /* by of, and, for */
} view;

static inline void say(const view *v, ng_feature feature)
{
    assert(v->out->count < NG_FEATURES_MAX);
    if (v->out->count < NG_FEATURES_MAX)
        v->out->items[v->out->count++] = (uint16_t)feature;
}

static inline void say_if(const view *v, bool is_so, ng_feature feature)
{
    if (is_so)
        say(v, feature);
}

static inline ng_view text_of(const view *v, uint32_t token)
{
    return ng_token_text(v->reading->text, token);
}

static inline unsigned flags_of(const view *v, uint32_t token)
{
    return v->reading->text->tokens[token].flags;
}

static inline bool is_text(const view *v, uint32_t token, const char *word)
{
    ng_view text = text_of(v, token);

    return text.size > 0 && text.data[0] == word[0] && ng_view_equal(text, ng_view_of(word));
}

/* True for a word in capitals in a sentence that is not: NATO. */
static inline bool is_acronym(const view *v, uint32_t token)
{
    return (flags_of(v, token) & NG_TOKEN_ALL_CAPS) && !(flags_of(v, token) & NG_TOKEN_INITIAL) &&
           !(v->words[token].marks & NG_WORD_ROMAN) &&
           v->reading->sentence_case[v->reading->text->tokens[token].sentence] != NG_CASE_UPPER;
}

/* True for "B." of a name, not for "U.S." and "D.C." */
static inline bool is_initial(const view *v, uint32_t token)
{
    return flags_of(v, token) & NG_TOKEN_INITIAL &&
           !(v->words[token].classes & (PLACE_CLASSES | CLASS(STATE_ABBREVIATION)));
}

static inline bool is_unknown(const view *v, uint32_t token)
{
    return !(v->words[token].classes & KNOWN_CLASSES) && !(flags_of(v, token) & NG_TOKEN_INITIAL);
}

static inline bool is_forename(const view *v, uint32_t token)
{
    return (v->words[token].classes & (CLASS(FORENAME) | CLASS(NICKNAME))) != 0;
}

static inline bool is_common(const view *v, uint32_t token)
{
    return v->words[token].lower_share >= SHARE_COMMON;
}

static inline uint32_t sentence_of(const view *v, uint32_t token)
{
    return v->reading->text->tokens[token].sentence;
}

/* ---- context.c ---- */

/* Says what stands before and after the span. */
void ng_context_collect(const view *v);

#endif
