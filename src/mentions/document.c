/* What the rest of the document says about a name.
 *
 * After a first pass the spans it chose are remembered: the last words of persons' full names
 * ("Yadlin" after "Amos Yadlin"), their first words, and which kind each name was taken for how
 * strongly. The second pass reads that as evidence, so one name tends to one kind in a document
 * unless its context says otherwise. Words that also occur in lower case are remembered too: a
 * capital at the start of a sentence means nothing for them.
 *
 * Names are compared by a 64-bit hash without regard to ASCII case. */
#include "tagger_internal.h"

enum { SURE_SCORE = 60, SCORE_CAP = 600, CLEAR_MARGIN = 300, SLOTS_MIN = 16 };

typedef struct slot {
    uint64_t key; /* 0: free */
    int64_t score[NG_SPAN_COUNT];
    uint16_t surname_count, forename_count, inside_count;
} slot;

struct ng_memory {
    slot *slots;
    size_t mask;
    const ng_scratch *scratch; /* knows which words stand in lower case, too */
};

uint64_t ng_key_add(uint64_t key, ng_view text)
{
    uint64_t hash = key ^ 0x9E3779B97F4A7C15u;

    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '.')
            continue;
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c | 32);
        hash = (hash ^ c) * 0x100000001B3u;
    }
    hash ^= hash >> 29;
    return hash | 1;
}

/* The slot of a key, made when `is_new_allowed`; NULL when it is not there. */
static slot *find_slot(const ng_memory *memory, uint64_t key, bool is_new_allowed)
{
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & memory->mask;

    while (memory->slots[at].key && memory->slots[at].key != key)
        at = (at + 1) & memory->mask;
    if (!memory->slots[at].key) {
        if (!is_new_allowed)
            return NULL;
        memory->slots[at].key = key;
    }
    return &memory->slots[at];
}

static void count_up(uint16_t *count)
{
    if (*count < UINT16_MAX)
        ++*count;
}

/* A score that counts at most so much. */
static int32_t cap(int32_t score)
{
    return score > SCORE_CAP ? SCORE_CAP : score;
}

/* A score between the bounds, so that one span does not speak for all. */
static int32_t clamp(int32_t score)
{
    return score < -SCORE_CAP ? -SCORE_CAP : cap(score);
}

/* Remembers the ends of a person's full name as surnames and its first word as a forename. */
static void remember_person(const ng_memory *memory, const ng_reading *reading,
                            const ng_candidate *person)
{
    const ng_word *words = reading->words;
    uint32_t end = person->end;

    while (end > person->first + 1 &&
           (words[end - 1].marks & NG_WORD_SUFFIX ||
            (words[end - 1].marks & NG_WORD_ROMAN && end - person->first > 2)))
        end--;
    if (end - person->first < 2)
        return;
    count_up(&find_slot(memory, ng_key_add(0, ng_token_text(reading->text, person->first)), true)
                  ->forename_count);
    for (uint32_t first = person->first + 1; first < end; first++) {
        uint64_t key = 0;
        if (!(words[first].marks & (NG_WORD_NAME | NG_WORD_PARTICLE)) ||
            (reading->text->tokens[first].flags & NG_TOKEN_INITIAL))
            continue;
        for (uint32_t i = first; i < end; i++)
            key = ng_key_add(key, ng_token_text(reading->text, i));
        count_up(&find_slot(memory, key, true)->surname_count);
    }
}

/* Remembers one chosen span. */
static void remember(const ng_memory *memory, const ng_reading *reading,
                     const ng_candidate *candidate)
{
    int32_t score;

    if (candidate->best >= NG_SPAN_COUNT)
        return;
    score = candidate->score[candidate->best];
    find_slot(memory, candidate->key, true)->score[candidate->best] += cap(score);
    if (score < SURE_SCORE || candidate->end - candidate->first < 2)
        return;
    if (candidate->best == NG_SPAN_PERSON)
        remember_person(memory, reading, candidate);
    if (candidate->best == NG_SPAN_ORGANIZATION)
        for (uint32_t i = candidate->first; i < candidate->end; i++)
            if (reading->words[i].marks & NG_WORD_NAME)
                count_up(&find_slot(memory, ng_key_add(0, ng_token_text(reading->text, i)), true)
                              ->inside_count);
}

