/* PDF: read by a program of its own, nergraph-pdf, which is started for each file (src/pdf).
 *
 * What a hostile file can do to it (crash, run on, take all memory) ends there; here it is a
 * document that cannot be used. */
#include "documents_internal.h"

#include <inttypes.h>

enum { HEAD_BYTES_MAX = 200, PARTS = 4 };

static const char head_word[] = "nergraph-pdf 1 ";

/* Why the program gave no text. */
static ng_status fail_program(ng_ctx *cx, const char *label, const ng_options *options,
                              const ng_process_result *result)
{
    switch (result->end) {
    case NG_PROCESS_MISSING:
        return ng_fail(cx, NG_E_DATA,
                       "%s: a PDF file, and the program that reads them, nergraph-pdf, is not "
                       "there; install it beside nergraph, or say where it is: "
                       "NERGRAPH_PDF=/path/to/nergraph-pdf",
                       label);
    case NG_PROCESS_LATE:
        return ng_fail(cx, NG_E_LIMIT, "%s: takes longer than %u s to read; raise --pdf-seconds",
                       label, (unsigned)options->pdf_seconds);
    case NG_PROCESS_KILLED:
        return ng_fail(cx, NG_E_DATA,
                       "%s: a PDF file that cannot be read: nergraph-pdf crashed on it or ran out "
                       "of memory (signal %d); raise --pdf-bytes, or save the file anew",
                       label, result->code);
    case NG_PROCESS_DONE:
        break;
    }
    return ng_fail(cx, NG_E_DATA, "%s: a PDF file that cannot be read: %s", label,
                   result->message[0] ? result->message : "nergraph-pdf failed");
}

/* Takes the sizes out of the first line; false when it is none. */
static bool read_head(ng_view *answer, uint64_t sizes[PARTS])
{
    size_t room = answer->size < HEAD_BYTES_MAX ? answer->size : HEAD_BYTES_MAX;
    const char *end = memchr(answer->data, '\n', room);
    ng_view head = ng_view_part(*answer, 0, end ? (size_t)(end - answer->data) : 0);
    uint64_t sum = 0;

    if (!ng_view_starts(head, ng_view_of(head_word)))
        return false;
    *answer = ng_view_part(*answer, head.size + 1, answer->size);
    head = ng_view_part(head, sizeof head_word - 1, head.size);
    for (size_t i = 0; i < PARTS; i++) {
        size_t size = 0;

        while (size < head.size && head.data[size] != ' ')
            size++;
        if (!ng_view_unsigned(ng_view_part(head, 0, size), &sizes[i]) ||
            sizes[i] > answer->size - sum)
            return false;
        sum += sizes[i];
        head = ng_view_part(head, size < head.size ? size + 1 : size, head.size);
    }
    return sum == answer->size && head.size == 0;
}

/* Takes the answer apart. It is UTF-8, but who knows. */
static ng_status take_answer(ng_ctx *cx, ng_view answer, const char *label, ng_extracted *out)
{
    ng_buffer *parts[PARTS] = { &out->title, &out->author, &out->date, &out->text };
    uint64_t sizes[PARTS];
    ng_status status = NG_OK;

    if (!read_head(&answer, sizes))
        return ng_fail(cx, NG_E_DATA, "%s: nergraph-pdf is of another version than nergraph",
                       label);
    for (size_t i = 0; i < PARTS && status == NG_OK; i++) {
        status = ng_utf8_repair(cx, ng_view_part(answer, 0, (size_t)sizes[i]), parts[i]);
        answer = ng_view_part(answer, (size_t)sizes[i], answer.size);
    }
    return status;
}

/* Is there nothing but white space? */
static bool is_blank(ng_view text)
{
    size_t at = 0;

    while (at < text.size && ng_is_blank_byte(text.data[at]))
        at++;
    return at == text.size;
}

ng_status ng_pdf_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                         ng_extracted *out)
{
    char path[NG_PROGRAM_BYTES], seconds[32], room[32];
    const char *program = ng_pdf_program(cx, path);
    const char *const arguments[] = { "nergraph-pdf", seconds, room, NULL };
    const ng_process process = {
        .program = program, .arguments = arguments, .input = bytes, .seconds = options->pdf_seconds
    };
    ng_process_result result;
    ng_buffer answer;
    ng_status status = NG_OK;

    (void)snprintf(seconds, sizeof seconds, "%" PRIu32, options->pdf_seconds);
    (void)snprintf(room, sizeof room, "%" PRIu64, options->pdf_bytes);
    ng_buffer_init(&answer, (size_t)ng_limit_of(options) + HEAD_BYTES_MAX + (1 << 20));
    status = ng_process_run(cx, &process, &answer, &result);
    if (status == NG_E_LIMIT && !ng_ctx_is_cancelled(cx))
        status = ng_fail_too_large(cx, label, options);
    if (status == NG_OK && (result.end != NG_PROCESS_DONE || result.code != 0))
        status = fail_program(cx, label, options, &result);
    if (status == NG_OK)
        status = take_answer(cx, ng_buffer_view(&answer), label, out);
    if (status == NG_OK && is_blank(ng_buffer_view(&out->text)))
        out->remark = "no text in it (a scan? recognize its characters first)";
    ng_buffer_destroy(cx, &answer);
    return status;
}
