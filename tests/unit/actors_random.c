/* Random sets of names: what must hold of every cast.
 *
 * No actor has names of two kinds. All full names of an actor go together, each with each: a chain
 * A = B = C does not join A and C when these contradict. The order of the names in the text does
 * not matter, unless the rule that reads the order was used. NERGRAPH_NAME_SETS says how many sets
 * are tried (scripts/nightly.sh: a million). */
#include "actors_cast.h"

#include "actors/actors_internal.h"

#include <stdlib.h>

enum { NAMES_MAX = 10, NAME_BYTES = 96, SETS = 3000 };

static ng_ctx *cx;
static ng_names *names;
static ng_options options;
static uint64_t seed = 1;

static size_t pick(size_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % count);
}

#define ONE_OF(list) list[pick(sizeof(list) / sizeof *(list))]

/* Few words, so that they meet often. */
static const char *const forenames[] = { "John", "J.",  "Johnny", "Jane",   "William",
                                         "Bill", "Ann", "Anna",   "Jordan", "Georgia" };
static const char *const middles[] = { "Adam", "A.", "B.", "Bell" };
static const char *const particles[] = { "van", "de la", "al", "bin" };
static const char *const surnames[] = { "Doe",    "Smith",   "al-Assad", "Assad", "O'Neill",
                                        "Jordan", "Gaddafi", "Qadhafi",  "Paris", "Lopez" };
static const char *const ends[] = { "Jr.", "Sr.", "III" };
static const char *const titles[] = { "Mr.", "Mrs.", "Miss", "President", "Dr.", "King" };
static const char *const places[] = { "Paris", "Jordan", "Georgia", "Doe", "Smith", "Assad" };

/* Writes one marked name. */
static void make_name(char *out)
{
    static const char kinds[] = "ppppppplcoe";
    char kind = kinds[pick(sizeof kinds - 1)];
    size_t at = 0;

    at += (size_t)snprintf(out, NAME_BYTES, "{%c ", kind);
    if (kind != 'p') {
        (void)snprintf(out + at, NAME_BYTES - at, "%s}", ONE_OF(places));
        return;
    }
    if (pick(3) == 0)
        at += (size_t)snprintf(out + at, NAME_BYTES - at, "%s | ", ONE_OF(titles));
    if (pick(8) == 0) {
        (void)snprintf(out + at, NAME_BYTES - at, "%s, %s}", ONE_OF(surnames), ONE_OF(forenames));
        return;
    }
    if (pick(3) != 0)
        at += (size_t)snprintf(out + at, NAME_BYTES - at, "%s ", ONE_OF(forenames));
    if (pick(4) == 0)
        at += (size_t)snprintf(out + at, NAME_BYTES - at, "%s ", ONE_OF(middles));
    if (pick(6) == 0)
        at += (size_t)snprintf(out + at, NAME_BYTES - at, "%s ", ONE_OF(particles));
    at += (size_t)snprintf(out + at, NAME_BYTES - at, "%s", ONE_OF(surnames));
    if (pick(8) == 0)
        at += (size_t)snprintf(out + at, NAME_BYTES - at, " %s", ONE_OF(ends));
    (void)snprintf(out + at, NAME_BYTES - at, "}");
}

/* A document that names them one after the other, or in the other order. */
static test_document *open_names(char list[][NAME_BYTES], size_t count, bool is_reversed,
                                 char *marked, size_t size)
{
    test_document *document = NULL;
    size_t at = 0;

    for (size_t i = 0; i < count; i++)
        at += (size_t)snprintf(marked + at, size - at, "They saw %s there. ",
                               list[is_reversed ? count - 1 - i : i]);
    document = test_open_document(cx, marked);
    assert_int_equal(document->spans.count, count);
    test_make_cast(cx, names, &options, document);
    return document;
}

static uint32_t actor_of(const test_document *document, size_t span)
{
    return document->cast.of_span[span];
}

