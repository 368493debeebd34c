/* XML as it is walked through, by libxml2's streaming reader.
 *
 * Nothing but the bytes at hand is read: no other file, no network, no document type from
 * elsewhere. No entity is put in the place of its name; XHTML's entities of HTML (&nbsp;) are
 * single letters and written here, any other one is refused, so that a part never says more than it
 * has bytes. An element is passed over by the depth at which it began, without recursion. */
#include "office.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>

#include <pthread.h>

enum { NO_SKIP = -1 };

struct ng_xml {
    ng_package *package;
    ng_view part_name;
    xmlTextReaderPtr reader;
    bool is_page;
    bool is_end_due;   /* the element just started is empty: it ends next */
    int depth;         /* of the element just started */
    int skip_depth;    /* what is deeper is passed over, up to the end at this depth */
    char letter[4];    /* that an entity stands for */
    char problem[256]; /* what libxml2 said first */
};

/* What libxml2 says of things that happen, in words for those who made the file. */
static const char *in_other_words(const char *message)
{
    static const char *const words[][2] = {
        { "Extra content", "it ends in the middle, or something stands behind its end" },
        { "Premature end", "it ends in the middle" },
        { "Excessive depth", "elements are nested too deep" },
        { "Document is empty", "not XML" },
        { "xmlSAX2Characters: huge", "a text in it is longer than libxml2 reads" },
        { "Maximum entity", "its entities are a trap" },
        { "Detected an entity reference loop", "its entities are a trap" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(message, words[i][0], strlen(words[i][0])) == 0)
            return words[i][1];
    return message;
}

/* libxml2 tells what is wrong; the first that it says is kept. */
static void keep_problem(void *user, const char *message, xmlParserSeverities severity,
                         xmlTextReaderLocatorPtr place)
{
    ng_xml *xml = user;

    (void)place;
    if (xml->problem[0] || severity == XML_PARSER_SEVERITY_WARNING ||
        severity == XML_PARSER_SEVERITY_VALIDITY_WARNING)
        return;
    message = in_other_words(message);
    (void)snprintf(xml->problem, sizeof xml->problem, "%.*s", (int)strcspn(message, "\n"), message);
}

/* Fails in the name of the part: why it cannot be read. */
static ng_status fail_xml(const ng_xml *xml, const char *problem)
{
    return ng_fail(xml->package->cx, NG_E_DATA, "%s: damaged: %.*s: %s", xml->package->label,
                   (int)(xml->part_name.size & 0xFFFF), xml->part_name.data,
                   problem[0] ? problem : "not XML");
}

/* Readies libxml2, whose own state is once a process. */
static void start_libxml(void)
{
    xmlInitParser();
}

ng_status ng_xml_open(ng_package *package, ng_view bytes, ng_view part_name, bool is_page,
                      ng_xml **xml_out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    ng_ctx *cx = package->cx;
    ng_xml *xml = NULL;

    (void)pthread_once(&once, start_libxml);
    if (bytes.size > INT32_MAX)
        return ng_fail(cx, NG_E_LIMIT, "%s: more than 2 GiB of XML", package->label);
    xml = ng_alloc(cx, sizeof *xml);
    if (!xml)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to read it", package->label);
    *xml = (ng_xml){
        .package = package, .part_name = part_name, .is_page = is_page, .skip_depth = NO_SKIP
    };
    xml->reader = xmlReaderForMemory(bytes.data, (int)bytes.size, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
    if (!xml->reader) {
        ng_free(cx, xml);
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to read it", package->label);
    }
    xmlTextReaderSetErrorHandler(xml->reader, keep_problem, xml);
    if (bytes.size == 0)
        (void)snprintf(xml->problem, sizeof xml->problem, "it is empty");
    *xml_out = xml;
    return NG_OK;
}

void ng_xml_close(ng_ctx *cx, ng_xml *xml)
{
    if (!xml)
        return;
    xmlFreeTextReader(xml->reader);
    ng_free(cx, xml);
}

/* ---- what the reader stands at ---- */

/* Names the element that starts or ends. */
static void tell_element(const ng_xml *xml, ng_xml_kind kind, ng_xml_place *place_out)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(xml->reader);
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(xml->reader);

    *place_out = (ng_xml_place){ .kind = kind,
                                 .name = name ? name : "",
                                 .space = space ? space : "",
                                 .depth = (uint32_t)xml->depth };
}

/* An entity that is named: a letter of HTML on a page, else a refusal. */
static ng_status tell_entity(ng_xml *xml, ng_xml_place *place_out)
{
    const xmlChar *name = xmlTextReaderConstName(xml->reader);
    const htmlEntityDesc *known = xml->is_page && name ? htmlEntityLookup(name) : NULL;
    char problem[256];

    if (known) {
        *place_out = (ng_xml_place){ .kind = NG_XML_TEXT };
        place_out->text = (ng_view){ xml->letter, ng_utf8_encode(known->value, xml->letter) };
        return NG_OK;
    }
    (void)snprintf(problem, sizeof problem,
                   "it has an entity of its own, &%.100s;, which is not read",
                   name ? (const char *)name : "");
    return fail_xml(xml, problem);
}

/* Looks at the node; place_out->kind stays NG_XML_NOTHING when it says nothing. */
static ng_status look(ng_xml *xml, ng_xml_place *place_out)
{
    const char *text = NULL;

    place_out->kind = NG_XML_NOTHING;
    switch (xmlTextReaderNodeType(xml->reader)) {
    case XML_READER_TYPE_ELEMENT:
        xml->depth = xmlTextReaderDepth(xml->reader);
        if (xml->depth >= NG_XML_DEPTH)
            return fail_xml(xml, "elements are nested too deep");
        xml->is_end_due = xmlTextReaderIsEmptyElement(xml->reader) == 1;
        tell_element(xml, NG_XML_START, place_out);
        return NG_OK;
    case XML_READER_TYPE_END_ELEMENT:
        xml->depth = xmlTextReaderDepth(xml->reader);
        tell_element(xml, NG_XML_END, place_out);
        return NG_OK;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        text = (const char *)xmlTextReaderConstValue(xml->reader);
        *place_out = (ng_xml_place){ .kind = NG_XML_TEXT };
        place_out->text = text ? ng_view_of(text) : NG_VIEW_NONE;
        return NG_OK;
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return tell_entity(xml, place_out);
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return xml->is_page ? NG_OK : fail_xml(xml, "it declares a document type");
    default:
        return NG_OK;
    }
}

/* Is what was looked at within an element that is passed over? Its end ends that. */
static bool is_skipped(ng_xml *xml, const ng_xml_place *place)
{
    if (xml->skip_depth == NO_SKIP)
        return false;
    if (place->kind == NG_XML_END && xml->depth <= xml->skip_depth)
        xml->skip_depth = NO_SKIP;
    return true;
}

ng_status ng_xml_next(ng_xml *xml, ng_xml_place *place_out)
{
    ng_status status = NG_OK;
    int more = 1;

    for (;;) {
        if (xml->is_end_due) {
            xml->is_end_due = false;
            tell_element(xml, NG_XML_END, place_out);
        } else {
            if (ng_ctx_is_cancelled(xml->package->cx))
                return ng_fail(xml->package->cx, NG_E_LIMIT, "interrupted");
            more = xmlTextReaderRead(xml->reader);
            if (more == 0) {
                place_out->kind = NG_XML_NOTHING;
                return NG_OK;
            }
            status = more < 0 ? fail_xml(xml, xml->problem) : look(xml, place_out);
        }
        if (status != NG_OK)
            return status;
        if (!is_skipped(xml, place_out) && place_out->kind != NG_XML_NOTHING)
            return NG_OK;
    }
}

void ng_xml_skip(ng_xml *xml)
{
    xml->skip_depth = xml->depth;
}

/* ---- attributes ---- */

ng_status ng_xml_attribute(ng_xml *xml, const char *name, ng_buffer *value, bool *has_out)
{
    ng_status status = NG_OK;

    value->size = 0;
    *has_out = false;
    for (int more = xmlTextReaderMoveToFirstAttribute(xml->reader); more == 1 && !*has_out;
         more = xmlTextReaderMoveToNextAttribute(xml->reader)) {
        const char *here = (const char *)xmlTextReaderConstLocalName(xml->reader);
        const char *text = NULL;

        if (!here || strcmp(here, name) != 0)
            continue;
        text = (const char *)xmlTextReaderConstValue(xml->reader);
        *has_out = true;
        status = ng_buffer_add(xml->package->cx, value, text ? ng_view_of(text) : NG_VIEW_NONE);
    }
    (void)xmlTextReaderMoveToElement(xml->reader);
    return status;
}
