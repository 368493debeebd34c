/* The graph of actors: built from documents or loaded, read through getters. */
#ifndef NERGRAPH_GRAPH_H
#define NERGRAPH_GRAPH_H

#include <nergraph/documents.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An undirected graph without loops or parallel edges. Nodes are sorted by id bytes, edges by
 * (source, target) with source < target. It does not change once it is made. */
typedef struct ng_graph ng_graph;

/* One way an actor was named, and how often. */
typedef struct ng_alias {
    ng_view text;
    ng_form form;
    uint64_t count;
} ng_alias;

/* All views are borrowed and live as long as the graph. */
typedef struct ng_node {
    ng_view id;    /* "person:benjamin-netanyahu", ASCII */
    ng_view label; /* "Benjamin Netanyahu" */
    ng_kind kind;
    ng_view iso2;               /* ISO 3166 code of a country, else empty */
    uint64_t geonames;          /* of a place: id of GeoNames, 0 when it is not known */
    double latitude, longitude; /* likewise, degrees */
    double geo_confidence;      /* that it is this one of the cities of its name, 0 ... 1 */
    uint64_t mention_count;
    uint64_t acting_count; /* of these, by a capital or seat that the text treats as its state */
    uint64_t document_count;
    uint64_t unit_count;     /* scope units it occurs in: n_i */
    double confidence;       /* mean of its mentions' */
    ng_view first, last;     /* earliest and latest document date, or empty */
    const ng_alias *aliases; /* sorted by count (largest first), then bytes */
    size_t alias_count;
} ng_node;

typedef struct ng_edge {
    uint32_t source, target; /* node indices, source < target */
    double weight;           /* as the options say */
    uint64_t unit_count;     /* scope units with both: n_ij */
    uint64_t sentence_count;
    uint64_t document_count;
    ng_view first, last;
    double confidence; /* that the two really occur together somewhere, 0 ... 1; 0: not known */
    /* Of a graph made from documents, else NaN: normalized pointwise mutual information; chance of
     * as many units with both or more (Fisher's exact test, one-sided); the same adjusted for the
     * number of edges (Benjamini and Hochberg 1995). */
    double npmi, p_value, q_value;
} ng_edge;

/* A place in a document that shows an edge. */
typedef struct ng_evidence {
    ng_view document;    /* document id */
    ng_view date;        /* or empty */
    ng_view quote;       /* at most 400 characters, exactly as in the text */
    uint64_t start, end; /* of the quote, code points into the text */
    uint64_t byte_start, byte_end;
    ng_view sha256; /* of the document's text: 64 hexadecimal digits */
    bool in_title;
} ng_evidence;

/* One decision about a name: joined to the actor, or refused. */
typedef struct ng_decision {
    ng_view name;      /* the name as written */
    bool is_joined;    /* false: an anti-edge, kept apart */
    ng_view rule;      /* "surname", "demonym", "ambiguous-surname", ... */
    ng_view evidence;  /* why, in words: "the only person named Netanyahu in article.txt" */
    uint64_t count;    /* how often it was taken */
    double confidence; /* how often such a decision is right, 0 ... 1; 0: not known */
} ng_decision;

/* Reads the inputs and counts who occurs with whom.
 *
 * Failures as of ng_extract. *graph_out is set on NG_OK, and when only some documents were unusable
 * (NG_E_DATA, NG_E_LIMIT with *graph_out != NULL): it then holds the rest. Set it to NULL before
 * the call; free it with ng_graph_free. The graph does not depend on the thread count. */
NG_API ng_status ng_graph_build(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                                ng_report *report_out, ng_graph **graph_out);

/* ---- counts: what documents add to a graph, before it is one. They can be saved, added up and
 * finished with any weight without reading the documents again. ---- */

/* Grows with the graph, not with the archive. */
typedef struct ng_counts ng_counts;

/* Empty counts. The options are copied; their paths are borrowed until ng_counts_free. Fails with
 * NG_E_DATA or NG_E_IO for rules, a model or mentions that cannot be used. */
NG_API ng_status ng_counts_new(ng_ctx *cx, const ng_options *options, ng_counts **counts_out);

/* Empty counts with the options that a saved graph was counted with; of `options` only what does
 * not change counts is taken (weight, isolates, threads, limits). */
NG_API ng_status ng_counts_new_like(ng_ctx *cx, const ng_options *options, const char *path,
                                    ng_counts **counts_out);

NG_API void ng_counts_free(ng_counts *counts);

/* Reads the inputs and adds what they hold. A document that was counted before changes nothing.
 * `verdict_out` is what the inputs came to when the rest was counted: NG_OK, NG_E_DATA, NG_E_LIMIT
 * or NG_E_IO. */
NG_API ng_status ng_counts_add(ng_ctx *cx, ng_counts *counts, const ng_inputs *inputs,
                               ng_report *report_out, ng_status *verdict_out);

