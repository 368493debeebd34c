/* nergraph summary: the whole network in words and numbers. */
#include "cli.h"

int run_summary(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    ng_scores *scores = NULL;
    ng_output *output = NULL;
    ng_summary summary;
    ng_status status = NG_OK;
    int code = 0, narrowed = 0;

    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, arguments->operand_count, &graph));
    narrowed = narrow(cx, arguments, &graph);
    if (narrowed != 0)
        code = narrowed;
    if (graph && narrowed == 0) {
        status = compute_scores(cx, arguments, graph, SUMMARY_MEASURES, &scores);
        if (status == NG_OK)
            status = ng_summary_make(cx, graph, scores, &summary);
        if (status == NG_OK)
            status = open_table(cx, arguments, &output);
        if (status == NG_OK)
            status = close_table(cx, output,
                                 ng_summary_write(cx, graph, scores, &summary, format, output));
        if (status != NG_OK)
            code = exit_code(cx, arguments, status);
    }
    ng_scores_free(scores);
    ng_graph_free(graph);
    return code;
}
