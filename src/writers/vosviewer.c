/* VOSviewer (van Eck and Waltman 2010): its JSON, and its older pair of a map and a network file.
 *
 * Weights must not be negative, nor the strengths of links: what is below 0 (NPMI) is left out or
 * 0. Clusters go to 1000. Descriptions are HTML: names are escaped twice, for HTML and for JSON. */
#include "writers_internal.h"

#include <math.h>

enum { CLUSTERS_MAX = 1000, ITEMS_MIN = 3 };

/* What the size of an item can show. */
static const struct {
    const char *name;
    ng_measure measure; /* NG_MEASURE_COUNT: mentions */
} weights[] = { { "Mentions", NG_MEASURE_COUNT },
                { "Links", NG_MEASURE_DEGREE },
                { "Total link strength", NG_MEASURE_STRENGTH } };

enum { WEIGHTS = sizeof weights / sizeof *weights };

static double weight_at(const ng_graph *graph, const ng_scores *scores, size_t which, size_t node)
{
    return weights[which].measure == NG_MEASURE_COUNT
               ? (double)ng_graph_node(graph, node)->mention_count
               : ng_score_of(scores, weights[which].measure, node);
}

/* The community, 0 when the format has no room for it or there is none. */
static unsigned cluster_of(const ng_scores *scores, size_t node)
{
    double community = ng_score_of(scores, NG_MEASURE_COMMUNITY, node);

    return community >= 1 && community <= CLUSTERS_MAX ? (unsigned)community : 0;
}

/* Measures that items are coloured by. */
static bool is_shown(const ng_scores *scores, ng_measure measure)
{
    return ng_score_is_known(scores, measure) && ng_measure_is_score(measure) &&
           measure != NG_MEASURE_DEGREE && measure != NG_MEASURE_STRENGTH;
}

/* Kind and names of an actor, as HTML. */
static ng_status describe(ng_ctx *cx, const ng_node *node, ng_buffer *out)
{
    ng_buffer names;
    ng_pen pen;

    out->size = 0;
    ng_buffer_init(&names, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, out, NULL);
    pen.status = ng_aliases_join(cx, node, &names);
    ng_pen_put(&pen, ng_kind_name(node->kind));
    ng_pen_put(&pen, ", ");
    ng_pen_unsigned(&pen, node->mention_count);
    ng_pen_put(&pen, node->mention_count == 1 ? " mention in " : " mentions in ");
    ng_pen_unsigned(&pen, node->document_count);
    ng_pen_put(&pen, node->document_count == 1 ? " document" : " documents");
    if (names.size > 0) {
        ng_pen_put(&pen, ", named ");
        ng_pen_xml(&pen, ng_buffer_view(&names));
    }
    ng_buffer_destroy(cx, &names);
    return ng_pen_finish(&pen);
}

/* ---- JSON ---- */

static void put_weights(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, size_t node)
{
    bool is_first = true;

    ng_pen_put(pen, ",\"weights\":{");
    for (size_t i = 0; i < WEIGHTS; i++) {
        double weight = weight_at(graph, scores, i, node);

        if (!isfinite(weight))
            continue;
        ng_pen_put(pen, is_first ? "\"" : ",\"");
        ng_pen_put(pen, weights[i].name);
        ng_pen_put(pen, "\":");
        ng_pen_number(pen, weight > 0 ? weight : 0);
        is_first = false;
    }
    ng_pen_put(pen, "},\"scores\":{");
    is_first = true;
    for (size_t i = 0; i < NG_MEASURE_COUNT; i++) {
        ng_measure measure = ng_measure_order[i];
        double score = ng_score_of(scores, measure, node);

        if (!is_shown(scores, measure) || !isfinite(score))
            continue;
        ng_pen_put(pen, is_first ? "\"" : ",\"");
        ng_pen_put(pen, ng_measure_name(measure));
        ng_pen_put(pen, "\":");
        ng_pen_number(pen, score);
        is_first = false;
    }
    ng_pen_byte(pen, '}');
}

static void put_items(ng_pen *pen, const ng_graph *graph, const ng_scores *scores)
{
    ng_buffer words;

    ng_buffer_init(&words, SIZE_MAX / 2);
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        const ng_node *node = ng_graph_node(graph, i);

        ng_pen_put(pen, i > 0 ? ",\n{\"id\":" : "\n{\"id\":");
        ng_pen_json(pen, node->id);
        ng_pen_put(pen, ",\"label\":");
        ng_pen_json(pen, node->label);
        ng_pen_put(pen, ",\"description\":");
        if (pen->status == NG_OK)
            pen->status = describe(pen->cx, node, &words);
        ng_pen_json(pen, ng_buffer_view(&words));
        if (cluster_of(scores, i) > 0) {
            ng_pen_put(pen, ",\"cluster\":");
            ng_pen_unsigned(pen, cluster_of(scores, i));
        }
        put_weights(pen, graph, scores, i);
        ng_pen_byte(pen, '}');
    }
    ng_buffer_destroy(pen->cx, &words);
}

