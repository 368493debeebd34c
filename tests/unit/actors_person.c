/* Person names: taken apart, and compared in pairs. */
#include "actors_cast.h"

#include "actors/actors_internal.h"

static ng_ctx *cx;
static ng_names *names;

static ng_person parse(ng_arena *arena, const char *text, const char *title)
{
    ng_buffer scratch;
    ng_person person;

    ng_buffer_init(&scratch, 1 << 16);
    assert_int_equal(
        ng_person_parse(cx, arena, names, &scratch, ng_view_of(text), ng_view_of(title), &person),
        NG_OK);
    ng_buffer_destroy(cx, &scratch);
    return person;
}

/* Names and their parts. */
static const struct {
    const char *text;
    ng_shape shape;
    const char *first, *particles, *surname;
    unsigned given_count, initial_count, generation;
} part_cases[] = {
    { "Benjamin Netanyahu", NG_SHAPE_FULL, "benjamin", "", "netanyahu", 1, 0, 0 },
    { "Netanyahu", NG_SHAPE_SINGLE, "", "", "netanyahu", 0, 0, 0 },
    { "Ilan I. Berman", NG_SHAPE_FULL, "ilan", "", "berman", 2, 1, 0 },
    { "G.B.J. Dreyfus", NG_SHAPE_FULL, "g", "", "dreyfus", 3, 3, 0 },
    { "Bashar al-Assad", NG_SHAPE_FULL, "bashar", "", "assad", 1, 0, 0 },
    { "al Assad", NG_SHAPE_SINGLE, "", "", "assad", 0, 0, 0 },
    { "el-Assad", NG_SHAPE_SINGLE, "", "", "assad", 0, 0, 0 },
    { "Al Gore", NG_SHAPE_FULL, "al", "", "gore", 1, 0, 0 },
    { "Ursula von der Leyen", NG_SHAPE_FULL, "ursula", "von der", "leyen", 1, 0, 0 },
    { "Mohammed bin Salman", NG_SHAPE_FULL, "muhammad", "", "bin salman", 1, 0, 0 },
    { "Martin Luther King Jr.", NG_SHAPE_FULL, "martin", "", "king", 2, 0, NG_JUNIOR },
    { "Martin Luther King, Sr.", NG_SHAPE_FULL, "martin", "", "king", 2, 0, NG_SENIOR },
    { "John Paul II", NG_SHAPE_FULL, "john", "", "paul", 1, 0, 2 },
    { "Doe, John", NG_SHAPE_FULL, "john", "", "doe", 1, 0, 0 },
    { "Doe, J.", NG_SHAPE_FULL, "j", "", "doe", 1, 1, 0 },
    { "John D.", NG_SHAPE_LETTER, "john", "", "d", 1, 0, 0 },
    { "Malcolm X", NG_SHAPE_FULL, "malcolm", "", "x", 1, 0, 0 },
    { "Mr. Holmes", NG_SHAPE_SINGLE, "", "", "holmes", 0, 0, 0 },
    { "Recep Tayyip Erdoğan", NG_SHAPE_FULL, "recep", "", "erdogan", 2, 0, 0 },
    { "Valerie Berkowitz, M.S., R.D.", NG_SHAPE_FULL, "valerie", "", "berkowitz", 1, 0, 0 },
    { "a b c d e f g h i j k", NG_SHAPE_WHOLE, "", "", "", 0, 0, 0 },
    { ",", NG_SHAPE_WHOLE, "", "", "", 0, 0, 0 },
};

static void names_are_taken_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof part_cases / sizeof *part_cases; i++) {
        ng_arena arena;
        ng_person person;

        ng_arena_init(&arena, SIZE_MAX);
        person = parse(&arena, part_cases[i].text, "");
        assert_int_equal(person.shape, part_cases[i].shape);
        assert_int_equal(person.given_count, part_cases[i].given_count);
        assert_int_equal(person.initial_count, part_cases[i].initial_count);
        assert_int_equal(person.generation, part_cases[i].generation);
        assert_true(ng_view_equal(person.particles, ng_view_of(part_cases[i].particles)));
        assert_true(ng_view_equal(person.surname, ng_view_of(part_cases[i].surname)));
        if (person.given_count > 0)
            assert_true(ng_view_equal(person.given[0], ng_view_of(part_cases[i].first)));
        ng_arena_destroy(cx, &arena);
    }
}

