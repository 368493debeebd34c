/* ng_slices: the same archive cut by time or by number, each part counted by itself.
 *
 * The documents are read once. Each goes to the counts of its part and to those of the whole, whose
 * names the parts are compared by: an actor of a part is the whole's of the same id, or of the same
 * name in another spelling. The whole is that of the parts: a document without a date that tells
 * its part is read and counted nowhere. */
#include "run_internal.h"

typedef struct slice {
    char name[24]; /* "2024-02" or "101-200": sorts as it reads */
    ng_builder *builder;
} slice;

struct ng_slices {
    ng_ctx *cx;
    ng_options options;
    ng_engine engine;
    bool is_open;
    ng_period period;
    uint32_t step; /* documents of a part */
    ng_builder *whole;
    slice *items;
    size_t count, capacity;
    uint64_t read_count, undated_count;
};

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Hinnant 2013). */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

/* The ISO 8601 week of a day: weeks begin on Monday and belong to the year of their Thursday. */
static void week_of(int year, int month, int day, char name[24])
{
    int64_t today = days_of(year, month, day);
    int64_t thursday = today - ((today + 3) % 7 + 7) % 7 + 3;
    int of_year = year;

    if (thursday < days_of(year, 1, 1))
        of_year--;
    else if (thursday >= days_of(year + 1, 1, 1))
        of_year++;
    (void)snprintf(name, 24, "%04d-W%02d", of_year,
                   (int)((thursday - days_of(of_year, 1, 1)) / 7) + 1);
}

/* The name of the part that a date is in; false when the date does not tell. The reader leaves
 * "2024", "2024-02" or "2024-02-21" (ng_date_read). */
static bool name_of_date(ng_view date, ng_period period, char name[24])
{
    static const size_t sizes[] = {
        [NG_PERIOD_YEAR] = 4, [NG_PERIOD_MONTH] = 7, [NG_PERIOD_WEEK] = 10, [NG_PERIOD_DAY] = 10
    };
    uint64_t year = 0, month = 0, day = 0;

    if (date.size < sizes[period])
        return false;
    memcpy(name, date.data, sizes[period]);
    name[sizes[period]] = '\0';
    if (period == NG_PERIOD_WEEK && ng_view_unsigned(ng_view_part(date, 0, 4), &year) &&
        ng_view_unsigned(ng_view_part(date, 5, 7), &month) &&
        ng_view_unsigned(ng_view_part(date, 8, 10), &day))
        week_of((int)year, (int)month, (int)day, name);
    return true;
}

/* The part of this name, new or known. */
static ng_status find_slice(ng_ctx *cx, ng_slices *slices, const char *name, ng_builder **out)
{
    size_t at = 0;
    ng_status status = NG_OK;

    while (at < slices->count && strcmp(slices->items[at].name, name) < 0)
        at++;
    if (at < slices->count && strcmp(slices->items[at].name, name) == 0) {
        *out = slices->items[at].builder;
        return NG_OK;
    }
    status = ng_grow(cx, (void **)&slices->items, &slices->capacity, sizeof *slices->items,
                     slices->count + 1, 100000, "parts of the archive");
    if (status != NG_OK)
        return status;
    memmove(&slices->items[at + 1], &slices->items[at],
            (slices->count - at) * sizeof *slices->items);
    slices->items[at] = (slice){ .builder = NULL };
    slices->count++;
    (void)snprintf(slices->items[at].name, sizeof slices->items[at].name, "%s", name);
    status = ng_engine_builder(cx, &slices->engine, &slices->options, &slices->items[at].builder);
    *out = slices->items[at].builder;
    return status;
}

static ng_status add_to(ng_ctx *cx, ng_builder *builder, const ng_job *job, ng_report *report)
{
    return ng_builder_add(cx, builder, job->document, &job->text, &job->spans, &job->cast,
                          job->tallies, job->offset_bytes, job->offset_cp, report);
}

/* The name of the part that a document belongs to; false when its date does not tell. */
static bool name_part(const ng_slices *slices, const ng_job *job, char name[24])
{
    uint64_t first = slices->step ? slices->read_count / slices->step * slices->step : 0;

    if (!slices->step)
        return name_of_date(job->document->date, slices->period, name);
    (void)snprintf(name, 24, "%08llu-%08llu", (unsigned long long)first + 1,
                   (unsigned long long)first + slices->step);
    return true;
}

/* Counts one document in its part and in the whole. One of no part is not in the whole, either:
 * whom it alone names would be chosen for what no part shows. */
static ng_status add_document(void *user, ng_ctx *cx, const ng_job *job, ng_report *report)
{
    ng_slices *slices = user;
    ng_report of_part = { 0 };
    ng_builder *part = NULL;
    char name[24];
    uint64_t before = report->duplicate_count;
    ng_status status = NG_OK;

    if (!name_part(slices, job, name)) {
        slices->undated_count++;
        return NG_OK;
    }
    status = add_to(cx, slices->whole, job, report);
    if (status != NG_OK || report->duplicate_count > before)
        return status;
    slices->read_count++;
    status = find_slice(cx, slices, name, &part);
    return status == NG_OK ? add_to(cx, part, job, &of_part) : status;
}

ng_status ng_slices_build(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                          ng_period period, uint32_t step, ng_report *report_out,
                          ng_status *verdict_out, ng_slices **slices_out)
{
    ng_slices *slices = ng_alloc(cx, sizeof *slices);
    ng_run run = { .with_tally = true, .sink = add_document, .user = slices };
    ng_status status = NG_OK;

    if (!slices)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the parts of an archive");
    *slices = (ng_slices){ .cx = cx, .options = *options, .period = period, .step = step };
    *slices_out = slices;
    status = ng_engine_open(cx, &slices->options, &slices->engine);
    slices->is_open = status == NG_OK;
    if (status == NG_OK)
        status = ng_engine_builder(cx, &slices->engine, &slices->options, &slices->whole);
    run.options = &slices->options;
    run.names = slices->engine.names;
    run.finder = slices->engine.finder;
    run.given = slices->engine.given;
    return status == NG_OK ? ng_run_documents(cx, &run, inputs, report_out, verdict_out) : status;
}

void ng_slices_free(ng_slices *slices)
{
    if (!slices)
        return;
    for (size_t i = 0; i < slices->count; i++)
        ng_builder_free(slices->cx, slices->items[i].builder);
    ng_builder_free(slices->cx, slices->whole);
    if (slices->is_open)
        ng_engine_close(slices->cx, &slices->engine);
    ng_free(slices->cx, slices->items);
    ng_free(slices->cx, slices);
}

size_t ng_slices_count(const ng_slices *slices)
{
    return slices->count;
}

uint64_t ng_slices_undated(const ng_slices *slices)
{
    return slices->undated_count;
}

const char *ng_slices_name(const ng_slices *slices, size_t index)
{
    return slices->items[index].name;
}

ng_status ng_slices_write(ng_ctx *cx, ng_slices *slices, size_t index, const char *path)
{
    return ng_builder_save(cx, slices->items[index].builder, path);
}

ng_status ng_slices_finish(ng_ctx *cx, ng_slices *slices, size_t index, ng_graph **graph_out)
{
    return ng_builder_finish(cx, index == SIZE_MAX ? slices->whole : slices->items[index].builder,
                             graph_out);
}
