/* Any bytes as a file of annotated documents: spans that lie in their text, or a refusal; and the
 * file agrees with itself. */
#define FUZZ_FILE
#include "fuzz.h"

#include "training/training.h"

/* What holds for each document. */
static void check_document(const ng_annotated_document *document)
{
    fuzz_must(document->line > 0, "a line");
    fuzz_must(ng_utf8_is_valid(document->id) && ng_utf8_is_valid(document->text), "UTF-8");
    fuzz_must(!document->has_text ||
                  document->bytes_at[document->character_count] == document->text.size,
              "the last byte");
    for (size_t i = 0; i < document->annotation_count; i++) {
        const ng_annotation *each = &document->annotations[i];

        fuzz_must(each->start <= each->end, "a span has a beginning and an end");
        fuzz_must(!document->has_text || each->end <= document->character_count,
                  "a span lies in its text");
        fuzz_must(ng_utf8_is_valid(each->type), "a type is UTF-8");
    }
}

/* Scores the file against itself. */
static void check_score(ng_ctx *cx)
{
    ng_score_report *report = NULL;

    if (ng_score(cx, "fuzz", "fuzz", 3, &report) != NG_OK) {
        fuzz_must(ng_ctx_error(cx)[0] != '\0', "a refusal says why");
        return;
    }
    for (size_t i = 0; i < NG_SCORE_CLASS_COUNT; i++) {
        const ng_score_row *row = &report->rows[i];

        fuzz_must(row->hit_count <= row->gold_count && row->hit_count <= row->predicted_count,
                  "a hit is in both");
        fuzz_must(row->f1 >= 0 && row->f1 <= 100.0000001, "a percentage");
    }
    fuzz_must(report->error_count <= 3, "no more errors than asked for");
    ng_score_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_sys sys;
    ng_annotated *file = NULL;
    const ng_annotated_document *document = NULL;
    ng_ctx *cx = ng_ctx_new();

    fuzz_must(cx != NULL, "memory");
    fuzz_set_file(cx, &sys, (ng_view){ (const char *)data, size });
    fuzz_must(ng_annotated_open(cx, "fuzz", NG_ENTITIES_FIRST, &file) == NG_OK, "the file opens");
    do {
        if (ng_annotated_next(cx, file, &document) != NG_OK) {
            fuzz_must(ng_ctx_error(cx)[0] != '\0', "a refusal says why");
            break;
        }
        if (document)
            check_document(document);
    } while (document);
    ng_annotated_close(cx, file);
    check_score(cx);
    ng_ctx_free(cx);
    return 0;
}
