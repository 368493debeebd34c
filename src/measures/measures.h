/* The door of measures: graph to scores. The public calls are in <nergraph/measures.h>. */
#ifndef NG_MEASURES_H
#define NG_MEASURES_H

#include "../graph/graph.h"
#include <nergraph/measures.h>

#include <math.h>

/* One number that every integer length of CONTRACTS' distances is made of: lcm(1 ... 12). */
#define NG_LENGTH_UNIT 27720

/* A score as ranks see it, of 40 bits: two actors of one place in the network differ in the last
 * bits when their neighbours are added up in another order, and share a rank all the same. */
static inline double ng_score_to_rank(double score)
{
    int exponent = 0;
    double part = isfinite(score) ? frexp(score, &exponent) : score;

    return isfinite(score) ? ldexp(nearbyint(ldexp(part, 40)), exponent - 40) : score;
}

#endif
