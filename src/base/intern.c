/* Strings to dense ids in the order of their first use.
 *
 * The strings lie end to end in an arena, their places in an array by id; an open-addressed table
 * of ids (linear probing, at most two thirds full) finds them. Each entry keeps 32 bits of the
 * hash: they settle most comparisons and make growing the table cheap. */
#include "base_internal.h"

#include <assert.h>

static const uint32_t no_id = UINT32_MAX;
enum { FIRST_SLOTS = 64 };

typedef struct entry {
    const char *data;
    uint32_t size;
    uint32_t hash;
} entry;

struct ng_intern {
    ng_arena strings;
    entry *entries;
    size_t count, capacity, max_count;
    uint32_t *slots;   /* ids or no_id */
    size_t slot_count; /* a power of two, or 0 */
    uint64_t seed;
};

ng_status ng_intern_new(ng_ctx *cx, size_t max_count, size_t max_bytes, ng_intern **intern_out)
{
    ng_intern *intern = ng_alloc(cx, sizeof *intern);

    if (!intern)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a table of names");
    *intern = (ng_intern){ .max_count = max_count < no_id ? max_count : no_id - 1 };
    intern->seed = ng_hash_seed(intern);
    ng_arena_init(&intern->strings, max_bytes);
    *intern_out = intern;
    return NG_OK;
}

void ng_intern_free(ng_ctx *cx, ng_intern *intern)
{
    if (!intern)
        return;
    ng_arena_destroy(cx, &intern->strings);
    ng_free(cx, intern->entries);
    ng_free(cx, intern->slots);
    ng_free(cx, intern);
}

/* The slot that holds `text`, or the empty one where it belongs. The table is not full. */
static size_t find_slot(const ng_intern *intern, ng_view text, uint32_t hash)
{
    size_t mask = intern->slot_count - 1;
    size_t slot = hash & mask;

    for (; intern->slots[slot] != no_id; slot = (slot + 1) & mask) {
        const entry *found = &intern->entries[intern->slots[slot]];

        if (found->hash == hash && ng_view_equal((ng_view){ found->data, found->size }, text))
            break;
    }
    return slot;
}

/* Doubles the table of ids, and makes room for as many entries as go with it. */
static ng_status grow_slots(ng_ctx *cx, ng_intern *intern)
{
    size_t slot_count = intern->slot_count ? intern->slot_count * 2 : FIRST_SLOTS;
    size_t room = slot_count / 3 * 2 < intern->max_count ? slot_count / 3 * 2 : intern->max_count;
    uint32_t *slots = NULL;
    ng_status status = ng_grow(cx, (void **)&intern->entries, &intern->capacity,
                               sizeof *intern->entries, room, intern->max_count, "names");

    if (status != NG_OK)
        return status;
    if (slot_count <= SIZE_MAX / sizeof *slots)
        slots = ng_alloc(cx, slot_count * sizeof *slots);
    if (!slots)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a table of %zu names", slot_count);
    memset(slots, 0xFF, slot_count * sizeof *slots);
    for (size_t id = 0; id < intern->count; id++) {
        size_t slot = intern->entries[id].hash & (slot_count - 1);

        while (slots[slot] != no_id)
            slot = (slot + 1) & (slot_count - 1);
        slots[slot] = (uint32_t)id;
    }
    ng_free(cx, intern->slots);
    intern->slots = slots;
    intern->slot_count = slot_count;
    return NG_OK;
}

/* 32 bits of hash are enough for the 2^32 ids there can be. */
static uint32_t hash_text(const ng_intern *intern, ng_view text)
{
    return (uint32_t)(ng_hash(text, intern->seed) >> 32);
}

ng_status ng_intern_add(ng_ctx *cx, ng_intern *intern, ng_view text, uint32_t *id_out)
{
    uint32_t hash = hash_text(intern, text);
    ng_status status = NG_OK;
    ng_view copy = NG_VIEW_NONE;
    size_t slot = 0;

    if (text.size > UINT32_MAX)
        return ng_fail(cx, NG_E_LIMIT, "a name of %zu bytes", text.size);
    if ((intern->count + 1) * 3 > intern->slot_count * 2)
        status = grow_slots(cx, intern);
    if (status != NG_OK)
        return status;
    slot = find_slot(intern, text, hash);
    if (intern->slots[slot] != no_id) {
        *id_out = intern->slots[slot];
        return NG_OK;
    }
    status = ng_grow(cx, (void **)&intern->entries, &intern->capacity, sizeof *intern->entries,
                     intern->count + 1, intern->max_count, "names");
    if (status != NG_OK)
        return status;
    copy = ng_arena_copy(cx, &intern->strings, text);
    if (!copy.data)
        return ng_arena_status(&intern->strings);
    intern->entries[intern->count] = (entry){ copy.data, (uint32_t)copy.size, hash };
    intern->slots[slot] = (uint32_t)intern->count++;
    *id_out = intern->slots[slot];
    return NG_OK;
}

bool ng_intern_find(const ng_intern *intern, ng_view text, uint32_t *id_out)
{
    uint32_t id = no_id;

    if (intern->count > 0)
        id = intern->slots[find_slot(intern, text, hash_text(intern, text))];
    if (id == no_id)
        return false;
    *id_out = id;
    return true;
}

ng_view ng_intern_get(const ng_intern *intern, uint32_t id)
{
    assert(id < intern->count);
    return (ng_view){ intern->entries[id].data, intern->entries[id].size };
}

size_t ng_intern_count(const ng_intern *intern)
{
    return intern->count;
}

uint64_t ng_intern_bytes(const ng_intern *intern)
{
    return intern->strings.used_bytes + intern->capacity * sizeof *intern->entries +
           intern->slot_count * sizeof *intern->slots;
}
