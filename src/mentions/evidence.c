/* What speaks for and against a span being a person, a place or an organization.
 *
 * Each observation is a feature: of the shape of the span, of what the dictionaries know of it and
 * of its words, of the words around it. weights.inc says how much each counts for each kind; the
 * score is their sum. Nothing here decides. */
#include "mentions_internal.h"

#include <assert.h>

enum {
    FORENAME_USUAL = 60,
    SURNAME_USUAL = 32,
    PERSON_STRONG = 140,
    PERSON_WEAK = 40,
    CITY_MIDDLE = 80000,
    CITY_LARGE = 500000,
    SHARE_COMMON = 60,
    SHARE_HALF = 15
};

#define CLASS(name) (1u << NG_NAME_##name)
#define PLACE_CLASSES                                                                              \
    (CLASS(COUNTRY) | CLASS(METONYM) | CLASS(SUBDIVISION) | CLASS(CITY) | CLASS(GEOGRAPHY))
#define KNOWN_CLASSES                                                                              \
    (PLACE_CLASSES | CLASS(FORENAME) | CLASS(SURNAME) | CLASS(NICKNAME) | CLASS(COMMON) |          \
     CLASS(DEMONYM) | CLASS(PEOPLE) | CLASS(ORGANIZATION) | CLASS(NOT_NAME))

static const int16_t weights[NG_FEATURE_COUNT][NG_SCORE_COUNT] = {
#define NG_FEATURE(name, person, place, organization) { person, place, organization },
#include "weights.inc"
#undef NG_FEATURE
};

/* A candidate under examination. */
typedef struct view {
    const ng_reading *reading;
    const ng_candidate *candidate;
    const ng_word *words; /* of the text */
    ng_evidence *out;
    uint32_t content[NG_CANDIDATE_WORDS]; /* tokens that are no connectors */
    size_t count;
    bool is_joined; /* by of, and, for */
} view;

static void say(const view *v, ng_feature feature)
{
    assert(v->out->count < NG_FEATURES_MAX);
    if (v->out->count < NG_FEATURES_MAX)
        v->out->items[v->out->count++] = (uint8_t)feature;
}

static void say_if(const view *v, bool is_so, ng_feature feature)
{
    if (is_so)
        say(v, feature);
}

static ng_view text_of(const view *v, uint32_t token)
{
    return ng_token_text(v->reading->text, token);
}

static unsigned flags_of(const view *v, uint32_t token)
{
    return v->reading->text->tokens[token].flags;
}

static bool is_text(const view *v, uint32_t token, const char *word)
{
    ng_view text = text_of(v, token);

    return text.size > 0 && text.data[0] == word[0] && ng_view_equal(text, ng_view_of(word));
}

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

/* True for a word in capitals in a sentence that is not: NATO. */
static bool is_acronym(const view *v, uint32_t token)
{
    return (flags_of(v, token) & NG_TOKEN_ALL_CAPS) && !(flags_of(v, token) & NG_TOKEN_INITIAL) &&
           !(v->words[token].marks & NG_WORD_ROMAN) &&
           v->reading->sentence_case[v->reading->text->tokens[token].sentence] != NG_CASE_UPPER;
}

