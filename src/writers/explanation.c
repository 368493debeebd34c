/* Why an actor is one actor: the names it goes by, and every decision of the ledger about it.
 *
 *   Benjamin Netanyahu  person:benjamin-netanyahu  person, 4 mentions in 1 document
 *     named    Netanyahu (2), Benjamin Netanyahu (2)
 *     of these Prime Minister Netanyahu (1)
 *     joined   Netanyahu                by surname: the only person with this surname ...
 *     apart    ...                                                                             */
#include "writers.h"

/* One decision as a line for a reader. */
static ng_status add_readable(ng_ctx *cx, const ng_decision *decision, ng_buffer *out)
{
    ng_status status =
        ng_buffer_format(cx, out, "  %s  ", decision->is_joined ? "joined" : "apart ");

    if (status == NG_OK)
        status = ng_escape_tsv(cx, decision->name, out);
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, "  by rule %.*s: ", (int)decision->rule.size,
                                  decision->rule.data);
    if (status == NG_OK)
        status = ng_escape_tsv(cx, decision->evidence, out);
    if (status == NG_OK && decision->count > 1)
        status = ng_buffer_format(cx, out, " (%llu times)", (unsigned long long)decision->count);
    if (status == NG_OK && decision->confidence > 0)
        status = ng_buffer_format(cx, out, " (%.0f %% sure)", decision->confidence * 100);
    return status == NG_OK ? ng_buffer_add_byte(cx, out, '\n') : status;
}

/* One decision as a JSON object. */
static ng_status add_json(ng_ctx *cx, const ng_decision *decision, bool is_first, ng_buffer *out)
{
    ng_status status =
        ng_buffer_add(cx, out, is_first ? NG_VIEW("\n{\"name\":") : NG_VIEW(",\n{\"name\":"));

    if (status == NG_OK)
        status = ng_escape_json(cx, decision->name, out);
    if (status == NG_OK)
        status = ng_buffer_format(
            cx, out, ",\"joined\":%s,\"rule\":", decision->is_joined ? "true" : "false");
    if (status == NG_OK)
        status = ng_escape_json(cx, decision->rule, out);
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, NG_VIEW(",\"evidence\":"));
    if (status == NG_OK)
        status = ng_escape_json(cx, decision->evidence, out);
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, ",\"count\":%llu", (unsigned long long)decision->count);
    if (status == NG_OK && decision->confidence > 0)
        status = ng_buffer_format(cx, out, ",\"confidence\":%.2f", decision->confidence);
    return status == NG_OK ? ng_buffer_add_byte(cx, out, '}') : status;
}

/* One decision as a row of TSV or CSV. */
static ng_status add_row(ng_ctx *cx, const ng_decision *decision, bool is_csv, ng_buffer *out)
{
    const ng_view cells[] = { decision->name,
                              decision->is_joined ? NG_VIEW("joined") : NG_VIEW("apart"),
                              decision->rule, decision->evidence };
    ng_status status = NG_OK;

    for (size_t i = 0; i < sizeof cells / sizeof *cells && status == NG_OK; i++) {
        status =
            is_csv ? ng_escape_csv(cx, cells[i], false, out) : ng_escape_tsv(cx, cells[i], out);
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, out, is_csv ? ',' : '\t');
    }
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, is_csv ? "%llu\r\n" : "%llu\n",
                                  (unsigned long long)decision->count);
    return status;
}

/* A line of names: those that mentions are counted by, or the longer forms that are counted with
 * them. */
static ng_status add_line(ng_ctx *cx, const ng_node *node, bool is_longer, ng_buffer *out)
{
    const char *before = is_longer ? "  of these  " : "  named  ";
    size_t size = out->size;
    ng_status status = NG_OK;

    for (size_t i = 0; i < node->alias_count && status == NG_OK; i++) {
        const ng_alias *alias = &node->aliases[i];
        bool is_plain = is_longer || alias->form == NG_FORM_NAME;

        if ((alias->form == NG_FORM_LONGER) != is_longer)
            continue;
        status = ng_buffer_add(cx, out, ng_view_of(out->size == size ? before : ", "));
        if (status == NG_OK)
            status = ng_escape_tsv(cx, alias->text, out);
        if (status == NG_OK)
            status =
                ng_buffer_format(cx, out, " (%llu%s%s)", (unsigned long long)alias->count,
                                 is_plain ? "" : ", ", is_plain ? "" : ng_form_name(alias->form));
    }
    return status == NG_OK && out->size > size ? ng_buffer_add_byte(cx, out, '\n') : status;
}

