/* Memory, arenas, buffers: growth, maxima, failing allocations. */
#include "faults.h"

/* A growing array doubles, stops at its maximum and survives a failure. */
static void test_grow(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    uint32_t *items = NULL;
    size_t capacity = 0;

    (void)state;
    test_use_heap(cx, &heap);
    for (uint32_t i = 0; i < 100; i++) {
        assert_int_equal(
            ng_grow(cx, (void **)&items, &capacity, sizeof *items, i + 1, 100, "tokens"), NG_OK);
        items[i] = i;
    }
    assert_in_range(heap.calls, 1, 8);
    assert_int_equal(capacity, 100);
    assert_int_equal(ng_grow(cx, (void **)&items, &capacity, sizeof *items, 101, 100, "tokens"),
                     NG_E_LIMIT);
    assert_string_equal(ng_ctx_error(cx), "too many tokens: more than 100");
    heap.fail_at = heap.calls + 1;
    assert_int_equal(ng_grow(cx, (void **)&items, &capacity, sizeof *items, 101, 200, "tokens"),
                     NG_E_MEMORY);
    assert_int_equal(capacity, 100);
    assert_int_equal(items[99], 99);
    assert_int_equal(
        ng_grow(cx, (void **)&items, &capacity, sizeof *items, SIZE_MAX, SIZE_MAX, "tokens"),
        NG_E_LIMIT);
    ng_free(cx, items);
    assert_int_equal(heap.live, 0);
    ng_ctx_free(cx);
}

/* Size 0 is something that can be freed. */
static void test_alloc_nothing(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    void *data = NULL;

    (void)state;
    test_use_heap(cx, &heap);
    data = ng_alloc(cx, 0);
    assert_non_null(data);
    data = ng_realloc(cx, data, 0);
    assert_non_null(data);
    ng_free(cx, data);
    ng_free(cx, NULL);
    assert_int_equal(heap.live, 0);
    ng_ctx_free(cx);
}

/* Pieces are aligned, distinct, counted; a reset keeps one block. */
static void test_arena(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    ng_arena arena;

    (void)state;
    test_use_heap(cx, &heap);
    ng_arena_init(&arena, 1 << 24);
    for (int round = 0; round < 3; round++) {
        unsigned char *last = NULL;

        for (size_t size = 1; size < 3000; size += 7) {
            unsigned char *data = ng_arena_alloc(cx, &arena, size);

            assert_non_null(data);
            assert_int_equal((uintptr_t)data % _Alignof(max_align_t), 0);
            memset(data, 0xAB, size);
            if (last)
                assert_int_equal(last[0], 0xAB);
            last = data;
        }
        if (round == 0)
            assert_true(heap.live > 1);
        else if (round == 2)
            assert_int_equal(heap.live, 1);
        ng_arena_reset(cx, &arena);
        assert_int_equal(arena.used_bytes, 0);
        assert_int_equal(heap.live, 1);
    }
    ng_arena_destroy(cx, &arena);
    assert_int_equal(heap.live, 0);
    ng_ctx_free(cx);
}

static void test_arena_limits(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    ng_arena arena;
    uint32_t *items = NULL;

    (void)state;
    test_use_heap(cx, &heap);
    ng_arena_init(&arena, 1000);
    items = ng_arena_array(cx, &arena, 100, sizeof *items);
    assert_non_null(items);
    assert_int_equal(items[0] | items[99], 0);
    assert_null(ng_arena_alloc(cx, &arena, 601));
    assert_int_equal(ng_arena_status(&arena), NG_E_LIMIT);
    assert_null(ng_arena_array(cx, &arena, SIZE_MAX / 2, 4));
    assert_int_equal(ng_arena_status(&arena), NG_E_LIMIT);
    assert_null(ng_arena_alloc(cx, &arena, SIZE_MAX));
    assert_non_null(ng_arena_alloc(cx, &arena, 600));
    ng_arena_destroy(cx, &arena);

    ng_arena_init(&arena, SIZE_MAX);
    assert_null(ng_arena_alloc(cx, &arena, SIZE_MAX));
    heap.fail_at = heap.calls + 1;
    assert_null(ng_arena_copy(cx, &arena, NG_VIEW("text")).data);
    assert_int_equal(ng_arena_status(&arena), NG_E_MEMORY);
    assert_true(ng_view_equal(ng_arena_copy(cx, &arena, NG_VIEW("te\0t")), NG_VIEW("te\0t")));
    assert_non_null(ng_arena_copy(cx, &arena, (ng_view){ NULL, 0 }).data);
    ng_arena_destroy(cx, &arena);
    assert_int_equal(heap.live, 0);
    ng_ctx_free(cx);
}

/* A buffer reaches its maximum exactly and is never larger. */
static void test_buffer_maximum(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t max = 0; max < 300; max += 1 + max / 9) {
        ng_buffer buffer;

        ng_buffer_init(&buffer, max);
        for (size_t i = 0; i < max; i++)
            assert_int_equal(ng_buffer_add_byte(cx, &buffer, 'x'), NG_OK);
        assert_int_equal(ng_buffer_add_byte(cx, &buffer, 'y'), NG_E_LIMIT);
        assert_int_equal(ng_buffer_add(cx, &buffer, NG_VIEW("yy")), NG_E_LIMIT);
        assert_int_equal(ng_buffer_format(cx, &buffer, "%d", 12), NG_E_LIMIT);
        assert_int_equal(ng_buffer_reserve(cx, &buffer, SIZE_MAX), NG_E_LIMIT);
        assert_int_equal(ng_buffer_add(cx, &buffer, NG_VIEW("")), NG_OK);
        assert_int_equal(buffer.size, max);
        assert_int_equal(strlen(buffer.data), max);
        assert_true(buffer.capacity <= max + 1);
        ng_buffer_destroy(cx, &buffer);
    }
    ng_ctx_free(cx);
}

static void test_buffer(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    ng_buffer buffer;

    (void)state;
    test_use_heap(cx, &heap);
    ng_buffer_init(&buffer, SIZE_MAX);
    assert_int_equal(ng_buffer_view(&buffer).size, 0);
    assert_int_equal(ng_buffer_add(cx, &buffer, NG_VIEW("a\0b")), NG_OK);
    assert_int_equal(ng_buffer_format(cx, &buffer, "-%s-%d", "text", -7), NG_OK);
    assert_int_equal(ng_buffer_add_unsigned(cx, &buffer, UINT64_MAX), NG_OK);
    assert_int_equal(ng_buffer_add_unsigned(cx, &buffer, 0), NG_OK);
    assert_true(
        ng_view_equal(ng_buffer_view(&buffer), NG_VIEW("a\0b-text--7184467440737095516150")));
    heap.fail_at = heap.calls + 1;
    assert_int_equal(ng_buffer_reserve(cx, &buffer, 1000), NG_E_MEMORY);
    assert_int_equal(ng_buffer_reserve(cx, &buffer, SIZE_MAX / 2 + 1), NG_E_MEMORY);
    assert_int_equal(buffer.size, 32);
    ng_buffer_destroy(cx, &buffer);
    assert_int_equal(heap.live, 0);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grow),           cmocka_unit_test(test_alloc_nothing),
        cmocka_unit_test(test_arena),          cmocka_unit_test(test_arena_limits),
        cmocka_unit_test(test_buffer_maximum), cmocka_unit_test(test_buffer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
