/* A person's name, taken apart: forenames and initials, particles, surname, generation.
 *
 * The name is cut into words (white space, commas). "Doe, John" is turned round; "Jr." and "III"
 * become the generation; post-nominals ("Ph.D.") and titles inside the span are dropped. The
 * surname is the last word with the particles before it. Of the particles an Arabic article counts
 * for nothing (al-Assad = Assad), a patronymic belongs to the surname (bin Salman is not Salman),
 * the others ("van", "de la") are kept apart, because writers drop them.
 *
 * A single word may be a surname or a forename; which one is decided by the other names of the
 * document, in merge.c. Names that are too long are not parsed but compared as a whole. */
#include "actors_internal.h"

#include <assert.h>

typedef struct word {
    ng_view raw, folded; /* folded: without quotes and the full stop at its end */
    bool has_dot;        /* a full stop stood at its end */
    bool ends_part;      /* a comma follows */
} word;

typedef struct parse {
    ng_ctx *cx;
    ng_arena *arena;
    const ng_names *names;
    ng_buffer *scratch;
    word words[NG_PERSON_WORDS];
    size_t count;
    bool is_too_long;
} parse;

/* Particles that make one name with the word after them: "bin Salman", "Ben Gurion". */
static const char *const patronymics[] = { "bin", "ibn", "ben",   "bint", "binti", "bt",
                                           "abu", "abd", "abdul", "umm",  "ould" };

/* The Arabic article in its spellings; with a hyphen all of them, as a word only al and el. */
static const char *const articles[] = { "al", "el", "ul",  "ur", "ud", "uz", "ad", "an",
                                        "ar", "as", "ash", "at", "az", "ed", "es", "ez" };

/* Titles that are followed by a forename. */
static const char *const regnal_titles[] = { "king",    "queen",   "prince", "princess", "pope",
                                             "emperor", "empress", "tsar",   "czar",     "sultan",
                                             "emir",    "saint",   "st",     "aunt",     "uncle" };

/* True for "al" and "el", the forms of the article that stand alone. */
static bool is_article_word(ng_view folded)
{
    return ng_view_is_among(folded, articles, 2);
}

/* Bytes that are no part of a word at its ends: quotes and brackets. */
static bool is_wrapping(char byte)
{
    return byte == '"' || byte == '(' || byte == ')' || byte == '[' || byte == ']' || byte == ';';
}

/* Adds one word to the list: unwrapped, folded, its full stop taken off and remembered. */
static ng_status add_word(parse *state, ng_view raw, bool ends_part)
{
    word *added = NULL;
    ng_status status = NG_OK;

    while (raw.size > 0 && is_wrapping(raw.data[0]))
        raw = ng_view_part(raw, 1, raw.size);
    while (raw.size > 0 && is_wrapping(raw.data[raw.size - 1]))
        raw.size--;
    if (raw.size == 0)
        return NG_OK;
    if (state->count == NG_PERSON_WORDS) {
        state->is_too_long = true;
        return NG_OK;
    }
    added = &state->words[state->count++];
    *added = (word){ .raw = raw, .ends_part = ends_part };
    state->scratch->size = 0;
    status = ng_utf8_fold(state->cx, raw, state->scratch);
    if (status != NG_OK)
        return status;
    added->folded = ng_arena_copy(state->cx, state->arena, ng_buffer_view(state->scratch));
    if (!added->folded.data)
        return ng_arena_status(state->arena);
    while (added->folded.size > 0 && added->folded.data[added->folded.size - 1] == '.') {
        added->folded.size--;
        added->has_dot = true;
    }
    if (added->folded.size == 0)
        state->count--;
    return NG_OK;
}

/* Cuts the text at white space and commas. */
static ng_status split_words(parse *state, ng_view text)
{
    size_t start = 0;

    for (size_t at = 0; at <= text.size; at++) {
        char byte = at < text.size ? text.data[at] : ' ';

        if (byte != ' ' && byte != ',' && byte != '\n' && byte != '\t' && byte != '\r')
            continue;
        if (at > start) {
            ng_status status = add_word(state, ng_view_part(text, start, at), byte == ',');

            if (status != NG_OK)
                return status;
        } else if (byte == ',' && state->count > 0) {
            state->words[state->count - 1].ends_part = true;
        }
        start = at + 1;
    }
    return NG_OK;
}

