/* Shortest paths of any lengths: one source after the other, with a heap (Dijkstra 1959; four
 * children a node, which is less deep than two).
 *
 * Lengths are doubles, so two ways that are equal on paper may differ in their last bits: ways that
 * differ by less than 1e-10 of their length count as equal. (Where lengths are whole numbers, sums
 * are exact and nothing counts as equal that is not.) */
#include "paths.h"

#include <math.h>

enum { SOURCES = 16, CHILDREN = 4 };

static const double equal_share = 1e-10;
static const uint32_t none = UINT32_MAX;

typedef struct place {
    double distance;
    double paths, dependency;
    uint32_t in_heap; /* its place there; none when it is not in it */
    uint32_t befores; /* nodes before it */
} place;

typedef struct waiting {
    double distance;
    uint32_t node;
} waiting;

typedef struct dijkstra {
    place *places;
    waiting *heap;
    size_t heap_count;
    uint32_t *order;        /* nodes as they are settled */
    uint32_t *before;       /* nodes before each, in its row */
    uint32_t *before_edges; /* the edges from them; NULL: not asked for */
    double tolerance;
} dijkstra;

static void close_dijkstra(ng_ctx *cx, void *workspace)
{
    dijkstra *work = workspace;

    if (!work)
        return;
    ng_free(cx, work->places);
    ng_free(cx, work->heap);
    ng_free(cx, work->order);
    ng_free(cx, work->before);
    ng_free(cx, work->before_edges);
    ng_free(cx, work);
}

/* All lengths are whole numbers: sums are exact. */
static bool is_whole(const ng_rows *rows)
{
    for (uint64_t e = 0; e < rows->start[rows->node_count]; e++)
        if (rows->lengths[e] != floor(rows->lengths[e]))
            return false;
    return true;
}

static ng_status open_dijkstra(ng_ctx *cx, const ng_rows *rows, void **workspace_out)
{
    size_t count = rows->node_count + 1, slots = (size_t)rows->start[rows->node_count] + 1;
    dijkstra *work = ng_alloc(cx, sizeof *work);

    *workspace_out = work;
    if (!work)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count - 1);
    *work = (dijkstra){ .tolerance = is_whole(rows) ? 0 : equal_share };
    work->places = ng_alloc(cx, count * sizeof *work->places);
    work->heap = ng_alloc(cx, count * sizeof *work->heap);
    work->order = ng_alloc(cx, count * sizeof *work->order);
    work->before = ng_alloc(cx, slots * sizeof *work->before);
    if (rows->edges)
        work->before_edges = ng_alloc(cx, slots * sizeof *work->before_edges);
    if (!work->places || !work->heap || !work->order || !work->before ||
        (rows->edges && !work->before_edges))
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count - 1);
    for (size_t i = 0; i < count; i++)
        work->places[i] = (place){ INFINITY, 0, 0, none, 0 };
    return NG_OK;
}

/* ---- the heap ---- */

/* Lets an entry rise from a place. */
static void rise(dijkstra *work, size_t at, waiting moved)
{
    while (at > 0) {
        size_t parent = (at - 1) / CHILDREN;

        if (work->heap[parent].distance <= moved.distance)
            break;
        work->heap[at] = work->heap[parent];
        work->places[work->heap[at].node].in_heap = (uint32_t)at;
        at = parent;
    }
    work->heap[at] = moved;
    work->places[moved.node].in_heap = (uint32_t)at;
}

/* Lets an entry sink from the top. */
static void sink(dijkstra *work, waiting moved)
{
    size_t at = 0;

    for (;;) {
        size_t child = CHILDREN * at + 1, end = child + CHILDREN, least = child;

        if (child >= work->heap_count)
            break;
        end = end < work->heap_count ? end : work->heap_count;
        while (++child < end)
            if (work->heap[child].distance < work->heap[least].distance)
                least = child;
        if (work->heap[least].distance >= moved.distance)
            break;
        work->heap[at] = work->heap[least];
        work->places[work->heap[at].node].in_heap = (uint32_t)at;
        at = least;
    }
    work->heap[at] = moved;
    work->places[moved.node].in_heap = (uint32_t)at;
}

static uint32_t take_nearest(dijkstra *work)
{
    uint32_t node = work->heap[0].node;

    work->heap_count--;
    if (work->heap_count > 0)
        sink(work, work->heap[work->heap_count]);
    work->places[node].in_heap = none;
    return node;
}

/* ---- one source ---- */

