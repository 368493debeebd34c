/* Loading: node-link JSON becomes a graph.
 *
 * Reads what this program writes, and the node-link JSON of others (NetworkX, D3), so that measures
 * and pictures work on their graphs too:
 *
 *   - the edges are `edges` or `links`; a directed graph is read as undirected, parallel edges are
 *     added up, loops are dropped;
 *   - an id may be a text or a whole number; a node without one is called by its place: 0, 1 ...;
 *   - a label is `label`, else `name`, else the id; a weight that is missing is 1;
 *   - a kind is `kind`, else `type`, where it is one of ours, else the id's ("person:..."), else
 * `people`, the one kind that claims neither a person nor a state nor a place nor an organization;
 *   - keys that are not known are passed over, scores among them: they are computed, not kept.
 *
 * What cannot be meant is refused with its place: bad JSON by line and column, anything else by the
 * number of the node or edge. jansson parses (it bounds the depth of nesting). Graphs in other
 * formats come here as the same tree (import.c). */
#include "import.h"

#include <math.h>

/* A larger saved graph would not fit in memory as JSON. */
static const uint64_t graph_bytes = (uint64_t)4 << 30;

/* Sums of weights stay finite below this. */
static const double weight_limit = 1e200;

/* The work of one load. */
typedef struct loading {
    ng_ctx *cx;
    const char *path;
    ng_draft draft;
    ng_intern *nodes; /* ids; their numbers are those of the draft */
    ng_intern *edges; /* ids; their numbers are in edge_numbers */
    uint32_t *edge_numbers;
    size_t edge_number_capacity;
    const char *list; /* what is being read, for messages: "nodes" */
    size_t index;     /* and which of it */
    uint64_t loop_count;
} loading;

/* Records what is wrong with the item that is being read. */
static ng_status refuse(const loading *load, const char *what)
{
    return ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: %s", load->path, load->list, load->index,
                   what);
}

/* ---- values ---- */

/* A text value as a view into the JSON tree; empty when it is missing or null. */
static ng_status get_text(const loading *load, const json_t *object, const char *key,
                          ng_view *text_out)
{
    const json_t *value = json_object_get(object, key);

    *text_out = NG_VIEW_NONE;
    if (!value || json_is_null(value))
        return NG_OK;
    if (!json_is_string(value))
        return ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: \"%s\" is not a text", load->path,
                       load->list, load->index, key);
    *text_out = (ng_view){ json_string_value(value), json_string_length(value) };
    return NG_OK;
}

/* A text value, copied into the graph. */
static ng_status copy_value(loading *load, const json_t *object, const char *key, ng_view *copy_out)
{
    ng_view text;
    ng_status status = get_text(load, object, key, &text);

    return status == NG_OK ? ng_draft_text(load->cx, &load->draft, text, copy_out) : status;
}

/* A count; 0 when it is missing or null. */
static ng_status get_count(const loading *load, const json_t *object, const char *key,
                           uint64_t *count_out)
{
    const json_t *value = json_object_get(object, key);

    *count_out = 0;
    if (!value || json_is_null(value))
        return NG_OK;
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: \"%s\" is not a count", load->path,
                       load->list, load->index, key);
    *count_out = (uint64_t)json_integer_value(value);
    return NG_OK;
}

/* A number from `least` to `limit`; `standard` when it is missing or null. */
static ng_status get_between(const loading *load, const json_t *object, const char *key,
                             double standard, double least, double limit, double *number_out)
{
    const json_t *value = json_object_get(object, key);
    double number = 0;

    *number_out = standard;
    if (!value || json_is_null(value))
        return NG_OK;
    if (!json_is_number(value))
        return ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: \"%s\" is not a number", load->path,
                       load->list, load->index, key);
    number = json_number_value(value);
    if (!isfinite(number) || number < least || number > limit)
        return ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: \"%s\" is not between %g and %g",
                       load->path, load->list, load->index, key, least, limit);
    *number_out = number;
    return NG_OK;
}

/* The same from 0 on. */
static ng_status get_number(const loading *load, const json_t *object, const char *key,
                            double standard, double limit, double *number_out)
{
    return get_between(load, object, key, standard, 0, limit, number_out);
}

