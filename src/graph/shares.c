/* Shares: what each document adds to a graph, kept beside the sums so that the graph can be made
 * anew as if other documents had been read: the bootstrap over documents (Efron 1979).
 *
 * While documents come, a share names nodes and pairs by the numbers they have in the builder;
 * united nodes and the finished graph have others, and the shares are renumbered with them. At the
 * end they are sorted by the digest of their document, so that the n-th document is the same one
 * in whatever order the archive was read. */
#include "graph_internal.h"

#include <assert.h>
#include <math.h>

/* How often a node or an edge occurs in the units of one document. */
typedef struct counted {
    uint32_t item;
    uint32_t unit_count;
} counted;

/* A list of these. */
typedef struct counted_list {
    counted *items;
    size_t count, capacity;
} counted_list;

/* What one document adds: stretches of the two lists. */
typedef struct share {
    size_t node_first, node_end, edge_first, edge_end;
    uint64_t unit_count;
    uint32_t name;  /* of the document, among the builder's strings */
    ng_view digest; /* set when the builder finishes */
    ng_view document;
} share;

struct ng_shares {
    share *items; /* one a document, in the order of the digests once the graph is made */
    size_t count, capacity;
    counted_list nodes, edges;
    ng_weight weight; /* of the graph */
};

ng_status ng_shares_new(ng_ctx *cx, ng_shares **shares_out)
{
    ng_shares *shares = ng_alloc(cx, sizeof *shares);

    if (!shares)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a graph");
    *shares = (ng_shares){ 0 };
    *shares_out = shares;
    return NG_OK;
}

void ng_shares_free(ng_ctx *cx, ng_shares *shares)
{
    if (!shares)
        return;
    ng_free(cx, shares->items);
    ng_free(cx, shares->nodes.items);
    ng_free(cx, shares->edges.items);
    ng_free(cx, shares);
}

/* ---- while documents are added ---- */

ng_status ng_shares_begin(ng_ctx *cx, ng_shares *shares, uint32_t name, uint64_t unit_count)
{
    void *items = shares->items;
    ng_status status = ng_grow(cx, &items, &shares->capacity, sizeof *shares->items,
                               shares->count + 1, UINT32_MAX - 1, "documents");

    shares->items = items;
    if (status == NG_OK)
        shares->items[shares->count++] = (share){ .node_first = shares->nodes.count,
                                                  .node_end = shares->nodes.count,
                                                  .edge_first = shares->edges.count,
                                                  .edge_end = shares->edges.count,
                                                  .unit_count = unit_count,
                                                  .name = name };
    return status;
}

static ng_status append(ng_ctx *cx, counted_list *list, size_t item, uint64_t unit_count)
{
    void *items = list->items;
    ng_status status = ng_grow(cx, &items, &list->capacity, sizeof *list->items, list->count + 1,
                               SIZE_MAX / sizeof *list->items, "shares of documents");

    assert(item < UINT32_MAX && unit_count <= UINT32_MAX);
    list->items = items;
    if (status == NG_OK)
        list->items[list->count++] = (counted){ (uint32_t)item, (uint32_t)unit_count };
    return status;
}

ng_status ng_shares_add_node(ng_ctx *cx, ng_shares *shares, size_t node, uint64_t unit_count)
{
    ng_status status = append(cx, &shares->nodes, node, unit_count);

    shares->items[shares->count - 1].node_end = shares->nodes.count;
    return status;
}

ng_status ng_shares_add_edge(ng_ctx *cx, ng_shares *shares, size_t edge, uint64_t unit_count)
{
    ng_status status = append(cx, &shares->edges, edge, unit_count);

    shares->items[shares->count - 1].edge_end = shares->edges.count;
    return status;
}

/* ---- at the end ---- */

static void renumber(counted_list *list, const uint32_t *numbers)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].item != NG_NO_TEXT)
            list->items[i].item = numbers[list->items[i].item];
}

void ng_shares_renumber_nodes(ng_shares *shares, const uint32_t *numbers)
{
    renumber(&shares->nodes, numbers);
}

void ng_shares_renumber_edges(ng_shares *shares, const uint32_t *numbers)
{
    renumber(&shares->edges, numbers);
}

static int compare_shares(const void *a, const void *b, void *user)
{
    const share *left = a, *right = b;

    (void)user;
    return ng_view_compare(left->digest, right->digest);
}

