/* Exact-span scores of one annotated file against another.
 *
 * The predictions are read first: of each document the spans of scored classes are kept in one long
 * array, the text only as a hash, which tells whether it is gold's. Then gold goes by document by
 * document. Both sides become sorted sets of (start, end, class), which are merged: what is in both
 * is hit, what is in one alone is an error.
 *
 * Errors are chosen by a hash of where they stand, so that a longer list contains the shorter one
 * and neither is all of one document. */
#include "training_internal.h"

#include <assert.h>

enum { CONTEXT_CHARACTERS = 40 };

static const uint64_t text_seed = 1;
static const uint64_t error_seed = 2;

/* What is kept of a predicted document. */
typedef struct prediction {
    size_t first, count; /* of its spans */
    uint64_t line;
    uint64_t text_hash;
    bool has_text;
} prediction;

/* Predictions by id, or in their order when there are no ids. */
typedef struct predictions {
    const char *label;
    ng_intern *ids;
    uint32_t *latest; /* by the number of an id: the last document with it */
    size_t latest_capacity;
    prediction *items;
    size_t count, capacity;
    ng_scored_span *spans;
    size_t span_count, span_capacity;
    bool has_ids;
    uint64_t repeated_count;
} predictions;

/* A growing list of spans of one document. */
typedef struct span_list {
    ng_scored_span *items;
    size_t count, capacity;
} span_list;

/* An error with what it is chosen and ordered by. */
typedef struct kept_error {
    ng_score_error error;
    uint64_t hash;
    size_t number;
} kept_error;

/* The report, and what stands behind it. */
typedef struct scored {
    ng_score_report report; /* first: the caller's pointer is to it */
    ng_ctx *cx;
    ng_arena strings;
} scored;

/* The work of one call. */
typedef struct scoring {
    ng_ctx *cx;
    const char *gold_label;
    predictions predicted;
    scored *result;
    size_t error_limit;
    uint64_t counts[NG_SCORE_CLASS_COUNT][3]; /* hit, gold, predicted */
    span_list gold, ours, misc;
    kept_error *errors;
    size_t error_count, error_capacity;
    ng_buffer key;
} scoring;

enum { COUNT_HIT, COUNT_GOLD, COUNT_PREDICTED };

static ng_status add_span(ng_ctx *cx, span_list *list, ng_scored_span span)
{
    void *items = list->items;
    ng_status status = ng_grow(cx, &items, &list->capacity, sizeof *list->items, list->count + 1,
                               SIZE_MAX / sizeof *list->items, "spans");

    if (status != NG_OK)
        return status;
    list->items = items;
    list->items[list->count++] = span;
    return NG_OK;
}

/* ---- predictions ---- */

/* Remembers that `id` is the document with this index. */
static ng_status note_id(ng_ctx *cx, predictions *all, ng_view id, uint32_t index)
{
    uint32_t number = 0;
    void *items = all->latest;
    size_t known = ng_intern_count(all->ids);
    ng_status status = ng_intern_add(cx, all->ids, id, &number);

    if (status == NG_OK)
        status = ng_grow(cx, &items, &all->latest_capacity, sizeof *all->latest, (size_t)number + 1,
                         UINT32_MAX, "documents");
    if (status != NG_OK)
        return status;
    all->latest = items;
    all->latest[number] = index;
    all->repeated_count += number < known;
    all->has_ids = true;
    return NG_OK;
}

/* Keeps a document's spans of scored classes. */
static ng_status keep_spans(ng_ctx *cx, const ng_annotated_document *document, span_list *spans)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < document->annotation_count && status == NG_OK; i++) {
        const ng_annotation *each = &document->annotations[i];
        ng_score_class kind = NG_SCORE_PERSON;

        if (!each->is_demonym && ng_scored_kind(each->type, document->form, &kind))
            status = add_span(cx, spans, (ng_scored_span){ each->start, each->end, kind });
    }
    return status;
}

