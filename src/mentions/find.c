/* Finding: words, candidates, scores, a first choice, what the document says, the choice. */
#include "mentions_internal.h"

struct ng_finder {
    const ng_names *names;
    ng_patterns *patterns;
};

ng_status ng_finder_new(ng_ctx *cx, const ng_names *names, ng_finder **finder_out)
{
    ng_finder *finder = ng_alloc(cx, sizeof *finder);
    ng_status status;

    if (!finder)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the finder of names");
    *finder = (ng_finder){ .names = names };
    status = ng_patterns_new(cx, names, &finder->patterns);
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
    ng_free(cx, finder);
}

/* Scores all candidates by themselves. */
static void score_all(const ng_reading *reading, const ng_candidates *candidates)
{
    ng_evidence evidence;

    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];
        ng_evidence_collect(reading, candidate, &evidence);
        ng_evidence_score(&evidence, candidate);
        candidate->is_demonym = ng_label_is_demonym(reading, candidate);
    }
}

/* Adds what the document says. */
static void score_again(const ng_reading *reading, const ng_memory *memory,
                        const ng_candidates *candidates)
{
    ng_evidence evidence;

    for (size_t i = 0; i < candidates->count; i++) {
        ng_memory_collect(memory, reading, &candidates->items[i], &evidence);
        ng_evidence_score(&evidence, &candidates->items[i]);
    }
}

ng_status ng_spans_find(ng_ctx *cx, const ng_finder *finder, ng_arena *arena, const ng_text *text,
                        ng_spans *spans_out)
{
    ng_reading reading;
    ng_candidates candidates;
    ng_memory *memory = NULL;
    ng_status status = ng_reading_make(cx, finder->names, arena, text, &reading);

    if (status == NG_OK)
        status = ng_candidates_list(cx, arena, &reading, &candidates);
    if (status != NG_OK)
        return status;
    score_all(&reading, &candidates);
    status = ng_rules_apply(cx, finder->patterns, arena, &reading, &candidates);
    if (status == NG_OK)
        status = ng_candidates_choose(cx, arena, text->token_count, &candidates);
    if (status == NG_OK)
        status = ng_memory_make(cx, arena, &reading, &candidates, &memory);
    if (status != NG_OK)
        return status;
    score_again(&reading, memory, &candidates);
    status = ng_candidates_choose(cx, arena, text->token_count, &candidates);
    if (status == NG_OK)
        status = ng_memory_agree(cx, arena, &candidates);
    if (status == NG_OK)
        status = ng_rules_ignore(cx, &reading, &candidates);
    if (status == NG_OK)
        status = ng_label_spans(cx, arena, &reading, &candidates, spans_out);
    return status;
}
