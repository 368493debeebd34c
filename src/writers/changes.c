/* The difference of two graphs as one picture: ties that are new, gone, stronger and weaker between
 * the actors of both, those that changed most. */
#include "writers_internal.h"

#include <math.h>

#define NONE UINT32_MAX

enum { NOTE_BYTES = 4096, UNIT_BYTES = 256 };

typedef enum change { SAME, NEW, GONE, STRONGER, WEAKER, CHANGE_COUNT } change;

static const char *const words[CHANGE_COUNT] = { "same", "new", "gone", "stronger", "weaker" };

/* A tie of either graph; ends are numbers of the union: nodes of the new graph, then the old ones
 * that it does not have. */
typedef struct tie {
    uint32_t a, b;
    double before, after;
    bool in_old, in_new; /* a weight may be 0 */
    bool is_drawn;
} tie;

typedef struct picturing {
    ng_ctx *cx;
    const ng_graph *old, *new;
    uint32_t *number; /* of each old node in the union */
    const ng_node **nodes;
    change *changes; /* of the nodes: SAME, NEW or GONE */
    bool *is_drawn;
    size_t node_count;
    tie *ties;
    size_t tie_count;
    size_t counts[CHANGE_COUNT]; /* of ties */
    size_t actors[CHANGE_COUNT];
    size_t drawn_changes;
} picturing;

static change change_of(const tie *item)
{
    if (!item->in_old)
        return NEW;
    if (!item->in_new)
        return GONE;
    return item->after > item->before ? STRONGER : item->after < item->before ? WEAKER : SAME;
}

/* Numbers the nodes of both. */
static ng_status unite_nodes(picturing *work)
{
    size_t old_count = ng_graph_node_count(work->old), new_count = ng_graph_node_count(work->new);
    size_t most = old_count + new_count + 1;
    ng_status status = NG_OK;

    work->number = ng_alloc(work->cx, most * sizeof *work->number);
    work->nodes = ng_alloc(work->cx, most * sizeof(ng_node *));
    work->changes = ng_alloc(work->cx, most * sizeof *work->changes);
    work->is_drawn = ng_alloc(work->cx, most);
    if (!work->number || !work->nodes || !work->changes || !work->is_drawn)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", most);
    memset(work->is_drawn, 0, most);
    status = ng_graph_match(work->cx, work->old, work->new, work->number);
    for (size_t i = 0; i < new_count; i++) {
        work->nodes[i] = ng_graph_node(work->new, i);
        work->changes[i] = NEW;
    }
    work->node_count = new_count;
    for (size_t i = 0; i < old_count && status == NG_OK; i++) {
        if (work->number[i] != NONE) {
            work->changes[work->number[i]] = SAME;
            continue;
        }
        work->number[i] = (uint32_t)work->node_count;
        work->changes[work->node_count] = GONE;
        work->nodes[work->node_count++] = ng_graph_node(work->old, i);
    }
    return status;
}

static int compare_ends(const void *a, const void *b, void *user)
{
    const tie *left = a, *right = b;

    (void)user;
    if (left->a != right->a)
        return left->a < right->a ? -1 : 1;
    return (left->b > right->b) - (left->b < right->b);
}

/* Ties by the size of their change, the largest first. */
static int compare_changes(const void *a, const void *b, void *user)
{
    const tie *left = a, *right = b;
    double one = fabs(left->after - left->before), other = fabs(right->after - right->before);

    return one != other ? (one > other ? -1 : 1) : compare_ends(a, b, user);
}

/* A tie of the one or the other graph. */
static void put_tie(picturing *work, uint32_t a, uint32_t b, double weight, bool is_new)
{
    work->ties[work->tie_count++] = (tie){ .a = a < b ? a : b,
                                           .b = a < b ? b : a,
                                           .before = is_new ? 0 : weight,
                                           .after = is_new ? weight : 0,
                                           .in_old = !is_new,
                                           .in_new = is_new };
}

