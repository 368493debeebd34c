/* What is found in texts: spans in brackets, their kind in braces, "~" before a demonym's and "="
 * before an alias's. The cases are those that users of other tools reported, and their kin. */
#include "faults.h"

#include "mentions/mentions.h"

static ng_ctx *cx;
static ng_arena arena;
static ng_names *names;
static ng_finder *finder;
static ng_scratch *scratch;
static char folder[256];

static const char rules[] = "ignore\tSergei Vershinin\n"
                            "type\tQwert Uiop\tperson\n"
                            "type\tHezbollah\tplace\n"
                            "alias\tgreat zyx\tIsrael\n"
                            "pattern\tperson\t\\bagent [0-9]+\\b\n"
                            "pattern\torganization\tunit ([A-Z][a-z]+)\n";

static int set_up(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    ng_arena_init(&arena, (size_t)1 << 30);
    test_make_folder(folder);
    test_write_file(folder, "rules.tsv", ng_view_of(rules));
    if (!cx || ng_names_new(cx, NULL, &names) != NG_OK)
        return -1;
    if (ng_finder_new(cx, names, NULL, &finder) != NG_OK)
        return -1;
    return ng_scratch_new(cx, finder, &scratch) == NG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    test_remove_folder(folder);
    ng_scratch_free(cx, scratch);
    ng_finder_free(cx, finder);
    ng_names_free(cx, names);
    ng_arena_destroy(cx, &arena);
    ng_ctx_free(cx);
    return 0;
}

static const char *const cases[] = {
    "[Tigran]{person} spoke of [Iran]{country}.",
    "He moved to [Oklahoma]{place} last year.",
    "[Valerie Berkowitz]{person}, M.S., R.D., gave advice.",
    "Prices rose in [Western Europe]{place}.",
    "They sold it to [China]{country}, to the [U.S.]{country}, to the [USA]{country} and to "
    "[France]{country}.",
    "She lives in [Long Beach]{place}, [CA]{place}, with her son.",
    "[Japan]{country}, [Soviet Union]{country}, [China]{country}, [Canada]{country}, "
    "[England]{country}, [France]{country} and [Germany]{country} signed.",
    "[Bristol Palin]{person} met [Chad Smith]{person}, [Paris Hilton]{person}, "
    "[Jordan Peele]{person} and [Washington Irving]{person}.",
    "[George Washington]{person} went to [Washington]{place}.",
    "In [Paris]{place} she spoke. The writer [Jordan Paris]{person} met her.",
    "[Croatia]{country} is a country.",
    "Sgt [Mat Knowles]{person} said the road was closed.",
    "\"This is a quote,\" [Belinda Wright]{person}, told reporters.",
    "[Lester B. Pearson]{person} met [G.B.J. Dreyfus]{person}. [U.S.]{country} troops left on "
    "Jan. 21.",
    "\xF0\x9F\x98\x80 [Angela Merkel]{person} met [Emmanuel Macron]{person} in "
    "[Berlin]{place}\r\nand left.",
    "Name: [In\xC3\xA9s Santamar\xC3\xAD"
    "a]{person}\nAge: 34\nCity: [Madrid]{place}\n",
    "[Prathmesh Patil]{person} moved from [Latur]{place} to [Mumbai]{place}.",
    "[Tamils]{people}, [Kurds]{people} and [Palestinians]{people} protested.",
    "Students of [Aleppo University]{organization} protested.",
    "[New York City]{place} is in [New York]{place}.",
    "[Tbilisi]{place}, [Georgia]{country} and [Atlanta]{place}, [Georgia]{place}.",
    "The [Democratic Republic of the Congo]{country} and [Guinea-Bissau]{country} agreed.",
    "She speaks Russian and likes Italian food. A [Russian]{~country} officer left.",
    "[Russo]{~country}-[Israeli]{~country} talks began.",
    "President [Donald Trump]{person}'s visit to the [White House]{place} ended.",
    "Former Prime Minister [Tony Blair]{person} met Queen [Elizabeth II]{person}.",
    "[Israeli]{~country} Prime Minister [Benjamin Netanyahu]{person} met him.",
    "[Russian]{~country} Deputy Foreign Minister [Sergei Vershinin]{person} told reporters.",
    "[Bashar al-Assad]{person} was in [Damascus]{place}.",
    "[Xi Jinping]{person} and [Kim Jong-un]{person} met [Abdel Fattah el-Sisi]{person}.",
    "He met [Luiz In\xC3\xA1"
    "cio Lula da Silva]{person} in [Brazil]{country}.",
    "Prince [Al-Waleed bin Talal]{person} met Secretary General [Ban Ki-moon]{person}.",
    "The [U.S. Army]{organization} said so.",
    "[Jean-Louis Richard]{person} met [Jonathan M. Stan]{person} there.",
    "[WASHINGTON]{place} ([Reuters]{organization}) - It rained on Monday.",
    "By [Jane Hutchinson]{person}\n\nIt rained.",
    "It rained on Monday, in March and at Christmas.",
    "He read it.\n\nShe did not.",
    "",
    "...",
    /* text that tells nothing by its case */
    "[benjamin netanyahu]{person} met [vladimir putin]{person} in [moscow]{place} and spoke of "
    "[syria]{country} and the [united states]{country}",
    "[BENJAMIN NETANYAHU]{person} MET [VLADIMIR PUTIN]{person} IN [MOSCOW]{place} AND SPOKE OF "
    "[SYRIA]{country} AND THE [UNITED STATES]{country}",
    /* the rest of the document */
    "[Amos Yadlin]{person} agreed. Nobody saw it coming, as [Yadlin]{person} noted.",
    "Captain [Ahab]{person} chased the whale. [Ahab]{person} was mad.",
};

