/* Structs to a Graphviz graph and to DOT. The only file that knows cgraph.
 *
 * Node names are n1, n2, ... in the order of the input; everything that came from a document is an
 * attribute value, escaped by text.c. Attributes whose name Graphviz gives a meaning to are set
 * from a short list of our own, never from the input, and there is no URL and no layout= among
 * them. cgraph writes values with its own quoting; linelength=0 keeps it from breaking long ones.
 * cgraph has no way to report a failed allocation: the process may die here, which its parent
 * survives. */
#include "drawing_internal.h"

#include <graphviz/cgraph.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_NODES = 6 };

/* Input members that are copied to nodes and edges when some item has them. */
static const char *const node_members[] = { "id",
                                            "name",
                                            "kind",
                                            "iso2",
                                            "geonames",
                                            "lat",
                                            "lon",
                                            "geo_confidence",
                                            "mentions",
                                            "as_place",
                                            "as_actor",
                                            "docs",
                                            "units",
                                            "aliases",
                                            "degree",
                                            "strength",
                                            "betweenness",
                                            "closeness",
                                            "harmonic",
                                            "pagerank",
                                            "eigenvector",
                                            "community",
                                            "katz",
                                            "coreness",
                                            "clustering",
                                            "constraint",
                                            "participation",
                                            "within_module_degree",
                                            "community_brokerage",
                                            "kind_brokerage",
                                            "component",
                                            "confidence",
                                            "first",
                                            "last" };
static const char *const edge_members[] = { "id",          "weight",     "units",      "docs",
                                            "sentences",   "npmi",       "p_value",    "q_value",
                                            "interaction", "evidence",   "confidence", "first",
                                            "last",        "betweenness" };

/* A graph being made: a scratch stream whose text becomes the next attribute value. */
typedef struct maker {
    Agraph_t *graph;
    FILE *text;
    char *data;
    size_t size;
} maker;

/* Starts the next value. */
static FILE *begin(maker *make)
{
    rewind(make->text);
    return make->text;
}

/* Ends the value and returns it: zero-terminated, valid until the next begin. */
static char *end(maker *make)
{
    (void)fputc('\0', make->text);
    (void)fflush(make->text);
    return make->data;
}

/* Sets an attribute of a node or edge that was declared for its kind of object. */
static void set(maker *make, void *object, const char *name, char *value)
{
    Agsym_t *symbol = agattr(make->graph, agobjkind(object), (char *)name, NULL);

    (void)agxset(object, symbol, value);
}

/* Sets an HTML-like value. The string lives as long as the graph: how it would be given back
 * differs between versions of cgraph. */
static void set_html(maker *make, void *object, const char *name, char *value)
{
    set(make, object, name, agstrdup_html(make->graph, value));
}

/* An attribute that everything of one kind has unless it says otherwise. */
typedef struct attribute {
    const char *name, *value;
} attribute;

/* Declares attributes with their defaults; the last has no name. */
static void declare(maker *make, int kind, const attribute *attributes)
{
    for (; attributes->name; attributes++)
        (void)agattr(make->graph, kind, (char *)attributes->name, (char *)attributes->value);
}

/* The look of the whole, and what the layout engines are told. A few large names would hide the
 * short lines between them, so small pictures get longer ones. */
static void declare_whole(maker *make, const draw_spec *spec, const draw_plan *plan)
{
    const attribute attributes[] = {
        { "charset", "UTF-8" },
        { "linelength", "0" },
        { "bgcolor", spec->theme->ground },
        { "fontname", draw_fonts },
        { "fontsize", "11" },
        { "fontcolor", spec->theme->ink },
        { "label", "" },
        { "labelloc", "t" },
        { "labeljust", "l" },
        { "outputorder", "edgesfirst" },
        { "pad", "0.25" },
        { "start", "42" },
        { "splines", plan->splines },
        { "overlap", "prism" },
        { "overlap_shrink", plan->node_count <= FEW_NODES ? "false" : "true" },
        { "sep", "+10" },
        { "pack", "18" },
        { "packmode", "node" },
        { NULL, NULL },
    };

    declare(make, AGRAPH, attributes);
}

