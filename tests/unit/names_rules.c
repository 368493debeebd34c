/* The file of user rules: what is read, what is refused and in which words. */
#include "faults.h"

#include "names/names.h"

static ng_ctx *cx;
static char folder[256];
static char path[300];

static int make_folder(void **state)
{
    (void)state;
    test_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/rules.tsv", folder);
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

/* Reads rules from text; NULL when that failed. */
static ng_names *read_rules(ng_view text, ng_status *status_out)
{
    ng_names *names = NULL;

    test_write_file(folder, "rules.tsv", text);
    *status_out = ng_names_new(cx, path, &names);
    return names;
}

static void assert_view(ng_view view, const char *wanted)
{
    if (!ng_view_equal(view, ng_view_of(wanted)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)view.size, view.data, wanted);
}

static const char all_verbs[] = "\xEF\xBB\xBF# corrections\r\n"
                                "\r\n"
                                "alias\tBibi\tBenjamin Netanyahu\r\n"
                                "  # a comment too\n"
                                "never-merge\tGeorge Bush\tGeorge W. Bush\n"
                                "ignore\t The Hill \n"
                                "type\tJordan\tperson\n"
                                "pattern\tperson\t[A-Z]+\ttail$\n"
                                "type\tJordan\tcountry";

static void test_reading(void **state)
{
    static const struct {
        ng_rule_verb verb;
        const char *a, *b, *a_folded, *b_folded;
        ng_kind kind;
        uint32_t line;
    } wanted[] = {
        { NG_RULE_ALIAS, "Bibi", "Benjamin Netanyahu", "bibi", "benjamin netanyahu", NG_KIND_COUNT,
          3 },
        { NG_RULE_NEVER_MERGE, "George Bush", "George W. Bush", "george bush", "george w bush",
          NG_KIND_COUNT, 5 },
        { NG_RULE_IGNORE, "The Hill", "", "the hill", "", NG_KIND_COUNT, 6 },
        { NG_RULE_TYPE, "Jordan", "person", "jordan", "person", NG_KIND_PERSON, 7 },
        { NG_RULE_PATTERN, "[A-Z]+\ttail$", "person", "[A-Z]+\ttail$", "person", NG_KIND_PERSON,
          8 },
        { NG_RULE_TYPE, "Jordan", "country", "jordan", "country", NG_KIND_COUNTRY, 9 },
    };
    ng_status status = NG_OK;
    ng_names *names = read_rules(NG_VIEW(all_verbs), &status);
    size_t count = 0;

    (void)state;
    assert_int_equal(status, NG_OK);
    const ng_rule *rules = ng_names_rules(names, &count);
    assert_int_equal(count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rules[i].verb, wanted[i].verb);
        assert_view(rules[i].a, wanted[i].a);
        assert_view(rules[i].b, wanted[i].b);
        assert_view(rules[i].a_folded, wanted[i].a_folded);
        assert_view(rules[i].b_folded, wanted[i].b_folded);
        assert_int_equal(rules[i].kind, wanted[i].kind);
        assert_int_equal(rules[i].line, wanted[i].line);
    }
    /* the last rule of a verb counts; other verbs and names have none */
    assert_ptr_equal(ng_names_rule(names, NG_RULE_TYPE, NG_VIEW("jordan")), &rules[5]);
    assert_ptr_equal(ng_names_rule(names, NG_RULE_NEVER_MERGE, NG_VIEW("george bush")), &rules[1]);
    assert_ptr_equal(ng_names_rule(names, NG_RULE_IGNORE, NG_VIEW("the-hill")), &rules[2]);
    assert_null(ng_names_rule(names, NG_RULE_IGNORE, NG_VIEW("jordan")));
    assert_null(ng_names_rule(names, NG_RULE_ALIAS, NG_VIEW("benjamin netanyahu")));
    assert_null(ng_names_rule(names, NG_RULE_ALIAS, NG_VIEW("")));
    ng_names_free(cx, names);
}

