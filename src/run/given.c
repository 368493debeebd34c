/* Mentions that another program found, read before the documents: JSON lines with an id and the
 * spans, as `nergraph extract` writes them ("mentions") or as gold has them ("entities"). */
#include "run_internal.h"

#include "../training/training.h"

enum { GIVEN_MAX = 1 << 30 };

/* A mention as it stands in the file, in code points of its document's text. */
typedef struct file_mention {
    uint32_t start, end;
    uint8_t kind;
    bool is_demonym;
} file_mention;

typedef struct file_document {
    size_t first, count;
} file_document;

struct ng_given {
    ng_intern *ids; /* document ids; the number of an id is its place in `documents` */
    file_document *documents;
    size_t document_capacity;
    file_mention *mentions;
    size_t count, capacity;
};

/* The kind that a type means; false for types that are none of ours. */
static bool read_kind(const ng_annotation *annotation, ng_annotation_form form, uint8_t *kind_out)
{
    static const uint8_t kinds[] = { [NG_SCORE_PERSON] = NG_KIND_PERSON,
                                     [NG_SCORE_PLACE] = NG_KIND_PLACE,
                                     [NG_SCORE_ORGANIZATION] = NG_KIND_ORGANIZATION };
    ng_score_class found = NG_SCORE_PERSON;

    if (ng_view_equal(annotation->type, NG_VIEW("country")))
        *kind_out = NG_KIND_COUNTRY;
    else if (ng_view_equal(annotation->type, NG_VIEW("people")))
        *kind_out = NG_KIND_PEOPLE;
    else if (ng_scored_kind(annotation->type, form, &found))
        *kind_out = kinds[found];
    else
        return false;
    return true;
}

/* Adds the mentions of one document. */
static ng_status add_document(ng_ctx *cx, const ng_annotated *file,
                              const ng_annotated_document *from, ng_given *given)
{
    uint32_t number = 0;
    size_t known = ng_intern_count(given->ids);
    ng_status status = NG_OK;

    if (!from->has_id)
        return ng_fail(cx, NG_E_DATA, "%s:%llu: mentions without an \"id\" of their document",
                       ng_annotated_label(file), (unsigned long long)from->line);
    status = ng_intern_add(cx, given->ids, from->id, &number);
    if (status == NG_OK && number < known)
        return ng_fail(cx, NG_E_DATA, "%s:%llu: the document %.*s stands twice in the file",
                       ng_annotated_label(file), (unsigned long long)from->line,
                       (int)(from->id.size < 200 ? from->id.size : 200), from->id.data);
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&given->documents, &given->document_capacity,
                         sizeof *given->documents, (size_t)number + 1, GIVEN_MAX, "documents");
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&given->mentions, &given->capacity, sizeof *given->mentions,
                         given->count + from->annotation_count + 1, GIVEN_MAX, "mentions");
    if (status != NG_OK)
        return status;
    given->documents[number] = (file_document){ given->count, 0 };
    for (size_t i = 0; i < from->annotation_count; i++) {
        const ng_annotation *annotation = &from->annotations[i];
        file_mention mention = { .start = annotation->start,
                                 .end = annotation->end,
                                 .is_demonym = annotation->is_demonym };

        if (mention.start < mention.end && read_kind(annotation, from->form, &mention.kind))
            given->mentions[given->count++] = mention;
    }
    given->documents[number].count = given->count - given->documents[number].first;
    return NG_OK;
}

ng_status ng_given_read(ng_ctx *cx, const char *path, ng_given **given_out)
{
    ng_given *given = ng_alloc(cx, sizeof *given);
    ng_annotated *file = NULL;
    ng_status status = NG_OK;

    if (!given)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the mentions of %s", path);
    *given = (ng_given){ .count = 0 };
    status = ng_intern_new(cx, GIVEN_MAX, (size_t)GIVEN_MAX * 4, &given->ids);
    if (status == NG_OK)
        status = ng_annotated_open(cx, path, NG_MENTIONS_FIRST, &file);
    while (status == NG_OK) {
        const ng_annotated_document *document = NULL;

        status = ng_annotated_next(cx, file, &document);
        if (status != NG_OK || !document)
            break;
        status = add_document(cx, file, document, given);
    }
    ng_annotated_close(cx, file);
    if (status == NG_OK)
        *given_out = given;
    else
        ng_given_free(cx, given);
    return status;
}

void ng_given_free(ng_ctx *cx, ng_given *given)
{
    if (!given)
        return;
    ng_intern_free(cx, given->ids);
    ng_free(cx, given->documents);
    ng_free(cx, given->mentions);
    ng_free(cx, given);
}

static int compare_mentions(const void *a, const void *b, void *user)
{
    const ng_given_mention *x = a, *y = b;

    (void)user;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* Of every code point of the text the first byte, and its size at the end; NULL without memory. */
static const uint32_t *list_bytes(ng_ctx *cx, ng_job *job, ng_view text, size_t *count_out)
{
    size_t count = ng_utf8_count(text), at = 0;
    uint32_t *bytes = ng_arena_room(cx, &job->arena, count + 1, sizeof *bytes);

    for (size_t i = 0; bytes && i < count; i++) {
        size_t length = 0;

        bytes[i] = (uint32_t)at;
        ng_utf8_decode(text.data + at, text.size - at, &length);
        at += length;
    }
    if (bytes)
        bytes[count] = (uint32_t)text.size;
    *count_out = count;
    return bytes;
}

ng_status ng_given_of(ng_ctx *cx, const ng_given *given, ng_job *job,
                      const ng_given_mention **mentions_out, size_t *count_out)
{
    uint32_t number = 0;
    size_t characters = 0;
    const uint32_t *bytes = NULL;
    ng_given_mention *mentions = NULL;
    const file_document *document = NULL;
    ng_status status = NG_OK;

    *count_out = 0;
    if (!ng_intern_find(given->ids, job->document->id, &number))
        return NG_OK;
    document = &given->documents[number];
    bytes = list_bytes(cx, job, job->document->text, &characters);
    mentions = ng_arena_room(cx, &job->arena, document->count + 1, sizeof *mentions);
    if (!bytes || !mentions)
        return ng_arena_status(&job->arena);
    for (size_t i = 0; i < document->count; i++) {
        const file_mention *from = &given->mentions[document->first + i];

        if (from->end > characters)
            return ng_fail(cx, NG_E_DATA,
                           "a given mention ends at character %u, the text has %zu: are the "
                           "mentions of this text?",
                           from->end, characters);
        mentions[i] = (ng_given_mention){ .start = bytes[from->start] + job->offset_bytes,
                                          .end = bytes[from->end] + job->offset_bytes,
                                          .kind = from->kind,
                                          .is_demonym = from->is_demonym,
                                          .confidence = 1 };
    }
    status = ng_sort(cx, mentions, document->count, sizeof *mentions, compare_mentions, NULL);
    *mentions_out = mentions;
    *count_out = document->count;
    return status;
}
