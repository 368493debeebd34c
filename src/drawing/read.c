/* DOT of anybody, read by cgraph, as node-link JSON on standard output.
 *
 * The id of a node is its attribute `id`, else its name; its label is `name` (as we write it), else
 * `label`, else its name. In these attributes pairs with a backslash and entities stand for
 * letters, as Graphviz draws them. Directions, subgraphs, ports and looks are passed over. What
 * stands behind the graph, rubbish or a second graph, is refused rather than lost. */
#include "drawing_internal.h"

#include <graphviz/cgraph.h>

#include <ctype.h>
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

/* Writes a code point as UTF-8; returns the number of bytes. */
static size_t encode(unsigned long code, char *to)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
        to[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3F));
    to[2] = (char)(0x80 | (code >> 6 & 0x3F));
    to[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* The letter that "&amp;", "&#233;" or "&#xE9;" stands for in labels goes to *to, which moves on:
 * never by more than the entity takes. Returns the size of the entity, 0 when there is none. */
static size_t take_entity(const char *from, char **to)
{
    static const struct {
        const char *entity;
        char is;
    } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }
    };
    bool is_hex = false;
    char *end = NULL;
    unsigned long code = 0;

    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strncmp(from, entities[i].entity, strlen(entities[i].entity)) == 0) {
            *(*to)++ = entities[i].is;
            return strlen(entities[i].entity);
        }
    if (from[0] != '&' || from[1] != '#')
        return 0;
    is_hex = from[2] == 'x' || from[2] == 'X';
    from += is_hex ? 3 : 2;
    if (!(is_hex ? isxdigit((unsigned char)*from) : isdigit((unsigned char)*from)))
        return 0;
    code = strtoul(from, &end, is_hex ? 16 : 10);
    if (*end != ';' || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    *to += encode(code, *to);
    return (size_t)(end + 1 - from) + (is_hex ? 3 : 2);
}

/* Text of an HTML-like label: without tags, entities replaced. */
static void strip_html(const char *from, char *to)
{
    bool in_tag = false;

    while (*from) {
        size_t skipped = in_tag ? 0 : take_entity(from, &to);

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

/* The text without its entities, in place. */
static void replace_entities(char *text)
{
    char *to = text;

    for (const char *from = text; *from;) {
        size_t skipped = take_entity(from, &to);

        if (skipped == 0)
            *to++ = *from++;
        from += skipped;
    }
    *to = '\0';
}

/* How long an ordinary text becomes when each \N is the node's name. */
static size_t size_of_plain(const char *text, size_t name_size)
{
    size_t size = 1;

    for (; *text; text++, size++)
        if (text[0] == '\\' && text[1]) {
            text++;
            size += *text == 'N' ? name_size : 0;
        }
    return size;
}

/* What an ordinary text shows: \n, \l and \r break a line, other pairs stand for their letter; \N
 * is the node's name. */
static void unescape(const char *from, const char *name, char *to)
{
    for (; *from; from++) {
        if (*from != '\\' || !from[1]) {
            *to++ = *from;
            continue;
        }
        from++;
        if (*from == 'N') {
            memcpy(to, name, strlen(name));
            to += strlen(name);
        } else {
            *to++ = *from == 'n' || *from == 'l' || *from == 'r' ? ' ' : *from;
        }
    }
    *to = '\0';
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

/* The text of a node's attribute, as Graphviz would draw it. */
static json_t *plain_of(Agnode_t *node, const char *value)
{
    const char *name = agnameof(node);
    char *text = malloc(size_of_plain(value, strlen(name)));
    json_t *made = NULL;

    if (!text)
        return NULL;
    unescape(value, name, text);
    replace_entities(text);
    made = json_of(text);
    free(text);
    return made;
}

static json_t *html_of(const char *value)
{
    char *text = malloc(strlen(value) + 1);
    json_t *made = NULL;

    if (!text)
        return NULL;
    strip_html(value, text);
    made = json_of(text);
    free(text);
    return made;
}

/* (Equal texts are one pointer in cgraph, so that the pointer does not tell which attribute it is.)
 */
static json_t *label_of(Agnode_t *node)
{
    const char *name = value_of(node, "name"), *label = value_of(node, "label");

    if (name)
        return plain_of(node, name);
    if (!label)
        return json_of(agnameof(node));
    return aghtmlstr((char *)label) ? html_of(label) : plain_of(node, label);
}

static json_t *id_of(Agnode_t *node)
{
    const char *id = value_of(node, "id");

    return id ? plain_of(node, id) : json_of(agnameof(node));
}

static json_t *node_of(Agnode_t *node)
{
    const char *kind = value_of(node, "kind"), *type = value_of(node, "type");
    json_t *item = json_object();

    if (item && (json_object_set_new(item, "id", id_of(node)) != 0 ||
                 json_object_set_new(item, "label", label_of(node)) != 0 ||
                 (kind && json_object_set_new(item, "kind", json_of(kind)) != 0) ||
                 (type && json_object_set_new(item, "type", json_of(type)) != 0))) {
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

/* The one graph of the input, NULL when it cannot be read or is not alone; `first_error` says why.
 */
static Agraph_t *read_graph(const char *input)
{
    FILE *in = fmemopen((char *)input, strlen(input), "r");
    Agraph_t *graph = in ? agread(in, NULL) : NULL, *second = NULL;

    if (graph && agerrors() == 0)
        second = agread(in, NULL);
    if (second) {
        (void)agclose(second);
        (void)keep_error("more than one graph; give each a file of its own\n");
    }
    if (in)
        (void)fclose(in);
    if (graph && (second || agerrors() > 0)) {
        (void)agclose(graph);
        graph = NULL;
    }
    return graph;
}

int draw_read_dot(const char *input, FILE *out)
{
    Agraph_t *graph = NULL;
    json_t *tree = NULL;
    int code = DRAW_OK;

    (void)agseterr(AGERR);
    (void)agseterrf(keep_error);
    graph = read_graph(input);
    if (!graph) {
        first_error[strcspn(first_error, "\n")] = '\0';
        return draw_fail(DRAW_DATA, "%s",
                         *first_error ? first_error : "no graph in the DOT language");
    }
    tree = tree_of(graph);
    if (!tree)
        code = draw_fail(DRAW_MEMORY, "no memory for the graph");
    else if (json_dumpf(tree, out, JSON_COMPACT) != 0 || fflush(out) != 0)
        code = draw_fail(DRAW_IO, "cannot write the graph");
    json_decref(tree);
    (void)agclose(graph);
    return code;
}
