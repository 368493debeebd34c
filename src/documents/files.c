/* From paths to files: directories are walked, everything else is handed on.
 *
 * A directory's names are read whole, sorted by their bytes and visited in that order, folders
 * where their names stand. The way down is a stack in memory, not the call stack. A folder is
 * entered once (by device and inode), so neither a loop of links nor a ladder of them is endless.
 * Hidden folders are not looked at, hidden files when a pattern includes them.
 *
 * Documents are known by their endings here; whether the bytes agree is seen by the reader. A file
 * without an ending may be text; the reader decides, and tells with ng_walk_pass_over. */
#include "documents_internal.h"

#include <assert.h>
#include <errno.h>

enum { MOST_FOLDERS = 4096, MOST_NAMES = 1 << 28 };
static const size_t names_bytes = (size_t)1 << 31;
static const size_t path_bytes = (size_t)1 << 20;

/* A directory on the way down. */
typedef struct folder {
    ng_arena bytes; /* of its names, each ended by a zero byte */
    ng_view *names;
    size_t count, capacity, next;
    size_t path_size; /* of its path with the slash */
    ng_patterns ignored;
} folder;

struct ng_walk {
    const ng_inputs *inputs;
    size_t next_input;
    ng_buffer path;   /* of the file just found */
    size_t root_size; /* bytes of `path` before the name relative to the input */
    folder *folders;
    size_t depth, capacity;
    ng_intern *entered;                              /* folders by device and inode */
    uint64_t found_count, other_count, failed_count; /* under this input */
};

ng_status ng_walk_new(ng_ctx *cx, const ng_inputs *inputs, ng_walk **walk_out)
{
    ng_walk *walk = ng_alloc(cx, sizeof *walk);

    if (!walk)
        return ng_fail(cx, NG_E_MEMORY, "no memory to read the inputs");
    *walk = (ng_walk){ .inputs = inputs };
    ng_buffer_init(&walk->path, path_bytes);
    *walk_out = walk;
    return NG_OK;
}

/* Leaves the deepest folder. */
static void leave_folder(ng_ctx *cx, ng_walk *walk)
{
    folder *last = &walk->folders[--walk->depth];

    ng_arena_destroy(cx, &last->bytes);
    ng_free(cx, last->names);
    ng_patterns_destroy(cx, &last->ignored);
}

void ng_walk_free(ng_ctx *cx, ng_walk *walk)
{
    if (!walk)
        return;
    while (walk->depth > 0)
        leave_folder(cx, walk);
    ng_free(cx, walk->folders);
    ng_intern_free(cx, walk->entered);
    ng_buffer_destroy(cx, &walk->path);
    ng_free(cx, walk);
}

/* ---- names ---- */

/* The part of a path after its last slash. */
static ng_view base_name(ng_view path)
{
    size_t start = path.size;

    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return ng_view_part(path, start, path.size);
}

/* ---- directories ---- */

/* Order of bytes. */
static int compare_names(const void *a, const void *b, void *user)
{
    (void)user;
    return ng_view_compare(*(const ng_view *)a, *(const ng_view *)b);
}

/* Keeps one name of a folder. */
static ng_status add_name(ng_ctx *cx, folder *into, const char *name)
{
    ng_view with_zero = { name, strlen(name) + 1 };
    ng_status status = ng_grow(cx, (void **)&into->names, &into->capacity, sizeof *into->names,
                               into->count + 1, MOST_NAMES, "names in a directory");

    if (status != NG_OK)
        return status;
    with_zero = ng_arena_copy(cx, &into->bytes, with_zero);
    if (!with_zero.data)
        return ng_arena_status(&into->bytes);
    into->names[into->count++] = (ng_view){ with_zero.data, with_zero.size - 1 };
    return NG_OK;
}

/* Reads and sorts the names of an open directory. */
static ng_status read_names(ng_ctx *cx, DIR *directory, const char *path, bool with_hidden,
                            folder *into)
{
    ng_status status = NG_OK;

    while (status == NG_OK) {
        struct dirent *entry = NULL;

        errno = 0;
        entry = cx->sys->readdir(directory);
        if (!entry && errno != 0)
            return ng_fail(cx, NG_E_IO, "%s: %s", path, strerror(errno));
        if (!entry)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            (entry->d_name[0] != '.' || with_hidden))
            status = add_name(cx, into, entry->d_name);
    }
    if (status == NG_OK)
        status = ng_sort(cx, into->names, into->count, sizeof *into->names, compare_names, NULL);
    return status;
}

