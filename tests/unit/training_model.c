/* The model file of a small training: damaged ones are refused or harmless, other files refused. */
#include "tiny_gold.h"

#include "mentions/mentions.h"

static ng_ctx *cx;
static ng_names *names;
static char folder[256];
static ng_buffer tiny; /* the bytes of a small trained model */

/* Where the fields of the header are: docs/formats.md. */
enum {
    AT_VERSION = 8,
    AT_BYTE_ORDER = 12,
    AT_CHECKSUM = 16,
    AT_TOTAL = 24,
    AT_SLOTS = 32,
    AT_FEATURES = 36,
    AT_CLASS_SLOTS = 40,
    AT_MANY = 44,
    AT_SOME = 48,
    AT_SPANS = 52,
    AT_SCALE = 56,
    AT_HASH = 104,
    HEADER_BYTES = 128,
    TRANSITION_BYTES = 128
};

static int set_up(void **state)
{
    char path[512];

    (void)state;
    cx = ng_ctx_new();
    test_make_folder(folder);
    test_train_tiny(cx, folder);
    (void)snprintf(path, sizeof path, "%s/tiny.ngm", folder);
    ng_buffer_init(&tiny, 1 << 24);
    assert_int_equal(ng_file_read(cx, path, 1 << 24, "", &tiny), NG_OK);
    return ng_names_new(cx, NULL, &names) == NG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ng_buffer_destroy(cx, &tiny);
    ng_names_free(cx, names);
    test_remove_folder(folder);
    ng_ctx_free(cx);
    return 0;
}

/* Makes the checksum right again. */
static void seal(char *bytes, size_t size)
{
    uint64_t sum = 14695981039346656037u;

    memset(bytes + AT_CHECKSUM, 0, sizeof sum);
    memset(bytes + AT_HASH, 0, HEADER_BYTES - AT_HASH);
    for (size_t at = 0; at + 8 <= size; at += 8) {
        uint64_t word = 0;

        memcpy(&word, bytes + at, 8);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 29;
    }
    memcpy(bytes + AT_CHECKSUM, &sum, sizeof sum);
    (void)snprintf(bytes + AT_HASH, HEADER_BYTES - AT_HASH, "%016llx", (unsigned long long)sum);
}

static void set_number(char *bytes, size_t at, uint32_t number)
{
    memcpy(bytes + at, &number, sizeof number);
}

/* Opens the bytes, at an address that fits, and finds names with them if they are a model. The
 * memory is as large as the bytes, so that what reads past them is seen. */
static ng_status use(const char *bytes, size_t size)
{
    static const char text_bytes[] = "Quorvel met the Brindle Company in Morluk, U.S. \xE2\x80\x94 "
                                     "TIBBUK SAW ZANTHIA.";
    char *own = malloc(size ? size : 1);
    ng_model *model = NULL;
    ng_status status;

    assert_non_null(own);
    if (size > 0)
        memcpy(own, bytes, size);
    status = ng_model_open(cx, (ng_view){ own, size }, "x.ngm", &model);
    if (status == NG_OK) {
        ng_finder *finder = NULL;
        ng_scratch *scratch = NULL;
        ng_arena arena;
        ng_text text;
        ng_spans spans = { 0 };

        ng_arena_init(&arena, 1 << 24);
        assert_int_equal(ng_finder_new_with(cx, names, model, &finder), NG_OK);
        assert_int_equal(ng_scratch_new(cx, finder, &scratch), NG_OK);
        assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(text_bytes), 10000, &text), NG_OK);
        assert_int_equal(ng_spans_find(cx, finder, scratch, &arena, &text, &spans), NG_OK);
        for (size_t i = 0; i < spans.count; i++)
            assert_true(spans.items[i].end_token <= text.token_count);
        ng_scratch_free(cx, scratch);
        ng_finder_free(cx, finder);
        ng_arena_destroy(cx, &arena);
    } else {
        assert_int_equal(status, NG_E_DATA);
        assert_non_null(strstr(ng_ctx_error(cx), "x.ngm: "));
        assert_non_null(strchr(ng_ctx_error(cx), ';')); /* the remedy */
    }
    ng_model_close(cx, model);
    free(own);
    return status;
}

/* The model itself is used. */
static void test_trained(void **state)
{
    (void)state;
    assert_int_equal(use(tiny.data, tiny.size), NG_OK);
}

/* Every length but the right one is refused. */
static void test_truncated(void **state)
{
    (void)state;
    for (size_t size = 0; size < tiny.size; size += size < 300 ? 1 : 7)
        assert_int_equal(use(tiny.data, size), NG_E_DATA);
    assert_int_equal(ng_buffer_add_byte(cx, &tiny, '\0'), NG_OK);
    assert_int_equal(use(tiny.data, tiny.size), NG_E_DATA);
    tiny.size--;
}

/* A changed byte is always seen. */
static void test_changed(void **state)
{
    enum { CHANGES = 2000 };
    uint64_t random = 7;
    char *bytes = malloc(tiny.size);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < CHANGES; i++) {
        size_t at = 0;
        char flip = 0;

        random = random * 6364136223846793005u + 1442695040888963407u;
        at = (size_t)(random >> 33) % (i % 4 == 0 ? HEADER_BYTES : tiny.size);
        flip = (char)(1 + (random >> 20) % 255);
        memcpy(bytes, tiny.data, tiny.size);
        bytes[at] = (char)(bytes[at] ^ flip);
        if (use(bytes, tiny.size) != NG_E_DATA)
            fail_msg("byte %zu is another and the model is used", at);
    }
    free(bytes);
}

