/* One name, perhaps two people: documents that have nothing in common but the name are told.
 *
 * Of each person with forename and surname a few documents are remembered (bottom-k by a hash of
 * the document, so that the order of documents does not matter): what work the person is said to
 * have there, and who and which countries are named beside. Documents that share any of these are
 * taken to speak of one person, and so are those that such documents link. What falls apart into
 * several groups with different work is noted in the ledger; nothing is split. */
#include "blocks.h"

#include <assert.h>

enum {
    SKETCHES_MAX = 6, /* documents remembered of one person */
    ROLES_MAX = 4,
    MARKS_MAX = 16, /* companions and countries of one document */
    ROLE_TOKENS = 5 /* looked at behind "Markus Braun, the" */
};

/* What one document says about a person. */
struct ng_sketch {
    uint64_t rank;
    uint32_t document; /* a string */
    uint32_t roles[ROLES_MAX];
    uint64_t marks[MARKS_MAX]; /* hashes, the smallest, sorted */
    uint8_t role_count, mark_count;
};

/* ---- while documents are added ---- */

/* Puts a hash among the smallest, sorted, without repeats. */
static void add_mark(ng_sketch *sketch, uint64_t mark)
{
    size_t at = sketch->mark_count;

    for (size_t i = 0; i < sketch->mark_count; i++)
        if (sketch->marks[i] == mark)
            return;
    if (at == MARKS_MAX) {
        if (mark > sketch->marks[at - 1])
            return;
        at--;
    } else {
        sketch->mark_count++;
    }
    while (at > 0 && sketch->marks[at - 1] > mark) {
        sketch->marks[at] = sketch->marks[at - 1];
        at--;
    }
    sketch->marks[at] = mark;
}

/* True for "mr" and the like. */
static bool is_honorific(const ng_names *names, ng_view folded)
{
    const ng_name_entry *entry = ng_names_get(names, folded, NG_NAME_TITLE);

    return entry && ng_view_equal(entry->value, NG_VIEW("honorific"));
}

/* Adds a word for somebody's work, folded; Mr. and Mrs. tell none. */
static ng_status add_role(ng_ctx *cx, ng_builder *builder, ng_view word, ng_sketch *sketch)
{
    ng_buffer folded;
    uint32_t role = 0;
    ng_status status = NG_OK;

    if (word.size < 3 || sketch->role_count == ROLES_MAX)
        return NG_OK;
    ng_buffer_init(&folded, SIZE_MAX / 2);
    status = ng_utf8_fold(cx, word, &folded);
    if (status == NG_OK && is_honorific(builder->names, ng_buffer_view(&folded))) {
        ng_buffer_destroy(cx, &folded);
        return NG_OK;
    }
    if (status == NG_OK)
        status = ng_intern_add(cx, builder->strings, ng_buffer_view(&folded), &role);
    ng_buffer_destroy(cx, &folded);
    for (size_t i = 0; i < sketch->role_count && status == NG_OK; i++)
        if (sketch->roles[i] == role)
            return NG_OK;
    if (status == NG_OK)
        sketch->roles[sketch->role_count++] = role;
    return status;
}

static bool is_article(ng_view word)
{
    return ng_view_equal(word, NG_VIEW("a")) || ng_view_equal(word, NG_VIEW("an")) ||
           ng_view_equal(word, NG_VIEW("the"));
}

/* The last word of what follows the name as "Markus Braun, a retired dentist in Graz": the work.
 * Empty when nothing of the kind follows. */
static ng_view role_behind(const ng_text *text, uint32_t end)
{
    ng_view role = NG_VIEW_NONE;
    uint32_t i = end;

    if (i + 2 >= text->token_count || !ng_view_equal(ng_token_text(text, i), NG_VIEW(",")) ||
        !is_article(ng_token_text(text, i + 1)))
        return role;
    for (i += 2; i < text->token_count && i < end + 2 + ROLE_TOKENS; i++) {
        ng_view word = ng_token_text(text, i);
        uint32_t flags = text->tokens[i].flags;

        if (!(flags & NG_TOKEN_WORD) || flags & (NG_TOKEN_CAPITAL | NG_TOKEN_POSSESSIVE) ||
            ng_view_equal(word, NG_VIEW("of")) || ng_view_equal(word, NG_VIEW("in")) ||
            ng_view_equal(word, NG_VIEW("who")) || ng_view_equal(word, NG_VIEW("and")) ||
            ng_view_equal(word, NG_VIEW("at")) || ng_view_equal(word, NG_VIEW("for")) ||
            ng_view_equal(word, NG_VIEW("from")))
            break;
        role = word;
    }
    return role;
}

