/* What the program says about itself: short and long help, made from the tables of commands and
 * options, so that they cannot drift apart. */
#include "cli.h"

void print_overview(bool is_long)
{
    printf("nergraph %s: who appears with whom in documents, and who is central\n\n", ng_version());
    printf("usage: nergraph FILE\n       nergraph COMMAND [OPTION]... [FILE|DIR|GRAPH|-]...\n\n");
    for (const cli_command *each = commands; each->name; each++)
        printf("  %-11s %s\n", each->name, each->summary);
    printf("\n  nergraph article.txt                              the ranking\n"
           "  nergraph graph archive/ -o net.json -o net.svg    the graph, saved and drawn\n"
           "  nergraph evidence net.json Israel Syria           the sentences behind an edge\n"
           "\n`nergraph help COMMAND` or `nergraph COMMAND --help` says more.\n");
    if (!is_long)
        return;
    printf("\nOptions of all commands\n");
    print_options(stdout, ~0u, true);
    printf("\nExit codes: 0 done; 1 the answer is no; 2 wrong usage; 3 some input could not be\n"
           "used, the rest was done; 4 a limit was reached; 5 cannot read or write; 6 no memory;\n"
           "7 a mistake of ours; 130 interrupted.\n");
}

void print_help(const cli_command *command, bool is_long)
{
    printf("usage: nergraph %s %s\n\n%s\n", command->name, command->usage,
           is_long ? command->details : "");
    print_options(stdout, command->groups, is_long);
    if (!is_long)
        printf("\n`nergraph %s --help` says more.\n", command->name);
}

int run_help(ng_ctx *cx, cli_arguments *arguments)
{
    (void)cx;
    for (int i = 0; i < arguments->operand_count; i++) {
        const cli_command *asked = find_command(arguments->operands[i]);

        if (!asked)
            return complain("no command is named '%s'; `nergraph help` lists them",
                            arguments->operands[i]);
        print_help(asked, true);
    }
    if (arguments->operand_count == 0)
        print_overview(true);
    return 0;
}
