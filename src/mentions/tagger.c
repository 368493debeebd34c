/* Tags the stretches of a text: rows of types, sums of rows, chances of spans.
 *
 * The exponential of each score is looked up; scores are whole numbers, so the sums do not depend
 * on their order. */
#include "tagger_internal.h"

/* Below this a longer span is not looked at: nothing else could make it a name. */
static const float least_chance = 0.002f;

/* Rows are fetched so many stretches before they are needed. */
enum { STRETCHES_AHEAD = 4 };

/* Adds numbers lane by lane, all at once where the compiler can. */
static void add_row(int16_t *to, const int16_t *from)
{
#ifdef __GNUC__
    typedef uint16_t lanes __attribute__((vector_size(sizeof(int16_t) * NG_TAG_LANES)));
    lanes sum, more;

    memcpy(&sum, to, sizeof sum);
    memcpy(&more, from, sizeof more);
    sum += more;
    memcpy(to, &sum, sizeof sum);
#else
    for (int k = 0; k < NG_TAG_LANES; k++)
        to[k] = (int16_t)(to[k] + from[k]);
#endif
}

/* Adds the weights that the model has for features; `lanes` of them from `offset` on. */
static void add_features(const ng_model *model, const ng_features *features, size_t offset,
                         size_t lanes, int16_t *sums)
{
    const int8_t *found[NG_FEATURE_HASHES_MAX];
    size_t count = 0;

    for (size_t f = 0; f < features->count; f++)
        __builtin_prefetch(&model->slots[(uint32_t)features->items[f] & model->slot_mask]);
    for (size_t f = 0; f < features->count; f++) {
        found[count] = ng_model_find(model, features->items[f]);
        if (found[count])
            __builtin_prefetch(found[count++] + offset);
    }
    for (size_t f = 0; f < count; f++)
        for (size_t i = 0; i < lanes; i++)
            sums[i] = (int16_t)(sums[i] + found[f][offset + i]);
}

/* Makes the row of a type. */
static ng_status make_row(ng_ctx *cx, ng_scratch *scratch, const ng_word_type *type,
                          ng_case_mode mode, uint32_t *row_out)
{
    ng_features features;
    ng_status status = ng_grow(cx, (void **)&scratch->rows, &scratch->row_capacity, sizeof(ng_row),
                               scratch->row_count + 1, UINT32_MAX - 1, "words");

    if (status != NG_OK)
        return status;
    ng_type_features_make(&scratch->model->classes, type, mode, &features);
    memset(scratch->rows[scratch->row_count], 0, sizeof(ng_row));
    add_features(scratch->model, &features, 0, NG_OFFSET_COUNT * NG_TAG_LANES,
                 &scratch->rows[scratch->row_count][0][0]);
    *row_out = (uint32_t)scratch->row_count++;
    return NG_OK;
}

/* Adds the rows of the words around each token of a stretch. */
static ng_status add_rows(ng_ctx *cx, ng_scratch *scratch, const ng_reading *reading,
                          const ng_stretch *stretch, int16_t (*scores)[NG_TAG_LANES])
{
    const ng_sentence *sentence =
        &reading->text->sentences[reading->text->tokens[stretch->first].sentence];
    ng_case_mode mode = ng_case_mode_of(reading, stretch->first);
    size_t low = stretch->first, high = stretch->end + NG_OFFSET_SELF;

    low =
        low < sentence->first_token + NG_OFFSET_SELF ? sentence->first_token : low - NG_OFFSET_SELF;
    high = high > sentence->end_token ? sentence->end_token : high;
    for (size_t other = low; other < high; other++) {
        uint32_t id = reading->ids[other], *row = &scratch->known[id].row_of[mode];
        size_t last = other + NG_OFFSET_SELF; /* the token whose second word before is this one */
        size_t o = last < stretch->end ? 0 : last + 1 - stretch->end;

        if (*row == NG_NO_ROW) {
            ng_status status = make_row(cx, scratch, &reading->types[id], mode, row);

            if (status != NG_OK)
                return status;
        }
        for (; o < NG_OFFSET_COUNT && last - o + 1 > stretch->first; o++)
            add_row(scores[last - o - stretch->first], scratch->rows[*row][o]);
    }
    return NG_OK;
}

/* Asks for the rows of a stretch that comes soon. */
static void fetch_rows(const ng_scratch *scratch, const ng_reading *reading,
                       const ng_stretch *stretch)
{
    ng_case_mode mode = ng_case_mode_of(reading, stretch->first);
    size_t count = reading->text->token_count;
    size_t low = stretch->first < NG_OFFSET_SELF ? 0 : stretch->first - NG_OFFSET_SELF;
    size_t high = stretch->end + NG_OFFSET_SELF > count ? count : stretch->end + NG_OFFSET_SELF;

    for (size_t t = low; t < high; t++) {
        uint32_t row = scratch->known[reading->ids[t]].row_of[mode];

        if (row == NG_NO_ROW)
            continue;
        __builtin_prefetch(&scratch->rows[row][0]);
        __builtin_prefetch(&scratch->rows[row][NG_OFFSET_COUNT - 1]);
    }
}