/* The word of a title that tells the work: "secretary" of "Secretary of State", "minister" of
 * "Prime Minister"; empty for what is cut short: the same person may be "Sen." and "Dr." */
static ng_view role_before(const ng_text *text, const ng_span *span)
{
    ng_view word;

    for (uint32_t i = span->title_first + 1; i < span->first_token; i++)
        if (ng_view_equal(ng_token_text(text, i), NG_VIEW("of")))
            return ng_token_text(text, i - 1);
    word = ng_token_text(text, span->first_token - 1);
    return word.size > 0 && word.data[word.size - 1] == '.' ? NG_VIEW_NONE : word;
}

/* Adds what stands about a person's name: the work that the title tells, and that behind the name.
 */
static ng_status read_roles(ng_ctx *cx, ng_builder *builder, const ng_text *text,
                            const ng_span *span, ng_sketch *sketch)
{
    ng_status status = NG_OK;

    if (span->title_first < span->first_token)
        status = add_role(cx, builder, role_before(text, span), sketch);
    if (status == NG_OK)
        status = add_role(cx, builder, role_behind(text, span->end_token), sketch);
    return status;
}

/* Marks the country in which the largest city of this name lies, if there is one. */
static ng_status mark_country(ng_ctx *cx, const ng_names *names, ng_view label, ng_sketch *all)
{
    const ng_name_entry *entries = NULL;
    ng_buffer folded;
    size_t count = 0;
    ng_status status = NG_OK;

    ng_buffer_init(&folded, SIZE_MAX / 2);
    status = ng_utf8_fold(cx, label, &folded);
    if (status == NG_OK)
        count = ng_names_find(names, ng_buffer_view(&folded), &entries);
    for (size_t i = 0; i < count; i++)
        if (entries[i].class_ == NG_NAME_CITY) {
            add_mark(all, ng_hash(entries[i].country, 1));
            break;
        }
    ng_buffer_destroy(cx, &folded);
    return status;
}

/* Marks everybody and every country of the document. */
static ng_status read_marks(ng_ctx *cx, const ng_builder *builder, const ng_cast *cast,
                            ng_sketch *all)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < cast->actor_count && status == NG_OK; i++) {
        const ng_actor *actor = &cast->actors[i];

        if (actor->kind == NG_KIND_COUNTRY) {
            add_mark(all, ng_hash((ng_view){ actor->code, strnlen(actor->code, 8) }, 1));
            continue;
        }
        add_mark(all, ng_hash(actor->id, 0));
        if (actor->kind == NG_KIND_PLACE)
            status = mark_country(cx, builder->names, actor->label, all);
    }
    return status;
}

/* Keeps a sketch among those of least rank. */
static ng_status keep(ng_ctx *cx, ng_node_sum *node, const ng_sketch *sketch)
{
    size_t worst = 0;

    if (!node->sketches) {
        node->sketches = ng_alloc(cx, SKETCHES_MAX * sizeof *node->sketches);
        if (!node->sketches)
            return ng_fail(cx, NG_E_MEMORY, "no memory for what is told of persons");
    }
    if (node->sketch_count < SKETCHES_MAX) {
        node->sketches[node->sketch_count++] = *sketch;
        return NG_OK;
    }
    for (size_t i = 1; i < SKETCHES_MAX; i++)
        if (node->sketches[i].rank > node->sketches[worst].rank)
            worst = i;
    if (sketch->rank < node->sketches[worst].rank)
        node->sketches[worst] = *sketch;
    return NG_OK;
}

ng_status ng_namesakes_note(ng_ctx *cx, ng_builder *builder, const ng_source_document *document,
                            const ng_text *text, const ng_spans *spans, const ng_cast *cast,
                            const uint32_t *nodes)
{
    ng_sketch all = { .rank = ng_hash(document->id, 2) };
    ng_sketch *sketches = NULL;
    bool has_person = false;
    ng_status status = NG_OK;

    for (size_t i = 0; i < cast->actor_count; i++)
        has_person |= nodes[i] != NG_NO_TEXT && builder->nodes[nodes[i]].group != NG_NO_TEXT;
    if (!has_person)
        return NG_OK;
    sketches = ng_alloc(cx, cast->actor_count * sizeof *sketches);
    if (!sketches)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", cast->actor_count);
    status = read_marks(cx, builder, cast, &all);
    if (status == NG_OK)
        status = ng_intern_add(cx, builder->strings, document->id, &all.document);
    for (size_t i = 0; i < cast->actor_count; i++)
        sketches[i] = all;
    for (size_t i = 0; i < spans->count && status == NG_OK; i++) {
        uint32_t actor = cast->of_span[i];

        if (actor != NG_NO_ACTOR && nodes[actor] != NG_NO_TEXT &&
            builder->nodes[nodes[actor]].group != NG_NO_TEXT)
            status = read_roles(cx, builder, text, &spans->items[i], &sketches[actor]);
    }
    for (size_t i = 0; i < cast->actor_count && status == NG_OK; i++)
        if (nodes[i] != NG_NO_TEXT && builder->nodes[nodes[i]].group != NG_NO_TEXT)
            status = keep(cx, &builder->nodes[nodes[i]], &sketches[i]);
    ng_free(cx, sketches);
    return status;
}

