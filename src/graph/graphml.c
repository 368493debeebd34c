/* GraphML through libxml2's reader.
 *
 * (igraph reads GraphML, too, but doubles the escape of an ampersand: "Söhne &#38; Co." was found
 * in the place of "Söhne & Co." by tests/property/importers.py.)
 *
 * Taken are the ids of nodes, the ends of edges, and of their data the keys named label or name,
 * kind or type, and weight or value, whatever their case; a key's default where there is no data;
 * yEd's labels. Nodes of nested graphs are nodes like others; ports and hyperedges are passed over.
 * No other file and no network is touched. Entities in texts are refused, whatever they stand for:
 * no program writes them into a graph, and passing them over would change names. */
#include "import.h"

#include <libxml/xmlreader.h>

typedef enum role {
    NO_ROLE,
    LABEL_ROLE,
    NAME_ROLE,
    KIND_ROLE,
    TYPE_ROLE,
    WEIGHT_ROLE,
    YED_ROLE
} role;

/* Each node asks each key that means something. */
enum { KEY_LIMIT = 256 };

/* What a key of the file means. */
typedef struct key {
    ng_view id; /* in the arena */
    role is;
    ng_view standard; /* its default, or empty */
} key;

typedef struct graphml {
    ng_ctx *cx;
    const char *path;
    json_t *tree, *item; /* the node or edge that is open */
    bool is_node;        /* it is a node */
    int depth;           /* of the item in the file */
    ng_arena arena;
    key *keys;
    size_t key_count, key_capacity;
    bool is_kept; /* the key that was opened last means something and is among them */
    xmlTextReaderPtr reader;
    char problem[256]; /* what libxml2 said first */
    int line;
} graphml;

static bool is_word(const char *text, const char *word)
{
    for (; *text && *word; text++, word++)
        if ((*text | 0x20) != *word)
            return false;
    return *text == *word;
}

/* What a key of this name means for nodes or edges. */
static role role_of(const char *name, bool for_nodes, bool for_edges)
{
    if (for_edges && (is_word(name, "weight") || is_word(name, "value")))
        return WEIGHT_ROLE;
    if (!for_nodes)
        return NO_ROLE;
    if (is_word(name, "label"))
        return LABEL_ROLE;
    if (is_word(name, "name"))
        return NAME_ROLE;
    if (is_word(name, "kind"))
        return KIND_ROLE;
    return is_word(name, "type") ? TYPE_ROLE : NO_ROLE;
}

static ng_view view_of_xml(const xmlChar *text)
{
    return text ? ng_view_of((const char *)text) : NG_VIEW_NONE;
}

/* An attribute of the element at hand, to be freed with xmlFree; NULL when it is not there. */
static xmlChar *attribute_of(const graphml *work, const char *name)
{
    return xmlTextReaderGetAttribute(work->reader, (const xmlChar *)name);
}

static ng_status keep(graphml *work, const xmlChar *text, ng_view *kept_out)
{
    *kept_out = ng_arena_copy(work->cx, &work->arena, view_of_xml(text));
    return kept_out->data ? NG_OK : ng_arena_status(&work->arena);
}

/* <key id="d0" for="edge" attr.name="weight" attr.type="double"> */
static ng_status open_key(graphml *work)
{
    xmlChar *id = attribute_of(work, "id"), *name = attribute_of(work, "attr.name");
    xmlChar *target = attribute_of(work, "for"), *yed = attribute_of(work, "yfiles.type");
    const char *of = target ? (const char *)target : "all";
    bool is_all = strcmp(of, "all") == 0;
    key made = { NG_VIEW_NONE, NO_ROLE, NG_VIEW_NONE };
    ng_status status = NG_OK;

    if (yed && is_word((const char *)yed, "nodegraphics"))
        made.is = YED_ROLE;
    else if (name)
        made.is = role_of((const char *)name, is_all || strcmp(of, "node") == 0,
                          is_all || strcmp(of, "edge") == 0);
    work->is_kept = made.is != NO_ROLE;
    if (work->is_kept && work->key_count == KEY_LIMIT)
        status =
            ng_fail(work->cx, NG_E_LIMIT, "%s: more than %d keys for labels, kinds and weights",
                    work->path, KEY_LIMIT);
    if (status == NG_OK && work->is_kept)
        status = ng_grow(work->cx, (void **)&work->keys, &work->key_capacity, sizeof *work->keys,
                         work->key_count + 1, KEY_LIMIT, "keys");
    if (status == NG_OK && work->is_kept)
        status = keep(work, id, &made.id);
    if (status == NG_OK && work->is_kept)
        work->keys[work->key_count++] = made;
    xmlFree(id);
    xmlFree(name);
    xmlFree(target);
    xmlFree(yed);
    return status;
}

