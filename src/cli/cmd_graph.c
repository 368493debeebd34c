/* nergraph graph and nergraph draw: the graph into files. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* Files are merged as they are read; so much is for what is not saved. */
#define MERGE_BYTES ((uint64_t)256 << 20)

/* Fails before any work is done when an output could not be written. */
static ng_status check_outputs(ng_ctx *cx, const cli_arguments *arguments)
{
    for (size_t i = 0; i < arguments->output_count; i++) {
        ng_output *output = NULL;
        ng_status status = ng_output_open(cx, arguments->outputs[i].path, &output);

        if (status != NG_OK)
            return status;
        ng_output_discard(cx, output);
    }
    return NG_OK;
}

static bool is_counts(const destination *output)
{
    return output->format == NG_FORMAT_NGR;
}

/* How many outputs are saved graphs. */
static size_t count_saved(const cli_arguments *arguments)
{
    size_t count = 0;

    for (size_t i = 0; i < arguments->output_count; i++)
        count += is_counts(&arguments->outputs[i]);
    return count;
}

/* Writes every output that is made of the graph; a failed one is named and the others are written
 * all the same. */
static int write_outputs(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph)
{
    ng_scores *scores = NULL;
    int code = exit_code(cx, arguments, compute_file_scores(cx, arguments, graph, &scores));

    for (size_t i = 0; i < arguments->output_count && scores && !ng_ctx_is_cancelled(cx); i++) {
        const destination *output = &arguments->outputs[i];
        ng_status status = NG_OK;

        if (is_counts(output))
            continue;
        status = ng_graph_write(cx, graph, scores, &arguments->write, output->format, output->path);
        if (status != NG_OK)
            code = exit_code(cx, arguments, status);
    }
    ng_scores_free(scores);
    return code;
}

/* Writes the saved graphs among the outputs. */
static int write_counts(ng_ctx *cx, const cli_arguments *arguments, ng_counts *counts)
{
    int code = 0;

    for (size_t i = 0; i < arguments->output_count && !ng_ctx_is_cancelled(cx); i++) {
        ng_status status = NG_OK;

        if (is_counts(&arguments->outputs[i]))
            status = ng_counts_write(cx, counts, arguments->outputs[i].path);
        if (status != NG_OK)
            code = exit_code(cx, arguments, status);
    }
    return code;
}

/* Saved graphs, and what is made of the counts. */
static int run_counts(ng_ctx *cx, const cli_arguments *arguments)
{
    ng_report report = { 0 };
    ng_counts *counts = NULL;
    ng_graph *graph = NULL;
    ng_status verdict = NG_OK;
    int written = 0, more = 0;
    int code = exit_code(
        cx, arguments,
        obtain_counts(cx, arguments, arguments->operand_count, &report, &verdict, &counts));

    if (code == 0) {
        code = exit_code(cx, arguments, verdict);
        written = write_counts(cx, arguments, counts);
        if (count_saved(arguments) < arguments->output_count)
            more = exit_code(cx, arguments, ng_counts_finish(cx, counts, &graph));
    }
    if (graph && ng_graph_node_count(graph) == 0)
        say_empty(arguments, &report);
    if (graph && more == 0)
        more = narrow(cx, arguments, &graph);
    if (graph && more == 0)
        more = write_outputs(cx, arguments, graph);
    ng_graph_free(graph);
    ng_counts_free(counts);
    return written != 0 ? written : more != 0 ? more : code;
}

/* The graph of the operands into all outputs. */
static int run_outputs(ng_ctx *cx, const cli_arguments *arguments)
{
    ng_graph *graph = NULL;
    int code = exit_code(cx, arguments, check_outputs(cx, arguments));
    int written = 0;

    if (code != 0)
        return code;
    if (count_saved(arguments) > 0)
        return run_counts(cx, arguments);
    code = exit_code(cx, arguments, obtain_graph(cx, arguments, arguments->operand_count, &graph));
    if (graph)
        written = narrow(cx, arguments, &graph);
    if (graph && written == 0)
        written = write_outputs(cx, arguments, graph);
    ng_graph_free(graph);
    return written != 0 ? written : code;
}

/* The same with checkpoints in a folder beside the first output, which goes once all is written. */
static int run_with_checkpoints(ng_ctx *cx, cli_arguments *arguments)
{
    const char *path = arguments->outputs[0].path;
    size_t size = strlen(path) + sizeof ".resume";
    char *folder = NULL;
    int code = 0;

    if (strcmp(path, "-") == 0)
        return complain("--resume: name a file with -o; what is counted is kept beside it");
    folder = calloc(1, size);
    if (!folder)
        return complain("no memory for a path");
    (void)snprintf(folder, size, "%s.resume", path);
    arguments->options.resume_path = folder;
    code = run_outputs(cx, arguments);
    if (code == 0 || code == NG_E_DATA)
        (void)exit_code(cx, arguments, ng_resume_clear(cx, folder));
    free(folder);
    arguments->options.resume_path = NULL;
    return code;
}

int run_graph(ng_ctx *cx, cli_arguments *arguments)
{
    if (arguments->output_count == 0 && writes_to_terminal())
        return complain("graph: say where to, for example -o net.json -o net.svg "
                        "(-o json:- prints it here)");
    if (arguments->output_count == 0) {
        arguments->outputs[0] = (destination){ NG_FORMAT_JSON, "-" };
        arguments->output_count = 1;
    }
    return arguments->keeps_checkpoints ? run_with_checkpoints(cx, arguments)
                                        : run_outputs(cx, arguments);
}

int run_draw(ng_ctx *cx, cli_arguments *arguments)
{
    if (arguments->output_count == 0)
        return complain("draw: say where to, for example -o net.svg or -o net.png");
    if (arguments->operand_count != 1)
        return complain("draw: give one graph, for example `nergraph draw net.json -o net.svg`");
    return run_outputs(cx, arguments);
}

int run_merge(ng_ctx *cx, cli_arguments *arguments)
{
    if (arguments->output_count == 0)
        return complain("merge: say where to, for example -o all.ngr");
    if (arguments->operand_count == 0)
        return complain("merge: give saved graphs, for example `nergraph merge a.ngr b.ngr -o "
                        "all.ngr`");
    for (int i = 0; i < arguments->operand_count; i++)
        if (!ng_counts_is_saved(cx, arguments->operands[i]))
            return complain("merge: %s is no saved graph (.ngr); `nergraph graph FILE... -o x.ngr` "
                            "makes one",
                            arguments->operands[i]);
    if (arguments->options.memory_bytes == 0)
        arguments->options.memory_bytes = MERGE_BYTES;
    return run_outputs(cx, arguments);
}
