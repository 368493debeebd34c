/* PDF: what comes out of one, and the program that reads it as it may behave: well, badly, late,
 * not at all. Small shell scripts stand for it, so that every end can be had at will. */
#include "faults.h"

#include <pthread.h>
#include <sys/stat.h>

#include "documents/documents_internal.h"

#define DATA_FOLDER NG_TEST_DATA "/documents/pdf"

/* One run: what is read, what must come of it. */
typedef struct behaviour {
    const char *name, *script;
    uint32_t seconds;
    ng_status status;
    const char *wanted; /* a part of the message, or "title|author|date|text" */
} behaviour;

static const behaviour behaviours[] = {
    { "well", "printf 'nergraph-pdf 1 5 3 10 6 1\\nTitleAnn2019-02-21Text.\\n'", 20, NG_OK,
      "Title|Ann|2019-02-21|Text.\n" },
    { "its options", "printf 'nergraph-pdf 1 0 0 0 %d 1\\n%s' $(printf '%s' \"$*\" | wc -c) \"$*\"",
      20, NG_OK, "|||-s 20 -b 1073741824" },
    { "reads nothing of its input", "printf 'nergraph-pdf 1 0 0 0 1 1\\nx'", 20, NG_OK, "|||x" },
    { "is given the bytes", "printf 'nergraph-pdf 1 0 0 0 9 1\\n'; cat", 20, NG_OK,
      "|||%PDF-1.4\n" },
    { "a bad byte", "printf 'nergraph-pdf 1 1 0 0 1 1\\n\\377\\377'", 20, NG_OK,
      "\xEF\xBF\xBD|||\xEF\xBF\xBD" },
    { "no text", "printf 'nergraph-pdf 1 0 0 0 0 3\\n'", 20, NG_OK, "|||" },
    { "nothing", "exit 0", 20, NG_E_DATA, "gave no text" },
    { "too little", "printf 'nergraph-pdf 1 0 0 0 9 1\\nx'", 20, NG_E_DATA, "gave no text" },
    { "too much", "printf 'nergraph-pdf 1 0 0 0 1 1\\nxy'", 20, NG_E_DATA, "gave no text" },
    { "sizes past all bounds", "printf 'nergraph-pdf 1 18446744073709551615 1 0 1 1\\nx'", 20,
      NG_E_DATA, "gave no text" },
    { "another version", "printf 'nergraph-pdf 2 0 0 0 1 1\\nx'", 20, NG_E_DATA, "gave no text" },
    { "a longer text than a document may have",
      "printf 'nergraph-pdf 1 0 0 0 9999 1\\n'; head -c 9999 /dev/zero", 20, NG_E_LIMIT,
      "--max-document-bytes" },
    { "refuses", "echo 'nergraph-pdf: an encrypted PDF' >&2; exit 3", 20, NG_E_DATA,
      "a.pdf: an encrypted PDF" },
    { "refuses without a word", "exit 3", 20, NG_E_DATA, "a.pdf: cannot be read" },
    { "unknown code", "exit 99", 20, NG_E_DATA, "cannot be read" },
    { "no memory", "exit 6", 20, NG_E_LIMIT, "raise --pdf-bytes" },
    { "crash", "kill -SEGV $$", 20, NG_E_DATA, "ended by signal 11" },
    { "crash in the middle", "printf 'nergraph-pdf 1 0 0'; kill -ABRT $$", 20, NG_E_DATA,
      "ended by signal 6" },
    { "cpu time", "kill -XCPU $$", 20, NG_E_LIMIT, "raise --pdf-seconds" },
    { "late", "printf half; exec sleep 30", 1, NG_E_LIMIT, "longer than 1 s; raise --pdf-seconds" },
};

/* Makes a script that may be run and lets it be the program. */
static void use_program(const char *folder, const char *body)
{
    char text[1024], path[300];
    int size = snprintf(text, sizeof text, "#!/bin/sh\n%s\n", body);

    test_write_file(folder, "pdf", (ng_view){ text, (size_t)size });
    (void)snprintf(path, sizeof path, "%s/pdf", folder);
    assert_int_equal(chmod(path, 0755), 0);
    assert_int_equal(setenv("NERGRAPH_PDF", path, 1), 0);
}

/* The parts as the cases write them. */
static void describe(ng_ctx *cx, const ng_extracted *extracted, ng_buffer *out)
{
    const ng_buffer *parts[] = { &extracted->title, &extracted->author, &extracted->date,
                                 &extracted->text };

    ng_buffer_init(out, 1 << 20);
    for (size_t i = 0; i < 4; i++) {
        assert_true(ng_utf8_is_valid(ng_buffer_view(parts[i])));
        if (i > 0)
            assert_int_equal(ng_buffer_add_byte(cx, out, '|'), NG_OK);
        assert_int_equal(ng_buffer_add(cx, out, ng_buffer_view(parts[i])), NG_OK);
    }
}

