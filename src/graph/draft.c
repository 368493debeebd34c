/* The draft of a graph: items in any order become one graph in fixed order.
 *
 * The builder, the loader and ng_graph_from_plain all end here, so that the order of nodes, edges,
 * aliases, quotes and decisions is made in one place. Each item keeps the number of its node or
 * edge; finishing sorts nodes and edges, renumbers the owners and sorts the items by their new
 * owner. What the order leaves open (the sum of the weights of parallel edges) follows the order in
 * which the items were added. */
#include "graph_internal.h"

#include <assert.h>
#include <math.h>

static const uint32_t no_owner = UINT32_MAX;

ng_status ng_draft_init(ng_ctx *cx, ng_draft *draft)
{
    ng_graph *graph = ng_alloc(cx, sizeof *graph);

    *draft = (ng_draft){ 0 };
    if (!graph)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a graph");
    memset(graph, 0, sizeof *graph);
    graph->cx = cx;
    ng_arena_init(&graph->arena, SIZE_MAX);
    draft->graph = graph;
    return NG_OK;
}

void ng_draft_destroy(ng_ctx *cx, ng_draft *draft)
{
    ng_graph_free(draft->graph);
    ng_free(cx, draft->nodes);
    ng_free(cx, draft->edges);
    ng_free(cx, draft->aliases);
    ng_free(cx, draft->evidence);
    ng_free(cx, draft->ledger);
    ng_free(cx, draft->notes);
    *draft = (ng_draft){ 0 };
}

/* The status after the graph's arena gave NULL. */
static ng_status arena_failure(ng_ctx *cx)
{
    return ng_fail(cx, NG_E_MEMORY, "no memory for the graph");
}

ng_status ng_draft_text(ng_ctx *cx, ng_draft *draft, ng_view text, ng_view *copy_out)
{
    ng_view copy = NG_VIEW_NONE;

    if (text.size > 0) {
        copy = ng_arena_copy(cx, &draft->graph->arena, text);
        if (!copy.data)
            return arena_failure(cx);
    }
    *copy_out = copy;
    return NG_OK;
}

/* Makes room for one more item; indices stay below UINT32_MAX. */
static ng_status grow(ng_ctx *cx, void *items_in_out, size_t *capacity, size_t item_size,
                      size_t count)
{
    void *items = NULL;
    ng_status status = NG_OK;

    memcpy(&items, items_in_out, sizeof items);
    status =
        ng_grow(cx, &items, capacity, item_size, count + 1, UINT32_MAX - 1, "parts of a graph");
    memcpy(items_in_out, &items, sizeof items);
    return status;
}

ng_status ng_draft_add_node(ng_ctx *cx, ng_draft *draft, const ng_node *node)
{
    ng_status status =
        grow(cx, &draft->nodes, &draft->node_capacity, sizeof *draft->nodes, draft->node_count);

    if (status == NG_OK)
        draft->nodes[draft->node_count++] = *node;
    return status;
}

ng_status ng_draft_add_edge(ng_ctx *cx, ng_draft *draft, const ng_edge *edge)
{
    ng_status status =
        grow(cx, &draft->edges, &draft->edge_capacity, sizeof *draft->edges, draft->edge_count);

    assert(edge->source < draft->node_count && edge->target < draft->node_count);
    if (status != NG_OK)
        return status;
    draft->edges[draft->edge_count] = (ng_draft_edge){ *edge, (uint32_t)draft->edge_count };
    draft->edge_count++;
    return NG_OK;
}

ng_status ng_draft_add_alias(ng_ctx *cx, ng_draft *draft, uint32_t node, const ng_alias *alias)
{
    ng_status status = grow(cx, &draft->aliases, &draft->alias_capacity, sizeof *draft->aliases,
                            draft->alias_count);

    assert(node < draft->node_count);
    if (status == NG_OK)
        draft->aliases[draft->alias_count++] = (ng_draft_alias){ *alias, node };
    return status;
}

ng_status ng_draft_add_evidence(ng_ctx *cx, ng_draft *draft, uint32_t edge,
                                const ng_evidence *evidence)
{
    ng_status status = grow(cx, &draft->evidence, &draft->evidence_capacity,
                            sizeof *draft->evidence, draft->evidence_count);

    assert(edge < draft->edge_count);
    if (status == NG_OK)
        draft->evidence[draft->evidence_count++] = (ng_draft_evidence){ *evidence, edge };
    return status;
}

