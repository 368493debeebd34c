/* Bytes that grow to a maximum, and numbers written into them without the locale.
 *
 * A number is taken apart into decimal digits and an exponent and put together again here, because
 * printf writes the decimal point of the locale. Most numbers fall apart by one product with a
 * power of ten whose error is known; printf does the others in scientific form, of which only the
 * digits and the exponent are read. Both round to the nearest, and a tie to the even digit. */
#include "base_internal.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>

void ng_buffer_init(ng_buffer *buffer, size_t max_bytes)
{
    *buffer = (ng_buffer){ .max_bytes = max_bytes };
}

void ng_buffer_destroy(ng_ctx *cx, ng_buffer *buffer)
{
    ng_free(cx, buffer->data);
    ng_buffer_init(buffer, buffer->max_bytes);
}

ng_status ng_buffer_reserve(ng_ctx *cx, ng_buffer *buffer, size_t size)
{
    size_t wanted = 0;
    size_t room = 0;
    char *grown = NULL;

    if (size < buffer->capacity - buffer->size) /* capacity is at most max_bytes + 1 */
        return NG_OK;
    if (size > buffer->max_bytes || buffer->size > buffer->max_bytes - size)
        return ng_fail(cx, NG_E_LIMIT, "more than %zu bytes", buffer->max_bytes);
    wanted = buffer->size + size;
    if (wanted > SIZE_MAX / 2)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu bytes", wanted);
    room = wanted < 56 ? 64 : wanted + 1 + buffer->capacity;
    if (room - 1 > buffer->max_bytes)
        room = buffer->max_bytes + 1;
    grown = ng_realloc(cx, buffer->data, room);
    if (!grown)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu bytes", room);
    grown[buffer->size] = '\0';
    buffer->data = grown;
    buffer->capacity = room;
    return NG_OK;
}

ng_status ng_buffer_add_byte(ng_ctx *cx, ng_buffer *buffer, char byte)
{
    if (buffer->size + 1 >= buffer->capacity || buffer->size >= buffer->max_bytes)
        return ng_buffer_add(cx, buffer, (ng_view){ &byte, 1 });
    buffer->data[buffer->size++] = byte;
    buffer->data[buffer->size] = '\0';
    return NG_OK;
}

ng_status ng_buffer_add_unsigned(ng_ctx *cx, ng_buffer *buffer, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;

    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return ng_buffer_add(cx, buffer, (ng_view){ digits + first, sizeof digits - first });
}

