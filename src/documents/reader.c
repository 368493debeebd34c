/* The inputs of a run as one series of documents.
 *
 * The reader takes file after file from the walk and looks at its first bytes. A file is one
 * document, a series of documents (records, mail), or files again (an archive, a compressed file):
 * so what is open is a short stack of layers, each reading what the one below unpacks. What cannot
 * be used is said, counted and left behind; only memory, cancellation and mistakes of ours end a
 * run.
 *
 * One message is kept back: when the only input is a file that fails, its reason is what the
 * verdict says, so that it is said once. */
#include "documents_internal.h"

#include <assert.h>

enum {
    MOST_LAYERS = 6,   /* a file, packed twice with an archive each, and a series in it */
    MOST_ARCHIVES = 2, /* an archive within an archive */
    LABEL_BYTES = 1 << 20
};

/* An open stream and what is made of it. */
typedef struct layer {
    ng_stream stream;
    ng_buffer label, name;        /* of an entry; of a file the name alone */
    bool is_stream;               /* its name says nothing */
    bool is_single;               /* a compressed file, once its entry was seen */
    ng_archive *archive;          /* its entries are read one by one */
    const ng_series_kind *series; /* or its documents */
    void *state;                  /* of the series */
    uint64_t used_count;          /* entries of the archive that were taken */
    uint64_t passed_count;        /* and those that were not */
} layer;

