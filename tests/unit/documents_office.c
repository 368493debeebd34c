/* Office documents and books: what becomes their title, their author, their date and their text.
 *
 * Each case is the parts of a file and "title|author|date|text" of it, or "!" and the message. */
#include "faults.h"

#if NG_WITH_ARCHIVE
#include "documents_zip.h"

#include "documents/office.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

#define W                                                                                          \
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "                      \
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
#define WORD(body) "<w:document " W "><w:body>" body "</w:body></w:document>"
#define P(runs)    "<w:p>" runs "</w:p>"
#define T(text)    "<w:r><w:t>" text "</w:t></w:r>"
#define RELATION(type, target)                                                                     \
    "<Relationship Id='x' Type='http://schemas.openxmlformats.org/officeDocument/2006/"            \
    "relationships/" type "' Target='" target "'/>"
#define RELATIONS(list)                                                                            \
    "<Relationships "                                                                              \
    "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" list                   \
    "</Relationships>"

#define OPEN(space, name) "xmlns:" space "='urn:oasis:names:tc:opendocument:xmlns:" name ":1.0' "
#define ODT(text)                                                                                  \
    "<office:document-content " OPEN("office", "office") OPEN("text", "text")                      \
        OPEN("draw", "drawing") OPEN("table", "table") OPEN(                                       \
            "svg", "svg-compatible") "><office:automatic-styles>x</"                               \
                                     "office:automatic-styles><office:body><office:text>" text     \
                                     "</office:text></office:body></office:document-content>"

#define CONTAINER                                                                                  \
    "<container><rootfiles><rootfile full-path='a b/x.opf'/><rootfile full-path='y.opf'/>"         \
    "</rootfiles></container>"
#define OPF(metadata, items, spine)                                                                \
    "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>" metadata                     \
    "</metadata><manifest>" items "</manifest><spine>" spine "</spine></package>"
#define ITEM(id, path) "<item id='" id "' href='" path "' media-type='application/xhtml+xml'/>"
#define PAGE(body)                                                                                 \
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>" body          \
    "</body></html>"
#define XHTML_TYPE                                                                                 \
    "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' "                                           \
    "'http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd'>"

typedef ng_status (*reader)(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                            ng_extracted *out);

enum { PARTS = 6, ROOM_BYTES = 1 << 20 };

typedef struct office_case {
    const char *what;
    zip_part parts[PARTS];
    const char *wanted;
    uint64_t document_bytes; /* 0: the default */
    const char *password;
} office_case;

/* What the reader makes of the bytes; `out` has memory of its own, which does not fail. */
static ng_status read_bytes(ng_ctx *cx, reader read, ng_view bytes, uint64_t document_bytes,
                            ng_buffer *out)
{
    ng_ctx *plain = ng_ctx_new();
    ng_options options;
    ng_extracted found;
    ng_status status = NG_OK;

    ng_options_init(&options);
    if (document_bytes)
        options.document_bytes = document_bytes;
    ng_extracted_init(&found, SIZE_MAX / 4);
    status = read(cx, bytes, "x", &options, &found);
    if (status == NG_OK)
        assert_int_equal(
            ng_buffer_format(plain, out, "%s|%s|%s|%s%s%s", ng_buffer_view(&found.title).data,
                             ng_buffer_view(&found.author).data, ng_buffer_view(&found.date).data,
                             ng_buffer_view(&found.text).data, found.remark ? "|" : "",
                             found.remark ? found.remark : ""),
            NG_OK);
    else
        assert_int_equal(ng_buffer_format(plain, out, "!%s", ng_ctx_error(cx)), NG_OK);
    ng_extracted_destroy(cx, &found);
    ng_ctx_free(plain);
    return status;
}

/* Every case gives what is wanted, and nothing leaks when an allocation of ours fails. */
static void run_case(reader read, const office_case *test)
{
    static char room[ROOM_BYTES];
    ng_view bytes = zip_make(test->parts, PARTS, test->password, room, sizeof room);
    ng_status status = NG_E_MEMORY;

    print_message("case: %s\n", test->what);
    for (size_t fail_at = 1; status == NG_E_MEMORY; fail_at++) {
        ng_ctx *cx = ng_ctx_new();
        ng_ctx *plain = ng_ctx_new();
        ng_buffer out;
        test_heap heap;

        ng_buffer_init(&out, 1 << 24);
        test_use_heap(cx, &heap);
        heap.fail_at = fail_at;
        status = read_bytes(cx, read, bytes, test->document_bytes, &out);
        assert_int_equal(heap.live, 0);
        if (status != NG_E_MEMORY)
            assert_string_equal(out.data, test->wanted);
        ng_buffer_destroy(plain, &out);
        ng_ctx_free(plain);
        ng_ctx_free(cx);
    }
}

