/* Annotated documents: tokens with tags, gold records, mentions; and what is none of these. */
#include "faults.h"
#include "training/training.h"

#include <errno.h>

/* A context and a folder for the files of one test. */
typedef struct place {
    ng_ctx *cx;
    char folder[256];
    char path[300];
    test_messages messages;
} place;

static int open_place(void **state)
{
    place *here = calloc(1, sizeof *here);

    assert_non_null(here);
    here->cx = ng_ctx_new();
    ng_ctx_on_message(here->cx, test_keep_message, &here->messages);
    test_make_folder(here->folder);
    (void)snprintf(here->path, sizeof here->path, "%s/x", here->folder);
    *state = here;
    return 0;
}

static int close_place(void **state)
{
    place *here = *state;

    test_remove_folder(here->folder);
    ng_ctx_free(here->cx);
    free(here);
    return 0;
}

/* Appends a document as one line: "id|text|start-end TYPE ...\n"; line feeds of the text become /.
 */
static void dump_document(const ng_annotated_document *document, ng_buffer *out, ng_ctx *cx)
{
    ng_status status = ng_buffer_add(cx, out, document->has_id ? document->id : NG_VIEW("-"));

    status = status == NG_OK ? ng_buffer_add_byte(cx, out, '|') : status;
    for (size_t i = 0; i < document->text.size && status == NG_OK; i++)
        status = ng_buffer_add_byte(cx, out,
                                    document->text.data[i] == '\n' ? '/' : document->text.data[i]);
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, document->has_text ? NG_VIEW("|") : NG_VIEW("no text|"));
    for (size_t i = 0; i < document->annotation_count && status == NG_OK; i++) {
        const ng_annotation *each = &document->annotations[i];

        status = ng_buffer_format(cx, out, "%s%u-%u %.*s%s", i ? ", " : "", each->start, each->end,
                                  (int)each->type.size, each->type.data,
                                  each->is_demonym ? " demonym" : "");
    }
    assert_int_equal(status, NG_OK);
    assert_int_equal(ng_buffer_add_byte(cx, out, '\n'), NG_OK);
}

/* Reads a whole file into a dump. */
static ng_status read_file(ng_ctx *cx, const char *path, ng_annotation_choice choice,
                           ng_buffer *out)
{
    ng_annotated *file = NULL;
    const ng_annotated_document *document = NULL;
    ng_status status = ng_annotated_open(cx, path, choice, &file);

    if (status != NG_OK)
        return status;
    do {
        status = ng_annotated_next(cx, file, &document);
        if (status == NG_OK && document && out)
            dump_document(document, out, cx);
    } while (status == NG_OK && document);
    ng_annotated_close(cx, file);
    return status;
}

static void check_dump(place *here, const char *content, ng_annotation_choice choice,
                       const char *dump)
{
    ng_buffer out;
    ng_status status;

    test_write_file(here->folder, "x", ng_view_of(content));
    ng_buffer_init(&out, 1 << 16);
    status = read_file(here->cx, here->path, choice, &out);
    if (status != NG_OK)
        fail_msg("%s gave %d: %s", content, (int)status, ng_ctx_error(here->cx));
    assert_int_equal(ng_buffer_add_byte(here->cx, &out, '\0'), NG_OK);
    assert_string_equal(out.data, dump);
    ng_buffer_destroy(here->cx, &out);
}

