/* Chosen candidates become spans: country or place, name or demonym or alias, with a code.
 *
 * Here too are the uses of a demonym that are no demonym: languages ("speaks Russian") and dishes
 * ("Italian food"). */
#include "mentions_internal.h"

#include <math.h>

/* Text of a token of the same sentence, or empty. */
static ng_view neighbour(const ng_reading *reading, uint32_t token, uint32_t sentence)
{
    if (token >= reading->text->token_count || reading->text->tokens[token].sentence != sentence)
        return NG_VIEW_NONE;
    return ng_token_text(reading->text, token);
}

/* True when a word that is also a language stands for the language. */
static bool is_language(const ng_reading *reading, const ng_candidate *candidate)
{
    static const char *const before[] = { "speak",    "speaks", "spoke",   "spoken", "speaking",
                                          "fluent",   "into",   "learn",   "learns", "learned",
                                          "learning", "taught", "teaches", "writes", "conversant" };
    static const char *const after[] = {
        "language",    "languages",     "translation", "translations", "translator",
        "interpreter", "dialect",       "dialects",    "alphabet",     "dictionary",
        "grammar",     "word",          "words",       "lessons",      "vocabulary",
        "phrase",      "pronunciation", "version",     "edition",      "verb"
    };
    static const char *const tails[] = { "language", "speaking", "speaker", "speakers",
                                         "languages" };
    uint32_t sentence = reading->text->tokens[candidate->first].sentence;
    ng_view next = neighbour(reading, candidate->end, sentence);
    ng_view previous =
        candidate->first ? neighbour(reading, candidate->first - 1, sentence) : NG_VIEW_NONE;
    bool is_end =
        next.size == 0 || memchr(".,;:)\"", next.data[0], 6) || ng_view_equal(next, NG_VIEW("and"));

    if (NG_IS_AMONG(next, after) || NG_IS_AMONG(previous, before))
        return true;
    if (ng_view_equal(next, NG_VIEW("-")))
        return NG_IS_AMONG(neighbour(reading, candidate->end + 1, sentence), tails);
    return ng_view_equal(previous, NG_VIEW("in")) && is_end;
}

/* True when a demonym names a dish. */
static bool is_cuisine(const ng_reading *reading, const ng_candidate *candidate)
{
    static const char *const after[] = { "food",   "foods",  "cuisine", "restaurant", "restaurants",
                                         "dish",   "dishes", "cooking", "wine",       "wines",
                                         "cheese", "recipe", "recipes", "cookbook",   "bakery",
                                         "coffee", "tea",    "vodka",   "beer",       "bistro" };

    return NG_IS_AMONG(
        neighbour(reading, candidate->end, reading->text->tokens[candidate->first].sentence),
        after);
}

/* "Soviet" in "Soviet Union", "European" in "European Union". */
static bool begins_longer_name(const ng_reading *reading, const ng_candidate *candidate)
{
    const uint32_t whole = 1u << NG_NAME_COUNTRY | 1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_CITY |
                           1u << NG_NAME_GEOGRAPHY;

    for (size_t i = reading->words[candidate->first].first_match;
         i < reading->match_count && reading->matches[i].first_token == candidate->first; i++)
        if (reading->matches[i].end_token > candidate->end && reading->matches[i].classes & whole)
            return true;
    return false;
}

bool ng_label_is_demonym(const ng_reading *reading, const ng_candidate *candidate)
{
    const ng_name_match *match = candidate->match;
    const ng_name_entry *entry = ng_match_entry(match, NG_NAME_DEMONYM);

    if (!match || !(match->classes & (1u << NG_NAME_DEMONYM | 1u << NG_NAME_PEOPLE)) ||
        match->classes & (1u << NG_NAME_COUNTRY))
        return false;
    if (candidate->end - candidate->first == 1 &&
        reading->words[candidate->first].marks & NG_WORD_NOT_NAME)
        return false;
    if (begins_longer_name(reading, candidate))
        return false;
    if (entry && entry->detail == NG_NAME_USE_PREFIX &&
        !(candidate->end < reading->text->token_count &&
          ng_view_equal(ng_token_text(reading->text, candidate->end), NG_VIEW("-")) &&
          reading->words[candidate->end].marks & NG_WORD_CONNECTOR))
        return false;
    if (match->classes & (1u << NG_NAME_LANGUAGE) && is_language(reading, candidate))
        return false;
    return !is_cuisine(reading, candidate);
}

