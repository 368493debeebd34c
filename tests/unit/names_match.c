/* Finding phrases in texts: words, hyphens, abbreviations, overlaps, sentences, rule names. */
#include "faults.h"

#include "names/names.h"

static ng_ctx *cx;
static ng_names *names;
static char folder[256];

static const char rules[] = "# names that no dictionary has\n"
                            "alias\tZyxland\tIsrael\n"
                            "alias\tThe Old Zyx\tZyxland\n"
                            "type\tQwert Uiop\tperson\n"
                            "type\tLong Beach Island Zyx\tplace\n"
                            "ignore\tGnorf\n";

static int open_names(void **state)
{
    char path[512];

    (void)state;
    test_make_folder(folder);
    test_write_file(folder, "rules.tsv", ng_view_of(rules));
    (void)snprintf(path, sizeof path, "%s/rules.tsv", folder);
    cx = ng_ctx_new();
    return cx && ng_names_new(cx, path, &names) == NG_OK ? 0 : -1;
}

static int close_names(void **state)
{
    (void)state;
    test_remove_folder(folder);
    ng_names_free(cx, names);
    ng_ctx_free(cx);
    return 0;
}

enum {
    COUNTRY = 1 << NG_NAME_COUNTRY,
    DEMONYM = 1 << NG_NAME_DEMONYM,
    METONYM = 1 << NG_NAME_METONYM,
    SUBDIVISION = 1 << NG_NAME_SUBDIVISION,
    CITY = 1 << NG_NAME_CITY,
    STATE = 1 << NG_NAME_STATE_ABBREVIATION,
    ORGANIZATION = 1 << NG_NAME_ORGANIZATION,
    RULE = 1 << NG_NAME_RULE
};

static const struct {
    const char *text;
    uint32_t classes;   /* those looked at */
    const char *wanted; /* matched texts with one of them, each followed by ';' */
} match_cases[] = {
    { "Israel and Ukraine met.", COUNTRY, "Israel;Ukraine;" },
    { "ISRAEL", COUNTRY, "ISRAEL;" },
    { "israel", COUNTRY, "israel;" },
    { "", COUNTRY, "" },
    { "...", COUNTRY, "" },
    /* phrases: the longest first, then what is inside */
    { "Long Beach", CITY, "Long Beach;Long;" },
    { "the People's Republic of China", COUNTRY,
      "People's Republic of China;Republic of China;China;" },
    { "the People\xE2\x80\x99s Republic of China", COUNTRY,
      "People\xE2\x80\x99s Republic of China;Republic of China;China;" },
    { "the Islamic Republic of Iran", COUNTRY,
      "the Islamic Republic;Islamic Republic of Iran;Islamic Republic;Iran;" },
    /* a phrase that stops short of its end */
    { "the Union of Soviet Socialist clubs", COUNTRY, "" },
    { "People's Republic of", COUNTRY, "" },
    /* hyphens are spaces */
    { "Guinea-Bissau", COUNTRY, "Guinea-Bissau;Guinea;" },
    { "Guinea Bissau", COUNTRY, "Guinea Bissau;Guinea;" },
    { "Bosnia\xE2\x80\x93Herzegovina", COUNTRY, "Bosnia\xE2\x80\x93Herzegovina;Bosnia;" },
    { "Guinea - Bissau", COUNTRY, "Guinea;" },
    { "Guinea--Bissau", COUNTRY, "Guinea;" },
    { "Guinea\xE2\x80\x94"
      "Bissau",
      COUNTRY, "Guinea;" },
    { "Port-au-Prince", METONYM, "Port-au-Prince;" },
    { "Port au Prince", METONYM, "Port au Prince;" },
    { "Russian-Israeli talks", DEMONYM, "Russian;Israeli;" },
    { "a non-Israeli-", DEMONYM, "Israeli;" },
    /* possessives end a phrase */
    { "Israel's army", COUNTRY, "Israel;" },
    { "the United States' army", COUNTRY, "the United States;United States;" },
    { "Erdo\xC4\x9F"
      "an's T\xC3\xBCrkiye",
      COUNTRY, "T\xC3\xBCrkiye;" },
    /* St. = St = Saint; accents and apostrophes */
    { "St. Lucia, St Lucia and Saint Lucia", COUNTRY, "St. Lucia;St Lucia;Saint Lucia;" },
    { "C\xC3\xB4te d\xE2\x80\x99Ivoire, Cote d'Ivoire", COUNTRY,
      "C\xC3\xB4te d\xE2\x80\x99Ivoire;Cote d'Ivoire;" },
    /* abbreviations as they are written, with or without full stops */
    { "The U.S. told us that the US is US.", COUNTRY, "U.S.;US;US;" },
    { "let us see Us", COUNTRY, "" },
    { "the UK, the U.K. and uk", COUNTRY, "UK;U.K.;" },
    { "WHO asked who", ORGANIZATION, "WHO;" },
    { "NATO or Nato", ORGANIZATION, "NATO;Nato;" },
    { "Long Beach, Calif., and Fresno, CA or Ca", STATE, "Calif.;CA;" },
    { "in Washington, D.C. today", METONYM, "Washington, D.C.;Washington;" },
    /* no match across sentences or paragraphs */
    { "He came to Guinea. Bissau was far.", COUNTRY, "Guinea;" },
    { "in Long\n\nBeach", CITY, "Long;" },
    { "Costa, Rica", COUNTRY, "" },
    { "Costa (Rica)", COUNTRY, "" },
    /* links are no words */
    { "https://israel.example/Israel @Israel", COUNTRY, "" },
    /* names of rules, beside what the dictionaries know */
    { "Zyxland and zyxland", RULE, "Zyxland;zyxland;" },
    { "in the old Zyx", RULE, "the old Zyx;" },
    { "Qwert Uiop, Qwert", RULE, "Qwert Uiop;" },
    { "Israel", RULE, "Israel;" },
    { "Israel", COUNTRY, "Israel;" },
    { "Long Beach Island Zyx", CITY | RULE, "Long Beach Island Zyx;Long Beach;Long;" },
    { "Gnorf", RULE, "" },
};

