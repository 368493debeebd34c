/* HTML as text: how marks are cut, which ends are put in, references, character sets, bounds.
 *
 * A paragraph break of the expected text is written "\n\n". */
#include "faults.h"

#include "documents/documents_internal.h"

typedef struct text_case {
    const char *what, *html, *text;
    const char *charset; /* declared from outside, or NULL */
} text_case;

static const text_case cases[] = {
    { "nothing", "", "", NULL },
    { "no marks", "Kestrel and Ardania", "Kestrel and Ardania", NULL },
    { "white space is single", " <p> a \t b\n\n c </p> ", "a b c", NULL },
    { "spaces of Unicode",
      "a&nbsp;b\xE2\x80\x82"
      "c",
      "a b c", NULL },
    { "what only shapes lines is left out", "Hal&shy;vor\xE2\x80\x8Bsund <wbr>Ha<wbr>lm",
      "Halvorsund Halm", NULL },
    { "formatting parts no words", "<b>K</b>estrel<i>!</i>", "Kestrel!", NULL },
    { "blocks", "a<div>b</div>c<p>d", "a\n\nb\n\nc\n\nd", NULL },
    { "p ends where p begins", "<p>a<p>b</p>c", "a\n\nb\n\nc", NULL },
    { "a lone end of p is a break", "a</p>b", "a\n\nb", NULL },
    { "a block ends p", "<p>a<ul><li>b<li>c</ul>d", "a\n\nb\n\nc\n\nd", NULL },
    { "one br is a line, two are a paragraph", "a<br>b<br/><br />c", "a\nb\n\nc", NULL },
    { "br behind a short line of its own look", "<b>Headline</b><br><i>By Jane Doe</i><br>Text.",
      "Headline\n\nBy Jane Doe\n\nText.", NULL },
    { "a lone end of br is one", "a</br>b", "a\nb", NULL },
    { "pre keeps its lines", "<pre>a  b\nc\n\nd</pre>", "a b\nc\n\nd", NULL },
    { "cells of a row", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a | b\n\nc | d", NULL },
    { "cells with paragraphs", "<table><tr><td><p>a<p>b<td>c</table>", "a\n\nb\n\nc", NULL },
    { "an end of div in a cell does not end the table",
      "<div><table><tr><td>a</div>b<td>c</table></div>", "ab | c", NULL },
    { "a definition list", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\n\nb\n\nc\n\nd", NULL },
    { "a nested list", "<ul><li>a<ul><li>b</ul><li>c</ul>", "a\n\nb\n\nc", NULL },
    { "a link ends where a link begins", "<a href=x>a<a href=y>b</a> c", "ab c", NULL },
    { "an end of another heading", "<h2>a</h3>b", "a\n\nb", NULL },
    { "overlapping", "<p><b>a</p><p>b</b>c", "a\n\nbc", NULL },
    { "comments", "a<!-- x > <p> -->b<!-->c<!--->d<!---- x --!>e<!----->f", "abcdef", NULL },
    { "a comment without an end", "a<!-- b", "a", NULL },
    { "other declarations", "a<?xml b?>c<!x d>e</ f>g</>h", "acegh", NULL },
    { "a document type with entities", "<!DOCTYPE x [ <!ENTITY a \"b\"> ]>c", "c", NULL },
    { "CDATA is text", "<![CDATA[a < b &amp; c]]> d", "a < b &amp; c d", NULL },
    { "scripts and styles", "a<script>\"</b>\"<!--</script>b<STYLE>c</sTyle >d", "abd", NULL },
    { "a script without an end", "a<script>b", "a", NULL },
    { "a script of another name", "a<script>b</scripts></script>c", "ac", NULL },
    { "head, template, select, svg",
      "<head><title>t</title></head><template><p>a</template><select><option>b<option>c</select>"
      "<svg><title>d</title><path/></svg>e<svg/>f",
      "ef", NULL },
    { "an unread element in another", "<object><video>a</object>b</video>c", "bc", NULL },
    { "noscript with an open block", "<noscript><div>a</noscript>b", "b", NULL },
    { "hidden",
      "<p hidden>a</p><p style='color:red; DISPLAY : none'>b</p><span class=sr-only>c"
      "</span><p class='hidden md:block'>d",
      "d", NULL },
    { "attributes", "<p title='>' data-x=\"'>'\" y = z>a<p b=/>c<p/d>e", "a\n\nc\n\ne", NULL },
    { "a mark without an end", "a<p title=\"b", "a", NULL },
    { "signs that are no marks", "a < b <3 &lt;p&gt; <", "a < b <3 <p> <", NULL },
    { "XHTML: an empty element is closed",
      "<?xml version='1.0'?><html><body><p>a<a id='x'/>b</p><div/><script src='x'/><p>c</p></body>",
      "ab\n\nc", NULL },
    { "HTML: it is not", "<div/>a", "a", NULL },
    { "references", "&amp;&#65;&#x42;&eacute;&hellip;&NotEqualTilde;&copy2&ampx;&bogus; &",
      "&AB\xC3\xA9\xE2\x80\xA6\xE2\x89\x82\xCC\xB8\xC2\xA9"
      "2&x;&bogus; &",
      NULL },
    { "references that are no characters", "&#0;&#xD800;&#x110000;&#99999999999;&#146;&#;&#x;",
      "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xE2\x80\x99&#;&#x;", NULL },
    { "UTF-8, nothing declared", "\xC3\xA9", "\xC3\xA9", NULL },
    { "windows-1252, nothing declared", "\xE9 \x93\x81", "\xC3\xA9 \xE2\x80\x9C\xEF\xBF\xBD",
      NULL },
    { "ISO-8859-1 is windows-1252", "<meta charset='ISO-8859-1'>\x80", "\xE2\x82\xAC", NULL },
    { "declared in content",
      "<META http-equiv=Content-Type content='text/html; charset=koi8-r'>"
      "\xEB",
      "\xD0\x9A", NULL },
    { "declared in XML", "<?xml version='1.0' encoding=\"iso-8859-2\"?><p>\xB1</p>", "\xC4\x85",
      NULL },
    { "Shift_JIS", "<meta charset=shift_jis>\x93\xFA\x96{", "\xE6\x97\xA5\xE6\x9C\xAC", NULL },
    { "declared from outside wins", "<meta charset=koi8-r>\xE9", "\xC3\xA9", "iso-8859-1" },
    { "declared from outside and unknown", "<meta charset=koi8-r>\xEB", "\xD0\x9A",
      "x-none//\x01" },
    { "declared Latin-1 but UTF-8", "<meta charset=latin1>\xC3\xA9", "\xC3\xA9", NULL },
    { "declared UTF-8 but not valid",
      "<meta charset=utf-8>a\xE9"
      "b",
      "a\xEF\xBF\xBD"
      "b",
      NULL },
    { "bytes that the set lacks",
      "<meta charset=euc-jp>a\xFF"
      "b\xA4",
      "a\xEF\xBF\xBD"
      "b\xEF\xBF\xBD",
      NULL },
    { "a byte order mark wins", "\xEF\xBB\xBF<meta charset=koi8-r>\xC3\xA9", "\xC3\xA9", "koi8-r" },
    { "UTF-7 is not read", "<meta charset=utf-7>+AGE-", "+AGE-", NULL },
};

/* Reads as a fragment with a fresh context. */
static ng_status read_text(ng_view html, const char *charset, uint64_t limit, char *text,
                           size_t text_size, char *error)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_buffer out;
    ng_status status = NG_OK;

    assert_non_null(cx);
    ng_options_init(&options);
    if (limit > 0)
        options.document_bytes = limit;
    ng_buffer_init(&out, SIZE_MAX / 4);
    status = ng_html_text(cx, html, charset, "page.html", &options, &out);
    assert_true(ng_utf8_is_valid(ng_buffer_view(&out)));
    (void)snprintf(text, text_size, "%s", out.data ? out.data : "");
    if (error)
        (void)snprintf(error, 1024, "%s", ng_ctx_error(cx));
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
    return status;
}

static void test_cases(void **state)
{
    char text[4096];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_status status =
            read_text(ng_view_of(cases[i].html), cases[i].charset, 0, text, sizeof text, NULL);

        if (status != NG_OK || strcmp(text, cases[i].text) != 0)
            fail_msg("%s: status %d, \"%s\", not \"%s\"", cases[i].what, (int)status, text,
                     cases[i].text);
    }
}

