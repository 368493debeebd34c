/* The hash of phrases: open addressing over the bytes of a pool, sorted by hash (packed.h).
 *
 * Built by the packing tool for the dictionaries and at start for the names in user rules; looked
 * up by both. A beginning of a phrase needs no bytes of its own: its key is the first bytes of a
 * phrase. Sorted, a phrase stands right before the phrases that go on with it: no byte of a key is
 * smaller than the space. */
#include "names_internal.h"

#include <assert.h>

static ng_view slot_key(const packed_slot *slot, const char *pool)
{
    return (ng_view){ pool + (slot->key >> 8), slot->key & PACKED_KEY_BYTES };
}

const packed_slot *ng_slots_find(const ng_slots *slots, ng_view key, uint32_t hash)
{
    uint32_t mixed = ng_slots_mix(hash);
    const packed_slot *slot = NULL;

    if (slots->home_count == 0)
        return NULL;
    slot = &slots->slots[ng_slots_home(mixed, slots->home_count)];
    while (slot->key != 0 && slot->hash < mixed)
        slot++;
    for (; slot->key != 0 && slot->hash == mixed; slot++) {
        if (ng_view_equal(slot_key(slot, slots->pool), key))
            return slot;
    }
    return NULL;
}

static int compare_phrases(const void *a, const void *b, void *user)
{
    (void)user;
    return ng_view_compare(((const ng_slots_phrase *)a)->key, ((const ng_slots_phrase *)b)->key);
}

/* Order of the slots; keys of one hash (there are a few) by their bytes. */
static int compare_slots(const void *a, const void *b, void *user)
{
    const packed_slot *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return ng_view_compare(slot_key(x, user), slot_key(y, user));
}

/* Number of the beginnings of a key. */
static size_t count_beginnings(ng_view key)
{
    size_t count = 0;

    for (size_t i = 0; i < key.size; i++)
        count += key.data[i] == ' ';
    return count;
}

static packed_slot make_slot(ng_view key, uint32_t offset, uint32_t list)
{
    assert(key.size > 0 && key.size <= PACKED_KEY_BYTES);
    return (packed_slot){ .hash = ng_slots_mix(ng_slots_hash(NG_SLOTS_HASH_START, key)),
                          .key = offset << 8 | (uint32_t)key.size,
                          .list = list };
}

/* Appends the bytes of all keys to the pool, a key that begins the next one with that one's. */
static ng_status add_keys(ng_ctx *cx, const ng_slots_phrase *phrases, size_t count, ng_buffer *pool,
                          uint32_t *offsets)
{
    ng_status status = NG_OK;

    for (size_t i = count; i-- > 0 && status == NG_OK;) {
        if (i + 1 < count && ng_view_starts(phrases[i + 1].key, phrases[i].key)) {
            offsets[i] = offsets[i + 1];
            continue;
        }
        if (pool->size + phrases[i].key.size > PACKED_OFFSET_MAX)
            return ng_fail(cx, NG_E_LIMIT, "the names need more than 16 MiB");
        offsets[i] = (uint32_t)pool->size;
        status = ng_buffer_add(cx, pool, phrases[i].key);
    }
    return status;
}

/* Makes the slots of all phrases and their beginnings, not yet in order; returns how many. A
 * beginning that the phrase before has too is there already, or is that phrase itself. */
static size_t make_slots(const ng_slots_phrase *phrases, size_t count, const uint32_t *offsets,
                         packed_slot *slots)
{
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        ng_view key = phrases[i].key, before = i > 0 ? phrases[i - 1].key : NG_VIEW_NONE;
        size_t slot_before = made - 1;

        for (size_t k = 1; k < key.size; k++) {
            ng_view beginning = ng_view_part(key, 0, k);

            if (key.data[k] != ' ' || ng_view_starts(before, ng_view_part(key, 0, k + 1)))
                continue;
            if (ng_view_equal(before, beginning)) {
                slots[slot_before].key |= PACKED_PREFIX;
            } else {
                slots[made] = make_slot(beginning, offsets[i], 0);
                slots[made++].key |= PACKED_PREFIX;
            }
        }
        slots[made++] = make_slot(key, offsets[i], phrases[i].list);
    }
    return made;
}

/* Where each sorted slot belongs: at home or behind the one before; returns the end. */
static uint32_t find_places(const packed_slot *slots, size_t made, uint32_t home_count,
                            uint32_t *places)
{
    uint32_t end = 0;

    for (size_t i = 0; i < made; i++) {
        uint32_t home = ng_slots_home(slots[i].hash, home_count);

        places[i] = home > end ? home : end;
        end = places[i] + 1;
    }
    return end;
}

/* Sorts the slots and puts them into their places in an array that is made here. */
static ng_status place_slots(ng_ctx *cx, packed_slot *slots, size_t made, char *pool,
                             ng_slots_built *built)
{
    uint32_t *places = ng_alloc(cx, (made + 1) * sizeof *places);
    packed_slot *grown = NULL;
    ng_status status = places ? ng_sort(cx, slots, made, sizeof *slots, compare_slots, pool)
                              : ng_fail(cx, NG_E_MEMORY, "no memory for %zu names", made);

    if (status == NG_OK) {
        built->home_count = (uint32_t)(made + made / 9 + 1);
        built->slot_count = find_places(slots, made, built->home_count, places) + 1;
        if (built->slot_count < built->home_count + 1)
            built->slot_count = built->home_count + 1;
        grown = ng_alloc(cx, built->slot_count * sizeof *grown);
        if (!grown)
            status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu names", made);
    }
    if (status == NG_OK) {
        memset(grown, 0, built->slot_count * sizeof *grown);
        for (size_t i = 0; i < made; i++)
            grown[places[i]] = slots[i];
        built->slots = grown;
    }
    ng_free(cx, places);
    return status;
}

ng_status ng_slots_build(ng_ctx *cx, ng_slots_phrase *phrases, size_t count, ng_buffer *pool,
                         ng_slots_built *built_out)
{
    ng_slots_built built = { 0 };
    uint32_t *offsets = NULL;
    packed_slot *slots = NULL;
    size_t most = count;
    ng_status status = ng_sort(cx, phrases, count, sizeof *phrases, compare_phrases, NULL);

    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        most += count_beginnings(phrases[i].key);
    if (most > PACKED_OFFSET_MAX)
        return ng_fail(cx, NG_E_LIMIT, "too many names: %zu", most);
    offsets = ng_alloc(cx, (count + 1) * sizeof *offsets);
    slots = ng_alloc(cx, (most + 1) * sizeof *slots);
    if (offsets && slots)
        status = add_keys(cx, phrases, count, pool, offsets);
    else
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu names", count);
    if (status == NG_OK)
        status =
            place_slots(cx, slots, make_slots(phrases, count, offsets, slots), pool->data, &built);
    if (status == NG_OK)
        *built_out = built;
    ng_free(cx, offsets);
    ng_free(cx, slots);
    return status;
}

void ng_slots_destroy(ng_ctx *cx, ng_slots_built *built)
{
    ng_free(cx, built->slots);
    *built = (ng_slots_built){ 0 };
}
