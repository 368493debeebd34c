/* Records: one node or one pair of a builder as bytes, and back.
 *
 * Everything in a record adds up: counts are summed, dates widened, lists of texts with counts
 * united, samples and sketches cut to those of least rank. So a record can be added to a builder
 * that knows the node or pair already, in any order, with the same result. Lists are written in the
 * order of their texts: equal sums give equal bytes. */
#include "blocks.h"

static ng_view text_of(const ng_builder *builder, uint32_t text)
{
    return text == NG_NO_TEXT ? NG_VIEW_NONE : ng_intern_get(builder->strings, text);
}

/* ---- lists of counted texts ---- */

/* Sorting numbers of ticks. */
typedef struct tick_order {
    const ng_intern *strings;
} tick_order;

static int compare_ticks(const void *a, const void *b, void *user)
{
    const tick_order *order = user;
    const ng_tick *left = *(const ng_tick *const *)a, *right = *(const ng_tick *const *)b;

    if (left->key >> 32 != right->key >> 32)
        return left->key >> 32 < right->key >> 32 ? -1 : 1;
    return ng_view_compare(ng_intern_get(order->strings, (uint32_t)left->key),
                           ng_intern_get(order->strings, (uint32_t)right->key));
}

ng_status ng_tick_index_make(ng_ctx *cx, const ng_intern *strings, const ng_ticks *ticks,
                             size_t node_count, ng_tick_index *index_out)
{
    tick_order order = { strings };
    size_t at = 0;
    ng_status status = NG_OK;

    *index_out =
        (ng_tick_index){ .items = ng_alloc(cx, (ticks->count + 1) * sizeof *index_out->items),
                         .start = ng_alloc(cx, (node_count + 1) * sizeof *index_out->start) };
    if (!index_out->items || !index_out->start)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", node_count);
    for (size_t i = 0; i < ticks->count; i++)
        index_out->items[i] = &ticks->items[i];
    status = ng_sort(cx, index_out->items, ticks->count, sizeof *index_out->items, compare_ticks,
                     &order);
    for (size_t node = 0; node <= node_count; node++) {
        while (at < ticks->count && index_out->items[at]->key >> 32 < node)
            at++;
        index_out->start[node] = at;
    }
    return status;
}

void ng_tick_index_free(ng_ctx *cx, ng_tick_index *index)
{
    ng_free(cx, index->items);
    ng_free(cx, index->start);
    *index = (ng_tick_index){ NULL, NULL };
}

/* Count, then text, count and words of each. */
static ng_status put_list(ng_ctx *cx, const ng_builder *builder, const ng_tick_index *list,
                          uint32_t node, ng_buffer *out)
{
    size_t first = list->start[node], end = list->start[node + 1];
    ng_status status = ng_bytes_put_number(cx, out, end - first);

    for (size_t i = first; i < end && status == NG_OK; i++) {
        const ng_tick *tick = list->items[i];

        status = ng_bytes_put_text(cx, out, text_of(builder, (uint32_t)tick->key));
        if (status == NG_OK)
            status = ng_bytes_put_number(cx, out, tick->count);
        if (status == NG_OK)
            status = ng_bytes_put_text(cx, out, text_of(builder, tick->words));
    }
    return status;
}

/* Adds a list to those of a node. */
static ng_status take_list(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, uint32_t node,
                           ng_ticks *ticks)
{
    uint64_t count = ng_bytes_take_number(cursor);
    ng_status status = NG_OK;

    for (uint64_t i = 0; i < count && !cursor->is_bad && status == NG_OK; i++) {
        ng_view text = ng_bytes_take_text(cursor);
        uint64_t times = ng_bytes_take_number(cursor);
        ng_view words = ng_bytes_take_text(cursor);
        uint32_t id = 0;
        ng_tick *tick = NULL;

        if (cursor->is_bad)
            break;
        status = ng_intern_add(cx, builder->strings, text, &id);
        if (status == NG_OK)
            status = ng_ticks_count(cx, ticks, node, id, times, &tick);
        if (status == NG_OK && words.size > 0 &&
            (tick->words == NG_NO_TEXT ||
             ng_view_compare(words, text_of(builder, tick->words)) < 0))
            status = ng_intern_add(cx, builder->strings, words, &tick->words);
    }
    return status;
}