ng_status ng_buffer_format(ng_ctx *cx, ng_buffer *buffer, const char *format, ...)
{
    ng_status status = NG_OK;
    va_list arguments;
    int size = 0;

    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        return ng_fail(cx, NG_E_BUG, "cannot format \"%s\"", format);
    status = ng_buffer_reserve(cx, buffer, (size_t)size);
    if (status != NG_OK)
        return status;
    va_start(arguments, format);
    (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    buffer->size += (size_t)size;
    return NG_OK;
}

/* A number as digits: 0.d1d2d3... * 10^exponent, without zeros at the end. */
typedef struct decimal {
    char digits[20];
    int digit_count;
    int exponent;
} decimal;

/* The powers of ten that a double holds exactly. */
static const double powers_of_ten[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
enum { MOST_POWER = sizeof powers_of_ten / sizeof *powers_of_ten - 1 };

/* number * scale rounded to the nearest whole number below 2^52. The product is off by less than
 * half of its last bit, and fma tells by how much: that settles what looks like a tie. */
static uint64_t round_product(double number, double scale)
{
    double product = number * scale;
    double error = fma(number, scale, -product);
    double whole = floor(product);
    double rest = product - whole;
    uint64_t rounded = (uint64_t)whole;

    if (rest > 0.5 || (rest == 0.5 && (error > 0 || (error == 0 && rounded % 2 == 1))))
        rounded++;
    return rounded;
}

/* Takes a positive number apart by a product with a power of ten; false for numbers so large, so
 * small or of so many digits that the product would not be a whole number of 52 bits. */
static bool split_by_product(double number, int digits, decimal *out)
{
    int binary = 0;
    int power = 0; /* of ten, of the first digit; log10(2) = 0.30103 finds it or the one below */
    uint64_t whole = 0;

    if (digits > DBL_DIG || number < 1e-7 || number >= 1e15)
        return false;
    (void)frexp(number, &binary);
    power = (int)floor((binary - 1) * 0.30103);
    if (power < 0 ? number * powers_of_ten[-power] >= 10 : number >= powers_of_ten[power + 1])
        power++;
    if (digits - 1 - power < 0 || digits - 1 - power > MOST_POWER)
        return false;
    whole = round_product(number, powers_of_ten[digits - 1 - power]);
    out->digit_count = digits;
    for (int i = digits - 1; i >= 0; i--, whole /= 10)
        out->digits[i] = (char)('0' + whole % 10);
    if (whole > 0) { /* 9.996 became 10.00: the digits are zeros */
        out->digits[0] = '1';
        power++;
    }
    out->exponent = power + 1;
    return true;
}

/* Reads the digits and the exponent out of what printf made of a positive number; whatever stands
 * between the digits is the point of some locale. */
static decimal split_by_printf(double number, int digits)
{
    char printed[64];
    decimal result = { .digit_count = 0 };
    int size = snprintf(printed, sizeof printed, "%.*e", digits - 1, number);
    int at = 0;
    int sign = 1;

    assert(size > 0 && (size_t)size < sizeof printed);
    for (; at < size && printed[at] != 'e'; at++)
        if (printed[at] >= '0' && printed[at] <= '9')
            result.digits[result.digit_count++] = printed[at];
    for (at++; at < size; at++)
        if (printed[at] == '-')
            sign = -1;
        else if (printed[at] >= '0' && printed[at] <= '9')
            result.exponent = result.exponent * 10 + (printed[at] - '0');
    result.exponent = result.exponent * sign + 1;
    return result;
}

/* Takes a positive number apart. */
static decimal split_number(double number, int digits)
{
    decimal result = { .digit_count = 0 };

    if (!split_by_product(number, digits, &result))
        result = split_by_printf(number, digits);
    while (result.digit_count > 1 && result.digits[result.digit_count - 1] == '0')
        result.digit_count--;
    return result;
}

/* Puts digits and exponent together as %g would: 0.25, 120, 1e-07, 1.5e+20. */
static size_t join_number(const decimal *number, int digits, char out[64])
{
    int power = number->exponent - 1;
    size_t size = 0;

    if (power < -4 || power >= digits) {
        out[size++] = number->digits[0];
        if (number->digit_count > 1)
            out[size++] = '.';
        for (int i = 1; i < number->digit_count; i++)
            out[size++] = number->digits[i];
        return size + (size_t)snprintf(out + size, 64 - size, "e%c%02d", power < 0 ? '-' : '+',
                                       power < 0 ? -power : power);
    }
    if (power < 0)
        out[size++] = '0';
    for (int i = power < 0 ? power + 1 : 0; i < number->digit_count || i <= power; i++) {
        if (i == power + 1)
            out[size++] = '.';
        out[size++] = i >= 0 && i < number->digit_count ? number->digits[i] : '0';
    }
    return size;
}

ng_status ng_buffer_add_number(ng_ctx *cx, ng_buffer *buffer, double number, int digits)
{
    char text[64] = "-";
    size_t sign = number < 0 ? 1 : 0;
    size_t size = 0;

    assert(digits >= 1 && digits <= 17);
    if (!isfinite(number))
        return ng_fail(cx, NG_E_BUG, "a number to be written is not finite");
    if (number == 0)
        return ng_buffer_add(cx, buffer, NG_VIEW("0"));
    for (int tried = digits < DBL_DIG ? digits : DBL_DIG; tried <= digits; tried++) {
        decimal parts = split_number(fabs(number), tried);
        double back = 0;

        size = sign + join_number(&parts, digits, text + sign);
        if (tried < digits && ng_view_number((ng_view){ text, size }, &back) && back == number)
            break;
    }
    return ng_buffer_add(cx, buffer, (ng_view){ text, size });
}