static ng_status keep_prediction(ng_ctx *cx, predictions *all,
                                 const ng_annotated_document *document)
{
    span_list spans = { all->spans, all->span_count, all->span_capacity };
    void *items = all->items;
    prediction *kept = NULL;
    ng_status status = ng_grow(cx, &items, &all->capacity, sizeof *all->items, all->count + 1,
                               UINT32_MAX - 1, "documents");

    if (status != NG_OK)
        return status;
    all->items = items;
    kept = &all->items[all->count];
    *kept = (prediction){ .first = all->span_count,
                          .line = document->line,
                          .has_text = document->has_text,
                          .text_hash = ng_hash(document->text, text_seed) };
    status = keep_spans(cx, document, &spans);
    kept->count = spans.count - all->span_count;
    all->spans = spans.items;
    all->span_count = spans.count;
    all->span_capacity = spans.capacity;
    if (status == NG_OK && document->has_id)
        status = note_id(cx, all, document->id, (uint32_t)all->count);
    all->count++;
    return status;
}

/* Reads the predicted file. */
static ng_status read_predictions(ng_ctx *cx, const char *path, predictions *all)
{
    ng_annotated *file = NULL;
    const ng_annotated_document *document = NULL;
    ng_status status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, &all->ids);

    if (status == NG_OK)
        status = ng_annotated_open(cx, path, NG_MENTIONS_FIRST, &file);
    if (status != NG_OK)
        return status;
    do {
        status = ng_annotated_next(cx, file, &document);
        if (status == NG_OK && document)
            status = keep_prediction(cx, all, document);
    } while (status == NG_OK && document);
    all->label = strcmp(path, "-") == 0 ? "standard input" : path;
    ng_annotated_close(cx, file);
    return status;
}

static void destroy_predictions(ng_ctx *cx, predictions *all)
{
    ng_intern_free(cx, all->ids);
    ng_free(cx, all->latest);
    ng_free(cx, all->items);
    ng_free(cx, all->spans);
}

/* The prediction for a document of gold, or NULL. */
static const prediction *find_prediction(const scoring *work, const ng_annotated_document *document)
{
    const predictions *all = &work->predicted;
    uint64_t number = work->result->report.document_count; /* of those before */
    uint32_t id = 0;

    if (!document->has_id || !all->has_ids)
        return number < all->count ? &all->items[number] : NULL;
    return ng_intern_find(all->ids, document->id, &id) ? &all->items[all->latest[id]] : NULL;
}

/* ---- errors ---- */

/* Fills `key` with what an error is chosen by. */
static ng_status make_key(scoring *work, ng_view document, const ng_scored_span *span,
                          bool is_missed)
{
    ng_status status = NG_OK;

    work->key.size = 0;
    status = ng_buffer_format(work->cx, &work->key, "%lu %lu %lu %d ", (unsigned long)span->start,
                              (unsigned long)span->end, (unsigned long)span->kind, is_missed);
    return status == NG_OK ? ng_buffer_add(work->cx, &work->key, document) : status;
}

/* Copies the text from one code point to another; views of a failed copy have no data. */
static ng_view copy_text(scoring *work, const ng_annotated_document *document, size_t start,
                         size_t end)
{
    return ng_arena_copy(
        work->cx, &work->result->strings,
        ng_view_part(document->text, document->bytes_at[start], document->bytes_at[end]));
}

/* Keeps an error of `document`, whose id was copied. */
static ng_status keep_error(scoring *work, const ng_annotated_document *document, ng_view id,
                            const ng_scored_span *span, bool is_missed)
{
    size_t before = span->start < CONTEXT_CHARACTERS ? span->start : CONTEXT_CHARACTERS;
    size_t after = document->character_count - span->end;
    void *items = work->errors;
    kept_error *kept = NULL;
    ng_status status = ng_grow(work->cx, &items, &work->error_capacity, sizeof *work->errors,
                               work->error_count + 1, SIZE_MAX / sizeof *work->errors, "errors");

    if (status != NG_OK)
        return status;
    work->errors = items;
    status = make_key(work, id, span, is_missed);
    if (status != NG_OK)
        return status;
    kept = &work->errors[work->error_count];
    *kept = (kept_error){ .hash = ng_hash(ng_buffer_view(&work->key), error_seed),
                          .number = work->error_count };
    kept->error = (ng_score_error){ .is_missed = is_missed,
                                    .kind = (ng_score_class)span->kind,
                                    .document = id,
                                    .start = span->start,
                                    .end = span->end };
    after = after < CONTEXT_CHARACTERS ? after : CONTEXT_CHARACTERS;
    kept->error.text = copy_text(work, document, span->start, span->end);
    kept->error.context = copy_text(work, document, span->start - before, span->end + after);
    work->error_count++;
    return kept->error.text.data && kept->error.context.data
               ? NG_OK
               : ng_arena_status(&work->result->strings);
}

