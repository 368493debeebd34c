/* The ranking: shared ranks, widths, colours, formats. Expected tables were read by a person. */
#include "writers_graph.h"

/* Writes a ranking of the test graph and compares it with the text. */
static void check(ng_table_format format, size_t top, uint32_t width, bool with_colour,
                  const char *wanted)
{
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_scores *scores = test_scores(cx, graph);
    ng_ranking_options options;
    ng_output *output = NULL;
    char folder[256];
    bool is_tsv = format == NG_TABLE_TSV;

    test_make_folder(folder);
    assert_int_equal(ng_output_open(cx, test_path(folder, "t"), &output), NG_OK);
    /* TSV by degree alone: Anna and Carla share a rank, and the next one is left out */
    options = (ng_ranking_options){ .by = test_measures + (is_tsv ? 1 : 0),
                                    .by_count = is_tsv ? 1 : 3,
                                    .top = top,
                                    .format = format,
                                    .width = width,
                                    .with_colour = with_colour };
    assert_int_equal(ng_ranking_write(cx, graph, scores, &options, output), NG_OK);
    assert_int_equal(ng_output_commit(cx, output), NG_OK);
    test_file_is(cx, test_path(folder, "t"), wanted);
    ng_scores_free(scores);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

static void test_aligned(void **state)
{
    (void)state;
    check(NG_TABLE_ALIGNED, 0, 0, false,
          "#  name          kind          mentions  strength  degree  betweenness\n"
          "1  Boris, B\\     country              0     6.500       3       0.2000\n"
          "2  Anna \"A\" <b>  person               0     6.000       2       0.0000\n"
          "3  Carla tab     place                0     4.000       2       0.0000\n"
          "4  =Dora         organization         0     0.500       1       0.0000\n"
          "5  李明          people               0     0.000       0       0.0000\n"
          "5  Zoe           person               0     0.000       0       0.0000\n");
}

static void test_narrow(void **state)
{
    (void)state;
    check(NG_TABLE_ALIGNED, 3, 58, false,
          "#  name      kind     mentions  strength  degree  betweenness\n"
          "1  Boris, …  country         0     6.500       3       0.2000\n"
          "2  Anna \"A…  person          0     6.000       2       0.0000\n"
          "3  Carla t…  place           0     4.000       2       0.0000\n");
}

static void test_colour(void **state)
{
    (void)state;
    check(NG_TABLE_ALIGNED, 2, 0, true,
          "\x1b[1m#  name          kind     mentions  strength  degree  betweenness\x1b[0m\n"
          "1  Boris, B\\     \x1b[34mcountry\x1b[0m         0     6.500       3       0.2000\n"
          "2  Anna \"A\" <b>  \x1b[33mperson\x1b[0m          0     6.000       2       0.0000\n");
}

static void test_tsv(void **state)
{
    (void)state;
    check(NG_TABLE_TSV, 0, 0, true,
          "rank\tid\tlabel\tkind\tmentions\tdocs\tdegree\n"
          "1\tcountry:boris-b\tBoris, B\\\tcountry\t0\t0\t3\n"
          "2\tperson:anna-a-b\tAnna \"A\" <b>\tperson\t0\t0\t2\n"
          "2\tplace:carla-tab\tCarla tab\tplace\t0\t0\t2\n"
          "4\torganization:dora\t=Dora\torganization\t0\t0\t1\n"
          "5\tpeople:u674eu660e\t李明\tpeople\t0\t0\t0\n"
          "5\tperson:zoe\tZoe\tperson\t0\t0\t0\n");
}

static void test_csv(void **state)
{
    (void)state;
    check(NG_TABLE_CSV, 0, 10, false,
          "rank,id,label,kind,mentions,docs,strength,degree,betweenness\r\n"
          "1,country:boris-b,\"Boris, B\\\",country,0,0,6.5,3,0.2\r\n"
          "2,person:anna-a-b,\"Anna \"\"A\"\" <b>\",person,0,0,6,2,0\r\n"
          "3,place:carla-tab,Carla\ttab,place,0,0,4,2,0\r\n"
          "4,organization:dora,'=Dora,organization,0,0,0.5,1,0\r\n"
          "5,people:u674eu660e,李明,people,0,0,0,0,0\r\n"
          "5,person:zoe,Zoe,person,0,0,0,0,0\r\n");
}

static void test_json(void **state)
{
    (void)state;
    check(NG_TABLE_JSON, 2, 10, false,
          "[\n"
          "{\"rank\":1,\"id\":\"country:boris-b\",\"label\":\"Boris, "
          "B\\\\\",\"kind\":\"country\",\"mentions\":0,\"docs\":0,\"strength\":6.5,\"degree\":3,"
          "\"betweenness\":0.2},\n"
          "{\"rank\":2,\"id\":\"person:anna-a-b\",\"label\":\"Anna \\\"A\\\" "
          "<b>\",\"kind\":\"person\",\"mentions\":0,\"docs\":0,\"strength\":6,\"degree\":2,"
          "\"betweenness\":0}\n"
          "]\n");
}

/* A measure that nobody computed is the caller's mistake, not a crash. */
static void test_unknown_measure(void **state)
{
    const ng_measure by[] = { NG_MEASURE_PAGERANK };
    ng_ranking_options options = { .by = by, .by_count = 1, .format = NG_TABLE_TSV };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = test_graph(cx);
    ng_scores *scores = NULL;
    ng_output *output = NULL;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    assert_int_equal(ng_scores_compute(cx, graph, 1u << NG_MEASURE_DEGREE,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    assert_int_equal(ng_output_open(cx, test_path(folder, "t"), &output), NG_OK);
    assert_int_equal(ng_ranking_write(cx, graph, scores, &options, output), NG_E_USAGE);
    assert_non_null(strstr(ng_ctx_error(cx), "pagerank"));
    options.by_count = 0;
    assert_int_equal(ng_ranking_write(cx, graph, scores, &options, output), NG_E_USAGE);
    ng_output_discard(cx, output);
    ng_scores_free(scores);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

/* No actors: a header, or an empty array. */
static void test_empty(void **state)
{
    static const struct {
        ng_table_format format;
        const char *wanted;
    } rows[] = {
        { NG_TABLE_ALIGNED, "#  name  kind  mentions  degree\n" },
        { NG_TABLE_TSV, "rank\tid\tlabel\tkind\tmentions\tdocs\tdegree\n" },
        { NG_TABLE_CSV, "rank,id,label,kind,mentions,docs,degree\r\n" },
        { NG_TABLE_JSON, "[\n]\n" },
    };
    const ng_measure by[] = { NG_MEASURE_DEGREE };
    ng_ctx *cx = ng_ctx_new();
    ng_graph *graph = NULL;
    ng_scores *scores = NULL;
    char folder[256];

    (void)state;
    test_make_folder(folder);
    assert_int_equal(ng_graph_from_plain(cx, NULL, NULL, 0, NULL, 0, &graph), NG_OK);
    scores = test_scores(cx, graph);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ng_ranking_options options = {
            .by = by, .by_count = 1, .format = rows[i].format, .width = 80
        };
        ng_output *output = NULL;

        assert_int_equal(ng_output_open(cx, test_path(folder, "t"), &output), NG_OK);
        assert_int_equal(ng_ranking_write(cx, graph, scores, &options, output), NG_OK);
        assert_int_equal(ng_output_commit(cx, output), NG_OK);
        test_file_is(cx, test_path(folder, "t"), rows[i].wanted);
    }
    ng_scores_free(scores);
    ng_graph_free(graph);
    test_remove_folder(folder);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_aligned), cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_colour),  cmocka_unit_test(test_tsv),
        cmocka_unit_test(test_csv),     cmocka_unit_test(test_json),
        cmocka_unit_test(test_empty),   cmocka_unit_test(test_unknown_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
