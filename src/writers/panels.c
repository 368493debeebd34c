/* The parts of an archive as small multiples: a panel for each, the same actors at the same places,
 * the same scales everywhere. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

enum { PANELS_MAX = 36, NOTE_BYTES = 512 };

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
} panels;

/* Scores of the whole, for sorting. */
static int compare_nodes(const void *a, const void *b, void *user)
{
    const double *scores = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (isnan(scores[x]) != isnan(scores[y]))
        return isnan(scores[x]) ? 1 : -1;
    if (scores[x] > scores[y] || scores[x] < scores[y])
        return scores[x] > scores[y] ? -1 : 1;
    return (x > y) - (x < y);
}

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

/* The ties of the whole between the drawn: they give the places. */
static void put_ties(ng_pen *pen, const panels *work, const uint32_t *places)
{
    bool is_first = true;

    for (size_t i = 0; i < ng_graph_edge_count(work->whole); i++) {
        const ng_edge *edge = ng_graph_edge(work->whole, i);

        if (places[edge->source] == UINT32_MAX || places[edge->target] == UINT32_MAX)
            continue;
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
}

/* One part: the scores of the drawn ([place, score]) and their ties ([place, place, weight]). */
static ng_status put_panel(ng_pen *pen, const panels *work, size_t index, const uint32_t *places)
{
    const ng_graph *part = work->parts[index];
    const double *scores = ng_scores_get(work->part_scores[index], work->by);
    size_t count = ng_graph_node_count(part);
    uint32_t *match = ng_alloc(work->cx, (count + 1) * sizeof *match);
    bool is_first = true;
    ng_status status = match ? ng_graph_match(work->cx, part, work->whole, match)
                             : ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", count);

    ng_pen_put(pen, index == 0 ? "\n{\"name\":" : ",\n{\"name\":");
    ng_pen_json(pen, ng_view_of(work->names[index]));
    ng_pen_put(pen, ",\"scores\":[");
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        match[i] = match[i] == UINT32_MAX ? UINT32_MAX : places[match[i]];
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

        if (a == UINT32_MAX || b == UINT32_MAX || a == b)
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

/* Everything nergraph-draw needs. */
static ng_status make_request(const panels *work, const ng_write_options *options, ng_format format,
                              ng_buffer *out)
{
    uint32_t *places = ng_alloc(work->cx, (ng_graph_node_count(work->whole) + 1) * sizeof *places);
    ng_write_options sized = *options;
    char note[NOTE_BYTES];
    int size = snprintf(note, sizeof note,
                        "The %zu actors with the largest %s in all. Larger name: larger %s in the "
                        "part; thicker line: larger weight; one scale for all panels.",
                        work->top, ng_measure_name(work->by), ng_measure_name(work->by));
    const ng_drawing how = { .title = NG_VIEW("Who is named together, part by part"),
                             .note = { note, (size_t)size } };
    ng_pen pen;
    ng_status status = NG_OK;

    if (!places)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for the actors");
    place_nodes(work, places);
    ng_pen_init(&pen, work->cx, out, NULL);
    put_nodes(&pen, work);
    put_ties(&pen, work, places);
    for (size_t i = 0; i < work->part_count && status == NG_OK; i++)
        status = put_panel(&pen, work, i, places);
    ng_pen_byte(&pen, ']');
    sized.size_by = work->by;
    ng_picture_put_drawing(&pen, &sized, format, &how);
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
    assert(ng_scores_get(scores, by));
    work.order = ng_alloc(cx, (count + 1) * sizeof *work.order);
    if (!work.order)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", count);
    for (uint32_t i = 0; i < count; i++)
        work.order[i] = i;
    ng_buffer_init(&request, SIZE_MAX / 2);
    status = ng_sort(cx, work.order, count, sizeof *work.order, compare_nodes,
                     (void *)ng_scores_get(scores, by));
    if (status == NG_OK)
        status = make_request(&work, options, format, &request);
    if (status == NG_OK)
        status = ng_picture_write(cx, ng_buffer_view(&request), options, format, path);
    ng_buffer_destroy(cx, &request);
    ng_free(cx, work.order);
    return status;
}
