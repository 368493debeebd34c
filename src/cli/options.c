/* Options: one table says name, argument, groups and help; one function takes each.
 *
 * Written by hand rather than with getopt_long: an unknown option must suggest the nearest one that
 * the command takes, and the same table makes the help. Operands are moved to the front of argv, so
 * that nothing is allocated. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef enum option_id {
    OPTION_TYPES,
    OPTION_STATES,
    OPTION_PRONOUNS,
    OPTION_SCOPE,
    OPTION_WEIGHT,
    OPTION_DROP_ISOLATES,
    OPTION_RULES,
    OPTION_MODEL,
    OPTION_MENTIONS,
    OPTION_THREADS,
    OPTION_STRICT,
    OPTION_KEEP_GOING,
    OPTION_FILES_FROM,
    OPTION_ZERO,
    OPTION_EVIDENCE,
    OPTION_BOILERPLATE,
    OPTION_READING, /* and those behind it, in the order of reading_option */
    OPTION_READING_LAST = OPTION_READING + READING_FAILURES,
    OPTION_SAME_TEXT,
    OPTION_CHECKPOINTS,
    OPTION_DOCUMENT_BYTES,
    OPTION_SENTENCE_BYTES,
    OPTION_NODES,
    OPTION_MEMORY,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_BY,
    OPTION_MEASURES,
    OPTION_COMMUNITIES,
    OPTION_PATHS,
    OPTION_TOP,
    OPTION_INTERVALS,
    OPTION_ERRORS,
    OPTION_SILVER,
    OPTION_SILVER_WEIGHT,
    OPTION_WORD_CLASSES,
    OPTION_EPOCHS,
    OPTION_SILVER_EPOCHS,
    OPTION_PARTS,
    OPTION_SEED,
    OPTION_RESUME,
    OPTION_DISTANCE,
    OPTION_PERIOD,
    OPTION_SLICE_DOCUMENTS,
    OPTION_GRAPHS,
    OPTION_LEAST_WEIGHT,
    OPTION_LEAST_DOCUMENTS,
    OPTION_MOST_Q,
    OPTION_BACKBONE,
    OPTION_AROUND,
    OPTION_HOPS,
    OPTION_TITLE,
    OPTION_ENGINE,
    OPTION_SIZE_BY,
    OPTION_COLOR_BY,
    OPTION_THEME,
    OPTION_LABELS,
    OPTION_DRAW_SECONDS,
    OPTION_DRAW_BYTES,
    OPTION_DRAW_NODES,
    OPTION_RAW,
    OPTION_AMBIGUOUS,
    OPTION_HOMONYMS,
    OPTION_COLOUR,
    OPTION_PROGRESS,
    OPTION_NO_PROGRESS,
    OPTION_QUIET,
    OPTION_VERSION,
    OPTION_HELP
} option_id;

typedef struct option_spec {
    option_id id;
    char letter; /* or 0 */
    const char *name;
    const char *argument; /* its name in the help, or NULL: takes none */
    unsigned groups;
    const char *help;
} option_spec;

