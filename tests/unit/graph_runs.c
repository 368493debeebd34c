/* Counting in bounded memory: runs on disk and their merging give the bytes of a count in memory;
 * several scopes at once those of each alone; whatever fails leaves nothing behind. */
#include "counts_place.h"
#include "graph/blocks.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

enum {
    MANY = 100,     /* more runs than are merged at once */
    DIGESTS = 80000 /* more than the least memory for sums holds */
};

static int open_runs(void **state)
{
    int code = open_place(state);
    const place *here = *state;

    return code == 0 ? setenv("TMPDIR", here->folder, 1) : code;
}

static int close_runs(void **state)
{
    return unsetenv("TMPDIR") == 0 ? close_place(state) : -1;
}

/* Folders of runs that were left in the test's. */
static size_t count_left(const place *here)
{
    DIR *folder = opendir(here->folder);
    size_t count = 0;

    assert_non_null(folder);
    for (const struct dirent *item = readdir(folder); item; item = readdir(folder))
        count += strncmp(item->d_name, "nergraph-", 9) == 0;
    closedir(folder);
    return count;
}

/* Counts a hundred documents, in about so many bytes (0: in memory), and saves them; the graph they
 * make, as text to be freed. */
static char *count_many(place *here, uint64_t memory, const char *name)
{
    static char records[64 * 1024];
    char path[PATH_BYTES], *dump = NULL;
    ng_counts *counts = NULL;
    ng_inputs *inputs = NULL;
    ng_graph *graph = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    size_t size = 0;

    for (int i = 0; i < MANY; i++)
        size += (size_t)snprintf(records + size, sizeof records - size,
                                 "{\"id\":\"m%d\",\"date\":\"20%02d-01-01\",\"text\":\"%s %s\"}\n",
                                 i, i * 7 % 100, texts[i % DOCUMENTS], texts[i / 9 % DOCUMENTS]);
    test_write_file(here->folder, "many.jsonl", (ng_view){ records, size });
    here->options.memory_bytes = memory;
    assert_int_equal(ng_inputs_new(here->cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(here->cx, inputs, path_of(here, "many.jsonl", path)), NG_OK);
    assert_int_equal(ng_counts_new(here->cx, &here->options, &counts), NG_OK);
    assert_int_equal(ng_counts_add(here->cx, counts, inputs, &report, &verdict), NG_OK);
    assert_int_equal(report.document_count, MANY);
    assert_int_equal(count_left(here), memory > 0);
    assert_int_equal(ng_counts_write(here->cx, counts, path_of(here, name, path)), NG_OK);
    assert_int_equal(ng_counts_finish(here->cx, counts, &graph), NG_OK);
    dump = dump_graph(graph);
    ng_graph_free(graph);
    ng_counts_free(counts);
    ng_inputs_free(inputs);
    assert_int_equal(count_left(here), 0);
    return dump;
}

static void little_memory_gives_the_same_bytes(void **state)
{
    place *here = *state;
    char *in_memory = count_many(here, 0, "memory.ngr");
    char *in_runs = count_many(here, 1, "runs.ngr");

    assert_same(here, "memory.ngr", "runs.ngr");
    assert_string_equal(in_memory, in_runs);
    free(in_memory);
    free(in_runs);
}

/* The same with three scopes, whose graphs are those of each alone. */
static void scopes_are_counted_as_if_alone(void **state)
{
    static const ng_scope_unit all[] = { { NG_SCOPE_SENTENCE, 1 },
                                         { NG_SCOPE_TOKENS, 12 },
                                         { NG_SCOPE_DOCUMENT, 1 } };
    place *here = *state;
    const ng_options plain = here->options;
    char path[PATH_BYTES];

    here->options.further[0] = all[2];
    here->options.further[1] = all[1];
    here->options.further[2] = all[0]; /* a scope that is named twice is counted once */
    here->options.further_count = 3;
    free(count_many(here, 0, "all.ngr"));
    free(count_many(here, 1, "runs.ngr"));
    assert_same(here, "all.ngr", "runs.ngr");
    for (size_t i = 0; i < 3; i++) {
        ng_graph *graph = NULL;
        char *alone = NULL, *among = NULL;

        here->options = plain;
        here->options.scope = all[i].scope;
        here->options.window = all[i].window;
        here->options.scope_is_wish = false;
        alone = count_many(here, 0, "alone.ngr");
        assert_int_equal(
            ng_graph_load_with(here->cx, path_of(here, "all.ngr", path), &here->options, &graph),
            NG_OK);
        among = dump_graph(graph);
        assert_string_equal(alone, among);
        ng_graph_free(graph);
        free(alone);
        free(among);
    }
}

/* A scope that was not counted is refused, unless it is only the default. */
static void another_scope_is_refused(void **state)
{
    place *here = *state;
    ng_graph *graph = NULL;
    char path[PATH_BYTES];

    here->options.scope = NG_SCOPE_PARAGRAPH;
    here->options.further[here->options.further_count++] = (ng_scope_unit){ NG_SCOPE_SENTENCES, 3 };
    save_part(here, 0xFFF, "x.ngr");
    path_of(here, "x.ngr", path);
    here->options.scope = NG_SCOPE_DOCUMENT;
    here->options.scope_is_wish = false;
    assert_int_equal(ng_graph_load_with(here->cx, path, &here->options, &graph), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(here->cx), "scope paragraph,sentences:3"));
    assert_null(graph);
    assert_int_equal(ng_graph_load(here->cx, path, &graph), NG_OK);
    assert_true(ng_graph_edge_count(graph) > 0);
    ng_graph_free(graph);
    graph = NULL;
    here->options.scope = NG_SCOPE_PARAGRAPH;
    here->options.window = 50; /* of a window scope: nothing to paragraphs */
    assert_int_equal(ng_graph_load_with(here->cx, path, &here->options, &graph), NG_OK);
    ng_graph_free(graph);
}

