/* The one file that knows igraph: from plain arrays to scores.
 *
 * igraph 0.10 and 1.0 have different signatures; the calls that differ have a function of their own
 * each.
 *
 * igraph is a guest and must behave like one: its error handler (which aborts) and its warning
 * handler (which prints) are replaced for the length of a call and put back, its random numbers
 * come from a generator of ours, and OpenMP is held to one thread, because with more the last bits
 * of PageRank differ from run to run. None of this is safe on two threads at once; the public
 * header says so.
 *
 * Long work is cut into blocks of sources, with a look at the context between them: cancelling
 * needs no handler and no global variable that way. Scores of a block are added in the order of the
 * nodes, so that the sums are the same every time. */
#include "measures_internal.h"

#include <assert.h>
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

/* ---- what differs between igraph 0.10 and 1.0 (and call_with_generator below) ---- */

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

static igraph_error_t call_eigenvector(const igraph_t *graph, const igraph_vector_t *weights,
                                       igraph_vector_t *scores)
{
    igraph_arpack_options_t options;
    igraph_real_t value = 0;

    igraph_arpack_options_init(&options);
#if IGRAPH_VERSION_MAJOR >= 1
    return igraph_eigenvector_centrality(graph, scores, &value, IGRAPH_ALL, weights, &options);
#else
    return igraph_eigenvector_centrality(graph, scores, &value, IGRAPH_UNDIRECTED, true, weights,
                                         &options);
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

/* Comes in: handlers, one thread, the graph. Whatever the result, leave with end_visit. */
static ng_status begin_visit(ng_ctx *cx, visit *here, const ng_network *network)
{
    igraph_error_t code = IGRAPH_SUCCESS;

    *here = (visit){ 0 };
    here->error_handler = igraph_set_error_handler(igraph_error_handler_ignore);
    here->warning_handler = igraph_set_warning_handler(igraph_warning_handler_ignore);
#ifdef _OPENMP
    here->thread_count = omp_get_max_threads();
    omp_set_num_threads(1);
#endif
    code = make_graph(here, network);
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

/* Sources in one block: igraph sets up O(nodes + edges) of tables a call, so few calls; and few
 * sources a call, so that a wish to stop is soon seen. */
static size_t block_size(size_t source_count)
{
    size_t size = source_count / 256 + 1;

    return size < 64 ? 64 : size;
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
    size_t size = block_size(all.count);

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
    ng_status status = begin_visit(cx, &here, network);

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
    for (size_t i = 0; i < network->node_count; i++)
        strengths[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        strengths[network->sources[i]] += network->weights[i];
        strengths[network->targets[i]] += network->weights[i];
    }
    for (int i = 0; i < STEPS && change > 1e-16 / (double)network->node_count; i++)
        change = step_pagerank(network, strengths, scores, next);
    ng_free(cx, strengths);
    ng_free(cx, next);
    return NG_OK;
}

ng_status ng_network_pagerank(ng_ctx *cx, const ng_network *network, double *scores)
{
    visit here;
    ng_status status = begin_visit(cx, &here, network);

    if (status == NG_OK)
        status = translate(cx, call_pagerank(&here.graph, &here.weights, damping, &here.scores));
    for (size_t i = 0; i < network->node_count && status == NG_OK; i++)
        scores[i] = VECTOR(here.scores)[i];
    end_visit(&here);
    return status == NG_OK ? refine_pagerank(cx, network, scores) : status;
}

/* ---- eigenvector ---- */

/* igraph 0.10 copies the generator that is made the default, igraph 1.0 keeps its address. */
static igraph_error_t call_with_generator(visit *here, igraph_rng_t *generator)
{
    igraph_error_t code = IGRAPH_SUCCESS;

#if IGRAPH_VERSION_MAJOR >= 1
    igraph_rng_t *before = igraph_rng_set_default(generator);
#else
    igraph_rng_t before = *igraph_rng_default();

    igraph_rng_set_default(generator);
#endif
    code = call_eigenvector(&here->graph, &here->weights, &here->scores);
#if IGRAPH_VERSION_MAJOR >= 1
    igraph_rng_set_default(before);
#else
    igraph_rng_set_default(&before);
#endif
    return code;
}

/* Calls igraph with random numbers of our own: its solver starts from degrees with a little noise.
 * The generator in place before is put back. */
static igraph_error_t call_seeded(visit *here)
{
    igraph_rng_t ours;
    igraph_error_t code = igraph_rng_init(&ours, &igraph_rngtype_mt19937);

    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_rng_seed(&ours, 1);
    if (code == IGRAPH_SUCCESS)
        code = call_with_generator(here, &ours);
    igraph_rng_destroy(&ours);
    return code;
}

/* One step of the power iteration on the adjacency matrix plus `shift` on its diagonal (which
 * keeps the vector and ends the swinging of bipartite graphs), in fixed order; the largest value
 * becomes 1. Returns the largest change. */
static double step_eigenvector(const ng_network *network, double shift, double *scores,
                               double *next)
{
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
    return change;
}

/* A bound for the matrix: half its largest row is shift enough to damp the negative end. */
static double find_shift(const ng_network *network, double *rows)
{
    double largest = 0;

    for (size_t i = 0; i < network->node_count; i++)
        rows[i] = 0;
    for (size_t i = 0; i < network->edge_count; i++) {
        rows[network->sources[i]] += network->weights[i];
        rows[network->targets[i]] += network->weights[i];
    }
    for (size_t i = 0; i < network->node_count; i++)
        largest = fmax(largest, rows[i]);
    return largest / 2;
}

/* Carries the scores on by steps of our own order: a few when the solver found the vector, many
 * when it gave up (`was_found` is false) and left us the strengths to start from. */
static ng_status refine_eigenvector(ng_ctx *cx, const ng_network *network, bool was_found,
                                    double *scores)
{
    int steps = was_found ? 20 : 20000;
    double *next = ng_alloc(cx, (network->node_count + 1) * sizeof *next);
    double shift = 0, change = 1;
    ng_status status = NG_OK;

    if (!next)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure the graph");
    shift = find_shift(network, next);
    for (size_t i = 0; i < network->node_count && !was_found; i++)
        scores[i] = next[i];
    for (int i = 0; i < steps && change > 1e-15 && status == NG_OK; i++) {
        change = step_eigenvector(network, shift, scores, next);
        if (ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "interrupted");
    }
    ng_free(cx, next);
    return status;
}

ng_status ng_network_eigenvector(ng_ctx *cx, const ng_network *network, double *scores)
{
    visit here;
    ng_status status = begin_visit(cx, &here, network);
    igraph_error_t code = IGRAPH_SUCCESS;
    bool was_found = false;

    assert(network->edge_count > 0);
    if (status == NG_OK) {
        code = call_seeded(&here);
        if (code == IGRAPH_ENOMEM)
            status = translate(cx, code);
        was_found = code == IGRAPH_SUCCESS;
    }
    for (size_t i = 0; i < network->node_count && was_found; i++)
        scores[i] = fmax(0, VECTOR(here.scores)[i]);
    end_visit(&here);
    return status == NG_OK ? refine_eigenvector(cx, network, was_found, scores) : status;
}
