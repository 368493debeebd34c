/* Scores that are fixed points: PageRank, eigenvector and Katz centrality.
 *
 * igraph finds PageRank and, where the plain iteration is slow, the eigenvector; the last steps are
 * taken here, edge after edge in the order of the network, so that the bits are always the same. */
#include "measures_internal.h"

#include <assert.h>
#include <math.h>

static const double damping = 0.85;

/* Writes the strengths and returns the largest: no eigenvalue is larger. */
static double find_strengths(const ng_network *network, double *strengths)
{
    double largest = 0;

    for (size_t i = 0; i < network->node_count; i++)
        strengths[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        strengths[network->sources[i]] += network->weights[i];
        strengths[network->targets[i]] += network->weights[i];
    }
    for (size_t i = 0; i < network->node_count; i++)
        largest = fmax(largest, strengths[i]);
    return largest;
}

/* ---- PageRank ---- */

/* One step of PageRank in fixed order: next = damping * (flow + what dangling nodes give to all)
 * + the rest to all. Returns the largest change. */
static double step_pagerank(const ng_network *network, const double *strengths, double *scores,
                            double *next)
{
    double count = (double)network->node_count;
    double dangling = 0, change = 0, sum = 0;

    for (size_t i = 0; i < network->node_count; i++) {
        next[i] = 0;
        if (strengths[i] <= 0)
            dangling += scores[i];
    }
    for (size_t i = 0; i < network->edge_count; i++) {
        uint32_t a = network->sources[i];
        uint32_t b = network->targets[i];

        next[b] += scores[a] * (network->weights[i] / strengths[a]);
        next[a] += scores[b] * (network->weights[i] / strengths[b]);
    }
    for (size_t i = 0; i < network->node_count; i++) {
        next[i] = damping * (next[i] + dangling / count) + (1 - damping) / count;
        sum += next[i];
    }
    for (size_t i = 0; i < network->node_count; i++) {
        next[i] /= sum;
        change = fmax(change, fabs(next[i] - scores[i]));
        scores[i] = next[i];
    }
    return change;
}

/* igraph stops at an error of 1e-10 in all; steps of the plain iteration (each leaves at most
 * `damping` of the error) carry the scores to the last bits, in an order of our own. */
static ng_status refine_pagerank(ng_ctx *cx, const ng_network *network, double *scores)
{
    enum { STEPS = 200 };
    double *strengths = ng_alloc(cx, (network->node_count + 1) * sizeof *strengths);
    double *next = ng_alloc(cx, (network->node_count + 1) * sizeof *next);
    double change = 1;

    if (!strengths || !next) {
        ng_free(cx, strengths);
        ng_free(cx, next);
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure the graph");
    }
    (void)find_strengths(network, strengths);
    for (int i = 0; i < STEPS && change > 1e-16 / (double)network->node_count; i++)
        change = step_pagerank(network, strengths, scores, next);
    ng_free(cx, strengths);
    ng_free(cx, next);
    return NG_OK;
}

ng_status ng_network_pagerank(ng_ctx *cx, const ng_network *network, double *scores)
{
    ng_status status = ng_igraph_pagerank(cx, network, damping, scores);

    return status == NG_OK ? refine_pagerank(cx, network, scores) : status;
}

/* ---- eigenvector ---- */

/* One step of the power iteration, in the order of the edges: next = matrix * scores + shift *
 * scores. The shift keeps the vector and ends the swinging of bipartite graphs; half of the
 * eigenvalue is the best that helps against both ends of the spectrum. The largest score becomes 1.
 *
 *   value  in and out: the eigenvalue as far as it is known
 *
 * Returns the largest change. */
static double step_eigenvector(const ng_network *network, double *value, double *scores,
                               double *next)
{
    double shift = *value / 2;
    double largest = 0, change = 0;

    for (size_t i = 0; i < network->node_count; i++)
        next[i] = shift * scores[i];
    for (size_t i = 0; i < network->edge_count; i++) {
        next[network->sources[i]] += network->weights[i] * scores[network->targets[i]];
        next[network->targets[i]] += network->weights[i] * scores[network->sources[i]];
    }
    for (size_t i = 0; i < network->node_count; i++)
        largest = fmax(largest, next[i]);
    for (size_t i = 0; i < network->node_count; i++) {
        next[i] = largest > 0 ? next[i] / largest : 0;
        change = fmax(change, fabs(next[i] - scores[i]));
        scores[i] = next[i];
    }
    *value = largest - shift;
    return change;
}

