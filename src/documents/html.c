/* The door to HTML: a page becomes the text of its article with title, author and date; a fragment
 * becomes all its text. */
#include "html.h"

/* Decodes and reads a page, if it is not too large. `source` keeps its bytes alive. */
static ng_status read_page(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                           const ng_options *options, ng_buffer *source, ng_html_page *page)
{
    char named[NG_CHARSET_BYTES];
    ng_decoded decoded;
    ng_status status = NG_OK;

    if (bytes.size > ng_limit_of(options))
        return ng_fail_too_large(cx, label, options);
    if (!charset || !ng_charset_is_known(charset)) {
        ng_html_charset(bytes, named);
        charset = named;
    }
    status = ng_encoding_decode(cx, bytes, charset, label, source, &decoded);
    if (status == NG_OK && source->size > ng_limit_of(options))
        status = ng_fail_too_large(cx, label, options);
    return status == NG_OK ? ng_html_page_read(cx, ng_buffer_view(source), page) : status;
}

/* Words, about. */
static size_t count_words(ng_view text)
{
    size_t count = 0;
    bool is_in_word = false;

    for (size_t i = 0; i < text.size; i++) {
        bool is_blank = ng_is_blank_byte(text.data[i]);

        count += !is_blank && !is_in_word;
        is_in_word = !is_blank;
    }
    return count;
}

/* Writes the article's text; what JSON-LD has of it where the page shows less than half of that. */
static ng_status write_article(ng_ctx *cx, const ng_html_page *page, const ng_html_blocks *blocks,
                               const ng_html_story *story, ng_buffer *out)
{
    enum { ENOUGH = 40 };
    size_t start = out->size;
    size_t told = count_words(ng_buffer_view(&story->text));
    ng_status status = ng_html_blocks_write(cx, page, blocks, out);

    if (status != NG_OK || told < ENOUGH ||
        count_words(ng_view_part(ng_buffer_view(out), start, out->size)) * 2 >= told)
        return status;
    out->size = start;
    return ng_buffer_add(cx, out, ng_html_trim(ng_buffer_view(&story->text)));
}

/* Takes a page apart. */
static ng_status extract(ng_ctx *cx, const ng_html_page *page, ng_extracted *out)
{
    ng_html_blocks blocks = { .count = 0 };
    ng_html_story story;
    size_t headline = SIZE_MAX;
    ng_status status = NG_OK;

    ng_html_story_init(&story);
    status = ng_html_json_read(cx, &page->facts, &story);
    if (status == NG_OK)
        status = ng_html_blocks_find(cx, page, true, &blocks);
    if (status == NG_OK)
        status = ng_html_metadata_find(cx, page, &blocks, &story, out, &headline);
    if (status == NG_OK)
        status = ng_html_article_find(cx, page, headline, ng_buffer_view(&out->author), &blocks);
    if (status == NG_OK)
        status = write_article(cx, page, &blocks, &story, &out->text);
    ng_html_blocks_destroy(cx, &blocks);
    ng_html_story_destroy(cx, &story);
    return status;
}

ng_status ng_html_extract(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                          const ng_options *options, ng_extracted *out)
{
    ng_html_page page = { .count = 0 };
    ng_buffer source;
    ng_status status = NG_OK;

    ng_buffer_init(&source, SIZE_MAX / 4);
    status = read_page(cx, bytes, charset, label, options, &source, &page);
    if (status == NG_OK)
        status = extract(cx, &page, out);
    ng_html_page_destroy(cx, &page);
    ng_buffer_destroy(cx, &source);
    return status;
}

ng_status ng_html_text(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                       const ng_options *options, ng_buffer *text_out)
{
    ng_html_page page = { .count = 0 };
    ng_html_blocks blocks = { .count = 0 };
    ng_buffer source;
    ng_status status = NG_OK;

    ng_buffer_init(&source, SIZE_MAX / 4);
    status = read_page(cx, bytes, charset, label, options, &source, &page);
    if (status == NG_OK)
        status = ng_html_blocks_find(cx, &page, false, &blocks);
    if (status == NG_OK)
        status = ng_html_blocks_write(cx, &page, &blocks, text_out);
    ng_html_blocks_destroy(cx, &blocks);
    ng_html_page_destroy(cx, &page);
    ng_buffer_destroy(cx, &source);
    return status;
}
