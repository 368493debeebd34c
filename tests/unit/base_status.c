/* Contexts: messages, cancelling, children; the defaults and names of options. */
#include "faults.h"

#include <nergraph/options.h>

static const struct {
    const char *given, *recorded;
} line_cases[] = {
    { "plain", "plain" },
    { "two\nlines\ttab", "two?lines?tab" },
    { "\x1b[31mred\x7f", "?[31mred?" },
    { "\xC2\x9B"
      "1m C1",
      "??1m C1" },
    { "caf\xC3\xA9 \xE2\x82\xAC", "caf\xC3\xA9 \xE2\x82\xAC" },
    { "100%", "100%" },
};

static void test_fail_cleans_lines(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_messages messages = { .count = 0 };

    (void)state;
    assert_string_equal(ng_ctx_error(cx), "");
    ng_warn(cx, "nobody listens");
    ng_ctx_on_message(cx, test_keep_message, &messages);
    for (size_t i = 0; i < sizeof line_cases / sizeof *line_cases; i++) {
        assert_int_equal(ng_fail(cx, NG_E_DATA, "%s", line_cases[i].given), NG_E_DATA);
        assert_string_equal(ng_ctx_error(cx), line_cases[i].recorded);
        messages.text[0] = '\0';
        ng_warn(cx, "%s", line_cases[i].given);
        messages.text[strlen(messages.text) - 1] = '\0';
        assert_string_equal(messages.text, line_cases[i].recorded);
    }
    assert_int_equal(ng_fail(cx, NG_E_IO, "a: %s", ng_ctx_error(cx)), NG_E_IO);
    assert_string_equal(ng_ctx_error(cx), "a: 100%");
    ng_ctx_free(cx);
}

/* A message that is too long ends with a whole character. */
static void test_fail_cuts_at_characters(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    char text[3001] = { 0 };

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + 3 * i, "\xE2\x82\xAC", 3);
    for (int start = 0; start < 3; start++) {
        size_t size = 0;

        (void)ng_fail(cx, NG_E_DATA, "%.*s%s", start, "abc", text);
        size = strlen(ng_ctx_error(cx));
        assert_in_range(size, sizeof cx->error - 4, sizeof cx->error - 1);
        assert_true(ng_utf8_is_valid(ng_view_of(ng_ctx_error(cx))));
    }
    ng_ctx_free(cx);
}

/* Cancelling reaches the children of children, not the parents. */
static void test_cancel(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_ctx *child = ng_ctx_new_child(cx);
    ng_ctx *grandchild = ng_ctx_new_child(child);

    (void)state;
    assert_false(ng_ctx_is_cancelled(grandchild));
    ng_ctx_cancel(child);
    assert_true(ng_ctx_is_cancelled(grandchild));
    assert_false(ng_ctx_is_cancelled(cx));
    ng_ctx_free(grandchild);
    ng_ctx_free(child);
    ng_ctx_free(cx);
    ng_ctx_free(NULL);
}

/* A child has its parent's calls and allocator and an error of its own. */
static void test_child(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    ng_ctx *child = NULL;

    (void)state;
    test_use_heap(cx, &heap);
    child = ng_ctx_new_child(cx);
    assert_int_equal(heap.live, 1);
    assert_ptr_equal(child->sys, cx->sys);
    (void)ng_fail(child, NG_E_DATA, "of the child");
    assert_string_equal(ng_ctx_error(cx), "");
    ng_ctx_free(child);
    assert_int_equal(heap.live, 0);
    heap.fail_at = heap.calls + 1;
    assert_null(ng_ctx_new_child(cx));
    ng_ctx_free(cx);
}

static uint64_t told[3];

static void keep_progress(void *user, ng_work work, uint64_t done_bytes, uint64_t total_bytes,
                          uint64_t count)
{
    (void)user;
    assert_int_equal(work, NG_WORK_PATHS);
    told[0] = done_bytes;
    told[1] = total_bytes;
    told[2] = count;
}

static void test_progress(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    ng_progress(cx, NG_WORK_PATHS, 1, 2, 3);
    assert_int_equal(told[0], 0);
    ng_ctx_on_progress(cx, keep_progress, NULL);
    ng_progress(cx, NG_WORK_PATHS, 1, 2, 3);
    assert_int_equal(told[0] * 100 + told[1] * 10 + told[2], 123);
    ng_ctx_free(cx);
}

static void test_options(void **state)
{
    ng_options options;
    ng_kind kind = NG_KIND_PERSON;

    (void)state;
    memset(&options, 0xFF, sizeof options);
    ng_options_init(&options);
    assert_int_equal(options.kinds,
                     1u << NG_KIND_PERSON | 1u << NG_KIND_COUNTRY | 1u << NG_KIND_PLACE);
    assert_int_equal(options.states, NG_STATES_DEMONYMS);
    assert_int_equal(options.scope, NG_SCOPE_SENTENCE);
    assert_int_equal(options.weight, NG_WEIGHT_COUNT);
    assert_true(options.keep_isolates && !options.strict && !options.rules_path);
    assert_int_equal(options.thread_count, 0);
    assert_int_equal(options.evidence_limit, 8);
    assert_int_equal(options.document_bytes, 64 << 20);
    assert_int_equal(options.sentence_bytes, 10000);
    assert_int_equal(options.node_limit, 10000000);
    for (int i = 0; i < NG_KIND_COUNT; i++) {
        assert_true(ng_kind_find(ng_view_of(ng_kind_name((ng_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_string_equal(ng_kind_name(NG_KIND_ORGANIZATION), "organization");
    assert_false(ng_kind_find(NG_VIEW("perso"), &kind));
    assert_false(ng_kind_find(NG_VIEW(""), &kind));
    assert_string_equal(ng_form_name(NG_FORM_NAME), "name");
    assert_string_equal(ng_form_name(NG_FORM_METONYM), "metonym");
    assert_string_equal(ng_version(), NG_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_cleans_lines),
        cmocka_unit_test(test_fail_cuts_at_characters),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_child),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