/* True for "B." of a name, not for "U.S." and "D.C." */
static bool is_initial(const view *v, uint32_t token)
{
    return flags_of(v, token) & NG_TOKEN_INITIAL &&
           !(v->words[token].classes & (PLACE_CLASSES | CLASS(STATE_ABBREVIATION)));
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

static bool is_unknown(const view *v, uint32_t token)
{
    return !(v->words[token].classes & KNOWN_CLASSES) && !(flags_of(v, token) & NG_TOKEN_INITIAL);
}

static bool is_forename(const view *v, uint32_t token)
{
    return (v->words[token].classes & (CLASS(FORENAME) | CLASS(NICKNAME))) != 0;
}

static bool is_common(const view *v, uint32_t token)
{
    return v->words[token].lower_share >= SHARE_COMMON;
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
        if (match->end_token - first < 2 || match->end_token >= v->candidate->end)
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
static bool ends_like(ng_view word, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ng_view ending = ng_view_of(endings[i]);
        if (word.size >= ending.size + 3 && ng_view_ends(word, ending))
            return true;
    }
    return false;
}

/* The ending of a last word that the dictionaries do not know. */
static void collect_ending(const view *v, uint32_t last)
{
    static const char *const places[] = { "ville",   "burg", "burgh", "shire", "stan",
                                          "grad",    "pur",  "abad",  "ford",  "bury",
                                          "borough", "port", "stadt", "haven", "mouth",
                                          "polis",   "wick", "dorf",  "holm" };
    static const char *const persons[] = { "son",  "sen",     "ov",   "ova",  "ev",   "eva",
                                           "sky",  "ski",     "ska",  "ić",   "vic",  "ez",
                                           "ian",  "yan",     "enko", "chuk", "dze",  "shvili",
                                           "oğlu", "opoulos", "idis", "elli", "etti", "ini",
                                           "sson", "stein" };

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

/* ---- context ---- */

static uint32_t sentence_of(const view *v, uint32_t token)
{
    return v->reading->text->tokens[token].sentence;
}

/* True when a place of the dictionaries ends right before `end`. */
static bool ends_place(const view *v, uint32_t end)
{
    for (uint32_t size = 1; size <= 3 && size <= end; size++) {
        const ng_name_match *match = ng_reading_match(v->reading, end - size, end);
        if (match && (match->classes & PLACE_CLASSES) &&
            (v->words[end - size].marks & NG_WORD_NAME) &&
            (end == size || !(v->words[end - size - 1].marks & NG_WORD_NAME)))
            return true;
    }
    return false;
}

/* True when a place of the dictionaries begins at the token. */
static bool begins_place(const view *v, uint32_t token)
{
    const ng_reading *reading = v->reading;

    if (token >= reading->text->token_count || !(v->words[token].marks & NG_WORD_NAME))
        return false;
    for (size_t i = v->words[token].first_match;
         i < reading->match_count && reading->matches[i].first_token == token; i++)
        if (reading->matches[i].classes & (PLACE_CLASSES | CLASS(STATE_ABBREVIATION)) &&
            !(v->words[reading->matches[i].end_token].marks & NG_WORD_NAME))
            return true;
    return false;
}

/* True for a name word that is a person's and no place's. */
static bool is_person_word(const view *v, uint32_t token)
{
    return token < v->reading->text->token_count && (v->words[token].marks & NG_WORD_NAME) &&
           (v->words[token].classes & (CLASS(FORENAME) | CLASS(SURNAME))) &&
           !(v->words[token].classes & PLACE_CLASSES) && !is_common(v, token);
}

/* "Jonathan M. Stan": an initial after a name is no title ("M. Stan" is Monsieur Stan). */
static bool is_middle_initial(const view *v, uint32_t token)
{
    return token > 0 && flags_of(v, token) & NG_TOKEN_INITIAL &&
           v->words[token - 1].marks & NG_WORD_NAME;
}

/* Says which title stands before the span; false when none does. */
static bool collect_title(const view *v)
{
    const ng_word *word = &v->words[v->candidate->first];

    if (word->title_first == v->candidate->first ||
        sentence_of(v, word->title_first) != sentence_of(v, v->candidate->first) ||
        is_middle_initial(v, word->title_first))
        return false;
    say_if(v, v->count == 1 && word->marks & NG_WORD_TITLE, NG_F_TITLE_OF_TITLE);
    say_if(v,
           flags_of(v, v->candidate->first) & NG_TOKEN_ALL_CAPS &&
               !(flags_of(v, v->candidate->first) & NG_TOKEN_INITIAL) &&
               flags_of(v, word->title_first) & NG_TOKEN_ALL_CAPS,
           NG_F_TITLE_IN_CAPITALS);
    switch (word->title_class) {
    case 'h':
        say(v, NG_F_TITLE_HONORIFIC);
        break;
    case 'r':
        say(v, NG_F_TITLE_ROLE);
        break;
    case 'm':
        say(v, NG_F_TITLE_MILITARY);
        break;
    case 'n':
        say(v, NG_F_TITLE_NOBLE);
        break;
    default:
        say(v, NG_F_TITLE_OTHER);
        break;
    }
    return true;
}

/* A dictionary word that stands before or after names of one kind. */
static bool is_context(const view *v, uint32_t token, ng_name_class class_, uint8_t side)
{
    const ng_name_match *match;
    const ng_name_entry *entry;

    if (!(v->words[token].classes & (1u << class_)))
        return false;
    match = ng_reading_match(v->reading, token, token + 1);
    for (uint32_t i = 0; match && i < match->entry_count; i++) {
        entry = &match->entries[i];
        if (entry->class_ == class_ && entry->detail == side)
            return true;
    }
    return false;
}

/* A word that no dictionary has tells little by itself: there the preposition counts more. */
static void collect_unknown(const view *v, ng_feature before)
{
    if (v->count != 1 || !is_unknown(v, v->content[0]))
        return;
    say_if(v, before == NG_F_BEFORE_IN, NG_F_UNKNOWN_IN);
    say_if(v, before == NG_F_BEFORE_FROM || before == NG_F_BEFORE_TO, NG_F_UNKNOWN_FROM_TO);
}

/* The lower-case word before. */
static void collect_word_before(const view *v, uint32_t before)
{
    static const struct {
        const char *word;
        ng_feature feature;
    } table[] = {
        { "in", NG_F_BEFORE_IN },     { "In", NG_F_BEFORE_IN },     { "at", NG_F_BEFORE_AT },
        { "At", NG_F_BEFORE_AT },     { "from", NG_F_BEFORE_FROM }, { "From", NG_F_BEFORE_FROM },
        { "to", NG_F_BEFORE_TO },     { "of", NG_F_BEFORE_OF },     { "by", NG_F_BEFORE_BY },
        { "with", NG_F_BEFORE_WITH }, { "a", NG_F_BEFORE_A },       { "an", NG_F_BEFORE_A },
        { "A", NG_F_BEFORE_A },       { "and", NG_F_BEFORE_AND },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (is_text(v, before, table[i].word)) {
            say(v, table[i].feature);
            collect_unknown(v, table[i].feature);
            return;
        }
    }
    if (is_context(v, before, NG_NAME_PERSON_WORD, 'b'))
        say(v, NG_F_BEFORE_PERSON_WORD);
    else if (is_context(v, before, NG_NAME_PLACE_CONTEXT, 'b'))
        say(v, NG_F_BEFORE_PLACE_WORD);
    else
        say(v, NG_F_BEFORE_LOWER);
}

/* True for the last word of an organization's name: "Party" in "Labour Party of Malta". */
static bool is_body(const view *v, uint32_t token)
{
    return (v->words[token].marks & (NG_WORD_NAME | NG_WORD_ORG_TAIL)) ==
           (NG_WORD_NAME | NG_WORD_ORG_TAIL);
}

/* "the" before: common for phrases and some places, seldom before a person. */
static void collect_article(const view *v)
{
    const ng_name_match *match = v->candidate->match;

    say(v, NG_F_BEFORE_THE);
    say_if(v, v->count > 1, NG_F_BEFORE_THE_SEVERAL);
    say_if(v, match && match->classes & PLACE_CLASSES, NG_F_KNOWN_AFTER_THE);
}

static void collect_before(const view *v)
{
    uint32_t first = v->candidate->first, before = first - 1;
    uint32_t marks;

    if (first == 0 || sentence_of(v, before) != sentence_of(v, first))
        return;
    marks = v->words[before].marks;
    if (collect_title(v))
        return;
    if (v->words[first].marks & NG_WORD_LINKED && (marks & NG_WORD_CONNECTOR)) {
        say(v, v->words[before].marks & NG_WORD_CONNECTOR && before > 0 &&
                       v->words[before - 1].marks & NG_WORD_NAME
                   ? NG_F_BEFORE_HYPHEN_NAME
                   : NG_F_BEFORE_HYPHEN);
        return;
    }
    if (flags_of(v, before) & NG_TOKEN_POSSESSIVE) {
        say(v, NG_F_BEFORE_POSSESSIVE);
    } else if (marks & NG_WORD_DEMONYM && marks & NG_WORD_NAME) {
        say(v, NG_F_BEFORE_DEMONYM);
    } else if (ng_reading_is_article(v->reading, before)) {
        collect_article(v);
    } else if (marks & NG_WORD_NAME && !ng_reading_is_article(v->reading, first)) {
        say(v, NG_F_BEFORE_NAME);
        say_if(v, is_initial(v, before), NG_F_BEFORE_INITIAL);
        say_if(v, is_forename(v, before) && !is_common(v, before), NG_F_BEFORE_FORENAME);
    } else if (flags_of(v, before) & NG_TOKEN_PUNCTUATION) {
        bool is_comma = is_text(v, before, ",");
        say_if(v, is_comma, NG_F_BEFORE_COMMA);
        say_if(v, is_text(v, before, "("), NG_F_BEFORE_BRACKET);
        say_if(v, is_comma && before > 0 && ends_place(v, before), NG_F_BEFORE_LIST_PLACE);
        say_if(v, is_comma && before > 0 && is_person_word(v, before - 1), NG_F_BEFORE_LIST_PERSON);
        say_if(v, is_comma && before > 0 && v->words[before - 1].marks & NG_WORD_TITLE,
               NG_F_BEFORE_COMMA_TITLE);
    } else if (flags_of(v, before) & NG_TOKEN_WORD) {
        say_if(v,
               marks & NG_WORD_PARTICLE && before > 0 && v->words[before - 1].marks & NG_WORD_NAME,
               NG_F_BEFORE_PARTICLE);
        collect_word_before(v, before);
        say_if(v, v->words[first].marks & NG_WORD_AFTER_PLACE_PHRASE, NG_F_BEFORE_PLACE_PHRASE);
        say_if(v, before > 0 && is_text(v, before, "of") && is_body(v, before - 1),
               NG_F_BEFORE_BODY_OF);
        if (!is_text(v, before, "and") || before == 0)
            return;
        say_if(v, ends_place(v, before), NG_F_BEFORE_LIST_PLACE);
        say_if(v, is_person_word(v, before - 1), NG_F_BEFORE_LIST_PERSON);
    } else {
        say_if(v, flags_of(v, before) & NG_TOKEN_NUMBER, NG_F_BEFORE_NUMBER);
    }
}

/* The lower-case word after. */
static void collect_word_after(const view *v, uint32_t after)
{
    static const char *const weak[] = { "was",   "is",     "has",     "had",  "went",
                                        "came",  "left",   "hit",     "born", "began",
                                        "stood", "passed", "appeared" };

    if (is_text(v, after, "who") || is_text(v, after, "whom") || is_text(v, after, "whose")) {
        say(v, NG_F_AFTER_WHO);
        return;
    }
    say_if(v, is_text(v, after, "of") && v->words[after + 1].marks & NG_WORD_NAME,
           NG_F_AFTER_OF_NAME);
    if (is_text(v, after, "and")) {
        say(v, NG_F_AFTER_AND);
        say_if(v, begins_place(v, after + 1), NG_F_AFTER_LIST_PLACE);
        say_if(v, is_person_word(v, after + 1), NG_F_AFTER_LIST_PERSON);
        return;
    }
    if (is_context(v, after, NG_NAME_PERSON_WORD, 'a')) {
        for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
            if (is_text(v, after, weak[i])) {
                say(v, NG_F_AFTER_VERB);
                return;
            }
        }
        say(v, NG_F_AFTER_SPEECH);
    } else if (is_context(v, after, NG_NAME_PLACE_CONTEXT, 'a')) {
        say(v, NG_F_AFTER_PLACE_WORD);
    } else {
        say(v, NG_F_AFTER_LOWER);
    }
}

/* "chairman", "a spokesman", "the former president": what a comma after a person leads to. */
static bool begins_role(const view *v, uint32_t token)
{
    for (uint32_t i = token; i < token + 3 && i < v->reading->text->token_count; i++) {
        if (sentence_of(v, i) != sentence_of(v, token) ||
            flags_of(v, i) & (NG_TOKEN_PUNCTUATION | NG_TOKEN_NUMBER))
            return false;
        if (v->words[i].marks & NG_WORD_TITLE ||
            (!(flags_of(v, i) & NG_TOKEN_CAPITAL) && text_of(v, i).size > 4 &&
             is_context(v, i, NG_NAME_PERSON_WORD, 'b')))
            return true;
    }
    return false;
}

/* What follows a bracket or a comma. */
static void collect_mark_after(const view *v, uint32_t after)
{
    uint32_t next = after + 1;
    bool has_next =
        next < v->reading->text->token_count && sentence_of(v, next) == sentence_of(v, after);

    if (is_text(v, after, ",")) {
        say(v, NG_F_AFTER_COMMA);
        if (!has_next)
            return;
        if (begins_place(v, next))
            say(v, NG_F_AFTER_COMMA_PLACE);
        else if ((flags_of(v, next) & NG_TOKEN_NUMBER) && text_of(v, next).size == 2)
            say(v, NG_F_AFTER_AGE);
        else if (is_text(v, next, "who") || is_text(v, next, "whose"))
            say(v, NG_F_AFTER_WHO);
        else
            say_if(v, begins_role(v, next), NG_F_AFTER_COMMA_ROLE);
        say_if(v, is_person_word(v, next), NG_F_AFTER_LIST_PERSON);
    } else if (is_text(v, after, "(")) {
        bool is_short = has_next && is_acronym(v, next) &&
                        next + 1 < v->reading->text->token_count && is_text(v, next + 1, ")");
        say(v, is_short ? NG_F_AFTER_BRACKET_ACRONYM : NG_F_AFTER_BRACKET);
    }
}

static void collect_after(const view *v)
{
    uint32_t after = v->candidate->end;

    if (after >= v->reading->text->token_count ||
        sentence_of(v, after) != sentence_of(v, v->candidate->first)) {
        say(v, NG_F_AFTER_END);
        return;
    }
    if (flags_of(v, after) & NG_TOKEN_POSSESSIVE) {
        say(v, NG_F_AFTER_POSSESSIVE);
    } else if (v->words[after].marks & NG_WORD_LINKED &&
               v->words[after].marks & NG_WORD_CONNECTOR) {
        say(v,
            v->words[after + 1].marks & NG_WORD_NAME ? NG_F_AFTER_HYPHEN_NAME : NG_F_AFTER_HYPHEN);
    } else if (v->words[after].marks & NG_WORD_NAME && !is_text(v, after, "The")) {
        say_if(v, is_initial(v, after), NG_F_AFTER_INITIAL);
        say(v, v->words[after].marks & NG_WORD_TITLE ? NG_F_AFTER_TITLE
               : is_common(v, after)                 ? NG_F_AFTER_COMMON_NAME
                                                     : NG_F_AFTER_NAME);
    } else if (flags_of(v, after) & NG_TOKEN_PUNCTUATION) {
        collect_mark_after(v, after);
    } else if (flags_of(v, after) & NG_TOKEN_WORD) {
        say_if(v,
               v->words[after].marks & NG_WORD_PARTICLE && v->words[after + 1].marks & NG_WORD_NAME,
               NG_F_AFTER_PARTICLE);
        collect_word_after(v, after);
    } else {
        say_if(v, flags_of(v, after) & NG_TOKEN_NUMBER, NG_F_AFTER_NUMBER);
    }
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
    collect_before(&v);
    collect_after(&v);
    collect_sentence(&v);
}

void ng_evidence_score(const ng_evidence *evidence, ng_candidate *candidate)
{
    for (size_t i = 0; i < evidence->count; i++)
        for (size_t kind = 0; kind < NG_SCORE_COUNT; kind++)
            candidate->score[kind] += weights[evidence->items[i]][kind];
}
