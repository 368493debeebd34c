/* What is known of each token before any span is looked at: its dictionary classes and weights, the
 * title phrase that ends before it, whether it may stand in a name, and how its sentence is
 * written.
 *
 * Case carries most of the evidence, so a sentence in capitals or without any is read differently:
 * there a word may stand in a name only when the dictionaries know it as one and it is not an
 * ordinary word. */
#include "tagger_internal.h"

enum {
    TAIL_BYTES_MAX = 6,
    COMMON_SHARE = 50,
    OFTEN_COMMON = 75,
    SURELY_COMMON = 97,
    FORENAME_USUAL = 60,
    LOWER_WORDS_MIN = 4
};

/* Classes that make a word part of a name in caseless text. */
#define NAME_CLASSES                                                                               \
    (1u << NG_NAME_COUNTRY | 1u << NG_NAME_DEMONYM | 1u << NG_NAME_PEOPLE |                        \
     1u << NG_NAME_METONYM | 1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_CITY |                      \
     1u << NG_NAME_GEOGRAPHY | 1u << NG_NAME_FORENAME | 1u << NG_NAME_SURNAME |                    \
     1u << NG_NAME_ORGANIZATION | 1u << NG_NAME_NICKNAME)

const ng_name_entry *ng_match_entry(const ng_name_match *match, ng_name_class class_)
{
    if (!match || !(match->classes & (1u << class_)))
        return NULL;
    for (uint32_t i = 0; i < match->entry_count; i++)
        if (match->entries[i].class_ == class_)
            return &match->entries[i];
    return NULL;
}

const ng_name_match *ng_reading_match(const ng_reading *reading, uint32_t first, uint32_t end)
{
    if (end - first == 1)
        return reading->types[reading->ids[first]].match;
    for (size_t i = reading->words[first].first_match;
         i < reading->match_count && reading->matches[i].first_token == first; i++)
        if (reading->matches[i].end_token == end)
            return &reading->matches[i];
    return NULL;
}

bool ng_reading_is_article(const ng_reading *reading, uint32_t token)
{
    ng_view word = ng_token_text(reading->text, token);

    return word.size == 3 && (word.data[0] | 32) == 't' && (word.data[1] | 32) == 'h' &&
           (word.data[2] | 32) == 'e';
}

/* A weight as 16 bits. */
static uint16_t clip(uint32_t weight)
{
    return weight > UINT16_MAX ? UINT16_MAX : (uint16_t)weight;
}

/* Marks of an organization or place word by its position in a name. */
static uint32_t position_marks(const ng_name_entry *entry)
{
    bool is_org = entry->class_ == NG_NAME_ORGANIZATION_WORD;
    uint32_t marks = 0;

    if (entry->detail != 't')
        marks |= is_org ? NG_WORD_ORG_HEAD : NG_WORD_PLACE_HEAD;
    if (entry->detail != 'h')
        marks |= is_org ? NG_WORD_ORG_TAIL : NG_WORD_PLACE_TAIL;
    return marks;
}

/* Takes over what the dictionaries say of a single word; "I." is no pronoun. */
static void read_entries(const ng_name_match *match, bool is_initial, ng_word *word)
{
    const uint32_t ordinary = 1u << NG_NAME_COMMON | 1u << NG_NAME_NOT_NAME;

    word->classes |= is_initial ? match->classes & ~ordinary : match->classes;
    for (uint32_t i = 0; i < match->entry_count; i++) {
        const ng_name_entry *entry = &match->entries[i];
        if (is_initial && ordinary & (1u << entry->class_))
            continue;
        switch (entry->class_) {
        case NG_NAME_FORENAME:
            word->forename = clip(entry->weight);
            break;
        case NG_NAME_SURNAME:
            word->surname = clip(entry->weight);
            break;
        case NG_NAME_NICKNAME:
            if (!word->forename)
                word->forename = 1;
            break;
        case NG_NAME_COMMON:
            word->lower_share = (uint8_t)(entry->weight > 100 ? 100 : entry->weight);
            break;
        case NG_NAME_ORGANIZATION_WORD:
        case NG_NAME_PLACE_WORD:
            word->marks |= position_marks(entry);
            break;
        case NG_NAME_NOT_NAME:
            word->marks |= NG_WORD_NOT_NAME;
            break;
        case NG_NAME_DEMONYM:
        case NG_NAME_PEOPLE:
            word->marks |= NG_WORD_DEMONYM;
            break;
        default:
            break;
        }
    }
}

