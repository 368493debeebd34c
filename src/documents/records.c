/* JSON lines: one record a line.
 *
 * Lines are cut out of the stream piece by piece; only a line that spans two pieces is gathered in
 * a buffer, and none longer than the largest document. A line that is no record is a failure with
 * its place, and the next call goes on behind it. */
#include "documents_internal.h"

/* Lines of a stream, one record each. The buffers are kept from line to line. */
typedef struct ng_records {
    ng_series series;
    ng_record record;
} ng_records;

/* Opens a stream of lines. */
static ng_status open_records(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                              const ng_options *options)
{
    ng_records *records = state;

    ng_record_init(&records->record);
    if (ng_view_starts(ng_stream_view(stream), NG_VIEW("\xEF\xBB\xBF")))
        stream->start += 3;
    return ng_series_open(cx, &records->series, stream, found, options);
}

static void close_records(ng_ctx *cx, void *state)
{
    ng_records *records = state;

    ng_record_destroy(cx, &records->record);
    ng_series_close(cx, &records->series);
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
    ng_stream *stream = records->series.stream;
    const char *end = NULL;
    ng_status status = NG_OK;

    records->series.line.size = 0;
    if (stream->end == stream->start)
        status = ng_stream_refill(cx, stream);
    *has_line_out = stream->end > stream->start;
    while (status == NG_OK && !end && stream->end > stream->start) {
        ng_view piece = ng_stream_view(stream);
        size_t size = piece.size;

        end = memchr(piece.data, '\n', piece.size);
        if (end)
            size = (size_t)(end - piece.data);
        if (size > ng_limit_of(records->series.options) - records->series.line.size) {
            status = skip_line(cx, stream);
            return status == NG_OK ? NG_E_LIMIT : status;
        }
        stream->start += size + (end != NULL);
        *line_out = (ng_view){ piece.data, size };
        if (end && records->series.line.size == 0)
            return NG_OK;
        status = ng_buffer_add(cx, &records->series.line, *line_out);
        if (status == NG_OK && !end)
            status = ng_stream_refill(cx, stream);
    }
    *line_out = ng_buffer_view(&records->series.line);
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
        named = ng_series_step(cx, &records->series);
        if (named != NG_OK)
            return named;
        if (status == NG_E_LIMIT)
            return ng_fail_too_large(cx, records->series.origin.data, records->series.options);
        if (!is_blank(line))
            return ng_record_read(cx, &records->record, &records->series, line, document_out);
    }
}

const ng_series_kind ng_series_lines = { sizeof(ng_records), open_records, next_record,
                                         close_records };
