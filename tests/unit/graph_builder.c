/* The builder: sums, samples and dates that do not depend on the order of documents. */
#include "faults.h"
#include "graph_dump.h"

enum { WORDS = 64 };

/* A document as a test writes it: words between spaces, sentences end with a word ".". A word with
 * a capital is a person, "C:XX" a country with code XX, "d:XX" its demonym. */
typedef struct paper {
    const char *id, *date, *title, *text;
} paper;

/* A paper made into what the stages before the builder give. */
typedef struct made {
    ng_source_document document;
    char scanned[4096];
    ng_text text;
    ng_token tokens[WORDS];
    ng_span spans[WORDS];
    uint32_t of_span[WORDS], ends[WORDS];
    uint8_t forms[WORDS];
    ng_actor actors[WORDS];
    char ids[WORDS][64];
    ng_ledger_entry ledger[WORDS];
    ng_tally_node nodes[WORDS];
    ng_tally_edge edges[WORDS * WORDS];
    ng_quote quotes[WORDS * WORDS];
    ng_spans span_list;
    ng_cast cast;
    ng_tally tally;
    uint32_t offset;
} made;

static uint32_t add_actor(made *to, ng_view word)
{
    bool is_state = word.size == 4 && word.data[1] == ':';
    char id[64];
    size_t size = (size_t)snprintf(id, sizeof id, "%s:%.*s", is_state ? "country" : "person",
                                   (int)(is_state ? 2 : word.size), word.data + (is_state ? 2 : 0));

    for (uint32_t i = 0; i < to->cast.actor_count; i++)
        if (strcmp(to->ids[i], id) == 0)
            return i;
    memcpy(to->ids[to->cast.actor_count], id, size + 1);
    to->actors[to->cast.actor_count] = (ng_actor){
        .id = { to->ids[to->cast.actor_count], size },
        .label = { to->ids[to->cast.actor_count] + (is_state ? 8 : 7), size - (is_state ? 8 : 7) },
        .kind = is_state ? NG_KIND_COUNTRY : NG_KIND_PERSON,
    };
    if (is_state)
        memcpy(to->actors[to->cast.actor_count].code, word.data + 2, 2);
    return (uint32_t)to->cast.actor_count++;
}

/* Words to tokens, spans and actors. */
static void scan(made *to)
{
    ng_view all = to->text.text;
    uint32_t sentence = 0;

    for (size_t at = 0; at < all.size;) {
        size_t end = at;
        ng_token *token = &to->tokens[to->text.token_count];
        ng_view word;

        while (end < all.size && all.data[end] != ' ')
            end++;
        word = ng_view_part(all, at, end);
        *token = (ng_token){ .start = (uint32_t)at,
                             .end = (uint32_t)end,
                             .cp_start = (uint32_t)at,
                             .cp_end = (uint32_t)end,
                             .sentence = sentence };
        if (word.size > 1 &&
            ((word.data[0] >= 'A' && word.data[0] <= 'Z') || word.data[1] == ':')) {
            size_t n = to->span_list.count++;

            to->spans[n] = (ng_span){ .first_token = (uint32_t)to->text.token_count,
                                      .title_first = (uint32_t)to->text.token_count,
                                      .end_token = (uint32_t)to->text.token_count + 1 };
            to->forms[n] = word.data[0] == 'd' ? NG_FORM_DEMONYM : NG_FORM_NAME;
            to->ends[n] = to->spans[n].end_token;
            to->of_span[n] = add_actor(to, word);
        }
        if (word.size == 1 && word.data[0] == '.')
            sentence++;
        to->text.token_count++;
        at = end + 1;
    }
    to->tally.unit_total = sentence;
}

/* True when an actor stands in a sentence. */
static bool stands_in(const made *to, uint32_t actor, uint32_t sentence)
{
    for (size_t i = 0; i < to->span_list.count; i++)
        if (to->of_span[i] == actor && to->tokens[to->spans[i].first_token].sentence == sentence)
            return true;
    return false;
}

