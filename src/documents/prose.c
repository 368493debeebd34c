/* Paragraphs put together: what office documents and books have in common once their markup is
 * gone.
 *
 * White space says nothing there but that words are apart, so a run of it is one blank. Gaps are
 * remembered and written with the text that follows: the larger one counts, and two line ends in a
 * row part paragraphs, as they do for who looks at the page. */
#include "office.h"

/* Writes the gap that is due. */
static ng_status add_gap(ng_ctx *cx, ng_prose *prose)
{
    static const ng_view gaps[] = { { "", 0 }, { " ", 1 }, { "\n", 1 }, { "\n\n", 2 } };
    ng_gap gap = prose->text->size > 0 ? prose->gap : NG_GAP_NONE;

    prose->gap = NG_GAP_NONE;
    return ng_buffer_add(cx, prose->text, gaps[gap]);
}

void ng_prose_part(ng_prose *prose, ng_gap gap)
{
    if (gap == NG_GAP_LINE && prose->gap == NG_GAP_LINE)
        gap = NG_GAP_PARAGRAPH;
    if (gap > prose->gap)
        prose->gap = gap;
}

/* Appends words; what white space between them means is the caller's to say. */
static ng_status add_words(ng_ctx *cx, ng_prose *prose, ng_view text, bool has_lines)
{
    ng_status status = NG_OK;
    size_t at = 0;

    while (status == NG_OK && at < text.size) {
        size_t start = at;

        while (at < text.size && !ng_is_blank_byte(text.data[at]))
            at++;
        if (at > start) {
            status = add_gap(cx, prose);
            if (status == NG_OK)
                status = ng_buffer_add(cx, prose->text, ng_view_part(text, start, at));
        }
        for (; at < text.size && ng_is_blank_byte(text.data[at]); at++)
            ng_prose_part(prose, has_lines && text.data[at] == '\n' ? NG_GAP_LINE : NG_GAP_BLANK);
    }
    return status;
}

ng_status ng_prose_add(ng_ctx *cx, ng_prose *prose, ng_view text)
{
    return add_words(cx, prose, text, false);
}

ng_status ng_prose_add_lines(ng_ctx *cx, ng_prose *prose, ng_view text)
{
    return add_words(cx, prose, text, true);
}