/* Label, id, kind and counts, then all names, for a reader. */
static ng_status add_names(ng_ctx *cx, const ng_node *node, ng_buffer *out)
{
    ng_status status = ng_escape_tsv(cx, node->label, out);

    if (status == NG_OK)
        status = ng_buffer_format(cx, out, "  %.*s  %s, %llu mention%s", (int)node->id.size,
                                  node->id.data, ng_kind_name(node->kind),
                                  (unsigned long long)node->mention_count,
                                  node->mention_count == 1 ? "" : "s");
    if (status == NG_OK && node->acting_count > 0)
        status = ng_buffer_format(cx, out, " (%llu %s)", (unsigned long long)node->acting_count,
                                  node->kind == NG_KIND_COUNTRY ? "by its capital or seat"
                                                                : "for its state");
    if (status == NG_OK)
        status = ng_buffer_format(cx, out, " in %llu document%s\n",
                                  (unsigned long long)node->document_count,
                                  node->document_count == 1 ? "" : "s");
    if (status == NG_OK)
        status = add_line(cx, node, false, out);
    return status == NG_OK ? add_line(cx, node, true, out) : status;
}

/* What stands before the decisions. */
static ng_status add_head(ng_ctx *cx, const ng_node *node, ng_table_format format, ng_buffer *out)
{
    ng_status status = NG_OK;

    if (format == NG_TABLE_ALIGNED)
        return add_names(cx, node, out);
    if (format == NG_TABLE_TSV)
        return ng_buffer_add(cx, out, NG_VIEW("name\tdecision\trule\tevidence\tcount\n"));
    if (format == NG_TABLE_CSV)
        return ng_buffer_add(cx, out, NG_VIEW("name,decision,rule,evidence,count\r\n"));
    status = ng_buffer_add(cx, out, NG_VIEW("{\"id\":"));
    if (status == NG_OK)
        status = ng_escape_json(cx, node->id, out);
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, NG_VIEW(",\"label\":"));
    if (status == NG_OK)
        status = ng_escape_json(cx, node->label, out);
    if (status == NG_OK)
        status =
            ng_buffer_format(cx, out, ",\"kind\":\"%s\",\"forms\":[", ng_kind_name(node->kind));
    for (size_t i = 0; i < node->alias_count && status == NG_OK; i++) {
        const ng_alias *alias = &node->aliases[i];

        status = ng_buffer_add(cx, out, i > 0 ? NG_VIEW(",{\"text\":") : NG_VIEW("{\"text\":"));
        if (status == NG_OK)
            status = ng_escape_json(cx, alias->text, out);
        if (status == NG_OK)
            status = ng_buffer_format(cx, out, ",\"form\":\"%s\",\"count\":%llu}",
                                      ng_form_name(alias->form), (unsigned long long)alias->count);
    }
    return status == NG_OK ? ng_buffer_add(cx, out, NG_VIEW("],\"ledger\":[")) : status;
}

/* True when a decision is listed for the whole graph. */
static bool is_listed(const ng_decision *decision, ng_decision_filter filter)
{
    if (filter == NG_DECISIONS_HOMONYMS)
        return ng_view_equal(decision->rule, NG_VIEW("namesakes"));
    return ng_view_equal(decision->rule, NG_VIEW("shared-name-by-default")) ||
           (!decision->is_joined && (ng_view_equal(decision->rule, NG_VIEW("ambiguous")) ||
                                     ng_view_equal(decision->rule, NG_VIEW("ambiguous-place"))));
}

/* "person:john-smith~2" is the second of two people of one name in one document. */
static bool is_second(const ng_node *node)
{
    return memchr(node->id.data, '~', node->id.size) != NULL;
}

/* One listed decision with the actor it is about. */
static ng_status add_listed(ng_ctx *cx, const ng_node *node, const ng_decision *decision,
                            ng_table_format format, bool is_first, ng_buffer *out)
{
    const ng_view cells[] = { node->id, decision->name, decision->rule, decision->evidence };
    static const char *const keys[] = { "actor", "name", "rule", "evidence" };
    ng_status status = NG_OK;

    if (format == NG_TABLE_ALIGNED) {
        status = ng_escape_tsv(cx, decision->name, out);
        if (status == NG_OK)
            status = ng_buffer_format(cx, out, "  %.*s  ", (int)node->id.size, node->id.data);
        if (status == NG_OK)
            status = ng_escape_tsv(cx, decision->evidence, out);
        if (status == NG_OK && decision->count > 1)
            status =
                ng_buffer_format(cx, out, " (%llu times)", (unsigned long long)decision->count);
        return status == NG_OK ? ng_buffer_add_byte(cx, out, '\n') : status;
    }
    if (format == NG_TABLE_JSON)
        status = ng_buffer_add(cx, out, is_first ? NG_VIEW("\n{") : NG_VIEW(",\n{"));
    for (size_t i = 0; i < sizeof cells / sizeof *cells && status == NG_OK; i++) {
        if (format == NG_TABLE_JSON) {
            status = ng_buffer_format(cx, out, "\"%s\":", keys[i]);
            if (status == NG_OK)
                status = ng_escape_json(cx, cells[i], out);
            if (status == NG_OK)
                status = ng_buffer_add_byte(cx, out, ',');
            continue;
        }
        status = format == NG_TABLE_CSV ? ng_escape_csv(cx, cells[i], false, out)
                                        : ng_escape_tsv(cx, cells[i], out);
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, out, format == NG_TABLE_CSV ? ',' : '\t');
    }
    if (status != NG_OK)
        return status;
    return ng_buffer_format(cx, out,
                            format == NG_TABLE_JSON  ? "\"count\":%llu}"
                            : format == NG_TABLE_CSV ? "%llu\r\n"
                                                     : "%llu\n",
                            (unsigned long long)decision->count);
}

