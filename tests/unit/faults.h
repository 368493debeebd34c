/* For unit tests: an allocator that fails at its n-th use, a folder of its own, messages kept. */
#ifndef NG_TEST_FAULTS_H
#define NG_TEST_FAULTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"

/* What the allocator of a test did and how much it still may do. */
typedef struct test_heap {
    long live;      /* allocations not yet freed */
    size_t calls;   /* requests for memory */
    size_t fail_at; /* this request fails, counted from 1; 0: none does */
} test_heap;

static inline void *test_heap_realloc(void *user, void *data, size_t size)
{
    test_heap *heap = user;

    if (size == 0) {
        heap->live -= data != NULL;
        free(data);
        return NULL;
    }
    if (++heap->calls == heap->fail_at)
        return NULL;
    heap->live += data == NULL;
    return realloc(data, size);
}

/* Lets the context use `heap` from now on. */
static inline void test_use_heap(ng_ctx *cx, test_heap *heap)
{
    *heap = (test_heap){ 0 };
    cx->realloc = test_heap_realloc;
    cx->realloc_user = heap;
}

/* Messages, one a line. */
typedef struct test_messages {
    char text[1 << 14];
    size_t count;
} test_messages;

static inline void test_keep_message(void *user, ng_status about, const char *line)
{
    test_messages *messages = user;
    size_t size = strlen(messages->text);

    (void)about;
    (void)snprintf(messages->text + size, sizeof messages->text - size, "%s\n", line);
    messages->count++;
}

/* Makes a fresh folder below TMPDIR; test_remove_folder ends it with all that is in it. */
static inline void test_make_folder(char folder[256])
{
    const char *parent = getenv("TMPDIR");

    (void)snprintf(folder, 256, "%s/nergraph-test-XXXXXX", parent && *parent ? parent : "/tmp");
    assert_non_null(mkdtemp(folder));
}

static inline void test_remove_folder(const char *folder)
{
    char command[1024];

    assert_non_null(strstr(folder, "/nergraph-test-"));
    (void)snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", folder, folder);
    assert_int_equal(system(command), 0);
}

static inline void test_write_file(const char *folder, const char *name, ng_view content)
{
    char path[512];
    FILE *file = NULL;

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.data, 1, content.size, file), content.size);
    assert_int_equal(fclose(file), 0);
}

#endif
