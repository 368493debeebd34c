/* Messages on standard error: complaints, warnings of the library, progress, the last word. */
#include "cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_SECONDS = 2 }; /* shorter runs show no progress */

/* The progress line of this run. Only the main thread touches it. */
static struct {
    struct timespec start;
    double last_seconds;
    bool is_shown;
    ng_work work;
    double began; /* seconds, when this work was first told of; so much was done then */
    uint64_t begun, last_done;
} meter;

/* Takes the progress line away so that a message can stand there. */
static void clear_meter(void)
{
    if (meter.is_shown)
        fputs("\r\033[K", stderr);
    meter.is_shown = false;
}

/* Names from documents and files may hold bytes that steer a terminal: they become '?'. */
int complain(const char *format, ...)
{
    char line[4096] = "";
    va_list values;

    clear_meter();
    va_start(values, format);
    (void)vsnprintf(line, sizeof line, format, values);
    va_end(values);
    for (char *byte = line; *byte; byte++)
        if ((unsigned char)*byte < 0x20 || *byte == 0x7F)
            *byte = '?';
    fprintf(stderr, "nergraph: %s\n", line);
    return NG_E_USAGE;
}

int exit_code(ng_ctx *cx, const cli_arguments *arguments, ng_status status)
{
    if (status == NG_OK)
        return 0;
    if (ng_ctx_is_cancelled(cx)) {
        complain("interrupted; nothing was written");
        return EXIT_INTERRUPTED;
    }
    complain("%s", ng_ctx_error(cx));
    if (status == NG_E_BUG)
        complain("this is a mistake of ours: please report it with the input that shows it");
    return arguments->keep_going && status == NG_E_DATA ? 0 : (int)status;
}

void say_empty(const cli_arguments *arguments, const ng_report *report)
{
    if (!arguments->is_quiet)
        complain("no actor was found in %llu document%s",
                 (unsigned long long)report->document_count,
                 report->document_count == 1 ? "" : "s");
}

/* "1 document" or "2 documents". */
static void print_documents(uint64_t count)
{
    fprintf(stderr, "nergraph: %llu document%s", (unsigned long long)count, count == 1 ? "" : "s");
}

void say_left_out(const cli_arguments *arguments, const ng_report *report)
{
    uint64_t copies = report->copy_count > report->duplicate_count
                          ? report->copy_count - report->duplicate_count
                          : 0; /* what came twice is a copy, too */

    if (arguments->is_quiet)
        return;
    if (report->duplicate_count > 0) {
        print_documents(report->duplicate_count);
        fprintf(stderr, arguments->options.same_text_once
                            ? " say what others say; their text counts once\n"
                            : " came twice; they count once\n");
    }
    if (copies > 0 && !arguments->options.same_text_once) {
        print_documents(copies);
        fprintf(stderr,
                " mostly repeat%s the text of others (--same-text once counts a text once)\n",
                copies == 1 ? "s" : "");
    }
    if (report->boilerplate_count > 0 && !arguments->options.keep_boilerplate) {
        print_documents(report->boilerplate_count);
        fprintf(stderr,
                " %s paragraphs that %u or more have; these make no ties (--boilerplate keep: they "
                "do)\n",
                report->boilerplate_count == 1 ? "has" : "have",
                arguments->options.boilerplate_documents);
    }
}

/* The file of --failures, or NULL, and the first thing that went wrong with it. */
static struct {
    ng_ctx *cx;
    ng_output *output;
    ng_status status;
} failures;

/* A line of the file: "damaged<TAB>message". */
static void add_failure(ng_status about, const char *line)
{
    const char *kind = about == NG_E_LIMIT ? "limit" : about == NG_E_IO ? "unreadable" : "damaged";
    char text[4096] = "";
    size_t size = 0;

    (void)snprintf(text, sizeof text - 1, "%s\t%s", kind, line);
    for (size = strlen(kind) + 1; text[size]; size++)
        if ((unsigned char)text[size] < 0x20 || text[size] == 0x7F)
            text[size] = '?';
    text[size++] = '\n';
    if (failures.status == NG_OK)
        failures.status = ng_output_add(failures.cx, failures.output, (ng_view){ text, size });
}

