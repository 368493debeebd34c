/* Counting in bounded memory: what does not fit is written to disk as a sorted run.
 *
 * A run is a saved graph of the documents since the last one. At the end the runs are merged
 * (merge.c), and because counts add up, the result has the bytes of a count in memory. Saved graphs
 * that are added are sorted runs already and are read where they are. The digests of the documents
 * stay in memory: a document must be known when it comes again. */
#include "blocks.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { FAN_IN = 32 }; /* runs merged at once */

/* What everything but counting takes of the memory: program, dictionaries, model; for each thread
 * the documents at work. */
#define PROGRAM_BYTES ((uint64_t)56 << 20)
#define THREAD_BYTES  ((uint64_t)48 << 20)
#define LEAST_BYTES   ((uint64_t)4 << 20) /* of sums */

/* Growing tables and sorting take as much again for a while. */
#define GROWTH 2

typedef struct run {
    char *path;
    bool is_ours; /* to be deleted */
} run;

struct ng_runs {
    char *folder; /* of ours, or NULL until there is one */
    bool is_kept; /* the folder and the runs in it outlive us: an interrupted run goes on there */
    run *items;
    size_t count, capacity;
    uint64_t limit; /* bytes of sums in memory */
    unsigned next;  /* number of the next file */
};

uint32_t ng_memory_threads(const ng_options *options)
{
    uint32_t count = options->thread_count > 0 ? options->thread_count : ng_core_count();
    uint64_t half = options->memory_bytes / 2, most = 1;

    if (options->memory_bytes == 0)
        return count;
    if (half > PROGRAM_BYTES + THREAD_BYTES)
        most = (half - PROGRAM_BYTES) / THREAD_BYTES;
    return count < most ? count : (uint32_t)most;
}

/* Bytes that sums may take before they are written. One byte of memory makes a run of each
 * document: that is for tests. */
static uint64_t limit_of(const ng_options *options)
{
    uint64_t other = PROGRAM_BYTES + ng_memory_threads(options) * THREAD_BYTES;
    uint64_t rest = options->memory_bytes > other ? (options->memory_bytes - other) / GROWTH : 0;

    if (options->memory_bytes == 0)
        return UINT64_MAX;
    if (options->memory_bytes == 1)
        return 0;
    return rest > LEAST_BYTES ? rest : LEAST_BYTES;
}

ng_status ng_runs_new(ng_ctx *cx, ng_builder *builder)
{
    ng_runs *runs = ng_alloc(cx, sizeof *runs);

    if (!runs)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a list of runs");
    *runs = (ng_runs){ .limit = limit_of(builder->options) };
    builder->runs = runs;
    return NG_OK;
}

static void drop_run(ng_ctx *cx, run *item)
{
    if (item->is_ours)
        (void)cx->sys->unlink(item->path);
    ng_free(cx, item->path);
}

void ng_runs_free(ng_ctx *cx, ng_runs *runs)
{
    if (!runs)
        return;
    for (size_t i = 0; i < runs->count; i++)
        drop_run(cx, &runs->items[i]);
    if (runs->folder && !runs->is_kept)
        (void)rmdir(runs->folder);
    ng_free(cx, runs->folder);
    ng_free(cx, runs->items);
    ng_free(cx, runs);
}

/* Copies a path. */
static char *copy_path(ng_ctx *cx, const char *path)
{
    size_t size = strlen(path) + 1;
    char *copy = ng_alloc(cx, size);

    if (copy)
        memcpy(copy, path, size);
    return copy;
}

