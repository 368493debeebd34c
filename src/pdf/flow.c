/* Lines become paragraphs.
 *
 * A page knows no paragraphs, only where letters stand. Two lines belong together when they are
 * written alike and as far apart as lines of this page are, when the second is not indented, and
 * when its first word had no room on the first: a line that ends early was ended by the writer. A
 * sentence that goes on in small letters is not torn because of an indent or an early end (there
 * may be a picture), nor at the end of a column or a page. What stands between two pages, a number
 * or a running head, comes after the paragraph that it interrupts.
 *
 * The lines of a paragraph are joined with a blank. A hyphen at the end of a line goes when a small
 * letter follows; before a capital or a digit it stays ("Al-" "Assad"), but the blank does not. */
#include "pdf_internal.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

enum { STEP_COUNT = 256, FEW_STEPS = 4 };

/* In heights of a line: what is more than chance. */
static const double indent = 0.8, far_gap = 0.7, most_step = 3.0, same_row = 0.5,
                    single_step = 1.25;

/* In steps from line to line, and in heights of one to the other. */
static const double wide_step = 1.3, other_height = 1.15;

static const char soft_hyphen[] = "\xC2\xAD", true_hyphen[] = "\xE2\x80\x90";

/* The paragraph that is being put together. */
typedef struct pdf_flow {
    pdf_bytes *text;
    pdf_bytes held;         /* lines that stand apart and came after it */
    const pdf_line *before; /* its last line; NULL: there is none */
    size_t line_count;
    double right;  /* its right edge so far */
    double step;   /* from line to line, of this page, in heights */
    bool is_moved; /* a page ended since */
} pdf_flow;

/* ---- letters ---- */

/* The code point that begins here, 0 when there is none. */
static gunichar letter_at(const char *text, size_t size)
{
    gunichar letter = g_utf8_get_char_validated(text, (gssize)size);

    return letter <= 0x10FFFF ? letter : 0;
}

static bool starts_small(const pdf_line *line)
{
    return g_unichar_islower(letter_at(line->text, line->size));
}

/* Does the line end like this? */
static bool ends_with(const pdf_line *line, const char *end)
{
    size_t size = strlen(end);

    return line->size >= size && memcmp(line->text + line->size - size, end, size) == 0;
}

/* Bytes of the hyphen at its end, behind a letter; 0 when there is none. */
static size_t hyphen_bytes(const pdf_line *line)
{
    const char *end = line->text + line->size;
    size_t size = ends_with(line, "-")           ? 1
                  : ends_with(line, soft_hyphen) ? sizeof soft_hyphen - 1
                  : ends_with(line, true_hyphen) ? sizeof true_hyphen - 1
                                                 : 0;

    if (size == 0 || size == line->size)
        return 0;
    end = g_utf8_find_prev_char(line->text, end - size);
    return end && g_unichar_isalnum(letter_at(end, (size_t)(line->text + line->size - end))) ? size
                                                                                             : 0;
}

/* Does a sentence end with this line, as far as its last letters tell? */
static bool ends_sentence(const pdf_line *line)
{
    static const char *const quotes[] = { "\"",           "'",       ")", "]", "\xE2\x80\x9D",
                                          "\xE2\x80\x99", "\xC2\xBB" };
    static const char *const ends[] = { ".", "!", "?", ":", "\xE2\x80\xA6" };
    pdf_line bare = *line;

    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (ends_with(&bare, quotes[i])) {
            bare.size -= strlen(quotes[i]);
            break;
        }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(&bare, ends[i]))
            return true;
    return false;
}

/* ---- what belongs together ---- */

