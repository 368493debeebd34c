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

enum { ROUNDS = 3, EPOCHS = 12, GROUP_TOKENS_MAX = 512, NOTHING = -1 };

/* First step of AdaGrad; how strongly each weight is pulled to what is expected of it; what is
 * expected of the tagger's log-odds. */
static const float rate = 0.1f, pull = 1e-2f, expected_odds_weight = 0.7f;

/* A candidate that is learned from. */
typedef struct example {
    uint32_t first, end; /* tokens, from the start of its group */
    float odds[NG_SPAN_COUNT];
    const uint16_t *features;
    uint32_t feature_count;
    float other; /* its score as a demonym, or 0 */
    int8_t gold; /* the kind it is, or NOTHING */
} example;

/* Candidates that overlap, directly or through others. */
typedef struct group {
    uint32_t first, end; /* examples */
    uint32_t token_count;
    float weight; /* of its document */
    bool is_copy; /* its document is one */
    bool is_caseless;
} group;

typedef struct chooser {
    const ng_train_options *options;
    const ng_corpus *corpus;
    const ng_names *names;
    float (*weights)[NG_SPAN_COUNT]; /* last row: of the odds */
    float (*expected)[NG_SPAN_COUNT], (*squares)[NG_SPAN_COUNT];
    size_t feature_count;
    ng_arena memory; /* of the examples of a round */
    example *examples;
    size_t example_count, example_capacity;
    group *groups;
    size_t group_count, group_capacity;
    size_t gold[2][NG_SPAN_COUNT]; /* names in documents with case that are no copies; without */
    double loss;
} chooser;

/* ---- one step ---- */

/* Scores of an example; returns the logarithm of what it weighs in all. */
static double score(const chooser *c, const example *x, double scores[NG_SPAN_COUNT])
{
    double sum = x->other > 0 ? (double)x->other : -INFINITY;

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        scores[kind] = (double)(c->weights[c->feature_count][kind] * x->odds[kind]);
        for (uint32_t i = 0; i < x->feature_count; i++)
            scores[kind] += (double)c->weights[x->features[i]][kind];
        sum = ng_log_add(sum, scores[kind]);
    }
    return sum;
}

/* One AdaGrad step of one weight. */
static void step(const chooser *c, size_t feature, size_t kind, double gradient)
{
    float g = (float)gradient - pull * (c->weights[feature][kind] - c->expected[feature][kind]);

    c->squares[feature][kind] += g * g;
    c->weights[feature][kind] += rate * g / sqrtf(c->squares[feature][kind]);
}

/* Steps the weights of an example along the difference between what it is and what is expected. */
static void step_example(const chooser *c, const example *x, float weight,
                         const double expected[NG_SPAN_COUNT])
{
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        double gradient = (x->gold == (int)kind ? 1.0 : 0.0) - expected[kind];

        if (fabs(gradient) < 1e-4)
            continue;
        gradient *= (double)weight;
        for (uint32_t i = 0; i < x->feature_count; i++)
            step(c, x->features[i], kind, gradient);
        step(c, c->feature_count, kind, gradient * (double)x->odds[kind]);
    }
}

/* The logarithms of what all sets of a group weigh that end before, or begin at, each token. */
typedef struct sums {
    double before[GROUP_TOKENS_MAX + 1], after[GROUP_TOKENS_MAX + 1];
} sums;

static void weigh(const chooser *c, const group *g, sums *out)
{
    const example *x = c->examples + g->first;
    uint32_t count = g->end - g->first, next = 0;
    double scores[NG_SPAN_COUNT], *before = out->before, *after = out->after;

    before[0] = 0;
    for (uint32_t t = 1; t <= g->token_count; t++)
        before[t] = -INFINITY;
    for (uint32_t t = 0; t < g->token_count; t++) {
        for (; next < count && x[next].first == t; next++)
            before[x[next].end] =
                ng_log_add(before[x[next].end], before[t] + score(c, &x[next], scores));
        before[t + 1] = ng_log_add(before[t + 1], before[t]);
    }
    after[g->token_count] = 0;
    next = count;
    for (uint32_t t = g->token_count; t-- > 0;) {
        after[t] = after[t + 1];
        for (; next > 0 && x[next - 1].first == t; next--)
            after[t] =
                ng_log_add(after[t], score(c, &x[next - 1], scores) + after[x[next - 1].end]);
    }
}

