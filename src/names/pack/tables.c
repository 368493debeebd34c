/* Reading the tables.
 *
 * Each table is described by one row of `tables`: its class, which column is the phrase and what
 * the other columns mean. Rows are lines of TAB-separated columns; "#" begins a comment line. */
#include "pack.h"

/* What a column says about the phrase. */
typedef enum column_kind {
    COLUMN_END,
    COLUMN_FORM,
    COLUMN_VALUE,       /* any text */
    COLUMN_CODE,        /* code of a country, the value */
    COLUMN_CODE_OR_NOT, /* the same, may be empty */
    COLUMN_COUNTRY,     /* code of a country, beside a value */
    COLUMN_REGION,      /* part of a country's subdivision code, after COLUMN_COUNTRY */
    COLUMN_UNUSED,
    COLUMN_DETAIL, /* one of the table's words */
    COLUMN_WEIGHT,
    COLUMN_GEONAME,
    COLUMN_LATITUDE,
    COLUMN_LONGITUDE,
    COLUMN_OTHERS, /* more forms, joined by | */
    COLUMN_MORE    /* last, may be missing: full name of an abbreviation */
} column_kind;

typedef struct choice {
    const char *word;
    int detail;
} choice;

static const choice country_forms[] = {
    { "canonical", NG_NAME_FORM_CANONICAL },
    { "name", NG_NAME_FORM_NAME },
    { "long", NG_NAME_FORM_LONG },
    { "abbr", NG_NAME_FORM_ABBREVIATION },
    { "alias", NG_NAME_FORM_ALIAS },
    { "former", NG_NAME_FORM_FORMER },
    { "local", NG_NAME_FORM_LOCAL },
    { "part", NG_NAME_FORM_PART },
    { NULL, 0 },
};
static const choice uses[] = {
    { "adj", NG_NAME_USE_ADJECTIVE },
    { "noun", NG_NAME_USE_NOUN },
    { "both", NG_NAME_USE_BOTH },
    { "prefix", NG_NAME_USE_PREFIX },
    { NULL, 0 },
};
static const choice seats[] = { { "capital", NG_NAME_CAPITAL },
                                { "seat", NG_NAME_SEAT },
                                { NULL, 0 } };
static const choice genders[] = {
    { "m", 'm' }, { "f", 'f' }, { "u", 'u' }, { "-", 'u' }, { NULL, 0 }
};
static const choice title_genders[] = { { "m", 'm' }, { "f", 'f' }, { "-", '-' }, { NULL, 0 } };
static const choice cases[] = { { "lower", 'l' }, { "both", 'b' }, { NULL, 0 } };
static const choice positions[] = { { "head", 'h' }, { "tail", 't' }, { "any", 'a' }, { NULL, 0 } };
static const choice sides[] = { { "after", 'a' }, { "before", 'b' }, { NULL, 0 } };

typedef struct table_spec {
    const char *file;
    ng_name_class class_;
    uint32_t weight; /* of a table without weights */
    const choice *choices;
    column_kind columns[10];
} table_spec;

