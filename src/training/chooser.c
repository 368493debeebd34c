/* Learns what each piece of evidence about a span counts: a semi-Markov conditional random field
 * (Sarawagi and Cohen 2004) over the candidates of each text, whose sets of spans that do not
 * overlap weigh the exponential of their scores' sum. By AdaGrad, one group of overlapping
 * candidates a step.
 *
 * The tagger's log-odds are one piece of evidence among others, so they must be what the tagger
 * says of texts that it has not seen: each part of the gold is tagged by a field that was trained
 * without it. What the rest of a document says of a name depends on a first choice, and so on the
 * weights themselves; a few rounds bring both together. */
#include "trainer_internal.h"

#include <math.h>

enum { ROUNDS = 3, EPOCHS = 12, GROUP_TOKENS_MAX = 512, SENTENCE_BYTES = 10000, NOTHING = -1 };

/* A candidate that is learned from. */
typedef struct example {
    uint32_t first, end; /* tokens, from the start of its group */
    float odds[NG_SPAN_COUNT];
    const uint8_t *features;
    uint32_t feature_count;
    float other;    /* its score as a demonym, or 0 */
    int8_t gold;    /* the kind it is, or NOTHING */
} example;

/* Candidates that overlap, directly or through others. */
typedef struct group {
    uint32_t first, end; /* examples */
    uint32_t token_count;
} group;

typedef struct chooser {
    const ng_train_options *options;
    const ng_corpus *corpus;
    const ng_names *names;
    float (*weights)[NG_SPAN_COUNT], (*squares)[NG_SPAN_COUNT]; /* last row: of the odds */
    size_t feature_count;
    ng_arena memory; /* of the examples of a round */
    example *examples;
    size_t example_count, example_capacity;
    group *groups;
    size_t group_count, group_capacity;
    double loss;
} chooser;

/* ---- one step ---- */

/* log(exp(a) + exp(b)). */
static double log_add(double a, double b)
{
    double high = a > b ? a : b, low = a > b ? b : a;

    return low == -INFINITY ? high : high + log1p(exp(low - high));
}

/* Scores of an example; returns the logarithm of what it weighs in all. */
static double score(const chooser *c, const example *x, double scores[NG_SPAN_COUNT])
{
    double sum = x->other > 0 ? (double)x->other : -INFINITY;

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        scores[kind] = (double)(c->weights[c->feature_count][kind] * x->odds[kind]);
        for (uint32_t i = 0; i < x->feature_count; i++)
            scores[kind] += (double)c->weights[x->features[i]][kind];
        sum = log_add(sum, scores[kind]);
    }
    return sum;
}

/* One AdaGrad step of one weight. */
static void step(const chooser *c, size_t feature, size_t kind, double gradient)
{
    float g = (float)gradient - 2e-5f * c->weights[feature][kind];

    c->squares[feature][kind] += g * g;
    c->weights[feature][kind] += 0.1f * g / sqrtf(c->squares[feature][kind]);
}

/* Steps the weights of an example along the difference between what it is and what is expected. */
static void step_example(const chooser *c, const example *x, const double expected[NG_SPAN_COUNT])
{
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        double gradient = (x->gold == (int)kind ? 1.0 : 0.0) - expected[kind];

        if (fabs(gradient) < 1e-4)
            continue;
        for (uint32_t i = 0; i < x->feature_count; i++)
            step(c, x->features[i], kind, gradient);
        step(c, c->feature_count, kind, gradient * (double)x->odds[kind]);
    }
}

/* Learns from one group. */
static void learn(chooser *c, const group *g)
{
    enum { MOST = GROUP_TOKENS_MAX };
    double before[MOST + 1], after[MOST + 1], scores[NG_SPAN_COUNT], expected[NG_SPAN_COUNT];
    const example *x = c->examples + g->first;
    uint32_t count = g->end - g->first, next = 0;

    before[0] = 0;
    for (uint32_t t = 1; t <= g->token_count; t++)
        before[t] = -INFINITY;
    for (uint32_t t = 0; t < g->token_count; t++) {
        for (; next < count && x[next].first == t; next++)
            before[x[next].end] =
                log_add(before[x[next].end], before[t] + score(c, &x[next], scores));
        before[t + 1] = log_add(before[t + 1], before[t]);
    }
    after[g->token_count] = 0;
    next = count;
    for (uint32_t t = g->token_count; t-- > 0;) {
        after[t] = after[t + 1];
        for (; next > 0 && x[next - 1].first == t; next--)
            after[t] =
                log_add(after[t], score(c, &x[next - 1], scores) + after[x[next - 1].end]);
    }
    for (uint32_t i = 0; i < count; i++) {
        double around = before[x[i].first] + after[x[i].end] - after[0];

        (void)score(c, &x[i], scores);
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            expected[kind] = exp(scores[kind] + around);
        if (x[i].gold != NOTHING)
            c->loss -= scores[x[i].gold];
        step_example(c, &x[i], expected);
    }
    c->loss += after[0];
}

