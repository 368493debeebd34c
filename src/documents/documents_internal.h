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

/* ---- patterns.c: which files are looked at ---- */

/* Shell patterns. */
typedef struct ng_patterns {
    char **items;
    size_t count, capacity;
} ng_patterns;

/* Adds a copy of a pattern. */
ng_status ng_patterns_add(ng_ctx *cx, ng_patterns *patterns, ng_view pattern);
void ng_patterns_destroy(ng_ctx *cx, ng_patterns *patterns);

/* Adds the patterns of a file, one a line; none when it is not there. */
ng_status ng_patterns_read(ng_ctx *cx, ng_patterns *patterns, const char *path);

/* Does one of them match the path, or the name at its end? The path ends with a zero byte. */
bool ng_patterns_match(const ng_patterns *patterns, const char *path);

const ng_patterns *ng_inputs_included(const ng_inputs *inputs);
const ng_patterns *ng_inputs_excluded(const ng_inputs *inputs);

/* Is a file of this name, found in a directory or an archive, looked at? `path`: below the
 * directory. `may_be_text_out`: its name does not tell, its bytes will. */
bool ng_inputs_want(const ng_inputs *inputs, const char *path, bool *may_be_text_out);

/* ---- media.c: what a file is ---- */

typedef enum ng_media {
    NG_MEDIA_NONE, /* not known, or refused */
    /* one document each */
    NG_MEDIA_TEXT,
    NG_MEDIA_HTML,
    NG_MEDIA_PDF,
    NG_MEDIA_DOCX,
    NG_MEDIA_ODT,
    NG_MEDIA_EPUB,
    NG_MEDIA_MAIL,
    /* any number of documents */
    NG_MEDIA_LINES, /* JSON, one record a line */
    NG_MEDIA_JSON,  /* records one after the other, or in an array */
    NG_MEDIA_TABLE, /* CSV or TSV */
    NG_MEDIA_MBOX,
    NG_MEDIA_WARC,
    /* files */
    NG_MEDIA_PACKED /* an archive or a compressed file */
} ng_media;

/* The format of a file with these first bytes and this name. Returns why it is refused, as the end
 * of a sentence ("a PNG picture, not text"), or NULL. `is_stream`: no name tells anything. */
const char *ng_media_of(ng_view head, ng_view name, bool is_stream, ng_media *media_out);

/* What a name's ending says; NG_MEDIA_NONE when nothing. */
ng_media ng_media_of_name(ng_view name);

/* "html" and the like, as in --read-as. */
bool ng_media_find(const char *name, ng_media *media_out);

/* Does a name end like this (in lower case), whatever its own case? */
bool ng_has_ending(ng_view name, ng_view ending);

/* The endings that are looked for in directories, for messages. */
extern const char ng_media_endings[];

/* ---- files.c: from paths to files ---- */

