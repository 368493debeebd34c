/* The model file: written by the trainer, checked, and used in place.
 *
 *   header          model_header, 128 bytes
 *   transitions     8 * 8 int16: from tag (row 7: the start) to tag
 *   slots           slot_count * { uint32 check, uint32 index + 1 }: open addressing by the low
 *                   bits of a feature's hash; `check` is the high half of the hash
 *   class checks    class_slot_count * uint32, likewise for the hashes of folded words
 *   class ids       class_slot_count * uint16: finest class + 1
 *   some of many    many_count * uint16: the middle class of each finest class
 *   few of some     some_count * uint16: the coarsest class of each middle class
 *   spans           span_count * { uint32 hash of the name, int16 person, place, organization, 0 }
 *   weights         feature_count * 5 offsets * 8 lanes int8
 *
 * Little endian; each section begins at a multiple of 8. Version 1. A weight of 1 is `scale`;
 * weights of spans are hundredths, those of the tagger's log-odds thousandths. */
#include "tagger_internal.h"

#include <math.h>
#include <stddef.h>

enum { VERSION = 1, BYTE_ORDER_MARK = 0x01020304 };

/* Weights in the header are no larger, so that sums of them fit. */
enum { HEADER_WEIGHT_MAX = 1000000 };

static const char magic[8] = { 'N', 'G', 'T', 'A', 'G', 'G', 'E', 'R' };

typedef struct model_header {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t checksum; /* of everything after `hash` */
    char hash[24];     /* the checksum in hexadecimal, zero bytes after it */
    uint64_t total_bytes;
    uint32_t slot_count, feature_count;
    uint32_t class_slot_count, many_count, some_count;
    uint32_t span_count;
    uint32_t scale;
    int32_t odds_weights[NG_SPAN_COUNT], bonus[2][NG_SPAN_COUNT];
    int32_t sure_scale, sure_shift;
} model_header;

enum { UNCHECKED = offsetof(model_header, total_bytes) };

_Static_assert(sizeof(model_header) == 128 && UNCHECKED == 48, "header");

typedef struct span_weight {
    uint32_t name;
    int16_t weights[NG_SPAN_COUNT];
    int16_t unused;
} span_weight;

/* Where the sections begin. */
typedef struct sections {
    size_t transitions, slots, class_checks, class_ids, some_of_many, few_of_some, spans, weights,
        total;
} sections;

/* Reserves `size` bytes, in whole words of 8. */
static size_t reserve(size_t *at, size_t size)
{
    size_t here = *at;

    *at += (size + 7) / 8 * 8;
    return here;
}

/* Counts are 32 bits, so no sum here overflows 64. */
static sections find_sections(const model_header *header)
{
    sections s;
    size_t at = sizeof *header;

    s.transitions = reserve(&at, sizeof(int16_t) * NG_TAG_LANES * NG_TAG_LANES);
    s.slots = reserve(&at, sizeof(ng_model_slot) * (size_t)header->slot_count);
    s.class_checks = reserve(&at, sizeof(uint32_t) * (size_t)header->class_slot_count);
    s.class_ids = reserve(&at, sizeof(uint16_t) * (size_t)header->class_slot_count);
    s.some_of_many = reserve(&at, sizeof(uint16_t) * (size_t)header->many_count);
    s.few_of_some = reserve(&at, sizeof(uint16_t) * (size_t)header->some_count);
    s.spans = reserve(&at, sizeof(span_weight) * (size_t)header->span_count);
    s.weights = reserve(&at, (size_t)header->feature_count * NG_OFFSET_COUNT * NG_TAG_LANES);
    s.total = at;
    return s;
}

/* FNV-1a by words of 8 bytes. */
static uint64_t checksum(const char *data, size_t size)
{
    uint64_t sum = 14695981039346656037u;

    for (size_t at = 0; at + 8 <= size; at += 8) {
        uint64_t word;

        memcpy(&word, data + at, 8);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 29;
    }
    return sum;
}

