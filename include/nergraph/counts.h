/* Counts: what documents add to a graph, before it is one. They can be saved, added up and finished
 * with any weight without reading the documents again. */
#ifndef NERGRAPH_COUNTS_H
#define NERGRAPH_COUNTS_H

#include <nergraph/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
}
#endif

#endif
