/* Mailboxes: where a message begins, what it is called, what becomes of one that is too large. */
#include "documents_series.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

#define FROM "From ann@example.org Thu Feb 21 08:00:00 2019\n"

static const series_case cases[] = {
    { .what = "nothing", .file = TEXT(""), .wanted = "" },
    { .what = "blank", .file = TEXT("\n \n"), .wanted = "" },
    { .what = "two messages",
      .file = TEXT(FROM "Message-ID: <a@b>\n\nOne\n\n" FROM "Subject: x\n\nTwo\n"),
      .wanted = "a@b|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: <a@b>\n\nOne\n\n;"
                "x-2019-01-02.mbox:2|x-2019-01-02.mbox:2|2019-01-02|mail||Subject: x\n\nTwo\n;" },
    { .what = "CRLF, no line end at the end",
      .file = TEXT("From - Thu Feb 21 08:00:00 2019\r\nMESSAGE-ID:\r\n <a@b>\r\n\r\nOne\r\n\r\n"
                   "From - Thu Feb 21 08:00:00 2019\r\nSubject: x\r\n\r\nTwo"),
      .wanted = "a@b|x-2019-01-02.mbox:1|2019-01-02|mail||MESSAGE-ID:\r\n <a@b>\r\n\r\nOne\r\n\r\n;"
                "x-2019-01-02.mbox:2|x-2019-01-02.mbox:2|2019-01-02|mail||Subject: x\r\n\r\nTwo;" },
    { .what = "lines that begin none",
      .file = TEXT(FROM "Message-ID: a\n\nOne\n" FROM "\nFrom here on\n\nFrom here on 08:00\n\n"
                        ">From me\n>>From me\n> From me\nx >From me\n"),
      .wanted = "a|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: a\n\nOne\n" FROM
                "\nFrom here on\n\nFrom here on 08:00\n\nFrom me\n>From me\n> From me\n"
                "x >From me\n;" },
    { .what = "without dates",
      .file = TEXT("\nFrom nobody\nMessage-ID: <a>\n\nOne\n\nFrom nobody\nMessage-ID: <b>\n"),
      .wanted = "a|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: <a>\n\nOne\n\n;"
                "b|x-2019-01-02.mbox:2|2019-01-02|mail||Message-ID: <b>\n;" },
    { .what = "a message before the first line",
      .file = TEXT("Message-ID: <a>\n\nFrom here on\n\n" FROM "Message-ID: <b>\n"),
      .wanted = "a|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: <a>\n\nFrom here on\n\n;"
                "b|x-2019-01-02.mbox:2|2019-01-02|mail||Message-ID: <b>\n;" },
    { .what = "messages of nothing are none",
      .file = TEXT(FROM "\n" FROM "\n\n" FROM "Message-ID: <a>\n\n" FROM),
      .wanted = "a|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: <a>\n\n;" },
    { .what = "ids",
      .file = TEXT(FROM "Message-ID: <>\n\n" FROM "Message-ID: x <y\n\n" FROM "Message-ID:\n\n" FROM
                        "Subject: x\n\nMessage-ID: <a>\n\n" FROM "Message-ID: < a >\n"
                        "Message-ID: <b>\n"),
      .wanted = "x-2019-01-02.mbox:1|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: <>\n\n;"
                "x <y|x-2019-01-02.mbox:2|2019-01-02|mail||Message-ID: x <y\n\n;"
                "x-2019-01-02.mbox:3|x-2019-01-02.mbox:3|2019-01-02|mail||Message-ID:\n\n;"
                "x-2019-01-02.mbox:4|x-2019-01-02.mbox:4|2019-01-02|mail||Subject: x\n\n"
                "Message-ID: <a>\n\n;"
                "a|x-2019-01-02.mbox:5|2019-01-02|mail||Message-ID: < a >\nMessage-ID: <b>\n;" },
    { .what = "a message that is too large",
      .file = TEXT(FROM "Message-ID: <a>\n\n" FROM "Message-ID: <b>\n\nToo long, by far.\n\n" FROM
                        "Message-ID: <c>\n\nx\n"),
      .wanted = "a|x-2019-01-02.mbox:1|2019-01-02|mail||Message-ID: <a>\n\n;"
                "!x-2019-01-02.mbox:2: larger than 20 bytes; raise --max-document-bytes;"
                "c|x-2019-01-02.mbox:3|2019-01-02|mail||Message-ID: <c>\n\nx\n;",
      .document_bytes = 20 },
};

static void test_cases(void **state)
{
    (void)state;
    series_run_cases(&ng_series_mbox, "x-2019-01-02.mbox", cases, sizeof cases / sizeof *cases);
}