/* ---- .docx ---- */

static const office_case docx_cases[] = {
    { .what = "paragraphs, tabs, line ends, white space",
      .parts = { { "word/document.xml",
                   TEXT(WORD(P("<w:pPr><w:tabs><w:tab w:val='x'/></w:tabs></w:pPr>" T("One") T(
                       "\n two <w:x/>three ")) P("") P("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>"
                                                       "<w:br/><w:t>c-</w:t><w:noBreakHyphen/>"
                                                       "<w:t>d</w:t><w:cr/></w:r>"))) } },
      .wanted = "|||One two three\n\na b\nc--d" },
    { .what = "tables, lists, fields, links, content controls",
      .parts = { { "word/document.xml",
                   TEXT(WORD(
                       "<w:tbl><w:tblPr><w:t>x</w:t></w:tblPr><w:tr><w:tc>" P(T("Kenya"))
                           P(T("Chile")) "</w:tc><w:tc>" P(T("Peru")) "</w:tc></w:tr></w:tbl>" P(
                               "<w:hyperlink>" T(
                                   "link") "</w:hyperlink><w:r><w:instrText>PAGE"
                                           "</w:instrText></w:r>" T(
                                               " 5")) "<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr>"
                                                      "<w:sdtContent>" P(
                                                          T("in")) "</w:sdtContent></"
                                                                   "w:sdt><w:sectPr><w:t>x</w:t>"
                                                                   "</w:sectPr>")) } },
      .wanted = "|||Kenya\n\nChile\n\nPeru\n\nlink 5\n\nin" },
    { .what = "what was deleted, inserted, moved",
      .parts = { { "word/document.xml",
                   TEXT(WORD(
                       P(T("Peru") "<w:del><w:r><w:delText> was</w:delText></w:r></w:del>"
                                   "<w:ins>" T(" is") "</w:ins>")
                           P("<w:moveFrom>" T("gone") "</w:moveFrom>")
                               P("<w:moveTo>" T("here") "</w:moveTo>")
                                   P("<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" T("A half "))
                                       P("<w:pPr><w:rPr><w:ins w:id='1'/></w:rPr></w:pPr>" T(
                                           "and another")) P(T("end")))) } },
      .wanted = "|||Peru is\n\nhere\n\nA half and another\n\nend" },
    { .what = "a text box, stored twice, follows its paragraph",
      .parts = { { "word/document.xml",
                   TEXT(WORD(P(T(
                       "Before ") "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
                                  "<w:txbxContent>" P(T("One")) P(T(
                                      "Two")) "</w:txbxContent>"
                                              "</mc:Choice><mc:Choice Requires='x'>" T(
                                                  "x") "</mc:Choice>"
                                                       "<mc:Fallback><w:txbxContent>" P(T(
                                                           "Three")) "</w:txbxContent>"
                                                                     "</mc:Fallback></"
                                                                     "mc:AlternateContent></w:r>" T(
                                                                         "after"))
                                 P(T("Then") "<mc:AlternateContent><mc:Fallback>" T(
                                     " fallback") "</mc:Fallback>"
                                                  "</mc:AlternateContent>"))) } },
      .wanted = "|||Before after\n\nOne\n\nTwo\n\nThen fallback" },
    { .what = "parts that relations lead to; notes at the end; metadata",
      .parts = { { "_rels/.rels",
                   TEXT(RELATIONS(RELATION("officeDocument", "/d/e/main.xml")
                                      RELATION("metadata/core-properties", "meta.xml"))) },
                 { "d/e/main.xml",
                   TEXT(WORD(P(T("Text") "<w:r><w:footnoteReference w:id='2'/></w:r>" T(".")))) },
                 { "d/e/_rels/main.xml.rels",
                   TEXT(RELATIONS(RELATION("endnotes", "./end.xml")
                                      RELATION("footnotes", "../x%20y.xml"))) },
                 { "d/x y.xml",
                   TEXT("<w:footnotes " W "><w:footnote w:type='separator'>" P(
                       T("no")) "</w:footnote><w:footnote w:id='2'>" P(T("Foot")) "</w:footnote></"
                                                                                  "w:footnotes>") },
                 { "d/e/end.xml", TEXT("<w:endnotes " W "><w:endnote w:type='normal'>" P(
                                      T("End")) "</w:endnote></w:endnotes>") },
                 { "meta.xml", TEXT("<c:p xmlns:c='c' xmlns:dc='d'><dc:title> A\n&amp; b</dc:title>"
                                    "<dc:creator>Ann &#x4C;ee</dc:creator><dc:title>x</dc:title>"
                                    "<dc:modified>2020-01-02T00:00:00Z</dc:modified>"
                                    "<dc:created>2019-02-21T23:00:00Z</dc:created></c:p>") } },
      .wanted = "A & b|Ann Lee|2019-02-21|Text.\n\nFoot\n\nEnd" },
    { .what = "the other namespace, UTF-16, ruby",
      .parts = { { "word/document.xml",
                   TEXT("<x:document xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'>"
                        "<x:body><x:p><x:r><x:ruby><x:rt><x:t>no</x:t></x:rt><x:rubyBase><x:t>"
                        "K\xC3\xB6ln</x:t></x:rubyBase></x:ruby></x:r></x:p></x:body>"
                        "</x:document>") } },
      .wanted = "|||K\xC3\xB6ln" },
    { .what = "a table of numbers",
      .parts = { { "_rels/.rels", TEXT(RELATIONS(RELATION("officeDocument", "xl/workbook.xml"))) },
                 { "xl/workbook.xml", TEXT("<workbook/>") } },
      .wanted = "!x: damaged, or no document of Word: it has no text" },
    { .what = "no document",
      .parts = { { "a.txt", TEXT("x") } },
      .wanted = "!x: damaged, or no document of Word: it has no text" },
    { .what = "XML that is cut off",
      .parts = { { "word/document.xml", TEXT("<w:document " W "><w:body><w:p>") } },
      .wanted = "!x: damaged: word/document.xml: it ends in the middle, or something stands behind "
                "its end" },
    { .what = "an empty part",
      .parts = { { "word/document.xml", TEXT("") } },
      .wanted = "!x: damaged: word/document.xml: it is empty" },
    { .what = "a document type",
      .parts = { { "word/document.xml",
                   TEXT("<!DOCTYPE x [<!ENTITY a 'b'>]>" WORD(P(T("&a;")))) } },
      .wanted = "!x: damaged: word/document.xml: it declares a document type" },
    { .what = "larger than a document may be, once it is unpacked",
      .parts = { { "word/document.xml", TEXT(WORD(P(T("Text")))) } },
      .document_bytes = 200,
      .wanted = "!x: larger than 200 bytes; raise --max-document-bytes" },
    { .what = "a password",
      .parts = { { "word/document.xml", TEXT(WORD(P(T("Text")))) } },
      .password = "secret",
      .wanted = "!x: encrypted; save it without a password" },
};

