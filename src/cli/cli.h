/* Private to cli: what was asked for, and the pieces that commands share. */
#ifndef NG_CLI_H
#define NG_CLI_H

#include <nergraph/nergraph.h>

#include <stdio.h>

enum { OUTPUT_LIMIT = 64, SILVER_LIMIT = 64, EXIT_NO = 1, EXIT_INTERRUPTED = 130 };

/* One -o: a format and a path ("-": standard output). */
typedef struct destination {
    ng_format format;
    const char *path;
} destination;

typedef enum choice { CHOICE_AUTO, CHOICE_NEVER, CHOICE_ALWAYS } choice;

/* Which part of the graph is asked for. */
typedef struct cli_part {
    ng_selection selection;
    const char *around; /* an actor, or NULL */
    bool is_asked;
    char words[256]; /* the options, for the graph's notes */
} cli_part;

/* What a summary is made of. */
#define SUMMARY_MEASURES                                                                           \
    (1u << NG_MEASURE_STRENGTH | 1u << NG_MEASURE_CLUSTERING | 1u << NG_MEASURE_COMMUNITY |        \
     1u << NG_MEASURE_COMPONENT)

/* Everything the command line says. All strings are argv's. */
/* Patterns of --include and of --exclude. */
enum { PATTERN_LIMIT = 64 };

typedef struct cli_arguments {
    const struct cli_command *command;
    char **operands; /* argv, its operands moved to the front */
    int operand_count;
    ng_options options;
    ng_write_options write;
    destination outputs[OUTPUT_LIMIT];
    size_t output_count;
    const char *plain_output; /* -o of commands that write a table */
    const char *format;       /* --format, or NULL */
    const char *count_option; /* name of one given that says how documents are counted, or NULL */
    const char *show_option;  /* the same, that a saved graph (.ngr) can be finished with anew */
    ng_measure by[NG_MEASURE_COUNT];
    size_t by_count;
    uint32_t measures;     /* of graph files: bits of ng_measure */
    bool with_edge_scores; /* of graph files: the betweenness of edges */
    ng_communities communities;
    uint32_t sample; /* --paths, 0: exact */
    size_t top;
    bool has_top;
    uint32_t resamples;        /* --intervals, or 0 */
    ng_decision_filter listed; /* of explain: the whole graph's decisions of a kind */
    uint32_t error_limit;
    ng_train_options train;
    const char *silver[SILVER_LIMIT]; /* --silver */
    ng_distance distance;
    cli_part part;
    ng_period period;          /* --period */
    uint32_t slice_documents;  /* --documents, or 0 */
    const char *graphs_prefix; /* --graphs, or NULL */
    const char *files_from;
    const char *failures_path; /* --failures, or NULL */
    bool zero_ended;
    const char *included[PATTERN_LIMIT], *excluded[PATTERN_LIMIT];
    size_t included_count, excluded_count;
    bool keeps_checkpoints;
    bool keep_going;
    bool is_quiet;
    choice colour;
    choice progress;
    bool wants_short_help, wants_long_help, wants_version;
} cli_arguments;

/* Which options a command takes: bits of `groups`. */
enum {
    GROUP_ALWAYS = 1u << 0,
    GROUP_DOCUMENTS = 1u << 1,   /* reading and counting documents */
    GROUP_TABLE = 1u << 2,       /* --format, and -o FILE */
    GROUP_RANKING = 1u << 3,     /* --by, --top */
    GROUP_PATHS = 1u << 4,       /* --distance */
    GROUP_GRAPH_FILES = 1u << 5, /* -o with a format */
    GROUP_PICTURES = 1u << 6,
    GROUP_ACTORS = 1u << 7, /* no options: operands after the first are actors */
    GROUP_GRAPHS = 1u << 8, /* no options: takes a saved graph in place of documents */
    GROUP_SCORES = 1u << 9, /* --errors */
    GROUP_TRAINING = 1u << 10,
    GROUP_LEDGER = 1u << 11, /* --ambiguous, --homonyms */
    GROUP_SLICES = 1u << 13,
    GROUP_PARTS = 1u << 12,       /* which edges stay */
    GROUP_INTERVALS = 1u << 14,   /* --intervals */
    GROUP_COMMUNITIES = 1u << 15, /* --communities */
    GROUP_SAMPLES = 1u << 16,     /* --paths */
    GROUP_CHECKPOINTS = 1u << 17, /* --resume */
    GROUP_READING = 1u << 18      /* how documents are read */
};

/* A command of the program. */
typedef struct cli_command {
    const char *name;
    const char *usage;   /* after the name */
    const char *summary; /* one line */
    const char *details; /* paragraphs for --help, with examples */
    unsigned groups;
    int (*run)(ng_ctx *cx, cli_arguments *arguments);
} cli_command;

/* main.c: all commands, ended by one without a name. */
extern const cli_command commands[];
const cli_command *find_command(const char *name);

/* options.c: reads argv from `first` on. Returns 0, or 2 after a message. */
int read_arguments(ng_ctx *cx, int argc, char **argv, int first, cli_arguments *arguments);
void print_options(FILE *stream, unsigned groups, bool is_long);

/* suggest.c: edits that make one word of the other (many when one is over 64 bytes), and whether so
 * few may be a slip in a word of that size. */
int steps_between(ng_view a, ng_view b);
bool is_near(int steps, size_t size);

/* suggest.c: the nearest of the candidates that `next` yields, or NULL when none is near. */
const char *nearest(const char *word, const char *(*next)(size_t index));

/* help.c */
void print_help(const cli_command *command, bool is_long);
void print_overview(bool is_long);
int run_help(ng_ctx *cx, cli_arguments *arguments);

