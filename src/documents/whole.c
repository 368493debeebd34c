/* A file that is one document, read whole: its bytes, for whoever takes the text out of them.
 *
 * Of a text nothing is taken away, not a byte order mark and not a zero byte, so that offsets into
 * the text are offsets into the file (where it is UTF-8 and no bad bytes are replaced). */
#include "documents_internal.h"

/* Appends the rest of the stream to `text`. */
static ng_status read_rest(ng_ctx *cx, ng_stream *stream, const ng_options *options,
                           ng_buffer *text)
{
    uint64_t limit = ng_limit_of(options);
    ng_status status = NG_OK;

    while (status == NG_OK && stream->end > stream->start) {
        ng_view piece = ng_stream_view(stream);

        if (piece.size > limit - text->size)
            return ng_fail_too_large(cx, stream->label, options);
        status = ng_buffer_add(cx, text, piece);
        if (status == NG_OK)
            status = ng_stream_refill(cx, stream);
    }
    return status;
}

ng_status ng_whole_read(ng_ctx *cx, ng_stream *stream, const ng_found *found, ng_media media,
                        const ng_options *options, ng_source_document **document_out)
{
    char date[NG_DATE_BYTES];
    ng_labels labels = { .id = found->name, .origin = ng_view_of(found->label) };
    size_t labels_bytes = labels.id.size + labels.origin.size + sizeof date;
    ng_buffer bytes;
    ng_status status = NG_OK;

    if (stream->size_bytes > ng_limit_of(options))
        return ng_fail_too_large(cx, stream->label, options);
    labels.date = (ng_view){ date, ng_date_of_stream(options, stream, found, date) };
    ng_buffer_init(&bytes, SIZE_MAX / 4);
    status = ng_buffer_reserve(cx, &bytes, (size_t)stream->size_bytes + labels_bytes);
    if (status == NG_OK)
        status = read_rest(cx, stream, options, &bytes);
    if (status == NG_OK)
        status = ng_source_make_raw(cx, &bytes, &labels, media, NULL, document_out);
    ng_buffer_destroy(cx, &bytes);
    return status;
}
