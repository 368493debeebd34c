/* Finding the phrases of the dictionaries in a text.
 *
 * First the tokens are folded into one run of words with single spaces between them (hyphens inside
 * words drop out, as they do in keys), so that each possible phrase is a piece of that run and
 * nothing is put together twice. Then, from each word, the phrase is extended word by word as long
 * as the table says that some phrase goes on; its hash is extended along. A phrase has at most 127
 * bytes, so the work for each word is bounded.
 *
 * The table of rule names, when there is one, is walked side by side with the dictionaries. */
#include "names_internal.h"

#include <assert.h>

/* A token's piece of the run. */
typedef struct run_word {
    uint32_t start, end; /* bytes of the run, without the space before */
    uint32_t token;
} run_word;

/* The folded text: words between barriers (ends of sentences, things that are never in names). */
typedef struct word_run {
    ng_buffer bytes;
    ng_buffer scratch;
    run_word *words;
    size_t count, capacity;
} word_run;

typedef struct found_names {
    ng_name_match *items;
    size_t count, capacity;
} found_names;

enum { WORDS_MAX = UINT32_MAX / 2, TEXT_BYTES_MAX = 0x7FFFFFFF };

/* True for a hyphen or dash (what has no word in it and is no full stop) without space around it:
 * it joins two words of a name. */
static bool is_joint(const ng_text *text, size_t i)
{
    const ng_token *tokens = text->tokens;

    return text->text.data[tokens[i].start] != '.' && i + 1 < text->token_count &&
           !(tokens[i].flags & NG_TOKEN_SPACE_BEFORE) &&
           !(tokens[i + 1].flags & NG_TOKEN_SPACE_BEFORE);
}

/* Appends a token's words to the run; nothing for a hyphen inside a name. */
static ng_status add_token(ng_ctx *cx, const ng_text *text, size_t i, word_run *run)
{
    ng_view token = ng_token_text(text, i);
    ng_phrase phrase = { 0 };
    run_word word = { .token = (uint32_t)i };
    ng_status status = NG_OK;

    if (text->tokens[i].flags & NG_TOKEN_LINK)
        phrase.is_cut = true;
    else
        status = ng_phrase_fold(cx, token, &run->scratch, &phrase);
    if (status == NG_OK && phrase.size == 0 && !phrase.is_cut && is_joint(text, i))
        return NG_OK;
    if (status == NG_OK)
        status = ng_buffer_add_byte(cx, &run->bytes, ' ');
    word.start = (uint32_t)run->bytes.size;
    /* what is no word of a name (a full stop, a link) stands as a byte that no key has */
    if (status == NG_OK)
        status = ng_buffer_add(cx, &run->bytes,
                               phrase.size == 0 || phrase.is_cut ? NG_VIEW("\n")
                                                                 : ng_phrase_view(&phrase));
    word.end = (uint32_t)run->bytes.size;
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&run->words, &run->capacity, sizeof word, run->count + 1,
                         WORDS_MAX, "words");
    if (status == NG_OK)
        run->words[run->count++] = word;
    return status;
}

/* True when the text is written as the dictionary writes it: full stops may be missing on either
 * side, a hyphen and a space are the same. */
static bool is_spelled(ng_view written, ng_view spelling)
{
    size_t i = 0, j = 0;

    for (;;) {
        while (i < written.size && written.data[i] == '.')
            i++;
        while (j < spelling.size && spelling.data[j] == '.')
            j++;
        if (i == written.size || j == spelling.size)
            return i == written.size && j == spelling.size;
        char a = written.data[i++], b = spelling.data[j++];
        if (a == '-' || a == '\n')
            a = ' ';
        if (b == '-')
            b = ' ';
        if (a != b)
            return false;
    }
}

/* Which entries hold for the text as it is written. They are copied when some do not. */
static ng_status choose_entries(ng_ctx *cx, ng_arena *arena, ng_view written,
                                const ng_name_entry *entries, ng_name_match *match)
{
    uint32_t count = match->entry_count, kept = 0;
    ng_name_entry *copy = NULL;

    for (uint32_t i = 0; i < count; i++)
        kept += !entries[i].is_exact || is_spelled(written, entries[i].spelling);
    match->entries = entries;
    match->entry_count = kept;
    if (kept > 0 && kept < count) {
        copy = ng_arena_array(cx, arena, kept, sizeof *copy);
        if (!copy)
            return ng_arena_status(arena);
        match->entries = copy;
        for (uint32_t i = 0; i < count; i++) {
            if (!entries[i].is_exact || is_spelled(written, entries[i].spelling))
                *copy++ = entries[i];
        }
    }
    for (uint32_t i = 0; i < kept; i++)
        match->classes |= 1u << match->entries[i].class_;
    return NG_OK;
}

