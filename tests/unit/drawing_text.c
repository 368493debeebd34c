/* Text for Graphviz: plain values, bold labels, lengths, colours and sizes. */
#include "drawing/style.c"
#include "drawing/svg.c"
#include "drawing/text.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct {
    draw_text raw;
    const char *plain, *bold;
} labels[] = {
    { BYTES("Israel"), "Israel", "\n<B>Israel</B>" },
    { BYTES("AT&T"), "AT&amp;T", "\n<B>AT&amp;T</B>" },
    { BYTES("&amp;"), "&amp;amp;", "\n<B>&amp;amp;</B>" },
    { BYTES("ends with \\"), "ends with \\\\", "\n<B>ends with \\\\</B>" },
    { BYTES("\\N"), "\\\\N", "\n<B>\\\\N</B>" },
    { BYTES("two\nlines"), "two\\nlines", "\n<B>two<BR/>lines</B>" },
    { BYTES("\n<B>x</B>"), "\\n<B>x</B>", "\n<B><BR/>&lt;B&gt;x&lt;/B&gt;</B>" },
    { BYTES("a \"b\""), "a \"b\"", "\n<B>a &quot;b&quot;</B>" },
    { BYTES("a]]>"), "a]]>", "\n<B>a&#93;&#93;&gt;</B>" },
    { BYTES("a\0b\r\t\x1b\x7f"), "a b    ", "\n<B>a b    </B>" },
    { BYTES("\xEF\xBB\xBF"), " ", "\n<B> </B>" },
    { BYTES("\xEF\xBF\xBE\xEF\xBF\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD",
      "\n<B>\xEF\xBF\xBD\xEF\xBF\xBD</B>" },
    { BYTES("a name that is a good deal longer than all names have to be"),
      "a name that is a\\ngood deal longer\\nthan all names have\\nto be",
      "\n<B>a name that is a<BR/>good deal longer<BR/>than all names have<BR/>to be</B>" },
};

/* What a function writes, in memory of the C heap. */
static char *written(void (*put)(FILE *out, draw_text text), draw_text text)
{
    char *data = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&data, &size);

    assert_non_null(out);
    put(out, text);
    assert_int_equal(fclose(out), 0);
    return data;
}

static void test_labels(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        char *plain = written(draw_put_label, labels[i].raw);
        char *bold = written(draw_put_bold_label, labels[i].raw);

        assert_string_equal(plain, labels[i].plain);
        assert_string_equal(bold, labels[i].bold);
        free(plain);
        free(bold);
    }
}

/* 256 bytes at most, whole characters, an ellipsis where something is missing. */
static void test_cut(void **state)
{
    static const char *const characters[] = { "x", "\xC3\xA9", "\xE9\x95\xB7", "\xF0\x9F\x8E\x89" };
    char long_text[4000];

    (void)state;
    for (size_t c = 0; c < 4; c++) {
        size_t each = strlen(characters[c]);

        for (size_t count = 60; count < 300; count++) {
            draw_text text = { long_text, count * each };
            char *got = NULL;
            size_t size = 0;

            for (size_t i = 0; i < count; i++)
                memcpy(long_text + i * each, characters[c], each);
            got = written(draw_put_label, text);
            size = strlen(got);
            assert_true(size <= DRAW_LABEL_BYTES);
            if (text.size <= DRAW_LABEL_BYTES) {
                assert_int_equal(size, text.size);
            } else {
                assert_true(size > DRAW_LABEL_BYTES - each);
                assert_int_equal((size - 3) % each, 0);
                assert_string_equal(got + size - 3, "\xE2\x80\xA6");
            }
            free(got);
        }
    }
}

static void test_style(void **state)
{
    draw_text name = BYTES("Israel");
    char colour[10];

    (void)state;
    assert_true(fabs(draw_font_size(0, 10, name) - 10) < 1e-9);
    assert_true(fabs(draw_font_size(10, 10, name) - 23) < 1e-9);
    assert_true(fabs(draw_font_size(2.5, 10, name) - 16.5) < 1e-9);
    assert_true(fabs(draw_font_size(0, 0, name) - 10) < 1e-9);
    assert_true(fabs(draw_pen_width(0, 10) - 0.7) < 1e-9);
    assert_true(fabs(draw_pen_width(10, 10) - 6) < 1e-9);
    draw_edge_colour(draw_theme_find("light"), 0, 10, colour);
    assert_string_equal(colour, "#5B6B7C46");
    draw_edge_colour(draw_theme_find("light"), 10, 10, colour);
    assert_string_equal(colour, "#5B6B7CDC");
    assert_int_equal(draw_kind_find("place"), DRAW_PLACE);
    assert_int_equal(draw_kind_find("river"), DRAW_OTHER);
}

/* Only titles that Graphviz made of our names change. */
static void test_svg(void **state)
{
    static const char svg[] =
        "<!-- n1 --><g><title>nergraph</title><title>n1</title><title>n1&#45;&#45;n2</title>"
        "<title>n3</title><title>n</title><title>n1x</title><text>title&gt;n1</text><title>n2";
    draw_node nodes[2] = { { .label = BYTES("A<\n&"), .kind = DRAW_PERSON, .mentions = 1 },
                           { .label = BYTES("B"), .kind = DRAW_OTHER } };
    draw_spec spec = {
        .nodes = nodes, .node_count = 2, .theme = draw_theme_find("light"), .title = BYTES("T")
    };
    char *data = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&data, &size);

    (void)state;
    assert_non_null(out);
    draw_put_svg(out, &spec, (draw_text){ svg, sizeof svg - 1 });
    assert_int_equal(fclose(out), 0);
    assert_string_equal(
        data, "<!-- n1 --><g><title>T</title><title>A&lt; &amp;: person, 1 mention</title>"
              "<title>A&lt; &amp; \xE2\x80\x93 B</title><title>n3</title><title>n</title>"
              "<title>n1x</title><text>title&gt;n1</text><title>n2");
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_style),
        cmocka_unit_test(test_svg),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