ng_status ng_namesakes_move(ng_ctx *cx, ng_node_sum *to, ng_node_sum *from)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < from->sketch_count && status == NG_OK; i++)
        status = keep(cx, to, &from->sketches[i]);
    ng_free(cx, from->sketches);
    from->sketches = NULL;
    from->sketch_count = 0;
    return status;
}

/* ---- at the end ---- */

/* True when two documents have somebody or something in common besides the person (`self`). */
static bool are_linked(const ng_sketch *a, const ng_sketch *b, uint64_t self)
{
    for (size_t i = 0; i < a->role_count; i++)
        for (size_t j = 0; j < b->role_count; j++)
            if (a->roles[i] == b->roles[j])
                return true;
    for (size_t i = 0; i < a->mark_count; i++)
        for (size_t j = 0; j < b->mark_count; j++)
            if (a->marks[i] == b->marks[j] && a->marks[i] != self)
                return true;
    return false;
}

/* Two documents of two groups that both tell the person's work; false when there are none. */
static bool find_two(const ng_node_sum *node, uint64_t self, size_t *a, size_t *b)
{
    uint8_t group[SKETCHES_MAX];
    const size_t count = node->sketch_count;

    for (size_t i = 0; i < count; i++)
        group[i] = (uint8_t)i;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            uint8_t old = group[i];

            if (group[i] == group[j] || !are_linked(&node->sketches[i], &node->sketches[j], self))
                continue;
            for (size_t k = 0; k < count; k++)
                if (group[k] == old)
                    group[k] = group[j];
        }
    for (*a = 0; *a < count; ++*a)
        for (*b = 0; *b < *a; ++*b)
            if (group[*a] != group[*b] && node->sketches[*a].role_count > 0 &&
                node->sketches[*b].role_count > 0)
                return true;
    return false;
}

static int compare_ranks(const void *a, const void *b, void *user)
{
    const ng_sketch *left = a, *right = b;

    (void)user;
    return (left->rank > right->rank) - (left->rank < right->rank);
}

/* "a (executive) and b (dentist) have nothing else in common" */
static ng_status write_words(ng_ctx *cx, const ng_builder *builder, const ng_sketch *a,
                             const ng_sketch *b, ng_buffer *out)
{
    ng_view parts[] = { ng_intern_get(builder->strings, a->document),
                        NG_VIEW(" ("),
                        ng_intern_get(builder->strings, a->roles[0]),
                        NG_VIEW(") and "),
                        ng_intern_get(builder->strings, b->document),
                        NG_VIEW(" ("),
                        ng_intern_get(builder->strings, b->roles[0]),
                        NG_VIEW(") have nothing but the name in common: perhaps two people") };
    ng_status status = NG_OK;

    out->size = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == NG_OK; i++)
        status = ng_buffer_add(cx, out, parts[i]);
    return status;
}

/* Notes the suspicion in the ledger of the node. */
static ng_status note(ng_ctx *cx, ng_builder *builder, uint32_t node, ng_view name,
                      const ng_sketch *a, const ng_sketch *b)
{
    ng_buffer words;
    uint32_t key = 0, evidence = 0;
    ng_tick *counted = NULL;
    ng_status status = NG_OK;

    ng_buffer_init(&words, SIZE_MAX / 2);
    status = ng_buffer_add(cx, &words, (ng_view){ "\1namesakes", 11 });
    if (status == NG_OK)
        status = ng_buffer_add(cx, &words, name);
    if (status == NG_OK)
        status = ng_intern_add(cx, builder->strings, ng_buffer_view(&words), &key);
    if (status == NG_OK)
        status = write_words(cx, builder, a, b, &words);
    if (status == NG_OK)
        status = ng_intern_add(cx, builder->strings, ng_buffer_view(&words), &evidence);
    if (status == NG_OK)
        status = ng_ticks_count(cx, &builder->decisions, node, key, 1, &counted);
    if (status == NG_OK)
        counted->words = evidence;
    ng_buffer_destroy(cx, &words);
    return status;
}