/* Copies the match of the word at token t: the lexicon's own ends with it. */
static ng_status copy_word(ng_ctx *own, ng_arena *arena, const ng_name_match *word, uint32_t t,
                           ng_name_match *copy)
{
    ng_name_entry *entries = ng_arena_array(own, arena, word->entry_count, sizeof *entries);

    if (!entries)
        return ng_arena_status(arena);
    memcpy(entries, word->entries, word->entry_count * sizeof *entries);
    *copy = *word;
    copy->entries = entries;
    copy->first_token = t;
    copy->end_token = t + 1;
    return NG_OK;
}

/* All matches of a text: its phrases and, behind those that begin with the same word, what the
 * lexicon knows of the word alone. */
static ng_status match_all(ng_ctx *own, ng_arena *arena, const ng_text *text,
                           ng_name_match **matches_out, size_t *count_out)
{
    uint32_t *types = ng_arena_array(own, arena, text->token_count + 1, sizeof *types);
    ng_name_match *all = NULL, *phrases = NULL;
    ng_lexicon *lexicon = NULL;
    size_t phrase_count = 0, next = 0, count = 0;
    ng_status status = types ? ng_lexicon_new(own, names, &lexicon) : ng_arena_status(arena);

    if (status == NG_OK)
        status = ng_lexicon_read(own, lexicon, text, types);
    if (status == NG_OK)
        status = ng_names_match(own, arena, lexicon, text, types, &phrases, &phrase_count);
    if (status == NG_OK) {
        all = ng_arena_array(own, arena, text->token_count + phrase_count + 1, sizeof *all);
        status = all ? NG_OK : ng_arena_status(arena);
    }
    for (uint32_t t = 0; status == NG_OK && t < text->token_count; t++) {
        const ng_name_match *word = ng_lexicon_types(lexicon)[types[t]].match;

        while (next < phrase_count && phrases[next].first_token == t)
            all[count++] = phrases[next++];
        if (!word)
            continue;
        status = copy_word(own, arena, word, t, &all[count++]);
    }
    ng_lexicon_free(own, lexicon);
    if (status == NG_OK) {
        *matches_out = all;
        *count_out = count;
    }
    return status;
}

