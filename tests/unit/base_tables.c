/* Interning, tables of keys, sorting, hashing, digests. */
#include "faults.h"

/* Many names get dense ids in their order, are found again and given back. */
static void test_intern(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    ng_intern *intern = NULL;
    uint32_t id = 0;

    (void)state;
    test_use_heap(cx, &heap);
    assert_int_equal(ng_intern_new(cx, 50000, 1 << 20, &intern), NG_OK);
    assert_false(ng_intern_find(intern, NG_VIEW("x"), &id));
    for (uint32_t i = 0; i < 100000; i++) {
        char name[32];
        int size = snprintf(name, sizeof name, "name %u", (unsigned)(i % 50000));
        ng_view view = { name, (size_t)size };

        assert_int_equal(ng_intern_add(cx, intern, view, &id), NG_OK);
        assert_int_equal(id, i % 50000);
        assert_true(ng_view_equal(ng_intern_get(intern, id), view));
        assert_true(ng_intern_find(intern, view, &id));
        assert_int_equal(id, i % 50000);
    }
    assert_int_equal(ng_intern_count(intern), 50000);
    assert_int_equal(ng_intern_add(cx, intern, NG_VIEW("one more"), &id), NG_E_LIMIT);
    assert_int_equal(ng_intern_add(cx, intern, NG_VIEW("name 7"), &id), NG_OK);
    assert_int_equal(id, 7);
    ng_intern_free(cx, intern);
    assert_int_equal(heap.live, 0);
    ng_ctx_free(cx);
}

/* The empty string and strings with zero bytes are strings; bytes have a maximum too. */
static void test_intern_edges(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_intern *intern = NULL;
    uint32_t id = 9;

    (void)state;
    assert_int_equal(ng_intern_new(cx, SIZE_MAX, 10, &intern), NG_OK);
    assert_int_equal(ng_intern_add(cx, intern, NG_VIEW(""), &id), NG_OK);
    assert_int_equal(id, 0);
    assert_int_equal(ng_intern_add(cx, intern, NG_VIEW("a\0b"), &id), NG_OK);
    assert_int_equal(ng_intern_add(cx, intern, NG_VIEW("a\0c"), &id), NG_OK);
    assert_int_equal(id, 2);
    assert_int_equal(ng_intern_add(cx, intern, NG_VIEW("12345"), &id), NG_E_LIMIT);
    assert_int_equal(ng_intern_count(intern), 3);
    assert_true(ng_intern_find(intern, NG_VIEW("a\0b"), &id));
    assert_int_equal(id, 1);
    ng_intern_free(cx, intern);
    ng_intern_free(cx, NULL);
    ng_ctx_free(cx);
}

/* Whichever allocation fails, the table stays whole and nothing leaks. */
static void test_intern_without_memory(void **state)
{
    bool has_failed = true;

    (void)state;
    for (size_t fail_at = 1; has_failed; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_intern *intern = NULL;
        ng_status status = NG_OK;
        uint32_t id = 0;

        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        status = ng_intern_new(cx, 1000, 1 << 20, &intern);
        for (uint32_t i = 0; status == NG_OK && i < 500; i++) {
            char name[64];
            int size = snprintf(name, sizeof name, "a name that is somewhat longer %u", i);

            status = ng_intern_add(cx, intern, (ng_view){ name, (size_t)size }, &id);
            if (status == NG_OK)
                assert_int_equal(id, i);
            else
                assert_int_equal(ng_intern_count(intern), i);
        }
        has_failed = heap.calls >= fail_at;
        assert_int_equal(status, has_failed ? NG_E_MEMORY : NG_OK);
        ng_intern_free(cx, intern);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
        assert_true(fail_at < 100);
    }
}

