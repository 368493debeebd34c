/* The user's rules: a text file of TAB-separated lines.
 *
 *   alias        a     b       the name a is the actor b
 *   never-merge  a     b       a and b are never one actor
 *   ignore       a             a is no actor
 *   type         a     kind    a is a person, country, place, organization or people
 *   pattern      kind  regex   what the regular expression finds is of that kind
 *
 * "#" begins a comment line; empty lines and CRLF are fine. Names are compared folded, as the
 * dictionaries are. A line that cannot be used stops the run: a rule that silently does nothing
 * would be worse. What rules say together is looked at in rules_names.c. */
#include "names_internal.h"

enum { RULES_BYTES_MAX = 64 << 20, RULES_COUNT_MAX = 1000000 };

static const struct {
    const char *word;
    ng_rule_verb verb;
    size_t cell_count; /* with the verb */
    const char *use;
} verbs[] = {
    { "alias", NG_RULE_ALIAS, 3, "alias<TAB>name<TAB>actor" },
    { "never-merge", NG_RULE_NEVER_MERGE, 3, "never-merge<TAB>name<TAB>name" },
    { "ignore", NG_RULE_IGNORE, 2, "ignore<TAB>name" },
    { "type", NG_RULE_TYPE, 3, "type<TAB>name<TAB>kind" },
    { "pattern", NG_RULE_PATTERN, 3, "pattern<TAB>kind<TAB>regular expression" },
};

/* The file in the reading. */
typedef struct rule_reader {
    const char *path;
    const ng_rules_source *source;
    uint32_t line;
    ng_rules *rules;
    ng_buffer scratch;
} rule_reader;

static ng_view trim(ng_view cell)
{
    while (cell.size > 0 && (cell.data[0] == ' ' || cell.data[0] == '\r'))
        cell = ng_view_part(cell, 1, cell.size);
    while (cell.size > 0 && (cell.data[cell.size - 1] == ' ' || cell.data[cell.size - 1] == '\r'))
        cell.size--;
    return cell;
}

/* For messages: `size` of the text, cut to what a line can hold. */
static int shown(ng_view text)
{
    return (int)(text.size < 120 ? text.size : 120);
}

static ng_status find_kind(ng_ctx *cx, const rule_reader *reader, ng_view word, ng_kind *kind_out)
{
    if (ng_kind_find(word, kind_out))
        return NG_OK;
    return ng_fail(
        cx, NG_E_DATA,
        "%s:%u: unknown kind \"%.*s\"; use person, country, place, organization or people",
        reader->path, (unsigned)reader->line, shown(word), word.data);
}

/* Copies a name and its folded form into the rules. */
static ng_status add_name(ng_ctx *cx, rule_reader *reader, ng_view name, ng_view *copy_out,
                          ng_view *folded_out)
{
    ng_phrase phrase;
    ng_status status = ng_phrase_fold(cx, name, &reader->scratch, &phrase);

    if (status != NG_OK)
        return status;
    if (phrase.size == 0 || phrase.is_cut)
        return ng_fail(cx, NG_E_DATA, "%s:%u: %s \"%.*s\"", reader->path, (unsigned)reader->line,
                       phrase.is_cut ? "longer than 127 bytes:" : "no word in the name",
                       shown(name), name.data);
    *copy_out = ng_arena_copy(cx, &reader->rules->strings, name);
    *folded_out = ng_arena_copy(cx, &reader->rules->strings, ng_phrase_view(&phrase));
    if (!copy_out->data || !folded_out->data)
        return ng_arena_status(&reader->rules->strings);
    return NG_OK;
}

/* Reads the cells after the verb into `rule`. */
static ng_status read_names(ng_ctx *cx, rule_reader *reader, const ng_view cells[3], ng_rule *rule)
{
    ng_arena *strings = &reader->rules->strings;
    ng_status status = NG_OK;

    if (rule->verb == NG_RULE_PATTERN) {
        status = find_kind(cx, reader, cells[1], &rule->kind);
        if (status != NG_OK)
            return status;
        rule->a = ng_arena_copy(cx, strings, cells[2]);
        rule->b = ng_arena_copy(cx, strings, cells[1]);
        rule->a_folded = rule->a;
        rule->b_folded = rule->b;
        return rule->a.data && rule->b.data ? NG_OK : ng_arena_status(strings);
    }
    status = add_name(cx, reader, cells[1], &rule->a, &rule->a_folded);
    if (status != NG_OK)
        return status;
    if (rule->verb == NG_RULE_TYPE) {
        status = find_kind(cx, reader, cells[2], &rule->kind);
        if (status != NG_OK)
            return status;
        rule->b = ng_arena_copy(cx, strings, cells[2]);
        rule->b_folded = rule->b;
        return rule->b.data ? NG_OK : ng_arena_status(strings);
    }
    if (rule->verb == NG_RULE_IGNORE)
        return NG_OK;
    return add_name(cx, reader, cells[2], &rule->b, &rule->b_folded);
}

