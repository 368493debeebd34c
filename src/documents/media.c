/* What a file is: a look at its first bytes and at the ending of its name.
 *
 * A wrong guess gives a graph of rubbish or keeps a document out. So bytes that nothing else begins
 * with decide first, then the ending, then, where there is none, what text looks like. What is left
 * is text unless it has a share of bytes that no text has; a handful of zero or control bytes is
 * left alone, for such texts exist. */
#include "documents_internal.h"

/* How files begin that cannot be mistaken. */
static const struct {
    ng_view beginning;
    ng_media media;
    const char *refusal; /* of NG_MEDIA_NONE */
} signatures[] = {
    { { "%PDF-", 5 }, NG_MEDIA_PDF, NULL },
    { { "PK\x03\x04", 4 }, NG_MEDIA_PACKED, NULL },
    { { "PK\x05\x06", 4 }, NG_MEDIA_PACKED, NULL },
    { { "\x1F\x8B", 2 }, NG_MEDIA_PACKED, NULL },
    { { "BZh", 3 }, NG_MEDIA_PACKED, NULL },
    { { "\xFD"
        "7zXZ\0",
        6 },
      NG_MEDIA_PACKED,
      NULL },
    { { "\x28\xB5\x2F\xFD", 4 }, NG_MEDIA_PACKED, NULL },
    { { "\x04\x22\x4D\x18", 4 }, NG_MEDIA_PACKED, NULL },
    { { "7z\xBC\xAF\x27\x1C", 6 }, NG_MEDIA_PACKED, NULL },
    { { "WARC/1.", 7 }, NG_MEDIA_WARC, NULL },
    { { "\x89PNG\r\n", 6 }, NG_MEDIA_NONE, "a PNG picture, not text" },
    { { "\x7F"
        "ELF",
        4 },
      NG_MEDIA_NONE,
      "a program, not text" },
    { { "\xFF\xD8\xFF", 3 }, NG_MEDIA_NONE, "a JPEG picture, not text" },
    { { "GIF87a", 6 }, NG_MEDIA_NONE, "a GIF picture, not text" },
    { { "GIF89a", 6 }, NG_MEDIA_NONE, "a GIF picture, not text" },
    { { "Rar!\x1A\x07", 6 }, NG_MEDIA_NONE, "a RAR archive; unpack it first" },
    { { "\xD0\xCF\x11\xE0\xA1\xB1", 6 },
      NG_MEDIA_NONE,
      "an Office document of before 2007; save it as .docx or .odt first" },
    { { "{\\rtf", 5 }, NG_MEDIA_NONE, "an RTF document; save it as .docx or .odt first" },
    { { "SQLite media 3\0", 16 }, NG_MEDIA_NONE, "a database, not text" },
};

/* What endings mean. The order matters to no one. */
static const struct {
    const char *ending;
    ng_media media;
} endings[] = {
    { ".txt", NG_MEDIA_TEXT },      { ".text", NG_MEDIA_TEXT },   { ".md", NG_MEDIA_TEXT },
    { ".markdown", NG_MEDIA_TEXT }, { ".jsonl", NG_MEDIA_LINES }, { ".ndjson", NG_MEDIA_LINES },
    { ".json", NG_MEDIA_JSON },     { ".csv", NG_MEDIA_TABLE },   { ".tsv", NG_MEDIA_TABLE },
    { ".html", NG_MEDIA_HTML },     { ".htm", NG_MEDIA_HTML },    { ".xhtml", NG_MEDIA_HTML },
    { ".pdf", NG_MEDIA_PDF },       { ".docx", NG_MEDIA_DOCX },   { ".odt", NG_MEDIA_ODT },
    { ".epub", NG_MEDIA_EPUB },     { ".eml", NG_MEDIA_MAIL },    { ".mbox", NG_MEDIA_MBOX },
    { ".warc", NG_MEDIA_WARC },     { ".zip", NG_MEDIA_PACKED },  { ".tar", NG_MEDIA_PACKED },
    { ".tgz", NG_MEDIA_PACKED },    { ".tbz2", NG_MEDIA_PACKED }, { ".txz", NG_MEDIA_PACKED },
    { ".7z", NG_MEDIA_PACKED },     { ".gz", NG_MEDIA_PACKED },   { ".bz2", NG_MEDIA_PACKED },
    { ".xz", NG_MEDIA_PACKED },     { ".zst", NG_MEDIA_PACKED },
};

const char ng_media_endings[] =
    ".txt .text .md .jsonl .ndjson .json .csv .tsv .html .pdf .docx .odt "
    ".epub .eml .mbox .warc, and .zip .tar .7z .gz .bz2 .xz .zst of them";

