/* The article of a page: what is kept, title, author and date, and that memory may fail anywhere.
 *
 * Whole pages of many layouts are in tests/html; here are single rules. */
#include "faults.h"

#include <jansson.h>

#include "documents/html.h"

/* An article that is found without any hint. */
#define STORY                                                                                      \
    "<p>The ministers of four river states met in the port of Velmora on Monday, as they do "      \
    "every year.</p><p>They agreed to meet again, said Marta Lindqvist, who speaks for Ardania "   \
    "in these talks.</p>"
#define STORY_TEXT                                                                                 \
    "The ministers of four river states met in the port of Velmora on Monday, as they do every "   \
    "year.\n\nThey agreed to meet again, said Marta Lindqvist, who speaks for Ardania in these "   \
    "talks."

typedef struct page_case {
    const char *what, *html;
    const char *text; /* NULL: not looked at */
    const char *title, *author, *date;
} page_case;

static const page_case cases[] = {
    { "nothing at all", "", "", "", "", "" },
    { "a page without an article is kept", "<ul><li><a href=1>One</a><li><a href=2>Two</a></ul>",
      "One\n\nTwo", "", "", "" },
    { "the title loses the site", "<title>Talks on the river | Courier</title>" STORY, STORY_TEXT,
      "Talks on the river", "", "" },
    { "a site of og:site_name is lost, however long",
      "<meta property=og:site_name content='The Harbour Courier and Evening Mail'><meta "
      "property=og:title content='Talks - The Harbour Courier and Evening Mail'>" STORY,
      STORY_TEXT, "Talks", "", "" },
    { "a hyphen of the title stays",
      "<title>River talks - a long and winding road to peace</title>"
      "<h1>River talks - a long and winding road to peace</h1>" STORY,
      STORY_TEXT, "River talks - a long and winding road to peace", "", "" },
    { "the headline on the page wins",
      "<title>Talks on river: site</title><h1>Talks <i>on</i> the "
      "river</h1>" STORY,
      STORY_TEXT, "Talks on the river", "", "" },
    { "the site's name as h1 does not",
      "<title>Courier: Talks on the river</title><div class=header><h1><a href=/>Courier</a></h1>"
      "</div><h2>Talks on the river</h2>" STORY,
      STORY_TEXT, "Talks on the river", "", "" },
    { "a headline in bold",
      "<title>Courier - Talks on the river</title><b>Talks on the river</b>"
      "<br>By JANE DOE<br><br>" STORY,
      STORY_TEXT, "Talks on the river", "JANE DOE", "" },
    { "JSON-LD",
      "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Courier\"},"
      "{\"@type\":\"NewsArticle\",\"headline\":\"Talks &amp; more\",\"author\":[{\"name\":\"Jane "
      "Doe\"},{\"@id\":\"#2\"}],\"datePublished\":\"2019-02-21T08:00:00Z\"},{\"@id\":\"#2\","
      "\"@type\":\"Person\",\"name\":\"John Roe\"}]}</script>" STORY,
      STORY_TEXT, "Talks & more", "Jane Doe; John Roe", "2019-02-21" },
    { "JSON-LD in a comment, with a line feed in a string and something behind",
      "<script type='application/ld+json'><!-- \n//<![CDATA[\n{\"@type\":\"BlogPosting\",\"name\":"
      "\"Talks\non\",\"author\":\"By Jane Doe\"};//]]>\n--></script>" STORY,
      STORY_TEXT, "Talks on", "Jane Doe", "" },
    { "JSON-LD that is none", "<script type=application/ld+json>{\"headline\":</script>" STORY,
      STORY_TEXT, "", "", "" },
    { "JSON-LD of other things",
      "<script type=application/ld+json>[{\"@type\":\"BreadcrumbList\",\"name\":\"x\"},"
      "{\"@type\":\"Organization\",\"name\":\"y\"}]</script>" STORY,
      STORY_TEXT, "", "", "" },
    { "the text is in JSON-LD alone",
      "<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"one two three "
      "four "
      "five six seven eight nine ten one two three four five six seven eight nine ten one two "
      "three "
      "four five six seven eight nine ten one two three four five six seven eight nine ten\"}"
      "</script><div>Loading...</div>",
      "one two three four five six seven eight nine ten one two three four five six seven eight "
      "nine "
      "ten one two three four five six seven eight nine ten one two three four five six seven "
      "eight "
      "nine ten",
      "", "", "" },
    { "meta", "<meta name=Author content=' Jane Doe '><meta name=DC.Date content=2019-02>" STORY,
      STORY_TEXT, "", "Jane Doe", "2019-02" },
    { "of dates the first published one",
      "<meta name=date content=2018-01-01><meta property=article:published_time "
      "content=2019-02-21T00:00><meta name=dc.date content=2017>" STORY,
      STORY_TEXT, "", "", "2019-02-21" },
    { "several authors of one name of meta",
      "<meta name=citation_author content='Jane Doe'><meta name=citation_author content='John "
      "Roe'><meta name=author content=admin>" STORY,
      STORY_TEXT, "", "Jane Doe; John Roe", "" },
    { "a surname first", "<meta name=dc.creator content='Doe, Jane; Roe, John'>" STORY, STORY_TEXT,
      "", "Jane Doe; John Roe", "" },
    { "an author that is an address is none",
      "<meta property=article:author "
      "content='https://example.org/jane'>" STORY,
      STORY_TEXT, "", "", "" },
    { "schema.org",
      "<h1 itemprop=headline>Talks</h1><span itemprop=author itemscope><b itemprop=name>Jane "
      "Doe</b></span><time itemprop=datePublished datetime=2019-02-21>yesterday</time><div "
      "itemprop=articleBody>" STORY "</div>",
      STORY_TEXT, "Talks", "Jane Doe", "2019-02-21" },
    { "a byline",
      "<h1>Talks in Velmora</h1><div class=byline>By <a href=/j>Jane Doe</a> and <a "
      "href=/r>John Roe</a>, staff writers | 3 May 2019</div>" STORY,
      STORY_TEXT, "Talks in Velmora", "Jane Doe; John Roe", "2019-05-03" },
    { "a line",
      "<h1>Talks</h1><p>By Jane de la Cruz, Middle East Correspondent</p><p>Published "
      "Feb. 3, 2019</p>" STORY,
      STORY_TEXT, "Talks", "Jane de la Cruz", "2019-02-03" },
    { "no author in a sentence",
      "<h1>Talks</h1><p>By the river they met and by the river they "
      "parted, said Jane Doe on Monday.</p>" STORY,
      NULL, "Talks", "", "" },
    { "an author of comments is none",
      "<h1>Talks</h1>" STORY "<div id=comments><span class=author>John Roe</span><p>I do not agree "
      "with any of this, and I have read it twice.</p></div>",
      STORY_TEXT, "Talks", "", "" },
    { "a date in the address", "<link rel=canonical href=https://e.example/2019/02/21/talks>" STORY,
      STORY_TEXT, "", "", "2019-02-21" },
    { "a heading that announces comments",
      "<div>" STORY "<h3>3 Comments</h3><p>I do not agree with "
      "any of this, and I have read it twice.</p></div>",
      STORY_TEXT, "", "", "" },
    { "a heading that announces links",
      "<div>" STORY "<h3>Related stories</h3><ul><li><a "
      "href=1>Other talks in another town</a></ul></div>",
      STORY_TEXT, "", "", "" },
    { "a heading of the article is none of these",
      "<div>" STORY
      "<h3>Links</h3><p>The states are linked by a river, three roads and the railway "
      "line to the coast.</p></div>",
      STORY_TEXT
      "\n\nLinks\n\nThe states are linked by a river, three roads and the railway line to "
      "the coast.",
      "", "", "" },
    { "cookies, newsletters, shares",
      "<div><p>We use cookies to make this site better. You may refuse them in the settings.</p>"
      "<button>OK</button></div><div>" STORY
      "<div><p>Our best stories in your inbox, every morning "
      "but Sunday.</p><input type=email></div><div>Share</div></div>",
      STORY_TEXT, "", "", "" },
    { "a caption",
      "<div>" STORY "<figure><img src=x><figcaption>Ministers on the quay of Velmora on "
      "Monday morning.</figcaption></figure></div>",
      STORY_TEXT, "", "", "" },
    { "marks of notes and edits",
      "<div><p>The ministers met in Velmora<sup class=reference><a "
      "href=#1>[1]</a></sup> on Monday, as they do<sup><a href=#n2>2</a>"
      "</sup> every 2<sup>nd</sup> year.</p></div>",
      "The ministers met in Velmora on Monday, as they do every 2nd year.", "", "", "" },
};

