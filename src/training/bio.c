/* Tokens with tags: the columns that CoNLL's shared tasks made common.
 *
 *   -DOCSTART-  O
 *
 *   # doc_id = letters-7
 *   Ann     B-PER
 *   Lee     I-PER
 *   left    O
 *
 * The first column is the token, the last its tag: O, B-TYPE (a span begins) or I-TYPE (it goes on;
 * where nothing of this type is open, it begins all the same). Columns stand behind tabs, or behind
 * spaces in a line without a tab. An empty line ends a sentence. A new document begins at
 * -DOCSTART- or at its name; other lines that begin with # and are no token are comments.
 *
 * Nobody knows what stood between the tokens, so a text is made: a space between two tokens, a line
 * feed between two sentences. Two files with the same tokens have the same text. */
#include "training_internal.h"

/* A line taken apart. */
typedef struct row {
    ng_view token; /* the first column */
    ng_view tag;   /* the last */
    size_t column_count;
    bool has_tab;
} row;

/* A document in the making. */
typedef struct making {
    ng_ctx *cx;
    ng_annotated *file;
    size_t character_count; /* of the text so far */
    bool in_sentence;       /* a token came before in this sentence */
    bool is_open;           /* `span` goes on */
    ng_annotation span;
} making;

static ng_view trim(ng_view text)
{
    while (text.size > 0 && ng_is_blank_byte(text.data[0]))
        text = ng_view_part(text, 1, text.size);
    while (text.size > 0 && ng_is_blank_byte(text.data[text.size - 1]))
        text.size--;
    return text;
}

/* Splits behind tabs, or behind runs of spaces when there is no tab. */
static row split(ng_view line)
{
    row result = { .has_tab = line.size > 0 && memchr(line.data, '\t', line.size) != NULL };
    char separator = result.has_tab ? '\t' : ' ';
    size_t start = 0;

    if (!result.has_tab)
        line = trim(line);
    for (size_t i = 0; i <= line.size; i++) {
        if (i < line.size && line.data[i] != separator)
            continue;
        if (result.has_tab || i > start) {
            result.tag = ng_view_part(line, start, i);
            if (result.column_count++ == 0)
                result.token = result.tag;
        }
        start = i + 1;
    }
    result.tag = trim(result.tag);
    return result;
}

static bool is_tag(ng_view tag)
{
    if (tag.size > 2 && tag.data[1] == '-')
        return tag.data[0] == 'B' || tag.data[0] == 'I';
    return tag.size == 1 && tag.data[0] == 'O';
}

/* The lines "#<TAB>O" and "# SYM O" among others of three columns are tokens; "# par = 1" is not.
 */
static bool is_comment(const making *make, ng_view line, const row *columns)
{
    size_t usual = make->file->column_count > 0 ? make->file->column_count : 2;

    if (line.data[0] != '#')
        return false;
    if (!is_tag(columns->tag))
        return true;
    return columns->has_tab ? columns->column_count < 2 : columns->column_count != usual;
}

/* The name in "# doc_id = NAME"; false when the line is another one. */
static bool find_name(ng_view line, ng_view *name_out)
{
    ng_view rest = trim(ng_view_part(line, 1, line.size));

    if (line.data[0] != '#' || !ng_view_starts(rest, NG_VIEW("doc_id")))
        return false;
    rest = trim(ng_view_part(rest, 6, rest.size));
    if (rest.size == 0 || rest.data[0] != '=')
        return false;
    *name_out = trim(ng_view_part(rest, 1, rest.size));
    return true;
}

/* ---- tokens ---- */

/* Ends the open span before the text goes on. */
static ng_status close_span(making *make)
{
    bool was_open = make->is_open;

    make->is_open = false;
    return was_open ? ng_annotated_add(make->cx, make->file, &make->span) : NG_OK;
}