static void test_utf_16(void **state)
{
    char text[64];

    (void)state;
    assert_int_equal(
        read_text(NG_VIEW("\xFF\xFE<\0p\0>\0\xE9\0"), NULL, 0, text, sizeof text, NULL), NG_OK);
    assert_string_equal(text, "\xC3\xA9");
    assert_int_equal(read_text(NG_VIEW("\xFE\xFF\0a\xD8\0"), NULL, 0, text, sizeof text, NULL),
                     NG_OK);
    assert_string_equal(text, "a\xEF\xBF\xBD");
}

static void test_zero_bytes(void **state)
{
    char text[64];

    (void)state;
    assert_int_equal(read_text(NG_VIEW("<p\0>a\0b</p>"), NULL, 0, text, sizeof text, NULL), NG_OK);
    assert_string_equal(text, "a b");
}

/* Pages of many equal pieces, which naive parsers take long for or end in: the time limit of the
 * test would be passed by far if one were quadratic. */
static void test_many(void **state)
{
    static const struct {
        const char *before, *piece, *between, *end;
    } pages[] = {
        { "", "<div>", "x", "</div>" },
        { "", "<b>", "x", "</i>" },
        { "", "<font>", "x", "</div>" },
        { "", "<table><tr><td>", "x", "</td>" },
        { "", "<ul><li>", "x", "</p>" },
        { "", "<svg>", "x", "</object>" },
        { "<p>", "<a href=x>", "x", "" },
        { "<p ", "a=1 ", ">x", "" },
        { "<p class='", "nav-menu ", "'>x", "" },
        { "", "<!--", "x", "-->" },
        { "", "&am", "x", "&#" },
        { "", "<", "x", "</" },
        { "<script>", "</", "", "<" },
        { "<span>", "\"<br>", "x", "" },
        { "", "<h2>Comments</h2><p>x", "", "" },
        { "", "<div><input>", "", "" },
        { "", "<div class=byline>", "By Jane Doe", "" },
        { "", "<div class=article-body><p>x", "", "" },
    };
    enum { TIMES = 50000 };
    char text[64];
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        ng_options options;
        ng_buffer page;
        ng_extracted found;

        ng_options_init(&options);
        ng_buffer_init(&page, SIZE_MAX / 4);
        ng_extracted_init(&found, SIZE_MAX / 4);
        (void)ng_buffer_add(cx, &page, ng_view_of(pages[i].before));
        for (int k = 0; k < TIMES; k++)
            (void)ng_buffer_add(cx, &page, ng_view_of(pages[i].piece));
        (void)ng_buffer_add(cx, &page, ng_view_of(pages[i].between));
        for (int k = 0; k < TIMES; k++)
            (void)ng_buffer_add(cx, &page, ng_view_of(pages[i].end));
        assert_int_equal(read_text(ng_buffer_view(&page), NULL, 0, text, sizeof text, NULL), NG_OK);
        assert_int_equal(
            ng_html_extract(cx, ng_buffer_view(&page), NULL, "page.html", &options, &found), NG_OK);
        ng_extracted_destroy(cx, &found);
        ng_buffer_destroy(cx, &page);
    }
    ng_ctx_free(cx);
}

static void test_limits(void **state)
{
    char text[64];
    char error[1024];

    (void)state;
    assert_int_equal(read_text(NG_VIEW("<p>abc"), NULL, 5, text, sizeof text, error), NG_E_LIMIT);
    assert_string_equal(error, "page.html: larger than 5 bytes; raise --max-document-bytes");
    assert_int_equal(read_text(NG_VIEW("\x80\x80\x80"), NULL, 5, text, sizeof text, error),
                     NG_E_LIMIT); /* three bytes each in UTF-8 */
    assert_string_equal(error, "page.html: larger than 5 bytes; raise --max-document-bytes");
    assert_int_equal(read_text(NG_VIEW("<p>ab"), NULL, 5, text, sizeof text, error), NG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),      cmocka_unit_test(test_utf_16),
        cmocka_unit_test(test_zero_bytes), cmocka_unit_test(test_many),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
