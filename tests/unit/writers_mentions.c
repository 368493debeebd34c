/* Mentions of a document as JSON lines, TSV and CoNLL, byte for byte. */
#include "writers_graph.h"

static const char text[] = "Mr Russo-Israeli\tmet \"Anna\". He left.";

/* One document of two sentences with three mentions, one of them in a title of its own. */
static void check(ng_mention_format format, bool is_first, const char *wanted)
{
    const ng_mention mentions[] = {
        { 0, 4, 0, 4, NG_VIEW("Iran"), NG_KIND_COUNTRY, NG_FORM_NAME, NG_VIEW("country:IR"), 0.98,
          0, 0, true, false },
        { 3,
          8,
          3,
          8,
          { text + 3, 5 },
          NG_KIND_COUNTRY,
          NG_FORM_DEMONYM,
          NG_VIEW("country:RU"),
          (float)0.9,
          1,
          1,
          false,
          false },
        { 22,
          26,
          22,
          26,
          { text + 22, 4 },
          NG_KIND_PERSON,
          NG_FORM_NAME,
          NG_VIEW("person:anna"),
          1,
          1,
          1,
          false,
          false },
    };
    const ng_token_view tokens[] = {
        { NG_VIEW("Iran"), 0, 0 },
        { NG_VIEW("Mr"), 1, UINT32_MAX },
        { NG_VIEW("Russo"), 1, 1 },
        { NG_VIEW("-"), 1, 1 },
        { NG_VIEW("Anna"), 1, 2 },
        { NG_VIEW("."), 1, UINT32_MAX },
        { NG_VIEW("He\tshe"), 2, UINT32_MAX },
    };
    const ng_document document = {
        .id = NG_VIEW("a\t\"b\".txt"),
        .date = is_first ? NG_VIEW("2019-02-21") : NG_VIEW_NONE,
        .title = NG_VIEW("Iran"),
        .text = NG_VIEW(text),
        .mentions = mentions,
        .mention_count = 3,
        .tokens = tokens,
        .token_count = 7,
    };
    ng_ctx *cx = ng_ctx_new();
    ng_output *output = NULL;
    char folder[256];

    test_make_folder(folder);
    assert_int_equal(ng_output_open(cx, test_path(folder, "t"), &output), NG_OK);
    assert_int_equal(ng_mentions_write(cx, &document, format, is_first, output), NG_OK);
    assert_int_equal(ng_output_commit(cx, output), NG_OK);
    test_file_is(cx, test_path(folder, "t"), wanted);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

static void test_json(void **state)
{
    (void)state;
    check(NG_MENTIONS_JSON, false,
          "{\"id\":\"a\\u0009\\\"b\\\".txt\",\"date\":null,\"title\":\"Iran\",\"mentions\":["
          "{\"start\":0,\"end\":4,\"byte_start\":0,\"byte_end\":4,\"text\":\"Iran\","
          "\"kind\":\"country\",\"form\":\"name\",\"actor\":\"country:IR\",\"confidence\":0.98,"
          "\"sentence\":0,\"paragraph\":0,\"in_title\":true}, "
          "{\"start\":3,\"end\":8,\"byte_start\":3,\"byte_end\":8,\"text\":\"Russo\","
          "\"kind\":\"country\",\"form\":\"demonym\",\"actor\":\"country:RU\",\"confidence\":0.9,"
          "\"sentence\":1,\"paragraph\":1}, "
          "{\"start\":22,\"end\":26,\"byte_start\":22,\"byte_end\":26,\"text\":\"Anna\","
          "\"kind\":\"person\",\"form\":\"name\",\"actor\":\"person:anna\",\"confidence\":1,"
          "\"sentence\":1,\"paragraph\":1}]}\n");
}

static void test_tsv(void **state)
{
    static const char rows[] =
        "id\tdate\tstart\tend\tbyte_start\tbyte_end\ttext\tkind\tform\tactor\tconfidence\t"
        "sentence\tparagraph\tin_title\n"
        "a \"b\".txt\t2019-02-21\t0\t4\t0\t4\tIran\tcountry\tname\tcountry:IR\t0.98\t0\t0\t1\n"
        "a \"b\".txt\t2019-02-21\t3\t8\t3\t8\tRusso\tcountry\tdemonym\tcountry:RU\t0.9\t1\t1\t0\n"
        "a \"b\".txt\t2019-02-21\t22\t26\t22\t26\tAnna\tperson\tname\tperson:anna\t1\t1\t1\t0\n";

    (void)state;
    check(NG_MENTIONS_TSV, true, rows);
}

static void test_conll(void **state)
{
    (void)state;
    check(NG_MENTIONS_CONLL, true,
          "# newdoc id = a \"b\".txt\n"
          "Iran\tB-country\tcountry:IR\n\n"
          "Mr\tO\t_\nRusso\tB-country\tcountry:RU\n-\tI-country\tcountry:RU\n"
          "Anna\tB-person\tperson:anna\n.\tO\t_\n\n"
          "He she\tO\t_\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_tsv),
        cmocka_unit_test(test_conll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
