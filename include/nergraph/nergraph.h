/* nergraph: from documents to a ranked, drawn graph of actors. Include only this header.
 *
 *   ng_ctx *cx = ng_ctx_new();
 *   ng_options options;
 *   ng_options_init(&options);
 *   ng_inputs *inputs = NULL;
 *   ng_graph *graph = NULL;
 *   ng_report report;
 *   ng_inputs_new(cx, &inputs);
 *   ng_inputs_add(cx, inputs, "article.txt");
 *   if (ng_graph_build(cx, &options, inputs, &report, &graph) != NG_OK)
 *       fprintf(stderr, "%s\n", ng_ctx_error(cx));
 */
#ifndef NERGRAPH_NERGRAPH_H
#define NERGRAPH_NERGRAPH_H

#include <nergraph/documents.h>
#include <nergraph/graph.h>
#include <nergraph/measures.h>
#include <nergraph/options.h>
#include <nergraph/status.h>
#include <nergraph/training.h>
#include <nergraph/writers.h>

#endif
