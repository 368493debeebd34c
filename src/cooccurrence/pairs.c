/* Pairs: who occurs with whom, once a unit.
 *
 * A window slides over the mentions. Its right end takes actors in, its left end lets them go, so
 * the actors present are always at hand and a pair costs one look-up however often its names are
 * repeated. At each position that holds a mention, the actors there are paired with one another
 * and with everybody else in the window. A document that makes more than NG_PAIR_LIMIT pairs is
 * refused, not cut: counts that stop somewhere would mean nothing. */
#include "cooccurrence_internal.h"

#include <assert.h>
#include <math.h>

/* No unit counts as surer than this. */
#define MOST_SURE 0.999f

/* The actors in the window. */
typedef struct window {
    uint32_t *present; /* actors, in no order */
    size_t present_count;
    uint32_t *place; /* of each actor in `present` */
    uint32_t *count; /* mentions of each actor in the window */
    float *best;     /* largest confidence of these, as far as they came while it was there */
    uint32_t *stamp; /* last position + 1 at which the actor stood at the window's start */
    uint32_t *here;  /* actors at the window's start */
    size_t here_count;
} window;

/* A pair counted in one unit; called once a pair and unit. */
typedef ng_status (*pair_fn)(ng_counting *work, uint32_t a, uint32_t b, uint32_t sentence,
                             float confidence);

/* The key of an ordered pair. */
static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* Takes a mention in at the right end. */
static void enter(window *held, uint32_t actor, float confidence)
{
    if (held->count[actor] == 0 || held->best[actor] < confidence)
        held->best[actor] = confidence;
    if (held->count[actor]++ > 0)
        return;
    held->place[actor] = (uint32_t)held->present_count;
    held->present[held->present_count++] = actor;
}

/* Lets a mention go at the left end. */
static void leave(window *held, uint32_t actor)
{
    uint32_t last = 0;

    assert(held->count[actor] > 0);
    if (--held->count[actor] > 0)
        return;
    last = held->present[--held->present_count];
    held->present[held->place[actor]] = last;
    held->place[last] = held->place[actor];
}

/* Memory for a window over all actors of the document. */
static ng_status open_window(ng_counting *work, window *held)
{
    size_t count = work->cast->actor_count + 1;
    uint32_t *arrays = ng_arena_array(work->cx, work->arena, count, 5 * sizeof *arrays);
    float *best = ng_arena_array(work->cx, work->arena, count, sizeof *best);

    if (!arrays || !best)
        return ng_arena_status(work->arena);
    *held = (window){ .present = arrays,
                      .place = arrays + count,
                      .count = arrays + 2 * count,
                      .stamp = arrays + 3 * count,
                      .here = arrays + 4 * count,
                      .best = best };
    return NG_OK;
}

/* Pairs the actors at the window's start with one another and with all others in the window. */
static ng_status pair_up(ng_counting *work, const window *held, uint32_t position,
                         uint32_t sentence, pair_fn each)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < held->here_count; i++) {
        uint32_t a = held->here[i];

        for (size_t j = 0; j < held->present_count && status == NG_OK; j++) {
            uint32_t b = held->present[j];

            if (b != a && (held->stamp[b] != position + 1 || a < b))
                status = each(work, a, b, sentence, held->best[a] * held->best[b]);
        }
        if (status != NG_OK || ng_ctx_is_cancelled(work->cx))
            break;
    }
    return status;
}

/* Where a mention stands for one pass over the pairs. */
static uint32_t place_of(const ng_counted *mention, bool by_sentence)
{
    return by_sentence ? mention->sentence : mention->position;
}

/* Calls `each` for all pairs: by the scope's positions, or by sentences of their own. */
static ng_status each_pair(ng_counting *work, bool by_sentence, pair_fn each)
{
    window held = { 0 };
    size_t right = 0;
    uint64_t width = by_sentence ? 1 : work->width;
    const ng_counted *mentions = work->mentions;
    ng_status status = open_window(work, &held);

    for (size_t left = 0; left < work->mention_count && status == NG_OK;) {
        uint32_t position = place_of(&mentions[left], by_sentence);
        size_t end = left;

        while (right < work->mention_count &&
               place_of(&mentions[right], by_sentence) < position + width) {
            enter(&held, mentions[right].actor, mentions[right].confidence);
            right++;
        }
        held.here_count = 0;
        for (; end < work->mention_count && place_of(&mentions[end], by_sentence) == position;
             end++) {
            uint32_t actor = mentions[end].actor;

            if (held.stamp[actor] == position + 1)
                continue;
            held.stamp[actor] = position + 1;
            held.here[held.here_count++] = actor;
        }
        status = pair_up(work, &held, position, mentions[left].sentence, each);
        for (; left < end; left++)
            leave(&held, mentions[left].actor);
        if (status == NG_OK && ng_ctx_is_cancelled(work->cx))
            status = ng_fail(work->cx, NG_E_LIMIT, "interrupted");
    }
    return status;
}

