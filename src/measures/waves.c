/* Shortest paths where every edge is one step: 32 sources at once.
 *
 * All sources advance together, level by level. A node that is reached by several of them at one
 * level is looked at once for all, and the numbers of paths of the 32 sources lie side by side, so
 * that adding them up is a loop over a line or four of memory (the idea of many searches in one:
 * Then and others 2014, "The more the merrier: efficient multi-source graph traversal"; the sums:
 * Brandes 2001, "A faster algorithm for betweenness centrality"). Every sum is taken in an order
 * that depends on the network alone. */
#include "paths.h"

enum { LANES = 32 };

/* Wider registers where the processor has them; the sums are the same, lane by lane. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

/* A node and the sources that reach it at one level. */
typedef struct visit {
    uint32_t node;
    uint32_t sources;
} visit;

typedef struct waves {
    double (*paths)[LANES]; /* numbers of shortest paths from each source */
    double (*front)[LANES]; /* forward: of the level at hand; backward: what it hands down */
    double (*sums)[LANES];  /* forward: of the next level; backward: dependencies */
    uint32_t *seen;         /* sources that have reached the node */
    uint32_t *fresh;        /* those that reach it at the level in the making */
    uint32_t *touched;      /* nodes with fresh ones */
    visit *visits;          /* level after level */
    size_t visit_capacity;
    size_t *levels;    /* where each begins */
    double on[256][8]; /* 1 for each bit that is set */
} waves;

static void close_waves(ng_ctx *cx, void *workspace)
{
    waves *work = workspace;

    if (!work)
        return;
    ng_free(cx, work->paths);
    ng_free(cx, work->front);
    ng_free(cx, work->sums);
    ng_free(cx, work->seen);
    ng_free(cx, work->fresh);
    ng_free(cx, work->touched);
    ng_free(cx, work->visits);
    ng_free(cx, work->levels);
    ng_free(cx, work);
}

static ng_status open_waves(ng_ctx *cx, const ng_rows *rows, void **workspace_out)
{
    size_t count = rows->node_count + 1;
    waves *work = ng_alloc(cx, sizeof *work);

    *workspace_out = work;
    if (!work)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count - 1);
    memset(work, 0, sizeof *work);
    work->paths = ng_alloc(cx, count * sizeof *work->paths);
    work->front = ng_alloc(cx, count * sizeof *work->front);
    work->sums = ng_alloc(cx, count * sizeof *work->sums);
    work->seen = ng_alloc(cx, count * sizeof *work->seen);
    work->fresh = ng_alloc(cx, count * sizeof *work->fresh);
    work->touched = ng_alloc(cx, count * sizeof *work->touched);
    work->levels = ng_alloc(cx, (count + 2) * sizeof *work->levels);
    if (!work->paths || !work->front || !work->sums || !work->seen || !work->fresh ||
        !work->touched || !work->levels)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count - 1);
    memset(work->sums, 0, count * sizeof *work->sums);
    memset(work->fresh, 0, count * sizeof *work->fresh);
    for (int bits = 0; bits < 256; bits++)
        for (int i = 0; i < 8; i++)
            work->on[bits][i] = bits >> i & 1;
    return NG_OK;
}

/* ---- forward ---- */

/* Adds the paths of the level at hand to the nodes that some of its sources have not reached.
 * Returns how many nodes were touched. */
WIDE static size_t push(const ng_rows *rows, waves *work, size_t first, size_t end)
{
    size_t touched = 0;

    for (size_t i = first; i < end; i++) {
        uint32_t node = work->visits[i].node, sources = work->visits[i].sources;
        const double *from = work->front[node];

        for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
            uint32_t other = rows->targets[e];
            uint32_t fresh = sources & ~work->seen[other];
            double *to = work->sums[other];

            if (!fresh)
                continue;
            if (!work->fresh[other])
                work->touched[touched++] = other;
            work->fresh[other] |= fresh;
            for (int s = 0; s < LANES; s++) /* those that have reached it are dropped later */
                to[s] += from[s];
        }
    }
    return touched;
}

/* Makes what was touched the next level; `found` is how many inner nodes each source reaches
 * there, `leaves` how many leaves they have. */
WIDE static void settle(const ng_rows *rows, waves *work, size_t touched, size_t at,
                        double found[LANES], double leaves[LANES])
{
    for (size_t i = 0; i < touched; i++) {
        uint32_t node = work->touched[i], fresh = work->fresh[node];
        double *sums = work->sums[node], *front = work->front[node], *paths = work->paths[node];
        double more = rows->members[node] - 1;

        for (int part = 0; part < LANES / 8; part++) {
            const double *on = work->on[fresh >> 8 * part & 0xFF];

            for (int s = 0; s < 8; s++) {
                double value = on[s] * sums[8 * part + s];

                front[8 * part + s] = value;
                paths[8 * part + s] += value;
                sums[8 * part + s] = 0;
                found[8 * part + s] += on[s];
                leaves[8 * part + s] += on[s] * more;
            }
        }
        work->seen[node] |= fresh;
        work->fresh[node] = 0;
        work->visits[at + i] = (visit){ node, fresh };
    }
}

