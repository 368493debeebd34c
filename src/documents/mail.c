/* One message of mail becomes a text: GMime lives here.
 *
 * The structure is walked here, without recursion: a message is a view of bytes, a multipart is cut
 * at its boundary into views, and what is open is a short stack. Each level looks at its bytes once
 * (of alternatives twice), so the cost is bytes times at most MOST_DEPTH, whatever the message;
 * what lies deeper is left out and said. GMime's own parser is not used: a parameter of 16 MB in a
 * Content-Type ends the program (3.2.13 copies it to the stack), and a thousand multiparts within
 * each other took it 6 seconds for 5 MB.
 *
 * GMime reads what has a grammar of its own and many faulty writers: addresses, dates, names of
 * character sets, and the transfer encodings, block by block into our buffers.
 *
 * GMime and glib take memory from malloc and end the program when there is none; no failure can be
 * returned then. What they are given is therefore small: HEADER_BYTES of a field, so some hundred
 * kilobytes at a time and none that lasts. Bodies never go through their memory.
 *
 * Of alternatives the plain text is read, else the HTML. Parts that are text are read in their
 * order, attached ones too; others are left out. A forwarded message is its sender, its subject and
 * its text, a paragraph each. */
#include "documents_internal.h"

#if NG_WITH_GMIME
#include <gmime/gmime.h>
#include <pthread.h>

enum {
    MOST_DEPTH = 24,         /* parts within parts */
    BOUNDARY_BYTES = 256,    /* the standard allows 70 */
    HEADER_BYTES = 16 << 10, /* of a field's value; more of it is cut off */
    TYPE_BYTES = 4 << 10,    /* of Content-Type */
    BLOCK_BYTES = 16 << 10   /* decoded at a time */
};

/* What is done with a part. */
typedef enum kind {
    KIND_OTHER, /* left out */
    KIND_PLAIN,
    KIND_HTML,
    KIND_MESSAGE,
    KIND_MIXED,      /* parts one after the other */
    KIND_ALTERNATIVE /* one of them */
} kind;

/* The fields that are wanted, as they are written; the first of each name. */
typedef struct fields {
    ng_view subject, from, date, type, transfer;
} fields;

/* A part: what its fields say, and its body. */
typedef struct part {
    fields fields;
    ng_view body;
    kind kind;
    char charset[NG_CHARSET_BYTES];
    char boundary[BOUNDARY_BYTES];
    bool is_digest; /* its parts are messages if they do not say */
    ng_mail_lines lines;
} part;

/* A part whose parts are being read. */
typedef struct frame {
    kind kind;
    ng_view rest; /* from the next part on */
    char boundary[BOUNDARY_BYTES];
    bool is_digest;
    ng_buffer decoded; /* what `rest` lies in, of a message that was encoded */
} frame;

typedef struct mail_walk {
    ng_ctx *cx;
    const ng_options *options;
    const char *label;
    GMimeParserOptions *parser;
    ng_extracted *out;
    ng_buffer header;  /* a field's value, one line of valid UTF-8 */
    ng_buffer words;   /* and what its encoded words say */
    ng_buffer decoded; /* a body out of its transfer encoding */
    ng_buffer text;    /* and out of its character set */
    frame frames[MOST_DEPTH];
    size_t depth;
} mail_walk;

static void start_gmime(void)
{
    g_mime_init();
}

void ng_mail_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT; /* as GMime's own state: once a process */

    (void)pthread_once(&once, start_gmime);
}

/* ---- fields ---- */

/* Where the value of a field of this name is kept; NULL when it is not wanted. */
static ng_view *find_field(fields *into, ng_view name)
{
    const struct {
        const char *name;
        ng_view *value;
    } wanted[] = {
        { "subject", &into->subject },
        { "from", &into->from },
        { "date", &into->date },
        { "content-type", &into->type },
        { "content-transfer-encoding", &into->transfer },
    };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (ng_view_equal_folded(name, ng_view_of(wanted[i].name)))
            return wanted[i].value;
    return NULL;
}

/* Reads the fields; returns where the body begins. The line that begins a message in a mailbox may
 * stand before them. */
