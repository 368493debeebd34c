/* The door of base: memory, errors, bytes, system calls, workers. Knows nothing of documents. */
#ifndef NG_BASE_H
#define NG_BASE_H

#include <nergraph/status.h>

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

/* ---- context and errors (status.c) ---- */

/* The system calls that files go through. Tests fill it with calls that fail on the n-th use. */
typedef struct ng_sys {
    int (*open)(const char *path, int flags, mode_t mode);
    ssize_t (*read)(int fd, void *data, size_t size);
    ssize_t (*write)(int fd, const void *data, size_t size);
    int (*fsync)(int fd);
    off_t (*lseek)(int fd, off_t offset, int whence);
    int (*close)(int fd);
    int (*rename)(const char *from, const char *to);
    int (*unlink)(const char *path);
    int (*fstat)(int fd, struct stat *out);
    int (*stat)(const char *path, struct stat *out);
    ssize_t (*readlink)(const char *path, char *target, size_t size);
    DIR *(*opendir)(const char *path);
    struct dirent *(*readdir)(DIR *folder); /* NULL with errno 0 at the end */
    int (*closedir)(DIR *folder);
} ng_sys;

/* Reallocates like realloc; size 0 frees and returns NULL. Must be thread-safe. */
typedef void *(*ng_realloc_fn)(void *user, void *data, size_t size);

struct ng_ctx {
    char error[1024];
    const ng_sys *sys;
    ng_realloc_fn realloc;
    void *realloc_user;
    const ng_ctx *parent; /* cancelling the parent cancels its children */
    atomic_bool is_cancelled;
    ng_message_fn message;
    void *message_user;
    ng_progress_fn progress;
    void *progress_user;
};

/* The real system calls. */
extern const ng_sys ng_sys_real;

/* Makes a context for a worker of `parent`: same calls and allocator, its own error, no messages.
 * NULL without memory. */
ng_ctx *ng_ctx_new_child(const ng_ctx *parent);

