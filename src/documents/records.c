/* JSON lines: one record a line with id, text, date, title. jansson lives here.
 *
 * Lines are cut out of the stream piece by piece; only a line that spans two pieces is gathered in
 * a buffer, and none longer than the largest document. A line that is no record is a failure with
 * its place, and the next call goes on behind it.
 *
 * The longest string of a record, as a rule its text, does not go through jansson: long_string.c
 * takes it out of the line and leaves a mark. */
#include "documents_internal.h"

#include <assert.h>
#include <jansson.h>

/* Lines of a stream, one record each. The buffers are kept from line to line. */
typedef struct ng_records {
    ng_stream *stream;
    const ng_options *options;
    ng_buffer label;    /* of the stream, for messages */
    ng_buffer name;     /* the id of a record that has none, before ":line" */
    ng_buffer origin;   /* "news.jsonl:12" */
    ng_buffer id;       /* of a record without one, or with a number */
    ng_buffer line;     /* a line that spans pieces of the stream */
    ng_buffer repaired; /* a line with bad bytes */
    ng_buffer rest;     /* a line without its longest string */
    ng_buffer string;   /* that string */
    bool is_shortened;  /* the line being read was parsed without it */
    uint64_t line_count;
    char date[NG_DATE_BYTES]; /* of records that have none: the file's */
    size_t date_bytes;
} ng_records;

static void close_records(ng_ctx *cx, void *state);

/* Opens a stream of lines. */
static ng_status open_records(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                              const ng_options *options)
{
    ng_records *records = state;
    ng_buffer *buffers[] = {
        &records->label, &records->name,     &records->origin, &records->id,
        &records->line,  &records->repaired, &records->rest,   &records->string
    };
    ng_status status = NG_OK;

    *records = (ng_records){ .stream = stream, .options = options };
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        ng_buffer_init(buffers[i], SIZE_MAX / 4);
    status = ng_buffer_add(cx, &records->label, ng_view_of(found->label));
    if (status == NG_OK)
        status = ng_buffer_add(cx, &records->name, found->name);
    if (status != NG_OK) {
        close_records(cx, records);
        return status;
    }
    records->date_bytes = ng_date_of_stream(options, stream, found, records->date);
    stream->label = records->label.data;
    if (ng_view_starts(ng_stream_view(stream), NG_VIEW("\xEF\xBB\xBF")))
        stream->start += 3;
    return NG_OK;
}

static void close_records(ng_ctx *cx, void *state)
{
    ng_records *records = state;

    ng_buffer_destroy(cx, &records->label);
    ng_buffer_destroy(cx, &records->name);
    ng_buffer_destroy(cx, &records->origin);
    ng_buffer_destroy(cx, &records->id);
    ng_buffer_destroy(cx, &records->line);
    ng_buffer_destroy(cx, &records->repaired);
    ng_buffer_destroy(cx, &records->rest);
    ng_buffer_destroy(cx, &records->string);
}

/* ---- lines ---- */

/* Forgets the stream up to and with the next line feed. */
static ng_status skip_line(ng_ctx *cx, ng_stream *stream)
{
    ng_status status = NG_OK;

    while (status == NG_OK && stream->end > stream->start) {
        ng_view piece = ng_stream_view(stream);
        const char *end = memchr(piece.data, '\n', piece.size);

        if (end) {
            stream->start += (size_t)(end - piece.data) + 1;
            return NG_OK;
        }
        status = ng_stream_refill(cx, stream);
    }
    return status;
}

/* The next line without its line feed, borrowed until the next call; false in has_line_out at the
 * end. */
static ng_status next_line(ng_ctx *cx, ng_records *records, ng_view *line_out, bool *has_line_out)
{
    ng_stream *stream = records->stream;
    const char *end = NULL;
    ng_status status = NG_OK;

    records->line.size = 0;
    if (stream->end == stream->start)
        status = ng_stream_refill(cx, stream);
    *has_line_out = stream->end > stream->start;
    while (status == NG_OK && !end && stream->end > stream->start) {
        ng_view piece = ng_stream_view(stream);
        size_t size = piece.size;

        end = memchr(piece.data, '\n', piece.size);
        if (end)
            size = (size_t)(end - piece.data);
        if (size > ng_limit_of(records->options) - records->line.size) {
            status = skip_line(cx, stream);
            return status == NG_OK ? NG_E_LIMIT : status;
        }
        stream->start += size + (end != NULL);
        *line_out = (ng_view){ piece.data, size };
        if (end && records->line.size == 0)
            return NG_OK;
        status = ng_buffer_add(cx, &records->line, *line_out);
        if (status == NG_OK && !end)
            status = ng_stream_refill(cx, stream);
    }
    *line_out = ng_buffer_view(&records->line);
    return status;
}

/* Says in `into` which line is being read: "news.jsonl:12". */
static ng_status name_line(ng_ctx *cx, const ng_records *records, const ng_buffer *beginning,
                           ng_buffer *into)
{
    ng_status status = NG_OK;

    into->size = 0;
    status = ng_buffer_add(cx, into, ng_buffer_view(beginning));
    if (status == NG_OK)
        status = ng_buffer_add_byte(cx, into, ':');
    if (status == NG_OK)
        status = ng_buffer_add_unsigned(cx, into, records->line_count);
    return status;
}

/* ---- records ---- */

/* A failure of the line being read. */
static ng_status fail_line(ng_ctx *cx, const ng_records *records, const char *reason)
{
    return ng_fail(cx, NG_E_DATA, "%s: %s", records->origin.data, reason);
}

/* Parses a line into an object. One that fails without its longest string is parsed whole, so that
 * the message tells what stands in it. */
