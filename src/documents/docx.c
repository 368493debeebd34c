/* Documents of Word (.docx): ECMA-376.
 *
 * Which parts hold the text, the notes and the metadata is told by lists of relations. Taken is
 * what a reader of the page sees once all changes are accepted: not what was deleted or moved away,
 * not the codes of fields, of drawings that are stored twice one form. Headers, footers and
 * comments are parts of their own and are not read. */
#include "office.h"

/* A part that relations lead to. */
typedef struct target {
    const char *type; /* how its type ends */
    ng_buffer name;   /* empty: there is none */
} target;

enum { DOCUMENT, CORE, FOOTNOTES, ENDNOTES, TARGET_COUNT };

typedef struct docx {
    ng_office office;
    ng_xml *xml;
    target targets[TARGET_COUNT];
    ng_buffer relations_name; /* of the document */
    bool has_body;
    bool is_in_text;                /* of a run */
    uint32_t properties_depth;      /* of those of a paragraph that are open; 0: none */
    bool has_choice[NG_XML_DEPTH];  /* by depth: one of the forms was taken */
    bool is_going_on[NG_XML_DEPTH]; /* by depth: the end of the paragraph was deleted */
} docx;

/* ---- relations ---- */

/* Takes the relation at which the walk stands, when it is one of those wanted. */
static ng_status take_relation(docx *work, ng_view base, target *targets, size_t count)
{
    ng_ctx *cx = work->office.package->cx;
    ng_buffer *value = &work->office.value;
    target *found = NULL;
    bool has = false;
    ng_status status = ng_xml_attribute(work->xml, "Type", value, &has);

    for (size_t i = 0; status == NG_OK && has && i < count && !found; i++)
        if (targets[i].name.size == 0 &&
            ng_view_ends(ng_buffer_view(value), ng_view_of(targets[i].type)))
            found = &targets[i];
    if (!found)
        return status;
    status = ng_xml_attribute(work->xml, "Target", value, &has);
    return status == NG_OK && has ? ng_package_path(cx, base, ng_buffer_view(value), &found->name)
                                  : status;
}

/* Reads a list of relations of the part `base`. */
static ng_status read_relations(docx *work, const ng_part *part, ng_view base, target *targets,
                                size_t count)
{
    ng_package *package = work->office.package;
    ng_xml_place place = { .kind = NG_XML_START };
    ng_status status = NG_OK;

    if (!part || !part->is_found)
        return NG_OK;
    status = ng_xml_open(package, ng_buffer_view(&part->bytes), part->name, false, &work->xml);
    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(work->xml, &place);
        if (status == NG_OK && place.kind == NG_XML_START &&
            strcmp(place.name, "Relationship") == 0)
            status = take_relation(work, base, targets, count);
    }
    ng_xml_close(package->cx, work->xml);
    work->xml = NULL;
    return status;
}

/* Finds the document and its metadata; without a list they are where Word puts them. */
static ng_status find_document(docx *work)
{
    ng_package *package = work->office.package;
    ng_buffer *document = &work->targets[DOCUMENT].name;
    ng_part part = { .name = NG_VIEW("_rels/.rels") };
    size_t slash = 0;
    ng_status status = NG_OK;

    ng_buffer_init(&part.bytes, SIZE_MAX / 4);
    status = ng_package_read(package, &part, 1);
    if (status == NG_OK)
        status = read_relations(work, &part, NG_VIEW_NONE, work->targets + DOCUMENT, 2);
    ng_parts_destroy(package->cx, &part, 1);
    if (status == NG_OK && document->size == 0)
        status = ng_buffer_add(package->cx, document, NG_VIEW("word/document.xml"));
    for (size_t i = 0; i < document->size; i++)
        if (document->data[i] == '/')
            slash = i + 1;
    if (status == NG_OK)
        status = ng_buffer_format(package->cx, &work->relations_name, "%.*s_rels/%s.rels",
                                  (int)(slash & 0xFFFF), document->data, document->data + slash);
    return status;
}

/* ---- text ---- */

static bool is_word(const ng_xml_place *place)
{
    ng_view space = ng_view_of(place->space);

    return ng_view_starts(space, NG_VIEW("http://schemas.openxmlformats.org/wordprocessingml/")) ||
           ng_view_starts(space, NG_VIEW("http://purl.oclc.org/ooxml/wordprocessingml/"));
}