/* The same with the right checksum, as somebody would write who means harm. */
static void test_sealed(void **state)
{
    enum { CHANGES = 2000 };
    uint64_t random = 11;
    char *bytes = malloc(tiny.size);
    size_t used = 0;

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < CHANGES; i++) {
        memcpy(bytes, tiny.data, tiny.size);
        for (size_t k = 0; k <= i % 8; k++) {
            size_t at = 0;

            random = random * 6364136223846793005u + 1442695040888963407u;
            at = HEADER_BYTES + (size_t)(random >> 33) % (tiny.size - HEADER_BYTES);
            bytes[at] = (char)(random >> 20);
        }
        seal(bytes, tiny.size);
        used += use(bytes, tiny.size) == NG_OK;
    }
    assert_true(used > CHANGES / 10);
    free(bytes);
}

/* Numbers that would lead astray, each with the right checksum. */
static void test_astray(void **state)
{
    static const struct {
        size_t at;
        uint32_t number;
    } cases[] = {
        { AT_VERSION, 2 },
        { AT_BYTE_ORDER, 0x04030201 },
        { AT_TOTAL, 0 },
        { AT_TOTAL + 4, 1 },
        { AT_SLOTS, 0 },
        { AT_SLOTS, 3 },
        { AT_SLOTS, 0x80000000u },
        { AT_FEATURES, 0 },
        { AT_FEATURES, UINT32_MAX },
        { AT_CLASS_SLOTS, 3 },
        { AT_CLASS_SLOTS, 64 },
        { AT_MANY, UINT32_MAX },
        { AT_SOME, UINT32_MAX },
        { AT_SPANS, 0 },
        { AT_SPANS, UINT32_MAX },
        { AT_SCALE, 0 },
        { HEADER_BYTES + TRANSITION_BYTES + 4, UINT32_MAX }, /* a slot's index */
    };
    char *bytes = malloc(tiny.size);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memcpy(bytes, tiny.data, tiny.size);
        set_number(bytes, cases[i].at, cases[i].number);
        seal(bytes, tiny.size);
        if (use(bytes, tiny.size) != NG_E_DATA)
            fail_msg("case %zu is used", i);
    }
    free(bytes);
}

/* A table without an empty slot would be looked through for ever. */
static void test_full(void **state)
{
    char *bytes = malloc(tiny.size);
    uint32_t slot_count = 0;

    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, tiny.data, tiny.size);
    memcpy(&slot_count, bytes + AT_SLOTS, sizeof slot_count);
    for (uint32_t i = 0; i < slot_count; i++)
        set_number(bytes, HEADER_BYTES + TRANSITION_BYTES + i * 8 + 4, 1);
    seal(bytes, tiny.size);
    assert_int_equal(use(bytes, tiny.size), NG_E_DATA);
    free(bytes);
}

/* Files that are no models, through the door that a path goes through. */
static void test_files(void **state)
{
    static const struct {
        const char *name;
        ng_status status;
        const char *said;
    } cases[] = {
        { "missing.ngm", NG_E_IO, "No such file" },
        { ".", NG_E_IO, "a directory" },
        { "empty.ngm", NG_E_DATA, "not a model of nergraph; `nergraph train` makes one" },
        { "text.ngm", NG_E_DATA, "not a model of nergraph; `nergraph train` makes one" },
        { "half.ngm", NG_E_DATA, "copy it again" },
        { "tiny.ngm", NG_OK, "" },
    };

    (void)state;
    test_write_file(folder, "empty.ngm", NG_VIEW_NONE);
    test_write_file(folder, "text.ngm", NG_VIEW("Quorvel met Tibbuk.\n"));
    test_write_file(folder, "half.ngm", (ng_view){ tiny.data, tiny.size / 2 });
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_finder *finder = NULL;
        char path[512];

        (void)snprintf(path, sizeof path, "%s/%s", folder, cases[i].name);
        assert_int_equal(ng_finder_new(cx, names, path, &finder), cases[i].status);
        if (cases[i].status != NG_OK) {
            assert_null(finder);
            assert_non_null(strstr(ng_ctx_error(cx), path));
            assert_non_null(strstr(ng_ctx_error(cx), cases[i].said));
        }
        ng_finder_free(cx, finder);
    }
}

/* Without memory a model is not opened, and nothing is lost. */
static void test_no_memory(void **state)
{
    char path[512];
    bool is_done = false;

    (void)state;
    (void)snprintf(path, sizeof path, "%s/tiny.ngm", folder);
    for (size_t n = 1; !is_done; n++) {
        ng_ctx *own = ng_ctx_new();
        ng_finder *finder = NULL;
        test_heap heap;
        ng_status status;

        test_use_heap(own, &heap);
        heap.fail_at = n;
        status = ng_finder_new(own, names, path, &finder);
        assert_true(status == NG_OK || (status == NG_E_MEMORY && !finder));
        is_done = status == NG_OK;
        ng_finder_free(own, finder);
        assert_int_equal(heap.live, 0);
        own->realloc = cx->realloc;
        own->realloc_user = cx->realloc_user;
        ng_ctx_free(own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trained), cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_changed), cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_astray),  cmocka_unit_test(test_full),
        cmocka_unit_test(test_files),   cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
