/* Merge sort: O(n log n) whatever the input, stable, and it tells its compare function whom it
 * works for (qsort cannot).
 *
 * Bottom up, without recursion: short runs are sorted by insertion, then merged into a second array
 * of the same size and back. Two runs that are in order already are copied as one piece, so sorted
 * input costs O(n) comparisons. */
#include "base_internal.h"

enum { SHORT_RUN = 8 };

/* What does not change while one array is sorted. */
typedef struct sorting {
    size_t item_size;
    ng_compare_fn compare;
    void *user;
} sorting;

/* Sorts a short run in place; `spare` has room for one item. */
static void sort_run(const sorting *how, char *items, size_t count, char *spare)
{
    size_t size = how->item_size;

    for (size_t i = 1; i < count; i++) {
        size_t to = i;

        while (to > 0 && how->compare(items + (to - 1) * size, items + i * size, how->user) > 0)
            to--;
        if (to == i)
            continue;
        memcpy(spare, items + i * size, size);
        memmove(items + (to + 1) * size, items + to * size, (i - to) * size);
        memcpy(items + to * size, spare, size);
    }
}

/* Merges from[0..middle) and from[middle..count) into `to`. */
static void merge_runs(const sorting *how, const char *from, size_t middle, size_t count, char *to)
{
    size_t size = how->item_size;
    const char *left = from;
    const char *left_end = from + middle * size;
    const char *right = left_end;
    const char *right_end = from + count * size;

    if (middle < count && how->compare(left_end - size, right, how->user) > 0) {
        while (left < left_end && right < right_end) {
            const char **least = how->compare(left, right, how->user) > 0 ? &right : &left;

            memcpy(to, *least, size);
            to += size;
            *least += size;
        }
    }
    memcpy(to, left, (size_t)(left_end - left));
    memcpy(to + (left_end - left), right, (size_t)(right_end - right));
}

/* One round: merges pairs of runs of `run` items from one array into the other. */
static void merge_round(const sorting *how, const char *from, char *to, size_t count, size_t run)
{
    for (size_t start = 0; start < count; start += 2 * run) {
        size_t left = count - start;
        size_t pair = left < 2 * run ? left : 2 * run;
        size_t middle = pair < run ? pair : run;

        merge_runs(how, from + start * how->item_size, middle, pair, to + start * how->item_size);
    }
}

ng_status ng_sort(ng_ctx *cx, void *items, size_t count, size_t item_size, ng_compare_fn compare,
                  void *user)
{
    sorting how = { item_size, compare, user };
    char *other = NULL;
    char *from = items;
    char *to = NULL;

    if (count < 2)
        return NG_OK;
    if (count <= SIZE_MAX / 4 / item_size)
        other = ng_alloc(cx, count * item_size);
    if (!other)
        return ng_fail(cx, NG_E_MEMORY, "no memory to sort %zu items", count);
    to = other;
    for (size_t start = 0; start < count; start += SHORT_RUN)
        sort_run(&how, from + start * item_size,
                 count - start < SHORT_RUN ? count - start : SHORT_RUN, other);
    for (size_t run = SHORT_RUN; run < count; run *= 2) {
        char *swapped = from;

        merge_round(&how, from, to, count, run);
        from = to;
        to = swapped;
    }
    if (from != items)
        memcpy(items, from, count * item_size);
    ng_free(cx, other);
    return NG_OK;
}
