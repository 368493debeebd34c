/* What speaks for and against a span being a person, a place or an organization.
 *
 * Each observation is a feature: of the shape of the span, of what the dictionaries know of it and
 * of its words, of the words around it. The model says how much each counts for each kind; the
 * score is their sum and the tagger's opinion. Nothing here decides. */
#include "evidence_internal.h"
#include "tagger_internal.h"

#include <math.h>

/* A phrase that the dictionaries have as a place or organization: its words say nothing more. */
static bool is_known_phrase(const view *v)
{
    return v->candidate->end - v->candidate->first > 1 && v->candidate->match &&
           (v->candidate->match->classes & (PLACE_CLASSES | CLASS(ORGANIZATION)));
}

/* ---- shape ---- */

/* Finds the content words and says what holds them together. */
static void collect_joints(view *v)
{
    bool has_and = false, has_for = false, has_of = false, has_the = false;
    bool has_particle = false, has_hyphen = false, has_possessive = false, has_ampersand = false;

    for (uint32_t i = v->candidate->first; i < v->candidate->end; i++) {
        uint32_t marks = v->words[i].marks;
        if (marks & NG_WORD_NAME || marks & (NG_WORD_ROMAN | NG_WORD_SUFFIX)) {
            v->content[v->count++] = i;
        } else if (flags_of(v, i) & NG_TOKEN_POSSESSIVE) {
            has_possessive = true;
        } else if (marks & NG_WORD_PARTICLE) {
            has_particle = true;
        } else if (flags_of(v, i) & NG_TOKEN_PUNCTUATION) {
            has_hyphen |= text_of(v, i).data[0] != '&';
            has_ampersand |= text_of(v, i).data[0] == '&';
        } else {
            has_of |= is_text(v, i, "of");
            has_and |= is_text(v, i, "and");
            has_for |= is_text(v, i, "for") || is_text(v, i, "on");
            has_the |= is_text(v, i, "the");
        }
    }
    v->is_joined = has_of || has_and || has_for;
    if (is_known_phrase(v))
        return;
    say_if(v, has_of, NG_F_OF);
    say_if(v, has_and, NG_F_AND);
    say_if(v, has_for, NG_F_FOR_ON);
    say_if(v, has_the, NG_F_THE_INSIDE);
    say_if(v, has_particle, NG_F_PARTICLE);
    say_if(v, has_hyphen, NG_F_HYPHEN);
    say_if(v, has_possessive, NG_F_POSSESSIVE_INSIDE);
    say_if(v, has_ampersand, NG_F_AMPERSAND);
    say_if(v, !(v->words[v->candidate->first].marks & NG_WORD_NAME), NG_F_PARTICLE_FIRST);
}

static void collect_shape(view *v)
{
    static const ng_feature sizes[] = { NG_F_WORDS_1, NG_F_WORDS_1, NG_F_WORDS_2, NG_F_WORDS_3,
                                        NG_F_WORDS_4 };
    uint32_t last = v->count ? v->content[v->count - 1] : v->candidate->first;
    bool has_acronym = false, has_mixed = false, has_digit = false, has_middle = false;

    say(v, v->count <= 4 ? sizes[v->count] : NG_F_WORDS_MANY);
    for (size_t i = 0; i < v->count; i++) {
        unsigned flags = flags_of(v, v->content[i]);
        has_acronym |= is_acronym(v, v->content[i]);
        has_mixed |= (flags & NG_TOKEN_MIXED) != 0;
        has_digit |= (flags & NG_TOKEN_NUMBER) != 0;
        has_middle |= i > 0 && i + 1 < v->count && is_initial(v, v->content[i]);
    }
    if (has_acronym)
        say(v, v->count > 1                ? NG_F_ACRONYM_PART
               : text_of(v, last).size > 5 ? NG_F_ACRONYM_LONG
                                           : NG_F_ACRONYM);
    say_if(v, has_mixed, NG_F_MIXED);
    say_if(v, has_digit, NG_F_DIGIT);
    say_if(v, has_middle, NG_F_INITIAL_MIDDLE);
    if (v->count < 2)
        return;
    say_if(v, is_initial(v, v->content[0]), NG_F_INITIAL_FIRST);
    say_if(v, is_initial(v, last), NG_F_INITIAL_LAST);
    say_if(v, v->words[last].marks & NG_WORD_SUFFIX, NG_F_SUFFIX_LAST);
    say_if(v, v->words[last].marks & NG_WORD_ROMAN, NG_F_ROMAN_LAST);
}