/* The name of a feature of spans as a hash; features of word classes have a number behind it. */
static uint32_t hash_name(size_t feature)
{
    static const char *const names[NG_FEATURE_COUNT] = {
#define NG_FEATURE(name, person, place, organization) #name,
#include "features.inc"
#undef NG_FEATURE
    };
    size_t number = feature - NG_FEATURE_COUNT;
    const char *name = feature < NG_FEATURE_COUNT ? names[feature] : "CLASS";
    uint32_t hash = 2166136261u;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return feature < NG_FEATURE_COUNT ? hash : hash * 31u + (uint32_t)number;
}

/* ---- opening ---- */

static bool is_power_of_two(uint32_t number)
{
    return number > 0 && (number & (number - 1)) == 0;
}

/* Says what is wrong with the head of a file, or NULL. */
static const char *find_fault(ng_view bytes)
{
    const model_header *header = (const void *)bytes.data;

    if (bytes.size < sizeof *header || memcmp(header->magic, magic, sizeof magic) != 0)
        return "not a model of nergraph; `nergraph train` makes one";
    if (header->byte_order != BYTE_ORDER_MARK)
        return "a model for another kind of machine; train it again on this one";
    if (header->version != VERSION)
        return "a model of another version; train it again with this program";
    if (header->total_bytes != bytes.size || !is_power_of_two(header->slot_count) ||
        (header->class_slot_count && !is_power_of_two(header->class_slot_count)) ||
        header->scale == 0 || find_sections(header).total != bytes.size)
        return "a damaged model: its sizes do not fit; copy it again or train it again";
    return NULL;
}

/* The checksum as text, zero bytes after it. */
static void write_hash(uint64_t sum, char hash[24])
{
    (void)snprintf(hash, 24, "%016llx", (unsigned long long)sum);
}

/* True when the bytes are those that were written. */
static bool is_whole(ng_view bytes)
{
    const model_header *header = (const void *)bytes.data;
    uint64_t sum = checksum(bytes.data + UNCHECKED, bytes.size - UNCHECKED);
    char hash[sizeof header->hash] = { 0 };

    write_hash(sum, hash);
    return sum == header->checksum && memcmp(hash, header->hash, sizeof hash) == 0;
}

static bool is_bounded(int32_t weight)
{
    return weight >= -HEADER_WEIGHT_MAX && weight <= HEADER_WEIGHT_MAX;
}

/* True when the weights in the head are not beyond bounds. */
static bool has_sound_head(const model_header *header)
{
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        if (!is_bounded(header->odds_weights[kind]) || !is_bounded(header->bonus[0][kind]) ||
            !is_bounded(header->bonus[1][kind]))
            return false;
    return is_bounded(header->sure_scale) && is_bounded(header->sure_shift);
}

/* True when weights are not beyond bounds, every number that leads to another place of the file
 * leads into it, and each table has an empty slot. */
static bool is_sound(const ng_model *model, const model_header *header)
{
    const ng_word_classes *classes = &model->classes;
    bool has_room = false, has_class_room = header->class_slot_count == 0;

    if (!has_sound_head(header))
        return false;
    for (uint32_t i = 0; i < header->slot_count; i++) {
        if (model->slots[i].index > header->feature_count)
            return false;
        has_room |= model->slots[i].index == 0;
    }
    for (uint32_t i = 0; i < header->class_slot_count; i++) {
        if (classes->ids[i] > header->many_count)
            return false;
        has_class_room |= classes->ids[i] == 0;
    }
    for (uint32_t i = 0; i < header->many_count; i++)
        if (classes->some_of_many[i] >= header->some_count)
            return false;
    return has_room && has_class_room;
}

/* Takes over the weights of spans by their names; unknown names are passed over. */
static void read_spans(const span_weight *spans, uint32_t count, ng_model *model)
{
    for (size_t f = 0; f < NG_SPAN_FEATURE_COUNT; f++) {
        uint32_t name = hash_name(f);

        for (uint32_t i = 0; i < count; i++)
            if (spans[i].name == name)
                for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
                    model->span_weights[f][kind] = spans[i].weights[kind];
    }
}

/* Numbers that are worked out once. */
static void prepare(ng_model *model)
{
    for (int j = 0; j < NG_TAG_LANES; j++)
        for (int k = 0; k < NG_TAG_LANES; k++)
            model->odds[j][k] = model->transitions[j][k] <= INT16_MIN / 2
                                    ? 0
                                    : expf((float)model->transitions[j][k] / model->scale);
    for (int j = 0; j < NG_TAG_COUNT; j++)
        for (int k = 0; k < NG_TAG_LANES; k++)
            model->odds_to[k][j] = model->odds[j][k];
    for (int i = 0; i < NG_EXPONENTIALS; i++)
        model->exponentials[i] = expf(-(float)i / model->scale);
}

