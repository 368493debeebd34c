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

/* ---- letters written as numbers or names ---- */

/* The letter of "&amp;", "&#233;" or "&#xE9;" at `at`, 0 when there is none; `end_out` is behind
 * it. */
static uint32_t take_reference(ng_view text, size_t at, bool with_names, size_t *end_out)
{
    static const struct {
        const char *name;
        uint32_t code;
    } names[] = {
        { "&amp;", '&' }, { "&quot;", '"' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&apos;", 39 }
    };
    ng_view rest = ng_view_part(text, at, text.size);
    bool is_hex = rest.size > 2 && (rest.data[2] | 0x20) == 'x';
    uint32_t code = 0;
    size_t i = is_hex ? 3 : 2;

    for (size_t k = 0; k < sizeof names / sizeof *names && with_names; k++)
        if (ng_view_starts(rest, ng_view_of(names[k].name))) {
            *end_out = at + strlen(names[k].name);
            return names[k].code;
        }
    if (rest.size < 4 || rest.data[1] != '#')
        return 0;
    for (; i < rest.size && rest.data[i] != ';' && code <= 0x10FFFF; i++) {
        char byte = (char)(rest.data[i] | 0x20);

        if (rest.data[i] >= '0' && rest.data[i] <= '9')
            code = code * (is_hex ? 16 : 10) + (uint32_t)(rest.data[i] - '0');
        else if (is_hex && byte >= 'a' && byte <= 'f')
            code = code * 16 + (uint32_t)(byte - 'a' + 10);
        else
            return 0;
    }
    *end_out = at + i + 1;
    if (i == rest.size || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    return code;
}

ng_status ng_tree_replace_references(ng_ctx *cx, ng_view text, bool with_names, ng_buffer *out)
{
    size_t first = 0;
    ng_status status = NG_OK;

    for (size_t at = 0; at < text.size && status == NG_OK;) {
        const char *next = memchr(text.data + at, '&', text.size - at);
        size_t end = 0;
        uint32_t code = 0;
        char bytes[4];

        if (!next)
            break;
        at = (size_t)(next - text.data);
        code = take_reference(text, at, with_names, &end);
        if (code == 0) {
            at++;
            continue;
        }
        status = ng_buffer_add(cx, out, ng_view_part(text, first, at));
        if (status == NG_OK)
            status = ng_buffer_add(cx, out, (ng_view){ bytes, ng_utf8_encode(code, bytes) });
        first = at = end;
    }
    return status == NG_OK ? ng_buffer_add(cx, out, ng_view_part(text, first, text.size)) : status;
}
