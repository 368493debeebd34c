/* What one thread remembers from document to document: the lexicon, what is known of each word type
 * (words.c), the rows of the tagger (tagger.c), and, for the document at hand, how often each word
 * stands with and without a capital.
 *
 * Two types are twins when they are one word but for the case of its letters. */
#include "tagger_internal.h"

ng_status ng_scratch_new(ng_ctx *cx, const ng_finder *finder, ng_scratch **scratch_out)
{
    ng_scratch *scratch = ng_alloc(cx, sizeof *scratch);
    ng_status status = NG_OK;

    if (!scratch)
        return ng_fail(cx, NG_E_MEMORY, "no memory for words");
    *scratch = (ng_scratch){ .model = ng_finder_model(finder) };
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
    ng_free(cx, scratch->words);
    ng_free(cx, scratch->twin_of);
    ng_free(cx, scratch->twins);
    for (size_t mode = 0; mode < NG_MODE_COUNT; mode++)
        ng_free(cx, scratch->row_of[mode]);
    ng_free(cx, scratch->rows);
    ng_free(cx, scratch);
}

/* Makes room for what is kept of `count` types. */
static ng_status make_room(ng_ctx *cx, ng_scratch *scratch, size_t count)
{
    size_t before = scratch->capacity, room = before;
    ng_status status = ng_grow(cx, (void **)&scratch->words, &room, sizeof *scratch->words, count,
                               UINT32_MAX, "words");

    if (status != NG_OK || room == before)
        return status;
    room = before;
    status = ng_grow(cx, (void **)&scratch->twin_of, &room, sizeof *scratch->twin_of, count,
                     UINT32_MAX, "words");
    for (size_t mode = 0; mode < NG_MODE_COUNT && status == NG_OK; mode++) {
        room = before;
        status = ng_grow(cx, (void **)&scratch->row_of[mode], &room, sizeof *scratch->row_of[mode],
                         count, UINT32_MAX, "words");
    }
    if (status == NG_OK)
        scratch->capacity = room;
    return status;
}

/* The number that a type shares with its twins. */
static ng_status find_twin(ng_ctx *cx, ng_scratch *scratch, const ng_word_type *type,
                           uint32_t *twin_out)
{
    bool is_new = false;
    ng_status status =
        ng_table_add(cx, scratch->twin_ids, ng_key_add(0, type->written) >> 1, twin_out, &is_new);

    if (status != NG_OK || !is_new)
        return status;
    status = ng_grow(cx, (void **)&scratch->twins, &scratch->twin_capacity, sizeof *scratch->twins,
                     *twin_out + 1u, UINT32_MAX, "words");
    if (status == NG_OK)
        scratch->twins[*twin_out] = (ng_twin){ 0 };
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

/* True for a word that could be written with a capital to say that it is a name. */
static bool has_case(uint32_t flags)
{
    return (flags & NG_TOKEN_WORD) && !(flags & (NG_TOKEN_LINK | NG_TOKEN_POSSESSIVE));
}

/* Counts the words of a new document. */
static void count_twins(ng_scratch *scratch, const ng_text *text, const uint32_t *ids)
{
    scratch->document++;
    for (size_t t = 0; t < text->token_count; t++) {
        uint32_t flags = text->tokens[t].flags;
        ng_twin *twin = &scratch->twins[scratch->twin_of[ids[t]]];

        if (!has_case(flags))
            continue;
        if (twin->document != scratch->document)
            *twin = (ng_twin){ .document = scratch->document };
        if (!(flags & NG_TOKEN_CAPITAL))
            twin->small++;
        else if (!(flags & (NG_TOKEN_SENTENCE_START | NG_TOKEN_ALL_CAPS)))
            twin->capital++;
    }
}

ng_twin ng_scratch_twin(const ng_scratch *scratch, uint32_t id)
{
    const ng_twin *twin = &scratch->twins[scratch->twin_of[id]];

    return twin->document == scratch->document ? *twin : (ng_twin){ 0 };
}

ng_status ng_scratch_read(ng_ctx *cx, ng_scratch *scratch, const ng_text *text, uint32_t *ids,
                          const ng_word **words_out)
{
    size_t count = 0;
    const ng_word_type *types = NULL;
    ng_status status = ng_lexicon_read(cx, scratch->lexicon, text, ids);

    if (status == NG_OK)
        status = follow_generation(cx, scratch);
    if (status != NG_OK)
        return status;
    count = ng_lexicon_count(scratch->lexicon);
    types = ng_lexicon_types(scratch->lexicon);
    status = make_room(cx, scratch, count);
    for (; status == NG_OK && scratch->count < count; scratch->count++) {
        ng_word_read(&types[scratch->count], scratch->model ? &scratch->model->classes : NULL,
                     &scratch->words[scratch->count]);
        for (size_t mode = 0; mode < NG_MODE_COUNT; mode++)
            scratch->row_of[mode][scratch->count] = NG_NO_ROW;
        status = find_twin(cx, scratch, &types[scratch->count], &scratch->twin_of[scratch->count]);
    }
    if (status == NG_OK) {
        count_twins(scratch, text, ids);
        *words_out = scratch->words;
    }
    return status;
}
