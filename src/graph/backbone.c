/* Which edges of a graph stay: thresholds and backbones.
 *
 * The disparity filter (Serrano, Boguñá and Vespignani 2009) keeps an edge that is too heavy for
 * chance at one of its ends: an end of k edges and strength s, its weights shared out at random,
 * would give one of weight w or more with the chance (1 - w/s)^(k-1); an end with one edge tells
 * nothing. The k heaviest edges of each actor (all of equal weight as the last); a maximum spanning
 * forest (Kruskal 1956; equals in the order of the file) and the k heaviest of each; the k-core,
 * what is left when actors with fewer than k neighbours are taken out until none is (Seidman 1983).
 * Edges of weight 0 and less are none of them. O(edges log edges). */
#include "graph_internal.h"

#include <math.h>

/* The work on one graph. */
typedef struct choosing {
    ng_ctx *cx;
    const ng_graph *graph;
    const ng_selection *selection;
    bool *is_kept;    /* of each edge */
    size_t *edges;    /* the edges of each node, one node after the other */
    size_t *start;    /* node_count + 1 */
    uint32_t *parent; /* of the spanning forest */
    size_t *order;    /* edges by weight, the heaviest first */
} choosing;

static double weight_of(const choosing *work, size_t edge)
{
    return work->graph->edges[edge].weight;
}

/* Lists the edges of each node that still stay. */
static void list_edges(const choosing *work)
{
    const ng_graph *graph = work->graph;
    size_t at = 0;

    for (size_t i = 0; i <= graph->node_count; i++)
        work->start[i] = 0;
    for (size_t i = 0; i < graph->edge_count; i++)
        if (work->is_kept[i]) {
            work->start[graph->edges[i].source]++;
            work->start[graph->edges[i].target]++;
        }
    for (size_t i = 0; i <= graph->node_count; i++) {
        size_t count = work->start[i];

        work->start[i] = at;
        at += i < graph->node_count ? count : 0;
    }
    for (size_t i = 0; i < graph->edge_count; i++)
        if (work->is_kept[i]) {
            work->edges[work->start[graph->edges[i].source]++] = i;
            work->edges[work->start[graph->edges[i].target]++] = i;
        }
    for (size_t i = graph->node_count; i > 0; i--)
        work->start[i] = work->start[i - 1];
    work->start[0] = 0;
}

/* ---- thresholds ---- */

static bool passes(const ng_selection *selection, const ng_edge *edge)
{
    return edge->weight >= selection->least_weight &&
           edge->document_count >= selection->least_documents &&
           !(edge->q_value > selection->most_q);
}

/* ---- backbones ---- */

static ng_status keep_disparate(choosing *work, double alpha)
{
    const ng_graph *graph = work->graph;
    bool *is_heavy = ng_alloc(work->cx, graph->edge_count + 1);

    if (!is_heavy)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu pairs", graph->edge_count);
    memset(is_heavy, 0, graph->edge_count + 1);
    for (size_t node = 0; node < graph->node_count; node++) {
        size_t count = work->start[node + 1] - work->start[node];
        double strength = 0;

        for (size_t i = work->start[node]; i < work->start[node + 1]; i++)
            strength += weight_of(work, work->edges[i]);
        for (size_t i = work->start[node]; i < work->start[node + 1] && count > 1; i++) {
            double share = weight_of(work, work->edges[i]) / strength;

            if (pow(1 - share, (double)(count - 1)) < alpha)
                is_heavy[work->edges[i]] = true;
        }
    }
    for (size_t i = 0; i < graph->edge_count; i++)
        work->is_kept[i] = work->is_kept[i] && is_heavy[i];
    ng_free(work->cx, is_heavy);
    return NG_OK;
}

static int compare_weights(const void *a, const void *b, void *user)
{
    const choosing *work = user;
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    double x = weight_of(work, left), y = weight_of(work, right);

    if (x != y)
        return x > y ? -1 : 1;
    return (left > right) - (left < right);
}

/* Marks the k heaviest edges of each node, and those as heavy as the last of them. */
static ng_status mark_heaviest(choosing *work, size_t k, bool *is_marked)
{
    ng_status status = NG_OK;

    for (size_t node = 0; node < work->graph->node_count && status == NG_OK && k > 0; node++) {
        size_t *edges = work->edges + work->start[node];
        size_t count = work->start[node + 1] - work->start[node];

        status = ng_sort(work->cx, edges, count, sizeof *edges, compare_weights, work);
        for (size_t i = 0; i < count; i++)
            if (i < k || weight_of(work, edges[i]) == weight_of(work, edges[k - 1]))
                is_marked[edges[i]] = true;
    }
    return status;
}

static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Marks a maximum spanning forest. */
static ng_status mark_forest(choosing *work, bool *is_marked)
{
    const ng_graph *graph = work->graph;
    ng_status status = NG_OK;

    for (uint32_t i = 0; i < graph->node_count; i++)
        work->parent[i] = i;
    for (size_t i = 0; i < graph->edge_count; i++)
        work->order[i] = i;
    status = ng_sort(work->cx, work->order, graph->edge_count, sizeof *work->order, compare_weights,
                     work);
    for (size_t i = 0; i < graph->edge_count && status == NG_OK; i++) {
        size_t edge = work->order[i];
        uint32_t a = root_of(work->parent, graph->edges[edge].source);
        uint32_t b = root_of(work->parent, graph->edges[edge].target);

        if (!work->is_kept[edge] || a == b)
            continue;
        work->parent[a] = b;
        is_marked[edge] = true;
    }
    return status;
}

