/* The end of a builder: its sums become a draft, and the draft the graph.
 *
 * Here the options that shape the result without changing what is counted take effect: isolated
 * actors are kept or dropped, edges weighed (weights.c). A node's label is the one that most
 * documents gave it; between equals the one with the smaller bytes. */
#include "graph_internal.h"

#include <assert.h>
#include <math.h>

/* Correction of an edge's confidence. */
#define EDGE_SLOPE  0.43
#define EDGE_OFFSET 0.46

/* The work of one finish. */
typedef struct finishing {
    ng_ctx *cx;
    const ng_builder *builder;
    const ng_layer *layer; /* of the builder, the one that is shown */
    ng_draft *draft;
    uint32_t *labels;  /* of each node: number of the label's tick, NG_NO_TEXT when none */
    uint32_t *wheres;  /* likewise, of where it is */
    uint32_t *numbers; /* of each node in the draft, NG_NO_TEXT when dropped */
    ng_view *copies;   /* of the strings in the graph; data is NULL until needed */
} finishing;

/* An interned string in the graph: copied once, however many quotes name the document. */
static ng_status copy_text(const finishing *work, uint32_t text, ng_view *copy_out)
{
    ng_status status = NG_OK;

    if (text == NG_NO_TEXT) {
        *copy_out = NG_VIEW_NONE;
        return NG_OK;
    }
    if (!work->copies[text].data)
        status = ng_draft_text(work->cx, work->draft, ng_intern_get(work->builder->strings, text),
                               &work->copies[text]);
    *copy_out = work->copies[text];
    return status;
}

/* What most documents say of each node: its label, where it is. Between equals the smaller bytes.
 */
static void choose(const finishing *work, const ng_ticks *said, uint32_t *chosen_of_node)
{
    const ng_intern *strings = work->builder->strings;

    for (size_t i = 0; i < said->count; i++) {
        uint32_t *chosen = &chosen_of_node[said->items[i].key >> 32];
        const ng_tick *best = *chosen == NG_NO_TEXT ? NULL : &said->items[*chosen];
        ng_view text = ng_intern_get(strings, (uint32_t)said->items[i].key);

        if (!best || said->items[i].count > best->count ||
            (said->items[i].count == best->count &&
             ng_view_compare(text, ng_intern_get(strings, (uint32_t)best->key)) < 0))
            *chosen = (uint32_t)i;
    }
}

/* Takes the words of builder.c apart: GeoNames id, hundredths of degrees. */
static void put_where(const finishing *work, size_t index, ng_node *node)
{
    const ng_tick *said = NULL;
    char text[64] = "";
    ng_view words;
    unsigned id = 0;
    int latitude = 0, longitude = 0;

    if (work->wheres[index] == NG_NO_TEXT)
        return;
    said = &work->builder->wheres.items[work->wheres[index]];
    words = ng_intern_get(work->builder->strings, (uint32_t)said->key);
    memcpy(text, words.data, words.size < sizeof text ? words.size : sizeof text - 1);
    if (sscanf(text, "%u %d %d", &id, &latitude, &longitude) != 3)
        return;
    node->geonames = id;
    node->latitude = latitude / 100.0;
    node->longitude = longitude / 100.0;
    node->geo_confidence =
        (double)said->count / 1000 / (double)work->builder->nodes[index].document_count;
}

/* The mean confidence to four decimals: the files say no more, so that a loaded graph is the same.
 */
static double mean_confidence(const ng_node_sum *sum)
{
    double mean = 0;

    if (sum->mention_count == 0)
        return 0;
    mean = (double)sum->confidence / NG_CONFIDENCE_UNIT / (double)sum->mention_count;
    return (double)(uint64_t)(mean * 1e4 + 0.5) / 1e4;
}

/* The chance that at least one of the units with both actors is right, to four decimals. The units
 * of one pair fail together (a wrong name is wrong each time), hence the logistic correction (Platt
 * 1999), fitted on the graphs of GUM and LitBank: scripts/model/graphs.py --calibration. */
static double edge_confidence(const ng_edge_sum *sum)
{
    double surety = (double)sum->surety / NG_CONFIDENCE_UNIT;
    double odds = log(expm1(surety > 0.01 ? surety : 0.01));
    double chance = 1 / (1 + exp(-(EDGE_SLOPE * odds + EDGE_OFFSET)));

    return (double)(uint64_t)(chance * 1e4 + 0.5) / 1e4;
}

