/* Prints what is read from a page, for people who judge it and for tests/html/score.py.
 *
 * usage: html_text [--meta | --all | --time N] [--charset NAME] FILE
 *
 * Prints the article's text; with --meta title, author and date, one line each; with --all the text
 * of the whole page as of a fragment. --time reads the page N times and prints MB/s. */
#include "documents/documents_internal.h"

#include <time.h>

typedef struct wish {
    const char *path, *charset;
    bool is_meta, is_all;
    int times;
} wish;

static bool read_arguments(int argc, char **argv, wish *wish_out)
{
    *wish_out = (wish){ .times = 0 };
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--meta") == 0)
            wish_out->is_meta = true;
        else if (strcmp(argv[i], "--all") == 0)
            wish_out->is_all = true;
        else if (strcmp(argv[i], "--charset") == 0 && i + 1 < argc)
            wish_out->charset = argv[++i];
        else if (strcmp(argv[i], "--time") == 0 && i + 1 < argc)
            (void)sscanf(argv[++i], "%d", &wish_out->times);
        else
            wish_out->path = argv[i];
    }
    return wish_out->path != NULL;
}

static void print_bytes(ng_view bytes)
{
    (void)fwrite(bytes.data, 1, bytes.size, stdout);
    (void)fputc('\n', stdout);
}

static ng_status read_once(ng_ctx *cx, const wish *wanted, ng_view bytes, bool is_printed)
{
    ng_options options;
    ng_extracted found;
    ng_status status = NG_OK;

    ng_options_init(&options);
    ng_extracted_init(&found, SIZE_MAX / 4);
    status = wanted->is_all
                 ? ng_html_text(cx, bytes, wanted->charset, wanted->path, &options, &found.text)
                 : ng_html_extract(cx, bytes, wanted->charset, wanted->path, &options, &found);
    if (status == NG_OK && is_printed && wanted->is_meta) {
        (void)fputs("title: ", stdout);
        print_bytes(ng_buffer_view(&found.title));
        (void)fputs("author: ", stdout);
        print_bytes(ng_buffer_view(&found.author));
        (void)fputs("date: ", stdout);
        print_bytes(ng_buffer_view(&found.date));
    } else if (status == NG_OK && is_printed) {
        print_bytes(ng_buffer_view(&found.text));
    }
    ng_extracted_destroy(cx, &found);
    return status;
}

static ng_status time_it(ng_ctx *cx, const wish *wanted, ng_view bytes)
{
    struct timespec start;
    struct timespec end;
    ng_status status = NG_OK;
    double seconds = 0;

    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < wanted->times && status == NG_OK; i++)
        status = read_once(cx, wanted, bytes, false);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
    printf("%.1f MB/s\n", (double)bytes.size * wanted->times / seconds / 1e6);
    return status;
}

int main(int argc, char **argv)
{
    ng_ctx *cx = ng_ctx_new();
    wish wanted;
    ng_buffer bytes;
    ng_status status = NG_OK;

    if (!cx || !read_arguments(argc, argv, &wanted)) {
        (void)fputs("usage: html_text [--meta | --all | --time N] [--charset NAME] FILE\n", stderr);
        return 2;
    }
    ng_buffer_init(&bytes, SIZE_MAX / 4);
    status = ng_file_read(cx, wanted.path, SIZE_MAX / 8, "none", &bytes);
    if (status == NG_OK)
        status = wanted.times > 0 ? time_it(cx, &wanted, ng_buffer_view(&bytes))
                                  : read_once(cx, &wanted, ng_buffer_view(&bytes), true);
    if (status != NG_OK)
        (void)fprintf(stderr, "%s\n", ng_ctx_error(cx));
    ng_buffer_destroy(cx, &bytes);
    ng_ctx_free(cx);
    return (int)status;
}
