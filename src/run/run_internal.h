/* Private to run: one document on its way, and the run that moves it. */
#ifndef NG_RUN_INTERNAL_H
#define NG_RUN_INTERNAL_H

#include "run.h"

/* Mentions that another program found (given.c). */
typedef struct ng_given ng_given;

/* A document with everything the stages made of it, all in its arena. */
typedef struct ng_job {
    ng_source_document *document;
    ng_arena arena;
    ng_text text; /* the scanned text: a title that stands apart, then the document's text */
    ng_spans spans;
    ng_cast cast;
    ng_tally tallies[NG_SCOPES_MAX];  /* one a scope, when the run asks for it */
    uint32_t offset_bytes, offset_cp; /* where the document's own text begins in `text` */
    uint64_t bytes;                   /* of the document as it was read */
    uint64_t number;                  /* of the document among those noted, from 0 */
    uint64_t read_number;             /* and among those read */
    uint64_t end_bytes;               /* of all documents up to and with this one */
    ng_paragraph *paragraphs;         /* when the run looks for repeated ones */
    bool is_read;                     /* its text was taken out of its bytes */
    bool is_english;
    ng_status status;
    char error[1024];
} ng_job;

/* repeats.c: which paragraphs stand in many documents. */
typedef struct ng_repeats ng_repeats;

/* `least`: documents that make a paragraph boilerplate. */
ng_status ng_repeats_new(ng_ctx *cx, uint32_t least, ng_repeats **repeats_out);
void ng_repeats_free(ng_ctx *cx, ng_repeats *repeats);

/* Notes the paragraphs of the next document. *is_copy_out: most of its text stood in documents
 * before it. O(paragraphs). */
ng_status ng_repeats_note(ng_ctx *cx, ng_repeats *repeats, const ng_paragraph *paragraphs,
                          size_t count, bool *is_copy_out);

/* Everything as bytes, and back. Fails with NG_E_DATA when the bytes are none of ours. */
ng_status ng_repeats_put(ng_ctx *cx, const ng_repeats *repeats, ng_buffer *out);
ng_status ng_repeats_take(ng_ctx *cx, ng_repeats *repeats, ng_view bytes);

/* Is this paragraph boilerplate, as far as is known? */
bool ng_repeats_has(const ng_repeats *repeats, const ng_paragraph *paragraph);

/* Takes one finished document; called in the order of the inputs, on the calling thread. */
typedef ng_status (*ng_sink_fn)(void *user, ng_ctx *cx, const ng_job *job, ng_report *report);

/* resume.c: where an interrupted run goes on. */
typedef struct ng_resume ng_resume;

/* What a run knows of itself at a checkpoint. */
typedef struct ng_passed {
    uint64_t documents;     /* read so far */
    uint64_t digest;        /* of their names and sizes: are the inputs the same? */
    uint64_t foreign_count; /* of them not English */
    ng_report report;
} ng_passed;

/* Opens the folder options->resume_path, or begins it, and gives its files to the builder. */
ng_status ng_resume_open(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                         ng_builder *builder, ng_resume **resume_out);
void ng_resume_free(ng_ctx *cx, ng_resume *resume);

/* Where the interrupted run was: documents == 0 when it is a new one. */
const ng_passed *ng_resume_passed(const ng_resume *resume);

/* Could this document (by its number) not be used? */
bool ng_resume_has_failed(const ng_resume *resume, uint64_t number);
ng_status ng_resume_note_failure(ng_ctx *cx, ng_resume *resume, uint64_t number);

/* The repeated paragraphs of the interrupted run. */
ng_status ng_resume_load_repeats(ng_ctx *cx, const ng_resume *resume, ng_repeats *repeats);

/* Keeps everything up to now: the counts, the repeated paragraphs, then where the run is. */
ng_status ng_resume_checkpoint(ng_ctx *cx, ng_resume *resume, const ng_repeats *repeats,
                               const ng_passed *passed);

typedef struct ng_run {
    const ng_options *options;
    const ng_names *names;
    const ng_finder *finder;
    const ng_given *given; /* mentions of another program, or NULL */
    ng_resume *resume;     /* checkpoints, or NULL */
    bool with_tally;       /* for graphs: what is counted, the digest of the text, the ledger */
    ng_sink_fn sink;
    void *user;
} ng_run;

/* Moves every document of the inputs through the stages to the sink.
 *
 *   verdict_out  what the inputs came to when the run itself went through: NG_OK, NG_E_DATA,
 *                NG_E_LIMIT or NG_E_IO, with the message in cx; everything usable was handed on
 *
 * Returns NG_OK, or what ended the run early. */
ng_status ng_run_documents(ng_ctx *cx, const ng_run *run, const ng_inputs *inputs,
                           ng_report *report_out, ng_status *verdict_out);

/* The dictionaries and patterns of a run. On failure nothing is kept. */
typedef struct ng_engine {
    ng_names *names;
    ng_finder *finder;
    ng_given *given; /* NULL: mentions are found */
} ng_engine;

ng_status ng_engine_open(ng_ctx *cx, const ng_options *options, ng_engine *engine_out);
void ng_engine_close(ng_ctx *cx, ng_engine *engine);

/* What a graph calls the model that finds its names: its hash, or that mentions are given. */
const char *ng_engine_model(const ng_engine *engine);

/* An empty builder for what the engine finds. `options` are borrowed. */
ng_status ng_engine_builder(ng_ctx *cx, const ng_engine *engine, const ng_options *options,
                            ng_builder **builder_out);

/* given.c: the mentions of a file, by document. Free with ng_given_free. */
ng_status ng_given_read(ng_ctx *cx, const char *path, ng_given **given_out);
void ng_given_free(ng_ctx *cx, ng_given *given);

/* The mentions of a job's document as bytes of its scanned text, in the job's arena; none when the
 * file does not have the document. O(bytes of the text). */
ng_status ng_given_of(ng_ctx *cx, const ng_given *given, ng_job *job,
                      const ng_given_mention **mentions_out, size_t *count_out);

#endif
