/* Features of the tagger: what is known of a word by itself, and of its place in the text.
 *
 * Features of a word are worked out once for each type; they may cost a microsecond. Features of a
 * place are worked out for each token that is tagged and must stay few. A feature is the hash of
 * its name and its value; a hash is all that the model keeps of it. */
#include "tagger_internal.h"

/* Longest phrase that is looked for over a stretch, in tokens. */
enum { SHAPE_BYTES = 24, WORD_BYTES = 64, PHRASE_TOKENS_MAX = 16 };

/* What a feature is of: part of the hash, and so of the model format. New ones go to the end. */
enum {
    F_ANY,
    F_FOLDED,
    F_WRITTEN,
    F_SHAPE,
    F_END,
    F_BEGIN,
    F_ENTRY,
    F_DETAIL,
    F_SIDE,
    F_UNKNOWN,
    F_CLASS_FEW,
    F_CLASS_SOME,
    F_CLASS_MANY,
    F_LINK,
    F_PHRASE,
    F_AFTER_TITLE,
    F_START,
    F_JOINED,
    F_HEADING,
    F_TWINS,
    F_PAIR_BEFORE,
    F_PAIR_AFTER,
    F_TRIPLE,
    F_AROUND,
    F_LENGTH
};

/* FNV-1a, 64 bits: part of the model format, must never change. */
static uint64_t hash_bytes(uint64_t hash, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)data[i]) * 1099511628211u;
    return hash;
}

/* Spreads what FNV leaves poor, the low and high bits of short values (splitmix64's finish). */
static uint64_t finish(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBu;
    return hash ^ (hash >> 31);
}

/* The hash of a feature with a small number and bytes as its value. */
static uint64_t feature(unsigned name, unsigned number, const char *data, size_t size)
{
    const char head[2] = { (char)name, (char)number };

    return finish(hash_bytes(hash_bytes(14695981039346656037u, head, 2), data, size));
}

/* The hash of a feature with numbers as its value. */
static uint64_t feature_numbers(unsigned name, unsigned a, unsigned b, unsigned c)
{
    return finish(((uint64_t)name << 56 | (uint64_t)(a & 0xFFFFu) << 32 |
                   (uint64_t)(b & 0xFFFFu) << 16 | (c & 0xFFFFu)) +
                  0x9E3779B97F4A7C15u);
}

static void add(ng_features *features, uint64_t hash)
{
    if (features->count < NG_FEATURE_HASHES_MAX)
        features->items[features->count++] = hash;
}

/* X for capitals, x for small letters, 9 for digits, other ASCII as it is; runs stand once, or
 * twice for two and more capitals. */
static size_t shape_of(ng_view word, char shape[SHAPE_BYTES])
{
    size_t size = 0, at = 0, run = 0;
    char last = '\0';

    while (at < word.size && size < SHAPE_BYTES) {
        size_t length = 1;
        unsigned char byte = (unsigned char)word.data[at];
        uint32_t point = byte;
        char kind = 'o';

        if (byte >= 0x80)
            point = ng_utf8_decode(word.data + at, word.size - at, &length);
        if (point < 0x80)
            kind = (char)point;
        if (ng_utf8_is_upper(point))
            kind = 'X';
        else if (ng_utf8_is_letter(point))
            kind = 'x';
        else if (ng_utf8_is_digit(point))
            kind = '9';
        run = kind == last ? run + 1 : 1;
        if (run == 1 || (run == 2 && kind == 'X'))
            shape[size++] = kind;
        last = kind;
        at += length;
    }
    return size;
}

/* Commonness of a dictionary entry in a few steps. */
static unsigned weight_step(const ng_name_entry *entry)
{
    static const uint32_t shares[] = { 30, 50, 70, 90, 97 };
    static const uint32_t names[] = { 2, 20, 51, 200, 600 };
    static const uint32_t people[] = { 20000, 50000, 200000, 500000, 2000000 };
    const uint32_t *steps = entry->class_ == NG_NAME_COMMON ? shares
                            : entry->class_ == NG_NAME_CITY ? people
                                                            : names;
    unsigned step = 0;

    while (step < 5 && entry->weight >= steps[step])
        step++;
    return step;
}