/* Room for one more level. */
static ng_status grow_visits(ng_ctx *cx, waves *work, size_t wanted)
{
    void *visits = work->visits;
    ng_status status = NG_OK;

    if (wanted <= work->visit_capacity)
        return NG_OK;
    status = ng_grow(cx, &visits, &work->visit_capacity, sizeof *work->visits, wanted,
                     SIZE_MAX / 64, "visits of nodes");
    work->visits = visits;
    return status;
}

/* What a source and its leaves reach among themselves, and what the leaves reach elsewhere. */
static void reach_leaves(const ng_rows *rows, uint32_t source, double beyond, ng_reach *reaches)
{
    ng_reach *reach = &reaches[source];
    double leaves = rows->members[source] - 1;

    reach->reached += leaves;
    reach->distance += leaves;
    reach->inverse += leaves;
    for (uint64_t k = rows->leaf_start[source]; k < rows->leaf_start[source + 1]; k++)
        reaches[rows->node_count + k] =
            (ng_reach){ reach->reached, reach->distance + reach->reached - 1,
                        1 + (leaves - 1) / 2 + beyond, 0 };
}

/* All levels; `level_count_out` is how many there are, the sources' own included. */
static ng_status advance(ng_ctx *cx, const ng_rows *rows, waves *work, const uint32_t *sources,
                         uint32_t count, ng_reach *reaches, size_t *level_count_out)
{
    size_t level = 0, end = count;
    double beyond[LANES] = { 0 }; /* sums of 1 / distance from a leaf of the source */
    ng_status status = grow_visits(cx, work, count);

    if (status != NG_OK)
        return status;
    memset(work->seen, 0, rows->node_count * sizeof *work->seen);
    memset(work->paths, 0, rows->node_count * sizeof *work->paths);
    for (uint32_t s = 0; s < count; s++) {
        uint32_t source = sources[s];

        work->visits[s] = (visit){ source, 1u << s };
        work->seen[source] = 1u << s;
        memset(work->front[source], 0, sizeof *work->front);
        work->paths[source][s] = work->front[source][s] = 1;
        reaches[source] = (ng_reach){ 0 };
    }
    work->levels[0] = 0;
    while (end > work->levels[level]) {
        size_t begin = work->levels[level];
        size_t touched = push(rows, work, begin, end);
        double found[LANES] = { 0 }, leaves[LANES] = { 0 };

        work->levels[++level] = end;
        status = grow_visits(cx, work, end + touched);
        if (status != NG_OK)
            return status;
        settle(rows, work, touched, end, found, leaves);
        end += touched;
        for (uint32_t s = 0; s < count; s++) {
            ng_reach *reach = &reaches[sources[s]];
            double far = (double)level;

            reach->reached += found[s] + leaves[s];
            reach->farthest = found[s] > 0 ? far : reach->farthest;
            reach->distance += found[s] * far + leaves[s] * (far + 1);
            reach->inverse += found[s] / far + leaves[s] / (far + 1);
            beyond[s] += found[s] / (far + 1) + leaves[s] / (far + 2);
        }
    }
    *level_count_out = level;
    for (uint32_t s = 0; s < count; s++)
        reach_leaves(rows, sources[s], beyond[s], reaches);
    return NG_OK;
}

/* Where the nodes are, for samples. */
static void count_targets(const waves *work, size_t level_count, ng_target *targets)
{
    for (size_t level = 1; level < level_count; level++)
        for (size_t i = work->levels[level]; i < work->levels[level + 1]; i++) {
            double times = 0;

            for (uint32_t sources = work->visits[i].sources; sources; sources &= sources - 1)
                times += 1;
            ng_target_add(&targets[work->visits[i].node], times, (double)level);
        }
}

/* ---- backward ---- */

/* The squares of what depends on the nodes of a level, source by source, for samples. */
WIDE static void add_squares(waves *work, size_t first, size_t end, double *squares)
{
    for (size_t i = first; i < end; i++) {
        uint32_t node = work->visits[i].node, sources = work->visits[i].sources;
        const double *sums = work->sums[node];
        double own[8] = { 0 };

        for (int part = 0; part < LANES / 8; part++) {
            const double *on = work->on[sources >> 8 * part & 0xFF];

            for (int s = 0; s < 8; s++)
                own[s] += on[s] * sums[8 * part + s] * sums[8 * part + s];
        }
        squares[node] +=
            ((own[0] + own[1]) + (own[2] + own[3])) + ((own[4] + own[5]) + (own[6] + own[7]));
    }
}

