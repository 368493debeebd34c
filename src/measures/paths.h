/* Private to measures: the kernel of shortest paths (brandes.c). */
#ifndef NG_PATHS_H
#define NG_PATHS_H

#include "measures_internal.h"

/* ---- rows.c ---- */

/* A network with the neighbours of each node side by side. Nodes have numbers of their own: inner
 * nodes, leaves by their neighbours, nodes without an edge. Leaves have no rows. */
typedef struct ng_rows {
    size_t node_count; /* inner nodes: those that searches know */
    size_t all_count;
    uint64_t *start;      /* of each node in the arrays below; node_count + 1 */
    uint32_t *targets;    /* neighbours */
    double *lengths;      /* of the edges to them; NULL: each is one step */
    uint64_t *leaf_start; /* of each inner node: its leaves, from node_count on; node_count + 1 */
    double *leaf_lengths; /* of the edges to them */
    double *leaf_sums;    /* of each inner node: the sum of these */
    double *members;      /* of each inner node: itself and its leaves */
    uint32_t *edges;      /* beside targets: the network's edge; NULL: not asked for */
    uint32_t *leaf_edges; /* beside leaf_lengths, the same */
    uint32_t *nodes;      /* of each number: the node of the network */
    double unit;          /* length of an edge of weight 1, in lengths or steps */
} ng_rows;

/* Destroy them whatever the result; `with_edges`: rows know the edges; `with_leaves`: nodes of one
 * neighbour are leaves, else inner nodes like others. The inner nodes of a component have numbers
 * that follow each other. O(nodes + edges). */
ng_status ng_rows_make(ng_ctx *cx, const ng_network *network, bool with_edges, bool with_leaves,
                       ng_rows *rows);
void ng_rows_destroy(ng_ctx *cx, ng_rows *rows);

/* ---- what every search does ---- */

/* What the search from one source came to. */
typedef struct ng_reach {
    double reached;  /* other nodes */
    double distance; /* sum over them, in lengths or steps */
    double inverse;  /* sum of 1 / distance */
    double farthest; /* largest distance of an inner node; of sources alone */
} ng_reach;

/* How far a node is from the sources of a sample: sums over them. */
typedef struct ng_target {
    double distance, distance_square;
    double inverse, inverse_square; /* of 1 / distance */
} ng_target;

/* Adds so many sources at one distance. */
static inline void ng_target_add(ng_target *target, double times, double distance)
{
    target->distance += times * distance;
    target->distance_square += times * distance * distance;
    target->inverse += times / distance;
    target->inverse_square += times / distance / distance;
}

/* What the searches from some sources add up. */
typedef struct ng_sums {
    double *nodes;     /* of inner nodes: what shortest paths pass through them; NULL: not wanted */
    double *edges;     /* of the network's edges: the same, but for those to leaves; or NULL */
    ng_reach *reaches; /* of all nodes: those of the sources and of their leaves are filled */
    double *squares;   /* of samples, where there are no leaves, else NULL: of inner nodes, the
                        * squares of what shortest paths from one source pass through them */
    ng_target *targets; /* likewise: of inner nodes */
} ng_sums;

/* A way to search. A workspace belongs to one thread. */
typedef struct ng_search {
    size_t sources; /* searched at once */
    ng_status (*open)(ng_ctx *cx, const ng_rows *rows, void **workspace_out);
    void (*close)(ng_ctx *cx, void *workspace);

    /* Searches from some inner nodes and adds what shortest paths from these sources and their
     * leaves to all inner nodes and theirs pass through each inner node, but for those to and from
     * its own leaves. With sums of edges there are sums of nodes. */
    ng_status (*run)(ng_ctx *cx, const ng_rows *rows, void *workspace, const uint32_t *sources,
                     uint32_t count, const ng_sums *sums);
} ng_search;

/* Where every edge is one step: 32 sources at once. */
extern const ng_search ng_search_waves;

/* Where lengths are whole numbers up to NG_DIAL_MOST. */
#define NG_DIAL_MOST 131071
extern const ng_search ng_search_dial;

/* Any lengths. */
extern const ng_search ng_search_dijkstra;

/* ---- sampling.c ---- */

/* Which sources stand for all. */
typedef struct ng_plan {
    uint32_t wanted;   /* sources of a component, at most */
    uint32_t *sources; /* in ascending order */
    uint32_t source_count;
} ng_plan;

/* Draws the sources; free them whatever the result. */
ng_status ng_plan_make(ng_ctx *cx, const ng_rows *rows, uint32_t wanted, ng_plan *plan);

/* Scores and the bounds of their errors from what the searches of a plan added up. */
void ng_plan_scores(const ng_rows *rows, const ng_plan *plan, const ng_sums *sums,
                    const ng_path_scores *scores);

#endif
