/* What stands on a page but is part of no paragraph: page numbers, running heads.
 *
 * Such lines are the first or the last of a page. A number is told by its looks, a head by pages
 * nearby that begin or end alike, at the same height; the numbers in it may differ. Two pages away
 * is near: left and right pages have heads of their own. */
#include "pdf_internal.h"

#include <glib.h>

#include <math.h>
#include <string.h>

enum { NEAR_PAGES = 2, EDGE_LINES = 2 };

/* Is this a page's number: "3", "- 3 -", "iv", "Page 3 of 10"? Not "91.", the end of a
 * sentence. */
static bool is_page_number(const pdf_line *line)
{
    static const char *const words[] = { "page", "of", "p." };
    size_t digits = 0, roman = 0, others = 0;

    for (size_t i = 0; i < line->size;) {
        size_t skipped = 0;

        for (size_t k = 0; k < sizeof words / sizeof *words && skipped == 0; k++)
            if (line->size - i >= strlen(words[k]) &&
                g_ascii_strncasecmp(line->text + i, words[k], strlen(words[k])) == 0)
                skipped = strlen(words[k]);
        if (skipped == 0 && g_ascii_isdigit(line->text[i]))
            digits++;
        else if (skipped == 0 && strchr("ivxIVX", line->text[i]))
            roman++;
        else if (skipped == 0 && !strchr(" -/|[]", line->text[i]))
            others++;
        i += skipped > 0 ? skipped : 1;
    }
    return line->size <= 24 && others == 0 && (digits > 0) != (roman > 0) && digits <= 10 &&
           roman <= 8;
}

/* Do two lines say the same but for numbers? */
static bool are_alike(const pdf_line *a, const pdf_line *b)
{
    size_t i = 0, k = 0;

    while (i < a->size && k < b->size) {
        if (g_ascii_isdigit(a->text[i]) && g_ascii_isdigit(b->text[k])) {
            while (i < a->size && g_ascii_isdigit(a->text[i]))
                i++;
            while (k < b->size && g_ascii_isdigit(b->text[k]))
                k++;
        } else if (a->text[i++] != b->text[k++]) {
            return false;
        }
    }
    return i == a->size && k == b->size;
}

/* The line so far from the beginning of a page or from its end; NULL when there is none. */
static pdf_line *edge_of(const pdf_page *page, size_t index, bool is_end)
{
    if (index >= page->line_count)
        return NULL;
    return &page->lines[is_end ? page->line_count - 1 - index : index];
}

/* Does a page nearby begin or end so, at the same height? */
static bool is_repeated(const pdf_page *pages, size_t count, size_t at, size_t index, bool is_end)
{
    const pdf_line *line = edge_of(&pages[at], index, is_end);
    size_t from = at < NEAR_PAGES ? 0 : at - NEAR_PAGES;

    for (size_t i = from; i < count && i <= at + NEAR_PAGES; i++) {
        const pdf_line *other = edge_of(&pages[i], index, is_end);

        if (i != at && other && are_alike(line, other) &&
            fabs(line->box.top - other->box.top) <= line->height)
            return true;
    }
    return false;
}

void pdf_flow_mark(pdf_page *pages, size_t count)
{
    for (size_t at = 0; at < count; at++)
        for (int is_end = 0; is_end < 2; is_end++)
            for (size_t i = 0; i < EDGE_LINES; i++) {
                pdf_line *line = edge_of(&pages[at], i, is_end);

                if (!line || (!is_page_number(line) && !is_repeated(pages, count, at, i, is_end)))
                    break; /* what is further inside is text */
                line->is_apart = true;
            }
}
