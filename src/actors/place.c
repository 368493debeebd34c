/* Places: cities, regions, waters, buildings. One name, one place, unless the text says otherwise.
 *
 * A place is known by its folded name; "New York" and "New York City" are two. Spellings of one
 * subdivision ("Calif.", "CA") meet in its full name, other names of one city in the dictionary's.
 * What follows after a comma ("Long Beach, CA", "Paris, Texas") is a qualifier, accepted only if
 * the dictionary knows such a city there or the span holds it. Two different qualifiers make two
 * places; a bare name beside them stays alone. One qualifier in a document speaks for all mentions
 * of the name. A qualifier that is not what the bare name would mean becomes part of the id:
 * place:paris-us-tx. */
#include "actors_internal.h"

enum { QUALIFIER_TOKENS = 3 }; /* "New South Wales" */

/* What the qualifiers of one base name came to. */
typedef struct base {
    char qualifier[8];
    bool is_contested; /* two that differ */
    bool is_foreign;   /* the qualifier is not where the bare name would be looked for */
    uint32_t first_bare, first_qualified; /* tokens */
} base;

typedef struct bases {
    ng_intern *names;
    base *items;
    size_t capacity;
    uint32_t *of_spelling; /* in the arena */
    ng_view *labels;       /* likewise */
} bases;

/* A code of at most seven bytes as a view. */
static ng_view code_view(const char code[8])
{
    return (ng_view){ code, strnlen(code, 8) };
}

/* Copies a code; one that is empty or too long is none. */
static bool set_code(char code_out[8], ng_view code)
{
    if (code.size == 0 || code.size >= 8)
        return false;
    memset(code_out, 0, 8);
    memcpy(code_out, code.data, code.size);
    return true;
}

/* Folds into the scratch buffer. */
static ng_status fold_scratch(ng_casting *work, ng_view text, ng_view *folded_out)
{
    ng_status status = NG_OK;

    work->scratch.size = 0;
    status = ng_utf8_fold(work->cx, text, &work->scratch);
    *folded_out = ng_buffer_view(&work->scratch);
    return status;
}

/* The code of a subdivision, a state's abbreviation or a country; "" when it is none. */
static ng_status qualifier_code(ng_casting *work, ng_view words, char code_out[8])
{
    ng_view folded;
    const ng_name_entry *entries = NULL;
    const ng_name_entry *entry = NULL;
    size_t count = 0;
    ng_status status = fold_scratch(work, words, &folded);

    code_out[0] = '\0';
    if (status != NG_OK)
        return status;
    count = ng_names_find(work->names, folded, &entries);
    entry = ng_entry_of(entries, count, NG_NAME_SUBDIVISION);
    if (!entry) {
        entry = ng_entry_of(entries, count, NG_NAME_COUNTRY);
        if (entry && !set_code(code_out, entry->value))
            entry = NULL;
    }
    if (entry) {
        (void)set_code(code_out, entry->value);
        return NG_OK;
    }
    entry = ng_entry_of(entries, count, NG_NAME_STATE_ABBREVIATION);
    if (entry)
        status = fold_scratch(work, entry->value, &folded);
    if (entry && status == NG_OK)
        entry = ng_names_get(work->names, folded, NG_NAME_SUBDIVISION);
    if (entry && status == NG_OK)
        (void)set_code(code_out, entry->value);
    return status;
}

/* True when a city lies where the code says: in the subdivision, or in the country. */
static bool is_there(const ng_name_entry *city, ng_view code)
{
    if (code.size > 2 && city->region.size > 0)
        return ng_view_equal(city->region, code);
    return ng_view_equal(city->country, ng_view_part(code, 0, code.size < 2 ? code.size : 2));
}

/* How many cities of this name the dictionary knows where the code says, and whether the largest
 * of the name is one of them. */
static size_t cities_there(const ng_casting *work, ng_view folded, ng_view code, bool *is_largest)
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(work->names, folded, &entries);
    size_t there = 0;
    uint32_t largest = 0;

    *is_largest = false;
    for (size_t i = 0; i < count; i++) {
        bool is_here = entries[i].class_ == NG_NAME_CITY && is_there(&entries[i], code);

        if (entries[i].class_ != NG_NAME_CITY)
            continue;
        there += is_here;
        if (entries[i].weight > largest || (entries[i].weight == largest && is_here)) {
            largest = entries[i].weight;
            *is_largest = is_here;
        }
    }
    return there;
}