ng_status ng_memory_make(ng_ctx *cx, ng_arena *arena, const ng_scratch *scratch,
                         const ng_reading *reading, const ng_candidates *candidates,
                         ng_memory **memory_out)
{
    ng_memory *memory = ng_arena_array(cx, arena, 1, sizeof *memory);
    size_t wanted = SLOTS_MIN, keys = 0;

    /* a name is remembered itself, and each of its words */
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].is_chosen)
            keys += 1 + (size_t)(candidates->items[i].end - candidates->items[i].first);
    while (wanted < keys * 2)
        wanted *= 2;
    if (memory)
        memory->slots = ng_arena_array(cx, arena, wanted, sizeof *memory->slots);
    if (!memory || !memory->slots)
        return ng_arena_status(arena);
    memory->mask = wanted - 1;
    memory->scratch = scratch;
    for (size_t i = 0; i < candidates->count; i++) {
        const ng_candidate *candidate = &candidates->items[i];
        if (candidate->is_chosen)
            remember(memory, reading, candidate);
    }
    *memory_out = memory;
    return NG_OK;
}

static void say(ng_evidence *evidence, ng_feature feature)
{
    if (evidence->count < NG_FEATURES_MAX)
        evidence->items[evidence->count++] = (uint16_t)feature;
}

/* Says which kind the same name was taken for elsewhere. */
static void collect_same(const slot *found, const ng_candidate *candidate, ng_evidence *evidence)
{
    static const ng_feature single[] = { NG_F_DOC_PERSON, NG_F_DOC_PLACE, NG_F_DOC_ORGANIZATION };
    static const ng_feature several[] = { NG_F_DOC_SAME_PERSON, NG_F_DOC_SAME_PLACE,
                                          NG_F_DOC_SAME_ORGANIZATION };
    int64_t best = 0;
    size_t best_kind = NG_SPAN_COUNT;

    for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++) {
        int64_t elsewhere = found->score[kind];
        if (candidate->is_chosen && candidate->best == kind)
            elsewhere -= cap(candidate->score[kind]);
        if (elsewhere > best) {
            best = elsewhere;
            best_kind = kind;
        }
    }
    if (best_kind < NG_SPAN_COUNT)
        say(evidence,
            candidate->end - candidate->first == 1 ? single[best_kind] : several[best_kind]);
}

/* True when the word before or after may belong to the same name: "Muhammad Ali" is not read as
 * two persons because both words are known from it. */
static bool is_cut(const ng_reading *reading, const ng_candidate *candidate)
{
    const ng_word *words = reading->words;
    const ng_token *tokens = reading->text->tokens;
    uint32_t sentence = tokens[candidate->first].sentence, before = candidate->first;
    uint32_t after = candidate->end;

    if (after < reading->text->token_count && tokens[after].sentence == sentence &&
        (words[after].marks & (NG_WORD_NAME | NG_WORD_DEMONYM)) == NG_WORD_NAME)
        return true;
    return before > 0 && tokens[before - 1].sentence == sentence &&
           (words[before - 1].marks & (NG_WORD_NAME | NG_WORD_DEMONYM)) == NG_WORD_NAME &&
           words[before].title_first == before;
}

/* "George Washington went to Washington": there the name alone does not decide. */
static bool is_known_place(const ng_candidate *candidate)
{
    const uint32_t places = 1u << NG_NAME_COUNTRY | 1u << NG_NAME_METONYM;

    return candidate->match && candidate->match->classes & places;
}

