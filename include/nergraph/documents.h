/* Documents in, mentions out. */
#ifndef NERGRAPH_DOCUMENTS_H
#define NERGRAPH_DOCUMENTS_H

#include <nergraph/options.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The files, directories and streams of one run, in the order they were added. */
typedef struct ng_inputs ng_inputs;

/* Makes an empty list; free it with ng_inputs_free. */
NG_API ng_status ng_inputs_new(ng_ctx *cx, ng_inputs **inputs_out);
NG_API void ng_inputs_free(ng_inputs *inputs);

/* Adds a file, a directory (read with its folders, in the order of its names' bytes) or "-" for
 * standard input. The path is copied; whether it exists is seen when it is read. */
NG_API ng_status ng_inputs_add(ng_ctx *cx, ng_inputs *inputs, const char *path);

/* Adds the paths that a file ("-": standard input) lists, one a line, or each ended by a zero byte.
 * Fails with NG_E_IO when the list cannot be read. */
NG_API ng_status ng_inputs_add_list(ng_ctx *cx, ng_inputs *inputs, const char *list_path,
                                    bool zero_ended);

/* In directories and archives, files that match no pattern are left out; without patterns, those
 * whose ending tells of no document. A pattern is matched as in a shell, against the path below the
 * directory and against the file's name alone ("*.html", "2019/?*.txt"). A pattern is copied. */
NG_API ng_status ng_inputs_include(ng_ctx *cx, ng_inputs *inputs, const char *pattern);

/* Files and folders that match such a pattern are left out, whatever is included. A file
 * `.nergraphignore` in a folder holds more of them, one a line (# begins a comment), for what is in
 * that folder and below. */
NG_API ng_status ng_inputs_exclude(ng_ctx *cx, ng_inputs *inputs, const char *pattern);

/* How many paths were added. */
NG_API size_t ng_inputs_count(const ng_inputs *inputs);

/* What this build reads, in words: "text, HTML, ...; zip, tar, ... (libarchive); ...". Static. */
NG_API const char *ng_media_list(void);

/* Is this a format for options->read_as ("html"), a character set for options->charset? */
NG_API bool ng_media_is_known(const char *name);
NG_API bool ng_charset_is_known(const char *name);

/* What became of the inputs of a run. */
typedef struct ng_report {
    uint64_t document_count;    /* documents read */
    uint64_t duplicate_count;   /* documents given twice, counted once */
    uint64_t copy_count;        /* documents most of whose text stood in others before them */
    uint64_t boilerplate_count; /* documents with paragraphs that many others have, too: these make
                                 * no ties */
    uint64_t failed_count;      /* inputs that could not be opened, read or used */
    uint64_t skipped_count;     /* files in directories passed over: not text by their ending */
    uint64_t byte_count;        /* bytes of text */
    uint64_t mention_count;
} ng_report;

/* One found mention. Views are borrowed from the document. Offsets into the document's text, end
 * exclusive; start and end in Unicode code points, byte_* in bytes of UTF-8. */
typedef struct ng_mention {
    uint64_t start, end;
    uint64_t byte_start, byte_end;
    ng_view text;
    ng_kind kind;
    ng_form form;
    ng_view actor;      /* stable id: "country:IL" */
    double confidence;  /* 0 ... 1 */
    uint32_t sentence;  /* from 0 */
    uint32_t paragraph; /* from 0 */
    bool in_title;      /* offsets are into the title, which is not part of the text */
    bool
        in_boilerplate; /* of a byline, a dateline, credits, a copyright notice: it makes no ties */
} ng_mention;

typedef struct ng_token_view {
    ng_view text;
    uint32_t sentence;
    uint32_t mention; /* index of the mention it belongs to, or UINT32_MAX */
} ng_token_view;

/* One document with what was found in it; all borrowed for the length of the call. */
typedef struct ng_document {
    ng_view id;
    ng_view date;   /* empty when unknown */
    ng_view title;  /* empty when unknown */
    ng_view author; /* as the document's metadata tell it; empty when unknown */
    ng_view text;   /* valid UTF-8 */
    const ng_mention *mentions;
    size_t mention_count;
    const ng_token_view *tokens; /* title (if read as a paragraph of its own) and text */
    size_t token_count;
} ng_document;

/* Called once a document, in the order of the inputs; a status other than NG_OK ends the run. */
typedef ng_status (*ng_document_fn)(void *user, const ng_document *document);

/* Finds the mentions of every document and hands each document to `each`.
 *
 *   report_out  filled on success and on NG_E_DATA
 *
 * An unusable document is a message and counted; with options->strict it ends the run with
 * NG_E_DATA. Returns NG_E_IO when no input could be opened or read, NG_E_DATA when some could not.
 * Cost: O(bytes). The same calls in the same order for any thread count. */
NG_API ng_status ng_extract(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                            ng_document_fn each, void *user, ng_report *report_out);

/* Removes the folder in which a run with options->resume_path left its state, if it is there and
 * holds nothing else. */
NG_API ng_status ng_resume_clear(ng_ctx *cx, const char *folder);

#ifdef __cplusplus
}
#endif

#endif
