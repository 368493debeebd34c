/* DOT of anybody, read by cgraph, as node-link JSON on standard output.
 *
 * The id of a node is its attribute `id`, else its name; its label is `name` (as we write it), else
 * `label`, else its name. Directions, subgraphs, ports and looks are passed over. */
#include "drawing_internal.h"

#include <graphviz/cgraph.h>

#include <stdlib.h>
#include <string.h>

static char first_error[512];

/* cgraph tells errors in pieces; the first line is kept. */
static int keep_error(char *message)
{
    size_t have = strlen(first_error);

    if (!strchr(first_error, '\n'))
        (void)snprintf(first_error + have, sizeof first_error - have, "%s", message);
    return 0;
}

/* The value of an attribute, or NULL when it is not there or empty. */
static const char *value_of(void *object, const char *name)
{
    const char *value = agget(object, (char *)name);

    return value && *value ? value : NULL;
}

/* Text of an HTML-like label: without tags, the five entities replaced. */
static void strip_html(const char *from, char *to)
{
    static const struct {
        const char *entity;
        char is;
    } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' }
    };
    bool in_tag = false;

    while (*from) {
        size_t skipped = 0;

        for (size_t i = 0; i < sizeof entities / sizeof *entities && *from == '&'; i++)
            if (strncmp(from, entities[i].entity, strlen(entities[i].entity)) == 0) {
                *to++ = entities[i].is;
                skipped = strlen(entities[i].entity);
                break;
            }
        if (skipped > 0) {
            from += skipped;
            continue;
        }
        in_tag = *from == '<' || (in_tag && *from != '>');
        if (!in_tag && *from != '>')
            *to++ = *from;
        from++;
    }
    *to = '\0';
}

/* Text of an ordinary label: \n, \l and \r break a line, other pairs stand for their letter; \N is
 * the node's name. */
static void unescape(const char *from, const char *name, char *to, size_t size)
{
    size_t at = 0;

    for (; *from && at + 1 < size; from++) {
        if (*from != '\\' || !from[1]) {
            to[at++] = *from;
            continue;
        }
        from++;
        if (*from == 'N') {
            at += (size_t)snprintf(to + at, size - at, "%s", name);
            at = at < size ? at : size - 1;
        } else {
            to[at++] = *from == 'n' || *from == 'l' || *from == 'r' ? ' ' : *from;
        }
    }
    to[at] = '\0';
}

/* A text as JSON: bytes that are no UTF-8 are Latin-1, as cgraph has it. */
static json_t *json_of(const char *text)
{
    json_t *value = json_string(text);
    char *wide = value ? NULL : malloc(2 * strlen(text) + 1);
    size_t at = 0;

    if (!wide)
        return value;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte >= 0x80) {
            wide[at++] = (char)(0xC0 | byte >> 6);
            byte = 0x80 | (byte & 0x3F);
        }
        wide[at++] = (char)byte;
    }
    wide[at] = '\0';
    value = json_string(wide);
    free(wide);
    return value;
}

static json_t *label_of(Agnode_t *node)
{
    const char *name = value_of(node, "name"), *label = value_of(node, "label");
    const char *from = name ? name : label ? label : agnameof(node);
    size_t size = strlen(from) + 4 * strlen(agnameof(node)) + 1;
    char *text = malloc(size);
    json_t *value = NULL;

    if (!text)
        return NULL;
    if (from == label && aghtmlstr((char *)label))
        strip_html(from, text);
    else if (from == label)
        unescape(from, agnameof(node), text, size);
    else
        (void)snprintf(text, size, "%s", from);
    value = json_of(text);
    free(text);
    return value;
}

static json_t *id_of(Agnode_t *node)
{
    const char *id = value_of(node, "id");

    return json_of(id ? id : agnameof(node));
}

static json_t *node_of(Agnode_t *node)
{
    const char *kind = value_of(node, "kind");
    json_t *item = json_object();

    if (item && (json_object_set_new(item, "id", id_of(node)) != 0 ||
                 json_object_set_new(item, "label", label_of(node)) != 0 ||
                 (kind && json_object_set_new(item, "kind", json_of(kind)) != 0))) {
        json_decref(item);
        return NULL;
    }
    return item;
}

/* The weight stays the text it is: nergraph reads it as a number, whatever the locale. */
static json_t *edge_of(Agedge_t *edge)
{
    const char *weight = value_of(edge, "weight");
    json_t *item = json_object();

    if (!item || json_object_set_new(item, "source", id_of(agtail(edge))) != 0 ||
        json_object_set_new(item, "target", id_of(aghead(edge))) != 0 ||
        (weight && json_object_set_new(item, "weight", json_of(weight)) != 0)) {
        json_decref(item);
        return NULL;
    }
    return item;
}

/* All nodes, then all edges. */
static json_t *tree_of(Agraph_t *graph)
{
    json_t *tree = json_pack("{s:[],s:[]}", "nodes", "edges");
    bool is_good = tree != NULL;

    for (Agnode_t *node = agfstnode(graph); node && is_good; node = agnxtnode(graph, node))
        is_good = json_array_append_new(json_object_get(tree, "nodes"), node_of(node)) == 0;
    for (Agnode_t *node = agfstnode(graph); node && is_good; node = agnxtnode(graph, node))
        for (Agedge_t *edge = agfstout(graph, node); edge && is_good; edge = agnxtout(graph, edge))
            is_good = json_array_append_new(json_object_get(tree, "edges"), edge_of(edge)) == 0;
    if (is_good)
        return tree;
    json_decref(tree);
    return NULL;
}

int draw_read_dot(const char *input, FILE *out)
{
    Agraph_t *graph = NULL;
    json_t *tree = NULL;
    int code = DRAW_OK;

    (void)agseterr(AGERR);
    (void)agseterrf(keep_error);
    graph = agmemread(input);
    if (!graph || agerrors() > 0) {
        first_error[strcspn(first_error, "\n")] = '\0';
        code =
            draw_fail(DRAW_DATA, "%s", *first_error ? first_error : "no graph in the DOT language");
    } else {
        tree = tree_of(graph);
        if (!tree)
            code = draw_fail(DRAW_MEMORY, "no memory for the graph");
        else if (json_dumpf(tree, out, JSON_COMPACT) != 0 || fflush(out) != 0)
            code = draw_fail(DRAW_IO, "cannot write the graph");
    }
    json_decref(tree);
    if (graph)
        (void)agclose(graph);
    return code;
}
