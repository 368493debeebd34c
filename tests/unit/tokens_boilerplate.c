/* Boilerplate: which words of a text are marked, and how paragraphs are compared. */
#include "faults.h"

#include "tokens/tokens.h"

static const struct {
    const char *text;
    const char *marked; /* the marked tokens, a blank behind each */
} marks[] = {
    /* bylines */
    { "Talks resume\nBy Ana Silva and Bo Berg\nPeru met Chile.", "By Ana Silva and Bo Berg " },
    { "By ANA SILVA, Associated Press Writer\n\nPeru met Chile.",
      "By ANA SILVA , Associated Press Writer " },
    { "Written by Ana Silva\n\nText.", "Written by Ana Silva " },
    { "Story and photos by Ana Silva\n\nText.", "Story and photos by Ana Silva " },
    { "Ana Silva, Staff Writer\n\nText.", "Ana Silva , Staff Writer " },
    { "By Monday, Peru met Chile.", "" },
    { "By Monday\n\nText.", "" },
    { "By the Sea\n\nText.", "" },
    { "Peru was beaten by Ana Silva and Bo Berg.", "" },
    { "By all accounts Ana Silva won.", "" },
    /* datelines */
    { "LIMA, Peru (AP) -- Ana met Bo.", "LIMA , Peru ( AP ) -- " },
    { "LIMA (Reuters) - Ana met Bo.", "LIMA ( Reuters ) - " },
    { "Lima (Reuters) \xE2\x80\x94 Ana met Bo.", "Lima ( Reuters ) \xE2\x80\x94 " },
    { "WASHINGTON \xE2\x80\x94 Ana met Bo.", "WASHINGTON \xE2\x80\x94 " },
    { "KYIV, Feb. 3 (Xinhua) -- Ana met Bo.", "KYIV , Feb. 3 ( Xinhua ) -- " },
    { "Talks resume\nLIMA (AP) - Ana met Bo.", "LIMA ( AP ) - " },
    { "Germany - a large country - met France.", "" },
    { "Olga Petrova - the sister of Bo - met Ana.", "" },
    { "We met in LIMA (AP) - said Ana.", "" },
    /* credits and copyright */
    { "Text.\n\n(Reporting by Ana Silva in Lima; Editing by Bo Berg)",
      "( Reporting by Ana Silva in Lima ; Editing by Bo Berg ) " },
    { "(Reporting by Ana Silva. Help by Bo Berg)\n\nText.",
      "( Reporting by Ana Silva . Help by Bo Berg ) " },
    { "(Reporting by Ana Silva)\nPeru met Chile.", "( Reporting by Ana Silva ) " },
    { "Text. AP writer Bo Berg in Oslo contributed to this report.",
      "AP writer Bo Berg in Oslo contributed to this report . " },
    { "Copyright 2019 The Lima Times, Lima.", "Copyright 2019 The Lima Times , Lima . " },
    { "\xC2\xA9 2019 The Lima Times", "\xC2\xA9 2019 The Lima Times " },
    { "The Lima Times. All rights reserved.", "All rights reserved . " },
    { "Ana spoke of copyright in Lima.", "" },
    { "He contributed to this rapport.", "" },
    /* headings and lists of topics are content */
    { "Peru and Chile\n\nText.", "" },
    { "Topics: Peru, Chile, Ana Silva", "" },
    { "", "" },
};

/* The marked tokens of a text. */
static void list_marked(ng_ctx *cx, const char *text, ng_buffer *out)
{
    ng_arena arena;
    ng_text scanned;

    ng_arena_init(&arena, SIZE_MAX);
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(text), 10000, &scanned), NG_OK);
    for (size_t i = 0; i < scanned.token_count; i++) {
        if (!(scanned.tokens[i].flags & NG_TOKEN_BOILERPLATE))
            continue;
        assert_int_equal(ng_buffer_add(cx, out, ng_token_text(&scanned, i)), NG_OK);
        assert_int_equal(ng_buffer_add_byte(cx, out, ' '), NG_OK);
    }
    assert_int_equal(ng_buffer_add_byte(cx, out, '\0'), NG_OK);
    ng_arena_destroy(cx, &arena);
}

static void test_marks(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ng_buffer out;

        print_message("text: %s\n", marks[i].text);
        ng_buffer_init(&out, 1 << 16);
        list_marked(cx, marks[i].text, &out);
        assert_string_equal(out.data, marks[i].marked);
        ng_buffer_destroy(cx, &out);
    }
    ng_ctx_free(cx);
}

static const struct {
    const char *a, *b; /* texts of one paragraph */
    bool is_same, is_prose;
} pairs[] = {
    { "Ana met Bo in Lima on the second day of the talks.",
      "Ana met Bo in Lima on the second day of the talks.", true, true },
    { "Ana met Bo in Lima on the second day of the talks.",
      "LIMA (AP) - Ana met Bo in Lima on the second day of the talks.", true, true },
    { "By Ana Silva and Bo Berg\nAna met Bo in Lima on the second day of the talks.",
      "By Eva Stone\nAna met Bo in Lima on the second day of the talks.", true, true },
    { "Ana met Bo in Lima on the second day of the talks.",
      "Ana met Bo in Lima on the third day of the talks.", false, true },
    { "Peru, Chile, Ana Silva, Bo Berg, Lima, Quito, Oslo, Rome.",
      "Peru, Chile, Ana Silva, Bo Berg, Lima, Quito, Oslo, Rome.", true, false },
    { "Read more here.", "Read more here.", true, false },
    { "Politics and the talks in the town of Lima and elsewhere",
      "Politics and the talks in the town of Lima and elsewhere", true, false },
};

static void test_paragraphs(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ng_arena arena;
        ng_text a, b;
        ng_paragraph *of_a = NULL, *of_b = NULL;

        print_message("paragraph: %s\n", pairs[i].b);
        ng_arena_init(&arena, SIZE_MAX);
        assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(pairs[i].a), 10000, &a), NG_OK);
        assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(pairs[i].b), 10000, &b), NG_OK);
        assert_int_equal(ng_paragraphs_list(cx, &arena, &a, &of_a), NG_OK);
        assert_int_equal(ng_paragraphs_list(cx, &arena, &b, &of_b), NG_OK);
        assert_int_equal(a.paragraph_count, 1);
        assert_int_equal(b.paragraph_count, 1);
        assert_int_equal(of_a->hash == of_b->hash, pairs[i].is_same);
        assert_true(of_a->hash != 0 && of_b->hash != UINT64_MAX);
        assert_int_equal(of_b->is_prose, pairs[i].is_prose);
        ng_paragraph_mark(&b, 0);
        for (size_t t = 0; t < b.token_count; t++)
            assert_true(b.tokens[t].flags & NG_TOKEN_BOILERPLATE);
        ng_arena_destroy(cx, &arena);
    }
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_paragraphs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
