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

/* How often a word stands in the document at hand. */
typedef struct ng_twin {
    uint32_t document;
    uint32_t small, capital; /* in lower case; with a capital inside a sentence, not all in capitals */
} ng_twin;

struct ng_scratch {
    const ng_model *model; /* NULL while a model is trained */
    ng_lexicon *lexicon;
    uint32_t generation;
    /* by type id */
    ng_word *words;
    uint32_t *twin_of;
    uint32_t *row_of[NG_MODE_COUNT]; /* index of a row, or NG_NO_ROW */
    size_t count, capacity;
    ng_row *rows;
    size_t row_count, row_capacity;
    ng_table *twin_ids;
    ng_twin *twins;
    size_t twin_capacity;
    uint32_t document;
};

/* Types of the tokens and what is known of each type by id. */
ng_status ng_scratch_read(ng_ctx *cx, ng_scratch *scratch, const ng_text *text, uint32_t *ids,
                          const ng_word **words_out);

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

struct ng_model {
    const int16_t (*transitions)[NG_TAG_LANES];
    const ng_model_slot *slots;
    uint32_t slot_mask;
    const int8_t *weights;
    ng_word_classes classes;
    float scale;
    float odds[NG_TAG_LANES][NG_TAG_LANES]; /* exponentials of the transitions; row 7: start */
    float exponentials[NG_EXPONENTIALS];    /* of -i / scale */
    int32_t span_weights[NG_SPAN_FEATURE_COUNT][NG_SPAN_COUNT]; /* of spans, hundredths */
    float odds_weights[NG_SPAN_COUNT];                     /* of the tagger's log-odds */
    int32_t bonus[NG_SPAN_COUNT]; /* hundredths that a span gains when spans are chosen */
};

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

/* Features of the place of each token of the stretches, one after the other. */
ng_status ng_place_features_make(ng_ctx *cx, ng_arena *arena, const ng_scratch *scratch,
                                 const ng_reading *reading, const ng_stretches *stretches,
                                 ng_features **features_out);

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
