/* ng_counts: a builder with the engine that feeds it, and ng_graph_build, which needs no more. */
#include "run_internal.h"

struct ng_counts {
    ng_ctx *cx;
    ng_options options;
    ng_engine engine;
    bool is_open;    /* the engine */
    ng_names *names; /* of counts that were made without an engine */
    ng_builder *builder;
};

/* What the sink needs. */
typedef struct adding {
    const ng_options *options;
    ng_builder *builder;
} adding;

static ng_status make(ng_ctx *cx, const ng_options *options, ng_counts **counts_out)
{
    ng_counts *counts = ng_alloc(cx, sizeof *counts);

    if (!counts)
        return ng_fail(cx, NG_E_MEMORY, "no memory for counts");
    *counts = (ng_counts){ .cx = cx, .options = *options };
    *counts_out = counts;
    return NG_OK;
}

/* Opens dictionaries, patterns and model. */
static ng_status open_engine(ng_ctx *cx, ng_counts *counts)
{
    ng_status status = NG_OK;

    if (counts->is_open)
        return NG_OK;
    status = ng_engine_open(cx, &counts->options, &counts->engine);
    counts->is_open = status == NG_OK;
    return status;
}

ng_status ng_counts_new(ng_ctx *cx, const ng_options *options, ng_counts **counts_out)
{
    ng_counts *counts = NULL;
    ng_status status = make(cx, options, &counts);

    if (status == NG_OK)
        status = open_engine(cx, counts);
    if (status == NG_OK)
        status = ng_engine_builder(cx, &counts->engine, &counts->options, &counts->builder);
    if (status == NG_OK) {
        *counts_out = counts;
        return NG_OK;
    }
    ng_counts_free(counts);
    return status;
}

ng_status ng_counts_new_like(ng_ctx *cx, const ng_options *options, const char *path,
                             ng_counts **counts_out)
{
    ng_counts *counts = NULL;
    ng_status status = make(cx, options, &counts);

    if (status == NG_OK)
        status = ng_names_new(cx, options->rules_path, &counts->names);
    if (status == NG_OK)
        status = ng_builder_new_like(cx, &counts->options, counts->names, path, &counts->builder);
    if (status == NG_OK)
        *counts_out = counts;
    else
        ng_counts_free(counts);
    return status;
}

void ng_counts_free(ng_counts *counts)
{
    ng_ctx *cx = NULL;

    if (!counts)
        return;
    cx = counts->cx;
    ng_builder_free(cx, counts->builder);
    if (counts->is_open)
        ng_engine_close(cx, &counts->engine);
    ng_names_free(cx, counts->names);
    ng_free(cx, counts);
}

/* Counts one document. */
static ng_status add_document(void *user, ng_ctx *cx, const ng_job *job, ng_report *report)
{
    adding *state = user;

    for (size_t i = 0; i < job->spans.count; i++) {
        if (job->cast.of_span[i] != NG_NO_ACTOR)
            report->mention_count +=
                state->options->kinds >> job->cast.actors[job->cast.of_span[i]].kind & 1u;
    }
    return ng_builder_add(cx, state->builder, job->document, &job->text, &job->spans, &job->cast,
                          job->tallies, job->offset_bytes, job->offset_cp, report);
}

ng_status ng_counts_add(ng_ctx *cx, ng_counts *counts, const ng_inputs *inputs,
                        ng_report *report_out, ng_status *verdict_out)
{
    adding state = { &counts->options, counts->builder };
    ng_status status = open_engine(cx, counts);
    ng_run run = { .options = &counts->options,
                   .names = counts->engine.names,
                   .finder = counts->engine.finder,
                   .given = counts->engine.given,
                   .with_tally = true,
                   .sink = add_document,
                   .user = &state };

    if (status == NG_OK)
        status = ng_builder_check(cx, counts->builder, counts->engine.names,
                                  ng_engine_model(&counts->engine));
    if (status == NG_OK && counts->options.resume_path)
        status = ng_resume_open(cx, &counts->options, inputs, counts->builder, &run.resume);
    if (status == NG_OK)
        status = ng_run_documents(cx, &run, inputs, report_out, verdict_out);
    ng_resume_free(cx, run.resume);
    return status;
}

ng_status ng_counts_add_saved(ng_ctx *cx, ng_counts *counts, const char *path, uint64_t *known_out)
{
    return ng_builder_add_saved(cx, counts->builder, path, known_out);
}

ng_status ng_counts_write(ng_ctx *cx, ng_counts *counts, const char *path)
{
    return ng_builder_save(cx, counts->builder, path);
}

ng_status ng_counts_finish(ng_ctx *cx, ng_counts *counts, ng_graph **graph_out)
{
    return ng_builder_finish(cx, counts->builder, graph_out);
}

bool ng_counts_is_saved(ng_ctx *cx, const char *path)
{
    return ng_saved_is_counts(cx, path);
}

ng_status ng_counts_documents(ng_ctx *cx, const char *path, uint64_t *count_out)
{
    return ng_saved_document_count(cx, path, count_out);
}

ng_status ng_graph_build(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                         ng_report *report_out, ng_graph **graph_out)
{
    ng_counts *counts = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    ng_graph *graph = NULL;
    ng_status status = ng_counts_new(cx, options, &counts);

    if (status == NG_OK)
        status = ng_counts_add(cx, counts, inputs, &report, &verdict);
    if (status == NG_OK && verdict != NG_OK && report.document_count == 0)
        status = verdict; /* nothing could be used: there is no graph to speak of */
    if (status == NG_OK)
        status = ng_counts_finish(cx, counts, &graph);
    if (status == NG_OK) {
        *graph_out = graph;
        *report_out = report;
        status = verdict;
    }
    ng_counts_free(counts);
    return status;
}
