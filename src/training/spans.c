/* What of an annotation is compared: its class and its bare place.
 *
 * Corpora disagree on whether a title belongs to a name and an 's to what it follows; so both are
 * taken off on both sides. Any number of titles go, one after the other ("the President"), each
 * with its full stop and the white space behind it, as long as something of the name is left.
 * Letters are compared as Unicode's simple case folding does, which makes a few signs of other
 * alphabets equal to Latin letters; white space is all of Unicode's and the four information
 * separators. A span is a place in a text by code points: overlap and equality are about numbers
 * alone. */
#include "training_internal.h"

#include <assert.h>

static const struct {
    const char *type; /* in capitals */
    ng_score_class kind;
} types[] = {
    { "PER", NG_SCORE_PERSON },       { "PERSON", NG_SCORE_PERSON },
    { "LOC", NG_SCORE_PLACE },        { "GPE", NG_SCORE_PLACE },
    { "PLACE", NG_SCORE_PLACE },      { "COUNTRY", NG_SCORE_PLACE },
    { "ORG", NG_SCORE_ORGANIZATION }, { "ORGANIZATION", NG_SCORE_ORGANIZATION },
};

/* No two of these can be followed by a full stop or white space at one place, so their order says
 * nothing. */
static const char *const titles[] = {
    "the",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "lady",
    "lord",
    "president",
    "vice president",
    "prime minister",
    "minister",
    "chancellor",
    "general",
    "gen",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "captain",
    "capt",
    "colonel",
    "col",
    "judge",
    "justice",
    "aunt",
    "uncle",
    "madame",
    "father",
    "sgt",
    "lt",
    "rev",
    "m",
    "st",
};

static const struct {
    uint32_t first, last;
} spaces[] = {
    { 0x09, 0x0D },     { 0x1C, 0x20 },     { 0x85, 0x85 },     { 0xA0, 0xA0 },
    { 0x1680, 0x1680 }, { 0x2000, 0x200A }, { 0x2028, 0x2029 }, { 0x202F, 0x202F },
    { 0x205F, 0x205F }, { 0x3000, 0x3000 },
};

/* ---- classes ---- */

static char capital(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

/* Equal when letters of the type may be small? */
static bool is_type(ng_view type, const char *wanted, bool is_exact)
{
    size_t size = strlen(wanted);

    if (type.size != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if ((is_exact ? type.data[i] : capital(type.data[i])) != wanted[i])
            return false;
    return true;
}

bool ng_scored_kind(ng_view type, ng_annotation_form form, ng_score_class *kind_out)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!is_type(type, types[i].type, form == NG_ANNOTATION_ENTITIES))
            continue;
        *kind_out = types[i].kind;
        return true;
    }
    return false;
}

/* ---- trimming ---- */

static bool is_space(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (code_point >= spaces[i].first && code_point <= spaces[i].last)
            return true;
    return false;
}

static uint32_t code_point_at(const ng_annotated_document *document, size_t index)
{
    size_t start = document->bytes_at[index];
    size_t length = 0;

    assert(index < document->character_count);
    return ng_utf8_decode(document->text.data + start, document->text.size - start, &length);
}

/* The small Latin letter that a code point folds to, else the code point itself. */
static uint32_t fold(uint32_t code_point)
{
    switch (code_point) {
    case 0x130: /* capital I with dot */
    case 0x131: /* dotless i */
        return 'i';
    case 0x17F: /* long s */
        return 's';
    case 0x212A: /* kelvin sign */
        return 'k';
    default:
        return code_point >= 'A' && code_point <= 'Z' ? code_point - 'A' + 'a' : code_point;
    }
}

/* Where the name goes on behind this title, or `start` when the title does not stand there. */
static uint32_t skip_title(const ng_annotated_document *document, uint32_t start, uint32_t end,
                           const char *title)
{
    uint32_t at = start;
    uint32_t space = 0;

    for (; *title; title++, at++)
        if (at >= end || fold(code_point_at(document, at)) != (unsigned char)*title)
            return start;
    if (at < end && code_point_at(document, at) == '.')
        at++;
    for (space = at; at < end && is_space(code_point_at(document, at));)
        at++;
    return at > space && at < end ? at : start;
}

/* Where the name begins behind all its titles. */
static uint32_t skip_titles(const ng_annotated_document *document, uint32_t start, uint32_t end)
{
    size_t tried = 0;

    while (tried < sizeof titles / sizeof *titles) {
        uint32_t after = skip_title(document, start, end, titles[tried]);

        tried = after > start ? 0 : tried + 1;
        start = after;
    }
    return start;
}

/* True when the two code points before `end` are an apostrophe and an s. */
static bool is_possessive(const ng_annotated_document *document, uint32_t end)
{
    uint32_t apostrophe = code_point_at(document, end - 2);

    return code_point_at(document, end - 1) == 's' && (apostrophe == '\'' || apostrophe == 0x2019);
}

void ng_scored_trim(const ng_annotated_document *document, ng_scored_span *span)
{
    assert(span->start <= span->end && span->end <= document->character_count);
    if (span->kind == NG_SCORE_PERSON)
        span->start = skip_titles(document, span->start, span->end);
    if (span->end - span->start >= 2 && is_possessive(document, span->end))
        span->end -= 2;
}

/* ---- sets ---- */

/* Order of start, end, class. */
static int compare_spans(const void *a, const void *b, void *user)
{
    const ng_scored_span *one = a;
    const ng_scored_span *two = b;

    (void)user;
    if (one->start != two->start)
        return one->start < two->start ? -1 : 1;
    if (one->end != two->end)
        return one->end < two->end ? -1 : 1;
    return one->kind == two->kind ? 0 : one->kind < two->kind ? -1 : 1;
}

ng_status ng_scored_sort(ng_ctx *cx, ng_scored_span *spans, size_t *count)
{
    size_t kept = 0;
    ng_status status = ng_sort(cx, spans, *count, sizeof *spans, compare_spans, NULL);

    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || compare_spans(&spans[kept - 1], &spans[i], NULL) != 0)
            spans[kept++] = spans[i];
    *count = kept;
    return NG_OK;
}

/* How many of the sorted spans start before `place`. */
static size_t count_before(const ng_scored_span *spans, size_t count, uint32_t place)
{
    size_t low = 0;

    while (count > 0) {
        size_t half = count / 2;

        if (spans[low + half].start < place) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low;
}

/* Once the ends of `others` are the largest up to there, a span overlaps one of those that start
 * before its end exactly when the last of them ends behind its start. */
ng_status ng_scored_drop(ng_ctx *cx, ng_scored_span *spans, size_t *count, ng_scored_span *others,
                         size_t other_count)
{
    size_t kept = 0;
    ng_status status = ng_scored_sort(cx, others, &other_count);

    if (status != NG_OK)
        return status;
    for (size_t i = 1; i < other_count; i++)
        if (others[i].end < others[i - 1].end)
            others[i].end = others[i - 1].end;
    for (size_t i = 0; i < *count; i++) {
        size_t before = count_before(others, other_count, spans[i].end);

        if (before == 0 || others[before - 1].end <= spans[i].start)
            spans[kept++] = spans[i];
    }
    *count = kept;
    return NG_OK;
}
