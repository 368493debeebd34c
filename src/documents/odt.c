/* Texts of LibreOffice and its relatives (.odt): OpenDocument.
 *
 * All of the text is in content.xml, the notes where they are referred to and the shapes where they
 * hang. Only what stands in paragraphs and headings is text; what was deleted is kept apart in the
 * file and left there, like comments, the marks of notes and the numbers of headings. */
#include "office.h"

typedef struct odt {
    ng_office office;
    ng_xml *xml;
    bool has_body;
} odt;

/* ---- is it encrypted? ---- */

/* Looks at one element of the list of parts. */
static ng_status look_for_encryption(odt *work, const ng_xml_place *place, bool *is_content)
{
    static const char *const contents[] = { "content.xml", "encrypted-package" };
    ng_package *package = work->office.package;
    ng_buffer *value = &work->office.value;
    bool has = false;
    ng_status status = NG_OK;

    if (strcmp(place->name, "file-entry") == 0) {
        status = ng_xml_attribute(work->xml, "full-path", value, &has);
        *is_content = has && NG_IS_AMONG(ng_buffer_view(value), contents);
    } else if (strcmp(place->name, "encryption-data") == 0 && *is_content) {
        status = ng_fail(package->cx, NG_E_DATA, "%s: encrypted; save it without a password",
                         package->label);
    }
    return status;
}

/* Fails when the list of parts says that the text is encrypted. */
static ng_status check_encryption(odt *work, const ng_part *manifest)
{
    ng_package *package = work->office.package;
    ng_xml_place place = { .kind = NG_XML_START };
    bool is_content = false;
    ng_status status = NG_OK;

    if (manifest->bytes.size == 0)
        return NG_OK;
    status =
        ng_xml_open(package, ng_buffer_view(&manifest->bytes), manifest->name, false, &work->xml);
    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(work->xml, &place);
        if (status == NG_OK && place.kind == NG_XML_START)
            status = look_for_encryption(work, &place, &is_content);
    }
    ng_xml_close(package->cx, work->xml);
    work->xml = NULL;
    return status;
}

/* ---- text ---- */

typedef enum space { OTHER_SPACE, TEXT_SPACE, DRAW_SPACE, OFFICE_SPACE } space;

static space space_of(const ng_xml_place *place)
{
    static const struct {
        const char *name;
        space space;
    } spaces[] = {
        { "urn:oasis:names:tc:opendocument:xmlns:text:1.0", TEXT_SPACE },
        { "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", DRAW_SPACE },
        { "urn:oasis:names:tc:opendocument:xmlns:office:1.0", OFFICE_SPACE },
    };

    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(place->space, spaces[i].name) == 0)
            return spaces[i].space;
    return OTHER_SPACE;
}

/* A paragraph or a heading? */
static bool is_paragraph(const char *name)
{
    return strcmp(name, "p") == 0 || strcmp(name, "h") == 0;
}

/* An element of the text's own kind starts. */
static void start_text(odt *work, const ng_xml_place *place)
{
    static const char *const hidden[] = { "tracked-changes", "note-citation", "number", "ruby-text",
                                          "script" };
    ng_prose *prose = ng_office_prose(&work->office);
    ng_view name = ng_view_of(place->name);

    if (NG_IS_AMONG(name, hidden))
        ng_xml_skip(work->xml);
    else if (is_paragraph(place->name))
        work->office.paragraph_depth++;
    else if (ng_view_equal(name, NG_VIEW("note")))
        work->office.note_depth++;
    else if (ng_view_equal(name, NG_VIEW("s")) || ng_view_equal(name, NG_VIEW("tab")))
        ng_prose_part(prose, NG_GAP_BLANK);
    else if (ng_view_equal(name, NG_VIEW("line-break")))
        ng_prose_part(prose, NG_GAP_LINE);
}

static void start_element(odt *work, const ng_xml_place *place)
{
    static const char *const hidden[] = { "annotation",       "scripts",         "styles",
                                          "automatic-styles", "font-face-decls", "forms" };
    ng_view name = ng_view_of(place->name);

    switch (space_of(place)) {
    case TEXT_SPACE:
        start_text(work, place);
        break;
    case DRAW_SPACE:
        work->office.box_depth++;
        break;
    case OFFICE_SPACE:
        if (NG_IS_AMONG(name, hidden))
            ng_xml_skip(work->xml);
        else if (ng_view_equal(name, NG_VIEW("body")))
            work->has_body = true;
        break;
    case OTHER_SPACE:
        if (ng_view_equal(name, NG_VIEW("math")) || ng_view_equal(name, NG_VIEW("title")) ||
            ng_view_equal(name, NG_VIEW("desc")))
            ng_xml_skip(work->xml); /* formulas; what pictures are called */
        break;
    }
}

