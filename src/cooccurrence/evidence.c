/* Quotes: the places of the text that show an edge.
 *
 * A quote shows both names whole and has at most NG_QUOTE_CODE_POINTS characters. It is the
 * sentence that holds both, if it is short enough; of a longer one as many whole tokens around the
 * two names as fit. An edge that no sentence shows (in wider scopes) is shown by the stretch from
 * the one name's sentence to the other's, by the same rule. Two names further apart than a quote is
 * long have none. Each edge gets quotes from its first sentences, up to options->evidence_limit.
 *
 * Cost: a mention is looked at together with those that begin within a quote's length after it, so
 * O(mentions * NG_QUOTE_CODE_POINTS) at worst. */
#include "cooccurrence_internal.h"

#include <assert.h>

/* A quote and the edge it is for. */
typedef struct found_quote {
    uint32_t edge;
    uint32_t order;
    ng_quote quote;
} found_quote;

typedef struct quoting {
    ng_counting *work;
    found_quote *found;
    size_t count, capacity;
    uint32_t *quoted;          /* quotes of each edge so far */
    uint32_t *quoted_sentence; /* 1 + sentence of the last of them */
} quoting;

/* True when the tokens [first, end) fit into a quote. */
static bool fits(const ng_text *text, uint32_t first, uint32_t end)
{
    return text->tokens[end - 1].cp_end - text->tokens[first].cp_start <= NG_QUOTE_CODE_POINTS;
}

/* Widens [first, end) by whole tokens to both sides, left and right in turn, up to the given
 * bounds or the length of a quote. */
static void widen(const ng_text *text, uint32_t low, uint32_t high, uint32_t *first, uint32_t *end)
{
    bool can_left = true;
    bool can_right = true;

    while (can_left || can_right) {
        can_left = *first > low && fits(text, *first - 1, *end);
        if (can_left)
            --*first;
        can_right = *end < high && fits(text, *first, *end + 1);
        if (can_right)
            ++*end;
    }
}

/* The quote that shows two mentions, the first of which is earlier in the text. */
static ng_quote make_quote(const ng_text *text, const ng_counted *early, const ng_counted *late)
{
    const ng_sentence *from = &text->sentences[early->sentence];
    const ng_sentence *to = &text->sentences[late->sentence];
    uint32_t first = early->first_token;
    uint32_t end = late->end_token;

    widen(text, from->first_token, to->end_token, &first, &end);
    assert(fits(text, first, end));
    return (ng_quote){ .start = text->tokens[first].start,
                       .end = text->tokens[end - 1].end,
                       .cp_start = text->tokens[first].cp_start,
                       .cp_end = text->tokens[end - 1].cp_end };
}

/* True when two mentions can be the reason of one unit's count. */
static bool share_unit(const ng_counting *work, const ng_counted *early, const ng_counted *late)
{
    return late->position - early->position < work->width;
}

/* Adds a quote for two mentions, unless their edge has enough or one of this sentence. */
static ng_status add_quote(quoting *state, const ng_counted *early, const ng_counted *late)
{
    ng_counting *work = state->work;
    ng_tally_edge *edge = NULL;
    uint32_t index = 0;
    ng_status status = NG_OK;

    if (early->actor == late->actor)
        return NG_OK;
    edge = ng_pair_find(work, early->actor, late->actor);
    if (!edge || (early->sentence != late->sentence &&
                  (edge->sentence_count > 0 || !share_unit(work, early, late))))
        return NG_OK;
    index = (uint32_t)(edge - work->edges);
    if (state->quoted[index] >= work->options->evidence_limit ||
        state->quoted_sentence[index] == early->sentence + 1)
        return NG_OK;
    status = ng_grow(work->cx, (void **)&state->found, &state->capacity, sizeof *state->found,
                     state->count + 1, UINT32_MAX - 1, "quotes");
    if (status != NG_OK)
        return status;
    state->found[state->count] =
        (found_quote){ index, (uint32_t)state->count, make_quote(work->text, early, late) };
    state->count++;
    state->quoted[index]++;
    state->quoted_sentence[index] = early->sentence + 1;
    return NG_OK;
}

/* Looks at all mentions that are near enough to one another. */
static ng_status find_quotes(quoting *state)
{
    const ng_counting *work = state->work;
    bool is_wide = work->unit.scope != NG_SCOPE_SENTENCE;
    ng_status status = NG_OK;

    for (size_t i = 0; i < work->mention_count && status == NG_OK; i++) {
        const ng_counted *early = &work->mentions[i];

        for (size_t j = i + 1; j < work->mention_count && status == NG_OK; j++) {
            const ng_counted *late = &work->mentions[j];

            if (!fits(work->text, early->first_token, late->end_token) ||
                (!is_wide && late->sentence != early->sentence))
                break;
            status = add_quote(state, early, late);
        }
    }
    return status;
}

static int compare_found(const void *a, const void *b, void *user)
{
    const found_quote *left = a;
    const found_quote *right = b;

    (void)user;
    if (left->edge != right->edge)
        return left->edge < right->edge ? -1 : 1;
    return (left->order > right->order) - (left->order < right->order);
}

/* Lays the quotes of each edge side by side. */
static ng_status lay_out(quoting *state, ng_tally *tally)
{
    ng_counting *work = state->work;
    size_t at = 0;
    ng_status status = NG_OK;

    tally->quotes = ng_arena_array(work->cx, work->arena, state->count + 1, sizeof *tally->quotes);
    if (!tally->quotes)
        return ng_arena_status(work->arena);
    status =
        ng_sort(work->cx, state->found, state->count, sizeof *state->found, compare_found, NULL);
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < work->edge_count; i++) {
        work->edges[i].evidence_first = (uint32_t)at;
        for (; at < state->count && state->found[at].edge == i; at++)
            tally->quotes[at] = state->found[at].quote;
        work->edges[i].evidence_end = (uint32_t)at;
    }
    return NG_OK;
}

ng_status ng_quotes_make(ng_counting *work, ng_tally *tally)
{
    quoting state = { .work = work };
    ng_status status = NG_OK;

    state.quoted =
        ng_arena_array(work->cx, work->arena, work->edge_count + 1, sizeof *state.quoted);
    state.quoted_sentence =
        ng_arena_array(work->cx, work->arena, work->edge_count + 1, sizeof *state.quoted_sentence);
    if (!state.quoted || !state.quoted_sentence)
        return ng_arena_status(work->arena);
    status = find_quotes(&state);
    if (status == NG_OK)
        status = lay_out(&state, tally);
    ng_free(work->cx, state.found);
    return status;
}
