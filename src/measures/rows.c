/* Compressed rows: the neighbours of each node side by side, and nodes that are near in the network
 * near in memory.
 *
 * A leaf, a node with one neighbour that itself has more, needs no search of its own and lies on no
 * path of others: what it scores follows from its neighbour (Baglioni and others 2012, "Fast exact
 * computation of betweenness centrality in social networks"). So leaves have no rows; they stand
 * behind the inner nodes, by their neighbours, and count for them. Nodes without an edge come last.
 *
 * Inner nodes are numbered in the order of a breadth-first search that begins at a node of most
 * neighbours, component by component. Searches from sources that follow one another then touch the
 * same lines of memory, and sources of one block have much of their search in common. */
#include "paths.h"

static const uint32_t none = UINT32_MAX;

/* The work of making rows. */
typedef struct shaping {
    ng_ctx *cx;
    const ng_network *network;
    ng_rows *rows;
    uint32_t *degrees;
    uint32_t *numbers; /* of each node of the network */
    uint64_t *at;      /* where the next neighbour goes */
    bool with_leaves;  /* else they are inner nodes */
} shaping;

static bool is_leaf(const shaping *work, uint32_t node, uint32_t neighbour)
{
    return work->with_leaves && work->degrees[node] == 1 && work->degrees[neighbour] > 1;
}

/* The lengths are all alike: paths are counted in steps of that length. */
static bool has_one_length(const ng_network *network)
{
    for (size_t i = 1; i < network->edge_count; i++)
        if (network->lengths[i] < network->lengths[0] || network->lengths[i] > network->lengths[0])
            return false;
    return true;
}

/* Fills the rows of inner nodes, by the numbers, or by the network's own where there are none. */
static void fill_rows(const shaping *work, const uint32_t *numbers)
{
    const ng_network *network = work->network;
    ng_rows *rows = work->rows;
    size_t count = network->node_count;

    memset(rows->start, 0, (count + 1) * sizeof *rows->start);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < network->edge_count; i++) {
            uint32_t a = network->sources[i], b = network->targets[i];

            if (is_leaf(work, a, b) || is_leaf(work, b, a))
                continue;
            a = numbers ? numbers[a] : a;
            b = numbers ? numbers[b] : b;
            if (round == 0) {
                rows->start[a + 1]++;
                rows->start[b + 1]++;
                continue;
            }
            if (rows->lengths)
                rows->lengths[work->at[a]] = rows->lengths[work->at[b]] = network->lengths[i];
            if (rows->edges)
                rows->edges[work->at[a]] = rows->edges[work->at[b]] = (uint32_t)i;
            rows->targets[work->at[a]++] = b;
            rows->targets[work->at[b]++] = a;
        }
        for (size_t i = 0; i < count && round == 0; i++)
            rows->start[i + 1] += rows->start[i];
        memcpy(work->at, rows->start, count * sizeof *work->at);
    }
}

/* The node of most neighbours, of several the first. */
static uint32_t find_hub(const shaping *work)
{
    uint32_t hub = 0;

    for (uint32_t i = 1; i < work->network->node_count; i++)
        if (work->degrees[i] > work->degrees[hub])
            hub = i;
    return hub;
}

/* Numbers the inner nodes as they are reached; rows->nodes is the queue and then the order. The
 * rows are those of the network's own numbers; `inner` tells the inner nodes. */
static void number_inner(shaping *work, const bool *inner)
{
    ng_rows *rows = work->rows;
    size_t count = 0, head = 0, all = work->network->node_count;
    uint32_t hub = find_hub(work);

    memset(work->numbers, 0xFF, all * sizeof *work->numbers);
    for (size_t round = 0; round <= all; round++) {
        uint32_t first = round == 0 ? hub : (uint32_t)round - 1;

        if (work->numbers[first] != none || !inner[first])
            continue;
        rows->nodes[count] = first;
        work->numbers[first] = (uint32_t)count++;
        for (; head < count; head++) {
            uint32_t node = rows->nodes[head];

            for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
                uint32_t other = rows->targets[e];

                if (work->numbers[other] != none)
                    continue;
                rows->nodes[count] = other;
                work->numbers[other] = (uint32_t)count++;
            }
        }
    }
    rows->node_count = count;
}

/* Numbers the leaves behind the inner nodes, by their neighbours, then the nodes without an edge.
 */