static ng_status end_element(odt *work, const ng_xml_place *place)
{
    ng_office *office = &work->office;

    switch (space_of(place)) {
    case TEXT_SPACE:
        if (strcmp(place->name, "note") == 0)
            office->note_depth--;
        if (!is_paragraph(place->name))
            return NG_OK;
        office->paragraph_depth--;
        return ng_office_end_paragraph(office);
    case DRAW_SPACE:
        office->box_depth--;
        return NG_OK;
    default:
        return NG_OK;
    }
}

/* Reads the paragraphs. */
static ng_status read_text(odt *work, const ng_part *part)
{
    ng_package *package = work->office.package;
    ng_xml_place place = { .kind = NG_XML_START };
    ng_status status =
        ng_xml_open(package, ng_buffer_view(&part->bytes), part->name, false, &work->xml);

    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(work->xml, &place);
        if (status == NG_OK && place.kind == NG_XML_START)
            start_element(work, &place);
        else if (status == NG_OK && place.kind == NG_XML_END)
            status = end_element(work, &place);
        else if (status == NG_OK && place.kind == NG_XML_TEXT && work->office.paragraph_depth > 0)
            status = ng_prose_add(package->cx, ng_office_prose(&work->office), place.text);
    }
    ng_xml_close(package->cx, work->xml);
    work->xml = NULL;
    if (status == NG_OK && !work->has_body)
        status = ng_fail(package->cx, NG_E_DATA, "%s: damaged, or no OpenDocument: it has no text",
                         package->label);
    return status;
}

/* ---- parts ---- */

/* Title, author (who began it before who saved it last) and the day on which it was begun. */
static ng_status read_meta(ng_package *package, const ng_part *part, ng_extracted *out)
{
    enum { TITLE, AUTHOR, DATE = AUTHOR + 2, COUNT = DATE + 2 };
    ng_office_field fields[COUNT] = { { .name = "title" },
                                      { .name = "initial-creator" },
                                      { .name = "creator" },
                                      { .name = "creation-date" },
                                      { .name = "date" } };
    ng_status status = NG_OK;

    if (part->bytes.size == 0)
        return NG_OK;
    for (size_t i = 0; i < COUNT; i++)
        ng_buffer_init(&fields[i].value, SIZE_MAX / 4);
    status = ng_office_fields(package, part, false, fields, COUNT);
    if (status == NG_OK)
        status = ng_office_take(package->cx, fields, 1, &out->title);
    if (status == NG_OK)
        status = ng_office_take(package->cx, fields + AUTHOR, 2, &out->author);
    if (status == NG_OK)
        status = ng_office_take_date(package->cx, fields + DATE, 2, &out->date);
    ng_office_fields_destroy(package->cx, fields, COUNT);
    return status;
}

ng_status ng_odt_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                         ng_extracted *out)
{
    enum { MANIFEST, CONTENT, META, COUNT }; /* in the order of the names */
    ng_package package = { .cx = cx, .bytes = bytes, .label = label, .options = options };
    ng_part parts[COUNT] = { { .name = NG_VIEW("META-INF/manifest.xml") },
                             { .name = NG_VIEW("content.xml") },
                             { .name = NG_VIEW("meta.xml") } };
    odt work = { .has_body = false };
    ng_status status = NG_OK;

    ng_office_init(&work.office, &package, out);
    for (size_t i = 0; i < COUNT; i++)
        ng_buffer_init(&parts[i].bytes, SIZE_MAX / 4);
    status = ng_package_read(&package, parts, COUNT);
    if (status == NG_OK)
        status = check_encryption(&work, &parts[MANIFEST]);
    if (status == NG_OK && !parts[CONTENT].is_found)
        status = ng_fail(cx, NG_E_DATA, "%s: damaged, or no OpenDocument: it has no text", label);
    if (status == NG_OK)
        status = read_meta(&package, &parts[META], out);
    if (status == NG_OK)
        status = read_text(&work, &parts[CONTENT]);
    if (status == NG_OK)
        status = ng_office_end(&work.office);
    ng_parts_destroy(cx, parts, COUNT);
    ng_office_destroy(&work.office);
    return status;
}
