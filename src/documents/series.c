/* What all files that hold many documents need: where they are read from, what their documents are
 * called when they have no name, and which date they have when they tell of none. */
#include "documents_internal.h"

ng_status ng_series_open(ng_ctx *cx, ng_series *series, ng_stream *stream, const ng_found *found,
                         const ng_options *options)
{
    ng_buffer *buffers[] = { &series->label, &series->name, &series->origin, &series->id,
                             &series->line };
    ng_status status = NG_OK;

    *series = (ng_series){ .stream = stream, .options = options };
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        ng_buffer_init(buffers[i], SIZE_MAX / 4);
    status = ng_buffer_add(cx, &series->label, ng_view_of(found->label));
    if (status == NG_OK)
        status = ng_buffer_add(cx, &series->name, found->name);
    if (status != NG_OK) {
        ng_series_close(cx, series);
        return status;
    }
    series->date_bytes = ng_date_of_stream(options, stream, found, series->date);
    stream->label = series->label.data;
    return NG_OK;
}

void ng_series_close(ng_ctx *cx, ng_series *series)
{
    ng_buffer_destroy(cx, &series->label);
    ng_buffer_destroy(cx, &series->name);
    ng_buffer_destroy(cx, &series->origin);
    ng_buffer_destroy(cx, &series->id);
    ng_buffer_destroy(cx, &series->line);
}

/* Writes "x.mbox:12" into `into`. */
static ng_status write_place(ng_ctx *cx, const ng_series *series, const ng_buffer *beginning,
                             ng_buffer *into)
{
    ng_status status = NG_OK;

    into->size = 0;
    status = ng_buffer_add(cx, into, ng_buffer_view(beginning));
    if (status == NG_OK)
        status = ng_buffer_add_byte(cx, into, ':');
    return status == NG_OK ? ng_buffer_add_unsigned(cx, into, series->count) : status;
}

ng_status ng_series_step(ng_ctx *cx, ng_series *series)
{
    series->count++;
    return write_place(cx, series, &series->label, &series->origin);
}

ng_status ng_series_labels(ng_ctx *cx, ng_series *series, ng_view id, ng_labels *labels_out)
{
    ng_status status = NG_OK;

    series->id.size = 0;
    if (id.size > 0)
        status = ng_buffer_add(cx, &series->id, id);
    else
        status = write_place(cx, series, &series->name, &series->id);
    *labels_out = (ng_labels){ .id = ng_buffer_view(&series->id),
                               .date = { series->date, series->date_bytes },
                               .origin = ng_buffer_view(&series->origin) };
    return status;
}