/* The qualifier that follows the span: a comma and a place the dictionary confirms. `end_out` is
 * the token after it. */
static ng_status following_qualifier(ng_casting *work, const ng_span *span, char code_out[8],
                                     uint32_t *end_out)
{
    const ng_text *text = work->text;
    uint32_t first = span->end_token + 1;
    ng_view words;
    ng_view folded;
    bool is_largest = false;
    ng_status status = NG_OK;

    if (first >= text->token_count ||
        !ng_view_equal(ng_token_text(text, span->end_token), NG_VIEW(",")) ||
        text->tokens[first].sentence != text->tokens[span->first_token].sentence)
        return NG_OK;
    for (uint32_t length = QUALIFIER_TOKENS; length > 0 && !code_out[0]; length--) {
        if (first + length > text->token_count)
            continue;
        status = ng_clean_tokens(work, first, first + length, &words);
        if (status == NG_OK)
            status = qualifier_code(work, words, code_out);
        if (status != NG_OK)
            return status;
        *end_out = first + length;
        if (text->tokens[*end_out - 1].flags & NG_TOKEN_PUNCTUATION)
            (*end_out)--; /* "New York." */
    }
    if (!code_out[0])
        return NG_OK;
    status = ng_clean_tokens(work, span->first_token, span->end_token, &words);
    if (status == NG_OK)
        status = fold_scratch(work, words, &folded);
    if (status != NG_OK)
        return status;
    if (ng_view_equal(code_view(code_out), NG_VIEW("US-DC")))
        return NG_OK;
    if (cities_there(work, folded, code_view(code_out), &is_largest) == 0)
        code_out[0] = '\0';
    return NG_OK;
}

ng_status ng_place_qualifier(ng_casting *work, const ng_span *span, char code_out[8],
                             uint32_t *end_out)
{
    ng_view words;
    uint32_t at = span->end_token, after = at;
    ng_status status = NG_OK;

    memset(code_out, 0, 8);
    *end_out = at;
    while (at > span->first_token + 1 &&
           !ng_view_equal(ng_token_text(work->text, at - 1), NG_VIEW(",")))
        at--;
    if (at > span->first_token + 1) {
        status = ng_clean_tokens(work, at, span->end_token, &words);
        return status == NG_OK ? qualifier_code(work, words, code_out) : status;
    }
    status = following_qualifier(work, span, code_out, &after);
    if (code_out[0])
        *end_out = after;
    return status;
}

/* True when a name is written as the dictionary has it, full stops aside: "Calif.", "N.Y." But
 * "L.A." is no "LA". */
static bool is_spelled(ng_view name, ng_view spelling)
{
    size_t at = 0;

    if (ng_view_equal(name, NG_VIEW("L.A.")))
        return false;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '.')
            continue;
        if (at == spelling.size || spelling.data[at] != name.data[i])
            return false;
        at++;
    }
    return at == spelling.size;
}

/* The name that all spellings of a subdivision or city share, or an empty view. A city needs one
 * name only: if the dictionary has several for the phrase, it stays as written. */
static ng_view dictionary_label(const ng_casting *work, const ng_spelling *spelling, ng_view folded)
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(work->names, folded, &entries);
    ng_view label = NG_VIEW_NONE;

    for (size_t i = 0; i < count; i++) {
        const ng_name_entry *entry = &entries[i];

        if (entry->class_ == NG_NAME_STATE_ABBREVIATION &&
            (!entry->is_exact || is_spelled(spelling->name, entry->spelling)))
            return entry->value;
        if (entry->class_ == NG_NAME_SUBDIVISION)
            return NG_VIEW_NONE;
        if (entry->class_ != NG_NAME_CITY)
            continue;
        if (label.size > 0 && !ng_view_equal(label, entry->value))
            return NG_VIEW_NONE;
        label = entry->value;
    }
    return label;
}

/* The name of a water or desert without the word for it, if the dictionary has that too: "adriatic
 * sea" is "adriatic". A word that is a city or state as well ("mississippi") needs the rest. */
