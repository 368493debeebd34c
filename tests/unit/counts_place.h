/* Documents that are counted, saved and added up in a folder of their own. */
#ifndef COUNTS_PLACE_H
#define COUNTS_PLACE_H

#include "faults.h"
#include "graph_dump.h"
#include "writers/writers.h"

enum { DOCUMENTS = 12, PATH_BYTES = 320 };

static const char *const texts[DOCUMENTS] = {
    "President Emmanuel Macron met Angela Merkel in Berlin. Macron thanked Merkel.",
    "Emmanuel Macron spoke to Olaf Scholz. Moscow said that it would watch.",
    "Israel and Syria met in Geneva. Israeli envoys left for Damascus.",
    "Volodymyr Zelensky flew to Warsaw. Donald Tusk met Zelensky.",
    "Volodymyr Zelenskyy met Emmanuel Macron in Paris.",
    "Markus Braun, the chief executive, met Jan Marsalek in Munich.",
    "Markus Braun, a retired dentist, beat Karl Moser in Graz.",
    "The Russian Foreign Ministry warned Israel. Sergei Lavrov went to Paris, Texas.",
    "Anna Lindh and Karl Moser wrote to Ann Linde. Mrs. Linde thanked them.",
    "John Smith met J. Smith and James Smith in Oslo. Smith spoke.",
    "Ireland and Scotland played in Glasgow. Irish fans sang with Angela Merkel.",
    "Nothing happened on Monday.",
};

typedef struct place {
    ng_ctx *cx;
    ng_options options;
    char folder[256];
} place;

static inline int open_place(void **state)
{
    place *here = calloc(1, sizeof *here);

    assert_non_null(here);
    here->cx = ng_ctx_new();
    ng_options_init(&here->options);
    here->options.evidence_limit = 2;
    here->options.thread_count = 1;
    test_make_folder(here->folder);
    *state = here;
    return 0;
}

static inline int close_place(void **state)
{
    place *here = *state;

    test_remove_folder(here->folder);
    ng_ctx_free(here->cx);
    free(here);
    return 0;
}

static inline const char *path_of(const place *here, const char *name, char path[PATH_BYTES])
{
    (void)snprintf(path, PATH_BYTES, "%s/%s", here->folder, name);
    return path;
}

/* Adds the documents whose bit is set. */
static inline void add_documents(place *here, ng_counts *counts, unsigned which)
{
    ng_inputs *inputs = NULL;
    ng_report report = { 0 };
    ng_status verdict = NG_OK;
    char records[4096], path[PATH_BYTES];
    size_t size = 0;

    assert_int_equal(ng_inputs_new(here->cx, &inputs), NG_OK);
    for (int i = 0; i < DOCUMENTS; i++)
        if (which >> i & 1u)
            size += (size_t)snprintf(records + size, sizeof records - size,
                                     "{\"id\":\"d%d\",\"text\":\"%s\"}\n", i, texts[i]);
    test_write_file(here->folder, "part.jsonl", (ng_view){ records, size });
    assert_int_equal(ng_inputs_add(here->cx, inputs, path_of(here, "part.jsonl", path)), NG_OK);
    assert_int_equal(ng_counts_add(here->cx, counts, inputs, &report, &verdict), NG_OK);
    assert_int_equal(verdict, NG_OK);
    ng_inputs_free(inputs);
}

/* Saves the counts of the documents whose bit is set. */
static inline void save_part(place *here, unsigned which, const char *name)
{
    ng_counts *counts = NULL;
    char path[PATH_BYTES];

    assert_int_equal(ng_counts_new(here->cx, &here->options, &counts), NG_OK);
    if (which)
        add_documents(here, counts, which);
    assert_int_equal(ng_counts_write(here->cx, counts, path_of(here, name, path)), NG_OK);
    ng_counts_free(counts);
}

/* Adds saved graphs up into another one. */
static inline ng_status merge(place *here, const char *const *names, size_t count, const char *to)
{
    ng_counts *counts = NULL;
    char path[PATH_BYTES];
    ng_status status =
        ng_counts_new_like(here->cx, &here->options, path_of(here, names[0], path), &counts);

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        uint64_t known = 0;

        status = ng_counts_add_saved(here->cx, counts, path_of(here, names[i], path), &known);
    }
    if (status == NG_OK)
        status = ng_counts_write(here->cx, counts, path_of(here, to, path));
    ng_counts_free(counts);
    return status;
}

/* The bytes of a file of the folder; free with ng_buffer_destroy. */
static inline ng_buffer read_back(place *here, const char *name)
{
    ng_buffer bytes;
    char path[PATH_BYTES];

    ng_buffer_init(&bytes, 1 << 24);
    assert_int_equal(ng_file_read(here->cx, path_of(here, name, path), 1 << 24, "the test", &bytes),
                     NG_OK);
    return bytes;
}

static inline void assert_same(place *here, const char *a, const char *b)
{
    ng_buffer left = read_back(here, a), right = read_back(here, b);

    assert_int_equal(left.size, right.size);
    assert_memory_equal(left.data, right.data, left.size);
    ng_buffer_destroy(here->cx, &left);
    ng_buffer_destroy(here->cx, &right);
}

#endif
