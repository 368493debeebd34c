/* Decides how a graph of this size is drawn.
 *
 * Stress majorisation (neato) gives the best pictures and costs nodes squared; curved lines around
 * the boxes cost far more (801 nodes: over a minute). So: up to 60 nodes and 200 edges neato with
 * curved lines, up to 300 nodes neato with straight ones, above that sfdp. Where a limit is set,
 * the strongest nodes are drawn and the heading says so. The most central nodes are bold. */
#include "drawing_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CURVED_NODES = 60, CURVED_EDGES = 200, NEATO_NODES = 300, BOLD_NODES = 5 };

/* Of more than so many nodes only so many have their names, unless it is said how many. */
enum { MANY_NODES = 1000, MANY_NAMES = 120 };

/* Higher score first, then more mentions, then id bytes: an order without ties. */
static int compare_nodes(const void *a, const void *b)
{
    const draw_node *x = *(const draw_node *const *)a;
    const draw_node *y = *(const draw_node *const *)b;
    size_t size = x->id.size < y->id.size ? x->id.size : y->id.size;
    int order = 0;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    order = size ? memcmp(x->id.data, y->id.data, size) : 0;
    if (order != 0)
        return order;
    return x->id.size < y->id.size ? -1 : x->id.size > y->id.size;
}

/* How many of the first are bold: at most five and one in five, none far below the first, and never
 * only some of those with one score. */
static size_t count_bold(draw_node *const *order, const draw_spec *spec)
{
    size_t count = spec->node_count / 5;

    count = count < 1 ? 1 : count > BOLD_NODES ? BOLD_NODES : count;
    count = count < spec->node_count ? count : spec->node_count;
    while (count > 0 && order[count - 1]->score < 0.6 * spec->max_score)
        count--;
    while (count > 0 && count < spec->node_count && order[count]->score >= order[count - 1]->score)
        count--;
    return spec->max_score > 0 ? count : 0;
}

/* The most central drawn node of each of the largest communities. */
static void find_leaders(const draw_spec *spec, draw_plan *plan)
{
    for (size_t i = 0; i < spec->node_count; i++) {
        const draw_node *node = &spec->nodes[i];
        const draw_node **leader = NULL;

        if (!node->is_drawn || node->community < 1 || node->community > DRAW_GROUPS)
            continue;
        leader = &plan->leaders[node->community - 1];
        if (!*leader || node->rank < (*leader)->rank)
            *leader = node;
    }
}

/* Those whom the key of communities names have their names beyond the limit, too, unless nobody is
 * to have one. */
static void name_leaders(draw_spec *spec, draw_plan *plan)
{
    find_leaders(spec, plan);
    for (size_t i = 0; i < DRAW_GROUPS && spec->name_limit > 0; i++) {
        const draw_node *leader = plan->leaders[i];

        if (!leader || leader->is_named)
            continue;
        spec->nodes[leader - spec->nodes].is_named = true;
        plan->named_leader_count++;
    }
}

/* Ranks the nodes; the first `limit` are drawn. */
static int rank_nodes(draw_spec *spec, size_t limit)
{
    draw_node **order = calloc(spec->node_count + 1, sizeof(draw_node *));
    size_t bold_count = 0;

    if (!order)
        return draw_fail(DRAW_MEMORY, "no memory for %zu nodes", spec->node_count);
    for (size_t i = 0; i < spec->node_count; i++)
        order[i] = &spec->nodes[i];
    qsort(order, spec->node_count, sizeof(draw_node *), compare_nodes);
    bold_count = count_bold(order, spec);
    for (size_t i = 0; i < spec->node_count; i++) {
        draw_node *node = order[i];
        node->rank = (uint32_t)i;
        node->is_drawn = i < limit;
        node->is_bold = i < bold_count;
        node->is_named = !spec->has_name_limit || i < spec->name_limit;
    }
    free(order);
    return DRAW_OK;
}

/* Marks the edges whose ends are drawn, and counts nodes without one. */
static int mark_edges(draw_spec *spec, draw_plan *plan)
{
    bool *is_tied = calloc(spec->node_count + 1, sizeof *is_tied);

    if (!is_tied)
        return draw_fail(DRAW_MEMORY, "no memory for %zu nodes", spec->node_count);
    for (size_t i = 0; i < spec->edge_count; i++) {
        draw_edge *edge = &spec->edges[i];
        edge->is_drawn = spec->nodes[edge->source].is_drawn && spec->nodes[edge->target].is_drawn;
        plan->edge_count += edge->is_drawn;
        if (edge->is_drawn && edge->source != edge->target)
            is_tied[edge->source] = is_tied[edge->target] = true;
    }
    for (size_t i = 0; i < spec->node_count; i++) {
        plan->has_kind[spec->nodes[i].kind] |= spec->nodes[i].is_drawn;
        plan->isolated_count += spec->nodes[i].is_drawn && !is_tied[i];
    }
    free(is_tied);
    return DRAW_OK;
}

/* Of the room that a name takes, what a dot takes. */
static const double dot_share = 0.15;

int draw_plan_make(draw_spec *spec, bool is_picture, draw_plan *plan_out)
{
    draw_plan plan = { 0 };
    size_t limit = spec->node_count;
    double named = 0, dots = 0;
    int code = DRAW_OK;

    if (is_picture && spec->limit_nodes && spec->limit_nodes < limit)
        limit = (size_t)spec->limit_nodes;
    if (is_picture && !spec->has_name_limit && limit > MANY_NODES) {
        spec->has_name_limit = true;
        spec->name_limit = MANY_NAMES;
    }
    plan.node_count = limit;
    plan.is_cut = limit < spec->node_count;
    code = rank_nodes(spec, limit);
    if (code == DRAW_OK && spec->is_by_community && !spec->has_changes)
        name_leaders(spec, &plan);
    if (code == DRAW_OK)
        code = mark_edges(spec, &plan);
    plan.engine = spec->engine;
    if (!plan.engine)
        plan.engine = plan.node_count <= NEATO_NODES ? "neato" : "sfdp";
    plan.splines =
        plan.node_count <= CURVED_NODES && plan.edge_count <= CURVED_EDGES ? "true" : "line";
    named =
        spec->has_name_limit && spec->name_limit < limit ? (double)spec->name_limit : (double)limit;
    named += (double)plan.named_leader_count;
    dots = (double)limit - named;
    plan.scale = fmax(1, sqrt((named + dot_share * dots) / 30));
    plan.name_scale = fmin(3, sqrt(1 + dots / (8 * fmax(1, named))));
    if (code == DRAW_OK)
        *plan_out = plan;
    return code;
}
