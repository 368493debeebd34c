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

/* The largest component of a network with nodes (without lengths), of several the one with the
 * smallest node. numbers_out: of each node in the part, UINT32_MAX outside; the caller frees it.
 * Destroy the part whatever the result. O(edges log nodes). */
ng_status ng_network_largest_part(ng_ctx *cx, const ng_network *network, ng_network *part,
                                  uint32_t **numbers_out);

/* What shortest paths tell. NULL: not wanted. */
typedef struct ng_path_scores {
    double *betweenness, *closeness, *harmonic; /* of each node */
    double *edges;                              /* betweenness of each edge of the network */
} ng_path_scores;

/* brandes.c: the scores as the public header defines them. The same bits for any number of threads
 * (0: all cores). Looks for cancellation (NG_E_LIMIT) between blocks of sources. */
ng_status ng_network_paths(ng_ctx *cx, const ng_network *network, uint32_t thread_count,
                           const ng_path_scores *scores);

/* ---- spectral.c ---- */

/* PageRank with damping 0.85 into node_count values. */
ng_status ng_network_pagerank(ng_ctx *cx, const ng_network *network, double *scores);

/* Eigenvector centrality into node_count values; the network is connected and has an edge. */
ng_status ng_network_eigenvector(ng_ctx *cx, const ng_network *network, double *scores);

/* ---- igraph.c ---- */

/* PageRank as far as igraph's solver takes it (an error of 1e-10 in all). */
ng_status ng_igraph_pagerank(ng_ctx *cx, const ng_network *network, double damping, double *scores);

/* The eigenvector of the largest eigenvalue, from scores that are near it; they stay as they are
 * where igraph's solver gives up. */
ng_status ng_igraph_eigenvector(ng_ctx *cx, const ng_network *network, double *scores);

#endif
