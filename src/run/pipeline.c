/* The pipeline: documents in, finished documents out, in the order of the inputs.
 *
 * The calling thread reads documents and hands finished ones to the sink, one by one in the order
 * of reading; all threads work on those in between, each document in its own arena with nothing
 * shared but read-only tables (base/relay.c). So the sink sees the same calls for any number of
 * threads, and memory is bounded by the documents under way, not by the archive.
 *
 * A document that cannot be used is named, counted and passed over; memory that ran out ends the
 * run. What is done with a finished document is the sink's business: extract.c and build.c. */
#include "run_internal.h"

#include <assert.h>

enum {
    DOCUMENTS_PER_THREAD = 32, /* under way */
    UNDER_WAY_BYTES = 8 << 20, /* of text; a larger document is alone */
    AHEAD_DOCUMENTS = 100,     /* looked at for repeated paragraphs before one is counted */
    AHEAD_BYTES = 4 << 20,
    SEGMENT_BYTES = 16 << 20, /* from one checkpoint to the next; documents of one are not ahead of
                               * those of another, so that a run can go on there */
    KEPT_BYTES = 256 << 10,   /* of an arena, from document to document */
    TOLD_DOCUMENTS = 64,      /* progress is told once for so many */
    TOLD_LANGUAGES = 3        /* documents named as not English; the others are counted */
};

typedef struct pipeline {
    const ng_run *run;
    ng_reader *reader;
    ng_report *report;
    ng_job *jobs; /* job_count slots; arenas are kept from document to document */
    size_t job_count;
    ng_scratch **scratches; /* one for each thread, made when it has its first document */
    uint32_t thread_count;
    uint64_t under_way_bytes;
    uint64_t noted_count, noted_bytes;
    uint64_t segment_bytes;
    uint64_t read_count;  /* documents taken from the reader */
    uint64_t read_digest; /* of their names and sizes */
    ng_repeats *repeats;  /* NULL: every paragraph counts */
    uint64_t committed_count;
    uint64_t foreign_count; /* documents that do not look like English */
} pipeline;

/* The text that is scanned: a title that stands apart becomes a first paragraph of its own. */
static ng_status scanned_text(ng_ctx *cx, ng_job *job, ng_view *text_out)
{
    const ng_source_document *document = job->document;
    const ng_view gap = NG_VIEW("\n\n");
    char *joined = NULL;

    job->offset_bytes = 0;
    job->offset_cp = 0;
    *text_out = document->text;
    if (!document->title_is_apart)
        return NG_OK;
    joined = ng_arena_alloc(cx, &job->arena, document->title.size + gap.size + document->text.size);
    if (!joined)
        return NG_E_MEMORY;
    memcpy(joined, document->title.data, document->title.size);
    memcpy(joined + document->title.size, gap.data, gap.size);
    job->offset_bytes = (uint32_t)(document->title.size + gap.size);
    job->offset_cp = (uint32_t)(ng_utf8_count(document->title) + gap.size);
    memcpy(joined + job->offset_bytes, document->text.data, document->text.size);
    *text_out = (ng_view){ joined, job->offset_bytes + document->text.size };
    return NG_OK;
}

/* The spans of a document: found, or given. */
static ng_status get_spans(const pipeline *line, ng_ctx *cx, ng_scratch *scratch, ng_job *job)
{
    const ng_given_mention *given = NULL;
    size_t count = 0;
    ng_status status = NG_OK;

    if (!line->run->given)
        return ng_spans_find(cx, line->run->finder, scratch, &job->arena, &job->text, &job->spans);
    status = ng_given_of(cx, line->run->given, job, &given, &count);
    if (status != NG_OK)
        return status;
    return ng_spans_take(cx, scratch, &job->arena, &job->text, given, count, &job->spans);
}

/* All stages of one document. */
static ng_status work_document(const pipeline *line, ng_ctx *cx, ng_scratch *scratch, ng_job *job)
{
    const ng_options *options = line->run->options;
    ng_view origin = { NULL, 0 };
    ng_view text;
    ng_status status = ng_source_prepare(cx, options, job->document);

    job->is_read = status == NG_OK;
    if (line->run->with_tally)
        origin = job->document->id;
    if (status == NG_OK)
        status = scanned_text(cx, job, &text);
    if (status == NG_OK)
        status = ng_text_scan(cx, &job->arena, text, options->sentence_bytes, &job->text);
    if (status == NG_OK)
        status = get_spans(line, cx, scratch, job);
    if (status == NG_OK && !(options->kinds >> NG_KIND_ORGANIZATION & 1u))
        ng_spans_show_places(&job->spans);
    if (status == NG_OK)
        status = ng_cast_make(cx, line->run->names, options, &job->arena, &job->text, &job->spans,
                              origin, &job->cast);
    if (status == NG_OK && line->run->with_tally) {
        ng_source_digest(job->document);
        if (line->repeats)
            status = ng_paragraphs_list(cx, &job->arena, &job->text, &job->paragraphs);
    }
    if (status == NG_OK && line->run->with_tally)
        status = ng_tallies_make(cx, options, &job->arena, &job->text, &job->spans, &job->cast,
                                 job->tallies);
    job->is_english = status != NG_OK || ng_text_is_english(&job->text);
    return status;
}

