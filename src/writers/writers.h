/* The door of writers: graphs and scores into files. The public calls are in <nergraph/writers.h>.
 */
#ifndef NG_WRITERS_H
#define NG_WRITERS_H

#include "../measures/measures.h"
#include <nergraph/writers.h>

/* Escaping, once, per format (escape.c). Each appends `text` (valid UTF-8) to `out`. */
ng_status ng_escape_json(ng_ctx *cx, ng_view text, ng_buffer *out); /* with the quotes */
ng_status ng_escape_csv(ng_ctx *cx, ng_view text, bool raw, ng_buffer *out);
ng_status ng_escape_tsv(ng_ctx *cx, ng_view text, ng_buffer *out);
ng_status ng_escape_xml(ng_ctx *cx, ng_view text, ng_buffer *out);
ng_status ng_escape_markdown(ng_ctx *cx, ng_view text, ng_buffer *out);

/* Appends the whole node-link JSON of a graph. */
ng_status ng_json_format(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                         ng_buffer *out);

#endif
