/* The one vocabulary of attributes: what every format that has attributes says of nodes and edges,
 * under the same names. Measures are there when they were computed. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

/* What an attribute is taken from. */
enum {
    NODE_LABEL,
    NODE_NAME,
    NODE_KIND,
    NODE_ISO2,
    NODE_GEONAMES,
    NODE_LATITUDE,
    NODE_LONGITUDE,
    NODE_GEO_CONFIDENCE,
    NODE_MENTIONS,
    NODE_AS_PLACE,
    NODE_AS_ACTOR,
    NODE_DOCUMENTS,
    NODE_UNITS,
    NODE_ALIASES,
    NODE_CONFIDENCE,
    NODE_FIRST,
    NODE_LAST,
    NODE_MEASURE, /* and all numbers after: a measure */
};

enum {
    EDGE_WEIGHT,
    EDGE_UNITS,
    EDGE_DOCUMENTS,
    EDGE_SENTENCES,
    EDGE_CONFIDENCE,
    EDGE_NPMI,
    EDGE_P_VALUE,
    EDGE_Q_VALUE,
    EDGE_BETWEENNESS,
    EDGE_INTERACTION,
    EDGE_EVIDENCE,
    EDGE_FIRST,
    EDGE_LAST
};

static const ng_attribute node_attributes[] = {
    { "label", NG_VALUE_TEXT, NODE_LABEL },
    { "name", NG_VALUE_TEXT, NODE_NAME },
    { "kind", NG_VALUE_TEXT, NODE_KIND },
    { "iso2", NG_VALUE_TEXT, NODE_ISO2 },
    { "geonames", NG_VALUE_COUNT, NODE_GEONAMES },
    { "lat", NG_VALUE_DEGREES, NODE_LATITUDE },
    { "lon", NG_VALUE_DEGREES, NODE_LONGITUDE },
    { "geo_confidence", NG_VALUE_SHARE, NODE_GEO_CONFIDENCE },
    { "mentions", NG_VALUE_COUNT, NODE_MENTIONS },
    { "as_place", NG_VALUE_COUNT, NODE_AS_PLACE },
    { "as_actor", NG_VALUE_COUNT, NODE_AS_ACTOR },
    { "docs", NG_VALUE_COUNT, NODE_DOCUMENTS },
    { "units", NG_VALUE_COUNT, NODE_UNITS },
    { "aliases", NG_VALUE_TEXT, NODE_ALIASES },
    { "confidence", NG_VALUE_SHARE, NODE_CONFIDENCE },
    { "first", NG_VALUE_TEXT, NODE_FIRST },
    { "last", NG_VALUE_TEXT, NODE_LAST },
};

static const ng_attribute edge_attributes[] = {
    { "weight", NG_VALUE_WEIGHT, EDGE_WEIGHT },
    { "units", NG_VALUE_COUNT, EDGE_UNITS },
    { "docs", NG_VALUE_COUNT, EDGE_DOCUMENTS },
    { "sentences", NG_VALUE_COUNT, EDGE_SENTENCES },
    { "confidence", NG_VALUE_SHARE, EDGE_CONFIDENCE },
    { "npmi", NG_VALUE_SCORE, EDGE_NPMI },
    { "p_value", NG_VALUE_SCORE, EDGE_P_VALUE },
    { "q_value", NG_VALUE_SCORE, EDGE_Q_VALUE },
    { "betweenness", NG_VALUE_SCORE, EDGE_BETWEENNESS },
    { "interaction", NG_VALUE_TEXT, EDGE_INTERACTION },
    { "evidence", NG_VALUE_TEXT, EDGE_EVIDENCE },
    { "first", NG_VALUE_TEXT, EDGE_FIRST },
    { "last", NG_VALUE_TEXT, EDGE_LAST },
};

size_t ng_attributes_of_nodes(const ng_scores *scores, ng_attribute list[NG_ATTRIBUTES_MAX])
{
    size_t count = 0;

    for (; count < sizeof node_attributes / sizeof *node_attributes; count++)
        list[count] = node_attributes[count];
    for (size_t i = 0; i < NG_MEASURE_COUNT; i++) {
        ng_measure measure = ng_measure_order[i];
        bool is_count = measure == NG_MEASURE_DEGREE || measure == NG_MEASURE_CORENESS ||
                        !ng_measure_is_score(measure);

        if (ng_score_is_known(scores, measure))
            list[count++] = (ng_attribute){ ng_measure_name(measure),
                                            is_count ? NG_VALUE_COUNT : NG_VALUE_SCORE,
                                            NODE_MEASURE + (int)measure };
    }
    assert(count <= NG_ATTRIBUTES_MAX);
    return count;
}

