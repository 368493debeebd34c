/* nergraph slice: a measure of the actors part by part of an archive. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_ROWS = 20, DEFAULT_DRAWN = 15, PATH_BYTES = 4096 };

/* The graphs of the parts and of the whole, with their scores. */
typedef struct parts {
    ng_graph **graphs;
    ng_scores **scores;
    const char **names;
    size_t count;
    ng_graph *whole;
    ng_scores *of_whole;
} parts;

static void free_parts(parts *all)
{
    for (size_t i = 0; i < all->count; i++) {
        if (all->scores)
            ng_scores_free(all->scores[i]);
        if (all->graphs)
            ng_graph_free(all->graphs[i]);
    }
    ng_scores_free(all->of_whole);
    ng_graph_free(all->whole);
    free(all->graphs);
    free(all->scores);
    free(all->names);
}

/* The format of the saved parts: the ending of --graphs, or a saved graph without one. */
static ng_format part_format(const cli_arguments *arguments)
{
    ng_format format = NG_FORMAT_NGR;

    return ng_format_of_path(arguments->graphs_prefix, &format) ? format : NG_FORMAT_NGR;
}

/* "PREFIX-2024.ngr", or "net-2024.gexf" of "net.gexf"; false when it is too long. */
static bool name_part(const cli_arguments *arguments, const char *name, char path[PATH_BYTES])
{
    const char *prefix = arguments->graphs_prefix;
    ng_format format = NG_FORMAT_NGR;
    size_t stem = ng_format_of_path(prefix, &format) ? (size_t)(strrchr(prefix, '.') - prefix)
                                                     : strlen(prefix);
    int size = snprintf(path, PATH_BYTES, "%.*s-%s.%s", (int)stem, prefix, name,
                        ng_format_name(part_format(arguments)));

    if (size >= 0 && size < PATH_BYTES)
        return true;
    complain("--graphs %s: the name is too long", prefix);
    return false;
}

/* Saves the counts of a part. */
static ng_status save_part(ng_ctx *cx, const cli_arguments *arguments, ng_slices *slices,
                           size_t index)
{
    char path[PATH_BYTES];

    if (part_format(arguments) != NG_FORMAT_NGR)
        return NG_OK;
    return name_part(arguments, ng_slices_name(slices, index), path)
               ? ng_slices_write(cx, slices, index, path)
               : NG_E_USAGE;
}

/* Writes the graph of a part in the format of --graphs. */
static ng_status write_part(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                            const char *name)
{
    cli_arguments one = *arguments;
    char path[PATH_BYTES];
    ng_scores *scores = NULL;
    ng_status status = NG_OK;

    if (!arguments->graphs_prefix || part_format(arguments) == NG_FORMAT_NGR)
        return NG_OK;
    if (!name_part(arguments, name, path))
        return NG_E_USAGE;
    one.outputs[0] = (destination){ part_format(arguments), path };
    one.output_count = 1;
    status = compute_file_scores(cx, &one, graph, &scores);
    if (status == NG_OK)
        status = ng_graph_write(cx, graph, scores, &arguments->write, part_format(arguments), path);
    ng_scores_free(scores);
    return status;
}

/* Says which files --graphs wrote. */
static void say_written(const cli_arguments *arguments, const parts *all)
{
    char first[PATH_BYTES], last[PATH_BYTES];
    const char *beside = "";

    if (!arguments->graphs_prefix || arguments->is_quiet || all->count == 0 ||
        !name_part(arguments, all->names[0], first) ||
        !name_part(arguments, all->names[all->count - 1], last))
        return;
    if (part_format(arguments) == NG_FORMAT_CSV)
        beside = all->count == 1 ? ", with its -nodes.csv" : ", each with its -nodes.csv";
    if (all->count == 1)
        complain("wrote %s%s", first, beside);
    else
        complain("wrote %zu graphs: %s %s %s%s", all->count, first, all->count == 2 ? "and" : "to",
                 last, beside);
}

/* Makes all graphs and scores. */
static ng_status finish(ng_ctx *cx, const cli_arguments *arguments, ng_slices *slices, parts *all)
{
    uint32_t measures = 1u << arguments->by[0];
    ng_status status = NG_OK;

    all->count = ng_slices_count(slices);
    all->graphs = calloc(all->count + 1, sizeof(ng_graph *));
    all->scores = calloc(all->count + 1, sizeof(ng_scores *));
    all->names = calloc(all->count + 1, sizeof *all->names);
    if (!all->graphs || !all->scores || !all->names) {
        complain("no memory for %zu parts", all->count);
        all->count = 0;
        return NG_E_MEMORY;
    }
    for (size_t i = 0; i < all->count && status == NG_OK; i++) {
        all->names[i] = ng_slices_name(slices, i);
        if (arguments->graphs_prefix)
            status = save_part(cx, arguments, slices, i);
        if (status == NG_OK)
            status = ng_slices_finish(cx, slices, i, &all->graphs[i]);
        if (status == NG_OK)
            status = write_part(cx, arguments, all->graphs[i], all->names[i]);
        if (status == NG_OK)
            status = compute_scores(cx, arguments, all->graphs[i], measures, &all->scores[i]);
    }
    if (status != NG_OK)
        return status;
    say_written(arguments, all);
    status = ng_slices_finish(cx, slices, SIZE_MAX, &all->whole);
    return status == NG_OK ? compute_scores(cx, arguments, all->whole, measures, &all->of_whole)
                           : status;
}

