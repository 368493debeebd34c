/* Node-link JSON: the graph for NetworkX (`edges`), for D3 (`links`) and for ourselves.
 *
 * One item a line, so that two files can be compared by eye and by diff. Members that are unknown
 * are left out rather than null: NetworkX could not save null as GraphML. The object "nergraph"
 * holds what other programs do not know: every name form, every quote, every decision. It makes the
 * file loadable without loss. */
#include "writers_internal.h"

#include <math.h>

/* `"key":` after a comma. */
static void put_key(ng_pen *pen, const char *key)
{
    ng_pen_put(pen, ",\"");
    ng_pen_put(pen, key);
    ng_pen_put(pen, "\":");
}

static void put_text(ng_pen *pen, const char *key, ng_view text)
{
    put_key(pen, key);
    ng_pen_json(pen, text);
}

static void put_known(ng_pen *pen, const char *key, ng_view text)
{
    if (text.size > 0)
        put_text(pen, key, text);
}

static void put_unsigned(ng_pen *pen, const char *key, uint64_t number)
{
    put_key(pen, key);
    ng_pen_unsigned(pen, number);
}

static void put_number(ng_pen *pen, const char *key, double number)
{
    if (!isfinite(number))
        return;
    put_key(pen, key);
    ng_pen_number(pen, number);
}

/* Begins item `index` of an array: each on a line of its own. */
static void begin_item(ng_pen *pen, size_t index)
{
    ng_pen_put(pen, index == 0 ? "\n" : ",\n");
}

static void put_note(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    begin_item(pen, index);
    ng_pen_json(pen, key);
    ng_pen_byte(pen, ':');
    ng_pen_json(pen, value);
}

void ng_json_put_notes(ng_pen *pen, const ng_graph *graph, const ng_scores *scores)
{
    ng_notes_each(pen, graph, scores, put_note);
}

/* The name forms seen, joined. */
static void put_aliases(ng_pen *pen, const ng_node *node)
{
    ng_buffer joined;

    ng_buffer_init(&joined, SIZE_MAX / 2);
    if (pen->status == NG_OK)
        pen->status = ng_aliases_join(pen->cx, node, &joined);
    put_text(pen, "aliases", ng_buffer_view(&joined));
    ng_buffer_destroy(pen->cx, &joined);
}

/* Where a place is, if that is known. */
static void put_where(ng_pen *pen, const ng_node *node)
{
    if (node->geonames == 0)
        return;
    put_unsigned(pen, "geonames", node->geonames);
    put_key(pen, "lat");
    ng_pen_degrees(pen, node->latitude);
    put_key(pen, "lon");
    ng_pen_degrees(pen, node->longitude);
    put_key(pen, "geo_confidence");
    ng_pen_share(pen, node->geo_confidence);
}

static void put_node(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, size_t index)
{
    const ng_node *node = ng_graph_node(graph, index);

    begin_item(pen, index);
    ng_pen_put(pen, "{\"id\":");
    ng_pen_json(pen, node->id);
    put_text(pen, "label", node->label);
    put_text(pen, "name", node->label);
    put_text(pen, "kind", ng_view_of(ng_kind_name(node->kind)));
    put_known(pen, "iso2", node->iso2);
    put_where(pen, node);
    put_unsigned(pen, "mentions", node->mention_count);
    if (node->kind == NG_KIND_PLACE)
        put_unsigned(pen, "as_place", node->mention_count - node->acting_count);
    if (node->kind == NG_KIND_PLACE || node->kind == NG_KIND_COUNTRY)
        put_unsigned(pen, "as_actor", node->acting_count);
    put_unsigned(pen, "docs", node->document_count);
    put_unsigned(pen, "units", node->unit_count);
    put_aliases(pen, node);
    for (size_t i = 0; i < NG_MEASURE_COUNT; i++)
        put_number(pen, ng_measure_name(ng_measure_order[i]),
                   ng_score_of(scores, ng_measure_order[i], index));
    if (isfinite(node->confidence)) {
        put_key(pen, "confidence");
        ng_pen_share(pen, node->confidence);
    }
    put_known(pen, "first", node->first);
    put_known(pen, "last", node->last);
    ng_pen_byte(pen, '}');
}

/* A number that only graphs made from documents have. */
static void put_tested(ng_pen *pen, const char *key, double number)
{
    if (isfinite(number))
        put_number(pen, key, number);
}

static void put_edge(ng_pen *pen, const ng_graph *graph, const double *betweenness, size_t index)
{
    const ng_edge *edge = ng_graph_edge(graph, index);
    size_t quote_count = 0;
    const ng_evidence *quotes = ng_graph_evidence(graph, index, &quote_count);

    begin_item(pen, index);
    ng_pen_put(pen, "{\"id\":\"e");
    ng_pen_unsigned(pen, index + 1);
    ng_pen_byte(pen, '"');
    put_text(pen, "source", ng_graph_node(graph, edge->source)->id);
    put_text(pen, "target", ng_graph_node(graph, edge->target)->id);
    ng_pen_put(pen, ",\"weight\":");
    ng_pen_weight(pen, edge->weight);
    put_unsigned(pen, "units", edge->unit_count);
    put_unsigned(pen, "docs", edge->document_count);
    put_unsigned(pen, "sentences", edge->sentence_count);
    if (edge->confidence > 0) {
        put_key(pen, "confidence");
        ng_pen_share(pen, edge->confidence);
    }
    put_tested(pen, "npmi", edge->npmi);
    put_tested(pen, "p_value", edge->p_value);
    put_tested(pen, "q_value", edge->q_value);
    if (betweenness)
        put_number(pen, "betweenness", betweenness[index]);
    ng_pen_put(pen, ",\"interaction\":\"co-occurs\"");
    if (quote_count > 0)
        put_text(pen, "evidence", quotes[0].quote);
    put_known(pen, "first", edge->first);
    put_known(pen, "last", edge->last);
    ng_pen_byte(pen, '}');
}

