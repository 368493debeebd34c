/* The longest string of a line: what is taken out, what is left to the JSON library, and that a
 * character written in any way gives its bytes. */
#include "faults.h"

#include "documents/documents_internal.h"

#define A64  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A256 A64 A64 A64 A64

static const struct {
    const char *what, *line;
    const char *rest; /* NULL: not taken out */
    ng_view string;
} cases[] = {
    { "short strings stay", "{\"text\":\"" A64 "\"}", NULL, { "", 0 } },
    { "plain", "{\"text\":\"" A256 "\"}", "{\"text\":\"\\u0000\"}", { A256, 256 } },
    { "the longest of several, wherever it is",
      "{\"a\":\"" A256 "\",\"b\":[\"" A256 "b\"],\"" A64 "\":1}",
      "{\"a\":\"" A256 "\",\"b\":[\"\\u0000\"],\"" A64 "\":1}",
      { A256 "b", 257 } },
    { "escapes",
      "[\"" A256 "\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
      "[\"\\u0000\"]",
      { A256 "\"\\/\b\f\n\r\t", 264 } },
    { "code points",
      "[\"" A256 "\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\\u0000x\"]",
      "[\"\\u0000\"]",
      { A256 "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\0x", 268 } },
    { "UTF-8",
      "[\"\xC3\xA9" A256 "\xF0\x9F\x98\x80\"]",
      "[\"\\u0000\"]",
      { "\xC3\xA9" A256 "\xF0\x9F\x98\x80", 262 } },
    { "a backslash before the last quote",
      "[\"" A256 "\\\\\"]",
      "[\"\\u0000\"]",
      { A256 "\\", 257 } },
    { "what is outside strings is not judged",
      "\x01 nul] \"" A256 "\" \\",
      "\x01 nul] \"\\u0000\" \\",
      { A256, 256 } },
    { "no end", "[\"" A256 "", NULL, { "", 0 } },
    { "an escaped quote is no end", "[\"" A256 "\\\"", NULL, { "", 0 } },
    { "a short string without an end", "[\"" A256 "\",\"b", NULL, { "", 0 } },
    { "another string is the mark", "[\"" A256 "\",\"\\u0000\"]", NULL, { "", 0 } },
    { "another string begins with the mark", "[\"" A256 "\",\"\\u0000b\"]", NULL, { "", 0 } },
    { "a line feed", "[\"" A256 "\n\"]", NULL, { "", 0 } },
    { "a control byte at the end of eight", "[\"" A256 "bbbbbbb\x1F\"]", NULL, { "", 0 } },
    { "an escape that means nothing", "[\"" A256 "\\x\"]", NULL, { "", 0 } },
    { "three digits", "[\"" A256 "\\u123\"]", NULL, { "", 0 } },
    { "not all digits", "[\"" A256 "\\u12g4\"]", NULL, { "", 0 } },
    { "a low half alone", "[\"" A256 "\\uDC00\"]", NULL, { "", 0 } },
    { "a high half alone", "[\"" A256 "\\uD800\"]", NULL, { "", 0 } },
    { "two high halves", "[\"" A256 "\\uD800\\uD800\"]", NULL, { "", 0 } },
    { "a high half before another escape", "[\"" A256 "\\uD800\\nDC00\"]", NULL, { "", 0 } },
    { "nothing", "", NULL, { "", 0 } },
};

static void test_cases(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer rest, string;

    (void)state;
    ng_buffer_init(&rest, 4096);
    ng_buffer_init(&string, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_taken = false;

        print_message("%s\n", cases[i].what);
        assert_int_equal(
            ng_long_string_take(cx, ng_view_of(cases[i].line), &rest, &string, &is_taken), NG_OK);
        assert_int_equal(is_taken, cases[i].rest != NULL);
        if (!is_taken)
            continue;
        assert_string_equal(rest.data, cases[i].rest);
        assert_int_equal(string.size, cases[i].string.size);
        assert_memory_equal(string.data, cases[i].string.data, string.size);
    }
    ng_buffer_destroy(cx, &rest);
    ng_buffer_destroy(cx, &string);
    ng_ctx_free(cx);
}

/* Every code point as an escape, or two, and at each place in eight bytes. */
static void test_code_points(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_buffer rest, string;

    (void)state;
    ng_buffer_init(&rest, 4096);
    ng_buffer_init(&string, 4096);
    for (uint32_t code_point = 0; code_point < 0x110000; code_point++) {
        uint32_t high = 0xD800 + ((code_point - 0x10000) >> 10);
        uint32_t low = 0xDC00 + (code_point & 0x3FF);
        char line[512];
        bool is_taken = false;
        size_t length = 0, start = 0;
        int size = 0;

        if (code_point >= 0xD800 && code_point < 0xE000)
            continue;
        if (code_point < 0x10000)
            size = snprintf(line, sizeof line, "[\"%.*s" A256 "\\u%04x\"]", (int)(code_point % 8),
                            "bbbbbbbb", code_point);
        else
            size = snprintf(line, sizeof line, "[\"" A256 "\\u%04X\\u%04x\"]", high, low);
        assert_int_equal(
            ng_long_string_take(cx, (ng_view){ line, (size_t)size }, &rest, &string, &is_taken),
            NG_OK);
        assert_true(is_taken);

        start = 256 + (code_point < 0x10000 ? code_point % 8 : 0);
        assert_int_equal(ng_utf8_decode(string.data + start, string.size - start, &length),
                         code_point);
        assert_int_equal(start + length, string.size);
    }
    ng_buffer_destroy(cx, &rest);
    ng_buffer_destroy(cx, &string);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_code_points),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
