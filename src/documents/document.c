/* A document is put together: its text made valid, its labels copied behind it.
 *
 * Text and labels share one allocation, the buffer that the text was read into; a large text is not
 * copied unless bytes in it are bad. A document of a file begins as the bytes of the file; what
 * they say is taken out of them by whoever works on it (ng_source_prepare), not by the one thread
 * that reads. */
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
    size_t author_end = 0;
    size_t origin_end = 0;
    ng_view all = NG_VIEW_NONE;
    ng_status status = add_label(cx, storage, labels->id, &id_end);

    if (status == NG_OK)
        status = add_label(cx, storage, labels->date, &date_end);
    if (status == NG_OK)
        status = add_label(cx, storage, labels->title, &title_end);
    if (status == NG_OK)
        status = add_label(cx, storage, labels->author, &author_end);
    if (status == NG_OK)
        status = add_label(cx, storage, labels->origin, &origin_end);
    if (status != NG_OK)
        return status;
    all = ng_buffer_view(storage);
    document->text = ng_view_part(all, 0, text_end);
    document->id = ng_view_part(all, text_end, id_end);
    document->date = ng_view_part(all, id_end, date_end);
    document->title = ng_view_part(all, date_end, title_end);
    document->author = ng_view_part(all, title_end, author_end);
    document->origin = ng_view_part(all, author_end, origin_end);
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

/* Fails when the text has grown past the limit. */
static ng_status check_size(ng_ctx *cx, const ng_buffer *text, ng_view origin,
                            const ng_options *options)
{
    if (text->size <= ng_limit_of(options))
        return NG_OK;
    return ng_fail(cx, NG_E_LIMIT,
                   "%.*s: larger than %llu bytes once bad bytes are replaced;"
                   " raise --max-document-bytes or convert it to UTF-8",
                   (int)(origin.size & 0xFFFF), origin.data,
                   (unsigned long long)ng_limit_of(options));
}

/* Lays text and labels out in a fresh document; the buffer is emptied on success. */
static ng_status fill(ng_ctx *cx, ng_buffer *text, const ng_labels *labels,
                      ng_source_document *document)
{
    ng_labels valid = *labels;
    ng_buffer id;
    ng_buffer origin;
    ng_status status = NG_OK;

    assert(ng_utf8_is_valid(labels->title) && ng_utf8_is_valid(labels->author));
    ng_buffer_init(&id, SIZE_MAX / 4);
    ng_buffer_init(&origin, SIZE_MAX / 4);
    status = repair_label(cx, &valid.id, &id);
    if (status == NG_OK)
        status = repair_label(cx, &valid.origin, &origin);
    if (status == NG_OK)
        status = lay_out(cx, text, &valid, document);
    if (status == NG_OK)
        ng_buffer_init(text, text->max_bytes);
    ng_buffer_destroy(cx, &id);
    ng_buffer_destroy(cx, &origin);
    return status;
}

/* An empty document. */
static ng_status new_document(ng_ctx *cx, ng_source_document **document_out)
{
    ng_source_document *document = ng_alloc(cx, sizeof *document);

    if (!document)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a document");
    *document = (ng_source_document){ .was_repaired = false };
    *document_out = document;
    return NG_OK;
}

ng_status ng_source_make(ng_ctx *cx, ng_buffer *text, const ng_labels *labels,
                         const ng_options *options, ng_source_document **document_out)
{
    ng_source_document *document = NULL;
    ng_status status = new_document(cx, &document);

    if (status != NG_OK)
        return status;
    status = make_valid(cx, text, &document->was_repaired);
    if (status == NG_OK)
        status = check_size(cx, text, labels->origin, options);
    if (status == NG_OK)
        status = fill(cx, text, labels, document);
    if (status == NG_OK)
        *document_out = document;
    else
        ng_free(cx, document);
    return status;
}

ng_status ng_source_make_raw(ng_ctx *cx, ng_buffer *bytes, const ng_labels *labels, ng_media media,
                             const char *charset, ng_source_document **document_out)
{
    ng_source_document *document = NULL;
    ng_status status = new_document(cx, &document);

    if (status != NG_OK)
        return status;
    status = fill(cx, bytes, labels, document);
    if (status != NG_OK) {
        ng_free(cx, document);
        return status;
    }
    document->media = (uint8_t)media;
    (void)snprintf(document->charset, sizeof document->charset, "%s", charset ? charset : "");
    *document_out = document;
    return NG_OK;
}

/* ---- from bytes to text ---- */