/* An array of all edges under one of its two names. */
static void put_edges(ng_pen *pen, const ng_graph *graph, const double *betweenness,
                      const char *name)
{
    ng_pen_put(pen, name);
    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++)
        put_edge(pen, graph, betweenness, i);
    ng_pen_put(pen, "]");
}

/* Every form of every name: [node, text, form, count]. */
static void put_forms(ng_pen *pen, const ng_graph *graph)
{
    size_t written = 0;

    ng_pen_put(pen, "\"forms\":[");
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        const ng_node *node = ng_graph_node(graph, i);

        for (size_t k = 0; k < node->alias_count; k++) {
            const ng_alias *alias = &node->aliases[k];

            begin_item(pen, written++);
            ng_pen_byte(pen, '[');
            ng_pen_json(pen, node->id);
            ng_pen_byte(pen, ',');
            ng_pen_json(pen, alias->text);
            ng_pen_put(pen, ",\"");
            ng_pen_put(pen, ng_form_name(alias->form));
            ng_pen_put(pen, "\",");
            ng_pen_unsigned(pen, alias->count);
            ng_pen_byte(pen, ']');
        }
    }
    ng_pen_put(pen, "],\n");
}

static void put_quote(ng_pen *pen, const ng_evidence *quote, size_t edge)
{
    ng_pen_put(pen, "{\"edge\":\"e");
    ng_pen_unsigned(pen, edge + 1);
    ng_pen_byte(pen, '"');
    put_text(pen, "document", quote->document);
    put_text(pen, "date", quote->date);
    put_text(pen, "quote", quote->quote);
    put_unsigned(pen, "start", quote->start);
    put_unsigned(pen, "end", quote->end);
    put_unsigned(pen, "byte_start", quote->byte_start);
    put_unsigned(pen, "byte_end", quote->byte_end);
    put_text(pen, "sha256", quote->sha256);
    ng_pen_put(pen, quote->in_title ? ",\"title\":true}" : ",\"title\":false}");
}

/* Every quote that was kept. */
static void put_evidence(ng_pen *pen, const ng_graph *graph)
{
    size_t written = 0;

    ng_pen_put(pen, "\"evidence\":[");
    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++) {
        size_t count = 0;
        const ng_evidence *quotes = ng_graph_evidence(graph, i, &count);

        for (size_t k = 0; k < count; k++) {
            begin_item(pen, written++);
            put_quote(pen, &quotes[k], i);
        }
    }
    ng_pen_put(pen, "],\n");
}

static void put_decision(ng_pen *pen, const ng_node *node, const ng_decision *decision)
{
    ng_pen_put(pen, "{\"node\":");
    ng_pen_json(pen, node->id);
    put_text(pen, "name", decision->name);
    ng_pen_put(pen, decision->is_joined ? ",\"joined\":true" : ",\"joined\":false");
    put_text(pen, "rule", decision->rule);
    put_text(pen, "evidence", decision->evidence);
    put_unsigned(pen, "count", decision->count);
    if (decision->confidence > 0) {
        put_key(pen, "confidence");
        ng_pen_share(pen, decision->confidence);
    }
    ng_pen_byte(pen, '}');
}

/* Every decision about a name. */
static void put_ledger(ng_pen *pen, const ng_graph *graph)
{
    size_t written = 0;

    ng_pen_put(pen, "\"ledger\":[");
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        size_t count = 0;
        const ng_decision *decisions = ng_graph_ledger(graph, i, &count);

        for (size_t k = 0; k < count; k++) {
            begin_item(pen, written++);
            put_decision(pen, ng_graph_node(graph, i), &decisions[k]);
        }
    }
    ng_pen_put(pen, "]");
}

void ng_json_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                       ng_json_extent extent)
{
    const double *betweenness = scores ? ng_scores_edge_betweenness(scores) : NULL;

    ng_pen_put(pen, "{\"directed\":false,\"multigraph\":false,\n");
    ng_pen_put(pen, "\"graph\":{");
    ng_json_put_notes(pen, graph, scores);
    ng_pen_put(pen, "},\n");
    ng_pen_put(pen, "\"nodes\":[");
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++)
        put_node(pen, graph, scores, i);
    ng_pen_put(pen, "],\n");
    put_edges(pen, graph, betweenness, "\"edges\":[");
    if (extent == NG_JSON_DRAWN)
        return;
    put_edges(pen, graph, betweenness, ",\n\"links\":[");
    ng_pen_put(pen, ",\n\"nergraph\":{\"format\":1,\n");
    put_forms(pen, graph);
    put_evidence(pen, graph);
    put_ledger(pen, graph);
    ng_pen_put(pen, "}}\n");
}

void ng_json_put_file(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                      const ng_write_options *options)
{
    (void)options;
    ng_json_put_graph(pen, graph, scores, NG_JSON_WHOLE);
}

ng_status ng_json_format(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores, ng_buffer *out)
{
    ng_pen pen;

    ng_pen_init(&pen, cx, out, NULL);
    ng_json_put_graph(&pen, graph, scores, NG_JSON_WHOLE);
    return ng_pen_finish(&pen);
}
