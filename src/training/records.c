/* Annotated documents as JSON lines: gold records and the records of `nergraph extract`.
 *
 *   {"id": "a", "text": "Ann left.", "entities": [[0, 3, "PER"]]}
 *   {"id": "a", "mentions": [{"start": 0, "end": 3, "kind": "person", "form": "name"}]}
 *
 * Keys that are not known are passed over, and so is what follows the type in an entity. Mentions
 * with "in_title" have offsets into the title, not the text: they are passed over as well. jansson
 * parses (it bounds the depth of nesting); what is kept of a line is copied. */
#include "training_internal.h"

#include <jansson.h>

/* Parses a line into an object. */
static ng_status parse_line(ng_ctx *cx, const ng_annotated *file, ng_view line, json_t **root_out)
{
    json_error_t error;
    json_t *root = json_loadb(line.data, line.size, JSON_ALLOW_NUL, &error);

    if (!root && json_error_code(&error) == json_error_out_of_memory)
        return ng_fail(cx, NG_E_MEMORY, "%s:%llu: no memory for a record", file->label,
                       (unsigned long long)file->line);
    if (!root)
        return ng_fail(cx, NG_E_DATA, "%s:%llu: not a JSON record: %s", file->label,
                       (unsigned long long)file->line, error.text);
    if (!json_is_object(root)) {
        json_decref(root);
        return ng_annotated_refuse(cx, file, "not a JSON record: an object { } is needed");
    }
    *root_out = root;
    return NG_OK;
}

static ng_view view_of_string(const json_t *value)
{
    return (ng_view){ json_string_value(value), json_string_length(value) };
}

/* Copies the id: a string, or a number as `nergraph extract` writes it. */
static ng_status read_id(ng_ctx *cx, ng_annotated *file, const json_t *root)
{
    const json_t *value = json_object_get(root, "id");
    ng_status status = NG_OK;

    if (!value || json_is_null(value))
        return NG_OK;
    file->id.size = 0;
    if (json_is_string(value))
        status = ng_buffer_add(cx, &file->id, view_of_string(value));
    else if (json_is_integer(value))
        status = ng_buffer_format(cx, &file->id, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        status = ng_buffer_add_number(cx, &file->id, json_real_value(value), 17);
    else
        status = ng_annotated_refuse(cx, file, "\"id\" is neither a string nor a number");
    file->document.has_id = true;
    file->document.id = ng_buffer_view(&file->id);
    return status;
}

static ng_status read_text(ng_ctx *cx, ng_annotated *file, const json_t *root)
{
    const json_t *value = json_object_get(root, "text");

    if (!value || json_is_null(value))
        return NG_OK;
    if (!json_is_string(value))
        return ng_annotated_refuse(cx, file, "\"text\" is not a string");
    file->document.has_text = true;
    return ng_buffer_add(cx, &file->text, view_of_string(value));
}

/* ---- spans ---- */

/* Says which item of a list cannot be used. */
static ng_status refuse_item(ng_ctx *cx, const ng_annotated *file, const char *list, size_t index,
                             const char *reason)
{
    return ng_fail(cx, NG_E_DATA, "%s:%llu: %s[%zu]: %s", file->label,
                   (unsigned long long)file->line, list, index, reason);
}

/* An offset; false when the value is none. */
static bool read_offset(const json_t *value, uint32_t *offset_out)
{
    json_int_t number = json_integer_value(value);

    if (!json_is_integer(value) || number < 0 || number > (json_int_t)UINT32_MAX - 1)
        return false;
    *offset_out = (uint32_t)number;
    return true;
}

/* Adds a span of two offsets and a type; *reason_out says what is wrong with them, if anything. */
static ng_status add_span(ng_ctx *cx, ng_annotated *file, const json_t *start, const json_t *end,
                          const json_t *type, bool is_demonym, const char **reason_out)
{
    ng_annotation span = { .is_demonym = is_demonym };

    if (!read_offset(start, &span.start) || !read_offset(end, &span.end))
        *reason_out = "start and end are not two whole numbers";
    else if (span.end < span.start)
        *reason_out = "it ends before it starts";
    else if (!json_is_string(type))
        *reason_out = "no text says what it is";
    if (*reason_out)
        return NG_OK;
    span.type = ng_arena_copy(cx, &file->strings, view_of_string(type));
    return span.type.data ? ng_annotated_add(cx, file, &span) : ng_arena_status(&file->strings);
}

/* [start, end, type, ...] */
static ng_status read_entity(ng_ctx *cx, ng_annotated *file, const json_t *item,
                             const char **reason_out)
{
    if (!json_is_array(item))
        *reason_out = "not a list [start, end, type]";
    return *reason_out ? NG_OK
                       : add_span(cx, file, json_array_get(item, 0), json_array_get(item, 1),
                                  json_array_get(item, 2), false, reason_out);
}

/* {"start", "end", "kind", "form"} */
static ng_status read_mention(ng_ctx *cx, ng_annotated *file, const json_t *item,
                              const char **reason_out)
{
    const json_t *form = json_object_get(item, "form");
    bool is_demonym =
        json_is_string(form) && ng_view_equal(view_of_string(form), NG_VIEW("demonym"));

    if (!json_is_object(item))
        *reason_out = "not an object {\"start\", \"end\", \"kind\"}";
    if (*reason_out || json_is_true(json_object_get(item, "in_title")))
        return NG_OK;
    return add_span(cx, file, json_object_get(item, "start"), json_object_get(item, "end"),
                    json_object_get(item, "kind"), is_demonym, reason_out);
}

/* Reads the list of spans, of the sort that is wanted when there are both. */
static ng_status read_spans(ng_ctx *cx, ng_annotated *file, const json_t *root)
{
    static const char *const names[] = { "entities", "mentions" };
    size_t wanted = file->choice == NG_MENTIONS_FIRST ? 1 : 0;
    const json_t *list = json_object_get(root, names[wanted]);
    ng_status status = NG_OK;

    if (!list) {
        wanted = 1 - wanted;
        list = json_object_get(root, names[wanted]);
    }
    if (!list)
        return ng_annotated_refuse(cx, file, "neither \"entities\" nor \"mentions\"");
    if (!json_is_array(list))
        return ng_fail(cx, NG_E_DATA, "%s:%llu: \"%s\" is not a list", file->label,
                       (unsigned long long)file->line, names[wanted]);
    file->document.form = wanted == 0 ? NG_ANNOTATION_ENTITIES : NG_ANNOTATION_MENTIONS;
    for (size_t i = 0; i < json_array_size(list) && status == NG_OK; i++) {
        const json_t *item = json_array_get(list, i);
        const char *reason = NULL;

        status = wanted == 0 ? read_entity(cx, file, item, &reason)
                             : read_mention(cx, file, item, &reason);
        if (status == NG_OK && reason)
            status = refuse_item(cx, file, names[wanted], i, reason);
    }
    return status;
}

ng_status ng_annotated_record_read(ng_ctx *cx, ng_annotated *file, ng_view line)
{
    json_t *root = NULL;
    ng_status status = parse_line(cx, file, line, &root);

    if (status != NG_OK)
        return status;
    file->document.line = file->line;
    status = read_id(cx, file, root);
    if (status == NG_OK)
        status = read_text(cx, file, root);
    if (status == NG_OK)
        status = read_spans(cx, file, root);
    json_decref(root);
    return status;
}
