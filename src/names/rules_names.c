/* What the rules say together.
 *
 * Every name that an alias or type rule has becomes a number. An alias leads from its name to the
 * actor it stands for; following aliases to the end gives the root of a name. Two aliases of one
 * name, a circle of aliases, and a never-merge of two names with one root contradict each other.
 * Then each name becomes a phrase with what the dictionaries know of it and one entry of class
 * NG_NAME_RULE, so that it is found in text even if no dictionary has it. */
#include "names_internal.h"

/* The names of rules, by their number in `ids`. */
typedef struct rule_names {
    ng_intern *ids;
    ng_view *written; /* as the rule that names it as an actor writes it, else as the first */
    uint32_t *alias;  /* rule that leads on from it, or none */
    uint32_t *root;   /* number of the name at the end; same as itself without alias */
    uint32_t *walk;   /* which walk came by: finds circles */
    bool *is_wanted;  /* named by alias or type: to be matched */
    size_t count;
} rule_names;

static const uint32_t none = UINT32_MAX;

/* The number of a name, made when it is new. */
static ng_status number_name(ng_ctx *cx, rule_names *all, ng_view folded, ng_view written,
                             uint32_t *id_out)
{
    ng_status status = ng_intern_add(cx, all->ids, folded, id_out);

    if (status == NG_OK && *id_out == all->count) {
        all->written[*id_out] = written;
        all->alias[*id_out] = none;
        all->root[*id_out] = *id_out;
        all->walk[*id_out] = none;
        all->is_wanted[*id_out] = false;
        all->count++;
    }
    return status;
}

/* True for an actor's id, "person:joe-biden", that an alias may name instead of a name; says of
 * which kind and what follows. */
static bool is_id(ng_view name, ng_kind *kind_out, ng_view *rest_out)
{
    const char *colon = name.size ? memchr(name.data, ':', name.size) : NULL;
    size_t size = colon ? (size_t)(colon - name.data) : 0;

    if (!colon || !ng_kind_find(ng_view_part(name, 0, size), kind_out))
        return false;
    *rest_out = ng_view_part(name, size + 1, name.size);
    return true;
}

/* Notes an alias; a second, different one is a contradiction. */
static ng_status add_alias(ng_ctx *cx, const char *path, const ng_rules *rules, rule_names *all,
                           uint32_t index)
{
    const ng_rule *rule = &rules->items[index];
    uint32_t a = 0, b = 0;
    ng_kind kind = NG_KIND_COUNT;
    ng_view rest = NG_VIEW_NONE;
    ng_status status = number_name(cx, all, rule->a_folded, rule->a, &a);

    if (status == NG_OK)
        status = number_name(cx, all, rule->b_folded, rule->b, &b);
    if (status != NG_OK)
        return status;
    all->is_wanted[a] = true;
    all->is_wanted[b] |= !is_id(rule->b, &kind, &rest);
    all->written[b] = rule->b;
    if (a == b)
        return NG_OK;
    if (all->alias[a] != none) {
        const ng_rule *other = &rules->items[all->alias[a]];

        if (!ng_view_equal(other->b_folded, rule->b_folded))
            return ng_fail(cx, NG_E_DATA,
                           "%s:%u: alias \"%.*s\" for \"%.*s\" contradicts line %u, where it is "
                           "for \"%.*s\"",
                           path, (unsigned)rule->line, (int)rule->a.size, rule->a.data,
                           (int)rule->b.size, rule->b.data, (unsigned)other->line,
                           (int)other->b.size, other->b.data);
        return NG_OK;
    }
    all->alias[a] = index;
    all->root[a] = b;
    return NG_OK;
}

/* Numbers the names of all rules that are about names; leaves in root[] one step of each alias. */
static ng_status number_names(ng_ctx *cx, const char *path, const ng_rules *rules, rule_names *all)
{
    ng_status status = NG_OK;
    uint32_t id = 0;

    for (size_t i = 0; i < rules->count && status == NG_OK; i++) {
        const ng_rule *rule = &rules->items[i];

        if (rule->verb == NG_RULE_ALIAS) {
            status = add_alias(cx, path, rules, all, (uint32_t)i);
        } else if (rule->verb == NG_RULE_TYPE) {
            status = number_name(cx, all, rule->a_folded, rule->a, &id);
            if (status == NG_OK)
                all->is_wanted[id] = true;
        } else if (rule->verb == NG_RULE_NEVER_MERGE) {
            status = number_name(cx, all, rule->a_folded, rule->a, &id);
            if (status == NG_OK)
                status = number_name(cx, all, rule->b_folded, rule->b, &id);
        }
    }
    return status;
}

