/* Files through a table of system calls that fails on demand: whole or not at all. */
#include "faults.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

/* Which call fails, with what; tests set it, the calls below read it. */
static struct {
    const char *call;
    int error;
    size_t after;      /* this many calls go well first */
    size_t portion;    /* bytes that write and read take at most; 0: all */
    ng_ctx *cancelled; /* a failing call cancels this context */
} fault;

/* Is it this call's turn to fail? */
static bool fails(const char *call)
{
    if (!fault.call || strcmp(fault.call, call) != 0)
        return false;
    if (fault.after > 0) {
        fault.after--;
        return false;
    }
    if (fault.error == EINTR && !fault.cancelled)
        fault.call = NULL; /* a signal comes once */
    if (fault.cancelled)
        ng_ctx_cancel(fault.cancelled);
    errno = fault.error;
    return true;
}

static int faulty_open(const char *path, int flags, mode_t mode)
{
    return fails(flags & O_CREAT ? "create" : "open") ? -1 : ng_sys_real.open(path, flags, mode);
}

static ssize_t faulty_read(int fd, void *data, size_t size)
{
    if (fails("read"))
        return -1;
    return ng_sys_real.read(fd, data, fault.portion && size > fault.portion ? fault.portion : size);
}

static ssize_t faulty_write(int fd, const void *data, size_t size)
{
    if (fails("write"))
        return fault.error ? -1 : 0;
    return ng_sys_real.write(fd, data,
                             fault.portion && size > fault.portion ? fault.portion : size);
}

static int faulty_fsync(int fd)
{
    return fails("fsync") ? -1 : ng_sys_real.fsync(fd);
}

static int faulty_close(int fd)
{
    int result = ng_sys_real.close(fd);

    return fails("close") ? -1 : result;
}

static int faulty_rename(const char *from, const char *to)
{
    return fails("rename") ? -1 : ng_sys_real.rename(from, to);
}

static int faulty_fstat(int fd, struct stat *out)
{
    return fails("fstat") ? -1 : ng_sys_real.fstat(fd, out);
}

static const ng_sys faulty = {
    .open = faulty_open,
    .read = faulty_read,
    .write = faulty_write,
    .fsync = faulty_fsync,
    .close = faulty_close,
    .rename = faulty_rename,
    .unlink = unlink,
    .fstat = faulty_fstat,
    .stat = stat,
    .readlink = readlink,
    .opendir = opendir,
    .readdir = readdir,
    .closedir = closedir,
};

/* What the tests of a folder need. */
typedef struct place {
    char folder[256];
    char path[300];
    ng_ctx *cx;
    test_heap heap;
} place;

static void open_place(place *here)
{
    memset(&fault, 0, sizeof fault);
    test_make_folder(here->folder);
    (void)snprintf(here->path, sizeof here->path, "%s/x.txt", here->folder);
    here->cx = ng_ctx_new();
    here->cx->sys = &faulty;
    test_use_heap(here->cx, &here->heap);
}

static void close_place(place *here)
{
    assert_int_equal(here->heap.live, 0);
    ng_ctx_free(here->cx);
    test_remove_folder(here->folder);
    memset(&fault, 0, sizeof fault);
}

/* How many entries the folder has. */
static size_t count_entries(const char *folder)
{
    DIR *directory = opendir(folder);
    size_t count = 0;

    assert_non_null(directory);
    while (readdir(directory))
        count++;
    (void)closedir(directory);
    return count - 2;
}

/* Does the file hold exactly this? */
static bool holds(ng_ctx *cx, const char *path, ng_view wanted)
{
    const ng_sys *sys = cx->sys;
    ng_buffer content;
    bool is_same = false;

    ng_buffer_init(&content, 1 << 24);
    cx->sys = &ng_sys_real;
    is_same = ng_file_read(cx, path, 1 << 24, "--x", &content) == NG_OK &&
              ng_view_equal(ng_buffer_view(&content), wanted);
    cx->sys = sys;
    ng_buffer_destroy(cx, &content);
    return is_same;
}

