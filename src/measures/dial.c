/* Shortest paths where lengths are whole numbers: one source after the other, with buckets.
 *
 * Nodes that are reached wait in a ring of buckets, one for each length up to the longest edge
 * (Dial 1969, "Algorithm 360: shortest-path forest with topological ordering"); a bit for each
 * bucket finds the next that is not empty. A node that is reached on a shorter way moves to another
 * bucket. Lengths of ways are whole numbers, so equal ways are equal and their numbers exact
 * (dependencies: Brandes 2001). Those before a node are noted on the way, so that the way back
 * looks at no other edge. */
#include "paths.h"

enum { SOURCES = 16 };

static const uint64_t far = UINT64_MAX;
static const uint32_t none = UINT32_MAX;

/* All that a search needs of a node, in half a line of memory. */
typedef struct place {
    uint64_t distance;
    double paths, dependency;
    uint32_t next, previous; /* in its bucket */
} place;

/* A neighbour and how far it is. */
typedef struct step {
    uint32_t target, length;
} step;

typedef struct dial {
    place *places;
    step *steps;            /* rows with whole lengths */
    uint32_t *order;        /* nodes as they are settled */
    uint32_t *before;       /* nodes before each, in its row */
    uint32_t *before_edges; /* the edges from them; NULL: not asked for */
    uint32_t *befores;      /* how many */
    uint32_t *heads;        /* of the buckets */
    uint64_t *filled;       /* a bit for each bucket that is not empty */
    uint32_t ring;          /* buckets, a power of two */
    size_t waiting;         /* nodes in buckets */
} dial;

static void close_dial(ng_ctx *cx, void *workspace)
{
    dial *work = workspace;

    if (!work)
        return;
    ng_free(cx, work->places);
    ng_free(cx, work->steps);
    ng_free(cx, work->order);
    ng_free(cx, work->before);
    ng_free(cx, work->before_edges);
    ng_free(cx, work->befores);
    ng_free(cx, work->heads);
    ng_free(cx, work->filled);
    ng_free(cx, work);
}

/* More buckets than the longest edge, in whole words of bits. */
static uint32_t ring_for(const ng_rows *rows)
{
    uint32_t ring = 64;

    for (uint64_t e = 0; e < rows->start[rows->node_count]; e++)
        while (ring <= rows->lengths[e])
            ring *= 2;
    return ring;
}

static ng_status open_dial(ng_ctx *cx, const ng_rows *rows, void **workspace_out)
{
    size_t count = rows->node_count + 1, slots = (size_t)rows->start[rows->node_count] + 1;
    dial *work = ng_alloc(cx, sizeof *work);

    *workspace_out = work;
    if (!work)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count - 1);
    *work = (dial){ .ring = ring_for(rows) };
    work->places = ng_alloc(cx, count * sizeof *work->places);
    work->steps = ng_alloc(cx, slots * sizeof *work->steps);
    work->order = ng_alloc(cx, count * sizeof *work->order);
    work->before = ng_alloc(cx, slots * sizeof *work->before);
    if (rows->edges)
        work->before_edges = ng_alloc(cx, slots * sizeof *work->before_edges);
    work->befores = ng_alloc(cx, count * sizeof *work->befores);
    work->heads = ng_alloc(cx, work->ring * sizeof *work->heads);
    work->filled = ng_alloc(cx, work->ring / 64 * sizeof *work->filled);
    if (!work->places || !work->steps || !work->order || !work->before || !work->befores ||
        !work->heads || !work->filled || (rows->edges && !work->before_edges))
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count - 1);
    for (size_t i = 0; i < count; i++)
        work->places[i] = (place){ far, 0, 0, none, none };
    for (size_t e = 0; e + 1 < slots; e++)
        work->steps[e] = (step){ rows->targets[e], (uint32_t)rows->lengths[e] };
    memset(work->heads, 0xFF, work->ring * sizeof *work->heads);
    memset(work->filled, 0, work->ring / 64 * sizeof *work->filled);
    return NG_OK;
}

/* ---- buckets ---- */

static void put(dial *work, uint32_t node)
{
    place *here = &work->places[node];
    uint32_t bucket = (uint32_t)here->distance & (work->ring - 1);

    here->previous = none;
    here->next = work->heads[bucket];
    if (here->next != none)
        work->places[here->next].previous = node;
    work->heads[bucket] = node;
    work->filled[bucket / 64] |= (uint64_t)1 << bucket % 64;
}

static void take_out(dial *work, uint32_t node)
{
    place *here = &work->places[node];
    uint32_t bucket = (uint32_t)here->distance & (work->ring - 1);

    if (here->previous != none)
        work->places[here->previous].next = here->next;
    else
        work->heads[bucket] = here->next;
    if (here->next != none)
        work->places[here->next].previous = here->previous;
    else if (here->previous == none)
        work->filled[bucket / 64] &= ~((uint64_t)1 << bucket % 64);
}

