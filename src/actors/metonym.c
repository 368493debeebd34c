/* Capitals and seats that stand for their state: "Moscow said", "talks between Jerusalem and
 * Moscow" - but not "near Damascus", "in Jerusalem".
 *
 * Decided from the words around the mention alone, by short lists of ours: a preposition of place
 * before it makes a place; a verb of speech, will or decision after it, or a word of dealings
 * before it ("a message from", "pressure on", "relations with") makes an actor. A seat ("the
 * Kremlin") is an actor unless something says place, a capital a place unless something says
 * actor. The word that decided is named in the ledger. */
#include "actors_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

enum {
    APPOSITION_TOKENS = 8,
    NEAR = 2, /* tokens before a preposition: "a message from" */
    FAR = 6   /* "negotiated a deal with" */
};

static const char *const place_prepositions[] = {
    "in",         "near",        "at",      "outside",  "inside",   "around",   "across",
    "throughout", "into",        "through", "toward",   "towards",  "within",   "downtown",
    "central",    "surrounding", "via",     "visit",    "visited",  "visiting", "reached",
    "leave",      "left",        "entered", "northern", "southern", "eastern",  "western"
};

static const char *const speech_verbs[] = {
    "said",       "says",      "say",        "vowed",      "vows",       "announced",  "announces",
    "agreed",     "agrees",    "wants",      "wanted",     "warned",     "warns",      "accused",
    "accuses",    "denied",    "denies",     "insisted",   "insists",    "declared",   "declares",
    "claimed",    "claims",    "condemned",  "condemns",   "demanded",   "demands",    "urged",
    "urges",      "called",    "calls",      "rejected",   "rejects",    "refused",    "refuses",
    "threatened", "threatens", "believes",   "believed",   "hopes",      "hoped",      "fears",
    "feared",     "argues",    "argued",     "responded",  "responds",   "reacted",    "replied",
    "stated",     "expressed", "proposed",   "proposes",   "offered",    "offers",     "pledged",
    "promised",   "decided",   "seeks",      "sought",     "tried",      "supports",   "supported",
    "backs",      "backed",    "opposes",    "opposed",    "recognized", "recognised", "recognizes",
    "imposed",    "expelled",  "annexed",    "invaded",    "deployed",   "sent",       "sends",
    "withdrew",   "signed",    "ordered",    "approved",   "blamed",     "blames",     "considers",
    "considered", "views",     "sees",       "knows",      "thinks",     "plans",      "intends",
    "hailed",     "welcomed",  "criticized", "criticised", "dismissed",  "suspended",  "recalled",
    "summoned",   "confirmed", "conceded",   "ruled",      "faces",      "acted",      "chose",
    "needs",      "pursued",   "continues"
};

static const char *const modals[] = { "will", "would", "could", "can",     "cannot",
                                      "may",  "might", "must",  "should",  "shall",
                                      "did",  "does",  "won't", "wouldn't" };

/* What a modal and a town do: "Paris will host the games". */
static const char *const town_verbs[] = { "be", "host", "have", "see", "get", "remain", "become" };

static const char *const perfects[] = { "has", "have", "had" };
static const char *const copulas[] = { "is", "was", "remains", "remained", "seems", "appears" };

static const char *const participles[] = { "made",  "taken", "said",       "begun",  "become",
                                           "given", "sent",  "shown",      "told",   "sought",
                                           "put",   "long",  "already",    "always", "never",
                                           "not",   "yet",   "repeatedly", "lost" };

static const char *const attitudes[] = { "happy", "ready",      "prepared",  "willing", "concerned",
                                         "keen",  "eager",      "unlikely",  "likely",  "committed",
                                         "wary",  "determined", "reluctant", "unhappy", "furious",
                                         "open",  "set",        "unwilling", "anxious", "worried" };

static const char *const adverbs[] = { "also",  "now",  "still", "has",  "then",   "too",
                                       "again", "soon", "just",  "even", "itself", "once" };

static const char *const dealings[] = {
    "talks",        "ties",          "relations",    "contacts",     "relationship", "dialogue",
    "negotiations", "agreement",     "agreements",   "deal",         "deals",        "tension",
    "tensions",     "cooperation",   "alliance",     "dispute",      "conflict",     "rift",
    "rupture",      "understanding", "treaty",       "pact",         "war",          "friction",
    "differences",  "rivalry",       "trade",        "coordination", "partnership",  "cooperate",
    "cooperated",   "negotiate",     "negotiated",   "negotiating",  "work",         "worked",
    "working",      "coordinate",    "coordinating", "friendship",   "exchange",     "exchanges",
    "discussions",  "consultations", "accord",       "accords",      "ceasefire",    "patience",
    "standoff",     "confrontation", "détente",      "compromise",   "engage",       "engagement"
};