static ng_view shorten(const ng_casting *work, ng_view folded)
{
    static const char *const kinds[] = { "sea", "ocean", "river", "desert" };
    const uint32_t others = 1u << NG_NAME_CITY | 1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_COUNTRY;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ng_view kind = ng_view_of(kinds[i]);
        const ng_name_entry *entry = NULL;
        ng_view rest;

        if (folded.size < kind.size + 2 || !ng_view_ends(folded, kind) ||
            folded.data[folded.size - kind.size - 1] != ' ')
            continue;
        rest = ng_view_part(folded, 0, folded.size - kind.size - 1);
        entry = ng_names_get(work->names, rest, NG_NAME_GEOGRAPHY);
        if (entry && ng_view_equal(entry->value, kind) &&
            (ng_names_classes(work->names, rest) & others) == 0)
            return rest;
    }
    return folded;
}

/* True for the District of Columbia, which is the city of Washington and nothing else. */
static bool is_district(ng_view folded)
{
    static const char *const names[] = { "d.c.", "dc", "washington d.c.", "washington dc",
                                         "district of columbia" };

    return NG_IS_AMONG(folded, names);
}

/* "main st." is "main street": a copy in the arena where the last word is short for one. */
static ng_status spell_out(ng_casting *work, ng_view folded, ng_view *out)
{
    static const char *const shorts[][2] = { { " st.", " street" },    { " st", " street" },
                                             { " ave.", " avenue" },   { " ave", " avenue" },
                                             { " rd.", " road" },      { " blvd.", " boulevard" },
                                             { " blvd", " boulevard" } };

    *out = folded;
    for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++) {
        ng_view tail = ng_view_of(shorts[i][0]), full = ng_view_of(shorts[i][1]);
        size_t head = folded.size - tail.size;
        char *bytes = NULL;

        if (folded.size <= tail.size || !ng_view_ends(folded, tail))
            continue;
        bytes = ng_arena_alloc(work->cx, work->arena, head + full.size);
        if (!bytes)
            return ng_arena_status(work->arena);
        memcpy(bytes, folded.data, head);
        memcpy(bytes + head, full.data, full.size);
        *out = (ng_view){ bytes, head + full.size };
        return NG_OK;
    }
    return NG_OK;
}

/* "city of york" is "york", unless the dictionary has the whole ("Isle of Man"). */
static ng_view without_kind(const ng_casting *work, ng_view folded)
{
    static const char *const heads[] = { "city of ",     "town of ",   "village of ",
                                         "island of ",   "county of ", "province of ",
                                         "district of ", "state of ",  "region of " };

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        ng_view head = ng_view_of(heads[i]);

        if (folded.size > head.size + 1 && ng_view_starts(folded, head) &&
            ng_names_classes(work->names, folded) == 0)
            return ng_view_part(folded, head.size, folded.size);
    }
    return folded;
}

/* The label of a place without qualifier and, folded and without "the", its base name. */
static ng_status find_base(ng_casting *work, const ng_spelling *spelling, ng_view *label_out,
                           ng_view *base_out)
{
    ng_view label = spelling->name;
    ng_view folded;
    ng_view known;
    const ng_name_entry *variant = NULL;
    ng_status status = NG_OK;

    for (size_t i = 1; i < label.size; i++)
        if (label.data[i] == ',')
            label.size = i;
    status = ng_fold_copy(work, label, &folded);
    if (status != NG_OK)
        return status;
    if (is_district(folded)) {
        *label_out = NG_VIEW("Washington");
        *base_out = NG_VIEW("washington");
        return NG_OK;
    }
    known = dictionary_label(work, spelling, folded);
    *label_out = known;
    if (known.size > 0) {
        ng_view known_folded;

        status = ng_fold_copy(work, known, &known_folded);
        if (status == NG_OK && ng_view_starts(known_folded, folded) &&
            ng_view_ends(known_folded, NG_VIEW(" city")))
            *label_out = NG_VIEW_NONE;
        else
            folded = known_folded;
    }
    if (ng_view_starts(folded, NG_VIEW("the ")) && folded.size > 4)
        folded = ng_view_part(folded, 4, folded.size);
    if (status != NG_OK)
        return status;
    *base_out = shorten(work, without_kind(work, folded));
    variant = ng_names_get(work->names, *base_out, NG_NAME_VARIANT);
    if (variant) { /* "Mideast" */
        *base_out = variant->value;
        return ng_name_of_slug(work, variant->value, label_out);
    }
    return spell_out(work, *base_out, base_out);
}

