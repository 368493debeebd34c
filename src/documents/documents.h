/* The door of documents: anything on disk or a pipe becomes documents of valid UTF-8. */
#ifndef NG_DOCUMENTS_H
#define NG_DOCUMENTS_H

#include "../base/base.h"
#include <nergraph/documents.h>

/* One document. It owns its views (one allocation behind them): free it with ng_source_free. */
typedef struct ng_source_document {
    ng_view id;
    ng_view date;        /* "2019-02-21", or empty */
    ng_view title;       /* of a record or of a file's metadata; empty for plain text */
    ng_view author;      /* likewise */
    ng_view text;        /* valid UTF-8; before ng_source_prepare perhaps the bytes of a file */
    ng_view origin;      /* "archive/a.txt" or "news.jsonl:12", for messages */
    bool title_is_apart; /* the text does not begin with the title: it is a paragraph of its own */
    bool was_repaired;   /* bad bytes became U+FFFD */
    bool charset_is_guess;
    char charset[32];   /* that the bytes are in: declared or guessed; empty: UTF-8 */
    const char *remark; /* for the user, static, or NULL */
    uint8_t media;      /* private to documents: how `text` is to be read; 0: it is read */
    char sha256[64];    /* of `text`, once ng_source_digest was called */
    char content[64];   /* digest of what it says, whatever its id; a zero byte: not wanted */
    void *storage;
} ng_source_document;

/* inputs.c: the path with this index as it was given; borrowed. */
const char *ng_inputs_get(const ng_inputs *inputs, size_t index);

/* Reads the inputs of a run one after the other. */
typedef struct ng_reader ng_reader;

/* `inputs` and `options` are borrowed for the reader's life. */
ng_status ng_reader_new(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                        ng_reader **reader_out);
void ng_reader_free(ng_ctx *cx, ng_reader *reader);

/* The next document, or *document_out = NULL at the end; its text must be prepared. An unusable
 * input is a message (ng_warn), counted, and passed over; with options->strict it is returned as
 * NG_E_DATA, NG_E_IO (nothing was read before it) or NG_E_LIMIT. When the only input fails, its
 * message waits for the verdict. Counts go to `report` (documents, failures, skipped). */
ng_status ng_reader_next(ng_ctx *cx, ng_reader *reader, ng_report *report,
                         ng_source_document **document_out);
/* Takes the text and the metadata out of the bytes of a file: character set, markup, metadata. Any
 * thread. Fails with NG_E_DATA, NG_E_LIMIT or NG_E_MEMORY, in the name of the document. O(bytes).
 */
ng_status ng_source_prepare(ng_ctx *cx, const ng_options *options, ng_source_document *document);

/* Says what the user should know of how a document was read; after ng_source_prepare. */
void ng_source_tell(ng_ctx *cx, const ng_source_document *document);

/* Takes the digest of the text, which graphs alone want. */
void ng_source_digest(ng_source_document *document);

void ng_source_free(ng_ctx *cx, ng_source_document *document);

/* A document that was read turned out to be unusable, for the reason in cx: it is said and counted
 * as what could not be read is. Returns NG_OK, or `status` when that ends the run (memory, a
 * cancelled context, options->strict). */
ng_status ng_reader_take_back(ng_ctx *cx, ng_reader *reader, ng_report *report, ng_status status);

/* At the end: NG_OK, NG_E_DATA (some inputs failed), NG_E_IO (none could be opened or read) or
 * NG_E_LIMIT (those that failed were too large), with a message that counts them. */
ng_status ng_reader_verdict(ng_ctx *cx, const ng_reader *reader);

/* Bytes of input consumed and, when known, in all (0 = unknown). */
void ng_reader_progress(const ng_reader *reader, uint64_t *done_bytes_out,
                        uint64_t *total_bytes_out);

#endif
