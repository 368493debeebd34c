/* GEXF 1.3 (https://gexf.net): what Gephi reads best; NetworkX and graphology read it, too.
 *
 * The id of an attribute is its title. Colours are those of the pictures, by kind, and sizes follow
 * strength, so that a file looks like our pictures as soon as it is opened. There is no
 * schemaLocation: the published schema refuses every order of the elements of viz. */
#include "writers_internal.h"

#include <math.h>

/* Sizes of nodes in Gephi's units. */
static const double smallest = 6, largest = 30;

/* A file in the making. */
typedef struct gexf {
    ng_pen *pen;
    const ng_graph *graph;
    const ng_scores *scores;
    ng_attribute node[NG_ATTRIBUTES_MAX], edge[NG_ATTRIBUTES_MAX];
    size_t node_count, edge_count;
    double most; /* strength */
} gexf;

/* The format has places of its own for these. */
static bool is_built_in(const ng_attribute *of)
{
    return strcmp(of->name, "label") == 0 || strcmp(of->name, "weight") == 0;
}

static void put_attributes(ng_pen *pen, const char *owner, const ng_attribute *list, size_t count)
{
    ng_pen_put(pen, "    <attributes class=\"");
    ng_pen_put(pen, owner);
    ng_pen_put(pen, "\">\n");
    for (size_t i = 0; i < count; i++) {
        if (is_built_in(&list[i]))
            continue;
        ng_pen_put(pen, "      <attribute id=\"");
        ng_pen_put(pen, list[i].name);
        ng_pen_put(pen, "\" title=\"");
        ng_pen_put(pen, list[i].name);
        ng_pen_put(pen, "\" type=\"");
        ng_pen_put(pen, list[i].kind == NG_VALUE_TEXT    ? "string"
                        : list[i].kind == NG_VALUE_COUNT ? "long"
                                                         : "double");
        ng_pen_put(pen, "\"/>\n");
    }
    ng_pen_put(pen, "    </attributes>\n");
}

static void put_value(ng_pen *pen, const ng_attribute *of, const ng_value *value)
{
    if (is_built_in(of))
        return;
    ng_pen_put(pen, "<attvalue for=\"");
    ng_pen_put(pen, of->name);
    ng_pen_put(pen, "\" value=\"");
    if (value->kind == NG_VALUE_TEXT)
        ng_pen_xml(pen, value->text);
    else
        ng_pen_bare_value(pen, value);
    ng_pen_put(pen, "\"/>");
}

/* Colour by kind, size by strength. */
static void put_look(const gexf *file, size_t index)
{
    static const char *const colours[NG_KIND_COUNT] = {
        [NG_KIND_PERSON] = "<viz:color r=\"217\" g=\"119\" b=\"43\"/>",
        [NG_KIND_COUNTRY] = "<viz:color r=\"47\" g=\"109\" b=\"181\"/>",
        [NG_KIND_PLACE] = "<viz:color r=\"62\" g=\"154\" b=\"107\"/>",
        [NG_KIND_ORGANIZATION] = "<viz:color r=\"138\" g=\"91\" b=\"176\"/>",
        [NG_KIND_PEOPLE] = "<viz:color r=\"107\" g=\"114\" b=\"128\"/>",
    };
    double strength = ng_score_of(file->scores, NG_MEASURE_STRENGTH, index);

    ng_pen_put(file->pen, colours[ng_graph_node(file->graph, index)->kind]);
    if (!(strength >= 0) || file->most <= 0)
        return;
    ng_pen_put(file->pen, "<viz:size value=\"");
    ng_pen_number(file->pen, smallest + (largest - smallest) * sqrt(strength / file->most));
    ng_pen_put(file->pen, "\"/>");
}

static void put_nodes(gexf *file)
{
    ng_buffer room;

    ng_buffer_init(&room, SIZE_MAX / 2);
    for (size_t i = 0; i < ng_graph_node_count(file->graph) && file->pen->status == NG_OK; i++) {
        const ng_node *node = ng_graph_node(file->graph, i);

        ng_pen_put(file->pen, "      <node id=\"");
        ng_pen_xml(file->pen, node->id);
        ng_pen_put(file->pen, "\" label=\"");
        ng_pen_xml(file->pen, node->label);
        ng_pen_put(file->pen, "\"><attvalues>");
        ng_node_values_put(file->pen, file->graph, file->scores, i, file->node, file->node_count,
                           &room, put_value);
        ng_pen_put(file->pen, "</attvalues>");
        put_look(file, i);
        ng_pen_put(file->pen, "</node>\n");
    }
    ng_buffer_destroy(file->pen->cx, &room);
}

static void put_edges(gexf *file)
{
    for (size_t i = 0; i < ng_graph_edge_count(file->graph) && file->pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(file->graph, i);

        ng_pen_put(file->pen, "      <edge id=\"e");
        ng_pen_unsigned(file->pen, i + 1);
        ng_pen_put(file->pen, "\" source=\"");
        ng_pen_xml(file->pen, ng_graph_node(file->graph, edge->source)->id);
        ng_pen_put(file->pen, "\" target=\"");
        ng_pen_xml(file->pen, ng_graph_node(file->graph, edge->target)->id);
        ng_pen_put(file->pen, "\" weight=\"");
        ng_pen_weight(file->pen, edge->weight);
        ng_pen_put(file->pen, "\"><attvalues>");
        ng_edge_values_put(file->pen, file->graph, file->scores, i, file->edge, file->edge_count,
                           put_value);
        ng_pen_put(file->pen, "</attvalues></edge>\n");
    }
}

static void put_note(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    ng_pen_put(pen, index > 0 ? "; " : "");
    ng_pen_xml(pen, key);
    ng_pen_put(pen, ": ");
    ng_pen_xml(pen, value);
}

void ng_gexf_put_meta(ng_pen *pen, const ng_graph *graph, const ng_scores *scores)
{
    ng_pen_put(pen, "  <meta>\n    <creator>nergraph</creator>\n    <description>");
    ng_notes_each(pen, graph, scores, put_note);
    ng_pen_put(pen, "</description>\n  </meta>\n");
}

void ng_gexf_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                       const ng_write_options *options)
{
    (void)options;
    gexf file = { .pen = pen, .graph = graph, .scores = scores };

    file.node_count = ng_attributes_of_nodes(scores, file.node);
    file.edge_count = ng_attributes_of_edges(scores, file.edge);
    for (size_t i = 0; i < ng_graph_node_count(graph); i++)
        file.most = fmax(file.most, ng_score_of(scores, NG_MEASURE_STRENGTH, i));
    ng_pen_put(pen, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" "
                    "version=\"1.3\">\n");
    ng_gexf_put_meta(pen, graph, scores);
    ng_pen_put(pen, "  <graph defaultedgetype=\"undirected\" mode=\"static\">\n");
    put_attributes(pen, "node", file.node, file.node_count);
    put_attributes(pen, "edge", file.edge, file.edge_count);
    ng_pen_put(pen, "    <nodes>\n");
    put_nodes(&file);
    ng_pen_put(pen, "    </nodes>\n    <edges>\n");
    put_edges(&file);
    ng_pen_put(pen, "    </edges>\n  </graph>\n</gexf>\n");
}