static void test_docx(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof docx_cases / sizeof *docx_cases; i++)
        run_case(ng_docx_extract, &docx_cases[i]);
}

/* ---- .odt ---- */

static const office_case odt_cases[] = {
    { .what = "headings, lists, tables, blanks, line ends",
      .parts = { { "content.xml",
                   TEXT(ODT(
                       "x<text:h><text:number>1.</text:number>Head</text:h><text:list>"
                       "<text:list-item><text:p>One<text:s text:c='99'/>two<text:tab/>\n 3"
                       "<text:line-break/>four</text:p></text:list-item></text:list>"
                       "<table:table><table:table-cell><text:p>Kenya</text:p>"
                       "</table:table-cell></table:table><text:p/>"
                       "<text:p><text:span>Pe</text:span><text:span>ru</text:span></text:p>")) } },
      .wanted = "|||Head\n\nOne two 3\nfour\n\nKenya\n\nPeru" },
    { .what = "notes, comments, changes, shapes",
      .parts = { { "content.xml",
                   TEXT(
                       ODT("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
                           "<text:p>Text<text:note><text:note-citation>1</text:note-citation>"
                           "<text:note-body><text:p>Note</text:p></text:note-body></text:note>, "
                           "<draw:frame><svg:title>x</svg:title><draw:text-box><text:p>Box</text:p>"
                           "</draw:text-box></draw:frame><office:annotation><text:p>no</text:p>"
                           "</office:annotation>and so on<text:ruby><text:ruby-base>!"
                           "</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"
                           "</text:p><text:p>Last</text:p>")) } },
      .wanted = "|||Text, and so on!\n\nBox\n\nLast\n\nNote" },
    { .what = "metadata: who began it, when it was begun",
      .parts = { { "content.xml", TEXT(ODT("<text:p>x</text:p>")) },
                 { "meta.xml",
                   TEXT("<m xmlns:dc='d' xmlns:meta='e'><dc:creator>Bob</dc:creator>"
                        "<dc:date>2020-01-01</dc:date><dc:title/><dc:title>A</dc:title>"
                        "<meta:initial-creator>Ann</meta:initial-creator>"
                        "<meta:creation-date>2019-02-21T08:00:00</meta:creation-date></m>") } },
      .wanted = "A|Ann|2019-02-21|x" },
    { .what = "metadata: who saved it, a date that is none",
      .parts = { { "content.xml", TEXT(ODT("<text:p>x</text:p>")) },
                 { "meta.xml", TEXT("<m xmlns:dc='d' xmlns:meta='e'><dc:creator>Bob</dc:creator>"
                                    "<dc:date>2020-01-01</dc:date>"
                                    "<meta:creation-date>then</meta:creation-date></m>") } },
      .wanted = "|Bob|2020-01-01|x" },
    { .what = "encrypted",
      .parts = { { "content.xml", TEXT("\x01\x02\x03") },
                 { "META-INF/manifest.xml",
                   TEXT("<m xmlns:manifest='m'><manifest:file-entry "
                        "manifest:full-path='content.xml'><manifest:encryption-data/>"
                        "</manifest:file-entry></m>") } },
      .wanted = "!x: encrypted; save it without a password" },
    { .what = "encrypted as a whole",
      .parts = { { "META-INF/manifest.xml",
                   TEXT("<m xmlns:manifest='m'><manifest:file-entry "
                        "manifest:full-path='encrypted-package'><manifest:encryption-data/>"
                        "</manifest:file-entry></m>") } },
      .wanted = "!x: encrypted; save it without a password" },
    { .what = "another document",
      .parts = { { "content.xml", TEXT("<x/>") } },
      .wanted = "!x: damaged, or no OpenDocument: it has no text" },
    { .what = "an entity in an attribute",
      .parts = { { "content.xml", TEXT("<!DOCTYPE x [<!ENTITY a 'b'>]><x y='&a;'/>") } },
      .wanted = "!x: damaged: content.xml: it declares a document type" },
};

