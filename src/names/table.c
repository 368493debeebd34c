/* The dictionaries as the program sees them.
 *
 * The packed bytes are used where they lie: a look-up is one hash and, as a rule, one comparison.
 * Only the entries are turned into ng_name_entry at start, because an entry of the door holds
 * views; as phrases that are known as the same share their list, there are far fewer of them than
 * phrases. Nothing changes afterwards. */
#include "names_internal.h"

extern const char ng_names_packed[], ng_names_packed_end[];

/* The string of the pool at `offset`. */
static ng_view pool_string(const char *pool, uint32_t offset)
{
    return (ng_view){ pool + offset + 1, (unsigned char)pool[offset] };
}

/* True when the bytes are a file of this format. What is inside is trusted: it was built with us.
 */
static bool is_packed(ng_view packed)
{
    const packed_header *header = (const void *)packed.data;

    return packed.size >= sizeof *header && memcmp(header->magic, PACKED_MAGIC, 8) == 0 &&
           header->version == PACKED_VERSION && header->byte_order == PACKED_BYTE_ORDER &&
           header->total_bytes <= packed.size;
}

/* The entry of the door. */
static ng_name_entry open_entry(const char *pool, const packed_entry *packed)
{
    ng_name_entry entry = {
        .class_ = packed->class_,
        .detail = packed->detail,
        .is_exact = packed->is_exact,
        .weight = packed->weight,
        .value = pool_string(pool, packed->value),
        .country = pool_string(pool, packed->country),
        .region = NG_VIEW_NONE,
        .spelling = pool_string(pool, packed->spelling),
    };

    if (entry.class_ == NG_NAME_CITY && entry.country.size > 2) {
        entry.region = entry.country;
        entry.country.size = 2;
    }
    return entry;
}

/* Turns the packed entries into those of the door. */
static ng_status open_entries(ng_ctx *cx, const char *base, ng_names *names)
{
    const packed_header *header = (const void *)base;
    const packed_entry *packed = (const void *)(base + header->entries_at);
    const char *pool = names->slots.pool;
    size_t count = header->entry_count;

    names->entries = ng_alloc(cx, (count + 1) * sizeof *names->entries);
    if (!names->entries)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu dictionary entries", count);
    for (size_t i = 0; i < count; i++)
        names->entries[i] = open_entry(pool, &packed[i]);
    return NG_OK;
}

ng_status ng_names_open(ng_ctx *cx, ng_view packed, const ng_rules_source *rules,
                        ng_names **names_out)
{
    const packed_header *header = (const void *)packed.data;
    ng_names *names = NULL;
    ng_status status = NG_OK;

    if (!is_packed(packed))
        return ng_fail(cx, NG_E_BUG, "the built-in dictionaries are damaged");
    names = ng_alloc(cx, sizeof *names);
    if (!names)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the dictionaries");
    *names = (ng_names){
        .slots = { (const void *)(packed.data + header->slots_at), header->home_count,
                   packed.data + header->pool_at },
        .pairs = (const unsigned char *)packed.data + header->pairs_at,
        .countries = (const void *)(packed.data + header->countries_at),
        .country_count = header->country_count,
        .places = (const void *)(packed.data + header->places_at),
        .place_count = header->place_count,
        .pool = packed.data + header->pool_at,
    };
    status = open_entries(cx, packed.data, names);
    if (status == NG_OK && rules && rules->path)
        status = ng_rules_new(cx, rules, names, &names->rules);
    if (rules && rules->path)
        names->pairs = NULL;
    if (status == NG_OK)
        *names_out = names;
    else
        ng_names_free(cx, names);
    return status;
}

ng_status ng_names_new(ng_ctx *cx, const char *rules_path, ng_names **names_out)
{
    return ng_names_new_without(cx, rules_path, NULL, 0, names_out);
}

