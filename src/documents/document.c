/* A document is put together: its text made valid, its labels copied behind it.
 *
 * Text and labels share one allocation, the buffer that the text was read into; a large text is not
 * copied unless bytes in it are bad. */
#include "documents_internal.h"

#include <assert.h>

uint64_t ng_limit_of(const ng_options *options)
{
    return options->document_bytes < NG_LIMIT_TEXT_BYTES ? options->document_bytes
                                                         : NG_LIMIT_TEXT_BYTES;
}

ng_status ng_fail_too_large(ng_ctx *cx, const char *label, const ng_options *options)
{
    if (options->document_bytes > NG_LIMIT_TEXT_BYTES)
        return ng_fail(cx, NG_E_LIMIT, "%s: larger than %llu bytes, the most a document can have",
                       label, (unsigned long long)NG_LIMIT_TEXT_BYTES);
    return ng_fail(cx, NG_E_LIMIT, "%s: larger than %llu bytes; raise --max-document-bytes", label,
                   (unsigned long long)options->document_bytes);
}

/* ---- dates ---- */

/* Reads `count` digits at `at`; -1 when they are not there. */
static int read_digits(ng_view text, size_t at, size_t count)
{
    int number = 0;

    if (at + count > text.size)
        return -1;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

/* Is there no digit at `at`? */
static bool ends_at(ng_view text, size_t at)
{
    return read_digits(text, at, 1) < 0;
}

/* Days of a month in the Gregorian calendar. */
static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* A part that is no date (month 13, 30 February) ends the date before it. */
size_t ng_date_read(ng_view text, char date_out[10])
{
    int year = read_digits(text, 0, 4);
    int month = 0;
    int day = 0;

    if (year < 1 || !ends_at(text, 4))
        return 0;
    memcpy(date_out, text.data, 4);
    month = text.size > 4 && text.data[4] == '-' ? read_digits(text, 5, 2) : -1;
    if (month < 1 || month > 12 || !ends_at(text, 7))
        return 4;
    memcpy(date_out, text.data, 7);
    day = text.size > 7 && text.data[7] == '-' ? read_digits(text, 8, 2) : -1;
    if (day < 1 || day > days_of(year, month) || !ends_at(text, 10))
        return 7;
    memcpy(date_out, text.data, 10);
    return 10;
}

/* ---- putting together ---- */

/* Without the white space of ASCII around it. */
static ng_view trim(ng_view text)
{
    while (text.size > 0 && ng_is_blank_byte(text.data[0]))
        text = ng_view_part(text, 1, text.size);
    while (text.size > 0 && ng_is_blank_byte(text.data[text.size - 1]))
        text.size--;
    return text;
}

/* Must the title be read as a paragraph of its own? Not when the text begins with it as whole
 * words: "Iran" does not begin "Iranian officials". */
static bool is_apart(ng_view title, ng_view text)
{
    ng_view bare_title = trim(title);
    ng_view bare_text = trim(text);
    size_t length = 0;
    uint32_t next = 0;

    if (bare_title.size == 0)
        return false;
    if (!ng_view_starts(bare_text, bare_title))
        return true;
    if (bare_text.size == bare_title.size)
        return false;
    next =
        ng_utf8_decode(bare_text.data + bare_title.size, bare_text.size - bare_title.size, &length);
    return ng_utf8_is_letter(next) || ng_utf8_is_digit(next);
}

/* Replaces bad bytes in a buffer, if there are any. */
static ng_status make_valid(ng_ctx *cx, ng_buffer *text, bool *was_repaired_out)
{
    ng_buffer repaired;
    ng_status status = NG_OK;

    *was_repaired_out = !ng_utf8_is_valid(ng_buffer_view(text));
    if (!*was_repaired_out)
        return NG_OK;
    ng_buffer_init(&repaired, SIZE_MAX / 4);
    status = ng_utf8_repair(cx, ng_buffer_view(text), &repaired);
    if (status != NG_OK) {
        ng_buffer_destroy(cx, &repaired);
        return status;
    }
    ng_buffer_destroy(cx, text);
    *text = repaired;
    return NG_OK;
}

/* Appends a label to the buffer; its place is known by the sizes. */
static ng_status add_label(ng_ctx *cx, ng_buffer *storage, ng_view label, size_t *end_out)
{
    ng_status status = ng_buffer_add(cx, storage, label);

    *end_out = storage->size;
    return status;
}

/* Fills the document from text and labels that lie end to end in the buffer. */
static ng_status lay_out(ng_ctx *cx, ng_buffer *storage, const ng_labels *labels,
                         ng_source_document *document)
{
    size_t text_end = storage->size;
    size_t id_end = 0;
    size_t date_end = 0;
    size_t title_end = 0;
    size_t origin_end = 0;
    ng_view all = NG_VIEW_NONE;
    ng_status status = add_label(cx, storage, labels->id, &id_end);

    if (status == NG_OK)
        status = add_label(cx, storage, labels->date, &date_end);
    if (status == NG_OK)
        status = add_label(cx, storage, labels->title, &title_end);
    if (status == NG_OK)
        status = add_label(cx, storage, labels->origin, &origin_end);
    if (status != NG_OK)
        return status;
    all = ng_buffer_view(storage);
    document->text = ng_view_part(all, 0, text_end);
    document->id = ng_view_part(all, text_end, id_end);
    document->date = ng_view_part(all, id_end, date_end);
    document->title = ng_view_part(all, date_end, title_end);
    document->origin = ng_view_part(all, title_end, origin_end);
    document->title_is_apart = is_apart(document->title, document->text);
    document->storage = storage->data;
    return NG_OK;
}

/* An id, title or origin made valid: a file's name may be any bytes. */
static ng_status repair_label(ng_ctx *cx, ng_view *label, ng_buffer *repaired)
{
    ng_status status = NG_OK;

    if (ng_utf8_is_valid(*label))
        return NG_OK;
    status = ng_utf8_repair(cx, *label, repaired);
    *label = ng_buffer_view(repaired);
    return status;
}

ng_status ng_source_make(ng_ctx *cx, ng_buffer *text, const ng_labels *labels,
                         const ng_options *options, ng_source_document **document_out)
{
    ng_source_document *document = ng_alloc(cx, sizeof *document);
    ng_labels valid = *labels;
    ng_buffer id;
    ng_buffer origin;
    ng_status status = NG_OK;

    if (!document)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a document");
    *document = (ng_source_document){ .was_repaired = false };
    ng_buffer_init(&id, SIZE_MAX / 4);
    ng_buffer_init(&origin, SIZE_MAX / 4);
    assert(ng_utf8_is_valid(labels->title));
    status = make_valid(cx, text, &document->was_repaired);
    if (status == NG_OK && text->size > ng_limit_of(options))
        status = ng_fail(cx, NG_E_LIMIT,
                         "%.*s: larger than %llu bytes once bad bytes are replaced;"
                         " raise --max-document-bytes or convert it to UTF-8",
                         (int)(labels->origin.size & 0xFFFF), labels->origin.data,
                         (unsigned long long)ng_limit_of(options));
    if (status == NG_OK)
        status = repair_label(cx, &valid.id, &id);
    if (status == NG_OK)
        status = repair_label(cx, &valid.origin, &origin);
    if (status == NG_OK)
        status = lay_out(cx, text, &valid, document);
    if (status == NG_OK) {
        ng_buffer_init(text, text->max_bytes);
        *document_out = document;
    } else {
        ng_free(cx, document);
    }
    ng_buffer_destroy(cx, &id);
    ng_buffer_destroy(cx, &origin);
    return status;
}

void ng_source_digest(ng_source_document *document)
{
    ng_sha256_hex(document->text, document->sha256);
}

void ng_source_free(ng_ctx *cx, ng_source_document *document)
{
    if (!document)
        return;
    ng_free(cx, document->storage);
    ng_free(cx, document);
}