static void test_odt(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof odt_cases / sizeof *odt_cases; i++)
        run_case(ng_odt_extract, &odt_cases[i]);
}

/* ---- .epub ---- */

#define TWO_PAGES                                                                                  \
    OPF("", ITEM("a", "one.xhtml") ITEM("b", "../two.xhtml"),                                      \
        "<itemref idref='b'/><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/>")

#define TEN(name) name name name name name name name name name name
#define LAUGHS                                                                                     \
    "<!DOCTYPE html [<!ENTITY a '" TEN("ha") "'><!ENTITY b '" TEN("&a;") "'><!ENTITY c '" TEN(     \
        "&b"                                                                                       \
        ";") "'><!ENTITY d '" TEN("&c;") "'><!ENTITY e '" TEN("&d;") "'><!ENTITY f '" TEN("&e;") "'><!ENTITY g '" TEN("&f;") "'><!ENTITY h '" TEN("&g;") "'>]>"

static const office_case epub_cases[] = {
    { .what = "the order of the spine, each page once",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT(PAGE("<h1>One</h1>text")) },
                 { "two.xhtml", TEXT(PAGE("Two")) } },
      .wanted = "|||Two\n\nOne\n\ntext" },
    { .what = "metadata; navigation and pictures are left out",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf",
                   TEXT(OPF("<dc:title>T</dc:title><dc:creator>Ann</dc:creator>"
                            "<dc:creator>Bob</dc:creator><dc:date>2019-02</dc:date>",
                            ITEM("a", "%6Fne.xhtml#x") ITEM(
                                "n", "n.xhtml' properties='x nav") "<item id='p' href='p.svg' "
                                                                   "media-type='image/svg+xml'/>",
                            "<itemref idref='n'/><itemref idref='p'/><itemref idref='a'/>")) },
                 { "a b/one.xhtml", TEXT(PAGE("One")) },
                 { "a b/n.xhtml", TEXT(PAGE("no")) },
                 { "a b/p.svg", TEXT("<svg>no</svg>") } },
      .wanted = "T|Ann|2019-02|One" },
    { .what = "blocks, lines, white space, what is hidden",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml",
                   TEXT(PAGE(
                       "<p>A <b>b</b>\n c<br/>d</p>e<ul><li>f</li><li>g</li></ul><pre>h\ni</pre>"
                       "<script>x</script><style>x</style><svg><text>x</text></svg>"
                       "<table><tr><td>j</td><td>k</td></tr></table>"
                       "l<a role='doc-noteref'>1</a><a href='#x'>m</a>")) },
                 { "two.xhtml", TEXT(XHTML_TYPE PAGE("1&nbsp;2 &eacute;&lt;&#228;")) } },
      .wanted = "|||1\xC2\xA0"
                "2 \xC3\xA9<\xC3\xA4\n\nA b c\nd\n\ne\n\nf\n\ng\n\nh\ni\n\nj\n\nk\n\nlm" },
    { .what = "a page that is not there",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT(PAGE("One")) } },
      .wanted = "|||One|a page that its list names is not in the book" },
    { .what = "a page that is no XML",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml",
                   TEXT("<html><body><p>One<br>&own; &amp; <b>two<p>three<pre>4") },
                 { "two.xhtml", TEXT(PAGE("Two")) } },
      .wanted = "|||Two\n\nOne\n&own; & two\n\nthree\n\n4"
                "|a page is not well formed; it was read as HTML" },
    { .what = "an encrypted page",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "META-INF/encryption.xml",
                   TEXT("<e><CipherReference URI='a%20b/one.xhtml'/></e>") },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT("\x01\x02") } },
      .wanted = "!x: encrypted; save it without a password" },
    { .what = "an encrypted font",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "META-INF/encryption.xml", TEXT("<e><CipherReference URI='font.otf'/></e>") },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT(PAGE("One")) },
                 { "two.xhtml", TEXT(PAGE("Two")) } },
      .wanted = "|||Two\n\nOne" },
    { .what = "no container",
      .parts = { { "x.opf", TEXT(TWO_PAGES) } },
      .wanted = "!x: damaged, or no book: it has no META-INF/container.xml" },
    { .what = "no package file",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) } },
      .wanted = "!x: damaged, or no book: it has no package file" },
    { .what = "pages that unpack to more than a document may have, together",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT(PAGE("One")) },
                 { "two.xhtml", TEXT(PAGE("Two")) } },
      .document_bytes = 600,
      .wanted = "!x: larger than 600 bytes; raise --max-document-bytes" },
    { .what = "entities of entities, in an attribute",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT(LAUGHS PAGE("<p title='&h;'>x</p>")) } },
      .wanted = "!x: damaged: a b/one.xhtml: its entities are a trap" },
    { .what = "entities of entities, in the text",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT(LAUGHS PAGE("&h;")) } },
      .wanted = "!x: damaged: a b/one.xhtml: its entities are a trap" },
    { .what = "entities of its own",
      .parts = { { "META-INF/container.xml", TEXT(CONTAINER) },
                 { "a b/x.opf", TEXT(TWO_PAGES) },
                 { "a b/one.xhtml", TEXT("<!DOCTYPE html [<!ENTITY own 'x'>]>" PAGE("&own;")) } },
      .wanted = "!x: damaged: a b/one.xhtml: it has an entity of its own, &own;, which is not "
                "read" },
};