typedef struct result {
    char text[4096], title[512], author[512], date[64];
} result;

static void copy_out(char *to, size_t size, const ng_buffer *from)
{
    assert_true(ng_utf8_is_valid(ng_buffer_view(from)));
    (void)snprintf(to, size, "%s", from->data ? from->data : "");
}

static ng_status extract(ng_ctx *cx, ng_view html, result *result_out)
{
    ng_options options;
    ng_extracted found;
    ng_status status = NG_OK;

    ng_options_init(&options);
    ng_extracted_init(&found, SIZE_MAX / 4);
    status = ng_html_extract(cx, html, NULL, "page.html", &options, &found);
    copy_out(result_out->text, sizeof result_out->text, &found.text);
    copy_out(result_out->title, sizeof result_out->title, &found.title);
    copy_out(result_out->author, sizeof result_out->author, &found.author);
    copy_out(result_out->date, sizeof result_out->date, &found.date);
    ng_extracted_destroy(cx, &found);
    return status;
}

static void expect(const char *what, const char *field, const char *found, const char *wanted)
{
    if (strcmp(found, wanted) != 0)
        fail_msg("%s: %s \"%s\", not \"%s\"", what, field, found, wanted);
}

static void test_cases(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    result found;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(extract(cx, ng_view_of(cases[i].html), &found), NG_OK);
        if (cases[i].text)
            expect(cases[i].what, "text", found.text, cases[i].text);
        expect(cases[i].what, "title", found.title, cases[i].title);
        expect(cases[i].what, "author", found.author, cases[i].author);
        expect(cases[i].what, "date", found.date, cases[i].date);
    }
    ng_ctx_free(cx);
}

