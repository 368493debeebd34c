/* nergraph-pdf: the text of a PDF file, for nergraph, which starts it.
 *
 *   nergraph-pdf SECONDS BYTES <file.pdf
 *
 * A program of its own, because PDF files are programs of others' making: whatever one of them does
 * to poppler, it ends here, within so many seconds of processor time and bytes of memory.
 *
 * Writes one line, "nergraph-pdf 1 TITLE AUTHOR DATE TEXT" with the bytes of each, then these bytes
 * end to end, in UTF-8. Exit codes: 0; 2 wrong use; 3 not a PDF file, damaged or encrypted, with a
 * message; 5 cannot read or write. */
#include "pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_DATA = 3, EXIT_IO = 5, PIECE_BYTES = 1 << 16 };

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW_MEMORY 1
#else
#define HAS_SHADOW_MEMORY 0
#endif

/* Says what is wrong on the standard error of old; poppler's own words go nowhere. */
static int complain(int fd, int code, const char *reason)
{
    ssize_t count = write(fd, reason, strlen(reason));

    if (count >= 0)
        count = write(fd, "\n", 1);
    (void)count;
    return code;
}

/* A whole number; false when it is none. */
static bool read_number(const char *text, unsigned long long *number_out)
{
    char *end = NULL;

    errno = 0;
    *number_out = strtoull(text, &end, 10);
    return errno == 0 && end != text && *end == '\0';
}

/* Bounds time and memory; 0 is no bound. */
static void set_limits(unsigned long long seconds, unsigned long long bytes)
{
    struct rlimit limit = { 0, 0 };

    (void)setrlimit(RLIMIT_CORE, &limit);
    if (bytes > 0 && !HAS_SHADOW_MEMORY) {
        limit.rlim_cur = limit.rlim_max = (rlim_t)bytes;
        (void)setrlimit(RLIMIT_AS, &limit);
    }
    if (seconds > 0) {
        limit.rlim_cur = (rlim_t)seconds;
        limit.rlim_max = (rlim_t)seconds + 5;
        (void)setrlimit(RLIMIT_CPU, &limit);
    }
}

/* All of standard input; NULL when it cannot be read. */
static GBytes *read_input(void)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 piece[PIECE_BYTES];
    ssize_t count = 0;

    while ((count = read(STDIN_FILENO, piece, sizeof piece)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            g_byte_array_free(bytes, TRUE);
            return NULL;
        }
        g_byte_array_append(bytes, piece, (guint)count);
    }
    return g_byte_array_free_to_bytes(bytes);
}

/* The day a file says it was made; empty when it does not. */
static char *find_date(PopplerDocument *document)
{
    GDateTime *moment = poppler_document_get_creation_date_time(document);
    char *date = moment ? g_date_time_format(moment, "%Y-%m-%d") : NULL;

    if (moment)
        g_date_time_unref(moment);
    return date ? date : g_strdup("");
}

/* Writes all; false when it cannot. */
static bool write_all(const char *data, size_t size)
{
    while (size > 0) {
        ssize_t count = write(STDOUT_FILENO, data, size);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        data += count;
        size -= (size_t)count;
    }
    return true;
}

/* Writes what was found. */
static bool write_answer(PopplerDocument *document, const GString *text)
{
    char *parts[] = { poppler_document_get_title(document), poppler_document_get_author(document),
                      find_date(document) };
    char head[128];
    bool is_written = false;

    for (size_t i = 0; i < 2; i++)
        if (!parts[i])
            parts[i] = g_strdup("");
    (void)snprintf(head, sizeof head, "nergraph-pdf 1 %zu %zu %zu %zu\n", strlen(parts[0]),
                   strlen(parts[1]), strlen(parts[2]), text->len);
    is_written = write_all(head, strlen(head));
    for (size_t i = 0; i < 3; i++) {
        is_written = is_written && write_all(parts[i], strlen(parts[i]));
        g_free(parts[i]);
    }
    return is_written && write_all(text->str, text->len);
}

/* Reads the document and writes its text. */
static int convert(GBytes *bytes, int complaints)
{
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    GString *text = NULL;
    bool is_written = false;

    if (!document && error && error->code == POPPLER_ERROR_ENCRYPTED)
        return complain(complaints, EXIT_DATA, "encrypted; save it without a password");
    if (!document)
        return complain(complaints, EXIT_DATA, "damaged, or no PDF file");
    text = g_string_new(NULL);
    for (int i = 0; i < poppler_document_get_n_pages(document); i++) {
        PopplerPage *page = poppler_document_get_page(document, i);

        if (page) {
            pdf_add_page(page, text);
            g_object_unref(page);
        }
    }
    is_written = write_answer(document, text);
    (void)g_string_free(text, TRUE);
    g_object_unref(document);
    return is_written ? 0 : complain(complaints, EXIT_IO, "cannot write");
}

int main(int argc, char **argv)
{
    unsigned long long seconds = 0, bytes = 0;
    int complaints = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    GBytes *input = NULL;
    int code = 0;

    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        (void)write_all("nergraph-pdf " NG_VERSION "\n",
                        sizeof "nergraph-pdf " NG_VERSION "\n" - 1);
        return 0;
    }
    if (argc != 3 || !read_number(argv[1], &seconds) || !read_number(argv[2], &bytes))
        return complain(complaints, EXIT_USAGE,
                        "usage: nergraph-pdf SECONDS BYTES <file.pdf (nergraph starts it)");
    if (nothing >= 0)
        (void)dup2(nothing, STDERR_FILENO);
    set_limits(seconds, bytes);
    input = read_input();
    if (!input)
        return complain(complaints, EXIT_IO, "cannot read standard input");
    code = convert(input, complaints);
    g_bytes_unref(input);
    return code;
}
