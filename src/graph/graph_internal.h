/* What the files of this room share: the graph itself, and the draft that becomes one. */
#ifndef NG_GRAPH_INTERNAL_H
#define NG_GRAPH_INTERNAL_H

#include "graph.h"

/* What each document adds, see shares.c. */
typedef struct ng_shares ng_shares;

typedef struct ng_note {
    ng_view key, value;
} ng_note;

/* Everything it points to lives in its arena. */
struct ng_graph {
    ng_ctx *cx; /* it was made with; outlives it */
    ng_arena arena;
    ng_node *nodes; /* sorted by id bytes */
    size_t node_count;
    ng_edge *edges; /* sorted by (source, target), source < target, no two alike */
    size_t edge_count;
    ng_evidence *evidence;  /* of all edges, one edge after the other */
    size_t *evidence_start; /* edge_count + 1 */
    ng_decision *ledger;    /* of all nodes, one node after the other */
    size_t *ledger_start;   /* node_count + 1 */
    ng_note *notes;
    size_t note_count;
    ng_shares *shares; /* what each document adds, or NULL: not kept */
};

/* Items of a draft; `owner` is the number its node or edge got when it was added. */
typedef struct ng_draft_edge {
    ng_edge item;
    uint32_t owner; /* its own number */
} ng_draft_edge;

typedef struct ng_draft_alias {
    ng_alias item;
    uint32_t owner;
} ng_draft_alias;

typedef struct ng_draft_evidence {
    ng_evidence item;
    uint32_t owner;
} ng_draft_evidence;

typedef struct ng_draft_decision {
    ng_decision item;
    uint32_t owner;
} ng_draft_decision;

/* A graph in the making: items in any order, put in order by ng_draft_finish. */
typedef struct ng_draft {
    ng_graph *graph;
    ng_node *nodes;
    size_t node_count, node_capacity;
    ng_draft_edge *edges;
    size_t edge_count, edge_capacity;
    ng_draft_alias *aliases;
    size_t alias_count, alias_capacity;
    ng_draft_evidence *evidence;
    size_t evidence_count, evidence_capacity;
    ng_draft_decision *ledger;
    size_t decision_count, decision_capacity;
    ng_note *notes;
    size_t note_count, note_capacity;
} ng_draft;

/* Starts an empty draft. Whatever the result, end it with ng_draft_destroy. */
ng_status ng_draft_init(ng_ctx *cx, ng_draft *draft);
void ng_draft_destroy(ng_ctx *cx, ng_draft *draft);

/* Copies text into the graph. */
ng_status ng_draft_text(ng_ctx *cx, ng_draft *draft, ng_view text, ng_view *copy_out);

/* Each takes one item whose views live as long as the graph (or are static). Nodes and edges are
 * numbered 0, 1, 2 ... as they are added; ends of edges and owners are these numbers. */
ng_status ng_draft_add_node(ng_ctx *cx, ng_draft *draft, const ng_node *node);
ng_status ng_draft_add_edge(ng_ctx *cx, ng_draft *draft, const ng_edge *edge);
ng_status ng_draft_add_alias(ng_ctx *cx, ng_draft *draft, uint32_t node, const ng_alias *alias);
ng_status ng_draft_add_evidence(ng_ctx *cx, ng_draft *draft, uint32_t edge,
                                const ng_evidence *evidence);
ng_status ng_draft_add_decision(ng_ctx *cx, ng_draft *draft, uint32_t node,
                                const ng_decision *decision);
ng_status ng_draft_add_note(ng_ctx *cx, ng_draft *draft, ng_view key, ng_view value);

/* Makes the graph: sorts everything, adds up parallel edges, drops loops. The ids of nodes must
 * differ (NG_E_DATA). The draft is empty afterwards; it must still be destroyed. O(n log n). */
ng_status ng_draft_finish(ng_ctx *cx, ng_draft *draft, ng_graph **graph_out);

/* Totals that the notes of a graph made from documents tell. */
typedef struct ng_totals {
    uint64_t document_count;
    uint64_t unit_count[NG_SCOPES_MAX]; /* scope units: N */
    char data_hash[24];                 /* of the dictionaries */
    char model_hash[32];                /* of the model that found the names */
    char rules_hash[72];                /* of the user's rules, or empty */
} ng_totals;

/* ---- what a builder keeps (builder.c adds, finish.c makes the graph of it) ---- */

/* No string: a date that is not known. */
#define NG_NO_TEXT UINT32_MAX

/* Confidence is summed as integers, in units of 1e-9: sums of doubles depend on their order. */
#define NG_CONFIDENCE_UNIT 1e9

/* A quote in the sample of an edge. Numbers of strings are those of the builder's interned ones. */
typedef struct ng_shown {
    uint64_t rank;
    uint32_t document, date, sha256;
    uint32_t quote_size;
    char *quote;
    uint64_t start, end, byte_start, byte_end;
    bool in_title;
} ng_shown;

typedef struct ng_sample {
    ng_shown *items; /* a heap, the largest rank first */
    size_t count, capacity;
} ng_sample;