/* The chances of an example to be a name of each kind. */
static void find_chances(const chooser *c, const example *x, const sums *around,
                         double chances[NG_SPAN_COUNT])
{
    double rest = around->before[x->first] + around->after[x->end] - around->after[0];

    (void)score(c, x, chances);
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        chances[kind] = exp(chances[kind] + rest);
}

/* Learns from one group. */
static void learn(chooser *c, const group *g)
{
    double expected[NG_SPAN_COUNT];
    sums around;

    weigh(c, g, &around);
    for (uint32_t i = g->first; i < g->end; i++) {
        const example *x = &c->examples[i];

        find_chances(c, x, &around, expected);
        if (x->gold != NOTHING)
            c->loss -= log(expected[x->gold] + 1e-12);
        step_example(c, x, g->weight, expected);
    }
}

/* ---- examples ---- */

/* Adds the candidates of a text as groups. */
static ng_status add_options(ng_ctx *cx, chooser *c, const ng_gold_document *document,
                             const ng_text *text, const ng_option *options, size_t count)
{
    uint32_t start = 0, reach = 0;
    size_t next = 0;
    ng_status status = ng_grow(cx, (void **)&c->examples, &c->example_capacity, sizeof *c->examples,
                               c->example_count + count + 1, UINT32_MAX, "names");

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        const ng_option *option = &options[i];
        const ng_token *tokens = text->tokens;
        uint32_t from = tokens[option->first].start, to = tokens[option->end - 1].end;
        example *x = &c->examples[c->example_count];
        const ng_gold_span *span = NULL;
        ng_view features =
            ng_arena_copy(cx, &c->memory,
                          (ng_view){ (const char *)option->features,
                                     option->feature_count * sizeof *option->features });

        if (!features.data)
            return ng_arena_status(&c->memory);
        if (i == 0 || option->first >= reach || option->end - start > GROUP_TOKENS_MAX) {
            start = option->first;
            status = ng_grow(cx, (void **)&c->groups, &c->group_capacity, sizeof *c->groups,
                             c->group_count + 1, UINT32_MAX, "names");
            if (status != NG_OK)
                break;
            c->groups[c->group_count++] = (group){ .first = (uint32_t)c->example_count,
                                                   .end = (uint32_t)c->example_count,
                                                   .weight = document->weight,
                                                   .is_copy = document->is_copy,
                                                   .is_caseless = option->is_caseless };
        }
        reach = option->end > reach ? option->end : reach;
        *x = (example){ .first = option->first - start,
                        .end = option->end - start,
                        .features = (const uint16_t *)(const void *)features.data,
                        .feature_count = (uint32_t)option->feature_count,
                        .other = (float)option->other / 100.0f,
                        .gold = NOTHING };
        memcpy(x->odds, option->odds, sizeof x->odds);
        span = ng_gold_span_at(document, from, to, &next);
        if (span && span->start >= from && span->end <= to &&
            (option->first == 0 || tokens[option->first - 1].end <= span->start) &&
            span->start < tokens[option->first].end && span->end > tokens[option->end - 1].start)
            x->gold = (int8_t)span->kind;
        c->example_count++;
        c->groups[c->group_count - 1].end++;
        if (reach - start > c->groups[c->group_count - 1].token_count)
            c->groups[c->group_count - 1].token_count = reach - start;
    }
    return status;
}

/* Counts the names that could be found, apart for documents without case. */
static void count_gold(chooser *c, const ng_gold_document *document, const ng_option *options,
                       size_t count)
{
    size_t caseless = 0;

    for (size_t i = 0; i < count; i++)
        caseless += options[i].is_caseless;
    if (document->is_copy && caseless * 2 <= count)
        return;
    for (size_t s = 0; s < document->span_count; s++)
        c->gold[caseless * 2 > count][document->spans[s].kind]++;
}

