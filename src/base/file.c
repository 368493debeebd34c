/* Whole files in, whole files out, through the table of system calls.
 *
 * A file is written under a temporary name in the folder of its target, synced, and renamed over
 * it: whoever looks sees the old file or the new one, also after a kill or a full disk. A link
 * stays a link: the file that it names is replaced. A device, a FIFO or standard output cannot be
 * replaced and is written to directly. */
#include "base_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

enum {
    GATHERED_BYTES = 1 << 16,
    MOST_LINKS = 40,
    MOST_TEMPORARY_NAMES = 1000,
    TEMPORARY_NAME_BYTES = 160
};

/* open takes its mode as a variable argument. */
static int open_file(const char *path, int flags, mode_t mode)
{
    return open(path, flags, mode);
}

const ng_sys ng_sys_real = {
    .open = open_file,
    .read = read,
    .write = write,
    .fsync = fsync,
    .lseek = lseek,
    .close = close,
    .rename = rename,
    .unlink = unlink,
    .fstat = fstat,
    .stat = stat,
    .readlink = readlink,
    .opendir = opendir,
    .readdir = readdir,
    .closedir = closedir,
};

struct ng_file {
    char *path;      /* for messages: "standard output" instead of "-" */
    char *target;    /* the path without links; NULL when written directly */
    char *temporary; /* "" when it is not there; NULL when written directly */
    int fd;
    bool is_ours;    /* the descriptor is to be closed */
    size_t gathered; /* bytes that wait for being written */
    char bytes[GATHERED_BYTES];
};

/* ---- reading ---- */

/* Reads once, again after a signal. */
static ssize_t read_some(ng_ctx *cx, int fd, char *data, size_t size)
{
    ssize_t count = 0;

    do
        count = cx->sys->read(fd, data, size);
    while (count < 0 && errno == EINTR && !ng_ctx_is_cancelled(cx));
    return count;
}

/* Reads to the end of the file, at most max_bytes. */
static ng_status read_all(ng_ctx *cx, int fd, const char *name, uint64_t max_bytes,
                          const char *option, ng_buffer *out)
{
    size_t old_size = out->size;

    for (;;) {
        ng_status status = ng_buffer_reserve(cx, out, 1);
        size_t room = 0;
        ssize_t count = 0;

        if (status == NG_OK && out->capacity - out->size < 4096)
            status = ng_buffer_reserve(cx, out,
                                       out->max_bytes - out->size < GATHERED_BYTES
                                           ? out->max_bytes - out->size
                                           : GATHERED_BYTES);
        if (status != NG_OK)
            return status;
        room = out->capacity - out->size - 1;
        count = read_some(cx, fd, out->data + out->size, room);
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        if (count < 0)
            return ng_fail(cx, NG_E_IO, "%s: %s", name, strerror(errno));
        if (count == 0)
            return NG_OK;
        out->size += (size_t)count;
        out->data[out->size] = '\0';
        if (out->size - old_size > max_bytes)
            return ng_fail(cx, NG_E_LIMIT, "%s: larger than %llu bytes (see %s)", name,
                           (unsigned long long)max_bytes, option);
    }
}

ng_status ng_file_read(ng_ctx *cx, const char *path, uint64_t max_bytes, const char *option,
                       ng_buffer *out)
{
    bool is_standard = strcmp(path, "-") == 0;
    const char *name = is_standard ? "standard input" : path;
    int fd = is_standard ? STDIN_FILENO : cx->sys->open(path, O_RDONLY | O_CLOEXEC, 0);
    size_t old_size = out->size;
    ng_status status = NG_OK;
    struct stat info;

    if (fd < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", name, strerror(errno));
    if (cx->sys->fstat(fd, &info) != 0)
        status = ng_fail(cx, NG_E_IO, "%s: %s", name, strerror(errno));
    else if (S_ISDIR(info.st_mode))
        status = ng_fail(cx, NG_E_IO, "%s: a directory; a file is needed here", name);
    else
        status = read_all(cx, fd, name, max_bytes, option, out);
    if (!is_standard)
        (void)cx->sys->close(fd);
    if (status != NG_OK && out->data) {
        out->size = old_size;
        out->data[old_size] = '\0';
    }
    return status;
}

/* ---- writing ---- */

/* Writes all bytes, whatever portions the system takes. */
static ng_status write_all(ng_ctx *cx, ng_file *file, ng_view bytes)
{
    size_t done = 0;

    while (done < bytes.size) {
        ssize_t count = cx->sys->write(file->fd, bytes.data + done, bytes.size - done);

        if (count > 0) {
            done += (size_t)count;
        } else if (ng_ctx_is_cancelled(cx)) {
            return ng_fail(cx, NG_E_LIMIT, "%s: interrupted", file->path);
        } else if (count == 0) {
            return ng_fail(cx, NG_E_IO, "%s: the system takes no more bytes", file->path);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait = { .fd = file->fd, .events = POLLOUT };

            (void)poll(&wait, 1, 1000);
        } else if (errno != EINTR) {
            return ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(errno));
        }
    }
    return NG_OK;
}

