/* The builder: one document's tally after the other is added up, then made into a graph.
 *
 * Everything it keeps is either an integer that only grows (counts; confidence as a fixed-point
 * sum), a smallest or largest value (dates, the words of a decision) or a bottom-k sample by a hash
 * that knows nothing of order (quotes). Sums, minima, maxima and bottom-k samples do not depend on
 * the order in which documents come, so neither does the graph; what is left is sorted at the end.
 * (finish.c). */
#include "blocks.h"

#include <assert.h>
#include <math.h>

static const uint32_t no_text = NG_NO_TEXT;

/* A document while it is added. */
typedef struct addition {
    ng_ctx *cx;
    ng_builder *builder;
    const ng_source_document *document;
    const ng_text *text;
    const ng_spans *spans;
    const ng_cast *cast;
    const ng_tally *tallies; /* one a layer */
    uint32_t offset_bytes, offset_cp;
    uint32_t date;  /* among the strings */
    uint32_t *node; /* of each actor of the cast, no_text when it takes no part */
} addition;

void ng_builder_set_scopes(ng_builder *builder)
{
    ng_scope_unit scopes[NG_SCOPES_MAX];

    builder->layer_count = ng_scopes_list(builder->options, scopes);
    builder->shown = ng_scopes_shown(builder->options);
}

ng_status ng_builder_new(ng_ctx *cx, const ng_options *options, const ng_names *names,
                         ng_builder **builder_out)
{
    ng_builder *builder = ng_alloc(cx, sizeof *builder);
    ng_status status = NG_OK;

    if (!builder)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a graph");
    memset(builder, 0, sizeof *builder);
    builder->options = options;
    builder->names = names;
    ng_builder_set_scopes(builder);
    ng_buffer_init(&builder->never, SIZE_MAX / 2);
    (void)snprintf(builder->totals.data_hash, sizeof builder->totals.data_hash, "%s",
                   ng_data_hash());
    if (names)
        (void)snprintf(builder->totals.rules_hash, sizeof builder->totals.rules_hash, "%.*s",
                       (int)ng_names_rules_hash(names).size, ng_names_rules_hash(names).data);
    status = ng_never_note(cx, builder);
    if (status == NG_OK && options->keep_shares &&
        (options->memory_bytes > 0 || options->resume_path))
        status = ng_fail(cx, NG_E_USAGE,
                         "what each document adds is kept in memory; leave the limit out");
    if (status == NG_OK && options->keep_shares)
        status = ng_shares_new(cx, &builder->shares);
    if (status == NG_OK && (options->memory_bytes > 0 || options->resume_path))
        status = ng_runs_new(cx, builder);
    if (status == NG_OK)
        *builder_out = builder;
    else
        ng_builder_free(cx, builder);
    return status;
}

ng_status ng_builder_save(ng_ctx *cx, ng_builder *builder, const char *path)
{
    return builder->runs ? ng_runs_save(cx, builder, path) : ng_builder_save_run(cx, builder, path);
}

void ng_ticks_destroy(ng_ctx *cx, ng_ticks *counts)
{
    ng_table_free(cx, counts->places);
    ng_free(cx, counts->items);
    *counts = (ng_ticks){ 0 };
}

void ng_layer_clear(ng_ctx *cx, ng_layer *layer)
{
    for (size_t i = 0; i < layer->edge_count; i++)
        ng_sample_destroy(cx, &layer->edges[i].sample);
    ng_free(cx, layer->edges);
    ng_table_free(cx, layer->places);
    *layer = (ng_layer){ 0 };
}