static size_t read_fields(ng_view bytes, fields *into)
{
    size_t at = 0;
    ng_header header;

    *into = (fields){ .subject = { NULL, 0 } };
    if (ng_view_starts(bytes, NG_VIEW("From ")) || ng_view_starts(bytes, NG_VIEW(">From "))) {
        const char *end = memchr(bytes.data, '\n', bytes.size);

        at = end ? (size_t)(end - bytes.data) + 1 : bytes.size;
    }
    while (ng_header_next(bytes, &at, &header)) {
        ng_view *value = find_field(into, header.name);

        if (value && !value->data)
            *value = header.value;
    }
    return at;
}

/* The beginning of a value that is looked at; no code point is cut. */
static ng_view cut(ng_view value, size_t most)
{
    if (value.size <= most)
        return value;
    while (most > 0 && ((unsigned char)value.data[most] & 0xC0) == 0x80)
        most--;
    return ng_view_part(value, 0, most);
}

/* Spaces and control bytes, line ends among them, become one space. */
static void clean(ng_buffer *text, size_t start)
{
    size_t kept = start;

    for (size_t i = start; i < text->size; i++) {
        bool is_space = (unsigned char)text->data[i] <= ' ' || text->data[i] == 0x7F;

        if (!is_space)
            text->data[kept++] = text->data[i];
        else if (kept > start && text->data[kept - 1] != ' ')
            text->data[kept++] = ' ';
    }
    text->size = kept;
    if (text->data)
        text->data[kept] = '\0';
}

/* Puts a field's value into walk->header: one line, valid UTF-8, no zero byte. */
static ng_status read_value(mail_walk *walk, ng_view value)
{
    const char *declared = NULL;
    ng_decoded decoded;
    ng_status status = NG_OK;

    walk->header.size = 0;
    if (value.size == 0)
        return NG_OK;
    value = cut(value, HEADER_BYTES);
    if (!ng_utf8_is_valid(value))
        declared = walk->options->charset;
    status = ng_encoding_decode(walk->cx, value, declared, walk->label, &walk->header, &decoded);
    clean(&walk->header, 0);
    return status == NG_OK ? ng_buffer_reserve(walk->cx, &walk->header, 1) : status;
}

/* Appends what a value was made into. */
static ng_status add_decoded(mail_walk *walk, ng_view text, ng_buffer *out)
{
    size_t start = out->size;
    ng_status status = ng_utf8_repair(walk->cx, ng_header_trim(text), out);

    clean(out, start);
    return status;
}

/* Appends a subject. */
static ng_status add_subject(mail_walk *walk, ng_view value, ng_buffer *out)
{
    ng_status status = read_value(walk, value);

    walk->words.size = 0;
    if (status == NG_OK)
        status = ng_mail_words(walk->cx, ng_buffer_view(&walk->header), walk->label, false,
                               &walk->words);
    if (status == NG_OK && walk->words.size > 0)
        status = add_decoded(walk, ng_buffer_view(&walk->words), out);
    return status;
}

/* What the first address of a list is called: its name, else the address. A group's members are
 * looked at once. */
static const char *name_of(InternetAddressList *list)
{
    InternetAddress *address = NULL;
    const char *name = NULL;

    if (!list || internet_address_list_length(list) < 1)
        return NULL;
    address = internet_address_list_get_address(list, 0);
    name = internet_address_get_name(address);
    if (name && name[0] != '\0')
        return name;
    return INTERNET_ADDRESS_IS_MAILBOX(address)
               ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))
               : NULL;
}

/* Appends who wrote a message. What is no address is taken as it stands. */
static ng_status add_author(mail_walk *walk, ng_view value, ng_buffer *out)
{
    ng_status status = read_value(walk, value);
    InternetAddressList *list = NULL;
    const char *name = NULL;

    walk->words.size = 0;
    if (status == NG_OK)
        status =
            ng_mail_words(walk->cx, ng_buffer_view(&walk->header), walk->label, true, &walk->words);
    if (status != NG_OK || walk->words.size == 0)
        return status;
    list = internet_address_list_parse(walk->parser, walk->words.data);
    name = name_of(list);
    status = name ? add_decoded(walk, ng_view_of(name), out) : add_subject(walk, value, out);
    if (list)
        g_object_unref(list);
    return status;
}

