/* The inputs of a run as one series of documents.
 *
 * The reader takes file after file from the walk, looks at its first bytes and hands it to the
 * reader of texts or of records. What cannot be used is said, counted and left behind; only memory,
 * cancellation and mistakes of ours end a run.
 *
 * One message is kept back: when the only input is a file that fails, its reason is what the
 * verdict says, so that it is said once. */
#include "documents_internal.h"

#include <assert.h>

struct ng_reader {
    const ng_options *options;
    const ng_inputs *inputs;
    ng_walk *walk;
    ng_stream stream;
    ng_records records;
    bool is_in_records;
    uint64_t document_count, failed_count;
    uint64_t unread_count; /* failures to open or read */
    uint64_t large_count;  /* failures of size */
    uint64_t done_bytes;   /* of files left behind */
    uint64_t total_bytes;  /* 0: unknown */
    bool has_read;         /* some input could be opened and read */
    ng_status kept_status; /* the failure kept back for the verdict, or NG_OK */
    char kept_error[sizeof((ng_ctx *)0)->error];
};

/* Adds the sizes of the inputs; 0 when one of them is not a regular file. */
static uint64_t sum_sizes(ng_ctx *cx, const ng_inputs *inputs)
{
    uint64_t total = 0;

    for (size_t i = 0; i < ng_inputs_count(inputs); i++) {
        struct stat info;

        if (cx->sys->stat(ng_inputs_get(inputs, i), &info) != 0 || !S_ISREG(info.st_mode) ||
            info.st_size < 0 || total > UINT64_MAX - (uint64_t)info.st_size)
            return 0;
        total += (uint64_t)info.st_size;
    }
    return total;
}

ng_status ng_reader_new(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                        ng_reader **reader_out)
{
    ng_reader *reader = ng_alloc(cx, sizeof *reader);
    ng_status status = NG_OK;

    if (!reader)
        return ng_fail(cx, NG_E_MEMORY, "no memory to read the inputs");
    memset(reader, 0, sizeof *reader);
    reader->options = options;
    reader->inputs = inputs;
    status = ng_walk_new(cx, inputs, &reader->walk);
    if (status != NG_OK) {
        ng_free(cx, reader);
        return status;
    }
    reader->total_bytes = sum_sizes(cx, inputs);
    *reader_out = reader;
    return NG_OK;
}

/* Leaves the file being read. */
static void end_file(ng_ctx *cx, ng_reader *reader)
{
    if (reader->is_in_records)
        ng_records_destroy(cx, &reader->records);
    reader->is_in_records = false;
    ng_stream_close(cx, &reader->stream);
    reader->done_bytes += reader->stream.read_bytes;
    reader->stream.read_bytes = 0;
}

void ng_reader_free(ng_ctx *cx, ng_reader *reader)
{
    if (!reader)
        return;
    end_file(cx, reader);
    ng_free(cx, reader->stream.data);
    ng_walk_free(cx, reader->walk);
    ng_free(cx, reader);
}

/* Does this failure concern one input alone? */
static bool is_of_input(const ng_ctx *cx, ng_status status)
{
    return (status == NG_E_DATA || status == NG_E_IO || status == NG_E_LIMIT) &&
           !ng_ctx_is_cancelled(cx);
}

/* Says the failure that was kept back, now that it is not the only thing to say. */
static void say_kept(ng_ctx *cx, ng_reader *reader)
{
    if (reader->kept_status != NG_OK)
        ng_tell(cx, reader->kept_status, "%s", reader->kept_error);
    reader->kept_status = NG_OK;
}

/* Counts and says a failure whose reason is in cx. With options->strict it ends the run. */
static ng_status note_failure(ng_ctx *cx, ng_reader *reader, ng_report *report, ng_status status)
{
    if (!is_of_input(cx, status))
        return status;
    reader->failed_count++;
    report->failed_count++;
    reader->unread_count += status == NG_E_IO;
    reader->large_count += status == NG_E_LIMIT;
    reader->has_read |= status != NG_E_IO;
    if (reader->options->strict)
        return status == NG_E_IO && reader->has_read ? NG_E_DATA : status;
    say_kept(cx, reader);
    if (ng_inputs_count(reader->inputs) == 1 && reader->failed_count == 1 &&
        reader->document_count == 0) {
        reader->kept_status = status;
        memcpy(reader->kept_error, cx->error, sizeof reader->kept_error);
    } else {
        ng_tell(cx, status, "%s", ng_ctx_error(cx));
    }
    return NG_OK;
}

