/* Tokens: where they begin and end in bytes and code points, and what is said of them. */
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

static ng_text scan(ng_view text)
{
    ng_text scanned = { 0 };

    assert_int_equal(ng_text_scan(cx, &arena, text, 10000, &scanned), NG_OK);
    return scanned;
}

/* The tokens of a text joined by "|". */
static const struct {
    const char *text, *tokens;
} token_cases[] = {
    { "", "" },
    { " \t\n", "" },
    { "a", "a" },
    { "Israel's border", "Israel|'s|border" },
    { "Israel\xE2\x80\x99s border", "Israel|\xE2\x80\x99s|border" },
    { "the Jones' car", "the|Jones|'|car" },
    { "don't O'Neill Sana'a", "don't|O'Neill|Sana'a" },
    { "Russo-Israeli", "Russo|-|Israeli" },
    { "Jos\xEF\xBF\xBD K\xEF\xBF\xBDln", "Jos\xEF\xBF\xBD|K\xEF\xBF\xBDln" },
    { "U.S. troops", "U.S.|troops" },
    { "the U.S in May", "the|U.S|in|May" },
    { "the U.S.A. is", "the|U.S.A.|is" },
    { "G.B.J. Dreyfus", "G.B.J.|Dreyfus" },
    { "Mr. Smith Jr. left.", "Mr.|Smith|Jr.|left|." },
    { "on Jan. 21.", "on|Jan.|21|." },
    { "No. 5, no. He", "No.|5|,|no|.|He" },
    { "70,000 and 2.5 at 12:30 in the 1990s", "70,000|and|2.5|at|12:30|in|the|1990s" },
    { "see http://a.example/b?c=d, or www.x.org.", "see|http://a.example/b?c=d|,|or|www.x.org|." },
    { "ask jane.d-oe@port.ac.uk now", "ask|jane.d-oe@port.ac.uk|now" },
    { "@jane and #tag of C# here", "@jane|and|#tag|of|C|#|here" },
    { "## Heading", "##|Heading" },
    { "Wait... what?! --", "Wait|...|what|?!|--" },
    { "The end.Next one", "The|end|.|Next|one" },
    { "example.com is", "example.com|is" },
    { "\xEF\xBB\xBFLatur", "Latur" },
    { "a\x01z", "a|z" },
};

static void test_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof token_cases / sizeof *token_cases; i++) {
        char joined[512];
        size_t size = 0;
        ng_text text = scan(ng_view_of(token_cases[i].text));
        for (size_t k = 0; k < text.token_count; k++) {
            ng_view token = ng_token_text(&text, k);
            if (k)
                joined[size++] = '|';
            memcpy(joined + size, token.data, token.size);
            size += token.size;
        }
        joined[size] = 0;
        assert_string_equal(joined, token_cases[i].tokens);
    }
}

static const struct {
    const char *text;
    size_t token;
    unsigned with, without;
} flag_cases[] = {
    { "Iran", 0, NG_TOKEN_WORD | NG_TOKEN_CAPITAL | NG_TOKEN_LINE_START | NG_TOKEN_SENTENCE_START,
      NG_TOKEN_ALL_CAPS | NG_TOKEN_MIXED },
    { "in Iran", 1, NG_TOKEN_CAPITAL | NG_TOKEN_SPACE_BEFORE,
      NG_TOKEN_SENTENCE_START | NG_TOKEN_LINE_START },
    { "NATO", 0, NG_TOKEN_ALL_CAPS | NG_TOKEN_CAPITAL, NG_TOKEN_MIXED },
    { "I", 0, NG_TOKEN_CAPITAL, NG_TOKEN_ALL_CAPS },
    { "McDonald", 0, NG_TOKEN_MIXED | NG_TOKEN_CAPITAL, NG_TOKEN_ALL_CAPS },
    { "iPhone", 0, NG_TOKEN_MIXED, NG_TOKEN_CAPITAL },
    { "Lester B. Pearson", 1, NG_TOKEN_INITIAL | NG_TOKEN_ABBREVIATION, NG_TOKEN_ALL_CAPS },
    { "Mr. X", 0, NG_TOKEN_ABBREVIATION, NG_TOKEN_INITIAL },
    { "21st", 0, NG_TOKEN_NUMBER | NG_TOKEN_WORD, NG_TOKEN_PUNCTUATION },
    { "70,000", 0, NG_TOKEN_NUMBER, NG_TOKEN_WORD },
    { "He said \"Stop", 3, NG_TOKEN_SENTENCE_START, NG_TOKEN_SPACE_BEFORE },
    { "Iran's", 1, NG_TOKEN_POSSESSIVE, NG_TOKEN_SPACE_BEFORE },
    { "the Jones' car", 2, NG_TOKEN_POSSESSIVE | NG_TOKEN_PUNCTUATION, NG_TOKEN_WORD },
    { "a\r\nb", 1, NG_TOKEN_LINE_START, 0 },
    { "see www.x.org", 1, NG_TOKEN_LINK, NG_TOKEN_WORD },
};

static void test_flags(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof flag_cases / sizeof *flag_cases; i++) {
        ng_text text = scan(ng_view_of(flag_cases[i].text));
        unsigned flags = text.tokens[flag_cases[i].token].flags;
        assert_int_equal(flags & flag_cases[i].with, flag_cases[i].with);
        assert_int_equal(flags & flag_cases[i].without, 0);
    }
}