/* What the nodes of a level hand down to each path that ends there: (members + dependency) / paths.
 * `starting` are the members of the sources. */
WIDE static void hand_down(const ng_rows *rows, waves *work, size_t first, size_t end,
                           const double *starting, double *betweenness)
{
    for (size_t i = first; i < end; i++) {
        uint32_t node = work->visits[i].node, sources = work->visits[i].sources;
        double *sums = work->sums[node], *front = work->front[node];
        const double *paths = work->paths[node];
        double own[8] = { 0 }, members = rows->members[node];

        for (int part = 0; part < LANES / 8; part++) {
            const double *on = work->on[sources >> 8 * part & 0xFF];

            for (int s = 0; s < 8; s++) {
                int lane = 8 * part + s;
                double dependency = on[s] * sums[lane];

                own[s] += dependency * starting[lane];
                front[lane] = on[s] * (members + dependency) / (paths[lane] + (1 - on[s]));
                sums[lane] -= dependency;
            }
        }
        work->fresh[node] = sources;
        betweenness[node] +=
            ((own[0] + own[1]) + (own[2] + own[3])) + ((own[4] + own[5]) + (own[6] + own[7]));
    }
}

/* Gathers for the nodes of a level what those behind them hand down. */
WIDE static void gather(const ng_rows *rows, waves *work, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        uint32_t node = work->visits[i].node, sources = work->visits[i].sources;
        const double *paths = work->paths[node];
        double *sums = work->sums[node];
        double all[LANES] = { 0 };

        for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
            uint32_t other = rows->targets[e];
            const double *from = work->front[other];

            if (!work->fresh[other])
                continue;
            for (int s = 0; s < LANES; s++)
                all[s] += from[s];
        }
        for (int part = 0; part < LANES / 8; part++) {
            const double *on = work->on[sources >> 8 * part & 0xFF];

            for (int s = 0; s < 8; s++)
                sums[8 * part + s] += on[s] * (all[8 * part + s] * paths[8 * part + s]);
        }
    }
}

/* What flows over the edges from the nodes of a level to the next. */
WIDE static void flow(const ng_rows *rows, const waves *work, size_t first, size_t end,
                      const double *starting, double *edges)
{
    for (size_t i = first; i < end; i++) {
        uint32_t node = work->visits[i].node, sources = work->visits[i].sources;
        const double *paths = work->paths[node];
        double share[LANES];

        for (int s = 0; s < LANES; s++)
            share[s] = (sources >> s & 1) ? paths[s] * starting[s] : 0;
        for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
            uint32_t other = rows->targets[e];
            const double *from = work->front[other];
            double parts[8] = { 0 };

            if (!(work->fresh[other] & sources))
                continue;
            for (int part = 0; part < LANES / 8; part++)
                for (int s = 0; s < 8; s++)
                    parts[s] += from[8 * part + s] * share[8 * part + s];
            edges[rows->edges[e]] += ((parts[0] + parts[1]) + (parts[2] + parts[3])) +
                                     ((parts[4] + parts[5]) + (parts[6] + parts[7]));
        }
    }
}

static ng_status run_waves(ng_ctx *cx, const ng_rows *rows, void *workspace,
                           const uint32_t *sources, uint32_t count, const ng_sums *sums)
{
    waves *work = workspace;
    size_t level_count = 0;
    double starting[LANES] = { 0 };
    ng_status status = advance(cx, rows, work, sources, count, sums->reaches, &level_count);

    if (status == NG_OK && sums->targets)
        count_targets(work, level_count, sums->targets);
    for (uint32_t s = 0; s < count; s++)
        starting[s] = rows->members[sources[s]];
    for (size_t level = level_count; level-- > 1 && status == NG_OK && sums->nodes;) {
        size_t begin = work->levels[level], end = work->levels[level + 1];

        if (sums->squares)
            add_squares(work, begin, end, sums->squares);
        hand_down(rows, work, begin, end, starting, sums->nodes);
        gather(rows, work, work->levels[level - 1], begin);
        if (sums->edges)
            flow(rows, work, work->levels[level - 1], begin, starting, sums->edges);
        for (size_t i = begin; i < end; i++)
            work->fresh[work->visits[i].node] = 0;
    }
    for (uint32_t s = 0; s < count; s++) /* a source depends on nobody */
        memset(work->sums[sources[s]], 0, sizeof *work->sums);
    return status;
}

const ng_search ng_search_waves = { LANES, open_waves, close_waves, run_waves };
