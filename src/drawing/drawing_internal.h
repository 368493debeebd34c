/* Shared by the files of nergraph-draw, a program of its own that links cgraph and gvc but neither
 * igraph nor the library: what goes wrong there ends this process, not the caller's.
 *
 *   main.c   options, reading, writing, exit codes
 *   spec.c   node-link JSON (jansson) to plain structs
 *   plan.c   how big is it, which engine, who is drawn, who is emphasised
 *   style.c  colours, outlines, sizes
 *   text.c   escaping; title, explanation and key
 *   svg.c    words for the titles in SVG
 *   pdf.c    PDF without the time of day
 *   dot.c    structs to a Graphviz graph (cgraph)
 *   place.c  landscape, and rows for those without a tie
 *   bend.c   lines around boxes
 *   read.c   DOT to node-link JSON (cgraph, too)
 *   render.c layout and picture (the only file with gvc)
 */
#ifndef NG_DRAWING_INTERNAL_H
#define NG_DRAWING_INTERNAL_H

#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit codes; those of the command line. */
enum {
    DRAW_OK = 0,
    DRAW_USAGE = 2,
    DRAW_DATA = 3,
    DRAW_LIMIT = 4,
    DRAW_IO = 5,
    DRAW_MEMORY = 6,
    DRAW_BUG = 7
};

/* `dot` reads strings of less than 16 KiB, and an ampersand becomes five bytes. */
enum { DRAW_LABEL_BYTES = 256, DRAW_VALUE_BYTES = 3072 };

