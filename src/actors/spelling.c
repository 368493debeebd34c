/* Spans become spellings: the distinct ways in which the document writes its names.
 *
 * All later work is done once a spelling, not once a span. Two spans share a spelling when their
 * text, title, kind, form, code and what the context adds (a qualifier of a place, a metonym) are
 * the same. The user's rules are applied here, so everything after sees names as the user wants
 * them: ignored ones have no party, an alias carries the name it stands for. */
#include "actors_internal.h"

enum { RULE_KEY_BYTES = 127 }; /* the names of rules are no longer */

#include <assert.h>

/* True for the white space that a name may hold. */
static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* Are all white spaces single ones, and within? */
static bool is_clean(ng_view raw)
{
    for (size_t i = 0; i < raw.size; i++) {
        if ((unsigned char)raw.data[i] > ' ' || !is_blank(raw.data[i]))
            continue;
        if (raw.data[i] != ' ' || i == 0 || raw.data[i - 1] == ' ')
            return false;
    }
    return true;
}

/* Copies bytes with runs of white space as one space; borrowed when nothing changes. */
static ng_status clean(ng_casting *work, ng_view raw, ng_view *text_out)
{
    size_t size = 0;
    char *copy = NULL;

    *text_out = raw;
    if (is_clean(raw))
        return NG_OK;
    copy = ng_arena_alloc(work->cx, work->arena, raw.size);
    if (!copy)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < raw.size; i++) {
        if (!is_blank(raw.data[i]))
            copy[size++] = raw.data[i];
        else if (size > 0 && copy[size - 1] != ' ')
            copy[size++] = ' ';
    }
    *text_out = (ng_view){ copy, size };
    return NG_OK;
}

ng_status ng_clean_tokens(ng_casting *work, uint32_t first, uint32_t end, ng_view *text_out)
{
    *text_out = NG_VIEW_NONE;
    if (first >= end)
        return NG_OK;
    return clean(work,
                 ng_view_part(work->text->text, work->text->tokens[first].start,
                              work->text->tokens[end - 1].end),
                 text_out);
}

ng_status ng_fold_copy(ng_casting *work, ng_view text, ng_view *folded_out)
{
    ng_view cleaned;
    ng_status status = clean(work, text, &cleaned);

    work->scratch.size = 0;
    if (status == NG_OK)
        status = ng_utf8_fold(work->cx, cleaned, &work->scratch);
    if (status != NG_OK)
        return status;
    *folded_out = ng_arena_copy(work->cx, work->arena, ng_buffer_view(&work->scratch));
    return folded_out->data ? NG_OK : ng_arena_status(work->arena);
}

/* A folded name as rules have it: without full stops, hyphens as spaces ("a. weber": "a weber"). */
static ng_view rule_words(ng_view folded, char words[RULE_KEY_BYTES])
{
    size_t size = 0;

    for (size_t i = 0; i < folded.size && size < RULE_KEY_BYTES; i++) {
        char byte = folded.data[i] == '-' ? ' ' : folded.data[i];

        if (byte != '.' && (byte != ' ' || (size > 0 && words[size - 1] != ' ')))
            words[size++] = byte;
    }
    return (ng_view){ words, size };
}

bool ng_has_never(const ng_casting *work, ng_view folded)
{
    char words[RULE_KEY_BYTES];
    uint32_t id = 0;

    return work->never_names && ng_intern_find(work->never_names, rule_words(folded, words), &id);
}

bool ng_never_merge(const ng_casting *work, ng_view a, ng_view b)
{
    size_t count = 0;
    const ng_rule *rules = NULL;
    char words_a[RULE_KEY_BYTES], words_b[RULE_KEY_BYTES];

    if (!ng_has_never(work, a) || !ng_has_never(work, b))
        return false;
    a = rule_words(a, words_a);
    b = rule_words(b, words_b);
    rules = ng_names_rules(work->names, &count);
    for (size_t i = 0; i < count; i++) {
        const ng_rule *rule = &rules[i];

        if (rule->verb != NG_RULE_NEVER_MERGE)
            continue;
        if (ng_view_equal(rule->a_folded, a) && ng_view_equal(rule->b_folded, b))
            return true;
        if (ng_view_equal(rule->a_folded, b) && ng_view_equal(rule->b_folded, a))
            return true;
    }
    return false;
}

