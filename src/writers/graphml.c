/* GraphML (Brandes et al. 2002): what igraph, NetworkX, Cytoscape and yEd read best.
 *
 * Types are those that all of them know: long, double, string. The id of a node's key is its name,
 * so that readers that show ids (Gephi) show names; edges, which have attributes of the same names,
 * have an e_ before them. How the file was made is data of the graph. */
#include "writers_internal.h"

/* A file in the making. */
typedef struct graphml {
    ng_pen *pen;
    const ng_graph *graph;
    const ng_scores *scores;
    ng_attribute node[NG_ATTRIBUTES_MAX], edge[NG_ATTRIBUTES_MAX];
    size_t node_count, edge_count;
} graphml;

static const char *type_of(const ng_attribute *of)
{
    return of->kind == NG_VALUE_TEXT ? "string" : of->kind == NG_VALUE_COUNT ? "long" : "double";
}

static void put_key_id(ng_pen *pen, char owner, const char *name)
{
    ng_pen_put(pen, owner == 'e' ? "e_" : "");
    ng_pen_put(pen, name);
}

static void put_keys(ng_pen *pen, const char *owner, const ng_attribute *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ng_pen_put(pen, "  <key id=\"");
        put_key_id(pen, owner[0], list[i].name);
        ng_pen_put(pen, "\" for=\"");
        ng_pen_put(pen, owner);
        ng_pen_put(pen, "\" attr.name=\"");
        ng_pen_put(pen, list[i].name);
        ng_pen_put(pen, "\" attr.type=\"");
        ng_pen_put(pen, type_of(&list[i]));
        ng_pen_put(pen, "\"/>\n");
    }
}

static void put_note_key(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    (void)value;
    ng_pen_put(pen, "  <key id=\"g_");
    ng_pen_unsigned(pen, index);
    ng_pen_put(pen, "\" for=\"graph\" attr.name=\"");
    ng_pen_xml(pen, key);
    ng_pen_put(pen, "\" attr.type=\"string\"/>\n");
}

static void put_note(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    (void)key;
    ng_pen_put(pen, "    <data key=\"g_");
    ng_pen_unsigned(pen, index);
    ng_pen_put(pen, "\">");
    ng_pen_xml(pen, value);
    ng_pen_put(pen, "</data>\n");
}

static void put_value(ng_pen *pen, char owner, const ng_attribute *of, const ng_value *value)
{
    ng_pen_put(pen, "<data key=\"");
    put_key_id(pen, owner, of->name);
    ng_pen_put(pen, "\">");
    if (value->kind == NG_VALUE_TEXT)
        ng_pen_xml(pen, value->text);
    else
        ng_pen_bare_value(pen, value);
    ng_pen_put(pen, "</data>");
}

static void put_node_value(ng_pen *pen, const ng_attribute *of, const ng_value *value)
{
    put_value(pen, 'n', of, value);
}

static void put_edge_value(ng_pen *pen, const ng_attribute *of, const ng_value *value)
{
    put_value(pen, 'e', of, value);
}

static void put_nodes(graphml *file)
{
    ng_buffer room;

    ng_buffer_init(&room, SIZE_MAX / 2);
    for (size_t i = 0; i < ng_graph_node_count(file->graph) && file->pen->status == NG_OK; i++) {
        ng_pen_put(file->pen, "    <node id=\"");
        ng_pen_xml(file->pen, ng_graph_node(file->graph, i)->id);
        ng_pen_put(file->pen, "\">");
        ng_node_values_put(file->pen, file->graph, file->scores, i, file->node, file->node_count,
                           &room, put_node_value);
        ng_pen_put(file->pen, "</node>\n");
    }
    ng_buffer_destroy(file->pen->cx, &room);
}

/* Edges have no ids: igraph 1.0.0 reads wrong ones from GraphML, and no reader needs them. */
static void put_edges(graphml *file)
{
    for (size_t i = 0; i < ng_graph_edge_count(file->graph) && file->pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(file->graph, i);

        ng_pen_put(file->pen, "    <edge source=\"");
        ng_pen_xml(file->pen, ng_graph_node(file->graph, edge->source)->id);
        ng_pen_put(file->pen, "\" target=\"");
        ng_pen_xml(file->pen, ng_graph_node(file->graph, edge->target)->id);
        ng_pen_put(file->pen, "\">");
        ng_edge_values_put(file->pen, file->graph, file->scores, i, file->edge, file->edge_count,
                           put_edge_value);
        ng_pen_put(file->pen, "</edge>\n");
    }
}

void ng_graphml_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                          const ng_write_options *options)
{
    (void)options;
    graphml file = { .pen = pen, .graph = graph, .scores = scores };

    file.node_count = ng_attributes_of_nodes(scores, file.node);
    file.edge_count = ng_attributes_of_edges(scores, file.edge);
    ng_pen_put(pen, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    put_keys(pen, "node", file.node, file.node_count);
    put_keys(pen, "edge", file.edge, file.edge_count);
    ng_notes_each(pen, graph, scores, put_note_key);
    ng_pen_put(pen, "  <graph edgedefault=\"undirected\">\n");
    ng_notes_each(pen, graph, scores, put_note);
    put_nodes(&file);
    put_edges(&file);
    ng_pen_put(pen, "  </graph>\n</graphml>\n");
}