/* report.c: messages on standard error. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2))); /* returns 2 */
int exit_code(ng_ctx *cx, const cli_arguments *arguments, ng_status status);
/* Says what was left out of the counts, if something was. */
void say_left_out(const cli_arguments *arguments, const ng_report *report);
void say_empty(const cli_arguments *arguments, const ng_report *report);
int start_reporting(ng_ctx *cx, cli_arguments *arguments); /* 0, or the exit code */
int stop_reporting(ng_ctx *cx);                            /* 0, or the exit code */
bool wants_colour(const cli_arguments *arguments);
uint32_t terminal_width(void);
bool writes_to_terminal(void);

/* options.c: a whole number up to `most` (a K, M or G may end it), a decimal fraction; false when
 * the text is none. */
bool read_whole(const char *text, uint64_t most, uint64_t *count_out);
bool read_fraction(const char *text, double *number_out);

/* part.c: takes one of the options that choose a part of the graph; 0, or 2 after a message. */
typedef enum part_option {
    PART_WEIGHT,
    PART_DOCUMENTS,
    PART_Q,
    PART_BACKBONE,
    PART_AROUND,
    PART_HOPS
} part_option;
int take_part(cli_part *part, part_option which, const char *name, const char *value);

/* Puts the part that is asked for in the place of the graph. Returns 0, or an exit code after a
 * message; the graph is then as it was. */
int narrow(ng_ctx *cx, const cli_arguments *arguments, ng_graph **graph);

/* load.c: what commands start from. */

/* Operands, --files-from or standard input as inputs. */
ng_status collect_inputs(ng_ctx *cx, const cli_arguments *arguments, ng_inputs **inputs_out);

/* The scores, with the distance and the threads that were asked for. */
ng_status compute_scores(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                         uint32_t measures, ng_scores **scores_out);

/* The same options for other calls. */
void fill_measure_options(const cli_arguments *arguments, ng_measure_options *options);

/* The scores that graph files and pictures tell. */
ng_status compute_file_scores(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph,
                              ng_scores **scores_out);

/* Refuses a saved graph among documents, and options that come too late for a saved graph. Returns
 * 0, or 2 after a message. */
int check_inputs(ng_ctx *cx, const cli_arguments *arguments);

/* A saved graph, or the graph of documents. *graph_out may be set with a status other than NG_OK:
 * some documents were unusable, the rest is in it. */
/* Counts of the first operands: saved graphs (.ngr), documents, or both. What could not be used is
 * in `verdict_out`; free the counts whatever it returns. */
ng_status obtain_counts(ng_ctx *cx, const cli_arguments *arguments, int operand_count,
                        ng_report *report_out, ng_status *verdict_out, ng_counts **counts_out);

ng_status obtain_graph(ng_ctx *cx, const cli_arguments *arguments, int operand_count,
                       ng_graph **graph_out);

/* The node a user means; on failure a message was printed and *code_out is the exit code. */
bool obtain_node(const cli_arguments *arguments, const ng_graph *graph, const char *name,
                 size_t *node_out, int *code_out);

/* True when -o names a picture and the command draws ones; which. */
bool wants_picture(const cli_arguments *arguments, ng_format *picture_out);

/* --format as a table format; false after a message. */
bool table_format(const cli_arguments *arguments, ng_table_format *format_out);

/* Opens the table's destination: -o FILE or standard output. */
ng_status open_table(ng_ctx *cx, const cli_arguments *arguments, ng_output **output_out);

/* Commits the output when the status is NG_OK, else discards it. */
ng_status close_table(ng_ctx *cx, ng_output *output, ng_status status);

/* Writes what the graph knows about one item (an edge, a node) to the table's destination; returns
 * the exit code. */
typedef ng_status (*item_writer)(ng_ctx *cx, const ng_graph *graph, size_t item,
                                 ng_table_format format, ng_output *output);
int write_item(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *graph, size_t item,
               item_writer writer);

/* cmd_*.c */
int run_extract(ng_ctx *cx, cli_arguments *arguments);
int run_graph(ng_ctx *cx, cli_arguments *arguments);
int run_merge(ng_ctx *cx, cli_arguments *arguments);
int run_diff(ng_ctx *cx, cli_arguments *arguments);
int run_summary(ng_ctx *cx, cli_arguments *arguments);
int run_slice(ng_ctx *cx, cli_arguments *arguments);
int run_path(ng_ctx *cx, cli_arguments *arguments);
int run_verify(ng_ctx *cx, cli_arguments *arguments);
int run_centrality(ng_ctx *cx, cli_arguments *arguments);
int run_draw(ng_ctx *cx, cli_arguments *arguments);
int run_evidence(ng_ctx *cx, cli_arguments *arguments);
int run_explain(ng_ctx *cx, cli_arguments *arguments);
int run_rules(ng_ctx *cx, cli_arguments *arguments);
int run_score(ng_ctx *cx, cli_arguments *arguments);
int run_train(ng_ctx *cx, cli_arguments *arguments);

/* True when two zero-ended words are equal. */
bool same(const char *a, const char *b);
ng_view view_of(const char *text);

/* ---- options_reading.c ---- */

typedef enum reading_option {
    READING_FORMAT,
    READING_CHARSET,
    READING_TEXT_COLUMN,
    READING_ID_COLUMN,
    READING_DATE_COLUMN,
    READING_TITLE_COLUMN,
    READING_AUTHOR_COLUMN,
    READING_DATE_FROM,
    READING_INCLUDE,
    READING_EXCLUDE,
    READING_PDF_SECONDS,
    READING_PDF_BYTES,
    READING_RATIO,
    READING_FAILURES /* the last one */
} reading_option;

/* Applies an option; returns 0 or the exit code. */
int take_reading(reading_option which, const char *name, const char *value,
                 cli_arguments *arguments);

#endif
