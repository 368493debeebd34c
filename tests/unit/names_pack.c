/* Packing tables: what comes out of small ones, what is refused, and that bytes repeat. */
#include "faults.h"

#include "names/names.h"
#include "names/pack/pack.h"

static ng_ctx *cx;
static char folder[256];

/* Enough of each table for a dictionary of its own. */
static const struct {
    const char *file, *text;
} small[] = {
    { "country_names.tsv", "# made by hand\n# columns: form, code, type\n"
                           "Freedonia\tFD\tcanonical\nFr\xC3\xA9"
                           "donie\tFD\tlocal\n"
                           "Sylvania\tSV\tcanonical\n" },
    { "country_forms.tsv", "Republic of Freedonia\tFD\tlong\nF.D.\tFD\tabbr\nFD\tFD\tabbr\n"
                           "Old Sylvania\tSVOO\tformer\nOlde Sylvania\tSVOO\tformer\n"
                           "North Sylvania\tSV-NO\tpart\n" },
    { "demonyms.tsv", "Sylvanian\tSV\tboth\nSylvanian\tSVOO\tadj\n" },
    { "languages.tsv", "Freedonian\tFD\nEsperanto\t\n" },
    { "subdivisions.tsv", "East Freedonia\tFD-EA\tFD\n" },
    { "cities.tsv", "1\tLong Town\tFD\tEA\t5000\t1.5\t-2.25\tLongtown|Lange Stadt\n"
                    "2\tLong Town\tSV\t07\t7000\t1\t2\t\n"
                    "3\tLong Town\tFD\tWE\t100\t1\t2\n" },
    { "geography.tsv", "Long River\triver\t\nFla.\tus_state_abbr\tFlorida\n" },
    { "forenames.tsv", "Rufus\tm\t12\n" },
    { "surnames.tsv", "Firefly\t7\nLong\t3\n" },
    { "family_extra.tsv", "Firefly\n" },
    { "common_words.tsv", "long\t100\t98\n" },
};

/* Writes all tables, empty or small, then one other. */
static void write_tables(bool is_small, const char *file, ng_view text)
{
    for (size_t i = 0; pack_table_file(i); i++)
        test_write_file(folder, pack_table_file(i), NG_VIEW("# made by hand\n"));
    for (size_t i = 0; is_small && i < sizeof small / sizeof small[0]; i++)
        test_write_file(folder, small[i].file, ng_view_of(small[i].text));
    if (file)
        test_write_file(folder, file, text);
}

/* Packs the folder's tables into `out`. */
static ng_status pack_folder(ng_ctx *own, ng_buffer *out)
{
    ng_pack pack;
    ng_status status = pack_init(own, &pack);

    if (status == NG_OK)
        status = pack_read_tables(own, &pack, folder);
    if (status == NG_OK)
        status = pack_write(own, &pack, out);
    pack_destroy(own, &pack);
    return status;
}

static int make_folder(void **state)
{
    (void)state;
    test_make_folder(folder);
    cx = ng_ctx_new();
    return cx ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    test_remove_folder(folder);
    ng_ctx_free(cx);
    return 0;
}

static void assert_view(ng_view view, const char *wanted)
{
    if (!ng_view_equal(view, ng_view_of(wanted)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)view.size, view.data, wanted);
}

/* One line an entry: class detail exact weight value country region. */
static void describe(const ng_names *names, const char *phrase, char out[512])
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(names, ng_view_of(phrase), &entries), size = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const ng_name_entry *e = &entries[i];

        size += (size_t)snprintf(out + size, 512 - size, "%d %d %d %u %.*s %.*s %.*s;", e->class_,
                                 e->detail, e->is_exact, (unsigned)e->weight, (int)e->value.size,
                                 e->value.data, (int)e->country.size, e->country.data,
                                 (int)e->region.size, e->region.data);
    }
}

