/* Encoded words (RFC 2047) in the fields of mail: "=?utf-8?B?S8O2bG4=?=" is "Köln".
 *
 * Words that stand side by side are one text: their bytes are joined before they are converted, for
 * some programs cut a letter in two. GMime 3.2 loses what comes after a word that ends in "=", when
 * both are base64 (its decoder takes that for the end), so this is done here. An address must still
 * be parsed afterwards, and what is decoded may look like its grammar: there each run of words is
 * written again as a single one. */
#include "documents_internal.h"

typedef struct word {
    ng_view charset;
    ng_view text;
    bool is_base64;
    size_t end; /* behind it */
} word;

/* The place of the next question mark from `at` on. */
static size_t next_mark(ng_view value, size_t at)
{
    const char *mark = at < value.size ? memchr(value.data + at, '?', value.size - at) : NULL;

    return mark ? (size_t)(mark - value.data) : value.size;
}

/* Does an encoded word begin at `at`? */
static bool read_word(ng_view value, size_t at, word *out)
{
    size_t charset_end = 0;
    size_t end = 0;
    const char *star = NULL;

    if (!ng_view_starts(ng_view_part(value, at, value.size), NG_VIEW("=?")))
        return false;
    charset_end = next_mark(value, at + 2);
    if (charset_end == at + 2 || charset_end + 3 > value.size || value.data[charset_end + 2] != '?')
        return false;
    end = next_mark(value, charset_end + 3);
    if (end + 2 > value.size || value.data[end + 1] != '=')
        return false;
    *out = (word){ .charset = ng_view_part(value, at + 2, charset_end),
                   .text = ng_view_part(value, charset_end + 3, end),
                   .is_base64 = (value.data[charset_end + 1] | 0x20) == 'b',
                   .end = end + 2 };
    star = memchr(out->charset.data, '*', out->charset.size); /* a language comes after it */
    if (star)
        out->charset.size = (size_t)(star - out->charset.data);
    return out->is_base64 || (value.data[charset_end + 1] | 0x20) == 'q';
}

/* ---- the bytes of a word ---- */

/* The value of a digit of base64, or -1. */
static int base64_digit(char byte)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = memchr(digits, byte, sizeof digits - 1);

    return at ? (int)(at - digits) : -1;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Adds the bytes of base64; what is no digit is passed over. */
static ng_status add_base64(ng_ctx *cx, ng_view text, ng_buffer *bytes)
{
    uint32_t bits = 0;
    int count = 0;
    ng_status status = NG_OK;

    for (size_t i = 0; status == NG_OK && i < text.size; i++) {
        int digit = base64_digit(text.data[i]);

        if (digit < 0)
            continue;
        bits = (bits << 6 | (uint32_t)digit) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            status = ng_buffer_add_byte(cx, bytes, (char)(bits >> count & 0xFF));
        }
    }
    return status;
}

/* Adds the bytes of what is nearly quoted-printable. */
static ng_status add_quoted(ng_ctx *cx, ng_view text, ng_buffer *bytes)
{
    ng_status status = NG_OK;

    for (size_t i = 0; status == NG_OK && i < text.size; i++) {
        char byte = text.data[i] == '_' ? ' ' : text.data[i];

        if (byte == '=' && i + 2 < text.size && hex_digit(text.data[i + 1]) >= 0 &&
            hex_digit(text.data[i + 2]) >= 0) {
            byte = (char)(hex_digit(text.data[i + 1]) * 16 + hex_digit(text.data[i + 2]));
            i += 2;
        }
        status = ng_buffer_add_byte(cx, bytes, byte);
    }
    return status;
}

/* ---- runs of words ---- */

/* What is being read, and where to. */
typedef struct words {
    ng_ctx *cx;
    const char *label;
    ng_buffer bytes; /* of words of one character set */
    ng_buffer text;  /* of a run of words, UTF-8 */
    ng_buffer *out;
} words;

/* Converts the bytes gathered. */
static ng_status convert(words *run, ng_view charset)
{
    char name[NG_CHARSET_BYTES];
    ng_decoded decoded;
    ng_status status = NG_OK;

    (void)snprintf(name, sizeof name, "%.*s", (int)(charset.size & 0xFF), charset.data);
    status = ng_encoding_decode(run->cx, ng_buffer_view(&run->bytes), name, run->label, &run->text,
                                &decoded);
    run->bytes.size = 0;
    return status;
}

/* Reads words side by side, from `at` on, which goes behind the last. */
static ng_status read_run(words *run, ng_view value, size_t *at)
{
    word each;
    ng_view charset = NG_VIEW_NONE;
    size_t next = *at;
    ng_status status = NG_OK;

    run->bytes.size = run->text.size = 0;
    while (status == NG_OK && next < value.size && read_word(value, next, &each)) {
        if (charset.size > 0 && !ng_view_equal_folded(charset, each.charset))
            status = convert(run, charset);
        charset = each.charset;
        if (status == NG_OK)
            status = each.is_base64 ? add_base64(run->cx, each.text, &run->bytes)
                                    : add_quoted(run->cx, each.text, &run->bytes);
        *at = next = each.end;
        while (next < value.size && ng_is_blank_byte(value.data[next]))
            next++;
    }
    return status == NG_OK ? convert(run, charset) : status;
}

/* Writes the text of a run as one word. */
static ng_status write_word(words *run)
{
    static const char digits[] = "0123456789ABCDEF";
    ng_status status = ng_buffer_add(run->cx, run->out, NG_VIEW("=?utf-8?Q?"));

    for (size_t i = 0; status == NG_OK && i < run->text.size; i++) {
        unsigned char byte = (unsigned char)run->text.data[i];
        const char code[] = { '=', digits[byte >> 4], digits[byte & 15] };

        status = ng_buffer_add(run->cx, run->out, (ng_view){ code, sizeof code });
    }
    return status == NG_OK ? ng_buffer_add(run->cx, run->out, NG_VIEW("?=")) : status;
}

ng_status ng_mail_words(ng_ctx *cx, ng_view value, const char *label, bool as_words, ng_buffer *out)
{
    words run = { .cx = cx, .label = label, .out = out };
    size_t at = 0;
    word first;
    ng_status status = NG_OK;

    ng_buffer_init(&run.bytes, SIZE_MAX / 4);
    ng_buffer_init(&run.text, SIZE_MAX / 4);
    while (status == NG_OK && at < value.size) {
        if (!read_word(value, at, &first)) {
            status = ng_buffer_add_byte(cx, out, value.data[at++]);
            continue;
        }
        status = read_run(&run, value, &at);
        if (status == NG_OK)
            status =
                as_words ? write_word(&run) : ng_buffer_add(cx, out, ng_buffer_view(&run.text));
    }
    ng_buffer_destroy(cx, &run.bytes);
    ng_buffer_destroy(cx, &run.text);
    return status;
}
