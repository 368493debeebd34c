/* The door of names: the dictionaries built into the program, and the user's rules.
 *
 * A dictionary entry is a phrase of words (folded by ng_utf8_fold) with a class, a value and bits.
 * Everything is read-only after ng_names_new and shared by all threads. */
#ifndef NG_NAMES_H
#define NG_NAMES_H

#include "../base/base.h"
#include "../tokens/tokens.h"
#include <nergraph/options.h>

/* What a phrase is known as. One phrase can have several entries. */
typedef enum ng_name_class {
    NG_NAME_COUNTRY, /* value: code ("IL"); form: NG_NAME_FORM_* in `detail` */
    NG_NAME_DEMONYM, /* value: code; detail: NG_NAME_USE_* */
    NG_NAME_PEOPLE,  /* value: label */
    NG_NAME_LANGUAGE,
    NG_NAME_METONYM,            /* value: code; detail: NG_NAME_CAPITAL or NG_NAME_SEAT */
    NG_NAME_SUBDIVISION,        /* value: code ("US-CA") */
    NG_NAME_CITY,               /* value: canonical name; country; weight: population */
    NG_NAME_GEOGRAPHY,          /* value: type ("river") */
    NG_NAME_STATE_ABBREVIATION, /* value: full name ("California") */
    NG_NAME_FORENAME,           /* detail: 'm', 'f' or 'u'; weight 1 ... 1000 */
    NG_NAME_SURNAME,            /* weight 1 ... 1000 */
    NG_NAME_TITLE,              /* value: class ("role"); detail: 'm', 'f' or '-' */
    NG_NAME_NICKNAME,           /* value: full forename */
    NG_NAME_PARTICLE,           /* detail: 'l' (lower case only) or 'b' */
    NG_NAME_ORGANIZATION,       /* value: label */
    NG_NAME_ORGANIZATION_WORD,  /* detail: 'h', 't' or 'a' (head, tail, any) */
    NG_NAME_PLACE_WORD,         /* detail: 'h', 't' or 'a' */
    NG_NAME_PERSON_WORD,        /* detail: 'a' (follows a person) or 'b' (precedes) */
    NG_NAME_PLACE_CONTEXT,      /* detail: 'a' or 'b' */
    NG_NAME_NOT_NAME,
    NG_NAME_COMMON, /* ordinary word; weight: per cent written in lower case, 0 ... 100 */
    NG_NAME_RULE,   /* named by an alias or type rule; detail: ng_kind, or NG_KIND_COUNT if unknown;
                       value: the actor's name (alias: its b); country: its code if it is one */
    NG_NAME_VARIANT, /* value: the spelling that it is compared as, folded */
    NG_NAME_CLASS_COUNT
} ng_name_class;

enum {
    NG_NAME_FORM_CANONICAL,
    NG_NAME_FORM_NAME,
    NG_NAME_FORM_LONG,
    NG_NAME_FORM_ABBREVIATION,
    NG_NAME_FORM_ALIAS,
    NG_NAME_FORM_FORMER,
    NG_NAME_FORM_LOCAL,
    NG_NAME_FORM_PART
};
enum { NG_NAME_USE_ADJECTIVE, NG_NAME_USE_NOUN, NG_NAME_USE_BOTH, NG_NAME_USE_PREFIX };
enum { NG_NAME_CAPITAL, NG_NAME_SEAT };

typedef struct ng_name_entry {
    uint8_t class_; /* ng_name_class */
    uint8_t detail;
    bool is_exact; /* matches only as written in `spelling` (abbreviations: "US", "Calif.") */
    uint32_t weight;
    ng_view value;
    ng_view country;  /* code, or empty */
    ng_view region;   /* of a CITY, where known: code of its subdivision ("US-TX"), else empty */
    ng_view spelling; /* as the dictionary writes it, is_exact ones without full stops; empty in
                         other entries of CITY, FORENAME, SURNAME and COMMON */
} ng_name_entry;

typedef struct ng_names ng_names;

/* Opens the built-in dictionaries and, unless rules_path is NULL, reads the user's rules.
 * Fails with NG_E_IO, or NG_E_DATA naming file and line of a bad rule. Free with ng_names_free. */
ng_status ng_names_new(ng_ctx *cx, const char *rules_path, ng_names **names_out);

/* The same without some lines of the rules (numbered from 1), to find out what else is wrong. */
ng_status ng_names_new_without(ng_ctx *cx, const char *rules_path, const uint32_t *lines,
                               size_t line_count, ng_names **names_out);
void ng_names_free(ng_ctx *cx, ng_names *names);

/* Appends the key of a name, as the dictionaries and rules compare it: ng_utf8_fold, then words
 * joined by single spaces; hyphens are spaces, full stops are left out ("U.S." is "us"), a
 * possessive 's is a word of its own, "st" is "saint". A key ends after 127 bytes. ng_names_find
 * and the like do the second half themselves, so what ng_utf8_fold gives is good enough for them.
 */
ng_status ng_names_fold(ng_ctx *cx, ng_view text, ng_buffer *out);

/* The entries of one phrase given as folded words joined by single spaces ("long beach").
 * Returns how many; *entries_out borrowed from the dictionaries (valid as long as `names`), sorted
 * by class, then largest weight or likeliest reading first. Entries with is_exact are among them.
 * Most classes are written with a capital in running text; the caller looks at the token. O(1). */