/* ---- examples ---- */

/* Adds the candidates of a text as groups. */
static ng_status add_options(ng_ctx *cx, chooser *c, const ng_gold_document *document,
                             const ng_text *text, const ng_option *options, size_t count)
{
    uint32_t start = 0, reach = 0;
    size_t next = 0;
    ng_status status =
        ng_grow(cx, (void **)&c->examples, &c->example_capacity, sizeof *c->examples,
                c->example_count + count + 1, UINT32_MAX, "names");

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        const ng_option *option = &options[i];
        const ng_token *tokens = text->tokens;
        uint32_t from = tokens[option->first].start, to = tokens[option->end - 1].end;
        example *x = &c->examples[c->example_count];
        const ng_gold_span *span = NULL;
        ng_view features = ng_arena_copy(
            cx, &c->memory,
            (ng_view){ (const char *)option->features, option->feature_count });

        if (!features.data)
            return ng_arena_status(&c->memory);
        if (i == 0 || option->first >= reach || option->end - start > GROUP_TOKENS_MAX) {
            start = option->first;
            status = ng_grow(cx, (void **)&c->groups, &c->group_capacity, sizeof *c->groups,
                             c->group_count + 1, UINT32_MAX, "names");
            if (status != NG_OK)
                break;
            c->groups[c->group_count++] =
                (group){ .first = (uint32_t)c->example_count, .end = (uint32_t)c->example_count };
        }
        reach = option->end > reach ? option->end : reach;
        *x = (example){ .first = option->first - start,
                        .end = option->end - start,
                        .features = (const uint8_t *)features.data,
                        .feature_count = (uint32_t)option->feature_count,
                        .other = (float)option->other / 100.0f,
                        .gold = NOTHING };
        memcpy(x->odds, option->odds, sizeof x->odds);
        span = ng_gold_span_at(document, from, to, &next);
        if (span && span->start >= from && span->end <= to &&
            (option->first == 0 || tokens[option->first - 1].end <= span->start) &&
            span->start < tokens[option->first].end &&
            span->end > tokens[option->end - 1].start)
            x->gold = (int8_t)span->kind;
        c->example_count++;
        c->groups[c->group_count - 1].end++;
        if (reach - start > c->groups[c->group_count - 1].token_count)
            c->groups[c->group_count - 1].token_count = reach - start;
    }
    return status;
}

/* Adds the examples of one document. */
static ng_status add_document(ng_ctx *cx, chooser *c, const ng_finder *finder,
                              ng_scratch *scratch, ng_arena *arena,
                              const ng_gold_document *document)
{
    ng_text text;
    const ng_option *options = NULL;
    size_t count = 0;
    ng_status status = ng_text_scan(cx, arena, document->text, SENTENCE_BYTES, &text);

    if (status == NG_OK)
        status = ng_lesson_options(cx, finder, scratch, arena, &text, &options, &count);
    if (status == NG_OK)
        status = add_options(cx, c, document, &text, options, count);
    return status;
}

/* The weights as the model has them. */
static void round_weights(const chooser *c, int16_t (*span_weights)[NG_SPAN_COUNT],
                          int32_t odds_weights[NG_SPAN_COUNT])
{
    for (size_t f = 0; f < c->feature_count; f++)
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            span_weights[f][kind] = (int16_t)lroundf(100.0f * c->weights[f][kind]);
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        odds_weights[kind] = (int32_t)lroundf(1000.0f * c->weights[c->feature_count][kind]);
}

