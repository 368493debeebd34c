/* The best set of spans that do not overlap, and how sure each of them is.
 *
 * Candidates that overlap, each with the next, make a group; groups do not touch each other, so
 * each is decided by itself. A walk over the tokens of a group keeps the best sum that ends before
 * each token; a candidate leads from its first token to its end. Each candidate enters with the
 * kind that scores best, or as a demonym with a fixed score. With sums of exponentials in the place
 * of best sums, forward and backward, the same walk gives the chance of each candidate. O(tokens of
 * candidates). */
#include "tagger_internal.h"

#include <math.h>

enum {
    KNOWN_SCORE = 100,
    SURE_PLACE_SCORE = -250,
    COUNTRY_PAIR_SCORE = 60,    /* at least, of "Swiss Confederation" */
    COUNTRY_PHRASE_SCORE = 300, /* at least, of "Antigua and Barbuda" */
    NOTHING = -1
};

/* True for the whole name of a country, a capital or a seat of government. What speaks for an
 * organization of that name (its team, its government) speaks for the state, or its place. */
static bool is_state(const ng_candidate *candidate)
{
    return !candidate->forced && candidate->match &&
           candidate->match->classes & (1u << NG_NAME_COUNTRY | 1u << NG_NAME_METONYM);
}

/* True for a country or continent whose name alone is reason enough to take it, where nothing
 * longer is found. */
static bool is_sure_place(const ng_candidate *candidate)
{
    const ng_name_entry *entry = ng_match_entry(candidate->match, NG_NAME_GEOGRAPHY);

    if (candidate->forced || candidate->is_demonym || !candidate->match ||
        candidate->score[NG_SPAN_PLACE] < SURE_PLACE_SCORE)
        return false;
    return candidate->match->classes & (1u << NG_NAME_COUNTRY) ||
           (entry && ng_view_equal(entry->value, NG_VIEW("continent")));
}

/* What the name of a country that has several words is worth at least: its words are no names of
 * their own ("Antigua and Barbuda"), and no beginning of another ("Swiss Confederation and"). */
static int32_t least_of_country(const ng_candidate *candidate)
{
    uint32_t size = candidate->end - candidate->first;

    if (size < 2 || candidate->forced || !candidate->match ||
        !(candidate->match->classes & 1u << NG_NAME_COUNTRY))
        return 0;
    return size == 2 ? COUNTRY_PAIR_SCORE : COUNTRY_PHRASE_SCORE;
}

/* The kind a candidate would be taken for, and its score with the model's bonus, which trades
 * precision for recall. */
static int32_t judge(const ng_model *model, ng_candidate *candidate)
{
    const int32_t *bonus = model->bonus[candidate->is_caseless];
    int32_t best = 0;

    candidate->best = NG_SPAN_NONE;
    if (is_state(candidate) &&
        candidate->score[NG_SPAN_ORGANIZATION] > candidate->score[NG_SPAN_PLACE]) {
        int32_t swapped = candidate->score[NG_SPAN_PLACE];

        candidate->score[NG_SPAN_PLACE] = candidate->score[NG_SPAN_ORGANIZATION];
        candidate->score[NG_SPAN_ORGANIZATION] = swapped;
    }
    for (uint8_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        if (candidate->score[kind] + bonus[kind] > best) {
            best = candidate->score[kind] + bonus[kind];
            candidate->best = kind;
        }
    }
    if (best < least_of_country(candidate)) {
        best = least_of_country(candidate);
        candidate->best = NG_SPAN_PLACE;
    }
    if (candidate->best == NG_SPAN_NONE && is_sure_place(candidate)) {
        best = 1;
        candidate->best = NG_SPAN_PLACE;
    }
    if (candidate->is_known && candidate->best == NG_SPAN_NONE) {
        best = KNOWN_SCORE;
        candidate->best = NG_SPAN_PERSON;
        for (uint8_t kind = 1; kind < NG_SPAN_COUNT; kind++)
            if (candidate->score[kind] > candidate->score[candidate->best])
                candidate->best = kind;
    }
    if (candidate->is_demonym && (best < NG_DEMONYM_SCORE || candidate->best != NG_SPAN_PERSON ||
                                  candidate->end - candidate->first > 1)) {
        best = best < NG_DEMONYM_SCORE ? NG_DEMONYM_SCORE : best;
        candidate->best = NG_SPAN_DEMONYM;
    }
    return best;
}

