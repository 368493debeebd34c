/* Destinations, and which writer a format has. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

struct ng_output {
    ng_file *file;
};

const ng_measure ng_measure_order[NG_MEASURE_COUNT] = {
    NG_MEASURE_DEGREE,
    NG_MEASURE_STRENGTH,
    NG_MEASURE_BETWEENNESS,
    NG_MEASURE_CLOSENESS,
    NG_MEASURE_HARMONIC,
    NG_MEASURE_PAGERANK,
    NG_MEASURE_EIGENVECTOR,
    NG_MEASURE_COMMUNITY,
    NG_MEASURE_KATZ,
    NG_MEASURE_CORENESS,
    NG_MEASURE_CLUSTERING,
    NG_MEASURE_CONSTRAINT,
    NG_MEASURE_PARTICIPATION,
    NG_MEASURE_WITHIN_MODULE_DEGREE,
    NG_MEASURE_COMMUNITY_BROKERAGE,
    NG_MEASURE_KIND_BROKERAGE,
    NG_MEASURE_COMPONENT,
};

ng_status ng_output_open(ng_ctx *cx, const char *path, ng_output **output_out)
{
    ng_output *output = ng_alloc(cx, sizeof *output);
    ng_status status = NG_OK;

    if (!output) {
        (void)ng_fail(cx, NG_E_MEMORY, "%s: no memory to write it", path);
        return NG_E_MEMORY;
    }
    status = ng_file_create(cx, path, &output->file);
    if (status == NG_OK)
        *output_out = output;
    else
        ng_free(cx, output);
    return status;
}

ng_status ng_output_add(ng_ctx *cx, ng_output *output, ng_view bytes)
{
    return ng_file_add(cx, output->file, bytes);
}

ng_status ng_output_commit(ng_ctx *cx, ng_output *output)
{
    ng_status status = ng_file_commit(cx, output->file);

    ng_free(cx, output);
    return status;
}

void ng_output_discard(ng_ctx *cx, ng_output *output)
{
    if (!output)
        return;
    ng_file_discard(cx, output->file);
    ng_free(cx, output);
}

bool ng_score_is_known(const ng_scores *scores, ng_measure measure)
{
    return scores && ng_scores_has(scores, measure);
}

double ng_score_of(const ng_scores *scores, ng_measure measure, size_t node)
{
    return ng_score_is_known(scores, measure) ? ng_scores_get(scores, measure)[node] : NAN;
}

const char *ng_distance_word(ng_distance distance)
{
    static const char *const words[] = { "integer: max(1, round(27720 / weight))",
                                         "inverse: 1 / weight", "hops: every edge is 1" };

    assert((unsigned)distance < 3);
    return words[distance];
}

ng_status ng_aliases_join(ng_ctx *cx, const ng_node *node, ng_buffer *out)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < node->alias_count && status == NG_OK; i++) {
        if (i > 0)
            status = ng_buffer_add(cx, out, NG_VIEW(" | "));
        if (status == NG_OK)
            status = ng_buffer_add(cx, out, node->aliases[i].text);
    }
    return status;
}

/* The node-link file, piece by piece. */
static ng_status write_json(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                            const char *path)
{
    ng_output *output = NULL;
    ng_buffer bytes;
    ng_pen pen;
    ng_status status = ng_output_open(cx, path, &output);

    if (status != NG_OK)
        return status;
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, output);
    ng_json_put_graph(&pen, graph, scores, NG_JSON_WHOLE);
    status = ng_pen_finish(&pen);
    ng_buffer_destroy(cx, &bytes);
    if (status == NG_OK)
        return ng_output_commit(cx, output);
    ng_output_discard(cx, output);
    return status;
}

/* A picture is whole in memory before the file is touched. */
static ng_status write_picture(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                               const ng_write_options *options, ng_format format, const char *path)
{
    ng_buffer bytes;
    ng_status status = NG_OK;

    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_picture_make(cx, graph, scores, options, format, &bytes);
    if (status == NG_OK)
        status = ng_file_replace(cx, path, ng_buffer_view(&bytes));
    ng_buffer_destroy(cx, &bytes);
    return status;
}

ng_status ng_graph_write(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                         const ng_write_options *options, ng_format format, const char *path)
{
    switch (format) {
    case NG_FORMAT_JSON:
        return write_json(cx, graph, scores, path);
    case NG_FORMAT_CSV:
        return ng_csv_write(cx, graph, scores, options->raw_cells, path);
    case NG_FORMAT_DOT:
    case NG_FORMAT_SVG:
    case NG_FORMAT_PNG:
    case NG_FORMAT_PDF:
        return write_picture(cx, graph, scores, options, format, path);
    case NG_FORMAT_NGR:
        return ng_fail(cx, NG_E_USAGE, "%s: a saved graph is written from counts", path);
    case NG_FORMAT_COUNT:
        break;
    }
    return ng_fail(cx, NG_E_USAGE, "unknown output format %d", (int)format);
}
