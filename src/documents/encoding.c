/* Bytes of any character set become UTF-8: uchardet and iconv live here.
 *
 * What a text says of itself comes first (a byte order mark), then what was declared outside, then
 * UTF-8 if the bytes are. Other bytes are either UTF-8 with faults in it or another character set:
 * a fault stands alone, a letter of another set stands in a word. When there are more of those, the
 * set is guessed by uchardet, which wants some text; for a handful of odd letters it is
 * windows-1252, which is what such files mostly are. */
#include "documents_internal.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#if NG_WITH_UCHARDET
#include <uchardet.h>
#endif

enum {
    DETECT_BYTES = 1 << 16, /* looked at to guess */
    ENOUGH_ODD = 12,        /* odd letters that make a guess worth something */
    PIECE_BYTES = 1 << 16
};

/* ---- which character set ---- */

/* A byte order mark, the longer ones first. */
static const struct {
    ng_view mark;
    const char *charset;
} marks[] = {
    { { "\xEF\xBB\xBF", 3 }, "UTF-8" },    { { "\xFF\xFE\0\0", 4 }, "UTF-32LE" },
    { { "\0\0\xFE\xFF", 4 }, "UTF-32BE" }, { { "\xFF\xFE", 2 }, "UTF-16LE" },
    { { "\xFE\xFF", 2 }, "UTF-16BE" },
};

const char *ng_encoding_marked(ng_view bytes, size_t *mark_bytes_out)
{
    *mark_bytes_out = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ng_view_starts(bytes, marks[i].mark)) {
            *mark_bytes_out = marks[i].mark.size;
            return marks[i].charset;
        }
    return NULL;
}

/* UTF-16 without a mark: in a text of Latin letters every other byte is zero. */
static const char *find_wide(ng_view head)
{
    size_t zeros[2] = { 0, 0 };
    size_t pairs = head.size / 2;

    for (size_t i = 0; i < pairs * 2; i++)
        zeros[i % 2] += head.data[i] == '\0';
    if (pairs < 2 || zeros[0] + zeros[1] < pairs / 2)
        return NULL;
    if (zeros[1] > pairs / 2 && zeros[0] < pairs / 20 + 1)
        return "UTF-16LE";
    return zeros[0] > pairs / 2 && zeros[1] < pairs / 20 + 1 ? "UTF-16BE" : NULL;
}

bool ng_encoding_is_wide(ng_view head)
{
    size_t mark_bytes = 0;
    const char *marked = ng_encoding_marked(head, &mark_bytes);

    return (marked && mark_bytes != 3) || find_wide(head) != NULL;
}

static bool is_letter_byte(char byte)
{
    return (unsigned char)byte >= 0x80 || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Weighs the odd bytes: signs of UTF-8 (a sequence, whole or cut off) against letters of another
 * character set. A cut-off sequence has a lead byte and at least one byte of continuation. */
static bool is_other_charset(ng_view text, size_t *odd_count_out)
{
    size_t other = 0, unicode = 0, at = 0;

    while (at < text.size) {
        size_t good = ng_utf8_valid_size(ng_view_part(text, at, text.size));

        for (size_t i = at; i < at + good; i++)
            unicode += (unsigned char)text.data[i] >= 0xC2;
        at += good;
        if (at == text.size)
            break;
        if ((unsigned char)text.data[at] >= 0xE0 && at + 1 < text.size &&
            is_continuation(text.data[at + 1])) {
            unicode++;
            while (at + 1 < text.size && is_continuation(text.data[at + 1]))
                at++;
        } else {
            other += (at > 0 && is_letter_byte(text.data[at - 1])) ||
                     (at + 1 < text.size && is_letter_byte(text.data[at + 1]));
        }
        at++;
    }
    *odd_count_out = other;
    return other > unicode;
}

/* Guesses a character set; the name is copied to `name_out`. */
static void guess(ng_view text, size_t odd_count, char name_out[NG_CHARSET_BYTES])
{
    (void)snprintf(name_out, NG_CHARSET_BYTES, "windows-1252");
#if NG_WITH_UCHARDET
    if (odd_count >= ENOUGH_ODD) {
        uchardet_t detector = uchardet_new();
        const char *found = NULL;
        size_t size = text.size < DETECT_BYTES ? text.size : DETECT_BYTES;

        if (!detector)
            return;
        if (uchardet_handle_data(detector, text.data, size) == 0) {
            uchardet_data_end(detector);
            found = uchardet_get_charset(detector);
        }
        /* what browsers do: the set that was named for Latin-1 holds its quotes and dashes, too */
        if (found && found[0] != '\0' && strcmp(found, "ASCII") != 0 &&
            strcmp(found, "UTF-8") != 0 && strcmp(found, "ISO-8859-1") != 0 &&
            ng_charset_is_known(found))
            (void)snprintf(name_out, NG_CHARSET_BYTES, "%s", found);
        uchardet_delete(detector);
    }
#else
    (void)text;
    (void)odd_count;
#endif
}

/* ---- from one to the other ---- */

/* Adds what an odd byte becomes and steps over it. */
static ng_status replace_byte(ng_ctx *cx, char **from, size_t *left, ng_buffer *text_out)
{
    (*from)++;
    (*left)--;
    return ng_buffer_add(cx, text_out, NG_VIEW("\xEF\xBF\xBD"));
}

/* Converts all of it; what the set does not have becomes U+FFFD. */
static ng_status convert_all(ng_ctx *cx, iconv_t handle, ng_view bytes, ng_buffer *text_out)
{
    char *from = (char *)(uintptr_t)bytes.data;
    size_t left = bytes.size;
    char piece[4096];
    ng_status status = NG_OK;

    while (status == NG_OK && left > 0) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t result = iconv(handle, &from, &left, &to, &room);
        int reason = errno;

        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        status = ng_buffer_add(cx, text_out, (ng_view){ piece, sizeof piece - room });
        if (status == NG_OK && result == (size_t)-1 && reason != E2BIG)
            status = replace_byte(cx, &from, &left, text_out);
        if (reason == EINVAL && result == (size_t)-1)
            left = 0; /* the last character is cut off */
    }
    return status;
}