/* Notes a title phrase for the token after it, and marks its words. */
static void read_title(const ng_reading *reading, const ng_name_match *match)
{
    const ng_name_entry *entry = ng_match_entry(match, NG_NAME_TITLE);
    ng_word *after;

    if (!entry || ng_view_equal(entry->value, NG_VIEW("suffix")))
        return;
    for (uint32_t i = match->first_token; i < match->end_token; i++)
        reading->words[i].marks |= NG_WORD_TITLE;
    if (match->end_token >= reading->text->token_count)
        return;
    after = &reading->words[match->end_token];
    if (match->first_token < after->title_first) {
        after->title_first = match->first_token;
        after->title_class = entry->value.size ? (uint8_t)entry->value.data[0] : 0;
    }
}

/* True when a phrase is written as a name: its first and last words with capitals; a country's is
 * one whatever it ends in ("Congo (Kinshasa)"). */
static bool is_written_as_name(const ng_reading *reading, const ng_name_match *match,
                               uint32_t first)
{
    const ng_token *head = &reading->text->tokens[first];
    uint32_t last = reading->text->tokens[match->end_token - 1].flags;

    if (reading->sentence_case[head->sentence] == NG_CASE_LOWER)
        return true;
    return head->flags & NG_TOKEN_CAPITAL &&
           (last & NG_TOKEN_CAPITAL || match->classes & 1u << NG_NAME_COUNTRY);
}

/* Notes the longest phrase that is a name over each of its tokens. */
static void read_phrase(const ng_reading *reading, const ng_name_match *match)
{
    uint32_t first = match->first_token;

    if (ng_reading_is_article(reading, first) && match->end_token - first > 1)
        first++;
    if (!(match->classes & NG_WHOLE_CLASSES) || !is_written_as_name(reading, match, first))
        return;
    for (uint32_t i = first; i < match->end_token; i++) {
        ng_word *word = &reading->words[i];
        if (match->end_token - first > word->phrase_end - word->phrase_first) {
            word->phrase_first = first;
            word->phrase_end = match->end_token;
        }
    }
}

/* ---- what a word is wherever it stands ---- */

/* I ... XXXIX as a generation or a pope's number. */
static bool is_roman(ng_view word)
{
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] != 'I' && word.data[i] != 'V' && word.data[i] != 'X')
            return false;
    return word.size > 0 && word.size <= 6;
}

/* True for a type that is a word, and no link and no ending of a word. */
static bool has_case(uint32_t flags)
{
    return (flags & NG_TOKEN_WORD) && !(flags & (NG_TOKEN_LINK | NG_TOKEN_POSSESSIVE));
}

/* Marks that the bytes of a word alone tell. */
static uint32_t own_marks(ng_view word)
{
    return (is_roman(word) ? NG_WORD_ROMAN : 0u) | (ng_word_is_suffix(word) ? NG_WORD_SUFFIX : 0u) |
           (ng_word_joins(word) ? NG_WORD_JOINS : 0u);
}

/* 1 ... 16: what is no word. */
static uint8_t mark_kind(ng_view text, uint32_t flags)
{
    static const char marks[] = ",.()-:;\"'&/";
    const char *found = memchr(marks, text.data[0], sizeof marks - 1);

    if (flags & NG_TOKEN_NUMBER)
        return text.size == 4 ? 1 : 2;
    if (flags & NG_TOKEN_LINK)
        return 3;
    if (flags & NG_TOKEN_POSSESSIVE)
        return 4;
    return found ? (uint8_t)(5 + (found - marks)) : 16;
}

/* 18 ... 26: words in lower case that are a kind of their own, or 0. */
static uint8_t small_kind(ng_view text)
{
    static const struct {
        ng_view word;
        uint8_t kind;
    } own[] = { { { "of", 2 }, 18 },   { { "the", 3 }, 19 }, { { "in", 2 }, 20 },
                { { "at", 2 }, 21 },   { { "and", 3 }, 22 }, { { "to", 2 }, 23 },
                { { "from", 4 }, 24 }, { { "by", 2 }, 25 },  { { "with", 4 }, 25 },
                { { "for", 3 }, 26 } };

    for (size_t i = 0; text.size <= 4 && i < sizeof own / sizeof *own; i++)
        if (ng_view_equal(text, own[i].word))
            return own[i].kind;
    return 0;
}

