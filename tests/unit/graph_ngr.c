/* Saved graphs: what is saved is loaded, parts add up in any order, damage is found. */
#include "counts_place.h"
#include <errno.h>

static void a_loaded_graph_is_the_counted_one(void **state)
{
    place *here = *state;
    ng_counts *counts = NULL;
    ng_graph *counted = NULL, *loaded = NULL;
    char path[PATH_BYTES], *left = NULL, *right = NULL;

    assert_int_equal(ng_counts_new(here->cx, &here->options, &counts), NG_OK);
    add_documents(here, counts, (1u << DOCUMENTS) - 1);
    assert_int_equal(ng_counts_write(here->cx, counts, path_of(here, "x.ngr", path)), NG_OK);
    assert_int_equal(ng_counts_finish(here->cx, counts, &counted), NG_OK);
    assert_true(ng_graph_is_saved(here->cx, path));
    assert_true(ng_counts_is_saved(here->cx, path));
    assert_int_equal(ng_graph_load(here->cx, path, &loaded), NG_OK);
    assert_true(ng_graph_node_count(loaded) > 20);
    left = dump_graph(counted);
    right = dump_graph(loaded);
    assert_string_equal(left, right);
    free(left);
    free(right);
    ng_graph_free(counted);
    ng_graph_free(loaded);
    ng_counts_free(counts);
}

/* 100 random ways to cut the documents into up to five parts, and to add these up in two steps. */
static void parts_add_up(void **state)
{
    place *here = *state;
    static const char *const names[] = { "p0.ngr", "p1.ngr", "p2.ngr", "p3.ngr", "p4.ngr" };
    static const char *const two[] = { "left.ngr", "right.ngr" };
    uint32_t random = 7;

    save_part(here, (1u << DOCUMENTS) - 1, "all.ngr");
    for (int round = 0; round < 100; round++) {
        unsigned parts[5] = { 0 };
        const char *left[5], *right[5];
        size_t left_count = 0, right_count = 0;

        for (int i = 0; i < DOCUMENTS; i++) {
            random = random * 1103515245u + 12345u;
            parts[(random >> 16) % 5] |= 1u << i;
        }
        for (size_t i = 0; i < 5; i++)
            save_part(here, parts[i], names[i]);
        for (size_t i = 0; i < 5; i++) {
            size_t at = (i * 2 + (size_t)round) % 5;

            random = random * 1103515245u + 12345u;
            if (i == 0 || (i < 4 && random >> 16 & 1))
                left[left_count++] = names[at];
            else
                right[right_count++] = names[at];
        }
        assert_int_equal(merge(here, left, left_count, "left.ngr"), NG_OK);
        assert_int_equal(merge(here, right, right_count, "right.ngr"), NG_OK);
        assert_int_equal(merge(here, two, 2, "both.ngr"), NG_OK);
        assert_same(here, "both.ngr", "all.ngr");
    }
}

static void what_was_counted_counts_once(void **state)
{
    place *here = *state;
    static const char *const names[] = { "a.ngr", "a.ngr", "b.ngr" };
    static const char *const crossing[] = { "a.ngr", "c.ngr" };
    static const char *const other[] = { "a.ngr", "p.ngr" };
    ng_counts *counts = NULL;
    uint64_t known = 0, documents = 0;
    char path[PATH_BYTES];

    save_part(here, 0x00F, "a.ngr");
    save_part(here, 0xFF0, "b.ngr");
    save_part(here, 0x018, "c.ngr");
    save_part(here, 0xFFF, "all.ngr");
    assert_int_equal(merge(here, names, 3, "x.ngr"), NG_OK);
    assert_same(here, "x.ngr", "all.ngr");
    assert_int_equal(merge(here, crossing, 2, "y.ngr"), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(here->cx), "c.ngr: 1 of its 2 documents"));
    here->options.scope = NG_SCOPE_PARAGRAPH;
    save_part(here, 0xFF0, "p.ngr");
    assert_int_equal(merge(here, other, 2, "y.ngr"), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(here->cx), "scope: paragraph"));
    assert_int_equal(ng_counts_documents(here->cx, path_of(here, "all.ngr", path), &documents),
                     NG_OK);
    assert_int_equal(documents, DOCUMENTS);
    assert_int_equal(ng_counts_new_like(here->cx, &here->options, path, &counts), NG_OK);
    assert_int_equal(ng_counts_add_saved(here->cx, counts, path, &known), NG_OK);
    assert_int_equal(known, 0);
    add_documents(here, counts, 0x003);
    assert_int_equal(ng_counts_add_saved(here->cx, counts, path_of(here, "a.ngr", path), &known),
                     NG_OK);
    assert_int_equal(known, 4);
    assert_int_equal(ng_counts_write(here->cx, counts, path_of(here, "x.ngr", path)), NG_OK);
    assert_same(here, "x.ngr", "all.ngr");
    ng_counts_free(counts);
}