/* Adds a saved graph. One whose documents were all counted before changes nothing; `known_out` is
 * how many it has, else 0. NG_E_DATA when only some were, when it was counted otherwise (options,
 * dictionaries, model, rules), or when it is damaged: the counts are of no use then. */
NG_API ng_status ng_counts_add_saved(ng_ctx *cx, ng_counts *counts, const char *path,
                                     uint64_t *known_out);

/* Writes them to a file (.ngr, docs/ngr.md). Equal counts give equal bytes, whatever the order in
 * which they were added. */
NG_API ng_status ng_counts_write(ng_ctx *cx, ng_counts *counts, const char *path);

/* Makes the graph. The counts are empty afterwards; free the graph with ng_graph_free. */
NG_API ng_status ng_counts_finish(ng_ctx *cx, ng_counts *counts, ng_graph **graph_out);

/* True when the file's first bytes are those of a saved graph (.ngr). */
NG_API bool ng_counts_is_saved(ng_ctx *cx, const char *path);

/* Documents in a saved graph, without reading the rest. */
NG_API ng_status ng_counts_documents(ng_ctx *cx, const char *path, uint64_t *count_out);

/* ---- an archive in parts ---- */

typedef enum ng_period {
    NG_PERIOD_YEAR,
    NG_PERIOD_MONTH,
    NG_PERIOD_WEEK, /* ISO 8601 */
    NG_PERIOD_DAY
} ng_period;

typedef struct ng_slices ng_slices;

/* Reads the inputs once and counts them by date, or, when `step` is not 0, by so many documents in
 * the order of reading, and all parts as a whole. Documents without a date that tells the period
 * are in no part and not in the whole. Free the slices whatever it returns. Failures as of
 * ng_counts_add. */
NG_API ng_status ng_slices_build(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                                 ng_period period, uint32_t step, ng_report *report_out,
                                 ng_status *verdict_out, ng_slices **slices_out);
NG_API void ng_slices_free(ng_slices *slices);

NG_API size_t ng_slices_count(const ng_slices *slices);
NG_API uint64_t ng_slices_undated(const ng_slices *slices); /* documents */

/* "2024", "2024-02", "2024-W08", "2024-02-21", "00000101-00000200". Borrowed; in this order. */
NG_API const char *ng_slices_name(const ng_slices *slices, size_t index);

/* Saves the counts of a part (.ngr). */
NG_API ng_status ng_slices_write(ng_ctx *cx, ng_slices *slices, size_t index, const char *path);

/* Makes the graph of a part, or of the whole (SIZE_MAX); its counts are empty afterwards. */
NG_API ng_status ng_slices_finish(ng_ctx *cx, ng_slices *slices, size_t index,
                                  ng_graph **graph_out);

/* ---- loading ---- */

/* Loads a graph that `nergraph graph -o x.json` or `-o x.ngr` saved ("-": JSON from standard
 * input), or one of other tools: GraphML, GML, Pajek, DOT (through nergraph-draw), a CSV table of
 * edges (a file named .csv or .tsv whose first line has the columns source and target, perhaps
 * weight; NAME-nodes.csv beside it tells labels), node-link JSON. Of these are taken ids, labels,
 * kinds and weights. What is no format by its first words is one by the endings .graphml, .gml,
 * .dot and .gv.
 *
 * Node-link JSON of other programs (NetworkX, D3) is understood as well: `edges` or `links`, ids as
 * texts or whole numbers, a missing weight is 1, directions are ignored, parallel edges added up,
 * loops dropped (a warning says how many). A kind that is not given is that of an id like
 * "person:x", else NG_KIND_PEOPLE. Scores in the file are not read. Fails with NG_E_IO (cannot
 * read) or NG_E_DATA (no graph, an edge to an unknown node, a weight that is not finite, bytes that
 * are no UTF-8; names the place). O(n log n). */
NG_API ng_status ng_graph_load(ng_ctx *cx, const char *path, ng_graph **graph_out);

/* The same; of a saved graph (.ngr), which holds counts, `options` tells the weight and whether
 * isolated actors are kept (NULL: the defaults). */
NG_API ng_status ng_graph_load_with(ng_ctx *cx, const char *path, const ng_options *options,
                                    ng_graph **graph_out);

/* True when the file's first bytes look like a saved graph rather than a document. A file that
 * cannot be read is not one. */
NG_API bool ng_graph_is_saved(ng_ctx *cx, const char *path);

NG_API void ng_graph_free(ng_graph *graph);

NG_API size_t ng_graph_node_count(const ng_graph *graph);
NG_API size_t ng_graph_edge_count(const ng_graph *graph);

/* ---- are its quotes still true? ---- */

/* Takes one quote that is not where it stood: changed, or without its document. */
typedef void ng_verify_say(void *user, const ng_evidence *quote, bool is_changed);

typedef struct ng_verify_counts {
    uint64_t right, changed, missing;
} ng_verify_counts;

/* Reads the documents again and compares every quote of the graph, byte for byte. Tells those that
 * differ, in the order of the documents; then those whose document was not among the inputs.
 * Failures as of ng_extract. O(bytes + quotes log quotes). */
