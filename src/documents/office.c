/* What the readers of office documents have in common: where text boxes and notes go, and the
 * metadata.
 *
 * A text box hangs on a paragraph and may stand anywhere in it; its text follows the paragraph, so
 * that no sentence is cut in two. Notes stand at the end, for the same reason. */
#include "office.h"

#include <assert.h>

void ng_office_init(ng_office *office, ng_package *package, ng_extracted *out)
{
    *office = (ng_office){ .package = package, .out = out };
    ng_buffer_init(&office->note_text, SIZE_MAX / 4);
    ng_buffer_init(&office->box_text, SIZE_MAX / 4);
    ng_buffer_init(&office->value, SIZE_MAX / 4);
    office->body.text = &out->text;
    office->notes.text = &office->note_text;
    office->boxes.text = &office->box_text;
}

void ng_office_destroy(ng_office *office)
{
    ng_buffer_destroy(office->package->cx, &office->note_text);
    ng_buffer_destroy(office->package->cx, &office->box_text);
    ng_buffer_destroy(office->package->cx, &office->value);
}

ng_prose *ng_office_prose(ng_office *office)
{
    if (office->note_depth > 0)
        return &office->notes;
    return office->box_depth > 0 ? &office->boxes : &office->body;
}

/* Moves a text of paragraphs to the end of another one. */
static ng_status append(ng_office *office, ng_prose *from, ng_prose *to)
{
    ng_status status = NG_OK;

    if (from->text->size == 0)
        return NG_OK;
    ng_prose_part(to, NG_GAP_PARAGRAPH);
    status = ng_prose_add_lines(office->package->cx, to, ng_buffer_view(from->text));
    ng_prose_part(to, NG_GAP_PARAGRAPH);
    from->text->size = 0;
    from->gap = NG_GAP_NONE;
    return status;
}

ng_status ng_office_end_paragraph(ng_office *office)
{
    ng_prose_part(ng_office_prose(office), NG_GAP_PARAGRAPH);
    if (office->note_depth > 0 || office->box_depth > 0)
        return NG_OK;
    return append(office, &office->boxes, &office->body);
}

ng_status ng_office_end(ng_office *office)
{
    ng_status status = append(office, &office->boxes, &office->body);

    return status == NG_OK ? append(office, &office->notes, &office->body) : status;
}

/* ---- metadata ---- */

/* The field that an element of this name gives, or NULL: it is not wanted or was given. */
static ng_office_field *field_of(ng_office_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (ng_view_equal_folded(ng_view_of(name), ng_view_of(fields[i].name)))
            return fields[i].value.size == 0 ? &fields[i] : NULL;
    return NULL;
}

ng_status ng_office_fields(ng_package *package, const ng_part *part, bool is_page,
                           ng_office_field *fields, size_t count)
{
    ng_prose prose = { NULL, NG_GAP_NONE };
    ng_xml_place place = { .kind = NG_XML_START };
    ng_xml *xml = NULL;
    uint32_t depth = 0; /* of the field that is open */
    ng_status status =
        ng_xml_open(package, ng_buffer_view(&part->bytes), part->name, is_page, &xml);

    if (status == NG_OK)
        status = ng_xml_next(xml, &place);
    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        if (place.kind == NG_XML_START && !prose.text) {
            ng_office_field *field = field_of(fields, count, place.name);

            prose = (ng_prose){ field ? &field->value : NULL, NG_GAP_NONE };
            depth = place.depth;
        } else if (place.kind == NG_XML_END && place.depth == depth) {
            prose.text = NULL;
        } else if (place.kind == NG_XML_TEXT && prose.text) {
            status = ng_prose_add(package->cx, &prose, place.text);
        }
        if (status == NG_OK)
            status = ng_xml_next(xml, &place);
    }
    ng_xml_close(package->cx, xml);
    return status;
}

void ng_office_fields_destroy(ng_ctx *cx, ng_office_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ng_buffer_destroy(cx, &fields[i].value);
}

ng_status ng_office_take(ng_ctx *cx, const ng_office_field *fields, size_t count, ng_buffer *out)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].value.size > 0) {
            assert(ng_utf8_is_valid(ng_buffer_view(&fields[i].value)));
            return ng_buffer_add(cx, out, ng_buffer_view(&fields[i].value));
        }
    return NG_OK;
}

ng_status ng_office_take_date(ng_ctx *cx, const ng_office_field *fields, size_t count,
                              ng_buffer *out)
{
    char date[NG_DATE_BYTES];

    for (size_t i = 0; i < count; i++) {
        size_t size = ng_date_read(ng_buffer_view(&fields[i].value), date);

        if (size > 0)
            return ng_buffer_add(cx, out, (ng_view){ date, size });
    }
    return NG_OK;
}
