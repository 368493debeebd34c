/* Which nodes of two graphs are the same actor.
 *
 * Those of equal ids. Of the persons that are left, those whose forename and surname are one name
 * in two spellings ("Volodymyr Zelensky", "Volodymyr Zelenskyy"), if each graph has just one such:
 * a graph names an actor as most of its documents do, and two archives may differ in that. */
#include "graph_internal.h"

#define NONE UINT32_MAX

/* The persons without a match of one forename and surname. */
typedef struct group {
    uint32_t old, new; /* the last one of each */
    uint32_t old_count, new_count;
} group;

typedef struct matching {
    ng_ctx *cx;
    ng_names *names;
    ng_intern *keys;
    group *groups;
    size_t capacity;
} matching;

/* Adds a person to its group. */
static ng_status add_person(matching *work, const ng_node *node, uint32_t index, bool is_new)
{
    ng_arena arena;
    ng_view key = NG_VIEW_NONE;
    uint32_t id = 0;
    size_t known = ng_intern_count(work->keys);
    ng_status status = NG_OK;

    if (node->kind != NG_KIND_PERSON)
        return NG_OK;
    ng_arena_init(&arena, SIZE_MAX / 2);
    status = ng_group_of_id(work->cx, &arena, work->names, node->id, &key);
    if (status == NG_OK && key.size > 0) {
        status = ng_grow(work->cx, (void **)&work->groups, &work->capacity, sizeof *work->groups,
                         known + 1, UINT32_MAX - 1, "names");
        if (status == NG_OK)
            status = ng_intern_add(work->cx, work->keys, key, &id);
        if (status == NG_OK) {
            group *of = &work->groups[id];

            if (id == known)
                *of = (group){ NONE, NONE, 0, 0 };
            *(is_new ? &of->new : &of->old) = index;
            *(is_new ? &of->new_count : &of->old_count) += 1;
        }
    }
    ng_arena_destroy(work->cx, &arena);
    return status;
}

/* Matches what has one id: both graphs are sorted by them. */
static void match_ids(const ng_graph *old, const ng_graph *new, uint32_t *match, bool *is_taken)
{
    size_t at = 0;

    for (size_t i = 0; i < old->node_count; i++) {
        while (at < new->node_count && ng_view_compare(new->nodes[at].id, old->nodes[i].id) < 0)
            at++;
        match[i] = NONE;
        if (at < new->node_count && ng_view_equal(new->nodes[at].id, old->nodes[i].id)) {
            match[i] = (uint32_t)at;
            is_taken[at] = true;
        }
    }
}

static ng_status match_spellings(matching *work, const ng_graph *old, const ng_graph *new,
                                 uint32_t *match, const bool *is_taken)
{
    ng_status status = NG_OK;

    for (uint32_t i = 0; i < old->node_count && status == NG_OK; i++)
        if (match[i] == NONE)
            status = add_person(work, &old->nodes[i], i, false);
    for (uint32_t i = 0; i < new->node_count &&status == NG_OK; i++)
        if (!is_taken[i])
            status = add_person(work, &new->nodes[i], i, true);
    for (size_t i = 0; i < ng_intern_count(work->keys) && status == NG_OK; i++)
        if (work->groups[i].old_count == 1 && work->groups[i].new_count == 1)
            match[work->groups[i].old] = work->groups[i].new;
    return status;
}

ng_status ng_graph_match(ng_ctx *cx, const ng_graph *old, const ng_graph *new, uint32_t *match)
{
    matching work = { .cx = cx };
    bool *is_taken = ng_alloc(cx, new->node_count + 1);
    ng_status status = is_taken
                           ? ng_names_new(cx, NULL, &work.names)
                           : ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", new->node_count);

    if (status == NG_OK)
        status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, &work.keys);
    if (status == NG_OK) {
        memset(is_taken, 0, new->node_count + 1);
        match_ids(old, new, match, is_taken);
        status = match_spellings(&work, old, new, match, is_taken);
    }
    ng_free(cx, is_taken);
    ng_free(cx, work.groups);
    ng_intern_free(cx, work.keys);
    ng_names_free(cx, work.names);
    return status;
}
