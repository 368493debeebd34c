/* What only the whole choice of a document can tell.
 *
 * Turned names: "Doe, John" is one person where the document has a John Doe, and in a list of
 * names. Nicknames in quotes between forename and surname. Capitals that are surnames, too: a bare
 * "Washington" is the city where the document speaks of its state or of several others, and of no
 * person of that name (one sense per discourse: Gale, Church and Yarowsky 1992). The district after
 * its city: "Washington, D.C." is one place. The Hague. Titles with a hyphen. Cost: one look at
 * each chosen name. */
#include "mentions_internal.h"

#define NO_TOKEN UINT32_MAX

/* That a city with its article is one. */
#define CITY_CHANCE 0.9

/* The document's persons by the keys of their names (document.c). */
typedef struct persons {
    ng_table *full;  /* names of two words and more */
    ng_table *parts; /* their single words, and single names with a title */
} persons;

static bool is_person(const ng_candidate *candidate)
{
    return candidate->is_chosen && candidate->best == NG_SPAN_PERSON && !candidate->forced;
}

static bool has_title(const ng_reading *reading, const ng_candidate *candidate)
{
    return reading->words[candidate->first].title_first < candidate->first;
}

static ng_status add_key(ng_ctx *cx, ng_table *keys, uint64_t key)
{
    uint32_t index = 0;
    bool is_new = false;

    return ng_table_add(cx, keys, key, &index, &is_new);
}

static bool has_key(const ng_table *keys, uint64_t key)
{
    uint32_t index = 0;

    return ng_table_find(keys, key, &index);
}

static ng_status list_persons(ng_ctx *cx, const ng_reading *reading,
                              const ng_candidates *candidates, persons *known)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < candidates->count && status == NG_OK; i++) {
        const ng_candidate *candidate = &candidates->items[i];
        bool is_full = candidate->end - candidate->first > 1;

        if (!candidate->is_chosen || candidate->best != NG_SPAN_PERSON)
            continue;
        if (is_full)
            status = add_key(cx, known->full, candidate->key);
        for (uint32_t t = candidate->first; t < candidate->end && status == NG_OK; t++)
            if (is_full || has_title(reading, candidate))
                status = add_key(cx, known->parts, ng_key_add(0, ng_token_text(reading->text, t)));
    }
    return status;
}

/* The next chosen candidate from `at` on, or NULL. */
static ng_candidate *next_chosen(const ng_candidates *candidates, size_t at)
{
    while (at < candidates->count && !candidates->items[at].is_chosen)
        at++;
    return at < candidates->count ? &candidates->items[at] : NULL;
}

/* True when `after` begins behind a comma that ends `before`, in one sentence. */
static bool are_parted_by_comma(const ng_reading *reading, const ng_candidate *before,
                                const ng_candidate *after)
{
    const ng_token *tokens = reading->text->tokens;

    return after->first == before->end + 1 &&
           tokens[before->first].sentence == tokens[after->first].sentence &&
           ng_view_equal(ng_token_text(reading->text, before->end), NG_VIEW(","));
}

/* True when a line ends between two tokens. */
static bool has_line_break(const ng_text *text, uint32_t before, uint32_t after)
{
    uint32_t start = text->tokens[before].end;

    return memchr(text->text.data + start, '\n', text->tokens[after].start - start) != NULL;
}

/* The key of the second name's words before the first's: "Doe", "John" gives that of "John Doe". */
static uint64_t turned_key(const ng_reading *reading, const ng_candidate *surname,
                           const ng_candidate *forename)
{
    uint64_t key = 0;

    for (uint32_t t = forename->first; t < forename->end; t++)
        key = ng_key_add(key, ng_token_text(reading->text, t));
    for (uint32_t t = surname->first; t < surname->end; t++)
        key = ng_key_add(key, ng_token_text(reading->text, t));
    return key;
}

/* Takes a title with a hyphen ("Secretary-General") off the name it stands before: the tagger reads
 * it as a double name. */
static void strip_title(const ng_reading *reading, ng_candidate *candidate)
{
    for (uint32_t t = candidate->first + 2; t < candidate->end; t++) {
        if (reading->words[t].title_first != candidate->first ||
            !(reading->words[candidate->first + 1].marks & NG_WORD_CONNECTOR))
            continue;
        candidate->first = t;
        candidate->match = NULL;
        return;
    }
}

/* True for an entry of a list: "Doe, John." from the beginning of a line on, behind it a full stop,
 * a colon or the end of the line. */