/* Appends the day on which a message was written, where it was written. */
static ng_status add_date(mail_walk *walk, ng_view value, ng_buffer *out)
{
    ng_status status = read_value(walk, value);
    GDateTime *date = NULL;
    int year = 0;
    int month = 0;
    int day = 0;
    char text[40];
    char kept[NG_DATE_BYTES];

    if (status != NG_OK || walk->header.size == 0)
        return status;
    date = g_mime_utils_header_decode_date(walk->header.data);
    if (!date)
        return NG_OK;
    g_date_time_get_ymd(date, &year, &month, &day);
    g_date_time_unref(date);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    if (ng_date_read(ng_view_of(text), kept) != NG_DATE_BYTES)
        return NG_OK;
    return ng_buffer_add(walk->cx, out, (ng_view){ kept, sizeof kept });
}

/* ---- what a part is ---- */

/* The kind that a Content-Type tells of. */
static kind kind_of(ng_view type)
{
    static const struct {
        const char *type;
        kind kind;
    } kinds[] = {
        { "text/plain", KIND_PLAIN },
        { "text/html", KIND_HTML },
        { "text", KIND_PLAIN },
        { "text/markdown", KIND_PLAIN },
        { "text/x-markdown", KIND_PLAIN },
        { "text/enriched", KIND_HTML },
        { "text/richtext", KIND_HTML },
        { "application/xhtml+xml", KIND_HTML },
        { "message/rfc822", KIND_MESSAGE },
        { "message/global", KIND_MESSAGE },
        { "message/news", KIND_MESSAGE },
        { "multipart/alternative", KIND_ALTERNATIVE },
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ng_header_is(type, kinds[i].type))
            return kinds[i].kind;
    if (type.size > 10 && ng_view_equal_folded(ng_view_part(type, 0, 10), NG_VIEW("multipart/")))
        return KIND_MIXED;
    /* a value that is none at all: RFC 2045, 5.2 */
    return memchr(type.data, '/', type.size) ? KIND_OTHER : KIND_PLAIN;
}

/* The value of a parameter is `yes`. */
static bool has_parameter(ng_view type, const char *name, const char *yes)
{
    char value[16];

    return ng_header_parameter(type, ng_view_of(name), value, sizeof value) &&
           ng_view_equal_folded(ng_view_of(value), ng_view_of(yes));
}

/* Says which of the parts cannot be read by anyone but their receiver. */
static const char *remark_of(ng_view type)
{
    if (ng_header_is(type, "multipart/encrypted") || ng_header_is(type, "application/pkcs7-mime") ||
        ng_header_is(type, "application/x-pkcs7-mime"))
        return "encrypted, or signed with its text inside (S/MIME): that text is left out";
    return NULL;
}

/* Reads the fields of a part. */
static void read_part(mail_walk *walk, ng_view bytes, bool is_of_digest, part *into)
{
    size_t body = read_fields(bytes, &into->fields);
    ng_view type = cut(into->fields.type, TYPE_BYTES);

    into->body = ng_view_part(bytes, body, bytes.size);
    into->kind = is_of_digest ? KIND_MESSAGE : KIND_PLAIN;
    into->charset[0] = into->boundary[0] = '\0';
    into->is_digest = false;
    into->lines = (ng_mail_lines){ .is_flowed = false };
    if (type.size == 0)
        return;
    into->kind = kind_of(type);
    into->is_digest = ng_header_is(type, "multipart/digest");
    into->lines.is_flowed = has_parameter(type, "format", "flowed");
    into->lines.deletes_spaces = has_parameter(type, "delsp", "yes");
    (void)ng_header_parameter(type, NG_VIEW("charset"), into->charset, sizeof into->charset);
    if (!ng_header_parameter(type, NG_VIEW("boundary"), into->boundary, sizeof into->boundary) &&
        (into->kind == KIND_MIXED || into->kind == KIND_ALTERNATIVE))
        into->kind = KIND_PLAIN;
    if (!walk->out->remark)
        walk->out->remark = remark_of(type);
}

/* ---- cutting at boundaries ---- */

/* A line that parts two parts. */
typedef struct delimiter {
    size_t start; /* where the part before ends */
    size_t end;   /* where the part after begins */
    bool is_last;
} delimiter;

