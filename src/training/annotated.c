/* Annotated documents out of a file: the reader that scoring and training share.
 *
 * The whole file is read at once and made valid UTF-8; then it is walked line by line, and one
 * document at a time is put together in buffers that are kept for the next one. What a line means
 * is said in bio.c (tokens with tags) and records.c (JSON lines); which of the two it is, the first
 * line that is not blank decides.
 *
 * Offsets of files are code points, our own work is on bytes: each document carries the byte of
 * every code point. */
#include "training_internal.h"

#include <assert.h>

static const uint64_t file_bytes = (uint64_t)2 << 30;

/* Bytes of one document's text: offsets have 32 bits. */
static const size_t text_bytes = UINT32_MAX - 1;

/* Replaces bad bytes. */
static ng_status repair(ng_ctx *cx, ng_annotated *file)
{
    ng_buffer repaired;
    ng_status status = NG_OK;

    if (ng_utf8_is_valid(ng_buffer_view(&file->bytes)))
        return NG_OK;
    ng_warn(cx, "%s: not valid UTF-8; bad bytes were replaced by U+FFFD", file->label);
    ng_buffer_init(&repaired, SIZE_MAX / 4);
    status = ng_utf8_repair(cx, ng_buffer_view(&file->bytes), &repaired);
    if (status != NG_OK) {
        ng_buffer_destroy(cx, &repaired);
        return status;
    }
    ng_buffer_destroy(cx, &file->bytes);
    file->bytes = repaired;
    return NG_OK;
}

ng_status ng_annotated_open(ng_ctx *cx, const char *path, ng_annotation_choice choice,
                            ng_annotated **file_out)
{
    ng_annotated *file = ng_alloc(cx, sizeof *file);
    ng_status status = NG_OK;

    if (!file)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory", path);
    *file = (ng_annotated){ .choice = choice };
    file->label = strcmp(path, "-") == 0 ? "standard input" : path;
    ng_buffer_init(&file->bytes, SIZE_MAX / 4);
    ng_buffer_init(&file->id, SIZE_MAX / 4);
    ng_buffer_init(&file->text, text_bytes);
    ng_arena_init(&file->strings, SIZE_MAX);
    status = ng_file_read(cx, path, file_bytes, "the limit of annotated files", &file->bytes);
    if (status == NG_OK)
        status = repair(cx, file);
    if (status != NG_OK) {
        ng_annotated_close(cx, file);
        return status;
    }
    if (ng_view_starts(ng_buffer_view(&file->bytes), NG_VIEW("\xEF\xBB\xBF")))
        file->at = 3;
    *file_out = file;
    return NG_OK;
}

void ng_annotated_close(ng_ctx *cx, ng_annotated *file)
{
    if (!file)
        return;
    ng_buffer_destroy(cx, &file->bytes);
    ng_buffer_destroy(cx, &file->id);
    ng_buffer_destroy(cx, &file->text);
    ng_arena_destroy(cx, &file->strings);
    ng_free(cx, file->annotations);
    ng_free(cx, file->bytes_at);
    ng_free(cx, file);
}

const char *ng_annotated_label(const ng_annotated *file)
{
    return file->label;
}

ng_status ng_annotated_refuse(ng_ctx *cx, const ng_annotated *file, const char *reason)
{
    return ng_fail(cx, NG_E_DATA, "%s:%llu: %s", file->label, (unsigned long long)file->line,
                   reason);
}

/* ---- lines ---- */

bool ng_annotated_line(ng_annotated *file, ng_view *line_out)
{
    ng_view rest = ng_view_part(ng_buffer_view(&file->bytes), file->at, file->bytes.size);
    const char *end = NULL;

    if (rest.size == 0)
        return false;
    end = memchr(rest.data, '\n', rest.size);
    *line_out = end ? ng_view_part(rest, 0, (size_t)(end - rest.data)) : rest;
    file->at += line_out->size + (end != NULL);
    file->line++;
    if (line_out->size > 0 && line_out->data[line_out->size - 1] == '\r')
        line_out->size--;
    return true;
}

/* The bytes of a line from its first one that is not white space. */
static ng_view skip_blanks(ng_view line)
{
    size_t at = 0;

    while (at < line.size && ng_is_blank_byte(line.data[at]))
        at++;
    return ng_view_part(line, at, line.size);
}

/* An object begins with a brace and a key. The token { has a tag behind it. */
static bool is_record(ng_view line)
{
    ng_view inside = NG_VIEW_NONE;

    if (line.size == 0 || line.data[0] != '{')
        return false;
    inside = skip_blanks(ng_view_part(line, 1, line.size));
    return inside.size > 0 && (inside.data[0] == '"' || inside.data[0] == '}');
}

