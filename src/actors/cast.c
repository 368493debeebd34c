/* The cast of a document: spans in, actors out.
 *
 * Four steps: spans become spellings (spelling.c), spellings become parties, kind by kind (state.c,
 * place.c, organization.c, merge.c: kinds never meet), parties get their labels and ids (label.c),
 * and what was decided is put into words (ledger.c). Everything that is handed out lives in the
 * document's arena; the tables of the work are freed here. */
#include "actors_internal.h"

/* Opens the tables. */
static ng_status open_casting(ng_casting *work)
{
    ng_status status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &work->spelling_keys);

    ng_buffer_init(&work->scratch, SIZE_MAX);
    if (status == NG_OK)
        status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &work->unit_keys);
    if (status == NG_OK)
        status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &work->party_keys);
    return status;
}

static void close_casting(ng_casting *work)
{
    ng_intern_free(work->cx, work->spelling_keys);
    ng_intern_free(work->cx, work->unit_keys);
    ng_intern_free(work->cx, work->party_keys);
    ng_intern_free(work->cx, work->never_names);
    ng_free(work->cx, work->spellings);
    ng_free(work->cx, work->units);
    ng_free(work->cx, work->parties);
    ng_free(work->cx, work->party_of_key);
    ng_free(work->cx, work->notes);
    ng_buffer_destroy(work->cx, &work->scratch);
}

/* Copies the parties out as actors, in the order that label.c gave them. */
static ng_status hand_out_actors(ng_casting *work, ng_cast *cast)
{
    cast->actors = ng_arena_array(work->cx, work->arena, work->party_count + 1, sizeof(ng_actor));
    if (!cast->actors)
        return ng_arena_status(work->arena);
    cast->actor_count = work->party_count;
    for (size_t i = 0; i < work->party_count; i++) {
        const ng_party *party = &work->parties[i];
        ng_actor *actor = &cast->actors[party->actor];

        *actor = (ng_actor){ .id = party->id,
                             .label = party->label,
                             .kind = party->kind,
                             .where = party->where,
                             .where_confidence = party->where_confidence };
        memcpy(actor->code, party->code, sizeof actor->code);
    }
    return NG_OK;
}

/* Says of every span whom it names and how. */
static ng_status hand_out_spans(ng_casting *work, ng_cast *cast)
{
    size_t count = work->spans->count;

    cast->of_span = ng_arena_array(work->cx, work->arena, count + 1, sizeof *cast->of_span);
    cast->forms = ng_arena_array(work->cx, work->arena, count + 1, sizeof *cast->forms);
    if (!cast->of_span || !cast->forms)
        return ng_arena_status(work->arena);
    cast->stands = work->stands;
    cast->ends = work->end_of_span;
    for (size_t i = 0; i < count; i++) {
        const ng_spelling *spelling = &work->spellings[work->spelling_of_span[i]];

        cast->forms[i] = spelling->form;
        cast->of_span[i] =
            spelling->party == NG_NONE ? NG_NO_ACTOR : work->parties[spelling->party].actor;
    }
    return NG_OK;
}

/* All steps. */
static ng_status make_cast(ng_casting *work, ng_cast *cast)
{
    ng_status status = ng_spellings_collect(work);

    if (status == NG_OK)
        ng_aliases_read(work);
    if (status == NG_OK)
        status = ng_states_settle(work);
    if (status == NG_OK)
        status = ng_places_settle(work);
    if (status == NG_OK)
        status = ng_places_locate(work);
    if (status == NG_OK)
        status = ng_organizations_settle(work);
    if (status == NG_OK)
        status = ng_persons_settle(work);
    if (status == NG_OK)
        status = ng_labels_make(work);
    if (status == NG_OK)
        status = hand_out_actors(work, cast);
    if (status == NG_OK)
        status = hand_out_spans(work, cast);
    if (status == NG_OK && work->options->pronouns)
        status = ng_pronouns_resolve(work, cast);
    if (status == NG_OK && work->origin.data)
        status = ng_ledger_make(work, cast);
    return status;
}

ng_status ng_cast_make(ng_ctx *cx, const ng_names *names, const ng_options *options,
                       ng_arena *arena, const ng_text *text, const ng_spans *spans, ng_view origin,
                       ng_cast *cast_out)
{
    ng_casting work = { .cx = cx,
                        .names = names,
                        .options = options,
                        .arena = arena,
                        .text = text,
                        .spans = spans,
                        .origin = origin };
    ng_cast cast = { 0 };
    ng_status status = open_casting(&work);

    if (status == NG_OK)
        status = make_cast(&work, &cast);
    close_casting(&work);
    if (status == NG_OK)
        *cast_out = cast;
    return status;
}