/* Adds one node to the draft. */
static ng_status add_node(const finishing *work, size_t index)
{
    const ng_builder *builder = work->builder;
    const ng_node_sum *sum = &builder->nodes[index];
    ng_view code = { sum->code, 0 };
    ng_node node = { .kind = (ng_kind)sum->kind,
                     .mention_count = sum->mention_count,
                     .acting_count = sum->acting_count,
                     .document_count = sum->document_count,
                     .unit_count = sum->unit_count[builder->shown],
                     .confidence = mean_confidence(sum) };
    ng_status status = NG_OK;

    while (code.size < sizeof sum->code && sum->code[code.size])
        code.size++;
    if (sum->kind != NG_KIND_COUNTRY)
        code.size = 0;
    assert(work->labels[index] != NG_NO_TEXT);
    put_where(work, index, &node);
    status = ng_draft_text(work->cx, work->draft, ng_intern_get(builder->keys, (uint32_t)index),
                           &node.id);
    if (status == NG_OK)
        status =
            copy_text(work, (uint32_t)builder->labels.items[work->labels[index]].key, &node.label);
    if (status == NG_OK)
        status = ng_draft_text(work->cx, work->draft, code, &node.iso2);
    if (status == NG_OK)
        status = copy_text(work, sum->first, &node.first);
    if (status == NG_OK)
        status = copy_text(work, sum->last, &node.last);
    return status == NG_OK ? ng_draft_add_node(work->cx, work->draft, &node) : status;
}

/* Adds the nodes that stay. */
static ng_status add_nodes(const finishing *work)
{
    size_t count = work->builder->keys ? ng_intern_count(work->builder->keys) : 0;
    bool *has_edge = ng_alloc(work->cx, count + 1);
    ng_status status = NG_OK;

    if (!has_edge)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", count);
    memset(has_edge, work->builder->options->keep_isolates, count);
    for (size_t i = 0; i < work->layer->edge_count; i++)
        has_edge[work->layer->edges[i].a] = has_edge[work->layer->edges[i].b] = true;
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (work->builder->nodes[i].is_gone || !has_edge[i])
            continue;
        work->numbers[i] = (uint32_t)work->draft->node_count;
        status = add_node(work, i);
    }
    ng_free(work->cx, has_edge);
    return status;
}

/* Adds the sample of one edge, the draft's last. */
static ng_status add_sample(const finishing *work, const ng_sample *sample)
{
    uint32_t owner = (uint32_t)(work->draft->edge_count - 1);
    ng_status status = NG_OK;

    for (size_t i = 0; i < sample->count && status == NG_OK; i++) {
        const ng_shown *from = &sample->items[i];
        ng_evidence evidence = { .start = from->start,
                                 .end = from->end,
                                 .byte_start = from->byte_start,
                                 .byte_end = from->byte_end,
                                 .in_title = from->in_title };

        status = copy_text(work, from->document, &evidence.document);
        if (status == NG_OK)
            status = copy_text(work, from->date, &evidence.date);
        if (status == NG_OK)
            status = copy_text(work, from->sha256, &evidence.sha256);
        if (status == NG_OK)
            status = ng_draft_text(work->cx, work->draft,
                                   (ng_view){ from->quote, from->quote_size }, &evidence.quote);
        if (status == NG_OK)
            status = ng_draft_add_evidence(work->cx, work->draft, owner, &evidence);
    }
    return status;
}

/* Adds the edges with their weights and quotes. */
static ng_status add_edges(const finishing *work)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->layer->edge_count && status == NG_OK; i++) {
        const ng_edge_sum *sum = &work->layer->edges[i];
        ng_edge edge = { .source = work->numbers[sum->a],
                         .target = work->numbers[sum->b],
                         .weight = 1, /* until it is weighed */
                         .npmi = NAN,
                         .p_value = NAN,
                         .q_value = NAN,
                         .unit_count = sum->unit_count,
                         .sentence_count = sum->sentence_count,
                         .document_count = sum->document_count,
                         .confidence = edge_confidence(sum) };

        status = copy_text(work, sum->first, &edge.first);
        if (status == NG_OK)
            status = copy_text(work, sum->last, &edge.last);
        if (status == NG_OK)
            status = ng_draft_add_edge(work->cx, work->draft, &edge);
        if (status == NG_OK)
            status = add_sample(work, &sum->sample);
    }
    return status;
}

/* Finds out whether a longer form of an actor is a name of it, too: it is listed once. `words`: of
 * the form; `key`: room for the name's. */
static ng_status look_for_name(const finishing *work, const ng_tick *form, ng_view words,
                               ng_buffer *key, bool *is_name_out)
{
    uint32_t name = 0, place = 0;
    ng_status status = NG_OK;

    key->size = 0;
    status = ng_buffer_add_byte(work->cx, key, (char)NG_FORM_NAME);
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, key, words);
    *is_name_out =
        status == NG_OK && ng_intern_find(work->builder->strings, ng_buffer_view(key), &name) &&
        ng_table_find(work->builder->forms.places, (form->key >> 32 << 32) | name, &place);
    return status;
}

/* Adds the ways the actors were named. */
static ng_status add_aliases(const finishing *work)
{
    const ng_ticks *forms = &work->builder->forms;
    ng_buffer key;
    ng_status status = NG_OK;

    ng_buffer_init(&key, SIZE_MAX / 2);
    for (size_t i = 0; i < forms->count && status == NG_OK; i++) {
        uint32_t node = work->numbers[forms->items[i].key >> 32];
        ng_view text = ng_intern_get(work->builder->strings, (uint32_t)forms->items[i].key);
        ng_view words = ng_view_part(text, 1, text.size);
        ng_alias alias = { .form = (ng_form)text.data[0], .count = forms->items[i].count };
        bool is_known = false;

        if (node == NG_NO_TEXT)
            continue;
        if (alias.form == NG_FORM_LONGER)
            status = look_for_name(work, &forms->items[i], words, &key, &is_known);
        if (status != NG_OK || is_known)
            continue;
        status = ng_draft_text(work->cx, work->draft, words, &alias.text);
        if (status == NG_OK)
            status = ng_draft_add_alias(work->cx, work->draft, node, &alias);
    }
    ng_buffer_destroy(work->cx, &key);
    return status;
}

