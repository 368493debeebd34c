/* Escaping: JSON, CSV and TSV, row by row. */
#include "faults.h"
#include "writers/writers.h"

/* For static tables, where a compound literal is no constant. */
#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct {
    ng_view raw, json, csv, csv_raw, tsv;
} cases[] = {
    { BYTES(""), BYTES("\"\""), BYTES(""), BYTES(""), BYTES("") },
    { BYTES("Israel"), BYTES("\"Israel\""), BYTES("Israel"), BYTES("Israel"), BYTES("Israel") },
    { BYTES("a \"b\" c"), BYTES("\"a \\\"b\\\" c\""), BYTES("\"a \"\"b\"\" c\""),
      BYTES("\"a \"\"b\"\" c\""), BYTES("a \"b\" c") },
    { BYTES("\"\""), BYTES("\"\\\"\\\"\""), BYTES("\"\"\"\"\"\""), BYTES("\"\"\"\"\"\""),
      BYTES("\"\"") },
    { BYTES("back\\slash"), BYTES("\"back\\\\slash\""), BYTES("back\\slash"), BYTES("back\\slash"),
      BYTES("back\\slash") },
    { BYTES("two\nlines\r"), BYTES("\"two\\u000alines\\u000d\""), BYTES("\"two\nlines\r\""),
      BYTES("\"two\nlines\r\""), BYTES("two lines ") },
    { BYTES("a,b"), BYTES("\"a,b\""), BYTES("\"a,b\""), BYTES("\"a,b\""), BYTES("a,b") },
    { BYTES(" a"), BYTES("\" a\""), BYTES("\" a\""), BYTES("\" a\""), BYTES(" a") },
    { BYTES("=1+2"), BYTES("\"=1+2\""), BYTES("'=1+2"), BYTES("=1+2"), BYTES("=1+2") },
    { BYTES("+1"), BYTES("\"+1\""), BYTES("'+1"), BYTES("+1"), BYTES("+1") },
    { BYTES("-1,2"), BYTES("\"-1,2\""), BYTES("\"'-1,2\""), BYTES("\"-1,2\""), BYTES("-1,2") },
    { BYTES("@SUM"), BYTES("\"@SUM\""), BYTES("'@SUM"), BYTES("@SUM"), BYTES("@SUM") },
    { BYTES("\tx"), BYTES("\"\\u0009x\""), BYTES("'\tx"), BYTES("\tx"), BYTES(" x") },
    { BYTES("\0x"), BYTES("\"\\u0000x\""), BYTES("'\0x"), BYTES("\0x"), BYTES(" x") },
    { BYTES("a\x1b[1m"), BYTES("\"a\\u001b[1m\""), BYTES("a\x1b[1m"), BYTES("a\x1b[1m"),
      BYTES("a [1m") },
    { BYTES("\xC2\x9B\xC2\xA0"), BYTES("\"\xC2\x9B\xC2\xA0\""), BYTES("\xC2\x9B\xC2\xA0"),
      BYTES("\xC2\x9B\xC2\xA0"), BYTES(" \xC2\xA0") },
    { BYTES("a\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA6"), BYTES("\"a\\u2028\\u2029\xE2\x80\xA6\""),
      BYTES("a\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA6"),
      BYTES("a\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA6"), BYTES("a  \xE2\x80\xA6") },
    { BYTES("\xD7\xA9\xD7\x9C \xF0\x9F\x8E\x89"), BYTES("\"\xD7\xA9\xD7\x9C \xF0\x9F\x8E\x89\""),
      BYTES("\xD7\xA9\xD7\x9C \xF0\x9F\x8E\x89"), BYTES("\xD7\xA9\xD7\x9C \xF0\x9F\x8E\x89"),
      BYTES("\xD7\xA9\xD7\x9C \xF0\x9F\x8E\x89") },
};

static void check(const ng_buffer *got, ng_view wanted, size_t row)
{
    if (ng_view_equal(ng_buffer_view(got), wanted))
        return;
    fail_msg("row %zu: got %.*s, wanted %.*s", row, (int)got->size, got->data, (int)wanted.size,
             wanted.data);
}

static void test_rows(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_buffer out;

        ng_buffer_init(&out, 1 << 20);
        assert_int_equal(ng_escape_json(cx, cases[i].raw, &out), NG_OK);
        check(&out, cases[i].json, i);
        out.size = 0;
        assert_int_equal(ng_escape_csv(cx, cases[i].raw, false, &out), NG_OK);
        check(&out, cases[i].csv, i);
        out.size = 0;
        assert_int_equal(ng_escape_csv(cx, cases[i].raw, true, &out), NG_OK);
        check(&out, cases[i].csv_raw, i);
        out.size = 0;
        assert_int_equal(ng_escape_tsv(cx, cases[i].raw, &out), NG_OK);
        check(&out, cases[i].tsv, i);
        ng_buffer_destroy(cx, &out);
    }
    ng_ctx_free(cx);
}

/* A full buffer is an ordinary result. */
static void test_full_buffer(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t room = 1; room < 8; room++) {
        ng_buffer out;

        ng_buffer_init(&out, room);
        assert_int_equal(ng_escape_json(cx, NG_VIEW("a\"\n\\"), &out), NG_E_LIMIT);
        ng_buffer_destroy(cx, &out);
    }
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_full_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
