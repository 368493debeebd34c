/* nergraph-draw: node-link JSON in, DOT or a picture out.
 *
 * nergraph starts this program for pictures, so that whatever Graphviz does with a difficult graph
 * happens elsewhere; it works as well by hand. It reads all of its input, limits itself to the
 * memory and time that the request names, renders into memory and then writes, so that a failure
 * never leaves half a picture. Every failure is one line on standard error. */
#include "drawing_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif
#ifndef HAS_SHADOW_MEMORY
#define HAS_SHADOW_MEMORY 0
#endif

static const size_t input_bytes_max = (size_t)1 << 31;

static const char *const formats[] = { "dot", "svg", "png", "pdf" };

static const char usage[] = "Usage: nergraph-draw [-T FORMAT] [-o FILE] [-K ENGINE] < net.json\n";

static const char help[] =
    "Draws a graph of actors from node-link JSON on standard input.\n"
    "\n"
    "  -T FORMAT   dot, svg, png or pdf; else by the ending of FILE, else as the\n"
    "              input's \"drawing\" object says, else svg\n"
    "  -o FILE     write to FILE (replaced whole or not at all); else standard output\n"
    "  --read-dot  the input is DOT; write node-link JSON, draw nothing\n"
    "  -K ENGINE   layout engine of Graphviz: neato, sfdp, fdp, dot, circo, twopi;\n"
    "              else by size\n"
    "  --help, --version\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 3 bad input, 4 a limit, 5 cannot read or write,\n"
    "6 no memory.\n"
    "\n"
    "Example: nergraph graph article.txt -o net.json && nergraph-draw -T svg < net.json\n";

int draw_fail(int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)fputs("nergraph-draw: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    return code;
}

typedef struct draw_options {
    const char *format, *path, *engine;
    bool reads_dot;
} draw_options;

/* All of standard input, with a zero byte behind it. */
static int read_input(char **data_out, size_t *size_out)
{
    size_t size = 0, capacity = 1 << 16;
    char *data = malloc(capacity);

    while (data) {
        ssize_t got = read(STDIN_FILENO, data + size, capacity - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            free(data);
            return draw_fail(DRAW_IO, "standard input: %s", strerror(errno));
        }
        size += (size_t)got;
        if (got == 0) {
            data[size] = '\0';
            *data_out = data;
            *size_out = size;
            return DRAW_OK;
        }
        if (size == capacity) {
            char *grown = capacity < input_bytes_max ? realloc(data, capacity * 2) : NULL;
            if (!grown)
                free(data);
            if (!grown && capacity >= input_bytes_max)
                return draw_fail(DRAW_LIMIT, "standard input: more than %zu bytes", capacity);
            data = grown;
            capacity *= 2;
        }
    }
    return draw_fail(DRAW_MEMORY, "no memory for the input");
}

/* Bounds what this process may use, before the work that needs it. */
static void limit_process(const draw_spec *spec)
{
    struct rlimit limit;

    if (spec->limit_bytes && !HAS_SHADOW_MEMORY) {
        limit.rlim_cur = limit.rlim_max = (rlim_t)spec->limit_bytes;
        (void)setrlimit(RLIMIT_AS, &limit);
    }
    if (spec->limit_seconds) {
        limit.rlim_cur = (rlim_t)spec->limit_seconds + 1;
        limit.rlim_max = (rlim_t)spec->limit_seconds + 5;
        (void)setrlimit(RLIMIT_CPU, &limit);
    }
    limit.rlim_cur = limit.rlim_max = 0;
    (void)setrlimit(RLIMIT_CORE, &limit);
}

/* Writes all bytes to a descriptor. */
static int write_all(int fd, const char *path, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, data, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return draw_fail(DRAW_IO, "%s: %s", path, strerror(errno));
        data += put;
        size -= (size_t)put;
    }
    return DRAW_OK;
}

/* Makes the file hold exactly these bytes: a new one beside it, renamed over it. */
static int replace_file(const char *path, const char *data, size_t size)
{
    char temp[4096];
    int fd = -1;
    int code = DRAW_OK;

    if (snprintf(temp, sizeof temp, "%s.%ld.tmp", path, (long)getpid()) >= (int)sizeof temp)
        return draw_fail(DRAW_IO, "%s: name too long", path);
    fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return draw_fail(DRAW_IO, "%s: %s", path, strerror(errno));
    code = write_all(fd, path, data, size);
    if (close(fd) != 0 && code == DRAW_OK)
        code = draw_fail(DRAW_IO, "%s: %s", path, strerror(errno));
    if (code == DRAW_OK && rename(temp, path) != 0)
        code = draw_fail(DRAW_IO, "%s: %s", path, strerror(errno));
    if (code != DRAW_OK)
        (void)unlink(temp);
    return code;
}

