/* What each document adds: resamples are the graphs of archives with as many copies, and the ranks
 * between which chance leaves an actor. */
#include "counts_place.h"

#include <math.h>

/* Builds the graph of the texts, each so many times under ids of its own. */
static ng_graph *build(place *here, const uint32_t *times, bool backwards)
{
    char path[PATH_BYTES];
    char *lines = malloc(1 << 16);
    size_t size = 0;
    ng_inputs *inputs = NULL;
    ng_report report;
    ng_graph *graph = NULL;

    assert_non_null(lines);
    for (int k = 0; k < DOCUMENTS; k++) {
        int i = backwards ? DOCUMENTS - 1 - k : k;

        for (uint32_t copy = 0; copy < times[i]; copy++)
            size += (size_t)snprintf(lines + size, (1 << 16) - size,
                                     "{\"id\":\"%d-%u\",\"text\":\"%s\"}\n", i, copy, texts[i]);
    }
    test_write_file(here->folder, "archive.jsonl", (ng_view){ lines, size });
    free(lines);
    assert_int_equal(ng_inputs_new(here->cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(here->cx, inputs, path_of(here, "archive.jsonl", path)), NG_OK);
    assert_int_equal(ng_graph_build(here->cx, &here->options, inputs, &report, &graph), NG_OK);
    ng_inputs_free(inputs);
    return graph;
}

static const uint32_t once[DOCUMENTS] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };

/* The text that a share is of: its document's number. */
static size_t text_of_share(const ng_graph *graph, size_t index)
{
    return (size_t)strtoul(ng_graph_share_document(graph, index).data, NULL, 10);
}

static double size_of(double number)
{
    return number < 0 ? -number : number;
}

/* Compares a resample with the graph of the copies, edge by edge. */
static void check_equal(const ng_graph *resample, const ng_graph *copies)
{
    assert_int_equal(ng_graph_edge_count(resample), ng_graph_edge_count(copies));
    for (size_t i = 0; i < ng_graph_edge_count(resample); i++) {
        const ng_edge *one = ng_graph_edge(resample, i), *other = ng_graph_edge(copies, i);

        assert_true(ng_view_equal(ng_graph_node(resample, one->source)->id,
                                  ng_graph_node(copies, other->source)->id));
        assert_true(ng_view_equal(ng_graph_node(resample, one->target)->id,
                                  ng_graph_node(copies, other->target)->id));
        assert_int_equal(one->unit_count, other->unit_count);
        assert_int_equal(one->document_count, other->document_count);
        assert_true(isnan(one->npmi) && isnan(one->p_value) && isnan(one->q_value));
        assert_true(size_of(one->weight - other->weight) <= 1e-12 * size_of(other->weight));
    }
}

/* Every weight, in three scopes, with 40 draws each. Copies change no decision about names, and
 * the documents that share a person in two spellings are always there. */
static void a_resample_is_the_graph_of_the_copies(void **state)
{
    static const ng_scope scopes[] = { NG_SCOPE_SENTENCE, NG_SCOPE_DOCUMENT, NG_SCOPE_TOKENS };
    place *here = *state;
    uint64_t random = 5;

    for (int round = 0; round < 120; round++) {
        uint32_t times[DOCUMENTS], of_share[DOCUMENTS];
        ng_graph *graph = NULL, *resample = NULL, *copies = NULL;

        here->options.weight = (ng_weight)(round % 7);
        here->options.scope = scopes[round % 3];
        here->options.window = 9;
        here->options.keep_shares = true;
        graph = build(here, once, round % 2 == 1);
        assert_int_equal(ng_graph_share_count(graph), DOCUMENTS);
        for (size_t i = 0; i < DOCUMENTS; i++)
            times[i] = ng_random_below(&random, 3) + (i < 5 || i == 8);
        times[3] = times[4] + 1; /* the spelling of most documents gives the id */
        for (size_t i = 0; i < DOCUMENTS; i++)
            of_share[i] = times[text_of_share(graph, i)];
        assert_int_equal(ng_graph_resample(here->cx, graph, of_share, &resample), NG_OK);
        assert_int_equal(ng_graph_node_count(resample), ng_graph_node_count(graph));
        here->options.keep_shares = false;
        copies = build(here, times, false);
        check_equal(resample, copies);
        assert_int_equal(ng_graph_share_count(copies), 0);
        ng_graph_free(copies);
        ng_graph_free(resample);
        ng_graph_free(graph);
    }
}