/* Counts by sentences. */
static void tally(made *to)
{
    uint32_t quote_count = 0;

    for (uint32_t a = 0; a < to->cast.actor_count; a++) {
        ng_tally_node *node = &to->nodes[to->tally.node_count++];

        node->actor = a;
        for (size_t i = 0; i < to->span_list.count; i++)
            node->mention_count += to->of_span[i] == a;
        node->confidence_sum = 0.9 * (double)node->mention_count;
        for (uint32_t s = 0; s < to->tally.unit_total; s++)
            node->unit_count += stands_in(to, a, s);
        for (uint32_t b = a + 1; b < to->cast.actor_count; b++) {
            ng_tally_edge edge = { .a = a, .b = b, .evidence_first = quote_count };

            for (uint32_t s = 0; s < to->tally.unit_total; s++) {
                ng_quote *quote = &to->quotes[quote_count];

                if (!stands_in(to, a, s) || !stands_in(to, b, s))
                    continue;
                edge.unit_count++;
                *quote = (ng_quote){ UINT32_MAX, 0, UINT32_MAX, 0 };
                for (size_t t = 0; t < to->text.token_count; t++) {
                    if (to->tokens[t].sentence != s)
                        continue;
                    if (quote->start == UINT32_MAX)
                        quote->start = quote->cp_start = to->tokens[t].start;
                    quote->end = quote->cp_end = to->tokens[t].end;
                }
                quote_count++;
            }
            edge.sentence_count = edge.unit_count;
            edge.evidence_end = quote_count;
            if (edge.unit_count)
                to->edges[to->tally.edge_count++] = edge;
        }
    }
}

/* Makes a paper; a decision is written for each actor. */
static made *make(const paper *from)
{
    made *to = calloc(1, sizeof *to);

    assert_non_null(to);
    to->document = (ng_source_document){ .id = ng_view_of(from->id),
                                         .date = ng_view_of(from->date),
                                         .title = ng_view_of(from->title),
                                         .text = ng_view_of(from->text) };
    ng_sha256_hex(to->document.text, to->document.sha256);
    if (from->title[0])
        to->offset = (uint32_t)(strlen(from->title) + 1);
    snprintf(to->scanned, sizeof to->scanned, "%s%s%s", from->title, from->title[0] ? " " : "",
             from->text);
    to->text = (ng_text){ .text = ng_view_of(to->scanned), .tokens = to->tokens };
    to->span_list.items = to->spans;
    to->cast = (ng_cast){ .actors = to->actors,
                          .of_span = to->of_span,
                          .forms = to->forms,
                          .ends = to->ends,
                          .ledger = to->ledger };
    to->tally = (ng_tally){ .nodes = to->nodes, .edges = to->edges, .quotes = to->quotes };
    scan(to);
    tally(to);
    for (uint32_t i = 0; i < to->cast.actor_count; i++)
        to->ledger[to->cast.ledger_count++] = (ng_ledger_entry){ .actor = i,
                                                                 .is_joined = i % 2 == 0,
                                                                 .name = to->actors[i].label,
                                                                 .rule = "surname",
                                                                 .evidence = ng_view_of(from->id) };
    return to;
}

static ng_status add(ng_ctx *cx, ng_builder *builder, const made *to, ng_report *report)
{
    return ng_builder_add(cx, builder, &to->document, &to->text, &to->span_list, &to->cast,
                          &to->tally, to->offset, to->offset, report);
}

static void standard(ng_options *options)
{
    ng_options_init(options);
    options->states = NG_STATES_DEMONYMS;
}

/* Builds a graph of papers in the given order. */
static ng_status build(ng_ctx *cx, const ng_options *options, made *const *papers,
                       const size_t *order, size_t count, ng_report *report, ng_graph **graph_out)
{
    ng_builder *builder = NULL;
    ng_status status = ng_builder_new(cx, options, NULL, &builder);

    for (size_t i = 0; i < count && status == NG_OK; i++)
        status = add(cx, builder, papers[order ? order[i] : i], report);
    if (status == NG_OK)
        status = ng_builder_finish(cx, builder, graph_out);
    ng_builder_free(cx, builder);
    return status;
}

