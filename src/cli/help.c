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

/* What each measure says of people, when it is the right one and when it is not; lines of one
 * paragraph, indented by the table. */
static const struct {
    ng_measure measure;
    const char *words;
} meanings[NG_MEASURE_COUNT] = {
    { NG_MEASURE_DEGREE, "With how many others somebody is named. For the range of contacts. Not\n"
                         "where one list of names (guests, signatories) would decide: see\n"
                         "--scope, --min-docs." },
    { NG_MEASURE_STRENGTH, "How often somebody is named with others, in all. For who the text is\n"
                           "about. Not across archives of different size: compare ranks." },
    { NG_MEASURE_BETWEENNESS,
      "On how many shortest ways between others somebody stands. For brokers,\n"
      "those who connect circles that know little of each other. Not in a text\n"
      "about one person, who then stands between all; small differences mean\n"
      "nothing." },
    { NG_MEASURE_CLOSENESS, "How near all others are. For who is soonest reached. Not where the\n"
                            "network falls into parts: nobody in a small part is near to all; see\n"
                            "harmonic." },
    { NG_MEASURE_HARMONIC, "The same where there are several parts: those out of reach count\n"
                           "nothing." },
    { NG_MEASURE_EIGENVECTOR, "Being named with those who are themselves central. For the inner\n"
                              "circle. Only in the largest part of the network; empty elsewhere." },
    { NG_MEASURE_PAGERANK,
      "Where a reader who follows ties at random would be. Like eigenvector,\n"
      "but for all parts, and a hub does not lift all who are named with it as\n"
      "much." },
    { NG_MEASURE_KATZ, "Like eigenvector, with something for everybody: for networks of several\n"
                       "parts, and for small circles that eigenvector drowns. Not to tell\n"
                       "brokers from members." },
    { NG_MEASURE_CORENESS,
      "How deep in the core: k where somebody belongs to a group in which all\n"
      "have k ties among themselves. For the hard core and its fringe. Many\n"
      "share a value; it ranks coarsely." },
    { NG_MEASURE_CLUSTERING,
      "Which part of somebody's contacts are tied to each other. Near 1: a\n"
      "closed circle; near 0: contacts who have nothing to do with each other.\n"
      "Not alone: with two contacts it is 0 or 1." },
    { NG_MEASURE_CONSTRAINT, "How far all of somebody's contacts are each other's (Burt). Low is\n"
                             "free: several circles, news first, so the ranking begins with the\n"
                             "lowest. Not for people with one or two ties." },
    { NG_MEASURE_PARTICIPATION,
      "How evenly somebody's ties spread over the communities: 0 all in one,\n"
      "towards 1 in many. For envoys and go-betweens. Not where communities\n"
      "are blurred: see the modularity of `nergraph summary`." },
    { NG_MEASURE_WITHIN_MODULE_DEGREE,
      "How much more somebody is tied to the own community than its members\n"
      "usually are (standard deviations). For local leaders; with\n"
      "participation it tells what role somebody plays." },
    { NG_MEASURE_COMMUNITY_BROKERAGE,
      "Pairs of contacts from different communities who have no tie of their\n"
      "own: whom they would need. For brokers, counted one step around; grows\n"
      "with the number of contacts." },
    { NG_MEASURE_KIND_BROKERAGE,
      "The same with kinds: persons, countries, places who meet only in\n"
      "somebody." },
    { NG_MEASURE_COMMUNITY, "The number of the circle found by --communities; 1 is the largest. A\n"
                            "column, not a rank. Another archive has other numbers." },
    { NG_MEASURE_COMPONENT, "The number of the part of the network that hangs together; 1 is the\n"
                            "largest. A column, not a rank." },
};

/* Lines under each other, beginning at the same column. */
static void print_indented(const char *words, int column)
{
    for (const char *byte = words; *byte; byte++) {
        putchar(*byte);
        if (*byte == '\n')
            printf("%*s", column, "");
    }
    putchar('\n');
}

static void print_measures(void)
{
    enum { COLUMN = 24 };

    printf("\nMeasures: what they say of people, when to take them, when not\n");
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        printf("  %-*s", COLUMN - 2, ng_measure_name(meanings[i].measure));
        print_indented(meanings[i].words, COLUMN);
    }
    printf(
        "A strong tie is a short way (--distance). Whoever is named seldom has an uncertain rank: "
        "see\n--intervals, and read the sentences (`nergraph evidence`) before it is printed.\n");
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
