/* Parties and notes: the two lists that all kinds of names write to.
 *
 * A party becomes an actor. Names that are no persons find theirs by a key (a country's code, a
 * place's folded name), so that joining them is one look-up. Notes record what was decided; they
 * are put into words at the end, when every party has its label. */
#include "actors_internal.h"

#include <assert.h>

ng_status ng_party_add(ng_casting *work, uint8_t kind, uint32_t *party_out)
{
    ng_status status =
        ng_grow(work->cx, (void **)&work->parties, &work->party_capacity, sizeof *work->parties,
                work->party_count + 1, NG_NONE - 1, "actors of a document");

    if (status != NG_OK)
        return status;
    work->parties[work->party_count] = (ng_party){ .kind = kind,
                                                   .base = NG_VIEW_NONE,
                                                   .label = NG_VIEW_NONE,
                                                   .id = NG_VIEW_NONE,
                                                   .first_unit = NG_NONE,
                                                   .last_unit = NG_NONE,
                                                   .first_spelling = NG_NONE,
                                                   .first_token = NG_NONE,
                                                   .first_full_token = NG_NONE,
                                                   .actor = NG_NONE };
    *party_out = (uint32_t)work->party_count++;
    return NG_OK;
}

ng_status ng_party_of_key(ng_casting *work, uint8_t kind, ng_view key, uint32_t *party_out)
{
    uint32_t id = 0;
    size_t known = ng_intern_count(work->party_keys);
    ng_status status = NG_OK;

    work->scratch.size = 0;
    status = ng_buffer_add_byte(work->cx, &work->scratch, (char)('0' + kind));
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &work->scratch, key);
    if (status == NG_OK)
        status = ng_grow(work->cx, (void **)&work->party_of_key, &work->party_of_key_capacity,
                         sizeof *work->party_of_key, known + 1, NG_NONE - 1, "names");
    if (status == NG_OK)
        status = ng_intern_add(work->cx, work->party_keys, ng_buffer_view(&work->scratch), &id);
    if (status != NG_OK)
        return status;
    if (id == known)
        status = ng_party_add(work, kind, &work->party_of_key[id]);
    if (status == NG_OK)
        *party_out = work->party_of_key[id];
    return status;
}

ng_status ng_note_add(ng_casting *work, ng_note note)
{
    ng_status status = ng_grow(work->cx, (void **)&work->notes, &work->note_capacity,
                               sizeof *work->notes, work->note_count + 1, NG_NONE - 1, "decisions");

    if (status == NG_OK)
        work->notes[work->note_count++] = note;
    return status;
}

/* The key of a spelling that a never-merge rule keeps away from `label`: its own name. */
static ng_status kept_apart(ng_casting *work, ng_spelling *spelling, ng_view label,
                            ng_view *key_out)
{
    ng_view label_folded;
    ng_status status = ng_fold_copy(work, label, &label_folded);

    if (status != NG_OK || !ng_never_merge(work, spelling->name_folded, label_folded))
        return status;
    *key_out = spelling->name_folded;
    spelling->label = NG_VIEW_NONE;
    spelling->code[0] = '\0';
    spelling->join_rule = "user-never-merge";
    return NG_OK;
}

ng_status ng_spelling_settle(ng_casting *work, ng_spelling *spelling, ng_view key)
{
    ng_party *party = NULL;
    ng_status status = NG_OK;

    if (spelling->label.size > 0 && ng_has_never(work, spelling->name_folded))
        status = kept_apart(work, spelling, spelling->label, &key);
    if (status == NG_OK)
        status = ng_party_of_key(work, spelling->kind, key, &spelling->party);
    if (status != NG_OK)
        return status;
    party = &work->parties[spelling->party];
    if (!party->code[0])
        memcpy(party->code, spelling->code, sizeof party->code);
    if (party->label.size == 0)
        party->label = spelling->label;
    spelling->next_of_party = party->first_spelling;
    party->first_spelling = (uint32_t)(spelling - work->spellings);
    if (spelling->first_token < party->first_token)
        party->first_token = spelling->first_token;
    return NG_OK;
}
