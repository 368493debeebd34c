/* Where the boxes go after the layout engine has spoken: geometry alone, no Graphviz.
 *
 * Two things a layout engine does not do. Screens and pages are wider than high, so a picture that
 * came out too high is stretched sideways: boxes only move apart, none can begin to overlap. And
 * actors without a tie carry no structure; strewn between the others they would look as if the
 * lines that pass behind them were theirs, so they stand in rows below, in the order given. */
#include "drawing_internal.h"

#include <math.h>
#include <stdlib.h>

enum { PUSH_BOXES = 200, PUSH_ROUNDS = 400 };

static const double wanted_aspect = 0.64, stretch_max = 2.4;
static const double row_gap = 12, column_gap = 14, strip_gap = 40, strip_width_min = 480;
static const double push_gap_x = 26, push_gap_y = 22;

/* The box around the places that have ties; false when there is none. */
static bool bounds_of(const draw_place *places, size_t count, draw_place *box_out)
{
    double left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < count; i++) {
        const draw_place *at = &places[i];
        if (at->is_isolated)
            continue;
        left = fmin(left, at->x - at->width / 2);
        right = fmax(right, at->x + at->width / 2);
        low = fmin(low, at->y - at->height / 2);
        high = fmax(high, at->y + at->height / 2);
    }
    if (left > right)
        return false;
    *box_out =
        (draw_place){ (left + right) / 2, (low + high) / 2, right - left, high - low, false };
    return true;
}

/* Moves the places apart sideways until the picture is as wide as wanted. */
static void stretch(draw_place *places, size_t count, draw_place *box)
{
    double factor = fmin(stretch_max, box->height / (wanted_aspect * fmax(1, box->width)));

    if (factor <= 1 || box->height < 100)
        return;
    for (size_t i = 0; i < count; i++)
        if (!places[i].is_isolated)
            places[i].x = box->x + factor * (places[i].x - box->x);
    (void)bounds_of(places, count, box);
}

/* How wide the rows of isolated boxes may be: as the rest, but never a tower. */
static double strip_width(const draw_place *places, size_t count, double width)
{
    double area = 0;

    for (size_t i = 0; i < count; i++)
        if (places[i].is_isolated)
            area += (places[i].width + column_gap) * (places[i].height + row_gap);
    return fmax(fmax(width, strip_width_min), sqrt(area / wanted_aspect));
}

/* Puts the isolated boxes in rows that begin at (left, top) and go down. */
static void fill_rows(draw_place *places, size_t count, double left, double top)
{
    double right = left + strip_width(places, count, -2 * left);
    double x = left, height = 0;

    for (size_t i = 0; i < count; i++) {
        draw_place *at = &places[i];
        if (!at->is_isolated)
            continue;
        if (x > left && x + at->width > right) {
            x = left;
            top -= height + row_gap;
            height = 0;
        }
        at->x = x + at->width / 2;
        at->y = top - at->height / 2;
        x += at->width + column_gap;
        height = fmax(height, at->height);
    }
}

void draw_place_all(draw_place *places, size_t count)
{
    draw_place box = { 0, 0, 0, 0, false };
    bool has_ties = bounds_of(places, count, &box);

    if (has_ties)
        stretch(places, count, &box);
    for (size_t i = 0; i < count; i++) {
        places[i].x -= box.x;
        places[i].y -= box.y;
    }
    fill_rows(places, count, -box.width / 2, has_ties ? -box.height / 2 - strip_gap : 0);
}

/* How much of its distance a pair of boxes needs so that they do not touch. */
static double need_of(const draw_place *a, const draw_place *b)
{
    double x = fabs(a->x - b->x), y = fabs(a->y - b->y);
    double across = x > 0 ? ((a->width + b->width) / 2 + column_gap) / x : INFINITY;
    double along = y > 0 ? ((a->height + b->height) / 2 + row_gap) / y : INFINITY;

    return fmin(across, along);
}

/* Pushes boxes that touch apart, each pair by the shorter way; false when that finds no end. The
 * gaps are wider than what a picture needs, or the lines between would not be seen. */
static bool push_apart(draw_place *places, size_t count)
{
    bool has_moved = true;

    for (int round = 0; round < PUSH_ROUNDS && has_moved; round++) {
        has_moved = false;
        for (size_t i = 0; i < count; i++) {
            for (size_t k = i + 1; k < count; k++) {
                draw_place *a = &places[i], *b = &places[k];
                double x = (a->width + b->width) / 2 + push_gap_x - fabs(a->x - b->x);
                double y = (a->height + b->height) / 2 + push_gap_y - fabs(a->y - b->y);
                if (x <= 0.01 || y <= 0.01)
                    continue;
                has_moved = true;
                x = x < y ? (a->x < b->x ? -x : x) / 2 : 0;
                y = x != 0 ? 0 : (a->y < b->y ? -y : y) / 2;
                a->x += x;
                b->x -= x;
                a->y += y;
                b->y -= y;
            }
        }
    }
    return !has_moved;
}

/* Shrinks the picture to a share of its size and pushes apart what then touches; false, and nothing
 * done, where that is too close. */
static bool squeeze(draw_place *places, size_t count, double share)
{
    draw_place *tried = calloc(count + 1, sizeof *tried);
    bool is_done = tried != NULL;

    for (size_t i = 0; i < count && is_done; i++) {
        tried[i] = places[i];
        tried[i].x *= share;
        tried[i].y *= share;
    }
    is_done = is_done && push_apart(tried, count);
    for (size_t i = 0; i < count && is_done; i++)
        places[i] = tried[i];
    free(tried);
    return is_done;
}

void draw_place_closely(draw_place *places, size_t count)
{
    double share = 0.3;

    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            share = fmax(share, need_of(&places[i], &places[k]));
    share = fmin(share, 1);
    for (size_t i = 0; i < count; i++) {
        places[i].x *= share;
        places[i].y *= share;
    }
    if (count > PUSH_BOXES)
        return;
    for (int tenths = 5; tenths < 10; tenths++)
        if (squeeze(places, count, tenths / 10.0))
            return;
}
