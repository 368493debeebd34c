/* A score for reading or for programs. The lines for reading:
 *
 *   PERSON        P  93.8  R  88.2  F1  90.9  (gold 17, predicted 16)
 *   wrong  | PERSON | Ann Lee | what stands around Ann Lee there | letters-7, characters 40-47
 *
 * TSV and CSV have a table of scores and, behind an empty line, one of errors; JSON has one object.
 */
#include "../writers/writers.h"
#include "training_internal.h"

/* By ng_score_class. */
static const struct {
    const char *name;    /* for programs */
    const char *heading; /* for reading */
} classes[] = {
    { "person", "PERSON" },
    { "place", "PLACE" },
    { "organization", "ORG" },
    { "person+place", "PERSON+PLACE" },
};

/* Text that remembers the first failure. */
typedef struct sheet {
    ng_ctx *cx;
    ng_buffer out;
    ng_status status;
} sheet;

static void put(sheet *to, const char *text)
{
    if (to->status == NG_OK)
        to->status = ng_buffer_add(to->cx, &to->out, ng_view_of(text));
}

static void put_count(sheet *to, uint64_t count)
{
    if (to->status == NG_OK)
        to->status = ng_buffer_add_unsigned(to->cx, &to->out, count);
}

/* A percentage with one decimal, behind spaces up to `width`. printf rounds it right; whatever
 * stands before the last digit is the point of some locale. */
static void put_percent(sheet *to, double percent, size_t width)
{
    char printed[64];
    size_t size = (size_t)snprintf(printed, sizeof printed, "%.1f", percent);
    size_t whole = strspn(printed, "0123456789");

    for (size_t i = whole + 2; i < width; i++)
        put(to, " ");
    if (to->status == NG_OK)
        to->status = ng_buffer_add(to->cx, &to->out, (ng_view){ printed, whole });
    put(to, ".");
    put(to, printed + size - 1);
}

/* One of the escapes of writers. */
typedef ng_status (*escape)(ng_ctx *cx, ng_view text, ng_buffer *out);

static ng_status escape_csv(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    return ng_escape_csv(cx, text, false, out);
}

static void put_text(sheet *to, ng_view text, escape escaped)
{
    if (to->status == NG_OK)
        to->status = escaped(to->cx, text, &to->out);
}

/* ---- for reading ---- */

static void put_line(sheet *to, ng_score_class kind, const ng_score_row *row)
{
    put(to, classes[kind].heading);
    for (size_t i = strlen(classes[kind].heading); i < 14; i++)
        put(to, " ");
    put(to, "P ");
    put_percent(to, row->precision, 5);
    put(to, "  R ");
    put_percent(to, row->recall, 5);
    put(to, "  F1 ");
    put_percent(to, row->f1, 5);
    put(to, "  (gold ");
    put_count(to, row->gold_count);
    put(to, ", predicted ");
    put_count(to, row->predicted_count);
    put(to, ")\n");
}

static void put_error_line(sheet *to, const ng_score_error *error)
{
    put(to, error->is_missed ? "missed | " : "wrong  | ");
    put(to, classes[error->kind].heading);
    put(to, " | ");
    put_text(to, error->text, ng_escape_tsv);
    put(to, " | ");
    put_text(to, error->context, ng_escape_tsv);
    put(to, " | ");
    put_text(to, error->document, ng_escape_tsv);
    put(to, ", characters ");
    put_count(to, error->start);
    put(to, "-");
    put_count(to, error->end);
    put(to, "\n");
}

static void put_lines(sheet *to, const ng_score_report *report)
{
    for (size_t i = 0; i < NG_SCORE_CLASS_COUNT; i++)
        put_line(to, (ng_score_class)i, &report->rows[i]);
    if (report->absent_count > 0) {
        put(to, "documents without a prediction: ");
        put_count(to, report->absent_count);
        put(to, "\n");
    }
    for (size_t i = 0; i < report->error_count; i++)
        put_error_line(to, &report->errors[i]);
}

/* ---- tables ---- */

/* How the cells of a table stand. */
typedef struct cells {
    const char *separator, *end;
    escape escaped;
} cells;

/* The names of columns, separated by spaces in `names`. */
static void put_heading(sheet *to, const cells *style, const char *names)
{
    for (size_t size = 0; *names; names += size + (names[size] == ' ')) {
        size = strcspn(names, " ");
        put_text(to, (ng_view){ names, size }, style->escaped);
        put(to, names[size] ? style->separator : style->end);
    }
}