/* Steps until nothing changes any more, at most `steps`. */
static ng_status iterate(ng_ctx *cx, const ng_network *network, int steps, double *scores,
                         bool *is_done_out)
{
    static const double still = 1e-14;
    double *next = ng_alloc(cx, (network->node_count + 1) * sizeof *next);
    double value = 0, change = 1;
    ng_status status = NG_OK;

    if (!next)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure the graph");
    value = find_strengths(network, next);
    for (int i = 0; i < steps && change > still && status == NG_OK; i++) {
        change = step_eigenvector(network, &value, scores, next);
        if (ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "interrupted");
    }
    ng_free(cx, next);
    *is_done_out = change <= still;
    return status;
}

/* The power iteration comes first although the solver needs fewer steps: from the strengths, equal
 * places stay equal. Where the two largest eigenvalues almost agree (two equal groups that hardly
 * know each other), the solver's rounding would decide which group scores higher. */
ng_status ng_network_eigenvector(ng_ctx *cx, const ng_network *network, double *scores)
{
    enum { STEPS = 1000, LAST_STEPS = 20 };
    double largest = find_strengths(network, scores);
    bool is_done = false;
    ng_status status = NG_OK;

    assert(network->edge_count > 0 && largest > 0);
    for (size_t i = 0; i < network->node_count; i++)
        scores[i] /= largest;
    status = iterate(cx, network, STEPS, scores, &is_done);
    if (status == NG_OK && !is_done) {
        status = ng_igraph_eigenvector(cx, network, scores);
        if (status == NG_OK)
            status = iterate(cx, network, LAST_STEPS, scores, &is_done);
    }
    return status;
}

/* ---- Katz ---- */

/* The product of the matrix and a vector, in the order of the edges. */
static void multiply(const ng_network *network, const double *from, double *to)
{
    for (size_t i = 0; i < network->node_count; i++)
        to[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        to[network->sources[i]] += network->weights[i] * from[network->targets[i]];
        to[network->targets[i]] += network->weights[i] * from[network->sources[i]];
    }
}

/* The largest eigenvalue by Rayleigh's quotient of its vector, whose error it squares; `next` is
 * for the work. */
static double find_eigenvalue(const ng_network *network, const double *vector, double *next)
{
    double product = 0, square = 0;

    multiply(network, vector, next);
    for (size_t i = 0; i < network->node_count; i++) {
        product += vector[i] * next[i];
        square += vector[i] * vector[i];
    }
    return product / square;
}

/* Scores = 1 + alpha * matrix * scores (Katz 1953), alpha 0.85 of the largest for which there is a
 * solution; each step leaves 0.85 of the error. The largest score becomes 1. */
ng_status ng_network_katz(ng_ctx *cx, const ng_network *network, double *scores)
{
    enum { STEPS = 400 };
    double *next = ng_alloc(cx, (network->node_count + 1) * sizeof *next);
    double alpha = 0, largest = 1, change = 1;
    ng_status status = NG_OK;

    if (!next)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure the graph");
    if (network->edge_count > 0) {
        status = ng_network_eigenvector(cx, network, scores);
        alpha = status == NG_OK ? damping / find_eigenvalue(network, scores, next) : 0;
    }
    for (size_t i = 0; i < network->node_count; i++)
        scores[i] = 1;
    for (int step = 0; step < STEPS && change > 1e-16 * largest && alpha > 0 && status == NG_OK;
         step++) {
        multiply(network, scores, next);
        change = 0;
        for (size_t i = 0; i < network->node_count; i++) {
            double score = 1 + alpha * next[i];

            change = fmax(change, fabs(score - scores[i]));
            largest = fmax(largest, score);
            scores[i] = score;
        }
        if (ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "interrupted");
    }
    for (size_t i = 0; i < network->node_count; i++)
        scores[i] /= largest;
    ng_free(cx, next);
    return status;
}