static void test_replace(void **state)
{
    place here;
    struct stat info;

    (void)state;
    open_place(&here);
    assert_int_equal(ng_file_replace(here.cx, here.path, NG_VIEW("one\0two")), NG_OK);
    assert_true(holds(here.cx, here.path, NG_VIEW("one\0two")));
    assert_int_equal(chmod(here.path, 0600), 0);
    assert_int_equal(ng_file_replace(here.cx, here.path, NG_VIEW("")), NG_OK);
    assert_true(holds(here.cx, here.path, NG_VIEW("")));
    assert_int_equal(stat(here.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(count_entries(here.folder), 1);
    close_place(&here);
}

static const struct {
    const char *call;
    int error;
    const char *reason;
} fault_cases[] = {
    { "open", EACCES, "Permission denied" },    { "create", EROFS, "Read-only file system" },
    { "fstat", EIO, "Input/output error" },     { "write", ENOSPC, "No space left on device" },
    { "write", EDQUOT, "Disk quota exceeded" }, { "write", 0, "the system takes no more bytes" },
    { "fsync", EIO, "Input/output error" },     { "rename", EACCES, "Permission denied" },
};

/* Whatever fails: NG_E_IO with path and reason, the old file whole, nothing beside it. */
static void test_replace_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fault_cases / sizeof *fault_cases; i++) {
        place here;

        open_place(&here);
        test_write_file(here.folder, "x.txt", NG_VIEW("old"));
        fault.call = fault_cases[i].call;
        fault.error = fault_cases[i].error;
        assert_int_equal(ng_file_replace(here.cx, here.path, NG_VIEW("new content")), NG_E_IO);
        assert_true(ng_view_starts(ng_view_of(ng_ctx_error(here.cx)), ng_view_of(here.path)));
        assert_true(
            ng_view_ends(ng_view_of(ng_ctx_error(here.cx)), ng_view_of(fault_cases[i].reason)));
        assert_true(holds(here.cx, here.path, NG_VIEW("old")));
        assert_int_equal(count_entries(here.folder), 1);
        close_place(&here);
    }
}

/* The close of the new file is the second one: the first ends the look at the old file. */
static void test_close_fails(void **state)
{
    place here;

    (void)state;
    open_place(&here);
    test_write_file(here.folder, "x.txt", NG_VIEW("old"));
    fault.call = "close";
    fault.error = EIO;
    fault.after = 1;
    assert_int_equal(ng_file_replace(here.cx, here.path, NG_VIEW("new")), NG_E_IO);
    assert_true(holds(here.cx, here.path, NG_VIEW("old")));
    assert_int_equal(count_entries(here.folder), 1);
    close_place(&here);
}

/* Small portions and a signal in between change nothing. */
static void test_portions_and_signals(void **state)
{
    static const char *const calls[] = { "read", "write" };
    place here;
    ng_buffer content;

    (void)state;
    open_place(&here);
    ng_buffer_init(&content, 1 << 20);
    for (int i = 0; i < 30000; i++)
        assert_int_equal(ng_buffer_add_unsigned(here.cx, &content, (uint64_t)i), NG_OK);
    for (size_t i = 0; i < 2; i++) {
        ng_buffer back;

        ng_buffer_init(&back, 1 << 20);
        fault.portion = 1000;
        fault.call = calls[i];
        fault.error = EINTR;
        fault.after = 3;
        assert_int_equal(ng_file_replace(here.cx, here.path, ng_buffer_view(&content)), NG_OK);
        assert_int_equal(ng_file_read(here.cx, here.path, 1 << 20, "--x", &back), NG_OK);
        assert_true(ng_view_equal(ng_buffer_view(&content), ng_buffer_view(&back)));
        assert_null(fault.call);
        ng_buffer_destroy(here.cx, &back);
    }
    ng_buffer_destroy(here.cx, &content);
    close_place(&here);
}

/* An interrupt while writing leaves the old file and no other. */
static void test_cancel(void **state)
{
    static const char *const calls[] = { "write", "fsync" };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        place here;

        open_place(&here);
        test_write_file(here.folder, "x.txt", NG_VIEW("old"));
        fault.call = calls[i];
        fault.error = EINTR;
        fault.cancelled = here.cx;
        assert_int_not_equal(ng_file_replace(here.cx, here.path, NG_VIEW("new")), NG_OK);
        assert_int_equal(count_entries(here.folder), 1);
        close_place(&here);
    }
}

