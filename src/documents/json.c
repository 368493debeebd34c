/* A JSON file of records: one after the other, or in an array, on one line or on many.
 *
 * The file is not parsed as a whole. The records are cut out of it by their braces, strings and
 * escapes taken into account, and each is parsed by itself (record.c); so memory is bounded by the
 * largest record. What stands between them can only be white space, a comma, and the brackets of
 * the array; anything else ends the reading, with its place. */
#include "documents_internal.h"

typedef struct json_file {
    ng_series series;
    ng_record record;
    ng_buffer bytes;     /* of the record being cut out */
    uint64_t line_count; /* line feeds seen */
    bool is_broken;      /* nothing more can be read */
} json_file;

static ng_status open_json(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                           const ng_options *options)
{
    json_file *file = state;

    ng_record_init(&file->record);
    ng_buffer_init(&file->bytes, SIZE_MAX / 4);
    file->line_count = 0;
    file->is_broken = false;
    if (ng_view_starts(ng_stream_view(stream), NG_VIEW("\xEF\xBB\xBF")))
        stream->start += 3;
    return ng_series_open(cx, &file->series, stream, found, options);
}

static void close_json(ng_ctx *cx, void *state)
{
    json_file *file = state;

    ng_record_destroy(cx, &file->record);
    ng_buffer_destroy(cx, &file->bytes);
    ng_series_close(cx, &file->series);
}

/* The stream has unread bytes, or is at its end. */
static ng_status fill(ng_ctx *cx, ng_stream *stream, bool *is_end_out)
{
    ng_status status = NG_OK;

    if (stream->start == stream->end)
        status = ng_stream_refill(cx, stream);
    *is_end_out = stream->start == stream->end;
    return status;
}

/* Goes to the next opening brace. */
static ng_status find_record(ng_ctx *cx, json_file *file, bool *is_end_out)
{
    ng_stream *stream = file->series.stream;
    ng_status status = NG_OK;

    while ((status = fill(cx, stream, is_end_out)) == NG_OK && !*is_end_out) {
        char byte = stream->data[stream->start];

        if (byte == '{')
            return NG_OK;
        file->line_count += byte == '\n';
        if (!ng_is_blank_byte(byte) && byte != ',' && byte != '[' && byte != ']') {
            file->is_broken = true;
            return ng_fail(cx, NG_E_DATA,
                           "%s: line %llu: no JSON record; records { } one after the other, or an "
                           "array of them, are needed",
                           stream->label, (unsigned long long)file->line_count + 1);
        }
        stream->start++;
    }
    return status;
}

/* Where the cutting of a record stands. */
typedef struct cutting {
    uint64_t depth; /* of brackets and braces */
    bool in_string, is_escaped;
} cutting;

/* The bytes of the view up to the record's end or all of them; *is_whole_out: it ends there. */
static size_t cut(cutting *at, ng_view bytes, bool *is_whole_out)
{
    for (size_t i = 0; i < bytes.size; i++) {
        char byte = bytes.data[i];

        if (at->in_string) {
            at->in_string = at->is_escaped || byte != '"';
            at->is_escaped = !at->is_escaped && byte == '\\';
        } else if (byte == '"') {
            at->in_string = true;
        } else if (byte == '{' || byte == '[') {
            at->depth++;
        } else if ((byte == '}' || byte == ']') && --at->depth == 0) {
            *is_whole_out = true;
            return i + 1;
        }
    }
    return bytes.size;
}

/* Gathers a record, from its brace on. One that is too large is read to its end all the same. */
static ng_status take_record(ng_ctx *cx, json_file *file)
{
    ng_stream *stream = file->series.stream;
    uint64_t limit = ng_limit_of(file->series.options);
    cutting at = { .depth = 0 };
    bool is_whole = false, is_end = false, is_large = false;
    ng_status status = NG_OK;

    file->bytes.size = 0;
    while (status == NG_OK && !is_whole) {
        ng_view piece = NG_VIEW_NONE;

        status = fill(cx, stream, &is_end);
        if (status != NG_OK || is_end)
            break;
        piece = ng_stream_view(stream);
        piece = ng_view_part(piece, 0, cut(&at, piece, &is_whole));
        stream->start += piece.size;
        for (size_t i = 0; i < piece.size; i++)
            file->line_count += piece.data[i] == '\n';
        is_large |= piece.size > limit - file->bytes.size;
        if (!is_large)
            status = ng_buffer_add(cx, &file->bytes, piece);
    }
    if (status == NG_OK && !is_whole) {
        file->is_broken = true;
        return ng_fail(cx, NG_E_DATA, "%s: the file ends in the middle of a record",
                       file->series.origin.data);
    }
    if (status == NG_OK && is_large)
        return ng_fail_too_large(cx, file->series.origin.data, file->series.options);
    return status;
}

static ng_status next_json(ng_ctx *cx, void *state, ng_source_document **document_out)
{
    json_file *file = state;
    bool is_end = false;
    ng_status status = NG_OK;

    *document_out = NULL;
    if (file->is_broken)
        return NG_OK;
    if (ng_ctx_is_cancelled(cx))
        return ng_fail(cx, NG_E_LIMIT, "interrupted");
    status = find_record(cx, file, &is_end);
    if (status != NG_OK || is_end)
        return status;
    status = ng_series_step(cx, &file->series);
    if (status == NG_OK)
        status = take_record(cx, file);
    if (status != NG_OK)
        return status;
    return ng_record_read(cx, &file->record, &file->series, ng_buffer_view(&file->bytes),
                          document_out);
}

bool ng_json_has_text(ng_view head, const ng_options *options)
{
    const char *key = options->text_column ? options->text_column : "text";
    ng_view wanted = ng_view_of(key);

    for (size_t i = 0; i + wanted.size + 2 <= head.size; i++)
        if (head.data[i] == '"' && head.data[i + wanted.size + 1] == '"' &&
            ng_view_equal(ng_view_part(head, i + 1, i + 1 + wanted.size), wanted))
            return true;
    return false;
}

const ng_series_kind ng_series_json = { sizeof(json_file), open_json, next_json, close_json };
