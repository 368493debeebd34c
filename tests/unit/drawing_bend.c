/* Lines around boxes: straight ones stay, others become curves that meet no box, within the frame.
 */
#include "drawing/bend.c"
#include "drawing/place.c"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const draw_place frame = { 0, 0, 400, 300, false };

static const struct {
    const char *name;
    draw_place boxes[4]; /* the line is that of the first two */
    size_t count;
    bool is_bent;
} lines[] = {
    { "alone", { { -150, 0, 60, 20, false }, { 150, 0, 60, 20, false } }, 2, false },
    { "beside",
      { { -150, 0, 60, 20, false }, { 150, 0, 60, 20, false }, { 0, 40, 60, 20, false } },
      3,
      false },
    { "through one",
      { { -150, 0, 60, 20, false }, { 150, 0, 60, 20, false }, { 0, 4, 60, 20, false } },
      3,
      true },
    { "near an end",
      { { -150, -50, 60, 20, false }, { 150, 50, 60, 20, false }, { 80, 26, 60, 20, false } },
      3,
      true },
    { "between two",
      { { -150, 0, 60, 20, false },
        { 150, 0, 60, 20, false },
        { 0, 12, 60, 20, false },
        { 0, -70, 60, 20, false } },
      4,
      true },
    { "walled off",
      { { -150, 0, 60, 20, false }, { 150, 0, 60, 20, false }, { 0, 0, 60, 290, false } },
      3,
      false },
    { "one place", { { 9, 9, 60, 20, false }, { 9, 9, 60, 20, false } }, 2, false },
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const draw_place *boxes = lines[i].boxes;
        draw_curve curve = { .from = &boxes[0], .to = &boxes[1] };
        draw_place before = boxes[0];

        if (draw_curve_find(boxes, lines[i].count, &frame, &curve) != lines[i].is_bent)
            fail_msg("%s: is it bent?", lines[i].name);
        for (int k = 1; k <= 100 && lines[i].is_bent; k++) {
            draw_place here = point_at(&curve, k / 100.0);

            for (size_t box = 2; box < lines[i].count; box++)
                if (draw_is_crossed(&boxes[box], &before, &here, 3))
                    fail_msg("%s: it meets box %zu", lines[i].name, box);
            assert_true(fabs(here.x) < 200 && fabs(here.y) < 150);
            before = here;
        }
    }
}

/* Many boxes: no time for curves. */
static void test_many(void **state)
{
    enum { MANY = BEND_BOXES + 1 };
    static draw_place boxes[MANY];
    draw_curve curve = { .from = &boxes[0], .to = &boxes[1] };

    (void)state;
    boxes[0] = (draw_place){ -150, 0, 10, 10, false };
    boxes[1] = (draw_place){ 150, 0, 10, 10, false };
    assert_true(draw_curve_find(boxes, MANY - 1, &frame, &curve));
    assert_false(draw_curve_find(boxes, MANY, &frame, &curve));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
