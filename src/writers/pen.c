/* The pen: appends that remember the first failure.
 *
 * A format is a long list of small appends; asking each for its status would hide what is written.
 * After a failure the pen does nothing, and ng_pen_finish tells. */
#include "writers_internal.h"

#include <math.h>

enum { HANDED_ON_BYTES = 1 << 16 };

void ng_pen_init(ng_pen *pen, ng_ctx *cx, ng_buffer *bytes, ng_output *output)
{
    *pen = (ng_pen){ cx, bytes, output, NG_OK };
    if (output) /* room at once for what is gathered, instead of growing there step by step */
        pen->status = ng_buffer_reserve(cx, bytes, HANDED_ON_BYTES);
}

/* Moves gathered bytes to the output. */
static void hand_on(ng_pen *pen)
{
    if (pen->status != NG_OK || !pen->output || pen->bytes->size == 0)
        return;
    pen->status = ng_output_add(pen->cx, pen->output, ng_buffer_view(pen->bytes));
    pen->bytes->size = 0;
}

/* Takes the status of an append and keeps the gathered bytes few. */
static void took(ng_pen *pen, ng_status status)
{
    pen->status = status;
    if (pen->output && pen->bytes->size >= HANDED_ON_BYTES)
        hand_on(pen);
}

ng_status ng_pen_finish(ng_pen *pen)
{
    hand_on(pen);
    return pen->status;
}

void ng_pen_view(ng_pen *pen, ng_view bytes)
{
    if (pen->status == NG_OK)
        took(pen, ng_buffer_add(pen->cx, pen->bytes, bytes));
}

void ng_pen_byte(ng_pen *pen, char byte)
{
    if (pen->status == NG_OK)
        took(pen, ng_buffer_add_byte(pen->cx, pen->bytes, byte));
}

void ng_pen_spaces(ng_pen *pen, size_t count)
{
    while (count-- > 0 && pen->status == NG_OK)
        ng_pen_byte(pen, ' ');
}

void ng_pen_unsigned(ng_pen *pen, uint64_t number)
{
    if (pen->status == NG_OK)
        took(pen, ng_buffer_add_unsigned(pen->cx, pen->bytes, number));
}

void ng_pen_number(ng_pen *pen, double number)
{
    if (pen->status == NG_OK && isfinite(number))
        took(pen, ng_buffer_add_number(pen->cx, pen->bytes, number, NG_DIGITS));
}

void ng_pen_weight(ng_pen *pen, double number)
{
    if (pen->status == NG_OK && isfinite(number))
        took(pen, ng_buffer_add_number(pen->cx, pen->bytes, number, 17));
}

void ng_pen_share(ng_pen *pen, double number)
{
    if (pen->status == NG_OK && isfinite(number))
        took(pen, ng_buffer_add_number(pen->cx, pen->bytes, number, 4));
}

void ng_pen_degrees(ng_pen *pen, double degrees)
{
    uint64_t hundredths = (uint64_t)llround(fabs(degrees) * 100);

    if (degrees < 0 && hundredths > 0)
        ng_pen_byte(pen, '-');
    ng_pen_unsigned(pen, hundredths / 100);
    if (hundredths % 100 == 0)
        return;
    ng_pen_byte(pen, '.');
    ng_pen_byte(pen, (char)('0' + hundredths % 100 / 10));
    if (hundredths % 10 > 0)
        ng_pen_byte(pen, (char)('0' + hundredths % 10));
}

void ng_pen_figure(ng_pen *pen, double number)
{
    enum { WHOLE_FROM = 1000 };

    if (number >= WHOLE_FROM && number < 1e15)
        ng_pen_unsigned(pen, (uint64_t)llround(number));
    else
        ng_pen_share(pen, number);
}

void ng_pen_json(ng_pen *pen, ng_view text)
{
    if (pen->status == NG_OK)
        took(pen, ng_escape_json(pen->cx, text, pen->bytes));
}

void ng_pen_csv(ng_pen *pen, ng_view text, bool raw)
{
    if (pen->status == NG_OK)
        took(pen, ng_escape_csv(pen->cx, text, raw, pen->bytes));
}

void ng_pen_tsv(ng_pen *pen, ng_view text)
{
    if (pen->status == NG_OK)
        took(pen, ng_escape_tsv(pen->cx, text, pen->bytes));
}

void ng_pen_xml(ng_pen *pen, ng_view text)
{
    if (pen->status == NG_OK)
        took(pen, ng_escape_xml(pen->cx, text, pen->bytes));
}

void ng_pen_markdown(ng_pen *pen, ng_view text)
{
    if (pen->status == NG_OK)
        took(pen, ng_escape_markdown(pen->cx, text, pen->bytes));
}
