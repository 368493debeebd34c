/* What the files of this room share.
 *
 * The way of a text: words.c says what is known of each token; the tagger (features.c, tagger.c,
 * tagger_internal.h) says of each stretch of words that could be names where names are likely;
 * candidates.c lists the spans with a chance; evidence.c and context.c say what speaks for and
 * against each (features.inc); the model (model.c) has the weight of each feature for each kind;
 * choose.c takes the best set of spans that do not overlap and says how sure it is; document.c
 * remembers what a first pass found and feeds it to the second; amend.c and namesake.c settle what
 * the whole choice tells; label.c gives the spans their kind,
 * form and code; rules.c and patterns.c bring the user's rules. lesson.c shows all this to the
 * trainer; scratch.c keeps what a thread remembers of words. */
#ifndef NG_MENTIONS_INTERNAL_H
#define NG_MENTIONS_INTERNAL_H

#include "mentions.h"

/* ---- words.c: what is known of a token ---- */

/* How a token can take part in a name. */
enum {
    NG_WORD_NAME = 1u << 0,      /* may stand in a name: capitalised, or known in caseless text */
    NG_WORD_CONNECTOR = 1u << 1, /* may stand inside a name: of, de, and, hyphen */
    NG_WORD_PARTICLE = 1u << 2,  /* a connector of persons: de, van, al */
    NG_WORD_COMMON = 1u << 3,    /* mostly written in lower case */
    NG_WORD_START = 1u << 4,     /* first of its sentence */
    NG_WORD_TITLE = 1u << 5,     /* part of a title phrase */
    NG_WORD_NOT_NAME = 1u << 6,  /* part of a phrase that is no name */
    NG_WORD_DEMONYM = 1u << 7,   /* the whole token (or phrase) is a demonym or people */
    NG_WORD_LINKED = 1u << 8,    /* written without a space after the token before */
    NG_WORD_LOW_START = 1u << 9, /* a common word with a capital only because of its place */
    NG_WORD_ROMAN = 1u << 10,    /* I ... XXIX */
    NG_WORD_SUFFIX = 1u << 11,   /* Jr. Sr. */
    NG_WORD_ORG_TAIL = 1u << 12,
    NG_WORD_ORG_HEAD = 1u << 13,
    NG_WORD_PLACE_TAIL = 1u << 14,
    NG_WORD_PLACE_HEAD = 1u << 15,
    NG_WORD_AFTER_PLACE_PHRASE = 1u << 16, /* "city of", "born in" end before it */
    NG_WORD_JOINS = 1u << 17,      /* a small word that may stand inside names: of, and, y */
    NG_WORD_KNOWN_SMALL = 1u << 18 /* a place or forename even in lower case: "in kerala" */
};

typedef struct ng_word {
    uint32_t classes;     /* of the token alone: bit set of ng_name_class */
    uint32_t marks;       /* NG_WORD_* */
    uint32_t first_match; /* index of the first dictionary phrase that begins here */
    uint32_t title_first; /* a title phrase from this token ends right before the token; else own */
    uint32_t phrase_first, phrase_end; /* longest known phrase with a capital over the token */
    uint16_t forename, surname;        /* weights, 0 ... 1000 */
    uint8_t lower_share; /* per cent written in lower case, of COMMON; 0 when not common */
    uint8_t title_class; /* first letter of the class of the title before it: h m n r k p */
    uint8_t few;         /* its coarsest word class + 1, or 0 */
    uint8_t kind;        /* of ng_word_kind, if its bytes alone tell it, or 0 */
} ng_word;

/* How a sentence is written. */
enum { NG_CASE_NORMAL, NG_CASE_TITLE, NG_CASE_UPPER, NG_CASE_LOWER };

/* A text with all that is known of its words. */
typedef struct ng_reading {
    const ng_names *names;
    const ng_text *text;
    const uint32_t *ids;       /* type of each token */
    const ng_word_type *types; /* by id */
    ng_word *words;
    const ng_name_match *matches; /* phrases of two words and more */
    size_t match_count;
    uint8_t *sentence_case;  /* of each sentence */
    const uint32_t *openers; /* tokens with NG_WORD_NAME or NG_WORD_PARTICLE */
    size_t opener_count;
} ng_reading;

/* Classes whose phrases are names as a whole. */
#define NG_WHOLE_CLASSES                                                                           \
    (1u << NG_NAME_COUNTRY | 1u << NG_NAME_METONYM | 1u << NG_NAME_SUBDIVISION |                   \
     1u << NG_NAME_CITY | 1u << NG_NAME_GEOGRAPHY | 1u << NG_NAME_ORGANIZATION |                   \
     1u << NG_NAME_DEMONYM | 1u << NG_NAME_PEOPLE)

/* What the dictionaries and the word classes (or NULL) say of a word, wherever it stands. */
void ng_word_read(const ng_word_type *type, const ng_word_classes *classes, ng_word *word_out);

