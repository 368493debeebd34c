/* For unit tests of files that hold many documents: a file in memory that is read in drops, and all
 * that becomes of it as one text. */
#ifndef NG_TEST_DOCUMENTS_SERIES_H
#define NG_TEST_DOCUMENTS_SERIES_H

#include "faults.h"

#include "documents/documents_internal.h"

#include <errno.h>

typedef struct series_case {
    const char *what;
    ng_view file;
    const char *wanted;      /* "id|origin|date|media|charset|text;", "!message;" for a failure */
    uint64_t document_bytes; /* 0: the default */
    uint32_t date_from;      /* 0: the default */
} series_case;

/* The file being read. */
static struct {
    ng_view rest;
    size_t drop_bytes;
    size_t reads_left; /* until one fails; SIZE_MAX: none does */
} series_file;

static inline ssize_t series_read(int fd, void *data, size_t size)
{
    size_t count = series_file.rest.size;

    (void)fd;
    if (series_file.reads_left != SIZE_MAX && series_file.reads_left-- == 0) {
        series_file.reads_left = SIZE_MAX;
        errno = EIO;
        return -1;
    }
    if (count > size)
        count = size;
    if (count > series_file.drop_bytes)
        count = series_file.drop_bytes;
    if (count > 0)
        memcpy(data, series_file.rest.data, count);
    series_file.rest = ng_view_part(series_file.rest, count, series_file.rest.size);
    return (ssize_t)count;
}

static inline const char *series_media(uint8_t media)
{
    switch ((ng_media)media) {
    case NG_MEDIA_MAIL:
        return "mail";
    case NG_MEDIA_HTML:
        return "html";
    case NG_MEDIA_TEXT:
        return "text";
    case NG_MEDIA_PDF:
        return "pdf";
    default:
        return "?";
    }
}

/* Appends a document; `out` has memory of its own, which does not fail. */
static inline void series_add(ng_ctx *cx, ng_buffer *out, const ng_source_document *document)
{
    const ng_view parts[] = { document->id,
                              document->origin,
                              document->date,
                              ng_view_of(series_media(document->media)),
                              ng_view_of(document->charset),
                              document->text };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (i > 0)
            assert_int_equal(ng_buffer_add_byte(cx, out, '|'), NG_OK);
        assert_int_equal(ng_buffer_add(cx, out, parts[i]), NG_OK);
    }
    assert_int_equal(ng_buffer_add_byte(cx, out, ';'), NG_OK);
}

/* Reads all of it, and says why it ended. Failures of documents are told and passed over. */
static inline ng_status series_read_all(ng_ctx *cx, const ng_series_kind *kind,
                                        const series_case *test, const char *name, ng_buffer *out)
{
    ng_ctx *plain = ng_ctx_new();
    ng_sys sys = ng_sys_real;
    ng_options options;
    ng_found found = { .path = name, .label = name, .name = ng_view_of(name) };
    char room[NG_HEAD_BYTES];
    ng_stream stream = { .label = name, .data = room, .is_open = true };
    void *state = malloc(kind->state_bytes);
    ng_status status = NG_OK;

    sys.read = series_read;
    cx->sys = &sys;
    found.file_name = found.name;
    ng_options_init(&options);
    if (test->document_bytes)
        options.document_bytes = test->document_bytes;
    if (test->date_from)
        options.date_from = test->date_from;
    assert_non_null(state);
    status = kind->open(cx, state, &stream, &found, &options);
    for (bool is_open = status == NG_OK, is_end = !is_open; is_open; is_open = !is_end) {
        ng_source_document *document = NULL;

        status = kind->next(cx, state, &document);
        is_end = status == NG_E_MEMORY || status == NG_E_IO || (status == NG_OK && !document);
        if (document)
            series_add(plain, out, document);
        else if (status == NG_E_DATA || status == NG_E_LIMIT)
            assert_int_equal(ng_buffer_format(plain, out, "!%s;", ng_ctx_error(cx)), NG_OK);
        ng_source_free(cx, document);
        if (is_end)
            kind->close(cx, state);
    }
    free(state);
    ng_ctx_free(plain);
    return status;
}

/* The file of a case, in drops of so many bytes. */
static inline void series_set(const series_case *test, size_t drop_bytes)
{
    series_file.rest = test->file;
    series_file.drop_bytes = drop_bytes;
    series_file.reads_left = SIZE_MAX;
}

/* Every case gives what is wanted, in drops of any size. */
static inline void series_run_cases(const ng_series_kind *kind, const char *name,
                                    const series_case *cases, size_t count)
{
    static const size_t drops[] = { 1, 2, 3, 7, 100, NG_HEAD_BYTES };

    for (size_t i = 0; i < count; i++)
        for (size_t d = 0; d < sizeof drops / sizeof *drops; d++) {
            ng_ctx *cx = ng_ctx_new();
            ng_buffer out;

            if (d == 0)
                print_message("case: %s\n", cases[i].what);
            ng_buffer_init(&out, 1 << 24);
            series_set(&cases[i], drops[d]);
            assert_int_equal(series_read_all(cx, kind, &cases[i], name, &out), NG_OK);
            assert_string_equal(ng_buffer_view(&out).data, cases[i].wanted);
            ng_buffer_destroy(cx, &out);
            ng_ctx_free(cx);
        }
}

/* Every allocation and every read fails once: nothing leaks, and the failure is told. */
static inline void series_run_faults(const ng_series_kind *kind, const char *name,
                                     const series_case *cases, size_t count)
{
    for (size_t i = 0; i < 2 * count; i++) {
        const ng_status wanted = i % 2 ? NG_E_MEMORY : NG_E_IO;
        ng_status status = wanted;

        for (size_t at = 1; status != NG_OK; at++) {
            ng_ctx *cx = ng_ctx_new();
            ng_ctx *plain = ng_ctx_new();
            ng_buffer out;
            test_heap heap;

            ng_buffer_init(&out, 1 << 24);
            series_set(&cases[i / 2], 100);
            test_use_heap(cx, &heap);
            if (i % 2)
                heap.fail_at = at;
            else
                series_file.reads_left = at - 1;
            status = series_read_all(cx, kind, &cases[i / 2], name, &out);
            assert_true(status == NG_OK || status == wanted);
            assert_int_equal(heap.live, 0);
            ng_buffer_destroy(plain, &out);
            ng_ctx_free(plain);
            ng_ctx_free(cx);
        }
    }
}

#endif