static const paper five[] = {
    { "a", "2019-02-21", "", "Ann met Bob . Bob saw C:IL . Ann and Bob and d:IL ." },
    { "b", "", "", "Ann met Cid . Cid met Bob ." },
    { "c", "2018-01-01", "Ann and Bob .", "Dan came . C:IL and d:IL ." },
    { "d", "2020-12-31", "", "Bob met Ann . Bob met Ann . Bob met Ann ." },
    { "e", "2019-02-22", "", "Eve ." },
};

/* The graph of the five papers in one order, as text. */
static char *dump_order(ng_ctx *cx, const ng_options *options, made *const *papers,
                        const size_t *order)
{
    ng_graph *graph = NULL;
    ng_report report = { 0 };
    char *text = NULL;

    assert_int_equal(build(cx, options, papers, order, 5, &report, &graph), NG_OK);
    text = dump_graph(graph);
    ng_graph_free(graph);
    return text;
}

static void every_order_gives_the_same_graph(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    made *papers[5];
    size_t order[5] = { 0, 1, 2, 3, 4 };
    size_t turns[5] = { 0 };
    char *first = NULL;
    size_t tried = 1;

    (void)state;
    standard(&options);
    options.evidence_limit = 2;
    for (size_t i = 0; i < 5; i++)
        papers[i] = make(&five[i]);
    first = dump_order(cx, &options, papers, order);
    for (size_t i = 0; i < 5;) { /* Heap's algorithm */
        if (turns[i] < i) {
            size_t other = i % 2 ? turns[i] : 0;
            size_t moved = order[other];
            char *next = NULL;

            order[other] = order[i];
            order[i] = moved;
            next = dump_order(cx, &options, papers, order);
            assert_string_equal(first, next);
            free(next);
            tried++;
            turns[i]++;
            i = 0;
        } else {
            turns[i++] = 0;
        }
    }
    assert_int_equal(tried, 120);
    for (size_t i = 0; i < 5; i++)
        free(papers[i]);
    free(first);
    ng_ctx_free(cx);
}

/* The exact graph of the five papers. */
static void sums_are_right(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    made *papers[5];
    ng_graph *graph = NULL;
    ng_report report = { 0 };
    const ng_edge *edge = NULL;
    const ng_node *node = NULL;
    const ng_evidence *shown = NULL;
    size_t count = 0, titles = 0;

    (void)state;
    standard(&options);
    options.evidence_limit = 100;
    for (size_t i = 0; i < 5; i++)
        papers[i] = make(&five[i]);
    assert_int_equal(build(cx, &options, papers, NULL, 5, &report, &graph), NG_OK);
    assert_int_equal(ng_graph_node_count(graph), 6); /* IL Ann Bob Cid Dan Eve */
    assert_int_equal(ng_graph_edge_count(graph), 5); /* Ann-Bob IL-Bob IL-Ann Ann-Cid Bob-Cid */
    node = ng_graph_node(graph, 0);
    assert_int_equal(node->id.size, 10);
    assert_memory_equal(node->id.data, "country:IL", 10);
    assert_memory_equal(node->iso2.data, "IL", 2);
    assert_int_equal(node->mention_count, 4);
    assert_int_equal(node->document_count, 2);
    assert_int_equal(node->unit_count, 3);
    assert_true(node->confidence == 0.9);
    assert_memory_equal(node->first.data, "2018-01-01", 10);
    assert_memory_equal(node->last.data, "2019-02-21", 10);
    assert_int_equal(node->alias_count, 2);
    assert_int_equal(node->aliases[0].form, NG_FORM_NAME); /* 2 each: "C:IL" before "d:IL" */
    assert_int_equal(node->aliases[1].form, NG_FORM_DEMONYM);
    assert_int_equal(node->aliases[1].count, 2);
    edge = ng_graph_edge(graph, ng_graph_find_edge(graph, 2, 1));
    assert_true(edge->weight == 6);
    assert_int_equal(edge->unit_count, 6);
    assert_int_equal(edge->document_count, 3);
    assert_memory_equal(edge->first.data, "2018-01-01", 10);
    assert_memory_equal(edge->last.data, "2020-12-31", 10);
    shown = ng_graph_evidence(graph, ng_graph_find_edge(graph, 1, 2), &count);
    assert_int_equal(count, 6);
    for (size_t i = 0; i < count; i++) {
        const paper *from = &five[shown[i].document.data[0] - 'a'];
        const char *whole = shown[i].in_title ? from->title : from->text;

        titles += shown[i].in_title;
        assert_int_equal(shown[i].quote.size, shown[i].byte_end - shown[i].byte_start);
        assert_memory_equal(shown[i].quote.data, whole + shown[i].byte_start, shown[i].quote.size);
        assert_int_equal(shown[i].sha256.size, 64);
        assert_int_equal(shown[i].date.size, 10);
    }
    assert_int_equal(titles, 1);
    assert_int_equal(ng_graph_find_edge(graph, 0, 5), SIZE_MAX);
    assert_int_equal(ng_graph_find_edge(graph, 1, 1), SIZE_MAX);
    ng_graph_free(graph);
    for (size_t i = 0; i < 5; i++)
        free(papers[i]);
    ng_ctx_free(cx);
}