static void test_faults(void **state)
{
    (void)state;
    series_run_faults(&ng_series_mbox, "x-2019-01-02.mbox", cases, sizeof cases / sizeof *cases);
}

/* ---- lines that begin a message ---- */

static const struct {
    const char *line;
    bool is_dated;
} line_cases[] = {
    { "From ann@example.org Thu Feb 21 08:00:00 2019\n", true },
    { "From ann@example.org  Fri Jul  8 12:08 2011\r\n", true },
    { "From - Tue Oct 01 11:10:01 2002", true },
    { "From 1234@xxx Mon Jan 02 15:04:05 +0000 2006\n", true },
    { "From user at host.org  Tue Jan  2 03:04:05 2001\n", true },
    { "From ???@??? Mon Mar 05 10:00:00 1999\n", true },
    { "From a Thu Feb 21 08:00:00 CET 2019 remote from b\n", true },
    { "From a Thu Feb 21 08:00:00 2119\n", false },
    { "From a Thu Feb 21 2019\n", false },
    { "From a 21 08:00:00 2019\n", false },
    { "From a Feb 08:00 20190\n", false },
    { "From a Feb 08:00 2", false },
    { "From a Feb", false },
    { "From ", false },
    { "From", false },
    { "from ann@example.org Thu Feb 21 08:00:00 2019\n", false },
    { ">From ann@example.org Thu Feb 21 08:00:00 2019\n", false },
    { "From a Thu 2019 Feb 21 0:00 08:0", false },
    { "", false },
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof line_cases / sizeof *line_cases; i++)
        if (ng_mbox_is_dated(ng_view_of(line_cases[i].line)) != line_cases[i].is_dated)
            fail_msg("\"%s\"", line_cases[i].line);
}

/* ---- what a file is ---- */

static const struct {
    const char *head, *name;
    ng_media media;
} media_cases[] = {
    { FROM "Subject: x\n\nx", "inbox", NG_MEDIA_MBOX },
    { FROM "Subject: x\n\nx", "inbox.txt", NG_MEDIA_TEXT },
    { FROM "Subject: x\n\nx", "a.eml", NG_MEDIA_MAIL },
    { FROM "a text", "inbox", NG_MEDIA_TEXT },
    { FROM, "inbox", NG_MEDIA_TEXT },
    { "From here on\nSubject: x\n", "inbox", NG_MEDIA_TEXT },
    { "Received: x\n\nx", "1550.M1P2", NG_MEDIA_MAIL },
    { "Text", "a.mbox", NG_MEDIA_MBOX },
};

static void test_media(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof media_cases / sizeof *media_cases; i++)
        for (int is_stream = 0; is_stream < 2; is_stream++) {
            ng_media media = NG_MEDIA_NONE;

            assert_null(ng_media_of(ng_view_of(media_cases[i].head),
                                    ng_view_of(media_cases[i].name), is_stream, &media));
            if (media != media_cases[i].media)
                fail_msg("case %zu is %d", i, (int)media);
        }
}

/* ---- long lines ---- */

/* Lines longer than a piece, and marks at any place of one. */
static void test_long_lines(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer file, wanted;
    ng_buffer out;
    series_case test = { .what = "long" };

    (void)state;
    ng_buffer_init(&file, 1 << 24);
    ng_buffer_init(&wanted, 1 << 24);
    ng_buffer_init(&out, 1 << 24);
    for (size_t size = 7; size < 3000; size += 7) {
        assert_int_equal(ng_buffer_add(cx, &file, NG_VIEW(FROM "Message-ID: <a>\n\n")), NG_OK);
        assert_int_equal(
            ng_buffer_format(cx, &wanted, "a|x:%zu||mail||Message-ID: <a>\n\n", size / 7), NG_OK);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(ng_buffer_add_byte(cx, &file, 'x'), NG_OK);
            assert_int_equal(ng_buffer_add_byte(cx, &wanted, 'x'), NG_OK);
        }
        assert_int_equal(ng_buffer_add(cx, &file, NG_VIEW(FROM "\n>From\n>From x\n\n")), NG_OK);
        assert_int_equal(ng_buffer_add(cx, &wanted, NG_VIEW(FROM "\n>From\nFrom x\n\n;")), NG_OK);
    }
    test.file = ng_buffer_view(&file);
    series_set(&test, NG_HEAD_BYTES);
    assert_int_equal(series_read_all(cx, &ng_series_mbox, &test, "x", &out), NG_OK);
    assert_int_equal(out.size, wanted.size);
    assert_memory_equal(out.data, wanted.data, wanted.size);
    ng_buffer_destroy(cx, &file);
    ng_buffer_destroy(cx, &wanted);
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),      cmocka_unit_test(test_faults),
        cmocka_unit_test(test_lines),      cmocka_unit_test(test_media),
        cmocka_unit_test(test_long_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
