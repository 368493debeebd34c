/* What the words around a span say of it: titles and prepositions before it, verbs and commas after
 * it, neighbours in a list, and names that it would be cut from. */
#include "evidence_internal.h"

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
    const uint32_t places = PLACE_CLASSES | CLASS(STATE_ABBREVIATION);
    const ng_reading *reading = v->reading;

    if (token >= reading->text->token_count || !(v->words[token].marks & NG_WORD_NAME))
        return false;
    if (v->words[token].classes & places && !(v->words[token + 1].marks & NG_WORD_NAME))
        return true;
    for (size_t i = v->words[token].first_match;
         i < reading->match_count && reading->matches[i].first_token == token; i++)
        if (reading->matches[i].classes & places &&
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

/* "the frigate Bremen", "Typhoon Maria": ships and storms bear the names of places and people. */
static bool is_vessel(const view *v, uint32_t token)
{
    static const char *const words[] = {
        "aircraft",  "barque",      "battleship", "boat",      "brig",    "corvette",
        "cruiser",   "destroyer",   "ferry",      "freighter", "frigate", "galleon",
        "liner",     "minesweeper", "schooner",   "ship",      "sloop",   "steamer",
        "steamship", "submarine",   "tanker",     "trawler",   "tugboat", "vessel",
        "warship",   "yacht",       "HMCS",       "HMS",       "RMS",     "USS",
        "cyclone",   "Cyclone",     "hurricane",  "Hurricane", "typhoon", "Typhoon",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_text(v, token, words[i]))
            return true;
    return is_text(v, token, "Storm") && token > 0 &&
           (is_text(v, token - 1, "Tropical") || is_text(v, token - 1, "tropical"));
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
    say_if(v, is_vessel(v, before), NG_F_BEFORE_VESSEL);
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

/* "Europe Military", "Russia Sanctions": a country or continent before an ordinary word that is no
 * part of an organization's name. */
static bool stands_before_common(const view *v, uint32_t after)
{
    const ng_name_match *match = v->candidate->match;
    const ng_name_entry *entry = ng_match_entry(match, NG_NAME_GEOGRAPHY);
    bool is_known = match && (match->classes & CLASS(COUNTRY) ||
                              (entry && ng_view_equal(entry->value, NG_VIEW("continent"))));

    return is_known && is_common(v, after) &&
           !(v->words[after].marks & (NG_WORD_ORG_TAIL | NG_WORD_PLACE_TAIL));
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
        say_if(v, stands_before_common(v, after), NG_F_KNOWN_BEFORE_COMMON);
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

/* "MO: What did you see?": who speaks, by initials ("US:" is more than that). */
static bool is_speaker(const view *v)
{
    uint32_t first = v->candidate->first, after = v->candidate->end;

    return after == first + 1 && after < v->reading->text->token_count &&
           text_of(v, first).size <= 3 && flags_of(v, first) & NG_TOKEN_ALL_CAPS &&
           !(v->words[first].classes & CLASS(COUNTRY)) &&
           (first == 0 || sentence_of(v, first - 1) != sentence_of(v, first)) &&
           is_text(v, after, ":");
}

/* "Governor Manuel Mamba of Cagayan": what an office is of is no part of the name. */
static bool names_office(const view *v)
{
    const ng_word *word = &v->words[v->candidate->first];

    return v->count > 2 && v->candidate->end - v->candidate->first > 3 &&
           word->title_first != v->candidate->first && word->title_class == 'r' &&
           is_text(v, v->candidate->end - 2, "of");
}

/* True for what leads to a description: "is", "was", a comma. */
static bool leads_to_description(const view *v, uint32_t token)
{
    return is_text(v, token, "is") || is_text(v, token, "was") || is_text(v, token, ",") ||
           is_text(v, token, "are") || is_text(v, token, "were");
}

/* "X is a small village in", "X, the French carmaker,": what the text says that X is. */
static void collect_description(const view *v)
{
    enum { NOUN_WITHIN = 6 };
    uint32_t at = v->candidate->end, count = (uint32_t)v->reading->text->token_count;
    uint32_t last = at + 2 + NOUN_WITHIN < count ? at + 2 + NOUN_WITHIN : count;

    if (at + 2 >= count || !leads_to_description(v, at) ||
        !(is_text(v, at + 1, "a") || is_text(v, at + 1, "an") || is_text(v, at + 1, "the") ||
          is_text(v, at + 1, "one")))
        return;
    for (at += 2; at < last && sentence_of(v, at) == sentence_of(v, v->candidate->first); at++) {
        const ng_word *word = &v->words[at];

        if (flags_of(v, at) & (NG_TOKEN_PUNCTUATION | NG_TOKEN_CAPITAL))
            continue;
        if (word->marks & NG_WORD_TITLE || word->classes & CLASS(PERSON_WORD))
            say(v, NG_F_SAID_PERSON);
        else if (word->classes & CLASS(PLACE_WORD))
            say(v, NG_F_SAID_PLACE);
        else if (word->classes & CLASS(ORGANIZATION_WORD))
            say(v, NG_F_SAID_ORGANIZATION);
        else
            continue;
        return;
    }
}

void ng_context_collect(const view *v)
{
    collect_before(v);
    collect_after(v);
    collect_description(v);
    say_if(v, is_speaker(v), NG_F_SPEAKER_INITIALS);
    say_if(v, names_office(v), NG_F_OFFICE_OF);
}
