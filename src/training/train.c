/* Training as a whole: the corpus is read and numbered; a field for each part of the gold is
 * trained without it, and one on everything, several at a time; then the weights of spans are
 * learned from what the former say, and the model has the latter's. */
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

/* What a training works on. */
typedef struct training {
    const ng_train_options *options;
    const char *model_path;
    ng_file *file; /* opened first: where nothing can be written, nothing need be learned */
    ng_names *names;
    ng_corpus corpus;
    ng_lessons lessons;
    ng_field *fields; /* one for each part, then the one on everything */
    uint32_t field_count;
    ng_pace pace;
} training;

/* Checks what could not work. */
static ng_status check(ng_ctx *cx, const ng_train_options *options, const char *model_path)
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
    if (options->keeps_parts && (strcmp(model_path, "-") == 0 || model_path[0] == '\0'))
        return ng_fail(cx, NG_E_USAGE, "parts are kept beside a file, not beside standard output");
    return NG_OK;
}

/* ---- the fields ---- */

/* "mine.ngm.part-3". */
static ng_status name_part(ng_ctx *cx, const char *model_path, uint32_t number, char **path_out)
{
    size_t size = strlen(model_path) + 32;
    char *path = ng_alloc(cx, size);

    if (!path)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the name of a file");
    (void)snprintf(path, size, "%s.part-%u", model_path, number);
    *path_out = path;
    return NG_OK;
}

/* Makes the fields, and takes up what was kept of them. */
static ng_status start_fields(ng_ctx *cx, training *all)
{
    const ng_train_options *options = all->options;
    double token_count = (double)(all->lessons.token_count + 1);
    uint64_t fingerprint = 0, bytes = 0;
    ng_status status = NG_OK;

    all->fields = ng_alloc(cx, all->field_count * sizeof *all->fields);
    if (!all->fields)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the tagger");
    if (options->keeps_parts)
        fingerprint = ng_part_fingerprint(options, &all->corpus, &all->lessons);
    for (uint32_t i = 0; i < all->field_count; i++)
        all->fields[i] = (ng_field){ .lessons = &all->lessons,
                                     .corpus = &all->corpus,
                                     .options = options,
                                     .left_out = i < options->part_count ? i : UINT32_MAX,
                                     .fingerprint = fingerprint + i,
                                     .pace = &all->pace };
    for (uint32_t i = 0; i < all->field_count && status == NG_OK; i++) {
        if (options->keeps_parts)
            status = name_part(cx, all->model_path, i, &all->fields[i].part_path);
        if (status == NG_OK)
            status = ng_field_start(cx, &all->fields[i]);
        if (status == NG_OK)
            all->pace.total += ng_field_work(&all->fields[i]);
        if (status == NG_OK && options->verbose && all->fields[i].pass_count > 0)
            ng_warn(cx, "tagger %u: goes on after pass %u", i, all->fields[i].pass_count);
    }
    for (size_t d = 0; d < all->corpus.count; d++)
        bytes += all->corpus.documents[d].text.size;
    all->pace.cx = cx;
    all->pace.bytes_per_token = (double)bytes / token_count;
    all->pace.documents_per_token = (double)all->corpus.count / token_count;
    return status;
}

/* Trains one of the fields. The first worker is the thread of the caller. */
static ng_status train_field(void *user, ng_ctx *cx, uint32_t worker, size_t item)
{
    ng_field *fields = user;

    fields[item].tells_pace = worker == 0;
    return ng_field_train(cx, &fields[item]);
}

/* Trains all fields. */
static ng_status train_fields(ng_ctx *cx, training *all)
{
    ng_status status = start_fields(cx, all);

    if (status == NG_OK)
        status = ng_workers_run(cx, all->options->thread_count, all->field_count, train_field,
                                all->fields);
    for (uint32_t i = 0; i < all->field_count && status == NG_OK && all->options->verbose; i++)
        ng_warn(cx, "tagger %u: %u features, loss %.4f a token", i, all->fields[i].feature_count,
                all->fields[i].loss / (double)(all->lessons.token_count + 1));
    return status;
}

