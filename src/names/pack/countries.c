/* The canonical names of codes.
 *
 * country_names.tsv names the states and territories of today. A former state or a part of a state
 * is named by the first row of country_forms.tsv that calls it so ("Soviet Union", "Scotland").
 * Every code that a table uses must have a name: an actor is labelled with it. */
#include "pack.h"

enum { COUNTRIES_MAX = 4096 };

/* Parties that some seats stand for and that are no states. */
static const struct {
    ng_view code, name;
} organizations[] = {
    { { "EU", 2 }, { "European Union", 14 } },
    { { "UN", 2 }, { "United Nations", 14 } },
};

bool pack_is_code(ng_view code)
{
    if (code.size < 2 || code.size >= sizeof((pack_country *)NULL)->code)
        return false;
    for (size_t i = 0; i < code.size; i++) {
        char byte = code.data[i];
        bool is_inner = (byte >= '0' && byte <= '9') || byte == '-';

        if (!(byte >= 'A' && byte <= 'Z') && !(is_inner && i > 0))
            return false;
    }
    return true;
}

/* The country with this code, or NULL. */
static const pack_country *find_country(const ng_pack *pack, ng_view code)
{
    for (size_t i = 0; i < pack->country_count; i++) {
        const pack_country *country = &pack->countries[i];

        if (ng_view_equal((ng_view){ country->code, strnlen(country->code, 8) }, code))
            return country;
    }
    return NULL;
}

ng_status pack_add_country(ng_ctx *cx, ng_pack *pack, ng_view code, ng_view name)
{
    pack_country country = { .name = 0 };
    ng_status status = NG_OK;

    if (find_country(pack, code))
        return pack_fail(cx, pack, "a second canonical name for", code);
    memcpy(country.code, code.data, code.size);
    status = pack_add_string(cx, pack, name, &country.name);
    if (status == NG_OK)
        status = ng_grow(cx, (void **)&pack->countries, &pack->country_capacity, sizeof country,
                         pack->country_count + 1, COUNTRIES_MAX, "countries");
    if (status == NG_OK)
        pack->countries[pack->country_count++] = country;
    return status;
}

/* Gives the code of a former state or a part its name, if it has none. */
static ng_status name_former(ng_ctx *cx, ng_pack *pack, const pack_form *form)
{
    ng_view code = ng_intern_get(pack->strings, form->value);

    if (form->class_ != NG_NAME_COUNTRY || find_country(pack, code) ||
        (form->detail != NG_NAME_FORM_FORMER && form->detail != NG_NAME_FORM_PART))
        return NG_OK;
    return pack_add_country(cx, pack, code, ng_intern_get(pack->strings, form->spelling));
}

/* True for a class whose values are codes that must have a name. */
static bool has_code(const pack_form *form)
{
    return form->class_ == NG_NAME_COUNTRY || form->class_ == NG_NAME_DEMONYM ||
           form->class_ == NG_NAME_METONYM || (form->class_ == NG_NAME_LANGUAGE && form->value);
}

ng_status pack_finish_countries(ng_ctx *cx, ng_pack *pack)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < pack->form_count && status == NG_OK; i++)
        status = name_former(cx, pack, &pack->forms[i]);
    for (size_t i = 0; i < sizeof organizations / sizeof organizations[0] && status == NG_OK; i++) {
        if (!find_country(pack, organizations[i].code))
            status = pack_add_country(cx, pack, organizations[i].code, organizations[i].name);
    }
    for (size_t i = 0; i < pack->form_count && status == NG_OK; i++) {
        const pack_form *form = &pack->forms[i];
        ng_view code = ng_intern_get(pack->strings, form->value);

        if (!has_code(form) || find_country(pack, code))
            continue;
        pack->where_file = form->file;
        pack->where_line = form->line;
        status = pack_fail(cx, pack, "no canonical name for the code", code);
    }
    return status;
}