static void test_epub(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof epub_cases / sizeof *epub_cases; i++)
        run_case(ng_epub_extract, &epub_cases[i]);
}

/* ---- files that pandoc made ---- */

static const struct {
    const char *name;
    reader read;
} files[] = {
    { "office.docx", ng_docx_extract },
    { "office.odt", ng_odt_extract },
    { "office.epub", ng_epub_extract },
};

enum { FILE_COUNT = sizeof files / sizeof *files };

static ng_view read_file(const char *name, char *room)
{
    char path[1024];
    FILE *file = NULL;
    size_t size = 0;

    (void)snprintf(path, sizeof path, "%s/documents/%s", NG_TEST_DATA, name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(room, 1, ROOM_BYTES, file);
    assert_int_equal(fclose(file), 0);
    return (ng_view){ room, size };
}

static const char file_text[] =
    "Talks in Geneva & Lyon|Ann Lee|2019-02-21|Talks in Geneva & Lyon\n\nAnn Lee\n\n2019-02-21\n\n"
    "Ministers meet\n\nChancellor Angela Merkel met the foreign minister of Peru in Geneva. They "
    "spoke of \xE2\x80\x9CK\xC3\xB6ln\xE2\x80\x93Z\xC3\xBCrich\xE2\x80\x9D and of "
    "Reykjav\xC3\xADk.\n\nKenya sent Grace Otieno.\n\nChile sent nobody.\n\nCountry\n\nDelegate\n\n"
    "Norway\n\nKari Nordmann\n\nGhana\n\nKofi Mensah\n\nThe day after\n\nThe talks went on in "
    "Lyon,\nwhere it rained.\n\nSwitzerland was the host.";

static void test_files(void **state)
{
    static char room[ROOM_BYTES];

    (void)state;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        ng_ctx *cx = ng_ctx_new();
        ng_buffer out;

        ng_buffer_init(&out, 1 << 20);
        print_message("file: %s\n", files[i].name);
        assert_int_equal(read_bytes(cx, files[i].read, read_file(files[i].name, room), 0, &out),
                         NG_OK);
        assert_string_equal(out.data, file_text);
        ng_buffer_destroy(cx, &out);
        ng_ctx_free(cx);
    }
}

