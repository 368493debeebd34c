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
    { "Va'aletoa Rifa‘i D’Arcy O`Neill O´Neill Hawaiʻi Naʼama Faʻa",
      "Va'aletoa|Rifa‘i|D’Arcy|O`Neill|O´Neill|Hawaiʻi|Naʼama|Faʻa" },
    { "the Biqa‘ Valley, the Biqaʻ road", "the|Biqa‘|Valley|,|the|Biqaʻ|road" },
    { "Hawaiʻi's, Israelʼs, Israel‘s, Israel´s, it ‘s, the Jonesʼ car",
      "Hawaiʻi|'s|,|Israel|ʼs|,|Israel|‘s|,|Israel|´s|,|it|‘|s|,|the|Jones|ʼ|car" },
    { "ʻAkilisi ʼAkilisi ʿAli ’Akilisi", "ʻAkilisi|ʼAkilisi|ʿAli|’Akilisi" },
    { "Muhammad 'Abduh met Ahmad ‘Urabi", "Muhammad|'Abduh|met|Ahmad|‘Urabi" },
    { "Haidar al-'Abadi and bin ‘Ali", "Haidar|al|-|'Abadi|and|bin|‘Ali" },
    { "King Letsie and Queen 'Masenate met 'Matšepo Ramakoae of Lesotho.",
      "King|Letsie|and|Queen|'Masenate|met|'Matšepo|Ramakoae|of|Lesotho|." },
    { "Princess Lelaka, 'Alaivahamama'o Tukuʻaho and others",
      "Princess|Lelaka|,|'Alaivahamama'o|Tukuʻaho|and|others" },
    { "Frank O 'Hara and Massimo D 'Alema", "Frank|O|'Hara|and|Massimo|D|'Alema" },
    { "Guns N' Roses and Lil' Kim", "Guns|N'|Roses|and|Lil'|Kim" },
    { "'Israel said so,' he wrote.", "'|Israel|said|so|,|'|he|wrote|." },
    { "He said, 'Israel Katz said so', and left.",
      "He|said|,|'|Israel|Katz|said|so|'|,|and|left|." },
    { "He asked: 'Israel?'", "He|asked|:|'|Israel|?|'" },
    { "George ‘Babe’ Ruth, George 'Babe' Ruth", "George|‘|Babe|’|Ruth|,|George|'|Babe|'|Ruth" },
    { "‘Hello’ and ‘Oh God’ said Anne", "‘|Hello|’|and|‘|Oh|God|’|said|Anne" },
    { "She called it 'The City' There it ended", "She|called|it|'|The|City|'|There|it|ended" },
    { "A WEEK OF PRAYER' FOR PEACE", "A|WEEK|OF|PRAYER|'|FOR|PEACE" },
    { "'I go.' They left.", "'|I|go|.|'|They|left|." },
    { "the workers' Party, the Workers' Party", "the|workers|'|Party|,|the|Workers|'|Party" },
    { "'tis and ’90s rock 'n' roll", "'|tis|and|’|90s|rock|'|n|'|roll" },
    { "``Stop'' or `code` or ```", "`|`|Stop|'|'|or|`|code|`|or|`|`|`" },
    { "ʻ ʼ x'", "ʻ|ʼ|x|'" },
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
    { "ʻAkilisi", 0, NG_TOKEN_CAPITAL | NG_TOKEN_WORD, NG_TOKEN_MIXED | NG_TOKEN_PUNCTUATION },
    { "Queen 'Masenate", 1, NG_TOKEN_CAPITAL | NG_TOKEN_SPACE_BEFORE, NG_TOKEN_MIXED },
    { "Israel‘s", 1, NG_TOKEN_POSSESSIVE, NG_TOKEN_SPACE_BEFORE },
    { "d'Ivoire", 0, NG_TOKEN_MIXED, NG_TOKEN_CAPITAL },
    { "ʻ", 0, NG_TOKEN_PUNCTUATION, NG_TOKEN_WORD },
    { "N' Roses", 0, NG_TOKEN_CAPITAL | NG_TOKEN_LINE_START, NG_TOKEN_PUNCTUATION },
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

/* Tokens follow each other, their bytes and code points agree with the text, nothing but space lies
 * between them, and sentences share them out. */
