/* Groups of nodes: components, communities, and where a node stands among them.
 *
 * Groups are numbered 1, 2 ... by size, of equal ones that of the smallest node first, so that the
 * numbers do not depend on how the groups were found. Participation and the z-score of the degree
 * within the community are those of Guimera and Amaral (2005), with strengths in the place of
 * degrees. */
#include "measures_internal.h"

#include <assert.h>
#include <math.h>

/* A group in the making. */
typedef struct group {
    size_t size;
    uint32_t first; /* its smallest node */
} group;

/* Larger groups first, then that of the smaller node. */
static int compare_groups(const void *a, const void *b, void *user)
{
    const group *left = a, *right = b;

    (void)user;
    if (left->size != right->size)
        return left->size > right->size ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

/* Lists the groups that have nodes. `labels` are below `count`. */
static size_t list_groups(const uint32_t *labels, size_t count, group *groups)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        groups[i].size = 0;
    for (size_t i = 0; i < count; i++) {
        if (labels[i] == NG_NO_GROUP)
            continue;
        assert(labels[i] < count);
        if (groups[labels[i]].size++ == 0)
            groups[labels[i]].first = (uint32_t)i;
    }
    for (size_t i = 0; i < count; i++)
        if (groups[i].size > 0)
            groups[kept++] = groups[i];
    return kept;
}

ng_status ng_groups_number(ng_ctx *cx, uint32_t *labels, size_t count)
{
    group *groups = ng_alloc(cx, (count + 1) * sizeof *groups);
    uint32_t *numbers = ng_alloc(cx, (count + 1) * sizeof *numbers); /* of each label */
    size_t group_count = 0;
    ng_status status = NG_OK;

    if (!groups || !numbers) {
        ng_free(cx, groups);
        ng_free(cx, numbers);
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", count);
    }
    group_count = list_groups(labels, count, groups);
    status = ng_sort(cx, groups, group_count, sizeof *groups, compare_groups, NULL);
    for (size_t i = 0; i < group_count; i++)
        numbers[labels[groups[i].first]] = (uint32_t)i;
    for (size_t i = 0; i < count; i++)
        if (labels[i] != NG_NO_GROUP)
            labels[i] = numbers[labels[i]];
    ng_free(cx, groups);
    ng_free(cx, numbers);
    return status;
}

void ng_groups_as_scores(const uint32_t *groups, size_t count, double *scores)
{
    for (size_t i = 0; i < count; i++)
        scores[i] = groups[i] == NG_NO_GROUP ? NAN : (double)groups[i] + 1;
}

/* ---- communities ---- */

double ng_groups_modularity(ng_ctx *cx, const ng_network *network, const uint32_t *groups)
{
    double *inside = ng_alloc(cx, (network->node_count + 1) * sizeof *inside);
    double *total = ng_alloc(cx, (network->node_count + 1) * sizeof *total);
    double all = 0, sum = NAN;

    if (inside && total) {
        for (size_t i = 0; i < network->node_count; i++)
            inside[i] = total[i] = 0;
        for (size_t i = 0; i < network->edge_count; i++) {
            uint32_t a = groups[network->sources[i]], b = groups[network->targets[i]];

            all += network->weights[i];
            inside[a] += a == b ? network->weights[i] : 0;
            total[a] += network->weights[i];
            total[b] += network->weights[i];
        }
        sum = 0;
        for (size_t i = 0; i < network->node_count && all > 0; i++)
            sum += inside[i] / all - total[i] / (2 * all) * (total[i] / (2 * all));
    }
    ng_free(cx, inside);
    ng_free(cx, total);
    return sum;
}

/* Isolated nodes have no community. */
static void drop_isolates(const ng_network *network, bool *has_edge, uint32_t *groups)
{
    memset(has_edge, 0, network->node_count);
    for (size_t i = 0; i < network->edge_count; i++)
        has_edge[network->sources[i]] = has_edge[network->targets[i]] = true;
    for (size_t i = 0; i < network->node_count; i++)
        if (!has_edge[i])
            groups[i] = NG_NO_GROUP;
}

/* How often the search starts anew: what is found first is rarely the best, and small networks cost
 * little. */
static uint32_t choose_runs(const ng_network *network)
{
    enum { RUNS_MAX = 50, EDGES_IN_ALL = 100000 };
    size_t runs = EDGES_IN_ALL / (network->edge_count + 1);

    return runs < 1 ? 1 : runs < RUNS_MAX ? (uint32_t)runs : RUNS_MAX;
}

/* The best of some runs by modularity; of equal ones the first. */
static ng_status find_best(ng_ctx *cx, const ng_network *network, ng_communities how,
                           uint32_t *found, uint32_t *groups)
{
    double best = -INFINITY;
    ng_status status = NG_OK;

    for (uint32_t run = 0; run < choose_runs(network) && status == NG_OK; run++) {
        double modularity = 0;

        status = ng_igraph_communities(cx, network, how, run + 1, found);
        if (status != NG_OK)
            break;
        modularity = ng_groups_modularity(cx, network, found);
        if (isnan(modularity))
            status = ng_fail(cx, NG_E_MEMORY, "no memory to measure the graph");
        if (modularity > best) {
            best = modularity;
            memcpy(groups, found, network->node_count * sizeof *groups);
        }
        if (ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "interrupted");
    }
    return status;
}