/* The value of a Roman number in capitals of two letters or more, else 0. */
static uint16_t roman_number(ng_view raw)
{
    static const char *const numbers[] = { "II",  "III",  "IV",    "VI",   "VII",  "VIII",
                                           "IX",  "XI",   "XII",   "XIII", "XIV",  "XV",
                                           "XVI", "XVII", "XVIII", "XXII", "XXIII" };
    static const uint16_t values[] = {
        2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 22, 23
    };

    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (ng_view_equal(ng_view_of(numbers[i]), raw))
            return values[i];
    return 0;
}

/* The generation that a word tells, or 0. */
static uint16_t generation_of(const word *found)
{
    if (ng_view_equal(found->folded, NG_VIEW("jr")) ||
        ng_view_equal(found->folded, NG_VIEW("junior")))
        return NG_JUNIOR;
    if (ng_view_equal(found->folded, NG_VIEW("sr")) ||
        ng_view_equal(found->folded, NG_VIEW("senior")))
        return NG_SENIOR;
    return roman_number(found->raw);
}

/* The title entry of a word, or NULL. Full stops count for nothing in the dictionary. */
static const ng_name_entry *title_entry(const ng_names *names, ng_view folded)
{
    return ng_names_get(names, folded, NG_NAME_TITLE);
}

/* True for what stands after a name and is no name: "Ph.D.", "M.S.", "MP". */
static bool is_post_nominal(const parse *state, const word *found)
{
    const ng_name_entry *entry = NULL;
    bool has_inner_dot = false;

    if (state->count < 3)
        return false;
    entry = title_entry(state->names, found->folded);
    if (entry && ng_view_equal(entry->value, NG_VIEW("suffix")))
        return true;
    for (size_t i = 0; i < found->folded.size; i++)
        has_inner_dot |= found->folded.data[i] == '.';
    return has_inner_dot && found->has_dot && state->words[state->count - 2].ends_part;
}

/* Takes the words from `start` to `end` out of the list. */
static void remove_words(parse *state, size_t start, size_t end)
{
    memmove(&state->words[start], &state->words[end], (state->count - end) * sizeof *state->words);
    state->count -= end - start;
}

/* Takes generation and post-nominals off the end, then turns "Doe, John" round. */
static void settle_commas(parse *state, ng_person *person)
{
    size_t comma = 0;

    while (state->count > 1) {
        const word *last = &state->words[state->count - 1];
        uint16_t generation = generation_of(last);

        if (generation)
            person->generation = generation;
        else if (!is_post_nominal(state, last))
            break;
        state->count--;
    }
    while (comma < state->count && !state->words[comma].ends_part)
        comma++;
    if (comma + 1 < state->count) {
        word turned[NG_PERSON_WORDS];
        size_t front = comma + 1;
        size_t back = state->count - front;

        memcpy(turned, &state->words[front], back * sizeof *turned);
        memcpy(turned + back, state->words, front * sizeof *turned);
        memcpy(state->words, turned, state->count * sizeof *turned);
    }
}

/* "poor Thomas", "old Matthew Maule": how the writer sees somebody, no part of the name. Old and
 * young go only from a full name ("Young Anthony" may be Mr. Young). */
static void drop_epithet(parse *state)
{
    static const char *const fond[] = { "poor", "dear", "dearest" };
    static const char *const aged[] = { "old", "young", "little" };
    ng_view first = state->words[0].folded;

    if ((state->count > 1 && NG_IS_AMONG(first, fond)) ||
        (state->count > 2 && NG_IS_AMONG(first, aged)))
        remove_words(state, 0, 1);
}

