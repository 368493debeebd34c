/* Training: what is taught is found, odd gold, bad options, interruption, every failing allocation.
 */
#include "tiny_gold.h"

#include "training/trainer_internal.h"

#include <errno.h>
#include <sys/stat.h>

static ng_ctx *cx;
static ng_names *names;
static char folder[256], gold[512], model[512];

static int set_up(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    test_make_folder(folder);
    (void)snprintf(gold, sizeof gold, "%s/gold.jsonl", folder);
    (void)snprintf(model, sizeof model, "%s/model.ngm", folder);
    return cx && ng_names_new(cx, NULL, &names) == NG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ng_names_free(cx, names);
    test_remove_folder(folder);
    ng_ctx_free(cx);
    return 0;
}

/* True when the model is there. */
static bool has_model(void)
{
    struct stat info;

    return stat(model, &info) == 0;
}

/* Files of the folder: the gold, and the model when it is there. */
static void assert_nothing_left(size_t wanted)
{
    DIR *open_folder = opendir(folder);
    size_t count = 0;

    assert_non_null(open_folder);
    for (struct dirent *entry = readdir(open_folder); entry; entry = readdir(open_folder))
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    (void)closedir(open_folder);
    assert_int_equal(count, wanted);
}

/* Trains on this text with the default options, and keeps parts when it is asked to. */
static bool wants_parts;

static ng_status train(ng_ctx *own, const char *text)
{
    const char *path = gold;
    ng_train_options options;

    test_write_file(folder, "gold.jsonl", ng_view_of(text));
    test_train_options(&options, &path);
    options.verbose = true;
    options.keeps_parts = wants_parts;
    if (wants_parts) {
        options.part_count = 2;
        options.epochs = 1;
    }
    return ng_train(own, &options, model);
}

/* Taught names are found by their kind in other sentences. */
static void test_taught(void **state)
{
    static const char text_bytes[] = "In Morluk the Brindle Company thanked Quorvel.";
    static const uint8_t kinds[] = { NG_KIND_PLACE, NG_KIND_ORGANIZATION, NG_KIND_PERSON };
    static const uint32_t firsts[] = { 1, 3, 6 };
    ng_finder *finder = NULL;
    ng_scratch *scratch = NULL;
    ng_arena arena;
    ng_text text;
    ng_spans spans = { 0 };

    (void)state;
    ng_arena_init(&arena, 1 << 24);
    assert_int_equal(train(cx, tiny_gold), NG_OK);
    assert_int_equal(ng_finder_new(cx, names, model, &finder), NG_OK);
    assert_int_equal(ng_scratch_new(cx, finder, &scratch), NG_OK);
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(text_bytes), 10000, &text), NG_OK);
    assert_int_equal(ng_spans_find(cx, finder, scratch, &arena, &text, &spans), NG_OK);
    assert_int_equal(spans.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(spans.items[i].kind, kinds[i]);
        assert_int_equal(spans.items[i].first_token, firsts[i]);
    }
    ng_scratch_free(cx, scratch);
    ng_finder_free(cx, finder);
    ng_arena_destroy(cx, &arena);
    assert_int_equal(unlink(model), 0);
}

/* Gold that cannot be learned from is refused by its name. */
static void test_refused(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        { "", "gold.jsonl: no document" },
        { "It\tO\nrained\tO\n", "gold.jsonl: no name to learn from; mark" },
        { "Rosso\tB-COLOUR\n", "gold.jsonl: no name to learn from; mark" },
        { "{\"id\":\"a\",\"text\":\"Ann\",\"entities\":[[0,0,\"PER\"]]}\n", "no name to learn" },
        { "Ann\tB-PER\nleft\n", "gold.jsonl:2: neither a token" },
        { "{\"id\":\"a\",\"mentions\":[]}\n", "gold.jsonl:1: a document without text" },
        { "{\"id\":\"a\",\"text\":\"Ann\",\"entities\":[[0,9,\"PER\"]]}\n",
          "gold.jsonl:1: a span" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(train(cx, cases[i].text), NG_E_DATA);
        if (!strstr(ng_ctx_error(cx), cases[i].said))
            fail_msg("\"%s\" is not said: \"%s\"", cases[i].said, ng_ctx_error(cx));
        assert_nothing_left(1);
    }
}

