/* The label and the id of every party.
 *
 * A country, a city, an organization that the dictionary knows brings its label. A person is shown
 * by the most complete name the document has (most frequent among equals, then bytes), without
 * title; a place by its most frequent spelling. A name that stands in capitals only is set in upper
 * and lower case. The id is the kind and a slug of the label, ASCII and the same in every document.
 *
 * Two parties can come to one id: "Mr. Smith" and "Mrs. Smith" with no forenames, names that the
 * user keeps apart. Bare names with a title are then labelled with it; what still collides gets ~2,
 * ~3 in the order of the text. */
#include "actors_internal.h"

#include <assert.h>

enum { CAPITALS_ARE_ABBREVIATION = 4 /* letters; "JFK", "LA" stay as they are */ };

/* One code point in lower case, for the scripts that names of this dictionary come in: Latin,
 * Greek, Cyrillic. Returns 0 when it has none. */
static uint32_t lower_of(uint32_t letter)
{
    if ((letter >= 'A' && letter <= 'Z') || (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) ||
        (letter >= 0x391 && letter <= 0x3A9) || (letter >= 0x410 && letter <= 0x42F))
        return letter + 32;
    if (letter >= 0x400 && letter <= 0x40F)
        return letter + 80;
    if ((letter >= 0x139 && letter <= 0x148) || (letter >= 0x179 && letter <= 0x17E))
        return letter + (letter & 1);
    if (letter >= 0x100 && letter <= 0x177 && letter != 0x130)
        return letter | 1;
    return 0;
}

/* Appends a code point below U+10000 in UTF-8. */
static ng_status add_code_point(ng_ctx *cx, ng_buffer *out, uint32_t letter)
{
    char bytes[3];
    size_t size = 0;

    if (letter < 0x80) {
        bytes[size++] = (char)letter;
    } else if (letter < 0x800) {
        bytes[size++] = (char)(0xC0 | letter >> 6);
        bytes[size++] = (char)(0x80 | (letter & 0x3F));
    } else {
        bytes[size++] = (char)(0xE0 | letter >> 12);
        bytes[size++] = (char)(0x80 | (letter >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (letter & 0x3F));
    }
    return ng_buffer_add(cx, out, (ng_view){ bytes, size });
}

/* How many letters a name has and whether one is lower case. */
static size_t count_letters(ng_view text, bool *has_lower, bool *has_upper)
{
    size_t letters = 0;

    *has_lower = false;
    *has_upper = false;
    for (size_t at = 0; at < text.size;) {
        size_t length = 0;
        uint32_t letter = ng_utf8_decode(text.data + at, text.size - at, &length);

        if (letter >= 'a' && letter <= 'z') { /* nearly all of them */
            letters++;
            *has_lower = true;
            at++;
            continue;
        }
        letters += ng_utf8_is_letter(letter);
        *has_lower |= ng_utf8_is_lower(letter);
        *has_upper |= ng_utf8_is_upper(letter);
        at += length;
    }
    return letters;
}

/* True for a name in capitals that is no abbreviation. */
static bool is_shouted(ng_view text, bool *has_upper_out)
{
    bool has_lower = false;
    size_t letters = count_letters(text, &has_lower, has_upper_out);

    return *has_upper_out && !has_lower && letters > CAPITALS_ARE_ABBREVIATION;
}

/* True when the word beginning at `at` is a particle that is written small: "al", "bin", "von". */
static bool is_small_word(ng_view text, size_t at)
{
    static const char *const small[] = { "al", "el",  "bin", "ibn", "von", "van", "de", "der",
                                         "of", "the", "and", "del", "la",  "da",  "di", "dos" };
    size_t end = at;

    if (at == 0)
        return false;
    while (end < text.size && text.data[end] != ' ' && text.data[end] != '-')
        end++;
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        ng_view word = ng_view_of(small[i]);
        size_t same = 0;

        while (same < word.size && word.size == end - at &&
               (text.data[at + same] | 0x20) == word.data[same])
            same++;
        if (same == word.size)
            return true;
    }
    return false;
}

