/* nergraph centrality: the ranking of actors, and how sure it is. */
#include "cli.h"

#include <math.h>
#include <string.h>

enum { DEFAULT_TOP = 20, LEAST_DOCUMENTS = 10, WARNED_ROWS = 10, WARNINGS = 3 };

/* ---- what the ranking rests on ---- */

/* Documents that the graph was made from, 0 when it does not say. */
static uint64_t document_count(const ng_graph *graph)
{
    ng_view value = ng_graph_find_note(graph, view_of("documents"));
    uint64_t count = 0;

    for (size_t i = 0; i < value.size && value.data[i] >= '0' && value.data[i] <= '9'; i++)
        count = count * 10 + (uint64_t)(value.data[i] - '0');
    return count;
}

/* The node with the highest score that is not in `seen`, or SIZE_MAX. */
static size_t next_best(const ng_graph *graph, const double *scores, bool is_reversed,
                        const size_t *seen, size_t seen_count)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < ng_graph_node_count(graph); i++) {
        bool is_seen = false;

        for (size_t k = 0; k < seen_count; k++)
            is_seen = is_seen || seen[k] == i;
        if (!is_seen && !isnan(scores[i]) &&
            (best == SIZE_MAX ||
             (is_reversed ? scores[i] < scores[best] : scores[i] > scores[best])))
            best = i;
    }
    return best;
}

/* Cautions of an actor near the top whom one document of several carries. */
static void warn_of_documents(const ng_graph *graph, const ng_scores *all, ng_measure by,
                              size_t row_count)
{
    const double *scores = ng_scores_get(all, by);
    size_t seen[WARNED_ROWS];
    size_t warnings = 0;

    for (size_t row = 0; row < row_count && row < WARNED_ROWS; row++) {
        const ng_node *node = NULL;
        size_t document = 0;
        double part = 0;

        seen[row] = next_best(graph, scores, ng_measure_is_reversed(by), seen, row);
        if (seen[row] == SIZE_MAX)
            break;
        node = ng_graph_node(graph, seen[row]);
        part = ng_graph_largest_share(graph, seen[row], &document);
        warnings += part >= 0.5;
        if (part >= 0.5 && warnings <= WARNINGS)
            complain("caution: %.0f %% of what ties %.*s to others stands in one document, %.*s",
                     floor(100 * part), (int)node->label.size, node->label.data,
                     (int)ng_graph_share_document(graph, document).size,
                     ng_graph_share_document(graph, document).data);
        else if (row == 0 && part <= 0 && node->document_count == 1)
            complain("caution: %.*s, the first, occurs in one document only; the ranking rests on "
                     "it",
                     (int)node->label.size, node->label.data);
    }
    if (warnings > WARNINGS)
        complain("caution: so it is with %zu more of the first %d", warnings - WARNINGS,
                 WARNED_ROWS);
}

/* Cautions: on standard error, the table stays as it is. */
static void warn(const cli_arguments *arguments, const ng_graph *graph, const ng_scores *scores,
                 size_t top)
{
    uint64_t documents = document_count(graph);

    if (arguments->is_quiet)
        return;
    if (arguments->resamples > 0 && documents < LEAST_DOCUMENTS)
        complain("caution: %llu document%s: too few for intervals that can be relied on",
                 (unsigned long long)documents, documents == 1 ? "" : "s");
    if (documents > 1)
        warn_of_documents(graph, scores, arguments->by[0], top > 0 ? top : WARNED_ROWS);
}

/* ---- the table ---- */

/* The intervals that are asked for; NULL without --intervals. */
static ng_status obtain_intervals(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                                  ng_intervals **intervals_out)
{
    ng_measure_options options;

    if (arguments->resamples == 0)
        return NG_OK;
    fill_measure_options(arguments, &options);
    return ng_intervals_compute(cx, graph, arguments->by[0], &options, arguments->resamples,
                                intervals_out);
}

/* Computes and writes the table. */
static ng_status rank(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                      ng_table_format format)
{
    ng_ranking_options options = { .by = arguments->by,
                                   .by_count = arguments->by_count,
                                   .top = arguments->has_top           ? arguments->top
                                          : format == NG_TABLE_ALIGNED ? DEFAULT_TOP
                                                                       : 0,
                                   .format = format,
                                   .width = arguments->plain_output ? 0 : terminal_width(),
                                   .with_colour = wants_colour(arguments) };
    ng_scores *scores = NULL;
    ng_intervals *intervals = NULL;
    ng_output *output = NULL;
    uint32_t measures = 0;
    ng_status status = NG_OK;

    for (size_t i = 0; i < arguments->by_count; i++)
        measures |= 1u << arguments->by[i];
    status = compute_scores(cx, arguments, graph, measures, &scores);
    if (status == NG_OK)
        status = obtain_intervals(cx, arguments, graph, &intervals);
    options.intervals = intervals;
    if (status == NG_OK)
        status = open_table(cx, arguments, &output);
    if (status == NG_OK) {
        status = ng_ranking_write(cx, graph, scores, &options, output);
        status = close_table(cx, output, status);
    }
    if (status == NG_OK)
        warn(arguments, graph, scores, options.top);
    ng_intervals_free(intervals);
    ng_scores_free(scores);
    if (status == NG_OK && !arguments->has_top && options.top > 0 &&
        ng_graph_node_count(graph) > options.top && !arguments->is_quiet)
        fprintf(stderr, "nergraph: %zu more actors; --top 0 prints all\n",
                ng_graph_node_count(graph) - options.top);
    return status;
}

/* Says which option does not go with --intervals; true when one does not. */
static bool is_refused(const cli_arguments *arguments)
{
    if (arguments->resamples == 0)
        return false;
    if (arguments->part.is_asked)
        complain("--intervals are those of the whole graph; leave out the options that take a part "
                 "of it");
    else if (arguments->options.memory_bytes > 0)
        complain("--intervals: what each document adds is kept in memory; leave --memory out");
    return arguments->part.is_asked || arguments->options.memory_bytes > 0;
}

int run_centrality(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_graph *graph = NULL;
    ng_status status = NG_OK, ranked = NG_OK;
    int code = 0, narrowed = 0;

    if (!table_format(arguments, &format) || is_refused(arguments))
        return NG_E_USAGE;
    status = obtain_graph(cx, arguments, arguments->operand_count, &graph);
    code = exit_code(cx, arguments, status);
    narrowed = narrow(cx, arguments, &graph);
    if (narrowed != 0)
        code = narrowed;
    if (graph && narrowed == 0) {
        ranked = rank(cx, arguments, graph, format);
        if (ranked != NG_OK)
            code = exit_code(cx, arguments, ranked);
    }
    ng_graph_free(graph);
    return code;
}