/* Adds the examples of one document. */
static ng_status add_document(ng_ctx *cx, chooser *c, const ng_finder *finder, ng_scratch *scratch,
                              ng_arena *arena, const ng_gold_document *document)
{
    ng_text text;
    const ng_option *options = NULL;
    size_t count = 0;
    ng_status status = ng_text_scan(cx, arena, document->text, NG_LESSON_SENTENCE_BYTES, &text);

    if (status == NG_OK)
        status = ng_lesson_options(cx, finder, scratch, arena, &text, &options, &count);
    if (status == NG_OK)
        status = add_options(cx, c, document, &text, options, count);
    if (status == NG_OK)
        count_gold(c, document, options, count);
    return status;
}

/* The weights as the model has them. */
static void round_weights(const chooser *c, ng_span_weights *spans)
{
    for (size_t f = 0; f < c->feature_count; f++)
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            spans->weights[f][kind] = (int16_t)lroundf(100.0f * c->weights[f][kind]);
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        spans->odds_weights[kind] = (int32_t)lroundf(1000.0f * c->weights[c->feature_count][kind]);
}

/* Adds the examples of one part, as the field says that has not seen it. */
static ng_status add_part(ng_ctx *cx, chooser *c, const ng_field *field, uint32_t part,
                          const ng_span_weights *spans)
{
    ng_finder *finder = NULL;
    ng_scratch *scratch = NULL;
    ng_model *model = NULL;
    ng_arena arena;
    ng_buffer bytes;
    ng_status status = NG_OK;

    ng_arena_init(&arena, SIZE_MAX);
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_field_write(cx, field, spans, &bytes);
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
        status = ng_ctx_is_cancelled(cx) ? ng_fail(cx, NG_E_LIMIT, "interrupted")
                                         : add_document(cx, c, finder, scratch, &arena, document);
        ng_arena_reset(cx, &arena);
    }
    ng_scratch_free(cx, scratch);
    ng_finder_free(cx, finder);
    ng_model_close(cx, model);
    ng_buffer_destroy(cx, &bytes);
    ng_arena_destroy(cx, &arena);
    return status;
}

/* ---- precision against recall ---- */

/* A chosen example and the kind it is taken for. */
typedef struct choice {
    const example *example; /* or NULL */
    int8_t kind;            /* NOTHING: a demonym */
} choice;

/* The best kind of an example with the bonuses, and its score; NOTHING when it scores no more than
 * nothing, or than a demonym. */