/* True for names of countries and cities that are things as well when written small; texts have
 * them too seldom for the table of ordinary words. */
static bool is_thing(ng_view folded)
{
    static const char *const things[] = {
        "angora",   "bologna",  "burgundy", "calico", "cashmere", "cayenne", "chad",   "champagne",
        "cheddar",  "china",    "cologne",  "delft",  "guinea",   "java",    "jersey", "limerick",
        "mandarin", "marathon", "muscat",   "nice",   "phoenix",  "turkey"
    };

    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        if (ng_view_equal(folded, ng_view_of(things[i])))
            return true;
    return false;
}

/* True for a place or forename that is no ordinary word: written carelessly, "in kerala". */
static bool is_known_small(const ng_word_type *type, const ng_word *word)
{
    const uint32_t places = 1u << NG_NAME_COUNTRY | 1u << NG_NAME_METONYM |
                            1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_CITY;
    const uint32_t others = 1u << NG_NAME_PLACE_WORD | 1u << NG_NAME_ORGANIZATION_WORD |
                            1u << NG_NAME_PERSON_WORD | 1u << NG_NAME_TITLE |
                            1u << NG_NAME_NOT_NAME | 1u << NG_NAME_PLACE_CONTEXT;

    return word->lower_share == 0 && !(word->classes & others) &&
           (word->classes & places || word->forename >= FORENAME_USUAL) &&
           ng_view_equal(type->written, type->folded) && !is_thing(type->folded);
}

void ng_word_read(const ng_word_type *type, const ng_word_classes *classes, ng_word *word_out)
{
    uint32_t many = classes && type->flags & NG_TOKEN_WORD
                        ? ng_word_class_find(classes, type->folded)
                        : NG_NO_WORD_CLASS;

    *word_out = (ng_word){ .first_match = UINT32_MAX };
    if (many != NG_NO_WORD_CLASS)
        word_out->few =
            (uint8_t)(1 + classes->few_of_some[classes->some_of_many[many]] % (NG_CLASSES_MAX - 1));
    if (type->match)
        read_entries(type->match, type->flags & NG_TOKEN_INITIAL, word_out);
    if (has_case(type->flags)) {
        word_out->marks |= own_marks(type->written);
        word_out->kind = small_kind(type->written);
        word_out->marks |= is_known_small(type, word_out) ? NG_WORD_KNOWN_SMALL : 0u;
    } else {
        word_out->kind = mark_kind(type->written, type->flags);
    }
}

/* True when the marks of such a token depend on its place even if it stands in ordinary text and
 * after a space. */
static bool stands_out(const ng_word_type *type, const ng_word *word)
{
    const uint32_t classes = 1u << NG_NAME_PARTICLE | 1u << NG_NAME_TITLE | 1u << NG_NAME_RULE;
    const uint32_t persons = 1u << NG_NAME_FORENAME | 1u << NG_NAME_SURNAME;

    if (!has_case(type->flags))
        return type->flags & NG_TOKEN_PUNCTUATION &&
               memchr("&-,\"'\xE2", type->written.data[0], 6) != NULL;
    return type->flags & (NG_TOKEN_CAPITAL | NG_TOKEN_MIXED | NG_TOKEN_NUMBER) ||
           word->marks & NG_WORD_JOINS || word->classes & classes ||
           (word->marks & NG_WORD_KNOWN_SMALL) ||
           (word->classes & persons && word->lower_share < COMMON_SHARE);
}

uint32_t ng_word_traits(const ng_word_type *type, const ng_word *word)
{
    bool is_capital = type->flags & NG_TOKEN_CAPITAL, is_long = type->written.size >= 4;
    uint32_t traits = stands_out(type, word) ? NG_KNOWN_STANDS_OUT : 0;

    if (!has_case(type->flags))
        return traits;
    traits |= NG_KNOWN_HAS_CASE | (is_capital ? NG_KNOWN_CAPITAL : 0u);
    if (type->written.size < 2)
        return traits;
    traits |= NG_KNOWN_COUNTS | (is_capital ? NG_KNOWN_COUNTS_CAPITAL : 0u);
    traits |= type->flags & NG_TOKEN_ALL_CAPS ? NG_KNOWN_COUNTS_UPPER : 0u;
    traits |= is_long ? NG_KNOWN_COUNTS_LONG : 0u;
    return traits | (is_long && is_capital ? NG_KNOWN_COUNTS_LONG_CAPITAL : 0u);
}

