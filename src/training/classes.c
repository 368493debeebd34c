/* Word classes: a table of words becomes the hash that the model carries. */
#include "trainer_internal.h"

enum { COLUMN_COUNT = 4, CLASSES_MAX = 0xFFF0, FILE_BYTES_MAX = 1 << 28 };

/* One line of the table. */
typedef struct class_line {
    ng_view word;
    uint32_t many, some, few;
} class_line;

/* Splits a line; false when it is none of the table. */
static bool read_line(ng_view line, class_line *out)
{
    ng_view columns[COLUMN_COUNT];
    uint64_t numbers[COLUMN_COUNT] = { 0 };
    size_t count = 0, start = 0;

    for (size_t i = 0; i <= line.size && count < COLUMN_COUNT; i++) {
        if (i < line.size && line.data[i] != '\t')
            continue;
        columns[count++] = ng_view_part(line, start, i);
        start = i + 1;
    }
    if (count != COLUMN_COUNT || columns[0].size == 0 || !ng_utf8_is_valid(columns[0]))
        return false;
    for (size_t i = 1; i < COLUMN_COUNT; i++)
        if (!ng_view_unsigned(columns[i], &numbers[i]) || numbers[i] > CLASSES_MAX)
            return false;
    *out = (class_line){ columns[0], (uint32_t)numbers[1], (uint32_t)numbers[2],
                         (uint32_t)numbers[3] };
    return true;
}

/* What is filled. */
typedef struct class_table {
    uint32_t *checks;
    uint16_t *ids, *some_of_many, *few_of_some;
    uint32_t slot_count, many_count, some_count;
} class_table;

/* Makes an empty table for this many lines. */
static ng_status make_table(ng_ctx *cx, ng_arena *arena, size_t line_count, class_table *table)
{
    table->slot_count = 64;
    while (table->slot_count < line_count + line_count / 3)
        table->slot_count *= 2;
    table->checks = ng_arena_array(cx, arena, table->slot_count, sizeof *table->checks);
    table->ids = ng_arena_array(cx, arena, table->slot_count, sizeof *table->ids);
    table->some_of_many = ng_arena_array(cx, arena, CLASSES_MAX + 1, sizeof *table->some_of_many);
    table->few_of_some = ng_arena_array(cx, arena, CLASSES_MAX + 1, sizeof *table->few_of_some);
    if (!table->checks || !table->ids || !table->some_of_many || !table->few_of_some)
        return ng_arena_status(arena);
    return NG_OK;
}

/* Enters one word; the first line of a folded word holds. */
static void add_line(const class_line *line, ng_view folded, class_table *table)
{
    uint64_t hash = ng_word_class_hash(folded);
    uint32_t at = (uint32_t)hash & (table->slot_count - 1);

    for (; table->ids[at]; at = (at + 1) & (table->slot_count - 1))
        if (table->checks[at] == (uint32_t)(hash >> 32))
            return;
    table->checks[at] = (uint32_t)(hash >> 32);
    table->ids[at] = (uint16_t)(line->many + 1);
    table->some_of_many[line->many] = (uint16_t)line->some;
    table->few_of_some[line->some] = (uint16_t)line->few;
    table->many_count = line->many >= table->many_count ? line->many + 1 : table->many_count;
    table->some_count = line->some >= table->some_count ? line->some + 1 : table->some_count;
}

/* Enters all lines. */
static ng_status add_lines(ng_ctx *cx, const char *path, ng_view file, class_table *table)
{
    ng_buffer folded;
    size_t number = 0;
    ng_status status = NG_OK;

    ng_buffer_init(&folded, FILE_BYTES_MAX);
    for (size_t at = 0; status == NG_OK && at < file.size; number++) {
        const char *end = memchr(file.data + at, '\n', file.size - at);
        size_t size = end ? (size_t)(end - file.data) - at : file.size - at;
        bool has_return = size > 0 && file.data[at + size - 1] == '\r';
        class_line line;

        if (!read_line((ng_view){ file.data + at, size - has_return }, &line)) {
            status = ng_fail(cx, NG_E_DATA,
                             "%s:%zu: not WORD TAB NUMBER TAB NUMBER TAB NUMBER in UTF-8, numbers "
                             "from 0 to %d",
                             path, number + 1, CLASSES_MAX);
            break;
        }
        folded.size = 0;
        status = ng_names_fold(cx, line.word, &folded);
        if (status == NG_OK && folded.size > 0)
            add_line(&line, ng_buffer_view(&folded), table);
        at += size + 1;
    }
    ng_buffer_destroy(cx, &folded);
    return status;
}

ng_status ng_classes_read(ng_ctx *cx, ng_arena *arena, const char *path, ng_corpus *corpus)
{
    class_table table = { .slot_count = 0 };
    ng_buffer file;
    size_t line_count = 1;
    ng_status status = NG_OK;

    ng_buffer_init(&file, (size_t)FILE_BYTES_MAX + 1);
    status = ng_file_read(cx, path, FILE_BYTES_MAX, "the limit of word classes", &file);
    for (size_t i = 0; status == NG_OK && i < file.size; i++)
        line_count += file.data[i] == '\n';
    if (status == NG_OK)
        status = make_table(cx, arena, line_count, &table);
    if (status == NG_OK)
        status = add_lines(cx, path, ng_buffer_view(&file), &table);
    if (status == NG_OK) {
        corpus->classes = (ng_word_classes){ .checks = table.checks,
                                             .ids = table.ids,
                                             .slot_count = table.slot_count,
                                             .some_of_many = table.some_of_many,
                                             .few_of_some = table.few_of_some };
        corpus->many_count = table.many_count;
        corpus->some_count = table.some_count;
    }
    ng_buffer_destroy(cx, &file);
    return status;
}