/* ---- rows of places ---- */

/* The kept row of a number, and whether it has to be made. */
static int16_t *find_kept(ng_kept_row *kept, uint32_t number, bool *is_new_out)
{
    *is_new_out = kept->key != number + 1;
    kept->key = number + 1;
    if (*is_new_out)
        memset(kept->row, 0, sizeof kept->row);
    return kept->row;
}

/* What the features say of the tags of their own place. */
static void fill_row(const ng_model *model, const ng_features *features, int16_t *row)
{
    add_features(model, features, NG_OFFSET_SELF * NG_TAG_LANES, NG_TAG_LANES, row);
}

/* Where a number is kept. */
static size_t home_of(uint32_t number, size_t count)
{
    return (number * 2654435761u >> 12) & (count - 1);
}

/* Adds what the place of a token says. */
static void add_place(ng_scratch *scratch, ng_place place, int16_t *scores)
{
    ng_features features;
    bool is_new = false;
    int16_t *row = find_kept(&scratch->neighbours[home_of(place.neighbours, NG_KEPT_NEIGHBOURS)],
                             place.neighbours, &is_new);

    if (is_new) {
        features.count = 0;
        ng_neighbours_features_add(place.neighbours, &features);
        fill_row(scratch->model, &features, row);
    }
    add_row(scores, row);
    row = find_kept(&scratch->standings[home_of(place.standing, NG_KEPT_STANDINGS)], place.standing,
                    &is_new);
    if (is_new) {
        features.count = 0;
        ng_standing_features_add(place.standing, &features);
        fill_row(scratch->model, &features, row);
    }
    add_row(scores, row);
}

/* Adds what a phrase of the dictionaries says of its tokens in a stretch. */
static void add_phrase(ng_scratch *scratch, const ng_reading *reading, const ng_stretch *stretch,
                       const ng_name_match *match, int16_t (*scores)[NG_TAG_LANES])
{
    uint32_t first = match->first_token > stretch->first ? match->first_token : stretch->first;
    uint32_t end = match->end_token < stretch->end ? match->end_token : stretch->end;

    for (uint32_t token = first; token < end; token++) {
        for (unsigned class_ = 0; class_ < NG_NAME_RULE; class_++) {
            unsigned number = 0;
            bool is_new = false;
            int16_t *row = NULL;

            if (!(match->classes >> class_ & 1u))
                continue;
            number = ng_phrase_feature(reading, match, token, class_);
            row = find_kept(&scratch->phrases[number], number, &is_new);
            if (is_new)
                fill_row(scratch->model,
                         &(ng_features){ .items = { ng_phrase_feature_hash(number) }, .count = 1 },
                         row);
            add_row(scores[token - stretch->first], row);
        }
    }
}

/* Adds what the places of a stretch say; `next` as ng_phrases_begin has it. */
static void add_places(ng_scratch *scratch, const ng_reading *reading, const ng_stretch *stretch,
                       size_t *next, int16_t (*scores)[NG_TAG_LANES])
{
    const ng_name_match *match = NULL;
    ng_place_walk walk;

    ng_place_walk_begin(&walk, scratch, reading, stretch->first);
    for (size_t t = 0; walk.token < stretch->end; t++)
        add_place(scratch, ng_place_walk_next(&walk), scores[t]);
    ng_phrases_begin(reading, stretch, next);
    while ((match = ng_phrases_next(reading, stretch, next)))
        add_phrase(scratch, reading, stretch, match, scores);
}

/* ---- chances of tags ---- */

/* Makes the numbers of one token sum to 1; returns what they summed to. The last lane is 0. */
static float normalise(float *values)
{
    float sum = 0;

    for (int k = 0; k < NG_TAG_COUNT; k++)
        sum += values[k];
    for (int k = 0; k < NG_TAG_LANES; k++)
        values[k] /= sum;
    return sum;
}

/* The exponentials of a token's scores over the largest. */
static void find_emission(const ng_model *model, const int16_t *scores, float *emission)
{
    int best = scores[0];

    for (int k = 1; k < NG_TAG_COUNT; k++)
        best = scores[k] > best ? scores[k] : best;
    for (int k = 0; k < NG_TAG_COUNT; k++) {
        int below = best - scores[k];

        emission[k] = below < NG_EXPONENTIALS ? model->exponentials[below] : 0;
    }
    for (int k = NG_TAG_COUNT; k < NG_TAG_LANES; k++)
        emission[k] = 0;
}