/* Is this line, without its line feed, "--boundary" or "--boundary--"? */
static bool is_delimiter(ng_view line, ng_view boundary, bool *is_last_out)
{
    if (line.size < boundary.size + 2 || line.data[0] != '-' || line.data[1] != '-')
        return false;
    line = ng_view_part(line, 2, line.size);
    if (!ng_view_starts(line, boundary))
        return false;
    line = ng_view_part(line, boundary.size, line.size);
    *is_last_out = ng_view_starts(line, NG_VIEW("--"));
    if (*is_last_out)
        line = ng_view_part(line, 2, line.size);
    return ng_header_trim(line).size == 0;
}

/* The first delimiter from `at` on, which is the beginning of a line. */
static bool find_delimiter(ng_view bytes, size_t at, ng_view boundary, delimiter *out)
{
    while (at < bytes.size) {
        const char *feed = memchr(bytes.data + at, '\n', bytes.size - at);
        size_t end = feed ? (size_t)(feed - bytes.data) : bytes.size;

        if (is_delimiter(ng_view_part(bytes, at, end), boundary, &out->is_last)) {
            out->start = at;
            if (out->start > 0)
                out->start--; /* the line end before it belongs to it */
            if (out->start > 0 && bytes.data[out->start - 1] == '\r')
                out->start--;
            out->end = feed ? end + 1 : end;
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* Takes the next part off a multipart. A part whose end is missing goes to the end of all. */
static bool take_part(frame *from, ng_view *part_out)
{
    delimiter next;

    if (from->rest.size == 0)
        return false;
    if (!find_delimiter(from->rest, 0, ng_view_of(from->boundary), &next))
        next = (delimiter){ from->rest.size, from->rest.size, true };
    *part_out = ng_view_part(from->rest, 0, next.start);
    from->rest = next.is_last ? NG_VIEW_NONE : ng_view_part(from->rest, next.end, from->rest.size);
    return true;
}

/* ---- alternatives ---- */

/* Nothing to read in it? */
static bool is_blank(ng_view bytes)
{
    return ng_header_trim(bytes).size == 0;
}

/* How much an alternative is wanted. */
static int rank_of(const part *each)
{
    switch (each->kind) {
    case KIND_PLAIN:
        return is_blank(each->body) ? 1 : 4;
    case KIND_MIXED:
    case KIND_ALTERNATIVE:
    case KIND_MESSAGE:
        return 3;
    case KIND_HTML:
        return 2;
    case KIND_OTHER:
        break;
    }
    return 0;
}

/* Takes the one alternative that is read; the others are gone after it. */
static bool take_alternative(mail_walk *walk, frame *from, ng_view *part_out)
{
    int best = 0;
    ng_view bytes;
    part each;

    while (take_part(from, &bytes)) {
        int rank = 0;

        read_part(walk, bytes, false, &each);
        rank = rank_of(&each);
        if (rank > best) {
            best = rank;
            *part_out = bytes;
        }
    }
    return best > 0;
}

/* ---- bodies ---- */

/* The transfer encoding of a part. */
static GMimeContentEncoding encoding_of(const part *of)
{
    static const struct {
        const char *name;
        GMimeContentEncoding encoding;
    } encodings[] = {
        { "base64", GMIME_CONTENT_ENCODING_BASE64 },
        { "quoted-printable", GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE },
    };

    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (ng_header_is(of->fields.transfer, encodings[i].name))
            return encodings[i].encoding;
    return GMIME_CONTENT_ENCODING_DEFAULT;
}

/* Takes a body out of its transfer encoding, into the buffer if it has one. */
static ng_status decode_body(mail_walk *walk, const part *of, ng_buffer *into, ng_view *body_out)
{
    GMimeContentEncoding encoding = encoding_of(of);
    GMimeEncoding state;
    ng_view body = of->body;

    *body_out = body;
    if (encoding == GMIME_CONTENT_ENCODING_DEFAULT)
        return NG_OK;
    into->size = 0;
    g_mime_encoding_init_decode(&state, encoding);
    while (body.size > 0) {
        size_t size = body.size < BLOCK_BYTES ? body.size : BLOCK_BYTES;
        ng_status status =
            ng_buffer_reserve(walk->cx, into, g_mime_encoding_outlen(&state, size) + BLOCK_BYTES);

        if (status != NG_OK)
            return status;
        if (ng_ctx_is_cancelled(walk->cx))
            return ng_fail(walk->cx, NG_E_LIMIT, "interrupted");
        into->size += size == body.size
                          ? g_mime_encoding_flush(&state, body.data, size, into->data + into->size)
                          : g_mime_encoding_step(&state, body.data, size, into->data + into->size);
        body = ng_view_part(body, size, body.size);
    }
    *body_out = ng_buffer_view(into);
    return NG_OK;
}

/* Parts what comes from what was, by a blank line. */
static ng_status part_text(mail_walk *walk)
{
    ng_buffer *text = &walk->out->text;
    ng_status status = NG_OK;

    while (status == NG_OK && text->size > 0 &&
           !ng_view_ends(ng_buffer_view(text), NG_VIEW("\n\n")))
        status = ng_buffer_add_byte(walk->cx, text, '\n');
    return status;
}

/* What a part says of its character set, by a name that iconv knows; NULL when it does not say. */
static const char *charset_of(const mail_walk *walk, const part *of)
{
    if (of->charset[0] == '\0')
        return walk->options->charset;
    return g_mime_charset_iconv_name(of->charset);
}

/* Adds a plain text. */
static ng_status add_plain(mail_walk *walk, const part *of, ng_view body)
{
    ng_decoded decoded;
    ng_status status = NG_OK;

    walk->text.size = 0;
    status = ng_encoding_decode(walk->cx, body, charset_of(walk, of), walk->label, &walk->text,
                                &decoded);
    if (status != NG_OK)
        return status;
    if (decoded.was_repaired && !walk->out->remark)
        walk->out->remark = "not in the character set that it declares; bad bytes were replaced "
                            "by U+FFFD";
    return ng_mail_text(walk->cx, ng_buffer_view(&walk->text), of->lines, &walk->out->text);
}

/* Adds the text of a part. */
static ng_status add_body(mail_walk *walk, const part *of)
{
    ng_view body;
    ng_status status = decode_body(walk, of, &walk->decoded, &body);

    if (status != NG_OK || is_blank(body))
        return status;
    status = part_text(walk);
    if (status == NG_OK && of->kind == KIND_PLAIN)
        status = add_plain(walk, of, body);
    else if (status == NG_OK)
        status = ng_html_text(walk->cx, body, charset_of(walk, of), walk->label, walk->options,
                              &walk->out->text);
    if (status == NG_OK && walk->out->text.size > ng_limit_of(walk->options))
        status = ng_fail_too_large(walk->cx, walk->label, walk->options);
    return status;
}

/* ---- the walk ---- */

/* Leaves the innermost part. */
static void leave(mail_walk *walk)
{
    ng_buffer_destroy(walk->cx, &walk->frames[--walk->depth].decoded);
}

/* Goes into a part that has parts. */
static ng_status enter(mail_walk *walk, const part *into)
{
    frame *top = &walk->frames[walk->depth];
    delimiter first;

    if (walk->depth == MOST_DEPTH) {
        walk->out->remark = "parts within parts, too deep; the innermost are left out";
        return NG_OK;
    }
    *top = (frame){ .kind = into->kind, .rest = into->body, .is_digest = into->is_digest };
    ng_buffer_init(&top->decoded, SIZE_MAX / 4);
    if (into->kind == KIND_MESSAGE) {
        walk->depth++;
        return decode_body(walk, into, &top->decoded, &top->rest);
    }
    if (!find_delimiter(into->body, 0, ng_view_of(into->boundary), &first)) {
        part plain = *into;

        plain.kind = KIND_PLAIN;
        return add_body(walk, &plain);
    }
    memcpy(top->boundary, into->boundary, sizeof top->boundary);
    top->rest = first.is_last ? NG_VIEW_NONE : ng_view_part(into->body, first.end, into->body.size);
    walk->depth++;
    return NG_OK;
}

/* Who wrote a forwarded message, and about what. */
static ng_status add_origin(mail_walk *walk, const fields *of)
{
    ng_status status = part_text(walk);

    if (status == NG_OK)
        status = add_author(walk, of->from, &walk->out->text);
    if (status == NG_OK)
        status = part_text(walk);
    if (status == NG_OK)
        status = add_subject(walk, of->subject, &walk->out->text);
    return status;
}

/* Reads a part, or goes into it. */
static ng_status open_part(mail_walk *walk, ng_view bytes)
{
    const frame *around = walk->depth > 0 ? &walk->frames[walk->depth - 1] : NULL;
    part here;
    ng_status status = NG_OK;

    read_part(walk, bytes, around && around->is_digest, &here);
    if (around && around->kind == KIND_MESSAGE)
        status = add_origin(walk, &here.fields);
    if (status != NG_OK)
        return status;
    switch (here.kind) {
    case KIND_PLAIN:
    case KIND_HTML:
        return add_body(walk, &here);
    case KIND_MESSAGE:
    case KIND_MIXED:
    case KIND_ALTERNATIVE:
        return enter(walk, &here);
    case KIND_OTHER:
        break;
    }
    return NG_OK;
}

/* The next part of the innermost one. */
static bool next_part(mail_walk *walk, ng_view *part_out)
{
    frame *top = &walk->frames[walk->depth - 1];

    switch (top->kind) {
    case KIND_ALTERNATIVE:
        return take_alternative(walk, top, part_out);
    case KIND_MESSAGE:
        *part_out = top->rest;
        top->rest = NG_VIEW_NONE;
        return part_out->size > 0;
    default:
        return take_part(top, part_out);
    }
}

/* All parts, in their order. */
static ng_status read_parts(mail_walk *walk, ng_view bytes)
{
    ng_status status = open_part(walk, bytes);

    while (status == NG_OK && walk->depth > 0) {
        ng_view next;

        if (ng_ctx_is_cancelled(walk->cx))
            return ng_fail(walk->cx, NG_E_LIMIT, "interrupted");
        if (next_part(walk, &next))
            status = open_part(walk, next);
        else
            leave(walk);
    }
    return status;
}

/* Title, author and date. */
static ng_status read_metadata(mail_walk *walk, ng_view bytes)
{
    fields top;
    ng_status status = NG_OK;

    (void)read_fields(bytes, &top);
    status = add_subject(walk, top.subject, &walk->out->title);
    if (status == NG_OK)
        status = add_author(walk, top.from, &walk->out->author);
    if (status == NG_OK)
        status = add_date(walk, top.date, &walk->out->date);
    return status;
}

/* GMime's options: what is not UTF-8 without saying so is never read by the locale. */
static GMimeParserOptions *new_options(void)
{
    const char *charsets[] = { "utf-8", "windows-1252", NULL };
    GMimeParserOptions *parser = g_mime_parser_options_new();

    g_mime_parser_options_set_fallback_charsets(parser, charsets);
    return parser;
}

ng_status ng_mail_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out)
{
    mail_walk *walk = ng_alloc(cx, sizeof *walk);
    ng_status status = NG_OK;

    if (!walk)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to read a message", label);
    ng_mail_init();
    *walk = (mail_walk){ .cx = cx, .options = options, .label = label, .out = out };
    walk->parser = new_options();
    ng_buffer_init(&walk->header, SIZE_MAX / 4);
    ng_buffer_init(&walk->words, SIZE_MAX / 4);
    ng_buffer_init(&walk->decoded, SIZE_MAX / 4);
    ng_buffer_init(&walk->text, SIZE_MAX / 4);
    status = read_metadata(walk, bytes);
    if (status == NG_OK)
        status = read_parts(walk, bytes);
    while (walk->depth > 0)
        leave(walk);
    ng_buffer_destroy(cx, &walk->header);
    ng_buffer_destroy(cx, &walk->words);
    ng_buffer_destroy(cx, &walk->decoded);
    ng_buffer_destroy(cx, &walk->text);
    g_mime_parser_options_free(walk->parser);
    ng_free(cx, walk);
    return status;
}

#else

void ng_mail_init(void)
{
}

/* Built without GMime: mail is refused, in words. */
ng_status ng_mail_extract(ng_ctx *cx, ng_view bytes, const char *label, const ng_options *options,
                          ng_extracted *out)
{
    (void)bytes;
    (void)options;
    (void)out;
    return ng_fail(cx, NG_E_DATA,
                   "%s: mail, and this nergraph was built without GMime; save it as text first",
                   label);
}
#endif
