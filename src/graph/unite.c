/* Persons of different documents who are one become one node.
 *
 * A document knows its actors by the label that it gives them. Which labels of different documents
 * are one person's is decided here, at the end, when all are known: actors/across.c looks at the
 * names of one forename and surname together. Only nodes that no document holds both of are united,
 * so every count of the united node is the plain sum of its parts, and no edge becomes a loop. */
#include "graph_internal.h"

#include <assert.h>

enum { GROUP_LIMIT = 64 }; /* names of one forename and surname; of more all stay apart */

/* The uniting of one builder. */
typedef struct uniting {
    ng_ctx *cx;
    ng_builder *builder;
    size_t node_count;
    uint32_t *labels;  /* of each node: its label, a string */
    uint32_t *members; /* nodes with a group, sorted by group */
    size_t member_count;
    uint32_t *roots; /* of each node; itself when it stays */
    bool is_changed;
} uniting;

/* The names of one group, as actors/across.c asks about them. */
typedef struct question {
    const ng_builder *builder;
    const uint32_t *nodes;
    const ng_view *keys; /* of the names, as rules compare them */
} question;

uint64_t ng_pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* ---- while documents are added ---- */

/* The name that an id was made from, as far as it tells: "person:ann-lee~2" gives "ann lee". Not
 * the label: documents write one name in several ways, and which comes first must not matter. */
static ng_status name_of_id(ng_ctx *cx, ng_arena *arena, ng_view id, ng_view *name_out)
{
    char *name = ng_arena_alloc(cx, arena, id.size + 1);
    size_t size = 0, at = 0;

    if (!name)
        return ng_arena_status(arena);
    while (at < id.size && id.data[at] != ':')
        at++;
    for (at++; at < id.size && id.data[at] != '~'; at++)
        name[size++] = id.data[at] == '-' ? ' ' : id.data[at];
    *name_out = (ng_view){ name, size };
    return NG_OK;
}

ng_status ng_group_of_id(ng_ctx *cx, ng_arena *arena, const ng_names *names, ng_view id,
                         ng_view *group_out)
{
    ng_view name = NG_VIEW_NONE;
    ng_status status = name_of_id(cx, arena, id, &name);

    return status == NG_OK ? ng_names_group(cx, names, arena, name, group_out) : status;
}

ng_status ng_unite_note_name(ng_ctx *cx, ng_builder *builder, uint32_t node)
{
    ng_arena arena;
    ng_view group = NG_VIEW_NONE;
    ng_status status = NG_OK;

    if (!builder->names || builder->nodes[node].kind != NG_KIND_PERSON)
        return NG_OK;
    ng_arena_init(&arena, SIZE_MAX / 2);
    status = ng_group_of_id(cx, &arena, builder->names, ng_intern_get(builder->keys, node), &group);
    if (status == NG_OK && group.size > 0)
        status = ng_intern_add(cx, builder->groups, group, &builder->nodes[node].group);
    ng_arena_destroy(cx, &arena);
    return status;
}

static int compare_groups(const void *a, const void *b, void *user)
{
    const ng_builder *builder = user;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    uint32_t one = builder->nodes[left].group, other = builder->nodes[right].group;

    if (one != other)
        return one < other ? -1 : 1;
    return (left > right) - (left < right);
}

ng_status ng_unite_note_document(ng_ctx *cx, ng_builder *builder, const uint32_t *nodes,
                                 size_t count)
{
    uint32_t *persons = ng_alloc(cx, (count + 1) * sizeof *persons);
    size_t person_count = 0;
    ng_status status = NG_OK;

    if (!persons)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", count);
    for (size_t i = 0; i < count; i++)
        if (nodes[i] != NG_NO_TEXT && builder->nodes[nodes[i]].group != NG_NO_TEXT)
            persons[person_count++] = nodes[i];
    status = ng_sort(cx, persons, person_count, sizeof *persons, compare_groups, builder);
    for (size_t i = 0; i < person_count && status == NG_OK; i++)
        for (size_t j = i + 1; j < person_count && j - i < GROUP_LIMIT && status == NG_OK &&
                               builder->nodes[persons[i]].group == builder->nodes[persons[j]].group;
             j++) {
            uint32_t place = 0;
            bool is_new = false;

            status = ng_table_add(cx, builder->apart, ng_pair_key(persons[i], persons[j]), &place,
                                  &is_new);
        }
    ng_free(cx, persons);
    return status;
}

