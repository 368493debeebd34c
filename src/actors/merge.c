/* Names of persons become parties: one a person, as far as the document tells.
 *
 * Units come in their canonical order, the most complete first. A unit looks up which parties it
 * could belong to; those that it contradicts (another generation, gender, middle name, a
 * never-merge rule) are struck out, each full name of the party being asked, so a chain A = B = C
 * is cut where A and C cannot be one. One party left: it joins. None: it is a party of its own.
 * Several: a party of its own, and the ledger names them.
 *
 * A bare name that fits several surnames is given to one in two cases. A title can tell: only one
 * of them was called "President". Or the order of the text: one was named in full before it, all
 * others only after it. The first of two people who share a surname is who the text goes on to
 * call by it. */
#include "actors_internal.h"

#include <assert.h>

enum {
    MEMBER_LIMIT = 32, /* full names of one party; more stay apart */
    REFUSAL_LIMIT = 8  /* parties named in the ledger for one ambiguous name */
};

/* The state while units are placed. */
typedef struct merging {
    ng_casting *work;
    uint32_t rival; /* one of the parties that the unit in hand is ambiguous between */
    ng_fit_index index;
    ng_table *both_genders; /* bare names to the genders their titles tell, see gender_bits */
    uint8_t *gender_bits;
    size_t gender_capacity;
} merging;

/* What is decided about a unit. */
typedef struct verdict {
    uint32_t party; /* NG_NONE: one of its own */
    const char *rule;
    bool is_ambiguous;
} verdict;

/* Notes that every spelling of a unit is in its party: by the user's rule, by the rule that joined
 * the unit, or because it is the same name. */
static ng_status note_unit(ng_casting *work, const ng_unit *unit)
{
    uint32_t id = unit->first_spelling;
    ng_status status = NG_OK;

    for (; id != NG_NONE && status == NG_OK; id = work->spellings[id].next_of_unit) {
        const ng_rule *rule = work->spellings[id].rule;
        ng_note note = { .spelling = id,
                         .party = unit->party,
                         .other = NG_NONE,
                         .is_joined = true,
                         .rule = unit->join_rule ? unit->join_rule : "spelling" };

        if (rule && rule->verb == NG_RULE_ALIAS)
            note.rule = "user-alias";
        else if (rule && !unit->join_rule)
            note.rule = "user-type";
        status = ng_note_add(work, note);
    }
    return status;
}

/* Notes a refusal once, by the first spelling of the unit. */
static ng_status note_refusal(merging *state, const ng_unit *unit, uint32_t party, uint32_t other,
                              const char *rule)
{
    return ng_note_add(state->work, (ng_note){ .spelling = unit->first_spelling,
                                               .party = party,
                                               .other = other,
                                               .is_joined = false,
                                               .rule = rule });
}

/* True when the user keeps any name of one unit from any of the other. */
static bool is_kept_apart(const ng_casting *work, const ng_unit *a, const ng_unit *b)
{
    if (!a->has_never || !b->has_never)
        return false;
    for (uint32_t i = a->first_spelling; i != NG_NONE; i = work->spellings[i].next_of_unit)
        for (uint32_t j = b->first_spelling; j != NG_NONE; j = work->spellings[j].next_of_unit)
            if (ng_never_merge(work, work->spellings[i].name_folded,
                               work->spellings[j].name_folded))
                return true;
    return false;
}

/* True when the user keeps this unit out of the party. */
static bool is_kept_out(const ng_casting *work, const ng_unit *unit, const ng_party *party)
{
    uint32_t id = party->first_unit;

    if (!unit->has_never || !party->has_never)
        return false;
    for (; id != NG_NONE; id = work->units[id].next_of_party)
        if (is_kept_apart(work, unit, &work->units[id]))
            return true;
    return false;
}

/* Which genders the titles of a bare name tell in this document: 1 male, 2 female. */
static uint8_t *bits_of(merging *state, const ng_unit *unit)
{
    uint32_t at = 0;

    return ng_table_find(state->both_genders, ng_hash(unit->person.surname, 0) >> 1, &at)
               ? &state->gender_bits[at]
               : NULL;
}

/* The gender of a party as far as its names tell it. */
static char party_gender(const ng_party *party)
{
    return party->title_gender ? party->title_gender : party->forename_gender;
}

