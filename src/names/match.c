/* Finding the phrases of the dictionaries in a text.
 *
 * Single words are looked up in the lexicon, once for each type. A type also says whether some
 * phrase begins with it; from such a word the phrase is extended word by word as long as the table
 * says that some phrase goes on, and its hash along with it. Hyphens inside names drop out, as they
 * do in keys. A phrase has at most 127 bytes, so the work for each word is bounded.
 *
 * The table of rule names, when there is one, is asked before the dictionaries. */
#include "names_internal.h"

/* Tokens whose types are asked for ahead. */
enum { AHEAD = 16 };

/* What a call works on. */
typedef struct matcher {
    ng_ctx *cx;
    ng_arena *arena;
    const ng_names *names;
    const ng_text *text;
    const uint32_t *ids; /* of each token's type */
    const ng_word_type *types;
    ng_name_match *found;
    size_t found_count, found_capacity;
} matcher;

/* A phrase that grows word by word. */
typedef struct growing {
    char bytes[PACKED_KEY_BYTES + 1];
    size_t size;
    uint32_t hash;
} growing;

/* ---- which entries hold ---- */

/* The next byte of a spelling, full stops passed over, a hyphen or line break as a space; 0 at the
 * end. */
static char next_byte(ng_view text, size_t *at)
{
    while (*at < text.size && text.data[*at] == '.')
        ++*at;
    if (*at == text.size)
        return 0;
    char byte = text.data[(*at)++];
    return byte == '-' || byte == '\n' ? ' ' : byte;
}

/* True when the text is written as the dictionary writes it. */
static bool is_spelled(ng_view written, ng_view spelling)
{
    size_t i = 0, j = 0;

    for (;;) {
        char a = next_byte(written, &i), b = next_byte(spelling, &j);

        if (a != b)
            return false;
        if (a == 0)
            return true;
    }
}

/* Leaves in `match` a copy of the entries that hold for the text as it is written. */
static ng_status choose_entries(ng_ctx *cx, ng_arena *arena, ng_view written, ng_name_match *match)
{
    ng_name_entry *kept = ng_arena_array(cx, arena, match->entry_count, sizeof *kept);
    uint32_t count = 0;

    if (!kept)
        return ng_arena_status(arena);
    match->classes = 0;
    for (uint32_t i = 0; i < match->entry_count; i++) {
        const ng_name_entry *entry = &match->entries[i];

        if (entry->is_exact && !is_spelled(written, entry->spelling))
            continue;
        kept[count++] = *entry;
        match->classes |= 1u << entry->class_;
    }
    match->entries = kept;
    match->entry_count = count;
    return NG_OK;
}

/* Fills the match of a list of entries; entry_count 0 when none holds. */
static ng_status fill_match(ng_ctx *cx, ng_arena *arena, ng_view written,
                            const ng_name_entry *entries, uint32_t entry_count,
                            ng_name_match *match)
{
    bool is_any_exact = false;

    match->entries = entries;
    match->entry_count = entry_count;
    match->classes = 0;
    for (uint32_t i = 0; i < entry_count; i++) {
        match->classes |= 1u << entries[i].class_;
        is_any_exact |= entries[i].is_exact;
    }
    return is_any_exact ? choose_entries(cx, arena, written, match) : NG_OK;
}

/* The list of a key: where it begins and how long it is; says whether a phrase goes on after it. */
static const ng_name_entry *find_list(const ng_names *names, ng_view key, uint32_t hash,
                                      uint32_t *count_out, bool *goes_on)
{
    const packed_slot *rule = names->rules ? ng_slots_find(&names->rules->slots, key, hash) : NULL;
    const packed_slot *slot = ng_slots_find(&names->slots, key, hash);

    *goes_on = (slot && slot->key & PACKED_PREFIX) || (rule && rule->key & PACKED_PREFIX);
    *count_out = 0;
    if (rule && rule->list != 0) {
        *count_out = rule->list & 0xFF;
        return names->rules->entries + (rule->list >> 8);
    }
    if (slot && slot->list != 0) {
        *count_out = slot->list & 0xFF;
        return names->entries + (slot->list >> 8);
    }
    return NULL;
}

ng_status ng_names_look_up(ng_ctx *cx, ng_arena *arena, const ng_names *names, ng_view folded,
                           uint32_t hash, ng_view written, const ng_name_match **match_out,
                           bool *goes_on_out)
{
    uint32_t count = 0;
    const ng_name_entry *entries = find_list(names, folded, hash, &count, goes_on_out);
    ng_name_match match = { .end_token = 1 };
    ng_name_match *kept = NULL;
    ng_status status = fill_match(cx, arena, written, entries, count, &match);

    *match_out = NULL;
    if (status != NG_OK || match.entry_count == 0)
        return status;
    kept = ng_arena_alloc(cx, arena, sizeof *kept);
    if (!kept)
        return ng_arena_status(arena);
    *kept = match;
    *match_out = kept;
    return NG_OK;
}

/* ---- phrases ---- */