/* The words of a span, or of its title. */
static ng_view words_of(const test_document *document, size_t span, bool of_title)
{
    size_t start = of_title ? document->title_starts[span] : document->starts[span];
    size_t end = of_title ? document->starts[span] : document->ends[span];

    while (end > start && document->bytes[end - 1] == ' ')
        end--;
    return (ng_view){ document->bytes + start, end - start };
}

static ng_person parse(ng_arena *arena, const test_document *document, size_t span)
{
    ng_buffer scratch, title;
    ng_person person;
    ng_view folded;

    ng_buffer_init(&scratch, 1 << 16);
    ng_buffer_init(&title, 1 << 16);
    assert_int_equal(ng_utf8_fold(cx, words_of(document, span, true), &title), NG_OK);
    folded = ng_buffer_view(&title);
    while (folded.size > 0 && folded.data[folded.size - 1] == '.')
        folded.size--;
    assert_int_equal(ng_person_parse(cx, arena, names, &scratch, words_of(document, span, false),
                                     ng_arena_copy(cx, arena, folded), &person),
                     NG_OK);
    ng_buffer_destroy(cx, &scratch);
    ng_buffer_destroy(cx, &title);
    return person;
}

static void kinds_stay_apart(const test_document *document, const char *marked)
{
    for (size_t i = 0; i < document->spans.count; i++) {
        uint8_t kind = document->cast.actors[actor_of(document, i)].kind;

        if (kind != document->items[i].kind)
            print_error("a name of kind %u in an actor of kind %u: %s\n", document->items[i].kind,
                        kind, marked);
        assert_int_equal(kind, document->items[i].kind);
    }
}

static void full_names_go_together(const test_document *document, const char *marked)
{
    ng_arena arena;
    ng_person people[NAMES_MAX];

    ng_arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; i < document->spans.count; i++) {
        if (document->items[i].kind != NG_KIND_PERSON)
            continue;
        people[i] = parse(&arena, document, i);
        for (size_t j = 0; j < i; j++) {
            ng_fit fit;

            if (document->items[j].kind != NG_KIND_PERSON ||
                actor_of(document, i) != actor_of(document, j) ||
                people[i].shape != NG_SHAPE_FULL || people[j].shape != NG_SHAPE_FULL)
                continue;
            fit = ng_person_fit(names, &people[i], &people[j]);
            if (!fit.is_compatible)
                print_error("one actor in spite of %s: %s\n", fit.reason, marked);
            assert_true(fit.is_compatible);
        }
    }
    ng_arena_destroy(cx, &arena);
}

static bool reads_order(const test_document *document)
{
    for (size_t i = 0; i < document->cast.ledger_count; i++)
        if (strcmp(document->cast.ledger[i].rule, "nearest-full-name") == 0)
            return true;
    return false;
}

static void order_does_not_matter(const test_document *one, const test_document *other,
                                  const char *marked)
{
    size_t count = one->spans.count;

    if (reads_order(one) || reads_order(other))
        return;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            bool together = actor_of(one, i) == actor_of(one, j);
            bool reversed = actor_of(other, count - 1 - i) == actor_of(other, count - 1 - j);

            if (together != reversed)
                print_error("names %zu and %zu depend on the order: %s\n", j, i, marked);
            assert_int_equal(together, reversed);
        }
}

static void every_set_holds(void **state)
{
    const char *wanted = getenv("NERGRAPH_NAME_SETS");
    unsigned long sets = wanted ? strtoul(wanted, NULL, 10) : SETS;

    (void)state;
    for (unsigned long set = 0; set < sets; set++) {
        char list[NAMES_MAX][NAME_BYTES], marked[4096], reversed[4096];
        size_t count = 2 + pick(NAMES_MAX - 1);
        test_document *document = NULL, *other = NULL;

        for (size_t i = 0; i < count; i++)
            make_name(list[i]);
        document = open_names(list, count, false, marked, sizeof marked);
        other = open_names(list, count, true, reversed, sizeof reversed);
        kinds_stay_apart(document, marked);
        full_names_go_together(document, marked);
        order_does_not_matter(document, other, marked);
        test_close_document(cx, document);
        test_close_document(cx, other);
    }
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
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_set_holds) };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
