/* The ledger: every join of two forms and every refusal, in words.
 *
 * Decisions are noted while they are taken and put into words here, because a sentence such as "the
 * only person with this surname in article.txt: Benjamin Netanyahu" needs the labels. Each rule has
 * one sentence, in which, after a '%', L stands for the party's label, X for the other party, O for
 * the document and C for the cue. Entries are sorted by actor, name, rule and
 * evidence; equal ones are said once. */
#include "actors_internal.h"

#include <assert.h>

enum { NAME_BYTES = 256 /* of a name within a sentence */ };

typedef struct sentence {
    const char *rule;
    const char *words;
    uint8_t percent; /* how often it is right, see ng_rule_confidence */
} sentence;

static const sentence joined[] = {
    { "surname", "the only person with this surname in %O: %L", 95 },
    { "forename", "the only person with this forename in %O: %L", 88 },
    { "title", "the only person with this title and name in %O: %L", 90 },
    { "nearest-full-name",
      "of those with this surname in %O only %L is named in full before it, the others later", 90 },
    { "same-name", "the same name in %O, and nothing tells them apart", 95 },
    { "nickname", "a short form of the forename, and the surname does not differ: %L", 80 },
    { "turned", "the same two words in the other order: %L", 92 },
    { "initial", "the initials and the surname agree: %L", 85 },
    { "middle-name", "the same forename and surname, with more names between: %L", 85 },
    { "first-surname", "the first of two surnames of the only name in %O that it fits: %L", 60 },
    { "part-of-name", "a part of the only longer name in %O that it fits: %L", 75 },
    { "surname-initial", "the forename and the first letter of the surname agree: %L", 80 },
    { "also-known-as", "%O says that this is another name of %L", 90 },
    { "spelling", "differs in case, accents, article or punctuation only: %L", 98 },
    { "country-name", "a name of %L in the dictionary", 95 },
    { "demonym", "people and things of %L", 97 },
    { "shared-name-by-document", "several states share this name; %O names %L", 90 },
    { "shared-name-by-cities", "several states share this name; %O names cities of %L", 85 },
    { "shared-name-by-default",
      "several states share this name and %O names none of them: the first is taken, %L", 60 },
    { "metonym", "seat of government of %L, standing for it here: %C", 75 },
    { "place-name", "the same place name: %L", 97 },
    { "place-qualifier", "the only place of this name in %O: %L", 90 },
    { "dictionary", "a name of %L in the dictionary", 95 },
    { "abbreviation", "stands in brackets after the name, made of its capitals: %L", 90 },
    { "user-alias", "the user's rules say that this is %L", 100 },
    { "user-type", "the user's rules say what kind of name this is", 100 },
    { "user-never-merge", "the user's rules keep this name apart", 100 },
};

static const sentence refused[] = {
    { "ambiguous", "fits several persons in %O, %X among them; an actor of its own", 50 },
    { "ambiguous-surname", "this surname fits %L and %X in %O", 50 },
    { "ambiguous-forename", "this forename fits %L and %X in %O", 50 },
    { "ambiguous-name", "this name fits %L and %X in %O", 50 },
    { "ambiguous-place", "several places of this name in %O; an actor of its own", 50 },
    { "gender", "title or forename tell another gender than %L", 90 },
    { "gender-unknown", "%O has a man and a woman of this name, and nothing tells which is %L",
      50 },
    { "marital-title", "one is called Miss, the other Mrs.: %L", 90 },
    { "generation", "another generation than %L", 95 },
    { "forename", "another forename than %L", 90 },
    { "middle-name", "another middle name than %L", 90 },
    { "surname", "another surname than a name of %L", 80 },
    { "too-many-names", "%L has too many name forms already", 50 },
    { "user-never-merge", "the user's rules keep this name and %L apart", 100 },
    { "user-ignore", "the user's rules say that this is no actor", 100 },
};

double ng_rule_confidence(ng_view rule, bool is_joined)
{
    const sentence *list = is_joined ? joined : refused;
    size_t count = is_joined ? sizeof joined / sizeof *joined : sizeof refused / sizeof *refused;

    for (size_t i = 0; i < count; i++)
        if (ng_view_equal(ng_view_of(list[i].rule), rule))
            return list[i].percent / 100.0;
    if (ng_view_equal(rule, NG_VIEW("across-documents")))
        return 0.95;
    return ng_view_equal(rule, NG_VIEW("namesakes")) ? 0.5 : 0;
}

/* The sentence of a rule; each rule has one. */
static const char *words_of(const sentence *list, size_t count, const char *rule)
{
    size_t at = 0;

    while (at < count && !ng_view_equal(ng_view_of(list[at].rule), ng_view_of(rule)))
        at++;
    assert(at < count);
    return at < count ? list[at].words : "";
}

/* The beginning of a name that is not too long for a sentence, whole characters. */
static ng_view clipped(ng_view name)
{
    size_t end = name.size;

    if (end > NAME_BYTES) {
        end = NAME_BYTES;
        while (end > 0 && ((unsigned char)name.data[end] & 0xC0) == 0x80)
            end--;
    }
    return ng_view_part(name, 0, end);
}

