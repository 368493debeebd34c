/* The ranking: who is central, as a table for people or for programs.
 *
 * Nodes are sorted by the first measure (undefined scores last), then by id bytes; equal scores
 * share a rank: 1, 2, 2, 4. Programs get 9 significant digits. People get columns: numbers
 * right-aligned with as many decimals as the largest of a column needs for four digits, names cut
 * with an ellipsis when the terminal is narrow. Widths are those of the terminal, where a Chinese
 * character takes two columns and a mark none. */
#include "writers_internal.h"

#include <assert.h>
#include <math.h>

enum { NAME_WIDTH_MIN = 8, DECIMALS_MAX = 9 };

/* How sure the place of a row is. */
typedef struct range {
    size_t low, high; /* ranks */
    size_t group;     /* of rows that are not told apart: 1, 2 ...; 0: alone */
} range;

/* A table in the making. */
typedef struct ranking {
    const ng_graph *graph;
    const ng_scores *scores;
    const ng_measure *by;
    size_t by_count;
    const uint32_t *order; /* node indices, best first */
    size_t row_count;
    bool with_colour;
    const range *ranges; /* of each row, or NULL */
} ranking;

/* What sorting needs. */
typedef struct sort_keys {
    const ng_graph *graph;
    const double *scores;
    bool is_reversed; /* less is more */
} sort_keys;

/* Higher scores first (lower ones where less is more), NaN last, then id bytes. */
static int compare_nodes(const void *a, const void *b, void *user)
{
    const sort_keys *keys = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    double left = ng_score_to_rank(keys->scores[x]), right = ng_score_to_rank(keys->scores[y]);

    if (isnan(left) != isnan(right))
        return isnan(left) ? 1 : -1;
    if (left > right || left < right)
        return (left > right) != keys->is_reversed ? -1 : 1;
    return ng_view_compare(ng_graph_node(keys->graph, x)->id, ng_graph_node(keys->graph, y)->id);
}

static double score_at(const ranking *table, size_t column, size_t row)
{
    return ng_score_of(table->scores, table->by[column], table->order[row]);
}

/* True when the row has the score of the row before it. */
static bool is_tied(const ranking *table, size_t row)
{
    double here = 0, before = 0;

    if (row == 0)
        return false;
    here = ng_score_to_rank(score_at(table, 0, row));
    before = ng_score_to_rank(score_at(table, 0, row - 1));
    return (isnan(here) && isnan(before)) || (here >= before && here <= before);
}

/* ---- for programs ---- */

static void put_header_cells(ng_pen *pen, const ranking *table, char comma)
{
    static const char *const names[] = { "rank",  "rank_low", "rank_high", "tie_group", "id",
                                         "label", "kind",     "mentions",  "docs" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (i >= 1 && i <= 3 && !table->ranges)
            continue;
        if (i > 0)
            ng_pen_byte(pen, comma);
        ng_pen_put(pen, names[i]);
    }
    for (size_t k = 0; k < table->by_count; k++) {
        ng_pen_byte(pen, comma);
        ng_pen_put(pen, ng_measure_name(table->by[k]));
    }
}

/* The columns of an interval; a row that is alone has no group. */
static void put_range_cells(ng_pen *pen, const range *of, char comma)
{
    ng_pen_byte(pen, comma);
    ng_pen_unsigned(pen, of->low);
    ng_pen_byte(pen, comma);
    ng_pen_unsigned(pen, of->high);
    ng_pen_byte(pen, comma);
    if (of->group > 0)
        ng_pen_unsigned(pen, of->group);
}

static void put_tsv(ng_pen *pen, const ranking *table, bool is_csv)
{
    const char *end = is_csv ? "\r\n" : "\n";
    char comma = is_csv ? ',' : '\t';
    size_t rank = 0;

    put_header_cells(pen, table, comma);
    ng_pen_put(pen, end);
    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        const ng_node *node = ng_graph_node(table->graph, table->order[row]);
        const ng_view cells[] = { node->id, node->label, ng_view_of(ng_kind_name(node->kind)) };

        rank = is_tied(table, row) ? rank : row + 1;
        ng_pen_unsigned(pen, rank);
        if (table->ranges)
            put_range_cells(pen, &table->ranges[row], comma);
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            ng_pen_byte(pen, comma);
            if (is_csv)
                ng_pen_csv(pen, cells[k], false);
            else
                ng_pen_tsv(pen, cells[k]);
        }
        ng_pen_byte(pen, comma);
        ng_pen_unsigned(pen, node->mention_count);
        ng_pen_byte(pen, comma);
        ng_pen_unsigned(pen, node->document_count);
        for (size_t k = 0; k < table->by_count; k++) {
            ng_pen_byte(pen, comma);
            ng_pen_number(pen, score_at(table, k, row));
        }
        ng_pen_put(pen, end);
    }
}