/* "to Washington", "In Paris": there a name that is also a person's is the place. */
static bool follows_preposition(const ng_reading *reading, const ng_candidate *candidate)
{
    static const ng_view before[] = { { "to", 2 },   { "in", 2 },   { "In", 2 },   { "from", 4 },
                                      { "From", 4 }, { "into", 4 }, { "near", 4 }, { "Near", 4 },
                                      { "at", 2 },   { "At", 2 } };
    uint32_t first = candidate->first;

    if (first == 0 ||
        reading->text->tokens[first - 1].sentence != reading->text->tokens[first].sentence)
        return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (ng_view_equal(ng_token_text(reading->text, first - 1), before[i]))
            return true;
    return false;
}

/* A word that no dictionary has as ordinary opens a sentence and stands in lower case elsewhere. */
static bool is_written_small(const ng_memory *memory, const ng_reading *reading,
                             const ng_candidate *candidate)
{
    const ng_word *word = &reading->words[candidate->first];

    return candidate->end == candidate->first + 1 && word->marks & NG_WORD_START &&
           word->lower_share == 0 &&
           ng_scratch_twin(memory->scratch, reading->ids[candidate->first]).small > 0;
}

void ng_memory_collect(const ng_memory *memory, const ng_reading *reading,
                       const ng_candidate *candidate, ng_evidence *evidence_out)
{
    const slot *found = find_slot(memory, candidate->key, false);
    bool is_piece;

    evidence_out->count = 0;
    if (is_written_small(memory, reading, candidate))
        say(evidence_out, NG_F_DOC_LOWER);
    if (!found)
        return;
    if (is_known_place(candidate) && follows_preposition(reading, candidate))
        return;
    is_piece = is_cut(reading, candidate);
    if (is_piece && candidate->end - candidate->first == 1)
        return;
    if (found->surname_count && !is_piece)
        say(evidence_out, is_known_place(candidate) ? NG_F_DOC_SURNAME_OR_PLACE : NG_F_DOC_SURNAME);
    else if (found->forename_count)
        say(evidence_out, NG_F_DOC_FORENAME);
    if (found->inside_count && !found->surname_count)
        say(evidence_out, NG_F_DOC_INSIDE_ORGANIZATION);
    collect_same(found, candidate, evidence_out);
}

/* The kind that all spans of a name together speak for. */
static uint8_t common_kind(const slot *found)
{
    uint8_t best = 0;

    for (uint8_t kind = 1; kind < NG_SPAN_COUNT; kind++)
        if (found->score[kind] > found->score[best])
            best = kind;
    return best;
}

/* True for a span whose kind the document may change. */
static bool may_agree(const ng_candidate *candidate)
{
    return candidate->is_chosen && candidate->best < NG_SPAN_COUNT && !candidate->forced;
}

ng_status ng_memory_agree(ng_ctx *cx, ng_arena *arena, const ng_candidates *candidates)
{
    ng_memory memory = { 0 };
    size_t wanted = SLOTS_MIN, chosen = 0;

    for (size_t i = 0; i < candidates->count; i++)
        chosen += may_agree(&candidates->items[i]);
    while (wanted < chosen * 2)
        wanted *= 2;
    memory.slots = ng_arena_array(cx, arena, wanted, sizeof *memory.slots);
    if (!memory.slots)
        return ng_arena_status(arena);
    memory.mask = wanted - 1;
    for (size_t i = 0; i < candidates->count; i++) {
        const ng_candidate *candidate = &candidates->items[i];
        slot *found = may_agree(candidate) ? find_slot(&memory, candidate->key, true) : NULL;
        for (size_t kind = 0; found && kind < NG_SPAN_COUNT; kind++)
            found->score[kind] += clamp(candidate->score[kind]);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        ng_candidate *candidate = &candidates->items[i];
        uint8_t kind;
        if (!may_agree(candidate))
            continue;
        kind = common_kind(find_slot(&memory, candidate->key, false));
        if (candidate->score[candidate->best] - candidate->score[kind] < CLEAR_MARGIN)
            candidate->best = kind;
    }
    return NG_OK;
}