static int8_t judge(const chooser *c, const example *x, const double bonus[NG_SPAN_COUNT],
                    double *score_out)
{
    double scores[NG_SPAN_COUNT];
    int8_t best = NOTHING;

    (void)score(c, x, scores);
    *score_out = (double)x->other;
    for (int8_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        if (scores[kind] + bonus[kind] > *score_out) {
            *score_out = scores[kind] + bonus[kind];
            best = kind;
        }
    return best;
}

/* Chooses the best set of a group as the finder does: back[t] is the choice that ends at t on the
 * best way to the end, if any. */
static void choose(const chooser *c, const group *g, const double bonus[NG_SPAN_COUNT],
                   choice back[GROUP_TOKENS_MAX + 1])
{
    double best[GROUP_TOKENS_MAX + 1] = { 0 };
    const example *x = c->examples + g->first, *last = c->examples + g->end;

    memset(back, 0, (g->token_count + 1) * sizeof *back);
    for (uint32_t t = 0; t < g->token_count; t++) {
        for (; x < last && x->first == t; x++) {
            double gain = 0;
            int8_t kind = judge(c, x, bonus, &gain);

            if (best[t] + gain > best[x->end]) {
                best[x->end] = best[t] + gain;
                back[x->end] = (choice){ x, kind };
            }
        }
        if (best[t] >= best[t + 1]) {
            best[t + 1] = best[t];
            back[t + 1].example = NULL;
        }
    }
    for (uint32_t t = g->token_count; t > 0;) {
        uint32_t before = back[t].example ? back[t].example->first : t - 1;

        for (uint32_t between = before + 1; between < t; between++)
            back[between].example = NULL;
        t = before;
    }
}

/* F1 of persons and places together and F1 of organizations, added up, with these bonuses: of the
 * groups without case, or of the others that are no copies. */
static double measure(const chooser *c, bool is_caseless, const double bonus[NG_SPAN_COUNT])
{
    const size_t *gold = c->gold[is_caseless];
    size_t hits[NG_SPAN_COUNT] = { 0 }, found[NG_SPAN_COUNT] = { 0 };
    choice back[GROUP_TOKENS_MAX + 1];

    for (size_t i = 0; i < c->group_count; i++) {
        const group *g = &c->groups[i];

        if (g->is_caseless != is_caseless || (g->is_copy && !is_caseless))
            continue;
        choose(c, g, bonus, back);
        for (uint32_t t = 1; t <= g->token_count; t++)
            if (back[t].example && back[t].kind != NOTHING) {
                found[back[t].kind]++;
                hits[back[t].kind] += back[t].example->gold == back[t].kind;
            }
    }
    return 2.0 * (double)(hits[0] + hits[1]) /
               (double)(found[0] + found[1] + gold[0] + gold[1] + 1) +
           2.0 * (double)hits[2] / (double)(found[2] + gold[2] + 1);
}

/* Finds the bonuses, kind by kind, with which the gold is met best. */
static void find_bonus(const chooser *c, bool is_caseless, double bonus[NG_SPAN_COUNT])
{
    enum { STEPS = 21, PASSES = 2 };

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        bonus[kind] = 0;
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
            double best = -1, best_bonus = 0;

            for (int i = 0; i < STEPS; i++) {
                double f1 = 0;

                bonus[kind] = i * 0.1;
                f1 = measure(c, is_caseless, bonus);
                if (f1 > best) {
                    best = f1;
                    best_bonus = bonus[kind];
                }
            }
            bonus[kind] = best_bonus;
        }
}

/* ---- confidence ---- */

/* Sums for a logistic fit with two parameters. */
typedef struct fit {
    double scale, shift;
    double gradient[2], curve[3]; /* second derivatives: scale twice, mixed, shift twice */
} fit;

/* Adds one observation: log-odds, and whether it was right. */
static void add_observation(fit *f, double odds, bool is_right)
{
    double p = 1 / (1 + exp(-(f->scale * odds + f->shift))), slope = p * (1 - p);

    f->gradient[0] += ((is_right ? 1 : 0) - p) * odds;
    f->gradient[1] += (is_right ? 1 : 0) - p;
    f->curve[0] += slope * odds * odds;
    f->curve[1] += slope * odds;
    f->curve[2] += slope;
}

/* Adds the chosen spans of a group. */
static void observe(const chooser *c, const group *g, const double bonus[NG_SPAN_COUNT], fit *f)
{
    choice back[GROUP_TOKENS_MAX + 1];
    sums around;

    choose(c, g, bonus, back);
    weigh(c, g, &around);
    for (uint32_t t = 1; t <= g->token_count; t++) {
        double chances[NG_SPAN_COUNT], p = 0;

        if (!back[t].example || back[t].kind == NOTHING)
            continue;
        find_chances(c, back[t].example, &around, chances);
        p = chances[back[t].kind];
        p = p < 1e-6 ? 1e-6 : p > 1 - 1e-6 ? 1 - 1e-6 : p;
        add_observation(f, log(p / (1 - p)), back[t].example->gold == back[t].kind);
    }
}