/* Forms of one thing: the first is read, the others are passed over. */
static void start_alternative(docx *work, const ng_xml_place *place)
{
    bool is_form = strcmp(place->name, "Choice") == 0 || strcmp(place->name, "Fallback") == 0;

    if (strcmp(place->name, "AlternateContent") == 0)
        work->has_choice[place->depth] = false;
    if (!is_form || place->depth == 0)
        return;
    if (work->has_choice[place->depth - 1])
        ng_xml_skip(work->xml);
    work->has_choice[place->depth - 1] = true;
}

/* Notes that are none: the lines that part them from the text, and what stands beside these. */
static ng_status start_note(docx *work)
{
    ng_buffer *value = &work->office.value;
    bool has = false;
    ng_status status = ng_xml_attribute(work->xml, "type", value, &has);

    if (status == NG_OK && has && !ng_view_equal(ng_buffer_view(value), NG_VIEW("normal")))
        ng_xml_skip(work->xml);
    return status;
}

/* Within the properties of a paragraph only this counts: was its end deleted or moved away? */
static void start_property(docx *work, const ng_xml_place *place)
{
    if (strcmp(place->name, "del") == 0 || strcmp(place->name, "moveFrom") == 0)
        work->is_going_on[work->properties_depth - 1] = true;
}

static ng_status start_element(docx *work, const ng_xml_place *place)
{
    static const char *const hidden[] = { "del",  "moveFrom", "rPr",   "sectPr", "tblPr",
                                          "tcPr", "trPr",     "sdtPr", "rt",     "instrText" };
    ng_ctx *cx = work->office.package->cx;
    ng_prose *prose = ng_office_prose(&work->office);
    ng_view name = ng_view_of(place->name);

    if (!is_word(place)) {
        if (ng_view_ends(ng_view_of(place->space), NG_VIEW("/markup-compatibility/2006")))
            start_alternative(work, place);
        return NG_OK;
    }
    if (work->properties_depth > 0)
        start_property(work, place);
    else if (NG_IS_AMONG(name, hidden))
        ng_xml_skip(work->xml);
    else if (ng_view_equal(name, NG_VIEW("p")))
        work->is_going_on[place->depth] = false;
    else if (ng_view_equal(name, NG_VIEW("pPr")))
        work->properties_depth = place->depth;
    else if (ng_view_equal(name, NG_VIEW("t")))
        work->is_in_text = true;
    else if (ng_view_equal(name, NG_VIEW("tab")) || ng_view_equal(name, NG_VIEW("ptab")))
        ng_prose_part(prose, NG_GAP_BLANK);
    else if (ng_view_equal(name, NG_VIEW("br")) || ng_view_equal(name, NG_VIEW("cr")))
        ng_prose_part(prose, NG_GAP_LINE);
    else if (ng_view_equal(name, NG_VIEW("noBreakHyphen")))
        return ng_prose_add(cx, prose, NG_VIEW("-"));
    else if (ng_view_equal(name, NG_VIEW("txbxContent")))
        work->office.box_depth++;
    else if (ng_view_equal(name, NG_VIEW("footnote")) || ng_view_equal(name, NG_VIEW("endnote")))
        return start_note(work);
    else if (ng_view_equal(name, NG_VIEW("body")))
        work->has_body = true;
    return NG_OK;
}

static ng_status end_element(docx *work, const ng_xml_place *place)
{
    static const char *const wholes[] = { "tc", "footnote", "endnote" }; /* no paragraph goes on */

    if (!is_word(place))
        return NG_OK;
    if (work->properties_depth > 0) {
        if (place->depth == work->properties_depth)
            work->properties_depth = 0;
        return NG_OK;
    }
    if (strcmp(place->name, "t") == 0)
        work->is_in_text = false;
    else if (strcmp(place->name, "txbxContent") == 0)
        work->office.box_depth--;
    else if (strcmp(place->name, "p") == 0 && !work->is_going_on[place->depth])
        return ng_office_end_paragraph(&work->office);
    else if (NG_IS_AMONG(ng_view_of(place->name), wholes))
        return ng_office_end_paragraph(&work->office);
    return NG_OK;
}

/* Reads the paragraphs of a part. */
static ng_status read_text(docx *work, const ng_part *part)
{
    ng_package *package = work->office.package;
    ng_xml_place place = { .kind = NG_XML_START };
    ng_status status = NG_OK;

    if (!part || !part->is_found)
        return NG_OK;
    status = ng_xml_open(package, ng_buffer_view(&part->bytes), part->name, false, &work->xml);
    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(work->xml, &place);
        if (status == NG_OK && place.kind == NG_XML_START)
            status = start_element(work, &place);
        else if (status == NG_OK && place.kind == NG_XML_END)
            status = end_element(work, &place);
        else if (status == NG_OK && place.kind == NG_XML_TEXT && work->is_in_text)
            status = ng_prose_add(package->cx, ng_office_prose(&work->office), place.text);
    }
    ng_xml_close(package->cx, work->xml);
    work->xml = NULL;
    return status;
}

