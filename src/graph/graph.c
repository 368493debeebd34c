/* The graph as it is read: getters over sorted arrays, and a graph from plain arrays.
 *
 * A graph is one arena of sorted arrays; nothing in it changes once it is made. An edge is found by
 * binary search over (source, target), which is the order the edges are in. */
#include "graph_internal.h"

#include <math.h>

#include <assert.h>

void ng_graph_free(ng_graph *graph)
{
    ng_ctx *cx = NULL;

    if (!graph)
        return;
    cx = graph->cx;
    ng_shares_free(cx, graph->shares);
    ng_arena_destroy(cx, &graph->arena);
    ng_free(cx, graph);
}

size_t ng_graph_node_count(const ng_graph *graph)
{
    return graph->node_count;
}

size_t ng_graph_edge_count(const ng_graph *graph)
{
    return graph->edge_count;
}

const ng_node *ng_graph_node(const ng_graph *graph, size_t index)
{
    assert(index < graph->node_count);
    return &graph->nodes[index];
}

const ng_edge *ng_graph_edge(const ng_graph *graph, size_t index)
{
    assert(index < graph->edge_count);
    return &graph->edges[index];
}

const ng_evidence *ng_graph_evidence(const ng_graph *graph, size_t edge_index, size_t *count_out)
{
    size_t start = 0;

    assert(edge_index < graph->edge_count);
    start = graph->evidence_start[edge_index];
    *count_out = graph->evidence_start[edge_index + 1] - start;
    return graph->evidence + start;
}

const ng_decision *ng_graph_ledger(const ng_graph *graph, size_t node_index, size_t *count_out)
{
    size_t start = 0;

    assert(node_index < graph->node_count);
    start = graph->ledger_start[node_index];
    *count_out = graph->ledger_start[node_index + 1] - start;
    return graph->ledger + start;
}

size_t ng_graph_find_edge(const ng_graph *graph, size_t a, size_t b)
{
    size_t source = a < b ? a : b;
    size_t target = a < b ? b : a;
    size_t low = 0;
    size_t high = graph->edge_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ng_edge *edge = &graph->edges[middle];

        if (edge->source < source || (edge->source == source && edge->target < target))
            low = middle + 1;
        else
            high = middle;
    }
    if (low < graph->edge_count && graph->edges[low].source == source &&
        graph->edges[low].target == target)
        return low;
    return SIZE_MAX;
}

size_t ng_graph_note_count(const ng_graph *graph)
{
    return graph->note_count;
}

void ng_graph_note(const ng_graph *graph, size_t index, ng_view *key_out, ng_view *value_out)
{
    assert(index < graph->note_count);
    *key_out = graph->notes[index].key;
    *value_out = graph->notes[index].value;
}

ng_view ng_graph_find_note(const ng_graph *graph, ng_view key)
{
    for (size_t i = 0; i < graph->note_count; i++)
        if (ng_view_equal(graph->notes[i].key, key))
            return graph->notes[i].value;
    return NG_VIEW_NONE;
}

/* ---- a graph from plain arrays ---- */

/* An id of the form the builder makes: "person:bashar-al-assad"; a label without letters or digits
 * keeps its number: "place:3". */
static ng_status plain_id(ng_ctx *cx, ng_draft *draft, ng_view label, ng_kind kind, ng_view *id_out)
{
    ng_buffer id;
    ng_status status = NG_OK;
    size_t prefix_size = 0;

    ng_buffer_init(&id, SIZE_MAX / 2);
    status = ng_buffer_add(cx, &id, ng_view_of(ng_kind_name(kind)));
    if (status == NG_OK)
        status = ng_buffer_add_byte(cx, &id, ':');
    prefix_size = id.size;
    if (status == NG_OK)
        status = ng_utf8_slug(cx, label, &id);
    if (status == NG_OK && id.size == prefix_size)
        status = ng_buffer_add_unsigned(cx, &id, draft->node_count);
    if (status == NG_OK)
        status = ng_draft_text(cx, draft, ng_buffer_view(&id), id_out);
    ng_buffer_destroy(cx, &id);
    return status;
}

/* Adds one node of a plain graph. */
static ng_status add_plain_node(ng_ctx *cx, ng_draft *draft, ng_view label, ng_kind kind)
{
    ng_node node = { .kind = kind, .confidence = 1 };
    ng_status status = NG_OK;

    node.iso2 = node.first = node.last = NG_VIEW_NONE;
    status = plain_id(cx, draft, label, kind, &node.id);
    if (status == NG_OK)
        status = ng_draft_text(cx, draft, label, &node.label);
    if (status == NG_OK)
        status = ng_draft_add_node(cx, draft, &node);
    return status;
}

ng_status ng_graph_from_plain(ng_ctx *cx, const ng_view *labels, const ng_kind *kinds,
                              size_t node_count, const ng_plain_edge *edges, size_t edge_count,
                              ng_graph **graph_out)
{
    ng_draft draft;
    ng_status status = ng_draft_init(cx, &draft);

    for (size_t i = 0; i < node_count && status == NG_OK; i++)
        status = add_plain_node(cx, &draft, labels[i], kinds[i]);
    for (size_t i = 0; i < edge_count && status == NG_OK; i++) {
        ng_edge edge = { .npmi = NAN,
                         .p_value = NAN,
                         .q_value = NAN,
                         .source = edges[i].source,
                         .target = edges[i].target,
                         .weight = edges[i].weight,
                         .first = NG_VIEW_NONE,
                         .last = NG_VIEW_NONE };

        status = ng_draft_add_edge(cx, &draft, &edge);
    }
    if (status == NG_OK)
        status = ng_draft_finish(cx, &draft, graph_out);
    ng_draft_destroy(cx, &draft);
    return status;
}
