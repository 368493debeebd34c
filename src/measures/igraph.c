/* The one file that knows igraph: from plain arrays to scores.
 *
 * igraph 0.10 and 1.0 have different signatures; the calls that differ have a function of their own
 * each.
 *
 * igraph is a guest and must behave like one: its error handler (which aborts) and its warning
 * handler (which prints) are replaced for the length of a call and put back, no random number is
 * drawn, and OpenMP is held to one thread, because with more the last bits of PageRank differ from
 * run to run. None of this is safe on two threads at once; the public
 * header says so. */
#include "measures_internal.h"

#include <assert.h>
#include <limits.h>
#include <math.h>

/* igraph's header converts between its integer types. */
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#endif
#include <igraph.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#ifdef _OPENMP
#include <omp.h>
#endif

/* ---- what differs between igraph 0.10 and 1.0 ---- */

#if IGRAPH_VERSION_MAJOR >= 1
typedef igraph_int_t vertex_id;
#else
typedef igraph_integer_t vertex_id;
#endif

static igraph_error_t call_pagerank(const igraph_t *graph, const igraph_vector_t *weights,
                                    double damping, igraph_vector_t *scores)
{
    igraph_real_t value = 0;

#if IGRAPH_VERSION_MAJOR >= 1
    return igraph_pagerank(graph, weights, scores, &value, damping, IGRAPH_UNDIRECTED,
                           igraph_vss_all(), IGRAPH_PAGERANK_ALGO_PRPACK, NULL);
#else
    return igraph_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, scores, &value, igraph_vss_all(),
                           IGRAPH_UNDIRECTED, damping, weights, NULL);
#endif
}

/* ---- a visit to igraph ---- */

static const double damping = 0.85;

/* What was in place before we came. */
typedef struct visit {
    igraph_error_handler_t *error_handler;
    igraph_warning_handler_t *warning_handler;
    int thread_count;
    igraph_t graph;
    igraph_vector_t weights, lengths, scores;
    bool has_graph, has_weights, has_lengths, has_scores;
} visit;

/* What an error of igraph is to our callers. */
static ng_status translate(ng_ctx *cx, igraph_error_t code)
{
    if (code == IGRAPH_SUCCESS)
        return NG_OK;
    if (code == IGRAPH_ENOMEM)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure the graph");
    if (code == IGRAPH_EOVERFLOW)
        return ng_fail(cx, NG_E_LIMIT, "the graph is too large to be measured");
    return ng_fail(cx, NG_E_BUG, "igraph: %s", igraph_strerror(code));
}

/* Copies numbers into a vector of igraph. */
static igraph_error_t make_vector(igraph_vector_t *vector, bool *has, const double *values,
                                  size_t count)
{
    igraph_error_t code = igraph_vector_init(vector, (vertex_id)count);

    *has = code == IGRAPH_SUCCESS;
    for (size_t i = 0; i < count && *has; i++)
        VECTOR(*vector)[i] = values[i];
    return code;
}

/* Makes igraph's graph of the network. */
static igraph_error_t make_graph(visit *here, const ng_network *network)
{
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_int_init(&ends, (vertex_id)(2 * network->edge_count));

    if (code != IGRAPH_SUCCESS)
        return code;
    for (size_t i = 0; i < network->edge_count; i++) {
        VECTOR(ends)[2 * i] = (vertex_id)network->sources[i];
        VECTOR(ends)[2 * i + 1] = (vertex_id)network->targets[i];
    }
    code = igraph_create(&here->graph, &ends, (vertex_id)network->node_count, IGRAPH_UNDIRECTED);
    here->has_graph = code == IGRAPH_SUCCESS;
    igraph_vector_int_destroy(&ends);
    return code;
}

/* Comes in: handlers and one thread. Leave with end_visit. */
static void begin_visit(visit *here)
{
    *here = (visit){ 0 };
    here->error_handler = igraph_set_error_handler(igraph_error_handler_ignore);
    here->warning_handler = igraph_set_warning_handler(igraph_warning_handler_ignore);
#ifdef _OPENMP
    here->thread_count = omp_get_max_threads();
    omp_set_num_threads(1);
#endif
}

