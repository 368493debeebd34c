/* CSV and TSV: a document a row, columns by the names in the first row. libcsv parses.
 *
 * The file goes through the parser line by line until a row is whole, so memory is bounded by the
 * largest row: one that outgrows the largest document (a quote that is never closed takes in all
 * that follows) is a failure, and reading goes on behind the line where it began to be too large.
 * What separates the columns is what the first row has most of: commas, semicolons or tabs. */
#include "documents_internal.h"

#include <csv.h>

enum { MOST_COLUMNS = 10000, LINE_BYTES = 1 << 16, BLOCK_BYTES = 1 << 18, NO_COLUMN = -1 };

/* The columns that we know. */
typedef enum column {
    COLUMN_TEXT,
    COLUMN_ID,
    COLUMN_DATE,
    COLUMN_TITLE,
    COLUMN_AUTHOR,
    COLUMN_COUNT
} column;

typedef struct table {
    ng_ctx *cx; /* of the call being made */
    ng_series series;
    struct csv_parser parser;
    bool is_open; /* the parser */
    char separator;
    int places[COLUMN_COUNT]; /* of our columns in the file */
    ng_buffer fields[COLUMN_COUNT];
    ng_buffer names; /* of the first row, for messages */
    int field;       /* of the row being read */
    bool is_header, is_row_whole, has_field;
    ng_status status; /* of the callbacks */
    uint64_t line_count, row_line;
} table;

/* The name of one of our columns. */
static const char *name_of(const ng_options *options, column which)
{
    const char *const given[] = { options->text_column, options->id_column, options->date_column,
                                  options->title_column, options->author_column };
    static const char *const standard[] = { "text", "id", "date", "title", "author" };

    return given[which] ? given[which] : standard[which];
}

/* ---- the first row ---- */

/* The first line of the head. */
static ng_view first_line(ng_view head)
{
    const char *end = memchr(head.data, '\n', head.size);

    if (ng_view_starts(head, NG_VIEW("\xEF\xBB\xBF")))
        head = ng_view_part(head, 3, head.size);
    end = memchr(head.data, '\n', head.size);
    return end ? ng_view_part(head, 0, (size_t)(end - head.data)) : head;
}

/* What the line has most of, outside of quotes. */
static char find_separator(ng_view line)
{
    static const char marks[] = { ',', ';', '\t' };
    size_t counts[sizeof marks] = { 0 };
    size_t best = 0;
    bool in_quotes = false;

    for (size_t i = 0; i < line.size; i++) {
        in_quotes ^= line.data[i] == '"';
        for (size_t k = 0; k < sizeof marks && !in_quotes; k++)
            counts[k] += line.data[i] == marks[k];
    }
    for (size_t k = 1; k < sizeof marks; k++)
        if (counts[k] > counts[best])
            best = k;
    return marks[best];
}

/* A cell of the first row without blanks and quotes around it. */
static ng_view bare(ng_view cell)
{
    while (cell.size > 0 && (ng_is_blank_byte(cell.data[0]) || cell.data[0] == '"'))
        cell = ng_view_part(cell, 1, cell.size);
    while (cell.size > 0 &&
           (ng_is_blank_byte(cell.data[cell.size - 1]) || cell.data[cell.size - 1] == '"'))
        cell.size--;
    return cell;
}

bool ng_table_has_text(ng_view head, const ng_options *options)
{
    ng_view line = first_line(head);
    char separator = find_separator(line);

    for (size_t start = 0; start <= line.size;) {
        const char *end = memchr(line.data + start, separator, line.size - start);
        size_t stop = end ? (size_t)(end - line.data) : line.size;

        if (ng_view_equal_folded(bare(ng_view_part(line, start, stop)),
                                 ng_view_of(name_of(options, COLUMN_TEXT))))
            return true;
        start = stop + 1;
    }
    return false;
}

/* ---- what the parser calls ---- */

/* Notes a column's name. */
static ng_status take_name(table *rows, ng_view cell)
{
    ng_status status = NG_OK;

    cell = bare(cell);
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (rows->places[i] == NO_COLUMN &&
            ng_view_equal_folded(cell, ng_view_of(name_of(rows->series.options, (column)i))))
            rows->places[i] = rows->field;
    if (rows->names.size < 400) {
        if (rows->names.size > 0)
            status = ng_buffer_add(rows->cx, &rows->names, NG_VIEW(", "));
        if (status == NG_OK)
            status = ng_buffer_add(rows->cx, &rows->names,
                                   ng_view_part(cell, 0, cell.size < 60 ? cell.size : 60));
    }
    return status;
}