/* Ends the handle: descriptor, temporary file, memory. */
static void end_file(ng_ctx *cx, ng_file *file)
{
    if (file->is_ours && file->fd >= 0)
        (void)cx->sys->close(file->fd);
    if (file->temporary && file->temporary[0] != '\0')
        (void)cx->sys->unlink(file->temporary);
    ng_free(cx, file->temporary);
    ng_free(cx, file->target);
    ng_free(cx, file->path);
    ng_free(cx, file);
}

/* Length of the folder's part of a path, with the slash. */
static size_t folder_size_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Makes the target what a link in its place names, which is relative to the link's folder. */
static ng_status take_link(ng_ctx *cx, ng_file *file, ng_view link)
{
    bool is_absolute = link.size > 0 && link.data[0] == '/';
    size_t folder_size = is_absolute ? 0 : folder_size_of(file->target);
    char *joined = ng_alloc(cx, folder_size + link.size + 1);

    if (!joined)
        return ng_fail(cx, NG_E_MEMORY, "no memory to write %s", file->path);
    memcpy(joined, file->target, folder_size);
    memcpy(joined + folder_size, link.data, link.size);
    joined[folder_size + link.size] = '\0';
    ng_free(cx, file->target);
    file->target = joined;
    return NG_OK;
}

/* Finds the file that the path names at the end of its links. */
static ng_status find_target(ng_ctx *cx, ng_file *file)
{
    char link[PATH_MAX];
    ng_status status = NG_OK;

    file->target = ng_alloc(cx, strlen(file->path) + 1);
    if (!file->target)
        return ng_fail(cx, NG_E_MEMORY, "no memory to write %s", file->path);
    memcpy(file->target, file->path, strlen(file->path) + 1);
    for (int i = 0; status == NG_OK && i < MOST_LINKS; i++) {
        ssize_t size = cx->sys->readlink(file->target, link, sizeof link);

        if (size < 0) /* no link, or nothing there yet */
            return NG_OK;
        if ((size_t)size == sizeof link)
            return ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(ENAMETOOLONG));
        status = take_link(cx, file, (ng_view){ link, (size_t)size });
    }
    return status == NG_OK ? ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(ELOOP)) : status;
}

/* Opens a new file beside the target, under a name that nobody has. */
static ng_status open_temporary(ng_ctx *cx, ng_file *file, mode_t mode)
{
    int folder_size = (int)folder_size_of(file->target);
    const char *name = file->target + folder_size;
    size_t capacity = (size_t)folder_size + TEMPORARY_NAME_BYTES + 64;

    file->temporary = ng_alloc(cx, capacity);
    if (!file->temporary)
        return ng_fail(cx, NG_E_MEMORY, "no memory to write %s", file->path);
    file->temporary[0] = '\0';
    for (unsigned counter = 0; file->fd < 0 && counter < MOST_TEMPORARY_NAMES; counter++) {
        (void)snprintf(file->temporary, capacity, "%.*s.%.*s.%ld-%u.tmp", folder_size, file->target,
                       TEMPORARY_NAME_BYTES, name, (long)getpid(), counter);
        file->fd = cx->sys->open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file->fd < 0 && errno != EEXIST && errno != EINTR)
            break;
    }
    if (file->fd >= 0)
        return NG_OK;
    file->temporary[0] = '\0';
    return ng_fail(cx, NG_E_IO, "%s: cannot make a file there: %s", file->path, strerror(errno));
}

/* Opens what is there already. A regular file is only asked whether it may be written and what its
 * permissions are; anything else stays open, to be written directly. */
