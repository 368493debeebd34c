/* Pictures and DOT: the graph goes to nergraph-draw as JSON, the picture comes back.
 *
 * Graphviz works in a process of its own: it ends the process on a failed allocation, can run for
 * minutes, and must not be linked with igraph. Here the program is found, the request made, and
 * whatever became of it said in words with a remedy. */
#include "writers_internal.h"

/* ---- the request ---- */

/* A text of the caller, which need not be UTF-8, as a member. */
static void put_member(ng_pen *pen, const char *key, ng_view text)
{
    ng_buffer repaired;

    ng_buffer_init(&repaired, SIZE_MAX / 2);
    if (pen->status == NG_OK)
        pen->status = ng_utf8_repair(pen->cx, text, &repaired);
    ng_pen_put(pen, ",\"");
    ng_pen_put(pen, key);
    ng_pen_put(pen, "\":");
    ng_pen_json(pen, ng_buffer_view(&repaired));
    ng_buffer_destroy(pen->cx, &repaired);
}

/* What a weight counts, from the notes: "sentences with both actors". */
ng_view ng_picture_unit(const ng_graph *graph)
{
    return ng_graph_find_note(graph, NG_VIEW("unit"));
}

void ng_picture_put_drawing(ng_pen *pen, const ng_write_options *options, ng_format format,
                            const ng_drawing *how)
{
    ng_pen_put(pen, ",\n\"drawing\":{\"format\":\"");
    ng_pen_put(pen, ng_format_name(format));
    ng_pen_byte(pen, '"');
    put_member(pen, "size_by", ng_view_of(ng_measure_name(options->size_by)));
    if (options->title || how->title.size > 0)
        put_member(pen, "title", options->title ? ng_view_of(options->title) : how->title);
    if (options->theme)
        put_member(pen, "theme", ng_view_of(options->theme));
    if (options->color_by_community)
        put_member(pen, "color_by", NG_VIEW("community"));
    if (options->named_nodes < UINT32_MAX) {
        ng_pen_put(pen, ",\"labels\":");
        ng_pen_unsigned(pen, options->named_nodes);
    }
    if (options->engine)
        put_member(pen, "engine", ng_view_of(options->engine));
    if (how->unit.size > 0)
        put_member(pen, "unit", how->unit);
    if (how->note.size > 0)
        put_member(pen, "note", how->note);
    ng_pen_put(pen, ",\"limits\":{\"nodes\":");
    ng_pen_unsigned(pen, options->draw_node_limit);
    ng_pen_put(pen, ",\"seconds\":");
    ng_pen_unsigned(pen, options->draw_seconds);
    ng_pen_put(pen, ",\"bytes\":");
    ng_pen_unsigned(pen, options->draw_bytes);
    ng_pen_put(pen, "}}}\n");
}

/* The graph and how it is to be drawn. */
static ng_status make_request(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                              const ng_write_options *options, ng_format format, ng_buffer *out)
{
    const ng_drawing how = { .unit = ng_picture_unit(graph) };
    ng_pen pen;

    ng_pen_init(&pen, cx, out, NULL);
    ng_json_put_graph(&pen, graph, scores, NG_JSON_DRAWN);
    ng_picture_put_drawing(&pen, options, format, &how);
    return ng_pen_finish(&pen);
}

/* ---- the answer ---- */

/* The status that an exit code of the program stands for. Its data is ours: bad data is a bug. */
static ng_status status_of(int code)
{
    if (code == NG_E_DATA)
        return NG_E_BUG;
    return code >= NG_E_USAGE && code <= NG_E_BUG ? (ng_status)code : NG_E_IO;
}

/* Whatever became of the program, in words. */
static ng_status judge(ng_ctx *cx, const char *program, const ng_write_options *options,
                       const ng_process_result *result)
{
    unsigned long long mebibytes = options->draw_bytes >> 20;

    switch (result->end) {
    case NG_PROCESS_MISSING:
        return ng_fail(cx, NG_E_IO,
                       "%s not found or not to be run; install it beside nergraph, or say in the "
                       "environment where it "
                       "is: NERGRAPH_DRAW=/path/to/nergraph-draw",
                       program);
    case NG_PROCESS_LATE:
        return ng_fail(cx, NG_E_LIMIT,
                       "drawing took longer than %u s; raise --draw-seconds, or draw fewer actors "
                       "with --max-drawn-nodes",
                       (unsigned)options->draw_seconds);
    case NG_PROCESS_KILLED:
        return ng_fail(cx, NG_E_IO,
                       "the drawing program was ended by signal %d%s%s; if memory was short, raise "
                       "--draw-bytes (now %llu MiB) or draw fewer actors with --max-drawn-nodes",
                       result->code, *result->message ? ": " : "",
                       ng_program_message(NG_PROGRAM_DRAW, result), mebibytes);
    case NG_PROCESS_DONE:
        break;
    }
    if (result->code == NG_E_MEMORY)
        return ng_fail(cx, NG_E_MEMORY, "drawing: %s; raise --draw-bytes (now %llu MiB)",
                       ng_program_message(NG_PROGRAM_DRAW, result), mebibytes);
    if (result->code != 0)
        return ng_fail(cx, status_of(result->code), "drawing: %s",
                       *result->message ? ng_program_message(NG_PROGRAM_DRAW, result)
                                        : "failed without a message");
    return NG_OK;
}

ng_status ng_picture_ask(ng_ctx *cx, ng_view request, const ng_write_options *options,
                         ng_format format, ng_buffer *out)
{
    char path[NG_PROGRAM_BYTES];
    const char *program = ng_program_find(cx, NG_PROGRAM_DRAW, options->draw_program, path);
    const char *arguments[] = { program, "-T", ng_format_name(format), NULL };
    const ng_process process = { program, arguments, request, options->draw_seconds };
    ng_process_result result;
    size_t before = out->size;
    ng_status status = ng_process_run(cx, &process, out, &result);

    if (status == NG_OK)
        status = judge(cx, program, options, &result);
    if (status == NG_OK && out->size == before)
        status = ng_fail(cx, NG_E_IO, "drawing: %s gave no picture", program);
    return status;
}

ng_status ng_picture_write(ng_ctx *cx, ng_view request, const ng_write_options *options,
                           ng_format format, const char *path)
{
    ng_buffer bytes;
    ng_status status = NG_OK;

    ng_buffer_init(&bytes, SIZE_MAX / 2);
    status = ng_picture_ask(cx, request, options, format, &bytes);
    if (status == NG_OK)
        status = ng_file_replace(cx, path, ng_buffer_view(&bytes));
    ng_buffer_destroy(cx, &bytes);
    return status;
}

ng_status ng_picture_make(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                          const ng_write_options *options, ng_format format, ng_buffer *out)
{
    ng_buffer request;
    ng_status status = NG_OK;

    ng_buffer_init(&request, SIZE_MAX / 2);
    status = make_request(cx, graph, scores, options, format, &request);
    if (status == NG_OK)
        status = ng_picture_ask(cx, ng_buffer_view(&request), options, format, out);
    ng_buffer_destroy(cx, &request);
    return status;
}
