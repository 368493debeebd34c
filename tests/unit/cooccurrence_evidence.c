/* Quotes: both names whole, at most 400 characters, as the text has them. */
#include "cooccurrence_random.h"

static ng_ctx *cx;

static ng_tally make_tally(test_document *document, ng_scope scope, uint32_t window, uint32_t limit)
{
    ng_options options;
    ng_tally tally;

    ng_options_init(&options);
    options.scope = scope;
    options.window = window;
    options.evidence_limit = limit;
    assert_int_equal(ng_tally_make(cx, &options, &document->arena, &document->text,
                                   &document->spans, &document->cast, &tally),
                     NG_OK);
    return tally;
}

/* True when a mention of the actor lies whole in the quote. */
static bool is_shown(const test_document *document, const ng_quote *quote, uint32_t actor)
{
    for (size_t i = 0; i < document->spans.count; i++) {
        const ng_token *token = &document->text.tokens[document->items[i].first_token];

        if (document->of_span[i] == actor && token->start >= quote->start &&
            token->end <= quote->end)
            return true;
    }
    return false;
}

/* Quotes of random documents: whole names, whole tokens, right code points, no more than asked. */
static void quotes_show_both_names(void **state)
{
    static const ng_scope scopes[] = { NG_SCOPE_SENTENCE, NG_SCOPE_PARAGRAPH, NG_SCOPE_DOCUMENT,
                                       NG_SCOPE_TOKENS, NG_SCOPE_SENTENCES };
    size_t quotes = 0;

    (void)state;
    for (uint32_t seed = 0; seed < 100; seed++) {
        test_document *document = test_open_random(cx, seed);
        ng_tally tally = make_tally(document, scopes[seed % 5], 3, seed % 4);

        for (size_t i = 0; i < tally.edge_count; i++) {
            const ng_tally_edge *edge = &tally.edges[i];

            assert_true(edge->evidence_end - edge->evidence_first <= seed % 4);
            if (seed % 4 > 0 && edge->sentence_count > 0)
                assert_true(edge->evidence_end > edge->evidence_first);
            for (uint32_t j = edge->evidence_first; j < edge->evidence_end; j++) {
                const ng_quote *quote = &tally.quotes[j];
                ng_view bytes = ng_view_part(document->text.text, quote->start, quote->end);
                ng_view before = ng_view_part(document->text.text, 0, quote->start);

                assert_true(is_shown(document, quote, edge->a));
                assert_true(is_shown(document, quote, edge->b));
                assert_int_equal(ng_utf8_count(bytes), quote->cp_end - quote->cp_start);
                assert_int_equal(ng_utf8_count(before), quote->cp_start);
                assert_true(quote->cp_end - quote->cp_start <= 400);
                quotes++;
            }
        }
        test_close(cx, document);
    }
    assert_true(quotes > 500);
}

/* Texts with two names so far apart, and the quote they give. */
static const struct {
    const char *head;
    int gap_words; /* "wörd " between the names */
    const char *tail;
    ng_scope scope;
    bool has_quote, is_sentence;
} cases[] = {
    { "It began. Náméa saw ", 1, "Náméb. It ended.", NG_SCOPE_SENTENCE, true, true },
    { "It began. Then Náméa saw ", 1, "Náméb there. It ended.", NG_SCOPE_SENTENCE, true, true },
    { "It began. Náméa saw ", 70, "Náméb. It ended.", NG_SCOPE_SENTENCE, true, true },
    { "It began. Náméa saw ", 90, "Náméb. It ended.", NG_SCOPE_SENTENCE, false, false },
    { "It began. Náméa came. ", 10, "Náméb left. It ended.", NG_SCOPE_DOCUMENT, true, false },
    { "It began. Náméa came. ", 90, "Náméb left. It ended.", NG_SCOPE_DOCUMENT, false, false },
};

static void quotes_are_sentences_where_they_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[4096];
        size_t at = (size_t)snprintf(text, sizeof text, "%s", cases[i].head);
        test_document *document = NULL;
        ng_tally tally;

        for (int j = 0; j < cases[i].gap_words; j++)
            at += (size_t)snprintf(text + at, sizeof text - at, "wörd ");
        (void)snprintf(text + at, sizeof text - at, "%s", cases[i].tail);
        document = test_open_text(cx, text);
        tally = make_tally(document, cases[i].scope, 0, 8);
        assert_int_equal(tally.edge_count, 1);
        assert_int_equal(tally.edges[0].evidence_end - tally.edges[0].evidence_first,
                         cases[i].has_quote);
        if (cases[i].is_sentence) {
            const ng_sentence *sentence = &document->text.sentences[1];

            assert_int_equal(tally.quotes[0].start, sentence->start);
            assert_int_equal(tally.quotes[0].end, sentence->end);
        }
        test_close(cx, document);
    }
}

/* A sentence longer than a quote is cut to whole words on both sides of the names. */
static void long_sentences_are_cut(void **state)
{
    char text[8192] = "The ";
    size_t at = 4;
    test_document *document = NULL;
    ng_tally tally;
    ng_view quote;

    (void)state;
    for (int i = 0; i < 100; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "wörds ");
    at += (size_t)snprintf(text + at, sizeof text - at, "Náméa saw Náméb ");
    for (int i = 0; i < 100; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "wörds ");
    document = test_open_text(cx, text);
    tally = make_tally(document, NG_SCOPE_SENTENCE, 0, 8);
    assert_int_equal(tally.edge_count, 1);
    assert_int_equal(tally.edges[0].evidence_end, 1);
    quote = ng_view_part(document->text.text, tally.quotes[0].start, tally.quotes[0].end);
    assert_true(ng_utf8_count(quote) > 380 && ng_utf8_count(quote) <= 400);
    assert_true(ng_view_starts(quote, NG_VIEW("wörds ")));
    assert_true(ng_view_ends(quote, NG_VIEW(" wörds")));
    test_close(cx, document);
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
        cmocka_unit_test(quotes_show_both_names),
        cmocka_unit_test(quotes_are_sentences_where_they_fit),
        cmocka_unit_test(long_sentences_are_cut),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
