/* The tally of one document: nodes, pairs and quotes, in that order. Whatever is handed out lives
 * in the document's arena. */
#include "cooccurrence_internal.h"

#include <assert.h>

ng_status ng_tally_make(ng_ctx *cx, const ng_options *options, ng_arena *arena, const ng_text *text,
                        const ng_spans *spans, const ng_cast *cast, ng_tally *tally_out)
{
    ng_counting work = { .cx = cx, .options = options, .arena = arena, .text = text, .cast = cast };
    ng_tally tally = { 0 };
    ng_status status = ng_scope_list(&work, spans);

    for (size_t i = 1; i < work.mention_count; i++)
        assert(work.mentions[i - 1].first_token < work.mentions[i].first_token);
    if (status == NG_OK)
        status = ng_table_new(cx, NG_PAIR_LIMIT, &work.table);
    if (status == NG_OK)
        status = ng_nodes_count(&work, &tally);
    if (status == NG_OK)
        status = ng_pairs_count(&work);
    if (status == NG_OK)
        status = ng_quotes_make(&work, &tally);
    ng_table_free(cx, work.table);
    if (status != NG_OK)
        return status;
    tally.edges = work.edges;
    tally.edge_count = work.edge_count;
    tally.unit_total = work.unit_total;
    *tally_out = tally;
    return NG_OK;
}
