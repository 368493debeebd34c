/* nergraph evidence: the sentences in which two actors occur together. */
#include "cli.h"

#include <stdint.h>

/* Finds the edge between two named actors. */
static bool obtain_edge(const cli_arguments *arguments, const ng_graph *graph, size_t *edge_out,
                        int *code_out)
{
    size_t a = 0, b = 0;

    if (!obtain_node(arguments, graph, arguments->operands[1], &a, code_out) ||
        !obtain_node(arguments, graph, arguments->operands[2], &b, code_out))
        return false;
    *edge_out = ng_graph_find_edge(graph, a, b);
    if (*edge_out != SIZE_MAX)
        return true;
    complain("no evidence: %s and %s never occur together", arguments->operands[1],
             arguments->operands[2]);
    *code_out = EXIT_NO;
    return false;
}

int run_evidence(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    size_t edge = 0;
    int code = 0, written = 0;

    if (arguments->operand_count != 3)
        return complain("evidence: give a graph and two actors, for example "
                        "`nergraph evidence net.json Israel Syria`");
    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, 1, &graph));
    if (graph && obtain_edge(arguments, graph, &edge, &code))
        written = write_item(cx, arguments, graph, edge, ng_evidence_write);
    ng_graph_free(graph);
    return written != 0 ? written : code;
}