static bool is_entry(const ng_reading *reading, const ng_candidate *surname,
                     const ng_candidate *forename)
{
    enum { FORENAME_USUAL = 60 };
    const ng_text *text = reading->text;
    const ng_word *word = &reading->words[forename->first];
    uint32_t first = surname->first, end = forename->end;

    if (surname->end - first != 1 || end - forename->first > 2 || word->forename < FORENAME_USUAL ||
        reading->words[first].forename >= reading->words[first].surname)
        return false;
    if (first > 0 && !has_line_break(text, first - 1, first))
        return false;
    return end >= text->token_count || has_line_break(text, end - 1, end) ||
           ng_view_equal(ng_token_text(text, end), NG_VIEW(".")) ||
           ng_view_equal(ng_token_text(text, end), NG_VIEW(":"));
}

/* Makes one span of two. */
static void join(ng_candidate *first, ng_candidate *second)
{
    first->end = second->end;
    first->match = NULL;
    if (second->chance < first->chance)
        first->chance = second->chance;
    second->is_chosen = false;
}

/* True when the document names the state or one of its people, or several others. */
static bool names_state(const ng_candidates *candidates, ng_view code)
{
    ng_view other = NG_VIEW_NONE;

    for (size_t i = 0; i < candidates->count; i++) {
        const ng_name_match *match = candidates->items[i].match;
        const ng_name_entry *country = ng_match_entry(match, NG_NAME_COUNTRY);
        const ng_name_entry *demonym = ng_match_entry(match, NG_NAME_DEMONYM);
        ng_view named = country ? country->value : demonym ? demonym->value : NG_VIEW_NONE;

        if (!candidates->items[i].is_chosen || named.size == 0)
            continue;
        if (ng_view_equal(named, code) || (other.size > 0 && !ng_view_equal(named, other)))
            return true;
        other = named;
    }
    return false;
}

/* The state whose capital a bare name of a person could be, or NULL. */
static const ng_name_entry *capital_entry(const ng_reading *reading, const ng_candidate *candidate)
{
    const ng_word *word = &reading->words[candidate->first];

    if (!is_person(candidate) || candidate->end - candidate->first != 1 ||
        word->forename >= word->surname || has_title(reading, candidate))
        return NULL;
    return ng_match_entry(candidate->match, NG_NAME_METONYM);
}

/* True for "D.C." and its like behind the city's name. */
static bool is_district(const ng_reading *reading, const ng_candidate *city,
                        const ng_candidate *district)
{
    const ng_name_entry *part = ng_match_entry(district->match, NG_NAME_STATE_ABBREVIATION);

    return part && district->best == NG_SPAN_PLACE && city->best == NG_SPAN_PLACE &&
           ng_view_equal(part->value, NG_VIEW("District of Columbia")) &&
           city->end - city->first == 1 &&
           ng_view_equal(ng_token_text(reading->text, city->first), NG_VIEW("Washington"));
}

/* True when there is something to do: the tables are made for such documents alone. */
static bool asks(const ng_reading *reading, const ng_candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const ng_candidate *candidate = &candidates->items[i];
        const ng_candidate *next = NULL;

        if (!is_person(candidate))
            continue;
        if (capital_entry(reading, candidate))
            return true;
        next = next_chosen(candidates, i + 1);
        if (next && is_person(next) && are_parted_by_comma(reading, candidate, next))
            return true;
    }
    return false;
}

static void amend_persons(const ng_reading *reading, const ng_candidates *candidates,
                          const persons *known)
{
    ng_view asked = NG_VIEW_NONE;
    bool is_named = false;

    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];
        ng_candidate *next = NULL;
        const ng_name_entry *capital = NULL;

        if (!is_person(candidate))
            continue;
        next = next_chosen(candidates, i + 1);
        if (next && is_person(next) && are_parted_by_comma(reading, candidate, next) &&
            (has_key(known->full, turned_key(reading, candidate, next)) ||
             is_entry(reading, candidate, next))) {
            join(candidate, next);
            continue;
        }
        capital = capital_entry(reading, candidate);
        if (!capital || has_key(known->parts, candidate->key))
            continue;
        if (!ng_view_equal(asked, capital->value)) {
            asked = capital->value;
            is_named = names_state(candidates, asked);
        }
        if (is_named)
            candidate->best = NG_SPAN_PLACE;
    }
}

/* True for the marks that a nickname stands between: quotes, or brackets. */
static bool opens_nickname(ng_view mark)
{
    static const char *const marks[] = { "\"", "“", "'", "‘", "(", "``" };

    return NG_IS_AMONG(mark, marks);
}

static bool closes_nickname(ng_view opening, ng_view mark)
{
    static const char *const marks[][2] = { { "\"", "\"" }, { "“", "”" }, { "'", "'" },
                                            { "‘", "’" },   { "(", ")" }, { "``", "''" } };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ng_view_equal(opening, ng_view_of(marks[i][0])))
            return ng_view_equal(mark, ng_view_of(marks[i][1]));
    return false;
}

/* True for a word that may be a part of a person's name. */
static bool is_name_word(const ng_reading *reading, uint32_t token, uint32_t sentence)
{
    return token < reading->text->token_count &&
           reading->text->tokens[token].sentence == sentence &&
           reading->text->tokens[token].flags & NG_TOKEN_CAPITAL &&
           reading->words[token].marks & NG_WORD_NAME;
}