/* The text of the element at hand. */
static ng_status text_of_element(const graphml *work, ng_buffer *out)
{
    xmlChar *text = xmlTextReaderReadString(work->reader);
    ng_status status = ng_buffer_add(work->cx, out, view_of_xml(text));

    xmlFree(text);
    return status;
}

/* The default of the key that was opened last. */
static ng_status take_default(graphml *work)
{
    ng_buffer text;
    ng_status status = NG_OK;

    if (!work->is_kept)
        return NG_OK;
    ng_buffer_init(&text, SIZE_MAX / 2);
    status = text_of_element(work, &text);
    if (status == NG_OK && text.size > 0) {
        work->keys[work->key_count - 1].standard =
            ng_arena_copy(work->cx, &work->arena, ng_buffer_view(&text));
        if (!work->keys[work->key_count - 1].standard.data)
            status = ng_arena_status(&work->arena);
    }
    ng_buffer_destroy(work->cx, &text);
    return status;
}

/* Gives the open item what a key says. A label is more than a name, whichever comes first. */
static ng_status set(graphml *work, role is, ng_view text)
{
    if (!work->item || text.size == 0 || (is == WEIGHT_ROLE) == work->is_node)
        return NG_OK;
    switch (is) {
    case LABEL_ROLE:
    case YED_ROLE:
        return ng_tree_set_text(work->cx, work->item, "label", text);
    case NAME_ROLE: /* load.c takes it where there is no label */
        return ng_tree_set_text(work->cx, work->item, "name", text);
    case KIND_ROLE:
        return ng_tree_set_text(work->cx, work->item, "kind", text);
    case TYPE_ROLE: /* load.c takes it where there is no kind of ours */
        return ng_tree_set_text(work->cx, work->item, "type", text);
    case WEIGHT_ROLE:
        return ng_tree_set_digits(work->cx, work->item, "weight", text);
    default:
        return NG_OK;
    }
}

/* What the defaults of the keys say of a new item. */
static ng_status set_defaults(graphml *work)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->key_count && status == NG_OK; i++)
        status = set(work, work->keys[i].is, work->keys[i].standard);
    return status;
}

/* A node or edge begins: until it ends, data is its own. Its defaults come first. */
static ng_status open_item(graphml *work, bool is_node)
{
    ng_status status = NG_OK;

    work->is_node = is_node;
    work->depth = xmlTextReaderDepth(work->reader);
    status = set_defaults(work);
    if (xmlTextReaderIsEmptyElement(work->reader) == 1) /* <node id="a"/> has no end */
        work->item = NULL;
    return status;
}

static ng_status open_node(graphml *work)
{
    xmlChar *id = attribute_of(work, "id");
    ng_status status = ng_tree_add_node(work->cx, work->tree, view_of_xml(id), &work->item);

    if (status == NG_OK && !id)
        status = ng_fail(work->cx, NG_E_DATA, "%s:%d: a node without an id", work->path,
                         xmlTextReaderGetParserLineNumber(work->reader));
    xmlFree(id);
    return status == NG_OK ? open_item(work, true) : status;
}

static ng_status open_edge(graphml *work)
{
    xmlChar *source = attribute_of(work, "source"), *target = attribute_of(work, "target");
    ng_status status = ng_tree_add_edge(work->cx, work->tree, view_of_xml(source),
                                        view_of_xml(target), &work->item);

    if (status == NG_OK && (!source || !target))
        status = ng_fail(work->cx, NG_E_DATA, "%s:%d: an edge without source or target", work->path,
                         xmlTextReaderGetParserLineNumber(work->reader));
    xmlFree(source);
    xmlFree(target);
    return status == NG_OK ? open_item(work, false) : status;
}

/* <data key="d0">5</data> of the open item; that of its ports, and of graphs and hyperedges, tells
 * nothing of it. */
static ng_status take_data(graphml *work)
{
    xmlChar *id = NULL;
    role is = NO_ROLE;
    ng_buffer text;
    ng_status status = NG_OK;

    if (!work->item || xmlTextReaderDepth(work->reader) != work->depth + 1)
        return NG_OK;
    id = attribute_of(work, "key");
    for (size_t i = 0; i < work->key_count; i++)
        if (ng_view_equal(work->keys[i].id, view_of_xml(id)))
            is = work->keys[i].is;
    xmlFree(id);
    if (is == NO_ROLE || is == YED_ROLE)
        return NG_OK;
    ng_buffer_init(&text, SIZE_MAX / 2);
    status = text_of_element(work, &text);
    if (status == NG_OK)
        status = set(work, is, ng_buffer_view(&text));
    ng_buffer_destroy(work->cx, &text);
    return status;
}

