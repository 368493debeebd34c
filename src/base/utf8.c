/* UTF-8: decoding, counting, repairing, and what kind of character something is. utf8proc lives
 * here.
 *
 * Most text is ASCII most of the time, so every loop has a path that takes eight bytes at once.
 *
 * Repair follows the Unicode standard (15.0, section 3.9, D93b "maximal subpart"): an ill-formed
 * sequence is replaced up to the first byte that could not have continued it. That byte starts the
 * next sequence. It is what Python, Go, ICU and the WHATWG encoding standard do. */
#include "base_internal.h"

#include <assert.h>
#include <utf8proc.h>

/* Eight bytes in the order of memory. */
static uint64_t load_word(const char *data)
{
    uint64_t word = 0;

    memcpy(&word, data, sizeof word);
    return word;
}

static const uint64_t high_bits = 0x8080808080808080u;

size_t ng_utf8_ascii_run(ng_view text)
{
    size_t at = 0;

    while (text.size - at >= 8 && (load_word(text.data + at) & high_bits) == 0)
        at += 8;
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

uint32_t ng_utf8_decode(const char *data, size_t size, size_t *length_out)
{
    const unsigned char *bytes = (const unsigned char *)data;

    assert(size > 0);
    (void)size;
    if (bytes[0] < 0x80) {
        *length_out = 1;
        return bytes[0];
    }
    if (bytes[0] < 0xE0) {
        assert(size > 1);
        *length_out = 2;
        return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    }
    if (bytes[0] < 0xF0) {
        assert(size > 2);
        *length_out = 3;
        return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    }
    assert(size > 3);
    *length_out = 4;
    return (bytes[0] & 0x07u) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 |
           (bytes[3] & 0x3Fu);
}

/* Code points are the bytes that do not continue one (10xxxxxx). In a word: bit 7 set and bit 6
 * clear, moved to the lowest bit of each byte, summed by a product. */
size_t ng_utf8_count(ng_view text)
{
    const uint64_t ones = 0x0101010101010101u;
    size_t continuing = 0;
    size_t at = 0;

    for (; text.size - at >= 8; at += 8) {
        uint64_t word = load_word(text.data + at);
        uint64_t marks = (word >> 7) & ~(word >> 6) & ones;

        continuing += (size_t)((marks * ones) >> 56);
    }
    for (; at < text.size; at++)
        continuing += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.size - continuing;
}

size_t ng_utf8_sequence(const unsigned char *data, size_t size, bool *is_valid_out)
{
    unsigned char first = data[0];
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    size_t wanted = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    size_t at = 1;

    *is_valid_out = first < 0x80;
    if (first < 0xC2 || first > 0xF4)
        return 1;
    if (first == 0xE0)
        lowest = 0xA0; /* shorter forms exist below */
    else if (first == 0xED)
        highest = 0x9F; /* surrogates above */
    else if (first == 0xF0)
        lowest = 0x90;
    else if (first == 0xF4)
        highest = 0x8F; /* beyond U+10FFFF */
    for (; at < wanted; at++) {
        if (at >= size || data[at] < lowest || data[at] > highest)
            return at;
        lowest = 0x80;
        highest = 0xBF;
    }
    *is_valid_out = true;
    return wanted;
}

size_t ng_utf8_valid_size(ng_view bytes)
{
    size_t at = 0;

    while (at < bytes.size) {
        bool is_valid = false;
        size_t length = 0;

        at += ng_utf8_ascii_run(ng_view_part(bytes, at, bytes.size));
        if (at == bytes.size)
            break;
        length =
            ng_utf8_sequence((const unsigned char *)bytes.data + at, bytes.size - at, &is_valid);
        if (!is_valid)
            break;
        at += length;
    }
    return at;
}

bool ng_utf8_is_valid(ng_view bytes)
{
    return ng_utf8_valid_size(bytes) == bytes.size;
}

ng_status ng_utf8_repair(ng_ctx *cx, ng_view bytes, ng_buffer *out)
{
    size_t old_size = out->size;
    size_t at = 0;
    ng_status status = NG_OK;

    while (status == NG_OK && at < bytes.size) {
        size_t good = ng_utf8_valid_size(ng_view_part(bytes, at, bytes.size));
        bool is_valid = true;

        status = ng_buffer_add(cx, out, (ng_view){ bytes.data + at, good });
        at += good;
        if (status != NG_OK || at == bytes.size)
            break;
        at += ng_utf8_sequence((const unsigned char *)bytes.data + at, bytes.size - at, &is_valid);
        status = ng_buffer_add(cx, out, NG_VIEW("\xEF\xBF\xBD"));
    }
    if (status != NG_OK && out->data) {
        out->size = old_size;
        out->data[old_size] = '\0';
    }
    return status;
}

size_t ng_utf8_encode(uint32_t code_point, char out[4])
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, (utf8proc_uint8_t *)out);
}

/* The general category; ASCII is asked for so often that callers settle it before. */
static utf8proc_category_t category(uint32_t code_point)
{
    return utf8proc_category((utf8proc_int32_t)code_point);
}

bool ng_utf8_is_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point - 'A' < 26;
    return category(code_point) == UTF8PROC_CATEGORY_LU ||
           category(code_point) == UTF8PROC_CATEGORY_LT;
}

bool ng_utf8_is_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point - 'a' < 26;
    return category(code_point) == UTF8PROC_CATEGORY_LL;
}

bool ng_utf8_is_letter(uint32_t code_point)
{
    utf8proc_category_t kind = UTF8PROC_CATEGORY_CN;

    if (code_point < 0x80)
        return (code_point | 0x20) - 'a' < 26;
    kind = category(code_point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME;
}

bool ng_utf8_is_digit(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point - '0' < 10;
    return category(code_point) == UTF8PROC_CATEGORY_ND;
}

/* Also NEXT LINE (U+0085), which is a control character by category. */
bool ng_utf8_is_space(uint32_t code_point)
{
    utf8proc_category_t kind = UTF8PROC_CATEGORY_CN;

    if (code_point < 0x80)
        return code_point == ' ' || code_point - '\t' < 5;
    kind = category(code_point);
    return (kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP) || code_point == 0x85;
}

size_t ng_utf8_width(uint32_t code_point)
{
    int width = 0;

    if (code_point < 0x80)
        return code_point >= 0x20 && code_point != 0x7F;
    width = utf8proc_charwidth((utf8proc_int32_t)code_point);
    return width > 0 ? (size_t)width : 0;
}

/* A mark that decorates the letter before it. Those of a low combining class (vowel signs, viramas,
 * voicing) make another letter of it: without them Hindi or Japanese names would run together. */
static bool is_decoration(utf8proc_int32_t code_point)
{
    const utf8proc_property_t *property = utf8proc_get_property(code_point);

    if (property->category == UTF8PROC_CATEGORY_ME)
        return true;
    return property->category == UTF8PROC_CATEGORY_MN && property->combining_class >= 10;
}

size_t ng_utf8_fold_parts(uint32_t code_point, uint32_t parts[32])
{
    utf8proc_int32_t found[32];
    utf8proc_option_t options =
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t found_count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, found, 32, options, NULL);
    size_t count = 0;

    if (found_count < 0 || found_count > 32)
        found_count = 0;
    for (utf8proc_ssize_t i = 0; i < found_count; i++)
        if (!is_decoration(found[i]))
            parts[count++] = (uint32_t)found[i];
    return count;
}