/* Reads the titles of one word, and single names of rules; such words are all in the list. After
 * read_words, as they mark the word after them. */
static void read_short_titles(const ng_reading *reading, const uint32_t *list, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        uint32_t i = list[k];

        if (reading->words[i].classes & (1u << NG_NAME_TITLE)) {
            ng_name_match match = *reading->types[reading->ids[i]].match;
            match.first_token = i;
            match.end_token = i + 1;
            read_title(reading, &match);
        }
        if (reading->words[i].classes & (1u << NG_NAME_RULE))
            reading->words[i].marks |= NG_WORD_NAME;
    }
}

/* Reads the phrases into the words; true when the name of a rule is among them. */
static bool read_phrases(const ng_reading *reading)
{
    bool has_rule = false;

    for (size_t i = reading->match_count; i > 0; i--) {
        const ng_name_match *match = &reading->matches[i - 1];
        reading->words[match->first_token].first_match = (uint32_t)(i - 1);
        if (match->classes & (1u << NG_NAME_NOT_NAME) && !(match->classes & NG_WHOLE_CLASSES))
            for (uint32_t k = match->first_token; k < match->end_token; k++)
                reading->words[k].marks |= NG_WORD_NOT_NAME;
        read_phrase(reading, match);
        if (match->classes & (1u << NG_NAME_TITLE))
            read_title(reading, match);
        if (match->classes & (1u << NG_NAME_PLACE_CONTEXT))
            reading->words[match->end_token].marks |= NG_WORD_AFTER_PLACE_PHRASE;
        if (!(match->classes & (1u << NG_NAME_RULE)))
            continue;
        has_rule = true;
        for (uint32_t k = match->first_token; k < match->end_token; k++)
            reading->words[k].marks |= NG_WORD_NAME;
    }
    return has_rule;
}

/* ---- how sentences are written ---- */

/* Counts of words. */
typedef struct counts {
    uint32_t words, capital, upper, long_words, long_capital;
} counts;

static void count_word(counts *c, uint32_t traits)
{
    c->words += (traits & NG_KNOWN_COUNTS) != 0;
    c->capital += (traits & NG_KNOWN_COUNTS_CAPITAL) != 0;
    c->upper += (traits & NG_KNOWN_COUNTS_UPPER) != 0;
    c->long_words += (traits & NG_KNOWN_COUNTS_LONG) != 0;
    c->long_capital += (traits & NG_KNOWN_COUNTS_LONG_CAPITAL) != 0;
}

/* How a sentence with these words is written. */
static uint8_t find_case(const counts *c)
{
    uint64_t upper = c->upper, long_capital = c->long_capital;

    if (c->words >= 3 && upper * 10 >= (uint64_t)c->words * 7)
        return NG_CASE_UPPER;
    if (c->words >= LOWER_WORDS_MIN && c->capital == 0)
        return NG_CASE_LOWER;
    if (c->long_words >= 3 && long_capital * 10 >= (uint64_t)c->long_words * 8)
        return NG_CASE_TITLE;
    return NG_CASE_NORMAL;
}

/* A text without capitals is so in all its sentences. */
static void find_caseless(const ng_reading *reading, const counts *all)
{
    if (all->words < LOWER_WORDS_MIN || (uint64_t)all->capital * 50 > all->words)
        return;
    for (size_t i = 0; i < reading->text->sentence_count; i++)
        if (reading->sentence_case[i] == NG_CASE_NORMAL)
            reading->sentence_case[i] = NG_CASE_LOWER;
}

/* Marks that tell where a token stands. */
static uint32_t place_marks(unsigned flags)
{
    return (flags & NG_TOKEN_SENTENCE_START ? NG_WORD_START : 0u) |
           (flags & NG_TOKEN_SPACE_BEFORE ? 0u : NG_WORD_LINKED);
}

/* Reads what is known of each word into the words of a sentence and counts them. Lists the tokens
 * that have to be looked at again even in ordinary text; returns how many. */
