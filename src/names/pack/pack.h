/* The tool that packs the dictionaries: tables (TSV) in, names.bin out. */
#ifndef NG_PACK_H
#define NG_PACK_H

#include "../names_internal.h"

/* One reading of one phrase, as a row of a table says it. */
typedef struct pack_form {
    uint32_t phrase; /* id in pack->phrases */
    uint8_t class_, detail;
    bool is_exact;
    uint32_t weight;
    uint32_t value, country, spelling; /* ids in pack->strings */
    uint32_t row;                      /* order of reading, so that sorting is stable */
} pack_form;

typedef struct pack_country {
    char code[8];
    uint32_t name; /* id in pack->strings */
} pack_country;

/* Everything read so far. */
typedef struct ng_pack {
    ng_intern *phrases; /* keys */
    ng_intern *strings; /* values, codes, spellings; id 0 is the empty string */
    pack_form *forms;
    size_t form_count, form_capacity;
    pack_country *countries;
    size_t country_count, country_capacity;
    ng_buffer scratch;
    const char *where_file; /* for messages */
    uint32_t where_line;
    bool is_lenient; /* a missing table is a warning */
} ng_pack;

ng_status pack_init(ng_ctx *cx, ng_pack *pack);
void pack_destroy(ng_ctx *cx, ng_pack *pack);

/* Reads all tables of a directory. Fails with NG_E_DATA naming file and line of a bad row, and with
 * NG_E_IO when a table is missing. */
ng_status pack_read_tables(ng_ctx *cx, ng_pack *pack, const char *directory);

/* Appends the packed bytes to `out` (empty). The same tables give the same bytes. */
ng_status pack_write(ng_ctx *cx, ng_pack *pack, ng_buffer *out);

#endif
