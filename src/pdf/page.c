/* From a page to paragraphs.
 *
 * poppler gives the text in reading order, a line each, and a rectangle for each character. Lines
 * are put together again where a paragraph goes on: the next line stands below, as near as lines of
 * a paragraph do, in letters of the same size, and does not begin further right. A hyphen at the
 * end of a line is taken away, as pdftotext does. Where one column ends and another begins, a line
 * that does not end a sentence goes on in the next. */
#include "pdf.h"

#include <string.h>

/* A line of the page. */
typedef struct line {
    const char *start, *end; /* without white space around it */
    double left, right, top, bottom;
} line;

/* How much further apart than its letters are high the lines of a paragraph may stand. */
#define PITCH 1.9
/* Letters of one size. */
#define SAME_SIZE 1.2
/* How far, in heights of letters, the first line of a paragraph is set in. */
#define INDENT 0.6

static bool is_space(const char *at)
{
    return g_unichar_isspace(g_utf8_get_char(at));
}

/* Takes the box of a character into that of its line. */
static void widen(line *into, const PopplerRectangle *box)
{
    double top = box->y1 < box->y2 ? box->y1 : box->y2;
    double bottom = box->y1 < box->y2 ? box->y2 : box->y1;

    if (into->right < into->left) { /* the first one */
        into->left = box->x1;
        into->right = box->x2;
        into->top = top;
        into->bottom = bottom;
        return;
    }
    into->left = MIN(into->left, box->x1);
    into->right = MAX(into->right, box->x2);
    into->top = MIN(into->top, top);
    into->bottom = MAX(into->bottom, bottom);
}

/* Cuts the text into lines; boxes may be fewer than characters, then the rest has none. */
static GArray *list_lines(const char *text, const PopplerRectangle *boxes, guint box_count)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(line));
    line current = { text, text, 1, 0, 0, 0 };
    guint number = 0;

    for (const char *at = text;; at = g_utf8_next_char(at), number++) {
        if (*at == '\n' || *at == '\0') {
            if (current.end > current.start)
                g_array_append_val(lines, current);
            if (*at == '\0')
                return lines;
            current = (line){ at + 1, at + 1, 1, 0, 0, 0 };
        } else if (!is_space(at)) {
            current.end = g_utf8_next_char(at);
            if (number < box_count)
                widen(&current, &boxes[number]);
        } else if (current.end == current.start) {
            current.start = current.end = g_utf8_next_char(at);
        }
    }
}

/* Does the line end as a sentence does? */
static bool ends_sentence(const line *of)
{
    const char *last = g_utf8_prev_char(of->end);

    while (last > of->start && strchr("\"')]", *last))
        last = g_utf8_prev_char(last);
    if (last > of->start && (g_utf8_get_char(last) == 0x201D || g_utf8_get_char(last) == 0x2019))
        last = g_utf8_prev_char(last);
    return strchr(".!?:", *last) != NULL;
}

/* Does a paragraph go on from one line to the next? */
static bool goes_on(const line *above, const line *below)
{
    double height = above->bottom - above->top;
    double other = below->bottom - below->top;

    if (height <= 0 || other <= 0)
        return false;
    if (height > other * SAME_SIZE || other > height * SAME_SIZE)
        return false;
    if (below->top < above->top) /* another column */
        return !ends_sentence(above) && g_unichar_islower(g_utf8_get_char(below->start));
    if (below->top - above->top > height * PITCH)
        return false;
    return below->left - above->left < height * INDENT || !ends_sentence(above);
}

/* A hyphen behind a letter, at the end of a line. */
static bool is_hyphenated(const line *of)
{
    const char *last = g_utf8_prev_char(of->end);

    if (last <= of->start || !g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(last))))
        return false;
    return *last == '-' || g_utf8_get_char(last) == 0xAD || g_utf8_get_char(last) == 0x2010;
}

void pdf_add_page(PopplerPage *page, GString *text)
{
    char *found = poppler_page_get_text(page);
    PopplerRectangle *boxes = NULL;
    guint box_count = 0;
    GArray *lines = NULL;

    if (!found)
        return;
    if (!poppler_page_get_text_layout(page, &boxes, &box_count))
        box_count = 0;
    lines = list_lines(found, boxes, box_count);
    for (guint i = 0; i < lines->len; i++) {
        const line *here = &g_array_index(lines, line, i);
        const line *next = i + 1 < lines->len ? &g_array_index(lines, line, i + 1) : NULL;
        bool is_cut =
            next && is_hyphenated(here) && g_unichar_isalpha(g_utf8_get_char(next->start));
        const char *end = is_cut ? g_utf8_prev_char(here->end) : here->end;

        g_string_append_len(text, here->start, end - here->start);
        if (!is_cut)
            g_string_append(text, next && goes_on(here, next) ? " " : "\n\n");
    }
    g_array_free(lines, TRUE);
    g_free(boxes);
    g_free(found);
}