/* Points into the bytes. */
static void point(ng_view bytes, ng_model *model)
{
    const model_header *header = (const void *)bytes.data;
    sections s = find_sections(header);

    model->transitions = (const int16_t(*)[NG_TAG_LANES])(const void *)(bytes.data + s.transitions);
    model->slots = (const void *)(bytes.data + s.slots);
    model->slot_mask = header->slot_count - 1;
    model->classes = (ng_word_classes){ .checks = (const void *)(bytes.data + s.class_checks),
                                        .ids = (const void *)(bytes.data + s.class_ids),
                                        .slot_count = header->class_slot_count,
                                        .some_of_many = (const void *)(bytes.data + s.some_of_many),
                                        .few_of_some = (const void *)(bytes.data + s.few_of_some) };
    model->weights = (const void *)(bytes.data + s.weights);
    model->scale = (float)header->scale;
    model->hash = header->hash;
    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
        model->odds_weights[kind] = (float)header->odds_weights[kind] / 1000.0f;
    memcpy(model->bonus, header->bonus, sizeof model->bonus);
    model->sure_scale = header->sure_scale / 1000.0;
    model->sure_shift = header->sure_shift / 1000.0;
    read_spans((const void *)(bytes.data + s.spans), header->span_count, model);
}

/* Makes a model of bytes whose head is in order. */
static ng_status make_model(ng_ctx *cx, ng_view bytes, ng_model **model_out)
{
    ng_model *model = ng_alloc(cx, sizeof *model);

    if (!model)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the model");
    memset(model, 0, sizeof *model);
    point(bytes, model);
    prepare(model);
    *model_out = model;
    return NG_OK;
}

ng_status ng_model_open(ng_ctx *cx, ng_view bytes, const char *path, ng_model **model_out)
{
    const char *name = path ? path : "the built-in model";
    const char *fault = find_fault(bytes);
    ng_model *model = NULL;
    ng_status status = NG_OK;

    if (!fault && !is_whole(bytes))
        fault = "a damaged model: its checksum is another; copy it again or train it again";
    if (fault)
        return ng_fail(cx, NG_E_DATA, "%s: %s", name, fault);
    status = make_model(cx, bytes, &model);
    if (status != NG_OK)
        return status;
    if (!is_sound(model, (const void *)bytes.data)) {
        ng_model_close(cx, model);
        return ng_fail(cx, NG_E_DATA,
                       "%s: a damaged model: numbers in it are out of bounds; train it again",
                       name);
    }
    *model_out = model;
    return NG_OK;
}

ng_status ng_model_use(ng_ctx *cx, ng_view bytes, ng_model **model_out)
{
    const char *fault = find_fault(bytes);

    if (fault)
        return ng_fail(cx, NG_E_BUG, "the built-in model: %s", fault);
    return make_model(cx, bytes, model_out);
}

const char *ng_model_hash_of(const ng_model *model)
{
    return model->hash;
}

const char *ng_model_hash(void)
{
    return ((const model_header *)(const void *)ng_model_built_in)->hash;
}

void ng_model_close(ng_ctx *cx, ng_model *model)
{
    ng_free(cx, model);
}

const int8_t *ng_model_find(const ng_model *model, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & model->slot_mask, check = (uint32_t)(hash >> 32);

    for (; model->slots[at].index; at = (at + 1) & model->slot_mask)
        if (model->slots[at].check == check)
            return model->weights +
                   (size_t)(model->slots[at].index - 1) * NG_OFFSET_COUNT * NG_TAG_LANES;
    return NULL;
}

/* ---- word classes ---- */

uint64_t ng_word_class_hash(ng_view folded)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < folded.size; i++)
        hash = (hash ^ (unsigned char)folded.data[i]) * 1099511628211u;
    return hash ^ (hash >> 31);
}

