/* Who is central: scores of every node. */
#ifndef NERGRAPH_MEASURES_H
#define NERGRAPH_MEASURES_H

#include <nergraph/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ng_measure {
    NG_MEASURE_DEGREE,      /* neighbours */
    NG_MEASURE_STRENGTH,    /* sum of weights */
    NG_MEASURE_BETWEENNESS, /* divided by (n-1)(n-2)/2 */
    NG_MEASURE_CLOSENESS,   /* with the Wasserman-Faust factor */
    NG_MEASURE_HARMONIC,    /* divided by n-1 */
    NG_MEASURE_EIGENVECTOR, /* largest is 1, on the largest component; NaN elsewhere */
    NG_MEASURE_PAGERANK,    /* damping 0.85, sums to 1 */
    NG_MEASURE_KATZ,        /* attenuation 0.85 / largest eigenvalue; largest is 1 */
    NG_MEASURE_CORENESS,    /* the k of the innermost k-core with the node (Seidman 1983) */
    NG_MEASURE_CLUSTERING,  /* part of the pairs of neighbours with a tie (Watts, Strogatz 1998) */
    NG_MEASURE_CONSTRAINT,  /* Burt (1992): few others, all tied; NaN for isolated nodes */
    NG_MEASURE_PARTICIPATION,        /* strength spread over communities (Guimera, Amaral 2005) */
    NG_MEASURE_WITHIN_MODULE_DEGREE, /* z-score of the strength in the community (the same) */
    NG_MEASURE_COMMUNITY_BROKERAGE,  /* pairs of neighbours of different communities that have no
                                      * tie (Gould, Fernandez 1989) */
    NG_MEASURE_KIND_BROKERAGE,       /* the same with kinds of actors */
    NG_MEASURE_COMMUNITY,            /* its number, 1: the largest; NaN for isolated nodes */
    NG_MEASURE_COMPONENT,            /* its number, 1: the largest */
    NG_MEASURE_COUNT
} ng_measure;

/* How long an edge is for paths. */
typedef enum ng_distance {
    NG_DISTANCE_INTEGER, /* max(1, round(27720 / weight)); the default */
    NG_DISTANCE_INVERSE, /* 1 / weight in doubles */
    NG_DISTANCE_HOPS     /* 1 */
} ng_distance;

/* How communities are found: both look for high modularity. */
typedef enum ng_communities {
    NG_COMMUNITIES_LEIDEN, /* Traag, Waltman and van Eck (2019); the default */
    NG_COMMUNITIES_LOUVAIN /* Blondel, Guillaume, Lambiotte and Lefebvre (2008) */
} ng_communities;

typedef struct ng_measure_options {
    ng_distance distance;
    uint32_t thread_count; /* 0 = all cores; the scores are the same */
    bool edges;            /* the betweenness of edges, too */
    ng_communities communities;
    uint32_t sample; /* 0, the default: shortest paths from all nodes; else from so many of each
                      * component that has more, drawn at random, always the same */
} ng_measure_options;

/* Fills them: whole lengths, all cores, nodes alone. */
NG_API void ng_measure_options_init(ng_measure_options *options);

/* The scores of one graph. */
typedef struct ng_scores ng_scores;

/* Computes the measures whose bit (1u << ng_measure) is set.
 *
 * Failures: NG_E_MEMORY, NG_E_LIMIT (cancelled), NG_E_BUG. Cost: betweenness, closeness and
 * harmonic O(nodes * edges) in steps and whole lengths, O(nodes * edges * log nodes) else (Brandes
 * 2001), the others O(nodes + edges) a step. Not to be called on two threads at once (igraph is
 * not thread-safe). Free with ng_scores_free. */
NG_API ng_status ng_scores_compute(ng_ctx *cx, const ng_graph *graph, uint32_t measures,
                                   const ng_measure_options *options, ng_scores **scores_out);
NG_API void ng_scores_free(ng_scores *scores);

/* True when this measure was computed. */
NG_API bool ng_scores_has(const ng_scores *scores, ng_measure measure);

/* node_count values in node order, NaN where the measure is not defined for a node; NULL when it
 * was not computed. Borrowed. */
NG_API const double *ng_scores_get(const ng_scores *scores, ng_measure measure);

/* The betweenness of edges, divided by n(n-1)/2: edge_count values in edge order, 0 for edges of no
 * weight; NULL when it was not asked for. Borrowed. */
