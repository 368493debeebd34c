/* Borrowed bytes: comparing them and reading numbers out of them without the locale. */
#include "base_internal.h"

#include <math.h>
#include <stdlib.h>

enum { NUMBER_BYTES = 512 }; /* a longer one is nothing that anybody wrote */

int ng_view_compare(ng_view a, ng_view b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;

    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool ng_view_unsigned(ng_view view, uint64_t *number_out)
{
    uint64_t number = 0;

    if (view.size == 0)
        return false;
    for (size_t i = 0; i < view.size; i++) {
        uint64_t digit = (uint64_t)((unsigned char)view.data[i]) - '0';

        if (digit > 9 || number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *number_out = number;
    return true;
}

/* Steps over decimal digits from `at`; returns where they end. */
static size_t skip_digits(ng_view view, size_t at)
{
    while (at < view.size && view.data[at] >= '0' && view.data[at] <= '9')
        at++;
    return at;
}

/* Is it [+-] digits [. digits] [e [+-] digits] with a digit before the exponent? The place of the
 * point, or view.size without one, goes to point_out. */
static bool is_number(ng_view view, size_t *point_out)
{
    size_t start = view.size > 0 && (view.data[0] == '-' || view.data[0] == '+') ? 1 : 0;
    size_t at = skip_digits(view, start);
    size_t digit_count = at - start;

    *point_out = view.size;
    if (at < view.size && view.data[at] == '.') {
        size_t end = skip_digits(view, at + 1);

        *point_out = at;
        digit_count += end - at - 1;
        at = end;
    }
    if (digit_count == 0)
        return false;
    if (at < view.size && (view.data[at] == 'e' || view.data[at] == 'E')) {
        size_t first = at + 1;

        if (first < view.size && (view.data[first] == '-' || view.data[first] == '+'))
            first++;
        at = skip_digits(view, first);
        if (at == first)
            return false;
    }
    return at == view.size;
}

/* strtod reads the point of the locale: ask printf which one that is and put it in. */
bool ng_view_number(ng_view view, double *number_out)
{
    char half[16]; /* "0.5" with the point of the locale between its digits */
    char text[NUMBER_BYTES + sizeof half];
    int half_size = snprintf(half, sizeof half, "%.1f", 0.5);
    size_t point = 0;
    size_t point_size = 0;
    double number = 0;

    if (view.size > NUMBER_BYTES || !is_number(view, &point) || half_size < 3 ||
        (size_t)half_size >= sizeof half)
        return false;
    point_size = (size_t)half_size - 2;
    memcpy(text, view.data, point);
    if (point < view.size) {
        memcpy(text + point, half + 1, point_size);
        memcpy(text + point + point_size, view.data + point + 1, view.size - point - 1);
        text[view.size - 1 + point_size] = '\0';
    } else {
        text[point] = '\0';
    }
    number = strtod(text, NULL);
    if (!isfinite(number))
        return false;
    *number_out = number;
    return true;
}

bool ng_view_is_among(ng_view view, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count && view.size > 0; i++)
        if (words[i][0] == view.data[0] && ng_view_equal(view, ng_view_of(words[i])))
            return true;
    return false;
}