static void documents_are_read(void **state)
{
    static const struct {
        const char *content, *dump;
    } rows[] = {
        { "", "" },
        { "\n\n \n", "" },
        { "# nothing\n", "" },
        { "-DOCSTART-\tO\n", "" },
        /* tokens */
        { "Ann\tB-PER\nLee\tI-PER\nleft\tO\n", "-|Ann Lee left|0-7 PER\n" },
        { "Ann\tB-PER\nBo\tB-PER\n", "-|Ann Bo|0-3 PER, 4-6 PER\n" },
        { "Ann\tI-PER\nBo\tI-LOC", "-|Ann Bo|0-3 PER, 4-6 LOC\n" },
        { "Ann\tB-PER\n\nBo\tI-PER\n", "-|Ann/Bo|0-3 PER, 4-6 PER\n" },
        { "Ann\tB-PER\r\n\r\nBo\tO\r\n", "-|Ann/Bo|0-3 PER\n" },
        { "\xC3\x85sa\tB-PER\n\xF0\x9F\x98\x80\tO\nBo\tB-PER\n",
          "-|\xC3\x85sa \xF0\x9F\x98\x80 Bo|0-3 PER, 6-8 PER\n" },
        { "Ann\tNNP\tx\tB-PER\n", "-|Ann|0-3 PER\n" },
        { "Ann NNP  I-NP B-PER \n", "-|Ann|0-3 PER\n" },
        { "New York\tB-GPE\n", "-|New York|0-8 GPE\n" },
        { "a\tB-MISC-WORK-B-X\n", "-|a|0-1 MISC-WORK-B-X\n" },
        { "{\tO\n\"\tO\n", "-|{ \"|\n" },
        { "{ O\nx B-PER\n", "-|{ x|2-3 PER\n" },
        { "#\tB-ORG\n# O\n#tag O\n", "-|# # #tag|0-1 ORG\n" },
        { "a SYM O\n# SYM O\n# O\n", "-|a #|\n" },
        { "# par = 0\n# text = a\tb\nx\tO\n", "-|x|\n" },
        { "\xEF\xBB\xBFx\tO\n", "-|x|\n" },
        /* documents of tokens */
        { "-DOCSTART-\tO\n\n# doc_id = a b\nx\tO\n\n-DOCSTART-\tO\n\n# doc_id = c\n# "
          "doc_id=d\ny\tO\n",
          "a b|x|\nc||\nd|y|\n" },
        { "# doc_id = a\n-DOCSTART- -X- O O\nx O\n-DOCSTART-\n-DOCSTART-\n# doc_id = b\n",
          "a|x|\nb||\n" },
        { "x\tO\n-DOCSTART-\nAnn\tI-PER\n", "-|x|\n-|Ann|0-3 PER\n" },
        /* records */
        { "{\"id\":\"a\",\"text\":\"\xC3\x85sa met "
          "Bo.\",\"entities\":[[0,3,\"PER\",\"x\",[]],[8,10,"
          "\"MISC-X\"]],\"sents\":[]}\n\n  \n",
          "a|\xC3\x85sa met Bo.|0-3 PER, 8-10 MISC-X\n" },
        { " \n{ \"text\":\"x\",\"entities\":[]}\r\n{\"entities\":[[1,1,\"\"]]}",
          "-|x|\n-|no text|1-1 \n" },
        { "{\"id\":7,\"entities\":[]}\n{\"id\":-1.5,\"entities\":[]}\n{\"id\":\"\",\"entities\":[]"
          "}",
          "7|no text|\n-1.5|no text|\n|no text|\n" },
        { "{\"id\":null,\"mentions\":[{\"start\":4,\"end\":7,\"kind\":\"country\",\"form\":"
          "\"demonym\"},"
          "{\"in_title\":true},{\"kind\":\"person\",\"end\":2,\"start\":1,\"in_title\":false}]}",
          "-|no text|4-7 country demonym, 1-2 person\n" },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_dump(here, rows[i].content, NG_ENTITIES_FIRST, rows[i].dump);
    assert_int_equal(here->messages.count, 0);
}

static void the_wanted_list_comes_first(void **state)
{
    static const char both[] = "{\"mentions\":[{\"start\":0,\"end\":1,\"kind\":\"m\"}],"
                               "\"entities\":[[2,3,\"e\"]]}\n{\"entities\":[]}";
    place *here = *state;

    check_dump(here, both, NG_ENTITIES_FIRST, "-|no text|2-3 e\n-|no text|\n");
    check_dump(here, both, NG_MENTIONS_FIRST, "-|no text|0-1 m\n-|no text|\n");
}

static void bad_bytes_are_replaced_with_a_remark(void **state)
{
    place *here = *state;

    check_dump(here, "A\xFF\tB-PER\n", NG_ENTITIES_FIRST, "-|A\xEF\xBF\xBD|0-2 PER\n");
    assert_int_equal(here->messages.count, 1);
    assert_non_null(strstr(here->messages.text, "not valid UTF-8"));
}

static void code_points_know_their_bytes(void **state)
{
    static const uint32_t wanted[] = { 0, 2, 3, 7, 8 };
    place *here = *state;
    ng_annotated *file = NULL;
    const ng_annotated_document *document = NULL;

    test_write_file(here->folder, "x",
                    NG_VIEW("{\"text\":\"\xC3\xA9\\u0000\xF0\x9F\x98\x80.\",\"entities\":[]}"));
    assert_int_equal(ng_annotated_open(here->cx, here->path, NG_ENTITIES_FIRST, &file), NG_OK);
    assert_int_equal(ng_annotated_next(here->cx, file, &document), NG_OK);
    assert_int_equal(document->character_count, 4);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_int_equal(document->bytes_at[i], wanted[i]);
    assert_int_equal(document->form, NG_ANNOTATION_ENTITIES);
    assert_int_equal(document->line, 1);
    ng_annotated_close(here->cx, file);
    ng_annotated_close(here->cx, NULL);
}

/* What cannot be meant is refused by its line. */
static void nonsense_is_refused_by_its_line(void **state)
{
    static const struct {
        const char *content, *message;
    } rows[] = {
        { "Ann met Bo.\n", "x:1: the last column" },
        { "Ann\n", "x:1: neither a token" },
        { "a\tO\n\nb\n", "x:3: neither a token" },
        { "a\tO\n\tO\n", "x:2: a tag without a token" },
        { "a\tO\nb\tS-PER\n", "x:2: the last column, \"S-PER\"" },
        { "a\tB-\n", "x:1: the last column, \"B-\"" },
        { "a\tO\tperson:ann\n", "x:1: the last column, \"person:ann\"" },
        { "a\t\n", "x:1: the last column, \"\"" },
        { "{\tO\n}\n", "x:2: neither a token" },
        { "# doc_id = a\nx\tO\n-DOCSTART-\ny\tO\n", "x:4: a document without an id" },
        { "x\tO\n# doc_id = a\ny\tO\n", "x:2: a document with an id" },
        { "{\"entities\":[]}\nAnn\tO\n", "x:2: not a JSON record" },
        { "{\"entities\":[]}\n[]\n", "x:2: not a JSON record: an object" },
        { "\n{\"id\":\n", "x:2: not a JSON record" },
        { "{}", "x:1: neither \"entities\" nor \"mentions\"" },
        { "{\"entities\":7}", "x:1: \"entities\" is not a list" },
        { "{\"mentions\":{}}", "x:1: \"mentions\" is not a list" },
        { "{\"id\":[],\"entities\":[]}", "x:1: \"id\"" },
        { "{\"id\":true,\"entities\":[]}", "x:1: \"id\"" },
        { "{\"text\":7,\"entities\":[]}", "x:1: \"text\" is not a string" },
        { "{\"entities\":[{}]}", "x:1: entities[0]: not a list" },
        { "{\"entities\":[[0,1,\"PER\"],[0,1]]}", "x:1: entities[1]: no text says" },
        { "{\"entities\":[[0,1,7]]}", "x:1: entities[0]: no text says" },
        { "{\"entities\":[[0]]}", "x:1: entities[0]: start and end" },
        { "{\"entities\":[[0,1.0,\"PER\"]]}", "x:1: entities[0]: start and end" },
        { "{\"entities\":[[-1,1,\"PER\"]]}", "x:1: entities[0]: start and end" },
        { "{\"entities\":[[0,4294967295,\"PER\"]]}", "x:1: entities[0]: start and end" },
        { "{\"entities\":[[0,99999999999999999999,\"PER\"]]}", "x:1: not a JSON record" },
        { "{\"entities\":[[2,1,\"PER\"]]}", "x:1: entities[0]: it ends before" },
        { "{\"mentions\":[7]}", "x:1: mentions[0]: not an object" },
        { "{\"mentions\":[{\"start\":0,\"end\":1}]}", "x:1: mentions[0]: no text says" },
        { "{\"mentions\":[{\"end\":1,\"kind\":\"place\"}]}", "x:1: mentions[0]: start and end" },
        { "{\"text\":\"\xC3\xA9\",\"entities\":[[0,2,\"PER\"]]}",
          "x:1: a span 0-2 in a text of 1" },
        { "{\"id\":1,\"entities\":[]}\n\n{\"entities\":[]}", "x:3: a document without an id" },
        { "{\"entities\":[]}\n{\"id\":1,\"entities\":[]}", "x:2: a document with an id" },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_status status;

        test_write_file(here->folder, "x", ng_view_of(rows[i].content));
        status = read_file(here->cx, here->path, NG_ENTITIES_FIRST, NULL);
        if (status != NG_E_DATA || !strstr(ng_ctx_error(here->cx), rows[i].message))
            fail_msg("%s gave %d: %s", rows[i].content, (int)status, ng_ctx_error(here->cx));
    }
}

/* Brackets without end are refused, not followed down the stack. */
static void deep_nesting_is_refused(void **state)
{
    enum { DEPTH = 1000000 };
    place *here = *state;
    char *json = malloc(DEPTH);

    assert_non_null(json);
    memset(json, '[', DEPTH);
    memcpy(json, "{\"entities\":", 12);
    test_write_file(here->folder, "x", (ng_view){ json, DEPTH });
    assert_int_equal(read_file(here->cx, here->path, NG_ENTITIES_FIRST, NULL), NG_E_DATA);
    free(json);
}

/* A read that fails after the file was opened. */
static ssize_t broken_read(int fd, void *data, size_t size)
{
    (void)fd, (void)data, (void)size;
    errno = EIO;
    return -1;
}

static void what_cannot_be_read_is_an_io_error(void **state)
{
    place *here = *state;
    ng_sys sys = ng_sys_real;

    assert_int_equal(read_file(here->cx, here->path, NG_ENTITIES_FIRST, NULL), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(here->cx), "/x: "));
    assert_int_equal(read_file(here->cx, here->folder, NG_ENTITIES_FIRST, NULL), NG_E_IO);
    test_write_file(here->folder, "x", NG_VIEW("a\tO\n"));
    sys.read = broken_read;
    here->cx->sys = &sys;
    assert_int_equal(read_file(here->cx, here->path, NG_ENTITIES_FIRST, NULL), NG_E_IO);
    here->cx->sys = &ng_sys_real;
}