/* The look of nodes and edges where they have none of their own. */
static void declare_parts(maker *make, const draw_spec *spec, const draw_plan *plan)
{
    const attribute node[] = {
        { "shape", "box" },
        { "style", "filled" },
        { "fontname", draw_fonts },
        { "fontsize", "10" },
        { "fontcolor", spec->theme->body },
        { "color", spec->theme->kinds[DRAW_OTHER].line },
        { "fillcolor", spec->theme->kinds[DRAW_OTHER].tint },
        { "penwidth", "1.2" },
        { "margin", "0.1,0.055" },
        { "width", "0" },
        { "height", "0" },
        { "fixedsize", "false" },
        { "label", "" },
        { NULL, NULL },
    };
    const attribute edge[] = {
        { "color", spec->theme->line },
        { "penwidth", "0.7" },
        { "len", plan->node_count <= FEW_NODES ? "2.2" : "1" },
        { NULL, NULL },
    };

    declare(make, AGNODE, node);
    declare(make, AGEDGE, edge);
}

/* Declares those members that some item of the array has. */
static void declare_members(maker *make, int kind, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)agattr(make->graph, kind, (char *)names[i], "");
}

/* What only a difference has. */
static void declare_changes(maker *make)
{
    const attribute edge[] = { { "style", "solid" }, { "change", "" }, { "before", "" },
                               { "after", "" },      { "label", "" },  { "fontname", draw_fonts },
                               { NULL, NULL } };

    declare(make, AGEDGE, edge);
    (void)agattr(make->graph, AGNODE, "change", "");
}

/* Copies the members an item has: strings escaped, numbers as they are. */
static void copy_members(maker *make, void *object, const json_t *json, const char *const *names,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(json, names[i]);
        FILE *out = begin(make);
        if (json_is_string(value))
            draw_put_plain(out, (draw_text){ json_string_value(value), json_string_length(value) },
                           DRAW_VALUE_BYTES);
        else if (json_is_integer(value))
            (void)fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        else if (json_is_real(value))
            (void)fprintf(out, "%.9g", json_real_value(value));
        else
            continue;
        set(make, object, names[i], end(make));
    }
}

/* The mark of a tie that became stronger or weaker: a small box on its line (render.c puts it in
 * the middle). Begins with a raw newline as all our HTML-like strings. */
static void put_mark(FILE *out, const draw_theme *theme, const draw_outline *look, const char *mark)
{
    (void)fprintf(out,
                  "\n<TABLE BORDER=\"1\" COLOR=\"%s\" BGCOLOR=\"%s\" STYLE=\"ROUNDED\" "
                  "CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\"><TR><TD FIXEDSIZE=\"TRUE\" "
                  "WIDTH=\"11\" HEIGHT=\"11\"><FONT POINT-SIZE=\"12\" COLOR=\"%s\"><B>%s</B></FONT>"
                  "</TD></TR></TABLE>",
                  look->line, theme->ground, look->line, mark);
}

/* A line that tells what became of a tie: by its colour, by its style, and by a mark where it was
 * there before and after. */
static void show_change(maker *make, const draw_spec *spec, void *made, const draw_edge *edge)
{
    static const char *const change_members[] = { "before", "after" };
    static const char *const styles[DRAW_CHANGE_COUNT] = { [DRAW_SAME] = "solid",
                                                           [DRAW_NEW] = "solid",
                                                           [DRAW_GONE] = "dashed",
                                                           [DRAW_STRONGER] = "solid",
                                                           [DRAW_WEAKER] = "dotted" };
    const draw_outline *look = &spec->theme->changes[edge->change];
    char colour[10];

    copy_members(make, made, edge->json, change_members, 2);
    (void)snprintf(colour, sizeof colour, "%s%s", look->line,
                   edge->change == DRAW_SAME       ? "70"
                   : edge->change == DRAW_STRONGER ? "80"
                                                   : "D0");
    set(make, made, "color", colour);
    set(make, made, "style", (char *)styles[edge->change]);
    set(make, made, "change", (char *)look->name);
    if (*draw_change_mark(edge->change)) {
        put_mark(begin(make), spec->theme, look, draw_change_mark(edge->change));
        set_html(make, made, "label", end(make));
    }
    (void)fprintf(begin(make), "%.2f", draw_clear_width(edge->weight, spec->full_weight));
    set(make, made, "penwidth", end(make));
}