static const char *const messages[] = {
    "message",    "messages",      "assurances",   "assurance",    "pressure",     "statement",
    "statements", "signal",        "signals",      "support",      "response",     "responses",
    "help",       "aid",           "assistance",   "order",        "orders",       "warning",
    "warnings",   "threat",        "threats",      "condemnation", "criticism",    "permission",
    "approval",   "backing",       "guarantees",   "guarantee",    "concessions",  "concession",
    "demands",    "demand",        "reaction",     "letter",       "note",         "protest",
    "weapons",    "arms",          "loans",        "funding",      "instructions", "word",
    "answer",     "reply",         "consent",      "overtures",    "loyal",        "hostile",
    "close",      "allied",        "appeal",       "appealed",     "subservient",  "beholden",
    "ultimatum",  "encouragement", "independence", "reassurances", "commitment"
};

static const char *const leanings[] = { "pressure",   "sanctions", "rely",     "relies",
                                        "relied",     "relying",   "depend",   "depends",
                                        "dependent",  "depended",  "imposed",  "reliance",
                                        "dependence", "counted",   "counting", "leverage",
                                        "influence",  "tough",     "hard" };

static const char *const object_verbs[] = {
    "urged",     "accused",   "pressed",   "told",     "warned",   "criticized",  "criticised",
    "asked",     "urging",    "accusing",  "pressing", "telling",  "warning",     "criticizing",
    "asking",    "urge",      "accuse",    "press",    "tell",     "warn",        "persuade",
    "persuaded", "convince",  "convinced", "blame",    "blamed",   "blaming",     "force",
    "forced",    "forcing",   "pushed",    "push",     "angered",  "anger",       "provoked",
    "provoke",   "isolate",   "isolated",  "deter",    "deterred", "embarrassed", "infuriated",
    "condemned", "denounced", "helped",    "backed",   "support",  "supported"
};

static const char *const owners[] = { "government", "support",   "criticism", "regime",  "allies",
                                      "ally",       "influence", "policy",    "behalf",  "part",
                                      "side",       "blessing",  "critical",  "fear",    "wary",
                                      "supportive", "hand",      "backing",   "request", "tool" };

static const char *const belongings[] = {
    "government", "policy",     "policies",    "ambassador",   "military",     "ally",
    "allies",     "forces",     "troops",      "influence",    "stance",       "role",
    "decision",   "support",    "interests",   "interest",     "position",     "response",
    "leaders",    "leadership", "demands",     "ambitions",    "goals",        "goal",
    "strategy",   "intentions", "approach",    "willingness",  "refusal",      "invasion",
    "war",        "annexation", "aggression",  "backing",      "help",         "aid",
    "proposal",   "claim",      "claims",      "army",         "navy",         "diplomats",
    "diplomacy",  "diplomatic", "foreign",     "nuclear",      "envoy",        "hand",
    "view",       "priorities", "presence",    "relations",    "relationship", "ties",
    "calculus",   "actions",    "involvement", "intervention", "concerns",     "efforts",
    "plan",       "plans",      "partner"
};

static const char *const compounds[] = { "backed",    "led",       "aligned",   "sponsored",
                                         "allied",    "imposed",   "appointed", "funded",
                                         "supported", "installed", "brokered",  "controlled",
                                         "friendly" };

/* The entry of a list that a token is, case of ASCII letters aside, or NULL. */
static const char *in_list(const ng_text *text, uint32_t token, const char *const *list,
                           size_t count)
{
    ng_view word = ng_token_text(text, token);

    for (size_t i = 0; i < count; i++) {
        ng_view entry;
        size_t at = 0;

        if (((list[i][0] ^ word.data[0]) & ~0x20) != 0)
            continue;
        entry = ng_view_of(list[i]);
        if (entry.size != word.size)
            continue;
        while (at < word.size &&
               (word.data[at] == entry.data[at] || (word.data[at] >= 'A' && word.data[at] <= 'Z' &&
                                                    word.data[at] - 'A' + 'a' == entry.data[at])))
            at++;
        if (at == word.size)
            return list[i];
    }
    return NULL;
}

/* True when the token is this lower-case word. */
static bool is_word(const ng_text *text, uint32_t token, const char *word)
{
    return in_list(text, token, &word, 1) != NULL;
}

/* A list of words. */
typedef struct words {
    const char *const *list;
    size_t count;
} words;

#define WORDS(list) ((words){ list, COUNT_OF(list) })

/* The first word of a list among the `reach` tokens before `end`, within the sentence. */
static const char *before_in_list(const ng_text *text, uint32_t end, uint32_t reach, words known)
{
    for (uint32_t i = 0; i < reach && end > i; i++) {
        uint32_t token = end - 1 - i;
        const char *found = NULL;

        if (end < text->token_count && text->tokens[token].sentence != text->tokens[end].sentence)
            return NULL;
        found = in_list(text, token, known.list, known.count);
        if (found)
            return found;
    }
    return NULL;
}

