/* Which words may be one name: a stretch has to hold all of it, or the tagger never sees it. */
#include "faults.h"

#include "mentions/mentions.h"

static ng_ctx *cx;
static ng_arena arena;
static ng_names *names;
static ng_finder *finder;
static ng_scratch *scratch;

static int set_up(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    ng_arena_init(&arena, (size_t)1 << 30);
    if (!cx || ng_names_new(cx, NULL, &names) != NG_OK ||
        ng_finder_new_with(cx, names, NULL, &finder) != NG_OK)
        return -1;
    return ng_scratch_new(cx, finder, &scratch) == NG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ng_scratch_free(cx, scratch);
    ng_finder_free(cx, finder);
    ng_names_free(cx, names);
    ng_arena_destroy(cx, &arena);
    ng_ctx_free(cx);
    return 0;
}

/* True when one stretch of the text holds the bytes start ... end - 1. */
static bool is_held(ng_view bytes, size_t start, size_t end)
{
    ng_text text;
    ng_lesson lesson;

    assert_int_equal(ng_text_scan(cx, &arena, bytes, 10000, &text), NG_OK);
    assert_int_equal(ng_lesson_make(cx, scratch, &arena, &text, &lesson), NG_OK);
    for (size_t s = 0; s < lesson.stretch_count; s++) {
        const ng_stretch *stretch = &lesson.stretches[s];

        if (text.tokens[stretch->first].start <= start && text.tokens[stretch->end - 1].end >= end)
            return true;
    }
    return false;
}

/* Names alone: they are put into a sentence and at its start. */
static const char *const whole_names[] = {
    "Jean-Michel Sama Lukonde",
    "Tae-yong Ham",
    "Prayut Chan-o-Cha",
    "Ángeles González-Sinde",
    "Abd al-Munim al-Huni",
    "Abbas el-Fassi",
    "Naqsh-e Jahan Square",
    "Pointe-à-Pitre",
    "Ash-Sharq al-Awsat",
    "Anatole-Désiré Moreau",
    "Park Joo-Ho",
    "Mary-Kate",
    "Botero-Moriaty",
    "Basse-Terre",
    "Masjid Al-Haram",
    "Patrizia d'Ettorre",
    "L'Enfant",
    "Theodorus of Tabennese",
    "Bosnia and Herzegovina",
    "María de la Cruz",
    "Ortega y Gasset",
    "Jaume i Roca",
    "Banja und Luka",
    "Pablo Ruiz i Picasso",
    "Stratford-upon-Avon",
    "Stoke-on-Trent",
    "Fontenay-sous-Bois",
    "Port-au-Prince",
    "Pakistan Tehreek-e-Insaf",
    "Kim Jong-un",
    "Wong Kwok-kin",
    "Ban Ki-moon",
    "Choi Hyung-cheol",
    "Muhammad bin Salman Al Saud",
    "Sheikh Abdullah bin Zayed Al Nahyan",
    "Mohamed ElBaradei",
    "Ludwig van Beethoven",
    "Charles de Gaulle",
    "Otto von Bismarck",
    "Leonardo da Vinci",
    "Vasco da Gama",
    "Simone de Beauvoir",
    "Guido van der Meer",
    "Juan Carlos de la Torre y Vega",
    "Frankfurt am Main",
    "Rothenburg ob der Tauber",
    "Sankt Georgen im Schwarzwald",
    "Santiago de los Caballeros",
    "Alianza Popular Revolucionaria Americana",
    "Partido dos Trabalhadores",
    "Health and Human Services",
    "Ali Akbar Hashemi-Rafsanjani",
    "Mahmoud Abu-Ghazaleh",
    "Said al-Shihri",
    "Moqtada al-Sadr",
    "Bashar al Assad",
    "Abu Musab al-Zarqawi",
    "Gonzalo Sánchez de Lozada",
    "Sri Jayawardenepura-Kotte",
    "Rio Grande do Sul",
    "Saint-Germain-en-Laye",
    "Saint-Jean-de-Luz",
    "Aix-en-Provence",
    "Châlons-sur-Marne",
    "Villeneuve-d'Ascq",
    "Newcastle upon Tyne",
    "Sutton-in-Ashfield",
    "Trinidad & Tobago",
    "Simon & Schuster",
    "AT&T",
    "Johnson & Johnson Inc.",
    "Marks and Spencer",
    "Procter & Gamble Co.",
    "Dow Jones & Co.",
    "King George III",
    "Pope John Paul II",
    "Martin Luther King Jr.",
    "Sammy Davis, Jr.",
    "Acme Holdings, Inc.",
    "Dwayne \"Rock\" Johnson",
    "George “Babe” Ruth",
    "Frank 'Buddy' Smith",
    "6PR",
    "3AW",
    "Carlos the Jackal",
    "Alexander the Great",
    "Winnie-the-Pooh",
    "Joan of Arc",
    "Catherine of Aragon",
    "Lawrence of Arabia",
    "Attila the Hun",
    "Isle of Man",
    "Tower of London",
    "Gulf of Mexico",
    "Republic of the Congo",
    "Cote d'Ivoire",
    "Côte d’Ivoire",
    "N'Djamena",
    "O'Neill",
    "ʻAkilisi Pōhiva",
    "Queen 'Masenate",
    "Rifa‘i",
    "Va'aletoa",
    "J. K. Rowling",
    "J.R.R. Tolkien",
    "H. G. Wells",
    "U.S. Army",
    "St. Louis",
    "Ft. Worth",
    "Mt. Everest",
    "D.C. United",
    "X Corp.",
    "21st Century Fox",
    "3M Company",
    "20th Century Fox",
    "von der Leyen",
    "de Gaulle",
    "d'Artagnan",
    "al-Assad",
    "ibn Saud",
    "bin Laden",
    "van Gogh",
    "la Rochefoucauld",
    "iRobot",
    "eBay",
    "Médecins Sans Frontières",
    "Mao Tse-tung",
    "Xi'an",
    "Hawai'i",
    "Qur'an Academy",
    "João Goulart e Silva",
    "Doña Ana",
    "Ali ibn Abi Talib",
    "Ibn 'Arabi",
    "Jean le Rond d'Alembert",
    "Rock-n-Roll Hall of Fame",
    "Guns N' Roses",
    "Toys R Us",
};