/* Adds the examples of one part, as the field says that has not seen it. */
static ng_status add_part(ng_ctx *cx, chooser *c, const ng_field *field, uint32_t part,
                          const int16_t (*span_weights)[NG_SPAN_COUNT],
                          const int32_t odds_weights[NG_SPAN_COUNT])
{
    ng_finder *finder = NULL;
    ng_scratch *scratch = NULL;
    ng_model *model = NULL;
    ng_arena arena;
    ng_buffer bytes;
    ng_status status = NG_OK;

    ng_arena_init(&arena, SIZE_MAX);
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_field_write(cx, field, span_weights, odds_weights, &bytes);
    if (status == NG_OK)
        status = ng_model_open(cx, ng_buffer_view(&bytes), NULL, &model);
    if (status == NG_OK)
        status = ng_finder_new_with(cx, c->names, model, &finder);
    if (status == NG_OK)
        status = ng_scratch_new(cx, finder, &scratch);
    for (size_t d = 0; d < c->corpus->count && status == NG_OK; d++) {
        const ng_gold_document *document = &c->corpus->documents[d];

        if (!document->is_gold || document->part != part)
            continue;
        status = add_document(cx, c, finder, scratch, &arena, document);
        ng_arena_reset(cx, &arena);
    }
    ng_scratch_free(cx, scratch);
    ng_finder_free(cx, finder);
    ng_model_close(cx, model);
    ng_buffer_destroy(cx, &bytes);
    ng_arena_destroy(cx, &arena);
    return status;
}

/* ---- the whole ---- */

/* Several passes over the groups, each in another order. */
static void run_epochs(chooser *c, uint64_t *random)
{
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        c->loss = 0;
        for (size_t i = c->group_count; i > 1; i--) {
            size_t other = (size_t)(ng_next_random(random) % i);
            group swapped = c->groups[i - 1];

            c->groups[i - 1] = c->groups[other];
            c->groups[other] = swapped;
        }
        for (size_t i = 0; i < c->group_count; i++)
            learn(c, &c->groups[i]);
    }
}

/* Weights before anything is learned: the tagger's opinion alone. */
static ng_status start(ng_ctx *cx, chooser *c)
{
    size_t size = (c->feature_count + 1) * sizeof *c->weights;

    c->weights = ng_alloc(cx, size);
    c->squares = ng_alloc(cx, size);
    if (!c->weights || !c->squares)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the weights of spans");
    memset(c->weights, 0, size);
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        c->weights[c->feature_count][kind] = 1;
    return NG_OK;
}

ng_status ng_chooser_train(ng_ctx *cx, const ng_names *names, const ng_corpus *corpus,
                           const ng_train_options *options, const ng_field *fields,
                           uint32_t part_count, int16_t (*span_weights)[NG_SPAN_COUNT],
                           int32_t odds_weights[NG_SPAN_COUNT])
{
    chooser c = { .options = options,
                  .corpus = corpus,
                  .names = names,
                  .feature_count = ng_span_feature_count() };
    uint64_t random = options->seed;
    ng_status status = start(cx, &c);

    ng_arena_init(&c.memory, SIZE_MAX);
    for (int round = 0; round < ROUNDS && status == NG_OK; round++) {
        round_weights(&c, span_weights, odds_weights);
        ng_arena_reset(cx, &c.memory);
        c.example_count = c.group_count = 0;
        for (uint32_t part = 0; part < part_count && status == NG_OK; part++)
            status = add_part(cx, &c, &fields[part], part,
                              (const int16_t(*)[NG_SPAN_COUNT])span_weights, odds_weights);
        for (size_t f = 0; f <= c.feature_count; f++)
            for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
                c.squares[f][kind] = 1;
        if (status == NG_OK)
            run_epochs(&c, &random);
        if (status == NG_OK && options->verbose)
            ng_warn(cx, "names, round %d: %zu candidates, loss %.4f", round + 1, c.example_count,
                    c.loss / (double)(c.example_count + 1));
    }
    if (status == NG_OK)
        round_weights(&c, span_weights, odds_weights);
    ng_arena_destroy(cx, &c.memory);
    ng_free(cx, c.examples);
    ng_free(cx, c.groups);
    ng_free(cx, c.weights);
    ng_free(cx, c.squares);
    return status;
}