static void set_code(ng_span *span, ng_view code)
{
    if (code.size < sizeof span->code)
        memcpy(span->code, code.data, code.size);
}

/* Kind, form and code of a place. */
static void label_place(const ng_candidate *candidate, ng_span *span)
{
    const ng_name_entry *country = ng_match_entry(candidate->match, NG_NAME_COUNTRY);

    span->kind = NG_KIND_PLACE;
    span->rule = candidate->match ? "place" : "place words";
    if (!country || candidate->is_part)
        return;
    span->kind = NG_KIND_COUNTRY;
    span->rule = "country";
    if (country->detail == NG_NAME_FORM_ALIAS)
        span->form = NG_FORM_ALIAS;
    set_code(span, country->value);
}

/* Kind, form and code of a demonym or people. */
static void label_demonym(const ng_candidate *candidate, ng_span *span)
{
    const ng_name_entry *demonym = ng_match_entry(candidate->match, NG_NAME_DEMONYM);

    if (!demonym || ng_match_entry(candidate->match, NG_NAME_PEOPLE)) {
        span->kind = NG_KIND_PEOPLE;
        span->rule = "people";
        return;
    }
    span->kind = NG_KIND_COUNTRY;
    span->form = NG_FORM_DEMONYM;
    span->rule = "demonym";
    set_code(span, demonym->value);
}

/* Kind and title of a person. */
static void label_person(const ng_reading *reading, const ng_candidate *candidate, ng_span *span)
{
    const ng_word *word = &reading->words[candidate->first];
    const ng_token *tokens = reading->text->tokens;

    span->kind = NG_KIND_PERSON;
    span->rule = "name";
    if (word->classes & (1u << NG_NAME_FORENAME))
        span->rule = "forename";
    if (word->title_first < candidate->first &&
        tokens[word->title_first].sentence == tokens[candidate->first].sentence) {
        span->title_first = word->title_first;
        span->rule = "title";
    }
}

/* A user's rule says the kind; a country keeps its code when it is one. */
static void label_forced(const ng_reading *reading, const ng_candidate *candidate, ng_span *span)
{
    if (candidate->forced == NG_KIND_PERSON + 1)
        label_person(reading, candidate, span);
    else if (candidate->forced == NG_KIND_COUNTRY + 1)
        label_place(candidate, span);
    span->kind = (uint8_t)(candidate->forced - 1);
    span->rule = "rule";
    span->confidence = 1.0f;
}

/* Makes one span. */
static ng_span make_span(const ng_reading *reading, const ng_candidate *candidate)
{
    ng_span span = { .first_token = candidate->first,
                     .end_token = candidate->end,
                     .title_first = candidate->first,
                     .form = NG_FORM_NAME,
                     .confidence = (float)candidate->chance };

    if (candidate->forced) {
        label_forced(reading, candidate, &span);
        return span;
    }
    switch (candidate->best) {
    case NG_SPAN_PERSON:
        label_person(reading, candidate, &span);
        break;
    case NG_SPAN_PLACE:
        label_place(candidate, &span);
        break;
    case NG_SPAN_ORGANIZATION:
        span.kind = NG_KIND_ORGANIZATION;
        span.rule = candidate->match ? "organization" : "organization words";
        break;
    default:
        label_demonym(candidate, &span);
        break;
    }
    return span;
}

void ng_spans_show_places(const ng_spans *spans)
{
    for (size_t i = 0; i < spans->count; i++)
        if (spans->places[i].end_token > 0)
            spans->items[i] = spans->places[i];
}

ng_status ng_label_spans(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                         const ng_candidates *candidates, ng_spans *spans_out)
{
    ng_spans spans = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < candidates->count; i++)
        count += candidates->items[i].is_chosen;
    spans.items = ng_arena_array(cx, arena, count + 1, sizeof *spans.items);
    spans.places = ng_arena_array(cx, arena, count + 1, sizeof *spans.places);
    if (!spans.items || !spans.places)
        return ng_arena_status(arena);
    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate place;

        if (!candidates->items[i].is_chosen)
            continue;
        spans.items[spans.count] = make_span(reading, &candidates->items[i]);
        if (spans.items[spans.count].kind == NG_KIND_ORGANIZATION && !candidates->items[i].forced &&
            ng_institution_place(reading, &candidates->items[i], &place))
            spans.places[spans.count] = make_span(reading, &place);
        spans.count++;
    }
    *spans_out = spans;
    return NG_OK;
}
