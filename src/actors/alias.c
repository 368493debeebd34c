/* Names that the text itself says are one: "Cassius Clay, also known as Muhammad Ali", "Mumbai
 * (formerly Bombay)".
 *
 * Two neighbouring mentions of one kind with nothing but such words between them are two names of
 * one party in the whole document, as if the user had said so: of places the shorter stands for the
 * longer; of persons the two are linked, and merge.c puts them together. A single word that is part
 * of a third name of the document is left alone. Cost: one look at the words between neighbours,
 * linear in the mentions; a search through the spellings for each such pair. */
#include "actors_internal.h"

enum { BETWEEN_BYTES = 40, BETWEEN_TOKENS = 7 };

/* Words between two names of one party, folded, without marks. */
static const char *const between[] = {
    "also known as",
    "also called",
    "also known by",
    "aka",
    "alias",
    "better known as",
    "known as",
    "born",
    "born as",
    "formerly",
    "formerly known as",
    "formerly called",
    "nee",
    "né",
    "née",
    "nicknamed",
    "real name",
    "real name is",
    "birth name",
    "born under the name",
    "known to his friends as",
    "who is known as",
    "whose real name is",
};

/* True for the words that lead to a name given at birth: a bare one is too common to be taken. */
static bool is_of_birth(ng_view words)
{
    return ng_view_starts(words, NG_VIEW("born")) || ng_view_starts(words, NG_VIEW("n"));
}

/* Collects the words from a token to another, folded and without marks; false when they are too
 * many or a sentence ends. */
static bool read_between(const ng_text *text, uint32_t first, uint32_t end, char *out,
                         ng_view *words_out)
{
    size_t size = 0;

    if (end <= first || end - first > BETWEEN_TOKENS ||
        text->tokens[first - 1].sentence != text->tokens[end].sentence)
        return false;
    for (uint32_t i = first; i < end; i++) {
        ng_view word = ng_token_text(text, i);

        if (text->tokens[i].flags & NG_TOKEN_PUNCTUATION)
            continue;
        if (size + word.size + 2 > BETWEEN_BYTES)
            return false;
        if (size > 0)
            out[size++] = ' ';
        for (size_t k = 0; k < word.size; k++) {
            if (word.data[k] == '.')
                continue;
            out[size++] = word.data[k] >= 'A' && word.data[k] <= 'Z' ? (char)(word.data[k] + 32)
                                                                     : word.data[k];
        }
    }
    *words_out = (ng_view){ out, size };
    return size > 0;
}

static size_t count_words(ng_view name)
{
    size_t count = 1;

    for (size_t i = 0; i < name.size; i++)
        count += name.data[i] == ' ';
    return count;
}

/* True when a single word ends or begins a name that is neither of the two. */
static bool is_part_of_third(const ng_casting *work, const ng_spelling *word,
                             const ng_spelling *other)
{
    for (size_t i = 0; i < work->spelling_count; i++) {
        const ng_spelling *third = &work->spellings[i];
        ng_view name = third->folded, part = word->folded;

        if (third->kind != word->kind || name.size <= part.size + 1 ||
            ng_view_equal(name, other->folded))
            continue;
        if ((ng_view_ends(name, part) && name.data[name.size - part.size - 1] == ' ') ||
            (ng_view_starts(name, part) && name.data[part.size] == ' '))
            return true;
    }
    return false;
}

/* True for a spelling that may be another's second name. */
static bool can_be_alias(const ng_spelling *spelling)
{
    return (spelling->kind == NG_KIND_PERSON || spelling->kind == NG_KIND_PLACE) &&
           spelling->form == NG_FORM_NAME && !spelling->rule && !spelling->is_ignored &&
           !spelling->is_metonym;
}

/* Lets every spelling of a place that is written as `from` stand for `to`. */
static void rename_place(ng_casting *work, const ng_spelling *from, const ng_spelling *to)
{
    ng_view written = from->folded, name = to->name, folded = to->name_folded;

    for (size_t i = 0; i < work->spelling_count; i++) {
        ng_spelling *spelling = &work->spellings[i];

        if (spelling->kind != NG_KIND_PLACE || !can_be_alias(spelling) ||
            !ng_view_equal(spelling->folded, written))
            continue;
        spelling->name = name;
        spelling->name_folded = folded;
        spelling->is_also = true;
    }
}

/* Links two spellings of a person; each has one such link at most. */
static void link_persons(ng_casting *work, uint32_t a, uint32_t b)
{
    if (work->spellings[a].also == NG_NONE)
        work->spellings[a].also = b;
    if (work->spellings[b].also == NG_NONE)
        work->spellings[b].also = a;
}

void ng_aliases_read(ng_casting *work)
{
    for (size_t i = 0; i + 1 < work->spans->count; i++) {
        const ng_span *left = &work->spans->items[i], *right = left + 1;
        uint32_t ids[] = { work->spelling_of_span[i], work->spelling_of_span[i + 1] };
        const ng_spelling *first = &work->spellings[ids[0]];
        const ng_spelling *second = &work->spellings[ids[1]];
        char bytes[BETWEEN_BYTES];
        ng_view words;
        size_t known = 0;

        if (first->kind != second->kind || !can_be_alias(first) || !can_be_alias(second) ||
            ng_view_equal(first->name_folded, second->name_folded) ||
            !read_between(work->text, left->end_token, right->title_first, bytes, &words))
            continue;
        while (known < sizeof between / sizeof *between &&
               !ng_view_equal(words, ng_view_of(between[known])))
            known++;
        if (known == sizeof between / sizeof *between)
            continue;
        if (count_words(second->folded) > count_words(first->folded)) {
            const ng_spelling *shorter = first;

            first = second;
            second = shorter;
        }
        if (count_words(second->folded) == 1 &&
            (is_of_birth(words) || is_part_of_third(work, second, first)))
            continue;
        if (first->kind == NG_KIND_PERSON)
            link_persons(work, ids[0], ids[1]);
        else
            rename_place(work, second, first);
    }
}
