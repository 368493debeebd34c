/* Loading node-link JSON: our own, other programs', and hostile. */
#include "faults.h"
#include "graph_dump.h"
#include "writers/writers.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A context and a folder for the files of one test. */
typedef struct place {
    ng_ctx *cx;
    char folder[256];
    char path[300];
} place;

static int open_place(void **state)
{
    place *here = calloc(1, sizeof *here);

    assert_non_null(here);
    here->cx = ng_ctx_new();
    test_make_folder(here->folder);
    (void)snprintf(here->path, sizeof here->path, "%s/x.json", here->folder);
    *state = here;
    return 0;
}

static int close_place(void **state)
{
    place *here = *state;

    test_remove_folder(here->folder);
    ng_ctx_free(here->cx);
    free(here);
    return 0;
}

static ng_status load(place *here, ng_view json, ng_graph **graph_out)
{
    test_write_file(here->folder, "x.json", json);
    return ng_graph_load(here->cx, here->path, graph_out);
}

/* Everything a saved graph can hold, in the order of the writer. */
static const char full[] =
    "{\"directed\":false,\"multigraph\":false,\n"
    "\"graph\":{\"program\":\"nergraph 0.1.0\",\"rules\":\"\",\"unit\":\"sentences with both "
    "actors\",\"distance\":\"hops\"},\n"
    "\"nodes\":[\n"
    "{\"id\":\"country:IL\",\"label\":\"Israel\",\"name\":\"Israel\",\"kind\":\"country\","
    "\"iso2\":\"IL\",\"mentions\":19,\"docs\":2,\"units\":15,\"aliases\":\"Israel | Israeli\","
    "\"degree\":1,\"confidence\":0.98,\"first\":\"2019-02-21\",\"last\":\"2019-03-01\"},\n"
    "{\"id\":\"person:ann\",\"label\":\"Ann \\\"A\\\" \\u0000 \\u00e9\",\"kind\":\"person\","
    "\"mentions\":3,\"docs\":1,\"units\":3,\"confidence\":0.5},\n"
    "{\"id\":\"place:x\",\"label\":\"X\",\"kind\":\"place\",\"mentions\":9007199254740993,"
    "\"docs\":1,\"units\":1,\"confidence\":1}],\n"
    "\"edges\":[\n"
    "{\"id\":\"e1\",\"source\":\"person:ann\",\"target\":\"country:IL\",\"weight\":2.5,"
    "\"units\":2,\"docs\":1,\"sentences\":2,\"first\":\"2019-02-21\",\"last\":\"2019-02-21\"},\n"
    "{\"id\":\"e2\",\"source\":\"place:x\",\"target\":\"person:ann\",\"weight\":1}],\n"
    "\"links\":[],\n"
    "\"nergraph\":{\"format\":1,\n"
    "\"forms\":[[\"country:IL\",\"Israeli\",\"demonym\",7],[\"country:IL\",\"Israel\",\"name\",12]]"
    ","
    "\n\"evidence\":[{\"edge\":\"e1\",\"document\":\"b.txt\",\"date\":\"\",\"quote\":\"Ann in "
    "Israel\",\"start\":3,\"end\":16,\"byte_start\":4,\"byte_end\":17,\"sha256\":\"00\","
    "\"title\":false},{\"edge\":\"e1\",\"document\":\"a.txt\",\"date\":\"2019-02-21\",\"quote\":"
    "\"Israel, Ann\",\"start\":0,\"end\":11,\"byte_start\":0,\"byte_end\":11,\"sha256\":\"11\","
    "\"title\":true}],\n"
    "\"ledger\":[{\"node\":\"country:IL\",\"name\":\"Israeli\",\"joined\":true,\"rule\":"
    "\"demonym\",\"evidence\":\"demonym of Israel\",\"count\":7},{\"node\":\"country:IL\","
    "\"name\":\"Israel Katz\",\"joined\":false,\"rule\":\"kinds\",\"evidence\":\"\",\"count\":1}]"
    "}}\n";

static const char full_dump[] =
    "note program=nergraph 0.1.0\n"
    "note rules=\n"
    "note unit=sentences with both actors\n"
    "node country:IL|Israel|1|IL|19 2 15|0.98|2019-02-21|2019-03-01\n"
    "  alias Israel|0|12\n"
    "  alias Israeli|1|7\n"
    "  decision Israel Katz|0|kinds||1\n"
    "  decision Israeli|1|demonym|demonym of Israel|7\n"
    "node person:ann|Ann \"A\" |0||3 1 3|0.5||\n" /* the dump's %.*s ends at the zero byte */
    "node place:x|X|2||9007199254740993 1 1|1||\n"
    "edge 0 1|2.5|2 2 1|2019-02-21|2019-02-21\n"
    "  quote a.txt|2019-02-21|Israel, Ann|0 11 0 11|11|1\n"
    "  quote b.txt||Ann in Israel|3 16 4 17|00|0\n"
    "edge 1 2|1|0 0 0||\n";