/* The listed decisions about one actor. */
static ng_status list_node(ng_ctx *cx, const ng_graph *graph, size_t index,
                           ng_decision_filter filter, ng_table_format format, ng_buffer *out,
                           size_t *count)
{
    const ng_node *node = ng_graph_node(graph, index);
    size_t decision_count = 0;
    const ng_decision *decisions = ng_graph_ledger(graph, index, &decision_count);
    ng_decision second = { .name = node->label,
                           .rule = NG_VIEW("second-of-name"),
                           .evidence = NG_VIEW("a document has two people of this name"),
                           .count = node->document_count };
    ng_status status = NG_OK;

    if (filter == NG_DECISIONS_HOMONYMS && is_second(node))
        status = add_listed(cx, node, &second, format, (*count)++ == 0, out);
    for (size_t i = 0; i < decision_count && status == NG_OK; i++)
        if (is_listed(&decisions[i], filter))
            status = add_listed(cx, node, &decisions[i], format, (*count)++ == 0, out);
    return status;
}

ng_status ng_decisions_write(ng_ctx *cx, const ng_graph *graph, ng_decision_filter filter,
                             ng_table_format format, ng_output *output, size_t *count_out)
{
    ng_buffer out;
    ng_status status = NG_OK;

    *count_out = 0;
    ng_buffer_init(&out, SIZE_MAX / 2);
    if (format == NG_TABLE_JSON)
        status = ng_buffer_add(cx, &out, NG_VIEW("["));
    else if (format != NG_TABLE_ALIGNED)
        status =
            ng_buffer_add(cx, &out,
                          format == NG_TABLE_CSV ? NG_VIEW("actor,name,rule,evidence,count\r\n")
                                                 : NG_VIEW("actor\tname\trule\tevidence\tcount\n"));
    for (size_t i = 0; i < ng_graph_node_count(graph) && status == NG_OK; i++)
        status = list_node(cx, graph, i, filter, format, &out, count_out);
    if (status == NG_OK && format == NG_TABLE_JSON)
        status = ng_buffer_add(cx, &out, NG_VIEW("\n]\n"));
    if (status == NG_OK)
        status = ng_output_add(cx, output, ng_buffer_view(&out));
    ng_buffer_destroy(cx, &out);
    return status;
}

ng_status ng_explanation_write(ng_ctx *cx, const ng_graph *graph, size_t node_index,
                               ng_table_format format, ng_output *output)
{
    const ng_node *node = ng_graph_node(graph, node_index);
    size_t count = 0;
    const ng_decision *decisions = ng_graph_ledger(graph, node_index, &count);
    ng_buffer out;
    ng_status status = NG_OK;

    ng_buffer_init(&out, SIZE_MAX / 2);
    status = add_head(cx, node, format, &out);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (format == NG_TABLE_JSON)
            status = add_json(cx, &decisions[i], i == 0, &out);
        else if (format == NG_TABLE_ALIGNED)
            status = add_readable(cx, &decisions[i], &out);
        else
            status = add_row(cx, &decisions[i], format == NG_TABLE_CSV, &out);
    }
    if (status == NG_OK && format == NG_TABLE_JSON)
        status = ng_buffer_add(cx, &out, NG_VIEW("\n]}\n"));
    if (status == NG_OK && format == NG_TABLE_ALIGNED && count == 0)
        status = ng_buffer_add(cx, &out, NG_VIEW("  no name was joined or kept apart\n"));
    if (status == NG_OK)
        status = ng_output_add(cx, output, ng_buffer_view(&out));
    ng_buffer_destroy(cx, &out);
    return status;
}
