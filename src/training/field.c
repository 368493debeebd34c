/* Trains the tagger: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001)
 * by AdaGrad (Duchi, Hazan and Singer 2011), one stretch a step, in a fixed shuffled order.
 *
 * A feature has a weight for each of five offsets and seven tags. The scores of a token are the
 * sum over the features of its own type and of its four neighbours' types at their offsets, and
 * over the features of its place (own offset only). Sums are taken in one order, so that the same
 * input gives the same bytes. Weights are kept in 8 bits; a feature whose weights are all next to
 * nothing is left out. */
#include "trainer_internal.h"

#include <math.h>

enum {
    LANES = NG_TAG_LANES,
    ROW = NG_OFFSET_COUNT * NG_TAG_LANES,
    PACE_TOKENS = 5000, /* between two words about the progress */
    SCALE = 24,
    LEAST = 2 /* a feature whose weights are all this small is left out */
};

/* After silver, gold alone has the last word: in smaller steps, so that what silver taught of names
 * that gold does not have is kept. */
static const float fine_rate = 0.4f;

/* The chances of one sequence. */
typedef struct work {
    float scores[NG_SEQUENCE_TOKENS_MAX][LANES];
    float forward[NG_SEQUENCE_TOKENS_MAX][LANES], backward[NG_SEQUENCE_TOKENS_MAX][LANES];
    float scales[NG_SEQUENCE_TOKENS_MAX];
    float odds[LANES][LANES]; /* exponentials of the transitions */
} work;

static bool may_follow(int tag, int next)
{
    if (next == NG_TAG_O || next % 2 == 1)
        return true;
    return tag == next || tag == next - 1;
}

static void add_row(float *restrict to, const float *restrict from)
{
    for (int k = 0; k < LANES; k++)
        to[k] += from[k];
}

/* One AdaGrad step of a row of weights along a gradient. */
static void step_row(const ng_field *field, float *restrict weights, float *restrict squares,
                     const float *restrict gradient)
{
    const float rate = field->rate, decay = (float)field->options->decay;

    for (int k = 0; k < LANES; k++) {
        float g = gradient[k] - decay * weights[k];

        squares[k] += g * g;
        weights[k] += rate * g / sqrtf(squares[k]);
    }
}

/* True when a feature of a neighbour's type is left out in this step, so that other features must
 * do without it (Srivastava et al. 2014): names are new in most texts. */
static bool is_dropped(const ng_field *field, uint32_t place, size_t offset)
{
    uint64_t random = field->step * 0x9E3779B97F4A7C15u + place * NG_OFFSET_COUNT + offset;

    return (uint32_t)(ng_next_random(&random) >> 32) < field->drop;
}

/* Adds the rows of the features of a type at an offset. */
static void add_type(const ng_field *field, uint32_t type, size_t offset, float *scores)
{
    const ng_lessons *lessons = field->lessons;

    for (uint32_t i = lessons->type_first[type]; i < lessons->type_first[type + 1]; i++) {
        uint32_t kept = field->kept[lessons->type_ids[i]];

        if (kept && !is_dropped(field, i, offset))
            add_row(scores, field->weights + (size_t)(kept - 1) * ROW + offset * LANES);
    }
}

/* Steps the same rows. */
static void step_type(const ng_field *field, uint32_t type, size_t offset, const float *gradient)
{
    const ng_lessons *lessons = field->lessons;

    for (uint32_t i = lessons->type_first[type]; i < lessons->type_first[type + 1]; i++) {
        uint32_t kept = field->kept[lessons->type_ids[i]];
        size_t row = (size_t)(kept - 1) * ROW + offset * LANES;

        if (kept && !is_dropped(field, i, offset))
            step_row(field, field->weights + row, field->squares + row, gradient);
    }
}

