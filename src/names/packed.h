/* The format of names.bin: the dictionaries, packed once at build time and read in place.
 *
 *   header      packed_header
 *   slots       packed_slot[slot_count]: an open-addressing hash of phrases, sorted by hash
 *   entries     packed_entry[entry_count]: what phrases are known as; a list of entries that
 *               several phrases have is stored once
 *   countries   packed_country[country_count]: code and canonical name, sorted by code
 *   places      packed_place[place_count]: where cities lie, sorted by value, weight, id
 *   pool        bytes of the keys (no length: the slot has it) and of the strings of entries
 *               (one length byte, then the bytes); offset 0 is the empty string
 *   pairs       1 << PACKED_PAIR_BITS bits: one is set for the first two words of each phrase of
 *               two words and more (packed_pair), so that most pairs of words in a text are known
 *               to begin no phrase without a look at the hash; not part of the header's hash, as
 *               it follows from the keys
 *
 * All positions are offsets into the file, all numbers are 32 bits in the byte order of the host
 * that built the program (byte_order tells), all sections are aligned to 8 bytes. There is no
 * pointer in it: the bytes are used where they lie in the program.
 *
 * A key is a phrase as phrase.c folds it: words joined by one space. Besides the phrases the table
 * has every beginning of a phrase that ends between two words ("long" and "long beach" for
 * "long beach island"), marked PACKED_PREFIX, so that a reader that extends a phrase word by word
 * stops at the first word that no phrase goes on with. A beginning shares the bytes of its phrase.
 *
 * The hash of a key is FNV-1a of its bytes (it is extended word by word as the phrase is) times
 * 2654435761. Its home is slot hash * home_count / 2^32; a key stands there or in one of the next
 * slots, all of them full. As the keys are sorted by hash, a search ends at the first larger hash,
 * and a table nine tenths full still has short searches. The last slot is empty. */
#ifndef NG_NAMES_PACKED_H
#define NG_NAMES_PACKED_H

#include "../base/base.h"

#define PACKED_MAGIC      "NGNAMES\n"
#define PACKED_VERSION    3u
#define PACKED_BYTE_ORDER 0x01020304u

enum {
    PACKED_KEY_BYTES = 127,    /* longest key */
    PACKED_LIST_ENTRIES = 254, /* most entries of one phrase; a user's rule may add one */
    PACKED_STRING_BYTES = 255, /* longest value */
    PACKED_PREFIX = 0x80,      /* bit of slot.key: a phrase goes on after this key */
    PACKED_OFFSET_MAX = 0xFFFFFF,
    PACKED_HASH_DIGITS = 12,
    PACKED_FILE_BYTES = 64 << 20, /* more than any packed file has */
    PACKED_PAIR_BITS = 19         /* one pair in twenty-five is looked up in vain */
};

typedef struct packed_header {
    char magic[8];
    uint32_t version, byte_order;
    char hash[24]; /* hexadecimal, of everything after the header, zero bytes after it */
    uint32_t slot_count, home_count, slots_at;
    uint32_t entry_count, entries_at;
    uint32_t country_count, countries_at;
    uint32_t pool_bytes, pool_at;
    uint32_t phrase_count; /* keys with entries */
    uint32_t total_bytes;
    uint32_t pairs_at;
    uint32_t place_count, places_at;
} packed_header;

typedef struct packed_slot {
    uint32_t hash;
    uint32_t key;  /* offset << 8 | PACKED_PREFIX | size; 0: the slot is empty */
    uint32_t list; /* first entry << 8 | number of entries; 0: only a beginning */
} packed_slot;

typedef struct packed_entry {
    uint8_t class_, detail, is_exact, unused;
    uint32_t weight;
    uint32_t value, spelling; /* offsets into the pool */
    uint32_t country;         /* likewise; of a city its region, if known: "US-TX" */
} packed_entry;

typedef struct packed_country {
    char code[8]; /* zero bytes after it */
    uint32_t name;
    uint32_t unused;
} packed_country;

/* A city: `value` and `weight` are those of its entries. */
typedef struct packed_place {
    uint32_t value, weight;
    uint32_t id;                 /* of GeoNames */
    int16_t latitude, longitude; /* hundredths of a degree */
} packed_place;

/* The bit of two words by the FNV-1a of each. */
static inline uint32_t packed_pair(uint32_t first, uint32_t second)
{
    uint64_t mixed = (first * 0x9E3779B97F4A7C15u ^ second) * 0xD1B54A32D192ED03u;

    return (uint32_t)(mixed >> (64 - PACKED_PAIR_BITS));
}

_Static_assert(sizeof(packed_header) == 96, "header");
_Static_assert(sizeof(packed_slot) == 12 && sizeof(packed_entry) == 20, "records");
_Static_assert(sizeof(packed_country) == 16, "countries");
_Static_assert(sizeof(packed_place) == 16, "places");

#endif
