/* What is wrong with a file of rules: all of it, not only the first line that cannot be used.
 *
 * A line that is refused is left out and the file read again, so that the next mistake comes to
 * light; what is left is looked at for rules that have no effect or contradict each other without
 * being refused. Cost: one reading of the file a mistake. */
#include "run_internal.h"

#include <stdarg.h>

enum { MISTAKES_MAX = 200 };

/* The check in progress. */
typedef struct checking {
    ng_ctx *cx;
    const char *path;
    ng_rules_say *say;
    void *user;
    uint32_t skipped[MISTAKES_MAX];
    size_t skipped_count;
    size_t found;
} checking;

static ng_status say(checking *work, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tells one finding. */
static ng_status say(checking *work, const char *format, ...)
{
    char line[1024];
    va_list values;

    va_start(values, format);
    (void)vsnprintf(line, sizeof line, format, values);
    va_end(values);
    work->found++;
    work->say(work->user, line);
    return NG_OK;
}

/* The number of the line that a message of the reader names ("path:12: ..."), or 0. */
static uint32_t line_of(const checking *work, const char *message)
{
    size_t size = strlen(work->path);
    uint32_t line = 0;

    if (strncmp(message, work->path, size) != 0 || message[size] != ':')
        return 0;
    for (const char *at = message + size + 1; *at >= '0' && *at <= '9'; at++)
        line = line * 10 + (uint32_t)(*at - '0');
    return line;
}

/* Reads the rules without the lines that were refused; tells those that are refused now. What
 * names no line (no such file) is an error. */
static ng_status read_rules(checking *work, ng_names **names_out)
{
    for (;;) {
        ng_finder *finder = NULL;
        uint32_t line = 0;
        ng_status status = ng_names_new_without(work->cx, work->path, work->skipped,
                                                work->skipped_count, names_out);

        if (status == NG_OK) {
            status = ng_finder_new(work->cx, *names_out, NULL, &finder); /* compiles the patterns */
            ng_finder_free(work->cx, finder);
            if (status == NG_OK)
                return NG_OK;
            ng_names_free(work->cx, *names_out);
            *names_out = NULL;
        }
        line = line_of(work, ng_ctx_error(work->cx));
        if (status != NG_E_DATA || line == 0)
            return status;
        (void)say(work, "%s", ng_ctx_error(work->cx));
        if (work->skipped_count == MISTAKES_MAX)
            return ng_fail(work->cx, NG_E_LIMIT, "%s: more than %d mistakes", work->path,
                           MISTAKES_MAX);
        work->skipped[work->skipped_count++] = line;
    }
}

static const char *verb_name(ng_rule_verb verb)
{
    static const char *const names[] = { [NG_RULE_ALIAS] = "alias",
                                         [NG_RULE_NEVER_MERGE] = "never-merge",
                                         [NG_RULE_IGNORE] = "ignore",
                                         [NG_RULE_TYPE] = "type",
                                         [NG_RULE_PATTERN] = "pattern" };

    return names[verb];
}

/* Tells what an earlier rule makes of this one. */
static ng_status compare(checking *work, const ng_rule *rule, const ng_rule *earlier)
{
    bool same_name = ng_view_equal(rule->a_folded, earlier->a_folded);
    bool is_turned = rule->verb == NG_RULE_NEVER_MERGE &&
                     ng_view_equal(rule->a_folded, earlier->b_folded) &&
                     ng_view_equal(rule->b_folded, earlier->a_folded);
    int size = (int)rule->a.size;

    if (rule->verb == earlier->verb &&
        (is_turned || (same_name && ng_view_equal(rule->b_folded, earlier->b_folded))))
        return say(work, "%s:%u: %s \"%.*s\" says again what line %u says", work->path,
                   (unsigned)rule->line, verb_name(rule->verb), size, rule->a.data,
                   (unsigned)earlier->line);
    if (!same_name || rule->verb == NG_RULE_PATTERN || earlier->verb == NG_RULE_PATTERN)
        return NG_OK;
    if (rule->verb == NG_RULE_TYPE && earlier->verb == NG_RULE_TYPE)
        return say(work,
                   "%s:%u: type \"%.*s\" as %s contradicts line %u, which says %s; the last counts",
                   work->path, (unsigned)rule->line, size, rule->a.data, ng_kind_name(rule->kind),
                   (unsigned)earlier->line, ng_kind_name(earlier->kind));
    if (rule->verb != earlier->verb &&
        (rule->verb == NG_RULE_IGNORE || earlier->verb == NG_RULE_IGNORE))
        return say(work, "%s:%u: %s \"%.*s\" contradicts line %u (%s): what is ignored is no actor",
                   work->path, (unsigned)rule->line, verb_name(rule->verb), size, rule->a.data,
                   (unsigned)earlier->line, verb_name(earlier->verb));
    return NG_OK;
}

/* Looks at every rule beside the earlier ones of its name, which an index of names finds. */
static ng_status compare_all(checking *work, const ng_names *names)
{
    size_t count = 0;
    const ng_rule *rules = ng_names_rules(names, &count);
    ng_intern *ids = NULL;
    uint32_t *last = ng_alloc(work->cx, (2 * count + 1) * sizeof *last);
    uint32_t *before = ng_alloc(work->cx, (2 * count + 1) * sizeof *before);
    ng_status status = last && before ? ng_intern_new(work->cx, 2 * count + 1, SIZE_MAX, &ids)
                                      : ng_fail(work->cx, NG_E_MEMORY, "no memory for the rules");

    for (size_t i = 0; i < 2 * count && status == NG_OK; i++) {
        const ng_rule *rule = &rules[i / 2];
        size_t known = ng_intern_count(ids);
        uint32_t id = 0;

        before[i] = UINT32_MAX;
        if (i % 2 == 1 && rule->verb != NG_RULE_NEVER_MERGE)
            continue;
        status = ng_intern_add(work->cx, ids, i % 2 ? rule->b_folded : rule->a_folded, &id);
        if (status != NG_OK)
            break;
        before[i] = id == known ? UINT32_MAX : last[id];
        last[id] = (uint32_t)i;
        for (uint32_t at = i % 2 == 0 ? before[i] : UINT32_MAX; at != UINT32_MAX && status == NG_OK;
             at = before[at])
            if (&rules[at / 2] != rule)
                status = compare(work, rule, &rules[at / 2]);
    }
    ng_intern_free(work->cx, ids);
    ng_free(work->cx, last);
    ng_free(work->cx, before);
    return status;
}

ng_status ng_rules_check(ng_ctx *cx, const char *path, ng_rules_say *say_one, void *user,
                         size_t *count_out)
{
    checking work = { .cx = cx, .path = path, .say = say_one, .user = user };
    ng_names *names = NULL;
    ng_status status = read_rules(&work, &names);

    if (status == NG_OK)
        status = compare_all(&work, names);
    ng_names_free(cx, names);
    *count_out = work.found;
    return status;
}
