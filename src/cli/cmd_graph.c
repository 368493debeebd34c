/* nergraph graph and nergraph draw: the graph into files. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Files are merged as they are read; so much is for what is not saved. */
#define MERGE_BYTES ((uint64_t)256 << 20)

enum { PATH_BYTES = 4096, FILES_OF_OUTPUT = 2 };

/* Do two paths lead to one file? A device or a pipe takes both. */
static bool is_same_file(const char *a, const char *b)
{
    char folders[2][PATH_BYTES];
    const char *names[2] = { a, b };
    struct stat is[2];
    int there = (stat(a, &is[0]) == 0) + (stat(b, &is[1]) == 0);

    if (same(a, b))
        return same(a, "-") || there == 0 || S_ISREG(is[0].st_mode);
    if (there > 0)
        return there == 2 && S_ISREG(is[0].st_mode) && is[0].st_dev == is[1].st_dev &&
               is[0].st_ino == is[1].st_ino;
    for (int i = 0; i < 2; i++) {
        const char *slash = strrchr(names[i], '/');
        size_t size = slash ? (size_t)(slash - names[i]) + 1 : 0;
        char folder[PATH_BYTES];

        if (size >= PATH_BYTES)
            return false;
        (void)snprintf(folder, sizeof folder, "%.*s", (int)size, names[i]);
        if (!realpath(size > 0 ? folder : ".", folders[i]))
            return false;
        names[i] += size;
    }
    return same(folders[0], folders[1]) && same(names[0], names[1]);
}

/* The files of an output: its own, and the one beside it; "" for none. */
static void name_files(const destination *output, char files[FILES_OF_OUTPUT][PATH_BYTES])
{
    (void)snprintf(files[0], PATH_BYTES, "%s", output->path);
    files[1][0] = '\0';
    if (!same(output->path, "-"))
        (void)ng_format_beside(output->format, output->path, files[1], PATH_BYTES);
}

/* Complains when two outputs would write one file; 0 when none do. */
static int check_repeats(const cli_arguments *arguments)
{
    char mine[FILES_OF_OUTPUT][PATH_BYTES], others[FILES_OF_OUTPUT][PATH_BYTES];

    for (size_t i = 0; i < arguments->output_count; i++) {
        name_files(&arguments->outputs[i], mine);
        for (size_t k = 0; k < i; k++) {
            name_files(&arguments->outputs[k], others);
            for (int x = 0; x < FILES_OF_OUTPUT; x++)
                for (int y = 0; y < FILES_OF_OUTPUT; y++)
                    if (mine[x][0] && others[y][0] && is_same_file(mine[x], others[y]))
                        return complain("-o %s: another -o writes %s, too; one would replace the "
                                        "other",
                                        arguments->outputs[i].path,
                                        same(mine[x], "-") ? "to standard output" : mine[x]);
        }
    }
    return 0;
}

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
    int code = check_repeats(arguments);
    int written = 0;

    if (code == 0)
        code = exit_code(cx, arguments, check_outputs(cx, arguments));
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