static void all_that_was_saved_comes_back(void **state)
{
    place *here = *state;
    ng_graph *graph = NULL;
    char *text = NULL;

    assert_int_equal(load(here, ng_view_of(full), &graph), NG_OK);
    text = dump_graph(graph);
    assert_string_equal(text, full_dump);
    assert_int_equal(ng_graph_node(graph, 1)->label.size, 12); /* with its zero byte */
    free(text);
    ng_graph_free(graph);
}

/* What the writer writes is loaded as the same graph, and written again as the same bytes. */
static void writing_and_loading_are_inverse(void **state)
{
    place *here = *state;
    ng_graph *first = NULL;
    ng_graph *second = NULL;
    ng_scores *scores = NULL;
    ng_buffer one, two;
    char *texts[2];

    ng_buffer_init(&one, 1 << 20);
    ng_buffer_init(&two, 1 << 20);
    assert_int_equal(load(here, ng_view_of(full), &first), NG_OK);
    assert_int_equal(ng_scores_compute(here->cx, first, (1u << NG_MEASURE_COUNT) - 1,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    assert_int_equal(ng_json_format(here->cx, first, scores, &one), NG_OK);
    ng_scores_free(scores);
    assert_int_equal(load(here, ng_buffer_view(&one), &second), NG_OK);
    texts[0] = dump_graph(first);
    texts[1] = dump_graph(second);
    assert_string_equal(texts[0], texts[1]);
    assert_true(ng_view_equal(ng_graph_node(first, 1)->label, ng_graph_node(second, 1)->label));
    assert_int_equal(ng_scores_compute(here->cx, second, (1u << NG_MEASURE_COUNT) - 1,
                                       &(ng_measure_options){ .distance = NG_DISTANCE_INTEGER,
                                                              .thread_count = 1 },
                                       &scores),
                     NG_OK);
    assert_int_equal(ng_json_format(here->cx, second, scores, &two), NG_OK);
    assert_true(ng_view_equal(ng_buffer_view(&one), ng_buffer_view(&two)));
    ng_scores_free(scores);
    free(texts[0]);
    free(texts[1]);
    ng_graph_free(first);
    ng_graph_free(second);
    ng_buffer_destroy(here->cx, &one);
    ng_buffer_destroy(here->cx, &two);
}

static void graphs_of_others_are_understood(void **state)
{
    static const struct {
        const char *json, *dump;
    } rows[] = {
        /* NetworkX: numbers as ids, no weights, both directions */
        { "{\"directed\": true, \"multigraph\": false, \"graph\": {\"name\": \"k\", \"year\": 1},"
          "\"nodes\": [{\"id\": 2}, {\"id\": 10}, {\"club\": \"x\", \"id\": -1}],"
          "\"edges\": [{\"source\": 2, \"target\": 10}, {\"source\": 10, \"target\": 2},"
          "{\"source\": 2, \"target\": 2}]}",
          "note name=k\n"
          "node -1|-1|4||0 0 0|1||\nnode 10|10|4||0 0 0|1||\nnode 2|2|4||0 0 0|1||\n"
          "edge 1 2|2|0 0 0||\n" },
        /* D3: links by place, names */
        { "{\"nodes\":[{\"name\":\"Myriel\",\"group\":1},{\"name\":\"Napoleon\",\"group\":1}],"
          "\"links\":[{\"source\":1,\"target\":0,\"value\":1,\"weight\":0.25}]}",
          "node 0|Myriel|4||0 0 0|1||\nnode 1|Napoleon|4||0 0 0|1||\nedge 0 1|0.25|0 0 0||\n" },
        /* kinds by prefix, by word, unknown; aliases as text and as list */
        { "\xEF\xBB\xBF{\"nodes\":[{\"id\":\"person:a\",\"aliases\":\"A | Ann\"},{\"id\":\"b\","
          "\"kind\":\"place\",\"aliases\":[\"B\",\"Bee\"]},{\"id\":\"c\",\"kind\":\"robot\"},"
          "{\"id\":\"d\",\"kind\":7,\"weight\":null}]}",
          "node b|b|2||0 0 0|1||\n  alias B|2|0\n  alias Bee|2|0\nnode c|c|4||0 0 0|1||\n"
          "node d|d|4||0 0 0|1||\nnode person:a|person:a|0||0 0 0|1||\n  alias A|2|0\n"
          "  alias Ann|2|0\n" },
        { "{\"nodes\":[]}", "" },
        { "{\"nodes\":[],\"links\":[],\"graph\":[]}", "" },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_graph *graph = NULL;
        char *text = NULL;

        assert_int_equal(load(here, ng_view_of(rows[i].json), &graph), NG_OK);
        text = dump_graph(graph);
        assert_string_equal(text, rows[i].dump);
        free(text);
        ng_graph_free(graph);
    }
}

/* What cannot be meant is refused, with its place. */
static void nonsense_is_refused_by_place(void **state)
{
    static const struct {
        const char *json, *message;
    } rows[] = {
        { "", "x.json:1:" },
        { "{\"nodes\":[\n{\"id\":}]}", "x.json:2:" },
        { "{\"nodes\":[]} {}", "x.json:1:" },
        { "{\"nodes\":[{\"id\":\"\xFF\"}]}", "x.json:1:" },
        { "{\"nodes\":[{\"id\":NaN}]}", "x.json:1:" },
        { "[]", "no list \"nodes\"" },
        { "{\"text\":\"a record\"}", "no list \"nodes\"" },
        { "{\"nodes\":{}}", "no list \"nodes\"" },
        { "{\"nodes\":[1]}", "nodes[0]" },
        { "{\"nodes\":[{\"id\":1},{\"id\":\"1\"}]}", "nodes[1]: a second node with the id \"1\"" },
        { "{\"nodes\":[{\"id\":[]}]}", "nodes[0]" },
        { "{\"nodes\":[{\"id\":1.5}]}", "nodes[0]" },
        { "{\"nodes\":[{\"id\":1,\"label\":7}]}", "nodes[0]: \"label\"" },
        { "{\"nodes\":[{\"id\":1,\"mentions\":-1}]}", "nodes[0]: \"mentions\"" },
        { "{\"nodes\":[{\"id\":1,\"confidence\":2}]}", "nodes[0]: \"confidence\"" },
        { "{\"nodes\":[],\"edges\":7}", "\"edges\" is not a list" },
        { "{\"nodes\":[{\"id\":\"a\"}],\"edges\":[{\"source\":\"a\"}]}", "edges[0]" },
        { "{\"nodes\":[{\"id\":\"a\"}],\"links\":[{\"source\":\"a\",\"target\":\"b\"}]}",
          "links[0]: target \"b\" is no node" },
        { "{\"nodes\":[{\"id\":0},{\"id\":1}],\"links\":[{\"source\":0,\"target\":1,"
          "\"weight\":-1e201}]}",
          "links[0]: \"weight\"" },
        { "{\"nodes\":[{\"id\":0},{\"id\":1}],\"links\":[{\"source\":0,\"target\":1,"
          "\"weight\":1e999}]}",
          "x.json:1:" },
        { "{\"nodes\":[{\"id\":0},{\"id\":1}],\"links\":[{\"source\":0,\"target\":1,"
          "\"weight\":1e300}]}",
          "links[0]: \"weight\"" },
        { "{\"nodes\":[{\"id\":0},{\"id\":1}],\"links\":[{\"source\":0,\"target\":1,"
          "\"weight\":\"3\"}]}",
          "links[0]: \"weight\"" },
        { "{\"nodes\":[{\"id\":99999999999999999999}]}", "x.json:1:" },
        { "{\"nodes\":[],\"nergraph\":{\"forms\":[[\"a\",\"A\",\"name\",1]]}}", "forms[0]" },
        { "{\"nodes\":[{\"id\":\"a\"}],\"nergraph\":{\"forms\":[[\"a\",\"A\",\"nick\",1]]}}",
          "forms[0]" },
        { "{\"nodes\":[{\"id\":\"a\"}],\"nergraph\":{\"forms\":[7]}}", "forms[0]" },
        { "{\"nodes\":[],\"nergraph\":{\"evidence\":[{\"edge\":\"e1\"}]}}", "evidence[0]" },
        { "{\"nodes\":[],\"nergraph\":{\"ledger\":[{\"node\":\"a\"}]}}", "ledger[0]" },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_graph *graph = NULL;
        ng_status status = load(here, ng_view_of(rows[i].json), &graph);

        if (status != NG_E_DATA || !strstr(ng_ctx_error(here->cx), rows[i].message))
            fail_msg("%s gave %d: %s", rows[i].json, (int)status, ng_ctx_error(here->cx));
        assert_null(graph);
    }
}

/* Brackets without end are refused, not followed down the stack. */
static void deep_nesting_is_refused(void **state)
{
    enum { DEPTH = 1000000 };
    place *here = *state;
    char *json = malloc(DEPTH);
    ng_graph *graph = NULL;

    assert_non_null(json);
    for (size_t i = 0; i < DEPTH; i++)
        json[i] = '[';
    memcpy(json, "{\"nodes\":", 9);
    assert_int_equal(load(here, (ng_view){ json, DEPTH }, &graph), NG_E_DATA);
    free(json);
}

static void what_cannot_be_read_is_an_io_error(void **state)
{
    place *here = *state;
    ng_graph *graph = NULL;

    assert_int_equal(ng_graph_load(here->cx, here->path, &graph), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(here->cx), "x.json"));
    assert_int_equal(ng_graph_load(here->cx, here->folder, &graph), NG_E_IO);
    assert_null(graph);
}

static void graphs_are_told_from_documents(void **state)
{
    static const struct {
        const char *text;
        bool is_saved;
    } rows[] = {
        { full, true },
        { "  {\"nodes\" : [ ]}", true },
        { "\xEF\xBB\xBF{\"nodes\":[]}", true },
        { "{\"directed\": false, \"graph\": {\"nodes\": 3}, \"links\": [], \"nodes\": []}", true },
        { "{\"id\":\"1\",\"text\":\"x \\\"nodes\\\": [ y\"}\n", false },
        { "{\"id\":\"1\",\"text\":\"\\\\\",\"meta\":{\"nodes\":[]}}\n", false },
        { "{\"id\":\"1\"}\n{\"nodes\":[]}\n", false },
        { "{\"nodes\":3}", false },
        { "{\"nodes\":[1]}", false },
        { "{\"id\":\"1\",\"text\":\"x\",\"links\":[{\"source\":1}]}", false },
        { "{\"x\":\"nodes\"}", false },
        { "[{\"nodes\":[]}]", false },
        { "Ann met Bob.", false },
        { "<?xml version='1.0'?>\n<!-- x -->\n<graphml xmlns='y'>", true },
        { "<g:graphml xmlns:g='y'/>", true },
        { "<graphml\nxmlns=\"http://graphml.graphdrawing.org/xmlns\">", true },
        { "<!-- by <me@example.org> -->\n<graphml xmlns='y'>", true },
        { "<!-- <graphml> -->\n<html></html>", false },
        { "<!-- <graphml> ", false },
        { "<html><graphml></html>", false },
        { "Creator \"x\"\nVersion 1\ngraph\n[", true },
        { "# note\ngraph [ node", true },
        { "Graph [1] shows the rise.", false },
        { "graphs [", false },
        { "Graph [see Smith] shows", false },
        { "Graph [fig 3] shows the rise.", false },
        { "Graph [1] [2]", false },
        { "Graph [] is empty.", false },
        { "graph []", true },
        { "graph [ a 1 b \"]\" c [ d -1.5e3 ] node [ id n1", true },
        { "graph [ a \"no end", true },
        { "graph [ a", true },
        { "graph [ ] ]", false },
        { "*Vertices 3\n", true },
        { "% x\n /* y */\n*Vertices 3", true },
        { "*Vertices of power", false },
        { "*Network of chiefs\nAnn met Bob.", false },
        { "*Network x\n% c\n*Vertices", true },
        { "*", false },
        { "%", false },
        { "*network x\n*vertices 3", true },
        { "*verticesx", false },
        { "strict digraph \"a b\" {", true },
        { "graph{}", true },
        { "digraph \xC5\x81\xC3\xB3"
          "d\xC5\xBA {",
          true },
        { "/* x */ // y\n graph g {", true },
        { "graph theory is old", false },
        { "Source,Target\n1,2\n", false }, /* not by its name */
        { "{\"nodes", false },
        { "{\"nodes\\", false },
        { "}", false },
        { "", false },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        test_write_file(here->folder, "x.json", ng_view_of(rows[i].text));
        if (ng_graph_is_saved(here->cx, here->path) != rows[i].is_saved)
            fail_msg("%s", rows[i].text);
    }
    assert_false(ng_graph_is_saved(here->cx, here->folder));
    assert_false(ng_graph_is_saved(here->cx, "-"));
    assert_int_equal(unlink(here->path), 0);
    assert_false(ng_graph_is_saved(here->cx, here->path));
    assert_int_equal(mkfifo(here->path, 0600), 0);
    assert_false(ng_graph_is_saved(here->cx, here->path)); /* and does not wait for a writer */
}

/* A read that fails after the file was opened. */
static ssize_t broken_read(int fd, void *data, size_t size)
{
    (void)fd;
    (void)data;
    (void)size;
    errno = EIO;
    return -1;
}

static void a_broken_disk_is_an_io_error(void **state)
{
    place *here = *state;
    ng_sys sys = ng_sys_real;
    ng_graph *graph = NULL;

    test_write_file(here->folder, "x.json", ng_view_of(full));
    sys.read = broken_read;
    here->cx->sys = &sys;
    assert_int_equal(ng_graph_load(here->cx, here->path, &graph), NG_E_IO);
    assert_false(ng_graph_is_saved(here->cx, here->path));
    here->cx->sys = &ng_sys_real;
    assert_null(graph);
}

/* One file of each format. */
static const struct {
    const char *name, *text;
} others[] = {
    { "x.json", full },
    { "x.graphml",
      "<?xml version=\"1.0\"?><graphml><key id=\"k\" for=\"node\" attr.name=\"label\"/><key "
      "id=\"w\" "
      "for=\"edge\" attr.name=\"weight\"><default>2</default></key><graph><node id=\"1\"><data "
      "key=\"k\">A &amp; B</data></node><node id=\"2\"/><edge source=\"1\" "
      "target=\"2\"/></graph></graphml>" },
    { "x.gml",
      "graph [ node [ id 1 label \"A &#38; B\" ] node [ id x kind \"place\" ] edge [ source 1 "
      "target x value 2 ] ]" },
    { "x.net", "*Vertices 2\n1 \"A & B\" 0 0\n*Edges\n1 2 2\n" },
    { "x.csv", "target;weight;source\n2;2;\"A & B\"\n" },
    { "x.dot", "graph { 1 -- 2 [weight=2] }" },
};

/* A script that stands for nergraph-draw: the graph that it reads is always the same. */
static void use_reader_of_dot(const char *folder)
{
    static const char script[] = "#!/bin/sh\ncat >/dev/null\nprintf '%s' "
                                 "'{\"nodes\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"edges\":[{"
                                 "\"source\":\"1\",\"target\":\"2\",\"weight\":\"2\"}]}'\n";
    char program[300];

    test_write_file(folder, "draw", ng_view_of(script));
    (void)snprintf(program, sizeof program, "%s/draw", folder);
    assert_int_equal(chmod(program, 0700), 0);
    assert_int_equal(setenv("NERGRAPH_DRAW", program, 1), 0);
}

/* Each allocation in turn fails, in each format. */
static void no_allocation_is_taken_for_granted(void **state)
{
    place *here = *state;

    use_reader_of_dot(here->folder);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        bool is_done = false;
        size_t failures = 0;

        test_write_file(here->folder, others[i].name, ng_view_of(others[i].text));
        (void)snprintf(here->path, sizeof here->path, "%s/%s", here->folder, others[i].name);
        for (size_t n = 1; !is_done; n++) {
            ng_ctx *cx = ng_ctx_new();
            test_heap heap;
            ng_graph *graph = NULL;
            ng_status status = NG_OK;

            test_use_heap(cx, &heap);
            heap.fail_at = n;
            status = ng_graph_load(cx, here->path, &graph);
            is_done = status == NG_OK;
            if (!is_done) {
                assert_int_equal(status, NG_E_MEMORY);
                assert_null(graph);
                failures++;
            } else if (i > 0) {
                assert_int_equal(ng_graph_edge_count(graph), 1);
                assert_true(ng_graph_edge(graph, 0)->weight == 2);
            }
            ng_graph_free(graph);
            assert_int_equal(heap.live, 0);
            ng_ctx_free(cx);
        }
        assert_true(failures > 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_that_was_saved_comes_back, open_place, close_place),
        cmocka_unit_test_setup_teardown(writing_and_loading_are_inverse, open_place, close_place),
        cmocka_unit_test_setup_teardown(graphs_of_others_are_understood, open_place, close_place),
        cmocka_unit_test_setup_teardown(nonsense_is_refused_by_place, open_place, close_place),
        cmocka_unit_test_setup_teardown(deep_nesting_is_refused, open_place, close_place),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_an_io_error, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(graphs_are_told_from_documents, open_place, close_place),
        cmocka_unit_test_setup_teardown(a_broken_disk_is_an_io_error, open_place, close_place),
        cmocka_unit_test_setup_teardown(no_allocation_is_taken_for_granted, open_place,
                                        close_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
