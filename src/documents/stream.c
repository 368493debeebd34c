/* An open file, read in pieces of 64 KiB through the table of system calls.
 *
 * Opening reads the first piece whole, so that whoever decides what the file is sees enough of it,
 * also when it comes out of a pipe in drops. */
#include "documents_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Reads one drop behind what is there; at the end of the file nothing is added. */
static ng_status read_drop(ng_ctx *cx, ng_stream *stream)
{
    ssize_t count = 0;

    do {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        count = cx->sys->read(stream->fd, stream->data + stream->end, NG_HEAD_BYTES - stream->end);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", stream->label, strerror(errno));
    stream->is_at_end = count == 0;
    stream->end += (size_t)count;
    stream->read_bytes += (uint64_t)count;
    return NG_OK;
}

/* The file may have changed since it was found. */
static ng_status check_kind(ng_ctx *cx, ng_stream *stream)
{
    struct stat info;

    if (cx->sys->fstat(stream->fd, &info) != 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", stream->label, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return ng_fail(cx, NG_E_IO, "%s: a directory; a file is needed here", stream->label);
    if (S_ISREG(info.st_mode) && info.st_size > 0)
        stream->size_bytes = (uint64_t)info.st_size;
    if (stream->is_ours && !S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode))
        return ng_fail(cx, NG_E_IO, "%s: a device, not a file", stream->label);
    return NG_OK;
}

/* Opening a FIFO waits for its writer; a signal may end the waiting. */
static ng_status open_file(ng_ctx *cx, const char *path, ng_stream *stream)
{
    do {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        stream->fd = cx->sys->open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
    } while (stream->fd < 0 && errno == EINTR);
    if (stream->fd < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", stream->label, strerror(errno));
    return NG_OK;
}

ng_status ng_stream_open(ng_ctx *cx, const ng_found *found, ng_stream *stream)
{
    bool is_standard = strcmp(found->path, "-") == 0;
    char *data = stream->data; /* kept from file to file */
    ng_status status = NG_OK;

    assert(!stream->is_open);
    if (!data)
        data = ng_alloc(cx, NG_HEAD_BYTES);
    if (!data)
        return ng_fail(cx, NG_E_MEMORY, "no memory to read %s", found->label);
    *stream = (ng_stream){ .label = found->label, .data = data, .is_ours = !is_standard };
    stream->fd = STDIN_FILENO;
    if (!is_standard)
        status = open_file(cx, found->path, stream);
    if (status != NG_OK)
        return status;
    stream->is_open = true;
    status = check_kind(cx, stream);
    while (status == NG_OK && !stream->is_at_end && stream->end < NG_HEAD_BYTES)
        status = read_drop(cx, stream);
    if (status != NG_OK)
        ng_stream_close(cx, stream);
    return status;
}

void ng_stream_close(ng_ctx *cx, ng_stream *stream)
{
    if (stream->is_open && stream->is_ours)
        (void)cx->sys->close(stream->fd);
    stream->is_open = false;
}

ng_view ng_stream_view(const ng_stream *stream)
{
    return (ng_view){ stream->data + stream->start, stream->end - stream->start };
}

ng_status ng_stream_refill(ng_ctx *cx, ng_stream *stream)
{
    stream->start = stream->end = 0;
    return stream->is_at_end ? NG_OK : read_drop(cx, stream);
}
