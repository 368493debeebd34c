/* The best set of spans that do not overlap.
 *
 * A walk over the tokens keeps the best sum that ends before each token; a candidate leads from its
 * first token to its end. Each candidate enters with the kind that scores best, or as a demonym
 * with a fixed score. O(tokens + candidates). */
#include "mentions_internal.h"

enum { DEMONYM_SCORE = 260, KNOWN_SCORE = 100, NOTHING = -1 };

/* The kind a candidate would be taken for, and its score. */
static int32_t judge(ng_candidate *candidate)
{
    int32_t best = 0;

    candidate->best = NG_SCORE_NONE;
    for (uint8_t kind = 0; kind < NG_SCORE_COUNT; kind++) {
        if (candidate->score[kind] > best) {
            best = candidate->score[kind];
            candidate->best = kind;
        }
    }
    if (candidate->is_known && candidate->best == NG_SCORE_NONE) {
        best = KNOWN_SCORE;
        candidate->best = NG_SCORE_PERSON;
        for (uint8_t kind = 1; kind < NG_SCORE_COUNT; kind++)
            if (candidate->score[kind] > candidate->score[candidate->best])
                candidate->best = kind;
    }
    if (candidate->is_demonym && best < DEMONYM_SCORE) {
        best = DEMONYM_SCORE;
        candidate->best = NG_SCORE_DEMONYM;
    }
    return best;
}

ng_status ng_candidates_choose(ng_ctx *cx, ng_arena *arena, size_t token_count,
                               ng_candidates *candidates)
{
    int32_t *sum = ng_arena_array(cx, arena, token_count + 1, sizeof *sum);
    int32_t *back = ng_arena_array(cx, arena, token_count + 1, sizeof *back);
    size_t next = 0;

    if (!sum || !back)
        return ng_arena_status(arena);
    for (size_t i = 0; i <= token_count; i++)
        back[i] = NOTHING;
    for (size_t token = 0; token < token_count; token++) {
        for (; next < candidates->count && candidates->items[next].first == token; next++) {
            ng_candidate *candidate = &candidates->items[next];
            int32_t score = judge(candidate);
            candidate->is_chosen = false;
            if (score > 0 && sum[token] + score > sum[candidate->end]) {
                sum[candidate->end] = sum[token] + score;
                back[candidate->end] = (int32_t)next;
            }
        }
        if (sum[token] >= sum[token + 1]) {
            sum[token + 1] = sum[token];
            back[token + 1] = NOTHING;
        }
    }
    for (size_t token = token_count; token > 0;) {
        if (back[token] == NOTHING) {
            token--;
            continue;
        }
        candidates->items[back[token]].is_chosen = true;
        token = candidates->items[back[token]].first;
    }
    return NG_OK;
}