/* Discarding leaves nothing; writing in many pieces gives them in order. */
static void test_pieces(void **state)
{
    place here;
    ng_file *file = NULL;
    ng_buffer wanted;
    static char large[100000];

    (void)state;
    open_place(&here);
    ng_buffer_init(&wanted, 1 << 24);
    assert_int_equal(ng_file_create(here.cx, here.path, &file), NG_OK);
    assert_int_equal(ng_file_add(here.cx, file, NG_VIEW("text")), NG_OK);
    assert_int_equal(count_entries(here.folder), 1);
    ng_file_discard(here.cx, file);
    ng_file_discard(here.cx, NULL);
    assert_int_equal(count_entries(here.folder), 0);
    memset(large, 'L', sizeof large);
    assert_int_equal(ng_file_create(here.cx, here.path, &file), NG_OK);
    for (size_t i = 0; i < 40; i++) {
        ng_view piece =
            i % 10 == 9 ? (ng_view){ large, sizeof large - i } : (ng_view){ large, i * 997 };

        large[0] = (char)('a' + i);
        assert_int_equal(ng_file_add(here.cx, file, piece), NG_OK);
        assert_int_equal(ng_buffer_add(here.cx, &wanted, piece), NG_OK);
    }
    assert_int_equal(ng_file_commit(here.cx, file), NG_OK);
    assert_true(holds(here.cx, here.path, ng_buffer_view(&wanted)));
    ng_buffer_destroy(here.cx, &wanted);
    close_place(&here);
}

/* A link stays a link, and the file that it names is replaced, whether it is there or not. */
static void test_links(void **state)
{
    place here;
    char link[300];
    struct stat info;

    (void)state;
    open_place(&here);
    (void)snprintf(link, sizeof link, "%s/folder", here.folder);
    assert_int_equal(mkdir(link, 0700), 0);
    (void)snprintf(link, sizeof link, "%s/folder/second", here.folder);
    assert_int_equal(symlink("../x.txt", link), 0);
    (void)snprintf(link, sizeof link, "%s/first", here.folder);
    assert_int_equal(symlink("folder/second", link), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ng_file_replace(here.cx, link, i ? NG_VIEW("two") : NG_VIEW("one")),
                         NG_OK);
        assert_true(holds(here.cx, here.path, i ? NG_VIEW("two") : NG_VIEW("one")));
        assert_int_equal(lstat(link, &info), 0);
        assert_true(S_ISLNK(info.st_mode));
        assert_int_equal(count_entries(here.folder), 3);
    }
    assert_int_equal(unlink(link), 0);
    assert_int_equal(symlink("first", link), 0);
    assert_int_equal(ng_file_replace(here.cx, link, NG_VIEW("x")), NG_E_IO);
    close_place(&here);
}

/* Each allocation of a replacement fails in turn. */
static void test_without_memory(void **state)
{
    (void)state;
    for (size_t fail_at = 1; fail_at <= 4; fail_at++) {
        place here;

        open_place(&here);
        here.heap.fail_at = fail_at;
        assert_int_equal(ng_file_replace(here.cx, here.path, NG_VIEW("new")), NG_E_MEMORY);
        assert_int_equal(count_entries(here.folder), 0);
        close_place(&here);
    }
}

static const struct {
    const char *path, *error;
} bad_targets[] = {
    { "/dev/full", "/dev/full: No space left on device" },
    { "/nergraph-no-such-folder/x", NULL },
    { "/", "\"/\": no name of a file" },
    { "", "\"\": no name of a file" },
    { "/tmp", "/tmp: Is a directory" },
    { "/dev/null/x", "/dev/null/x: Not a directory" },
};

static void test_bad_targets(void **state)
{
    ng_ctx *cx = ng_ctx_new();

    (void)state;
    for (size_t i = 0; i < sizeof bad_targets / sizeof *bad_targets; i++) {
        if (strcmp(bad_targets[i].path, "/dev/full") == 0 && access("/dev/full", W_OK) != 0)
            continue;
        assert_int_equal(ng_file_replace(cx, bad_targets[i].path, NG_VIEW("x")), NG_E_IO);
        if (bad_targets[i].error)
            assert_string_equal(ng_ctx_error(cx), bad_targets[i].error);
    }
    assert_int_equal(ng_file_replace(cx, "/dev/null", NG_VIEW("x")), NG_OK);
    ng_ctx_free(cx);
}

