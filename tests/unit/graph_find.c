/* Finding the node a user means. */
#include "faults.h"
#include "graph/graph.h"

enum { LIMIT = 3 };

/* Labels, in the order of their ids: country, person (by name), place. */
static const struct {
    const char *label;
    ng_kind kind;
} nodes[] = {
    { "Israel", NG_KIND_COUNTRY },
    { "Bashar al-Assad", NG_KIND_PERSON },
    { "Benjamin Netanyahu", NG_KIND_PERSON },
    { "Bill Clinton", NG_KIND_PERSON },
    { "Chelsea Clinton", NG_KIND_PERSON },
    { "Clinton", NG_KIND_PERSON },
    { "Hillary Clinton", NG_KIND_PERSON },
    { "Israel Katz", NG_KIND_PERSON },
    { "Recep Tayyip Erdoğan", NG_KIND_PERSON },
    { "Roger Clinton", NG_KIND_PERSON },
    { "Damascus", NG_KIND_PLACE },
    { "Israel", NG_KIND_PLACE },
    { "(", NG_KIND_PLACE },
};

enum { NODES = sizeof nodes / sizeof *nodes };

static ng_graph *make(ng_ctx *cx)
{
    ng_view labels[NODES];
    ng_kind kinds[NODES];
    ng_graph *graph = NULL;

    for (size_t i = 0; i < NODES; i++) {
        labels[i] = ng_view_of(nodes[i].label);
        kinds[i] = nodes[i].kind;
    }
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, NODES, NULL, 0, &graph), NG_OK);
    return graph;
}

static void names_are_read_from_strict_to_loose(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        const char *first; /* id of the best */
    } rows[] = {
        { "person:benjamin-netanyahu", 1, "person:benjamin-netanyahu" },
        { "Benjamin Netanyahu", 1, "person:benjamin-netanyahu" },
        { "benjamin netanyahu", 1, "person:benjamin-netanyahu" },
        { "NETANYAHU", 1, "person:benjamin-netanyahu" },
        { "Erdogan", 1, "person:recep-tayyip-erdogan" },
        { "tayyip erdoğan", 1, "person:recep-tayyip-erdogan" },
        { "Assad", 1, "person:bashar-al-assad" },
        { "al-Assad", 1, "person:bashar-al-assad" },
        { "Clinton", 1, "person:clinton" }, /* a label as written, not a part of four others */
        { "clinton", 1, "person:clinton" },
        { "Israel", 2, "country:israel" },
        { "katz", 1, "person:israel-katz" },
        { "netanya", 0, "" }, /* not a whole word */
        { "Bill Roger", 0, "" },
        { "", 0, "" },
        { "(", 1, "place:12" },
        { ")", 0, "" },
        { "person:nobody", 0, "" },
        { "\xFF\xFE", 0, "" },
    };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = make(cx);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t candidates[LIMIT] = { SIZE_MAX, SIZE_MAX, SIZE_MAX };
        size_t count = ng_graph_find_node(graph, ng_view_of(rows[i].name), candidates, LIMIT);

        if (count != rows[i].count)
            fail_msg("\"%s\" fits %zu nodes, not %zu", rows[i].name, count, rows[i].count);
        if (count == 0)
            continue;
        assert_true(
            ng_view_equal(ng_graph_node(graph, candidates[0])->id, ng_view_of(rows[i].first)));
    }
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* More nodes fit than the caller has room for: all are counted, the first are stored. */
static void only_as_many_are_stored_as_fit(void **state)
{
    static const ng_view labels[] = {
        { "Ann One", 7 }, { "Ann Two", 7 }, { "Ann Six", 7 }, { "Ann Ten", 7 }, { "Ann Ale", 7 }
    };
    static const ng_kind kinds[5] = { NG_KIND_PERSON };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;
    size_t candidates[LIMIT + 1] = { 0, 0, 0, 77 };

    (void)state;
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, 5, NULL, 0, &graph), NG_OK);
    assert_int_equal(ng_graph_find_node(graph, NG_VIEW("ann"), candidates, LIMIT), 5);
    assert_int_equal(candidates[0], 0); /* no mentions: by id */
    assert_int_equal(candidates[1], 1);
    assert_int_equal(candidates[2], 2);
    assert_int_equal(candidates[3], 77);
    assert_int_equal(ng_graph_find_node(graph, NG_VIEW("ann"), NULL, 0), 5);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

static void two_plain_nodes_may_not_share_an_id(void **state)
{
    static const ng_view labels[] = { { "Ann", 3 }, { "ann", 3 } };
    static const ng_kind kinds[2] = { NG_KIND_PERSON };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;

    (void)state;
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, 2, NULL, 0, &graph), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(cx), "person:ann"));
    assert_null(graph);
    ng_ctx_free(cx);
}

/* Parallel edges are added up whichever way they point, loops are dropped. */
static void plain_edges_are_made_simple(void **state)
{
    static const ng_view labels[] = { { "b", 1 }, { "a", 1 }, { "c", 1 } };
    static const ng_kind kinds[3] = { NG_KIND_PERSON };
    static const ng_plain_edge edges[] = { { 0, 1, 1 }, { 2, 2, 5 }, { 1, 0, 2.5 }, { 2, 0, 4 } };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;

    (void)state;
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, 3, edges, 4, &graph), NG_OK);
    assert_int_equal(ng_graph_edge_count(graph), 2);
    assert_int_equal(ng_graph_find_edge(graph, 0, 1), 0);
    assert_int_equal(ng_graph_find_edge(graph, 2, 1), 1);
    assert_int_equal(ng_graph_find_edge(graph, 0, 2), SIZE_MAX);
    assert_int_equal(ng_graph_find_edge(graph, 2, 2), SIZE_MAX);
    assert_true(ng_graph_edge(graph, 0)->weight == 3.5);
    assert_true(ng_graph_edge(graph, 1)->weight == 4);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_from_strict_to_loose),
        cmocka_unit_test(only_as_many_are_stored_as_fit),
        cmocka_unit_test(two_plain_nodes_may_not_share_an_id),
        cmocka_unit_test(plain_edges_are_made_simple),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
