/* Whether two parsed names can be one person's.
 *
 * The answer is made of things that forbid (another forename, generation, gender, middle name) and
 * of one thing that speaks for it (the same words, an initial, a nickname, a part of the name).
 * Without the second there is no fit either. The relation is symmetric and knows nothing of the
 * document: that a bare "Clinton" fits two people is for merge.c to see. */
#include "actors_internal.h"

static const char part_of_name[] = "part-of-name";

/* One letter: an initial. */
static bool is_initial(ng_view given)
{
    return ng_utf8_count(given) == 1;
}

/* True when the first letter of `word` is the initial. */
static bool has_initial(ng_view word, ng_view initial)
{
    return ng_view_starts(word, initial);
}

/* True when one forename is short for the other, or both for the same. */
static bool is_nickname(const ng_person *a, const ng_person *b)
{
    for (size_t i = 0; i < a->nickname_count; i++) {
        if (ng_view_equal(a->nicknames[i], b->given[0]))
            return true;
        for (size_t j = 0; j < b->nickname_count; j++)
            if (ng_view_equal(a->nicknames[i], b->nicknames[j]))
                return true;
    }
    for (size_t j = 0; j < b->nickname_count; j++)
        if (ng_view_equal(b->nicknames[j], a->given[0]))
            return true;
    return false;
}

/* The gender that a name tells; the title counts before the forename. */
static char gender_of(const ng_person *person, bool counts_forename)
{
    return person->title_gender || !counts_forename ? person->title_gender
                                                    : person->forename_gender;
}

/* "Mrs. Joe Gargery" is not Joe Gargery: she goes by her husband's name. */
static bool is_wife_of(const ng_person *wife, const ng_person *husband)
{
    return wife->marital == 'm' && wife->forename_gender == 'm' && wife->given_count > 0 &&
           husband->given_count > 0 && husband->title_gender != 'f';
}

bool ng_person_genders_clash(const ng_person *a, const ng_person *b)
{
    bool same_forename =
        a->given_count > 0 && b->given_count > 0 && ng_view_equal(a->given[0], b->given[0]);
    char left = gender_of(a, !same_forename);
    char right = gender_of(b, !same_forename);

    if (is_wife_of(a, b) || is_wife_of(b, a))
        return true;
    return left && right && left != right;
}

/* The same where the shorter name is a part of the longer: what stands for a forename in "Da
 * Silva" is none. */
static bool parts_clash(const ng_person *a, const ng_person *b)
{
    const ng_person *shorter = a->word_count < b->word_count ? a : b;
    char left = gender_of(shorter, false);
    char right = gender_of(shorter == a ? b : a, true);

    return left && right && left != right;
}

/* How two words for one forename or middle name go together; NULL: they do not. */
static const char *fit_given(ng_view a, ng_view b)
{
    if (ng_view_equal(a, b))
        return "same-name";
    if ((is_initial(a) && has_initial(b, a)) || (is_initial(b) && has_initial(a, b)))
        return "initial";
    return NULL;
}

/* The forenames and middle names of two names with one surname. */
static ng_fit fit_forenames(const ng_person *a, const ng_person *b)
{
    size_t shared = a->given_count < b->given_count ? a->given_count : b->given_count;
    const char *reason = fit_given(a->given[0], b->given[0]);

    if (!reason && is_nickname(a, b))
        reason = "nickname";
    if (!reason)
        return (ng_fit){ false, "forename" };
    for (size_t i = 1; i < shared; i++) {
        const char *middle = fit_given(a->given[i], b->given[i]);

        if (!middle)
            return (ng_fit){ false, "middle-name" };
        if (middle[0] == 'i' && reason[0] == 's')
            reason = "initial";
    }
    if (a->given_count != b->given_count && reason[0] == 's')
        reason = "middle-name";
    return (ng_fit){ true, reason };
}

/* True when nobody is called the word: it is no forename, so it does not begin a name. */
static bool is_no_forename(const ng_names *names, ng_view word)
{
    return (ng_names_classes(names, word) & (1u << NG_NAME_FORENAME)) == 0;
}

/* True when `shorter` ends `longer`: it is its whole family name ("Van Gogh", "Al Assad"), or a
 * double surname ("Garcia Marquez"), which nobody could take for forename and surname. */
static bool is_end(const ng_names *names, const ng_person *shorter, const ng_person *longer)
{
    if (ng_view_equal(shorter->words, longer->family))
        return true;
    if (longer->has_article)
        return shorter->given_count == 1 && ng_view_equal(shorter->surname, longer->surname) &&
               (ng_view_equal(shorter->given[0], NG_VIEW("al")) ||
                ng_view_equal(shorter->given[0], NG_VIEW("el")));
    return longer->family.size == longer->surname.size &&
           !memchr(longer->surname.data, ' ', longer->surname.size) &&
           is_no_forename(names, shorter->given[0]);
}

