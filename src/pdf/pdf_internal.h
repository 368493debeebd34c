/* Shared by the files of nergraph-pdf, a program of its own that links poppler-glib and nothing of
 * ours: what a hostile file does to poppler ends this process, not the caller's.
 *
 *   main.c   options, limits, input, output, exit codes
 *   read.c   the document and its pages (the only file with poppler; glib serves all)
 *   apart.c  page numbers and running heads
 *   columns.c  columns close together
 *   page.c   a page's text and the places of its letters become lines
 *   flow.c   lines become paragraphs
 *   bytes.c  bytes that grow
 */
#ifndef NG_PDF_INTERNAL_H
#define NG_PDF_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit codes; those of the command line. */
enum { PDF_OK = 0, PDF_USAGE = 2, PDF_DATA = 3, PDF_LIMIT = 4, PDF_IO = 5, PDF_MEMORY = 6 };

/* Prints "nergraph-pdf: ..." as one line on standard error and returns `code`. */
int pdf_fail(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- bytes.c ---- */

/* Bytes that grow, ended by a zero byte once there are any; {0} is empty. */
typedef struct pdf_bytes {
    char *data;
    size_t size, capacity;
} pdf_bytes;

/* False when there is no memory. */
bool pdf_bytes_add(pdf_bytes *bytes, const char *data, size_t size);
void pdf_bytes_free(pdf_bytes *bytes);

/* ---- lines ---- */

/* A rectangle in points; y grows downwards. */
typedef struct pdf_box {
    double left, top, right, bottom;
} pdf_box;

/* A line as it stands on the page. */
typedef struct pdf_line {
    const char *text; /* borrowed of the page's text; no blanks around it, never empty */
    size_t size;
    pdf_box box;
    double height; /* of most of its letters; 0: the places are not known */
    double word;   /* width of its first word */
    bool is_apart; /* a page number or a running head: part of no paragraph */
} pdf_line;

/* ---- columns.c ---- */

enum { PDF_MOST_GUTTERS = 5 };

/* The least width of a gutter, in heights of a letter. */
#define PDF_GUTTER 0.4

/* The strips between columns, from left to right, by their middle. */
typedef struct pdf_columns {
    double gutters[PDF_MOST_GUTTERS];
    size_t gutter_count; /* 0: one column */
    double height;       /* of a letter, on average */
} pdf_columns;

/* Strips that may be gutters. `boxes`: one for each code point of the text. O(bytes). */
void pdf_columns_find(const char *text, const pdf_box *boxes, pdf_columns *out);

/* Puts lines that were cut at the gutters in order; false, and nothing is changed, when these are
 * no columns of prose (or there is no memory). O(n log n). */
bool pdf_columns_sort(const pdf_columns *columns, pdf_line *lines, size_t count);

/* ---- page.c ---- */

/* The lines of a page in reading order.
 *
 *   text       UTF-8, lines parted by line feeds; borrowed by the lines
 *   boxes      one for each code point of it; when there are not as many, no place is known
 *   lines_out  the caller frees it
 *
 * Lines that are blank are left out. False when there is no memory. */
bool pdf_page_lines(const char *text, const pdf_box *boxes, size_t box_count, pdf_line **lines_out,
                    size_t *count_out);

/* ---- apart.c ---- */

/* A page that is read. */
typedef struct pdf_page {
    char *text; /* the caller's */
    pdf_line *lines;
    size_t line_count;
} pdf_page;

/* Marks what stands apart: page numbers, and what the pages beside it begin or end with, too. */
void pdf_flow_mark(pdf_page *pages, size_t count);

/* ---- flow.c ---- */

/* Appends the text of the pages, paragraphs parted by a blank line. False when there is no memory.
 * O(bytes). */
bool pdf_flow_join(const pdf_page *pages, size_t count, pdf_bytes *text_out);

/* ---- read.c ---- */

/* What is taken out of a file. */
typedef struct pdf_content {
    pdf_bytes title, author, date, text;
    int page_count;
} pdf_content;

/* Reads a whole file, whose bytes are borrowed. An exit code; the message was printed. */
int pdf_read(const char *data, size_t size, pdf_content *content_out);
void pdf_content_free(pdf_content *content);

/* The version of poppler; static. */
const char *pdf_poppler_version(void);

#endif
