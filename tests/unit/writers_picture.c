/* The drawing program as it may behave: well, badly, late, not at all. Small shell scripts stand
 * for it, so that every end can be had at will; what the real one draws is tested elsewhere. */
#include "writers_graph.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>

/* One behaviour and what must come of it. */
typedef struct behaviour {
    const char *name, *script;
    uint32_t seconds;
    ng_status status;
    const char *message; /* a part of it, or what the file holds after success */
} behaviour;

static const behaviour behaviours[] = {
    { "well", "cat >/dev/null; printf '<svg/>'", 20, NG_OK, "<svg/>" },
    { "gets the format", "printf '%s %s' \"$1\" \"$2\"", 20, NG_OK, "-T svg" },
    { "gets JSON", "head -c 18", 20, NG_OK, "{\"directed\":false," },
    { "does not read", "printf x", 20, NG_OK, "x" },
    { "gives nothing", "cat >/dev/null", 20, NG_E_IO, "gave no picture" },
    { "usage", "echo 'nergraph-draw: no such engine' >&2; exit 2", 20, NG_E_USAGE,
      "drawing: no such engine" },
    { "memory", "echo 'nergraph-draw: no memory' >&2; exit 6", 20, NG_E_MEMORY, "--draw-bytes" },
    { "our bad data", "exit 3", 20, NG_E_BUG, "failed without a message" },
    { "unknown code", "exit 99", 20, NG_E_IO, "failed without a message" },
    { "crash", "echo 'about to' >&2; kill -SEGV $$", 20, NG_E_IO, "signal 11: about to" },
    { "cpu time", "kill -XCPU $$", 20, NG_E_LIMIT, "--draw-seconds" },
    { "late", "printf half; exec sleep 30", 1, NG_E_LIMIT, "--draw-seconds" },
    { "late with closed output", "printf half; exec >&-; exec sleep 30", 1, NG_E_LIMIT,
      "--draw-seconds" },
};

/* Makes a script that may be run. */
static void write_program(const char *folder, const char *body)
{
    char text[1024], command[600];
    int size = snprintf(text, sizeof text, "#!/bin/sh\n%s\n", body);

    test_write_file(folder, "draw", (ng_view){ text, (size_t)size });
    (void)snprintf(command, sizeof command, "chmod +x '%s/draw'", folder);
    assert_int_equal(system(command), 0);
}

