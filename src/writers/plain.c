/* Two old formats, offered because programs ask for them: GML (Himsolt 1997) and Pajek's .net.
 *
 * Their readers take a label for the node, and make one node of two with the same label. So labels
 * that repeat have the id behind them, in brackets. In GML the name is the label as it is, and the
 * id, which must be a number there, is `actor`. GML is ASCII: other characters are references;
 * igraph and Gephi show them as they are. Pajek has neither attributes nor a way to write a quote:
 * it becomes an apostrophe, a backslash becomes a slash. */
#include "writers_internal.h"

/* ---- labels that do not repeat ---- */

/* The labels of a graph as a format writes them. */
typedef struct labels {
    ng_arena arena;
    ng_view *items;             /* of each node */
    char (*replace)(char byte); /* what the format cannot write */
} labels;

/* What sorting needs. */
static int compare_items(const void *a, const void *b, void *user)
{
    const labels *of = user;

    return ng_view_compare(of->items[*(const uint32_t *)a], of->items[*(const uint32_t *)b]);
}

/* "Label (id)" */
static ng_status add_id(ng_ctx *cx, labels *of, uint32_t node, ng_view id)
{
    size_t size = of->items[node].size + id.size + 3, at = of->items[node].size;
    char *text = ng_arena_room(cx, &of->arena, size + 1, 1);

    if (!text)
        return ng_arena_status(&of->arena);
    memcpy(text, of->items[node].data, at);
    memcpy(text + at, " (", 2);
    for (size_t i = 0; i < id.size; i++)
        text[at + 2 + i] = of->replace(id.data[i]);
    text[size - 1] = ')';
    of->items[node] = (ng_view){ text, size };
    return NG_OK;
}

/* Gives those that repeat their ids, and those that NetworkX takes for an empty list.
 * *changed_out: some were given. */
static ng_status part_repeated(ng_ctx *cx, const ng_graph *graph, labels *of, bool *changed_out)
{
    size_t count = ng_graph_node_count(graph);
    uint32_t *order = ng_arena_room(cx, &of->arena, count + 1, sizeof *order);
    ng_status status = NG_OK;

    *changed_out = false;
    if (!order)
        return ng_arena_status(&of->arena);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    status = ng_sort(cx, order, count, sizeof *order, compare_items, of);
    for (size_t i = 0; i < count && status == NG_OK;) {
        size_t end = i + 1;
        bool is_list = false;

        while (end < count && ng_view_equal(of->items[order[end]], of->items[order[i]]))
            end++;
        is_list = ng_view_equal(of->items[order[i]], NG_VIEW("[]")) ||
                  ng_view_equal(of->items[order[i]], NG_VIEW("()"));
        for (size_t k = i; k < end && (end - i > 1 || is_list) && status == NG_OK; k++) {
            status = add_id(cx, of, order[k], ng_graph_node(graph, order[k])->id);
            *changed_out = true;
        }
        i = end;
    }
    return status;
}

/* Labels with bytes of a format replaced one by one; empty ones are ids. A label with an id may be
 * that of another node, and ids that differ may be equal as they are written: each time around
 * those that still repeat become longer. */
static ng_status make_labels(ng_ctx *cx, const ng_graph *graph, labels *of)
{
    enum { MOST_TIMES = 8 };
    size_t count = ng_graph_node_count(graph);
    bool is_changed = true;
    ng_status status = NG_OK;

    of->items = ng_arena_room(cx, &of->arena, count + 1, sizeof *of->items);
    for (size_t i = 0; i < count && of->items; i++) {
        const ng_node *node = ng_graph_node(graph, i);
        ng_view from = node->label.size > 0 ? node->label : node->id;
        char *text = ng_arena_room(cx, &of->arena, from.size + 1, 1);

        if (!text)
            return ng_arena_status(&of->arena);
        for (size_t k = 0; k < from.size; k++)
            text[k] = of->replace(from.data[k]);
        of->items[i] = (ng_view){ text, from.size };
    }
    if (!of->items)
        return ng_arena_status(&of->arena);
    for (int i = 0; i < MOST_TIMES && is_changed && status == NG_OK; i++)
        status = part_repeated(cx, graph, of, &is_changed);
    return status;
}

/* ---- GML ---- */

/* Control bytes are blanks; the rest is escaped when it is written. */
static char replace_control(char byte)
{
    return (unsigned char)byte < 0x20 || byte == 0x7F ? ' ' : byte;
}

/* A quoted text: ASCII, references for the rest. */
static void put_gml_text(ng_pen *pen, ng_view text)
{
    ng_pen_byte(pen, '"');
    for (size_t i = 0, length = 0; i < text.size; i += length) {
        uint32_t code_point = ng_utf8_decode(text.data + i, text.size - i, &length);

        if (code_point == '&') {
            ng_pen_put(pen, "&amp;");
        } else if (code_point == '"') {
            ng_pen_put(pen, "&quot;");
        } else if (code_point < 0x20 || code_point == 0x7F) {
            ng_pen_byte(pen, ' ');
        } else if (code_point < 0x7F) {
            ng_pen_byte(pen, (char)code_point);
        } else {
            ng_pen_put(pen, "&#");
            ng_pen_unsigned(pen, code_point);
            ng_pen_byte(pen, ';');
        }
    }
    ng_pen_byte(pen, '"');
}

