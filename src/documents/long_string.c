/* The longest string of a JSON record, taken out of its line before the line is parsed.
 *
 * A record is a few short members and one long text. The JSON library takes some thirty machine
 * steps a byte of a string; so the text is read here and the library parses what is left, with a
 * mark in the string's place. Grammar stays with the library: outside strings nothing is looked at,
 * and a line that is not understood at once (a bad escape, a control byte, a half of a pair, the
 * mark itself) is not taken apart, so that the library sees it whole and says what is wrong.
 *
 * Strings are cut alike by both: from a quote to the next one that no backslash escapes. What the
 * library accepts with the mark it therefore accepts with the string, which is well-formed. */
#include "documents_internal.h"

#include <assert.h>

enum { SHORTEST_TAKEN = 256 };

static const ng_view mark = { "\\u0000", 6 };

/* Does an odd number of backslashes stand before `at`? Looks no further back than `start`. */
static bool is_escaped(ng_view line, size_t start, size_t at)
{
    size_t first = at;

    while (first > start && line.data[first - 1] == '\\')
        first--;
    return (at - first) % 2 == 1;
}

/* The quote that ends the string whose first byte is at `start`; line.size when there is none. */
static size_t find_end(ng_view line, size_t start)
{
    size_t at = start;

    while (at < line.size) {
        const char *quote = memchr(line.data + at, '"', line.size - at);

        if (!quote)
            break;
        at = (size_t)(quote - line.data);
        if (!is_escaped(line, start, at))
            return at;
        at++;
    }
    return line.size;
}

/* Finds the longest string, without its quotes. False when it is short, when a string has no end,
 * or when one could be taken for the mark. */
static bool find_longest(ng_view line, ng_view *string_out)
{
    size_t at = 0;

    *string_out = NG_VIEW_NONE;
    while (at < line.size) {
        const char *quote = memchr(line.data + at, '"', line.size - at);
        size_t start = 0;
        ng_view string = NG_VIEW_NONE;

        if (!quote)
            break;
        start = (size_t)(quote - line.data) + 1;
        at = find_end(line, start);
        string = ng_view_part(line, start, at);
        if (at == line.size || ng_view_starts(string, mark))
            return false;
        if (string.size > string_out->size)
            *string_out = string;
        at++;
    }
    return string_out->size >= SHORTEST_TAKEN;
}

/* Value of the four hexadecimal digits at `at`; false when they are not there. */
static bool read_hex(ng_view text, size_t at, uint32_t *unit_out)
{
    uint32_t unit = 0;

    if (text.size - at < 4)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        char byte = text.data[i];

        if (byte >= '0' && byte <= '9')
            unit = unit * 16 + (uint32_t)(byte - '0');
        else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
            unit = unit * 16 + (uint32_t)((byte | 0x20) - 'a' + 10);
        else
            return false;
    }
    *unit_out = unit;
    return true;
}

/* Reads the character of a \u escape whose digits begin at *at, two escapes for one beyond U+FFFF;
 * false for a half of such a pair. */
static bool read_unicode(ng_view text, size_t *at, uint32_t *code_point_out)
{
    uint32_t high = 0;
    uint32_t low = 0;

    if (!read_hex(text, *at, &high))
        return false;
    *at += 4;
    *code_point_out = high;
    if (high < 0xD800 || high > 0xDFFF)
        return true;
    if (high > 0xDBFF || text.size - *at < 6 || text.data[*at] != '\\' ||
        text.data[*at + 1] != 'u' || !read_hex(text, *at + 2, &low) || low < 0xDC00 || low > 0xDFFF)
        return false;
    *at += 6;
    *code_point_out = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* What a letter after a backslash stands for; 0 for those that mean nothing. */
static char plain_escape(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return '\0';
    }
}

/* Writes the character of the escape whose backslash is at *at to `to`, at most four bytes and
 * never more than the escape has; returns their number, 0 when it is no escape. */
static size_t read_escape(ng_view text, size_t *at, char *to)
{
    uint32_t code_point = 0;
    char letter = '\0';

    assert(text.data[*at] == '\\' && *at + 1 < text.size);
    letter = text.data[*at + 1];
    *at += 2;
    if (letter == 'u')
        return read_unicode(text, at, &code_point) ? ng_utf8_encode(code_point, to) : 0;
    *to = plain_escape(letter);
    return *to != '\0';
}

/* True when one of eight bytes is a backslash or a control byte: a borrow out of a byte that is
 * less than 32, or of one that is zero after the backslash was taken away. */
static bool has_special(const char *bytes)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t word = 0;
    uint64_t slashes = 0;

    memcpy(&word, bytes, sizeof word);
    slashes = word ^ (ones * '\\');
    return ((((word - ones * 32) & ~word) | ((slashes - ones) & ~slashes)) & (ones * 0x80)) != 0;
}

/* The first backslash or control byte from `at` on. */
static size_t skip_plain(ng_view text, size_t at)
{
    while (text.size - at >= 8 && !has_special(text.data + at))
        at += 8;
    while (at < text.size && text.data[at] != '\\' && (unsigned char)text.data[at] >= 32)
        at++;
    return at;
}

/* Appends the bytes that a string stands for, never more than it has; false when the library must
 * judge it. The buffer has the room. */
static bool unescape(ng_view string, ng_buffer *out)
{
    char *to = out->data + out->size;
    size_t at = 0;

    while (at < string.size) {
        size_t plain_end = skip_plain(string, at);
        size_t size = 0;

        memcpy(to, string.data + at, plain_end - at);
        to += plain_end - at;
        at = plain_end;
        if (at == string.size)
            break;
        if (string.data[at] != '\\')
            return false;
        size = read_escape(string, &at, to);
        if (size == 0)
            return false;
        to += size;
    }
    out->size = (size_t)(to - out->data);
    *to = '\0';
    return true;
}

ng_status ng_long_string_take(ng_ctx *cx, ng_view line, ng_buffer *rest, ng_buffer *string,
                              bool *is_taken_out)
{
    ng_view longest = NG_VIEW_NONE;
    size_t start = 0;
    ng_status status = NG_OK;

    *is_taken_out = false;
    if (!find_longest(line, &longest))
        return NG_OK;
    string->size = rest->size = 0;
    status = ng_buffer_reserve(cx, string, longest.size);
    if (status != NG_OK || !unescape(longest, string))
        return status;
    start = (size_t)(longest.data - line.data);
    status = ng_buffer_add(cx, rest, ng_view_part(line, 0, start));
    if (status == NG_OK)
        status = ng_buffer_add(cx, rest, mark);
    if (status == NG_OK)
        status = ng_buffer_add(cx, rest, ng_view_part(line, start + longest.size, line.size));
    *is_taken_out = status == NG_OK;
    return status;
}