static const option_spec specs[] = {
    { OPTION_OUTPUT, 'o', "output", "OUT", GROUP_TABLE | GROUP_GRAPH_FILES | GROUP_TRAINING,
      "write to OUT instead of standard output; for graphs the ending chooses the format" },
    { OPTION_FORMAT, 0, "format", "FORMAT", GROUP_TABLE,
      "table, tsv, csv or json; of extract: json, tsv or conll" },
    { OPTION_BY, 0, "by", "MEASURES", GROUP_RANKING,
      "columns, ranked by the first; a list of measures (`nergraph help centrality` says what each "
      "means), or all (default strength,degree,betweenness,pagerank)" },
    { OPTION_MEASURES, 0, "measures", "MEASURES", GROUP_GRAPH_FILES,
      "measures in the files: a list, all or none; edge_betweenness is that of the edges (default "
      "degree,strength,betweenness,closeness,harmonic,pagerank,eigenvector,community)" },
    { OPTION_COMMUNITIES, 0, "communities", "METHOD", GROUP_COMMUNITIES,
      "how communities are found: leiden (default) or louvain; the same every time" },
    { OPTION_PATHS, 0, "paths", "HOW", GROUP_SAMPLES,
      "shortest paths from all actors (exact; default) or from K of each component (sample:K), and "
      "how far betweenness, closeness and harmonic may then be off" },
    { OPTION_TOP, 0, "top", "N", GROUP_RANKING,
      "print the first N only; 0 for all (default 20 in a table, else all)" },
    { OPTION_INTERVALS, 0, "intervals", "N", GROUP_INTERVALS,
      "show how far chance carries each rank: 95 % intervals from N resamples of the documents "
      "(bootstrap; 200 will do)" },
    { OPTION_AMBIGUOUS, 0, "ambiguous", NULL, GROUP_LEDGER,
      "list the names that fit several actors, and what was made of them" },
    { OPTION_HOMONYMS, 0, "homonyms", NULL, GROUP_LEDGER,
      "list the names that may be several people's" },
    { OPTION_ERRORS, 0, "errors", "N", GROUP_SCORES,
      "print N of the wrong or missed mentions as well (default 0)" },
    { OPTION_SILVER, 0, "silver", "FILE", GROUP_TRAINING,
      "learn from FILE, too, whose labels are another program's; can stand several times" },
    { OPTION_SILVER_WEIGHT, 0, "silver-weight", "W", GROUP_TRAINING,
      "how much a document of --silver counts, 0 to 1 (default 0.5)" },
    { OPTION_WORD_CLASSES, 0, "word-classes", "FILE", GROUP_TRAINING,
      "classes of words, a line each: word, fine, middle and coarse class, separated by tabs" },
    { OPTION_EPOCHS, 0, "epochs", "N", GROUP_TRAINING,
      "passes over the documents (default 6; after those with --silver 4)" },
    { OPTION_SILVER_EPOCHS, 0, "silver-epochs", "N", GROUP_TRAINING,
      "first passes, over the documents and those of --silver (default 3)" },
    { OPTION_PARTS, 0, "parts", "N", GROUP_TRAINING,
      "parts that the documents are cut into, each tagged by a tagger that has not seen it "
      "(default 3)" },
    { OPTION_SEED, 0, "seed", "N", GROUP_TRAINING, "of the order of the text (default 1)" },
    { OPTION_RESUME, 0, "resume", NULL, GROUP_TRAINING,
      "keep what was learned in OUT.part-N after each pass; when interrupted, the same command "
      "goes "
      "on from there" },
    { OPTION_DISTANCE, 0, "distance", "KIND", GROUP_PATHS,
      "length of an edge: integer (27720/weight, rounded; default), inverse (1/weight) or hops" },
    { OPTION_PERIOD, 0, "period", "UNIT", GROUP_SLICES,
      "of a part: year (default), month, week (ISO 8601) or day" },
    { OPTION_SLICE_DOCUMENTS, 0, "documents", "N", GROUP_SLICES,
      "parts of so many documents instead, in the order of reading" },
    { OPTION_GRAPHS, 0, "graphs", "PREFIX", GROUP_SLICES,
      "save the graph of each part, too: PREFIX-2024.ngr, or net-2024.gexf for net.gexf" },
    { OPTION_LEAST_WEIGHT, 0, "min-weight", "X", GROUP_PARTS,
      "only edges of this weight and more" },
    { OPTION_LEAST_DOCUMENTS, 0, "min-docs", "N", GROUP_PARTS,
      "only edges that so many documents have" },
    { OPTION_MOST_Q, 0, "max-q", "Q", GROUP_PARTS,
      "only edges whose q-value (Fisher's exact test, Benjamini and Hochberg) is at most Q" },
    { OPTION_BACKBONE, 0, "backbone", "HOW", GROUP_PARTS,
      "only the heavy edges: disparity[:ALPHA] (default 0.05), top:K of each actor, spanning[:K] "
      "(a maximum spanning forest and the K heaviest) or core:K (actors with K neighbours)" },
    { OPTION_AROUND, 0, "around", "ACTOR", GROUP_PARTS, "only what is near this actor" },
    { OPTION_HOPS, 0, "hops", "N", GROUP_PARTS, "how near: steps along edges (default 1)" },
    { OPTION_TYPES, 0, "types", "KINDS", GROUP_DOCUMENTS,
      "kinds of actors: a list, or +KIND and -KIND to change the default "
      "person,country,place; there are also organization and people" },
    { OPTION_STATES, 0, "states", "FORMS", GROUP_DOCUMENTS,
      "words that stand for a state: names, demonyms (\"Israeli\"; default), or metonyms "
      "(\"Moscow said\")" },
    { OPTION_PRONOUNS, 0, "pronouns", NULL, GROUP_DOCUMENTS,
      "let he and she count for the person they seem to mean" },
    { OPTION_SCOPE, 0, "scope", "UNIT", GROUP_DOCUMENTS,
      "where two actors must both occur: sentence (default), paragraph, document, sentences:N or "
      "tokens:N; of a list the first makes the graph, all are kept in a .ngr file (all: sentence, "
      "paragraph, document)" },
    { OPTION_WEIGHT, 0, "weight", "WEIGHT", GROUP_DOCUMENTS,
      "of an edge: count (units with both; default), documents, npmi, jaccard, cosine, g2 "
      "or association (units over those expected)" },
    { OPTION_DROP_ISOLATES, 0, "drop-isolates", NULL, GROUP_DOCUMENTS,
      "leave out actors without an edge" },
    { OPTION_RULES, 0, "rules", "FILE", GROUP_DOCUMENTS,
      "your corrections, one a line: alias, never-merge, ignore, type, pattern" },
    { OPTION_MODEL, 0, "model", "FILE", GROUP_DOCUMENTS,
      "find names with the model in FILE (of `nergraph train`) instead of the built-in one" },
    { OPTION_MENTIONS, 0, "mentions", "FILE", GROUP_DOCUMENTS,
      "take the mentions of FILE (JSON lines as of `nergraph extract`) instead of finding them" },
    { OPTION_EVIDENCE, 0, "evidence", "N", GROUP_DOCUMENTS,
      "quotes kept for an edge (default 8, 0 for none)" },
    { OPTION_FILES_FROM, 0, "files-from", "FILE", GROUP_DOCUMENTS,
      "read the names of inputs from FILE, one a line" },
    { OPTION_ZERO, '0', "null", NULL, GROUP_DOCUMENTS,
      "the names of --files-from (default standard input) end with a zero byte" },
    { OPTION_THREADS, 'j', "threads", "N", GROUP_DOCUMENTS | GROUP_TRAINING,
      "work on N threads (default: all cores); the output is the same" },
    { OPTION_STRICT, 0, "strict", NULL, GROUP_DOCUMENTS,
      "stop at the first input that cannot be used" },
    { OPTION_KEEP_GOING, 0, "keep-going", NULL, GROUP_DOCUMENTS,
      "end with 0 even if some input could not be used" },
    { OPTION_READING + READING_FORMAT, 0, "read-as", "FORMAT", GROUP_READING,
      "what the inputs are, whatever their names and first bytes tell: text, html, jsonl, json, "
      "csv, tsv, pdf, docx, odt, epub, mail, mbox or warc" },
    { OPTION_READING + READING_CHARSET, 0, "charset", "NAME", GROUP_READING,
      "character set of inputs that do not tell it (default: UTF-8, or guessed)" },
    { OPTION_READING + READING_TEXT_COLUMN, 0, "text-column", "NAME", GROUP_READING,
      "column of tables and member of JSON records that holds the text (default text)" },
    { OPTION_READING + READING_ID_COLUMN, 0, "id-column", "NAME", GROUP_READING,
      "and the id (default id)" },
    { OPTION_READING + READING_DATE_COLUMN, 0, "date-column", "NAME", GROUP_READING,
      "the date (default date)" },
    { OPTION_READING + READING_TITLE_COLUMN, 0, "title-column", "NAME", GROUP_READING,
      "the title (default title)" },
    { OPTION_READING + READING_AUTHOR_COLUMN, 0, "author-column", "NAME", GROUP_READING,
      "the author (default author)" },
    { OPTION_READING + READING_DATE_FROM, 0, "date-from", "LIST", GROUP_READING,
      "where dates are looked for: metadata (what a document says), name (of its file), modified; "
      "or none (default metadata,name)" },
    { OPTION_READING + READING_INCLUDE, 0, "include", "PATTERN", GROUP_READING,
      "in directories and archives, only files like this (\"*.html\"); can stand several times" },
    { OPTION_READING + READING_EXCLUDE, 0, "exclude", "PATTERN", GROUP_READING,
      "leave out files and folders like this; can stand several times" },
    { OPTION_READING + READING_PDF_SECONDS, 0, "pdf-seconds", "N", GROUP_READING,
      "time limit of reading a PDF file (default 60)" },
    { OPTION_READING + READING_PDF_BYTES, 0, "pdf-bytes", "N", GROUP_READING,
      "memory limit of reading a PDF file (default 1G)" },
    { OPTION_READING + READING_RATIO, 0, "max-unpack-ratio", "N", GROUP_READING,
      "an archive unpacks to at most N times its size (default 250)" },
    { OPTION_READING + READING_FAILURES, 0, "failures", "FILE", GROUP_READING,
      "name what could not be used in FILE, too: kind of failure, tab, message" },
    { OPTION_BOILERPLATE, 0, "boilerplate", "N", GROUP_DOCUMENTS,
      "a paragraph that N documents have (default 5) makes no ties, as bylines and datelines do; "
      "keep: all make ties" },
    { OPTION_SAME_TEXT, 0, "same-text", "WORD", GROUP_DOCUMENTS,
      "documents with one text under several ids count once, or each (default)" },
    { OPTION_CHECKPOINTS, 0, "resume", NULL, GROUP_CHECKPOINTS,
      "keep what was counted in OUT.resume, now and then; when interrupted, the same command goes "
      "on from there" },
    { OPTION_DOCUMENT_BYTES, 0, "max-document-bytes", "N", GROUP_DOCUMENTS,
      "largest document (default 64M)" },
    { OPTION_SENTENCE_BYTES, 0, "max-sentence-bytes", "N", GROUP_DOCUMENTS,
      "a longer sentence is cut there (default 10000)" },
    { OPTION_NODES, 0, "max-nodes", "N", GROUP_DOCUMENTS, "most actors in a graph (default 10M)" },
    { OPTION_MEMORY, 0, "memory", "N", GROUP_DOCUMENTS,
      "count in about so much memory, for example 512M; the rest goes to files in $TMPDIR" },
    { OPTION_TITLE, 0, "title", "TEXT", GROUP_PICTURES, "title of the picture" },
    { OPTION_THEME, 0, "theme", "NAME", GROUP_PICTURES,
      "colours: light (default), dark, or print (black on white)" },
    { OPTION_COLOR_BY, 0, "color-by", "WHAT", GROUP_PICTURES,
      "what colours tell: kind (default) or community; outlines tell the kind" },
    { OPTION_LABELS, 0, "labels", "N", GROUP_PICTURES,
      "names of the N most central, the others are dots; all (default up to 1,000 drawn, 120 of "
      "more) "
      "or none" },
    { OPTION_SIZE_BY, 0, "size-by", "MEASURE", GROUP_PICTURES,
      "what the size of a name shows (default strength)" },
    { OPTION_ENGINE, 0, "engine", "NAME", GROUP_PICTURES,
      "layout: neato, sfdp, fdp, circo, twopi or dot (default: by the size of the graph)" },
    { OPTION_DRAW_NODES, 0, "max-drawn-nodes", "N", GROUP_PICTURES,
      "draw the N strongest actors of a larger graph (default 5000)" },
    { OPTION_DRAW_SECONDS, 0, "draw-seconds", "N", GROUP_PICTURES,
      "time limit of drawing (default 120)" },
    { OPTION_DRAW_BYTES, 0, "draw-bytes", "N", GROUP_PICTURES,
      "memory limit of drawing (default 2G)" },
    { OPTION_RAW, 0, "raw-cells", NULL, GROUP_GRAPH_FILES,
      "leave CSV cells that look like formulas as they are" },
    { OPTION_COLOUR, 0, "color", "WHEN", GROUP_ALWAYS, "auto (default), never or always" },
    { OPTION_PROGRESS, 0, "progress", NULL, GROUP_ALWAYS, "show progress even if short" },
    { OPTION_NO_PROGRESS, 0, "no-progress", NULL, GROUP_ALWAYS, "show no progress" },
    { OPTION_QUIET, 'q', "quiet", NULL, GROUP_ALWAYS,
      "no remarks, no progress; unusable inputs are still named" },
    { OPTION_VERSION, 0, "version", NULL, GROUP_ALWAYS, "print the version" },
    { OPTION_HELP, 'h', "help", NULL, GROUP_ALWAYS, "-h short help, --help long help" },
};

