/* The lexicon: types and their ids, what is known of each, growth, forgetting, memory. */
#include "faults.h"

#include "names/names.h"

static ng_ctx *cx;
static ng_names *names;

static int open_names(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    return cx && ng_names_new(cx, NULL, &names) == NG_OK ? 0 : -1;
}

static int close_names(void **state)
{
    (void)state;
    ng_names_free(cx, names);
    ng_ctx_free(cx);
    return 0;
}

static const char probe[] = "The U.S. told us in Guinea-Bissau, near New York: \"Al\xC3\xAD and "
                            "Jean-Luc saw https://x.example \xE2\x80\x94 in CALIF.\" St. John's "
                            "friend, O\xE2\x80\x99Neill, left Long Beach.";

/* Reads a text; returns the ids, which live in the arena. */
static uint32_t *read_text(ng_lexicon *lexicon, ng_arena *arena, ng_view text, ng_text *scanned)
{
    uint32_t *types = NULL;

    assert_int_equal(ng_text_scan(cx, arena, text, 10000, scanned), NG_OK);
    types = ng_arena_array(cx, arena, scanned->token_count + 1, sizeof *types);
    assert_non_null(types);
    assert_int_equal(ng_lexicon_read(cx, lexicon, scanned, types), NG_OK);
    return types;
}

/* Writes what the lexicon says of each token of the probe, a line each, and the phrases. */
static void describe(ng_lexicon *lexicon, char out[1 << 14])
{
    ng_arena arena;
    ng_text text;
    ng_name_match *matches = NULL;
    size_t count = 0;
    uint32_t *types = NULL;

    ng_arena_init(&arena, 1 << 24);
    types = read_text(lexicon, &arena, ng_view_of(probe), &text);
    for (size_t t = 0; t < text.token_count; t++) {
        const ng_word_type *type = &ng_lexicon_types(lexicon)[types[t]];

        assert_true(types[t] < ng_lexicon_count(lexicon));
        assert_true(ng_view_equal(type->written, ng_token_text(&text, t)));
        out += sprintf(out, "%.*s|%.*s|%x|%x|%d|%d", (int)type->written.size, type->written.data,
                       (int)type->folded.size, type->folded.data, type->flags, type->hash,
                       type->goes_on, type->is_hyphen);
        if (type->match)
            out += sprintf(out, "|%u %x", type->match->entry_count, type->match->classes);
        *out++ = '\n';
    }
    assert_int_equal(ng_names_match(cx, &arena, lexicon, &text, types, &matches, &count), NG_OK);
    for (size_t i = 0; i < count; i++)
        out += sprintf(out, "%u-%u %x\n", matches[i].first_token, matches[i].end_token,
                       matches[i].classes);
    *out = '\0';
    ng_arena_destroy(cx, &arena);
}

/* Reads `count` words that no other number makes. */
static void read_words(ng_lexicon *lexicon, size_t first, size_t count)
{
    ng_arena arena;
    ng_buffer words;
    ng_text text;

    ng_arena_init(&arena, (size_t)1 << 30);
    ng_buffer_init(&words, (size_t)1 << 30);
    for (size_t i = first; i < first + count; i++) {
        char word[] = "Aaaaaa ";

        for (size_t k = 1, rest = i; k < 6; k++, rest /= 26)
            word[k] = (char)('a' + rest % 26);
        assert_int_equal(ng_buffer_add(cx, &words, ng_view_of(word)), NG_OK);
    }
    (void)read_text(lexicon, &arena, ng_buffer_view(&words), &text);
    assert_int_equal(text.token_count, count);
    ng_buffer_destroy(cx, &words);
    ng_arena_destroy(cx, &arena);
}

/* A word has one id wherever it stands; another spelling has another. */
static void test_ids(void **state)
{
    ng_lexicon *lexicon = NULL;
    ng_arena arena;
    ng_text text;
    uint32_t *types = NULL;

    (void)state;
    ng_arena_init(&arena, 1 << 20);
    assert_int_equal(ng_lexicon_new(cx, names, &lexicon), NG_OK);
    types = read_text(lexicon, &arena, NG_VIEW("Israel met Israel. israel met\nIsrael's"), &text);
    assert_int_equal(types[0], 0);
    assert_int_equal(types[1], 1);
    assert_int_equal(types[2], types[0]);
    assert_int_not_equal(types[4], types[0]);
    assert_int_equal(types[5], types[1]);
    assert_int_equal(types[6], types[0]);
    assert_non_null(ng_lexicon_types(lexicon)[types[0]].match);
    assert_int_equal(ng_lexicon_generation(lexicon), 0);
    assert_ptr_equal(ng_lexicon_names(lexicon), names);
    ng_lexicon_free(cx, lexicon);
    ng_arena_destroy(cx, &arena);
}