/* What there is to do with a type: NG_KNOWN_* (tagger_internal.h). */
uint32_t ng_word_traits(const ng_word_type *type, const ng_word *word);

/* Looks all words up. Results live in the arena, and in the scratch until the next text. O(tokens).
 */
ng_status ng_reading_make(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena, const ng_text *text,
                          ng_reading *reading_out);

/* What kind of word a token is, for the pairs of the tagger: below NG_WORD_KINDS, 0 is none. */
enum { NG_WORD_KINDS = 64 };
unsigned ng_word_kind(const ng_reading *reading, uint32_t token);

static inline ng_case_mode ng_case_mode_of(const ng_reading *reading, size_t token)
{
    static const ng_case_mode modes[] = { [NG_CASE_NORMAL] = NG_MODE_NORMAL,
                                          [NG_CASE_TITLE] = NG_MODE_TITLE,
                                          [NG_CASE_UPPER] = NG_MODE_CASELESS,
                                          [NG_CASE_LOWER] = NG_MODE_CASELESS };

    return modes[reading->sentence_case[reading->text->tokens[token].sentence]];
}

/* The dictionary match of exactly these tokens, or NULL. */
const ng_name_match *ng_reading_match(const ng_reading *reading, uint32_t first, uint32_t end);

/* True for "the" in any case. */
bool ng_reading_is_article(const ng_reading *reading, uint32_t token);

/* The entry of that class among the entries of a match, or NULL. */
const ng_name_entry *ng_match_entry(const ng_name_match *match, ng_name_class class_);

/* ---- candidates.c ---- */

/* True for the one city that is never written without its article: "in The Hague". A Mr. Hague has
 * none. */
bool ng_reading_is_hague(const ng_reading *reading, uint32_t first, uint32_t end);

/* All stretches of a text. */
typedef struct ng_stretches {
    ng_stretch *items;
    size_t count;
    size_t token_count; /* of all stretches */
} ng_stretches;

ng_status ng_stretches_find(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                            ng_stretches *stretches_out);

enum { NG_SPAN_DEMONYM = NG_SPAN_COUNT, NG_SPAN_NONE };

typedef struct ng_candidate {
    uint32_t first, end;          /* tokens */
    float odds[NG_SPAN_COUNT];    /* the tagger's log-odds */
    int32_t score[NG_SPAN_COUNT]; /* hundredths; above 0 speaks for the kind */
    double chance;                /* of a chosen one: that it is right */
    uint64_t key;                 /* of its folded text, for document.c */
    const ng_name_match *match;   /* of exactly this span, or NULL */
    uint8_t best;                 /* the kind with the best score, or DEMONYM, or NONE */
    uint8_t hint;                 /* ng_kind + 1 that a built-in pattern says, or 0 */
    uint8_t forced;               /* ng_kind + 1 that a user's rule says, or 0 */
    bool is_known;                /* a user's rule names it, but not its kind */
    bool is_caseless;             /* its sentence has no case */
    bool is_demonym;              /* a demonym or people, not a language here */
    bool is_chosen;
    bool is_part; /* of a country's name that is one of a part of another, too: the part */
} ng_candidate;

typedef struct ng_candidates {
    ng_candidate *items; /* sorted by first, then end */
    size_t count, capacity;
} ng_candidates;

struct ng_tagging;

/* Lists the spans that could be names. At most NG_CANDIDATE_WORDS tokens each. O(tokens). */
enum { NG_CANDIDATE_WORDS = 10 };
ng_status ng_candidates_list(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                             const ng_stretches *stretches, const struct ng_tagging *tagging,
                             ng_candidates *candidates_out);

/* ---- evidence.c, context.c, features.inc ---- */

typedef enum ng_feature {
#define NG_FEATURE(name, person, place, organization) NG_F_##name,
#include "features.inc"
#undef NG_FEATURE
    NG_FEATURE_COUNT
} ng_feature;

/* Behind the named features: the word class of the first and last word of the span and of the words
 * before and after it. */
enum { NG_CLASS_FIRST, NG_CLASS_LAST, NG_CLASS_BEFORE, NG_CLASS_AFTER, NG_CLASS_PLACES };
enum {
    NG_CLASSES_MAX = 64, /* coarsest classes that are told apart, and none */
    NG_SPAN_FEATURE_COUNT = NG_FEATURE_COUNT + NG_CLASS_PLACES * NG_CLASSES_MAX,
    NG_FEATURES_MAX = 96
};

/* Features of one candidate. */
typedef struct ng_evidence {
    uint16_t items[NG_FEATURES_MAX];
    size_t count;
} ng_evidence;

/* Collects what speaks for and against a candidate, apart from the rest of the document. */
void ng_evidence_collect(const ng_reading *reading, const ng_candidate *candidate,
                         ng_evidence *evidence_out);

