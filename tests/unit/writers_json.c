/* Node-link JSON: what is written can be loaded and written again, byte for byte. */
#include "writers_graph.h"

#include <jansson.h>

/* Without scores nothing but the scores is missing, and the text is JSON with both arrays. */
static void test_is_json(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_scores *scores = test_scores(cx, graph);

    (void)state;
    for (int with_scores = 0; with_scores < 2; with_scores++) {
        ng_buffer out;
        json_error_t error;
        json_t *root = NULL;
        const json_t *node = NULL;

        ng_buffer_init(&out, 1 << 20);
        assert_int_equal(ng_json_format(cx, graph, with_scores ? scores : NULL, &out), NG_OK);
        root = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, &error);
        if (!root)
            fail_msg("line %d: %s\n%s", error.line, error.text, out.data);
        assert_int_equal(json_array_size(json_object_get(root, "nodes")), TEST_NODES);
        assert_int_equal(json_array_size(json_object_get(root, "edges")), 4);
        assert_true(json_equal(json_object_get(root, "edges"), json_object_get(root, "links")));
        node = json_array_get(json_object_get(root, "nodes"), 0);
        assert_int_equal(json_object_get(node, "strength") != NULL, with_scores);
        assert_int_equal(json_object_get(json_object_get(root, "graph"), "distance") != NULL,
                         with_scores);
        json_decref(root);
        ng_buffer_destroy(cx, &out);
    }
    ng_scores_free(scores);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* Another program's weights keep every bit: 0.1 + 0.2 is not 0.3. */
static void test_weights(void **state)
{
    const ng_view labels[] = { NG_VIEW("a"), NG_VIEW("b"), NG_VIEW("c") };
    const ng_kind kinds[] = { NG_KIND_PERSON, NG_KIND_PERSON, NG_KIND_PERSON };
    const ng_plain_edge edges[] = { { 0, 1, 0.1 + 0.2 }, { 1, 2, 3 } };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;
    ng_buffer out;

    (void)state;
    assert_int_equal(ng_graph_from_plain(cx, labels, kinds, 3, edges, 2, &graph), NG_OK);
    ng_buffer_init(&out, 1 << 20);
    assert_int_equal(ng_json_format(cx, graph, NULL, &out), NG_OK);
    assert_non_null(strstr(out.data, "\"weight\":0.30000000000000004,"));
    assert_non_null(strstr(out.data, "\"weight\":3,"));
    ng_buffer_destroy(cx, &out);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* Written, loaded, written: the same bytes. */
static void test_round_trip(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx), *loaded = NULL;
    ng_scores *scores = test_scores(cx, graph), *again = NULL;
    ng_write_options options;
    ng_buffer first, second;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    ng_write_options_init(&options);
    assert_int_equal(
        ng_graph_write(cx, graph, scores, &options, NG_FORMAT_JSON, test_path(folder, "a.json")),
        NG_OK);
    if (ng_graph_load(cx, test_path(folder, "a.json"), &loaded) != NG_OK)
        fail_msg("%s", ng_ctx_error(cx));
    again = test_scores(cx, loaded);
    assert_int_equal(
        ng_graph_write(cx, loaded, again, &options, NG_FORMAT_JSON, test_path(folder, "b.json")),
        NG_OK);
    first = test_read(cx, test_path(folder, "a.json"));
    second = test_read(cx, test_path(folder, "b.json"));
    if (!ng_view_equal(ng_buffer_view(&first), ng_buffer_view(&second)))
        fail_msg("first:\n%s\nagain:\n%s", first.data, second.data);
    ng_buffer_destroy(cx, &first);
    ng_buffer_destroy(cx, &second);
    ng_scores_free(again);
    ng_scores_free(scores);
    ng_graph_free(loaded);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* Whichever allocation fails: a status, no leak, and the old file untouched. */
static void test_no_memory(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;
    test_heap heap;
    char folder[256];
    bool is_written = false;

    (void)state;
    test_make_folder(folder);
    ng_write_options_init(&options);
    test_write_file(folder, "a.json", NG_VIEW("old"));
    for (size_t n = 1; !is_written; n++) {
        ng_ctx *failing = ng_ctx_new();
        ng_status status = NG_OK;

        test_use_heap(failing, &heap);
        heap.fail_at = n;
        status = ng_graph_write(failing, graph, NULL, &options, NG_FORMAT_JSON,
                                test_path(folder, "a.json"));
        is_written = status == NG_OK;
        assert_int_equal(heap.live, 0);
        if (!is_written) {
            assert_int_equal(status, NG_E_MEMORY);
            test_file_is(cx, test_path(folder, "a.json"), "old");
        }
        assert_true(n < 1000);
        ng_ctx_free(failing);
    }
    assert_true(heap.calls > 2);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_json),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
