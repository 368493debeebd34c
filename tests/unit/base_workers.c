/* Workers: every item once, the lowest failure, cancelling, few threads. */
#include "faults.h"

enum { ITEM_COUNT = 2000 };

/* What the items of a test did. */
typedef struct tally {
    atomic_int done[ITEM_COUNT];
    atomic_uint most_worker;
    size_t fail_from; /* items from here on fail */
    size_t cancel_at;
    ng_ctx *parent;
} tally;

static ng_status do_item(void *user, ng_ctx *cx, uint32_t worker, size_t item)
{
    tally *counts = user;
    unsigned most = atomic_load(&counts->most_worker);

    atomic_fetch_add(&counts->done[item], 1);
    while (worker > most && !atomic_compare_exchange_weak(&counts->most_worker, &most, worker))
        continue;
    if (item == counts->cancel_at)
        ng_ctx_cancel(counts->parent);
    if (item >= counts->fail_from)
        return ng_fail(cx, NG_E_DATA, "item %zu", item);
    return NG_OK;
}

static void test_every_item_once(void **state)
{
    static tally counts;

    (void)state;
    for (uint32_t threads = 1; threads < 9; threads++) {
        ng_ctx *cx = ng_ctx_new();

        memset(&counts, 0, sizeof counts);
        counts.fail_from = counts.cancel_at = SIZE_MAX;
        assert_int_equal(ng_workers_run(cx, threads, ITEM_COUNT, do_item, &counts), NG_OK);
        for (size_t i = 0; i < ITEM_COUNT; i++)
            assert_int_equal(atomic_load(&counts.done[i]), 1);
        assert_true(counts.most_worker < threads);
        assert_int_equal(ng_workers_run(cx, threads, 0, do_item, &counts), NG_OK);
        ng_ctx_free(cx);
    }
}

/* The failure of the lowest item is the one that is told, whatever the threads do. */
static void test_lowest_failure(void **state)
{
    static tally counts;

    (void)state;
    for (int round = 0; round < 50; round++) {
        ng_ctx *cx = ng_ctx_new();

        memset(&counts, 0, sizeof counts);
        counts.fail_from = 137;
        counts.cancel_at = SIZE_MAX;
        assert_int_equal(ng_workers_run(cx, 4, ITEM_COUNT, do_item, &counts), NG_E_DATA);
        assert_string_equal(ng_ctx_error(cx), "item 137");
        assert_int_equal(atomic_load(&counts.done[ITEM_COUNT - 1]), 0);
        ng_ctx_free(cx);
    }
}

static void test_cancel(void **state)
{
    static tally counts;
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    memset(&counts, 0, sizeof counts);
    counts.fail_from = SIZE_MAX;
    counts.cancel_at = 10;
    counts.parent = cx;
    assert_int_equal(ng_workers_run(cx, 3, ITEM_COUNT, do_item, &counts), NG_E_LIMIT);
    assert_int_equal(atomic_load(&counts.done[ITEM_COUNT - 1]), 0);
    ng_ctx_free(cx);
}

/* Without memory for all workers the work is done by fewer, or refused. */
static void test_little_memory(void **state)
{
    static tally counts;

    (void)state;
    for (size_t fail_at = 1; fail_at <= 6; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        memset(&counts, 0, sizeof counts);
        counts.fail_from = counts.cancel_at = SIZE_MAX;
        status = ng_workers_run(cx, 4, ITEM_COUNT, do_item, &counts);
        assert_int_equal(status, fail_at <= 2 ? NG_E_MEMORY : NG_OK);
        assert_int_equal(atomic_load(&counts.done[ITEM_COUNT - 1]), status == NG_OK);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
}

static void test_core_count(void **state)
{
    (void)state;
    assert_in_range(ng_core_count(), 1, 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_item_once), cmocka_unit_test(test_lowest_failure),
        cmocka_unit_test(test_cancel),          cmocka_unit_test(test_little_memory),
        cmocka_unit_test(test_core_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
