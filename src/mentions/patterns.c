/* Patterns: the only file that knows PCRE2.
 *
 * A few of our own find names by the form of the line they stand in: bylines ("By Jane Doe"),
 * datelines ("MOSCOW (Reuters) -"), fields of forms ("Name: Inés Santamaría"). They are hints that
 * count as evidence. The patterns of the user's rules always win.
 *
 * All are compiled once and shared by the threads; match data is made for each text. The text is
 * valid UTF-8 when it comes here. A pattern of the user that needs too many steps on a text stops
 * there, with a warning. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "mentions_internal.h"

#include <pcre2.h>

enum { MATCH_STEPS_MAX = 2000000, HEAP_KILOBYTES_MAX = 65536, PATTERNS_MAX = 100000 };

#define NAME_WORD "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}"

static const struct {
    const char *regex;
    ng_kind kind;
} built_in[] = {
    { "(?m)^[ \\t]{0,8}(?:By|BY|Written by|Reported by)[ \\t]{1,3}"
      "(" NAME_WORD "(?: " NAME_WORD "){1,3})(?=[ \\t]*(?:$|\\r|,| and |\\|| for ))",
      NG_KIND_PERSON },
    { "(?m)^[ \\t]{0,8}(?:(?:Full |Your |Legal |First and last )?[Nn]ame|Author|Contact(?: "
      "person)?|"
      "Patient|Applicant|Candidate|Client|Employee|Student|Attn|Signed|Signature|Sincerely)"
      "[ \\t]{0,3}[:,][ \\t]{1,8}(" NAME_WORD "(?: " NAME_WORD "){1,3})(?=[ \\t]*(?:$|\\r|,|;))",
      NG_KIND_PERSON },
    { "(?m)^[ \\t]{0,8}(\\p{Lu}[\\p{Lu} .'’-]{2,28}\\p{Lu})(?:, [^\\n]{1,40}?)? ?"
      "(?:\\((?:Reuters|AP|AFP|UPI|Xinhua|IANS|PTI|dpa|ANSA|TASS|CNN|BBC|[A-Z][A-Za-z. ]{1,18})\\) "
      "?)?"
      "(?:--?|—|–)[ \\t]",
      NG_KIND_PLACE },
    { "\\b(Washington)(?=, ?D\\.? ?C\\b)", NG_KIND_PLACE },
};

enum { BUILT_IN_COUNT = sizeof built_in / sizeof *built_in };

/* One compiled pattern. */
typedef struct pattern {
    pcre2_code *code;
    ng_kind kind;
    uint32_t line; /* of the rule; 0: built in */
} pattern;

/* The allocator that compiled patterns are made and freed with. */
typedef struct heap {
    ng_realloc_fn realloc;
    void *user;
} heap;

struct ng_patterns {
    heap heap;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    pattern *items;
    size_t count;
    ng_view path; /* of the user's rules, for messages */
};

static void *take(size_t size, void *data)
{
    const heap *h = data;

    return h->realloc(h->user, NULL, size ? size : 1);
}

static void give_back(void *block, void *data)
{
    const heap *h = data;

    if (block)
        (void)h->realloc(h->user, block, 0);
}

/* Compiles one pattern; a bad one of the user is an error of data. */
static ng_status compile(ng_ctx *cx, ng_patterns *patterns, ng_view regex, ng_kind kind,
                         uint32_t line)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *code;

    code = pcre2_compile((PCRE2_SPTR)regex.data, regex.size,
                         PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &at,
                         patterns->compile);
    if (!code && error == PCRE2_ERROR_HEAP_FAILED)
        return ng_fail(cx, NG_E_MEMORY, "no memory for a pattern");
    if (!code) {
        PCRE2_UCHAR reason[160] = { 0 };
        (void)pcre2_get_error_message(error, reason, sizeof reason - 1);
        return ng_fail(cx, line ? NG_E_DATA : NG_E_BUG,
                       "%.*s:%u: bad regular expression at character %zu: %s",
                       (int)patterns->path.size, patterns->path.data ? patterns->path.data : "",
                       line, (size_t)at + 1, (const char *)reason);
    }
    /* without JIT (not on every machine) the interpreter does the same work */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    patterns->items[patterns->count++] = (pattern){ code, kind, line };
    return NG_OK;
}

/* Compiles ours, then the user's. */
static ng_status compile_all(ng_ctx *cx, const ng_rule *rules, size_t rule_count,
                             ng_patterns *patterns)
{
    ng_status status = NG_OK;

    for (size_t i = 0; i < BUILT_IN_COUNT && status == NG_OK; i++)
        status = compile(cx, patterns, ng_view_of(built_in[i].regex), built_in[i].kind, 0);
    for (size_t i = 0; i < rule_count && status == NG_OK; i++)
        if (rules[i].verb == NG_RULE_PATTERN)
            status = compile(cx, patterns, rules[i].a, rules[i].kind, rules[i].line);
    return status;
}

