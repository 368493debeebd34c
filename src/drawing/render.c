/* Layout and picture. The only file that knows gvc.
 *
 * The size of a bitmap is ours to bound: 150 dots an inch where the picture stays below 40 million
 * dots and 16,000 a side, fewer where not, because cairo refuses sides over 32,767 and the memory
 * is four bytes a dot. */
#include "drawing_internal.h"

#include <graphviz/gvc.h>

#include <math.h>
#include <string.h>

static const double bitmap_dpi = 150, bitmap_dots = 40e6, bitmap_side = 16000;

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

int draw_graph_render(draw_graph *graph, const char *engine, const char *format, FILE *out)
{
    GVC_t *gvc = gvContext();
    int code = DRAW_OK;

    if (!gvc)
        return draw_fail(DRAW_MEMORY, "cannot start Graphviz: no memory");
    if (gvLayout(gvc, graph, engine) != 0) {
        code = draw_fail(DRAW_USAGE,
                         "layout engine \"%s\" failed: is it installed? Try neato, sfdp or fdp "
                         "(package graphviz)",
                         engine);
    } else {
        if (strcmp(format, "png") == 0)
            set_resolution(graph);
        if (gvRender(gvc, graph, format, out) != 0 || ferror(out))
            code = draw_fail(DRAW_IO,
                             "cannot render %s: is the cairo plugin of Graphviz installed? "
                             "(Debian: package graphviz)",
                             format);
        (void)gvFreeLayout(gvc, graph);
    }
    (void)gvFreeContext(gvc);
    return code;
}

void draw_graphviz_version(char *version_out, size_t size)
{
    GVC_t *gvc = gvContext();

    (void)snprintf(version_out, size, "%s", gvc ? gvcVersion(gvc) : "unknown");
    if (gvc)
        (void)gvFreeContext(gvc);
}