/* Lists the names of never-merge rules, if there are any. */
static ng_status list_never_names(ng_casting *work)
{
    size_t count = 0;
    const ng_rule *rules = ng_names_rules(work->names, &count);
    ng_status status = NG_OK;
    uint32_t id = 0;

    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (rules[i].verb != NG_RULE_NEVER_MERGE)
            continue;
        if (!work->never_names)
            status = ng_intern_new(work->cx, 2 * count, SIZE_MAX, &work->never_names);
        if (status == NG_OK)
            status = ng_intern_add(work->cx, work->never_names, rules[i].a_folded, &id);
        if (status == NG_OK)
            status = ng_intern_add(work->cx, work->never_names, rules[i].b_folded, &id);
    }
    return status;
}

/* The title without full stops and without "former": what two titles are compared by. */
static ng_status fold_title(ng_casting *work, ng_spelling *spelling)
{
    static const char *const past[] = { "former ", "ex-",  "late ", "retired ",
                                        "then-",   "the ", "crown " };
    ng_view folded = NG_VIEW_NONE;
    ng_status status = NG_OK;
    char *kept = NULL;
    size_t size = 0;

    if (spelling->title.size > 0)
        status = ng_fold_copy(work, spelling->title, &folded);
    if (status != NG_OK || folded.size == 0) {
        spelling->title_folded = NG_VIEW_NONE;
        return status;
    }
    for (size_t i = 0; i < sizeof past / sizeof *past; i++)
        if (ng_view_starts(folded, ng_view_of(past[i])))
            folded = ng_view_part(folded, ng_view_of(past[i]).size, folded.size);
    kept = ng_arena_alloc(work->cx, work->arena, folded.size + 1);
    if (!kept)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < folded.size; i++)
        if (folded.data[i] != '.')
            kept[size++] = folded.data[i];
    while (size > 0 && (kept[size - 1] == ' ' || kept[size - 1] == ','))
        size--;
    spelling->title_folded = (ng_view){ kept, size };
    return NG_OK;
}

ng_status ng_name_of_slug(ng_casting *work, ng_view slug, ng_view *name_out)
{
    char *name = ng_arena_alloc(work->cx, work->arena, slug.size + 1);

    if (!name)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < slug.size; i++) {
        char byte = slug.data[i] == '-' ? ' ' : slug.data[i];
        bool begins = i == 0 || name[i - 1] == ' ';

        name[i] = begins && byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
    }
    *name_out = (ng_view){ name, slug.size };
    return NG_OK;
}

/* Copies a code of at most seven bytes; a longer one becomes empty. */
static void copy_code(char code[8], ng_view from)
{
    memset(code, 0, 8);
    if (from.size < 8)
        memcpy(code, from.data, from.size);
}

/* Makes the spelling stand for the other name of an alias rule: an id, a country or a name. */
static ng_status apply_alias(ng_casting *work, ng_spelling *spelling, const ng_rule *rule)
{
    const ng_name_entry *country = NULL;
    ng_kind kind = NG_KIND_COUNT;
    size_t colon = 0;
    ng_status status = NG_OK;

    spelling->name = rule->b;
    spelling->title = NG_VIEW_NONE;
    spelling->title_folded = NG_VIEW_NONE;
    spelling->form = NG_FORM_ALIAS;
    spelling->is_metonym = false;
    memset(spelling->code, 0, sizeof spelling->code);
    while (colon < rule->b.size && rule->b.data[colon] != ':')
        colon++;
    if (colon < rule->b.size && ng_kind_find(ng_view_part(rule->b, 0, colon), &kind)) {
        ng_view rest = ng_view_part(rule->b, colon + 1, rule->b.size);

        spelling->kind = (uint8_t)kind;
        if (kind == NG_KIND_COUNTRY)
            copy_code(spelling->code, rest);
        else
            status = ng_name_of_slug(work, rest, &spelling->name);
        return status == NG_OK ? ng_fold_copy(work, spelling->name, &spelling->name_folded)
                               : status;
    }
    spelling->name_folded = rule->b_folded;
    country = ng_names_get(work->names, rule->b_folded, NG_NAME_COUNTRY);
    if (country) {
        spelling->kind = NG_KIND_COUNTRY;
        copy_code(spelling->code, country->value);
    } else if (spelling->kind == NG_KIND_COUNTRY) {
        spelling->kind = NG_KIND_PLACE;
    }
    return NG_OK;
}