/* Writes the text with its spans marked as in the cases. */
static void mark(const ng_text *text, const ng_spans *spans, char *out)
{
    size_t at = 0;

    for (size_t i = 0; i < spans->count; i++) {
        const ng_span *span = &spans->items[i];
        size_t start = text->tokens[span->first_token].start;
        size_t end = text->tokens[span->end_token - 1].end;
        memcpy(out, text->text.data + at, start - at);
        out += start - at;
        *out++ = '[';
        memcpy(out, text->text.data + start, end - start);
        out += end - start;
        out += sprintf(out, "]{%s%s}", span->form == NG_FORM_DEMONYM ? "~" : "",
                       ng_kind_name((ng_kind)span->kind));
        at = end;
    }
    memcpy(out, text->text.data + at, text->text.size - at);
    out[text->text.size - at] = 0;
}

/* The text of a case without its marks. */
static size_t strip(const char *marked, char *text)
{
    size_t size = 0;

    for (; *marked; marked++) {
        if (*marked == '{')
            while (*marked != '}')
                marked++;
        else if (*marked != '[' && *marked != ']')
            text[size++] = *marked;
    }
    return size;
}

static ng_spans find(const ng_finder *with, ng_scratch *own, ng_view view, ng_text *text)
{
    ng_spans spans = { 0 };

    assert_int_equal(ng_text_scan(cx, &arena, view, 10000, text), NG_OK);
    assert_int_equal(ng_spans_find(cx, with, own, &arena, text, &spans), NG_OK);
    return spans;
}

