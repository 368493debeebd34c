/* Items that come one by one, are worked on by several threads, and are handed over in their order.
 *
 * The slots are a ring: items are brought at its head and handed over at its tail, and between
 * those two marks tell which are taken and which were noted. An item may wait for later ones to be
 * noted before it is handed over; what was noted by then depends on the items alone. The calling
 * thread alone brings and hands over, so neither needs a lock of its own; when it can do neither it
 * works like the others. It brings before it works, so that nobody waits for it, and hands over
 * before it brings, so that slots become free.
 *
 * An item whose work fails ends the run when its turn comes to be handed over: those before it were
 * handed over by then, whatever the threads did. */
#include "base_internal.h"

#include <assert.h>
#include <pthread.h>

enum { MOST_THREADS = 256 };
#define NO_ITEM UINT64_MAX

typedef enum slot_state { SLOT_EMPTY, SLOT_BROUGHT, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    ng_status status; /* of the work */
    char error[sizeof((ng_ctx *)0)->error];
} slot;

/* What the threads of one run share; marks and states are read and written under the lock. */
typedef struct relay {
    const ng_relay *job;
    void *user;
    slot *slots;
    uint64_t brought, taken, noted, handed; /* items so far; slot = item % slot_count */
    uint64_t failed;                        /* the first item whose work failed */
    bool is_paused;                         /* until everything is handed over */
    bool is_over;                           /* no item will be brought any more */
    char error[sizeof((ng_ctx *)0)->error]; /* of the failure to bring */
    pthread_mutex_t lock;
    pthread_cond_t is_brought, is_done;
} relay;

typedef struct runner {
    relay *run;
    ng_ctx *cx;
    uint32_t index;
} runner;

/* Where an item is kept. */
static size_t slot_of(const relay *run, uint64_t item)
{
    return (size_t)(item % run->job->slot_count);
}

/* Is there an item to work on? After a failure none is begun: whoever failed may have left his
 * tools in disorder. */
static bool has_work(const relay *run)
{
    return run->taken < run->brought && run->failed == NO_ITEM;
}

/* Takes the next item that was brought and works on it; false when there is none. Called and left
 * with the lock held, which is not held while it works. */
static bool work_on_one(relay *run, ng_ctx *cx, uint32_t worker)
{
    uint64_t item = 0;
    size_t index = 0;
    slot *mine = NULL;
    ng_status status = NG_OK;

    if (!has_work(run))
        return false;
    item = run->taken++;
    index = slot_of(run, item);
    mine = &run->slots[index];
    assert(mine->state == SLOT_BROUGHT);
    (void)pthread_mutex_unlock(&run->lock);
    status = run->job->work(run->user, cx, worker, index);
    if (status != NG_OK)
        memcpy(mine->error, cx->error, sizeof mine->error);
    (void)pthread_mutex_lock(&run->lock);
    mine->status = status;
    mine->state = SLOT_DONE;
    if (status != NG_OK && item < run->failed)
        run->failed = item;
    (void)pthread_cond_signal(&run->is_done);
    return true;
}

/* The life of a thread that only works. */
static void *work_until_over(void *data)
{
    runner *self = data;
    relay *run = self->run;

    (void)pthread_mutex_lock(&run->lock);
    while (work_on_one(run, self->cx, self->index) || !run->is_over)
        while (!has_work(run) && !run->is_over)
            (void)pthread_cond_wait(&run->is_brought, &run->lock);
    (void)pthread_mutex_unlock(&run->lock);
    return NULL;
}

/* Hands over the oldest item. The lock is held, but not meanwhile. */
static ng_status hand_over(relay *run, ng_ctx *cx)
{
    size_t index = slot_of(run, run->handed);
    slot *oldest = &run->slots[index];
    ng_status status = oldest->status;

    if (status != NG_OK)
        return ng_fail(cx, status, "%s", oldest->error);
    (void)pthread_mutex_unlock(&run->lock);
    status = run->job->hand_over(run->user, cx, index);
    (void)pthread_mutex_lock(&run->lock);
    oldest->state = SLOT_EMPTY;
    run->handed++;
    return status;
}

/* Looks at the next finished item. The lock is held, but not meanwhile. */
static ng_status note(relay *run, ng_ctx *cx)
{
    size_t index = slot_of(run, run->noted);
    ng_status status = NG_OK;

    if (run->job->note && run->slots[index].status == NG_OK) {
        (void)pthread_mutex_unlock(&run->lock);
        status = run->job->note(run->user, cx, index);
        (void)pthread_mutex_lock(&run->lock);
    }
    run->noted++;
    return status;
}

/* Is the oldest item to be handed over now? */
static bool may_leave(const relay *run)
{
    if (run->handed == run->noted)
        return false;
    return !run->job->may_leave ||
           ((run->is_over || run->is_paused) && run->noted == run->brought) ||
           run->noted > run->failed ||
           run->job->may_leave(run->user, slot_of(run, run->handed), slot_of(run, run->noted - 1));
}

