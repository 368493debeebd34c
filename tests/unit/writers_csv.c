/* The two tables: exact bytes, two files or none. */
#include "writers_graph.h"

static const char edges_text[] =
    "Source,Target,Type,Id,Label,Weight,units,docs,sentences,interaction,evidence,confidence,"
    "first,last,npmi,p_value,q_value\r\n";

/* The rows of a file hold these pieces. */
static void assert_holds(ng_ctx *cx, const char *path, const char *const *pieces)
{
    ng_buffer bytes = test_read(cx, path);

    for (; *pieces; pieces++)
        if (!strstr(bytes.data, *pieces))
            fail_msg("%s: no %s in\n%s", path, *pieces, bytes.data);
    ng_buffer_destroy(cx, &bytes);
}

static void test_tables(void **state)
{
    static const char *const edges[] = { edges_text, ",Undirected,e1,,", ",co-occurs,,,,,,,\r\n",
                                         ",Undirected,e4,,", NULL };
    static const char *const nodes[] = { "Id,Label,kind,iso2,mentions,docs,units,aliases,degree,"
                                         "strength,betweenness,closeness,harmonic,pagerank,"
                                         "eigenvector,confidence,first,last,geonames,lat,lon,"
                                         "geo_confidence,as_place,as_actor\r\n",
                                         ",\"Anna \"\"A\"\" <b>\",person,", ",\"Boris, B\\\",",
                                         ",'=Dora,", NULL };
    static const char *const raw[] = { ",=Dora,", NULL };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_scores *scores = test_scores(cx, graph);
    ng_write_options options;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    ng_write_options_init(&options);
    assert_int_equal(
        ng_graph_write(cx, graph, scores, &options, NG_FORMAT_CSV, test_path(folder, "n.csv")),
        NG_OK);
    assert_holds(cx, test_path(folder, "n.csv"), edges);
    assert_holds(cx, test_path(folder, "n-nodes.csv"), nodes);
    options.raw_cells = true;
    assert_int_equal(
        ng_graph_write(cx, graph, NULL, &options, NG_FORMAT_CSV, test_path(folder, "n.CSV")),
        NG_OK);
    assert_holds(cx, test_path(folder, "n-nodes.csv"), raw);
    ng_scores_free(scores);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* No actors: headers alone. */
static void test_empty(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;
    ng_write_options options;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    ng_write_options_init(&options);
    assert_int_equal(ng_graph_from_plain(cx, NULL, NULL, 0, NULL, 0, &graph), NG_OK);
    assert_int_equal(
        ng_graph_write(cx, graph, NULL, &options, NG_FORMAT_CSV, test_path(folder, "e.csv")),
        NG_OK);
    test_file_is(cx, test_path(folder, "e.csv"), edges_text);
    test_file_is(
        cx, test_path(folder, "e-nodes.csv"),
        "Id,Label,kind,iso2,mentions,docs,units,aliases,confidence,first,last,geonames,lat,"
        "lon,geo_confidence,as_place,as_actor\r\n");
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* When one of the two cannot be made, neither changes. */
static void test_both_or_none(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;
    char folder[256], command[600];

    (void)state;
    test_make_folder(folder);
    ng_write_options_init(&options);
    test_write_file(folder, "n.csv", NG_VIEW("old"));
    (void)snprintf(command, sizeof command, "mkdir '%s/n-nodes.csv'", folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(
        ng_graph_write(cx, graph, NULL, &options, NG_FORMAT_CSV, test_path(folder, "n.csv")),
        NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(cx), "n-nodes.csv"));
    test_file_is(cx, test_path(folder, "n.csv"), "old");
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_both_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
