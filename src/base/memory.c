/* The heap, seen through the context: one function that a test can make fail at its n-th use.
 *
 * These functions record no error, because only the caller can name what there was no memory for.
 * ng_grow does know: its caller names the items. */
#include "base_internal.h"

#include <assert.h>

/* Size 0 means free to the allocator, so nothing is asked for as one byte. */
void *ng_alloc(ng_ctx *cx, size_t size)
{
    return cx->realloc(cx->realloc_user, NULL, size ? size : 1);
}

void *ng_realloc(ng_ctx *cx, void *data, size_t size)
{
    return cx->realloc(cx->realloc_user, data, size ? size : 1);
}

void ng_free(ng_ctx *cx, void *data)
{
    if (data)
        cx->realloc(cx->realloc_user, data, 0);
}

ng_status ng_grow_now(ng_ctx *cx, void **items, size_t *capacity, size_t item_size, size_t wanted,
                      size_t max, const char *what)
{
    size_t room = 0;
    void *grown = NULL;

    assert(item_size > 0 && wanted > *capacity);
    if (wanted > max || wanted > SIZE_MAX / item_size)
        return ng_fail(cx, NG_E_LIMIT, "too many %s: more than %zu", what, max);
    room = *capacity > max / 2 ? max : *capacity * 2;
    if (room < 8)
        room = max < 8 ? max : 8;
    if (room < wanted || room > SIZE_MAX / item_size)
        room = wanted;
    grown = ng_realloc(cx, *items, room * item_size);
    if (!grown)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu %s", room, what);
    *items = grown;
    *capacity = room;
    return NG_OK;
}