static const table_spec tables[] = {
    { "country_names.tsv",
      NG_NAME_COUNTRY,
      0,
      country_forms,
      { COLUMN_FORM, COLUMN_CODE, COLUMN_DETAIL } },
    { "country_forms.tsv",
      NG_NAME_COUNTRY,
      0,
      country_forms,
      { COLUMN_FORM, COLUMN_CODE, COLUMN_DETAIL } },
    { "demonyms.tsv", NG_NAME_DEMONYM, 0, uses, { COLUMN_FORM, COLUMN_CODE, COLUMN_DETAIL } },
    { "peoples.tsv", NG_NAME_PEOPLE, 0, NULL, { COLUMN_FORM, COLUMN_VALUE } },
    { "languages.tsv", NG_NAME_LANGUAGE, 0, NULL, { COLUMN_FORM, COLUMN_CODE_OR_NOT } },
    { "metonyms.tsv", NG_NAME_METONYM, 0, seats, { COLUMN_FORM, COLUMN_CODE, COLUMN_DETAIL } },
    { "subdivisions.tsv",
      NG_NAME_SUBDIVISION,
      0,
      NULL,
      { COLUMN_FORM, COLUMN_VALUE, COLUMN_COUNTRY } },
    { "cities.tsv",
      NG_NAME_CITY,
      0,
      NULL,
      { COLUMN_GEONAME, COLUMN_FORM, COLUMN_COUNTRY, COLUMN_REGION, COLUMN_WEIGHT, COLUMN_LATITUDE,
        COLUMN_LONGITUDE, COLUMN_OTHERS } },
    { "geography.tsv", NG_NAME_GEOGRAPHY, 0, NULL, { COLUMN_FORM, COLUMN_VALUE, COLUMN_MORE } },
    { "forenames.tsv",
      NG_NAME_FORENAME,
      0,
      genders,
      { COLUMN_FORM, COLUMN_DETAIL, COLUMN_WEIGHT } },
    { "given_extra.tsv", NG_NAME_FORENAME, 100, genders, { COLUMN_FORM, COLUMN_DETAIL } },
    { "surnames.tsv", NG_NAME_SURNAME, 0, NULL, { COLUMN_FORM, COLUMN_WEIGHT } },
    { "family_extra.tsv", NG_NAME_SURNAME, 100, NULL, { COLUMN_FORM } },
    { "titles.tsv", NG_NAME_TITLE, 0, title_genders, { COLUMN_FORM, COLUMN_VALUE, COLUMN_DETAIL } },
    { "nicknames.tsv", NG_NAME_NICKNAME, 0, NULL, { COLUMN_FORM, COLUMN_VALUE } },
    { "variants.tsv", NG_NAME_VARIANT, 0, NULL, { COLUMN_FORM, COLUMN_VALUE } },
    { "particles.tsv", NG_NAME_PARTICLE, 0, cases, { COLUMN_FORM, COLUMN_DETAIL } },
    { "organizations.tsv", NG_NAME_ORGANIZATION, 0, NULL, { COLUMN_FORM, COLUMN_VALUE } },
    { "org_words.tsv", NG_NAME_ORGANIZATION_WORD, 0, positions, { COLUMN_FORM, COLUMN_DETAIL } },
    { "place_words.tsv", NG_NAME_PLACE_WORD, 0, positions, { COLUMN_FORM, COLUMN_DETAIL } },
    { "person_words.tsv", NG_NAME_PERSON_WORD, 0, sides, { COLUMN_FORM, COLUMN_DETAIL } },
    { "place_context.tsv", NG_NAME_PLACE_CONTEXT, 0, sides, { COLUMN_FORM, COLUMN_DETAIL } },
    { "not_names.tsv", NG_NAME_NOT_NAME, 0, NULL, { COLUMN_FORM } },
    { "common_words.tsv", NG_NAME_COMMON, 0, NULL, { COLUMN_FORM, COLUMN_UNUSED, COLUMN_WEIGHT } },
};

enum { COLUMNS_MAX = 10, TABLE_BYTES_MAX = 64 << 20, STRINGS_BYTES_MAX = 256 << 20 };

/* A row in the reading. */
typedef struct table_row {
    const table_spec *table;
    ng_view cells[COLUMNS_MAX];
    size_t cell_count;
} table_row;

ng_status pack_init(ng_ctx *cx, ng_pack *pack)
{
    uint32_t id = 0;
    ng_status status = NG_OK;

    memset(pack, 0, sizeof *pack);
    ng_buffer_init(&pack->scratch, TABLE_BYTES_MAX);
    status = ng_intern_new(cx, UINT32_MAX - 1, STRINGS_BYTES_MAX, &pack->phrases);
    if (status == NG_OK)
        status = ng_intern_new(cx, UINT32_MAX - 1, STRINGS_BYTES_MAX, &pack->strings);
    return status == NG_OK ? ng_intern_add(cx, pack->strings, NG_VIEW_NONE, &id) : status;
}

void pack_destroy(ng_ctx *cx, ng_pack *pack)
{
    ng_intern_free(cx, pack->phrases);
    ng_intern_free(cx, pack->strings);
    ng_free(cx, pack->forms);
    ng_free(cx, pack->countries);
    ng_buffer_destroy(cx, &pack->scratch);
}

ng_status pack_fail(ng_ctx *cx, const ng_pack *pack, const char *what, ng_view text)
{
    return ng_fail(cx, NG_E_DATA, "%s:%u: %s \"%.*s\"", pack->where_file,
                   (unsigned)pack->where_line, what, (int)(text.size < 100 ? text.size : 100),
                   text.data);
}

