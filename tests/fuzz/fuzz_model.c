/* Any bytes as a model file: refused with a reason, or used on a short text.
 *
 * The checksum is made right first, else hardly any input would come further; an odd last byte
 * keeps it as it is. */
#include "fuzz.h"

#include "mentions/mentions.h"

enum { HEADER_BYTES = 128, AT_CHECKSUM = 16, AT_HASH = 104, ARENA_BYTES = 1 << 26 };

static ng_ctx *cx;
static ng_names *names;
static ng_text text; /* scanned once */
static ng_arena texts;

static const char text_bytes[] =
    "Quorvel met the Brindle Company's Tibbuk in Zanthia, U.S. \xE2\x80\x94 \"Ann Lee-Bo of Morluk "
    "and New York\" saw 3 Germans.\nMORLUK WINS AGAIN\nthen quorvel left zanthia for long beach";

/* Opens the dictionaries and the text. */
static void prepare(void)
{
    cx = ng_ctx_new();
    ng_arena_init(&texts, ARENA_BYTES);
    fuzz_must(cx && ng_names_new(cx, NULL, &names) == NG_OK &&
                  ng_text_scan(cx, &texts, ng_view_of(text_bytes), 10000, &text) == NG_OK,
              "dictionaries open");
}

/* The checksum as docs/formats.md says it. */
static void seal(char *bytes, size_t size)
{
    uint64_t sum = 14695981039346656037u;

    memset(bytes + AT_CHECKSUM, 0, sizeof sum);
    memset(bytes + AT_HASH, 0, HEADER_BYTES - AT_HASH);
    for (size_t at = 0; at + 8 <= size; at += 8) {
        uint64_t word = 0;

        memcpy(&word, bytes + at, 8);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 29;
    }
    memcpy(bytes + AT_CHECKSUM, &sum, sizeof sum);
    (void)snprintf(bytes + AT_HASH, HEADER_BYTES - AT_HASH, "%016llx", (unsigned long long)sum);
}

/* Finds names with the model. */
static void find(const ng_model *model)
{
    ng_finder *finder = NULL;
    ng_scratch *scratch = NULL;
    ng_arena arena;
    ng_spans spans = { 0 };
    uint32_t end = 0;

    ng_arena_init(&arena, ARENA_BYTES);
    fuzz_must(ng_finder_new_with(cx, names, model, &finder) == NG_OK &&
                  ng_scratch_new(cx, finder, &scratch) == NG_OK &&
                  ng_spans_find(cx, finder, scratch, &arena, &text, &spans) == NG_OK,
              "a model that opens can be used");
    for (size_t i = 0; i < spans.count; i++) {
        const ng_span *span = &spans.items[i];

        fuzz_must(span->first_token >= end && span->end_token > span->first_token &&
                      span->end_token <= text.token_count,
                  "spans are sorted and do not overlap");
        fuzz_must(span->kind < NG_KIND_COUNT && span->form < NG_FORM_COUNT, "kind and form exist");
        fuzz_must(span->confidence >= 0 && span->confidence <= 1, "confidence is in [0, 1]");
        end = span->end_token;
    }
    ng_scratch_free(cx, scratch);
    ng_finder_free(cx, finder);
    ng_arena_destroy(cx, &arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + 1); /* aligned, and as large as the file */
    ng_model *model = NULL;
    ng_status status;

    if (!cx)
        prepare();
    fuzz_must(bytes != NULL, "memory");
    if (size > 0)
        memcpy(bytes, data, size);
    if (size >= HEADER_BYTES && data[size - 1] % 2 == 0)
        seal(bytes, size);
    status = ng_model_open(cx, (ng_view){ bytes, size }, "fuzz.ngm", &model);
    fuzz_must(status == NG_OK || status == NG_E_DATA, "opened or refused");
    fuzz_must(status == NG_OK || ng_ctx_error(cx)[0] != '\0', "a refusal says why");
    if (status == NG_OK)
        find(model);
    ng_model_close(cx, model);
    free(bytes);
    return 0;
}