/* ---- at the end: who is one ---- */

static bool is_apart(const void *user, size_t a, size_t b)
{
    const question *asked = user;
    uint32_t place = 0;

    return ng_table_find(asked->builder->apart, ng_pair_key(asked->nodes[a], asked->nodes[b]),
                         &place) ||
           ng_never_has(asked->builder, asked->keys[a], asked->keys[b]);
}

/* True for the second of two people of one name in one document: "person:john-smith~2". */
static bool is_homonym(const ng_builder *builder, uint32_t node)
{
    ng_view id = ng_intern_get(builder->keys, node);

    return memchr(id.data, '~', id.size) != NULL;
}

/* Lists the nodes that have a forename and surname, by group. */
static ng_status list_members(uniting *work)
{
    const ng_builder *builder = work->builder;

    for (uint32_t i = 0; i < work->node_count; i++) {
        work->roots[i] = i;
        if (builder->nodes[i].group != NG_NO_TEXT && !is_homonym(builder, i))
            work->members[work->member_count++] = i;
    }
    return ng_sort(work->cx, work->members, work->member_count, sizeof *work->members,
                   compare_groups, work->builder);
}

/* The node that gives a cluster its id: of most documents, then mentions, then the smallest id. */
static bool is_better_root(const ng_builder *builder, uint32_t a, uint32_t b)
{
    const ng_node_sum *one = &builder->nodes[a], *other = &builder->nodes[b];

    if (one->document_count != other->document_count)
        return one->document_count > other->document_count;
    if (one->mention_count != other->mention_count)
        return one->mention_count > other->mention_count;
    return ng_view_compare(ng_intern_get(builder->keys, a), ng_intern_get(builder->keys, b)) < 0;
}

/* Writes a join into the ledger of the node that stays. */
static ng_status note_join(uniting *work, uint32_t node, uint32_t root, const char *rule)
{
    ng_builder *builder = work->builder;
    ng_view name = ng_intern_get(builder->strings, work->labels[node]);
    ng_view other = ng_intern_get(builder->strings, work->labels[root]);
    ng_buffer words;
    uint32_t key = 0, evidence = 0;
    ng_tick *counted = NULL;
    ng_status status = NG_OK;

    ng_buffer_init(&words, SIZE_MAX / 2);
    status = ng_buffer_add_byte(work->cx, &words, 1);
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, NG_VIEW("across-documents"));
    if (status == NG_OK)
        status = ng_buffer_add_byte(work->cx, &words, '\0');
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, name);
    if (status == NG_OK)
        status = ng_intern_add(work->cx, builder->strings, ng_buffer_view(&words), &key);
    words.size = 0;
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, NG_VIEW("no document holds it apart from "));
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, other);
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, NG_VIEW(" ("));
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, ng_view_of(rule));
    if (status == NG_OK)
        status = ng_buffer_add(work->cx, &words, NG_VIEW(")"));
    if (status == NG_OK)
        status = ng_intern_add(work->cx, builder->strings, ng_buffer_view(&words), &evidence);
    if (status == NG_OK)
        status = ng_ticks_count(work->cx, &builder->decisions, root, key, 1, &counted);
    if (status == NG_OK)
        counted->words = evidence;
    ng_buffer_destroy(work->cx, &words);
    return status;
}

/* The names as rules compare them. */
static ng_status make_keys(ng_ctx *cx, ng_arena *arena, const ng_view *labels, size_t count,
                           ng_view *keys)
{
    ng_buffer folded;
    ng_status status = NG_OK;

    ng_buffer_init(&folded, SIZE_MAX / 2);
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        folded.size = 0;
        status = ng_names_fold(cx, labels[i], &folded);
        if (status == NG_OK)
            keys[i] = ng_arena_copy(cx, arena, ng_buffer_view(&folded));
        if (status == NG_OK && !keys[i].data)
            status = ng_arena_status(arena);
    }
    ng_buffer_destroy(cx, &folded);
    return status;
}

