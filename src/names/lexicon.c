/* The lexicon: word types that were met, with what the dictionaries say of each.
 *
 * Most words of a text were met before. A type is the bytes of a token with the flags that belong
 * to the word itself; the first time it is folded and looked up, afterwards it is one probe of a
 * table. A slot of the table holds the bytes of a word of up to 16 bytes, so that nothing else has
 * to be read to know it again; of a longer word it holds a hash, and the bytes are compared too.
 * Types have dense ids, so that other rooms keep what they know of a type in arrays. When there are
 * too many types the lexicon is emptied before the next text: it bounds memory and changes no
 * result. */
#include "names_internal.h"

enum { TYPES_MAX = 1 << 17, STRING_BYTES_MAX = 16 << 20, SHORT_BYTES = 16, FIRST_SLOT_BITS = 10 };

/* Flags of a token that tell where it stands, not what it is. */
static const uint32_t place_flags =
    NG_TOKEN_SPACE_BEFORE | NG_TOKEN_LINE_START | NG_TOKEN_SENTENCE_START;

/* What tells a type from others; of a word longer than SHORT_BYTES nearly always. */
typedef struct type_key {
    uint64_t head, tail; /* its bytes, zeros behind them; or its first bytes and a hash */
    uint32_t what;       /* flags and size; sizes above 16 bits are as good as one */
} type_key;

/* A place of the table. */
typedef struct type_slot {
    uint64_t head, tail;
    uint32_t what;
    uint32_t id; /* + 1; 0: empty */
} type_slot;

struct ng_lexicon {
    const ng_names *names;
    ng_word_type *types;
    ng_opening *openings; /* by id */
    size_t count, capacity, opening_capacity;
    type_slot *slots;   /* at most half full */
    unsigned slot_bits; /* there are 1 << slot_bits of them */
    ng_arena strings;
    ng_buffer scratch;
    uint64_t seed;
    uint32_t generation;
};

static size_t slots_bytes(unsigned bits)
{
    return ((size_t)1 << bits) * sizeof(type_slot);
}

