/* Countries: every name, alias and demonym of a state leads to its code.
 *
 * The dictionaries hold the names; the span often brings the code. What is left to decide are the
 * shared ones: "Congo", "Korean" and "Guinean" belong to several states. The state that the
 * document names by a name of its own wins (the one named more often), else the one with more of
 * the document's cities ("Brazzaville"), otherwise the span's code or the first of the dictionary,
 * and the ledger says so. Names of no known code become a country under their own name. */
#include "actors_internal.h"

enum { CODE_LIMIT = 8 }; /* states that can share a demonym */

/* The codes that the dictionary gives a spelling, without repeats. */
typedef struct codes {
    ng_view items[CODE_LIMIT];
    const ng_name_entry *entries[CODE_LIMIT];
    size_t count;
} codes;

/* How often the document speaks of a state. */
typedef struct tally {
    uint32_t named;  /* by a name that is no other's */
    uint32_t cities; /* mentions of its cities */
} tally;

typedef struct census {
    ng_table *table; /* code as a number to index */
    tally *counts;
    size_t capacity;
} census;

/* A code as a key: its bytes, at most seven. */
static uint64_t code_key(ng_view code)
{
    uint64_t key = 0;

    for (size_t i = 0; i < code.size && i < 7; i++)
        key = key << 8 | (unsigned char)code.data[i];
    return key;
}

/* Adds the codes of one class of entries. */
static void add_codes(const ng_name_entry *entries, size_t count, uint32_t classes, codes *found)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;

        if ((classes & (1u << entries[i].class_)) == 0 || entries[i].value.size == 0)
            continue;
        while (at < found->count && !ng_view_equal(found->items[at], entries[i].value))
            at++;
        if (at < found->count || found->count == CODE_LIMIT)
            continue;
        found->entries[found->count] = &entries[i];
        found->items[found->count++] = entries[i].value;
    }
}

/* Looks a spelling up, also without its "the". */
static void find_codes(const ng_casting *work, const ng_spelling *spelling, codes *found)
{
    uint32_t classes = 1u << NG_NAME_COUNTRY;
    ng_view folded = spelling->name_folded;
    const ng_name_entry *entries = NULL;
    size_t count = 0;

    if (spelling->form == NG_FORM_DEMONYM)
        classes = 1u << NG_NAME_DEMONYM;
    else if (spelling->is_metonym)
        classes = 1u << NG_NAME_METONYM;
    found->count = 0;
    count = ng_names_find(work->names, folded, &entries);
    add_codes(entries, count, classes, found);
    if (found->count == 0 && ng_view_starts(folded, NG_VIEW("the "))) {
        count = ng_names_find(work->names, ng_view_part(folded, 4, folded.size), &entries);
        add_codes(entries, count, classes, found);
    }
}

/* Adds to what is known of the state of a code. */
static ng_status add_tally(ng_casting *work, census *counted, ng_view code, tally more)
{
    uint32_t index = 0;
    bool is_new = false;
    ng_status status = ng_table_add(work->cx, counted->table, code_key(code), &index, &is_new);
    tally *known = NULL;

    if (status == NG_OK)
        status = ng_grow(work->cx, (void **)&counted->counts, &counted->capacity,
                         sizeof *counted->counts, (size_t)index + 1, NG_NONE - 1, "states");
    if (status != NG_OK)
        return status;
    known = &counted->counts[index];
    if (is_new)
        *known = (tally){ 0, 0 };
    known->named += more.named;
    known->cities += more.cities;
    return NG_OK;
}

/* The country of the largest city of this name, or empty. */
static ng_view country_of_city(const ng_casting *work, ng_view folded)
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(work->names, folded, &entries);
    const ng_name_entry *largest = NULL;

    for (size_t i = 0; i < count; i++)
        if (entries[i].class_ == NG_NAME_CITY && (!largest || entries[i].weight > largest->weight))
            largest = &entries[i];
    return largest ? largest->country : NG_VIEW_NONE;
}

/* Counts the names that mean one state only, and the cities. */
static ng_status take_census(ng_casting *work, census *counted)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        const ng_spelling *spelling = &work->spellings[i];
        codes found;
        ng_view code = { spelling->code, strnlen(spelling->code, sizeof spelling->code) };

        if (spelling->is_ignored)
            continue;
        if (spelling->kind == NG_KIND_PLACE) {
            code = country_of_city(work, spelling->name_folded);
            if (code.size > 0)
                status = add_tally(work, counted, code, (tally){ 0, spelling->count });
            continue;
        }
        if (spelling->kind != NG_KIND_COUNTRY || spelling->form == NG_FORM_DEMONYM ||
            spelling->is_metonym)
            continue;
        find_codes(work, spelling, &found);
        if (found.count > 1 || (found.count == 0 && code.size == 0))
            continue;
        status = add_tally(work, counted, code.size > 0 ? code : found.items[0],
                           (tally){ spelling->count, 0 });
    }
    return status;
}

