/* Which of the files that are found are looked at: shell patterns that include and exclude. */
#include "documents_internal.h"

#include <errno.h>
#include <fnmatch.h>

enum { MOST_PATTERNS = 100000, MOST_PATTERN_BYTES = 1 << 20 };

ng_status ng_patterns_add(ng_ctx *cx, ng_patterns *patterns, ng_view pattern)
{
    ng_status status =
        ng_grow(cx, (void **)&patterns->items, &patterns->capacity, sizeof *patterns->items,
                patterns->count + 1, MOST_PATTERNS, "patterns of files");
    char *copy = NULL;

    if (status != NG_OK)
        return status;
    copy = ng_alloc(cx, pattern.size + 1);
    if (!copy)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a pattern of files");
    memcpy(copy, pattern.data, pattern.size);
    copy[pattern.size] = '\0';
    patterns->items[patterns->count++] = copy;
    return NG_OK;
}

void ng_patterns_destroy(ng_ctx *cx, ng_patterns *patterns)
{
    for (size_t i = 0; i < patterns->count; i++)
        ng_free(cx, patterns->items[i]);
    ng_free(cx, patterns->items);
    *patterns = (ng_patterns){ .count = 0 };
}

/* Adds a line of a file: not a comment, not an empty one; a slash at its end tells nothing. */
static ng_status add_line(ng_ctx *cx, ng_patterns *patterns, ng_view line)
{
    while (line.size > 0 &&
           (ng_is_blank_byte(line.data[line.size - 1]) || line.data[line.size - 1] == '/'))
        line.size--;
    if (line.size == 0 || line.data[0] == '#' || memchr(line.data, '\0', line.size))
        return NG_OK;
    return ng_patterns_add(cx, patterns, line);
}

ng_status ng_patterns_read(ng_ctx *cx, ng_patterns *patterns, const char *path)
{
    struct stat info;
    ng_buffer text;
    size_t start = 0;
    ng_status status = NG_OK;

    if (cx->sys->stat(path, &info) != 0)
        return errno == ENOENT ? NG_OK : ng_fail(cx, NG_E_IO, "%s: %s", path, strerror(errno));
    ng_buffer_init(&text, MOST_PATTERN_BYTES + 1);
    status = ng_file_read(cx, path, MOST_PATTERN_BYTES, "a file of patterns", &text);
    while (status == NG_OK && start < text.size) {
        const char *end = memchr(text.data + start, '\n', text.size - start);
        size_t stop = end ? (size_t)(end - text.data) : text.size;

        status = add_line(cx, patterns, ng_view_part(ng_buffer_view(&text), start, stop));
        start = stop + 1;
    }
    ng_buffer_destroy(cx, &text);
    return status;
}

/* The name at the end of a path. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

bool ng_patterns_match(const ng_patterns *patterns, const char *path)
{
    const char *name = name_of(path);

    for (size_t i = 0; i < patterns->count; i++)
        if (fnmatch(patterns->items[i], path, 0) == 0 || fnmatch(patterns->items[i], name, 0) == 0)
            return true;
    return false;
}

/* Does a folder on the way to the file match? "a/b/c.txt" lies in "a" and in "a/b". */
static bool is_in_excluded(const ng_patterns *excluded, const char *path)
{
    char folder[4096];
    size_t size = strlen(path);

    if (excluded->count == 0)
        return false;
    for (size_t i = 1; i < size && i < sizeof folder; i++) {
        if (path[i] != '/')
            continue;
        memcpy(folder, path, i);
        folder[i] = '\0';
        if (ng_patterns_match(excluded, folder))
            return true;
    }
    return ng_patterns_match(excluded, path);
}

bool ng_inputs_want(const ng_inputs *inputs, const char *path, bool *may_be_text_out)
{
    const ng_patterns *included = ng_inputs_included(inputs);
    const char *name = name_of(path);
    bool is_known = ng_media_of_name(ng_view_of(path)) != NG_MEDIA_NONE;

    *may_be_text_out = !is_known;
    if (name[0] == '\0' || is_in_excluded(ng_inputs_excluded(inputs), path))
        return false;
    if (included->count > 0)
        return ng_patterns_match(included, path);
    return name[0] != '.' && (is_known || !strchr(name, '.'));
}