/* 10,000 changes of one byte, and every shorter file: none is read. */
static void damage_is_found(void **state)
{
    place *here = *state;
    ng_buffer sound;
    uint32_t random = 11;
    char path[PATH_BYTES];
    ng_counts *counts = NULL;

    save_part(here, 0x0C3, "x.ngr");
    sound = read_back(here, "x.ngr");
    path_of(here, "y.ngr", path);
    for (int i = 0; i < 10000; i++) {
        size_t at = 0;
        char old = 0;
        uint64_t known = 0;
        ng_status status = NG_OK;

        random = random * 1103515245u + 12345u;
        at = (random >> 8) % sound.size;
        random = random * 1103515245u + 12345u;
        old = sound.data[at];
        sound.data[at] = (char)((unsigned char)old ^ (1u + (random >> 16) % 255));
        test_write_file(here->folder, "y.ngr", ng_buffer_view(&sound));
        sound.data[at] = old;
        status = ng_counts_new_like(here->cx, &here->options, path, &counts);
        if (status == NG_OK)
            status = ng_counts_add_saved(here->cx, counts, path, &known);
        assert_int_equal(status, NG_E_DATA);
        assert_non_null(strstr(ng_ctx_error(here->cx), "y.ngr"));
        if (at > 8)
            assert_non_null(strstr(ng_ctx_error(here->cx), ": block "));
        ng_counts_free(counts);
        counts = NULL;
    }
    for (size_t size = 0; size < sound.size; size += 1 + size / 50) {
        ng_graph *graph = NULL;

        test_write_file(here->folder, "y.ngr", (ng_view){ sound.data, size });
        assert_int_equal(ng_graph_load(here->cx, path, &graph), NG_E_DATA);
        assert_null(graph);
    }
    ng_buffer_destroy(here->cx, &sound);
}

/* Each allocation in turn fails, in saving and in loading. */
static void no_allocation_is_taken_for_granted(void **state)
{
    place *here = *state;
    ng_counts *counts = NULL;
    test_heap heap;
    bool is_done = false;
    size_t failures = 0;
    char path[PATH_BYTES];

    save_part(here, 0xFFF, "x.ngr");
    path_of(here, "x.ngr", path);
    for (size_t n = 1; !is_done; n++) {
        ng_ctx *cx = ng_ctx_new();
        uint64_t known = 0;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = n;
        status = ng_counts_new_like(cx, &here->options, path, &counts);
        if (status == NG_OK)
            status = ng_counts_add_saved(cx, counts, path, &known);
        if (status == NG_OK)
            status = ng_counts_write(cx, counts, path);
        is_done = status == NG_OK;
        if (!is_done) {
            assert_int_equal(status, NG_E_MEMORY);
            failures++;
        }
        ng_counts_free(counts);
        counts = NULL;
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(failures > 100);
}

static ssize_t write_nothing(int fd, const void *data, size_t size)
{
    (void)fd;
    (void)data;
    (void)size;
    errno = ENOSPC;
    return -1;
}

static void a_full_disk_leaves_no_file(void **state)
{
    place *here = *state;
    ng_sys full = ng_sys_real;
    ng_counts *counts = NULL;
    char path[PATH_BYTES];

    full.write = write_nothing;
    assert_int_equal(ng_counts_new(here->cx, &here->options, &counts), NG_OK);
    add_documents(here, counts, 0xFFF);
    here->cx->sys = &full;
    assert_int_equal(ng_counts_write(here->cx, counts, path_of(here, "full.ngr", path)), NG_E_IO);
    here->cx->sys = &ng_sys_real;
    assert_false(ng_counts_is_saved(here->cx, path));
    assert_int_not_equal(access(path, F_OK), 0);
    ng_counts_free(counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_loaded_graph_is_the_counted_one, open_place, close_place),
        cmocka_unit_test_setup_teardown(parts_add_up, open_place, close_place),
        cmocka_unit_test_setup_teardown(what_was_counted_counts_once, open_place, close_place),
        cmocka_unit_test_setup_teardown(damage_is_found, open_place, close_place),
        cmocka_unit_test_setup_teardown(no_allocation_is_taken_for_granted, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_no_file, open_place, close_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
