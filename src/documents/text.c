/* Plain text and Markdown: the text is the file.
 *
 * Nothing is taken away, not a byte order mark and not a zero byte, so that offsets into the text
 * are offsets into the file (where bad bytes are not replaced). */
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

ng_status ng_text_read(ng_ctx *cx, ng_stream *stream, const ng_found *found,
                       const ng_options *options, ng_source_document **document_out)
{
    ng_labels labels = { .id = found->name, .origin = ng_view_of(found->label) };
    size_t labels_bytes = labels.id.size + labels.origin.size;
    ng_buffer text;
    ng_status status = NG_OK;

    if (stream->size_bytes > ng_limit_of(options))
        return ng_fail_too_large(cx, stream->label, options);
    ng_buffer_init(&text, SIZE_MAX / 4);
    status = ng_buffer_reserve(cx, &text, (size_t)stream->size_bytes + labels_bytes);
    if (status == NG_OK)
        status = read_rest(cx, stream, options, &text);
    if (status == NG_OK)
        status = ng_source_make(cx, &text, &labels, options, document_out);
    ng_buffer_destroy(cx, &text);
    return status;
}