/* Appends a token to the text; the place of its first code point. */
static ng_status add_text(making *make, ng_view token, size_t *start_out)
{
    ng_buffer *text = &make->file->text;
    ng_status status = NG_OK;

    if (text->size > 0) {
        status = ng_buffer_add_byte(make->cx, text, make->in_sentence ? ' ' : '\n');
        make->character_count++;
    }
    *start_out = make->character_count;
    if (status == NG_OK)
        status = ng_buffer_add(make->cx, text, token);
    make->character_count += ng_utf8_count(token);
    make->in_sentence = true;
    return status;
}

/* Adds a token, and what its tag says of spans. */
static ng_status add_token(making *make, const row *columns)
{
    ng_view type = ng_view_part(columns->tag, columns->tag.size > 2 ? 2 : 1, columns->tag.size);
    bool goes_on =
        make->is_open && columns->tag.data[0] == 'I' && ng_view_equal(make->span.type, type);
    size_t start = 0;
    ng_status status = goes_on ? NG_OK : close_span(make);

    if (status == NG_OK)
        status = add_text(make, columns->token, &start);
    if (status != NG_OK || type.size == 0)
        return status;
    if (!goes_on)
        make->span = (ng_annotation){ .start = (uint32_t)start, .type = type };
    make->span.end = (uint32_t)make->character_count;
    make->is_open = true;
    return NG_OK;
}

/* Takes a line that must be a token. */
static ng_status read_token(making *make, const row *columns)
{
    ng_annotated *file = make->file;

    if (columns->column_count < 2)
        return ng_annotated_refuse(make->cx, file,
                                   "neither a token with its tag nor a JSON record");
    if (trim(columns->token).size == 0)
        return ng_annotated_refuse(make->cx, file, "a tag without a token");
    if (!is_tag(columns->tag))
        return ng_fail(make->cx, NG_E_DATA,
                       "%s:%llu: the last column, \"%.*s\", is no tag: use O, B-TYPE or I-TYPE",
                       file->label, (unsigned long long)file->line, ng_shown_size(columns->tag),
                       columns->tag.data);
    if (file->document.line == 0)
        file->document.line = file->line;
    file->column_count = columns->column_count;
    return add_token(make, columns);
}

/* ---- documents ---- */

/* What became of a line. */
typedef enum verdict { VERDICT_GO_ON, VERDICT_END, VERDICT_END_BEFORE } verdict;

/* Takes one line. */
static ng_status read_line(making *make, ng_view line, verdict *verdict_out)
{
    ng_annotated_document *document = &make->file->document;
    bool has_text = make->file->text.size > 0;
    row columns;
    ng_view name = NG_VIEW_NONE;

    *verdict_out = VERDICT_GO_ON;
    if (trim(line).size == 0) {
        make->in_sentence = false;
        return close_span(make);
    }
    columns = split(line);
    if (ng_view_equal(columns.token, NG_VIEW("-DOCSTART-"))) {
        make->file->column_count = columns.column_count;
        *verdict_out = has_text ? VERDICT_END : VERDICT_GO_ON;
        return NG_OK;
    }
    if (!find_name(line, &name))
        return is_comment(make, line, &columns) ? NG_OK : read_token(make, &columns);
    if (has_text || document->has_id) {
        *verdict_out = VERDICT_END_BEFORE;
        return NG_OK;
    }
    document->has_id = true;
    document->id = name;
    document->line = make->file->line;
    return NG_OK;
}

ng_status ng_bio_read(ng_ctx *cx, ng_annotated *file, bool *has_document_out)
{
    making make = { .cx = cx, .file = file };
    verdict end = VERDICT_GO_ON;
    ng_view line = NG_VIEW_NONE;
    size_t start = file->at;
    ng_status status = NG_OK;

    while (status == NG_OK && end == VERDICT_GO_ON && ng_annotated_line(file, &line)) {
        status = read_line(&make, line, &end);
        if (end == VERDICT_END_BEFORE) {
            file->at = start;
            file->line--;
        }
        start = file->at;
    }
    if (status == NG_OK)
        status = close_span(&make);
    file->document.form = NG_ANNOTATION_BIO;
    file->document.has_text = true;
    *has_document_out = file->document.has_id || file->text.size > 0;
    return status;
}