/* Works on a document, whose failure stays with it. */
static ng_status work_job(void *user, ng_ctx *cx, uint32_t worker, size_t item)
{
    pipeline *line = user;
    ng_job *job = &line->jobs[item];
    ng_scratch **scratch = &line->scratches[worker];

    if (!*scratch) {
        job->status = ng_scratch_new(cx, line->run->finder, scratch);
        if (job->status != NG_OK)
            return job->status;
    }
    job->status = work_document(line, cx, *scratch, job);
    if (job->status == NG_OK)
        return NG_OK;
    if (job->status == NG_E_MEMORY || job->status == NG_E_BUG || ng_ctx_is_cancelled(cx))
        return job->status;
    memcpy(job->error, cx->error, sizeof job->error);
    return NG_OK;
}

/* Takes a document from the reader and remembers which it was. */
static ng_status take_document(ng_ctx *cx, pipeline *line, ng_source_document **document_out)
{
    ng_source_document *document = NULL;
    ng_status status = ng_reader_next(cx, line->reader, line->report, &document);

    if (status == NG_OK && document) {
        line->read_count++;
        line->read_digest = ng_hash(document->origin, line->read_digest ^ document->text.size);
    }
    *document_out = document;
    return status;
}

/* Passes over what an interrupted run has counted, but for documents that could not be used: they
 * are said again. */
static ng_status skip_passed(ng_ctx *cx, pipeline *line, ng_source_document **document_out)
{
    const ng_passed *passed = ng_resume_passed(line->run->resume);
    ng_status status = NG_OK;

    *document_out = NULL;
    while (status == NG_OK && line->read_count < passed->documents) {
        ng_source_document *document = NULL;

        status = take_document(cx, line, &document);
        if (status == NG_OK && document &&
            ng_resume_has_failed(line->run->resume, line->read_count - 1)) {
            *document_out = document;
            return NG_OK;
        }
        ng_source_free(cx, document);
        if (status == NG_OK && !document)
            break;
    }
    if (status == NG_OK &&
        (line->read_count < passed->documents || line->read_digest != passed->digest))
        return ng_fail(cx, NG_E_DATA,
                       "%s: the inputs are not those of the interrupted run; remove that folder to "
                       "begin anew",
                       line->run->options->resume_path);
    return status;
}

/* Reads the next document into a job. */
static ng_status bring_job(void *user, ng_ctx *cx, size_t slot, ng_brought *brought_out)
{
    pipeline *line = user;
    ng_job *job = &line->jobs[slot];
    bool is_behind =
        line->run->resume && line->read_count < ng_resume_passed(line->run->resume)->documents;
    ng_status status = NG_OK;

    if (line->segment_bytes >= SEGMENT_BYTES) {
        line->segment_bytes = 0;
        *brought_out = NG_BROUGHT_PAUSE;
        return NG_OK;
    }
    if (is_behind)
        status = skip_passed(cx, line, &job->document);
    if (status == NG_OK && !job->document) {
        is_behind = false;
        status = take_document(cx, line, &job->document);
    }
    *brought_out = job->document ? NG_BROUGHT_ITEM : NG_BROUGHT_END;
    if (status != NG_OK || !job->document)
        return status;
    job->read_number = line->read_count - 1;
    job->bytes = job->document->text.size;
    line->under_way_bytes += job->bytes;
    if (!is_behind)
        line->segment_bytes += job->bytes;
    return NG_OK;
}

/* A pause: all that was read is counted. */
static ng_status settle(void *user, ng_ctx *cx)
{
    pipeline *line = user;
    const ng_passed passed = { .documents = line->read_count,
                               .digest = line->read_digest,
                               .foreign_count = line->foreign_count,
                               .report = *line->report };

    return ng_resume_checkpoint(cx, line->run->resume, line->repeats, &passed);
}

/* Large documents go one by one. */
static bool has_room(void *user)
{
    const pipeline *line = user;

    return line->under_way_bytes < UNDER_WAY_BYTES;
}

/* Names a document that could not be used. With --strict it ends the run. */
static ng_status pass_over(ng_ctx *cx, pipeline *line, const ng_job *job, ng_report *report)
{
    ng_view origin = job->document->origin;

    if (job->is_read)
        (void)ng_fail(cx, job->status, "%.*s: %s", (int)(origin.size & 0xFFFF), origin.data,
                      job->error);
    else /* the message names the document */
        (void)ng_fail(cx, job->status, "%s", job->error);
    return ng_reader_take_back(cx, line->reader, report, job->status);
}

