/* nergraph rules check: what is wrong with a file of rules. */
#include "cli.h"

static void print_finding(void *user, const char *finding)
{
    (void)user;
    puts(finding);
}

int run_rules(ng_ctx *cx, cli_arguments *arguments)
{
    size_t count = 0;
    ng_status status = NG_OK;

    if (arguments->operand_count != 2 || !same(arguments->operands[0], "check"))
        return complain("rules: say what to do with which file, for example "
                        "`nergraph rules check mine.tsv`");
    status = ng_rules_check(cx, arguments->operands[1], print_finding, NULL, &count);
    if (status != NG_OK)
        return exit_code(cx, arguments, status);
    if (count == 0 && !arguments->is_quiet)
        printf("%s: nothing to object to\n", arguments->operands[1]);
    return count > 0 ? EXIT_NO : 0;
}
