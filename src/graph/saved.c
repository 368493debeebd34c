/* Is this file a saved graph or a document? Decided by its first bytes.
 *
 * A node-link graph is one JSON object with a list of objects called "nodes" at its top. A small
 * scanner follows strings and brackets, so that a JSON record whose text merely quotes such a thing
 * is not taken for one. Only the first bytes of a regular file are read: a pipe must reach
 * the reader of documents whole. */
#include "import.h"

#include <fcntl.h>

/* Past white space. */
static size_t skip_space(ng_view text, size_t at)
{
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t' ||
                              text.data[at] == '\n' || text.data[at] == '\r'))
        at++;
    return at;
}

/* Past the string that opens at `at`. */
static size_t skip_string(ng_view text, size_t at)
{
    for (at++; at < text.size && text.data[at] != '"'; at++)
        if (text.data[at] == '\\')
            at++;
    return at + 1;
}

/* True when the string text[start..end), quotes included, is the key of a list of nodes: objects,
 * or none at all. */
static bool opens_nodes(ng_view text, size_t start, size_t end)
{
    size_t at = skip_space(text, end);

    if (!ng_view_equal(ng_view_part(text, start, end), NG_VIEW("\"nodes\"")))
        return false;
    if (at >= text.size || text.data[at] != ':')
        return false;
    at = skip_space(text, at + 1);
    if (at >= text.size || text.data[at] != '[')
        return false;
    at = skip_space(text, at + 1);
    return at < text.size && (text.data[at] == '{' || text.data[at] == ']');
}

/* True when the beginning of a file is that of a node-link graph. */
static bool is_graph_text(ng_view text)
{
    size_t depth = 0;
    size_t at = ng_view_starts(text, NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;

    at = skip_space(text, at);
    if (at >= text.size || text.data[at] != '{')
        return false;
    while (at < text.size) {
        char byte = text.data[at];
        size_t end = byte == '"' ? skip_string(text, at) : at + 1;

        if (byte == '"' && depth == 1 && end <= text.size && opens_nodes(text, at, end))
            return true;
        if (byte == '{' || byte == '[')
            depth++;
        if ((byte == '}' || byte == ']') && --depth == 0)
            return false;
        at = end;
    }
    return false;
}

/* Reads up to `size` bytes; what stops it does not matter. */
static size_t peek(const ng_sys *sys, const char *path, char *data, size_t size)
{
    size_t filled = 0;
    int fd = sys->open(path, O_RDONLY | O_CLOEXEC, 0);

    if (fd < 0)
        return 0;
    while (filled < size) {
        ssize_t got = sys->read(fd, data + filled, size - filled);

        if (got <= 0)
            break;
        filled += (size_t)got;
    }
    (void)sys->close(fd);
    return filled;
}

/* True when the beginning of a file is that of a saved graph (.ngr). */
static bool is_counts_text(ng_view text)
{
    return ng_view_starts(text, NG_VIEW("\x89NGR\r\n\x1a"));
}

bool ng_saved_is_counts(ng_ctx *cx, const char *path)
{
    struct stat about;
    char start[8];

    if (cx->sys->stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    return is_counts_text((ng_view){ start, peek(cx->sys, path, start, sizeof start) });
}

size_t ng_saved_peek(ng_ctx *cx, const char *path, char data[NG_PEEK_BYTES])
{
    return peek(cx->sys, path, data, NG_PEEK_BYTES);
}

bool ng_graph_is_saved(ng_ctx *cx, const char *path)
{
    struct stat about;
    char *data = NULL;
    ng_view text;
    bool is_graph = false;

    if (cx->sys->stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    data = ng_alloc(cx, NG_PEEK_BYTES);
    if (!data)
        return false;
    text = (ng_view){ data, ng_saved_peek(cx, path, data) };
    is_graph = is_counts_text(text) || is_graph_text(text) ||
               ng_import_sniff(path, text) != NG_IMPORT_NONE;
    ng_free(cx, data);
    return is_graph;
}