ng_status ng_draft_add_decision(ng_ctx *cx, ng_draft *draft, uint32_t node,
                                const ng_decision *decision)
{
    ng_status status = grow(cx, &draft->ledger, &draft->decision_capacity, sizeof *draft->ledger,
                            draft->decision_count);

    assert(node < draft->node_count);
    if (status == NG_OK) {
        ng_draft_decision *added = &draft->ledger[draft->decision_count++];

        *added = (ng_draft_decision){ *decision, node };
        added->item.confidence = ng_rule_confidence(decision->rule, decision->is_joined);
    }
    return status;
}

ng_status ng_draft_add_note(ng_ctx *cx, ng_draft *draft, ng_view key, ng_view value)
{
    ng_note note = { NG_VIEW_NONE, NG_VIEW_NONE };
    ng_status status =
        grow(cx, &draft->notes, &draft->note_capacity, sizeof *draft->notes, draft->note_count);

    if (status == NG_OK)
        status = ng_draft_text(cx, draft, key, &note.key);
    if (status == NG_OK)
        status = ng_draft_text(cx, draft, value, &note.value);
    if (status == NG_OK)
        draft->notes[draft->note_count++] = note;
    return status;
}

/* ---- order ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Numbers of nodes by the bytes of their ids. */
static int compare_node_numbers(const void *a, const void *b, void *user)
{
    const ng_node *nodes = user;
    uint32_t first = 0, second = 0;

    memcpy(&first, a, sizeof first);
    memcpy(&second, b, sizeof second);
    return ng_view_compare(nodes[first].id, nodes[second].id);
}

static int compare_edges(const void *a, const void *b, void *user)
{
    const ng_draft_edge *first = a;
    const ng_draft_edge *second = b;
    int order = compare_numbers(first->item.source, second->item.source);

    (void)user;
    if (order == 0)
        order = compare_numbers(first->item.target, second->item.target);
    return order ? order : compare_numbers(first->owner, second->owner);
}

static int compare_aliases(const void *a, const void *b, void *user)
{
    const ng_draft_alias *first = a;
    const ng_draft_alias *second = b;
    int order = compare_numbers(first->owner, second->owner);

    (void)user;
    if (order == 0)
        order = compare_numbers(second->item.count, first->item.count);
    if (order == 0)
        order = ng_view_compare(first->item.text, second->item.text);
    return order ? order : compare_numbers(first->item.form, second->item.form);
}

/* Quotes by document, then place: the title stands before the text. */
static int compare_evidence(const void *a, const void *b, void *user)
{
    const ng_draft_evidence *first = a;
    const ng_draft_evidence *second = b;
    int order = compare_numbers(first->owner, second->owner);

    (void)user;
    if (order == 0)
        order = ng_view_compare(first->item.document, second->item.document);
    if (order == 0)
        order = ng_view_compare(first->item.sha256, second->item.sha256);
    if (order == 0)
        order = compare_numbers(!first->item.in_title, !second->item.in_title);
    if (order == 0)
        order = compare_numbers(first->item.byte_start, second->item.byte_start);
    return order ? order : compare_numbers(first->item.byte_end, second->item.byte_end);
}

static int compare_decisions(const void *a, const void *b, void *user)
{
    const ng_draft_decision *first = a;
    const ng_draft_decision *second = b;
    int order = compare_numbers(first->owner, second->owner);

    (void)user;
    if (order == 0)
        order = ng_view_compare(first->item.name, second->item.name);
    if (order == 0)
        order = compare_numbers(!first->item.is_joined, !second->item.is_joined);
    return order ? order : ng_view_compare(first->item.rule, second->item.rule);
}

/* An array of the graph; one item at least, so that NULL means failure alone. */
static void *graph_array(ng_ctx *cx, ng_draft *draft, size_t count, size_t size)
{
    return ng_arena_array(cx, &draft->graph->arena, count ? count : 1, size);
}