/* What keeps a bare name out of a party (static), or NULL. */
static const char *refuse_bare(merging *state, const ng_unit *unit, const ng_party *party)
{
    const uint8_t *bits = bits_of(state, unit);
    char gender = unit->person.title_gender;

    if (is_kept_out(state->work, unit, party))
        return "user-never-merge";
    if (unit->person.generation && unit->person.generation != party->generation)
        return "generation"; /* "Charles II" is no Charles without a number */
    if (gender && party_gender(party) && gender != party_gender(party))
        return "gender";
    if (unit->person.marital && party->marital && unit->person.marital != party->marital)
        return "marital-title";
    if (gender && !party_gender(party) && bits && *bits == 3)
        return "gender-unknown";
    return NULL;
}

/* What keeps a full name out of a party (static), or NULL and the reason it fits. */
static const char *refuse_full(merging *state, const ng_unit *unit, const ng_party *party,
                               const char **reason_out)
{
    const ng_casting *work = state->work;
    uint32_t id = party->first_unit;

    if (is_kept_out(work, unit, party))
        return "user-never-merge";
    if (party->full_count >= MEMBER_LIMIT)
        return "too-many-names";
    *reason_out = NULL;
    for (; id != NG_NONE; id = work->units[id].next_of_party) {
        ng_fit fit = ng_person_fit(work->names, &unit->person, &work->units[id].person);

        if (!fit.is_compatible && party->has_also &&
            work->units[id].person.shape == unit->person.shape)
            continue; /* the party's other name */
        if (!fit.is_compatible)
            return fit.reason;
        if (!*reason_out)
            *reason_out = fit.reason;
    }
    return *reason_out ? NULL : "surname";
}

/* Strikes out the candidates that the unit contradicts and notes why. */
static ng_status strike_out(merging *state, const ng_unit *unit, ng_candidates *list)
{
    size_t kept = 0;
    size_t noted = 0;

    for (size_t i = 0; i < list->count; i++) {
        const ng_party *party = &state->work->parties[list->party[i]];
        const char *reason = NULL;
        const char *refusal = unit->person.shape == NG_SHAPE_FULL
                                  ? refuse_full(state, unit, party, &reason)
                                  : refuse_bare(state, unit, party);

        if (!refusal) {
            list->party[kept] = list->party[i];
            list->rule[kept++] = reason ? reason : list->rule[i];
        } else if (noted++ < REFUSAL_LIMIT) {
            ng_status status = note_refusal(state, unit, list->party[i], NG_NONE, refusal);

            if (status != NG_OK)
                return status;
        }
    }
    list->count = kept;
    return NG_OK;
}

/* Says that a name fits several parties: a refusal with each, and one with itself. */
static ng_status note_ambiguous(merging *state, const ng_unit *unit, const ng_candidates *list)
{
    const char *rule = unit->person.shape != NG_SHAPE_SINGLE ? "ambiguous-name"
                       : ng_view_equal(ng_view_of(list->rule[0]), NG_VIEW("forename"))
                           ? "ambiguous-forename"
                           : "ambiguous-surname";

    state->rival = list->party[0];
    for (size_t i = 0; i < list->count && i < REFUSAL_LIMIT; i++) {
        ng_status status =
            note_refusal(state, unit, list->party[i], list->party[(i + 1) % list->count], rule);

        if (status != NG_OK)
            return status;
    }
    return NG_OK;
}

/* One candidate: its rule; several: ambiguous; none: a party of its own. */
static verdict judge(const ng_candidates *list)
{
    if (list->count == 1 && !list->is_crowded)
        return (verdict){ list->party[0], list->rule[0], false };
    return (verdict){ NG_NONE, NULL, list->count > 0 };
}

/* A name with forename and surname. */
static ng_status judge_full(merging *state, const ng_unit *unit, verdict *out)
{
    const ng_person *person = &unit->person;
    ng_view forename = person->given[0];
    bool is_letter = ng_utf8_count(forename) == 1;
    size_t length = 0;
    ng_candidates list = { .count = 0 };
    ng_status status = NG_OK;

    ng_utf8_decode(forename.data, forename.size, &length);
    ng_fit_index_find(&state->index, NG_KEY_NAME, forename, person->surname, "name", &list);
    for (size_t i = 0; i < person->nickname_count; i++)
        ng_fit_index_find(&state->index, NG_KEY_NAME, person->nicknames[i], person->surname,
                          "nickname", &list);
    ng_fit_index_find(&state->index, is_letter ? NG_KEY_INITIAL : NG_KEY_INITIAL_ONLY,
                      ng_view_part(forename, 0, length), person->surname, "initial", &list);
    ng_fit_index_find(&state->index, NG_KEY_PART, person->words, NG_VIEW_NONE, "part-of-name",
                      &list);
    if (person->word_count == 2)
        ng_fit_index_find(&state->index, NG_KEY_NAME, person->surname, forename, "turned", &list);
    status = strike_out(state, unit, &list);
    if (status != NG_OK)
        return status;
    *out = judge(&list);
    return out->is_ambiguous ? note_ambiguous(state, unit, &list) : NG_OK;
}