/* Decides about the names of one group. */
static ng_status unite_group(uniting *work, const uint32_t *nodes, size_t count)
{
    ng_builder *builder = work->builder;
    ng_view keys[GROUP_LIMIT] = { NG_VIEW_NONE };
    question asked = { builder, nodes, keys };
    ng_union unions[GROUP_LIMIT];
    ng_view labels[GROUP_LIMIT];
    uint32_t best[GROUP_LIMIT];
    ng_arena arena;
    ng_status status = NG_OK;

    assert(count <= GROUP_LIMIT);
    for (size_t i = 0; i < count; i++) {
        labels[i] = ng_intern_get(builder->strings, work->labels[nodes[i]]);
        best[i] = nodes[i];
    }
    ng_arena_init(&arena, SIZE_MAX / 2);
    if (builder->never.size > 0)
        status = make_keys(work->cx, &arena, labels, count, keys);
    if (status == NG_OK)
        status = ng_names_unite(work->cx, builder->names, &arena, labels, count, is_apart, &asked,
                                unions);
    ng_arena_destroy(work->cx, &arena);
    if (status != NG_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        if (is_better_root(builder, nodes[i], best[unions[i].root]))
            best[unions[i].root] = nodes[i];
    for (size_t i = 0; i < count && status == NG_OK; i++) {
        uint32_t root = best[unions[i].root];
        const char *rule = unions[i].rule;

        if (nodes[i] == root)
            continue;
        for (size_t k = 0; !rule && k < count; k++) /* the most complete name is not the root */
            if (nodes[k] == root)
                rule = unions[k].rule;
        work->roots[nodes[i]] = root;
        work->is_changed = true;
        status = note_join(work, nodes[i], root, rule ? rule : "same-name");
    }
    return status;
}

/* The label of each node: any of its own will do, all fold to one id. The smallest is taken. */
static void choose_names(uniting *work)
{
    const ng_ticks *labels = &work->builder->labels;
    const ng_intern *strings = work->builder->strings;

    for (size_t i = 0; i < labels->count; i++) {
        uint32_t *chosen = &work->labels[labels->items[i].key >> 32];
        uint32_t text = (uint32_t)labels->items[i].key;

        if (*chosen == NG_NO_TEXT ||
            ng_view_compare(ng_intern_get(strings, text), ng_intern_get(strings, *chosen)) < 0)
            *chosen = text;
    }
}

/* Decides about all groups of two names and more. */
static ng_status decide(uniting *work)
{
    const ng_node_sum *nodes = work->builder->nodes;
    ng_status status = list_members(work);

    choose_names(work);
    for (size_t first = 0; first < work->member_count && status == NG_OK;) {
        size_t end = first + 1;

        while (end < work->member_count &&
               nodes[work->members[end]].group == nodes[work->members[first]].group)
            end++;
        if (end - first > 1 && end - first <= GROUP_LIMIT)
            status = unite_group(work, work->members + first, end - first);
        first = end;
    }
    return status;
}

/* ---- at the end: sums of the united ---- */

static ng_status unite_nodes(const uniting *work)
{
    ng_builder *builder = work->builder;
    ng_status status = NG_OK;

    for (uint32_t i = 0; i < work->node_count && status == NG_OK; i++) {
        ng_node_sum *from = &builder->nodes[i], *to = &builder->nodes[work->roots[i]];

        if (from == to)
            continue;
        to->mention_count += from->mention_count;
        to->acting_count += from->acting_count;
        to->document_count += from->document_count;
        for (size_t k = 0; k < builder->layer_count; k++)
            to->unit_count[k] += from->unit_count[k];
        to->confidence += from->confidence;
        ng_dates_widen(builder, from->first, &to->first, &to->last);
        ng_dates_widen(builder, from->last, &to->first, &to->last);
        from->is_gone = true;
        status = ng_namesakes_move(work->cx, to, from);
    }
    return status;
}

/* Gives the counts of a node that is gone to the one it went into. */
static ng_status unite_ticks(const uniting *work, ng_ticks *counts)
{
    const ng_intern *strings = work->builder->strings;
    ng_ticks old = *counts;
    ng_status status = NG_OK;

    *counts = (ng_ticks){ 0 };
    status = ng_table_new(work->cx, UINT32_MAX - 1, &counts->places);
    for (size_t i = 0; i < old.count && status == NG_OK; i++) {
        const ng_tick *from = &old.items[i];
        ng_tick *to = NULL;

        status = ng_ticks_count(work->cx, counts, work->roots[from->key >> 32], (uint32_t)from->key,
                                from->count, &to);
        if (status == NG_OK && from->words != NG_NO_TEXT &&
            (to->words == NG_NO_TEXT || ng_view_compare(ng_intern_get(strings, from->words),
                                                        ng_intern_get(strings, to->words)) < 0))
            to->words = from->words;
    }
    ng_ticks_destroy(work->cx, &old);
    return status;
}

/* `numbers`: out; of each old edge, its new number. */
static ng_status unite_edges(const uniting *work, ng_layer *layer, uint32_t *numbers)
{
    const ng_builder *builder = work->builder;
    ng_layer old = *layer;
    ng_status status = NG_OK;

    *layer = (ng_layer){ 0 };
    for (size_t i = 0; i < old.edge_count && status == NG_OK; i++) {
        ng_edge_sum *from = &old.edges[i], *to = NULL;

        status = ng_edge_sum_find(work->cx, layer, work->roots[from->a], work->roots[from->b], &to);
        if (status == NG_OK) {
            assert(to->a != to->b);
            numbers[i] = (uint32_t)(to - layer->edges);
            to->unit_count += from->unit_count;
            to->sentence_count += from->sentence_count;
            to->surety += from->surety;
            to->document_count += from->document_count;
            ng_dates_widen(builder, from->first, &to->first, &to->last);
            ng_dates_widen(builder, from->last, &to->first, &to->last);
            status = ng_sample_move(work->cx, &to->sample, builder->options->evidence_limit,
                                    builder->strings, &from->sample);
        }
    }
    ng_layer_clear(work->cx, &old);
    return status;
}

/* Unites the pairs that are shown, and what each document adds to them. */
static ng_status unite_shown(const uniting *work)
{
    ng_builder *builder = work->builder;
    ng_layer *layer = &builder->layers[builder->shown];
    uint32_t *numbers = ng_alloc(work->cx, (layer->edge_count + 1) * sizeof *numbers);
    ng_status status = NG_OK;

    if (!numbers)
        return ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu pairs", layer->edge_count);
    status = unite_edges(work, layer, numbers);
    if (status == NG_OK && builder->shares) {
        ng_shares_renumber_nodes(builder->shares, work->roots);
        ng_shares_renumber_edges(builder->shares, numbers);
    }
    ng_free(work->cx, numbers);
    return status;
}

ng_status ng_builder_unite(ng_ctx *cx, ng_builder *builder)
{
    size_t count = builder->keys ? ng_intern_count(builder->keys) : 0;
    uniting work = { .cx = cx,
                     .builder = builder,
                     .node_count = count,
                     .labels = ng_alloc(cx, (count + 1) * sizeof *work.labels),
                     .members = ng_alloc(cx, (count + 1) * sizeof *work.members),
                     .roots = ng_alloc(cx, (count + 1) * sizeof *work.roots) };
    ng_status status = work.labels && work.members && work.roots
                           ? NG_OK
                           : ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", count);

    if (status == NG_OK) {
        memset(work.labels, 0xFF, (count + 1) * sizeof *work.labels); /* NG_NO_TEXT */
        status = decide(&work);
    }
    if (status == NG_OK && work.is_changed) {
        status = unite_nodes(&work);
        if (status == NG_OK)
            status = unite_ticks(&work, &builder->forms);
        if (status == NG_OK)
            status = unite_ticks(&work, &builder->labels);
        if (status == NG_OK)
            status = unite_ticks(&work, &builder->wheres);
        if (status == NG_OK)
            status = unite_ticks(&work, &builder->decisions);
        if (status == NG_OK)
            status = unite_shown(&work);
    }
    if (status == NG_OK && builder->names)
        status = ng_namesakes_find(cx, builder, work.labels);
    ng_free(cx, work.labels);
    ng_free(cx, work.members);
    ng_free(cx, work.roots);
    return status;
}