/* Prints "nergraph-draw: ..." as one line on standard error and returns `code`. */
int draw_fail(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Borrowed bytes of valid UTF-8 (zero bytes allowed). */
typedef struct draw_text {
    const char *data;
    size_t size;
} draw_text;

typedef enum draw_kind {
    DRAW_PERSON,
    DRAW_COUNTRY,
    DRAW_PLACE,
    DRAW_ORGANIZATION,
    DRAW_PEOPLE,
    DRAW_OTHER, /* any kind we do not know */
    DRAW_KIND_COUNT
} draw_kind;

/* What became of an actor or a tie between two graphs. */
typedef enum draw_change {
    DRAW_SAME,
    DRAW_NEW,
    DRAW_GONE,
    DRAW_STRONGER,
    DRAW_WEAKER,
    DRAW_CHANGE_COUNT
} draw_change;

typedef struct draw_outline {
    const char *name;  /* "person" */
    const char *words; /* "Person", in the key */
    const char *line;  /* border and text of the kind */
    const char *tint;  /* ground */
    const char *style; /* Graphviz style of the box: "rounded,filled" */
    const char *cell;  /* the same outline as the style of a cell in the key */
    double pen;        /* points */
} draw_outline;

enum { DRAW_GROUPS = 8 };

/* The colours of a picture. */
typedef struct draw_theme {
    const char *name; /* "light" */
    const char *ground;
    const char *ink, *body, *quiet; /* of the title, of names, of what explains */
    const char *line;               /* of ties */
    const char *frame;
    draw_outline kinds[DRAW_KIND_COUNT];
    draw_outline changes[DRAW_CHANGE_COUNT]; /* of boxes and of lines */
    struct {
        const char *line, *tint;
    } groups[DRAW_GROUPS]; /* of the largest communities */
} draw_theme;

/* "light", "dark" or "print"; NULL for any other. */
const draw_theme *draw_theme_find(const char *name);
draw_kind draw_kind_find(const char *name);
draw_change draw_change_find(const char *name);

/* ---- spec.c ---- */

typedef struct draw_node {
    draw_text id, label;
    draw_kind kind;
    double score;    /* what its size shows, >= 0 */
    double mentions; /* breaks ties of the score */
    const json_t *json;
    uint32_t rank; /* 0 = the most central */
    draw_change change;
    uint64_t community; /* from 1 on, 0: none */
    bool is_drawn;
    bool is_bold;
    bool is_named; /* else a dot without its label */
} draw_node;

typedef struct draw_edge {
    uint32_t source, target;
    double weight;
    const json_t *json;
    draw_change change;
    bool is_drawn;
} draw_edge;

/* One of several pictures of the same actors. */
typedef struct draw_panel {
    draw_text name;
    double *scores; /* of each node; below 0 where it is not in this panel */
    draw_edge *edges;
    size_t edge_count;
} draw_panel;

/* A graph as it came in. Texts live in `root`. */
typedef struct draw_spec {
    json_t *root;
    draw_node *nodes;
    size_t node_count;
    draw_edge *edges;
    size_t edge_count;
    const char *format;  /* "svg", or NULL */
    const char *engine;  /* "neato", or NULL: by size */
    const char *size_by; /* "strength" */
    draw_text title;     /* empty: none given */
    draw_text note;      /* lines in the place of the explanation; empty: none given */
    draw_panel *panels;  /* small multiples, or none */
    size_t panel_count;
    bool has_changes; /* this is a difference */
    const draw_theme *theme;
    bool is_by_community; /* colours tell communities, outlines kinds */
    bool has_name_limit;
    uint64_t name_limit; /* the most central so many have their names */
    draw_text unit;      /* what a weight counts: "sentences with both actors"; empty: unknown */
    double max_score, max_weight;
    double full_weight; /* drawn thickest: the largest weight, or more when all are equal */
    uint64_t limit_nodes, limit_seconds, limit_bytes; /* 0: none */
} draw_spec;

/* Reads node-link JSON. Returns DRAW_OK, or prints why not. Free with draw_spec_destroy. */
int draw_spec_read(const char *data, size_t size, draw_spec *spec_out);
void draw_spec_destroy(draw_spec *spec);

/* ---- plan.c ---- */

typedef struct draw_plan {
    const char *engine;
    const char *splines;
    size_t node_count, edge_count;         /* drawn */
    size_t isolated_count;                 /* drawn nodes without a drawn edge */
    const draw_node *leaders[DRAW_GROUPS]; /* of the communities in the key, or NULL */
    size_t named_leader_count;             /* of them, named beyond the limit of names */
    double scale;                          /* of the heading, which grows with the picture */
    double name_scale;                     /* of names among many dots */
    bool is_cut;                           /* only the strongest are drawn */
    bool has_kind[DRAW_KIND_COUNT];
} draw_plan;

/* Decides engine, lines, who is drawn and who is bold; `is_picture` applies the node limit. */
int draw_plan_make(draw_spec *spec, bool is_picture, draw_plan *plan_out);

/* ---- style.c ---- */

/* "+" and a minus sign for what became stronger and weaker; else "". */
const char *draw_change_mark(draw_change change);

extern const char draw_fonts[];

/* How a node looks: what became of it, or its kind; where colours tell communities, the outline of
 * its kind in the colours of its community. */
draw_outline draw_look_of(const draw_spec *spec, const draw_node *node);

/* Inches of a dot that stands for a node without its name. */
double draw_dot_width(double score, double max_score);

/* 10 + 13 sqrt(score / max) points, less where a word of the label is too long for that. */
double draw_font_size(double score, double max_score, draw_text label);

/* 0.7 + 5.3 weight / max points. */
double draw_pen_width(double weight, double max_weight);

/* 1.3 + 4.7 weight / max points, where only some ties are drawn and each must be seen: dashes and
 * dots can be told apart in any line. */
double draw_clear_width(double weight, double max_weight);

/* The theme's line with an opacity: "#5B6B7C46" ... "#5B6B7CDC". */
void draw_edge_colour(const draw_theme *theme, double weight, double max_weight,
                      char colour_out[10]);

/* "#5B6B7C82" ... "#5B6B7CDC", as draw_clear_width */
void draw_clear_colour(const draw_theme *theme, double weight, double max_weight,
                       char colour_out[10]);

/* ---- text.c ---- */

/* Writes a value for a plain Graphviz attribute: backslash doubled, & as &amp;, newline as \n,
 * other control bytes and U+FEFF as spaces, U+FFFE and U+FFFF as U+FFFD; longer than max_bytes: cut
 * at a code point and ended by an ellipsis. A written value never has a raw newline. */
void draw_put_plain(FILE *out, draw_text text, size_t max_bytes);

/* As draw_put_plain of a node's label, with spaces turned into line breaks in long labels. */
void draw_put_label(FILE *out, draw_text label);

/* The same label in bold as an HTML-like string. It begins with a raw newline, as all our HTML-like
 * strings do, so that no plain value is ever equal to one. */
void draw_put_bold_label(FILE *out, draw_text label);

/* Title, explanation and key as an HTML-like string. */
void draw_put_heading(FILE *out, const draw_spec *spec, const draw_plan *plan);

/* The title of the picture: the one asked for, else one of our own. */
draw_text draw_title(const draw_spec *spec);

/* Text of an XML element on one line. */
void draw_put_xml(FILE *out, draw_text text, size_t max_bytes);

/* Characters of the longest stretch of a label that is never broken. */
size_t draw_longest_line(draw_text label);

/* ---- svg.c ---- */

/* Copies an SVG file with words in its titles instead of n1 and n1--n2; false: no memory. */
bool draw_put_svg(FILE *out, const draw_spec *spec, draw_text svg);

/* ---- pdf.c ---- */

/* Overwrites the time in a PDF file that cairo wrote. */
void draw_clear_pdf_date(char *data, size_t size);

/* ---- place.c ---- */

/* A box: its middle and size in points, y upwards. */
typedef struct draw_place {
    double x, y, width, height;
    bool is_isolated; /* no line ends there */
} draw_place;

/* Stretches a picture that is too high sideways and puts isolated boxes in rows below. */
void draw_place_all(draw_place *places, size_t count);

/* A straight line between two places, by their indices. */
typedef struct draw_tie {
    size_t a, b;
} draw_tie;

/* Moves all boxes together as far as none touches another: for pictures that must be small. Up to
 * 100 boxes it also moves single ones, to make the whole smaller and to keep lines from running
 * through boxes. O(count (count + ties)), with a factor of some hundred. */
void draw_place_closely(draw_place *places, size_t count, const draw_tie *ties, size_t tie_count);

/* True when the straight line between the middles of two boxes comes nearer to a third than `gap`.
 */
bool draw_is_crossed(const draw_place *box, const draw_place *a, const draw_place *b, double gap);

/* ---- bend.c ---- */

/* A cubic Bézier curve between the middles of two boxes. */
typedef struct draw_curve {
    const draw_place *from, *to;
    draw_place first, second; /* the points that it is drawn towards; their sizes mean nothing */
} draw_curve;

/* Finds the curve that runs through no box but its own two and stays within the frame; `from` and
 * `to` of it are given, of the boxes. False where a straight line does, or where no curve is found,
 * and for more than 60 actors. O(count), with a factor of some ten thousand at worst. */
bool draw_curve_find(const draw_place *boxes, size_t count, const draw_place *frame,
                     draw_curve *curve);

/* ---- dot.c, render.c ---- */

typedef struct Agraph_s draw_graph; /* cgraph's graph, known to two files only */

/* Makes the Graphviz graph. */
int draw_graph_make(const draw_spec *spec, const draw_plan *plan, draw_graph **graph_out);
void draw_graph_free(draw_graph *graph);

/* Makes one graph of all panels; `places` are those of the drawn nodes, one after the other. */
int draw_panels_make(const draw_spec *spec, const draw_plan *plan, const draw_place *places,
                     draw_graph **graph_out);

/* Writes it as DOT, not laid out. */
int draw_graph_write_dot(draw_graph *graph, FILE *out);

/* ---- read.c ---- */

/* Reads a graph in DOT (zero-terminated) and writes it as node-link JSON. */
int draw_read_dot(const char *input, FILE *out);

/* Lays it out and writes it as "svg", "png" or "pdf". */
int draw_graph_render(draw_graph *graph, const draw_plan *plan, const char *format, FILE *out);

/* Lays it out and tells where its nodes are. */
int draw_graph_place(draw_graph *graph, const draw_plan *plan, draw_place *places);

/* Writes a graph whose nodes have places as "svg", "png" or "pdf". */
int draw_graph_render_placed(draw_graph *graph, const char *format, FILE *out);

/* The version of Graphviz that runs, into a buffer. */
void draw_graphviz_version(char *version_out, size_t size);

#endif
