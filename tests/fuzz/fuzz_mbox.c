/* Any bytes as a mailbox: each message is a document with an id, and no byte is handed out twice.
 */
#define FUZZ_FILE
#include "fuzz.h"

#include "documents/documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_sys sys;
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    ng_ctx *cx = ng_ctx_new();
    size_t all_bytes = 0;

    fuzz_must(cx != NULL, "memory");
    fuzz_set_file(cx, &sys, (ng_view){ (const char *)data, size });
    ng_options_init(&options);
    options.read_as = "mbox";
    options.document_bytes = 512;
    fuzz_must(ng_inputs_new(cx, &inputs) == NG_OK &&
                  ng_inputs_add(cx, inputs, "fuzz.mbox") == NG_OK &&
                  ng_reader_new(cx, &options, inputs, &reader) == NG_OK,
              "the reader opens");
    for (ng_source_document *document = NULL;; document = NULL) {
        if (ng_reader_next(cx, reader, &report, &document) != NG_OK || !document)
            break;
        fuzz_must(document->id.size > 0 && ng_utf8_is_valid(document->id), "an id");
        fuzz_must(document->text.size <= options.document_bytes, "a limit");
        all_bytes += document->text.size;
        (void)ng_source_prepare(cx, &options, document);
        ng_source_free(cx, document);
    }
    fuzz_must(all_bytes <= size, "a message is a part of the file");
    (void)ng_reader_verdict(cx, reader);
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
    return 0;
}
