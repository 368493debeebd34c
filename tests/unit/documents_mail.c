/* One message of mail: what becomes its title, its author, its date and its text.
 *
 * Each case is a message and "title|author|date|text" of it, the text without blanks around it. */
#include "faults.h"

#include "documents/documents_internal.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

typedef struct mail_case {
    const char *what;
    ng_view message;
    const char *wanted;
    const char *remark; /* its beginning, or NULL */
    const char *charset;
} mail_case;

static const mail_case cases[] = {
    { .what = "plain",
      TEXT("From: Ann Lee <ann@example.org>\nSubject: Re: Talks\nDate: Thu, 21 Feb 2019 08:00 "
           "+0000\n\nThe text.\n"),
      "Re: Talks|Ann Lee|2019-02-21|The text." },
    { .what = "nothing", TEXT(""), "|||" },
    { .what = "fields alone", TEXT("Subject: x"), "x|||" },
    { .what = "no fields", TEXT("\nOnly text"), "|||Only text" },
    { .what = "a line that is no field ends them",
      TEXT("Subject: x\nText, at once\n"),
      "x|||Text, at once" },
    { .what = "the line that begins it in a mailbox",
      TEXT("From ann Thu Feb 21 08:00:00 2019\nSubject: x\n"
           "\nText"),
      "x|||Text" },
    { .what = "CRLF",
      TEXT("Subject: x\r\nFrom: a@b.c\r\n\r\nOne\r\ntwo\r\n\r\nthree\r\n"),
      "x|a@b.c||One\ntwo\n\nthree" },
    { .what = "the first of each name", TEXT("Subject: one\nsubject: two\n\nx"), "one|||x" },
    { .what = "folded lines",
      TEXT("Subject: one\n two\n\tthree\nFrom:\n Ann\n  <a@b.c>\n\nx"),
      "one two three|Ann||x" },
    { .what = "encoded words",
      TEXT("Subject: =?utf-8?B?S8O2bG4=?= =?iso-8859-1?Q?_caf=E9?= end\n"
           "From: =?windows-1251?Q?=C0=ED=E3=E5=EB=E0?= <a@b.c>\n\nx"),
      "K\xC3\xB6ln caf\xC3\xA9 end|\xD0\x90\xD0\xBD\xD0\xB3\xD0\xB5\xD0\xBB\xD0\xB0||x" },
    { .what = "encoded words side by side: base64 that ends in =, a letter cut in two",
      TEXT("Subject: =?utf-8?B?S8O2bG4gYQ==?= =?utf-8?B?bmQgeA==?=\n =?UTF-8*de?q?_caf=C3?= "
           "=?utf-8?Q?=A9?= =?koi8-r?b?8A?= =?utf-8?Q?open =?utf-8?Q?\?=\n"
           "From: =?utf-8?B?w6k=?= =?utf-8?B?w6k=?= =?utf-8?Q?,_\"x\"_<y>?= <a@b.c>\n\nx"),
      "K\xC3\xB6ln and x caf\xC3\xA9\xD0\x9F =?utf-8?Q?open|\xC3\xA9\xC3\xA9, \"x\" <y>||x" },
    { .what = "an encoded word that hides a line end",
      TEXT("Subject: =?utf-8?Q?a=0Ab=00c?=\n\nx"),
      "a b c|||x" },
    { .what = "fields in bare UTF-8 and in bare Latin-1",
      TEXT("Subject: K\xC3\xB6ln\nFrom: Jos\xE9 <a@b.c>\n\nx"),
      "K\xC3\xB6ln|Jos\xC3\xA9||x" },
    { .what = "fields in what --charset says",
      TEXT("Subject: K\xF5ln\n\nK\xF5ln"),
      "K\xC5\x91ln|||K\xC5\x91ln",
      NULL,
      "ISO-8859-2" },
    { .what = "a name in quotes, a comment, a group, several",
      TEXT("From: \"Lee, Ann\" <a@b.c>, Bob <b@b.c>\n\nx"),
      "|Lee, Ann||x" },
    { .what = "an author without an address",
      TEXT("From: nobody at all\n\nx"),
      "|nobody at all||x" },
    { .what = "the day where it was written",
      TEXT("Date: Thu, 21 Feb 2019 23:30:00 -0800 (PST)\n\nx"),
      "||2019-02-21|x" },
    { .what = "no date", TEXT("Date: yesterday\n\nx"), "|||x" },
    { .what = "quoted-printable and a character set",
      TEXT("Content-Type: text/plain; charset=\"ISO-8859-15\"\n"
           "Content-Transfer-Encoding: Quoted-Printable\n\n=A4 10, caf=E9=\n s, =3D, =XX\n"),
      "|||\xE2\x82\xAC 10, caf\xC3\xA9 s, =, =XX" },
    { .what = "base64",
      TEXT("Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n"
           "\n8NXUyc4K8NXUyc4=\n"),
      "|||\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD\n\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD" },
    { .what = "an unknown character set is guessed",
      TEXT("Content-Type: text/plain; charset=x-nonsense\n\ncaf\xE9"),
      "|||caf\xC3\xA9" },
    { .what = "bytes that the declared set does not have",
      TEXT("Content-Type: text/plain; charset=utf-8\n\ncaf\xE9 x"),
      "|||caf\xEF\xBF\xBD x",
      "not in the character set that it declares" },
    { .what = "flowed lines",
      TEXT("Content-Type: text/plain; format=flowed\n\nAngela \nMerkel\n> Emmanuel \n> Macron\n"
           ">> From \n> below\n  stuffed\n-- \nsignature\nends with \n"),
      "|||Angela Merkel\n\nEmmanuel Macron\n\nFrom \n\nbelow\n\n stuffed\n-- \nsignature\n"
      "ends with" },
    { .what = "flowed lines, spaces deleted",
      TEXT("Content-Type: text/plain; format=flowed; delsp=yes\n\nMer \nkel and  \nPutin\n"),
      "|||Merkel and Putin" },
    { .what = "marks of quoted text",
      TEXT("\n> One\n> two\nThree\n\n>> four\n> > five\n > six\n>\n>seven\n>>> >eight\n"),
      "|||One\ntwo\n\nThree\n\nfour\nfive\n\n > six\n\nseven\n\neight" },
    { .what = "alternatives: plain text",
      TEXT("Content-Type: multipart/alternative; boundary=b\n\npreamble\n--b\n"
           "Content-Type: text/html\n\n<p>HTML</p>\n--b\n\nPlain\n--b--\nepilogue\n"),
      "|||Plain" },
    { .what = "alternatives: HTML beside a blank text",
      TEXT("Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\n"
           "Content-Type: text/html\n\n<p>HTML</p>\n--b--\n"),
      "|||HTML" },
    { .what = "alternatives: nothing to read",
      TEXT("Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n"
           "--b--\n"),
      "|||" },
    { .what = "alternatives: what is related to a page",
      TEXT("Content-Type: multipart/alternative; boundary=b\n\n--b\n"
           "Content-Type: multipart/related; boundary=\"c\"\n\n--c\n"
           "Content-Type: text/html\n\n<p>HTML</p>\n--c\nContent-Type: image/png\n\nPNG\n--c--\n"
           "--b--\n"),
      "|||HTML" },
    { .what = "parts in their order, an attached text too",
      TEXT("Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n\nOne\n\n--a b\n"
           "Content-Type: application/pdf\n\n%PDF\n--a b  \nContent-Type: text/plain\n"
           "Content-Disposition: attachment\n\nTwo\n--a b\nContent-Type: text/css\n\nx\n--a b--"),
      "|||One\n\nTwo" },
    { .what = "a boundary that begins another, and ends that are missing",
      TEXT("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
           "Content-Type: multipart/mixed; boundary=bc\n\n--bc\n\nOne\n--bc\n\n--bcd\n--b\n\nTwo"),
      "|||One\n\n--bcd\n\nTwo" },
    { .what = "a multipart without its boundary",
      TEXT("Content-Type: multipart/mixed\n\n--b\n\nOne"),
      "|||--b\n\nOne" },
    { .what = "a multipart whose boundary does not come",
      TEXT("Content-Type: multipart/mixed; boundary=b\n\nOne"),
      "|||One" },
    { .what = "a multipart without parts",
      TEXT("Content-Type: multipart/mixed; boundary=b\n\n--b--\nx"),
      "|||" },
    { .what = "a forwarded message",
      TEXT("Subject: Fwd\n"
           "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\n"
           "Content-Type: message/rfc822\n\nSubject: =?utf-8?Q?K=C3=B6ln?=\nFrom: Bob <b@b.c>\n\n"
           "Inner.\n--b\n\nAfter.\n--b--\n"),
      "Fwd|||See below.\n\nBob\n\nK\xC3\xB6ln\n\nInner.\n\nAfter." },
    { .what = "a forwarded message that is encoded",
      TEXT("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
           "U3ViamVjdDogaQpDb250ZW50LVR5cGU6IG11bHRpcGFydC9taXhlZDsgYm91bmRhcnk9YgoKLS1iCgpP\n"
           "bmUKLS1iCgpUd28KLS1iLS0K\n"),
      "|||i\n\nOne\n\nTwo" },
    { .what = "a digest",
      TEXT("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\n1\n--b\n\n"
           "Subject: two\n\n2\n--b--\n"),
      "|||one\n\n1\n\ntwo\n\n2" },
    { .what = "signed",
      TEXT("Content-Type: multipart/signed; boundary=b\n\n--b\n\nText\n--b\n"
           "Content-Type: application/pgp-signature\n\nxyz\n--b--\n"),
      "|||Text" },
    { .what = "encrypted",
      TEXT("Subject: s\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n"
           "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n"
           "Content-Type: application/octet-stream\n\nxyz\n--b--\n"),
      "s|||",
      "encrypted" },
    { .what = "a type that is none", TEXT("Content-Type: nonsense\n\nText"), "|||Text" },
    { .what = "parameters",
      TEXT("Content-Type: TEXT/Plain ; name=\"a;charset=x\\\"\" ;; charset = \"koi8-r\" (Cyrillic)"
           "\n\n\xF0"),
      "|||\xD0\x9F" },
};