enum { SPEC_COUNT = sizeof specs / sizeof *specs };

/* The groups of the command whose options are read, for suggestions. */
static const char *option_name(size_t index)
{
    return index < SPEC_COUNT ? specs[index].name : NULL;
}

void print_options(FILE *stream, unsigned groups, bool is_long)
{
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        const option_spec *spec = &specs[i];
        char label[64];
        const char *text = spec->help;

        if (!(spec->groups & groups))
            continue;
        snprintf(label, sizeof label, "%c%c%s --%s%s%s", spec->letter ? '-' : ' ',
                 spec->letter ? spec->letter : ' ', spec->letter ? "," : " ", spec->name,
                 spec->argument ? " " : "", spec->argument ? spec->argument : "");
        fprintf(stream, "  %-27s", label);
        while (strlen(text) > 66 && is_long) {
            size_t cut = 66;

            while (cut > 0 && text[cut] != ' ' && text[cut - 1] != ',') /* lists have no blanks */
                cut--;
            cut = cut > 0 ? cut : 66;
            fprintf(stream, " %.*s\n%29s", (int)cut, text, "");
            text += cut + (text[cut] == ' ');
        }
        fprintf(stream, " %s\n", text);
    }
}

/* A whole number with an optional K, M or G; false when it is none or above `most`. */
bool read_whole(const char *text, uint64_t most, uint64_t *count_out)
{
    char *end = NULL;
    unsigned long long number = 0;
    uint64_t unit = 1;

    if (text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    number = strtoull(text, &end, 10);
    if (*end == 'K' || *end == 'k')
        unit = 1024;
    else if (*end == 'M' || *end == 'm')
        unit = 1024 * 1024;
    else if (*end == 'G' || *end == 'g')
        unit = 1024 * 1024 * 1024;
    if (unit > 1)
        end++;
    if (errno != 0 || *end != '\0' || number > most / unit)
        return false;
    *count_out = number * unit;
    return true;
}

/* A decimal fraction such as 0.5, whatever the locale; false when it is none. */
bool read_fraction(const char *text, double *number_out)
{
    double number = 0, unit = 1;
    bool has_point = false, has_digit = false;

    for (; *text; text++) {
        if (*text == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (*text < '0' || *text > '9')
            return false;
        has_digit = true;
        number = number * 10 + (*text - '0');
        unit = has_point ? unit * 10 : unit;
    }
    *number_out = number / unit;
    return has_digit;
}

/* Takes a whole number between `least` and `most`, or complains. */
static int take_count(const option_spec *spec, const char *text, uint64_t least, uint64_t most,
                      uint64_t *count_out)
{
    if (read_whole(text, most, count_out) && *count_out >= least)
        return 0;
    return complain("--%s %s: not a whole number from %llu to %llu", spec->name, text,
                    (unsigned long long)least, (unsigned long long)most);
}

/* Takes a 32-bit count. */
static int take_small(const option_spec *spec, const char *text, uint64_t least, uint32_t most,
                      uint32_t *count_out)
{
    uint64_t count = 0;
    int code = take_count(spec, text, least, most, &count);

    if (code == 0)
        *count_out = (uint32_t)count;
    return code;
}

/* The index of `text` in `words`, or complains with all of them. */
static int take_word(const option_spec *spec, const char *text, const char *const *words,
                     unsigned *index_out)
{
    char list[256] = "";

    for (unsigned i = 0; words[i]; i++) {
        size_t used = strlen(list);

        if (same(words[i], text)) {
            *index_out = i;
            return 0;
        }
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", words[i]);
    }
    return complain("--%s %s: unknown; use one of %s", spec->name, text, list);
}

/* --types: a list of kinds, each maybe with + or - against the default. */
static int take_kinds(const char *text, ng_options *options)
{
    uint32_t kinds = text[0] == '+' || text[0] == '-' ? options->kinds : 0;

    for (const char *at = text; *at;) {
        size_t size = strcspn(at, ",");
        bool is_minus = at[0] == '-';
        size_t sign = at[0] == '+' || at[0] == '-' ? 1 : 0;
        ng_kind kind = NG_KIND_PERSON;

        if (!ng_kind_find((ng_view){ at + sign, size - sign }, &kind))
            return complain("--types %.*s: unknown kind; use person, country, place, organization "
                            "or people",
                            (int)size, at);
        kinds = is_minus ? kinds & ~(1u << kind) : kinds | 1u << kind;
        at += size + (at[size] == ',');
    }
    if (kinds == 0)
        return complain("--types %s: no kind is left", text);
    options->kinds = kinds;
    return 0;
}

/* One scope: a unit, or a window with its size. */
static int take_scope(const option_spec *spec, const char *text, ng_scope_unit *unit)
{
    static const char *const words[] = { "sentence",    "paragraph", "document", "all",
                                         "sentences:N", "tokens:N",  NULL };
    static const ng_scope scopes[] = { NG_SCOPE_SENTENCE, NG_SCOPE_PARAGRAPH, NG_SCOPE_DOCUMENT };
    const char *colon = strchr(text, ':');
    unsigned index = 0;
    int code = 0;

    *unit = (ng_scope_unit){ NG_SCOPE_SENTENCE, 1 };
    if (colon && strncmp(text, "sentences:", 10) == 0)
        unit->scope = NG_SCOPE_SENTENCES;
    else if (colon && strncmp(text, "tokens:", 7) == 0)
        unit->scope = NG_SCOPE_TOKENS;
    else
        colon = NULL;
    if (colon)
        return take_small(spec, colon + 1, 1, 100000, &unit->window);
    if (same(text, "sentences") || same(text, "tokens"))
        return complain("--scope %s: give the size of the window, for example %s:%d", text, text,
                        text[0] == 's' ? 3 : 50);
    code = take_word(spec, text, words, &index);
    if (code == 0 && index < sizeof scopes / sizeof *scopes)
        unit->scope = scopes[index];
    else if (code == 0)
        code = complain("--scope %s: %s", text,
                        same(text, "all") ? "stands alone, not in a list" : "give a number for N");
    return code;
}

/* --scope: a list. The first is that of the graph; the others are counted beside it. */
static int take_scopes(const option_spec *spec, const char *text, ng_options *options)
{
    const char *list = same(text, "all") ? "sentence,paragraph,document" : text;
    int code = 0;

    options->scope_is_wish = false;
    options->further_count = 0;
    for (size_t count = 0; code == 0; count++) {
        size_t size = strcspn(list, ",");
        char word[64];
        ng_scope_unit unit;

        if (count >= NG_SCOPES_MAX || size >= sizeof word)
            return complain("--scope %s: at most %d scopes are counted at once", text,
                            NG_SCOPES_MAX);
        memcpy(word, list, size);
        word[size] = '\0';
        code = take_scope(spec, word, &unit);
        if (code == 0 && count == 0) {
            options->scope = unit.scope;
            options->window = unit.window;
        } else if (code == 0) {
            options->further[options->further_count++] = unit;
        }
        if (list[size] == '\0')
            break;
        list += size + 1;
    }
    return code;
}

/* One measure of a list, or a complaint that lists those that can stand alone. */
static int take_measure(const option_spec *spec, ng_view name, ng_measure *measure_out)
{
    bool is_size = spec->id == OPTION_SIZE_BY;
    char list[512] = "";
    size_t used = 0;

    if (ng_measure_find(name, measure_out))
        return 0;
    for (int i = 0; i < NG_MEASURE_COUNT && used < sizeof list; i++) {
        ng_measure each = (ng_measure)i;

        if (ng_measure_is_score(each) && !(is_size && ng_measure_is_reversed(each)))
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                                     ng_measure_name(each));
    }
    return complain("--%s %.*s: no measure, or the beginning of several; use %s%s", spec->name,
                    (int)name.size, name.data, list, is_size ? "" : " or all");
}

/* --paths: exact or sample:K. */
static int take_paths(const option_spec *spec, const char *text, uint32_t *sample_out)
{
    *sample_out = 0;
    if (same(text, "exact"))
        return 0;
    if (strncmp(text, "sample:", 7) != 0)
        return complain("--paths %s: unknown; use exact or sample:K", text);
    return take_small(spec, text + 7, 10, 100000000, sample_out);
}

/* --measures: what the files tell. */
static int take_written(const option_spec *spec, const char *text, cli_arguments *arguments)
{
    arguments->measures = same(text, "all") ? (1u << NG_MEASURE_COUNT) - 1 : 0;
    arguments->with_edge_scores = same(text, "all");
    if (same(text, "all") || same(text, "none"))
        return 0;
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, ",");
        ng_measure measure = NG_MEASURE_DEGREE;

        if (size == 16 && strncmp(at, "edge_betweenness", size) == 0)
            arguments->with_edge_scores = true;
        else if (take_measure(spec, (ng_view){ at, size }, &measure) != 0)
            return NG_E_USAGE;
        else
            arguments->measures |= 1u << measure;
        at += size + (at[size] == ',');
    }
    return 0;
}

