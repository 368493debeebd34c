/* A web archive (WARC 1.0 and 1.1, ISO 28500) becomes the pages in it, as they are read.
 *
 * Taken are answers of servers (status 200), resources and conversions that are HTML, plain text or
 * PDF; all other records are passed over. A page is handed out as its server sent it, out of its
 * chunks and out of gzip or deflate, with the character set of its header; the workers read it. A
 * compression that is not read here is counted, and told once at the end.
 *
 * A record says its length. Where what follows is no record, the length was wrong: that record is a
 * failure, and the next one is looked for, line by line. Nothing but the end of the file bounds a
 * length, and memory is bounded by the largest document: what is larger is passed over unread. */
#include "documents_internal.h"

enum {
    LINE_BYTES = 8 << 10,   /* looked at at once */
    HEADER_BYTES = 64 << 10 /* of a record's header, or a page's */
};

typedef struct warc {
    ng_series series;
    ng_buffer header;      /* of the record */
    ng_buffer page_header; /* of the answer in it */
    uint64_t left_bytes;   /* of the record's content */
    uint64_t unread_count; /* pages in a compression that is not read */
    bool has_version;      /* the line that begins the next record was taken */
} warc;

/* A record that is wanted, and how its page is kept. Views lie in the headers. */
typedef struct record {
    ng_view type, uri, date, content_type, payload_type;
    uint64_t content_bytes;
    bool has_length;
    ng_media media;
    ng_view page_type; /* Content-Type of the page */
    ng_view encoding;  /* its Content-Encoding */
    bool is_chunked;
} record;

/* ---- lines and headers ---- */

/* The next line of the record or, where `in_content`, of its content. */
static ng_status next_line(ng_ctx *cx, warc *from, bool in_content, ng_view *line_out)
{
    size_t most = LINE_BYTES;
    ng_status status = NG_OK;

    *line_out = NG_VIEW_NONE;
    if (ng_ctx_is_cancelled(cx))
        return ng_fail(cx, NG_E_LIMIT, "interrupted");
    if (in_content && from->left_bytes < most)
        most = (size_t)from->left_bytes;
    if (most == 0)
        return NG_OK;
    status = ng_stream_line(cx, from->series.stream, most, &from->series.line, line_out);
    if (status == NG_OK && in_content)
        from->left_bytes -= line_out->size;
    return status;
}

/* Does this line begin a record? */
static bool is_version(ng_view line)
{
    return ng_view_starts(line, NG_VIEW("WARC/1.")) || ng_view_starts(line, NG_VIEW("WARC/0."));
}

/* Takes the line that begins the next record, if there is one. Says whether anything but empty
 * lines stood before it. */
static ng_status find_version(ng_ctx *cx, warc *from, bool *has_junk_out)
{
    bool is_line_start = true;

    *has_junk_out = false;
    while (!from->has_version) {
        ng_view line;
        ng_status status = next_line(cx, from, false, &line);

        if (status != NG_OK || line.size == 0)
            return status;
        from->has_version = is_line_start && is_version(line);
        *has_junk_out |= !from->has_version && ng_header_trim(line).size > 0;
        is_line_start = ng_view_ends(line, NG_VIEW("\n"));
    }
    return NG_OK;
}

/* Gathers a header up to its empty line; is_whole_out is false when it does not end, or too late.
 */
static ng_status gather_header(ng_ctx *cx, warc *from, bool in_content, ng_buffer *header,
                               bool *is_whole_out)
{
    *is_whole_out = false;
    header->size = 0;
    for (;;) {
        ng_view line;
        ng_status status = next_line(cx, from, in_content, &line);

        if (status != NG_OK || line.size == 0 || line.size > HEADER_BYTES - header->size)
            return status;
        *is_whole_out = ng_view_equal(line, NG_VIEW("\r\n")) || ng_view_equal(line, NG_VIEW("\n"));
        status = ng_buffer_add(cx, header, line);
        if (status != NG_OK || *is_whole_out)
            return status;
    }
}

/* An address, which early archives have in angle brackets. */
static ng_view bare_uri(ng_view uri)
{
    if (uri.size > 1 && uri.data[0] == '<' && uri.data[uri.size - 1] == '>')
        return ng_view_part(uri, 1, uri.size - 1);
    return uri;
}