/* True for a hyphen or short dash right between two words: it joins them. */
static bool is_joint(const matcher *m, size_t i)
{
    const ng_token *tokens = m->text->tokens;

    return m->types[m->ids[i]].folded.size == 0 && m->types[m->ids[i]].is_hyphen && i > 0 &&
           i + 1 < m->text->token_count && !(tokens[i].flags & NG_TOKEN_SPACE_BEFORE) &&
           !(tokens[i + 1].flags & NG_TOKEN_SPACE_BEFORE) &&
           !((tokens[i - 1].flags | tokens[i + 1].flags) & NG_TOKEN_PUNCTUATION);
}

/* Lengthens the phrase by a space and a word; false when no key is so long. */
static bool lengthen(growing *phrase, ng_view word)
{
    size_t before = phrase->size;

    if (word.size >= PACKED_KEY_BYTES - before)
        return false;
    phrase->bytes[before] = ' ';
    memcpy(phrase->bytes + before + 1, word.data, word.size);
    phrase->size += word.size + 1;
    phrase->hash = ng_slots_hash(phrase->hash, (ng_view){ phrase->bytes + before, word.size + 1 });
    return true;
}

/* Notes what was found for the tokens. */
static ng_status add_match(matcher *m, uint32_t first, uint32_t end, const ng_name_entry *entries,
                           uint32_t entry_count)
{
    ng_name_match match = { .first_token = first, .end_token = end };
    ng_view written =
        ng_view_part(m->text->text, m->text->tokens[first].start, m->text->tokens[end - 1].end);
    ng_status status = fill_match(m->cx, m->arena, written, entries, entry_count, &match);

    if (status != NG_OK || match.entry_count == 0)
        return status;
    status = ng_grow(m->cx, (void **)&m->found, &m->found_capacity, sizeof match,
                     m->found_count + 1, SIZE_MAX / sizeof match, "names");
    if (status == NG_OK)
        m->found[m->found_count++] = match;
    return status;
}

/* Turns round the matches from `low` on: they were found shortest first. */
static void reverse(ng_name_match *found, size_t low, size_t end)
{
    while (low + 1 < end) {
        ng_name_match swapped = found[low];

        found[low++] = found[--end];
        found[end] = swapped;
    }
}

/* Finds the phrases of two words and more that begin with a token. */
static ng_status match_from(matcher *m, size_t first)
{
    const ng_word_type *type = &m->types[m->ids[first]];
    uint32_t sentence = m->text->tokens[first].sentence;
    growing phrase = { .size = type->folded.size, .hash = type->hash };
    size_t before = m->found_count;
    bool goes_on = true;
    ng_status status = NG_OK;

    memcpy(phrase.bytes, type->folded.data, type->folded.size);
    for (size_t i = first + 1; status == NG_OK && goes_on && i < m->text->token_count; i++) {
        const ng_word_type *word = &m->types[m->ids[i]];
        const ng_name_entry *entries = NULL;
        uint32_t count = 0;

        if (m->text->tokens[i].sentence != sentence)
            break;
        if (is_joint(m, i))
            continue;
        if (word->folded.size == 0 || !lengthen(&phrase, word->folded))
            break;
        entries = find_list(m->names, (ng_view){ phrase.bytes, phrase.size }, phrase.hash, &count,
                            &goes_on);
        if (entries)
            status = add_match(m, (uint32_t)first, (uint32_t)i + 1, entries, count);
    }
    reverse(m->found, before, m->found_count);
    return status;
}

/* False when no phrase begins with the token and the one after it. Without a branch, as either is
 * hard to foresee. */
static bool may_open(const ng_opening *first, const ng_opening *second, const unsigned char *pairs)
{
    uint32_t bit = packed_pair(first->hash, second->hash);
    bool is_pair = pairs[bit / 8] >> bit % 8 & 1;

    return first->opens_phrase & (is_pair | !(first->is_one_word & second->is_one_word));
}

ng_status ng_names_match(ng_ctx *cx, ng_arena *arena, const ng_lexicon *lexicon,
                         const ng_text *text, const uint32_t *types, ng_name_match **matches_out,
                         size_t *count_out)
{
    matcher m = { .cx = cx,
                  .arena = arena,
                  .names = ng_lexicon_names(lexicon),
                  .text = text,
                  .ids = types,
                  .types = ng_lexicon_types(lexicon) };
    const ng_opening *openings = ng_lexicon_openings(lexicon);
    const unsigned char *pairs = m.names->pairs;
    ng_name_match *matches = NULL;
    ng_status status = NG_OK;

    for (size_t i = 0; i + 1 < text->token_count && status == NG_OK; i++) {
        const ng_opening *first = &openings[types[i]];

        __builtin_prefetch(&openings[types[i + AHEAD < text->token_count ? i + AHEAD : i]]);
        if (pairs ? may_open(first, &openings[types[i + 1]], pairs) : first->opens_phrase)
            status = match_from(&m, i);
    }
    if (status == NG_OK) {
        matches = ng_arena_array(cx, arena, m.found_count, sizeof *matches);
        if (!matches)
            status = ng_arena_status(arena);
    }
    if (status == NG_OK) {
        if (m.found_count > 0)
            memcpy(matches, m.found, m.found_count * sizeof *matches);
        *matches_out = matches;
        *count_out = m.found_count;
    }
    ng_free(cx, m.found);
    return status;
}
