/* Finding the phrases of the dictionaries in a text.
 *
 * First the tokens are folded into one run of words with single spaces between them (hyphens inside
 * names drop out, as they do in keys), so that each possible phrase is a piece of that run and
 * nothing is put together twice. Then, from each word, the phrase is extended word by word as long
 * as the table says that some phrase goes on; its hash is extended along. A phrase has at most 127
 * bytes, so the work for each word is bounded.
 *
 * The table of rule names, when there is one, is walked side by side with the dictionaries. */
#include "names_internal.h"

/* A token's piece of the run. */
typedef struct run_word {
    uint32_t start, end; /* bytes of the run, without the space before */
    uint32_t token;
    uint32_t hash; /* of the piece alone */
} run_word;

/* The folded text. A token that can be in no name stands as a line feed, which no key has. */
typedef struct word_run {
    char *bytes;
    size_t size, capacity;
    run_word *words;
    size_t count;
    ng_buffer scratch;
} word_run;

/* What a call works on. */
typedef struct matcher {
    ng_ctx *cx;
    ng_arena *arena;
    const ng_names *names;
    const ng_text *text;
    word_run run;
    ng_name_match *found;
    size_t found_count, found_capacity;
} matcher;

static const size_t run_bytes_max = UINT32_MAX;

/* ---- folding the text ---- */

/* True for a hyphen or short dash right between two words: it joins them. */
static bool is_joint(const matcher *m, size_t i)
{
    const ng_token *tokens = m->text->tokens;
    ng_view token = ng_token_text(m->text, i);

    if ((unsigned char)token.data[0] >= 0x80)
        token = ng_buffer_view(&m->run.scratch); /* as ng_phrase_fold has just folded it */
    return ng_view_equal(token, NG_VIEW("-")) && i > 0 && i + 1 < m->text->token_count &&
           !(tokens[i].flags & NG_TOKEN_SPACE_BEFORE) &&
           !(tokens[i + 1].flags & NG_TOKEN_SPACE_BEFORE) &&
           !((tokens[i - 1].flags | tokens[i + 1].flags) & NG_TOKEN_PUNCTUATION);
}

/* Writes a word of ASCII letters in lower case; false when the token is anything else, or a short
 * word that might be one of those with a longer form ("St", "Mt"). */
static bool fold_letters(ng_view token, char *out)
{
    char first = token.data[0];

    if (token.size > PACKED_KEY_BYTES ||
        (token.size < 4 && ((first | 0x20) == 's' || (first | 0x20) == 'm')))
        return false;
    for (size_t i = 0; i < token.size; i++) {
        char lower = (char)(token.data[i] | 0x20);

        if (lower < 'a' || lower > 'z')
            return false;
        out[i] = lower;
    }
    return true;
}

/* Folds a token into `out` (room for a key); size 0 when there is no word in it, 1 and a line feed
 * when it can be in no name. */
static ng_status fold_token(matcher *m, size_t i, char *out, size_t *size_out)
{
    ng_view token = ng_token_text(m->text, i);
    ng_phrase phrase;
    ng_status status = NG_OK;

    if (fold_letters(token, out)) {
        *size_out = token.size;
        return NG_OK;
    }
    status = ng_phrase_fold(m->cx, token, &m->run.scratch, &phrase);
    if (status != NG_OK)
        return status;
    if (phrase.is_cut || (m->text->tokens[i].flags & NG_TOKEN_LINK) ||
        (phrase.size == 0 && !is_joint(m, i))) {
        phrase.data[0] = '\n';
        phrase.size = 1;
    }
    memcpy(out, phrase.data, phrase.size);
    *size_out = phrase.size;
    return NG_OK;
}