/* A document twice is one document; one id with two texts, or one text with two ids, is two. */
static void duplicates_count_once(void **state)
{
    static const paper cases[] = { { "a", "", "", "Ann met Bob ." },
                                   { "a", "", "", "Ann met Bob ." },
                                   { "a", "", "", "Ann met Bob again ." },
                                   { "b", "", "", "Ann met Bob ." } };
    static const struct {
        size_t second;
        double weight;
        uint64_t duplicates;
    } rows[] = { { 1, 1, 1 }, { 2, 2, 0 }, { 3, 2, 0 } };
    ng_ctx *cx = ng_ctx_new();
    ng_options options;

    (void)state;
    standard(&options);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        made *papers[2] = { make(&cases[0]), make(&cases[rows[i].second]) };
        ng_graph *graph = NULL;
        ng_report report = { 0 };

        assert_int_equal(build(cx, &options, papers, NULL, 2, &report, &graph), NG_OK);
        assert_int_equal(report.duplicate_count, rows[i].duplicates);
        assert_true(ng_graph_edge(graph, 0)->weight == rows[i].weight);
        ng_graph_free(graph);
        free(papers[0]);
        free(papers[1]);
    }
    ng_ctx_free(cx);
}

/* The sample has at most k quotes, the same for both orders, and not simply the first ones. */
static void samples_are_bounded(void **state)
{
    enum { PAPERS = 40 };
    static const uint32_t limits[] = { 0, 1, 3, 8, 40, 1000 };
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    made *papers[PAPERS];
    char ids[PAPERS][8];
    size_t forward[PAPERS], backward[PAPERS];

    (void)state;
    standard(&options);
    for (size_t i = 0; i < PAPERS; i++) {
        paper one = { ids[i], "", "", "Ann met Bob ." };

        snprintf(ids[i], sizeof ids[i], "%02zu", i);
        papers[i] = make(&one);
        forward[i] = i;
        backward[i] = PAPERS - 1 - i;
    }
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        ng_graph *one = NULL;
        ng_graph *other = NULL;
        ng_report report = { 0 };
        size_t count = 0;
        char *texts[2];

        options.evidence_limit = limits[i];
        assert_int_equal(build(cx, &options, papers, forward, PAPERS, &report, &one), NG_OK);
        assert_int_equal(build(cx, &options, papers, backward, PAPERS, &report, &other), NG_OK);
        (void)ng_graph_evidence(one, 0, &count);
        assert_int_equal(count, limits[i] < PAPERS ? limits[i] : PAPERS);
        if (limits[i] == 8)
            assert_string_not_equal(ng_graph_evidence(one, 0, &count)[7].document.data, "07");
        texts[0] = dump_graph(one);
        texts[1] = dump_graph(other);
        assert_string_equal(texts[0], texts[1]);
        free(texts[0]);
        free(texts[1]);
        ng_graph_free(one);
        ng_graph_free(other);
    }
    for (size_t i = 0; i < PAPERS; i++)
        free(papers[i]);
    ng_ctx_free(cx);
}