/* Makes the folder of the runs. */
static ng_status open_folder(ng_ctx *cx, ng_runs *runs)
{
    const char *place = getenv("TMPDIR");
    char path[4096];

    if (runs->folder)
        return NG_OK;
    if (!place || !*place)
        place = "/tmp";
    if (snprintf(path, sizeof path, "%s/nergraph-XXXXXX", place) >= (int)sizeof path)
        return ng_fail(cx, NG_E_IO, "%s: path too long; set TMPDIR", place);
    if (!mkdtemp(path))
        return ng_fail(cx, NG_E_IO,
                       "%s: %s; counts that do not fit into --memory go there: set "
                       "TMPDIR to a folder with room",
                       place, strerror(errno));
    runs->folder = copy_path(cx, path);
    if (runs->folder)
        return NG_OK;
    (void)rmdir(path);
    return ng_fail(cx, NG_E_MEMORY, "no memory for a path");
}

/* Adds a run to the list; the path is copied. */
static ng_status add_run(ng_ctx *cx, ng_runs *runs, const char *path, bool is_ours)
{
    ng_status status = ng_grow(cx, (void **)&runs->items, &runs->capacity, sizeof *runs->items,
                               runs->count + 1, 1000000, "runs");
    char *copy = status == NG_OK ? copy_path(cx, path) : NULL;

    if (status == NG_OK && !copy)
        status = ng_fail(cx, NG_E_MEMORY, "no memory for a path");
    if (status == NG_OK)
        runs->items[runs->count++] = (run){ copy, is_ours };
    return status;
}

/* The path of a new file in the folder. */
static ng_status name_file(ng_ctx *cx, ng_runs *runs, char *path, size_t size)
{
    ng_status status = open_folder(cx, runs);

    if (status == NG_OK)
        (void)snprintf(path, size, "%s/%u.ngr", runs->folder, runs->next++);
    return status;
}

/* A new run at the end of the list, before it is written: so it is deleted whatever happens, if it
 * is not kept. */
static ng_status begin_run(ng_ctx *cx, ng_runs *runs, bool is_kept, const char **path_out)
{
    char path[4200];
    ng_status status = name_file(cx, runs, path, sizeof path);

    if (status == NG_OK)
        status = add_run(cx, runs, path, !is_kept);
    if (status == NG_OK)
        *path_out = runs->items[runs->count - 1].path;
    return status;
}

/* Writes what is in memory as a run, and forgets it. */
static ng_status spill(ng_ctx *cx, ng_builder *builder)
{
    const char *path = NULL;
    ng_status status = begin_run(cx, builder->runs, builder->runs->is_kept, &path);

    if (status == NG_OK)
        status = ng_builder_save_run(cx, builder, path);
    if (status == NG_OK)
        ng_builder_forget(cx, builder);
    return status == NG_OK ? ng_builder_open(cx, builder) : status;
}

/* True when something was counted since the last run. */
static bool has_more(const ng_builder *builder)
{
    return builder->documents && ng_intern_count(builder->documents) > builder->written_documents;
}

/* Bytes that the sums may take beside the digests of the documents. These stay in memory whatever
 * is written: even when they fill it, a run must be worth its file. */
static uint64_t limit_beside_documents(const ng_builder *builder, uint64_t document_bytes)
{
    uint64_t limit = builder->runs->limit;

    if (limit == 0)
        return 0;
    return limit > document_bytes + LEAST_BYTES ? limit - document_bytes : LEAST_BYTES;
}

ng_status ng_runs_spill_if_full(ng_ctx *cx, ng_builder *builder)
{
    uint64_t document_bytes = builder->documents ? ng_intern_bytes(builder->documents) : 0;
    uint64_t sum_bytes = ng_builder_bytes(builder) - document_bytes;

    return sum_bytes > limit_beside_documents(builder, document_bytes) ? spill(cx, builder) : NG_OK;
}

ng_status ng_builder_keep_runs(ng_ctx *cx, ng_builder *builder, const char *folder, unsigned count)
{
    ng_runs *runs = builder->runs;
    uint64_t known = 0;
    ng_status status = NG_OK;

    assert(runs && !runs->folder);
    runs->folder = copy_path(cx, folder);
    if (!runs->folder)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a path");
    runs->is_kept = true;
    for (; runs->next < count && status == NG_OK; runs->next++) {
        char path[4200];

        (void)snprintf(path, sizeof path, "%s/%u.ngr", folder, runs->next);
        status = ng_runs_add_saved(cx, builder, path, &known);
    }
    return status;
}