/* Copies the digests and names of the documents into the graph: the builder's go away. */
static ng_status name_documents(ng_ctx *cx, const ng_builder *builder, ng_graph *graph)
{
    ng_shares *shares = graph->shares;

    assert(ng_intern_count(builder->documents) == shares->count);
    for (size_t i = 0; i < shares->count; i++) {
        share *one = &shares->items[i];

        one->digest =
            ng_arena_copy(cx, &graph->arena, ng_intern_get(builder->documents, (uint32_t)i));
        one->document =
            ng_arena_copy(cx, &graph->arena, ng_intern_get(builder->strings, one->name));
        if (!one->digest.data || !one->document.data)
            return ng_arena_status(&graph->arena);
    }
    return ng_sort(cx, shares->items, shares->count, sizeof *shares->items, compare_shares, NULL);
}

/* The index in the graph of each node of the builder. Both are the same ids. */
static void number_nodes(const ng_builder *builder, const ng_graph *graph, uint32_t *numbers)
{
    size_t count = ng_intern_count(builder->keys);

    for (size_t i = 0; i < count; i++) {
        ng_view id = ng_intern_get(builder->keys, (uint32_t)i);
        size_t low = 0, high = graph->node_count;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (ng_view_compare(graph->nodes[middle].id, id) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        numbers[i] = low < graph->node_count && ng_view_equal(graph->nodes[low].id, id)
                         ? (uint32_t)low
                         : NG_NO_TEXT;
    }
}

/* The index in the graph of each pair of the builder. */
static void number_edges(const ng_layer *layer, const ng_graph *graph, const uint32_t *nodes,
                         uint32_t *numbers)
{
    for (size_t i = 0; i < layer->edge_count; i++) {
        size_t edge = ng_graph_find_edge(graph, nodes[layer->edges[i].a], nodes[layer->edges[i].b]);

        assert(edge != SIZE_MAX);
        numbers[i] = (uint32_t)edge;
    }
}

ng_status ng_shares_finish(ng_ctx *cx, ng_builder *builder, ng_graph *graph)
{
    const ng_layer *layer = &builder->layers[builder->shown];
    size_t node_count = builder->keys ? ng_intern_count(builder->keys) : 0;
    uint32_t *nodes = ng_alloc(cx, (node_count + 1) * sizeof *nodes);
    uint32_t *edges = ng_alloc(cx, (layer->edge_count + 1) * sizeof *edges);
    ng_status status =
        nodes && edges ? NG_OK : ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", node_count);

    graph->shares = builder->shares;
    builder->shares = NULL;
    graph->shares->weight = builder->options->weight;
    if (status == NG_OK && graph->shares->count > 0) {
        number_nodes(builder, graph, nodes);
        number_edges(layer, graph, nodes, edges);
        ng_shares_renumber_nodes(graph->shares, nodes);
        ng_shares_renumber_edges(graph->shares, edges);
        status = name_documents(cx, builder, graph);
    }
    ng_free(cx, nodes);
    ng_free(cx, edges);
    return status;
}

/* ---- the graph of other documents ---- */

size_t ng_graph_share_count(const ng_graph *graph)
{
    return graph->shares ? graph->shares->count : 0;
}

ng_view ng_graph_share_document(const ng_graph *graph, size_t index)
{
    assert(index < ng_graph_share_count(graph));
    return graph->shares->items[index].document;
}

/* Adds what one document, read `times` times, says. `last`: of each edge, the document that counted
 * it last, from 1 on. */
static void add_share(const ng_shares *shares, size_t index, uint32_t times, ng_node *nodes,
                      ng_edge *edges, uint32_t *last)
{
    const share *one = &shares->items[index];

    for (size_t i = one->node_first; i < one->node_end; i++) {
        const counted *from = &shares->nodes.items[i];

        if (from->item != NG_NO_TEXT) /* an isolated actor that the options drop */
            nodes[from->item].unit_count += (uint64_t)times * from->unit_count;
    }
    for (size_t i = one->edge_first; i < one->edge_end; i++) {
        const counted *from = &shares->edges.items[i];

        edges[from->item].unit_count += (uint64_t)times * from->unit_count;
        if (last[from->item] != index + 1)
            edges[from->item].document_count += times;
        last[from->item] = (uint32_t)index + 1;
    }
}

/* Keeps the edges that occur, and weighs them. */
static void weigh(ng_graph *graph, ng_weight weight, uint64_t unit_count)
{
    size_t kept = 0;

    for (size_t i = 0; i < graph->edge_count; i++) {
        if (graph->edges[i].unit_count == 0)
            continue;
        graph->edges[kept] = graph->edges[i];
        graph->edges[kept].weight =
            ng_edge_weight(&graph->edges[kept], graph->nodes, weight, unit_count);
        kept++;
    }
    graph->edge_count = kept;
}

/* A graph of the same nodes and edges with nothing counted. */
static ng_status copy_empty(ng_ctx *cx, const ng_graph *graph, ng_graph **copy_out)
{
    ng_draft draft;
    ng_graph *copy = NULL;
    ng_status status = ng_draft_init(cx, &draft);

    if (status != NG_OK)
        return status;
    copy = draft.graph;
    copy->nodes = ng_arena_room(cx, &copy->arena, graph->node_count + 1, sizeof *copy->nodes);
    copy->edges = ng_arena_room(cx, &copy->arena, graph->edge_count + 1, sizeof *copy->edges);
    copy->ledger_start = ng_arena_array(cx, &copy->arena, graph->node_count + 1, sizeof(size_t));
    copy->evidence_start = ng_arena_array(cx, &copy->arena, graph->edge_count + 1, sizeof(size_t));
    if (!copy->nodes || !copy->edges || !copy->ledger_start || !copy->evidence_start) {
        ng_draft_destroy(cx, &draft);
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", graph->node_count);
    }
    draft.graph = NULL;
    copy->node_count = graph->node_count;
    copy->edge_count = graph->edge_count;
    for (size_t i = 0; i < graph->node_count; i++) {
        copy->nodes[i] = graph->nodes[i];
        copy->nodes[i].unit_count = 0;
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        copy->edges[i] = graph->edges[i];
        copy->edges[i].unit_count = copy->edges[i].document_count = 0;
        copy->edges[i].npmi = copy->edges[i].p_value = copy->edges[i].q_value = NAN;
    }
    ng_draft_destroy(cx, &draft);
    *copy_out = copy;
    return NG_OK;
}

ng_status ng_graph_resample(ng_ctx *cx, const ng_graph *graph, const uint32_t *times,
                            ng_graph **resample_out)
{
    const ng_shares *shares = graph->shares;
    ng_graph *made = NULL;
    uint32_t *last = NULL;
    uint64_t unit_count = 0;
    ng_status status = NG_OK;

    if (!shares)
        return ng_fail(cx, NG_E_USAGE, "the graph does not know what each document adds");
    last = ng_alloc(cx, (graph->edge_count + 1) * sizeof *last);
    if (!last)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu pairs", graph->edge_count);
    memset(last, 0, (graph->edge_count + 1) * sizeof *last);
    status = copy_empty(cx, graph, &made);
    for (size_t i = 0; i < shares->count && status == NG_OK; i++) {
        if (times[i] == 0)
            continue;
        add_share(shares, i, times[i], made->nodes, made->edges, last);
        unit_count += times[i] * shares->items[i].unit_count;
    }
    ng_free(cx, last);
    if (status != NG_OK)
        return status;
    weigh(made, shares->weight, unit_count);
    *resample_out = made;
    return NG_OK;
}

/* Units that one document adds at a node's edges. */
static uint64_t units_at(const ng_graph *graph, const share *one, size_t node)
{
    uint64_t sum = 0;

    for (size_t i = one->edge_first; i < one->edge_end; i++) {
        const counted *from = &graph->shares->edges.items[i];
        const ng_edge *edge = &graph->edges[from->item];

        if (edge->source == node || edge->target == node)
            sum += from->unit_count;
    }
    return sum;
}

double ng_graph_largest_share(const ng_graph *graph, size_t node, size_t *index_out)
{
    const ng_shares *shares = graph->shares;
    uint64_t all = 0, largest = 0;

    assert(node < graph->node_count);
    *index_out = 0;
    for (size_t i = 0; shares && i < shares->count; i++) {
        uint64_t units = units_at(graph, &shares->items[i], node);

        all += units;
        if (units > largest) {
            largest = units;
            *index_out = i;
        }
    }
    return all > 0 ? (double)largest / (double)all : 0;
}
