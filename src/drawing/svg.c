/* Words for the titles of an SVG file.
 *
 * Graphviz gives every element a <title> with its name in the graph: n1, n1--n2. Browsers show it
 * under the mouse and screen readers read it aloud, so the names of actors belong there. Text of a
 * document never holds a raw < in what Graphviz wrote, so "<title>n" can only be one of its own. */
#include "drawing_internal.h"

#include <stdlib.h>
#include <string.h>

/* What is being read, and its drawn edges in the order of their ends (a difference alone: it has
 * one edge a pair, and each has something to tell). */
typedef struct reader {
    const draw_spec *spec;
    const draw_edge **edges;
    size_t edge_count;
} reader;

/* An edge's ends, without direction. */
static int compare_ends(const void *a, const void *b)
{
    const draw_edge *x = *(const draw_edge *const *)a, *y = *(const draw_edge *const *)b;
    uint32_t x_low = x->source < x->target ? x->source : x->target;
    uint32_t y_low = y->source < y->target ? y->source : y->target;
    uint32_t x_high = x->source ^ x->target ^ x_low, y_high = y->source ^ y->target ^ y_low;

    if (x_low != y_low)
        return x_low < y_low ? -1 : 1;
    return (x_high > y_high) - (x_high < y_high);
}

/* Sorts the edges of a difference. */
static bool sort_edges(reader *from)
{
    const draw_spec *spec = from->spec;

    from->edges = calloc(spec->edge_count + 1, sizeof(draw_edge *));
    for (size_t i = 0; i < spec->edge_count && from->edges && spec->has_changes; i++)
        if (spec->edges[i].is_drawn)
            from->edges[from->edge_count++] = &spec->edges[i];
    if (from->edge_count > 0)
        qsort(from->edges, from->edge_count, sizeof(draw_edge *), compare_ends);
    return from->edges != NULL;
}

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

/* Reads a letter and a number from 1 to `most`; 0, and nothing read, where there is none. */
static size_t read_number(draw_text *text, const char *letter, size_t most)
{
    draw_text rest = *text;
    size_t number = 0;

    if (!starts(rest, letter))
        return 0;
    rest = after(rest, 1);
    while (rest.size && *rest.data >= '0' && *rest.data <= '9' && number <= most) {
        number = 10 * number + (size_t)(*rest.data - '0');
        rest = after(rest, 1);
    }
    if (number < 1 || number > most)
        return 0;
    *text = rest;
    return number;
}

/* Reads the name of a node, and the panel it is in (0: none); NULL where it is none. */
static const draw_node *read_name(const draw_spec *spec, draw_text *text, size_t *panel_out)
{
    size_t number = read_number(text, "n", spec->node_count);

    *panel_out = number ? read_number(text, "p", spec->panel_count) : 0;
    return number ? &spec->nodes[number - 1] : NULL;
}

/* ", 2024": the panel, where there is one. */
static void put_panel(FILE *out, const draw_spec *spec, size_t panel)
{
    if (panel == 0)
        return;
    (void)fputs(", ", out);
    draw_put_xml(out, spec->panels[panel - 1].name, DRAW_LABEL_BYTES);
}

/* "Israel: country, 19 mentions", "Israel: country, new", "Israel, 2024: country, strength 88" */
static void put_node(FILE *out, const draw_spec *spec, const draw_node *node, size_t panel)
{
    draw_put_xml(out, node->label, DRAW_LABEL_BYTES);
    put_panel(out, spec, panel);
    if (node->kind != DRAW_OTHER)
        (void)fprintf(out, ": %s", spec->theme->kinds[node->kind].name);
    if (node->mentions > 0)
        (void)fprintf(out, ", %.0f mention%s", node->mentions, node->mentions > 1 ? "s" : "");
    if (spec->has_changes && node->change != DRAW_SAME)
        (void)fprintf(out, ", %s", spec->theme->changes[node->change].name);
    if (panel > 0) {
        (void)fputs(", ", out);
        draw_put_xml(out, (draw_text){ spec->size_by, strlen(spec->size_by) }, DRAW_LABEL_BYTES);
        (void)fprintf(out, " %.6g", spec->panels[panel - 1].scores[node - spec->nodes]);
    }
}

/* ": stronger, 33 to 498", ": as before, 5" */
static void put_change(FILE *out, const reader *from, const draw_node *source,
                       const draw_node *target)
{
    const draw_edge wanted = { .source = (uint32_t)(source - from->spec->nodes),
                               .target = (uint32_t)(target - from->spec->nodes) };
    const draw_edge *key = &wanted;
    const draw_edge *const *found = NULL;

    if (from->edge_count > 0)
        found = bsearch(&key, from->edges, from->edge_count, sizeof(draw_edge *), compare_ends);
    if (found && (*found)->change == DRAW_SAME)
        (void)fprintf(out, ": as before, %.6g", (*found)->weight);
    else if (found)
        (void)fprintf(out, ": %s, %.6g to %.6g", from->spec->theme->changes[(*found)->change].name,
                      json_number_value(json_object_get((*found)->json, "before")),
                      json_number_value(json_object_get((*found)->json, "after")));
}

/* Writes words for the title whose content `text` begins with and returns the bytes they stand
 * for; 0, and nothing written, when it is none of a node, an edge, a panel or the graph. */
static size_t put_title(FILE *out, const reader *from, draw_text text)
{
    const draw_spec *spec = from->spec;
    draw_text rest = text;
    size_t panel = read_number(&rest, "f", spec->panel_count);
    const draw_node *source = NULL, *target = NULL;
    size_t size = starts(text, "nergraph</title>");

    if (size) {
        draw_put_xml(out, draw_title(spec), DRAW_LABEL_BYTES);
        return size - strlen("</title>");
    }
    if (!panel) /* a frame, or the name in it */
        panel = read_number(&rest, "h", spec->panel_count);
    if (panel && starts(rest, "</title>")) {
        draw_put_xml(out, spec->panels[panel - 1].name, DRAW_LABEL_BYTES);
        return text.size - rest.size;
    }
    source = read_name(spec, &rest, &panel);
    if (source && starts(rest, "</title>")) {
        put_node(out, spec, source, panel);
        return text.size - rest.size;
    }
    size = starts(rest, "&#45;&#45;");
    if (!source || !size)
        return 0;
    rest = after(rest, size);
    target = read_name(spec, &rest, &panel);
    if (!target || !starts(rest, "</title>"))
        return 0;
    draw_put_xml(out, source->label, DRAW_LABEL_BYTES);
    (void)fputs(" \xE2\x80\x93 ", out);
    draw_put_xml(out, target->label, DRAW_LABEL_BYTES);
    put_panel(out, spec, panel);
    put_change(out, from, source, target);
    return text.size - rest.size;
}

/* Copies all, with other titles. */
static void copy(FILE *out, const reader *from, draw_text svg)
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
            svg = after(svg, put_title(out, from, svg));
    }
}

bool draw_put_svg(FILE *out, const draw_spec *spec, draw_text svg)
{
    reader from = { .spec = spec };
    bool is_good = sort_edges(&from);

    if (is_good)
        copy(out, &from, svg);
    free(from.edges);
    return is_good;
}
