/* GML: keys with values, lists in brackets (Himsolt 1997, "GML: A portable Graph File Format").
 *
 * (igraph reads GML, too, but neither the ids that Gephi writes, words without quotes, nor the
 * letters that NetworkX writes as numbers.)
 *
 * Of nodes are taken id, label (else name) and kind (else type); of edges source, target and weight
 * (else value); whatever their case. Other keys and deeper lists are passed over. */
#include "import.h"

enum { DEPTH_LIMIT = 1000 };

/* What a list is. */
typedef enum list { OUTSIDE, GRAPH, NODE, EDGE, OTHER } list;

/* Fields of a node or edge. */
typedef enum field {
    ID,
    LABEL,
    NAME,
    KIND,
    TYPE,
    SOURCE,
    TARGET,
    WEIGHT,
    VALUE,
    FIELD_COUNT
} field;

static const char *const field_names[FIELD_COUNT] = {
    [ID] = "id",         [LABEL] = "label",   [NAME] = "name",
    [KIND] = "kind",     [TYPE] = "type",     [SOURCE] = "source",
    [TARGET] = "target", [WEIGHT] = "weight", [VALUE] = "value"
};

typedef struct gml {
    ng_ctx *cx;
    const char *path;
    json_t *tree;
    ng_view text;
    size_t at;
    uint64_t line;
    list open[DEPTH_LIMIT];
    size_t depth;
    ng_buffer fields[FIELD_COUNT];
    bool has[FIELD_COUNT];
    ng_buffer word; /* the one at hand */
} gml;

static ng_status complain(const gml *work, const char *what)
{
    return ng_fail(work->cx, NG_E_DATA, "%s:%llu: %s", work->path, (unsigned long long)work->line,
                   what);
}

/* ---- words ---- */

/* Past white space and comments. */
static void skip_space(gml *work)
{
    for (; work->at < work->text.size; work->at++) {
        char byte = work->text.data[work->at];

        if (byte == '#')
            while (work->at < work->text.size && work->text.data[work->at] != '\n')
                work->at++;
        if (work->at >= work->text.size)
            break;
        byte = work->text.data[work->at];
        if (byte == '\n')
            work->line++;
        else if (byte != ' ' && (byte < '\t' || byte > '\r'))
            break;
    }
}

/* The next text in quotes, its letters for their numbers and names. */
static ng_status take_quoted(gml *work)
{
    size_t first = ++work->at;

    for (; work->at < work->text.size && work->text.data[work->at] != '"'; work->at++)
        work->line += work->text.data[work->at] == '\n';
    if (work->at == work->text.size)
        return complain(work, "the file ends within quotes");
    work->at++;
    return ng_tree_replace_references(work->cx, ng_view_part(work->text, first, work->at - 1), true,
                                      &work->word);
}

/* The next word: a key, a number, a text; "[" and "]" are words; empty at the end. */
static ng_status take_word(gml *work, bool *is_quoted_out)
{
    size_t first = 0;

    skip_space(work);
    first = work->at;
    work->word.size = 0;
    *is_quoted_out = work->at < work->text.size && work->text.data[work->at] == '"';
    if (*is_quoted_out)
        return take_quoted(work);
    while (work->at < work->text.size) {
        char byte = work->text.data[work->at];
        bool is_bracket = byte == '[' || byte == ']';

        if (byte == ' ' || (byte >= '\t' && byte <= '\r') || (is_bracket && work->at > first))
            break;
        work->at++;
        if (is_bracket)
            break;
    }
    return ng_buffer_add(work->cx, &work->word, ng_view_part(work->text, first, work->at));
}

static bool is_word(const gml *work, const char *word)
{
    size_t size = strlen(word);

    if (work->word.size != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if ((work->word.data[i] | 0x20) != (word[i] | 0x20))
            return false;
    return true;
}

/* ---- lists ---- */

/* The field that a key names, FIELD_COUNT for none. */
static field field_of(const gml *work)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (is_word(work, field_names[i]))
            return (field)i;
    return FIELD_COUNT;
}

/* The first of two fields that is there; empty when neither is. */
static ng_view said(const gml *work, field one, field other)
{
    if (work->has[one])
        return ng_buffer_view(&work->fields[one]);
    return work->has[other] ? ng_buffer_view(&work->fields[other]) : NG_VIEW_NONE;
}