/* The n-th document is the same one whatever the order of reading, so the intervals are, too. */
static void order_changes_no_interval(void **state)
{
    place *here = *state;
    const ng_measure_options options = { .thread_count = 1 };
    ng_intervals *found[2] = { NULL, NULL };
    ng_graph *graphs[2];

    here->options.keep_shares = true;
    for (int i = 0; i < 2; i++) {
        graphs[i] = build(here, once, i == 1);
        assert_int_equal(
            ng_intervals_compute(here->cx, graphs[i], NG_MEASURE_STRENGTH, &options, 40, &found[i]),
            NG_OK);
    }
    for (size_t i = 0; i < ng_graph_node_count(graphs[0]); i++) {
        size_t low[2], high[2];

        for (int k = 0; k < 2; k++)
            ng_intervals_rank(found[k], i, &low[k], &high[k]);
        assert_int_equal(low[0], low[1]);
        assert_int_equal(high[0], high[1]);
        assert_true(low[0] <= high[0] && high[0] <= ng_graph_node_count(graphs[0]));
        assert_true(ng_intervals_tied(found[0], i, i));
    }
    for (int i = 0; i < 2; i++) {
        ng_intervals_free(found[i]);
        ng_graph_free(graphs[i]);
    }
}

/* In 30 documents the same two speak to everybody: they are surely first, the rest is tied. */
static void who_is_in_every_document_is_surely_first(void **state)
{
    place *here = *state;
    const ng_measure_options options = { .thread_count = 1 };
    uint32_t times[DOCUMENTS] = { 30, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    ng_intervals *found = NULL;
    ng_graph *graph = NULL;
    size_t node = 0, other = 0, low = 0, high = 0, document = 0;

    here->options.keep_shares = true;
    graph = build(here, times, false);
    assert_int_equal(
        ng_intervals_compute(here->cx, graph, NG_MEASURE_STRENGTH, &options, 100, &found), NG_OK);
    assert_int_equal(ng_graph_find_node(graph, NG_VIEW("Angela Merkel"), &node, 1), 1);
    assert_int_equal(ng_graph_find_node(graph, NG_VIEW("Glasgow"), &other, 1), 1);
    ng_intervals_rank(found, node, &low, &high);
    assert_true(low == 1 && high <= 2);
    ng_intervals_rank(found, other, &low, &high);
    assert_true(low > 2);
    assert_false(ng_intervals_tied(found, node, other));
    assert_true(ng_graph_largest_share(graph, node, &document) < 0.1);
    assert_true(ng_graph_largest_share(graph, other, &document) >= 1);
    assert_int_equal(text_of_share(graph, document), 10);
    ng_intervals_free(found);
    ng_graph_free(graph);
}

/* Ranks of many actors take a while; who interrupts does not wait for them. */
static void cancelling_ends_the_ranking(void **state)
{
    place *here = *state;
    const ng_measure by[] = { NG_MEASURE_STRENGTH };
    const ng_measure_options options = { .thread_count = 1 };
    ng_ranking_options shown = { .by = by, .by_count = 1, .format = NG_TABLE_CSV };
    ng_intervals *found = NULL;
    ng_scores *scores = NULL;
    ng_output *output = NULL;
    ng_graph *graph = NULL;
    char path[PATH_BYTES];

    here->options.keep_shares = true;
    graph = build(here, once, false);
    assert_int_equal(ng_intervals_compute(here->cx, graph, by[0], &options, 20, &found), NG_OK);
    assert_int_equal(ng_scores_compute(here->cx, graph, 1u << by[0], &options, &scores), NG_OK);
    assert_int_equal(ng_output_open(here->cx, path_of(here, "ranks.csv", path), &output), NG_OK);
    shown.intervals = found;
    ng_ctx_cancel(here->cx);
    assert_int_equal(ng_ranking_write(here->cx, graph, scores, &shown, output), NG_E_LIMIT);
    ng_output_discard(here->cx, output);
    ng_scores_free(scores);
    ng_intervals_free(found);
    ng_graph_free(graph);
}

/* A graph that does not know its documents, one document, too few resamples. */
static void what_has_no_interval_says_so(void **state)
{
    place *here = *state;
    const uint32_t alone[DOCUMENTS] = { 1 };
    ng_measure_options options;
    ng_intervals *found = NULL;
    ng_graph *graph = NULL;

    ng_measure_options_init(&options);
    graph = build(here, once, false);
    assert_int_equal(
        ng_intervals_compute(here->cx, graph, NG_MEASURE_STRENGTH, &options, 100, &found),
        NG_E_USAGE);
    assert_non_null(strstr(ng_ctx_error(here->cx), "the documents themselves"));
    ng_graph_free(graph);
    here->options.keep_shares = true;
    graph = build(here, alone, false);
    assert_int_equal(
        ng_intervals_compute(here->cx, graph, NG_MEASURE_STRENGTH, &options, 100, &found),
        NG_E_USAGE);
    assert_non_null(strstr(ng_ctx_error(here->cx), "one document"));
    assert_int_equal(
        ng_intervals_compute(here->cx, graph, NG_MEASURE_STRENGTH, &options, 19, &found),
        NG_E_USAGE);
    ng_graph_free(graph);
    assert_null(found);
}

/* Every allocation of the shares fails once, with all others of a small archive. */
static void shares_are_given_back(void **state)
{
    place *here = *state;
    size_t calls = 0;
    char path[PATH_BYTES], records[1024];
    int size = snprintf(records, sizeof records,
                        "{\"id\":\"0\",\"text\":\"%s\"}\n{\"id\":\"1\",\"text\":\"%s\"}\n"
                        "{\"id\":\"2\",\"text\":\"%s\"}\n",
                        texts[1], texts[3], texts[4]);

    here->options.keep_shares = true;
    test_write_file(here->folder, "few.jsonl", (ng_view){ records, (size_t)size });
    for (size_t fail_at = 0; fail_at == 0 || fail_at <= calls; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        ng_inputs *inputs = NULL;
        ng_report report = { 0 };
        ng_graph *graph = NULL;
        test_heap heap;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        status = ng_inputs_new(cx, &inputs);
        if (status == NG_OK)
            status = ng_inputs_add(cx, inputs, path_of(here, "few.jsonl", path));
        if (status == NG_OK)
            status = ng_graph_build(cx, &here->options, inputs, &report, &graph);
        assert_true(status == NG_E_MEMORY || status == NG_OK); /* some are done without */
        assert_true(status == NG_OK ? ng_graph_share_count(graph) == 3 : fail_at > 0 && !graph);
        calls = fail_at == 0 ? heap.calls : calls;
        ng_graph_free(graph);
        ng_inputs_free(inputs);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(calls > 100);
}

/* Every allocation of the resamples and the intervals fails once. */
static void no_allocation_is_taken_for_granted(void **state)
{
    place *here = *state;
    const ng_measure_options options = { .thread_count = 1 };
    ng_graph *graph = NULL;
    size_t calls = 0;

    here->options.keep_shares = true;
    graph = build(here, once, false);
    for (size_t fail_at = 0; fail_at == 0 || fail_at <= calls; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        ng_intervals *found = NULL;
        test_heap heap;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        status = ng_intervals_compute(cx, graph, NG_MEASURE_STRENGTH, &options, 20, &found);
        assert_int_equal(status, fail_at == 0 ? NG_OK : NG_E_MEMORY);
        calls = fail_at == 0 ? heap.calls : calls;
        ng_intervals_free(found);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(calls > 100);
    ng_graph_free(graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_resample_is_the_graph_of_the_copies, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(order_changes_no_interval, open_place, close_place),
        cmocka_unit_test_setup_teardown(who_is_in_every_document_is_surely_first, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(cancelling_ends_the_ranking, open_place, close_place),
        cmocka_unit_test_setup_teardown(what_has_no_interval_says_so, open_place, close_place),
        cmocka_unit_test_setup_teardown(shares_are_given_back, open_place, close_place),
        cmocka_unit_test_setup_teardown(no_allocation_is_taken_for_granted, open_place,
                                        close_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