/* True when `shorter` is the beginning or the end of `longer`, whole words, and the cut does not
 * go between names of two people: "Garcia Marquez" is a part of "Gabriel Garcia Marquez", "Pierre
 * Charles" of "Pierre Charles L'Enfant", "Paul Ryan" is no part of "John Paul Ryan". */
static bool is_part(const ng_names *names, const ng_person *shorter, const ng_person *longer)
{
    ng_view part = shorter->words;
    ng_view whole = longer->words;

    if (shorter->word_count < 2 || part.size + 1 >= whole.size)
        return false;
    if (ng_view_ends(whole, part) && whole.data[whole.size - part.size - 1] == ' ')
        return is_end(names, shorter, longer);
    return ng_view_starts(whole, part) && whole.data[part.size] == ' ' && shorter->surname.size > 1;
}

/* "Higuchi Ichiyo" and "Ichiyo Higuchi": two words, the surname first or last. */
static bool is_turned(const ng_person *a, const ng_person *b)
{
    return a->word_count == 2 && b->word_count == 2 && a->given_count == 1 && b->given_count == 1 &&
           ng_view_equal(a->given[0], b->surname) && ng_view_equal(a->surname, b->given[0]);
}

/* Two names with forename (or initial) and surname. */
static ng_fit fit_full(const ng_names *names, const ng_person *a, const ng_person *b)
{
    ng_fit fit = { false, "surname" };
    bool particles_agree = a->particles.size == 0 || b->particles.size == 0 ||
                           ng_view_equal(a->particles, b->particles);

    if (ng_view_equal(a->surname, b->surname) && particles_agree)
        fit = fit_forenames(a, b);
    if (!fit.is_compatible && (is_part(names, a, b) || is_part(names, b, a)))
        fit = (ng_fit){ true, part_of_name };
    if (!fit.is_compatible && is_turned(a, b))
        fit = (ng_fit){ true, "turned" };
    return fit;
}

/* "John D." and a full name. */
static ng_fit fit_letter(const ng_person *letter, const ng_person *full)
{
    if (!ng_view_equal(letter->given[0], full->given[0]))
        return (ng_fit){ false, "forename" };
    if (!has_initial(full->surname, letter->surname))
        return (ng_fit){ false, "surname" };
    return (ng_fit){ true, "surname-initial" };
}

/* A bare name and one with a forename. */
static ng_fit fit_single(const ng_person *single, const ng_person *other)
{
    bool is_surname =
        other->shape == NG_SHAPE_FULL &&
        (ng_view_equal(single->family, other->family) ||
         (single->particles.size == 0 && ng_view_equal(single->surname, other->surname)));

    if (is_surname)
        return (ng_fit){ true, "surname" };
    if (other->given_count > 0 && ng_view_equal(single->family, other->given[0]))
        return (ng_fit){ true, "forename" };
    for (size_t i = 0; i < single->nickname_count && other->given_count > 0; i++)
        if (ng_view_equal(single->nicknames[i], other->given[0]))
            return (ng_fit){ true, "nickname" };
    if (other->shape == NG_SHAPE_FULL && other->has_first_surname &&
        ng_view_equal(single->family, other->given[other->given_count - 1]))
        return (ng_fit){ true, "first-surname" };
    return (ng_fit){ false, "surname" };
}

/* The same by shape; a is of the fuller shape. */
static ng_fit fit_shapes(const ng_names *names, const ng_person *a, const ng_person *b)
{
    if (a->shape == NG_SHAPE_WHOLE || b->shape == NG_SHAPE_WHOLE)
        return (ng_fit){ false, "surname" };
    if (a->shape == NG_SHAPE_FULL && b->shape == NG_SHAPE_FULL)
        return fit_full(names, a, b);
    if (b->shape == NG_SHAPE_SINGLE && a->shape != NG_SHAPE_SINGLE)
        return fit_single(b, a);
    if (a->shape == NG_SHAPE_FULL)
        return fit_letter(b, a);
    if (ng_view_equal(a->family, b->family) || ng_view_equal(a->surname, b->surname))
        return (ng_fit){ true, "same-name" };
    return (ng_fit){ false, "surname" };
}

ng_fit ng_person_fit(const ng_names *names, const ng_person *a, const ng_person *b)
{
    ng_fit fit;

    if (ng_view_equal(a->key, b->key))
        fit = (ng_fit){ true, "same-name" };
    else if (a->shape <= b->shape)
        fit = fit_shapes(names, a, b);
    else
        fit = fit_shapes(names, b, a);
    if (fit.is_compatible && a->generation && b->generation && a->generation != b->generation)
        return (ng_fit){ false, "generation" };
    if (fit.is_compatible &&
        (fit.reason == part_of_name ? parts_clash(a, b) : ng_person_genders_clash(a, b)))
        return (ng_fit){ false, "gender" };
    return fit;
}