/* The ties of both: those of one pair become one. */
static ng_status unite_ties(picturing *work)
{
    size_t old_count = ng_graph_edge_count(work->old), new_count = ng_graph_edge_count(work->new);
    size_t kept = 0;
    ng_status status = NG_OK;

    work->ties = ng_alloc(work->cx, (old_count + new_count + 1) * sizeof *work->ties);
    if (!work->ties)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu ties", old_count + new_count);
    for (size_t i = 0; i < new_count; i++) {
        const ng_edge *edge = ng_graph_edge(work->new, i);

        put_tie(work, edge->source, edge->target, edge->weight, true);
    }
    for (size_t i = 0; i < old_count; i++) {
        const ng_edge *edge = ng_graph_edge(work->old, i);

        if (work->number[edge->source] != work->number[edge->target])
            put_tie(work, work->number[edge->source], work->number[edge->target], edge->weight,
                    false);
    }
    status = ng_sort(work->cx, work->ties, work->tie_count, sizeof *work->ties, compare_ends, NULL);
    for (size_t i = 0; i < work->tie_count; i++) {
        if (kept > 0 && compare_ends(&work->ties[kept - 1], &work->ties[i], NULL) == 0) {
            work->ties[kept - 1].before += work->ties[i].before;
            work->ties[kept - 1].after += work->ties[i].after;
            work->ties[kept - 1].in_old |= work->ties[i].in_old;
            work->ties[kept - 1].in_new |= work->ties[i].in_new;
        } else {
            work->ties[kept++] = work->ties[i];
        }
    }
    work->tie_count = kept;
    return status;
}

/* Chooses the changes that are drawn, and the ties that did not change between their actors; all of
 * it where it is not much. */
static ng_status choose(picturing *work, size_t top)
{
    bool is_all = false;
    ng_status status =
        ng_sort(work->cx, work->ties, work->tie_count, sizeof *work->ties, compare_changes, NULL);

    for (size_t i = 0; i < work->tie_count; i++) {
        tie *item = &work->ties[i];
        change is = change_of(item);

        work->counts[is]++;
        if (is == SAME || (top > 0 && work->drawn_changes >= top))
            continue;
        item->is_drawn = true;
        work->drawn_changes++;
        work->is_drawn[item->a] = work->is_drawn[item->b] = true;
    }
    is_all = top == 0 || work->tie_count <= top;
    for (size_t i = 0; i < work->tie_count; i++) {
        tie *item = &work->ties[i];

        if (change_of(item) == SAME)
            item->is_drawn = is_all || (work->is_drawn[item->a] && work->is_drawn[item->b]);
    }
    for (size_t i = 0; i < work->node_count; i++) {
        work->actors[work->changes[i]]++;
        work->is_drawn[i] = work->is_drawn[i] || is_all;
    }
    return status;
}

/* ---- the request ---- */

static void put_nodes(ng_pen *pen, const picturing *work)
{
    bool is_first = true;

    ng_pen_put(pen, "{\"nodes\":[");
    for (size_t i = 0; i < work->node_count; i++) {
        if (!work->is_drawn[i])
            continue;
        ng_pen_put(pen, is_first ? "\n{\"id\":" : ",\n{\"id\":");
        ng_pen_json(pen, work->nodes[i]->id);
        ng_pen_put(pen, ",\"label\":");
        ng_pen_json(pen, work->nodes[i]->label);
        ng_pen_put(pen, ",\"kind\":\"");
        ng_pen_put(pen, ng_kind_name(work->nodes[i]->kind));
        ng_pen_put(pen, "\",\"change\":\"");
        ng_pen_put(pen, words[work->changes[i]]);
        ng_pen_put(pen, "\"}");
        is_first = false;
    }
    ng_pen_put(pen, "],\n\"edges\":[");
}