/* Text within a JSON string that is HTML: what would end either becomes a blank. */
static void put_inside(ng_pen *pen, ng_view text)
{
    for (size_t i = 0; i < text.size; i++)
        ng_pen_byte(pen, (unsigned char)text.data[i] < 0x20 || strchr("\\\"<>&", text.data[i])
                             ? ' '
                             : text.data[i]);
}

static void put_note(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    ng_pen_put(pen, index > 0 ? "; " : "");
    put_inside(pen, key);
    ng_pen_put(pen, ": ");
    put_inside(pen, value);
}

void ng_vosviewer_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                            const ng_write_options *options)
{
    (void)options;
    if (ng_graph_node_count(graph) < ITEMS_MIN)
        ng_warn(pen->cx, "VOSviewer opens networks of %d actors and more; this one has %zu",
                ITEMS_MIN, ng_graph_node_count(graph));
    ng_pen_put(pen, "{\"network\":{\"items\":[");
    put_items(pen, graph, scores);
    ng_pen_put(pen, "],\n\"links\":[");
    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);

        ng_pen_put(pen, i > 0 ? ",\n{\"source_id\":" : "\n{\"source_id\":");
        ng_pen_json(pen, ng_graph_node(graph, edge->source)->id);
        ng_pen_put(pen, ",\"target_id\":");
        ng_pen_json(pen, ng_graph_node(graph, edge->target)->id);
        ng_pen_put(pen, ",\"strength\":");
        ng_pen_weight(pen, edge->weight > 0 ? edge->weight : 0);
        ng_pen_byte(pen, '}');
    }
    ng_pen_put(pen, "]},\n\"config\":{\"terminology\":{\"item\":\"actor\",\"items\":\"actors\"}},\n"
                    "\"info\":{\"title\":\"Who is named together\",\"description\":\"");
    ng_notes_each(pen, graph, scores, put_note);
    ng_pen_put(pen, "\"}}\n");
}

/* ---- map and network ---- */

void ng_vosviewer_put_map(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                          const ng_write_options *options)
{
    (void)options;
    ng_pen_put(pen, "id\tlabel\tcluster");
    for (size_t i = 0; i < WEIGHTS; i++) {
        ng_pen_put(pen, "\tweight<");
        ng_pen_put(pen, weights[i].name);
        ng_pen_byte(pen, '>');
    }
    for (size_t k = 0; k < NG_MEASURE_COUNT; k++)
        if (is_shown(scores, ng_measure_order[k])) {
            ng_pen_put(pen, "\tscore<");
            ng_pen_put(pen, ng_measure_name(ng_measure_order[k]));
            ng_pen_byte(pen, '>');
        }
    ng_pen_byte(pen, '\n');
    for (size_t i = 0; i < ng_graph_node_count(graph) && pen->status == NG_OK; i++) {
        ng_pen_unsigned(pen, i + 1);
        ng_pen_byte(pen, '\t');
        ng_pen_tsv(pen, ng_graph_node(graph, i)->label);
        ng_pen_byte(pen, '\t');
        if (cluster_of(scores, i) > 0)
            ng_pen_unsigned(pen, cluster_of(scores, i));
        for (size_t k = 0; k < WEIGHTS; k++) {
            ng_pen_byte(pen, '\t');
            ng_pen_number(pen, fmax(0, weight_at(graph, scores, k, i)));
        }
        for (size_t k = 0; k < NG_MEASURE_COUNT; k++)
            if (is_shown(scores, ng_measure_order[k])) {
                ng_pen_byte(pen, '\t');
                ng_pen_number(pen, ng_score_of(scores, ng_measure_order[k], i));
            }
        ng_pen_byte(pen, '\n');
    }
}

void ng_vosviewer_put_network(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                              const ng_write_options *options)
{
    (void)options;
    (void)scores;
    for (size_t i = 0; i < ng_graph_edge_count(graph) && pen->status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);

        ng_pen_unsigned(pen, edge->source + 1);
        ng_pen_byte(pen, '\t');
        ng_pen_unsigned(pen, edge->target + 1);
        ng_pen_byte(pen, '\t');
        ng_pen_weight(pen, edge->weight > 0 ? edge->weight : 0);
        ng_pen_byte(pen, '\n');
    }
}
