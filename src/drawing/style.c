/* The look: colours, outlines, sizes. Nothing here knows Graphviz.
 *
 * A kind is told by colour and, for readers who do not see the colours, by its outline. Sizes grow
 * with the square root of the score, so that areas compare and the small stay legible; lines grow
 * with the weight itself. Colours of changes and communities are those of Okabe and Ito (2008),
 * darker where they carry text; line styles and outlines say the same to readers who do not see
 * them. */
#include "drawing_internal.h"

#include <math.h>
#include <string.h>

/* The last is the family every system has. */
const char draw_fonts[] = "Inter,Helvetica,Arial,sans-serif";

static const draw_theme themes[] = {
    { .name = "light",
      .ground = "#FFFFFF",
      .ink = "#111827",
      .body = "#1F2933",
      .quiet = "#4B5563",
      .line = "#5B6B7C",
      .frame = "#D1D5DB",
      .kinds = { [DRAW_PERSON] = { "person", "Person", "#D9772B", "#FCF1E7", "rounded,filled",
                                   "rounded", 1.2 },
                 [DRAW_COUNTRY] = { "country", "Country", "#2F6DB5", "#E8F0F9", "filled", "", 1.8 },
                 [DRAW_PLACE] = { "place", "Place", "#3E9A6B", "#EAF6F0", "rounded,filled,dashed",
                                  "rounded,dashed", 1.3 },
                 [DRAW_ORGANIZATION] = { "organization", "Organization", "#8A5BB0", "#F3EDF8",
                                         "filled,dashed", "dashed", 1.3 },
                 [DRAW_PEOPLE] = { "people", "People", "#B04A6E", "#FAECF1",
                                   "rounded,filled,dotted", "rounded,dotted", 1.6 },
                 [DRAW_OTHER] = { "other", "Other", "#6B7280", "#F2F3F5", "filled,dotted", "dotted",
                                  1.6 } },
      .changes = { [DRAW_SAME] = { "same", "As before", "#9CA3AF", "#F6F7F8", "rounded,filled",
                                   "rounded", 1 },
                   [DRAW_NEW] = { "new", "New", "#0072B2", "#E5F1F8", "rounded,filled", "rounded",
                                  1.8 },
                   [DRAW_GONE] = { "gone", "Gone", "#D55E00", "#FFFFFF", "rounded,filled,dashed",
                                   "rounded,dashed", 1.4 },
                   [DRAW_STRONGER] = { "stronger", "Stronger", "#0072B2", "#FFFFFF", "solid", "",
                                       1 },
                   [DRAW_WEAKER] = { "weaker", "Weaker", "#D55E00", "#FFFFFF", "dotted", "dotted",
                                     1 } },
      .groups = { { "#0072B2", "#E5F1F8" },
                  { "#D55E00", "#FCEDE2" },
                  { "#009E73", "#E2F4EF" },
                  { "#A8548A", "#F8EBF3" },
                  { "#8C7A00", "#FAF7D8" },
                  { "#3E8FC4", "#EAF5FC" },
                  { "#B37400", "#FDF3E0" },
                  { "#5F5F5F", "#ECECEC" } } },
    { .name = "dark",
      .ground = "#12161C",
      .ink = "#F3F4F6",
      .body = "#E5E7EB",
      .quiet = "#B4BCC8",
      .line = "#A7B4C2",
      .frame = "#374151",
      .kinds = { [DRAW_PERSON] = { "person", "Person", "#F2A15F", "#38261A", "rounded,filled",
                                   "rounded", 1.2 },
                 [DRAW_COUNTRY] = { "country", "Country", "#7FB2F0", "#1A2A40", "filled", "", 1.8 },
                 [DRAW_PLACE] = { "place", "Place", "#6CCB98", "#193024", "rounded,filled,dashed",
                                  "rounded,dashed", 1.3 },
                 [DRAW_ORGANIZATION] = { "organization", "Organization", "#C3A1E8", "#2D2340",
                                         "filled,dashed", "dashed", 1.3 },
                 [DRAW_PEOPLE] = { "people", "People", "#EE8FAE", "#3A1F29",
                                   "rounded,filled,dotted", "rounded,dotted", 1.6 },
                 [DRAW_OTHER] = { "other", "Other", "#9CA3AF", "#232A33", "filled,dotted", "dotted",
                                  1.6 } },
      .changes = { [DRAW_SAME] = { "same", "As before", "#7B8593", "#1E252E", "rounded,filled",
                                   "rounded", 1 },
                   [DRAW_NEW] = { "new", "New", "#56B4E9", "#12293A", "rounded,filled", "rounded",
                                  1.8 },
                   [DRAW_GONE] = { "gone", "Gone", "#E69F00", "#12161C", "rounded,filled,dashed",
                                   "rounded,dashed", 1.4 },
                   [DRAW_STRONGER] = { "stronger", "Stronger", "#56B4E9", "#12161C", "solid", "",
                                       1 },
                   [DRAW_WEAKER] = { "weaker", "Weaker", "#E69F00", "#12161C", "dotted", "dotted",
                                     1 } },
      .groups = { { "#56B4E9", "#12293A" },
                  { "#F0865A", "#3A2015" },
                  { "#35C49B", "#10302A" },
                  { "#E29BC6", "#3A2032" },
                  { "#F0E442", "#33300F" },
                  { "#8FCBF2", "#1B3140" },
                  { "#E69F00", "#33270C" },
                  { "#C0C0C0", "#2A2A2A" } } },
    { .name = "print",
      .ground = "#FFFFFF",
      .ink = "#000000",
      .body = "#000000",
      .quiet = "#333333",
      .line = "#404040",
      .frame = "#808080",
      .kinds = { [DRAW_PERSON] = { "person", "Person", "#000000", "#FFFFFF", "rounded,filled",
                                   "rounded", 0.8 },
                 [DRAW_COUNTRY] = { "country", "Country", "#000000", "#E6E6E6", "filled", "", 1.8 },
                 [DRAW_PLACE] = { "place", "Place", "#000000", "#FFFFFF", "rounded,filled,dashed",
                                  "rounded,dashed", 1 },
                 [DRAW_ORGANIZATION] = { "organization", "Organization", "#000000", "#F4F4F4",
                                         "filled,dashed", "dashed", 1 },
                 [DRAW_PEOPLE] = { "people", "People", "#000000", "#FFFFFF",
                                   "rounded,filled,dotted", "rounded,dotted", 1.6 },
                 [DRAW_OTHER] = { "other", "Other", "#000000", "#FFFFFF", "filled,dotted", "dotted",
                                  1.6 } },
      .changes = { [DRAW_SAME] = { "same", "As before", "#A6A6A6", "#FFFFFF", "rounded,filled",
                                   "rounded", 0.8 },
                   [DRAW_NEW] = { "new", "New", "#000000", "#E6E6E6", "rounded,filled", "rounded",
                                  1.8 },
                   [DRAW_GONE] = { "gone", "Gone", "#000000", "#FFFFFF", "rounded,filled,dashed",
                                   "rounded,dashed", 1.2 },
                   [DRAW_STRONGER] = { "stronger", "Stronger", "#000000", "#FFFFFF", "solid", "",
                                       1 },
                   [DRAW_WEAKER] = { "weaker", "Weaker", "#000000", "#FFFFFF", "dotted", "dotted",
                                     1 } },
      .groups = { { "#000000", "#FFFFFF" },
                  { "#000000", "#D9D9D9" },
                  { "#000000", "#BFBFBF" },
                  { "#000000", "#F2F2F2" },
                  { "#595959", "#FFFFFF" },
                  { "#595959", "#D9D9D9" },
                  { "#595959", "#BFBFBF" },
                  { "#595959", "#F2F2F2" } } },
};

