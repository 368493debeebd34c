/* The saved graph (.ngr): a builder's sums in a file, and back.
 *
 * What is written is what a builder holds before names of different documents are united and before
 * any weight is worked out: sorted, in integers, with the digests of all documents. So files of
 * parts of an archive can be added up, in any order, and give the bytes of one run over the whole;
 * and what is decided at the end is decided anew each time. Layout: docs/ngr.md. */
#include "blocks.h"

/* ---- writing ---- */

/* What a file is written from: the order of the nodes and their lists. */
typedef struct saving {
    ng_ctx *cx;
    ng_builder *builder;
    ng_block_writer *writer;
    ng_buffer record;
    size_t node_count;
    size_t first_document; /* digests before it stand in other runs */
    uint32_t *order;       /* nodes by id */
    uint32_t *number;      /* of each node: its place in the order */
    ng_tick_index lists[NG_TICK_LISTS];
} saving;

static int compare_keys(const void *a, const void *b, void *user)
{
    const ng_intern *keys = user;

    return ng_view_compare(ng_intern_get(keys, *(const uint32_t *)a),
                           ng_intern_get(keys, *(const uint32_t *)b));
}

static ng_status open_saving(saving *work)
{
    ng_builder *builder = work->builder;
    const ng_ticks *lists[NG_TICK_LISTS] = { &builder->labels, &builder->wheres, &builder->forms,
                                             &builder->decisions };
    ng_status status = ng_builder_open(work->cx, builder);

    if (status != NG_OK)
        return status;
    work->node_count = ng_intern_count(builder->keys);
    work->order = ng_alloc(work->cx, (work->node_count + 1) * sizeof *work->order);
    work->number = ng_alloc(work->cx, (work->node_count + 1) * sizeof *work->number);
    if (!work->order || !work->number)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu actors", work->node_count);
    for (uint32_t i = 0; i < work->node_count; i++)
        work->order[i] = i;
    status = ng_sort(work->cx, work->order, work->node_count, sizeof *work->order, compare_keys,
                     builder->keys);
    for (uint32_t i = 0; i < work->node_count; i++)
        work->number[work->order[i]] = i;
    for (size_t i = 0; i < NG_TICK_LISTS && status == NG_OK; i++)
        status = ng_tick_index_make(work->cx, builder->strings, lists[i], work->node_count,
                                    &work->lists[i]);
    return status;
}

static void close_saving(saving *work)
{
    ng_free(work->cx, work->order);
    ng_free(work->cx, work->number);
    for (size_t i = 0; i < NG_TICK_LISTS; i++)
        ng_tick_index_free(work->cx, &work->lists[i]);
    ng_buffer_destroy(work->cx, &work->record);
}

static ng_status add_record(saving *work, char kind)
{
    ng_status status = ng_blocks_add(work->cx, work->writer, kind, ng_buffer_view(&work->record));

    work->record.size = 0;
    return status;
}

static ng_status save_recipe(saving *work)
{
    const ng_totals *totals = &work->builder->totals;
    ng_status status = ng_recipe_put(work->cx, work->builder->options, totals, &work->record);

    if (status == NG_OK)
        status = add_record(work, NG_BLOCK_RECIPE);
    if (status == NG_OK)
        status = ng_record_put_totals(work->cx, totals, work->builder->layer_count, &work->record);
    if (status == NG_OK)
        status = add_record(work, NG_BLOCK_RECIPE);
    if (status == NG_OK && work->builder->never.size > 0)
        status = ng_blocks_add(work->cx, work->writer, NG_BLOCK_RECIPE,
                               ng_buffer_view(&work->builder->never));
    return status;
}

/* The digests of the documents, sorted. */
static ng_status save_documents(saving *work)
{
    ng_intern *documents = work->builder->documents;
    size_t count = ng_intern_count(documents) - work->first_document;
    uint32_t *order = ng_alloc(work->cx, (count + 1) * sizeof *order);
    ng_status status = NG_OK;

    if (!order)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu documents", count);
    for (uint32_t i = 0; i < count; i++)
        order[i] = (uint32_t)(work->first_document + i);
    status = ng_sort(work->cx, order, count, sizeof *order, compare_keys, documents);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        status = ng_buffer_add(work->cx, &work->record, ng_intern_get(documents, order[i]));
        if (status == NG_OK)
            status = add_record(work, NG_BLOCK_DOCUMENTS);
    }
    ng_free(work->cx, order);
    return status;
}