static void check_text(const ng_text *text)
{
    ng_view all = text->text;
    uint32_t end = 0, cp_end = 0;

    for (size_t k = 0; k < text->token_count; k++) {
        const ng_token *token = &text->tokens[k];

        assert_true(token->start < token->end && token->end <= all.size);
        assert_true(end <= token->start);
        assert_int_equal(token->cp_start,
                         cp_end + ng_utf8_count(ng_view_part(all, end, token->start)));
        assert_int_equal(token->cp_end, token->cp_start + ng_utf8_count(ng_view_part(
                                                              all, token->start, token->end)));
        for (uint32_t at = end; at < token->start; at++)
            assert_true((unsigned char)all.data[at] <= ' ' || (unsigned char)all.data[at] >= 0x7F);
        assert_true(token->end == all.size || ((unsigned char)all.data[token->end] & 0xC0) != 0x80);
        assert_true(token->flags &
                    (NG_TOKEN_WORD | NG_TOKEN_NUMBER | NG_TOKEN_PUNCTUATION | NG_TOKEN_LINK));
        assert_true(token->sentence < text->sentence_count);
        end = token->end;
        cp_end = token->cp_end;
    }
    for (size_t k = 0; k < text->sentence_count; k++) {
        const ng_sentence *sentence = &text->sentences[k];

        assert_true(sentence->first_token < sentence->end_token);
        assert_int_equal(sentence->first_token, k ? sentence[-1].end_token : 0);
        assert_int_equal(sentence->start, text->tokens[sentence->first_token].start);
        assert_int_equal(sentence->cp_end, text->tokens[sentence->end_token - 1].cp_end);
        assert_true(sentence->paragraph < text->paragraph_count);
        for (size_t i = sentence->first_token; i < sentence->end_token; i++)
            assert_int_equal(text->tokens[i].sentence, k);
    }
    if (text->sentence_count)
        assert_int_equal(text->sentences[text->sentence_count - 1].end_token, text->token_count);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Texts of pieces that the scanner has a rule for. */
static void test_any_text(void **state)
{
    static const ng_view pieces[] = {
        { "a", 1 },
        { "B", 1 },
        { ".", 1 },
        { " ", 1 },
        { "\n", 1 },
        { "\r\n", 2 },
        { "\0", 1 },
        { "\xC3\xA9", 2 },         /* e with acute */
        { "e\xCC\x81", 3 },        /* the same in two */
        { "\xF0\x9F\x98\x80", 4 }, /* a face */
        { "\xF0\x9F\x8F\xBD", 4 }, /* a skin colour */
        { "\xE2\x80\x8D", 3 },     /* zero-width joiner */
        { "\xE2\x80\x8B", 3 },     /* zero-width space */
        { "\xE2\x80\xAE", 3 },     /* right to left */
        { "\xD7\x90", 2 },         /* alef */
        { "\xD8\xB9", 2 },         /* ain */
        { "\xEF\xBB\xBF", 3 },     /* byte order mark */
        { "\xE2\x80\xA8", 3 },     /* line separator */
        { "\xE4\xB8\xAD", 3 },     /* a Chinese character */
        { "'", 1 },
        { "`", 1 },
        { "\xE2\x80\x98", 3 },
        { "\xE2\x80\x99", 3 },
        { "\xCA\xBB", 2 },
        { "\xCA\xBC", 2 },
        { "\xC2\xB4", 2 },
        { "@", 1 },
        { "#", 1 },
        { "1", 1 },
        { "-", 1 },
        { "\"", 1 },
        { ":", 1 },
        { "/", 1 },
        { "s", 1 },
        { "U.S.", 4 },
        { "A 'B", 4 },
        { "\xEF\xBF\xBD", 3 },
        { "\xC2\xA0", 2 },
    };
    enum { ROUNDS = 4000, PIECES = 40 };
    uint32_t random = 1;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char data[PIECES * 4];
        size_t size = 0;
        ng_text text;
        for (int k = 0; k < PIECES; k++) {
            ng_view piece = pieces[next_random(&random) % (sizeof pieces / sizeof *pieces)];
            memcpy(data + size, piece.data, piece.size);
            size += piece.size;
        }
        text = scan((ng_view){ data, size });
        check_text(&text);
        ng_arena_reset(cx, &arena);
    }
}

/* Texts of any bytes, lone surrogates and cut characters among them, once they are made valid. */
static void test_any_bytes(void **state)
{
    enum { ROUNDS = 4000, BYTES = 64 };
    uint32_t random = 7;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char data[BYTES + 3];
        size_t size = next_random(&random) % BYTES;
        ng_buffer valid;
        ng_text text;
        for (size_t k = 0; k < size; k++)
            data[k] = (char)(next_random(&random) >> (round % 3));
        if (round % 4 == 0) { /* U+D800, which no text may have */
            memcpy(data + size, "\xED\xA0\x80", 3);
            size += 3;
        }
        ng_buffer_init(&valid, (size_t)1 << 20);
        assert_int_equal(ng_utf8_repair(cx, (ng_view){ data, size }, &valid), NG_OK);
        text = scan(ng_buffer_view(&valid));
        check_text(&text);
        ng_buffer_destroy(cx, &valid);
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
        cmocka_unit_test(test_any_text),     cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
