/* Where sentences and paragraphs end: "|" marks the end of a sentence, "||" that of a paragraph. */
#include "faults.h"

#include "tokens/tokens.h"

static ng_ctx *cx;
static ng_arena arena;

static int set_up(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    ng_arena_init(&arena, (size_t)1 << 30);
    return cx ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ng_arena_destroy(cx, &arena);
    ng_ctx_free(cx);
    return 0;
}

#define LINE "It was a long and weary way that lay before the men of the hills,"

static const char *const cases[] = {
    "One came.| Two went.| Three stayed.",
    "Lester B. Pearson spoke.| He left.",
    "G.B.J. Dreyfus spoke.",
    "The U.S. troops left.| They went home.",
    "The U.S. President spoke.",
    "It happened on Jan. 21 in Rome.| Nobody saw it.",
    "They met in Washington, D.C.| The joint event was short.",
    "They met in Washington, D.C., on Monday.",
    "Mr. Smith met Dr. Jones.| Gen. Dempsey came too.",
    "Yahoo! is a company.",
    "Really?| Yes.| No!| Never.",
    "\"Stop it.\"| He did.",
    "\"Stop,\" he said.| \"Go.\"| They went.",
    "\"What?\" he asked.| Nobody knew.",
    "(It was late.)| They left.",
    "It works as follows: first one.| Then two.",
    "It cost 2.5 million.| Then 3.",
    "He works for Acme Inc. and lives here.| She does not.",
    "He works for Acme Inc.| The firm is old.",
    "See Fig. 3 and no. 5.| No.| That is wrong.",
    "He was born at 5 a.m. in Rome.",
    "He said it.[1]| Then he left.",
    "He said it. [4] [7]| Then he left.",
    "lower case text goes past.| it has no capitals.",
    "First paragraph.||\n\nSecond paragraph.||\n\n\nThird.",
    "First.||\r\n\r\nSecond.",
    "## The Limits||\n\nFebruary 21, 2019 Jane Doe||\n\nIt began.| It ended.",
    "- one item|\n- two items|\n- three",
    "1. Introduction|\n2. Method|\n3. End",
    "A first sentence stands here.|\nA second one follows it.|\nAnd a third.",
    "Headline Without A Stop|\nBy Jane Doe|\nThe text begins here.| It goes on.",
    LINE "\n" LINE "\n" LINE "\n" LINE "\nand there it ended.| Or so they said.",
    LINE "\n" LINE "\n" LINE "\n" LINE "\nshort end.|\nThis line is another one that goes on in "
         "prose and is full\nas before.",
};

/* The text of a case without its marks. */
static size_t strip(const char *marked, char *text)
{
    size_t size = 0;

    for (; *marked; marked++)
        if (*marked != '|')
            text[size++] = *marked;
    text[size] = 0;
    return size;
}

static void test_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048], marked[2048];
        size_t size = strip(cases[i], text), at = 0, out = 0;
        ng_text scanned = { 0 };
        assert_int_equal(ng_text_scan(cx, &arena, (ng_view){ text, size }, 10000, &scanned), NG_OK);
        for (size_t k = 0; k < scanned.sentence_count; k++) {
            const ng_sentence *sentence = &scanned.sentences[k];
            memcpy(marked + out, text + at, sentence->end - at);
            out += sentence->end - at;
            at = sentence->end;
            if (k + 1 < scanned.sentence_count) {
                marked[out++] = '|';
                if (sentence[1].paragraph != sentence->paragraph)
                    marked[out++] = '|';
            }
        }
        marked[out] = 0;
        assert_string_equal(marked, cases[i]);
    }
}

static void test_headings(void **state)
{
    static const char text[] = "# Title\n\nBy Jane Doe\n\nIt began here.\n\n- an item\n- another\n";
    static const bool wanted[] = { true, true, false, true, true };
    ng_text scanned = { 0 };

    (void)state;
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(text), 10000, &scanned), NG_OK);
    assert_int_equal(scanned.sentence_count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < scanned.sentence_count; i++)
        assert_int_equal(scanned.sentences[i].is_heading, wanted[i]);
}

/* A sentence without end is cut at the next token after the limit. */
static void test_limit(void **state)
{
    enum { WORDS = 1000, LIMIT = 100 };
    static char text[WORDS * 5];
    ng_text scanned = { 0 };

    (void)state;
    for (size_t i = 0; i < WORDS; i++)
        memcpy(text + i * 5, "word ", 5);
    assert_int_equal(ng_text_scan(cx, &arena, (ng_view){ text, sizeof text }, LIMIT, &scanned),
                     NG_OK);
    assert_true(scanned.sentence_count >= WORDS * 5 / (LIMIT + 5));
    for (size_t i = 0; i < scanned.sentence_count; i++)
        assert_true(scanned.sentences[i].end - scanned.sentences[i].start <= LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_limit),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
