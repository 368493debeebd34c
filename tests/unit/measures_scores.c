/* Scores of small graphs whose values can be worked out by hand. */
#include "faults.h"
#include "measures/measures.h"

#include <math.h>

enum { NODES = 6 };

static const uint32_t all_measures = (1u << NG_MEASURE_COUNT) - 1;

/* Nodes are called a, b, c ...; their order is that of their ids. */
static ng_graph *make(ng_ctx *cx, size_t node_count, const ng_plain_edge *edges, size_t edge_count)
{
    static const ng_view labels[NODES] = { { "a", 1 }, { "b", 1 }, { "c", 1 },
                                           { "d", 1 }, { "e", 1 }, { "f", 1 } };
    static const ng_kind kinds[NODES] = { NG_KIND_PERSON };
    ng_graph *graph = NULL;

    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, node_count, edges, edge_count, &graph),
                     NG_OK);
    return graph;
}

#define UNDEFINED (-1.0)
#define LENGTH    27720.0

/* What is expected of a graph: one row a measure, UNDEFINED for NaN. */
typedef struct row {
    const char *name;
    size_t node_count;
    ng_plain_edge edges[5];
    size_t edge_count;
    ng_distance distance;
    double scores[NG_MEASURE_COUNT][NODES];
} row;

static const row rows[] = {
    { "path a-b-c",
      3,
      { { 0, 1, 1 }, { 1, 2, 1 } },
      2,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 1, 2, 1 },
        [NG_MEASURE_STRENGTH] = { 1, 2, 1 },
        [NG_MEASURE_BETWEENNESS] = { 0, 1, 0 },
        [NG_MEASURE_CLOSENESS] = { 2.0 / 3, 1, 2.0 / 3 },
        [NG_MEASURE_HARMONIC] = { 0.75, 1, 0.75 },
        [NG_MEASURE_EIGENVECTOR] = { 0.70710678118654752, 1, 0.70710678118654752 },
        [NG_MEASURE_PAGERANK] = { 0.25675675675675674, 0.48648648648648651,
                                  0.25675675675675674 } } },
    { "path with weights: 2 is a shorter way",
      3,
      { { 2, 1, 4 }, { 1, 0, 2 } },
      2,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 1, 2, 1 },
        [NG_MEASURE_STRENGTH] = { 2, 6, 4 },
        [NG_MEASURE_BETWEENNESS] = { 0, 1, 0 },
        [NG_MEASURE_CLOSENESS] = { 2 / 1.25, 2 / 0.75, 2.0 },
        [NG_MEASURE_HARMONIC] = { (2 + 4.0 / 3) / 2, 3, (4 + 4.0 / 3) / 2 },
        [NG_MEASURE_EIGENVECTOR] = { 0.44721359549995793, 1, 0.89442719099991587 },
        [NG_MEASURE_PAGERANK] = { 0.05 + 0.85 * 0.48648648648648651 / 3, 0.48648648648648651,
                                  0.05 + 0.85 * 0.48648648648648651 * 2 / 3 } } },
    { "the same path in hops",
      3,
      { { 2, 1, 4 }, { 1, 0, 2 } },
      2,
      NG_DISTANCE_HOPS,
      { [NG_MEASURE_DEGREE] = { 1, 2, 1 },
        [NG_MEASURE_STRENGTH] = { 2, 6, 4 },
        [NG_MEASURE_BETWEENNESS] = { 0, 1, 0 },
        [NG_MEASURE_CLOSENESS] = { 2.0 / 3, 1, 2.0 / 3 },
        [NG_MEASURE_HARMONIC] = { 0.75, 1, 0.75 },
        [NG_MEASURE_EIGENVECTOR] = { 0.44721359549995793, 1, 0.89442719099991587 },
        [NG_MEASURE_PAGERANK] = { 0.05 + 0.85 * 0.48648648648648651 / 3, 0.48648648648648651,
                                  0.05 + 0.85 * 0.48648648648648651 * 2 / 3 } } },
    { "star of b, and the isolate f",
      6,
      { { 1, 0, 1 }, { 1, 2, 1 }, { 1, 3, 1 }, { 1, 4, 1 } },
      4,
      NG_DISTANCE_INVERSE,
      { [NG_MEASURE_DEGREE] = { 1, 4, 1, 1, 1, 0 },
        [NG_MEASURE_STRENGTH] = { 1, 4, 1, 1, 1, 0 },
        [NG_MEASURE_BETWEENNESS] = { 0, 0.6, 0, 0, 0, 0 },
        [NG_MEASURE_CLOSENESS] = { 0.8 * 4 / 7, 0.8, 0.8 * 4 / 7, 0.8 * 4 / 7, 0.8 * 4 / 7, 0 },
        [NG_MEASURE_HARMONIC] = { 0.5, 0.8, 0.5, 0.5, 0.5, 0 },
        [NG_MEASURE_EIGENVECTOR] = { 0.5, 1, 0.5, 0.5, 0.5, UNDEFINED },
        [NG_MEASURE_PAGERANK] = { 0.1272631855156127, 0.4618210443453162, 0.1272631855156127,
                                  0.1272631855156127, 0.1272631855156127, 0.02912621359223301 } } },
    { "triangle with a tie of two ways",
      3,
      { { 0, 1, 2 }, { 1, 2, 2 }, { 0, 2, 1 } },
      3,
      NG_DISTANCE_INTEGER, /* a-c directly is as long as through b */
      { [NG_MEASURE_DEGREE] = { 2, 2, 2 },
        [NG_MEASURE_STRENGTH] = { 3, 4, 3 },
        [NG_MEASURE_BETWEENNESS] = { 0, 0.5, 0 },
        [NG_MEASURE_CLOSENESS] = { 2 / 1.5, 2, 2 / 1.5 },
        [NG_MEASURE_HARMONIC] = { 1.5, 2, 1.5 },
        [NG_MEASURE_EIGENVECTOR] = { 0.84307033081725358, 1, 0.84307033081725358 },
        [NG_MEASURE_PAGERANK] = { 0.30319148936170215, 0.39361702127659576,
                                  0.30319148936170215 } } },
    { "two components of one size: the eigenvector is that of the smaller id",
      5,
      { { 2, 4, 1 }, { 1, 3, 1 } },
      2,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 0, 1, 1, 1, 1 },
        [NG_MEASURE_STRENGTH] = { 0, 1, 1, 1, 1 },
        [NG_MEASURE_CLOSENESS] = { 0, 0.25, 0.25, 0.25, 0.25 },
        [NG_MEASURE_HARMONIC] = { 0, 0.25, 0.25, 0.25, 0.25 },
        [NG_MEASURE_EIGENVECTOR] = { UNDEFINED, 1, UNDEFINED, 1, UNDEFINED },
        [NG_MEASURE_PAGERANK] = { 0.03 / 0.83, 0.2 / 0.83, 0.2 / 0.83, 0.2 / 0.83, 0.2 / 0.83 } } },
    { "an edge of weight 0 makes a neighbour and no way",
      3,
      { { 0, 1, 0 }, { 1, 2, 3 } },
      2,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 1, 2, 1 },
        [NG_MEASURE_STRENGTH] = { 0, 3, 3 },
        [NG_MEASURE_CLOSENESS] = { 0, 1.5, 1.5 },
        [NG_MEASURE_HARMONIC] = { 0, 1.5, 1.5 },
        [NG_MEASURE_EIGENVECTOR] = { UNDEFINED, 1, 1 },
        [NG_MEASURE_PAGERANK] = { 0.05 / (1 - 0.85 / 3), (1 - 0.05 / (1 - 0.85 / 3)) / 2,
                                  (1 - 0.05 / (1 - 0.85 / 3)) / 2 } } },
    { "very strong ties end at length 1, very weak ones are far",
      3,
      { { 0, 1, 1e9 }, { 1, 2, 0.001 } },
      2,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 1, 2, 1 },
        [NG_MEASURE_STRENGTH] = { 1e9, 1e9 + 0.001, 0.001 },
        [NG_MEASURE_BETWEENNESS] = { 0, 1, 0 },
        [NG_MEASURE_CLOSENESS] = { 2 * LENGTH / 27720002, 2 * LENGTH / 27720001,
                                   2 * LENGTH / 55440001 },
        [NG_MEASURE_HARMONIC] = { (LENGTH + LENGTH / 27720001) / 2, (LENGTH + 0.001) / 2,
                                  (0.001 + LENGTH / 27720001) / 2 },
        [NG_MEASURE_EIGENVECTOR] = { 1, 1, 1e-12 },
        [NG_MEASURE_PAGERANK] = { 0.4635135135131, 0.4864864864864865, 0.05000000000041351 } } },
    { "one edge",
      2,
      { { 0, 1, 2 } },
      1,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 1, 1 },
        [NG_MEASURE_STRENGTH] = { 2, 2 },
        [NG_MEASURE_CLOSENESS] = { 2, 2 },
        [NG_MEASURE_HARMONIC] = { 2, 2 },
        [NG_MEASURE_EIGENVECTOR] = { 1, 1 },
        [NG_MEASURE_PAGERANK] = { 0.5, 0.5 } } },
    { "halves are rounded to even",
      2,
      { { 0, 1, 16 } },
      1,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_DEGREE] = { 1, 1 },
        [NG_MEASURE_STRENGTH] = { 16, 16 },
        [NG_MEASURE_CLOSENESS] = { LENGTH / 1732, LENGTH / 1732 },
        [NG_MEASURE_HARMONIC] = { LENGTH / 1732, LENGTH / 1732 },
        [NG_MEASURE_EIGENVECTOR] = { 1, 1 },
        [NG_MEASURE_PAGERANK] = { 0.5, 0.5 } } },
    { "nobody knows anybody",
      2,
      { { 0, 0, 0 } },
      0,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_EIGENVECTOR] = { UNDEFINED, UNDEFINED },
        [NG_MEASURE_PAGERANK] = { 0.5, 0.5 } } },
    { "one node",
      1,
      { { 0, 0, 0 } },
      0,
      NG_DISTANCE_INTEGER,
      { [NG_MEASURE_EIGENVECTOR] = { UNDEFINED }, [NG_MEASURE_PAGERANK] = { 1 } } },
};

