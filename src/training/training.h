/* The door of training: annotated documents are read, and mentions scored against them. The public
 * calls are in <nergraph/training.h>. */
#ifndef NG_TRAINING_H
#define NG_TRAINING_H

#include "../base/base.h"
#include <nergraph/training.h>

/* ---- annotated documents (annotated.c, bio.c, records.c) ---- */

/* How the spans of a document stood in its file. */
typedef enum ng_annotation_form {
    NG_ANNOTATION_BIO,
    NG_ANNOTATION_ENTITIES, /* [start, end, type, ...] */
    NG_ANNOTATION_MENTIONS  /* {"start", "end", "kind", "form"} */
} ng_annotation_form;

/* One annotated span. */
typedef struct ng_annotation {
    uint32_t start, end; /* code points, end exclusive; start <= end */
    ng_view type;        /* as it stands in the file: "PER", "MISC-WORK", "person" */
    bool is_demonym;
} ng_annotation;

/* One document; borrowed until the next one is read or the file is closed. */
typedef struct ng_annotated_document {
    bool has_id, has_text;
    ng_view id;
    ng_view text;             /* valid UTF-8; empty without has_text */
    const uint32_t *bytes_at; /* of code point i the first byte; [character_count] is text.size */
    size_t character_count;
    const ng_annotation *annotations; /* in the order of the file; within the text, if it has one */
    size_t annotation_count;
    ng_annotation_form form;
    uint64_t line; /* where it begins, from 1 */
} ng_annotated_document;

/* A file of annotated documents. */
typedef struct ng_annotated ng_annotated;

/* Which list of a record is read when it has both. */
typedef enum ng_annotation_choice { NG_ENTITIES_FIRST, NG_MENTIONS_FIRST } ng_annotation_choice;

/* Reads a file ("-": standard input) of at most 2 GiB into memory; its documents follow one by one.
 * The path is borrowed for the file's life. Bad bytes become U+FFFD, with a remark. */
ng_status ng_annotated_open(ng_ctx *cx, const char *path, ng_annotation_choice choice,
                            ng_annotated **file_out);
void ng_annotated_close(ng_ctx *cx, ng_annotated *file);

/* The next document, or *document_out = NULL at the end. Fails with NG_E_DATA naming file and line.
 * Either all documents of a file have ids or none has. O(bytes of the document). */
ng_status ng_annotated_next(ng_ctx *cx, ng_annotated *file,
                            const ng_annotated_document **document_out);

/* The class of a type; false when it is not scored. */
bool ng_scored_kind(ng_view type, ng_annotation_form form, ng_score_class *kind_out);

/* What the file is called in messages. */
const char *ng_annotated_label(const ng_annotated *file);

#endif
