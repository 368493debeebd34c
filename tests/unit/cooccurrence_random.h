/* For unit tests: random documents of words and names, with a cast made by hand. */
#ifndef NG_TEST_COOCCURRENCE_RANDOM_H
#define NG_TEST_COOCCURRENCE_RANDOM_H

#include "cooccurrence/cooccurrence.h"
#include "faults.h"

#include <math.h>

enum { TEST_ACTORS = 7, TEST_MENTIONS = 400, TEST_BYTES = 1 << 15 };

typedef struct test_document {
    ng_arena arena;
    char bytes[TEST_BYTES];
    size_t size;
    ng_text text;
    ng_span items[TEST_MENTIONS];
    ng_spans spans;
    ng_actor actors[TEST_ACTORS];
    uint32_t of_span[TEST_MENTIONS];
    uint8_t forms[TEST_MENTIONS];
    bool stands[TEST_MENTIONS];
    ng_cast cast;
} test_document;

static inline uint32_t test_random(uint32_t *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16 & 0x7FFF;
}

/* Adds bytes to the text. */
static inline void test_write(test_document *to, const char *word)
{
    size_t size = strlen(word);

    assert_true(to->size + size < TEST_BYTES);
    memcpy(to->bytes + to->size, word, size);
    to->size += size;
}

/* Scans what was written; the tokens "Name0" ... "Name6" become mentions of actors 0 ... 6:
 * persons, the last two a country and a place. "Demo5" is a demonym of the country. Actor 0 is
 * named with an accent, so that bytes and code points differ. */
static inline void test_finish(ng_ctx *cx, test_document *to)
{
    static const char *const ids[TEST_ACTORS] = { "person:a", "person:b",   "person:c", "person:d",
                                                  "person:e", "country:FR", "place:g" };

    assert_int_equal(
        ng_text_scan(cx, &to->arena, (ng_view){ to->bytes, to->size }, 10000, &to->text), NG_OK);
    to->spans = (ng_spans){ .items = to->items };
    to->cast = (ng_cast){ .actors = to->actors,
                          .actor_count = TEST_ACTORS,
                          .of_span = to->of_span,
                          .forms = to->forms,
                          .stands = to->stands };
    for (size_t i = 0; i < TEST_ACTORS; i++)
        to->actors[i] = (ng_actor){ .id = ng_view_of(ids[i]),
                                    .label = ng_view_of(ids[i]),
                                    .kind = i == 5   ? NG_KIND_COUNTRY
                                            : i == 6 ? NG_KIND_PLACE
                                                     : NG_KIND_PERSON };
    for (uint32_t i = 0; i < to->text.token_count; i++) {
        ng_view word = ng_token_text(&to->text, i);
        size_t at = to->spans.count;
        bool is_demonym = ng_view_starts(word, NG_VIEW("Démo"));

        if (!is_demonym && !ng_view_starts(word, NG_VIEW("Námé")))
            continue;
        assert_true(at < TEST_MENTIONS);
        to->items[at] = (ng_span){ .first_token = i, .end_token = i + 1, .title_first = i };
        to->items[at].confidence = 0.5f;
        to->of_span[at] = (uint32_t)(word.data[word.size - 1] - 'a');
        to->forms[at] = is_demonym ? NG_FORM_DEMONYM : NG_FORM_NAME;
        to->spans.count++;
    }
}

/* Opens a document with a text of its own: "Namea said that Demof ..." with accents. */
static inline test_document *test_open_text(ng_ctx *cx, const char *text)
{
    test_document *made = malloc(sizeof *made);

    assert_non_null(made);
    memset(made, 0, sizeof *made);
    ng_arena_init(&made->arena, SIZE_MAX);
    test_write(made, text);
    test_finish(cx, made);
    return made;
}

/* Opens a document of random sentences and paragraphs. */
static inline test_document *test_open_random(ng_ctx *cx, uint32_t seed)
{
    static char text[TEST_BYTES];
    size_t at = 0;
    uint32_t state = seed * 2654435761u + 1;
    uint32_t sentences = 1 + test_random(&state) % 12;

    for (uint32_t i = 0; i < sentences; i++) {
        uint32_t words = 1 + test_random(&state) % 14;

        at += (size_t)snprintf(text + at, sizeof text - at, "The");
        for (uint32_t j = 0; j < words; j++) {
            uint32_t actor = test_random(&state) % TEST_ACTORS;
            uint32_t kind = test_random(&state) % 8;

            if (kind < 3)
                at += (size_t)snprintf(text + at, sizeof text - at, " Námé%c", 'a' + (int)actor);
            else if (kind == 3)
                at += (size_t)snprintf(text + at, sizeof text - at, " Démof");
            else
                at += (size_t)snprintf(text + at, sizeof text - at, " talked");
        }
        at += (size_t)snprintf(text + at, sizeof text - at, "%s",
                               test_random(&state) % 3 == 0 ? ".\n\n" : ". ");
    }
    text[at] = '\0';
    return test_open_text(cx, text);
}

static inline void test_close(ng_ctx *cx, test_document *document)
{
    ng_arena_destroy(cx, &document->arena);
    free(document);
}

#endif