/* The small multiples. */
static ng_status draw_parts(ng_ctx *cx, const cli_arguments *arguments, const parts *all,
                            ng_format picture)
{
    return ng_series_draw(cx, all->whole, all->of_whole, (const ng_graph *const *)all->graphs,
                          (const ng_scores *const *)all->scores, all->names, all->count,
                          arguments->by[0], arguments->has_top ? arguments->top : DEFAULT_DRAWN,
                          &arguments->write, picture, arguments->plain_output);
}

/* True when a network through time is asked for: -o x.gexf. */
static bool wants_dynamic(const cli_arguments *arguments)
{
    ng_format format = NG_FORMAT_NGR;

    return arguments->plain_output && !arguments->format &&
           ng_format_of_path(arguments->plain_output, &format) && format == NG_FORMAT_GEXF;
}

static ng_status write_dynamic(ng_ctx *cx, const cli_arguments *arguments, const parts *all)
{
    return ng_series_write_gexf(cx, all->whole, (const ng_graph *const *)all->graphs, all->names,
                                all->count, arguments->plain_output);
}

/* The table. */
static ng_status write_table(ng_ctx *cx, const cli_arguments *arguments, const parts *all,
                             ng_table_format format)
{
    size_t top = arguments->has_top           ? arguments->top
                 : format == NG_TABLE_ALIGNED ? DEFAULT_ROWS
                                              : 0;
    ng_output *output = NULL;
    ng_status status = open_table(cx, arguments, &output);

    if (status != NG_OK)
        return status;
    status = ng_series_write(cx, all->whole, all->of_whole, (const ng_graph *const *)all->graphs,
                             (const ng_scores *const *)all->scores, all->names, all->count,
                             arguments->by[0], top, format, output);
    return close_table(cx, output, status);
}

/* Says which documents are in no part. Returns 0, or the exit code when none is in one. */
static int say_undated(const cli_arguments *arguments, const ng_slices *slices)
{
    static const char *const periods[] = { "year", "month", "week", "day" };
    unsigned long long count = ng_slices_undated(slices);

    if (count == 0)
        return 0;
    if (ng_slices_count(slices) == 0) {
        complain("there is no part: %llu document%s read, none with a date that tells its %s; JSON "
                 "lines need a \"date\" such as \"2024-05-01\", or cut by number: --documents N",
                 count, count == 1 ? " was" : "s were", periods[arguments->period]);
        return arguments->keep_going ? 0 : NG_E_DATA;
    }
    if (!arguments->is_quiet)
        complain("%llu document%s without such a date %s in no part", count, count == 1 ? "" : "s",
                 count == 1 ? "is" : "are");
    return 0;
}

int run_slice(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_inputs *inputs = NULL;
    ng_slices *slices = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    ng_format picture = NG_FORMAT_SVG;
    parts all = { 0 };
    int code = 0, written = 0, undated = 0;

    if (ng_measure_is_reversed(arguments->by[0]))
        return complain("--by %s: less is more there; %s follows measures of which more is more",
                        ng_measure_name(arguments->by[0]), arguments->command->name);
    if (!wants_dynamic(arguments) && !table_format(arguments, &format))
        return NG_E_USAGE;
    code = exit_code(cx, arguments, collect_inputs(cx, arguments, &inputs));
    if (code == 0)
        code = exit_code(cx, arguments,
                         ng_slices_build(cx, &arguments->options, inputs, arguments->period,
                                         arguments->slice_documents, &report, &verdict, &slices));
    if (code == 0) {
        code = exit_code(cx, arguments, verdict);
        written = exit_code(cx, arguments, finish(cx, arguments, slices, &all));
        if (written == 0)
            written = exit_code(cx, arguments,
                                wants_dynamic(arguments) ? write_dynamic(cx, arguments, &all)
                                : wants_picture(arguments, &picture)
                                    ? draw_parts(cx, arguments, &all, picture)
                                    : write_table(cx, arguments, &all, format));
        undated = say_undated(arguments, slices);
        if (all.whole && ng_graph_node_count(all.whole) == 0 && ng_slices_undated(slices) == 0)
            say_empty(arguments, &report);
    }
    free_parts(&all);
    ng_slices_free(slices);
    ng_inputs_free(inputs);
    return written != 0 ? written : code != 0 ? code : undated;
}