/* Scores of all tokens of a sequence. */
static void score(const ng_field *field, uint32_t first, uint32_t end, work *w)
{
    const ng_lessons *lessons = field->lessons;

    for (uint32_t t = first; t < end; t++) {
        float *scores = w->scores[t - first];

        memset(scores, 0, sizeof w->scores[0]);
        for (size_t o = 0; o < NG_OFFSET_COUNT; o++)
            if (lessons->types[t][o] != NG_NO_KEY)
                add_type(field, lessons->types[t][o], o, scores);
        for (uint32_t i = lessons->place_first[t]; i < lessons->place_first[t + 1]; i++) {
            uint32_t kept = field->kept[lessons->place_ids[i]];

            if (kept)
                add_row(scores, field->weights + (size_t)(kept - 1) * ROW + NG_OFFSET_SELF * LANES);
        }
    }
}

/* Forward and backward chances (Rabiner 1989); `scores` become exponentials. Returns the logarithm
 * of what all paths weigh, less the largest score of each token, which goes to *best_out. */
static double sum_paths(const ng_field *field, uint32_t n, work *w, double *best_out)
{
    double log_sum = 0;

    *best_out = 0;
    for (int j = 0; j < LANES; j++)
        for (int k = 0; k < LANES; k++)
            w->odds[j][k] = expf(field->transitions[j][k]);
    for (uint32_t t = 0; t < n; t++) {
        float sum = 0, best = w->scores[t][0], before[LANES] = { 0 };

        for (int k = 1; k < NG_TAG_COUNT; k++)
            best = w->scores[t][k] > best ? w->scores[t][k] : best;
        *best_out += (double)best;
        for (int j = 0; t > 0 && j < NG_TAG_COUNT; j++)
            for (int k = 0; k < LANES; k++)
                before[k] += w->forward[t - 1][j] * w->odds[j][k];
        for (int k = 0; k < NG_TAG_COUNT; k++) {
            w->scores[t][k] = expf(w->scores[t][k] - best);
            w->forward[t][k] = (t == 0 ? w->odds[NG_TAG_START][k] : before[k]) * w->scores[t][k];
            sum += w->forward[t][k];
        }
        for (int k = 0; k < NG_TAG_COUNT; k++)
            w->forward[t][k] /= sum;
        w->forward[t][LANES - 1] = w->scores[t][LANES - 1] = 0;
        w->scales[t] = sum;
        log_sum += (double)logf(sum);
    }
    for (int k = 0; k < LANES; k++)
        w->backward[n - 1][k] = 1;
    for (uint32_t t = n - 1; t-- > 0;)
        for (int j = 0; j < NG_TAG_COUNT; j++) {
            float sum = 0;

            for (int k = 0; k < NG_TAG_COUNT; k++)
                sum += w->odds[j][k] * w->scores[t + 1][k] * w->backward[t + 1][k];
            w->backward[t][j] = sum / w->scales[t + 1];
        }
    return log_sum;
}

/* Steps the transitions into token t. */
static void step_transitions(ng_field *field, const work *w, uint32_t t, const uint8_t *tags,
                             float weight)
{
    const float rate = field->rate;

    for (int j = 0; j < LANES; j++) {
        bool is_start = j == NG_TAG_START;

        if (is_start != (t == 0))
            continue;
        for (int k = 0; k < NG_TAG_COUNT; k++) {
            float path = (is_start ? 1.0f : w->forward[t - 1][j]) * w->odds[j][k] *
                         w->scores[t][k] * w->backward[t][k] / w->scales[t];
            bool is_gold = tags[t] == k && (is_start || tags[t - 1] == j);
            float g = ((is_gold ? 1.0f : 0.0f) - path) * weight;

            if (field->transitions[j][k] == -INFINITY || g == 0)
                continue;
            field->transition_squares[j][k] += g * g;
            field->transitions[j][k] += rate * g / sqrtf(field->transition_squares[j][k]);
        }
    }
}