/* Degrees north or east, 0 when they are not there. */
static ng_status get_degrees(const loading *load, const json_t *object, const char *key,
                             double limit, double *degrees_out)
{
    const json_t *value = json_object_get(object, key);

    *degrees_out = 0;
    if (!value || json_is_null(value))
        return NG_OK;
    *degrees_out = json_number_value(value);
    if (!json_is_number(value) || !(fabs(*degrees_out) <= limit))
        return ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: \"%s\" is not between -%g and %g",
                       load->path, load->list, load->index, key, limit, limit);
    return NG_OK;
}

/* An id: a text, or a whole number as digits. Writes it into an emptied buffer. */
static ng_status get_id(const loading *load, const json_t *value, ng_buffer *id)
{
    ng_status status = NG_OK;

    id->size = 0;
    if (json_is_string(value))
        return ng_buffer_add(load->cx, id,
                             (ng_view){ json_string_value(value), json_string_length(value) });
    if (!json_is_integer(value))
        return refuse(load, "an id is neither a text nor a whole number");
    if (json_integer_value(value) < 0)
        status = ng_buffer_add_byte(load->cx, id, '-');
    if (status != NG_OK)
        return status;
    return ng_buffer_add_unsigned(load->cx, id,
                                  json_integer_value(value) < 0
                                      ? 0 - (uint64_t)json_integer_value(value)
                                      : (uint64_t)json_integer_value(value));
}

/* Control characters are blanks, as most formats have to write them: an id is the same in all, and
 * two that differ in nothing else are refused instead of becoming one. */
static void blank_controls(ng_buffer *id)
{
    for (size_t i = 0; i < id->size; i++)
        if ((unsigned char)id->data[i] < 0x20 || id->data[i] == 0x7F)
            id->data[i] = ' ';
}

/* ---- nodes ---- */

/* The kind that a value names. */
static bool kind_of(const json_t *value, ng_kind *kind_out)
{
    return json_is_string(value) &&
           ng_kind_find((ng_view){ json_string_value(value), json_string_length(value) }, kind_out);
}

/* The kind of a node: as given, else as its id begins, else people (see above). */
static ng_kind find_kind(const json_t *node, ng_view id)
{
    const char *colon = id.size ? memchr(id.data, ':', id.size) : NULL;
    ng_kind kind = NG_KIND_PEOPLE;

    if (kind_of(json_object_get(node, "kind"), &kind) ||
        kind_of(json_object_get(node, "type"), &kind))
        return kind;
    if (colon && ng_kind_find(ng_view_part(id, 0, (size_t)(colon - id.data)), &kind))
        return kind;
    return NG_KIND_PEOPLE;
}

/* Takes the next node's id in, which must be new; *label_out: the id as it stands. */
static ng_status add_id(loading *load, const json_t *node, ng_view *id_out, ng_view *label_out)
{
    const json_t *value = json_object_get(node, "id");
    ng_buffer id;
    uint32_t number = 0;
    ng_status status = NG_OK;

    ng_buffer_init(&id, SIZE_MAX / 2);
    if (value && !json_is_null(value))
        status = get_id(load, value, &id);
    else
        status = ng_buffer_add_unsigned(load->cx, &id, load->index);
    if (status == NG_OK)
        status = ng_draft_text(load->cx, &load->draft, ng_buffer_view(&id), label_out);
    blank_controls(&id);
    if (status == NG_OK)
        status = ng_intern_add(load->cx, load->nodes, ng_buffer_view(&id), &number);
    if (status == NG_OK && number != load->index)
        status = ng_fail(load->cx, NG_E_DATA, "%s: nodes[%zu]: a second node with the id \"%.*s\"",
                         load->path, load->index, (int)id.size, id.data ? id.data : "");
    if (status == NG_OK)
        status = ng_draft_text(load->cx, &load->draft, ng_buffer_view(&id), id_out);
    ng_buffer_destroy(load->cx, &id);
    return status;
}