/* Matches a text and lists what has one of the classes. */
static void list_matches(const char *input, uint32_t classes, char out[1024])
{
    ng_arena arena;
    ng_text text;
    ng_name_match *matches = NULL;
    size_t count = 0, size = 0;

    ng_arena_init(&arena, 1 << 24);
    out[0] = '\0';
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(input), 10000, &text), NG_OK);
    assert_int_equal(match_all(cx, &arena, &text, &matches, &count), NG_OK);
    for (size_t i = 0; i < count; i++) {
        const ng_name_match *match = &matches[i];
        ng_view found = ng_view_part(text.text, text.tokens[match->first_token].start,
                                     text.tokens[match->end_token - 1].end);
        uint32_t seen = 0;

        assert_true(match->entry_count > 0);
        for (uint32_t k = 0; k < match->entry_count; k++)
            seen |= 1u << match->entries[k].class_;
        assert_int_equal(seen, match->classes);
        if (i > 0)
            assert_true(matches[i - 1].first_token < match->first_token ||
                        (matches[i - 1].first_token == match->first_token &&
                         matches[i - 1].end_token > match->end_token));
        if (match->classes & classes)
            size += (size_t)snprintf(out + size, 1024 - size, "%.*s;", (int)found.size, found.data);
    }
    ng_arena_destroy(cx, &arena);
}

static void test_matches(void **state)
{
    char found[1024];

    (void)state;
    for (size_t i = 0; i < sizeof match_cases / sizeof match_cases[0]; i++) {
        list_matches(match_cases[i].text, match_cases[i].classes, found);
        if (strcmp(found, match_cases[i].wanted) != 0)
            fail_msg("\"%s\": \"%s\" is not \"%s\"", match_cases[i].text, found,
                     match_cases[i].wanted);
    }
}

/* What the matcher finds and what ng_names_find knows of the same words is the same. */
static void test_agrees_with_find(void **state)
{
    static const char text[] = "The president of Burkina Faso, Ibrahim Traor\xC3\xA9, flew from "
                               "Ouagadougou to Sao Tome and Principe, Saint-Denis, New York and "
                               "Stratford-upon-Avon; Mt. Everest is in Nepal.";
    ng_arena arena;
    ng_text scanned;
    ng_name_match *matches = NULL;
    size_t count = 0, phrases = 0;
    ng_buffer key;

    (void)state;
    ng_arena_init(&arena, 1 << 24);
    ng_buffer_init(&key, 1000);
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(text), 10000, &scanned), NG_OK);
    assert_int_equal(match_all(cx, &arena, &scanned, &matches, &count), NG_OK);
    for (size_t i = 0; i < count; i++) {
        const ng_name_entry *entries = NULL;
        ng_view found = ng_view_part(scanned.text, scanned.tokens[matches[i].first_token].start,
                                     scanned.tokens[matches[i].end_token - 1].end);

        key.size = 0;
        assert_int_equal(ng_names_fold(cx, found, &key), NG_OK);
        assert_true(ng_names_find(names, ng_buffer_view(&key), &entries) >= matches[i].entry_count);
        phrases += matches[i].end_token - matches[i].first_token > 1;
    }
    assert_true(phrases >= 5);
    ng_buffer_destroy(cx, &key);
    ng_arena_destroy(cx, &arena);
}