static void test_cases(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char plain[1024], marked[2048];
        size_t size = strip(cases[i], plain);
        ng_text text;
        ng_spans spans = find(finder, scratch, (ng_view){ plain, size }, &text);
        mark(&text, &spans, marked);
        if (strcmp(marked, cases[i]) == 0)
            continue;
        print_error("expected: %s\nfound:    %s\n", cases[i], marked);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* A name has one kind in a document whose contexts do not speak against it. */
static void test_one_kind(void **state)
{
    static const char text_data[] = "Nissan said sales rose. Analysts at Nissan agreed. He works "
                                    "for Nissan. Shares of Nissan fell in Tokyo.";
    ng_text text;
    ng_spans spans;
    size_t seen = 0;

    (void)state;
    spans = find(finder, scratch, ng_view_of(text_data), &text);
    for (size_t i = 0; i < spans.count; i++) {
        if (!ng_view_equal(ng_token_text(&text, spans.items[i].first_token), NG_VIEW("Nissan")))
            continue;
        assert_int_equal(spans.items[i].kind, spans.items[0].kind);
        seen++;
    }
    assert_true(seen >= 3);
}

static void test_details(void **state)
{
    ng_text text;
    ng_spans spans;

    (void)state;
    spans = find(finder, scratch,
                 ng_view_of("Israeli Prime Minister Benjamin Netanyahu left Syria."), &text);
    assert_int_equal(spans.count, 3);
    assert_string_equal(spans.items[0].code, "IL");
    assert_int_equal(spans.items[1].title_first, 1);
    assert_int_equal(spans.items[1].first_token, 3);
    assert_string_equal(spans.items[2].code, "SY");
    assert_int_equal(spans.items[2].title_first, spans.items[2].first_token);
    for (size_t i = 0; i < spans.count; i++)
        assert_true(spans.items[i].confidence > 0.0f && spans.items[i].confidence <= 1.0f);
}

/* The user's rules always win. */
static void test_rules(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rule_cases[] = {
        { "Sergei Vershinin met Amos Yadlin.", "Sergei Vershinin met [Amos Yadlin]{person}." },
        { "He gave it to Qwert Uiop today.", "He gave it to [Qwert Uiop]{person} today." },
        { "He saw Hezbollah there.", "He saw [Hezbollah]{place} there." },
        { "Then agent 99 met unit Fox there.",
          "Then [agent 99]{person} met unit [Fox]{organization} there." },
    };
    ng_names *ruled = NULL;
    ng_finder *own = NULL;
    ng_scratch *own_scratch = NULL;
    char path[512];

    (void)state;
    (void)snprintf(path, sizeof path, "%s/rules.tsv", folder);
    assert_int_equal(ng_names_new(cx, path, &ruled), NG_OK);
    assert_int_equal(ng_finder_new(cx, ruled, NULL, &own), NG_OK);
    assert_int_equal(ng_scratch_new(cx, own, &own_scratch), NG_OK);
    for (size_t i = 0; i < sizeof rule_cases / sizeof *rule_cases; i++) {
        char marked[1024];
        ng_text text;
        ng_spans spans = find(own, own_scratch, ng_view_of(rule_cases[i].text), &text);
        mark(&text, &spans, marked);
        assert_string_equal(marked, rule_cases[i].wanted);
    }
    ng_scratch_free(cx, own_scratch);
    ng_finder_free(cx, own);
    ng_names_free(cx, ruled);
}

/* Names of rules as often as they like: their scores are large, and so are the sums. */
static void test_many_rules(void **state)
{
    enum { REPEATS = 5000 };
    static const char sentence[] = "He saw Qwert Uiop. ";
    ng_buffer data;
    ng_names *ruled = NULL;
    ng_finder *own = NULL;
    ng_scratch *own_scratch = NULL;
    ng_text text;
    char path[512];

    (void)state;
    (void)snprintf(path, sizeof path, "%s/rules.tsv", folder);
    assert_int_equal(ng_names_new(cx, path, &ruled), NG_OK);
    assert_int_equal(ng_finder_new(cx, ruled, NULL, &own), NG_OK);
    assert_int_equal(ng_scratch_new(cx, own, &own_scratch), NG_OK);
    ng_buffer_init(&data, 1 << 24);
    for (size_t i = 0; i < REPEATS; i++)
        assert_int_equal(ng_buffer_add(cx, &data, ng_view_of(sentence)), NG_OK);
    assert_int_equal(find(own, own_scratch, ng_buffer_view(&data), &text).count, REPEATS);
    ng_buffer_destroy(cx, &data);
    ng_scratch_free(cx, own_scratch);
    ng_finder_free(cx, own);
    ng_names_free(cx, ruled);
}

/* What was read before changes nothing, also when the words of a thread are forgotten. */
static void test_forgetting(void **state)
{
    enum { WORDS = 50000, TEXTS = 8 };
    static const char *const probes[] = {
        "Amos Yadlin agreed. Nobody saw it coming, as Yadlin noted in Long Beach, CA.",
        "BENJAMIN NETANYAHU MET VLADIMIR PUTIN IN MOSCOW AND SPOKE OF SYRIA",
    };
    ng_arena flood;
    ng_buffer words;

    (void)state;
    ng_buffer_init(&words, 1 << 24);
    for (size_t i = 0; i < TEXTS; i++) {
        ng_text text;
        ng_spans spans;

        for (size_t p = 0; p < sizeof probes / sizeof *probes; p++) {
            static char first[2][1024];
            char marked[1024];

            spans = find(finder, scratch, ng_view_of(probes[p]), &text);
            mark(&text, &spans, marked);
            if (i == 0)
                memcpy(first[p], marked, sizeof marked);
            assert_string_equal(marked, first[p]);
        }
        words.size = 0;
        for (size_t w = i * WORDS; w < (i + 1) * WORDS; w++)
            assert_int_equal(ng_buffer_format(cx, &words, "x%zu ", w), NG_OK);
        ng_arena_init(&flood, (size_t)1 << 30);
        assert_int_equal(ng_text_scan(cx, &flood, ng_buffer_view(&words), 10000, &text), NG_OK);
        assert_int_equal(ng_spans_find(cx, finder, scratch, &flood, &text, &spans), NG_OK);
        ng_arena_destroy(cx, &flood);
    }
    ng_buffer_destroy(cx, &words);
}

/* Long runs of capitals and of connectors: the work for a word is bounded, spans never overlap. */
static void test_long_runs(void **state)
{
    enum { REPEATS = 20000 };
    static const char *const pieces[] = {
        "Smith ", "of ", "A-", "NATO ", "al-", "Mr. ", "the The "
    };
    static char data[REPEATS * 8];

    (void)state;
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        size_t size = strlen(pieces[p]);
        ng_text text;
        ng_spans spans;
        for (size_t i = 0; i < REPEATS; i++)
            memcpy(data + i * size, pieces[p], size);
        spans = find(finder, scratch, (ng_view){ data, REPEATS * size }, &text);
        for (size_t i = 1; i < spans.count; i++)
            assert_true(spans.items[i - 1].end_token <= spans.items[i].first_token);
        ng_arena_reset(cx, &arena);
    }
}