/* Brings an item into the next slot. The lock is held, but not meanwhile. */
static ng_status bring(relay *run, ng_ctx *cx)
{
    size_t index = slot_of(run, run->brought);
    ng_brought brought = NG_BROUGHT_ITEM;
    ng_status status = NG_OK;

    assert(run->slots[index].state == SLOT_EMPTY);
    (void)pthread_mutex_unlock(&run->lock);
    status = run->job->bring(run->user, cx, index, &brought);
    (void)pthread_mutex_lock(&run->lock);
    if (status != NG_OK)
        memcpy(run->error, cx->error, sizeof run->error);
    run->is_over |= status != NG_OK || brought == NG_BROUGHT_END;
    run->is_paused = brought == NG_BROUGHT_PAUSE;
    if (status != NG_OK || brought != NG_BROUGHT_ITEM)
        return status;
    run->slots[index].state = SLOT_BROUGHT;
    run->slots[index].status = NG_OK;
    run->brought++;
    (void)pthread_cond_signal(&run->is_brought);
    return NG_OK;
}

/* Everything is handed over: the pause is used and ends. The lock is held, but not meanwhile. */
static ng_status settle(relay *run, ng_ctx *cx)
{
    ng_status status = NG_OK;

    (void)pthread_mutex_unlock(&run->lock);
    if (run->job->settle)
        status = run->job->settle(run->user, cx);
    (void)pthread_mutex_lock(&run->lock);
    run->is_paused = false;
    return status;
}

/* May another item be brought? */
static bool has_room(const relay *run)
{
    uint64_t under_way = run->brought - run->handed;

    return !run->is_over && !run->is_paused && run->failed == NO_ITEM &&
           under_way < run->job->slot_count &&
           (under_way == 0 || !run->job->has_room || run->job->has_room(run->user));
}

/* What the calling thread does until everything is handed over. A failure to bring waits until what
 * was brought before is handed over. */
static ng_status lead(relay *run, ng_ctx *cx)
{
    ng_status brought = NG_OK;
    ng_status status = NG_OK;

    (void)pthread_mutex_lock(&run->lock);
    while (status == NG_OK && (!run->is_over || run->handed < run->brought)) {
        if (may_leave(run))
            status = hand_over(run, cx);
        else if (run->noted < run->taken && run->slots[slot_of(run, run->noted)].state == SLOT_DONE)
            status = note(run, cx);
        else if (has_room(run))
            brought = bring(run, cx);
        else if (run->is_paused && run->handed == run->brought)
            status = settle(run, cx);
        else if (!work_on_one(run, cx, 0))
            (void)pthread_cond_wait(&run->is_done, &run->lock);
    }
    run->is_over = true;
    run->taken = run->brought; /* after a failure nothing is begun any more */
    (void)pthread_cond_broadcast(&run->is_brought);
    (void)pthread_mutex_unlock(&run->lock);
    if (status == NG_OK && brought != NG_OK)
        status = ng_fail(cx, brought, "%s", run->error);
    return status;
}

/* Starts the other threads, leads, and waits for them. */
static ng_status run_crew(ng_ctx *cx, relay *run, runner *runners, pthread_t *threads,
                          uint32_t count)
{
    uint32_t equipped = 1;
    uint32_t started = 0;
    ng_status status = NG_OK;

    while (equipped < count) {
        runners[equipped] = (runner){ run, ng_ctx_new_child(cx), equipped };
        if (!runners[equipped].cx)
            break;
        equipped++;
    }
    started =
        ng_threads_start(work_until_over, runners + 1, sizeof *runners, threads, equipped - 1);
    status = lead(run, cx);
    for (uint32_t i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    for (uint32_t i = 1; i < equipped; i++)
        ng_ctx_free(runners[i].cx);
    return status;
}

ng_status ng_relay_run(ng_ctx *cx, uint32_t thread_count, const ng_relay *job, void *user)
{
    relay run = { .job = job, .user = user, .failed = NO_ITEM };
    uint32_t count = thread_count < MOST_THREADS ? thread_count : MOST_THREADS;
    runner *runners = ng_alloc(cx, count * sizeof *runners);
    pthread_t *threads = ng_alloc(cx, count * sizeof *threads);
    ng_status status = NG_OK;

    assert(thread_count > 0 && job->slot_count > 0);
    run.slots = ng_alloc(cx, job->slot_count * sizeof *run.slots);
    if (!runners || !threads || !run.slots) {
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %u workers", (unsigned)count);
    } else {
        for (size_t i = 0; i < job->slot_count; i++)
            run.slots[i].state = SLOT_EMPTY;
        (void)pthread_mutex_init(&run.lock, NULL);
        (void)pthread_cond_init(&run.is_brought, NULL);
        (void)pthread_cond_init(&run.is_done, NULL);
        status = run_crew(cx, &run, runners, threads, count);
        (void)pthread_cond_destroy(&run.is_done);
        (void)pthread_cond_destroy(&run.is_brought);
        (void)pthread_mutex_destroy(&run.lock);
    }
    ng_free(cx, run.slots);
    ng_free(cx, threads);
    ng_free(cx, runners);
    return status;
}