static int compare_hashes(const void *a, const void *b, void *user)
{
    const kept_error *one = a;
    const kept_error *two = b;

    (void)user;
    return one->hash == two->hash ? 0 : one->hash < two->hash ? -1 : 1;
}

static int compare_numbers(const void *a, const void *b, void *user)
{
    const kept_error *one = a;
    const kept_error *two = b;

    (void)user;
    return one->number < two->number ? -1 : one->number > two->number;
}

/* Chooses errors and puts them into the report. */
static ng_status choose_errors(scoring *work)
{
    scored *result = work->result;
    size_t count = work->error_count < work->error_limit ? work->error_count : work->error_limit;
    ng_score_error *chosen = NULL;
    ng_status status = ng_sort(work->cx, work->errors, work->error_count, sizeof *work->errors,
                               compare_hashes, NULL);

    if (status == NG_OK)
        status =
            ng_sort(work->cx, work->errors, count, sizeof *work->errors, compare_numbers, NULL);
    if (status != NG_OK)
        return status;
    chosen = ng_arena_array(work->cx, &result->strings, count + 1, sizeof *chosen);
    if (!chosen)
        return ng_arena_status(&result->strings);
    for (size_t i = 0; i < count; i++)
        chosen[i] = work->errors[i].error;
    result->report.has_errors = work->error_limit > 0;
    result->report.errors = chosen;
    result->report.error_count = count;
    return NG_OK;
}

/* ---- one document ---- */

/* The spans of gold that are scored, and those whose neighbourhood is not. */
static ng_status gather_gold(scoring *work, const ng_annotated_document *document)
{
    ng_status status = NG_OK;

    work->gold.count = 0;
    work->misc.count = 0;
    for (size_t i = 0; i < document->annotation_count && status == NG_OK; i++) {
        const ng_annotation *each = &document->annotations[i];

        if (ng_view_starts(each->type, NG_VIEW("MISC")))
            status = add_span(work->cx, &work->misc, (ng_scored_span){ each->start, each->end, 0 });
    }
    if (status == NG_OK)
        status = keep_spans(work->cx, document, &work->gold);
    for (size_t i = 0; i < work->gold.count && status == NG_OK; i++)
        ng_scored_trim(document, &work->gold.items[i]);
    if (status == NG_OK)
        status = ng_scored_sort(work->cx, work->gold.items, &work->gold.count);
    return status;
}

/* A predicted document has gold's text or none. */
static ng_status check_prediction(const scoring *work, const ng_annotated_document *document,
                                  const prediction *found)
{
    const predictions *all = &work->predicted;

    if (found->has_text && found->text_hash != ng_hash(document->text, text_seed))
        return ng_fail(work->cx, NG_E_DATA,
                       "%s:%llu: another text than at %s:%llu; offsets into it cannot be compared",
                       all->label, (unsigned long long)found->line, work->gold_label,
                       (unsigned long long)document->line);
    for (size_t i = found->first; i < found->first + found->count; i++)
        if (all->spans[i].end > document->character_count)
            return ng_fail(work->cx, NG_E_DATA,
                           "%s:%llu: a mention %lu-%lu, but the text at %s:%llu has %zu characters",
                           all->label, (unsigned long long)found->line,
                           (unsigned long)all->spans[i].start, (unsigned long)all->spans[i].end,
                           work->gold_label, (unsigned long long)document->line,
                           document->character_count);
    return NG_OK;
}

