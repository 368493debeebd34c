/* Pajek (.net): sections of lines, as the program's manual has them (Mrvar and Batagelj).
 *
 * (igraph reads Pajek, too, but refuses what NetworkX writes for nodes with attributes.)
 *
 * Read are *Vertices, *Edges, *Arcs, *Edgeslist, *Arcslist and *Matrix of the first network; what
 * stands behind a node's name or an edge's weight describes looks and is passed over. A node that
 * has no line is called by its number. Names may stand in quotes; letters may be written as numbers
 * (&#34;). */
#include "import.h"

typedef enum section { NO_SECTION, VERTICES, PAIRS, LISTS, MATRIX } section;

/* Nodes that a file may announce beyond its bytes: they need no line each. */
enum { ANNOUNCED_LIMIT = 1000 * 1000 };

typedef struct pajek {
    ng_ctx *cx;
    const char *path;
    json_t *tree;
    size_t size;  /* of the file */
    ng_view rest; /* of the line at hand */
    uint64_t line;
    section in;
    uint32_t node_count;
    uint32_t first_count; /* of a network of two kinds: nodes of the first; else 0 */
    uint32_t row;         /* of a matrix */
    bool is_over;         /* a second network begins */
} pajek;

static ng_status complain(const pajek *work, const char *what)
{
    return ng_fail(work->cx, NG_E_DATA, "%s:%llu: %s", work->path, (unsigned long long)work->line,
                   what);
}

/* The next word of the line, without its quotes. Empty at the end. */
static ng_status next_word(pajek *work, ng_buffer *out)
{
    ng_view rest = work->rest;
    size_t at = 0;
    bool is_quoted = false;
    ng_status status = NG_OK;

    out->size = 0;
    while (at < rest.size && (rest.data[at] == ' ' || rest.data[at] == '\t'))
        at++;
    is_quoted = at < rest.size && rest.data[at] == '"';
    at += is_quoted;
    for (; at < rest.size && status == NG_OK; at++) {
        char byte = rest.data[at];

        if (is_quoted ? byte == '"' : byte == ' ' || byte == '\t')
            break;
        status = ng_buffer_add_byte(work->cx, out, byte);
    }
    if (is_quoted && at < rest.size)
        at++;
    work->rest = ng_view_part(rest, at, rest.size);
    return status;
}

/* A node by its number in the file, from 1. */
static bool take_node(const pajek *work, ng_view word, uint32_t *node_out)
{
    uint64_t number = 0;

    if (!ng_view_unsigned(word, &number) || number == 0 || number > work->node_count)
        return false;
    *node_out = (uint32_t)number - 1;
    return true;
}

static json_t *node_at(const pajek *work, uint32_t node)
{
    return json_array_get(json_object_get(work->tree, "nodes"), node);
}

static ng_status add_edge(pajek *work, uint32_t a, uint32_t b, ng_view weight)
{
    const json_t *source = json_object_get(node_at(work, a), "id");
    const json_t *target = json_object_get(node_at(work, b), "id");
    json_t *edge = NULL;
    ng_status status = ng_tree_add_edge(work->cx, work->tree, ng_view_of(json_string_value(source)),
                                        ng_view_of(json_string_value(target)), &edge);

    return status == NG_OK && weight.size > 0 ? ng_tree_set_digits(work->cx, edge, "weight", weight)
                                              : status;
}

/* The second number of "*Vertices 5 2": two of one kind, the others of another. */
static ng_status take_first_count(pajek *work, ng_buffer *word)
{
    uint64_t count = 0;
    ng_status status = next_word(work, word);

    if (status != NG_OK || !ng_view_unsigned(ng_buffer_view(word), &count))
        return status;
    if (count > work->node_count)
        return complain(work, "*Vertices with a second number that is none of its nodes");
    work->first_count = (uint32_t)count;
    return NG_OK;
}

/* "*Vertices 5": that many nodes, called by their numbers until their lines come. */
static ng_status begin_vertices(pajek *work, ng_buffer *word)
{
    uint64_t count = 0;
    ng_status status = next_word(work, word);

    if (status == NG_OK && !ng_view_unsigned(ng_buffer_view(word), &count))
        return complain(work, "*Vertices without the number of nodes");
    if (work->node_count > 0)
        work->is_over = true;
    if (status == NG_OK && count > ANNOUNCED_LIMIT + work->size)
        return ng_fail(work->cx, NG_E_LIMIT,
                       "%s:%llu: announces %llu nodes, more than it has room for", work->path,
                       (unsigned long long)work->line, (unsigned long long)count);
    for (uint64_t i = 0; i < count && !work->is_over && status == NG_OK; i++) {
        char digits[24];
        int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)i + 1);
        json_t *node = NULL;

        status = ng_tree_add_node(work->cx, work->tree, (ng_view){ digits, (size_t)size }, &node);
        work->node_count++;
    }
    work->in = VERTICES;
    return status == NG_OK && !work->is_over ? take_first_count(work, word) : status;
}