ng_status ng_builder_checkpoint(ng_ctx *cx, ng_builder *builder, unsigned *count_out)
{
    ng_status status = ng_builder_open(cx, builder);

    if (status == NG_OK && has_more(builder))
        status = spill(cx, builder);
    *count_out = builder->runs->next;
    return status;
}

ng_status ng_runs_add_saved(ng_ctx *cx, ng_builder *builder, const char *path, uint64_t *known_out)
{
    ng_strand strand = { .reader = { .fd = -1 } };
    bool is_known = false;
    ng_status status = ng_builder_open(cx, builder);

    if (status == NG_OK && has_more(builder))
        status = spill(cx, builder);
    if (status == NG_OK)
        status = ng_strand_open(cx, path, &strand);
    if (status == NG_OK)
        status = ng_strand_check(cx, &strand, builder);
    if (status == NG_OK)
        status = ng_strand_claim(cx, builder, &strand, &is_known);
    while (is_known && status == NG_OK && strand.kind != NG_BLOCK_END)
        status = ng_strand_next(cx, &strand); /* damage is told all the same */
    if (status == NG_OK && !is_known)
        status = add_run(cx, builder->runs, path, false);
    if (status == NG_OK)
        builder->written_documents = ng_intern_count(builder->documents);
    *known_out = is_known ? strand.totals.document_count : 0;
    ng_strand_close(cx, &strand);
    return status;
}

/* Merges the first runs into a file. */
static ng_status merge_first(ng_ctx *cx, const ng_builder *builder, size_t count, const char *path)
{
    const char *paths[FAN_IN];

    for (size_t i = 0; i < count; i++)
        paths[i] = builder->runs->items[i].path;
    return ng_strands_merge(cx, builder, paths, count, path);
}

/* Merges runs until there are few enough to be merged at once. */
static ng_status reduce(ng_ctx *cx, ng_builder *builder)
{
    ng_runs *runs = builder->runs;
    ng_status status = NG_OK;

    while (runs->count > FAN_IN && status == NG_OK) {
        const char *path = NULL;

        status = begin_run(cx, runs, false, &path);
        if (status == NG_OK)
            status = merge_first(cx, builder, FAN_IN, path);
        if (status != NG_OK)
            return status;
        for (size_t i = 0; i < FAN_IN; i++)
            drop_run(cx, &runs->items[i]);
        runs->count -= FAN_IN;
        memmove(runs->items, runs->items + FAN_IN, runs->count * sizeof *runs->items);
    }
    return status;
}

ng_status ng_runs_save(ng_ctx *cx, ng_builder *builder, const char *path)
{
    ng_status status = ng_builder_open(cx, builder);

    if (status == NG_OK && builder->runs->count == 0)
        return ng_builder_save_run(cx, builder, path);
    if (status == NG_OK && has_more(builder))
        status = spill(cx, builder);
    if (status == NG_OK)
        status = reduce(cx, builder);
    return status == NG_OK ? merge_first(cx, builder, builder->runs->count, path) : status;
}

ng_status ng_runs_gather(ng_ctx *cx, ng_builder *builder)
{
    ng_runs *runs = builder->runs;
    uint64_t known = 0;
    char path[4200];
    ng_status status = NG_OK;

    if (runs->count == 0)
        return NG_OK;
    status = name_file(cx, runs, path, sizeof path);
    if (status == NG_OK)
        status = ng_runs_save(cx, builder, path);
    if (status != NG_OK)
        return status;
    builder->runs = NULL;
    builder->only_shown = true;
    ng_builder_forget(cx, builder);
    ng_intern_free(cx, builder->documents);
    builder->documents = NULL;
    builder->written_documents = 0;
    status = ng_builder_add_saved(cx, builder, path, &known);
    (void)cx->sys->unlink(path);
    ng_runs_free(cx, runs);
    return status;
}