/* Gold that is odd but can be used: losses stay numbers. */
static void test_odd(void **state)
{
    static const char *const texts[] = {
        /* two names share a token */
        "{\"id\":\"a\",\"text\":\"Aa Bbcc Dd\",\"entities\":[[0,5,\"PER\"],[5,10,\"LOC\"]]}\n",
        /* half a token; one token is two names; nested names */
        "{\"id\":\"a\",\"text\":\"Quorvels met Zanthiaman.\",\"entities\":[[0,7,\"PER\"],"
        "[13,20,\"LOC\"],[20,23,\"PER\"]]}\n",
        "{\"id\":\"a\",\"text\":\"The Bank of Zanthia\",\"entities\":[[4,19,\"ORG\"],"
        "[12,19,\"LOC\"]]}\n",
        /* a name over two sentences; white space alone; one document of one token */
        "{\"id\":\"a\",\"text\":\"He saw Ann. Bo left.\",\"entities\":[[7,14,\"PER\"]]}\n",
        "{\"id\":\"a\",\"text\":\"He   saw\",\"entities\":[[2,5,\"PER\"]]}\n",
        "Ann\tB-PER\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_messages messages = { 0 };

        ng_ctx_on_message(cx, test_keep_message, &messages);
        assert_int_equal(train(cx, texts[i]), NG_OK);
        assert_non_null(strstr(messages.text, "loss "));
        if (strstr(messages.text, "loss inf") || strstr(messages.text, "nan"))
            fail_msg("gold %zu: %s", i, messages.text);
        assert_true(has_model());
        assert_int_equal(unlink(model), 0);
    }
    ng_ctx_on_message(cx, NULL, NULL);
}

/* What cannot be is refused before anything is read. */
static void test_options(void **state)
{
    const char *path = gold;
    const double nan_ = strtod("nan", NULL);

    (void)state;
    for (int i = 0; i < 10; i++) {
        ng_train_options options;

        test_train_options(&options, &path);
        options.part_count = i == 0 ? 1 : i == 1 ? 21 : 3;
        options.silver_epochs = i == 2 ? 0 : 3;
        options.silver_weight = i == 3 ? 0 : i == 4 ? 1.5 : 0.5;
        options.rate = i == 5 ? 0 : i == 6 ? nan_ : 0.05;
        options.drop = i == 7 ? 1 : i == 8 ? -0.1 : 0.25;
        options.decay = i == 9 ? nan_ : 1e-5;
        assert_int_equal(ng_train(cx, &options, model), NG_E_USAGE);
        assert_false(has_model());
    }
}

/* Where nothing can be written nothing is read: the gold is not even there. */
static void test_output_first(void **state)
{
    const char *path = "/nowhere/gold";
    ng_train_options options;

    (void)state;
    test_train_options(&options, &path);
    assert_int_equal(ng_train(cx, &options, "/nowhere/model.ngm"), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(cx), "/nowhere/model.ngm: "));
    assert_int_equal(ng_train(cx, &options, folder), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(cx), folder));
}

/* A table of word classes beyond its limit is named (a file with a hole: no room is taken on disk).
 */
static void test_too_large(void **state)
{
    char classes[512];
    const char *path = gold;
    ng_train_options options;

    (void)state;
    test_write_file(folder, "gold.jsonl", ng_view_of(tiny_gold));
    test_write_file(folder, "classes.tsv", NG_VIEW("quorvel\t0\t0\t0\n"));
    (void)snprintf(classes, sizeof classes, "%s/classes.tsv", folder);
    assert_int_equal(truncate(classes, (1 << 28) + 1), 0);
    test_train_options(&options, &path);
    options.classes_path = classes;
    assert_int_equal(ng_train(cx, &options, model), NG_E_LIMIT);
    assert_non_null(strstr(ng_ctx_error(cx), classes));
    assert_non_null(strstr(ng_ctx_error(cx), "268435456 bytes"));
    assert_false(has_model());
    assert_int_equal(unlink(classes), 0);
}

/* Documents whose ids differ in their last digits fill all parts alike; changed copies stay with
 * their original; a "~" in an id without an original means nothing. */
static void test_parts(void **state)
{
    enum { DOCUMENTS = 400, PARTS_MAX = 8 };
    static const char *const beginnings[] = { "", "news-", "x~", "y~" };
    ng_buffer text;

    (void)state;
    ng_buffer_init(&text, 1 << 20);
    for (size_t form = 0; form < 4; form++) {
        text.size = 0;
        assert_int_equal(ng_buffer_add(cx, &text, NG_VIEW("# doc_id = x\nAnn\tB-PER\n\n")), NG_OK);
        for (size_t i = 0; i < DOCUMENTS; i++) {
            char line[64];

            (void)snprintf(line, sizeof line, "# doc_id = %s%zu\nAnn\tB-PER\n\n", beginnings[form],
                           i);
            assert_int_equal(ng_buffer_add(cx, &text, ng_view_of(line)), NG_OK);
        }
        test_write_file(folder, "gold.jsonl", ng_buffer_view(&text));
        for (uint32_t parts = 2; parts <= PARTS_MAX; parts++) {
            const char *path = gold;
            ng_train_options options;
            ng_corpus corpus;
            size_t counts[PARTS_MAX] = { 0 }, filled = 0;

            test_train_options(&options, &path);
            options.part_count = parts;
            assert_int_equal(ng_corpus_read(cx, &options, &corpus), NG_OK);
            for (size_t d = 0; d < corpus.count; d++)
                counts[corpus.documents[d].part]++;
            assert_int_equal(corpus.documents[DOCUMENTS].is_copy, form == 2);
            for (uint32_t part = 0; part < parts; part++)
                filled += counts[part] > DOCUMENTS / parts / 2;
            assert_int_equal(filled, form == 2 ? 1 : parts);
            ng_corpus_destroy(cx, &corpus);
        }
    }
    ng_buffer_destroy(cx, &text);
}