/* "John D.": a forename and the first letter of a surname. */
static ng_status judge_letter(merging *state, const ng_unit *unit, verdict *out)
{
    const ng_person *person = &unit->person;
    ng_candidates list = { .count = 0 };
    ng_status status = NG_OK;

    ng_fit_index_find(&state->index, NG_KEY_FORENAME_LETTER, person->given[0], person->surname,
                      "surname-initial", &list);
    status = strike_out(state, unit, &list);
    if (status != NG_OK)
        return status;
    *out = judge(&list);
    return out->is_ambiguous ? note_ambiguous(state, unit, &list) : NG_OK;
}

/* The only candidate that was given the same title elsewhere, or NG_NONE. */
static uint32_t by_title(merging *state, const ng_unit *unit, const ng_candidates *list)
{
    ng_candidates titled = { .count = 0 };
    uint32_t found = NG_NONE;

    if (unit->title.size == 0)
        return NG_NONE;
    ng_fit_index_find(&state->index, NG_KEY_TITLED, unit->title, unit->person.family, "title",
                      &titled);
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < titled.count; j++)
            if (list->party[i] == titled.party[j]) {
                if (found != NG_NONE)
                    return NG_NONE;
                found = list->party[i];
            }
    return found;
}

/* The candidate that is named in full before the bare name while all others come after it. */
static uint32_t by_order(const merging *state, const ng_unit *unit, const ng_candidates *list)
{
    uint32_t found = NG_NONE;

    for (size_t i = 0; i < list->count; i++) {
        const ng_party *party = &state->work->parties[list->party[i]];

        if (!ng_view_equal(ng_view_of(list->rule[i]), NG_VIEW("surname")))
            return NG_NONE;
        if (party->first_full_token > unit->first_token)
            continue;
        if (found != NG_NONE)
            return NG_NONE;
        found = list->party[i];
    }
    return found;
}

/* "Sid" of "Sidney", "Beth" of "Elizabeth", "Georgy" of "Georgiana": with nothing but forenames to
 * go by, only such are taken for one person; Jack and John may be two. */
static bool is_cut_short(ng_view shorter, ng_view full)
{
    enum { HEAD = 4 };

    if (shorter.size >= full.size)
        return false;
    return ng_view_starts(full, shorter) || ng_view_ends(full, shorter) ||
           (shorter.size >= HEAD && ng_view_starts(full, ng_view_part(shorter, 0, HEAD)));
}

/* The parties a bare name can be called by, from the surest kind of fit down. */
static void list_bare(const merging *state, const ng_unit *unit, ng_candidates *list)
{
    const ng_person *person = &unit->person;
    const ng_fit_index *index = &state->index;

    if (person->is_regnal) {
        ng_fit_index_find(index, NG_KEY_TITLED, unit->title, person->family, "title", list);
        return;
    }
    ng_fit_index_find(index, NG_KEY_SURNAME, person->family, NG_VIEW_NONE, "surname", list);
    if (list->count == 0 && person->particles.size == 0)
        ng_fit_index_find(index, NG_KEY_LAST, person->surname, NG_VIEW_NONE, "surname", list);
    if (list->count == 0 || unit->title.size == 0)
        ng_fit_index_find(index, NG_KEY_FORENAME, person->family, NG_VIEW_NONE, "forename", list);
    for (size_t i = 0; list->count == 0 && i < person->nickname_count; i++)
        ng_fit_index_find(index, NG_KEY_FORENAME, person->nicknames[i], NG_VIEW_NONE, "nickname",
                          list);
    for (size_t i = 0; list->count == 0 && i < person->nickname_count; i++)
        if (is_cut_short(person->family, person->nicknames[i]))
            ng_fit_index_find(index, NG_KEY_SINGLE, person->nicknames[i], NG_VIEW_NONE, "nickname",
                              list);
    if (list->count == 0)
        ng_fit_index_find(index, NG_KEY_FIRST_SURNAME, person->family, NG_VIEW_NONE,
                          "first-surname", list);
}

