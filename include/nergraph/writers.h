/* Graphs and rankings into files, pictures and tables. */
#ifndef NERGRAPH_WRITERS_H
#define NERGRAPH_WRITERS_H

#include <nergraph/measures.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A destination that is replaced whole or not at all; "-" is standard output. */
typedef struct ng_output ng_output;

/* Opens a destination: a new file beside `path`, renamed over it on commit. A device, a FIFO or
 * standard output is written to directly. Fails with NG_E_IO naming the path. */
NG_API ng_status ng_output_open(ng_ctx *cx, const char *path, ng_output **output_out);
NG_API ng_status ng_output_add(ng_ctx *cx, ng_output *output, ng_view bytes);

/* Finishes: flushes, syncs, renames; `output` is gone afterwards whatever the result. */
NG_API ng_status ng_output_commit(ng_ctx *cx, ng_output *output);

/* Leaves the old file as it was; NULL is allowed. */
NG_API void ng_output_discard(ng_ctx *cx, ng_output *output);

typedef enum ng_format {
    NG_FORMAT_DOT,
    NG_FORMAT_SVG,
    NG_FORMAT_PNG,
    NG_FORMAT_PDF,
    NG_FORMAT_JSON, /* node-link */
    NG_FORMAT_CSV,  /* edges; the nodes go to NAME-nodes.csv */
    NG_FORMAT_GEXF, /* 1.3, static */
    NG_FORMAT_GRAPHML,
    NG_FORMAT_GML,
    NG_FORMAT_PAJEK,     /* .net */
    NG_FORMAT_CYJS,      /* Cytoscape.js */
    NG_FORMAT_VOSVIEWER, /* its JSON */
    NG_FORMAT_VOSMAP,    /* its map file; the network file is NAME-network.txt */
    NG_FORMAT_REPORT,    /* Markdown; best with the scores that ng_summary_write asks for */
    NG_FORMAT_NGR, /* the saved graph: written from counts (ng_counts_write), not from a graph */
    NG_FORMAT_COUNT
} ng_format;

/* "svg" and back (also by a path's ending: ng_format_of_path("a/b.svg")). */
NG_API const char *ng_format_name(ng_format format);
NG_API bool ng_format_find(ng_view name, ng_format *format_out);
NG_API bool ng_format_of_path(const char *path, ng_format *format_out);

/* The name of the second file that this format has beside `path` ("net.csv": "net-nodes.csv"), as
 * snprintf writes it: zero-terminated, cut to `size` bytes; returns its whole length, 0 when there
 * is none. ng_graph_write leaves it out where `path` is no file. */
NG_API size_t ng_format_beside(ng_format format, const char *path, char *out, size_t size);

/* How a graph is drawn and written. */
typedef struct ng_write_options {
    const char *draw_program; /* path of nergraph-draw, or NULL: beside this program, then PATH */
    const char *title;        /* of the picture, or NULL */
    const char *engine;       /* layout engine ("neato", "sfdp", ...), or NULL: by size */
    const char *theme;        /* "light" (NULL), "dark" or "print" */
    bool color_by_community;  /* else by kind; outlines are those of kinds */
    uint32_t named_nodes;     /* the most central so many have their names; UINT32_MAX, the
                               * default: all of 1,000 drawn, 120 of more */
    ng_measure size_by;       /* what a node's size shows, default NG_MEASURE_STRENGTH */
    uint32_t draw_seconds;    /* time limit of drawing, default 120 */
    uint64_t draw_bytes;      /* memory limit of drawing, default 2 GiB */
    uint32_t draw_node_limit; /* more nodes: the strongest this many are drawn, default 5000 */
    bool raw_cells;           /* CSV cells that look like formulas stay as they are */
} ng_write_options;

NG_API void ng_write_options_init(ng_write_options *options);

/* Writes a graph to `path` ("-": standard output) in a format. Scores that were not computed are
 * left out; NaN is written as empty. Replaces the file whole or not at all (CSV: each of two). */
NG_API ng_status ng_graph_write(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                                const ng_write_options *options, ng_format format,
                                const char *path);

typedef enum ng_table_format {
    NG_TABLE_ALIGNED,
    NG_TABLE_TSV,
    NG_TABLE_CSV,
    NG_TABLE_JSON
} ng_table_format;

/* How a ranking is shown. */
typedef struct ng_ranking_options {
    const ng_measure *by; /* in the order of the columns; ranked by the first, ties by id bytes */
    size_t by_count;
    size_t top; /* rows at most; 0 = all */
    ng_table_format format;
    uint32_t width;                /* columns of the terminal for NG_TABLE_ALIGNED, 0 = no limit */
    bool with_colour;              /* likewise */
    const ng_intervals *intervals; /* of the first measure, or NULL: no columns of them */
} ng_ranking_options;

