/* Runs a program: bytes in, bytes out, a time limit, and its first line of complaint.
 *
 * The input is a temporary file that has no name any more when the program starts, so it can be
 * read at any pace and nothing can block on it; standard error goes to another. Only standard
 * output is a pipe, read with poll and a deadline. Whatever the program does, it is waited for and
 * no descriptor stays open. No signal of ours is touched: there is no pipe that we write to. */
#include "base_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
#include <crt_externs.h>
#include <mach-o/dyld.h>
#define environ (*_NSGetEnviron()) /* a shared library there has no other */
#else
extern char **environ;
#endif

#ifndef NG_PROGRAMS_INSTALLED
#define NG_PROGRAMS_INSTALLED "/usr/local/bin"
#endif

enum { NAME_TRIES = 1000, WAKE_MS = 100 };

/* The programs of ours that are started. */
static const struct {
    const char *name, *variable, *installed;
} programs[] = {
    [NG_PROGRAM_DRAW] = { "nergraph-draw", "NERGRAPH_DRAW",
                          NG_PROGRAMS_INSTALLED "/nergraph-draw" },
    [NG_PROGRAM_PDF] = { "nergraph-pdf", "NERGRAPH_PDF", NG_PROGRAMS_INSTALLED "/nergraph-pdf" },
};

/* Held while a pipe is made and while a program starts: a program that another thread starts must
 * not inherit our end of a pipe before it is marked, or the end of the output is never seen. */
static pthread_mutex_t start_lock = PTHREAD_MUTEX_INITIALIZER;

/* The descriptors of one run; -1 when closed. */
typedef struct plumbing {
    int input, complaints, from_child, to_parent;
} plumbing;