/* Adds the weights of the features to the scores of the candidate. */
void ng_evidence_score(const ng_model *model, const ng_evidence *evidence, ng_candidate *candidate);

/* The candidate's scores by the tagger alone. */
void ng_evidence_begin(const ng_model *model, ng_candidate *candidate);

/* ---- document.c ---- */

/* What a first pass found about the names of a document. */
typedef struct ng_memory ng_memory;

ng_status ng_memory_make(ng_ctx *cx, ng_arena *arena, const ng_scratch *scratch,
                         const ng_reading *reading, const ng_candidates *candidates,
                         ng_memory **memory_out);

/* Features that come from the rest of the document. */
void ng_memory_collect(const ng_memory *memory, const ng_reading *reading,
                       const ng_candidate *candidate, ng_evidence *evidence_out);

/* Brings the chosen spans of one name to one kind, but for those whose context is clear. */
ng_status ng_memory_agree(ng_ctx *cx, ng_arena *arena, const ng_candidates *candidates);

/* Key of a token or span without regard to ASCII case. */
uint64_t ng_key_add(uint64_t key, ng_view text);

/* ---- choose.c ---- */

enum { NG_DEMONYM_SCORE = 260 };

/* Sets best and is_chosen: the set of candidates that do not overlap with the largest sum. */
ng_status ng_candidates_choose(ng_ctx *cx, const ng_model *model, ng_arena *arena,
                               ng_candidates *candidates);

/* Sets the chance of the chosen ones: their share among all sets of spans that do not overlap, each
 * weighing the exponential of its sum (Sarawagi and Cohen 2004). O(tokens of candidates). */
ng_status ng_candidates_weigh(ng_ctx *cx, const ng_model *model, ng_arena *arena,
                              const ng_candidates *candidates);

/* ---- patterns.c ---- */

typedef struct ng_patterns ng_patterns;

/* What a pattern found: bytes of the text. */
typedef struct ng_pattern_match {
    uint32_t start, end;
    uint8_t kind; /* ng_kind */
    bool is_rule; /* a rule of the user, which always wins */
} ng_pattern_match;

typedef struct ng_pattern_matches {
    ng_pattern_match *items; /* sorted by start */
    size_t count, capacity;
} ng_pattern_matches;

ng_status ng_patterns_new(ng_ctx *cx, const ng_names *names, ng_patterns **patterns_out);
void ng_patterns_free(ng_ctx *cx, ng_patterns *patterns);
ng_status ng_patterns_find(ng_ctx *cx, const ng_patterns *patterns, ng_arena *arena, ng_view text,
                           ng_pattern_matches *matches_out);

/* citation.c: true for an author in a citation: "(Doe & Roe, 2019)". */
bool ng_candidate_is_cited(const ng_reading *reading, const ng_candidate *candidate);

/* ---- rules.c ---- */

/* Brings the patterns and the user's rules to the candidates. */
ng_status ng_rules_apply(ng_ctx *cx, const ng_model *model, const ng_patterns *patterns,
                         ng_arena *arena, const ng_reading *reading, ng_candidates *candidates);

/* The feature of a built-in pattern for a kind. */
ng_feature ng_pattern_feature(uint8_t kind);

/* Takes chosen candidates back whose names the user wants ignored. */
ng_status ng_rules_ignore(ng_ctx *cx, const ng_reading *reading, ng_candidates *candidates);

/* ---- label.c ---- */

/* True when the span is a demonym or a people and no language or cuisine here. */
bool ng_label_is_demonym(const ng_reading *reading, const ng_candidate *candidate);

/* namesake.c: tells of each chosen name that a country shares with a part of another one which of
 * the two it is (is_part). */
void ng_namesakes_tell(const ng_reading *reading, const ng_candidates *candidates);

/* amend.c: joins turned names ("Doe, John") and tells capitals from persons by the whole document.
 */
ng_status ng_choice_amend(ng_ctx *cx, const ng_reading *reading, const ng_candidates *candidates);

/* institution.c: the place in the name of an organization that lies there, if it holds one. */
bool ng_institution_place(const ng_reading *reading, const ng_candidate *name,
                          ng_candidate *place_out);

/* Makes spans of the chosen candidates. */
ng_status ng_label_spans(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                         const ng_candidates *candidates, ng_spans *spans_out);

/* ---- find.c ---- */

const ng_model *ng_finder_model(const ng_finder *finder);
const ng_names *ng_finder_names(const ng_finder *finder);

/* All that is done with a text before its spans are chosen: words, tagger, candidates with scores,
 * patterns and rules. */
ng_status ng_spans_prepare(ng_ctx *cx, const ng_finder *finder, ng_scratch *scratch,
                           ng_arena *arena, const ng_text *text, ng_reading *reading_out,
                           ng_candidates *candidates_out);

#endif