static bool is_close(double got, double expected)
{
    return expected == UNDEFINED ? isnan(got)
                                 : fabs(got - expected) <= 1e-12 * fmax(1, fabs(expected));
}

static void scores_are_those_of_the_definitions(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_graph *graph = make(cx, rows[i].node_count, rows[i].edges, rows[i].edge_count);
        ng_scores *scores = NULL;

        assert_int_equal(ng_scores_compute(cx, graph, all_measures,
                                           &(ng_measure_options){ .distance = rows[i].distance,
                                                                  .thread_count = 1 },
                                           &scores),
                         NG_OK);
        for (int m = 0; m <= NG_MEASURE_PAGERANK; m++) { /* the rest: tests/property/structure.py */
            const double *got = ng_scores_get(scores, (ng_measure)m);

            for (size_t node = 0; node < rows[i].node_count; node++)
                if (!is_close(got[node], rows[i].scores[m][node]))
                    fail_msg("%s: %s of node %zu is %.17g, not %.17g", rows[i].name,
                             ng_measure_name((ng_measure)m), node, got[node],
                             rows[i].scores[m][node]);
        }
        ng_scores_free(scores);
        ng_graph_free(graph);
    }
    ng_ctx_free(cx);
}

/* Betweenness of edges: pairs whose shortest ways take the edge, shared among ties, of all pairs.
 * The edges stand in the order of the graph. */