/* ---- dictionaries ---- */

/* The best known reading of a place: one counts, however many there are. */
static void collect_place(const view *v, const ng_name_match *match)
{
    const ng_name_entry *city = ng_match_entry(match, NG_NAME_CITY);
    uint32_t classes = match ? match->classes : 0;

    if (classes & CLASS(COUNTRY))
        say(v, NG_F_IS_COUNTRY);
    else if (classes & CLASS(METONYM))
        say(v, NG_F_IS_METONYM);
    else if (classes & CLASS(GEOGRAPHY))
        say(v, NG_F_IS_GEOGRAPHY);
    else if (city && city->weight >= CITY_LARGE)
        say(v, NG_F_IS_CITY_LARGE);
    else if (classes & CLASS(SUBDIVISION))
        say(v, NG_F_IS_SUBDIVISION);
    else if (city)
        say(v, city->weight >= CITY_MIDDLE ? NG_F_IS_CITY_MIDDLE : NG_F_IS_CITY_SMALL);
}

/* A single word that can be a place and a person: which of them is better known? */
static void collect_ambiguity(const view *v, const ng_name_match *match, const ng_word *word)
{
    const ng_name_entry *city = ng_match_entry(match, NG_NAME_CITY);
    uint32_t person = word->forename > word->surname ? word->forename : word->surname;
    bool is_strong;

    if (!match || !(match->classes & PLACE_CLASSES) || person == 0)
        return;
    is_strong = (match->classes & PLACE_CLASSES & ~CLASS(CITY)) != 0 ||
                (city && city->weight >= CITY_LARGE);
    if (is_strong)
        say(v,
            person >= PERSON_STRONG ? NG_F_STRONG_PLACE_AND_PERSON : NG_F_STRONG_PLACE_WEAK_PERSON);
    else
        say_if(v, person >= PERSON_WEAK, NG_F_WEAK_PLACE_AND_PERSON);
}

/* True when the span is a piece of a longer phrase of the dictionaries that is a name. */
static bool is_inside_phrase(const view *v)
{
    const ng_word *word = &v->words[v->candidate->first];

    return word->phrase_end - word->phrase_first > v->candidate->end - v->candidate->first &&
           word->phrase_first <= v->candidate->first && word->phrase_end >= v->candidate->end;
}

/* What the dictionaries have for exactly this span. */
static void collect_whole(const view *v)
{
    const ng_name_match *match = v->candidate->match;
    uint32_t classes = match ? match->classes : 0;
    const ng_word *word = &v->words[v->candidate->first];
    bool is_single = v->candidate->end - v->candidate->first == 1;

    say_if(v, is_inside_phrase(v), NG_F_INSIDE_PHRASE);
    collect_place(v, match);
    say_if(v, classes & CLASS(ORGANIZATION), NG_F_IS_ORGANIZATION);
    say_if(v, classes & CLASS(STATE_ABBREVIATION), NG_F_IS_STATE_ABBREVIATION);
    say_if(v, classes & CLASS(LANGUAGE), NG_F_IS_LANGUAGE);
    say_if(v, classes & CLASS(NOT_NAME), NG_F_IS_NOT_NAME);
    say_if(v, classes & CLASS(TITLE), NG_F_IS_TITLE);
    say_if(v, classes & (CLASS(DEMONYM) | CLASS(PEOPLE)) && !(classes & CLASS(COUNTRY)),
           NG_F_IS_DEMONYM);
    if (!is_single && (classes & PLACE_CLASSES))
        say(v, classes & PLACE_CLASSES & ~CLASS(CITY) ? NG_F_PHRASE_PLACE : NG_F_PHRASE_CITY);
    say_if(v, !is_single && (classes & CLASS(ORGANIZATION)), NG_F_PHRASE_ORGANIZATION);
    if (!is_single)
        return;
    if (classes & (CLASS(FORENAME) | CLASS(NICKNAME)))
        say(v, word->forename >= FORENAME_USUAL ? NG_F_IS_FORENAME : NG_F_IS_FORENAME_RARE);
    if (classes & CLASS(SURNAME))
        say(v, word->surname >= SURNAME_USUAL ? NG_F_IS_SURNAME : NG_F_IS_SURNAME_RARE);
    say_if(v, word->lower_share >= SHARE_COMMON, NG_F_IS_COMMON);
    say_if(v, word->lower_share >= SHARE_HALF && word->lower_share < SHARE_COMMON,
           NG_F_IS_HALF_COMMON);
    say_if(v, classes & CLASS(ORGANIZATION_WORD), NG_F_IS_ORG_WORD);
    say_if(v, classes & CLASS(PLACE_WORD), NG_F_IS_PLACE_WORD);
    say_if(v, !(classes & KNOWN_CLASSES), NG_F_IS_UNKNOWN);
    collect_ambiguity(v, match, word);
}