/* Applies the last rule of each verb that names this spelling. */
static ng_status apply_rules(ng_casting *work, ng_spelling *spelling)
{
    const ng_rule *ignore = ng_names_rule(work->names, NG_RULE_IGNORE, spelling->folded);
    const ng_rule *type = ng_names_rule(work->names, NG_RULE_TYPE, spelling->folded);
    const ng_rule *alias = ng_names_rule(work->names, NG_RULE_ALIAS, spelling->folded);

    if (ignore) {
        spelling->is_ignored = true;
        spelling->rule = ignore;
        return NG_OK;
    }
    if (type && type->kind != spelling->kind) {
        spelling->kind = (uint8_t)type->kind;
        spelling->rule = type;
        spelling->is_metonym = false;
        memset(spelling->code, 0, sizeof spelling->code);
    }
    if (!alias)
        return NG_OK;
    spelling->rule = alias;
    return apply_alias(work, spelling, alias);
}

/* What one span adds to its text: found before the spelling is looked up. */
typedef struct variant {
    ng_view text, title;
    char qualifier[8];
    uint32_t end;    /* the token after it and its qualifier */
    const char *cue; /* what makes it stand for its state, or NULL */
    bool is_metonym; /* and the user wants it to */
} variant;

/* The entry that lets a place or building stand for a state, or NULL. The dictionary also lets
 * Brussels stand for the EU; that is no state. */
static const ng_name_entry *metonym_entry(const ng_casting *work, ng_view folded)
{
    const ng_name_entry *entry = ng_names_get(work->names, folded, NG_NAME_METONYM);

    if (!entry || ng_view_equal(entry->value, NG_VIEW("EU")) ||
        ng_view_equal(entry->value, NG_VIEW("UN")))
        return NULL;
    if (ng_names_rule(work->names, NG_RULE_ALIAS, folded) ||
        ng_names_rule(work->names, NG_RULE_TYPE, folded))
        return NULL;
    return entry;
}

/* Asks whether a place or building stands for its state here. A seat that is a city too (The Hague,
 * Cape Town) needs as much context as a capital. */
static ng_status read_metonym(ng_casting *work, const ng_span *span, variant *found)
{
    const ng_name_entry *entry = NULL;
    bool is_seat = false;
    ng_status status = NG_OK;

    if (span->kind != NG_KIND_PLACE && span->kind != NG_KIND_ORGANIZATION)
        return NG_OK;
    work->scratch.size = 0;
    status = ng_utf8_fold(work->cx, found->text, &work->scratch);
    if (status == NG_OK)
        entry = metonym_entry(work, ng_buffer_view(&work->scratch));
    if (!entry)
        return status;
    is_seat = entry->detail == NG_NAME_SEAT &&
              !ng_names_get(work->names, ng_buffer_view(&work->scratch), NG_NAME_CITY);
    if (is_seat || span->kind == NG_KIND_PLACE)
        found->cue = ng_metonym_cue(work->text, span, is_seat);
    found->is_metonym = found->cue && work->options->states == NG_STATES_METONYMS;
    return NG_OK;
}

/* Looks at the span's surroundings. */
static ng_status read_variant(ng_casting *work, const ng_span *span, variant *found)
{
    ng_status status = ng_clean_tokens(work, span->first_token, span->end_token, &found->text);

    if (status == NG_OK && span->title_first < span->first_token)
        status = ng_clean_tokens(work, span->title_first, span->first_token, &found->title);
    if (status == NG_OK && span->kind == NG_KIND_PLACE)
        status = ng_place_qualifier(work, span, found->qualifier, &found->end);
    return status == NG_OK ? read_metonym(work, span, found) : status;
}