/* A number: in GML one with an exponent has a point, too. Readers take 2e-05 for 2 and a key. */
static void put_gml_number(ng_pen *pen, const ng_value *value)
{
    ng_buffer digits;
    ng_pen own;
    ng_view text = NG_VIEW_NONE;
    const char *exponent = NULL;
    size_t at = 0;

    ng_buffer_init(&digits, SIZE_MAX / 2);
    ng_pen_init(&own, pen->cx, &digits, NULL);
    ng_pen_bare_value(&own, value);
    if (pen->status == NG_OK)
        pen->status = ng_pen_finish(&own);
    text = ng_buffer_view(&digits);
    exponent = text.size > 0 ? memchr(text.data, 'e', text.size) : NULL;
    at = exponent ? (size_t)(exponent - text.data) : text.size;
    ng_pen_view(pen, ng_view_part(text, 0, at));
    if (exponent && !memchr(text.data, '.', at))
        ng_pen_put(pen, ".0");
    ng_pen_view(pen, ng_view_part(text, at, text.size));
    ng_buffer_destroy(pen->cx, &digits);
}

static void put_gml_value(ng_pen *pen, const ng_attribute *of, const ng_value *value)
{
    if (strcmp(of->name, "label") == 0) /* it has been put, without repetition */
        return;
    ng_pen_put(pen, "    ");
    ng_pen_put(pen, of->name);
    ng_pen_byte(pen, ' ');
    if (value->kind == NG_VALUE_TEXT)
        put_gml_text(pen, value->text);
    else
        put_gml_number(pen, value);
    ng_pen_byte(pen, '\n');
}

static void put_gml_nodes(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                          const labels *of)
{
    ng_attribute list[NG_ATTRIBUTES_MAX];
    size_t count = ng_attributes_of_nodes(scores, list);
    ng_buffer room;

    ng_buffer_init(&room, SIZE_MAX / 2);
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        ng_pen_put(pen, "  node [\n    id ");
        ng_pen_unsigned(pen, i);
        ng_pen_put(pen, "\n    label ");
        put_gml_text(pen, of->items[i]);
        ng_pen_put(pen, "\n    actor ");
        put_gml_text(pen, ng_graph_node(graph, i)->id);
        ng_pen_byte(pen, '\n');
        ng_node_values_put(pen, graph, scores, i, list, count, &room, put_gml_value);
        ng_pen_put(pen, "  ]\n");
    }
    ng_buffer_destroy(pen->cx, &room);
}

static void put_gml_edges(ng_pen *pen, const ng_graph *graph, const ng_scores *scores)
{
    ng_attribute list[NG_ATTRIBUTES_MAX];
    size_t count = ng_attributes_of_edges(scores, list);

    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);

        ng_pen_put(pen, "  edge [\n    source ");
        ng_pen_unsigned(pen, edge->source);
        ng_pen_put(pen, "\n    target ");
        ng_pen_unsigned(pen, edge->target);
        ng_pen_byte(pen, '\n');
        ng_edge_values_put(pen, graph, scores, i, list, count, put_gml_value);
        ng_pen_put(pen, "  ]\n");
    }
}

/* A line of the comment; an end of line would end it. */
static void put_gml_note(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    ng_pen_put(pen, index > 0 ? "; " : "  comment ");
    if (index == 0)
        ng_pen_byte(pen, '"');
    ng_pen_view(pen, key);
    ng_pen_put(pen, ": ");
    for (size_t i = 0; i < value.size; i++)
        ng_pen_byte(pen, value.data[i] == '"' || value.data[i] == '&' ||
                                 (unsigned char)value.data[i] >= 0x7F ||
                                 (unsigned char)value.data[i] < 0x20
                             ? ' '
                             : value.data[i]);
}

void ng_gml_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                      const ng_write_options *options)
{
    (void)options;
    labels of = { .replace = replace_control };

    ng_arena_init(&of.arena, SIZE_MAX / 2);
    if (pen->status == NG_OK)
        pen->status = make_labels(pen->cx, graph, &of);
    if (pen->status == NG_OK) {
        ng_pen_put(pen, "graph [\n  directed 0\n");
        ng_notes_each(pen, graph, scores, put_gml_note);
        ng_pen_put(pen, ng_graph_note_count(graph) > 0 || scores ? "\"\n" : "");
        put_gml_nodes(pen, graph, scores, &of);
        put_gml_edges(pen, graph, scores);
        ng_pen_put(pen, "]\n");
    }
    ng_arena_destroy(pen->cx, &of.arena);
}

/* ---- Pajek ---- */

static char replace_quote(char byte)
{
    return byte == '"' ? '\'' : byte == '\\' ? '/' : replace_control(byte);
}

void ng_pajek_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                        const ng_write_options *options)
{
    (void)options;
    labels of = { .replace = replace_quote };

    (void)scores;
    ng_arena_init(&of.arena, SIZE_MAX / 2);
    if (pen->status == NG_OK)
        pen->status = make_labels(pen->cx, graph, &of);
    if (pen->status == NG_OK) {
        ng_pen_put(pen, "*Vertices ");
        ng_pen_unsigned(pen, ng_graph_node_count(graph));
        ng_pen_byte(pen, '\n');
        for (size_t i = 0; i < ng_graph_node_count(graph); i++) {
            ng_pen_unsigned(pen, i + 1);
            ng_pen_put(pen, " \"");
            ng_pen_view(pen, of.items[i]);
            ng_pen_put(pen, "\"\n");
        }
        ng_pen_put(pen, "*Edges\n");
        for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
            const ng_edge *edge = ng_graph_edge(graph, i);

            ng_pen_unsigned(pen, edge->source + 1);
            ng_pen_byte(pen, ' ');
            ng_pen_unsigned(pen, edge->target + 1);
            ng_pen_byte(pen, ' ');
            ng_pen_weight(pen, edge->weight);
            ng_pen_byte(pen, '\n');
        }
    }
    ng_arena_destroy(pen->cx, &of.arena);
}
