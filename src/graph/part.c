/* A part of a graph: some of its actors and edges, with all that is known of them. */
#include "graph_internal.h"

#include <math.h>

/* The work on one part. */
typedef struct cutting {
    ng_ctx *cx;
    const ng_graph *graph;
    ng_draft draft;
    uint32_t *number; /* of each node in the part, or NG_NO_TEXT */
    bool *is_kept, *is_near;
} cutting;

/* Copies a view into the part. */
static ng_status copy(cutting *work, ng_view *text)
{
    return text->size > 0 ? ng_draft_text(work->cx, &work->draft, *text, text) : NG_OK;
}

static ng_status add_node(cutting *work, size_t index)
{
    ng_node node = work->graph->nodes[index];
    size_t count = 0;
    const ng_decision *ledger = ng_graph_ledger(work->graph, index, &count);
    const ng_alias *aliases = node.aliases;
    ng_view *texts[] = { &node.id, &node.label, &node.iso2, &node.first, &node.last };
    ng_status status = NG_OK;

    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == NG_OK; i++)
        status = copy(work, texts[i]);
    work->number[index] = (uint32_t)work->draft.node_count;
    if (status == NG_OK)
        status = ng_draft_add_node(work->cx, &work->draft, &node);
    for (size_t i = 0; i < work->graph->nodes[index].alias_count && status == NG_OK; i++) {
        ng_alias alias = aliases[i];

        status = copy(work, &alias.text);
        if (status == NG_OK)
            status = ng_draft_add_alias(work->cx, &work->draft, work->number[index], &alias);
    }
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        ng_decision decision = ledger[i];

        status = copy(work, &decision.name);
        if (status == NG_OK)
            status = copy(work, &decision.rule);
        if (status == NG_OK)
            status = copy(work, &decision.evidence);
        if (status == NG_OK)
            status = ng_draft_add_decision(work->cx, &work->draft, work->number[index], &decision);
    }
    return status;
}

static ng_status add_edge(cutting *work, size_t index)
{
    ng_edge edge = work->graph->edges[index];
    uint32_t number = (uint32_t)work->draft.edge_count;
    size_t count = 0;
    const ng_evidence *quotes = ng_graph_evidence(work->graph, index, &count);
    ng_status status = copy(work, &edge.first);

    edge.source = work->number[edge.source];
    edge.target = work->number[edge.target];
    if (status == NG_OK)
        status = copy(work, &edge.last);
    if (status == NG_OK)
        status = ng_draft_add_edge(work->cx, &work->draft, &edge);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        ng_evidence shown = quotes[i];
        ng_view *texts[] = { &shown.document, &shown.date, &shown.quote, &shown.sha256 };

        for (size_t k = 0; k < sizeof texts / sizeof *texts && status == NG_OK; k++)
            status = copy(work, texts[k]);
        if (status == NG_OK)
            status = ng_draft_add_evidence(work->cx, &work->draft, number, &shown);
    }
    return status;
}

/* Marks the nodes that go: outside of what is near, and those without an edge where such go. */
static void choose_nodes(cutting *work, const ng_selection *selection)
{
    const ng_graph *graph = work->graph;
    bool drops = selection->drop_isolates;

    for (size_t i = 0; i < graph->node_count; i++)
        work->number[i] = work->is_near[i] && !drops ? 0 : NG_NO_TEXT;
    for (size_t i = 0; i < graph->edge_count; i++)
        if (work->is_kept[i])
            work->number[graph->edges[i].source] = work->number[graph->edges[i].target] = 0;
}

/* Says what was chosen. The words may be a user's, cut anywhere: they become valid UTF-8. */
static ng_status add_words(cutting *work, const char *words)
{
    ng_buffer repaired;
    ng_view value = NG_VIEW_NONE;
    ng_status status = NG_OK;

    ng_buffer_init(&repaired, SIZE_MAX / 2);
    status = ng_utf8_repair(work->cx, ng_view_of(words), &repaired);
    value = ng_buffer_view(&repaired);
    if (status == NG_OK)
        status = copy(work, &value);
    ng_buffer_destroy(work->cx, &repaired);
    return status == NG_OK ? ng_draft_add_note(work->cx, &work->draft, NG_VIEW("part"), value)
                           : status;
}

static ng_status add_notes(cutting *work, const ng_selection *selection)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->graph->note_count && status == NG_OK; i++) {
        ng_note note = work->graph->notes[i];

        status = copy(work, &note.key);
        if (status == NG_OK)
            status = copy(work, &note.value);
        if (status == NG_OK)
            status = ng_draft_add_note(work->cx, &work->draft, note.key, note.value);
    }
    return status == NG_OK ? add_words(work, selection->words) : status;
}

/* Copies what stays. */
static ng_status cut(cutting *work, const ng_selection *selection)
{
    const ng_graph *graph = work->graph;
    ng_status status = ng_edges_choose(work->cx, graph, selection, work->is_kept, work->is_near);

    if (status == NG_OK)
        choose_nodes(work, selection);
    for (size_t i = 0; i < graph->node_count && status == NG_OK; i++)
        if (work->number[i] != NG_NO_TEXT)
            status = add_node(work, i);
    for (size_t i = 0; i < graph->edge_count && status == NG_OK; i++)
        if (work->is_kept[i])
            status = add_edge(work, i);
    return status == NG_OK ? add_notes(work, selection) : status;
}

ng_status ng_graph_select(ng_ctx *cx, const ng_graph *graph, const ng_selection *selection,
                          ng_graph **part_out)
{
    cutting work = { .cx = cx,
                     .graph = graph,
                     .number = ng_alloc(cx, (graph->node_count + 1) * sizeof *work.number),
                     .is_kept = ng_alloc(cx, graph->edge_count + 1),
                     .is_near = ng_alloc(cx, graph->node_count + 1) };
    ng_status status = ng_draft_init(cx, &work.draft);

    if (status == NG_OK && !(work.number && work.is_kept && work.is_near))
        status = ng_fail(cx, NG_E_MEMORY, "no memory for a part of the graph");
    if (status == NG_OK)
        status = cut(&work, selection);
    if (status == NG_OK)
        status = ng_draft_finish(cx, &work.draft, part_out);
    ng_draft_destroy(cx, &work.draft);
    ng_free(cx, work.number);
    ng_free(cx, work.is_kept);
    ng_free(cx, work.is_near);
    return status;
}

void ng_selection_init(ng_selection *selection)
{
    *selection = (ng_selection){
        .least_weight = -INFINITY, .most_q = INFINITY, .around = SIZE_MAX, .words = "all"
    };
}