/* How many words at the beginning are one title ("grand ayatollah"), or 0. */
static size_t title_words(const parse *state)
{
    enum { TITLE_WORDS = 4, TITLE_BYTES = 96 };

    for (size_t count = TITLE_WORDS; count > 1; count--) {
        char bytes[TITLE_BYTES];
        size_t size = 0;
        const ng_name_entry *entry = NULL;

        if (count >= state->count)
            continue;
        for (size_t i = 0; i < count; i++) {
            ng_view part = state->words[i].folded;

            if (size + part.size + 1 >= sizeof bytes)
                return 0;
            if (i > 0)
                bytes[size++] = ' ';
            memcpy(bytes + size, part.data, part.size);
            size += part.size;
        }
        entry = title_entry(state->names, (ng_view){ bytes, size });
        if (entry && !ng_view_equal(entry->value, NG_VIEW("suffix")))
            return count;
    }
    return 0;
}

/* Drops titles that stand inside the span, and notes what gender they tell. */
static void drop_titles(parse *state, ng_person *person)
{
    drop_epithet(state);
    remove_words(state, 0, title_words(state));
    while (state->count > 1) {
        const word *first = &state->words[0];
        const ng_name_entry *entry = title_entry(state->names, first->folded);

        if (!entry || (!ng_view_equal(entry->value, NG_VIEW("honorific")) && state->count < 3))
            break;
        if (ng_view_equal(entry->value, NG_VIEW("suffix")))
            break;
        if (!first->has_dot && ng_names_get(state->names, first->folded, NG_NAME_FORENAME))
            break;
        if (entry->detail == 'm' || entry->detail == 'f')
            person->title_gender = (char)entry->detail;
        if (!person->marital)
            person->marital = ng_title_marital(first->folded);
        remove_words(state, 0, 1);
    }
}

/* Cuts an article with a hyphen off a word: "al-assad" gives "assad". */
static ng_view without_article(ng_view folded, ng_view *article_out)
{
    bool has_hyphen = folded.size > 0 && memchr(folded.data, '-', folded.size);

    for (size_t i = 0; has_hyphen && i < sizeof articles / sizeof *articles; i++) {
        ng_view article = ng_view_of(articles[i]);

        if (folded.size > article.size + 1 && ng_view_starts(folded, article) &&
            folded.data[article.size] == '-') {
            *article_out = article;
            return ng_view_part(folded, article.size + 1, folded.size);
        }
    }
    *article_out = NG_VIEW_NONE;
    return folded;
}

/* True when the word is an initial or several: "j", "g.b.j". */
static bool is_initials(const word *found)
{
    size_t letters = 0;

    for (size_t at = 0; at < found->folded.size;) {
        size_t length = 0;

        ng_utf8_decode(found->folded.data + at, found->folded.size - at, &length);
        at += length;
        letters++;
        if (at == found->folded.size)
            break;
        if (found->folded.data[at] != '.')
            return false;
        at++;
    }
    return letters == 1 || (letters > 1 && found->has_dot);
}

/* The spelling that a word of a name is compared as: names from other scripts are written in many
 * ways (Qaddafi and Gadhafi, Zelenskyy and Zelenskiy). */
static ng_status take_spelling(parse *state, ng_view folded, ng_view *spelling_out)
{
    static const char *const endings[] = { "yy", "iy", "yi" }; /* of "-y" */
    const ng_name_entry *entry = ng_names_get(state->names, folded, NG_NAME_VARIANT);
    char *copy = NULL;
    size_t size = folded.size;

    *spelling_out = entry ? entry->value : folded;
    for (size_t i = 0; !entry && size > 5 && i < sizeof endings / sizeof *endings; i++) {
        if (!ng_view_ends(folded, ng_view_of(endings[i])))
            continue;
        copy = ng_arena_alloc(state->cx, state->arena, size);
        if (!copy)
            return ng_arena_status(state->arena);
        memcpy(copy, folded.data, size - 2);
        copy[size - 2] = 'y';
        *spelling_out = (ng_view){ copy, size - 1 };
        entry = ng_names_get(state->names, *spelling_out, NG_NAME_VARIANT);
        if (entry)
            *spelling_out = entry->value;
        return NG_OK;
    }
    return NG_OK;
}

