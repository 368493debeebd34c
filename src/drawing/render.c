/* Layout and picture. The only file that knows gvc.
 *
 * Two passes for the engines that place nodes freely: the first gives places, place.c arranges
 * them, the second (engine "nop") keeps them and draws the lines. Lines are the expensive part and
 * are drawn once.
 *
 * The size of a bitmap is ours to bound: 150 dots an inch where the picture stays below 40 million
 * dots and 16,000 a side, fewer where not, because cairo refuses sides over 32,767 and the memory
 * is four bytes a dot. */
#include "drawing_internal.h"

#include <graphviz/gvc.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double bitmap_dpi = 150, bitmap_dots = 40e6, bitmap_side = 16000;

/* Graphviz, opened once and kept to the end: its font plugin remembers names that closing would
 * free, and a second opening would read them. */
static GVC_t *open_graphviz(void)
{
    static GVC_t *gvc = NULL;

    if (!gvc)
        gvc = gvContext();
    return gvc;
}

/* Sets the resolution that keeps a laid out graph within the bounds. */
static void set_resolution(graph_t *graph)
{
    double width = GD_bb(graph).UR.x - GD_bb(graph).LL.x + 36;
    double height = GD_bb(graph).UR.y - GD_bb(graph).LL.y + 36;
    double scale = bitmap_dpi / 72;

    scale = fmin(scale, sqrt(bitmap_dots / (width * height)));
    scale = fmin(scale, bitmap_side / fmax(width, height));
    GD_drawing(graph)->dpi = scale * 72;
}

/* gvLayout with its failure in words. */
static int lay_out(GVC_t *gvc, graph_t *graph, const char *engine)
{
    if (gvLayout(gvc, graph, engine) == 0)
        return DRAW_OK;
    return draw_fail(DRAW_USAGE,
                     "layout engine \"%s\" failed: is it installed? Try neato, sfdp or fdp "
                     "(package graphviz)",
                     engine);
}

/* Sets a graph attribute; `kind` AGNODE or AGRAPH says whose. */
static void set_value(graph_t *graph, void *object, const char *name, const char *value)
{
    Agsym_t *symbol = agattr(graph, agobjkind(object), (char *)name, NULL);

    if (!symbol)
        symbol = agattr(graph, agobjkind(object), (char *)name, "");
    (void)agxset(object, symbol, (char *)value);
}

/* Reads the places of a laid out graph in the order of its nodes. */
static void read_places(graph_t *graph, draw_place *places)
{
    size_t i = 0;

    for (node_t *node = agfstnode(graph); node; node = agnxtnode(graph, node), i++)
        places[i] = (draw_place){ ND_coord(node).x, ND_coord(node).y, 72 * ND_width(node),
                                  72 * ND_height(node), agdegree(graph, node, 1, 1) == 0 };
}

/* Makes the places the `pos` of the nodes. */
static void write_places(graph_t *graph, const draw_place *places)
{
    char text[64];
    size_t i = 0;

    for (node_t *node = agfstnode(graph); node; node = agnxtnode(graph, node), i++) {
        (void)snprintf(text, sizeof text, "%.2f,%.2f", places[i].x, places[i].y);
        set_value(graph, node, "pos", text);
    }
}

/* First pass: places without lines, arranged. */
static int find_places(GVC_t *gvc, graph_t *graph, const char *engine, draw_place *places)
{
    int code = DRAW_OK;

    set_value(graph, graph, "splines", "");
    code = lay_out(gvc, graph, engine);
    if (code != DRAW_OK)
        return code;
    read_places(graph, places);
    draw_place_all(places, (size_t)agnnodes(graph));
    (void)gvFreeLayout(gvc, graph);
    return DRAW_OK;
}

/* Finds the places; then the graph asks for nothing but lines. */
static int arrange(GVC_t *gvc, graph_t *graph, const char *engine, const char *splines)
{
    size_t count = (size_t)agnnodes(graph);
    draw_place *places = calloc(count + 1, sizeof *places);
    int code = DRAW_OK;

    if (!places)
        return draw_fail(DRAW_MEMORY, "no memory for %zu nodes", count);
    code = find_places(gvc, graph, engine, places);
    if (code == DRAW_OK) {
        write_places(graph, places);
        set_value(graph, graph, "splines", splines);
        set_value(graph, graph, "overlap", "true");
    }
    free(places);
    return code;
}

/* The point half way along a line, by its pieces. */
static pointf middle_of(const bezier *line)
{
    size_t pieces = ((size_t)line->size - 1) / 3;
    const pointf *at = line->list + 3 * (pieces / 2);

    if (pieces % 2 == 0)
        return *at;
    return (pointf){ (at[0].x + 3 * at[1].x + 3 * at[2].x + at[3].x) / 8,
                     (at[0].y + 3 * at[1].y + 3 * at[2].y + at[3].y) / 8 };
}

/* Moves the labels of lines from beside them onto them: among many lines it would not be clear
 * whose they are. */
