/* Numbers and texts in the records of a saved graph. */
#include "blocks.h"

ng_status ng_bytes_put_number(ng_ctx *cx, ng_buffer *out, uint64_t number)
{
    char bytes[10];
    size_t size = 0;

    do {
        bytes[size++] = (char)((number & 0x7F) | (number > 0x7F ? 0x80 : 0));
        number >>= 7;
    } while (number > 0);
    return ng_buffer_add(cx, out, (ng_view){ bytes, size });
}

ng_status ng_bytes_put_text(ng_ctx *cx, ng_buffer *out, ng_view text)
{
    ng_status status = ng_bytes_put_number(cx, out, text.size);

    return status == NG_OK ? ng_buffer_add(cx, out, text) : status;
}

ng_status ng_bytes_put_word(ng_ctx *cx, ng_buffer *out, uint64_t word)
{
    char bytes[8];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(word >> 8 * i & 0xFF);
    return ng_buffer_add(cx, out, (ng_view){ bytes, sizeof bytes });
}

uint64_t ng_bytes_take_number(ng_cursor *cursor)
{
    uint64_t number = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        unsigned char byte = 0;

        if (cursor->is_bad || cursor->at >= cursor->bytes.size)
            break;
        byte = (unsigned char)cursor->bytes.data[cursor->at++];
        if (shift == 63 && byte > 1)
            break;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
    cursor->is_bad = true;
    return 0;
}

ng_view ng_bytes_take_part(ng_cursor *cursor)
{
    uint64_t size = ng_bytes_take_number(cursor);
    ng_view text = NG_VIEW_NONE;

    if (cursor->is_bad || size > cursor->bytes.size - cursor->at) {
        cursor->is_bad = true;
        return text;
    }
    text = ng_view_part(cursor->bytes, cursor->at, cursor->at + (size_t)size);
    cursor->at += (size_t)size;
    return text;
}

ng_view ng_bytes_take_text(ng_cursor *cursor)
{
    ng_view text = ng_bytes_take_part(cursor);

    if (ng_utf8_is_valid(text))
        return text;
    cursor->is_bad = true;
    return NG_VIEW_NONE;
}

uint64_t ng_bytes_take_word(ng_cursor *cursor)
{
    uint64_t word = 0;

    if (cursor->is_bad || cursor->bytes.size - cursor->at < 8) {
        cursor->is_bad = true;
        return 0;
    }
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)cursor->bytes.data[cursor->at + i] << 8 * i;
    cursor->at += 8;
    return word;
}