/* Looks at the first line that is not blank. */
static void find_format(ng_annotated *file)
{
    size_t start = file->at;
    ng_view line = NG_VIEW_NONE;

    while (!file->is_known && ng_annotated_line(file, &line)) {
        line = skip_blanks(line);
        file->is_known = line.size > 0;
    }
    file->is_records = file->is_known && is_record(line);
    file->is_known = true;
    file->at = start;
    file->line = 0;
}

/* ---- documents ---- */

ng_status ng_annotated_add(ng_ctx *cx, ng_annotated *file, const ng_annotation *annotation)
{
    size_t count = file->document.annotation_count;
    void *items = file->annotations;
    ng_status status = ng_grow(cx, &items, &file->annotation_capacity, sizeof *file->annotations,
                               count + 1, UINT32_MAX, "annotations");

    if (status != NG_OK)
        return status;
    file->annotations = items;
    file->annotations[count] = *annotation;
    file->document.annotation_count++;
    return NG_OK;
}

/* Finds the byte of each code point of the text. */
static ng_status map_text(ng_ctx *cx, ng_annotated *file)
{
    ng_view text = ng_buffer_view(&file->text);
    size_t count = ng_utf8_count(text);
    void *items = file->bytes_at;
    size_t at = 0;
    ng_status status = ng_grow(cx, &items, &file->bytes_at_capacity, sizeof *file->bytes_at,
                               count + 1, UINT32_MAX, "characters");

    if (status != NG_OK)
        return status;
    file->bytes_at = items;
    for (size_t i = 0; i < text.size; i++)
        if (((unsigned char)text.data[i] & 0xC0) != 0x80)
            file->bytes_at[at++] = (uint32_t)i;
    assert(at == count);
    file->bytes_at[count] = (uint32_t)text.size;
    file->document.text = text;
    file->document.bytes_at = file->bytes_at;
    file->document.character_count = count;
    return NG_OK;
}

/* Every span lies in its text. */
static ng_status check_spans(ng_ctx *cx, const ng_annotated *file)
{
    const ng_annotated_document *document = &file->document;

    for (size_t i = 0; i < document->annotation_count; i++) {
        const ng_annotation *each = &document->annotations[i];

        if (each->end > document->character_count)
            return ng_fail(cx, NG_E_DATA,
                           "%s:%llu: a span %lu-%lu in a text of %zu characters; are its offsets "
                           "code points?",
                           file->label, (unsigned long long)document->line,
                           (unsigned long)each->start, (unsigned long)each->end,
                           document->character_count);
    }
    return NG_OK;
}

/* All documents have ids, or none has. */
static ng_status check_naming(ng_ctx *cx, ng_annotated *file)
{
    if (!file->has_documents)
        file->has_ids = file->document.has_id;
    file->has_documents = true;
    if (file->document.has_id == file->has_ids)
        return NG_OK;
    return ng_fail(cx, NG_E_DATA, "%s:%llu: a document %s an id; those before it have %s",
                   file->label, (unsigned long long)file->document.line,
                   file->has_ids ? "without" : "with", file->has_ids ? "one" : "none");
}

/* The next line that is not blank as a record. */
static ng_status read_record(ng_ctx *cx, ng_annotated *file, bool *has_document_out)
{
    ng_view line = NG_VIEW_NONE;

    while (ng_annotated_line(file, &line)) {
        line = skip_blanks(line);
        if (line.size == 0)
            continue;
        *has_document_out = true;
        return ng_annotated_record_read(cx, file, line);
    }
    return NG_OK;
}

ng_status ng_annotated_next(ng_ctx *cx, ng_annotated *file,
                            const ng_annotated_document **document_out)
{
    bool has_document = false;
    ng_status status = NG_OK;

    if (ng_ctx_is_cancelled(cx))
        return ng_fail(cx, NG_E_LIMIT, "interrupted");
    if (!file->is_known)
        find_format(file);
    file->document = (ng_annotated_document){ .text = NG_VIEW_NONE, .id = NG_VIEW_NONE };
    file->text.size = 0;
    ng_arena_reset(cx, &file->strings);
    status = file->is_records ? read_record(cx, file, &has_document)
                              : ng_bio_read(cx, file, &has_document);
    if (status == NG_OK && has_document)
        status = check_naming(cx, file);
    file->document.annotations = file->annotations;
    if (status == NG_OK && has_document && file->document.has_text) {
        status = map_text(cx, file);
        if (status == NG_OK)
            status = check_spans(cx, file);
    }
    if (status == NG_OK)
        *document_out = has_document ? &file->document : NULL;
    return status;
}
