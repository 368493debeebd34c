/* Finding the node a user means.
 *
 * Names are tried from the strictest reading to the loosest: the id; the label as written; the
 * label or an alias without case and accents; whole words of a label ("netanyahu" for "Benjamin
 * Netanyahu"). The first reading that fits any node decides, so that an exact name is never
 * ambiguous because of a longer one. Among several the most mentioned come first. */
#include "graph_internal.h"

/* The nodes that fit so far. */
typedef struct hits {
    const ng_graph *graph;
    size_t *candidates;
    size_t limit, count;
} hits;

/* How strictly a name is read. */
typedef enum reading { READ_ID, READ_LABEL, READ_NAME, READ_WORDS, READING_COUNT } reading;

/* True when node a is listed before node b: more mentions, then the smaller id. */
static bool is_before(const ng_graph *graph, size_t a, size_t b)
{
    if (graph->nodes[a].mention_count != graph->nodes[b].mention_count)
        return graph->nodes[a].mention_count > graph->nodes[b].mention_count;
    return a < b;
}

/* Takes a node in, at its place, if there is room for it. */
static void add_hit(hits *found, size_t node)
{
    size_t stored = found->count < found->limit ? found->count : found->limit;
    size_t at = stored;

    found->count++;
    while (at > 0 && is_before(found->graph, node, found->candidates[at - 1]))
        at--;
    if (at >= found->limit)
        return;
    if (stored == found->limit)
        stored--;
    for (size_t i = stored; i > at; i--)
        found->candidates[i] = found->candidates[i - 1];
    found->candidates[at] = node;
}

/* True when `part` stands in `whole` as whole words. */
static bool has_words(ng_view whole, ng_view part)
{
    for (size_t start = 0; start + part.size <= whole.size; start++) {
        size_t end = start + part.size;

        if (start > 0 && whole.data[start - 1] != ' ' && whole.data[start - 1] != '-')
            continue;
        if (end < whole.size && whole.data[end] != ' ' && whole.data[end] != '-')
            continue;
        if (ng_view_equal(ng_view_part(whole, start, end), part))
            return true;
    }
    return false;
}

/* Folds a text into an emptied buffer. */
static bool fold(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    out->size = 0;
    return ng_utf8_fold(cx, text, out) == NG_OK;
}

/* True when a text of the graph, folded, fits the folded name. */
static bool fits_folded(ng_ctx *cx, ng_view text, ng_view name, reading how, ng_buffer *scratch)
{
    if (!fold(cx, text, scratch))
        return false;
    if (how == READ_WORDS)
        return has_words(ng_buffer_view(scratch), name);
    return ng_view_equal(ng_buffer_view(scratch), name);
}

/* True when a node fits the name in one reading. */
static bool fits(const hits *found, const ng_node *node, ng_view name, ng_view folded, reading how,
                 ng_buffer *scratch)
{
    ng_ctx *cx = found->graph->cx;

    if (how == READ_ID)
        return ng_view_equal(node->id, name);
    if (how == READ_LABEL)
        return ng_view_equal(node->label, name);
    if (fits_folded(cx, node->label, folded, how, scratch))
        return true;
    for (size_t i = 0; i < node->alias_count && how == READ_NAME; i++)
        if (fits_folded(cx, node->aliases[i].text, folded, how, scratch))
            return true;
    return false;
}

/* Without memory for folding, names that need it are not found; the context says so. */
size_t ng_graph_find_node(const ng_graph *graph, ng_view name, size_t *candidates, size_t limit)
{
    hits found = { graph, candidates, limit, 0 };
    ng_buffer folded, scratch;
    bool is_text = name.size > 0 && ng_utf8_is_valid(name);

    ng_buffer_init(&folded, SIZE_MAX / 2);
    ng_buffer_init(&scratch, SIZE_MAX / 2);
    is_text = is_text && fold(graph->cx, name, &folded) && folded.size > 0;
    for (int how = READ_ID; how < READING_COUNT && found.count == 0; how++) {
        if (how >= READ_NAME && !is_text)
            break;
        for (size_t i = 0; i < graph->node_count; i++)
            if (fits(&found, &graph->nodes[i], name, ng_buffer_view(&folded), (reading)how,
                     &scratch))
                add_hit(&found, i);
    }
    ng_buffer_destroy(graph->cx, &folded);
    ng_buffer_destroy(graph->cx, &scratch);
    return found.count;
}