/* Has this folder been entered before? Remembers it. */
static ng_status remember_folder(ng_ctx *cx, ng_walk *walk, const struct stat *info,
                                 bool *is_new_out)
{
    uint64_t key[2] = { (uint64_t)info->st_dev, (uint64_t)info->st_ino };
    size_t old_count = 0;
    uint32_t id = 0;
    ng_status status = NG_OK;

    if (!walk->entered)
        status = ng_intern_new(cx, UINT32_MAX, names_bytes, &walk->entered);
    if (status != NG_OK)
        return status;
    old_count = ng_intern_count(walk->entered);
    status = ng_intern_add(cx, walk->entered, (ng_view){ (const char *)key, sizeof key }, &id);
    if (status == NG_OK)
        *is_new_out = ng_intern_count(walk->entered) > old_count;
    return status;
}

/* Reads which of its files a folder, whose path stands in walk->path, wants to be ignored. */
static ng_status read_ignored(ng_ctx *cx, ng_walk *walk, ng_patterns *ignored)
{
    size_t size = walk->path.size;
    ng_status status = ng_buffer_add(cx, &walk->path, NG_VIEW(".nergraphignore"));

    if (status == NG_OK)
        status = ng_patterns_read(cx, ignored, walk->path.data);
    walk->path.size = size;
    return status == NG_OK ? ng_buffer_add(cx, &walk->path, NG_VIEW("")) : status;
}

/* Does a folder that is open want what stands in walk->path to be ignored? */
static bool is_ignored(const ng_walk *walk)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (ng_patterns_match(&walk->folders[i].ignored,
                              walk->path.data + walk->folders[i].path_size))
            return true;
    return false;
}

/* Does the user want the folder in walk->path to be left out? */
static bool is_excluded(const ng_walk *walk)
{
    return ng_patterns_match(ng_inputs_excluded(walk->inputs), walk->path.data + walk->root_size);
}

/* Enters the directory whose path stands in walk->path. One that was entered before is left out. */
static ng_status enter_folder(ng_ctx *cx, ng_walk *walk, const struct stat *info)
{
    folder entered = { .count = 0 };
    bool is_new = false;
    DIR *directory = NULL;
    ng_status status = remember_folder(cx, walk, info, &is_new);

    if (status != NG_OK || !is_new)
        return status;
    status = ng_grow(cx, (void **)&walk->folders, &walk->capacity, sizeof *walk->folders,
                     walk->depth + 1, MOST_FOLDERS, "directories within each other");
    if (status != NG_OK)
        return status;
    directory = cx->sys->opendir(walk->path.data);
    if (!directory)
        return ng_fail(cx, NG_E_IO, "%s: %s", walk->path.data, strerror(errno));
    ng_arena_init(&entered.bytes, names_bytes);
    status = read_names(cx, directory, walk->path.data, ng_inputs_included(walk->inputs)->count > 0,
                        &entered);
    (void)cx->sys->closedir(directory);
    if (status == NG_OK && walk->path.data[walk->path.size - 1] != '/')
        status = ng_buffer_add_byte(cx, &walk->path, '/');
    entered.path_size = walk->path.size;
    if (status == NG_OK)
        status = read_ignored(cx, walk, &entered.ignored);
    walk->folders[walk->depth++] = entered;
    if (status != NG_OK)
        leave_folder(cx, walk);
    return status;
}

/* ---- what is found ---- */

/* What kind of thing this is, for a message that refuses it. */
static const char *kind_of_device(mode_t mode)
{
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "a device, not a file; give a file, a directory or - for standard input";
    return S_ISSOCK(mode) ? "a socket, not a file" : "not a file that can be read";
}

/* Describes the file whose path stands in walk->path. */
static void describe(const ng_walk *walk, ng_view name, ng_found *found_out)
{
    *found_out = (ng_found){
        .path = walk->path.data,
        .label = walk->path.data,
        .name = name,
        .file_name = name,
    };
}

/* An entry of a directory that cannot be looked at: a loop of links is passed over, and so is what
 * would not have been read anyway. */
static ng_status fail_entry(ng_ctx *cx, ng_walk *walk, ng_report *report, ng_view name)
{
    if (errno == ELOOP || ng_media_of_name(name) == NG_MEDIA_NONE) {
        walk->other_count++;
        report->skipped_count++;
        return NG_OK;
    }
    return ng_fail(cx, NG_E_IO, "%s: %s", walk->path.data, strerror(errno));
}

/* True when the path found is a link. Links to files are followed; links to folders are not, so
 * that reading a folder never leaves it. */
static bool is_link(ng_ctx *cx, const ng_walk *walk)
{
    char target[8];

    return cx->sys->readlink(walk->path.data, target, sizeof target) >= 0;
}

