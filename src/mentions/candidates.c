/* Which spans could be names.
 *
 * A stretch is a run of words that may stand in names, with the words and hyphens that hold names
 * together between them. Inside a stretch a span is a candidate when the tagger gives it a chance,
 * or when the dictionaries or a rule of the user know it: as a demonym, or by its name. Spans begin
 * with a name word or a particle and end with a name word, after NG_CANDIDATE_WORDS tokens at most,
 * so the work is linear in the text. */
#include "tagger_internal.h"

#include <assert.h>
#include <math.h>

/* Longest run of connectors inside a name: "of the", "for the". What is written without a space, as
 * "-sous-", does not count. PARTICLES_MAX: of the tokens before the first word of "von der Leyen".
 */
enum { CONNECTORS_MAX = 2, PARTICLES_MAX = 3 };

/* Below this chance a span is no candidate. */
static const float least_chance = 0.003f;

/* Log-odds are kept between these. */
static const float most_odds = 9.0f;

/* ---- stretches ---- */

/* True when token i may follow the token before it inside one name. */
static bool goes_on(const ng_reading *reading, uint32_t i, uint32_t sentence)
{
    const ng_token *token = &reading->text->tokens[i];
    uint32_t marks = reading->words[i].marks;

    if (token->sentence != sentence)
        return false;
    if (token->flags & NG_TOKEN_POSSESSIVE)
        return true;
    return (marks & (NG_WORD_NAME | NG_WORD_CONNECTOR)) != 0;
}

/* True for a hyphen, or what else holds a name together without a space. */
static bool is_hyphen(const ng_word *word)
{
    return (word->marks & (NG_WORD_LINKED | NG_WORD_CONNECTOR)) ==
           (NG_WORD_LINKED | NG_WORD_CONNECTOR);
}

/* True when a name can begin at the token: a name word, or a particle before one ("al-Assad", "von
 * der Leyen"). */
static bool begins_name(const ng_reading *reading, uint32_t i)
{
    const ng_word *words = reading->words;
    uint32_t end = i + 1;

    if (words[i].marks & NG_WORD_NAME)
        return true;
    if (!(words[i].marks & NG_WORD_PARTICLE))
        return false;
    for (; end < reading->text->token_count && end - i <= PARTICLES_MAX &&
           reading->text->tokens[end].sentence == reading->text->tokens[i].sentence;
         end++) {
        if (words[end].marks & NG_WORD_NAME)
            return true;
        if (!(words[end].marks & NG_WORD_PARTICLE) && !is_hyphen(&words[end]))
            return false;
    }
    return false;
}

/* True when the dictionaries have exactly this as a country. */
static bool is_country(const ng_reading *reading, uint32_t first, uint32_t end)
{
    const ng_name_match *match = end > first ? ng_reading_match(reading, first, end) : NULL;

    return match && match->classes & 1u << NG_NAME_COUNTRY;
}

/* True when the dictionaries have a country over the token and the one before it: "in" in "French
 * Protectorate in Morocco", the last word of "Costa de los mosquitos". */
static bool is_within_country(const ng_reading *reading, uint32_t first, uint32_t token)
{
    const ng_word *word = &reading->words[token];

    return word->phrase_first >= first && word->phrase_first < token && word->phrase_end > token &&
           is_country(reading, word->phrase_first, word->phrase_end);
}

/* The end of the stretch that begins here, without connectors that lead nowhere. */
static uint32_t find_end(const ng_reading *reading, uint32_t first)
{
    uint32_t sentence = reading->text->tokens[first].sentence, end = first + 1, kept = end;
    uint32_t connectors = 0;

    for (; end < reading->text->token_count &&
           (goes_on(reading, end, sentence) || is_within_country(reading, first, end));
         end++) {
        uint32_t marks = reading->words[end].marks;

        if (marks & (NG_WORD_NAME | NG_WORD_ROMAN | NG_WORD_SUFFIX) ||
            (reading->words[end].phrase_end == end + 1 && is_within_country(reading, first, end))) {
            kept = end + 1;
            connectors = 0;
        } else if (!(marks & NG_WORD_LINKED) && ++connectors > CONNECTORS_MAX) {
            break;
        }
    }
    return kept;
}

