/* What the files of the tagger share: the model in use, the rows of word types, the marginals.
 *
 * The tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over
 * BIO tags whose features belong to a word type. What is known of a word by itself (its spelling,
 * shape, ends, dictionary classes, word class) becomes one row of scores for each of five offsets:
 * what the word says of the tag two tokens before it, one before, its own, one after, two after.
 * The score of a token is the sum of five rows and of a few features of its place. Only stretches
 * of words that could be names are tagged; everything else is no name. */
#ifndef NG_MENTIONS_TAGGER_INTERNAL_H
#define NG_MENTIONS_TAGGER_INTERNAL_H

#include "mentions_internal.h"

/* Scores of a type: what it adds to the tags of the tokens around it. */
typedef int16_t ng_row[NG_OFFSET_COUNT][NG_TAG_LANES];

enum { NG_NO_ROW = UINT32_MAX };

/* Features of phrases: class, part of the phrase, capitals at its ends. */
enum {
    NG_PHRASE_PARTS = 3,
    NG_PHRASE_CAPITALS = 5,
    NG_PHRASE_FEATURES = NG_NAME_RULE * NG_PHRASE_PARTS * NG_PHRASE_CAPITALS
};

/* How often a word stands in the document at hand. */
typedef struct ng_twin {
    uint32_t small,
        capital; /* in lower case; with a capital inside a sentence, not all in capitals */
} ng_twin;

/* What there is to do with a type wherever it stands. */
enum {
    NG_KNOWN_HAS_CASE = 1u << 0, /* could be written with a capital to say that it is a name */
    NG_KNOWN_CAPITAL = 1u << 1,
    NG_KNOWN_COUNTS = 1u << 2, /* tells how its sentence is written; the next ones are of such */
    NG_KNOWN_COUNTS_CAPITAL = 1u << 3,
    NG_KNOWN_COUNTS_UPPER = 1u << 4,
    NG_KNOWN_COUNTS_LONG = 1u << 5,
    NG_KNOWN_COUNTS_LONG_CAPITAL = 1u << 6,
    NG_KNOWN_STANDS_OUT = 1u << 7 /* its marks depend on its place even in ordinary text */
};

/* What is kept of a type: 64 bytes, in the order of their use. */
typedef struct ng_known {
    ng_word word;
    uint32_t traits;   /* NG_KNOWN_* */
    uint32_t twin;     /* the first type that is the same word but for case */
    uint32_t document; /* of a first type: the last one that any of its twins stands in */
    ng_twin counts;    /* of a first type: in that document */
    uint32_t row_of[NG_MODE_COUNT]; /* index of a row, or NG_NO_ROW */
} ng_known;

/* Rows of features of places that were worked out, by what the features depend on. */
typedef struct ng_kept_row {
    uint32_t key; /* + 1; 0: empty */
    int16_t row[NG_TAG_LANES];
} ng_kept_row;

enum { NG_KEPT_NEIGHBOURS = 1 << 13, NG_KEPT_STANDINGS = 1 << 10 };

struct ng_scratch {
    const ng_model *model; /* NULL while a model is trained */
    ng_lexicon *lexicon;
    uint32_t generation;
    ng_known *known; /* by type id */
    size_t count, capacity;
    ng_row *rows;
    size_t row_count, row_capacity;
    ng_table *twin_ids;
    uint32_t *first_twins; /* by number in twin_ids: the first type */
    size_t twin_capacity;
    uint32_t document;
    ng_kept_row neighbours[NG_KEPT_NEIGHBOURS], standings[NG_KEPT_STANDINGS];
    ng_kept_row phrases[NG_PHRASE_FEATURES];
};

/* Types of the tokens; what is known of each type is then in scratch->known. */
ng_status ng_scratch_read(ng_ctx *cx, ng_scratch *scratch, const ng_text *text, uint32_t *ids);

/* Counts one token of the document at hand; not if it has no case. There is no branch in it: what
 * the next token is cannot be foreseen. */
static inline void ng_scratch_count(ng_scratch *scratch, const ng_known *known, unsigned flags)
{
    ng_known *first = &scratch->known[known->twin];
    uint32_t kept = first->document == scratch->document ? UINT32_MAX : 0;
    bool has_case = known->traits & NG_KNOWN_HAS_CASE,
         is_capital = known->traits & NG_KNOWN_CAPITAL;
    bool is_inside = !(flags & (NG_TOKEN_SENTENCE_START | NG_TOKEN_ALL_CAPS));

    first->document = scratch->document;
    first->counts.small = (first->counts.small & kept) + (has_case & !is_capital);
    first->counts.capital = (first->counts.capital & kept) + (is_capital & is_inside);
}

/* How the word is written elsewhere in the document that was read last. */
ng_twin ng_scratch_twin(const ng_scratch *scratch, uint32_t id);

/* ---- inner.c ---- */

/* True for a small word that may stand inside a name: of, and, y ... */
bool ng_word_joins(ng_view word);

/* Jr. and its like. */
bool ng_word_is_suffix(ng_view word);

/* True for punctuation that may stand inside a name here: a hyphen between words, the comma before
 * Jr. and Inc., the quotes of a nickname. */
bool ng_reading_is_inner_mark(const ng_reading *reading, uint32_t i);

/* True for the small word of "Fontenay-sous-Bois". */
bool ng_reading_is_linked(const ng_reading *reading, uint32_t i);

/* ---- model.c ---- */