/* Without blanks around it. */
static ng_view text_of(const ng_extracted *extracted)
{
    return ng_header_trim(ng_buffer_view(&extracted->text));
}

/* Is mail read at all in this build? */
static bool has_mail(void)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_extracted extracted;
    ng_status status = NG_OK;

    ng_options_init(&options);
    ng_extracted_init(&extracted, SIZE_MAX / 4);
    status = ng_mail_extract(cx, NG_VIEW(""), "a.eml", &options, &extracted);
    ng_extracted_destroy(cx, &extracted);
    ng_ctx_free(cx);
    return status == NG_OK;
}

static ng_status extract(ng_ctx *cx, const mail_case *test, ng_extracted *extracted)
{
    ng_options options;

    ng_options_init(&options);
    options.charset = test->charset;
    ng_extracted_init(extracted, SIZE_MAX / 4);
    return ng_mail_extract(cx, test->message, "a.eml", &options, extracted);
}

/* The parts as the cases write them. */
static void describe(ng_ctx *cx, const ng_extracted *extracted, ng_buffer *out)
{
    const ng_view parts[] = { ng_buffer_view(&extracted->title), ng_buffer_view(&extracted->author),
                              ng_buffer_view(&extracted->date), text_of(extracted) };

    ng_buffer_init(out, 1 << 20);
    for (size_t i = 0; i < 4; i++) {
        assert_true(ng_utf8_is_valid(parts[i]));
        if (i > 0)
            assert_int_equal(ng_buffer_add_byte(cx, out, '|'), NG_OK);
        assert_int_equal(ng_buffer_add(cx, out, parts[i]), NG_OK);
    }
}