/* The names of formats, for --read-as. */
static const struct {
    const char *name;
    ng_media media;
} names[] = {
    { "text", NG_MEDIA_TEXT }, { "html", NG_MEDIA_HTML }, { "jsonl", NG_MEDIA_LINES },
    { "json", NG_MEDIA_JSON }, { "csv", NG_MEDIA_TABLE }, { "tsv", NG_MEDIA_TABLE },
    { "pdf", NG_MEDIA_PDF },   { "docx", NG_MEDIA_DOCX }, { "odt", NG_MEDIA_ODT },
    { "epub", NG_MEDIA_EPUB }, { "mail", NG_MEDIA_MAIL }, { "mbox", NG_MEDIA_MBOX },
    { "warc", NG_MEDIA_WARC },
};

bool ng_media_find(const char *name, ng_media *media_out)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0) {
            *media_out = names[i].media;
            return true;
        }
    return false;
}

const char *ng_media_list(void)
{
    return "text, Markdown, HTML, JSON, CSV, mbox, WARC"
#if NG_WITH_ARCHIVE
           "; DOCX, ODT, EPUB, zip, tar, 7z, gz, bz2, xz, zst (libarchive)"
#endif
#if NG_WITH_GMIME
           "; mail (GMime)"
#endif
#if NG_WITH_UCHARDET
           "; any character set (uchardet, iconv)"
#else
           "; any character set that is declared (iconv)"
#endif
        ;
}

bool ng_media_is_known(const char *name)
{
    ng_media media = NG_MEDIA_NONE;

    return ng_media_find(name, &media);
}

/* ---- endings ---- */

bool ng_has_ending(ng_view name, ng_view ending)
{
    return name.size > ending.size &&
           ng_view_equal_folded(ng_view_part(name, name.size - ending.size, name.size), ending);
}

ng_media ng_media_of_name(ng_view name)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ng_has_ending(name, ng_view_of(endings[i].ending)))
            return endings[i].media;
    return NG_MEDIA_NONE;
}

/* ---- what text looks like ---- */

enum { A_FEW = 3 }; /* odd bytes that a text may have */

/* Control bytes that no text has: not tab, line feed, vertical tab, form feed, return, escape. */
static bool is_odd_control(unsigned char byte)
{
    return (byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte != 0x1B) || byte == 0x7F;
}

/* Is `part` more than `percent` of `whole`? */
static bool is_share(size_t part, size_t whole, size_t percent)
{
    return part * 100 > whole * percent;
}

/* Has this too many bytes that no text has? UTF-16 and UTF-32 have zero bytes by nature. */
static bool is_binary(ng_view head)
{
    size_t zero_count = 0;
    size_t control_count = 0;

    if (ng_encoding_is_wide(head))
        return false;
    for (size_t i = 0; i < head.size; i++) {
        unsigned char byte = (unsigned char)head.data[i];

        zero_count += byte == 0;
        control_count += is_odd_control(byte);
    }
    return (zero_count > A_FEW && is_share(zero_count, head.size, 1)) ||
           (control_count > A_FEW && is_share(control_count, head.size, 10));
}

/* The text behind a byte order mark and white space. */
static ng_view skip_space(ng_view head)
{
    size_t at = ng_view_starts(head, NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;

    while (at < head.size && ng_is_blank_byte(head.data[at]))
        at++;
    return ng_view_part(head, at, head.size);
}

/* Does the text begin with one of these, whatever the case? */
static bool begins_with_any(ng_view text, const char *const *beginnings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ng_view beginning = ng_view_of(beginnings[i]);

        if (text.size >= beginning.size &&
            ng_view_equal_folded(ng_view_part(text, 0, beginning.size), beginning))
            return true;
    }
    return false;
}

static bool looks_like_html(ng_view head)
{
    static const char *const beginnings[] = { "<!doctype html", "<html", "<head", "<body" };
    ng_view text = skip_space(head);

    if (ng_view_starts(text, NG_VIEW("<?xml"))) { /* XHTML behind its declaration */
        const char *end = memchr(text.data, '>', text.size);

        text =
            end ? skip_space(ng_view_part(text, (size_t)(end - text.data) + 1, text.size)) : text;
    }
    return begins_with_any(text, beginnings, sizeof beginnings / sizeof *beginnings);
}

static bool looks_like_mail(ng_view head)
{
    static const char *const headers[] = { "Return-Path:", "Received:", "Delivered-To:",
                                           "Message-ID:", "MIME-Version:" };

    return begins_with_any(head, headers, sizeof headers / sizeof *headers);
}