/* Adds the parties of the same bare name that hold no full name and do not contradict. */
static void list_namesakes(merging *state, const ng_unit *unit, const ng_candidates *list,
                           ng_candidates *namesakes)
{
    ng_candidates found = { .count = 0 };
    const ng_casting *work = state->work;
    const uint8_t *bits = bits_of(state, unit);

    ng_fit_index_find(&state->index, NG_KEY_SINGLE, unit->person.surname, NG_VIEW_NONE, "same-name",
                      &found);
    namesakes->count = 0;
    namesakes->is_crowded = found.is_crowded;
    for (size_t i = 0; i < found.count; i++) {
        const ng_party *party = &work->parties[found.party[i]];
        bool is_same = list->count != 1;

        if (refuse_bare(state, unit, party))
            continue;
        if (!unit->person.title_gender && bits && *bits == 3)
            is_same = true; /* "Verloc" beside Mr. Verloc and Winnie, Mrs. Verloc */
        else if (unit->person.is_regnal || work->units[party->first_unit].person.is_regnal)
            is_same = unit->title.size == 0;
        else if (list->count == 1)
            is_same = !party_gender(party) || !party_gender(&work->parties[list->party[0]]) ||
                      party_gender(party) == party_gender(&work->parties[list->party[0]]);
        if (!is_same)
            continue;
        namesakes->party[namesakes->count] = found.party[i];
        namesakes->rule[namesakes->count++] = "same-name";
    }
}

/* A bare name that fits several: title, then order can tell; otherwise it stays alone, or with
 * the other mentions of the same open name. Namesakes that are somebody else's are rivals. */
static ng_status judge_contested(merging *state, const ng_unit *unit, ng_candidates *list,
                                 const ng_candidates *namesakes, verdict *out)
{
    size_t rivals = 0;
    uint32_t told = by_title(state, unit, list);

    *out = (verdict){ NG_NONE, NULL, true };
    for (size_t i = 0; i < namesakes->count; i++)
        rivals += !state->work->parties[namesakes->party[i]].is_open;
    out->rule = "title";
    if (told == NG_NONE && rivals == 0 && !list->is_crowded) {
        told = by_order(state, unit, list);
        out->rule = "nearest-full-name";
    }
    if (told != NG_NONE) {
        *out = (verdict){ told, out->rule, false };
        return NG_OK;
    }
    if (rivals == 0 && namesakes->count == 1 && !namesakes->is_crowded)
        *out = (verdict){ namesakes->party[0], "same-name", true };
    for (size_t i = 0; i < namesakes->count && list->count < NG_CANDIDATE_LIMIT; i++) {
        if (state->work->parties[namesakes->party[i]].is_open)
            continue;
        list->party[list->count] = namesakes->party[i];
        list->rule[list->count++] = "surname";
    }
    return note_ambiguous(state, unit, list);
}

/* A bare name. */
static ng_status judge_single(merging *state, const ng_unit *unit, verdict *out)
{
    ng_candidates list = { .count = 0 };
    ng_candidates namesakes = { .count = 0 };
    ng_status status = NG_OK;

    list_bare(state, unit, &list);
    status = strike_out(state, unit, &list);
    if (status != NG_OK)
        return status;
    list_namesakes(state, unit, &list, &namesakes);
    if (list.count == 0) {
        *out = judge(&namesakes);
        return out->is_ambiguous ? note_ambiguous(state, unit, &namesakes) : NG_OK;
    }
    *out = judge(&list);
    if (out->party != NG_NONE && namesakes.count == 0)
        return NG_OK;
    return judge_contested(state, unit, &list, &namesakes, out);
}

/* What a party learns from a unit that joins it. */
static void add_member(ng_casting *work, ng_party *party, uint32_t id)
{
    ng_unit *unit = &work->units[id];

    if (party->last_unit == NG_NONE)
        party->first_unit = id;
    else
        work->units[party->last_unit].next_of_party = id;
    party->last_unit = id;
    party->has_never |= unit->has_never;
    if (!party->generation)
        party->generation = unit->person.generation;
    if (!party->marital)
        party->marital = unit->person.marital;
    if (!party->title_gender)
        party->title_gender = unit->person.title_gender;
    if (!party->forename_gender && unit->person.shape != NG_SHAPE_SINGLE)
        party->forename_gender = unit->person.forename_gender;
    if (unit->first_token < party->first_token)
        party->first_token = unit->first_token;
    if (unit->person.shape != NG_SHAPE_FULL)
        return;
    party->full_count++;
    if (unit->first_token < party->first_full_token)
        party->first_full_token = unit->first_token;
}

