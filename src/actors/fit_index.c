/* Which parties may be called by a name: a multimap from keys to parties.
 *
 * Comparing all names of a document with one another would cost their square. Instead every name
 * that is placed is published under each shorter or other form that could stand for it, a bounded
 * number; a name that comes later looks its own forms up. At most NG_CANDIDATE_LIMIT parties of one
 * key are looked at, in the order they were published; where more fit, the name stays alone, as it
 * would with two. */
#include "actors_internal.h"

#include <assert.h>

typedef struct ng_fit_list {
    uint32_t first, last; /* links */
} ng_fit_list;

typedef struct ng_fit_link {
    uint32_t party, next;
} ng_fit_link;

/* The key of a type and two strings; never UINT64_MAX. */
static uint64_t key_of(int type, ng_view a, ng_view b)
{
    return ng_hash(b, ng_hash(a, (uint64_t)type)) >> 1;
}

ng_status ng_fit_index_init(ng_ctx *cx, ng_fit_index *index)
{
    *index = (ng_fit_index){ 0 };
    return ng_table_new(cx, NG_NONE - 1, &index->keys);
}

void ng_fit_index_destroy(ng_ctx *cx, ng_fit_index *index)
{
    ng_table_free(cx, index->keys);
    ng_free(cx, index->lists);
    ng_free(cx, index->links);
    *index = (ng_fit_index){ 0 };
}

/* True when the party is among the first of a list, where alone anybody looks. */
static bool is_listed(const ng_fit_index *index, const ng_fit_list *list, uint32_t party)
{
    uint32_t link = list->first;

    for (int i = 0; i <= NG_CANDIDATE_LIMIT && link != NG_NONE; i++) {
        if (index->links[link].party == party)
            return true;
        link = index->links[link].next;
    }
    return false;
}

ng_status ng_fit_index_add(ng_ctx *cx, ng_fit_index *index, int type, ng_view a, ng_view b,
                           uint32_t party)
{
    uint32_t at = 0;
    bool is_new = false;
    ng_fit_list *list = NULL;
    ng_status status = ng_table_add(cx, index->keys, key_of(type, a, b), &at, &is_new);

    if (status == NG_OK)
        status = ng_grow(cx, (void **)&index->lists, &index->list_capacity, sizeof *index->lists,
                         (size_t)at + 1, NG_NONE - 1, "name forms");
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&index->links, &index->link_capacity, sizeof *index->links,
                         index->link_count + 1, NG_NONE - 1, "name forms");
    if (status != NG_OK)
        return status;
    list = &index->lists[at];
    if (is_new)
        *list = (ng_fit_list){ NG_NONE, NG_NONE };
    if (is_listed(index, list, party))
        return NG_OK;
    index->links[index->link_count] = (ng_fit_link){ party, NG_NONE };
    if (list->last == NG_NONE)
        list->first = (uint32_t)index->link_count;
    else
        index->links[list->last].next = (uint32_t)index->link_count;
    list->last = (uint32_t)index->link_count++;
    return NG_OK;
}

void ng_fit_index_find(const ng_fit_index *index, int type, ng_view a, ng_view b, const char *rule,
                       ng_candidates *list)
{
    uint32_t at = 0;
    uint32_t link = NG_NONE;

    if (!ng_table_find(index->keys, key_of(type, a, b), &at))
        return;
    link = index->lists[at].first;
    for (int i = 0; link != NG_NONE; i++, link = index->links[link].next) {
        uint32_t party = index->links[link].party;
        size_t known = 0;

        while (known < list->count && list->party[known] != party)
            known++;
        if (known < list->count)
            continue;
        if (i >= NG_CANDIDATE_LIMIT || list->count == NG_CANDIDATE_LIMIT) {
            list->is_crowded = true;
            return;
        }
        list->party[list->count] = party;
        list->rule[list->count++] = rule;
    }
}

/* The first letter of a word, all its bytes. */
static ng_view first_letter(ng_view word)
{
    size_t length = 0;

    if (word.size == 0)
        return word;
    ng_utf8_decode(word.data, word.size, &length);
    return ng_view_part(word, 0, length);
}