static void take_field(void *data, size_t size, void *user)
{
    table *rows = user;
    ng_view cell = { data ? data : "", size };

    rows->has_field |= size > 0;
    if (rows->status == NG_OK && rows->field < MOST_COLUMNS && rows->is_header)
        rows->status = take_name(rows, cell);
    for (int i = 0; i < COLUMN_COUNT && !rows->is_header; i++)
        if (rows->places[i] == rows->field && rows->status == NG_OK) {
            rows->fields[i].size = 0;
            rows->status = ng_buffer_add(rows->cx, &rows->fields[i], cell);
        }
    rows->field++;
}

static void take_row(int end, void *user)
{
    table *rows = user;

    (void)end;
    rows->is_row_whole = true;
}

/* ---- rows ---- */

static ng_status fail_parser(ng_ctx *cx, const table *rows)
{
    int code = csv_error((struct csv_parser *)(uintptr_t)&rows->parser);

    if (code == CSV_ENOMEM)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory for a row", rows->series.label.data);
    return ng_fail(cx, NG_E_DATA, "%s: line %llu: %s", rows->series.label.data,
                   (unsigned long long)rows->row_line, csv_strerror(code));
}

/* A fresh parser. */
static ng_status open_parser(ng_ctx *cx, table *rows)
{
    if (rows->is_open)
        csv_free(&rows->parser);
    rows->is_open = csv_init(&rows->parser, CSV_APPEND_NULL) == 0;
    if (!rows->is_open)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to read a table", rows->series.label.data);
    csv_set_delim(&rows->parser, (unsigned char)rows->separator);
    csv_set_blk_size(&rows->parser, BLOCK_BYTES); /* by which a field grows */
    return NG_OK;
}

/* Gives the parser the rest of a line; at the end of the file the parser is told. */
static ng_status feed_line(ng_ctx *cx, table *rows, bool *is_end_out)
{
    ng_view line = NG_VIEW_NONE;
    ng_status status =
        ng_stream_line(cx, rows->series.stream, LINE_BYTES, &rows->series.line, &line);

    *is_end_out = status == NG_OK && line.size == 0;
    if (status != NG_OK)
        return status;
    rows->line_count += line.size > 0 && line.data[line.size - 1] == '\n';
    if (*is_end_out ? csv_fini(&rows->parser, take_field, take_row, rows) != 0
                    : csv_parse(&rows->parser, line.data, line.size, take_field, take_row, rows) !=
                          line.size)
        return fail_parser(cx, rows);
    return rows->status;
}

/* Reads up to the end of a row; false in has_row_out at the end of the file. */
static ng_status read_row(ng_ctx *cx, table *rows, bool *has_row_out)
{
    uint64_t limit = ng_limit_of(rows->series.options);
    bool is_end = false;
    ng_status status = NG_OK;

    rows->cx = cx;
    rows->field = 0;
    rows->is_row_whole = rows->has_field = false;
    rows->status = NG_OK;
    rows->row_line = rows->line_count + 1;
    for (int i = 0; i < COLUMN_COUNT; i++)
        rows->fields[i].size = 0;
    while (status == NG_OK && !rows->is_row_whole && !is_end) {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        status = feed_line(cx, rows, &is_end);
        if (status == NG_OK && !rows->is_row_whole &&
            csv_get_buffer_size(&rows->parser) > limit + 2 * BLOCK_BYTES) {
            status = open_parser(cx, rows);
            return status == NG_OK ? NG_E_LIMIT : status;
        }
    }
    *has_row_out = rows->is_row_whole;
    return status;
}

/* Reads the names of the columns. */
static ng_status read_header(ng_ctx *cx, table *rows)
{
    bool has_row = false;
    ng_status status = NG_OK;

    rows->is_header = true;
    status = read_row(cx, rows, &has_row);
    rows->is_header = false;
    if (status != NG_OK || rows->places[COLUMN_TEXT] != NO_COLUMN)
        return status;
    return ng_fail(cx, NG_E_DATA, "%s: no column \"%s\" (there are: %.*s); say --text-column",
                   rows->series.label.data, name_of(rows->series.options, COLUMN_TEXT),
                   (int)rows->names.size, rows->names.data ? rows->names.data : "");
}

static void close_table(ng_ctx *cx, void *state)
{
    table *rows = state;

    if (rows->is_open)
        csv_free(&rows->parser);
    for (int i = 0; i < COLUMN_COUNT; i++)
        ng_buffer_destroy(cx, &rows->fields[i]);
    ng_buffer_destroy(cx, &rows->names);
    ng_series_close(cx, &rows->series);
}