static void centre_labels(graph_t *graph)
{
    for (node_t *node = agfstnode(graph); node; node = agnxtnode(graph, node))
        for (edge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge))
            if (ED_label(edge) && ED_spl(edge) && ED_spl(edge)->size > 0 &&
                ED_spl(edge)->list[0].size > 3)
                ED_label(edge)->pos = middle_of(&ED_spl(edge)->list[0]);
}

/* Makes a straight line a curve, from middle to middle: the ends are behind their boxes. */
static void bend(edge_t *edge, const draw_curve *curve)
{
    const draw_place *from[] = { curve->from, &curve->first, &curve->second, curve->to };

    for (size_t i = 0; i < 4; i++)
        ED_spl(edge)->list[0].list[i] = (pointf){ from[i]->x, from[i]->y };
}

/* Bends the lines of one panel. `boxes`: where its nodes are, the frame first. */
static void bend_panel(graph_t *graph, node_t *const *nodes, const draw_place *boxes, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (edge_t *edge = agfstout(graph, nodes[i]); edge; edge = agnxtout(graph, edge)) {
            size_t k = 1;
            draw_curve curve = { 0 };

            while (k < count && nodes[k] != aghead(edge))
                k++;
            curve = (draw_curve){ .from = &boxes[i], .to = &boxes[k] };
            if (k < count && ED_spl(edge) && ED_spl(edge)->size == 1 &&
                ED_spl(edge)->list[0].size == 4 &&
                draw_curve_find(boxes + 1, count - 1, boxes, &curve))
                bend(edge, &curve);
        }
}

/* Bends the lines of all panels around boxes. The nodes of a panel stand one after the other, its
 * frame first (dot.c). */
static int bend_lines(graph_t *graph)
{
    size_t count = (size_t)agnnodes(graph), i = 0, first = 0;
    draw_place *boxes = calloc(count + 1, sizeof *boxes);
    node_t **nodes = calloc(count + 1, sizeof *nodes);

    if (!boxes || !nodes) {
        free(boxes);
        free(nodes);
        return draw_fail(DRAW_MEMORY, "no memory for %zu nodes", count);
    }
    read_places(graph, boxes);
    for (node_t *node = agfstnode(graph); node; node = agnxtnode(graph, node), i++) {
        nodes[i] = node;
        if (*agnameof(node) != 'f')
            continue;
        bend_panel(graph, nodes + first, boxes + first, i - first);
        first = i;
    }
    bend_panel(graph, nodes + first, boxes + first, count - first);
    free(boxes);
    free(nodes);
    return DRAW_OK;
}

/* Lays out with an engine and writes the picture. */
static int render(GVC_t *gvc, graph_t *graph, const char *engine, bool has_panels,
                  const char *format, FILE *out)
{
    int code = lay_out(gvc, graph, engine);

    if (code != DRAW_OK)
        return code;
    centre_labels(graph);
    if (has_panels)
        code = bend_lines(graph);
    if (strcmp(format, "png") == 0)
        set_resolution(graph);
    if (code == DRAW_OK && (gvRender(gvc, graph, format, out) != 0 || ferror(out)))
        code = draw_fail(DRAW_IO,
                         "cannot render %s: is the cairo plugin of Graphviz installed? "
                         "(Debian: package graphviz)",
                         format);
    (void)gvFreeLayout(gvc, graph);
    return code;
}

int draw_graph_render(draw_graph *graph, const draw_plan *plan, const char *format, FILE *out)
{
    bool is_free = plan->node_count > 0 &&
                   (strcmp(plan->engine, "neato") == 0 || strcmp(plan->engine, "sfdp") == 0 ||
                    strcmp(plan->engine, "fdp") == 0);
    GVC_t *gvc = open_graphviz();
    int code = DRAW_OK;

    if (!gvc)
        return draw_fail(DRAW_MEMORY, "cannot start Graphviz: no memory");
    if (is_free)
        code = arrange(gvc, graph, plan->engine, plan->splines);
    if (code == DRAW_OK)
        code = render(gvc, graph, is_free ? "nop" : plan->engine, false, format, out);
    return code;
}

int draw_graph_place(draw_graph *graph, const draw_plan *plan, draw_place *places)
{
    GVC_t *gvc = open_graphviz();
    int code = DRAW_OK;

    if (!gvc)
        return draw_fail(DRAW_MEMORY, "cannot start Graphviz: no memory");
    code = find_places(gvc, graph, plan->engine, places);
    return code;
}

int draw_graph_render_placed(draw_graph *graph, const char *format, FILE *out)
{
    GVC_t *gvc = open_graphviz();
    int code = DRAW_OK;

    if (!gvc)
        return draw_fail(DRAW_MEMORY, "cannot start Graphviz: no memory");
    code = render(gvc, graph, "nop", true, format, out);
    return code;
}

void draw_graphviz_version(char *version_out, size_t size)
{
    GVC_t *gvc = open_graphviz();

    (void)snprintf(version_out, size, "%s", gvc ? gvcVersion(gvc) : "unknown");
}