/* --by: measures in the order of the columns. */
static int take_measures(const option_spec *spec, const char *text, cli_arguments *arguments)
{
    arguments->by_count = 0;
    if (same(text, "all")) {
        while (arguments->by_count < NG_MEASURE_COUNT) {
            arguments->by[arguments->by_count] = (ng_measure)arguments->by_count;
            arguments->by_count++;
        }
        return 0;
    }
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, ",");
        ng_measure measure = NG_MEASURE_DEGREE;
        bool is_new = true;

        if (take_measure(spec, (ng_view){ at, size }, &measure) != 0)
            return NG_E_USAGE;
        for (size_t i = 0; i < arguments->by_count; i++)
            is_new = is_new && arguments->by[i] != measure;
        if (is_new)
            arguments->by[arguments->by_count++] = measure;
        at += size + (at[size] == ',');
    }
    if (arguments->by_count == 0)
        return complain("--by: name at least one measure");
    if (!ng_measure_is_score(arguments->by[0]))
        return complain("--by %s: numbers groups; name a measure before it to rank by",
                        ng_measure_name(arguments->by[0]));
    return 0;
}

/* -o of a graph: FILE with a known ending, or FORMAT:FILE. */
static int take_output(const char *text, cli_arguments *arguments)
{
    const char *colon = strchr(text, ':');
    destination *output = &arguments->outputs[arguments->output_count];

    if (arguments->output_count == OUTPUT_LIMIT)
        return complain("-o %s: more than %d outputs", text, OUTPUT_LIMIT);
    if (colon && ng_format_find((ng_view){ text, (size_t)(colon - text) }, &output->format)) {
        output->path = colon + 1;
    } else if (ng_format_of_path(text, &output->format)) {
        output->path = text;
    } else {
        return complain(
            "-o %s: unknown format; end it with .ngr .json .gexf .graphml .csv .cyjs .gml .net .md "
            ".dot .svg .png or .pdf, or write FORMAT:FILE (json:- for standard output, "
            "vosviewer:FILE)",
            text);
    }
    if (output->path[0] == '\0')
        return complain("-o %s: no file is named", text);
    arguments->output_count++;
    return 0;
}

