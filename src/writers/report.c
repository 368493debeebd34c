/* A report in Markdown: the network in sentences, who ranks first, which communities there are, the
 * heaviest ties with a sentence each, and how all this was made. */
#include "writers_internal.h"

#include <math.h>

enum { ROWS = 20, TIES = 10, COMMUNITIES = 8, LEADERS = 6 };

/* A report in the making. */
typedef struct report {
    ng_pen *pen;
    const ng_graph *graph;
    const ng_scores *scores;
} report;

/* ---- the ranking ---- */

/* The columns of the table, as far as they are known; the first ranks. */
static const ng_measure columns[] = { NG_MEASURE_STRENGTH, NG_MEASURE_DEGREE,
                                      NG_MEASURE_BETWEENNESS, NG_MEASURE_PAGERANK };

enum { COLUMNS = sizeof columns / sizeof *columns };

static void put_row(const report *of, uint32_t node, size_t rank)
{
    const ng_node *actor = ng_graph_node(of->graph, node);

    ng_pen_put(of->pen, "| ");
    ng_pen_unsigned(of->pen, rank);
    ng_pen_put(of->pen, " | ");
    ng_pen_markdown(of->pen, actor->label);
    ng_pen_put(of->pen, " | ");
    ng_pen_put(of->pen, ng_kind_name(actor->kind));
    ng_pen_put(of->pen, " | ");
    ng_pen_unsigned(of->pen, actor->mention_count);
    for (size_t k = 0; k < COLUMNS; k++) {
        double score = ng_score_of(of->scores, columns[k], node);

        if (!ng_score_is_known(of->scores, columns[k]))
            continue;
        ng_pen_put(of->pen, " | ");
        ng_pen_figure(of->pen, score);
    }
    ng_pen_put(of->pen, " |\n");
}

static ng_status put_ranking(const report *of)
{
    size_t count = ng_graph_node_count(of->graph), rank = 1;
    const double *strengths = ng_scores_get(of->scores, NG_MEASURE_STRENGTH);
    uint32_t *order = NULL;
    ng_status status = ng_nodes_by_score(of->pen->cx, strengths, count, &order);

    if (status != NG_OK)
        return status;
    ng_pen_put(of->pen, "\n## Who ranks first\n\n| # | name | kind | mentions");
    for (size_t k = 0; k < COLUMNS; k++)
        if (ng_score_is_known(of->scores, columns[k])) {
            ng_pen_put(of->pen, " | ");
            ng_pen_put(of->pen, ng_measure_name(columns[k]));
        }
    ng_pen_put(of->pen, " |\n|--:|---|---|--:");
    for (size_t k = 0; k < COLUMNS; k++)
        ng_pen_put(of->pen, ng_score_is_known(of->scores, columns[k]) ? "|--:" : "");
    ng_pen_put(of->pen, "|\n");
    for (size_t i = 0; i < count && i < ROWS && status == NG_OK; i++) {
        if (i > 0 && strengths[order[i]] < strengths[order[i - 1]])
            rank = i + 1;
        put_row(of, order[i], rank);
    }
    if (count > ROWS) {
        ng_pen_put(of->pen, "\nand ");
        ng_pen_unsigned(of->pen, count - ROWS);
        ng_pen_put(of->pen, " more.\n");
    }
    ng_free(of->pen->cx, order);
    return status;
}

/* ---- communities ---- */

static ng_status put_communities(const report *of)
{
    const double *communities = ng_scores_get(of->scores, NG_MEASURE_COMMUNITY);
    size_t count = ng_graph_node_count(of->graph), shown = 0;
    uint32_t *order = NULL;
    ng_status status = ng_summary_order(of->pen->cx, of->graph, of->scores, &order);

    if (status != NG_OK)
        return status;
    if (count > 0 && !isnan(communities[order[0]]))
        ng_pen_put(of->pen, "\n## Communities\n\n");
    for (size_t i = 0; i < count && shown < COMMUNITIES && !isnan(communities[order[i]]); shown++) {
        size_t first = i;

        ng_pen_put(of->pen, "1. ");
        for (; i < count && communities[order[i]] <= communities[order[first]]; i++) {
            if (i >= first + LEADERS)
                continue;
            ng_pen_put(of->pen, i > first ? ", " : "");
            ng_pen_markdown(of->pen, ng_graph_node(of->graph, order[i])->label);
        }
        if (i - first > LEADERS) {
            ng_pen_put(of->pen, " and ");
            ng_pen_unsigned(of->pen, i - first - LEADERS);
            ng_pen_put(of->pen, i - first - LEADERS == 1 ? " other" : " others");
        }
        ng_pen_byte(of->pen, '\n');
    }
    ng_free(of->pen->cx, order);
    return NG_OK;
}

/* ---- ties ---- */

/* The heaviest edges, in `ties`: heaviest first, of equal ones the first. */
static size_t find_heaviest(const ng_graph *graph, size_t ties[TIES])
{
    size_t count = 0;

    for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
        double weight = ng_graph_edge(graph, i)->weight;
        size_t at = count;

        while (at > 0 && weight > ng_graph_edge(graph, ties[at - 1])->weight)
            at--;
        if (at >= TIES)
            continue;
        count += count < TIES;
        for (size_t k = count - 1; k > at; k--)
            ties[k] = ties[k - 1];
        ties[at] = i;
    }
    return count;
}