struct ng_reader {
    const ng_options *options;
    const ng_inputs *inputs;
    ng_walk *walk;
    layer layers[MOST_LAYERS];
    size_t depth;
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

/* Leaves the innermost file being read. */
static void leave_layer(ng_ctx *cx, ng_reader *reader)
{
    layer *top = &reader->layers[--reader->depth];

    if (top->series)
        top->series->close(cx, top->state);
    ng_free(cx, top->state);
    ng_archive_free(cx, top->archive);
    top->series = NULL;
    top->state = NULL;
    top->archive = NULL;
    ng_stream_close(cx, &top->stream);
    if (reader->depth == 0)
        reader->done_bytes += top->stream.read_bytes;
    top->stream.read_bytes = 0;
}

void ng_reader_free(ng_ctx *cx, ng_reader *reader)
{
    if (!reader)
        return;
    while (reader->depth > 0)
        leave_layer(cx, reader);
    for (size_t i = 0; i < MOST_LAYERS; i++) {
        ng_free(cx, reader->layers[i].stream.data);
        ng_buffer_destroy(cx, &reader->layers[i].label);
        ng_buffer_destroy(cx, &reader->layers[i].name);
    }
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

/* ---- layers ---- */

/* Archives among the open layers; compressed files are none. */
static size_t count_archives(const ng_reader *reader)
{
    size_t count = 0;

    for (size_t i = 0; i < reader->depth; i++)
        count += reader->layers[i].archive != NULL && !reader->layers[i].is_single;
    return count;
}

/* How deep archives may lie in each other. */
static ng_status fail_too_deep(ng_ctx *cx, const char *label)
{
    return ng_fail(cx, NG_E_DATA, "%s: an archive within archives; unpack the outer one first",
                   label);
}

/* The stream of the top layer is packed: its entries come next. */
static ng_status open_archive(ng_ctx *cx, ng_reader *reader, const ng_found *found)
{
    layer *top = &reader->layers[reader->depth - 1];

    if (reader->depth >= MOST_LAYERS)
        return fail_too_deep(cx, found->label);
    top->is_single = false;
    top->used_count = top->passed_count = 0;
    return ng_archive_open(cx, &top->stream, reader->options, &top->archive);
}

/* The stream of the top layer holds documents: they come next. */
static ng_status open_series(ng_ctx *cx, ng_reader *reader, const ng_found *found,
                             const ng_series_kind *kind)
{
    layer *top = &reader->layers[reader->depth - 1];
    ng_status status = NG_OK;

    top->state = ng_alloc(cx, kind->state_bytes);
    if (!top->state)
        return ng_fail(cx, NG_E_MEMORY, "no memory to read %s", found->label);
    status = kind->open(cx, top->state, &top->stream, found, reader->options);
    if (status == NG_OK)
        top->series = kind;
    return status;
}

/* How many documents a file of this format holds: NULL when it is one. */
static const ng_series_kind *series_of(ng_media media)
{
    switch (media) {
    case NG_MEDIA_LINES:
        return &ng_series_lines;
    case NG_MEDIA_JSON:
        return &ng_series_json;
    case NG_MEDIA_TABLE:
        return &ng_series_table;
    case NG_MEDIA_MBOX:
        return &ng_series_mbox;
    case NG_MEDIA_WARC:
        return &ng_series_warc;
    default:
        return NULL;
    }
}

/* What is found on the way and holds no documents is passed over. */
static void pass_over(ng_reader *reader, ng_report *report)
{
    if (reader->depth == 1) {
        ng_walk_pass_over(reader->walk, report);
        return;
    }
    reader->layers[reader->depth - 2].passed_count++;
    report->skipped_count++;
}

/* JSON and tables may hold anything; those that were found, not named, are read when they tell of
 * texts. */
static bool has_text(const layer *top, ng_media media, const ng_options *options)
{
    if (media == NG_MEDIA_JSON)
        return ng_json_has_text(ng_stream_view(&top->stream), options);
    return media != NG_MEDIA_TABLE || ng_table_has_text(ng_stream_view(&top->stream), options);
}

/* Starts on the stream of the top layer. One document is read at once, and the layer left. */
static ng_status start_layer(ng_ctx *cx, ng_reader *reader, ng_report *report,
                             const ng_found *found, ng_source_document **document_out)
{
    layer *top = &reader->layers[reader->depth - 1];
    ng_media media = NG_MEDIA_NONE;
    const char *refusal =
        ng_media_of(ng_stream_view(&top->stream), found->file_name, found->is_stream, &media);
    const ng_series_kind *series = NULL;
    ng_status status = NG_OK;

    if (media != NG_MEDIA_PACKED && reader->options->read_as &&
        ng_media_find(reader->options->read_as, &media))
        refusal = NULL;
    series = series_of(media);
    if (found->may_be_passed && !has_text(top, media, reader->options))
        pass_over(reader, report);
    else if (refusal && found->may_be_passed && ng_media_of_name(found->file_name) == NG_MEDIA_NONE)
        pass_over(reader, report);
    else if (refusal)
        status = ng_fail(cx, NG_E_DATA, "%s: looks like %s", found->label, refusal);
    else if (media == NG_MEDIA_PACKED)
        status = open_archive(cx, reader, found);
    else if (series)
        status = open_series(cx, reader, found, series);
    else
        status = ng_whole_read(cx, &top->stream, found, media, reader->options, document_out);
    if (!top->archive && !top->series)
        leave_layer(cx, reader);
    return status;
}

/* Joins two names with a slash. A zero byte follows. */
static ng_status join(ng_ctx *cx, ng_view folder, ng_view name, ng_buffer *into)
{
    ng_status status = NG_OK;

    ng_buffer_destroy(cx, into);
    ng_buffer_init(into, LABEL_BYTES);
    status = ng_buffer_add(cx, into, folder);
    if (status == NG_OK && name.size > 0)
        status = ng_buffer_add_byte(cx, into, '/');
    return status == NG_OK ? ng_buffer_add(cx, into, name) : status;
}

/* Starts on a file. */
static ng_status start_file(ng_ctx *cx, ng_reader *reader, ng_report *report, const ng_found *found,
                            ng_source_document **document_out)
{
    ng_status status = ng_stream_open(cx, found, &reader->layers[0].stream);

    if (status != NG_OK)
        return status;
    reader->has_read = true;
    reader->depth = 1;
    reader->layers[0].is_stream = found->is_stream;
    status = join(cx, found->name, NG_VIEW_NONE, &reader->layers[0].name);
    if (status != NG_OK) {
        leave_layer(cx, reader);
        return status;
    }
    return start_layer(cx, reader, report, found, document_out);
}

/* ---- entries of archives ---- */

/* The name without the ending of the compression: "news.jsonl.gz" tells of "news.jsonl". */
static ng_view inner_name(ng_view name)
{
    size_t at = name.size;

    while (at > 0 && name.data[at - 1] != '.' && name.data[at - 1] != '/')
        at--;
    if (at < 2 || name.data[at - 1] != '.' || ng_media_of_name(name) != NG_MEDIA_PACKED)
        return name;
    return ng_view_part(name, 0, at - 1);
}

/* An entry whose name tells of something else is not looked at. */
static bool is_wanted(const ng_inputs *inputs, const ng_entry *entry)
{
    bool may_be_text = false;

    if (entry->is_single)
        return true;
    return entry->is_file && ng_inputs_want(inputs, entry->name, &may_be_text);
}

/* Starts on the entry at which the archive of the top layer stands. */
static ng_status start_entry(ng_ctx *cx, ng_reader *reader, ng_report *report,
                             const ng_entry *entry, ng_source_document **document_out)
{
    layer *below = &reader->layers[reader->depth - 1];
    layer *above = &reader->layers[reader->depth];
    ng_found found = { .may_be_passed = !entry->is_single };
    ng_view name = ng_view_of(entry->name);
    ng_status status = join(cx, ng_view_of(below->stream.label), name, &above->label);

    assert(reader->depth < MOST_LAYERS);
    if (status == NG_OK)
        status = join(cx, ng_buffer_view(&below->name), name, &above->name);
    if (status != NG_OK)
        return status;
    found.label = above->label.data;
    found.name = ng_buffer_view(&above->name);
    found.file_name = entry->is_single ? inner_name(found.name) : found.name;
    found.is_stream = entry->is_single && below->is_stream;
    below->used_count++;
    status = ng_stream_open_entry(cx, below->archive, found.label, &above->stream);
    if (status != NG_OK)
        return status;
    above->stream.modified = below->stream.modified;
    above->is_stream = found.is_stream;
    reader->depth++;
    return start_layer(cx, reader, report, &found, document_out);
}

/* The next entry of the archive of the top layer. */
static ng_status step_archive(ng_ctx *cx, ng_reader *reader, ng_report *report,
                              ng_source_document **document_out)
{
    layer *top = &reader->layers[reader->depth - 1];
    ng_entry entry;
    bool has_entry = false;
    ng_status status = ng_archive_next(cx, top->archive, &entry, &has_entry);

    if (status != NG_OK) {
        top->used_count++;
        return status;
    }
    if (!has_entry) {
        if (top->used_count == 0 && top->passed_count > 0)
            status = ng_fail(cx, NG_E_DATA, "%s: no documents in it (looked for %s)",
                             top->stream.label, ng_media_endings);
        else if (top->used_count == 0)
            ng_warn(cx, "%s: there is nothing in it", top->stream.label);
        leave_layer(cx, reader);
        return status;
    }
    top->is_single = entry.is_single;
    if (count_archives(reader) > MOST_ARCHIVES) {
        status = fail_too_deep(cx, top->stream.label);
        leave_layer(cx, reader);
        return status;
    }
    if (is_wanted(reader->inputs, &entry))
        return start_entry(cx, reader, report, &entry, document_out);
    if (entry.is_file) {
        top->passed_count++;
        report->skipped_count++;
    }
    return NG_OK;
}

/* The next document of the series of the top layer. */
static ng_status step_series(ng_ctx *cx, ng_reader *reader, ng_source_document **document_out)
{
    layer *top = &reader->layers[reader->depth - 1];
    ng_status status = top->series->next(cx, top->state, document_out);

    if ((status == NG_OK && !*document_out) || status == NG_E_IO)
        leave_layer(cx, reader);
    return status;
}

/* The next document of the file being read, or of the next file; *is_end_out when there is none. */
static ng_status step(ng_ctx *cx, ng_reader *reader, ng_report *report,
                      ng_source_document **document_out, bool *is_end_out)
{
    ng_found found;
    bool has_found = false;
    ng_status status = NG_OK;

    if (reader->depth > 0 && reader->layers[reader->depth - 1].series)
        return step_series(cx, reader, document_out);
    if (reader->depth > 0)
        return step_archive(cx, reader, report, document_out);
    status = ng_walk_next(cx, reader->walk, report, &found, &has_found);
    *is_end_out = status == NG_OK && !has_found;
    if (has_found)
        status = start_file(cx, reader, report, &found, document_out);
    return status;
}

/* Counts a document. */
static void note_document(ng_ctx *cx, ng_reader *reader, ng_report *report)
{
    reader->document_count++;
    report->document_count++;
    say_kept(cx, reader);
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
        note_document(cx, reader, report);
    *document_out = document;
    return NG_OK;
}

ng_status ng_reader_take_back(ng_ctx *cx, ng_reader *reader, ng_report *report, ng_status status)
{
    assert(reader->document_count > 0 && report->document_count > 0);
    reader->document_count--;
    report->document_count--;
    return note_failure(cx, reader, report, status);
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
    *done_bytes_out = reader->done_bytes + reader->layers[0].stream.read_bytes;
    *total_bytes_out = reader->total_bytes;
}
