/* The lines of a plain text of a message: what was quoted from earlier mail stays, its marks go.
 *
 * A mark in the middle of a sentence ("the chancellor\n> of Germany") would cut it in two. Where
 * quoted text begins or ends a blank line is put, for the words of two people are not one sentence.
 * Flowed text (RFC 3676) is joined again into the paragraphs that its writer typed. */
#include "documents_internal.h"

/* What was written so far. */
typedef struct lines {
    ng_mail_lines how;
    ng_buffer *out;
    size_t depth;   /* of the line before */
    bool is_open;   /* that line goes on */
    bool was_blank; /* it had no text */
    bool has_any;   /* there was one */
} lines;

/* Takes the marks off a line: "> > text", ">>text". Returns how many there were. */
static size_t take_marks(ng_view *line)
{
    size_t depth = 0;
    size_t at = 0;

    while (at < line->size) {
        size_t mark = at + (depth > 0 && line->data[at] == ' ');

        if (mark >= line->size || line->data[mark] != '>')
            break;
        depth++;
        at = mark + 1;
    }
    if (depth > 0 && at < line->size && line->data[at] == ' ')
        at++;
    *line = ng_view_part(*line, at, line->size);
    return depth;
}

/* As take_marks, where marks stand without spaces and one space may be stuffed before the text. */
static size_t take_flowed_marks(ng_view *line)
{
    size_t depth = 0;

    while (depth < line->size && line->data[depth] == '>')
        depth++;
    *line = ng_view_part(*line, depth, line->size);
    if (line->size > 0 && line->data[0] == ' ')
        *line = ng_view_part(*line, 1, line->size);
    return depth;
}

/* Ends the line before and parts the two where the quoting changes. */
static ng_status begin_line(ng_ctx *cx, lines *text, size_t depth, bool is_blank)
{
    ng_status status = NG_OK;

    if (text->is_open)
        status = ng_buffer_add_byte(cx, text->out, '\n');
    text->is_open = false;
    if (status == NG_OK && text->has_any && depth != text->depth && !text->was_blank && !is_blank)
        status = ng_buffer_add_byte(cx, text->out, '\n');
    return status;
}

/* Writes one line, without its end. */
static ng_status add_line(ng_ctx *cx, lines *text, ng_view line)
{
    size_t depth = text->how.is_flowed ? take_flowed_marks(&line) : take_marks(&line);
    bool is_signature = ng_view_equal(line, NG_VIEW("-- "));
    bool is_open = text->how.is_flowed && !is_signature && ng_view_ends(line, NG_VIEW(" "));
    bool is_blank = line.size == 0;
    ng_status status = NG_OK;

    if (!text->is_open || depth != text->depth || is_signature)
        status = begin_line(cx, text, depth, is_blank);
    if (is_open && text->how.deletes_spaces)
        line.size--;
    if (status == NG_OK)
        status = ng_buffer_add(cx, text->out, line);
    if (status == NG_OK && !is_open)
        status = ng_buffer_add_byte(cx, text->out, '\n');
    text->depth = depth;
    text->is_open = is_open;
    text->was_blank = is_blank;
    text->has_any = true;
    return status;
}

ng_status ng_mail_text(ng_ctx *cx, ng_view text, ng_mail_lines how, ng_buffer *out)
{
    lines state = { .how = how, .out = out };
    ng_status status = NG_OK;

    while (status == NG_OK && text.size > 0) {
        const char *end = memchr(text.data, '\n', text.size);
        size_t size = end ? (size_t)(end - text.data) : text.size;
        ng_view line = ng_view_part(text, 0, size);

        if (ng_view_ends(line, NG_VIEW("\r")))
            line.size--;
        status = add_line(cx, &state, line);
        text = ng_view_part(text, size + (end != NULL), text.size);
    }
    if (status == NG_OK && state.is_open)
        status = ng_buffer_add_byte(cx, out, '\n');
    return status;
}