/* Ids stay while the tables grow. */
static void test_growth(void **state)
{
    ng_lexicon *lexicon = NULL;
    char before[1 << 14], after[1 << 14];
    size_t count = 0;

    (void)state;
    assert_int_equal(ng_lexicon_new(cx, names, &lexicon), NG_OK);
    describe(lexicon, before);
    count = ng_lexicon_count(lexicon);
    for (size_t i = 0; i < 5; i++) {
        read_words(lexicon, i * 10000, 10000);
        count += 10000;
        assert_int_equal(ng_lexicon_count(lexicon), count);
        describe(lexicon, after);
        assert_string_equal(after, before);
        assert_int_equal(ng_lexicon_count(lexicon), count);
    }
    assert_int_equal(ng_lexicon_generation(lexicon), 0);
    ng_lexicon_free(cx, lexicon);
}

/* A lexicon that is full is emptied, and says the same of every word. */
static void test_forgetting(void **state)
{
    ng_lexicon *lexicon = NULL;
    char before[1 << 14], after[1 << 14];
    size_t first = 0;

    (void)state;
    assert_int_equal(ng_lexicon_new(cx, names, &lexicon), NG_OK);
    describe(lexicon, before);
    for (uint32_t generation = 1; generation <= 2; generation++) {
        while (ng_lexicon_generation(lexicon) < generation && first < 2000000) {
            read_words(lexicon, first, 50000);
            first += 50000;
        }
        assert_int_equal(ng_lexicon_generation(lexicon), generation);
        assert_int_equal(ng_lexicon_count(lexicon), 50000);
        describe(lexicon, after);
        assert_string_equal(after, before);
    }
    ng_lexicon_free(cx, lexicon);
}

/* Long words fill it, too. */
static void test_long_words(void **state)
{
    enum { WORDS = 100, WORD_BYTES = 400000 };
    ng_lexicon *lexicon = NULL;
    ng_arena arena;
    char before[1 << 14], after[1 << 14], *word = malloc(WORD_BYTES);

    (void)state;
    assert_non_null(word);
    memset(word, 'x', WORD_BYTES);
    assert_int_equal(ng_lexicon_new(cx, names, &lexicon), NG_OK);
    describe(lexicon, before);
    for (size_t i = 0; i < WORDS; i++) {
        ng_text text;

        (void)snprintf(word, 8, "x%zuy", i + 100);
        word[strlen(word)] = 'x';
        ng_arena_init(&arena, (size_t)1 << 28);
        (void)read_text(lexicon, &arena, (ng_view){ word, WORD_BYTES }, &text);
        ng_arena_destroy(cx, &arena);
    }
    assert_true(ng_lexicon_generation(lexicon) > 0);
    describe(lexicon, after);
    assert_string_equal(after, before);
    ng_lexicon_free(cx, lexicon);
    free(word);
}

/* Makes a lexicon and reads some words and the probe with this context; with a heap that fails it
 * goes on from where it failed. True when nothing failed. */
static bool read_with(ng_ctx *own, test_heap *heap, char described[1 << 14])
{
    ng_ctx *kept = cx;
    ng_lexicon *lexicon = NULL;
    ng_arena arena;
    ng_text text;
    uint32_t *types = NULL;
    ng_status status = ng_lexicon_new(own, names, &lexicon);

    ng_arena_init(&arena, 1 << 24);
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(probe), 10000, &text), NG_OK);
    types = ng_arena_array(cx, &arena, text.token_count + 1, sizeof *types);
    if (status == NG_OK)
        status = ng_lexicon_read(own, lexicon, &text, types);
    ng_arena_destroy(cx, &arena);
    assert_true(status == NG_OK || status == NG_E_MEMORY);
    heap->fail_at = 0;
    cx = own;
    if (lexicon) {
        read_words(lexicon, 0, 2000);
        describe(lexicon, described);
    }
    ng_lexicon_free(own, lexicon);
    cx = kept;
    return status == NG_OK;
}

/* Each failing allocation is an ordinary result, and the lexicon is good for the next text. */
static void test_no_memory(void **state)
{
    char wanted[1 << 14] = "", found[1 << 14];
    bool is_done = false;
    size_t n = 0;

    (void)state;
    while (!is_done) {
        ng_ctx *own = ng_ctx_new();
        ng_realloc_fn old_realloc = own->realloc;
        void *old_user = own->realloc_user;
        test_heap heap;

        test_use_heap(own, &heap);
        heap.fail_at = n;
        found[0] = '\0';
        is_done = read_with(own, &heap, found) && n > 0;
        if (n == 0)
            memcpy(wanted, found, sizeof found);
        else if (found[0])
            assert_string_equal(found, wanted);
        assert_int_equal(heap.live, 0);
        own->realloc = old_realloc;
        own->realloc_user = old_user;
        ng_ctx_free(own);
        n++;
    }
    assert_true(n > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids),        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_forgetting), cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, open_names, close_names);
}
