/* Books (.epub): pages of XHTML in an order that a package file tells.
 *
 * META-INF/container.xml names the package file; its manifest lists the files of the book, its
 * spine those that are read, in their order. Pages that only help to find one's way are left out,
 * and so are pictures. Of a page the blocks are paragraphs. */
#include "html.h"
#include "office.h"

enum { ITEM_LIMIT = 1 << 20 };

/* A file of the book. */
typedef struct item {
    ng_view path;
    bool is_page; /* of text */
    bool is_taken;
} item;

typedef struct epub {
    ng_office office;
    ng_xml *xml;
    ng_buffer package_name; /* of the package file */
    ng_arena arena;
    ng_intern *ids; /* of items; as many as there are items */
    item *items;
    size_t item_count, item_capacity;
    ng_view *spine; /* ids */
    size_t spine_count, spine_capacity;
    ng_part *pages; /* those of the spine; the order is that of names once they are read */
    size_t page_count;
    uint32_t lines_depth; /* elements that are open in which lines stay lines */
} epub;

/* What is done at the start of an element. */
typedef ng_status (*visit)(epub *work, const ng_part *part, const ng_xml_place *place);

/* Visits the elements of a part. */
static ng_status visit_elements(epub *work, const ng_part *part, visit visit_element)
{
    ng_package *package = work->office.package;
    ng_xml_place place = { .kind = NG_XML_START };
    ng_status status =
        ng_xml_open(package, ng_buffer_view(&part->bytes), part->name, true, &work->xml);

    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(work->xml, &place);
        if (status == NG_OK && place.kind == NG_XML_START)
            status = visit_element(work, part, &place);
    }
    ng_xml_close(package->cx, work->xml);
    work->xml = NULL;
    return status;
}

/* Copies an attribute into the arena; empty when there is none. */
static ng_status keep_attribute(epub *work, const char *name, ng_view *value_out)
{
    bool has = false;
    ng_status status = ng_xml_attribute(work->xml, name, &work->office.value, &has);

    *value_out = NG_VIEW_NONE;
    if (status != NG_OK || !has)
        return status;
    *value_out =
        ng_arena_copy(work->office.package->cx, &work->arena, ng_buffer_view(&work->office.value));
    return value_out->data ? NG_OK : ng_arena_status(&work->arena);
}

/* The part that a link in `base` leads to, in the arena. */
static ng_status keep_path(epub *work, ng_view base, ng_view link, ng_view *path_out)
{
    ng_ctx *cx = work->office.package->cx;
    ng_status status = NG_OK;

    work->office.value.size = 0;
    status = ng_package_path(cx, base, link, &work->office.value);
    if (status != NG_OK)
        return status;
    *path_out = ng_arena_copy(cx, &work->arena, ng_buffer_view(&work->office.value));
    return path_out->data ? NG_OK : ng_arena_status(&work->arena);
}

/* ---- the package file ---- */

/* The first package file counts. */
static ng_status visit_container(epub *work, const ng_part *part, const ng_xml_place *place)
{
    bool has = false;

    (void)part;
    if (strcmp(place->name, "rootfile") != 0 || work->package_name.size > 0)
        return NG_OK;
    return ng_xml_attribute(work->xml, "full-path", &work->package_name, &has);
}

/* Is the word among those of the list, parted by blanks? */
static bool has_word(ng_view list, ng_view word)
{
    size_t start = 0;

    for (size_t at = 0; at <= list.size; at++)
        if (at == list.size || ng_is_blank_byte(list.data[at])) {
            if (ng_view_equal(ng_view_part(list, start, at), word))
                return true;
            start = at + 1;
        }
    return false;
}