static size_t read_sentence(ng_scratch *scratch, const ng_reading *reading,
                            const ng_sentence *sentence, counts *c, uint32_t *list)
{
    enum { AHEAD = 12 }; /* tokens: what is known of types is more than a near cache holds */
    size_t count = 0, last = reading->text->token_count - 1;

    for (uint32_t i = sentence->first_token; i < sentence->end_token; i++) {
        const ng_known *known = &scratch->known[reading->ids[i]];
        unsigned flags = reading->text->tokens[i].flags;
        uint32_t traits = known->traits;
        bool is_linked = !(flags & NG_TOKEN_SPACE_BEFORE) & ((traits & NG_KNOWN_HAS_CASE) != 0);

        __builtin_prefetch(&scratch->known[reading->ids[i + AHEAD < last ? i + AHEAD : last]]);
        reading->words[i] = known->word;
        reading->words[i].title_first = i;
        reading->words[i].marks |= place_marks(flags);
        count_word(c, traits);
        ng_scratch_count(scratch, known, flags);
        list[count] = i;
        count += is_linked | ((traits & NG_KNOWN_STANDS_OUT) != 0);
    }
    return count;
}

/* Reads what is known of each word and how each sentence is written; the list as above. */
static size_t read_words(ng_scratch *scratch, const ng_reading *reading, uint32_t *list)
{
    const ng_text *text = reading->text;
    counts all = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < text->sentence_count; i++) {
        counts c = { 0 };

        count += read_sentence(scratch, reading, &text->sentences[i], &c, list + count);
        all.words += c.words;
        all.capital += c.capital;
        reading->sentence_case[i] = find_case(&c);
    }
    find_caseless(reading, &all);
    return count;
}

/* ---- which words may stand in names ---- */

/* True when a phrase of the dictionaries that is a name begins at the token. */
static bool begins_phrase(const ng_reading *reading, uint32_t i)
{
    for (size_t k = reading->words[i].first_match;
         k < reading->match_count && reading->matches[k].first_token == i; k++)
        if (reading->matches[k].classes & NG_WHOLE_CLASSES)
            return true;
    return false;
}

/* True for an ordinary word that a name may begin with all the same: "Will Smith", "Bank of". */
static bool may_start_name(const ng_word *word)
{
    if (word->marks & (NG_WORD_ORG_HEAD | NG_WORD_PLACE_HEAD))
        return true;
    if (word->marks & NG_WORD_NOT_NAME && word->lower_share >= COMMON_SHARE)
        return false;
    return (word->classes & (1u << NG_NAME_FORENAME | 1u << NG_NAME_SURNAME |
                             1u << NG_NAME_COUNTRY | 1u << NG_NAME_CITY)) != 0;
}

/* The small second half of an East Asian given name: "Jong-un", "Kai-shek". */
static bool is_hyphen_tail(const ng_reading *reading, uint32_t i)
{
    const ng_token *tokens = reading->text->tokens;

    const ng_word *head;

    if (i < 2 || tokens[i].flags & NG_TOKEN_SPACE_BEFORE ||
        tokens[i].end - tokens[i].start > TAIL_BYTES_MAX)
        return false;
    head = &reading->words[i - 2];
    if (!(reading->words[i - 1].marks & NG_WORD_CONNECTOR) || !(head->marks & NG_WORD_NAME) ||
        tokens[i - 2].flags & NG_TOKEN_ALL_CAPS ||
        tokens[i - 2].end - tokens[i - 2].start > TAIL_BYTES_MAX)
        return false;
    return reading->words[i].lower_share < COMMON_SHARE ||
           (tokens[i - 2].end - tokens[i - 2].start <= 4 && head->lower_share == 0 &&
            !(head->classes & (1u << NG_NAME_COUNTRY | 1u << NG_NAME_CITY |
                               1u << NG_NAME_GEOGRAPHY | 1u << NG_NAME_METONYM)));
}

/* True when a word with a capital follows in the sentence, or does so after "and" or "of". */
static bool precedes_capital(const ng_reading *reading, uint32_t i)
{
    const ng_text *text = reading->text;
    uint32_t next = i + 1;

    if (next < text->token_count && reading->words[next].marks & NG_WORD_JOINS)
        next++;
    return next < text->token_count && text->tokens[next].sentence == text->tokens[i].sentence &&
           (text->tokens[next].flags & (NG_TOKEN_CAPITAL | NG_TOKEN_SPACE_BEFORE)) ==
               (NG_TOKEN_CAPITAL | NG_TOKEN_SPACE_BEFORE);
}

