/* Which spans could be names.
 *
 * A stretch is a run of words that may stand in names, with the words and hyphens that hold names
 * together between them. Every span of a stretch that begins and ends with a name word is a
 * candidate, up to NG_CANDIDATE_WORDS tokens, so the work is linear in the text. */
#include "mentions_internal.h"

/* Longest run of connectors inside a name: "of the", "for the". */
enum { CONNECTORS_MAX = 2 };

/* A longer stretch is a list or a text in capitals: only short spans are looked at there. */
enum { STRETCH_MAX = 24, SPAN_IN_LONG_STRETCH = 4 };

/* Appends a candidate; a full array is copied to one twice as large. */
static ng_status add(ng_ctx *cx, ng_arena *arena, ng_candidates *list, ng_candidate candidate)
{
    if (list->count == list->capacity) {
        size_t wanted = list->capacity * 2 + 64;
        ng_candidate *grown = ng_arena_array(cx, arena, wanted, sizeof *grown);
        if (!grown)
            return ng_arena_status(arena);
        if (list->count)
            memcpy(grown, list->items, list->count * sizeof *grown);
        list->items = grown;
        list->capacity = wanted;
    }
    list->items[list->count++] = candidate;
    return NG_OK;
}

/* True when token i may follow the token before it inside one name. */
static bool goes_on(const ng_reading *reading, uint32_t i, uint32_t sentence)
{
    const ng_token *token = &reading->text->tokens[i];
    uint32_t marks = reading->words[i].marks;

    if (token->sentence != sentence)
        return false;
    if (token->flags & NG_TOKEN_POSSESSIVE)
        return true;
    return (marks & (NG_WORD_NAME | NG_WORD_CONNECTOR)) != 0;
}

/* True when a dictionary phrase ends here although its last word is no name word. */
static bool ends_phrase(const ng_reading *reading, uint32_t first, uint32_t end)
{
    return (reading->words[end - 1].marks & (NG_WORD_ROMAN | NG_WORD_SUFFIX)) ||
           (end - first > 1 && ng_reading_match(reading, first, end) != NULL);
}

/* True when the span begins with an article that the dictionaries can do without: "the Kremlin". */
static bool has_idle_article(const ng_reading *reading, uint32_t first, uint32_t end)
{
    const ng_name_match *with, *without;

    if (end - first < 2 || !ng_reading_is_article(reading, first))
        return false;
    with = ng_reading_match(reading, first, end);
    without = ng_reading_match(reading, first + 1, end);
    return without && (!with || (with->classes & without->classes & NG_WHOLE_CLASSES));
}

/* Where spans may begin and how far they may go. */
typedef struct stretch {
    uint32_t first, end; /* tokens; spans begin at `first` and end before or at `end` */
    uint32_t span_max;   /* tokens of a span */
} stretch;

/* Lists the spans that begin at the first token of the stretch. */
static ng_status list_from(ng_ctx *cx, ng_arena *arena, const ng_reading *reading, stretch at,
                           ng_candidates *list)
{
    uint32_t first = at.first, connectors = 0;
    uint64_t key = 0;
    ng_status status = NG_OK;

    for (uint32_t end = first + 1; end <= at.end && end - first <= at.span_max; end++) {
        uint32_t marks = reading->words[end - 1].marks;
        key = ng_key_add(key, ng_token_text(reading->text, end - 1));
        connectors = marks & NG_WORD_NAME ? 0 : connectors + 1;
        if (connectors > CONNECTORS_MAX)
            break;
        if (!(marks & NG_WORD_NAME) && !ends_phrase(reading, first, end))
            continue;
        if (has_idle_article(reading, first, end))
            continue;
        status = add(cx, arena, list,
                     (ng_candidate){ .first = first,
                                     .end = end,
                                     .key = key,
                                     .match = ng_reading_match(reading, first, end),
                                     .best = NG_SCORE_NONE });
        if (status != NG_OK)
            return status;
    }
    return NG_OK;
}

/* True when a name can begin at the token: a name word, or a particle before one ("al-Assad"). */
static bool begins_name(const ng_reading *reading, uint32_t i)
{
    uint32_t marks = reading->words[i].marks;

    if (marks & NG_WORD_NAME)
        return true;
    if (!(marks & NG_WORD_PARTICLE) || i + 2 >= reading->text->token_count)
        return false;
    return (reading->words[i + 1].marks & NG_WORD_NAME) ||
           ((reading->words[i + 1].marks & (NG_WORD_LINKED | NG_WORD_CONNECTOR)) ==
                (NG_WORD_LINKED | NG_WORD_CONNECTOR) &&
            (reading->words[i + 2].marks & NG_WORD_NAME));
}

/* The run of tokens from here on that one name could be made of. */
static stretch find_stretch(const ng_reading *reading, uint32_t first)
{
    uint32_t sentence = reading->text->tokens[first].sentence, end = first + 1;

    while (end < reading->text->token_count && goes_on(reading, end, sentence))
        end++;
    return (stretch){ .first = first,
                      .end = end,
                      .span_max =
                          end - first > STRETCH_MAX ? SPAN_IN_LONG_STRETCH : NG_CANDIDATE_WORDS };
}

ng_status ng_candidates_list(ng_ctx *cx, ng_arena *arena, const ng_reading *reading,
                             ng_candidates *candidates_out)
{
    ng_candidates list = { 0 };
    stretch at = { 0 };
    ng_status status = NG_OK;

    list.capacity = reading->text->token_count / 4 + 64;
    list.items = ng_arena_array(cx, arena, list.capacity, sizeof *list.items);
    if (!list.items)
        return ng_arena_status(arena);
    for (uint32_t i = 0; i < reading->text->token_count && status == NG_OK; i++) {
        if (i >= at.end)
            at = find_stretch(reading, i);
        at.first = i;
        if (begins_name(reading, i))
            status = list_from(cx, arena, reading, at, &list);
    }
    if (status == NG_OK)
        *candidates_out = list;
    return status;
}