/* Adds a forename, or each letter of a group of initials. */
static ng_status add_given(parse *state, ng_person *person, const word *found)
{
    size_t at = 0;

    if (!is_initials(found))
        return person->given_count < NG_PERSON_WORDS
                   ? take_spelling(state, found->folded, &person->given[person->given_count++])
                   : NG_OK;
    while (at < found->folded.size && person->given_count < NG_PERSON_WORDS) {
        size_t length = 0;

        ng_utf8_decode(found->folded.data + at, found->folded.size - at, &length);
        person->given[person->given_count++] = ng_view_part(found->folded, at, at + length);
        person->initial_count++;
        at += length + 1;
    }
    return NG_OK;
}

/* True when the word before the surname belongs to it. The first word of a name is a particle only
 * if nobody is called that. */
static bool is_particle(const parse *state, size_t index)
{
    ng_view folded = state->words[index].folded;
    uint32_t classes = ng_names_classes(state->names, folded);
    bool is_known = (classes & (1u << NG_NAME_PARTICLE)) != 0 || is_article_word(folded) ||
                    NG_IS_AMONG(folded, patronymics);
    const ng_name_entry *entry = NULL;

    if (!is_known)
        return false;
    entry = ng_names_get(state->names, folded, NG_NAME_PARTICLE);
    if (state->words[index].raw.data[0] >= 'a' && state->words[index].raw.data[0] <= 'z')
        return true;
    if (entry && entry->detail == 'l')
        return false;
    return index > 0 || (classes & (1u << NG_NAME_FORENAME)) == 0;
}

/* Joins words with single spaces into the arena. */
static ng_status join_words(parse *state, const ng_view *parts, size_t count, ng_view *joined_out)
{
    ng_status status = NG_OK;

    state->scratch->size = 0;
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        if (parts[i].size == 0)
            continue;
        if (state->scratch->size > 0)
            status = ng_buffer_add_byte(state->cx, state->scratch, ' ');
        if (status == NG_OK)
            status = ng_buffer_add(state->cx, state->scratch, parts[i]);
    }
    if (status != NG_OK)
        return status;
    *joined_out = ng_arena_copy(state->cx, state->arena, ng_buffer_view(state->scratch));
    return joined_out->data ? NG_OK : ng_arena_status(state->arena);
}

/* Finds the surname with its particles; returns the index of its first word. */
static ng_status take_surname(parse *state, ng_person *person, size_t *first_out)
{
    size_t last = state->count - 1;
    size_t first = last;
    ng_view particles[NG_PERSON_WORDS];
    ng_view surname[NG_PERSON_WORDS];
    size_t particle_count = 0;
    size_t surname_count = 0;
    ng_view article;
    ng_status status = NG_OK;
    ng_view bare = without_article(state->words[last].folded, &article);

    while (first > 0 && is_particle(state, first - 1))
        first--;
    for (size_t i = first; i < last; i++) {
        ng_view folded = state->words[i].folded;

        if (is_article_word(folded))
            article = folded;
        else if (NG_IS_AMONG(folded, patronymics))
            surname[surname_count++] = folded;
        else
            particles[particle_count++] = folded;
    }
    status = take_spelling(state, bare, &surname[surname_count++]);
    person->has_article = article.size > 0;
    if (status == NG_OK)
        status = join_words(state, particles, particle_count, &person->particles);
    if (status == NG_OK)
        status = join_words(state, surname, surname_count, &person->surname);
    if (status == NG_OK)
        status = join_words(state, (ng_view[]){ person->particles, person->surname }, 2,
                            &person->family);
    *first_out = first;
    return status;
}

/* All words in order, the article a word of its own: what a shorter name is a part of. */
static ng_status take_words(parse *state, ng_person *person)
{
    ng_view parts[2 * NG_PERSON_WORDS] = { { 0 } };
    size_t count = 0;

    for (size_t i = 0; i < state->count; i++) {
        ng_view article;
        ng_view bare = without_article(state->words[i].folded, &article);

        ng_status status = take_spelling(state, bare, &parts[count + (article.size > 0)]);

        if (status != NG_OK)
            return status;
        if (article.size > 0)
            parts[count++] = article;
        count++;
    }
    person->word_count = (uint8_t)count;
    return join_words(state, parts, count, &person->words);
}

