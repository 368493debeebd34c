/* Paragraphs that stand in many documents: "The Lima Times is printed in Lima, Peru, by ...".
 *
 * Each document is noted in the order of the inputs: of each of its paragraphs a hash and in how
 * many documents it stood. A document most of whose text was seen before is a copy of another; its
 * paragraphs are no boilerplate for standing in both. In all others a paragraph that was noted
 * often enough is.
 *
 * Memory is bounded: of MOST_PARAGRAPHS those that stood in one document alone are forgotten, then
 * those that stood in two, until half of the room is free. */
#include "run_internal.h"

#include <assert.h>

enum { MOST_PARAGRAPHS = 1 << 20, COPY_PERCENT = 80 };

typedef struct paragraph_count {
    uint32_t documents;
    uint64_t last; /* document that was counted last */
} paragraph_count;

struct ng_repeats {
    uint32_t least; /* documents that make a paragraph boilerplate */
    uint64_t document_count;
    ng_table *hashes;
    paragraph_count *counts;
    size_t capacity;
};

ng_status ng_repeats_new(ng_ctx *cx, uint32_t least, ng_repeats **repeats_out)
{
    ng_repeats *repeats = ng_alloc(cx, sizeof *repeats);
    ng_status status = NG_OK;

    if (!repeats)
        return ng_fail(cx, NG_E_MEMORY, "no memory for repeated paragraphs");
    *repeats = (ng_repeats){ .least = least };
    status = ng_table_new(cx, MOST_PARAGRAPHS, &repeats->hashes);
    if (status == NG_OK)
        *repeats_out = repeats;
    else
        ng_repeats_free(cx, repeats);
    return status;
}

void ng_repeats_free(ng_ctx *cx, ng_repeats *repeats)
{
    if (!repeats)
        return;
    ng_table_free(cx, repeats->hashes);
    ng_free(cx, repeats->counts);
    ng_free(cx, repeats);
}

/* Keeps the paragraphs of at least `documents` documents; how many there are. */
static ng_status keep(ng_ctx *cx, ng_repeats *repeats, const uint64_t *keys, uint32_t documents,
                      size_t *count_out)
{
    size_t count = ng_table_count(repeats->hashes);
    ng_table *kept = NULL;
    size_t kept_count = 0;
    ng_status status = ng_table_new(cx, MOST_PARAGRAPHS, &kept);

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        uint32_t index = 0;
        bool is_new = false;

        if (repeats->counts[i].documents < documents)
            continue;
        status = ng_table_add(cx, kept, keys[i], &index, &is_new);
        repeats->counts[kept_count++] = repeats->counts[i];
        assert(status != NG_OK || index + 1 == kept_count);
    }
    if (status != NG_OK) {
        ng_table_free(cx, kept);
        return status;
    }
    ng_table_free(cx, repeats->hashes);
    repeats->hashes = kept;
    *count_out = kept_count;
    return NG_OK;
}

/* Makes room when there is none. */
static ng_status forget_some(ng_ctx *cx, ng_repeats *repeats)
{
    size_t count = ng_table_count(repeats->hashes);
    uint64_t *keys = NULL;
    ng_status status = NG_OK;

    for (uint32_t documents = 2; status == NG_OK && count > MOST_PARAGRAPHS / 2; documents *= 2) {
        keys = ng_alloc(cx, (count + 1) * sizeof *keys);
        if (!keys)
            return ng_fail(cx, NG_E_MEMORY, "no memory for repeated paragraphs");
        ng_table_keys(repeats->hashes, keys);
        status = keep(cx, repeats, keys, documents, &count);
        ng_free(cx, keys);
    }
    return status;
}

/* The place of a paragraph, new ones with no document. */
static ng_status add_hash(ng_ctx *cx, ng_repeats *repeats, uint64_t hash, uint32_t *index_out)
{
    bool is_new = false;
    ng_status status = ng_table_add(cx, repeats->hashes, hash, index_out, &is_new);

    if (status == NG_OK && is_new)
        status = ng_grow(cx, (void **)&repeats->counts, &repeats->capacity, sizeof *repeats->counts,
                         (size_t)*index_out + 1, MOST_PARAGRAPHS, "paragraphs");
    if (status == NG_OK && is_new)
        repeats->counts[*index_out] = (paragraph_count){ 0, 0 };
    return status;
}