/* Keeps the k heaviest of each node, with a spanning forest or without. */
static ng_status keep_heaviest(choosing *work, size_t k, bool with_forest)
{
    size_t count = work->graph->edge_count;
    bool *is_marked = ng_alloc(work->cx, count + 1);
    ng_status status = NG_OK;

    if (!is_marked)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu pairs", count);
    memset(is_marked, 0, count + 1);
    status = mark_heaviest(work, k, is_marked);
    if (status == NG_OK && with_forest)
        status = mark_forest(work, is_marked);
    for (size_t i = 0; i < count; i++)
        work->is_kept[i] = work->is_kept[i] && is_marked[i];
    ng_free(work->cx, is_marked);
    return status;
}

/* Keeps the edges within the k-core. */
static ng_status keep_core(choosing *work, size_t k)
{
    const ng_graph *graph = work->graph;
    size_t *degree = ng_alloc(work->cx, (graph->node_count + 1) * sizeof *degree);
    uint32_t *stack = ng_alloc(work->cx, (graph->node_count + 1) * sizeof *stack);
    size_t depth = 0;

    if (!degree || !stack) {
        ng_free(work->cx, degree);
        ng_free(work->cx, stack);
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", graph->node_count);
    }
    for (uint32_t i = 0; i < graph->node_count; i++) {
        degree[i] = work->start[i + 1] - work->start[i];
        if (degree[i] < k)
            stack[depth++] = i;
    }
    while (depth > 0) {
        uint32_t node = stack[--depth];

        for (size_t i = work->start[node]; i < work->start[node + 1]; i++) {
            const ng_edge *edge = &graph->edges[work->edges[i]];
            uint32_t other = edge->source == node ? edge->target : edge->source;

            if (!work->is_kept[work->edges[i]])
                continue;
            work->is_kept[work->edges[i]] = false;
            if (degree[other]-- == k)
                stack[depth++] = other;
        }
    }
    ng_free(work->cx, degree);
    ng_free(work->cx, stack);
    return NG_OK;
}

/* ---- around an actor ---- */

/* Keeps the edges whose ends are both at most so many steps from the centre. */
static ng_status keep_around(choosing *work, size_t centre, uint32_t hops, bool *is_near)
{
    const ng_graph *graph = work->graph;
    uint32_t *queue = ng_alloc(work->cx, (graph->node_count + 1) * sizeof *queue);
    size_t first = 0, last = 0;

    if (!queue)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", graph->node_count);
    memset(is_near, 0, graph->node_count + 1);
    queue[last++] = (uint32_t)centre;
    is_near[centre] = true;
    for (uint32_t step = 0; step < hops; step++) {
        size_t end = last;

        for (; first < end; first++)
            for (size_t i = work->start[queue[first]]; i < work->start[queue[first] + 1]; i++) {
                const ng_edge *edge = &graph->edges[work->edges[i]];
                uint32_t other = edge->source == queue[first] ? edge->target : edge->source;

                if (!is_near[other])
                    queue[last++] = other;
                is_near[other] = true;
            }
    }
    for (size_t i = 0; i < graph->edge_count; i++)
        work->is_kept[i] =
            work->is_kept[i] && is_near[graph->edges[i].source] && is_near[graph->edges[i].target];
    ng_free(work->cx, queue);
    return NG_OK;
}

/* The backbone that is asked for. */
static ng_status keep_backbone(choosing *work)
{
    const ng_selection *selection = work->selection;

    for (size_t i = 0; i < work->graph->edge_count && selection->backbone; i++)
        work->is_kept[i] = work->is_kept[i] && weight_of(work, i) > 0;
    list_edges(work);
    switch (selection->backbone) {
    case NG_BACKBONE_NONE:
        break;
    case NG_BACKBONE_DISPARITY:
        return keep_disparate(work, selection->alpha);
    case NG_BACKBONE_TOP:
        return keep_heaviest(work, selection->k, false);
    case NG_BACKBONE_SPANNING:
        return keep_heaviest(work, selection->k, true);
    case NG_BACKBONE_CORE:
        return keep_core(work, selection->k);
    }
    return NG_OK;
}

ng_status ng_edges_choose(ng_ctx *cx, const ng_graph *graph, const ng_selection *selection,
                          bool *is_kept, bool *is_near)
{
    choosing work = { .cx = cx,
                      .graph = graph,
                      .selection = selection,
                      .is_kept = is_kept,
                      .edges = ng_alloc(cx, (2 * graph->edge_count + 1) * sizeof *work.edges),
                      .start = ng_alloc(cx, (graph->node_count + 2) * sizeof *work.start),
                      .parent = ng_alloc(cx, (graph->node_count + 1) * sizeof *work.parent),
                      .order = ng_alloc(cx, (graph->edge_count + 1) * sizeof *work.order) };
    ng_status status = work.edges && work.start && work.parent && work.order
                           ? NG_OK
                           : ng_fail(cx, NG_E_MEMORY, "no memory for %zu pairs", graph->edge_count);

    memset(is_near, 1, graph->node_count + 1);
    for (size_t i = 0; i < graph->edge_count; i++)
        is_kept[i] = passes(selection, &graph->edges[i]);
    if (status == NG_OK)
        status = keep_backbone(&work);
    if (status == NG_OK && selection->around != SIZE_MAX) {
        list_edges(&work);
        status = keep_around(&work, selection->around, selection->hops, is_near);
    }
    ng_free(cx, work.edges);
    ng_free(cx, work.start);
    ng_free(cx, work.parent);
    ng_free(cx, work.order);
    return status;
}
