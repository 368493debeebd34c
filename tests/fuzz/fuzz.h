/* Shared by the fuzz targets: a claim that ends the program when it is broken, and a file that
 * lives in memory.
 *
 * The input of a target is `size` bytes chosen by the fuzzer. Readers that want a file get one
 * through cx->sys: every path is a regular file with exactly these bytes, so nothing touches the
 * disk and a run is quick. */
#ifndef NG_FUZZ_H
#define NG_FUZZ_H

#include "base/base.h"

#include <errno.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input. */
static inline void fuzz_must(bool holds, const char *claim)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", claim);
    abort();
}

#ifdef FUZZ_FILE
static ng_view fuzz_bytes; /* of the file */
static size_t fuzz_taken;  /* bytes read since it was opened */

static int fuzz_open(const char *path, int flags, mode_t mode)
{
    (void)path, (void)flags, (void)mode;
    fuzz_taken = 0;
    return 1000;
}

static ssize_t fuzz_read(int fd, void *data, size_t size)
{
    size_t left = fuzz_bytes.size - fuzz_taken;
    size_t taken = size < left ? size : left;

    (void)fd;
    if (taken > 0)
        memcpy(data, fuzz_bytes.data + fuzz_taken, taken);
    fuzz_taken += taken;
    return (ssize_t)taken;
}

static off_t fuzz_lseek(int fd, off_t offset, int whence)
{
    off_t base = whence == SEEK_END   ? (off_t)fuzz_bytes.size
                 : whence == SEEK_CUR ? (off_t)fuzz_taken
                                      : 0;

    (void)fd;
    if (offset < -base) {
        errno = EINVAL;
        return -1;
    }
    offset += base;
    fuzz_taken = (size_t)offset < fuzz_bytes.size ? (size_t)offset : fuzz_bytes.size;
    return offset;
}

static int fuzz_close(int fd)
{
    (void)fd;
    return 0;
}

static int fuzz_fstat(int fd, struct stat *out)
{
    (void)fd;
    *out = (struct stat){ .st_mode = S_IFREG | 0600, .st_size = (off_t)fuzz_bytes.size };
    return 0;
}

static int fuzz_stat(const char *path, struct stat *out)
{
    (void)path;
    return fuzz_fstat(0, out);
}

static ssize_t fuzz_readlink(const char *path, char *target, size_t size)
{
    (void)path, (void)target, (void)size;
    errno = EINVAL; /* no link */
    return -1;
}

/* Makes every path of `cx` a file with these bytes. `sys` is the caller's. */
static inline void fuzz_set_file(ng_ctx *cx, ng_sys *sys, ng_view bytes)
{
    *sys = ng_sys_real;
    sys->open = fuzz_open;
    sys->read = fuzz_read;
    sys->lseek = fuzz_lseek;
    sys->close = fuzz_close;
    sys->fstat = fuzz_fstat;
    sys->stat = fuzz_stat;
    sys->readlink = fuzz_readlink;
    cx->sys = sys;
    fuzz_bytes = bytes;
    fuzz_taken = 0;
}
#endif

#endif