/* The name as written, its words in order and without what was dropped. */
static ng_status take_display(parse *state, ng_person *person)
{
    static const char *const marks[] = { "II", "III", "IV" };
    ng_view parts[NG_PERSON_WORDS + 1];
    size_t count = 0;

    for (size_t i = 0; i < state->count; i++)
        parts[count++] = state->words[i].raw;
    if (person->generation == NG_JUNIOR)
        parts[count++] = NG_VIEW("Jr.");
    else if (person->generation == NG_SENIOR)
        parts[count++] = NG_VIEW("Sr.");
    else if (person->generation >= 2 && person->generation <= 4)
        parts[count++] = ng_view_of(marks[person->generation - 2]);
    return join_words(state, parts, count, &person->display);
}

/* What makes two spellings one name: forenames, particles, surname, generation. */
static ng_status take_key(parse *state, ng_person *person)
{
    ng_status status = join_words(state, person->given, person->given_count, &person->key);

    if (status != NG_OK)
        return status;
    state->scratch->size = 0;
    status = ng_buffer_add_unsigned(state->cx, state->scratch, (uint64_t)person->shape);
    if (status == NG_OK)
        status = ng_buffer_add_byte(state->cx, state->scratch, '|');
    if (status == NG_OK)
        status = ng_buffer_add(state->cx, state->scratch, person->key);
    if (status == NG_OK)
        status = ng_buffer_add_byte(state->cx, state->scratch, '|');
    if (status == NG_OK)
        status = ng_buffer_add(state->cx, state->scratch, person->family);
    if (status == NG_OK)
        status = ng_buffer_add_byte(state->cx, state->scratch, '|');
    if (status == NG_OK)
        status = ng_buffer_add_unsigned(state->cx, state->scratch, person->generation);
    if (status != NG_OK)
        return status;
    person->key = ng_arena_copy(state->cx, state->arena, ng_buffer_view(state->scratch));
    return person->key.data ? NG_OK : ng_arena_status(state->arena);
}

/* Spanish and Portuguese names end in two surnames, and the first of them is the one people go by.
 * A last middle word that nobody has for a forename may be such a one. */
static bool has_first_surname(const ng_names *names, const ng_person *person)
{
    ng_view last;

    if (person->shape != NG_SHAPE_FULL || person->given_count < 2)
        return false;
    last = person->given[person->given_count - 1];
    return ng_utf8_count(last) > 2 &&
           (ng_names_classes(names, last) & (1u << NG_NAME_FORENAME)) == 0;
}

/* Looks the first forename up: its gender, and what it is short for. A bare name may be one. */
static ng_status look_up_forename(parse *state, ng_person *person)
{
    const ng_name_entry *entries = NULL;
    const ng_name_entry *forename = NULL;
    ng_view name = NG_VIEW_NONE;
    size_t count = 0;

    if (person->shape == NG_SHAPE_SINGLE && person->particles.size == 0)
        name = person->surname;
    else if (person->given_count > 0)
        name = person->given[0];
    if (ng_utf8_count(name) < 2)
        return NG_OK;
    count = ng_names_find(state->names, name, &entries);
    forename = ng_entry_of(entries, count, NG_NAME_FORENAME);
    if (person->given_count > 0 && forename && (forename->detail == 'm' || forename->detail == 'f'))
        person->forename_gender = (char)forename->detail;
    for (size_t i = 0; i < count && person->nickname_count < NG_PERSON_NICKNAMES; i++) {
        ng_view *full = &person->nicknames[person->nickname_count];
        ng_status status = NG_OK;

        if (entries[i].class_ != NG_NAME_NICKNAME)
            continue;
        state->scratch->size = 0;
        status = ng_utf8_fold(state->cx, entries[i].value, state->scratch);
        if (status != NG_OK)
            return status;
        *full = ng_arena_copy(state->cx, state->arena, ng_buffer_view(state->scratch));
        if (!full->data)
            return ng_arena_status(state->arena);
        person->nickname_count++;
    }
    return NG_OK;
}