void ng_word_class_fetch(const ng_word_classes *classes, ng_view folded)
{
    uint32_t at = (uint32_t)ng_word_class_hash(folded) & (classes->slot_count - 1);

    if (classes->slot_count == 0)
        return;
    __builtin_prefetch(&classes->checks[at]);
    __builtin_prefetch(&classes->ids[at]);
}

uint32_t ng_word_class_find(const ng_word_classes *classes, ng_view folded)
{
    uint64_t hash = ng_word_class_hash(folded);
    uint32_t mask = classes->slot_count - 1, at = (uint32_t)hash & mask;

    if (classes->slot_count == 0)
        return NG_NO_WORD_CLASS;
    for (; classes->ids[at]; at = (at + 1) & mask)
        if (classes->checks[at] == (uint32_t)(hash >> 32))
            return classes->ids[at] - 1u;
    return NG_NO_WORD_CLASS;
}

/* ---- writing ---- */

/* Appends a section and fills it up to a multiple of 8. */
static ng_status add_section(ng_ctx *cx, ng_buffer *out, const void *data, size_t size)
{
    ng_status status = ng_buffer_add(cx, out, (ng_view){ size ? data : "", size });

    while (status == NG_OK && out->size % 8 != 0)
        status = ng_buffer_add_byte(cx, out, '\0');
    return status;
}

/* Appends the weights of spans. */
static ng_status add_spans(ng_ctx *cx, const ng_model_parts *parts, ng_buffer *out)
{
    span_weight spans[NG_SPAN_FEATURE_COUNT];

    for (size_t f = 0; f < NG_SPAN_FEATURE_COUNT; f++) {
        spans[f] = (span_weight){ .name = hash_name(f) };
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            spans[f].weights[kind] = parts->spans->weights[f][kind];
    }
    return add_section(cx, out, spans, sizeof spans);
}

ng_status ng_model_write(ng_ctx *cx, const ng_model_parts *parts, ng_buffer *out)
{
    model_header header = { .version = VERSION,
                            .byte_order = BYTE_ORDER_MARK,
                            .slot_count = parts->slot_count,
                            .feature_count = parts->feature_count,
                            .class_slot_count = parts->classes.slot_count,
                            .many_count = parts->many_count,
                            .some_count = parts->some_count,
                            .span_count = NG_SPAN_FEATURE_COUNT,
                            .scale = parts->scale };
    const ng_word_classes *classes = &parts->classes;
    size_t start = out->size;
    ng_status status = NG_OK;

    memcpy(header.magic, magic, sizeof magic);
    memcpy(header.odds_weights, parts->spans->odds_weights, sizeof header.odds_weights);
    memcpy(header.bonus, parts->spans->bonus, sizeof header.bonus);
    header.sure_scale = parts->spans->sure_scale;
    header.sure_shift = parts->spans->sure_shift;
    header.total_bytes = find_sections(&header).total;
    status = ng_buffer_add(cx, out, (ng_view){ (const char *)&header, sizeof header });
    if (status == NG_OK)
        status =
            add_section(cx, out, parts->transitions, sizeof(int16_t) * NG_TAG_LANES * NG_TAG_LANES);
    if (status == NG_OK)
        status = add_section(cx, out, parts->slots, sizeof *parts->slots * parts->slot_count);
    if (status == NG_OK)
        status =
            add_section(cx, out, classes->checks, sizeof(uint32_t) * (size_t)classes->slot_count);
    if (status == NG_OK)
        status = add_section(cx, out, classes->ids, sizeof(uint16_t) * (size_t)classes->slot_count);
    if (status == NG_OK)
        status = add_section(cx, out, classes->some_of_many, sizeof(uint16_t) * parts->many_count);
    if (status == NG_OK)
        status = add_section(cx, out, classes->few_of_some, sizeof(uint16_t) * parts->some_count);
    if (status == NG_OK)
        status = add_spans(cx, parts, out);
    if (status == NG_OK)
        status = add_section(cx, out, parts->weights,
                             (size_t)parts->feature_count * NG_OFFSET_COUNT * NG_TAG_LANES);
    if (status == NG_OK) {
        header.checksum = checksum(out->data + start + UNCHECKED, out->size - start - UNCHECKED);
        write_hash(header.checksum, header.hash);
        memcpy(out->data + start, &header, sizeof header);
    }
    return status;
}
