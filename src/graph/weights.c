/* Weights and tests of edges from counts: n_ij units with both of N, n_i and n_j with each.
 *
 * The weights: units, documents; normalized pointwise mutual information (Bouma 2009); Jaccard's
 * and the cosine index; the log-likelihood ratio G2 (Dunning 1993); association strength, observed
 * over expected units (van Eck and Waltman 2009). The test: Fisher's exact test, one-sided: the
 * chance of as many units with both, or more, if the two were spread at random; the q-value is what
 * Benjamini and Hochberg (1995) make of it over all edges. Binomial terms by Loader's saddle-point
 * expansion (2000), exact to the last digits where factorials as logarithms lose eight of them. */
#include "graph_internal.h"

#include <math.h>

#define LOG_SQRT_TWO_PI 0.91893853320467274178
#define TWO_PI          6.283185307179586476925

/* The four numbers of an edge. */
typedef struct contingency {
    double both, left, right, all;
} contingency;

/* log(n!) less Stirling's formula. */
static double stirling_error(double n)
{
    static const double exact[16] = { 0.0,
                                      0.08106146679532726,
                                      0.0413406959554093,
                                      0.02767792568499834,
                                      0.020790672103765093,
                                      0.016644691189821193,
                                      0.013876128823070748,
                                      0.01189670994589177,
                                      0.010411265261972096,
                                      0.009255462182712733,
                                      0.00833056343336287,
                                      0.007573675487951841,
                                      0.00694284010720953,
                                      0.006408994188004207,
                                      0.0059513701127588475,
                                      0.005554733551962801 };
    double square = n * n;

    if (n < 16)
        return exact[(int)n];
    return (1.0 / 12 -
            (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) /
                square) /
           n;
}

/* x log(x / m) + m - x, without cancellation where x is near m. */
static double deviance(double x, double m)
{
    if (fabs(x - m) < 0.1 * (x + m)) {
        double v = (x - m) / (x + m);
        double sum = (x - m) * v, term = 2 * x * v;

        for (int j = 1; j < 1000; j++) {
            double next = 0;

            term *= v * v;
            next = sum + term / (2 * j + 1);
            if (next == sum)
                return next;
            sum = next;
        }
    }
    return x * log(x / m) + m - x;
}

/* The binomial probability of x among n with chance p; q is 1 - p. */
static double binomial(double x, double n, double p, double q)
{
    double log_rest = 0;

    if (p == 0)
        return x == 0;
    if (q == 0)
        return x == n;
    if (x == 0)
        return n == 0 ? 1 : exp(p < 0.1 ? -deviance(n, n * q) - n * p : n * log(q));
    if (x == n)
        return exp(q < 0.1 ? -deviance(n, n * p) - n * q : n * log(p));
    log_rest = stirling_error(n) - stirling_error(x) - stirling_error(n - x) - deviance(x, n * p) -
               deviance(n - x, n * q);
    return exp(log_rest) * sqrt(n / (TWO_PI * x * (n - x)));
}

/* The hypergeometric probability of exactly `both`. */
static double chance_of(const contingency *of)
{
    double p = of->right / of->all, q = (of->all - of->right) / of->all;

    return binomial(of->both, of->left, p, q) *
           binomial(of->right - of->both, of->all - of->left, p, q) /
           binomial(of->right, of->all, p, q);
}

/* The chance of as many units with both, or more. */
static double fisher(const contingency *of)
{
    double least = of->left < of->right ? of->left : of->right;
    double lowest = of->left + of->right - of->all;
    double mean = of->left * of->right / of->all;
    double start = chance_of(of), sum = 0, term = 1;

    if (of->both <= (lowest > 0 ? lowest : 0))
        return 1;
    if (of->both > mean) { /* the terms fall: sum them upwards */
        for (double k = of->both; k <= least && term > sum * 1e-18; k++) {
            sum += term;
            term *= (of->left - k) * (of->right - k) /
                    ((k + 1) * (of->all - of->left - of->right + k + 1));
        }
        sum *= start;
        return sum < 1 ? sum : 1;
    }
    for (double k = of->both - 1; k >= 0 && k >= lowest; k--) { /* what is left below */
        term *=
            (k + 1) * (of->all - of->left - of->right + k + 1) / ((of->left - k) * (of->right - k));
        if (term <= sum * 1e-18)
            break;
        sum += term;
    }
    sum *= start;
    return sum < 1 ? 1 - sum : 0;
}

