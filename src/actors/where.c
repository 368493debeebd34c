/* Where places lie: which city of the dictionary a name means here.
 *
 * Several cities share most names. Each counts by its people; the countries and first-level parts
 * that the document names count for the cities that lie in them (Leidner 2007, "Toponym resolution
 * in text"); a qualifier ("Paris, Texas") leaves those that lie there only. The share of the winner
 * says how sure it is. Cost: the entries of each name. */
#include "actors_internal.h"

enum {
    LETTERS = 26,
    COUNTRY_FACTOR = 5, /* a city counts so often more where the document names its country */
    REGION_FACTOR = 5,  /* and its state or province */
    METROPOLIS = 500000 /* people of a city that may be meant by the name of a state: New York */
};

/* What the document names. */
typedef struct surroundings {
    bool countries[LETTERS * LETTERS];
    ng_intern *regions; /* codes: "US-TX" */
} surroundings;

/* The number of a code of two letters, or -1. */
static int country_number(ng_view code)
{
    if (code.size < 2 || code.data[0] < 'A' || code.data[0] > 'Z' || code.data[1] < 'A' ||
        code.data[1] > 'Z')
        return -1;
    return (code.data[0] - 'A') * LETTERS + (code.data[1] - 'A');
}

/* Notes a code, and of a region its country too. */
static ng_status note_code(ng_ctx *cx, surroundings *around, ng_view code)
{
    int country = country_number(code);
    uint32_t id = 0;

    if (country >= 0)
        around->countries[country] = true;
    return code.size > 2 ? ng_intern_add(cx, around->regions, code, &id) : NG_OK;
}

/* Reads the countries and states of the document. */
static ng_status look_around(const ng_casting *work, surroundings *around)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->party_count && status == NG_OK; i++) {
        const ng_party *party = &work->parties[i];
        const ng_name_entry *region = NULL;

        if (party->kind == NG_KIND_COUNTRY || party->kind == NG_KIND_PLACE)
            status = note_code(work->cx, around,
                               (ng_view){ party->code, strnlen(party->code, sizeof party->code) });
        if (party->kind != NG_KIND_PLACE || status != NG_OK)
            continue;
        region = ng_names_get(work->names, party->base, NG_NAME_SUBDIVISION);
        if (region)
            status = note_code(work->cx, around, region->value);
    }
    return status;
}

/* How much speaks for a city. */
static double weigh(const surroundings *around, const ng_name_entry *city)
{
    int country = country_number(city->country);
    double weight = city->weight > 0 ? city->weight : 1;
    uint32_t id = 0;

    if (country >= 0 && around->countries[country])
        weight *= COUNTRY_FACTOR;
    if (city->region.size > 0 && ng_intern_find(around->regions, city->region, &id))
        weight *= REGION_FACTOR;
    return weight;
}

/* True when a city lies where the qualifier says. */
static bool is_within(const ng_name_entry *city, ng_view code)
{
    if (code.size > 2 && city->region.size > 0)
        return ng_view_equal(city->region, code);
    return code.size == 0 || ng_view_equal(city->country, ng_view_part(code, 0, 2));
}

/* Chooses the city of one place. What is a country too is no city. A name that is also a state's or
 * province's means a large city of it (Berlin, Hamburg); in the United States one cannot know (New
 * York), or the state. */
static void locate(const ng_casting *work, const surroundings *around, ng_party *party)
{
    const ng_name_entry *region = ng_names_get(work->names, party->base, NG_NAME_SUBDIVISION);
    bool is_us = region && ng_view_starts(region->value, NG_VIEW("US-"));
    ng_view code = { party->code, strnlen(party->code, sizeof party->code) };
    const ng_name_entry *entries = NULL, *best = NULL;
    size_t count = ng_names_find(work->names, party->base, &entries);
    double sum = 0, most = 0;

    if (party->is_open || ng_names_get(work->names, party->base, NG_NAME_COUNTRY))
        return;
    for (size_t i = 0; i < count; i++) {
        double weight = 0;

        if (entries[i].class_ != NG_NAME_CITY || !is_within(&entries[i], code) ||
            (region && code.size == 0 &&
             (entries[i].weight < METROPOLIS ||
              !ng_view_equal(entries[i].country, region->country))))
            continue;
        weight = weigh(around, &entries[i]);
        sum += weight;
        if (weight > most) {
            most = weight;
            best = &entries[i];
        }
    }
    if (best && ng_names_where(work->names, best, &party->where))
        party->where_confidence = (float)(most / sum / (is_us ? 2 : 1));
}

ng_status ng_places_locate(ng_casting *work)
{
    surroundings around = { .regions = NULL };
    ng_status status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &around.regions);

    if (status == NG_OK)
        status = look_around(work, &around);
    for (size_t i = 0; i < work->party_count && status == NG_OK; i++)
        if (work->parties[i].kind == NG_KIND_PLACE && work->parties[i].base.size > 0)
            locate(work, &around, &work->parties[i]);
    ng_intern_free(work->cx, around.regions);
    return status;
}