/* Forgets the sums. */
static void clear_sums(ng_ctx *cx, ng_builder *builder)
{
    for (size_t i = 0; builder->keys && i < ng_intern_count(builder->keys); i++)
        ng_free(cx, builder->nodes[i].sketches);
    for (size_t i = 0; i < NG_SCOPES_MAX; i++)
        ng_layer_clear(cx, &builder->layers[i]);
    ng_free(cx, builder->nodes);
    ng_table_free(cx, builder->apart);
    ng_intern_free(cx, builder->groups);
    ng_intern_free(cx, builder->keys);
    ng_intern_free(cx, builder->strings);
    ng_ticks_destroy(cx, &builder->forms);
    ng_ticks_destroy(cx, &builder->labels);
    ng_ticks_destroy(cx, &builder->wheres);
    ng_ticks_destroy(cx, &builder->decisions);
    *builder = (ng_builder){ .options = builder->options,
                             .names = builder->names,
                             .layer_count = builder->layer_count,
                             .shown = builder->shown,
                             .never = builder->never,
                             .only_shown = builder->only_shown,
                             .documents = builder->documents,
                             .written_documents = builder->written_documents,
                             .totals = builder->totals,
                             .shares = builder->shares,
                             .runs = builder->runs };
}

void ng_builder_forget(ng_ctx *cx, ng_builder *builder)
{
    clear_sums(cx, builder);
    builder->totals.document_count = 0;
    memset(builder->totals.unit_count, 0, sizeof builder->totals.unit_count);
    if (builder->documents)
        builder->written_documents = ng_intern_count(builder->documents);
}

void ng_builder_clear(ng_ctx *cx, ng_builder *builder)
{
    clear_sums(cx, builder);
    ng_intern_free(cx, builder->documents);
    ng_shares_free(cx, builder->shares);
    ng_runs_free(cx, builder->runs);
    *builder = (ng_builder){ .options = builder->options,
                             .names = builder->names,
                             .layer_count = builder->layer_count,
                             .shown = builder->shown,
                             .never = builder->never };
}

/* Bytes of counted texts. */
static uint64_t bytes_of_ticks(const ng_ticks *ticks)
{
    return ticks->capacity * sizeof *ticks->items +
           (ticks->places ? ng_table_bytes(ticks->places) : 0);
}

uint64_t ng_builder_bytes(const ng_builder *builder)
{
    const ng_intern *interns[] = { builder->documents, builder->keys, builder->strings,
                                   builder->groups };
    const ng_ticks *ticks[] = { &builder->forms, &builder->labels, &builder->wheres,
                                &builder->decisions };
    uint64_t bytes = builder->node_capacity * sizeof *builder->nodes + builder->quote_bytes;

    for (size_t i = 0; i < builder->layer_count; i++) {
        const ng_layer *layer = &builder->layers[i];

        bytes += layer->edge_capacity * sizeof *layer->edges;
        bytes += layer->places ? ng_table_bytes(layer->places) : 0;
    }
    for (size_t i = 0; i < sizeof interns / sizeof *interns; i++)
        bytes += interns[i] ? ng_intern_bytes(interns[i]) : 0;
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++)
        bytes += bytes_of_ticks(ticks[i]);
    return bytes + (builder->apart ? ng_table_bytes(builder->apart) : 0);
}

void ng_builder_set_model(ng_builder *builder, const char *hash)
{
    (void)snprintf(builder->totals.model_hash, sizeof builder->totals.model_hash, "%s", hash);
}

ng_status ng_builder_check(ng_ctx *cx, const ng_builder *builder, const ng_names *names,
                           const char *model_hash)
{
    const ng_totals *totals = &builder->totals;
    const char *what = NULL;

    if (strcmp(totals->data_hash, ng_data_hash()) != 0)
        what = "dictionaries (another version of this program)";
    else if (strcmp(totals->model_hash, model_hash) != 0)
        what = "a model or given mentions";
    else if (!ng_view_equal(ng_view_of(totals->rules_hash), ng_names_rules_hash(names)))
        what = "rules";
    if (!what)
        return NG_OK;
    return ng_fail(cx, NG_E_DATA,
                   "the saved graph was counted with other %s; documents cannot be added to it: "
                   "count them alike, or all anew",
                   what);
}

void ng_builder_free(ng_ctx *cx, ng_builder *builder)
{
    if (!builder)
        return;
    ng_builder_clear(cx, builder);
    ng_buffer_destroy(cx, &builder->never);
    ng_free(cx, builder);
}