/* The token after the mention where its verb would stand: behind an apposition and adverbs. */
static uint32_t verb_token(const ng_text *text, uint32_t end, uint32_t sentence)
{
    uint32_t at = end;

    if (at < text->token_count && is_word(text, at, ",")) {
        uint32_t close = at + 1;

        while (close < text->token_count && close <= at + APPOSITION_TOKENS &&
               text->tokens[close].sentence == sentence && !is_word(text, close, ","))
            close++;
        if (close >= text->token_count || !is_word(text, close, ","))
            return NG_NONE;
        at = close + 1;
    }
    for (int i = 0; i < 2 && at < text->token_count; i++) {
        ng_view word = ng_token_text(text, at);

        if (!in_list(text, at, adverbs, COUNT_OF(adverbs)) && !ng_view_ends(word, NG_VIEW("ly")))
            break;
        if (in_list(text, at, perfects, COUNT_OF(perfects)))
            break;
        at++;
    }
    return at < text->token_count && text->tokens[at].sentence == sentence ? at : NG_NONE;
}

/* The token behind "and Beijing", when the mention stands before it: two subjects of one verb. */
static uint32_t second_end(const ng_text *text, uint32_t end, uint32_t sentence)
{
    uint32_t at = end;

    if (at >= text->token_count || !is_word(text, at, "and"))
        return end;
    for (at++; at < text->token_count && at < end + 3 && text->tokens[at].sentence == sentence;
         at++)
        if (!(text->tokens[at].flags & NG_TOKEN_CAPITAL))
            break;
    return at > end + 1 ? at : end;
}

/* What the mention does, if it is the subject of a verb of persons. */
static const char *subject_cue(const ng_text *text, const ng_span *span)
{
    uint32_t sentence = text->tokens[span->first_token].sentence;
    uint32_t at = verb_token(text, second_end(text, span->end_token, sentence), sentence);
    const char *found = NULL;
    ng_view next;

    if (at >= text->token_count)
        return NULL;
    found = in_list(text, at, speech_verbs, COUNT_OF(speech_verbs));
    if (found || at + 1 >= text->token_count)
        return found;
    found = in_list(text, at, modals, COUNT_OF(modals));
    if (found)
        return in_list(text, at + 1, town_verbs, COUNT_OF(town_verbs)) ? NULL : found;
    next = ng_token_text(text, at + 1);
    if (in_list(text, at, perfects, COUNT_OF(perfects)) &&
        (ng_view_ends(next, NG_VIEW("ed")) || ng_view_ends(next, NG_VIEW("ly")) ||
         in_list(text, at + 1, participles, COUNT_OF(participles))))
        return "has";
    if (in_list(text, at, copulas, COUNT_OF(copulas)) &&
        ((next.size > 5 && ng_view_ends(next, NG_VIEW("ing"))) ||
         in_list(text, at + 1, attitudes, COUNT_OF(attitudes))))
        return "is";
    return NULL;
}

/* What belongs to the mention: "Moscow's policy", "Moscow-backed". */
static const char *owner_cue(const ng_text *text, const ng_span *span, bool is_seat)
{
    uint32_t at = span->end_token;

    if (at + 1 >= text->token_count)
        return NULL;
    if (is_word(text, at, "-"))
        return in_list(text, at + 1, compounds, COUNT_OF(compounds));
    if ((text->tokens[at].flags & NG_TOKEN_POSSESSIVE) == 0)
        return NULL;
    return is_seat ? "'s" : in_list(text, at + 1, belongings, COUNT_OF(belongings));
}

/* What is done with the mention, by the words before it. `before` is the token right before. */
static const char *object_cue(const ng_text *text, uint32_t before)
{
    if (is_word(text, before, "with") || is_word(text, before, "between"))
        return before_in_list(text, before, FAR, WORDS(dealings));
    if (is_word(text, before, "from") || is_word(text, before, "to") || is_word(text, before, "by"))
        return before_in_list(text, before, NEAR, WORDS(messages));
    if (is_word(text, before, "on") || is_word(text, before, "against"))
        return before_in_list(text, before, NEAR, WORDS(leanings));
    if (is_word(text, before, "of"))
        return before_in_list(text, before, NEAR, WORDS(owners));
    if (is_word(text, before, "and") && before > 1 && is_word(text, before - 2, "between"))
        return before_in_list(text, before - 2, FAR, WORDS(dealings));
    return in_list(text, before, object_verbs, COUNT_OF(object_verbs));
}

const char *ng_metonym_cue(const ng_text *text, const ng_span *span, bool is_seat)
{
    uint32_t first = span->first_token;
    uint32_t sentence = text->tokens[first].sentence;
    const char *cue = NULL;

    if (first > 0 && is_word(text, first - 1, "the"))
        first--;
    if (first > 0 && text->tokens[first - 1].sentence != sentence)
        first = 0;
    if (first > 0 && in_list(text, first - 1, place_prepositions, COUNT_OF(place_prepositions)))
        return NULL;
    cue = subject_cue(text, span);
    if (!cue)
        cue = owner_cue(text, span, is_seat);
    if (!cue && first > 0)
        cue = object_cue(text, first - 1);
    return cue || !is_seat ? cue : "seat of government";
}
