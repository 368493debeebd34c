/* Writing the packed bytes.
 *
 * Forms are sorted by phrase, class, weight and row; those of one phrase are its list. Equal lists
 * are stored once. Then the hash of phrases is built and the sections are put one after another. */
#include "pack.h"

/* The sections in the making. */
typedef struct packed_sections {
    ng_slots_phrase *phrases;
    size_t phrase_count;
    ng_slots_built slots;
    ng_buffer entries, countries, places, pool;
    ng_intern *lists;      /* bytes of a list, to find equal ones */
    uint32_t *list_firsts; /* of each of them: its first entry */
    size_t list_capacity;
    uint32_t *string_offsets; /* in the pool by id of the string, UINT32_MAX: not there yet */
} packed_sections;

/* Order of the readings of one phrase. */
static int compare_forms(const void *a, const void *b, void *user)
{
    const pack_form *x = a, *y = b;

    (void)user;
    if (x->phrase != y->phrase)
        return x->phrase < y->phrase ? -1 : 1;
    if (x->class_ != y->class_)
        return x->class_ < y->class_ ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Two rows that say the same of a phrase (perhaps with other weights or spellings). */
static bool is_same_reading(const pack_form *a, const pack_form *b)
{
    bool is_same_detail = a->detail == b->detail || a->class_ == NG_NAME_COUNTRY;

    return a->class_ == b->class_ && is_same_detail && a->value == b->value &&
           a->country == b->country &&
           (!a->is_exact || (b->is_exact && a->spelling == b->spelling));
}

/* Places a string in the pool, once. */
static ng_status place_string(ng_ctx *cx, const ng_pack *pack, packed_sections *sections,
                              uint32_t id, uint32_t *offset_out)
{
    ng_view text = ng_intern_get(pack->strings, id);
    ng_status status = NG_OK;

    if (id != 0 && sections->string_offsets[id] == UINT32_MAX) {
        sections->string_offsets[id] = (uint32_t)sections->pool.size;
        status = ng_buffer_add_byte(cx, &sections->pool, (char)text.size);
        if (status == NG_OK)
            status = ng_buffer_add(cx, &sections->pool, text);
    }
    *offset_out = id != 0 ? sections->string_offsets[id] : 0;
    return status;
}

/* Turns a form into a packed entry. */
static ng_status make_entry(ng_ctx *cx, const ng_pack *pack, packed_sections *sections,
                            const pack_form *form, packed_entry *entry)
{
    ng_status status = NG_OK;

    *entry = (packed_entry){ .class_ = form->class_,
                             .detail = form->detail,
                             .is_exact = form->is_exact,
                             .weight = form->weight };
    status = place_string(cx, pack, sections, form->value, &entry->value);
    if (status == NG_OK)
        status = place_string(cx, pack, sections, form->country, &entry->country);
    if (status == NG_OK)
        status = place_string(cx, pack, sections, form->spelling, &entry->spelling);
    return status;
}

/* Stores a list unless an equal one is there; `list_out` is as in a slot. */
static ng_status store_list(ng_ctx *cx, packed_sections *sections, const packed_entry *entries,
                            size_t count, uint32_t *list_out)
{
    ng_view bytes = { (const void *)entries, count * sizeof *entries };
    size_t known = ng_intern_count(sections->lists);
    size_t first = sections->entries.size / sizeof *entries;
    uint32_t id = 0;
    ng_status status = ng_intern_add(cx, sections->lists, bytes, &id);

    if (status == NG_OK && id == known) {
        if (first > PACKED_OFFSET_MAX - count)
            return ng_fail(cx, NG_E_LIMIT, "too many dictionary entries");
        status = ng_grow(cx, (void **)&sections->list_firsts, &sections->list_capacity,
                         sizeof *sections->list_firsts, (size_t)id + 1, SIZE_MAX, "lists");
        if (status == NG_OK)
            status = ng_buffer_add(cx, &sections->entries, bytes);
        if (status == NG_OK)
            sections->list_firsts[id] = (uint32_t)first;
    }
    if (status == NG_OK)
        *list_out = sections->list_firsts[id] << 8 | (uint32_t)count;
    return status;
}

/* "NATO" is also written "Nato": the capitals of an organization's abbreviation count only where
 * small letters make an ordinary word ("WHO") or it is short. */
static void relax_capitals(const ng_pack *pack, ng_view key, size_t first, size_t end)
{
    enum { SHORT_BYTES = 3, LOWER_PERCENT = 50 };
    bool is_word = key.size <= SHORT_BYTES;

    for (size_t i = first; i < end && !is_word; i++)
        is_word = pack->forms[i].class_ == NG_NAME_COMMON && pack->forms[i].weight >= LOWER_PERCENT;
    for (size_t i = first; i < end && !is_word; i++) {
        if (pack->forms[i].class_ == NG_NAME_ORGANIZATION)
            pack->forms[i].is_exact = false;
    }
}

/* Packs the forms first ... end of one phrase. More than fit are left out, the lightest last. */
static ng_status pack_phrase(ng_ctx *cx, const ng_pack *pack, packed_sections *sections,
                             size_t first, size_t end)
{
    packed_entry entries[PACKED_LIST_ENTRIES];
    const pack_form *kept[PACKED_LIST_ENTRIES];
    ng_slots_phrase *phrase = &sections->phrases[sections->phrase_count];
    size_t count = 0;
    ng_status status = NG_OK;

    phrase->key = ng_intern_get(pack->phrases, pack->forms[first].phrase);
    relax_capitals(pack, phrase->key, first, end);
    for (size_t i = first; i < end && count < PACKED_LIST_ENTRIES && status == NG_OK; i++) {
        bool is_new = true;

        for (size_t k = 0; k < count && is_new; k++)
            is_new = !is_same_reading(kept[k], &pack->forms[i]);
        if (!is_new)
            continue;
        kept[count] = &pack->forms[i];
        status = make_entry(cx, pack, sections, kept[count], &entries[count]);
        count++;
    }
    if (status != NG_OK)
        return status;
    sections->phrase_count++;
    return store_list(cx, sections, entries, count, &phrase->list);
}

/* Packs all phrases: entries, lists, keys. */
static ng_status pack_phrases(ng_ctx *cx, ng_pack *pack, packed_sections *sections)
{
    ng_status status =
        ng_sort(cx, pack->forms, pack->form_count, sizeof *pack->forms, compare_forms, NULL);
    size_t first = 0;

    for (size_t i = 1; i <= pack->form_count && status == NG_OK; i++) {
        if (i < pack->form_count && pack->forms[i].phrase == pack->forms[first].phrase)
            continue;
        status = pack_phrase(cx, pack, sections, first, i);
        first = i;
    }
    if (status == NG_OK)
        status = ng_slots_build(cx, sections->phrases, sections->phrase_count, &sections->pool,
                                &sections->slots);
    return status;
}

static int compare_countries(const void *a, const void *b, void *user)
{
    (void)user;
    return memcmp(((const pack_country *)a)->code, ((const pack_country *)b)->code, 8);
}

static ng_status pack_countries(ng_ctx *cx, ng_pack *pack, packed_sections *sections)
{
    ng_status status = ng_sort(cx, pack->countries, pack->country_count, sizeof *pack->countries,
                               compare_countries, NULL);

    for (size_t i = 0; i < pack->country_count && status == NG_OK; i++) {
        packed_country country = { .name = 0 };

        memcpy(country.code, pack->countries[i].code, sizeof country.code);
        status = place_string(cx, pack, sections, pack->countries[i].name, &country.name);
        if (status == NG_OK)
            status = ng_buffer_add(cx, &sections->countries,
                                   (ng_view){ (const void *)&country, sizeof country });
    }
    return status;
}

static ng_status sections_init(ng_ctx *cx, const ng_pack *pack, packed_sections *sections)
{
    size_t string_count = ng_intern_count(pack->strings);

    memset(sections, 0, sizeof *sections);
    ng_buffer_init(&sections->entries, PACKED_FILE_BYTES);
    ng_buffer_init(&sections->countries, PACKED_FILE_BYTES);
    ng_buffer_init(&sections->places, PACKED_FILE_BYTES);
    ng_buffer_init(&sections->pool, PACKED_OFFSET_MAX);
    sections->phrases =
        ng_alloc(cx, (ng_intern_count(pack->phrases) + 1) * sizeof *sections->phrases);
    sections->string_offsets = ng_alloc(cx, string_count * sizeof *sections->string_offsets);
    if (!sections->phrases || !sections->string_offsets)
        return ng_fail(cx, NG_E_MEMORY, "no memory to pack the dictionaries");
    memset(sections->string_offsets, 0xFF, string_count * sizeof *sections->string_offsets);
    return ng_intern_new(cx, UINT32_MAX - 1, PACKED_FILE_BYTES, &sections->lists);
}

static void sections_destroy(ng_ctx *cx, packed_sections *sections)
{
    ng_buffer_destroy(cx, &sections->entries);
    ng_buffer_destroy(cx, &sections->countries);
    ng_buffer_destroy(cx, &sections->places);
    ng_buffer_destroy(cx, &sections->pool);
    ng_slots_destroy(cx, &sections->slots);
    ng_intern_free(cx, sections->lists);
    ng_free(cx, sections->list_firsts);
    ng_free(cx, sections->string_offsets);
    ng_free(cx, sections->phrases);
}

static int compare_places(const void *a, const void *b, void *user)
{
    const packed_place *x = a, *y = b;

    (void)user;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* Lists where the cities lie, each once; their names are in the pool already. */
static ng_status pack_places(ng_ctx *cx, const ng_pack *pack, packed_sections *sections)
{
    packed_place *places = ng_alloc(cx, (pack->form_count + 1) * sizeof *places);
    size_t count = 0, kept = 0;
    ng_status status = NG_OK;

    if (!places)
        return ng_fail(cx, NG_E_MEMORY, "no memory for places");
    for (size_t i = 0; i < pack->form_count; i++) {
        const pack_form *form = &pack->forms[i];

        if (form->class_ == NG_NAME_CITY && form->geoname != 0 &&
            sections->string_offsets[form->value] != UINT32_MAX)
            places[count++] = (packed_place){ sections->string_offsets[form->value], form->weight,
                                              form->geoname, form->latitude, form->longitude };
    }
    status = ng_sort(cx, places, count, sizeof *places, compare_places, NULL);
    for (size_t i = 0; i < count && status == NG_OK; i++)
        if (kept == 0 || memcmp(&places[kept - 1], &places[i], sizeof *places) != 0)
            places[kept++] = places[i];
    if (status == NG_OK)
        status = ng_buffer_add(cx, &sections->places,
                               (ng_view){ (const void *)places, kept * sizeof *places });
    ng_free(cx, places);
    return status;
}

/* Appends a section at a multiple of 8; says where it begins. */
static ng_status add_section(ng_ctx *cx, ng_buffer *out, ng_view bytes, uint32_t *at_out)
{
    ng_status status = NG_OK;

    while (out->size % 8 != 0 && status == NG_OK)
        status = ng_buffer_add_byte(cx, out, 0);
    *at_out = (uint32_t)out->size;
    return status == NG_OK ? ng_buffer_add(cx, out, bytes) : status;
}

/* The length of a key's word that begins at `at`. */
static size_t word_size(ng_view key, size_t at)
{
    size_t end = at;

    while (end < key.size && key.data[end] != ' ')
        end++;
    return end - at;
}

/* Appends the bits of the first two words of all phrases. */
static ng_status add_pairs(ng_ctx *cx, const packed_sections *sections, ng_buffer *out,
                           uint32_t *at_out)
{
    size_t size = ((size_t)1 << PACKED_PAIR_BITS) / 8;
    unsigned char *bits = ng_alloc(cx, size);
    ng_status status = NG_OK;

    if (!bits)
        return ng_fail(cx, NG_E_MEMORY, "no memory for pairs of words");
    memset(bits, 0, size);
    for (size_t i = 0; i < sections->phrase_count; i++) {
        ng_view key = sections->phrases[i].key;
        size_t first = word_size(key, 0);
        uint32_t bit = 0;

        if (first == key.size)
            continue;
        bit = packed_pair(
            ng_slots_hash(NG_SLOTS_HASH_START, ng_view_part(key, 0, first)),
            ng_slots_hash(NG_SLOTS_HASH_START,
                          ng_view_part(key, first + 1, first + 1 + word_size(key, first + 1))));
        bits[bit / 8] |= (unsigned char)(1u << bit % 8);
    }
    status = add_section(cx, out, (ng_view){ (const char *)bits, size }, at_out);
    ng_free(cx, bits);
    return status;
}

/* Puts the sections one after another and the header, with their hash, before them. */
static ng_status join(ng_ctx *cx, const packed_sections *sections, ng_buffer *out)
{
    packed_header header = { .version = PACKED_VERSION, .byte_order = PACKED_BYTE_ORDER };
    ng_view slots = { (const void *)sections->slots.slots,
                      sections->slots.slot_count * sizeof(packed_slot) };
    char hex[64];
    ng_status status = ng_buffer_add(cx, out, (ng_view){ (const void *)&header, sizeof header });

    memcpy(header.magic, PACKED_MAGIC, sizeof header.magic);
    header.slot_count = sections->slots.slot_count;
    header.home_count = sections->slots.home_count;
    header.entry_count = (uint32_t)(sections->entries.size / sizeof(packed_entry));
    header.country_count = (uint32_t)(sections->countries.size / sizeof(packed_country));
    header.place_count = (uint32_t)(sections->places.size / sizeof(packed_place));
    header.pool_bytes = (uint32_t)sections->pool.size;
    header.phrase_count = (uint32_t)sections->phrase_count;
    if (status == NG_OK)
        status = add_section(cx, out, slots, &header.slots_at);
    if (status == NG_OK)
        status = add_section(cx, out, ng_buffer_view(&sections->entries), &header.entries_at);
    if (status == NG_OK)
        status = add_section(cx, out, ng_buffer_view(&sections->countries), &header.countries_at);
    if (status == NG_OK)
        status = add_section(cx, out, ng_buffer_view(&sections->places), &header.places_at);
    if (status == NG_OK)
        status = add_section(cx, out, ng_buffer_view(&sections->pool), &header.pool_at);
    if (status != NG_OK)
        return status;
    ng_sha256_hex(ng_view_part(ng_buffer_view(out), sizeof header, out->size), hex);
    memcpy(header.hash, hex, PACKED_HASH_DIGITS);
    status = add_pairs(cx, sections, out, &header.pairs_at);
    if (status != NG_OK)
        return status;
    header.total_bytes = (uint32_t)out->size;
    memcpy(out->data, &header, sizeof header);
    return NG_OK;
}

ng_status pack_write(ng_ctx *cx, ng_pack *pack, ng_buffer *out)
{
    packed_sections sections;
    ng_status status = sections_init(cx, pack, &sections);

    if (status == NG_OK)
        status = ng_buffer_add_byte(cx, &sections.pool, 0);
    if (status == NG_OK)
        status = pack_countries(cx, pack, &sections);
    if (status == NG_OK)
        status = pack_phrases(cx, pack, &sections);
    if (status == NG_OK)
        status = pack_places(cx, pack, &sections);
    if (status == NG_OK)
        status = join(cx, &sections, out);
    sections_destroy(cx, &sections);
    return status;
}