/* One feature for each entry of the dictionaries, apart for words with and without a capital. */
static void add_entries(const ng_name_match *match, unsigned capital, ng_features *features)
{
    for (uint32_t i = 0; match && i < match->entry_count; i++) {
        const ng_name_entry *entry = &match->entries[i];
        unsigned step = 0;

        if (entry->class_ == NG_NAME_RULE)
            continue;
        if (entry->class_ == NG_NAME_CITY || entry->class_ == NG_NAME_FORENAME ||
            entry->class_ == NG_NAME_SURNAME || entry->class_ == NG_NAME_COMMON)
            step = weight_step(entry);
        add(features, feature_numbers(F_ENTRY, entry->class_, step, capital));
        if (entry->class_ == NG_NAME_TITLE || entry->class_ == NG_NAME_GEOGRAPHY)
            add(features, feature(F_DETAIL, capital, entry->value.data, entry->value.size));
        else if (entry->class_ >= NG_NAME_ORGANIZATION_WORD &&
                 entry->class_ <= NG_NAME_PLACE_CONTEXT)
            add(features, feature_numbers(F_SIDE, entry->class_, entry->detail, capital));
    }
    if (!match || match->entry_count == 0)
        add(features, feature_numbers(F_UNKNOWN, capital, 0, 0));
}

/* The word classes of a word. */
static void add_classes(const ng_word_classes *classes, ng_view folded, unsigned capital,
                        ng_features *features)
{
    uint32_t many = ng_word_class_find(classes, folded), some = 0;

    if (many == NG_NO_WORD_CLASS) {
        add(features, feature_numbers(F_CLASS_FEW, NG_NO_WORD_CLASS, capital, 0));
        return;
    }
    some = classes->some_of_many[many];
    add(features, feature_numbers(F_CLASS_MANY, many, capital, 0));
    add(features, feature_numbers(F_CLASS_SOME, some, capital, 0));
    add(features, feature_numbers(F_CLASS_FEW, classes->few_of_some[some], capital, 0));
}

/* How a word is written, as far as its sentence lets it say: 0 small, 1 capital, 2 capital in a
 * sentence where most words have one, 3 without case. */
static unsigned capital_of(uint32_t flags, ng_case_mode mode)
{
    if (mode == NG_MODE_CASELESS)
        return 3;
    if (!(flags & (NG_TOKEN_CAPITAL | NG_TOKEN_MIXED)))
        return 0;
    return mode == NG_MODE_TITLE ? 2 : 1;
}

void ng_type_features_make(const ng_word_classes *classes, const ng_word_type *type,
                           ng_case_mode mode, ng_features *features_out)
{
    char shape[SHAPE_BYTES];
    unsigned capital = capital_of(type->flags, mode);
    ng_view folded = type->flags & NG_TOKEN_WORD ? type->folded : type->written;
    size_t size = folded.size < WORD_BYTES ? folded.size : WORD_BYTES;

    features_out->count = 0;
    add(features_out, feature(F_ANY, 0, "", 0));
    if (type->flags & NG_TOKEN_LINK) {
        add(features_out, feature(F_LINK, 0, type->written.data, 1));
        return;
    }
    add(features_out, feature(F_FOLDED,
                              (mode == NG_MODE_CASELESS ? 1u : 0u) +
                                  (type->flags & NG_TOKEN_ABBREVIATION ? 2u : 0u),
                              folded.data, size));
    if (capital == 1 || capital == 2)
        add(features_out,
            feature(F_WRITTEN, capital, type->written.data,
                    type->written.size < WORD_BYTES ? type->written.size : WORD_BYTES));
    if (mode != NG_MODE_CASELESS)
        add(features_out, feature(F_SHAPE, mode, shape, shape_of(type->written, shape)));
    add_classes(classes, (ng_view){ folded.data, size }, capital, features_out);
    if (!(type->flags & NG_TOKEN_WORD))
        return;
    for (size_t n = 2; n <= 4 && n < size; n++)
        add(features_out, feature(F_END, capital, folded.data + size - n, n));
    if (size > 3)
        add(features_out, feature(F_BEGIN, capital, folded.data, 3));
    add_entries(type->match, capital, features_out);
}

/* ---- features of a place ---- */

/* Where the parts of a standing are; 29 bits. */
enum {
    AT_CAPITAL = 0, /* 2 bits, of capital_of */
    AT_JOINED = 2,
    AT_HEADING = 3,
    AT_LENGTH = 4, /* 3 bits, of a sentence of at most LENGTH_MAX tokens, else 0 */
    AT_START = 7,
    AT_KIND = 8, /* 6 bits, of a word at the start of its sentence */
    AT_TITLE = 14,
    AT_TITLE_CLASS = 15, /* 8 bits */
    AT_TWINS = 23,       /* the word is looked for elsewhere in the document */
    AT_MODE = 24,        /* 2 bits, of such a word */
    AT_ELSEWHERE = 26,   /* 2 bits: written small there, with a capital */
    LENGTH_MAX = 4
};