size_t ng_names_find(const ng_names *names, ng_view folded, const ng_name_entry **entries_out);

/* The bit set (1u << ng_name_class) of a folded word or phrase; 0 when unknown. Entries with
 * is_exact do not count, so that the pronoun "us" is no country. */
uint32_t ng_names_classes(const ng_names *names, ng_view folded);

/* The first entry of that class, or NULL. */
const ng_name_entry *ng_names_get(const ng_names *names, ng_view folded, ng_name_class class_);

/* Where a city lies. */
typedef struct ng_where {
    uint32_t id;                /* of GeoNames */
    double latitude, longitude; /* degrees, to hundredths */
} ng_where;

/* Looks up where the city of an entry of class CITY lies. O(log cities). */
bool ng_names_where(const ng_names *names, const ng_name_entry *city, ng_where *where_out);

/* The canonical name of a country, territory, former state or part of a state that has demonyms
 * ("IL" gives "Israel", "SUHH" "Soviet Union", "GB-SCT" "Scotland"; also "EU" and "UN", which some
 * metonyms stand for), or empty. O(log codes). */
ng_view ng_names_country(const ng_names *names, ng_view code);

/* A phrase of a dictionary found in the text. */
typedef struct ng_name_match {
    uint32_t first_token, end_token;
    const ng_name_entry *entries;
    uint32_t entry_count;
    uint32_t classes; /* bit set */
} ng_name_match;

/* ---- the lexicon: word types and what is known of each ---- */

/* A token without regard to where it stands: its bytes and the flags that belong to the word. */
typedef struct ng_word_type {
    ng_view written, folded;    /* folded as keys are; a line feed when it can be in no name */
    uint32_t flags;             /* NG_TOKEN_*, but for those of the place */
    uint32_t hash;              /* of `folded`, to be gone on with */
    const ng_name_match *match; /* of the word alone, or NULL; its tokens are 0 and 1 */
    bool goes_on;               /* some phrase of two words or more begins with it */
    bool is_hyphen;             /* a hyphen or short dash */
} ng_word_type;

/* The types that were met, remembered from text to text. One for each thread. */
typedef struct ng_lexicon ng_lexicon;

/* `names` is borrowed. Free with ng_lexicon_free. */
ng_status ng_lexicon_new(ng_ctx *cx, const ng_names *names, ng_lexicon **lexicon_out);
void ng_lexicon_free(ng_ctx *cx, ng_lexicon *lexicon);

/* Writes the id of the type of each token to `types` (token_count values). A lexicon that has
 * become too large is emptied first: then its generation is another one and ids begin at 0. Ids
 * and what is in a type hold until the next call. O(tokens). */
ng_status ng_lexicon_read(ng_ctx *cx, ng_lexicon *lexicon, const ng_text *text, uint32_t *types);

const ng_word_type *ng_lexicon_types(const ng_lexicon *lexicon); /* by id */
size_t ng_lexicon_count(const ng_lexicon *lexicon);
uint32_t ng_lexicon_generation(const ng_lexicon *lexicon);
const ng_names *ng_lexicon_names(const ng_lexicon *lexicon);

/* All phrases of two words or more in a text, longest first at each token; single words are in the
 * lexicon. Words are compared folded; hyphens and spaces between words are the same; a full stop
 * inside an abbreviation may be missing. A match does not cross a sentence. Entries with is_exact
 * are there only if the text is written like them, and the names of alias and type rules are found
 * as NG_NAME_RULE. `types` as ng_lexicon_read gave them. Results live in the arena, sorted by
 * first_token, then longer first. O(tokens). */
ng_status ng_names_match(ng_ctx *cx, ng_arena *arena, const ng_lexicon *lexicon,
                         const ng_text *text, const uint32_t *types, ng_name_match **matches_out,
                         size_t *count_out);

/* ---- user rules ---- */

typedef enum ng_rule_verb {
    NG_RULE_ALIAS,       /* a = b: the name a is the actor b */
    NG_RULE_NEVER_MERGE, /* the names a and b are never one actor */
    NG_RULE_IGNORE,      /* the name a is no actor */
    NG_RULE_TYPE,        /* the name a is of kind b */
    NG_RULE_PATTERN      /* the regular expression a finds names of kind b */
} ng_rule_verb;

typedef struct ng_rule {
    ng_rule_verb verb;
    ng_view a, b; /* as written */
    ng_view a_folded, b_folded;
    ng_kind kind;  /* of TYPE and PATTERN */
    uint32_t line; /* in the file, from 1 */
} ng_rule;

/* All rules in the order of the file. Borrowed. */
const ng_rule *ng_names_rules(const ng_names *names, size_t *count_out);

/* The path of the rules' file as it was given, for messages; empty without rules. Borrowed. */
ng_view ng_names_rules_path(const ng_names *names);

/* The last rule with this verb whose `a` (folded) is the name, or NULL. O(1) on average. */
const ng_rule *ng_names_rule(const ng_names *names, ng_rule_verb verb, ng_view folded);

/* Hexadecimal hash of the user's rules, "" when there are none. */
ng_view ng_names_rules_hash(const ng_names *names);

#endif