static const struct {
    ng_view text;
    const char *message; /* after the path */
} refused[] = {
#define ROW(text, message)                                                                         \
    {                                                                                              \
        { (text), sizeof(text) - 1 }, (message)                                                    \
    }
    ROW("\n\n# x\naliass\ta\tb\n",
        ":4: unknown verb \"aliass\"; use alias, never-merge, ignore, type or pattern"),
    ROW("alias Bibi Netanyahu\n",
        ":1: no tabulator after \"alias\"; write alias<TAB>name<TAB>actor"),
    ROW("Alias\ta\tb\n",
        ":1: unknown verb \"Alias\"; use alias, never-merge, ignore, type or pattern"),
    ROW("\ta\tb\n", ":1: unknown verb \"\"; use alias, never-merge, ignore, type or pattern"),
    ROW("alias\ta\n", ":1: wrong number of columns; write alias<TAB>name<TAB>actor"),
    ROW("alias\ta\tb\tc\n", ":1: wrong number of columns; write alias<TAB>name<TAB>actor"),
    ROW("alias\t\tb\n", ":1: wrong number of columns; write alias<TAB>name<TAB>actor"),
    ROW("never-merge\ta\n", ":1: wrong number of columns; write never-merge<TAB>name<TAB>name"),
    ROW("ignore\ta\tb\n", ":1: wrong number of columns; write ignore<TAB>name"),
    ROW("ignore\n", ":1: wrong number of columns; write ignore<TAB>name"),
    ROW("type\ta\n", ":1: wrong number of columns; write type<TAB>name<TAB>kind"),
    ROW("pattern\tperson\n",
        ":1: wrong number of columns; write pattern<TAB>kind<TAB>regular expression"),
    ROW("type\tSmith\thuman\n",
        ":1: unknown kind \"human\"; use person, country, place, organization or people"),
    ROW("pattern\thuman\t.*\n",
        ":1: unknown kind \"human\"; use person, country, place, organization or people"),
    ROW("ignore\t...\n", ":1: no word in the name \"...\""),
    ROW("ignore\tcaf\xE9\n", ":1: not UTF-8; save the file as UTF-8"),
    ROW("alias\ta\tb\nalias\tA.\tc\n",
        ":2: alias \"A.\" for \"c\" contradicts line 1, where it is for \"b\""),
    ROW("alias\ta\tb\n\nnever-merge\tB\tA\n",
        ":3: never-merge \"B\" and \"A\" contradicts the alias in line 1"),
    ROW("never-merge\ta\tb\nalias\ta\tb\n",
        ":1: never-merge \"a\" and \"b\" contradicts the alias in line 2"),
    ROW("alias\ta\tc\nalias\tb\tc\nnever-merge\ta\tb\n",
        ":3: never-merge \"a\" and \"b\" contradicts the alias in line 1"),
    ROW("alias\tb\tc\nalias\ta\tb\nnever-merge\tc\ta\n",
        ":3: never-merge \"c\" and \"a\" contradicts the alias in line 2"),
    ROW("never-merge\ta\tA\n", ":1: never-merge of \"a\" with itself"),
    ROW("alias\ta\tb\nalias\tb\ta\n", ":1: the aliases of \"a\" go in a circle"),
    ROW("alias\tx\ta\nalias\ta\tb\nalias\tb\tc\nalias\tc\ta\n",
        ":2: the aliases of \"a\" go in a circle"),
#undef ROW
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char wanted[600];
        ng_status status = NG_OK;
        ng_names *names = read_rules(refused[i].text, &status);

        assert_null(names);
        assert_int_equal(status, NG_E_DATA);
        (void)snprintf(wanted, sizeof wanted, "%s%s", path, refused[i].message);
        assert_string_equal(ng_ctx_error(cx), wanted);
    }
}

/* The same said twice, or said in a chain, is no contradiction. */
static void test_accepted(void **state)
{
    static const char *const accepted[] = {
        "",
        "\n",
        "# only a comment",
        "alias\ta\tb\nalias\tA\tB\n",
        "alias\tUSA\tusa\n",
        "alias\ta\tb\nalias\tb\tc\nalias\tc\td\nalias\tx\tc\n",
        "alias\ta\tb\nnever-merge\ta\tc\nnever-merge\tb\tc\n",
        "type\ta\tperson\ntype\ta\tplace\n",
        "ignore\ta\nalias\ta\tb\n",
        "alias\tBibi\tperson:benjamin-netanyahu\nalias\tIsrahell\tcountry:IL\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        ng_status status = NG_OK;
        ng_names *names = read_rules(ng_view_of(accepted[i]), &status);

        if (status != NG_OK)
            fail_msg("%s: %s", accepted[i], ng_ctx_error(cx));
        ng_names_free(cx, names);
    }
}

