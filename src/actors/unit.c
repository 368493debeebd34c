/* The spellings of persons become units, and units get their order.
 *
 * A unit is one parsed name: "Bashar al-Assad" and "Bashar el-Assad" are one, so are "Mr. John Doe"
 * and "President John Doe"; "Mr. John Doe" and "Mrs. John Doe" are two. A bare name keeps its title
 * as part of itself, because "Mr. Holmes" and "Holmes" may not be the same.
 *
 * The order is from the most complete name down, then by bytes: it does not depend on where names
 * stand in the text, so neither does what merge.c makes of them. */
#include "actors_internal.h"

/* Writes what identifies a unit into the scratch buffer. */
static ng_status write_key(ng_casting *work, const ng_person *person, ng_view title)
{
    const ng_view gap = { "", 1 };
    char gender = person->title_gender ? person->title_gender : '-';
    ng_view parts[] = { person->key, gap, { &gender, 1 }, title };
    ng_status status = NG_OK;

    work->scratch.size = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == NG_OK; i++)
        status = ng_buffer_add(work->cx, &work->scratch, parts[i]);
    return status;
}

/* Lets the longest spelling of a name speak for it, whichever comes first in the text. */
static void keep_longest(ng_unit *unit, const ng_person *person)
{
    bool has_article = unit->person.has_article || person->has_article;
    char marital =
        unit->person.marital == 'm' || !person->marital ? unit->person.marital : person->marital;

    if (person->words.size > unit->person.words.size ||
        (person->words.size == unit->person.words.size &&
         ng_view_compare(person->words, unit->person.words) < 0))
        unit->person = *person;
    unit->person.has_article = has_article;
    unit->person.marital = marital;
}

/* Adds a spelling to the unit it belongs to, which is made when it is the first. */
static ng_status add_spelling(ng_casting *work, uint32_t id, const ng_person *person)
{
    ng_spelling *spelling = &work->spellings[id];
    bool is_bare = person->shape == NG_SHAPE_SINGLE;
    ng_view title = is_bare ? spelling->title_folded : NG_VIEW_NONE;
    size_t known = work->unit_count;
    ng_unit *unit = NULL;
    ng_status status = write_key(work, person, title);

    if (status == NG_OK)
        status = ng_grow(work->cx, (void **)&work->units, &work->unit_capacity, sizeof *work->units,
                         known + 1, NG_NONE - 1, "names of persons");
    if (status == NG_OK)
        status = ng_intern_add(work->cx, work->unit_keys, ng_buffer_view(&work->scratch),
                               &spelling->unit);
    if (status != NG_OK)
        return status;
    unit = &work->units[spelling->unit];
    if (spelling->unit == known) {
        *unit = (ng_unit){ .person = *person,
                           .title = title,
                           .first_spelling = NG_NONE,
                           .first_token = NG_NONE,
                           .party = NG_NONE,
                           .next_of_party = NG_NONE };
        work->unit_count++;
    }
    spelling->next_of_unit = unit->first_spelling;
    unit->first_spelling = id;
    unit->count += spelling->count;
    unit->has_never |= ng_has_never(work, spelling->name_folded);
    keep_longest(unit, person);
    if (spelling->first_token < unit->first_token)
        unit->first_token = spelling->first_token;
    return NG_OK;
}

/* More complete first: the shapes in their order, then words, then initials, then a generation. */
static int compare_completeness(const ng_unit *a, const ng_unit *b)
{
    const ng_person *left = &a->person;
    const ng_person *right = &b->person;
    int left_words = left->given_count - left->initial_count;
    int right_words = right->given_count - right->initial_count;

    if (left->shape != right->shape)
        return left->shape < right->shape ? -1 : 1;
    if (left_words != right_words)
        return left_words > right_words ? -1 : 1;
    if (left->initial_count != right->initial_count)
        return left->initial_count > right->initial_count ? -1 : 1;
    if (!left->generation != !right->generation)
        return left->generation ? -1 : 1;
    if (!left->title_gender != !right->title_gender)
        return left->title_gender ? -1 : 1;
    return 0;
}

/* The canonical order of two units. */
static int compare_units(const void *a, const void *b, void *user)
{
    const ng_casting *work = user;
    const ng_unit *left = &work->units[*(const uint32_t *)a];
    const ng_unit *right = &work->units[*(const uint32_t *)b];
    int order = compare_completeness(left, right);

    if (order == 0 && (left->title.size > 0) != (right->title.size > 0))
        order = left->title.size > 0 ? -1 : 1;
    if (order == 0 && left->person.words.size != right->person.words.size)
        order = left->person.words.size > right->person.words.size ? -1 : 1;
    if (order == 0)
        order = ng_view_compare(left->person.key, right->person.key);
    if (order == 0)
        order = ng_view_compare(left->title, right->title);
    if (order == 0)
        order = (left->person.title_gender > right->person.title_gender) -
                (left->person.title_gender < right->person.title_gender);
    return order;
}

/* The writing by which all of one folded name are parsed: "van Gogh" rather than "Van Gogh". */
typedef struct writings {
    ng_intern *names;
    ng_view *best;
    size_t capacity;
} writings;

/* True for the spellings that this file is about. */
static bool is_person(const ng_spelling *spelling)
{
    return spelling->kind == NG_KIND_PERSON && !spelling->is_ignored;
}

/* Chooses among the writings of each folded name the last by bytes: small letters come after
 * capitals, and they tell a particle from a forename. */
static ng_status choose_writings(ng_casting *work, writings *list)
{
    for (size_t i = 0; i < work->spelling_count; i++) {
        const ng_spelling *spelling = &work->spellings[i];
        size_t known = ng_intern_count(list->names);
        uint32_t id = 0;
        ng_status status = NG_OK;

        if (!is_person(spelling))
            continue;
        status = ng_grow(work->cx, (void **)&list->best, &list->capacity, sizeof *list->best,
                         known + 1, NG_NONE - 1, "names of persons");
        if (status == NG_OK)
            status = ng_intern_add(work->cx, list->names, spelling->name_folded, &id);
        if (status != NG_OK)
            return status;
        if (id == known || ng_view_compare(spelling->name, list->best[id]) > 0)
            list->best[id] = spelling->name;
    }
    return NG_OK;
}

/* Parses every person's spelling and puts it into its unit. */
static ng_status parse_spellings(ng_casting *work, const writings *list)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        const ng_spelling *spelling = &work->spellings[i];
        ng_person person;
        uint32_t id = 0;

        if (!is_person(spelling))
            continue;
        (void)ng_intern_find(list->names, spelling->name_folded, &id);
        status = ng_person_parse(work->cx, work->arena, work->names, &work->scratch, list->best[id],
                                 spelling->title_folded, &person);
        if (status == NG_OK)
            status = add_spelling(work, (uint32_t)i, &person);
    }
    return status;
}

ng_status ng_units_make(ng_casting *work, uint32_t **order_out)
{
    writings list = { 0 };
    uint32_t *order = NULL;
    ng_status status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &list.names);

    if (status == NG_OK)
        status = choose_writings(work, &list);
    if (status == NG_OK)
        status = parse_spellings(work, &list);
    ng_intern_free(work->cx, list.names);
    ng_free(work->cx, list.best);
    if (status != NG_OK)
        return status;
    order = ng_arena_array(work->cx, work->arena, work->unit_count + 1, sizeof *order);
    if (!order)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->unit_count; i++)
        order[i] = (uint32_t)i;
    status = ng_sort(work->cx, order, work->unit_count, sizeof *order, compare_units, work);
    if (status == NG_OK)
        *order_out = order;
    return status;
}
