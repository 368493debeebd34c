/* What is different between two graphs: ties and actors that are new, gone or changed, and who rose
 * or fell.
 *
 * Ties are listed by the size of the change. A change of
 * rank counts as the ratio of the two ranks, among those who are among the first hundred in one of
 * the two: from 2 to 1 is as much as from 20 to 10, and the crowd at the end does not matter. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

enum { FIRST_RANKS = 100 };

typedef enum difference_kind {
    NEW_TIE,
    GONE_TIE,
    CHANGED_TIE,
    NEW_ACTOR,
    GONE_ACTOR,
    RANK,
    KIND_COUNT
} difference_kind;

static const char *const kind_names[KIND_COUNT] = { "new tie",   "gone tie",   "changed tie",
                                                    "new actor", "gone actor", "rank" };

/* One difference. */
typedef struct difference {
    difference_kind kind;
    const ng_node *a, *b; /* b is NULL for an actor */
    double before, after; /* weights, scores or ranks */
    double size;          /* what it is sorted by */
} difference;

typedef struct comparing {
    ng_ctx *cx;
    const ng_graph *old, *new;
    uint32_t *match; /* of each old node: the new one, or NONE */
    difference *items;
    size_t count, capacity;
    size_t top; /* of each kind; 0: all */
} comparing;

#define NONE UINT32_MAX

static ng_status add(comparing *work, difference_kind kind, const ng_node *a, const ng_node *b,
                     double before, double after, double size)
{
    ng_status status = ng_grow(work->cx, (void **)&work->items, &work->capacity,
                               sizeof *work->items, work->count + 1, SIZE_MAX / 128, "differences");

    if (status == NG_OK)
        work->items[work->count++] = (difference){ kind, a, b, before, after, size };
    return status;
}

/* Actors that are in one of the two only. */
static ng_status compare_actors(comparing *work, const double *old, const double *new)
{
    bool *is_known = ng_alloc(work->cx, ng_graph_node_count(work->new) + 1);
    ng_status status = NG_OK;

    if (!is_known)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for the actors");
    memset(is_known, 0, ng_graph_node_count(work->new) + 1);
    for (size_t i = 0; i < ng_graph_node_count(work->old) && status == NG_OK; i++) {
        if (work->match[i] != NONE)
            is_known[work->match[i]] = true;
        else
            status = add(work, GONE_ACTOR, ng_graph_node(work->old, i), NULL, old[i], 0, old[i]);
    }
    for (size_t i = 0; i < ng_graph_node_count(work->new) && status == NG_OK; i++)
        if (!is_known[i])
            status = add(work, NEW_ACTOR, ng_graph_node(work->new, i), NULL, 0, new[i], new[i]);
    ng_free(work->cx, is_known);
    return status;
}

/* Ties of the old graph, and what became of them; then those that are new. */
static ng_status compare_ties(comparing *work)
{
    size_t count = ng_graph_edge_count(work->new);
    bool *is_known = ng_alloc(work->cx, count + 1);
    ng_status status = NG_OK;

    if (!is_known)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for the ties");
    memset(is_known, 0, count + 1);
    for (size_t i = 0; i < ng_graph_edge_count(work->old) && status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(work->old, i);
        uint32_t a = work->match[edge->source], b = work->match[edge->target];
        size_t found = a == NONE || b == NONE ? SIZE_MAX : ng_graph_find_edge(work->new, a, b);
        const ng_node *left = ng_graph_node(work->old, edge->source);
        const ng_node *right = ng_graph_node(work->old, edge->target);
        double after = found == SIZE_MAX ? 0 : ng_graph_edge(work->new, found)->weight;

        if (found == SIZE_MAX) {
            status = add(work, GONE_TIE, left, right, edge->weight, 0, edge->weight);
            continue;
        }
        is_known[found] = true;
        if (after > edge->weight || after < edge->weight)
            status = add(work, CHANGED_TIE, left, right, edge->weight, after,
                         fabs(after - edge->weight));
    }
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        const ng_edge *edge = ng_graph_edge(work->new, i);

        if (!is_known[i])
            status = add(work, NEW_TIE, ng_graph_node(work->new, edge->source),
                         ng_graph_node(work->new, edge->target), 0, edge->weight, edge->weight);
    }
    ng_free(work->cx, is_known);
    return status;
}

/* Numbers by scores, for sorting. */
static int compare_scores(const void *a, const void *b, void *user)
{
    const double *scores = user;
    double left = scores[*(const uint32_t *)a], right = scores[*(const uint32_t *)b];

    if (isnan(left) != isnan(right))
        return isnan(left) ? 1 : -1;
    return (left < right) - (left > right);
}