/* Publishes the beginnings and ends of a name of three words or more. */
static ng_status publish_parts(ng_ctx *cx, ng_fit_index *index, const ng_person *person,
                               uint32_t party)
{
    ng_view words = person->words;
    size_t first_end = 0;
    size_t last_start = words.size;
    ng_status status = NG_OK;

    if (person->word_count < 3)
        return NG_OK;
    while (first_end < words.size && words.data[first_end] != ' ')
        first_end++;
    while (last_start > 0 && words.data[last_start - 1] != ' ')
        last_start--;
    for (size_t i = first_end; i + 1 < last_start && status == NG_OK; i++) {
        if (words.data[i] != ' ')
            continue;
        status = ng_fit_index_add(cx, index, NG_KEY_PART, ng_view_part(words, i + 1, words.size),
                                  NG_VIEW_NONE, party);
        if (status == NG_OK && i > first_end)
            status = ng_fit_index_add(cx, index, NG_KEY_PART, ng_view_part(words, 0, i),
                                      NG_VIEW_NONE, party);
    }
    if (status == NG_OK)
        status = ng_fit_index_add(cx, index, NG_KEY_PART, ng_view_part(words, 0, last_start - 1),
                                  NG_VIEW_NONE, party);
    return status;
}

/* Publishes what a forename and surname give. */
static ng_status publish_full(ng_ctx *cx, ng_fit_index *index, const ng_person *person,
                              uint32_t party)
{
    ng_view forename = person->given[0];
    bool is_letter = ng_utf8_count(forename) == 1;
    ng_view letter = first_letter(forename);
    ng_status status = ng_fit_index_add(cx, index, is_letter ? NG_KEY_INITIAL_ONLY : NG_KEY_NAME,
                                        forename, person->surname, party);

    if (status == NG_OK)
        status = ng_fit_index_add(cx, index, NG_KEY_INITIAL, letter, person->surname, party);
    for (size_t i = 0; i < person->nickname_count && status == NG_OK; i++)
        status =
            ng_fit_index_add(cx, index, NG_KEY_NAME, person->nicknames[i], person->surname, party);
    if (status == NG_OK)
        status = ng_fit_index_add(cx, index, NG_KEY_SURNAME, person->family, NG_VIEW_NONE, party);
    if (status == NG_OK && person->particles.size > 0)
        status = ng_fit_index_add(cx, index, NG_KEY_LAST, person->surname, NG_VIEW_NONE, party);
    if (status == NG_OK && person->has_first_surname)
        status = ng_fit_index_add(cx, index, NG_KEY_FIRST_SURNAME,
                                  person->given[person->given_count - 1], NG_VIEW_NONE, party);
    if (status == NG_OK && !is_letter)
        status = ng_fit_index_add(cx, index, NG_KEY_FORENAME_LETTER, forename,
                                  first_letter(person->surname), party);
    return status == NG_OK ? publish_parts(cx, index, person, party) : status;
}

/* Publishes every title a name was given, with its surname and with its forename. */
static ng_status publish_titles(ng_casting *work, ng_fit_index *index, const ng_unit *unit)
{
    const ng_person *person = &unit->person;
    uint32_t id = unit->first_spelling;
    ng_status status = NG_OK;

    for (; id != NG_NONE && status == NG_OK; id = work->spellings[id].next_of_unit) {
        ng_view title = work->spellings[id].title_folded;

        if (title.size == 0)
            continue;
        status =
            ng_fit_index_add(work->cx, index, NG_KEY_TITLED, title, person->family, unit->party);
        if (status == NG_OK && person->given_count > 0)
            status = ng_fit_index_add(work->cx, index, NG_KEY_TITLED, title, person->given[0],
                                      unit->party);
    }
    return status;
}

ng_status ng_fit_index_publish(ng_casting *work, ng_fit_index *index, const ng_unit *unit)
{
    const ng_person *person = &unit->person;
    ng_status status = NG_OK;

    if (person->shape == NG_SHAPE_WHOLE)
        return NG_OK;
    if (person->shape == NG_SHAPE_SINGLE)
        return ng_fit_index_add(work->cx, index, NG_KEY_SINGLE, person->surname, NG_VIEW_NONE,
                                unit->party);
    if (person->shape == NG_SHAPE_FULL)
        status = publish_full(work->cx, index, person, unit->party);
    if (status == NG_OK && ng_utf8_count(person->given[0]) > 1)
        status = ng_fit_index_add(work->cx, index, NG_KEY_FORENAME, person->given[0], NG_VIEW_NONE,
                                  unit->party);
    return status == NG_OK ? publish_titles(work, index, unit) : status;
}