static uint32_t bits(uint32_t number, unsigned at, unsigned count)
{
    return number >> at & ((1u << count) - 1);
}

/* Says of a word with a capital, or without case, how it is written elsewhere. */
static uint32_t twins_of(const ng_place_walk *walk, uint32_t token)
{
    uint32_t flags = walk->reading->text->tokens[token].flags;
    bool is_capital = flags & NG_TOKEN_CAPITAL;
    uint32_t own = is_capital && !(flags & (NG_TOKEN_SENTENCE_START | NG_TOKEN_ALL_CAPS));
    uint32_t own_small = !is_capital;
    ng_twin twin;

    if (!(flags & NG_TOKEN_WORD) || (walk->mode != NG_MODE_CASELESS && !is_capital))
        return 0;
    twin = ng_scratch_twin(walk->scratch, walk->reading->ids[token]);
    return 1u << AT_TWINS | (uint32_t)walk->mode << AT_MODE |
           ((twin.small > own_small) + 2u * (twin.capital > own)) << AT_ELSEWHERE;
}

/* How a word of a kind stands in its sentence. */
static uint32_t standing_of(const ng_place_walk *walk, uint32_t token, unsigned kind)
{
    const ng_token *tokens = walk->reading->text->tokens;
    const ng_word *word = &walk->reading->words[token];
    uint32_t length = walk->sentence->end_token - walk->sentence->first_token;
    uint32_t standing = capital_of(tokens[token].flags, walk->mode) << AT_CAPITAL;

    if (!(tokens[token].flags & NG_TOKEN_SPACE_BEFORE))
        standing |= 1u << AT_JOINED;
    if (walk->sentence->is_heading)
        standing |= 1u << AT_HEADING;
    if (length <= LENGTH_MAX)
        standing |= length << AT_LENGTH;
    if (tokens[token].flags & NG_TOKEN_SENTENCE_START)
        standing |= 1u << AT_START | kind << AT_KIND;
    if (word->title_first < token && tokens[word->title_first].sentence == tokens[token].sentence)
        standing |= 1u << AT_TITLE | (uint32_t)word->title_class << AT_TITLE_CLASS;
    return standing | twins_of(walk, token);
}

void ng_place_walk_begin(ng_place_walk *walk, const ng_scratch *scratch, const ng_reading *reading,
                         uint32_t first)
{
    const ng_sentence *sentence = &reading->text->sentences[reading->text->tokens[first].sentence];

    *walk =
        (ng_place_walk){ .scratch = scratch,
                         .reading = reading,
                         .sentence = sentence,
                         .mode = ng_case_mode_of(reading, first),
                         .token = first,
                         .before =
                             first > sentence->first_token ? ng_word_kind(reading, first - 1) : 0,
                         .here = ng_word_kind(reading, first) };
}

ng_place ng_place_walk_next(ng_place_walk *walk)
{
    uint32_t token = walk->token++;
    unsigned after =
        walk->token < walk->sentence->end_token ? ng_word_kind(walk->reading, walk->token) : 0;
    ng_place place = { .neighbours = walk->before << 12 | walk->here << 6 | after,
                       .standing = standing_of(walk, token, walk->here) };

    walk->before = walk->here;
    walk->here = after;
    return place;
}

/* The first half of the features of a standing. */
static void add_surroundings(uint32_t standing, ng_features *features)
{
    unsigned capital = bits(standing, AT_CAPITAL, 2);

    if (bits(standing, AT_JOINED, 1))
        add(features, feature_numbers(F_JOINED, capital, 0, 0));
    if (bits(standing, AT_HEADING, 1))
        add(features, feature_numbers(F_HEADING, capital, 0, 0));
    if (bits(standing, AT_LENGTH, 3))
        add(features, feature_numbers(F_LENGTH, capital, bits(standing, AT_LENGTH, 3), 0));
    if (bits(standing, AT_TITLE, 1))
        add(features,
            feature_numbers(F_AFTER_TITLE, bits(standing, AT_TITLE_CLASS, 8), capital, 0));
}

/* What kinds of words stand side by side. */
void ng_neighbours_features_add(uint32_t neighbours, ng_features *features)
{
    unsigned before = bits(neighbours, 12, 6), here = bits(neighbours, 6, 6);
    unsigned after = bits(neighbours, 0, 6);

    add(features, feature_numbers(F_PAIR_BEFORE, before, here, 0));
    add(features, feature_numbers(F_PAIR_AFTER, here, after, 0));
    add(features, feature_numbers(F_TRIPLE, before, here, after));
    add(features, feature_numbers(F_AROUND, before, after, 0));
}

