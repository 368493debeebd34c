/* The whole way of a document, seen from the public calls: the graph of a small text, the order of
 * extraction, titles, and every failing allocation on the way. */
#include "faults.h"

#include <nergraph/nergraph.h>

#define ARTICLE                                                                                    \
    "Israel and Syria met in Geneva. Prime Minister Benjamin Netanyahu said that Israeli "         \
    "officials "                                                                                   \
    "had talked to Russia.\n\nNetanyahu left for Moscow. Russia thanked Israel."

/* A graph of one file of a folder, single-threaded. */
static ng_status build(ng_ctx *cx, const char *folder, ng_report *report, ng_graph **graph)
{
    ng_options options;
    ng_inputs *inputs = NULL;
    ng_status status = ng_inputs_new(cx, &inputs);

    ng_options_init(&options);
    options.thread_count = 1;
    if (status == NG_OK)
        status = ng_inputs_add(cx, inputs, folder);
    if (status == NG_OK)
        status = ng_graph_build(cx, &options, inputs, report, graph);
    ng_inputs_free(inputs);
    return status;
}

/* The node with this id, or NULL. */
static const ng_node *find(const ng_graph *graph, const char *id)
{
    for (size_t i = 0; i < ng_graph_node_count(graph); i++) {
        if (ng_view_equal(ng_graph_node(graph, i)->id, ng_view_of(id)))
            return ng_graph_node(graph, i);
    }
    return NULL;
}

static void test_article(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;
    ng_report report;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    test_write_file(folder, "a.txt", ng_view_of(ARTICLE));
    assert_int_equal(build(cx, folder, &report, &graph), NG_OK);
    assert_int_equal(report.document_count, 1);
    assert_non_null(find(graph, "country:IL"));
    assert_int_equal(find(graph, "country:IL")->mention_count, 3);
    assert_int_equal(find(graph, "person:benjamin-netanyahu")->mention_count, 2);
    assert_int_equal(find(graph, "country:RU")->unit_count, 2);
    assert_null(find(graph, "country:DE"));
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* The same document twice is one; another id with the same text is another. */
static void test_twice(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;
    ng_report report;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    test_write_file(folder, "a.jsonl",
                    ng_view_of("{\"id\":\"x\",\"text\":\"Israel met Syria.\"}\n"
                               "{\"id\":\"x\",\"text\":\"Israel met Syria.\"}\n"
                               "{\"id\":\"y\",\"text\":\"Israel met Syria.\"}\n"));
    assert_int_equal(build(cx, folder, &report, &graph), NG_OK);
    assert_int_equal(report.duplicate_count, 1);
    assert_int_equal(find(graph, "country:IL")->mention_count, 2);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

typedef struct seen {
    char ids[256];
    char mentions[512];
} seen;

/* Notes ids, and each mention as kind, place and whether it stands in the title. */
static ng_status note(void *user, const ng_document *document)
{
    seen *notes = user;
    size_t used = strlen(notes->ids);

    (void)snprintf(notes->ids + used, sizeof notes->ids - used, "%.*s ", (int)document->id.size,
                   document->id.data);
    for (size_t i = 0; i < document->mention_count; i++) {
        const ng_mention *mention = &document->mentions[i];

        used = strlen(notes->mentions);
        (void)snprintf(notes->mentions + used, sizeof notes->mentions - used, "%.*s@%llu%s ",
                       (int)mention->text.size, mention->text.data,
                       (unsigned long long)mention->start, mention->in_title ? "t" : "");
    }
    return NG_OK;
}

/* Documents come in the order of the inputs for any thread count, titles with their own offsets. */
static void test_extract(void **state)
{
    static const char records[] =
        "{\"id\":\"b\",\"title\":\"Syria waits\",\"text\":\"\\u00e9t\\u00e9 in Russia.\"}\n"
        "{\"id\":\"a\",\"title\":\"Israel\",\"text\":\"Israel met Syria.\"}\n";
    char folder[256];

    (void)state;
    test_make_folder(folder);
    test_write_file(folder, "a.jsonl", ng_view_of(records));
    for (uint32_t threads = 1; threads <= 3; threads++) {
        ng_ctx *cx = ng_ctx_new();
        ng_options options;
        ng_inputs *inputs = NULL;
        ng_report report;
        seen notes = { "", "" };

        ng_options_init(&options);
        options.thread_count = threads;
        assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
        assert_int_equal(ng_inputs_add(cx, inputs, folder), NG_OK);
        assert_int_equal(ng_extract(cx, &options, inputs, note, &notes, &report), NG_OK);
        assert_string_equal(notes.ids, "b a ");
        assert_string_equal(notes.mentions, "Syria@0t Russia@7 Israel@0 Syria@11 ");
        assert_int_equal(report.mention_count, 4);
        ng_inputs_free(inputs);
        ng_ctx_free(cx);
    }
    test_remove_folder(folder);
}

/* Every n-th allocation fails: an ordinary failure each time, nothing leaks. */
static void test_no_memory(void **state)
{
    char folder[256];
    size_t n = 1, step = 1;
    bool is_done = false;

    (void)state;
    test_make_folder(folder);
    test_write_file(folder, "a.txt", ng_view_of(ARTICLE));
    for (; !is_done; n += step) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_graph *graph = NULL;
        ng_report report;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = n;
        status = build(cx, folder, &report, &graph);
        is_done = heap.calls < n;
        if (status != NG_OK && status != NG_E_MEMORY)
            print_message("allocation %zu: status %d, %s\n", n, status, ng_ctx_error(cx));
        assert_true(is_done ? status == NG_OK : status == NG_E_MEMORY || status == NG_OK);
        ng_graph_free(graph);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
        step = n > 200 ? n / 100 : 1;
    }
    assert_true(n > 50);
    test_remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_article),
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_extract),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
