/* The look: colours, outlines, sizes. Nothing here knows Graphviz.
 *
 * A kind is told by colour and, for readers who do not see the colours, by its outline. Sizes grow
 * with the square root of the score, so that areas compare and the small stay legible; lines grow
 * with the weight itself. */
#include "drawing_internal.h"

#include <math.h>
#include <string.h>

/* The last is the family every system has. */
const char draw_fonts[] = "Inter,Helvetica,Arial,sans-serif";

static const draw_outline outlines[DRAW_KIND_COUNT] = {
    [DRAW_PERSON] = { "person", "Person", "#D9772B", "#FCF1E7", "rounded,filled", "rounded", 1.2 },
    [DRAW_COUNTRY] = { "country", "Country", "#2F6DB5", "#E8F0F9", "filled", "", 1.8 },
    [DRAW_PLACE] = { "place", "Place", "#3E9A6B", "#EAF6F0", "rounded,filled,dashed",
                     "rounded,dashed", 1.3 },
    [DRAW_ORGANIZATION] = { "organization", "Organization", "#8A5BB0", "#F3EDF8", "filled,dashed",
                            "dashed", 1.3 },
    [DRAW_PEOPLE] = { "people", "People", "#B04A6E", "#FAECF1", "rounded,filled,dotted",
                      "rounded,dotted", 1.6 },
    [DRAW_OTHER] = { "other", "Other", "#6B7280", "#F2F3F5", "filled,dotted", "dotted", 1.6 },
};

const draw_outline *draw_kind_outline(draw_kind kind)
{
    return &outlines[kind];
}

draw_kind draw_kind_find(const char *name)
{
    for (int i = 0; i < DRAW_OTHER; i++)
        if (strcmp(name, outlines[i].name) == 0)
            return (draw_kind)i;
    return DRAW_OTHER;
}

/* Colours of Okabe and Ito (2008), which readers who do not see all colours tell apart; the line's
 * style tells the same. */
static const draw_outline changes[DRAW_CHANGE_COUNT] = {
    [DRAW_SAME] = { "same", "As before", "#9CA3AF", "#F6F7F8", "rounded,filled", "rounded", 1 },
    [DRAW_NEW] = { "new", "New", "#0072B2", "#E5F1F8", "rounded,filled", "rounded", 1.8 },
    [DRAW_GONE] = { "gone", "Gone", "#D55E00", "#FFFFFF", "rounded,filled,dashed", "rounded,dashed",
                    1.4 },
    [DRAW_STRONGER] = { "stronger", "Stronger", "#0072B2", "#FFFFFF", "solid", "", 1 },
    [DRAW_WEAKER] = { "weaker", "Weaker", "#D55E00", "#FFFFFF", "dotted", "dotted", 1 },
};

const draw_outline *draw_change_outline(draw_change change)
{
    return &changes[change];
}

const char *draw_change_mark(draw_change change)
{
    return change == DRAW_STRONGER ? "+" : change == DRAW_WEAKER ? "\xE2\x88\x92" : "";
}

draw_change draw_change_find(const char *name)
{
    for (int i = 0; i < DRAW_CHANGE_COUNT; i++)
        if (strcmp(name, changes[i].name) == 0)
            return (draw_change)i;
    return DRAW_SAME;
}

/* A part of the largest, in [0, 1]. */
static double share_of(double value, double max_value)
{
    return max_value > 0 ? fmin(1, fmax(0, value / max_value)) : 0;
}

double draw_font_size(double score, double max_score, draw_text label)
{
    double size = 10 + 13 * sqrt(share_of(score, max_score));
    size_t line = draw_longest_line(label);

    /* about half of the size a character: no box wider than some 480 points while it is legible */
    if (line > 40)
        size = fmax(6, fmin(size, 960 / (double)line));
    return size;
}

double draw_pen_width(double weight, double max_weight)
{
    return 0.7 + 5.3 * share_of(weight, max_weight);
}

double draw_clear_width(double weight, double max_weight)
{
    return 1.3 + 4.7 * share_of(weight, max_weight);
}

/* Slate grey of an opacity between `faintest` and 220 of 255. */
static void put_colour(double faintest, double share, char colour_out[10])
{
    int alpha = (int)lround(faintest + (220 - faintest) * share);

    (void)snprintf(colour_out, 10, "#5B6B7C%02X", (unsigned)alpha & 0xFFu);
}

void draw_edge_colour(double weight, double max_weight, char colour_out[10])
{
    put_colour(70, share_of(weight, max_weight), colour_out);
}

void draw_clear_colour(double weight, double max_weight, char colour_out[10])
{
    put_colour(130, share_of(weight, max_weight), colour_out);
}
