/* nergraph path: the shortest way between two actors, with a sentence for each step. */
#include "cli.h"

/* One step, for a reader. */
static void print_step(const ng_graph *graph, size_t from, size_t to)
{
    size_t index = ng_graph_find_edge(graph, from, to), count = 0;
    const ng_edge *edge = ng_graph_edge(graph, index);
    const ng_evidence *quotes = ng_graph_evidence(graph, index, &count);
    ng_view left = ng_graph_node(graph, from)->label, right = ng_graph_node(graph, to)->label;

    printf("%.*s - %.*s: weight %.9g\n", (int)left.size, left.data, (int)right.size, right.data,
           edge->weight);
    if (count == 0)
        return;
    printf("    ");
    for (size_t i = 0; i < quotes[0].quote.size; i++) {
        unsigned char byte = (unsigned char)quotes[0].quote.data[i];

        putchar(byte < ' ' || byte == 0x7F ? ' ' : byte);
    }
    printf("\n    %.*s\n", (int)quotes[0].document.size, quotes[0].document.data);
}

int run_path(ng_ctx *cx, cli_arguments *arguments)
{
    ng_graph *graph = NULL;
    size_t from = 0, to = 0, *nodes = NULL, count = 0;
    int code = 0;

    if (arguments->operand_count != 3)
        return complain("path: give a graph and two actors, for example "
                        "`nergraph path net.ngr Israel Syria`");
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, 1, &graph));
    if (graph && obtain_node(arguments, graph, arguments->operands[1], &from, &code) &&
        obtain_node(arguments, graph, arguments->operands[2], &to, &code)) {
        code = exit_code(cx, arguments,
                         ng_path_find(cx, graph, from, to, arguments->distance, &nodes, &count));
        if (code == 0 && count == 0) {
            complain("no path: nothing joins %s and %s", arguments->operands[1],
                     arguments->operands[2]);
            code = EXIT_NO;
        }
        for (size_t i = 1; i < count; i++)
            print_step(graph, nodes[i - 1], nodes[i]);
    }
    ng_path_free(cx, nodes);
    ng_graph_free(graph);
    return code;
}