/* Forward and backward chances of a stretch. */
static void sum_paths(const ng_tagging *tagging, size_t first, size_t end)
{
    const float(*odds)[NG_TAG_LANES] = tagging->model->odds;
    const float(*odds_to)[NG_TAG_LANES] = tagging->model->odds_to;

    for (size_t t = first; t < end; t++) {
        float sums[NG_TAG_LANES] = { 0 };

        for (int j = 0; t > first && j < NG_TAG_COUNT; j++)
            for (int k = 0; k < NG_TAG_LANES; k++)
                sums[k] += tagging->forward[t - 1][j] * odds[j][k];
        for (int k = 0; k < NG_TAG_LANES; k++)
            tagging->forward[t][k] =
                (t == first ? odds[NG_TAG_START][k] : sums[k]) * tagging->emissions[t][k];
        tagging->scales[t] = normalise(tagging->forward[t]);
    }
    for (int k = 0; k < NG_TAG_LANES; k++)
        tagging->backward[end - 1][k] = 1;
    for (size_t t = end - 1; t-- > first;) {
        float next[NG_TAG_LANES], sums[NG_TAG_LANES] = { 0 };

        for (int k = 0; k < NG_TAG_LANES; k++)
            next[k] =
                tagging->emissions[t + 1][k] * tagging->backward[t + 1][k] / tagging->scales[t + 1];
        for (int k = 0; k < NG_TAG_COUNT; k++)
            for (int j = 0; j < NG_TAG_LANES; j++)
                sums[j] += odds_to[k][j] * next[k];
        for (int j = 0; j < NG_TAG_LANES; j++)
            tagging->backward[t][j] = sums[j];
    }
}

/* ---- chances of spans ---- */

static int begin_tag(int kind)
{
    return 2 * kind + 1;
}

void ng_span_walk_begin(ng_span_walk *walk, const ng_tagging *tagging, const ng_stretch *stretch,
                        uint32_t first)
{
    size_t at = stretch->at + (first - stretch->first);

    *walk = (ng_span_walk){ .tagging = tagging,
                            .at = at,
                            .end = stretch->at + (stretch->end - stretch->first) };
    for (int kind = 0; kind < NG_SPAN_COUNT; kind++)
        walk->path[kind] = tagging->forward[at][begin_tag(kind)];
}

bool ng_span_walk_next(ng_span_walk *walk)
{
    const ng_tagging *tagging = walk->tagging;
    const float(*odds)[NG_TAG_LANES] = tagging->model->odds;
    size_t at = walk->at, next = at + 1;
    bool goes_on = false;

    if (at == walk->end)
        return false;
    for (int kind = 0; kind < NG_SPAN_COUNT; kind++) {
        int inside = begin_tag(kind) + 1, last = walk->is_inside ? inside : inside - 1;
        float after = 1;

        if (next < walk->end) {
            after = 0;
            for (int k = 0; k < NG_TAG_COUNT; k++)
                if (k != inside)
                    after +=
                        odds[last][k] * tagging->emissions[next][k] * tagging->backward[next][k];
            after /= tagging->scales[next];
        }
        walk->chance[kind] = walk->path[kind] * after;
    }
    walk->at = next;
    for (int kind = 0; kind < NG_SPAN_COUNT; kind++)
        goes_on |= walk->path[kind] >= least_chance;
    if (!goes_on) {
        walk->at = walk->end;
        return true;
    }
    for (int kind = 0; next < walk->end && kind < NG_SPAN_COUNT; kind++) {
        int inside = begin_tag(kind) + 1, last = walk->is_inside ? inside : inside - 1;

        walk->path[kind] *=
            odds[last][inside] * tagging->emissions[next][inside] / tagging->scales[next];
    }
    walk->is_inside = true;
    return true;
}

ng_status ng_tagging_make(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena,
                          const ng_reading *reading, const ng_stretches *stretches,
                          ng_tagging *tagging_out)
{
    size_t count = stretches->token_count + 1;
    int16_t(*scores)[NG_TAG_LANES] = ng_arena_array(cx, arena, count, sizeof *scores);
    ng_tagging tagging = {
        .model = scratch->model,
        .emissions = ng_arena_alloc(cx, arena, count * sizeof *tagging.emissions),
        .forward = ng_arena_alloc(cx, arena, count * sizeof *tagging.forward),
        .backward = ng_arena_alloc(cx, arena, count * sizeof *tagging.backward),
        .scales = ng_arena_alloc(cx, arena, count * sizeof *tagging.scales),
    };
    ng_status status = NG_OK;
    size_t next = 0;

    if (!scores || !tagging.emissions || !tagging.forward || !tagging.backward || !tagging.scales)
        return ng_arena_status(arena);
    for (size_t s = 0; s < stretches->count && status == NG_OK; s++) {
        const ng_stretch *stretch = &stretches->items[s];
        size_t first = stretch->at, end = first + (stretch->end - stretch->first);

        if (s + STRETCHES_AHEAD < stretches->count)
            fetch_rows(scratch, reading, stretch + STRETCHES_AHEAD);
        status = add_rows(cx, scratch, reading, stretch, scores + first);
        if (status != NG_OK)
            break;
        add_places(scratch, reading, stretch, &next, scores + first);
        for (size_t t = first; t < end; t++)
            find_emission(scratch->model, scores[t], tagging.emissions[t]);
        sum_paths(&tagging, first, end);
    }
    *tagging_out = tagging;
    return status;
}