/* Options about documents and counting. */
static const char *const same_texts[] = { "once", "each", NULL };

static int take_document_option(const option_spec *spec, const char *value,
                                cli_arguments *arguments)
{
    static const char *const states[] = { "names", "demonyms", "metonyms", NULL };
    static const char *const weights[] = { "count",  "documents", "npmi",        "jaccard",
                                           "cosine", "g2",        "association", NULL };
    ng_options *options = &arguments->options;
    unsigned index = 0;
    int code = 0;

    switch (spec->id) {
    case OPTION_TYPES:
        return take_kinds(value, options);
    case OPTION_PRONOUNS:
        options->pronouns = true;
        return 0;
    case OPTION_STATES:
        code = take_word(spec, value, states, &index);
        options->states = code == 0 ? (ng_states)index : options->states;
        return code;
    case OPTION_SCOPE:
        return take_scopes(spec, value, options);
    case OPTION_WEIGHT:
        code = take_word(spec, value, weights, &index);
        options->weight = code == 0 ? (ng_weight)index : options->weight;
        return code;
    case OPTION_DROP_ISOLATES:
        options->keep_isolates = false;
        return 0;
    case OPTION_RULES:
        options->rules_path = value;
        return 0;
    case OPTION_MODEL:
        options->model_path = value;
        return 0;
    case OPTION_MENTIONS:
        options->mentions_path = value;
        return 0;
    case OPTION_THREADS:
        return take_small(spec, value, 1, 1024, &options->thread_count);
    case OPTION_STRICT:
        options->strict = true;
        return 0;
    case OPTION_KEEP_GOING:
        arguments->keep_going = true;
        return 0;
    case OPTION_FILES_FROM:
        arguments->files_from = value;
        return 0;
    case OPTION_ZERO:
        arguments->zero_ended = true;
        return 0;
    case OPTION_EVIDENCE:
        return take_small(spec, value, 0, 1000000, &options->evidence_limit);
    case OPTION_BOILERPLATE:
        options->keep_boilerplate = same(value, "keep");
        return options->keep_boilerplate
                   ? 0
                   : take_small(spec, value, 2, 1000000000, &options->boilerplate_documents);
    case OPTION_SAME_TEXT:
        code = take_word(spec, value, same_texts, &index);
        options->same_text_once = code == 0 ? index == 0 : options->same_text_once;
        return code;
    case OPTION_DOCUMENT_BYTES:
        return take_count(spec, value, 1, 2147483647, &options->document_bytes);
    case OPTION_SENTENCE_BYTES:
        return take_small(spec, value, 100, 1u << 30, &options->sentence_bytes);
    case OPTION_MEMORY:
        return take_count(spec, value, (uint64_t)128 << 20, (uint64_t)1 << 50,
                          &options->memory_bytes);
    default:
        return take_count(spec, value, 1, UINT32_MAX - 1, &options->node_limit);
    }
}