/* ---- parts ---- */

/* Title, author and the day on which it was begun. */
static ng_status read_core(docx *work, const ng_part *part)
{
    ng_package *package = work->office.package;
    ng_extracted *out = work->office.out;
    ng_office_field fields[] = {
        { .name = "title" }, { .name = "creator" }, { .name = "created" }, { .name = "modified" }
    };
    ng_status status = NG_OK;

    if (!part || part->bytes.size == 0)
        return NG_OK;
    for (size_t i = 0; i < 4; i++)
        ng_buffer_init(&fields[i].value, SIZE_MAX / 4);
    status = ng_office_fields(package, part, false, fields, 4);
    if (status == NG_OK)
        status = ng_office_take(package->cx, fields, 1, &out->title);
    if (status == NG_OK)
        status = ng_office_take(package->cx, fields + 1, 1, &out->author);
    if (status == NG_OK)
        status = ng_office_take_date(package->cx, fields + 2, 2, &out->date);
    ng_office_fields_destroy(package->cx, fields, 4);
    return status;
}

/* Reads the document, its metadata, and where its notes are. */
static ng_status read_document(docx *work)
{
    ng_package *package = work->office.package;
    ng_view document = ng_buffer_view(&work->targets[DOCUMENT].name);
    ng_view core = ng_buffer_view(&work->targets[CORE].name);
    ng_view relations = ng_buffer_view(&work->relations_name);
    ng_part parts[] = { { .name = document }, { .name = relations }, { .name = core } };
    ng_status status = NG_OK;

    for (size_t i = 0; i < 3; i++)
        ng_buffer_init(&parts[i].bytes, SIZE_MAX / 4);
    status = ng_package_read(package, parts, 3);
    if (status == NG_OK)
        status = read_core(work, ng_part_find(parts, 3, core));
    if (status == NG_OK)
        status = read_text(work, ng_part_find(parts, 3, document));
    if (status == NG_OK && !work->has_body)
        status = ng_fail(package->cx, NG_E_DATA,
                         "%s: damaged, or no document of Word: it has no text", package->label);
    if (status == NG_OK)
        status = read_relations(work, ng_part_find(parts, 3, relations), document,
                                work->targets + FOOTNOTES, 2);
    ng_parts_destroy(package->cx, parts, 3);
    return status;
}

/* Reads the notes: at the foot of a page, then at the end. */
static ng_status read_notes(docx *work)
{
    ng_package *package = work->office.package;
    ng_view foot = ng_buffer_view(&work->targets[FOOTNOTES].name);
    ng_view end = ng_buffer_view(&work->targets[ENDNOTES].name);
    ng_part parts[] = { { .name = foot }, { .name = end } };
    ng_status status = NG_OK;

    if (foot.size + end.size == 0)
        return NG_OK;
    for (size_t i = 0; i < 2; i++)
        ng_buffer_init(&parts[i].bytes, SIZE_MAX / 4);
    status = ng_package_read(package, parts, 2);
    if (status == NG_OK)
        status = read_text(work, ng_part_find(parts, 2, foot));
    if (status == NG_OK && !ng_view_equal(foot, end))
        status = read_text(work, ng_part_find(parts, 2, end));
    ng_parts_destroy(package->cx, parts, 2);
    return status;
}

ng_status ng_docx_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out)
{
    static const char *const types[] = { "/officeDocument", "/core-properties", "/footnotes",
                                         "/endnotes" };
    ng_package package = { .cx = cx, .bytes = bytes, .label = label, .options = options };
    docx work = { .has_body = false };
    ng_status status = NG_OK;

    ng_office_init(&work.office, &package, out);
    ng_buffer_init(&work.relations_name, SIZE_MAX / 4);
    for (size_t i = 0; i < TARGET_COUNT; i++) {
        work.targets[i].type = types[i];
        ng_buffer_init(&work.targets[i].name, SIZE_MAX / 4);
    }
    status = find_document(&work);
    if (status == NG_OK)
        status = read_document(&work);
    if (status == NG_OK)
        status = read_notes(&work);
    if (status == NG_OK)
        status = ng_office_end(&work.office);
    for (size_t i = 0; i < TARGET_COUNT; i++)
        ng_buffer_destroy(cx, &work.targets[i].name);
    ng_buffer_destroy(cx, &work.relations_name);
    ng_office_destroy(&work.office);
    return status;
}
