/* The one file that knows igraph: from plain arrays to scores.
 *
 * igraph 0.10 and 1.0 have different signatures; the calls that differ have a function of their own
 * each.
 *
 * igraph is a guest and must behave like one: its error handler (which aborts), its warning handler
 * (which prints) and, where it draws random numbers, its generator are replaced for the length of a
 * call and put back, and OpenMP is held to one thread, because with more the last bits of PageRank
 * differ from run to run. None of this is safe on two threads at once; the public header says so.
 */
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

/* Leiden by modularity (Traag, Waltman and van Eck 2019). `strengths`: of the nodes; `all`: their
 * sum. */
static igraph_error_t call_leiden(const igraph_t *graph, const igraph_vector_t *weights,
                                  const igraph_vector_t *strengths, double all,
                                  igraph_vector_int_t *groups)
{
    static const double randomness = 0.01;
    enum { ITERATIONS = 10 };

#if IGRAPH_VERSION_MAJOR >= 1
    return igraph_community_leiden(graph, weights, strengths, NULL, 1 / all, randomness, false,
                                   ITERATIONS, groups, NULL, NULL);
#else
    return igraph_community_leiden(graph, weights, strengths, 1 / all, randomness, false,
                                   ITERATIONS, groups, NULL, NULL);
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

/* ---- coreness and constraint ---- */

ng_status ng_igraph_coreness(ng_ctx *cx, const ng_network *network, double *scores)
{
    igraph_vector_int_t cores;
    igraph_error_t code = IGRAPH_SUCCESS;
    visit here;
    ng_status status = NG_OK;

    begin_visit(&here);
    status = bring_network(cx, &here, network);
    if (status == NG_OK)
        status = translate(cx, igraph_vector_int_init(&cores, 0));
    if (status == NG_OK) {
        code = igraph_coreness(&here.graph, &cores, IGRAPH_ALL);
        for (size_t i = 0; i < network->node_count && code == IGRAPH_SUCCESS; i++)
            scores[i] = (double)VECTOR(cores)[i];
        igraph_vector_int_destroy(&cores);
        status = translate(cx, code);
    }
    end_visit(&here);
    return status;
}

ng_status ng_igraph_constraint(ng_ctx *cx, const ng_network *network, double *scores)
{
    visit here;
    ng_status status = NG_OK;

    begin_visit(&here);
    status = bring_network(cx, &here, network);
    if (status == NG_OK)
        status = translate(
            cx, igraph_constraint(&here.graph, &here.scores, igraph_vss_all(), &here.weights));
    for (size_t i = 0; i < network->node_count && status == NG_OK; i++)
        scores[i] = VECTOR(here.scores)[i];
    end_visit(&here);
    return status;
}

/* ---- communities ---- */

/* A generator of our own in the place of the default one. */
typedef struct dice {
    igraph_rng_t ours, before;
    igraph_rng_t *place; /* of the default one */
} dice;

static igraph_error_t begin_dice(dice *thrown, uint32_t seed)
{
    igraph_error_t code = igraph_rng_init(&thrown->ours, &igraph_rngtype_mt19937);

    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_rng_seed(&thrown->ours, seed);
    thrown->place = igraph_rng_default();
    thrown->before = *thrown->place;
    (void)igraph_rng_set_default(&thrown->ours);
    return code;
}

/* igraph 0.10 copies a generator into the place of the default one, igraph 1.0 makes it the place;
 * either way all is as it was. */
static void end_dice(dice *thrown)
{
    (void)igraph_rng_set_default(igraph_rng_default() == thrown->place ? &thrown->before
                                                                       : thrown->place);
    igraph_rng_destroy(&thrown->ours);
}

/* Searches with what the visit brought; here->scores take the strengths. */
static igraph_error_t find_groups(visit *here, const ng_network *network, ng_communities how,
                                  igraph_vector_int_t *groups)
{
    double all = 0;
    igraph_error_t code = IGRAPH_SUCCESS;

    if (how == NG_COMMUNITIES_LOUVAIN) /* Blondel et al. 2008 */
        return igraph_community_multilevel(&here->graph, &here->weights, 1, groups, NULL, NULL);
    code = igraph_strength(&here->graph, &here->scores, igraph_vss_all(), IGRAPH_ALL,
                           IGRAPH_NO_LOOPS, &here->weights);
    for (size_t i = 0; i < network->node_count && code == IGRAPH_SUCCESS; i++)
        all += VECTOR(here->scores)[i];
    return code == IGRAPH_SUCCESS
               ? call_leiden(&here->graph, &here->weights, &here->scores, all, groups)
               : code;
}

ng_status ng_igraph_communities(ng_ctx *cx, const ng_network *network, ng_communities how,
                                uint32_t seed, uint32_t *groups)
{
    igraph_vector_int_t found;
    igraph_error_t code = IGRAPH_SUCCESS;
    dice thrown;
    visit here;
    ng_status status = NG_OK;

    begin_visit(&here);
    status = bring_network(cx, &here, network);
    if (status == NG_OK)
        status = translate(cx, igraph_vector_int_init(&found, 0));
    if (status == NG_OK) {
        code = begin_dice(&thrown, seed);
        if (code == IGRAPH_SUCCESS) {
            code = find_groups(&here, network, how, &found);
            end_dice(&thrown);
        }
        for (size_t i = 0; i < network->node_count && code == IGRAPH_SUCCESS; i++)
            groups[i] = (uint32_t)VECTOR(found)[i];
        igraph_vector_int_destroy(&found);
        status = translate(cx, code);
    }
    end_visit(&here);
    return status;
}
