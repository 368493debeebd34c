/* What the files of this room share: a network of plain arrays, and the measures over it that need
 * a library. */
#ifndef NG_MEASURES_INTERNAL_H
#define NG_MEASURES_INTERNAL_H

#include "measures.h"

/* The edges that connect: those of weight > 0, in the order of the graph. */
typedef struct ng_network {
    size_t node_count;
    size_t edge_count;
    uint32_t *sources, *targets;
    double *weights; /* scaled by a power of two so that the largest is in [0.5, 1) */
    double *lengths; /* of the edges for paths; NULL: every edge is one step */
    double unit;     /* length of an edge of weight 1: scores of distance are in 1 / unit */
} ng_network;

/* The network of a graph. Destroy it whatever the result. */
ng_status ng_network_make(ng_ctx *cx, const ng_graph *graph, ng_distance distance,
                          ng_network *network);
void ng_network_destroy(ng_ctx *cx, ng_network *network);

/* The component of each node, as its smallest node. O(edges log nodes). */
void ng_network_components(const ng_network *network, uint32_t *roots);

/* The largest component of a network with nodes (without lengths), of several the one with the
 * smallest node. numbers_out: of each node in the part, UINT32_MAX outside; the caller frees it.
 * Destroy the part whatever the result. O(edges log nodes). */
ng_status ng_network_largest_part(ng_ctx *cx, const ng_network *network, ng_network *part,
                                  uint32_t **numbers_out);

/* How far the scores of a sample may be from the exact ones. */
typedef struct ng_error {
    double most;  /* with a chance of 95 % no node is farther off */
    double usual; /* 1.96 standard errors of the node that is least sure */
} ng_error;

typedef struct ng_path_errors {
    ng_error betweenness, closeness, harmonic;
} ng_path_errors;

/* What shortest paths tell. NULL: not wanted. */
typedef struct ng_path_scores {
    double *betweenness, *closeness, *harmonic; /* of each node */
    double *edges;                              /* betweenness of each edge of the network */
    ng_path_errors *errors;                     /* of samples: out; NULL: exact */
} ng_path_scores;

/* brandes.c: the scores as the public header defines them, from all sources (sample 0) or from so
 * many of each component that has more (sampling.c). The same bits for any number of threads
 * (0: all cores). Looks for cancellation (NG_E_LIMIT) between blocks of sources. */
ng_status ng_network_paths(ng_ctx *cx, const ng_network *network, uint32_t thread_count,
                           uint32_t sample, const ng_path_scores *scores);

/* ---- spectral.c ---- */

/* PageRank with damping 0.85 into node_count values. */
ng_status ng_network_pagerank(ng_ctx *cx, const ng_network *network, double *scores);

/* Eigenvector centrality into node_count values; the network has an edge. Unless it is connected,
 * only the components with the largest eigenvalue are told apart from 0. */
ng_status ng_network_eigenvector(ng_ctx *cx, const ng_network *network, double *scores);

/* Katz centrality into node_count values. */
ng_status ng_network_katz(ng_ctx *cx, const ng_network *network, double *scores);

/* ---- groups.c ---- */

/* No group: an isolated node has no community. */
#define NG_NO_GROUP UINT32_MAX

/* Numbers groups 0, 1 ... by size, the largest first; of equal ones that of the smallest node.
 * `labels`, in and out: below `count`, or NG_NO_GROUP. O(n log n). */
ng_status ng_groups_number(ng_ctx *cx, uint32_t *labels, size_t count);

/* The numbers as people count, from 1 on; NaN for none. */
void ng_groups_as_scores(const uint32_t *groups, size_t count, double *scores);

/* Newman and Girvan (2004) with weights, 0 without edges; NaN without memory. */
double ng_groups_modularity(ng_ctx *cx, const ng_network *network, const uint32_t *groups);

/* The communities, numbered, into node_count values; always the same. */
ng_status ng_network_communities(ng_ctx *cx, const ng_network *network, ng_communities how,
                                 uint32_t *groups);

typedef struct ng_neighbours ng_neighbours;

/* Participation and z-scores of the degree within the community; NULL: not wanted. */
ng_status ng_network_roles(ng_ctx *cx, const ng_network *network, const ng_neighbours *rows,
                           const uint32_t *groups, double *participation, double *module_degree);

/* ---- triads.c ---- */

/* The neighbours of every node side by side, in ascending order. */
struct ng_neighbours {
    size_t node_count;
    size_t *start; /* node_count + 1 */
    uint32_t *targets;
    double *weights;
};

/* Destroy them whatever the result. O(nodes + edges). */
ng_status ng_neighbours_make(ng_ctx *cx, const ng_network *network, ng_neighbours *rows);
void ng_neighbours_destroy(ng_ctx *cx, ng_neighbours *rows);

/* What is asked of triads. Groups are below node_count + NG_KIND_COUNT. */
typedef struct ng_triads {
    double *triangles; /* out: at each node */
    size_t grouping_count;
    const uint32_t *groups[2]; /* of each node with neighbours */
    double *brokerage[2];      /* out: of each node, for these groups */
} ng_triads;

/* O(edges ^ 1.5). */
ng_status ng_network_triads(ng_ctx *cx, const ng_network *network, const ng_neighbours *rows,
                            const ng_triads *wanted);

/* Turns the triangles into clustering coefficients; 0 for nodes with less than two neighbours. */
void ng_triads_cluster(const ng_neighbours *rows, double *triangles);

/* ---- igraph.c ---- */

/* Coreness (Seidman 1983) and constraint (Burt 1992; NaN for isolated nodes). */
ng_status ng_igraph_coreness(ng_ctx *cx, const ng_network *network, double *scores);
ng_status ng_igraph_constraint(ng_ctx *cx, const ng_network *network, double *scores);

/* One search for communities of high modularity, with random numbers of this seed; the network has
 * an edge. `groups`: out; labels below node_count. */
ng_status ng_igraph_communities(ng_ctx *cx, const ng_network *network, ng_communities how,
                                uint32_t seed, uint32_t *groups);

/* PageRank as far as igraph's solver takes it (an error of 1e-10 in all). */
ng_status ng_igraph_pagerank(ng_ctx *cx, const ng_network *network, double damping, double *scores);

/* The eigenvector of the largest eigenvalue, from scores that are near it; they stay as they are
 * where igraph's solver gives up. */
ng_status ng_igraph_eigenvector(ng_ctx *cx, const ng_network *network, double *scores);

#endif
