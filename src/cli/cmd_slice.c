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

/* Saves a part beside the others: "PREFIX-2024.ngr". */
static ng_status save_part(ng_ctx *cx, const cli_arguments *arguments, ng_slices *slices,
                           size_t index)
{
    char path[PATH_BYTES];
    int size = snprintf(path, sizeof path, "%s-%s.ngr", arguments->graphs_prefix,
                        ng_slices_name(slices, index));

    if (size < 0 || size >= (int)sizeof path) {
        complain("--graphs %s: the name is too long", arguments->graphs_prefix);
        return NG_E_USAGE;
    }
    return ng_slices_write(cx, slices, index, path);
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
            status = compute_scores(cx, arguments, all->graphs[i], measures, &all->scores[i]);
    }
    if (status == NG_OK)
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

int run_slice(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_inputs *inputs = NULL;
    ng_slices *slices = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    ng_format picture = NG_FORMAT_SVG;
    parts all = { 0 };
    int code = 0, written = 0;

    if (ng_measure_is_reversed(arguments->by[0]))
        return complain("--by %s: less is more there; %s follows measures of which more is more",
                        ng_measure_name(arguments->by[0]), arguments->command->name);
    if (!table_format(arguments, &format))
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
                                wants_picture(arguments, &picture)
                                    ? draw_parts(cx, arguments, &all, picture)
                                    : write_table(cx, arguments, &all, format));
        if (ng_slices_undated(slices) > 0 && !arguments->is_quiet)
            fprintf(stderr, "nergraph: %llu document%s without such a date %s in no part\n",
                    (unsigned long long)ng_slices_undated(slices),
                    ng_slices_undated(slices) == 1 ? "" : "s",
                    ng_slices_undated(slices) == 1 ? "is" : "are");
    }
    free_parts(&all);
    ng_slices_free(slices);
    ng_inputs_free(inputs);
    return written != 0 ? written : code;
}