size_t ng_attributes_of_edges(const ng_scores *scores, ng_attribute list[NG_ATTRIBUTES_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof edge_attributes / sizeof *edge_attributes; i++)
        if (edge_attributes[i].what != EDGE_BETWEENNESS ||
            (scores && ng_scores_edge_betweenness(scores)))
            list[count++] = edge_attributes[i];
    return count;
}

/* ---- values ---- */

static ng_value text_value(ng_view text)
{
    return (ng_value){ .kind = text.size > 0 ? NG_VALUE_TEXT : NG_VALUE_NONE, .text = text };
}

static ng_value count_value(uint64_t count, bool is_known)
{
    return (ng_value){ .kind = is_known ? NG_VALUE_COUNT : NG_VALUE_NONE, .count = count };
}

static ng_value number_value(ng_value_kind kind, double number, bool is_known)
{
    return (ng_value){ .kind = is_known && isfinite(number) ? kind : NG_VALUE_NONE,
                       .number = number };
}

/* A score; whole ones are counts. */
static ng_value measure_value(const ng_attribute *of, double score)
{
    return of->kind == NG_VALUE_COUNT && isfinite(score)
               ? count_value((uint64_t)score, true)
               : number_value(NG_VALUE_SCORE, score, true);
}

/* The names seen, in `room`. */
static ng_value aliases_value(ng_pen *pen, const ng_node *node, ng_buffer *room)
{
    room->size = 0;
    if (pen->status == NG_OK)
        pen->status = ng_aliases_join(pen->cx, node, room);
    return text_value(ng_buffer_view(room));
}

static ng_value node_value(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                           size_t index, const ng_attribute *of, ng_buffer *room)
{
    const ng_node *node = ng_graph_node(graph, index);
    bool is_place = node->kind == NG_KIND_PLACE, is_state = node->kind == NG_KIND_COUNTRY;
    bool is_found = node->geonames != 0;

    switch (of->what) {
    case NODE_LABEL:
    case NODE_NAME:
        return text_value(node->label);
    case NODE_KIND:
        return text_value(ng_view_of(ng_kind_name(node->kind)));
    case NODE_ISO2:
        return text_value(node->iso2);
    case NODE_GEONAMES:
        return count_value(node->geonames, is_found);
    case NODE_LATITUDE:
        return number_value(NG_VALUE_DEGREES, node->latitude, is_found);
    case NODE_LONGITUDE:
        return number_value(NG_VALUE_DEGREES, node->longitude, is_found);
    case NODE_GEO_CONFIDENCE:
        return number_value(NG_VALUE_SHARE, node->geo_confidence, is_found);
    case NODE_MENTIONS:
        return count_value(node->mention_count, true);
    case NODE_AS_PLACE:
        return count_value(node->mention_count - node->acting_count, is_place);
    case NODE_AS_ACTOR:
        return count_value(node->acting_count, is_place || is_state);
    case NODE_DOCUMENTS:
        return count_value(node->document_count, true);
    case NODE_UNITS:
        return count_value(node->unit_count, true);
    case NODE_ALIASES:
        return aliases_value(pen, node, room);
    case NODE_CONFIDENCE:
        return number_value(NG_VALUE_SHARE, node->confidence, true);
    case NODE_FIRST:
        return text_value(node->first);
    case NODE_LAST:
        return text_value(node->last);
    default:
        return measure_value(of, ng_score_of(scores, (ng_measure)(of->what - NODE_MEASURE), index));
    }
}

