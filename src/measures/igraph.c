/* The one file that knows igraph: from plain arrays to scores.
 *
 * igraph 0.10 and 1.0 have different signatures; the calls that differ have a function of their own
 * each.
 *
 * igraph is a guest and must behave like one: its error handler (which aborts) and its warning
 * handler (which prints) are replaced for the length of a call and put back, no random number is
 * drawn, and OpenMP is held to one thread, because with more the last bits of PageRank differ from
 * run to run. None of this is safe on two threads at once; the public header says so. */
#include "measures_internal.h"

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

/* What was in place before we came. */
typedef struct visit {
    igraph_error_handler_t *error_handler;
    igraph_warning_handler_t *warning_handler;
    int thread_count;
    igraph_t graph;
    igraph_vector_t weights, scores;
    bool has_graph, has_weights, has_scores;
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
    if (here->has_scores)
        igraph_vector_destroy(&here->scores);
#ifdef _OPENMP
    omp_set_num_threads(here->thread_count);
#endif
    igraph_set_warning_handler(here->warning_handler);
    igraph_set_error_handler(here->error_handler);
}

/* ---- PageRank ---- */

ng_status ng_igraph_pagerank(ng_ctx *cx, const ng_network *network, double damping, double *scores)
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
    return status;
}

/* ---- eigenvector ---- */

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
ng_status ng_igraph_eigenvector(ng_ctx *cx, const ng_network *network, double *scores)
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