ng_status ng_lexicon_new(ng_ctx *cx, const ng_names *names, ng_lexicon **lexicon_out)
{
    ng_lexicon *lexicon = ng_alloc(cx, sizeof *lexicon);

    if (!lexicon)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the lexicon");
    *lexicon = (ng_lexicon){ .names = names,
                             .slot_bits = FIRST_SLOT_BITS,
                             .seed = (uint64_t)(uintptr_t)lexicon };
    ng_arena_init(&lexicon->strings, SIZE_MAX);
    ng_buffer_init(&lexicon->scratch, UINT32_MAX);
    lexicon->slots = ng_alloc(cx, slots_bytes(FIRST_SLOT_BITS));
    if (!lexicon->slots) {
        ng_lexicon_free(cx, lexicon);
        return ng_fail(cx, NG_E_MEMORY, "no memory for the lexicon");
    }
    memset(lexicon->slots, 0, slots_bytes(lexicon->slot_bits));
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
    ng_free(cx, lexicon->openings);
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

const ng_opening *ng_lexicon_openings(const ng_lexicon *lexicon)
{
    return lexicon->openings;
}

const ng_names *ng_lexicon_names(const ng_lexicon *lexicon)
{
    return lexicon->names;
}

/* Forgets all types. */
static void empty(ng_ctx *cx, ng_lexicon *lexicon)
{
    memset(lexicon->slots, 0, slots_bytes(lexicon->slot_bits));
    ng_arena_reset(cx, &lexicon->strings);
    lexicon->count = 0;
    lexicon->generation++;
}

/* The slot where the search for a key begins: the high bits of a product, which depend on all
 * bits of the key. */
static size_t home_of(uint64_t head, uint64_t tail, uint32_t what, uint64_t seed, unsigned bits)
{
    uint64_t hash = (head ^ seed) * 0x9E3779B97F4A7C15u;

    hash = ((hash ^ hash >> 32) + tail) * 0xD1B54A32D192ED03u;
    hash = ((hash ^ hash >> 32) + what) * 0x9E3779B97F4A7C15u;
    return (size_t)(hash >> (64 - bits));
}

/* Makes the table twice as large. */
static ng_status grow_slots(ng_ctx *cx, ng_lexicon *lexicon)
{
    unsigned bits = lexicon->slot_bits + 1;
    size_t mask = ((size_t)1 << bits) - 1;
    type_slot *slots = ng_alloc(cx, slots_bytes(bits));

    if (!slots)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu words", mask);
    memset(slots, 0, slots_bytes(bits));
    for (size_t i = 0; i <= mask >> 1; i++) {
        const type_slot *slot = &lexicon->slots[i];
        size_t at = home_of(slot->head, slot->tail, slot->what, lexicon->seed, bits);

        if (slot->id == 0)
            continue;
        while (slots[at].id)
            at = (at + 1) & mask;
        slots[at] = *slot;
    }
    ng_free(cx, lexicon->slots);
    lexicon->slots = slots;
    lexicon->slot_bits = bits;
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

/* Adds a type with the next id. */
static ng_status add_type(ng_ctx *cx, ng_lexicon *lexicon, ng_view written, uint32_t flags)
{
    ng_word_type type = { .flags = flags };
    ng_status status = ng_grow(cx, (void **)&lexicon->types, &lexicon->capacity, sizeof type,
                               lexicon->count + 1, UINT32_MAX, "words");

    if (status == NG_OK)
        status = ng_grow(cx, (void **)&lexicon->openings, &lexicon->opening_capacity,
                         sizeof *lexicon->openings, lexicon->count + 1, UINT32_MAX, "words");
    if (status != NG_OK)
        return status;
    type.written = ng_arena_copy(cx, &lexicon->strings, written);
    if (!type.written.data)
        return ng_arena_status(&lexicon->strings);
    status = look_up(cx, lexicon, &type);
    if (status != NG_OK)
        return status;
    lexicon->openings[lexicon->count] =
        (ng_opening){ .hash = type.hash,
                      .opens_phrase = type.goes_on,
                      .is_one_word = type.folded.size > 0 &&
                                     !memchr(type.folded.data, ' ', type.folded.size) };
    lexicon->types[lexicon->count++] = type;
    return NG_OK;
}

/* The first bytes of a word as two numbers; `room` bytes may be read. */
static void read_short(const char *data, size_t size, size_t room, type_key *key)
{
    static const unsigned char kept[2 * SHORT_BYTES] = { 255, 255, 255, 255, 255, 255, 255, 255,
                                                         255, 255, 255, 255, 255, 255, 255, 255 };
    char copy[SHORT_BYTES] = { 0 };
    uint64_t masks[2];

    if (room < SHORT_BYTES) {
        memcpy(copy, data, size);
        data = copy;
    }
    memcpy(masks, kept + SHORT_BYTES - size, sizeof masks);
    memcpy(&key->head, data, sizeof key->head);
    memcpy(&key->tail, data + sizeof key->head, sizeof key->tail);
    key->head &= masks[0];
    key->tail &= masks[1];
}

/* The key of a token; `room` bytes from its start on may be read. */
static type_key key_of(ng_view written, size_t room, uint32_t flags, uint64_t seed)
{
    type_key key = { .what = flags << 16 | (uint32_t)(written.size & 0xFFFFu) };

    if (written.size <= SHORT_BYTES) {
        read_short(written.data, written.size, room, &key);
    } else {
        memcpy(&key.head, written.data, sizeof key.head);
        key.tail = ng_hash(written, seed);
    }
    return key;
}

/* The id of a type that was not found from its home on. */
static ng_status read_new(ng_ctx *cx, ng_lexicon *lexicon, ng_view written, uint32_t flags,
                          const type_key *key)
{
    size_t at = 0, mask = 0;
    ng_status status = NG_OK;

    if (lexicon->count * 2 >= (size_t)1 << lexicon->slot_bits)
        status = grow_slots(cx, lexicon);
    if (status == NG_OK)
        status = add_type(cx, lexicon, written, flags);
    if (status != NG_OK)
        return status;
    mask = ((size_t)1 << lexicon->slot_bits) - 1;
    at = home_of(key->head, key->tail, key->what, lexicon->seed, lexicon->slot_bits);
    while (lexicon->slots[at].id)
        at = (at + 1) & mask;
    lexicon->slots[at] = (type_slot){ key->head, key->tail, key->what, (uint32_t)lexicon->count };
    return NG_OK;
}

/* Tokens whose slots are fetched at a time. */
enum { BLOCK_TOKENS = 32 };

/* A token that is looked up. */
typedef struct wanted {
    type_key key;
    ng_view written;
    size_t home; /* when there were 1 << slot_bits slots */
} wanted;

/* Works out keys and homes of some tokens and asks for their slots, which often are not in a near
 * cache. */
static void want_tokens(const ng_lexicon *lexicon, const ng_text *text, size_t first, size_t count,
                        wanted *tokens)
{
    for (size_t i = 0; i < count; i++) {
        const ng_token *token = &text->tokens[first + i];
        wanted *w = &tokens[i];

        w->written = ng_view_part(text->text, token->start, token->end);
        w->key = key_of(w->written, text->text.size - token->start, token->flags & ~place_flags,
                        lexicon->seed);
        w->home = home_of(w->key.head, w->key.tail, w->key.what, lexicon->seed, lexicon->slot_bits);
        __builtin_prefetch(&lexicon->slots[w->home]);
    }
}

/* The id of the type of one token. */
static ng_status read_token(ng_ctx *cx, ng_lexicon *lexicon, const wanted *w, uint32_t *id_out)
{
    size_t mask = ((size_t)1 << lexicon->slot_bits) - 1, at = w->home;
    const type_slot *slot = &lexicon->slots[at];

    for (; slot->id; slot = &lexicon->slots[at = (at + 1) & mask]) {
        if (slot->head == w->key.head && slot->tail == w->key.tail && slot->what == w->key.what &&
            (w->written.size <= SHORT_BYTES ||
             ng_view_equal(lexicon->types[slot->id - 1].written, w->written))) {
            *id_out = slot->id - 1;
            return NG_OK;
        }
    }
    *id_out = (uint32_t)lexicon->count;
    return read_new(cx, lexicon, w->written, w->key.what >> 16, &w->key);
}

ng_status ng_lexicon_read(ng_ctx *cx, ng_lexicon *lexicon, const ng_text *text, uint32_t *types)
{
    wanted tokens[BLOCK_TOKENS];
    ng_status status = NG_OK;

    if (lexicon->count > TYPES_MAX || lexicon->strings.used_bytes > STRING_BYTES_MAX)
        empty(cx, lexicon);
    for (size_t t = 0; t < text->token_count && status == NG_OK;) {
        size_t count = text->token_count - t < BLOCK_TOKENS ? text->token_count - t : BLOCK_TOKENS;
        unsigned bits = lexicon->slot_bits;

        want_tokens(lexicon, text, t, count, tokens);
        for (size_t i = 0; i < count && status == NG_OK && bits == lexicon->slot_bits; i++)
            status = read_token(cx, lexicon, &tokens[i], &types[t++]);
    }
    return status;
}
