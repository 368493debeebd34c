/* Counting pairs: every scope against a counter that tries all pairs of mentions. */
#include "cooccurrence_random.h"

static ng_ctx *cx;

/* Settings under which random documents are counted. */
static const struct {
    ng_scope scope;
    uint32_t window;
    ng_states states;
    uint32_t kinds;
} settings[] = {
    { NG_SCOPE_SENTENCE, 0, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_PARAGRAPH, 0, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_DOCUMENT, 0, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_SENTENCES, 1, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_SENTENCES, 2, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_SENTENCES, 5, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_SENTENCES, 100000, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_TOKENS, 1, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_TOKENS, 4, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_TOKENS, 30, NG_STATES_DEMONYMS, UINT32_MAX },
    { NG_SCOPE_SENTENCE, 0, NG_STATES_NAMES, UINT32_MAX },
    { NG_SCOPE_SENTENCE, 0, NG_STATES_DEMONYMS, 1u << NG_KIND_PERSON },
    { NG_SCOPE_PARAGRAPH, 0, NG_STATES_NAMES, 1u << NG_KIND_PLACE | 1u << NG_KIND_COUNTRY },
};

/* Whether mention `i` takes part. */
static bool takes_part(const test_document *document, const ng_options *options, size_t i)
{
    uint8_t kind = document->actors[document->of_span[i]].kind;

    return (options->kinds >> kind & 1u) &&
           (document->forms[i] != NG_FORM_DEMONYM || options->states != NG_STATES_NAMES);
}

/* The unit a mention stands in, as a number. */
static uint64_t unit_of(const test_document *document, const ng_options *options, size_t i)
{
    uint32_t token = document->items[i].first_token;
    uint32_t sentence = document->text.tokens[token].sentence;

    if (options->scope == NG_SCOPE_PARAGRAPH)
        return document->text.sentences[sentence].paragraph;
    if (options->scope == NG_SCOPE_TOKENS)
        return token;
    return options->scope == NG_SCOPE_DOCUMENT ? 0 : sentence;
}

static uint64_t width_of(const ng_options *options)
{
    return options->scope == NG_SCOPE_SENTENCES || options->scope == NG_SCOPE_TOKENS
               ? options->window
               : 1;
}

/* Units in which both occur: each start that one of them is at, the other less than the width
 * further on. */
static uint64_t count_units(const test_document *document, const ng_options *options, uint32_t a,
                            uint32_t b)
{
    static uint8_t starts[TEST_BYTES];
    uint64_t count = 0;

    memset(starts, 0, sizeof starts);
    for (size_t i = 0; i < document->spans.count; i++)
        for (size_t j = 0; j < document->spans.count; j++) {
            uint64_t from = unit_of(document, options, i);
            uint64_t to = unit_of(document, options, j);
            bool is_pair = (document->of_span[i] == a && document->of_span[j] == b) ||
                           (document->of_span[i] == b && document->of_span[j] == a);

            if (is_pair && from <= to && to < from + width_of(options) &&
                takes_part(document, options, i) && takes_part(document, options, j))
                starts[from] = 1;
        }
    for (size_t i = 0; i < sizeof starts; i++)
        count += starts[i];
    return count;
}

/* Units that hold a mention of the actor. */
static uint64_t count_node_units(const test_document *document, const ng_options *options,
                                 uint32_t actor, uint64_t unit_total)
{
    uint64_t count = 0;

    for (uint64_t unit = 0; unit < unit_total; unit++) {
        bool is_held = false;

        for (size_t i = 0; i < document->spans.count; i++) {
            uint64_t at = unit_of(document, options, i);

            is_held |= document->of_span[i] == actor && takes_part(document, options, i) &&
                       at >= unit && at < unit + width_of(options);
        }
        count += is_held;
    }
    return count;
}

static const ng_tally_edge *find_edge(const ng_tally *tally, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < tally->edge_count; i++)
        if (tally->edges[i].a == a && tally->edges[i].b == b)
            return &tally->edges[i];
    return NULL;
}

