/* GML through igraph's reader.
 *
 * Of what a file says of nodes and edges the id, the label, the kind and the weight are taken:
 *
 *   - the id is the attribute `id` (a number), else the
 *     place of the node;
 *   - the label is `label`, `name` or `title`; the kind is `kind` or `type`;
 *   - the weight is `weight` or `value`, as a number or as text.
 *
 * Names are compared without regard to case. igraph's handlers for errors, warnings and attributes
 * are process-wide: ours are put in place for the length of a call, which is therefore not safe on
 * two threads at once. */
#include "import.h"

#include <math.h>

/* igraph's header converts between its integer types. */
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#endif
#include <igraph.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#if IGRAPH_VERSION_MAJOR >= 1
typedef igraph_int_t whole;
#else
typedef igraph_integer_t whole;
#endif

/* igraph tells what is wrong through a function that knows no user. */
static char reason_of_failure[512];

static void keep_reason(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)file;
    (void)line;
    (void)code;
    if (!reason_of_failure[0])
        (void)snprintf(reason_of_failure, sizeof reason_of_failure, "%s", reason);
    IGRAPH_FINALLY_FREE();
}

/* An attribute by one of several names. */
typedef struct attribute {
    char name[64];
    igraph_attribute_type_t type;
    bool is_there;
} attribute;

/* What is taken of a file. */
typedef struct exchange {
    ng_ctx *cx;
    const char *path;
    igraph_t graph;
    attribute id, label, kind, weight;
    json_t *tree;
} exchange;

static bool same_word(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if ((*a | 0x20) != (*b | 0x20))
            return false;
    return *a == *b;
}

/* The first of the wanted names that the list has. */
static attribute find_attribute(const igraph_strvector_t *names, const igraph_vector_int_t *types,
                                const char *const *wanted)
{
    attribute found = { "", IGRAPH_ATTRIBUTE_UNSPECIFIED, false };

    for (size_t w = 0; wanted[w] && !found.is_there; w++) {
        for (whole i = 0; i < igraph_strvector_size(names) && !found.is_there; i++) {
            const char *name = igraph_strvector_get(names, i);

            if (!same_word(name, wanted[w]) || strlen(name) >= sizeof found.name)
                continue;
            (void)snprintf(found.name, sizeof found.name, "%s", name);
            found.type = (igraph_attribute_type_t)VECTOR(*types)[i];
            found.is_there =
                found.type == IGRAPH_ATTRIBUTE_STRING || found.type == IGRAPH_ATTRIBUTE_NUMERIC;
        }
    }
    return found;
}

/* Looks which of the attributes there are. */
static igraph_error_t find_attributes(exchange *work)
{
    static const char *const ids[] = { "id", NULL };
    static const char *const labels[] = { "label", "name", "title", NULL };
    static const char *const kinds[] = { "kind", "type", NULL };
    static const char *const weights[] = { "weight", "value", NULL };
    igraph_strvector_t names[3];
    igraph_vector_int_t types[3];
    igraph_error_t code = IGRAPH_SUCCESS;
    int made = 0;

    for (; made < 3 && code == IGRAPH_SUCCESS; made++) {
        code = igraph_strvector_init(&names[made], 0);
        if (code != IGRAPH_SUCCESS)
            break;
        code = igraph_vector_int_init(&types[made], 0);
        if (code != IGRAPH_SUCCESS)
            igraph_strvector_destroy(&names[made--]);
    }
    if (code == IGRAPH_SUCCESS)
        code = igraph_cattribute_list(&work->graph, &names[0], &types[0], &names[1], &types[1],
                                      &names[2], &types[2]);
    if (code == IGRAPH_SUCCESS) {
        work->id = find_attribute(&names[1], &types[1], ids);
        work->label = find_attribute(&names[1], &types[1], labels);
        work->kind = find_attribute(&names[1], &types[1], kinds);
        work->weight = find_attribute(&names[2], &types[2], weights);
    }
    for (int i = 0; i < made; i++) {
        igraph_strvector_destroy(&names[i]);
        igraph_vector_int_destroy(&types[i]);
    }
    return code;
}

/* A number as the words of an id or label: whole ones without a point. */
static ng_view words_of(double number, char words[32])
{
    int size = snprintf(words, 32,
                        fabs(number) < 1e15 && number == floor(number) ? "%.0f" : "%.17g", number);

    return (ng_view){ words, (size_t)size };
}

/* What a node says; empty when nothing. */
static ng_view node_words(const exchange *work, const attribute *which, whole node, char words[32])
{
    double number = 0;

    if (!which->is_there)
        return NG_VIEW_NONE;
    if (which->type == IGRAPH_ATTRIBUTE_STRING)
        return ng_view_of(igraph_cattribute_VAS(&work->graph, which->name, node));
    number = igraph_cattribute_VAN(&work->graph, which->name, node);
    return isfinite(number) ? words_of(number, words) : NG_VIEW_NONE;
}

