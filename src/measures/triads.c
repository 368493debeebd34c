/* Triads: who of a node's neighbours know each other, and who of those that do not belong to
 * different groups.
 *
 * Triangles are listed once for all: each edge belongs to its end of lower rank (by degree), so
 * that no node has more than sqrt(2 edges) of them, and the lists of two ends are merged (the
 * forward algorithm, Schank and Wagner 2005).
 *
 *   clustering  triangles at a node over pairs of its neighbours (Watts and Strogatz 1998)
 *   brokerage   pairs of its neighbours of different groups that have no tie of their own: the
 *               representatives, gatekeepers, and liaisons of Gould and Fernandez (1989) together
 */
#include "measures_internal.h"

#include <assert.h>

/* ---- rows of neighbours ---- */

ng_status ng_neighbours_make(ng_ctx *cx, const ng_network *network, ng_neighbours *rows)
{
    size_t count = network->node_count;

    *rows = (ng_neighbours){ .node_count = count };
    rows->start = ng_alloc(cx, (count + 2) * sizeof *rows->start);
    rows->targets = ng_alloc(cx, (2 * network->edge_count + 1) * sizeof *rows->targets);
    rows->weights = ng_alloc(cx, (2 * network->edge_count + 1) * sizeof *rows->weights);
    if (!rows->start || !rows->targets || !rows->weights)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu edges", network->edge_count);
    for (size_t i = 0; i < count + 2; i++)
        rows->start[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        rows->start[network->sources[i] + 2]++;
        rows->start[network->targets[i] + 2]++;
    }
    for (size_t i = 2; i < count + 2; i++)
        rows->start[i] += rows->start[i - 1];
    for (size_t i = 0; i < network->edge_count; i++) {
        uint32_t a = network->sources[i], b = network->targets[i];
        size_t at_a = rows->start[a + 1]++, at_b = rows->start[b + 1]++;

        rows->targets[at_a] = b;
        rows->targets[at_b] = a;
        rows->weights[at_a] = rows->weights[at_b] = network->weights[i];
    }
    return NG_OK;
}

void ng_neighbours_destroy(ng_ctx *cx, ng_neighbours *rows)
{
    ng_free(cx, rows->start);
    ng_free(cx, rows->targets);
    ng_free(cx, rows->weights);
    *rows = (ng_neighbours){ 0 };
}

static size_t degree_of(const ng_neighbours *rows, uint32_t node)
{
    return rows->start[node + 1] - rows->start[node];
}

/* ---- triangles ---- */

/* The upper neighbours of each node, those of higher rank: of more neighbours, of equal ones the
 * larger node. Each list is in ascending order of the nodes. */
typedef struct upper {
    size_t *start;
    uint32_t *targets;
} upper;

static bool is_upper(const ng_neighbours *rows, uint32_t node, uint32_t other)
{
    size_t one = degree_of(rows, node), two = degree_of(rows, other);

    return one != two ? two > one : other > node;
}

static void fill_upper(const ng_neighbours *rows, upper *lists)
{
    size_t count = 0;

    for (uint32_t i = 0; i < rows->node_count; i++) {
        lists->start[i] = count;
        for (size_t k = rows->start[i]; k < rows->start[i + 1]; k++)
            if (is_upper(rows, i, rows->targets[k]))
                lists->targets[count++] = rows->targets[k];
    }
    lists->start[rows->node_count] = count;
}

/* Counts one triangle at its three corners. */
static void count_triangle(const ng_triads *wanted, const uint32_t *corners)
{
    for (int i = 0; i < 3; i++) {
        uint32_t at = corners[i], one = corners[(i + 1) % 3], other = corners[(i + 2) % 3];

        wanted->triangles[at] += 1;
        for (size_t k = 0; k < wanted->grouping_count; k++)
            wanted->brokerage[k][at] -= wanted->groups[k][one] != wanted->groups[k][other];
    }
}

/* Merges the upper lists of the ends of every edge. */
static void list_triangles(const ng_neighbours *rows, const upper *lists, const ng_triads *wanted)
{
    for (uint32_t a = 0; a < rows->node_count; a++)
        for (size_t k = lists->start[a]; k < lists->start[a + 1]; k++) {
            uint32_t b = lists->targets[k];
            size_t i = lists->start[a], j = lists->start[b];

            while (i < lists->start[a + 1] && j < lists->start[b + 1]) {
                uint32_t left = lists->targets[i], right = lists->targets[j];

                if (left == right)
                    count_triangle(wanted, (const uint32_t[]){ a, b, left });
                i += left <= right;
                j += right <= left;
            }
        }
}

/* ---- both ---- */

/* Pairs of a node's neighbours that are of different groups, whether or not they have a tie.
 * `members`: of each group, all 0. */
static double pairs_across(const ng_neighbours *rows, uint32_t node, const uint32_t *groups,
                           uint32_t *members)
{
    double degree = (double)degree_of(rows, node), pairs = degree * degree;

    for (size_t k = rows->start[node]; k < rows->start[node + 1]; k++)
        members[groups[rows->targets[k]]]++;
    for (size_t k = rows->start[node]; k < rows->start[node + 1]; k++) {
        uint32_t *of = &members[groups[rows->targets[k]]];

        pairs -= (double)*of * (double)*of;
        *of = 0;
    }
    return pairs / 2;
}

ng_status ng_network_triads(ng_ctx *cx, const ng_network *network, const ng_neighbours *rows,
                            const ng_triads *wanted)
{
    size_t room = network->node_count + NG_KIND_COUNT + 1;
    upper lists = { ng_alloc(cx, room * sizeof *lists.start),
                    ng_alloc(cx, (network->edge_count + 1) * sizeof *lists.targets) };
    uint32_t *members = ng_alloc(cx, room * sizeof *members);
    ng_status status = NG_OK;

    if (lists.start && lists.targets && members) {
        memset(members, 0, room * sizeof *members);
        for (uint32_t i = 0; i < network->node_count; i++) {
            wanted->triangles[i] = 0;
            for (size_t k = 0; k < wanted->grouping_count; k++)
                wanted->brokerage[k][i] = pairs_across(rows, i, wanted->groups[k], members);
        }
        fill_upper(rows, &lists);
        list_triangles(rows, &lists, wanted);
    } else {
        status = ng_fail(cx, NG_E_MEMORY, "no memory to measure %zu edges", network->edge_count);
    }
    ng_free(cx, lists.start);
    ng_free(cx, lists.targets);
    ng_free(cx, members);
    return status;
}

void ng_triads_cluster(const ng_neighbours *rows, double *triangles)
{
    for (uint32_t i = 0; i < rows->node_count; i++) {
        double degree = (double)degree_of(rows, i);

        triangles[i] = degree < 2 ? 0 : triangles[i] / (degree * (degree - 1) / 2);
    }
}
