/* Shared by the files of base alone. */
#ifndef NG_BASE_INTERNAL_H
#define NG_BASE_INTERNAL_H

#include "base.h"

#include <pthread.h>

/* `size` bytes of the arena without alignment, for text. */
char *ng_arena_bytes(ng_ctx *cx, ng_arena *arena, size_t size);

/* A seed that differs from table to table and from run to run, so that nobody can prepare input
 * whose keys collide. Results never depend on it. */
uint64_t ng_hash_seed(const void *object);

/* Spreads a 64-bit key over all bits. */
uint64_t ng_hash_key(uint64_t key, uint64_t seed);

/* Length of the ASCII beginning. */
size_t ng_utf8_ascii_run(ng_view text);

/* Well-formed length of the sequence at data[0..size), size > 0; when it is ill-formed, the length
 * of its maximal subpart and *is_valid_out = false. */
size_t ng_utf8_sequence(const unsigned char *data, size_t size, bool *is_valid_out);

/* Starts a thread's life for each of `count` items, in order; returns how many could be started.
 * Signals stay with the calling thread. */
uint32_t ng_threads_start(void *(*life)(void *), void *items, size_t item_size, pthread_t *threads,
                          uint32_t count);

/* Parts into which a character falls when case and accents are ignored; at most 32. Marks that only
 * decorate (accents, points) are gone already. Returns how many there are, maybe 0. */
size_t ng_utf8_fold_parts(uint32_t code_point, uint32_t parts[32]);

#endif
