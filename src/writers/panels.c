/* The parts of an archive as small multiples: a panel for each, the same actors at the same places,
 * the same scales everywhere.
 *
 * The most central actors of an archive are nearly all tied to each other; drawn in full, every
 * panel would be the same grey ball. So one bound for all panels leaves out the weak ties, about
 * two an actor and panel stay, and the heading names it: where no line is, the tie is weaker than
 * that. The places come from the strongest ties of each actor in the whole. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

enum {
    PANELS_MAX = 36,
    NOTE_BYTES = 4096,
    DATE_BYTES = 10,
    TIES_PER_ACTOR = 2,
    TIES_FOR_PLACES = 3
};

typedef struct panels {
    ng_ctx *cx;
    const ng_graph *whole;
    const ng_graph *const *parts;
    const ng_scores *const *part_scores;
    const char *const *names;
    size_t part_count;
    ng_measure by;
    uint32_t *order; /* nodes of the whole, the most central first */
    size_t top;      /* of them are drawn */
    double least;    /* weight of the weakest tie that is drawn */
    bool has_weaker; /* some tie is not */
    bool has_absent; /* some actor is not in every part */
} panels;

/* The place of each node of the whole among the drawn, UINT32_MAX for the others. */
static void place_nodes(const panels *work, uint32_t *places)
{
    memset(places, 0xFF, ng_graph_node_count(work->whole) * sizeof *places);
    for (uint32_t i = 0; i < work->top; i++)
        places[work->order[i]] = i;
}

static void put_nodes(ng_pen *pen, const panels *work)
{
    ng_pen_put(pen, "{\"nodes\":[");
    for (size_t i = 0; i < work->top; i++) {
        const ng_node *node = ng_graph_node(work->whole, work->order[i]);

        ng_pen_put(pen, i == 0 ? "\n{\"id\":" : ",\n{\"id\":");
        ng_pen_json(pen, node->id);
        ng_pen_put(pen, ",\"label\":");
        ng_pen_json(pen, node->label);
        ng_pen_put(pen, ",\"kind\":\"");
        ng_pen_put(pen, ng_kind_name(node->kind));
        ng_pen_put(pen, "\"}");
    }
    ng_pen_put(pen, "],\n\"edges\":[");
}

/* The heaviest first; equal ones as they stand in the graph. */
static int compare_ties(const void *a, const void *b, void *user)
{
    const ng_graph *whole = user;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    double one = ng_graph_edge(whole, x)->weight, other = ng_graph_edge(whole, y)->weight;

    if (one > other || one < other)
        return one > other ? -1 : 1;
    return (x > y) - (x < y);
}

/* Chooses the ties of the whole that give the places: those among the first few of either end.
 * `ties` holds those between the drawn. Returns how many are kept. */
static size_t choose_ties(const panels *work, const uint32_t *places, size_t *ties, size_t count,
                          uint8_t *taken)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        const ng_edge *edge = ng_graph_edge(work->whole, ties[i]);
        uint8_t *a = &taken[places[edge->source]], *b = &taken[places[edge->target]];

        if (*a >= TIES_FOR_PLACES && *b >= TIES_FOR_PLACES)
            continue;
        *a = (uint8_t)(*a + (*a < TIES_FOR_PLACES));
        *b = (uint8_t)(*b + (*b < TIES_FOR_PLACES));
        ties[kept++] = ties[i];
    }
    return kept;
}

