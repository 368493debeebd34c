/* The corpus as numbers: each stretch of each document as a sequence of tokens with the types of
 * their neighbours, the features of their places, and tags. A type and each feature have an id, in
 * the order in which they are met. */
#include "trainer_internal.h"

/* Ids of the types of the lexicon's present generation. */
typedef struct key_ids {
    uint32_t *ids; /* by key: our id + 1, or 0 */
    size_t capacity;
    uint32_t generation;
} key_ids;

/* What the corpus is read with. */
typedef struct maker {
    ng_finder *finder;
    ng_scratch *scratch;
    key_ids keys;
    ng_table *type_table; /* hash of a type's features: our id */
    const ng_corpus *corpus;
    ng_lessons *lessons;
} maker;

#define ROOM(cx, array, capacity, wanted, what)                                                    \
    ng_grow(cx, (void **)&(array), &(capacity), sizeof *(array), wanted, UINT32_MAX, what)

/* The id of a feature. */
static ng_status feature_id(ng_ctx *cx, ng_lessons *lessons, uint64_t hash, uint32_t *id_out)
{
    bool is_new = false;
    size_t capacity = lessons->feature_capacity;
    ng_status status =
        ng_table_add(cx, lessons->features, hash == UINT64_MAX ? 0 : hash, id_out, &is_new);

    if (status != NG_OK || !is_new)
        return status;
    status = ROOM(cx, lessons->feature_hash, capacity, *id_out + 1u, "features");
    if (status == NG_OK) {
        capacity = lessons->feature_capacity;
        status = ROOM(cx, lessons->feature_seen, capacity, *id_out + 1u, "features");
    }
    if (status != NG_OK)
        return status;
    lessons->feature_capacity = capacity;
    lessons->feature_hash[*id_out] = hash;
    lessons->feature_seen[*id_out] = 0;
    return NG_OK;
}

/* Adds a type with its features. */
static ng_status add_type(ng_ctx *cx, ng_lessons *lessons, const uint64_t *hashes, size_t count)
{
    ng_status status =
        ROOM(cx, lessons->type_first, lessons->type_capacity, lessons->type_count + 2, "words");

    if (status == NG_OK)
        status = ROOM(cx, lessons->type_ids, lessons->type_id_capacity,
                      lessons->type_id_count + count, "features");
    for (size_t i = 0; status == NG_OK && i < count; i++)
        status = feature_id(cx, lessons, hashes[i], &lessons->type_ids[lessons->type_id_count++]);
    if (status != NG_OK)
        return status;
    lessons->type_first[0] = 0;
    lessons->type_first[++lessons->type_count] = (uint32_t)lessons->type_id_count;
    return NG_OK;
}

/* Our id of a key of the lesson at hand: types with the same features are one. */
static ng_status type_id(ng_ctx *cx, maker *m, uint32_t key, uint32_t *id_out)
{
    uint64_t hashes[NG_KEY_FEATURES_MAX], sum = 0;
    size_t count = 0;
    bool is_new = false;
    ng_status status = NG_OK;

    if (key >= m->keys.capacity) {
        size_t before = m->keys.capacity;

        status = ROOM(cx, m->keys.ids, m->keys.capacity, (size_t)key + 1, "words");
        if (status != NG_OK)
            return status;
        memset(m->keys.ids + before, 0, (m->keys.capacity - before) * sizeof *m->keys.ids);
    }
    if (m->keys.ids[key]) {
        *id_out = m->keys.ids[key] - 1;
        return NG_OK;
    }
    count = ng_lesson_features(m->scratch, &m->corpus->classes, key, hashes);
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ hashes[i]) * 0x9E3779B97F4A7C15u + i;
    status = ng_table_add(cx, m->type_table, sum >> 1, id_out, &is_new);
    if (status == NG_OK && is_new)
        status = add_type(cx, m->lessons, hashes, count);
    if (status == NG_OK)
        m->keys.ids[key] = *id_out + 1;
    return status;
}