/* Notes the entries of a slot as a match of words first ... last. */
static ng_status add_match(ng_ctx *cx, ng_arena *arena, const ng_text *text, const run_word *first,
                           const run_word *last, const ng_name_entry *entries, uint32_t entry_count,
                           found_names *found)
{
    ng_name_match match = { .first_token = first->token,
                            .end_token = last->token + 1,
                            .entry_count = entry_count };
    ng_view written =
        ng_view_part(text->text, text->tokens[first->token].start, text->tokens[last->token].end);
    ng_status status = choose_entries(cx, arena, written, entries, &match);

    if (status != NG_OK || match.entry_count == 0)
        return status;
    status = ng_grow(cx, (void **)&found->items, &found->capacity, sizeof match, found->count + 1,
                     SIZE_MAX / sizeof match, "names");
    if (status == NG_OK)
        found->items[found->count++] = match;
    return status;
}

/* Finds the phrases that begin with word `first`, the longest first in `found`. */
static ng_status match_from(ng_ctx *cx, ng_arena *arena, const ng_names *names, const ng_text *text,
                            const word_run *run, size_t first, found_names *found)
{
    const run_word *words = run->words;
    uint32_t sentence = text->tokens[words[first].token].sentence;
    uint32_t hash = NG_SLOTS_HASH_START, hashed = words[first].start;
    size_t before = found->count;
    bool goes_on = true;
    ng_status status = NG_OK;

    for (size_t last = first; goes_on && last < run->count && status == NG_OK; last++) {
        ng_view key = { run->bytes.data + words[first].start,
                        words[last].end - words[first].start };
        const packed_slot *slot = NULL, *rule = NULL;

        if (text->tokens[words[last].token].sentence != sentence)
            break;
        hash = ng_slots_hash(hash, (ng_view){ run->bytes.data + hashed, words[last].end - hashed });
        hashed = words[last].end;
        slot = ng_slots_find(&names->slots, key, hash);
        if (names->rules)
            rule = ng_slots_find(&names->rules->slots, key, hash);
        goes_on = (slot && slot->key & PACKED_PREFIX) || (rule && rule->key & PACKED_PREFIX);
        if (rule && rule->list != 0)
            status = add_match(cx, arena, text, &words[first], &words[last],
                               names->rules->entries + (rule->list >> 8), rule->list & 0xFF, found);
        else if (slot && slot->list != 0)
            status = add_match(cx, arena, text, &words[first], &words[last],
                               names->entries + (slot->list >> 8), slot->list & 0xFF, found);
    }
    for (size_t low = before, high = found->count; low + 1 < high; low++) {
        ng_name_match swapped = found->items[low];

        found->items[low] = found->items[--high];
        found->items[high] = swapped;
    }
    return status;
}

/* Folds the text and collects its matches. */
static ng_status match_all(ng_ctx *cx, ng_arena *arena, const ng_names *names, const ng_text *text,
                           word_run *run, found_names *found)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < text->token_count && status == NG_OK; i++)
        status = add_token(cx, text, i, run);
    for (size_t i = 0; i < run->count && status == NG_OK; i++) {
        uint16_t flags = text->tokens[run->words[i].token].flags;

        if ((flags & NG_TOKEN_WORD) && !(flags & NG_TOKEN_POSSESSIVE))
            status = match_from(cx, arena, names, text, run, i, found);
    }
    return status;
}

ng_status ng_names_match(ng_ctx *cx, ng_arena *arena, const ng_names *names, const ng_text *text,
                         ng_name_match **matches_out, size_t *count_out)
{
    word_run run = { 0 };
    found_names found = { 0 };
    ng_name_match *matches = NULL;
    ng_status status = NG_OK;

    ng_buffer_init(&run.bytes, TEXT_BYTES_MAX);
    ng_buffer_init(&run.scratch, TEXT_BYTES_MAX);
    status = match_all(cx, arena, names, text, &run, &found);
    if (status == NG_OK) {
        matches = ng_arena_array(cx, arena, found.count, sizeof *matches);
        if (!matches)
            status = ng_arena_status(arena);
    }
    if (status == NG_OK) {
        if (found.count > 0)
            memcpy(matches, found.items, found.count * sizeof *matches);
        *matches_out = matches;
        *count_out = found.count;
    }
    ng_buffer_destroy(cx, &run.bytes);
    ng_buffer_destroy(cx, &run.scratch);
    ng_free(cx, run.words);
    ng_free(cx, found.items);
    return status;
}