enum { NG_EXPONENTIALS = 1024 };

/* The model that is built in (base/embed.S.in). */
extern const char ng_model_built_in[], ng_model_built_in_end[];

struct ng_model {
    const char *hash;
    const int16_t (*transitions)[NG_TAG_LANES];
    const ng_model_slot *slots;
    uint32_t slot_mask;
    const int8_t *weights;
    ng_word_classes classes;
    float scale;
    float odds[NG_TAG_LANES][NG_TAG_LANES];    /* exponentials of the transitions; row 7: start */
    float odds_to[NG_TAG_LANES][NG_TAG_LANES]; /* the same, by the tag they lead to */
    float exponentials[NG_EXPONENTIALS];       /* of -i / scale */
    int32_t span_weights[NG_SPAN_FEATURE_COUNT][NG_SPAN_COUNT]; /* of spans, hundredths */
    float odds_weights[NG_SPAN_COUNT];                          /* of the tagger's log-odds */
    int32_t bonus[2][NG_SPAN_COUNT]; /* hundredths that a span gains when spans are chosen */
    double sure_scale, sure_shift;   /* of the log-odds of a chosen span */
};

/* As ng_model_open of bytes that are part of the program: only their head is checked, as it takes
 * milliseconds to read them all. */
ng_status ng_model_use(ng_ctx *cx, ng_view bytes, ng_model **model_out);

/* Asks for the place of a word that ng_word_class_find is going to look for. */
void ng_word_class_fetch(const ng_word_classes *classes, ng_view folded);

const char *ng_model_hash_of(const ng_model *model);

/* The weights of a feature: five offsets of eight lanes; NULL when the model has none. */
const int8_t *ng_model_find(const ng_model *model, uint64_t hash);

/* ---- features.c ---- */

enum { NG_FEATURE_HASHES_MAX = 64 };

/* Hashes of features. */
typedef struct ng_features {
    uint64_t items[NG_FEATURE_HASHES_MAX];
    size_t count;
} ng_features;

/* Features of a word by itself in a sentence that is written so. */
void ng_type_features_make(const ng_word_classes *classes, const ng_word_type *type,
                           ng_case_mode mode, ng_features *features_out);

/* The same of the place of each token of the stretches, one after the other. */
ng_status ng_place_features_make(ng_ctx *cx, ng_arena *arena, const ng_scratch *scratch,
                                 const ng_reading *reading, const ng_stretches *stretches,
                                 ng_features **features_out);

/* What the features of a place depend on, apart from phrases, as two numbers: the kinds of the word
 * and of its neighbours; how the word stands there. */
typedef struct ng_place {
    uint32_t neighbours, standing;
} ng_place;

/* The places of a stretch, one after the other; the kinds of words go on from one to the next. */
typedef struct ng_place_walk {
    const ng_scratch *scratch;
    const ng_reading *reading;
    const ng_sentence *sentence;
    ng_case_mode mode;
    uint32_t token; /* the next one */
    unsigned before, here;
} ng_place_walk;

void ng_place_walk_begin(ng_place_walk *walk, const ng_scratch *scratch, const ng_reading *reading,
                         uint32_t first);
ng_place ng_place_walk_next(ng_place_walk *walk);

/* Adds the features of the two numbers. */
void ng_neighbours_features_add(uint32_t neighbours, ng_features *features);
void ng_standing_features_add(uint32_t standing, ng_features *features);

/* The next phrase that may reach into the stretch, or NULL; *next is where the search goes on from
 * stretch to stretch and begins at 0. */
void ng_phrases_begin(const ng_reading *reading, const ng_stretch *stretch, size_t *next);
const ng_name_match *ng_phrases_next(const ng_reading *reading, const ng_stretch *stretch,
                                     size_t *next);

/* The feature of a token of a phrase that is of a class: its number and its hash. */
unsigned ng_phrase_feature(const ng_reading *reading, const ng_name_match *match, uint32_t token,
                           unsigned class_);
uint64_t ng_phrase_feature_hash(unsigned number);

/* ---- tagger.c ---- */

/* What the tagger says of the stretches of a text: arrays over their tokens, one stretch after the
 * other. */
typedef struct ng_tagging {
    const ng_model *model;
    float (*emissions)[NG_TAG_LANES]; /* exponentials of the scores, the largest is 1 */
    float (*forward)[NG_TAG_LANES];   /* sums to 1 at each token (Rabiner 1989) */
    float (*backward)[NG_TAG_LANES];
    float *scales;
} ng_tagging;

/* Works out the marginals. O(tokens of stretches + new types * features). */
ng_status ng_tagging_make(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena,
                          const ng_reading *reading, const ng_stretches *stretches,
                          ng_tagging *tagging_out);

/* A walk over the spans that begin at one token of a stretch, shortest first. */
typedef struct ng_span_walk {
    const ng_tagging *tagging;
    size_t at, end; /* places in the arrays: next token, end of the stretch */
    bool is_inside; /* the first token is behind */
    float path[NG_SPAN_COUNT];
    float chance[NG_SPAN_COUNT]; /* that exactly this span is a name of the kind */
} ng_span_walk;

void ng_span_walk_begin(ng_span_walk *walk, const ng_tagging *tagging, const ng_stretch *stretch,
                        uint32_t first);

/* Goes on by one token; false when no longer span has a chance worth a look. */
bool ng_span_walk_next(ng_span_walk *walk);

#endif
