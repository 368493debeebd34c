/* Names of persons, organizations and user rules: documents in, actors out. */
#include "actors_cast.h"

#include <stdlib.h>

static ng_ctx *cx;
static ng_names *names;
static ng_options options;

/* Documents and the ids that their spans get, in order. */
static const struct {
    const char *marked, *ids;
} cases[] = {
    /* one full name for a surname, a forename, a title */
    { "{p Benjamin Netanyahu} went. {p Netanyahu} said. {p Prime Minister | Netanyahu} left.",
      "person:benjamin-netanyahu person:benjamin-netanyahu person:benjamin-netanyahu" },
    { "{p Donald Duck} sings. {p Donald} lives.", "person:donald-duck person:donald-duck" },
    { "{p Ahab} rose. {p Captain | Ahab} spoke.", "person:ahab person:ahab" },
    /* two brothers: the first named is who the text goes on to call by the surname */
    { "{p Sherlock Holmes} sat. {p Mr. | Holmes} spoke. {p Holmes} rose. {p Mycroft Holmes} came.",
      "person:sherlock-holmes person:sherlock-holmes person:sherlock-holmes "
      "person:mycroft-holmes" },
    { "{p Sherlock Holmes} and {p Mycroft Holmes} sat. {p Holmes} spoke.",
      "person:sherlock-holmes person:mycroft-holmes person:holmes" },
    { "{p James Paul} met {p James Real}. {p James} left.",
      "person:james-paul person:james-real person:james" },
    { "{p James Paul} left. {p James} sang. {p James Real} came.",
      "person:james-paul person:james person:james-real" },
    /* surname first, a letter for the surname */
    { "{p Doe, John} came. {p John D.} sat. {p John} spoke. {p Doe} left.",
      "person:john-doe person:john-doe person:john-doe person:john-doe" },
    { "{p Valerie Berkowitz, M.S., R.D.} spoke. {p Berkowitz} left.",
      "person:valerie-berkowitz person:valerie-berkowitz" },
    /* accents, article, capitals */
    { "{p Recep Tayyip Erdoğan} met {p Recep Tayyip Erdogan}. {p ERDOGAN} left. {p Erdoğan} too.",
      "person:recep-tayyip-erdogan person:recep-tayyip-erdogan person:recep-tayyip-erdogan "
      "person:recep-tayyip-erdogan" },
    { "{p Bashar al-Assad} and {p Assad} and {p al Assad} and {p el-Assad} and {p Bashar Assad}.",
      "person:bashar-al-assad person:bashar-al-assad person:bashar-al-assad "
      "person:bashar-al-assad person:bashar-al-assad" },
    { "{p NETANYAHU} speaks.", "person:netanyahu" },
    /* particles */
    { "{p Ursula von der Leyen} spoke. {p von der Leyen} left. {p Leyen} too.",
      "person:ursula-von-der-leyen person:ursula-von-der-leyen person:ursula-von-der-leyen" },
    { "{p Vincent van Gogh} painted. {p Van Gogh} died. {p van Gogh} lives.",
      "person:vincent-van-gogh person:vincent-van-gogh person:vincent-van-gogh" },
    { "{p Mohammed bin Salman} is the son of {p King | Salman}. {p Salman} rules.",
      "person:mohammed-bin-salman person:salman person:salman" },
    { "{p Osama bin Laden} hid. {p Bin Laden} fled.",
      "person:osama-bin-laden person:osama-bin-laden" },
    { "{p Gabriel García Márquez} wrote. {p García Márquez} won.",
      "person:gabriel-garcia-marquez person:gabriel-garcia-marquez" },
    { "{p John Paul Ryan} met {p Paul Ryan}.", "person:john-paul-ryan person:paul-ryan" },
    /* nicknames with the same surname only */
    { "{p William Clinton} spoke. {p Bill Clinton} left. {p Bill} slept.",
      "person:bill-clinton person:bill-clinton person:bill-clinton" },
    { "{p William Clinton} spoke. {p Bill Gates} left.",
      "person:william-clinton person:bill-gates" },
    /* gender */
    { "{p Bill Clinton} and {p Hillary Clinton} came. {p Mrs. | Clinton} sat. {p Mr. | Clinton} "
      "stood. {p Clinton} left.",
      "person:bill-clinton person:hillary-clinton person:hillary-clinton person:bill-clinton "
      "person:clinton" },
    { "{p Mr. | Smith} met {p Mrs. | Smith}.", "person:mr-smith person:mrs-smith" },
    { "{p J. Smith} was there. {p Mr. | Smith} met {p Mrs. | Smith}.",
      "person:j-smith person:mr-smith person:mrs-smith" },
    { "{p Maria Sanchez} baked. {p M. | Sanchez} paid.",
      "person:maria-sanchez person:maria-sanchez" },
    /* titles choose */
    { "{p President | George Bush} and {p Governor | Jeb Bush} met. {p President | Bush} spoke.",
      "person:george-bush person:jeb-bush person:george-bush" },
    /* generations and middle names forbid; a chain is cut */
    { "{p Martin King Jr.} and {p Martin King Sr.} met. {p Martin King} spoke.",
      "person:martin-king-jr person:martin-king-sr person:martin-king" },
    { "{p George H. W. Bush} and {p George W. Bush} met. {p George Bush} spoke.",
      "person:george-h-w-bush person:george-w-bush person:george-bush" },
    { "{p Ilan I. Berman} wrote. {p Ilan Berman} and {p I. Berman} and {p Berman} too.",
      "person:ilan-i-berman person:ilan-i-berman person:ilan-i-berman person:ilan-i-berman" },
    { "{p John Doe} and {p Jane Doe} met {p J. Doe}.",
      "person:john-doe person:jane-doe person:j-doe" },
    /* the family name comes first */
    { "{p Xi Jinping} came. {p President | Xi} spoke. {p Mr. | Xi} left.",
      "person:xi-jinping person:xi-jinping person:xi-jinping" },
    /* a title that goes with a forename finds nobody by the surname */
    { "{p Ray Charles} sang for {p Prince | Charles}.", "person:ray-charles person:charles" },
    /* a number tells a king from a Charles */
    { "{p Charles Musgrove} read of {p Charles II}. {p Charles} slept.",
      "person:charles-musgrove person:charles-ii person:charles" },
    /* kinds never meet */
    { "{p Jordan Peele} was in {c/JO Jordan}. {p Peele} left. {p Michael Jordan} saw {p Jordan}.",
      "person:jordan-peele country:JO person:jordan-peele person:michael-jordan person:jordan" },
    { "{p George Washington} went to {l Washington}.",
      "person:george-washington place:washington" },
    /* organizations */
    { "{o U.N.} and {o United Nations} and {o the UN}.",
      "organization:united-nations organization:united-nations organization:united-nations" },
    { "The {o Great Lakes Fishery Board} ({o GLFB}) met. {o GLFB} left.",
      "organization:great-lakes-fishery-board organization:great-lakes-fishery-board "
      "organization:great-lakes-fishery-board" },
};