/* The ties that give the places. */
static ng_status put_ties(ng_pen *pen, const panels *work, const uint32_t *places)
{
    size_t edge_count = ng_graph_edge_count(work->whole), count = 0;
    size_t *ties = ng_alloc(work->cx, (edge_count + 1) * sizeof *ties);
    uint8_t *taken = ng_alloc(work->cx, work->top + 1);
    ng_status status = NG_OK;
    bool is_first = true;

    if (!ties || !taken)
        status = ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu ties", edge_count);
    for (size_t i = 0; i < edge_count && status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(work->whole, i);

        if (places[edge->source] != UINT32_MAX && places[edge->target] != UINT32_MAX)
            ties[count++] = i;
    }
    if (status == NG_OK)
        status = ng_sort(work->cx, ties, count, sizeof *ties, compare_ties, (void *)work->whole);
    if (status == NG_OK) {
        memset(taken, 0, work->top + 1);
        count = choose_ties(work, places, ties, count, taken);
    }
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(work->whole, ties[i]);

        ng_pen_put(pen, is_first ? "\n{\"source\":" : ",\n{\"source\":");
        ng_pen_json(pen, ng_graph_node(work->whole, edge->source)->id);
        ng_pen_put(pen, ",\"target\":");
        ng_pen_json(pen, ng_graph_node(work->whole, edge->target)->id);
        ng_pen_put(pen, ",\"weight\":");
        ng_pen_number(pen, edge->weight);
        ng_pen_byte(pen, '}');
        is_first = false;
    }
    ng_pen_put(pen, "],\n\"panels\":[");
    ng_free(work->cx, ties);
    ng_free(work->cx, taken);
    return status;
}

/* The place of each node of a part among the drawn, UINT32_MAX for the others; the caller frees it,
 * whatever the result. */
static ng_status match_part(const panels *work, size_t index, const uint32_t *places,
                            uint32_t **match_out)
{
    const ng_graph *part = work->parts[index];
    size_t count = ng_graph_node_count(part);
    uint32_t *match = ng_alloc(work->cx, (count + 1) * sizeof *match);
    ng_status status = NG_OK;

    *match_out = match;
    if (!match)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", count);
    status = ng_graph_match(work->cx, part, work->whole, match);
    for (size_t i = 0; i < count && status == NG_OK; i++)
        if (match[i] != UINT32_MAX)
            match[i] = places[match[i]];
    return status;
}

/* True for a tie between two that are drawn. */
static bool is_between(const ng_edge *edge, const uint32_t *match)
{
    uint32_t a = match[edge->source], b = match[edge->target];

    return a != UINT32_MAX && b != UINT32_MAX && a != b;
}

static int compare_weights(const void *a, const void *b, void *user)
{
    double one = *(const double *)a, other = *(const double *)b;

    (void)user;
    return one > other ? -1 : one < other ? 1 : 0;
}

/* The bound of the weights: the smallest that leaves no more ties than wanted, unless even the
 * largest leaves more. */
static void find_bound(panels *work, const double *weights, size_t count)
{
    size_t most = TIES_PER_ACTOR * work->top * work->part_count;

    work->least = 0;
    if (count <= most)
        return;
    while (most > 0 && weights[most - 1] <= weights[most])
        most--;
    work->has_weaker = most > 0;
    if (most > 0)
        work->least = weights[most - 1];
}

/* Looks at one part: its ties between the drawn, and whether somebody is missing. */
static ng_status survey_part(panels *work, size_t index, const uint32_t *places, double *weights,
                             size_t *count)
{
    const ng_graph *part = work->parts[index];
    uint32_t *match = NULL;
    size_t here = 0;
    ng_status status = match_part(work, index, places, &match);

    if (status == NG_OK) {
        for (size_t i = 0; i < ng_graph_node_count(part); i++)
            here += match[i] != UINT32_MAX;
        for (size_t i = 0; i < ng_graph_edge_count(part); i++)
            if (is_between(ng_graph_edge(part, i), match))
                weights[(*count)++] = ng_graph_edge(part, i)->weight;
        work->has_absent = work->has_absent || here < work->top;
    }
    ng_free(work->cx, match);
    return status;
}

/* Looks at all parts for the bound and for what the heading says. */
static ng_status survey(panels *work, const uint32_t *places)
{
    size_t most = 0, count = 0;
    double *weights = NULL;
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->part_count; i++)
        most += ng_graph_edge_count(work->parts[i]);
    weights = ng_alloc(work->cx, (most + 1) * sizeof *weights);
    if (!weights)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu ties", most);
    for (size_t i = 0; i < work->part_count && status == NG_OK; i++)
        status = survey_part(work, i, places, weights, &count);
    if (status == NG_OK)
        status = ng_sort(work->cx, weights, count, sizeof *weights, compare_weights, NULL);
    if (status == NG_OK)
        find_bound(work, weights, count);
    ng_free(work->cx, weights);
    return status;
}

