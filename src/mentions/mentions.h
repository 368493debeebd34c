/* The door of mentions: tokens become typed spans with a confidence. */
#ifndef NG_MENTIONS_H
#define NG_MENTIONS_H

#include "../names/names.h"
#include "../tokens/tokens.h"

/* A span of tokens that names somebody or something. */
typedef struct ng_span {
    uint32_t first_token, end_token; /* the span is made of whole tokens */
    uint32_t title_first;            /* first token of the title before it; == first_token: none */
    uint8_t kind;                    /* ng_kind */
    uint8_t form;     /* ng_form: NAME, DEMONYM, ALIAS, METONYM is the actors' choice */
    float confidence; /* 0 ... 1 */
    char code[8];     /* country code when the dictionary knows it, else "" */
    const char *rule; /* static: what found it ("title", "forename", "country") */
} ng_span;

typedef struct ng_spans {
    ng_span *items; /* sorted by first_token, not overlapping; in the arena */
    size_t count;
} ng_spans;

/* Compiled patterns and everything else that finding needs. Shared by all threads, read-only. */
typedef struct ng_finder ng_finder;

/* `names` is borrowed. Fails with NG_E_DATA when a user's pattern does not compile (names its
 * line). */
ng_status ng_finder_new(ng_ctx *cx, const ng_names *names, ng_finder **finder_out);
void ng_finder_free(ng_ctx *cx, ng_finder *finder);

/* Finds persons, countries, places, organizations and peoples; titles and possessives stay outside
 * the span. Languages and cuisines are no mentions. Demonyms have form DEMONYM and a code.
 * Thread-safe. Results live in the arena. Cost: O(tokens). */
ng_status ng_spans_find(ng_ctx *cx, const ng_finder *finder, ng_arena *arena, const ng_text *text,
                        ng_spans *spans_out);

/* True when the text has the common words of English: at least 8 % of its first 2000 words are
 * among them, or it has fewer than 50 words. */
bool ng_text_is_english(const ng_text *text);

#endif