/* A message function that stops the work at its n-th line. */
typedef struct stopper {
    ng_ctx *cx;
    size_t lines, stop_at;
} stopper;

static void stop_at_line(void *user, ng_status about, const char *line)
{
    stopper *stop = user;

    (void)about, (void)line;
    if (++stop->lines == stop->stop_at)
        ng_ctx_cancel(stop->cx);
}

/* Interrupted wherever it is, training leaves the older model as it was and nothing beside it. */
static void test_interrupted(void **state)
{
    bool is_done = false;
    size_t stopped = 0;

    (void)state;
    for (size_t n = 1; !is_done; n++) {
        ng_ctx *own = ng_ctx_new();
        stopper stop = { own, 0, n };
        ng_status status;
        ng_buffer bytes;

        test_write_file(folder, "model.ngm", NG_VIEW("the older model"));
        ng_ctx_on_message(own, stop_at_line, &stop);
        status = train(own, tiny_gold);
        is_done = stop.lines < n;
        assert_int_equal(status, is_done ? NG_OK : NG_E_LIMIT);
        stopped += status == NG_E_LIMIT;
        ng_buffer_init(&bytes, 1 << 24);
        assert_int_equal(ng_file_read(cx, model, 1 << 24, "", &bytes), NG_OK);
        assert_true(is_done == !ng_view_equal(ng_buffer_view(&bytes), NG_VIEW("the older model")));
        ng_buffer_destroy(cx, &bytes);
        assert_nothing_left(2);
        ng_ctx_free(own);
    }
    assert_true(stopped >= 8);
    assert_int_equal(unlink(model), 0);
}

/* A progress function that stops the work at its n-th call; checks that it goes forward. */
typedef struct pacer {
    ng_ctx *cx;
    size_t calls, stop_at;
    uint64_t done, total;
} pacer;

static void stop_at_call(void *user, ng_work work, uint64_t done, uint64_t total,
                         uint64_t document_count)
{
    pacer *pace = user;

    assert_int_equal(work, NG_WORK_DOCUMENTS);
    assert_true(done >= pace->done && done <= total && document_count > 0);
    assert_true(pace->total == 0 || total == pace->total);
    pace->done = done;
    pace->total = total;
    if (++pace->calls == pace->stop_at)
        ng_ctx_cancel(pace->cx);
}

/* Trains with silver and part files, stopped at the n-th word about the progress (0: never). */
static ng_status train_parts(size_t stop_at, uint64_t seed, bool keeps_parts, pacer *pace,
                             test_messages *messages)
{
    const char *path = gold;
    ng_ctx *own = ng_ctx_new();
    ng_train_options options;
    ng_status status;

    *pace = (pacer){ .cx = own, .stop_at = stop_at };
    memset(messages, 0, sizeof *messages);
    ng_ctx_on_progress(own, stop_at_call, pace);
    ng_ctx_on_message(own, test_keep_message, messages);
    test_write_file(folder, "gold.jsonl", ng_view_of(tiny_gold));
    test_train_options(&options, &path);
    options.silver_paths = &path;
    options.silver_count = 1;
    options.silver_epochs = options.epochs = 2;
    options.part_count = 2;
    options.seed = seed;
    options.keeps_parts = keeps_parts;
    options.verbose = true;
    status = ng_train(own, &options, model);
    ng_ctx_free(own);
    return status;
}

/* Takes the bytes of the model and removes it. */
static void take_model(ng_buffer *bytes)
{
    bytes->size = 0;
    assert_int_equal(ng_file_read(cx, model, 1 << 24, "", bytes), NG_OK);
    assert_int_equal(unlink(model), 0);
}