/* Steps all weights that speak about token t. */
static void step_token(ng_field *field, uint32_t t, const float *gradient)
{
    const ng_lessons *lessons = field->lessons;

    for (size_t o = 0; o < NG_OFFSET_COUNT; o++)
        if (lessons->types[t][o] != NG_NO_KEY)
            step_type(field, lessons->types[t][o], o, gradient);
    for (uint32_t i = lessons->place_first[t]; i < lessons->place_first[t + 1]; i++) {
        uint32_t kept = field->kept[lessons->place_ids[i]];
        size_t row = (size_t)(kept - 1) * ROW + NG_OFFSET_SELF * LANES;

        if (kept)
            step_row(field, field->weights + row, field->squares + row, gradient);
    }
}

/* One step on one sequence. */
static void learn(ng_field *field, uint32_t first, uint32_t end, float weight, work *w)
{
    const uint8_t *tags = field->lessons->tags + first;
    uint32_t n = end - first;
    double gold = 0, best = 0, log_sum = 0;

    field->step++;
    score(field, first, end, w);
    for (uint32_t t = 0; t < n; t++)
        gold += (double)(w->scores[t][tags[t]] +
                         field->transitions[t ? tags[t - 1] : NG_TAG_START][tags[t]]);
    log_sum = sum_paths(field, n, w, &best);
    field->loss += (log_sum + best - gold) * (double)weight;
    for (uint32_t t = 0; t < n; t++) {
        float gradient[LANES] = { 0 }, size = 0;

        for (int k = 0; k < NG_TAG_COUNT; k++) {
            gradient[k] = (tags[t] == k ? 1.0f : 0.0f) - w->forward[t][k] * w->backward[t][k];
            size += fabsf(gradient[k]);
            gradient[k] *= weight;
        }
        if (size < 1e-3f)
            continue;
        step_transitions(field, w, t, tags, weight);
        step_token(field, first + t, gradient);
    }
}

/* ---- the whole ---- */

/* Lets the steps of AdaGrad begin large again. */
static void forget_squares(ng_field *field)
{
    for (size_t i = 0; i < (size_t)field->feature_count * ROW; i++)
        field->squares[i] = 0.1f;
}

ng_status ng_field_start(ng_ctx *cx, ng_field *field)
{
    const ng_lessons *lessons = field->lessons;
    size_t count = ng_table_count(lessons->features);
    ng_status status = NG_OK;

    field->kept = ng_alloc(cx, (count + 1) * sizeof *field->kept);
    if (!field->kept)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu features", count);
    for (size_t i = 0; i < count; i++)
        field->kept[i] =
            lessons->feature_seen[i] >= field->options->least_count ? ++field->feature_count : 0;
    for (int j = 0; j < LANES; j++)
        for (int k = 0; k < LANES; k++) {
            bool may =
                k < NG_TAG_COUNT && (j == NG_TAG_START ? k == 0 || k % 2 == 1 : may_follow(j, k));

            field->transitions[j][k] = may ? 0 : -INFINITY;
            field->transition_squares[j][k] = 1;
        }
    status = ng_part_open(cx, field);
    if (status == NG_OK && field->pass_count == 0)
        forget_squares(field);
    return status;
}

/* Puts the order of the sequences into another. */
static void shuffle(uint32_t *order, size_t count, uint64_t *random)
{
    for (; count > 1; count--) {
        size_t other = (size_t)(ng_next_random(random) % count);
        uint32_t swapped = order[count - 1];

        order[count - 1] = order[other];
        order[other] = swapped;
    }
}

/* True when a pass goes over this sequence. */
static bool is_learned_from(const ng_field *field, size_t sequence, bool with_silver)
{
    const ng_gold_document *document =
        &field->corpus->documents[field->lessons->sequence_document[sequence]];

    return document->is_gold ? document->part != field->left_out : with_silver;
}

/* The sequences that are learned from. */
static size_t list_sequences(const ng_field *field, bool with_silver, uint32_t *order)
{
    size_t count = 0;

    for (size_t s = 0; s < field->lessons->sequence_count; s++)
        if (is_learned_from(field, s, with_silver))
            order[count++] = (uint32_t)s;
    return count;
}

