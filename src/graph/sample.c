/* The quotes of an edge: at most k of them, chosen by a hash.
 *
 * A quote's rank is a hash of its document's id and its place. The k quotes of least rank are kept,
 * in a heap with the largest rank first. The sample depends on which quotes were offered, not on
 * their order, and every quote has the same chance (Cohen and Kaplan 2007, "Summarizing data using
 * bottom-k sketches"). One sentence has the same rank on every edge it shows. */
#include "blocks.h"

#include <assert.h>

enum { HEAP_BYTES = 16 }; /* what a block of the heap takes beside its content */

/* Order of quotes by rank; where ranks agree, by document and place. */
static int compare_shown(const ng_intern *strings, const ng_shown *a, const ng_shown *b)
{
    int order = (a->rank > b->rank) - (a->rank < b->rank);

    if (order == 0)
        order = ng_view_compare(ng_intern_get(strings, a->document),
                                ng_intern_get(strings, b->document));
    if (order == 0)
        order =
            ng_view_compare(ng_intern_get(strings, a->sha256), ng_intern_get(strings, b->sha256));
    if (order == 0)
        order = (int)b->in_title - (int)a->in_title;
    if (order == 0)
        order = (a->byte_start > b->byte_start) - (a->byte_start < b->byte_start);
    return order ? order : (a->byte_end > b->byte_end) - (a->byte_end < b->byte_end);
}

/* Lets the last item of the heap rise to its place. */
static void rise(const ng_intern *strings, ng_sample *sample)
{
    size_t at = sample->count - 1;

    while (at > 0) {
        size_t parent = (at - 1) / 2;
        ng_shown moved = sample->items[at];

        if (compare_shown(strings, &sample->items[parent], &moved) >= 0)
            return;
        sample->items[at] = sample->items[parent];
        sample->items[parent] = moved;
        at = parent;
    }
}

/* Lets the first item of the heap sink to its place. */
static void sink(const ng_intern *strings, ng_sample *sample)
{
    size_t at = 0;

    for (;;) {
        size_t largest = at;
        ng_shown moved = sample->items[at];

        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < sample->count; child++)
            if (compare_shown(strings, &sample->items[child], &sample->items[largest]) > 0)
                largest = child;
        if (largest == at)
            return;
        sample->items[at] = sample->items[largest];
        sample->items[largest] = moved;
        at = largest;
    }
}

/* The rank of a place in a document: the same on every machine and in every run. */
static uint64_t rank_of(ng_view document, const ng_shown *place)
{
    const uint64_t numbers[] = { place->byte_start, place->byte_end, place->in_title };
    char bytes[24];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(numbers[i / 8] >> 8 * (i % 8) & 0xFF);
    return ng_hash((ng_view){ bytes, sizeof bytes }, ng_hash(document, 0));
}

/* Copies into `place` what it needs to stand in a sample: its quote and where it comes from. */
static ng_status keep_quote(ng_ctx *cx, ng_intern *strings, const ng_source_document *document,
                            ng_shown *place)
{
    ng_view whole = place->in_title ? document->title : document->text;
    ng_status status = ng_intern_add(cx, strings, document->id, &place->document);

    assert(place->byte_start < place->byte_end && place->byte_end <= whole.size);
    if (status == NG_OK)
        status = ng_intern_add(cx, strings, (ng_view){ document->sha256, 64 }, &place->sha256);
    if (status != NG_OK)
        return status;
    place->quote_size = (uint32_t)(place->byte_end - place->byte_start);
    place->quote = ng_alloc(cx, place->quote_size);
    if (!place->quote)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the evidence");
    memcpy(place->quote, whole.data + place->byte_start, place->quote_size);
    return NG_OK;
}