/* Interrupted at any pass and called again, training gives what it gives without interruption. */
static void test_resumed(void **state)
{
    enum { FIELDS = 3, PASSES = 4 };
    static test_messages messages;
    ng_buffer wanted, found;
    pacer pace;

    (void)state;
    ng_buffer_init(&wanted, 1 << 24);
    ng_buffer_init(&found, 1 << 24);
    assert_int_equal(train_parts(0, 1, false, &pace, &messages), NG_OK);
    assert_int_equal(pace.calls, FIELDS * PASSES);
    assert_int_equal(pace.done, pace.total);
    take_model(&wanted);
    for (size_t n = 1; n <= FIELDS * PASSES; n++) {
        size_t kept = (n - 1) / PASSES + ((n - 1) % PASSES != 0);

        assert_int_equal(train_parts(n, 1, true, &pace, &messages), NG_E_LIMIT);
        assert_nothing_left(1 + kept);
        /* again, and stopped again a pass later */
        if (n < FIELDS * PASSES)
            assert_int_equal(train_parts(2, 1, true, &pace, &messages), NG_E_LIMIT);
        assert_int_equal(train_parts(0, 1, true, &pace, &messages), NG_OK);
        assert_int_equal(pace.calls, FIELDS * PASSES - n + (n == FIELDS * PASSES));
        assert_non_null(strstr(messages.text, n > 1 ? "goes on after pass" : ""));
        take_model(&found);
        assert_true(ng_view_equal(ng_buffer_view(&found), ng_buffer_view(&wanted)));
        assert_nothing_left(1);
    }
    ng_buffer_destroy(cx, &wanted);
    ng_buffer_destroy(cx, &found);
}

/* What another training has left, or what is damaged, is not taken up. */
static void test_other_parts(void **state)
{
    static test_messages messages;
    ng_buffer wanted, found, part;
    pacer pace;
    char path[600];

    (void)state;
    ng_buffer_init(&wanted, 1 << 24);
    ng_buffer_init(&found, 1 << 24);
    ng_buffer_init(&part, 1 << 24);
    assert_int_equal(train_parts(0, 1, false, &pace, &messages), NG_OK);
    take_model(&wanted);
    (void)snprintf(path, sizeof path, "%s.part-0", model);
    for (int damage = 0; damage < 5; damage++) {
        assert_int_equal(train_parts(6, damage == 0 ? 2 : 1, true, &pace, &messages), NG_E_LIMIT);
        part.size = 0;
        assert_int_equal(ng_file_read(cx, path, 1 << 24, "", &part), NG_OK);
        if (damage == 1)
            part.data[part.size / 2] ^= 1;
        if (damage == 2)
            part.data[part.size - 1] ^= 1;
        if (damage == 3)
            part.size /= 2;
        if (damage == 4)
            part.size = 0;
        test_write_file(folder, "model.ngm.part-0", ng_buffer_view(&part));
        assert_int_equal(train_parts(0, 1, true, &pace, &messages), NG_OK);
        assert_non_null(strstr(messages.text, "part-0: of another training; this one begins anew"));
        take_model(&found);
        assert_true(ng_view_equal(ng_buffer_view(&found), ng_buffer_view(&wanted)));
        assert_nothing_left(1);
    }
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(train_parts(0, 1, true, &pace, &messages), NG_E_IO);
    assert_int_equal(rmdir(path), 0);
    assert_nothing_left(1);
    ng_buffer_destroy(cx, &wanted);
    ng_buffer_destroy(cx, &found);
    ng_buffer_destroy(cx, &part);
}

/* Removes what was kept. */
static void remove_parts(void)
{
    for (int i = 0; i < 4; i++) {
        char path[600];

        (void)snprintf(path, sizeof path, "%s.part-%d", model, i);
        (void)unlink(path);
    }
}

/* Each failing allocation is an ordinary failure. */
static void test_no_memory(void **state)
{
    static const char text[] = "Quorvel\tB-PER\nsaw\tO\nZanthia\tB-LOC\n.\tO\n";
    bool is_done = false;
    size_t failures = 0;

    (void)state;
    for (size_t n = 1; !is_done; n += n > 100 ? n / 30 : 1) {
        ng_ctx *own = ng_ctx_new();
        test_heap heap;
        ng_status status;

        test_use_heap(own, &heap);
        heap.fail_at = n;
        wants_parts = true;
        status = train(own, text);
        wants_parts = false;
        remove_parts();
        is_done = heap.calls < n;
        assert_true(status == NG_OK || status == NG_E_MEMORY);
        assert_true(has_model() == (status == NG_OK));
        if (status == NG_OK)
            assert_int_equal(unlink(model), 0);
        failures += status == NG_E_MEMORY;
        assert_int_equal(heap.live, 0);
        own->realloc = cx->realloc;
        own->realloc_user = cx->realloc_user;
        ng_ctx_free(own);
    }
    assert_true(failures > 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taught),       cmocka_unit_test(test_refused),
        cmocka_unit_test(test_odd),          cmocka_unit_test(test_options),
        cmocka_unit_test(test_output_first), cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_parts),        cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_resumed),      cmocka_unit_test(test_other_parts),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