/* True for an ordinary word whose capital may say more than that a sentence begins: the document
 * writes it so elsewhere, another capital follows, or it is not that ordinary. */
static bool may_be_name(const ng_reading *reading, const ng_scratch *scratch, uint32_t i)
{
    const ng_word *word = &reading->words[i];
    ng_twin twin;

    if (begins_phrase(reading, i) || may_start_name(word) || word->lower_share < OFTEN_COMMON)
        return true;
    if (word->lower_share < SURELY_COMMON && !(word->marks & NG_WORD_TITLE) &&
        precedes_capital(reading, i))
        return true;
    twin = ng_scratch_twin(scratch, reading->ids[i]);
    return twin.capital > 0 && twin.capital >= twin.small;
}

/* True for a word without a capital at its start that can be a name all the same: the tail of
 * Jong-un, 6PR, 501st Wing, Donald trump. */
static bool is_small_name(const ng_reading *reading, uint32_t i)
{
    const uint32_t persons = 1u << NG_NAME_FORENAME | 1u << NG_NAME_SURNAME;
    const ng_token *token = &reading->text->tokens[i];
    const ng_word *word = &reading->words[i];

    if (is_hyphen_tail(reading, i) || (word->marks & NG_WORD_KNOWN_SMALL))
        return true;
    if (token->flags & NG_TOKEN_NUMBER)
        return token->flags & NG_TOKEN_ALL_CAPS || precedes_capital(reading, i);
    return word->classes & persons && word->lower_share < COMMON_SHARE && i > 0 &&
           token[-1].sentence == token->sentence && token[-1].flags & NG_TOKEN_CAPITAL &&
           token->flags & NG_TOKEN_SPACE_BEFORE && word[-1].classes & (1u << NG_NAME_FORENAME);
}

/* Marks of a word in text written with and without capitals as usual. */
static uint32_t normal_marks(const ng_reading *reading, const ng_scratch *scratch, uint32_t i)
{
    const ng_token *token = &reading->text->tokens[i];
    const ng_word *word = &reading->words[i];
    ng_view text = ng_token_text(reading->text, i);
    bool is_start = token->flags & NG_TOKEN_SENTENCE_START;
    bool is_ordinary = word->lower_share >= COMMON_SHARE ||
                       ((word->marks & NG_WORD_NOT_NAME) && !(word->classes & NAME_CLASSES));
    uint32_t marks = 0;

    if (!(token->flags & (NG_TOKEN_CAPITAL | NG_TOKEN_MIXED))) {
        if (word->marks & NG_WORD_JOINS)
            return NG_WORD_CONNECTOR;
        if (is_small_name(reading, i))
            return NG_WORD_NAME;
        if (word->classes & (1u << NG_NAME_PARTICLE))
            return NG_WORD_CONNECTOR | NG_WORD_PARTICLE;
        return ng_reading_is_linked(reading, i) ? NG_WORD_CONNECTOR : 0u;
    }
    if (is_start && is_ordinary) {
        marks |= NG_WORD_LOW_START;
        if (!may_be_name(reading, scratch, i))
            return marks;
    }
    if (token->end - token->start == 1 && text.data[0] == 'I' && word->lower_share < 100 &&
        !begins_phrase(reading, i))
        return marks | NG_WORD_ROMAN | NG_WORD_CONNECTOR;
    return marks | NG_WORD_NAME;
}

/* Marks of a word in text that tells nothing by its case: all but ordinary words may be names. */
static uint32_t caseless_marks(const ng_reading *reading, uint32_t i)
{
    const ng_word *word = &reading->words[i];
    ng_view text = ng_token_text(reading->text, i);

    if (word->phrase_end - word->phrase_first > 1 || begins_phrase(reading, i))
        return NG_WORD_NAME;
    if (word->classes & (1u << NG_NAME_PARTICLE))
        return NG_WORD_CONNECTOR | NG_WORD_PARTICLE;
    if (word->marks & NG_WORD_JOINS)
        return NG_WORD_CONNECTOR;
    if (word->lower_share >= (word->classes & NAME_CLASSES ? SURELY_COMMON : COMMON_SHARE))
        return 0;
    return text.size > 1 ? NG_WORD_NAME : 0u;
}

