/* The document and its pages: poppler lives here.
 *
 * Text is asked for page by page, in poppler's reading order, with the box of each letter; the
 * pages are kept until all are read, for a running head is known by its neighbours. Poppler and
 * glib end the process when memory is short; that is why it is one of its own. */
#include "pdf_internal.h"

#include <poppler.h>

#include <stdlib.h>
#include <string.h>

enum { LABEL_BYTES = 1000, TIDY_COUNT = 7 };

const char *pdf_poppler_version(void)
{
    return poppler_get_version();
}

void pdf_content_free(pdf_content *content)
{
    pdf_bytes_free(&content->title);
    pdf_bytes_free(&content->author);
    pdf_bytes_free(&content->date);
    pdf_bytes_free(&content->text);
}

/* ---- text ---- */

/* Ligatures of presentation, which other programs write as letters. */
static const struct {
    gunichar letter;
    const char *text;
} ligatures[TIDY_COUNT] = {
    { 0xFB00, "ff" },  { 0xFB01, "fi" }, { 0xFB02, "fl" }, { 0xFB03, "ffi" },
    { 0xFB04, "ffl" }, { 0xFB05, "st" }, { 0xFB06, "st" },
};

/* What stands for a code point: itself, letters, a blank, nothing. */
static const char *tidy(gunichar letter, char room[8])
{
    for (size_t i = 0; i < TIDY_COUNT; i++)
        if (ligatures[i].letter == letter)
            return ligatures[i].text;
    if (letter < ' ' && letter != '\n')
        return " ";
    room[g_unichar_to_utf8(letter, room)] = '\0';
    return room;
}

/* Appends valid text in which no control bytes and no ligatures are left. A soft hyphen stays only
 * where a line ends with it. */
static bool add_tidy(pdf_bytes *out, const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        const char *next = g_utf8_next_char(at);
        char room[8];
        const char *wanted = tidy(letter, room);

        if (letter == 0xAD && *next != '\n' && *next != '\0')
            continue;
        if (!pdf_bytes_add(out, wanted, strlen(wanted)))
            return false;
    }
    return true;
}

/* The places of the letters of a page. */
static pdf_box *find_boxes(PopplerPage *page, size_t *count_out)
{
    PopplerRectangle *rectangles = NULL;
    pdf_box *boxes = NULL;
    guint count = 0;

    *count_out = 0;
    if (!poppler_page_get_text_layout(page, &rectangles, &count))
        return NULL;
    boxes = calloc((size_t)count + 1, sizeof *boxes);
    for (guint i = 0; boxes && i < count; i++)
        boxes[i] =
            (pdf_box){ rectangles[i].x1, rectangles[i].y1, rectangles[i].x2, rectangles[i].y2 };
    *count_out = boxes ? count : 0;
    g_free(rectangles);
    return boxes;
}

/* Reads one page. */
static bool read_page(PopplerDocument *document, int index, pdf_page *out)
{
    PopplerPage *page = poppler_document_get_page(document, index);
    char *text = page ? poppler_page_get_text(page) : NULL;
    size_t count = 0;
    pdf_box *boxes = NULL;
    bool is_good = true;

    if (text) {
        boxes = find_boxes(page, &count);
        out->text = g_utf8_make_valid(text, -1);
        is_good = pdf_page_lines(out->text, boxes, count, &out->lines, &out->line_count);
    }
    free(boxes);
    g_free(text);
    if (page)
        g_object_unref(page);
    return is_good;
}

/* Reads all pages and joins them. */
static int read_pages(PopplerDocument *document, pdf_content *content)
{
    size_t count = (size_t)content->page_count;
    pdf_page *pages = calloc(count + 1, sizeof *pages);
    pdf_bytes text = { 0 };
    bool is_good = pages != NULL;

    for (size_t i = 0; is_good && i < count; i++)
        is_good = read_page(document, (int)i, &pages[i]);
    if (is_good) {
        pdf_flow_mark(pages, count);
        is_good = pdf_flow_join(pages, count, &text);
    }
    if (is_good && text.size > 0)
        is_good = add_tidy(&content->text, text.data);
    for (size_t i = 0; pages && i < count; i++) {
        free(pages[i].lines);
        g_free(pages[i].text);
    }
    free(pages);
    pdf_bytes_free(&text);
    return is_good ? PDF_OK : pdf_fail(PDF_MEMORY, "no memory for the text");
}

/* ---- metadata ---- */

/* Is this no title but what a program makes of the name of a file, or of nothing? */
static bool is_file_name(const char *title)
{
    static const char *const beginnings[] = { "microsoft word - ", "microsoft powerpoint - ",
                                              "untitled", "file://", "slide 1" };
    static const char *const endings[] = { ".doc", ".docx", ".dvi",  ".tex", ".indd",
                                           ".qxd", ".pdf",  ".html", ".odt", ".rtf",
                                           ".txt", ".ps",   ".pages" };
    size_t size = strlen(title);

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (g_ascii_strncasecmp(title, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);

        if (size >= length && g_ascii_strcasecmp(title + size - length, endings[i]) == 0)
            return true;
    }
    return false;
}

/* A title or an author, on one line; taken over. */
static bool take_label(char *value, bool is_title, pdf_bytes *out)
{
    char *valid = value ? g_utf8_make_valid(value, -1) : NULL;
    bool is_good = true;

    for (char *at = valid; at && *at; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    if (valid) {
        g_strstrip(valid);
        if (strlen(valid) <= LABEL_BYTES && !(is_title && is_file_name(valid)))
            is_good = add_tidy(out, valid);
    }
    g_free(valid);
    g_free(value);
    return is_good;
}

/* The day on which it was made, where it was made. */
static bool read_date(PopplerDocument *document, pdf_bytes *out)
{
    GDateTime *date = poppler_document_get_creation_date_time(document);
    char *day = NULL;
    bool is_good = true;

    if (!date)
        return true;
    day = g_date_time_format(date, "%Y-%m-%d");
    if (day && strlen(day) == 10)
        is_good = pdf_bytes_add(out, day, 10);
    g_free(day);
    g_date_time_unref(date);
    return is_good;
}

static int read_labels(PopplerDocument *document, pdf_content *content)
{
    if (take_label(poppler_document_get_title(document), true, &content->title) &&
        take_label(poppler_document_get_author(document), false, &content->author) &&
        read_date(document, &content->date))
        return PDF_OK;
    return pdf_fail(PDF_MEMORY, "no memory for the title");
}

/* ---- the file ---- */

/* Says why a file cannot be read. */
static int fail_to_open(const GError *error)
{
    if (error && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        return pdf_fail(PDF_DATA, "an encrypted PDF; take its password off first, for example with "
                                  "`qpdf --decrypt --password=... in.pdf out.pdf`");
    return pdf_fail(PDF_DATA, "no PDF, or a damaged one (%.200s)",
                    error ? error->message : "no reason given");
}

int pdf_read(const char *data, size_t size, pdf_content *content)
{
    GBytes *bytes = g_bytes_new_static(data, size);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    int code = PDF_OK;

    if (document) {
        content->page_count = poppler_document_get_n_pages(document);
        if (content->page_count < 1)
            code = pdf_fail(PDF_DATA, "a damaged PDF: it has no pages");
        if (code == PDF_OK)
            code = read_labels(document, content);
        if (code == PDF_OK)
            code = read_pages(document, content);
        g_object_unref(document);
    } else {
        code = fail_to_open(error);
    }
    g_clear_error(&error);
    g_bytes_unref(bytes);
    return code;
}
