/* nergraph explain: which names were joined into an actor, and why. */
#include "cli.h"

int run_explain(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    size_t node = 0;
    int code = 0, written = 0;

    if (arguments->operand_count != 2)
        return complain("explain: give a graph and an actor, for example "
                        "`nergraph explain net.json Netanyahu`");
    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, 1, &graph));
    if (graph && obtain_node(cx, graph, arguments->operands[1], &node, &code))
        written = write_item(cx, arguments, graph, node, ng_explanation_write);
    ng_graph_free(graph);
    return written != 0 ? written : code;
}
