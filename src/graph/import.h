/* Private to graph: graphs of other tools become a node-link tree, which load.c reads. */
#ifndef NG_IMPORT_H
#define NG_IMPORT_H

#include "graph_internal.h"

#include <jansson.h>

typedef enum ng_import_format {
    NG_IMPORT_NONE,
    NG_IMPORT_GRAPHML,
    NG_IMPORT_GML,
    NG_IMPORT_PAJEK,
    NG_IMPORT_DOT,
    NG_IMPORT_CSV
} ng_import_format;

/* The format of a file by its first bytes (of a CSV file also by its name), else by its ending. */
ng_import_format ng_import_sniff(const char *path, ng_view start);

/* Reads the file into a new tree ({"nodes": [...], "edges": [...]}), to be freed with json_decref.
 * NG_E_DATA when it cannot be understood. */
ng_status ng_import_tree(ng_ctx *cx, const char *path, ng_import_format format, json_t **tree_out);

/* True when a path ends so (in small letters), whatever its case. */
bool ng_import_ends_with(const char *path, const char *ending);

/* NG_E_DATA with the line of the first bytes that are no UTF-8: repaired, two ids could be one. */
ng_status ng_import_check_utf8(ng_ctx *cx, const char *path, ng_view text);

/* saved.c: the first bytes of a file, as many as there are. */
enum { NG_PEEK_BYTES = 65536 };
size_t ng_saved_peek(ng_ctx *cx, const char *path, char data[NG_PEEK_BYTES]);

/* tree.c: an empty tree; a node, an edge added to it. Text is made valid UTF-8; a number that is no
 * finite one becomes the text it was, which load.c refuses with its place. */
json_t *ng_tree_new(void);
ng_status ng_tree_add_node(ng_ctx *cx, json_t *tree, ng_view id, json_t **node_out);
ng_status ng_tree_add_edge(ng_ctx *cx, json_t *tree, ng_view source, ng_view target,
                           json_t **edge_out);
ng_status ng_tree_set_text(ng_ctx *cx, json_t *item, const char *key, ng_view text);
ng_status ng_tree_set_number(ng_ctx *cx, json_t *item, const char *key, double number);
ng_status ng_tree_set_digits(ng_ctx *cx, json_t *item, const char *key, ng_view digits);

/* Appends a text with the letters that it writes as numbers or names ("&#233;" in GML and
 * Pajek) or, `with_names`, as names ("&amp;" in GML). */
ng_status ng_tree_replace_references(ng_ctx *cx, ng_view text, bool with_names, ng_buffer *out);

/* graphml.c: GraphML through libxml2. */
ng_status ng_graphml_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree);

/* gml.c, pajek.c */
ng_status ng_gml_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree);
ng_status ng_pajek_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree);

/* edge_list.c: a table of edges, and one of nodes if it stands beside it. */
bool ng_edge_list_is_one(const char *path, ng_view start);
ng_status ng_edge_list_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree);

#endif
