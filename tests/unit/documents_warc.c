/* Web archives: which records become documents, what their pages are kept in, what a wrong length
 * does. */
#include "documents_series.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* A record with a text of 4 bytes. */
#define RECORD(uri, more)                                                                          \
    "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: " uri "\r\nContent-Type: text/plain\r\n"  \
    "Content-Length: 4\r\n" more "\r\nText\r\n\r\n"

#define OK   "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
#define LEFT "!x.warc: pages left out, compressed in a way that is not read here (br, zstd): "

static const series_case cases[] = {
    { .what = "nothing", .file = TEXT(""), .wanted = "!x.warc: no WARC record in it;" },
    { .what = "something else",
      .file = TEXT("Text\nWARC/1.0 in a line?\n WARC/1.0\n"),
      .wanted = "!x.warc:1: the header of the record does not end;" },
    { .what = "one record", .file = TEXT(RECORD("u", "")), .wanted = "u|x.warc:1||text||Text;" },
    { .what = "dates, addresses, character sets",
      .file = TEXT(RECORD("<http://u>", "warc-date: 2019-02-21T08:00:00.5Z\r\n") RECORD(
          "", "WARC-Date: x\r\n") RECORD("u", "Content-Type: text/plain; charset=koi8-r\r\n")),
      .wanted = "http://u|x.warc:1|2019-02-21|text||Text;x.warc:2|x.warc:2||text||Text;"
                "u|x.warc:3||text|koi8-r|Text;" },
    { .what = "dates that are not wanted",
      .file = TEXT(RECORD("u", "WARC-Date: 2019-02-21T08:00:00Z\r\n")),
      .wanted = "u|x.warc:1||text||Text;",
      .date_from = NG_DATE_FROM_NAME },
    { .what = "types of records",
      .file = TEXT("WARC/1.0\r\nWARC-Type: metadata\r\nContent-Type: text/plain\r\n"
                   "Content-Length: 1\r\n\r\nx\r\n\r\n"
                   "WARC/1.0\nwarc-type: Conversion\ncontent-type: TEXT/Plain\ncontent-length: 2\n"
                   "\nab\n\n"
                   "WARC/1.0\nWARC-Type: resource\nContent-Type: image/png\nContent-Length: 2\n"
                   "\nab\n\n"
                   "WARC/1.0\nWARC-Type: resource\nContent-Type: application/pdf\n"
                   "Content-Length: 0\n\n\n\n"
                   "WARC/1.0\nWARC-Type: response\nContent-Type: text/dns\nContent-Length: 2\n"
                   "\nab\n\n"),
      .wanted = "x.warc:2|x.warc:2||text||ab;x.warc:4|x.warc:4||pdf||;" },
    { .what = "too large",
      .file = TEXT("WARC/1.0\nWARC-Type: resource\nContent-Type: text/plain\nContent-Length: 9\n"
                   "\n123456789\n\n" RECORD("u", "")),
      .wanted = "!x.warc:1: larger than 8 bytes; raise --max-document-bytes;"
                "u|x.warc:2||text||Text;",
      .document_bytes = 8 },
    { .what = "a length that is too short, and one that is too long",
      .file = TEXT("WARC/1.0\nWARC-Type: resource\nContent-Type: text/plain\nContent-Length: 2\n"
                   "\n123456789\n\n" RECORD(
                       "u", "") "WARC/1.0\nWARC-Type: resource\n"
                                "Content-Type: text/plain\nContent-Length: 30\n\nText\n\n" RECORD(
                                    "v", "") RECORD("w", "")),
      .wanted = "!x.warc:1: longer or shorter than its Content-Length;u|x.warc:2||text||Text;"
                "!x.warc:3: longer or shorter than its Content-Length;w|x.warc:4||text||Text;" },
    { .what = "lengths that are none",
      .file = TEXT("WARC/1.0\nWARC-Type: resource\nContent-Type: text/plain\n\nText\n\n"
                   "WARC/1.0\nContent-Length: -1\n\nText\n\n"
                   "WARC/1.0\nContent-Length: 99999999999999999999\n\nText\n\n" RECORD("u", "")),
      .wanted = "!x.warc:1: a record without a Content-Length;"
                "!x.warc:2: a record without a Content-Length;"
                "!x.warc:3: a record without a Content-Length;u|x.warc:4||text||Text;" },
    { .what = "cut off",
      .file = TEXT(RECORD("u", "") "WARC/1.0\nWARC-Type: resource\nContent-Type: text/plain\n"
                                   "Content-Length: 18446744073709551615\n\nText"),
      .wanted = "u|x.warc:1||text||Text;"
                "!x.warc:2: ends before its Content-Length; the file is cut off;" },
};

static void test_cases(void **state)
{
    (void)state;
    series_run_cases(&ng_series_warc, "x.warc", cases, sizeof cases / sizeof *cases);
}

