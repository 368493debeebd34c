/* Work on many items by several threads, with the result of one.
 *
 * The calling thread is the first worker; the others are started for this one call. An item is
 * taken by adding to a shared counter, so items start in order. That makes failure deterministic:
 * every item before the first one that fails has been started by then and is finished, so the
 * lowest failing item is always found, however the threads ran.
 *
 * Fewer threads than asked for is not a failure: work goes on with those that could be started. */
#include "base_internal.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

/* What the workers of one call share. */
typedef struct work_crew {
    ng_work_fn work;
    void *user;
    size_t item_count;
    atomic_size_t next_item;
    atomic_bool has_failed;
    pthread_mutex_t lock; /* of the failure */
    size_t failed_item;
    ng_status failure;
    char error[sizeof((ng_ctx *)0)->error];
} work_crew;

typedef struct worker {
    work_crew *crew;
    ng_ctx *cx;
    uint32_t index;
} worker;

uint32_t ng_core_count(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : (uint32_t)count;
}

/* Keeps the failure of the lowest item. */
static void record_failure(work_crew *crew, size_t item, ng_status status, const char *error)
{
    (void)pthread_mutex_lock(&crew->lock);
    if (crew->failure == NG_OK || item < crew->failed_item) {
        crew->failure = status;
        crew->failed_item = item;
        memcpy(crew->error, error, sizeof crew->error);
    }
    (void)pthread_mutex_unlock(&crew->lock);
    atomic_store(&crew->has_failed, true);
}

/* One worker's life. */
static void *work_on_items(void *data)
{
    worker *self = data;
    work_crew *crew = self->crew;

    while (!atomic_load(&crew->has_failed)) {
        size_t item = atomic_fetch_add(&crew->next_item, 1);
        ng_status status = NG_OK;

        if (item >= crew->item_count)
            break;
        if (ng_ctx_is_cancelled(self->cx))
            status = ng_fail(self->cx, NG_E_LIMIT, "interrupted");
        else
            status = crew->work(crew->user, self->cx, self->index, item);
        if (status != NG_OK)
            record_failure(crew, item, status, self->cx->error);
    }
    return NULL;
}

uint32_t ng_threads_start(void *(*life)(void *), void *items, size_t item_size, pthread_t *threads,
                          uint32_t count)
{
    sigset_t all;
    sigset_t old;
    uint32_t started = 0;

    (void)sigfillset(&all);
    if (count == 0 || pthread_sigmask(SIG_SETMASK, &all, &old) != 0)
        return 0;
    while (started < count &&
           pthread_create(&threads[started], NULL, life, (char *)items + started * item_size) == 0)
        started++;
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    return started;
}

/* Gives each worker a context; returns how many got one. */
static uint32_t equip(ng_ctx *cx, work_crew *crew, worker *workers, uint32_t count)
{
    uint32_t equipped = 0;

    for (; equipped < count; equipped++) {
        workers[equipped] = (worker){ .crew = crew, .index = equipped };
        workers[equipped].cx = ng_ctx_new_child(cx);
        if (!workers[equipped].cx)
            break;
    }
    return equipped;
}

ng_status ng_workers_run(ng_ctx *cx, uint32_t thread_count, size_t item_count, ng_work_fn work,
                         void *user)
{
    work_crew crew = { .work = work, .user = user, .item_count = item_count };
    worker *workers = NULL;
    pthread_t threads[MOST_THREADS];
    uint32_t wanted = thread_count ? thread_count : ng_core_count();
    uint32_t equipped = 0;
    uint32_t started = 0;

    if (item_count == 0)
        return NG_OK;
    if (wanted > MOST_THREADS)
        wanted = MOST_THREADS;
    if (wanted > item_count)
        wanted = (uint32_t)item_count;
    workers = ng_alloc(cx, wanted * sizeof *workers);
    if (!workers)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %u workers", (unsigned)wanted);
    atomic_init(&crew.next_item, 0);
    atomic_init(&crew.has_failed, false);
    (void)pthread_mutex_init(&crew.lock, NULL);
    equipped = equip(cx, &crew, workers, wanted);
    if (equipped == 0) {
        crew.failure = ng_fail(cx, NG_E_MEMORY, "no memory for a worker");
    } else {
        started =
            ng_threads_start(work_on_items, workers + 1, sizeof *workers, threads, equipped - 1);
        (void)work_on_items(&workers[0]);
        for (uint32_t i = 0; i < started; i++)
            (void)pthread_join(threads[i], NULL);
        if (crew.failure != NG_OK)
            (void)ng_fail(cx, crew.failure, "%s", crew.error);
    }
    for (uint32_t i = 0; i < equipped; i++)
        ng_ctx_free(workers[i].cx);
    (void)pthread_mutex_destroy(&crew.lock);
    ng_free(cx, workers);
    return crew.failure;
}