/* The key of a rule: its verb, then the name. */
static size_t make_key(ng_rule_verb verb, ng_view name, char key[PACKED_KEY_BYTES + 1])
{
    size_t size = name.size < PACKED_KEY_BYTES ? name.size : PACKED_KEY_BYTES;

    key[0] = (char)('0' + verb);
    memcpy(key + 1, name.data, size);
    return size + 1;
}

/* Appends a rule and makes it the last one with its verb and name. */
static ng_status add_rule(ng_ctx *cx, ng_rules *rules, const ng_rule *rule)
{
    char key[PACKED_KEY_BYTES + 1];
    uint32_t id = 0;
    ng_status status = ng_grow(cx, (void **)&rules->items, &rules->capacity, sizeof *rule,
                               rules->count + 1, RULES_COUNT_MAX, "rules");

    if (status == NG_OK && rule->verb != NG_RULE_PATTERN) {
        size_t size = make_key(rule->verb, rule->a_folded, key);

        status = ng_intern_add(cx, rules->keys, (ng_view){ key, size }, &id);
        if (status == NG_OK)
            status = ng_grow(cx, (void **)&rules->last, &rules->last_capacity, sizeof *rules->last,
                             (size_t)id + 1, RULES_COUNT_MAX, "rules");
        if (status == NG_OK)
            rules->last[id] = (uint32_t)rules->count;
    }
    if (status == NG_OK)
        rules->items[rules->count++] = *rule;
    return status;
}

/* Splits a line into at most three cells (the third has the rest); returns how many. */
static size_t split_cells(ng_view line, ng_view cells[3])
{
    size_t count = 0, start = 0;

    for (size_t i = 0; i <= line.size; i++) {
        if (i < line.size && (line.data[i] != '\t' || count == 2))
            continue;
        cells[count++] = trim(ng_view_part(line, start, i));
        start = i + 1;
    }
    while (count > 0 && cells[count - 1].size == 0)
        count--;
    return count;
}

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

/* Index of a verb, or VERB_COUNT. */
static size_t find_verb(ng_view word)
{
    size_t i = 0;

    while (i < VERB_COUNT && !ng_view_equal(word, ng_view_of(verbs[i].word)))
        i++;
    return i;
}

/* Says what is wrong with a first column; a frequent mistake is spaces for tabulators. */
static ng_status bad_verb(ng_ctx *cx, const rule_reader *reader, ng_view cell)
{
    size_t size = 0, i = 0;

    while (size < cell.size && cell.data[size] != ' ')
        size++;
    i = find_verb(ng_view_part(cell, 0, size));
    if (i < VERB_COUNT)
        return ng_fail(cx, NG_E_DATA, "%s:%u: no tabulator after \"%s\"; write %s", reader->path,
                       (unsigned)reader->line, verbs[i].word, verbs[i].use);
    return ng_fail(cx, NG_E_DATA,
                   "%s:%u: unknown verb \"%.*s\"; use alias, never-merge, ignore, type or pattern",
                   reader->path, (unsigned)reader->line, shown(cell), cell.data);
}

static ng_status read_line(ng_ctx *cx, rule_reader *reader, ng_view line)
{
    ng_view cells[3] = { NG_VIEW_NONE, NG_VIEW_NONE, NG_VIEW_NONE };
    size_t cell_count = split_cells(line, cells), i = 0;
    ng_rule rule = {
        .line = reader->line, .b = NG_VIEW_NONE, .b_folded = NG_VIEW_NONE, .kind = NG_KIND_COUNT
    };
    ng_status status = NG_OK;

    if (cell_count == 0 || cells[0].data[0] == '#')
        return NG_OK;
    i = find_verb(cells[0]);
    if (i == VERB_COUNT)
        return bad_verb(cx, reader, cells[0]);
    if (cell_count != verbs[i].cell_count || cells[1].size == 0 ||
        (verbs[i].verb != NG_RULE_PATTERN && memchr(cells[2].data, '\t', cells[2].size)))
        return ng_fail(cx, NG_E_DATA, "%s:%u: wrong number of columns; write %s", reader->path,
                       (unsigned)reader->line, verbs[i].use);
    rule.verb = verbs[i].verb;
    status = read_names(cx, reader, cells, &rule);
    return status == NG_OK ? add_rule(cx, reader->rules, &rule) : status;
}

static bool is_skipped(const ng_rules_source *source, uint32_t line)
{
    for (size_t i = 0; i < source->skipped_count; i++)
        if (source->skipped[i] == line)
            return true;
    return false;
}

static ng_status read_lines(ng_ctx *cx, rule_reader *reader, ng_view text)
{
    ng_status status = NG_OK;
    size_t start = ng_view_starts(text, NG_VIEW("\xEF\xBB\xBF")) ? 3 : 0;

    for (size_t i = start; i <= text.size && status == NG_OK; i++) {
        if (i < text.size && text.data[i] != '\n')
            continue;
        ng_view line = ng_view_part(text, start, i);
        start = i + 1;
        reader->line++;
        if (is_skipped(reader->source, reader->line))
            continue;
        if (!ng_utf8_is_valid(line))
            return ng_fail(cx, NG_E_DATA, "%s:%u: not UTF-8; save the file as UTF-8", reader->path,
                           (unsigned)reader->line);
        status = read_line(cx, reader, line);
    }
    return status;
}