/* Fits how sure a chosen span is (Platt 1999) by Newton's method. */
static void find_sureness(const chooser *c, const double bonus[NG_SPAN_COUNT],
                          ng_span_weights *spans)
{
    enum { STEPS = 12 };
    fit f = { .scale = 1 };

    for (int i = 0; i < STEPS; i++) {
        double size = 0;

        memset(f.gradient, 0, sizeof f.gradient);
        f.curve[0] = f.curve[2] = 1e-3;
        f.curve[1] = 0;
        for (size_t k = 0; k < c->group_count; k++)
            if (!c->groups[k].is_copy && !c->groups[k].is_caseless)
                observe(c, &c->groups[k], bonus, &f);
        size = f.curve[0] * f.curve[2] - f.curve[1] * f.curve[1];
        if (size < 1e-6)
            break;
        f.scale += (f.gradient[0] * f.curve[2] - f.gradient[1] * f.curve[1]) / size;
        f.shift += (f.gradient[1] * f.curve[0] - f.gradient[0] * f.curve[1]) / size;
    }
    if (!(f.scale > 0.1 && f.scale < 10 && fabs(f.shift) < 10))
        f = (fit){ .scale = 1 };
    spans->sure_scale = (int32_t)lround(1000 * f.scale);
    spans->sure_shift = (int32_t)lround(1000 * f.shift);
}

/* What is found out when the weights are known. */
static void finish(const chooser *c, ng_span_weights *spans)
{
    for (int is_caseless = 1; is_caseless >= 0; is_caseless--) {
        double bonus[NG_SPAN_COUNT];

        find_bonus(c, is_caseless, bonus);
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            spans->bonus[is_caseless][kind] = (int32_t)lround(100 * bonus[kind]);
        if (!is_caseless)
            find_sureness(c, bonus, spans);
    }
}

/* ---- the whole ---- */

/* Several passes over the groups, each in another order. */
static ng_status run_epochs(ng_ctx *cx, chooser *c, uint64_t *random)
{
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
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
    return NG_OK;
}

/* Weights before anything is learned: what is expected. */
static ng_status start(ng_ctx *cx, chooser *c)
{
    size_t size = (c->feature_count + 1) * sizeof *c->weights;

    c->weights = ng_alloc(cx, size);
    c->expected = ng_alloc(cx, size);
    c->squares = ng_alloc(cx, size);
    if (!c->weights || !c->expected || !c->squares)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the weights of spans");
    for (size_t f = 0; f < c->feature_count; f++) {
        int16_t expected[NG_SPAN_COUNT];

        ng_span_expectation(f, expected);
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            c->weights[f][kind] = (float)expected[kind] / 100.0f;
    }
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        c->weights[c->feature_count][kind] = expected_odds_weight;
    memcpy(c->expected, c->weights, size);
    return NG_OK;
}

ng_status ng_chooser_train(ng_ctx *cx, const ng_names *names, const ng_corpus *corpus,
                           const ng_train_options *options, const ng_field *fields,
                           uint32_t part_count, ng_span_weights *spans)
{
    chooser c = { .options = options,
                  .corpus = corpus,
                  .names = names,
                  .feature_count = ng_span_feature_count() };
    uint64_t random = options->seed;
    ng_status status = start(cx, &c);

    memset(spans->bonus, 0, sizeof spans->bonus);
    spans->sure_scale = 1000;
    spans->sure_shift = 0;

    ng_arena_init(&c.memory, SIZE_MAX);
    for (int round = 0; round < ROUNDS && status == NG_OK; round++) {
        round_weights(&c, spans);
        ng_arena_reset(cx, &c.memory);
        c.example_count = c.group_count = 0;
        memset(c.gold, 0, sizeof c.gold);
        for (uint32_t part = 0; part < part_count && status == NG_OK; part++)
            status = add_part(cx, &c, &fields[part], part, spans);
        for (size_t f = 0; f <= c.feature_count; f++)
            for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
                c.squares[f][kind] = 1;
        if (status == NG_OK)
            status = run_epochs(cx, &c, &random);
        if (status == NG_OK && options->verbose)
            ng_warn(cx, "names, round %d: %zu candidates, loss %.4f", round + 1, c.example_count,
                    c.loss / (double)(c.example_count + 1));
    }
    if (status == NG_OK) {
        round_weights(&c, spans);
        finish(&c, spans);
    }
    ng_arena_destroy(cx, &c.memory);
    ng_free(cx, c.examples);
    ng_free(cx, c.groups);
    ng_free(cx, c.weights);
    ng_free(cx, c.expected);
    ng_free(cx, c.squares);
    return status;
}