ng_status pack_add_string(ng_ctx *cx, ng_pack *pack, ng_view text, uint32_t *id_out)
{
    if (text.size > PACKED_STRING_BYTES)
        return pack_fail(cx, pack, "too long:", text);
    return ng_intern_add(cx, pack->strings, text, id_out);
}

static ng_status find_choice(ng_ctx *cx, const ng_pack *pack, const choice *choices, ng_view word,
                             uint8_t *detail_out)
{
    for (; choices->word; choices++) {
        if (ng_view_equal(word, ng_view_of(choices->word))) {
            *detail_out = (uint8_t)choices->detail;
            return NG_OK;
        }
    }
    return pack_fail(cx, pack, "unknown word", word);
}

static ng_status read_weight(ng_ctx *cx, const ng_pack *pack, ng_view cell, uint32_t *weight_out)
{
    double number = 0;

    if (!ng_view_number(cell, &number) || !(number >= 0 && number <= UINT32_MAX))
        return pack_fail(cx, pack, "not a number:", cell);
    *weight_out = (uint32_t)(number + 0.5);
    return NG_OK;
}

/* Degrees as hundredths. */
static ng_status read_degrees(ng_ctx *cx, const ng_pack *pack, ng_view cell, double limit,
                              int16_t *hundredths_out)
{
    bool is_negative = cell.size > 0 && cell.data[0] == '-';
    double number = 0;

    if (!ng_view_number(ng_view_part(cell, is_negative, cell.size), &number) ||
        !(number >= 0 && number <= limit))
        return pack_fail(cx, pack, "no degrees:", cell);
    *hundredths_out = (int16_t)(number * 100 + 0.5);
    if (is_negative)
        *hundredths_out = (int16_t) - *hundredths_out;
    return NG_OK;
}

/* Two to five capitals and no small letter: such a form is an abbreviation that small letters do
 * not stand for ("WHO" is not "who"). */
static bool is_capitals(ng_view form)
{
    size_t capitals = 0;

    for (size_t i = 0; i < form.size; i++) {
        char byte = form.data[i];

        if ((byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80)
            return false;
        capitals += byte >= 'A' && byte <= 'Z';
    }
    return capitals >= 2 && capitals <= 5;
}

/* Classes of ordinary words and of parts of names: never written in one way only. */
static bool is_free_of_case(uint8_t class_)
{
    return class_ == NG_NAME_COMMON || class_ == NG_NAME_FORENAME || class_ == NG_NAME_SURNAME ||
           class_ == NG_NAME_NICKNAME || class_ == NG_NAME_VARIANT || class_ == NG_NAME_PARTICLE ||
           class_ == NG_NAME_PERSON_WORD || class_ == NG_NAME_PLACE_CONTEXT;
}

/* Large classes do not keep how they are written, so that most of their lists are the same. */
static bool has_spelling(const pack_form *form)
{
    return form->is_exact || (form->class_ != NG_NAME_CITY && form->class_ != NG_NAME_FORENAME &&
                              form->class_ != NG_NAME_SURNAME && form->class_ != NG_NAME_COMMON);
}

/* Interns how a form is written, full stops left out of an exact one: "U.S." and "US" are one. */
static ng_status add_spelling(ng_ctx *cx, ng_pack *pack, ng_view text, pack_form *form)
{
    char spelling[PACKED_STRING_BYTES];
    size_t size = 0;

    if (!has_spelling(form))
        return NG_OK;
    if (!form->is_exact)
        return pack_add_string(cx, pack, text, &form->spelling);
    for (size_t i = 0; i < text.size && size < sizeof spelling; i++) {
        if (text.data[i] != '.')
            spelling[size++] = text.data[i];
    }
    return pack_add_string(cx, pack, (ng_view){ spelling, size }, &form->spelling);
}

/* Adds one phrase with the reading `form`, whose phrase, spelling and place are filled in here. */
static ng_status add_form(ng_ctx *cx, ng_pack *pack, ng_view text, pack_form form)
{
    ng_phrase phrase;
    ng_status status = ng_phrase_fold(cx, text, &pack->scratch, &phrase);

    if (status != NG_OK)
        return status;
    if (phrase.size == 0)
        return pack_fail(cx, pack, "no word in", text);
    if (phrase.is_cut)
        return pack_fail(cx, pack, "longer than 127 bytes:", text);
    if (!is_free_of_case(form.class_) && is_capitals(text))
        form.is_exact = true;
    form.row = (uint32_t)pack->form_count;
    form.file = pack->where_file;
    form.line = pack->where_line;
    status = ng_intern_add(cx, pack->phrases, ng_phrase_view(&phrase), &form.phrase);
    if (status == NG_OK)
        status = add_spelling(cx, pack, text, &form);
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&pack->forms, &pack->form_capacity, sizeof form,
                         pack->form_count + 1, UINT32_MAX, "forms");
    if (status == NG_OK)
        pack->forms[pack->form_count++] = form;
    return status;
}

