/* Private to training: the reader's state, shared by its file formats, and the pieces of scoring.
 */
#ifndef NG_TRAINING_INTERNAL_H
#define NG_TRAINING_INTERNAL_H

#include "training.h"

/* White space of ASCII. */
static inline bool ng_is_blank_byte(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* ---- annotated.c ---- */

struct ng_annotated {
    const char *label; /* for messages */
    ng_annotation_choice choice;
    ng_buffer bytes;     /* the whole file, valid UTF-8 */
    size_t at;           /* where the next line begins */
    uint64_t line;       /* number of the line read last, from 1 */
    bool is_known;       /* the format was seen */
    bool is_records;     /* JSON lines, else BIO */
    size_t column_count; /* of the tokens, once one was seen */
    bool has_documents;  /* one was read: whether they have ids is known */
    bool has_ids;
    ng_annotated_document document; /* the one being read; its arrays lie in what follows */
    ng_buffer id;                   /* of a record whose id is a number */
    ng_buffer text;
    ng_arena strings; /* of a record */
    ng_annotation *annotations;
    size_t annotation_capacity;
    uint32_t *bytes_at;
    size_t bytes_at_capacity;
};

/* The next line without its end, or false at the end of the file. */
bool ng_annotated_line(ng_annotated *file, ng_view *line_out);

/* Adds a span to the document being read. */
ng_status ng_annotated_add(ng_ctx *cx, ng_annotated *file, const ng_annotation *annotation);

/* Says what is wrong with the line read last. */
ng_status ng_annotated_refuse(ng_ctx *cx, const ng_annotated *file, const char *reason);

/* For messages: bytes of a text that a line can hold. */
static inline int ng_shown_size(ng_view text)
{
    return (int)(text.size < 80 ? text.size : 80);
}

/* ---- bio.c, records.c: one document into file->document ---- */

/* Reads to the end of a document; *has_document_out is false at the end of the file. */
ng_status ng_bio_read(ng_ctx *cx, ng_annotated *file, bool *has_document_out);

/* Reads one line, which is not blank. */
ng_status ng_annotated_record_read(ng_ctx *cx, ng_annotated *file, ng_view line);

/* ---- spans.c: what of an annotation is compared ---- */

typedef struct ng_scored_span {
    uint32_t start, end;
    uint32_t kind; /* ng_score_class */
} ng_scored_span;

/* Takes a leading title off a person and a trailing 's off anything. The span lies in the text of
 * `document`. O(its code points). */
void ng_scored_trim(const ng_annotated_document *document, ng_scored_span *span);

/* Sorts by place and class and drops what stands twice. */
ng_status ng_scored_sort(ng_ctx *cx, ng_scored_span *spans, size_t *count);

/* Drops the spans that overlap one of `others`, which gets sorted. O((n + m) log m). */
ng_status ng_scored_drop(ng_ctx *cx, ng_scored_span *spans, size_t *count, ng_scored_span *others,
                         size_t other_count);

#endif