ng_status ng_network_communities(ng_ctx *cx, const ng_network *network, ng_communities how,
                                 uint32_t *groups)
{
    uint32_t *found = ng_alloc(cx, (network->node_count + 1) * sizeof *found);
    bool *has_edge = ng_alloc(cx, network->node_count + 1);
    ng_status status =
        found && has_edge
            ? NG_OK
            : ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", network->node_count);

    for (size_t i = 0; i < network->node_count; i++)
        groups[i] = NG_NO_GROUP;
    if (status == NG_OK && network->edge_count > 0) {
        status = find_best(cx, network, how, found, groups);
        if (status == NG_OK)
            drop_isolates(network, has_edge, groups);
        if (status == NG_OK)
            status = ng_groups_number(cx, groups, network->node_count);
    }
    ng_free(cx, found);
    ng_free(cx, has_edge);
    return status;
}

/* ---- where a node stands ---- */

/* The strength of each node, and how much of it stays in its community. */
static void find_strengths(const ng_network *network, const uint32_t *groups, double *strengths,
                           double *inside)
{
    for (size_t i = 0; i < network->node_count; i++)
        strengths[i] = inside[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        uint32_t a = network->sources[i], b = network->targets[i];
        double kept = groups[a] == groups[b] ? network->weights[i] : 0;

        strengths[a] += network->weights[i];
        strengths[b] += network->weights[i];
        inside[a] += kept;
        inside[b] += kept;
    }
}

/* The z-score of each node's strength within its community; 0 where all members are alike. */
static void standardize(const uint32_t *groups, size_t count, const double *inside, double *sizes,
                        double *sums, double *scores)
{
    for (size_t i = 0; i < count; i++)
        sizes[i] = sums[i] = 0;
    for (size_t i = 0; i < count; i++) {
        if (groups[i] == NG_NO_GROUP)
            continue;
        sizes[groups[i]] += 1;
        sums[groups[i]] += inside[i];
    }
    for (size_t i = 0; i < count; i++)
        scores[i] = groups[i] == NG_NO_GROUP ? NAN : inside[i] - sums[groups[i]] / sizes[groups[i]];
    for (size_t i = 0; i < count; i++)
        sums[i] = 0;
    for (size_t i = 0; i < count; i++)
        if (groups[i] != NG_NO_GROUP)
            sums[groups[i]] += scores[i] * scores[i];
    for (size_t i = 0; i < count; i++) {
        double deviation = 0;

        if (groups[i] == NG_NO_GROUP)
            continue;
        deviation = sqrt(sums[groups[i]] / sizes[groups[i]]);
        /* what rounding leaves of equal strengths is no deviation */
        scores[i] = deviation > 1e-12 * inside[i] ? scores[i] / deviation : 0;
    }
}

/* 1 less the squares of the parts of a node's strength that go to each community. `sums`: of each
 * community, all 0. They are added up in the order of the strengths, so that all of it is all of it
 * to the last bit. */
static void find_participation(const ng_neighbours *rows, const uint32_t *groups,
                               const double *strengths, double *sums, double *scores)
{
    for (size_t i = 0; i < rows->node_count; i++) {
        double squares = 0;

        if (groups[i] == NG_NO_GROUP) {
            scores[i] = NAN;
            continue;
        }
        for (size_t k = rows->start[i]; k < rows->start[i + 1]; k++)
            sums[groups[rows->targets[k]]] += rows->weights[k];
        for (size_t k = rows->start[i]; k < rows->start[i + 1]; k++) {
            double *part = &sums[groups[rows->targets[k]]];
            double share = *part / strengths[i];

            squares += share * share;
            *part = 0;
        }
        scores[i] = fmax(0, 1 - squares);
    }
}

ng_status ng_network_roles(ng_ctx *cx, const ng_network *network, const ng_neighbours *rows,
                           const uint32_t *groups, double *participation, double *module_degree)
{
    size_t room = network->node_count + 1;
    double *strengths = ng_alloc(cx, room * sizeof *strengths);
    double *inside = ng_alloc(cx, room * sizeof *inside);
    double *sizes = ng_alloc(cx, room * sizeof *sizes);
    double *sums = ng_alloc(cx, room * sizeof *sums);
    ng_status status = NG_OK;

    if (strengths && inside && sizes && sums) {
        find_strengths(network, groups, strengths, inside);
        if (module_degree)
            standardize(groups, network->node_count, inside, sizes, sums, module_degree);
        for (size_t i = 0; i < room; i++)
            sums[i] = 0;
        if (participation)
            find_participation(rows, groups, strengths, sums, participation);
    } else {
        status = ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu nodes", network->node_count);
    }
    ng_free(cx, strengths);
    ng_free(cx, inside);
    ng_free(cx, sizes);
    ng_free(cx, sums);
    return status;
}
