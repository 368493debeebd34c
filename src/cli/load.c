/* What commands start from: inputs, a graph (saved or made now), a node, a table's destination. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
    for (size_t i = 0; i < arguments->included_count && status == NG_OK; i++)
        status = ng_inputs_include(cx, inputs, arguments->included[i]);
    for (size_t i = 0; i < arguments->excluded_count && status == NG_OK; i++)
        status = ng_inputs_exclude(cx, inputs, arguments->excluded[i]);
    if (status != NG_OK) {
        ng_inputs_free(inputs);
        return status;
    }
    *inputs_out = inputs;
    return NG_OK;
}

/* Complains about options that come too late for a saved graph; 0 when there are none. `only`: no
 * documents are read beside it. */
static int check_options(ng_ctx *cx, const cli_arguments *arguments, const char *path, bool only)
{
    if (arguments->show_option && !ng_counts_is_saved(cx, path))
        return complain("--%s: %s holds no counts; give its documents, or a graph that -o x.ngr "
                        "saved",
                        arguments->show_option, path);
    if (arguments->options.rules_path && only)
        return complain("--rules: %s is a saved graph, counted already; give its documents", path);
    if (arguments->count_option)
        return complain("--%s: %s is a saved graph, counted already; give its documents",
                        arguments->count_option, path);
    return 0;
}

/* Complains about sources of one graph that do not go together; 0 when they do. */
static int check_sources(ng_ctx *cx, const cli_arguments *arguments, char *const *operands,
                         int count)
{
    bool has_list = arguments->files_from || arguments->zero_ended;
    int saved_count = 0, code = 0;

    for (int i = 0; i < count; i++)
        saved_count += ng_graph_is_saved(cx, operands[i]);
    for (int i = 0; i < count && saved_count > 0 && code == 0; i++) {
        if (!ng_graph_is_saved(cx, operands[i]))
            continue;
        if (!(arguments->command->groups & GROUP_GRAPHS))
            return complain("%s: a saved graph, not a document", operands[i]);
        if ((count > 1 || has_list) && !ng_counts_is_saved(cx, operands[i]))
            return complain("%s: a graph without counts; give it alone, without documents or other "
                            "graphs (a .ngr file can be added to)",
                            operands[i]);
        for (size_t k = 0; k < arguments->output_count; k++)
            if (arguments->outputs[k].format == NG_FORMAT_NGR &&
                !ng_counts_is_saved(cx, operands[i]))
                return complain("-o %s: %s is a graph without counts, and a .ngr file is written "
                                "from counts; give its documents, or the .ngr file it was made of",
                                arguments->outputs[k].path, operands[i]);
        code = check_options(cx, arguments, operands[i], saved_count == count && !has_list);
    }
    return code;
}

/* A graph, then documents that it is compared with. */
static int check_documents(ng_ctx *cx, const cli_arguments *arguments)
{
    for (int i = 1; i < arguments->operand_count; i++)
        if (ng_graph_is_saved(cx, arguments->operands[i]))
            return complain("%s: a saved graph, not a document", arguments->operands[i]);
    return arguments->operand_count > 0 && ng_graph_is_saved(cx, arguments->operands[0])
               ? check_options(cx, arguments, arguments->operands[0], true)
               : 0;
}

int check_inputs(ng_ctx *cx, const cli_arguments *arguments)
{
    unsigned groups = arguments->command->groups;
    int count = arguments->operand_count, code = 0;

    if (!(groups & GROUP_DOCUMENTS))
        return 0;
    if (arguments->command->run == run_verify)
        return check_documents(cx, arguments);
    if (arguments->command->run == run_diff) { /* each is a graph by itself */
        for (int i = 0; i < count && code == 0; i++)
            code = check_sources(cx, arguments, arguments->operands + i, 1);
        return code;
    }
    if (groups & GROUP_ACTORS && count > 1)
        count = 1;
    return check_sources(cx, arguments, arguments->operands, count);
}

/* ---- counts ---- */

/* A saved graph among the operands. */
typedef struct saved {
    const char *path;
    uint64_t documents;
} saved;

/* Those with most documents first, so that a part of another comes after it. */
static int compare_saved(const void *a, const void *b)
{
    const saved *left = a, *right = b;

    if (left->documents != right->documents)
        return left->documents > right->documents ? -1 : 1;
    return strcmp(left->path, right->path);
}

/* Adds the saved graphs of the operands to counts. */
static ng_status add_saved(ng_ctx *cx, const cli_arguments *arguments, saved *list, size_t count,
                           ng_counts *counts)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        uint64_t known = 0;

        status = ng_counts_add_saved(cx, counts, list[i].path, &known);
        if (status == NG_OK && known > 0 && !arguments->is_quiet)
            fprintf(stderr, "nergraph: %s: its %llu document%s counted already; they count once\n",
                    list[i].path, (unsigned long long)known, known == 1 ? " was" : "s were");
    }
    return status;
}

