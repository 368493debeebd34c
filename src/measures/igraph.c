/* The one file that knows igraph: from plain arrays to scores.
 *
 * igraph 0.10 and 1.0 have different signatures; the calls that differ have a function of their own
 * each.
 *
 * igraph is a guest and must behave like one: its error handler (which aborts) and its warning
 * handler (which prints) are replaced for the length of a call and put back, no random number is
 * drawn, and OpenMP is held to one thread, because with more the last bits of PageRank differ from
 * run to run. None of this is safe on two threads at once; the public
 * header says so.
 *
 * Long work is cut into blocks of sources, with a look at the context between them: cancelling
 * needs no handler and no global variable that way. Scores of a block are added in the order of the
 * nodes, so that the sums are the same every time. */
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

/* Betweenness of all nodes, from a block of sources to all targets. */
static igraph_error_t call_betweenness(const igraph_t *graph, const igraph_vector_t *lengths,
                                       igraph_vs_t sources, igraph_vector_t *scores)
{
#if IGRAPH_VERSION_MAJOR >= 1
    return igraph_betweenness_subset(graph, lengths, scores, sources, igraph_vss_all(),
                                     igraph_vss_all(), IGRAPH_UNDIRECTED, false);
#else
    return igraph_betweenness_subset(graph, scores, igraph_vss_all(), IGRAPH_UNDIRECTED, sources,
                                     igraph_vss_all(), lengths);
#endif
}

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

/* ---- paths ---- */

/* Nodes with an edge, in order: the others start no path. */
typedef struct sources {
    igraph_vector_int_t ids;
    size_t count;
} sources;

static igraph_error_t find_sources(const ng_network *network, sources *found)
{
    igraph_error_t code = igraph_vector_int_init(&found->ids, (vertex_id)network->node_count);
    vertex_id *ids = NULL;
    size_t count = 0;

    if (code != IGRAPH_SUCCESS)
        return code;
    ids = VECTOR(found->ids);
    for (size_t i = 0; i < network->edge_count; i++)
        ids[network->sources[i]] = ids[network->targets[i]] = 1;
    for (size_t i = 0; i < network->node_count; i++)
        if (ids[i])
            ids[count++] = (vertex_id)i; /* count <= i: what is read is not yet written over */
    found->count = count;
    return IGRAPH_SUCCESS;
}

/* Sources in one block: igraph sets up O(nodes + edges) of tables a call, so not too few; and one
 * block is not much work, so that a wish to stop is soon seen on a large graph, too. */
static size_t block_size(const ng_network *network)
{
    enum { FEWEST = 8, MOST = 64, STEPS = 1 << 22 };
    size_t size = STEPS / (network->node_count + network->edge_count + 1);

    return size < FEWEST ? FEWEST : size > MOST ? MOST : size;
}

/* Adds the paths that start in a block to the betweenness of all nodes. */
static igraph_error_t add_betweenness(visit *here, const ng_network *network,
                                      const igraph_vector_int_t *block, double *betweenness)
{
    igraph_error_t code = call_betweenness(&here->graph, network->lengths ? &here->lengths : NULL,
                                           igraph_vss_vector(block), &here->scores);

    for (size_t i = 0; i < network->node_count && code == IGRAPH_SUCCESS; i++)
        betweenness[i] += VECTOR(here->scores)[i];
    return code;
}

/* Closeness of a block. igraph divides the number of reached others by the sum of distances; the
 * factor of Wasserman and Faust (1994, "Social Network Analysis", p. 200) is the share of all
 * others that is reached. */
