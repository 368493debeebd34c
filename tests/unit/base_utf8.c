/* UTF-8: repair, validity, counting, decoding, classes of characters. */
#include "faults.h"

/* Ill-formed input and what Python's decode("utf-8", "replace") makes of it; '?' stands for
 * U+FFFD. The last four of the first group are the examples of Unicode 15.0, table 3-8 to 3-11. */
static const struct {
    const char *raw;
    const char *repaired;
} repair_cases[] = {
    { "", "" },
    { "plain", "plain" },
    { "a\x80"
      "b",
      "a?b" },
    { "\xC0\xAF", "??" },
    { "\xE0\x80\xAF", "???" },
    { "\xF0\x80\x80\xAF", "????" },
    { "\xF4\x90\x80\x80", "????" },
    { "\xED\xA0\x80", "???" },
    { "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
      "A",
      "????????A" },
    { "\xED\xA0\x80\xED\xBF\xBF\xED\xAF"
      "A",
      "????????A" },
    { "\xF4\x91\x92\x93\xFF"
      "A\x80\xBF"
      "B",
      "?????A??B" },
    { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
      "A",
      "????A" },
    { "\xE2\x82", "?" },
    { "\xF0\x9F\x98", "?" },
    { "\xF0\x9F\x98\x80\xF0", "\xF0\x9F\x98\x80?" },
    { "\xFF\xFE", "??" },
    { "\xC3", "?" },
    { "\xC3(", "?(" },
    { "\xE2\x82\xE2\x82\xAC", "?\xE2\x82\xAC" },
    { "12345678\xFF"
      "12345678\xE2\x82\xAC",
      "12345678?12345678\xE2\x82\xAC" },
    { "\xEF\xBB\xBFx", "\xEF\xBB\xBFx" },
    { "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF",
      "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF" },
    { "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF" },
};

/* Is `got` the text `wanted`, in which '?' stands for U+FFFD? */
static bool is_repaired(ng_view got, ng_view wanted)
{
    size_t at = 0;

    for (size_t i = 0; i < wanted.size; i++) {
        ng_view rest = ng_view_part(got, at, got.size);
        ng_view next =
            wanted.data[i] == '?' ? NG_VIEW("\xEF\xBF\xBD") : ng_view_part(wanted, i, i + 1);

        if (!ng_view_starts(rest, next))
            return false;
        at += next.size;
    }
    return at == got.size;
}

static void test_repair(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof repair_cases / sizeof *repair_cases; i++) {
        ng_view raw = ng_view_of(repair_cases[i].raw);
        ng_view wanted = ng_view_of(repair_cases[i].repaired);
        ng_buffer out;

        ng_buffer_init(&out, 1000);
        assert_int_equal(ng_utf8_repair(cx, raw, &out), NG_OK);
        if (!is_repaired(ng_buffer_view(&out), wanted))
            fail_msg("repair case %zu gives \"%s\"", i, out.data);
        assert_int_equal(ng_utf8_is_valid(raw), !strchr(wanted.data, '?'));
        assert_true(ng_utf8_is_valid(ng_buffer_view(&out)));
        ng_buffer_destroy(cx, &out);
    }
    ng_ctx_free(cx);
}

/* A zero byte is a byte, and a failure leaves the buffer as it was. */
static void test_repair_edges(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer out;

    (void)state;
    ng_buffer_init(&out, 8);
    assert_int_equal(ng_utf8_repair(cx, NG_VIEW("a\0b\xFF"), &out), NG_OK);
    assert_true(ng_view_equal(ng_buffer_view(&out), NG_VIEW("a\0b\xEF\xBF\xBD")));
    assert_int_equal(ng_utf8_repair(cx, NG_VIEW("xy\xFF"), &out), NG_E_LIMIT);
    assert_true(ng_view_equal(ng_buffer_view(&out), NG_VIEW("a\0b\xEF\xBF\xBD")));
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
}

static void test_valid_size(void **state)
{
    (void)state;
    assert_int_equal(ng_utf8_valid_size(NG_VIEW("12345678901\xC3\xA9")), 13);
    assert_int_equal(ng_utf8_valid_size(NG_VIEW("12345678901\xC3")), 11);
    assert_int_equal(ng_utf8_valid_size(NG_VIEW("\xFF")), 0);
    assert_int_equal(ng_utf8_valid_size(NG_VIEW("")), 0);
}

/* Every code point goes out and comes back; counting agrees at every length. */
static void test_decode_and_count(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer text;
    size_t wanted = 0;

    (void)state;
    ng_buffer_init(&text, 1 << 20);
    for (uint32_t code = 1; code < 0x110000; code += code < 0x3000 ? 1 : 977) {
        char bytes[4];
        size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        size_t length = 0;

        if (code >= 0xD800 && code < 0xE000)
            continue;
        if (size == 1)
            bytes[0] = (char)code;
        else
            bytes[0] = (char)((0xF00u >> size & 0xFFu) | code >> (6 * (size - 1)));
        for (size_t i = 1; i < size; i++)
            bytes[i] = (char)(0x80 | (code >> (6 * (size - 1 - i)) & 0x3F));
        assert_true(ng_utf8_is_valid((ng_view){ bytes, size }));
        assert_int_equal(ng_utf8_decode(bytes, size, &length), code);
        assert_int_equal(length, size);
        assert_int_equal(ng_buffer_add(cx, &text, (ng_view){ bytes, size }), NG_OK);
        assert_int_equal(ng_utf8_count(ng_buffer_view(&text)), ++wanted);
        if (text.size > 500)
            wanted = text.size = 0;
    }
    ng_buffer_destroy(cx, &text);
    ng_ctx_free(cx);
}

static const struct {
    uint32_t code_point;
    const char *classes; /* u upper, l lower, a letter, d digit, s space */
} class_cases[] = {
    { 'A', "ua" },    { 'z', "la" },   { '0', "d" },    { ' ', "s" },   { '\n', "s" },
    { '\r', "s" },    { '-', "" },     { 0, "" },       { '@', "" },    { '[', "" },
    { '`', "" },      { '{', "" },     { '/', "" },     { ':', "" },    { 0x7F, "" },
    { 0x85, "s" },    { 0xA0, "s" },   { 0xC9, "ua" },  { 0xE9, "la" }, { 0xD7, "" },
    { 0x130, "ua" },  { 0x131, "la" }, { 0x1C5, "ua" }, { 0x301, "a" }, { 0x410, "ua" },
    { 0x5D0, "a" },   { 0x660, "d" },  { 0x2003, "s" }, { 0x2019, "" }, { 0x2028, "s" },
    { 0x3000, "s" },  { 0x4E00, "a" }, { 0xFEFF, "" },  { 0xFFFD, "" }, { 0x1F600, "" },
    { 0x10FFFF, "" },
};

static void test_classes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof class_cases / sizeof *class_cases; i++) {
        uint32_t code = class_cases[i].code_point;
        char found[8];

        (void)snprintf(found, sizeof found, "%s%s%s%s%s", ng_utf8_is_upper(code) ? "u" : "",
                       ng_utf8_is_lower(code) ? "l" : "", ng_utf8_is_letter(code) ? "a" : "",
                       ng_utf8_is_digit(code) ? "d" : "", ng_utf8_is_space(code) ? "s" : "");
        assert_string_equal(found, class_cases[i].classes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repair),     cmocka_unit_test(test_repair_edges),
        cmocka_unit_test(test_valid_size), cmocka_unit_test(test_decode_and_count),
        cmocka_unit_test(test_classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