/* Does a message of a mailbox begin here: its first line, then a field? */
static bool looks_like_mbox(ng_view head)
{
    const char *feed = memchr(head.data, '\n', head.size);
    ng_header header;
    size_t at = 0;

    if (!feed)
        return false;
    at = (size_t)(feed - head.data) + 1;
    return ng_mbox_is_dated(ng_view_part(head, 0, at)) && ng_header_next(head, &at, &header);
}

/* ---- archives ---- */

/* Does `part` stand somewhere in the text? O(bytes of both) for parts whose first byte is rare. */
static bool has_part(ng_view text, ng_view part)
{
    while (text.size >= part.size) {
        const char *at = memchr(text.data, part.data[0], text.size - part.size + 1);

        if (!at)
            return false;
        text = ng_view_part(text, (size_t)(at - text.data), text.size);
        if (ng_view_starts(text, part))
            return true;
        text = ng_view_part(text, 1, text.size);
    }
    return false;
}

/* The name of the first part of a zip archive, which tells office documents from others. */
static ng_media media_of_zip(ng_view head, ng_media by_name)
{
    static const struct {
        const char *type;
        ng_media media;
    } types[] = {
        { "application/epub+zip", NG_MEDIA_EPUB },
        { "application/vnd.oasis.opendocument.text", NG_MEDIA_ODT },
    };
    ng_view start = ng_view_part(head, 0, head.size < 512 ? head.size : 512);

    if (by_name == NG_MEDIA_DOCX || by_name == NG_MEDIA_ODT || by_name == NG_MEDIA_EPUB)
        return by_name;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (has_part(start, NG_VIEW("mimetype")) && has_part(start, ng_view_of(types[i].type)))
            return types[i].media;
    if (has_part(start, NG_VIEW("[Content_Types].xml")) && has_part(head, NG_VIEW("word/")))
        return NG_MEDIA_DOCX;
    return NG_MEDIA_PACKED;
}

/* Why a file with a signature that is refused is refused: Word wraps what it encrypts like its
 * documents of before 2007. */
static const char *refusal_of(const char *refusal, ng_view head, ng_media by_name)
{
    if (by_name == NG_MEDIA_DOCX && ng_view_starts(head, NG_VIEW("\xD0\xCF\x11\xE0")))
        return "a document that is encrypted; save it without a password";
    return refusal;
}

static bool is_tar(ng_view head)
{
    return head.size >= 512 && memcmp(head.data + 257, "ustar", 5) == 0;
}

/* ---- the verdict ---- */

/* By the first bytes alone. */
static ng_media media_of_text(ng_view head)
{
    if (looks_like_html(head))
        return NG_MEDIA_HTML;
    if (looks_like_mbox(head))
        return NG_MEDIA_MBOX;
    if (looks_like_mail(head))
        return NG_MEDIA_MAIL;
    return NG_MEDIA_TEXT;
}

/* A stream has no ending: its first byte may tell of records. */
static ng_media media_of_stream(ng_view head)
{
    ng_view text = skip_space(head);

    if (ng_view_starts(text, NG_VIEW("{")))
        return NG_MEDIA_LINES;
    if (ng_view_starts(text, NG_VIEW("["))) {
        text = skip_space(ng_view_part(text, 1, text.size));
        if (ng_view_starts(text, NG_VIEW("{")))
            return NG_MEDIA_JSON;
    }
    return media_of_text(head);
}

const char *ng_media_of(ng_view head, ng_view name, bool is_stream, ng_media *media_out)
{
    ng_media by_name = ng_media_of_name(name);

    *media_out = NG_MEDIA_NONE;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (ng_view_starts(head, signatures[i].beginning)) {
            *media_out = signatures[i].media;
            if (ng_view_starts(head, NG_VIEW("PK\x03\x04")))
                *media_out = media_of_zip(head, by_name);
            return refusal_of(signatures[i].refusal, head, by_name);
        }
    if (is_tar(head)) {
        *media_out = NG_MEDIA_PACKED;
        return NULL;
    }
    if (is_binary(head))
        return "a binary file, not text";
    switch (by_name) {
    case NG_MEDIA_PDF:
        return "something else than a PDF file, by its first bytes";
    case NG_MEDIA_DOCX:
    case NG_MEDIA_ODT:
    case NG_MEDIA_EPUB:
    case NG_MEDIA_PACKED:
        return head.size == 0 ? "an empty file" : "something else than its name says, or damaged";
    case NG_MEDIA_NONE:
        *media_out = is_stream ? media_of_stream(head) : media_of_text(head);
        return NULL;
    case NG_MEDIA_TEXT:
        *media_out = looks_like_html(head) ? NG_MEDIA_HTML : NG_MEDIA_TEXT;
        return NULL;
    default:
        *media_out = by_name;
        return NULL;
    }
}
