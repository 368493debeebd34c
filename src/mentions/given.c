/* Mentions that another program found: they take the place of the tagger's, the rest of the way is
 * the same. What the dictionaries know of a place (that it is a country, and which) and the title
 * before a person are looked up as for our own. */
#include "mentions_internal.h"

/* The tokens that a mention covers, wholly or in part: [first, end); none when first == end. */
static void cover(const ng_text *text, const ng_given_mention *given, uint32_t *next,
                  ng_candidate *candidate)
{
    uint32_t count = (uint32_t)text->token_count;

    while (*next < count && text->tokens[*next].end <= given->start)
        ++*next;
    candidate->first = candidate->end = *next;
    while (candidate->end < count && text->tokens[candidate->end].start < given->end)
        candidate->end++;
}

/* True when a title that begins in the mention ends with the token: not "M." in "Adam M. Walton",
 * not "Min-" in "Kim Min-woo". */
static bool ends_title(const ng_reading *reading, uint32_t first, uint32_t token)
{
    uint32_t title = reading->words[token + 1].title_first;

    if (title < first || title > token || reading->words[token + 1].marks & NG_WORD_CONNECTOR)
        return false;
    return title == first || !(reading->text->tokens[title].flags & NG_TOKEN_INITIAL);
}

/* Leaves out of a person's mention what stands before the name: an article, words in small letters
 * and titles ("the late Captain Ashburnham"), unless nothing remains. */
static void trim_person(const ng_reading *reading, ng_candidate *candidate)
{
    const ng_token *tokens = reading->text->tokens;
    uint32_t first = candidate->first;

    for (uint32_t i = first; i + 1 < candidate->end; i++) {
        bool is_small =
            !(tokens[i].flags & NG_TOKEN_CAPITAL) && !(reading->words[i].marks & NG_WORD_PARTICLE);

        if (i == first && (is_small || ng_reading_is_article(reading, i)))
            first = i + 1;
        else if (ends_title(reading, candidate->first, i))
            first = i + 1;
    }
    candidate->first = first;
}

/* True when the candidate before covers the same tokens. */
static bool is_same(const ng_candidates *list, const ng_candidate *candidate)
{
    const ng_candidate *last = &list->items[list->count - (list->count > 0)];

    return list->count > 0 && last->first == candidate->first && last->end == candidate->end;
}

/* What a mention is chosen as. */
static void take_kind(const ng_given_mention *given, ng_candidate *candidate)
{
    static const uint8_t spans[NG_KIND_COUNT] = { [NG_KIND_PERSON] = NG_SPAN_PERSON,
                                                  [NG_KIND_COUNTRY] = NG_SPAN_PLACE,
                                                  [NG_KIND_PLACE] = NG_SPAN_PLACE,
                                                  [NG_KIND_ORGANIZATION] = NG_SPAN_ORGANIZATION,
                                                  [NG_KIND_PEOPLE] = NG_SPAN_DEMONYM };

    candidate->best = given->is_demonym ? NG_SPAN_DEMONYM : spans[given->kind];
    if (!given->is_demonym && (given->kind == NG_KIND_COUNTRY || given->kind == NG_KIND_PEOPLE))
        candidate->forced = (uint8_t)(given->kind + 1);
    candidate->is_chosen = true;
    candidate->chance = given->confidence;
}

ng_status ng_spans_take(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena, const ng_text *text,
                        const ng_given_mention *given, size_t count, ng_spans *spans_out)
{
    ng_reading reading;
    ng_candidates list = { 0 };
    uint32_t next = 0;
    ng_status status = ng_reading_make(cx, scratch, arena, text, &reading);

    if (status != NG_OK)
        return status;
    list.items = ng_arena_array(cx, arena, count + 1, sizeof *list.items);
    if (!list.items)
        return ng_arena_status(arena);
    for (size_t i = 0; i < count; i++) {
        ng_candidate candidate = { .first = 0 };

        cover(text, &given[i], &next, &candidate);
        if (given[i].kind == NG_KIND_PERSON && candidate.end > candidate.first)
            trim_person(&reading, &candidate);
        if (candidate.first == candidate.end || is_same(&list, &candidate))
            continue;
        candidate.match = ng_reading_match(&reading, candidate.first, candidate.end);
        take_kind(&given[i], &candidate);
        list.items[list.count++] = candidate;
    }
    status = ng_rules_ignore(cx, &reading, &list);
    if (status != NG_OK)
        return status;
    ng_namesakes_tell(&reading, &list);
    return ng_label_spans(cx, arena, &reading, &list, spans_out);
}
