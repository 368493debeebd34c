/* nergraph centrality: the ranking of actors. */
#include "cli.h"

enum { DEFAULT_TOP = 20 };

/* Computes and writes the table. */
static ng_status rank(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                      ng_table_format format)
{
    ng_scores *scores = NULL;
    ng_output *output = NULL;
    uint32_t measures = 0;
    size_t top = arguments->has_top ? arguments->top : format == NG_TABLE_ALIGNED ? DEFAULT_TOP : 0;
    ng_status status = NG_OK;

    for (size_t i = 0; i < arguments->by_count; i++)
        measures |= 1u << arguments->by[i];
    status = compute_scores(cx, arguments, graph, measures, &scores);
    if (status == NG_OK)
        status = open_table(cx, arguments, &output);
    if (status == NG_OK) {
        status = ng_ranking_write(cx, graph, scores, arguments->by, arguments->by_count, top,
                                  format, arguments->plain_output ? 0 : terminal_width(),
                                  wants_colour(arguments), output);
        status = close_table(cx, output, status);
    }
    ng_scores_free(scores);
    if (status == NG_OK && !arguments->has_top && top > 0 && ng_graph_node_count(graph) > top &&
        !arguments->is_quiet)
        fprintf(stderr, "nergraph: %zu more actors; --top 0 prints all\n",
                ng_graph_node_count(graph) - top);
    return status;
}

int run_centrality(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    ng_status status = NG_OK, ranked = NG_OK;
    int code = 0, narrowed = 0;

    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    status = obtain_graph(cx, arguments, arguments->operand_count, &graph);
    code = exit_code(cx, arguments, status);
    narrowed = narrow(cx, arguments, &graph);
    if (narrowed != 0)
        code = narrowed;
    if (graph && narrowed == 0) {
        ranked = rank(cx, arguments, graph, format);
        if (ranked != NG_OK)
            code = exit_code(cx, arguments, ranked);
    }
    ng_graph_free(graph);
    return code;
}