/* Hash of what the rules say: comments, blank lines and line ends do not matter. */
static ng_status hash_rules(ng_ctx *cx, ng_rules *rules)
{
    ng_buffer said;
    char hex[64];
    ng_status status = NG_OK;

    ng_buffer_init(&said, 2 * RULES_BYTES_MAX);
    for (size_t i = 0; i < rules->count && status == NG_OK; i++) {
        const ng_rule *rule = &rules->items[i];

        status = ng_buffer_add(cx, &said, ng_view_of(verbs[rule->verb].word));
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, &said, '\t');
        if (status == NG_OK)
            status = ng_buffer_add(cx, &said, rule->a);
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, &said, '\t');
        if (status == NG_OK)
            status = ng_buffer_add(cx, &said, rule->b);
        if (status == NG_OK)
            status = ng_buffer_add_byte(cx, &said, '\n');
    }
    if (status == NG_OK) {
        ng_sha256_hex(ng_buffer_view(&said), hex);
        memcpy(rules->hash, hex, sizeof rules->hash);
    }
    ng_buffer_destroy(cx, &said);
    return status;
}

/* Reads the file into empty rules. */
static ng_status read_file(ng_ctx *cx, const ng_rules_source *source, const ng_names *names,
                           ng_rules *rules)
{
    const char *path = source->path;
    rule_reader reader = { .path = path, .source = source, .rules = rules };
    ng_buffer text;
    ng_status status = NG_OK;

    ng_buffer_init(&reader.scratch, RULES_BYTES_MAX);
    ng_buffer_init(&text, RULES_BYTES_MAX + 1);
    status = ng_intern_new(cx, RULES_COUNT_MAX, RULES_BYTES_MAX, &rules->keys);
    if (status == NG_OK)
        status = ng_file_read(cx, path, RULES_BYTES_MAX, "--rules", &text);
    if (status == NG_OK)
        status = read_lines(cx, &reader, ng_buffer_view(&text));
    if (status == NG_OK)
        status = hash_rules(cx, rules);
    if (status == NG_OK)
        status = ng_rules_resolve(cx, path, names, rules);
    ng_buffer_destroy(cx, &reader.scratch);
    ng_buffer_destroy(cx, &text);
    return status;
}

ng_status ng_rules_new(ng_ctx *cx, const ng_rules_source *source, const ng_names *names,
                       ng_rules **rules_out)
{
    ng_rules *rules = ng_alloc(cx, sizeof *rules);
    ng_status status = NG_OK;

    if (!rules)
        return ng_fail(cx, NG_E_MEMORY, "no memory for the rules");
    *rules = (ng_rules){ 0 };
    ng_arena_init(&rules->strings, 4 * (size_t)RULES_BYTES_MAX);
    ng_buffer_init(&rules->pool, PACKED_OFFSET_MAX);
    rules->path = ng_arena_copy(cx, &rules->strings, ng_view_of(source->path));
    status =
        rules->path.data ? read_file(cx, source, names, rules) : ng_arena_status(&rules->strings);
    if (status == NG_OK)
        *rules_out = rules;
    else
        ng_rules_free(cx, rules);
    return status;
}

void ng_rules_free(ng_ctx *cx, ng_rules *rules)
{
    if (!rules)
        return;
    ng_arena_destroy(cx, &rules->strings);
    ng_intern_free(cx, rules->keys);
    ng_slots_destroy(cx, &rules->built);
    ng_buffer_destroy(cx, &rules->pool);
    ng_free(cx, rules->items);
    ng_free(cx, rules->last);
    ng_free(cx, rules->entries);
    ng_free(cx, rules);
}

const ng_rule *ng_names_rules(const ng_names *names, size_t *count_out)
{
    *count_out = names->rules ? names->rules->count : 0;
    return names->rules ? names->rules->items : NULL;
}

ng_view ng_names_rules_path(const ng_names *names)
{
    return names->rules ? names->rules->path : NG_VIEW_NONE;
}

const ng_rule *ng_rules_find(const ng_rules *rules, ng_rule_verb verb, ng_view name)
{
    char key[PACKED_KEY_BYTES + 1];
    size_t size = make_key(verb, name, key);
    uint32_t id = 0;

    if (!ng_intern_find(rules->keys, (ng_view){ key, size }, &id))
        return NULL;
    return &rules->items[rules->last[id]];
}

const ng_rule *ng_names_rule(const ng_names *names, ng_rule_verb verb, ng_view folded)
{
    ng_phrase phrase;

    if (!names->rules)
        return NULL;
    ng_phrase_split(folded, &phrase);
    if (phrase.is_cut || phrase.size == 0)
        return NULL;
    return ng_rules_find(names->rules, verb, ng_phrase_view(&phrase));
}

ng_view ng_names_rules_hash(const ng_names *names)
{
    if (!names->rules || names->rules->count == 0)
        return NG_VIEW_NONE;
    return (ng_view){ names->rules->hash, sizeof names->rules->hash };
}