/* Notes that tokens were gone over, and tells how far the work is. */
static void note_pace(const ng_field *field, uint64_t token_count)
{
    ng_pace *pace = field->pace;
    uint64_t done = atomic_fetch_add(&pace->done, token_count) + token_count;

    if (field->tells_pace)
        ng_progress(pace->cx, NG_WORK_DOCUMENTS, (uint64_t)((double)done * pace->bytes_per_token),
                    (uint64_t)((double)pace->total * pace->bytes_per_token),
                    (uint64_t)((double)done * pace->documents_per_token));
}

/* Learns from each sequence once. */
static void run_epoch(ng_ctx *cx, ng_field *field, const uint32_t *order, size_t count, work *w)
{
    const ng_lessons *lessons = field->lessons;
    uint64_t token_count = 0; /* not yet noted */

    field->loss = 0;
    for (size_t i = 0; i < count && !ng_ctx_is_cancelled(cx); i++) {
        uint32_t s = order[i];
        const ng_gold_document *document = &field->corpus->documents[lessons->sequence_document[s]];

        learn(field, lessons->sequence_first[s], lessons->sequence_first[s + 1], document->weight,
              w);
        token_count += lessons->sequence_first[s + 1] - lessons->sequence_first[s];
        if (token_count >= PACE_TOKENS || i + 1 == count) {
            note_pace(field, token_count);
            token_count = 0;
        }
    }
}

/* Goes over the sequences several times, each time in another order. Of passes that were done
 * before, the first one of these being pass number `first`, only the order is made. Over gold
 * alone, steps grow smaller from pass to pass, so that it matters less which sequences came last.
 */
static ng_status run_epochs(ng_ctx *cx, ng_field *field, uint32_t first, uint32_t epochs,
                            bool with_silver, uint64_t *random)
{
    const ng_lessons *lessons = field->lessons;
    uint32_t *order = ng_alloc(cx, (lessons->sequence_count + 1) * sizeof *order);
    work *w = ng_alloc(cx, sizeof *w);
    size_t count = 0;
    float rate = field->rate;
    ng_status status = NG_OK;

    if (order && w)
        count = list_sequences(field, with_silver, order);
    else
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu sentences", lessons->sequence_count);
    for (uint32_t epoch = 0; status == NG_OK && epoch < epochs; epoch++) {
        shuffle(order, count, random);
        if (first + epoch < field->pass_count)
            continue;
        if (!with_silver)
            field->rate = rate * (float)(epochs - epoch) / (float)epochs;
        run_epoch(cx, field, order, count, w);
        field->pass_count++;
        status = ng_ctx_is_cancelled(cx) ? ng_fail(cx, NG_E_LIMIT, "interrupted")
                                         : ng_part_keep(cx, field);
    }
    ng_free(cx, order);
    ng_free(cx, w);
    return status;
}

/* Passes over silver and gold. */
static uint32_t count_silver_passes(const ng_train_options *options)
{
    return options->silver_count > 0 ? options->silver_epochs : 0;
}

ng_status ng_field_train(ng_ctx *cx, ng_field *field)
{
    const ng_train_options *options = field->options;
    uint32_t silver_passes = count_silver_passes(options);
    uint64_t random = options->seed;
    ng_status status = NG_OK;

    field->drop = (uint32_t)(options->drop * UINT32_MAX);
    field->rate = (float)options->rate;
    if (silver_passes > 0) {
        status = run_epochs(cx, field, 0, silver_passes, true, &random);
        if (field->pass_count <= silver_passes)
            forget_squares(field);
        field->rate = (float)options->rate * fine_rate;
    }
    if (status == NG_OK)
        status = run_epochs(cx, field, silver_passes, options->epochs, false, &random);
    return status;
}

/* Tokens of the sequences that are learned from. */
static uint64_t count_tokens(const ng_field *field, bool with_silver)
{
    uint64_t count = 0;

    for (size_t s = 0; s < field->lessons->sequence_count; s++)
        if (is_learned_from(field, s, with_silver))
            count += field->lessons->sequence_first[s + 1] - field->lessons->sequence_first[s];
    return count;
}