ng_status ng_stretches_find(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                            ng_stretches *stretches_out)
{
    ng_stretches list = { 0 };
    uint32_t behind = 0;

    list.items = ng_arena_room(cx, arena, reading->opener_count + 1, sizeof *list.items);
    if (!list.items)
        return ng_arena_status(arena);
    for (size_t k = 0; k < reading->opener_count; k++) {
        uint32_t i = reading->openers[k];

        if (i < behind || !begins_name(reading, i))
            continue;
        behind = find_end(reading, i);
        list.items[list.count++] = (ng_stretch){ i, behind, list.token_count };
        list.token_count += behind - i;
    }
    *stretches_out = list;
    return NG_OK;
}

/* ---- candidates ---- */

/* Appends a candidate; a full array is copied to one twice as large. */
static ng_status add(ng_ctx *cx, ng_arena *arena, ng_candidates *list, ng_candidate candidate)
{
    if (list->count == list->capacity) {
        size_t wanted = list->capacity * 2 + 64;
        ng_candidate *grown = ng_arena_alloc(cx, arena, wanted * sizeof *grown);
        if (!grown)
            return ng_arena_status(arena);
        if (list->count)
            memcpy(grown, list->items, list->count * sizeof *grown);
        list->items = grown;
        list->capacity = wanted;
    }
    list->items[list->count++] = candidate;
    return NG_OK;
}

/* True when a dictionary phrase ends here although its last word is no name word. */
static bool ends_phrase(const ng_reading *reading, uint32_t first, uint32_t end)
{
    return (reading->words[end - 1].marks & (NG_WORD_ROMAN | NG_WORD_SUFFIX)) ||
           (end - first > 1 && ng_reading_match(reading, first, end) != NULL);
}

/* "the German army": an army of Germany. What ends in a small letter is no name of its own. */
static bool is_of_a_people(const ng_reading *reading, uint32_t first, uint32_t end)
{
    return end - first > 1 && reading->words[first].classes & 1u << NG_NAME_DEMONYM &&
           !(reading->text->tokens[end - 1].flags & (NG_TOKEN_CAPITAL | NG_TOKEN_NUMBER)) &&
           ng_case_mode_of(reading, first) != NG_MODE_CASELESS;
}

/* True when the span begins with an article that the dictionaries can do without: "the Kremlin". */
static bool has_idle_article(const ng_reading *reading, uint32_t first, uint32_t end)
{
    const ng_name_match *with, *without;

    if (end - first < 2 || !ng_reading_is_article(reading, first))
        return false;
    with = ng_reading_match(reading, first, end);
    without = ng_reading_match(reading, first + 1, end);
    return without && (!with || (with->classes & without->classes & NG_WHOLE_CLASSES));
}

bool ng_reading_is_hague(const ng_reading *reading, uint32_t first, uint32_t end)
{
    return end - first == 1 && first > 0 && ng_reading_is_article(reading, first - 1) &&
           ng_view_equal(ng_token_text(reading->text, first), NG_VIEW("Hague"));
}

/* True when the span is looked at whatever the tagger says of it. */
static bool is_known(const ng_name_match *match)
{
    return match && match->classes & (1u << NG_NAME_DEMONYM | 1u << NG_NAME_PEOPLE |
                                      1u << NG_NAME_RULE | 1u << NG_NAME_COUNTRY);
}

/* True inside a country's name of three words or more and a demonym of two: "Barbuda" in "Antigua
 * and Barbuda", "Arab Republic" in "Syrian Arab Republic" and "French" in "French Polynesian" are
 * no names of their own. */
static bool is_inside_country(const ng_reading *reading, const ng_stretch *stretch, uint32_t first,
                              uint32_t end)
{
    const ng_word *word = &reading->words[first];
    uint32_t size = word->phrase_end - word->phrase_first;
    const ng_name_match *match;

    if (size < 2 || end > word->phrase_end || end - first == size ||
        word->phrase_first < stretch->first || word->phrase_end > stretch->end)
        return false;
    match = ng_reading_match(reading, word->phrase_first, word->phrase_end);
    return match && match->classes & (1u << NG_NAME_COUNTRY | 1u << NG_NAME_DEMONYM);
}

