/* Statuses, borrowed bytes and the context that every call of the library takes. */
#ifndef NERGRAPH_STATUS_H
#define NERGRAPH_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NG_API __attribute__((visibility("default")))
#else
#define NG_API
#endif

/* What a call came to. The numbers are the exit codes of the command line. */
typedef enum ng_status {
    NG_OK = 0,
    NG_E_USAGE = 2,  /* a wrong option, an unknown format */
    NG_E_DATA = 3,   /* input that cannot be read or used */
    NG_E_LIMIT = 4,  /* a stated limit was reached, or the work was cancelled */
    NG_E_IO = 5,     /* cannot open, read, write; the drawing program is missing */
    NG_E_MEMORY = 6, /* an allocation failed */
    NG_E_BUG = 7     /* a mistake of ours */
} ng_status;

/* Borrowed bytes: `size` bytes at `data`, not zero-terminated, never freed by the holder. */
typedef struct ng_view {
    const char *data;
    size_t size;
} ng_view;

/* The state of one thread of calls: last error, limits, system calls. Not shared between threads.
 */
typedef struct ng_ctx ng_ctx;

/* Makes a context, or returns NULL when there is no memory. Free it with ng_ctx_free. */
NG_API ng_ctx *ng_ctx_new(void);

/* Ends a context; NULL is allowed. Everything made with it must be freed before. */
NG_API void ng_ctx_free(ng_ctx *cx);

/* The message of the last failure: one line without newline, "" when there was none.
 * Borrowed; it lives until the next failing call. */
NG_API const char *ng_ctx_error(const ng_ctx *cx);

/* Asks the work in progress to stop: it returns NG_E_LIMIT soon after and leaves no file behind.
 * May be called from a signal handler or another thread. */
NG_API void ng_ctx_cancel(ng_ctx *cx);

/* True once ng_ctx_cancel was called. */
NG_API bool ng_ctx_is_cancelled(const ng_ctx *cx);

/* Where messages go (one line each, no newline); by default nowhere. `about` is NG_OK for a remark,
 * else why an input could not be used while the run went on. Called on the thread that made the
 * call. */
typedef void (*ng_message_fn)(void *user, ng_status about, const char *line);
NG_API void ng_ctx_on_message(ng_ctx *cx, ng_message_fn message, void *user);

/* What is counted while work goes on. */
typedef enum ng_work {
    NG_WORK_DOCUMENTS, /* `done` and `total` are bytes, `count` documents */
    NG_WORK_PATHS,     /* sources of shortest paths */
    NG_WORK_RESAMPLES  /* of the bootstrap */
} ng_work;

/* Told now and then how far the work is; `total` is 0 when it is not known. Called on the thread
 * that made the call. */
typedef void (*ng_progress_fn)(void *user, ng_work work, uint64_t done, uint64_t total,
                               uint64_t count);
NG_API void ng_ctx_on_progress(ng_ctx *cx, ng_progress_fn progress, void *user);

/* "0.1.0", the version of the library that runs. Static. */
NG_API const char *ng_version(void);

/* A short hexadecimal hash of the dictionaries built into the library. Static. */
NG_API const char *ng_data_hash(void);

/* The same of the model that is built in. Static. */
NG_API const char *ng_model_hash(void);

#ifdef __cplusplus
}
#endif

#endif
