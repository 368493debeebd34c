/* Columns of text that stand close together.
 *
 * Poppler tells columns by their distance and mixes those that are less than a blank or two apart.
 * Here a gutter is a strip of the page, almost half as wide as a letter is high, over which few
 * letters stand. Lines are cut there and read column by column, from one line across the gutters (a
 * title, a picture's words) to the next. This is done for columns of prose alone, all long enough;
 * the cells of a table stay in poppler's order.
 *
 * The idea is that of Nagy and Seth (1984), "Hierarchical representation of optically scanned
 * documents" (cuts along empty strips), with one level of strips. */
#include "pdf_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    BIN_COUNT = 2048,      /* points of a page that are looked at; more are no page of prose */
    LEAST_LINES = 5,       /* of a column */
    LEAST_WIDTH = 10,      /* of its lines, in heights */
    CROSSING_PERCENT = 35, /* of the usual number of letters may stand over a gutter */
};

/* Letters over each point of the width of a page. */
typedef struct coverage {
    uint32_t counts[BIN_COUNT];
    double sum_of_heights;
    size_t letter_count;
    size_t first, last; /* points with any */
} coverage;

/* A place as a point of the coverage; no number is 0, too. */
static size_t bin_of(double x)
{
    return !(x > 0) ? 0 : x >= BIN_COUNT - 1 ? BIN_COUNT - 1 : (size_t)x;
}

/* Counts the letters; a blank is none. */
static void cover(const char *text, const pdf_box *boxes, coverage *page)
{
    page->first = BIN_COUNT;
    for (; *text; text++) {
        size_t from = 0, to = 0;

        if (((unsigned char)*text & 0xC0) == 0x80)
            continue;
        if (*text != ' ' && *text != '\n' && *text != '\t') {
            from = bin_of(boxes->left + 0.5);
            to = bin_of(boxes->right);
            for (size_t x = from; x < to && x < from + 100; x++)
                page->counts[x]++;
            page->sum_of_heights += boxes->bottom - boxes->top;
            page->letter_count++;
            page->first = from < page->first ? from : page->first;
            page->last = to > page->last ? to : page->last;
        }
        boxes++;
    }
}

void pdf_columns_find(const char *text, const pdf_box *boxes, pdf_columns *out)
{
    coverage *page = calloc(1, sizeof *page);
    uint64_t sum = 0;
    uint64_t most = 0;
    size_t begin = 0;

    *out = (pdf_columns){ 0 };
    if (!page)
        return; /* then poppler's order does */
    cover(text, boxes, page);
    if (page->letter_count > 0)
        out->height = page->sum_of_heights / (double)page->letter_count;
    for (size_t x = page->first; x < page->last; x++)
        sum += page->counts[x];
    if (page->last > page->first)
        most = sum / (page->last - page->first) * CROSSING_PERCENT / 100;
    begin = page->first;
    for (size_t x = page->first; out->height > 0 && x < page->last; x++) {
        if (page->counts[x] <= most && x + 1 < page->last)
            continue;
        if ((double)(x - begin) >= PDF_GUTTER * out->height && begin > page->first &&
            out->gutter_count < PDF_MOST_GUTTERS)
            out->gutters[out->gutter_count++] = (double)(x + begin) / 2;
        begin = x + 1;
    }
    free(page);
}

/* ---- order ---- */

/* A line and where it goes: before what stands across, by column, by height. */
typedef struct placed_line {
    pdf_line line;
    size_t band, column, index;
} placed_line;

static double middle_of(const pdf_line *line)
{
    return (line->box.top + line->box.bottom) / 2;
}

/* The column of a line; `gutter_count + 1` when it stands across a gutter. */
static size_t column_of(const pdf_columns *columns, const pdf_line *line)
{
    size_t column = 0;

    while (column < columns->gutter_count && columns->gutters[column] <= line->box.left)
        column++;
    return column < columns->gutter_count && line->box.right > columns->gutters[column]
               ? columns->gutter_count + 1
               : column;
}

/* Is every column one of prose? */
static bool are_prose(const pdf_columns *columns, const placed_line *lines, size_t count)
{
    for (size_t column = 0; column <= columns->gutter_count; column++) {
        double width = 0;
        size_t line_count = 0;

        for (size_t i = 0; i < count; i++)
            if (lines[i].column == column) {
                width += lines[i].line.box.right - lines[i].line.box.left;
                line_count++;
            }
        if (line_count < LEAST_LINES || width < LEAST_WIDTH * columns->height * (double)line_count)
            return false;
    }
    return true;
}

static int compare_middles(const void *a, const void *b)
{
    const placed_line *x = a;
    const placed_line *y = b;
    double p = middle_of(&x->line);
    double q = middle_of(&y->line);

    if (p < q || p > q)
        return p < q ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int compare_places(const void *a, const void *b)
{
    const placed_line *x = a;
    const placed_line *y = b;

    if (x->band != y->band)
        return x->band < y->band ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return compare_middles(a, b);
}

/* Puts lines from top to bottom into bands: a line across ends one and is the last of it. */
static void sort_lines(const pdf_columns *columns, placed_line *lines, size_t count)
{
    size_t band = 0;

    qsort(lines, count, sizeof *lines, compare_middles);
    for (size_t i = 0; i < count; i++) {
        lines[i].band = band;
        band += lines[i].column > columns->gutter_count;
    }
    qsort(lines, count, sizeof *lines, compare_places);
}

bool pdf_columns_sort(const pdf_columns *columns, pdf_line *lines, size_t count)
{
    placed_line *placed = calloc(count + 1, sizeof *placed);
    bool is_good = placed != NULL;

    for (size_t i = 0; is_good && i < count; i++)
        placed[i] = (placed_line){ lines[i], 0, column_of(columns, &lines[i]), i };
    is_good = is_good && are_prose(columns, placed, count);
    if (is_good)
        sort_lines(columns, placed, count);
    for (size_t i = 0; is_good && i < count; i++)
        lines[i] = placed[i].line;
    free(placed);
    return is_good;
}
