/* The lexicon: word types that were met, with what the dictionaries say of each.
 *
 * Most words of a text were met before. A type is the bytes of a token with the flags that belong
 * to the word itself; the first time it is folded and looked up, afterwards it is one probe of a
 * table. Types have dense ids, so that other rooms keep what they know of a type in arrays. When
 * there are too many types the lexicon is emptied before the next text: it bounds memory and
 * changes no result. */
#include "names_internal.h"

enum { TYPES_MAX = 1 << 17, STRING_BYTES_MAX = 16 << 20 };

/* Flags of a token that tell where it stands, not what it is. */
static const uint32_t place_flags =
    NG_TOKEN_SPACE_BEFORE | NG_TOKEN_LINE_START | NG_TOKEN_SENTENCE_START;

/* A place of the table: half of the hash and the id. */
typedef struct type_slot {
    uint32_t hash;
    uint32_t id; /* + 1; 0: empty */
} type_slot;

struct ng_lexicon {
    const ng_names *names;
    ng_word_type *types;
    size_t count, capacity;
    type_slot *slots; /* at most half full */
    size_t slot_count; /* a power of two */
    ng_arena strings;
    ng_buffer scratch;
    uint64_t seed;
    uint32_t generation;
};

ng_status ng_lexicon_new(ng_ctx *cx, const ng_names *names, ng_lexicon **lexicon_out)
{
    ng_lexicon *lexicon = ng_alloc(cx, sizeof *lexicon);

    if (!lexicon)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the lexicon");
    *lexicon = (ng_lexicon){ .names = names, .slot_count = 1 << 10, .seed = (uint64_t)(uintptr_t)lexicon };
    ng_arena_init(&lexicon->strings, SIZE_MAX);
    ng_buffer_init(&lexicon->scratch, UINT32_MAX);
    lexicon->slots = ng_alloc(cx, lexicon->slot_count * sizeof *lexicon->slots);
    if (!lexicon->slots) {
        ng_lexicon_free(cx, lexicon);
        return ng_fail(cx, NG_E_MEMORY, "no memory for the lexicon");
    }
    memset(lexicon->slots, 0, lexicon->slot_count * sizeof *lexicon->slots);
    *lexicon_out = lexicon;
    return NG_OK;
}

void ng_lexicon_free(ng_ctx *cx, ng_lexicon *lexicon)
{
    if (!lexicon)
        return;
    ng_arena_destroy(cx, &lexicon->strings);
    ng_buffer_destroy(cx, &lexicon->scratch);
    ng_free(cx, lexicon->types);
    ng_free(cx, lexicon->slots);
    ng_free(cx, lexicon);
}

const ng_word_type *ng_lexicon_types(const ng_lexicon *lexicon)
{
    return lexicon->types;
}

size_t ng_lexicon_count(const ng_lexicon *lexicon)
{
    return lexicon->count;
}

uint32_t ng_lexicon_generation(const ng_lexicon *lexicon)
{
    return lexicon->generation;
}

const ng_names *ng_lexicon_names(const ng_lexicon *lexicon)
{
    return lexicon->names;
}

/* Forgets all types. */
static void empty(ng_ctx *cx, ng_lexicon *lexicon)
{
    memset(lexicon->slots, 0, lexicon->slot_count * sizeof *lexicon->slots);
    ng_arena_reset(cx, &lexicon->strings);
    lexicon->count = 0;
    lexicon->generation++;
}

/* Makes the table twice as large. */
static ng_status grow_slots(ng_ctx *cx, ng_lexicon *lexicon)
{
    size_t wanted = lexicon->slot_count * 2;
    type_slot *slots = ng_alloc(cx, wanted * sizeof *slots);

    if (!slots)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu words", wanted);
    memset(slots, 0, wanted * sizeof *slots);
    for (size_t i = 0; i < lexicon->slot_count; i++) {
        size_t at = lexicon->slots[i].hash & (wanted - 1);

        if (lexicon->slots[i].id == 0)
            continue;
        while (slots[at].id)
            at = (at + 1) & (wanted - 1);
        slots[at] = lexicon->slots[i];
    }
    ng_free(cx, lexicon->slots);
    lexicon->slots = slots;
    lexicon->slot_count = wanted;
    return NG_OK;
}

/* True for "-" and for what ng_phrase_fold has just folded into it. */
static bool is_hyphen(ng_view written, const ng_buffer *scratch)
{
    if ((unsigned char)written.data[0] >= 0x80)
        written = ng_buffer_view(scratch);
    return ng_view_equal(written, NG_VIEW("-"));
}