static void test_small_tables(void **state)
{
    static const struct {
        const char *phrase, *entries;
    } cases[] = {
        { "freedonia", "0 0 0 0 FD FD ;" },
        { "fredonie", "0 6 0 0 FD FD ;" },
        { "freedonie", "" },
        { "republic of freedonia", "0 2 0 0 FD FD ;" },
        { "republic of", "" },
        { "republic", "" },
        { "fd", "0 3 1 0 FD FD ;" },
        { "sylvanian", "1 2 0 0 SV SV ;1 0 0 0 SVOO SVOO ;" },
        { "esperanto", "3 0 0 0   ;" },
        { "east freedonia", "5 0 0 0 FD-EA FD ;" },
        { "long town", "6 0 0 7000 Long Town SV ;6 0 0 5000 Long Town FD FD-EA;"
                       "6 0 0 100 Long Town FD ;" },
        { "lange stadt", "6 0 0 5000 Long Town FD FD-EA;" },
        { "long", "10 0 0 3   ;20 0 0 98   ;" },
        { "long river", "7 0 0 0 river  ;" },
        { "fla", "8 0 1 0 Florida  ;" },
        { "rufus", "9 109 0 12   ;" },
        { "firefly", "10 0 0 100   ;" },
    };
    ng_buffer out;
    ng_names *names = NULL;
    char found[512];

    (void)state;
    ng_buffer_init(&out, PACKED_FILE_BYTES);
    write_tables(true, NULL, NG_VIEW_NONE);
    assert_int_equal(pack_folder(cx, &out), NG_OK);
    assert_int_equal(ng_names_open(cx, ng_buffer_view(&out), NULL, &names), NG_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        describe(names, cases[i].phrase, found);
        if (strcmp(found, cases[i].entries) != 0)
            fail_msg("%s: \"%s\" is not \"%s\"", cases[i].phrase, found, cases[i].entries);
    }
    assert_view(ng_names_country(names, NG_VIEW("FD")), "Freedonia");
    assert_view(ng_names_country(names, NG_VIEW("SVOO")), "Old Sylvania");
    assert_view(ng_names_country(names, NG_VIEW("SV-NO")), "North Sylvania");
    assert_view(ng_names_country(names, NG_VIEW("XX")), "");
    assert_view(ng_names_get(names, NG_VIEW("fd"), NG_NAME_COUNTRY)->spelling, "FD");
    ng_names_free(cx, names);
    ng_buffer_destroy(cx, &out);
}

static const struct {
    const char *file;
    ng_view text;
    const char *message;
} refused[] = {
#define ROW(file, text, message)                                                                   \
    {                                                                                              \
        (file), { (text), sizeof(text) - 1 }, (message)                                            \
    }
    ROW("country_names.tsv", "A\tAA\n", "country_names.tsv:1: too few columns: \"A\""),
    ROW("country_names.tsv", "# x\n\nA\tAA\tcanonical\tB\n",
        "country_names.tsv:3: too many columns: \"B\""),
    ROW("country_names.tsv", "A\tAA\tofficial\n", "country_names.tsv:1: unknown word \"official\""),
    ROW("country_names.tsv", "A\taa\tcanonical\n", "country_names.tsv:1: not a code: \"aa\""),
    ROW("country_names.tsv", "A\t\tcanonical\n", "country_names.tsv:1: not a code: \"\""),
    ROW("country_names.tsv", "A\tAA\tcanonical\nB\tAA\tcanonical\n",
        "country_names.tsv:2: a second canonical name for \"AA\""),
    ROW("country_names.tsv", "A\tAA\tcanonical\n\xFF\tBB\tname\n", "country_names.tsv: not UTF-8"),
    ROW("country_names.tsv", "...\tAA\tcanonical\n", "country_names.tsv:1: no word in \"...\""),
    ROW("country_forms.tsv", "A\tAA\tlong\n",
        "country_forms.tsv:1: no canonical name for the code \"AA\""),
    ROW("demonyms.tsv", "# x\nAan\tAA\tboth\n",
        "demonyms.tsv:2: no canonical name for the code \"AA\""),
    ROW("languages.tsv", "Aan\tAA\n", "languages.tsv:1: no canonical name for the code \"AA\""),
    ROW("metonyms.tsv", "House\tAA\tseat\n",
        "metonyms.tsv:1: no canonical name for the code \"AA\""),
    ROW("peoples.tsv", "Aans\t\n", "peoples.tsv:1: an empty column after \"Aans\""),
    ROW("cities.tsv", "1\tA\tAA\t01\tmany\t0\t0\t\n", "cities.tsv:1: not a number: \"many\""),
    ROW("cities.tsv", "1\tA\tAA\t01\t-5\t0\t0\t\n", "cities.tsv:1: not a number: \"-5\""),
    ROW("cities.tsv", "1\tA\tA\t01\t5\t0\t0\t\n", "cities.tsv:1: not a code: \"A\""),
    ROW("cities.tsv", "1\tA\tAA\t1\t2\t3\t4\t5\t6\t7\t8\n",
        "cities.tsv:1: too many columns: \"1\tA\tAA\t1\t2\t3\t4\t5\t6\t7\t8\""),
    ROW("geography.tsv", "Fla.\tus_state_abbr\n", "geography.tsv:1: no full name for \"Fla.\""),
    ROW("titles.tsv", "Mr\thonorific\tx\n", "titles.tsv:1: unknown word \"x\""),
    ROW("not_names.tsv",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
        "not_names.tsv:1: longer than 127 bytes: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""),
#undef ROW
};

static void test_refusals(void **state)
{
    ng_buffer out;

    (void)state;
    ng_buffer_init(&out, PACKED_FILE_BYTES);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char message[600];

        write_tables(false, refused[i].file, refused[i].text);
        assert_int_equal(pack_folder(cx, &out), NG_E_DATA);
        (void)snprintf(message, sizeof message, "%s", refused[i].message);
        for (char *c = message; *c; c++)
            *c = *c == '\t' ? '?' : *c; /* ng_fail does so with control bytes */
        assert_string_equal(ng_ctx_error(cx), message);
        assert_int_equal(out.size, 0);
    }
    ng_buffer_destroy(cx, &out);
}