static ng_status parse_line(ng_ctx *cx, ng_records *records, ng_view line, json_t **root_out)
{
    json_error_t error;
    json_t *root = NULL;
    ng_status status =
        ng_long_string_take(cx, line, &records->rest, &records->string, &records->is_shortened);

    if (status != NG_OK)
        return status;
    if (records->is_shortened)
        root = json_loadb(records->rest.data, records->rest.size, JSON_ALLOW_NUL, &error);
    records->is_shortened = root != NULL;
    if (!root)
        root = json_loadb(line.data, line.size, JSON_ALLOW_NUL, &error);
    if (!root && json_error_code(&error) == json_error_out_of_memory)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory for a record", records->origin.data);
    if (!root)
        return ng_fail(cx, NG_E_DATA, "%s: not a JSON record: %s", records->origin.data,
                       error.text);
    if (!json_is_object(root)) {
        json_decref(root);
        return fail_line(cx, records, "not a JSON record: an object { } is needed");
    }
    *root_out = root;
    return NG_OK;
}

/* A string of the record, empty when it has none. A zero byte alone marks the place of the one that
 * was taken out. */
static ng_view get_string(const ng_records *records, const json_t *root, const char *key)
{
    const json_t *value = json_object_get(root, key);
    ng_view string = NG_VIEW_NONE;

    if (json_is_string(value))
        string = (ng_view){ json_string_value(value), json_string_length(value) };
    if (records->is_shortened && string.size == 1 && string.data[0] == '\0')
        return ng_buffer_view(&records->string);
    return string;
}

/* The id: the record's own if it is a string or a number, else its place. */
static ng_status find_id(ng_ctx *cx, ng_records *records, const json_t *root, ng_view *id_out)
{
    const json_t *value = json_object_get(root, "id");
    ng_status status = NG_OK;

    *id_out = get_string(records, root, "id");
    if (id_out->size > 0)
        return NG_OK;
    records->id.size = 0;
    if (json_is_integer(value))
        status = ng_buffer_format(cx, &records->id, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        status = ng_buffer_add_number(cx, &records->id, json_real_value(value), 17);
    else if (!value || json_is_null(value) || json_is_string(value))
        status = name_line(cx, records, &records->name, &records->id);
    else
        status = fail_line(cx, records, "\"id\" is neither a string nor a number");
    *id_out = ng_buffer_view(&records->id);
    return status;
}

/* Makes a document of a record. */
static ng_status read_record(ng_ctx *cx, ng_records *records, const json_t *root,
                             ng_source_document **document_out)
{
    const json_t *value = json_object_get(root, "text");
    ng_labels labels = { .title = get_string(records, root, "title"),
                         .origin = ng_buffer_view(&records->origin) };
    ng_view text = get_string(records, root, "text");
    char date[NG_DATE_BYTES];
    ng_buffer storage;
    ng_status status = NG_OK;

    if (!value)
        return fail_line(cx, records, "no \"text\"");
    if (!json_is_string(value))
        return fail_line(cx, records, "\"text\" is not a string");
    if (records->options->date_from & NG_DATE_FROM_METADATA)
        labels.date = (ng_view){ date, ng_date_read(get_string(records, root, "date"), date) };
    if (labels.date.size == 0)
        labels.date = (ng_view){ records->date, records->date_bytes };
    status = find_id(cx, records, root, &labels.id);
    if (status != NG_OK)
        return status;
    ng_buffer_init(&storage, SIZE_MAX / 4);
    status = ng_buffer_reserve(cx, &storage,
                               text.size + labels.id.size + labels.date.size + labels.title.size +
                                   labels.origin.size);
    if (status == NG_OK)
        status = ng_buffer_add(cx, &storage, text);
    if (status == NG_OK)
        status = ng_source_make(cx, &storage, &labels, records->options, document_out);
    ng_buffer_destroy(cx, &storage);
    return status;
}

/* Reads one line that is not blank. Bad bytes in it are replaced first: they would lie in a string,
 * and JSON itself is ASCII. */
static ng_status read_line(ng_ctx *cx, ng_records *records, ng_view line,
                           ng_source_document **document_out)
{
    bool is_valid = ng_utf8_is_valid(line);
    json_t *root = NULL;
    ng_status status = NG_OK;

    records->repaired.size = 0;
    if (!is_valid) {
        status = ng_utf8_repair(cx, line, &records->repaired);
        line = ng_buffer_view(&records->repaired);
    }
    if (status == NG_OK)
        status = parse_line(cx, records, line, &root);
    if (status != NG_OK)
        return status;
    status = read_record(cx, records, root, document_out);
    if (status == NG_OK)
        (*document_out)->was_repaired = !is_valid;
    json_decref(root);
    return status;
}

/* Nothing but white space? */
static bool is_blank(ng_view line)
{
    size_t at = 0;

    while (at < line.size && ng_is_blank_byte(line.data[at]))
        at++;
    return at == line.size;
}

/* The next record. */
static ng_status next_record(ng_ctx *cx, void *state, ng_source_document **document_out)
{
    ng_records *records = state;

    *document_out = NULL;
    for (;;) {
        ng_view line = NG_VIEW_NONE;
        bool has_line = false;
        ng_status status = next_line(cx, records, &line, &has_line);
        ng_status named = NG_OK;

        if (!has_line || (status != NG_OK && status != NG_E_LIMIT))
            return status;
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        records->line_count++;
        if (status == NG_OK && is_blank(line))
            continue;
        named = name_line(cx, records, &records->label, &records->origin);
        if (named != NG_OK)
            return named;
        if (status == NG_E_LIMIT)
            return ng_fail_too_large(cx, records->origin.data, records->options);
        return read_line(cx, records, line, document_out);
    }
}

const ng_series_kind ng_series_lines = { sizeof(ng_records), open_records, next_record,
                                         close_records };