/* A file to be read. */
typedef struct ng_found {
    const char *path;   /* to open; "-" for standard input; NULL for an entry of an archive */
    const char *label;  /* for messages */
    ng_view name;       /* the document's id if it has no other */
    ng_view file_name;  /* whose ending tells the format: without that of the compression */
    bool is_stream;     /* its name says nothing of its format */
    bool may_be_passed; /* found, not named: passed over when it holds no documents */
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

typedef struct ng_archive ng_archive;

typedef struct ng_stream {
    int fd;
    ng_archive *archive; /* its entry is read in the place of the descriptor; borrowed */
    bool is_open, is_ours, is_at_end, can_seek, has_sought;
    const char *label;   /* for messages; borrowed */
    uint64_t size_bytes; /* of a regular file, else 0 */
    int64_t modified;    /* seconds since 1970 UTC; 0: not known */
    uint64_t read_bytes;
    char *data; /* NG_HEAD_BYTES of room; unread bytes are [start, end) */
    size_t start, end;
} ng_stream;

/* Opens and reads the head. Refuses directories and devices. */
ng_status ng_stream_open(ng_ctx *cx, const ng_found *found, ng_stream *stream);

/* Opens the entry at which the archive stands. */
ng_status ng_stream_open_entry(ng_ctx *cx, ng_archive *archive, const char *label,
                               ng_stream *stream);
void ng_stream_close(ng_ctx *cx, ng_stream *stream);

/* Bytes read and not yet taken. */
ng_view ng_stream_view(const ng_stream *stream);

/* Forgets what was read and reads more, until end == start at the end of the file. */
ng_status ng_stream_refill(ng_ctx *cx, ng_stream *stream);

/* Takes the next line with its line feed, or the first `most` bytes of a longer one; 0 bytes at the
 * end. The line is borrowed until the next call; `spare` has it when it spans pieces. */
ng_status ng_stream_line(ng_ctx *cx, ng_stream *stream, size_t most, ng_buffer *spare,
                         ng_view *line_out);

/* Goes elsewhere in a file that can (can_seek); what was read is forgotten. */
ng_status ng_stream_seek(ng_ctx *cx, ng_stream *stream, int64_t offset, int whence,
                         int64_t *place_out);

/* ---- archive.c: files within a file ---- */

typedef struct ng_entry {
    const char *name; /* as stored; borrowed until the next call */
    bool is_single;   /* a compressed file, no archive: it has no name */
    bool is_file;     /* not a folder, a link or a device */
} ng_entry;

/* Unpacks what the stream holds; both are borrowed. Free with ng_archive_free. */
ng_status ng_archive_open(ng_ctx *cx, ng_stream *stream, const ng_options *options,
                          ng_archive **archive_out);
void ng_archive_free(ng_ctx *cx, ng_archive *archive);

/* Goes to the next entry; has_entry_out is false at the end. After a failure with has_entry_out the
 * entry alone is lost (it is encrypted), after another one the next call may find the end. */
ng_status ng_archive_next(ng_ctx *cx, ng_archive *archive, ng_entry *entry_out,
                          bool *has_entry_out);

/* Reads from the entry; 0 bytes at its end. Fails with NG_E_DATA (damaged), NG_E_LIMIT (it unpacks
 * to more than options->unpack_ratio times its size) or what reading the stream fails with. */
ng_status ng_archive_read(ng_ctx *cx, ng_archive *archive, char *room, size_t size,
                          size_t *count_out);

/* ---- encoding.c ---- */

enum { NG_CHARSET_BYTES = sizeof((ng_source_document *)0)->charset };

/* How a text was read. */
typedef struct ng_decoded {
    char charset[NG_CHARSET_BYTES]; /* "": UTF-8 */
    bool is_guess;
    bool was_repaired; /* bad bytes became U+FFFD */
} ng_decoded;

/* Appends the bytes as UTF-8 to `text_out`.
 *
 *   declared  the character set that something outside the text tells of, or NULL
 *
 * A byte order mark goes first, bytes that are UTF-8 with a fault here and there are repaired, what
 * is declared nowhere is guessed. O(bytes). */
ng_status ng_encoding_decode(ng_ctx *cx, ng_view bytes, const char *declared, const char *label,
                             ng_buffer *text_out, ng_decoded *decoded_out);

/* From a character set that iconv knows. What cannot be meant becomes U+FFFD. */
ng_status ng_encoding_convert(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                              ng_buffer *text_out);

/* The character set that a byte order mark tells of, or NULL, and the bytes of the mark. */
const char *ng_encoding_marked(ng_view bytes, size_t *mark_bytes_out);

/* Is this UTF-16 or UTF-32 by its mark or its zero bytes? */
bool ng_encoding_is_wide(ng_view head);

/* ---- document.c ---- */

/* What a document is called. */
typedef struct ng_labels {
    ng_view id, date, title, author, origin;
} ng_labels;

/* Makes a document of a buffer that holds its text, whatever bytes they are; the labels are copied.
 * The buffer is emptied on success. */
ng_status ng_source_make(ng_ctx *cx, ng_buffer *text, const ng_labels *labels,
                         const ng_options *options, ng_source_document **document_out);

/* The most bytes a document may have. */
uint64_t ng_limit_of(const ng_options *options);

/* Fails with NG_E_LIMIT in the name of `label`. */
ng_status ng_fail_too_large(ng_ctx *cx, const char *label, const ng_options *options);

/* As ng_source_make, of bytes that are not read yet: ng_source_prepare will. `charset`: declared
 * outside of them, or NULL. */
ng_status ng_source_make_raw(ng_ctx *cx, ng_buffer *bytes, const ng_labels *labels, ng_media media,
                             const char *charset, ng_source_document **document_out);

/* ---- dates.c ---- */

enum { NG_DATE_BYTES = 10 };

/* Reads the date that `text` begins with: "2019-02-21T08:00Z" gives "2019-02-21", 2019-02 and 2019
 * stay. Returns the bytes written into date_out, 0 when there is no date. */
size_t ng_date_read(ng_view text, char date_out[NG_DATE_BYTES]);

/* The last day that a path names: "2019/02/21/x.txt", "x-2019-02-21.txt", "x_20190221.txt".
 * Returns the bytes written into date_out, 0 when there is none. */
size_t ng_date_of_name(ng_view path, char date_out[NG_DATE_BYTES]);

/* The date of a document that has none of its own, by the file it stands in, as
 * options->date_from allows. */
size_t ng_date_of_stream(const ng_options *options, const ng_stream *stream, const ng_found *found,
                         char date_out[NG_DATE_BYTES]);

/* ---- extracted.c ---- */

/* What a reader takes out of the bytes of one file. All buffers are the caller's, initialised, and
 * valid UTF-8 afterwards. */
typedef struct ng_extracted {
    ng_buffer text;                /* paragraphs parted by a blank line */
    ng_buffer title, author, date; /* empty when unknown; several authors are parted by "; "; date
                                    * is YYYY-MM-DD, YYYY-MM or YYYY */
    const char *remark;            /* for the user, static, or NULL */
} ng_extracted;

void ng_extracted_init(ng_extracted *extracted, uint64_t limit_bytes);
void ng_extracted_destroy(ng_ctx *cx, ng_extracted *extracted);

/* ---- headers.c ---- */

/* One field; borrowed. */
typedef struct ng_header {
    ng_view name;
    ng_view value; /* without blanks around it; folded lines as they are */
} ng_header;

/* The field at `at`, which goes behind it; false when there are no more: `at` is then where the
 * body begins. */
bool ng_header_next(ng_view bytes, size_t *at, ng_header *header_out);

/* Is the value this word, whatever its case and whatever parameters come after it? */
bool ng_header_is(ng_view value, const char *word);

/* Copies the parameter of this name, ended by a zero byte; false when there is none, or it is empty
 * or needs more room. */
bool ng_header_parameter(ng_view value, ng_view name, char *room, size_t room_size);

/* Without the white space of ASCII around it. */
ng_view ng_header_trim(ng_view value);

/* ---- mail.c ---- */

/* Takes title, author, date and readable text out of one message. Any thread. Fails with NG_E_LIMIT
 * (its text is too large) or NG_E_MEMORY, and NG_E_DATA when nergraph was built without GMime.
 * O(bytes). */
ng_status ng_mail_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out);