/* The second half: what the start of a sentence and other places of the document say. */
static void add_start_and_twins(uint32_t standing, ng_features *features)
{
    if (bits(standing, AT_START, 1))
        add(features, feature_numbers(F_START, bits(standing, AT_KIND, 6), 0, 0));
    if (bits(standing, AT_TWINS, 1))
        add(features,
            feature_numbers(F_TWINS, bits(standing, AT_MODE, 2), bits(standing, AT_START, 1),
                            bits(standing, AT_ELSEWHERE, 2)));
}

void ng_standing_features_add(uint32_t standing, ng_features *features)
{
    add_surroundings(standing, features);
    add_start_and_twins(standing, features);
}

/* ---- phrases over a place ---- */

void ng_phrases_begin(const ng_reading *reading, const ng_stretch *stretch, size_t *next)
{
    while (*next > 0 &&
           reading->matches[*next - 1].first_token + PHRASE_TOKENS_MAX > stretch->first)
        --*next;
}

const ng_name_match *ng_phrases_next(const ng_reading *reading, const ng_stretch *stretch,
                                     size_t *next)
{
    if (*next >= reading->match_count || reading->matches[*next].first_token >= stretch->end)
        return NULL;
    return &reading->matches[(*next)++];
}

unsigned ng_phrase_feature(const ng_reading *reading, const ng_name_match *match, uint32_t token,
                           unsigned class_)
{
    const ng_token *tokens = reading->text->tokens;
    uint32_t first = match->first_token, end = match->end_token;
    unsigned part = token == first ? 0 : token + 1 == end ? 2 : 1;
    unsigned capital = (tokens[first].flags & NG_TOKEN_CAPITAL ? 1u : 0u) +
                       (tokens[end - 1].flags & NG_TOKEN_CAPITAL ? 2u : 0u);

    if (ng_case_mode_of(reading, first) == NG_MODE_CASELESS)
        capital = 4;
    return (class_ * NG_PHRASE_PARTS + part) * NG_PHRASE_CAPITALS + capital;
}

uint64_t ng_phrase_feature_hash(unsigned number)
{
    unsigned class_part = number / NG_PHRASE_CAPITALS;

    return feature_numbers(F_PHRASE, class_part / NG_PHRASE_PARTS, class_part % NG_PHRASE_PARTS,
                           number % NG_PHRASE_CAPITALS);
}

/* Adds the features of a phrase to its tokens that are in the stretch. */
static void add_phrase(const ng_reading *reading, const ng_stretch *stretch,
                       const ng_name_match *match, ng_features *features)
{
    for (uint32_t token = match->first_token; token < match->end_token; token++) {
        if (token < stretch->first || token >= stretch->end)
            continue;
        for (unsigned class_ = 0; class_ < NG_NAME_RULE; class_++)
            if (match->classes >> class_ & 1u)
                add(&features[token - stretch->first],
                    ng_phrase_feature_hash(ng_phrase_feature(reading, match, token, class_)));
    }
}

ng_status ng_place_features_make(ng_ctx *cx, ng_arena *arena, const ng_scratch *scratch,
                                 const ng_reading *reading, const ng_stretches *stretches,
                                 ng_features **features_out)
{
    ng_features *features = ng_arena_room(cx, arena, stretches->token_count + 1, sizeof *features);
    size_t next = 0;

    if (!features)
        return ng_arena_status(arena);
    for (size_t s = 0; s < stretches->count; s++) {
        const ng_stretch *stretch = &stretches->items[s];
        const ng_name_match *match = NULL;
        ng_place_walk walk;

        ng_place_walk_begin(&walk, scratch, reading, stretch->first);
        while (walk.token < stretch->end) {
            ng_features *own = &features[stretch->at + (walk.token - stretch->first)];
            ng_place place = ng_place_walk_next(&walk);

            own->count = 0;
            add_surroundings(place.standing, own);
            ng_neighbours_features_add(place.neighbours, own);
            add_start_and_twins(place.standing, own);
        }
        ng_phrases_begin(reading, stretch, &next);
        while ((match = ng_phrases_next(reading, stretch, &next)))
            add_phrase(reading, stretch, match, &features[stretch->at]);
    }
    *features_out = features;
    return NG_OK;
}
