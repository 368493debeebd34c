/* A table of edges as CSV, and one of nodes if it stands beside it.
 *
 * The first line names the columns: source and target, perhaps weight, in any order and case; other
 * columns are passed over. Fields are separated by comma, semicolon or tab, whichever the first
 * line has most of. net-nodes.csv beside net.csv (as this program and Gephi's users write them)
 * tells ids, labels and kinds; nodes that it does not name, or all when it is not there, are those
 * of the edges. libcsv parses. */
#include "import.h"

#include <csv.h>

enum { COLUMN_LIMIT = 256 };

/* What a column means. */
typedef enum meaning {
    OTHER,
    SOURCE,
    TARGET,
    WEIGHT,
    ID,
    LABEL,
    KIND,
    TYPE,
    MEANING_COUNT
} meaning;

/* A table being read. */
typedef struct table {
    ng_ctx *cx;
    const char *path;
    json_t *tree;
    ng_intern *ids;
    bool is_nodes; /* of nodes, not of edges */
    meaning columns[COLUMN_LIMIT];
    size_t column; /* of the next field */
    uint64_t line; /* from 1; of records */
    ng_buffer fields[MEANING_COUNT];
    bool has[MEANING_COUNT];
    ng_status status;
} table;

static meaning meaning_of(ng_view name)
{
    static const struct {
        const char *name;
        meaning is;
    } known[] = { { "source", SOURCE }, { "from", SOURCE }, { "target", TARGET }, { "to", TARGET },
                  { "weight", WEIGHT }, { "id", ID },       { "label", LABEL },   { "name", LABEL },
                  { "kind", KIND },     { "type", TYPE } };
    char lower[16];

    if (name.size >= sizeof lower)
        return OTHER;
    for (size_t i = 0; i < name.size; i++)
        lower[i] =
            name.data[i] >= 'A' && name.data[i] <= 'Z' ? (char)(name.data[i] + 32) : name.data[i];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ng_view_equal((ng_view){ lower, name.size }, ng_view_of(known[i].name)))
            return known[i].is;
    return OTHER;
}

/* What separates fields: what the first line has most of. */
static char find_separator(ng_view text)
{
    static const char separators[] = { ',', ';', '\t' };
    size_t counts[3] = { 0 }, best = 0;

    for (size_t i = 0; i < text.size && text.data[i] != '\n'; i++)
        for (size_t k = 0; k < 3; k++)
            counts[k] += text.data[i] == separators[k];
    for (size_t k = 1; k < 3; k++)
        if (counts[k] > counts[best])
            best = k;
    return separators[best];
}

/* Around fields it is nothing, as to libcsv. */
static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

bool ng_edge_list_is_one(const char *path, ng_view start)
{
    char separator = find_separator(start);
    bool has_source = false, has_target = false;
    size_t first = 0;

    if (!ng_import_ends_with(path, ".csv") && !ng_import_ends_with(path, ".tsv"))
        return false;
    for (size_t at = 0; at <= start.size; at++) {
        char byte = at < start.size ? start.data[at] : '\n';
        size_t end = at;

        if (byte != separator && byte != '\n')
            continue;
        while (end > first && is_blank(start.data[end - 1]))
            end--;
        while (end > first && is_blank(start.data[first]))
            first++;
        if (end >= first + 2 && start.data[first] == '"' && start.data[end - 1] == '"') {
            first++;
            end--;
        }
        has_source |= meaning_of(ng_view_part(start, first, end)) == SOURCE;
        has_target |= meaning_of(ng_view_part(start, first, end)) == TARGET;
        first = at + 1;
        if (byte == '\n')
            break;
    }
    return has_source && has_target;
}

/* ---- records ---- */

/* A node of this id, if there is none yet. */
static ng_status need_node(table *from, ng_view id, json_t **node_out)
{
    size_t count = ng_intern_count(from->ids);
    uint32_t number = 0;
    ng_status status = ng_intern_add(from->cx, from->ids, id, &number);

    *node_out = NULL;
    return status == NG_OK && number == count ? ng_tree_add_node(from->cx, from->tree, id, node_out)
                                              : status;
}

/* A text without the apostrophe that keeps spreadsheets from taking it for a formula. */
static ng_view plain_text(ng_view text)
{
    ng_view rest = ng_view_part(text, text.size > 0 ? 1 : 0, text.size);

    return text.size > 0 && text.data[0] == '\'' && ng_view_is_formula(rest) ? rest : text;
}

static ng_status add_node(table *from)
{
    ng_view id = plain_text(ng_buffer_view(&from->fields[ID]));
    json_t *node = NULL;
    ng_status status = NG_OK;

    if (!from->has[ID])
        return NG_OK;
    status = need_node(from, id, &node);
    if (status == NG_OK && !node)
        return ng_fail(from->cx, NG_E_DATA, "%s: record %llu: a second node with the id \"%.*s\"",
                       from->path, (unsigned long long)from->line, (int)id.size, id.data);
    if (status == NG_OK && from->has[LABEL])
        status = ng_tree_set_text(from->cx, node, "label",
                                  plain_text(ng_buffer_view(&from->fields[LABEL])));
    if (status == NG_OK && from->has[KIND])
        status = ng_tree_set_text(from->cx, node, "kind", ng_buffer_view(&from->fields[KIND]));
    if (status == NG_OK && from->has[TYPE])
        status = ng_tree_set_text(from->cx, node, "type", ng_buffer_view(&from->fields[TYPE]));
    return status;
}