static void documents_become_actors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_document *document = test_open_document(cx, cases[i].marked);
        char ids[4096];

        test_make_cast(cx, names, &options, document);
        if (strcmp(test_ids(document, ids, sizeof ids), cases[i].ids) != 0)
            print_error("in %s\n", cases[i].marked);
        assert_string_equal(ids, cases[i].ids);
        test_close_document(cx, document);
    }
}

/* Sentences in any order make the same partition, as long as no rule reads the order. */
static const char *const sentences[] = {
    "{p John Adam Doe} spoke. ", "{p John Doe} left. ",
    "{p J. Doe} sat. ",          "{p Johnny Doe} ran. ",
    "{p Jane Doe} sang. ",       "{p Mr. | Doe} slept. ",
    "{p Mrs. | Doe} ate. ",      "{p Doe} drank. ",
    "{p Jane} danced. ",         "{p Bashar al-Assad} came. ",
    "{p Assad} went. ",          "{p President | Assad} stayed. ",
    "{p Bill Clinton} read. ",   "{p William Clinton} wrote. ",
    "{p Will Clinton} knew. ",   "{p Doe} saw {p John Adam Doe}. ",
};

enum { SENTENCES = sizeof sentences / sizeof *sentences };

/* "text=id;" of every span, sorted. */
static void partition(const test_document *document, char *out, size_t size)
{
    static char parts[64][128];
    size_t count = document->spans.count;
    size_t at = 0;

    assert_true(count <= 64);
    for (size_t i = 0; i < count; i++) {
        const ng_actor *actor = &document->cast.actors[document->cast.of_span[i]];

        (void)snprintf(parts[i], sizeof parts[i], "%.*s=%.*s;",
                       (int)(document->ends[i] - document->title_starts[i]),
                       document->bytes + document->title_starts[i], (int)actor->id.size,
                       actor->id.data);
    }
    qsort(parts, count, sizeof *parts, (int (*)(const void *, const void *))strcmp);
    for (size_t i = 0; i < count; i++)
        at += (size_t)snprintf(out + at, size - at, "%s", parts[i]);
}