/* Reads the subdivision of a city into its country: "TX" makes "US-TX", if there is such a code. */
static ng_status read_region(ng_ctx *cx, ng_pack *pack, ng_view cell, pack_form *form)
{
    ng_view country = ng_intern_get(pack->strings, form->country);
    uint32_t id = 0;
    ng_status status = NG_OK;

    pack->scratch.size = 0;
    status = ng_buffer_format(cx, &pack->scratch, "%.*s-%.*s", (int)country.size, country.data,
                              (int)cell.size, cell.data);
    if (status == NG_OK && ng_intern_find(pack->strings, ng_buffer_view(&pack->scratch), &id))
        form->country = id;
    return status;
}

/* Reads what one cell says into `form`. */
static ng_status read_cell(ng_ctx *cx, ng_pack *pack, const table_row *row, size_t i,
                           pack_form *form)
{
    ng_view cell = row->cells[i];

    switch (row->table->columns[i]) {
    case COLUMN_VALUE:
        if (cell.size == 0)
            return pack_fail(cx, pack, "an empty column after", row->cells[0]);
        return pack_add_string(cx, pack, cell, &form->value);
    case COLUMN_CODE_OR_NOT:
        if (cell.size == 0)
            return NG_OK;
        /* fall through */
    case COLUMN_CODE:
        if (!pack_is_code(cell))
            return pack_fail(cx, pack, "not a code:", cell);
        return pack_add_string(cx, pack, cell, &form->value);
    case COLUMN_COUNTRY:
        if (!pack_is_code(cell))
            return pack_fail(cx, pack, "not a code:", cell);
        return pack_add_string(cx, pack, cell, &form->country);
    case COLUMN_REGION:
        return read_region(cx, pack, cell, form);
    case COLUMN_DETAIL:
        return find_choice(cx, pack, row->table->choices, cell, &form->detail);
    case COLUMN_WEIGHT:
        return read_weight(cx, pack, cell, &form->weight);
    case COLUMN_GEONAME:
        return read_weight(cx, pack, cell, &form->geoname);
    case COLUMN_LATITUDE:
        return read_degrees(cx, pack, cell, 90, &form->latitude);
    case COLUMN_LONGITUDE:
        return read_degrees(cx, pack, cell, 180, &form->longitude);
    default:
        return NG_OK;
    }
}

/* What a class asks for beyond its columns. */
static ng_status complete(ng_ctx *cx, ng_pack *pack, const table_row *row, ng_view name,
                          pack_form *form)
{
    ng_status status = NG_OK;

    if (form->class_ == NG_NAME_COUNTRY) {
        form->country = form->value;
        if (form->detail == NG_NAME_FORM_ABBREVIATION)
            form->is_exact = true;
        if (form->detail == NG_NAME_FORM_CANONICAL)
            status = pack_add_country(cx, pack, row->cells[1], name);
    } else if (form->class_ == NG_NAME_DEMONYM || form->class_ == NG_NAME_METONYM) {
        form->country = form->value;
    } else if (form->class_ == NG_NAME_CITY) {
        status = pack_add_string(cx, pack, name, &form->value);
    } else if (form->class_ == NG_NAME_GEOGRAPHY &&
               ng_view_equal(row->cells[1], NG_VIEW("us_state_abbr"))) {
        if (row->cell_count < 3)
            return pack_fail(cx, pack, "no full name for", name);
        form->class_ = NG_NAME_STATE_ABBREVIATION;
        form->is_exact = true;
        status = pack_add_string(cx, pack, row->cells[2], &form->value);
    }
    return status;
}

