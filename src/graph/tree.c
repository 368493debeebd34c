/* The node-link tree that graphs of other tools are turned into. */
#include "import.h"

#include <math.h>

/* Gives a new value to an object, or tells that there was no memory for it. */
static ng_status give(ng_ctx *cx, json_t *item, const char *key, json_t *value)
{
    if (!value || json_object_set_new(item, key, value) != 0)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the graph");
    return NG_OK;
}

json_t *ng_tree_new(void)
{
    return json_pack("{s:{},s:[],s:[]}", "graph", "nodes", "edges");
}

/* A new object at the end of a list. */
static ng_status add_item(ng_ctx *cx, json_t *tree, const char *list, json_t **item_out)
{
    *item_out = json_object();
    if (!*item_out || json_array_append_new(json_object_get(tree, list), *item_out) != 0)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the graph");
    return NG_OK;
}

ng_status ng_tree_set_text(ng_ctx *cx, json_t *item, const char *key, ng_view text)
{
    ng_buffer repaired;
    ng_status status = NG_OK;

    if (ng_utf8_is_valid(text))
        return give(cx, item, key, json_stringn(text.data, text.size));
    ng_buffer_init(&repaired, SIZE_MAX / 2);
    status = ng_utf8_repair(cx, text, &repaired);
    if (status == NG_OK)
        status = give(cx, item, key, json_stringn(repaired.data, repaired.size));
    ng_buffer_destroy(cx, &repaired);
    return status;
}

ng_status ng_tree_set_number(ng_ctx *cx, json_t *item, const char *key, double number)
{
    if (isfinite(number))
        return give(cx, item, key, json_real(number));
    return ng_tree_set_text(cx, item, key, isnan(number) ? NG_VIEW("NaN") : NG_VIEW("infinite"));
}

ng_status ng_tree_set_digits(ng_ctx *cx, json_t *item, const char *key, ng_view digits)
{
    double number = 0;

    return ng_view_number(digits, &number) ? ng_tree_set_number(cx, item, key, number)
                                           : ng_tree_set_text(cx, item, key, digits);
}

ng_status ng_tree_add_node(ng_ctx *cx, json_t *tree, ng_view id, json_t **node_out)
{
    ng_status status = add_item(cx, tree, "nodes", node_out);

    return status == NG_OK ? ng_tree_set_text(cx, *node_out, "id", id) : status;
}

ng_status ng_tree_add_edge(ng_ctx *cx, json_t *tree, ng_view source, ng_view target,
                           json_t **edge_out)
{
    ng_status status = add_item(cx, tree, "edges", edge_out);

    if (status == NG_OK)
        status = ng_tree_set_text(cx, *edge_out, "source", source);
    return status == NG_OK ? ng_tree_set_text(cx, *edge_out, "target", target) : status;
}