static void edges_between_pairs_are_counted(void **state)
{
    static const struct {
        const char *name;
        size_t node_count;
        ng_plain_edge edges[6];
        size_t edge_count;
        ng_distance distance;
        double pairs[6];
    } cases[] = {
        { "path", 3, { { 0, 1, 1 }, { 1, 2, 1 } }, 2, NG_DISTANCE_INTEGER, { 2, 2 } },
        { "one edge and an isolate", 3, { { 0, 1, 4 } }, 1, NG_DISTANCE_INTEGER, { 1 } },
        { "star",
          4,
          { { 0, 1, 1 }, { 1, 2, 2 }, { 1, 3, 3 } },
          3,
          NG_DISTANCE_INVERSE,
          { 3, 3, 3 } },
        { "a way around is as short: half each",
          3,
          { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 2, 2 } },
          3,
          NG_DISTANCE_INTEGER,
          { 1.5, 0.5, 1.5 } },
        { "a way around is shorter",
          3,
          { { 0, 1, 3 }, { 0, 2, 1 }, { 1, 2, 3 } },
          3,
          NG_DISTANCE_INVERSE,
          { 2, 0, 2 } },
        { "square in steps",
          4,
          { { 0, 1, 5 }, { 0, 3, 7 }, { 1, 2, 1 }, { 2, 3, 9 } },
          4,
          NG_DISTANCE_HOPS,
          { 2, 2, 2, 2 } },
        { "no weight, no way; two components",
          5,
          { { 0, 1, 1 }, { 1, 2, 0 }, { 2, 3, 1 }, { 3, 4, 1 } },
          4,
          NG_DISTANCE_INTEGER,
          { 1, 0, 2, 2 } },
        { "two triangles with a bridge, which is a third of all pairs' and more",
          6,
          { { 0, 1, 1 }, { 0, 2, 1 }, { 1, 2, 1 }, { 2, 3, 1 }, { 3, 4, 1 }, { 3, 5, 1 } },
          6,
          NG_DISTANCE_HOPS,
          { 1, 4, 4, 9, 5, 5 } },
    };
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_graph *graph = make(cx, cases[i].node_count, cases[i].edges, cases[i].edge_count);
        double all = (double)(cases[i].node_count * (cases[i].node_count - 1)) / 2;
        ng_scores *scores = NULL;
        const ng_measure_options options = { .distance = cases[i].distance, .edges = true };

        assert_int_equal(ng_scores_compute(cx, graph, 0, &options, &scores), NG_OK);
        assert_null(ng_scores_get(scores, NG_MEASURE_BETWEENNESS));
        for (size_t k = 0; k < cases[i].edge_count; k++) {
            double got = ng_scores_edge_betweenness(scores)[k];

            if (!is_close(got, cases[i].pairs[k] / all))
                fail_msg("%s: edge %zu has %.17g pairs, not %.17g", cases[i].name, k, got * all,
                         cases[i].pairs[k]);
        }
        ng_scores_free(scores);
        ng_graph_free(graph);
    }
    ng_ctx_free(cx);
}