/* Makes room for the tokens of a document. */
static ng_status make_room(ng_ctx *cx, ng_lessons *lessons, const ng_lesson *lesson)
{
    size_t wanted = lessons->token_count + lesson->token_count + 1;
    size_t capacity = lessons->token_capacity;
    ng_status status = ROOM(cx, lessons->types, capacity, wanted, "tokens");

    if (status == NG_OK && capacity != lessons->token_capacity) {
        size_t same = lessons->token_capacity;

        status = ROOM(cx, lessons->tags, same, wanted, "tokens");
        same = lessons->token_capacity;
        if (status == NG_OK)
            status = ROOM(cx, lessons->place_first, same, wanted, "tokens");
        if (status == NG_OK)
            lessons->token_capacity = capacity;
    }
    if (status == NG_OK)
        status =
            ROOM(cx, lessons->place_ids, lessons->place_capacity,
                 lessons->place_count + lesson->place_first[lesson->token_count] + 1, "features");
    return status;
}

/* Ends a sequence at the tokens so far. */
static ng_status end_sequence(ng_ctx *cx, ng_lessons *lessons, size_t document)
{
    size_t capacity = lessons->sequence_capacity;
    ng_status status =
        ROOM(cx, lessons->sequence_first, capacity, lessons->sequence_count + 2, "sentences");

    capacity = lessons->sequence_capacity;
    if (status == NG_OK)
        status = ROOM(cx, lessons->sequence_document, capacity, lessons->sequence_count + 2,
                      "sentences");
    if (status != NG_OK)
        return status;
    lessons->sequence_capacity = capacity;
    lessons->sequence_first[0] = 0;
    lessons->sequence_document[lessons->sequence_count] = (uint32_t)document;
    lessons->sequence_first[++lessons->sequence_count] = (uint32_t)lessons->token_count;
    return NG_OK;
}

/* Writes the tags of a stretch: a name counts when the stretch holds all of it. A token that two
 * names share belongs to the first. */
static void tag_stretch(const ng_gold_document *document, const ng_text *text,
                        const ng_stretch *stretch, size_t *next, uint8_t *tags)
{
    const ng_gold_span *last = NULL; /* that of the token before */

    for (uint32_t t = stretch->first; t < stretch->end; t++) {
        const ng_token *token = &text->tokens[t];
        const ng_gold_span *span = ng_gold_span_at(document, token->start, token->end, next);
        uint8_t begin = span ? (uint8_t)(2 * span->kind + 1) : NG_TAG_O;

        if (!span || span->start < text->tokens[stretch->first].start ||
            span->end > text->tokens[stretch->end - 1].end)
            tags[t - stretch->first] = NG_TAG_O;
        else
            tags[t - stretch->first] = span == last ? (uint8_t)(begin + 1) : begin;
        last = span;
    }
}

/* Adds the tokens of a stretch as one sequence, or several when it is long. */
static ng_status add_stretch(ng_ctx *cx, maker *m, const ng_lesson *lesson,
                             const ng_stretch *stretch, const uint8_t *tags, size_t document)
{
    ng_lessons *lessons = m->lessons;
    size_t count = stretch->end - stretch->first;
    ng_status status = NG_OK;

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        size_t from = stretch->at + i;

        for (size_t o = 0; o < NG_OFFSET_COUNT && status == NG_OK; o++) {
            lessons->types[lessons->token_count][o] = NG_NO_KEY;
            if (lesson->keys[from][o] != NG_NO_KEY)
                status =
                    type_id(cx, m, lesson->keys[from][o], &lessons->types[lessons->token_count][o]);
        }
        lessons->place_first[lessons->token_count] = (uint32_t)lessons->place_count;
        for (uint32_t p = lesson->place_first[from];
             p < lesson->place_first[from + 1] && status == NG_OK; p++)
            status = feature_id(cx, lessons, lesson->places[p],
                                &lessons->place_ids[lessons->place_count++]);
        lessons->tags[lessons->token_count++] = tags[i];
        lessons->place_first[lessons->token_count] = (uint32_t)lessons->place_count;
        if (status == NG_OK && (i + 1 == count || (i + 1) % NG_SEQUENCE_TOKENS_MAX == 0))
            status = end_sequence(cx, lessons, document);
    }
    return status;
}