/* What the dictionaries say of "moon" and "al" as words is nothing to "Ki-moon" and "Al-Waleed". */
static void forget_meaning(const ng_reading *reading, uint32_t i)
{
    const ng_token *token = &reading->text->tokens[i];
    ng_word *word = &reading->words[i];
    bool is_tail =
        !(token->flags & (NG_TOKEN_CAPITAL | NG_TOKEN_MIXED)) && word->marks & NG_WORD_LINKED;
    bool is_article = word->classes & (1u << NG_NAME_PARTICLE) &&
                      i + 1 < reading->text->token_count &&
                      ng_view_equal(ng_token_text(reading->text, i + 1), NG_VIEW("-"));

    if (!(word->marks & NG_WORD_NAME) || !(is_tail || is_article))
        return;
    word->marks &= ~(uint32_t)(NG_WORD_NOT_NAME | NG_WORD_TITLE);
    word->classes &= ~(1u << NG_NAME_COMMON | 1u << NG_NAME_NOT_NAME);
    word->lower_share = 0;
}

/* Completes the marks of one word. */
static void mark_word(const ng_reading *reading, const ng_scratch *scratch, uint32_t i)
{
    const ng_token *token = &reading->text->tokens[i];
    ng_word *word = &reading->words[i];
    uint8_t how = reading->sentence_case[token->sentence];

    if (token->flags & (NG_TOKEN_POSSESSIVE | NG_TOKEN_LINK))
        return;
    if (token->flags & NG_TOKEN_PUNCTUATION) {
        if (ng_reading_is_inner_mark(reading, i))
            word->marks |= NG_WORD_CONNECTOR;
        return;
    }
    if (!(token->flags & NG_TOKEN_WORD))
        return;
    if (how == NG_CASE_UPPER || how == NG_CASE_LOWER) {
        word->marks |= caseless_marks(reading, i);
        return;
    }
    word->marks |= normal_marks(reading, scratch, i);
    forget_meaning(reading, i);
}

/* Completes the marks of all words and lists those that a name can begin with. In an ordinary
 * sentence there is nothing to do but for the words of the list, unless a rule's name has marked
 * others. */
static size_t mark_words(const ng_reading *reading, const ng_scratch *scratch, const uint32_t *list,
                         bool has_rule, uint32_t *openers)
{
    const ng_text *text = reading->text;
    const uint32_t opens = NG_WORD_NAME | NG_WORD_PARTICLE;
    size_t count = 0;

    for (size_t s = 0; s < text->sentence_count; s++) {
        const ng_sentence *sentence = &text->sentences[s];
        uint8_t how = reading->sentence_case[s];
        bool all = has_rule || how == NG_CASE_UPPER || how == NG_CASE_LOWER;

        for (uint32_t i = sentence->first_token; all && i < sentence->end_token; i++) {
            mark_word(reading, scratch, i);
            openers[count] = i;
            count += (reading->words[i].marks & opens) != 0;
        }
        for (; *list < sentence->end_token; list++) {
            if (all)
                continue;
            __builtin_prefetch(&reading->types[reading->ids[*list]]); /* for the candidates */
            mark_word(reading, scratch, *list);
            openers[count] = *list;
            count += (reading->words[*list].marks & opens) != 0;
        }
    }
    return count;
}

ng_status ng_reading_make(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena, const ng_text *text,
                          ng_reading *reading_out)
{
    ng_reading reading = { .text = text };
    ng_name_match *matches = NULL;
    size_t room = text->token_count + 1, listed = 0;
    uint32_t *ids = ng_arena_room(cx, arena, room, sizeof *ids);
    uint32_t *list = ng_arena_room(cx, arena, room, sizeof *list);
    uint32_t *openers = ng_arena_room(cx, arena, room, sizeof *openers);
    bool has_rule = false;
    ng_status status =
        ids && list && openers ? ng_scratch_read(cx, scratch, text, ids) : ng_arena_status(arena);

    if (status != NG_OK)
        return status;
    reading.names = ng_lexicon_names(scratch->lexicon);
    reading.ids = ids;
    reading.types = ng_lexicon_types(scratch->lexicon);
    status = ng_names_match(cx, arena, scratch->lexicon, text, ids, &matches, &reading.match_count);
    if (status != NG_OK)
        return status;
    reading.matches = matches;
    reading.words = ng_arena_room(cx, arena, room, sizeof *reading.words);
    reading.sentence_case = ng_arena_array(cx, arena, text->sentence_count + 1, 1);
    if (!reading.words || !reading.sentence_case)
        return ng_arena_status(arena);
    reading.words[text->token_count] = (ng_word){ 0 };
    listed = read_words(scratch, &reading, list);
    list[listed] = UINT32_MAX;
    read_short_titles(&reading, list, listed);
    has_rule = read_phrases(&reading);
    reading.openers = openers;
    reading.opener_count = mark_words(&reading, scratch, list, has_rule, openers);
    *reading_out = reading;
    return NG_OK;
}