/* Where the bytes go: a regular file is replaced, a device or pipe is written to. */
static int write_output(const char *path, const char *data, size_t size)
{
    struct stat is;
    int fd = STDOUT_FILENO;
    int code = DRAW_OK;

    if (!path || strcmp(path, "-") == 0)
        return write_all(fd, "standard output", data, size);
    if (stat(path, &is) != 0)
        return replace_file(path, data, size);
    if (S_ISREG(is.st_mode)) { /* what a link names is replaced, not the link */
        char *real = realpath(path, NULL);
        code = replace_file(real ? real : path, data, size);
        free(real);
        return code;
    }
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return draw_fail(DRAW_IO, "%s: %s", path, strerror(errno));
    code = write_all(fd, path, data, size);
    if (close(fd) != 0 && code == DRAW_OK)
        code = draw_fail(DRAW_IO, "%s: %s", path, strerror(errno));
    return code;
}

/* The ending of a path without the dot, or NULL. */
static const char *ending_of(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;

    return dot && !strchr(dot, '/') ? dot + 1 : NULL;
}

/* -T, else the ending, else the request, else svg; NULL with a message when it is none of ours. */
static const char *choose_format(const draw_options *options, const draw_spec *spec)
{
    const char *wanted = options->format ? options->format : ending_of(options->path);

    if (!wanted)
        wanted = spec->format ? spec->format : "svg";
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcasecmp(wanted, formats[i]) == 0)
            return formats[i];
    (void)draw_fail(DRAW_USAGE, "unknown format \"%.40s\": dot, svg, png or pdf (option -T)",
                    wanted);
    return NULL;
}

/* Places of the panels' nodes closer together, with the ties of all panels in mind. */
static int place_closely(const draw_spec *spec, const draw_plan *plan, draw_place *places)
{
    size_t *place_of = calloc(spec->node_count + 1, sizeof *place_of);
    draw_tie *ties = NULL;
    size_t most = 0, count = 0, place = 0;

    for (size_t i = 0; i < spec->panel_count; i++)
        most += spec->panels[i].edge_count;
    ties = calloc(most + 1, sizeof *ties);
    if (!place_of || !ties) {
        free(place_of);
        free(ties);
        return draw_fail(DRAW_MEMORY, "no memory for %zu ties", most);
    }
    for (size_t i = 0; i < spec->node_count; i++) {
        place_of[i] = place;
        place += spec->nodes[i].is_drawn;
    }
    for (size_t i = 0; i < spec->panel_count; i++) {
        for (size_t k = 0; k < spec->panels[i].edge_count; k++) {
            const draw_edge *edge = &spec->panels[i].edges[k];
            if (spec->nodes[edge->source].is_drawn && spec->nodes[edge->target].is_drawn)
                ties[count++] = (draw_tie){ place_of[edge->source], place_of[edge->target] };
        }
    }
    draw_place_closely(places, plan->node_count, ties, count);
    free(place_of);
    free(ties);
    return DRAW_OK;
}

/* The panels: the places of the whole graph, then one graph of all. */
static int draw_panels(draw_spec *spec, const char *format, FILE *out)
{
    draw_graph *graph = NULL, *panels = NULL;
    draw_place *places = calloc(spec->node_count + 1, sizeof *places);
    draw_plan plan = { 0 };
    int code = places ? draw_plan_make(spec, true, &plan)
                      : draw_fail(DRAW_MEMORY, "no memory for %zu nodes", spec->node_count);

    if (code == DRAW_OK)
        code = draw_graph_make(spec, &plan, &graph);
    if (code == DRAW_OK && plan.node_count > 0)
        code = draw_graph_place(graph, &plan, places);
    if (code == DRAW_OK)
        code = place_closely(spec, &plan, places);
    if (code == DRAW_OK)
        code = draw_panels_make(spec, &plan, places, &panels);
    if (code == DRAW_OK)
        code = strcmp(format, "dot") == 0 ? draw_graph_write_dot(panels, out)
                                          : draw_graph_render_placed(panels, format, out);
    draw_graph_free(panels);
    draw_graph_free(graph);
    free(places);
    return code;
}

/* A graph as DOT or picture into `out`. */
static int draw(draw_spec *spec, const char *format, FILE *out)
{
    bool is_picture = strcmp(format, "dot") != 0;
    draw_graph *graph = NULL;
    draw_plan plan;
    int code = DRAW_OK;

    if (spec->panel_count > 0)
        return draw_panels(spec, format, out);
    code = draw_plan_make(spec, is_picture, &plan);
    if (code == DRAW_OK)
        code = draw_graph_make(spec, &plan, &graph);
    if (code == DRAW_OK)
        code = is_picture ? draw_graph_render(graph, &plan, format, out)
                          : draw_graph_write_dot(graph, out);
    draw_graph_free(graph);
    return code;
}

