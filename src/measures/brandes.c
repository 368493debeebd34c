/* Betweenness of nodes and edges, closeness and harmonic centrality in one pass over all sources,
 * on several threads.
 *
 * Sources are cut into blocks that depend on the network alone. Threads take blocks; what each adds
 * to the sums of all nodes and edges is kept apart until the blocks before it are done, and then
 * added in order. So the sums are the same, bit for bit, for any number of threads.
 *
 * Of a sample (sampling.c) the sums also tell how sure they are.
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
    ng_plan plan; /* the sources: inner nodes */
    bool is_sample;
    void **workspaces; /* one a thread, made when it has its first block */
    uint32_t thread_count;
    size_t round_size;  /* blocks */
    size_t first_block; /* of the round */
    size_t width;       /* numbers that a block adds up */
    size_t edge_count;  /* of them, of edges; 0: not wanted */
    double *block_sums; /* of each block of the round, width */
    double *totals;     /* width */
    ng_reach *reaches;  /* of all nodes */
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

/* Where which sums are in `width` numbers. */
static ng_sums lay_out(const brandes *work, double *numbers)
{
    bool has_nodes = work->width > 0, has_edges = work->edge_count > 0;
    double *beyond = numbers + work->rows.node_count + work->edge_count;

    return (ng_sums){ .nodes = has_nodes ? numbers : NULL,
                      .edges = has_edges ? numbers + work->rows.node_count : NULL,
                      .reaches = work->reaches,
                      .squares = work->is_sample ? beyond : NULL,
                      .targets = work->is_sample
                                     ? (ng_target *)(void *)(beyond + work->rows.node_count)
                                     : NULL };
}

/* One block of sources. */
static ng_status work_block(void *user, ng_ctx *cx, uint32_t worker, size_t item)
{
    brandes *work = user;
    size_t first = (work->first_block + item) * work->how->sources;
    size_t left = work->plan.source_count - first;
    double *numbers = work->block_sums + item * work->width;
    ng_sums sums = lay_out(work, numbers);
    ng_status status = NG_OK;

    if (!work->workspaces[worker])
        status = work->how->open(cx, &work->rows, &work->workspaces[worker]);
    if (status != NG_OK)
        return status;
    memset(numbers, 0, work->width * sizeof *numbers);
    return work->how->run(cx, &work->rows, work->workspaces[worker], work->plan.sources + first,
                          (uint32_t)(left < work->how->sources ? left : work->how->sources), &sums);
}

/* All blocks, round by round. */
static ng_status work_rounds(ng_ctx *cx, brandes *work)
{
    size_t block_count = (work->plan.source_count + work->how->sources - 1) / work->how->sources;
    size_t round = work->round_size;
    ng_status status = NG_OK;

    for (size_t first = 0; first < block_count && status == NG_OK; first += round) {
        size_t count = block_count - first < round ? block_count - first : round;

        work->first_block = first;
        status = ng_workers_run(cx, work->thread_count, count, work_block, work);
        for (size_t i = 0; i < count && status == NG_OK; i++) {
            const double *numbers = work->block_sums + i * work->width;

            for (size_t k = 0; k < work->width; k++)
                work->totals[k] += numbers[k];
        }
        ng_progress(cx, NG_WORK_PATHS, (first + count) * work->how->sources,
                    work->plan.source_count, first + count);
    }
    return status;
}

/* How many blocks a round has. */
static size_t round_size(size_t width, uint32_t thread_count)
{
    size_t each = ROUND_BYTES / sizeof(double) / (width + 1) / thread_count;

    each = each < FEWEST_BLOCKS ? FEWEST_BLOCKS : each > MOST_BLOCKS ? MOST_BLOCKS : each;
    return each * thread_count;
}

