/* Betweenness, closeness and harmonic centrality in one pass over all sources, on several threads.
 *
 * Sources are cut into blocks that depend on the network alone. Threads take blocks; what each adds
 * to the betweenness of all nodes is kept apart until the blocks before it are done, and then added
 * in order. So the sums are the same, bit for bit, for any number of threads.
 *
 * How a source is searched depends on the lengths: in steps (waves.c), in whole numbers (dial.c) or
 * in anything else (dijkstra.c). */
#include "paths.h"

#include <math.h>

/* Blocks of a round, whose sums are in memory at once: so many that threads seldom wait for the
 * last of a round, fewer where a network is large. */
enum { FEWEST_BLOCKS = 4, MOST_BLOCKS = 32, ROUND_BYTES = 128 << 20 };

typedef struct brandes {
    const ng_search *how;
    ng_rows rows;
    uint32_t source_count; /* inner nodes */
    void **workspaces;     /* one a thread, made when it has its first block */
    uint32_t thread_count;
    size_t round_size;   /* blocks */
    size_t first_block;  /* of the round */
    double *sums;        /* of each block of the round, node_count; NULL: not wanted */
    ng_reach *reaches;   /* of all nodes */
    double *betweenness; /* by the rows' numbers, or NULL */
} brandes;

/* The search that fits the lengths. */
static const ng_search *choose_search(const ng_rows *rows)
{
    if (!rows->lengths)
        return &ng_search_waves;
    for (uint64_t e = 0; e < rows->start[rows->node_count]; e++)
        if (rows->lengths[e] > NG_DIAL_MOST || rows->lengths[e] != floor(rows->lengths[e]))
            return &ng_search_dijkstra;
    return &ng_search_dial;
}

/* One block of sources. */
static ng_status work_block(void *user, ng_ctx *cx, uint32_t worker, size_t item)
{
    brandes *work = user;
    size_t first = (work->first_block + item) * work->how->sources;
    size_t left = work->source_count - first;
    double *sums = work->sums ? work->sums + item * work->rows.node_count : NULL;
    ng_status status = NG_OK;

    if (!work->workspaces[worker])
        status = work->how->open(cx, &work->rows, &work->workspaces[worker]);
    if (status != NG_OK)
        return status;
    if (sums)
        memset(sums, 0, work->rows.node_count * sizeof *sums);
    return work->how->run(cx, &work->rows, work->workspaces[worker], (uint32_t)first,
                          (uint32_t)(left < work->how->sources ? left : work->how->sources), sums,
                          work->reaches);
}

/* All blocks, round by round. */
static ng_status work_rounds(ng_ctx *cx, brandes *work)
{
    size_t block_count = (work->source_count + work->how->sources - 1) / work->how->sources;
    size_t round = work->round_size;
    ng_status status = NG_OK;

    for (size_t first = 0; first < block_count && status == NG_OK; first += round) {
        size_t count = block_count - first < round ? block_count - first : round;

        work->first_block = first;
        status = ng_workers_run(cx, work->thread_count, count, work_block, work);
        for (size_t i = 0; i < count && work->sums && status == NG_OK; i++) {
            const double *sums = work->sums + i * work->rows.node_count;

            for (size_t node = 0; node < work->rows.node_count; node++)
                work->betweenness[node] += sums[node];
        }
        ng_progress(cx, NG_WORK_PATHS, (first + count) * work->how->sources, work->source_count,
                    first + count);
    }
    return status;
}

/* How many blocks a round has. */
static size_t round_size(size_t node_count, uint32_t thread_count)
{
    size_t each = ROUND_BYTES / sizeof(double) / node_count / thread_count;

    each = each < FEWEST_BLOCKS ? FEWEST_BLOCKS : each > MOST_BLOCKS ? MOST_BLOCKS : each;
    return each * thread_count;
}

static ng_status open_work(ng_ctx *cx, const ng_network *network, bool with_betweenness,
                           brandes *work)
{
    size_t count = network->node_count + 1;
    ng_status status = ng_rows_make(cx, network, &work->rows);

    if (status != NG_OK)
        return status;
    work->how = choose_search(&work->rows);
    work->round_size = round_size(count, work->thread_count);
    work->source_count = (uint32_t)work->rows.node_count;
    work->workspaces = ng_alloc(cx, work->thread_count * sizeof(void *));
    if (work->workspaces)
        memset(work->workspaces, 0, work->thread_count * sizeof(void *));
    work->reaches = ng_alloc(cx, count * sizeof *work->reaches);
    if (with_betweenness) {
        work->betweenness = ng_alloc(cx, count * sizeof *work->betweenness);
        work->sums = ng_alloc(cx, work->round_size * count * sizeof *work->sums);
    }
    if (!work->workspaces || !work->reaches ||
        (with_betweenness && (!work->betweenness || !work->sums)))
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", network->node_count);
    for (size_t i = 0; i < count; i++) {
        work->reaches[i] = (ng_reach){ 0, 0, 0 };
        if (with_betweenness)
            work->betweenness[i] = 0;
    }
    return NG_OK;
}

static void close_work(ng_ctx *cx, brandes *work)
{
    for (uint32_t i = 0; i < work->thread_count && work->workspaces; i++)
        work->how->close(cx, work->workspaces[i]);
    ng_free(cx, work->workspaces);
    ng_free(cx, work->reaches);
    ng_free(cx, work->betweenness);
    ng_free(cx, work->sums);
    ng_rows_destroy(cx, &work->rows);
}

/* Twice the pairs between which an inner node stands: those that searches found, those of its
 * leaves with all others, and those of its leaves with each other. */
static double pairs_of(const brandes *work, size_t node)
{
    double members = work->rows.members[node], leaves = members - 1;
    double all = work->reaches[node].reached + 1;

    return work->betweenness[node] + 2 * leaves * (all - members) + leaves * (leaves - 1);
}

/* The scores by the network's numbers. Closeness has the factor of Wasserman and Faust (1994,
 * "Social Network Analysis", p. 200): the share of all others that is reached. */
static void take_scores(const brandes *work, double *betweenness, double *closeness,
                        double *harmonic)
{
    double others = (double)work->rows.all_count - 1, unit = work->rows.unit;

    for (size_t i = 0; i < work->rows.all_count; i++) {
        const ng_reach *reach = &work->reaches[i];
        uint32_t node = work->rows.nodes[i];

        if (betweenness) /* each pair was counted from both of its ends */
            betweenness[node] = others > 1 && i < work->rows.node_count
                                    ? pairs_of(work, i) / 2 / (others * (others - 1) / 2)
                                    : 0;
        if (closeness)
            closeness[node] = reach->reached > 0 ? reach->reached / reach->distance *
                                                       (reach->reached / others) * unit
                                                 : 0;
        if (harmonic)
            harmonic[node] = reach->reached > 0 ? reach->inverse / others * unit : 0;
    }
}

ng_status ng_network_paths(ng_ctx *cx, const ng_network *network, uint32_t thread_count,
                           double *betweenness, double *closeness, double *harmonic)
{
    brandes work = { .thread_count = thread_count > 0 ? thread_count : ng_core_count() };
    ng_status status = open_work(cx, network, betweenness != NULL, &work);

    if (status == NG_OK)
        status = work_rounds(cx, &work);
    if (status == NG_OK)
        take_scores(&work, betweenness, closeness, harmonic);
    close_work(cx, &work);
    return status;
}