/* The surname behind the nickname that the mark opens: "Tommy" in 'Thomas "Tommy" Wagner' gives the
 * token of Wagner, or NO_TOKEN. In brackets only what is short for the forename is a nickname. */
static uint32_t surname_behind(const ng_reading *reading, uint32_t mark)
{
    enum { NICKNAME_WORDS = 3 };
    const ng_text *text = reading->text;
    uint32_t sentence = text->tokens[mark].sentence, token = mark + 1;
    ng_view opening = ng_token_text(text, mark);

    while (token <= mark + NICKNAME_WORDS && is_name_word(reading, token, sentence))
        token++;
    if (token == mark + 1 || token >= text->token_count ||
        !closes_nickname(opening, ng_token_text(text, token)) ||
        !is_name_word(reading, token + 1, sentence))
        return NO_TOKEN;
    if (ng_view_equal(opening, NG_VIEW("(")) &&
        !(token == mark + 2 && reading->words[mark + 1].classes & 1u << NG_NAME_NICKNAME))
        return NO_TOKEN;
    return token + 1;
}

/* The first candidate that can reach to the token. */
static size_t first_within(const ng_candidates *candidates, uint32_t token)
{
    uint32_t least = token > NG_CANDIDATE_WORDS + 1 ? token - NG_CANDIDATE_WORDS - 1 : 0;
    size_t low = 0, high = candidates->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (candidates->items[middle].first < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Joins forename, nickname and surname around a mark that opens a nickname. */
static void join_nickname(const ng_reading *reading, const ng_candidates *candidates, uint32_t mark)
{
    uint32_t first = mark - 1, surname = surname_behind(reading, mark), end = surname + 1;
    ng_candidate *person = NULL;

    if (surname == NO_TOKEN || !is_name_word(reading, first, reading->text->tokens[mark].sentence))
        return;
    for (size_t i = first_within(candidates, mark); i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];

        if (candidate->first > surname)
            break;
        if (!candidate->is_chosen || candidate->end <= first)
            continue;
        if (!is_person(candidate))
            return;
        person = person ? person : candidate;
        first = candidate->first < first ? candidate->first : first;
        end = candidate->end > end ? candidate->end : end;
    }
    if (!person)
        return;
    for (size_t i = first_within(candidates, mark); i < candidates->count; i++)
        if (candidates->items[i].first < end && candidates->items[i].end > first)
            candidates->items[i].is_chosen = &candidates->items[i] == person;
    person->first = first;
    person->end = end;
    person->match = NULL;
}

/* Looks for nicknames between forename and surname. */
static void join_nicknames(const ng_reading *reading, const ng_candidates *candidates)
{
    for (size_t i = 0; i < reading->opener_count; i++) {
        uint32_t token = reading->openers[i];

        if (token > 1 &&
            reading->text->tokens[token].sentence == reading->text->tokens[token - 2].sentence &&
            opens_nickname(ng_token_text(reading->text, token - 1)))
            join_nickname(reading, candidates, token - 1);
    }
}

/* What needs no more than the names beside. */
static void amend_spans(const ng_reading *reading, const ng_candidates *candidates)
{
    uint32_t taken = 0; /* the token behind the last name */

    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];
        ng_candidate *next = NULL;

        if (!candidate->is_chosen &&
            !ng_reading_is_hague(reading, candidate->first, candidate->end))
            continue;
        next = next_chosen(candidates, i + 1);
        if (!candidate->is_chosen) {
            if (taken > candidate->first || (next && next->first < candidate->end))
                continue;
            candidate->is_chosen = true;
            candidate->best = NG_SPAN_PLACE;
            candidate->chance = CITY_CHANCE;
        }
        taken = candidate->end;
        if (is_person(candidate))
            strip_title(reading, candidate);
        if (next && !next->forced && are_parted_by_comma(reading, candidate, next) &&
            is_district(reading, candidate, next))
            next->is_chosen = false;
    }
}

ng_status ng_choice_amend(ng_ctx *cx, const ng_reading *reading, const ng_candidates *candidates)
{
    persons known = { NULL, NULL };
    ng_status status = NG_OK;

    join_nicknames(reading, candidates);
    amend_spans(reading, candidates);
    if (!asks(reading, candidates))
        return NG_OK;
    status = ng_table_new(cx, UINT32_MAX - 1, &known.full);
    if (status == NG_OK)
        status = ng_table_new(cx, UINT32_MAX - 1, &known.parts);
    if (status == NG_OK)
        status = list_persons(cx, reading, candidates, &known);
    if (status == NG_OK)
        amend_persons(reading, candidates, &known);
    ng_table_free(cx, known.full);
    ng_table_free(cx, known.parts);
    return status;
}