/* Offers a quote, given by its place, date and in_title, to a sample of at most `limit`. */
ng_status ng_sample_offer(ng_ctx *cx, ng_sample *sample, uint32_t limit, ng_intern *strings,
                          const ng_source_document *document, ng_shown *place);
void ng_sample_destroy(ng_ctx *cx, ng_sample *sample);

/* Memory that it takes, about. O(quotes). */
uint64_t ng_sample_bytes(const ng_sample *sample);

/* Moves what is in one sample into another; the first is empty afterwards. */
ng_status ng_sample_move(ng_ctx *cx, ng_sample *to, uint32_t limit, const ng_intern *strings,
                         ng_sample *from);

/* What one document says about a person, see namesakes.c. */
typedef struct ng_sketch ng_sketch;

/* What one actor came to. */
typedef struct ng_node_sum {
    uint64_t mention_count, acting_count, document_count;
    uint64_t unit_count[NG_SCOPES_MAX]; /* in each scope */
    uint64_t confidence;                /* sum, in units of NG_CONFIDENCE_UNIT */
    uint64_t last_document;             /* number of the document that counted last */
    uint32_t first, last;               /* dates */
    uint32_t group;                     /* of a person with forename and surname, see unite.c */
    ng_sketch *sketches;                /* or NULL */
    uint8_t sketch_count;
    uint8_t kind;
    bool is_gone; /* united with another */
    char code[8];
} ng_node_sum;

/* What one pair came to. */
typedef struct ng_edge_sum {
    uint32_t a, b; /* nodes */
    uint64_t unit_count, sentence_count, document_count;
    uint64_t surety; /* sum, in units of NG_CONFIDENCE_UNIT */
    uint64_t last_document;
    uint32_t first, last;
    ng_sample sample;
} ng_edge_sum;

/* The pairs of one scope. */
typedef struct ng_layer {
    ng_table *places; /* a << 32 | b, a < b, to `edges` */
    ng_edge_sum *edges;
    size_t edge_count, edge_capacity;
} ng_layer;

/* How often something happened to an owner. */
typedef struct ng_tick {
    uint64_t key; /* owner << 32 | text */
    uint64_t count;
    uint32_t words; /* of a decision: its evidence */
} ng_tick;

typedef struct ng_ticks {
    ng_table *places;
    ng_tick *items;
    size_t count, capacity;
} ng_ticks;

/* Sorted runs on disk, see runs.c. */
typedef struct ng_runs ng_runs;

struct ng_builder {
    const ng_options *options;
    const ng_names *names;
    ng_intern *documents; /* digests of id and text */
    ng_intern *keys;      /* ids of actors; their numbers are those of `nodes` */
    ng_intern *strings;
    ng_intern *groups; /* forename and surname of persons */
    ng_table *apart;   /* pairs of nodes of one group that a document holds both of */
    ng_node_sum *nodes;
    size_t node_capacity;
    ng_layer layers[NG_SCOPES_MAX];
    size_t layer_count;
    size_t shown;    /* the layer that the graph is made of */
    ng_ticks forms;  /* text: form byte, then the words */
    ng_ticks labels; /* text: the label */
    ng_ticks
        wheres; /* text: GeoNames id, latitude, longitude; counts confidence, 1000 a document */
    ng_ticks decisions; /* text: joined byte, rule, zero byte, name */
    ng_totals totals;
    ng_buffer never;          /* the names that never-merge rules keep apart, see never.c */
    size_t written_documents; /* digests of `documents` that a run on disk holds */
    bool only_shown;          /* of a saved graph only the pairs that are shown are taken in */
    uint64_t quote_bytes;     /* of the samples */
    ng_shares *shares;        /* what each document adds, or NULL: not asked for */
    ng_runs *runs;            /* sorted runs on disk, or NULL: all is in memory (runs.c) */
};

/* Adds to the count of (owner, text). */
ng_status ng_ticks_count(ng_ctx *cx, ng_ticks *counts, uint32_t owner, uint32_t text, uint64_t more,
                         ng_tick **tick_out);
void ng_ticks_destroy(ng_ctx *cx, ng_ticks *counts);

/* Takes the scopes from the options. */
void ng_builder_set_scopes(ng_builder *builder);

/* Makes the tables that are not there yet. */
ng_status ng_builder_open(ng_ctx *cx, ng_builder *builder);

/* The number of an actor, new or known. */
ng_status ng_node_sum_find(ng_ctx *cx, ng_builder *builder, ng_view id, uint8_t kind,
                           const char code[8], uint32_t *node_out);

/* The sum of a pair of nodes, new or known. */
ng_status ng_edge_sum_find(ng_ctx *cx, ng_layer *layer, uint32_t a, uint32_t b,
                           ng_edge_sum **edge_out);

/* Widens a span of dates by one more; NG_NO_TEXT is no date. */
void ng_dates_widen(const ng_builder *builder, uint32_t date, uint32_t *first, uint32_t *last);