/* Adds a spelling's qualifier to what is known of a base name. "US" and "US-CA" agree. */
static void add_qualifier(base *item, const ng_spelling *spelling)
{
    ng_view known = code_view(item->qualifier);
    ng_view added = code_view(spelling->qualifier);
    uint32_t *first = added.size > 0 ? &item->first_qualified : &item->first_bare;

    if (spelling->first_token < *first)
        *first = spelling->first_token;
    if (added.size == 0 || ng_view_starts(known, added))
        return;
    if (ng_view_starts(added, known))
        memcpy(item->qualifier, spelling->qualifier, sizeof item->qualifier);
    else
        item->is_contested = true;
}

/* First look: the base of every place, and which qualifiers it has. */
static ng_status list_bases(ng_casting *work, bases *list)
{
    list->of_spelling =
        ng_arena_array(work->cx, work->arena, work->spelling_count + 1, sizeof(uint32_t));
    list->labels = ng_arena_array(work->cx, work->arena, work->spelling_count + 1, sizeof(ng_view));
    if (!list->of_spelling || !list->labels)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->spelling_count; i++) {
        ng_spelling *spelling = &work->spellings[i];
        ng_view name = NG_VIEW_NONE;
        uint32_t *id = &list->of_spelling[i];
        size_t known = ng_intern_count(list->names);
        ng_status status = NG_OK;

        if (spelling->kind != NG_KIND_PLACE || spelling->is_ignored)
            continue;
        if (ng_view_equal(code_view(spelling->qualifier), NG_VIEW("US-DC")))
            memset(spelling->qualifier, 0, sizeof spelling->qualifier);
        status = find_base(work, spelling, &list->labels[i], &name);
        if (status == NG_OK)
            status = ng_grow(work->cx, (void **)&list->items, &list->capacity, sizeof(base),
                             known + 1, NG_NONE - 1, "places");
        if (status == NG_OK)
            status = ng_intern_add(work->cx, list->names, name, id);
        if (status != NG_OK)
            return status;
        if (*id == known)
            list->items[*id] = (base){ .first_bare = NG_NONE, .first_qualified = NG_NONE };
        add_qualifier(&list->items[*id], spelling);
    }
    return NG_OK;
}

/* The words for what a place is, and what the name without them must not be: another state, or the
 * city that gave it its name ("Isfahan" is not "Isfahan Province"). */
#define AREAS  (1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_COUNTRY)
#define CITIES (1u << NG_NAME_CITY)

static const struct {
    const char *word;
    uint32_t others;
} place_kinds[] = {
    { " strip", 0 },
    { " ocean", AREAS },
    { " sea", AREAS },
    { " peninsula", AREAS },
    { " desert", AREAS },
    { " province", CITIES },
    { " governorate", CITIES },
    { " oblast", CITIES },
    { " prefecture", CITIES },
    { " region", CITIES },
    { " islands", CITIES },
    { " island", CITIES },
    { " archipelago", CITIES },
    { " valley", CITIES },
    { " square", CITIES },
    { " national park", CITIES },
    { " park", CITIES },
    { " memorial hall", CITIES },
};

/* The name without the word for what it is: "gaza" of "gaza strip". Empty when it ends in no such
 * word, or when the rest is something else. */
static ng_view short_name(const ng_casting *work, ng_view name)
{
    for (size_t i = 0; i < sizeof place_kinds / sizeof *place_kinds; i++) {
        ng_view word = ng_view_of(place_kinds[i].word);
        ng_view rest;

        if (name.size <= word.size + 2 || !ng_view_ends(name, word))
            continue;
        rest = ng_view_part(name, 0, name.size - word.size);
        return (ng_names_classes(work->names, rest) & place_kinds[i].others) == 0 ? rest
                                                                                  : NG_VIEW_NONE;
    }
    return NG_VIEW_NONE;
}

/* Where the document has a short name too, it is the same place: the spellings of the one go to the
 * other. */