/* The bytes that tell this spelling from others. */
static ng_status write_key(ng_casting *work, const ng_span *span, const variant *found)
{
    const ng_view gap = { "", 1 };
    ng_buffer *out = &work->scratch;
    char head[3] = { (char)span->kind, (char)span->form, (char)found->is_metonym };
    ng_view parts[] = { { head, sizeof head },
                        { span->code, sizeof span->code },
                        { found->qualifier, sizeof found->qualifier },
                        found->title,
                        gap,
                        found->text };
    ng_status status = NG_OK;

    out->size = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == NG_OK; i++)
        status = ng_buffer_add(work->cx, out, parts[i]);
    return status;
}

/* Fills a new spelling. */
static ng_status make_spelling(ng_casting *work, const ng_span *span, const variant *found,
                               ng_spelling *spelling)
{
    ng_status status = NG_OK;

    *spelling = (ng_spelling){ .text = found->text,
                               .title = found->title,
                               .name = found->text,
                               .label = NG_VIEW_NONE,
                               .kind = found->is_metonym ? NG_KIND_COUNTRY : span->kind,
                               .form = found->is_metonym ? NG_FORM_METONYM : span->form,
                               .is_metonym = found->is_metonym,
                               .cue = found->is_metonym ? found->cue : NULL,
                               .first_token = NG_NONE,
                               .unit = NG_NONE,
                               .also = NG_NONE,
                               .party = NG_NONE };
    if (!found->is_metonym)
        memcpy(spelling->code, span->code, sizeof spelling->code);
    memcpy(spelling->qualifier, found->qualifier, sizeof spelling->qualifier);
    status = ng_fold_copy(work, spelling->text, &spelling->folded);
    if (status == NG_OK)
        status = fold_title(work, spelling);
    spelling->name_folded = spelling->folded;
    if (status == NG_OK)
        status = apply_rules(work, spelling);
    return status;
}

/* Finds or makes the spelling of one span. */
static ng_status collect_span(ng_casting *work, size_t index)
{
    const ng_span *span = &work->spans->items[index];
    variant found = { .title = NG_VIEW_NONE, .end = span->end_token };
    uint32_t id = 0;
    ng_status status = read_variant(work, span, &found);

    if (status == NG_OK)
        status = write_key(work, span, &found);
    if (status == NG_OK)
        status =
            ng_grow(work->cx, (void **)&work->spellings, &work->spelling_capacity,
                    sizeof *work->spellings, work->spelling_count + 1, NG_NONE - 1, "spellings");
    if (status == NG_OK)
        status = ng_intern_add(work->cx, work->spelling_keys, ng_buffer_view(&work->scratch), &id);
    if (status == NG_OK && id == work->spelling_count) {
        status = make_spelling(work, span, &found, &work->spellings[id]);
        work->spelling_count += status == NG_OK;
        if (status == NG_OK && work->spellings[id].is_ignored)
            status = ng_note_add(work, (ng_note){ .spelling = id,
                                                  .party = NG_NONE,
                                                  .other = NG_NONE,
                                                  .rule = "user-ignore" });
    }
    if (status != NG_OK)
        return status;
    work->spelling_of_span[index] = id;
    work->end_of_span[index] = found.end;
    work->stands[index] = found.cue != NULL;
    work->spellings[id].count++;
    if (span->first_token < work->spellings[id].first_token)
        work->spellings[id].first_token = span->first_token;
    return NG_OK;
}

ng_status ng_spellings_collect(ng_casting *work)
{
    ng_status status = list_never_names(work);

    work->spelling_of_span = ng_arena_array(work->cx, work->arena, work->spans->count + 1,
                                            sizeof *work->spelling_of_span);
    work->end_of_span =
        ng_arena_array(work->cx, work->arena, work->spans->count + 1, sizeof *work->end_of_span);
    work->stands =
        ng_arena_array(work->cx, work->arena, work->spans->count + 1, sizeof *work->stands);
    if (!work->spelling_of_span || !work->end_of_span || !work->stands)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->spans->count && status == NG_OK; i++) {
        assert(work->spans->items[i].first_token < work->spans->items[i].end_token);
        status = collect_span(work, i);
    }
    return status;
}
