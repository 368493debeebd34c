/* Where the boxes go after the layout engine has spoken: geometry alone, no Graphviz.
 *
 * Two things a layout engine does not do. Screens and pages are wider than high, so a picture that
 * came out too high is stretched sideways: boxes only move apart, none can begin to overlap. And
 * actors without a tie carry no structure; strewn between the others they would look as if the
 * lines that pass behind them were theirs, so they stand in rows below, in the order given. */
#include "drawing_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PUSH_BOXES = 100, PUSH_ROUNDS = 400, DODGE_ROUNDS = 6 };

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

/* Clips the line against the four sides (Liang and Barsky 1984). */
bool draw_is_crossed(const draw_place *box, const draw_place *a, const draw_place *b, double gap)
{
    double dx = b->x - a->x, dy = b->y - a->y, from = 0, to = 1;
    double across = box->width / 2 + gap, along = box->height / 2 + gap;
    const double sides[4][2] = { { -dx, a->x - (box->x - across) },
                                 { dx, box->x + across - a->x },
                                 { -dy, a->y - (box->y - along) },
                                 { dy, box->y + along - a->y } };

    for (int i = 0; i < 4; i++) {
        double step = sides[i][0], room = sides[i][1];
        if (step == 0 && room < 0)
            return false;
        if (step < 0)
            from = fmax(from, room / step);
        else if (step > 0)
            to = fmin(to, room / step);
    }
    return from < to;
}

/* True when the line between two boxes runs through a third: it would look as if it ended there. */
static bool is_crossed(const draw_place *box, const draw_place *a, const draw_place *b)
{
    return draw_is_crossed(box, a, b, 2); /* a line that grazes, too */
}

/* How often a line of this box runs through another, or another's line through it. */
static size_t count_crossed_at(const draw_place *places, size_t count, const draw_tie *ties,
                               size_t tie_count, size_t here)
{
    size_t crossed = 0;

    for (size_t i = 0; i < tie_count; i++) {
        const draw_place *a = &places[ties[i].a], *b = &places[ties[i].b];

        if (ties[i].a != here && ties[i].b != here)
            crossed += is_crossed(&places[here], a, b);
        else
            for (size_t k = 0; k < count; k++)
                crossed += k != ties[i].a && k != ties[i].b && is_crossed(&places[k], a, b);
    }
    return crossed;
}

/* True when a box keeps its gaps to all others and stays within the bounds. */
static bool is_free(const draw_place *places, size_t count, size_t here, const draw_place *bounds)
{
    const draw_place *at = &places[here];

    for (size_t i = 0; i < count; i++)
        if (i != here &&
            fabs(at->x - places[i].x) < (at->width + places[i].width) / 2 + push_gap_x &&
            fabs(at->y - places[i].y) < (at->height + places[i].height) / 2 + push_gap_y)
            return false;
    return fabs(at->x - bounds->x) <= (bounds->width - at->width) / 2 &&
           fabs(at->y - bounds->y) <= (bounds->height - at->height) / 2;
}

/* Moves one box to the nearest of some places around it where fewer lines run through boxes. */
static bool dodge_one(draw_place *places, size_t count, const draw_tie *ties, size_t tie_count,
                      size_t here, const draw_place *bounds)
{
    static const double steps[] = { 12, 24, 40, 64, 96 };
    const double x = places[here].x, y = places[here].y;
    double best_x = x, best_y = y;
    size_t least = count_crossed_at(places, count, ties, tie_count, here);

    for (size_t i = 0; i < 8 * sizeof steps / sizeof *steps && least > 0; i++) {
        double angle = acos(-1) / 4 * (double)(i % 8);
        size_t crossed = 0;

        places[here].x = x + steps[i / 8] * cos(angle);
        places[here].y = y + steps[i / 8] * sin(angle);
        if (!is_free(places, count, here, bounds))
            continue;
        crossed = count_crossed_at(places, count, ties, tie_count, here);
        if (crossed >= least)
            continue;
        least = crossed;
        best_x = places[here].x;
        best_y = places[here].y;
    }
    places[here].x = best_x;
    places[here].y = best_y;
    return best_x != x || best_y != y;
}

/* Moves boxes out of the way of lines while that helps. */
static void dodge(draw_place *places, size_t count, const draw_tie *ties, size_t tie_count)
{
    draw_place bounds = { 0 };
    bool has_moved = bounds_of(places, count, &bounds);

    for (int round = 0; round < DODGE_ROUNDS && has_moved; round++) {
        has_moved = false;
        for (size_t i = 0; i < count; i++)
            has_moved |= dodge_one(places, count, ties, tie_count, i, &bounds);
    }
}

/* The cost of a picture: the lines through boxes, as a part of all, and its size. */
static double cost_of(const draw_place *places, size_t count, const draw_tie *ties,
                      size_t tie_count, double share)
{
    size_t crossed = 0;

    for (size_t i = 0; i < tie_count; i++)
        for (size_t k = 0; k < count; k++)
            crossed += k != ties[i].a && k != ties[i].b &&
                       is_crossed(&places[k], &places[ties[i].a], &places[ties[i].b]);
    return (double)crossed / (double)(tie_count + 1) + 0.7 * share;
}

/* Tries several sizes, pushes apart what touches, moves boxes out of the way of lines, and keeps
 * the best: small, with few lines through boxes. */
static void squeeze(draw_place *places, size_t count, const draw_tie *ties, size_t tie_count)
{
    draw_place *tried = calloc(2 * count + 1, sizeof *tried), *best = tried ? tried + count : NULL;
    double least = INFINITY;

    for (int tenths = 5; tenths <= 10 && tried; tenths++) {
        double share = tenths / 10.0, cost = 0;

        for (size_t i = 0; i < count; i++) {
            tried[i] = places[i];
            tried[i].x *= share;
            tried[i].y *= share;
            tried[i].is_isolated = false; /* bounds are those of all */
        }
        if (!push_apart(tried, count))
            continue;
        dodge(tried, count, ties, tie_count);
        cost = cost_of(tried, count, ties, tie_count, share);
        if (cost >= least)
            continue;
        least = cost;
        memcpy(best, tried, count * sizeof *best);
    }
    if (least < INFINITY)
        memcpy(places, best, count * sizeof *best);
    free(tried);
}

void draw_place_closely(draw_place *places, size_t count, const draw_tie *ties, size_t tie_count)
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
    if (count > 0 && count <= PUSH_BOXES)
        squeeze(places, count, ties, tie_count);
}