/* Aliases to ids: their kind and code are known, the id itself is no phrase. */
static void test_ids(void **state)
{
    ng_status status = NG_OK;
    ng_names *names = read_rules(
        NG_VIEW("alias\tBibi\tperson:benjamin-netanyahu\nalias\tZyx\tcountry:IL\n"), &status);
    const ng_name_entry *entry = NULL;

    (void)state;
    assert_int_equal(status, NG_OK);
    entry = ng_names_get(names, NG_VIEW("bibi"), NG_NAME_RULE);
    assert_non_null(entry);
    assert_int_equal(entry->detail, NG_KIND_PERSON);
    assert_view(entry->value, "person:benjamin-netanyahu");
    assert_int_equal(entry->country.size, 0);
    entry = ng_names_get(names, NG_VIEW("zyx"), NG_NAME_RULE);
    assert_non_null(entry);
    assert_int_equal(entry->detail, NG_KIND_COUNTRY);
    assert_view(entry->country, "IL");
    assert_null(ng_names_get(names, NG_VIEW("country : il"), NG_NAME_RULE));
    ng_names_free(cx, names);
}

/* The hash is of what the rules say, not of how the file is written. */
static void test_hash(void **state)
{
    static const struct {
        const char *text;
        bool is_same;
    } cases[] = {
        { "alias\ta\tb\nignore\tc\n", true },
        { "# x\r\nalias\ta\tb\r\n\r\nignore\tc", true },
        { "alias\ta\tb\n", false },
        { "ignore\tc\nalias\ta\tb\n", false },
        { "alias\ta\tb\nignore\td\n", false },
    };
    char first[16] = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ng_status status = NG_OK;
        ng_names *names = read_rules(ng_view_of(cases[i].text), &status);
        ng_view hash = NG_VIEW_NONE;

        assert_int_equal(status, NG_OK);
        hash = ng_names_rules_hash(names);
        assert_int_equal(hash.size, 16);
        if (i == 0)
            memcpy(first, hash.data, 16);
        assert_int_equal(memcmp(hash.data, first, 16) == 0, cases[i].is_same);
        ng_names_free(cx, names);
    }
    ng_names *names = NULL;
    size_t count = 1;
    assert_int_equal(ng_names_new(cx, NULL, &names), NG_OK);
    assert_int_equal(ng_names_rules_hash(names).size, 0);
    (void)ng_names_rules(names, &count);
    assert_int_equal(count, 0);
    assert_null(ng_names_rule(names, NG_RULE_ALIAS, NG_VIEW("a")));
    ng_names_free(cx, names);
}

static void test_unreadable(void **state)
{
    ng_names *names = NULL;

    (void)state;
    assert_int_equal(ng_names_new(cx, "/nonexistent/rules.tsv", &names), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(cx), "/nonexistent/rules.tsv"));
    assert_int_equal(ng_names_new(cx, folder, &names), NG_E_IO);
    assert_null(names);
}

/* A long chain of aliases, last link first, takes no time and no stack. */
static void test_long_chain(void **state)
{
    enum { LINKS = 20000 };
    ng_buffer text;
    ng_status status = NG_OK;

    (void)state;
    ng_buffer_init(&text, 1 << 24);
    for (int i = LINKS; i > 0; i--)
        assert_int_equal(ng_buffer_format(cx, &text, "alias\tx%d\tx%d\n", i, i - 1), NG_OK);
    ng_names *names = read_rules(ng_buffer_view(&text), &status);
    assert_int_equal(status, NG_OK);
    const ng_name_entry *entry = ng_names_get(names, NG_VIEW("x20000"), NG_NAME_RULE);
    assert_non_null(entry);
    assert_view(entry->value, "x0");
    ng_names_free(cx, names);
    ng_buffer_destroy(cx, &text);
}

/* Each failing allocation is an ordinary result. */
static void test_no_memory(void **state)
{
    ng_ctx *own = ng_ctx_new();
    ng_realloc_fn old_realloc = own->realloc;
    void *old_user = own->realloc_user;
    ng_names *names = NULL;
    test_heap heap;
    size_t n = 0;

    (void)state;
    test_write_file(folder, "rules.tsv", NG_VIEW(all_verbs));
    test_use_heap(own, &heap);
    for (n = 1;; n++) {
        heap = (test_heap){ .fail_at = n };
        ng_status status = ng_names_new(own, path, &names);
        if (status == NG_OK)
            break;
        assert_int_equal(status, NG_E_MEMORY);
        assert_null(names);
        assert_int_equal(heap.live, 0);
    }
    assert_true(n > 15);
    ng_names_free(own, names);
    assert_int_equal(heap.live, 0);
    own->realloc = old_realloc;
    own->realloc_user = old_user;
    ng_ctx_free(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),    cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_accepted),   cmocka_unit_test(test_ids),
        cmocka_unit_test(test_hash),       cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_long_chain), cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