/* A line that begins with a star. */
static ng_status begin_section(pajek *work, ng_buffer *word)
{
    static const struct {
        const char *name;
        section is;
    } sections[] = { { "*network", NO_SECTION }, { "*vertices", VERTICES }, { "*arcs", PAIRS },
                     { "*edges", PAIRS },        { "*arcslist", LISTS },    { "*edgeslist", LISTS },
                     { "*matrix", MATRIX } };
    ng_status status = next_word(work, word);

    for (size_t i = 0; i < word->size; i++)
        if (word->data[i] >= 'A' && word->data[i] <= 'Z')
            word->data[i] = (char)(word->data[i] + 32);
        else if (word->data[i] == ':') /* "*Arcs :1 "knows"" */
            word->size = i;
    work->in = NO_SECTION;
    work->row = 0;
    for (size_t i = 0; i < sizeof sections / sizeof *sections && status == NG_OK; i++) {
        if (!ng_view_equal(ng_buffer_view(word), ng_view_of(sections[i].name)))
            continue;
        work->in = sections[i].is;
        if (work->in == VERTICES)
            return begin_vertices(work, word);
    }
    return status;
}

/* 3 "a name" ... */
static ng_status take_vertex(pajek *work, ng_buffer *word)
{
    uint32_t node = 0;
    ng_buffer label;
    ng_status status = next_word(work, word);

    if (status == NG_OK && !take_node(work, ng_buffer_view(word), &node))
        return complain(work, "a node's line does not begin with its number");
    if (status == NG_OK)
        status = next_word(work, word);
    if (status != NG_OK || word->size == 0)
        return status;
    if (json_object_get(node_at(work, node), "label"))
        return complain(work, "a second line of the same node");
    ng_buffer_init(&label, SIZE_MAX / 2);
    status = ng_tree_replace_references(work->cx, ng_buffer_view(word), false, &label);
    if (status == NG_OK)
        status = ng_tree_set_text(work->cx, node_at(work, node), "label", ng_buffer_view(&label));
    ng_buffer_destroy(work->cx, &label);
    return status;
}

/* 1 2 0.5 ... */
static ng_status take_pair(pajek *work, ng_buffer *word)
{
    uint32_t a = 0, b = 0;
    ng_view weight;
    ng_status status = next_word(work, word);

    if (status == NG_OK && !take_node(work, ng_buffer_view(word), &a))
        return complain(work, "an edge's first end is no node");
    if (status == NG_OK)
        status = next_word(work, word);
    if (status == NG_OK && !take_node(work, ng_buffer_view(word), &b))
        return complain(work, "an edge's second end is no node");
    if (status == NG_OK)
        status = next_word(work, word);
    weight = ng_buffer_view(word);
    return status == NG_OK ? add_edge(work, a, b, weight) : status;
}

/* 1 2 3 4: edges from the first to each other. */
static ng_status take_list(pajek *work, ng_buffer *word)
{
    uint32_t a = 0, b = 0;
    ng_status status = next_word(work, word);

    if (status == NG_OK && !take_node(work, ng_buffer_view(word), &a))
        return complain(work, "a list's first end is no node");
    while (status == NG_OK) {
        status = next_word(work, word);
        if (status != NG_OK || word->size == 0)
            return status;
        if (!take_node(work, ng_buffer_view(word), &b))
            return complain(work, "an edge's end is no node");
        status = add_edge(work, a, b, NG_VIEW_NONE);
    }
    return status;
}

/* A row of a matrix: the weight to each node, 0 for none. Of two kinds of nodes the first have the
 * rows, the second the columns. */
static ng_status take_row(pajek *work, ng_buffer *word)
{
    uint32_t row_count = work->first_count > 0 ? work->first_count : work->node_count;
    ng_status status = NG_OK;

    if (work->row >= row_count)
        return complain(work, "more rows than nodes");
    for (uint32_t column = work->first_count; status == NG_OK; column++) {
        double weight = 0;

        status = next_word(work, word);
        if (status != NG_OK || word->size == 0)
            break;
        if (column >= work->node_count)
            return complain(work, "more columns than nodes");
        if (!ng_view_number(ng_buffer_view(word), &weight) || weight != 0)
            status = add_edge(work, work->row, column, ng_buffer_view(word));
    }
    work->row++;
    return status;
}

/* One line. */
static ng_status take_line(pajek *work, ng_buffer *word)
{
    size_t at = 0;

    while (at < work->rest.size && (work->rest.data[at] == ' ' || work->rest.data[at] == '\t'))
        at++;
    if (at == work->rest.size || work->rest.data[at] == '%' || work->rest.data[at] == '/')
        return NG_OK;
    if (work->rest.data[at] == '*')
        return begin_section(work, word);
    switch (work->in) {
    case VERTICES:
        return take_vertex(work, word);
    case PAIRS:
        return take_pair(work, word);
    case LISTS:
        return take_list(work, word);
    case MATRIX:
        return take_row(work, word);
    default:
        return NG_OK;
    }
}

ng_status ng_pajek_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree)
{
    pajek work = { .cx = cx, .path = path, .tree = tree, .size = text.size };
    ng_buffer word;
    ng_status status = NG_OK;

    ng_buffer_init(&word, SIZE_MAX / 2);
    for (size_t start = 0; start < text.size && !work.is_over && status == NG_OK;) {
        const char *end = memchr(text.data + start, '\n', text.size - start);
        size_t stop = end ? (size_t)(end - text.data) : text.size;

        work.line++;
        work.rest = ng_view_part(text, start, stop);
        if (work.rest.size > 0 && work.rest.data[work.rest.size - 1] == '\r')
            work.rest.size--;
        status = take_line(&work, &word);
        if (status == NG_OK && work.line % 4096 == 0 && ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "%s: interrupted", path);
        start = stop + 1;
    }
    ng_buffer_destroy(cx, &word);
    return status;
}
