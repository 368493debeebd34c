/* Graphs of other tools: which format is it, and who reads it.
 *
 * GraphML is read through libxml2 (graphml.c), edge lists through libcsv (edge_list.c), GML and
 * Pajek by ourselves (gml.c, pajek.c), DOT by cgraph in nergraph-draw, which answers with node-link
 * JSON (cgraph and igraph must not be one binary). All end as the tree that load.c reads,
 * so that what cannot be meant is refused by the same words. A text that merely looks like the
 * beginning of such a file would have to begin with its very first word. */
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

static bool is_pajek(ng_view text, size_t at)
{
    return at < text.size && text.data[at] == '*' &&
           (at++, take_word(text, &at, "vertices") || take_word(text, &at, "network"));
}

/* "graph [" and a key, perhaps after "Creator "..."", "Version 1" and comments. */
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
    at = skip_space(text, at + 1);
    return at >= text.size || isalpha((unsigned char)text.data[at]) || text.data[at] == ']';
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
                                  text.data[at] == '.' || text.data[at] < 0))
            at++;
    }
    at = skip_space(text, at);
    return at < text.size && text.data[at] == '{';
}

/* XML whose first element is "graphml", as far as it was read. */
static bool is_graphml(ng_view text, size_t at)
{
    if (at >= text.size || text.data[at] != '<')
        return false;
    for (; at + 8 <= text.size; at++) {
        if (text.data[at] != '<' || text.data[at + 1] == '?' || text.data[at + 1] == '!')
            continue;
        at++;
        for (size_t i = at; i < text.size && text.data[i] != '>' && text.data[i] != ' '; i++)
            if (text.data[i] == ':')
                at = i + 1; /* a prefix */
        return take_word(text, &at, "graphml");
    }
    return false;
}

ng_import_format ng_import_sniff(const char *path, ng_view start)
{
    size_t at = ng_view_starts(start, NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    size_t word = skip_space(start, at);

    if (is_graphml(start, word))
        return NG_IMPORT_GRAPHML;
    if (is_gml(start, word))
        return NG_IMPORT_GML;
    if (is_pajek(start, word))
        return NG_IMPORT_PAJEK;
    if (is_dot(start, word))
        return NG_IMPORT_DOT;
    return ng_edge_list_is_one(path, ng_view_part(start, at, start.size)) ? NG_IMPORT_CSV
                                                                          : NG_IMPORT_NONE;
}

/* ---- reading ---- */

/* What nergraph-draw made of it. */
static ng_status judge(ng_ctx *cx, const char *path, const char *program,
                       const ng_process_result *result)
{
    const char *message = result->message;

    if (strncmp(message, "nergraph-draw: ", 15) == 0)
        message += 15;
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
    const char *program = ng_draw_program(cx, NULL, program_path);
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
        if (!*tree_out)
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
