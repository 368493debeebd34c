/* What a field has learned so far, in a file beside the model: after an interruption the same
 * command goes on from there and gives the bytes that it would have given without.
 *
 * The weights and squares of a field lie in memory as they do in its file, with a head before them:
 * keeping them is one write, taking them up one read. Everything else follows from the number of
 * passes: the order of the sentences is made again from the seed. The head has a hash of the
 * options and of the corpus as numbers, so that nothing is taken up that another training has left.
 * A part file is for the machine and build that wrote it. */
#include "trainer_internal.h"

static const char magic[8] = { 'N', 'G', 'P', 'A', 'R', 'T', '0', '1' };

/* The head of a part file. */
typedef struct part_head {
    char magic[8];
    uint64_t fingerprint;
    uint64_t checksum; /* of everything that follows */
    uint32_t pass_count, feature_count;
    uint64_t step;
    double loss;
    float transitions[NG_TAG_LANES][NG_TAG_LANES];
    float transition_squares[NG_TAG_LANES][NG_TAG_LANES];
} part_head;

enum { CHECKED_FROM = 24 };

_Static_assert(sizeof(part_head) == 560, "head");

/* Bytes of the weights, and of the squares, of that many features. */
static size_t weight_bytes(uint32_t feature_count)
{
    return (size_t)feature_count * NG_OFFSET_COUNT * NG_TAG_LANES * sizeof(float);
}

static size_t part_bytes(uint32_t feature_count)
{
    return sizeof(part_head) + 2 * weight_bytes(feature_count);
}

/* Points the field into its memory. */
static void point(ng_field *field)
{
    field->weights = (float *)(void *)(field->memory.data + sizeof(part_head));
    field->squares = field->weights + weight_bytes(field->feature_count) / sizeof(float);
}

static uint64_t checksum(ng_view bytes)
{
    return ng_hash(ng_view_part(bytes, CHECKED_FROM, bytes.size), 0);
}

/* Makes room for what is to be learned, cleared. */
static ng_status make_room(ng_ctx *cx, ng_field *field)
{
    size_t size = part_bytes(field->feature_count);
    ng_status status = NG_OK;

    status = ng_buffer_reserve(cx, &field->memory, size);
    if (status != NG_OK)
        return status;
    memset(field->memory.data, 0, size);
    field->memory.size = size;
    return NG_OK;
}

/* True when the bytes are what this field has kept. */
static bool is_ours(const ng_field *field, ng_view bytes)
{
    part_head head;

    if (bytes.size != part_bytes(field->feature_count))
        return false;
    memcpy(&head, bytes.data, sizeof head);
    return memcmp(head.magic, magic, sizeof magic) == 0 && head.fingerprint == field->fingerprint &&
           head.feature_count == field->feature_count && head.checksum == checksum(bytes);
}

/* Reads the part file; leaves the memory empty when there is none, or one of another training. */
static ng_status read_part(ng_ctx *cx, ng_field *field)
{
    struct stat info;
    ng_status status = NG_OK;

    if (!field->part_path || cx->sys->stat(field->part_path, &info) != 0)
        return NG_OK;
    status = ng_file_read(cx, field->part_path, SIZE_MAX / 4, "no option", &field->memory);
    if (status == NG_OK && !is_ours(field, ng_buffer_view(&field->memory))) {
        ng_warn(cx, "%s: of another training; this one begins anew", field->part_path);
        ng_buffer_destroy(cx, &field->memory);
    }
    return status;
}

/* Takes over what stands in the head. */
static void take_head(ng_field *field)
{
    part_head head;

    memcpy(&head, field->memory.data, sizeof head);
    memcpy(field->transitions, head.transitions, sizeof head.transitions);
    memcpy(field->transition_squares, head.transition_squares, sizeof head.transition_squares);
    field->pass_count = head.pass_count;
    field->step = head.step;
    field->loss = head.loss;
}

ng_status ng_part_open(ng_ctx *cx, ng_field *field)
{
    ng_status status = NG_OK;

    ng_buffer_init(&field->memory, SIZE_MAX / 4);
    status = read_part(cx, field);
    if (status != NG_OK)
        return status;
    if (field->memory.size > 0)
        take_head(field);
    else
        status = make_room(cx, field);
    if (status == NG_OK)
        point(field);
    return status;
}

ng_status ng_part_keep(ng_ctx *cx, ng_field *field)
{
    part_head head = { .fingerprint = field->fingerprint,
                       .pass_count = field->pass_count,
                       .feature_count = field->feature_count,
                       .step = field->step,
                       .loss = field->loss };

    if (!field->part_path)
        return NG_OK;
    memcpy(head.magic, magic, sizeof magic);
    memcpy(head.transitions, field->transitions, sizeof head.transitions);
    memcpy(head.transition_squares, field->transition_squares, sizeof head.transition_squares);
    memcpy(field->memory.data, &head, sizeof head);
    head.checksum = checksum(ng_buffer_view(&field->memory));
    memcpy(field->memory.data, &head, sizeof head);
    return ng_file_replace(cx, field->part_path, ng_buffer_view(&field->memory));
}

/* ---- the fingerprint ---- */

/* Adds an array to a hash. */
static uint64_t add_array(uint64_t hash, const void *items, size_t count, size_t size)
{
    return ng_hash((ng_view){ count ? items : "", count * size }, hash);
}

uint64_t ng_part_fingerprint(const ng_train_options *options, const ng_corpus *corpus,
                             const ng_lessons *lessons)
{
    const double numbers[] = { options->rate, options->drop, options->decay };
    const uint64_t counts[] = { options->silver_count > 0, options->silver_epochs,
                                options->epochs,           options->part_count,
                                options->least_count,      options->seed,
                                lessons->token_count,      lessons->sequence_count,
                                lessons->type_count,       lessons->place_count };
    size_t features = ng_table_count(lessons->features);
    uint64_t hash = ng_hash(ng_view_of(ng_version()), 0);

    hash = add_array(hash, numbers, sizeof numbers / sizeof *numbers, sizeof *numbers);
    hash = add_array(hash, counts, sizeof counts / sizeof *counts, sizeof *counts);
    hash = add_array(hash, lessons->types, lessons->token_count, sizeof *lessons->types);
    hash = add_array(hash, lessons->tags, lessons->token_count, sizeof *lessons->tags);
    hash = add_array(hash, lessons->place_first, lessons->token_count, sizeof(uint32_t));
    hash = add_array(hash, lessons->place_ids, lessons->place_count, sizeof(uint32_t));
    hash = add_array(hash, lessons->sequence_first, lessons->sequence_count, sizeof(uint32_t));
    hash = add_array(hash, lessons->sequence_document, lessons->sequence_count, sizeof(uint32_t));
    hash = add_array(hash, lessons->type_first, lessons->type_count, sizeof(uint32_t));
    hash = add_array(hash, lessons->type_ids, lessons->type_id_count, sizeof(uint32_t));
    hash = add_array(hash, lessons->feature_hash, features, sizeof(uint64_t));
    for (size_t d = 0; d < corpus->count; d++) {
        const ng_gold_document *document = &corpus->documents[d];
        const uint64_t facts[] = { document->is_gold, document->part };

        hash = add_array(hash, facts, 2, sizeof *facts);
        hash = add_array(hash, &document->weight, 1, sizeof document->weight);
    }
    return hash;
}