static void put_range_members(ng_pen *pen, const range *of)
{
    ng_pen_put(pen, ",\"rank_low\":");
    ng_pen_unsigned(pen, of->low);
    ng_pen_put(pen, ",\"rank_high\":");
    ng_pen_unsigned(pen, of->high);
    if (of->group > 0) {
        ng_pen_put(pen, ",\"tie_group\":");
        ng_pen_unsigned(pen, of->group);
    }
}

static void put_json(ng_pen *pen, const ranking *table)
{
    size_t rank = 0;

    ng_pen_byte(pen, '[');
    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        const ng_node *node = ng_graph_node(table->graph, table->order[row]);

        rank = is_tied(table, row) ? rank : row + 1;
        ng_pen_put(pen, row == 0 ? "\n{\"rank\":" : ",\n{\"rank\":");
        ng_pen_unsigned(pen, rank);
        if (table->ranges)
            put_range_members(pen, &table->ranges[row]);
        ng_pen_put(pen, ",\"id\":");
        ng_pen_json(pen, node->id);
        ng_pen_put(pen, ",\"label\":");
        ng_pen_json(pen, node->label);
        ng_pen_put(pen, ",\"kind\":\"");
        ng_pen_put(pen, ng_kind_name(node->kind));
        ng_pen_put(pen, "\",\"mentions\":");
        ng_pen_unsigned(pen, node->mention_count);
        ng_pen_put(pen, ",\"docs\":");
        ng_pen_unsigned(pen, node->document_count);
        for (size_t k = 0; k < table->by_count; k++) {
            double score = score_at(table, k, row);

            if (!isfinite(score))
                continue;
            ng_pen_put(pen, ",\"");
            ng_pen_put(pen, ng_measure_name(table->by[k]));
            ng_pen_put(pen, "\":");
            ng_pen_number(pen, score);
        }
        ng_pen_byte(pen, '}');
    }
    ng_pen_put(pen, "\n]\n");
}

/* ---- for people ---- */

/* Widths of the columns; the measures' follow in arrays of their own. */
typedef struct layout {
    size_t rank, range, name, kind, mentions;
    size_t measures[NG_MEASURE_COUNT];
    int decimals[NG_MEASURE_COUNT];
} layout;

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t digit_count(uint64_t number)
{
    size_t count = 1;

    for (; number >= 10; number /= 10)
        count++;
    return count;
}

/* Columns a text takes on the terminal; controls are written as spaces. */
static size_t width_of(ng_view text)
{
    size_t width = 0;

    for (size_t i = 0, length = 0; i < text.size; i += length) {
        uint32_t code_point = ng_utf8_decode(text.data + i, text.size - i, &length);

        width += code_point < 0xA0 ? 1 : ng_utf8_width(code_point);
    }
    return width;
}

/* Columns that a range takes: "1", "1-3". */
static size_t width_of_range(const range *of)
{
    return digit_count(of->low) + (of->high > of->low ? 1 + digit_count(of->high) : 0);
}

/* Decimals that give the largest score of a column four digits; none when all are whole. */
static int decimals_of(const ranking *table, size_t column)
{
    double largest = 0;
    bool is_whole = true;
    int decimals = 0;

    for (size_t row = 0; row < table->row_count; row++) {
        double score = score_at(table, column, row);

        if (!isfinite(score))
            continue;
        is_whole = is_whole && floor(score) >= score;
        largest = fmax(largest, fabs(score));
    }
    if (is_whole)
        return 0;
    for (decimals = 3; decimals < DECIMALS_MAX && largest < 1 && largest > 0; decimals++)
        largest *= 10;
    for (; decimals > 1 && largest >= 10; decimals--)
        largest /= 10;
    return decimals;
}