/* Readies GMime once; called before it is used, by any thread. */
void ng_mail_init(void);

/* ---- mail_words.c ---- */

/* Appends a field's value, which is UTF-8, with its encoded words decoded: as text or, for an
 * address that must still be parsed, each run of them as one word of UTF-8. */
ng_status ng_mail_words(ng_ctx *cx, ng_view value, const char *label, bool as_words,
                        ng_buffer *out);

/* ---- mail_text.c ---- */

/* How the lines of a plain text are to be read. */
typedef struct ng_mail_lines {
    bool is_flowed;      /* a line that ends in a space goes on in the next (RFC 3676) */
    bool deletes_spaces; /* and that space is no part of the text */
} ng_mail_lines;

/* Appends a plain text of a message: lines end in a line feed, marks of quoted text are taken away,
 * flowed lines are joined. A blank line parts quoted text from what is around it. O(bytes). */
ng_status ng_mail_text(ng_ctx *cx, ng_view text, ng_mail_lines lines, ng_buffer *out);

/* ---- docx.c, odt.c, epub.c ---- */

/* Take title, author, date and text out of an office document or a book. Any thread. Fail with
 * NG_E_DATA (damaged, encrypted, no such document, or nergraph was built without libarchive),
 * NG_E_LIMIT (its parts unpack to more than a document may have) or NG_E_MEMORY. O(bytes that are
 * unpacked). */
ng_status ng_docx_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out);
ng_status ng_odt_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                         ng_extracted *out);
ng_status ng_epub_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out);

/* ---- pdf.c ---- */

/* Takes title, author, date and text out of a PDF file, by starting nergraph-pdf. Any thread. Fails
 * with NG_E_DATA (damaged, encrypted, the program crashed or is missing), NG_E_LIMIT (it took too
 * long, or the text is too large), NG_E_IO (no temporary file) or NG_E_MEMORY. */
ng_status ng_pdf_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                         ng_extracted *out);

/* ---- inflate.c ---- */

/* Appends what gzip or deflate packed. Fails with NG_E_DATA (damaged, or built without zlib),
 * NG_E_LIMIT or NG_E_MEMORY. O(bytes that come out). */
ng_status ng_inflate(ng_ctx *cx, ng_view packed, const char *label, const ng_options *options,
                     ng_buffer *out);

/* ---- whole.c ---- */