/* Puts a place with its quote into the heap; the quote belongs to the sample afterwards. */
static ng_status insert(ng_ctx *cx, ng_sample *sample, uint32_t limit, const ng_intern *strings,
                        const ng_shown *place)
{
    if (sample->count < limit) {
        void *items = sample->items;
        ng_status status = ng_grow(cx, &items, &sample->capacity, sizeof *sample->items,
                                   sample->count + 1, limit, "quotes");

        sample->items = items;
        if (status != NG_OK) {
            ng_free(cx, place->quote);
            return status;
        }
        sample->items[sample->count++] = *place;
        rise(strings, sample);
        return NG_OK;
    }
    if (compare_shown(strings, place, &sample->items[0]) < 0) {
        ng_free(cx, sample->items[0].quote);
        sample->items[0] = *place;
        sink(strings, sample);
    } else {
        ng_free(cx, place->quote);
    }
    return NG_OK;
}

ng_status ng_sample_offer(ng_ctx *cx, ng_sample *sample, uint32_t limit, ng_intern *strings,
                          const ng_source_document *document, ng_shown *place)
{
    ng_status status = NG_OK;

    if (limit == 0)
        return NG_OK;
    place->rank = rank_of(document->id, place);
    if (sample->count >= limit && place->rank > sample->items[0].rank)
        return NG_OK;
    status = keep_quote(cx, strings, document, place);
    return status == NG_OK ? insert(cx, sample, limit, strings, place) : status;
}

ng_status ng_sample_move(ng_ctx *cx, ng_sample *to, uint32_t limit, const ng_intern *strings,
                         ng_sample *from)
{
    ng_status status = NG_OK;

    while (from->count > 0 && status == NG_OK)
        status = insert(cx, to, limit, strings, &from->items[--from->count]);
    return status;
}

uint64_t ng_sample_bytes(const ng_sample *sample)
{
    uint64_t bytes = sample->capacity * sizeof *sample->items;

    for (size_t i = 0; i < sample->count; i++)
        bytes += sample->items[i].quote_size + HEAP_BYTES;
    return bytes;
}

void ng_sample_destroy(ng_ctx *cx, ng_sample *sample)
{
    for (size_t i = 0; i < sample->count; i++)
        ng_free(cx, sample->items[i].quote);
    ng_free(cx, sample->items);
    *sample = (ng_sample){ 0 };
}

/* ---- in a saved graph ---- */

static int compare_places(const void *a, const void *b, void *user)
{
    return compare_shown(user, a, b);
}

/* A digest of 64 hexadecimal digits as 32 bytes. */
static ng_status put_digest(ng_ctx *cx, ng_view hex, ng_buffer *out)
{
    static const char digits[] = "0123456789abcdef";
    char bytes[32];

    assert(hex.size == 64);
    for (size_t i = 0; i < sizeof bytes; i++) {
        const char *high = memchr(digits, hex.data[2 * i], 16);
        const char *low = memchr(digits, hex.data[2 * i + 1], 16);

        bytes[i] = (char)((high ? high - digits : 0) << 4 | (low ? low - digits : 0));
    }
    return ng_buffer_add(cx, out, (ng_view){ bytes, sizeof bytes });
}

ng_status ng_sample_put(ng_ctx *cx, const ng_intern *strings, ng_sample *sample, ng_buffer *out)
{
    ng_status status = ng_sort(cx, sample->items, sample->count, sizeof *sample->items,
                               compare_places, (void *)strings);

    /* from the smallest to the largest is no heap: it is turned round */
    for (size_t i = 0; i < sample->count / 2 && status == NG_OK; i++) {
        ng_shown moved = sample->items[i];

        sample->items[i] = sample->items[sample->count - 1 - i];
        sample->items[sample->count - 1 - i] = moved;
    }
    if (status == NG_OK)
        status = ng_bytes_put_number(cx, out, sample->count);
    for (size_t i = sample->count; i-- > 0 && status == NG_OK;) {
        const ng_shown *shown = &sample->items[i];
        const uint64_t numbers[] = { shown->in_title, shown->start, shown->end, shown->byte_start };
        ng_view date =
            shown->date == NG_NO_TEXT ? NG_VIEW_NONE : ng_intern_get(strings, shown->date);

        status = ng_bytes_put_text(cx, out, ng_intern_get(strings, shown->document));
        if (status == NG_OK)
            status = ng_bytes_put_text(cx, out, date);
        if (status == NG_OK)
            status = put_digest(cx, ng_intern_get(strings, shown->sha256), out);
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers && status == NG_OK; k++)
            status = ng_bytes_put_number(cx, out, numbers[k]);
        if (status == NG_OK)
            status = ng_bytes_put_text(cx, out, (ng_view){ shown->quote, shown->quote_size });
    }
    return status;
}