/* A score with fixed decimals into `text`, without the locale; returns its length. */
static size_t fixed(double score, int decimals, char text[64])
{
    double scale = 1;
    int length = 0;

    if (!isfinite(score))
        return 0;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    if (fabs(score) * scale >= 9e15) { /* too large for exact digits: whole, as it is */
        length = snprintf(text, 64, "%.0f", score);
    } else {
        uint64_t all = (uint64_t)floor(fabs(score) * scale + 0.5);
        uint64_t unit = (uint64_t)scale;
        const char *sign = score < 0 && all > 0 ? "-" : "";

        length = decimals == 0
                     ? snprintf(text, 64, "%s%llu", sign, (unsigned long long)all)
                     : snprintf(text, 64, "%s%llu.%0*llu", sign, (unsigned long long)(all / unit),
                                decimals, (unsigned long long)(all % unit));
    }
    return length > 0 && length < 64 ? (size_t)length : 0;
}

/* Columns wide enough for every row, the name's no wider than the terminal leaves. */
static void measure_columns(const ranking *table, uint32_t width, layout *columns)
{
    char text[64];
    size_t rest = 0;

    *columns =
        (layout){ .rank = digit_count(table->row_count), .name = 4, .kind = 4, .mentions = 8 };
    for (size_t k = 0; k < table->by_count; k++) {
        columns->decimals[k] = decimals_of(table, k);
        columns->measures[k] = strlen(ng_measure_name(table->by[k]));
    }
    columns->range = table->ranges ? 4 : 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const ng_node *node = ng_graph_node(table->graph, table->order[row]);

        if (table->ranges)
            columns->range = larger(columns->range, width_of_range(&table->ranges[row]));
        columns->name = larger(columns->name, width_of(node->label));
        columns->kind = larger(columns->kind, strlen(ng_kind_name(node->kind)));
        columns->mentions = larger(columns->mentions, digit_count(node->mention_count));
        for (size_t k = 0; k < table->by_count; k++)
            columns->measures[k] = larger(
                columns->measures[k], fixed(score_at(table, k, row), columns->decimals[k], text));
    }
    rest = columns->rank + (table->ranges ? 2 + columns->range : 0) + 2 + 2 + columns->kind + 2 +
           columns->mentions;
    for (size_t k = 0; k < table->by_count; k++)
        rest += 2 + columns->measures[k];
    if (width > 0 && rest + columns->name > width)
        columns->name = width > rest + NAME_WIDTH_MIN ? width - rest : NAME_WIDTH_MIN;
}

/* A text in exactly `width` columns: filled with spaces, or cut and ended by an ellipsis. */
static void put_name(ng_pen *pen, ng_view text, size_t width)
{
    bool is_cut = width_of(text) > width;
    size_t room = is_cut ? width - 1 : width;
    size_t used = 0, end = 0;

    while (end < text.size) {
        size_t length = 0;
        uint32_t code_point = ng_utf8_decode(text.data + end, text.size - end, &length);
        size_t wide = code_point < 0xA0 ? 1 : ng_utf8_width(code_point);

        if (used + wide > room)
            break;
        used += wide;
        end += length;
    }
    ng_pen_tsv(pen, ng_view_part(text, 0, end));
    if (is_cut) {
        ng_pen_put(pen, "\xE2\x80\xA6");
        used++;
    }
    ng_pen_spaces(pen, width - used);
}

/* Spaces, then the text, so that it ends where its column ends. */
static void put_right(ng_pen *pen, ng_view text, size_t width)
{
    ng_pen_spaces(pen, text.size < width ? width - text.size : 0);
    ng_pen_view(pen, text);
}

static void put_header(ng_pen *pen, const ranking *table, const layout *columns)
{
    ng_pen_put(pen, table->with_colour ? "\x1b[1m" : "");
    put_right(pen, NG_VIEW("#"), columns->rank);
    ng_pen_spaces(pen, 2);
    if (table->ranges) {
        put_right(pen, NG_VIEW("95 %"), columns->range);
        ng_pen_spaces(pen, 2);
    }
    put_name(pen, NG_VIEW("name"), columns->name);
    ng_pen_spaces(pen, 2);
    put_name(pen, NG_VIEW("kind"), columns->kind);
    ng_pen_spaces(pen, 2);
    put_right(pen, NG_VIEW("mentions"), columns->mentions);
    for (size_t k = 0; k < table->by_count; k++) {
        ng_pen_spaces(pen, 2);
        put_right(pen, ng_view_of(ng_measure_name(table->by[k])), columns->measures[k]);
    }
    ng_pen_put(pen, table->with_colour ? "\x1b[0m\n" : "\n");
}

