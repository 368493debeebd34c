/* Training as a whole: the corpus is read and numbered; a field for each part of the gold is trained
 * without it, and one on everything, several at a time; then the weights of spans are learned from
 * what the former say, and the model has the latter's. */
#include "trainer_internal.h"

void ng_train_options_init(ng_train_options *options)
{
    *options = (ng_train_options){ .silver_weight = 0.5,
                                   .silver_epochs = 3,
                                   .epochs = 0,
                                   .part_count = 3,
                                   .least_count = 3,
                                   .rate = 0.05,
                                   .drop = 0.25,
                                   .decay = 1e-5,
                                   .seed = 1 };
}

/* Trains one of the fields; the last is the one on everything. */
static ng_status train_field(void *user, ng_ctx *cx, uint32_t worker, size_t item)
{
    ng_field *fields = user;

    (void)worker;
    return ng_field_train(cx, &fields[item]);
}

/* Trains all fields. */
static ng_status train_fields(ng_ctx *cx, const ng_train_options *options, ng_field *fields,
                              uint32_t part_count)
{
    uint32_t thread_count = options->thread_count ? options->thread_count : ng_core_count();
    ng_status status = ng_workers_run(cx, thread_count, part_count + 1u, train_field, fields);

    for (uint32_t i = 0; i <= part_count && status == NG_OK && options->verbose; i++)
        ng_warn(cx, "tagger %u: %u features, loss %.4f a token", i, fields[i].feature_count,
                fields[i].loss / (double)(fields[i].lessons->token_count + 1));
    return status;
}

/* Learns the weights of spans and adds the model to the file. */
static ng_status finish(ng_ctx *cx, const ng_names *names, const ng_train_options *options,
                        const ng_corpus *corpus, const ng_field *fields, ng_file *file)
{
    ng_span_weights spans = { .weights = NULL };
    ng_buffer model;
    ng_status status = NG_OK;

    spans.weights = ng_alloc(cx, ng_span_feature_count() * sizeof *spans.weights);
    if (!spans.weights)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the weights of spans");
    ng_buffer_init(&model, SIZE_MAX / 2);
    status = ng_chooser_train(cx, names, corpus, options, fields, options->part_count, &spans);
    if (status == NG_OK && options->verbose)
        ng_warn(cx,
                "hundredths for persons, places, organizations: %d %d %d, without case %d %d %d; "
                "confidence: %d thousandths of the log-odds, and %d",
                spans.bonus[0][0], spans.bonus[0][1], spans.bonus[0][2], spans.bonus[1][0],
                spans.bonus[1][1], spans.bonus[1][2], spans.sure_scale, spans.sure_shift);
    if (status == NG_OK)
        status = ng_field_write(cx, &fields[options->part_count], &spans, &model);
    if (status == NG_OK)
        status = ng_file_add(cx, file, ng_buffer_view(&model));
    ng_free(cx, spans.weights);
    ng_buffer_destroy(cx, &model);
    return status;
}

/* Checks what could not work. */
static ng_status check(ng_ctx *cx, const ng_train_options *options)
{
    if (options->part_count < 2 || options->part_count > 20)
        return ng_fail(cx, NG_E_USAGE, "gold is cut into 2 to 20 parts, not %u",
                       options->part_count);
    if (options->silver_epochs == 0 || !(options->silver_weight > 0 && options->silver_weight <= 1))
        return ng_fail(cx, NG_E_USAGE,
                       "passes and the weight of silver are above 0, and it is at "
                       "most 1");
    if (!(options->rate > 0 && options->rate <= 1) || !(options->drop >= 0 && options->drop < 1) ||
        !(options->decay >= 0 && options->decay < 1))
        return ng_fail(cx, NG_E_USAGE,
                       "the rate is above 0 and at most 1; drop and decay are 0 "
                       "or more and below 1");
    return NG_OK;
}

ng_status ng_train(ng_ctx *cx, const ng_train_options *wanted, const char *model_path)
{
    ng_train_options own = *wanted;
    const ng_train_options *options = &own;
    ng_names *names = NULL;
    ng_corpus corpus = { .count = 0 };
    ng_lessons lessons = { .token_count = 0 };
    ng_field *fields = NULL;
    ng_file *file = NULL; /* opened first: where nothing can be written, nothing need be learned */
    size_t size = (options->part_count + 1u) * sizeof *fields;
    ng_status status = check(cx, options);

    if (own.epochs == 0)
        own.epochs = own.silver_count > 0 ? 3 : 6;
    if (status == NG_OK)
        status = ng_file_create(cx, model_path, &file);
    if (status == NG_OK)
        status = ng_names_new(cx, NULL, &names);
    if (status == NG_OK)
        status = ng_corpus_read(cx, options, &corpus);
    if (status == NG_OK)
        status = ng_lessons_make(cx, names, &corpus, &lessons);
    if (status == NG_OK && options->verbose)
        ng_warn(cx, "%zu documents, %zu tokens in %zu stretches, %zu types, %zu features; %zu gold"
                    " names in no stretch", corpus.count, lessons.token_count,
                lessons.sequence_count, lessons.type_count, ng_table_count(lessons.features),
                lessons.lost_count);
    if (status == NG_OK) {
        fields = ng_alloc(cx, size);
        if (!fields)
            status = ng_fail(cx, NG_E_MEMORY, "no memory for the tagger");
    }
    for (uint32_t i = 0; fields && i <= options->part_count; i++)
        fields[i] = (ng_field){ .lessons = &lessons,
                                .corpus = &corpus,
                                .options = options,
                                .left_out = i < options->part_count ? i : UINT32_MAX };
    if (status == NG_OK)
        status = train_fields(cx, options, fields, options->part_count);
    if (status == NG_OK)
        status = finish(cx, names, options, &corpus, fields, file);
    if (status == NG_OK)
        status = ng_file_commit(cx, file);
    else
        ng_file_discard(cx, file);
    for (uint32_t i = 0; fields && i <= options->part_count; i++)
        ng_field_destroy(cx, &fields[i]);
    ng_free(cx, fields);
    ng_lessons_destroy(cx, &lessons);
    ng_corpus_destroy(cx, &corpus);
    ng_names_free(cx, names);
    return status;
}