/* A file that is cut off has no list of its parts; one whose bytes were changed may. */
static void test_damaged(void **state)
{
    static char room[ROOM_BYTES];

    (void)state;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        ng_view whole = read_file(files[i].name, room);

        for (size_t size = 0; size < whole.size; size += size < 100 ? 1 : 61) {
            ng_ctx *cx = ng_ctx_new();
            ng_buffer out;
            ng_status status = NG_OK;

            ng_buffer_init(&out, 1 << 20);
            assert_int_equal(read_bytes(cx, files[i].read, ng_view_part(whole, 0, size), 0, &out),
                             NG_E_DATA);
            assert_non_null(strstr(out.data, "!x: damaged"));
            out.size = 0;
            room[size] ^= 0x55;
            status = read_bytes(cx, files[i].read, whole, 0, &out);
            assert_true(status == NG_OK || status == NG_E_DATA || status == NG_E_LIMIT);
            room[size] ^= 0x55;
            ng_buffer_destroy(cx, &out);
            ng_ctx_free(cx);
        }
    }
}

/* A cancelled context ends the reading. */
static void test_cancelled(void **state)
{
    static char room[ROOM_BYTES];

    (void)state;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        ng_ctx *cx = ng_ctx_new();
        ng_buffer out;

        ng_buffer_init(&out, 1 << 20);
        ng_ctx_cancel(cx);
        assert_int_equal(read_bytes(cx, files[i].read, read_file(files[i].name, room), 0, &out),
                         NG_E_LIMIT);
        assert_string_equal(out.data, "!interrupted");
        ng_buffer_destroy(cx, &out);
        ng_ctx_free(cx);
    }
}

/* What the user should know comes with the document. */
static void test_remark(void **state)
{
    static char room[ROOM_BYTES];
    const office_case *test = &epub_cases[3];
    ng_ctx *cx = ng_ctx_new();
    ng_labels labels = { .id = NG_VIEW("x"), .origin = NG_VIEW("x") };
    ng_source_document *document = NULL;
    ng_options options;
    ng_buffer bytes;

    (void)state;
    ng_options_init(&options);
    ng_buffer_init(&bytes, ROOM_BYTES);
    assert_int_equal(
        ng_buffer_add(cx, &bytes, zip_make(test->parts, PARTS, NULL, room, sizeof room)), NG_OK);
    assert_int_equal(ng_source_make_raw(cx, &bytes, &labels, NG_MEDIA_EPUB, NULL, &document),
                     NG_OK);
    assert_int_equal(ng_source_prepare(cx, &options, document), NG_OK);
    assert_string_equal(document->remark, "a page that its list names is not in the book");
    ng_source_free(cx, document);
    ng_buffer_destroy(cx, &bytes);
    ng_ctx_free(cx);
}

/* ---- bombs ---- */