/* Says that a text is not English, for the first few. */
static void tell_language(ng_ctx *cx, pipeline *line, const ng_job *job)
{
    ng_view origin = job->document->origin;

    if (++line->foreign_count <= TOLD_LANGUAGES)
        ng_warn(cx, "%.*s: does not look like English; names will be missed or mistaken",
                (int)origin.size, origin.data);
}

/* Notes the paragraphs of a document, so that those before it can be counted. */
static ng_status note_job(void *user, ng_ctx *cx, size_t slot)
{
    pipeline *line = user;
    ng_job *job = &line->jobs[slot];
    bool is_copy = false;
    ng_status status = NG_OK;

    line->noted_bytes += job->bytes;
    job->number = line->noted_count++;
    job->end_bytes = line->noted_bytes;
    if (job->status == NG_OK)
        status = ng_repeats_note(cx, line->repeats, job->paragraphs, job->text.paragraph_count,
                                 &is_copy);
    line->report->copy_count += is_copy;
    return status;
}

/* A document is counted once enough documents after it were noted. */
static bool may_leave(void *user, size_t oldest_slot, size_t noted_slot)
{
    const pipeline *line = user;
    const ng_job *oldest = &line->jobs[oldest_slot];
    const ng_job *noted = &line->jobs[noted_slot];

    return noted->number - oldest->number >= AHEAD_DOCUMENTS ||
           noted->end_bytes - oldest->end_bytes >= AHEAD_BYTES;
}

/* Counts a document again without its repeated paragraphs, if it has any. */
static ng_status leave_out_repeats(ng_ctx *cx, pipeline *line, ng_job *job)
{
    uint64_t count = 0;

    for (size_t i = 0; i < job->text.paragraph_count; i++)
        if (ng_repeats_has(line->repeats, &job->paragraphs[i])) {
            ng_paragraph_mark(&job->text, (uint32_t)i);
            job->paragraphs[i].hash = 0;
            count++;
        }
    if (count == 0)
        return NG_OK;
    line->report->boilerplate_count++;
    return ng_tallies_make(cx, line->run->options, &job->arena, &job->text, &job->spans, &job->cast,
                           job->tallies);
}

/* Forgets the document of a job, keeps its arena; not one that a large document filled: each job
 * would sooner or later have met one. */
static void clear_job(ng_ctx *cx, pipeline *line, ng_job *job)
{
    if (!job->document)
        return;
    ng_source_free(cx, job->document);
    job->document = NULL;
    line->under_way_bytes -= job->bytes;
    if (job->arena.used_bytes > KEPT_BYTES)
        ng_arena_destroy(cx, &job->arena);
    else
        ng_arena_reset(cx, &job->arena);
}

/* What a document says, without bylines and boilerplate: the hashes of its paragraphs. One that
 * says nothing is like no other. */
static void digest_content(ng_job *job)
{
    size_t count = 0;

    for (size_t i = 0; i < job->text.paragraph_count; i++)
        if (job->paragraphs[i].hash != 0)
            job->paragraphs[count++].hash = job->paragraphs[i].hash;
    for (size_t i = 0; i < count; i++) /* end to end */
        memcpy((char *)job->paragraphs + i * sizeof(uint64_t), &job->paragraphs[i].hash,
               sizeof(uint64_t));
    if (count > 0)
        ng_sha256_hex((ng_view){ (const char *)job->paragraphs, count * sizeof(uint64_t) },
                      job->document->content);
}

/* Hands a document to the sink. */
static ng_status commit(ng_ctx *cx, pipeline *line, ng_job *job)
{
    ng_status status = NG_OK;

    if (job->status != NG_OK && line->run->resume)
        status = ng_resume_note_failure(cx, line->run->resume, job->read_number);
    if (status != NG_OK)
        return status;
    if (job->status != NG_OK)
        return pass_over(cx, line, job, line->report);
    if (line->repeats)
        status = leave_out_repeats(cx, line, job);
    if (status != NG_OK)
        return status;
    if (line->run->options->same_text_once)
        digest_content(job);
    line->report->byte_count += job->document->text.size;
    ng_source_tell(cx, job->document);
    if (!job->is_english)
        tell_language(cx, line, job);
    return line->run->sink(line->run->user, cx, job, line->report);
}