/* One paragraph as it is kept. */
typedef struct kept_paragraph {
    uint64_t hash, last;
    uint64_t documents;
} kept_paragraph;

ng_status ng_repeats_put(ng_ctx *cx, const ng_repeats *repeats, ng_buffer *out)
{
    size_t count = ng_table_count(repeats->hashes);
    uint64_t *keys = ng_alloc(cx, (count + 1) * sizeof *keys);
    ng_status status = NG_OK;

    if (!keys)
        return ng_fail(cx, NG_E_MEMORY, "no memory for repeated paragraphs");
    ng_table_keys(repeats->hashes, keys);
    status = ng_buffer_add(cx, out,
                           (ng_view){ (const char *)&repeats->document_count, sizeof(uint64_t) });
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        kept_paragraph kept = { keys[i], repeats->counts[i].last, repeats->counts[i].documents };

        status = ng_buffer_add(cx, out, (ng_view){ (const char *)&kept, sizeof kept });
    }
    ng_free(cx, keys);
    return status;
}

ng_status ng_repeats_take(ng_ctx *cx, ng_repeats *repeats, ng_view bytes)
{
    ng_status status = NG_OK;

    if (bytes.size < sizeof(uint64_t) || (bytes.size - sizeof(uint64_t)) % sizeof(kept_paragraph))
        return ng_fail(cx, NG_E_DATA, "damaged");
    memcpy(&repeats->document_count, bytes.data, sizeof(uint64_t));
    for (size_t at = sizeof(uint64_t); at < bytes.size && status == NG_OK;
         at += sizeof(kept_paragraph)) {
        kept_paragraph kept;
        uint32_t index = 0;

        memcpy(&kept, bytes.data + at, sizeof kept);
        if (kept.hash == UINT64_MAX)
            return ng_fail(cx, NG_E_DATA, "damaged");
        status = add_hash(cx, repeats, kept.hash, &index);
        if (status == NG_OK)
            repeats->counts[index] = (paragraph_count){ (uint32_t)kept.documents, kept.last };
    }
    return status;
}

/* Is most of the document's text known? */
static bool is_copy(const ng_repeats *repeats, const ng_paragraph *paragraphs, size_t count)
{
    uint64_t words = 0;
    uint64_t known = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t index = 0;

        words += paragraphs[i].words;
        if (ng_table_find(repeats->hashes, paragraphs[i].hash, &index))
            known += paragraphs[i].words;
    }
    return words > 0 && known * 100 >= words * COPY_PERCENT;
}

/* Counts a paragraph once for the document. */
static ng_status count_paragraph(ng_ctx *cx, ng_repeats *repeats, uint64_t hash, bool is_repeat)
{
    uint32_t index = 0;
    paragraph_count *counted = NULL;
    ng_status status = add_hash(cx, repeats, hash, &index);

    if (status != NG_OK)
        return status;
    counted = &repeats->counts[index];
    if (counted->documents == 0 || (is_repeat && counted->last != repeats->document_count))
        *counted = (paragraph_count){ counted->documents + 1, repeats->document_count };
    return NG_OK;
}

ng_status ng_repeats_note(ng_ctx *cx, ng_repeats *repeats, const ng_paragraph *paragraphs,
                          size_t count, bool *is_copy_out)
{
    ng_status status = NG_OK;

    *is_copy_out = is_copy(repeats, paragraphs, count);
    repeats->document_count++;
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (paragraphs[i].hash == 0)
            continue;
        if (ng_table_count(repeats->hashes) >= MOST_PARAGRAPHS - 1)
            status = forget_some(cx, repeats);
        if (status == NG_OK)
            status = count_paragraph(cx, repeats, paragraphs[i].hash, !*is_copy_out);
    }
    return status;
}

bool ng_repeats_has(const ng_repeats *repeats, const ng_paragraph *paragraph)
{
    uint32_t index = 0;

    return paragraph->is_prose && ng_table_find(repeats->hashes, paragraph->hash, &index) &&
           repeats->counts[index].documents >= repeats->least;
}