/* The first sentence that holds both, or UINT32_MAX. */
static uint32_t first_sentence(const test_document *document, const ng_options *options, uint32_t a,
                               uint32_t b)
{
    uint32_t first = UINT32_MAX;

    for (size_t i = 0; i < document->spans.count; i++)
        for (size_t j = 0; j < document->spans.count; j++) {
            uint32_t at = document->text.tokens[document->items[i].first_token].sentence;

            if (document->of_span[i] == a && document->of_span[j] == b &&
                takes_part(document, options, i) && takes_part(document, options, j) &&
                document->text.tokens[document->items[j].first_token].sentence == at && at < first)
                first = at;
        }
    return first;
}

static void check_edges(const test_document *document, const ng_options *options,
                        const ng_tally *tally)
{
    ng_options by_sentence = *options;
    size_t edge_count = 0;

    by_sentence.scope = NG_SCOPE_SENTENCE;
    for (uint32_t a = 0; a < TEST_ACTORS; a++)
        for (uint32_t b = a + 1; b < TEST_ACTORS; b++) {
            uint64_t expected = count_units(document, options, a, b);
            const ng_tally_edge *edge = find_edge(tally, a, b);

            edge_count += expected > 0;
            assert_int_equal(edge ? edge->unit_count : 0, expected);
            if (!edge)
                continue;
            assert_int_equal(edge->sentence_count, count_units(document, &by_sentence, a, b));
            if (edge->sentence_count > 0)
                assert_int_equal(edge->first_sentence, first_sentence(document, options, a, b));
        }
    assert_int_equal(tally->edge_count, edge_count);
    for (size_t i = 1; i < tally->edge_count; i++)
        assert_true(tally->edges[i - 1].a < tally->edges[i].a ||
                    (tally->edges[i - 1].a == tally->edges[i].a &&
                     tally->edges[i - 1].b < tally->edges[i].b));
}

static void check_nodes(const test_document *document, const ng_options *options,
                        const ng_tally *tally)
{
    size_t next = 0;

    for (uint32_t actor = 0; actor < TEST_ACTORS; actor++) {
        uint64_t mentions = 0;

        for (size_t i = 0; i < document->spans.count; i++)
            mentions += document->of_span[i] == actor && takes_part(document, options, i);
        if (mentions == 0)
            continue;
        assert_true(next < tally->node_count);
        assert_int_equal(tally->nodes[next].actor, actor);
        assert_int_equal(tally->nodes[next].mention_count, mentions);
        assert_int_equal(tally->nodes[next].unit_count,
                         count_node_units(document, options, actor, tally->unit_total));
        assert_true(fabs(tally->nodes[next].confidence_sum - 0.5 * (double)mentions) < 1e-9);
        next++;
    }
    assert_int_equal(tally->node_count, next);
}

static void counts_agree_with_brute_force(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 60; seed++) {
        test_document *document = test_open_random(cx, seed);

        for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
            ng_options options;
            ng_tally tally;

            ng_options_init(&options);
            options.scope = settings[i].scope;
            options.window = settings[i].window;
            options.states = settings[i].states;
            options.kinds = settings[i].kinds;
            assert_int_equal(ng_tally_make(cx, &options, &document->arena, &document->text,
                                           &document->spans, &document->cast, &tally),
                             NG_OK);
            check_nodes(document, &options, &tally);
            check_edges(document, &options, &tally);
        }
        test_close(cx, document);
    }
}

/* Texts, scopes, and how many units and pairs they make. */
static const struct {
    const char *text;
    ng_scope scope;
    uint32_t window;
    uint64_t unit_total;
    size_t node_count, edge_count;
} shapes[] = {
    { "", NG_SCOPE_SENTENCE, 0, 0, 0, 0 },
    { "", NG_SCOPE_DOCUMENT, 0, 0, 0, 0 },
    { "Nobody came.", NG_SCOPE_DOCUMENT, 0, 1, 0, 0 },
    { "Náméa came. Náméb left.", NG_SCOPE_SENTENCE, 0, 2, 2, 0 },
    { "Náméa came. Náméb left.", NG_SCOPE_SENTENCES, 2, 2, 2, 1 },
    { "Náméa came. Náméb left.", NG_SCOPE_DOCUMENT, 0, 1, 2, 1 },
    { "Náméa saw Náméa.", NG_SCOPE_SENTENCE, 0, 1, 1, 0 },
    { "Náméa saw Náméb.", NG_SCOPE_TOKENS, 2, 4, 2, 0 },
    { "Náméa saw Náméb.", NG_SCOPE_TOKENS, 3, 4, 2, 1 },
};