/* ---- nodes ---- */

static ng_status put_numbers(ng_ctx *cx, const uint64_t *numbers, size_t count, ng_buffer *out)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < count && status == NG_OK; i++)
        status = ng_bytes_put_number(cx, out, numbers[i]);
    return status;
}

ng_status ng_record_put_node(ng_ctx *cx, const ng_builder *builder,
                             const ng_tick_index lists[NG_TICK_LISTS], uint32_t node,
                             ng_buffer *out)
{
    const ng_node_sum *sum = &builder->nodes[node];
    const uint64_t numbers[] = { sum->mention_count, sum->acting_count, sum->document_count,
                                 sum->confidence };
    ng_status status = ng_bytes_put_text(cx, out, ng_intern_get(builder->keys, node));

    if (status == NG_OK)
        status = ng_bytes_put_number(cx, out, sum->kind);
    if (status == NG_OK)
        status = ng_bytes_put_text(cx, out, (ng_view){ sum->code, strnlen(sum->code, 8) });
    if (status == NG_OK)
        status = put_numbers(cx, numbers, sizeof numbers / sizeof *numbers, out);
    if (status == NG_OK)
        status = put_numbers(cx, sum->unit_count, builder->layer_count, out);
    if (status == NG_OK)
        status = ng_bytes_put_text(cx, out, text_of(builder, sum->first));
    if (status == NG_OK)
        status = ng_bytes_put_text(cx, out, text_of(builder, sum->last));
    for (size_t i = 0; i < NG_TICK_LISTS && status == NG_OK; i++)
        status = put_list(cx, builder, &lists[i], node, out);
    return status == NG_OK ? ng_namesakes_put(cx, builder, node, out) : status;
}

/* Widens dates by a text that may be empty. */
static ng_status take_date(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, uint32_t *first,
                           uint32_t *last)
{
    ng_view date = ng_bytes_take_text(cursor);
    uint32_t id = NG_NO_TEXT;
    ng_status status = date.size > 0 ? ng_intern_add(cx, builder->strings, date, &id) : NG_OK;

    if (status == NG_OK)
        ng_dates_widen(builder, id, first, last);
    return status;
}

/* The counts, dates and lists of a node that is there. */
static ng_status take_sums(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, uint32_t node)
{
    ng_ticks *lists[NG_TICK_LISTS] = { &builder->labels, &builder->wheres, &builder->forms,
                                       &builder->decisions };
    ng_node_sum *sum = &builder->nodes[node];
    ng_status status = NG_OK;

    sum->mention_count += ng_bytes_take_number(cursor);
    sum->acting_count += ng_bytes_take_number(cursor);
    sum->document_count += ng_bytes_take_number(cursor);
    sum->confidence += ng_bytes_take_number(cursor);
    for (size_t i = 0; i < builder->layer_count; i++)
        sum->unit_count[i] += ng_bytes_take_number(cursor);
    for (int i = 0; i < 2 && status == NG_OK; i++)
        status = take_date(cx, builder, cursor, &sum->first, &sum->last);
    for (size_t i = 0; i < NG_TICK_LISTS && status == NG_OK; i++)
        status = take_list(cx, builder, cursor, node, lists[i]);
    return status == NG_OK ? ng_namesakes_take(cx, builder, cursor, node) : status;
}

