/* Numbers in and out, in any locale; views. */
#include "faults.h"

#include <locale.h>
#include <math.h>

static const struct {
    double number;
    int digits;
    const char *text;
} written[] = {
    { 0.0, 9, "0" },
    { -0.0, 9, "0" },
    { 1, 9, "1" },
    { 3, 1, "3" },
    { 100, 9, "100" },
    { 0.25, 9, "0.25" },
    { -2.5, 9, "-2.5" },
    { 0.1, 17, "0.1" },
    { 1.0 / 3, 9, "0.333333333" },
    { 1.0 / 3, 17, "0.3333333333333333" },
    { 2.0 / 3, 3, "0.667" },
    { 1e-7, 9, "1e-07" },
    { 0.0001, 9, "0.0001" },
    { 0.00001234, 9, "1.234e-05" },
    { 123456789, 9, "123456789" },
    { 1234567890, 9, "1.23456789e+09" },
    { 999999999.9, 9, "1e+09" },
    { 27720, 9, "27720" },
    { 1e22, 17, "1e+22" },
    { 1.5e300, 9, "1.5e+300" },
    { 5e-324, 17, "4.94065645841247e-324" },
    { 1.7976931348623157e308, 17, "1.7976931348623157e+308" },
};

/* Number and text agree in the locale that is set. */
static void check_written(ng_ctx *cx)
{
    ng_buffer out;

    ng_buffer_init(&out, 100);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        out.size = 0;
        assert_int_equal(ng_buffer_add_number(cx, &out, written[i].number, written[i].digits),
                         NG_OK);
        assert_string_equal(out.data, written[i].text);
    }
    out.size = 0;
    assert_int_equal(ng_buffer_add_number(cx, &out, (double)NAN, 9), NG_E_BUG);
    assert_int_equal(ng_buffer_add_number(cx, &out, (double)INFINITY, 9), NG_E_BUG);
    assert_int_equal(out.size, 0);
    ng_buffer_destroy(cx, &out);
}

static const struct {
    const char *text;
    double number; /* NaN: not a number */
} read_cases[] = {
    { "0", 0 },
    { "1", 1 },
    { "-1.5", -1.5 },
    { "+2", 2 },
    { ".5", 0.5 },
    { "5.", 5 },
    { "1e3", 1000 },
    { "1E-2", 0.01 },
    { "1e+2", 100 },
    { "0.1", 0.1 },
    { "", NAN },
    { "-", NAN },
    { ".", NAN },
    { "1,5", NAN },
    { "1e", NAN },
    { "1e+", NAN },
    { " 1", NAN },
    { "1 ", NAN },
    { "0x10", NAN },
    { "inf", NAN },
    { "nan", NAN },
    { "1e999", NAN },
    { "1.2.3", NAN },
    { "--1", NAN },
    { "e5", NAN },
    { "4.9406564584124654e-324", 5e-324 },
    { "123456789012345678901234567890", 1.2345678901234568e29 },
};

static void check_read(void)
{
    for (size_t i = 0; i < sizeof read_cases / sizeof *read_cases; i++) {
        double number = -77;
        bool is_number = ng_view_number(ng_view_of(read_cases[i].text), &number);

        if (is_number != !isnan(read_cases[i].number))
            fail_msg("\"%s\" was read wrongly", read_cases[i].text);
        assert_true(number == (is_number ? read_cases[i].number : -77));
    }
}

/* Writes as printf does with %g in the C locale. */
static void check_as_printf(ng_ctx *cx, ng_buffer *out, double number, int digits)
{
    char printed[64];

    (void)snprintf(printed, sizeof printed, "%.*g", digits, number);
    out->size = 0;
    assert_int_equal(ng_buffer_add_number(cx, out, number, digits), NG_OK);
    if (strcmp(out->data, printed) != 0)
        fail_msg("%.*e with %d digits: %s, not %s", 25, number, digits, out->data, printed);
}

/* Numbers of all sizes, among them ties and neighbours of powers of ten, with all digits that need
 * no reading back. */
