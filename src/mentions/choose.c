/* The best set of spans that do not overlap, and how sure each of them is.
 *
 * A walk over the tokens keeps the best sum that ends before each token; a candidate leads from its
 * first token to its end. Each candidate enters with the kind that scores best, or as a demonym
 * with a fixed score. With sums of exponentials in the place of best sums, forward and backward,
 * the same walk gives the chance of each candidate. O(tokens + candidates). */
#include "tagger_internal.h"

#include <math.h>

enum { KNOWN_SCORE = 100, NOTHING = -1 };

/* The kind a candidate would be taken for, and its score with the model's bonus, which trades
 * precision for recall. */
static int32_t judge(const ng_model *model, ng_candidate *candidate)
{
    int32_t best = 0;

    candidate->best = NG_SPAN_NONE;
    for (uint8_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        if (candidate->score[kind] + model->bonus[kind] > best) {
            best = candidate->score[kind] + model->bonus[kind];
            candidate->best = kind;
        }
    }
    if (candidate->is_known && candidate->best == NG_SPAN_NONE) {
        best = KNOWN_SCORE;
        candidate->best = NG_SPAN_PERSON;
        for (uint8_t kind = 1; kind < NG_SPAN_COUNT; kind++)
            if (candidate->score[kind] > candidate->score[candidate->best])
                candidate->best = kind;
    }
    if (candidate->is_demonym && best < NG_DEMONYM_SCORE) {
        best = NG_DEMONYM_SCORE;
        candidate->best = NG_SPAN_DEMONYM;
    }
    return best;
}

ng_status ng_candidates_choose(ng_ctx *cx, const ng_model *model, ng_arena *arena,
                               size_t token_count, ng_candidates *candidates)
{
    int64_t *sum = ng_arena_array(cx, arena, token_count + 1, sizeof *sum);
    int32_t *back = ng_arena_array(cx, arena, token_count + 1, sizeof *back);
    size_t next = 0;

    if (!sum || !back)
        return ng_arena_status(arena);
    for (size_t i = 0; i <= token_count; i++)
        back[i] = NOTHING;
    for (size_t token = 0; token < token_count; token++) {
        for (; next < candidates->count && candidates->items[next].first == token; next++) {
            ng_candidate *candidate = &candidates->items[next];
            int32_t score = judge(model, candidate);
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

/* ---- chances ---- */

/* log(exp(a) + exp(b)). */
static double log_add(double a, double b)
{
    double high = a > b ? a : b, low = a > b ? b : a;

    return low == -INFINITY ? high : high + log1p(exp(low - high));
}

/* The logarithm of what a candidate weighs as any kind. */
static double weight_of(const ng_candidate *candidate)
{
    double sum = candidate->is_demonym ? NG_DEMONYM_SCORE / 100.0 : -INFINITY;

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        sum = log_add(sum, candidate->score[kind] / 100.0);
    return sum;
}

/* The score of the kind a candidate was chosen for. */
static double chosen_score(const ng_candidate *candidate)
{
    if (candidate->best < NG_SPAN_COUNT)
        return candidate->score[candidate->best] / 100.0;
    return NG_DEMONYM_SCORE / 100.0;
}

ng_status ng_candidates_weigh(ng_ctx *cx, ng_arena *arena, size_t token_count,
                              const ng_candidates *candidates)
{
    double *before = ng_arena_alloc(cx, arena, (token_count + 1) * sizeof *before);
    double *after = ng_arena_alloc(cx, arena, (token_count + 1) * sizeof *after);
    double *weights = ng_arena_alloc(cx, arena, (candidates->count + 1) * sizeof *weights);
    size_t next = 0;

    if (!before || !after || !weights)
        return ng_arena_status(arena);
    for (size_t t = 0; t <= token_count; t++)
        before[t] = -INFINITY;
    before[0] = 0;
    for (size_t t = 0; t < token_count; t++) {
        for (; next < candidates->count && candidates->items[next].first == t; next++) {
            const ng_candidate *candidate = &candidates->items[next];

            weights[next] = weight_of(candidate);
            before[candidate->end] =
                log_add(before[candidate->end], before[t] + weights[next]);
        }
        before[t + 1] = log_add(before[t + 1], before[t]);
    }
    after[token_count] = 0;
    next = candidates->count;
    for (size_t t = token_count; t-- > 0;) {
        after[t] = after[t + 1];
        for (; next > 0 && candidates->items[next - 1].first == t; next--)
            after[t] = log_add(after[t], weights[next - 1] + after[candidates->items[next - 1].end]);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];

        if (candidate->is_chosen)
            candidate->chance = exp(before[candidate->first] + chosen_score(candidate) +
                                    after[candidate->end] - after[0]);
    }
    return NG_OK;
}