/* Milliseconds of a clock that only goes forward. */
static int64_t now_ms(void)
{
    struct timespec now = { 0, 0 };

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Opens a new file for reading and writing and takes its name away at once. */
static ng_status open_nameless(ng_ctx *cx, int *fd_out)
{
    const char *folder = getenv("TMPDIR");
    char path[512];

    if (!folder || folder[0] != '/')
        folder = "/tmp";
    for (int i = 0; i < NAME_TRIES; i++) {
        int fd = -1;

        if (snprintf(path, sizeof path, "%s/nergraph-%ld-%d", folder, (long)getpid(), i) >=
            (int)sizeof path)
            return ng_fail(cx, NG_E_IO, "TMPDIR: the name is too long");
        fd = cx->sys->open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd >= 0) {
            (void)cx->sys->unlink(path);
            *fd_out = fd;
            return NG_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return ng_fail(cx, NG_E_IO, "%s: cannot make a temporary file: %s (set TMPDIR)", folder,
                   strerror(errno));
}

/* Writes the program's input and goes back to its beginning. */
static ng_status fill_input(ng_ctx *cx, int fd, ng_view input)
{
    while (input.size > 0) {
        ssize_t count = cx->sys->write(fd, input.data, input.size);

        if (count < 0 && errno == EINTR && !ng_ctx_is_cancelled(cx))
            continue;
        if (count < 0)
            return ng_fail(cx, NG_E_IO, "temporary file: %s (set TMPDIR to a folder with room)",
                           strerror(errno));
        input = ng_view_part(input, (size_t)count, input.size);
    }
    if (lseek(fd, 0, SEEK_SET) != 0)
        return ng_fail(cx, NG_E_IO, "temporary file: %s", strerror(errno));
    return NG_OK;
}

/* Closes a descriptor once. */
static void close_one(ng_ctx *cx, int *fd)
{
    if (*fd >= 0)
        (void)cx->sys->close(*fd);
    *fd = -1;
}

static void close_all(ng_ctx *cx, plumbing *pipes)
{
    close_one(cx, &pipes->input);
    close_one(cx, &pipes->complaints);
    close_one(cx, &pipes->from_child);
    close_one(cx, &pipes->to_parent);
}

/* Makes a pipe of which no program inherits an end; false with errno. */
static bool open_pipe(int ends[2])
{
    int error = 0;

    (void)pthread_mutex_lock(&start_lock);
    if (pipe(ends) != 0)
        ends[0] = ends[1] = -1;
    if (ends[0] < 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        error = errno;
    (void)pthread_mutex_unlock(&start_lock);
    errno = error;
    return error == 0;
}

/* Makes the files and the pipe. On failure the caller closes what was made. */
static ng_status open_all(ng_ctx *cx, ng_view input, plumbing *pipes)
{
    int ends[2] = { -1, -1 };
    ng_status status = open_nameless(cx, &pipes->input);

    if (status == NG_OK)
        status = fill_input(cx, pipes->input, input);
    if (status == NG_OK)
        status = open_nameless(cx, &pipes->complaints);
    if (status == NG_OK && !open_pipe(ends))
        status = ng_fail(cx, NG_E_IO, "cannot make a pipe: %s", strerror(errno));
    pipes->from_child = ends[0];
    pipes->to_parent = ends[1];
    return status;
}

/* The child begins with the usual signals, whatever its parent ignores or blocks. */
static int set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    int error = 0;

    (void)sigemptyset(&none);
    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGPIPE);
    (void)sigaddset(&usual, SIGINT);
    (void)sigaddset(&usual, SIGTERM);
    error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(attributes, &usual);
    if (error == 0)
        error =
            posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

/* Starts the program; an errno, 0 when it runs. */
static int start(const ng_process *process, const plumbing *pipes, pid_t *child_out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);

    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        (void)posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    error = set_signals(&attributes);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, pipes->input, STDIN_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, pipes->to_parent, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, pipes->complaints, STDERR_FILENO);
    if (error == 0) {
        (void)pthread_mutex_lock(&start_lock);
        error = posix_spawnp(child_out, process->program, &actions, &attributes,
                             (char *const *)process->arguments, environ);
        (void)pthread_mutex_unlock(&start_lock);
    }
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Reads once what the program wrote; sets *is_end at the end. */
static ng_status read_once(ng_ctx *cx, const char *program, int fd, ng_buffer *out, bool *is_end)
{
    char bytes[1 << 14];
    ssize_t count = cx->sys->read(fd, bytes, sizeof bytes);

    if (count < 0 && errno == EINTR)
        return NG_OK;
    if (count < 0)
        return ng_fail(cx, NG_E_IO, "cannot read from %s: %s", program, strerror(errno));
    *is_end = count == 0;
    return ng_buffer_add(cx, out, (ng_view){ bytes, (size_t)count });
}

/* Takes the output until it ends. *is_late: the deadline came first. */
static ng_status take_output(ng_ctx *cx, const char *program, int fd, int64_t deadline,
                             ng_buffer *out, bool *is_late)
{
    ng_status status = NG_OK;
    bool is_end = false;

    while (status == NG_OK && !is_end) {
        struct pollfd ready = { .fd = fd, .events = POLLIN };
        int count = poll(&ready, 1, WAKE_MS);

        if (count < 0 && errno != EINTR)
            status = ng_fail(cx, NG_E_IO, "cannot wait for %s: %s", program, strerror(errno));
        else if (count > 0)
            status = read_once(cx, program, fd, out, &is_end);
        if (status == NG_OK && ng_ctx_is_cancelled(cx))
            status = ng_fail(cx, NG_E_LIMIT, "cancelled while %s ran", program);
        if (!is_end && deadline > 0 && now_ms() >= deadline) {
            *is_late = true;
            break;
        }
    }
    return status;
}

/* Waits for the child's end, but no longer than the deadline; false when it is still there. */
static bool wait_until(ng_ctx *cx, pid_t child, int64_t deadline, int *state_out)
{
    const struct timespec pause = { 0, 2000000 };

    for (;;) {
        pid_t ended = waitpid(child, state_out, WNOHANG);

        if (ended == child || (ended < 0 && errno != EINTR))
            return true; /* also when somebody else has waited for it */
        if ((deadline > 0 && now_ms() >= deadline) || ng_ctx_is_cancelled(cx))
            return false;
        (void)nanosleep(&pause, NULL);
    }
}

/* Ends the child for certain and waits for it. */
static void end_child(pid_t child, int *state_out)
{
    (void)kill(child, SIGKILL);
    while (waitpid(child, state_out, 0) < 0 && errno == EINTR)
        ;
}

/* The first line of what the program complained about. */
static void read_message(ng_ctx *cx, int fd, char *message, size_t size)
{
    ssize_t count = 0;
    size_t length = 0;

    if (lseek(fd, 0, SEEK_SET) == 0)
        count = cx->sys->read(fd, message, size - 1);
    while (count > 0 && length < (size_t)count && message[length] != '\n' && message[length])
        length++;
    message[length] = '\0';
}

/* From the start of the child to its end. */
static ng_status attend(ng_ctx *cx, pid_t child, const ng_process *process, plumbing *pipes,
                        ng_buffer *out, ng_process_result *result)
{
    int64_t deadline = process->seconds ? now_ms() + (int64_t)process->seconds * 1000 : 0;
    bool is_late = false;
    int state = 0;
    ng_status status =
        take_output(cx, process->program, pipes->from_child, deadline, out, &is_late);

    if (status != NG_OK || is_late || !wait_until(cx, child, deadline, &state)) {
        end_child(child, &state);
        is_late = status == NG_OK;
        if (status == NG_OK && ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "cancelled while %s ran", process->program);
    }
    if (status != NG_OK)
        return status;
    read_message(cx, pipes->complaints, result->message, sizeof result->message);
    if (is_late || (WIFSIGNALED(state) && WTERMSIG(state) == SIGXCPU))
        result->end = NG_PROCESS_LATE;
    else if (WIFSIGNALED(state))
        result->end = NG_PROCESS_KILLED;
    else if (WEXITSTATUS(state) == 127)
        result->end = NG_PROCESS_MISSING; /* how some systems report a failed exec */
    else
        result->end = NG_PROCESS_DONE;
    result->code = WIFSIGNALED(state) ? WTERMSIG(state) : WEXITSTATUS(state);
    return NG_OK;
}

ng_status ng_process_run(ng_ctx *cx, const ng_process *process, ng_buffer *out,
                         ng_process_result *result_out)
{
    plumbing pipes = { -1, -1, -1, -1 };
    ng_process_result result = { NG_PROCESS_DONE, 0, "" };
    pid_t child = -1;
    ng_status status = open_all(cx, process->input, &pipes);

    if (status == NG_OK) {
        int error = start(process, &pipes, &child);

        close_one(cx, &pipes.to_parent); /* or its end would never be seen */
        if (error == 0)
            status = attend(cx, child, process, &pipes, out, &result);
        else if (error == ENOENT || error == EACCES || error == ENOTDIR)
            result.end = NG_PROCESS_MISSING;
        else
            status =
                ng_fail(cx, NG_E_IO, "%s: cannot start: %s", process->program, strerror(error));
    }
    close_all(cx, &pipes);
    if (status == NG_OK)
        *result_out = result;
    return status;
}

/* ---- programs of ours ---- */

/* The path of the program that runs, or "" when the system does not tell. */
static void find_self(char path[NG_PROGRAM_BYTES])
{
#ifdef __APPLE__
    uint32_t size = NG_PROGRAM_BYTES;

    if (_NSGetExecutablePath(path, &size) != 0)
        path[0] = '\0';
#else
    ssize_t size = readlink("/proc/self/exe", path, NG_PROGRAM_BYTES - 1);

    path[size > 0 ? size : 0] = '\0';
#endif
}

/* True when `path` names a file that may be run. */
static bool is_program(ng_ctx *cx, const char *path)
{
    struct stat is;

    return cx->sys->stat(path, &is) == 0 && S_ISREG(is.st_mode) && access(path, X_OK) == 0;
}

const char *ng_program_find(ng_ctx *cx, ng_program which, const char *told,
                            char path[NG_PROGRAM_BYTES])
{
    const char *name = programs[which].name;
    size_t size = strlen(name) + 1;
    char *slash = NULL;

    if (!told)
        told = getenv(programs[which].variable);
    if (told && *told)
        return told;
    find_self(path);
    slash = strrchr(path, '/');
    if (slash && (size_t)(slash - path) + 1 + size <= NG_PROGRAM_BYTES) {
        memcpy(slash + 1, name, size);
        if (is_program(cx, path))
            return path;
    }
    return is_program(cx, programs[which].installed) ? programs[which].installed : name;
}

const char *ng_program_message(ng_program which, const ng_process_result *result)
{
    size_t size = strlen(programs[which].name);

    if (strncmp(result->message, programs[which].name, size) == 0 &&
        strncmp(result->message + size, ": ", 2) == 0)
        return result->message + size + 2;
    return result->message;
}