/* The entry of a rule says what the rule says. */
static void test_rule_entries(void **state)
{
    static const struct {
        const char *name;
        ng_kind kind;
        const char *value, *country;
    } cases[] = {
        { "zyxland", NG_KIND_COUNTRY, "Israel", "IL" },
        { "the old zyx", NG_KIND_COUNTRY, "Israel", "IL" },
        { "qwert uiop", NG_KIND_PERSON, "Qwert Uiop", "" },
        { "long beach island zyx", NG_KIND_PLACE, "Long Beach Island Zyx", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const ng_name_entry *entry = ng_names_get(names, ng_view_of(cases[i].name), NG_NAME_RULE);

        assert_non_null(entry);
        assert_int_equal(entry->detail, cases[i].kind);
        assert_true(ng_view_equal(entry->value, ng_view_of(cases[i].value)));
        assert_true(ng_view_equal(entry->country, ng_view_of(cases[i].country)));
    }
}

/* Tokens as the scanner makes them, by hand: two words with a hyphen, in one or two sentences. */
static void test_sentence_bounds(void **state)
{
    ng_token tokens[3] = {
        { .start = 0, .end = 6, .flags = NG_TOKEN_WORD | NG_TOKEN_CAPITAL },
        { .start = 6, .end = 7, .flags = NG_TOKEN_PUNCTUATION },
        { .start = 7, .end = 13, .flags = NG_TOKEN_WORD | NG_TOKEN_CAPITAL },
    };
    ng_text text = { .text = NG_VIEW("Guinea-Bissau"), .tokens = tokens, .token_count = 3 };

    (void)state;
    for (uint32_t sentence = 0; sentence < 2; sentence++) {
        ng_arena arena;
        ng_name_match *matches = NULL;
        size_t count = 0;

        tokens[2].sentence = sentence;
        ng_arena_init(&arena, 1 << 20);
        assert_int_equal(match_all(cx, &arena, &text, &matches, &count), NG_OK);
        assert_int_equal(count, sentence == 0 ? 3 : 2);
        assert_int_equal(matches[0].end_token, sentence == 0 ? 3 : 1);
        ng_arena_destroy(cx, &arena);
    }
}

/* A line break within a sentence is a space, also in what must be written exactly. */
static void test_line_break(void **state)
{
    static const struct {
        const char *text;
        uint32_t first_end;
        bool is_phrase;
    } cases[] = {
        { "Costa\nRica", 5, true },
        { "P.R.\nChina", 4, true },
        { "P.r.\nChina", 4, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ng_view view = ng_view_of(cases[i].text);
        ng_token tokens[2] = {
            { .end = cases[i].first_end, .flags = NG_TOKEN_WORD | NG_TOKEN_CAPITAL },
            { .start = cases[i].first_end + 1,
              .end = (uint32_t)view.size,
              .flags = NG_TOKEN_WORD | NG_TOKEN_CAPITAL | NG_TOKEN_SPACE_BEFORE },
        };
        ng_text text = { .text = view, .tokens = tokens, .token_count = 2 };
        ng_arena arena;
        ng_name_match *matches = NULL;
        size_t count = 0;

        ng_arena_init(&arena, 1 << 20);
        assert_int_equal(match_all(cx, &arena, &text, &matches, &count), NG_OK);
        assert_true(count > 0);
        assert_true((matches[0].end_token == 2 && matches[0].first_token == 0) ==
                    cases[i].is_phrase);
        ng_arena_destroy(cx, &arena);
    }
}

/* Each failing allocation is an ordinary result. */
static void test_no_memory(void **state)
{
    static const char text[] =
        "The US and Guinea-Bissau\xE2\x80\x99s president told us in Long Beach, "
        "Calif., Caf\xC3\xA9 and M\xC3\xBCnchen.";
    ng_ctx *own = ng_ctx_new();
    ng_arena texts, arena;
    ng_text scanned;
    test_heap heap;
    size_t failures = 0;

    (void)state;
    ng_arena_init(&texts, 1 << 20);
    assert_int_equal(ng_text_scan(cx, &texts, ng_view_of(text), 10000, &scanned), NG_OK);
    for (size_t n = 1;; n++) {
        ng_name_match *matches = NULL;
        size_t count = 12345;
        ng_realloc_fn old_realloc = own->realloc;
        void *old_user = own->realloc_user;

        test_use_heap(own, &heap);
        heap.fail_at = n;
        ng_arena_init(&arena, 1 << 24);
        ng_status status = match_all(own, &arena, &scanned, &matches, &count);
        if (status != NG_OK) {
            failures++;
            assert_int_equal(status, NG_E_MEMORY);
            assert_null(matches);
            assert_int_equal(count, 12345);
        }
        ng_arena_destroy(own, &arena);
        assert_int_equal(heap.live, 0);
        own->realloc = old_realloc;
        own->realloc_user = old_user;
        if (status == NG_OK)
            break;
    }
    assert_true(failures >= 5);
    ng_arena_init(&arena, 64);
    ng_name_match *matches = NULL;
    size_t count = 0;
    assert_int_equal(match_all(own, &arena, &scanned, &matches, &count), NG_E_LIMIT);
    ng_arena_destroy(own, &arena);
    ng_arena_destroy(cx, &texts);
    ng_ctx_free(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),      cmocka_unit_test(test_agrees_with_find),
        cmocka_unit_test(test_rule_entries), cmocka_unit_test(test_sentence_bounds),
        cmocka_unit_test(test_line_break),   cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, open_names, close_names);
}