/* "1-3", with a dash as books have it; the column ends where it ends. */
static void put_range(ng_pen *pen, const range *of, size_t width)
{
    ng_pen_spaces(pen, width - width_of_range(of));
    ng_pen_unsigned(pen, of->low);
    if (of->high > of->low) {
        ng_pen_put(pen, "\xE2\x80\x93");
        ng_pen_unsigned(pen, of->high);
    }
    ng_pen_spaces(pen, 2);
}

/* The rows that the documents do not tell apart, a line for each group. */
static void put_groups(ng_pen *pen, const ranking *table)
{
    size_t said = 0;

    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        size_t group = table->ranges[row].group;

        if (group == 0)
            continue;
        if (said == 0)
            ng_pen_put(pen, "\nNot told apart by these documents:");
        ng_pen_put(pen, group != said ? "\n  " : ", ");
        ng_pen_tsv(pen, ng_graph_node(table->graph, table->order[row])->label);
        said = group;
    }
    if (said > 0)
        ng_pen_byte(pen, '\n');
}

/* The kind in its colour: those of the pictures, as far as terminals have them. */
static void put_kind(ng_pen *pen, const ranking *table, ng_kind kind, size_t width)
{
    static const char *const colours[NG_KIND_COUNT] = {
        [NG_KIND_PERSON] = "\x1b[33m", [NG_KIND_COUNTRY] = "\x1b[34m",
        [NG_KIND_PLACE] = "\x1b[32m",  [NG_KIND_ORGANIZATION] = "\x1b[35m",
        [NG_KIND_PEOPLE] = "\x1b[36m",
    };
    ng_view name = ng_view_of(ng_kind_name(kind));

    if (table->with_colour && (unsigned)kind < NG_KIND_COUNT)
        ng_pen_put(pen, colours[kind]);
    ng_pen_view(pen, name);
    if (table->with_colour)
        ng_pen_put(pen, "\x1b[0m");
    ng_pen_spaces(pen, width - name.size);
}

static void put_aligned(ng_pen *pen, const ranking *table, uint32_t width)
{
    layout columns;
    char text[64];
    size_t rank = 0;

    measure_columns(table, width, &columns);
    put_header(pen, table, &columns);
    for (size_t row = 0; row < table->row_count && pen->status == NG_OK; row++) {
        const ng_node *node = ng_graph_node(table->graph, table->order[row]);

        rank = is_tied(table, row) ? rank : row + 1;
        ng_pen_spaces(pen, columns.rank - digit_count(rank));
        ng_pen_unsigned(pen, rank);
        ng_pen_spaces(pen, 2);
        if (table->ranges)
            put_range(pen, &table->ranges[row], columns.range);
        put_name(pen, node->label, columns.name);
        ng_pen_spaces(pen, 2);
        put_kind(pen, table, node->kind, columns.kind);
        ng_pen_spaces(pen, 2 + columns.mentions - digit_count(node->mention_count));
        ng_pen_unsigned(pen, node->mention_count);
        for (size_t k = 0; k < table->by_count; k++) {
            size_t size = fixed(score_at(table, k, row), columns.decimals[k], text);

            ng_pen_spaces(pen, 2);
            put_right(pen, size ? (ng_view){ text, size } : NG_VIEW("-"), columns.measures[k]);
        }
        ng_pen_byte(pen, '\n');
    }
    if (table->ranges)
        put_groups(pen, table);
}

/* ---- both ---- */

