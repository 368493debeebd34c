/* One record: a JSON object with id, text, date, title, author. jansson lives here.
 *
 * The longest string of a record, as a rule its text, does not go through jansson: long_string.c
 * takes it out of the bytes and leaves a mark. */
#include "documents_internal.h"

#include <assert.h>
#include <jansson.h>

void ng_record_init(ng_record *record)
{
    ng_buffer_init(&record->repaired, SIZE_MAX / 4);
    ng_buffer_init(&record->rest, SIZE_MAX / 4);
    ng_buffer_init(&record->string, SIZE_MAX / 4);
    record->is_shortened = false;
}

void ng_record_destroy(ng_ctx *cx, ng_record *record)
{
    ng_buffer_destroy(cx, &record->repaired);
    ng_buffer_destroy(cx, &record->rest);
    ng_buffer_destroy(cx, &record->string);
}

/* A failure of the record being read. */
static ng_status fail_record(ng_ctx *cx, const ng_series *series, const char *reason)
{
    return ng_fail(cx, NG_E_DATA, "%s: %s", series->origin.data, reason);
}

/* Parses bytes into an object. One that fails without its longest string is parsed whole, so that
 * the message tells what stands in it. */
static ng_status parse(ng_ctx *cx, ng_record *record, const ng_series *series, ng_view line,
                       json_t **root_out)
{
    json_error_t error;
    json_t *root = NULL;
    ng_status status =
        ng_long_string_take(cx, line, &record->rest, &record->string, &record->is_shortened);

    if (status != NG_OK)
        return status;
    if (record->is_shortened)
        root = json_loadb(record->rest.data, record->rest.size, JSON_ALLOW_NUL, &error);
    record->is_shortened = root != NULL;
    if (!root)
        root = json_loadb(line.data, line.size, JSON_ALLOW_NUL, &error);
    if (!root && json_error_code(&error) == json_error_out_of_memory)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory for a record", series->origin.data);
    if (!root)
        return ng_fail(cx, NG_E_DATA, "%s: not a JSON record: %s", series->origin.data, error.text);
    if (!json_is_object(root)) {
        json_decref(root);
        return fail_record(cx, series, "not a JSON record: an object { } is needed");
    }
    *root_out = root;
    return NG_OK;
}

/* A string of the record, empty when it has none. A zero byte alone marks the place of the one that
 * was taken out. */
static ng_view get_string(const ng_record *record, const json_t *root, const char *key)
{
    const json_t *value = json_object_get(root, key);
    ng_view string = NG_VIEW_NONE;

    if (json_is_string(value))
        string = (ng_view){ json_string_value(value), json_string_length(value) };
    if (record->is_shortened && string.size == 1 && string.data[0] == '\0')
        return ng_buffer_view(&record->string);
    return string;
}

/* The id: the record's own if it is a string or a number, else empty. `number` has a number. */
static ng_status find_id(ng_ctx *cx, const ng_record *record, const ng_series *series,
                         const json_t *root, ng_buffer *number, ng_view *id_out)
{
    const char *key = series->options->id_column ? series->options->id_column : "id";
    const json_t *value = json_object_get(root, key);
    ng_status status = NG_OK;

    *id_out = get_string(record, root, key);
    if (id_out->size > 0)
        return NG_OK;
    if (json_is_integer(value))
        status = ng_buffer_format(cx, number, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        status = ng_buffer_add_number(cx, number, json_real_value(value), 17);
    else if (value && !json_is_null(value) && !json_is_string(value))
        status = fail_record(cx, series, "\"id\" is neither a string nor a number");
    *id_out = ng_buffer_view(number);
    return status;
}

/* The name of a member: the user's, or ours. */
static const char *key_of(const char *given, const char *standard)
{
    return given ? given : standard;
}

/* Fills the labels that the record tells. */
static ng_status find_labels(ng_ctx *cx, const ng_record *record, ng_series *series,
                             const json_t *root, char date[NG_DATE_BYTES], ng_labels *labels_out)
{
    const ng_options *options = series->options;
    ng_buffer number;
    ng_view id = NG_VIEW_NONE;
    size_t date_bytes = 0;
    ng_status status = NG_OK;

    ng_buffer_init(&number, 64);
    status = find_id(cx, record, series, root, &number, &id);
    if (status == NG_OK)
        status = ng_series_labels(cx, series, id, labels_out);
    ng_buffer_destroy(cx, &number);
    if (status != NG_OK)
        return status;
    labels_out->title = get_string(record, root, key_of(options->title_column, "title"));
    labels_out->author = get_string(record, root, key_of(options->author_column, "author"));
    if (options->date_from & NG_DATE_FROM_METADATA)
        date_bytes =
            ng_date_read(get_string(record, root, key_of(options->date_column, "date")), date);
    if (date_bytes > 0)
        labels_out->date = (ng_view){ date, date_bytes };
    return NG_OK;
}

/* Makes a document of a record. */
static ng_status make_document(ng_ctx *cx, const ng_record *record, ng_series *series,
                               const json_t *root, ng_source_document **document_out)
{
    const char *key = key_of(series->options->text_column, "text");
    const json_t *value = json_object_get(root, key);
    ng_view text = get_string(record, root, key);
    ng_labels labels = { .id = NG_VIEW_NONE };
    char date[NG_DATE_BYTES];
    ng_buffer storage;
    ng_status status = NG_OK;

    if (!value)
        return ng_fail(cx, NG_E_DATA, "%s: no \"%s\"", series->origin.data, key);
    if (!json_is_string(value))
        return ng_fail(cx, NG_E_DATA, "%s: \"%s\" is not a string", series->origin.data, key);
    status = find_labels(cx, record, series, root, date, &labels);
    if (status != NG_OK)
        return status;
    ng_buffer_init(&storage, SIZE_MAX / 4);
    status = ng_buffer_reserve(cx, &storage,
                               text.size + labels.id.size + labels.date.size + labels.title.size +
                                   labels.author.size + labels.origin.size);
    if (status == NG_OK)
        status = ng_buffer_add(cx, &storage, text);
    if (status == NG_OK)
        status = ng_source_make(cx, &storage, &labels, series->options, document_out);
    ng_buffer_destroy(cx, &storage);
    return status;
}

/* Bad bytes are replaced first: they would lie in a string, and JSON itself is ASCII. */
ng_status ng_record_read(ng_ctx *cx, ng_record *record, ng_series *series, ng_view bytes,
                         ng_source_document **document_out)
{
    bool is_valid = ng_utf8_is_valid(bytes);
    json_t *root = NULL;
    ng_status status = NG_OK;

    record->repaired.size = 0;
    if (!is_valid) {
        status = ng_utf8_repair(cx, bytes, &record->repaired);
        bytes = ng_buffer_view(&record->repaired);
    }
    if (status == NG_OK)
        status = parse(cx, record, series, bytes, &root);
    if (status != NG_OK)
        return status;
    status = make_document(cx, record, series, root, document_out);
    if (status == NG_OK)
        (*document_out)->was_repaired = !is_valid;
    json_decref(root);
    return status;
}