static ng_value edge_value(const ng_graph *graph, const ng_scores *scores, size_t index,
                           const ng_attribute *of)
{
    const ng_edge *edge = ng_graph_edge(graph, index);
    size_t count = 0;
    const ng_evidence *quotes = ng_graph_evidence(graph, index, &count);

    switch (of->what) {
    case EDGE_WEIGHT:
        return number_value(NG_VALUE_WEIGHT, edge->weight, true);
    case EDGE_UNITS:
        return count_value(edge->unit_count, true);
    case EDGE_DOCUMENTS:
        return count_value(edge->document_count, true);
    case EDGE_SENTENCES:
        return count_value(edge->sentence_count, true);
    case EDGE_CONFIDENCE:
        return number_value(NG_VALUE_SHARE, edge->confidence, edge->confidence > 0);
    case EDGE_NPMI:
        return number_value(NG_VALUE_SCORE, edge->npmi, true);
    case EDGE_P_VALUE:
        return number_value(NG_VALUE_SCORE, edge->p_value, true);
    case EDGE_Q_VALUE:
        return number_value(NG_VALUE_SCORE, edge->q_value, true);
    case EDGE_BETWEENNESS:
        return number_value(NG_VALUE_SCORE, ng_scores_edge_betweenness(scores)[index], true);
    case EDGE_INTERACTION:
        return text_value(NG_VIEW("co-occurs"));
    case EDGE_EVIDENCE:
        return text_value(count > 0 ? quotes[0].quote : NG_VIEW_NONE);
    case EDGE_FIRST:
        return text_value(edge->first);
    default:
        return text_value(edge->last);
    }
}

void ng_node_values_put(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, size_t index,
                        const ng_attribute *list, size_t count, ng_buffer *room, ng_put_value *put)
{
    for (size_t i = 0; i < count; i++) {
        ng_value value = node_value(pen, graph, scores, index, &list[i], room);

        if (value.kind != NG_VALUE_NONE)
            put(pen, &list[i], &value);
    }
}

void ng_edge_values_put(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, size_t index,
                        const ng_attribute *list, size_t count, ng_put_value *put)
{
    for (size_t i = 0; i < count; i++) {
        ng_value value = edge_value(graph, scores, index, &list[i]);

        if (value.kind != NG_VALUE_NONE)
            put(pen, &list[i], &value);
    }
}

void ng_pen_bare_value(ng_pen *pen, const ng_value *value)
{
    switch (value->kind) {
    case NG_VALUE_COUNT:
        ng_pen_unsigned(pen, value->count);
        break;
    case NG_VALUE_SCORE:
        ng_pen_number(pen, value->number);
        break;
    case NG_VALUE_WEIGHT:
        ng_pen_weight(pen, value->number);
        break;
    case NG_VALUE_SHARE:
        ng_pen_share(pen, value->number);
        break;
    case NG_VALUE_DEGREES:
        ng_pen_degrees(pen, value->number);
        break;
    case NG_VALUE_TEXT:
    case NG_VALUE_NONE:
        break;
    }
}

/* ---- how the file was made ---- */

/* What the scores add of their own. */
static bool is_of_scores(ng_view key)
{
    return ng_view_equal(key, NG_VIEW("distance")) || ng_view_equal(key, NG_VIEW("paths"));
}

/* Of scores from a sample, how large it was and how far they may be off. */
static ng_status describe_sample(ng_ctx *cx, const ng_scores *scores, ng_buffer *words)
{
    double usual = 0, most = ng_scores_error(scores, NG_MEASURE_BETWEENNESS, &usual);
    ng_pen pen;

    ng_pen_init(&pen, cx, words, NULL);
    ng_pen_put(&pen, "sample of ");
    ng_pen_unsigned(&pen, ng_scores_sample(scores));
    ng_pen_put(&pen, " sources of each component");
    if (most > 0) {
        ng_pen_put(&pen, "; betweenness is off by at most ");
        ng_pen_number(&pen, most);
        ng_pen_put(&pen, " with a chance of 95 %, by ");
        ng_pen_number(&pen, usual);
        ng_pen_put(&pen, " as a rule");
    }
    return ng_pen_finish(&pen);
}

/* A loaded graph may have notes of the scores that it had; those of these scores take their
 * place. */
void ng_notes_each(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                   void (*put)(ng_pen *pen, size_t index, ng_view key, ng_view value))
{
    size_t written = 0;
    ng_buffer words;

    for (size_t i = 0; i < ng_graph_note_count(graph); i++) {
        ng_view key = NG_VIEW_NONE, value = NG_VIEW_NONE;

        ng_graph_note(graph, i, &key, &value);
        if (!scores || !is_of_scores(key))
            put(pen, written++, key, value);
    }
    if (!scores)
        return;
    put(pen, written++, NG_VIEW("distance"),
        ng_view_of(ng_distance_word(ng_scores_distance(scores))));
    if (ng_scores_sample(scores) == 0)
        return;
    ng_buffer_init(&words, SIZE_MAX / 2);
    if (pen->status == NG_OK)
        pen->status = describe_sample(pen->cx, scores, &words);
    put(pen, written, NG_VIEW("paths"), ng_buffer_view(&words));
    ng_buffer_destroy(pen->cx, &words);
}
