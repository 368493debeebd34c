/* Checkpoints: a run that was interrupted goes on where it was.
 *
 * The folder holds the counts as saved graphs 0.ngr, 1.ngr ..., the repeated paragraphs, and a file
 * `state` that says how many of them count and where in the inputs that was. A checkpoint writes
 * the counts, then the paragraphs under a new name, then `state`, which is replaced whole: whenever
 * the machine stops, `state` speaks of files that are complete. What is not in it is written again.
 *
 * Going on reads the inputs from the start, without working on what was counted: their names and
 * sizes must be the same. Because counts add up, the result has the bytes of a run that was not
 * interrupted. */
#include "run_internal.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, MOST_STATE_BYTES = 1 << 26 };

static const char first_line[] = "nergraph checkpoint 1";

struct ng_resume {
    const char *folder;
    ng_builder *builder;
    ng_passed passed;
    unsigned part_count;
    uint64_t *failed; /* numbers of documents, ascending */
    size_t failed_count, capacity;
};

void ng_resume_free(ng_ctx *cx, ng_resume *resume)
{
    if (!resume)
        return;
    ng_free(cx, resume->failed);
    ng_free(cx, resume);
}

const ng_passed *ng_resume_passed(const ng_resume *resume)
{
    return &resume->passed;
}