/* The rank of each node: equal scores share one; 0 where there is no score. */
static ng_status rank_nodes(ng_ctx *cx, const double *scores, size_t count, uint32_t *ranks)
{
    uint32_t *order = ng_alloc(cx, (count + 1) * sizeof *order);
    ng_status status = NG_OK;

    if (!order)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu ranks", count);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    status = ng_sort(cx, order, count, sizeof *order, compare_scores, (void *)scores);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        bool is_tied = i > 0 && scores[order[i]] >= scores[order[i - 1]];

        ranks[order[i]] = isnan(scores[order[i]]) ? 0
                          : is_tied               ? ranks[order[i - 1]]
                                                  : (uint32_t)i + 1;
    }
    ng_free(cx, order);
    return status;
}

/* Who rose and who fell. */
static ng_status compare_ranks(comparing *work, const double *old, const double *new)
{
    size_t old_count = ng_graph_node_count(work->old), new_count = ng_graph_node_count(work->new);
    uint32_t *before = ng_alloc(work->cx, (old_count + 1) * sizeof *before);
    uint32_t *after = ng_alloc(work->cx, (new_count + 1) * sizeof *after);
    ng_status status =
        before && after ? NG_OK : ng_fail(work->cx, NG_E_MEMORY, "no memory for the ranks");

    if (status == NG_OK)
        status = rank_nodes(work->cx, old, old_count, before);
    if (status == NG_OK)
        status = rank_nodes(work->cx, new, new_count, after);
    for (size_t i = 0; i < old_count && status == NG_OK; i++) {
        uint32_t x = before[i], y = work->match[i] == NONE ? 0 : after[work->match[i]];

        if (x == 0 || y == 0 || x == y || (x > FIRST_RANKS && y > FIRST_RANKS))
            continue;
        status = add(work, RANK, ng_graph_node(work->old, i), NULL, x, y, fabs(log((double)x / y)));
    }
    ng_free(work->cx, before);
    ng_free(work->cx, after);
    return status;
}

/* By kind, then the largest first, then by ids. */
static int compare_items(const void *a, const void *b, void *user)
{
    const difference *left = a, *right = b;
    int order = 0;

    (void)user;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->size > right->size || left->size < right->size)
        return left->size > right->size ? -1 : 1;
    order = ng_view_compare(left->a->id, right->a->id);
    return order || !left->b ? order : ng_view_compare(left->b->id, right->b->id);
}

/* ---- writing ---- */

static void put_row(ng_pen *pen, const difference *item, bool is_csv)
{
    const ng_view cells[] = { ng_view_of(kind_names[item->kind]), item->a->id, item->a->label,
                              item->b ? item->b->id : NG_VIEW_NONE,
                              item->b ? item->b->label : NG_VIEW_NONE };

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (is_csv)
            ng_pen_csv(pen, cells[i], false);
        else
            ng_pen_tsv(pen, cells[i]);
        ng_pen_byte(pen, is_csv ? ',' : '\t');
    }
    ng_pen_number(pen, item->before);
    ng_pen_byte(pen, is_csv ? ',' : '\t');
    ng_pen_number(pen, item->after);
    ng_pen_put(pen, is_csv ? "\r\n" : "\n");
}

static void put_json(ng_pen *pen, const difference *item, bool is_first)
{
    ng_pen_put(pen, is_first ? "\n{\"what\":\"" : ",\n{\"what\":\"");
    ng_pen_put(pen, kind_names[item->kind]);
    ng_pen_put(pen, "\",\"a\":");
    ng_pen_json(pen, item->a->id);
    ng_pen_put(pen, ",\"a_label\":");
    ng_pen_json(pen, item->a->label);
    if (item->b) {
        ng_pen_put(pen, ",\"b\":");
        ng_pen_json(pen, item->b->id);
        ng_pen_put(pen, ",\"b_label\":");
        ng_pen_json(pen, item->b->label);
    }
    ng_pen_put(pen, ",\"before\":");
    ng_pen_number(pen, item->before);
    ng_pen_put(pen, ",\"after\":");
    ng_pen_number(pen, item->after);
    ng_pen_byte(pen, '}');
}