static igraph_error_t add_closeness(visit *here, const ng_network *network,
                                    const igraph_vector_int_t *block, double *closeness)
{
    double others = (double)network->node_count - 1;
    igraph_vector_int_t reached;
    igraph_error_t code = igraph_vector_int_init(&reached, 0);

    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_closeness(&here->graph, &here->scores, &reached, NULL, igraph_vss_vector(block),
                            IGRAPH_ALL, network->lengths ? &here->lengths : NULL, true);
    for (vertex_id i = 0; i < igraph_vector_int_size(block) && code == IGRAPH_SUCCESS; i++) {
        double share = (double)VECTOR(reached)[i] / others; /* the node itself is not counted */

        closeness[VECTOR(*block)[i]] = VECTOR(here->scores)[i] * share * network->unit;
    }
    igraph_vector_int_destroy(&reached);
    return code;
}

/* Harmonic centrality of a block: igraph's mean of 1 / distance over all others, 0 for those that
 * are not reached. */
static igraph_error_t add_harmonic(visit *here, const ng_network *network,
                                   const igraph_vector_int_t *block, double *harmonic)
{
    igraph_error_t code =
        igraph_harmonic_centrality(&here->graph, &here->scores, igraph_vss_vector(block),
                                   IGRAPH_ALL, network->lengths ? &here->lengths : NULL, true);

    for (vertex_id i = 0; i < igraph_vector_int_size(block) && code == IGRAPH_SUCCESS; i++)
        harmonic[VECTOR(*block)[i]] = VECTOR(here->scores)[i] * network->unit;
    return code;
}

/* One block of sources through the measures that are wanted. */
static igraph_error_t measure_block(visit *here, const ng_network *network,
                                    const igraph_vector_int_t *block, double *const wanted[3])
{
    igraph_error_t code = IGRAPH_SUCCESS;

    if (wanted[0])
        code = add_betweenness(here, network, block, wanted[0]);
    if (code == IGRAPH_SUCCESS && wanted[1])
        code = add_closeness(here, network, block, wanted[1]);
    if (code == IGRAPH_SUCCESS && wanted[2])
        code = add_harmonic(here, network, block, wanted[2]);
    return code;
}

/* All blocks in order. */
static ng_status measure_blocks(ng_ctx *cx, visit *here, const ng_network *network,
                                double *const wanted[3])
{
    sources all = { .count = 0 };
    igraph_vector_int_t block;
    ng_status status = translate(cx, find_sources(network, &all));
    size_t size = block_size(network);

    if (status != NG_OK)
        return status;
    status = translate(cx, igraph_vector_int_init(&block, 0));
    if (status != NG_OK) {
        igraph_vector_int_destroy(&all.ids);
        return status;
    }
    for (size_t start = 0; start < all.count && status == NG_OK; start += size) {
        size_t count = all.count - start < size ? all.count - start : size;

        status = translate(cx, igraph_vector_int_resize(&block, (vertex_id)count));
        for (size_t i = 0; i < count && status == NG_OK; i++)
            VECTOR(block)[i] = VECTOR(all.ids)[start + i];
        if (status == NG_OK)
            status = translate(cx, measure_block(here, network, &block, wanted));
        if (status == NG_OK && ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "interrupted");
    }
    igraph_vector_int_destroy(&block);
    igraph_vector_int_destroy(&all.ids);
    return status;
}

ng_status ng_network_paths(ng_ctx *cx, const ng_network *network, double *betweenness,
                           double *closeness, double *harmonic)
{
    double *const wanted[3] = { betweenness, closeness, harmonic };
    double others = (double)network->node_count - 1;
    visit here;
    ng_status status = NG_OK;

    begin_visit(&here);
    status = bring_network(cx, &here, network);
    for (size_t m = 0; m < 3; m++)
        for (size_t i = 0; wanted[m] && i < network->node_count; i++)
            wanted[m][i] = 0; /* what isolates keep */
    if (status == NG_OK)
        status = measure_blocks(cx, &here, network, wanted);
    end_visit(&here);
    /* each pair was counted half from each of its ends, which makes the pairs of others whole */
    for (size_t i = 0; betweenness && i < network->node_count && network->node_count > 2; i++)
        betweenness[i] /= others * (others - 1) / 2;
    return status;
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
