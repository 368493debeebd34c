/* What the trainer sees of a text: the same words, stretches, features and candidates as the finder
 * works with. */
#include "tagger_internal.h"

/* The neighbours of each token of the stretches as keys. */
static void fill_keys(const ng_reading *reading, const ng_stretches *stretches,
                      uint32_t (*keys)[NG_OFFSET_COUNT])
{
    for (size_t s = 0; s < stretches->count; s++) {
        const ng_stretch *stretch = &stretches->items[s];
        const ng_sentence *sentence =
            &reading->text->sentences[reading->text->tokens[stretch->first].sentence];

        for (uint32_t token = stretch->first; token < stretch->end; token++) {
            uint32_t *key = keys[stretch->at + (token - stretch->first)];

            for (uint32_t o = 0; o < NG_OFFSET_COUNT; o++) {
                uint32_t other = token + o - NG_OFFSET_SELF;
                bool is_there = token + o >= sentence->first_token + NG_OFFSET_SELF &&
                                other < sentence->end_token;

                key[o] = is_there ? reading->ids[other] * NG_MODE_COUNT +
                                        (uint32_t)ng_case_mode_of(reading, other)
                                  : NG_NO_KEY;
            }
        }
    }
}

/* Lays the features of all places end to end. */
static ng_status join_places(ng_ctx *cx, ng_arena *arena, const ng_features *places, size_t count,
                             ng_lesson *lesson)
{
    size_t total = 0;
    uint64_t *joined = NULL;
    uint32_t *first = ng_arena_array(cx, arena, count + 1, sizeof *first);

    for (size_t t = 0; t < count; t++)
        total += places[t].count;
    joined = ng_arena_array(cx, arena, total + 1, sizeof *joined);
    if (!first || !joined)
        return ng_arena_status(arena);
    for (size_t t = 0; t < count; t++) {
        memcpy(joined + first[t], places[t].items, places[t].count * sizeof *joined);
        first[t + 1] = first[t] + (uint32_t)places[t].count;
    }
    lesson->places = joined;
    lesson->place_first = first;
    return NG_OK;
}

ng_status ng_lesson_make(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena, const ng_text *text,
                         ng_lesson *lesson_out)
{
    ng_reading reading;
    ng_stretches stretches = { 0 };
    ng_features *places = NULL;
    uint32_t(*keys)[NG_OFFSET_COUNT] = NULL;
    ng_status status = ng_reading_make(cx, scratch, arena, text, &reading);

    if (status == NG_OK)
        status = ng_stretches_find(cx, arena, &reading, &stretches);
    if (status == NG_OK)
        status = ng_place_features_make(cx, arena, scratch, &reading, &stretches, &places);
    if (status != NG_OK)
        return status;
    keys = ng_arena_array(cx, arena, stretches.token_count + 1, sizeof *keys);
    if (!keys)
        return ng_arena_status(arena);
    fill_keys(&reading, &stretches, keys);
    *lesson_out = (ng_lesson){ .stretches = stretches.items,
                               .stretch_count = stretches.count,
                               .token_count = stretches.token_count,
                               .generation = scratch->generation,
                               .keys = (const uint32_t(*)[NG_OFFSET_COUNT])keys };
    return join_places(cx, arena, places, stretches.token_count, lesson_out);
}

size_t ng_lesson_features(const ng_scratch *scratch, const ng_word_classes *classes, uint32_t key,
                          uint64_t hashes_out[NG_KEY_FEATURES_MAX])
{
    ng_features features;

    _Static_assert((int)NG_FEATURE_HASHES_MAX <= (int)NG_KEY_FEATURES_MAX, "the hashes fit");
    ng_type_features_make(classes, &ng_lexicon_types(scratch->lexicon)[key / NG_MODE_COUNT],
                          (ng_case_mode)(key % NG_MODE_COUNT), &features);
    memcpy(hashes_out, features.items, features.count * sizeof *hashes_out);
    return features.count;
}

/* Copies what was collected about a candidate into its option. */
static ng_status add_evidence(ng_ctx *cx, ng_arena *arena, const ng_evidence *parts, size_t count,
                              ng_option *option)
{
    size_t total = 0;
    uint16_t *features = NULL;

    for (size_t i = 0; i < count; i++)
        total += parts[i].count;
    features = ng_arena_alloc(cx, arena, (total + 1) * sizeof *features);
    if (!features)
        return ng_arena_status(arena);
    option->features = features;
    option->feature_count = total;
    for (size_t i = 0; i < count; features += parts[i++].count)
        memcpy(features, parts[i].items, parts[i].count * sizeof *features);
    return NG_OK;
}

ng_status ng_lesson_options(ng_ctx *cx, const ng_finder *finder, ng_scratch *scratch,
                            ng_arena *arena, const ng_text *text, const ng_option **options_out,
                            size_t *count_out)
{
    ng_reading reading;
    ng_candidates candidates;
    ng_memory *memory = NULL;
    ng_option *options = NULL;
    ng_status status = ng_spans_prepare(cx, finder, scratch, arena, text, &reading, &candidates);

    if (status == NG_OK)
        status = ng_candidates_choose(cx, ng_finder_model(finder), arena, &candidates);
    if (status == NG_OK)
        status = ng_memory_make(cx, arena, scratch, &reading, &candidates, &memory);
    if (status != NG_OK)
        return status;
    options = ng_arena_array(cx, arena, candidates.count + 1, sizeof *options);
    if (!options)
        return ng_arena_status(arena);
    for (size_t i = 0; i < candidates.count && status == NG_OK; i++) {
        const ng_candidate *candidate = &candidates.items[i];
        ng_evidence parts[3] = { { .count = 0 } };

        options[i] = (ng_option){ .first = candidate->first,
                                  .end = candidate->end,
                                  .is_caseless = candidate->is_caseless,
                                  .other = candidate->is_demonym ? NG_DEMONYM_SCORE : 0 };
        memcpy(options[i].odds, candidate->odds, sizeof options[i].odds);
        ng_evidence_collect(&reading, candidate, &parts[0]);
        ng_memory_collect(memory, &reading, candidate, &parts[1]);
        if (candidate->hint)
            parts[2].items[parts[2].count++] =
                (uint16_t)ng_pattern_feature((uint8_t)(candidate->hint - 1));
        status = add_evidence(cx, arena, parts, 3, &options[i]);
    }
    *options_out = options;
    *count_out = candidates.count;
    return status;
}

void ng_span_expectation(size_t feature, int16_t weights_out[NG_SPAN_COUNT])
{
    static const int16_t expected[NG_FEATURE_COUNT][NG_SPAN_COUNT] = {
#define NG_FEATURE(name, person, place, organization) { person, place, organization },
#include "features.inc"
#undef NG_FEATURE
    };

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        weights_out[kind] = feature < NG_FEATURE_COUNT ? expected[feature][kind] : 0;
}

size_t ng_span_feature_count(void)
{
    return NG_SPAN_FEATURE_COUNT;
}
