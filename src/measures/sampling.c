/* Shortest paths from a sample of the sources, where all of them would take too long.
 *
 * The sources are drawn from each component without replacement, always the same ones; a component
 * that has no more nodes than are wanted is measured exactly. Each source gives what depends on
 * every node (Brandes and Pich 2007): means over the sample stand for those over the component.
 *
 * How far a mean may be off follows from the spread that was seen, by the empirical
 * Bernstein-Serfling inequality for sampling without replacement (Bardenet and Maillard 2015,
 * theorem 4.3), or, where that is less, from the range alone (Hoeffding-Serfling, the same, theorem
 * 2.4). The chance of error of 5 % is shared by both, by both sides and by all nodes, so that the
 * bounds hold for all nodes at once, as those of Riondato and Kornaropoulos (2016) and Borassi and
 * Natale (2016) do, who draw paths in the place of sources. */
#include "paths.h"

#include <math.h>

/* Chance that a bound does not hold for some node. */
static const double risk = 0.05;

/* ---- which sources ---- */

/* The end of the component that begins at an inner node: its nodes follow one another. */
static uint32_t find_end(const ng_rows *rows, uint32_t first)
{
    uint32_t end = first + 1;

    for (uint32_t i = first; i < end; i++)
        for (uint64_t e = rows->start[i]; e < rows->start[i + 1]; e++)
            if (rows->targets[e] >= end)
                end = rows->targets[e] + 1;
    return end;
}

/* Draws `wanted` of the nodes from `first` to `end`, in ascending order: each is taken with the
 * chance that leaves the right number for the rest (Fan, Muller and Rezucha 1962). */
static void draw(ng_plan *plan, uint32_t first, uint32_t end, uint64_t *random)
{
    uint32_t left = plan->wanted;

    for (uint32_t i = first; i < end && left > 0; i++) {
        if (ng_random_below(random, end - i) >= left)
            continue;
        plan->sources[plan->source_count++] = i;
        left--;
    }
}

ng_status ng_plan_make(ng_ctx *cx, const ng_rows *rows, uint32_t wanted, ng_plan *plan)
{
    uint32_t count = (uint32_t)rows->node_count;
    uint64_t random = 1;

    *plan = (ng_plan){ .wanted = wanted > 0 ? wanted : count };
    plan->sources = ng_alloc(cx, ((size_t)count + 1) * sizeof *plan->sources);
    if (!plan->sources)
        return ng_fail(cx, NG_E_MEMORY, "no memory to measure %u nodes", count);
    for (uint32_t first = 0; first < count;) {
        uint32_t end = wanted > 0 ? find_end(rows, first) : count;

        if (end - first > plan->wanted)
            draw(plan, first, end, &random);
        else
            while (first < end)
                plan->sources[plan->source_count++] = first++;
        first = end;
    }
    return NG_OK;
}

/* ---- how sure ---- */

/* A component and its sample. */
typedef struct part {
    uint32_t first, end;
    double nodes, sources;
    double farthest; /* no distance is larger */
    double tests;    /* bounds that must hold at once */
} part;

/* How far a mean over the nodes of a component may be from that of its sample. `sum` and `square`
 * are sums over the sample of numbers in [0, range]. */
static ng_error error_of(const part *of, double sum, double square, double range)
{
    double n = of->sources, all = of->nodes;
    double mean = sum / n, spread = sqrt(fmax(0, square / n - mean * mean));
    double left = 1 - (n - 1) / all;
    double rho = n <= all / 2 ? left : (1 - n / all) * (1 + 1 / n);
    double each = risk / 2 / 2 / of->tests; /* two inequalities, two sides */
    double kappa = 7.0 / 3 + 3 / sqrt(2);
    double bernstein =
        spread * sqrt(2 * rho * log(5 / each) / n) + kappa * range * log(5 / each) / n;
    double hoeffding = range * sqrt(rho * log(1 / each) / (2 * n));

    if (n >= all)
        return (ng_error){ 0, 0 };
    return (ng_error){ fmin(bernstein, hoeffding), 1.96 * spread * sqrt((1 - n / all) / n) };
}

/* Keeps the larger ones, in the units of the scores. */
static void keep_error(ng_error *largest, ng_error error, double factor)
{
    largest->most = fmax(largest->most, error.most * factor);
    largest->usual = fmax(largest->usual, error.usual * factor);
}

