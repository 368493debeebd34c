/* Persons across documents: which full names of different documents are one person's.
 *
 * Names that agree when case, accents, article and spellings of other scripts are left aside are
 * one. A name with more middle names, or with the forename in full, joins the only name of its
 * surname and forename that it fits - but not where the two together are so common that several
 * people have them. What a document holds apart stays apart; of several fits none is taken. The
 * names are looked at in an order of their own (most complete first, then by bytes), so the order
 * of documents does not matter. */
#include "actors_internal.h"

enum {
    TOO_COMMON = 100000 /* product of the dictionary's weights: John Smith has 1,000,000 */
};

/* The names of one group, taken apart. */
typedef struct group {
    const ng_names *names;
    const ng_view *labels;
    ng_person *people;
    uint32_t *order;
    ng_union *unions;
    ng_apart_fn *is_apart;
    const void *user;
} group;

static ng_status parse(ng_ctx *cx, const ng_names *names, ng_arena *arena, ng_buffer *scratch,
                       ng_view label, ng_person *person_out)
{
    return ng_person_parse(cx, arena, names, scratch, label, NG_VIEW_NONE, person_out);
}

/* The forename that a name is grouped by: in full where it is short for one forename only. */
static ng_view forename_of(const ng_person *person)
{
    return person->nickname_count == 1 ? person->nicknames[0] : person->given[0];
}

ng_status ng_names_group(ng_ctx *cx, const ng_names *names, ng_arena *arena, ng_view label,
                         ng_view *group_out)
{
    ng_buffer scratch;
    ng_person person;
    ng_status status;

    *group_out = NG_VIEW_NONE;
    ng_buffer_init(&scratch, SIZE_MAX / 2);
    status = parse(cx, names, arena, &scratch, label, &person);
    if (status == NG_OK && person.shape == NG_SHAPE_FULL && ng_utf8_count(person.given[0]) > 1) {
        scratch.size = 0;
        status = ng_buffer_add(cx, &scratch, forename_of(&person));
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, &scratch, ' ');
        if (status == NG_OK)
            status = ng_buffer_add(cx, &scratch, person.surname);
        if (status == NG_OK) {
            *group_out = ng_arena_copy(cx, arena, ng_buffer_view(&scratch));
            if (!group_out->data)
                status = ng_arena_status(arena);
        }
    }
    ng_buffer_destroy(cx, &scratch);
    return status;
}

/* The more complete name first, then by bytes. */
static int compare(const void *a, const void *b, void *user)
{
    const group *all = user;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const ng_person *one = &all->people[left], *other = &all->people[right];
    int words =
        (other->given_count - other->initial_count) - (one->given_count - one->initial_count);
    int initials = other->initial_count - one->initial_count;

    if (words != 0 || initials != 0)
        return words != 0 ? words : initials;
    return ng_view_compare(all->labels[left], all->labels[right]);
}

/* True when many people may have this forename and surname. */
static bool is_common(const ng_names *names, const ng_person *person)
{
    const ng_name_entry *forename = ng_names_get(names, forename_of(person), NG_NAME_FORENAME);
    const ng_name_entry *surname = ng_names_get(names, person->surname, NG_NAME_SURNAME);

    return forename && surname && (uint64_t)forename->weight * surname->weight > TOO_COMMON;
}

/* Why two names are one, or NULL. */
static const char *fit(const group *all, uint32_t a, uint32_t b)
{
    const ng_person *one = &all->people[a], *other = &all->people[b];
    ng_fit found = ng_person_fit(all->names, one, other);

    if (!found.is_compatible || one->generation != other->generation ||
        all->is_apart(all->user, a, b))
        return NULL;
    if (ng_view_equal(ng_view_of(found.reason), NG_VIEW("same-name")))
        return "same-name";
    if (is_common(all->names, one) || ng_view_equal(ng_view_of(found.reason), NG_VIEW("turned")) ||
        ng_view_equal(ng_view_of(found.reason), NG_VIEW("part-of-name")))
        return NULL;
    return found.reason;
}

/* Why a name fits a cluster: each of its names must fit. */
static const char *fit_cluster(const group *all, uint32_t name, uint32_t root, size_t placed)
{
    const char *reason = NULL;

    for (size_t i = 0; i < placed; i++) {
        uint32_t member = all->order[i];
        const char *why;

        if (all->unions[member].root != root)
            continue;
        why = fit(all, name, member);
        if (!why)
            return NULL;
        if (!reason || ng_view_equal(ng_view_of(why), NG_VIEW("same-name")))
            reason = why;
    }
    return reason;
}

/* Finds the cluster of one name: the one that has it in another spelling, else the only one it
 * fits, else its own. */
static void place(const group *all, size_t at)
{
    uint32_t name = all->order[at];
    size_t fits = 0;

    all->unions[name] = (ng_union){ name, NULL };
    for (size_t i = 0; i < at; i++) {
        uint32_t root = all->order[i];
        const char *reason =
            all->unions[root].root == root ? fit_cluster(all, name, root, at) : NULL;

        if (!reason)
            continue;
        all->unions[name] = (ng_union){ root, reason };
        if (ng_view_equal(ng_view_of(reason), NG_VIEW("same-name")))
            return;
        fits++;
    }
    if (fits > 1)
        all->unions[name] = (ng_union){ name, NULL };
}

ng_status ng_names_unite(ng_ctx *cx, const ng_names *names, ng_arena *arena, const ng_view *labels,
                         size_t count, ng_apart_fn *is_apart, const void *user,
                         ng_union *unions_out)
{
    group all = { .names = names,
                  .labels = labels,
                  .people = ng_arena_array(cx, arena, count + 1, sizeof(ng_person)),
                  .order = ng_arena_array(cx, arena, count + 1, sizeof(uint32_t)),
                  .unions = unions_out,
                  .is_apart = is_apart,
                  .user = user };
    ng_status status = all.people && all.order ? NG_OK : ng_arena_status(arena);
    ng_buffer scratch;

    ng_buffer_init(&scratch, SIZE_MAX / 2);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        all.order[i] = (uint32_t)i;
        status = parse(cx, names, arena, &scratch, labels[i], &all.people[i]);
    }
    ng_buffer_destroy(cx, &scratch);
    if (status == NG_OK)
        status = ng_sort(cx, all.order, count, sizeof *all.order, compare, &all);
    for (size_t i = 0; i < count && status == NG_OK; i++)
        place(&all, i);
    return status;
}