/* Sorts the nodes into the graph; ranks_out[number] is a node's place there. */
static ng_status order_nodes(ng_ctx *cx, ng_draft *draft, uint32_t *ranks_out)
{
    ng_graph *graph = draft->graph;
    size_t count = draft->node_count;
    uint32_t *order = ng_alloc(cx, (count + 1) * sizeof *order);
    ng_status status = NG_OK;

    graph->nodes = graph_array(cx, draft, count, sizeof *graph->nodes);
    if (!order || !graph->nodes)
        status = arena_failure(cx);
    for (size_t i = 0; i < count && status == NG_OK; i++)
        order[i] = (uint32_t)i;
    if (status == NG_OK)
        status = ng_sort(cx, order, count, sizeof *order, compare_node_numbers, draft->nodes);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        ng_view id = draft->nodes[order[i]].id;

        if (i > 0 && ng_view_equal(id, graph->nodes[i - 1].id))
            status =
                ng_fail(cx, NG_E_DATA, "two nodes have the id \"%.*s\"", (int)id.size, id.data);
        graph->nodes[i] = draft->nodes[order[i]];
        ranks_out[order[i]] = (uint32_t)i;
    }
    if (status == NG_OK)
        graph->node_count = count;
    ng_free(cx, order);
    return status;
}

/* Adds a parallel edge to the one that stands. */
static void add_up(ng_edge *sum, const ng_edge *edge)
{
    sum->weight += edge->weight;
    sum->npmi = sum->p_value = sum->q_value = NAN;
    sum->unit_count += edge->unit_count;
    sum->sentence_count += edge->sentence_count;
    sum->document_count += edge->document_count;
    if (edge->confidence > sum->confidence)
        sum->confidence = edge->confidence;
    if (edge->first.size && (!sum->first.size || ng_view_compare(edge->first, sum->first) < 0))
        sum->first = edge->first;
    if (ng_view_compare(edge->last, sum->last) > 0)
        sum->last = edge->last;
}

/* Gives an edge the new numbers of its ends, the smaller first. */
static void renumber_edge(ng_edge *edge, const uint32_t *ranks)
{
    uint32_t source = ranks[edge->source];
    uint32_t target = ranks[edge->target];

    edge->source = source < target ? source : target;
    edge->target = source < target ? target : source;
}

/* Sorts the edges into the graph; places_out[number] is an edge's place, no_owner for loops. */
static ng_status order_edges(ng_ctx *cx, ng_draft *draft, const uint32_t *ranks,
                             uint32_t *places_out)
{
    ng_graph *graph = draft->graph;
    size_t count = 0;
    ng_status status = NG_OK;

    graph->edges = graph_array(cx, draft, draft->edge_count, sizeof *graph->edges);
    if (!graph->edges)
        return arena_failure(cx);
    for (size_t i = 0; i < draft->edge_count; i++)
        renumber_edge(&draft->edges[i].item, ranks);
    status =
        ng_sort(cx, draft->edges, draft->edge_count, sizeof *draft->edges, compare_edges, NULL);
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < draft->edge_count; i++) {
        const ng_edge *edge = &draft->edges[i].item;
        ng_edge *last = count ? &graph->edges[count - 1] : NULL;

        places_out[draft->edges[i].owner] = no_owner;
        if (edge->source == edge->target)
            continue;
        if (last && last->source == edge->source && last->target == edge->target)
            add_up(last, edge);
        else
            graph->edges[count++] = *edge;
        places_out[draft->edges[i].owner] = (uint32_t)(count - 1);
    }
    graph->edge_count = count;
    return NG_OK;
}

/* Gives every node its aliases. */
static ng_status order_aliases(ng_ctx *cx, ng_draft *draft, const uint32_t *ranks)
{
    ng_alias *aliases = graph_array(cx, draft, draft->alias_count, sizeof *aliases);
    ng_status status = NG_OK;

    if (!aliases)
        return arena_failure(cx);
    for (size_t i = 0; i < draft->alias_count; i++)
        draft->aliases[i].owner = ranks[draft->aliases[i].owner];
    status = ng_sort(cx, draft->aliases, draft->alias_count, sizeof *draft->aliases,
                     compare_aliases, NULL);
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < draft->graph->node_count; i++) {
        draft->graph->nodes[i].aliases = NULL;
        draft->graph->nodes[i].alias_count = 0;
    }
    for (size_t i = 0; i < draft->alias_count; i++) {
        ng_node *node = &draft->graph->nodes[draft->aliases[i].owner];

        aliases[i] = draft->aliases[i].item;
        if (node->alias_count++ == 0)
            node->aliases = &aliases[i];
    }
    return NG_OK;
}

