/* Dates as pages write them. English alone has names of months here.
 *
 * A date is put together as ISO and checked by ng_date_read, so that no 30 February comes out. */
#include "html.h"

/* A place in a text. */
typedef struct reading {
    ng_view text;
    size_t at;
} reading;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static char peek(const reading *r)
{
    return r->at < r->text.size ? r->text.data[r->at] : '\0';
}

/* Passes over any of these bytes. */
static void skip(reading *r, const char *bytes)
{
    while (r->at < r->text.size && r->text.data[r->at] != '\0' &&
           strchr(bytes, r->text.data[r->at]))
        r->at++;
}

/* Reads at most four digits; -1 when there are none or more. *count_out: how many. */
static int read_number(reading *r, size_t *count_out)
{
    int number = 0;
    size_t start = r->at;

    while (is_digit(peek(r)) && r->at - start < 5)
        number = number * 10 + (r->text.data[r->at++] - '0');
    *count_out = r->at - start;
    return *count_out == 0 || *count_out > 4 ? -1 : number;
}

/* Does the month begin with this word, whatever its case? */
static bool is_beginning(ng_view word, ng_view month)
{
    for (size_t i = 0; i < word.size; i++)
        if (i >= month.size || (word.data[i] | 0x20) != month.data[i])
            return false;
    return true;
}

/* Reads "Feb", "Feb.", "February"; 0 when it is no month. */
static int read_month(reading *r)
{
    static const char *const months[] = { "january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december" };
    size_t end = r->at;
    ng_view word = NG_VIEW_NONE;

    while (end < r->text.size && is_letter(r->text.data[end]))
        end++;
    word = ng_view_part(r->text, r->at, end);
    for (int i = 0; i < 12; i++) {
        ng_view month = ng_view_of(months[i]);
        bool is_short = word.size == 3 || (i == 8 && word.size == 4); /* Sept */

        if (!is_short && word.size != month.size)
            continue;
        if (!is_beginning(word, month))
            continue;
        r->at = end;
        skip(r, ".");
        return i + 1;
    }
    return 0;
}

/* Writes a date of which `day` or `month` may be 0: unknown. Returns the bytes written. */
static size_t write_date(int year, int month, int day, char date_out[10])
{
    char iso[40];
    int size = snprintf(iso, sizeof iso, "%04d", year);

    if (year < 1800 || year > 2100)
        return 0;
    if (month > 0)
        size = snprintf(iso, sizeof iso, "%04d-%02d", year, month);
    if (month > 0 && day > 0)
        size = snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
    if (ng_date_read((ng_view){ iso, (size_t)size }, date_out) != (size_t)size)
        return 0;
    return (size_t)size;
}

/* Behind a year of four digits: -02-21, /02/21, .02.21, or nothing. */
static size_t read_year_first(reading *r, int year, char date_out[10])
{
    char sign = peek(r);
    size_t count = 0;
    int month = 0;
    int day = 0;
    reading ahead = *r;

    if (sign != '-' && sign != '/' && sign != '.')
        return write_date(year, 0, 0, date_out);
    ahead.at++;
    month = read_number(&ahead, &count);
    if (count < 1 || count > 2 || month < 1 || month > 12)
        return write_date(year, 0, 0, date_out);
    if (peek(&ahead) != sign)
        return write_date(year, month, 0, date_out);
    ahead.at++;
    day = read_number(&ahead, &count);
    if (count < 1 || count > 2 || day < 1)
        return write_date(year, month, 0, date_out);
    return write_date(year, month, day, date_out);
}

