/* Many saved graphs into one, without holding any of them.
 *
 * All files are sorted alike, so one pass with a heap of their first records writes the whole in
 * order (k-way merge: Knuth 1998, The Art of Computer Programming 3, 5.4.1). Nodes come before
 * pairs; as they go by, each file learns the new numbers of its nodes. Numbers follow the order of
 * ids in every file and in the whole, so pairs that are sorted by the old numbers are sorted by the
 * new ones, too. A record that several files have is added up as a builder adds it: the result has
 * the bytes of one run over all documents. */
#include "blocks.h"

#include <assert.h>

enum {
    NODES_AT_ONCE = 512,  /* added up before they are written */
    SUMS_AT_ONCE = 20000, /* pairs of several files, before their texts are forgotten */
};

/* One file. */
typedef struct source {
    ng_strand strand;
    uint32_t *numbers; /* of its nodes in the whole */
    size_t node_count, node_capacity;
    ng_view text;   /* what its record is sorted by: a digest or an id; empty for pairs */
    ng_ends ends;   /* of a pair, in the numbers of the whole */
    ng_cursor rest; /* of a pair's record */
} source;

typedef struct merging {
    ng_ctx *cx;
    source *sources;
    size_t count;
    uint32_t *heap; /* the sources that have a record of the kind in hand, the least first */
    size_t heap_count;
    uint32_t *equal; /* those that share the least record */
    size_t equal_count;
    ng_buffer last_text; /* of the record written last */
    ng_ends last_ends;
    bool has_last;
    ng_builder *sums; /* where records of one node or pair are added up */
    size_t sum_count;
    size_t node_count; /* of the whole */
    ng_buffer record;
    ng_block_writer writer;
} merging;

/* ---- the order of records ---- */

static int compare_keys(ng_view text, ng_ends ends, ng_view other_text, ng_ends other)
{
    int order = ng_view_compare(text, other_text);

    if (order == 0)
        order = (ends.layer > other.layer) - (ends.layer < other.layer);
    if (order == 0)
        order = (ends.a > other.a) - (ends.a < other.a);
    return order ? order : (ends.b > other.b) - (ends.b < other.b);
}

static int compare_sources(const merging *work, uint32_t a, uint32_t b)
{
    const source *left = &work->sources[a], *right = &work->sources[b];

    return compare_keys(left->text, left->ends, right->text, right->ends);
}

/* Lets a source sink to its place in the heap. */
static void sink(merging *work, size_t at)
{
    uint32_t moved = work->heap[at];

    for (size_t child = 2 * at + 1; child < work->heap_count; child = 2 * at + 1) {
        if (child + 1 < work->heap_count &&
            compare_sources(work, work->heap[child + 1], work->heap[child]) < 0)
            child++;
        if (compare_sources(work, work->heap[child], moved) >= 0)
            break;
        work->heap[at] = work->heap[child];
        at = child;
    }
    work->heap[at] = moved;
}

/* Reads by what the record of a source is sorted; false when it is not sound. */
static bool read_key(source *from)
{
    ng_cursor cursor = { from->strand.record, 0, false };
    bool is_sound = true;

    from->text = NG_VIEW_NONE;
    from->ends = (ng_ends){ 0 };
    switch (from->strand.kind) {
    case NG_BLOCK_DOCUMENTS:
        from->text = from->strand.record;
        break;
    case NG_BLOCK_NODES:
        from->text = ng_bytes_take_text(&cursor);
        is_sound = !cursor.is_bad && from->text.size > 0;
        break;
    case NG_BLOCK_APART:
        is_sound = ng_record_take_apart(&cursor, &from->ends);
        break;
    default:
        is_sound = ng_record_take_ends(&cursor, &from->ends) &&
                   from->ends.layer < from->strand.scope_count;
        break;
    }
    from->rest = cursor;
    if (!is_sound || from->text.size > 0)
        return is_sound;
    if (from->ends.b >= from->node_count)
        return false;
    from->ends.a = from->numbers[from->ends.a];
    from->ends.b = from->numbers[from->ends.b];
    return from->ends.a < from->ends.b;
}

/* Reads the key of a source's record; what is not above the record written last is out of order. */
static ng_status take_record(merging *work, source *from)
{
    if (!read_key(from) ||
        (work->has_last && compare_keys(from->text, from->ends, ng_buffer_view(&work->last_text),
                                        work->last_ends) <= 0))
        return ng_blocks_complain(work->cx, &from->strand.reader);
    return NG_OK;
}