/* Makes the tables that are not there yet. */
ng_status ng_builder_open(ng_ctx *cx, ng_builder *builder)
{
    ng_table **tables[] = { &builder->apart, &builder->forms.places, &builder->labels.places,
                            &builder->wheres.places, &builder->decisions.places };
    ng_intern **interns[] = { &builder->documents, &builder->keys, &builder->strings,
                              &builder->groups };
    ng_status status = NG_OK;

    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == NG_OK; i++)
        if (!*tables[i])
            status = ng_table_new(cx, UINT32_MAX - 1, tables[i]);
    for (size_t i = 0; i < sizeof interns / sizeof *interns && status == NG_OK; i++)
        if (!*interns[i])
            status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, interns[i]);
    return status;
}

/* ---- sums ---- */

ng_status ng_ticks_count(ng_ctx *cx, ng_ticks *counts, uint32_t owner, uint32_t text, uint64_t more,
                         ng_tick **tick_out)
{
    uint64_t key = (uint64_t)owner << 32 | text;
    void *items = counts->items;
    uint32_t place = 0;
    bool is_new = false;
    ng_status status = ng_grow(cx, &items, &counts->capacity, sizeof *counts->items,
                               counts->count + 1, UINT32_MAX - 1, "names of actors");

    counts->items = items;
    if (status == NG_OK)
        status = ng_table_add(cx, counts->places, key, &place, &is_new);
    if (status != NG_OK)
        return status;
    if (is_new) {
        assert(place == counts->count);
        counts->items[counts->count++] = (ng_tick){ key, 0, no_text };
    }
    counts->items[place].count += more;
    *tick_out = &counts->items[place];
    return NG_OK;
}

static ng_view text_of(const ng_builder *builder, uint32_t text)
{
    return text == no_text ? NG_VIEW_NONE : ng_intern_get(builder->strings, text);
}

void ng_dates_widen(const ng_builder *builder, uint32_t date, uint32_t *first, uint32_t *last)
{
    if (date == no_text)
        return;
    if (*first == no_text || ng_view_compare(text_of(builder, date), text_of(builder, *first)) < 0)
        *first = date;
    if (*last == no_text || ng_view_compare(text_of(builder, date), text_of(builder, *last)) > 0)
        *last = date;
}

/* The digest of a document's id and text, or of what it says whatever its id; false when it was
 * there already. The digest of the text has a fixed length, so that no two documents give the same
 * bytes to hash. */
static ng_status add_document(addition *add, bool *is_new_out)
{
    ng_ctx *cx = add->cx;
    ng_buffer bytes;
    char digest[64];
    uint32_t id = 0;
    size_t count = ng_intern_count(add->builder->documents);
    bool by_content = add->document->content[0] != '\0';
    ng_status status = NG_OK;

    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_buffer_add(
        cx, &bytes, (ng_view){ by_content ? add->document->content : add->document->sha256, 64 });
    if (status == NG_OK && !by_content)
        status = ng_buffer_add(cx, &bytes, add->document->id);
    if (status == NG_OK) {
        ng_sha256_hex(ng_buffer_view(&bytes), digest);
        status = ng_intern_add(cx, add->builder->documents, (ng_view){ digest, 32 }, &id);
    }
    ng_buffer_destroy(cx, &bytes);
    *is_new_out = status == NG_OK && id == count;
    return status;
}

