/* Private to writers: the pen that all formats write with, and the pieces formats share. */
#ifndef NG_WRITERS_INTERNAL_H
#define NG_WRITERS_INTERNAL_H

#include "writers.h"

/* ---- pen.c ---- */

/* Writes text and remembers the first failure, so that a format reads as what it writes and asks
 * once at the end. Bytes gather in `bytes` and move on to `output`, when there is one. */
typedef struct ng_pen {
    ng_ctx *cx;
    ng_buffer *bytes;
    ng_output *output; /* NULL: everything stays in `bytes` */
    ng_status status;
} ng_pen;

/* `bytes` is the caller's, to be destroyed after the pen was finished. */
void ng_pen_init(ng_pen *pen, ng_ctx *cx, ng_buffer *bytes, ng_output *output);

/* Hands the rest to the output; the status of everything since init. */
ng_status ng_pen_finish(ng_pen *pen);

void ng_pen_view(ng_pen *pen, ng_view bytes); /* as it is */

/* Our own text, as it is. Here, so that the compiler counts and moves the bytes of literals. */
static inline void ng_pen_put(ng_pen *pen, const char *text)
{
    ng_view bytes = ng_view_of(text);
    ng_buffer *to = pen->bytes;

    if (pen->status != NG_OK || bytes.size >= to->capacity - to->size) {
        ng_pen_view(pen, bytes);
        return;
    }
    memcpy(to->data + to->size, text, bytes.size + 1); /* with the zero byte */
    to->size += bytes.size;
}

void ng_pen_byte(ng_pen *pen, char byte);
void ng_pen_spaces(ng_pen *pen, size_t count);
void ng_pen_unsigned(ng_pen *pen, uint64_t number);
void ng_pen_number(ng_pen *pen, double number); /* 9 digits; nothing when it is not finite */
void ng_pen_weight(ng_pen *pen, double number); /* as few digits as read back the same number */
void ng_pen_share(ng_pen *pen, double number);  /* 4 digits: confidences */
void ng_pen_figure(ng_pen *pen,
                   double number); /* to be read: 4 digits, all of those before a point */
/* Degrees north or east, to hundredths; a minus for south and west. */
void ng_pen_degrees(ng_pen *pen, double degrees);
void ng_pen_json(ng_pen *pen, ng_view text); /* quoted */
void ng_pen_csv(ng_pen *pen, ng_view text, bool raw);
void ng_pen_tsv(ng_pen *pen, ng_view text);
void ng_pen_markdown(ng_pen *pen, ng_view text);
void ng_pen_xml(ng_pen *pen, ng_view text); /* of an attribute in double quotes, or content */

/* ---- shared by formats (output.c, json.c) ---- */

/* Significant digits of every score and weight. */
enum { NG_DIGITS = 9 };

/* The order in which files list the measures. */
extern const ng_measure ng_measure_order[NG_MEASURE_COUNT];

/* The score, or NaN when there is none. `scores` may be NULL. */
double ng_score_of(const ng_scores *scores, ng_measure measure, size_t node);

/* All `count` node indices in an order, and by their scores: the highest first, NaN last, of equal
 * ones the smaller index, which is that of the smaller id. The caller frees them. */
ng_status ng_nodes_sort(ng_ctx *cx, size_t count,
                        int (*compare)(const void *a, const void *b, void *user), void *user,
                        uint32_t **order_out);
ng_status ng_nodes_by_score(ng_ctx *cx, const double *scores, size_t count, uint32_t **order_out);

/* True when a column for this measure is written. `scores` may be NULL. */
bool ng_score_is_known(const ng_scores *scores, ng_measure measure);

/* The names seen, joined by " | ". */
ng_status ng_aliases_join(ng_ctx *cx, const ng_node *node, ng_buffer *out);

/* ---- attributes.c ---- */

/* How a value is written; a text must be escaped by the format. */
typedef enum ng_value_kind {
    NG_VALUE_NONE, /* not known: left out, or an empty cell */
    NG_VALUE_TEXT,
    NG_VALUE_COUNT,
    NG_VALUE_SCORE,
    NG_VALUE_WEIGHT,
    NG_VALUE_SHARE,
    NG_VALUE_DEGREES
} ng_value_kind;

typedef struct ng_value {
    ng_value_kind kind;
    ng_view text;
    uint64_t count;
    double number;
} ng_value;