/* The ranking table. Equal scores share a rank. With intervals, rows are also gathered in groups
 * that the documents do not tell apart: from the first row on, each group as long as every two of
 * it are tied. O(nodes log nodes), with intervals O(rows * nodes * resamples). */
NG_API ng_status ng_ranking_write(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                                  const ng_ranking_options *options, ng_output *output);

/* The summary of a network: words for people (NG_TABLE_ALIGNED), with the communities and their
 * leading actors; names and numbers (TSV, CSV); both (JSON). `scores` has strength, community, and
 * what ng_summary_make asks for. */
NG_API ng_status ng_summary_write(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                                  const ng_summary *summary, ng_table_format format,
                                  ng_output *output);

/* The sentences kept for an edge: for reading (NG_TABLE_ALIGNED), TSV, CSV or JSON. */
NG_API ng_status ng_evidence_write(ng_ctx *cx, const ng_graph *graph, size_t edge_index,
                                   ng_table_format format, ng_output *output);

/* Which names were joined into a node, which were kept apart, by which rule: as above. */
NG_API ng_status ng_explanation_write(ng_ctx *cx, const ng_graph *graph, size_t node_index,
                                      ng_table_format format, ng_output *output);

/* Which decisions of a graph are listed. */
typedef enum ng_decision_filter {
    NG_DECISIONS_NONE,
    NG_DECISIONS_AMBIGUOUS, /* names that fit several actors, shared names of states taken as usual
                             */
    NG_DECISIONS_HOMONYMS   /* names that may be several people's */
} ng_decision_filter;

/* Lists them, one a line, with the actor they are about: as above. `count_out`: how many. */
NG_API ng_status ng_decisions_write(ng_ctx *cx, const ng_graph *graph, ng_decision_filter filter,
                                    ng_table_format format, ng_output *output, size_t *count_out);

/* What is different between two graphs: ties and actors that are new, gone or changed, and who rose
 * or fell by a measure that both scores have. At most `top` rows of each kind; 0: all. `count_out`:
 * how many differences there are. As above. O((nodes + edges) log). */
NG_API ng_status ng_difference_write(ng_ctx *cx, const ng_graph *old, const ng_scores *old_scores,
                                     const ng_graph *new_graph, const ng_scores *new_scores,
                                     ng_measure by, size_t top, ng_table_format format,
                                     ng_output *output, size_t *count_out);

/* Dynamic GEXF for Gephi: the actors and ties of a whole, with a spell for each part in which they
 * occur and the weight of a tie there. `names` are those of ng_slices_name for periods (NG_E_USAGE
 * for parts by number). Replaces the file whole or not at all. O(parts * edges log edges). */
NG_API ng_status ng_series_write_gexf(ng_ctx *cx, const ng_graph *whole,
                                      const ng_graph *const *parts, const char *const *names,
                                      size_t part_count, const char *path);

/* A measure of the actors of a whole in each of its parts: a row for each actor, ranked by the
 * whole's scores, at most `top` rows (0: all); a column for each part, named by `names`. All scores
 * have the measure. As above. */
NG_API ng_status ng_series_write(ng_ctx *cx, const ng_graph *whole, const ng_scores *scores,
                                 const ng_graph *const *parts, const ng_scores *const *part_scores,
                                 const char *const *names, size_t part_count, ng_measure by,
                                 size_t top, ng_table_format format, ng_output *output);

/* The difference of two graphs as one picture (DOT, SVG, PNG or PDF): the `top` largest changes of
 * ties (0: all), what is new, gone, stronger or weaker told by colour and line. The same two graphs
 * give the same bytes. Failures as of ng_graph_write. */
NG_API ng_status ng_difference_draw(ng_ctx *cx, const ng_graph *old, const ng_graph *new_graph,
                                    size_t top, const ng_write_options *options, ng_format format,
                                    const char *path);

/* The parts as small multiples (SVG, PNG or PDF): the `top` most central actors of the whole, each
 * at the same place in every panel. NG_E_LIMIT for more than 36 parts; else as ng_graph_write. */
NG_API ng_status ng_series_draw(ng_ctx *cx, const ng_graph *whole, const ng_scores *scores,
                                const ng_graph *const *parts, const ng_scores *const *part_scores,
                                const char *const *names, size_t part_count, ng_measure by,
                                size_t top, const ng_write_options *options, ng_format format,
                                const char *path);

typedef enum ng_mention_format {
    NG_MENTIONS_JSON, /* one JSON line a document */
    NG_MENTIONS_TSV,
    NG_MENTIONS_CONLL
} ng_mention_format;

/* Writes one document's mentions; `is_first` says that a TSV header goes before it. */
NG_API ng_status ng_mentions_write(ng_ctx *cx, const ng_document *document,
                                   ng_mention_format format, bool is_first, ng_output *output);

#ifdef __cplusplus
}
#endif

#endif