/* Looks at the edges of a settled node. */
static void relax(const ng_rows *rows, dijkstra *work, uint32_t node)
{
    double distance = work->places[node].distance, paths = work->places[node].paths;

    for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
        uint32_t other = rows->targets[e];
        double reached = distance + rows->lengths[e];
        place *there = &work->places[other];

        if (reached > there->distance * (1 + work->tolerance))
            continue;
        if (reached >= there->distance * (1 - work->tolerance) && there->befores > 0) {
            there->paths += paths;
            if (work->before_edges)
                work->before_edges[rows->start[other] + there->befores] = rows->edges[e];
            work->before[rows->start[other] + there->befores++] = node;
            continue;
        }
        if (there->distance < INFINITY && there->in_heap == none)
            continue; /* settled: nothing is nearer but by rounding */
        there->distance = reached;
        there->paths = paths;
        there->befores = 1;
        work->before[rows->start[other]] = node;
        if (work->before_edges)
            work->before_edges[rows->start[other]] = rows->edges[e];
        rise(work, there->in_heap == none ? work->heap_count++ : there->in_heap,
             (waiting){ reached, other });
    }
}

/* Settles all nodes that are reached; how many, the source among them. */
static size_t search(const ng_rows *rows, dijkstra *work, uint32_t source, ng_reach *reach)
{
    size_t count = 0;

    *reach = (ng_reach){ 0 };
    work->places[source].distance = 0;
    work->places[source].paths = 1;
    work->order[count++] = source;
    relax(rows, work, source);
    while (work->heap_count > 0) {
        uint32_t node = take_nearest(work);

        work->order[count++] = node;
        reach->reached += 1;
        reach->distance += work->places[node].distance;
        reach->inverse += 1 / work->places[node].distance;
        reach->farthest = work->places[node].distance;
        relax(rows, work, node);
    }
    return count;
}

/* The leaves of all that was settled, and what the leaves of the source reach. */
static void reach_leaves(const ng_rows *rows, const dijkstra *work, size_t count, ng_reach *reaches)
{
    uint32_t source = work->order[0];
    ng_reach *reach = &reaches[source];

    for (size_t i = 0; i < count; i++) {
        uint32_t node = work->order[i];
        double distance = (double)work->places[node].distance;

        reach->reached += rows->members[node] - 1;
        reach->distance += (rows->members[node] - 1) * distance + rows->leaf_sums[node];
        for (uint64_t k = rows->leaf_start[node]; k < rows->leaf_start[node + 1]; k++)
            reach->inverse += 1 / (distance + rows->leaf_lengths[k]);
    }
    for (uint64_t own = rows->leaf_start[source]; own < rows->leaf_start[source + 1]; own++) {
        double length = rows->leaf_lengths[own], inverse = 0;

        for (size_t i = 0; i < count; i++) {
            uint32_t node = work->order[i];
            double distance = (double)work->places[node].distance + length;

            inverse += 1 / distance;
            for (uint64_t k = rows->leaf_start[node]; k < rows->leaf_start[node + 1]; k++)
                inverse += k == own ? 0 : 1 / (distance + rows->leaf_lengths[k]);
        }
        reaches[rows->node_count + own] =
            (ng_reach){ reach->reached, reach->distance + length * (reach->reached - 1), inverse,
                        0 };
    }
}

/* Where all that was settled is, for samples. */
static void count_targets(const dijkstra *work, size_t count, ng_target *targets)
{
    for (size_t i = 1; i < count; i++)
        ng_target_add(&targets[work->order[i]], 1, work->places[work->order[i]].distance);
}

/* From the farthest back, as in dial.c. */
static void go_back(const ng_rows *rows, dijkstra *work, size_t count, const ng_sums *sums)
{
    double starting = rows->members[work->order[0]];

    for (size_t i = count; i-- > 0;) {
        uint32_t node = work->order[i];
        place *here = &work->places[node];
        double share = (rows->members[node] + here->dependency) / here->paths;
        const uint32_t *before = work->before + rows->start[node];

        if (sums->edges) {
            const uint32_t *edges = work->before_edges + rows->start[node];

            for (uint32_t k = 0; k < here->befores; k++)
                sums->edges[edges[k]] += work->places[before[k]].paths * share * starting;
        }
        for (uint32_t k = 0; k < here->befores && sums->nodes; k++)
            work->places[before[k]].dependency += work->places[before[k]].paths * share;
        if (sums->nodes && i > 0)
            sums->nodes[node] += here->dependency * starting;
        if (sums->squares && i > 0)
            sums->squares[node] += here->dependency * here->dependency;
        *here = (place){ INFINITY, 0, 0, none, 0 };
    }
}

static ng_status run_dijkstra(ng_ctx *cx, const ng_rows *rows, void *workspace,
                              const uint32_t *sources, uint32_t count, const ng_sums *sums)
{
    (void)cx;
    for (uint32_t s = 0; s < count; s++) {
        size_t settled = search(rows, workspace, sources[s], &sums->reaches[sources[s]]);

        reach_leaves(rows, workspace, settled, sums->reaches);
        if (sums->targets)
            count_targets(workspace, settled, sums->targets);
        go_back(rows, workspace, settled, sums);
    }
    return NG_OK;
}

const ng_search ng_search_dijkstra = { SOURCES, open_dijkstra, close_dijkstra, run_dijkstra };