static void test_no_memory(void **state)
{
    static const char data[] = "President Benjamin Netanyahu met Sergei Vershinin in Moscow.";
    bool is_done = false;

    (void)state;
    for (size_t fail_at = 1; !is_done; fail_at++) {
        ng_ctx *own = ng_ctx_new();
        test_heap heap;
        ng_arena small;
        ng_finder *made = NULL;
        ng_scratch *own_scratch = NULL;
        ng_text text;
        ng_spans spans = { 0 };
        ng_status status;
        test_use_heap(own, &heap);
        ng_arena_init(&small, (size_t)1 << 24);
        heap.fail_at = fail_at;
        status = ng_finder_new(own, names, NULL, &made);
        if (status == NG_OK)
            status = ng_scratch_new(own, made, &own_scratch);
        if (status == NG_OK)
            status = ng_text_scan(own, &small, ng_view_of(data), 10000, &text);
        if (status == NG_OK)
            status = ng_spans_find(own, made, own_scratch, &small, &text, &spans);
        assert_true(status == NG_OK || status == NG_E_MEMORY);
        assert_true(status == NG_OK || spans.items == NULL);
        is_done = status == NG_OK;
        ng_scratch_free(own, own_scratch);
        ng_finder_free(own, made);
        ng_arena_destroy(own, &small);
        assert_int_equal(heap.live, 0);
        own->realloc = cx->realloc;
        own->realloc_user = cx->realloc_user;
        ng_ctx_free(own);
    }
}

static void test_english(void **state)
{
    enum { REPEATS = 20 };
    static const char *const english = "The men of the hills went to the river and it was cold. ";
    static const char *const german = "Die Leute gingen an den Fluss und es wurde kalt dabei. ";
    char data[2000];
    ng_text text;

    (void)state;
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(german), 10000, &text), NG_OK);
    assert_true(ng_text_is_english(&text)); /* too short to tell */
    for (size_t i = 0; i < REPEATS; i++)
        memcpy(data + i * strlen(german), german, strlen(german));
    assert_int_equal(
        ng_text_scan(cx, &arena, (ng_view){ data, REPEATS * strlen(german) }, 10000, &text), NG_OK);
    assert_false(ng_text_is_english(&text));
    for (size_t i = 0; i < REPEATS; i++)
        memcpy(data + i * strlen(english), english, strlen(english));
    assert_int_equal(
        ng_text_scan(cx, &arena, (ng_view){ data, REPEATS * strlen(english) }, 10000, &text),
        NG_OK);
    assert_true(ng_text_is_english(&text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),      cmocka_unit_test(test_one_kind),
        cmocka_unit_test(test_details),    cmocka_unit_test(test_rules),
        cmocka_unit_test(test_many_rules), cmocka_unit_test(test_forgetting),
        cmocka_unit_test(test_long_runs),  cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_english),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
