/* The hash of phrases: an open-addressing table with linear probing over the bytes of a pool.
 *
 * Built by the packing tool for the dictionaries and at start for the names in user rules; looked
 * up by both. A beginning of a phrase needs no bytes of its own: its key is the first bytes of a
 * phrase. Sorted, a phrase stands right before the phrases that begin with it. */
#include "names_internal.h"

/* Slots for this many keys: 6/5, at most 83 % full. */
static uint64_t slots_for(uint64_t key_count)
{
    return key_count + key_count / 5 + 8;
}

/* Where the search for a key begins. FNV leaves the high bits of short keys poor: a product spreads
 * them. */
static uint32_t home(uint32_t hash, uint32_t slot_count)
{
    return (uint32_t)((uint64_t)(hash * 2654435761u) * slot_count >> 32);
}

static ng_view slot_key(const packed_slot *slot, const char *pool)
{
    return (ng_view){ pool + (slot->key >> 8), slot->key & PACKED_KEY_BYTES };
}

/* The slot of the key, or the empty slot where it belongs. There is always an empty one. */
static uint32_t locate(const ng_slots *slots, ng_view key, uint32_t hash)
{
    uint32_t i = home(hash, slots->slot_count);

    while (slots->slots[i].key != 0 &&
           (slots->slots[i].hash != hash ||
            !ng_view_equal(slot_key(&slots->slots[i], slots->pool), key))) {
        if (++i == slots->slot_count)
            i = 0;
    }
    return i;
}

const packed_slot *ng_slots_find(const ng_slots *slots, ng_view key, uint32_t hash)
{
    const packed_slot *slot = NULL;

    if (slots->slot_count == 0 || key.size == 0 || key.size > PACKED_KEY_BYTES)
        return NULL;
    slot = &slots->slots[locate(slots, key, hash)];
    return slot->key != 0 ? slot : NULL;
}

static int compare_keys(const void *a, const void *b, void *user)
{
    (void)user;
    return ng_view_compare(((const ng_slots_phrase *)a)->key, ((const ng_slots_phrase *)b)->key);
}

/* Number of spaces in a key: of its beginnings. */
static uint64_t count_beginnings(ng_view key)
{
    uint64_t count = 0;

    for (size_t i = 0; i < key.size; i++)
        count += key.data[i] == ' ';
    return count;
}

/* Enters a key whose bytes are in the pool at `offset`: sets its list or its prefix mark. */
static void enter(packed_slot *items, const ng_slots *slots, ng_view key, uint32_t offset)
{
    uint32_t hash = ng_slots_hash(NG_SLOTS_HASH_START, key);
    packed_slot *slot = &items[locate(slots, key, hash)];

    if (slot->key == 0) {
        slot->hash = hash;
        slot->key = offset << 8 | (uint32_t)key.size;
    }
}

/* Enters a phrase with all its beginnings. */
static void enter_phrase(packed_slot *items, const ng_slots *slots, const ng_slots_phrase *phrase,
                         uint32_t offset)
{
    ng_view key = phrase->key;
    uint32_t hash = NG_SLOTS_HASH_START;

    enter(items, slots, key, offset);
    items[locate(slots, key, ng_slots_hash(hash, key))].list = phrase->list;
    for (size_t i = 1; i < key.size; i++) {
        ng_view beginning = ng_view_part(key, 0, i);

        if (key.data[i] != ' ')
            continue;
        enter(items, slots, beginning, offset);
        items[locate(slots, beginning, ng_slots_hash(hash, beginning))].key |= PACKED_PREFIX;
    }
}

/* Appends the bytes of all keys to the pool, a key that begins the next one with that one's. */
static ng_status add_keys(ng_ctx *cx, const ng_slots_phrase *phrases, size_t count, ng_buffer *pool,
                          uint32_t *offsets)
{
    for (size_t i = count; i-- > 0;) {
        if (i + 1 < count && ng_view_starts(phrases[i + 1].key, phrases[i].key)) {
            offsets[i] = offsets[i + 1];
            continue;
        }
        if (pool->size + phrases[i].key.size > PACKED_OFFSET_MAX)
            return ng_fail(cx, NG_E_LIMIT, "the dictionaries have too many bytes of names");
        offsets[i] = (uint32_t)pool->size;
        ng_status status = ng_buffer_add(cx, pool, phrases[i].key);
        if (status != NG_OK)
            return status;
    }
    return NG_OK;
}

ng_status ng_slots_build(ng_ctx *cx, ng_slots_phrase *phrases, size_t count, ng_buffer *pool,
                         ng_slots_built *built_out)
{
    ng_slots_built built = { 0 };
    uint32_t *offsets = NULL;
    uint64_t slot_count = 0;
    ng_slots slots = { 0 };
    ng_status status = ng_sort(cx, phrases, count, sizeof *phrases, compare_keys, NULL);

    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        slot_count += 1 + count_beginnings(phrases[i].key);
    slot_count = slots_for(slot_count);
    if (slot_count > UINT32_MAX / sizeof *built.slots)
        return ng_fail(cx, NG_E_LIMIT, "too many names: %zu", count);
    built.slot_count = (uint32_t)slot_count;
    built.slots = ng_alloc(cx, slot_count * sizeof *built.slots);
    offsets = ng_alloc(cx, (count + 1) * sizeof *offsets);
    if (!built.slots || !offsets) {
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu names", count);
        goto done;
    }
    memset(built.slots, 0, slot_count * sizeof *built.slots);
    status = add_keys(cx, phrases, count, pool, offsets);
    if (status != NG_OK)
        goto done;
    slots = (ng_slots){ built.slots, built.slot_count, pool->data };
    for (size_t i = 0; i < count; i++)
        enter_phrase(built.slots, &slots, &phrases[i], offsets[i]);
    *built_out = built;
    built.slots = NULL;
done:
    ng_free(cx, offsets);
    ng_free(cx, built.slots);
    return status;
}

void ng_slots_destroy(ng_ctx *cx, ng_slots_built *built)
{
    ng_free(cx, built->slots);
    *built = (ng_slots_built){ 0 };
}