static void a_cancelled_reading_ends(void **state)
{
    place *here = *state;

    test_write_file(here->folder, "x", NG_VIEW("a\tO\n"));
    ng_ctx_cancel(here->cx);
    assert_int_equal(read_file(here->cx, here->path, NG_ENTITIES_FIRST, NULL), NG_E_LIMIT);
}

static void no_allocation_is_taken_for_granted(void **state)
{
    static const char *const contents[] = {
        "# doc_id = a\nAnn\tB-PER\n\xFF\tO\n\n# doc_id = b\nBo\tB-PER\n",
        "{\"id\":\"a\",\"text\":\"Ann met Bo.\",\"entities\":[[0,3,\"PER\"],[8,10,\"PER\"]]}\n"
        "{\"id\":7,\"mentions\":[{\"start\":0,\"end\":3,\"kind\":\"person\"}]}\n",
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        size_t failures = 0;

        test_write_file(here->folder, "x", ng_view_of(contents[i]));
        for (bool is_done = false; !is_done;) {
            ng_ctx *cx = ng_ctx_new();
            test_heap heap;
            ng_status status = NG_OK;

            test_use_heap(cx, &heap);
            heap.fail_at = failures + 1;
            status = read_file(cx, here->path, NG_ENTITIES_FIRST, NULL);
            is_done = status == NG_OK;
            failures += !is_done;
            assert_true(is_done || status == NG_E_MEMORY);
            assert_int_equal(heap.live, 0);
            ng_ctx_free(cx);
        }
        assert_true(failures >= 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(documents_are_read, open_place, close_place),
        cmocka_unit_test_setup_teardown(the_wanted_list_comes_first, open_place, close_place),
        cmocka_unit_test_setup_teardown(bad_bytes_are_replaced_with_a_remark, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(code_points_know_their_bytes, open_place, close_place),
        cmocka_unit_test_setup_teardown(nonsense_is_refused_by_its_line, open_place, close_place),
        cmocka_unit_test_setup_teardown(deep_nesting_is_refused, open_place, close_place),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_an_io_error, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(a_cancelled_reading_ends, open_place, close_place),
        cmocka_unit_test_setup_teardown(no_allocation_is_taken_for_granted, open_place,
                                        close_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
