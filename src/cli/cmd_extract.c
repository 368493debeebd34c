/* nergraph extract: the mentions of each document. */
#include "cli.h"

#include <string.h>

typedef struct extraction {
    ng_ctx *cx;
    ng_mention_format format;
    ng_output *output;
    bool is_started;
} extraction;

/* One document's lines. */
static ng_status write_document(void *user, const ng_document *document)
{
    extraction *state = user;
    bool is_first = !state->is_started;

    state->is_started = true;
    return ng_mentions_write(state->cx, document, state->format, is_first, state->output);
}

/* --format of extract, else the ending of -o if it is one; false after a message. */
static bool mention_format(const cli_arguments *arguments, ng_mention_format *format_out)
{
    const char *ending = arguments->plain_output ? strrchr(arguments->plain_output, '.') : NULL;
    const char *wanted = arguments->format ? arguments->format : "json";

    if (!arguments->format && ending && (same(ending, ".tsv") || same(ending, ".conll")))
        wanted = ending + 1;

    if (same(wanted, "json") || same(wanted, "jsonl"))
        *format_out = NG_MENTIONS_JSON;
    else if (same(wanted, "tsv"))
        *format_out = NG_MENTIONS_TSV;
    else if (same(wanted, "conll"))
        *format_out = NG_MENTIONS_CONLL;
    else
        return complain("--format %s: unknown; use json, tsv or conll", wanted) == 0;
    return true;
}

int run_extract(ng_ctx *cx, cli_arguments *arguments)
{
    extraction state = { .cx = cx };
    ng_inputs *inputs = NULL;
    ng_report report = { 0 };
    ng_status status = NG_OK, written = NG_OK;
    int code = 0;

    if (!mention_format(arguments, &state.format))
        return NG_E_USAGE;
    status = open_table(cx, arguments, &state.output);
    if (status == NG_OK)
        status = collect_inputs(cx, arguments, &inputs);
    if (status == NG_OK)
        status = ng_extract(cx, &arguments->options, inputs, write_document, &state, &report);
    code = exit_code(cx, arguments, status);
    if (state.output) {
        bool is_usable = report.document_count > 0 || status == NG_OK;

        written = close_table(cx, state.output, is_usable ? NG_OK : NG_E_IO);
        if (written != NG_OK && is_usable)
            code = exit_code(cx, arguments, written);
    }
    if (status == NG_OK && report.mention_count == 0)
        say_empty(arguments, &report);
    ng_inputs_free(inputs);
    return code;
}
