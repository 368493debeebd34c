/* The list of what a run reads: paths as they were given, in their order.
 *
 * Nothing is opened here except lists of paths. A list that cannot be read is a failure, never an
 * empty list, and a list that fails half way adds nothing. */
#include "documents_internal.h"

#include <assert.h>

enum { MOST_PATHS = 1 << 28 };
static const uint64_t list_bytes = (uint64_t)1 << 30;

struct ng_inputs {
    ng_ctx *cx; /* for ng_inputs_free, which gets none */
    char **paths;
    size_t count, capacity;
    ng_patterns included, excluded;
};

ng_status ng_inputs_new(ng_ctx *cx, ng_inputs **inputs_out)
{
    ng_inputs *inputs = ng_alloc(cx, sizeof *inputs);

    if (!inputs)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a list of inputs");
    *inputs = (ng_inputs){ .cx = cx };
    *inputs_out = inputs;
    return NG_OK;
}

/* Takes the last paths away until `count` are left. */
static void cut_inputs(ng_inputs *inputs, size_t count)
{
    while (inputs->count > count)
        ng_free(inputs->cx, inputs->paths[--inputs->count]);
}

void ng_inputs_free(ng_inputs *inputs)
{
    if (!inputs)
        return;
    cut_inputs(inputs, 0);
    ng_free(inputs->cx, inputs->paths);
    ng_patterns_destroy(inputs->cx, &inputs->included);
    ng_patterns_destroy(inputs->cx, &inputs->excluded);
    ng_free(inputs->cx, inputs);
}

/* Adds a copy of a path that holds no zero byte. */
static ng_status add_path(ng_ctx *cx, ng_inputs *inputs, ng_view path)
{
    ng_status status = ng_grow(cx, (void **)&inputs->paths, &inputs->capacity,
                               sizeof *inputs->paths, inputs->count + 1, MOST_PATHS, "inputs");
    char *copy = NULL;

    if (status != NG_OK)
        return status;
    copy = ng_alloc(cx, path.size + 1);
    if (!copy)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a list of inputs");
    if (path.size > 0)
        memcpy(copy, path.data, path.size);
    copy[path.size] = '\0';
    inputs->paths[inputs->count++] = copy;
    return NG_OK;
}

ng_status ng_inputs_add(ng_ctx *cx, ng_inputs *inputs, const char *path)
{
    return add_path(cx, inputs, ng_view_of(path));
}

/* Adds one entry of a list; empty ones count for nothing. */
static ng_status add_entry(ng_ctx *cx, ng_inputs *inputs, ng_view entry, bool zero_ended)
{
    if (!zero_ended && entry.size > 0 && entry.data[entry.size - 1] == '\r')
        entry.size--;
    if (entry.size == 0)
        return NG_OK;
    if (memchr(entry.data, '\0', entry.size))
        return ng_fail(cx, NG_E_DATA, "a zero byte in a path (is the list zero-ended? add -0)");
    return add_path(cx, inputs, entry);
}

/* Adds every entry of a list that was read. */
static ng_status add_entries(ng_ctx *cx, ng_inputs *inputs, ng_view list, bool zero_ended)
{
    ng_status status = NG_OK;
    size_t start = 0;

    while (status == NG_OK && start < list.size) {
        const char *from = list.data + start;
        const char *end = memchr(from, zero_ended ? '\0' : '\n', list.size - start);
        size_t size = end ? (size_t)(end - from) : list.size - start;

        status = add_entry(cx, inputs, (ng_view){ from, size }, zero_ended);
        start += size + 1;
    }
    return status;
}

ng_status ng_inputs_add_list(ng_ctx *cx, ng_inputs *inputs, const char *list_path, bool zero_ended)
{
    size_t old_count = inputs->count;
    ng_buffer list;
    ng_status status = NG_OK;

    ng_buffer_init(&list, (size_t)list_bytes + 1);
    status = ng_file_read(cx, list_path, list_bytes, "--files-from", &list);
    if (status == NG_OK)
        status = add_entries(cx, inputs, ng_buffer_view(&list), zero_ended);
    if (status == NG_E_DATA)
        status = ng_fail(cx, status, "%s: %s", list_path, ng_ctx_error(cx));
    if (status != NG_OK)
        cut_inputs(inputs, old_count);
    ng_buffer_destroy(cx, &list);
    return status;
}

ng_status ng_inputs_include(ng_ctx *cx, ng_inputs *inputs, const char *pattern)
{
    return ng_patterns_add(cx, &inputs->included, ng_view_of(pattern));
}

ng_status ng_inputs_exclude(ng_ctx *cx, ng_inputs *inputs, const char *pattern)
{
    return ng_patterns_add(cx, &inputs->excluded, ng_view_of(pattern));
}

const ng_patterns *ng_inputs_included(const ng_inputs *inputs)
{
    return &inputs->included;
}

const ng_patterns *ng_inputs_excluded(const ng_inputs *inputs)
{
    return &inputs->excluded;
}

size_t ng_inputs_count(const ng_inputs *inputs)
{
    return inputs->count;
}

const char *ng_inputs_get(const ng_inputs *inputs, size_t index)
{
    assert(index < inputs->count);
    return inputs->paths[index];
}
