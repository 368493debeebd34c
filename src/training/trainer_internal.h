/* Private to the trainer: the documents it learns from, the field that tags, the weights of spans.
 */
#ifndef NG_TRAINER_INTERNAL_H
#define NG_TRAINER_INTERNAL_H

#include "../mentions/mentions.h"
#include "training_internal.h"

/* ---- corpus.c: annotated documents ---- */

/* A name in a document. */
typedef struct ng_gold_span {
    uint32_t start, end; /* bytes of the text */
    uint8_t kind;        /* NG_SPAN_PERSON ... */
} ng_gold_span;

typedef struct ng_gold_document {
    ng_view text;
    const ng_gold_span *spans; /* sorted, not overlapping */
    size_t span_count;
    float weight;
    bool is_gold;
    bool is_copy;  /* of another document, changed: counts less */
    uint32_t part; /* of the parts that gold is cut into, by the hash of its id */
} ng_gold_document;

typedef struct ng_corpus {
    ng_arena memory;
    ng_gold_document *documents;
    size_t count, capacity;
    size_t gold_count;
    ng_table *ids; /* hashes of the ids so far */
    ng_word_classes classes;
    uint32_t many_count, some_count;
} ng_corpus;

/* Reads the documents of the options' files and the word classes. */
ng_status ng_corpus_read(ng_ctx *cx, const ng_train_options *options, ng_corpus *corpus_out);
void ng_corpus_destroy(ng_ctx *cx, ng_corpus *corpus);

/* The span of the gold that a token is in, or NULL; `next` is kept by the caller between tokens. */
const ng_gold_span *ng_gold_span_at(const ng_gold_document *document, uint32_t start, uint32_t end,
                                    size_t *next);

/* ---- classes.c: word classes ---- */

/* Reads a table of lines "word TAB many TAB some TAB few" into the arena. */
ng_status ng_classes_read(ng_ctx *cx, ng_arena *arena, const char *path, ng_corpus *corpus);

/* ---- lessons.c: the corpus as numbers ---- */

enum {
    NG_SEQUENCE_TOKENS_MAX = 400,    /* longer stretches are several sequences */
    NG_LESSON_SENTENCE_BYTES = 10000 /* where sentences are cut, as when names are found */
};

/* All stretches of the corpus, flat. */
typedef struct ng_lessons {
    uint32_t (*types)[NG_OFFSET_COUNT]; /* of each token's neighbours; NG_NO_KEY: none */
    uint8_t *tags;
    uint32_t *place_first; /* token_count + 1 indices into place_ids */
    size_t token_count, token_capacity;
    uint32_t *place_ids; /* feature ids */
    size_t place_count, place_capacity;
    uint32_t *sequence_first;    /* sequence_count + 1 token indices */
    uint32_t *sequence_document; /* of each sequence */
    size_t sequence_count, sequence_capacity;
    uint32_t *type_first; /* type_count + 1 indices into type_ids */
    uint32_t *type_ids;   /* feature ids */
    size_t type_count, type_capacity, type_id_count, type_id_capacity;
    ng_table *features; /* hash: feature id */
    uint64_t *feature_hash;
    uint32_t *feature_seen;
    size_t feature_capacity;
    size_t lost_count; /* gold spans that no stretch holds */
} ng_lessons;

ng_status ng_lessons_make(ng_ctx *cx, const ng_names *names, const ng_corpus *corpus,
                          ng_lessons *lessons_out);
void ng_lessons_destroy(ng_ctx *cx, ng_lessons *lessons);

/* ---- field.c: the tagger's weights ---- */

/* How far the work on all fields is. */
typedef struct ng_pace {
    ng_ctx *cx;                /* whose progress function is told, by its own thread */
    atomic_uint_fast64_t done; /* tokens gone over */
    uint64_t total;
    double bytes_per_token, documents_per_token;
} ng_pace;

/* A conditional random field in training. */
typedef struct ng_field {
    const ng_lessons *lessons;
    const ng_corpus *corpus;
    const ng_train_options *options;
    uint32_t left_out;    /* gold of this part is not learned from; UINT32_MAX: all is */
    char *part_path;      /* where what was learned is kept after each pass; NULL: nowhere */
    uint64_t fingerprint; /* of all that the outcome depends on */
    ng_pace *pace;
    bool tells_pace;        /* this thread may tell */
    uint32_t pass_count;    /* done */
    uint32_t feature_count; /* kept ones */
    uint32_t *kept;         /* by feature id: index among the kept + 1, or 0 */
    ng_buffer memory;       /* a part file (part.c) with the weights and squares in it */
    float *weights, *squares;
    float transitions[NG_TAG_LANES][NG_TAG_LANES];
    float transition_squares[NG_TAG_LANES][NG_TAG_LANES];
    float rate;    /* of AdaGrad now */
    uint64_t step; /* sequences so far */
    uint32_t drop; /* chance of a feature to be left out, of UINT32_MAX */
    double loss;
} ng_field;

/* Numbers the features; weights are nothing, or what a part file has kept. */
ng_status ng_field_start(ng_ctx *cx, ng_field *field);

/* Tokens that are yet to be gone over. */
uint64_t ng_field_work(const ng_field *field);

ng_status ng_field_train(ng_ctx *cx, ng_field *field);
void ng_field_destroy(ng_ctx *cx, ng_field *field);

/* Appends the model file with these weights of spans. */
ng_status ng_field_write(ng_ctx *cx, const ng_field *field, const ng_span_weights *spans,
                         ng_buffer *out);

/* ---- part.c: what a field has learned so far, in a file ---- */

/* Takes over what the field's part file has kept, if there is one and it is of this training; a
 * remark is made of any other. Else makes room for field->feature_count features, all zero. */
ng_status ng_part_open(ng_ctx *cx, ng_field *field);

/* Replaces the part file. */
ng_status ng_part_keep(ng_ctx *cx, ng_field *field);

/* Hash of everything that the weights of all fields depend on. O(tokens). */
uint64_t ng_part_fingerprint(const ng_train_options *options, const ng_corpus *corpus,
                             const ng_lessons *lessons);

/* ---- chooser.c: the weights of spans ---- */

/* Learns from the gold of the corpus, each part tagged by the field that has not seen it. The
 * caller makes room for spans->weights. */
ng_status ng_chooser_train(ng_ctx *cx, const ng_names *names, const ng_corpus *corpus,
                           const ng_train_options *options, const ng_field *fields,
                           uint32_t part_count, ng_span_weights *spans);

#endif