NG_API const double *ng_scores_edge_betweenness(const ng_scores *scores);

NG_API ng_distance ng_scores_distance(const ng_scores *scores);

/* The sources that were asked for, 0: all; and how far betweenness, closeness and harmonic of a
 * sample may be from the exact scores: with a chance of 95 % no node is farther off (Bardenet and
 * Maillard 2015). `usual_out`: 1.96 standard errors of the node that is least sure, what is to be
 * expected rather than what is guaranteed. Both are 0 for what is exact, INFINITY where the sample
 * is too small to tell. */
NG_API uint32_t ng_scores_sample(const ng_scores *scores);
NG_API double ng_scores_error(const ng_scores *scores, ng_measure measure, double *usual_out);

/* False for numbers of groups (community, component): nothing can be ranked by them. */
NG_API bool ng_measure_is_score(ng_measure measure);

/* True where less is more: constraint. */
NG_API bool ng_measure_is_reversed(ng_measure measure);

/* "betweenness" and back; find also takes a unique beginning. */
NG_API const char *ng_measure_name(ng_measure measure);
NG_API bool ng_measure_find(ng_view name, ng_measure *measure_out);

/* ---- the network as a whole ---- */

/* NaN where it is not defined (too few nodes or edges, all ends of edges alike). */
typedef struct ng_summary {
    size_t node_count, edge_count, isolate_count;
    size_t kind_count[NG_KIND_COUNT];
    size_t component_count, largest_component; /* isolated nodes are components; nodes */
    size_t community_count, largest_community;
    size_t largest_degree;
    double mean_degree, density;
    double degree_centralization; /* 0: all alike; 1: a star (Freeman 1979) */
    double transitivity;          /* part of the pairs of ties at one node that a third closes */
    double mean_clustering;
    double kind_assortativity, degree_assortativity; /* -1 ... 1 (Newman 2002, 2003) */
    double modularity; /* of the communities, with weights (Newman and Girvan 2004) */
} ng_summary;

/* `scores` of the same graph has clustering, community and component, else NG_E_USAGE. O(nodes +
 * edges). */
NG_API ng_status ng_summary_make(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                                 ng_summary *summary_out);

/* ---- how sure a ranking is ---- */

/* Ranks by one measure over resamples of the documents. */
typedef struct ng_intervals ng_intervals;

/* Draws as many documents as there are, with replacement, `resamples` times, and computes the
 * measure of each of these graphs: the bootstrap (Efron 1979). The random numbers are always the
 * same. What is found is for 95 % intervals; src/measures/intervals.c says how they are made.
 *
 *   graph      made with options.keep_shares, of two documents and more (else NG_E_USAGE), or
 * without a node resamples  20 ... 10000; 200 do for most purposes
 *
 * Failures as of ng_scores_compute. The cost of so many resamples and scores, and nodes * resamples
 * numbers of memory. Free with ng_intervals_free. */
NG_API ng_status ng_intervals_compute(ng_ctx *cx, const ng_graph *graph, ng_measure measure,
                                      const ng_measure_options *options, uint32_t resamples,
                                      ng_intervals **intervals_out);
NG_API void ng_intervals_free(ng_intervals *intervals);
NG_API ng_measure ng_intervals_measure(const ng_intervals *intervals);

/* The ranks, 1 for the highest score, between which the node's is. O(nodes * resamples). */
NG_API void ng_intervals_rank(const ng_intervals *intervals, size_t node, size_t *low_out,
                              size_t *high_out);

/* True when the documents do not tell which of the two scores higher. O(resamples). */
NG_API bool ng_intervals_tied(const ng_intervals *intervals, size_t a, size_t b);

/* The shortest way between two nodes: of equal ones that with fewest steps, then that whose nodes
 * come first. `nodes_out` has the nodes from one to the other, both included; NULL and 0 when there
 * is no way. Free it with ng_path_free. Dijkstra (1959); O((nodes + edges) log nodes). */
NG_API ng_status ng_path_find(ng_ctx *cx, const ng_graph *graph, size_t from, size_t to,
                              ng_distance distance, size_t **nodes_out, size_t *count_out);
NG_API void ng_path_free(ng_ctx *cx, size_t *nodes);

#ifdef __cplusplus
}
#endif

#endif