static void test_behaviours(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;
    char folder[256], program[512];

    (void)state;
    test_make_folder(folder);
    (void)snprintf(program, sizeof program, "%s/draw", folder);
    ng_write_options_init(&options);
    options.draw_program = program;
    for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++) {
        const behaviour *row = &behaviours[i];
        ng_status status = NG_OK;

        write_program(folder, row->script);
        test_write_file(folder, "net.svg", NG_VIEW("old"));
        options.draw_seconds = row->seconds;
        status =
            ng_graph_write(cx, graph, NULL, &options, NG_FORMAT_SVG, test_path(folder, "net.svg"));
        if (status != row->status)
            fail_msg("%s: status %d, wanted %d: %s", row->name, (int)status, (int)row->status,
                     ng_ctx_error(cx));
        test_file_is(cx, test_path(folder, "net.svg"), status == NG_OK ? row->message : "old");
        if (status != NG_OK && !strstr(ng_ctx_error(cx), row->message))
            fail_msg("%s: message: %s", row->name, ng_ctx_error(cx));
    }
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* A program that is not there, or may not be run, is named with a remedy. */
static void test_missing(void **state)
{
    static const char *const programs[] = { "/nonexistent/nergraph-draw", "/etc/passwd",
                                            "no-such-program-anywhere" };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;

    (void)state;
    ng_write_options_init(&options);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        options.draw_program = programs[i];
        assert_int_equal(ng_graph_write(cx, graph, NULL, &options, NG_FORMAT_PNG, "-"), NG_E_IO);
        assert_non_null(strstr(ng_ctx_error(cx), programs[i]));
        assert_non_null(strstr(ng_ctx_error(cx), "not found"));
        assert_non_null(strstr(ng_ctx_error(cx), "NERGRAPH_DRAW"));
    }
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* Cancelled work ends long before the program would. */
static void test_cancelled(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;
    time_t before = time(NULL);
    char folder[256], program[512];

    (void)state;
    test_make_folder(folder);
    (void)snprintf(program, sizeof program, "%s/draw", folder);
    write_program(folder, "exec sleep 30");
    ng_write_options_init(&options);
    options.draw_program = program;
    ng_ctx_cancel(cx);
    assert_int_equal(
        ng_graph_write(cx, graph, NULL, &options, NG_FORMAT_PNG, test_path(folder, "x.png")),
        NG_E_LIMIT);
    assert_true(time(NULL) - before < 10);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* ---- failing system calls ---- */

static int calls_left;

/* Counts down; true once, when the call is to fail. */
static bool is_failing(void)
{
    return --calls_left == 0;
}

static int failing_open(const char *path, int flags, mode_t mode)
{
    errno = EMFILE;
    return is_failing() ? -1 : ng_sys_real.open(path, flags, mode);
}

static ssize_t failing_write(int fd, const void *data, size_t size)
{
    errno = ENOSPC;
    return is_failing() ? -1 : ng_sys_real.write(fd, data, size);
}

static ssize_t failing_read(int fd, void *data, size_t size)
{
    errno = EIO;
    return is_failing() ? -1 : ng_sys_real.read(fd, data, size);
}

/* How many descriptors are open below 64. */
static int open_count(void)
{
    int count = 0;

    for (int fd = 0; fd < 64; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Whichever call fails: NG_E_IO, the old file, no descriptor left open, no allocation lost. */
static void test_failing_calls(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;
    char folder[256], program[512];
    int open_before = open_count();
    bool is_done = false;

    (void)state;
    test_make_folder(folder);
    (void)snprintf(program, sizeof program, "%s/draw", folder);
    write_program(folder, "cat >/dev/null; printf '<svg/>'");
    ng_write_options_init(&options);
    options.draw_program = program;
    for (int n = 1; !is_done; n++) {
        ng_sys sys = ng_sys_real;
        ng_ctx *failing = ng_ctx_new();
        test_heap heap;
        ng_status status = NG_OK;

        sys.open = failing_open;
        sys.write = failing_write;
        sys.read = failing_read;
        failing->sys = &sys;
        test_use_heap(failing, &heap);
        test_write_file(folder, "net.svg", NG_VIEW("old"));
        calls_left = n;
        status = ng_graph_write(failing, graph, NULL, &options, NG_FORMAT_SVG,
                                test_path(folder, "net.svg"));
        is_done = status == NG_OK && calls_left > 0;
        if (status != NG_OK) {
            assert_int_equal(status, NG_E_IO);
            test_file_is(cx, test_path(folder, "net.svg"), "old");
        }
        assert_int_equal(heap.live, 0);
        assert_int_equal(open_count(), open_before);
        assert_true(n < 100);
        ng_ctx_free(failing);
    }
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* Whichever allocation fails: NG_E_MEMORY and nothing lost. */
static void test_no_memory(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_write_options options;
    char folder[256], program[512];
    bool is_done = false;

    (void)state;
    test_make_folder(folder);
    (void)snprintf(program, sizeof program, "%s/draw", folder);
    write_program(folder, "printf '<svg/>'");
    ng_write_options_init(&options);
    options.draw_program = program;
    options.title = "A \xFF title";
    for (size_t n = 1; !is_done; n++) {
        ng_ctx *failing = ng_ctx_new();
        test_heap heap;
        ng_status status = NG_OK;

        test_use_heap(failing, &heap);
        heap.fail_at = n;
        status = ng_graph_write(failing, graph, NULL, &options, NG_FORMAT_SVG,
                                test_path(folder, "net.svg"));
        is_done = status == NG_OK;
        if (!is_done)
            assert_int_equal(status, NG_E_MEMORY);
        assert_int_equal(heap.live, 0);
        assert_true(n < 1000);
        ng_ctx_free(failing);
    }
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_behaviours), cmocka_unit_test(test_missing),
        cmocka_unit_test(test_cancelled),  cmocka_unit_test(test_failing_calls),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
