/* The documented defaults of writing and drawing. */
#include "writers_internal.h"

void ng_write_options_init(ng_write_options *options)
{
    *options = (ng_write_options){
        .size_by = NG_MEASURE_STRENGTH,
        .named_nodes = UINT32_MAX,
        .draw_seconds = 120,
        .draw_bytes = (uint64_t)2 << 30,
        .draw_node_limit = 5000,
    };
}