static void number_leaves(shaping *work)
{
    const ng_network *network = work->network;
    ng_rows *rows = work->rows;
    size_t next = 0;

    memset(rows->leaf_start, 0, (rows->node_count + 1) * sizeof *rows->leaf_start);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < network->edge_count; i++) {
            uint32_t a = network->sources[i], b = network->targets[i];
            uint32_t leaf = is_leaf(work, a, b) ? a : b, parent = leaf == a ? b : a;

            if (!is_leaf(work, leaf, parent))
                continue;
            parent = work->numbers[parent];
            if (round == 0) {
                rows->leaf_start[parent + 1]++;
                continue;
            }
            rows->leaf_lengths[work->at[parent]] = rows->lengths ? network->lengths[i] : 1;
            if (rows->leaf_edges)
                rows->leaf_edges[work->at[parent]] = (uint32_t)i;
            work->numbers[leaf] = (uint32_t)(rows->node_count + work->at[parent]);
            rows->nodes[work->numbers[leaf]] = leaf;
            work->at[parent]++;
        }
        for (size_t i = 0; i < rows->node_count && round == 0; i++)
            rows->leaf_start[i + 1] += rows->leaf_start[i];
        memcpy(work->at, rows->leaf_start, rows->node_count * sizeof *work->at);
    }
    next = rows->node_count + (size_t)rows->leaf_start[rows->node_count];
    for (uint32_t i = 0; i < network->node_count; i++)
        if (work->numbers[i] == none)
            rows->nodes[work->numbers[i] = (uint32_t)next++] = i;
    for (size_t i = 0; i < rows->node_count; i++) {
        rows->members[i] = 1 + (double)(rows->leaf_start[i + 1] - rows->leaf_start[i]);
        rows->leaf_sums[i] = 0;
        for (uint64_t k = rows->leaf_start[i]; k < rows->leaf_start[i + 1]; k++)
            rows->leaf_sums[i] += rows->leaf_lengths[k];
    }
}

/* Everything, once the arrays are there. */
static ng_status shape(shaping *work)
{
    const ng_network *network = work->network;
    bool *inner = ng_alloc(work->cx, network->node_count + 1);

    if (!inner)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory to measure %zu nodes",
                       network->node_count);
    memset(work->degrees, 0, network->node_count * sizeof *work->degrees);
    for (size_t i = 0; i < network->edge_count; i++) {
        work->degrees[network->sources[i]]++;
        work->degrees[network->targets[i]]++;
    }
    for (size_t i = 0; i < network->node_count; i++)
        inner[i] = work->degrees[i] > 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        uint32_t a = network->sources[i], b = network->targets[i];

        if (is_leaf(work, a, b))
            inner[a] = false;
        if (is_leaf(work, b, a))
            inner[b] = false;
    }
    fill_rows(work, NULL);
    number_inner(work, inner);
    number_leaves(work);
    fill_rows(work, work->numbers);
    ng_free(work->cx, inner);
    return NG_OK;
}

ng_status ng_rows_make(ng_ctx *cx, const ng_network *network, bool with_edges, bool with_leaves,
                       ng_rows *rows)
{
    size_t nodes = network->node_count + 1, slots = 2 * network->edge_count + 1;
    bool with_lengths = network->lengths && !has_one_length(network);
    shaping work = { .cx = cx, .network = network, .rows = rows, .with_leaves = with_leaves };
    ng_status status = NG_OK;

    *rows = (ng_rows){ .all_count = network->node_count, .unit = network->unit };
    work.degrees = ng_alloc(cx, nodes * sizeof *work.degrees);
    work.numbers = ng_alloc(cx, nodes * sizeof *work.numbers);
    work.at = ng_alloc(cx, nodes * sizeof *work.at);
    rows->start = ng_alloc(cx, nodes * sizeof *rows->start);
    rows->targets = ng_alloc(cx, slots * sizeof *rows->targets);
    rows->nodes = ng_alloc(cx, nodes * sizeof *rows->nodes);
    rows->leaf_start = ng_alloc(cx, nodes * sizeof *rows->leaf_start);
    rows->leaf_lengths = ng_alloc(cx, nodes * sizeof *rows->leaf_lengths);
    rows->leaf_sums = ng_alloc(cx, nodes * sizeof *rows->leaf_sums);
    rows->members = ng_alloc(cx, nodes * sizeof *rows->members);
    if (with_lengths)
        rows->lengths = ng_alloc(cx, slots * sizeof *rows->lengths);
    if (with_edges) {
        rows->edges = ng_alloc(cx, slots * sizeof *rows->edges);
        rows->leaf_edges = ng_alloc(cx, nodes * sizeof *rows->leaf_edges);
    }
    if (!work.degrees || !work.numbers || !work.at || !rows->start || !rows->targets ||
        !rows->nodes || !rows->leaf_start || !rows->leaf_lengths || !rows->leaf_sums ||
        !rows->members || (with_lengths && !rows->lengths) ||
        (with_edges && (!rows->edges || !rows->leaf_edges)))
        status = ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu edges", network->edge_count);
    if (network->lengths && !with_lengths && network->edge_count > 0)
        rows->unit /= network->lengths[0];
    if (status == NG_OK)
        status = shape(&work);
    ng_free(cx, work.degrees);
    ng_free(cx, work.numbers);
    ng_free(cx, work.at);
    return status;
}

void ng_rows_destroy(ng_ctx *cx, ng_rows *rows)
{
    ng_free(cx, rows->start);
    ng_free(cx, rows->targets);
    ng_free(cx, rows->lengths);
    ng_free(cx, rows->nodes);
    ng_free(cx, rows->leaf_start);
    ng_free(cx, rows->leaf_lengths);
    ng_free(cx, rows->leaf_sums);
    ng_free(cx, rows->members);
    ng_free(cx, rows->edges);
    ng_free(cx, rows->leaf_edges);
    *rows = (ng_rows){ 0 };
}