/* One part: the scores of the drawn ([place, score]) and their ties ([place, place, weight]). */
static ng_status put_panel(ng_pen *pen, const panels *work, size_t index, const uint32_t *places)
{
    const ng_graph *part = work->parts[index];
    const double *scores = ng_scores_get(work->part_scores[index], work->by);
    size_t count = ng_graph_node_count(part);
    uint32_t *match = NULL;
    bool is_first = true;
    ng_status status = match_part(work, index, places, &match);

    ng_pen_put(pen, index == 0 ? "\n{\"name\":" : ",\n{\"name\":");
    ng_pen_json(pen, ng_view_of(work->names[index]));
    ng_pen_put(pen, ",\"scores\":[");
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (match[i] == UINT32_MAX)
            continue;
        ng_pen_put(pen, is_first ? "[" : ",[");
        ng_pen_unsigned(pen, match[i]);
        ng_pen_byte(pen, ',');
        ng_pen_number(pen, isfinite(scores[i]) ? scores[i] : 0);
        ng_pen_byte(pen, ']');
        is_first = false;
    }
    ng_pen_put(pen, "],\"edges\":[");
    is_first = true;
    for (size_t i = 0; i < ng_graph_edge_count(part) && status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(part, i);
        uint32_t a = match[edge->source], b = match[edge->target];

        if (!is_between(edge, match) || (work->has_weaker && edge->weight < work->least))
            continue;
        ng_pen_put(pen, is_first ? "[" : ",[");
        ng_pen_unsigned(pen, a);
        ng_pen_byte(pen, ',');
        ng_pen_unsigned(pen, b);
        ng_pen_byte(pen, ',');
        ng_pen_number(pen, edge->weight);
        ng_pen_byte(pen, ']');
        is_first = false;
    }
    ng_pen_put(pen, "]}");
    ng_free(work->cx, match);
    return status;
}

/* "Who is named together, 2015 to 2024"; names longer than a date are numbers of documents, which
 * nobody reads. */
static ng_status put_title(const panels *work, ng_buffer *out)
{
    const char *first = work->part_count > 0 ? work->names[0] : "";
    const char *last = work->part_count > 0 ? work->names[work->part_count - 1] : "";
    ng_status status = ng_buffer_add(work->cx, out, NG_VIEW("Who is named together"));

    if (status != NG_OK || work->part_count == 0)
        return status;
    if (strlen(first) > DATE_BYTES)
        return ng_buffer_add(work->cx, out, NG_VIEW(", part by part"));
    return ng_buffer_format(work->cx, out, ", %s%s%s", first, work->part_count > 1 ? " to " : "",
                            work->part_count > 1 ? last : "");
}

/* "Thicker line: more sentences with both actors in that part (below 6: no line)." */
static ng_status put_line_words(const panels *work, ng_buffer *out)
{
    ng_view unit = ng_picture_unit(work->whole);
    bool is_whole = floor(work->least) == work->least && fabs(work->least) < 1e6;
    ng_status status = NG_OK;

    if (unit.size == 0)
        unit = NG_VIEW("weight");
    status = ng_buffer_format(work->cx, out, "Thicker line: more %.*s in that part", (int)unit.size,
                              unit.data);
    if (status == NG_OK && work->has_weaker && is_whole)
        status = ng_buffer_format(work->cx, out, " (below %.0f: no line)", work->least);
    else if (status == NG_OK && work->has_weaker)
        status = ng_buffer_format(work->cx, out, " (below %.3g: no line)", work->least);
    return status == NG_OK ? ng_buffer_add(work->cx, out, NG_VIEW(".")) : status;
}