/* ---- many records, written by all threads ---- */

enum { CHUNK_RECORDS = 256, CHUNKS_PER_THREAD = 4 };

/* Some records that follow each other. */
typedef struct chunk {
    size_t first, end;
    ng_buffer bytes; /* one record after the other */
    size_t ends[CHUNK_RECORDS];
} chunk;

/* Records of one kind. */
typedef struct series {
    saving *work;
    char kind;
    size_t count, next;
    ng_status (*put)(const struct series *series, ng_ctx *cx, size_t index, ng_buffer *out);
    const void *order; /* for put */
    size_t layer;      /* of edges */
    chunk *chunks;
} series;

static ng_status bring_chunk(void *user, ng_ctx *cx, size_t slot, ng_brought *brought_out)
{
    series *records = user;
    chunk *next = &records->chunks[slot];

    (void)cx;
    *brought_out = records->next < records->count ? NG_BROUGHT_ITEM : NG_BROUGHT_END;
    next->first = records->next;
    records->next += CHUNK_RECORDS;
    next->end = records->next < records->count ? records->next : records->count;
    next->bytes.size = 0;
    return NG_OK;
}

static ng_status work_chunk(void *user, ng_ctx *cx, uint32_t worker, size_t slot)
{
    const series *records = user;
    chunk *mine = &records->chunks[slot];
    ng_status status = NG_OK;

    (void)worker;
    for (size_t i = mine->first; i < mine->end && status == NG_OK; i++) {
        status = records->put(records, cx, i, &mine->bytes);
        mine->ends[i - mine->first] = mine->bytes.size;
    }
    return status;
}

static ng_status write_chunk(void *user, ng_ctx *cx, size_t slot)
{
    const series *records = user;
    const chunk *done = &records->chunks[slot];
    size_t start = 0;
    ng_status status = NG_OK;

    for (size_t i = 0; i < done->end - done->first && status == NG_OK; i++) {
        status = ng_blocks_add(cx, records->work->writer, records->kind,
                               ng_view_part(ng_buffer_view(&done->bytes), start, done->ends[i]));
        start = done->ends[i];
    }
    return status;
}

/* Writes records in their order. */
static ng_status save_series(series *records)
{
    ng_ctx *cx = records->work->cx;
    uint32_t threads = ng_memory_threads(records->work->builder->options);
    const ng_relay relay = { .slot_count = (size_t)threads * CHUNKS_PER_THREAD,
                             .bring = bring_chunk,
                             .work = work_chunk,
                             .hand_over = write_chunk };
    ng_status status = NG_OK;

    records->chunks = ng_alloc(cx, relay.slot_count * sizeof *records->chunks);
    if (!records->chunks)
        return ng_fail(cx, NG_E_MEMORY, "no memory to write %zu records", records->count);
    for (size_t i = 0; i < relay.slot_count; i++)
        ng_buffer_init(&records->chunks[i].bytes, SIZE_MAX / 2);
    status = ng_relay_run(cx, threads, &relay, records);
    for (size_t i = 0; i < relay.slot_count; i++)
        ng_buffer_destroy(cx, &records->chunks[i].bytes);
    ng_free(cx, records->chunks);
    return status;
}

static ng_status put_node(const series *records, ng_ctx *cx, size_t index, ng_buffer *out)
{
    const saving *work = records->work;

    return ng_record_put_node(cx, work->builder, work->lists, work->order[index], out);
}

static ng_status save_nodes(saving *work)
{
    series records = {
        .work = work, .kind = NG_BLOCK_NODES, .count = work->node_count, .put = put_node
    };

    return save_series(&records);
}

/* A pair by its numbers in the file, and where it is in the builder. */
typedef struct numbered {
    uint64_t key; /* smaller number << 32 | larger */
    size_t place;
} numbered;

static int compare_numbered(const void *a, const void *b, void *user)
{
    const numbered *left = a, *right = b;

    (void)user;
    return (left->key > right->key) - (left->key < right->key);
}