static void test_cases(void **state)
{
    (void)state;
    if (!has_mail())
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_ctx *cx = ng_ctx_new();
        ng_extracted extracted;
        ng_buffer out;

        print_message("case: %s\n", cases[i].what);
        assert_int_equal(extract(cx, &cases[i], &extracted), NG_OK);
        describe(cx, &extracted, &out);
        assert_string_equal(ng_buffer_view(&out).data, cases[i].wanted);
        assert_int_equal(cases[i].remark != NULL, extracted.remark != NULL);
        if (cases[i].remark)
            assert_memory_equal(extracted.remark, cases[i].remark, strlen(cases[i].remark));
        ng_buffer_destroy(cx, &out);
        ng_extracted_destroy(cx, &extracted);
        ng_ctx_free(cx);
    }
}

/* ---- memory ---- */

/* Every allocation of ours fails once. */
static void test_memory(void **state)
{
    (void)state;
    if (!has_mail())
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_status status = NG_E_MEMORY;

        for (size_t fail_at = 1; status != NG_OK; fail_at++) {
            ng_ctx *cx = ng_ctx_new();
            ng_extracted extracted;
            test_heap heap;

            test_use_heap(cx, &heap);
            heap.fail_at = fail_at;
            status = extract(cx, &cases[i], &extracted);
            assert_true(status == NG_OK || status == NG_E_MEMORY);
            ng_extracted_destroy(cx, &extracted);
            assert_int_equal(heap.live, 0);
            ng_ctx_free(cx);
        }
    }
}