NG_API ng_status ng_graph_verify(ng_ctx *cx, const ng_graph *graph, const ng_options *options,
                                 const ng_inputs *inputs, ng_verify_say *say, void *user,
                                 ng_verify_counts *counts_out);

/* ---- a part of a graph ---- */

/* How the heavy edges are told from the rest (src/graph/backbone.c has the sources). */
typedef enum ng_backbone {
    NG_BACKBONE_NONE,
    NG_BACKBONE_DISPARITY, /* heavier than chance at one end: `alpha` */
    NG_BACKBONE_TOP,       /* the `k` heaviest of each actor */
    NG_BACKBONE_SPANNING,  /* a maximum spanning forest, and the `k` heaviest of each actor */
    NG_BACKBONE_CORE       /* between actors with at least `k` neighbours among themselves */
} ng_backbone;

/* What stays: first the thresholds are asked, then the backbone is taken of what is left, then what
 * is near an actor. */
typedef struct ng_selection {
    double least_weight;      /* -INFINITY: any */
    uint64_t least_documents; /* of an edge */
    double most_q;            /* INFINITY: any; an edge without a q-value stays */
    ng_backbone backbone;
    double alpha;
    uint32_t k;
    size_t around; /* a node, or SIZE_MAX */
    uint32_t hops; /* steps from it */
    bool drop_isolates;
    const char *words; /* what the note "part" of the new graph says */
} ng_selection;

/* Fills a selection that keeps everything. */
NG_API void ng_selection_init(ng_selection *selection);

/* Makes a graph of what stays, with counts, evidence and ledger as they are; free it with
 * ng_graph_free. O(edges log edges). */
NG_API ng_status ng_graph_select(ng_ctx *cx, const ng_graph *graph, const ng_selection *selection,
                                 ng_graph **part_out);

/* ---- the graph of other documents ---- */

/* Of a graph made with options.keep_shares: how many documents it was made from, else 0; the id of
 * one. They are in the order of their digests, which is the same in whatever order they were read.
 * Borrowed. */
NG_API size_t ng_graph_share_count(const ng_graph *graph);
NG_API ng_view ng_graph_share_document(const ng_graph *graph, size_t index);

/* The graph as it would be if each document had been read so many times: the same nodes, the edges
 * that still occur, units, documents of edges and weights anew; what else is counted of nodes and
 * edges stays. NPMI and tests are NaN; there is no evidence and no ledger.
 * Its texts are those of `graph`, which must outlive it; free it with ng_graph_free.
 *
 *   times  ng_graph_share_count numbers, one a document
 *
 * NG_E_USAGE when the graph was made without options.keep_shares. O(nodes + edges + what the
 * documents add). */
NG_API ng_status ng_graph_resample(ng_ctx *cx, const ng_graph *graph, const uint32_t *times,
                                   ng_graph **resample_out);

/* The largest part, 0 ... 1, of the units at a node's edges that one document gives, and which; 0
 * when it is not known. O(what the documents add). */
NG_API double ng_graph_largest_share(const ng_graph *graph, size_t node, size_t *index_out);

/* The node or edge with this index, which must be below the count. Borrowed. */
NG_API const ng_node *ng_graph_node(const ng_graph *graph, size_t index);
NG_API const ng_edge *ng_graph_edge(const ng_graph *graph, size_t index);

/* The quotes kept for an edge, sorted by document id, then place. Borrowed. */
NG_API const ng_evidence *ng_graph_evidence(const ng_graph *graph, size_t edge_index,
                                            size_t *count_out);

/* The decisions that made a node, sorted by name. Borrowed. */
NG_API const ng_decision *ng_graph_ledger(const ng_graph *graph, size_t node_index,
                                          size_t *count_out);

/* The edge between two nodes, or SIZE_MAX. O(log edges). */
NG_API size_t ng_graph_find_edge(const ng_graph *graph, size_t a, size_t b);

/* Finds the node a user means by `name`: its id, else its label, else an alias (case and accents
 * ignored), else a part of words of a label that fits one node only.
 *
 *   candidates  out; the caller's array of `limit` node indices, best first
 *
 * Returns how many fit (0: none; more than 1: ambiguous; only `limit` are stored). Without memory
 * for the comparison it finds ids and labels as written only. O(names). */
NG_API size_t ng_graph_find_node(const ng_graph *graph, ng_view name, size_t *candidates,
                                 size_t limit);

/* How the graph was made, as "key" = "value" pairs in fixed order: program version, data hash,
 * options, unit of weight. index below ng_graph_note_count. */
NG_API size_t ng_graph_note_count(const ng_graph *graph);
NG_API void ng_graph_note(const ng_graph *graph, size_t index, ng_view *key_out,
                          ng_view *value_out);

/* The value of the note with this key; empty when there is none. Borrowed. O(notes). */
NG_API ng_view ng_graph_find_note(const ng_graph *graph, ng_view key);

#ifdef __cplusplus
}
#endif

#endif
