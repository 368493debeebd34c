/* A network as a whole, in numbers.
 *
 * Density, components and centralization (Freeman 1979, of degrees) are plain counts; transitivity
 * and clustering come from the clustering coefficients of the nodes (Newman 2003 has both);
 * assortativity, by kind and by degree, is Newman's (2002, 2003), of edges without their weights;
 * modularity is that of Newman and Girvan (2004), with weights. As the scores, all but the counts
 * of actors and ties are those of edges with a weight above 0. */
#include "measures_internal.h"

#include <assert.h>
#include <math.h>

/* Sums on the way. */
typedef struct tally {
    double *degrees; /* in edges of weight > 0 */
    double edge_count;
    double ends[NG_KIND_COUNT];     /* of edges, by kind */
    double alike;                   /* edges between two of one kind */
    double products, sums, squares; /* of the degrees at the ends of edges */
} tally;

static void count_edges(const ng_graph *graph, tally *found)
{
    for (size_t i = 0; i < ng_graph_node_count(graph); i++)
        found->degrees[i] = 0;
    for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);
        ng_kind a = ng_graph_node(graph, edge->source)->kind;
        ng_kind b = ng_graph_node(graph, edge->target)->kind;

        if (!(edge->weight > 0))
            continue;
        found->edge_count += 1;
        found->degrees[edge->source] += 1;
        found->degrees[edge->target] += 1;
        found->ends[a] += 1;
        found->ends[b] += 1;
        found->alike += a == b;
    }
    for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);
        double a = found->degrees[edge->source], b = found->degrees[edge->target];

        if (!(edge->weight > 0))
            continue;
        found->products += a * b;
        found->sums += (a + b) / 2;
        found->squares += (a * a + b * b) / 2;
    }
}

/* Correlations of what is at both ends of an edge; NaN where all ends are alike. */
static void find_assortativity(const tally *found, ng_summary *summary)
{
    double count = found->edge_count, expected = 0, mean = found->sums / count;
    double spread = found->squares / count - mean * mean;

    for (int i = 0; i < NG_KIND_COUNT; i++)
        expected += found->ends[i] / (2 * count) * (found->ends[i] / (2 * count));
    summary->kind_assortativity =
        count > 0 && expected < 1 ? (found->alike / count - expected) / (1 - expected) : NAN;
    summary->degree_assortativity =
        count > 0 && spread > 1e-12 * mean ? (found->products / count - mean * mean) / spread : NAN;
}

/* Triangles over the network, and the mean of the nodes. */
static void find_clustering(const tally *found, const double *clustering, size_t count,
                            ng_summary *summary)
{
    double closed = 0, all = 0, sum = 0;

    for (size_t i = 0; i < count; i++) {
        double pairs = found->degrees[i] * (found->degrees[i] - 1) / 2;

        closed += pairs > 0 ? clustering[i] * pairs : 0;
        all += pairs > 0 ? pairs : 0;
        sum += clustering[i];
    }
    summary->transitivity = all > 0 ? closed / all : NAN;
    summary->mean_clustering = count > 0 ? sum / (double)count : NAN;
}

static void find_degrees(const tally *found, size_t count, ng_summary *summary)
{
    double n = (double)count, largest = 0, lacking = 0;

    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, found->degrees[i]);
        summary->isolate_count += found->degrees[i] <= 0;
    }
    for (size_t i = 0; i < count; i++)
        lacking += largest - found->degrees[i];
    summary->largest_degree = (size_t)largest;
    summary->mean_degree = count > 0 ? 2 * found->edge_count / n : NAN;
    summary->density = count > 1 ? found->edge_count / (n * (n - 1) / 2) : NAN;
    /* a star has the most: its centre lacks nothing, each other node n - 2 */
    summary->degree_centralization = count > 2 ? lacking / ((n - 1) * (n - 2)) : NAN;
}

/* Groups by their numbers, from 1 on; `largest_out`: nodes of the first. */
static size_t count_groups(const double *groups, size_t count, size_t *largest_out)
{
    double most = 0;

    *largest_out = 0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, isnan(groups[i]) ? 0 : groups[i]);
        *largest_out += groups[i] >= 1 && groups[i] <= 1;
    }
    return (size_t)most;
}

static ng_status find_modularity(ng_ctx *cx, const ng_graph *graph, const double *communities,
                                 ng_summary *summary)
{
    size_t count = ng_graph_node_count(graph);
    uint32_t *groups = ng_alloc(cx, (count + 1) * sizeof *groups);
    ng_network network = { 0 };
    ng_status status = groups ? ng_network_make(cx, graph, NG_DISTANCE_HOPS, &network)
                              : ng_fail(cx, NG_E_MEMORY, "no memory for %zu nodes", count);

    for (size_t i = 0; i < count && status == NG_OK; i++)
        groups[i] = isnan(communities[i]) ? NG_NO_GROUP : (uint32_t)communities[i] - 1;
    if (status == NG_OK && network.edge_count > 0) {
        summary->modularity = ng_groups_modularity(cx, &network, groups);
        if (isnan(summary->modularity))
            status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu nodes", count);
    }
    ng_free(cx, groups);
    ng_network_destroy(cx, &network);
    return status;
}

ng_status ng_summary_make(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                          ng_summary *summary_out)
{
    const double *clustering = ng_scores_get(scores, NG_MEASURE_CLUSTERING);
    const double *communities = ng_scores_get(scores, NG_MEASURE_COMMUNITY);
    const double *components = ng_scores_get(scores, NG_MEASURE_COMPONENT);
    size_t count = ng_graph_node_count(graph);
    tally found = { .degrees = ng_alloc(cx, (count + 1) * sizeof *found.degrees) };
    ng_summary summary = { .node_count = count,
                           .edge_count = ng_graph_edge_count(graph),
                           .modularity = NAN };
    ng_status status = NG_OK;

    if (!found.degrees)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu nodes", count);
    if (!clustering || !communities || !components) {
        ng_free(cx, found.degrees);
        return ng_fail(cx, NG_E_USAGE, "a summary needs clustering, community and component");
    }
    for (size_t i = 0; i < count; i++)
        summary.kind_count[ng_graph_node(graph, i)->kind]++;
    count_edges(graph, &found);
    find_degrees(&found, count, &summary);
    find_clustering(&found, clustering, count, &summary);
    find_assortativity(&found, &summary);
    summary.component_count = count_groups(components, count, &summary.largest_component);
    summary.community_count = count_groups(communities, count, &summary.largest_community);
    status = find_modularity(cx, graph, communities, &summary);
    ng_free(cx, found.degrees);
    if (status == NG_OK)
        *summary_out = summary;
    return status;
}