/* Splits the operands: saved graphs into the list, the rest into other arguments. */
static ng_status split_operands(ng_ctx *cx, const cli_arguments *arguments, int operand_count,
                                saved *list, size_t *count_out, cli_arguments *rest)
{
    ng_status status = NG_OK;
    size_t count = 0;

    rest->operand_count = 0;
    for (int i = 0; i < operand_count && status == NG_OK; i++) {
        const char *path = arguments->operands[i];

        if (!ng_counts_is_saved(cx, path)) {
            rest->operands[rest->operand_count++] = arguments->operands[i];
            continue;
        }
        list[count].path = path;
        status = ng_counts_documents(cx, path, &list[count++].documents);
    }
    qsort(list, count, sizeof *list, compare_saved);
    *count_out = count;
    return status;
}

/* Counts of the operands: saved graphs, documents, or both. */
static ng_status fill_counts(ng_ctx *cx, const cli_arguments *arguments, saved *list, size_t count,
                             const cli_arguments *rest, ng_report *report, ng_status *verdict,
                             ng_counts **counts_out)
{
    ng_inputs *inputs = NULL;
    ng_status status = count > 0
                           ? ng_counts_new_like(cx, &arguments->options, list[0].path, counts_out)
                           : ng_counts_new(cx, &arguments->options, counts_out);

    if (status == NG_OK)
        status = add_saved(cx, arguments, list, count, *counts_out);
    if (status != NG_OK ||
        (count > 0 && rest->operand_count == 0 && !rest->files_from && !rest->zero_ended))
        return status;
    status = collect_inputs(cx, rest, &inputs);
    if (status == NG_OK)
        status = ng_counts_add(cx, *counts_out, inputs, report, verdict);
    if (status == NG_OK && inputs)
        say_left_out(arguments, report);
    if (status == NG_OK && *verdict != NG_OK && report->document_count == 0 && count == 0)
        status = *verdict;
    ng_inputs_free(inputs);
    return status;
}

ng_status obtain_counts(ng_ctx *cx, const cli_arguments *arguments, int operand_count,
                        ng_report *report_out, ng_status *verdict_out, ng_counts **counts_out)
{
    cli_arguments rest = *arguments;
    saved *list = calloc((size_t)operand_count + 1, sizeof *list);
    size_t count = 0;
    ng_status status = NG_OK;

    rest.operands = calloc((size_t)operand_count + 1, sizeof *rest.operands);
    if (!list || !rest.operands) {
        complain("no memory for the list of inputs");
        status = NG_E_MEMORY;
    }
    if (status == NG_OK)
        status = split_operands(cx, arguments, operand_count, list, &count, &rest);
    if (status == NG_OK)
        status =
            fill_counts(cx, arguments, list, count, &rest, report_out, verdict_out, counts_out);
    free(rest.operands);
    free(list);
    return status;
}

/* True when the graph is a file that is loaded as it is. */
static bool is_plain_graph(ng_ctx *cx, const cli_arguments *arguments, int operand_count)
{
    return operand_count == 1 && !arguments->files_from && !arguments->zero_ended &&
           ng_graph_is_saved(cx, arguments->operands[0]);
}

ng_status obtain_graph(ng_ctx *cx, const cli_arguments *arguments, int operand_count,
                       ng_graph **graph_out)
{
    ng_report report = { 0 };
    ng_counts *counts = NULL;
    ng_status verdict = NG_OK;
    ng_status status = NG_OK;

    if (is_plain_graph(cx, arguments, operand_count))
        return ng_graph_load_with(cx, arguments->operands[0], &arguments->options, graph_out);
    status = obtain_counts(cx, arguments, operand_count, &report, &verdict, &counts);
    if (status == NG_OK)
        status = ng_counts_finish(cx, counts, graph_out);
    if (*graph_out && ng_graph_node_count(*graph_out) == 0)
        say_empty(arguments, &report);
    ng_counts_free(counts);
    return status == NG_OK ? verdict : status;
}

void fill_measure_options(const cli_arguments *arguments, ng_measure_options *options)
{
    ng_measure_options_init(options);
    options->distance = arguments->distance;
    options->thread_count = arguments->options.thread_count;
    options->communities = arguments->communities;
    options->sample = arguments->sample;
}

/* Says how far scores of a sample may be off. */
static void say_errors(const cli_arguments *arguments, const ng_scores *scores)
{
    static const ng_measure measures[] = { NG_MEASURE_BETWEENNESS, NG_MEASURE_CLOSENESS,
                                           NG_MEASURE_HARMONIC };

    for (size_t i = 0; i < sizeof measures / sizeof *measures && !arguments->is_quiet; i++) {
        double usual = 0, most = ng_scores_error(scores, measures[i], &usual);

        if (!ng_scores_has(scores, measures[i]) || !(most > 0))
            continue;
        if (isinf(most))
            complain(
                "%s is that of a sample: off by no more than %.1g as a rule; the sample is too "
                "small for a bound that holds with a chance of 95 %% for all actors at once",
                ng_measure_name(measures[i]), usual);
        else
            complain("%s is that of a sample: off by no more than %.1g as a rule, by no more than "
                     "%.2g with a chance of 95 %% for all actors at once",
                     ng_measure_name(measures[i]), usual, most);
    }
}

