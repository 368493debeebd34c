/* What the files of cooccurrence share. */
#ifndef NG_COOCCURRENCE_INTERNAL_H
#define NG_COOCCURRENCE_INTERNAL_H

#include "cooccurrence.h"

/* A mention that takes part in counting. */
typedef struct ng_counted {
    uint32_t actor;
    uint32_t position; /* sentence, paragraph, first token, or 0: what the scope counts in */
    uint32_t sentence;
    uint32_t first_token, end_token;
    float confidence;
    bool is_pronoun; /* counts for pairs and units, is no mention */
    bool stands;     /* a capital or seat for its state */
} ng_counted;

/* The mentions of one document and the width of its units. */
typedef struct ng_counting {
    ng_ctx *cx;
    const ng_options *options; /* but for the scope */
    ng_scope_unit unit;
    ng_arena *arena;
    const ng_text *text;
    const ng_cast *cast;
    ng_counted *mentions; /* sorted by place in the text */
    size_t mention_count;
    ng_counted *aside; /* mentions in boilerplate: they make no ties */
    size_t aside_count;
    uint32_t width;      /* positions a unit spans: 1, or the window */
    uint64_t unit_total; /* units of the document */
    ng_table *table;     /* pair to edge, in the order of discovery */
    ng_tally_edge *edges;
    size_t edge_count, edge_capacity;
    uint64_t pair_count; /* pairs counted, for the limit */
    uint32_t *rank;      /* edge in the order of discovery to its place when sorted */
} ng_counting;

enum {
    NG_PAIR_LIMIT = 20 * 1000 * 1000, /* pairs of one document, counted once a unit */
    NG_QUOTE_CODE_POINTS = 400
};

/* scope.c: lists the mentions that options let take part, with their positions. */
ng_status ng_scope_list(ng_counting *work, const ng_spans *spans);

/* pairs.c: counts nodes and pairs; edges come out sorted by (a, b). */
ng_status ng_nodes_count(ng_counting *work, ng_tally *tally);
ng_status ng_pairs_count(ng_counting *work);

/* The edge of two actors, or NULL. */
ng_tally_edge *ng_pair_find(ng_counting *work, uint32_t a, uint32_t b);

/* evidence.c: quotes for the sorted edges. */
ng_status ng_quotes_make(ng_counting *work, ng_tally *tally);

#endif
