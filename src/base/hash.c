/* A fast seeded hash for tables in memory; no promise about its values from one version to the
 * next, and none against someone who knows the seed.
 *
 * The idea is Wang Yi's (wyhash, 2019): multiply two 64-bit halves into 128 bits and fold the
 * result with exclusive or. Bytes are taken in as little-endian words, so that a table packed on
 * one machine can be read on another. */
#include "base_internal.h"

#include <time.h>

static const uint64_t key_a = 0x9E3779B97F4A7C15u;
static const uint64_t key_b = 0xD1B54A32D192ED03u;
static const uint64_t key_c = 0xABC98388FB8FAC03u;

/* 64 x 64 -> 128 bits, folded. */
static uint64_t fold_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t low = (a & 0xFFFFFFFFu) * (b & 0xFFFFFFFFu);
    uint64_t middle_a = (a >> 32) * (b & 0xFFFFFFFFu) + (low >> 32);
    uint64_t middle_b = (a & 0xFFFFFFFFu) * (b >> 32) + (middle_a & 0xFFFFFFFFu);
    uint64_t high = (a >> 32) * (b >> 32) + (middle_a >> 32) + (middle_b >> 32);

    return high ^ ((middle_b << 32) | (low & 0xFFFFFFFFu));
#endif
}

/* Eight bytes; compilers make one load of it. */
static uint64_t read_word(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* Four bytes. */
static uint64_t read_half(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24;
}

/* Up to eight bytes as a little-endian number, without a loop: two halves may overlap, and so may
 * the first, middle and last of less than four bytes. */
static uint64_t read_some(const unsigned char *bytes, size_t count)
{
    if (count >= 4)
        return read_half(bytes) | read_half(bytes + count - 4) << (8 * (count - 4));
    if (count == 0)
        return 0;
    return (uint64_t)bytes[0] | (uint64_t)bytes[count / 2] << (8 * (count / 2)) |
           (uint64_t)bytes[count - 1] << (8 * (count - 1));
}

uint64_t ng_hash(ng_view bytes, uint64_t seed)
{
    const unsigned char *at = (const unsigned char *)bytes.data;
    size_t left = bytes.size;
    uint64_t state = fold_product(seed ^ key_a, (uint64_t)bytes.size ^ key_b);
    uint64_t low = 0;
    uint64_t high = 0;

    for (; left > 16; at += 16, left -= 16)
        state = fold_product(read_word(at) ^ key_b ^ state, read_word(at + 8) ^ key_c);
    if (left > 8) {
        low = read_word(at);
        high = read_some(at + 8, left - 8);
    } else {
        low = read_some(at, left);
    }
    state = fold_product(low ^ key_a ^ state, high ^ key_c);
    return fold_product(state ^ key_b, seed ^ key_c);
}

uint64_t ng_hash_key(uint64_t key, uint64_t seed)
{
    return fold_product(key ^ seed, key_a);
}

/* The addresses of a heap object and of the stack differ from run to run; no system call is made
 * for the clock. */
uint64_t ng_hash_seed(const void *object)
{
    struct timespec now = { 0 };
    uint64_t seed = (uint64_t)(uintptr_t)object;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    seed = fold_product(seed ^ key_a, (uint64_t)now.tv_nsec ^ key_b);
    return fold_product(seed ^ (uint64_t)now.tv_sec, (uint64_t)(uintptr_t)&now ^ key_c);
}
