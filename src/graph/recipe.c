/* The recipe of a saved graph: what must agree where counts are added up.
 *
 * Lines of "key: value": the dictionaries, the model, the user's rules, and the options that decide
 * what is counted. Weights and which actors are shown are not among them: they can change without
 * counting again. */
#include "blocks.h"

static const char *const scope_words[] = { "sentence", "paragraph", "sentences", "tokens",
                                           "document" };
enum { SCOPE_WORDS_COUNT = 5 };
static const char *const state_words[] = { "names", "demonyms", "metonyms" };

static ng_status put_line(ng_ctx *cx, const char *key, ng_view value, ng_buffer *out)
{
    ng_status status = ng_buffer_add(cx, out, ng_view_of(key));

    if (status == NG_OK)
        status = ng_buffer_add(cx, out, NG_VIEW(": "));
    if (status == NG_OK)
        status = ng_buffer_add(cx, out, value);
    return status == NG_OK ? ng_buffer_add_byte(cx, out, '\n') : status;
}

static ng_status put_number(ng_ctx *cx, const char *key, uint64_t number, ng_buffer *out)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);

    return put_line(cx, key, (ng_view){ digits, (size_t)size }, out);
}

/* "sentence", "tokens:50". */
static ng_status put_scope(ng_ctx *cx, ng_scope_unit unit, ng_buffer *out)
{
    bool is_window = unit.scope == NG_SCOPE_SENTENCES || unit.scope == NG_SCOPE_TOKENS;
    ng_status status = ng_buffer_add(cx, out, ng_view_of(scope_words[unit.scope]));

    return status == NG_OK && is_window ? ng_buffer_format(cx, out, ":%u", unit.window) : status;
}

/* "sentence,tokens:50". */
static ng_status put_scopes(ng_ctx *cx, const ng_options *options, ng_buffer *out)
{
    ng_scope_unit scopes[NG_SCOPES_MAX];
    size_t count = ng_scopes_list(options, scopes);
    ng_status status = NG_OK;

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (i > 0)
            status = ng_buffer_add_byte(cx, out, ',');
        if (status == NG_OK)
            status = put_scope(cx, scopes[i], out);
    }
    return status;
}

/* The line of the scopes. */
static ng_status put_scopes_line(ng_ctx *cx, const ng_options *options, ng_buffer *out)
{
    ng_buffer words;
    ng_status status = NG_OK;

    ng_buffer_init(&words, 4096);
    status = put_scopes(cx, options, &words);
    if (status == NG_OK)
        status = put_line(cx, "scope", ng_buffer_view(&words), out);
    ng_buffer_destroy(cx, &words);
    return status;
}

ng_status ng_recipe_put(ng_ctx *cx, const ng_options *options, const ng_totals *totals,
                        ng_buffer *out)
{
    ng_status status = put_line(cx, "data", ng_view_of(totals->data_hash), out);

    if (status == NG_OK)
        status = put_line(cx, "model", ng_view_of(totals->model_hash), out);
    if (status == NG_OK)
        status = put_line(cx, "rules", ng_view_of(totals->rules_hash), out);
    if (status == NG_OK)
        status = put_scopes_line(cx, options, out);
    if (status == NG_OK)
        status = put_number(cx, "kinds", options->kinds, out);
    if (status == NG_OK)
        status = put_line(cx, "states", ng_view_of(state_words[options->states]), out);
    if (status == NG_OK)
        status = put_number(cx, "pronouns", options->pronouns, out);
    if (status == NG_OK)
        status = put_number(cx, "quotes", options->evidence_limit, out);
    if (status == NG_OK)
        status = put_number(cx, "sentence-bytes", options->sentence_bytes, out);
    if (status == NG_OK) /* 0: it is kept */
        status = put_number(cx, "boilerplate",
                            options->keep_boilerplate ? 0 : options->boilerplate_documents, out);
    if (status == NG_OK)
        status = put_number(cx, "same-text-once", options->same_text_once, out);
    return status;
}

/* The value of a key, or empty. */
static ng_view value_of(ng_view recipe, const char *key)
{
    ng_view name = ng_view_of(key);

    for (size_t start = 0; start < recipe.size;) {
        const char *end = memchr(recipe.data + start, '\n', recipe.size - start);
        size_t stop = end ? (size_t)(end - recipe.data) : recipe.size;
        ng_view line = ng_view_part(recipe, start, stop);

        if (ng_view_starts(line, name) && line.size >= name.size + 2 && line.data[name.size] == ':')
            return ng_view_part(line, name.size + 2, line.size);
        start = stop + 1;
    }
    return NG_VIEW_NONE;
}

static bool take_word(ng_view recipe, const char *key, const char *const *words, size_t count,
                      unsigned *index_out)
{
    ng_view value = value_of(recipe, key);

    for (size_t i = 0; i < count; i++)
        if (ng_view_equal(value, ng_view_of(words[i]))) {
            *index_out = (unsigned)i;
            return true;
        }
    return false;
}

static bool take_small(ng_view recipe, const char *key, uint32_t *number_out)
{
    uint64_t number = 0;

    if (!ng_view_unsigned(value_of(recipe, key), &number) || number > UINT32_MAX)
        return false;
    *number_out = (uint32_t)number;
    return true;
}

static bool take_hash(ng_view recipe, const char *key, char *out, size_t size)
{
    ng_view value = value_of(recipe, key);

    if (value.size >= size)
        return false;
    memset(out, 0, size);
    memcpy(out, value.data, value.size);
    return true;
}

