/* The door of run: the pipeline. The public calls are ng_extract and ng_graph_build. */
#ifndef NG_RUN_H
#define NG_RUN_H

#include "../graph/graph.h"

#endif