static uint64_t numbered_key(const saving *work, uint32_t a, uint32_t b)
{
    uint32_t x = work->number[a], y = work->number[b];

    return x < y ? (uint64_t)x << 32 | y : (uint64_t)y << 32 | x;
}

static ng_status save_apart(saving *work)
{
    size_t count = ng_table_count(work->builder->apart);
    numbered *pairs = ng_alloc(work->cx, (count + 1) * sizeof *pairs);
    uint64_t *keys = ng_alloc(work->cx, (count + 1) * sizeof *keys);
    ng_status status = NG_OK;

    if (!pairs || !keys) {
        ng_free(work->cx, pairs);
        ng_free(work->cx, keys);
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu pairs of names", count);
    }
    ng_table_keys(work->builder->apart, keys);
    for (size_t i = 0; i < count; i++)
        pairs[i] =
            (numbered){ numbered_key(work, (uint32_t)(keys[i] >> 32), (uint32_t)keys[i]), i };
    ng_free(work->cx, keys);
    status = ng_sort(work->cx, pairs, count, sizeof *pairs, compare_numbered, NULL);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        const ng_ends ends = { 0, pairs[i].key >> 32, pairs[i].key & UINT32_MAX };

        status = ng_record_put_apart(work->cx, ends, &work->record);
        if (status == NG_OK)
            status = add_record(work, NG_BLOCK_APART);
    }
    ng_free(work->cx, pairs);
    return status;
}

static ng_status put_edge(const series *records, ng_ctx *cx, size_t index, ng_buffer *out)
{
    const saving *work = records->work;
    const numbered *pair = &((const numbered *)records->order)[index];
    const ng_ends ends = { records->layer, pair->key >> 32, pair->key & UINT32_MAX };

    return ng_record_put_edge(cx, work->builder,
                              &work->builder->layers[records->layer].edges[pair->place], ends, out);
}

/* The pairs of one scope, sorted. */
static ng_status save_edges(saving *work, size_t number)
{
    const ng_layer *layer = &work->builder->layers[number];
    numbered *pairs = ng_alloc(work->cx, (layer->edge_count + 1) * sizeof *pairs);
    series records = { .work = work,
                       .kind = NG_BLOCK_EDGES,
                       .count = layer->edge_count,
                       .put = put_edge,
                       .order = pairs,
                       .layer = number };
    ng_status status = NG_OK;

    if (!pairs)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu pairs", layer->edge_count);
    for (size_t i = 0; i < layer->edge_count; i++)
        pairs[i] = (numbered){ numbered_key(work, layer->edges[i].a, layer->edges[i].b), i };
    status = ng_sort(work->cx, pairs, layer->edge_count, sizeof *pairs, compare_numbered, NULL);
    if (status == NG_OK)
        status = save_series(&records);
    ng_free(work->cx, pairs);
    return status;
}

ng_status ng_builder_save_run(ng_ctx *cx, ng_builder *builder, const char *path)
{
    ng_block_writer writer;
    saving work = { .cx = cx,
                    .builder = builder,
                    .writer = &writer,
                    .first_document = builder->written_documents };
    ng_status status = ng_blocks_create(cx, path, &writer);

    ng_buffer_init(&work.record, SIZE_MAX / 2);
    if (status == NG_OK)
        status = open_saving(&work);
    if (status == NG_OK)
        status = save_recipe(&work);
    if (status == NG_OK)
        status = save_documents(&work);
    if (status == NG_OK)
        status = save_nodes(&work);
    if (status == NG_OK)
        status = save_apart(&work);
    for (size_t i = 0; i < builder->layer_count && status == NG_OK; i++)
        status = save_edges(&work, i);
    close_saving(&work);
    if (status == NG_OK)
        return ng_blocks_commit(cx, &writer);
    ng_blocks_discard(cx, &writer);
    return status;
}

/* ---- reading ---- */

/* A file being added to a builder. */
typedef struct adding {
    ng_ctx *cx;
    ng_builder *builder;
    ng_strand file;
    uint32_t *nodes; /* of each number of the file: the node */
    size_t node_count, node_capacity;
} adding;

