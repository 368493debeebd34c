/* Shared by the files of documents alone. */
#ifndef NG_DOCUMENTS_INTERNAL_H
#define NG_DOCUMENTS_INTERNAL_H

#include "documents.h"

/* Bytes of a file that are looked at before it is taken for text. */
enum { NG_HEAD_BYTES = 1 << 16 };

/* A document's text has 32-bit offsets and may treble when bad bytes are replaced. */
#define NG_LIMIT_TEXT_BYTES ((uint64_t)UINT32_MAX / 2)

/* White space of ASCII. */
static inline bool ng_is_blank_byte(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* ---- inputs.c ---- */

/* The path with this index as it was given; borrowed. */
const char *ng_inputs_get(const ng_inputs *inputs, size_t index);

/* ---- files.c: from paths to files ---- */

/* A file to be read. */
typedef struct ng_found {
    const char *path;    /* to open; "-" for standard input */
    const char *label;   /* for messages */
    ng_view name;        /* the document's id if it has no other */
    bool is_records;     /* JSON lines by its ending */
    bool may_be_records; /* a stream: its first byte decides */
    bool has_no_ending;  /* found in a directory: passed over when it is not text */
} ng_found;

typedef struct ng_walk ng_walk;
ng_status ng_walk_new(ng_ctx *cx, const ng_inputs *inputs, ng_walk **walk_out);
void ng_walk_free(ng_ctx *cx, ng_walk *walk);

/* The next file, or *has_found_out = false at the end. What cannot be used is a failure that leaves
 * the walk behind it, ready for the next call. `found_out` is valid until then. */
ng_status ng_walk_next(ng_ctx *cx, ng_walk *walk, ng_report *report, ng_found *found_out,
                       bool *has_found_out);

/* The file just found turned out not to be text: counts it as passed over. */
void ng_walk_pass_over(ng_walk *walk, ng_report *report);

/* ---- stream.c: an open file, read in pieces ---- */

typedef struct ng_stream {
    int fd;
    bool is_open, is_ours, is_at_end;
    const char *label;   /* for messages; borrowed */
    uint64_t size_bytes; /* of a regular file, else 0 */
    uint64_t read_bytes;
    char *data; /* NG_HEAD_BYTES of room; unread bytes are [start, end) */
    size_t start, end;
} ng_stream;

/* Opens and reads the head. Refuses directories and devices. */
ng_status ng_stream_open(ng_ctx *cx, const ng_found *found, ng_stream *stream);
void ng_stream_close(ng_ctx *cx, ng_stream *stream);

/* Bytes read and not yet taken. */
ng_view ng_stream_view(const ng_stream *stream);

/* Forgets what was read and reads more, until end == start at the end of the file. */
ng_status ng_stream_refill(ng_ctx *cx, ng_stream *stream);

/* ---- sniff.c ---- */

/* Why these first bytes of a file are no text, as the end of a sentence ("a PDF file, not text;
 * ..."), or NULL when they can be. */
const char *ng_sniff_refusal(ng_view head);

/* The first byte that is not white space is an opening brace. */
bool ng_sniff_records(ng_view head);
bool ng_sniff_html(ng_view head);

/* ---- document.c ---- */

/* What a document is called. */
typedef struct ng_labels {
    ng_view id, date, title, origin;
} ng_labels;

/* Makes a document of a buffer that holds its text, whatever bytes they are; the labels are copied.
 * The buffer is emptied on success. */
ng_status ng_source_make(ng_ctx *cx, ng_buffer *text, const ng_labels *labels,
                         const ng_options *options, ng_source_document **document_out);

/* The most bytes a document may have. */
uint64_t ng_limit_of(const ng_options *options);

/* Fails with NG_E_LIMIT in the name of `label`. */
ng_status ng_fail_too_large(ng_ctx *cx, const char *label, const ng_options *options);

/* Reads the date that `text` begins with: "2019-02-21T08:00Z" gives "2019-02-21", 2019-02 and 2019
 * stay. Returns the bytes written into date_out, 0 when there is no date. */
size_t ng_date_read(ng_view text, char date_out[10]);

/* ---- text.c ---- */

/* The rest of a stream as one document. */
ng_status ng_text_read(ng_ctx *cx, ng_stream *stream, const ng_found *found,
                       const ng_options *options, ng_source_document **document_out);

/* ---- long_string.c ---- */

/* Takes the longest string out of a line of JSON that is valid UTF-8.
 *
 *   rest          out; the line with a mark in its place, which parses as a single zero byte
 *   string        out; what the string stands for, unescaped
 *   is_taken_out  false when there is no long string or the line is not understood at once: then
 *                 it must be parsed whole. When it is true, `rest` parses if the line does (and the
 *                 string is no key that holds a zero byte), and no other string of it is the mark.
 *
 * Both buffers are written over. O(bytes). */
ng_status ng_long_string_take(ng_ctx *cx, ng_view line, ng_buffer *rest, ng_buffer *string,
                              bool *is_taken_out);

/* ---- records.c ---- */

/* Lines of a stream, one record each. The buffers are kept from line to line. */
typedef struct ng_records {
    ng_stream *stream;
    const ng_options *options;
    ng_buffer label;    /* of the stream, for messages */
    ng_buffer name;     /* the id of a record that has none, before ":line" */
    ng_buffer origin;   /* "news.jsonl:12" */
    ng_buffer id;       /* of a record without one, or with a number */
    ng_buffer line;     /* a line that spans pieces of the stream */
    ng_buffer repaired; /* a line with bad bytes */
    ng_buffer rest;     /* a line without its longest string */
    ng_buffer string;   /* that string */
    bool is_shortened;  /* the line being read was parsed without it */
    uint64_t line_count;
} ng_records;

ng_status ng_records_init(ng_ctx *cx, ng_records *records, ng_stream *stream, const ng_found *found,
                          const ng_options *options);
void ng_records_destroy(ng_ctx *cx, ng_records *records);

/* The next record, or *document_out = NULL at the end. A bad line is a failure (NG_E_DATA or
 * NG_E_LIMIT) and passed over. */
ng_status ng_records_next(ng_ctx *cx, ng_records *records, ng_source_document **document_out);

#endif
