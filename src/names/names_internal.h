/* What the files of names share: folding of phrases, the hash of phrases, opening packed bytes. */
#ifndef NG_NAMES_INTERNAL_H
#define NG_NAMES_INTERNAL_H

#include "names.h"
#include "packed.h"
#include "phrase.h"

/* ---- slots.c ---- */

/* A hash of phrases in the packed format, wherever it lies. home_count 0: nothing in it. */
typedef struct ng_slots {
    const packed_slot *slots;
    uint32_t home_count;
    const char *pool;
} ng_slots;

#define NG_SLOTS_HASH_START 2166136261u

/* FNV-1a of a key that goes on with `bytes`. */
static inline uint32_t ng_slots_hash(uint32_t hash, ng_view bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 16777619u;
    return hash;
}

/* What slots are sorted by: spreads what FNV leaves poor, the high bits of short keys. */
static inline uint32_t ng_slots_mix(uint32_t hash)
{
    return hash * 2654435761u;
}

/* Where the search for a mixed hash begins. */
static inline uint32_t ng_slots_home(uint32_t mixed, uint32_t home_count)
{
    return (uint32_t)((uint64_t)mixed * home_count >> 32);
}

/* The slot of a key whose FNV-1a is `hash`, or NULL. O(1) on average. */
const packed_slot *ng_slots_find(const ng_slots *slots, ng_view key, uint32_t hash);

/* A phrase and its list, before it is hashed. */
typedef struct ng_slots_phrase {
    ng_view key;
    uint32_t list;
} ng_slots_phrase;

/* A hash in the making: built by ng_slots_build, freed by ng_slots_destroy. */
typedef struct ng_slots_built {
    packed_slot *slots;
    uint32_t slot_count, home_count;
} ng_slots_built;

/* Builds the hash of `phrases` (sorted here by key; keys differ) and appends their bytes to `pool`.
 * Fails with NG_E_LIMIT or NG_E_MEMORY. O(n log n). The same phrases give the same bytes. */
ng_status ng_slots_build(ng_ctx *cx, ng_slots_phrase *phrases, size_t count, ng_buffer *pool,
                         ng_slots_built *built_out);
void ng_slots_destroy(ng_ctx *cx, ng_slots_built *built);

/* ---- rules_file.c, rules_names.c ---- */

typedef struct ng_rules {
    ng_arena strings;
    ng_rule *items;
    size_t count, capacity;
    ng_intern *keys; /* verb and folded `a` */
    uint32_t *last;  /* by id of the key: the last rule that has it */
    size_t last_capacity;
    char hash[16]; /* hexadecimal */
    ng_view path;  /* as given, for messages */
    /* the names of alias and type rules; the lists of `slots` count in `entries` and hold the
     * dictionaries' entries of the same phrase too */
    ng_slots slots;
    ng_slots_built built;
    ng_buffer pool;
    ng_name_entry *entries;
    size_t entry_count, entry_capacity;
} ng_rules;

/* A file of rules, and lines of it that are left out. */
typedef struct ng_rules_source {
    const char *path;
    const uint32_t *skipped;
    size_t skipped_count;
} ng_rules_source;

/* Reads the rules of a file; `names` (with its dictionaries, without rules) tells what is known of
 * the names in them. */
ng_status ng_rules_new(ng_ctx *cx, const ng_rules_source *source, const ng_names *names,
                       ng_rules **rules_out);
void ng_rules_free(ng_ctx *cx, ng_rules *rules);

/* The last rule with this verb and name (a key), or NULL. */
const ng_rule *ng_rules_find(const ng_rules *rules, ng_rule_verb verb, ng_view name);

/* Looks for contradictions between the rules and makes their names phrases that can be matched.
 * Fails with NG_E_DATA naming `path` and both lines. O(rules) on average. */
ng_status ng_rules_resolve(ng_ctx *cx, const char *path, const ng_names *names, ng_rules *rules);

/* ---- table.c ---- */

struct ng_names {
    ng_slots slots;
    ng_name_entry *entries;     /* as many as the packed ones */
    const unsigned char *pairs; /* bits of the dictionaries; NULL when rules have phrases, too */
    const packed_country *countries;
    uint32_t country_count;
    const packed_place *places;
    uint32_t place_count;
    const char *pool; /* of the dictionaries */
    ng_rules *rules;  /* or NULL */
};

/* As ng_names_new on other packed bytes (aligned to 8), which must stay as long as the names. */
ng_status ng_names_open(ng_ctx *cx, ng_view packed, const ng_rules_source *rules,
                        ng_names **names_out);

/* ---- lexicon.c ---- */

/* What is asked of a type when phrases are looked for. */
typedef struct ng_opening {
    uint32_t hash;     /* of the folded word */
    bool opens_phrase; /* some phrase of two words or more begins with it */
    bool is_one_word;  /* folded it is one word: with a neighbour like this it is a pair */
} ng_opening;

const ng_opening *ng_lexicon_openings(const ng_lexicon *lexicon); /* by id */

/* ---- match.c ---- */

/* What the dictionaries and rules say of one folded word, written so in the text; NULL when
 * nothing. The match lives in the arena. */
ng_status ng_names_look_up(ng_ctx *cx, ng_arena *arena, const ng_names *names, ng_view folded,
                           uint32_t hash, ng_view written, const ng_name_match **match_out,
                           bool *goes_on_out);

#endif
