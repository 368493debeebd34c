/* Any bytes become a text, its spans, its cast and its tally; the doors' promises are checked.
 *
 * The first byte chooses scope, window and which words stand for a state. */
#include "fuzz.h"

#include "cooccurrence/cooccurrence.h"

enum { ARENA_BYTES = 1 << 30, QUOTE_POINTS = 400 };

static ng_ctx *cx;
static ng_names *names; /* opened once, for all inputs */
static ng_finder *finder;
static ng_scratch *scratch; /* what was read before changes no result */

/* Bytes and code points of a stretch say the same. */
static void check_stretch(ng_view text, const uint32_t bytes[2], const uint32_t points[2])
{
    fuzz_must(bytes[0] <= bytes[1] && bytes[1] <= text.size, "a stretch is inside the text");
    fuzz_must(ng_utf8_is_valid(ng_view_part(text, bytes[0], bytes[1])),
              "a stretch is whole code points");
    fuzz_must(ng_utf8_count(ng_view_part(text, 0, bytes[0])) == points[0] &&
                  ng_utf8_count(ng_view_part(text, bytes[0], bytes[1])) == points[1] - points[0],
              "code points fit bytes");
}

static void check_tokens(const ng_text *text)
{
    uint32_t end = 0, points = 0;

    for (size_t i = 0; i < text->token_count; i++) {
        const ng_token *token = &text->tokens[i];

        fuzz_must(token->start >= end && token->end > token->start && token->end <= text->text.size,
                  "tokens are sorted and not empty");
        points += (uint32_t)ng_utf8_count(ng_view_part(text->text, end, token->start));
        fuzz_must(points == token->cp_start, "code point where a token starts");
        points += (uint32_t)ng_utf8_count(ng_token_text(text, i));
        fuzz_must(points == token->cp_end, "code point where a token ends");
        end = token->end;
        fuzz_must(token->sentence < text->sentence_count &&
                      text->sentences[token->sentence].first_token <= i &&
                      text->sentences[token->sentence].end_token > i,
                  "a token is in its sentence");
    }
}

static void check_spans(const ng_text *text, const ng_spans *spans)
{
    uint32_t end = 0;

    for (size_t i = 0; i < spans->count; i++) {
        const ng_span *span = &spans->items[i];

        fuzz_must(span->first_token >= end && span->end_token > span->first_token &&
                      span->end_token <= text->token_count,
                  "spans are sorted and do not overlap");
        fuzz_must(span->title_first <= span->first_token, "a title is before its name");
        fuzz_must(span->kind < NG_KIND_COUNT && span->form < NG_FORM_COUNT, "kind and form exist");
        fuzz_must(span->confidence >= 0 && span->confidence <= 1, "confidence is in [0, 1]");
        end = span->end_token;
    }
}

static void check_cast(const ng_spans *spans, const ng_cast *cast)
{
    for (size_t i = 0; i < spans->count; i++)
        fuzz_must((cast->of_span[i] == NG_NO_ACTOR || cast->of_span[i] < cast->actor_count) &&
                      cast->forms[i] < NG_FORM_COUNT,
                  "a span's actor exists");
    for (size_t i = 0; i < cast->actor_count; i++)
        fuzz_must(cast->actors[i].id.size > 0 && ng_utf8_is_valid(cast->actors[i].label),
                  "an actor has an id and a label");
    for (size_t i = 0; i < cast->ledger_count; i++)
        fuzz_must(cast->ledger[i].actor == NG_NO_ACTOR || cast->ledger[i].actor < cast->actor_count,
                  "a ledger entry's actor exists");
}

static void check_tally(const ng_text *text, const ng_cast *cast, const ng_tally *tally)
{
    for (size_t i = 0; i < tally->node_count; i++)
        fuzz_must(tally->nodes[i].actor < cast->actor_count &&
                      (i == 0 || tally->nodes[i - 1].actor < tally->nodes[i].actor),
                  "nodes are sorted actors");
    for (size_t i = 0; i < tally->edge_count; i++) {
        const ng_tally_edge *edge = &tally->edges[i], *before = i ? edge - 1 : NULL;

        fuzz_must(edge->a < edge->b && edge->b < cast->actor_count, "a < b, both are actors");
        fuzz_must(!before || before->a < edge->a || (before->a == edge->a && before->b < edge->b),
                  "edges are sorted");
        fuzz_must(edge->unit_count > 0 && edge->unit_count <= tally->unit_total,
                  "units of an edge");
        fuzz_must(edge->first_sentence < text->sentence_count, "an edge's sentence exists");
        fuzz_must(edge->evidence_first <= edge->evidence_end, "an edge's quotes");
        for (uint32_t q = edge->evidence_first; q < edge->evidence_end; q++) {
            const ng_quote *quote = &tally->quotes[q];

            check_stretch(text->text, (uint32_t[]){ quote->start, quote->end },
                          (uint32_t[]){ quote->cp_start, quote->cp_end });
            fuzz_must(quote->cp_end - quote->cp_start <= QUOTE_POINTS, "a quote is short");
        }
    }
}

/* All stages, each checked before the next. */
static ng_status work(ng_arena *arena, const ng_options *options, ng_view bytes)
{
    ng_text text;
    ng_spans spans;
    ng_cast cast;
    ng_tally tally;
    ng_status status = ng_text_scan(cx, arena, bytes, options->sentence_bytes, &text);

    if (status != NG_OK)
        return status;
    check_tokens(&text);
    status = ng_spans_find(cx, finder, scratch, arena, &text, &spans);
    if (status != NG_OK)
        return status;
    check_spans(&text, &spans);
    status = ng_cast_make(cx, names, options, arena, &text, &spans, NG_VIEW("fuzz.txt"), &cast);
    if (status != NG_OK)
        return status;
    check_cast(&spans, &cast);
    status = ng_tally_make(cx, options, arena, &text, &spans, &cast, &tally);
    if (status == NG_OK)
        check_tally(&text, &cast, &tally);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t choice = size ? data[0] : 0;
    ng_options options;
    ng_buffer text;
    ng_arena arena;

    if (!cx) {
        cx = ng_ctx_new();
        fuzz_must(cx && ng_names_new(cx, NULL, &names) == NG_OK &&
                      ng_finder_new(cx, names, NULL, &finder) == NG_OK &&
                      ng_scratch_new(cx, finder, &scratch) == NG_OK,
                  "dictionaries open");
    }
    ng_options_init(&options);
    options.scope = (ng_scope)(choice % 5);
    options.window = 1 + choice / 5u % 7;
    options.states = (ng_states)(choice / 35u % 3);
    ng_buffer_init(&text, SIZE_MAX / 2);
    ng_arena_init(&arena, ARENA_BYTES);
    if (size > 0)
        fuzz_must(ng_utf8_repair(cx, (ng_view){ (const char *)data + 1, size - 1 }, &text) == NG_OK,
                  "any bytes can be repaired");
    fuzz_must(ng_utf8_is_valid(ng_buffer_view(&text)), "repaired text is UTF-8");
    fuzz_must(work(&arena, &options, ng_buffer_view(&text)) == NG_OK, "a text can be worked on");
    ng_arena_destroy(cx, &arena);
    ng_buffer_destroy(cx, &text);
    return 0;
}
