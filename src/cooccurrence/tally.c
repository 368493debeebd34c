/* The tally of one document: nodes, pairs and quotes, in that order. Whatever is handed out lives
 * in the document's arena. */
#include "cooccurrence_internal.h"

#include <assert.h>

/* One scope. */
static ng_status make_tally(ng_counting work, const ng_spans *spans, ng_tally *tally_out)
{
    ng_ctx *cx = work.cx;
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

ng_status ng_tallies_make(ng_ctx *cx, const ng_options *options, ng_arena *arena,
                          const ng_text *text, const ng_spans *spans, const ng_cast *cast,
                          ng_tally tallies_out[NG_SCOPES_MAX])
{
    ng_scope_unit scopes[NG_SCOPES_MAX];
    size_t count = ng_scopes_list(options, scopes);
    ng_status status = NG_OK;

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        ng_counting work = { .cx = cx,
                             .options = options,
                             .unit = scopes[i],
                             .arena = arena,
                             .text = text,
                             .cast = cast };

        status = make_tally(work, spans, &tallies_out[i]);
    }
    return status;
}

ng_status ng_tally_make(ng_ctx *cx, const ng_options *options, ng_arena *arena, const ng_text *text,
                        const ng_spans *spans, const ng_cast *cast, ng_tally *tally_out)
{
    ng_options alone = *options;
    ng_tally tallies[NG_SCOPES_MAX];
    ng_status status = NG_OK;

    alone.further_count = 0;
    status = ng_tallies_make(cx, &alone, arena, text, spans, cast, tallies);
    if (status == NG_OK)
        *tally_out = tallies[0];
    return status;
}
