/* Organizations and peoples: names that the dictionary knows lead to its label ("U.N." is the
 * United Nations), all others to themselves without "the" and full stops.
 *
 * An abbreviation in brackets right after a name whose capitals it is made of belongs to it:
 * "International Atomic Energy Agency (IAEA)". */
#include "actors_internal.h"

/* The dictionary's label of an organization or people, or an empty view. */
static ng_view known_label(const ng_casting *work, const ng_spelling *spelling)
{
    ng_name_class class_ = spelling->kind == NG_KIND_PEOPLE ? NG_NAME_PEOPLE : NG_NAME_ORGANIZATION;
    ng_view folded = spelling->name_folded;
    const ng_name_entry *entry = ng_names_get(work->names, folded, class_);

    if (!entry && ng_view_starts(folded, NG_VIEW("the ")))
        entry = ng_names_get(work->names, ng_view_part(folded, 4, folded.size), class_);
    return entry && entry->value.size > 0 ? entry->value : NG_VIEW_NONE;
}

/* The folded name without "the" and full stops. */
static ng_status plain_key(ng_casting *work, ng_view name, ng_view *key_out)
{
    ng_view folded;
    char *bytes = NULL;
    size_t size = 0;
    ng_status status = ng_fold_copy(work, name, &folded);

    if (status != NG_OK)
        return status;
    if (ng_view_starts(folded, NG_VIEW("the ")) && folded.size > 4)
        folded = ng_view_part(folded, 4, folded.size);
    bytes = ng_arena_alloc(work->cx, work->arena, folded.size + 1);
    if (!bytes)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < folded.size; i++)
        if (folded.data[i] != '.')
            bytes[size++] = folded.data[i];
    *key_out = (ng_view){ bytes, size };
    return NG_OK;
}

/* True when the letters of `abbreviation` are the first letters of the capitalised words. */
static bool is_abbreviation(const ng_text *text, const ng_span *span, ng_view abbreviation)
{
    size_t at = 0;

    if (abbreviation.size < 2)
        return false;
    for (uint32_t i = span->first_token; i < span->end_token; i++) {
        ng_view word = ng_token_text(text, i);

        if ((text->tokens[i].flags & NG_TOKEN_CAPITAL) == 0)
            continue;
        if (at >= abbreviation.size)
            return false;
        if (word.data[0] == abbreviation.data[at])
            at++;
        else if (i > span->first_token || !ng_view_equal(word, NG_VIEW("The")))
            return false;
    }
    return at == abbreviation.size;
}

/* Finds "Name (ABC)" and lets ABC's spelling take Name's key. */
static void join_abbreviations(ng_casting *work, ng_view *keys)
{
    const ng_spans *spans = work->spans;

    for (size_t i = 1; i < spans->count; i++) {
        const ng_span *name = &spans->items[i - 1];
        const ng_span *brief = &spans->items[i];
        uint32_t full_id = work->spelling_of_span[i - 1];
        uint32_t id = work->spelling_of_span[i];
        ng_spelling *spelling = &work->spellings[id];

        if (name->kind != NG_KIND_ORGANIZATION || brief->kind != NG_KIND_ORGANIZATION ||
            work->spellings[full_id].kind != NG_KIND_ORGANIZATION || spelling->rule ||
            spelling->kind != NG_KIND_ORGANIZATION || spelling->label.size > 0 || id == full_id ||
            work->spellings[full_id].is_ignored)
            continue;
        if (brief->first_token != name->end_token + 1 ||
            brief->end_token != brief->first_token + 1 ||
            !ng_view_equal(ng_token_text(work->text, name->end_token), NG_VIEW("(")) ||
            !is_abbreviation(work->text, name, spelling->text))
            continue;
        keys[id] = keys[full_id];
        spelling->label = work->spellings[full_id].label;
        spelling->join_rule = "abbreviation";
    }
}

/* True for the kinds of this file. */
static bool is_ours(const ng_spelling *spelling)
{
    return !spelling->is_ignored &&
           (spelling->kind == NG_KIND_ORGANIZATION || spelling->kind == NG_KIND_PEOPLE);
}

/* The label and key of every spelling by itself. */
static ng_status find_keys(ng_casting *work, ng_view *keys)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        ng_spelling *spelling = &work->spellings[i];

        if (!is_ours(spelling))
            continue;
        spelling->label = known_label(work, spelling);
        status =
            plain_key(work, spelling->label.size > 0 ? spelling->label : spelling->name, &keys[i]);
        spelling->join_rule = spelling->label.size > 0 ? "dictionary" : "spelling";
        if (spelling->rule)
            spelling->join_rule = spelling->rule->verb == NG_RULE_TYPE ? "user-type" : "user-alias";
    }
    return status;
}

ng_status ng_organizations_settle(ng_casting *work)
{
    ng_view *keys = ng_arena_array(work->cx, work->arena, work->spelling_count + 1, sizeof *keys);
    ng_status status = keys ? find_keys(work, keys) : ng_arena_status(work->arena);

    if (status == NG_OK)
        join_abbreviations(work, keys);
    for (size_t i = 0; i < work->spelling_count && status == NG_OK; i++) {
        ng_spelling *spelling = &work->spellings[i];

        if (!is_ours(spelling))
            continue;
        status = ng_spelling_settle(work, spelling, keys[i]);
        if (status == NG_OK)
            status = ng_note_add(work, (ng_note){ .spelling = (uint32_t)i,
                                                  .party = spelling->party,
                                                  .other = NG_NONE,
                                                  .is_joined = true,
                                                  .rule = spelling->join_rule });
    }
    return status;
}