static ng_status add_node(gml *work)
{
    json_t *node = NULL;
    ng_status status = NG_OK;

    if (!work->has[ID])
        return complain(work, "a node without an id");
    status = ng_tree_add_node(work->cx, work->tree, said(work, ID, ID), &node);
    if (status == NG_OK && said(work, LABEL, NAME).size > 0)
        status = ng_tree_set_text(work->cx, node, "label", said(work, LABEL, NAME));
    if (status == NG_OK && work->has[KIND])
        status = ng_tree_set_text(work->cx, node, "kind", said(work, KIND, KIND));
    if (status == NG_OK && work->has[TYPE])
        status = ng_tree_set_text(work->cx, node, "type", said(work, TYPE, TYPE));
    return status;
}

static ng_status add_edge(gml *work)
{
    json_t *edge = NULL;
    ng_status status = NG_OK;

    if (!work->has[SOURCE] || !work->has[TARGET])
        return complain(work, "an edge without source or target");
    status = ng_tree_add_edge(work->cx, work->tree, said(work, SOURCE, SOURCE),
                              said(work, TARGET, TARGET), &edge);
    if (status == NG_OK && said(work, WEIGHT, VALUE).size > 0)
        status = ng_tree_set_digits(work->cx, edge, "weight", said(work, WEIGHT, VALUE));
    return status;
}

/* A list begins; `key` is what it is called. */
static ng_status open_list(gml *work, list is)
{
    if (work->depth == DEPTH_LIMIT)
        return complain(work, "lists lie too deep in one another");
    work->open[work->depth++] = is;
    if (is == NODE || is == EDGE)
        memset(work->has, 0, sizeof work->has);
    return NG_OK;
}

static ng_status close_list(gml *work)
{
    list was = OTHER;

    if (work->depth == 0)
        return complain(work, "a ] that closes nothing");
    was = work->open[--work->depth];
    if (was == NODE)
        return add_node(work);
    return was == EDGE ? add_edge(work) : NG_OK;
}

/* What a list of this key is where we are. */
static list list_of(const gml *work)
{
    list in = work->depth > 0 ? work->open[work->depth - 1] : OUTSIDE;

    if (in == OUTSIDE)
        return is_word(work, "graph") ? GRAPH : OTHER;
    if (in != GRAPH)
        return OTHER;
    return is_word(work, "node") ? NODE : is_word(work, "edge") ? EDGE : OTHER;
}

/* A key and its value. */
static ng_status take_pair(gml *work)
{
    bool is_quoted = false;
    list in = work->depth > 0 ? work->open[work->depth - 1] : OUTSIDE;
    list is = list_of(work);
    field which = in == NODE || in == EDGE ? field_of(work) : FIELD_COUNT;
    ng_status status = take_word(work, &is_quoted);

    if (status != NG_OK)
        return status;
    if (!is_quoted && is_word(work, "["))
        return open_list(work, is);
    if (!is_quoted && (work->word.size == 0 || is_word(work, "]")))
        return complain(work, "a key without a value");
    if (which == FIELD_COUNT || work->has[which])
        return NG_OK;
    work->fields[which].size = 0;
    work->has[which] = true;
    return ng_buffer_add(work->cx, &work->fields[which], ng_buffer_view(&work->word));
}

/* All of the file. */
static ng_status read_all(gml *work)
{
    ng_status status = NG_OK;

    for (uint64_t count = 0; status == NG_OK; count++) {
        bool is_quoted = false;

        status = take_word(work, &is_quoted);
        if (status != NG_OK || (work->word.size == 0 && !is_quoted))
            break;
        if (is_quoted || is_word(work, "["))
            status = complain(work, "a value without a key");
        else
            status = is_word(work, "]") ? close_list(work) : take_pair(work);
        if (status == NG_OK && count % 4096 == 0 && ng_ctx_is_cancelled(work->cx))
            status = ng_fail(work->cx, NG_E_LIMIT, "%s: interrupted", work->path);
    }
    return status == NG_OK && work->depth > 0 ? complain(work, "the file ends in the middle")
                                              : status;
}

ng_status ng_gml_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree)
{
    gml *work = ng_alloc(cx, sizeof *work);
    ng_status status = NG_OK;

    if (!work)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory for the graph", path);
    memset(work, 0, sizeof *work);
    work->cx = cx;
    work->path = path;
    work->tree = tree;
    work->text = text;
    work->line = 1;
    ng_buffer_init(&work->word, SIZE_MAX / 2);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        ng_buffer_init(&work->fields[i], SIZE_MAX / 2);
    status = read_all(work);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        ng_buffer_destroy(cx, &work->fields[i]);
    ng_buffer_destroy(cx, &work->word);
    ng_free(cx, work);
    return status;
}