/* A message of the library. --quiet takes remarks away, never the names of unusable inputs. */
static void on_message(void *user, ng_status about, const char *line)
{
    const cli_arguments *arguments = user;

    if (!arguments->is_quiet || about != NG_OK)
        complain("%s", line);
    if (failures.output && about != NG_OK)
        add_failure(about, line);
}

/* Seconds since the run began. */
static double elapsed_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - meter.start.tv_sec) +
           (double)(now.tv_nsec - meter.start.tv_nsec) / 1e9;
}

/* The progress line: how much of what is done, and the time that is left. */
static void on_progress(void *user, ng_work work, uint64_t done, uint64_t total, uint64_t count)
{
    const cli_arguments *arguments = user;
    double seconds = elapsed_seconds(), rate = 0;

    if (work != meter.work || done < meter.last_done) { /* the first word of this work */
        meter.work = work;
        meter.began = work == NG_WORK_DOCUMENTS ? 0 : seconds;
        meter.begun = work == NG_WORK_DOCUMENTS ? 0 : done;
    }
    meter.last_done = done;
    if (seconds > meter.began)
        rate = (double)(done - meter.begun) / (seconds - meter.began);
    if (arguments->progress == CHOICE_AUTO && seconds < QUIET_SECONDS)
        return;
    if (meter.is_shown && seconds - meter.last_seconds < 0.2)
        return;
    if (work == NG_WORK_DOCUMENTS)
        fprintf(stderr, "\r\033[K%llu documents, %.1f MB, %.1f MB/s", (unsigned long long)count,
                (double)done / 1e6, rate / 1e6);
    else
        fprintf(stderr, "\r\033[K%s: %llu of %llu%s",
                work == NG_WORK_PATHS ? "shortest paths" : "resamples",
                (unsigned long long)(done < total ? done : total), (unsigned long long)total,
                work == NG_WORK_PATHS ? " sources" : "");
    if (total > done && rate > 0)
        fprintf(stderr, ", %.0f s left", (double)(total - done) / rate);
    fflush(stderr);
    meter.is_shown = true;
    meter.last_seconds = seconds;
}

int start_reporting(ng_ctx *cx, cli_arguments *arguments)
{
    failures.cx = cx;
    if (arguments->failures_path)
        failures.status = ng_output_open(cx, arguments->failures_path, &failures.output);
    if (failures.status != NG_OK)
        return exit_code(cx, arguments, failures.status);
    clock_gettime(CLOCK_MONOTONIC, &meter.start);
    ng_ctx_on_message(cx, on_message, arguments);
    if (arguments->progress == CHOICE_ALWAYS ||
        (arguments->progress == CHOICE_AUTO && !arguments->is_quiet && isatty(STDERR_FILENO)))
        ng_ctx_on_progress(cx, on_progress, arguments);
    return 0;
}

int stop_reporting(ng_ctx *cx)
{
    ng_output *output = failures.output;

    clear_meter();
    failures.output = NULL;
    if (!output)
        return 0;
    if (failures.status == NG_OK)
        failures.status = ng_output_commit(cx, output);
    else
        ng_output_discard(cx, output);
    if (failures.status == NG_OK)
        return 0;
    complain("%s", ng_ctx_error(cx));
    return (int)failures.status;
}

bool wants_colour(const cli_arguments *arguments)
{
    const char *none = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if (arguments->colour != CHOICE_AUTO)
        return arguments->colour == CHOICE_ALWAYS;
    return (!none || none[0] == '\0') && terminal && !same(terminal, "dumb") &&
           isatty(STDOUT_FILENO) && !arguments->plain_output;
}

bool writes_to_terminal(void)
{
    return isatty(STDOUT_FILENO);
}

uint32_t terminal_width(void)
{
    struct winsize size;

    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}