/* Every measure asked for must have been computed. */
static ng_status check_measures(ng_ctx *cx, const ranking *table)
{
    if (table->by_count > 0 && !ng_measure_is_score(table->by[0]))
        return ng_fail(cx, NG_E_USAGE, "%s numbers groups; name a measure before it to rank by",
                       ng_measure_name(table->by[0]));
    if (table->by_count == 0 || table->by_count > NG_MEASURE_COUNT)
        return ng_fail(cx, NG_E_USAGE, "a ranking needs 1 to %d measures, not %zu",
                       NG_MEASURE_COUNT, table->by_count);
    for (size_t k = 0; k < table->by_count; k++)
        if (!ng_score_is_known(table->scores, table->by[k]))
            return ng_fail(cx, NG_E_USAGE, "%s was not computed for this graph",
                           ng_measure_name(table->by[k]));
    return NG_OK;
}

/* All node indices, best first; the caller frees them. */
static ng_status sort_nodes(ng_ctx *cx, const ranking *table, uint32_t **order_out)
{
    sort_keys keys = { table->graph, ng_scores_get(table->scores, table->by[0]),
                       ng_measure_is_reversed(table->by[0]) };

    return ng_nodes_sort(cx, ng_graph_node_count(table->graph), compare_nodes, &keys, order_out);
}

/* Writes the table in its format. */
static ng_status put_table(ng_ctx *cx, const ranking *table, ng_table_format format, uint32_t width,
                           ng_output *output)
{
    ng_buffer bytes;
    ng_pen pen;
    ng_status status = NG_OK;

    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, output);
    switch (format) {
    case NG_TABLE_ALIGNED:
        put_aligned(&pen, table, width);
        break;
    case NG_TABLE_TSV:
    case NG_TABLE_CSV:
        put_tsv(&pen, table, format == NG_TABLE_CSV);
        break;
    case NG_TABLE_JSON:
        put_json(&pen, table);
        break;
    }
    status = ng_pen_finish(&pen);
    ng_buffer_destroy(cx, &bytes);
    return status;
}

/* Gives the rows from `first` on that are not told apart a group; returns where the next begins. */
static size_t gather_group(const ranking *table, const ng_intervals *intervals, size_t first,
                           size_t *group, range *ranges)
{
    size_t end = first + 1;

    for (bool is_tied_to_all = true; end < table->row_count; end++) {
        for (size_t i = first; i < end && is_tied_to_all; i++)
            is_tied_to_all = ng_intervals_tied(intervals, table->order[i], table->order[end]);
        if (!is_tied_to_all)
            break;
    }
    *group += end - first > 1;
    for (size_t i = first; i < end; i++)
        ranges[i].group = end - first > 1 ? *group : 0;
    return end;
}

/* How sure each row is; the caller frees it. */
static ng_status find_ranges(ng_ctx *cx, const ranking *table, const ng_intervals *intervals,
                             range **ranges_out)
{
    range *ranges = ng_alloc(cx, (table->row_count + 1) * sizeof *ranges);
    size_t group = 0;
    ng_status status = NG_OK;

    if (!ranges)
        return ng_fail(cx, NG_E_MEMORY, "no memory to rank %zu actors", table->row_count);
    for (size_t row = 0; row < table->row_count && status == NG_OK; row++) {
        ng_intervals_rank(intervals, table->order[row], &ranges[row].low, &ranges[row].high);
        if (ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "interrupted");
    }
    for (size_t first = 0; first < table->row_count && status == NG_OK;)
        first = gather_group(table, intervals, first, &group, ranges);
    *ranges_out = ranges;
    return status;
}

ng_status ng_ranking_write(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                           const ng_ranking_options *options, ng_output *output)
{
    ranking table = { .graph = graph,
                      .scores = scores,
                      .by = options->by,
                      .by_count = options->by_count,
                      .row_count = ng_graph_node_count(graph),
                      .with_colour = options->with_colour };
    uint32_t *order = NULL;
    range *ranges = NULL;
    ng_status status = check_measures(cx, &table);

    assert(!options->intervals || ng_intervals_measure(options->intervals) == options->by[0]);
    if (status == NG_OK)
        status = sort_nodes(cx, &table, &order);
    if (status != NG_OK)
        return status;
    assert(order);
    table.order = order;
    if (options->top > 0 && options->top < table.row_count)
        table.row_count = options->top;
    if (options->intervals)
        status = find_ranges(cx, &table, options->intervals, &ranges);
    table.ranges = ranges;
    if (status == NG_OK)
        status = put_table(cx, &table, options->format, options->width, output);
    ng_free(cx, order);
    ng_free(cx, ranges);
    return status;
}