/* Folds a word; to a line feed when it can be in no name. */
static ng_status fold(ng_ctx *cx, ng_lexicon *lexicon, ng_word_type *type)
{
    ng_view written = type->written;
    ng_phrase phrase;
    ng_status status = ng_phrase_fold(cx, written, &lexicon->scratch, &phrase);

    if (status != NG_OK)
        return status;
    type->is_hyphen = phrase.size == 0 && is_hyphen(written, &lexicon->scratch);
    if (phrase.is_cut || type->flags & NG_TOKEN_LINK) {
        phrase.data[0] = '\n';
        phrase.size = 1;
    }
    type->folded = ng_arena_copy(cx, &lexicon->strings, ng_phrase_view(&phrase));
    return type->folded.data ? NG_OK : ng_arena_status(&lexicon->strings);
}

/* Works out what the dictionaries say of a new type. */
static ng_status look_up(ng_ctx *cx, ng_lexicon *lexicon, ng_word_type *type)
{
    ng_status status = fold(cx, lexicon, type);

    if (status != NG_OK)
        return status;
    type->hash = ng_slots_hash(NG_SLOTS_HASH_START, type->folded);
    if (!(type->flags & NG_TOKEN_WORD) || type->flags & (NG_TOKEN_POSSESSIVE | NG_TOKEN_LINK) ||
        type->folded.size == 0)
        return NG_OK;
    return ng_names_look_up(cx, &lexicon->strings, lexicon->names, type->folded, type->hash,
                            type->written, &type->match, &type->goes_on);
}

/* Adds a type; the caller has found that it is new and where its slot is. */
static ng_status add_type(ng_ctx *cx, ng_lexicon *lexicon, ng_view written, uint32_t flags,
                          type_slot slot, size_t at)
{
    ng_word_type type = { .flags = flags };
    ng_status status = ng_grow(cx, (void **)&lexicon->types, &lexicon->capacity, sizeof type,
                               lexicon->count + 1, UINT32_MAX, "words");

    if (status != NG_OK)
        return status;
    type.written = ng_arena_copy(cx, &lexicon->strings, written);
    if (!type.written.data)
        return ng_arena_status(&lexicon->strings);
    status = look_up(cx, lexicon, &type);
    if (status != NG_OK)
        return status;
    lexicon->types[lexicon->count++] = type;
    lexicon->slots[at] = slot;
    return NG_OK;
}

/* The id of the type of one token. */
static ng_status read_token(ng_ctx *cx, ng_lexicon *lexicon, ng_view written, uint32_t flags,
                            uint32_t *id_out)
{
    uint32_t hash = (uint32_t)ng_hash(written, lexicon->seed ^ flags);
    size_t at = hash & (lexicon->slot_count - 1);
    ng_status status = NG_OK;

    for (; lexicon->slots[at].id; at = (at + 1) & (lexicon->slot_count - 1)) {
        const ng_word_type *type = &lexicon->types[lexicon->slots[at].id - 1];

        if (lexicon->slots[at].hash == hash && type->flags == flags &&
            ng_view_equal(type->written, written)) {
            *id_out = lexicon->slots[at].id - 1;
            return NG_OK;
        }
    }
    if (lexicon->count * 2 >= lexicon->slot_count) {
        status = grow_slots(cx, lexicon);
        for (at = hash & (lexicon->slot_count - 1); status == NG_OK && lexicon->slots[at].id;)
            at = (at + 1) & (lexicon->slot_count - 1);
    }
    *id_out = (uint32_t)lexicon->count;
    if (status == NG_OK)
        status = add_type(cx, lexicon, written, flags,
                          (type_slot){ hash, (uint32_t)lexicon->count + 1 }, at);
    return status;
}

ng_status ng_lexicon_read(ng_ctx *cx, ng_lexicon *lexicon, const ng_text *text, uint32_t *types)
{
    ng_status status = NG_OK;

    if (lexicon->count > TYPES_MAX || lexicon->strings.used_bytes > STRING_BYTES_MAX)
        empty(cx, lexicon);
    for (size_t t = 0; t < text->token_count && status == NG_OK; t++)
        status = read_token(cx, lexicon, ng_token_text(text, t),
                            text->tokens[t].flags & ~place_flags, &types[t]);
    return status;
}