static ng_status open_existing(ng_ctx *cx, ng_file *file, mode_t *mode_out)
{
    struct stat info;
    int fd = cx->sys->open(file->path, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0);

    if (fd < 0 && errno == ENOENT)
        return NG_OK;
    if (fd < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(errno));
    if (cx->sys->fstat(fd, &info) != 0) {
        ng_status status = ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(errno));

        (void)cx->sys->close(fd);
        return status;
    }
    if (!S_ISREG(info.st_mode)) {
        file->fd = fd;
        return NG_OK;
    }
    *mode_out = info.st_mode & 0777;
    (void)cx->sys->close(fd);
    return NG_OK;
}

/* Finds where the bytes are to go and opens it. */
static ng_status open_target(ng_ctx *cx, ng_file *file, const char *path)
{
    mode_t mode = 0666;
    ng_status status = NG_OK;

    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0) {
        file->fd = STDOUT_FILENO;
        return NG_OK;
    }
    if (path[0] == '\0' || path[strlen(path) - 1] == '/')
        return ng_fail(cx, NG_E_IO, "\"%s\": no name of a file", path);
    file->is_ours = true;
    status = open_existing(cx, file, &mode);
    if (status != NG_OK || file->fd >= 0)
        return status;
    status = find_target(cx, file);
    return status == NG_OK ? open_temporary(cx, file, mode) : status;
}

ng_status ng_file_create(ng_ctx *cx, const char *path, ng_file **file_out)
{
    const char *name = strcmp(path, "-") == 0 ? "standard output" : path;
    size_t size = strlen(name) + 1;
    ng_file *file = ng_alloc(cx, sizeof *file);
    ng_status status = NG_OK;

    if (!file)
        return ng_fail(cx, NG_E_MEMORY, "no memory to write %s", name);
    file->fd = -1;
    file->is_ours = false;
    file->gathered = 0;
    file->target = file->temporary = NULL;
    file->path = ng_alloc(cx, size);
    if (file->path) {
        memcpy(file->path, name, size);
        status = open_target(cx, file, path);
    } else {
        status = ng_fail(cx, NG_E_MEMORY, "no memory to write %s", name);
    }
    if (status != NG_OK)
        end_file(cx, file);
    else
        *file_out = file;
    return status;
}

/* Writes what was gathered. */
static ng_status flush(ng_ctx *cx, ng_file *file)
{
    ng_status status = write_all(cx, file, (ng_view){ file->bytes, file->gathered });

    file->gathered = 0;
    return status;
}

ng_status ng_file_add(ng_ctx *cx, ng_file *file, ng_view bytes)
{
    if (bytes.size > GATHERED_BYTES - file->gathered) {
        ng_status status = flush(cx, file);

        if (status != NG_OK)
            return status;
    }
    if (bytes.size > GATHERED_BYTES)
        return write_all(cx, file, bytes);
    if (bytes.size > 0)
        memcpy(file->bytes + file->gathered, bytes.data, bytes.size);
    file->gathered += bytes.size;
    return NG_OK;
}

ng_status ng_file_commit(ng_ctx *cx, ng_file *file)
{
    ng_status status = flush(cx, file);
    bool is_replacing = file->temporary != NULL;

    if (status == NG_OK && is_replacing && cx->sys->fsync(file->fd) != 0)
        status = ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(errno));
    if (file->is_ours) {
        if (cx->sys->close(file->fd) != 0 && status == NG_OK)
            status = ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(errno));
        file->fd = -1;
    }
    if (status == NG_OK && ng_ctx_is_cancelled(cx))
        status = ng_fail(cx, NG_E_LIMIT, "%s: interrupted", file->path);
    if (status == NG_OK && is_replacing) {
        if (cx->sys->rename(file->temporary, file->target) != 0)
            status = ng_fail(cx, NG_E_IO, "%s: %s", file->path, strerror(errno));
        else
            file->temporary[0] = '\0';
    }
    end_file(cx, file);
    return status;
}

void ng_file_discard(ng_ctx *cx, ng_file *file)
{
    if (file)
        end_file(cx, file);
}

ng_status ng_file_replace(ng_ctx *cx, const char *path, ng_view content)
{
    ng_file *file = NULL;
    ng_status status = ng_file_create(cx, path, &file);

    if (status != NG_OK)
        return status;
    status = ng_file_add(cx, file, content);
    if (status != NG_OK) {
        ng_file_discard(cx, file);
        return status;
    }
    return ng_file_commit(cx, file);
}
