/* The documents that are learned from. */
#include "trainer_internal.h"

enum {
    DOCUMENTS_MAX = 100000000,
    FEW_NAMES = 500 /* fewer in the gold: said */
};

/* How much a changed copy of a document counts. */
static const float copy_weight = 0.75f;

/* The id up to the last "~": what follows says how a copy of the document was changed. */
static ng_view original_id(ng_view id)
{
    for (size_t end = id.size; end > 0; end--)
        if (id.data[end - 1] == '~')
            return ng_view_part(id, 0, end - 1);
    return id;
}

/* FNV-1a of the original's id: a copy stays with its original. */
static uint32_t part_of(ng_view id, uint32_t part_count)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < id.size; i++)
        hash = (hash ^ (unsigned char)id.data[i]) * 1099511628211u;
    hash = (hash ^ hash >> 29) * 0x9E3779B97F4A7C15u; /* FNV leaves the last byte in a few bits */
    return (uint32_t)((hash >> 32) % part_count);
}

static int compare_spans(const void *a, const void *b, void *user)
{
    const ng_gold_span *x = a, *y = b;

    (void)user;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* Copies the annotations that are scored; of two that overlap the one that begins first, of two
 * that begin together the longer. */
static ng_status copy_spans(ng_ctx *cx, ng_corpus *corpus, const ng_annotated_document *from,
                            ng_gold_document *document)
{
    ng_gold_span *spans =
        ng_arena_array(cx, &corpus->memory, from->annotation_count + 1, sizeof *spans);
    size_t count = 0, kept = 0;
    ng_status status = NG_OK;

    if (!spans)
        return ng_arena_status(&corpus->memory);
    for (size_t i = 0; i < from->annotation_count; i++) {
        const ng_annotation *annotation = &from->annotations[i];
        ng_score_class kind = NG_SCORE_PERSON;

        if (annotation->is_demonym || annotation->start == annotation->end ||
            !ng_scored_kind(annotation->type, from->form, &kind))
            continue;
        spans[count++] = (ng_gold_span){ from->bytes_at[annotation->start],
                                         from->bytes_at[annotation->end], (uint8_t)kind };
    }
    status = ng_sort(cx, spans, count, sizeof *spans, compare_spans, NULL);
    for (size_t i = 0; status == NG_OK && i < count; i++)
        if (kept == 0 || spans[i].start >= spans[kept - 1].end)
            spans[kept++] = spans[i];
    document->spans = spans;
    document->span_count = kept;
    return status;
}

/* Remembers the id, and tells whether it is a copy's: its original stands before it. */
static ng_status tell_copy(ng_ctx *cx, ng_view id, ng_corpus *corpus, bool *is_copy_out)
{
    ng_view original = original_id(id);
    uint32_t index = 0;
    bool is_new = false;

    *is_copy_out =
        original.size < id.size && ng_table_find(corpus->ids, ng_hash(original, 0) >> 1, &index);
    return ng_table_add(cx, corpus->ids, ng_hash(id, 0) >> 1, &index, &is_new);
}

/* Adds one document. */
static ng_status add_document(ng_ctx *cx, const ng_train_options *options, bool is_gold,
                              const ng_annotated_document *from, ng_corpus *corpus)
{
    ng_gold_document document = { .is_gold = is_gold,
                                  .weight = is_gold ? 1.0f : (float)options->silver_weight };
    char number[24];
    ng_view id = from->id;
    ng_status status = ng_grow(cx, (void **)&corpus->documents, &corpus->capacity, sizeof document,
                               corpus->count + 1, DOCUMENTS_MAX, "documents");

    if (status != NG_OK)
        return status;
    if (!from->has_id) {
        int size = snprintf(number, sizeof number, "%zu", corpus->count);

        id = (ng_view){ number, (size_t)size };
    }
    status = tell_copy(cx, id, corpus, &document.is_copy);
    if (status != NG_OK)
        return status;
    document.part = part_of(document.is_copy ? original_id(id) : id, options->part_count);
    document.weight *= document.is_copy ? copy_weight : 1;
    document.text = ng_arena_copy(cx, &corpus->memory, from->text);
    if (!document.text.data)
        return ng_arena_status(&corpus->memory);
    status = copy_spans(cx, corpus, from, &document);
    if (status != NG_OK)
        return status;
    corpus->documents[corpus->count++] = document;
    corpus->gold_count += is_gold;
    return NG_OK;
}

/* Adds the documents of one file. */
static ng_status read_file(ng_ctx *cx, const ng_train_options *options, const char *path,
                           bool is_gold, ng_corpus *corpus)
{
    ng_annotated *file = NULL;
    ng_status status = ng_annotated_open(cx, path, NG_ENTITIES_FIRST, &file);

    while (status == NG_OK) {
        const ng_annotated_document *document = NULL;

        status = ng_annotated_next(cx, file, &document);
        if (status != NG_OK || !document)
            break;
        if (!document->has_text)
            status = ng_fail(cx, NG_E_DATA, "%s:%llu: a document without text",
                             ng_annotated_label(file), (unsigned long long)document->line);
        else
            status = add_document(cx, options, is_gold, document, corpus);
    }
    ng_annotated_close(cx, file);
    return status;
}

/* Refuses gold that nothing can be learned from. */
static ng_status check_gold(ng_ctx *cx, const ng_train_options *options, const ng_corpus *corpus)
{
    const char *path = options->gold_count > 0 ? options->gold_paths[0] : "gold";
    const char *others = options->gold_count > 1 ? " and the other files" : "";
    size_t name_count = 0;

    if (corpus->gold_count == 0)
        return ng_fail(cx, NG_E_DATA, "%s%s: no document to learn from", path, others);
    for (size_t d = 0; d < corpus->count; d++)
        if (corpus->documents[d].is_gold)
            name_count += corpus->documents[d].span_count;
    if (name_count > 0 && name_count < FEW_NAMES && options->verbose)
        ng_warn(cx, "%s%s: %zu name%s to learn from; expect little of a model of fewer than %d",
                path, others, name_count, name_count == 1 ? "" : "s", FEW_NAMES);
    if (name_count > 0)
        return NG_OK;
    return ng_fail(cx, NG_E_DATA,
                   "%s%s: no name to learn from; mark persons (PER), places (LOC, GPE) or "
                   "organizations (ORG)",
                   path, others);
}

ng_status ng_corpus_read(ng_ctx *cx, const ng_train_options *options, ng_corpus *corpus_out)
{
    ng_corpus corpus = { .count = 0 };
    ng_status status = NG_OK;

    ng_arena_init(&corpus.memory, SIZE_MAX);
    status = ng_table_new(cx, NG_NO_KEY - 1, &corpus.ids);
    if (status == NG_OK && options->classes_path)
        status = ng_classes_read(cx, &corpus.memory, options->classes_path, &corpus);
    for (size_t i = 0; i < options->gold_count && status == NG_OK; i++)
        status = read_file(cx, options, options->gold_paths[i], true, &corpus);
    for (size_t i = 0; i < options->silver_count && status == NG_OK; i++)
        status = read_file(cx, options, options->silver_paths[i], false, &corpus);
    if (status == NG_OK)
        status = check_gold(cx, options, &corpus);
    if (status == NG_OK)
        *corpus_out = corpus;
    else
        ng_corpus_destroy(cx, &corpus);
    return status;
}

void ng_corpus_destroy(ng_ctx *cx, ng_corpus *corpus)
{
    ng_arena_destroy(cx, &corpus->memory);
    ng_table_free(cx, corpus->ids);
    ng_free(cx, corpus->documents);
    *corpus = (ng_corpus){ .count = 0 };
}

const ng_gold_span *ng_gold_span_at(const ng_gold_document *document, uint32_t start, uint32_t end,
                                    size_t *next)
{
    while (*next < document->span_count && document->spans[*next].end <= start)
        ++*next;
    if (*next < document->span_count && document->spans[*next].start < end)
        return &document->spans[*next];
    return NULL;
}
