/* The context: what went wrong, who is told, when to stop.
 *
 * Every call of the library takes a context. It holds the message of the last failure (one line,
 * made where the failure happened), the table of system calls, the allocator and the caller's
 * message and progress functions. Nothing here prints or ends the program.
 *
 * A child context belongs to one worker thread: it shares calls and allocator with its parent and
 * sees the parent's cancellation, but has an error of its own and tells nobody anything. */
#include "base_internal.h"

#include <stdarg.h>
#include <stdlib.h>

/* The default allocator: realloc, with size 0 meaning free. */
static void *realloc_or_free(void *user, void *data, size_t size)
{
    (void)user;
    if (size == 0) {
        free(data);
        return NULL;
    }
    return realloc(data, size);
}

/* A context with nothing in it but calls and an allocator. */
static ng_ctx *make_context(const ng_sys *sys, ng_realloc_fn reallocate, void *user)
{
    ng_ctx *cx = reallocate(user, NULL, sizeof *cx);

    if (!cx)
        return NULL;
    memset(cx, 0, sizeof *cx);
    cx->sys = sys;
    cx->realloc = reallocate;
    cx->realloc_user = user;
    atomic_init(&cx->is_cancelled, false);
    return cx;
}

ng_ctx *ng_ctx_new(void)
{
    return make_context(&ng_sys_real, realloc_or_free, NULL);
}

ng_ctx *ng_ctx_new_child(const ng_ctx *parent)
{
    ng_ctx *cx = make_context(parent->sys, parent->realloc, parent->realloc_user);

    if (cx)
        cx->parent = parent;
    return cx;
}

/* A root context came from the default allocator, whatever a test put into it since. */
void ng_ctx_free(ng_ctx *cx)
{
    if (!cx)
        return;
    if (cx->parent)
        cx->realloc(cx->realloc_user, cx, 0);
    else
        realloc_or_free(NULL, cx, 0);
}

const char *ng_ctx_error(const ng_ctx *cx)
{
    return cx->error;
}

void ng_ctx_cancel(ng_ctx *cx)
{
    atomic_store(&cx->is_cancelled, true);
}

bool ng_ctx_is_cancelled(const ng_ctx *cx)
{
    for (; cx; cx = cx->parent)
        if (atomic_load_explicit(&cx->is_cancelled, memory_order_relaxed))
            return true;
    return false;
}

void ng_ctx_on_message(ng_ctx *cx, ng_message_fn message, void *user)
{
    cx->message = message;
    cx->message_user = user;
}

void ng_ctx_on_progress(ng_ctx *cx, ng_progress_fn progress, void *user)
{
    cx->progress = progress;
    cx->progress_user = user;
}

const char *ng_version(void)
{
    return NG_VERSION;
}

/* Drops a character that formatting cut in two, so that a message stays valid UTF-8. */
static size_t end_at_character(const char *line, size_t size)
{
    size_t start = size;

    while (start > 0 && size - start < 4 && ((unsigned char)line[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)line[start - 1] < 0xC0)
        return size;
    start--;
    return ng_utf8_is_valid((ng_view){ line + start, size - start }) ? size : start;
}

/* Takes the power over a terminal out of a line: C0, DEL and (as UTF-8) C1 become '?'. */
static void clean_line(char *line, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)line[i];
        unsigned char next = (unsigned char)line[i + 1];

        if (byte < 0x20 || byte == 0x7F)
            line[i] = '?';
        else if (byte == 0xC2 && next >= 0x80 && next < 0xA0)
            line[i] = line[i + 1] = '?';
    }
}

/* Formats one clean line of at most `capacity` bytes with its zero byte. */
static void format_line(char *line, size_t capacity, const char *format, va_list arguments)
{
    int wanted = vsnprintf(line, capacity, format, arguments);
    size_t size = 0;

    if (wanted < 0)
        wanted = 0;
    size = (size_t)wanted;
    if (size >= capacity)
        size = end_at_character(line, capacity - 1);
    line[size] = '\0';
    clean_line(line, size);
}

ng_status ng_fail(ng_ctx *cx, ng_status status, const char *format, ...)
{
    char line[sizeof cx->error]; /* the old error may be one of the arguments */
    va_list arguments;

    va_start(arguments, format);
    format_line(line, sizeof line, format, arguments);
    va_end(arguments);
    memcpy(cx->error, line, sizeof line);
    return status;
}

void ng_warn(ng_ctx *cx, const char *format, ...)
{
    char line[sizeof cx->error];
    va_list arguments;

    if (!cx->message)
        return;
    va_start(arguments, format);
    format_line(line, sizeof line, format, arguments);
    va_end(arguments);
    cx->message(cx->message_user, NG_OK, line);
}

void ng_tell(ng_ctx *cx, ng_status about, const char *format, ...)
{
    char line[sizeof cx->error];
    va_list arguments;

    if (!cx->message)
        return;
    va_start(arguments, format);
    format_line(line, sizeof line, format, arguments);
    va_end(arguments);
    cx->message(cx->message_user, about, line);
}

void ng_progress(ng_ctx *cx, ng_work work, uint64_t done, uint64_t total, uint64_t count)
{
    if (cx->progress)
        cx->progress(cx->progress_user, work, done, total, count);
}