/* A group: candidates [first, end) over tokens [from, to). */
typedef struct group {
    size_t first, end;
    uint32_t from, to;
} group;

/* The group that begins with a candidate. */
static group find_group(const ng_candidates *candidates, size_t first)
{
    const ng_candidate *items = candidates->items;
    group g = { first, first + 1, items[first].first, items[first].end };

    for (; g.end < candidates->count && items[g.end].first < g.to; g.end++)
        if (items[g.end].end > g.to)
            g.to = items[g.end].end;
    return g;
}

/* The tokens of the longest group. */
static size_t longest_group(const ng_candidates *candidates)
{
    size_t longest = 0;

    for (size_t i = 0; i < candidates->count;) {
        group g = find_group(candidates, i);

        longest = g.to - g.from > longest ? g.to - g.from : longest;
        i = g.end;
    }
    return longest;
}

/* Chooses from one group; `sum` and `back` have room for its tokens and one more. */
static void choose_group(const ng_model *model, const ng_candidates *candidates, group g,
                         int64_t *sum, int32_t *back)
{
    uint32_t count = g.to - g.from;
    size_t next = g.first;

    for (uint32_t i = 0; i <= count; i++) {
        sum[i] = 0;
        back[i] = NOTHING;
    }
    for (uint32_t token = 0; token < count; token++) {
        for (; next < g.end && candidates->items[next].first - g.from == token; next++) {
            ng_candidate *candidate = &candidates->items[next];
            uint32_t end = candidate->end - g.from;
            int32_t score = judge(model, candidate);

            candidate->is_chosen = false;
            if (score > 0 && sum[token] + score > sum[end]) {
                sum[end] = sum[token] + score;
                back[end] = (int32_t)(next - g.first);
            }
        }
        if (sum[token] >= sum[token + 1]) {
            sum[token + 1] = sum[token];
            back[token + 1] = NOTHING;
        }
    }
    for (uint32_t token = count; token > 0;) {
        ng_candidate *candidate = NULL;

        if (back[token] == NOTHING) {
            token--;
            continue;
        }
        candidate = &candidates->items[g.first + (size_t)back[token]];
        candidate->is_chosen = true;
        token = candidate->first - g.from;
    }
}

ng_status ng_candidates_choose(ng_ctx *cx, const ng_model *model, ng_arena *arena,
                               ng_candidates *candidates)
{
    size_t room = longest_group(candidates) + 1;
    int64_t *sum = ng_arena_room(cx, arena, room, sizeof *sum);
    int32_t *back = ng_arena_room(cx, arena, room, sizeof *back);

    if (!sum || !back)
        return ng_arena_status(arena);
    for (size_t i = 0; i < candidates->count;) {
        group g = find_group(candidates, i);

        if (g.end - g.first == 1)
            candidates->items[i].is_chosen = judge(model, &candidates->items[i]) > 0;
        else
            choose_group(model, candidates, g, sum, back);
        i = g.end;
    }
    return NG_OK;
}

/* ---- chances ---- */

/* The logarithm of what a candidate weighs as any kind. */
static double weight_of(const ng_candidate *candidate)
{
    double sum = candidate->is_demonym ? NG_DEMONYM_SCORE / 100.0 : -INFINITY;

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        sum = ng_log_add(sum, candidate->score[kind] / 100.0);
    return sum;
}