static void join_short_names(const ng_casting *work, bases *list)
{
    for (uint32_t i = 0; i < ng_intern_count(list->names); i++) {
        ng_view rest = short_name(work, ng_intern_get(list->names, i));
        uint32_t other = 0;

        if (rest.size == 0 || !ng_intern_find(list->names, rest, &other) ||
            list->items[other].qualifier[0] || list->items[i].qualifier[0])
            continue;
        for (size_t k = 0; k < work->spelling_count; k++)
            if (work->spellings[k].kind == NG_KIND_PLACE && !work->spellings[k].is_ignored &&
                list->of_spelling[k] == other)
                list->of_spelling[k] = i;
    }
}

/* The rule by which a spelling is in its place. */
static const char *rule_of(const ng_spelling *spelling, const base *item)
{
    if (spelling->rule)
        return spelling->rule->verb == NG_RULE_TYPE ? "user-type" : "user-alias";
    if (spelling->is_also)
        return "also-known-as";
    if (item->is_contested && !spelling->qualifier[0])
        return "ambiguous-place";
    if (item->qualifier[0] && !item->is_contested && !spelling->qualifier[0])
        return "place-qualifier";
    return "place-name";
}

/* The key of a spelling's party: the base, with the qualifier where two contest the name. */
static ng_status party_key(ng_casting *work, ng_view name, const char qualifier[8],
                           ng_view *key_out)
{
    ng_view code = code_view(qualifier);
    char *bytes = ng_arena_alloc(work->cx, work->arena, name.size + code.size + 1);

    if (!bytes)
        return ng_arena_status(work->arena);
    memcpy(bytes, name.data, name.size);
    bytes[name.size] = ',';
    memcpy(bytes + name.size + 1, code.data, code.size);
    *key_out = (ng_view){ bytes, name.size + 1 + code.size };
    return NG_OK;
}

/* A name that stands alone before its foreign qualifier comes is another place: the text said
 * "Paris" first, "Paris, Texas" later. */
static void part_foreigners(const ng_casting *work, bases *list)
{
    for (uint32_t i = 0; i < ng_intern_count(list->names); i++) {
        base *item = &list->items[i];
        bool is_largest = true;

        if (!item->qualifier[0])
            continue;
        (void)cities_there(work, ng_intern_get(list->names, i), code_view(item->qualifier),
                           &is_largest);
        item->is_foreign = !is_largest;
        item->is_contested |= item->is_foreign && item->first_bare < item->first_qualified;
    }
}

/* Second look: one spelling into its party. */
static ng_status settle(ng_casting *work, ng_spelling *spelling, const base *item, ng_view name)
{
    const char *qualifier = item->is_contested ? spelling->qualifier : item->qualifier;
    ng_view key = name;
    ng_party *party = NULL;
    ng_status status = NG_OK;

    spelling->join_rule = rule_of(spelling, item);
    if (item->is_contested && qualifier[0])
        status = party_key(work, name, qualifier, &key);
    if (status == NG_OK && qualifier[0])
        memcpy(spelling->code, qualifier, sizeof spelling->code);
    if (status == NG_OK)
        status = ng_spelling_settle(work, spelling, key);
    if (status != NG_OK)
        return status;
    party = &work->parties[spelling->party];
    party->base = name;
    party->shows_code = qualifier[0] && (item->is_contested || item->is_foreign);
    party->is_open = item->is_contested && !qualifier[0];
    return ng_note_add(work, (ng_note){ .spelling = (uint32_t)(spelling - work->spellings),
                                        .party = spelling->party,
                                        .other = NG_NONE,
                                        .is_joined = !party->is_open,
                                        .rule = spelling->join_rule });
}

ng_status ng_places_settle(ng_casting *work)
{
    bases list = { 0 };
    ng_status status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &list.names);

    if (status == NG_OK)
        status = list_bases(work, &list);
    if (status == NG_OK) {
        join_short_names(work, &list);
        part_foreigners(work, &list);
    }
    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        ng_spelling *spelling = &work->spellings[i];
        ng_view name;

        if (spelling->kind != NG_KIND_PLACE || spelling->is_ignored)
            continue;
        spelling->label = list.labels[i];
        status = ng_fold_copy(work, ng_intern_get(list.names, list.of_spelling[i]), &name);
        if (status == NG_OK)
            status = settle(work, spelling, &list.items[list.of_spelling[i]], name);
    }
    ng_intern_free(work->cx, list.names);
    ng_free(work->cx, list.items);
    return status;
}
