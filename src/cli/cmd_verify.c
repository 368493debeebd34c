/* nergraph verify: are a graph's quotes still in the documents? */
#include "cli.h"

static void print_difference(void *user, const ng_evidence *quote, bool is_changed)
{
    const cli_arguments *arguments = user;

    if (arguments->is_quiet)
        return;
    if (is_changed)
        printf("%.*s, %sbytes %llu-%llu: changed\n", (int)quote->document.size,
               quote->document.data, quote->in_title ? "title, " : "",
               (unsigned long long)quote->byte_start, (unsigned long long)quote->byte_end);
    else
        printf("%.*s, %sbytes %llu-%llu: the document is not there\n", (int)quote->document.size,
               quote->document.data, quote->in_title ? "title, " : "",
               (unsigned long long)quote->byte_start, (unsigned long long)quote->byte_end);
}

int run_verify(ng_ctx *cx, cli_arguments *arguments)
{
    cli_arguments rest = *arguments;
    ng_verify_counts counts = { 0 };
    ng_inputs *inputs = NULL;
    ng_graph *graph = NULL;
    int code = 0;

    if (arguments->operand_count < 2 || !ng_graph_is_saved(cx, arguments->operands[0]))
        return complain(
            "verify: give a saved graph and the documents it was made from, for example "
            "`nergraph verify net.ngr archive/`");
    code = exit_code(cx, arguments, ng_graph_load(cx, arguments->operands[0], &graph));
    rest.operands++;
    rest.operand_count--;
    if (code == 0)
        code = exit_code(cx, arguments, collect_inputs(cx, &rest, &inputs));
    if (code == 0)
        code = exit_code(cx, arguments,
                         ng_graph_verify(cx, graph, &arguments->options, inputs, print_difference,
                                         arguments, &counts));
    if (code == 0 || counts.right + counts.changed + counts.missing > 0)
        printf("%llu quotes stand, %llu changed, %llu without their document\n",
               (unsigned long long)counts.right, (unsigned long long)counts.changed,
               (unsigned long long)counts.missing);
    if (code == 0 && counts.changed + counts.missing > 0)
        code = EXIT_NO;
    ng_inputs_free(inputs);
    ng_graph_free(graph);
    return code;
}
