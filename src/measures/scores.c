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
 *   - an edge of weight 0 makes a neighbour, but carries no path and no rank, and closes no
 *     triangle;
 *   - an isolated node has no community, and what is asked of its neighbours (constraint,
 *     participation, the degree in the module) is NaN; clustering is 0 where there are less than
 *     two neighbours. */
#include "measures_internal.h"

#include <assert.h>
#include <math.h>

struct ng_scores {
    ng_ctx *cx; /* they were made with; outlives them */
    ng_distance distance;
    double *values[NG_MEASURE_COUNT]; /* NULL: not computed */
    double *edges;                    /* betweenness of edges, the same */
    uint32_t sample;                  /* sources, 0: all */
    ng_path_errors errors;
};

static const char *const measure_names[NG_MEASURE_COUNT] = {
    [NG_MEASURE_DEGREE] = "degree",
    [NG_MEASURE_STRENGTH] = "strength",
    [NG_MEASURE_BETWEENNESS] = "betweenness",
    [NG_MEASURE_CLOSENESS] = "closeness",
    [NG_MEASURE_HARMONIC] = "harmonic",
    [NG_MEASURE_EIGENVECTOR] = "eigenvector",
    [NG_MEASURE_PAGERANK] = "pagerank",
    [NG_MEASURE_KATZ] = "katz",
    [NG_MEASURE_CORENESS] = "coreness",
    [NG_MEASURE_CLUSTERING] = "clustering",
    [NG_MEASURE_CONSTRAINT] = "constraint",
    [NG_MEASURE_PARTICIPATION] = "participation",
    [NG_MEASURE_WITHIN_MODULE_DEGREE] = "within_module_degree",
    [NG_MEASURE_COMMUNITY_BROKERAGE] = "community_brokerage",
    [NG_MEASURE_KIND_BROKERAGE] = "kind_brokerage",
    [NG_MEASURE_COMMUNITY] = "community",
    [NG_MEASURE_COMPONENT] = "component",
};

bool ng_measure_is_score(ng_measure measure)
{
    return measure != NG_MEASURE_COMMUNITY && measure != NG_MEASURE_COMPONENT;
}

bool ng_measure_is_reversed(ng_measure measure)
{
    return measure == NG_MEASURE_CONSTRAINT;
}

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

uint32_t ng_scores_sample(const ng_scores *scores)
{
    return scores->sample;
}