/* Reads bytes and compares: `wanted` as in a behaviour. */
static void check(ng_view bytes, const behaviour *test)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_extracted extracted;
    ng_buffer out;
    ng_status status = NG_OK;

    ng_options_init(&options);
    options.pdf_seconds = test->seconds;
    options.document_bytes = 1 << 12;
    ng_extracted_init(&extracted, SIZE_MAX / 4);
    status = ng_pdf_extract(cx, bytes, "a.pdf", &options, &extracted);
    if (status != test->status)
        fail_msg("%s: status %d, wanted %d: %s", test->name, (int)status, (int)test->status,
                 ng_ctx_error(cx));
    if (status == NG_OK) {
        describe(cx, &extracted, &out);
        assert_string_equal(ng_buffer_view(&out).data, test->wanted);
        assert_int_equal(extracted.remark != NULL, extracted.text.size == 0);
        ng_buffer_destroy(cx, &out);
    } else if (!strstr(ng_ctx_error(cx), test->wanted)) {
        fail_msg("%s: message: %s", test->name, ng_ctx_error(cx));
    }
    ng_extracted_destroy(cx, &extracted);
    ng_ctx_free(cx);
}

static void test_behaviours(void **state)
{
    char folder[256];

    (void)state;
    test_make_folder(folder);
    for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++) {
        use_program(folder, behaviours[i].script);
        check(NG_VIEW("%PDF-1.4\n"), &behaviours[i]);
    }
    test_remove_folder(folder);
}

/* A program that is not there, or may not be run, is named with a remedy. */
static void test_missing(void **state)
{
    static const char *const programs[] = { "/nonexistent/nergraph-pdf", "/etc/passwd",
                                            "no-such-program-anywhere" };

    (void)state;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        const behaviour test = { "missing", NULL, 20, NG_E_DATA, programs[i] };

        assert_int_equal(setenv("NERGRAPH_PDF", programs[i], 1), 0);
        check(NG_VIEW("%PDF-1.4\n"), &test);
    }
}

/* ---- the real program ---- */

/* The files of the samples, damaged files, and no PDF at all. */
static const struct {
    behaviour test;
    const char *file; /* NULL: `bytes` */
    size_t cut;       /* bytes of it that are read; 0: all */
    ng_view bytes;
} samples[] = {
    { { "pages", NULL, 60, NG_OK,
        "Talks (in Berlin)|Ann Lee|2019-02-21|Annual report\n\nTalks in Berlin\n\n"
        "Angela Merkel met Vladimir Putin in Moscow on Monday and spoke with the foreign minister "
        "of France. Hafez Al-Assad, said to be ill, sent a telegram to Al-Jazeera and to others.\n"
        "\nEmmanuel Macron waited in Paris until the evening. He was told by telephone that guests "
        "from abroad were on their way to Berlin, among them President Joe Biden and others.\n\n"
        "1\n\nAnnual report\n\nKenya agreed.\n\n2\n" },
      "pages.pdf",
      0,
      { NULL, 0 } },
    { { "columns", NULL, 60, NG_OK,
        "|||Angela Merkel flew to Warsaw on Monday and spoke with Donald Tusk.\n\n"
        "Emmanuel Macron flew to Rome on Tuesday and spoke with Mario Draghi.\n" },
      "columns.pdf",
      0,
      { NULL, 0 } },
    { { "columns a letter apart", NULL, 60, NG_OK,
        "|||Grain and flags in Warsaw and in Rome, all the summer long\n\n"
        "Angela Merkel flew to Warsaw on Monday and spoke with Donald Tusk about the harvest and "
        "about the price of grain, which had doubled within a year. On Tuesday she met farmers in "
        "Kielce and promised that Germany would buy what they could not sell. Jean Castex was "
        "there, too, and said little. Emmanuel Macron flew to Rome and spoke with Mario Draghi "
        "about the same. Nobody in Italy had expected it, but the farmers of Puglia came in "
        "hundreds and waited for him at the gates, with songs and with flags.\n\n"
        "Both come home on Friday, as the offices of the two said to reporters in Brussels on "
        "Monday.\n" },
      "narrow.pdf",
      0,
      { NULL, 0 } },
    { { "scan", NULL, 60, NG_OK, "|||" }, "scan.pdf", 0, { NULL, 0 } },
    { { "encrypted", NULL, 60, NG_E_DATA, "a.pdf: an encrypted PDF; take its password off" },
      "encrypted.pdf",
      0,
      { NULL, 0 } },
    { { "cut off", NULL, 60, NG_E_DATA, "a damaged" }, "encrypted.pdf", 700, { NULL, 0 } },
    { { "garbage", NULL, 60, NG_E_DATA, "a damaged" },
      NULL,
      0,
      { "%PDF-1.4\n\x00\xFF garbage", 19 } },
    { { "no PDF", NULL, 60, NG_E_DATA, "no PDF" }, NULL, 0, { "Kenya", 5 } },
    { { "nothing", NULL, 60, NG_E_DATA, "no PDF" }, NULL, 0, { "", 0 } },
};