ng_status ng_node_sum_find(ng_ctx *cx, ng_builder *builder, ng_view id, uint8_t kind,
                           const char code[8], uint32_t *node_out)
{
    void *nodes = builder->nodes;
    size_t count = ng_intern_count(builder->keys);
    ng_status status = NG_OK;

    if (ng_intern_find(builder->keys, id, node_out)) {
        ng_node_sum *node = &builder->nodes[*node_out];

        if (memcmp(node->code, code, sizeof node->code) < 0)
            memcpy(node->code, code, sizeof node->code);
        if (kind < node->kind)
            node->kind = kind;
        return NG_OK;
    }
    if (count >= builder->options->node_limit)
        return ng_fail(cx, NG_E_LIMIT, "more than %llu actors (see --max-nodes)",
                       (unsigned long long)builder->options->node_limit);
    status = ng_grow(cx, &nodes, &builder->node_capacity, sizeof *builder->nodes, count + 1,
                     UINT32_MAX - 1, "actors");
    builder->nodes = nodes;
    if (status == NG_OK)
        status = ng_intern_add(cx, builder->keys, id, node_out);
    if (status != NG_OK)
        return status;
    assert(*node_out == count);
    builder->nodes[count] =
        (ng_node_sum){ .first = no_text, .last = no_text, .group = no_text, .kind = kind };
    memcpy(builder->nodes[count].code, code, sizeof builder->nodes[count].code);
    return ng_unite_note_name(cx, builder, (uint32_t)count);
}

/* Adds where the document takes a place to be. */
static ng_status add_where(addition *add, const ng_actor *actor, uint32_t node)
{
    char text[64];
    uint32_t id = 0;
    ng_tick *counted = NULL;
    ng_status status = NG_OK;
    int size = snprintf(text, sizeof text, "%u %d %d", (unsigned)actor->where.id,
                        (int)lround(actor->where.latitude * 100),
                        (int)lround(actor->where.longitude * 100));

    if (actor->where.id == 0)
        return NG_OK;
    status = ng_intern_add(add->cx, add->builder->strings, (ng_view){ text, (size_t)size }, &id);
    if (status == NG_OK)
        status = ng_ticks_count(add->cx, &add->builder->wheres, node, id,
                                (uint64_t)lroundf(actor->where_confidence * 1000), &counted);
    return status;
}

/* Adds what the document says of its actors. */
static ng_status add_nodes(addition *add)
{
    ng_builder *builder = add->builder;
    ng_status status = NG_OK;

    for (size_t i = 0; i < add->tallies[0].node_count && status == NG_OK; i++) {
        const ng_tally_node *from = &add->tallies[0].nodes[i];
        const ng_actor *actor = &add->cast->actors[from->actor];
        uint32_t number = 0, label = 0;
        ng_tick *counted = NULL;

        status = ng_node_sum_find(add->cx, builder, actor->id, actor->kind, actor->code, &number);
        if (status == NG_OK)
            status = ng_intern_add(add->cx, builder->strings, actor->label, &label);
        if (status == NG_OK)
            status = ng_ticks_count(add->cx, &builder->labels, number, label, 1, &counted);
        if (status == NG_OK)
            status = add_where(add, actor, number);
        if (status != NG_OK)
            break;
        add->node[from->actor] = number;
        builder->nodes[number].mention_count += from->mention_count;
        builder->nodes[number].acting_count += from->acting_count;
        for (size_t k = 0; k < builder->layer_count; k++)
            builder->nodes[number].unit_count[k] += add->tallies[k].nodes[i].unit_count;
        if (builder->shares)
            status = ng_shares_add_node(add->cx, builder->shares, number,
                                        add->tallies[builder->shown].nodes[i].unit_count);
        if (builder->nodes[number].last_document != builder->totals.document_count)
            builder->nodes[number].document_count++;
        builder->nodes[number].last_document = builder->totals.document_count;
        builder->nodes[number].confidence +=
            (uint64_t)(from->confidence_sum * NG_CONFIDENCE_UNIT + 0.5);
        ng_dates_widen(builder, add->date, &builder->nodes[number].first,
                       &builder->nodes[number].last);
    }
    return status;
}

/* ---- names and decisions ---- */

/* True when the options let this form stand for its actor. */
static bool takes_part(const ng_options *options, uint8_t form)
{
    if (form == NG_FORM_DEMONYM)
        return options->states >= NG_STATES_DEMONYMS;
    return form != NG_FORM_METONYM || options->states >= NG_STATES_METONYMS;
}

