/* nergraph-pdf: a PDF in, its title, author, date and text out.
 *
 * nergraph starts this program for each PDF, so that whatever poppler does with a damaged or
 * hostile file happens elsewhere; it works as well by hand. It limits its own memory and time, has
 * the whole text before it writes a byte, and says every failure in one line on standard error;
 * what poppler says of a file goes nowhere.
 *
 * The output is one line, "nergraph-pdf 1 TITLE AUTHOR DATE TEXT PAGES", the first four of which
 * are counts of bytes, then these bytes, end to end. */
#include "pdf_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

static const char usage[] = "Usage: nergraph-pdf [-s SECONDS] [-b BYTES] [-t] < a.pdf\n";

static const char help[] =
    "Reads a PDF from standard input and writes its title, author, date and text, in\n"
    "UTF-8, to standard output. Paragraphs are parted by a blank line.\n"
    "\n"
    "  -t, --text        the text alone\n"
    "  -s, --seconds N   processor time it may take (default 60)\n"
    "  -b, --bytes N     memory it may take (default 1073741824)\n"
    "  --help, --version\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 3 no PDF, a damaged or an encrypted one, 4 a limit,\n"
    "5 cannot read or write, 6 no memory.\n"
    "\n"
    "Example: nergraph-pdf -t < report.pdf | less\n";

typedef struct pdf_options {
    unsigned long long seconds, bytes;
    bool text_alone;
} pdf_options;

/* Where failures are said: standard error as it was when the program started. */
static int complaints = STDERR_FILENO;

int pdf_fail(int code, const char *format, ...)
{
    char line[512];
    int size = 0;
    va_list arguments;

    va_start(arguments, format);
    size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size >= 0)
        (void)dprintf(complaints, "nergraph-pdf: %s\n", line);
    return code;
}

/* Lets poppler complain to nobody. */
static void hush(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    int kept = nowhere >= 0 ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) : -1;

    if (kept >= 0 && dup2(nowhere, STDERR_FILENO) >= 0)
        complaints = kept;
    if (nowhere > STDERR_FILENO)
        (void)close(nowhere);
}

/* Bounds what this process may use, before the work that needs it. */
static void limit_process(const pdf_options *options)
{
    struct rlimit limit;

    if (options->bytes && !HAS_SHADOW_MEMORY) {
        limit.rlim_cur = limit.rlim_max = (rlim_t)options->bytes;
        (void)setrlimit(RLIMIT_AS, &limit);
    }
    if (options->seconds) {
        limit.rlim_cur = (rlim_t)options->seconds + 1;
        limit.rlim_max = (rlim_t)options->seconds + 5;
        (void)setrlimit(RLIMIT_CPU, &limit);
    }
    limit.rlim_cur = limit.rlim_max = 0;
    (void)setrlimit(RLIMIT_CORE, &limit);
}

/* All of standard input; the caller frees it. */
static int read_input(pdf_bytes *input)
{
    static char piece[1 << 16];

    for (;;) {
        ssize_t got = read(STDIN_FILENO, piece, sizeof piece);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return pdf_fail(PDF_IO, "standard input: %s", strerror(errno));
        if (got == 0)
            return PDF_OK;
        if (input->size + (size_t)got > input_bytes_max)
            return pdf_fail(PDF_LIMIT, "more than %zu bytes", input_bytes_max);
        if (!pdf_bytes_add(input, piece, (size_t)got))
            return pdf_fail(PDF_MEMORY, "no memory for the file");
    }
}

/* Writes all of it to standard output. */
static int write_output(const pdf_content *content, bool text_alone)
{
    const pdf_bytes *parts[] = { &content->title, &content->author, &content->date,
                                 &content->text };
    bool is_good = true;

    if (!text_alone)
        is_good = printf("nergraph-pdf 1 %zu %zu %zu %zu %d\n", parts[0]->size, parts[1]->size,
                         parts[2]->size, parts[3]->size, content->page_count) > 0;
    for (size_t i = text_alone ? 3 : 0; i < 4; i++)
        if (parts[i]->size > 0)
            is_good =
                is_good && fwrite(parts[i]->data, 1, parts[i]->size, stdout) == parts[i]->size;
    if (fflush(stdout) != 0 || !is_good)
        return pdf_fail(PDF_IO, "standard output: %s", strerror(errno));
    return PDF_OK;
}

/* From the file to its text. */
static int run(const pdf_options *options)
{
    pdf_bytes input = { 0 };
    pdf_content content = { 0 };
    int code = PDF_OK;

    limit_process(options);
    code = read_input(&input);
    if (code == PDF_OK)
        code = pdf_read(input.data ? input.data : "", input.size, &content);
    if (code == PDF_OK)
        code = write_output(&content, options->text_alone);
    pdf_content_free(&content);
    pdf_bytes_free(&input);
    return code;
}

/* A whole number; false when it is none. */
static bool read_number(const char *text, unsigned long long *number_out)
{
    char *end = NULL;

    errno = 0;
    *number_out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
}

/* Prints help or version. */
static int print(const char *format, const char *first, const char *second)
{
    return printf(format, first, second) < 0 || fflush(stdout) != 0 ? PDF_IO : PDF_OK;
}

/* Fills the options; returns -1 to go on, else the exit code. */
static int read_options(int argc, char **argv, pdf_options *options)
{
    static const struct option names[] = {
        { "text", no_argument, NULL, 't' },        { "seconds", required_argument, NULL, 's' },
        { "bytes", required_argument, NULL, 'b' }, { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'V' },     { NULL, 0, NULL, 0 }
    };
    int option = 0;

    while ((option = getopt_long(argc, argv, "ts:b:hV", names, NULL)) != -1) {
        unsigned long long *number = option == 's' ? &options->seconds : &options->bytes;

        if (option == 'h')
            return print("%s%s", usage, help);
        if (option == 'V')
            return print("nergraph-pdf %s (poppler %s)\n", NG_VERSION, pdf_poppler_version());
        if (option == 't')
            options->text_alone = true;
        else if ((option != 's' && option != 'b') || !read_number(optarg, number))
            return pdf_fail(PDF_USAGE, "%s", usage);
    }
    if (optind < argc)
        return pdf_fail(PDF_USAGE, "the PDF is read from standard input, not from \"%.200s\"",
                        argv[optind]);
    return -1;
}

int main(int argc, char **argv)
{
    pdf_options options = { .seconds = 60, .bytes = 1ULL << 30 };
    int code = read_options(argc, argv, &options);

    if (code >= 0)
        return code;
    hush();
    return run(&options);
}