/* A quote of a tie that no tie before has shown, or else its first; NULL when it has none. One
 * sentence often makes several ties. `shown` takes the quote. */
static const ng_evidence *choose_quote(const ng_graph *graph, size_t tie, ng_view shown[TIES],
                                       size_t *shown_count)
{
    size_t count = 0, best = 0;
    const ng_evidence *quotes = ng_graph_evidence(graph, tie, &count);
    bool is_new = false;

    for (size_t i = 0; i < count && !is_new; i++) {
        is_new = true;
        for (size_t k = 0; k < *shown_count; k++)
            is_new = is_new && !ng_view_equal(quotes[i].quote, shown[k]);
        best = is_new ? i : 0;
    }
    if (is_new)
        shown[(*shown_count)++] = quotes[best].quote;
    return count > 0 ? &quotes[best] : NULL;
}

static void put_tie(const report *of, size_t index, const ng_evidence *quote)
{
    const ng_edge *edge = ng_graph_edge(of->graph, index);

    ng_pen_put(of->pen, "- **");
    ng_pen_markdown(of->pen, ng_graph_node(of->graph, edge->source)->label);
    ng_pen_put(of->pen, "** and **");
    ng_pen_markdown(of->pen, ng_graph_node(of->graph, edge->target)->label);
    ng_pen_put(of->pen, "**: weight ");
    ng_pen_figure(of->pen, edge->weight);
    if (edge->document_count > 0) {
        ng_pen_put(of->pen, ", in ");
        ng_pen_unsigned(of->pen, edge->document_count);
        ng_pen_put(of->pen, edge->document_count == 1 ? " document" : " documents");
    }
    ng_pen_byte(of->pen, '\n');
    if (!quote)
        return;
    ng_pen_put(of->pen, "\n  > ");
    ng_pen_markdown(of->pen, quote->quote);
    ng_pen_put(of->pen, "\n  >\n  > *");
    ng_pen_markdown(of->pen, quote->document);
    if (quote->date.size > 0) {
        ng_pen_put(of->pen, ", ");
        ng_pen_markdown(of->pen, quote->date);
    }
    ng_pen_put(of->pen, "*\n");
}

static void put_ties(const report *of)
{
    size_t ties[TIES], count = find_heaviest(of->graph, ties), shown_count = 0;
    ng_view shown[TIES];

    ng_pen_put(of->pen, count > 0 ? "\n## The heaviest ties\n\n" : "");
    for (size_t i = 0; i < count; i++)
        put_tie(of, ties[i], choose_quote(of->graph, ties[i], shown, &shown_count));
}

/* ---- the whole ---- */

static void put_note(ng_pen *pen, size_t index, ng_view key, ng_view value)
{
    (void)index;
    if (value.size == 0)
        return;
    ng_pen_put(pen, "- ");
    ng_pen_markdown(pen, key);
    ng_pen_put(pen, ": ");
    ng_pen_markdown(pen, value);
    ng_pen_byte(pen, '\n');
}

/* The sentences, each a paragraph's line. */
static ng_status put_summary(const report *of)
{
    ng_summary summary;
    ng_status status = ng_summary_make(of->pen->cx, of->graph, of->scores, &summary);

    if (status == NG_OK)
        ng_summary_put_sentences(of->pen, of->graph, &summary);
    return status;
}

/* A title of the caller, which need not be UTF-8. */
static void put_title(ng_pen *pen, ng_view title)
{
    ng_buffer repaired;

    ng_buffer_init(&repaired, SIZE_MAX / 2);
    if (pen->status == NG_OK)
        pen->status = ng_utf8_repair(pen->cx, title, &repaired);
    ng_pen_put(pen, "# ");
    ng_pen_markdown(pen, ng_buffer_view(&repaired));
    ng_pen_put(pen, "\n\n");
    ng_buffer_destroy(pen->cx, &repaired);
}

void ng_report_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                         const ng_write_options *options)
{
    const report of = { pen, graph, scores };
    bool has_groups = ng_score_is_known(scores, NG_MEASURE_COMMUNITY) &&
                      ng_score_is_known(scores, NG_MEASURE_STRENGTH);

    put_title(pen, ng_view_of(options->title ? options->title : "Who is named together"));
    if (pen->status == NG_OK && has_groups && ng_score_is_known(scores, NG_MEASURE_CLUSTERING) &&
        ng_score_is_known(scores, NG_MEASURE_COMPONENT))
        pen->status = put_summary(&of);
    if (pen->status == NG_OK && ng_score_is_known(scores, NG_MEASURE_STRENGTH))
        pen->status = put_ranking(&of);
    if (pen->status == NG_OK && has_groups)
        pen->status = put_communities(&of);
    put_ties(&of);
    ng_pen_put(pen, "\n## How this was made\n\n");
    ng_notes_each(pen, graph, scores, put_note);
}
