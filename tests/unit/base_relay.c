/* The relay: order, what is noted before an item leaves, pauses, failures, for any number of
 * threads. What happens is written down as a text, which must be the same every time. */
#include "faults.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { ITEMS = 200, SLOTS = 16, AHEAD = 5, EVERY = 50 };

typedef struct line {
    uint64_t numbers[SLOTS];
    uint64_t brought, since_pause;
    uint64_t fail_at;     /* item whose work fails */
    uint64_t end_at;      /* item whose bringing fails */
    atomic_uint in_order; /* of nothing: it only has to be touched by all threads */
    ng_buffer log;
    ng_ctx *cx;
} line;

static void say(line *run, const char *what, uint64_t number)
{
    assert_int_equal(
        ng_buffer_format(run->cx, &run->log, "%s%llu ", what, (unsigned long long)number), NG_OK);
}

static ng_status bring(void *user, ng_ctx *cx, size_t slot, ng_brought *brought_out)
{
    line *run = user;

    if (run->since_pause == EVERY) {
        run->since_pause = 0;
        *brought_out = NG_BROUGHT_PAUSE;
        return NG_OK;
    }
    if (run->brought == run->end_at)
        return ng_fail(cx, NG_E_IO, "no item %llu", (unsigned long long)run->brought);
    *brought_out = run->brought < ITEMS ? NG_BROUGHT_ITEM : NG_BROUGHT_END;
    if (run->brought < ITEMS) {
        run->numbers[slot] = run->brought++;
        run->since_pause++;
    }
    return NG_OK;
}

/* Takes long for some items, so that they are done out of order. */
static ng_status work(void *user, ng_ctx *cx, uint32_t worker, size_t slot)
{
    line *run = user;
    uint64_t number = run->numbers[slot];

    (void)worker;
    for (unsigned i = 0; i < number % 7 * 2000; i++)
        atomic_fetch_add(&run->in_order, 1);
    if (number == run->fail_at)
        return ng_fail(cx, NG_E_MEMORY, "item %llu", (unsigned long long)number);
    return NG_OK;
}

static ng_status note(void *user, ng_ctx *cx, size_t slot)
{
    line *run = user;

    (void)cx;
    say(run, "n", run->numbers[slot]);
    return NG_OK;
}

static bool may_leave(void *user, size_t oldest, size_t noted)
{
    const line *run = user;

    return run->numbers[noted] - run->numbers[oldest] >= AHEAD;
}

static ng_status hand_over(void *user, ng_ctx *cx, size_t slot)
{
    line *run = user;

    (void)cx;
    say(run, "h", run->numbers[slot]);
    return NG_OK;
}

static ng_status settle(void *user, ng_ctx *cx)
{
    line *run = user;

    (void)cx;
    say(run, "s", run->brought);
    return NG_OK;
}

/* Runs all items; the log is the caller's. */
static ng_status run_all(ng_ctx *cx, uint32_t threads, uint64_t fail_at, uint64_t end_at,
                         ng_buffer *log)
{
    const ng_relay relay = { .slot_count = SLOTS,
                             .bring = bring,
                             .settle = settle,
                             .work = work,
                             .note = note,
                             .may_leave = may_leave,
                             .hand_over = hand_over };
    line run = { .cx = cx, .fail_at = fail_at, .end_at = end_at };
    ng_status status = NG_OK;

    ng_buffer_init(&run.log, 1 << 20);
    status = ng_relay_run(cx, threads, &relay, &run);
    *log = run.log;
    return status;
}

/* What one thread does, written by hand. */
static void expect(ng_ctx *cx, ng_buffer *log)
{
    line run = { .cx = cx };
    uint64_t handed = 0;

    ng_buffer_init(&run.log, 1 << 20);
    for (uint64_t i = 0; i < ITEMS; i++) {
        say(&run, "n", i);
        for (; i - handed >= AHEAD; handed++)
            say(&run, "h", handed);
        if ((i + 1) % EVERY == 0) {
            for (; handed <= i; handed++)
                say(&run, "h", handed);
            say(&run, "s", i + 1);
        }
    }
    *log = run.log;
}

static void everything_happens_in_its_order(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer wanted;

    (void)state;
    expect(cx, &wanted);
    for (uint32_t threads = 1; threads <= 9; threads++) {
        ng_buffer log;

        assert_int_equal(run_all(cx, threads, UINT64_MAX, UINT64_MAX, &log), NG_OK);
        assert_int_equal(log.size, wanted.size);
        assert_memory_equal(log.data, wanted.data, wanted.size);
        ng_buffer_destroy(cx, &log);
    }
    ng_buffer_destroy(cx, &wanted);
    ng_ctx_free(cx);
}

/* All items before the one that fails are handed over, none after it. */
static void a_failure_comes_in_its_turn(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (uint32_t threads = 1; threads <= 5; threads++)
        for (uint64_t fail_at = 0; fail_at < 120; fail_at += 17) {
            ng_buffer log;
            char text[32], last[32];

            assert_int_equal(run_all(cx, threads, fail_at, UINT64_MAX, &log), NG_E_MEMORY);
            (void)snprintf(text, sizeof text, "item %llu", (unsigned long long)fail_at);
            assert_string_equal(ng_ctx_error(cx), text);
            assert_int_equal(ng_buffer_add_byte(cx, &log, '\0'), NG_OK);
            (void)snprintf(last, sizeof last, "h%llu ", (unsigned long long)fail_at);
            assert_null(strstr(log.data, last));
            (void)snprintf(last, sizeof last, "h%llu ", (unsigned long long)fail_at - 1);
            assert_true(fail_at == 0 || strstr(log.data, last));
            ng_buffer_destroy(cx, &log);
        }
    ng_ctx_free(cx);
}

/* What was brought before is handed over; the message is that of bringing. */
static void no_more_can_be_brought(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (uint32_t threads = 1; threads <= 3; threads++) {
        ng_buffer log;

        assert_int_equal(run_all(cx, threads, UINT64_MAX, 30, &log), NG_E_IO);
        assert_string_equal(ng_ctx_error(cx), "no item 30");
        assert_int_equal(ng_buffer_add_byte(cx, &log, '\0'), NG_OK);
        assert_non_null(strstr(log.data, "h29 "));
        ng_buffer_destroy(cx, &log);
    }
    ng_ctx_free(cx);
}

/* Without memory for itself it says so; with threads that could not be equipped it works alone. */
static void no_allocation_is_taken_for_granted(void **state)
{
    const ng_relay relay = {
        .slot_count = SLOTS, .bring = bring, .work = work, .hand_over = hand_over
    };
    size_t calls = 0;

    (void)state;
    for (size_t fail_at = 0; fail_at == 0 || fail_at <= calls; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap = { 0 };
        line run = { .cx = cx, .fail_at = UINT64_MAX, .end_at = UINT64_MAX };
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        ng_buffer_init(&run.log, 1 << 20);
        assert_int_equal(ng_buffer_reserve(cx, &run.log, 1 << 14), NG_OK);
        heap.calls = 0;
        heap.fail_at = fail_at;
        status = ng_relay_run(cx, 3, &relay, &run);
        calls = fail_at == 0 ? heap.calls : calls;
        assert_true(status == NG_OK || (status == NG_E_MEMORY && fail_at > 0));
        assert_int_equal(run.brought, status == NG_OK ? ITEMS : 0);
        ng_buffer_destroy(cx, &run.log);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(calls > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_happens_in_its_order),
        cmocka_unit_test(a_failure_comes_in_its_turn),
        cmocka_unit_test(no_more_can_be_brought),
        cmocka_unit_test(no_allocation_is_taken_for_granted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
