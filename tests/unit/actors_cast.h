/* For unit tests: documents with marked names, made into a cast.
 *
 * "{p Sherlock Holmes} met {p Mr. | Holmes} in {l London}." marks spans: p person, c country by
 * name, a by alias, d by demonym, l place, o organization, e people; before the bar stands a title;
 * "{c/GE Georgia}" gives the span a code. The marks are taken out before the text is scanned. */
#ifndef NG_TEST_ACTORS_CAST_H
#define NG_TEST_ACTORS_CAST_H

#include "actors/actors.h"
#include "faults.h"

#include <math.h>

enum { TEST_TEXT_BYTES = 1 << 16, TEST_SPANS = 4096 };

typedef struct test_document {
    ng_arena arena;
    char bytes[TEST_TEXT_BYTES];
    size_t size;
    size_t starts[TEST_SPANS], ends[TEST_SPANS], title_starts[TEST_SPANS];
    ng_text text;
    ng_span items[TEST_SPANS];
    ng_spans spans;
    ng_cast cast;
} test_document;

/* The first token that begins at or after the byte. */
static inline uint32_t test_token_at(const ng_text *text, size_t byte)
{
    uint32_t at = 0;

    while (at < text->token_count && text->tokens[at].start < byte)
        at++;
    return at;
}

/* Kind and form of a mark's letter. */
static inline void test_set_kind(ng_span *span, char letter)
{
    span->kind = letter == 'p'   ? NG_KIND_PERSON
                 : letter == 'l' ? NG_KIND_PLACE
                 : letter == 'o' ? NG_KIND_ORGANIZATION
                 : letter == 'e' ? NG_KIND_PEOPLE
                                 : NG_KIND_COUNTRY;
    span->form = letter == 'd' ? NG_FORM_DEMONYM : letter == 'a' ? NG_FORM_ALIAS : NG_FORM_NAME;
}

/* Reads one mark from `at` (after the brace); returns the byte after the closing brace. */
static inline const char *test_read_mark(test_document *to, const char *at)
{
    size_t index = to->spans.count++;
    ng_span *span = &to->items[index];
    size_t code = 0;

    assert_true(index < TEST_SPANS);
    *span = (ng_span){ .confidence = 0.5f, .rule = "test" };
    test_set_kind(span, *at++);
    if (*at == '/')
        for (at++; *at != ' '; at++)
            span->code[code++] = *at;
    at++;
    to->title_starts[index] = to->starts[index] = to->size;
    for (; *at != '}'; at++) {
        if (*at == '|') {
            at++;
            to->starts[index] = to->size;
            continue;
        }
        to->bytes[to->size++] = *at;
    }
    to->ends[index] = to->size;
    return at + 1;
}

/* Takes the marks out, scans, and turns them into spans. */
static inline void test_scan_document(ng_ctx *cx, test_document *to, const char *marked)
{
    to->size = 0;
    to->spans = (ng_spans){ .items = to->items };
    while (*marked) {
        assert_true(to->size + 1 < TEST_TEXT_BYTES);
        if (*marked == '{')
            marked = test_read_mark(to, marked + 1);
        else
            to->bytes[to->size++] = *marked++;
    }
    assert_int_equal(
        ng_text_scan(cx, &to->arena, (ng_view){ to->bytes, to->size }, 10000, &to->text), NG_OK);
    for (size_t i = 0; i < to->spans.count; i++) {
        to->items[i].first_token = test_token_at(&to->text, to->starts[i]);
        to->items[i].end_token = test_token_at(&to->text, to->ends[i]);
        to->items[i].title_first = test_token_at(&to->text, to->title_starts[i]);
        assert_true(to->items[i].first_token < to->items[i].end_token);
    }
}

/* Opens a document; close it with test_close_document. */
static inline test_document *test_open_document(ng_ctx *cx, const char *marked)
{
    test_document *made = malloc(sizeof *made);

    assert_non_null(made);
    memset(made, 0, sizeof *made);
    ng_arena_init(&made->arena, SIZE_MAX);
    test_scan_document(cx, made, marked);
    return made;
}

static inline void test_make_cast(ng_ctx *cx, const ng_names *names, const ng_options *options,
                                  test_document *document)
{
    assert_int_equal(ng_cast_make(cx, names, options, &document->arena, &document->text,
                                  &document->spans, NG_VIEW("test.txt"), &document->cast),
                     NG_OK);
}

static inline void test_close_document(ng_ctx *cx, test_document *document)
{
    ng_arena_destroy(cx, &document->arena);
    free(document);
}

/* The actor ids of all spans in the order of the text, with spaces between: "person:a - person:b",
 * "-" for none. */
static inline const char *test_ids(const test_document *document, char *out, size_t size)
{
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < document->spans.count; i++) {
        uint32_t actor = document->cast.of_span[i];
        ng_view id = actor == NG_NO_ACTOR ? NG_VIEW("-") : document->cast.actors[actor].id;

        at += (size_t)snprintf(out + at, size - at, "%s%.*s", i ? " " : "", (int)id.size, id.data);
        assert_true(at < size);
    }
    return out;
}

/* Whether the ledger has an entry with this name, rule and verdict. */
static inline bool test_has_entry(const test_document *document, const char *name, const char *rule,
                                  bool is_joined)
{
    for (size_t i = 0; i < document->cast.ledger_count; i++) {
        const ng_ledger_entry *entry = &document->cast.ledger[i];

        if (ng_view_equal(entry->name, ng_view_of(name)) && strcmp(entry->rule, rule) == 0 &&
            entry->is_joined == is_joined)
            return true;
    }
    return false;
}

#endif
