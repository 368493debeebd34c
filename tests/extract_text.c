/* Prints the text of a file as nergraph reads it, for tests that compare it with what others read.
 *
 * usage: extract_text [--meta] FILE   (--meta: title, author and date instead, a line each) */
#include "documents/documents.h"

#include <stdlib.h>

static void print(ng_view text)
{
    (void)fwrite(text.data, 1, text.size, stdout);
    (void)fputc('\n', stdout);
}

/* Reads the one document of the inputs. */
static ng_status read_document(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                               ng_source_document **document_out)
{
    ng_reader *reader = NULL;
    ng_report report = { 0 };
    ng_status status = ng_reader_new(cx, options, inputs, &reader);

    if (status != NG_OK)
        return status;
    status = ng_reader_next(cx, reader, &report, document_out);
    if (status == NG_OK && !*document_out)
        status = ng_fail(cx, NG_E_DATA, "no document in it");
    if (status == NG_OK)
        status = ng_source_prepare(cx, options, *document_out);
    ng_reader_free(cx, reader);
    return status;
}

int main(int argc, char **argv)
{
    bool is_meta = argc == 3 && strcmp(argv[1], "--meta") == 0;
    ng_ctx *cx = ng_ctx_new();
    ng_inputs *inputs = NULL;
    ng_options options;
    ng_source_document *document = NULL;
    ng_status status = NG_OK;

    if (!cx || (argc != 2 && !is_meta)) {
        (void)fputs("usage: extract_text [--meta] FILE\n", stderr);
        return NG_E_USAGE;
    }
    ng_options_init(&options);
    options.strict = true;
    status = ng_inputs_new(cx, &inputs);
    if (status == NG_OK)
        status = ng_inputs_add(cx, inputs, argv[argc - 1]);
    if (status == NG_OK)
        status = read_document(cx, &options, inputs, &document);
    if (status == NG_OK && is_meta) {
        print(document->title);
        print(document->author);
        print(document->date);
    } else if (status == NG_OK) {
        print(document->text);
    } else {
        (void)fprintf(stderr, "extract_text: %s\n", ng_ctx_error(cx));
    }
    ng_source_free(cx, document);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
    return status;
}