/* A part that is a beginning, a piece many times, an end. */
static const struct {
    const char *what, *beginning, *piece, *end;
    size_t count;
    ng_status status;
    const char *message; /* how it begins, or NULL */
} bombs[] = {
    { "zeros, a thousand times as many as are packed", WORD(P(T("x"))) "<!--", "0123456789", "-->",
      8000000, NG_E_LIMIT, "x: larger than 67108864 bytes; raise --max-document-bytes" },
    { "entities of entities",
      "<!DOCTYPE w [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c "
      "'&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e "
      "'&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]><w a='",
      "&f;", "'>&f;</w>", 1000, NG_E_DATA, "x: damaged: word/document.xml: " },
    { "elements within elements", "", "<w>", "", 100000, NG_E_DATA,
      "x: damaged: word/document.xml: elements are nested too deep" },
    { "paragraphs without end", "<w:document " W "><w:body>", "<w:p/>", "</w:body></w:document>",
      1000000, NG_OK, NULL },
    { "line ends without end", "<w:document " W "><w:body><w:p><w:t>x</w:t>", "<w:br/>",
      "<w:t>x</w:t></w:p></w:body></w:document>", 1000000, NG_OK, NULL },
    { "text boxes without end", "<w:document " W "><w:body><w:p>",
      "<w:txbxContent><w:p><w:t>x</w:t></w:p></w:txbxContent>", "</w:p></w:body></w:document>",
      200000, NG_OK, NULL },
    { "words without end", "<w:document " W "><w:body><w:p><w:t>", "Peru ",
      "</w:t></w:p></w:body></w:document>", 1000000, NG_OK, NULL },
};

static void run_bomb(size_t i)
{
    const size_t room_bytes = (size_t)16 << 20;
    char *room = malloc(room_bytes);
    ng_ctx *cx = ng_ctx_new();
    zip_part part = { .name = "word/document.xml" };
    ng_buffer text, out;

    assert_non_null(room);
    ng_buffer_init(&text, SIZE_MAX / 4);
    ng_buffer_init(&out, SIZE_MAX / 4);
    assert_int_equal(ng_buffer_add(cx, &text, ng_view_of(bombs[i].beginning)), NG_OK);
    for (size_t n = 0; n < bombs[i].count; n++)
        assert_int_equal(ng_buffer_add(cx, &text, ng_view_of(bombs[i].piece)), NG_OK);
    assert_int_equal(ng_buffer_add(cx, &text, ng_view_of(bombs[i].end)), NG_OK);
    part.content = ng_buffer_view(&text);
    print_message("bomb: %s\n", bombs[i].what);
    assert_int_equal(
        read_bytes(cx, ng_docx_extract, zip_make(&part, 1, NULL, room, room_bytes), 0, &out),
        bombs[i].status);
    if (bombs[i].message)
        assert_memory_equal(out.data + 1, bombs[i].message, strlen(bombs[i].message));
    assert_true(out.size <= text.size + 256);
    ng_buffer_destroy(cx, &text);
    ng_buffer_destroy(cx, &out);
    ng_ctx_free(cx);
    free(room);
}

static void test_bombs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++)
        run_bomb(i);
}

/* ---- what a file is ---- */

static void test_media(void **state)
{
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1";
    ng_media media = NG_MEDIA_NONE;

    (void)state;
    assert_string_equal(ng_media_of(ng_view_of(ole), NG_VIEW("a.docx"), false, &media),
                        "a document that is encrypted; save it without a password");
    assert_string_equal(ng_media_of(ng_view_of(ole), NG_VIEW("a.doc"), false, &media),
                        "an Office document of before 2007; save it as .docx or .odt first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_docx),      cmocka_unit_test(test_odt),
        cmocka_unit_test(test_epub),      cmocka_unit_test(test_files),
        cmocka_unit_test(test_damaged),   cmocka_unit_test(test_remark),
        cmocka_unit_test(test_cancelled), cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_media),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

#include "documents/office.h"

/* Without libarchive they are refused, in words. */
static void test_refused(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_extracted found;

    (void)state;
    ng_options_init(&options);
    ng_extracted_init(&found, SIZE_MAX / 4);
    assert_int_equal(ng_docx_extract(cx, NG_VIEW("PK"), "x", &options, &found), NG_E_DATA);
    assert_non_null(strstr(ng_ctx_error(cx), "built without libarchive"));
    ng_extracted_destroy(cx, &found);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_refused) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#endif