static void order_of_mentions_does_not_matter(void **state)
{
    static char first[8192], other[8192];
    uint32_t random = 1;
    size_t order[SENTENCES];

    (void)state;
    for (size_t i = 0; i < SENTENCES; i++)
        order[i] = i;
    for (int round = 0; round < 200; round++) {
        /* "Doe" fits two from the start, so no reading order can choose */
        char marked[4096] = "{p Jane Doe} and {p John Adam Doe} met. ";
        test_document *document = NULL;

        for (size_t i = 0; i < SENTENCES; i++)
            strcat(marked, sentences[order[i]]);
        document = test_open_document(cx, marked);
        test_make_cast(cx, names, &options, document);
        partition(document, round == 0 ? first : other, sizeof first);
        if (round > 0)
            assert_string_equal(first, other);
        test_close_document(cx, document);
        for (size_t i = SENTENCES - 1; i > 0; i--) {
            size_t j = (random = random * 1103515245u + 12345u) / 65536u % (i + 1);
            size_t kept = order[i];

            order[i] = order[j];
            order[j] = kept;
        }
    }
}

static void ledger_says_why(void **state)
{
    test_document *document = test_open_document(
        cx, "{p Benjamin Netanyahu} met {p James Paul} and {p James Real}. {p Netanyahu} and "
            "{p James} left with {p Mrs. | Paul} and {p NETANYAHU}.");
    const ng_ledger_entry *found = NULL;
    uint32_t james = 0;
    size_t refusals = 0;

    (void)state;
    test_make_cast(cx, names, &options, document);
    assert_true(test_has_entry(document, "Netanyahu", "surname", true));
    assert_true(test_has_entry(document, "NETANYAHU", "surname", true));
    assert_true(test_has_entry(document, "Mrs. Paul", "gender", false));
    assert_true(test_has_entry(document, "James", "ambiguous", false));
    james = document->cast.of_span[4];
    for (size_t i = 0; i < document->cast.ledger_count; i++) {
        const ng_ledger_entry *entry = &document->cast.ledger[i];

        assert_true(entry->actor < document->cast.actor_count);
        assert_true(entry->evidence.size > 0);
        if (strcmp(entry->rule, "ambiguous-forename") == 0) {
            refusals++;
            assert_true(entry->actor != james);
        }
        if (ng_view_equal(entry->name, NG_VIEW("Netanyahu")))
            found = entry;
    }
    assert_int_equal(refusals, 2);
    assert_non_null(found);
    assert_true(ng_view_equal(
        found->evidence,
        NG_VIEW("the only person with this surname in test.txt: Benjamin Netanyahu")));
    test_close_document(cx, document);
}

static void refusals_are_bounded(void **state)
{
    static char marked[8192];
    test_document *document = NULL;
    size_t refusals = 0;
    size_t at = 0;

    (void)state;
    for (int i = 0; i < 100; i++)
        at += (size_t)snprintf(marked + at, sizeof marked - at, "{p Xa%cb%co Smith} left. ",
                               'a' + i / 10, 'a' + i % 10);
    (void)snprintf(marked + at, sizeof marked - at, "{p Smith} stayed.");
    document = test_open_document(cx, marked);
    test_make_cast(cx, names, &options, document);
    assert_int_equal(document->cast.actor_count, 101);
    for (size_t i = 0; i < document->cast.ledger_count; i++)
        refusals += strcmp(document->cast.ledger[i].rule, "ambiguous-surname") == 0;
    assert_int_equal(refusals, 8);
    test_close_document(cx, document);
}

/* Rules of a user, a document, ids and an entry of the ledger. */
static const struct {
    const char *rules, *marked, *ids, *name, *rule;
    bool is_joined;
} rule_cases[] = {
    { "alias\tBibi\tBenjamin Netanyahu\n", "{p Benjamin Netanyahu} or {p Bibi}.",
      "person:benjamin-netanyahu person:benjamin-netanyahu", "Bibi", "user-alias", true },
    { "alias\tBibi\tperson:benjamin-netanyahu\n", "{p Bibi} left.", "person:benjamin-netanyahu",
      "Bibi", "user-alias", true },
    { "alias\tthe Hexagon\tIsrael\n", "{o the Hexagon} and {c/IL Israel}.", "country:IL country:IL",
      "the Hexagon", "user-alias", true },
    { "never-merge\tNetanyahu\tBenjamin Netanyahu\n",
      "{p Benjamin Netanyahu} left. {p Netanyahu} stayed.",
      "person:benjamin-netanyahu person:netanyahu", "Netanyahu", "user-never-merge", false },
    { "never-merge\tBill Clinton\tWilliam Clinton\n", "{p Bill Clinton} or {p William Clinton}.",
      "person:bill-clinton person:william-clinton", "Bill Clinton", "user-never-merge", false },
    { "ignore\tDamascus\n", "{l Damascus} and {l Aleppo}.", "- place:aleppo", "Damascus",
      "user-ignore", false },
    { "type\tParis\tperson\n", "{l Paris} and {p Paris Hilton}.",
      "person:paris-hilton person:paris-hilton", "Paris", "forename", true },
    { "never-merge\tAnn Weber\tA. Weber\n", "{p Ann Weber} met {p A. Weber}.",
      "person:ann-weber person:a-weber", "A. Weber", "user-never-merge", false },
    { "never-merge\tHolland\tNetherlands\n", "{c/NL Netherlands} and {a/NL Holland}.",
      "country:NL country:holland", "Holland", "user-never-merge", true },
};