/* --silver-weight: a number above 0, at most 1. */
static int take_share(const option_spec *spec, const char *text, double *share_out)
{
    double share = 0;

    if (!read_fraction(text, &share) || share <= 0 || share > 1)
        return complain("--%s %s: not a number above 0 and at most 1", spec->name, text);
    *share_out = share;
    return 0;
}

/* Options about training. */
static int take_training_option(const option_spec *spec, const char *value,
                                cli_arguments *arguments)
{
    ng_train_options *train = &arguments->train;

    switch (spec->id) {
    case OPTION_SILVER:
        if (train->silver_count == SILVER_LIMIT)
            return complain("--silver %s: more than %d files", value, SILVER_LIMIT);
        arguments->silver[train->silver_count++] = value;
        return 0;
    case OPTION_SILVER_WEIGHT:
        return take_share(spec, value, &train->silver_weight);
    case OPTION_WORD_CLASSES:
        train->classes_path = value;
        return 0;
    case OPTION_EPOCHS:
        return take_small(spec, value, 1, 1000, &train->epochs);
    case OPTION_SILVER_EPOCHS:
        return take_small(spec, value, 1, 1000, &train->silver_epochs);
    case OPTION_RESUME:
        train->keeps_parts = true;
        return 0;
    case OPTION_PARTS:
        return take_small(spec, value, 2, 20, &train->part_count);
    default:
        return take_count(spec, value, 0, UINT64_MAX / 2, &train->seed);
    }
}