static void test_missing_table(void **state)
{
    ng_buffer out;
    char path[512];

    (void)state;
    ng_buffer_init(&out, PACKED_FILE_BYTES);
    for (size_t i = 0; pack_table_file(i); i++) {
        write_tables(false, NULL, NG_VIEW_NONE);
        (void)snprintf(path, sizeof path, "%s/%s", folder, pack_table_file(i));
        assert_int_equal(unlink(path), 0);
        assert_int_equal(pack_folder(cx, &out), NG_E_IO);
        assert_non_null(strstr(ng_ctx_error(cx), path));
    }
    ng_buffer_destroy(cx, &out);
}

/* The same tables give the same bytes, whatever the addresses and hash seeds of the day. */
static void test_repeats(void **state)
{
    ng_buffer first, second;

    (void)state;
    ng_buffer_init(&first, PACKED_FILE_BYTES);
    ng_buffer_init(&second, PACKED_FILE_BYTES);
    write_tables(true, NULL, NG_VIEW_NONE);
    assert_int_equal(pack_folder(cx, &first), NG_OK);
    assert_int_equal(pack_folder(cx, &second), NG_OK);
    assert_true(ng_view_equal(ng_buffer_view(&first), ng_buffer_view(&second)));
    second.size = 0;
    write_tables(true, "surnames.tsv", NG_VIEW("Firefly\t8\n"));
    assert_int_equal(pack_folder(cx, &second), NG_OK);
    assert_false(ng_view_equal(ng_buffer_view(&first), ng_buffer_view(&second)));
    assert_memory_not_equal(((const packed_header *)(const void *)first.data)->hash,
                            ((const packed_header *)(const void *)second.data)->hash,
                            PACKED_HASH_DIGITS);
    ng_buffer_destroy(cx, &first);
    ng_buffer_destroy(cx, &second);
}

/* A phrase in more tables than a list can hold keeps the largest; others are not harmed. */
static void test_crowded_phrase(void **state)
{
    ng_buffer rows, out;
    ng_names *names = NULL;
    const ng_name_entry *entries = NULL;

    (void)state;
    ng_buffer_init(&rows, 1 << 20);
    ng_buffer_init(&out, PACKED_FILE_BYTES);
    for (int i = 0; i < 400; i++)
        assert_int_equal(ng_buffer_format(cx, &rows, "%d\tTown\t%c%c\t1\t%d\t0\t0\t\n", i,
                                          'A' + i / 26, 'A' + i % 26, 1000 + i),
                         NG_OK);
    write_tables(true, "cities.tsv", ng_buffer_view(&rows));
    assert_int_equal(pack_folder(cx, &out), NG_OK);
    assert_int_equal(ng_names_open(cx, ng_buffer_view(&out), NULL, &names), NG_OK);
    assert_int_equal(ng_names_find(names, NG_VIEW("town"), &entries), PACKED_LIST_ENTRIES);
    assert_int_equal(entries[0].weight, 1399);
    assert_int_equal(entries[PACKED_LIST_ENTRIES - 1].weight, 1400 - PACKED_LIST_ENTRIES);
    assert_int_equal(ng_names_find(names, NG_VIEW("rufus"), &entries), 1);
    ng_names_free(cx, names);
    ng_buffer_destroy(cx, &rows);
    ng_buffer_destroy(cx, &out);
}