static void test_faults(void **state)
{
    (void)state;
    series_run_faults(&ng_series_warc, "x.warc", cases, sizeof cases / sizeof *cases);
}

/* ---- pages, as servers send them ---- */

static const struct {
    const char *what, *header, *body;
    size_t body_size; /* 0: up to the zero byte */
    const char *wanted;
} page_cases[] = {
    { "plain", OK, "a", 0, "u|x.warc:1||text||a;" },
    { "its type", "HTTP/1.1 200 OK\r\ncontent-TYPE:text/html;charset=\"ISO-8859-1\"\r\n", "a", 0,
      "u|x.warc:1||html|ISO-8859-1|a;" },
    { "no words, no returns", "HTTP/2 200\nContent-Type: text/plain\n", "a", 0,
      "u|x.warc:1||text||a;" },
    { "nothing in it", OK, "", 0, "u|x.warc:1||text||;" },
    { "a type that is not read", "HTTP/1.1 200 OK\r\nContent-Type: text/plainer\r\n", "a", 0, "" },
    { "no type", "HTTP/1.1 200 OK\r\n", "a", 0, "" },
    { "not found", "HTTP/1.1 404 No\r\nContent-Type: text/plain\r\n", "a", 0, "" },
    { "part of it", "HTTP/1.1 206 OK\r\nContent-Type: text/plain\r\n", "a", 0, "" },
    { "a number that begins so", "HTTP/1.1 2000 OK\r\nContent-Type: text/plain\r\n", "a", 0, "" },
    { "no answer", "200 OK\r\nContent-Type: text/plain\r\n", "a", 0, "" },
    { "chunks", OK "Transfer-Encoding: chunked\r\n",
      "3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nX: y\r\n\r\n", 0,
      "u|x.warc:1||text||abc0123456789;" },
    { "chunks that are cut off", OK "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\nFF\r\nde", 0,
      "u|x.warc:1||text||abcde;" },
    { "chunks that end in something else", OK "Transfer-Encoding: chunked\r\n", "3\nabc\nxyz", 0,
      "u|x.warc:1||text||abc;" },
    { "chunks that are none", OK "Transfer-Encoding: chunked\r\n", "ab of text", 0,
      "u|x.warc:1||text||ab of text;" },
    { "no chunk", OK "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", 0, "u|x.warc:1||text||;" },
    { "a size without end", OK "Transfer-Encoding: chunked\r\n", "fffffffffffffffffff\r\nx", 0,
      "u|x.warc:1||text||fffffffffffffffffff\r\nx;" },
    { "gzip, in two members", OK "Content-Encoding: gzip\r\n",
      "\x1f\x8b\x08\0\0\0\0\0\x02\xff\x4b\x04\0\x43\xbe\xb7\xe8\x01\0\0\0"
      "\x1f\x8b\x08\0\0\0\0\0\x02\xff\x4b\x02\0\xf9\xef\xbe\x71\x01\0\0\0",
      42, "u|x.warc:1||text||ab;" },
    { "gzip that is cut off", OK "Content-Encoding: gzip\r\n",
      "\x1f\x8b\x08\0\0\0\0\0\x02\xff\x4b\x04\0\x43\xbe\xb7", 16,
      "!x.warc:1: cannot be unpacked: it is damaged or cut off;" },
    { "gzip that is damaged", OK "Content-Encoding: gzip\r\n",
      "\x1f\x8b\x08\0\0\0\0\0\x02\xff\x4b\x04\0\0\0\0\0\x01\0\0\0", 21,
      "!x.warc:1: cannot be unpacked: it is damaged or cut off;" },
    { "gzip that is none", OK "Content-Encoding: gzip\r\n", "ab", 0, "u|x.warc:1||text||ab;" },
    { "deflate", OK "Content-Encoding: deflate\r\n", "\x78\x9c\x4b\x04\0\0\x62\0\x62", 9,
      "u|x.warc:1||text||a;" },
    { "deflate without its frame", OK "Content-Encoding: deflate\r\n", "\x4b\x04\0", 3,
      "u|x.warc:1||text||a;" },
    { "br", OK "Content-Encoding: br\r\n", "\x0b\0\x80\x61\x03", 5, LEFT "1;" },
    { "several", OK "Content-Encoding: gzip, br\r\n", "\x0b\0\x80\x61\x03", 5, LEFT "1;" },
    { "br that is none", OK "Content-Encoding: br\r\n", "Text", 0, "u|x.warc:1||text||Text;" },
    { "a word that is no compression", OK "Content-Encoding: utf-8\r\n", "Text", 0,
      "u|x.warc:1||text||Text;" },
};