/* The score of the kind a candidate was chosen for. */
static double chosen_score(const ng_candidate *candidate)
{
    if (candidate->best < NG_SPAN_COUNT)
        return candidate->score[candidate->best] / 100.0;
    return NG_DEMONYM_SCORE / 100.0;
}

/* The chance of a candidate that no other overlaps: against not being there. */
static double chance_alone(const ng_candidate *candidate)
{
    double chosen = chosen_score(candidate); /* exponentials of differences: none is too large */
    double sum =
        exp(-chosen) + (candidate->is_demonym ? exp(NG_DEMONYM_SCORE / 100.0 - chosen) : 0);

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        sum += exp(candidate->score[kind] / 100.0 - chosen);
    return 1 / sum;
}

/* How sure a chosen span is, from its chance among all sets: a logistic fit to what was right
 * (Platt 1999), as the trainer found it. */
static double sureness(const ng_model *model, double chance)
{
    if (chance <= 1e-6 || chance >= 1 - 1e-9)
        return chance;
    return 1 / (1 + exp(-(model->sure_scale * log(chance / (1 - chance)) + model->sure_shift)));
}

/* Room for the logarithms of a group. */
typedef struct logarithms {
    double *before, *after; /* of all sets that end before, or begin at, a token; and one more */
    double *weights;        /* of the group's candidates */
} logarithms;

/* Weighs the candidates of a group. */
static void weigh_group(const ng_candidates *candidates, group g, const logarithms *sums)
{
    ng_candidate *items = candidates->items;
    uint32_t count = g.to - g.from;
    size_t next = g.first;

    for (uint32_t t = 0; t <= count; t++)
        sums->before[t] = -INFINITY;
    sums->before[0] = 0;
    for (uint32_t t = 0; t < count; t++) {
        for (; next < g.end && items[next].first - g.from == t; next++) {
            double *end = &sums->before[items[next].end - g.from];

            sums->weights[next - g.first] = weight_of(&items[next]);
            *end = ng_log_add(*end, sums->before[t] + sums->weights[next - g.first]);
        }
        sums->before[t + 1] = ng_log_add(sums->before[t + 1], sums->before[t]);
    }
    sums->after[count] = 0;
    for (uint32_t t = count; t-- > 0;) {
        sums->after[t] = sums->after[t + 1];
        for (; next > g.first && items[next - 1].first - g.from == t; next--)
            sums->after[t] =
                ng_log_add(sums->after[t], sums->weights[next - 1 - g.first] +
                                               sums->after[items[next - 1].end - g.from]);
    }
    for (size_t i = g.first; i < g.end; i++)
        if (items[i].is_chosen)
            items[i].chance = exp(sums->before[items[i].first - g.from] + chosen_score(&items[i]) +
                                  sums->after[items[i].end - g.from] - sums->after[0]);
}

ng_status ng_candidates_weigh(ng_ctx *cx, const ng_model *model, ng_arena *arena,
                              const ng_candidates *candidates)
{
    size_t room = longest_group(candidates) + 1;
    logarithms sums = { .before = ng_arena_room(cx, arena, room, sizeof(double)),
                        .after = ng_arena_room(cx, arena, room, sizeof(double)),
                        .weights =
                            ng_arena_room(cx, arena, candidates->count + 1, sizeof(double)) };

    if (!sums.before || !sums.after || !sums.weights)
        return ng_arena_status(arena);
    for (size_t i = 0; i < candidates->count;) {
        group g = find_group(candidates, i);
        ng_candidate *candidate = &candidates->items[i];

        if (g.end - g.first > 1)
            weigh_group(candidates, g, &sums);
        else if (candidate->is_chosen)
            candidate->chance = chance_alone(candidate);
        for (; i < g.end; i++)
            if (candidates->items[i].is_chosen)
                candidates->items[i].chance = sureness(model, candidates->items[i].chance);
    }
    return NG_OK;
}