static double npmi(const contingency *of)
{
    if (of->both == of->all)
        return 1;
    return log(of->both * of->all / (of->left * of->right)) / log(of->all / of->both);
}

/* One cell's part of G2. */
static double cell(double seen, double expected)
{
    return seen > 0 ? seen * log(seen / expected) : 0;
}

static double likelihood_ratio(const contingency *of)
{
    double only_left = of->left - of->both, only_right = of->right - of->both;
    double neither = of->all - of->left - of->right + of->both;
    double not_left = of->all - of->left, not_right = of->all - of->right;
    double sum = cell(of->both, of->left * of->right / of->all) +
                 cell(only_left, of->left * not_right / of->all) +
                 cell(only_right, not_left * of->right / of->all) +
                 cell(neither, not_left * not_right / of->all);

    return sum > 0 ? 2 * sum : 0;
}

static double weight_of(const ng_edge *edge, const contingency *of, ng_weight weight)
{
    switch (weight) {
    case NG_WEIGHT_COUNT:
        return (double)edge->unit_count;
    case NG_WEIGHT_DOCUMENTS:
        return (double)edge->document_count;
    case NG_WEIGHT_NPMI:
        return npmi(of);
    case NG_WEIGHT_JACCARD:
        return of->both / (of->left + of->right - of->both);
    case NG_WEIGHT_COSINE:
        return of->both / sqrt(of->left * of->right);
    case NG_WEIGHT_G2:
        return likelihood_ratio(of);
    case NG_WEIGHT_ASSOCIATION:
        return of->both * of->all / (of->left * of->right);
    }
    return 0;
}

/* The four numbers of an edge between two of the nodes. */
static contingency contingency_of(const ng_edge *edge, const ng_node *nodes, uint64_t unit_count)
{
    return (contingency){ (double)edge->unit_count, (double)nodes[edge->source].unit_count,
                          (double)nodes[edge->target].unit_count, (double)unit_count };
}

double ng_edge_weight(const ng_edge *edge, const ng_node *nodes, ng_weight weight,
                      uint64_t unit_count)
{
    const contingency of = contingency_of(edge, nodes, unit_count);

    return weight_of(edge, &of, weight);
}

/* A p-value and whose it is. */
typedef struct tested {
    double p;
    size_t edge;
} tested;

static int compare_tested(const void *a, const void *b, void *user)
{
    const tested *left = a, *right = b;

    (void)user;
    return (left->p > right->p) - (left->p < right->p);
}

/* Sets the q-values (Benjamini and Hochberg 1995). */
static ng_status adjust(ng_ctx *cx, ng_graph *graph)
{
    tested *order = ng_alloc(cx, (graph->edge_count + 1) * sizeof *order);
    double least = 1;
    ng_status status = NG_OK;

    if (!order)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu pairs", graph->edge_count);
    for (size_t i = 0; i < graph->edge_count; i++)
        order[i] = (tested){ graph->edges[i].p_value, i };
    status = ng_sort(cx, order, graph->edge_count, sizeof *order, compare_tested, NULL);
    for (size_t i = graph->edge_count; i-- > 0 && status == NG_OK;) {
        double q = order[i].p * (double)graph->edge_count / (double)(i + 1);

        least = q < least ? q : least;
        graph->edges[order[i].edge].q_value = least;
    }
    ng_free(cx, order);
    return status;
}

ng_status ng_graph_weigh(ng_ctx *cx, ng_graph *graph, ng_weight weight, uint64_t unit_count)
{
    for (size_t i = 0; i < graph->edge_count; i++) {
        ng_edge *edge = &graph->edges[i];
        const contingency of = contingency_of(edge, graph->nodes, unit_count);

        if (edge->unit_count == 0 || of.both > of.left || of.both > of.right ||
            of.left + of.right - of.both > of.all)
            return ng_fail(cx, NG_E_DATA,
                           "the counts of a pair do not fit its actors': a saved graph that this "
                           "program did not write");
        edge->npmi = npmi(&of);
        edge->p_value = fisher(&of);
        edge->weight = weight_of(edge, &of, weight);
    }
    return adjust(cx, graph);
}
