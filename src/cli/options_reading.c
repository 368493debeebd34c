/* The options that say how documents are read: their format, character set, columns and dates, and
 * which files of a directory are documents. */
#include "cli.h"

#include <string.h>

/* What poppler takes for itself. */
#define LEAST_PDF_BYTES ((uint64_t)64 << 20)

/* Takes the words of --date-from: "metadata,name,modified", or none. */
static int take_date_from(const char *value, ng_options *options)
{
    static const struct {
        const char *word;
        uint32_t bit;
    } words[] = { { "metadata", NG_DATE_FROM_METADATA },
                  { "name", NG_DATE_FROM_NAME },
                  { "modified", NG_DATE_FROM_MODIFIED } };
    uint32_t bits = 0;

    if (same(value, "none")) {
        options->date_from = 0;
        return 0;
    }
    for (const char *at = value; *at;) {
        size_t size = strcspn(at, ",");
        bool is_known = false;

        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i].word) == size && memcmp(words[i].word, at, size) == 0) {
                bits |= words[i].bit;
                is_known = true;
            }
        if (!is_known)
            return complain("--date-from %s: '%.*s' is unknown; there are metadata, name, "
                            "modified, and none",
                            value, (int)size, at);
        at += size + (at[size] == ',');
    }
    options->date_from = bits;
    return 0;
}

/* Keeps a pattern for when the inputs are gathered. */
static int take_pattern(const char *name, const char *value, const char **patterns, size_t *count)
{
    if (*count == PATTERN_LIMIT)
        return complain("--%s %s: more than %d patterns; put them into a file .nergraphignore",
                        name, value, PATTERN_LIMIT);
    patterns[(*count)++] = value;
    return 0;
}

int take_reading(reading_option which, const char *name, const char *value,
                 cli_arguments *arguments)
{
    ng_options *options = &arguments->options;
    uint64_t number = 0;

    switch (which) {
    case READING_FORMAT:
        if (!ng_media_is_known(value))
            return complain("--read-as %s: unknown; there are text, html, jsonl, json, csv, tsv, "
                            "pdf, docx, odt, epub, mail, mbox and warc",
                            value);
        options->read_as = value;
        return 0;
    case READING_CHARSET:
        if (!ng_charset_is_known(value))
            return complain("--charset %s: not known here; `iconv -l` lists character sets", value);
        options->charset = value;
        return 0;
    case READING_TEXT_COLUMN:
        options->text_column = value;
        return 0;
    case READING_ID_COLUMN:
        options->id_column = value;
        return 0;
    case READING_DATE_COLUMN:
        options->date_column = value;
        return 0;
    case READING_TITLE_COLUMN:
        options->title_column = value;
        return 0;
    case READING_AUTHOR_COLUMN:
        options->author_column = value;
        return 0;
    case READING_DATE_FROM:
        return take_date_from(value, options);
    case READING_INCLUDE:
        return take_pattern(name, value, arguments->included, &arguments->included_count);
    case READING_EXCLUDE:
        return take_pattern(name, value, arguments->excluded, &arguments->excluded_count);
    case READING_PDF_SECONDS:
        if (!read_whole(value, 1000000, &number) || number == 0)
            return complain("--%s %s: not a whole number from 1 to 1000000", name, value);
        options->pdf_seconds = (uint32_t)number;
        return 0;
    case READING_PDF_BYTES:
        if (!read_whole(value, UINT64_MAX / 2, &number) || number < LEAST_PDF_BYTES)
            return complain("--%s %s: not a whole number from %llu to %llu", name, value,
                            (unsigned long long)LEAST_PDF_BYTES,
                            (unsigned long long)(UINT64_MAX / 2));
        options->pdf_bytes = number;
        return 0;
    case READING_FAILURES:
        arguments->failures_path = value;
        return 0;
    case READING_RATIO:
        if (!read_whole(value, 1000000000, &number) || number == 0)
            return complain("--%s %s: not a whole number from 1 to 1000000000", name, value);
        options->unpack_ratio = number;
        return 0;
    }
    return 0;
}
