/* The program: finds the command, reads its options, runs it, turns the outcome into an exit code.
 *
 * A bare FILE means `nergraph centrality FILE`. SIGINT asks the library to stop, so that no
 * half-written file is left; a second one ends the program at once. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const cli_command commands[] = {
    { "centrality", "[OPTION]... [FILE|DIR|GRAPH|-]...", "rank the actors",
      "Reads documents (text, Markdown, JSON lines) or a saved graph and prints who is central.\n"
      "Without FILE it reads standard input. `nergraph FILE` is the same.\n"
      "\n"
      "  nergraph article.txt\n"
      "  nergraph centrality archive/ --by betweenness,pagerank --top 20\n"
      "  nergraph centrality archive/ --intervals 200\n"
      "  nergraph centrality net.json --format csv -o ranking.csv\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE | GROUP_RANKING | GROUP_PATHS |
          GROUP_COMMUNITIES | GROUP_SAMPLES | GROUP_PARTS | GROUP_GRAPHS | GROUP_INTERVALS,
      run_centrality },
    { "summary", "[OPTION]... [FILE|DIR|GRAPH|-]...", "describe the whole network",
      "Says in words how large and how dense the network is, whether it hangs together, how its\n"
      "kinds mix, and which communities there are. --format json, csv or tsv gives the numbers.\n"
      "\n"
      "  nergraph summary archive/\n"
      "  nergraph summary net.json --min-docs 2 --format json -o summary.json\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE | GROUP_COMMUNITIES |
          GROUP_PARTS | GROUP_GRAPHS,
      run_summary },
    { "graph", "[OPTION]... [FILE|DIR|GRAPH|-]... -o OUT...", "write the graph of actors to files",
      "Counts who occurs with whom and writes the graph. -o can stand several times; the ending\n"
      "chooses the format: .ngr (the saved graph, which can be added to), .json (node-link), "
      ".gexf\n"
      "(Gephi), .graphml (igraph, NetworkX, Cytoscape, yEd), .csv, .cyjs (Cytoscape.js), .gml, "
      ".net\n"
      "(Pajek), .md (a report), .dot, .svg, .png, .pdf.\n"
      "`-o FORMAT:FILE` names the format (vosviewer:x.json and vosmap:x.txt, for VOSviewer, have "
      "no\n"
      "endings of their own), `-o json:-` writes to standard output (the default).\n"
      "\n"
      "  nergraph graph article.txt -o net.json -o net.svg\n"
      "  nergraph graph archive/ --scope paragraph --types +organization -o net.csv\n"
      "  nergraph graph news.jsonl --rules mine.tsv -o json:- | head\n",
      GROUP_ALWAYS | GROUP_CHECKPOINTS | GROUP_DOCUMENTS | GROUP_READING | GROUP_PATHS |
          GROUP_COMMUNITIES | GROUP_SAMPLES | GROUP_PARTS | GROUP_GRAPH_FILES | GROUP_PICTURES |
          GROUP_GRAPHS,
      run_graph },
    { "merge", "[OPTION]... GRAPH... -o OUT...", "add up saved graphs",
      "Adds the counts of graphs that `nergraph graph -o x.ngr` saved. Parts of an archive, in "
      "any\n"
      "order, give the same bytes as one run over all of it. A graph given twice counts once.\n"
      "Graphs that were counted otherwise (options, rules, dictionaries, model) are refused.\n"
      "\n"
      "  nergraph merge 2023.ngr 2024.ngr -o all.ngr -o all.svg\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_PATHS | GROUP_COMMUNITIES |
          GROUP_SAMPLES | GROUP_PARTS | GROUP_GRAPH_FILES | GROUP_PICTURES | GROUP_GRAPHS,
      run_merge },
    { "extract", "[OPTION]... [FILE|DIR|-]...", "print the mentions found in documents",
      "One JSON line a document with its mentions: place in the text, kind, form, actor,\n"
      "confidence. --format tsv gives one line a mention, conll one a token.\n"
      "\n"
      "  nergraph extract news.jsonl > mentions.jsonl\n"
      "  nergraph extract article.txt --format tsv\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE, run_extract },
    { "draw", "[OPTION]... GRAPH|FILE -o OUT...", "draw a saved graph",
      "Draws a graph that `nergraph graph -o net.json` saved (or that of a document).\n"
      "\n"
      "  nergraph draw net.json -o net.png -o net.pdf --title \"Who met whom\"\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_PATHS | GROUP_COMMUNITIES |
          GROUP_SAMPLES | GROUP_PARTS | GROUP_GRAPH_FILES | GROUP_PICTURES | GROUP_GRAPHS,
      run_draw },
    { "evidence", "[OPTION]... GRAPH|FILE ACTOR ACTOR", "show the sentences that made an edge",
      "Prints the kept quotes in which both actors occur. Exit code 1: there are none.\n"
      "\n"
      "  nergraph evidence net.json Israel Syria\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE | GROUP_ACTORS | GROUP_GRAPHS,
      run_evidence },
    { "diff", "[OPTION]... OLD NEW", "show what is different between two graphs",
      "Ties and actors that are new, gone or changed, and who rose or fell in the ranking by the\n"
      "first measure of --by (default strength). --top: rows of each kind (10; 0: all).\n"
      "-o x.svg (png, pdf, dot) draws the ties that changed most (--top: how many, 60).\n"
      "\n"
      "  nergraph diff 2023.ngr 2024.ngr\n"
      "  nergraph diff old.ngr new.ngr --weight npmi --format csv -o changes.csv\n"
      "  nergraph diff 2023.ngr 2024.ngr -o changes.svg\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE | GROUP_RANKING | GROUP_PATHS |
          GROUP_COMMUNITIES | GROUP_SAMPLES | GROUP_PARTS | GROUP_GRAPHS | GROUP_PICTURES,
      run_diff },
    { "slice", "[OPTION]... [FILE|DIR|-]...", "follow the actors through an archive",
      "Cuts dated documents by --period (or by number: --documents N) and prints the first\n"
      "measure of --by (default strength) of each actor in each part; documents without a date\n"
      "are left out. --graphs PREFIX saves the parts, too. -o x.svg (png, pdf, dot) draws them\n"
      "side by side, the same actors at the same places (--top: how many, 15); -o x.gexf is the\n"
      "network through time for Gephi. Exit code 3: no document has a date.\n"
      "\n"
      "  nergraph slice news.jsonl --period month --top 10\n"
      "  nergraph slice news.jsonl --period year -o years.svg\n"
      "  nergraph slice news.jsonl --period year --graphs net --format csv -o years.csv\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE | GROUP_RANKING | GROUP_PATHS |
          GROUP_COMMUNITIES | GROUP_SAMPLES | GROUP_SLICES | GROUP_PICTURES,
      run_slice },
    { "path", "[OPTION]... GRAPH|FILE ACTOR ACTOR", "show the shortest way between two actors",
      "Prints each step of the way with its weight and a sentence. A strong tie is a short step\n"
      "(--distance). Exit code 1: there is no way.\n"
      "\n"
      "  nergraph path net.ngr \"Angela Merkel\" Damascus\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_PATHS | GROUP_ACTORS | GROUP_GRAPHS,
      run_path },
    { "verify", "[OPTION]... GRAPH FILE...", "compare a graph's quotes with the documents",
      "Reads the documents again and looks whether every quote of the graph stands where it "
      "stood,\n"
      "byte for byte. Exit code 1: some do not; they are named.\n"
      "\n"
      "  nergraph verify net.ngr archive/\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_GRAPHS, run_verify },
    { "explain", "[OPTION]... GRAPH|FILE [ACTOR]", "show which names were joined into an actor",
      "Prints the names an actor goes by, and each join or refusal with its rule and reason.\n"
      "--ambiguous lists the names of the whole graph that fit several actors, --homonyms those\n"
      "that may be several people's. Exit code 1: there are none.\n"
      "\n"
      "  nergraph explain net.json Netanyahu\n"
      "  nergraph explain net.json --ambiguous\n",
      GROUP_ALWAYS | GROUP_DOCUMENTS | GROUP_READING | GROUP_TABLE | GROUP_ACTORS | GROUP_GRAPHS |
          GROUP_LEDGER,
      run_explain },
    { "rules", "[OPTION]... check FILE", "look for mistakes in a file of rules",
      "Tells every line of a file for --rules that cannot be used, that contradicts another, or\n"
      "that has no effect. Exit code 1: there is something to mend.\n"
      "\n"
      "  nergraph rules check mine.tsv\n",
      GROUP_ALWAYS, run_rules },
    { "score", "[OPTION]... GOLD PREDICTED", "compare mentions with annotated documents",
      "Exact-span precision, recall and F1 of persons, places and organizations: a mention is "
      "right\n"
      "when an annotated one of its kind has its start and its end. Titles before a person and a\n"
      "closing 's are taken off on both sides; demonyms are left out, and so are mentions that\n"
      "overlap an annotated one of another kind (MISC). GOLD and PREDICTED are each one of\n"
      "\n"
      "  tokens with BIO tags, one a line; documents begin at -DOCSTART- or \"# doc_id = NAME\"\n"
      "  JSON lines {\"id\", \"text\", \"entities\": [[start, end, type], ...]}\n"
      "  the JSON lines of `nergraph extract`\n"
      "\n"
      "  nergraph extract --types +organization gold.jsonl > mentions.jsonl\n"
      "  nergraph score gold.jsonl mentions.jsonl --errors 20\n"
      "  nergraph score gold.bio tagged.bio --format json\n",
      GROUP_ALWAYS | GROUP_TABLE | GROUP_SCORES, run_score },
    { "train", "[OPTION]... GOLD... -o MODEL", "train a model on annotated documents",
      "Learns to find persons, places and organizations from documents in which they are marked\n"
      "(BIO or JSON lines, as `nergraph help score` says), and writes a model for --model. Titles\n"
      "belong outside persons. The same files and options give the same bytes.\n"
      "\n"
      "  nergraph train mine.bio -o mine.ngm\n"
      "  nergraph train gold.jsonl --silver labelled.jsonl --word-classes classes.tsv -o mine.ngm\n"
      "  nergraph extract --model mine.ngm news.jsonl\n",
      GROUP_ALWAYS | GROUP_TRAINING, run_train },
    { "help", "[COMMAND]", "explain a command", "", GROUP_ALWAYS, run_help },
    { NULL, NULL, NULL, NULL, 0, NULL }
};

/* What SIGINT stops. */
static ng_ctx *volatile running;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    if (running)
        ng_ctx_cancel(running);
}

