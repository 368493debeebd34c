/* Places after the layout: nothing overlaps, isolated boxes stand below, high pictures get wide. */
#include "drawing/place.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Boxes may touch but not overlap. */
static void assert_apart(const draw_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            double dx = fabs(places[i].x - places[k].x);
            double dy = fabs(places[i].y - places[k].y);

            if (dx + 0.001 < (places[i].width + places[k].width) / 2 &&
                dy + 0.001 < (places[i].height + places[k].height) / 2)
                fail_msg("boxes %zu and %zu overlap", i, k);
        }
}

/* A tower of tied boxes becomes about as wide as wanted, and none moves up or down. */
static void test_tower(void **state)
{
    draw_place places[10];
    double left = INFINITY, right = -INFINITY;

    (void)state;
    for (size_t i = 0; i < 10; i++)
        places[i] = (draw_place){ (double)(i % 2) * 200, 100 * (double)i, 60, 20, false };
    draw_place_all(places, 10);
    assert_apart(places, 10);
    for (size_t i = 0; i < 10; i++) {
        left = fmin(left, places[i].x);
        right = fmax(right, places[i].x);
        assert_true(fabs(places[i].y - (100 * (double)i - 450)) < 0.001);
    }
    assert_true(right - left > 450);
}

/* A wide picture keeps its shape. */
static void test_wide(void **state)
{
    draw_place places[2] = { { 0, 0, 60, 20, false }, { 900, 300, 60, 20, false } };

    (void)state;
    draw_place_all(places, 2);
    assert_true(fabs(places[1].x - places[0].x - 900) < 0.001);
}

/* Isolated boxes: below everything that has ties, in rows, in their order. */
static void test_rows(void **state)
{
    enum { COUNT = 60 };
    draw_place places[COUNT];
    const draw_place *before = NULL;
    double floor_line = INFINITY;

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        places[i] =
            (draw_place){ 10 * (double)i, 5 * (double)i, 40 + (double)(i % 7) * 10, 18, i >= 4 };
    for (size_t i = 0; i < 4; i++)
        places[i].x = 300 * (double)i;
    draw_place_all(places, COUNT);
    assert_apart(places, COUNT);
    for (size_t i = 0; i < 4; i++)
        floor_line = fmin(floor_line, places[i].y - places[i].height / 2);
    for (size_t i = 4; i < COUNT; i++) {
        assert_true(places[i].y + places[i].height / 2 < floor_line);
        if (before)
            assert_true(places[i].y < before->y || places[i].x > before->x);
        before = &places[i];
    }
}

/* Nothing but isolated boxes: a block, not a line and not a tower. */
static void test_only_isolated(void **state)
{
    enum { COUNT = 400 };
    static draw_place places[COUNT];
    double right = 0, low = 0;

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        places[i] = (draw_place){ 0, 0, 80, 20, true };
    draw_place_all(places, COUNT);
    assert_apart(places, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        right = fmax(right, places[i].x);
        low = fmin(low, places[i].y);
    }
    assert_true(right < 3 * -low && -low < right);
}

/* No box and one box are pictures, too. */
static void test_few(void **state)
{
    draw_place one = { 70, 80, 60, 20, true };

    (void)state;
    draw_place_all(NULL, 0);
    draw_place_all(&one, 1);
    assert_true(isfinite(one.x) && isfinite(one.y));
}

/* Panels: nothing overlaps, nothing is larger than before, the same every time; a few boxes at
 * one point part, too. */
static void test_closely(void **state)
{
    enum { COUNT = 40 };
    draw_place places[COUNT], again[COUNT];
    draw_place before = { 0 }, after = { 0 };
    uint32_t random = 1;

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        random = random * 1664525u + 1013904223u;
        places[i] = (draw_place){ 140.0 * (double)(i % 7) + (double)(random >> 27),
                                  90.0 * (double)(i / 7) + (double)(random >> 28),
                                  40 + (double)(random >> 26), 20, false };
        again[i] = places[i];
    }
    assert_true(bounds_of(places, COUNT, &before));
    draw_place_closely(places, COUNT, NULL, 0);
    draw_place_closely(again, COUNT, NULL, 0);
    assert_apart(places, COUNT);
    assert_memory_equal(places, again, sizeof places);
    assert_true(bounds_of(places, COUNT, &after));
    assert_true(after.width < before.width && after.height < before.height);
    for (size_t i = 0; i < 5; i++)
        places[i].x = places[i].y = 0;
    draw_place_closely(places, 5, NULL, 0);
    assert_apart(places, 5);
    draw_place_closely(NULL, 0, NULL, 0);
}

/* A line that runs through a box, beside it, and along its side. */
static void test_crossed(void **state)
{
    const draw_place box = { 50, 50, 20, 10, false };
    const draw_place left = { 0, 50, 1, 1, false }, right = { 100, 50, 1, 1, false };
    const draw_place low = { 50, 0, 1, 1, false }, high_left = { 0, 100, 1, 1, false };

    (void)state;
    assert_true(is_crossed(&box, &left, &right));
    assert_true(is_crossed(&box, &right, &left));
    assert_false(is_crossed(&box, &left, &low));
    assert_false(is_crossed(&box, &low, &right));
    assert_false(is_crossed(&box, &left, &high_left));
    assert_true(is_crossed(&box, &high_left, &(draw_place){ 100, 0, 1, 1, false }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tower),   cmocka_unit_test(test_wide),
        cmocka_unit_test(test_rows),    cmocka_unit_test(test_only_isolated),
        cmocka_unit_test(test_few),     cmocka_unit_test(test_closely),
        cmocka_unit_test(test_crossed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
