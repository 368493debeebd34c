/* Personal pronouns of the third person: whom does "he" mean?
 *
 * Left out unless the user asks for it (--pronouns). A pronoun goes to the person of a fitting
 * gender who was named, or meant by a pronoun, before it in its sentence, else in the nearest of
 * the sentences before; one whose gender a title or forename tells comes before one of whom nothing
 * is known, and of several the first, as the subject is what people go on about (Grosz, Joshi and
 * Weinstein 1995). O(tokens of the document). */
#include "actors_internal.h"

enum { REACH = 2, HELD = 32 };

/* A person who was named or meant. */
typedef struct held {
    uint32_t actor, sentence;
    char gender; /* 'm', 'f', or 0: not known */
} held;

typedef struct resolving {
    ng_casting *work;
    held last[HELD]; /* a ring */
    uint32_t next;
    char *genders; /* of each actor; '-' is no person */
    ng_pronoun *found;
    size_t count, capacity;
} resolving;

/* 'm' or 'f' for a pronoun of the third person, else 0. */
static char pronoun_gender(ng_view word)
{
    static const struct {
        const char *word;
        char gender;
    } pronouns[] = { { "he", 'm' },  { "him", 'm' }, { "his", 'm' },  { "himself", 'm' },
                     { "she", 'f' }, { "her", 'f' }, { "hers", 'f' }, { "herself", 'f' },
                     { "He", 'm' },  { "His", 'm' }, { "She", 'f' },  { "Her", 'f' } };

    if (word.size < 2 || word.size > 7)
        return 0;
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (ng_view_equal(word, ng_view_of(pronouns[i].word)))
            return pronouns[i].gender;
    return 0;
}

static void hold(resolving *state, uint32_t actor, uint32_t sentence)
{
    state->last[state->next % HELD] = (held){ actor, sentence, state->genders[actor] };
    state->next++;
}

/* The first who fits in a sentence; `is_known`: only one whose gender is told. */
static const held *first_fitting(const resolving *state, char gender, uint32_t sentence,
                                 bool is_known)
{
    uint32_t start = state->next > HELD ? state->next - HELD : 0;

    for (uint32_t i = start; i < state->next; i++) {
        const held *one = &state->last[i % HELD];

        if (one->sentence == sentence && (one->gender == gender || (!is_known && !one->gender)))
            return one;
    }
    return NULL;
}

/* Whom a pronoun of a sentence means, or NG_NO_ACTOR. */
static uint32_t resolve(const resolving *state, char gender, uint32_t sentence)
{
    for (uint32_t back = 0; back <= REACH && back <= sentence; back++) {
        const held *best = first_fitting(state, gender, sentence - back, true);

        if (!best)
            best = first_fitting(state, gender, sentence - back, false);
        if (best)
            return best->actor;
    }
    return NG_NO_ACTOR;
}

/* Notes what gender each actor has. */
static ng_status read_genders(resolving *state, size_t actor_count)
{
    ng_casting *work = state->work;

    state->genders = ng_arena_array(work->cx, work->arena, actor_count + 1, 1);
    if (!state->genders)
        return ng_arena_status(work->arena);
    memset(state->genders, '-', actor_count + 1);
    for (size_t i = 0; i < work->party_count; i++) {
        const ng_party *party = &work->parties[i];

        if (party->kind == NG_KIND_PERSON)
            state->genders[party->actor] =
                party->title_gender ? party->title_gender : party->forename_gender;
    }
    return NG_OK;
}

/* Looks at one token. */
static ng_status read_token(resolving *state, uint32_t token)
{
    ng_casting *work = state->work;
    char gender = pronoun_gender(ng_token_text(work->text, token));
    uint32_t sentence = work->text->tokens[token].sentence, actor = 0;
    ng_status status = NG_OK;

    if (!gender)
        return NG_OK;
    actor = resolve(state, gender, sentence);
    if (actor == NG_NO_ACTOR)
        return NG_OK;
    status = ng_grow(work->cx, (void **)&state->found, &state->capacity, sizeof *state->found,
                     state->count + 1, NG_NONE - 1, "pronouns");
    if (status != NG_OK)
        return status;
    state->found[state->count++] = (ng_pronoun){ token, actor };
    hold(state, actor, sentence);
    return NG_OK;
}

ng_status ng_pronouns_resolve(ng_casting *work, ng_cast *cast)
{
    resolving state = { .work = work };
    uint32_t token = 0;
    ng_status status = read_genders(&state, cast->actor_count);

    for (size_t i = 0; i <= work->spans->count && status == NG_OK; i++) {
        const ng_span *span = i < work->spans->count ? &work->spans->items[i] : NULL;
        uint32_t end = span ? span->first_token : (uint32_t)work->text->token_count;

        for (; token < end && status == NG_OK; token++)
            status = read_token(&state, token);
        if (!span)
            break;
        token = span->end_token;
        if (cast->of_span[i] != NG_NO_ACTOR && state.genders[cast->of_span[i]] != '-')
            hold(&state, cast->of_span[i], work->text->tokens[span->first_token].sentence);
    }
    if (status == NG_OK && state.count > 0) {
        cast->pronouns = ng_arena_array(work->cx, work->arena, state.count, sizeof *cast->pronouns);
        if (cast->pronouns)
            memcpy(cast->pronouns, state.found, state.count * sizeof *state.found);
        status = cast->pronouns ? NG_OK : ng_arena_status(work->arena);
        cast->pronoun_count = status == NG_OK ? state.count : 0;
    }
    ng_free(work->cx, state.found);
    return status;
}