/* A waiting read must end with EINTR, so that the cancelling is seen: no SA_RESTART. */
static void catch_interrupts(void)
{
    struct sigaction action = { 0 };

    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

const cli_command *find_command(const char *name)
{
    for (const cli_command *each = commands; each->name; each++) {
        if (same(each->name, name))
            return each;
    }
    return NULL;
}

/* The names of the commands, for suggestions. */
static const char *command_name(size_t index)
{
    return commands[index].name;
}

/* True when the word can only be meant as an input: it exists or is written like a path. */
static bool is_like_path(const char *word)
{
    struct stat info;

    return same(word, "-") || strpbrk(word, "./\\") || stat(word, &info) == 0;
}

/* The command of the line and where its options begin. NULL after a message. */
static const cli_command *choose_command(int argc, char **argv, int *first_out)
{
    const cli_command *chosen = NULL;
    const char *near = NULL;

    *first_out = 1;
    if (argc < 2 || argv[1][0] == '-')
        return find_command("centrality");
    chosen = find_command(argv[1]);
    if (chosen) {
        *first_out = 2;
        return chosen;
    }
    if (is_like_path(argv[1]))
        return find_command("centrality");
    near = nearest(argv[1], command_name);
    if (near)
        complain("no command and no file is named '%s'; did you mean 'nergraph %s'?", argv[1],
                 near);
    else
        complain("no command and no file is named '%s'; `nergraph help` lists the commands",
                 argv[1]);
    return NULL;
}

/* Keeps files that are opened later from becoming standard input, output or error. */
static void hold_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1)
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
    }
}