typedef struct ng_attribute {
    const char *name;
    ng_value_kind kind;
    int what; /* attributes.c knows */
} ng_attribute;

enum { NG_ATTRIBUTES_MAX = 17 + NG_MEASURE_COUNT };

/* Those that files have, in their order; how many. `scores` may be NULL. */
size_t ng_attributes_of_nodes(const ng_scores *scores, ng_attribute list[NG_ATTRIBUTES_MAX]);
size_t ng_attributes_of_edges(const ng_scores *scores, ng_attribute list[NG_ATTRIBUTES_MAX]);

/* Puts every known value of a node or an edge, in the order of the list. `room` is for texts. */
typedef void ng_put_value(ng_pen *pen, const ng_attribute *of, const ng_value *value);
void ng_node_values_put(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, size_t index,
                        const ng_attribute *list, size_t count, ng_buffer *room, ng_put_value *put);
void ng_edge_values_put(ng_pen *pen, const ng_graph *graph, const ng_scores *scores, size_t index,
                        const ng_attribute *list, size_t count, ng_put_value *put);

/* Writes a number as it is; nothing for a text or what is not known. */
void ng_pen_bare_value(ng_pen *pen, const ng_value *value);

/* Tells how the file was made, note by note. */
void ng_notes_each(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                   void (*put)(ng_pen *pen, size_t index, ng_view key, ng_view value));

/* How long an edge is, in words for a file: "hops: every edge is 1". */
const char *ng_distance_word(ng_distance distance);

/* What of a graph a node-link file holds. */
typedef enum ng_json_extent {
    NG_JSON_WHOLE, /* everything, to be loaded again */
    NG_JSON_DRAWN  /* what drawing needs; the object stays open for one more member */
} ng_json_extent;

void ng_json_put_graph(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                       ng_json_extent extent);

/* Members of an object that tell how the file was made (json.c); the element of GEXF (gexf.c). */
void ng_json_put_notes(ng_pen *pen, const ng_graph *graph, const ng_scores *scores);
void ng_gexf_put_meta(ng_pen *pen, const ng_graph *graph, const ng_scores *scores);

/* ---- formats: each puts a graph into one file, or the first or second of a pair ---- */

typedef void ng_put_file(ng_pen *pen, const ng_graph *graph, const ng_scores *scores,
                         const ng_write_options *options);

ng_put_file ng_json_put_file;
ng_put_file ng_csv_put_edges, ng_csv_put_nodes;
ng_put_file ng_gexf_put_graph, ng_graphml_put_graph, ng_gml_put_graph, ng_pajek_put_graph;
ng_put_file ng_cyjs_put_graph, ng_report_put_graph;
ng_put_file ng_vosviewer_put_graph, ng_vosviewer_put_map, ng_vosviewer_put_network;

/* summary.c: the sentences about the whole network, a line each, and its nodes by community, the
 * strongest of each first (node_count of them; the caller frees them). */
void ng_summary_put_sentences(ng_pen *pen, const ng_graph *graph, const ng_summary *summary);
ng_status ng_summary_order(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                           uint32_t **order_out);

/* ---- picture.c ---- */

/* What a picture says beside its graph. */
typedef struct ng_drawing {
    ng_view title; /* where the options have none; empty: "Who is named together" */
    ng_view unit;  /* what a weight counts */
    ng_view note;  /* lines below the title, in the place of the usual one */
} ng_drawing;

/* What a weight counts, "sentences with both actors"; empty where it does not count. */
ng_view ng_picture_unit(const ng_graph *graph);

/* Ends a request (an open object) with how it is drawn. */
void ng_picture_put_drawing(ng_pen *pen, const ng_write_options *options, ng_format format,
                            const ng_drawing *how);

/* Asks nergraph-draw: the picture is appended to `out`, or written to a file. */
ng_status ng_picture_ask(ng_ctx *cx, ng_view request, const ng_write_options *options,
                         ng_format format, ng_buffer *out);
ng_status ng_picture_write(ng_ctx *cx, ng_view request, const ng_write_options *options,
                           ng_format format, const char *path);

/* DOT, SVG, PNG or PDF of a graph, appended to `out`. */
ng_status ng_picture_make(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                          const ng_write_options *options, ng_format format, ng_buffer *out);

#endif
