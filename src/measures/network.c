/* The network that measures run over: arrays of the edges with weight > 0, their lengths for paths,
 * and its largest component.
 *
 * Lengths are whole numbers by default, max(1, round(27720 / weight)): sums of whole numbers are
 * exact, so two ways of equal length are equal whatever the order of additions. (1 / weight in
 * doubles breaks ties by rounding; 27720 is divisible by 1 ... 12, so that the commonest weights
 * have exact lengths.) Weights are scaled by a power of two, which changes no score and no bit, and
 * keeps squares of huge weights finite. */
#include "measures_internal.h"

#include <assert.h>
#include <math.h>

/* Longer edges end here: sums over a way stay finite. Reached by weights below 1e-195 alone. */
static const double longest = 1e200;

/* Makes the arrays of a network. */
static ng_status make_arrays(ng_ctx *cx, size_t edge_count, bool with_lengths, ng_network *network)
{
    size_t room = edge_count + 1;

    network->sources = ng_alloc(cx, room * sizeof *network->sources);
    network->targets = ng_alloc(cx, room * sizeof *network->targets);
    network->weights = ng_alloc(cx, room * sizeof *network->weights);
    if (with_lengths)
        network->lengths = ng_alloc(cx, room * sizeof *network->lengths);
    if (!network->sources || !network->targets || !network->weights ||
        (with_lengths && !network->lengths))
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu edges", edge_count);
    return NG_OK;
}

void ng_network_destroy(ng_ctx *cx, ng_network *network)
{
    ng_free(cx, network->sources);
    ng_free(cx, network->targets);
    ng_free(cx, network->weights);
    ng_free(cx, network->lengths);
    *network = (ng_network){ 0 };
}

/* How long an edge of this weight is. Halves are rounded to even, as Python's round does: a weight
 * of 16 gives 1732, so that others can repeat the scores. */
static double length_of(double weight, ng_distance distance)
{
    double length =
        distance == NG_DISTANCE_INTEGER ? nearbyint(NG_LENGTH_UNIT / weight) : 1 / weight;

    if (distance == NG_DISTANCE_INTEGER && length < 1)
        length = 1;
    return length < longest ? length : longest;
}

/* The power of two that brings the largest weight into [0.5, 1). */
static int find_exponent(const ng_graph *graph)
{
    double largest = 0;
    int exponent = 0;

    for (size_t i = 0; i < ng_graph_edge_count(graph); i++)
        largest = fmax(largest, ng_graph_edge(graph, i)->weight);
    (void)frexp(largest, &exponent);
    return exponent;
}

ng_status ng_network_make(ng_ctx *cx, const ng_graph *graph, ng_distance distance,
                          ng_network *network)
{
    size_t count = 0;
    int exponent = find_exponent(graph);
    ng_status status =
        make_arrays(cx, ng_graph_edge_count(graph), distance != NG_DISTANCE_HOPS, network);

    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);
        double weight = ldexp(edge->weight, -exponent);

        if (!(weight > 0))
            continue;
        network->sources[count] = edge->source;
        network->targets[count] = edge->target;
        network->weights[count] = weight;
        if (network->lengths)
            network->lengths[count] = length_of(edge->weight, distance);
        count++;
    }
    network->node_count = ng_graph_node_count(graph);
    network->edge_count = count;
    network->unit = distance == NG_DISTANCE_INTEGER ? NG_LENGTH_UNIT : 1;
    return NG_OK;
}

/* ---- the largest component ---- */

/* The root of a node's tree; the way there is halved for the next search. */
static uint32_t find_root(uint32_t *parents, uint32_t node)
{
    while (parents[node] != node) {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    return node;
}

/* Joins the ends of every edge; the root of a component is its smallest node. */
static void join_components(const ng_network *network, uint32_t *parents)
{
    for (size_t i = 0; i < network->node_count; i++)
        parents[i] = (uint32_t)i;
    for (size_t i = 0; i < network->edge_count; i++) {
        uint32_t a = find_root(parents, network->sources[i]);
        uint32_t b = find_root(parents, network->targets[i]);

        if (a < b)
            parents[b] = a;
        else
            parents[a] = b;
    }
}

/* Numbers the nodes of the largest component; of several, that of the smallest node (nodes are in
 * the order of their ids). Returns its size. */
static size_t number_largest(const ng_network *network, uint32_t *parents, uint32_t *numbers)
{
    uint32_t best = 0;
    uint32_t count = 0;

    for (size_t i = 0; i < network->node_count; i++)
        numbers[i] = 0;
    for (size_t i = 0; i < network->node_count; i++)
        numbers[find_root(parents, (uint32_t)i)]++;
    for (size_t i = 0; i < network->node_count; i++)
        if (numbers[i] > numbers[best])
            best = (uint32_t)i;
    for (size_t i = 0; i < network->node_count; i++)
        numbers[i] = find_root(parents, (uint32_t)i) == best ? count++ : UINT32_MAX;
    return count;
}

/* Copies the edges of the part. */
static void copy_part(const ng_network *network, const uint32_t *numbers, ng_network *part)
{
    for (size_t i = 0; i < network->edge_count; i++) {
        if (numbers[network->sources[i]] == UINT32_MAX)
            continue;
        part->sources[part->edge_count] = numbers[network->sources[i]];
        part->targets[part->edge_count] = numbers[network->targets[i]];
        part->weights[part->edge_count] = network->weights[i];
        part->edge_count++;
    }
}

void ng_network_components(const ng_network *network, uint32_t *roots)
{
    join_components(network, roots);
    for (size_t i = 0; i < network->node_count; i++)
        roots[i] = find_root(roots, (uint32_t)i);
}

ng_status ng_network_largest_part(ng_ctx *cx, const ng_network *network, ng_network *part,
                                  uint32_t **numbers_out)
{
    uint32_t *parents = ng_alloc(cx, (network->node_count + 1) * sizeof *parents);
    uint32_t *numbers = ng_alloc(cx, (network->node_count + 1) * sizeof *numbers);
    ng_status status = NG_OK;

    assert(network->node_count > 0);
    if (!parents || !numbers)
        status = ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", network->node_count);
    if (status == NG_OK)
        status = make_arrays(cx, network->edge_count, false, part);
    if (status == NG_OK) {
        join_components(network, parents);
        part->node_count = number_largest(network, parents, numbers);
        part->unit = network->unit;
        copy_part(network, numbers, part);
        *numbers_out = numbers;
    } else {
        ng_free(cx, numbers);
    }
    ng_free(cx, parents);
    return status;
}
