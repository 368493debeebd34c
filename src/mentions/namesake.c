/* A country and a part of another country that share a name: is "Georgia" the one or the other?
 *
 * A few names are both a state of the world and a first-level part of another one (Georgia and
 * US-GA are what texts have most). The words beside a mention often tell: "Atlanta, Georgia", "the
 * state of Georgia", "Georgia's governor"; "the Republic of Georgia", "Georgia's foreign minister".
 * Where they do not, the document does (one sense per discourse: Gale, Church and Yarowsky 1992):
 * other parts of the same country speak for the part, the country's own demonym and cities for the
 * country. In doubt it is the country. Cost: one look at every name word of a document that has
 * such a name, nothing for others. */
#include "mentions_internal.h"

enum {
    PART_LEAST = 2, /* weight that the part needs */
    OWN_CITY_WEIGHT =
        2,             /* of "Atlanta", a city of the part, beside one for "Alabama" or "Tbilisi" */
    DEMONYM_WEIGHT = 3 /* of "Georgian" */
};

/* What speaks for the part and for the country. */
typedef struct ballot {
    uint32_t part, country;
} ballot;

/* The entry of another country's part that a country's name is too, or NULL. */
static const ng_name_entry *other_part(const ng_name_match *match)
{
    const ng_name_entry *country = ng_match_entry(match, NG_NAME_COUNTRY);
    const ng_name_entry *part = ng_match_entry(match, NG_NAME_SUBDIVISION);

    /* Scotland is GB-SCT both ways */
    return country && part && !ng_view_starts(country->value, part->country) ? part : NULL;
}

/* Text of a token of the candidate's sentence, or empty. */
static ng_view near(const ng_reading *reading, const ng_candidate *candidate, uint32_t token)
{
    const ng_text *text = reading->text;

    if (token >= text->token_count ||
        text->tokens[token].sentence != text->tokens[candidate->first].sentence)
        return NG_VIEW_NONE;
    return ng_token_text(text, token);
}

/* "Atlanta, Georgia": the country of the city before the comma, or empty. */
static ng_view city_before(const ng_reading *reading, const ng_candidate *candidate)
{
    uint32_t comma = candidate->first - 1;

    if (candidate->first < 2 || !ng_view_equal(near(reading, candidate, comma), NG_VIEW(",")))
        return NG_VIEW_NONE;
    for (uint32_t size = 1; size <= 3 && size <= comma; size++) {
        const ng_name_entry *city =
            ng_match_entry(ng_reading_match(reading, comma - size, comma), NG_NAME_CITY);

        if (city)
            return city->country;
    }
    return NG_VIEW_NONE;
}

/* What the words beside the candidate say: 1 the part, -1 the country, 0 nothing. */
static int read_beside(const ng_reading *reading, const ng_candidate *candidate,
                       const ng_name_entry *part)
{
    static const char *const parts[] = { "state",    "State",    "province", "Province",
                                         "governor", "Governor", "Gov.",     "legislature" };
    static const char *const parts_after[] = { "governor",    "Governor",      "Gov.",
                                               "legislature", "Senate",        "state",
                                               "Legislature", "gubernatorial", "lawmakers" };
    static const char *const countries[] = { "Republic", "republic", "president", "President",
                                             "country",  "nation",   "ambassador" };
    static const char *const countries_after[] = { "foreign", "president", "prime", "ambassador" };
    uint32_t first = candidate->first, end = candidate->end;
    ng_view city = city_before(reading, candidate);

    if (city.size > 0)
        return ng_view_equal(city, part->country) ? 1 : -1;
    if (first >= 2 && ng_view_equal(near(reading, candidate, first - 1), NG_VIEW("of"))) {
        ng_view before = near(reading, candidate, first - 2);

        if (NG_IS_AMONG(before, parts))
            return 1;
        if (NG_IS_AMONG(before, countries))
            return -1;
    }
    if (reading->text->tokens[end < reading->text->token_count ? end : first].flags &
        NG_TOKEN_POSSESSIVE)
        end++;
    if (NG_IS_AMONG(near(reading, candidate, end), parts_after))
        return 1;
    return NG_IS_AMONG(near(reading, candidate, end), countries_after) ? -1 : 0;
}

/* Adds what one name of the dictionaries says. */
static void count_match(const ng_name_match *match, const ng_name_entry *part, ng_view country,
                        ballot *votes)
{
    const ng_name_entry *sibling = ng_match_entry(match, NG_NAME_SUBDIVISION);
    const ng_name_entry *demonym = ng_match_entry(match, NG_NAME_DEMONYM);
    const ng_name_entry *seat = ng_match_entry(match, NG_NAME_METONYM);
    const ng_name_entry *city = ng_match_entry(match, NG_NAME_CITY);

    if (match->classes & 1u << NG_NAME_COUNTRY)
        return;
    if (sibling && ng_view_equal(sibling->country, part->country))
        votes->part++;
    else if (demonym && ng_view_equal(demonym->value, country))
        votes->country += DEMONYM_WEIGHT;
    else if (city && ng_view_equal(city->region, part->value))
        votes->part += OWN_CITY_WEIGHT;
    else if ((seat && ng_view_equal(seat->value, country)) ||
             (city && ng_view_equal(city->country, country)))
        votes->country++;
}

/* What the whole document says, the mentions' own neighbours included. */
static ballot read_document(const ng_reading *reading, const ng_candidates *candidates,
                            const ng_name_entry *part, ng_view country)
{
    ballot votes = { 0, 0 };

    for (size_t i = 0; i < reading->opener_count; i++) {
        const ng_name_match *match = reading->types[reading->ids[reading->openers[i]]].match;

        if (match)
            count_match(match, part, country, &votes);
    }
    for (size_t i = 0; i < reading->match_count; i++)
        count_match(&reading->matches[i], part, country, &votes);
    for (size_t i = 0; i < candidates->count; i++) {
        const ng_candidate *candidate = &candidates->items[i];
        int told = 0;

        if (candidate->is_chosen && other_part(candidate->match) == part)
            told = read_beside(reading, candidate, part);
        votes.part += told > 0 ? PART_LEAST : 0;
        votes.country += told < 0 ? PART_LEAST : 0;
    }
    return votes;
}

void ng_namesakes_tell(const ng_reading *reading, const ng_candidates *candidates)
{
    const ng_name_entry *asked = NULL;
    bool is_part = false;

    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];
        const ng_name_entry *part = candidate->is_chosen ? other_part(candidate->match) : NULL;
        int told = 0;

        if (!part)
            continue;
        if (part != asked) {
            ballot votes = read_document(reading, candidates, part,
                                         ng_match_entry(candidate->match, NG_NAME_COUNTRY)->value);

            asked = part;
            is_part = votes.part >= PART_LEAST && votes.part > votes.country;
        }
        told = read_beside(reading, candidate, part);
        candidate->is_part = told > 0 || (told == 0 && is_part);
    }
}