/* Follows the aliases from each name to their end. Each name is walked over twice at most: a walk
 * stops where an earlier one came by. */
static ng_status find_roots(ng_ctx *cx, const char *path, const ng_rules *rules, rule_names *all)
{
    for (uint32_t id = 0; id < all->count; id++) {
        uint32_t end = id, next = 0;

        while (all->alias[end] != none && all->walk[end] == none) {
            all->walk[end] = id;
            end = all->root[end];
        }
        if (all->alias[end] != none && all->walk[end] == id) {
            const ng_rule *rule = &rules->items[all->alias[end]];

            return ng_fail(cx, NG_E_DATA, "%s:%u: the aliases of \"%.*s\" go in a circle", path,
                           (unsigned)rule->line, (int)rule->a.size, rule->a.data);
        }
        /* `end` has no alias, or an earlier walk has set its root */
        end = all->root[end];
        for (uint32_t step = id; all->walk[step] == id && step != end; step = next) {
            next = all->root[step];
            all->root[step] = end;
        }
    }
    return NG_OK;
}

/* Fails when a never-merge keeps apart what aliases make one. */
static ng_status check_never_merge(ng_ctx *cx, const char *path, const ng_rules *rules,
                                   const rule_names *all)
{
    for (size_t i = 0; i < rules->count; i++) {
        const ng_rule *rule = &rules->items[i];
        uint32_t a = 0, b = 0, alias = none;

        if (rule->verb != NG_RULE_NEVER_MERGE)
            continue;
        (void)ng_intern_find(all->ids, rule->a_folded, &a);
        (void)ng_intern_find(all->ids, rule->b_folded, &b);
        if (all->root[a] != all->root[b])
            continue;
        alias = all->alias[a] != none ? all->alias[a] : all->alias[b];
        if (alias == none)
            return ng_fail(cx, NG_E_DATA, "%s:%u: never-merge of \"%.*s\" with itself", path,
                           (unsigned)rule->line, (int)rule->a.size, rule->a.data);
        return ng_fail(cx, NG_E_DATA,
                       "%s:%u: never-merge \"%.*s\" and \"%.*s\" contradicts the alias in line %u",
                       path, (unsigned)rule->line, (int)rule->a.size, rule->a.data,
                       (int)rule->b.size, rule->b.data, (unsigned)rules->items[alias].line);
    }
    return NG_OK;
}

/* The kind that a type rule gives to a name. */
static ng_kind typed_kind(const ng_rules *rules, ng_view folded)
{
    const ng_rule *rule = ng_rules_find(rules, NG_RULE_TYPE, folded);

    return rule ? rule->kind : NG_KIND_COUNT;
}

/* The kind and the code that an id or the dictionaries tell of an actor's name. */
static ng_kind known_kind(const ng_names *names, ng_view written, ng_view folded, ng_view *code_out)
{
    const ng_name_entry *country = ng_names_get(names, folded, NG_NAME_COUNTRY);
    uint32_t classes = ng_names_classes(names, folded);
    ng_kind kind = NG_KIND_COUNT;

    if (is_id(written, &kind, code_out))
        return kind;
    if (country) {
        *code_out = country->value;
        return NG_KIND_COUNTRY;
    }
    if (classes & (1u << NG_NAME_PEOPLE))
        return NG_KIND_PEOPLE;
    if (classes & (1u << NG_NAME_SUBDIVISION | 1u << NG_NAME_CITY | 1u << NG_NAME_GEOGRAPHY))
        return NG_KIND_PLACE;
    if (classes & 1u << NG_NAME_ORGANIZATION)
        return NG_KIND_ORGANIZATION;
    return NG_KIND_COUNT;
}

