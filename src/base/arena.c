/* Memory that ends all at once.
 *
 * A chain of blocks, the newest first; a request is cut from the newest block or, when it does not
 * fit, from a new one of twice the size (up to a megabyte, or as large as the request). Nothing is
 * given back singly. A reset keeps the largest block, so a worker that reads documents of a like
 * size soon asks the heap for nothing. */
#include "base_internal.h"

#include <assert.h>
#include <stddef.h>

enum {
    FIRST_BLOCK_BYTES = 960, /* a size that allocators have at hand: most arenas stay small */
    LARGEST_USUAL_BLOCK_BYTES = 1 << 20
};

/* The bytes of a block follow its head. */
typedef struct ng_arena_block {
    struct ng_arena_block *next;
    size_t size; /* of the bytes after the head */
    size_t used;
} ng_arena_block;

/* A block's bytes start at a multiple of the strictest alignment. */
static const size_t head_bytes = (sizeof(ng_arena_block) + _Alignof(max_align_t) - 1) /
                                 _Alignof(max_align_t) * _Alignof(max_align_t);

void ng_arena_init(ng_arena *arena, size_t max_bytes)
{
    *arena = (ng_arena){ .max_bytes = max_bytes };
}

void ng_arena_destroy(ng_ctx *cx, ng_arena *arena)
{
    ng_arena_block *block = arena->blocks;

    while (block) {
        ng_arena_block *next = block->next;

        ng_free(cx, block);
        block = next;
    }
    ng_arena_init(arena, arena->max_bytes);
}

void ng_arena_reset(ng_ctx *cx, ng_arena *arena)
{
    ng_arena_block *largest = arena->blocks;
    ng_arena_block *block = arena->blocks;

    for (; block; block = block->next)
        if (block->size > largest->size)
            largest = block;
    block = arena->blocks;
    while (block) {
        ng_arena_block *next = block->next;

        if (block != largest)
            ng_free(cx, block);
        block = next;
    }
    ng_arena_init(arena, arena->max_bytes);
    if (largest) {
        largest->next = NULL;
        largest->used = 0;
        arena->blocks = largest;
    }
}

/* Puts a block in front that has room for `size` bytes; false without memory. */
static bool add_block(ng_ctx *cx, ng_arena *arena, size_t size)
{
    size_t room = arena->blocks ? arena->blocks->size : FIRST_BLOCK_BYTES / 2;
    ng_arena_block *block = NULL;

    room = room > LARGEST_USUAL_BLOCK_BYTES / 2 ? LARGEST_USUAL_BLOCK_BYTES : room * 2;
    if (room < size)
        room = size;
    if (room > SIZE_MAX - head_bytes)
        return false;
    block = ng_alloc(cx, head_bytes + room);
    if (!block)
        return false;
    *block = (ng_arena_block){ .next = arena->blocks, .size = room };
    arena->blocks = block;
    return true;
}

/* Cuts `size` bytes at a multiple of `alignment` out of the arena. */
static void *take(ng_ctx *cx, ng_arena *arena, size_t size, size_t alignment)
{
    ng_arena_block *block = arena->blocks;
    size_t start = block ? (block->used + alignment - 1) / alignment * alignment : 0;

    if (size > arena->max_bytes || arena->used_bytes > arena->max_bytes - size) {
        arena->failure = ng_fail(cx, NG_E_LIMIT, "the work needs more than %zu bytes of memory",
                                 arena->max_bytes);
        return NULL;
    }
    if (!block || start > block->size || size > block->size - start) {
        if (!add_block(cx, arena, size)) {
            arena->failure = ng_fail(cx, NG_E_MEMORY, "no memory for %zu bytes", size);
            return NULL;
        }
        block = arena->blocks;
        start = 0;
    }
    block->used = start + size;
    arena->used_bytes += size;
    return (char *)block + head_bytes + start;
}

void *ng_arena_alloc(ng_ctx *cx, ng_arena *arena, size_t size)
{
    return take(cx, arena, size, _Alignof(max_align_t));
}

char *ng_arena_bytes(ng_ctx *cx, ng_arena *arena, size_t size)
{
    return take(cx, arena, size, 1);
}

void *ng_arena_room(ng_ctx *cx, ng_arena *arena, size_t count, size_t size)
{
    assert(size > 0);
    if (count > SIZE_MAX / size) {
        arena->failure = ng_fail(cx, NG_E_LIMIT, "too many items: %zu", count);
        return NULL;
    }
    return ng_arena_alloc(cx, arena, count * size);
}

void *ng_arena_array(ng_ctx *cx, ng_arena *arena, size_t count, size_t size)
{
    void *items = ng_arena_room(cx, arena, count, size);

    if (items)
        memset(items, 0, count * size);
    return items;
}

ng_view ng_arena_copy(ng_ctx *cx, ng_arena *arena, ng_view bytes)
{
    char *copy = NULL;

    if (bytes.size == 0)
        return NG_VIEW_NONE;
    copy = ng_arena_bytes(cx, arena, bytes.size);
    if (!copy)
        return (ng_view){ NULL, 0 };
    memcpy(copy, bytes.data, bytes.size);
    return (ng_view){ copy, bytes.size };
}
