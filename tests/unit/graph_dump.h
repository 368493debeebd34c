/* For tests of graphs: everything a graph says, as text, so that two graphs can be compared and a
 * difference can be read. */
#ifndef GRAPH_DUMP_H
#define GRAPH_DUMP_H

#include "graph/graph.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Appends to a text of the C heap. */
static inline char *dump_add(char *text, const char *format, ...)
{
    va_list arguments;
    char line[4096];
    size_t size = text ? strlen(text) : 0;
    char *grown = NULL;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    grown = realloc(text, size + strlen(line) + 1);
    if (!grown)
        abort();
    strcpy(grown + size, line);
    return grown;
}

#define DUMPED(view) (int)(view).size, (view).data ? (view).data : ""

/* The nodes with their aliases and decisions. */
static inline char *dump_nodes(char *text, const ng_graph *graph)
{
    for (size_t i = 0; i < ng_graph_node_count(graph); i++) {
        const ng_node *node = ng_graph_node(graph, i);
        size_t count = 0;
        const ng_decision *ledger = ng_graph_ledger(graph, i, &count);

        text =
            dump_add(text, "node %.*s|%.*s|%d|%.*s|%llu %llu %llu|%.9g|%.*s|%.*s\n",
                     DUMPED(node->id), DUMPED(node->label), (int)node->kind, DUMPED(node->iso2),
                     (unsigned long long)node->mention_count,
                     (unsigned long long)node->document_count, (unsigned long long)node->unit_count,
                     node->confidence, DUMPED(node->first), DUMPED(node->last));
        for (size_t j = 0; j < node->alias_count; j++)
            text = dump_add(text, "  alias %.*s|%d|%llu\n", DUMPED(node->aliases[j].text),
                            (int)node->aliases[j].form, (unsigned long long)node->aliases[j].count);
        for (size_t j = 0; j < count; j++)
            text = dump_add(text, "  decision %.*s|%d|%.*s|%.*s|%llu\n", DUMPED(ledger[j].name),
                            ledger[j].is_joined, DUMPED(ledger[j].rule), DUMPED(ledger[j].evidence),
                            (unsigned long long)ledger[j].count);
    }
    return text;
}

/* The edges with their quotes. */
static inline char *dump_edges(char *text, const ng_graph *graph)
{
    for (size_t i = 0; i < ng_graph_edge_count(graph); i++) {
        const ng_edge *edge = ng_graph_edge(graph, i);
        size_t count = 0;
        const ng_evidence *shown = ng_graph_evidence(graph, i, &count);

        text = dump_add(text, "edge %u %u|%.17g|%llu %llu %llu|%.*s|%.*s\n", edge->source,
                        edge->target, edge->weight, (unsigned long long)edge->unit_count,
                        (unsigned long long)edge->sentence_count,
                        (unsigned long long)edge->document_count, DUMPED(edge->first),
                        DUMPED(edge->last));
        for (size_t j = 0; j < count; j++)
            text = dump_add(
                text, "  quote %.*s|%.*s|%.*s|%llu %llu %llu %llu|%.*s|%d\n",
                DUMPED(shown[j].document), DUMPED(shown[j].date), DUMPED(shown[j].quote),
                (unsigned long long)shown[j].start, (unsigned long long)shown[j].end,
                (unsigned long long)shown[j].byte_start, (unsigned long long)shown[j].byte_end,
                DUMPED(shown[j].sha256), shown[j].in_title);
    }
    return text;
}

/* All of it; free() the result. */
static inline char *dump_graph(const ng_graph *graph)
{
    char *text = dump_add(NULL, "%s", "");

    for (size_t i = 0; i < ng_graph_note_count(graph); i++) {
        ng_view key, value;

        ng_graph_note(graph, i, &key, &value);
        text = dump_add(text, "note %.*s=%.*s\n", DUMPED(key), DUMPED(value));
    }
    return dump_edges(dump_nodes(text, graph), graph);
}

#endif