static void shapes_are_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        test_document *document = test_open_text(cx, shapes[i].text);
        ng_options options;
        ng_tally tally;

        ng_options_init(&options);
        options.scope = shapes[i].scope;
        options.window = shapes[i].window;
        assert_int_equal(ng_tally_make(cx, &options, &document->arena, &document->text,
                                       &document->spans, &document->cast, &tally),
                         NG_OK);
        assert_int_equal(tally.unit_total, shapes[i].unit_total);
        assert_int_equal(tally.node_count, shapes[i].node_count);
        assert_int_equal(tally.edge_count, shapes[i].edge_count);
        test_close(cx, document);
    }
}

/* 6,500 actors in one document make 21 million pairs: over the limit, with a remedy. */
static void too_many_pairs_are_refused(void **state)
{
    enum { COUNT = 6500 };
    ng_token *tokens = calloc(COUNT, sizeof *tokens);
    ng_span *items = calloc(COUNT, sizeof *items);
    ng_actor *actors = calloc(COUNT, sizeof *actors);
    uint32_t *of_span = calloc(COUNT, sizeof *of_span);
    uint8_t *forms = calloc(COUNT, 1);
    bool *stands = calloc(COUNT, sizeof *stands);
    ng_sentence sentence = { .end_token = COUNT };
    ng_text text = { .tokens = tokens,
                     .token_count = COUNT,
                     .sentences = &sentence,
                     .sentence_count = 1,
                     .paragraph_count = 1 };
    ng_spans spans = { .items = items, .count = COUNT };
    ng_cast cast = {
        .actors = actors, .actor_count = COUNT, .of_span = of_span, .forms = forms, .stands = stands
    };
    ng_tally tally = { 0 };
    ng_options options;
    ng_arena arena;

    (void)state;
    assert_true(tokens && items && actors && of_span && forms);
    for (uint32_t i = 0; i < COUNT; i++) {
        items[i] = (ng_span){ .first_token = i, .end_token = i + 1 };
        of_span[i] = i;
    }
    ng_options_init(&options);
    options.scope = NG_SCOPE_DOCUMENT;
    ng_arena_init(&arena, SIZE_MAX);
    assert_int_equal(ng_tally_make(cx, &options, &arena, &text, &spans, &cast, &tally), NG_E_LIMIT);
    assert_non_null(strstr(ng_ctx_error(cx), "--scope sentence"));
    assert_null(tally.edges);
    ng_arena_destroy(cx, &arena);
    free(tokens);
    free(items);
    free(actors);
    free(of_span);
    free(forms);
    free(stands);
}

static void every_failed_allocation_is_said(void **state)
{
    test_heap heap;
    ng_ctx *faulty = ng_ctx_new();
    test_document *document = test_open_random(cx, 5);
    ng_options options;
    bool is_done = false;
    ng_realloc_fn real = NULL;

    (void)state;
    assert_non_null(faulty);
    real = faulty->realloc;
    test_use_heap(faulty, &heap);
    ng_options_init(&options);
    options.scope = NG_SCOPE_PARAGRAPH;
    for (size_t n = 1; !is_done; n++) {
        ng_tally tally = { 0 };
        ng_arena arena;
        ng_status status = NG_OK;

        ng_arena_init(&arena, SIZE_MAX);
        heap = (test_heap){ .fail_at = n };
        status = ng_tally_make(faulty, &options, &arena, &document->text, &document->spans,
                               &document->cast, &tally);
        is_done = status == NG_OK && heap.calls < n;
        assert_true(is_done || (status == NG_E_MEMORY && !tally.edges));
        ng_arena_destroy(faulty, &arena);
        assert_int_equal(heap.live, 0);
    }
    test_close(cx, document);
    faulty->realloc = real;
    faulty->realloc_user = NULL;
    ng_ctx_free(faulty);
}

static int open_all(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    return cx == NULL;
}

static int close_all(void **state)
{
    (void)state;
    ng_ctx_free(cx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_agree_with_brute_force),
        cmocka_unit_test(shapes_are_counted),
        cmocka_unit_test(too_many_pairs_are_refused),
        cmocka_unit_test(every_failed_allocation_is_said),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