/* Sets a name that is all capitals, or all small, in upper and lower case. */
static ng_status set_case(ng_casting *work, ng_view text, ng_view *label_out)
{
    bool begins = true;
    ng_status status = NG_OK;

    work->scratch.size = 0;
    for (size_t at = 0; at < text.size && status == NG_OK;) {
        size_t length = 0;
        uint32_t letter = ng_utf8_decode(text.data + at, text.size - at, &length);
        uint32_t lower = lower_of(letter);
        bool is_small = begins && is_small_word(text, at);

        if (begins && !is_small && letter >= 'a' && letter <= 'z')
            status = add_code_point(work->cx, &work->scratch, letter - 32);
        else if ((!begins || is_small) && lower)
            status = add_code_point(work->cx, &work->scratch, lower);
        else
            status = ng_buffer_add(work->cx, &work->scratch, ng_view_part(text, at, at + length));
        begins = !ng_utf8_is_letter(letter) && letter != '\'' && letter != 0x2019;
        if (is_small)
            begins = false;
        at += length;
    }
    if (status != NG_OK)
        return status;
    *label_out = ng_arena_copy(work->cx, work->arena, ng_buffer_view(&work->scratch));
    return label_out->data ? NG_OK : ng_arena_status(work->arena);
}

/* The name a spelling would be shown by. */
static ng_view shown_name(const ng_casting *work, const ng_spelling *spelling)
{
    ng_view name = spelling->name;

    if (spelling->unit != NG_NONE && spelling->count > 0) {
        const ng_person *person = &work->units[spelling->unit].person;

        return person->shape == NG_SHAPE_WHOLE || !memchr(name.data, ',', name.size)
                   ? name
                   : person->display;
    }
    return name;
}

/* A candidate for a party's label. */
typedef struct proposal {
    ng_view name;
    int words, initials;
    bool has_generation, is_shouted;
    uint64_t count;
} proposal;

/* How many words a name has, those joined by hyphens too. */
static int count_words(ng_view name)
{
    int words = 1;

    for (size_t i = 0; i < name.size; i++)
        words += name.data[i] == ' ' || name.data[i] == '-';
    return words;
}

static proposal propose(const ng_casting *work, const ng_spelling *spelling)
{
    proposal made = { .name = shown_name(work, spelling), .count = spelling->count };
    bool has_upper = false;

    made.is_shouted = is_shouted(made.name, &has_upper);
    if (spelling->kind == NG_KIND_ORGANIZATION)
        made.words = count_words(made.name);
    if (spelling->unit != NG_NONE) {
        const ng_person *person = &work->units[spelling->unit].person;

        made.words = count_words(made.name) - person->initial_count +
                     (person->shape == NG_SHAPE_FULL ? 2 * NG_PERSON_WORDS : 0);
        made.initials = person->initial_count;
        made.has_generation = person->generation != 0;
    }
    return made;
}

/* < 0 when `a` is the better label, whatever the counts; then equal names lie side by side. */
static int compare_completeness(const proposal *a, const proposal *b)
{
    if (a->words != b->words)
        return a->words > b->words ? -1 : 1;
    if (a->initials != b->initials)
        return a->initials > b->initials ? -1 : 1;
    if (a->has_generation != b->has_generation)
        return a->has_generation ? -1 : 1;
    return (a->is_shouted > b->is_shouted) - (a->is_shouted < b->is_shouted);
}

static int compare_proposals(const void *a, const void *b, void *user)
{
    const proposal *left = a;
    const proposal *right = b;
    int order = compare_completeness(left, right);

    (void)user;
    return order ? order : ng_view_compare(left->name, right->name);
}

