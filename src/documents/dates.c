/* Dates of documents: as they are written, as a file's name has them, as the file system keeps
 * them.
 *
 * A date is a year, a month or a day of the Gregorian calendar: 2019, 2019-02, 2019-02-21. */
#include "documents_internal.h"

#include <time.h>

/* Reads `count` digits at `at`; -1 when they are not there. */
static int read_digits(ng_view text, size_t at, size_t count)
{
    int number = 0;

    if (at + count > text.size)
        return -1;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

/* Is there no digit at `at`? */
static bool ends_at(ng_view text, size_t at)
{
    return read_digits(text, at, 1) < 0;
}

/* Days of a month in the Gregorian calendar. */
static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* A part that is no date (month 13, 30 February) ends the date before it. */
size_t ng_date_read(ng_view text, char date_out[NG_DATE_BYTES])
{
    int year = read_digits(text, 0, 4);
    int month = 0;
    int day = 0;

    if (year < 1 || !ends_at(text, 4))
        return 0;
    memcpy(date_out, text.data, 4);
    month = text.size > 4 && text.data[4] == '-' ? read_digits(text, 5, 2) : -1;
    if (month < 1 || month > 12 || !ends_at(text, 7))
        return 4;
    memcpy(date_out, text.data, 7);
    day = text.size > 7 && text.data[7] == '-' ? read_digits(text, 8, 2) : -1;
    if (day < 1 || day > days_of(year, month) || !ends_at(text, 10))
        return 7;
    memcpy(date_out, text.data, 10);
    return 10;
}

/* Eight digits that are a day, not part of a longer number. */
static bool read_compact(ng_view path, size_t at, char date_out[NG_DATE_BYTES])
{
    char spread[NG_DATE_BYTES] = { 0 };

    if (read_digits(path, at, 8) < 0 || !ends_at(path, at + 8))
        return false;
    (void)memcpy(spread, path.data + at, 4);
    spread[4] = spread[7] = '-';
    (void)memcpy(spread + 5, path.data + at + 4, 2);
    (void)memcpy(spread + 8, path.data + at + 6, 2);
    return ng_date_read((ng_view){ spread, sizeof spread }, date_out) == NG_DATE_BYTES;
}

/* A year, a month and a day with the same mark between them. */
static bool read_spread(ng_view path, size_t at, char date_out[NG_DATE_BYTES])
{
    char spread[NG_DATE_BYTES];
    char mark = '\0';

    if (at + NG_DATE_BYTES > path.size || !ends_at(path, at + NG_DATE_BYTES))
        return false;
    memcpy(spread, path.data + at, sizeof spread);
    mark = spread[4];
    if ((mark != '-' && mark != '_' && mark != '.' && mark != '/') || spread[7] != mark)
        return false;
    spread[4] = spread[7] = '-';
    return ng_date_read((ng_view){ spread, sizeof spread }, date_out) == NG_DATE_BYTES;
}

/* Numbers before 1700 and after 2199 are no years of documents. */
static bool is_year(ng_view path, size_t at)
{
    int year = read_digits(path, at, 4);

    return year >= 1700 && year < 2200 && (at == 0 || ends_at(path, at - 1));
}

size_t ng_date_of_name(ng_view path, char date_out[NG_DATE_BYTES])
{
    char found[NG_DATE_BYTES];
    size_t size = 0;

    for (size_t i = 0; i + 8 <= path.size; i++)
        if (is_year(path, i) && (read_spread(path, i, found) || read_compact(path, i, found))) {
            memcpy(date_out, found, sizeof found);
            size = sizeof found;
        }
    return size;
}

/* The day of a moment, in UTC. */
static size_t date_of_moment(int64_t seconds, char date_out[NG_DATE_BYTES])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    char text[64];

    if (seconds == 0 || !gmtime_r(&moment, &parts) || parts.tm_year < -1899 || parts.tm_year > 8099)
        return 0;
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1,
                   parts.tm_mday);
    return ng_date_read(ng_view_of(text), date_out);
}

size_t ng_date_of_stream(const ng_options *options, const ng_stream *stream, const ng_found *found,
                         char date_out[NG_DATE_BYTES])
{
    size_t size = 0;

    if (options->date_from & NG_DATE_FROM_NAME)
        size = ng_date_of_name(found->name, date_out);
    if (size == 0 && options->date_from & NG_DATE_FROM_MODIFIED)
        size = date_of_moment(stream->modified, date_out);
    return size;
}