/* Fills the heap with the sources that have records of a kind. */
static ng_status begin(merging *work, char kind)
{
    ng_status status = NG_OK;

    work->has_last = false;
    work->heap_count = 0;
    for (uint32_t i = 0; i < work->count && status == NG_OK; i++) {
        if (work->sources[i].strand.kind != kind)
            continue;
        status = take_record(work, &work->sources[i]);
        work->heap[work->heap_count++] = i;
    }
    for (size_t i = work->heap_count / 2; status == NG_OK && i-- > 0;)
        sink(work, i);
    return status;
}

/* Takes the least record and all equal ones out of the heap. */
static void take_least(merging *work)
{
    work->equal_count = 0;
    do {
        work->equal[work->equal_count++] = work->heap[0];
        work->heap[0] = work->heap[--work->heap_count];
        if (work->heap_count > 0)
            sink(work, 0);
    } while (work->heap_count > 0 && compare_sources(work, work->heap[0], work->equal[0]) == 0);
}

/* Moves the sources that were taken on; those with more of this kind go back into the heap. */
static ng_status advance(merging *work, char kind)
{
    const source *least = &work->sources[work->equal[0]];
    ng_status status = NG_OK;

    work->last_text.size = 0;
    status = ng_buffer_add(work->cx, &work->last_text, least->text);
    work->last_ends = least->ends;
    work->has_last = true;
    for (size_t i = 0; i < work->equal_count && status == NG_OK; i++) {
        source *from = &work->sources[work->equal[i]];

        status = ng_strand_next(work->cx, &from->strand);
        if (status != NG_OK || from->strand.kind != kind)
            continue;
        status = take_record(work, from);
        if (status != NG_OK)
            continue;
        /* at the end of the heap it rises: parents are moved down until one is less */
        size_t at = work->heap_count++;
        for (; at > 0 && compare_sources(work, work->heap[(at - 1) / 2], work->equal[i]) > 0;
             at = (at - 1) / 2)
            work->heap[at] = work->heap[(at - 1) / 2];
        work->heap[at] = work->equal[i];
    }
    return status;
}

static ng_status write_record(merging *work, char kind)
{
    ng_status status = ng_blocks_add(work->cx, &work->writer, kind, ng_buffer_view(&work->record));

    work->record.size = 0;
    return status;
}

/* ---- the parts of a file ---- */

/* All files tell the same recipe; their totals are added up. */
static ng_status write_recipe(merging *work, const ng_builder *like)
{
    ng_totals totals = like->totals;
    ng_status status = NG_OK;

    totals.document_count = 0;
    memset(totals.unit_count, 0, sizeof totals.unit_count);
    for (size_t i = 0; i < work->count && status == NG_OK; i++) {
        const ng_totals *more = &work->sources[i].strand.totals;

        status = ng_strand_check(work->cx, &work->sources[i].strand, like);
        totals.document_count += more->document_count;
        for (size_t k = 0; k < like->layer_count; k++)
            totals.unit_count[k] += more->unit_count[k];
    }
    if (status == NG_OK)
        status = ng_recipe_put(work->cx, like->options, &totals, &work->record);
    if (status == NG_OK)
        status = write_record(work, NG_BLOCK_RECIPE);
    if (status == NG_OK)
        status = ng_record_put_totals(work->cx, &totals, like->layer_count, &work->record);
    if (status == NG_OK)
        status = write_record(work, NG_BLOCK_RECIPE);
    if (status == NG_OK && like->never.size > 0)
        status =
            ng_blocks_add(work->cx, &work->writer, NG_BLOCK_RECIPE, ng_buffer_view(&like->never));
    return status;
}

static ng_status write_documents(merging *work)
{
    ng_status status = begin(work, NG_BLOCK_DOCUMENTS);

    while (status == NG_OK && work->heap_count > 0) {
        take_least(work);
        if (work->equal_count > 1)
            return ng_fail(work->cx, NG_E_DATA, "%s: some of its documents were counted already",
                           work->sources[work->equal[1]].strand.reader.path);
        status = ng_blocks_add(work->cx, &work->writer, NG_BLOCK_DOCUMENTS,
                               work->sources[work->equal[0]].text);
        if (status == NG_OK)
            status = advance(work, NG_BLOCK_DOCUMENTS);
    }
    return status;
}