/* Behind a day or month of one or two digits: "21 February 2019", 21.2.2019, 2/21/2019. */
static size_t read_day_first(reading *r, int first, char date_out[10])
{
    static const char *const ordinals[] = { "st", "nd", "rd", "th" };
    size_t count = 0;
    char sign = peek(r);
    int month = 0;
    int year = 0;

    if (sign == '.' || sign == '/' || sign == '-') {
        reading ahead = *r;
        int second = 0;

        ahead.at++;
        second = read_number(&ahead, &count);
        if (second >= 1 && count <= 2 && peek(&ahead) == sign) {
            ahead.at++;
            year = read_number(&ahead, &count);
            if (count != 4)
                return 0;
            if (sign == '.' || first > 12 || first == second)
                return write_date(year, second, first, date_out);
            if (second > 12)
                return write_date(year, first, second, date_out);
            return write_date(year, 0, 0, date_out);
        }
    }
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals && r->at + 2 <= r->text.size; i++)
        if (ng_html_is_word(ng_view_part(r->text, r->at, r->at + 2), ordinals[i])) {
            r->at += 2;
            break;
        }
    skip(r, " -./");
    if ((peek(r) | 0x20) == 'o' && r->text.size - r->at > 3 && r->text.data[r->at + 2] == ' ')
        r->at += 3; /* 21st of February */
    month = read_month(r);
    skip(r, " ,-/");
    year = read_number(r, &count);
    return month > 0 && count == 4 ? write_date(year, month, first, date_out) : 0;
}

/* "February 21, 2019", "Feb. 21st 2019", "February 2019". */
static size_t read_month_first(reading *r, char date_out[10])
{
    int month = read_month(r);
    size_t count = 0;
    int day = 0;
    int year = 0;

    skip(r, " ,");
    if (month == 0)
        return 0;
    day = read_number(r, &count);
    if (count == 4)
        return write_date(day, month, 0, date_out);
    if (day < 1 || day > 31)
        return 0;
    while (is_letter(peek(r))) /* 21st */
        r->at++;
    skip(r, " ,");
    year = read_number(r, &count);
    return count == 4 ? write_date(year, month, day, date_out) : 0;
}

/* Passes over "Thu, " and the like. */
static void skip_weekday(reading *r)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (r->text.size - r->at > 3 &&
            ng_html_is_word(ng_view_part(r->text, r->at, r->at + 3), days[i])) {
            while (is_letter(peek(r)))
                r->at++;
            skip(r, " ,.");
            return;
        }
}

size_t ng_html_date_read(ng_view text, char date_out[10])
{
    reading r = { ng_html_trim(text), 0 };
    size_t count = 0;
    int number = 0;
    bool is_long = true;

    if (r.text.size == 0)
        return 0;
    skip_weekday(&r);
    for (size_t i = 0; i < 8 && is_long; i++)
        is_long = r.at + i < r.text.size && is_digit(r.text.data[r.at + i]);
    if (is_long && (r.text.size == r.at + 8 || !is_digit(r.text.data[r.at + 8]))) { /* 20190221 */
        int date = 0;

        for (size_t i = 0; i < 8; i++)
            date = date * 10 + (r.text.data[r.at + i] - '0');
        return write_date(date / 10000, date / 100 % 100, date % 100, date_out);
    }
    if (!is_digit(peek(&r)))
        return read_month_first(&r, date_out);
    number = read_number(&r, &count);
    if (count == 4)
        return read_year_first(&r, number, date_out);
    return count <= 2 && number >= 1 && number <= 31 ? read_day_first(&r, number, date_out) : 0;
}

size_t ng_html_date_find(ng_view text, char date_out[10])
{
    enum { MOST_BYTES = 300 };
    bool is_in_word = false;

    for (size_t at = 0; at < text.size && at < MOST_BYTES; at++) {
        bool was_in_word = is_in_word;
        size_t size = 0;
        ng_view rest = ng_view_part(text, at, text.size);

        is_in_word = is_letter(text.data[at]) || is_digit(text.data[at]);
        if (!is_in_word || was_in_word)
            continue;
        size = ng_html_date_read(rest, date_out);
        if (size > 4 ||
            (size == 4 && !(rest.size >= 4 && is_digit(rest.data[2]) && is_digit(rest.data[3]))))
            return size;
    }
    return 0;
}
