/* Graphs of other tools: which format is it, and who reads it.
 *
 * GraphML is read through libxml2 (graphml.c), edge lists through libcsv (edge_list.c), GML and
 * Pajek by ourselves (gml.c, pajek.c), DOT by cgraph in nergraph-draw, which answers with node-link
 * JSON (cgraph and igraph must not be one binary). All end as the tree that load.c reads,
 * so that what cannot be meant is refused by the same words.
 *
 * What a file says decides, so that prose which begins "Graph [see ..." or "*Network of ..." stays
 * a document; the endings .graphml, .gml, .dot and .gv decide where that says nothing, so that an
 * empty or broken file is told from a document. (.net does not: pages are called by the name of
 * their site.)
 */
#include "import.h"

#include <ctype.h>

/* A larger file would not fit in memory. */
static const uint64_t import_bytes = (uint64_t)2 << 30;

enum { DOT_SECONDS = 600 };

/* ---- which format? ---- */

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Past white space and comments: "#" and "//" to the end of the line, slash-star. */
static size_t skip_space(ng_view text, size_t at)
{
    while (at < text.size) {
        char byte = text.data[at];
        char next = at + 1 < text.size ? text.data[at + 1] : '\0';

        if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
            at++;
        } else if (byte == '#' || (byte == '/' && next == '/')) {
            while (at < text.size && text.data[at] != '\n')
                at++;
        } else if (byte == '/' && next == '*') {
            for (at += 2; at + 1 < text.size; at++)
                if (text.data[at] == '*' && text.data[at + 1] == '/')
                    break;
            at += 2;
        } else {
            break;
        }
    }
    return at < text.size ? at : text.size;
}