/* The best of sorted proposals: equal names are counted together. */
static ng_view best_name(proposal *list, size_t count)
{
    size_t best = 0;
    size_t to = 0;

    for (size_t i = 1; i < count; i++) {
        if (ng_view_equal(list[i].name, list[to].name))
            list[to].count += list[i].count;
        else
            list[++to] = list[i];
    }
    for (size_t i = 1; i <= to && compare_completeness(&list[0], &list[i]) == 0; i++)
        if (list[i].count > list[best].count)
            best = i;
    return list[best].name;
}

/* Without a leading "the" that is not written large, as titles and organizations have it. */
static ng_view without_article(ng_view name)
{
    return ng_view_starts(name, NG_VIEW("the ")) ? ng_view_part(name, 4, name.size) : name;
}

/* Chooses the label of a party from its spellings. */
static ng_status choose_label(ng_casting *work, ng_party *party, proposal *list, size_t count)
{
    ng_view name;
    bool has_upper = false;
    bool is_name = party->kind == NG_KIND_PERSON || party->kind == NG_KIND_PLACE ||
                   party->kind == NG_KIND_COUNTRY;
    ng_status status = NG_OK;

    assert(count > 0);
    status = ng_sort(work->cx, list, count, sizeof *list, compare_proposals, NULL);
    if (status != NG_OK)
        return status;
    name = without_article(best_name(list, count));
    for (size_t i = 1; party->base.size > 0 && i < name.size; i++)
        if (name.data[i] == ',')
            name.size = i;
    if (is_name && (is_shouted(name, &has_upper) || !has_upper))
        return set_case(work, name, &party->label);
    party->label = name;
    return NG_OK;
}

/* Adds the code to the label of a place whose bare name means another: "Paris (US-TX)". */
static ng_status add_code(ng_casting *work, ng_party *party)
{
    ng_status status = NG_OK;

    work->scratch.size = 0;
    status = ng_buffer_add(work->cx, &work->scratch, party->label);
    if (status == NG_OK)
        status = ng_buffer_format(work->cx, &work->scratch, " (%s)", party->code);
    if (status == NG_OK)
        party->label = ng_arena_copy(work->cx, work->arena, ng_buffer_view(&work->scratch));
    return status == NG_OK && !party->label.data ? ng_arena_status(work->arena) : status;
}

/* Spellings by party: those of party p are members[starts[p] .. starts[p + 1]). */
static ng_status list_members(ng_casting *work, uint32_t **starts_out, uint32_t **members_out)
{
    uint32_t *starts = ng_arena_array(work->cx, work->arena, work->party_count + 2, sizeof *starts);
    uint32_t *members =
        ng_arena_array(work->cx, work->arena, work->spelling_count + 1, sizeof *members);

    if (!starts || !members)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->spelling_count; i++)
        if (work->spellings[i].party != NG_NONE)
            starts[work->spellings[i].party + 2]++;
    for (size_t i = 2; i < work->party_count + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < work->spelling_count; i++)
        if (work->spellings[i].party != NG_NONE)
            members[starts[work->spellings[i].party + 1]++] = (uint32_t)i;
    *starts_out = starts;
    *members_out = members;
    return NG_OK;
}

/* Labels every party that the dictionary left without. */
static ng_status label_parties(ng_casting *work)
{
    uint32_t *starts = NULL;
    uint32_t *members = NULL;
    proposal *list = NULL;
    ng_status status = list_members(work, &starts, &members);

    if (status == NG_OK)
        list = ng_arena_array(work->cx, work->arena, work->spelling_count + 1, sizeof *list);
    if (status == NG_OK && !list)
        status = ng_arena_status(work->arena);
    for (size_t i = 0; i < work->party_count && status == NG_OK; i++) {
        ng_party *party = &work->parties[i];
        size_t count = 0;

        for (size_t j = starts[i]; party->label.size == 0 && j < starts[i + 1]; j++)
            list[count++] = propose(work, &work->spellings[members[j]]);
        if (party->label.size == 0)
            status = choose_label(work, party, list, count);
        if (status == NG_OK && party->shows_code)
            status = add_code(work, party);
    }
    return status;
}

