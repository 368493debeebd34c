/* Patterns: what ours find in lines, what the user's may and may not do. */
#include "faults.h"

#include "mentions/mentions_internal.h"

static ng_ctx *cx;
static ng_arena arena;
static char folder[256];

static int set_up(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    ng_arena_init(&arena, (size_t)1 << 30);
    test_make_folder(folder);
    return cx ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    test_remove_folder(folder);
    ng_arena_destroy(cx, &arena);
    ng_ctx_free(cx);
    return 0;
}

/* Opens the dictionaries with these rules, or without any. */
static ng_names *open_names(const char *rules)
{
    char path[512];
    ng_names *names = NULL;

    (void)snprintf(path, sizeof path, "%s/rules.tsv", folder);
    if (rules)
        test_write_file(folder, "rules.tsv", ng_view_of(rules));
    assert_int_equal(ng_names_new(cx, rules ? path : NULL, &names), NG_OK);
    return names;
}

/* Each match as "text=kind;", a rule's with "!". */
static void find(const ng_patterns *patterns, ng_view text, char *out)
{
    ng_pattern_matches found = { 0 };

    assert_int_equal(ng_patterns_find(cx, patterns, &arena, text, &found), NG_OK);
    for (size_t i = 0; i < found.count; i++)
        out += sprintf(out, "%.*s=%s%s;", (int)(found.items[i].end - found.items[i].start),
                       text.data + found.items[i].start, ng_kind_name((ng_kind)found.items[i].kind),
                       found.items[i].is_rule ? "!" : "");
    *out = 0;
}

static void test_built_in(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "By Jane Hutchinson\n\nText.", "Jane Hutchinson=person;" },
        { "By Jane Hutchinson and others", "Jane Hutchinson=person;" },
        { "By the way, Jane", "" },
        { "It was written. By Jane Hutchinson", "" },
        { "Name: In\xC3\xA9s Santamar\xC3\xAD"
          "a\n",
          "In\xC3\xA9s Santamar\xC3\xAD"
          "a=person;" },
        { "Title: Two Words\n", "" },
        { "MOSCOW (Reuters) - It rained.", "MOSCOW=place;" },
        { "MOSCOW, Feb. 3 \xE2\x80\x94 It rained.", "MOSCOW=place;" },
        { "In MOSCOW (Reuters) - it", "" },
        { "", "" },
    };
    ng_names *names = open_names(NULL);
    ng_patterns *patterns = NULL;
    char found[512];

    (void)state;
    assert_int_equal(ng_patterns_new(cx, names, &patterns), NG_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        find(patterns, ng_view_of(cases[i].text), found);
        assert_string_equal(found, cases[i].wanted);
    }
    ng_patterns_free(cx, patterns);
    ng_names_free(cx, names);
}

static void test_rules(void **state)
{
    ng_names *names = open_names("pattern\tperson\tagent [0-9]+\n"
                                 "pattern\torganization\tunit ([A-Z][a-z]+)\n"
                                 "pattern\tplace\tx*\n");
    ng_patterns *patterns = NULL;
    char found[512];

    (void)state;
    assert_int_equal(ng_patterns_new(cx, names, &patterns), NG_OK);
    find(patterns, ng_view_of("agent 7, unit Fox, \xC3\xA9xx"), found);
    assert_string_equal(found, "agent 7=person!;Fox=organization!;x=place!;xx=place!;");
    ng_patterns_free(cx, patterns);
    ng_names_free(cx, names);
}

static void test_bad_rule(void **state)
{
    static const char *const bad[] = { "pattern\tperson\t(unclosed\n", "pattern\tperson\t[z-a]\n",
                                       "pattern\tperson\t*x\n" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ng_names *names = open_names(bad[i]);
        ng_finder *finder = NULL;
        assert_int_equal(ng_finder_new(cx, names, NULL, &finder), NG_E_DATA);
        assert_null(finder);
        assert_non_null(strstr(cx->error, ".tsv:1: bad regular expression at character "));
        ng_names_free(cx, names);
    }
}

/* A pattern that would take forever stops with a warning, and the work goes on. */
static void test_endless_rule(void **state)
{
    ng_names *names = open_names("pattern\tperson\t(a+)+$\n");
    ng_patterns *patterns = NULL;
    test_messages messages = { 0 };
    char text[64], found[512];

    (void)state;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    assert_int_equal(ng_patterns_new(cx, names, &patterns), NG_OK);
    ng_ctx_on_message(cx, test_keep_message, &messages);
    find(patterns, (ng_view){ text, sizeof text }, found);
    assert_string_equal(found, "");
    assert_non_null(strstr(messages.text, "line 1"));
    ng_ctx_on_message(cx, NULL, NULL);
    ng_patterns_free(cx, patterns);
    ng_names_free(cx, names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_bad_rule),
        cmocka_unit_test(test_endless_rule),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