/* Offsets of the last token, with characters of two, three and four bytes before it. */
static void test_offsets(void **state)
{
    static const struct {
        ng_view text;
        uint32_t start, end, cp_start, cp_end;
    } cases[] = {
        { { "\xC4\xB0 love Big Apple", 17 }, 12, 17, 11, 16 },
        { { "\xF0\x9F\x98\x80 Merkel", 11 }, 5, 11, 2, 8 },
        { { "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD Merkel", 15 }, 9, 15, 3, 9 },
        { { "\xEF\xBF\xBDx \xE2\x82\xAC Iran", 13 }, 9, 13, 5, 9 },
        { { "a\0b Iran", 8 }, 4, 8, 4, 8 },
        { { "\xEF\xBB\xBFIran", 7 }, 3, 7, 1, 5 },
        { { "a\r\n\r\nIran", 9 }, 5, 9, 5, 9 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ng_text text = scan(cases[i].text);
        const ng_token *last = &text.tokens[text.token_count - 1];
        assert_int_equal(last->start, cases[i].start);
        assert_int_equal(last->end, cases[i].end);
        assert_int_equal(last->cp_start, cases[i].cp_start);
        assert_int_equal(last->cp_end, cases[i].cp_end);
    }
}

/* Whatever the bytes: tokens follow each other, cover their text, and code points add up. */
static void test_any_text(void **state)
{
    static const char *const pieces[] = { "a",
                                          "B",
                                          ".",
                                          " ",
                                          "\n",
                                          "\xC3\xA9",
                                          "\xF0\x9F\x98\x80",
                                          "'",
                                          "@",
                                          "#",
                                          "1",
                                          "-",
                                          "\"",
                                          "\xE2\x80\x99",
                                          ":",
                                          "/",
                                          "s",
                                          "U.S.",
                                          "\xEF\xBF\xBD",
                                          "\xC2\xA0" };
    enum { ROUNDS = 2000, PIECES = 40 };
    uint32_t random = 1;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char data[PIECES * 5];
        size_t size = 0;
        ng_text text;
        for (int k = 0; k < PIECES; k++) {
            const char *piece;
            random = random * 1664525u + 1013904223u;
            piece = pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(data + size, piece, strlen(piece));
            size += strlen(piece);
        }
        text = scan((ng_view){ data, size });
        for (size_t k = 0; k < text.token_count; k++) {
            const ng_token *token = &text.tokens[k];
            assert_true(token->start < token->end && token->end <= size);
            assert_true(k == 0 || text.tokens[k - 1].end <= token->start);
            assert_int_equal(token->cp_start, ng_utf8_count((ng_view){ data, token->start }));
            assert_int_equal(token->cp_end, ng_utf8_count((ng_view){ data, token->end }));
            assert_true(token->sentence < text.sentence_count);
        }
        for (size_t k = 0; k < text.sentence_count; k++) {
            const ng_sentence *sentence = &text.sentences[k];
            assert_true(sentence->first_token < sentence->end_token);
            assert_int_equal(sentence->first_token, k ? sentence[-1].end_token : 0);
            assert_true(sentence->paragraph < text.paragraph_count);
        }
        if (text.sentence_count)
            assert_int_equal(text.sentences[text.sentence_count - 1].end_token, text.token_count);
        ng_arena_reset(cx, &arena);
    }
}

static void test_no_memory(void **state)
{
    static const char text[] = "Benjamin Netanyahu met Sergei Vershinin. They talked.\n\nIt ended.";
    bool is_done = false;

    (void)state;
    for (size_t fail_at = 1; !is_done; fail_at++) {
        ng_ctx *own = ng_ctx_new();
        test_heap heap;
        ng_arena small;
        ng_text scanned = { 0 };
        ng_status status;
        test_use_heap(own, &heap);
        heap.fail_at = fail_at;
        ng_arena_init(&small, (size_t)1 << 20);
        status = ng_text_scan(own, &small, ng_view_of(text), 10000, &scanned);
        assert_true(status == NG_OK || status == NG_E_MEMORY);
        assert_true(status == NG_OK || scanned.tokens == NULL);
        is_done = status == NG_OK;
        ng_arena_destroy(own, &small);
        assert_int_equal(heap.live, 0);
        own->realloc = cx->realloc;
        own->realloc_user = cx->realloc_user;
        ng_ctx_free(own);
    }
}

/* Words are read eight bytes at a time: one that ends anywhere in them ends there, by any byte. */
static void test_word_lengths(void **state)
{
    (void)state;
    for (int length = 1; length < 27; length++) {
        for (int stop = 1; stop < 128; stop++) {
            char text[64];
            int size =
                snprintf(text, sizeof text, "%.*s%c-z", length, "abcdefghijklmnopqrstuvwxyz", stop);
            bool goes_on = (stop >= '0' && stop <= '9') || (stop >= 'A' && stop <= 'Z') ||
                           (stop >= 'a' && stop <= 'z');
            ng_text scanned = { 0 };

            ng_arena_reset(cx, &arena);
            scanned = scan((ng_view){ text, (size_t)size });
            assert_int_equal(scanned.tokens[0].start, 0);
            assert_int_equal(scanned.tokens[0].end, length + goes_on);
            assert_int_equal(scanned.tokens[scanned.token_count - 1].end, size);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),       cmocka_unit_test(test_flags),
        cmocka_unit_test(test_word_lengths), cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_any_text),     cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
