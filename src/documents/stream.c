/* An open file, or an entry of an archive, read in pieces of 64 KiB.
 *
 * Opening reads the first piece whole, so that whoever decides what the file is sees enough of it,
 * also when it comes out of a pipe in drops. A file is read through the table of system calls, an
 * entry through the archive that it lies in. */
#include "documents_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Reads from the descriptor; 0 bytes mean its end. */
static ng_status read_file(ng_ctx *cx, const ng_stream *stream, char *room, size_t size,
                           size_t *count_out)
{
    ssize_t count = 0;

    do {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        count = cx->sys->read(stream->fd, room, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", stream->label, strerror(errno));
    *count_out = (size_t)count;
    return NG_OK;
}

/* Reads one drop behind what is there; at the end of the file nothing is added. */
static ng_status read_drop(ng_ctx *cx, ng_stream *stream)
{
    char *room = stream->data + stream->end;
    size_t size = NG_HEAD_BYTES - stream->end;
    size_t count = 0;
    ng_status status = stream->archive ? ng_archive_read(cx, stream->archive, room, size, &count)
                                       : read_file(cx, stream, room, size, &count);

    if (status != NG_OK)
        return status;
    stream->is_at_end = count == 0;
    stream->end += count;
    stream->read_bytes += count;
    if (stream->is_at_end && stream->is_ours && !stream->has_sought &&
        stream->read_bytes < stream->size_bytes)
        return ng_fail(cx, NG_E_DATA, "%s: became shorter while it was read; read it again",
                       stream->label);
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
    stream->modified = S_ISREG(info.st_mode) ? (int64_t)info.st_mtime : 0;
    if (S_ISREG(info.st_mode) && info.st_size > 0) {
        stream->size_bytes = (uint64_t)info.st_size;
        stream->can_seek = stream->is_ours;
    }
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

/* An empty stream with room for its pieces, which is kept from file to file. */
static ng_status start_stream(ng_ctx *cx, const char *label, ng_stream *stream)
{
    char *data = stream->data;

    assert(!stream->is_open);
    if (!data)
        data = ng_alloc(cx, NG_HEAD_BYTES);
    if (!data)
        return ng_fail(cx, NG_E_MEMORY, "no memory to read %s", label);
    *stream = (ng_stream){ .fd = STDIN_FILENO, .label = label, .data = data };
    return NG_OK;
}

/* Reads the first piece whole. */
static ng_status read_head(ng_ctx *cx, ng_stream *stream)
{
    ng_status status = NG_OK;

    while (status == NG_OK && !stream->is_at_end && stream->end < NG_HEAD_BYTES)
        status = read_drop(cx, stream);
    return status;
}

ng_status ng_stream_open(ng_ctx *cx, const ng_found *found, ng_stream *stream)
{
    ng_status status = start_stream(cx, found->label, stream);

    if (status != NG_OK)
        return status;
    stream->is_ours = strcmp(found->path, "-") != 0;
    if (stream->is_ours)
        status = open_file(cx, found->path, stream);
    if (status != NG_OK)
        return status;
    stream->is_open = true;
    status = check_kind(cx, stream);
    if (status == NG_OK)
        status = read_head(cx, stream);
    if (status != NG_OK)
        ng_stream_close(cx, stream);
    return status;
}

ng_status ng_stream_open_entry(ng_ctx *cx, ng_archive *archive, const char *label,
                               ng_stream *stream)
{
    ng_status status = start_stream(cx, label, stream);

    if (status != NG_OK)
        return status;
    stream->archive = archive;
    stream->is_open = true;
    return read_head(cx, stream);
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

ng_status ng_stream_line(ng_ctx *cx, ng_stream *stream, size_t most, ng_buffer *spare,
                         ng_view *line_out)
{
    ng_status status = NG_OK;

    assert(most > 0);
    spare->size = 0;
    *line_out = NG_VIEW_NONE;
    if (stream->end == stream->start)
        status = ng_stream_refill(cx, stream);
    while (status == NG_OK && stream->end > stream->start) {
        size_t room = most - spare->size;
        size_t size = stream->end - stream->start < room ? stream->end - stream->start : room;
        ng_view piece = { stream->data + stream->start, size };
        const char *feed = memchr(piece.data, '\n', piece.size);

        if (feed)
            piece.size = (size_t)(feed - piece.data) + 1;
        stream->start += piece.size;
        *line_out = piece;
        if (spare->size == 0 && (feed || piece.size == most))
            return NG_OK;
        status = ng_buffer_add(cx, spare, piece);
        *line_out = ng_buffer_view(spare);
        if (status == NG_OK && (feed || spare->size == most))
            return NG_OK;
        if (status == NG_OK)
            status = ng_stream_refill(cx, stream);
    }
    return status;
}

ng_status ng_stream_seek(ng_ctx *cx, ng_stream *stream, int64_t offset, int whence,
                         int64_t *place_out)
{
    off_t place = 0;

    assert(stream->can_seek);
    if (whence == SEEK_CUR) { /* from what was taken, not from what was read */
        offset -= (int64_t)(stream->end - stream->start);
    }
    place = cx->sys->lseek(stream->fd, (off_t)offset, whence);
    if (place < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", stream->label, strerror(errno));
    stream->start = stream->end = 0;
    stream->is_at_end = false;
    stream->has_sought = true;
    *place_out = (int64_t)place;
    return NG_OK;
}