bool ng_resume_has_failed(const ng_resume *resume, uint64_t number)
{
    size_t low = 0, high = resume->failed_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (resume->failed[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < resume->failed_count && resume->failed[low] == number;
}

ng_status ng_resume_note_failure(ng_ctx *cx, ng_resume *resume, uint64_t number)
{
    ng_status status = NG_OK;

    if (ng_resume_has_failed(resume, number)) /* in the part that was read again */
        return NG_OK;
    status = ng_grow(cx, (void **)&resume->failed, &resume->capacity, sizeof *resume->failed,
                     resume->failed_count + 1, SIZE_MAX / 16, "documents that cannot be used");
    if (status == NG_OK)
        resume->failed[resume->failed_count++] = number;
    return status;
}

/* ---- the state ---- */

/* The numbers of the state in the order of the file. */
typedef struct field {
    const char *name;
    uint64_t *value;
} field;

enum { FIELD_COUNT = 9 };

static void list_fields(ng_passed *passed, uint64_t *parts, field fields[FIELD_COUNT])
{
    const field all[FIELD_COUNT] = {
        { "documents", &passed->documents },
        { "digest", &passed->digest },
        { "parts", parts },
        { "not-english", &passed->foreign_count },
        { "duplicates", &passed->report.duplicate_count },
        { "copies", &passed->report.copy_count },
        { "boilerplate", &passed->report.boilerplate_count },
        { "bytes", &passed->report.byte_count },
        { "mentions", &passed->report.mention_count },
    };

    memcpy(fields, all, sizeof all);
}

/* The path of a file of the folder. */
static ng_status path_of(ng_ctx *cx, const ng_resume *resume, const char *name,
                         char out[PATH_BYTES])
{
    if (snprintf(out, PATH_BYTES, "%s/%s", resume->folder, name) < PATH_BYTES)
        return NG_OK;
    return ng_fail(cx, NG_E_IO, "%s: the path is too long", resume->folder);
}

static ng_status path_of_repeats(ng_ctx *cx, const ng_resume *resume, unsigned part,
                                 char out[PATH_BYTES])
{
    char name[64];

    (void)snprintf(name, sizeof name, "%u.paragraphs", part);
    return path_of(cx, resume, name, out);
}

/* Writes a file whole or not at all. */
static ng_status write_file(ng_ctx *cx, const char *path, ng_view content)
{
    ng_file *file = NULL;
    ng_status status = ng_file_create(cx, path, &file);

    if (status != NG_OK)
        return status;
    status = ng_file_add(cx, file, content);
    if (status == NG_OK)
        return ng_file_commit(cx, file);
    ng_file_discard(cx, file);
    return status;
}

static ng_status put_state(ng_ctx *cx, const ng_resume *resume, ng_buffer *out)
{
    ng_passed passed = resume->passed;
    uint64_t parts = resume->part_count;
    field fields[FIELD_COUNT];
    ng_status status = ng_buffer_format(cx, out, "%s\n", first_line);

    list_fields(&passed, &parts, fields);
    for (size_t i = 0; i < FIELD_COUNT && status == NG_OK; i++)
        status = ng_buffer_format(cx, out, "%s %" PRIu64 "\n", fields[i].name, *fields[i].value);
    for (size_t i = 0; i < resume->failed_count && status == NG_OK; i++)
        status = ng_buffer_format(cx, out, "failed %" PRIu64 "\n", resume->failed[i]);
    return status;
}

/* One line "name number" of the state; false when it is none. */
static bool take_line(ng_view *rest, const char *name, uint64_t *number_out)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    ng_view line = ng_view_part(*rest, 0, end ? (size_t)(end - rest->data) : rest->size);
    ng_view word = ng_view_of(name);

    if (!end || !ng_view_starts(line, word) || line.size < word.size + 2 ||
        !ng_view_unsigned(ng_view_part(line, word.size + 1, line.size), number_out))
        return false;
    *rest = ng_view_part(*rest, line.size + 1, rest->size);
    return true;
}

static ng_status take_state(ng_ctx *cx, ng_resume *resume, ng_view text)
{
    uint64_t parts = 0, number = 0;
    field fields[FIELD_COUNT];
    bool is_good = ng_view_starts(text, ng_view_of(first_line));
    ng_status status = NG_OK;

    if (is_good)
        text = ng_view_part(text, sizeof first_line, text.size);
    list_fields(&resume->passed, &parts, fields);
    for (size_t i = 0; i < FIELD_COUNT && is_good; i++)
        is_good = take_line(&text, fields[i].name, fields[i].value);
    while (is_good && text.size > 0 && status == NG_OK) {
        is_good = take_line(&text, "failed", &number);
        if (is_good)
            status = ng_resume_note_failure(cx, resume, number);
    }
    if (!is_good || parts > 1000000)
        return ng_fail(cx, NG_E_DATA, "%s/state: damaged; remove the folder and begin anew",
                       resume->folder);
    resume->part_count = (unsigned)parts;
    return status;
}

/* ---- opening ---- */

/* Standard input cannot be read again. */
static ng_status check_inputs(ng_ctx *cx, const ng_inputs *inputs)
{
    for (size_t i = 0; i < ng_inputs_count(inputs); i++)
        if (strcmp(ng_inputs_get(inputs, i), "-") == 0 ||
            strcmp(ng_inputs_get(inputs, i), "/dev/stdin") == 0)
            return ng_fail(cx, NG_E_USAGE,
                           "standard input cannot be read again: save it to a file to resume");
    return NG_OK;
}

/* Reads the state, or begins the folder. */
static ng_status open_folder(ng_ctx *cx, ng_resume *resume)
{
    char path[PATH_BYTES];
    struct stat info;
    ng_buffer text;
    ng_status status = path_of(cx, resume, "state", path);

    if (status != NG_OK)
        return status;
    if (mkdir(resume->folder, 0777) != 0 && errno != EEXIST)
        return ng_fail(cx, NG_E_IO, "%s: %s", resume->folder, strerror(errno));
    if (cx->sys->stat(path, &info) != 0)
        return errno == ENOENT ? NG_OK : ng_fail(cx, NG_E_IO, "%s: %s", path, strerror(errno));
    ng_buffer_init(&text, MOST_STATE_BYTES);
    status = ng_file_read(cx, path, MOST_STATE_BYTES - 1, "--resume", &text);
    if (status == NG_OK)
        status = take_state(cx, resume, ng_buffer_view(&text));
    ng_buffer_destroy(cx, &text);
    return status;
}

ng_status ng_resume_open(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                         ng_builder *builder, ng_resume **resume_out)
{
    ng_resume *resume = NULL;
    ng_status status = check_inputs(cx, inputs);

    if (status != NG_OK)
        return status;
    resume = ng_alloc(cx, sizeof *resume);
    if (!resume)
        return ng_fail(cx, NG_E_MEMORY, "no memory to go on with a run");
    *resume = (ng_resume){ .folder = options->resume_path, .builder = builder };
    status = open_folder(cx, resume);
    if (status == NG_OK)
        status = ng_builder_keep_runs(cx, builder, resume->folder, resume->part_count);
    if (status == NG_OK)
        *resume_out = resume;
    else
        ng_resume_free(cx, resume);
    return status;
}

ng_status ng_resume_load_repeats(ng_ctx *cx, const ng_resume *resume, ng_repeats *repeats)
{
    char path[PATH_BYTES];
    ng_buffer bytes;
    ng_status status = path_of_repeats(cx, resume, resume->part_count, path);

    if (status != NG_OK)
        return status;
    ng_buffer_init(&bytes, MOST_STATE_BYTES);
    status = ng_file_read(cx, path, MOST_STATE_BYTES - 1, "--resume", &bytes);
    if (status == NG_OK)
        status = ng_repeats_take(cx, repeats, ng_buffer_view(&bytes));
    if (status == NG_E_DATA)
        status = ng_fail(cx, status, "%s: damaged; remove the folder and begin anew", path);
    ng_buffer_destroy(cx, &bytes);
    return status;
}

/* ---- checkpoints ---- */

/* Keeps the paragraphs under the number of the files that they belong to. */
static ng_status keep_repeats(ng_ctx *cx, const ng_resume *resume, const ng_repeats *repeats)
{
    char path[PATH_BYTES];
    ng_buffer bytes;
    ng_status status = path_of_repeats(cx, resume, resume->part_count, path);

    if (status != NG_OK)
        return status;
    ng_buffer_init(&bytes, MOST_STATE_BYTES);
    status = ng_repeats_put(cx, repeats, &bytes);
    if (status == NG_OK)
        status = write_file(cx, path, ng_buffer_view(&bytes));
    ng_buffer_destroy(cx, &bytes);
    return status;
}

static ng_status keep_state(ng_ctx *cx, const ng_resume *resume)
{
    char path[PATH_BYTES];
    ng_buffer text;
    ng_status status = path_of(cx, resume, "state", path);

    if (status != NG_OK)
        return status;
    ng_buffer_init(&text, MOST_STATE_BYTES);
    status = put_state(cx, resume, &text);
    if (status == NG_OK)
        status = write_file(cx, path, ng_buffer_view(&text));
    ng_buffer_destroy(cx, &text);
    return status;
}

ng_status ng_resume_checkpoint(ng_ctx *cx, ng_resume *resume, const ng_repeats *repeats,
                               const ng_passed *passed)
{
    char old[PATH_BYTES];
    unsigned before = resume->part_count;
    ng_status status = ng_builder_checkpoint(cx, resume->builder, &resume->part_count);

    if (status == NG_OK && resume->part_count == before)
        return NG_OK; /* nothing was counted */
    resume->passed = *passed;
    if (status == NG_OK && repeats)
        status = keep_repeats(cx, resume, repeats);
    if (status == NG_OK)
        status = keep_state(cx, resume);
    if (status == NG_OK && repeats && before > 0 &&
        path_of_repeats(cx, resume, before, old) == NG_OK)
        (void)cx->sys->unlink(old);
    return status;
}

/* Is this a file of ours, or the temporary beginning of one? */
static bool is_ours(const char *name)
{
    ng_view view = ng_view_of(name);

    return strcmp(name, "state") == 0 || ng_view_ends(view, NG_VIEW(".ngr")) ||
           ng_view_ends(view, NG_VIEW(".paragraphs")) ||
           (name[0] == '.' && ng_view_ends(view, NG_VIEW(".tmp")));
}

ng_status ng_resume_clear(ng_ctx *cx, const char *folder)
{
    DIR *directory = cx->sys->opendir(folder);
    const struct dirent *entry = NULL;

    if (!directory)
        return errno == ENOENT ? NG_OK : ng_fail(cx, NG_E_IO, "%s: %s", folder, strerror(errno));
    while ((entry = cx->sys->readdir(directory)) != NULL) {
        char path[PATH_BYTES];

        if (is_ours(entry->d_name) &&
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < PATH_BYTES)
            (void)cx->sys->unlink(path);
    }
    (void)cx->sys->closedir(directory);
    if (rmdir(folder) != 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", folder, strerror(errno));
    return NG_OK;
}