ng_status ng_namesakes_find(ng_ctx *cx, ng_builder *builder, const uint32_t *labels)
{
    size_t count = builder->keys ? ng_intern_count(builder->keys) : 0;
    ng_status status = NG_OK;

    for (uint32_t i = 0; i < count && status == NG_OK; i++) {
        ng_node_sum *node = &builder->nodes[i];
        size_t a = 0, b = 0;

        if (node->is_gone || node->sketch_count < 2)
            continue;
        status = ng_sort(cx, node->sketches, node->sketch_count, sizeof *node->sketches,
                         compare_ranks, NULL);
        if (status == NG_OK && find_two(node, ng_hash(ng_intern_get(builder->keys, i), 0), &a, &b))
            status = note(cx, builder, i, ng_intern_get(builder->strings, labels[i]),
                          &node->sketches[b], &node->sketches[a]);
    }
    return status;
}

/* ---- in a saved graph ---- */

/* By rank; two documents of one id by what they say. */
static int compare_sketches(const void *a, const void *b, void *user)
{
    const ng_sketch *left = a, *right = b;
    int order = compare_ranks(a, b, user);

    if (order == 0)
        order = (left->mark_count > right->mark_count) - (left->mark_count < right->mark_count);
    return order ? order : memcmp(left->marks, right->marks, sizeof left->marks);
}

ng_status ng_namesakes_put(ng_ctx *cx, const ng_builder *builder, uint32_t node, ng_buffer *out)
{
    ng_node_sum *sum = &builder->nodes[node];
    ng_status status = ng_sort(cx, sum->sketches, sum->sketch_count, sizeof *sum->sketches,
                               compare_sketches, NULL);

    if (status == NG_OK)
        status = ng_bytes_put_number(cx, out, sum->sketch_count);
    for (size_t i = 0; i < sum->sketch_count && status == NG_OK; i++) {
        const ng_sketch *sketch = &sum->sketches[i];

        status = ng_bytes_put_word(cx, out, sketch->rank);
        if (status == NG_OK)
            status = ng_bytes_put_text(cx, out, ng_intern_get(builder->strings, sketch->document));
        if (status == NG_OK)
            status = ng_bytes_put_number(cx, out, sketch->role_count);
        for (size_t k = 0; k < sketch->role_count && status == NG_OK; k++)
            status = ng_bytes_put_text(cx, out, ng_intern_get(builder->strings, sketch->roles[k]));
        if (status == NG_OK)
            status = ng_bytes_put_number(cx, out, sketch->mark_count);
        for (size_t k = 0; k < sketch->mark_count && status == NG_OK; k++)
            status = ng_bytes_put_word(cx, out, sketch->marks[k]);
    }
    return status;
}

/* One sketch of a saved graph. */
static ng_status take_sketch(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor,
                             ng_sketch *sketch_out)
{
    uint64_t count = 0;
    ng_view text;
    ng_status status = NG_OK;

    *sketch_out = (ng_sketch){ .rank = ng_bytes_take_word(cursor) };
    text = ng_bytes_take_text(cursor);
    status = ng_intern_add(cx, builder->strings, text, &sketch_out->document);
    count = ng_bytes_take_number(cursor);
    cursor->is_bad |= count > ROLES_MAX;
    for (uint64_t i = 0; i < count && !cursor->is_bad && status == NG_OK; i++) {
        text = ng_bytes_take_text(cursor);
        status =
            ng_intern_add(cx, builder->strings, text, &sketch_out->roles[sketch_out->role_count++]);
    }
    count = ng_bytes_take_number(cursor);
    cursor->is_bad |= count > MARKS_MAX;
    for (uint64_t i = 0; i < count && !cursor->is_bad; i++)
        sketch_out->marks[sketch_out->mark_count++] = ng_bytes_take_word(cursor);
    return status;
}

ng_status ng_namesakes_take(ng_ctx *cx, ng_builder *builder, ng_cursor *cursor, uint32_t node)
{
    uint64_t count = ng_bytes_take_number(cursor);
    ng_status status = NG_OK;

    for (uint64_t i = 0; i < count && !cursor->is_bad && status == NG_OK; i++) {
        ng_sketch sketch;

        status = take_sketch(cx, builder, cursor, &sketch);
        if (status == NG_OK && !cursor->is_bad)
            status = keep(cx, &builder->nodes[node], &sketch);
    }
    return status;
}
