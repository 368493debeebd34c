/* Destinations, and which writer a format has. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>
#include <strings.h>
#include <sys/stat.h>

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

ng_status ng_nodes_sort(ng_ctx *cx, size_t count,
                        int (*compare)(const void *a, const void *b, void *user), void *user,
                        uint32_t **order_out)
{
    uint32_t *order = ng_alloc(cx, (count + 1) * sizeof *order);
    ng_status status = NG_OK;

    if (!order)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", count);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    status = ng_sort(cx, order, count, sizeof *order, compare, user);
    if (status == NG_OK)
        *order_out = order;
    else
        ng_free(cx, order);
    return status;
}

static int compare_scores(const void *a, const void *b, void *user)
{
    const double *scores = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (isnan(scores[x]) != isnan(scores[y]))
        return isnan(scores[x]) ? 1 : -1;
    if (scores[x] > scores[y] || scores[x] < scores[y])
        return scores[x] > scores[y] ? -1 : 1;
    return (x > y) - (x < y);
}

ng_status ng_nodes_by_score(ng_ctx *cx, const double *scores, size_t count, uint32_t **order_out)
{
    return ng_nodes_sort(cx, count, compare_scores, (void *)scores, order_out);
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

/* ---- files ---- */

/* The formats that are text of ours; `second` goes to a file beside the first, NAME and the suffix.
 */
static const struct {
    ng_put_file *put, *second;
    const char *suffix;
} files[NG_FORMAT_COUNT] = {
    [NG_FORMAT_JSON] = { ng_json_put_file, NULL, NULL },
    [NG_FORMAT_CSV] = { ng_csv_put_edges, ng_csv_put_nodes, "-nodes.csv" },
    [NG_FORMAT_GEXF] = { ng_gexf_put_graph, NULL, NULL },
    [NG_FORMAT_GRAPHML] = { ng_graphml_put_graph, NULL, NULL },
    [NG_FORMAT_GML] = { ng_gml_put_graph, NULL, NULL },
    [NG_FORMAT_PAJEK] = { ng_pajek_put_graph, NULL, NULL },
    [NG_FORMAT_CYJS] = { ng_cyjs_put_graph, NULL, NULL },
    [NG_FORMAT_VOSVIEWER] = { ng_vosviewer_put_graph, NULL, NULL },
    [NG_FORMAT_REPORT] = { ng_report_put_graph, NULL, NULL },
    [NG_FORMAT_VOSMAP] = { ng_vosviewer_put_map, ng_vosviewer_put_network, "-network.txt" },
};

/* True when the path is one destination that cannot have a second file beside it. */
static bool is_single(ng_ctx *cx, const char *path)
{
    struct stat is;

    return strcmp(path, "-") == 0 || (cx->sys->stat(path, &is) == 0 && !S_ISREG(is.st_mode));
}

/* "a/net.csv" gives "a/net-nodes.csv", and so does "a/net.CSV". */
size_t ng_format_beside(ng_format format, const char *path, char *out, size_t size)
{
    const char *suffix = (unsigned)format < NG_FORMAT_COUNT ? files[format].suffix : NULL;
    const char *ending = suffix ? strrchr(suffix, '.') : NULL;
    size_t length = strlen(path), ending_size = ending ? strlen(ending) : 0;

    if (!suffix)
        return 0;
    if (length > ending_size && strcasecmp(path + length - ending_size, ending) == 0)
        length -= ending_size;
    (void)snprintf(out, size, "%.*s%s", (int)length, path, suffix);
    return length + strlen(suffix);
}

/* The same in a buffer; zero-terminated. */
static ng_status make_second_path(ng_ctx *cx, ng_format format, const char *path, ng_buffer *out)
{
    size_t size = ng_format_beside(format, path, NULL, 0);
    ng_status status = ng_buffer_reserve(cx, out, size + 1);

    if (status == NG_OK)
        out->size = ng_format_beside(format, path, out->data, size + 1);
    return status;
}

/* Puts one file into an output that is opened and left open. */
static ng_status put_file(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                          const ng_write_options *options, ng_put_file *put, const char *path,
                          ng_output **output_out)
{
    ng_buffer bytes;
    ng_pen pen;
    ng_status status = ng_output_open(cx, path, output_out);

    if (status != NG_OK)
        return status;
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, *output_out);
    put(&pen, graph, scores, options);
    status = ng_pen_finish(&pen);
    ng_buffer_destroy(cx, &bytes);
    return status;
}

/* Puts a file, and the one beside it; both are written before the first replaces its file. */
static ng_status write_files(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                             const ng_write_options *options, ng_format format, const char *path)
{
    bool has_second = files[format].second && !is_single(cx, path);
    ng_output *first = NULL, *second = NULL;
    ng_buffer second_path;
    ng_status status = put_file(cx, graph, scores, options, files[format].put, path, &first);

    ng_buffer_init(&second_path, SIZE_MAX / 2);
    if (status == NG_OK && has_second)
        status = make_second_path(cx, format, path, &second_path);
    if (status == NG_OK && has_second)
        status =
            put_file(cx, graph, scores, options, files[format].second, second_path.data, &second);
    if (status == NG_OK && second) {
        status = ng_output_commit(cx, second);
        second = NULL;
    }
    if (status == NG_OK) {
        status = ng_output_commit(cx, first);
        first = NULL;
    }
    ng_output_discard(cx, second);
    ng_output_discard(cx, first);
    ng_buffer_destroy(cx, &second_path);
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
    case NG_FORMAT_DOT:
    case NG_FORMAT_SVG:
    case NG_FORMAT_PNG:
    case NG_FORMAT_PDF:
        return write_picture(cx, graph, scores, options, format, path);
    case NG_FORMAT_NGR:
        return ng_fail(cx, NG_E_USAGE, "%s: a saved graph is written from counts", path);
    default:
        break;
    }
    if ((unsigned)format < NG_FORMAT_COUNT && files[format].put)
        return write_files(cx, graph, scores, options, format, path);
    return ng_fail(cx, NG_E_USAGE, "unknown output format %d", (int)format);
}