ng_status compute_scores(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                         uint32_t measures, ng_scores **scores_out)
{
    ng_measure_options options;
    ng_status status = NG_OK;

    fill_measure_options(arguments, &options);
    status = ng_scores_compute(cx, graph, measures, &options, scores_out);
    if (status == NG_OK)
        say_errors(arguments, *scores_out);
    return status;
}

/* Pictures need the measure of their sizes, whatever the files tell. */
ng_status compute_file_scores(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                              ng_scores **scores_out)
{
    ng_measure_options options;
    uint32_t measures = arguments->measures;
    ng_status status = NG_OK;

    fill_measure_options(arguments, &options);
    options.edges = arguments->with_edge_scores;
    for (size_t i = 0; i < arguments->output_count; i++)
        if (arguments->outputs[i].format <= NG_FORMAT_PDF)
            measures |= 1u << arguments->write.size_by |
                        (uint32_t)arguments->write.color_by_community << NG_MEASURE_COMMUNITY;
        else if (arguments->outputs[i].format == NG_FORMAT_REPORT)
            measures |= SUMMARY_MEASURES;
    status = ng_scores_compute(cx, graph, measures, &options, scores_out);
    if (status == NG_OK)
        say_errors(arguments, *scores_out);
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
static void say_unknown(const cli_arguments *arguments, const ng_graph *graph, const char *name)
{
    bool is_list = arguments->operand_count == 0 && arguments->files_from;
    const char *input = is_list                        ? arguments->files_from
                        : arguments->operand_count > 0 ? arguments->operands[0]
                                                       : "-";
    bool has_more = !(arguments->command->groups & GROUP_ACTORS) && arguments->operand_count > 1;
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
        complain("no actor is named '%s'; `nergraph centrality%s %s%s --top 0` lists them all",
                 name, is_list ? " --files-from" : "", input, has_more ? " ..." : "");
}

bool obtain_node(const cli_arguments *arguments, const ng_graph *graph, const char *name,
                 size_t *node_out, int *code_out)
{
    size_t candidates[CANDIDATE_LIMIT];
    size_t count = ng_graph_find_node(graph, view_of(name), candidates, CANDIDATE_LIMIT);

    if (count == 1) {
        *node_out = candidates[0];
        return true;
    }
    if (count == 0) {
        say_unknown(arguments, graph, name);
        *code_out = EXIT_NO;
        return false;
    }
    complain("'%s' fits %zu actors; give the id of one:", name, count);
    list_candidates(graph, candidates, count);
    *code_out = NG_E_USAGE;
    return false;
}

bool wants_picture(const cli_arguments *arguments, ng_format *picture_out)
{
    return (arguments->command->groups & GROUP_PICTURES) && arguments->plain_output &&
           !arguments->format && ng_format_of_path(arguments->plain_output, picture_out) &&
           *picture_out <= NG_FORMAT_PDF;
}

/* What ends the name of a path, "tsv" of "a.b/x.tsv"; NULL where nothing does. */
static const char *ending_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    return dot && dot > name && dot[1] ? dot + 1 : NULL;
}

/* Says what -o may end with, as the command takes it. */
static void refuse_ending(const cli_arguments *arguments)
{
    const char *path = arguments->plain_output;
    unsigned groups = arguments->command->groups;
    ng_format format = NG_FORMAT_COUNT;

    if (ng_format_of_path(path, &format))
        complain("-o %s: a table is written there; `nergraph graph FILE -o %s` writes the graph",
                 path, path);
    else
        complain("-o %s: unknown format; end it with .txt .tsv .csv or .json%s%s, or say --format",
                 path, groups & GROUP_PICTURES ? " (a table), .svg .png .pdf or .dot" : "",
                 groups & GROUP_SLICES     ? " (a picture), .gexf (the network through time)"
                 : groups & GROUP_PICTURES ? " (a picture)"
                                           : "");
}

bool table_format(const cli_arguments *arguments, ng_table_format *format_out)
{
    static const char *const names[] = { "table", "txt", "tsv", "csv", "json" };
    static const ng_table_format formats[] = { NG_TABLE_ALIGNED, NG_TABLE_ALIGNED, NG_TABLE_TSV,
                                               NG_TABLE_CSV, NG_TABLE_JSON };
    const char *ending = arguments->plain_output ? ending_of(arguments->plain_output) : NULL;
    const char *wanted = arguments->format ? arguments->format : ending ? ending : "table";
    ng_format picture = NG_FORMAT_COUNT;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcasecmp(names[i], wanted) == 0) {
            *format_out = formats[i];
            return true;
        }
    }
    *format_out = NG_TABLE_ALIGNED;
    if (wants_picture(arguments, &picture))
        return true;
    if (arguments->format)
        complain("--format %s: unknown; use table, tsv, csv or json", wanted);
    else
        refuse_ending(arguments);
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
