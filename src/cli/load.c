/* What commands start from: inputs, a graph (saved or made now), a node, a table's destination. */
#include "cli.h"

#include <string.h>

enum { CANDIDATE_LIMIT = 8 };

ng_status collect_inputs(ng_ctx *cx, const cli_arguments *arguments, ng_inputs **inputs_out)
{
    const char *list = arguments->files_from;
    ng_inputs *inputs = NULL;
    ng_status status = ng_inputs_new(cx, &inputs);

    if (status != NG_OK)
        return status;
    if (!list && arguments->zero_ended)
        list = "-";
    for (int i = 0; i < arguments->operand_count && status == NG_OK; i++)
        status = ng_inputs_add(cx, inputs, arguments->operands[i]);
    if (status == NG_OK && list)
        status = ng_inputs_add_list(cx, inputs, list, arguments->zero_ended);
    if (status == NG_OK && !list && arguments->operand_count == 0)
        status = ng_inputs_add(cx, inputs, "-");
    if (status != NG_OK) {
        ng_inputs_free(inputs);
        return status;
    }
    *inputs_out = inputs;
    return NG_OK;
}

int check_inputs(ng_ctx *cx, const cli_arguments *arguments)
{
    unsigned groups = arguments->command->groups;
    int count = arguments->operand_count;
    bool is_alone = false;

    if (!(groups & GROUP_DOCUMENTS))
        return 0;
    if (groups & GROUP_ACTORS && count > 1)
        count = 1;
    is_alone = count == 1 && !arguments->files_from && !arguments->zero_ended;
    for (int i = 0; i < count; i++) {
        const char *path = arguments->operands[i];

        if (!ng_graph_is_saved(cx, path))
            continue;
        if (!(groups & GROUP_GRAPHS))
            return complain("%s: a saved graph, not a document", path);
        if (!is_alone)
            return complain("%s: a saved graph; give it alone, without documents", path);
        if (arguments->count_option)
            return complain("--%s: %s is a saved graph, counted already; give its documents",
                            arguments->count_option, path);
    }
    return 0;
}

ng_status obtain_graph(ng_ctx *cx, const cli_arguments *arguments, int operand_count,
                       ng_graph **graph_out)
{
    cli_arguments inputs_only = *arguments;
    ng_inputs *inputs = NULL;
    ng_report report = { 0 };
    ng_status status = NG_OK;

    inputs_only.operand_count = operand_count;
    if (operand_count == 1 && !arguments->files_from && !arguments->zero_ended &&
        ng_graph_is_saved(cx, arguments->operands[0]))
        return ng_graph_load(cx, arguments->operands[0], graph_out);
    status = collect_inputs(cx, &inputs_only, &inputs);
    if (status == NG_OK)
        status = ng_graph_build(cx, &arguments->options, inputs, &report, graph_out);
    if (*graph_out && ng_graph_node_count(*graph_out) == 0)
        say_empty(arguments, &report);
    ng_inputs_free(inputs);
    return status;
}

/* Names the actors a name could mean. */
static void list_candidates(const ng_graph *graph, const size_t *candidates, size_t count)
{
    for (size_t i = 0; i < count && i < CANDIDATE_LIMIT; i++) {
        const ng_node *node = ng_graph_node(graph, candidates[i]);

        fprintf(stderr, "  %.*s  %.*s\n", (int)node->id.size, node->id.data, (int)node->label.size,
                node->label.data);
    }
    if (count > CANDIDATE_LIMIT)
        fprintf(stderr, "  and %zu more\n", count - CANDIDATE_LIMIT);
}

/* Steps from a name to a label, or to a word of it. */
static int steps_to_label(ng_view name, ng_view label)
{
    int best = steps_between(name, label);
    size_t start = 0;

    for (size_t at = 0; at <= label.size; at++) {
        int steps = 0;

        if (at < label.size && label.data[at] != ' ')
            continue;
        steps = steps_between(name, (ng_view){ label.data + start, at - start });
        best = steps < best ? steps : best;
        start = at + 1;
    }
    return best;
}

/* Says that nobody has the name, and who has one that is written nearly so. */
static void say_unknown(const ng_graph *graph, const char *name)
{
    const ng_node *best = NULL;
    int least = 0;

    for (size_t i = 0; i < ng_graph_node_count(graph); i++) {
        const ng_node *node = ng_graph_node(graph, i);
        int steps = steps_to_label(view_of(name), node->label);

        if (!best || steps < least) {
            best = node;
            least = steps;
        }
    }
    if (best && is_near(least, strlen(name)))
        complain("no actor is named '%s'; did you mean '%.*s'?", name, (int)best->label.size,
                 best->label.data);
    else
        complain("no actor is named '%s'; `nergraph centrality --top 0` lists them all", name);
}

bool obtain_node(ng_ctx *cx, const ng_graph *graph, const char *name, size_t *node_out,
                 int *code_out)
{
    size_t candidates[CANDIDATE_LIMIT];
    size_t count = ng_graph_find_node(graph, view_of(name), candidates, CANDIDATE_LIMIT);

    (void)cx;
    if (count == 1) {
        *node_out = candidates[0];
        return true;
    }
    if (count == 0) {
        say_unknown(graph, name);
        *code_out = EXIT_NO;
        return false;
    }
    complain("'%s' fits %zu actors; give the id of one:", name, count);
    list_candidates(graph, candidates, count);
    *code_out = NG_E_USAGE;
    return false;
}

bool table_format(const cli_arguments *arguments, ng_table_format *format_out)
{
    static const char *const names[] = { "table", "tsv", "csv", "json" };
    static const ng_table_format formats[] = { NG_TABLE_ALIGNED, NG_TABLE_TSV, NG_TABLE_CSV,
                                               NG_TABLE_JSON };
    const char *ending = arguments->plain_output ? strrchr(arguments->plain_output, '.') : NULL;
    const char *wanted = arguments->format ? arguments->format : ending ? ending + 1 : "table";
    ng_format picture = NG_FORMAT_COUNT;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (same(names[i], wanted)) {
            *format_out = formats[i];
            return true;
        }
    }
    *format_out = NG_TABLE_ALIGNED;
    if (arguments->format)
        complain("--format %s: unknown; use table, tsv, csv or json", wanted);
    else if (ending && ng_format_of_path(arguments->plain_output, &picture))
        complain("-o %s: a table is written there; `nergraph graph FILE -o %s` writes the graph",
                 arguments->plain_output, arguments->plain_output);
    else
        return true;
    return false;
}

ng_status open_table(ng_ctx *cx, const cli_arguments *arguments, ng_output **output_out)
{
    return ng_output_open(cx, arguments->plain_output ? arguments->plain_output : "-", output_out);
}

ng_status close_table(ng_ctx *cx, ng_output *output, ng_status status)
{
    if (status == NG_OK)
        return ng_output_commit(cx, output);
    ng_output_discard(cx, output);
    return status;
}

/* The format was checked before the graph was read. */
int write_item(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph, size_t item,
               item_writer writer)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_output *output = NULL;
    ng_status status = NG_OK;

    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    status = open_table(cx, arguments, &output);
    if (status == NG_OK)
        status = close_table(cx, output, writer(cx, graph, item, format, output));
    return exit_code(cx, arguments, status);
}