/* Draws into memory; the caller frees *data_out whatever the result. */
static int draw_into_memory(draw_spec *spec, const char *format, char **data_out, size_t *size_out)
{
    FILE *out = open_memstream(data_out, size_out);
    int code = DRAW_OK;

    if (!out)
        return draw_fail(DRAW_MEMORY, "no memory for the picture");
    code = draw(spec, format, out);
    if (fclose(out) != 0 && code == DRAW_OK)
        code = draw_fail(DRAW_MEMORY, "no memory for the picture");
    return code;
}

/* Gives the titles of an SVG file words; the file is replaced in memory. */
static int put_titles(const draw_spec *spec, char **data, size_t *size)
{
    char *made = NULL;
    size_t made_size = 0;
    FILE *out = open_memstream(&made, &made_size);
    bool is_good = out != NULL;

    if (out) {
        is_good = draw_put_svg(out, spec, (draw_text){ *data, *size }) && !ferror(out);
        is_good = fclose(out) == 0 && is_good;
    }
    if (!is_good) {
        free(made);
        return draw_fail(DRAW_MEMORY, "no memory for the picture");
    }
    free(*data);
    *data = made;
    *size = made_size;
    return DRAW_OK;
}

/* From input bytes to output bytes. */
static int run(const draw_options *options, const char *input, size_t input_size)
{
    draw_spec spec = { 0 };
    const char *format = NULL;
    char *data = NULL;
    size_t size = 0;
    int code = draw_spec_read(input, input_size, &spec);

    if (code != DRAW_OK)
        return code;
    if (options->engine)
        spec.engine = options->engine;
    limit_process(&spec);
    format = choose_format(options, &spec);
    code = format ? draw_into_memory(&spec, format, &data, &size) : DRAW_USAGE;
    if (code == DRAW_OK && strcmp(format, "svg") == 0)
        code = put_titles(&spec, &data, &size);
    if (code == DRAW_OK && strcmp(format, "pdf") == 0)
        draw_clear_pdf_date(data, size);
    if (code == DRAW_OK)
        code = write_output(options->path, data, size);
    free(data);
    draw_spec_destroy(&spec);
    return code;
}

/* DOT in, node-link JSON out. */
static int read_dot(const char *input, size_t size)
{
    if (memchr(input, '\0', size))
        return draw_fail(DRAW_DATA, "a zero byte: that is no DOT");
    return draw_read_dot(input, stdout);
}

/* The exit code of words on standard output: `printed` is what printf returned. */
static int end_words(int printed)
{
    return printed < 0 || fflush(stdout) != 0
               ? draw_fail(DRAW_IO, "standard output: %s", strerror(errno))
               : DRAW_OK;
}

/* Fills the options; returns -1 to go on, else the exit code. */
static int read_options(int argc, char **argv, draw_options *options)
{
    static const struct option names[] = { { "help", no_argument, NULL, 'h' },
                                           { "read-dot", no_argument, NULL, 'R' },
                                           { "version", no_argument, NULL, 'V' },
                                           { NULL, 0, NULL, 0 } };
    char version[64];
    int option = 0;

    while ((option = getopt_long(argc, argv, "T:o:K:hV", names, NULL)) != -1) {
        switch (option) {
        case 'T':
            options->format = optarg;
            break;
        case 'o':
            options->path = optarg;
            break;
        case 'K':
            options->engine = optarg;
            break;
        case 'R':
            options->reads_dot = true;
            break;
        case 'h':
            return end_words(printf("%s%s", usage, help));
        case 'V':
            draw_graphviz_version(version, sizeof version);
            return end_words(printf("nergraph-draw %s (Graphviz %s)\n", NG_VERSION, version));
        default:
            (void)fputs(usage, stderr);
            return DRAW_USAGE;
        }
    }
    if (optind < argc) {
        (void)fputs(usage, stderr);
        return draw_fail(DRAW_USAGE, "the graph is read from standard input, not from \"%.200s\"",
                         argv[optind]);
    }
    return -1;
}

int main(int argc, char **argv)
{
    draw_options options = { NULL, NULL, NULL, false };
    char *input = NULL;
    size_t size = 0;
    int code = read_options(argc, argv, &options);

    if (code >= 0)
        return code;
    (void)setenv("TZ", "UTC0", 1); /* no picture tells where it was made */
    code = read_input(&input, &size);
    if (code == DRAW_OK)
        code = options.reads_dot ? read_dot(input, size) : run(&options, input, size);
    free(input);
    return code;
}