/* Appends words with each run of white space as one space: a name may be broken by a line end. */
static ng_status add_words(ng_ctx *cx, ng_view words, ng_buffer *out)
{
    bool is_gap = false;
    ng_status status = NG_OK;

    for (size_t i = 0; i < words.size && status == NG_OK; i++) {
        char byte = words.data[i];
        bool is_space = byte == ' ' || (byte >= '\t' && byte <= '\r');

        if (!is_space || !is_gap)
            status = ng_buffer_add_byte(cx, out, is_space ? ' ' : byte);
        is_gap = is_space;
    }
    return status;
}

/* Counts the words of some tokens as a form of the actor of a span. */
static ng_status add_form(addition *add, size_t index, uint32_t first, uint32_t after, ng_form form,
                          ng_buffer *words)
{
    uint32_t node = add->node[add->cast->of_span[index]];
    uint32_t start = add->text->tokens[first].start;
    uint32_t end = add->text->tokens[after - 1].end;
    uint32_t text = 0;
    ng_tick *counted = NULL;
    ng_status status = NG_OK;

    words->size = 0;
    status = ng_buffer_add_byte(add->cx, words, (char)form);
    if (status == NG_OK)
        status = add_words(add->cx, ng_view_part(add->text->text, start, end), words);
    if (status == NG_OK)
        status = ng_intern_add(add->cx, add->builder->strings, ng_buffer_view(words), &text);
    if (status == NG_OK)
        status = ng_ticks_count(add->cx, &add->builder->forms, node, text, 1, &counted);
    return status;
}

/* True when the words before a person's name are a title that belongs to it, "President Moser", not
 * what the sentence says of somebody: "the opposition leader Britta Nyström". Where names are not
 * written with capitals nothing tells. */
static bool has_title(const addition *add, const ng_span *span)
{
    const ng_token *tokens = add->text->tokens;
    unsigned both = 0;

    if (span->title_first >= span->first_token)
        return false;
    both = tokens[span->title_first].flags & tokens[span->first_token - 1].flags;
    return (both | ~tokens[span->first_token].flags) & NG_TOKEN_CAPITAL;
}

/* Counts how the actors are named: each mention once, and beside it the longer form of a person
 * with a title and of a place with what says where it is. */
static ng_status add_forms(addition *add)
{
    ng_buffer words;
    ng_status status = NG_OK;

    ng_buffer_init(&words, SIZE_MAX / 2);
    for (size_t i = 0; i < add->spans->count && status == NG_OK; i++) {
        const ng_span *span = &add->spans->items[i];
        uint32_t actor = add->cast->of_span[i], first = span->first_token;

        if (actor == NG_NO_ACTOR || add->node[actor] == no_text ||
            !takes_part(add->builder->options, add->cast->forms[i]))
            continue;
        status = add_form(add, i, first, span->end_token, (ng_form)add->cast->forms[i], &words);
        if (status == NG_OK && has_title(add, span))
            status = add_form(add, i, span->title_first, span->end_token, NG_FORM_LONGER, &words);
        if (status == NG_OK && add->cast->ends[i] > span->end_token)
            status = add_form(add, i, first, add->cast->ends[i], NG_FORM_LONGER, &words);
    }
    ng_buffer_destroy(add->cx, &words);
    return status;
}

/* Counts one decision; of several wordings the one with the smallest bytes stays. */
static ng_status add_decision(addition *add, const ng_ledger_entry *entry, uint32_t node,
                              ng_buffer *key)
{
    ng_ctx *cx = add->cx;
    ng_intern *strings = add->builder->strings;
    uint32_t text = 0;
    ng_tick *counted = NULL;
    ng_status status = NG_OK;

    key->size = 0;
    status = ng_buffer_add_byte(cx, key, entry->is_joined ? 1 : 0);
    if (status == NG_OK)
        status = ng_buffer_add(cx, key, ng_view_of(entry->rule));
    if (status == NG_OK)
        status = ng_buffer_add_byte(cx, key, '\0');
    if (status == NG_OK)
        status = add_words(cx, entry->name, key);
    if (status == NG_OK)
        status = ng_intern_add(cx, strings, ng_buffer_view(key), &text);
    if (status == NG_OK)
        status = ng_ticks_count(cx, &add->builder->decisions, node, text, 1, &counted);
    if (status == NG_OK &&
        (counted->words == no_text ||
         ng_view_compare(entry->evidence, text_of(add->builder, counted->words)) < 0))
        status = ng_intern_add(cx, strings, entry->evidence, &counted->words);
    return status;
}