/* The predicted spans of a document of gold. */
static ng_status gather_predicted(scoring *work, const ng_annotated_document *document)
{
    const prediction *found = find_prediction(work, document);
    ng_status status = NG_OK;

    work->ours.count = 0;
    if (!found) {
        work->result->report.absent_count++;
        return NG_OK;
    }
    status = check_prediction(work, document, found);
    for (size_t i = 0; i < found->count && status == NG_OK; i++) {
        ng_scored_span span = work->predicted.spans[found->first + i];

        ng_scored_trim(document, &span);
        status = add_span(work->cx, &work->ours, span);
    }
    if (status == NG_OK)
        status = ng_scored_sort(work->cx, work->ours.items, &work->ours.count);
    if (status == NG_OK)
        status = ng_scored_drop(work->cx, work->ours.items, &work->ours.count, work->misc.items,
                                work->misc.count);
    return status;
}

/* What errors of a document call it. */
static ng_status name_document(scoring *work, const ng_annotated_document *document,
                               ng_view *name_out)
{
    ng_view id = document->id;
    ng_status status = NG_OK;

    if (!document->has_id) {
        work->key.size = 0;
        status =
            ng_buffer_add_unsigned(work->cx, &work->key, work->result->report.document_count + 1);
        id = ng_buffer_view(&work->key);
    }
    if (status == NG_OK)
        *name_out = ng_arena_copy(work->cx, &work->result->strings, id);
    if (status == NG_OK && !name_out->data)
        status = ng_arena_status(&work->result->strings);
    return status;
}

/* Which of two sorted lists is behind: < 0 the first, > 0 the second, 0 neither. */
static int compare_heads(const span_list *a, size_t i, const span_list *b, size_t j)
{
    const ng_scored_span *one = &a->items[i];
    const ng_scored_span *two = &b->items[j];

    if (i == a->count || j == b->count)
        return i == a->count ? 1 : -1;
    if (one->start != two->start)
        return one->start < two->start ? -1 : 1;
    if (one->end != two->end)
        return one->end < two->end ? -1 : 1;
    return one->kind == two->kind ? 0 : one->kind < two->kind ? -1 : 1;
}

/* Merges the two sets of a document. */
static ng_status compare_document(scoring *work, const ng_annotated_document *document)
{
    ng_view name = NG_VIEW_NONE;
    ng_status status = work->error_limit > 0 ? name_document(work, document, &name) : NG_OK;

    for (size_t i = 0, j = 0; (i < work->gold.count || j < work->ours.count) && status == NG_OK;) {
        int order = compare_heads(&work->gold, i, &work->ours, j);
        const ng_scored_span *span = order <= 0 ? &work->gold.items[i] : &work->ours.items[j];

        work->counts[span->kind][COUNT_HIT] += order == 0;
        work->counts[span->kind][COUNT_GOLD] += order <= 0;
        work->counts[span->kind][COUNT_PREDICTED] += order >= 0;
        i += order <= 0;
        j += order >= 0;
        if (order != 0 && work->error_limit > 0)
            status = keep_error(work, document, name, span, order < 0);
    }
    return status;
}

/* ---- the whole ---- */

static double share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0;
}

/* The order of the operations decides the last bit, and so now and then a printed digit. */
static void finish_row(const uint64_t counts[3], ng_score_row *row)
{
    double precision = share(counts[COUNT_HIT], counts[COUNT_PREDICTED]);
    double recall = share(counts[COUNT_HIT], counts[COUNT_GOLD]);
    double sum = precision + recall;

    row->hit_count = counts[COUNT_HIT];
    row->gold_count = counts[COUNT_GOLD];
    row->predicted_count = counts[COUNT_PREDICTED];
    row->precision = 100 * precision;
    row->recall = 100 * recall;
    row->f1 = sum > 0 ? 200 * precision * recall / sum : 0;
}

static void finish_rows(scoring *work)
{
    for (size_t i = 0; i < 3; i++)
        work->counts[NG_SCORE_PERSON_PLACE][i] =
            work->counts[NG_SCORE_PERSON][i] + work->counts[NG_SCORE_PLACE][i];
    for (size_t i = 0; i < NG_SCORE_CLASS_COUNT; i++)
        finish_row(work->counts[i], &work->result->report.rows[i]);
}