/* The rest of a stream as one document of this format. */
ng_status ng_whole_read(ng_ctx *cx, ng_stream *stream, const ng_found *found, ng_media media,
                        const ng_options *options, ng_source_document **document_out);

/* ---- html.c ---- */

/* The article of a page: its text without menus, captions, comments and the like, and what the page
 * says of it. Appends to the buffers of `out`.
 *
 *   charset   declared from outside (HTTP), or NULL; one that nobody knows counts as none
 *   label     for messages
 *
 * Fails with NG_E_LIMIT (too large, or a buffer is full) or NG_E_MEMORY alone: any bytes are a
 * page. May be called from several threads. O(bytes). */
ng_status ng_html_extract(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                          const ng_options *options, ng_extracted *out);

/* All visible text of a fragment of HTML (mail bodies, chapters of EPUB, fields of JSON): nothing
 * is guessed. Otherwise as ng_html_extract. */
ng_status ng_html_text(ng_ctx *cx, ng_view bytes, const char *charset, const char *label,
                       const ng_options *options, ng_buffer *text_out);

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

/* ---- files that hold any number of documents ---- */

/* How such a file is read: open once, next until *document_out is NULL, close. A bad document is a
 * failure (NG_E_DATA or NG_E_LIMIT) and passed over by the next call. */
typedef struct ng_series_kind {
    size_t state_bytes;
    /* `stream`, `found` (the views in it not) and `options` are borrowed until close. */
    ng_status (*open)(ng_ctx *cx, void *state, ng_stream *stream, const ng_found *found,
                      const ng_options *options);
    ng_status (*next)(ng_ctx *cx, void *state, ng_source_document **document_out);
    void (*close)(ng_ctx *cx, void *state);
} ng_series_kind;

extern const ng_series_kind ng_series_lines; /* records.c: JSON lines */
extern const ng_series_kind ng_series_mbox;  /* mbox.c */
extern const ng_series_kind ng_series_warc;  /* warc.c */

/* ---- series.c ---- */

/* What such files have in common. */
typedef struct ng_series {
    ng_stream *stream;
    const ng_options *options;
    ng_buffer label;          /* of the stream, for messages */
    ng_buffer name;           /* the id of a document that has none, before ":12" */
    ng_buffer origin;         /* of the document being read: "x.mbox:12" */
    ng_buffer id;             /* and its id */
    ng_buffer line;           /* one that spans pieces of the stream */
    uint64_t count;           /* documents begun */
    char date[NG_DATE_BYTES]; /* of documents that have none: the file's */
    size_t date_bytes;
} ng_series;

ng_status ng_series_open(ng_ctx *cx, ng_series *series, ng_stream *stream, const ng_found *found,
                         const ng_options *options);
void ng_series_close(ng_ctx *cx, ng_series *series);

/* Begins the next document: counts it and names its place. */
ng_status ng_series_step(ng_ctx *cx, ng_series *series);

/* Labels of the document being read: its id, copied, or its place if that is empty; the file's
 * date. Borrowed until the next document. */
ng_status ng_series_labels(ng_ctx *cx, ng_series *series, ng_view id, ng_labels *labels_out);

/* ---- record.c ---- */

/* Reads JSON objects, one after the other; the buffers are kept. */
typedef struct ng_record {
    ng_buffer repaired; /* bytes with bad ones replaced */
    ng_buffer rest;     /* bytes without their longest string */
    ng_buffer string;   /* that string */
    bool is_shortened;  /* the record being read was parsed without it */
} ng_record;

void ng_record_init(ng_record *record);
void ng_record_destroy(ng_ctx *cx, ng_record *record);

/* Makes a document of the bytes of one JSON object, the series' current one. Fails with NG_E_DATA
 * or NG_E_LIMIT in the name of its origin. O(bytes). */
ng_status ng_record_read(ng_ctx *cx, ng_record *record, ng_series *series, ng_view bytes,
                         ng_source_document **document_out);

/* ---- json.c, table.c ---- */

extern const ng_series_kind ng_series_json;  /* records one after the other, or in an array */
extern const ng_series_kind ng_series_table; /* CSV, TSV: a record a row */

/* Do these first bytes of a JSON file, of a table, tell of a member or column with texts? */
bool ng_json_has_text(ng_view head, const ng_options *options);
bool ng_table_has_text(ng_view head, const ng_options *options);

/* ---- mbox.c ---- */

/* Is this line, with its line feed or without, what begins a message in a mailbox, with its date?
 * "From ann@example.org Thu Feb 21 08:00:00 2019" */
bool ng_mbox_is_dated(ng_view line);

#endif