/* Adds one document. */
static ng_status add_document(ng_ctx *cx, maker *m, ng_arena *arena, size_t number)
{
    const ng_gold_document *document = &m->corpus->documents[number];
    ng_text text;
    ng_lesson lesson;
    uint8_t *tags = NULL;
    size_t next = 0;
    ng_status status = ng_text_scan(cx, arena, document->text, NG_LESSON_SENTENCE_BYTES, &text);

    if (status == NG_OK)
        status = ng_lesson_make(cx, m->scratch, arena, &text, &lesson);
    if (status != NG_OK)
        return status;
    if (m->keys.generation != lesson.generation && m->keys.capacity > 0)
        memset(m->keys.ids, 0, m->keys.capacity * sizeof *m->keys.ids);
    m->keys.generation = lesson.generation;
    tags = ng_arena_array(cx, arena, lesson.token_count + 1, 1);
    if (!tags)
        return ng_arena_status(arena);
    status = make_room(cx, m->lessons, &lesson);
    for (size_t s = 0; s < lesson.stretch_count && status == NG_OK; s++) {
        const ng_stretch *stretch = &lesson.stretches[s];

        tag_stretch(document, &text, stretch, &next, tags + stretch->at);
        status = add_stretch(cx, m, &lesson, stretch, tags + stretch->at, number);
    }
    if (document->is_gold)
        m->lessons->lost_count += document->span_count;
    for (size_t t = 0; document->is_gold && t < lesson.token_count; t++)
        m->lessons->lost_count -= tags[t] % 2;
    return status;
}

/* Counts how often each feature is met. */
static void count_features(ng_lessons *lessons)
{
    for (size_t i = 0; i < lessons->token_count * NG_OFFSET_COUNT; i++) {
        uint32_t type = lessons->types[i / NG_OFFSET_COUNT][i % NG_OFFSET_COUNT];

        if (type == NG_NO_KEY)
            continue;
        for (uint32_t k = lessons->type_first[type]; k < lessons->type_first[type + 1]; k++)
            lessons->feature_seen[lessons->type_ids[k]]++;
    }
    for (size_t i = 0; i < lessons->place_count; i++)
        lessons->feature_seen[lessons->place_ids[i]]++;
}

ng_status ng_lessons_make(ng_ctx *cx, const ng_names *names, const ng_corpus *corpus,
                          ng_lessons *lessons_out)
{
    ng_lessons lessons = { .token_count = 0 };
    maker m = { .corpus = corpus, .lessons = &lessons };
    ng_arena arena;
    ng_status status = ng_finder_new_with(cx, names, NULL, &m.finder);

    ng_arena_init(&arena, SIZE_MAX);
    if (status == NG_OK)
        status = ng_scratch_new(cx, m.finder, &m.scratch);
    if (status == NG_OK)
        status = ng_table_new(cx, UINT32_MAX / 2, &lessons.features);
    if (status == NG_OK)
        status = ng_table_new(cx, UINT32_MAX / 2, &m.type_table);
    for (size_t d = 0; d < corpus->count && status == NG_OK; d++) {
        status = ng_ctx_is_cancelled(cx) ? ng_fail(cx, NG_E_LIMIT, "interrupted")
                                         : add_document(cx, &m, &arena, d);
        ng_arena_reset(cx, &arena);
    }
    if (status == NG_OK)
        count_features(&lessons);
    ng_arena_destroy(cx, &arena);
    ng_table_free(cx, m.type_table);
    ng_free(cx, m.keys.ids);
    ng_scratch_free(cx, m.scratch);
    ng_finder_free(cx, m.finder);
    if (status == NG_OK)
        *lessons_out = lessons;
    else
        ng_lessons_destroy(cx, &lessons);
    return status;
}

void ng_lessons_destroy(ng_ctx *cx, ng_lessons *lessons)
{
    void *owned[] = { lessons->types,       lessons->tags,           lessons->place_first,
                      lessons->place_ids,   lessons->sequence_first, lessons->sequence_document,
                      lessons->type_first,  lessons->type_ids,       lessons->feature_hash,
                      lessons->feature_seen };

    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        ng_free(cx, owned[i]);
    ng_table_free(cx, lessons->features);
    *lessons = (ng_lessons){ .token_count = 0 };
}