/* Writes kind and slug of a label into the scratch buffer. */
static ng_status write_id(ng_casting *work, const ng_party *party, ng_view label)
{
    ng_buffer *out = &work->scratch;
    ng_status status = NG_OK;
    size_t start = 0;

    out->size = 0;
    status = ng_buffer_add(work->cx, out, ng_view_of(ng_kind_name((ng_kind)party->kind)));
    if (status == NG_OK)
        status = ng_buffer_add_byte(work->cx, out, ':');
    start = out->size;
    if (status == NG_OK && party->kind == NG_KIND_COUNTRY && party->code[0])
        return ng_buffer_add(work->cx, out, ng_view_of(party->code));
    if (status == NG_OK)
        status = ng_utf8_slug(work->cx, label, out);
    if (status == NG_OK && out->size == start)
        status = ng_buffer_add(work->cx, out, NG_VIEW("unnamed"));
    return status;
}

/* The title of a party that has bare titled names only, or an empty view. */
static ng_view only_title(const ng_casting *work, const ng_party *party)
{
    ng_view title = NG_VIEW_NONE;
    uint32_t id = party->first_unit;

    if (party->kind != NG_KIND_PERSON || party->full_count > 0)
        return title;
    for (; id != NG_NONE; id = work->units[id].next_of_party) {
        const ng_spelling *spelling = &work->spellings[work->units[id].first_spelling];

        if (spelling->title.size == 0)
            return NG_VIEW_NONE;
        if (title.size == 0 || ng_view_compare(spelling->title, title) < 0)
            title = spelling->title;
    }
    return title;
}

/* "Mr. Smith" for a party whose bare name another party has too. */
static ng_status add_title(ng_casting *work, ng_party *party, ng_view title)
{
    ng_status status = NG_OK;

    work->scratch.size = 0;
    status = ng_buffer_add(work->cx, &work->scratch, title);
    if (status == NG_OK)
        status = ng_buffer_add_byte(work->cx, &work->scratch, ' ');
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &work->scratch, party->label);
    if (status != NG_OK)
        return status;
    party->label = ng_arena_copy(work->cx, work->arena, ng_buffer_view(&work->scratch));
    return party->label.data ? NG_OK : ng_arena_status(work->arena);
}

/* Parties in the order of their first mention. */
static int compare_parties(const void *a, const void *b, void *user)
{
    const ng_casting *work = user;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    uint32_t left_token = work->parties[left].first_token;
    uint32_t right_token = work->parties[right].first_token;

    if (left_token != right_token)
        return left_token < right_token ? -1 : 1;
    return (left > right) - (left < right);
}

/* Counts how many parties have each id; `of_party` gets the index of a party's id. */
static ng_status count_ids(ng_casting *work, ng_intern *ids, uint32_t *counts, uint32_t *of_party)
{
    for (size_t i = 0; i < work->party_count; i++) {
        ng_status status = write_id(work, &work->parties[i], work->parties[i].label);

        if (status == NG_OK)
            status = ng_intern_add(work->cx, ids, ng_buffer_view(&work->scratch), &of_party[i]);
        if (status != NG_OK)
            return status;
        counts[of_party[i]]++;
    }
    return NG_OK;
}

/* Gives a party an id that none has: the one it was counted under, or the one of its new label, and
 * with ~2, ~3 ... when another has it. Where a name repeats, the next free number is kept beside
 * its id, so this does not search. */
static ng_status give_id(ng_casting *work, ng_intern *taken, uint32_t *next_number, ng_party *party,
                         ng_view counted)
{
    ng_buffer *out = &work->scratch;
    size_t known = ng_intern_count(taken);
    uint32_t id = 0;
    ng_status status = NG_OK;

    out->size = 0;
    status = counted.size > 0 ? ng_buffer_add(work->cx, out, counted)
                              : write_id(work, party, party->label);
    if (status == NG_OK)
        status = ng_intern_add(work->cx, taken, ng_buffer_view(out), &id);
    if (status != NG_OK)
        return status;
    if (id == known) {
        next_number[id] = 2;
    } else {
        status = ng_buffer_add_byte(work->cx, out, '~');
        if (status == NG_OK)
            status = ng_buffer_add_unsigned(work->cx, out, next_number[id]++);
    }
    if (status != NG_OK)
        return status;
    party->id = ng_arena_copy(work->cx, work->arena, ng_buffer_view(out));
    return party->id.data ? NG_OK : ng_arena_status(work->arena);
}