/* Options about pictures. */
static int take_picture_option(const option_spec *spec, const char *value, cli_arguments *arguments)
{
    static const char *const engines[] = { "neato", "sfdp", "fdp", "circo", "twopi", "dot", NULL };
    static const char *const colours[] = { "kind", "community", NULL };
    static const char *const themes[] = { "light", "dark", "print", NULL };
    ng_write_options *write = &arguments->write;
    unsigned index = 0;
    int code = 0;

    switch (spec->id) {
    case OPTION_TITLE:
        write->title = value;
        return 0;
    case OPTION_ENGINE:
        code = take_word(spec, value, engines, &index);
        write->engine = code == 0 ? value : write->engine;
        return code;
    case OPTION_COLOR_BY:
        code = take_word(spec, value, colours, &index);
        write->color_by_community = code == 0 && index == 1;
        return code;
    case OPTION_THEME:
        code = take_word(spec, value, themes, &index);
        write->theme = code == 0 ? themes[index] : write->theme;
        return code;
    case OPTION_LABELS:
        if (same(value, "all"))
            write->named_nodes = UINT32_MAX - 1;
        else if (same(value, "none"))
            write->named_nodes = 0;
        else if (value[0] < '0' || value[0] > '9')
            return complain("--labels %s: use a number, all or none", value);
        else
            return take_small(spec, value, 1, 1000000, &write->named_nodes);
        return 0;
    case OPTION_SIZE_BY:
        code = take_measure(spec, view_of(value), &write->size_by);
        if (code == 0 &&
            (!ng_measure_is_score(write->size_by) || ng_measure_is_reversed(write->size_by)))
            return complain("--size-by %s: is no measure of size", value);
        return code;
    case OPTION_DRAW_SECONDS:
        return take_small(spec, value, 1, 1000000, &write->draw_seconds);
    case OPTION_DRAW_BYTES:
        return take_count(spec, value, 1 << 26, UINT64_MAX / 2, &write->draw_bytes);
    default:
        return take_small(spec, value, 1, 100000, &write->draw_node_limit);
    }
}

/* Options about output, ranking and messages. */
static int take_plain_option(const option_spec *spec, const char *value, cli_arguments *arguments)
{
    static const char *const whens[] = { "auto", "never", "always", NULL };
    static const char *const periods[] = { "year", "month", "week", "day", NULL };
    static const char *const distances[] = { "integer", "inverse", "hops", NULL };
    static const char *const communities[] = { "leiden", "louvain", NULL };
    unsigned index = 0;
    uint64_t count = 0;
    int code = 0;

    switch (spec->id) {
    case OPTION_OUTPUT:
        if (arguments->command->groups & GROUP_GRAPH_FILES)
            return take_output(value, arguments);
        arguments->plain_output = value;
        return 0;
    case OPTION_FORMAT:
        arguments->format = value;
        return 0;
    case OPTION_BY:
        return take_measures(spec, value, arguments);
    case OPTION_MEASURES:
        return take_written(spec, value, arguments);
    case OPTION_PATHS:
        return take_paths(spec, value, &arguments->sample);
    case OPTION_COMMUNITIES:
        code = take_word(spec, value, communities, &index);
        arguments->communities = code == 0 ? (ng_communities)index : arguments->communities;
        return code;
    case OPTION_TOP:
        code = take_count(spec, value, 0, UINT32_MAX, &count);
        arguments->top = (size_t)count;
        arguments->has_top = true;
        return code;
    case OPTION_INTERVALS:
        arguments->options.keep_shares = true;
        return take_small(spec, value, 20, 10000, &arguments->resamples);
    case OPTION_ERRORS:
        return take_small(spec, value, 0, UINT32_MAX, &arguments->error_limit);
    case OPTION_PERIOD:
        code = take_word(spec, value, periods, &index);
        arguments->period = code == 0 ? (ng_period)index : arguments->period;
        return code;
    case OPTION_SLICE_DOCUMENTS:
        return take_small(spec, value, 1, 100000000, &arguments->slice_documents);
    case OPTION_GRAPHS:
        arguments->graphs_prefix = value;
        return 0;
    case OPTION_DISTANCE:
        code = take_word(spec, value, distances, &index);
        arguments->distance = code == 0 ? (ng_distance)index : arguments->distance;
        return code;
    case OPTION_AMBIGUOUS:
        arguments->listed = NG_DECISIONS_AMBIGUOUS;
        return 0;
    case OPTION_HOMONYMS:
        arguments->listed = NG_DECISIONS_HOMONYMS;
        return 0;
    case OPTION_RAW:
        arguments->write.raw_cells = true;
        return 0;
    case OPTION_COLOUR:
        code = take_word(spec, value, whens, &index);
        arguments->colour = code == 0 ? (choice)index : arguments->colour;
        return code;
    case OPTION_PROGRESS:
        arguments->progress = CHOICE_ALWAYS;
        return 0;
    case OPTION_NO_PROGRESS:
        arguments->progress = CHOICE_NEVER;
        return 0;
    case OPTION_QUIET:
        arguments->is_quiet = true;
        return 0;
    default:
        arguments->wants_version = true;
        return 0;
    }
}

