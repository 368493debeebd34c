/* For tests of writers: a small graph with hostile labels, its scores, and files as bytes. */
#ifndef WRITERS_GRAPH_H
#define WRITERS_GRAPH_H

#include "faults.h"
#include "writers/writers.h"

enum { TEST_NODES = 6, TEST_EDGES = 5 };

static const ng_measure test_measures[] = { NG_MEASURE_STRENGTH, NG_MEASURE_DEGREE,
                                            NG_MEASURE_BETWEENNESS };

/* Anna - Boris - Carla - Anna, Boris - =Dora, and two nobody is named with. */
static inline ng_graph *test_graph(ng_ctx *cx)
{
    const ng_view labels[TEST_NODES] = {
        NG_VIEW("Anna \"A\" <b>"),
        NG_VIEW("Boris, B\\"),
        NG_VIEW("Carla\ttab"),
        NG_VIEW("=Dora"),
        NG_VIEW("\xE6\x9D\x8E\xE6\x98\x8E"),
        NG_VIEW("Zoe"),
    };
    const ng_kind kinds[TEST_NODES] = { NG_KIND_PERSON,       NG_KIND_COUNTRY, NG_KIND_PLACE,
                                        NG_KIND_ORGANIZATION, NG_KIND_PEOPLE,  NG_KIND_PERSON };
    const ng_plain_edge edges[TEST_EDGES] = {
        { 0, 1, 3 }, { 1, 2, 2 }, { 0, 2, 2 }, { 1, 3, 0.5 }, { 1, 0, 1 },
    };
    ng_graph *graph = NULL;

    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, TEST_NODES, edges, TEST_EDGES, &graph),
                     NG_OK);
    return graph;
}

static inline ng_scores *test_scores(ng_ctx *cx, const ng_graph *graph)
{
    ng_scores *scores = NULL;

    assert_int_equal(ng_scores_compute(cx, graph, (1u << (NG_MEASURE_PAGERANK + 1)) - 1,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    return scores;
}

/* A path below a folder; valid until the fourth call after. */
static inline const char *test_path(const char *folder, const char *name)
{
    static char paths[4][512];
    static int next;
    char *path = paths[next++ % 4];

    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* The bytes of a file. */
static inline ng_buffer test_read(ng_ctx *cx, const char *path)
{
    ng_buffer bytes;

    ng_buffer_init(&bytes, 1 << 24);
    if (ng_file_read(cx, path, 1 << 24, "", &bytes) != NG_OK)
        fail_msg("%s", ng_ctx_error(cx));
    return bytes;
}

/* Compares a file with what it must hold, and shows both when they differ. */
static inline void test_file_is(ng_ctx *cx, const char *path, const char *wanted)
{
    ng_buffer bytes = test_read(cx, path);

    if (!ng_view_equal(ng_buffer_view(&bytes), ng_view_of(wanted)))
        fail_msg("%s:\n%.*s\nwanted:\n%s", path, (int)bytes.size, bytes.data, wanted);
    ng_buffer_destroy(cx, &bytes);
}

#endif