/* Two nodes as one key, whichever comes first. */
uint64_t ng_pair_key(uint32_t a, uint32_t b);

/* unite.c: the forename and surname of a person's id, as names are compared; empty without both. */
ng_status ng_group_of_id(ng_ctx *cx, ng_arena *arena, const ng_names *names, ng_view id,
                         ng_view *group_out);

/* unite.c: notes the name of a new node; which nodes one document holds (NG_NO_TEXT: none); at the
 * end, unites the persons of different documents who are one. */
ng_status ng_unite_note_name(ng_ctx *cx, ng_builder *builder, uint32_t node);
ng_status ng_unite_note_document(ng_ctx *cx, ng_builder *builder, const uint32_t *nodes,
                                 size_t count);
ng_status ng_builder_unite(ng_ctx *cx, ng_builder *builder);

/* namesakes.c: remembers what a document says about its persons (`nodes`: of each actor of the
 * cast); gives it to another node; at the end, notes the names that may be two people's. `labels`
 * are strings, one a node. */
ng_status ng_namesakes_note(ng_ctx *cx, ng_builder *builder, const ng_source_document *document,
                            const ng_text *text, const ng_spans *spans, const ng_cast *cast,
                            const uint32_t *nodes);
ng_status ng_namesakes_move(ng_ctx *cx, ng_node_sum *to, ng_node_sum *from);
ng_status ng_namesakes_find(ng_ctx *cx, ng_builder *builder, const uint32_t *labels);

/* weights.c: sets weights, NPMI, p-values and q-values from the counts of units. O(edges log
 * edges).
 */
ng_status ng_graph_weigh(ng_ctx *cx, ng_graph *graph, ng_weight weight, uint64_t unit_count);

/* weights.c: the weight of an edge from its counts and those of its ends. */
double ng_edge_weight(const ng_edge *edge, const ng_node *nodes, ng_weight weight,
                      uint64_t unit_count);

/* ---- shares.c ---- */

ng_status ng_shares_new(ng_ctx *cx, ng_shares **shares_out);
void ng_shares_free(ng_ctx *cx, ng_shares *shares);

/* Starts the share of the next document; adds to it. Nodes and edges have the builder's numbers. */
ng_status ng_shares_begin(ng_ctx *cx, ng_shares *shares, uint32_t name, uint64_t unit_count);
ng_status ng_shares_add_node(ng_ctx *cx, ng_shares *shares, size_t node, uint64_t unit_count);
ng_status ng_shares_add_edge(ng_ctx *cx, ng_shares *shares, size_t edge, uint64_t unit_count);

/* Gives nodes or edges new numbers; NG_NO_TEXT: none any more. */
void ng_shares_renumber_nodes(ng_shares *shares, const uint32_t *numbers);
void ng_shares_renumber_edges(ng_shares *shares, const uint32_t *numbers);

/* Moves the shares of a builder into the graph that was made of it. */
ng_status ng_shares_finish(ng_ctx *cx, ng_builder *builder, ng_graph *graph);

/* backbone.c: which edges stay (is_kept) and which nodes may (is_near, of an actor's surroundings).
 * The arrays have room for one more than there are edges and nodes. */
ng_status ng_edges_choose(ng_ctx *cx, const ng_graph *graph, const ng_selection *selection,
                          bool *is_kept, bool *is_near);

/* Forgets the pairs of a layer. */
void ng_layer_clear(ng_ctx *cx, ng_layer *layer);

/* Forgets everything but options and names. */
void ng_builder_clear(ng_ctx *cx, ng_builder *builder);

/* Forgets the sums, which a run holds; not which documents there were. */
void ng_builder_forget(ng_ctx *cx, ng_builder *builder);

/* Bytes that the sums take, about. */
uint64_t ng_builder_bytes(const ng_builder *builder);

/* never.c: takes the never-merge rules of the names; do they keep two keys of names apart? Is a
 * record of a saved graph such a list? */
ng_status ng_never_note(ng_ctx *cx, ng_builder *builder);
bool ng_never_has(const ng_builder *builder, ng_view a, ng_view b);
bool ng_never_is_sound(ng_view record);

/* ---- runs.c ---- */

ng_status ng_runs_new(ng_ctx *cx, ng_builder *builder);
void ng_runs_free(ng_ctx *cx, ng_runs *runs);
ng_status ng_runs_spill_if_full(ng_ctx *cx, ng_builder *builder);
ng_status ng_runs_add_saved(ng_ctx *cx, ng_builder *builder, const char *path, uint64_t *known_out);
ng_status ng_runs_save(ng_ctx *cx, ng_builder *builder, const char *path);

/* Reads the pairs that are shown back into memory; there are no runs afterwards. */
ng_status ng_runs_gather(ng_ctx *cx, ng_builder *builder);

/* Writes how the graph is made into the draft. `names` may be NULL (no rules). */
ng_status ng_notes_add(ng_ctx *cx, ng_draft *draft, const ng_options *options,
                       const ng_names *names, const ng_totals *totals);

#endif