/* Reads what the header of a record says. */
static void read_record_header(ng_view header, record *into)
{
    ng_header field;
    size_t at = 0;

    while (ng_header_next(header, &at, &field)) {
        if (ng_view_equal_folded(field.name, NG_VIEW("warc-type")))
            into->type = field.value;
        else if (ng_view_equal_folded(field.name, NG_VIEW("warc-target-uri")))
            into->uri = bare_uri(field.value);
        else if (ng_view_equal_folded(field.name, NG_VIEW("warc-date")))
            into->date = field.value;
        else if (ng_view_equal_folded(field.name, NG_VIEW("content-type")))
            into->content_type = field.value;
        else if (ng_view_equal_folded(field.name, NG_VIEW("warc-identified-payload-type")))
            into->payload_type = field.value;
        else if (ng_view_equal_folded(field.name, NG_VIEW("content-length")))
            into->has_length = ng_view_unsigned(field.value, &into->content_bytes);
    }
}

/* What a page of this type is read as; NG_MEDIA_NONE when it is not. */
static ng_media media_of_type(ng_view type)
{
    if (ng_header_is(type, "text/html") || ng_header_is(type, "application/xhtml+xml"))
        return NG_MEDIA_HTML;
    if (ng_header_is(type, "text/plain"))
        return NG_MEDIA_TEXT;
    return ng_header_is(type, "application/pdf") ? NG_MEDIA_PDF : NG_MEDIA_NONE;
}

/* Is this the first line of an answer that all went well? "HTTP/1.1 200 OK" */
static bool is_good_answer(ng_view header)
{
    const char *space = memchr(header.data, ' ', header.size);
    ng_view rest = NG_VIEW_NONE;

    if (!ng_view_starts(header, NG_VIEW("HTTP/")) || !space)
        return false;
    rest = ng_view_part(header, (size_t)(space - header.data), header.size);
    return ng_view_starts(rest, NG_VIEW(" 200")) && rest.size > 4 && ng_is_blank_byte(rest.data[4]);
}

/* Reads the header of an answer out of the content. */
static ng_status read_answer(ng_ctx *cx, warc *from, record *into)
{
    bool is_whole = false;
    ng_status status = gather_header(cx, from, true, &from->page_header, &is_whole);
    ng_view header = ng_buffer_view(&from->page_header);
    const char *feed = header.size > 0 ? memchr(header.data, '\n', header.size) : NULL;
    size_t at = feed ? (size_t)(feed - header.data) + 1 : 0;
    ng_header field;

    if (status != NG_OK || !is_whole || !is_good_answer(header))
        return status;
    while (ng_header_next(header, &at, &field)) {
        if (ng_view_equal_folded(field.name, NG_VIEW("content-type")))
            into->page_type = field.value;
        else if (ng_view_equal_folded(field.name, NG_VIEW("content-encoding")))
            into->encoding = field.value;
        else if (ng_view_equal_folded(field.name, NG_VIEW("transfer-encoding")))
            into->is_chunked = ng_header_is(field.value, "chunked");
    }
    into->media = media_of_type(into->page_type.size > 0 ? into->page_type : into->payload_type);
    return NG_OK;
}

/* ---- content ---- */

/* A failure of the record being read. */
static ng_status fail_record(ng_ctx *cx, const warc *from, const char *reason)
{
    return ng_fail(cx, NG_E_DATA, "%s: %s", from->series.origin.data, reason);
}

/* Takes the rest of the content, into `page` if there is one. */
static ng_status take_content(ng_ctx *cx, warc *from, ng_buffer *page)
{
    ng_stream *stream = from->series.stream;
    ng_status status = NG_OK;

    while (status == NG_OK && from->left_bytes > 0) {
        ng_view piece = ng_stream_view(stream);

        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        if (piece.size > from->left_bytes)
            piece.size = (size_t)from->left_bytes;
        if (page)
            status = ng_buffer_add(cx, page, piece);
        stream->start += piece.size;
        from->left_bytes -= piece.size;
        if (status == NG_OK && from->left_bytes > 0)
            status = ng_stream_refill(cx, stream);
        if (status == NG_OK && from->left_bytes > 0 && stream->end == stream->start)
            return fail_record(cx, from, "ends before its Content-Length; the file is cut off");
    }
    return status;
}