/* Writes the nodes that were added up, and forgets them. */
static ng_status flush_nodes(merging *work)
{
    ng_builder *sums = work->sums;
    const ng_ticks *ticks[NG_TICK_LISTS] = { &sums->labels, &sums->wheres, &sums->forms,
                                             &sums->decisions };
    ng_tick_index lists[NG_TICK_LISTS] = { { NULL, NULL } };
    size_t count = ng_intern_count(sums->keys);
    ng_status status = NG_OK;

    for (size_t i = 0; i < NG_TICK_LISTS && status == NG_OK; i++)
        status = ng_tick_index_make(work->cx, sums->strings, ticks[i], count, &lists[i]);
    for (uint32_t i = 0; i < count && status == NG_OK; i++) {
        status = ng_record_put_node(work->cx, sums, lists, i, &work->record);
        if (status == NG_OK)
            status = write_record(work, NG_BLOCK_NODES);
    }
    for (size_t i = 0; i < NG_TICK_LISTS; i++)
        ng_tick_index_free(work->cx, &lists[i]);
    ng_builder_clear(work->cx, sums);
    return status == NG_OK ? ng_builder_open(work->cx, sums) : status;
}

/* Adds up one node of all the files that have it, and gives it its number. */
static ng_status add_node(merging *work)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->equal_count && status == NG_OK; i++) {
        source *from = &work->sources[work->equal[i]];
        uint32_t node = 0;
        bool is_sound = false;

        status = ng_grow(work->cx, (void **)&from->numbers, &from->node_capacity,
                         sizeof *from->numbers, from->node_count + 1, UINT32_MAX - 1, "actors");
        if (status == NG_OK)
            status =
                ng_record_take_node(work->cx, work->sums, from->strand.record, &node, &is_sound);
        if (status == NG_OK && !is_sound)
            return ng_blocks_complain(work->cx, &from->strand.reader);
        if (status == NG_OK)
            from->numbers[from->node_count++] = (uint32_t)work->node_count;
    }
    work->node_count++;
    return status;
}

static ng_status write_nodes(merging *work, uint64_t node_limit)
{
    ng_status status = begin(work, NG_BLOCK_NODES);

    while (status == NG_OK && work->heap_count > 0) {
        take_least(work);
        if (work->node_count >= node_limit)
            return ng_fail(work->cx, NG_E_LIMIT, "more than %llu actors (see --max-nodes)",
                           (unsigned long long)node_limit);
        status = add_node(work);
        if (status == NG_OK)
            status = advance(work, NG_BLOCK_NODES);
        if (status == NG_OK && ng_intern_count(work->sums->keys) >= NODES_AT_ONCE)
            status = flush_nodes(work);
    }
    return status == NG_OK ? flush_nodes(work) : status;
}

static ng_status write_apart(merging *work)
{
    ng_status status = begin(work, NG_BLOCK_APART);

    while (status == NG_OK && work->heap_count > 0) {
        take_least(work);
        status = ng_record_put_apart(work->cx, work->sources[work->equal[0]].ends, &work->record);
        if (status == NG_OK)
            status = write_record(work, NG_BLOCK_APART);
        if (status == NG_OK)
            status = advance(work, NG_BLOCK_APART);
    }
    return status;
}

/* A pair that one file has, as it is. */
static ng_status copy_edge(merging *work, const source *from)
{
    ng_view rest = ng_view_part(from->rest.bytes, from->rest.at, from->rest.bytes.size);
    ng_status status = NG_OK;

    if (!ng_record_edge_is_sound(from->rest))
        return ng_blocks_complain(work->cx, &from->strand.reader);
    status = ng_record_put_ends(work->cx, from->ends, &work->record);
    return status == NG_OK ? ng_buffer_add(work->cx, &work->record, rest) : status;
}