static void the_empty_graph_has_no_scores(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = make(cx, 0, NULL, 0);
    ng_scores *scores = NULL;

    (void)state;
    assert_int_equal(ng_scores_compute(cx, graph, all_measures,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    assert_true(ng_scores_has(scores, NG_MEASURE_PAGERANK));
    ng_scores_free(scores);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* Equal places in a graph have equal scores to the last bit, and the largest eigenvector score is
 * exactly 1. */
static void equal_places_score_equally(void **state)
{
    static const ng_plain_edge ring[] = { { 0, 1, 3 }, { 1, 2, 3 }, { 2, 3, 3 },
                                          { 3, 4, 3 }, { 4, 5, 3 }, { 5, 0, 3 } };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = make(cx, 6, ring, 6);
    ng_scores *scores = NULL;

    (void)state;
    assert_int_equal(ng_scores_compute(cx, graph, all_measures,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    for (int m = 0; m < NG_MEASURE_COUNT; m++) {
        const double *got = ng_scores_get(scores, (ng_measure)m);

        if (m > NG_MEASURE_CONSTRAINT) /* the communities of a ring are none of its places */
            continue;
        for (size_t i = 1; i < 6; i++)
            assert_true(m == NG_MEASURE_EIGENVECTOR || m == NG_MEASURE_PAGERANK
                            ? fabs(got[i] - got[0]) < 1e-15
                            : got[i] == got[0]);
    }
    assert_true(ng_scores_get(scores, NG_MEASURE_EIGENVECTOR)[0] <= 1);
    ng_scores_free(scores);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* Who has all ties in one community has participation 0, not what the rounding of thirds leaves. */
static void all_of_it_is_all_of_it(void **state)
{
    static const ng_plain_edge clique[] = { { 0, 1, 7 }, { 0, 2, 1 }, { 0, 3, 1 },  { 0, 4, 1 },
                                            { 0, 5, 3 }, { 1, 2, 5 }, { 1, 3, 1 },  { 1, 4, 3 },
                                            { 1, 5, 1 }, { 2, 3, 6 }, { 2, 4, 10 }, { 2, 5, 1 },
                                            { 3, 4, 1 }, { 4, 5, 1 } };
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t count = 1; count <= sizeof clique / sizeof *clique; count++) {
        ng_graph *graph = make(cx, 6, clique, count);
        ng_scores *scores = NULL;
        const double *communities = NULL, *got = NULL;
        bool is_one = true;

        assert_int_equal(ng_scores_compute(cx, graph, all_measures,
                                           &(ng_measure_options){ .thread_count = 1 }, &scores),
                         NG_OK);
        communities = ng_scores_get(scores, NG_MEASURE_COMMUNITY);
        got = ng_scores_get(scores, NG_MEASURE_PARTICIPATION);
        for (size_t i = 0; i < 6; i++) {
            is_one = true;
            for (size_t k = 0; k < count; k++) {
                bool is_at = clique[k].source == i || clique[k].target == i;
                double one = communities[clique[k].source], other = communities[clique[k].target];

                is_one = is_one && (!is_at || (one >= other && one <= other));
            }
            assert_true(!is_one || isnan(communities[i]) || (got[i] >= 0 && got[i] <= 0));
        }
        ng_scores_free(scores);
        ng_graph_free(graph);
    }
    ng_ctx_free(cx);
}

/* A graph of several components with hubs, chains, isolated nodes and ties; free() the edges. */
static ng_plain_edge *many_edges(size_t node_count, size_t edge_count, int weights)
{
    ng_plain_edge *edges = calloc(edge_count, sizeof *edges);
    uint32_t random = 5;

    assert_non_null(edges);
    for (size_t i = 0; i < edge_count; i++) {
        random = random * 1103515245u + 12345u;
        edges[i].source = (random >> 8) % (uint32_t)node_count;
        random = random * 1103515245u + 12345u;
        edges[i].target = (random >> 8) % (uint32_t)(i % 3 == 0 ? 20 : node_count);
        random = random * 1103515245u + 12345u;
        edges[i].weight = weights == 0   ? 1
                          : weights == 1 ? 1 + (random >> 8) % 9
                                         : 0.001 * (random >> 8);
    }
    return edges;
}

/* A graph of nodes called n0, n1 ... */
static ng_graph *make_many(ng_ctx *cx, size_t node_count, const ng_plain_edge *edges,
                           size_t edge_count)
{
    ng_view *labels = calloc(node_count, sizeof *labels);
    ng_kind *kinds = calloc(node_count, sizeof *kinds);
    char(*names)[16] = calloc(node_count, sizeof *names);
    ng_graph *graph = NULL;

    assert_true(labels && kinds && names);
    for (size_t i = 0; i < node_count; i++)
        labels[i] = (ng_view){ names[i], (size_t)snprintf(names[i], sizeof names[i], "n%zu", i) };
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, node_count, edges, edge_count, &graph),
                     NG_OK);
    free(labels);
    free(kinds);
    free(names);
    return graph;
}

/* One, two, three and seven threads give the same bits, with each way to search. The environment
 * may ask for more repeats. */
static void threads_change_no_bit(void **state)
{
    enum { MANY = 700, TIES = 1200 };
    static const ng_distance distances[] = { NG_DISTANCE_HOPS, NG_DISTANCE_INTEGER,
                                             NG_DISTANCE_INVERSE };
    const uint32_t path_measures =
        1u << NG_MEASURE_BETWEENNESS | 1u << NG_MEASURE_CLOSENESS | 1u << NG_MEASURE_HARMONIC;
    const char *wanted = getenv("NERGRAPH_REPEATS");
    int repeats = wanted ? atoi(wanted) : 2;
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (int weights = 0; weights < 3; weights++) {
        ng_plain_edge *edges = many_edges(MANY - 20, TIES, weights);
        ng_graph *graph = make_many(cx, MANY, edges, TIES);

        for (size_t d = 0; d < 3; d++) {
            const ng_measure_options alone = { distances[d], .thread_count = 1, .edges = true };
            size_t edge_count = ng_graph_edge_count(graph);
            ng_scores *first = NULL, *plain = NULL;

            assert_int_equal(ng_scores_compute(cx, graph, path_measures, &alone, &first), NG_OK);
            for (int i = 0; i < 4 * repeats; i++) {
                static const uint32_t threads[] = { 1, 2, 3, 7 };
                ng_measure_options options = alone;
                ng_scores *again = NULL;

                options.thread_count = threads[i % 4];
                assert_int_equal(ng_scores_compute(cx, graph, path_measures, &options, &again),
                                 NG_OK);
                for (int m = NG_MEASURE_BETWEENNESS; m <= NG_MEASURE_HARMONIC; m++)
                    assert_memory_equal(ng_scores_get(first, (ng_measure)m),
                                        ng_scores_get(again, (ng_measure)m), MANY * sizeof(double));
                assert_memory_equal(ng_scores_edge_betweenness(first),
                                    ng_scores_edge_betweenness(again), edge_count * sizeof(double));
                ng_scores_free(again);
            }
            assert_int_equal(ng_scores_compute(cx, graph, path_measures,
                                               &(ng_measure_options){ .distance = distances[d] },
                                               &plain),
                             NG_OK);
            for (int m = NG_MEASURE_BETWEENNESS; m <= NG_MEASURE_HARMONIC; m++)
                assert_memory_equal(ng_scores_get(first, (ng_measure)m),
                                    ng_scores_get(plain, (ng_measure)m), MANY * sizeof(double));
            ng_scores_free(plain);
            assert_true(ng_scores_get(first, NG_MEASURE_BETWEENNESS)[3] > 0);
            ng_scores_free(first);
        }
        ng_graph_free(graph);
        free(edges);
    }
    ng_ctx_free(cx);
}

/* The eigenvector scores of a larger graph, in the order of the nodes; free() the result. */
static double *eigenvector_of(size_t node_count, const ng_plain_edge *edges, size_t edge_count)
{
    ng_ctx *cx = ng_ctx_new();
    ng_view *labels = calloc(node_count, sizeof *labels);
    ng_kind *kinds = calloc(node_count, sizeof *kinds);
    char(*names)[24] = calloc(node_count, sizeof *names);
    double *copy = calloc(node_count, sizeof *copy);
    ng_graph *graph = NULL;
    ng_scores *scores = NULL;

    assert_true(labels && kinds && names && copy);
    for (size_t i = 0; i < node_count; i++) {
        (void)snprintf(names[i], sizeof names[i], "n%04zu", i);
        labels[i] = ng_view_of(names[i]);
    }
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, node_count, edges, edge_count, &graph),
                     NG_OK);
    assert_int_equal(ng_scores_compute(cx, graph, 1u << NG_MEASURE_EIGENVECTOR,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    memcpy(copy, ng_scores_get(scores, NG_MEASURE_EIGENVECTOR), node_count * sizeof *copy);
    ng_scores_free(scores);
    ng_graph_free(graph);
    free(labels);
    free(kinds);
    free(names);
    ng_ctx_free(cx);
    return copy;
}

/* Of a long path the vector is known (a sine), and the power iteration alone is too slow for it. */
static void slow_eigenvectors_are_found(void **state)
{
    enum { COUNT = 101 };
    ng_plain_edge edges[COUNT - 1];
    double *scores = NULL;

    (void)state;
    for (uint32_t i = 0; i + 1 < COUNT; i++)
        edges[i] = (ng_plain_edge){ i, i + 1, 7 };
    scores = eigenvector_of(COUNT, edges, COUNT - 1);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(fabs(scores[i] - sin(acos(-1) * (double)(i + 1) / (COUNT + 1))) < 1e-9);
    free(scores);
}

/* Two cliques of five at the ends of a path of 15: two eigenvalues agree to 16 digits, and a solver
 * left alone prefers one clique by its rounding. */
static void twins_score_equally(void **state)
{
    enum { CLIQUE = 5, BETWEEN = 15, COUNT = 2 * CLIQUE + BETWEEN };
    ng_plain_edge edges[64];
    size_t count = 0;
    double *scores = NULL;

    (void)state;
    for (uint32_t a = 0; a < CLIQUE; a++) {
        for (uint32_t b = a + 1; b < CLIQUE; b++) {
            edges[count++] = (ng_plain_edge){ a, b, 1 };
            edges[count++] = (ng_plain_edge){ COUNT - 1 - a, COUNT - 1 - b, 1 };
        }
    }
    for (uint32_t i = CLIQUE - 1; i < COUNT - CLIQUE; i++)
        edges[count++] = (ng_plain_edge){ i, i + 1, 1 };
    scores = eigenvector_of(COUNT, edges, count);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(fabs(scores[i] - scores[COUNT - 1 - i]) < 1e-12);
    free(scores);
}

static void only_what_is_wanted_is_computed(void **state)
{
    static const ng_plain_edge edge = { 0, 1, 1 };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = make(cx, 2, &edge, 1);
    ng_scores *scores = NULL;

    (void)state;
    assert_int_equal(
        ng_scores_compute(cx, graph, 1u << NG_MEASURE_DEGREE | 1u << NG_MEASURE_HARMONIC,
                          &(ng_measure_options){ .distance = NG_DISTANCE_HOPS, .thread_count = 1 },
                          &scores),
        NG_OK);
    assert_true(ng_scores_has(scores, NG_MEASURE_DEGREE));
    assert_true(ng_scores_has(scores, NG_MEASURE_HARMONIC));
    assert_false(ng_scores_has(scores, NG_MEASURE_CLOSENESS));
    assert_null(ng_scores_get(scores, NG_MEASURE_STRENGTH));
    assert_null(ng_scores_edge_betweenness(scores));
    assert_int_equal(ng_scores_distance(scores), NG_DISTANCE_HOPS);
    ng_scores_free(scores);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

static void cancelling_ends_the_work(void **state)
{
    static const ng_plain_edge edge = { 0, 1, 1 };

    (void)state;
    for (int m = 0; m < NG_MEASURE_COUNT; m++) {
        ng_ctx *cx = ng_ctx_new();
        ng_graph *graph = make(cx, 2, &edge, 1);
        ng_scores *scores = NULL;

        ng_ctx_cancel(cx);
        assert_int_equal(ng_scores_compute(cx, graph, 1u << m,
                                           &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                                  .thread_count = 1 },
                                           &scores),
                         NG_E_LIMIT);
        assert_null(scores);
        ng_graph_free(graph);
        ng_ctx_free(cx);
    }
}

/* Fails one allocation after the other; returns how many there are. */
static size_t fail_allocations(const ng_graph *graph, ng_distance distance, uint32_t sample)
{
    const ng_measure_options options = { distance, .thread_count = 1, .edges = true,
                                         .sample = sample };
    bool is_done = false;
    size_t failures = 0;

    for (size_t n = 1; !is_done; n++) {
        ng_ctx *other = ng_ctx_new();
        ng_scores *scores = NULL;
        test_heap heap;
        ng_status status = NG_OK;

        test_use_heap(other, &heap);
        heap.fail_at = n;
        status = ng_scores_compute(other, graph, all_measures, &options, &scores);
        is_done = status == NG_OK;
        if (!is_done) {
            assert_int_equal(status, NG_E_MEMORY);
            assert_null(scores);
            failures++;
        }
        ng_scores_free(scores);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(other);
    }
    return failures;
}

static void no_allocation_is_taken_for_granted(void **state)
{
    static const ng_distance distances[] = { NG_DISTANCE_INTEGER, NG_DISTANCE_INVERSE,
                                             NG_DISTANCE_HOPS };
    static const ng_plain_edge edges[] = { { 0, 1, 3 }, { 0, 2, 1 }, { 1, 2, 7 }, { 2, 3, 2 } };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graphs[] = { make(cx, rows[3].node_count, rows[3].edges, rows[3].edge_count),
                           make(cx, 4, edges, 4) };

    (void)state;
    for (size_t g = 0; g < 2; g++) {
        for (size_t d = 0; d < 3; d++)
            for (uint32_t sample = 0; sample <= 2; sample += 2)
                assert_true(fail_allocations(graphs[g], distances[d], sample) > 15);
        ng_graph_free(graphs[g]);
    }
    ng_ctx_free(cx);
}

/* How near a single source is to itself says nothing of its closeness, and that is told. */
static void a_sample_of_one_promises_nothing(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = make(cx, rows[0].node_count, rows[0].edges, rows[0].edge_count);
    ng_scores *scores = NULL;

    (void)state;
    for (uint32_t sample = 1; sample <= 3; sample += 2) {
        double usual = -1, most = -1;

        assert_int_equal(ng_scores_compute(cx, graph, all_measures,
                                           &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                                  .thread_count = 1,
                                                                  .sample = sample },
                                           &scores),
                         NG_OK);
        most = ng_scores_error(scores, NG_MEASURE_CLOSENESS, &usual);
        assert_true(sample == 1 ? isinf(most) && isinf(usual) : most <= 0 && usual <= 0);
        ng_scores_free(scores);
    }
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

static void names_are_found_by_a_unique_beginning(void **state)
{
    static const struct {
        const char *name;
        int measure; /* -1: none */
    } names[] = {
        { "degree", NG_MEASURE_DEGREE },
        { "strength", NG_MEASURE_STRENGTH },
        { "betweenness", NG_MEASURE_BETWEENNESS },
        { "betw", NG_MEASURE_BETWEENNESS },
        { "clo", NG_MEASURE_CLOSENESS },
        { "c", -1 },
        { "commun", -1 },
        { "community", NG_MEASURE_COMMUNITY },
        { "harm", NG_MEASURE_HARMONIC },
        { "eigen", NG_MEASURE_EIGENVECTOR },
        { "pagerank", NG_MEASURE_PAGERANK },
        { "", -1 },
        { "degrees", -1 },
        { "Degree", -1 },
        { "x", -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ng_measure found = NG_MEASURE_COUNT;
        bool is_found = ng_measure_find(ng_view_of(names[i].name), &found);

        assert_int_equal(is_found ? (int)found : -1, names[i].measure);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_of_the_definitions),
        cmocka_unit_test(edges_between_pairs_are_counted),
        cmocka_unit_test(the_empty_graph_has_no_scores),
        cmocka_unit_test(equal_places_score_equally),
        cmocka_unit_test(all_of_it_is_all_of_it),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(slow_eigenvectors_are_found),
        cmocka_unit_test(twins_score_equally),
        cmocka_unit_test(only_what_is_wanted_is_computed),
        cmocka_unit_test(cancelling_ends_the_work),
        cmocka_unit_test(no_allocation_is_taken_for_granted),
        cmocka_unit_test(a_sample_of_one_promises_nothing),
        cmocka_unit_test(names_are_found_by_a_unique_beginning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
