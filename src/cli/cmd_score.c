/* nergraph score: how well found mentions agree with annotated ones. */
#include "cli.h"

/* Compares the two files and writes the result. */
static ng_status score(ng_ctx *cx, const cli_arguments *arguments, ng_table_format format)
{
    ng_score_report *report = NULL;
    ng_output *output = NULL;
    ng_status status = ng_score(cx, arguments->operands[0], arguments->operands[1],
                                arguments->error_limit, &report);

    if (status == NG_OK)
        status = open_table(cx, arguments, &output);
    if (status == NG_OK)
        status = close_table(cx, output, ng_score_write(cx, report, format, output));
    ng_score_free(report);
    return status;
}

int run_score(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;

    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    if (arguments->operand_count != 2)
        return complain("score: give two files, gold first, for example "
                        "`nergraph score gold.jsonl mentions.jsonl`");
    if (same(arguments->operands[0], "-") && same(arguments->operands[1], "-"))
        return complain("score: only one of the two files can be standard input");
    return exit_code(cx, arguments, score(cx, arguments, format));
}