static void test_names(void **state)
{
    static const char *const frames[] = { "Yesterday they said that %s was there again.",
                                          "%s was there again yesterday." };

    (void)state;
    for (size_t i = 0; i < sizeof whole_names / sizeof *whole_names; i++) {
        for (size_t f = 0; f < sizeof frames / sizeof *frames; f++) {
            char text[256];
            size_t start = (size_t)(strchr(frames[f], '%') - frames[f]);
            int size = snprintf(text, sizeof text, frames[f], whole_names[i]);

            if (!is_held((ng_view){ text, (size_t)size }, start, start + strlen(whole_names[i])))
                fail_msg("in no stretch: %s, in: %s", whole_names[i], frames[f]);
        }
    }
}

/* The name stands in braces; when it begins with "!" it must be in no stretch. */
static const char *const placed_names[] = {
    /* ordinary words at the start */
    "{Marbles} said so. Later they saw {Marbles} again.",
    "{Civic Party} members came.",
    "{Health and Human Services} paid.",
    "{Warriors} players left.",
    "{!The} president spoke.",
    "{!Yesterday} it rained. It rained all day.",
    "{!Visit} our shop.",
    /* without a capital */
    "He met {Donald trump} there.",
    "The {501st Fighter Wing} came.",
    "It was on {6PR} and on {3AW}.",
    /* as some programs write it */
    "The Minister, {Adel al - Jubeir}, spoke.",
    "It was {Frank O 'Hara} who wrote it.",
    /* marks that do not belong to names */
    "He said that {Ann}, {Bob} and {Eve} left.",
    "{Ann} said: \"{Bob} left\".",
};

/* Takes the braces out of a marked text and checks what they held. */
static void check_placed(const char *marked)
{
    char text[256];
    size_t size = 0, starts[8], ends[8], count = 0;
    bool is_none[8];

    for (; *marked; marked++) {
        if (*marked == '{') {
            is_none[count] = marked[1] == '!';
            marked += is_none[count];
            starts[count] = size;
        } else if (*marked == '}') {
            ends[count++] = size;
        } else {
            text[size++] = *marked;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (is_held((ng_view){ text, size }, starts[i], ends[i]) == is_none[i])
            fail_msg("%.*s: %.*s", (int)size, text, (int)(ends[i] - starts[i]), text + starts[i]);
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof placed_names / sizeof *placed_names; i++)
        check_placed(placed_names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