/* A node whose name is not shown: a dot; what it is stands in the title of an SVG file. */
static void show_dot(maker *make, void *made, double score, double max_score)
{
    (void)fprintf(begin(make), "%.3f", draw_dot_width(score, max_score));
    set(make, made, "width", end(make));
    (void)fprintf(begin(make), "%.3f", draw_dot_width(score, max_score));
    set(make, made, "height", end(make));
    set(make, made, "fixedsize", "true");
    set(make, made, "shape", "circle");
    set(make, made, "style", "filled");
}

/* One node with its look. */
static Agnode_t *add_node(maker *make, const draw_spec *spec, const draw_plan *plan, size_t index)
{
    const draw_node *node = &spec->nodes[index];
    const draw_outline kind = draw_look_of(spec, node);
    double size = plan->name_scale * draw_font_size(node->score, spec->max_score, node->label);
    Agnode_t *made = NULL;

    (void)fprintf(begin(make), "n%zu", index + 1);
    made = agnode(make->graph, end(make), 1);
    copy_members(make, made, node->json, node_members, sizeof node_members / sizeof *node_members);
    if (spec->has_changes)
        set(make, made, "change", (char *)spec->theme->changes[node->change].name);
    set(make, made, "style", (char *)kind.style);
    set(make, made, "color", (char *)kind.line);
    set(make, made, "fillcolor", (char *)kind.tint);
    (void)fprintf(begin(make), "%.1f", kind.pen);
    set(make, made, "penwidth", end(make));
    (void)fprintf(begin(make), "%.1f", size);
    set(make, made, "fontsize", end(make));
    if (!node->is_named) {
        show_dot(make, made, node->score, spec->max_score);
    } else if (node->is_bold) {
        draw_put_bold_label(begin(make), node->label);
        set_html(make, made, "label", end(make));
    } else {
        draw_put_label(begin(make), node->label);
        set(make, made, "label", end(make));
    }
    return made;
}

/* One edge with its look. */
static void add_edge(maker *make, const draw_spec *spec, Agnode_t **nodes, size_t index)
{
    const draw_edge *edge = &spec->edges[index];
    Agedge_t *made = NULL;
    char colour[10];

    (void)fprintf(begin(make), "e%zu", index + 1);
    made = agedge(make->graph, nodes[edge->source], nodes[edge->target], end(make), 1);
    copy_members(make, made, edge->json, edge_members, sizeof edge_members / sizeof *edge_members);
    draw_edge_colour(spec->theme, edge->weight, spec->full_weight, colour);
    set(make, made, "color", colour);
    (void)fprintf(begin(make), "%.2f", draw_pen_width(edge->weight, spec->full_weight));
    set(make, made, "penwidth", end(make));
    if (spec->has_changes)
        show_change(make, spec, made, edge);
}

/* All nodes, then all edges. */
static int fill(maker *make, const draw_spec *spec, const draw_plan *plan)
{
    Agnode_t **nodes = calloc(spec->node_count + 1, sizeof(Agnode_t *));

    if (!nodes)
        return draw_fail(DRAW_MEMORY, "no memory for %zu nodes", spec->node_count);
    for (size_t i = 0; i < spec->node_count; i++)
        if (spec->nodes[i].is_drawn)
            nodes[i] = add_node(make, spec, plan, i);
    for (size_t i = 0; i < spec->edge_count; i++)
        if (spec->edges[i].is_drawn)
            add_edge(make, spec, nodes, i);
    free(nodes);
    return DRAW_OK;
}