/* Scores one document of gold. */
static ng_status score_document(scoring *work, const ng_annotated_document *document)
{
    ng_status status = NG_OK;

    if (!document->has_text)
        return ng_fail(work->cx, NG_E_DATA, "%s:%llu: no \"text\"; gold needs it", work->gold_label,
                       (unsigned long long)document->line);
    status = gather_gold(work, document);
    if (status == NG_OK)
        status = gather_predicted(work, document);
    if (status == NG_OK)
        status = compare_document(work, document);
    work->result->report.document_count++;
    return status;
}

/* Files that are paired by order have as many documents. */
static ng_status check_counts(const scoring *work, bool gold_has_ids)
{
    uint64_t gold_count = work->result->report.document_count;
    size_t count = work->predicted.count;

    if ((gold_has_ids && work->predicted.has_ids) || count == 0 || gold_count == 0 ||
        count == gold_count)
        return NG_OK;
    return ng_fail(
        work->cx, NG_E_DATA,
        "%s: as many documents as in %s are needed (%llu, not %zu): without ids they are "
        "paired by their order",
        work->predicted.label, work->gold_label, (unsigned long long)gold_count, count);
}

/* Remarks on what may be a mistake. */
static void remark(const scoring *work)
{
    const predictions *all = &work->predicted;

    if (work->result->report.document_count == 0)
        ng_warn(work->cx, "%s: no document", work->gold_label);
    if (all->count == 0)
        ng_warn(work->cx, "%s: no document", all->label);
    if (all->repeated_count > 0)
        ng_warn(work->cx, "%s: ids that stand there again: %llu; the last document of each counts",
                all->label, (unsigned long long)all->repeated_count);
}

/* Reads gold and scores it as it goes by. */
static ng_status score_gold(scoring *work, const char *path)
{
    ng_annotated *file = NULL;
    const ng_annotated_document *document = NULL;
    bool has_ids = false;
    ng_status status = ng_annotated_open(work->cx, path, NG_ENTITIES_FIRST, &file);

    if (status != NG_OK)
        return status;
    work->gold_label = ng_annotated_label(file);
    do {
        status = ng_annotated_next(work->cx, file, &document);
        if (status != NG_OK || !document)
            break;
        has_ids = document->has_id;
        status = score_document(work, document);
    } while (status == NG_OK);
    if (status == NG_OK)
        status = check_counts(work, has_ids);
    ng_annotated_close(work->cx, file);
    return status;
}

static void destroy_scoring(scoring *work)
{
    destroy_predictions(work->cx, &work->predicted);
    ng_free(work->cx, work->gold.items);
    ng_free(work->cx, work->ours.items);
    ng_free(work->cx, work->misc.items);
    ng_free(work->cx, work->errors);
    ng_buffer_destroy(work->cx, &work->key);
    if (work->result)
        ng_score_free(&work->result->report);
}

ng_status ng_score(ng_ctx *cx, const char *gold_path, const char *predicted_path,
                   size_t error_limit, ng_score_report **report_out)
{
    scoring work = { .cx = cx, .error_limit = error_limit };
    ng_status status = NG_OK;

    ng_buffer_init(&work.key, SIZE_MAX / 4);
    work.result = ng_alloc(cx, sizeof *work.result);
    if (!work.result)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a score");
    *work.result = (scored){ .cx = cx };
    ng_arena_init(&work.result->strings, SIZE_MAX);
    status = read_predictions(cx, predicted_path, &work.predicted);
    if (status == NG_OK)
        status = score_gold(&work, gold_path);
    if (status == NG_OK)
        status = choose_errors(&work);
    if (status == NG_OK) {
        finish_rows(&work);
        remark(&work);
        *report_out = &work.result->report;
        work.result = NULL;
    }
    destroy_scoring(&work);
    return status;
}

void ng_score_free(ng_score_report *report)
{
    scored *result = (scored *)report; /* its first member */
    ng_ctx *cx = NULL;

    if (!report)
        return;
    cx = result->cx;
    ng_arena_destroy(cx, &result->strings);
    ng_free(cx, result);
}