/* Reads the size line of a chunk at `at`, which goes behind it; false when there is none. */
static bool read_chunk_size(ng_view page, size_t *at, size_t *size_out)
{
    size_t i = *at;
    size_t size = 0;

    for (; i < page.size && i < *at + 8; i++) {
        char byte = page.data[i];
        int letter = byte | 0x20;

        if (byte >= '0' && byte <= '9')
            size = size * 16 + (size_t)(byte - '0');
        else if (letter >= 'a' && letter <= 'f')
            size = size * 16 + (size_t)(letter - 'a') + 10;
        else
            break;
    }
    if (i == *at)
        return false;
    while (i < page.size && (page.data[i] == ' ' || page.data[i] == '\t'))
        i++;
    if (i < page.size && page.data[i] == ';') /* an extension: it goes to the end of the line */
        while (i < page.size && page.data[i] != '\n')
            i++;
    i += i < page.size && page.data[i] == '\r';
    if (i >= page.size || page.data[i] != '\n')
        return false;
    *at = i + 1;
    *size_out = size;
    return true;
}

/* Puts the chunks of a page together, in their place. A page that does not begin with one is whole
 * already; one that is cut off has what there is. */
static void join_chunks(ng_buffer *page)
{
    ng_view all = ng_buffer_view(page);
    size_t at = 0;
    size_t size = 0;
    size_t joined = 0;

    if (!read_chunk_size(all, &at, &size))
        return;
    while (size > 0) {
        if (size > all.size - at)
            size = all.size - at;
        memmove(page->data + joined, page->data + at, size);
        joined += size;
        at += size;
        at += at < all.size && all.data[at] == '\r';
        at += at < all.size && all.data[at] == '\n';
        if (!read_chunk_size(all, &at, &size))
            break;
    }
    page->size = joined;
    page->data[joined] = '\0';
}

/* Does a page look like text, whatever is said of its compression? */
static bool looks_like_text(ng_view page)
{
    ng_view head = ng_view_part(page, 0, page.size < 512 ? page.size : 512);

    for (size_t i = 0; i < head.size; i++)
        if ((unsigned char)head.data[i] < ' ' && !ng_is_blank_byte(head.data[i]))
            return false;
    return head.size - ng_utf8_valid_size(head) < 4;
}

/* Takes a page out of its compression. `is_unread_out`: it is one that is not read here. */
static ng_status unpack(ng_ctx *cx, warc *from, const record *of, ng_buffer *page,
                        bool *is_unread_out)
{
    static const char *const unread[] = { "br", "zstd", "compress", "x-compress", "dcb", "dcz" };
    ng_view packed = ng_buffer_view(page);
    bool is_gzip = ng_header_is(of->encoding, "gzip") || ng_header_is(of->encoding, "x-gzip");
    ng_buffer out;
    ng_status status = NG_OK;

    *is_unread_out = false;
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        *is_unread_out |= ng_header_is(of->encoding, unread[i]);
    *is_unread_out |= of->encoding.size > 0 && memchr(of->encoding.data, ',', of->encoding.size);
    *is_unread_out = *is_unread_out && !looks_like_text(packed);
    if (*is_unread_out || packed.size == 0 ||
        !(is_gzip ? ng_view_starts(packed, NG_VIEW("\x1F\x8B"))
                  : ng_header_is(of->encoding, "deflate")))
        return NG_OK;
    ng_buffer_init(&out, SIZE_MAX / 4);
    status = ng_inflate(cx, packed, from->series.origin.data, from->series.options, &out);
    ng_buffer_destroy(cx, status == NG_OK ? page : &out);
    if (status == NG_OK)
        *page = out;
    return status;
}

/* Makes a document of a page. */
static ng_status make_document(ng_ctx *cx, warc *from, const record *of, ng_buffer *page,
                               ng_source_document **document_out)
{
    ng_labels labels;
    char date[NG_DATE_BYTES];
    size_t date_bytes = 0;
    char charset[NG_CHARSET_BYTES];
    bool has_charset =
        ng_header_parameter(of->page_type, NG_VIEW("charset"), charset, sizeof charset);
    ng_status status = ng_series_labels(cx, &from->series, of->uri, &labels);

    if (status != NG_OK)
        return status;
    if (from->series.options->date_from & NG_DATE_FROM_METADATA)
        date_bytes = ng_date_read(of->date, date);
    if (date_bytes > 0)
        labels.date = (ng_view){ date, date_bytes };
    return ng_source_make_raw(cx, page, &labels, of->media, has_charset ? charset : NULL,
                              document_out);
}

/* ---- records ---- */

/* Reads the header of the record that has begun, and the one of the answer in it: after them its
 * media tells whether it is wanted. */