/* Starts on a file: records stay open, a text is one document. */
static ng_status read_file(ng_ctx *cx, ng_reader *reader, ng_report *report, const ng_found *found,
                           ng_source_document **document_out)
{
    const char *refusal = NULL;
    ng_view head = NG_VIEW_NONE;
    ng_status status = ng_stream_open(cx, found, &reader->stream);

    if (status != NG_OK)
        return status;
    reader->has_read = true;
    head = ng_stream_view(&reader->stream);
    refusal = ng_sniff_refusal(head);
    if (refusal && found->has_no_ending) {
        ng_walk_pass_over(reader->walk, report);
    } else if (refusal) {
        status = ng_fail(cx, NG_E_DATA, "%s: looks like %s", found->label, refusal);
    } else if (found->is_records || (found->may_be_records && ng_sniff_records(head))) {
        status = ng_records_init(cx, &reader->records, &reader->stream, found, reader->options);
        reader->is_in_records = status == NG_OK;
    } else {
        if (ng_sniff_html(head))
            ng_warn(cx, "%s: looks like HTML; it is read as plain text, tags and all",
                    found->label);
        status = ng_text_read(cx, &reader->stream, found, reader->options, document_out);
    }
    if (!reader->is_in_records)
        end_file(cx, reader);
    return status;
}

/* The next document of the file being read, or of the next file; *is_end_out when there is none. */
static ng_status step(ng_ctx *cx, ng_reader *reader, ng_report *report,
                      ng_source_document **document_out, bool *is_end_out)
{
    ng_found found;
    bool has_found = false;
    ng_status status = NG_OK;

    if (reader->is_in_records) {
        status = ng_records_next(cx, &reader->records, document_out);
        if ((status == NG_OK && !*document_out) || status == NG_E_IO)
            end_file(cx, reader);
        return status;
    }
    status = ng_walk_next(cx, reader->walk, report, &found, &has_found);
    *is_end_out = status == NG_OK && !has_found;
    if (has_found)
        status = read_file(cx, reader, report, &found, document_out);
    return status;
}

/* Counts a document; says what was done to it. */
static void note_document(ng_ctx *cx, ng_reader *reader, ng_report *report,
                          const ng_source_document *document)
{
    reader->document_count++;
    report->document_count++;
    report->byte_count += document->text.size;
    say_kept(cx, reader);
    if (document->was_repaired)
        ng_warn(cx, "%.*s: not valid UTF-8; bad bytes were replaced by U+FFFD",
                (int)(document->origin.size < 4096 ? document->origin.size : 4096),
                document->origin.data);
}

ng_status ng_reader_next(ng_ctx *cx, ng_reader *reader, ng_report *report,
                         ng_source_document **document_out)
{
    bool is_end = false;
    ng_source_document *document = NULL;

    while (!is_end && !document) {
        ng_status status = NG_OK;

        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        status = step(cx, reader, report, &document, &is_end);
        if (status != NG_OK)
            status = note_failure(cx, reader, report, status);
        if (status != NG_OK)
            return status;
    }
    if (document)
        note_document(cx, reader, report, document);
    *document_out = document;
    return NG_OK;
}

ng_status ng_reader_verdict(ng_ctx *cx, const ng_reader *reader)
{
    unsigned long long failed = reader->failed_count;
    unsigned long long all = reader->document_count + reader->failed_count;
    ng_status status = NG_E_DATA;

    if (failed == 0)
        return NG_OK;
    if (reader->kept_status != NG_OK)
        return ng_fail(cx, reader->kept_status, "%s", reader->kept_error);
    if (reader->unread_count == failed && !reader->has_read)
        status = NG_E_IO;
    else if (reader->large_count == failed)
        status = NG_E_LIMIT;
    if (all == failed)
        return ng_fail(cx, status, "none of the inputs could be used (%llu failed)", failed);
    return ng_fail(cx, status, "%llu of %llu inputs could not be used", failed, all);
}

void ng_reader_progress(const ng_reader *reader, uint64_t *done_bytes_out,
                        uint64_t *total_bytes_out)
{
    *done_bytes_out = reader->done_bytes + reader->stream.read_bytes;
    *total_bytes_out = reader->total_bytes;
}
