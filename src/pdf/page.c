/* A page's text and the places of its letters become lines.
 *
 * Poppler has put the letters in reading order and cut them into lines; here each line gets the
 * box around its letters and the height of most of them, by which paragraphs are told apart. Where
 * a block ends poppler sometimes forgets the line feed: a line is also cut where the next letter
 * stands elsewhere. */
#include "pdf_internal.h"

#include <stdlib.h>
#include <string.h>

/* In heights of a letter: farther on, or back, than the next letter of a line stands. */
static const double far_gap = 1.5, far_back = 2.0;

enum { SAMPLE_COUNT = 64 }; /* letters whose height is looked at */

/* Does a code point begin at this byte? */
static bool is_start(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* Code points of a text. */
static size_t count_letters(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += is_start(text[i]);
    return count;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static int compare_heights(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Widens a box by another. */
static void widen(pdf_box *box, const pdf_box *by)
{
    if (by->left < box->left)
        box->left = by->left;
    if (by->top < box->top)
        box->top = by->top;
    if (by->right > box->right)
        box->right = by->right;
    if (by->bottom > box->bottom)
        box->bottom = by->bottom;
}

/* The place of a line whose letters stand in these boxes. */
static void place(pdf_line *line, const pdf_box *boxes, size_t count)
{
    double heights[SAMPLE_COUNT];
    size_t sampled = 0;

    line->box = boxes[0];
    for (size_t i = 0; i < count; i++) {
        widen(&line->box, &boxes[i]);
        if (sampled < SAMPLE_COUNT && boxes[i].bottom > boxes[i].top)
            heights[sampled++] = boxes[i].bottom - boxes[i].top;
    }
    if (sampled == 0)
        return;
    qsort(heights, sampled, sizeof *heights, compare_heights);
    line->height = heights[sampled / 2];
}

/* Code points of its first word. */
static size_t word_letters(const pdf_line *line)
{
    size_t size = 0;

    while (size < line->size && !is_blank(line->text[size]))
        size++;
    size = count_letters(line->text, size);
    return size > 0 ? size : 1;
}

/* One line of the text without the blanks around it; false when nothing is left. `boxes` is NULL
 * when no place is known, else the box of its first code point. */
static bool make_line(const char *text, size_t size, const pdf_box *boxes, pdf_line *line)
{
    size_t at = 0;
    size_t letters = 0;

    while (at < size && is_blank(text[at]))
        at++; /* blanks are one byte and one box each */
    while (size > at && is_blank(text[size - 1]))
        size--;
    if (at == size)
        return false;
    *line = (pdf_line){ .text = text + at, .size = size - at };
    letters = count_letters(line->text, line->size);
    if (!boxes || letters == 0)
        return true;
    place(line, boxes + at, letters);
    line->word = boxes[at + word_letters(line) - 1].right - boxes[at].left;
    return true;
}

/* Is there a box for each code point? The last line feed may have none. */
static bool are_boxes_of(const char *text, size_t letters, size_t box_count)
{
    size_t size = strlen(text);

    return box_count == letters || (box_count + 1 == letters && size > 0 && text[size - 1] == '\n');
}

/* Does a gutter lie between two letters, or under the blank that is the first of them? */
static bool is_gutter(const pdf_columns *columns, const pdf_box *box, const pdf_box *next,
                      bool blank)
{
    double from = blank ? box->left : box->right;

    if (next->left - from < PDF_GUTTER * columns->height)
        return false;
    for (size_t i = 0; i < columns->gutter_count; i++)
        if (columns->gutters[i] >= from && columns->gutters[i] <= next->left)
            return true;
    return false;
}

/* Does the next letter stand elsewhere? */
static bool is_elsewhere(const pdf_box *box, const pdf_box *next, bool blank)
{
    double height = box->bottom - box->top;

    return next->left - (blank ? box->left : box->right) > far_gap * height ||
           next->left < box->left - far_back * height || next->top > box->bottom ||
           next->bottom < box->top;
}

/* Bytes of the line up to where the next letter stands elsewhere. `boxes`: of its letters. */
static size_t piece_bytes(const char *text, size_t size, const pdf_box *boxes,
                          const pdf_columns *columns)
{
    size_t letter = 0;

    for (size_t next = 1; boxes && next < size; next++) {
        const pdf_box *box = &boxes[letter];
        bool blank = is_blank(text[next - 1]);

        if (!is_start(text[next]))
            continue;
        letter++;
        if (is_elsewhere(box, &boxes[letter], blank) ||
            is_gutter(columns, box, &boxes[letter], blank))
            return next;
    }
    return size;
}

/* Adds what a line of poppler holds. There is room for a line a letter. */
static void add_pieces(const char *text, size_t size, const pdf_box *boxes,
                       const pdf_columns *columns, pdf_line *lines, size_t *count)
{
    while (size > 0) {
        size_t bytes = piece_bytes(text, size, boxes, columns);

        *count += make_line(text, bytes, boxes, &lines[*count]);
        if (boxes)
            boxes += count_letters(text, bytes);
        text += bytes;
        size -= bytes;
    }
}

/* All lines of the text; how many. */
static size_t add_lines(const char *text, const pdf_box *boxes, const pdf_columns *columns,
                        pdf_line *lines)
{
    size_t count = 0;

    for (;;) {
        size_t size = strcspn(text, "\n");

        add_pieces(text, size, boxes, columns, lines, &count);
        if (text[size] == '\0')
            return count;
        if (boxes)
            boxes += count_letters(text, size) + 1;
        text += size + 1;
    }
}

bool pdf_page_lines(const char *text, const pdf_box *boxes, size_t box_count, pdf_line **lines_out,
                    size_t *count_out)
{
    size_t letters = count_letters(text, strlen(text));
    pdf_columns columns = { .gutter_count = 0 };
    pdf_line *lines = NULL;

    if (!are_boxes_of(text, letters, box_count))
        boxes = NULL;
    lines = calloc(letters + 1, sizeof *lines);
    if (!lines)
        return false;
    if (boxes)
        pdf_columns_find(text, boxes, &columns);
    *count_out = add_lines(text, boxes, &columns, lines);
    if (columns.gutter_count > 0 && !pdf_columns_sort(&columns, lines, *count_out)) {
        columns.gutter_count = 0; /* as poppler has them */
        *count_out = add_lines(text, boxes, &columns, lines);
    }
    *lines_out = realloc(lines, (*count_out + 1) * sizeof *lines); /* they are few as a rule */
    if (!*lines_out)
        *lines_out = lines;
    return true;
}
