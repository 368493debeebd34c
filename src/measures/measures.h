/* The door of measures: graph to scores. The public calls are in <nergraph/measures.h>. */
#ifndef NG_MEASURES_H
#define NG_MEASURES_H

#include "../graph/graph.h"
#include <nergraph/measures.h>

/* One number that every integer length of CONTRACTS' distances is made of: lcm(1 ... 12). */
#define NG_LENGTH_UNIT 27720

#endif