/* ---- hostile messages ---- */

/* A beginning, a piece many times, an end. */
static const struct {
    const char *what, *beginning, *piece, *end;
    size_t count;
    const char *text; /* of it; NULL: any */
} hostile_cases[] = {
    { "parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", "--b--", 100000,
      NULL },
    { "alternatives", "Content-Type: multipart/alternative; boundary=b\n\n",
      "--b\nContent-Type: text/html\n\nx\n", "--b\n\ny\n--b--", 100000, "y" },
    { "parts within parts", "", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "\nx", 100000,
      NULL },
    { "alternatives within each other", "",
      "Content-Type: multipart/alternative; boundary=b\n\n--b\n", "\nx", 100000, NULL },
    { "messages within messages", "", "Content-Type: message/rfc822\n\n", "\nx", 100000, NULL },
    { "a delimiter without end", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b",
      "          ", "", 1000000, NULL },
    { "a boundary without end", "Content-Type: multipart/mixed; boundary=\"", "bbbbbbbbbb",
      "\"\n\nx", 1000000, "x" },
    { "a parameter without end", "Content-Type: text/plain; charset*=", "bbbbbbbbbb", "'en'y\n\nx",
      2000000, "x" },
    { "parameters", "Content-Type: text/plain", "; a=b", "\n\nx", 1000000, "x" },
    { "a field without end", "Subject: ", "abcdefghi ", "\n\nx", 1000000, "x" },
    { "encoded words", "Subject: ", "=?utf-8?Q?a?= ", "\n\nx", 1000000, "x" },
    { "addresses", "From: ", "a@b.c, ", "\n\nx", 1000000, "x" },
    { "groups within groups", "From: ", "a:", "\n\nx", 1000000, "x" },
    { "comments within comments", "From: ", "(", "\n\nx", 1000000, "x" },
    { "fields", "", "From: a\n", "\nx", 1000000, "x" },
    { "folded lines", "Subject: x", "\n ", "\n\nx", 1000000, "x" },
    { "marks", "\n", ">", " x", 1000000, "x" },
    { "marks that change", "\n", ">x\nx\n", "", 200000, NULL },
    { "flowed lines", "Content-Type: text/plain; format=flowed\n\n", "> x \n", "", 200000, NULL },
    { "soft breaks", "Content-Transfer-Encoding: quoted-printable\n\n", "=\n", "x", 1000000, "x" },
};

static void test_hostile(void **state)
{
    (void)state;
    if (!has_mail())
        skip();
    for (size_t i = 0; i < sizeof hostile_cases / sizeof *hostile_cases; i++) {
        ng_ctx *cx = ng_ctx_new();
        ng_buffer message;
        mail_case test = { .what = hostile_cases[i].what };
        ng_extracted extracted;

        print_message("hostile: %s\n", test.what);
        ng_buffer_init(&message, SIZE_MAX / 4);
        assert_int_equal(ng_buffer_add(cx, &message, ng_view_of(hostile_cases[i].beginning)), 0);
        for (size_t n = 0; n < hostile_cases[i].count; n++)
            assert_int_equal(ng_buffer_add(cx, &message, ng_view_of(hostile_cases[i].piece)), 0);
        assert_int_equal(ng_buffer_add(cx, &message, ng_view_of(hostile_cases[i].end)), 0);
        test.message = ng_buffer_view(&message);
        assert_int_equal(extract(cx, &test, &extracted), NG_OK);
        if (hostile_cases[i].text)
            assert_true(ng_view_equal(text_of(&extracted), ng_view_of(hostile_cases[i].text)));
        assert_true(extracted.text.size <= message.size * 2);
        ng_extracted_destroy(cx, &extracted);
        ng_buffer_destroy(cx, &message);
        ng_ctx_free(cx);
    }
}

/* More text than a document may have. */
static void test_limit(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_extracted extracted;

    (void)state;
    if (!has_mail())
        skip();
    ng_options_init(&options);
    options.document_bytes = 8;
    ng_extracted_init(&extracted, SIZE_MAX / 4);
    assert_int_equal(ng_mail_extract(cx, NG_VIEW("\n123456789"), "a.eml", &options, &extracted),
                     NG_E_LIMIT);
    assert_string_equal(ng_ctx_error(cx), "a.eml: larger than 8 bytes; raise --max-document-bytes");
    ng_extracted_destroy(cx, &extracted);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