/* The next 32 bytes as 64 hexadecimal digits. */
static void take_digest(ng_cursor *cursor, char hex_out[64])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < 32; i += 8) {
        uint64_t word = ng_bytes_take_word(cursor);

        for (size_t k = 0; k < 8; k++) {
            unsigned byte = (unsigned)(word >> 8 * k) & 0xFF;

            hex_out[2 * (i + k)] = digits[byte >> 4];
            hex_out[2 * (i + k) + 1] = digits[byte & 15];
        }
    }
}

/* A quote as it is saved. */
typedef struct saved_quote {
    ng_view document, date, quote;
    char digest[64];
    ng_shown shown; /* its numbers */
} saved_quote;

static saved_quote read_quote(ng_cursor *cursor)
{
    saved_quote saved = { .document = ng_bytes_take_text(cursor) };

    saved.date = ng_bytes_take_text(cursor);
    take_digest(cursor, saved.digest);
    saved.shown.date = NG_NO_TEXT;
    saved.shown.in_title = ng_bytes_take_number(cursor) != 0;
    saved.shown.start = ng_bytes_take_number(cursor);
    saved.shown.end = ng_bytes_take_number(cursor);
    saved.shown.byte_start = ng_bytes_take_number(cursor);
    saved.quote = ng_bytes_take_text(cursor);
    return saved;
}

/* One quote of a saved sample. */
static ng_status take_shown(ng_ctx *cx, ng_intern *strings, ng_cursor *cursor, uint32_t limit,
                            ng_sample *sample)
{
    saved_quote saved = read_quote(cursor);
    ng_shown shown = saved.shown;
    ng_view quote = saved.quote;
    ng_status status = NG_OK;

    if (cursor->is_bad || quote.size > UINT32_MAX || shown.byte_start > UINT32_MAX)
        return NG_OK;
    shown.byte_end = shown.byte_start + quote.size;
    shown.rank = rank_of(saved.document, &shown);
    if (limit == 0 || (sample->count >= limit && shown.rank > sample->items[0].rank))
        return NG_OK;
    status = ng_intern_add(cx, strings, saved.document, &shown.document);
    if (status == NG_OK && saved.date.size > 0)
        status = ng_intern_add(cx, strings, saved.date, &shown.date);
    if (status == NG_OK)
        status = ng_intern_add(cx, strings, (ng_view){ saved.digest, sizeof saved.digest },
                               &shown.sha256);
    if (status != NG_OK)
        return status;
    shown.quote_size = (uint32_t)quote.size;
    shown.quote = ng_alloc(cx, quote.size + 1);
    if (!shown.quote)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the evidence");
    memcpy(shown.quote, quote.data, quote.size);
    return insert(cx, sample, limit, strings, &shown);
}

ng_status ng_sample_take(ng_ctx *cx, ng_intern *strings, ng_cursor *cursor, uint32_t limit,
                         ng_sample *sample)
{
    uint64_t count = ng_bytes_take_number(cursor);
    ng_status status = NG_OK;

    for (uint64_t i = 0; i < count && !cursor->is_bad && status == NG_OK; i++)
        status = take_shown(cx, strings, cursor, limit, sample);
    return status;
}

void ng_sample_skip(ng_cursor *cursor)
{
    uint64_t count = ng_bytes_take_number(cursor);

    for (uint64_t i = 0; i < count && !cursor->is_bad; i++)
        (void)read_quote(cursor);
}