/* The first word of a span of several. */
static void collect_first(const view *v)
{
    uint32_t first = v->content[0];
    const ng_word *word = &v->words[first];

    if (is_forename(v, first) && !is_common(v, first))
        say(v, word->forename >= FORENAME_USUAL ? NG_F_FIRST_FORENAME : NG_F_FIRST_FORENAME_RARE);
    if (word->classes & CLASS(SURNAME) && !is_forename(v, first))
        say(v, word->surname >= SURNAME_USUAL ? NG_F_FIRST_SURNAME : NG_F_FIRST_SURNAME_RARE);
    say_if(v, is_unknown(v, first), NG_F_FIRST_UNKNOWN);
    say_if(v, is_common(v, first), NG_F_FIRST_COMMON);
    say_if(v, word->classes & PLACE_CLASSES, NG_F_FIRST_PLACE);
    say_if(v, word->marks & NG_WORD_DEMONYM, NG_F_FIRST_DEMONYM);
    say_if(v, word->marks & NG_WORD_NOT_NAME, NG_F_FIRST_NOT_NAME);
    say_if(v, word->marks & NG_WORD_ORG_HEAD, NG_F_FIRST_ORG_HEAD);
    say_if(v, word->marks & NG_WORD_PLACE_HEAD, NG_F_FIRST_PLACE_HEAD);
    say_if(v, word->marks & NG_WORD_TITLE, NG_F_FIRST_TITLE);
    say_if(v, is_text(v, first, "The"), NG_F_FIRST_THE);
    say_if(v, flags_of(v, first) & NG_TOKEN_INITIAL && !is_initial(v, first),
           NG_F_FIRST_PLACE_ABBREVIATION);
}

/* Phrases like "University of" and "Gulf of" that open the span. */
static void collect_heads(const view *v)
{
    const ng_reading *reading = v->reading;
    uint32_t first = v->candidate->first;
    bool is_org = false, is_place = false;

    for (size_t i = v->words[first].first_match;
         i < reading->match_count && reading->matches[i].first_token == first; i++) {
        const ng_name_match *match = &reading->matches[i];
        if (match->end_token >= v->candidate->end)
            continue;
        is_org |= (match->classes & CLASS(ORGANIZATION_WORD)) != 0;
        is_place |= (match->classes & CLASS(PLACE_WORD)) != 0;
    }
    say_if(v, is_org, NG_F_FIRST_ORG_OF);
    say_if(v, is_place, NG_F_FIRST_PLACE_OF);
}

