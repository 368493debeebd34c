/* Private to graph: bytes, records and blocks of a saved graph. */
#ifndef NG_BLOCKS_H
#define NG_BLOCKS_H

#include "graph_internal.h"

/* ---- bytes.c: numbers and texts in a record ---- */

/* A number as LEB128 (seven bits a byte, the lowest first), a text as its size and its bytes, a
 * word as eight bytes, the lowest first. */
ng_status ng_bytes_put_number(ng_ctx *cx, ng_buffer *out, uint64_t number);
ng_status ng_bytes_put_text(ng_ctx *cx, ng_buffer *out, ng_view text);
ng_status ng_bytes_put_word(ng_ctx *cx, ng_buffer *out, uint64_t word);

/* Where reading is. Once `is_bad` is set, everything that is taken is 0 or empty. A text is UTF-8;
 * a part is written as one, but may hold any bytes. */
typedef struct ng_cursor {
    ng_view bytes;
    size_t at;
    bool is_bad;
} ng_cursor;

uint64_t ng_bytes_take_number(ng_cursor *cursor);
ng_view ng_bytes_take_text(ng_cursor *cursor); /* borrowed */
ng_view ng_bytes_take_part(ng_cursor *cursor); /* borrowed */
uint64_t ng_bytes_take_word(ng_cursor *cursor);

/* ---- blocks.c ---- */

enum {
    NG_BLOCK_RECIPE = 'R',
    NG_BLOCK_DOCUMENTS = 'D',
    NG_BLOCK_NODES = 'N',
    NG_BLOCK_APART = 'A',
    NG_BLOCK_EDGES = 'E',
    NG_BLOCK_END = 'Z'
};

typedef struct ng_block_writer {
    ng_file *file;
    ng_buffer block;
    char kind;
    uint32_t record_count;
    uint64_t block_count;
} ng_block_writer;

/* Whatever these return, end with commit or discard. Kinds come in the order of the enum. */
ng_status ng_blocks_create(ng_ctx *cx, const char *path, ng_block_writer *writer);
ng_status ng_blocks_add(ng_ctx *cx, ng_block_writer *writer, char kind, ng_view record);
ng_status ng_blocks_commit(ng_ctx *cx, ng_block_writer *writer);
void ng_blocks_discard(ng_ctx *cx, ng_block_writer *writer);

typedef struct ng_block_reader {
    const char *path;
    int fd;
    ng_buffer block;
    ng_cursor cursor;
    char kind;
    uint32_t left; /* records of this block */
    uint64_t block_count, offset;
    bool is_ended;
} ng_block_reader;

/* `path` is borrowed. Whatever it returns, end with ng_blocks_close. NG_E_DATA for a file that is
 * none. */
ng_status ng_blocks_open(ng_ctx *cx, const char *path, ng_block_reader *reader);
void ng_blocks_close(ng_ctx *cx, ng_block_reader *reader);

/* The next record, borrowed until the next call; kind NG_BLOCK_END when there is none. A damaged
 * block is NG_E_DATA and named. */
ng_status ng_blocks_next(ng_ctx *cx, ng_block_reader *reader, char *kind_out, ng_view *record_out);

/* Fails because of what a sound block holds. */
ng_status ng_blocks_complain(ng_ctx *cx, const ng_block_reader *reader);

/* sample.c, namesakes.c: their parts of a record. What is taken is added to what is there. */
ng_status ng_sample_put(ng_ctx *cx, const ng_intern *strings, ng_sample *sample, ng_buffer *out);
ng_status ng_sample_take(ng_ctx *cx, ng_intern *strings, ng_cursor *cursor, uint32_t limit,
                         ng_sample *sample);
void ng_sample_skip(ng_cursor *cursor);
ng_status ng_namesakes_put(ng_ctx *cx, const ng_builder *builder, uint32_t node, ng_buffer *out);
ng_status ng_namesakes_take(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, uint32_t node);

/* ---- recipe.c: what must agree where counts are added up ---- */

ng_status ng_recipe_put(ng_ctx *cx, const ng_options *options, const ng_totals *totals,
                        ng_buffer *out);

/* Sets what the recipe tells; false when it is none. */
bool ng_recipe_take(ng_view recipe, ng_options *options, ng_totals *totals);

/* NG_E_DATA with the first line that differs. */
ng_status ng_recipe_compare(ng_ctx *cx, const char *path, ng_view recipe, ng_view wanted);