ng_status ng_patterns_new(ng_ctx *cx, const ng_names *names, ng_patterns **patterns_out)
{
    size_t rule_count = 0;
    const ng_rule *rules = ng_names_rules(names, &rule_count);
    ng_patterns *patterns = ng_alloc(cx, sizeof *patterns);
    ng_status status = NG_OK;

    if (!patterns)
        return ng_fail(cx, NG_E_MEMORY, "no memory for patterns");
    *patterns = (ng_patterns){ .heap = { cx->realloc, cx->realloc_user },
                               .path = ng_names_rules_path(names) };
    if (rule_count > PATTERNS_MAX)
        status = ng_fail(cx, NG_E_LIMIT, "more than %d rules", PATTERNS_MAX);
    if (status == NG_OK) {
        patterns->items = ng_alloc(cx, (BUILT_IN_COUNT + rule_count) * sizeof *patterns->items);
        patterns->general = pcre2_general_context_create(take, give_back, &patterns->heap);
        if (patterns->general)
            patterns->compile = pcre2_compile_context_create(patterns->general);
        if (!patterns->items || !patterns->compile)
            status = ng_fail(cx, NG_E_MEMORY, "no memory for patterns");
    }
    if (status == NG_OK)
        status = compile_all(cx, rules, rule_count, patterns);
    if (status == NG_OK)
        *patterns_out = patterns;
    else
        ng_patterns_free(cx, patterns);
    return status;
}

void ng_patterns_free(ng_ctx *cx, ng_patterns *patterns)
{
    if (!patterns)
        return;
    for (size_t i = 0; i < patterns->count; i++)
        pcre2_code_free(patterns->items[i].code);
    if (patterns->compile)
        pcre2_compile_context_free(patterns->compile);
    if (patterns->general)
        pcre2_general_context_free(patterns->general);
    ng_free(cx, patterns->items);
    ng_free(cx, patterns);
}

/* What one text needs. */
typedef struct search {
    ng_ctx *cx;
    ng_arena *arena;
    ng_view text;
    pcre2_match_context *context;
    pcre2_match_data *data;
    ng_pattern_matches *out;
} search;

/* Notes a match: its first group if it has one. */
static ng_status add_match(search *s, const pattern *p, bool has_group)
{
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(s->data);
    size_t group = has_group && at[2] != PCRE2_UNSET ? 1 : 0;

    if (s->out->count == s->out->capacity) {
        size_t wanted = s->out->capacity * 2 + 16;
        ng_pattern_match *grown = ng_arena_array(s->cx, s->arena, wanted, sizeof *grown);
        if (!grown)
            return ng_arena_status(s->arena);
        if (s->out->count)
            memcpy(grown, s->out->items, s->out->count * sizeof *grown);
        s->out->items = grown;
        s->out->capacity = wanted;
    }
    if (at[2 * group] < at[2 * group + 1])
        s->out->items[s->out->count++] = (ng_pattern_match){ .start = (uint32_t)at[2 * group],
                                                             .end = (uint32_t)at[2 * group + 1],
                                                             .kind = (uint8_t)p->kind,
                                                             .is_rule = p->line != 0 };
    return NG_OK;
}

/* All matches of one pattern. */
static ng_status run_pattern(search *s, const pattern *p)
{
    PCRE2_SIZE from = 0;
    ng_status status = NG_OK;

    while (status == NG_OK && from < s->text.size) {
        const PCRE2_SIZE *at;
        int found = pcre2_match(p->code, (PCRE2_SPTR)s->text.data, s->text.size, from,
                                PCRE2_NO_UTF_CHECK, s->data, s->context);
        if (found == PCRE2_ERROR_NOMATCH)
            break;
        if (found == PCRE2_ERROR_NOMEMORY)
            return ng_fail(s->cx, NG_E_MEMORY, "no memory to match a pattern");
        if (found < 0) {
            if (p->line)
                ng_warn(s->cx, "rules, line %u: the pattern needs too many steps on a text",
                        p->line);
            break;
        }
        at = pcre2_get_ovector_pointer(s->data);
        status = add_match(s, p, found > 1);
        from = at[1] > from ? at[1] : from + 1;
        while (from < s->text.size && ((unsigned char)s->text.data[from] & 0xC0) == 0x80)
            from++;
    }
    return status;
}

/* Order of matches: by start, the user's first. */
static int compare_matches(const void *a, const void *b, void *user)
{
    const ng_pattern_match *x = a, *y = b;

    (void)user;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    if (x->is_rule != y->is_rule)
        return x->is_rule ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

ng_status ng_patterns_find(ng_ctx *cx, const ng_patterns *patterns, ng_arena *arena, ng_view text,
                           ng_pattern_matches *matches_out)
{
    heap h = { cx->realloc, cx->realloc_user };
    ng_pattern_matches found = { 0 };
    search s = { .cx = cx, .arena = arena, .text = text, .out = &found };
    pcre2_general_context *general = pcre2_general_context_create(take, give_back, &h);
    ng_status status = NG_OK;

    if (general) {
        s.context = pcre2_match_context_create(general);
        s.data = pcre2_match_data_create(8, general);
    }
    if (!s.context || !s.data) {
        status = ng_fail(cx, NG_E_MEMORY, "no memory to match patterns");
    } else {
        (void)pcre2_set_match_limit(s.context, MATCH_STEPS_MAX);
        (void)pcre2_set_heap_limit(s.context, HEAP_KILOBYTES_MAX);
    }
    for (size_t i = 0; i < patterns->count && status == NG_OK; i++)
        status = run_pattern(&s, &patterns->items[i]);
    if (status == NG_OK && found.count > 1)
        status = ng_sort(cx, found.items, found.count, sizeof *found.items, compare_matches, NULL);
    if (status == NG_OK)
        *matches_out = found;
    if (s.data)
        pcre2_match_data_free(s.data);
    if (s.context)
        pcre2_match_context_free(s.context);
    if (general)
        pcre2_general_context_free(general);
    return status;
}