/* Reads one node without its aliases. */
static ng_status read_node(loading *load, const json_t *from, ng_node *node)
{
    ng_view id = NG_VIEW_NONE;
    ng_status status = add_id(load, from, &node->id, &id);

    node->kind = find_kind(from, node->id);
    if (status == NG_OK)
        status =
            copy_value(load, from, json_object_get(from, "label") ? "label" : "name", &node->label);
    if (status == NG_OK && node->label.size == 0)
        node->label = id;
    if (status == NG_OK)
        status = copy_value(load, from, "iso2", &node->iso2);
    if (status == NG_OK)
        status = get_count(load, from, "geonames", &node->geonames);
    if (status == NG_OK)
        status = get_degrees(load, from, "lat", 90, &node->latitude);
    if (status == NG_OK)
        status = get_degrees(load, from, "lon", 180, &node->longitude);
    if (status == NG_OK)
        status = get_number(load, from, "geo_confidence", 0, 1, &node->geo_confidence);
    if (status == NG_OK)
        status = copy_value(load, from, "first", &node->first);
    if (status == NG_OK)
        status = copy_value(load, from, "last", &node->last);
    if (status == NG_OK)
        status = get_count(load, from, "mentions", &node->mention_count);
    if (status == NG_OK)
        status = get_count(load, from, "as_actor", &node->acting_count);
    if (status == NG_OK && node->acting_count > node->mention_count)
        node->acting_count = node->mention_count;
    if (status == NG_OK)
        status = get_count(load, from, "docs", &node->document_count);
    if (status == NG_OK)
        status = get_count(load, from, "units", &node->unit_count);
    if (status == NG_OK)
        status = get_number(load, from, "confidence", 1, 1, &node->confidence);
    return status;
}

/* One node of the list. */
static ng_status load_node(loading *load, const json_t *from)
{
    ng_node node = { 0 };
    ng_status status = read_node(load, from, &node);

    return status == NG_OK ? ng_draft_add_node(load->cx, &load->draft, &node) : status;
}

/* ---- edges ---- */

/* The number of the node an edge ends at. */
static ng_status find_end(const loading *load, const json_t *edge, const char *key,
                          uint32_t *node_out)
{
    const json_t *value = json_object_get(edge, key);
    ng_buffer id;
    ng_status status = NG_OK;

    if (!value)
        return refuse(load, "an edge without source or target");
    ng_buffer_init(&id, SIZE_MAX / 2);
    status = get_id(load, value, &id);
    blank_controls(&id);
    if (status == NG_OK && !ng_intern_find(load->nodes, ng_buffer_view(&id), node_out))
        status = ng_fail(load->cx, NG_E_DATA, "%s: %s[%zu]: %s \"%.*s\" is no node", load->path,
                         load->list, load->index, key, (int)id.size, id.data ? id.data : "");
    ng_buffer_destroy(load->cx, &id);
    return status;
}

/* Remembers the id of the edge that is being read, for its evidence. The first of two with one id
 * keeps it. */
static ng_status add_edge_id(loading *load, const json_t *edge)
{
    ng_view id = NG_VIEW_NONE;
    uint32_t number = 0;
    size_t count = ng_intern_count(load->edges);
    void *numbers = load->edge_numbers;
    ng_status status = NG_OK;

    if (json_is_string(json_object_get(edge, "id")))
        status = get_text(load, edge, "id", &id);
    if (status != NG_OK || id.size == 0)
        return status;
    status = ng_grow(load->cx, &numbers, &load->edge_number_capacity, sizeof *load->edge_numbers,
                     count + 1, UINT32_MAX - 1, "edges");
    load->edge_numbers = numbers;
    if (status == NG_OK)
        status = ng_intern_add(load->cx, load->edges, id, &number);
    if (status == NG_OK && number == count)
        load->edge_numbers[number] = (uint32_t)load->draft.edge_count;
    return status;
}

/* One edge of the list. */
static ng_status load_edge(loading *load, const json_t *from)
{
    ng_edge edge = { 0 };
    ng_status status = find_end(load, from, "source", &edge.source);

    if (status == NG_OK)
        status = find_end(load, from, "target", &edge.target);
    load->loop_count += status == NG_OK && edge.source == edge.target;
    if (status == NG_OK)
        status = get_between(load, from, "weight", 1, -weight_limit, weight_limit, &edge.weight);
    if (status == NG_OK)
        status = get_between(load, from, "npmi", NAN, -1, 1, &edge.npmi);
    if (status == NG_OK)
        status = get_number(load, from, "p_value", NAN, 1, &edge.p_value);
    if (status == NG_OK)
        status = get_number(load, from, "q_value", NAN, 1, &edge.q_value);
    if (status == NG_OK)
        status = get_count(load, from, "units", &edge.unit_count);
    if (status == NG_OK)
        status = get_count(load, from, "sentences", &edge.sentence_count);
    if (status == NG_OK)
        status = get_count(load, from, "docs", &edge.document_count);
    if (status == NG_OK)
        status = get_number(load, from, "confidence", 0, 1, &edge.confidence);
    if (status == NG_OK)
        status = copy_value(load, from, "first", &edge.first);
    if (status == NG_OK)
        status = copy_value(load, from, "last", &edge.last);
    if (status == NG_OK)
        status = add_edge_id(load, from);
    return status == NG_OK ? ng_draft_add_edge(load->cx, &load->draft, &edge) : status;
}