/* Adds the digests of the documents; counts those that were there. */
static ng_status add_documents(ng_ctx *cx, ng_builder *builder, ng_strand *file, size_t *known_out)
{
    size_t before = ng_intern_count(builder->documents);
    size_t count = 0;
    ng_status status = NG_OK;

    for (; status == NG_OK && file->kind == NG_BLOCK_DOCUMENTS; count++) {
        uint32_t id = 0;

        status = ng_intern_add(cx, builder->documents, file->record, &id);
        if (status == NG_OK)
            status = ng_strand_next(cx, file);
    }
    if (status == NG_OK && count != file->totals.document_count)
        return ng_blocks_complain(cx, &file->reader);
    *known_out = count - (ng_intern_count(builder->documents) - before);
    return status;
}

ng_status ng_strand_claim(ng_ctx *cx, ng_builder *builder, ng_strand *file, bool *is_known_out)
{
    size_t known = 0;
    ng_status status = add_documents(cx, builder, file, &known);

    *is_known_out = known > 0 && known == file->totals.document_count;
    if (status != NG_OK || known == 0 || *is_known_out)
        return status;
    return ng_fail(cx, NG_E_DATA,
                   "%s: %zu of its %llu documents were counted already, and a saved graph cannot "
                   "be taken apart: count the documents again",
                   file->reader.path, known, (unsigned long long)file->totals.document_count);
}

static ng_status add_nodes(adding *work)
{
    ng_status status = NG_OK;

    while (status == NG_OK && work->file.kind == NG_BLOCK_NODES) {
        bool is_sound = false;

        status = ng_grow(work->cx, (void **)&work->nodes, &work->node_capacity, sizeof *work->nodes,
                         work->node_count + 1, UINT32_MAX - 1, "actors");
        if (status == NG_OK)
            status = ng_record_take_node(work->cx, work->builder, work->file.record,
                                         &work->nodes[work->node_count], &is_sound);
        if (status == NG_OK && !is_sound)
            return ng_blocks_complain(work->cx, &work->file.reader);
        work->node_count++;
        if (status == NG_OK)
            status = ng_strand_next(work->cx, &work->file);
    }
    return status;
}

static ng_status add_apart(adding *work)
{
    ng_status status = NG_OK;

    while (status == NG_OK && work->file.kind == NG_BLOCK_APART) {
        ng_cursor cursor = { work->file.record, 0, false };
        ng_ends ends = { 0 };
        uint32_t place = 0;
        bool is_new = false;

        if (!ng_record_take_apart(&cursor, &ends) || ends.b >= work->node_count)
            return ng_blocks_complain(work->cx, &work->file.reader);
        status =
            ng_table_add(work->cx, work->builder->apart,
                         ng_pair_key(work->nodes[ends.a], work->nodes[ends.b]), &place, &is_new);
        if (status == NG_OK)
            status = ng_strand_next(work->cx, &work->file);
    }
    return status;
}

/* Adds one pair; those of scopes that are not shown may be left out. */
static ng_status add_edge(adding *work)
{
    ng_builder *builder = work->builder;
    ng_cursor cursor = { work->file.record, 0, false };
    ng_ends ends = { 0 };
    ng_edge_sum *edge = NULL;
    bool is_sound = false;
    ng_status status = NG_OK;

    if (!ng_record_take_ends(&cursor, &ends) || ends.b >= work->node_count ||
        ends.layer >= builder->layer_count)
        return ng_blocks_complain(work->cx, &work->file.reader);
    if (builder->only_shown && ends.layer != builder->shown)
        return NG_OK;
    status = ng_edge_sum_find(work->cx, &builder->layers[ends.layer], work->nodes[ends.a],
                              work->nodes[ends.b], &edge);
    if (status == NG_OK)
        status = ng_record_add_edge(work->cx, builder, &cursor, edge, &is_sound);
    return status == NG_OK && !is_sound ? ng_blocks_complain(work->cx, &work->file.reader) : status;
}

static ng_status add_edges(adding *work)
{
    ng_status status = NG_OK;

    while (status == NG_OK && work->file.kind == NG_BLOCK_EDGES) {
        status = add_edge(work);
        if (status == NG_OK)
            status = ng_strand_next(work->cx, &work->file);
    }
    return status;
}