const draw_theme *draw_theme_find(const char *name)
{
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        if (strcmp(name, themes[i].name) == 0)
            return &themes[i];
    return NULL;
}

draw_kind draw_kind_find(const char *name)
{
    for (int i = 0; i < DRAW_OTHER; i++)
        if (strcmp(name, themes[0].kinds[i].name) == 0)
            return (draw_kind)i;
    return DRAW_OTHER;
}

const char *draw_change_mark(draw_change change)
{
    return change == DRAW_STRONGER ? "+" : change == DRAW_WEAKER ? "\xE2\x88\x92" : "";
}

draw_change draw_change_find(const char *name)
{
    for (int i = 0; i < DRAW_CHANGE_COUNT; i++)
        if (strcmp(name, themes[0].changes[i].name) == 0)
            return (draw_change)i;
    return DRAW_SAME;
}

draw_outline draw_look_of(const draw_spec *spec, const draw_node *node)
{
    draw_outline look =
        spec->has_changes ? spec->theme->changes[node->change] : spec->theme->kinds[node->kind];

    if (spec->has_changes || !spec->is_by_community)
        return look;
    look.line = spec->theme->kinds[DRAW_OTHER].line;
    look.tint = spec->theme->kinds[DRAW_OTHER].tint;
    if (node->community >= 1 && node->community <= DRAW_GROUPS) {
        look.line = spec->theme->groups[node->community - 1].line;
        look.tint = spec->theme->groups[node->community - 1].tint;
    }
    return look;
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

/* The theme's line of an opacity between `faintest` and 220 of 255. */
static void put_colour(const draw_theme *theme, double faintest, double share, char colour_out[10])
{
    int alpha = (int)lround(faintest + (220 - faintest) * share);

    (void)snprintf(colour_out, 10, "%.7s%02X", theme->line, (unsigned)alpha & 0xFFu);
}

void draw_edge_colour(const draw_theme *theme, double weight, double max_weight,
                      char colour_out[10])
{
    put_colour(theme, 70, share_of(weight, max_weight), colour_out);
}

void draw_clear_colour(const draw_theme *theme, double weight, double max_weight,
                       char colour_out[10])
{
    put_colour(theme, 130, share_of(weight, max_weight), colour_out);
}

double draw_dot_width(double score, double max_score)
{
    return 0.07 + 0.13 * sqrt(share_of(score, max_score));
}