/* Hands out the ids as they were counted, when no two parties share one. */
static ng_status keep_ids(ng_casting *work, const ng_intern *ids, const uint32_t *of_party)
{
    for (size_t i = 0; i < work->party_count; i++) {
        ng_party *party = &work->parties[i];

        party->id = ng_arena_copy(work->cx, work->arena, ng_intern_get(ids, of_party[i]));
        if (!party->id.data)
            return ng_arena_status(work->arena);
    }
    return NG_OK;
}

/* Labels with titles where bare names collide, then hands out the ids in the order of the text. */
static ng_status part_ids(ng_casting *work, const ng_intern *ids, const uint32_t *counts,
                          uint32_t *of_party, const uint32_t *order)
{
    uint32_t *numbers =
        ng_arena_array(work->cx, work->arena, work->party_count + 1, sizeof *numbers);
    ng_intern *taken = NULL;
    ng_status status = NG_OK;

    if (!numbers)
        return ng_arena_status(work->arena);
    for (size_t i = 0; i < work->party_count && status == NG_OK; i++) {
        ng_view title = NG_VIEW_NONE;

        if (counts[of_party[i]] > 1)
            title = only_title(work, &work->parties[i]);
        if (title.size > 0) {
            status = add_title(work, &work->parties[i], title);
            of_party[i] = NG_NONE; /* the label is not the one that was counted */
        }
    }
    if (status == NG_OK)
        status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &taken);
    for (size_t i = 0; i < work->party_count && status == NG_OK; i++) {
        uint32_t counted = of_party[order[i]];

        status = give_id(work, taken, numbers, &work->parties[order[i]],
                         counted == NG_NONE ? NG_VIEW_NONE : ng_intern_get(ids, counted));
    }
    ng_intern_free(work->cx, taken);
    return status;
}

/* Gives every party its id. */
static ng_status give_ids(ng_casting *work, const uint32_t *order)
{
    size_t count = work->party_count + 1;
    uint32_t *counts = ng_arena_array(work->cx, work->arena, count, sizeof *counts);
    uint32_t *of_party = ng_arena_array(work->cx, work->arena, count, sizeof *of_party);
    ng_intern *ids = NULL;
    ng_status status = NG_OK;

    if (!counts || !of_party)
        return ng_arena_status(work->arena);
    status = ng_intern_new(work->cx, NG_NONE - 1, SIZE_MAX, &ids);
    if (status == NG_OK)
        status = count_ids(work, ids, counts, of_party);
    if (status == NG_OK)
        status = ng_intern_count(ids) == work->party_count
                     ? keep_ids(work, ids, of_party)
                     : part_ids(work, ids, counts, of_party, order);
    ng_intern_free(work->cx, ids);
    return status;
}

ng_status ng_labels_make(ng_casting *work)
{
    uint32_t *order = ng_arena_array(work->cx, work->arena, work->party_count + 1, sizeof *order);
    ng_status status = order ? label_parties(work) : ng_arena_status(work->arena);

    for (size_t i = 0; order && i < work->party_count; i++)
        order[i] = (uint32_t)i;
    if (status == NG_OK)
        status = ng_sort(work->cx, order, work->party_count, sizeof *order, compare_parties, work);
    for (size_t i = 0; status == NG_OK && i < work->party_count; i++)
        work->parties[order[i]].actor = (uint32_t)i;
    return status == NG_OK ? give_ids(work, order) : status;
}