/* Counts a pair in one unit of the scope. */
static ng_status count_unit(ng_counting *work, uint32_t a, uint32_t b, uint32_t sentence,
                            float confidence)
{
    uint32_t index = 0;
    bool is_new = false;
    ng_tally_edge *edge = NULL;
    ng_status status = NG_OK;

    if (++work->pair_count > NG_PAIR_LIMIT)
        return ng_fail(work->cx, NG_E_LIMIT,
                       "more than %d pairs of actors in one document; use --scope sentence",
                       (int)NG_PAIR_LIMIT);
    status = ng_table_add(work->cx, work->table, pair_key(a, b), &index, &is_new);
    if (status == NG_OK && is_new)
        status = ng_grow(work->cx, (void **)&work->edges, &work->edge_capacity, sizeof *work->edges,
                         (size_t)index + 1, NG_PAIR_LIMIT, "pairs");
    if (status != NG_OK)
        return status;
    edge = &work->edges[index];
    if (is_new) {
        *edge =
            (ng_tally_edge){ .a = a < b ? a : b, .b = a < b ? b : a, .first_sentence = sentence };
        work->edge_count++;
    }
    edge->unit_count++;
    edge->surety -= log(1 - (double)(confidence < MOST_SURE ? confidence : MOST_SURE));
    return NG_OK;
}

/* Counts a pair in one sentence, if it is an edge at all. */
static ng_status count_sentence(ng_counting *work, uint32_t a, uint32_t b, uint32_t sentence,
                                float confidence)
{
    uint32_t index = 0;
    ng_tally_edge *edge = NULL;

    (void)confidence;
    if (!ng_table_find(work->table, pair_key(a, b), &index))
        return NG_OK;
    edge = &work->edges[index];
    if (edge->sentence_count++ == 0)
        edge->first_sentence = sentence;
    return NG_OK;
}

/* An edge and its place in the order of discovery. */
typedef struct ranked {
    ng_tally_edge edge;
    uint32_t found;
} ranked;

static int compare_edges(const void *a, const void *b, void *user)
{
    const ng_tally_edge *left = &((const ranked *)a)->edge;
    const ng_tally_edge *right = &((const ranked *)b)->edge;

    (void)user;
    if (left->a != right->a)
        return left->a < right->a ? -1 : 1;
    return (left->b > right->b) - (left->b < right->b);
}

/* Sorts the edges into the arena and remembers where each went. */
static ng_status sort_edges(ng_counting *work)
{
    ranked *order = ng_arena_array(work->cx, work->arena, work->edge_count + 1, sizeof *order);
    ng_tally_edge *sorted =
        ng_arena_array(work->cx, work->arena, work->edge_count + 1, sizeof *sorted);
    ng_status status = NG_OK;

    work->rank = ng_arena_array(work->cx, work->arena, work->edge_count + 1, sizeof *work->rank);
    if (!order || !sorted || !work->rank)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->edge_count; i++)
        order[i] = (ranked){ work->edges[i], (uint32_t)i };
    status = ng_sort(work->cx, order, work->edge_count, sizeof *order, compare_edges, NULL);
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < work->edge_count; i++) {
        sorted[i] = order[i].edge;
        work->rank[order[i].found] = (uint32_t)i;
    }
    ng_free(work->cx, work->edges);
    work->edges = NULL;
    work->edge_capacity = 0;
    work->edges = sorted;
    return NG_OK;
}

ng_tally_edge *ng_pair_find(ng_counting *work, uint32_t a, uint32_t b)
{
    uint32_t index = 0;

    return ng_table_find(work->table, pair_key(a, b), &index) ? &work->edges[work->rank[index]]
                                                              : NULL;
}

ng_status ng_pairs_count(ng_counting *work)
{
    ng_tally_edge *grown = NULL;
    ng_status status = each_pair(work, false, count_unit);

    if (status == NG_OK)
        status = each_pair(work, true, count_sentence);
    grown = work->edges;
    if (status == NG_OK)
        status = sort_edges(work);
    if (status != NG_OK) {
        ng_free(work->cx, grown);
        work->edges = NULL;
    }
    return status;
}

/* Adds a mention to its node. */
static void add_mention(const ng_counted *mention, ng_tally_node *node)
{
    node->actor = mention->actor;
    if (mention->is_pronoun)
        return;
    node->mention_count++;
    node->acting_count += mention->stands;
    node->confidence_sum += (double)mention->confidence;
}

/* Adds a mention and its units to its node. A unit that starts at p holds the mention if p is at
 * most `width` - 1 before it; `next` is the first start not counted yet for the actor. */
static void count_mention(const ng_counting *work, const ng_counted *mention, ng_tally_node *node,
                          uint64_t *next)
{
    uint64_t end = (uint64_t)mention->position + 1;
    uint64_t start = end > work->width ? end - work->width : 0;

    add_mention(mention, node);
    if (start < *next)
        start = *next;
    if (end > start)
        node->unit_count += end - start;
    *next = end;
}

ng_status ng_nodes_count(ng_counting *work, ng_tally *tally)
{
    size_t count = work->cast->actor_count;
    ng_tally_node *nodes = ng_arena_array(work->cx, work->arena, count + 1, sizeof *nodes);
    uint64_t *next = ng_arena_array(work->cx, work->arena, count + 1, sizeof *next);

    if (!nodes || !next)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->mention_count; i++) {
        const ng_counted *mention = &work->mentions[i];

        count_mention(work, mention, &nodes[mention->actor], &next[mention->actor]);
    }
    for (size_t i = 0; i < work->aside_count; i++)
        add_mention(&work->aside[i], &nodes[work->aside[i].actor]);
    for (size_t i = 0; i < count; i++)
        if (nodes[i].mention_count > 0)
            nodes[tally->node_count++] = nodes[i];
    tally->nodes = nodes;
    return NG_OK;
}