/* ---- our own part: forms, evidence, ledger ---- */

/* The node that an item of our own part names. */
static ng_status find_owner(const loading *load, const json_t *value, uint32_t *node_out)
{
    if (!json_is_string(value) ||
        !ng_intern_find(load->nodes,
                        (ng_view){ json_string_value(value), json_string_length(value) }, node_out))
        return refuse(load, "it names no node");
    return NG_OK;
}

/* The form with this name. */
static bool find_form(ng_view name, ng_form *form_out)
{
    for (int form = 0; form < NG_FORM_COUNT; form++) {
        if (ng_view_equal(name, ng_view_of(ng_form_name((ng_form)form)))) {
            *form_out = (ng_form)form;
            return true;
        }
    }
    return false;
}

/* One form: [node, words, form, count]. */
static ng_status load_form(loading *load, const json_t *from)
{
    const json_t *words = json_array_get(from, 1);
    const json_t *form = json_array_get(from, 2);
    const json_t *count = json_array_get(from, 3);
    ng_alias alias = { 0 };
    uint32_t node = 0;
    ng_status status = find_owner(load, json_array_get(from, 0), &node);

    if (status != NG_OK)
        return status;
    if (!json_is_string(words) || !json_is_string(form) || !json_is_integer(count) ||
        json_integer_value(count) < 0 ||
        !find_form((ng_view){ json_string_value(form), json_string_length(form) }, &alias.form))
        return refuse(load, "it is not [node, words, form, count]");
    alias.count = (uint64_t)json_integer_value(count);
    status = ng_draft_text(load->cx, &load->draft,
                           (ng_view){ json_string_value(words), json_string_length(words) },
                           &alias.text);
    return status == NG_OK ? ng_draft_add_alias(load->cx, &load->draft, node, &alias) : status;
}

/* One quote. */
static ng_status load_evidence(loading *load, const json_t *from)
{
    ng_evidence evidence = { 0 };
    ng_view edge = NG_VIEW_NONE;
    uint32_t number = 0;
    const struct {
        const char *key;
        ng_view *text;
    } texts[] = { { "document", &evidence.document },
                  { "date", &evidence.date },
                  { "quote", &evidence.quote },
                  { "sha256", &evidence.sha256 } };
    const struct {
        const char *key;
        uint64_t *count;
    } counts[] = { { "start", &evidence.start },
                   { "end", &evidence.end },
                   { "byte_start", &evidence.byte_start },
                   { "byte_end", &evidence.byte_end } };
    ng_status status = get_text(load, from, "edge", &edge);

    if (status == NG_OK && !ng_intern_find(load->edges, edge, &number))
        return refuse(load, "it names no edge");
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == NG_OK; i++)
        status = copy_value(load, from, texts[i].key, texts[i].text);
    for (size_t i = 0; i < sizeof counts / sizeof *counts && status == NG_OK; i++)
        status = get_count(load, from, counts[i].key, counts[i].count);
    evidence.in_title = json_is_true(json_object_get(from, "title"));
    if (status != NG_OK)
        return status;
    return ng_draft_add_evidence(load->cx, &load->draft, load->edge_numbers[number], &evidence);
}

/* One decision. */
static ng_status load_decision(loading *load, const json_t *from)
{
    ng_decision decision = { .is_joined = json_is_true(json_object_get(from, "joined")) };
    uint32_t node = 0;
    ng_status status = find_owner(load, json_object_get(from, "node"), &node);

    if (status == NG_OK)
        status = copy_value(load, from, "name", &decision.name);
    if (status == NG_OK)
        status = copy_value(load, from, "rule", &decision.rule);
    if (status == NG_OK)
        status = copy_value(load, from, "evidence", &decision.evidence);
    if (status == NG_OK)
        status = get_count(load, from, "count", &decision.count);
    return status == NG_OK ? ng_draft_add_decision(load->cx, &load->draft, node, &decision)
                           : status;
}