/* Reads a sample into `room`. */
static ng_view read_sample(const char *name, char room[1 << 14])
{
    char path[512];
    FILE *file = NULL;
    size_t size = 0;

    (void)snprintf(path, sizeof path, "%s/%s", DATA_FOLDER, name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(room, 1, 1 << 14, file);
    assert_int_equal(fclose(file), 0);
    return (ng_view){ room, size };
}

/* Lets the program that was built be the one that is started; false when there is none. */
static bool use_built(void)
{
    assert_int_equal(setenv("NERGRAPH_PDF", NG_TEST_PDF_PROGRAM, 1), 0);
    return access(NG_TEST_PDF_PROGRAM, X_OK) == 0;
}

static void test_samples(void **state)
{
    static char room[1 << 14];

    (void)state;
    if (!use_built())
        skip();
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        ng_view bytes = samples[i].file ? read_sample(samples[i].file, room) : samples[i].bytes;

        if (samples[i].cut > 0)
            bytes = ng_view_part(bytes, 0, samples[i].cut);
        check(bytes, &samples[i].test);
    }
}

/* However a file is cut or changed, there is an end and a verdict. */
static void test_damage(void **state)
{
    static char room[1 << 14];
    ng_view sample = NG_VIEW_NONE;
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    uint64_t random = 7;

    (void)state;
    if (!use_built())
        skip();
    ng_options_init(&options);
    for (int i = 0; i < 60; i++) {
        ng_extracted extracted;
        ng_status status = NG_OK;

        sample = read_sample(i % 2 ? "pages.pdf" : "encrypted.pdf", room);
        for (int k = 0; k < 12; k++)
            room[ng_random_below(&random, (uint32_t)sample.size)] =
                (char)ng_random_below(&random, 256);
        ng_extracted_init(&extracted, SIZE_MAX / 4);
        status = ng_pdf_extract(cx, sample, "a.pdf", &options, &extracted);
        assert_true(status == NG_OK || status == NG_E_DATA || status == NG_E_LIMIT);
        ng_extracted_destroy(cx, &extracted);
    }
    ng_ctx_free(cx);
}

/* ---- threads and memory ---- */

/* One thread's share: the program says what it is given, and must be given what is ours. */
static void *run_many(void *index)
{
    char text[8];
    behaviour test = { "threads", NULL, 20, NG_OK, NULL };
    char wanted[16];

    (void)snprintf(text, sizeof text, "%07d", *(const int *)index);
    (void)snprintf(wanted, sizeof wanted, "|||%s", text);
    test.wanted = wanted;
    for (int i = 0; i < 20; i++)
        check((ng_view){ text, 7 }, &test);
    return NULL;
}

/* Several at once: nobody gets another's bytes, nobody waits for another's program. */
static void test_threads(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int indexes[THREADS];
    char folder[256];

    (void)state;
    test_make_folder(folder);
    use_program(folder, "printf 'nergraph-pdf 1 0 0 0 7 1\\n'; cat");
    for (int i = 0; i < THREADS; i++) {
        indexes[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, run_many, &indexes[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    test_remove_folder(folder);
}

/* Every allocation fails once. */
static void test_memory(void **state)
{
    ng_status status = NG_E_MEMORY;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    use_program(folder, "printf 'nergraph-pdf 1 1 1 1 3 1\\n\\377ab\\377cd'");
    for (size_t fail_at = 1; status != NG_OK; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        ng_options options;
        ng_extracted extracted;
        test_heap heap;

        ng_options_init(&options);
        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        ng_extracted_init(&extracted, SIZE_MAX / 4);
        status = ng_pdf_extract(cx, NG_VIEW("x"), "a.pdf", &options, &extracted);
        assert_true(status == NG_OK || status == NG_E_MEMORY);
        ng_extracted_destroy(cx, &extracted);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    test_remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_behaviours), cmocka_unit_test(test_missing),
        cmocka_unit_test(test_samples),    cmocka_unit_test(test_damage),
        cmocka_unit_test(test_threads),    cmocka_unit_test(test_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
