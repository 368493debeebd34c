/* Patterns and the user's rules meet the candidates.
 *
 * A built-in pattern adds evidence to the candidate it found. A rule of the user decides: its span
 * becomes a candidate if it was none, with a score that nothing else reaches. Names to ignore are
 * taken out after the choice, so that no piece of them is found instead. */
#include "mentions_internal.h"

enum { RULE_SCORE = 1000000 };

/* Makes the kind of a rule the one that wins. */
static void force(ng_candidate *candidate, ng_kind kind)
{
    static const uint8_t scores[NG_KIND_COUNT] = { NG_SPAN_PERSON, NG_SPAN_PLACE, NG_SPAN_PLACE,
                                                   NG_SPAN_ORGANIZATION, NG_SPAN_DEMONYM };

    candidate->forced = (uint8_t)(kind + 1);
    for (size_t i = 0; i < NG_SPAN_COUNT; i++)
        candidate->score[i] = 0;
    if (scores[kind] < NG_SPAN_COUNT)
        candidate->score[scores[kind]] = RULE_SCORE;
    else
        candidate->score[NG_SPAN_ORGANIZATION] = RULE_SCORE;
}

/* First token that ends after the byte. */
static uint32_t token_at(const ng_text *text, uint32_t byte)
{
    size_t low = 0, high = text->token_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->tokens[middle].end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return (uint32_t)low;
}

static int compare_candidates(const void *a, const void *b, void *user)
{
    const ng_candidate *x = a, *y = b;

    (void)user;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return 0;
}

/* The candidate of these tokens, or NULL. */
static ng_candidate *find_candidate(const ng_candidates *list, size_t count, uint32_t first,
                                    uint32_t end)
{
    ng_candidate wanted = { .first = first, .end = end };
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_candidates(&wanted, &list->items[middle], NULL);
        if (order == 0)
            return &list->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

ng_feature ng_pattern_feature(uint8_t kind)
{
    return kind == NG_KIND_PERSON  ? NG_F_PATTERN_PERSON
           : kind == NG_KIND_PLACE ? NG_F_PATTERN_PLACE
                                   : NG_F_PATTERN_ORGANIZATION;
}

/* Adds the hint of a built-in pattern. */
static void hint(const ng_model *model, ng_candidate *candidate, uint8_t kind)
{
    ng_evidence evidence = { .count = 1 };

    evidence.items[0] = (uint16_t)ng_pattern_feature(kind);
    candidate->hint = (uint8_t)(kind + 1);
    ng_evidence_score(model, &evidence, candidate);
}

/* Makes the tokens of a user's pattern a candidate. */
static ng_candidate *append(const ng_reading *reading, ng_candidates *list, uint32_t first,
                            uint32_t end)
{
    ng_candidate *candidate = &list->items[list->count++];

    *candidate = (ng_candidate){ .first = first,
                                 .end = end,
                                 .match = ng_reading_match(reading, first, end),
                                 .best = NG_SPAN_NONE };
    for (uint32_t i = first; i < end; i++)
        candidate->key = ng_key_add(candidate->key, ng_token_text(reading->text, i));
    return candidate;
}

/* Makes room for one new candidate for each match. */
static ng_status make_room(ng_ctx *cx, ng_arena *arena, size_t more, ng_candidates *list)
{
    ng_candidate *grown;

    if (list->capacity - list->count >= more)
        return NG_OK;
    grown = ng_arena_array(cx, arena, list->count + more, sizeof *grown);
    if (!grown)
        return ng_arena_status(arena);
    if (list->count)
        memcpy(grown, list->items, list->count * sizeof *grown);
    list->items = grown;
    list->capacity = list->count + more;
    return NG_OK;
}

ng_status ng_rules_apply(ng_ctx *cx, const ng_model *model, const ng_patterns *patterns,
                         ng_arena *arena, const ng_reading *reading, ng_candidates *candidates)
{
    const ng_text *text = reading->text;
    ng_pattern_matches found = { 0 };
    size_t known = candidates->count;
    ng_status status = ng_patterns_find(cx, patterns, arena, text->text, &found);

    if (status == NG_OK)
        status = make_room(cx, arena, found.count, candidates);
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < known; i++) {
        const ng_name_entry *rule = ng_match_entry(candidates->items[i].match, NG_NAME_RULE);
        if (rule && rule->detail < NG_KIND_COUNT)
            force(&candidates->items[i], (ng_kind)rule->detail);
        else if (rule && candidates->items[i].match)
            candidates->items[i].is_known = true;
        else if (ng_candidate_is_cited(reading, &candidates->items[i]))
            hint(model, &candidates->items[i], NG_KIND_PERSON);
    }
    for (size_t i = 0; i < found.count; i++) {
        uint32_t first = token_at(text, found.items[i].start);
        uint32_t end = token_at(text, found.items[i].end - 1) + 1;
        ng_candidate *candidate = find_candidate(candidates, known, first, end);
        if (first >= end || end > text->token_count)
            continue;
        if (!candidate && found.items[i].is_rule)
            candidate = append(reading, candidates, first, end);
        if (!candidate)
            continue;
        if (found.items[i].is_rule)
            force(candidate, (ng_kind)found.items[i].kind);
        else
            hint(model, candidate, found.items[i].kind);
    }
    if (candidates->count == known)
        return NG_OK;
    return ng_sort(cx, candidates->items, candidates->count, sizeof *candidates->items,
                   compare_candidates, NULL);
}

ng_status ng_rules_ignore(ng_ctx *cx, const ng_reading *reading, ng_candidates *candidates)
{
    size_t rule_count = 0;
    const ng_rule *rules = ng_names_rules(reading->names, &rule_count);
    bool has_ignore = false;
    ng_buffer folded;
    ng_status status = NG_OK;

    for (size_t i = 0; i < rule_count; i++)
        has_ignore |= rules[i].verb == NG_RULE_IGNORE;
    if (!has_ignore)
        return NG_OK;
    ng_buffer_init(&folded, 1 << 20);
    for (size_t i = 0; i < candidates->count && status == NG_OK; i++) {
        ng_candidate *candidate = &candidates->items[i];
        const ng_token *tokens = reading->text->tokens;
        if (!candidate->is_chosen)
            continue;
        folded.size = 0;
        status = ng_utf8_fold(cx,
                              ng_view_part(reading->text->text, tokens[candidate->first].start,
                                           tokens[candidate->end - 1].end),
                              &folded);
        if (status == NG_OK &&
            ng_names_rule(reading->names, NG_RULE_IGNORE, ng_buffer_view(&folded)))
            candidate->is_chosen = false;
    }
    ng_buffer_destroy(cx, &folded);
    return status;
}