static void options_shape_the_graph(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    made *papers[5];
    ng_graph *graph = NULL;
    ng_report report = { 0 };

    (void)state;
    for (size_t i = 0; i < 5; i++)
        papers[i] = make(&five[i]);
    standard(&options);
    options.keep_isolates = false;
    options.weight = NG_WEIGHT_DOCUMENTS;
    assert_int_equal(build(cx, &options, papers, NULL, 5, &report, &graph), NG_OK);
    assert_int_equal(ng_graph_node_count(graph), 4); /* without Dan and Eve */
    assert_true(ng_graph_edge(graph, ng_graph_find_edge(graph, 1, 2))->weight == 3);
    ng_graph_free(graph);
    standard(&options);
    options.node_limit = 5;
    assert_int_equal(build(cx, &options, papers, NULL, 5, &report, &graph), NG_E_LIMIT);
    assert_non_null(strstr(ng_ctx_error(cx), "--max-nodes"));
    options.node_limit = 6;
    options.states = NG_STATES_NAMES;
    assert_int_equal(build(cx, &options, papers, NULL, 5, &report, &graph), NG_OK);
    assert_int_equal(ng_graph_node(graph, 0)->alias_count, 1); /* demonyms take no part */
    ng_graph_free(graph);
    for (size_t i = 0; i < 5; i++)
        free(papers[i]);
    ng_ctx_free(cx);
}

static void no_documents_give_an_empty_graph(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_graph *graph = NULL;
    ng_report report = { 0 };
    ng_view key, value;
    bool found = false;

    (void)state;
    standard(&options);
    assert_int_equal(build(cx, &options, NULL, NULL, 0, &report, &graph), NG_OK);
    assert_int_equal(ng_graph_node_count(graph), 0);
    assert_int_equal(ng_graph_edge_count(graph), 0);
    for (size_t i = 0; i < ng_graph_note_count(graph); i++) {
        ng_graph_note(graph, i, &key, &value);
        found |= ng_view_equal(key, NG_VIEW("unit")) &&
                 ng_view_equal(value, NG_VIEW("sentences with both actors"));
    }
    assert_true(found);
    ng_graph_free(graph);
    ng_ctx_free(cx);
}

/* Whichever allocation fails: NG_E_MEMORY, nothing leaks, and the next try works. */
static void no_allocation_is_taken_for_granted(void **state)
{
    ng_options options;
    made *papers[5];
    bool is_done = false;
    size_t failures = 0;

    (void)state;
    standard(&options);
    options.evidence_limit = 2;
    for (size_t i = 0; i < 5; i++)
        papers[i] = make(&five[i]);
    for (size_t n = 1; !is_done; n++) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_graph *graph = NULL;
        ng_report report = { 0 };
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = n;
        status = build(cx, &options, papers, NULL, 5, &report, &graph);
        is_done = status == NG_OK;
        if (!is_done) {
            assert_int_equal(status, NG_E_MEMORY);
            assert_true(ng_ctx_error(cx)[0]);
            assert_null(graph);
            failures++;
        }
        ng_graph_free(graph);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(failures > 50);
    for (size_t i = 0; i < 5; i++)
        free(papers[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_gives_the_same_graph),
        cmocka_unit_test(sums_are_right),
        cmocka_unit_test(duplicates_count_once),
        cmocka_unit_test(samples_are_bounded),
        cmocka_unit_test(options_shape_the_graph),
        cmocka_unit_test(no_documents_give_an_empty_graph),
        cmocka_unit_test(no_allocation_is_taken_for_granted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
