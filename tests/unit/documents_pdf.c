/* PDF: what a file says, and what becomes of the program that reads it. */
#include "faults.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "documents/documents_internal.h"

/* A program in the place of nergraph-pdf. */
static void use_program(const char *script)
{
    test_write_file(".", "program", ng_view_of(script));
    assert_int_equal(chmod("program", 0755), 0);
    assert_int_equal(setenv("NERGRAPH_PDF", "./program", 1), 0);
}

static ng_status extract(ng_ctx *cx, const char *bytes, uint32_t seconds, ng_extracted *out)
{
    ng_options options;

    ng_options_init(&options);
    options.pdf_seconds = seconds;
    options.document_bytes = 100000;
    ng_extracted_init(out, SIZE_MAX / 4);
    return ng_pdf_extract(cx, ng_view_of(bytes), "x.pdf", &options, out);
}

static const struct {
    const char *what, *script;
    const char *text; /* or NULL */
    ng_status status;
    const char *message; /* its beginning, or the remark */
    uint32_t seconds;
} cases[] = {
    { "an answer",
      "#!/bin/sh\ncat >/dev/null; printf 'nergraph-pdf 1 1 2 10 4\\nTAb2019-02-21Text'", "Text",
      NG_OK, NULL, 60 },
    { "the file goes in", "#!/bin/sh\nprintf 'nergraph-pdf 1 0 0 0 5\\n'; cat", "%PDF-", NG_OK,
      NULL, 60 },
    { "no text", "#!/bin/sh\nprintf 'nergraph-pdf 1 0 0 0 3\\n\\n \\n'", "\n \n", NG_OK,
      "no text in it (a scan? recognize its characters first)", 60 },
    { "bad bytes", "#!/bin/sh\nprintf 'nergraph-pdf 1 0 0 0 2\\na\\377'", "a\xEF\xBF\xBD", NG_OK,
      NULL, 60 },
    { "a complaint", "#!/bin/sh\necho encrypted >&2; exit 3", NULL, NG_E_DATA,
      "x.pdf: a PDF file that cannot be read: encrypted", 60 },
    { "another program", "#!/bin/sh\necho nergraph-pdf 2", NULL, NG_E_DATA,
      "x.pdf: nergraph-pdf is of another version", 60 },
    { "sizes that lie", "#!/bin/sh\nprintf 'nergraph-pdf 1 0 0 0 18446744073709551615\\nabc'", NULL,
      NG_E_DATA, "x.pdf: nergraph-pdf is of another version", 60 },
    { "sizes that are too small", "#!/bin/sh\nprintf 'nergraph-pdf 1 0 0 0 1\\nabc'", NULL,
      NG_E_DATA, "x.pdf: nergraph-pdf is of another version", 60 },
    { "a crash", "#!/bin/sh\nkill -SEGV $$", NULL, NG_E_DATA,
      "x.pdf: a PDF file that cannot be read: nergraph-pdf crashed", 60 },
    { "no end", "#!/bin/sh\nexec sleep 60", NULL, NG_E_LIMIT, "x.pdf: takes longer than 1 s", 1 },
    { "no end of text", "#!/bin/sh\nexec cat /dev/zero", NULL, NG_E_LIMIT,
      "x.pdf: larger than 100000 bytes", 60 },
};

static void test_programs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_ctx *cx = ng_ctx_new();
        ng_extracted out;
        ng_status status = NG_OK;

        print_message("case: %s\n", cases[i].what);
        use_program(cases[i].script);
        status = extract(cx, "%PDF-", cases[i].seconds, &out);
        assert_int_equal(status, cases[i].status);
        if (cases[i].text)
            assert_true(ng_view_equal(ng_buffer_view(&out.text), ng_view_of(cases[i].text)));
        if (status == NG_OK && cases[i].message)
            assert_string_equal(out.remark, cases[i].message);
        if (status != NG_OK)
            assert_true(ng_view_starts(ng_view_of(ng_ctx_error(cx)), ng_view_of(cases[i].message)));
        ng_extracted_destroy(cx, &out);
        ng_ctx_free(cx);
    }
}

static void test_missing(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_extracted out;

    (void)state;
    assert_int_equal(setenv("NERGRAPH_PDF", "./nothing", 1), 0);
    assert_int_equal(extract(cx, "%PDF-", 60, &out), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(cx), "nergraph-pdf, is not there"));
    ng_extracted_destroy(cx, &out);
    ng_ctx_free(cx);
}

static void test_no_allocation_is_taken_for_granted(void **state)
{
    size_t calls = 0;

    (void)state;
    use_program(cases[0].script);
    for (size_t fail_at = 0; fail_at == 0 || fail_at <= calls; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap = { 0 };
        ng_extracted out;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        status = extract(cx, "%PDF-", 60, &out);
        calls = fail_at == 0 ? heap.calls : calls;
        /* the answer may come in fewer pieces than before */
        assert_int_equal(status, fail_at == 0 || heap.calls < fail_at ? NG_OK : NG_E_MEMORY);
        ng_extracted_destroy(cx, &out);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(calls > 2);
}

static char folder[256];

static int enter_folder(void **state)
{
    (void)state;
    test_make_folder(folder);
    return chdir(folder);
}

static int leave_folder(void **state)
{
    (void)state;
    if (chdir("/") != 0)
        return -1;
    test_remove_folder(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_no_allocation_is_taken_for_granted),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
