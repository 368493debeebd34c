/* Dynamic GEXF: spells and weights of each period; whichever allocation fails, nothing is lost. */
#include "writers_graph.h"

enum { PARTS = 3 };

static const char *const names[PARTS] = { "2023-12", "2024-01", "2024-02" };

/* The same graph in every period. */
static ng_status write_dynamic(ng_ctx *cx, const ng_graph *graph, const char *path)
{
    const ng_graph *parts[PARTS] = { graph, graph, graph };

    return ng_series_write_gexf(cx, graph, parts, names, PARTS, path);
}

/* How often a word stands in a text. */
static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;

    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        count++;
    return count;
}

static void test_spells(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_buffer bytes;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    assert_int_equal(write_dynamic(cx, graph, test_path(folder, "a.gexf")), NG_OK);
    bytes = test_read(cx, test_path(folder, "a.gexf"));
    assert_int_equal(count_of(bytes.data, "<node "), TEST_NODES);
    assert_int_equal(count_of(bytes.data, "<edge "), 4);
    assert_int_equal(count_of(bytes.data, "<spell start=\"2024-02-01\" end=\"2024-03-01\"/>"),
                     TEST_NODES + 4);
    assert_int_equal(count_of(bytes.data, "value=\"0.5\" start=\"2023-12-01\" end=\"2024-01-01\""),
                     1);
    ng_buffer_destroy(cx, &bytes);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* A status, no leak, and the old file untouched. */
static void test_no_memory(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    test_heap heap;
    char folder[256];
    bool is_written = false;

    (void)state;
    test_make_folder(folder);
    test_write_file(folder, "a.gexf", NG_VIEW("old"));
    for (size_t n = 1; !is_written; n++) {
        ng_ctx *failing = ng_ctx_new();
        ng_status status = NG_OK;

        test_use_heap(failing, &heap);
        heap.fail_at = n;
        status = write_dynamic(failing, graph, test_path(folder, "a.gexf"));
        is_written = status == NG_OK;
        assert_int_equal(heap.live, 0);
        if (!is_written) {
            assert_int_equal(status, NG_E_MEMORY);
            test_file_is(cx, test_path(folder, "a.gexf"), "old");
        }
        assert_true(n < 1000);
        ng_ctx_free(failing);
    }
    assert_true(heap.calls > 3 + 2 * PARTS);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spells),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
