/* Words for the titles of an SVG file.
 *
 * Graphviz gives every element a <title> with its name in the graph: n1, n1--n2. Browsers show it
 * under the mouse and screen readers read it aloud, so the names of actors belong there. Text of a
 * document never holds a raw < in what Graphviz wrote, so "<title>n" can only be one of its own. */
#include "drawing_internal.h"

#include <string.h>

/* Bytes of `word` when the text begins with it, else 0. */
static size_t starts(draw_text text, const char *word)
{
    size_t size = strlen(word);

    return text.size >= size && memcmp(text.data, word, size) == 0 ? size : 0;
}

/* The rest of a text after its first `size` bytes. */
static draw_text after(draw_text text, size_t size)
{
    return (draw_text){ text.data + size, text.size - size };
}

/* Reads n and a number; the node it names, or NULL. */
static const draw_node *read_name(const draw_spec *spec, draw_text *text)
{
    draw_text rest = *text;
    size_t index = 0;

    if (!starts(rest, "n"))
        return NULL;
    rest = after(rest, 1);
    while (rest.size && *rest.data >= '0' && *rest.data <= '9' && index <= spec->node_count) {
        index = 10 * index + (size_t)(*rest.data - '0');
        rest = after(rest, 1);
    }
    if (starts(rest, "p") && spec->panel_count > 0) /* of a panel */
        for (rest = after(rest, 1); rest.size && *rest.data >= '0' && *rest.data <= '9';)
            rest = after(rest, 1);
    *text = rest;
    return index >= 1 && index <= spec->node_count ? &spec->nodes[index - 1] : NULL;
}

/* "Israel: country, 19 mentions" */
static void put_node(FILE *out, const draw_node *node)
{
    draw_put_xml(out, node->label, DRAW_LABEL_BYTES);
    if (node->kind != DRAW_OTHER)
        (void)fprintf(out, ": %s", draw_kind_outline(node->kind)->name);
    if (node->mentions > 0)
        (void)fprintf(out, ", %.0f mention%s", node->mentions, node->mentions > 1 ? "s" : "");
}

/* Writes words for the title whose content `text` begins with and returns the bytes they stand
 * for; 0, and nothing written, when it is none of a node, an edge or the graph. */
static size_t put_title(FILE *out, const draw_spec *spec, draw_text text)
{
    draw_text rest = text;
    const draw_node *source = read_name(spec, &rest), *target = NULL;
    size_t size = starts(text, "nergraph</title>");

    if (size) {
        draw_put_xml(out, draw_title(spec), DRAW_LABEL_BYTES);
        return size - strlen("</title>");
    }
    if (source && starts(rest, "</title>")) {
        put_node(out, source);
        return text.size - rest.size;
    }
    size = starts(rest, "&#45;&#45;");
    if (!source || !size)
        return 0;
    rest = after(rest, size);
    target = read_name(spec, &rest);
    if (!target || !starts(rest, "</title>"))
        return 0;
    draw_put_xml(out, source->label, DRAW_LABEL_BYTES);
    (void)fputs(" \xE2\x80\x93 ", out);
    draw_put_xml(out, target->label, DRAW_LABEL_BYTES);
    return text.size - rest.size;
}

void draw_put_svg(FILE *out, const draw_spec *spec, draw_text svg)
{
    while (svg.size) {
        const char *tag = memchr(svg.data, '<', svg.size);
        size_t size = tag ? (size_t)(tag - svg.data) : svg.size;
        size_t title = 0;

        (void)fwrite(svg.data, 1, size, out);
        svg = after(svg, size);
        if (!svg.size)
            return;
        title = starts(svg, "<title>");
        size = title ? title : 1;
        (void)fwrite(svg.data, 1, size, out);
        svg = after(svg, size);
        if (title)
            svg = after(svg, put_title(out, spec, svg));
    }
}