/* What a letter after '%' stands for. */
static ng_view filling(const ng_casting *work, const ng_note *note, char letter)
{
    const ng_spelling *spelling = &work->spellings[note->spelling];

    if (letter == 'L' && note->party != NG_NONE)
        return clipped(work->parties[note->party].label);
    if (letter == 'X' && note->other != NG_NONE && note->other != note->party)
        return clipped(work->parties[note->other].label);
    if (letter == 'X')
        return NG_VIEW("others");
    if (letter == 'O')
        return work->origin.size > 0 ? clipped(work->origin) : NG_VIEW("this document");
    if (letter == 'C' && spelling->cue)
        return ng_view_of(spelling->cue);
    return clipped(spelling->text);
}

/* Puts a note into words, in the arena. Control bytes of names become spaces. */
static ng_status write_evidence(ng_casting *work, const ng_note *note, ng_view *evidence_out)
{
    const char *words = note->is_joined
                            ? words_of(joined, sizeof joined / sizeof *joined, note->rule)
                            : words_of(refused, sizeof refused / sizeof *refused, note->rule);
    ng_status status = NG_OK;

    work->scratch.size = 0;
    for (; *words && status == NG_OK; words++) {
        if (*words == '%') {
            words++;
            status = ng_buffer_add(work->cx, &work->scratch, filling(work, note, *words));
        } else {
            status = ng_buffer_add_byte(work->cx, &work->scratch, *words);
        }
    }
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < work->scratch.size; i++)
        if ((unsigned char)work->scratch.data[i] < ' ')
            work->scratch.data[i] = ' ';
    *evidence_out = ng_arena_copy(work->cx, work->arena, ng_buffer_view(&work->scratch));
    return evidence_out->data ? NG_OK : ng_arena_status(work->arena);
}

/* True when a note says nothing: the name is the label itself and no user rule made it so. */
static bool is_idle(const ng_casting *work, const ng_note *note)
{
    const ng_spelling *spelling = &work->spellings[note->spelling];

    return note->is_joined && !spelling->rule &&
           !ng_view_equal(ng_view_of(note->rule), NG_VIEW("user-never-merge")) &&
           ng_view_equal(spelling->text, work->parties[note->party].label);
}

/* The name as written, with the title where that was part of the decision. */
static ng_status name_of(ng_casting *work, const ng_note *note, ng_view *name_out)
{
    const ng_spelling *spelling = &work->spellings[note->spelling];
    ng_status status = NG_OK;

    *name_out = spelling->text;
    if (spelling->unit == NG_NONE || spelling->title.size == 0 ||
        work->units[spelling->unit].title.size == 0)
        return NG_OK;
    work->scratch.size = 0;
    status = ng_buffer_add(work->cx, &work->scratch, spelling->title);
    if (status == NG_OK)
        status = ng_buffer_add_byte(work->cx, &work->scratch, ' ');
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &work->scratch, spelling->text);
    if (status != NG_OK)
        return status;
    *name_out = ng_arena_copy(work->cx, work->arena, ng_buffer_view(&work->scratch));
    return name_out->data ? NG_OK : ng_arena_status(work->arena);
}

/* By actor, name, rule, evidence. */
static int compare_entries(const void *a, const void *b, void *user)
{
    const ng_ledger_entry *left = a;
    const ng_ledger_entry *right = b;
    int order = 0;

    (void)user;
    if (left->actor != right->actor)
        return left->actor < right->actor ? -1 : 1;
    order = ng_view_compare(left->name, right->name);
    if (order == 0)
        order = ng_view_compare(ng_view_of(left->rule), ng_view_of(right->rule));
    return order ? order : ng_view_compare(left->evidence, right->evidence);
}

/* Drops entries that repeat the one before; returns how many are left. */
static size_t drop_repeats(ng_ledger_entry *entries, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare_entries(&entries[kept - 1], &entries[i], NULL) != 0)
            entries[kept++] = entries[i];
    return kept;
}

ng_status ng_ledger_make(ng_casting *work, ng_cast *cast)
{
    ng_ledger_entry *entries =
        ng_arena_array(work->cx, work->arena, work->note_count + 1, sizeof *entries);
    size_t count = 0;
    ng_status status = entries ? NG_OK : ng_arena_status(work->arena);

    for (size_t i = 0; i < work->note_count && status == NG_OK; i++) {
        const ng_note *note = &work->notes[i];

        if (is_idle(work, note))
            continue;
        entries[count] =
            (ng_ledger_entry){ .actor = note->party == NG_NONE ? NG_NO_ACTOR
                                                               : work->parties[note->party].actor,
                               .is_joined = note->is_joined,
                               .rule = note->rule };
        status = name_of(work, note, &entries[count].name);
        if (status == NG_OK)
            status = write_evidence(work, note, &entries[count].evidence);
        count++;
    }
    if (status == NG_OK)
        status = ng_sort(work->cx, entries, count, sizeof *entries, compare_entries, NULL);
    if (status != NG_OK)
        return status;
    cast->ledger = entries;
    cast->ledger_count = drop_repeats(entries, count);
    return NG_OK;
}