/* The id of a node, else its place, counted from 1 as in Pajek. */
static ng_view id_of(const exchange *work, whole node, char words[32])
{
    ng_view id = node_words(work, &work->id, node, words);

    return id.size > 0 ? id : words_of((double)node + 1, words);
}

static ng_status add_node(exchange *work, whole node)
{
    char words[32];
    json_t *item = NULL;
    ng_view said;
    ng_status status = ng_tree_add_node(work->cx, work->tree, id_of(work, node, words), &item);

    said = node_words(work, &work->label, node, words);
    if (status == NG_OK && said.size > 0)
        status = ng_tree_set_text(work->cx, item, "label", said);
    said = node_words(work, &work->kind, node, words);
    if (status == NG_OK && said.size > 0)
        status = ng_tree_set_text(work->cx, item, "kind", said);
    return status;
}

static ng_status add_edge(exchange *work, whole edge)
{
    char source_words[32], target_words[32];
    whole source = IGRAPH_FROM(&work->graph, edge), target = IGRAPH_TO(&work->graph, edge);
    json_t *item = NULL;
    ng_status status = ng_tree_add_edge(work->cx, work->tree, id_of(work, source, source_words),
                                        id_of(work, target, target_words), &item);

    if (status != NG_OK || !work->weight.is_there)
        return status;
    if (work->weight.type == IGRAPH_ATTRIBUTE_NUMERIC) {
        double weight = igraph_cattribute_EAN(&work->graph, work->weight.name, edge);

        return isnan(weight) ? NG_OK /* not given */
                             : ng_tree_set_number(work->cx, item, "weight", weight);
    }
    return ng_tree_set_digits(
        work->cx, item, "weight",
        ng_view_of(igraph_cattribute_EAS(&work->graph, work->weight.name, edge)));
}

/* The whole graph into the tree. */
static ng_status fill_tree(exchange *work)
{
    whole node_count = igraph_vcount(&work->graph), edge_count = igraph_ecount(&work->graph);
    ng_status status = NG_OK;

    for (whole i = 0; i < node_count && status == NG_OK; i++)
        status = add_node(work, i);
    for (whole i = 0; i < edge_count && status == NG_OK; i++)
        status = add_edge(work, i);
    return status;
}

/* What igraph's failure is to our callers. */
static ng_status translate(const exchange *work, igraph_error_t code)
{
    const char *why = reason_of_failure[0] ? reason_of_failure : igraph_strerror(code);
    size_t size = strcspn(why, "\n");

    if (code == IGRAPH_ENOMEM)
        return ng_fail(work->cx, NG_E_MEMORY, "%s: no memory for the graph", work->path);
    return ng_fail(work->cx, NG_E_DATA, "%s: %.*s", work->path, (int)size, why);
}

/* Reads with igraph, whose handlers are in place. */
static ng_status read_graph(exchange *work, ng_view text)
{
    FILE *file = fmemopen((void *)(uintptr_t)text.data, text.size, "r");
    igraph_error_t code = IGRAPH_SUCCESS;
    ng_status status = NG_OK;

    if (!file)
        return ng_fail(work->cx, NG_E_MEMORY, "%s: no memory for the graph", work->path);
    code = igraph_read_graph_gml(&work->graph, file);
    (void)fclose(file);
    if (code != IGRAPH_SUCCESS)
        return translate(work, code);
    code = find_attributes(work);
    status = code == IGRAPH_SUCCESS ? fill_tree(work) : translate(work, code);
    igraph_destroy(&work->graph);
    return status;
}

ng_status ng_gml_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree)
{
    exchange work = { .cx = cx, .path = path, .tree = tree };
    igraph_error_handler_t *errors = NULL;
    igraph_warning_handler_t *warnings = NULL;
    igraph_attribute_table_t *attributes = NULL;
    ng_buffer plain;
    ng_status status = NG_OK;

    ng_buffer_init(&plain, SIZE_MAX / 2);
    status = ng_tree_replace_references(cx, text, true, &plain);
    if (status != NG_OK) {
        ng_buffer_destroy(cx, &plain);
        return status;
    }
    reason_of_failure[0] = '\0';
    errors = igraph_set_error_handler(keep_reason);
    warnings = igraph_set_warning_handler(igraph_warning_handler_ignore);
    attributes = igraph_set_attribute_table(&igraph_cattribute_table);
    status = read_graph(&work, ng_buffer_view(&plain));
    igraph_set_attribute_table(attributes);
    igraph_set_warning_handler(warnings);
    igraph_set_error_handler(errors);
    ng_buffer_destroy(cx, &plain);
    return status;
}
