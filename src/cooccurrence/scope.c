/* Scopes: where in the text two actors must meet.
 *
 * Every scope is the same thing seen from afar: a mention has a position (its sentence, paragraph,
 * first token, or 0 for the whole document), and a unit spans `width` positions. Sentence,
 * paragraph and document have width 1. A window of n sentences starts at every sentence; two actors
 * count for the window that starts at the earlier mention's sentence, if the later one's sentence
 * is less than n further on. A window of n tokens is the same with tokens: it starts at every
 * token, a mention is where its first token is, and two actors count for the window that starts at
 * the earlier mention's first token, if the later one's first token is less than n further on.
 * Windows run across paragraphs. */
#include "cooccurrence_internal.h"

#include <assert.h>

/* That a pronoun means whom it is given to. */
#define PRONOUN_CONFIDENCE 0.6f

/* The scope with a window of 1 where it has none. */
static ng_scope_unit whole_unit(ng_scope scope, uint32_t window)
{
    bool is_window = scope == NG_SCOPE_SENTENCES || scope == NG_SCOPE_TOKENS;

    return (ng_scope_unit){ scope, is_window && window > 0 ? window : 1 };
}

/* Puts a scope into its place in a sorted list, once; its place. */
static size_t insert_unit(ng_scope_unit unit, ng_scope_unit scopes[NG_SCOPES_MAX], size_t *count)
{
    size_t at = 0;

    while (at < *count && (scopes[at].scope < unit.scope ||
                           (scopes[at].scope == unit.scope && scopes[at].window < unit.window)))
        at++;
    if (at < *count && scopes[at].scope == unit.scope && scopes[at].window == unit.window)
        return at;
    memmove(&scopes[at + 1], &scopes[at], (*count - at) * sizeof *scopes);
    scopes[at] = unit;
    ++*count;
    return at;
}

size_t ng_scopes_list(const ng_options *options, ng_scope_unit scopes_out[NG_SCOPES_MAX])
{
    size_t count = 0;

    assert(options->further_count < NG_SCOPES_MAX);
    insert_unit(whole_unit(options->scope, options->window), scopes_out, &count);
    for (size_t i = 0; i < options->further_count; i++)
        insert_unit(whole_unit(options->further[i].scope, options->further[i].window), scopes_out,
                    &count);
    return count;
}

size_t ng_scopes_shown(const ng_options *options)
{
    ng_scope_unit scopes[NG_SCOPES_MAX];
    size_t count = ng_scopes_list(options, scopes);

    return insert_unit(whole_unit(options->scope, options->window), scopes, &count);
}

/* Whether a mention takes part: its kind is shown and its form may stand for a state. */
static bool takes_part(const ng_counting *work, size_t index)
{
    uint32_t actor = work->cast->of_span[index];
    ng_states states = work->options->states;
    uint8_t kind = 0;

    if (actor == NG_NO_ACTOR)
        return false;
    kind = work->cast->actors[actor].kind;
    if ((work->options->kinds >> kind & 1u) == 0)
        return false;
    if (kind != NG_KIND_COUNTRY)
        return true;
    if (work->cast->forms[index] == NG_FORM_DEMONYM)
        return states >= NG_STATES_DEMONYMS;
    return work->cast->forms[index] != NG_FORM_METONYM || states >= NG_STATES_METONYMS;
}

/* The position of a mention in the scope. */
static uint32_t position_of(const ng_counting *work, const ng_span *span)
{
    const ng_token *token = &work->text->tokens[span->first_token];

    switch (work->unit.scope) {
    case NG_SCOPE_PARAGRAPH:
        return work->text->sentences[token->sentence].paragraph;
    case NG_SCOPE_TOKENS:
        return span->first_token;
    case NG_SCOPE_DOCUMENT:
        return 0;
    case NG_SCOPE_SENTENCE:
    case NG_SCOPE_SENTENCES:
        break;
    }
    return token->sentence;
}

/* How many units the document has. */
static uint64_t count_units(const ng_counting *work)
{
    switch (work->unit.scope) {
    case NG_SCOPE_PARAGRAPH:
        return work->text->paragraph_count;
    case NG_SCOPE_TOKENS:
        return work->text->token_count;
    case NG_SCOPE_DOCUMENT:
        return work->text->token_count > 0;
    case NG_SCOPE_SENTENCE:
    case NG_SCOPE_SENTENCES:
        break;
    }
    return work->text->sentence_count;
}

/* Adds a mention, or a pronoun, of an actor; one in boilerplate is set aside. */
static void add_counted(ng_counting *work, uint32_t actor, const ng_span *span, bool is_pronoun,
                        bool stands)
{
    bool is_aside = !work->options->keep_boilerplate &&
                    work->text->tokens[span->first_token].flags & NG_TOKEN_BOILERPLATE;
    ng_counted *counted =
        is_aside ? &work->aside[work->aside_count++] : &work->mentions[work->mention_count++];

    *counted = (ng_counted){ .actor = actor,
                             .position = position_of(work, span),
                             .sentence = work->text->tokens[span->first_token].sentence,
                             .first_token = span->first_token,
                             .end_token = span->end_token,
                             .confidence = span->confidence,
                             .is_pronoun = is_pronoun,
                             .stands = stands };
}

/* Adds the pronouns from *next on that stand before a token. */
static void add_pronouns(ng_counting *work, uint32_t before, size_t *next)
{
    const ng_cast *cast = work->cast;

    for (; *next < cast->pronoun_count && cast->pronouns[*next].token < before; ++*next) {
        const ng_pronoun *pronoun = &cast->pronouns[*next];
        ng_span span = { .first_token = pronoun->token,
                         .end_token = pronoun->token + 1,
                         .confidence = PRONOUN_CONFIDENCE };

        if (work->options->kinds >> cast->actors[pronoun->actor].kind & 1u)
            add_counted(work, pronoun->actor, &span, true, false);
    }
}

ng_status ng_scope_list(ng_counting *work, const ng_spans *spans)
{
    size_t next = 0;

    work->width = work->unit.window;
    work->unit_total = count_units(work);
    work->mentions =
        ng_arena_array(work->cx, work->arena, spans->count + work->cast->pronoun_count + 1,
                       sizeof *work->mentions);
    work->aside = ng_arena_array(work->cx, work->arena,
                                 spans->count + work->cast->pronoun_count + 1, sizeof *work->aside);
    if (!work->mentions || !work->aside)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < spans->count; i++) {
        const ng_span *span = &spans->items[i];

        add_pronouns(work, span->first_token, &next);
        if (takes_part(work, i))
            add_counted(work, work->cast->of_span[i], span, false, work->cast->stands[i]);
    }
    add_pronouns(work, UINT32_MAX, &next);
    return NG_OK;
}