/* The bytes of a text file: any character set. */
static ng_status extract_text(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                              ng_source_document *document, ng_extracted *extracted)
{
    ng_decoded decoded;
    ng_status status = ng_encoding_decode(cx, bytes, charset, label, &extracted->text, &decoded);

    if (status != NG_OK)
        return status;
    document->was_repaired = decoded.was_repaired;
    memcpy(document->charset, decoded.charset, sizeof document->charset);
    document->charset_is_guess = decoded.is_guess;
    return NG_OK;
}

/* Hands the bytes to the reader of their format. */
static ng_status extract(ng_ctx *cx, const ng_options *options, const char *label,
                         ng_source_document *document, ng_extracted *extracted)
{
    ng_view bytes = document->text;
    const char *declared = options->charset;

    if (!declared && document->charset[0] != '\0')
        declared = document->charset;
    switch ((ng_media)document->media) {
    case NG_MEDIA_HTML:
        return ng_html_extract(cx, bytes, declared, label, options, extracted);
    case NG_MEDIA_MAIL:
        return ng_mail_extract(cx, bytes, label, options, extracted);
    case NG_MEDIA_PDF:
        return ng_pdf_extract(cx, bytes, label, options, extracted);
    case NG_MEDIA_DOCX:
        return ng_docx_extract(cx, bytes, label, options, extracted);
    case NG_MEDIA_ODT:
        return ng_odt_extract(cx, bytes, label, options, extracted);
    case NG_MEDIA_EPUB:
        return ng_epub_extract(cx, bytes, label, options, extracted);
    default:
        return extract_text(cx, bytes, declared, label, document, extracted);
    }
}

/* Puts what was taken out in the place of the bytes. Metadata go before what was known. */
static ng_status exchange(ng_ctx *cx, const ng_options *options, ng_extracted *extracted,
                          ng_source_document *document)
{
    ng_labels labels = { document->id, document->date, document->title, document->author,
                         document->origin };
    void *old = document->storage;
    ng_status status = NG_OK;

    if (extracted->title.size > 0)
        labels.title = ng_buffer_view(&extracted->title);
    if (extracted->author.size > 0)
        labels.author = ng_buffer_view(&extracted->author);
    if (extracted->date.size > 0 && options->date_from & NG_DATE_FROM_METADATA)
        labels.date = ng_buffer_view(&extracted->date);
    status = check_size(cx, &extracted->text, document->origin, options);
    if (status == NG_OK)
        status = fill(cx, &extracted->text, &labels, document);
    if (status == NG_OK) {
        document->media = NG_MEDIA_NONE;
        document->remark = extracted->remark;
        ng_free(cx, old);
    }
    return status;
}

ng_status ng_source_prepare(ng_ctx *cx, const ng_options *options, ng_source_document *document)
{
    ng_extracted extracted;
    ng_buffer label; /* ended by a zero byte */
    ng_status status = NG_OK;

    if (document->media == NG_MEDIA_NONE)
        return NG_OK;
    if (document->media == NG_MEDIA_TEXT && !options->charset && document->charset[0] == '\0' &&
        !ng_encoding_is_wide(document->text) && ng_utf8_is_valid(document->text)) {
        document->media = NG_MEDIA_NONE;
        return check_size(cx, &(ng_buffer){ .size = document->text.size }, document->origin,
                          options);
    }
    ng_buffer_init(&label, SIZE_MAX / 4);
    ng_extracted_init(&extracted, SIZE_MAX / 4);
    status = ng_buffer_add(cx, &label, document->origin);
    if (status == NG_OK)
        status = extract(cx, options, label.data ? label.data : "", document, &extracted);
    if (status == NG_OK)
        status = exchange(cx, options, &extracted, document);
    ng_extracted_destroy(cx, &extracted);
    ng_buffer_destroy(cx, &label);
    return status;
}

void ng_source_tell(ng_ctx *cx, const ng_source_document *document)
{
    ng_view origin = ng_view_part(document->origin, 0,
                                  document->origin.size < 4096 ? document->origin.size : 4096);

    if (document->was_repaired)
        ng_warn(cx, "%.*s: not valid UTF-8; bad bytes were replaced by U+FFFD", (int)origin.size,
                origin.data);
    if (document->charset_is_guess)
        ng_warn(cx, "%.*s: not UTF-8; read as %s (if that is wrong, say --charset)",
                (int)origin.size, origin.data, document->charset);
    if (document->remark)
        ng_warn(cx, "%.*s: %s", (int)origin.size, origin.data, document->remark);
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