/* Adds the decisions about actors that take part. */
static ng_status add_decisions(addition *add)
{
    ng_buffer key;
    ng_status status = NG_OK;

    ng_buffer_init(&key, SIZE_MAX / 2);
    for (size_t i = 0; i < add->cast->ledger_count && status == NG_OK; i++) {
        const ng_ledger_entry *entry = &add->cast->ledger[i];

        if (entry->actor < add->cast->actor_count && add->node[entry->actor] != no_text)
            status = add_decision(add, entry, add->node[entry->actor], &key);
    }
    ng_buffer_destroy(add->cx, &key);
    return status;
}

/* ---- quotes ---- */

/* Where a quote of the scanned text stands in the document: in its title or in its text. A quote
 * that begins in the title and ends in the text is cut to its part of the text, so that it is found
 * there byte for byte. False when nothing is left. */
static bool place_quote(const addition *add, const ng_quote *quote, ng_shown *place)
{
    size_t title_bytes = add->document->title.size;
    uint32_t start = quote->start;
    uint32_t start_cp = quote->cp_start;

    place->in_title = add->offset_bytes > 0 && quote->end <= add->offset_bytes;
    if (place->in_title) {
        place->byte_start = quote->start;
        place->byte_end = quote->end;
        place->start = quote->cp_start;
        place->end = quote->cp_end;
        return quote->end <= title_bytes && quote->start < quote->end;
    }
    if (start < add->offset_bytes) {
        start = add->offset_bytes;
        start_cp = add->offset_cp;
    }
    place->byte_start = start - add->offset_bytes;
    place->byte_end = quote->end - add->offset_bytes;
    place->start = start_cp - add->offset_cp;
    place->end = quote->cp_end - add->offset_cp;
    return start < quote->end;
}

/* Offers the quotes of one pair to the sample of its edge. */
static ng_status add_quotes(addition *add, const ng_tally *tally, const ng_tally_edge *from,
                            ng_sample *sample)
{
    ng_builder *builder = add->builder;
    uint64_t before = ng_sample_bytes(sample);
    ng_status status = NG_OK;

    for (uint32_t i = from->evidence_first; i < from->evidence_end && status == NG_OK; i++) {
        ng_shown place = { .date = add->date };

        if (place_quote(add, &tally->quotes[i], &place))
            status = ng_sample_offer(add->cx, sample, builder->options->evidence_limit,
                                     builder->strings, add->document, &place);
    }
    builder->quote_bytes += ng_sample_bytes(sample) - before;
    return status;
}

/* ---- pairs ---- */

ng_status ng_edge_sum_find(ng_ctx *cx, ng_layer *layer, uint32_t a, uint32_t b,
                           ng_edge_sum **edge_out)
{
    void *edges = layer->edges;
    uint32_t place = 0;
    bool is_new = false;
    uint64_t key = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    ng_status status = ng_grow(cx, &edges, &layer->edge_capacity, sizeof *layer->edges,
                               layer->edge_count + 1, UINT32_MAX - 1, "pairs of actors");

    layer->edges = edges;
    if (status == NG_OK && !layer->places)
        status = ng_table_new(cx, UINT32_MAX - 1, &layer->places);
    if (status == NG_OK)
        status = ng_table_add(cx, layer->places, key, &place, &is_new);
    if (status != NG_OK)
        return status;
    if (is_new) {
        assert(place == layer->edge_count);
        layer->edges[layer->edge_count++] =
            (ng_edge_sum){ .a = a, .b = b, .first = no_text, .last = no_text };
    }
    *edge_out = &layer->edges[place];
    return NG_OK;
}

