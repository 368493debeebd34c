/* Any bytes as a saved graph or one of other tools: what loads is written, loads again, and is
 * written the same. DOT is read by another program and not fuzzed here. */
#define FUZZ_FILE
#include "fuzz.h"

#include "graph/graph.h"
#include "writers/writers.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_sys sys;
    ng_graph *graph = NULL, *again = NULL;
    ng_buffer first, second;
    ng_ctx *cx = ng_ctx_new();

    fuzz_must(cx != NULL, "memory");
    fuzz_must(setenv("NERGRAPH_DRAW", "/nowhere/nergraph-draw", 1) == 0, "memory");
    fuzz_set_file(cx, &sys, (ng_view){ (const char *)data, size });
    ng_buffer_init(&first, SIZE_MAX / 2);
    ng_buffer_init(&second, SIZE_MAX / 2);
    /* a table is told by its name, too */
    if (ng_graph_load(cx, size > 0 && data[0] == 'S' ? "fuzz.csv" : "fuzz.json", &graph) == NG_OK) {
        fuzz_must(ng_json_format(cx, graph, NULL, &first) == NG_OK, "a graph can be written");
        fuzz_set_file(cx, &sys, ng_buffer_view(&first));
        fuzz_must(ng_graph_load(cx, "fuzz.json", &again) == NG_OK, "what we wrote loads");
        fuzz_must(ng_json_format(cx, again, NULL, &second) == NG_OK, "and is written again");
        fuzz_must(ng_view_equal(ng_buffer_view(&first), ng_buffer_view(&second)),
                  "both times the same bytes");
    }
    ng_graph_free(graph);
    ng_graph_free(again);
    ng_buffer_destroy(cx, &first);
    ng_buffer_destroy(cx, &second);
    ng_ctx_free(cx);
    return 0;
}