/* Takes a decision's key apart: joined byte, rule, zero byte, name. */
static ng_status add_decision(const finishing *work, const ng_tick *from, uint32_t node)
{
    ng_view key = ng_intern_get(work->builder->strings, (uint32_t)from->key);
    const char *zero = memchr(key.data + 1, '\0', key.size - 1);
    size_t rule_end = (size_t)(zero - key.data);
    ng_decision decision = { .is_joined = key.data[0] == 1, .count = from->count };
    ng_status status = NG_OK;

    assert(zero);
    status = ng_draft_text(work->cx, work->draft, ng_view_part(key, 1, rule_end), &decision.rule);
    if (status == NG_OK)
        status = ng_draft_text(work->cx, work->draft, ng_view_part(key, rule_end + 1, key.size),
                               &decision.name);
    if (status == NG_OK)
        status = copy_text(work, from->words, &decision.evidence);
    return status == NG_OK ? ng_draft_add_decision(work->cx, work->draft, node, &decision) : status;
}

/* Adds the decisions. */
static ng_status add_ledger(const finishing *work)
{
    const ng_ticks *decisions = &work->builder->decisions;
    ng_status status = NG_OK;

    for (size_t i = 0; i < decisions->count && status == NG_OK; i++) {
        uint32_t node = work->numbers[decisions->items[i].key >> 32];

        if (node != NG_NO_TEXT)
            status = add_decision(work, &decisions->items[i], node);
    }
    return status;
}

/* Fills the draft. */
static ng_status fill_draft(const finishing *work)
{
    const ng_builder *builder = work->builder;
    ng_status status = NG_OK;

    choose(work, &work->builder->labels, work->labels);
    choose(work, &work->builder->wheres, work->wheres);
    status = add_nodes(work);
    if (status == NG_OK)
        status = add_edges(work);
    if (status == NG_OK)
        status = add_aliases(work);
    if (status == NG_OK)
        status = add_ledger(work);
    if (status == NG_OK)
        status =
            ng_notes_add(work->cx, work->draft, builder->options, builder->names, &builder->totals);
    return status;
}

/* Makes the arrays of the work. */
static ng_status open_work(finishing *work)
{
    const ng_builder *builder = work->builder;
    size_t node_count = builder->keys ? ng_intern_count(builder->keys) : 0;
    size_t text_count = builder->strings ? ng_intern_count(builder->strings) : 0;

    work->labels = ng_alloc(work->cx, (node_count + 1) * sizeof *work->labels);
    work->wheres = ng_alloc(work->cx, (node_count + 1) * sizeof *work->wheres);
    work->numbers = ng_alloc(work->cx, (node_count + 1) * sizeof *work->numbers);
    work->copies = ng_alloc(work->cx, (text_count + 1) * sizeof *work->copies);
    if (!work->labels || !work->wheres || !work->numbers || !work->copies)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", node_count);
    for (size_t i = 0; i <= node_count; i++)
        work->labels[i] = work->wheres[i] = work->numbers[i] = NG_NO_TEXT;
    for (size_t i = 0; i <= text_count; i++)
        work->copies[i] = (ng_view){ NULL, 0 };
    return NG_OK;
}

ng_status ng_builder_finish(ng_ctx *cx, ng_builder *builder, ng_graph **graph_out)
{
    ng_draft draft;
    finishing work = {
        .cx = cx, .builder = builder, .layer = &builder->layers[builder->shown], .draft = &draft
    };
    ng_graph *graph = NULL;
    ng_status status = ng_draft_init(cx, &draft);

    if (status == NG_OK && builder->runs)
        status = ng_runs_gather(cx, builder);
    if (status == NG_OK)
        status = ng_builder_unite(cx, builder);
    if (status == NG_OK)
        status = open_work(&work);
    if (status == NG_OK)
        status = fill_draft(&work);
    if (status == NG_OK)
        status = ng_draft_finish(cx, &draft, &graph);
    if (status == NG_OK)
        status = ng_graph_weigh(cx, graph, builder->options->weight,
                                builder->totals.unit_count[builder->shown]);
    if (status == NG_OK && builder->shares)
        status = ng_shares_finish(cx, builder, graph);
    ng_free(cx, work.labels);
    ng_free(cx, work.wheres);
    ng_free(cx, work.numbers);
    ng_free(cx, work.copies);
    ng_draft_destroy(cx, &draft);
    if (status != NG_OK) {
        ng_graph_free(graph);
        return status;
    }
    *graph_out = graph;
    ng_builder_clear(cx, builder);
    return NG_OK;
}