/* Two names with their titles, whether they can be one person's, and why or why not. */
static const struct {
    const char *title_a, *a, *title_b, *b;
    bool is_compatible;
    const char *reason;
} pair_cases[] = {
    { "", "Benjamin Netanyahu", "", "Netanyahu", true, "surname" },
    { "", "Benjamin Netanyahu", "", "Benjamin", true, "forename" },
    { "", "Benjamin Netanyahu", "", "Sara Netanyahu", false, "forename" },
    { "", "Benjamin Netanyahu", "mrs.", "Netanyahu", false, "gender" },
    { "mr.", "Smith", "mrs.", "Smith", false, "gender" },
    { "mr.", "Smith", "", "Smith", true, "same-name" },
    { "", "Ilan I. Berman", "", "Ilan Berman", true, "middle-name" },
    { "", "Ilan I. Berman", "", "I. Berman", true, "initial" },
    { "", "Ilan I. Berman", "", "Ilan J. Berman", false, "middle-name" },
    { "", "Ilan I. Berman", "", "Ilan Isaac Berman", true, "initial" },
    { "", "George H. W. Bush", "", "George W. Bush", false, "middle-name" },
    { "", "Martin King Jr.", "", "Martin King Sr.", false, "generation" },
    { "", "Martin King Jr.", "", "Martin King III", false, "generation" },
    { "", "Martin King Jr.", "", "Martin King", true, "same-name" },
    { "", "Bill Clinton", "", "William Clinton", true, "nickname" },
    { "", "Bill Clinton", "", "William Gates", false, "surname" },
    { "", "Bill Clinton", "", "Hillary Clinton", false, "forename" },
    { "", "Bashar al-Assad", "", "Bashar Assad", true, "same-name" },
    { "", "Bashar al-Assad", "", "al Assad", true, "surname" },
    { "", "Recep Erdoğan", "", "RECEP ERDOGAN", true, "same-name" },
    { "", "Doe, John", "", "John Doe", true, "same-name" },
    { "", "Muammar Gaddafi", "", "Moammar al-Qadhafi", true, "same-name" },
    { "", "Volodymyr Zelenskyy", "", "Volodymyr Zelenskiy", true, "same-name" },
    { "", "Poor Thomas", "", "Thomas", true, "same-name" },
    { "mrs.", "Joe Gargery", "", "Joe Gargery", false, "gender" },
    { "mrs.", "Jane Gargery", "", "Jane Gargery", true, "same-name" },
    { "", "John D.", "", "John Doe", true, "surname-initial" },
    { "", "John D.", "", "John Smith", false, "surname" },
    { "", "John D.", "", "Jack Doe", false, "forename" },
    { "", "John D.", "", "John", true, "forename" },
    { "", "Ludwig van Beethoven", "", "Ludwig Beethoven", true, "same-name" },
    { "", "Ludwig van Beethoven", "", "Ludwig von Beethoven", false, "surname" },
    { "", "Vincent van Gogh", "", "Van Gogh", true, "part-of-name" },
    { "", "Gabriel García Márquez", "", "García Márquez", true, "part-of-name" },
    { "", "John Paul Ryan", "", "Paul Ryan", false, "forename" },
    { "", "Mohammed bin Salman", "", "Salman", false, "surname" },
    { "", "Mohammed bin Salman", "", "bin Salman", true, "surname" },
    { "mrs.", "John Smith", "mr.", "John Smith", false, "gender" },
    { "", "J. Doe", "", "Jane Doe", true, "initial" },
    { "mr.", "J. Doe", "", "Jane Doe", false, "gender" },
};

/* A fit is the same from both sides. */
static void pairs_fit_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pair_cases / sizeof *pair_cases; i++) {
        ng_arena arena;
        ng_person a, b;
        ng_fit fit, back;

        ng_arena_init(&arena, SIZE_MAX);
        a = parse(&arena, pair_cases[i].a, pair_cases[i].title_a);
        b = parse(&arena, pair_cases[i].b, pair_cases[i].title_b);
        fit = ng_person_fit(names, &a, &b);
        back = ng_person_fit(names, &b, &a);
        if (fit.is_compatible != pair_cases[i].is_compatible ||
            strcmp(fit.reason, pair_cases[i].reason) != 0)
            fail_msg("%s / %s: %d %s", pair_cases[i].a, pair_cases[i].b, fit.is_compatible,
                     fit.reason);
        assert_int_equal(fit.is_compatible, back.is_compatible);
        assert_string_equal(fit.reason, back.reason);
        ng_arena_destroy(cx, &arena);
    }
}

/* Any bytes of a name can be parsed: nothing is read beyond its end. */
static void strange_names_are_survived(void **state)
{
    static const char *const strange[] = { "",       " ",         "...",      ".J.",     "J..D.",
                                           "-",      "al-",       "-al-x",    ",,",      "a,",
                                           ",a",     "Jr.",       "III",      "Mr.",     "(\"\")",
                                           "é.",     "É. É.",     "van",      "al",      "bin",
                                           "x, Jr.", "Dr. Mr. M", "\x01\x02", "von der", "\n\n" };

    (void)state;
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        size_t size = strlen(strange[i]);
        char *exact = malloc(size ? size : 1);
        ng_arena arena;
        ng_buffer scratch;
        ng_person person;

        assert_non_null(exact);
        memcpy(exact, strange[i], size);
        ng_arena_init(&arena, SIZE_MAX);
        ng_buffer_init(&scratch, 1 << 16);
        assert_int_equal(ng_person_parse(cx, &arena, names, &scratch, (ng_view){ exact, size },
                                         NG_VIEW_NONE, &person),
                         NG_OK);
        assert_true(person.key.size > 0);
        assert_true(person.shape != NG_SHAPE_FULL || person.given_count > 0);
        ng_buffer_destroy(cx, &scratch);
        ng_arena_destroy(cx, &arena);
        free(exact);
    }
}

static const struct {
    const char *title;
    char gender;
} title_cases[] = {
    { "mr", 'm' }, { "m.", 0 },         { "mrs.", 'f' },         { "president", 0 },
    { "", 0 },     { "dr. mrs.", 'f' }, { "prime minister", 0 }, { "queen", 'f' },
};

static void titles_tell_gender(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof title_cases / sizeof *title_cases; i++)
        assert_int_equal(ng_title_gender(names, ng_view_of(title_cases[i].title)),
                         title_cases[i].gender);
}

static int open_all(void **state)
{
    (void)state;
    cx = ng_ctx_new();
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
        cmocka_unit_test(names_are_taken_apart),
        cmocka_unit_test(pairs_fit_or_not),
        cmocka_unit_test(strange_names_are_survived),
        cmocka_unit_test(titles_tell_gender),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
