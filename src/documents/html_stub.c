/* A stand-in until html.c is there: tags go, blocks are paragraphs. To be dropped. */
#include "documents_internal.h"

/* Is the tag whose name begins at `at` one of these? */
static bool is_tag(ng_view text, size_t at, const char *name)
{
    ng_view wanted = ng_view_of(name);

    return at + wanted.size < text.size &&
           ng_view_equal_folded(ng_view_part(text, at, at + wanted.size), wanted);
}

/* Skips a tag, and all of a style or a script. */
static size_t skip_tag(ng_view text, size_t at)
{
    const char *hidden[] = { "style", "script", "title" };

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (is_tag(text, at + 1, hidden[i]))
            for (at++; at < text.size && !(text.data[at] == '<' && text.data[at + 1] == '/'); at++)
                ;
    while (at < text.size && text.data[at] != '>')
        at++;
    return at;
}

ng_status ng_html_text(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                       const ng_options *options, ng_buffer *text_out)
{
    static const char *const names[][2] = {
        { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&nbsp;", " " }, { "&quot;", "\"" }
    };
    ng_decoded decoded;
    ng_buffer buffer;
    ng_status status = NG_OK;

    (void)options;
    ng_buffer_init(&buffer, SIZE_MAX / 4);
    status = ng_encoding_decode(cx, bytes, charset, label, &buffer, &decoded);
    for (size_t at = 0; status == NG_OK && at < buffer.size; at++) {
        ng_view text = ng_buffer_view(&buffer);
        bool is_entity = false;

        for (size_t i = 0; i < sizeof names / sizeof *names && !is_entity; i++)
            if (ng_view_starts(ng_view_part(text, at, text.size), ng_view_of(names[i][0]))) {
                status = ng_buffer_add(cx, text_out, ng_view_of(names[i][1]));
                at += strlen(names[i][0]) - 1;
                is_entity = true;
            }
        if (is_entity)
            continue;
        if (text.data[at] == '<') {
            bool is_block = is_tag(text, at + 1, "p") || is_tag(text, at + 1, "br") ||
                            is_tag(text, at + 1, "div") || is_tag(text, at + 1, "/p");

            if (is_block)
                status = ng_buffer_add_byte(cx, text_out, '\n');
            at = skip_tag(text, at);
        } else {
            status = ng_buffer_add_byte(cx, text_out, text.data[at]);
        }
    }
    ng_buffer_destroy(cx, &buffer);
    return status;
}
