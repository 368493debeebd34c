/* Names that the user's rules keep apart, in different documents, too.
 *
 * A document looks at the rules itself. What documents have in common is decided at the end, and
 * that may be when a saved graph is read, without the file of rules: so the pairs of never-merge
 * rules go into the saved graph, as keys (ng_names_fold) in the order of the rules. */
#include "blocks.h"

ng_status ng_never_note(ng_ctx *cx, ng_builder *builder)
{
    size_t count = 0, pair_count = 0;
    const ng_rule *rules = builder->names ? ng_names_rules(builder->names, &count) : NULL;
    ng_status status = NG_OK;

    for (size_t i = 0; i < count; i++)
        pair_count += rules[i].verb == NG_RULE_NEVER_MERGE;
    if (pair_count > 0)
        status = ng_bytes_put_number(cx, &builder->never, pair_count);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (rules[i].verb != NG_RULE_NEVER_MERGE)
            continue;
        status = ng_bytes_put_text(cx, &builder->never, rules[i].a_folded);
        if (status == NG_OK)
            status = ng_bytes_put_text(cx, &builder->never, rules[i].b_folded);
    }
    return status;
}

bool ng_never_has(const ng_builder *builder, ng_view a, ng_view b)
{
    ng_cursor cursor = { ng_buffer_view(&builder->never), 0, false };
    uint64_t count = builder->never.size > 0 ? ng_bytes_take_number(&cursor) : 0;

    for (uint64_t i = 0; i < count && !cursor.is_bad; i++) {
        ng_view one = ng_bytes_take_text(&cursor), other = ng_bytes_take_text(&cursor);

        if ((ng_view_equal(one, a) && ng_view_equal(other, b)) ||
            (ng_view_equal(one, b) && ng_view_equal(other, a)))
            return true;
    }
    return false;
}

bool ng_never_is_sound(ng_view record)
{
    ng_cursor cursor = { record, 0, false };
    uint64_t count = ng_bytes_take_number(&cursor);

    for (uint64_t i = 0; i < 2 * count && !cursor.is_bad; i++)
        (void)ng_bytes_take_text(&cursor);
    return !cursor.is_bad && count > 0 && cursor.at == record.size;
}