/* The last word of a span of several. */
static void collect_last(const view *v)
{
    uint32_t last = v->content[v->count - 1];
    const ng_word *word = &v->words[last];

    if (v->count > 2 && (word->marks & (NG_WORD_SUFFIX | NG_WORD_ROMAN)))
        word = &v->words[last = v->content[v->count - 2]];
    if (word->classes & CLASS(SURNAME))
        say(v, word->surname >= SURNAME_USUAL ? NG_F_LAST_SURNAME : NG_F_LAST_SURNAME_RARE);
    say_if(v, is_forename(v, last) && !(word->classes & CLASS(SURNAME)), NG_F_LAST_FORENAME);
    say_if(v, is_unknown(v, last), NG_F_LAST_UNKNOWN);
    say_if(v, is_common(v, last), NG_F_LAST_COMMON);
    say_if(v, word->classes & PLACE_CLASSES, NG_F_LAST_PLACE);
    say_if(v, word->marks & NG_WORD_DEMONYM, NG_F_LAST_DEMONYM);
    say_if(v, word->marks & NG_WORD_NOT_NAME, NG_F_LAST_NOT_NAME);
    say_if(v, word->marks & NG_WORD_ORG_TAIL, NG_F_LAST_ORG_TAIL);
    say_if(v, word->marks & NG_WORD_PLACE_TAIL, NG_F_LAST_PLACE_TAIL);
    say_if(v, word->marks & NG_WORD_TITLE, NG_F_LAST_TITLE);
    word = &v->words[v->candidate->end];
    say_if(v, word->title_first > v->candidate->first && word->title_first < v->candidate->end,
           NG_F_LAST_TITLE_PHRASE);
}

/* Endings that places and surnames often have and other words seldom. */
static bool ends_like(ng_view word, const ng_view *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (word.size >= endings[i].size + 3 &&
            word.data[word.size - 1] == endings[i].data[endings[i].size - 1] &&
            ng_view_ends(word, endings[i]))
            return true;
    return false;
}

/* The ending of a last word that the dictionaries do not know. */
static void collect_ending(const view *v, uint32_t last)
{
    static const ng_view places[] = {
        { "ville", 5 },   { "burg", 4 }, { "burgh", 5 }, { "shire", 5 }, { "stan", 4 },
        { "grad", 4 },    { "pur", 3 },  { "abad", 4 },  { "ford", 4 },  { "bury", 4 },
        { "borough", 7 }, { "port", 4 }, { "stadt", 5 }, { "haven", 5 }, { "mouth", 5 },
        { "polis", 5 },   { "wick", 4 }, { "dorf", 4 },  { "holm", 4 }
    };
    static const ng_view persons[] = {
        { "son", 3 },  { "sen", 3 },  { "ov", 2 },     { "ova", 3 },  { "ev", 2 },
        { "eva", 3 },  { "sky", 3 },  { "ski", 3 },    { "ska", 3 },  { "ić", 3 },
        { "vic", 3 },  { "ez", 2 },   { "ian", 3 },    { "yan", 3 },  { "enko", 4 },
        { "chuk", 4 }, { "dze", 3 },  { "shvili", 6 }, { "oğlu", 5 }, { "opoulos", 7 },
        { "idis", 4 }, { "elli", 4 }, { "etti", 4 },   { "ini", 3 },  { "sson", 4 },
        { "stein", 5 }
    };

    if (!is_unknown(v, last))
        return;
    say_if(v, ends_like(text_of(v, last), places, sizeof places / sizeof *places),
           NG_F_ENDS_LIKE_PLACE);
    say_if(v, ends_like(text_of(v, last), persons, sizeof persons / sizeof *persons),
           NG_F_ENDS_LIKE_PERSON);
}

