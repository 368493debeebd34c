/* Any bytes as an archive, as a compressed file: documents of valid UTF-8, or failures; and an end.
 */
#define FUZZ_FILE
#include "fuzz.h"

#include "documents/documents.h"

enum { MOST_DOCUMENTS = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_sys sys;
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    ng_ctx *cx = ng_ctx_new();

    fuzz_must(cx != NULL, "memory");
    fuzz_set_file(cx, &sys, (ng_view){ (const char *)data, size });
    ng_options_init(&options);
    options.document_bytes = 1 << 16;
    fuzz_must(ng_inputs_new(cx, &inputs) == NG_OK && ng_inputs_add(cx, inputs, "fuzz") == NG_OK &&
                  ng_reader_new(cx, &options, inputs, &reader) == NG_OK,
              "the reader opens");
    for (int i = 0; i < MOST_DOCUMENTS; i++) {
        ng_source_document *document = NULL;

        if (ng_reader_next(cx, reader, &report, &document) != NG_OK || !document)
            break;
        fuzz_must(document->id.size > 0 && ng_utf8_is_valid(document->id), "an id");
        /* what a file of another kind says has a target of its own */
        if (document->media == 1)
            fuzz_must(ng_source_prepare(cx, &options, document) != NG_OK ||
                          ng_utf8_is_valid(document->text),
                      "a document is UTF-8");
        ng_source_free(cx, document);
    }
    (void)ng_reader_verdict(cx, reader);
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
    return 0;
}