/* True when the word (in small letters) stands at `at`, whatever its case; *at is then behind. */
static bool take_word(ng_view text, size_t *at, const char *word)
{
    size_t size = strlen(word);

    if (text.size - *at < size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (lower(text.data[*at + i]) != word[i])
            return false;
    if (*at + size < text.size && isalnum((unsigned char)text.data[*at + size]))
        return false;
    *at += size;
    return true;
}

/* Past white space and the comments of Pajek, which fill lines. */
static size_t skip_remarks(ng_view text, size_t at)
{
    for (; at < text.size; at++) {
        char byte = text.data[at];

        if (byte == '%' || (byte == '/' && at + 1 < text.size && text.data[at + 1] == '*'))
            while (at + 1 < text.size && text.data[at + 1] != '\n')
                at++;
        else if (byte != ' ' && (byte < '\t' || byte > '\r'))
            break;
    }
    return at;
}

/* As take_word, behind a star. */
static bool take_starred(ng_view text, size_t *at, const char *word)
{
    size_t behind = *at + 1;

    if (*at >= text.size || text.data[*at] != '*' || !take_word(text, &behind, word))
        return false;
    *at = behind;
    return true;
}

/* "*Vertices 5", perhaps after "*Network name" on a line of its own. */
static bool is_pajek(ng_view text, size_t at)
{
    at = skip_remarks(text, at);
    if (take_starred(text, &at, "network")) {
        while (at < text.size && text.data[at] != '\n')
            at++;
        at = skip_remarks(text, at);
    }
    if (!take_starred(text, &at, "vertices"))
        return false;
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    return at >= text.size || isdigit((unsigned char)text.data[at]);
}

/* Past a value of GML at `at`, which is no list: a text in quotes or a number. */
static bool take_value(ng_view text, size_t *at)
{
    size_t first = *at;

    if (text.data[first] == '"') {
        const char *end = memchr(text.data + first + 1, '"', text.size - first - 1);

        *at = end ? (size_t)(end - text.data) + 1 : text.size;
        return true;
    }
    while (*at < text.size && memchr("+-.0123456789eE", text.data[*at], 15))
        ++*at;
    return *at > first && !isalpha((unsigned char)text.data[first]) &&
           (*at == text.size || isspace((unsigned char)text.data[*at]) || text.data[*at] == ']');
}

/* True when, behind the bracket of a graph, come keys with values as far as the first node or edge:
 * words of prose have no numbers and texts behind them. */
static bool has_pairs(ng_view text, size_t at)
{
    size_t depth = 1;

    for (;;) {
        bool is_item = false;

        at = skip_space(text, at);
        if (at < text.size && text.data[at] == ']') {
            at++;
            if (--depth == 0)
                return skip_space(text, at) == text.size;
            continue;
        }
        if (at < text.size && !isalpha((unsigned char)text.data[at]))
            return false;
        is_item = take_word(text, &at, "node") || take_word(text, &at, "edge");
        while (at < text.size && (isalnum((unsigned char)text.data[at]) || text.data[at] == '_'))
            at++;
        at = skip_space(text, at);
        if (at >= text.size)
            return true;
        if (text.data[at] == '[') {
            if (is_item)
                return true;
            depth++;
            at++;
        } else if (!take_value(text, &at)) {
            return false;
        }
    }
}

/* "graph [" and pairs, perhaps after "Creator "..."", "Version 1" and comments. */
static bool is_gml(ng_view text, size_t at)
{
    while (take_word(text, &at, "creator") || take_word(text, &at, "version") ||
           take_word(text, &at, "comment")) {
        while (at < text.size && text.data[at] != '\n')
            at++;
        at = skip_space(text, at);
    }
    if (!take_word(text, &at, "graph"))
        return false;
    at = skip_space(text, at);
    if (at >= text.size || text.data[at] != '[')
        return false;
    return has_pairs(text, at + 1);
}

/* "strict digraph name {": the name is a word or a text in quotes. */
static bool is_dot(ng_view text, size_t at)
{
    if (take_word(text, &at, "strict"))
        at = skip_space(text, at);
    if (!take_word(text, &at, "graph") && !take_word(text, &at, "digraph"))
        return false;
    at = skip_space(text, at);
    if (at < text.size && text.data[at] == '"') {
        for (at++; at < text.size && text.data[at] != '"'; at++)
            at += text.data[at] == '\\';
        at++;
    } else {
        while (at < text.size && (isalnum((unsigned char)text.data[at]) || text.data[at] == '_' ||
                                  text.data[at] == '.' || (unsigned char)text.data[at] >= 0x80))
            at++;
    }
    at = skip_space(text, at);
    return at < text.size && text.data[at] == '{';
}

/* Past the comment of XML that opens at `at`. */
static size_t skip_xml_comment(ng_view text, size_t at)
{
    for (at += 4; at + 3 <= text.size; at++)
        if (memcmp(text.data + at, "-->", 3) == 0)
            return at + 3;
    return text.size;
}

/* True when the name of XML at `at`, without its prefix, is "graphml". */
static bool is_graphml_name(ng_view text, size_t at)
{
    for (size_t i = at; i < text.size && !isspace((unsigned char)text.data[i]) &&
                        text.data[i] != '>' && text.data[i] != '/';
         i++)
        if (text.data[i] == ':')
            at = i + 1;
    return take_word(text, &at, "graphml");
}

/* XML whose first element is "graphml", as far as it was read. */
static bool is_graphml(ng_view text, size_t at)
{
    if (at >= text.size || text.data[at] != '<')
        return false;
    while (at + 8 <= text.size) {
        if (ng_view_starts(ng_view_part(text, at, text.size), NG_VIEW("<!--")))
            at = skip_xml_comment(text, at);
        else if (text.data[at] != '<' || text.data[at + 1] == '?' || text.data[at + 1] == '!')
            at++;
        else
            return is_graphml_name(text, at + 1);
    }
    return false;
}

bool ng_import_ends_with(const char *path, const char *ending)
{
    size_t size = strlen(path), ending_size = strlen(ending);

    if (size < ending_size)
        return false;
    for (size_t i = 0; i < ending_size; i++)
        if (lower(path[size - ending_size + i]) != ending[i])
            return false;
    return true;
}

ng_import_format ng_import_sniff(const char *path, ng_view start)
{
    static const struct {
        const char *ending;
        ng_import_format format;
    } endings[] = { { ".graphml", NG_IMPORT_GRAPHML },
                    { ".gml", NG_IMPORT_GML },
                    { ".dot", NG_IMPORT_DOT },
                    { ".gv", NG_IMPORT_DOT } };
    size_t at = ng_view_starts(start, NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    size_t word = skip_space(start, at);

    if (is_graphml(start, word))
        return NG_IMPORT_GRAPHML;
    if (is_gml(start, word))
        return NG_IMPORT_GML;
    if (is_pajek(start, at))
        return NG_IMPORT_PAJEK;
    if (is_dot(start, word))
        return NG_IMPORT_DOT;
    if (ng_edge_list_is_one(path, ng_view_part(start, at, start.size)))
        return NG_IMPORT_CSV;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ng_import_ends_with(path, endings[i].ending))
            return endings[i].format;
    return NG_IMPORT_NONE;
}

/* ---- reading ---- */

ng_status ng_import_check_utf8(ng_ctx *cx, const char *path, ng_view text)
{
    size_t valid = ng_utf8_valid_size(text);
    uint64_t line = 1;

    if (valid == text.size)
        return NG_OK;
    for (size_t i = 0; i < valid; i++)
        line += text.data[i] == '\n';
    return ng_fail(cx, NG_E_DATA,
                   "%s:%llu: not valid UTF-8; convert the file first, for example with `iconv -f "
                   "windows-1252 -t utf-8`",
                   path, (unsigned long long)line);
}

/* What nergraph-draw made of it. */
static ng_status judge(ng_ctx *cx, const char *path, const char *program,
                       const ng_process_result *result)
{
    const char *message = ng_program_message(NG_PROGRAM_DRAW, result);

    if (result->end == NG_PROCESS_MISSING)
        return ng_fail(cx, NG_E_IO,
                       "%s: DOT is read by %s, which was not found or cannot be run; install it "
                       "beside nergraph, or say in the environment where it is: "
                       "NERGRAPH_DRAW=/path/to/nergraph-draw",
                       path, program);
    if (result->end == NG_PROCESS_LATE)
        return ng_fail(cx, NG_E_LIMIT, "%s: reading it took longer than %d s", path, DOT_SECONDS);
    if (result->end == NG_PROCESS_KILLED)
        return ng_fail(cx, NG_E_IO, "%s: %s was ended by signal %d while it read it", path, program,
                       result->code);
    if (result->code == NG_E_MEMORY)
        return ng_fail(cx, NG_E_MEMORY, "%s: %s", path, message);
    if (result->code != 0)
        return ng_fail(cx, NG_E_DATA, "%s: %s", path, *message ? message : "cannot be read");
    return NG_OK;
}

/* Weights of DOT come as texts. */
static ng_status read_weights(ng_ctx *cx, json_t *tree)
{
    json_t *edges = json_object_get(tree, "edges");
    ng_status status = NG_OK;

    for (size_t i = 0; i < json_array_size(edges) && status == NG_OK; i++) {
        json_t *edge = json_array_get(edges, i);
        json_t *weight = json_incref(json_object_get(edge, "weight"));

        if (json_is_string(weight))
            status = ng_tree_set_digits(
                cx, edge, "weight",
                (ng_view){ json_string_value(weight), json_string_length(weight) });
        json_decref(weight);
    }
    return status;
}

/* DOT as the drawing program understands it. */
static ng_status read_dot(ng_ctx *cx, const char *path, ng_view text, json_t **tree_out)
{
    char program_path[NG_PROGRAM_BYTES];
    const char *program = ng_program_find(cx, NG_PROGRAM_DRAW, NULL, program_path);
    const char *arguments[] = { program, "--read-dot", NULL };
    const ng_process process = { program, arguments, text, DOT_SECONDS };
    ng_process_result result = { NG_PROCESS_DONE, 0, "" };
    json_error_t error;
    ng_buffer answer;
    ng_status status = NG_OK;

    ng_buffer_init(&answer, SIZE_MAX / 2);
    status = ng_process_run(cx, &process, &answer, &result);
    if (status == NG_OK)
        status = judge(cx, path, program, &result);
    if (status == NG_OK) {
        *tree_out = json_loadb(answer.data ? answer.data : "", answer.size, JSON_ALLOW_NUL, &error);
        if (!*tree_out && /* as in load.c */
            (error.line < 0 || json_error_code(&error) == json_error_out_of_memory))
            status = ng_fail(cx, NG_E_MEMORY, "%s: no memory for the graph", path);
        else if (!*tree_out)
            status = ng_fail(cx, NG_E_IO, "%s: %s gave no graph: %s", path, program, error.text);
        else
            status = read_weights(cx, *tree_out);
    }
    ng_buffer_destroy(cx, &answer);
    return status;
}

ng_status ng_import_tree(ng_ctx *cx, const char *path, ng_import_format format, json_t **tree_out)
{
    static ng_status (*const readers[])(ng_ctx * cx, const char *path, ng_view text,
                                        json_t *tree) = { [NG_IMPORT_GRAPHML] = ng_graphml_read,
                                                          [NG_IMPORT_GML] = ng_gml_read,
                                                          [NG_IMPORT_PAJEK] = ng_pajek_read,
                                                          [NG_IMPORT_CSV] = ng_edge_list_read };
    ng_buffer bytes;
    ng_view text;
    json_t *tree = NULL;
    ng_status status = NG_OK;

    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_file_read(cx, path, import_bytes, "the limit of graph files", &bytes);
    text = ng_buffer_view(&bytes);
    if (ng_view_starts(text, NG_VIEW("\xEF\xBB\xBF")))
        text = ng_view_part(text, 3, text.size);
    if (status == NG_OK && format != NG_IMPORT_GRAPHML) /* XML says itself how it is encoded */
        status = ng_import_check_utf8(cx, path, text);
    if (status == NG_OK && format == NG_IMPORT_DOT)
        status = read_dot(cx, path, text, &tree);
    else if (status == NG_OK) {
        tree = ng_tree_new();
        status = tree ? readers[format](cx, path, text, tree)
                      : ng_fail(cx, NG_E_MEMORY, "%s: no memory for the graph", path);
    }
    ng_buffer_destroy(cx, &bytes);
    if (status == NG_OK)
        *tree_out = tree;
    else
        json_decref(tree);
    return status;
}