/* Two lines: who is drawn, and what sizes and lines mean. */
static ng_status put_note(const panels *work, ng_buffer *out)
{
    size_t count = ng_graph_node_count(work->whole);
    const char *by = ng_measure_name(work->by);
    bool is_one = work->part_count == 1;
    ng_status status = NG_OK;

    if (work->top < count)
        status = ng_buffer_format(work->cx, out, "The %zu of %zu actors with the largest %s%s",
                                  work->top, count, by, is_one ? "" : " in all parts together");
    else
        status = ng_buffer_format(work->cx, out, "All %zu actors", count);
    if (status == NG_OK && !is_one)
        status = ng_buffer_format(work->cx, out, ", each at the same place in every panel%s",
                                  work->has_absent ? "; who is missing was not named then" : "");
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, out, NG_VIEW(".\n"));
    if (status == NG_OK)
        status = ng_buffer_format(work->cx, out, "Larger name: larger %s in that part. ", by);
    if (status == NG_OK)
        status = put_line_words(work, out);
    if (status == NG_OK && !is_one)
        status = ng_buffer_add(work->cx, out, NG_VIEW(" One scale for all panels."));
    return status;
}

/* The title and how it is drawn: the end of the request. */
static ng_status put_drawing(ng_pen *pen, const panels *work, const ng_write_options *options,
                             ng_format format)
{
    ng_write_options sized = *options;
    ng_drawing how = { .title = NG_VIEW_NONE };
    ng_buffer title, note;
    ng_status status = NG_OK;

    ng_buffer_init(&title, NOTE_BYTES);
    ng_buffer_init(&note, NOTE_BYTES);
    status = put_title(work, &title);
    if (status == NG_OK)
        status = put_note(work, &note);
    if (status == NG_OK) {
        how.title = ng_buffer_view(&title);
        how.note = ng_buffer_view(&note);
        sized.size_by = work->by;
        ng_picture_put_drawing(pen, &sized, format, &how);
    }
    ng_buffer_destroy(work->cx, &note);
    ng_buffer_destroy(work->cx, &title);
    return status;
}

/* Everything nergraph-draw needs. */
static ng_status make_request(panels *work, const ng_write_options *options, ng_format format,
                              ng_buffer *out)
{
    uint32_t *places = ng_alloc(work->cx, (ng_graph_node_count(work->whole) + 1) * sizeof *places);
    ng_pen pen;
    ng_status status = NG_OK;

    if (!places)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for the actors");
    place_nodes(work, places);
    status = survey(work, places);
    ng_pen_init(&pen, work->cx, out, NULL);
    if (status == NG_OK) {
        put_nodes(&pen, work);
        status = put_ties(&pen, work, places);
    }
    for (size_t i = 0; i < work->part_count && status == NG_OK; i++)
        status = put_panel(&pen, work, i, places);
    ng_pen_byte(&pen, ']');
    if (status == NG_OK)
        status = put_drawing(&pen, work, options, format);
    ng_free(work->cx, places);
    return status == NG_OK ? ng_pen_finish(&pen) : status;
}

ng_status ng_series_draw(ng_ctx *cx, const ng_graph *whole, const ng_scores *scores,
                         const ng_graph *const *parts, const ng_scores *const *part_scores,
                         const char *const *names, size_t part_count, ng_measure by, size_t top,
                         const ng_write_options *options, ng_format format, const char *path)
{
    size_t count = ng_graph_node_count(whole);
    panels work = { .cx = cx,
                    .whole = whole,
                    .parts = parts,
                    .part_scores = part_scores,
                    .names = names,
                    .part_count = part_count,
                    .by = by,
                    .top = top > 0 && top < count ? top : count };
    ng_buffer request;
    ng_status status = NG_OK;

    if (part_count > PANELS_MAX)
        return ng_fail(cx, NG_E_LIMIT,
                       "%zu parts are too many for one picture (at most %d); take a longer "
                       "--period, or more --documents to a part",
                       part_count, PANELS_MAX);
    if (options->draw_node_limit > 0 && work.top > options->draw_node_limit)
        work.top = options->draw_node_limit;
    assert(ng_scores_get(scores, by));
    ng_buffer_init(&request, SIZE_MAX / 2);
    status = ng_nodes_by_score(cx, ng_scores_get(scores, by), count, &work.order);
    if (status == NG_OK)
        status = make_request(&work, options, format, &request);
    if (status == NG_OK)
        status = ng_picture_write(cx, ng_buffer_view(&request), options, format, path);
    ng_buffer_destroy(cx, &request);
    ng_free(cx, work.order);
    return status;
}