static void put_ties(ng_pen *pen, const picturing *work)
{
    bool is_first = true;

    for (size_t i = 0; i < work->tie_count; i++) {
        const tie *item = &work->ties[i];

        if (!item->is_drawn)
            continue;
        ng_pen_put(pen, is_first ? "\n{\"source\":" : ",\n{\"source\":");
        ng_pen_json(pen, work->nodes[item->a]->id);
        ng_pen_put(pen, ",\"target\":");
        ng_pen_json(pen, work->nodes[item->b]->id);
        ng_pen_put(pen, ",\"weight\":");
        ng_pen_number(pen, item->before > item->after ? item->before : item->after);
        ng_pen_put(pen, ",\"before\":");
        ng_pen_number(pen, item->before);
        ng_pen_put(pen, ",\"after\":");
        ng_pen_number(pen, item->after);
        ng_pen_put(pen, ",\"change\":\"");
        ng_pen_put(pen, words[change_of(item)]);
        ng_pen_put(pen, "\"}");
        is_first = false;
    }
    ng_pen_byte(pen, ']');
}

/* Two lines: how much changed, and what is drawn of it. */
static ng_status put_note(const picturing *work, ng_buffer *out)
{
    const size_t *ties = work->counts, *actors = work->actors;
    size_t changes = ties[NEW] + ties[GONE] + ties[STRONGER] + ties[WEAKER];
    ng_view unit = ng_picture_unit(work->new);
    ng_status status = NG_OK;

    if (changes + actors[NEW] + actors[GONE] == 0)
        return ng_buffer_add(work->cx, out, NG_VIEW("Nothing changed."));
    status = ng_buffer_format(work->cx, out,
                              "Ties: %zu new, %zu gone, %zu stronger, %zu weaker, %zu as before. "
                              "Actors: %zu new, %zu gone, %zu in both.\n",
                              ties[NEW], ties[GONE], ties[STRONGER], ties[WEAKER], ties[SAME],
                              actors[NEW], actors[GONE], actors[SAME]);
    if (status == NG_OK && work->drawn_changes < changes)
        status = ng_buffer_format(work->cx, out, "Drawn: the %zu ties that changed most. ",
                                  work->drawn_changes);
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, out, NG_VIEW("Thicker line: "));
    if (status == NG_OK && unit.size > 0 && unit.size <= UNIT_BYTES &&
        ng_view_equal(unit, ng_picture_unit(work->old)))
        status = ng_buffer_format(work->cx, out, "more %.*s, before or after.", (int)unit.size,
                                  unit.data);
    else if (status == NG_OK)
        status = ng_buffer_add(work->cx, out, NG_VIEW("larger weight, before or after."));
    return status;
}

ng_status ng_difference_draw(ng_ctx *cx, const ng_graph *old, const ng_graph *new_graph, size_t top,
                             const ng_write_options *options, ng_format format, const char *path)
{
    picturing work = { .cx = cx, .old = old, .new = new_graph };
    ng_drawing how = { .title = NG_VIEW("What changed") };
    ng_buffer request, note;
    ng_pen pen;
    ng_status status = unite_nodes(&work);

    ng_buffer_init(&request, SIZE_MAX / 2);
    ng_buffer_init(&note, NOTE_BYTES);
    ng_pen_init(&pen, cx, &request, NULL);
    if (status == NG_OK)
        status = unite_ties(&work);
    if (status == NG_OK)
        status = choose(&work, top);
    if (status == NG_OK)
        status = put_note(&work, &note);
    if (status == NG_OK) {
        how.note = ng_buffer_view(&note);
        put_nodes(&pen, &work);
        put_ties(&pen, &work);
        ng_picture_put_drawing(&pen, options, format, &how);
        status = ng_pen_finish(&pen);
    }
    if (status == NG_OK)
        status = ng_picture_write(cx, ng_buffer_view(&request), options, format, path);
    ng_buffer_destroy(cx, &note);
    ng_buffer_destroy(cx, &request);
    ng_free(cx, work.number);
    ng_free(cx, (void *)work.nodes);
    ng_free(cx, work.changes);
    ng_free(cx, work.is_drawn);
    ng_free(cx, work.ties);
    return status;
}
