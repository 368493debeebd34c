/* What one thread remembers from document to document: the lexicon, what is known of each word type
 * (words.c), the rows of the tagger (tagger.c), and, for the document at hand, how often each word
 * stands with and without a capital. What is known of a type lies side by side: most tokens are
 * done with after that one look.
 *
 * Two types are twins when they are one word but for the case of its letters. */
#include "tagger_internal.h"

/* The word classes of new types are asked for so many types ahead. */
enum { TYPES_AHEAD = 6 };

ng_status ng_scratch_new(ng_ctx *cx, const ng_finder *finder, ng_scratch **scratch_out)
{
    ng_scratch *scratch = ng_alloc(cx, sizeof *scratch);
    ng_status status = NG_OK;

    if (!scratch)
        return ng_fail(cx, NG_E_MEMORY, "no memory for words");
    memset(scratch, 0, sizeof *scratch);
    scratch->model = ng_finder_model(finder);
    status = ng_lexicon_new(cx, ng_finder_names(finder), &scratch->lexicon);
    if (status == NG_OK)
        status = ng_table_new(cx, UINT32_MAX / 2, &scratch->twin_ids);
    if (status == NG_OK)
        *scratch_out = scratch;
    else
        ng_scratch_free(cx, scratch);
    return status;
}

void ng_scratch_free(ng_ctx *cx, ng_scratch *scratch)
{
    if (!scratch)
        return;
    ng_lexicon_free(cx, scratch->lexicon);
    ng_table_free(cx, scratch->twin_ids);
    ng_free(cx, scratch->known);
    ng_free(cx, scratch->first_twins);
    ng_free(cx, scratch->rows);
    ng_free(cx, scratch);
}

/* The first type that is the same word but for case: itself when there was none. */
static ng_status find_twin(ng_ctx *cx, ng_scratch *scratch, const ng_word_type *type, uint32_t id,
                           uint32_t *twin_out)
{
    bool is_new = false;
    uint32_t number = 0;
    ng_status status =
        ng_table_add(cx, scratch->twin_ids, ng_key_add(0, type->written) >> 1, &number, &is_new);

    if (status == NG_OK && is_new) {
        status = ng_grow(cx, (void **)&scratch->first_twins, &scratch->twin_capacity,
                         sizeof *scratch->first_twins, number + 1u, UINT32_MAX, "words");
        if (status == NG_OK)
            scratch->first_twins[number] = id;
    }
    if (status == NG_OK)
        *twin_out = scratch->first_twins[number];
    return status;
}

/* Begins again when the lexicon has. */
static ng_status follow_generation(ng_ctx *cx, ng_scratch *scratch)
{
    if (scratch->generation == ng_lexicon_generation(scratch->lexicon))
        return NG_OK;
    scratch->generation = ng_lexicon_generation(scratch->lexicon);
    scratch->count = 0;
    scratch->row_count = 0;
    ng_table_free(cx, scratch->twin_ids);
    scratch->twin_ids = NULL;
    return ng_table_new(cx, UINT32_MAX / 2, &scratch->twin_ids);
}

ng_twin ng_scratch_twin(const ng_scratch *scratch, uint32_t id)
{
    const ng_known *first = &scratch->known[scratch->known[id].twin];

    return first->document == scratch->document ? first->counts : (ng_twin){ 0 };
}

/* Works out what is known of a new type. */
static ng_status add_known(ng_ctx *cx, ng_scratch *scratch, const ng_word_type *type)
{
    ng_known *known = &scratch->known[scratch->count];

    *known = (ng_known){ .document = 0 };
    ng_word_read(type, scratch->model ? &scratch->model->classes : NULL, &known->word);
    known->traits = ng_word_traits(type, &known->word);
    for (size_t mode = 0; mode < NG_MODE_COUNT; mode++)
        known->row_of[mode] = NG_NO_ROW;
    return find_twin(cx, scratch, type, (uint32_t)scratch->count, &known->twin);
}

ng_status ng_scratch_read(ng_ctx *cx, ng_scratch *scratch, const ng_text *text, uint32_t *ids)
{
    size_t count = 0;
    const ng_word_type *types = NULL;
    ng_status status = ng_lexicon_read(cx, scratch->lexicon, text, ids);

    if (status == NG_OK)
        status = follow_generation(cx, scratch);
    if (status != NG_OK)
        return status;
    scratch->document++;
    count = ng_lexicon_count(scratch->lexicon);
    types = ng_lexicon_types(scratch->lexicon);
    status = ng_grow(cx, (void **)&scratch->known, &scratch->capacity, sizeof *scratch->known,
                     count, UINT32_MAX, "words");
    for (; status == NG_OK && scratch->count < count; scratch->count += status == NG_OK) {
        if (scratch->model && scratch->count + TYPES_AHEAD < count)
            ng_word_class_fetch(&scratch->model->classes,
                                types[scratch->count + TYPES_AHEAD].folded);
        status = add_known(cx, scratch, &types[scratch->count]);
    }
    return status;
}