/* Makes the run of the whole text. */
static ng_status fold_text(matcher *m)
{
    word_run *run = &m->run;
    size_t count = m->text->token_count;
    ng_status status =
        ng_grow(m->cx, (void **)&run->bytes, &run->capacity, 1,
                m->text->text.size + count + PACKED_KEY_BYTES + 1, run_bytes_max, "bytes of words");

    run->words = ng_alloc(m->cx, (count + 1) * sizeof *run->words);
    if (!run->words)
        return ng_fail(m->cx, NG_E_MEMORY, "no memory for %zu words", count);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        size_t start = run->size + 1, size = 0;

        status = ng_grow(m->cx, (void **)&run->bytes, &run->capacity, 1, start + PACKED_KEY_BYTES,
                         run_bytes_max, "bytes of words");
        if (status == NG_OK)
            status = fold_token(m, i, run->bytes + start, &size);
        if (status != NG_OK || size == 0)
            continue;
        run->bytes[start - 1] = ' ';
        run->size = start + size;
        run->words[run->count++] =
            (run_word){ .start = (uint32_t)start,
                        .end = (uint32_t)run->size,
                        .token = (uint32_t)i,
                        .hash = ng_slots_hash(NG_SLOTS_HASH_START,
                                              (ng_view){ run->bytes + start, size }) };
    }
    return status;
}

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
static ng_status choose_entries(matcher *m, ng_name_match *match)
{
    ng_view written = ng_view_part(m->text->text, m->text->tokens[match->first_token].start,
                                   m->text->tokens[match->end_token - 1].end);
    ng_name_entry *kept = ng_arena_array(m->cx, m->arena, match->entry_count, sizeof *kept);
    uint32_t count = 0;

    if (!kept)
        return ng_arena_status(m->arena);
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

/* Notes that a list of entries was found for words first ... last. */
static ng_status add_match(matcher *m, size_t first, size_t last, const ng_name_entry *entries,
                           uint32_t entry_count)
{
    ng_name_match match = { .first_token = m->run.words[first].token,
                            .end_token = m->run.words[last].token + 1,
                            .entries = entries,
                            .entry_count = entry_count };
    bool is_any_exact = false;
    ng_status status = NG_OK;

    for (uint32_t i = 0; i < entry_count; i++) {
        match.classes |= 1u << entries[i].class_;
        is_any_exact |= entries[i].is_exact;
    }
    if (is_any_exact)
        status = choose_entries(m, &match);
    if (status != NG_OK || match.entry_count == 0)
        return status;
    status = ng_grow(m->cx, (void **)&m->found, &m->found_capacity, sizeof match,
                     m->found_count + 1, SIZE_MAX / sizeof match, "names");
    if (status == NG_OK)
        m->found[m->found_count++] = match;
    return status;
}

/* ---- looking up ---- */

/* Looks up words first ... last, whose hash is `hash`; says whether a phrase goes on after them. */
static ng_status look_up(matcher *m, size_t first, size_t last, uint32_t hash, bool *goes_on)
{
    const ng_names *names = m->names;
    uint32_t start = m->run.words[first].start;
    ng_view key = { m->run.bytes + start, m->run.words[last].end - start };
    const packed_slot *rule = names->rules ? ng_slots_find(&names->rules->slots, key, hash) : NULL;
    const packed_slot *slot = ng_slots_find(&names->slots, key, hash);

    *goes_on = (slot && slot->key & PACKED_PREFIX) || (rule && rule->key & PACKED_PREFIX);
    if (rule && rule->list != 0)
        return add_match(m, first, last, names->rules->entries + (rule->list >> 8),
                         rule->list & 0xFF);
    if (slot && slot->list != 0)
        return add_match(m, first, last, names->entries + (slot->list >> 8), slot->list & 0xFF);
    return NG_OK;
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

/* Finds the phrases that begin with word `first`. */
static ng_status match_from(matcher *m, size_t first)
{
    const run_word *words = m->run.words;
    uint32_t sentence = m->text->tokens[words[first].token].sentence;
    uint32_t hash = words[first].hash;
    size_t before = m->found_count;
    bool goes_on = false;
    ng_status status = look_up(m, first, first, hash, &goes_on);

    for (size_t last = first + 1; status == NG_OK && goes_on && last < m->run.count; last++) {
        if (m->text->tokens[words[last].token].sentence != sentence)
            break;
        /* with the space before the word */
        hash = ng_slots_hash(hash, (ng_view){ m->run.bytes + words[last].start - 1,
                                              words[last].end - words[last].start + 1 });
        status = look_up(m, first, last, hash, &goes_on);
    }
    reverse(m->found, before, m->found_count);
    return status;
}

static ng_status match_text(matcher *m)
{
    ng_status status = fold_text(m);

    for (size_t i = 0; i < m->run.count && status == NG_OK; i++) {
        uint16_t flags = m->text->tokens[m->run.words[i].token].flags;

        if ((flags & NG_TOKEN_WORD) && !(flags & (NG_TOKEN_POSSESSIVE | NG_TOKEN_LINK)))
            status = match_from(m, i);
    }
    return status;
}

ng_status ng_names_match(ng_ctx *cx, ng_arena *arena, const ng_names *names, const ng_text *text,
                         ng_name_match **matches_out, size_t *count_out)
{
    matcher m = { .cx = cx, .arena = arena, .names = names, .text = text };
    ng_name_match *matches = NULL;
    ng_status status = NG_OK;

    ng_buffer_init(&m.run.scratch, run_bytes_max);
    status = match_text(&m);
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
    ng_buffer_destroy(cx, &m.run.scratch);
    ng_free(cx, m.run.bytes);
    ng_free(cx, m.run.words);
    ng_free(cx, m.found);
    return status;
}