static ng_status add_edge(table *from)
{
    ng_view source = plain_text(ng_buffer_view(&from->fields[SOURCE]));
    ng_view target = plain_text(ng_buffer_view(&from->fields[TARGET]));
    json_t *item = NULL;
    ng_status status = NG_OK;

    if (!from->has[SOURCE] || !from->has[TARGET])
        return ng_fail(from->cx, NG_E_DATA, "%s: record %llu: an edge without source or target",
                       from->path, (unsigned long long)from->line);
    status = need_node(from, source, &item);
    if (status == NG_OK)
        status = need_node(from, target, &item);
    if (status == NG_OK)
        status = ng_tree_add_edge(from->cx, from->tree, source, target, &item);
    if (status == NG_OK && from->has[WEIGHT])
        status =
            ng_tree_set_digits(from->cx, item, "weight", ng_buffer_view(&from->fields[WEIGHT]));
    return status;
}

/* libcsv: one field. */
static void take_field(void *data, size_t size, void *user)
{
    table *from = user;
    ng_view field = { data ? data : "", data ? size : 0 };
    size_t column = from->column++;
    meaning is = column < COLUMN_LIMIT ? from->columns[column] : OTHER;

    if (from->status != NG_OK)
        return;
    if (from->line == 0) {
        if (column < COLUMN_LIMIT)
            from->columns[column] = meaning_of(field);
        return;
    }
    if (is == OTHER || field.size == 0)
        return;
    from->fields[is].size = 0;
    from->status = ng_buffer_add(from->cx, &from->fields[is], field);
    from->has[is] = true;
}

/* libcsv: the end of a record. */
static void take_record(int end, void *user)
{
    table *from = user;
    bool is_empty = from->column == 0;

    (void)end;
    if (from->status == NG_OK && from->line > 0 && !is_empty)
        from->status = from->is_nodes ? add_node(from) : add_edge(from);
    if (from->status == NG_OK && from->line % 4096 == 0 && ng_ctx_is_cancelled(from->cx))
        from->status = ng_fail(from->cx, NG_E_LIMIT, "%s: interrupted", from->path);
    from->line += !is_empty;
    from->column = 0;
    memset(from->has, 0, sizeof from->has);
}

/* Reads one table. */
static ng_status read_table(ng_ctx *cx, const char *path, ng_view text, bool is_nodes,
                            ng_intern *ids, json_t *tree)
{
    table from = { .cx = cx, .path = path, .tree = tree, .ids = ids, .is_nodes = is_nodes };
    struct csv_parser parser;

    for (size_t i = 0; i < MEANING_COUNT; i++)
        ng_buffer_init(&from.fields[i], SIZE_MAX / 2);
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory for the table", path);
    csv_set_delim(&parser, (unsigned char)find_separator(text));
    if (csv_parse(&parser, text.data, text.size, take_field, take_record, &from) != text.size ||
        csv_fini(&parser, take_field, take_record, &from) != 0) {
        int code = csv_error(&parser);

        if (from.status == NG_OK)
            from.status = ng_fail(cx, code == CSV_ENOMEM ? NG_E_MEMORY : NG_E_DATA,
                                  "%s: record %llu: %s", path, (unsigned long long)from.line + 1,
                                  code == CSV_EPARSE ? "a quote stands where none may be"
                                                     : csv_strerror(code));
    }
    csv_free(&parser);
    for (size_t i = 0; i < MEANING_COUNT; i++)
        ng_buffer_destroy(cx, &from.fields[i]);
    return from.status;
}

/* Reads the table of nodes beside one of edges, if there is one. */
static ng_status read_nodes(ng_ctx *cx, const char *path, ng_intern *ids, json_t *tree)
{
    char beside[4096];
    size_t stem = strlen(path) - 4;
    struct stat about;
    ng_buffer bytes;
    ng_view text;
    ng_status status = NG_OK;

    if (snprintf(beside, sizeof beside, "%.*s-nodes%s", (int)stem, path, path + stem) >=
            (int)sizeof beside ||
        cx->sys->stat(beside, &about) != 0 || !S_ISREG(about.st_mode))
        return NG_OK;
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_file_read(cx, beside, (uint64_t)2 << 30, "the limit of graph files", &bytes);
    text = ng_buffer_view(&bytes);
    if (ng_view_starts(text, NG_VIEW("\xEF\xBB\xBF")))
        text = ng_view_part(text, 3, text.size);
    if (status == NG_OK)
        status = ng_import_check_utf8(cx, beside, text);
    if (status == NG_OK)
        status = read_table(cx, beside, text, true, ids, tree);
    ng_buffer_destroy(cx, &bytes);
    return status;
}

ng_status ng_edge_list_read(ng_ctx *cx, const char *path, ng_view text, json_t *tree)
{
    ng_intern *ids = NULL;
    ng_status status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, &ids);

    if (status == NG_OK)
        status = read_nodes(cx, path, ids, tree);
    if (status == NG_OK)
        status = read_table(cx, path, text, false, ids, tree);
    ng_intern_free(cx, ids);
    return status;
}
