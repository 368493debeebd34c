/* A saved graph being read: its recipe, then one record after the other. */
#include "blocks.h"

/* Documents and the units of each scope. */
static bool take_totals(ng_view record, ng_strand *strand)
{
    ng_cursor cursor = { record, 0, false };

    strand->totals.document_count = ng_bytes_take_number(&cursor);
    while (cursor.at < record.size && strand->scope_count < NG_SCOPES_MAX && !cursor.is_bad)
        strand->totals.unit_count[strand->scope_count++] = ng_bytes_take_number(&cursor);
    return !cursor.is_bad && cursor.at == record.size && strand->scope_count > 0;
}

ng_status ng_strand_open(ng_ctx *cx, const char *path, ng_strand *strand)
{
    ng_status status = NG_OK;

    *strand = (ng_strand){ .kind = NG_BLOCK_RECIPE };
    ng_buffer_init(&strand->recipe, SIZE_MAX / 2);
    ng_buffer_init(&strand->never, SIZE_MAX / 2);
    status = ng_blocks_open(cx, path, &strand->reader);
    if (status == NG_OK)
        status = ng_strand_next(cx, strand);
    if (status == NG_OK && strand->kind != NG_BLOCK_RECIPE)
        return ng_blocks_complain(cx, &strand->reader);
    if (status == NG_OK)
        status = ng_buffer_add(cx, &strand->recipe, strand->record);
    if (status == NG_OK)
        status = ng_strand_next(cx, strand);
    if (status != NG_OK)
        return status;
    if (strand->kind != NG_BLOCK_RECIPE || !take_totals(strand->record, strand))
        return ng_blocks_complain(cx, &strand->reader);
    status = ng_strand_next(cx, strand);
    if (status != NG_OK || strand->kind != NG_BLOCK_RECIPE)
        return status;
    if (!ng_never_is_sound(strand->record))
        return ng_blocks_complain(cx, &strand->reader);
    status = ng_buffer_add(cx, &strand->never, strand->record);
    return status == NG_OK ? ng_strand_next(cx, strand) : status;
}

ng_status ng_strand_next(ng_ctx *cx, ng_strand *strand)
{
    return ng_blocks_next(cx, &strand->reader, &strand->kind, &strand->record);
}

void ng_strand_close(ng_ctx *cx, ng_strand *strand)
{
    ng_blocks_close(cx, &strand->reader);
    ng_buffer_destroy(cx, &strand->recipe);
    ng_buffer_destroy(cx, &strand->never);
}

ng_status ng_strand_check(ng_ctx *cx, const ng_strand *strand, const ng_builder *builder)
{
    ng_buffer wanted;
    ng_status status = NG_OK;

    ng_buffer_init(&wanted, SIZE_MAX / 2);
    status = ng_recipe_put(cx, builder->options, &builder->totals, &wanted);
    if (status == NG_OK)
        status = ng_recipe_compare(cx, strand->reader.path, ng_buffer_view(&strand->recipe),
                                   ng_buffer_view(&wanted));
    if (status == NG_OK &&
        (strand->scope_count != builder->layer_count ||
         !ng_view_equal(ng_buffer_view(&strand->never), ng_buffer_view(&builder->never))))
        status = ng_blocks_complain(cx, &strand->reader);
    ng_buffer_destroy(cx, &wanted);
    return status;
}
