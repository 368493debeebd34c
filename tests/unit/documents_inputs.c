/* Lists of inputs: added one by one or from a file of paths. */
#include "faults.h"

#include "documents/documents.h"

typedef struct list_case {
    ng_view content;
    bool zero_ended;
    size_t count; /* SIZE_MAX: refused */
} list_case;

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const list_case cases[] = {
    { TEXT(""), false, 0 },
    { TEXT("\n\n"), false, 0 },
    { TEXT("a.txt"), false, 1 },
    { TEXT("a.txt\nb.txt\n"), false, 2 },
    { TEXT("a.txt\r\n\r\nb.txt\r\n"), false, 2 },
    { TEXT("a b\tc.txt\n"), false, 1 },
    { TEXT("a.txt\0b.txt\0"), true, 2 },
    { TEXT("a\nb.txt\0"), true, 1 },
    { TEXT("\0\0a\0"), true, 1 },
    { TEXT("a.txt\0b.txt\0"), false, SIZE_MAX },
};

static void test_lists(void **state)
{
    char folder[256];
    char path[300];

    (void)state;
    test_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/list", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_inputs *inputs = NULL;
        bool is_refused = cases[i].count == SIZE_MAX;

        test_use_heap(cx, &heap);
        test_write_file(folder, "list", cases[i].content);
        assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
        assert_int_equal(ng_inputs_add(cx, inputs, "first"), NG_OK);
        assert_int_equal(ng_inputs_add_list(cx, inputs, path, cases[i].zero_ended),
                         is_refused ? NG_E_DATA : NG_OK);
        if (is_refused)
            assert_non_null(strstr(ng_ctx_error(cx), "/list: a zero byte in a path"));
        assert_int_equal(ng_inputs_count(inputs), is_refused ? 1 : cases[i].count + 1);
        ng_inputs_free(inputs);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    test_remove_folder(folder);
}

/* A list that cannot be read never looks like an empty one. */
static void test_unreadable_lists(void **state)
{
    static const char *const paths[] = { "/no/such/list", "/tmp" };
    ng_ctx *cx = ng_ctx_new();
    ng_inputs *inputs = NULL;

    (void)state;
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(ng_inputs_add_list(cx, inputs, paths[i], false), NG_E_IO);
        assert_true(ng_view_starts(ng_view_of(ng_ctx_error(cx)), ng_view_of(paths[i])));
    }
    assert_int_equal(ng_inputs_count(inputs), 0);
    ng_inputs_free(inputs);
    ng_inputs_free(NULL);
    ng_ctx_free(cx);
}

/* Whichever allocation fails, the list is as it was before. */
static void test_without_memory(void **state)
{
    char folder[256];
    char path[300];
    bool has_failed = true;
    size_t fail_at = 0;

    (void)state;
    test_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/list", folder);
    test_write_file(folder, "list", NG_VIEW("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"));
    for (fail_at = 1; has_failed; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_inputs *inputs = NULL;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        status = ng_inputs_new(cx, &inputs);
        if (status == NG_OK)
            status = ng_inputs_add_list(cx, inputs, path, false);
        has_failed = heap.calls >= fail_at;
        assert_int_equal(status, has_failed ? NG_E_MEMORY : NG_OK);
        if (inputs)
            assert_int_equal(ng_inputs_count(inputs), has_failed ? 0 : 10);
        ng_inputs_free(inputs);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
        assert_true(fail_at < 100);
    }
    assert_true(fail_at > 10);
    test_remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_unreadable_lists),
        cmocka_unit_test(test_without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
