/* Scores: which measures are wanted, how long edges are, what is not defined.
 *
 * Degree and strength are counted here. The other measures are computed over a network of the edges
 * with weight > 0 (network.c, brandes.c, igraph.c). What the definitions leave open is settled
 * here:
 *
 *   - betweenness, closeness and harmonic centrality are 0 for isolated nodes, and betweenness is 0
 *     where there are at most two nodes;
 *   - eigenvector centrality belongs to the largest component (of several, the one with the
 *     smallest id); elsewhere, and without edges, it is NaN;
 *   - an edge of weight 0 makes a neighbour, but carries no path and no rank. */
#include "measures_internal.h"

#include <assert.h>
#include <math.h>

struct ng_scores {
    ng_ctx *cx; /* they were made with; outlives them */
    ng_distance distance;
    double *values[NG_MEASURE_COUNT]; /* NULL: not computed */
    double *edges;                    /* betweenness of edges, the same */
};

static const char *const measure_names[NG_MEASURE_COUNT] = {
    [NG_MEASURE_DEGREE] = "degree",           [NG_MEASURE_STRENGTH] = "strength",
    [NG_MEASURE_BETWEENNESS] = "betweenness", [NG_MEASURE_CLOSENESS] = "closeness",
    [NG_MEASURE_HARMONIC] = "harmonic",       [NG_MEASURE_EIGENVECTOR] = "eigenvector",
    [NG_MEASURE_PAGERANK] = "pagerank",
};

const char *ng_measure_name(ng_measure measure)
{
    assert(measure >= 0 && measure < NG_MEASURE_COUNT);
    return measure_names[measure];
}

bool ng_measure_find(ng_view name, ng_measure *measure_out)
{
    size_t count = 0;

    for (int i = 0; i < NG_MEASURE_COUNT; i++) {
        ng_view known = ng_view_of(measure_names[i]);

        if (name.size == 0 || !ng_view_starts(known, name))
            continue;
        *measure_out = (ng_measure)i;
        count++;
        if (known.size == name.size)
            return true;
    }
    return count == 1;
}

bool ng_scores_has(const ng_scores *scores, ng_measure measure)
{
    return scores->values[measure] != NULL;
}

const double *ng_scores_get(const ng_scores *scores, ng_measure measure)
{
    return scores->values[measure];
}

const double *ng_scores_edge_betweenness(const ng_scores *scores)
{
    return scores->edges;
}

ng_distance ng_scores_distance(const ng_scores *scores)
{
    return scores->distance;
}

void ng_scores_free(ng_scores *scores)
{
    ng_ctx *cx = NULL;

    if (!scores)
        return;
    cx = scores->cx;
    for (int i = 0; i < NG_MEASURE_COUNT; i++)
        ng_free(cx, scores->values[i]);
    ng_free(cx, scores->edges);
    ng_free(cx, scores);
}

/* Degree and strength, in the order of the edges. */
static void count_neighbours(const ng_graph *graph, double *degree, double *strength)
{
    for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);

        if (degree) {
            degree[edge->source] += 1;
            degree[edge->target] += 1;
        }
        if (strength) {
            strength[edge->source] += edge->weight;
            strength[edge->target] += edge->weight;
        }
    }
}

/* Eigenvector centrality on the largest component, NaN elsewhere. */
static ng_status measure_eigenvector(ng_ctx *cx, const ng_network *network, double *scores)
{
    ng_network part = { 0 };
    uint32_t *numbers = NULL; /* of each node in the part, UINT32_MAX when it is outside */
    double *values = NULL;
    ng_status status = NG_OK;

    for (size_t i = 0; i < network->node_count; i++)
        scores[i] = NAN;
    if (network->edge_count == 0)
        return NG_OK;
    status = ng_network_largest_part(cx, network, &part, &numbers);
    if (status == NG_OK) {
        values = ng_alloc(cx, part.node_count * sizeof *values);
        if (!values)
            status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu scores", part.node_count);
    }
    if (status == NG_OK)
        status = ng_network_eigenvector(cx, &part, values);
    for (size_t i = 0; i < network->node_count && status == NG_OK; i++)
        if (numbers[i] != UINT32_MAX)
            scores[i] = values[numbers[i]];
    ng_free(cx, values);
    ng_free(cx, numbers);
    ng_network_destroy(cx, &part);
    return status;
}

/* Moves the values of the network's edges to those of the graph, from the last on: the network has
 * the same edges in the same order, but for those of no weight, which get 0. */
