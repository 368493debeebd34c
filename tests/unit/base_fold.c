/* Names as keys: folding and slugs. */
#include "faults.h"

static const struct {
    const char *text, *folded, *slug;
} cases[] = {
    { "", "", "" },
    { "Benjamin Netanyahu", "benjamin netanyahu", "benjamin-netanyahu" },
    { "Erdoğan", "erdogan", "erdogan" },
    { "ERDOGAN", "erdogan", "erdogan" },
    { "Erdog\xCC\x86"
      "an",
      "erdogan", "erdogan" },
    { "İstanbul", "istanbul", "istanbul" },
    { "Diyarbakır", "diyarbakir", "diyarbakir" },
    { "Łódź", "lodz", "lodz" },
    { "Søren Ærø Ðuro Đoković", "soren aero duro dokovic", "soren-aero-duro-dokovic" },
    { "Straße", "strasse", "strasse" },
    { "Þór Œuvre", "thor oeuvre", "thor-oeuvre" },
    { "O’Brien", "o'brien", "obrien" },
    { "O'Brien", "o'brien", "obrien" },
    { "Baʿath ‘Abd", "ba'ath 'abd", "baath-abd" },
    { "Bashar al-Assad", "bashar al-assad", "bashar-al-assad" },
    { "al‑Assad", "al-assad", "al-assad" },
    { "Russian–Israeli", "russian-israeli", "russian-israeli" },
    { "  Mary   Anne (Smith) ", "  mary   anne (smith) ", "mary-anne-smith" },
    { "Київ", "киів", "kyiv" },
    { "Владимир Путин", "владимир путин", "vladimir-putin" },
    { "Чайковский", "чаиковскии", "chaykovskiy" },
    { "Чаи\xCC\x86ковскии\xCC\x86", "чаиковскии", "chaykovskiy" },
    { "Горбачёв", "горбачев", "gorbachev" },
    { "Хрущёв", "хрущев", "khrushchev" },
    { "Ельцын Объект", "ельцын объект", "eltsyn-obekt" },
    { "Ελλάδα", "ελλαδα", "ellada" },
    { "Παπανδρέου ΓΙΏΡΓΟΣ", "παπανδρεου γιωργοσ", "papandreou-giorgos" },
    { "東京", "東京", "u6771u4eac" },
    { "राम रमा", "राम रमा", "u930u93eu92e-u930u92eu93e" },
    { "שָׁלוֹם", "שלום", "u5e9u5dcu5d5u5dd" },
    { "مُحَمَّد", "محمد", "u645u62du645u62f" },
    { "ＡＢＣ ﬁ", "abc fi", "abc-fi" },
    { "`grave`", "'grave'", "grave" },
    { "so\xC2\xAD"
      "ft zero\xE2\x80\x8Bwidth",
      "soft zerowidth", "soft-zerowidth" },
    { "😀", "😀", "" },
    { "a 😀 b", "a 😀 b", "a-b" },
    { "---", "---", "" },
    { "\xEF\xBF\xBD", "\xEF\xBF\xBD", "" },
    { "Henri IV 2024", "henri iv 2024", "henri-iv-2024" },
    { "Ǿ", "o", "o" },
};

static void test_fold_and_slug(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer out;

    (void)state;
    ng_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        out.size = 0;
        assert_int_equal(ng_utf8_fold(cx, ng_view_of(cases[i].text), &out), NG_OK);
        assert_true(out.size == 0 || out.data[out.size] == '\0');
        assert_string_equal(out.size ? out.data : "", cases[i].folded);
        out.size = 0;
        assert_int_equal(ng_utf8_slug(cx, ng_view_of(cases[i].text), &out), NG_OK);
        assert_string_equal(out.size ? out.data : "", cases[i].slug);
    }
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
}

/* What was folded once stays as it is: keys can be made of keys. */
static void test_fold_twice(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer once;
    ng_buffer twice;

    (void)state;
    ng_buffer_init(&once, 1000);
    ng_buffer_init(&twice, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        once.size = twice.size = 0;
        assert_int_equal(ng_utf8_fold(cx, ng_view_of(cases[i].text), &once), NG_OK);
        assert_int_equal(ng_utf8_fold(cx, ng_buffer_view(&once), &twice), NG_OK);
        assert_true(ng_view_equal(ng_buffer_view(&once), ng_buffer_view(&twice)));
    }
    ng_buffer_destroy(cx, &once);
    ng_buffer_destroy(cx, &twice);
    ng_ctx_free(cx);
}

/* Both append, and a failure takes away what they appended. */
static void test_append(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer out;

    (void)state;
    ng_buffer_init(&out, 12);
    assert_int_equal(ng_buffer_add(cx, &out, NG_VIEW("person:")), NG_OK);
    assert_int_equal(ng_utf8_slug(cx, NG_VIEW(" -Ann"), &out), NG_OK);
    assert_string_equal(out.data, "person:ann");
    assert_int_equal(ng_utf8_slug(cx, NG_VIEW("ab cd"), &out), NG_E_LIMIT);
    assert_string_equal(out.data, "person:ann");
    assert_int_equal(ng_utf8_fold(cx, NG_VIEW("\xC3\x89t\xC3\xA9"), &out), NG_E_LIMIT);
    assert_string_equal(out.data, "person:ann");
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold_and_slug),
        cmocka_unit_test(test_fold_twice),
        cmocka_unit_test(test_append),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
