/* ng_extract: every document's mentions and tokens, handed out one document at a time. */
#include "run_internal.h"

typedef struct extract {
    const ng_options *options;
    ng_document_fn each;
    void *user;
    ng_mention *mentions; /* reused from document to document */
    size_t mention_capacity;
    ng_token_view *tokens;
    size_t token_capacity;
} extract;

/* Bytes and code points of a position in the scanned text, seen from the title or from the text. */
static void set_offsets(const ng_job *job, const ng_span *span, ng_mention *mention)
{
    const ng_token *first = &job->text.tokens[span->first_token];
    const ng_token *last = &job->text.tokens[span->end_token - 1];
    uint32_t bytes = job->offset_bytes, points = job->offset_cp;

    mention->in_title = first->start < bytes;
    if (mention->in_title)
        bytes = points = 0;
    mention->byte_start = first->start - bytes;
    mention->byte_end = last->end - bytes;
    mention->start = first->cp_start - points;
    mention->end = last->cp_end - points;
    mention->in_boilerplate = (first->flags & NG_TOKEN_BOILERPLATE) != 0;
    mention->text = ng_view_part(job->text.text, first->start, last->end);
    mention->sentence = first->sentence;
    mention->paragraph = job->text.sentences[first->sentence].paragraph;
}

/* Fills `mentions` with the shown ones and marks their tokens. */
static size_t collect_mentions(const extract *state, const ng_job *job)
{
    size_t count = 0;

    for (size_t i = 0; i < job->spans.count; i++) {
        const ng_span *span = &job->spans.items[i];
        const ng_actor *actor = NULL;
        ng_mention *mention = &state->mentions[count];

        if (job->cast.of_span[i] == NG_NO_ACTOR)
            continue;
        actor = &job->cast.actors[job->cast.of_span[i]];
        if (!(state->options->kinds >> actor->kind & 1u))
            continue;
        *mention = (ng_mention){ .kind = (ng_kind)actor->kind,
                                 .form = (ng_form)job->cast.forms[i],
                                 .actor = actor->id,
                                 .confidence = (double)span->confidence };
        set_offsets(job, span, mention);
        for (size_t t = span->first_token; t < span->end_token; t++)
            state->tokens[t].mention = (uint32_t)count;
        count++;
    }
    return count;
}

/* Hands one document to the caller. */
static ng_status hand_out(void *user, ng_ctx *cx, const ng_job *job, ng_report *report)
{
    extract *state = user;
    ng_document document = { .id = job->document->id,
                             .date = job->document->date,
                             .title = job->document->title,
                             .author = job->document->author,
                             .text = job->document->text };
    ng_status status =
        ng_grow(cx, (void **)&state->mentions, &state->mention_capacity, sizeof *state->mentions,
                job->spans.count + 1, SIZE_MAX / sizeof *state->mentions, "mentions");

    if (status == NG_OK)
        status = ng_grow(cx, (void **)&state->tokens, &state->token_capacity, sizeof *state->tokens,
                         job->text.token_count + 1, SIZE_MAX / sizeof *state->tokens, "tokens");
    if (status != NG_OK)
        return status;
    for (size_t t = 0; t < job->text.token_count; t++)
        state->tokens[t] = (ng_token_view){ .text = ng_token_text(&job->text, t),
                                            .sentence = job->text.tokens[t].sentence,
                                            .mention = UINT32_MAX };
    document.mention_count = collect_mentions(state, job);
    document.mentions = state->mentions;
    document.tokens = state->tokens;
    document.token_count = job->text.token_count;
    report->mention_count += document.mention_count;
    return state->each(state->user, &document);
}

ng_status ng_extract(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                     ng_document_fn each, void *user, ng_report *report_out)
{
    ng_engine engine = { 0 };
    extract state = { .options = options, .each = each, .user = user };
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    ng_status status = ng_engine_open(cx, options, &engine);
    ng_run run = { .options = options,
                   .names = engine.names,
                   .finder = engine.finder,
                   .given = engine.given,
                   .sink = hand_out,
                   .user = &state };

    if (status == NG_OK)
        status = ng_run_documents(cx, &run, inputs, &report, &verdict);
    if (status == NG_OK) {
        *report_out = report;
        status = verdict;
    }
    ng_free(cx, state.mentions);
    ng_free(cx, state.tokens);
    ng_engine_close(cx, &engine);
    return status;
}