/* How often the document speaks of the state of this code. */
static tally tally_of(const census *counted, ng_view code)
{
    uint32_t index = 0;

    return ng_table_find(counted->table, code_key(code), &index) ? counted->counts[index]
                                                                 : (tally){ 0, 0 };
}

/* The code among several: the state named most, else the one with most cities, else the span's,
 * else the first. Says what decided: the rule of the ledger. */
static ng_view choose_code(const ng_spelling *spelling, const codes *found, const census *counted,
                           const char **rule_out)
{
    ng_view span_code = { spelling->code, strnlen(spelling->code, sizeof spelling->code) };
    size_t best = 0;
    tally most = { 0, 0 };

    for (size_t i = 0; i < found->count; i++) {
        tally count = tally_of(counted, found->items[i]);

        if (count.named > most.named || (count.named == most.named && count.cities > most.cities)) {
            best = i;
            most = count;
        }
    }
    *rule_out = most.named > 0 ? "shared-name-by-document" : "shared-name-by-cities";
    if (most.named > 0 || most.cities > 0)
        return found->items[best];
    *rule_out = "shared-name-by-default";
    for (size_t i = 0; i < found->count; i++)
        if (ng_view_equal(found->items[i], span_code))
            return span_code;
    return found->items[0];
}

/* The rule by which this spelling names its state. */
static const char *rule_of(const ng_spelling *spelling, const char *shared_rule)
{
    if (spelling->rule)
        return spelling->rule->verb == NG_RULE_TYPE ? "user-type" : "user-alias";
    if (spelling->is_metonym)
        return "metonym";
    if (shared_rule)
        return shared_rule;
    if (spelling->form == NG_FORM_DEMONYM)
        return "demonym";
    return "country-name";
}

/* True when the name is itself the code of a country: "GB". */
static bool is_code(const ng_casting *work, ng_view name)
{
    return name.size == 2 && name.data[0] >= 'A' && name.data[0] <= 'Z' && name.data[1] >= 'A' &&
           name.data[1] <= 'Z' && ng_names_country(work->names, name).size > 0;
}

/* Writes the code and label of one spelling. */
static ng_status resolve(ng_casting *work, ng_spelling *spelling, const census *counted)
{
    codes found;
    ng_view code = { spelling->code, strnlen(spelling->code, sizeof spelling->code) };
    const char *shared_rule = NULL;

    if (code.size > 0 && spelling->rule && spelling->rule->verb == NG_RULE_ALIAS)
        found.count = 0;
    else
        find_codes(work, spelling, &found);
    spelling->was_shared = found.count > 1;
    if (found.count > 1)
        code = choose_code(spelling, &found, counted, &shared_rule);
    else if (code.size == 0 && found.count == 1)
        code = found.items[0];
    else if (code.size == 0 && is_code(work, spelling->name))
        code = spelling->name;
    spelling->join_rule = rule_of(spelling, shared_rule);
    if (code.size > 0 && code.size < sizeof spelling->code) {
        char copy[8] = { 0 };

        memcpy(copy, code.data, code.size);
        memcpy(spelling->code, copy, sizeof copy);
        spelling->label = ng_names_country(work->names, (ng_view){ copy, code.size });
    }
    return NG_OK;
}

/* One look at every country: its code, then its party. */
static ng_status settle_all(ng_casting *work, const census *counted)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        ng_spelling *spelling = &work->spellings[i];
        ng_view key = spelling->name_folded;

        if (spelling->kind != NG_KIND_COUNTRY || spelling->is_ignored)
            continue;
        status = resolve(work, spelling, counted);
        if (spelling->code[0])
            key = (ng_view){ spelling->code, strnlen(spelling->code, sizeof spelling->code) };
        if (status == NG_OK)
            status = ng_spelling_settle(work, spelling, key);
        if (status == NG_OK && spelling->join_rule)
            status = ng_note_add(work, (ng_note){ .spelling = (uint32_t)i,
                                                  .party = spelling->party,
                                                  .other = NG_NONE,
                                                  .is_joined = true,
                                                  .rule = spelling->join_rule });
    }
    return status;
}

ng_status ng_states_settle(ng_casting *work)
{
    census counted = { 0 };
    ng_status status = ng_table_new(work->cx, NG_NONE - 1, &counted.table);

    if (status == NG_OK)
        status = take_census(work, &counted);
    if (status == NG_OK)
        status = settle_all(work, &counted);
    ng_table_free(work->cx, counted.table);
    ng_free(work->cx, counted.counts);
    return status;
}