/* <item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/> */
static ng_status take_item(epub *work, const ng_part *part)
{
    static const char *const pages[] = { "application/xhtml+xml", "text/html",
                                         "application/x-dtbook+xml", "text/x-oeb1-document" };
    ng_ctx *cx = work->office.package->cx;
    ng_view id, link, type, properties;
    item here = { .is_taken = false };
    uint32_t index = 0;
    ng_status status = keep_attribute(work, "id", &id);

    if (status == NG_OK)
        status = keep_attribute(work, "href", &link);
    if (status == NG_OK)
        status = keep_attribute(work, "media-type", &type);
    if (status == NG_OK)
        status = keep_attribute(work, "properties", &properties);
    if (status == NG_OK)
        status = keep_path(work, part->name, link, &here.path);
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&work->items, &work->item_capacity, sizeof here,
                         work->item_count + 1, ITEM_LIMIT, "files of a book");
    if (status == NG_OK)
        status = ng_intern_add(cx, work->ids, id, &index);
    if (status != NG_OK || index < work->item_count)
        return status; /* the first with this id counts */
    here.is_page = NG_IS_AMONG(type, pages) && !has_word(properties, NG_VIEW("nav"));
    work->items[work->item_count++] = here;
    return NG_OK;
}

/* <itemref idref="c1"/> */
static ng_status take_reference(epub *work)
{
    ng_ctx *cx = work->office.package->cx;
    ng_view id = NG_VIEW_NONE;
    ng_status status = keep_attribute(work, "idref", &id);

    if (status == NG_OK)
        status = ng_grow(cx, (void **)&work->spine, &work->spine_capacity, sizeof id,
                         work->spine_count + 1, ITEM_LIMIT, "pages of a book");
    if (status == NG_OK)
        work->spine[work->spine_count++] = id;
    return status;
}

static ng_status visit_package(epub *work, const ng_part *part, const ng_xml_place *place)
{
    if (strcmp(place->name, "item") == 0)
        return take_item(work, part);
    return strcmp(place->name, "itemref") == 0 ? take_reference(work) : NG_OK;
}

/* Title, author and the day on which it came out. */
static ng_status read_metadata(epub *work, const ng_part *part)
{
    ng_ctx *cx = work->office.package->cx;
    ng_extracted *out = work->office.out;
    ng_office_field fields[] = { { .name = "title" }, { .name = "creator" }, { .name = "date" } };
    ng_status status = NG_OK;

    for (size_t i = 0; i < 3; i++)
        ng_buffer_init(&fields[i].value, SIZE_MAX / 4);
    status = ng_office_fields(work->office.package, part, true, fields, 3);
    if (status == NG_OK)
        status = ng_office_take(cx, fields, 1, &out->title);
    if (status == NG_OK)
        status = ng_office_take(cx, fields + 1, 1, &out->author);
    if (status == NG_OK)
        status = ng_office_take_date(cx, fields + 2, 1, &out->date);
    ng_office_fields_destroy(cx, fields, 3);
    return status;
}

/* Fails: what every book has is not there. */
static ng_status fail_missing(epub *work, const char *what)
{
    ng_package *package = work->office.package;

    return ng_fail(package->cx, NG_E_DATA, "%s: damaged, or no book: it has no %s", package->label,
                   what);
}

/* Finds the package file, and reads it. */
static ng_status read_package(epub *work)
{
    ng_package *package = work->office.package;
    ng_part part = { .name = NG_VIEW("META-INF/container.xml") };
    ng_status status = NG_OK;

    ng_buffer_init(&part.bytes, SIZE_MAX / 4);
    status = ng_package_read(package, &part, 1);
    if (status == NG_OK)
        status = part.is_found ? visit_elements(work, &part, visit_container)
                               : fail_missing(work, "META-INF/container.xml");
    part.name = ng_buffer_view(&work->package_name);
    part.bytes.size = 0;
    part.is_found = false;
    if (status == NG_OK)
        status = ng_package_read(package, &part, 1);
    if (status == NG_OK)
        status = part.is_found ? read_metadata(work, &part) : fail_missing(work, "package file");
    if (status == NG_OK)
        status = visit_elements(work, &part, visit_package);
    ng_parts_destroy(package->cx, &part, 1);
    return status;
}

/* ---- pages ---- */

/* The page that the id stands for and that was not taken yet, or NULL. */
static item *take_page(epub *work, ng_view id)
{
    uint32_t index = 0;
    item *page = NULL;

    if (!ng_intern_find(work->ids, id, &index))
        return NULL;
    page = &work->items[index];
    if (!page->is_page || page->is_taken)
        return NULL;
    page->is_taken = true;
    return page;
}