static void user_rules_win(void **state)
{
    char folder[256];
    char path[300];

    (void)state;
    test_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/rules.tsv", folder);
    for (size_t i = 0; i < sizeof rule_cases / sizeof *rule_cases; i++) {
        FILE *file = fopen(path, "wb");
        ng_names *with_rules = NULL;
        test_document *document = test_open_document(cx, rule_cases[i].marked);
        char ids[4096];

        assert_non_null(file);
        assert_true(fputs(rule_cases[i].rules, file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(ng_names_new(cx, path, &with_rules), NG_OK);
        test_make_cast(cx, with_rules, &options, document);
        assert_string_equal(test_ids(document, ids, sizeof ids), rule_cases[i].ids);
        if (rule_cases[i].name[0] && !test_has_entry(document, rule_cases[i].name,
                                                     rule_cases[i].rule, rule_cases[i].is_joined))
            fail_msg("no %s for %s", rule_cases[i].rule, rule_cases[i].name);
        test_close_document(cx, document);
        ng_names_free(cx, with_rules);
    }
    test_remove_folder(folder);
}

/* Labels and ids. */
static const struct {
    const char *marked, *label;
} label_cases[] = {
    { "{p NETANYAHU} spoke.", "Netanyahu" },
    { "{p BASHAR AL-ASSAD} spoke.", "Bashar al-Assad" },
    { "{p Erdogan} left. {p Erdoğan} came. {p Erdoğan} spoke.", "Erdoğan" },
    { "{p Doe, John} spoke.", "John Doe" },
    { "{p Sergei\nVershinin} spoke.", "Sergei Vershinin" },
    { "{p JFK} spoke.", "JFK" },
    { "{l DAMASCUS} burns.", "Damascus" },
    { "{p netanyahu} spoke.", "Netanyahu" },
    { "{p ÉMILE ZOLA} spoke.", "Émile Zola" },
    { "{d Israeli} officials", "Israel" },
};

static void labels_are_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof label_cases / sizeof *label_cases; i++) {
        test_document *document = test_open_document(cx, label_cases[i].marked);
        char label[256];

        test_make_cast(cx, names, &options, document);
        (void)snprintf(label, sizeof label, "%.*s", (int)document->cast.actors[0].label.size,
                       document->cast.actors[0].label.data);
        assert_string_equal(label, label_cases[i].label);
        test_close_document(cx, document);
    }
}

static void every_failed_allocation_is_said(void **state)
{
    const char *marked = "{p Bill Clinton} and {p William Clinton} and {p Clinton}, {l Paris}, "
                         "{c/IL Israel}, {d Israeli}, {o the UN} met {p Mr. | Holmes}.";
    test_heap heap;
    ng_ctx *faulty = ng_ctx_new();
    bool is_done = false;

    (void)state;
    assert_non_null(faulty);
    test_use_heap(faulty, &heap);
    for (size_t n = 1; !is_done; n++) {
        test_document *document = test_open_document(cx, marked);
        ng_arena arena;
        ng_status status = NG_OK;

        ng_arena_init(&arena, SIZE_MAX);
        heap = (test_heap){ .fail_at = n };
        status = ng_cast_make(faulty, names, &options, &arena, &document->text, &document->spans,
                              NG_VIEW("test.txt"), &document->cast);
        is_done = status == NG_OK && heap.calls < n;
        assert_true(is_done || status == NG_E_MEMORY);
        if (!is_done)
            assert_null(document->cast.actors);
        ng_arena_destroy(faulty, &arena);
        assert_int_equal(heap.live, 0);
        test_close_document(cx, document);
    }
    faulty->realloc = cx->realloc;
    faulty->realloc_user = cx->realloc_user;
    ng_ctx_free(faulty);
}

static int open_all(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    ng_options_init(&options);
    return !cx || ng_names_new(cx, NULL, &names) != NG_OK;
}

static int close_all(void **state)
{
    (void)state;
    ng_names_free(cx, names);
    ng_ctx_free(cx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_become_actors),
        cmocka_unit_test(order_of_mentions_does_not_matter),
        cmocka_unit_test(ledger_says_why),
        cmocka_unit_test(refusals_are_bounded),
        cmocka_unit_test(user_rules_win),
        cmocka_unit_test(labels_are_names),
        cmocka_unit_test(every_failed_allocation_is_said),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
