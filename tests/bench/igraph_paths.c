/* igraph's three calls on a graph of tests/bench/paths.py: betweenness, closeness, harmonic
 * centrality.
 *
 * usage: igraph_paths FILE steps|lengths [SOURCES]   prints seconds */
#include <igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int main(int argc, char **argv)
{
    unsigned long nodes = 0, edges = 0, sources = 0;
    igraph_vector_int_t ends, ids;
    igraph_vector_t lengths, scores;
    igraph_t graph;
    FILE *file = argc > 2 ? fopen(argv[1], "r") : NULL;
    int with_lengths = argc > 2 && strcmp(argv[2], "lengths") == 0;
    double start = 0;

    if (!file || fscanf(file, "%lu %lu", &nodes, &edges) != 2)
        return 2;
    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * edges));
    igraph_vector_init(&lengths, (igraph_integer_t)edges);
    igraph_vector_init(&scores, 0);
    for (unsigned long i = 0; i < edges; i++) {
        unsigned long a = 0, b = 0;
        double length = 0;

        if (fscanf(file, "%lu %lu %lf", &a, &b, &length) != 3)
            return 2;
        VECTOR(ends)[2 * i] = (igraph_integer_t)a;
        VECTOR(ends)[2 * i + 1] = (igraph_integer_t)b;
        VECTOR(lengths)[i] = length;
    }
    sources = argc > 3 ? strtoul(argv[3], NULL, 10) : nodes;
    igraph_vector_int_init(&ids, (igraph_integer_t)sources);
    for (unsigned long i = 0; i < sources; i++)
        VECTOR(ids)[i] = (igraph_integer_t)i;
    igraph_create(&graph, &ends, (igraph_integer_t)nodes, IGRAPH_UNDIRECTED);
    start = now();
    igraph_betweenness_subset(&graph, &scores, igraph_vss_all(), IGRAPH_UNDIRECTED,
                              igraph_vss_vector(&ids), igraph_vss_all(),
                              with_lengths ? &lengths : NULL);
    igraph_closeness(&graph, &scores, NULL, NULL, igraph_vss_vector(&ids), IGRAPH_ALL,
                     with_lengths ? &lengths : NULL, 1);
    igraph_harmonic_centrality(&graph, &scores, igraph_vss_vector(&ids), IGRAPH_ALL,
                               with_lengths ? &lengths : NULL, 1);
    printf("%.3f\n", now() - start);
    return 0;
}