/* "Swiss Confederation and Norway": two countries are not one name. */
static bool is_two_countries(const ng_reading *reading, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end; i++)
        if (ng_view_equal(ng_token_text(reading->text, i), NG_VIEW("and")))
            return is_country(reading, first, i) && is_country(reading, i + 1, end) &&
                   !is_country(reading, first, end);
    return false;
}

/* The logarithm of the odds, within bounds. A model whose weights are beyond measure has chances
 * that are no numbers: they count as none. */
static float log_odds(float chance)
{
    float odds = logf((chance + 1e-5f) / (1.00001f - chance));

    return odds > most_odds ? most_odds : odds >= -most_odds ? odds : -most_odds;
}

/* Makes the candidate of a span. */
static ng_candidate make(const ng_reading *reading, uint32_t first, uint32_t end,
                         const float *chance)
{
    ng_candidate candidate = { .first = first,
                               .end = end,
                               .match = ng_reading_match(reading, first, end),
                               .is_caseless = ng_case_mode_of(reading, first) == NG_MODE_CASELESS,
                               .best = NG_SPAN_NONE };

    for (uint32_t i = first; i < end; i++)
        candidate.key = ng_key_add(candidate.key, ng_token_text(reading->text, i));
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        candidate.odds[kind] = log_odds(chance[kind]);
        assert(candidate.odds[kind] >= -most_odds && candidate.odds[kind] <= most_odds);
    }
    return candidate;
}

/* The last token that a phrase of the dictionaries reaches which begins here. */
static uint32_t known_end(const ng_reading *reading, uint32_t first)
{
    uint32_t match = reading->words[first].first_match;

    if (match < reading->match_count)
        return reading->matches[match].end_token;
    return first + 1;
}

/* Lists the spans that begin at a token of the stretch. */
static ng_status list_from(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                           const ng_tagging *tagging, const ng_stretch *stretch, uint32_t first,
                           ng_candidates *list)
{
    uint32_t known = known_end(reading, first), connectors = 0;
    ng_status status = NG_OK;
    ng_span_walk walk;
    bool has_chance = true;

    ng_span_walk_begin(&walk, tagging, stretch, first);
    for (uint32_t end = first + 1; end <= stretch->end && end - first <= NG_CANDIDATE_WORDS;
         end++) {
        uint32_t marks = reading->words[end - 1].marks;
        float best = 0;

        has_chance = has_chance && ng_span_walk_next(&walk);
        if (!has_chance && end > known)
            break;
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
            if (!has_chance)
                walk.chance[kind] = 0;
            best = walk.chance[kind] > best ? walk.chance[kind] : best;
        }
        if (marks & NG_WORD_NAME)
            connectors = 0;
        else
            connectors += !(marks & NG_WORD_LINKED);
        if (connectors > CONNECTORS_MAX)
            break;
        if (!(marks & NG_WORD_NAME) && !ends_phrase(reading, first, end))
            continue;
        if (best < least_chance && !is_known(ng_reading_match(reading, first, end)) &&
            !ng_reading_is_hague(reading, first, end))
            continue;
        if (has_idle_article(reading, first, end) ||
            is_inside_country(reading, stretch, first, end) ||
            is_two_countries(reading, first, end) || is_of_a_people(reading, first, end))
            continue;
        status = add(cx, arena, list, make(reading, first, end, walk.chance));
        if (status != NG_OK)
            return status;
    }
    return NG_OK;
}

ng_status ng_candidates_list(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                             const ng_stretches *stretches, const ng_tagging *tagging,
                             ng_candidates *candidates_out)
{
    ng_candidates list = { 0 };
    ng_status status = NG_OK;

    list.capacity = stretches->token_count + 64;
    list.items = ng_arena_alloc(cx, arena, list.capacity * sizeof *list.items);
    if (!list.items)
        return ng_arena_status(arena);
    for (size_t s = 0; s < stretches->count; s++) {
        const ng_stretch *stretch = &stretches->items[s];

        for (uint32_t i = stretch->first; i < stretch->end && status == NG_OK; i++)
            if (begins_name(reading, i))
                status = list_from(cx, arena, reading, tagging, stretch, i, &list);
    }
    if (status == NG_OK)
        *candidates_out = list;
    return status;
}