ng_status ng_encoding_convert(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                              ng_buffer *text_out)
{
    iconv_t handle = iconv_open("UTF-8", charset);
    ng_status status = NG_OK;

    if (handle == (iconv_t)-1 && errno == ENOMEM)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to convert it", label);
    if (handle == (iconv_t)-1)
        return ng_fail(cx, NG_E_DATA,
                       "%s: the character set '%s' is not known here (iconv -l lists them)", label,
                       charset);
    status = convert_all(cx, handle, bytes, text_out);
    (void)iconv_close(handle);
    return status;
}

bool ng_charset_is_known(const char *charset)
{
    iconv_t handle = (iconv_t)-1;

    if (charset[0] == '\0') /* to iconv that is the locale's */
        return false;
    handle = iconv_open("UTF-8", charset);
    if (handle == (iconv_t)-1)
        return false;
    (void)iconv_close(handle);
    return true;
}

/* What a name means wherever people declare it (WHATWG Encoding Standard): more than it says. */
static const struct {
    const char *name, *read_as;
} aliases[] = {
    { "utf8", "utf-8" },
    { "unicode-1-1-utf-8", "utf-8" },
    { "iso-8859-1", "windows-1252" },
    { "iso8859-1", "windows-1252" },
    { "iso_8859-1", "windows-1252" },
    { "latin1", "windows-1252" },
    { "latin-1", "windows-1252" },
    { "l1", "windows-1252" },
    { "ascii", "windows-1252" },
    { "us-ascii", "windows-1252" },
    { "cp1252", "windows-1252" },
    { "x-cp1252", "windows-1252" },
    { "iso-8859-9", "cp1254" },
    { "latin5", "cp1254" },
    { "iso-8859-11", "cp874" },
    { "tis-620", "cp874" },
    { "gb2312", "gb18030" },
    { "gbk", "gb18030" },
    { "x-gbk", "gb18030" },
    { "euc-kr", "cp949" },
    { "ks_c_5601-1987", "cp949" },
    { "shift_jis", "cp932" },
    { "shift-jis", "cp932" },
    { "x-sjis", "cp932" },
    { "sjis", "cp932" },
    { "big5", "big5-hkscs" },
    { "x-mac-roman", "macintosh" },
    { "iso-8859-8-i", "iso-8859-8" },
};

static const char *usual_meaning(const char *charset)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (ng_view_equal_folded(ng_view_of(charset), ng_view_of(aliases[i].name)))
            return aliases[i].read_as;
    return charset;
}

/* Decides; an empty name means UTF-8, which may have faults. */
static void decide(ng_view bytes, const char *declared, char name_out[NG_CHARSET_BYTES],
                   bool *is_guess_out)
{
    size_t mark_bytes = 0;
    size_t odd_count = 0;
    const char *known = ng_encoding_marked(bytes, &mark_bytes);

    *is_guess_out = false;
    name_out[0] = '\0';
    if (!known)
        known = find_wide(
            ng_view_part(bytes, 0, bytes.size < DETECT_BYTES ? bytes.size : DETECT_BYTES));
    if (!known && declared && ng_charset_is_known(usual_meaning(declared)))
        known = usual_meaning(declared);
    if (known) {
        if (!ng_view_equal_folded(ng_view_of(known), NG_VIEW("utf-8")))
            (void)snprintf(name_out, NG_CHARSET_BYTES, "%s", known);
        return;
    }
    if (ng_utf8_is_valid(bytes) || !is_other_charset(bytes, &odd_count))
        return;
    guess(bytes, odd_count, name_out);
    *is_guess_out = true;
}

/* A declaration that the bytes do not bear out is a mistake: UTF-8 read as a Latin set gives
 * rubbish and no complaint. */
static bool contradicts(ng_view bytes, const char *charset)
{
    size_t unicode = 0;

    if (!ng_view_equal_folded(ng_view_of(charset), NG_VIEW("windows-1252")) ||
        !ng_utf8_is_valid(bytes))
        return false;
    for (size_t i = 0; i < bytes.size && unicode == 0; i++)
        unicode += (unsigned char)bytes.data[i] >= 0x80;
    return unicode > 0;
}

ng_status ng_encoding_decode(ng_ctx *cx, ng_view bytes, const char *declared, const char *label,
                             ng_buffer *text_out, ng_decoded *decoded_out)
{
    ng_decoded decoded = { .charset = "" };
    size_t mark_bytes = 0;
    ng_status status = NG_OK;

    decide(bytes, declared, decoded.charset, &decoded.is_guess);
    if (decoded.charset[0] != '\0' && contradicts(bytes, decoded.charset))
        decoded.charset[0] = '\0';
    if (decoded.charset[0] != '\0') {
        if (ng_encoding_marked(bytes, &mark_bytes))
            bytes = ng_view_part(bytes, mark_bytes, bytes.size);
        status = ng_encoding_convert(cx, bytes, decoded.charset, label, text_out);
    } else if (ng_utf8_is_valid(bytes)) {
        status = ng_buffer_add(cx, text_out, bytes);
    } else {
        decoded.was_repaired = true;
        status = ng_utf8_repair(cx, bytes, text_out);
    }
    if (status == NG_OK)
        *decoded_out = decoded;
    return status;
}