/* A changed byte of any of the merged files: named, and no file is left. */
static void damage_is_found_while_merging(void **state)
{
    static const char *const names[] = { "a.ngr", "b.ngr" };
    place *here = *state;
    ng_buffer sound;
    uint32_t random = 5;
    char path[PATH_BYTES];

    save_part(here, 0x033, "a.ngr");
    save_part(here, 0x0CC, "b.ngr");
    sound = read_back(here, "b.ngr");
    here->options.memory_bytes = 1;
    for (int i = 0; i < 1000; i++) {
        size_t at = 0;
        char old = 0;

        random = random * 1103515245u + 12345u;
        at = (random >> 8) % sound.size;
        old = sound.data[at];
        sound.data[at] = (char)((unsigned char)old ^ (1u + (random >> 4) % 255));
        test_write_file(here->folder, "b.ngr", ng_buffer_view(&sound));
        sound.data[at] = old;
        assert_int_equal(merge(here, names, 2, "out.ngr"), NG_E_DATA);
        assert_non_null(strstr(ng_ctx_error(here->cx), "b.ngr"));
        assert_int_not_equal(access(path_of(here, "out.ngr", path), F_OK), 0);
    }
    test_write_file(here->folder, "b.ngr", ng_buffer_view(&sound));
    assert_int_equal(merge(here, names, 2, "out.ngr"), NG_OK);
    ng_buffer_destroy(here->cx, &sound);
}

/* The digests of documents that hold nobody fill the memory for sums, and stay there: no run for
 * each document that comes after. */
static void documents_alone_make_no_runs(void **state)
{
    place *here = *state;
    ng_counts *counts = NULL;
    ng_inputs *inputs = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    ng_buffer records;
    char path[PATH_BYTES];

    ng_buffer_init(&records, SIZE_MAX / 2);
    for (int i = 0; i < DIGESTS; i++)
        assert_int_equal(
            ng_buffer_format(here->cx, &records, "{\"id\":\"%d\",\"text\":\"%d\"}\n", i, i), NG_OK);
    test_write_file(here->folder, "many.jsonl", ng_buffer_view(&records));
    ng_buffer_destroy(here->cx, &records);
    here->options.memory_bytes = 2; /* the least */
    assert_int_equal(ng_inputs_new(here->cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(here->cx, inputs, path_of(here, "many.jsonl", path)), NG_OK);
    assert_int_equal(ng_counts_new(here->cx, &here->options, &counts), NG_OK);
    assert_int_equal(ng_counts_add(here->cx, counts, inputs, &report, &verdict), NG_OK);
    assert_int_equal(report.document_count, DIGESTS);
    assert_int_equal(count_left(here), 0);
    ng_counts_free(counts);
    ng_inputs_free(inputs);
}

/* Writes a saved graph again, with a byte more behind the first pair, or one that is no UTF-8 in
 * the id of the first node; its blocks are sound. */
static void spoil_first(place *here, char spoilt_kind, const char *from, const char *to)
{
    char from_path[PATH_BYTES], to_path[PATH_BYTES], kind = 0;
    ng_block_reader reader;
    ng_block_writer writer;
    ng_buffer spoilt;
    ng_view record;
    bool is_done = false;

    ng_buffer_init(&spoilt, SIZE_MAX / 2);
    assert_int_equal(ng_blocks_open(here->cx, path_of(here, from, from_path), &reader), NG_OK);
    assert_int_equal(ng_blocks_create(here->cx, path_of(here, to, to_path), &writer), NG_OK);
    while (ng_blocks_next(here->cx, &reader, &kind, &record) == NG_OK && kind != NG_BLOCK_END) {
        spoilt.size = 0;
        assert_int_equal(ng_buffer_add(here->cx, &spoilt, record), NG_OK);
        if (kind == spoilt_kind && kind == NG_BLOCK_NODES && !is_done)
            spoilt.data[1] = (char)0xFF;
        if (kind == spoilt_kind && kind == NG_BLOCK_EDGES && !is_done)
            assert_int_equal(ng_buffer_add_byte(here->cx, &spoilt, 'x'), NG_OK);
        is_done |= kind == spoilt_kind;
        assert_int_equal(ng_blocks_add(here->cx, &writer, kind, ng_buffer_view(&spoilt)), NG_OK);
    }
    assert_true(is_done);
    assert_int_equal(ng_blocks_commit(here->cx, &writer), NG_OK);
    ng_blocks_close(here->cx, &reader);
    ng_buffer_destroy(here->cx, &spoilt);
}

/* A pair that only one file has is copied, but not what is none. */
static void nonsense_is_not_merged(void **state)
{
    static const char *const names[] = { "a.ngr", "b.ngr" };
    place *here = *state;
    char path[PATH_BYTES];

    save_part(here, 0x033, "a.ngr");
    save_part(here, 0x0CC, "sound.ngr");
    spoil_first(here, NG_BLOCK_EDGES, "sound.ngr", "b.ngr");
    here->options.memory_bytes = 1;
    assert_int_equal(merge(here, names, 2, "out.ngr"), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(here->cx), "b.ngr"));
    assert_int_not_equal(access(path_of(here, "out.ngr", path), F_OK), 0);
}