/* Gives every edge its quotes; those of dropped loops end here. */
static ng_status order_evidence(ng_ctx *cx, ng_draft *draft, const uint32_t *places)
{
    ng_graph *graph = draft->graph;
    size_t kept = 0;
    ng_status status = NG_OK;

    graph->evidence = graph_array(cx, draft, draft->evidence_count, sizeof *graph->evidence);
    graph->evidence_start =
        graph_array(cx, draft, graph->edge_count + 1, sizeof *graph->evidence_start);
    if (!graph->evidence || !graph->evidence_start)
        return arena_failure(cx);
    for (size_t i = 0; i < draft->evidence_count; i++) {
        draft->evidence[i].owner = places[draft->evidence[i].owner];
        if (draft->evidence[i].owner != no_owner)
            draft->evidence[kept++] = draft->evidence[i];
    }
    status = ng_sort(cx, draft->evidence, kept, sizeof *draft->evidence, compare_evidence, NULL);
    if (status != NG_OK)
        return status;
    for (size_t i = 0, edge = 0; edge <= graph->edge_count; edge++) {
        graph->evidence_start[edge] = i;
        for (; i < kept && draft->evidence[i].owner == edge; i++)
            graph->evidence[i] = draft->evidence[i].item;
    }
    return NG_OK;
}

/* Gives every node its decisions. */
static ng_status order_ledger(ng_ctx *cx, ng_draft *draft, const uint32_t *ranks)
{
    ng_graph *graph = draft->graph;
    size_t count = draft->decision_count;
    ng_status status = NG_OK;

    graph->ledger = graph_array(cx, draft, count, sizeof *graph->ledger);
    graph->ledger_start =
        graph_array(cx, draft, graph->node_count + 1, sizeof *graph->ledger_start);
    if (!graph->ledger || !graph->ledger_start)
        return arena_failure(cx);
    for (size_t i = 0; i < count; i++)
        draft->ledger[i].owner = ranks[draft->ledger[i].owner];
    status = ng_sort(cx, draft->ledger, count, sizeof *draft->ledger, compare_decisions, NULL);
    if (status != NG_OK)
        return status;
    for (size_t i = 0, node = 0; node <= graph->node_count; node++) {
        graph->ledger_start[node] = i;
        for (; i < count && draft->ledger[i].owner == node; i++)
            graph->ledger[i] = draft->ledger[i].item;
    }
    return NG_OK;
}

/* The notes stay in the order in which they were added. */
static ng_status keep_notes(ng_ctx *cx, ng_draft *draft)
{
    ng_graph *graph = draft->graph;

    graph->notes = graph_array(cx, draft, draft->note_count, sizeof *graph->notes);
    if (!graph->notes)
        return arena_failure(cx);
    for (size_t i = 0; i < draft->note_count; i++)
        graph->notes[i] = draft->notes[i];
    graph->note_count = draft->note_count;
    return NG_OK;
}

ng_status ng_draft_finish(ng_ctx *cx, ng_draft *draft, ng_graph **graph_out)
{
    uint32_t *ranks = ng_alloc(cx, (draft->node_count + 1) * sizeof *ranks);
    uint32_t *places = ng_alloc(cx, (draft->edge_count + 1) * sizeof *places);
    ng_status status = ranks && places ? NG_OK : arena_failure(cx);

    if (status == NG_OK)
        status = order_nodes(cx, draft, ranks);
    if (status == NG_OK)
        status = order_edges(cx, draft, ranks, places);
    if (status == NG_OK)
        status = order_aliases(cx, draft, ranks);
    if (status == NG_OK)
        status = order_evidence(cx, draft, places);
    if (status == NG_OK)
        status = order_ledger(cx, draft, ranks);
    if (status == NG_OK)
        status = keep_notes(cx, draft);
    if (status == NG_OK) {
        *graph_out = draft->graph;
        draft->graph = NULL;
    }
    ng_free(cx, ranks);
    ng_free(cx, places);
    return status;
}