/* Brings the network along; end_visit takes it away, whatever the result. */
static ng_status bring_network(ng_ctx *cx, visit *here, const ng_network *network)
{
    igraph_error_t code = make_graph(here, network);

    if (code == IGRAPH_SUCCESS)
        code =
            make_vector(&here->weights, &here->has_weights, network->weights, network->edge_count);
    if (code == IGRAPH_SUCCESS && network->lengths)
        code =
            make_vector(&here->lengths, &here->has_lengths, network->lengths, network->edge_count);
    if (code == IGRAPH_SUCCESS)
        code = make_vector(&here->scores, &here->has_scores, NULL, 0);
    return translate(cx, code);
}

/* Goes out: everything is as it was. */
static void end_visit(visit *here)
{
    if (here->has_graph)
        igraph_destroy(&here->graph);
    if (here->has_weights)
        igraph_vector_destroy(&here->weights);
    if (here->has_lengths)
        igraph_vector_destroy(&here->lengths);
    if (here->has_scores)
        igraph_vector_destroy(&here->scores);
#ifdef _OPENMP
    omp_set_num_threads(here->thread_count);
#endif
    igraph_set_warning_handler(here->warning_handler);
    igraph_set_error_handler(here->error_handler);
}

/* ---- PageRank ---- */

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
    visit here;
    ng_status status = NG_OK;

    begin_visit(&here);
    status = bring_network(cx, &here, network);
    if (status == NG_OK)
        status = translate(cx, call_pagerank(&here.graph, &here.weights, damping, &here.scores));
    for (size_t i = 0; i < network->node_count && status == NG_OK; i++)
        scores[i] = VECTOR(here.scores)[i];
    end_visit(&here);
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

/* The product that igraph's solver asks for: to = matrix * from. */
static igraph_error_t multiply(igraph_real_t *to, const igraph_real_t *from, int n, void *extra)
{
    const ng_network *network = extra;

    for (int i = 0; i < n; i++)
        to[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        to[network->sources[i]] += network->weights[i] * from[network->targets[i]];
        to[network->targets[i]] += network->weights[i] * from[network->sources[i]];
    }
    return IGRAPH_SUCCESS;
}

/* Solves for the largest eigenvalue (Lanczos with restarts, ARPACK), starting from the scores. */
static igraph_error_t solve_eigenvector(const ng_network *network, const double *scores,
                                        igraph_matrix_t *vector)
{
    igraph_arpack_options_t options;
    vertex_id count = (vertex_id)network->node_count;
    ng_network copy = *network; /* the solver wants it writable */
    igraph_error_t code = igraph_matrix_resize(vector, count, 1);

    if (code != IGRAPH_SUCCESS)
        return code;
    for (vertex_id i = 0; i < count; i++)
        MATRIX(*vector, i, 0) = scores[i];
    igraph_arpack_options_init(&options);
    options.n = (int)count;
    options.nev = 1;
    options.ncv = 0; /* chosen by igraph */
    options.which[0] = 'L';
    options.which[1] = 'A';
    options.start = 1;
    return igraph_arpack_rssolve(multiply, &copy, &options, NULL, NULL, vector);
}

/* The solver's vector as scores: all of one sign by the theorem of Perron and Frobenius, so the
 * sign of the sum is the sign of all; what rounding left on the other side becomes 0. */
static void take_vector(const igraph_matrix_t *vector, size_t count, double *scores)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += MATRIX(*vector, (vertex_id)i, 0);
    for (size_t i = 0; i < count; i++)
        scores[i] =
            fmax(0, sum < 0 ? -MATRIX(*vector, (vertex_id)i, 0) : MATRIX(*vector, (vertex_id)i, 0));
}

/* Asks igraph where the power iteration is slow. When its solver gives up as well, the scores stay
 * as they are. */
static ng_status ask_solver(ng_ctx *cx, const ng_network *network, double *scores)
{
    igraph_error_t code = IGRAPH_SUCCESS;
    igraph_matrix_t vector;
    visit here;

    if (network->node_count > INT_MAX)
        return ng_fail(cx, NG_E_LIMIT, "the graph is too large to be measured");
    begin_visit(&here);
    code = igraph_matrix_init(&vector, 0, 0);
    if (code == IGRAPH_SUCCESS) {
        code = solve_eigenvector(network, scores, &vector);
        if (code == IGRAPH_SUCCESS)
            take_vector(&vector, network->node_count, scores);
        igraph_matrix_destroy(&vector);
    }
    end_visit(&here);
    return code == IGRAPH_ENOMEM ? translate(cx, code) : NG_OK;
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
        status = ask_solver(cx, network, scores);
        if (status == NG_OK)
            status = iterate(cx, network, LAST_STEPS, scores, &is_done);
    }
    return status;
}
