/* Header fields, as mail, HTTP and WARC have them: "Name: value", a line each, folded lines after
 * them, a blank line at the end.
 *
 * Nothing is copied: values are views with their line breaks still in them. A line that is no field
 * ends the fields, as if the blank line had been forgotten, so that no text is lost. Every byte is
 * looked at a bounded number of times. */
#include "documents_internal.h"

ng_view ng_header_trim(ng_view value)
{
    while (value.size > 0 && ng_is_blank_byte(value.data[0]))
        value = ng_view_part(value, 1, value.size);
    while (value.size > 0 && ng_is_blank_byte(value.data[value.size - 1]))
        value.size--;
    return value;
}

/* Where the line at `at` ends, behind its line feed. */
static size_t line_end(ng_view bytes, size_t at)
{
    const char *end = at < bytes.size ? memchr(bytes.data + at, '\n', bytes.size - at) : NULL;

    return end ? (size_t)(end - bytes.data) + 1 : bytes.size;
}

/* Does a folded line begin here? One of blanks alone is one, too: some programs write them. */
static bool is_folded(ng_view bytes, size_t at)
{
    return at < bytes.size && (bytes.data[at] == ' ' || bytes.data[at] == '\t');
}

/* The name before the colon of a line; 0 bytes when the line is no field. */
static size_t name_size(ng_view line, size_t *colon_out)
{
    size_t at = 0;
    size_t size = 0;

    while (at < line.size && line.data[at] > ' ' && line.data[at] < 0x7F && line.data[at] != ':')
        at++;
    size = at;
    while (at < line.size && (line.data[at] == ' ' || line.data[at] == '\t'))
        at++;
    *colon_out = at;
    return at < line.size && line.data[at] == ':' ? size : 0;
}

bool ng_header_next(ng_view bytes, size_t *at, ng_header *header_out)
{
    size_t end = line_end(bytes, *at);
    ng_view line = ng_view_part(bytes, *at, end);
    size_t colon = 0;
    size_t size = 0;

    if (ng_view_equal(line, NG_VIEW("\n")) || ng_view_equal(line, NG_VIEW("\r\n"))) {
        *at = end;
        return false;
    }
    size = name_size(line, &colon);
    if (size == 0)
        return false;
    while (is_folded(bytes, end))
        end = line_end(bytes, end);
    header_out->name = ng_view_part(line, 0, size);
    header_out->value = ng_header_trim(ng_view_part(bytes, *at + colon + 1, end));
    *at = end;
    return true;
}

bool ng_header_is(ng_view value, const char *word)
{
    ng_view wanted = ng_view_of(word);

    return value.size >= wanted.size &&
           ng_view_equal_folded(ng_view_part(value, 0, wanted.size), wanted) &&
           (value.size == wanted.size || value.data[wanted.size] == ';' ||
            ng_is_blank_byte(value.data[wanted.size]));
}

/* ---- parameters: text/html; charset="utf-8" ---- */

/* Goes past blanks. */
static size_t skip_blanks(ng_view value, size_t at)
{
    while (at < value.size && ng_is_blank_byte(value.data[at]))
        at++;
    return at;
}

/* Reads a value, quoted or not, of which as much as there is room for is kept. Returns the place
 * behind it. */
static size_t read_value(ng_view value, size_t at, char *room, size_t room_size, size_t *size_out)
{
    bool is_quoted = at < value.size && value.data[at] == '"';
    size_t size = 0;

    at += is_quoted;
    for (; at < value.size; at++) {
        char byte = value.data[at];

        if (is_quoted ? byte == '"' : byte == ';' || byte == '(' || ng_is_blank_byte(byte))
            break;
        if (is_quoted && byte == '\\' && at + 1 < value.size)
            byte = value.data[++at];
        if (is_quoted && (byte == '\r' || byte == '\n'))
            continue;
        if (size < room_size)
            room[size] = byte;
        size++;
    }
    *size_out = size;
    return at + (is_quoted && at < value.size);
}

/* Goes to the name behind the next semicolon; at the end there is none. Quotes hide semicolons. */
static size_t next_parameter(ng_view value, size_t at)
{
    bool is_quoted = false;

    for (; at < value.size && (is_quoted || value.data[at] != ';'); at++) {
        if (value.data[at] == '"')
            is_quoted = !is_quoted;
        else if (is_quoted && value.data[at] == '\\')
            at++;
    }
    return at < value.size ? skip_blanks(value, at + 1) : value.size;
}

bool ng_header_parameter(ng_view value, ng_view name, char *room, size_t room_size)
{
    size_t at = next_parameter(value, 0);
    size_t size = 0;

    while (at < value.size) {
        size_t start = at;
        size_t end = 0;

        while (at < value.size && value.data[at] != '=' && value.data[at] != ';' &&
               !ng_is_blank_byte(value.data[at]))
            at++;
        end = at;
        at = skip_blanks(value, at);
        if (at < value.size && value.data[at] == '=') {
            at = read_value(value, skip_blanks(value, at + 1), room, room_size - 1, &size);
            if (ng_view_equal_folded(ng_view_part(value, start, end), name)) {
                room[size < room_size ? size : 0] = '\0';
                return size > 0 && size < room_size;
            }
        }
        at = next_parameter(value, at);
    }
    return false;
}