static void test_table(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    ng_table *table = NULL;
    uint32_t index = 0;
    bool is_new = false;

    (void)state;
    test_use_heap(cx, &heap);
    assert_int_equal(ng_table_new(cx, 30000, &table), NG_OK);
    assert_false(ng_table_find(table, 0, &index));
    for (uint32_t i = 0; i < 60000; i++) {
        uint64_t key = (uint64_t)(i % 30000) << 32 | (i % 3);

        assert_int_equal(ng_table_add(cx, table, key, &index, &is_new), NG_OK);
        assert_int_equal(index, i % 30000);
        assert_int_equal(is_new, i < 30000);
        assert_true(ng_table_find(table, key, &index));
        assert_int_equal(index, i % 30000);
    }
    assert_int_equal(ng_table_count(table), 30000);
    assert_int_equal(ng_table_add(cx, table, 12345, &index, &is_new), NG_E_LIMIT);
    assert_false(ng_table_find(table, 12345, &index));
    ng_table_free(cx, table);
    ng_table_free(cx, NULL);
    assert_int_equal(heap.live, 0);

    assert_int_equal(ng_table_new(cx, 100, &table), NG_OK);
    heap.fail_at = heap.calls + 1;
    assert_int_equal(ng_table_add(cx, table, 1, &index, &is_new), NG_E_MEMORY);
    assert_int_equal(ng_table_add(cx, table, 1, &index, &is_new), NG_OK);
    assert_int_equal(index, 0);
    ng_table_free(cx, table);
    ng_ctx_free(cx);
}

typedef struct pair {
    uint32_t key, place;
    char filler[5];
} pair;

/* Orders by key and counts its calls. */
static int compare_pairs(const void *a, const void *b, void *user)
{
    const pair *left = a;
    const pair *right = b;

    ++*(size_t *)user;
    return (left->key > right->key) - (left->key < right->key);
}

/* Every size, several patterns: sorted, stable, within n log n. */
static void test_sort(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    static pair pairs[2000];

    (void)state;
    for (uint32_t pattern = 0; pattern < 5; pattern++) {
        for (uint32_t count = 0; count < 2000; count += 1 + count / 5) {
            size_t calls = 0;
            size_t bound = 4;

            for (uint32_t i = 0; i < count; i++) {
                const uint32_t keys[] = { i, count - i, i % 7, i * 2654435761u, 5 };

                pairs[i] = (pair){ .key = keys[pattern], .place = i };
            }
            assert_int_equal(ng_sort(cx, pairs, count, sizeof *pairs, compare_pairs, &calls),
                             NG_OK);
            for (uint32_t i = 1; i < count; i++)
                assert_true(
                    pairs[i - 1].key < pairs[i].key ||
                    (pairs[i - 1].key == pairs[i].key && pairs[i - 1].place < pairs[i].place));
            for (size_t n = 1; n < count; n *= 2)
                bound++;
            assert_true(calls <= count * bound);
        }
    }
    ng_ctx_free(cx);
}

static void test_sort_without_memory(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    pair pairs[2] = { { .key = 2 }, { .key = 1 } };
    size_t calls = 0;

    (void)state;
    test_use_heap(cx, &heap);
    heap.fail_at = 1;
    assert_int_equal(ng_sort(cx, pairs, 2, sizeof *pairs, compare_pairs, &calls), NG_E_MEMORY);
    assert_int_equal(pairs[0].key, 2);
    ng_ctx_free(cx);
}

/* One changed bit of text, length or seed changes about half of the bits. */
static void test_hash(void **state)
{
    char text[64] = { 0 };
    size_t flipped = 0;
    size_t tries = 0;

    (void)state;
    for (size_t size = 1; size <= 40; size++) {
        for (size_t bit = 0; bit < size * 8; bit++) {
            uint64_t before = ng_hash((ng_view){ text, size }, 1);
            uint64_t change = 0;

            text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
            change = before ^ ng_hash((ng_view){ text, size }, 1);
            assert_true(change != 0);
            for (; change; change &= change - 1)
                flipped++;
            tries++;
        }
        assert_true(ng_hash((ng_view){ text, size }, 1) != ng_hash((ng_view){ text, size }, 2));
        assert_true(
            ng_hash((ng_view){ "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", size % 20 }, 1) !=
            ng_hash((ng_view){ "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", size % 20 + 1 }, 1));
    }
    assert_in_range(flipped / tries, 28, 36);
}

static void test_sha256(void **state)
{
    char hex[65] = { 0 };

    (void)state;
    ng_sha256_hex(NG_VIEW(""), hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ng_sha256_hex(NG_VIEW("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intern),
        cmocka_unit_test(test_intern_edges),
        cmocka_unit_test(test_intern_without_memory),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_sort_without_memory),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_sha256),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
