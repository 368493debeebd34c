/* nergraph diff: what is different between two graphs. */
#include "cli.h"

enum { DEFAULT_ROWS = 10, DEFAULT_TIES = 60 };

/* One of the two graphs, with the measure that ranks. */
static int obtain_side(ng_ctx *cx, const cli_arguments *arguments, int index, ng_measure by,
                       ng_graph **graph, ng_scores **scores)
{
    cli_arguments side = *arguments;
    int code = 0;

    side.operands = arguments->operands + index;
    side.operand_count = 1;
    code = exit_code(cx, arguments, obtain_graph(cx, &side, 1, graph));
    if (*graph && code == 0)
        code = narrow(cx, arguments, graph);
    if (*graph && code == 0)
        code = exit_code(cx, arguments, compute_scores(cx, arguments, *graph, 1u << by, scores));
    return code;
}

int run_diff(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_measure by = arguments->by[0];
    ng_graph *old = NULL, *new = NULL;
    ng_scores *old_scores = NULL, *new_scores = NULL;
    ng_format picture = NG_FORMAT_SVG;
    ng_output *output = NULL;
    ng_status status = NG_OK;
    size_t top = 0, count = 0;
    int code = 0;

    if (arguments->operand_count != 2 || arguments->files_from || arguments->zero_ended)
        return complain("diff: give two graphs, for example `nergraph diff 2023.ngr 2024.ngr`");
    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    top = arguments->has_top ? arguments->top : format == NG_TABLE_ALIGNED ? DEFAULT_ROWS : 0;
    code = obtain_side(cx, arguments, 0, by, &old, &old_scores);
    if (code == 0)
        code = obtain_side(cx, arguments, 1, by, &new, &new_scores);
    if (code == 0 && wants_picture(arguments, &picture)) {
        top = arguments->has_top ? arguments->top : DEFAULT_TIES;
        code = exit_code(cx, arguments,
                         ng_difference_draw(cx, old, new, top, &arguments->write, picture,
                                            arguments->plain_output));
    } else if (code == 0) {
        status = open_table(cx, arguments, &output);
        if (status == NG_OK) {
            status = ng_difference_write(cx, old, old_scores, new, new_scores, by, top, format,
                                         output, &count);
            status = close_table(cx, output, status);
        }
        code = exit_code(cx, arguments, status);
    }
    ng_scores_free(old_scores);
    ng_scores_free(new_scores);
    ng_graph_free(old);
    ng_graph_free(new);
    return code;
}
