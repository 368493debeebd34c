/* The sentences behind an edge, for reading or for programs. One record a quote:
 *
 *   article.txt, 2019-02-21, characters 1161-1276
 *       The quote as it stands in the text.                                                    */
#include "writers.h"

/* One quote for a reader: where it stands, then the text with its line breaks made spaces. */
static ng_status add_readable(ng_ctx *cx, const ng_evidence *quote, ng_buffer *out)
{
    ng_status status = ng_escape_tsv(cx, quote->document, out);

    if (status == NG_OK && quote->date.size > 0)
        status = ng_buffer_format(cx, out, ", %.*s", (int)quote->date.size, quote->date.data);
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, ", %scharacters %llu-%llu\n    ",
                                  quote->in_title ? "title, " : "",
                                  (unsigned long long)quote->start, (unsigned long long)quote->end);
    if (status == NG_OK)
        status = ng_escape_tsv(cx, quote->quote, out);
    return status == NG_OK ? ng_buffer_add_byte(cx, out, '\n') : status;
}

/* Appends `"key":"text"` after a comma. */
static ng_status add_member(ng_ctx *cx, const char *key, ng_view text, ng_buffer *out)
{
    ng_status status = ng_buffer_format(cx, out, ",\"%s\":", key);

    return status == NG_OK ? ng_escape_json(cx, text, out) : status;
}

static ng_status add_json(ng_ctx *cx, const ng_evidence *quote, bool is_first, ng_buffer *out)
{
    ng_status status = ng_buffer_add(
        cx, out, is_first ? NG_VIEW("\n{\"document\":") : NG_VIEW(",\n{\"document\":"));

    if (status == NG_OK)
        status = ng_escape_json(cx, quote->document, out);
    if (status == NG_OK && quote->date.size > 0)
        status = add_member(cx, "date", quote->date, out);
    if (status == NG_OK)
        status = add_member(cx, "quote", quote->quote, out);
    if (status == NG_OK)
        status = ng_buffer_format(
            cx, out, ",\"start\":%llu,\"end\":%llu,\"byte_start\":%llu,\"byte_end\":%llu",
            (unsigned long long)quote->start, (unsigned long long)quote->end,
            (unsigned long long)quote->byte_start, (unsigned long long)quote->byte_end);
    if (status == NG_OK)
        status = add_member(cx, "sha256", quote->sha256, out);
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, ",\"title\":%s}", quote->in_title ? "true" : "false");
    return status;
}

/* A row of cells, escaped for TSV or CSV. */
static ng_status add_row(ng_ctx *cx, const ng_evidence *quote, bool is_csv, ng_buffer *out)
{
    const ng_view cells[] = { quote->document, quote->date, quote->quote };
    ng_status status = NG_OK;

    for (size_t i = 0; i < sizeof cells / sizeof *cells && status == NG_OK; i++) {
        status =
            is_csv ? ng_escape_csv(cx, cells[i], false, out) : ng_escape_tsv(cx, cells[i], out);
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, out, is_csv ? ',' : '\t');
    }
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, is_csv ? "%llu,%llu\r\n" : "%llu\t%llu\n",
                                  (unsigned long long)quote->start, (unsigned long long)quote->end);
    return status;
}

/* What stands before the quotes. */
static ng_status add_head(ng_ctx *cx, const ng_graph *graph, const ng_edge *edge,
                          ng_table_format format, ng_buffer *out)
{
    const ng_node *a = ng_graph_node(graph, edge->source);
    const ng_node *b = ng_graph_node(graph, edge->target);
    ng_status status = NG_OK;

    if (format == NG_TABLE_TSV)
        return ng_buffer_add(cx, out, NG_VIEW("document\tdate\tquote\tstart\tend\n"));
    if (format == NG_TABLE_CSV)
        return ng_buffer_add(cx, out, NG_VIEW("document,date,quote,start,end\r\n"));
    if (format == NG_TABLE_JSON) {
        status = ng_buffer_add(cx, out, NG_VIEW("{\"source\":"));
        if (status == NG_OK)
            status = ng_escape_json(cx, a->id, out);
        if (status == NG_OK)
            status = add_member(cx, "target", b->id, out);
        if (status == NG_OK)
            status = ng_buffer_add(cx, out, NG_VIEW(",\"weight\":"));
        if (status == NG_OK)
            status = ng_buffer_add_number(cx, out, edge->weight, 9);
        return status == NG_OK ? ng_buffer_add(cx, out, NG_VIEW(",\"evidence\":[")) : status;
    }
    status = ng_escape_tsv(cx, a->label, out);
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, NG_VIEW(" and "));
    if (status == NG_OK)
        status = ng_escape_tsv(cx, b->label, out);
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, NG_VIEW(": weight "));
    if (status == NG_OK)
        status = ng_buffer_add_number(cx, out, edge->weight, 9);
    if (status == NG_OK)
        status = ng_buffer_format(
            cx, out, "; %llu sentence%s in %llu document%s\n",
            (unsigned long long)edge->sentence_count, edge->sentence_count == 1 ? "" : "s",
            (unsigned long long)edge->document_count, edge->document_count == 1 ? "" : "s");
    return status;
}

ng_status ng_evidence_write(ng_ctx *cx, const ng_graph *graph, size_t edge_index,
                            ng_table_format format, ng_output *output)
{
    const ng_edge *edge = ng_graph_edge(graph, edge_index);
    size_t count = 0;
    const ng_evidence *quotes = ng_graph_evidence(graph, edge_index, &count);
    ng_buffer out;
    ng_status status = NG_OK;

    ng_buffer_init(&out, SIZE_MAX / 2);
    status = add_head(cx, graph, edge, format, &out);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (format == NG_TABLE_JSON)
            status = add_json(cx, &quotes[i], i == 0, &out);
        else if (format == NG_TABLE_ALIGNED)
            status = add_readable(cx, &quotes[i], &out);
        else
            status = add_row(cx, &quotes[i], format == NG_TABLE_CSV, &out);
    }
    if (status == NG_OK && format == NG_TABLE_JSON)
        status = ng_buffer_add(cx, &out, NG_VIEW("\n]}\n"));
    if (status == NG_OK)
        status = ng_output_add(cx, output, ng_buffer_view(&out));
    ng_buffer_destroy(cx, &out);
    return status;
}