/* Adds the forms of a column that holds several, joined by "|". */
static ng_status add_others(ng_ctx *cx, ng_pack *pack, ng_view cell, const pack_form *form)
{
    ng_status status = NG_OK;

    for (size_t start = 0, i = 0; i <= cell.size && status == NG_OK; i++) {
        if (i < cell.size && cell.data[i] != '|')
            continue;
        if (i > start)
            status = add_form(cx, pack, ng_view_part(cell, start, i), *form);
        start = i + 1;
    }
    return status;
}

static ng_status read_row(ng_ctx *cx, ng_pack *pack, const table_row *row)
{
    pack_form form = { .class_ = (uint8_t)row->table->class_, .weight = row->table->weight };
    ng_view name = NG_VIEW_NONE;
    size_t wanted = 0;
    ng_status status = NG_OK;

    for (; row->table->columns[wanted] != COLUMN_END; wanted++) {
        column_kind column = row->table->columns[wanted];

        if (wanted >= row->cell_count) {
            if (column == COLUMN_MORE || column == COLUMN_OTHERS || column == COLUMN_CODE_OR_NOT)
                continue;
            return pack_fail(cx, pack, "too few columns:", row->cells[0]);
        }
        if (column == COLUMN_FORM)
            name = row->cells[wanted];
        status = read_cell(cx, pack, row, wanted, &form);
        if (status != NG_OK)
            return status;
    }
    if (row->cell_count > wanted)
        return pack_fail(cx, pack, "too many columns:", row->cells[wanted]);
    status = complete(cx, pack, row, name, &form);
    if (status == NG_OK)
        status = add_form(cx, pack, name, form);
    for (size_t i = 0; i < row->cell_count && status == NG_OK; i++) {
        if (row->table->columns[i] == COLUMN_OTHERS)
            status = add_others(cx, pack, row->cells[i], &form);
    }
    return status;
}

/* Splits a line at its tabulators. */
static ng_status split_line(ng_ctx *cx, const ng_pack *pack, ng_view line, table_row *row)
{
    row->cell_count = 0;
    for (size_t start = 0, i = 0; i <= line.size; i++) {
        if (i < line.size && line.data[i] != '\t')
            continue;
        if (row->cell_count == COLUMNS_MAX)
            return pack_fail(cx, pack, "too many columns:", line);
        row->cells[row->cell_count++] = ng_view_part(line, start, i);
        start = i + 1;
    }
    return NG_OK;
}

static ng_status read_lines(ng_ctx *cx, ng_pack *pack, const table_spec *table, ng_view text)
{
    table_row row = { .table = table };
    ng_status status = NG_OK;

    if (!ng_utf8_is_valid(text))
        return ng_fail(cx, NG_E_DATA, "%s: not UTF-8", pack->where_file);
    for (size_t start = 0, i = 0; i <= text.size && status == NG_OK; i++) {
        ng_view line = ng_view_part(text, start, i);

        if (i < text.size && text.data[i] != '\n')
            continue;
        start = i + 1;
        pack->where_line++;
        if (line.size == 0 || line.data[0] == '#')
            continue;
        status = split_line(cx, pack, line, &row);
        if (status == NG_OK)
            status = read_row(cx, pack, &row);
    }
    return status;
}

const char *pack_table_file(size_t index)
{
    return index < sizeof tables / sizeof tables[0] ? tables[index].file : NULL;
}

static ng_status read_table(ng_ctx *cx, ng_pack *pack, const char *directory,
                            const table_spec *table)
{
    ng_buffer path, text;
    ng_status status = NG_OK;

    ng_buffer_init(&path, 4096);
    ng_buffer_init(&text, TABLE_BYTES_MAX);
    status = ng_buffer_format(cx, &path, "%s/%s", directory, table->file);
    if (status == NG_OK)
        status = ng_file_read(cx, path.data, TABLE_BYTES_MAX, "", &text);
    pack->where_file = table->file;
    pack->where_line = 0;
    if (status == NG_OK)
        status = read_lines(cx, pack, table, ng_buffer_view(&text));
    ng_buffer_destroy(cx, &path);
    ng_buffer_destroy(cx, &text);
    return status;
}

ng_status pack_read_tables(ng_ctx *cx, ng_pack *pack, const char *directory)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0] && status == NG_OK; i++)
        status = read_table(cx, pack, directory, &tables[i]);
    return status == NG_OK ? pack_finish_countries(cx, pack) : status;
}