/* Ends the fields; their part files are of no more use once the model is written. */
static void end_fields(ng_ctx *cx, training *all, bool is_written)
{
    for (uint32_t i = 0; all->fields && i < all->field_count; i++) {
        if (is_written && all->fields[i].part_path)
            (void)cx->sys->unlink(all->fields[i].part_path);
        ng_field_destroy(cx, &all->fields[i]);
    }
    ng_free(cx, all->fields);
}

/* ---- the whole ---- */

/* Learns the weights of spans and adds the model to the file. */
static ng_status finish(ng_ctx *cx, training *all)
{
    const ng_train_options *options = all->options;
    ng_span_weights spans = { .weights = NULL };
    ng_buffer model;
    ng_status status = NG_OK;

    spans.weights = ng_alloc(cx, ng_span_feature_count() * sizeof *spans.weights);
    if (!spans.weights)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the weights of spans");
    ng_buffer_init(&model, SIZE_MAX / 2);
    status = ng_chooser_train(cx, all->names, &all->corpus, options, all->fields,
                              options->part_count, &spans);
    if (status == NG_OK && options->verbose)
        ng_warn(cx,
                "hundredths for persons, places, organizations: %d %d %d, without case %d %d %d; "
                "confidence: %d thousandths of the log-odds, and %d",
                spans.bonus[0][0], spans.bonus[0][1], spans.bonus[0][2], spans.bonus[1][0],
                spans.bonus[1][1], spans.bonus[1][2], spans.sure_scale, spans.sure_shift);
    if (status == NG_OK)
        status = ng_field_write(cx, &all->fields[options->part_count], &spans, &model);
    if (status == NG_OK)
        status = ng_file_add(cx, all->file, ng_buffer_view(&model));
    ng_free(cx, spans.weights);
    ng_buffer_destroy(cx, &model);
    return status;
}

/* Reads what is learned from and makes numbers of it. */
static ng_status prepare(ng_ctx *cx, training *all)
{
    const ng_lessons *lessons = &all->lessons;
    ng_status status = ng_names_new(cx, NULL, &all->names);

    if (status == NG_OK)
        status = ng_corpus_read(cx, all->options, &all->corpus);
    if (status == NG_OK)
        status = ng_lessons_make(cx, all->names, &all->corpus, &all->lessons);
    if (status == NG_OK && all->options->verbose)
        ng_warn(cx,
                "%zu documents, %zu tokens in %zu stretches, %zu types, %zu features; %zu gold"
                " names in no stretch",
                all->corpus.count, lessons->token_count, lessons->sequence_count,
                lessons->type_count, ng_table_count(lessons->features), lessons->lost_count);
    return status;
}

ng_status ng_train(ng_ctx *cx, const ng_train_options *wanted, const char *model_path)
{
    ng_train_options options = *wanted;
    training all = { .options = &options,
                     .model_path = model_path,
                     .field_count = options.part_count + 1u };
    ng_status status = check(cx, &options, model_path);

    if (options.epochs == 0)
        options.epochs = options.silver_count > 0 ? 4 : 6;
    if (status == NG_OK)
        status = ng_file_create(cx, model_path, &all.file);
    if (status == NG_OK)
        status = prepare(cx, &all);
    if (status == NG_OK)
        status = train_fields(cx, &all);
    if (status == NG_OK)
        status = finish(cx, &all);
    if (status == NG_OK)
        status = ng_file_commit(cx, all.file);
    else
        ng_file_discard(cx, all.file);
    end_fields(cx, &all, status == NG_OK);
    ng_lessons_destroy(cx, &all.lessons);
    ng_corpus_destroy(cx, &all.corpus);
    ng_names_free(cx, all.names);
    return status;
}
