/* Shared by the readers of office documents and books: docx.c, odt.c, epub.c. */
#ifndef NG_OFFICE_H
#define NG_OFFICE_H

#include "documents_internal.h"

/* ---- package.c: parts of a zip ---- */

/* The file being read, and what was unpacked of it so far. */
typedef struct ng_package {
    ng_ctx *cx;
    ng_view bytes;
    const char *label; /* for messages */
    const ng_options *options;
    uint64_t unpacked_bytes; /* together at most ng_limit_of(options) */
} ng_package;

/* A part that is wanted. */
typedef struct ng_part {
    ng_view name;    /* borrowed; of parts with the same name one is filled */
    ng_buffer bytes; /* initialised */
    bool is_found;
} ng_part;

/* Unpacks the parts of these names, in one pass; those that are not there stay empty. Fails with
 * NG_E_DATA (damaged, encrypted, built without libarchive), NG_E_LIMIT or NG_E_MEMORY.
 * O(entries * log count + bytes unpacked). The parts are sorted by name afterwards. */
ng_status ng_package_read(ng_package *package, ng_part *parts, size_t count);

/* The parts, of which some were read. */
void ng_parts_destroy(ng_ctx *cx, ng_part *parts, size_t count);

/* The part of this name of sorted ones, or NULL. O(log count). */
ng_part *ng_part_find(ng_part *parts, size_t count, ng_view name);

/* Appends the name of the part that `link`, found in the part `base`, leads to: percent-encoding
 * undone, "." and ".." followed, what comes after # or ? left out. `out` is empty. O(bytes). */
ng_status ng_package_path(ng_ctx *cx, ng_view base, ng_view link, ng_buffer *out);

/* ---- xml.c: one part as it is walked through ---- */

typedef enum ng_xml_kind { NG_XML_NOTHING, NG_XML_START, NG_XML_END, NG_XML_TEXT } ng_xml_kind;

/* Where the walk stands; borrowed until the next step. */
typedef struct ng_xml_place {
    ng_xml_kind kind; /* an empty element starts and ends */
    const char *name; /* of the element, without its prefix */
    const char *space;
    ng_view text;
    uint32_t depth; /* of the element, below NG_XML_DEPTH */
} ng_xml_place;

enum { NG_XML_DEPTH = 257 }; /* libxml2 reads 256 levels */

typedef struct ng_xml ng_xml;

/* Begins to read a part; `bytes` and the names are borrowed. `is_page`: XHTML, which may declare
 * its type and whose entities of HTML are read. Any other entity ends the walk. */
ng_status ng_xml_open(ng_package *package, ng_view bytes, ng_view part_name, bool is_page,
                      ng_xml **xml_out);
void ng_xml_close(ng_ctx *cx, ng_xml *xml); /* NULL is allowed */

/* The next place; NG_XML_NOTHING at the end. Fails with NG_E_DATA when it is no XML. */
ng_status ng_xml_next(ng_xml *xml, ng_xml_place *place_out);

/* Passes over all that is in the element that was just started, and its end. */
void ng_xml_skip(ng_xml *xml);

/* Copies the value of an attribute of the element just started into the buffer, which is emptied
 * first; false when there is none. `name` is without its prefix. */
ng_status ng_xml_attribute(ng_xml *xml, const char *name, ng_buffer *value, bool *has_out);

/* ---- prose.c: paragraphs put together ---- */

typedef enum ng_gap { NG_GAP_NONE, NG_GAP_BLANK, NG_GAP_LINE, NG_GAP_PARAGRAPH } ng_gap;

/* A text that grows; the gap before what comes next is written with it, so that a text neither
 * begins nor ends with one. */
typedef struct ng_prose {
    ng_buffer *text;
    ng_gap gap;
} ng_prose;

/* Appends what stands in a paragraph: runs of white space of ASCII become one blank. */
ng_status ng_prose_add(ng_ctx *cx, ng_prose *prose, ng_view text);

/* Likewise, but lines stay lines. */
ng_status ng_prose_add_lines(ng_ctx *cx, ng_prose *prose, ng_view text);

/* A blank, the end of a line (two of them end the paragraph), the end of a paragraph. */
void ng_prose_part(ng_prose *prose, ng_gap gap);

/* ---- office.c: what the formats have in common ---- */

/* A text in the making: notes come at its end, text boxes behind the paragraph that holds them. */
typedef struct ng_office {
    ng_package *package;
    ng_extracted *out;
    ng_buffer note_text, box_text, value;
    ng_prose body, notes, boxes;
    uint32_t box_depth, note_depth, paragraph_depth; /* elements that are open */
} ng_office;

void ng_office_init(ng_office *office, ng_package *package, ng_extracted *out);
void ng_office_destroy(ng_office *office);

/* Where text goes now. */
ng_prose *ng_office_prose(ng_office *office);

/* A paragraph ends; when it is none within a text box or a note, what its boxes hold follows. */
ng_status ng_office_end_paragraph(ng_office *office);

/* The end of the document: the boxes that are left, then the notes. */
ng_status ng_office_end(ng_office *office);

/* A text of metadata that is looked for. */
typedef struct ng_office_field {
    const char *name; /* of the element, without its prefix, in lower case */
    ng_buffer value;  /* initialised; that of the first one that says anything */
} ng_office_field;

/* Reads the fields out of a part of metadata; `is_page` as for ng_xml_open. */
ng_status ng_office_fields(ng_package *package, const ng_part *part, bool is_page,
                           ng_office_field *fields, size_t count);
void ng_office_fields_destroy(ng_ctx *cx, ng_office_field *fields, size_t count);

/* Copies the first value that is not empty; of dates the day. */
ng_status ng_office_take(ng_ctx *cx, const ng_office_field *fields, size_t count, ng_buffer *out);
ng_status ng_office_take_date(ng_ctx *cx, const ng_office_field *fields, size_t count,
                              ng_buffer *out);

#endif