/* Puts a unit into the party that was decided, or into one of its own. */
static ng_status place_unit(merging *state, uint32_t id, verdict decided)
{
    ng_casting *work = state->work;
    ng_unit *unit = &work->units[id];
    bool is_own = decided.party == NG_NONE;
    ng_status status = NG_OK;

    unit->party = decided.party;
    if (is_own)
        status = ng_party_add(work, NG_KIND_PERSON, &unit->party);
    if (status != NG_OK)
        return status;
    work->parties[unit->party].is_open |= is_own && decided.is_ambiguous;
    add_member(work, &work->parties[unit->party], id);
    unit->join_rule = is_own ? NULL : decided.rule;
    if (is_own || unit->person.shape != NG_SHAPE_SINGLE)
        status = ng_fit_index_publish(work, &state->index, unit);
    if (status == NG_OK && is_own && decided.is_ambiguous)
        status = note_refusal(state, unit, unit->party, state->rival, "ambiguous");
    return status == NG_OK ? note_unit(work, unit) : status;
}

/* The party of a unit that the text calls another name of this one (alias.c), or NG_NONE. */
static uint32_t party_by_text(const ng_casting *work, const ng_unit *unit)
{
    uint32_t id = unit->first_spelling;

    for (; id != NG_NONE; id = work->spellings[id].next_of_unit) {
        uint32_t also = work->spellings[id].also;
        uint32_t party = also == NG_NONE ? NG_NONE : work->units[work->spellings[also].unit].party;

        if (party != NG_NONE && !is_kept_out(work, unit, &work->parties[party]) &&
            work->parties[party].full_count < MEMBER_LIMIT)
            return party;
    }
    return NG_NONE;
}

/* Decides about one unit and places it. */
static ng_status settle_unit(merging *state, uint32_t id)
{
    const ng_unit *unit = &state->work->units[id];
    uint32_t also = party_by_text(state->work, unit);
    verdict decided = { NG_NONE, NULL, false };
    ng_status status = NG_OK;

    state->rival = NG_NONE;
    if (also != NG_NONE) {
        decided = (verdict){ also, "also-known-as", false };
        state->work->parties[also].has_also = true;
    } else if (unit->person.shape == NG_SHAPE_FULL)
        status = judge_full(state, unit, &decided);
    else if (unit->person.shape == NG_SHAPE_LETTER)
        status = judge_letter(state, unit, &decided);
    else if (unit->person.shape == NG_SHAPE_SINGLE)
        status = judge_single(state, unit, &decided);
    return status == NG_OK ? place_unit(state, id, decided) : status;
}

/* Notes which bare names are called both Mr. and Mrs.: such a title cannot choose among names
 * whose gender nobody tells. */
static ng_status count_genders(merging *state)
{
    ng_casting *work = state->work;

    for (size_t i = 0; i < work->unit_count; i++) {
        const ng_person *person = &work->units[i].person;
        uint32_t at = 0;
        bool is_new = false;
        ng_status status = NG_OK;

        if (person->shape != NG_SHAPE_SINGLE || !person->title_gender)
            continue;
        status = ng_table_add(work->cx, state->both_genders, ng_hash(person->surname, 0) >> 1, &at,
                              &is_new);
        if (status == NG_OK)
            status = ng_grow(work->cx, (void **)&state->gender_bits, &state->gender_capacity, 1,
                             (size_t)at + 1, NG_NONE - 1, "names");
        if (status != NG_OK)
            return status;
        if (is_new)
            state->gender_bits[at] = 0;
        state->gender_bits[at] |= person->title_gender == 'm' ? 1 : 2;
    }
    return NG_OK;
}

ng_status ng_persons_settle(ng_casting *work)
{
    merging state = { .work = work };
    uint32_t *order = NULL;
    ng_status status = ng_units_make(work, &order);

    if (status == NG_OK)
        status = ng_fit_index_init(work->cx, &state.index);
    if (status == NG_OK)
        status = ng_table_new(work->cx, NG_NONE - 1, &state.both_genders);
    if (status == NG_OK)
        status = count_genders(&state);
    for (size_t i = 0; i < work->unit_count && status == NG_OK; i++)
        status = settle_unit(&state, order[i]);
    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        ng_spelling *spelling = &work->spellings[i];

        if (spelling->unit == NG_NONE)
            continue;
        spelling->party = work->units[spelling->unit].party;
        spelling->join_rule = work->units[spelling->unit].join_rule;
        assert(spelling->party < work->party_count);
    }
    ng_fit_index_destroy(work->cx, &state.index);
    ng_table_free(work->cx, state.both_genders);
    ng_free(work->cx, state.gender_bits);
    return status;
}
