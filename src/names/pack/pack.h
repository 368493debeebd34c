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
    uint32_t geoname;                  /* of a city; else 0 */
    int16_t latitude, longitude;       /* likewise, hundredths of a degree */
    uint32_t row;                      /* order of reading, so that sorting is stable */
    uint32_t line;                     /* in the file it was read from */
    const char *file;
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
} ng_pack;

/* ---- tables.c ---- */

/* The name of the index-th table ("country_names.tsv"), NULL after the last. */
const char *pack_table_file(size_t index);

ng_status pack_init(ng_ctx *cx, ng_pack *pack);
void pack_destroy(ng_ctx *cx, ng_pack *pack);

/* Reads all tables of a directory. Fails with NG_E_DATA naming file and line of a bad row, and with
 * NG_E_IO when a table is missing. */
ng_status pack_read_tables(ng_ctx *cx, ng_pack *pack, const char *directory);

/* Interns a string of an entry. Fails with NG_E_DATA when it is longer than PACKED_STRING_BYTES. */
ng_status pack_add_string(ng_ctx *cx, ng_pack *pack, ng_view text, uint32_t *id_out);

/* Fails with NG_E_DATA and says where: file, line, what is wrong, the text in question. */
ng_status pack_fail(ng_ctx *cx, const ng_pack *pack, const char *what, ng_view text);

/* ---- countries.c ---- */

/* True for a code of a country, former state or part: "IL", "SUHH", "GB-ENG". */
bool pack_is_code(ng_view code);

/* Notes the canonical name of a country. Fails with NG_E_DATA when its code has another. */
ng_status pack_add_country(ng_ctx *cx, ng_pack *pack, ng_view code, ng_view name);

/* Gives a name to codes that no table gives one, and fails with NG_E_DATA at the first form with a
 * code that has none. */
ng_status pack_finish_countries(ng_ctx *cx, ng_pack *pack);

/* ---- write.c ---- */

/* Appends the packed bytes to `out` (empty). The same tables give the same bytes. */
ng_status pack_write(ng_ctx *cx, ng_pack *pack, ng_buffer *out);

#endif
