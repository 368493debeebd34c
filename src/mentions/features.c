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

/* Marks the tokens of a dictionary phrase: which class, and begin, inside or end. */
static void add_phrase(const ng_reading *reading, const ng_name_match *match, uint32_t token,
                       ng_features *features)
{
    const ng_token *tokens = reading->text->tokens;
    uint32_t first = match->first_token, end = match->end_token;
    unsigned part = token == first ? 0 : token + 1 == end ? 2 : 1;
    unsigned capital = (tokens[first].flags & NG_TOKEN_CAPITAL ? 1u : 0u) +
                       (tokens[end - 1].flags & NG_TOKEN_CAPITAL ? 2u : 0u);

    if (ng_case_mode_of(reading, first) == NG_MODE_CASELESS)
        capital = 4;
    for (unsigned class_ = 0; class_ < NG_NAME_RULE; class_++)
        if (match->classes >> class_ & 1u)
            add(features, feature_numbers(F_PHRASE, class_, part, capital));
}

/* Says of a word with a capital, or without case, how it is written elsewhere. */
static void add_twins(const ng_scratch *scratch, const ng_reading *reading, uint32_t token,
                      ng_features *features)
{
    uint32_t flags = reading->text->tokens[token].flags;
    ng_case_mode mode = ng_case_mode_of(reading, token);
    bool is_capital = flags & NG_TOKEN_CAPITAL;
    unsigned is_start = (flags & NG_TOKEN_SENTENCE_START) != 0;
    uint32_t own = is_capital && !is_start && !(flags & NG_TOKEN_ALL_CAPS);
    uint32_t own_small = !is_capital;
    ng_twin twin;

    if (!(flags & NG_TOKEN_WORD) || (mode != NG_MODE_CASELESS && !is_capital))
        return;
    twin = ng_scratch_twin(scratch, reading->ids[token]);
    add(features, feature_numbers(F_TWINS, (unsigned)mode, is_start,
                                  (twin.small > own_small) + 2u * (twin.capital > own)));
}

/* What kinds of words stand side by side. */
static void add_neighbours(const ng_reading *reading, uint32_t token, ng_features *features)
{
    const ng_sentence *sentence =
        &reading->text->sentences[reading->text->tokens[token].sentence];
    unsigned here = ng_word_kind(reading, token);
    unsigned before = token > sentence->first_token ? ng_word_kind(reading, token - 1) : 0;
    unsigned after = token + 1 < sentence->end_token ? ng_word_kind(reading, token + 1) : 0;

    add(features, feature_numbers(F_PAIR_BEFORE, before, here, 0));
    add(features, feature_numbers(F_PAIR_AFTER, here, after, 0));
    add(features, feature_numbers(F_TRIPLE, before, here, after));
    add(features, feature_numbers(F_AROUND, before, after, 0));
    if (reading->text->tokens[token].flags & NG_TOKEN_SENTENCE_START)
        add(features, feature_numbers(F_START, here, 0, 0));
}

/* All features of one place but for the phrases. */
static void add_place(const ng_scratch *scratch, const ng_reading *reading, uint32_t token,
                      ng_features *features)
{
    const ng_token *tokens = reading->text->tokens;
    const ng_sentence *sentence = &reading->text->sentences[tokens[token].sentence];
    const ng_word *word = &reading->words[token];
    unsigned capital = capital_of(tokens[token].flags, ng_case_mode_of(reading, token));
    uint32_t length = sentence->end_token - sentence->first_token;

    if (!(tokens[token].flags & NG_TOKEN_SPACE_BEFORE))
        add(features, feature_numbers(F_JOINED, capital, 0, 0));
    if (sentence->is_heading)
        add(features, feature_numbers(F_HEADING, capital, 0, 0));
    if (length <= 4)
        add(features, feature_numbers(F_LENGTH, capital, length, 0));
    if (word->title_first < token &&
        tokens[word->title_first].sentence == tokens[token].sentence)
        add(features, feature_numbers(F_AFTER_TITLE, word->title_class, capital, 0));
    add_neighbours(reading, token, features);
    add_twins(scratch, reading, token, features);
}

ng_status ng_place_features_make(ng_ctx *cx, ng_arena *arena, const ng_scratch *scratch,
                                 const ng_reading *reading, const ng_stretches *stretches,
                                 ng_features **features_out)
{
    ng_features *features =
        ng_arena_alloc(cx, arena, (stretches->token_count + 1) * sizeof *features);
    size_t next = 0;

    if (!features)
        return ng_arena_status(arena);
    for (size_t s = 0; s < stretches->count; s++) {
        const ng_stretch *stretch = &stretches->items[s];
        ng_features *first = features + stretch->at;

        for (uint32_t token = stretch->first; token < stretch->end; token++) {
            first[token - stretch->first].count = 0;
            add_place(scratch, reading, token, &first[token - stretch->first]);
        }
        while (next > 0 && reading->matches[next - 1].first_token + PHRASE_TOKENS_MAX >
                               stretch->first)
            next--;
        for (; next < reading->match_count && reading->matches[next].first_token < stretch->end;
             next++) {
            const ng_name_match *match = &reading->matches[next];
            for (uint32_t token = match->first_token; token < match->end_token; token++)
                if (token >= stretch->first && token < stretch->end)
                    add_phrase(reading, match, token, &first[token - stretch->first]);
        }
    }
    *features_out = features;
    return NG_OK;
}