/* The record of a page, with its right length. */
static void add_page(ng_ctx *cx, ng_buffer *file, size_t i)
{
    size_t size = page_cases[i].body_size ? page_cases[i].body_size : strlen(page_cases[i].body);

    assert_int_equal(ng_buffer_format(cx, file,
                                      "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: u\r\n"
                                      "Content-Type: application/http; msgtype=response\r\n"
                                      "Content-Length: %zu\r\n\r\n%s\r\n",
                                      strlen(page_cases[i].header) + 2 + size,
                                      page_cases[i].header),
                     NG_OK);
    assert_int_equal(ng_buffer_add(cx, file, (ng_view){ page_cases[i].body, size }), NG_OK);
    assert_int_equal(ng_buffer_add(cx, file, NG_VIEW("\r\n\r\n")), NG_OK);
}

static void test_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof page_cases / sizeof *page_cases; i++) {
        ng_ctx *cx = ng_ctx_new();
        ng_buffer file;
        series_case test = { .what = page_cases[i].what, .wanted = page_cases[i].wanted };

        ng_buffer_init(&file, 1 << 20);
        add_page(cx, &file, i);
        test.file = ng_buffer_view(&file);
        series_run_cases(&ng_series_warc, "x.warc", &test, 1);
        series_run_faults(&ng_series_warc, "x.warc", &test, 1);
        ng_buffer_destroy(cx, &file);
        ng_ctx_free(cx);
    }
}

/* ---- an archive as crawlers write it ---- */

/* pages.warc of make_warc.py. */
static void test_archive(void **state)
{
    static const char wanted[] =
        "html|html|utf-8;latin|html|iso-8859-1;chunked|html|;gzip|html|;gzip-chunked|text|;"
        "deflate|text|;deflate-bare|text|;was-br|text|;was-gzip|text|;pdf|pdf|;"
        "resource|text|utf-8;conversion|text|;";
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;

    (void)state;
    ng_options_init(&options);
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    for (size_t i = 0; i < 2; i++) {
        ng_reader *reader = NULL;
        ng_source_document *document = NULL;
        ng_buffer out;

        assert_int_equal(ng_inputs_add(cx, inputs,
                                       i ? NG_TEST_DATA "/documents/pages.warc.gz"
                                         : NG_TEST_DATA "/documents/pages.warc"),
                         NG_OK);
        assert_int_equal(ng_reader_new(cx, &options, inputs, &reader), NG_OK);
        ng_buffer_init(&out, 1 << 16);
        for (;;) {
            assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_OK);
            if (!document)
                break;
            assert_true(ng_view_starts(document->id, NG_VIEW("http://example.org/")));
            assert_true(ng_view_equal(document->date, NG_VIEW("2019-02-21")));
            assert_int_equal(ng_buffer_format(cx, &out, "%.*s|%s|%s;", (int)document->id.size - 19,
                                              document->id.data + 19, series_media(document->media),
                                              document->charset),
                             NG_OK);
            ng_source_free(cx, document);
        }
        assert_memory_equal(out.data, wanted, sizeof wanted - 1);
        assert_int_equal(out.size, (i + 1) * (sizeof wanted - 1));
        ng_buffer_destroy(cx, &out);
        ng_reader_free(cx, reader);
    }
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
}

/* ---- hostile archives ---- */

/* A page that unpacks to much more than it is. */
static void test_trap(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_buffer packed, out;

    (void)state;
    ng_options_init(&options);
    options.unpack_ratio = 100;
    ng_buffer_init(&packed, 1 << 20);
    ng_buffer_init(&out, SIZE_MAX / 4);
    /* gzip: each zero byte is hundreds of zero bytes */
    assert_int_equal(ng_buffer_add(cx, &packed,
                                   NG_VIEW("\x1f\x8b\x08\0\0\0\0\0\x02\x03\xed\xc1\x31\x01\0\0\0"
                                           "\xc2\xa0\xf5\x4f\x6d\x0c\x1f\xa0")),
                     NG_OK);
    for (size_t i = 0; i < 1 << 13; i++)
        assert_int_equal(ng_buffer_add_byte(cx, &packed, '\0'), NG_OK);
    assert_int_equal(ng_inflate(cx, ng_buffer_view(&packed), "x.warc:1", &options, &out),
                     NG_E_LIMIT);
    assert_string_equal(ng_ctx_error(cx), "x.warc:1: unpacks to more than 100 times its size; "
                                          "raise --max-unpack-ratio if it is no trap");
    out.size = 0;
    options.document_bytes = 1000;
    assert_int_equal(ng_inflate(cx, ng_buffer_view(&packed), "x.warc:1", &options, &out),
                     NG_E_LIMIT);
    assert_string_equal(ng_ctx_error(cx),
                        "x.warc:1: larger than 1000 bytes; raise --max-document-bytes");
    ng_buffer_destroy(cx, &packed);
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),   cmocka_unit_test(test_faults), cmocka_unit_test(test_pages),
        cmocka_unit_test(test_archive), cmocka_unit_test(test_trap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
