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

    switch (work->options->scope) {
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
    switch (work->options->scope) {
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

ng_status ng_scope_list(ng_counting *work, const ng_spans *spans)
{
    ng_scope scope = work->options->scope;

    work->width = 1;
    if ((scope == NG_SCOPE_SENTENCES || scope == NG_SCOPE_TOKENS) && work->options->window > 0)
        work->width = work->options->window;
    work->unit_total = count_units(work);
    work->mentions =
        ng_arena_array(work->cx, work->arena, spans->count + 1, sizeof *work->mentions);
    if (!work->mentions)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < spans->count; i++) {
        const ng_span *span = &spans->items[i];

        if (!takes_part(work, i))
            continue;
        work->mentions[work->mention_count++] =
            (ng_counted){ .actor = work->cast->of_span[i],
                          .position = position_of(work, span),
                          .sentence = work->text->tokens[span->first_token].sentence,
                          .first_token = span->first_token,
                          .end_token = span->end_token,
                          .confidence = span->confidence,
                          .stands = work->cast->stands[i] };
    }
    return NG_OK;
}
