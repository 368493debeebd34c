/* Lines that bend around boxes: geometry alone, no Graphviz.
 *
 * In panels every actor stays at its place, so that a straight line between two often runs behind a
 * third and looks as if it ended there. Such a line becomes a cubic Bézier curve. Its two points
 * are moved off the straight line by steps, each to its own side or both to one; of the curves that
 * meet no box and stay in the frame the one that bends least is taken. Where there is none the line
 * stays straight. */
#include "drawing_internal.h"

#include <limits.h>
#include <math.h>

enum { BEND_BOXES = 61, PIECES = 20, STEPS = 20 };

static const double line_gap = 2, step_points = 14;
static const double curve_gaps[] = { 6, 3 }; /* to boxes and frame; the wider first */

/* The point at `share` of a curve. */
static draw_place point_at(const draw_curve *curve, double share)
{
    double rest = 1 - share;
    double a = rest * rest * rest, b = 3 * rest * rest * share, c = 3 * rest * share * share;
    double d = share * share * share;

    return (draw_place){
        .x = a * curve->from->x + b * curve->first.x + c * curve->second.x + d * curve->to->x,
        .y = a * curve->from->y + b * curve->first.y + c * curve->second.y + d * curve->to->y
    };
}

/* True when a piece of a line meets none of the boxes but the two at its ends. */
static bool passes(const draw_place *boxes, size_t count, const draw_curve *curve,
                   const draw_place *a, const draw_place *b, double gap)
{
    for (size_t i = 0; i < count; i++)
        if (&boxes[i] != curve->from && &boxes[i] != curve->to &&
            draw_is_crossed(&boxes[i], a, b, gap))
            return false;
    return true;
}

/* True when a curve meets none of the boxes and stays in the frame. */
static bool is_clear(const draw_place *boxes, size_t count, const draw_place *frame,
                     const draw_curve *curve, double gap)
{
    draw_place before = *curve->from;

    for (int i = 1; i <= PIECES; i++) {
        draw_place here = point_at(curve, (double)i / PIECES);

        if (fabs(here.x - frame->x) > frame->width / 2 - gap ||
            fabs(here.y - frame->y) > frame->height / 2 - gap ||
            !passes(boxes, count, curve, &before, &here, gap))
            return false;
        before = here;
    }
    return true;
}

/* Moves the points of a curve off the straight line by so many steps. */
static void shape(draw_curve *curve, int first, int second)
{
    const draw_place *from = curve->from, *to = curve->to;
    double dx = to->x - from->x, dy = to->y - from->y, length = hypot(dx, dy);
    double x = -dy / length * step_points, y = dx / length * step_points;

    curve->first =
        (draw_place){ .x = from->x + dx / 3 + first * x, .y = from->y + dy / 3 + first * y };
    curve->second =
        (draw_place){ .x = to->x - dx / 3 + second * x, .y = to->y - dy / 3 + second * y };
}

/* The curve that bends least of those that keep a gap; false when none does. The farther point is
 * `ring` steps away; all such curves bend by three quarters of its square or more. */
static bool find_with_gap(const draw_place *boxes, size_t count, const draw_place *frame,
                          double gap, draw_curve *curve)
{
    draw_curve tried = *curve;
    int least = INT_MAX;

    for (int ring = 1; ring <= STEPS && 3 * ring * ring < 4 * (int64_t)least; ring++)
        for (int first = -ring; first <= ring; first++) {
            int stride = first == -ring || first == ring ? 1 : 2 * ring;

            for (int second = -ring; second <= ring; second += stride) {
                int cost = first * first + second * second - first * second; /* an S costs more */

                if (cost >= least)
                    continue;
                shape(&tried, first, second);
                if (!is_clear(boxes, count, frame, &tried, gap))
                    continue;
                least = cost;
                *curve = tried;
            }
        }
    return least < INT_MAX;
}

bool draw_curve_find(const draw_place *boxes, size_t count, const draw_place *frame,
                     draw_curve *curve)
{
    const draw_place *from = curve->from, *to = curve->to;

    if (count > BEND_BOXES || (from->x == to->x && from->y == to->y) ||
        passes(boxes, count, curve, from, to, line_gap))
        return false;
    for (size_t i = 0; i < sizeof curve_gaps / sizeof *curve_gaps; i++)
        if (find_with_gap(boxes, count, frame, curve_gaps[i], curve))
            return true;
    return false;
}