/* yEd's <y:NodeLabel>: its words without the line breaks of the layout. */
static ng_status take_yed_label(graphml *work)
{
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 2);
    status = text_of_element(work, &text);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '\n')
            text.data[i] = ' ';
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    if (status == NG_OK)
        status = set(work, YED_ROLE, ng_buffer_view(&text));
    ng_buffer_destroy(work->cx, &text);
    return status;
}

/* The beginning of an element. */
static ng_status open_element(graphml *work)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(work->reader);

    if (strcmp(name, "node") == 0)
        return open_node(work);
    if (strcmp(name, "edge") == 0)
        return open_edge(work);
    if (strcmp(name, "data") == 0)
        return take_data(work);
    if (strcmp(name, "key") == 0)
        return open_key(work);
    if (strcmp(name, "default") == 0)
        return take_default(work);
    return strcmp(name, "NodeLabel") == 0 ? take_yed_label(work) : NG_OK;
}

/* libxml2 tells what is wrong; the first that it says is kept. ("Extra content" is also what it
 * says of a file that was cut off.) */
static void keep_problem(void *user, const char *message, xmlParserSeverities severity,
                         xmlTextReaderLocatorPtr place)
{
    static const char extra[] = "Extra content at the end of the document";
    graphml *work = user;

    (void)severity;
    if (work->problem[0])
        return;
    work->line = xmlTextReaderLocatorLineNumber(place);
    if (work->line <= 0) /* within an entity */
        work->line = xmlTextReaderGetParserLineNumber(work->reader);
    if (strncmp(message, extra, sizeof extra - 1) == 0)
        message = "the file ends in the middle, or something stands behind its end";
    (void)snprintf(work->problem, sizeof work->problem, "%.*s", (int)strcspn(message, "\n"),
                   message);
}

/* True at the end of a node or edge. */
static bool ends_item(const graphml *work)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(work->reader);

    return strcmp(name, "node") == 0 || strcmp(name, "edge") == 0;
}

/* All of the file. */
static ng_status read_all(graphml *work)
{
    int more = xmlTextReaderRead(work->reader);
    ng_status status = NG_OK;

    for (uint64_t count = 0; more == 1 && status == NG_OK; count++) {
        int type = xmlTextReaderNodeType(work->reader);

        if (type == XML_READER_TYPE_ELEMENT)
            status = open_element(work);
        else if (type == XML_READER_TYPE_ENTITY_REFERENCE)
            status = ng_fail(work->cx, NG_E_DATA,
                             "%s:%d: the entity &%s; is not read; write what it stands for",
                             work->path, xmlTextReaderGetParserLineNumber(work->reader),
                             (const char *)xmlTextReaderConstName(work->reader));
        else if (type == XML_READER_TYPE_END_ELEMENT && ends_item(work))
            work->item = NULL;
        if (status == NG_OK && count % 4096 == 0 && ng_ctx_is_cancelled(work->cx))
            status = ng_fail(work->cx, NG_E_LIMIT, "%s: interrupted", work->path);
        if (status == NG_OK)
            more = xmlTextReaderRead(work->reader);
    }
    if (status == NG_OK && more != 0)
        status = ng_fail(work->cx, NG_E_DATA, "%s:%d: %s", work->path, work->line,
                         work->problem[0] ? work->problem : "not XML");
    return status;
}

ng_status ng_graphml_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree)
{
    graphml work = { .cx = cx, .path = path, .tree = tree };
    ng_status status = NG_OK;

    if (text.size > INT32_MAX)
        return ng_fail(cx, NG_E_LIMIT, "%s: more than 2 GiB of XML", path);
    ng_arena_init(&work.arena, SIZE_MAX / 2);
    work.reader = xmlReaderForMemory(text.data, (int)text.size, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOCDATA);
    if (!work.reader) {
        status = ng_fail(cx, NG_E_MEMORY, "%s: no memory for the graph", path);
    } else {
        xmlTextReaderSetErrorHandler(work.reader, keep_problem, &work);
        status = read_all(&work);
    }
    xmlFreeTextReader(work.reader);
    ng_arena_destroy(cx, &work.arena);
    ng_free(cx, work.keys);
    return status;
}