static void test_dates(void **state)
{
    static const struct {
        const char *text, *read, *found;
    } dates[] = {
        { "2019-02-21T08:00:00Z", "2019-02-21", "2019-02-21" },
        { " 2019-2-1 ", "2019-02-01", "2019-02-01" },
        { "2019-02", "2019-02", "2019-02" },
        { "2019", "2019", "" },
        { "2019/02/21", "2019-02-21", "2019-02-21" },
        { "20190221", "2019-02-21", "2019-02-21" },
        { "201902211", "", "" },
        { "2019-13-01", "2019", "" },
        { "2019-02-30", "", "" },
        { "Thu, 21 Feb 2019 08:00:00 GMT", "2019-02-21", "2019-02-21" },
        { "Thursday 21st of February 2019", "2019-02-21", "2019-02-21" },
        { "February 21, 2019", "2019-02-21", "2019-02-21" },
        { "FEB. 3rd 2019", "2019-02-03", "2019-02-03" },
        { "Sept 2019", "2019-09", "2019-09" },
        { "21-Feb-2019", "2019-02-21", "2019-02-21" },
        { "21.2.2019", "2019-02-21", "2019-02-21" },
        { "21/02/2019", "2019-02-21", "2019-02-21" },
        { "02/21/2019", "2019-02-21", "2019-02-21" },
        { "02/03/2019", "2019", "2019" },
        { "03/03/2019", "2019-03-03", "2019-03-03" },
        { "Published on May 3, 2019 at noon", "", "2019-05-03" },
        { "may be 2019 or 2020", "", "" },
        { "in 1958, on 3 May", "", "" },
        { "Marching on 3, 2019", "", "" },
        { "7 marches 2019", "", "" },
        { "31 June 2019", "", "2019-06" },
        { "May 3, 0019", "", "" },
        { "", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char date[11] = "";

        date[ng_html_date_read(ng_view_of(dates[i].text), date)] = '\0';
        expect(dates[i].text, "read", date, dates[i].read);
        date[ng_html_date_find(ng_view_of(dates[i].text), date)] = '\0';
        expect(dates[i].text, "found", date, dates[i].found);
    }
}

/* Reads a page of the collection. */
static void read_page(ng_ctx *cx, const char *name, ng_buffer *page)
{
    char path[1024];

    (void)snprintf(path, sizeof path, "%s/html/pages/%s", NG_TEST_DATA, name);
    ng_buffer_init(page, SIZE_MAX / 4);
    assert_int_equal(ng_file_read(cx, path, 1 << 20, "none", page), NG_OK);
}

/* Whichever allocation fails, it is memory, and nothing leaks. */
static void test_faults(void **state)
{
    ng_ctx *reader = ng_ctx_new();
    ng_buffer page;
    result found;
    test_heap heap;
    size_t count = 0;

    (void)state;
    read_page(reader, "newspaper.html", &page);
    do {
        ng_ctx *cx = ng_ctx_new();
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = ++count;
        status = extract(cx, ng_buffer_view(&page), &found);
        assert_int_equal(status, heap.calls >= count ? NG_E_MEMORY : NG_OK);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    } while (heap.calls >= count);
    assert_true(count > 20);
    ng_buffer_destroy(reader, &page);
    ng_ctx_free(reader);
}

/* Allocations of the JSON library: it does not say of all of them that they failed, but the text is
 * there then. */
static size_t json_calls, json_fail_at;

static void *json_malloc(size_t size)
{
    return ++json_calls == json_fail_at ? NULL : malloc(size);
}

static void test_faults_of_json(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer page;
    result whole;
    result found;
    size_t memory_count = 0;

    (void)state;
    read_page(cx, "newspaper.html", &page);
    assert_int_equal(extract(cx, ng_buffer_view(&page), &whole), NG_OK);
    json_set_alloc_funcs(json_malloc, free);
    json_fail_at = 0;
    do {
        ng_status status = NG_OK;

        json_calls = 0;
        json_fail_at++;
        status = extract(cx, ng_buffer_view(&page), &found);
        memory_count += status == NG_E_MEMORY;
        if (status != NG_E_MEMORY) {
            assert_int_equal(status, NG_OK);
            assert_string_equal(found.text, whole.text);
        }
    } while (json_calls >= json_fail_at);
    json_set_alloc_funcs(malloc, free);
    assert_true(memory_count > json_fail_at / 2);
    ng_buffer_destroy(cx, &page);
    ng_ctx_free(cx);
}

/* A buffer that is full is a limit. */
static void test_full(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_extracted found;

    (void)state;
    ng_options_init(&options);
    ng_extracted_init(&found, 100);
    assert_int_equal(ng_html_extract(cx, ng_view_of(STORY), NULL, "page.html", &options, &found),
                     NG_E_LIMIT);
    ng_extracted_destroy(cx, &found);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),  cmocka_unit_test(test_dates),
        cmocka_unit_test(test_faults), cmocka_unit_test(test_faults_of_json),
        cmocka_unit_test(test_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
