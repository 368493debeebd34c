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

/* What each measure says of people, when it is the right one and when it is not. */
static void print_measures(void)
{
    printf(
        "\nMeasures: what they say of people, when to take them, when not\n"
        "  degree       With how many others somebody is named. For the range of contacts. Not "
        "where\n"
        "               one list of names (guests, signatories) would decide: see --scope, "
        "--min-docs.\n"
        "  strength     How often somebody is named with others, in all. For who the text is "
        "about.\n"
        "               Not across archives of different size: compare ranks.\n"
        "  betweenness  On how many shortest ways between others somebody stands. For brokers, "
        "those\n"
        "               who connect circles that know little of each other. Not in a text about "
        "one\n"
        "               person, who then stands between all; small differences mean nothing.\n"
        "  closeness    How near all others are. For who is soonest reached. Not where the "
        "network\n"
        "               falls into parts: nobody in a small part is near to all; see harmonic.\n"
        "  harmonic     The same where there are several parts: those out of reach count nothing.\n"
        "  eigenvector  Being named with those who are themselves central. For the inner circle. "
        "Only\n"
        "               in the largest part of the network; empty elsewhere.\n"
        "  pagerank     Where a reader who follows ties at random would be. Like eigenvector, but "
        "for\n"
        "               all parts, and a hub does not lift all who are named with it as much.\n"
        "A strong tie is a short way (--distance). Whoever is named seldom has an uncertain rank: "
        "look\n"
        "at the sentences (`nergraph evidence`) before it is printed.\n");
}

void print_help(const cli_command *command, bool is_long)
{
    printf("usage: nergraph %s %s\n\n%s\n", command->name, command->usage,
           is_long ? command->details : "");
    print_options(stdout, command->groups, is_long);
    if (is_long && command->run == run_centrality)
        print_measures();
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