static void put_row(sheet *to, const cells *style, ng_score_class kind, const ng_score_row *row)
{
    const double percents[] = { row->precision, row->recall, row->f1 };
    const uint64_t counts[] = { row->hit_count, row->gold_count, row->predicted_count };

    put(to, classes[kind].name);
    for (size_t i = 0; i < 3; i++) {
        put(to, style->separator);
        put_percent(to, percents[i], 0);
    }
    for (size_t i = 0; i < 3; i++) {
        put(to, style->separator);
        put_count(to, counts[i]);
    }
    put(to, style->end);
}

static void put_error_row(sheet *to, const cells *style, const ng_score_error *error)
{
    put(to, error->is_missed ? "missed" : "wrong");
    put(to, style->separator);
    put(to, classes[error->kind].name);
    put(to, style->separator);
    put_text(to, error->document, style->escaped);
    put(to, style->separator);
    put_count(to, error->start);
    put(to, style->separator);
    put_count(to, error->end);
    put(to, style->separator);
    put_text(to, error->text, style->escaped);
    put(to, style->separator);
    put_text(to, error->context, style->escaped);
    put(to, style->end);
}

static void put_tables(sheet *to, const ng_score_report *report, const cells *style)
{
    put_heading(to, style, "class precision recall f1 hits gold predicted");
    for (size_t i = 0; i < NG_SCORE_CLASS_COUNT; i++)
        put_row(to, style, (ng_score_class)i, &report->rows[i]);
    if (!report->has_errors)
        return;
    put(to, style->end);
    put_heading(to, style, "error class document start end text context");
    for (size_t i = 0; i < report->error_count; i++)
        put_error_row(to, style, &report->errors[i]);
}

/* ---- JSON ---- */

/* `,"key":number` */
static void put_member(sheet *to, const char *key, uint64_t count)
{
    put(to, ",\"");
    put(to, key);
    put(to, "\":");
    put_count(to, count);
}

static void put_json_row(sheet *to, ng_score_class kind, const ng_score_row *row)
{
    put(to, kind == NG_SCORE_PERSON ? "\n{\"class\":\"" : ",\n{\"class\":\"");
    put(to, classes[kind].name);
    put(to, "\",\"precision\":");
    put_percent(to, row->precision, 0);
    put(to, ",\"recall\":");
    put_percent(to, row->recall, 0);
    put(to, ",\"f1\":");
    put_percent(to, row->f1, 0);
    put_member(to, "hits", row->hit_count);
    put_member(to, "gold", row->gold_count);
    put_member(to, "predicted", row->predicted_count);
    put(to, "}");
}

static void put_json_error(sheet *to, const ng_score_error *error)
{
    put(to, error->is_missed ? "{\"error\":\"missed\",\"class\":\""
                             : "{\"error\":\"wrong\",\"class\":\"");
    put(to, classes[error->kind].name);
    put(to, "\",\"document\":");
    put_text(to, error->document, ng_escape_json);
    put_member(to, "start", error->start);
    put_member(to, "end", error->end);
    put(to, ",\"text\":");
    put_text(to, error->text, ng_escape_json);
    put(to, ",\"context\":");
    put_text(to, error->context, ng_escape_json);
    put(to, "}");
}

static void put_json(sheet *to, const ng_score_report *report)
{
    put(to, "{\"scores\":[");
    for (size_t i = 0; i < NG_SCORE_CLASS_COUNT; i++)
        put_json_row(to, (ng_score_class)i, &report->rows[i]);
    put(to, "\n]");
    put_member(to, "documents", report->document_count);
    put_member(to, "absent", report->absent_count);
    if (report->has_errors)
        put(to, ",\"errors\":[");
    for (size_t i = 0; i < report->error_count; i++) {
        put(to, i == 0 ? "\n" : ",\n");
        put_json_error(to, &report->errors[i]);
    }
    put(to, report->has_errors ? "\n]}\n" : "}\n");
}

ng_status ng_score_write(ng_ctx *cx, const ng_score_report *report, ng_table_format format,
                         ng_output *output)
{
    static const cells tsv = { "\t", "\n", ng_escape_tsv };
    static const cells csv = { ",", "\r\n", escape_csv };
    sheet to = { .cx = cx };

    ng_buffer_init(&to.out, SIZE_MAX / 4);
    switch (format) {
    case NG_TABLE_ALIGNED:
        put_lines(&to, report);
        break;
    case NG_TABLE_TSV:
        put_tables(&to, report, &tsv);
        break;
    case NG_TABLE_CSV:
        put_tables(&to, report, &csv);
        break;
    case NG_TABLE_JSON:
        put_json(&to, report);
        break;
    }
    if (to.status == NG_OK)
        to.status = ng_output_add(cx, output, ng_buffer_view(&to.out));
    ng_buffer_destroy(cx, &to.out);
    return to.status;
}