/* Sorts the words into forenames and surname and says what shape the name has. */
static ng_status take_parts(parse *state, ng_person *person)
{
    size_t first = 0;
    const word *last = &state->words[state->count - 1];
    ng_status status = NG_OK;

    if (state->count >= 2 && is_initials(last) && last->has_dot &&
        ng_utf8_count(last->folded) == 1) {
        person->shape = NG_SHAPE_LETTER;
        person->surname = last->folded;
        person->family = last->folded;
        first = state->count - 1;
    } else {
        status = take_surname(state, person, &first);
        person->shape = first > 0 ? NG_SHAPE_FULL : NG_SHAPE_SINGLE;
    }
    for (size_t i = 0; i < first && status == NG_OK; i++)
        status = add_given(state, person, &state->words[i]);
    if (person->shape == NG_SHAPE_LETTER && ng_utf8_count(person->given[0]) == 1)
        person->shape = NG_SHAPE_WHOLE;
    person->has_first_surname = has_first_surname(state->names, person);
    return status;
}

char ng_title_gender(const ng_names *names, ng_view title)
{
    size_t end = title.size;
    const ng_name_entry *entry = title.size ? title_entry(names, title) : NULL;

    if (ng_view_equal(title, NG_VIEW("m")) || ng_view_equal(title, NG_VIEW("m.")))
        return 0; /* "M. Sanchez" may be Monsieur or Maria */
    if (entry && (entry->detail == 'm' || entry->detail == 'f'))
        return (char)entry->detail;
    while (end > 0) {
        size_t start = end;

        while (start > 0 && title.data[start - 1] != ' ')
            start--;
        entry = title_entry(names, ng_view_part(title, start, end));
        if (entry && (entry->detail == 'm' || entry->detail == 'f'))
            return (char)entry->detail;
        end = start > 0 ? start - 1 : 0;
    }
    return 0;
}

char ng_title_marital(ng_view title)
{
    if (title.size > 0 && title.data[title.size - 1] == '.')
        title.size--;
    if (ng_view_equal(title, NG_VIEW("miss")))
        return 's';
    return ng_view_equal(title, NG_VIEW("mrs")) ? 'm' : 0;
}

/* True when the last word of the title is followed by a forename. */
static bool is_regnal(ng_view title)
{
    size_t start = title.size;

    while (start > 0 && title.data[start - 1] != ' ')
        start--;
    return NG_IS_AMONG(ng_view_part(title, start, title.size), regnal_titles);
}

ng_status ng_person_parse(ng_ctx *cx, ng_arena *arena, const ng_names *names, ng_buffer *scratch,
                          ng_view text, ng_view title, ng_person *person_out)
{
    parse state = { .cx = cx, .arena = arena, .names = names, .scratch = scratch };
    ng_person person = { .shape = NG_SHAPE_WHOLE,
                         .surname = NG_VIEW_NONE,
                         .particles = NG_VIEW_NONE,
                         .family = NG_VIEW_NONE,
                         .words = NG_VIEW_NONE,
                         .display = text };
    ng_status status = split_words(&state, text);

    person.title_gender = ng_title_gender(names, title);
    person.marital = ng_title_marital(title);
    person.is_regnal = is_regnal(title);
    if (status == NG_OK && !state.is_too_long && state.count > 0) {
        settle_commas(&state, &person);
        drop_titles(&state, &person);
        status = take_parts(&state, &person);
        if (status == NG_OK)
            status = take_words(&state, &person);
        if (status == NG_OK)
            status = take_display(&state, &person);
    } else if (status == NG_OK) {
        scratch->size = 0;
        status = ng_utf8_fold(cx, text, scratch);
        if (status == NG_OK)
            person.family = ng_arena_copy(cx, arena, ng_buffer_view(scratch));
        if (status == NG_OK && !person.family.data)
            status = ng_arena_status(arena);
    }
    if (status == NG_OK)
        status = take_key(&state, &person);
    if (status == NG_OK)
        status = look_up_forename(&state, &person);
    if (status == NG_OK)
        *person_out = person;
    return status;
}
