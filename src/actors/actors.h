/* The door of actors: spans become actors, one per real-world party, with the reason of every join.
 */
#ifndef NG_ACTORS_H
#define NG_ACTORS_H

#include "../mentions/mentions.h"

/* One party of one document. Strings live in the document's arena. */
typedef struct ng_actor {
    ng_view id;    /* "person:benjamin-netanyahu" */
    ng_view label; /* "Benjamin Netanyahu" */
    uint8_t kind;
    char code[8];   /* country code or "" */
    ng_where where; /* of a place that is a city of the dictionary; id 0: not known */
    float where_confidence;
} ng_actor;

/* A decision of this document. `actor` is the index of the actor the name was joined to, or of the
 * actor it was kept apart from. A name that fits several has a refusal with each of them (at most
 * eight) and one with its own actor (rule "ambiguous"). The entry of a name that a user's
 * rule ignores has NG_NO_ACTOR. Sorted by actor, name, rule, evidence. */
typedef struct ng_ledger_entry {
    uint32_t actor;
    bool is_joined;
    ng_view name;
    const char *rule; /* static */
    ng_view evidence; /* in words, one line */
} ng_ledger_entry;

#define NG_NO_ACTOR UINT32_MAX

/* A pronoun that means an actor. */
typedef struct ng_pronoun {
    uint32_t token, actor;
} ng_pronoun;

/* All parties of one document. */
typedef struct ng_cast {
    ng_actor *actors; /* in the order of their first mention */
    size_t actor_count;
    uint32_t *of_span;    /* actor of each span, NG_NO_ACTOR when the user's rules ignore it */
    uint8_t *forms;       /* ng_form of each span, after metonyms were decided */
    const bool *stands;   /* of each span: a capital or seat that stands for its state here */
    const uint32_t *ends; /* the token after each span and what says where it is: "Paris, Texas" */
    ng_pronoun *pronouns; /* in the order of the text; none unless options->pronouns */
    size_t pronoun_count;
    ng_ledger_entry *ledger;
    size_t ledger_count;
} ng_cast;

/* Joins the spans of a document into actors. Never joins kinds; a bare surname or forename joins
 * the one full name it fits; two fits: it stays an actor of its own and says so, unless a title
 * tells, or one of the names stands in full before it and all others only later. Nothing else
 * depends on the order of names in the text. `origin` names the document in evidence; when its data
 * is NULL, no evidence is wanted and the ledger stays empty. Cost: O(spans log spans). */
ng_status ng_cast_make(ng_ctx *cx, const ng_names *names, const ng_options *options,
                       ng_arena *arena, const ng_text *text, const ng_spans *spans, ng_view origin,
                       ng_cast *cast_out);

/* How sure a join or refusal by this rule is, 0 ... 1; 0 for a rule that is not known. For the
 * rules with ten cases and more on the named mentions of GUM and LitBank near the share that was
 * right there, careful guesses elsewhere. */
double ng_rule_confidence(ng_view rule, bool is_joined);

/* The group of a person's label: forename and surname as names are compared, the forename in full
 * where it is short for one ("bill" is "william"). Empty when the label has not both. The text
 * lives in the arena. */
ng_status ng_names_group(ng_ctx *cx, const ng_names *names, ng_arena *arena, ng_view label,
                         ng_view *group_out);

/* What becomes of one name: the index of the name it goes with (its own when it stays) and why
 * (static). */
typedef struct ng_union {
    uint32_t root;
    const char *rule;
} ng_union;

/* True when a document holds names a and b (indices) as two people. */
typedef bool ng_apart_fn(const void *user, size_t a, size_t b);

/* Which labels of one group are one person's. The result does not depend on their order but for
 * the numbers. Scratch memory comes from the arena. O(count^2). */
ng_status ng_names_unite(ng_ctx *cx, const ng_names *names, ng_arena *arena, const ng_view *labels,
                         size_t count, ng_apart_fn *is_apart, const void *user,
                         ng_union *unions_out);

#endif