/* One name of another program's node. */
static ng_status load_name(loading *load, ng_view name)
{
    ng_alias alias = { .form = NG_FORM_ALIAS };
    ng_status status = NG_OK;

    if (name.size == 0)
        return NG_OK;
    status = ng_draft_text(load->cx, &load->draft, name, &alias.text);
    if (status != NG_OK)
        return status;
    return ng_draft_add_alias(load->cx, &load->draft, (uint32_t)load->index, &alias);
}

/* Names of others' nodes, when there are no forms of ours: one text with " | ", or a list. */
static ng_status load_names(loading *load, const json_t *from)
{
    const json_t *names = json_object_get(from, "aliases");
    ng_view rest = { json_string_value(names), json_string_length(names) };
    size_t start = 0;
    ng_status status = NG_OK;

    for (size_t i = 0; i < json_array_size(names) && status == NG_OK; i++) {
        const json_t *name = json_array_get(names, i);

        status = load_name(load, (ng_view){ json_string_value(name), json_string_length(name) });
    }
    for (size_t at = 0; at <= rest.size && json_is_string(names) && status == NG_OK; at++) {
        bool is_gap = at + 3 <= rest.size && memcmp(rest.data + at, " | ", 3) == 0;

        if (!is_gap && at < rest.size)
            continue;
        status = load_name(load, ng_view_part(rest, start, at));
        start = at + 3;
        at = is_gap ? at + 2 : at;
    }
    return status;
}

/* ---- the whole ---- */

typedef ng_status (*load_fn)(loading *load, const json_t *from);

/* Calls `each` for the items of a list. What is no list is refused; NULL is an empty one. */
static ng_status load_list(loading *load, const json_t *list, const char *name, load_fn each)
{
    ng_status status = NG_OK;

    load->list = name;
    if (list && !json_is_array(list))
        return ng_fail(load->cx, NG_E_DATA, "%s: \"%s\" is not a list", load->path, name);
    for (size_t i = 0; i < json_array_size(list) && status == NG_OK; i++) {
        const json_t *item = json_array_get(list, i);

        load->index = i;
        if (!json_is_object(item) && each != load_form)
            return refuse(load, "it is not an object");
        status = each(load, item);
        if (i % 4096 == 0 && status == NG_OK && ng_ctx_is_cancelled(load->cx))
            status = ng_fail(load->cx, NG_E_LIMIT, "%s: interrupted", load->path);
    }
    return status;
}

/* The notes: the texts among the graph's own attributes. `distance` describes scores, which are not
 * loaded. */
static ng_status load_notes(loading *load, json_t *notes)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(notes, key, value)
    {
        ng_status status = NG_OK;

        if (!json_is_string(value) || strcmp(key, "distance") == 0)
            continue;
        status =
            ng_draft_add_note(load->cx, &load->draft, ng_view_of(key),
                              (ng_view){ json_string_value(value), json_string_length(value) });
        if (status != NG_OK)
            return status;
    }
    return NG_OK;
}

/* Reads the parsed tree into the draft. */
static ng_status load_tree(loading *load, const json_t *tree)
{
    const json_t *ours = json_object_get(tree, "nergraph");
    const json_t *nodes = json_object_get(tree, "nodes");
    const json_t *forms = json_object_get(ours, "forms");
    const char *edges = json_object_get(tree, "edges") ? "edges" : "links";
    ng_status status = NG_OK;

    if (!json_is_object(tree) || !json_is_array(nodes))
        return ng_fail(load->cx, NG_E_DATA, "%s: not a node-link graph: it has no list \"nodes\"",
                       load->path);
    status = load_notes(load, json_object_get(tree, "graph"));
    if (status == NG_OK)
        status = load_list(load, nodes, "nodes", load_node);
    if (status == NG_OK)
        status = load_list(load, json_object_get(tree, edges), edges, load_edge);
    if (status == NG_OK)
        status = forms ? load_list(load, forms, "forms", load_form)
                       : load_list(load, nodes, "nodes", load_names);
    if (status == NG_OK)
        status = load_list(load, json_object_get(ours, "evidence"), "evidence", load_evidence);
    if (status == NG_OK)
        status = load_list(load, json_object_get(ours, "ledger"), "ledger", load_decision);
    return status;
}

