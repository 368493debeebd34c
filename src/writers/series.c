/* A measure of each actor in each part of an archive, as a table: a row for each actor of the
 * whole, the most central first, a column for each part. An actor that a part does not have is
 * empty. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

enum { NAME_WIDTH = 28, COLUMN_GAP = 2 };

/* The table in the making. */
typedef struct series {
    ng_ctx *cx;
    const ng_graph *whole;
    const char *const *names;
    size_t part_count;
    double *values; /* part by part, a value for each node of the whole */
    uint32_t *order;
    size_t row_count;
} series;

static double value_at(const series *table, size_t part, uint32_t node)
{
    return table->values[part * ng_graph_node_count(table->whole) + node];
}

/* Spreads the scores of a part over the nodes of the whole. */
static ng_status spread(const series *table, size_t part, const ng_graph *graph,
                        const double *scores)
{
    size_t count = ng_graph_node_count(graph), all = ng_graph_node_count(table->whole);
    uint32_t *match = ng_alloc(table->cx, (count + 1) * sizeof *match);
    ng_status status = match ? ng_graph_match(table->cx, graph, table->whole, match)
                             : ng_fail(table->cx, NG_E_MEMORY, "no memory for %zu actors", count);

    for (size_t i = 0; i < all; i++)
        table->values[part * all + i] = NAN;
    for (size_t i = 0; i < count && status == NG_OK; i++)
        if (match[i] != UINT32_MAX)
            table->values[part * all + match[i]] = scores[i];
    ng_free(table->cx, match);
    return status;
}

static void put_separated(ng_pen *pen, const series *table, bool is_csv)
{
    char comma = is_csv ? ',' : '\t';

    ng_pen_put(pen, is_csv ? "id,label,kind" : "id\tlabel\tkind");
    for (size_t i = 0; i < table->part_count; i++) {
        ng_pen_byte(pen, comma);
        ng_pen_put(pen, table->names[i]);
    }
    ng_pen_put(pen, is_csv ? "\r\n" : "\n");
    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        const ng_node *node = ng_graph_node(table->whole, table->order[row]);

        if (is_csv)
            ng_pen_csv(pen, node->id, false);
        else
            ng_pen_tsv(pen, node->id);
        ng_pen_byte(pen, comma);
        if (is_csv)
            ng_pen_csv(pen, node->label, false);
        else
            ng_pen_tsv(pen, node->label);
        ng_pen_byte(pen, comma);
        ng_pen_put(pen, ng_kind_name(node->kind));
        for (size_t i = 0; i < table->part_count; i++) {
            ng_pen_byte(pen, comma);
            ng_pen_number(pen, value_at(table, i, table->order[row]));
        }
        ng_pen_put(pen, is_csv ? "\r\n" : "\n");
    }
}

static void put_json(ng_pen *pen, const series *table)
{
    ng_pen_byte(pen, '[');
    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        const ng_node *node = ng_graph_node(table->whole, table->order[row]);
        bool is_first = true;

        ng_pen_put(pen, row == 0 ? "\n{\"id\":" : ",\n{\"id\":");
        ng_pen_json(pen, node->id);
        ng_pen_put(pen, ",\"label\":");
        ng_pen_json(pen, node->label);
        ng_pen_put(pen, ",\"kind\":\"");
        ng_pen_put(pen, ng_kind_name(node->kind));
        ng_pen_put(pen, "\",\"values\":{");
        for (size_t i = 0; i < table->part_count; i++) {
            if (!isfinite(value_at(table, i, table->order[row])))
                continue;
            ng_pen_put(pen, is_first ? "" : ",");
            is_first = false;
            ng_pen_json(pen, ng_view_of(table->names[i]));
            ng_pen_byte(pen, ':');
            ng_pen_number(pen, value_at(table, i, table->order[row]));
        }
        ng_pen_put(pen, "}}");
    }
    ng_pen_put(pen, "]\n");
}

/* A number of at most eight columns, for a reader. */
static size_t print_value(double value, char text[32])
{
    if (!isfinite(value))
        return (size_t)snprintf(text, 32, "-");
    if (value == floor(value) && fabs(value) < 1e8)
        return (size_t)snprintf(text, 32, "%d", (int)value);
    return (size_t)snprintf(text, 32, "%d.%03d", (int)value,
                            (int)(fabs(value - (int)value) * 1000));
}

static void put_aligned(ng_pen *pen, const series *table)
{
    char text[32];

    ng_pen_put(pen, "name");
    ng_pen_spaces(pen, NAME_WIDTH - 4);
    for (size_t i = 0; i < table->part_count; i++) {
        size_t size = strlen(table->names[i]);

        ng_pen_spaces(pen, COLUMN_GAP + (size < 8 ? 8 - size : 0));
        ng_pen_put(pen, table->names[i]);
    }
    ng_pen_byte(pen, '\n');
    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        ng_view label = ng_graph_node(table->whole, table->order[row])->label;
        size_t width = ng_utf8_count(label);

        ng_pen_tsv(pen, label);
        ng_pen_spaces(pen, width < NAME_WIDTH ? NAME_WIDTH - width : 1);
        for (size_t i = 0; i < table->part_count; i++) {
            size_t size = print_value(value_at(table, i, table->order[row]), text);
            size_t column = strlen(table->names[i]) < 8 ? 8 : strlen(table->names[i]);

            ng_pen_spaces(pen, COLUMN_GAP + (size < column ? column - size : 0));
            ng_pen_put(pen, text);
        }
        ng_pen_byte(pen, '\n');
    }
}

/* Fills values and order. */
static ng_status fill(series *table, const ng_scores *scores, const ng_graph *const *parts,
                      const ng_scores *const *part_scores, ng_measure by)
{
    size_t count = ng_graph_node_count(table->whole);
    const double *all = ng_scores_get(scores, by);
    ng_status status = NG_OK;

    assert(all);
    table->values = ng_alloc(table->cx, (count * table->part_count + 1) * sizeof(double));
    if (!table->values)
        return ng_fail(table->cx, NG_E_MEMORY, "no memory for %zu actors", count);
    for (size_t i = 0; i < table->part_count && status == NG_OK; i++)
        status = spread(table, i, parts[i], ng_scores_get(part_scores[i], by));
    return status == NG_OK ? ng_nodes_by_score(table->cx, all, count, &table->order) : status;
}

ng_status ng_series_write(ng_ctx *cx, const ng_graph *whole, const ng_scores *scores,
                          const ng_graph *const *parts, const ng_scores *const *part_scores,
                          const char *const *names, size_t part_count, ng_measure by, size_t top,
                          ng_table_format format, ng_output *output)
{
    series table = { .cx = cx, .whole = whole, .names = names, .part_count = part_count };
    ng_buffer bytes;
    ng_pen pen;
    ng_status status = fill(&table, scores, parts, part_scores, by);

    table.row_count = ng_graph_node_count(whole);
    if (top > 0 && top < table.row_count)
        table.row_count = top;
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, output);
    if (status == NG_OK) {
        if (format == NG_TABLE_ALIGNED)
            put_aligned(&pen, &table);
        else if (format == NG_TABLE_JSON)
            put_json(&pen, &table);
        else
            put_separated(&pen, &table, format == NG_TABLE_CSV);
        status = ng_pen_finish(&pen);
    }
    ng_buffer_destroy(cx, &bytes);
    ng_free(cx, table.values);
    ng_free(cx, table.order);
    return status;
}
