/* 64-bit keys to dense indices in the order of their first use.
 *
 * Open addressing with linear probing; key and index lie side by side, so that a hit costs one
 * cache line. UINT64_MAX marks an empty slot, which is why it is no key. */
#include "base_internal.h"

#include <assert.h>

static const uint64_t no_key = UINT64_MAX;

typedef struct slot {
    uint64_t key;
    uint32_t index;
} slot;

struct ng_table {
    slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count, max_count;
    uint64_t seed;
};

ng_status ng_table_new(ng_ctx *cx, size_t max_count, ng_table **table_out)
{
    ng_table *table = ng_alloc(cx, sizeof *table);

    if (!table)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a table");
    *table = (ng_table){ .max_count = max_count < UINT32_MAX ? max_count : UINT32_MAX };
    table->seed = ng_hash_seed(table);
    *table_out = table;
    return NG_OK;
}

void ng_table_free(ng_ctx *cx, ng_table *table)
{
    if (!table)
        return;
    ng_free(cx, table->slots);
    ng_free(cx, table);
}

/* The slot that holds `key`, or the empty one where it belongs. */
static slot *find_slot(slot *slots, size_t slot_count, uint64_t key, uint64_t seed)
{
    size_t mask = slot_count - 1;
    size_t at = (size_t)(ng_hash_key(key, seed)) & mask;

    while (slots[at].key != key && slots[at].key != no_key)
        at = (at + 1) & mask;
    return &slots[at];
}

/* Doubles the table. */
static ng_status grow_slots(ng_ctx *cx, ng_table *table)
{
    size_t slot_count = table->slot_count ? table->slot_count * 2 : 16;
    slot *slots = NULL;

    if (slot_count <= SIZE_MAX / sizeof *slots)
        slots = ng_alloc(cx, slot_count * sizeof *slots);
    if (!slots)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a table of %zu entries", slot_count);
    for (size_t i = 0; i < slot_count; i++)
        slots[i] = (slot){ no_key, 0 };
    for (size_t i = 0; i < table->slot_count; i++)
        if (table->slots[i].key != no_key)
            *find_slot(slots, slot_count, table->slots[i].key, table->seed) = table->slots[i];
    ng_free(cx, table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return NG_OK;
}

ng_status ng_table_add(ng_ctx *cx, ng_table *table, uint64_t key, uint32_t *index_out,
                       bool *is_new_out)
{
    slot *found = NULL;

    assert(key != no_key);
    if ((table->count + 1) * 3 > table->slot_count * 2) {
        ng_status status = grow_slots(cx, table);

        if (status != NG_OK)
            return status;
    }
    found = find_slot(table->slots, table->slot_count, key, table->seed);
    *is_new_out = found->key == no_key;
    if (*is_new_out) {
        if (table->count >= table->max_count)
            return ng_fail(cx, NG_E_LIMIT, "too many entries: more than %zu", table->max_count);
        *found = (slot){ key, (uint32_t)table->count++ };
    }
    *index_out = found->index;
    return NG_OK;
}

bool ng_table_find(const ng_table *table, uint64_t key, uint32_t *index_out)
{
    const slot *found = NULL;

    if (table->count == 0)
        return false;
    found = find_slot(table->slots, table->slot_count, key, table->seed);
    if (found->key == no_key)
        return false;
    *index_out = found->index;
    return true;
}

size_t ng_table_count(const ng_table *table)
{
    return table->count;
}

uint64_t ng_table_bytes(const ng_table *table)
{
    return table->slot_count * sizeof *table->slots;
}

void ng_table_keys(const ng_table *table, uint64_t *keys_out)
{
    for (size_t i = 0; i < table->slot_count; i++)
        if (table->slots[i].key != no_key)
            keys_out[table->slots[i].index] = table->slots[i].key;
}