/* Records what went wrong (one line; control bytes become '?') and returns `status`. */
ng_status ng_fail(ng_ctx *cx, ng_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sends a warning line to the message function, if there is one. */
void ng_warn(ng_ctx *cx, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As ng_warn, of an input that could not be used while the run goes on; `about` is the reason. */
void ng_tell(ng_ctx *cx, ng_status about, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells the progress function, if there is one. */
void ng_progress(ng_ctx *cx, ng_work work, uint64_t done, uint64_t total, uint64_t count);

/* ---- memory (memory.c, arena.c) ---- */

/* All heap work goes through these. They return NULL without memory and record no error. */
void *ng_alloc(ng_ctx *cx, size_t size);
void *ng_realloc(ng_ctx *cx, void *data, size_t size);
void ng_free(ng_ctx *cx, void *data);

/* What ng_grow does when there is not room enough. */
ng_status ng_grow_now(ng_ctx *cx, void **items, size_t *capacity, size_t item_size, size_t wanted,
                      size_t max, const char *what);

/* Makes room for `wanted` items in a growing array of at most `max` items.
 *
 *   items     in and out; moved when it grows
 *   capacity  in and out, in items
 *   what      names the items in messages: "tokens"
 *
 * Fails with NG_E_LIMIT or NG_E_MEMORY; the array is untouched then. Amortised O(1) an item. */
static inline ng_status ng_grow(ng_ctx *cx, void **items, size_t *capacity, size_t item_size,
                                size_t wanted, size_t max, const char *what)
{
    if (wanted <= *capacity)
        return NG_OK;
    return ng_grow_now(cx, items, capacity, item_size, wanted, max, what);
}

/* Memory that ends all at once. */
typedef struct ng_arena {
    struct ng_arena_block *blocks;
    size_t used_bytes; /* handed out in all */
    size_t max_bytes;
    ng_status failure; /* of the last request that failed */
} ng_arena;

void ng_arena_init(ng_arena *arena, size_t max_bytes);
void ng_arena_destroy(ng_ctx *cx, ng_arena *arena);

/* Empties it but keeps its largest block for the next document. */
void ng_arena_reset(ng_ctx *cx, ng_arena *arena);

/* `size` bytes aligned for any type, not cleared; NULL with the error recorded (NG_E_LIMIT over
 * max_bytes, else NG_E_MEMORY; ask ng_arena_status). */
void *ng_arena_alloc(ng_ctx *cx, ng_arena *arena, size_t size);

/* Why the last request that returned NULL failed. */
static inline ng_status ng_arena_status(const ng_arena *arena)
{
    return arena->failure;
}

/* As ng_arena_alloc of count * size bytes, checked for overflow, not cleared. */
void *ng_arena_room(ng_ctx *cx, ng_arena *arena, size_t count, size_t size);

/* As ng_arena_room, cleared. */
void *ng_arena_array(ng_ctx *cx, ng_arena *arena, size_t count, size_t size);

/* Copies bytes into the arena; on failure data is NULL. */
ng_view ng_arena_copy(ng_ctx *cx, ng_arena *arena, ng_view bytes);

/* ---- bytes (buffer.c, view.c) ---- */

#define NG_VIEW(literal) ((ng_view){ (literal), sizeof(literal) - 1 })
#define NG_VIEW_NONE     ((ng_view){ "", 0 })

static inline bool ng_view_equal(ng_view a, ng_view b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Equal but for the case of ASCII letters. */
static inline bool ng_view_equal_folded(ng_view a, ng_view b)
{
    bool is_equal = a.size == b.size;

    for (size_t i = 0; is_equal && i < a.size; i++) {
        char x = a.data[i], y = b.data[i];

        is_equal = (x >= 'A' && x <= 'Z' ? x | 0x20 : x) == (y >= 'A' && y <= 'Z' ? y | 0x20 : y);
    }
    return is_equal;
}

/* Order of bytes, a prefix first: < 0, 0, > 0. */
int ng_view_compare(ng_view a, ng_view b);

static inline ng_view ng_view_of(const char *text)
{
    return (ng_view){ text, strlen(text) };
}

static inline ng_view ng_view_part(ng_view view, size_t start, size_t end)
{
    return (ng_view){ view.data + start, end - start };
}

static inline bool ng_view_starts(ng_view view, ng_view beginning)
{
    return view.size >= beginning.size &&
           ng_view_equal((ng_view){ view.data, beginning.size }, beginning);
}

/* True for a cell of a table that spreadsheets run as a formula: an apostrophe before it keeps them
 * from it. The zero byte that ends the characters is one of them. */
static inline bool ng_view_is_formula(ng_view cell)
{
    return cell.size > 0 && memchr("=+-@\t", cell.data[0], 6) != NULL;
}

static inline bool ng_view_ends(ng_view view, ng_view ending)
{
    return view.size >= ending.size &&
           ng_view_equal((ng_view){ view.data + (view.size - ending.size), ending.size }, ending);
}

/* True when the view is one of the words, none of which is empty. O(count). */
bool ng_view_is_among(ng_view view, const char *const *words, size_t count);

#define NG_IS_AMONG(view, words) ng_view_is_among(view, words, sizeof(words) / sizeof *(words))

/* Bytes that grow to a maximum. A zero byte stands after them (not counted) once `data` is set. */
typedef struct ng_buffer {
    char *data;
    size_t size, capacity, max_bytes;
} ng_buffer;

void ng_buffer_init(ng_buffer *buffer, size_t max_bytes);
void ng_buffer_destroy(ng_ctx *cx, ng_buffer *buffer);

/* Makes room for `size` more bytes (and the zero byte). */
ng_status ng_buffer_reserve(ng_ctx *cx, ng_buffer *buffer, size_t size);
ng_status ng_buffer_add_byte(ng_ctx *cx, ng_buffer *buffer, char byte);
ng_status ng_buffer_add_unsigned(ng_ctx *cx, ng_buffer *buffer, uint64_t number);

static inline ng_status ng_buffer_add(ng_ctx *cx, ng_buffer *buffer, ng_view bytes)
{
    ng_status status = NG_OK;

    if (bytes.size >= buffer->capacity - buffer->size)
        status = ng_buffer_reserve(cx, buffer, bytes.size);
    if (status != NG_OK)
        return status;
    if (bytes.size > 0)
        memcpy(buffer->data + buffer->size, bytes.data, bytes.size);
    buffer->size += bytes.size;
    buffer->data[buffer->size] = '\0';
    return NG_OK;
}

/* printf for our own text (not for numbers with a decimal point: they follow the locale). */
ng_status ng_buffer_format(ng_ctx *cx, ng_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A finite number with at most `digits` significant digits, shortest form, decimal point whatever
 * the locale: 3, 0.25, 1e-07. */
ng_status ng_buffer_add_number(ng_ctx *cx, ng_buffer *buffer, double number, int digits);

static inline ng_view ng_buffer_view(const ng_buffer *buffer)
{
    return (ng_view){ buffer->data ? buffer->data : "", buffer->size };
}

/* Reads decimal digits: false when empty, not all digits or too large. */
bool ng_view_unsigned(ng_view view, uint64_t *number_out);

/* Reads a decimal number without the locale; false when the view is not one. */
bool ng_view_number(ng_view view, double *number_out);

/* ---- hashing (hash.c, digest.c) ---- */

uint64_t ng_hash(ng_view bytes, uint64_t seed);

/* SHA-256 as 64 lower-case hexadecimal digits (nettle). */
void ng_sha256_hex(ng_view bytes, char hex_out[64]);

/* ---- tables (intern.c, table.c) ---- */

/* Strings to dense ids 0, 1, 2 ... in the order of their first use; seeded. Copies the strings. */
typedef struct ng_intern ng_intern;
ng_status ng_intern_new(ng_ctx *cx, size_t max_count, size_t max_bytes, ng_intern **intern_out);
void ng_intern_free(ng_ctx *cx, ng_intern *intern);
ng_status ng_intern_add(ng_ctx *cx, ng_intern *intern, ng_view text, uint32_t *id_out);
bool ng_intern_find(const ng_intern *intern, ng_view text, uint32_t *id_out);
ng_view ng_intern_get(const ng_intern *intern, uint32_t id);
size_t ng_intern_count(const ng_intern *intern);
uint64_t ng_intern_bytes(const ng_intern *intern); /* memory it takes, about */

/* 64-bit keys to dense indices 0, 1, 2 ... in the order of their first use. Any key but UINT64_MAX.
 */
typedef struct ng_table ng_table;
ng_status ng_table_new(ng_ctx *cx, size_t max_count, ng_table **table_out);
void ng_table_free(ng_ctx *cx, ng_table *table);
ng_status ng_table_add(ng_ctx *cx, ng_table *table, uint64_t key, uint32_t *index_out,
                       bool *is_new_out);
bool ng_table_find(const ng_table *table, uint64_t key, uint32_t *index_out);
size_t ng_table_count(const ng_table *table);
uint64_t ng_table_bytes(const ng_table *table);
void ng_table_keys(const ng_table *table, uint64_t *keys_out); /* by index; O(slots) */

/* Sorts `count` items; compare gets `user`. Stable; O(n log n) worst case, count items of memory.
 */
typedef int (*ng_compare_fn)(const void *a, const void *b, void *user);
ng_status ng_sort(ng_ctx *cx, void *items, size_t count, size_t item_size, ng_compare_fn compare,
                  void *user);

/* ---- UTF-8 (utf8.c; utf8proc lives here) ---- */

/* Decodes the code point at data[0..size), size > 0. The bytes must be valid UTF-8. */
uint32_t ng_utf8_decode(const char *data, size_t size, size_t *length_out);

/* Writes a code point, no surrogate, as UTF-8; returns its length, 1 to 4. */
size_t ng_utf8_encode(uint32_t code_point, char out[4]);

/* Number of code points in valid UTF-8. O(bytes), vector-friendly. */
size_t ng_utf8_count(ng_view text);

/* True when the bytes are valid UTF-8. */
bool ng_utf8_is_valid(ng_view bytes);

/* Length of the longest beginning that is valid UTF-8. */
size_t ng_utf8_valid_size(ng_view bytes);

/* Appends `bytes` with each maximal ill-formed part replaced by U+FFFD (Unicode 15, 3.9, D93b:
 * what Python's decode("utf-8", "replace") gives). */
ng_status ng_utf8_repair(ng_ctx *cx, ng_view bytes, ng_buffer *out);

bool ng_utf8_is_upper(uint32_t code_point); /* upper or title case letter */
bool ng_utf8_is_lower(uint32_t code_point);
bool ng_utf8_is_letter(uint32_t code_point); /* also marks */
bool ng_utf8_is_digit(uint32_t code_point);
bool ng_utf8_is_space(uint32_t code_point);

/* Columns of a terminal that a code point takes: 0 (controls, marks), 1, or 2 (wide). */
size_t ng_utf8_width(uint32_t code_point);

/* Appends the text for comparing names: lower case, no accents, no marks; curly apostrophes, grave
 * and acute accents alone become ', hyphens and the en dash -; Turkish dotless i becomes i, ł l,
 * ø o, đ d, ß ss, æ ae ... "Erdoğan" and "ERDOGAN" give "erdogan". */
ng_status ng_utf8_fold(ng_ctx *cx, ng_view text, ng_buffer *out);

/* Appends an ASCII slug: folded, Greek and Cyrillic transliterated, other letters as u<hex>,
 * everything else as single hyphens, none at the ends: "Bashar al-Assad" gives "bashar-al-assad".
 * Empty when nothing is left. */
ng_status ng_utf8_slug(ng_ctx *cx, ng_view text, ng_buffer *out);

/* ---- files (file.c) ---- */

/* Reads a whole file ("-": standard input) of at most max_bytes. A directory or an unreadable file
 * is NG_E_IO, a larger one NG_E_LIMIT naming `option`. */
ng_status ng_file_read(ng_ctx *cx, const char *path, uint64_t max_bytes, const char *option,
                       ng_buffer *out);

/* Makes `path` hold exactly `content`, or leaves the old file as it was. */
ng_status ng_file_replace(ng_ctx *cx, const char *path, ng_view content);

/* A file being written beside its final name. `path` "-" or a device: written directly. */
typedef struct ng_file ng_file;
ng_status ng_file_create(ng_ctx *cx, const char *path, ng_file **file_out);
ng_status ng_file_add(ng_ctx *cx, ng_file *file, ng_view bytes);
ng_status ng_file_commit(ng_ctx *cx, ng_file *file); /* the handle is gone whatever the result */
void ng_file_discard(ng_ctx *cx, ng_file *file);     /* NULL is allowed */

/* ---- items that come one by one (relay.c) ---- */

/* What bringing came to. */
typedef enum ng_brought {
    NG_BROUGHT_ITEM,
    NG_BROUGHT_PAUSE, /* nothing; what was brought is to be handed over before anything else */
    NG_BROUGHT_END
} ng_brought;

/* What is done with each item; `slot` is where it is kept, below slot_count. */
typedef struct ng_relay {
    size_t slot_count; /* items under way at a time */
    /* Brings the next item into a slot. On the calling thread. */
    ng_status (*bring)(void *user, ng_ctx *cx, size_t slot, ng_brought *brought_out);
    /* Called at each pause, when everything is handed over. On the calling thread. NULL: never. */
    ng_status (*settle)(void *user, ng_ctx *cx);
    /* May another one be brought while others are under way? NULL: while there are slots. */
    bool (*has_room)(void *user);
    /* Works on an item. On any thread, with the context of `worker` (from 0). */
    ng_status (*work)(void *user, ng_ctx *cx, uint32_t worker, size_t slot);
    /* Looks at a finished item, in the order in which items were brought. On the calling thread.
     * NULL: nothing to look for. */
    ng_status (*note)(void *user, ng_ctx *cx, size_t slot);
    /* May the oldest item be handed over, or must more be noted first? It may when no more come. It
     * must be true before has_room turns false or the slots are full. NULL: at once. */
    bool (*may_leave)(void *user, size_t oldest_slot, size_t noted_slot);
    /* Takes the item out of its slot, in the order in which items were brought. On the calling
     * thread. */
    ng_status (*hand_over)(void *user, ng_ctx *cx, size_t slot);
} ng_relay;

/* Brings, works on and hands over items on thread_count (> 0) threads until there are no more.
 * The first failure in the order of the items is returned, with its message in cx, once all items
 * before it were handed over; a slot that was brought may then hold an item that was not. */
ng_status ng_relay_run(ng_ctx *cx, uint32_t thread_count, const ng_relay *relay, void *user);

/* ---- workers (workers.c) ---- */

/* Number of cores, at least 1. */
uint32_t ng_core_count(void);

/* Calls work(user, cx of the worker, worker, item) once for each item, on up to thread_count
 * threads. Items are handed out in order. After a failure no new item starts; the failure of the
 * lowest item is returned with its message in cx. */
typedef ng_status (*ng_work_fn)(void *user, ng_ctx *cx, uint32_t worker, size_t item);
ng_status ng_workers_run(ng_ctx *cx, uint32_t thread_count, size_t item_count, ng_work_fn work,
                         void *user);

/* ---- process.c ---- */

/* A program to run: `input` on its standard input, its standard output taken back. */
typedef struct ng_process {
    const char *program; /* with a slash, or looked for in PATH */
    const char *const *arguments;
    ng_view input;
    uint32_t seconds; /* 0 = no limit */
} ng_process;

/* What became of it. */
typedef enum ng_process_end {
    NG_PROCESS_DONE, /* it ended by itself with an exit code */
    NG_PROCESS_MISSING,
    NG_PROCESS_LATE, /* killed at the time limit */
    NG_PROCESS_KILLED
} ng_process_end;

typedef struct ng_process_result {
    ng_process_end end;
    int code;          /* exit code or signal */
    char message[512]; /* the first line of its standard error */
} ng_process_result;

/* Runs it to its end. Fails only where this process fails (NG_E_IO, NG_E_LIMIT when cancelled or
 * when `out` is full, NG_E_MEMORY). */
ng_status ng_process_run(ng_ctx *cx, const ng_process *process, ng_buffer *out,
                         ng_process_result *result_out);

/* ---- random numbers ---- */

/* A pseudo-random number; the same from the same state on every machine. */
static inline uint64_t ng_next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u; /* splitmix64: Steele, Lea and Flood 2014 */

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* One of 0 ... count - 1, all equally likely but for 2^-32 of them; count is 1 and more. */
static inline uint32_t ng_random_below(uint64_t *state, uint32_t count)
{
    return (uint32_t)((ng_next_random(state) >> 32) * count >> 32);
}

/* ---- programs beside this one ---- */

/* Room for the path of a program. */
enum { NG_PROGRAM_BYTES = 4096 };

/* Programs of ours, for what libraries do that must not happen in this process. */
typedef enum ng_program { NG_PROGRAM_DRAW, NG_PROGRAM_PDF } ng_program;

/* The path of a program: `told` if there is one, else NERGRAPH_DRAW or NERGRAPH_PDF of the
 * environment, else beside this program, where it was installed, or wherever PATH has it. The
 * result is one of the arguments or static. */
const char *ng_program_find(ng_ctx *cx, ng_program which, const char *told,
                            char path[NG_PROGRAM_BYTES]);

/* Its complaint without its name before it; borrowed. */
const char *ng_program_message(ng_program which, const ng_process_result *result);

#endif