/* Adds what the document says of its pairs in one scope. */
static ng_status add_edges(addition *add, const ng_tally *tally, ng_layer *layer)
{
    ng_builder *builder = add->builder;
    ng_status status = NG_OK;

    for (size_t i = 0; i < tally->edge_count && status == NG_OK; i++) {
        const ng_tally_edge *from = &tally->edges[i];
        uint32_t a = add->node[from->a];
        uint32_t b = add->node[from->b];
        ng_edge_sum *edge = NULL;

        assert(a != no_text && b != no_text);
        if (a == b) /* two actors of the document with one id: no pair */
            continue;
        status = ng_edge_sum_find(add->cx, layer, a, b, &edge);
        if (status != NG_OK)
            break;
        edge->unit_count += from->unit_count;
        edge->sentence_count += from->sentence_count;
        edge->surety += (uint64_t)(from->surety * NG_CONFIDENCE_UNIT + 0.5);
        if (edge->last_document != builder->totals.document_count)
            edge->document_count++;
        edge->last_document = builder->totals.document_count;
        ng_dates_widen(builder, add->date, &edge->first, &edge->last);
        status = add_quotes(add, tally, from, &edge->sample);
        if (status == NG_OK && builder->shares && layer == &builder->layers[builder->shown])
            status = ng_shares_add_edge(add->cx, builder->shares, (size_t)(edge - layer->edges),
                                        from->unit_count);
    }
    return status;
}

/* Starts to keep what the document adds. */
static ng_status begin_share(addition *add)
{
    ng_builder *builder = add->builder;
    uint32_t name = 0;
    ng_status status = ng_intern_add(add->cx, builder->strings, add->document->id, &name);

    return status == NG_OK ? ng_shares_begin(add->cx, builder->shares, name,
                                             add->tallies[builder->shown].unit_total)
                           : status;
}

ng_status ng_builder_add(ng_ctx *cx, ng_builder *builder, const ng_source_document *document,
                         const ng_text *text, const ng_spans *spans, const ng_cast *cast,
                         const ng_tally *tallies, uint32_t text_offset_bytes,
                         uint32_t text_offset_cp, ng_report *report)
{
    addition add = { cx,      builder,           document,       text,    spans, cast,
                     tallies, text_offset_bytes, text_offset_cp, no_text, NULL };
    bool is_new = false;
    ng_status status = ng_builder_open(cx, builder);

    if (status == NG_OK)
        status = add_document(&add, &is_new);
    if (status != NG_OK)
        return status;
    if (!is_new) {
        report->duplicate_count++;
        return NG_OK;
    }
    add.node = ng_alloc(cx, (cast->actor_count + 1) * sizeof *add.node);
    if (!add.node)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", cast->actor_count);
    memset(add.node, 0xFF, (cast->actor_count + 1) * sizeof *add.node); /* no_text */
    builder->totals.document_count++;
    for (size_t i = 0; i < builder->layer_count; i++)
        builder->totals.unit_count[i] += tallies[i].unit_total;
    if (document->date.size > 0)
        status = ng_intern_add(cx, builder->strings, document->date, &add.date);
    if (status == NG_OK && builder->shares)
        status = begin_share(&add);
    if (status == NG_OK)
        status = add_nodes(&add);
    if (status == NG_OK)
        status = ng_unite_note_document(cx, builder, add.node, cast->actor_count);
    if (status == NG_OK && builder->names)
        status = ng_namesakes_note(cx, builder, document, text, spans, cast, add.node);
    if (status == NG_OK)
        status = add_forms(&add);
    if (status == NG_OK)
        status = add_decisions(&add);
    for (size_t i = 0; i < builder->layer_count && status == NG_OK; i++)
        status = add_edges(&add, &tallies[i], &builder->layers[i]);
    ng_free(cx, add.node);
    return status == NG_OK && builder->runs ? ng_runs_spill_if_full(cx, builder) : status;
}