/* Every phrase that went in is found again, also when many share homes and hashes. */
static void test_many_phrases(void **state)
{
    enum { COUNT = 30000 };
    ng_buffer rows, out;
    ng_names *names = NULL;
    char word[64];

    (void)state;
    ng_buffer_init(&rows, 1 << 24);
    ng_buffer_init(&out, PACKED_FILE_BYTES);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(
            ng_buffer_format(cx, &rows, "w%d%s\t%d\n", i, i % 3 ? "" : " x y", i % 997), NG_OK);
    write_tables(false, "surnames.tsv", ng_buffer_view(&rows));
    assert_int_equal(pack_folder(cx, &out), NG_OK);
    assert_int_equal(ng_names_open(cx, ng_buffer_view(&out), NULL, &names), NG_OK);
    for (int i = 0; i < COUNT; i++) {
        const ng_name_entry *entry = NULL;

        (void)snprintf(word, sizeof word, "w%d%s", i, i % 3 ? "" : " x y");
        entry = ng_names_get(names, ng_view_of(word), NG_NAME_SURNAME);
        assert_non_null(entry);
        assert_int_equal(entry->weight, i % 997);
        (void)snprintf(word, sizeof word, "w%d%s", i, i % 3 ? " x" : " x z");
        assert_null(ng_names_get(names, ng_view_of(word), NG_NAME_SURNAME));
    }
    ng_names_free(cx, names);
    ng_buffer_destroy(cx, &rows);
    ng_buffer_destroy(cx, &out);
}

/* Each failing allocation is an ordinary result. */
static void test_no_memory(void **state)
{
    ng_ctx *own = ng_ctx_new();
    ng_realloc_fn old_realloc = own->realloc;
    void *old_user = own->realloc_user;
    test_heap heap;
    size_t n = 0;

    (void)state;
    write_tables(true, NULL, NG_VIEW_NONE);
    for (n = 1;; n++) {
        ng_buffer out;

        test_use_heap(own, &heap);
        heap.fail_at = n;
        ng_buffer_init(&out, PACKED_FILE_BYTES);
        ng_status status = pack_folder(own, &out);
        ng_buffer_destroy(own, &out);
        assert_int_equal(heap.live, 0);
        if (status == NG_OK)
            break;
        assert_int_equal(status, NG_E_MEMORY);
    }
    assert_true(n > 30);
    own->realloc = old_realloc;
    own->realloc_user = old_user;
    ng_ctx_free(own);
}

/* The bytes in the program are those that its tables give. */
static void test_built_in(void **state)
{
    static const char tables[] = NG_TEST_DATA "/../src/names/tables";
    ng_pack pack;
    ng_buffer first, second;

    (void)state;
    ng_buffer_init(&first, PACKED_FILE_BYTES);
    ng_buffer_init(&second, PACKED_FILE_BYTES);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pack_init(cx, &pack), NG_OK);
        if (pack_read_tables(cx, &pack, tables) != NG_OK)
            fail_msg("%s", ng_ctx_error(cx));
        assert_int_equal(pack_write(cx, &pack, i == 0 ? &first : &second), NG_OK);
        pack_destroy(cx, &pack);
    }
    assert_true(ng_view_equal(ng_buffer_view(&first), ng_buffer_view(&second)));
    assert_string_equal(((const packed_header *)(const void *)first.data)->hash, ng_data_hash());
    ng_buffer_destroy(cx, &first);
    ng_buffer_destroy(cx, &second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_tables),   cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_missing_table),  cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_crowded_phrase), cmocka_unit_test(test_many_phrases),
        cmocka_unit_test(test_no_memory),      cmocka_unit_test(test_built_in),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