ng_status ng_record_take_node(ng_ctx *cx, ng_builder *builder, ng_view record, uint32_t *node_out,
                              bool *is_sound_out)
{
    ng_cursor cursor = { record, 0, false };
    ng_view id = ng_bytes_take_text(&cursor);
    uint64_t kind = ng_bytes_take_number(&cursor);
    ng_view code_text = ng_bytes_take_text(&cursor);
    char code[8] = "";
    ng_status status = NG_OK;

    *is_sound_out = false;
    if (cursor.is_bad || id.size == 0 || kind >= NG_KIND_COUNT || code_text.size >= sizeof code)
        return NG_OK;
    memcpy(code, code_text.data, code_text.size);
    status = ng_node_sum_find(cx, builder, id, (uint8_t)kind, code, node_out);
    if (status == NG_OK)
        status = take_sums(cx, builder, &cursor, *node_out);
    *is_sound_out = !cursor.is_bad && cursor.at == record.size;
    return status;
}

/* ---- totals ---- */

ng_status ng_record_put_totals(ng_ctx *cx, const ng_totals *totals, size_t scope_count,
                               ng_buffer *out)
{
    ng_status status = ng_bytes_put_number(cx, out, totals->document_count);

    return status == NG_OK ? put_numbers(cx, totals->unit_count, scope_count, out) : status;
}

/* ---- pairs ---- */

ng_status ng_record_put_ends(ng_ctx *cx, ng_ends ends, ng_buffer *out)
{
    const uint64_t numbers[] = { ends.layer, ends.a, ends.b };

    return put_numbers(cx, numbers, sizeof numbers / sizeof *numbers, out);
}

ng_status ng_record_put_edge(ng_ctx *cx, const ng_builder *builder, ng_edge_sum *edge, ng_ends ends,
                             ng_buffer *out)
{
    const uint64_t numbers[] = { edge->unit_count, edge->sentence_count, edge->document_count,
                                 edge->surety };
    ng_status status = ng_record_put_ends(cx, ends, out);

    if (status == NG_OK)
        status = put_numbers(cx, numbers, sizeof numbers / sizeof *numbers, out);
    if (status == NG_OK)
        status = ng_bytes_put_text(cx, out, text_of(builder, edge->first));
    if (status == NG_OK)
        status = ng_bytes_put_text(cx, out, text_of(builder, edge->last));
    return status == NG_OK ? ng_sample_put(cx, builder->strings, &edge->sample, out) : status;
}

ng_status ng_record_put_apart(ng_ctx *cx, ng_ends ends, ng_buffer *out)
{
    const uint64_t numbers[] = { ends.a, ends.b };

    return put_numbers(cx, numbers, sizeof numbers / sizeof *numbers, out);
}

bool ng_record_take_apart(ng_cursor *cursor, ng_ends *ends_out)
{
    ends_out->a = ng_bytes_take_number(cursor);
    ends_out->b = ng_bytes_take_number(cursor);
    return !cursor->is_bad && ends_out->a < ends_out->b;
}

bool ng_record_take_ends(ng_cursor *cursor, ng_ends *ends_out)
{
    ends_out->layer = ng_bytes_take_number(cursor);
    return ng_record_take_apart(cursor, ends_out);
}

ng_status ng_record_add_edge(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, ng_edge_sum *edge,
                             bool *is_sound_out)
{
    ng_status status = NG_OK;

    edge->unit_count += ng_bytes_take_number(cursor);
    edge->sentence_count += ng_bytes_take_number(cursor);
    edge->document_count += ng_bytes_take_number(cursor);
    edge->surety += ng_bytes_take_number(cursor);
    for (int i = 0; i < 2 && status == NG_OK; i++)
        status = take_date(cx, builder, cursor, &edge->first, &edge->last);
    if (status == NG_OK)
        status = ng_sample_take(cx, builder->strings, cursor, builder->options->evidence_limit,
                                &edge->sample);
    *is_sound_out = !cursor->is_bad && cursor->at == cursor->bytes.size;
    return status;
}

bool ng_record_edge_is_sound(ng_cursor rest)
{
    for (int i = 0; i < 4; i++)
        (void)ng_bytes_take_number(&rest);
    for (int i = 0; i < 2; i++)
        (void)ng_bytes_take_text(&rest);
    ng_sample_skip(&rest);
    return !rest.is_bad && rest.at == rest.bytes.size;
}