/* The NG_NAME_RULE entry of a name. */
static ng_name_entry make_entry(const ng_names *names, const ng_rules *rules, const rule_names *all,
                                uint32_t id)
{
    uint32_t root = all->root[id];
    ng_view actor = ng_intern_get(all->ids, root), code = NG_VIEW_NONE;
    ng_kind known = known_kind(names, all->written[root], actor, &code);
    ng_kind kind = typed_kind(rules, ng_intern_get(all->ids, id));

    if (kind == NG_KIND_COUNT)
        kind = typed_kind(rules, actor);
    if (kind == NG_KIND_COUNT)
        kind = known;
    return (ng_name_entry){ .class_ = NG_NAME_RULE,
                            .detail = (uint8_t)kind,
                            .value = all->written[root],
                            .country = kind == NG_KIND_COUNTRY ? code : NG_VIEW_NONE,
                            .region = NG_VIEW_NONE,
                            .spelling = all->written[id] };
}

/* Appends the list of one name: what the dictionaries know, then the rule. */
static ng_status add_list(ng_ctx *cx, const ng_names *names, ng_rules *rules, const rule_names *all,
                          uint32_t id, uint32_t *list_out)
{
    const ng_name_entry *known = NULL;
    size_t known_count = ng_names_find(names, ng_intern_get(all->ids, id), &known);
    size_t first = rules->entry_count;
    ng_status status =
        ng_grow(cx, (void **)&rules->entries, &rules->entry_capacity, sizeof *rules->entries,
                first + known_count + 1, PACKED_OFFSET_MAX, "names in rules");

    if (status != NG_OK)
        return status;
    if (known_count > 0)
        memcpy(rules->entries + first, known, known_count * sizeof *known);
    rules->entries[first + known_count] = make_entry(names, rules, all, id);
    rules->entry_count += known_count + 1;
    *list_out = (uint32_t)(first << 8 | (known_count + 1));
    return NG_OK;
}

/* Makes phrases of the names. */
static ng_status build_phrases(ng_ctx *cx, const ng_names *names, ng_rules *rules,
                               const rule_names *all)
{
    ng_slots_phrase *phrases = ng_alloc(cx, (all->count + 1) * sizeof *phrases);
    size_t count = 0;
    ng_status status = NG_OK;

    if (!phrases)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu names in rules", all->count);
    for (uint32_t id = 0; id < all->count && status == NG_OK; id++) {
        if (!all->is_wanted[id])
            continue;
        phrases[count].key = ng_intern_get(all->ids, id);
        status = add_list(cx, names, rules, all, id, &phrases[count].list);
        count++;
    }
    if (status == NG_OK)
        status = ng_slots_build(cx, phrases, count, &rules->pool, &rules->built);
    if (status == NG_OK)
        rules->slots = (ng_slots){ rules->built.slots, rules->built.home_count, rules->pool.data };
    ng_free(cx, phrases);
    return status;
}

/* Room for every name that the rules can have: two each. */
static ng_status names_init(ng_ctx *cx, const ng_rules *rules, rule_names *all)
{
    size_t room = 2 * rules->count + 1;

    *all = (rule_names){ .written = ng_alloc(cx, room * sizeof *all->written),
                         .alias = ng_alloc(cx, room * sizeof *all->alias),
                         .root = ng_alloc(cx, room * sizeof *all->root),
                         .walk = ng_alloc(cx, room * sizeof *all->walk),
                         .is_wanted = ng_alloc(cx, room * sizeof *all->is_wanted) };
    if (!all->written || !all->alias || !all->root || !all->walk || !all->is_wanted)
        return ng_fail(cx, NG_E_MEMORY, "no memory for %zu rules", rules->count);
    return ng_intern_new(cx, room, SIZE_MAX / 4, &all->ids);
}

static void names_destroy(ng_ctx *cx, rule_names *all)
{
    ng_intern_free(cx, all->ids);
    ng_free(cx, all->written);
    ng_free(cx, all->alias);
    ng_free(cx, all->root);
    ng_free(cx, all->walk);
    ng_free(cx, all->is_wanted);
}

ng_status ng_rules_resolve(ng_ctx *cx, const char *path, const ng_names *names, ng_rules *rules)
{
    rule_names all;
    ng_status status = names_init(cx, rules, &all);

    if (status == NG_OK)
        status = number_names(cx, path, rules, &all);
    if (status == NG_OK)
        status = find_roots(cx, path, rules, &all);
    if (status == NG_OK)
        status = check_never_merge(cx, path, rules, &all);
    if (status == NG_OK)
        status = build_phrases(cx, names, rules, &all);
    names_destroy(cx, &all);
    return status;
}