static void spread_edges(const ng_graph *graph, const ng_network *network, double *values)
{
    size_t left = network->edge_count;

    for (size_t i = ng_graph_edge_count(graph); i-- > 0;) {
        const ng_edge *edge = ng_graph_edge(graph, i);
        bool is_there = left > 0 && network->sources[left - 1] == edge->source &&
                        network->targets[left - 1] == edge->target;

        values[i] = is_there ? values[--left] : 0;
    }
}

/* Fails once the work is cancelled. */
static ng_status check_cancelled(ng_ctx *cx)
{
    return ng_ctx_is_cancelled(cx) ? ng_fail(cx, NG_E_LIMIT, "interrupted") : NG_OK;
}

/* Everything that needs the network. The arrays are there. */
static ng_status measure_network(ng_ctx *cx, const ng_graph *graph, uint32_t thread_count,
                                 ng_scores *scores)
{
    const ng_path_scores paths = { .betweenness = scores->values[NG_MEASURE_BETWEENNESS],
                                   .closeness = scores->values[NG_MEASURE_CLOSENESS],
                                   .harmonic = scores->values[NG_MEASURE_HARMONIC],
                                   .edges = scores->edges };
    double *pagerank = scores->values[NG_MEASURE_PAGERANK];
    double *eigenvector = scores->values[NG_MEASURE_EIGENVECTOR];
    ng_network network = { 0 };
    ng_status status = ng_network_make(cx, graph, scores->distance, &network);

    if (status == NG_OK && pagerank)
        status = ng_network_pagerank(cx, &network, pagerank);
    if (status == NG_OK)
        status = check_cancelled(cx);
    if (status == NG_OK && eigenvector)
        status = measure_eigenvector(cx, &network, eigenvector);
    if (status == NG_OK)
        status = check_cancelled(cx);
    if (status == NG_OK && (paths.betweenness || paths.closeness || paths.harmonic || paths.edges))
        status = ng_network_paths(cx, &network, thread_count, &paths);
    if (status == NG_OK && paths.edges)
        spread_edges(graph, &network, paths.edges);
    ng_network_destroy(cx, &network);
    return status;
}

/* `count` zeros, or NULL. */
static double *make_zeros(ng_ctx *cx, size_t count)
{
    double *values =
        count < SIZE_MAX / sizeof(double) ? ng_alloc(cx, (count + 1) * sizeof(double)) : NULL;

    for (size_t i = 0; i < count && values; i++)
        values[i] = 0;
    return values;
}

/* Makes the arrays of the measures that are wanted, all zero. */
static ng_status make_arrays(ng_ctx *cx, const ng_graph *graph, uint32_t measures, bool with_edges,
                             ng_scores *scores)
{
    size_t node_count = ng_graph_node_count(graph), edge_count = ng_graph_edge_count(graph);

    for (int i = 0; i < NG_MEASURE_COUNT; i++) {
        if (!(measures >> i & 1u))
            continue;
        scores->values[i] = make_zeros(cx, node_count);
        if (!scores->values[i])
            return ng_fail(cx, NG_E_MEMORY, "no memory for %zu scores", node_count);
    }
    scores->edges = with_edges ? make_zeros(cx, edge_count) : NULL;
    if (with_edges && !scores->edges)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu scores", edge_count);
    return NG_OK;
}

void ng_measure_options_init(ng_measure_options *options)
{
    *options = (ng_measure_options){ .distance = NG_DISTANCE_INTEGER };
}

ng_status ng_scores_compute(ng_ctx *cx, const ng_graph *graph, uint32_t measures,
                            const ng_measure_options *options, ng_scores **scores_out)
{
    const uint32_t counted = 1u << NG_MEASURE_DEGREE | 1u << NG_MEASURE_STRENGTH;
    ng_scores *scores = ng_alloc(cx, sizeof *scores);
    ng_status status = NG_OK;

    if (!scores)
        return ng_fail(cx, NG_E_MEMORY, "no memory for scores");
    *scores = (ng_scores){ .cx = cx, .distance = options->distance };
    status = make_arrays(cx, graph, measures, options->edges, scores);
    if (status == NG_OK)
        count_neighbours(graph, scores->values[NG_MEASURE_DEGREE],
                         scores->values[NG_MEASURE_STRENGTH]);
    if (status == NG_OK && ((measures & ~counted) || options->edges) &&
        ng_graph_node_count(graph) > 0)
        status = measure_network(cx, graph, options->thread_count, scores);
    if (status == NG_OK)
        status = check_cancelled(cx);
    if (status != NG_OK) {
        ng_scores_free(scores);
        return status;
    }
    *scores_out = scores;
    return NG_OK;
}