/* Runs the command line. */
static int run(ng_ctx *cx, int argc, char **argv)
{
    cli_arguments arguments = { 0 };
    int first = 1, code = 0, ended = 0;

    arguments.command = choose_command(argc, argv, &first);
    if (!arguments.command)
        return NG_E_USAGE;
    code = read_arguments(cx, argc, argv, first, &arguments);
    if (code != 0)
        return code;
    if (arguments.wants_version) {
        printf("nergraph %s (dictionaries %s, model %s)\nreads %s\n", ng_version(), ng_data_hash(),
               ng_model_hash(), ng_media_list());
        return 0;
    }
    if (arguments.wants_short_help || arguments.wants_long_help) {
        if (first == 1)
            print_overview(arguments.wants_long_help);
        else
            print_help(arguments.command, arguments.wants_long_help);
        return 0;
    }
    if (argc < 2 && isatty(STDIN_FILENO)) {
        print_overview(false);
        return NG_E_USAGE;
    }
    code = check_inputs(cx, &arguments);
    if (code != 0)
        return code;
    code = start_reporting(cx, &arguments);
    if (code != 0)
        return code;
    code = arguments.command->run(cx, &arguments);
    ended = stop_reporting(cx);
    code = code == 0 ? ended : code;
    return ng_ctx_is_cancelled(cx) ? EXIT_INTERRUPTED : code;
}

int main(int argc, char **argv)
{
    ng_ctx *cx = NULL;
    int code = 0;

    hold_standard_files();
    signal(SIGPIPE, SIG_DFL); /* `| head` ends us quietly even if our parent ignores it */
    cx = ng_ctx_new();
    if (!cx) {
        complain("no memory");
        return NG_E_MEMORY;
    }
    running = cx;
    catch_interrupts();
    code = run(cx, argc, argv);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        complain("standard output: %s", strerror(errno ? errno : EIO));
        code = NG_E_IO;
    }
    running = NULL;
    ng_ctx_free(cx);
    return code;
}
