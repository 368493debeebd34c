/* Cytoscape.js JSON: elements with a `data` object each, and how the file was made in `data`. Node
 * `value` is there for NetworkX, which takes it for the node. */
#include "writers_internal.h"

static void put_text(ng_pen *pen, const char *key, ng_view text)
{
    ng_pen_byte(pen, '"');
    ng_pen_put(pen, key);
    ng_pen_put(pen, "\":");
    ng_pen_json(pen, text);
}

static void put_value(ng_pen *pen, const ng_attribute *of, const ng_value *value)
{
    ng_pen_byte(pen, ',');
    if (value->kind == NG_VALUE_TEXT) {
        put_text(pen, of->name, value->text);
        return;
    }
    ng_pen_byte(pen, '"');
    ng_pen_put(pen, of->name);
    ng_pen_put(pen, "\":");
    ng_pen_bare_value(pen, value);
}

static void put_nodes(ng_pen *pen, const ng_graph *graph, const ng_scores *scores)
{
    ng_attribute list[NG_ATTRIBUTES_MAX];
    size_t count = ng_attributes_of_nodes(scores, list);
    ng_buffer room;

    ng_buffer_init(&room, SIZE_MAX / 2);
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        ng_pen_put(pen, i > 0 ? ",\n{\"data\":{" : "\n{\"data\":{");
        put_text(pen, "id", ng_graph_node(graph, i)->id);
        ng_pen_byte(pen, ',');
        put_text(pen, "value", ng_graph_node(graph, i)->id);
        ng_node_values_put(pen, graph, scores, i, list, count, &room, put_value);
        ng_pen_put(pen, "}}");
    }
    ng_buffer_destroy(pen->cx, &room);
}

static void put_edges(ng_pen *pen, const ng_graph *graph, const ng_scores *scores)
{
    ng_attribute list[NG_ATTRIBUTES_MAX];
    size_t count = ng_attributes_of_edges(scores, list);

    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);

        ng_pen_put(pen, i > 0 ? ",\n{\"data\":{\"id\":\"e" : "\n{\"data\":{\"id\":\"e");
        ng_pen_unsigned(pen, i + 1);
        ng_pen_put(pen, "\",");
        put_text(pen, "source", ng_graph_node(graph, edge->source)->id);
        ng_pen_byte(pen, ',');
        put_text(pen, "target", ng_graph_node(graph, edge->target)->id);
        ng_edge_values_put(pen, graph, scores, i, list, count, put_value);
        ng_pen_put(pen, "}}");
    }
}

void ng_cyjs_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                       const ng_write_options *options)
{
    (void)options;
    ng_pen_put(pen, "{\"directed\":false,\"multigraph\":false,\n\"data\":{");
    ng_json_put_notes(pen, graph, scores);
    ng_pen_put(pen, "},\n\"elements\":{\"nodes\":[");
    put_nodes(pen, graph, scores);
    ng_pen_put(pen, "],\n\"edges\":[");
    put_edges(pen, graph, scores);
    ng_pen_put(pen, "]}}\n");
}