/* ---- the kind of a word, for the pairs of the tagger ---- */

/* A word with a capital, or without case. */
static unsigned capital_kind(const ng_word *word, uint32_t flags)
{
    const uint32_t places = 1u << NG_NAME_COUNTRY | 1u << NG_NAME_METONYM |
                            1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_CITY |
                            1u << NG_NAME_GEOGRAPHY;
    bool is_place = word->classes & places, is_common = word->lower_share >= COMMON_SHARE;

    if (word->marks & NG_WORD_DEMONYM)
        return 33;
    if (word->marks & NG_WORD_TITLE)
        return is_common ? 34 : 35;
    if (flags & NG_TOKEN_INITIAL)
        return 36;
    if (word->marks & (NG_WORD_ORG_TAIL | NG_WORD_ORG_HEAD))
        return 37;
    if (word->marks & (NG_WORD_PLACE_TAIL | NG_WORD_PLACE_HEAD))
        return 38;
    if (word->marks & (NG_WORD_NOT_NAME))
        return 39;
    if (is_common)
        return word->forename > word->surname ? 40 : word->surname ? 41 : 42;
    if (word->forename >= 20 && word->forename >= word->surname)
        return is_place ? 43 : 44;
    if (word->surname >= 20)
        return is_place ? 45 : 46;
    if (is_place)
        return word->classes & (1u << NG_NAME_COUNTRY) ? 47 : 48;
    if (word->forename || word->surname)
        return word->forename > word->surname ? 49 : 50;
    if (flags & NG_TOKEN_ALL_CAPS)
        return 51;
    return word->classes & (1u << NG_NAME_ORGANIZATION) ? 52 : 53;
}

/* A word that could be a name although its case does not say so. */
static unsigned caseless_kind(const ng_word *word)
{
    const uint32_t places = 1u << NG_NAME_COUNTRY | 1u << NG_NAME_METONYM |
                            1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_CITY |
                            1u << NG_NAME_GEOGRAPHY;

    if (word->marks & NG_WORD_DEMONYM)
        return 54;
    if (word->marks & NG_WORD_TITLE)
        return 55;
    if (word->marks & (NG_WORD_ORG_TAIL | NG_WORD_ORG_HEAD))
        return 56;
    if (word->marks & (NG_WORD_PLACE_TAIL | NG_WORD_PLACE_HEAD))
        return 57;
    if (word->lower_share > 0)
        return 58;
    if (word->classes & places)
        return word->forename || word->surname ? 59 : 60;
    if (word->forename || word->surname)
        return word->forename >= word->surname ? 61 : 62;
    return 63;
}

/* Another word in lower case. */
static unsigned plain_kind(const ng_word *word)
{
    if (word->marks & NG_WORD_TITLE)
        return 27;
    if (word->classes & (1u << NG_NAME_PERSON_WORD))
        return 28;
    if (word->classes & (1u << NG_NAME_PLACE_CONTEXT | 1u << NG_NAME_PLACE_WORD))
        return 29;
    if (word->marks & NG_WORD_PARTICLE)
        return 30;
    return word->classes & (1u << NG_NAME_COMMON) ? 31 : 32;
}

unsigned ng_word_kind(const ng_reading *reading, uint32_t token)
{
    uint32_t flags = reading->text->tokens[token].flags;
    const ng_word *word = &reading->words[token];

    if (!has_case(flags))
        return word->kind;
    if (flags & (NG_TOKEN_CAPITAL | NG_TOKEN_MIXED) &&
        ng_case_mode_of(reading, token) != NG_MODE_CASELESS)
        return capital_kind(word, flags);
    if (word->marks & NG_WORD_NAME)
        return caseless_kind(word);
    return word->kind ? word->kind : plain_kind(word);
}