static void test_as_printf(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    uint64_t random = 1;
    ng_buffer out;

    (void)state;
    ng_buffer_init(&out, 100);
    for (int i = 0; i < 100000; i++) {
        double power = pow(10, (double)(random >> 40) / (1 << 24) * 26 - 9);
        int digits = 1 + i % 15;

        random = random * 6364136223846793005u + 1442695040888963407u;
        check_as_printf(cx, &out, power * (double)(random >> 11) / (1ull << 53), digits);
        check_as_printf(cx, &out, (double)(float)((double)(random >> 40) / (1 << 24)), digits);
        check_as_printf(cx, &out, (double)(random >> 50) / 16, digits);
        check_as_printf(cx, &out, (double)(random >> 44) + 0.5, digits);
        check_as_printf(cx, &out, (double)(random >> 54) / 1000, digits);
    }
    for (int power = -12; power <= 20; power++) {
        double number = pow(10, power);
        double below = nextafter(number, 0), above = nextafter(number, INFINITY);

        for (int digits = 1; digits <= 15; digits++) {
            check_as_printf(cx, &out, number, digits);
            check_as_printf(cx, &out, below, digits);
            check_as_printf(cx, &out, above, digits);
            check_as_printf(cx, &out, -number / 2, digits);
            check_as_printf(cx, &out, number * 9.9995, digits);
        }
    }
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
}

static void test_numbers(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    check_written(cx);
    check_read();
    ng_ctx_free(cx);
}

/* Sets a locale that writes 0,5; makes one if the system has none. */
static bool set_comma_locale(const char *folder)
{
    static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8" };
    char command[1024];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]))
            return true;
    (void)snprintf(command, sizeof command,
                   "localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >'%s/log' 2>&1", folder, folder);
    return system(command) == 0 && setenv("LOCPATH", folder, 1) == 0 &&
           setlocale(LC_ALL, "de_DE.UTF-8");
}

static void test_numbers_with_comma(void **state)
{
    char folder[256];
    char half[16];
    bool is_set = false;

    (void)state;
    test_make_folder(folder);
    is_set = set_comma_locale(folder);
    if (is_set) {
        ng_ctx *cx = ng_ctx_new();

        (void)snprintf(half, sizeof half, "%.1f", 0.5);
        assert_string_equal(half, "0,5");
        check_written(cx);
        check_read();
        ng_ctx_free(cx);
    }
    (void)setlocale(LC_ALL, "C");
    test_remove_folder(folder);
    if (!is_set) {
        print_message("no locale with a decimal comma here\n");
        skip();
    }
}

static void test_unsigned(void **state)
{
    uint64_t number = 7;

    (void)state;
    assert_true(ng_view_unsigned(NG_VIEW("18446744073709551615"), &number));
    assert_true(number == UINT64_MAX);
    assert_true(ng_view_unsigned(NG_VIEW("007"), &number));
    assert_int_equal(number, 7);
    assert_false(ng_view_unsigned(NG_VIEW("18446744073709551616"), &number));
    assert_false(ng_view_unsigned(NG_VIEW(""), &number));
    assert_false(ng_view_unsigned(NG_VIEW("-1"), &number));
    assert_false(ng_view_unsigned(NG_VIEW("1 "), &number));
    assert_int_equal(number, 7);
}

static void test_views(void **state)
{
    (void)state;
    assert_true(ng_view_compare(NG_VIEW("a"), NG_VIEW("ab")) < 0);
    assert_true(ng_view_compare(NG_VIEW("b"), NG_VIEW("ab")) > 0);
    assert_true(ng_view_compare(NG_VIEW("\xFF"), NG_VIEW("a")) > 0);
    assert_int_equal(ng_view_compare(NG_VIEW(""), (ng_view){ NULL, 0 }), 0);
    assert_true(ng_view_compare(NG_VIEW("a\0b"), NG_VIEW("a\0c")) < 0);
    assert_true(ng_view_starts(NG_VIEW("abc"), NG_VIEW("ab")));
    assert_true(ng_view_starts(NG_VIEW("abc"), NG_VIEW("")));
    assert_false(ng_view_starts(NG_VIEW("ab"), NG_VIEW("abc")));
    assert_true(ng_view_ends(NG_VIEW("abc"), NG_VIEW("bc")));
    assert_false(ng_view_ends(NG_VIEW("bc"), NG_VIEW("abc")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_as_printf),
        cmocka_unit_test(test_numbers_with_comma),
        cmocka_unit_test(test_unsigned),
        cmocka_unit_test(test_views),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