int draw_graph_make(const draw_spec *spec, const draw_plan *plan, draw_graph **graph_out)
{
    maker make = { 0 };
    int code = DRAW_OK;

    (void)agseterr(AGERR);
    make.text = open_memstream(&make.data, &make.size);
    make.graph = agopen("nergraph", Agundirected, NULL);
    if (!make.text || !make.graph) {
        code = draw_fail(DRAW_MEMORY, "no memory for a graph");
    } else {
        declare_whole(&make, spec, plan);
        declare_parts(&make, spec, plan);
        declare_members(&make, AGNODE, node_members, sizeof node_members / sizeof *node_members);
        declare_members(&make, AGEDGE, edge_members, sizeof edge_members / sizeof *edge_members);
        if (spec->has_changes)
            declare_changes(&make);
        draw_put_heading(begin(&make), spec, plan);
        set_html(&make, make.graph, "label", end(&make));
        code = fill(&make, spec, plan);
    }
    if (make.text)
        (void)fclose(make.text);
    free(make.data);
    if (code == DRAW_OK)
        *graph_out = make.graph;
    else
        draw_graph_free(make.graph);
    return code;
}

/* ---- small multiples ---- */

enum { PANEL_PAD = 16, PANEL_GAP = 24, PANEL_NAME = 32 };

/* Where the panels are. */
typedef struct grid {
    double left, low, width, height; /* of what is drawn in one */
    size_t columns;
} grid;

/* The box around all places, and as many columns as make the whole about one and a half times as
 * wide as high with few places left empty. */
static grid make_grid(const draw_spec *spec, const draw_place *places, size_t count)
{
    grid made = { 0, 0, 0, 0, 1 };
    double right = 0, high = 0, best = HUGE_VAL;

    for (size_t i = 0; i < count; i++) {
        made.left = fmin(made.left, places[i].x - places[i].width / 2);
        made.low = fmin(made.low, places[i].y - places[i].height / 2);
        right = fmax(right, places[i].x + places[i].width / 2);
        high = fmax(high, places[i].y + places[i].height / 2);
    }
    made.width = right - made.left + 2 * PANEL_PAD;
    made.height = high - made.low + 2 * PANEL_PAD + PANEL_NAME;
    for (size_t columns = 1; columns <= spec->panel_count; columns++) {
        size_t rows = (spec->panel_count + columns - 1) / columns;
        double aspect = (double)columns * made.width / ((double)rows * made.height);
        double empty = (double)(rows * columns - spec->panel_count) / (double)(rows * columns);
        double miss = fabs(log(aspect / 1.5)) + 1.5 * empty;

        if (miss < best) {
            best = miss;
            made.columns = columns;
        }
    }
    return made;
}

static void set_place(maker *make, void *object, double x, double y)
{
    (void)fprintf(begin(make), "%.2f,%.2f", x, y);
    set(make, object, "pos", end(make));
}

/* The frame of a panel. */
static void add_frame(maker *make, const draw_spec *spec, const grid *at, size_t index, double x,
                      double y)
{
    Agnode_t *frame = NULL;

    (void)fprintf(begin(make), "f%zu", index + 1);
    frame = agnode(make->graph, end(make), 1);
    (void)fprintf(begin(make), "%.4f", at->width / 72);
    set(make, frame, "width", end(make));
    (void)fprintf(begin(make), "%.4f", at->height / 72);
    set(make, frame, "height", end(make));
    set(make, frame, "fixedsize", "true");
    set(make, frame, "style", "solid");
    set(make, frame, "color", (char *)spec->theme->frame);
    set_place(make, frame, x + at->width / 2, y + at->height / 2);
}

/* The name of a panel, at the top of its frame. */
static void add_name(maker *make, const draw_spec *spec, const draw_panel *panel, const grid *at,
                     size_t index, double x, double y)
{
    Agnode_t *name = NULL;

    (void)fprintf(begin(make), "h%zu", index + 1);
    name = agnode(make->graph, end(make), 1);
    draw_put_bold_label(begin(make), panel->name);
    set_html(make, name, "label", end(make));
    set(make, name, "shape", "plaintext");
    set(make, name, "style", "solid");
    set(make, name, "fontcolor", (char *)spec->theme->ink);
    set(make, name, "fontsize", "20");
    set_place(make, name, x + at->width / 2, y + at->height - PANEL_NAME / 2.0 - PANEL_PAD / 4.0);
}