/* A job is finished: its document is handed on and forgotten. */
static ng_status commit_job(void *user, ng_ctx *cx, size_t slot)
{
    pipeline *line = user;
    uint64_t done = 0, total = 0;
    ng_status status = commit(cx, line, &line->jobs[slot]);

    clear_job(cx, line, &line->jobs[slot]);
    if (status == NG_OK && ng_ctx_is_cancelled(cx))
        return ng_fail(cx, NG_E_LIMIT, "interrupted");
    if (status == NG_OK && ++line->committed_count % TOLD_DOCUMENTS == 0) {
        ng_reader_progress(line->reader, &done, &total);
        ng_progress(cx, NG_WORK_DOCUMENTS, done, total, line->report->document_count);
    }
    return status;
}

/* Slots for documents. One thread has nothing to gain from several: a document is handed on before
 * the next is read, and the memory that all stages work in stays near the processor. */
static size_t count_jobs(const pipeline *line)
{
    size_t count = line->thread_count == 1 ? 1 : (size_t)line->thread_count * DOCUMENTS_PER_THREAD;

    return line->repeats ? count + AHEAD_DOCUMENTS : count;
}

/* The reader and the jobs of a run. */
static ng_status open_pipeline(ng_ctx *cx, const ng_inputs *inputs, uint32_t thread_count,
                               pipeline *line)
{
    ng_status status = ng_reader_new(cx, line->run->options, inputs, &line->reader);

    if (status != NG_OK)
        return status;
    line->thread_count = thread_count;
    if (line->run->with_tally &&
        (!line->run->options->keep_boilerplate || line->run->options->same_text_once))
        status = ng_repeats_new(cx, line->run->options->boilerplate_documents, &line->repeats);
    if (status != NG_OK)
        return status;
    line->job_count = count_jobs(line);
    line->jobs = ng_alloc(cx, line->job_count * sizeof *line->jobs);
    if (line->jobs)
        memset(line->jobs, 0, line->job_count * sizeof *line->jobs);
    for (size_t i = 0; line->jobs && i < line->job_count; i++)
        ng_arena_init(&line->jobs[i].arena, SIZE_MAX);
    line->scratches = ng_alloc(cx, thread_count * sizeof(ng_scratch *));
    if (line->scratches)
        memset(line->scratches, 0, thread_count * sizeof(ng_scratch *));
    if (!line->jobs || !line->scratches)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu documents", line->job_count);
    return NG_OK;
}

static void close_pipeline(ng_ctx *cx, pipeline *line)
{
    for (size_t i = 0; line->jobs && i < line->job_count; i++) {
        clear_job(cx, line, &line->jobs[i]);
        ng_arena_destroy(cx, &line->jobs[i].arena);
    }
    for (uint32_t i = 0; line->scratches && i < line->thread_count; i++)
        ng_scratch_free(cx, line->scratches[i]);
    ng_repeats_free(cx, line->repeats);
    ng_free(cx, line->scratches);
    ng_free(cx, line->jobs);
    ng_reader_free(cx, line->reader);
}

/* What the inputs came to, once everything usable was done. */
static ng_status verdict(ng_ctx *cx, const pipeline *line)
{
    if (line->foreign_count > TOLD_LANGUAGES)
        ng_warn(cx, "%llu documents do not look like English",
                (unsigned long long)line->foreign_count);
    return ng_reader_verdict(cx, line->reader);
}

/* Takes up what an interrupted run knew. */
static ng_status take_up(ng_ctx *cx, pipeline *line)
{
    const ng_passed *passed = ng_resume_passed(line->run->resume);

    if (passed->documents == 0)
        return NG_OK;
    *line->report = passed->report;
    line->foreign_count = passed->foreign_count;
    return line->repeats ? ng_resume_load_repeats(cx, line->run->resume, line->repeats) : NG_OK;
}

/* Moves all documents. */
static ng_status relay_documents(ng_ctx *cx, pipeline *line)
{
    const ng_relay relay = { .slot_count = line->job_count,
                             .bring = bring_job,
                             .settle = line->run->resume ? settle : NULL,
                             .has_room = has_room,
                             .work = work_job,
                             .note = line->repeats ? note_job : NULL,
                             .may_leave = line->repeats ? may_leave : NULL,
                             .hand_over = commit_job };

    return ng_relay_run(cx, line->thread_count, &relay, line);
}

ng_status ng_run_documents(ng_ctx *cx, const ng_run *run, const ng_inputs *inputs,
                           ng_report *report_out, ng_status *verdict_out)
{
    ng_report report = { 0 };
    pipeline line = { .run = run, .report = &report };

    uint32_t thread_count = ng_memory_threads(run->options);
    ng_status status = NG_OK;

    assert(run->sink && run->names && run->finder);
    status = open_pipeline(cx, inputs, thread_count, &line);
    if (status == NG_OK && run->resume)
        status = take_up(cx, &line);
    if (status == NG_OK)
        status = relay_documents(cx, &line);
    if (status == NG_OK) {
        *verdict_out = verdict(cx, &line);
        *report_out = report;
    }
    close_pipeline(cx, &line);
    return status;
}