/* Applies one option. */
static int take_option(const option_spec *spec, const char *value, cli_arguments *arguments)
{
    if (spec->id == OPTION_HELP) {
        arguments->wants_long_help = value == NULL;
        arguments->wants_short_help = value != NULL;
        return 0;
    }
    if (spec->id == OPTION_WEIGHT || spec->id == OPTION_DROP_ISOLATES || spec->id == OPTION_RULES ||
        spec->id == OPTION_SCOPE)
        arguments->show_option = spec->name;
    else if (spec->id <= OPTION_RULES || spec->id == OPTION_EVIDENCE || spec->id == OPTION_NODES)
        arguments->count_option = spec->name;
    if (spec->groups & GROUP_READING)
        return take_reading((reading_option)(spec->id - OPTION_READING), spec->name, value,
                            arguments);
    if (spec->id == OPTION_CHECKPOINTS) {
        arguments->keeps_checkpoints = true;
        return 0;
    }
    if (spec->groups & GROUP_DOCUMENTS)
        return take_document_option(spec, value, arguments);
    if (spec->groups == GROUP_TRAINING)
        return take_training_option(spec, value, arguments);
    if (spec->groups & GROUP_PICTURES)
        return take_picture_option(spec, value, arguments);
    if (spec->groups & GROUP_PARTS)
        return take_part(&arguments->part, (part_option)(spec->id - OPTION_LEAST_WEIGHT),
                         spec->name, value);
    return take_plain_option(spec, value, arguments);
}

/* The option with this name (of `size` bytes) or letter, or NULL. */
static const option_spec *find_option(const char *name, size_t size, char letter, unsigned groups)
{
    const option_spec *found = NULL;

    for (size_t i = 0; i < SPEC_COUNT; i++) {
        if (letter ? specs[i].letter != letter
                   : strlen(specs[i].name) != size || memcmp(specs[i].name, name, size) != 0)
            continue;
        if (specs[i].groups & groups)
            return &specs[i];
        found = &specs[i];
    }
    return found;
}

/* Complains about an option that is unknown or belongs to other commands. */
static int refuse(const option_spec *spec, const char *word, const cli_arguments *arguments)
{
    char name[64];
    const char *near = NULL;

    if (spec)
        return complain("`nergraph %s` takes no option '%s'; `nergraph %s -h` lists its options",
                        arguments->command->name, word, arguments->command->name);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    near = name[1] == '-' ? nearest(name + 2, option_name) : NULL;
    if (near)
        return complain("unknown option '%s'; did you mean '--%s'?", name, near);
    return complain("unknown option '%s'; `nergraph %s -h` lists the options", name,
                    arguments->command->name);
}

/* Reads the option at argv[*at]; steps over its argument. */
static int read_option(int argc, char **argv, int *at, cli_arguments *arguments)
{
    const char *word = argv[*at];
    bool is_long = word[1] == '-';
    size_t size = is_long ? strcspn(word + 2, "=") : 1;
    const option_spec *spec = is_long ? find_option(word + 2, size, 0, arguments->command->groups)
                                      : find_option(NULL, 0, word[1], arguments->command->groups);
    const char *attached = is_long ? word + 2 + size : word + 2;

    if (!spec || !(spec->groups & (arguments->command->groups | GROUP_ALWAYS)))
        return refuse(spec, word, arguments);
    if (!spec->argument) {
        if (attached[0] != '\0')
            return complain("'%s': --%s takes no value", word, spec->name);
        return take_option(spec, is_long ? NULL : word, arguments);
    }
    if (attached[0] != '\0')
        return take_option(spec, is_long ? attached + 1 : attached, arguments);
    if (*at + 1 >= argc)
        return complain("'%s' needs a value: %s", word, spec->argument);
    *at += 1;
    return take_option(spec, argv[*at], arguments);
}

int read_arguments(ng_ctx *cx, int argc, char **argv, int first, cli_arguments *arguments)
{
    static const ng_measure default_by[] = { NG_MEASURE_STRENGTH, NG_MEASURE_DEGREE,
                                             NG_MEASURE_BETWEENNESS, NG_MEASURE_PAGERANK };
    bool only_operands = false;
    int count = 0;

    (void)cx;
    ng_options_init(&arguments->options);
    ng_selection_init(&arguments->part.selection);
    arguments->part.selection.hops = 1;
    ng_train_options_init(&arguments->train);
    ng_write_options_init(&arguments->write);
    memcpy(arguments->by, default_by, sizeof default_by);
    arguments->by_count = sizeof default_by / sizeof *default_by;
    arguments->measures = 1u << NG_MEASURE_DEGREE | 1u << NG_MEASURE_STRENGTH |
                          1u << NG_MEASURE_BETWEENNESS | 1u << NG_MEASURE_CLOSENESS |
                          1u << NG_MEASURE_HARMONIC | 1u << NG_MEASURE_PAGERANK |
                          1u << NG_MEASURE_EIGENVECTOR | 1u << NG_MEASURE_COMMUNITY;
    for (int at = first; at < argc; at++) {
        const char *word = argv[at];
        int code = 0;

        if (only_operands || word[0] != '-' || word[1] == '\0')
            argv[count++] = argv[at]; /* count <= at: the moved ones were read already */
        else if (same(word, "--"))
            only_operands = true;
        else
            code = read_option(argc, argv, &at, arguments);
        if (code != 0)
            return code;
    }
    arguments->operands = argv;
    arguments->operand_count = count;
    return 0;
}
