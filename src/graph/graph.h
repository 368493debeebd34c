/* The door of graph: tallies become one graph; loading. The public getters are in
 * <nergraph/graph.h>. */
#ifndef NG_GRAPH_H
#define NG_GRAPH_H

#include "../cooccurrence/cooccurrence.h"
#include "../documents/documents.h"

/* Collects documents; grows with the graph, not with the archive. */
typedef struct ng_builder ng_builder;

/* `options` and `names` are borrowed until the builder is freed. */
ng_status ng_builder_new(ng_ctx *cx, const ng_options *options, const ng_names *names,
                         ng_builder **builder_out);
/* Notes which model finds the names. */
void ng_builder_set_model(ng_builder *builder, const char *hash);

void ng_builder_free(ng_ctx *cx, ng_builder *builder);

/* Adds one document's tallies, one for each scope of the options. `text_offset` is where the
 * document's own text begins in the scanned text (after a title read as a paragraph of its own):
 * bytes and code points; evidence offsets are made relative to it. A document whose id and text
 * were added before is counted in report->duplicate_count and changes nothing. */
ng_status ng_builder_add(ng_ctx *cx, ng_builder *builder, const ng_source_document *document,
                         const ng_text *text, const ng_spans *spans, const ng_cast *cast,
                         const ng_tally *tallies, uint32_t text_offset_bytes,
                         uint32_t text_offset_cp, ng_report *report);

/* Makes the graph: nodes sorted by id, edges by pair, evidence sampled (bottom-k by hash, so that
 * it does not depend on the order of documents), ledger merged, notes written. The builder is empty
 * afterwards. */
ng_status ng_builder_finish(ng_ctx *cx, ng_builder *builder, ng_graph **graph_out);

/* Writes what was counted to a saved graph (.ngr). Equal counts give equal bytes. */
ng_status ng_builder_save(ng_ctx *cx, ng_builder *builder, const char *path);

/* With options->resume_path: what is counted is kept in files 0.ngr, 1.ngr ... of a folder, the
 * first `count` of which are there from an earlier time. */
ng_status ng_builder_keep_runs(ng_ctx *cx, ng_builder *builder, const char *folder, unsigned count);

/* Writes what was counted since the last file; `count_out`: how many there are. */
ng_status ng_builder_checkpoint(ng_ctx *cx, ng_builder *builder, unsigned *count_out);

/* Adds the counts of a saved graph. One whose documents were all counted before changes nothing:
 * `known_out` is how many it has, else 0. NG_E_DATA when some of them were, when it was counted
 * with other options, dictionaries, model or rules, or is damaged; the builder is of no use then.
 */
ng_status ng_builder_add_saved(ng_ctx *cx, ng_builder *builder, const char *path,
                               uint64_t *known_out);

/* How many threads work on documents: as many as asked for, but no more than leave half of
 * options->memory_bytes to counting. */
uint32_t ng_memory_threads(const ng_options *options);

/* True for a file that begins as a saved graph (.ngr). */
bool ng_saved_is_counts(ng_ctx *cx, const char *path);

/* Documents that a saved graph was counted from. */
ng_status ng_saved_document_count(ng_ctx *cx, const char *path, uint64_t *count_out);

/* A builder of a saved graph's options, which it sets; `options` and `names` are borrowed. */
ng_status ng_builder_new_like(ng_ctx *cx, ng_options *options, const ng_names *names,
                              const char *path, ng_builder **builder_out);

/* NG_E_DATA when documents that are read with these dictionaries, rules and model cannot be added
 * to what is counted. */
ng_status ng_builder_check(ng_ctx *cx, const ng_builder *builder, const ng_names *names,
                           const char *model_hash);

/* Which node of the new graph each node of the old one is, UINT32_MAX: none. `match` has room for
 * all nodes of the old one. */
ng_status ng_graph_match(ng_ctx *cx, const ng_graph *old, const ng_graph *new_graph,
                         uint32_t *match);

/* For tests and importers: a graph from plain arrays (copied). Edges need not be sorted; parallel
 * edges are added up, loops dropped. */
typedef struct ng_plain_edge {
    uint32_t source, target;
    double weight;
} ng_plain_edge;
ng_status ng_graph_from_plain(ng_ctx *cx, const ng_view *labels, const ng_kind *kinds,
                              size_t node_count, const ng_plain_edge *edges, size_t edge_count,
                              ng_graph **graph_out);

#endif