static ng_status open_table(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                            const ng_options *options)
{
    table *rows = state;
    ng_status status = NG_OK;

    memset(rows, 0, sizeof *rows);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        ng_buffer_init(&rows->fields[i], SIZE_MAX / 4);
        rows->places[i] = NO_COLUMN;
    }
    ng_buffer_init(&rows->names, 4096);
    rows->separator = ng_has_ending(found->file_name, NG_VIEW(".tsv"))
                          ? '\t'
                          : find_separator(first_line(ng_stream_view(stream)));
    if (ng_view_starts(ng_stream_view(stream), NG_VIEW("\xEF\xBB\xBF")))
        stream->start += 3;
    status = ng_series_open(cx, &rows->series, stream, found, options);
    if (status == NG_OK)
        status = open_parser(cx, rows);
    if (status == NG_OK)
        status = read_header(cx, rows);
    if (status != NG_OK)
        close_table(cx, rows);
    return status;
}

/* A cell as UTF-8: files of spreadsheets are often in another character set. */
static ng_status make_valid(ng_ctx *cx, table *rows, ng_buffer *cell, ng_decoded *decoded)
{
    ng_buffer text;
    ng_status status = NG_OK;

    if (ng_utf8_is_valid(ng_buffer_view(cell)) && !rows->series.options->charset)
        return NG_OK;
    ng_buffer_init(&text, SIZE_MAX / 4);
    status = ng_encoding_decode(cx, ng_buffer_view(cell), rows->series.options->charset,
                                rows->series.origin.data, &text, decoded);
    ng_buffer_destroy(cx, cell);
    *cell = text;
    return status;
}

/* Makes a document of the row that was read. */
static ng_status make_document(ng_ctx *cx, table *rows, ng_source_document **document_out)
{
    ng_labels labels;
    char date[NG_DATE_BYTES];
    size_t date_bytes = 0;
    ng_decoded decoded = { .charset = "" };
    ng_buffer *text = &rows->fields[COLUMN_TEXT];
    ng_status status = NG_OK;

    for (int i = COLUMN_COUNT; i-- > 0 && status == NG_OK;) /* what is told last is of the text */
        status = make_valid(cx, rows, &rows->fields[i], &decoded);
    if (status == NG_OK)
        status =
            ng_series_labels(cx, &rows->series, ng_buffer_view(&rows->fields[COLUMN_ID]), &labels);
    if (status != NG_OK)
        return status;
    labels.title = ng_buffer_view(&rows->fields[COLUMN_TITLE]);
    labels.author = ng_buffer_view(&rows->fields[COLUMN_AUTHOR]);
    if (rows->series.options->date_from & NG_DATE_FROM_METADATA)
        date_bytes = ng_date_read(ng_buffer_view(&rows->fields[COLUMN_DATE]), date);
    if (date_bytes > 0)
        labels.date = (ng_view){ date, date_bytes };
    if (text->size > ng_limit_of(rows->series.options))
        return ng_fail_too_large(cx, rows->series.origin.data, rows->series.options);
    status = ng_source_make(cx, text, &labels, rows->series.options, document_out);
    if (status != NG_OK)
        return status;
    (*document_out)->was_repaired |= decoded.was_repaired;
    (*document_out)->charset_is_guess = decoded.is_guess;
    memcpy((*document_out)->charset, decoded.charset, sizeof decoded.charset);
    return NG_OK;
}

static ng_status next_row(ng_ctx *cx, void *state, ng_source_document **document_out)
{
    table *rows = state;

    *document_out = NULL;
    for (;;) {
        bool has_row = false;
        ng_status status = read_row(cx, rows, &has_row);
        ng_status named = NG_OK;

        if (status != NG_OK && status != NG_E_LIMIT)
            return status;
        if (status == NG_OK && !has_row)
            return NG_OK;
        named = ng_series_step(cx, &rows->series);
        if (named != NG_OK)
            return named;
        if (status == NG_E_LIMIT)
            return ng_ctx_is_cancelled(cx)
                       ? status
                       : ng_fail(cx, NG_E_LIMIT,
                                 "%s: line %llu: a row larger than %llu bytes (is a quote not "
                                 "closed?); raise --max-document-bytes",
                                 rows->series.origin.data, (unsigned long long)rows->row_line,
                                 (unsigned long long)ng_limit_of(rows->series.options));
        if (rows->has_field)
            return make_document(cx, rows, document_out);
    }
}

const ng_series_kind ng_series_table = { sizeof(table), open_table, next_row, close_table };