/* One pair of all the files that have it: copied when it is one, else added up. */
static ng_status put_edge(merging *work)
{
    const source *first = &work->sources[work->equal[0]];
    ng_edge_sum sum = { .first = NG_NO_TEXT, .last = NG_NO_TEXT };
    ng_status status = NG_OK;

    if (work->equal_count == 1)
        return copy_edge(work, first);
    for (size_t i = 0; i < work->equal_count && status == NG_OK; i++) {
        source *from = &work->sources[work->equal[i]];
        bool is_sound = false;

        status = ng_record_add_edge(work->cx, work->sums, &from->rest, &sum, &is_sound);
        if (status == NG_OK && !is_sound)
            status = ng_blocks_complain(work->cx, &from->strand.reader);
    }
    if (status == NG_OK)
        status = ng_record_put_edge(work->cx, work->sums, &sum, first->ends, &work->record);
    ng_sample_destroy(work->cx, &sum.sample);
    if (status == NG_OK && ++work->sum_count % SUMS_AT_ONCE == 0) {
        ng_builder_clear(work->cx, work->sums);
        status = ng_builder_open(work->cx, work->sums);
    }
    return status;
}

static ng_status write_edges(merging *work)
{
    ng_status status = begin(work, NG_BLOCK_EDGES);

    for (size_t i = 1; status == NG_OK && work->heap_count > 0; i++) {
        take_least(work);
        status = put_edge(work);
        if (status == NG_OK)
            status = write_record(work, NG_BLOCK_EDGES);
        if (status == NG_OK)
            status = advance(work, NG_BLOCK_EDGES);
        if (status == NG_OK && i % SUMS_AT_ONCE == 0 && ng_ctx_is_cancelled(work->cx))
            status = ng_fail(work->cx, NG_E_LIMIT, "interrupted");
    }
    return status;
}

/* ---- all of it ---- */

static ng_status open_sources(merging *work, const ng_builder *like, const char *const *paths)
{
    ng_ctx *cx = work->cx;
    ng_status status = NG_OK;

    ng_buffer_init(&work->record, SIZE_MAX / 2);
    ng_buffer_init(&work->last_text, SIZE_MAX / 2);
    work->sources = ng_alloc(cx, (work->count + 1) * sizeof *work->sources);
    work->heap = ng_alloc(cx, (work->count + 1) * sizeof *work->heap);
    work->equal = ng_alloc(cx, (work->count + 1) * sizeof *work->equal);
    for (size_t i = 0; work->sources && i < work->count; i++)
        work->sources[i] = (source){ .strand = { .reader = { .fd = -1 } } };
    if (!work->sources || !work->heap || !work->equal)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu saved graphs", work->count);
    for (size_t i = 0; i < work->count && status == NG_OK; i++)
        status = ng_strand_open(cx, paths[i], &work->sources[i].strand);
    if (status == NG_OK)
        status = ng_builder_new(cx, like->options, NULL, &work->sums);
    return status == NG_OK ? ng_builder_open(cx, work->sums) : status;
}

static void close_sources(merging *work)
{
    for (size_t i = 0; work->sources && i < work->count; i++) {
        ng_strand_close(work->cx, &work->sources[i].strand);
        ng_free(work->cx, work->sources[i].numbers);
    }
    ng_free(work->cx, work->sources);
    ng_free(work->cx, work->heap);
    ng_free(work->cx, work->equal);
    ng_buffer_destroy(work->cx, &work->record);
    ng_buffer_destroy(work->cx, &work->last_text);
    ng_builder_free(work->cx, work->sums);
}

/* Everything in the order of a file. */
static ng_status write_all(merging *work, const ng_builder *like)
{
    ng_status status = write_recipe(work, like);

    if (status == NG_OK)
        status = write_documents(work);
    if (status == NG_OK)
        status = write_nodes(work, like->options->node_limit);
    if (status == NG_OK)
        status = write_apart(work);
    if (status == NG_OK)
        status = write_edges(work);
    for (size_t i = 0; i < work->count && status == NG_OK; i++)
        if (work->sources[i].strand.kind != NG_BLOCK_END)
            status = ng_blocks_complain(work->cx, &work->sources[i].strand.reader);
    return status;
}

ng_status ng_strands_merge(ng_ctx *cx, const ng_builder *like, const char *const *paths,
                           size_t count, const char *path_out)
{
    merging work = { .cx = cx, .count = count };
    ng_status status = open_sources(&work, like, paths);

    if (status == NG_OK)
        status = ng_blocks_create(cx, path_out, &work.writer);
    if (status == NG_OK)
        status = write_all(&work, like);
    close_sources(&work);
    if (status == NG_OK)
        return ng_blocks_commit(cx, &work.writer);
    if (work.writer.file)
        ng_blocks_discard(cx, &work.writer);
    return status;
}