/* Reads one scope. */
static bool take_scope(ng_view words, ng_scope_unit *unit_out)
{
    size_t colon = 0;
    uint64_t window = 1;

    while (colon < words.size && words.data[colon] != ':')
        colon++;
    if (colon < words.size &&
        (!ng_view_unsigned(ng_view_part(words, colon + 1, words.size), &window) || window == 0 ||
         window > UINT32_MAX))
        return false;
    unit_out->window = (uint32_t)window;
    for (int i = 0; i < SCOPE_WORDS_COUNT; i++)
        if (ng_view_equal(ng_view_part(words, 0, colon), ng_view_of(scope_words[i]))) {
            unit_out->scope = (ng_scope)i;
            return true;
        }
    return false;
}

/* Reads the scopes: the first is that of the graph. */
static bool take_scopes(ng_view words, ng_options *options)
{
    ng_scope_unit unit = { NG_SCOPE_SENTENCE, 1 };
    size_t count = 0;

    for (size_t start = 0; start <= words.size; count++) {
        size_t end = start;

        while (end < words.size && words.data[end] != ',')
            end++;
        if (count >= NG_SCOPES_MAX || !take_scope(ng_view_part(words, start, end), &unit))
            return false;
        if (count > 0) {
            options->further[count - 1] = unit;
        } else {
            options->scope = unit.scope;
            options->window = unit.window;
        }
        start = end + 1;
    }
    options->further_count = count - 1;
    return true;
}

ng_status ng_scopes_choose(ng_ctx *cx, ng_options *options, const ng_options *wish,
                           const char *path)
{
    const ng_options alone = { .scope = wish->scope, .window = wish->window };
    ng_scope_unit scopes[NG_SCOPES_MAX], wished[NG_SCOPES_MAX];
    size_t count = ng_scopes_list(options, scopes), chosen = 0;
    bool is_there = false;
    ng_buffer held;

    (void)ng_scopes_list(&alone, wished); /* the window is nothing to scopes that have none */
    for (size_t i = 0; i < count; i++)
        if (scopes[i].scope == wished[0].scope && scopes[i].window == wished[0].window) {
            chosen = i;
            is_there = true;
        }
    options->scope = scopes[chosen].scope;
    options->window = scopes[chosen].window;
    options->further_count = 0;
    for (size_t i = 0; i < count; i++)
        if (i != chosen)
            options->further[options->further_count++] = scopes[i];
    options->scope_is_wish = wish->scope_is_wish;
    if (is_there || wish->scope_is_wish)
        return NG_OK;
    ng_buffer_init(&held, 4096);
    if (put_scopes(cx, options, &held) == NG_OK)
        (void)ng_fail(cx, NG_E_DATA,
                      "%s: counted in scope %.*s; for another, count its documents again", path,
                      (int)held.size, held.data);
    ng_buffer_destroy(cx, &held);
    return NG_E_DATA;
}

bool ng_recipe_take(ng_view recipe, ng_options *options, ng_totals *totals)
{
    unsigned states = 0;
    uint32_t pronouns = 0, boilerplate = 0, once = 0;

    if (!take_hash(recipe, "data", totals->data_hash, sizeof totals->data_hash) ||
        !take_hash(recipe, "model", totals->model_hash, sizeof totals->model_hash) ||
        !take_hash(recipe, "rules", totals->rules_hash, sizeof totals->rules_hash) ||
        !take_scopes(value_of(recipe, "scope"), options) ||
        !take_word(recipe, "states", state_words, sizeof state_words / sizeof *state_words,
                   &states) ||
        !take_small(recipe, "kinds", &options->kinds) ||
        !take_small(recipe, "pronouns", &pronouns) ||
        !take_small(recipe, "quotes", &options->evidence_limit) ||
        !take_small(recipe, "sentence-bytes", &options->sentence_bytes))
        return false;
    options->states = (ng_states)states;
    options->pronouns = pronouns != 0;
    if (!take_small(recipe, "boilerplate", &boilerplate)) /* before it was looked for */
        boilerplate = 0;
    if (!take_small(recipe, "same-text-once", &once))
        once = 0;
    options->keep_boilerplate = boilerplate == 0;
    options->boilerplate_documents = boilerplate;
    options->same_text_once = once != 0;
    return true;
}

/* The first line of `a` that is not in `b`. */
static ng_view line_apart(ng_view a, ng_view b)
{
    for (size_t start = 0; start < a.size;) {
        const char *end = memchr(a.data + start, '\n', a.size - start);
        size_t stop = end ? (size_t)(end - a.data) : a.size;
        ng_view line = ng_view_part(a, start, stop);
        size_t colon = 0;
        char key[32] = "";

        while (colon < line.size && line.data[colon] != ':')
            colon++;
        if (colon < sizeof key) {
            memcpy(key, line.data, colon);
            if (colon + 2 > line.size ||
                !ng_view_equal(ng_view_part(line, colon + 2, line.size), value_of(b, key)))
                return line;
        }
        start = stop + 1;
    }
    return NG_VIEW_NONE;
}

ng_status ng_recipe_compare(ng_ctx *cx, const char *path, ng_view recipe, ng_view wanted)
{
    ng_view line = line_apart(recipe, wanted);
    size_t colon = 0;
    char key[32] = "";
    ng_view other;

    if (ng_view_equal(recipe, wanted))
        return NG_OK;
    while (colon < line.size && line.data[colon] != ':' && colon + 1 < sizeof key) {
        key[colon] = line.data[colon];
        colon++;
    }
    other = value_of(wanted, key);
    return ng_fail(cx, NG_E_DATA,
                   "%s: counted with %.*s, the rest with %.*s; such counts cannot be added up: "
                   "count the documents again alike",
                   path, (int)line.size, line.data, (int)other.size, other.data);
}