/* Standard output is written to directly, in a process of its own: to a pipe that is read, to one
 * that nobody reads, and when it is closed. */
static void test_standard_output(void **state)
{
    static const struct {
        const char *error; /* NULL: it goes well */
        bool is_read, is_open;
    } cases[] = {
        { NULL, true, true },
        { "standard output: Broken pipe", false, true },
        { "standard output: Bad file descriptor", false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int ends[2];
        int result = 0;
        char got[16] = { 0 };
        pid_t child = 0;

        assert_int_equal(pipe(ends), 0);
        if (!cases[i].is_read) /* before the child can write into the pipe */
            (void)close(ends[0]);
        child = fork();
        if (child == 0) {
            ng_ctx *cx = ng_ctx_new();
            ng_status status = NG_OK;

            (void)signal(SIGPIPE, SIG_IGN);
            if (cases[i].is_read)
                (void)close(ends[0]);
            if (cases[i].is_open)
                (void)dup2(ends[1], STDOUT_FILENO);
            else
                (void)close(STDOUT_FILENO);
            status = ng_file_replace(cx, "-", NG_VIEW("hello"));
            result = status == (cases[i].error ? NG_E_IO : NG_OK) &&
                     (!cases[i].error || strcmp(ng_ctx_error(cx), cases[i].error) == 0);
            ng_ctx_free(cx);
            _exit(result ? 0 : 1);
        }
        (void)close(ends[1]);
        if (cases[i].is_read) {
            assert_int_equal(read(ends[0], got, sizeof got), 5);
            (void)close(ends[0]);
        }
        assert_int_equal(waitpid(child, &result, 0), child);
        assert_int_equal(result, 0);
    }
}

/* A FIFO stays a FIFO. */
static void test_fifo(void **state)
{
    place here;
    struct stat info;
    pid_t child = 0;
    int result = 0;

    (void)state;
    open_place(&here);
    assert_int_equal(mkfifo(here.path, 0600), 0);
    child = fork();
    if (child == 0) {
        char got[16] = { 0 };
        int fd = open(here.path, O_RDONLY);

        _exit(read(fd, got, sizeof got) == 5 && memcmp(got, "hello", 5) == 0 ? 0 : 1);
    }
    assert_int_equal(ng_file_replace(here.cx, here.path, NG_VIEW("hello")), NG_OK);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_int_equal(stat(here.path, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
    close_place(&here);
}

static void test_read(void **state)
{
    place here;
    ng_buffer out;

    (void)state;
    open_place(&here);
    ng_buffer_init(&out, 1000);
    test_write_file(here.folder, "x.txt", NG_VIEW("12345"));
    assert_int_equal(ng_file_read(here.cx, here.path, 5, "--max", &out), NG_OK);
    assert_int_equal(ng_file_read(here.cx, here.path, 4, "--max", &out), NG_E_LIMIT);
    assert_non_null(strstr(ng_ctx_error(here.cx), "x.txt: larger than 4 bytes (see --max)"));
    assert_true(ng_view_equal(ng_buffer_view(&out), NG_VIEW("12345")));
    assert_int_equal(ng_file_read(here.cx, here.folder, 4, "--max", &out), NG_E_IO);
    assert_non_null(strstr(ng_ctx_error(here.cx), "a directory"));
    assert_int_equal(ng_file_read(here.cx, "/no/such", 4, "--max", &out), NG_E_IO);
    assert_string_equal(ng_ctx_error(here.cx), "/no/such: No such file or directory");
    fault.call = "read";
    fault.error = EIO;
    assert_int_equal(ng_file_read(here.cx, here.path, 5, "--max", &out), NG_E_IO);
    assert_true(ng_view_equal(ng_buffer_view(&out), NG_VIEW("12345")));
    ng_buffer_destroy(here.cx, &out);
    close_place(&here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_replace_faults),
        cmocka_unit_test(test_close_fails),
        cmocka_unit_test(test_portions_and_signals),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_bad_targets),
        cmocka_unit_test(test_standard_output),
        cmocka_unit_test(test_fifo),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_links),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
