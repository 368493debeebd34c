/* The door of documents: anything on disk or a pipe becomes documents of valid UTF-8. */
#ifndef NG_DOCUMENTS_H
#define NG_DOCUMENTS_H

#include "../base/base.h"
#include <nergraph/documents.h>

/* One document. It owns its views (one allocation behind them): free it with ng_source_free. */
typedef struct ng_source_document {
    ng_view id;
    ng_view date;        /* "2019-02-21", or empty */
    ng_view title;       /* of a record; empty for plain files */
    ng_view text;        /* valid UTF-8 */
    ng_view origin;      /* "archive/a.txt" or "news.jsonl:12", for messages */
    bool title_is_apart; /* the text does not begin with the title: it is a paragraph of its own */
    bool was_repaired;   /* bad bytes became U+FFFD; the reader has said so */
    char sha256[64];     /* of `text`, once ng_source_digest was called */
    void *storage;
} ng_source_document;

/* Reads the inputs of a run one after the other. */
typedef struct ng_reader ng_reader;

/* `inputs` and `options` are borrowed for the reader's life. */
ng_status ng_reader_new(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                        ng_reader **reader_out);
void ng_reader_free(ng_ctx *cx, ng_reader *reader);

/* The next document, or *document_out = NULL at the end. An unusable input is a message
 * (ng_warn), counted, and passed over; with options->strict it is returned as NG_E_DATA, NG_E_IO
 * (nothing was read before it) or NG_E_LIMIT. When the only input fails, its message waits for the
 * verdict. Counts go to `report` (documents, failures, skipped, bytes). */
ng_status ng_reader_next(ng_ctx *cx, ng_reader *reader, ng_report *report,
                         ng_source_document **document_out);
/* Takes the digest of the text, which graphs alone want. */
void ng_source_digest(ng_source_document *document);

void ng_source_free(ng_ctx *cx, ng_source_document *document);

/* At the end: NG_OK, NG_E_DATA (some inputs failed), NG_E_IO (none could be opened or read) or
 * NG_E_LIMIT (those that failed were too large), with a message that counts them. */
ng_status ng_reader_verdict(ng_ctx *cx, const ng_reader *reader);

/* Bytes of input consumed and, when known, in all (0 = unknown). */
void ng_reader_progress(const ng_reader *reader, uint64_t *done_bytes_out,
                        uint64_t *total_bytes_out);

#endif