double ng_scores_error(const ng_scores *scores, ng_measure measure, double *usual_out)
{
    const ng_error none = { 0, 0 };
    const ng_error *error = measure == NG_MEASURE_BETWEENNESS ? &scores->errors.betweenness
                            : measure == NG_MEASURE_CLOSENESS ? &scores->errors.closeness
                            : measure == NG_MEASURE_HARMONIC  ? &scores->errors.harmonic
                                                              : &none;

    *usual_out = error->usual;
    return error->most;
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

/* ---- what needs the network ---- */

/* A graph while it is measured. The arrays of the scores are there. */
typedef struct measuring {
    ng_ctx *cx;
    const ng_graph *graph;
    const ng_measure_options *options;
    ng_scores *scores;
    ng_network network;
    ng_neighbours rows;    /* once they are needed */
    uint32_t *communities; /* likewise */
    uint32_t *kinds;       /* likewise */
} measuring;

/* The array of a measure, NULL when it is not wanted. */
static double *wanted(const measuring *work, ng_measure measure)
{
    return work->scores->values[measure];
}

/* Rows of neighbours and communities, where a measure needs them. */
static ng_status prepare(measuring *work)
{
    bool needs_groups = wanted(work, NG_MEASURE_COMMUNITY) ||
                        wanted(work, NG_MEASURE_PARTICIPATION) ||
                        wanted(work, NG_MEASURE_WITHIN_MODULE_DEGREE) ||
                        wanted(work, NG_MEASURE_COMMUNITY_BROKERAGE);
    bool needs_rows = needs_groups || wanted(work, NG_MEASURE_CLUSTERING) ||
                      wanted(work, NG_MEASURE_KIND_BROKERAGE);
    size_t count = work->network.node_count;
    ng_status status = NG_OK;

    if (needs_rows)
        status = ng_neighbours_make(work->cx, &work->network, &work->rows);
    if (status != NG_OK || !needs_groups)
        return status;
    work->communities = ng_alloc(work->cx, (count + 1) * sizeof *work->communities);
    if (!work->communities)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory to measure %zu nodes", count);
    return ng_network_communities(work->cx, &work->network, work->options->communities,
                                  work->communities);
}

static ng_status measure_walks(measuring *work)
{
    ng_status status = NG_OK;

    if (wanted(work, NG_MEASURE_PAGERANK))
        status = ng_network_pagerank(work->cx, &work->network, wanted(work, NG_MEASURE_PAGERANK));
    if (status == NG_OK && wanted(work, NG_MEASURE_EIGENVECTOR))
        status =
            measure_eigenvector(work->cx, &work->network, wanted(work, NG_MEASURE_EIGENVECTOR));
    if (status == NG_OK && wanted(work, NG_MEASURE_KATZ))
        status = ng_network_katz(work->cx, &work->network, wanted(work, NG_MEASURE_KATZ));
    return status;
}

/* Coreness and constraint. */
static ng_status measure_structure(measuring *work)
{
    ng_status status = NG_OK;

    if (wanted(work, NG_MEASURE_CORENESS))
        status = ng_igraph_coreness(work->cx, &work->network, wanted(work, NG_MEASURE_CORENESS));
    if (status == NG_OK && wanted(work, NG_MEASURE_CONSTRAINT))
        status =
            ng_igraph_constraint(work->cx, &work->network, wanted(work, NG_MEASURE_CONSTRAINT));
    return status;
}

/* The kind of each node as a group. */
static ng_status list_kinds(measuring *work)
{
    size_t count = work->network.node_count;

    work->kinds = ng_alloc(work->cx, (count + 1) * sizeof *work->kinds);
    if (!work->kinds)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory to measure %zu nodes", count);
    for (size_t i = 0; i < count; i++)
        work->kinds[i] = (uint32_t)ng_graph_node(work->graph, i)->kind;
    return NG_OK;
}

/* Clustering and both kinds of brokerage, from one list of triangles. */
static ng_status measure_triads(measuring *work)
{
    double *clustering = wanted(work, NG_MEASURE_CLUSTERING);
    double *of_communities = wanted(work, NG_MEASURE_COMMUNITY_BROKERAGE);
    double *of_kinds = wanted(work, NG_MEASURE_KIND_BROKERAGE);
    ng_triads triads = { .triangles = clustering };
    double *spare = NULL;
    ng_status status = NG_OK;

    if (!clustering && !of_communities && !of_kinds)
        return NG_OK;
    if (!clustering) {
        triads.triangles = spare =
            ng_alloc(work->cx, (work->network.node_count + 1) * sizeof *spare);
        if (!spare)
            return ng_fail(work->cx, NG_E_MEMORY, "no memory to measure %zu nodes",
                           work->network.node_count);
    }
    if (of_kinds)
        status = list_kinds(work);
    if (of_kinds) {
        triads.groups[triads.grouping_count] = work->kinds;
        triads.brokerage[triads.grouping_count++] = of_kinds;
    }
    if (of_communities) {
        triads.groups[triads.grouping_count] = work->communities;
        triads.brokerage[triads.grouping_count++] = of_communities;
    }
    if (status == NG_OK)
        status = ng_network_triads(work->cx, &work->network, &work->rows, &triads);
    if (status == NG_OK && clustering)
        ng_triads_cluster(&work->rows, clustering);
    ng_free(work->cx, spare);
    return status;
}

/* Components, communities, and where a node stands in its own. */
static ng_status measure_groups(measuring *work)
{
    size_t count = work->network.node_count;
    double *participation = wanted(work, NG_MEASURE_PARTICIPATION);
    double *degree = wanted(work, NG_MEASURE_WITHIN_MODULE_DEGREE);
    uint32_t *components = NULL;
    ng_status status = NG_OK;

    if (wanted(work, NG_MEASURE_COMMUNITY))
        ng_groups_as_scores(work->communities, count, wanted(work, NG_MEASURE_COMMUNITY));
    if (participation || degree)
        status = ng_network_roles(work->cx, &work->network, &work->rows, work->communities,
                                  participation, degree);
    if (status != NG_OK || !wanted(work, NG_MEASURE_COMPONENT))
        return status;
    components = ng_alloc(work->cx, (count + 1) * sizeof *components);
    if (!components)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory to measure %zu nodes", count);
    ng_network_components(&work->network, components);
    status = ng_groups_number(work->cx, components, count);
    if (status == NG_OK)
        ng_groups_as_scores(components, count, wanted(work, NG_MEASURE_COMPONENT));
    ng_free(work->cx, components);
    return status;
}

static ng_status measure_paths(measuring *work)
{
    const ng_path_scores paths = { .betweenness = wanted(work, NG_MEASURE_BETWEENNESS),
                                   .closeness = wanted(work, NG_MEASURE_CLOSENESS),
                                   .harmonic = wanted(work, NG_MEASURE_HARMONIC),
                                   .edges = work->scores->edges,
                                   .errors = &work->scores->errors };
    ng_status status = NG_OK;

    if (!paths.betweenness && !paths.closeness && !paths.harmonic && !paths.edges)
        return NG_OK;
    status = ng_network_paths(work->cx, &work->network, work->options->thread_count,
                              work->options->sample, &paths);
    if (status == NG_OK && paths.edges)
        spread_edges(work->graph, &work->network, paths.edges);
    return status;
}

/* Everything that needs the network: what is quick first. */
static ng_status measure_network(ng_ctx *cx, const ng_graph *graph,
                                 const ng_measure_options *options, ng_scores *scores)
{
    static ng_status (*const steps[])(measuring * work) = { prepare,           measure_walks,
                                                            measure_structure, measure_triads,
                                                            measure_groups,    measure_paths };
    measuring work = { .cx = cx, .graph = graph, .options = options, .scores = scores };
    ng_status status = ng_network_make(cx, graph, options->distance, &work.network);

    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == NG_OK; i++) {
        status = steps[i](&work);
        if (status == NG_OK)
            status = check_cancelled(cx);
    }
    ng_free(cx, work.communities);
    ng_free(cx, work.kinds);
    ng_neighbours_destroy(cx, &work.rows);
    ng_network_destroy(cx, &work.network);
    return status;
}

/* ---- the whole ---- */

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
    *scores = (ng_scores){ .cx = cx, .distance = options->distance, .sample = options->sample };
    status = make_arrays(cx, graph, measures, options->edges, scores);
    if (status == NG_OK)
        count_neighbours(graph, scores->values[NG_MEASURE_DEGREE],
                         scores->values[NG_MEASURE_STRENGTH]);
    if (status == NG_OK && ((measures & ~counted) || options->edges) &&
        ng_graph_node_count(graph) > 0)
        status = measure_network(cx, graph, options, scores);
    if (status == NG_OK)
        status = check_cancelled(cx);
    if (status != NG_OK) {
        ng_scores_free(scores);
        return status;
    }
    *scores_out = scores;
    return NG_OK;
}
