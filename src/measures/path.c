/* The shortest way between two actors (Dijkstra 1959), with a binary heap. Of ways of equal length
 * the one with fewest steps is taken, then the one whose actors come first in the graph, so that
 * the answer does not depend on anything but the graph. O((nodes + edges) log nodes). */
#include "measures_internal.h"

#include <math.h>

/* Edges of each node, as rows of a table, and the state of the search. */
typedef struct search {
    ng_ctx *cx;
    ng_network network;
    size_t *start;    /* node_count + 1 */
    uint32_t *others; /* the other end, row by row */
    double *lengths;
    double *distance;
    uint32_t *steps, *before;
    uint32_t *heap, *place; /* nodes; where each is in the heap, or NONE */
    size_t heap_count;
} search;

enum { NONE = UINT32_MAX };

static double length_at(const ng_network *network, size_t edge)
{
    return network->lengths ? network->lengths[edge] : 1;
}

/* Lays the edges out by node. */
static void lay_out(search *work)
{
    const ng_network *network = &work->network;
    size_t at = 0;

    memset(work->start, 0, (network->node_count + 2) * sizeof *work->start);
    for (size_t i = 0; i < network->edge_count; i++) {
        work->start[network->sources[i]]++;
        work->start[network->targets[i]]++;
    }
    for (size_t i = 0; i <= network->node_count; i++) {
        size_t count = work->start[i];

        work->start[i] = at;
        at += count;
    }
    for (size_t i = 0; i < network->edge_count; i++) {
        size_t a = work->start[network->sources[i]]++, b = work->start[network->targets[i]]++;

        work->others[a] = network->targets[i];
        work->others[b] = network->sources[i];
        work->lengths[a] = work->lengths[b] = length_at(network, i);
    }
    for (size_t i = network->node_count; i > 0; i--)
        work->start[i] = work->start[i - 1];
    work->start[0] = 0;
}

/* True when node a leaves the heap before node b. */
static bool is_nearer(const search *work, uint32_t a, uint32_t b)
{
    if (work->distance[a] != work->distance[b])
        return work->distance[a] < work->distance[b];
    if (work->steps[a] != work->steps[b])
        return work->steps[a] < work->steps[b];
    return a < b;
}

static void put(search *work, size_t at, uint32_t node)
{
    work->heap[at] = node;
    work->place[node] = (uint32_t)at;
}

/* Lets a node rise to its place. */
static void rise(search *work, size_t at)
{
    uint32_t node = work->heap[at];

    while (at > 0 && is_nearer(work, node, work->heap[(at - 1) / 2])) {
        put(work, at, work->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(work, at, node);
}

/* Takes the nearest node out. */
static uint32_t take(search *work)
{
    uint32_t first = work->heap[0], node = work->heap[--work->heap_count];
    size_t at = 0;

    work->place[first] = NONE;
    if (work->heap_count == 0)
        return first;
    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < work->heap_count &&
            is_nearer(work, work->heap[child + 1], work->heap[child]))
            child++;
        if (child >= work->heap_count || !is_nearer(work, work->heap[child], node))
            break;
        put(work, at, work->heap[child]);
        at = child;
    }
    put(work, at, node);
    return first;
}

/* True when the way over `from` is the better one to `to`. */
static bool is_better(const search *work, uint32_t from, uint32_t to, double distance)
{
    if (distance != work->distance[to])
        return distance < work->distance[to];
    if (work->steps[from] + 1 != work->steps[to])
        return work->steps[from] + 1 < work->steps[to];
    return from < work->before[to];
}

static void run(search *work, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < work->network.node_count; i++) {
        work->distance[i] = INFINITY;
        work->steps[i] = work->before[i] = work->place[i] = NONE;
    }
    work->distance[from] = 0;
    work->steps[from] = 0;
    put(work, work->heap_count++, from);
    while (work->heap_count > 0) {
        uint32_t node = take(work);

        if (node == to)
            return;
        for (size_t i = work->start[node]; i < work->start[node + 1]; i++) {
            uint32_t other = work->others[i];
            double distance = work->distance[node] + work->lengths[i];

            if (!is_better(work, node, other, distance))
                continue;
            work->distance[other] = distance;
            work->steps[other] = work->steps[node] + 1;
            work->before[other] = node;
            if (work->place[other] == NONE)
                put(work, work->heap_count++, other);
            rise(work, work->place[other]);
        }
    }
}

/* Hands out the nodes of the way. */
static ng_status hand_out(const search *work, uint32_t from, uint32_t to, size_t **nodes_out,
                          size_t *count_out)
{
    size_t count = (size_t)work->steps[to] + 1;
    size_t *nodes = ng_alloc(work->cx, count * sizeof *nodes);
    uint32_t node = to;

    if (!nodes)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for a way of %zu actors", count);
    for (size_t i = count; i-- > 0; node = node == from ? from : work->before[node])
        nodes[i] = node;
    *nodes_out = nodes;
    *count_out = count;
    return NG_OK;
}

ng_status ng_path_find(ng_ctx *cx, const ng_graph *graph, size_t from, size_t to,
                       ng_distance distance, size_t **nodes_out, size_t *count_out)
{
    search work = { .cx = cx };
    size_t nodes = ng_graph_node_count(graph) + 2;
    ng_status status = ng_network_make(cx, graph, distance, &work.network);
    size_t ends = 2 * work.network.edge_count + 1;

    *nodes_out = NULL;
    *count_out = 0;
    if (status != NG_OK)
        return status;
    work.start = ng_alloc(cx, nodes * sizeof *work.start);
    work.others = ng_alloc(cx, ends * sizeof *work.others);
    work.lengths = ng_alloc(cx, ends * sizeof *work.lengths);
    work.distance = ng_alloc(cx, nodes * sizeof *work.distance);
    work.steps = ng_alloc(cx, nodes * sizeof *work.steps);
    work.before = ng_alloc(cx, nodes * sizeof *work.before);
    work.heap = ng_alloc(cx, nodes * sizeof *work.heap);
    work.place = ng_alloc(cx, nodes * sizeof *work.place);
    if (!work.start || !work.others || !work.lengths || !work.distance || !work.steps ||
        !work.before || !work.heap || !work.place)
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", nodes);
    if (status == NG_OK) {
        lay_out(&work);
        run(&work, (uint32_t)from, (uint32_t)to);
        if (work.steps[to] != NONE)
            status = hand_out(&work, (uint32_t)from, (uint32_t)to, nodes_out, count_out);
    }
    ng_free(cx, work.start);
    ng_free(cx, work.others);
    ng_free(cx, work.lengths);
    ng_free(cx, work.distance);
    ng_free(cx, work.steps);
    ng_free(cx, work.before);
    ng_free(cx, work.heap);
    ng_free(cx, work.place);
    ng_network_destroy(cx, &work.network);
    return status;
}

void ng_path_free(ng_ctx *cx, size_t *nodes)
{
    ng_free(cx, nodes);
}