/* Reads to the end without using anything: damage is told all the same. */
static ng_status skip(adding *work)
{
    ng_status status = NG_OK;

    while (status == NG_OK && work->file.kind != NG_BLOCK_END)
        status = ng_strand_next(work->cx, &work->file);
    return status;
}

/* All of a file whose documents are new. */
static ng_status add_all(adding *work)
{
    ng_totals *totals = &work->builder->totals;
    ng_status status = add_nodes(work);

    if (status == NG_OK)
        status = add_apart(work);
    if (status == NG_OK)
        status = add_edges(work);
    if (status == NG_OK && work->file.kind != NG_BLOCK_END)
        return ng_blocks_complain(work->cx, &work->file.reader);
    totals->document_count += work->file.totals.document_count;
    for (size_t i = 0; i < work->builder->layer_count; i++)
        totals->unit_count[i] += work->file.totals.unit_count[i];
    return status;
}

ng_status ng_builder_add_saved(ng_ctx *cx, ng_builder *builder, const char *path,
                               uint64_t *known_out)
{
    adding work = { .cx = cx, .builder = builder };
    bool is_known = false;
    ng_status status = NG_OK;

    if (builder->runs)
        return ng_runs_add_saved(cx, builder, path, known_out);
    ng_shares_free(cx, builder->shares); /* the file does not tell what its documents add */
    builder->shares = NULL;
    status = ng_builder_open(cx, builder);
    work.file.reader.fd = -1;
    if (status == NG_OK)
        status = ng_strand_open(cx, path, &work.file);
    if (status == NG_OK)
        status = ng_strand_check(cx, &work.file, builder);
    if (status == NG_OK)
        status = ng_strand_claim(cx, builder, &work.file, &is_known);
    if (status == NG_OK)
        status = is_known ? skip(&work) : add_all(&work);
    *known_out = is_known ? work.file.totals.document_count : 0;
    ng_strand_close(cx, &work.file);
    ng_free(cx, work.nodes);
    return status;
}

/* Reads with what a file was counted. */
static ng_status read_how(ng_ctx *cx, const char *path, ng_options *options, ng_totals *totals,
                          ng_buffer *never, uint64_t *document_count_out)
{
    ng_strand file = { .reader = { .fd = -1 } };
    ng_status status = ng_strand_open(cx, path, &file);

    if (status == NG_OK && !ng_recipe_take(ng_buffer_view(&file.recipe), options, totals))
        status = ng_blocks_complain(cx, &file.reader);
    if (status == NG_OK)
        status = ng_buffer_add(cx, never, ng_buffer_view(&file.never));
    *document_count_out = file.totals.document_count;
    ng_strand_close(cx, &file);
    return status;
}

ng_status ng_builder_new_like(ng_ctx *cx, ng_options *options, const ng_names *names,
                              const char *path, ng_builder **builder_out)
{
    const ng_options wish = *options;
    ng_totals totals = { 0 };
    uint64_t document_count = 0;
    ng_builder *builder = NULL;
    ng_buffer never;
    ng_status status = NG_OK;

    ng_buffer_init(&never, SIZE_MAX / 2);
    status = read_how(cx, path, options, &totals, &never, &document_count);

    if (status == NG_OK)
        status = ng_scopes_choose(cx, options, &wish, path);
    if (status == NG_OK)
        status = ng_builder_new(cx, options, names, &builder);
    if (status == NG_OK) {
        builder->totals = totals;
        ng_buffer_destroy(cx, &builder->never);
        builder->never = never;
        *builder_out = builder;
        return NG_OK;
    }
    ng_buffer_destroy(cx, &never);
    return status;
}

ng_status ng_saved_document_count(ng_ctx *cx, const char *path, uint64_t *count_out)
{
    ng_totals totals = { 0 };
    ng_options options;
    ng_buffer never;
    ng_status status = NG_OK;

    ng_options_init(&options);
    ng_buffer_init(&never, SIZE_MAX / 2);
    status = read_how(cx, path, &options, &totals, &never, count_out);
    ng_buffer_destroy(cx, &never);
    return status;
}
