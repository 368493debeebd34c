/* nergraph explain: which names were joined into an actor, and why. */
#include "cli.h"

/* Lists decisions of the whole graph. */
static int list_decisions(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    ng_output *output = NULL;
    size_t count = 0;
    ng_status status = NG_OK;
    int code = 0, written = 0;

    if (arguments->operand_count != 1)
        return complain("explain: give a graph and no actor with --%s",
                        arguments->listed == NG_DECISIONS_HOMONYMS ? "homonyms" : "ambiguous");
    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, 1, &graph));
    if (graph) {
        status = open_table(cx, arguments, &output);
        if (status == NG_OK)
            status = close_table(
                cx, output,
                ng_decisions_write(cx, graph, arguments->listed, format, output, &count));
        written = exit_code(cx, arguments, status);
        if (written == 0 && count == 0) {
            if (!arguments->is_quiet)
                complain("%s", arguments->listed == NG_DECISIONS_HOMONYMS
                                   ? "no name is told to be several people's"
                                   : "no name fits several actors");
            written = EXIT_NO;
        }
    }
    ng_graph_free(graph);
    return written != 0 ? written : code;
}

int run_explain(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    size_t node = 0;
    int code = 0, written = 0;

    if (arguments->listed != NG_DECISIONS_NONE)
        return list_decisions(cx, arguments);
    if (arguments->operand_count != 2)
        return complain("explain: give a graph and an actor, for example "
                        "`nergraph explain net.json Netanyahu`");
    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, 1, &graph));
    if (graph && obtain_node(arguments, graph, arguments->operands[1], &node, &code))
        written = write_item(cx, arguments, graph, node, ng_explanation_write);
    ng_graph_free(graph);
    return written != 0 ? written : code;
}