/* Words between, and what the first and the last make together. */
static void collect_parts(const view *v)
{
    uint32_t middle_classes = 0, middle_marks = 0, first, last;
    bool has_common = false, all_common = true, all_unknown = true, all_title = true;

    if (v->count > 0)
        collect_ending(v, v->content[v->count - 1]);
    if (v->count < 2 || is_known_phrase(v))
        return;
    first = v->content[0];
    last = v->content[v->count - 1];
    collect_first(v);
    collect_heads(v);
    collect_last(v);
    for (size_t i = 0; i < v->count; i++) {
        uint32_t token = v->content[i];
        all_common &= is_common(v, token);
        all_unknown &= is_unknown(v, token);
        all_title &= (v->words[token].marks & NG_WORD_TITLE) != 0;
        if (i == 0 || i + 1 == v->count)
            continue;
        has_common |= is_common(v, token);
        middle_classes |= v->words[token].classes;
        middle_marks |= v->words[token].marks;
    }
    say_if(v, has_common, NG_F_MIDDLE_COMMON);
    say_if(v, middle_marks & (NG_WORD_ORG_TAIL | NG_WORD_ORG_HEAD), NG_F_MIDDLE_ORG);
    say_if(v, middle_classes & PLACE_CLASSES, NG_F_MIDDLE_PLACE);
    say_if(v, middle_marks & NG_WORD_NOT_NAME, NG_F_MIDDLE_NOT_NAME);
    say_if(v, all_common, NG_F_ALL_COMMON);
    say_if(v, all_unknown, NG_F_ALL_UNKNOWN);
    say_if(v, all_title, NG_F_ALL_TITLE);
    say_if(v, v->is_joined && !(v->words[last].marks & NG_WORD_ORG_TAIL), NG_F_JOINED_PLAIN);
    if (is_forename(v, first))
        say_if(v, v->words[last].classes & CLASS(SURNAME), NG_F_FORENAME_SURNAME);
    say_if(v, is_forename(v, first) && is_unknown(v, last), NG_F_FORENAME_UNKNOWN);
    say_if(v, is_unknown(v, first) && v->words[last].classes & CLASS(SURNAME),
           NG_F_UNKNOWN_SURNAME);
}

/* How the sentence is written and where the span stands in it. */
static void collect_sentence(const view *v)
{
    uint32_t first = v->candidate->first, sentence = sentence_of(v, first);
    uint8_t how = v->reading->sentence_case[sentence];
    bool is_caseless = how == NG_CASE_UPPER || how == NG_CASE_LOWER;

    if (v->words[first].marks & NG_WORD_START && !is_caseless) {
        if (v->words[first].marks & NG_WORD_LOW_START)
            say(v, NG_F_START_ORDINARY);
        else
            say_if(v, is_unknown(v, first) && v->count == 1, NG_F_START_UNKNOWN);
    }
    say_if(v, how == NG_CASE_TITLE, NG_F_TITLE_CASE);
    say_if(v, v->reading->text->sentences[sentence].is_heading, NG_F_HEADING);
    say_if(v, is_caseless, NG_F_CASELESS);
    say_if(v, is_caseless && v->count == 1, NG_F_CASELESS_SINGLE);
}

/* Says which class of words a word belongs to. */
static void say_class(const view *v, unsigned place, uint32_t token)
{
    if (v->out->count < NG_FEATURES_MAX)
        v->out->items[v->out->count++] =
            (uint16_t)(NG_FEATURE_COUNT + place * NG_CLASSES_MAX + v->words[token].few);
}

/* The classes of the words in and around the span. */
static void collect_classes(const view *v)
{
    uint32_t first = v->candidate->first, end = v->candidate->end;

    say_class(v, NG_CLASS_FIRST, first);
    say_class(v, NG_CLASS_LAST, end - 1);
    if (first > 0 && sentence_of(v, first - 1) == sentence_of(v, first))
        say_class(v, NG_CLASS_BEFORE, first - 1);
    if (end < v->reading->text->token_count && sentence_of(v, end) == sentence_of(v, first))
        say_class(v, NG_CLASS_AFTER, end);
}

void ng_evidence_collect(const ng_reading *reading, const ng_candidate *candidate,
                         ng_evidence *evidence_out)
{
    view v = {
        .reading = reading, .candidate = candidate, .words = reading->words, .out = evidence_out
    };

    evidence_out->count = 0;
    say(&v, NG_F_BIAS);
    collect_joints(&v);
    collect_shape(&v);
    collect_whole(&v);
    collect_parts(&v);
    ng_context_collect(&v);
    collect_sentence(&v);
    collect_classes(&v);
}

void ng_evidence_begin(const ng_model *model, ng_candidate *candidate)
{
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        candidate->score[kind] =
            (int32_t)lrintf(100.0f * model->odds_weights[kind] * candidate->odds[kind]);
}

void ng_evidence_score(const ng_model *model, const ng_evidence *evidence, ng_candidate *candidate)
{
    for (size_t i = 0; i < evidence->count; i++)
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            candidate->score[kind] += model->span_weights[evidence->items[i]][kind];
}
