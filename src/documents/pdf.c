/* A PDF becomes a text: its bytes go to nergraph-pdf, what they say comes back.
 *
 * Poppler works in a process of its own: it ends the process when memory is short, and a hostile
 * file may crash it or keep it busy for ever. Several may run at once, one a thread. Whatever
 * becomes of one is a failure of this document alone, with a remedy. */
#include "documents_internal.h"

#ifndef NG_WITH_POPPLER
#define NG_WITH_POPPLER 0
#endif

enum { HEADER_BYTES = 160, LABELS_BYTES = 3 << 10 };

static const char remark_of_scan[] = "no text in it (a scan? OCR it first)";

/* ---- what became of the program ---- */

/* It could not be started. */
static ng_status fail_missing(ng_ctx *cx, const char *label, const char *program)
{
    if (!NG_WITH_POPPLER)
        return ng_fail(cx, NG_E_DATA,
                       "%s: PDF is read by %s, which was not found or cannot be run: this nergraph "
                       "was built without poppler-glib; install that and build again, or make a "
                       "text of it with pdftotext",
                       label, program);
    return ng_fail(cx, NG_E_DATA,
                   "%s: PDF is read by %s, which was not found or cannot be run; install it beside "
                   "nergraph, or say in the environment where it is: "
                   "NERGRAPH_PDF=/path/to/nergraph-pdf",
                   label, program);
}

/* Whatever became of it, in words. */
static ng_status judge(ng_ctx *cx, const char *label, const char *program,
                       const ng_options *options, const ng_process_result *result)
{
    unsigned long long mebibytes = options->pdf_bytes >> 20;
    const char *message = ng_program_message(NG_PROGRAM_PDF, result);

    switch (result->end) {
    case NG_PROCESS_MISSING:
        return fail_missing(cx, label, program);
    case NG_PROCESS_LATE:
        return ng_fail(cx, NG_E_LIMIT, "%s: reading it took longer than %u s; raise --pdf-seconds",
                       label, (unsigned)options->pdf_seconds);
    case NG_PROCESS_KILLED:
        return ng_fail(cx, NG_E_DATA,
                       "%s: %s was ended by signal %d while it read it; the file may be damaged; "
                       "if memory was short, raise --pdf-bytes (now %llu MiB)",
                       label, program, result->code, mebibytes);
    case NG_PROCESS_DONE:
        break;
    }
    if (result->code == NG_E_MEMORY)
        return ng_fail(cx, NG_E_LIMIT,
                       "%s: reading it took more memory than %llu MiB; raise --pdf-bytes", label,
                       mebibytes);
    if (result->code != 0)
        return ng_fail(cx, result->code == NG_E_LIMIT ? NG_E_LIMIT : NG_E_DATA, "%s: %s", label,
                       *message ? message : "cannot be read");
    return NG_OK;
}

/* ---- its answer ---- */

/* Reads a number and the byte behind it, goes behind both. */
static bool take_number(ng_view answer, size_t *at, char end, uint64_t *number_out)
{
    uint64_t number = 0;
    size_t begin = *at;

    while (*at < answer.size && *at - begin < 15 && answer.data[*at] >= '0' &&
           answer.data[*at] <= '9')
        number = number * 10 + (uint64_t)(answer.data[(*at)++] - '0');
    if (*at == begin || *at == answer.size || answer.data[*at] != end)
        return false;
    (*at)++;
    *number_out = number;
    return true;
}

/* Appends the next part of the answer, made valid. */
static ng_status take_part(ng_ctx *cx, ng_view answer, size_t *at, uint64_t size, ng_buffer *out)
{
    ng_view part = ng_view_part(answer, *at, *at + (size_t)size);

    *at += (size_t)size;
    return ng_utf8_is_valid(part) ? ng_buffer_add(cx, out, part) : ng_utf8_repair(cx, part, out);
}

/* Reads "nergraph-pdf 1 TITLE AUTHOR DATE TEXT PAGES" and what these are the sizes of. */
static ng_status read_answer(ng_ctx *cx, ng_view answer, const char *label, const char *program,
                             ng_extracted *out)
{
    const ng_view mark = NG_VIEW("nergraph-pdf 1 ");
    ng_buffer *parts[] = { &out->title, &out->author, &out->date, &out->text };
    uint64_t sizes[5] = { 0 };
    uint64_t sum = 0;
    size_t at = mark.size;
    bool is_good = ng_view_starts(answer, mark);
    ng_status status = NG_OK;

    for (size_t i = 0; i < 5 && is_good; i++)
        is_good = take_number(answer, &at, i < 4 ? ' ' : '\n', &sizes[i]);
    for (size_t i = 0; i < 4; i++)
        sum += sizes[i];
    if (!is_good || sum != answer.size - at)
        return ng_fail(cx, NG_E_DATA,
                       "%s: %s gave no text; is it the nergraph-pdf of this version?", label,
                       program);
    for (size_t i = 0; i < 4 && status == NG_OK; i++)
        status = take_part(cx, answer, &at, sizes[i], parts[i]);
    if (status == NG_OK && out->text.size == 0)
        out->remark = remark_of_scan;
    return status;
}

/* ---- the whole ---- */

/* Runs the program; its answer is at most as long as a document may be. */
static ng_status ask(ng_ctx *cx, ng_view bytes, const char *label, const char *program,
                     const ng_options *options, ng_buffer *answer)
{
    char seconds[24];
    char room[24];
    const char *arguments[] = { program, "-s", seconds, "-b", room, NULL };
    const ng_process process = { program, arguments, bytes, options->pdf_seconds };
    ng_process_result result = { NG_PROCESS_DONE, 0, "" };
    ng_status status = NG_OK;

    (void)snprintf(seconds, sizeof seconds, "%u", (unsigned)options->pdf_seconds);
    (void)snprintf(room, sizeof room, "%llu", (unsigned long long)options->pdf_bytes);
    status = ng_process_run(cx, &process, answer, &result);
    if (status == NG_E_LIMIT && !ng_ctx_is_cancelled(cx))
        return ng_fail_too_large(cx, label, options); /* the answer was full */
    return status == NG_OK ? judge(cx, label, program, options, &result) : status;
}

ng_status ng_pdf_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                         ng_extracted *out)
{
    char path[NG_PROGRAM_BYTES];
    const char *program = ng_program_find(cx, NG_PROGRAM_PDF, NULL, path);
    ng_buffer answer;
    ng_status status = NG_OK;

    ng_buffer_init(&answer, (size_t)ng_limit_of(options) + HEADER_BYTES + LABELS_BYTES);
    status = ask(cx, bytes, label, program, options, &answer);
    if (status == NG_OK)
        status = read_answer(cx, ng_buffer_view(&answer), label, program, out);
    ng_buffer_destroy(cx, &answer);
    return status;
}