/* Texts that are no UTF-8 would make files that nobody reads. */
static void texts_are_utf8(void **state)
{
    place *here = *state;
    ng_graph *graph = NULL;
    char path[PATH_BYTES];

    save_part(here, 0x033, "sound.ngr");
    spoil_first(here, NG_BLOCK_NODES, "sound.ngr", "x.ngr");
    assert_int_equal(ng_graph_load(here->cx, path_of(here, "x.ngr", path), &graph), NG_E_DATA);
    assert_null(graph);
}

/* Counts in runs and saves; what came of it. The heap, if there is one, fails in this. */
static ng_status count_in_runs(place *here, ng_ctx *cx, const ng_inputs *inputs, test_heap *heap,
                               size_t fail_at)
{
    ng_counts *counts = NULL;
    ng_graph *graph = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    char path[PATH_BYTES];
    ng_status status = ng_counts_new(cx, &here->options, &counts);

    if (heap)
        heap->fail_at = heap->calls + fail_at;
    if (status == NG_OK)
        status = ng_counts_add(cx, counts, inputs, &report, &verdict);
    if (status == NG_OK)
        status = ng_counts_write(cx, counts, path_of(here, "x.ngr", path));
    if (status == NG_OK)
        status = ng_counts_finish(cx, counts, &graph);
    ng_graph_free(graph);
    ng_counts_free(counts);
    return status != NG_OK ? status : verdict;
}

static void no_allocation_is_taken_for_granted(void **state)
{
    place *here = *state;
    ng_inputs *inputs = NULL;
    test_heap heap;
    size_t failures = 0;
    char path[PATH_BYTES];

    save_part(here, 0x00F, "y.ngr"); /* leaves its documents in part.jsonl */
    here->options.memory_bytes = 1;
    assert_int_equal(ng_inputs_new(here->cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(here->cx, inputs, path_of(here, "part.jsonl", path)), NG_OK);
    for (size_t n = 1;; n += 1 + n / 200) {
        ng_ctx *cx = ng_ctx_new();
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        status = count_in_runs(here, cx, inputs, &heap, n);
        assert_int_equal(heap.live, 0);
        assert_int_equal(count_left(here), 0);
        ng_ctx_free(cx);
        if (status == NG_OK)
            break;
        assert_int_equal(status, NG_E_MEMORY);
        failures++;
    }
    assert_true(failures > 100);
    assert_same(here, "x.ngr", "y.ngr");
    ng_inputs_free(inputs);
}

static ssize_t write_nothing(int fd, const void *data, size_t size)
{
    (void)fd;
    (void)data;
    (void)size;
    errno = ENOSPC;
    return -1;
}

static void trouble_with_the_disk_is_told(void **state)
{
    place *here = *state;
    ng_sys full = ng_sys_real;
    ng_inputs *inputs = NULL;
    char path[PATH_BYTES];

    full.write = write_nothing;
    save_part(here, 0x00F, "y.ngr");
    here->options.memory_bytes = 1;
    assert_int_equal(ng_inputs_new(here->cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(here->cx, inputs, path_of(here, "part.jsonl", path)), NG_OK);
    here->cx->sys = &full;
    assert_int_equal(count_in_runs(here, here->cx, inputs, NULL, 0), NG_E_IO);
    here->cx->sys = &ng_sys_real;
    assert_int_equal(count_left(here), 0);
    setenv("TMPDIR", path_of(here, "nowhere", path), 1);
    assert_int_equal(count_in_runs(here, here->cx, inputs, NULL, 0), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(here->cx), "set TMPDIR"));
    ng_inputs_free(inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(little_memory_gives_the_same_bytes, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(scopes_are_counted_as_if_alone, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(another_scope_is_refused, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(damage_is_found_while_merging, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(nonsense_is_not_merged, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(texts_are_utf8, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(documents_alone_make_no_runs, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(no_allocation_is_taken_for_granted, open_runs, close_runs),
        cmocka_unit_test_setup_teardown(trouble_with_the_disk_is_told, open_runs, close_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