uint64_t ng_field_work(const ng_field *field)
{
    uint32_t silver_passes = count_silver_passes(field->options), done = field->pass_count;
    uint32_t silver_done = done < silver_passes ? done : silver_passes;

    return (silver_passes - silver_done) * count_tokens(field, true) +
           (field->options->epochs - (done - silver_done)) * count_tokens(field, false);
}

void ng_field_destroy(ng_ctx *cx, ng_field *field)
{
    ng_free(cx, field->part_path);
    ng_free(cx, field->kept);
    ng_buffer_destroy(cx, &field->memory);
    field->part_path = NULL;
    field->kept = NULL;
    field->weights = field->squares = NULL;
}

/* ---- the model ---- */

/* A weight in 8 bits. */
static int8_t in_bits(float weight)
{
    float value = roundf(weight * SCALE);

    return (int8_t)(value > 127 ? 127 : value < -127 ? -127 : value);
}

/* The weights of a feature in 8 bits; false when they are next to nothing. */
static bool quantise(const ng_field *field, uint32_t kept, int8_t row[ROW])
{
    bool matters = false;

    for (size_t i = 0; i < ROW; i++) {
        row[i] = in_bits(field->weights[(size_t)(kept - 1) * ROW + i]);
        matters = matters || row[i] > LEAST || row[i] < -LEAST;
    }
    return matters;
}

/* Fills the rows and slots of the features that matter. */
static ng_status add_features(ng_ctx *cx, const ng_field *field, ng_model_slot *slots,
                              ng_buffer *rows, ng_model_parts *parts)
{
    size_t count = ng_table_count(field->lessons->features);
    ng_status status = NG_OK;

    for (size_t id = 0; id < count && status == NG_OK; id++) {
        int8_t row[ROW];
        uint64_t hash = field->lessons->feature_hash[id];
        uint32_t at = (uint32_t)hash & (parts->slot_count - 1);

        if (!field->kept[id] || !quantise(field, field->kept[id], row))
            continue;
        while (slots[at].index)
            at = (at + 1) & (parts->slot_count - 1);
        slots[at] = (ng_model_slot){ (uint32_t)(hash >> 32), ++parts->feature_count };
        status = ng_buffer_add(cx, rows, (ng_view){ (const char *)row, sizeof row });
    }
    return status;
}

/* How many features matter. */
static uint32_t count_features(const ng_field *field)
{
    int8_t row[ROW];
    uint32_t count = 0;

    for (uint32_t kept = 1; kept <= field->feature_count; kept++)
        count += quantise(field, kept, row);
    return count;
}

ng_status ng_field_write(ng_ctx *cx, const ng_field *field, const ng_span_weights *spans,
                         ng_buffer *out)
{
    ng_model_parts parts = { .slot_count = 64,
                             .scale = SCALE,
                             .classes = field->corpus->classes,
                             .many_count = field->corpus->many_count,
                             .some_count = field->corpus->some_count,
                             .spans = spans };
    uint32_t count = count_features(field);
    ng_model_slot *slots = NULL;
    ng_buffer rows;
    ng_status status = NG_OK;

    while (parts.slot_count < count + count / 4)
        parts.slot_count *= 2;
    for (int j = 0; j < LANES; j++)
        for (int k = 0; k < LANES; k++)
            parts.transitions[j][k] = field->transitions[j][k] == -INFINITY
                                          ? INT16_MIN / 2
                                          : (int16_t)roundf(field->transitions[j][k] * SCALE);
    ng_buffer_init(&rows, SIZE_MAX / 2);
    slots = ng_alloc(cx, parts.slot_count * sizeof *slots);
    if (!slots)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the model");
    memset(slots, 0, parts.slot_count * sizeof *slots);
    status = add_features(cx, field, slots, &rows, &parts);
    parts.slots = slots;
    parts.weights = (const int8_t *)ng_buffer_view(&rows).data;
    if (status == NG_OK)
        status = ng_model_write(cx, &parts, out);
    ng_free(cx, slots);
    ng_buffer_destroy(cx, &rows);
    return status;
}