static int compare_steps(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* How far a line is below the one before, in its heights. */
static double step_of(const pdf_line *before, const pdf_line *line)
{
    return (line->box.bottom - before->box.bottom) / before->height;
}

/* Do both stand in one column? */
static bool are_above(const pdf_line *a, const pdf_line *b)
{
    return a->box.left < b->box.right && b->box.left < a->box.right;
}

/* The usual step from line to line of a page: the middle one, for most lines are inside paragraphs.
 * Where there are too few it is that of the page before. */
static double usual_step(const pdf_page *page, double before_step)
{
    double steps[STEP_COUNT];
    size_t count = 0;

    for (size_t i = 1; i < page->line_count && count < STEP_COUNT; i++) {
        const pdf_line *before = &page->lines[i - 1];
        double step = before->height > 0 ? step_of(before, &page->lines[i]) : 0;

        if (step > same_row && step < most_step && are_above(before, &page->lines[i]))
            steps[count++] = step;
    }
    if (count < FEW_STEPS)
        return before_step;
    qsort(steps, count, sizeof *steps, compare_steps);
    return steps[count / 2];
}

/* Does a sentence go on over the end of a column, a page or a picture? */
static bool goes_on(const pdf_flow *flow, const pdf_line *line)
{
    const pdf_line *before = flow->before;

    if (ends_sentence(before))
        return false;
    return starts_small(line) || hyphen_bytes(before) > 0 ||
           (flow->line_count > 1 && before->box.right > flow->right - 2 * before->height);
}

/* Was there room for the first word of this line on the one before? */
static bool had_room(const pdf_flow *flow, const pdf_line *line)
{
    double right = flow->right > line->box.right ? flow->right : line->box.right;

    return flow->before->box.right + line->word + indent * line->height < right;
}

/* Is the line indented, or set out, against the one before, so that a paragraph begins? */
static bool is_indented(const pdf_flow *flow, const pdf_line *line)
{
    double by = (line->box.left - flow->before->box.left) / line->height;

    if (flow->line_count == 1) /* or the first line was, or the others are to be */
        return by > indent && ends_sentence(flow->before);
    return by > indent || by < -indent;
}

/* Is it an item of a list? */
static bool starts_with_bullet(const pdf_line *line)
{
    static const gunichar bullets[] = { 0x2022, 0x2023, 0x25E6, 0x25AA, 0x25A0,
                                        0x25CF, 0x25CB, 0x2219, 0xF0B7 };
    gunichar letter = letter_at(line->text, line->size);

    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (letter == bullets[i])
            return true;
    return false;
}

/* Does the line belong to the paragraph? */
static bool belongs(const pdf_flow *flow, const pdf_line *line)
{
    const pdf_line *before = flow->before;
    double step = 0, gap = line->box.left - before->box.right;

    if (before->height <= 0 || line->height <= 0)
        return true;
    if (starts_with_bullet(line))
        return false;
    if (before->height > line->height * other_height ||
        line->height > before->height * other_height)
        return hyphen_bytes(before) > 0 && starts_small(line);
    step = step_of(before, line);
    if (flow->is_moved || step < -same_row || !are_above(before, line))
        return step > -same_row && step < same_row && !flow->is_moved
                   ? gap > -before->height && gap < far_gap * before->height
                   : goes_on(flow, line);
    if (step > wide_step * flow->step)
        return step < most_step && starts_small(line) && !ends_sentence(before);
    if (starts_small(line) && !ends_sentence(before))
        return true;
    return !is_indented(flow, line) && (hyphen_bytes(before) > 0 || !had_room(flow, line));
}

/* ---- putting together ---- */

/* Ends the paragraph: what stands apart comes behind it. */
static bool end_paragraph(pdf_flow *flow)
{
    bool is_good = true;

    if (flow->before)
        is_good = pdf_bytes_add(flow->text, "\n\n", 2);
    if (flow->held.size > 0)
        is_good = is_good && pdf_bytes_add(flow->text, flow->held.data, flow->held.size);
    flow->held.size = 0;
    flow->before = NULL;
    flow->line_count = 0;
    flow->is_moved = false;
    return is_good;
}

/* What comes between the last line and this one of the same paragraph. */
static bool join(pdf_flow *flow, const pdf_line *line)
{
    size_t hyphen = hyphen_bytes(flow->before);
    gunichar next = letter_at(line->text, line->size);

    if (hyphen == 0 || !g_unichar_isalnum(next))
        return pdf_bytes_add(flow->text, " ", 1);
    if (g_unichar_islower(next) || ends_with(flow->before, soft_hyphen))
        flow->text->size -= hyphen;
    return true;
}

/* Adds one line. */
static bool add_line(pdf_flow *flow, const pdf_line *line)
{
    bool is_good = true;

    if (line->is_apart)
        return pdf_bytes_add(&flow->held, line->text, line->size) &&
               pdf_bytes_add(&flow->held, "\n\n", 2);
    if (flow->before && belongs(flow, line))
        is_good = join(flow, line);
    else
        is_good = end_paragraph(flow);
    if (flow->line_count == 0 || flow->is_moved || !are_above(flow->before, line) ||
        line->box.right > flow->right)
        flow->right = line->box.right;
    flow->before = line;
    flow->line_count++;
    flow->is_moved = false;
    return is_good && pdf_bytes_add(flow->text, line->text, line->size);
}

bool pdf_flow_join(const pdf_page *pages, size_t count, pdf_bytes *text_out)
{
    pdf_flow flow = { .text = text_out, .step = single_step };
    bool is_good = true;

    for (size_t at = 0; is_good && at < count; at++) {
        flow.step = usual_step(&pages[at], flow.step);
        flow.is_moved = true;
        for (size_t i = 0; is_good && i < pages[at].line_count; i++)
            is_good = add_line(&flow, &pages[at].lines[i]);
    }
    is_good = is_good && end_paragraph(&flow);
    while (text_out->size > 0 && text_out->data[text_out->size - 1] == '\n')
        text_out->size--;
    pdf_bytes_free(&flow.held);
    return is_good && (text_out->size == 0 || pdf_bytes_add(text_out, "\n", 1));
}
