/* ng_graph_build: every document's tally goes into one graph. */
#include "run_internal.h"

typedef struct build {
    const ng_options *options;
    ng_builder *builder;
} build;

/* Counts one document. */
static ng_status add_document(void *user, ng_ctx *cx, const ng_job *job, ng_report *report)
{
    build *state = user;

    for (size_t i = 0; i < job->spans.count; i++) {
        if (job->cast.of_span[i] != NG_NO_ACTOR)
            report->mention_count +=
                state->options->kinds >> job->cast.actors[job->cast.of_span[i]].kind & 1u;
    }
    return ng_builder_add(cx, state->builder, job->document, &job->text, &job->spans, &job->cast,
                          &job->tally, job->offset_bytes, job->offset_cp, report);
}

ng_status ng_graph_build(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                         ng_report *report_out, ng_graph **graph_out)
{
    ng_engine engine = { 0 };
    build state = { .options = options };
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    ng_graph *graph = NULL;
    ng_status status = ng_engine_open(cx, options, &engine);
    ng_run run = { .options = options,
                   .names = engine.names,
                   .finder = engine.finder,
                   .given = engine.given,
                   .with_tally = true,
                   .sink = add_document,
                   .user = &state };

    if (status == NG_OK)
        status = ng_builder_new(cx, options, engine.names, &state.builder);
    if (status == NG_OK)
        ng_builder_set_model(state.builder, engine.given ? "none: mentions were given"
                                                         : ng_finder_model_hash(engine.finder));
    if (status == NG_OK)
        status = ng_run_documents(cx, &run, inputs, &report, &verdict);
    if (status == NG_OK && verdict != NG_OK && report.document_count == 0)
        status = verdict; /* nothing could be used: there is no graph to speak of */
    if (status == NG_OK)
        status = ng_builder_finish(cx, state.builder, &graph);
    if (status == NG_OK) {
        *graph_out = graph;
        *report_out = report;
        status = verdict;
    }
    ng_builder_free(cx, state.builder);
    ng_engine_close(cx, &engine);
    return status;
}