static ng_status read_headers(ng_ctx *cx, warc *from, record *into)
{
    bool is_whole = false;
    ng_status status = gather_header(cx, from, false, &from->header, &is_whole);

    *into = (record){ .type = NG_VIEW_NONE };
    from->has_version = false;
    from->left_bytes = 0;
    if (status != NG_OK)
        return status;
    read_record_header(ng_buffer_view(&from->header), into);
    if (!is_whole || !into->has_length)
        return fail_record(cx, from,
                           is_whole ? "a record without a Content-Length"
                                    : "the header of the record does not end");
    from->left_bytes = into->content_bytes;
    if (ng_view_equal_folded(into->type, NG_VIEW("response"))) {
        if (ng_header_is(into->content_type, "application/http"))
            return read_answer(cx, from, into);
    } else if (ng_view_equal_folded(into->type, NG_VIEW("resource")) ||
               ng_view_equal_folded(into->type, NG_VIEW("conversion"))) {
        into->page_type = into->content_type;
        into->media = media_of_type(into->page_type);
    }
    return NG_OK;
}

/* Goes behind the record: its content is taken, and the next one must follow. */
static ng_status end_record(ng_ctx *cx, warc *from, ng_buffer *page)
{
    bool has_junk = false;
    ng_status status = take_content(cx, from, page);

    if (status == NG_OK)
        status = find_version(cx, from, &has_junk);
    if (status == NG_OK && has_junk)
        status = fail_record(cx, from, "longer or shorter than its Content-Length");
    return status;
}

/* Reads the record that has begun; no document when it is not wanted. */
static ng_status read_record(ng_ctx *cx, warc *from, ng_source_document **document_out)
{
    record of;
    ng_buffer page;
    bool is_wanted = false;
    bool is_unread = false;
    ng_status status = read_headers(cx, from, &of);

    if (status != NG_OK)
        return status;
    is_wanted = of.media != NG_MEDIA_NONE;
    if (is_wanted && from->left_bytes > ng_limit_of(from->series.options)) {
        status = end_record(cx, from, NULL);
        return status == NG_OK
                   ? ng_fail_too_large(cx, from->series.origin.data, from->series.options)
                   : status;
    }
    ng_buffer_init(&page, SIZE_MAX / 4);
    status = end_record(cx, from, is_wanted ? &page : NULL);
    if (status == NG_OK && is_wanted) {
        if (of.is_chunked)
            join_chunks(&page);
        status = unpack(cx, from, &of, &page, &is_unread);
        from->unread_count += is_unread;
        if (status == NG_OK && !is_unread)
            status = make_document(cx, from, &of, &page, document_out);
    }
    ng_buffer_destroy(cx, &page);
    return status;
}

/* At the end: what was not read is told, once. */
static ng_status end_file(ng_ctx *cx, warc *from)
{
    unsigned long long count = from->unread_count;

    from->unread_count = 0;
    if (from->series.count == 0) {
        from->series.count++;
        return ng_fail(cx, NG_E_DATA, "%s: no WARC record in it", from->series.label.data);
    }
    if (count > 0)
        return ng_fail(cx, NG_E_DATA,
                       "%s: pages left out, compressed in a way that is not read here (br, zstd): "
                       "%llu",
                       from->series.label.data, count);
    return NG_OK;
}

/* The next page. */
static ng_status next_page(ng_ctx *cx, void *state, ng_source_document **document_out)
{
    warc *from = state;
    ng_status status = NG_OK;

    *document_out = NULL;
    while (status == NG_OK && !*document_out) {
        bool has_junk = false;

        status = find_version(cx, from, &has_junk); /* a failure before told of the junk */
        if (status == NG_OK && !from->has_version)
            return end_file(cx, from);
        if (status == NG_OK)
            status = ng_series_step(cx, &from->series);
        if (status == NG_OK)
            status = read_record(cx, from, document_out);
    }
    return status;
}

static void close_warc(ng_ctx *cx, void *state)
{
    warc *from = state;

    ng_series_close(cx, &from->series);
    ng_buffer_destroy(cx, &from->header);
    ng_buffer_destroy(cx, &from->page_header);
}

/* Opens a stream that is a web archive. */
static ng_status open_warc(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                           const ng_options *options)
{
    warc *from = state;

    *from = (warc){ .left_bytes = 0 };
    ng_buffer_init(&from->header, SIZE_MAX / 4);
    ng_buffer_init(&from->page_header, SIZE_MAX / 4);
    return ng_series_open(cx, &from->series, stream, found, options);
}

const ng_series_kind ng_series_warc = { sizeof(warc), open_warc, next_page, close_warc };