ng_status ng_names_new_without(ng_ctx *cx, const char *rules_path, const uint32_t *lines,
                               size_t line_count, ng_names **names_out)
{
    ng_rules_source rules = { rules_path, lines, line_count };
    ng_view packed = { ng_names_packed, (size_t)(ng_names_packed_end - ng_names_packed) };

    return ng_names_open(cx, packed, &rules, names_out);
}

bool ng_names_where(const ng_names *names, const ng_name_entry *city, ng_where *where_out)
{
    uint32_t value = 0, low = 0, high = names->place_count;

    if (city->class_ != NG_NAME_CITY || city->value.size == 0)
        return false;
    value = (uint32_t)(city->value.data - 1 - names->pool);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const packed_place *place = &names->places[middle];

        if (place->value < value || (place->value == value && place->weight > city->weight))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == names->place_count || names->places[low].value != value ||
        names->places[low].weight != city->weight)
        return false;
    *where_out = (ng_where){ names->places[low].id, names->places[low].latitude / 100.0,
                             names->places[low].longitude / 100.0 };
    return true;
}

void ng_names_free(ng_ctx *cx, ng_names *names)
{
    if (!names)
        return;
    ng_rules_free(cx, names->rules);
    ng_free(cx, names->entries);
    ng_free(cx, names);
}

/* The list of a key that is in the form of keys already. */
static size_t find_key(const ng_names *names, ng_view key, const ng_name_entry **entries_out)
{
    uint32_t hash = ng_slots_hash(NG_SLOTS_HASH_START, key);
    const ng_name_entry *entries = names->entries;
    const packed_slot *slot = NULL;

    if (names->rules) {
        slot = ng_slots_find(&names->rules->slots, key, hash);
        entries = names->rules->entries;
    }
    if (!slot || slot->list == 0) {
        slot = ng_slots_find(&names->slots, key, hash);
        entries = names->entries;
    }
    if (!slot || slot->list == 0)
        return 0;
    *entries_out = entries + (slot->list >> 8);
    return slot->list & 0xFF;
}

size_t ng_names_find(const ng_names *names, ng_view folded, const ng_name_entry **entries_out)
{
    ng_phrase phrase;

    if (folded.size > 2 * (size_t)PACKED_KEY_BYTES)
        return 0;
    if (ng_phrase_is_key(folded))
        return find_key(names, folded, entries_out);
    ng_phrase_split(folded, &phrase);
    return phrase.is_cut ? 0 : find_key(names, ng_phrase_view(&phrase), entries_out);
}

uint32_t ng_names_classes(const ng_names *names, ng_view folded)
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(names, folded, &entries);
    uint32_t classes = 0;

    for (size_t i = 0; i < count; i++) {
        if (!entries[i].is_exact)
            classes |= 1u << entries[i].class_;
    }
    return classes;
}

const ng_name_entry *ng_names_get(const ng_names *names, ng_view folded, ng_name_class class_)
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(names, folded, &entries);

    for (size_t i = 0; i < count; i++) {
        if (entries[i].class_ == class_)
            return &entries[i];
    }
    return NULL;
}

ng_status ng_names_fold(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    ng_buffer scratch;
    ng_phrase phrase;
    ng_status status = NG_OK;

    ng_buffer_init(&scratch, SIZE_MAX / 4);
    status = ng_phrase_fold(cx, text, &scratch, &phrase);
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, ng_phrase_view(&phrase));
    ng_buffer_destroy(cx, &scratch);
    return status;
}

ng_view ng_names_country(const ng_names *names, ng_view code)
{
    char wanted[8] = { 0 };
    uint32_t low = 0, high = names->country_count;

    if (code.size == 0 || code.size >= sizeof wanted)
        return NG_VIEW_NONE;
    memcpy(wanted, code.data, code.size);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(names->countries[middle].code, wanted, sizeof wanted);

        if (order == 0)
            return pool_string(names->slots.pool, names->countries[middle].name);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NG_VIEW_NONE;
}

const char *ng_data_hash(void)
{
    return ((const packed_header *)(const void *)ng_names_packed)->hash;
}
