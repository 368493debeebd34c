/* Is this text? A look at the first bytes of a file.
 *
 * A wrong yes gives a graph of rubbish, a wrong no keeps a document out; so a file is refused only
 * for a signature that no text begins with, or for a share of bytes that no text has. A handful of
 * zero or control bytes is left alone, for such texts exist. */
#include "documents_internal.h"

/* How files that are not text begin. */
static const struct {
    ng_view beginning;
    const char *refusal;
} signatures[] = {
    { { "%PDF-", 5 }, "a PDF file, not text; convert it to text first" },
    { { "PK\x03\x04", 4 }, "a zip archive (or .docx, .odt, .epub), not text; unpack it first" },
    { { "PK\x05\x06", 4 }, "an empty zip archive, not text" },
    { { "\x1F\x8B", 2 }, "a gzip file, not text; unpack it first" },
    { { "\x89PNG\r\n", 6 }, "a PNG picture, not text" },
    { { "\x7F"
        "ELF",
        4 },
      "a program, not text" },
    { { "\xFF\xD8\xFF", 3 }, "a JPEG picture, not text" },
    { { "GIF87a", 6 }, "a GIF picture, not text" },
    { { "GIF89a", 6 }, "a GIF picture, not text" },
    { { "BZh91AY&SY", 10 }, "a bzip2 file, not text; unpack it first" },
    { { "\xFD"
        "7zXZ\0",
        6 },
      "an xz file, not text; unpack it first" },
    { { "\x28\xB5\x2F\xFD", 4 }, "a zstd file, not text; unpack it first" },
    { { "7z\xBC\xAF\x27\x1C", 6 }, "a 7-Zip archive, not text; unpack it first" },
    { { "Rar!\x1A\x07", 6 }, "a RAR archive, not text; unpack it first" },
    { { "\xD0\xCF\x11\xE0\xA1\xB1", 6 }, "an Office document, not text; convert it first" },
    { { "SQLite format 3\0", 16 }, "a database, not text" },
    { { "\xFF\xFE", 2 }, "UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)" },
    { { "\xFE\xFF", 2 }, "UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)" },
};

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

/* Bytes that are no part of valid UTF-8. A character that the end of the head cuts in two counts
 * for at most three. */
static size_t count_bad_bytes(ng_view head)
{
    size_t bad_count = 0;
    size_t at = 0;

    while (at < head.size) {
        at += ng_utf8_valid_size(ng_view_part(head, at, head.size));
        bad_count += at < head.size;
        at++;
    }
    return bad_count;
}

const char *ng_sniff_refusal(ng_view head)
{
    size_t zero_count = 0;
    size_t control_count = 0;

    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (ng_view_starts(head, signatures[i].beginning))
            return signatures[i].refusal;
    for (size_t i = 0; i < head.size; i++) {
        unsigned char byte = (unsigned char)head.data[i];

        zero_count += byte == 0;
        control_count += is_odd_control(byte);
    }
    if ((zero_count > A_FEW && is_share(zero_count, head.size, 1)) ||
        (control_count > A_FEW && is_share(control_count, head.size, 10)))
        return "a binary file, not text";
    control_count = count_bad_bytes(head);
    if (control_count > A_FEW && is_share(control_count, head.size, 30))
        return "a binary file or text in another encoding; convert it to UTF-8 first (iconv)";
    return NULL;
}

/* The place of the first byte that is not white space or part of a byte order mark. */
static ng_view skip_space(ng_view head)
{
    size_t at = ng_view_starts(head, NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;

    while (at < head.size && ng_is_blank_byte(head.data[at]))
        at++;
    return ng_view_part(head, at, head.size);
}

bool ng_sniff_records(ng_view head)
{
    return ng_view_starts(skip_space(head), NG_VIEW("{"));
}

bool ng_sniff_html(ng_view head)
{
    static const char *const beginnings[] = { "<!doctype html", "<html" };
    ng_view text = skip_space(head);

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        ng_view beginning = ng_view_of(beginnings[i]);
        size_t at = 0;

        while (at < beginning.size && at < text.size &&
               (text.data[at] | 0x20) == (beginning.data[at] | 0x20))
            at++;
        if (at == beginning.size)
            return true;
    }
    return false;
}