/* A line for a reader: "  Israel - Syria  3 -> 12". */
static void put_line(ng_pen *pen, const difference *item)
{
    ng_pen_put(pen, "  ");
    ng_pen_tsv(pen, item->a->label);
    if (item->b) {
        ng_pen_put(pen, " - ");
        ng_pen_tsv(pen, item->b->label);
    }
    ng_pen_put(pen, "  ");
    if (item->kind == CHANGED_TIE || item->kind == RANK) {
        ng_pen_number(pen, item->before);
        ng_pen_put(pen, " -> ");
    }
    ng_pen_number(pen,
                  item->kind == GONE_TIE || item->kind == GONE_ACTOR ? item->before : item->after);
    ng_pen_byte(pen, '\n');
}

/* The heading of a kind with how many there are. */
static void put_heading(ng_pen *pen, difference_kind kind, size_t count, size_t shown,
                        const char *measure)
{
    static const char *const words[KIND_COUNT] = {
        "new ties (weight)", "gone ties (weight)", "changed ties (weight)",
        "new actors",        "gone actors",        "who rose and fell (rank)",
    };

    ng_pen_put(pen, words[kind]);
    if (kind >= NEW_ACTOR) {
        ng_pen_put(pen, ", by ");
        ng_pen_put(pen, measure);
    }
    ng_pen_put(pen, ": ");
    ng_pen_unsigned(pen, count);
    if (shown < count) {
        ng_pen_put(pen, ", the first ");
        ng_pen_unsigned(pen, shown);
    }
    ng_pen_byte(pen, '\n');
}

/* All rows, at most `top` of a kind. */
static void put_all(ng_pen *pen, const comparing *work, ng_table_format format, const char *measure)
{
    bool is_first = true;

    if (format == NG_TABLE_TSV || format == NG_TABLE_CSV)
        ng_pen_put(pen, format == NG_TABLE_CSV ? "what,a,a_label,b,b_label,before,after\r\n"
                                               : "what\ta\ta_label\tb\tb_label\tbefore\tafter\n");
    if (format == NG_TABLE_JSON)
        ng_pen_byte(pen, '[');
    for (size_t first = 0; first < work->count && pen->status == NG_OK;) {
        size_t end = first, shown = 0;

        while (end < work->count && work->items[end].kind == work->items[first].kind)
            end++;
        shown = work->top > 0 && work->top < end - first ? work->top : end - first;
        if (format == NG_TABLE_ALIGNED)
            put_heading(pen, work->items[first].kind, end - first, shown, measure);
        for (size_t i = first; i < first + shown && pen->status == NG_OK; i++) {
            if (format == NG_TABLE_ALIGNED)
                put_line(pen, &work->items[i]);
            else if (format == NG_TABLE_JSON)
                put_json(pen, &work->items[i], is_first);
            else
                put_row(pen, &work->items[i], format == NG_TABLE_CSV);
            is_first = false;
        }
        first = end;
    }
    if (format == NG_TABLE_JSON)
        ng_pen_put(pen, "]\n");
    else if (work->count == 0 && format == NG_TABLE_ALIGNED)
        ng_pen_put(pen, "no difference\n");
}

static ng_status compare_all(comparing *work, const double *old, const double *new)
{
    ng_status status = ng_graph_match(work->cx, work->old, work->new, work->match);

    if (status == NG_OK)
        status = compare_ties(work);
    if (status == NG_OK)
        status = compare_actors(work, old, new);
    if (status == NG_OK)
        status = compare_ranks(work, old, new);
    return status == NG_OK ? ng_sort(work->cx, work->items, work->count, sizeof *work->items,
                                     compare_items, NULL)
                           : status;
}

ng_status ng_difference_write(ng_ctx *cx, const ng_graph *old, const ng_scores *old_scores,
                              const ng_graph *new, const ng_scores *new_scores, ng_measure by,
                              size_t top, ng_table_format format, ng_output *output,
                              size_t *count_out)
{
    comparing work = { .cx = cx, .old = old, .new = new, .top = top };
    const double *before = ng_scores_get(old_scores, by), *after = ng_scores_get(new_scores, by);
    ng_buffer bytes;
    ng_pen pen;
    ng_status status = NG_OK;

    assert(before && after);
    work.match = ng_alloc(cx, (ng_graph_node_count(old) + 1) * sizeof *work.match);
    if (!work.match)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the actors");
    status = compare_all(&work, before, after);
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, output);
    if (status == NG_OK) {
        put_all(&pen, &work, format, ng_measure_name(by));
        status = ng_pen_finish(&pen);
    }
    ng_buffer_destroy(cx, &bytes);
    *count_out = work.count;
    ng_free(cx, work.match);
    ng_free(cx, work.items);
    return status;
}