/* Unpacks the pages of the spine, and what is said of encryption. The spine then has their paths.
 */
static ng_status unpack_pages(epub *work)
{
    ng_package *package = work->office.package;
    size_t count = 0;

    work->pages = ng_alloc(package->cx, (work->spine_count + 1) * sizeof *work->pages);
    if (!work->pages)
        return ng_fail(package->cx, NG_E_MEMORY, "%s: no memory for its pages", package->label);
    for (size_t i = 0; i < work->spine_count; i++) {
        const item *page = take_page(work, work->spine[i]);

        if (page)
            work->spine[count++] = page->path;
    }
    work->spine_count = count;
    work->page_count = count + 1;
    for (size_t i = 0; i <= count; i++) {
        work->pages[i] = (ng_part){ .name = NG_VIEW("META-INF/encryption.xml") };
        if (i < count)
            work->pages[i].name = work->spine[i];
        ng_buffer_init(&work->pages[i].bytes, SIZE_MAX / 4);
    }
    return ng_package_read(package, work->pages, work->page_count);
}

/* <CipherReference URI="OEBPS/c1.xhtml"/>: fonts may be encrypted, pages not. */
static ng_status visit_encryption(epub *work, const ng_part *part, const ng_xml_place *place)
{
    ng_package *package = work->office.package;
    ng_view link = NG_VIEW_NONE;
    ng_view path = NG_VIEW_NONE;
    ng_status status = NG_OK;

    (void)part;
    if (strcmp(place->name, "CipherReference") != 0)
        return NG_OK;
    status = keep_attribute(work, "URI", &link);
    if (status == NG_OK)
        status = keep_path(work, NG_VIEW_NONE, link, &path);
    if (status == NG_OK && ng_part_find(work->pages, work->page_count, path))
        status = ng_fail(package->cx, NG_E_DATA, "%s: encrypted; save it without a password",
                         package->label);
    return status;
}

/* ---- one page ---- */

/* Passes over the number of a note and the way back from it, which are no words. */
static ng_status start_link(epub *work)
{
    static const char *const attributes[] = { "type", "role" };
    static const char *const marks[] = { "noteref", "backlink", "doc-noteref", "doc-backlink" };
    ng_buffer *value = &work->office.value;
    ng_status status = NG_OK;

    for (size_t i = 0; status == NG_OK && i < 2; i++) {
        bool has = false;

        status = ng_xml_attribute(work->xml, attributes[i], value, &has);
        for (size_t j = 0; status == NG_OK && has && j < 4; j++)
            if (has_word(ng_buffer_view(value), ng_view_of(marks[j]))) {
                ng_xml_skip(work->xml);
                return NG_OK;
            }
    }
    return status;
}

/* An element starts or ends. */
static ng_status pass_element(epub *work, const ng_xml_place *place)
{
    static const char *const hidden[] = { "head", "script", "style", "template", "svg",
                                          "math", "rt",     "rp",    "noscript" };
    static const char *const blocks[] = {
        "address", "article", "aside",   "blockquote", "body",  "caption", "center",   "dd",
        "details", "dialog",  "dir",     "div",        "dl",    "dt",      "fieldset", "figcaption",
        "figure",  "footer",  "form",    "h1",         "h2",    "h3",      "h4",       "h5",
        "h6",      "header",  "hr",      "li",         "main",  "menu",    "nav",      "ol",
        "p",       "pre",     "section", "summary",    "table", "tbody",   "td",       "tfoot",
        "th",      "thead",   "title",   "tr",         "ul"
    };
    ng_view name = ng_view_of(place->name);
    bool is_start = place->kind == NG_XML_START;

    if (is_start && NG_IS_AMONG(name, hidden))
        ng_xml_skip(work->xml);
    else if (is_start && ng_view_equal(name, NG_VIEW("br")))
        ng_prose_part(&work->office.body, NG_GAP_LINE);
    else if (is_start && ng_view_equal(name, NG_VIEW("a")))
        return start_link(work);
    else if (NG_IS_AMONG(name, blocks))
        ng_prose_part(&work->office.body, NG_GAP_PARAGRAPH);
    if (ng_view_equal(name, NG_VIEW("pre")))
        work->lines_depth += is_start ? 1 : UINT32_MAX;
    return NG_OK;
}

