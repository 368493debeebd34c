/* Finding: words, stretches, the tagger, candidates, a first choice, what the document says, the
 * choice. */
#include "tagger_internal.h"

enum { MODEL_BYTES_MAX = 1 << 30 };

struct ng_finder {
    const ng_names *names;
    ng_patterns *patterns;
    const ng_model *model;
    ng_model *own_model; /* or NULL */
    ng_buffer file;
};

ng_status ng_finder_new_with(ng_ctx *cx, const ng_names *names, const ng_model *model,
                             ng_finder **finder_out)
{
    ng_finder *finder = ng_alloc(cx, sizeof *finder);
    ng_status status;

    if (!finder)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the finder of names");
    *finder = (ng_finder){ .names = names, .model = model };
    ng_buffer_init(&finder->file, (size_t)MODEL_BYTES_MAX + 1);
    status = ng_patterns_new(cx, names, &finder->patterns);
    if (status == NG_OK)
        *finder_out = finder;
    else
        ng_finder_free(cx, finder);
    return status;
}

/* Opens the model of a file, or the one that is built in. */
static ng_status open_model(ng_ctx *cx, const char *path, ng_finder *finder)
{
    ng_view built_in = { ng_model_built_in, (size_t)(ng_model_built_in_end - ng_model_built_in) };
    ng_status status = NG_OK;

    if (!path) {
        status = ng_model_use(cx, built_in, &finder->own_model);
    } else {
        status = ng_file_read(cx, path, MODEL_BYTES_MAX, "the limit of models", &finder->file);
        if (status == NG_OK)
            status = ng_model_open(cx, ng_buffer_view(&finder->file), path, &finder->own_model);
    }
    finder->model = finder->own_model;
    return status;
}

ng_status ng_finder_new(ng_ctx *cx, const ng_names *names, const char *model_path,
                        ng_finder **finder_out)
{
    ng_finder *finder = NULL;
    ng_status status = ng_finder_new_with(cx, names, NULL, &finder);

    if (status == NG_OK)
        status = open_model(cx, model_path, finder);
    if (status == NG_OK)
        *finder_out = finder;
    else
        ng_finder_free(cx, finder);
    return status;
}

void ng_finder_free(ng_ctx *cx, ng_finder *finder)
{
    if (!finder)
        return;
    ng_patterns_free(cx, finder->patterns);
    ng_model_close(cx, finder->own_model);
    ng_buffer_destroy(cx, &finder->file);
    ng_free(cx, finder);
}

const ng_model *ng_finder_model(const ng_finder *finder)
{
    return finder->model;
}

const char *ng_finder_model_hash(const ng_finder *finder)
{
    return ng_model_hash_of(finder->model);
}

const ng_names *ng_finder_names(const ng_finder *finder)
{
    return finder->names;
}

/* Scores all candidates by themselves. */
static void score_all(const ng_model *model, const ng_reading *reading,
                      const ng_candidates *candidates)
{
    ng_evidence evidence;

    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];
        ng_evidence_collect(reading, candidate, &evidence);
        ng_evidence_begin(model, candidate);
        ng_evidence_score(model, &evidence, candidate);
        candidate->is_demonym = ng_label_is_demonym(reading, candidate);
    }
}

/* Adds what the document says. */
static void score_again(const ng_model *model, const ng_reading *reading, const ng_memory *memory,
                        const ng_candidates *candidates)
{
    ng_evidence evidence;

    for (size_t i = 0; i < candidates->count; i++) {
        ng_memory_collect(memory, reading, &candidates->items[i], &evidence);
        ng_evidence_score(model, &evidence, &candidates->items[i]);
    }
}

ng_status ng_spans_prepare(ng_ctx *cx, const ng_finder *finder, ng_scratch *scratch,
                           ng_arena *arena, const ng_text *text, ng_reading *reading_out,
                           ng_candidates *candidates_out)
{
    ng_stretches stretches;
    ng_tagging tagging;
    ng_status status = ng_reading_make(cx, scratch, arena, text, reading_out);

    if (status == NG_OK)
        status = ng_stretches_find(cx, arena, reading_out, &stretches);
    if (status == NG_OK)
        status = ng_tagging_make(cx, scratch, arena, reading_out, &stretches, &tagging);
    if (status == NG_OK)
        status = ng_candidates_list(cx, arena, reading_out, &stretches, &tagging, candidates_out);
    if (status != NG_OK)
        return status;
    score_all(finder->model, reading_out, candidates_out);
    return ng_rules_apply(cx, finder->model, finder->patterns, arena, reading_out, candidates_out);
}

ng_status ng_spans_find(ng_ctx *cx, const ng_finder *finder, ng_scratch *scratch, ng_arena *arena,
                        const ng_text *text, ng_spans *spans_out)
{
    ng_reading reading;
    ng_candidates candidates;
    ng_memory *memory = NULL;
    ng_status status = ng_spans_prepare(cx, finder, scratch, arena, text, &reading, &candidates);

    if (status == NG_OK)
        status = ng_candidates_choose(cx, finder->model, arena, &candidates);
    if (status == NG_OK)
        status = ng_memory_make(cx, arena, scratch, &reading, &candidates, &memory);
    if (status != NG_OK)
        return status;
    score_again(finder->model, &reading, memory, &candidates);
    status = ng_candidates_choose(cx, finder->model, arena, &candidates);
    if (status == NG_OK)
        status = ng_memory_agree(cx, arena, &candidates);
    if (status == NG_OK)
        status = ng_candidates_weigh(cx, finder->model, arena, &candidates);
    if (status == NG_OK)
        status = ng_rules_ignore(cx, &reading, &candidates);
    if (status != NG_OK)
        return status;
    status = ng_choice_amend(cx, &reading, &candidates);
    if (status != NG_OK)
        return status;
    ng_namesakes_tell(&reading, &candidates);
    return ng_label_spans(cx, arena, &reading, &candidates, spans_out);
}
