/* The place or state in the name of an institution: Aleppo in "Aleppo University", Pisa in
 * "University of Pisa", Russia in "Russian Foreign Ministry" and "Government of Russia".
 *
 * Where organizations are not shown, the institution stands for the place it lies in or the state
 * it is an organ of. Only such as lie where their name says; newspapers, companies and think tanks
 * do not ("Washington Post", "American Enterprise Institute"). A city whose name is a surname, too,
 * may have nothing to do with it ("Lincoln University"): it needs the "of". */
#include "mentions_internal.h"

#define CLASS(name) (1u << NG_NAME_##name)
#define PLACES      (CLASS(CITY) | CLASS(COUNTRY) | CLASS(SUBDIVISION))
#define STATES      (CLASS(COUNTRY) | CLASS(DEMONYM))

enum { PLACE_WORDS = 3 };

/* Words that begin and end the rest of a name behind a place: "High ... School". */
static const char *const place_kinds[] = {
    "University", "College", "Hospital", "School",  "High",      "Museum",   "Stadium", "Arena",
    "Airport",    "Zoo",     "Police",   "City",    "Cathedral", "Prison",   "Library", "Opera",
    "Academy",    "State",   "Medical",  "General", "Institute", "District", "Public",  "Children",
};
static const char *const place_heads[] = {
    "University", "College", "Hospital",   "School",  "Museum", "Stadium", "Arena",      "Airport",
    "Zoo",        "Police",  "Cathedral",  "Council", "Prison", "Library", "House",      "Academy",
    "Department", "Court",   "Government", "Center",  "Centre", "Schools", "Technology",
};

/* The last word of the name of an organ of state. */
static const char *const state_heads[] = {
    "Ministry", "Department", "Army",       "Navy",        "Force",      "Forces",
    "Senate",   "Congress",   "Embassy",    "Consulate",   "Cabinet",    "Command",
    "Military", "Government", "Parliament", "Legislature", "Presidency", "Affairs",
};

/* What is "of" a place or state. */
static const char *const kinds_of_place[] = { "University", "College",      "Archdiocese",
                                              "Diocese",    "Municipality", "City",
                                              "Port",       "Bishop",       "Archbishop" };
static const char *const kinds_of_state[] = { "Government", "Parliament", "Army",     "Embassy",
                                              "Consulate",  "Court",      "Republic", "Affairs",
                                              "Defense",    "Defence",    "Ministry" };

/* The match of these tokens if it is of one of the classes and written as a name, or NULL. */
static const ng_name_match *match_of(const ng_reading *reading, uint32_t first, uint32_t end,
                                     uint32_t classes)
{
    const ng_name_match *match = ng_reading_match(reading, first, end);

    return match && match->classes & classes && reading->words[first].marks & NG_WORD_NAME ? match
                                                                                           : NULL;
}

/* "Aleppo University", "Russian Foreign Ministry": what the name begins with. */
static const ng_name_match *match_before(const ng_reading *reading, const ng_candidate *name,
                                         uint32_t first, uint32_t end)
{
    ng_view next = ng_token_text(reading->text, end);
    ng_view last = ng_token_text(reading->text, name->end - 1);
    const ng_name_match *match = NULL;

    if (NG_IS_AMONG(last, state_heads))
        match = match_of(reading, first, end, STATES);
    if (!match && NG_IS_AMONG(next, place_kinds) && NG_IS_AMONG(last, place_heads))
        match = match_of(reading, first, end, PLACES);
    if (match && end - first == 1 && match->classes & CLASS(SURNAME) && !(match->classes & STATES))
        return NULL;
    return match;
}

/* "University of Pisa", "Government of Russia": what the name ends in. */
static const ng_name_match *match_behind(const ng_reading *reading, const ng_candidate *name,
                                         uint32_t first)
{
    ng_view kind;

    if (first < name->first + 2 ||
        !ng_view_equal(ng_token_text(reading->text, first - 1), NG_VIEW("of")))
        return NULL;
    kind = ng_token_text(reading->text, first - 2);
    if (NG_IS_AMONG(kind, kinds_of_place))
        return match_of(reading, first, name->end, PLACES);
    return NG_IS_AMONG(kind, kinds_of_state) ? match_of(reading, first, name->end, CLASS(COUNTRY))
                                             : NULL;
}

bool ng_institution_place(const ng_reading *reading, const ng_candidate *name,
                          ng_candidate *place_out)
{
    const ng_name_match *match = NULL;
    uint32_t first = name->first;
    bool is_demonym = false;

    if (ng_reading_is_article(reading, first))
        first++;
    *place_out = *name;
    for (uint32_t size = PLACE_WORDS; size > 0 && !match; size--) {
        if (first + size >= name->end)
            continue;
        place_out->first = first;
        place_out->end = first + size;
        match = match_before(reading, name, first, first + size);
        if (match)
            break;
        place_out->first = name->end - size;
        place_out->end = name->end;
        match = match_behind(reading, name, name->end - size);
    }
    is_demonym = match && !(match->classes & PLACES);
    place_out->match = match;
    place_out->best = is_demonym ? NG_SPAN_DEMONYM : NG_SPAN_PLACE;
    place_out->is_demonym = is_demonym;
    return match != NULL;
}
