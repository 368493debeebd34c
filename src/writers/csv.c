/* Two tables for spreadsheets, pandas and Gephi: the edges to NAME.csv, the nodes to
 * NAME-nodes.csv. RFC 4180: commas, lines end with CR LF, quotes where needed. The headers are the
 * ones Gephi knows; without a Type column it would read the edges as directed. Where there is room
 * for one table only (standard output, a device) it is the edges. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

/* A comma and a text cell. */
static void put_cell(ng_pen *pen, ng_view text, bool raw)
{
    ng_pen_byte(pen, ',');
    ng_pen_csv(pen, text, raw);
}

/* A comma and a number. */
static void put_count(ng_pen *pen, uint64_t number)
{
    ng_pen_byte(pen, ',');
    ng_pen_unsigned(pen, number);
}

/* A comma and a number, or nothing when it is not known. */
static void put_known(ng_pen *pen, double number)
{
    ng_pen_byte(pen, ',');
    if (isfinite(number))
        ng_pen_number(pen, number);
}

static void put_edges(ng_pen *pen, const ng_graph *graph, const double *betweenness, bool raw)
{
    ng_pen_put(pen, "Source,Target,Type,Id,Label,Weight,units,docs,sentences,interaction,evidence,"
                    "confidence,first,last,npmi,p_value,q_value");
    ng_pen_put(pen, betweenness ? ",betweenness\r\n" : "\r\n");
    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);
        size_t count = 0;
        const ng_evidence *quotes = ng_graph_evidence(graph, i, &count);

        ng_pen_csv(pen, ng_graph_node(graph, edge->source)->id, raw);
        put_cell(pen, ng_graph_node(graph, edge->target)->id, raw);
        ng_pen_put(pen, ",Undirected,e");
        ng_pen_unsigned(pen, i + 1);
        ng_pen_put(pen, ",,");
        ng_pen_weight(pen, edge->weight);
        put_count(pen, edge->unit_count);
        put_count(pen, edge->document_count);
        put_count(pen, edge->sentence_count);
        ng_pen_put(pen, ",co-occurs");
        put_cell(pen, count > 0 ? quotes[0].quote : NG_VIEW_NONE, raw);
        ng_pen_byte(pen, ',');
        if (edge->confidence > 0)
            ng_pen_share(pen, edge->confidence);
        put_cell(pen, edge->first, raw);
        put_cell(pen, edge->last, raw);
        put_known(pen, edge->npmi);
        put_known(pen, edge->p_value);
        put_known(pen, edge->q_value);
        if (betweenness)
            put_known(pen, betweenness[i]);
        ng_pen_put(pen, "\r\n");
    }
}

static void put_node(ng_pen *pen, const ng_node *node, bool raw)
{
    ng_buffer aliases;

    ng_buffer_init(&aliases, SIZE_MAX / 2);
    ng_pen_csv(pen, node->id, raw);
    put_cell(pen, node->label, raw);
    put_cell(pen, ng_view_of(ng_kind_name(node->kind)), raw);
    put_cell(pen, node->iso2, raw);
    put_count(pen, node->mention_count);
    put_count(pen, node->document_count);
    put_count(pen, node->unit_count);
    if (pen->status == NG_OK)
        pen->status = ng_aliases_join(pen->cx, node, &aliases);
    put_cell(pen, ng_buffer_view(&aliases), raw);
    ng_buffer_destroy(pen->cx, &aliases);
}

/* GeoNames id and degrees of a place; four empty cells for what is none. */
static void put_where(ng_pen *pen, const ng_node *node)
{
    if (node->geonames == 0) {
        ng_pen_put(pen, ",,,,");
        return;
    }
    put_count(pen, node->geonames);
    ng_pen_byte(pen, ',');
    ng_pen_degrees(pen, node->latitude);
    ng_pen_byte(pen, ',');
    ng_pen_degrees(pen, node->longitude);
    ng_pen_byte(pen, ',');
    ng_pen_share(pen, node->geo_confidence);
}

/* How often a place is meant as one and how often as its state; a state, how often by a capital. */
static void put_standing(ng_pen *pen, const ng_node *node)
{
    if (node->kind == NG_KIND_PLACE)
        put_count(pen, node->mention_count - node->acting_count);
    else
        ng_pen_byte(pen, ',');
    if (node->kind == NG_KIND_PLACE || node->kind == NG_KIND_COUNTRY)
        put_count(pen, node->acting_count);
    else
        ng_pen_byte(pen, ',');
}

static void put_nodes(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, bool raw)
{
    ng_pen_put(pen, "Id,Label,kind,iso2,mentions,docs,units,aliases");
    for (size_t k = 0; k < NG_MEASURE_COUNT; k++)
        if (ng_score_is_known(scores, ng_measure_order[k])) {
            ng_pen_byte(pen, ',');
            ng_pen_put(pen, ng_measure_name(ng_measure_order[k]));
        }
    ng_pen_put(pen, ",confidence,first,last,geonames,lat,lon,geo_confidence,as_place,as_actor\r\n");
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        const ng_node *node = ng_graph_node(graph, i);

        put_node(pen, node, raw);
        for (size_t k = 0; k < NG_MEASURE_COUNT; k++)
            if (ng_score_is_known(scores, ng_measure_order[k])) {
                ng_pen_byte(pen, ',');
                ng_pen_number(pen, ng_score_of(scores, ng_measure_order[k], i));
            }
        ng_pen_byte(pen, ',');
        ng_pen_share(pen, node->confidence);
        put_cell(pen, node->first, raw);
        put_cell(pen, node->last, raw);
        put_where(pen, node);
        put_standing(pen, node);
        ng_pen_put(pen, "\r\n");
    }
}

void ng_csv_put_edges(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                      const ng_write_options *options)
{
    put_edges(pen, graph, scores ? ng_scores_edge_betweenness(scores) : NULL, options->raw_cells);
}

void ng_csv_put_nodes(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                      const ng_write_options *options)
{
    put_nodes(pen, graph, scores, options->raw_cells);
}