/* One panel, its lower left corner at (x, y). */
static int add_panel(maker *make, const draw_spec *spec, const draw_place *places, const grid *at,
                     size_t index, double x, double y)
{
    const draw_panel *panel = &spec->panels[index];
    Agnode_t **nodes = calloc(spec->node_count + 1, sizeof(Agnode_t *));
    size_t place = 0;

    if (!nodes)
        return draw_fail(DRAW_MEMORY, "no memory for a panel");
    add_frame(make, spec, at, index, x, y);
    add_name(make, spec, panel, at, index, x, y);
    for (size_t i = 0; i < spec->node_count; i++) {
        const draw_node *node = &spec->nodes[i];
        const draw_outline kind = draw_look_of(spec, node);
        const draw_place *here = &places[place];

        place += node->is_drawn;
        if (!node->is_drawn || panel->scores[i] < 0)
            continue;
        (void)fprintf(begin(make), "n%zup%zu", i + 1, index + 1);
        nodes[i] = agnode(make->graph, end(make), 1);
        set(make, nodes[i], "style", (char *)kind.style);
        set(make, nodes[i], "color", (char *)kind.line);
        set(make, nodes[i], "fillcolor", (char *)kind.tint);
        (void)fprintf(begin(make), "%.1f",
                      draw_font_size(panel->scores[i], spec->max_score, node->label));
        set(make, nodes[i], "fontsize", end(make));
        draw_put_label(begin(make), node->label);
        set(make, nodes[i], "label", end(make));
        set_place(make, nodes[i], x + PANEL_PAD + here->x - at->left,
                  y + PANEL_PAD + here->y - at->low);
    }
    for (size_t i = 0; i < panel->edge_count; i++) {
        const draw_edge *edge = &panel->edges[i];
        Agedge_t *made = NULL;
        char colour[10];

        if (!nodes[edge->source] || !nodes[edge->target])
            continue;
        made = agedge(make->graph, nodes[edge->source], nodes[edge->target], NULL, 1);
        draw_clear_colour(spec->theme, edge->weight, spec->full_weight, colour);
        set(make, made, "color", colour);
        (void)fprintf(begin(make), "%.2f", draw_clear_width(edge->weight, spec->full_weight));
        set(make, made, "penwidth", end(make));
    }
    free(nodes);
    return DRAW_OK;
}

/* All panels, row by row from the top. */
static int fill_panels(maker *make, const draw_spec *spec, const draw_place *places, const grid *at)
{
    int code = DRAW_OK;

    for (size_t i = 0; i < spec->panel_count && code == DRAW_OK; i++) {
        size_t row = i / at->columns, column = i % at->columns;

        code = add_panel(make, spec, places, at, i, (double)column * (at->width + PANEL_GAP),
                         -(double)row * (at->height + PANEL_GAP));
    }
    return code;
}

int draw_panels_make(const draw_spec *spec, const draw_plan *plan, const draw_place *places,
                     draw_graph **graph_out)
{
    grid at = make_grid(spec, places, plan->node_count);
    draw_plan whole = *plan;
    maker make = { 0 };
    int code = DRAW_OK;

    whole.splines = "line";
    whole.scale = fmax(1, sqrt((double)spec->panel_count) / 2);
    make.text = open_memstream(&make.data, &make.size);
    make.graph = agopen("nergraph", Agundirected, NULL);
    if (!make.text || !make.graph) {
        code = draw_fail(DRAW_MEMORY, "no memory for a graph");
    } else {
        declare_whole(&make, spec, &whole);
        (void)agattr(make.graph, AGRAPH, "overlap", "true");
        declare_parts(&make, spec, &whole);
        (void)agattr(make.graph, AGNODE, "pos", "");
        draw_put_heading(begin(&make), spec, &whole);
        set_html(&make, make.graph, "label", end(&make));
        code = fill_panels(&make, spec, places, &at);
    }
    if (make.text)
        (void)fclose(make.text);
    free(make.data);
    if (code == DRAW_OK)
        *graph_out = make.graph;
    else
        draw_graph_free(make.graph);
    return code;
}

void draw_graph_free(draw_graph *graph)
{
    if (graph)
        (void)agclose(graph);
}

int draw_graph_write_dot(draw_graph *graph, FILE *out)
{
    if (agwrite(graph, out) != 0 || ferror(out))
        return draw_fail(DRAW_MEMORY, "cannot write DOT: no memory");
    return DRAW_OK;
}