/* Parses the file into a tree. */
static ng_status parse(ng_ctx *cx, const char *path, json_t **tree_out)
{
    ng_buffer text;
    json_error_t error;
    size_t start = 0;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 2);
    status = ng_file_read(cx, path, graph_bytes, "the limit of saved graphs", &text);
    if (status == NG_OK) {
        start = ng_view_starts(ng_buffer_view(&text), NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
        *tree_out = json_loadb(ng_buffer_view(&text).data + start, text.size - start,
                               JSON_ALLOW_NUL, &error);
        if (!*tree_out && /* jansson says nothing, not even a line, when memory is short */
            (error.line < 0 || json_error_code(&error) == json_error_out_of_memory))
            status = ng_fail(cx, NG_E_MEMORY, "%s: no memory for the graph", path);
        else if (!*tree_out)
            status = ng_fail(cx, NG_E_DATA, "%s:%d:%d: not a saved graph: %s", path, error.line,
                             error.column, error.text);
    }
    ng_buffer_destroy(cx, &text);
    return status;
}

/* A saved graph (.ngr): its counts are finished with the options for what is shown. */
static ng_status load_counts(ng_ctx *cx, const char *path, const ng_options *shown,
                             ng_graph **graph_out)
{
    ng_options options;
    ng_names *names = NULL;
    ng_builder *builder = NULL;
    uint64_t known = 0;
    ng_status status = ng_names_new(cx, NULL, &names);

    ng_options_init(&options);
    if (shown)
        options = *shown;
    options.memory_bytes = 0;
    options.keep_shares = false;
    if (status == NG_OK)
        status = ng_builder_new_like(cx, &options, names, path, &builder);
    if (status == NG_OK)
        builder->only_shown = true;
    if (status == NG_OK)
        status = ng_builder_add_saved(cx, builder, path, &known);
    if (status == NG_OK)
        status = ng_builder_finish(cx, builder, graph_out);
    ng_builder_free(cx, builder);
    ng_names_free(cx, names);
    return status;
}

/* The format of a file that is neither JSON nor ours, by its beginning. */
static ng_status sniff(ng_ctx *cx, const char *path, ng_import_format *format_out)
{
    char *start = ng_alloc(cx, NG_PEEK_BYTES);

    *format_out = NG_IMPORT_NONE;
    if (!start)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory for the graph", path);
    if (strcmp(path, "-") != 0)
        *format_out = ng_import_sniff(path, (ng_view){ start, ng_saved_peek(cx, path, start) });
    ng_free(cx, start);
    return NG_OK;
}

/* Node-link JSON, or another format as the same tree. */
static ng_status load_tree_file(ng_ctx *cx, const char *path, ng_graph **graph_out)
{
    loading load = { .cx = cx, .path = strcmp(path, "-") == 0 ? "standard input" : path };
    ng_import_format format = NG_IMPORT_NONE;
    json_t *tree = NULL;
    ng_status status = ng_draft_init(cx, &load.draft);

    if (status == NG_OK)
        status = sniff(cx, path, &format);
    if (status == NG_OK && format != NG_IMPORT_NONE)
        status = ng_import_tree(cx, path, format, &tree);
    else if (status == NG_OK)
        status = parse(cx, path, &tree);
    if (status == NG_OK)
        status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, &load.nodes);
    if (status == NG_OK)
        status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, &load.edges);
    if (status == NG_OK)
        status = load_tree(&load, tree);
    json_decref(tree);
    if (status == NG_OK)
        status = ng_draft_finish(cx, &load.draft, graph_out);
    if (status == NG_OK && load.loop_count > 0)
        ng_warn(cx, "%s: %llu edge%s from a node to itself left out", load.path,
                (unsigned long long)load.loop_count, load.loop_count == 1 ? "" : "s");
    ng_intern_free(cx, load.nodes);
    ng_intern_free(cx, load.edges);
    ng_free(cx, load.edge_numbers);
    ng_draft_destroy(cx, &load.draft);
    return status;
}

ng_status ng_graph_load_with(ng_ctx *cx, const char *path, const ng_options *options,
                             ng_graph **graph_out)
{
    return ng_saved_is_counts(cx, path) ? load_counts(cx, path, options, graph_out)
                                        : load_tree_file(cx, path, graph_out);
}

ng_status ng_graph_load(ng_ctx *cx, const char *path, ng_graph **graph_out)
{
    return ng_graph_load_with(cx, path, NULL, graph_out);
}