/* Appends what a page of XHTML says. */
static ng_status read_xml_page(epub *work, const ng_part *part)
{
    ng_package *package = work->office.package;
    ng_prose *prose = &work->office.body;
    ng_xml_place place = { .kind = NG_XML_START };
    ng_status status =
        ng_xml_open(package, ng_buffer_view(&part->bytes), part->name, true, &work->xml);

    ng_prose_part(prose, NG_GAP_PARAGRAPH);
    while (status == NG_OK && place.kind != NG_XML_NOTHING) {
        status = ng_xml_next(work->xml, &place);
        if (status != NG_OK || place.kind == NG_XML_NOTHING)
            break;
        if (place.kind != NG_XML_TEXT)
            status = pass_element(work, &place);
        else if (work->lines_depth > 0)
            status = ng_prose_add_lines(package->cx, prose, place.text);
        else
            status = ng_prose_add(package->cx, prose, place.text);
    }
    ng_xml_close(package->cx, work->xml);
    work->xml = NULL;
    return status;
}

/* Appends what a page says that is no XML, but HTML as browsers read it. */
static ng_status read_html_page(epub *work, const ng_part *part)
{
    ng_package *package = work->office.package;
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&text, SIZE_MAX / 4);
    status = ng_html_text(package->cx, ng_buffer_view(&part->bytes), NULL, package->label,
                          package->options, &text);
    if (status == NG_OK)
        status = ng_prose_add_lines(package->cx, &work->office.body, ng_buffer_view(&text));
    ng_buffer_destroy(package->cx, &text);
    return status;
}

/* Appends what a page says. One with entities of its own is refused: they may be a trap. */
static ng_status read_page(epub *work, const ng_part *part)
{
    size_t before = work->office.body.text->size;
    ng_status status = read_xml_page(work, part);

    if (status != NG_E_DATA || ng_html_find(ng_buffer_view(&part->bytes), "<!entity") != SIZE_MAX)
        return status;
    work->office.body.text->size = before; /* the part of it that was well formed */
    work->lines_depth = 0;
    ng_prose_part(&work->office.body, NG_GAP_PARAGRAPH);
    work->office.out->remark = "a page is not well formed; it was read as HTML";
    return read_html_page(work, part);
}

/* Reads the pages in their order. */
static ng_status read_pages(epub *work)
{
    const ng_part *encryption = NULL;
    ng_status status = unpack_pages(work);

    if (status != NG_OK)
        return status;
    encryption = ng_part_find(work->pages, work->page_count, NG_VIEW("META-INF/encryption.xml"));
    if (encryption && encryption->bytes.size > 0)
        status = visit_elements(work, encryption, visit_encryption);
    for (size_t i = 0; status == NG_OK && i < work->spine_count; i++) {
        const ng_part *page = ng_part_find(work->pages, work->page_count, work->spine[i]);

        if (page && page->is_found)
            status = read_page(work, page);
        else
            work->office.out->remark = "a page that its list names is not in the book";
    }
    return status;
}

ng_status ng_epub_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out)
{
    ng_package package = { .cx = cx, .bytes = bytes, .label = label, .options = options };
    epub work = { .lines_depth = 0 };
    ng_status status = NG_OK;

    ng_office_init(&work.office, &package, out);
    ng_buffer_init(&work.package_name, SIZE_MAX / 4);
    ng_arena_init(&work.arena, SIZE_MAX / 4);
    status = ng_intern_new(cx, ITEM_LIMIT, SIZE_MAX / 4, &work.ids);
    if (status == NG_OK)
        status = read_package(&work);
    if (status == NG_OK)
        status = read_pages(&work);
    if (work.pages)
        ng_parts_destroy(cx, work.pages, work.page_count);
    ng_free(cx, work.pages);
    ng_free(cx, work.items);
    ng_free(cx, work.spine);
    ng_intern_free(cx, work.ids);
    ng_arena_destroy(cx, &work.arena);
    ng_buffer_destroy(cx, &work.package_name);
    ng_office_destroy(&work.office);
    return status;
}