/* Looks at the next name of the deepest folder. */
static ng_status visit_entry(ng_ctx *cx, ng_walk *walk, ng_report *report, ng_found *found_out,
                             bool *has_found_out)
{
    folder *here = &walk->folders[walk->depth - 1];
    ng_view name = here->names[here->next++];
    bool may_be_text = false;
    struct stat info;
    ng_status status = NG_OK;

    walk->path.size = here->path_size;
    status = ng_buffer_add(cx, &walk->path, name);
    if (status != NG_OK)
        return status;
    if (cx->sys->stat(walk->path.data, &info) != 0)
        return fail_entry(cx, walk, report, name);
    if (S_ISDIR(info.st_mode))
        return name.data[0] == '.' || is_link(cx, walk) || is_ignored(walk) || is_excluded(walk)
                   ? NG_OK
                   : enter_folder(cx, walk, &info);
    *has_found_out = S_ISREG(info.st_mode) && !is_ignored(walk) &&
                     ng_inputs_want(walk->inputs, walk->path.data + walk->root_size, &may_be_text);
    if (!*has_found_out) {
        walk->other_count++;
        report->skipped_count++;
        return NG_OK;
    }
    describe(walk, ng_view_part(ng_buffer_view(&walk->path), walk->root_size, walk->path.size),
             found_out);
    found_out->may_be_passed = true;
    walk->found_count++;
    return NG_OK;
}

/* Leaves a folder; an input in which nothing was found is said. An empty one is an empty input. */
static ng_status end_folder(ng_ctx *cx, ng_walk *walk)
{
    leave_folder(cx, walk);
    if (walk->depth > 0 || walk->found_count > 0 || walk->failed_count > 0)
        return NG_OK;
    if (walk->other_count > 0)
        return ng_fail(cx, NG_E_DATA, "%s: no documents (looked for %s)",
                       ng_inputs_get(walk->inputs, walk->next_input - 1), ng_media_endings);
    ng_warn(cx, "%s: no documents (looked for %s)",
            ng_inputs_get(walk->inputs, walk->next_input - 1), ng_media_endings);
    return NG_OK;
}

/* The id of a file that was named itself: its base name, or among several inputs its path. */
static ng_view name_of_input(const ng_walk *walk)
{
    ng_view path = ng_buffer_view(&walk->path);

    if (ng_inputs_count(walk->inputs) == 1)
        return base_name(path);
    while (ng_view_starts(path, NG_VIEW("./")) && path.size > 2)
        path = ng_view_part(path, 2, path.size);
    return path;
}

/* Looks at an input. */
static ng_status visit_input(ng_ctx *cx, ng_walk *walk, const char *path, ng_found *found_out,
                             bool *has_found_out)
{
    struct stat info;
    ng_status status = NG_OK;

    walk->found_count = walk->other_count = walk->failed_count = 0;
    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0) {
        *found_out = (ng_found){ "-", "standard input", NG_VIEW("stdin"), .is_stream = true };
        *has_found_out = true;
        return NG_OK;
    }
    walk->path.size = 0;
    status = ng_buffer_add(cx, &walk->path, ng_view_of(path));
    if (status != NG_OK)
        return status;
    if (path[0] == '\0')
        return ng_fail(cx, NG_E_IO, "an empty path among the inputs");
    if (cx->sys->stat(path, &info) != 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", path, strerror(errno));
    if (S_ISDIR(info.st_mode)) {
        ng_intern_free(cx, walk->entered);
        walk->entered = NULL;
        status = enter_folder(cx, walk, &info);
        walk->root_size = walk->path.size;
        return status;
    }
    if (!S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode))
        return ng_fail(cx, NG_E_IO, "%s: %s", path, kind_of_device(info.st_mode));
    describe(walk, name_of_input(walk), found_out);
    found_out->is_stream = S_ISFIFO(info.st_mode);
    *has_found_out = true;
    return NG_OK;
}

ng_status ng_walk_next(ng_ctx *cx, ng_walk *walk, ng_report *report, ng_found *found_out,
                       bool *has_found_out)
{
    ng_status status = NG_OK;

    *has_found_out = false;
    while (status == NG_OK && !*has_found_out) {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        if (walk->depth > 0) {
            const folder *here = &walk->folders[walk->depth - 1];

            status = here->next < here->count
                         ? visit_entry(cx, walk, report, found_out, has_found_out)
                         : end_folder(cx, walk);
        } else if (walk->next_input < ng_inputs_count(walk->inputs)) {
            status = visit_input(cx, walk, ng_inputs_get(walk->inputs, walk->next_input++),
                                 found_out, has_found_out);
        } else {
            break;
        }
    }
    if (status != NG_OK)
        walk->failed_count++;
    return status;
}

void ng_walk_pass_over(ng_walk *walk, ng_report *report)
{
    assert(walk->found_count > 0);
    walk->found_count--;
    walk->other_count++;
    report->skipped_count++;
}