/* The lowest bit that is set. */
static uint32_t lowest_bit(uint64_t word)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(word);
#else
    uint32_t bit = 0;

    for (; !(word & 1); word >>= 1)
        bit++;
    return bit;
#endif
}

/* The distance of the nearest bucket that is not empty, behind `distance`; one is there. */
static uint64_t find_next(const dial *work, uint64_t distance)
{
    uint32_t bucket = (uint32_t)(distance + 1) & (work->ring - 1);
    uint32_t word = bucket / 64;
    uint64_t bits = work->filled[word] & ~(uint64_t)0 << bucket % 64;

    while (!bits) {
        word = (word + 1) & (work->ring / 64 - 1);
        bits = work->filled[word];
    }
    return distance + 1 + ((word * 64 + lowest_bit(bits) - bucket) & (work->ring - 1));
}

/* ---- one source ---- */

/* Looks at the edges of a settled node. */
static void relax(const ng_rows *rows, dial *work, uint32_t node)
{
    uint64_t distance = work->places[node].distance;
    double paths = work->places[node].paths;

    for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
        uint32_t other = work->steps[e].target;
        uint64_t reached = distance + work->steps[e].length;
        place *there = &work->places[other];

        if (reached > there->distance)
            continue;
        if (reached == there->distance) {
            there->paths += paths;
            if (work->before_edges)
                work->before_edges[rows->start[other] + work->befores[other]] = rows->edges[e];
            work->before[rows->start[other] + work->befores[other]++] = node;
            continue;
        }
        if (there->distance != far)
            take_out(work, other);
        else
            work->waiting++;
        there->distance = reached;
        there->paths = paths;
        work->before[rows->start[other]] = node;
        if (work->before_edges)
            work->before_edges[rows->start[other]] = rows->edges[e];
        work->befores[other] = 1;
        put(work, other);
    }
}

/* Settles all nodes that are reached; how many, the source among them. */
static size_t search(const ng_rows *rows, dial *work, uint32_t source, ng_reach *reach)
{
    size_t count = 0;
    uint64_t distance = 0;

    *reach = (ng_reach){ 0 };
    work->places[source].distance = 0;
    work->places[source].paths = 1;
    work->befores[source] = 0;
    work->order[count++] = source;
    relax(rows, work, source);
    while (work->waiting > 0) {
        size_t first = count;
        uint32_t bucket = 0;
        double found = 0;

        distance = find_next(work, distance);
        bucket = (uint32_t)distance & (work->ring - 1);
        for (uint32_t node = work->heads[bucket]; node != none; node = work->places[node].next)
            work->order[count++] = node;
        work->heads[bucket] = none;
        work->filled[bucket / 64] &= ~((uint64_t)1 << bucket % 64);
        work->waiting -= count - first;
        found = (double)(count - first);
        reach->reached += found;
        reach->distance += found * (double)distance;
        reach->inverse += found / (double)distance;
        for (size_t i = first; i < count; i++)
            relax(rows, work, work->order[i]);
    }
    reach->farthest = (double)distance;
    return count;
}

/* The leaves of all that was settled, and what the leaves of the source reach. */
static void reach_leaves(const ng_rows *rows, const dial *work, size_t count, ng_reach *reaches)
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
static void count_targets(const dial *work, size_t count, ng_target *targets)
{
    for (size_t i = 1; i < count; i++)
        ng_target_add(&targets[work->order[i]], 1, (double)work->places[work->order[i]].distance);
}

/* From the farthest back: what depends on each node (Brandes 2001); everything is as before the
 * search afterwards. */
static void go_back(const ng_rows *rows, dial *work, size_t count, const ng_sums *sums)
{
    double starting = rows->members[work->order[0]];

    for (size_t i = count; i-- > 0;) {
        uint32_t node = work->order[i];
        place *here = &work->places[node];
        double share = (rows->members[node] + here->dependency) / here->paths;
        const uint32_t *before = work->before + rows->start[node];

        if (sums->edges) {
            const uint32_t *edges = work->before_edges + rows->start[node];

            for (uint32_t k = 0; k < work->befores[node]; k++)
                sums->edges[edges[k]] += work->places[before[k]].paths * share * starting;
        }
        for (uint32_t k = 0; k < work->befores[node] && sums->nodes; k++)
            work->places[before[k]].dependency += work->places[before[k]].paths * share;
        if (sums->nodes && i > 0)
            sums->nodes[node] += here->dependency * starting;
        if (sums->squares && i > 0)
            sums->squares[node] += here->dependency * here->dependency;
        here->dependency = 0;
        here->distance = far;
    }
}

static ng_status run_dial(ng_ctx *cx, const ng_rows *rows, void *workspace, const uint32_t *sources,
                          uint32_t count, const ng_sums *sums)
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

const ng_search ng_search_dial = { SOURCES, open_dial, close_dial, run_dial };
