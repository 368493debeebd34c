/* A mailbox (mbox) becomes its messages, one document each, as they are read.
 *
 * A message begins with a line "From ", at the beginning of the file or after an empty line (RFC
 * 4155); a line of text that begins so was written as ">From ", and the mark is taken off again.
 * Not all programs mark such lines. So a line must have a date as well, in a mailbox whose first
 * line has one. What stands before the first such line is a message, too, unless it is blank.
 *
 * A message is gathered in the buffer that its document keeps. One that is larger than a document
 * may be is a failure with its place, and the next call goes on behind it. */
#include "documents_internal.h"

enum { LINE_BYTES = 1 << 10 }; /* looked at at once; what is longer goes through in pieces */

typedef struct mbox {
    ng_series series;
    bool has_begun;      /* the first line was seen */
    bool has_dates;      /* and has a date: so have all that begin a message */
    bool is_line_start;  /* the next byte begins a line */
    bool is_after_blank; /* of an empty line, or of the file */
} mbox;

/* ---- lines that begin a message ---- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Does a time of day stand here: "08:00"? */
static bool is_time(ng_view line, size_t at)
{
    return at + 5 <= line.size && is_digit(line.data[at]) && is_digit(line.data[at + 1]) &&
           line.data[at + 2] == ':' && is_digit(line.data[at + 3]) && is_digit(line.data[at + 4]);
}

/* Does a word of four digits stand here, of a year since there is mail? */
static bool is_year(ng_view line, size_t at)
{
    return at + 4 <= line.size && line.data[at - 1] == ' ' &&
           (ng_view_starts(ng_view_part(line, at, line.size), NG_VIEW("19")) ||
            ng_view_starts(ng_view_part(line, at, line.size), NG_VIEW("20"))) &&
           is_digit(line.data[at + 2]) && is_digit(line.data[at + 3]) &&
           (at + 4 == line.size || ng_is_blank_byte(line.data[at + 4]));
}

/* Does the name of a month stand here? */
static bool is_month(ng_view line, size_t at)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    return at + 4 <= line.size && line.data[at - 1] == ' ' && line.data[at + 3] == ' ' &&
           NG_IS_AMONG(ng_view_part(line, at, at + 3), months);
}

bool ng_mbox_is_dated(ng_view line)
{
    bool has_time = false;
    bool has_year = false;
    bool has_month = false;

    if (!ng_view_starts(line, NG_VIEW("From ")))
        return false;
    for (size_t at = 5; at < line.size; at++) {
        has_time |= is_time(line, at);
        has_year |= is_year(line, at);
        has_month |= is_month(line, at);
    }
    return has_time && has_year && has_month;
}

/* Does this line begin a message? The first line tells what such lines are like here. */
static bool is_beginning(mbox *box, ng_view line)
{
    bool is_first = !box->has_begun;

    box->has_begun |= ng_header_trim(line).size > 0;
    if (!box->is_line_start || !box->is_after_blank || !ng_view_starts(line, NG_VIEW("From ")))
        return false;
    if (is_first)
        box->has_dates = ng_mbox_is_dated(line);
    return !box->has_dates || ng_mbox_is_dated(line);
}

/* ---- messages ---- */

/* Takes the mark off a line that began like a message: ">From", ">>From". */
static ng_view take_mark(const mbox *box, ng_view line)
{
    size_t at = 0;

    while (at < line.size && line.data[at] == '>')
        at++;
    if (at == 0 || !box->is_line_start ||
        !ng_view_starts(ng_view_part(line, at, line.size), NG_VIEW("From ")))
        return line;
    return ng_view_part(line, 1, line.size);
}

/* Remembers what stands before the next line. */
static void step_line(mbox *box, ng_view line)
{
    box->is_after_blank = box->is_line_start && (ng_view_equal(line, NG_VIEW("\n")) ||
                                                 ng_view_equal(line, NG_VIEW("\r\n")));
    box->is_line_start = ng_view_ends(line, NG_VIEW("\n"));
}

/* Gathers lines up to the next message, which is begun then. `has_any_out`: they are not all blank,
 * so there was a message; when it is too large, less than all of it is gathered. */
static ng_status gather(ng_ctx *cx, mbox *box, ng_buffer *message, bool *has_any_out,
                        bool *is_large_out)
{
    uint64_t limit = ng_limit_of(box->series.options);

    *has_any_out = *is_large_out = false;
    for (;;) {
        ng_view line;
        bool begins = false;
        ng_status status =
            ng_stream_line(cx, box->series.stream, LINE_BYTES, &box->series.line, &line);

        if (status != NG_OK || line.size == 0)
            return status;
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        begins = is_beginning(box, line);
        line = begins ? line : take_mark(box, line);
        step_line(box, line);
        if (begins && *has_any_out)
            return NG_OK;
        *has_any_out |= !begins && ng_header_trim(line).size > 0;
        if (begins || !*has_any_out)
            continue;
        *is_large_out |= line.size > limit - message->size;
        if (!*is_large_out)
            status = ng_buffer_add(cx, message, line);
        if (status != NG_OK)
            return status;
    }
}

/* The id that a message has: what stands in the angle brackets of its Message-ID. */
static ng_view find_id(ng_view message)
{
    ng_header header;
    size_t at = 0;

    while (ng_header_next(message, &at, &header)) {
        const char *start = NULL;
        const char *end = NULL;

        if (!ng_view_equal_folded(header.name, NG_VIEW("message-id")))
            continue;
        start = header.value.size > 0 ? memchr(header.value.data, '<', header.value.size) : NULL;
        end = start ? memchr(start, '>', header.value.size - (size_t)(start - header.value.data))
                    : NULL;
        return end ? ng_header_trim((ng_view){ start + 1, (size_t)(end - start) - 1 })
                   : header.value;
    }
    return NG_VIEW_NONE;
}

/* Makes a document of a gathered message. */
static ng_status make_document(ng_ctx *cx, mbox *box, ng_buffer *message,
                               ng_source_document **document_out)
{
    ng_labels labels;
    ng_status status =
        ng_series_labels(cx, &box->series, find_id(ng_buffer_view(message)), &labels);

    if (status == NG_OK)
        status = ng_source_make_raw(cx, message, &labels, NG_MEDIA_MAIL, NULL, document_out);
    return status;
}

/* The next message. */
static ng_status next_message(ng_ctx *cx, void *state, ng_source_document **document_out)
{
    mbox *box = state;
    bool has_any = false;
    bool is_large = false;
    ng_buffer message;
    ng_status status = NG_OK;

    *document_out = NULL;
    ng_buffer_init(&message, SIZE_MAX / 4);
    status = gather(cx, box, &message, &has_any, &is_large);
    if (status == NG_OK && has_any)
        status = ng_series_step(cx, &box->series);
    if (status == NG_OK && is_large)
        status = ng_fail_too_large(cx, box->series.origin.data, box->series.options);
    if (status == NG_OK && has_any)
        status = make_document(cx, box, &message, document_out);
    ng_buffer_destroy(cx, &message);
    return status;
}

static void close_mbox(ng_ctx *cx, void *state)
{
    mbox *box = state;

    ng_series_close(cx, &box->series);
}

/* Opens a stream that is a mailbox. */
static ng_status open_mbox(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                           const ng_options *options)
{
    mbox *box = state;

    *box = (mbox){ .has_dates = true, .is_line_start = true, .is_after_blank = true };
    return ng_series_open(cx, &box->series, stream, found, options);
}

const ng_series_kind ng_series_mbox = { sizeof(mbox), open_mbox, next_message, close_mbox };