/* Closeness is one over a mean distance; what that may be off is another matter on either side, and
 * more on the side of the smaller distance. */
static ng_error invert_error(ng_error error, double mean, double score)
{
    return (ng_error){ mean > error.most ? score * error.most / (mean - error.most) : INFINITY,
                       mean > error.usual ? score * error.usual / (mean - error.usual) : INFINITY };
}

/* The scores of one node, and how far they may be off. */
static void take_node(const ng_rows *rows, const part *of, const ng_sums *sums, uint32_t node,
                      double nearest, const ng_path_scores *scores)
{
    const ng_target *target = &sums->targets[node];
    ng_path_errors *errors = scores->errors;
    double others = (double)rows->all_count - 1, unit = rows->unit;
    double factor = of->nodes / of->sources;
    uint32_t name = rows->nodes[node];

    if (scores->betweenness && others > 1) {
        double pairs = others * (others - 1);

        scores->betweenness[name] = sums->nodes[node] * factor / pairs;
        keep_error(&errors->betweenness,
                   error_of(of, sums->nodes[node], sums->squares[node], fmax(0, of->nodes - 2)),
                   of->nodes / pairs);
    }
    if (scores->harmonic) {
        scores->harmonic[name] = target->inverse * factor / others * unit;
        keep_error(&errors->harmonic,
                   error_of(of, target->inverse, target->inverse_square, 1 / nearest),
                   of->nodes / others * unit);
    }
    if (scores->closeness && target->distance > 0) {
        double mean = target->distance / of->sources, reached = of->nodes - 1;
        double score = reached / (mean * of->nodes) * (reached / others) * unit;
        ng_error error = error_of(of, target->distance, target->distance_square, of->farthest);

        scores->closeness[name] = score;
        keep_error(&errors->closeness, invert_error(error, mean, score), 1);
    } else if (scores->closeness) { /* the one source: its distance to itself tells nothing */
        errors->closeness = (ng_error){ INFINITY, INFINITY };
    }
}

/* ---- scores ---- */

/* The length of the shortest edge. */
static double find_nearest(const ng_rows *rows)
{
    double nearest = INFINITY;

    for (uint64_t e = 0; e < rows->start[rows->node_count] && rows->lengths; e++)
        nearest = fmin(nearest, rows->lengths[e]);
    return rows->lengths ? nearest : 1;
}

/* Betweenness of the edges of a component. */
static void take_edges(const ng_rows *rows, const part *of, const ng_sums *sums, double *edges)
{
    double all = (double)rows->all_count, pairs = all * (all - 1);

    for (uint32_t i = of->first; i < of->end; i++)
        for (uint64_t e = rows->start[i]; e < rows->start[i + 1]; e++)
            edges[rows->edges[e]] = sums->edges[rows->edges[e]] * (of->nodes / of->sources) / pairs;
}

/* A component as the plan has it. `at`, in and out: its first source in the plan. */
static part take_part(const ng_rows *rows, const ng_plan *plan, const ng_sums *sums, uint32_t first,
                      uint32_t *at)
{
    part of = { .first = first, .end = find_end(rows, first), .farthest = INFINITY };
    uint32_t begin = *at;

    for (; *at < plan->source_count && plan->sources[*at] < of.end; ++*at)
        of.farthest = fmin(of.farthest, 2 * sums->reaches[plan->sources[*at]].farthest);
    of.nodes = of.end - first;
    of.sources = *at - begin;
    of.tests = (double)rows->node_count;
    return of;
}

void ng_plan_scores(const ng_rows *rows, const ng_plan *plan, const ng_sums *sums,
                    const ng_path_scores *scores)
{
    double nearest = find_nearest(rows);
    uint32_t at = 0;

    for (size_t i = 0; i < rows->all_count; i++) {
        if (scores->betweenness)
            scores->betweenness[i] = 0;
        if (scores->closeness)
            scores->closeness[i] = 0;
        if (scores->harmonic)
            scores->harmonic[i] = 0;
    }
    *scores->errors = (ng_path_errors){ 0 };
    for (uint32_t first = 0; first < rows->node_count;) {
        part of = take_part(rows, plan, sums, first, &at);

        for (uint32_t node = first; node < of.end; node++)
            take_node(rows, &of, sums, node, nearest, scores);
        if (scores->edges)
            take_edges(rows, &of, sums, scores->edges);
        first = of.end;
    }
}
