/* Character references: &amp; &#8217; &#x2019;, as browsers read them, with all their mistakes. */
#include "html.h"

static const struct {
    char name[33];
    uint32_t first, second;
} entities[] = {
#include "html_entities.inc"
};

/* The number of a name, with or without its semicolon; SIZE_MAX: none. */
static size_t find_entity(ng_view name)
{
    size_t low = 0;
    size_t high = sizeof entities / sizeof *entities;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ng_view_compare(name, ng_view_of(entities[middle].name));

        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIZE_MAX;
}

/* windows-1252 in numbers, as browsers read them; 0 stands for itself. */
static uint32_t mend_number(uint32_t number)
{
    static const uint16_t western[32] = { 0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
                                          0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
                                          0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D,
                                          0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
                                          0x0153, 0x9D,   0x017E, 0x0178 };

    if (number >= 0x80 && number < 0xA0)
        return western[number - 0x80];
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000))
        return 0xFFFD;
    return number;
}

/* The value of a digit, 16 when it is none of this base. */
static uint32_t digit_of(char byte, uint32_t base)
{
    uint32_t value = 16;

    if (byte >= '0' && byte <= '9')
        value = (uint32_t)(byte - '0');
    else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
        value = (uint32_t)((byte | 0x20) - 'a' + 10);
    return value < base ? value : 16;
}

/* Reads "#8217;" or "#x2019;"; returns the bytes taken, 0 when it is no number. */
static size_t read_number(ng_view text, uint32_t *point_out)
{
    uint32_t base = text.size > 1 && (text.data[1] | 0x20) == 'x' ? 16 : 10;
    size_t start = base == 16 ? 2 : 1;
    size_t at = start;
    uint32_t number = 0;

    for (; at < text.size && digit_of(text.data[at], base) < 16; at++)
        if (number <= 0x10FFFF)
            number = number * base + digit_of(text.data[at], base);
    if (at == start)
        return 0;
    *point_out = mend_number(number);
    return at + (at < text.size && text.data[at] == ';');
}

/* Reads a name, the longest there is; returns the bytes taken, 0 when there is none. */
static size_t read_entity(ng_view text, size_t *entity_out)
{
    enum { LONGEST = 31, LONGEST_BARE = 6 };
    size_t end = 0;

    while (end < text.size && end <= LONGEST &&
           (digit_of(text.data[end], 10) < 16 ||
            ((text.data[end] | 0x20) >= 'a' && (text.data[end] | 0x20) <= 'z')))
        end++;
    if (end < text.size && text.data[end] == ';') {
        *entity_out = find_entity(ng_view_part(text, 0, end + 1));
        if (*entity_out != SIZE_MAX)
            return end + 1;
    }
    for (end = end < LONGEST_BARE ? end : LONGEST_BARE; end >= 2; end--) {
        *entity_out = find_entity(ng_view_part(text, 0, end));
        if (*entity_out != SIZE_MAX)
            return end;
    }
    return 0;
}

/* Appends a code point. */
static ng_status add_point(ng_ctx *cx, uint32_t point, ng_buffer *out)
{
    char letter[4];

    return ng_buffer_add(cx, out, (ng_view){ letter, ng_utf8_encode(point, letter) });
}

/* Appends what the reference behind an ampersand stands for; *taken_out: its bytes, 0: it is none.
 */
static ng_status add_reference(ng_ctx *cx, ng_view text, ng_buffer *out, size_t *taken_out)
{
    uint32_t point = 0;
    size_t entity = 0;
    ng_status status = NG_OK;

    if (text.size > 0 && text.data[0] == '#') {
        *taken_out = read_number(text, &point);
        return *taken_out ? add_point(cx, point, out) : NG_OK;
    }
    *taken_out = read_entity(text, &entity);
    if (*taken_out == 0)
        return NG_OK;
    status = add_point(cx, entities[entity].first, out);
    if (status == NG_OK && entities[entity].second)
        status = add_point(cx, entities[entity].second, out);
    return status;
}

ng_status ng_html_unescape(ng_ctx *cx, ng_view text, ng_buffer *out)
{
    size_t at = 0;

    while (at < text.size) {
        const char *sign = memchr(text.data + at, '&', text.size - at);
        size_t end = sign ? (size_t)(sign - text.data) : text.size;
        size_t taken = 0;
        ng_status status = ng_buffer_add(cx, out, ng_view_part(text, at, end));

        if (status == NG_OK && sign)
            status = add_reference(cx, ng_view_part(text, end + 1, text.size), out, &taken);
        if (status == NG_OK && sign && taken == 0)
            status = ng_buffer_add_byte(cx, out, '&');
        if (status != NG_OK)
            return status;
        at = end + (sign != NULL) + taken;
    }
    return NG_OK;
}