/* Sets the scope of the graph among those of `options`, which a file holds: the wished one, else
 * the narrowest. NG_E_DATA when it is more than a wish. */
ng_status ng_scopes_choose(ng_ctx *cx, ng_options *options, const ng_options *wish,
                           const char *path);

/* ---- strand.c: a saved graph being read, record by record ---- */

typedef struct ng_strand {
    ng_block_reader reader;
    char kind;      /* of the record in hand */
    ng_view record; /* borrowed until the next */
    ng_buffer recipe;
    ng_totals totals; /* documents and units; the rest stands in the recipe */
    size_t scope_count;
    ng_buffer never; /* names that rules keep apart, see never.c */
} ng_strand;

/* Opens the file and reads its recipe; the record in hand is the first behind it. Whatever it
 * returns, end with ng_strand_close; `path` is borrowed until then. */
ng_status ng_strand_open(ng_ctx *cx, const char *path, ng_strand *strand);
ng_status ng_strand_next(ng_ctx *cx, ng_strand *strand);
void ng_strand_close(ng_ctx *cx, ng_strand *strand);

/* NG_E_DATA when it was counted otherwise than the builder counts. */
ng_status ng_strand_check(ng_ctx *cx, const ng_strand *strand, const ng_builder *builder);

/* ngr.c: reads its documents and notes them as counted. `is_known_out`: all of them were before;
 * NG_E_DATA when only some were. */
ng_status ng_strand_claim(ng_ctx *cx, ng_builder *builder, ng_strand *strand, bool *is_known_out);

/* ---- merge.c: many sorted files into one ---- */

/* Writes the sum of saved graphs that share no document and were counted as the builder counts.
 * Memory: four bytes a node and file. */
ng_status ng_strands_merge(ng_ctx *cx, const ng_builder *like, const char *const *paths,
                           size_t count, const char *path_out);

/* ngr.c: what is in memory, as a file. */
ng_status ng_builder_save_run(ng_ctx *cx, ng_builder *builder, const char *path);

/* ---- records.c: one node, one pair as bytes ---- */

/* The ticks of a builder by owner, sorted by owner and text: what records are written from. */
typedef struct ng_tick_index {
    const ng_tick **items;
    size_t *start; /* node_count + 1 */
} ng_tick_index;

ng_status ng_tick_index_make(ng_ctx *cx, const ng_intern *strings, const ng_ticks *ticks,
                             size_t node_count, ng_tick_index *index_out);
void ng_tick_index_free(ng_ctx *cx, ng_tick_index *index);

/* Forms, labels, places, decisions of a builder. */
enum { NG_TICK_LISTS = 4 };

ng_status ng_record_put_node(ng_ctx *cx, const ng_builder *builder,
                             const ng_tick_index lists[NG_TICK_LISTS], uint32_t node,
                             ng_buffer *out);

/* Adds a node's record to a builder; `node_out` is its number there. False in `is_sound_out` when
 * the record is not one. */
ng_status ng_record_take_node(ng_ctx *cx, ng_builder *builder, ng_view record, uint32_t *node_out,
                              bool *is_sound_out);

/* Documents, then the units of each scope. */
ng_status ng_record_put_totals(ng_ctx *cx, const ng_totals *totals, size_t scope_count,
                               ng_buffer *out);

/* Where a pair belongs: its scope and its nodes in the numbers of a file, a < b. */
typedef struct ng_ends {
    uint64_t layer, a, b;
} ng_ends;

/* The sample is sorted by it. */
ng_status ng_record_put_edge(ng_ctx *cx, const ng_builder *builder, ng_edge_sum *edge, ng_ends ends,
                             ng_buffer *out);

/* The beginning of an edge's record; the rest is then added to a sum. */
ng_status ng_record_put_ends(ng_ctx *cx, ng_ends ends, ng_buffer *out);
bool ng_record_take_ends(ng_cursor *cursor, ng_ends *ends_out);

/* Two names that are kept apart: ends without a scope. */
ng_status ng_record_put_apart(ng_ctx *cx, ng_ends ends, ng_buffer *out);
bool ng_record_take_apart(ng_cursor *cursor, ng_ends *ends_out);
ng_status ng_record_add_edge(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, ng_edge_sum *edge,
                             bool *is_sound_out);

/* True when the rest of an edge's record is one: for those that are copied as they are. */
bool ng_record_edge_is_sound(ng_cursor rest);

#endif