/* Everything that is needed. Close it whatever the result. */
static ng_status open_work(ng_ctx *cx, const ng_network *network, uint32_t sample,
                           const ng_path_scores *scores, brandes *work)
{
    size_t count = network->node_count + 1;
    ng_status status = ng_rows_make(cx, network, scores->edges != NULL, sample == 0, &work->rows);

    if (status == NG_OK)
        status = ng_plan_make(cx, &work->rows, sample, &work->plan);
    if (status != NG_OK)
        return status;
    work->is_sample = sample > 0;
    work->how = choose_search(&work->rows);
    work->edge_count = scores->edges ? network->edge_count : 0;
    if (scores->betweenness || scores->edges || work->is_sample)
        work->width = work->rows.node_count + work->edge_count;
    if (work->is_sample)
        work->width += work->rows.node_count * (1 + sizeof(ng_target) / sizeof(double));
    work->round_size = round_size(work->width, work->thread_count);
    work->workspaces = ng_alloc(cx, work->thread_count * sizeof(void *));
    if (work->workspaces)
        memset(work->workspaces, 0, work->thread_count * sizeof(void *));
    work->reaches = ng_alloc(cx, count * sizeof *work->reaches);
    work->totals = ng_alloc(cx, (work->width + 1) * sizeof *work->totals);
    work->block_sums = ng_alloc(cx, (work->round_size * work->width + 1) * sizeof(double));
    if (!work->workspaces || !work->reaches || !work->totals || !work->block_sums)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", network->node_count);
    for (size_t i = 0; i < count; i++)
        work->reaches[i] = (ng_reach){ 0 };
    memset(work->totals, 0, work->width * sizeof *work->totals);
    return NG_OK;
}

static void close_work(ng_ctx *cx, brandes *work)
{
    for (uint32_t i = 0; i < work->thread_count && work->workspaces; i++)
        work->how->close(cx, work->workspaces[i]);
    ng_free(cx, work->workspaces);
    ng_free(cx, work->plan.sources);
    ng_free(cx, work->reaches);
    ng_free(cx, work->totals);
    ng_free(cx, work->block_sums);
    ng_rows_destroy(cx, &work->rows);
}

/* Twice the pairs between which an inner node stands: those that searches found, those of its
 * leaves with all others, and those of its leaves with each other. */
static double pairs_of(const brandes *work, size_t node)
{
    double members = work->rows.members[node], leaves = members - 1;
    double all = work->reaches[node].reached + 1;

    return work->totals[node] + 2 * leaves * (all - members) + leaves * (leaves - 1);
}

/* The scores by the network's numbers. Closeness has the factor of Wasserman and Faust (1994,
 * "Social Network Analysis", p. 200): the share of all others that is reached. */
static void take_scores(const brandes *work, const ng_path_scores *scores)
{
    double others = (double)work->rows.all_count - 1, unit = work->rows.unit;

    for (size_t i = 0; i < work->rows.all_count; i++) {
        const ng_reach *reach = &work->reaches[i];
        uint32_t node = work->rows.nodes[i];

        if (scores->betweenness) /* each pair was counted from both of its ends */
            scores->betweenness[node] = others > 1 && i < work->rows.node_count
                                            ? pairs_of(work, i) / 2 / (others * (others - 1) / 2)
                                            : 0;
        if (scores->closeness)
            scores->closeness[node] = reach->reached > 0 ? reach->reached / reach->distance *
                                                               (reach->reached / others) * unit
                                                         : 0;
        if (scores->harmonic)
            scores->harmonic[node] = reach->reached > 0 ? reach->inverse / others * unit : 0;
    }
}

/* The edges' scores: what searches found, again from both ends, and the pairs of a leaf. */
static void take_edge_scores(const brandes *work, double *edges)
{
    const ng_rows *rows = &work->rows;
    const double *flows = lay_out(work, work->totals).edges;
    double all = (double)rows->all_count, pairs = all * (all - 1) / 2;

    for (size_t i = 0; i < work->edge_count; i++)
        edges[i] = flows[i] / 2 / pairs;
    for (uint64_t k = 0; k < rows->leaf_start[rows->node_count]; k++)
        edges[rows->leaf_edges[k]] = work->reaches[rows->node_count + k].reached / pairs;
}

ng_status ng_network_paths(ng_ctx *cx, const ng_network *network, uint32_t thread_count,
                           uint32_t sample, const ng_path_scores *scores)
{
    brandes work = { .thread_count = thread_count > 0 ? thread_count : ng_core_count() };
    ng_sums sums;
    ng_status status = open_work(cx, network, sample, scores, &work);

    if (status == NG_OK)
        status = work_rounds(cx, &work);
    if (status == NG_OK && work.is_sample) {
        sums = lay_out(&work, work.totals);
        ng_plan_scores(&work.rows, &work.plan, &sums, scores);
    } else if (status == NG_OK) {
        take_scores(&work, scores);
        if (scores->edges)
            take_edge_scores(&work, scores->edges);
    }
    close_work(cx, &work);
    return status;
}
