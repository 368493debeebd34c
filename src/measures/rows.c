/* Compressed rows: the neighbours of each node side by side, and nodes that are near in the network
 * near in memory.
 *
 * Nodes are renumbered in the order of a breadth-first search that begins at a node of most
 * neighbours, component by component. Searches from sources that follow one another then touch the
 * same lines of memory, and sources of one block have much of their search in common. */
#include "paths.h"

#include <math.h>

/* Counts neighbours; the rows are empty but for where they begin. */
static void begin_rows(const ng_network *network, ng_rows *rows)
{
    for (size_t i = 0; i < network->edge_count; i++) {
        rows->start[network->sources[i] + 1]++;
        rows->start[network->targets[i] + 1]++;
    }
    for (size_t i = 0; i < network->node_count; i++)
        rows->start[i + 1] += rows->start[i];
}

/* Fills the rows in the order of the edges; `at` has room for a number a node. */
static void fill_rows(const ng_network *network, const uint32_t *numbers, ng_rows *rows,
                      uint64_t *at)
{
    memcpy(at, rows->start, network->node_count * sizeof *at);
    for (size_t i = 0; i < network->edge_count; i++) {
        uint32_t a = numbers ? numbers[network->sources[i]] : network->sources[i];
        uint32_t b = numbers ? numbers[network->targets[i]] : network->targets[i];

        if (rows->lengths) {
            rows->lengths[at[a]] = network->lengths[i];
            rows->lengths[at[b]] = network->lengths[i];
        }
        rows->targets[at[a]++] = b;
        rows->targets[at[b]++] = a;
    }
}

/* The node of most neighbours, of several the first. */
static uint32_t find_hub(const ng_rows *rows)
{
    uint32_t hub = 0;

    for (uint32_t i = 1; i < rows->node_count; i++)
        if (rows->start[i + 1] - rows->start[i] > rows->start[hub + 1] - rows->start[hub])
            hub = i;
    return hub;
}

/* Numbers the nodes as they are reached; rows->nodes is the queue and then the order. */
static void number_nodes(const ng_rows *rows, uint32_t *numbers)
{
    size_t count = 0, head = 0;

    memset(numbers, 0xFF, rows->node_count * sizeof *numbers);
    for (size_t round = 0; round <= rows->node_count; round++) {
        uint32_t first = round == 0 ? find_hub(rows) : (uint32_t)round - 1;

        if (numbers[first] != UINT32_MAX)
            continue;
        rows->nodes[count] = first;
        numbers[first] = (uint32_t)count++;
        for (; head < count; head++) {
            uint32_t node = rows->nodes[head];

            for (uint64_t e = rows->start[node]; e < rows->start[node + 1]; e++) {
                uint32_t other = rows->targets[e];

                if (numbers[other] != UINT32_MAX)
                    continue;
                rows->nodes[count] = other;
                numbers[other] = (uint32_t)count++;
            }
        }
    }
}

/* The lengths are all alike: paths are counted in steps of that length. */
static bool has_one_length(const ng_network *network)
{
    for (size_t i = 1; i < network->edge_count; i++)
        if (network->lengths[i] < network->lengths[0] || network->lengths[i] > network->lengths[0])
            return false;
    return true;
}

ng_status ng_rows_make(ng_ctx *cx, const ng_network *network, ng_rows *rows)
{
    size_t nodes = network->node_count + 1, slots = 2 * network->edge_count + 1;
    bool with_lengths = network->lengths && !has_one_length(network);
    uint32_t *numbers = ng_alloc(cx, nodes * sizeof *numbers);
    uint64_t *at = ng_alloc(cx, nodes * sizeof *at);
    ng_status status = NG_OK;

    *rows = (ng_rows){ .node_count = network->node_count, .unit = network->unit };
    rows->start = ng_alloc(cx, nodes * sizeof *rows->start);
    rows->targets = ng_alloc(cx, slots * sizeof *rows->targets);
    rows->nodes = ng_alloc(cx, nodes * sizeof *rows->nodes);
    if (with_lengths)
        rows->lengths = ng_alloc(cx, slots * sizeof *rows->lengths);
    if (!numbers || !at || !rows->start || !rows->targets || !rows->nodes ||
        (with_lengths && !rows->lengths))
        status = ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu edges", network->edge_count);
    if (status == NG_OK) {
        if (network->lengths && !with_lengths && network->edge_count > 0)
            rows->unit /= network->lengths[0];
        memset(rows->start, 0, nodes * sizeof *rows->start);
        begin_rows(network, rows);
        fill_rows(network, NULL, rows, at);
        number_nodes(rows, numbers);
        memset(rows->start, 0, nodes * sizeof *rows->start);
        for (size_t i = 0; i < network->edge_count; i++) {
            rows->start[numbers[network->sources[i]] + 1]++;
            rows->start[numbers[network->targets[i]] + 1]++;
        }
        for (size_t i = 0; i < network->node_count; i++)
            rows->start[i + 1] += rows->start[i];
        fill_rows(network, numbers, rows, at);
    }
    ng_free(cx, numbers);
    ng_free(cx, at);
    return status;
}

void ng_rows_destroy(ng_ctx *cx, ng_rows *rows)
{
    ng_free(cx, rows->start);
    ng_free(cx, rows->targets);
    ng_free(cx, rows->lengths);
    ng_free(cx, rows->nodes);
    *rows = (ng_rows){ 0 };
}
