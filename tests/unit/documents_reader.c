/* The reader: what becomes a document, what is refused and how it is said, what the verdict is.
 *
 * Each case makes files in a fresh folder, reads inputs there and compares one line a document
 * ("id|date|title|text", a '+' before an apart title), the messages and the verdict. */
#include "faults.h"

#include <dirent.h>
#include <errno.h>
#include <sys/wait.h>

#include "documents/documents.h"

enum { MOST_FILES = 12, MOST_INPUTS = 6 };

typedef struct test_file {
    const char *name; /* ending in '/': a directory; holding "->": a link */
    ng_view content;
} test_file;

typedef struct reader_case {
    const char *what;
    test_file files[MOST_FILES];
    const char *inputs[MOST_INPUTS]; /* relative to the folder, which is the working directory */
    const char *documents;
    const char *messages;
    const char *verdict; /* "" when NG_OK */
    ng_status status;
    uint64_t failed, skipped;
    uint64_t document_bytes; /* 0: the default */
    const char *charset;
    bool strict;
} reader_case;

/* Long enough for a string that the JSON library does not see: once in JSON, once as it is read. */
#define LONG_WORDS   "A record's text is long, all its other members are few and short."
#define LONG_ESCAPED LONG_WORDS "\\n" LONG_WORDS "\\\"" LONG_WORDS "\\u00e9" LONG_WORDS
#define LONG_READ    LONG_WORDS "\n" LONG_WORDS "\"" LONG_WORDS "\xC3\xA9" LONG_WORDS

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const reader_case cases[] = {
    { .what = "one file: its base name",
      .files = { { "a/", TEXT("") }, { "a/article.txt", TEXT("Text.\n") } },
      .inputs = { "a/article.txt" },
      .documents = "article.txt|||Text.\n;" },
    { .what = "several files: their paths",
      .files = { { "a/", TEXT("") }, { "a/x.txt", TEXT("1") }, { "x.txt", TEXT("2") } },
      .inputs = { "a/x.txt", "./x.txt" },
      .documents = "a/x.txt|||1;x.txt|||2;" },
    { .what = "byte order mark, zero byte, CRLF and control byte stay",
      .files = { { "a.txt", TEXT("\xEF\xBB\xBF"
                                 "A\0B\r\n\x01"
                                 "C") } },
      .inputs = { "a.txt" },
      .documents = "a.txt|||\xEF\xBB\xBF"
                   "A\\0B\r\n\x01"
                   "C;" },
    { .what = "bad bytes are replaced and said",
      .files = { { "a.txt", TEXT("caf\xE9 \xF0\x9F\x98 x, and more text that is good") } },
      .inputs = { "a.txt" },
      .documents = "a.txt|||caf\xEF\xBF\xBD \xEF\xBF\xBD x, and more text that is good;",
      .messages = "a.txt: not valid UTF-8; bad bytes were replaced by U+FFFD\n" },
    { .what = "an empty file is an empty document",
      .files = { { "a.txt", TEXT("") } },
      .inputs = { "a.txt" },
      .documents = "a.txt|||;" },
    { .what = "no inputs", .documents = "" },
    { .what = "a directory in the order of its names' bytes",
      .files = { { "d/", TEXT("") },
                 { "d/b.md", TEXT("b") },
                 { "d/a.TXT", TEXT("a") },
                 { "d/B.text", TEXT("B") },
                 { "d/c/", TEXT("") },
                 { "d/c/x.markdown", TEXT("x") },
                 { "d/c.txt", TEXT("c") },
                 { "d/e.jsonl", TEXT("{\"text\":\"e\"}\n") },
                 { "d/README", TEXT("r") },
                 { "d/.hidden.txt", TEXT("h") },
                 { "d/p.png", TEXT("p") },
                 { "d/PROGRAM", TEXT("\x7F"
                                     "ELF....") } },
      .inputs = { "d" },
      .documents = "B.text|||B;README|||r;a.TXT|||a;b.md|||b;c/x.markdown|||x;c.txt|||c;"
                   "e.jsonl:1|||e;",
      .skipped = 2 },
    { .what = "a directory with a slash, and the same below another",
      .files = { { "d/", TEXT("") }, { "d/e/", TEXT("") }, { "d/e/a.txt", TEXT("a") } },
      .inputs = { "d/", "d/e" },
      .documents = "e/a.txt|||a;a.txt|||a;" },
    { .what = "links: files are followed, loops end",
      .files = { { "d/", TEXT("") },
                 { "d/a.txt", TEXT("a") },
                 { "d/loop->.", TEXT("") },
                 { "d/self.txt->self.txt", TEXT("") },
                 { "d/z.txt->a.txt", TEXT("") },
                 { "d/gone->nowhere", TEXT("") } },
      .inputs = { "d" },
      .documents = "a.txt|||a;z.txt|||a;",
      .skipped = 2 },
    { .what = "a link to a folder elsewhere is not followed",
      .files = { { "d/", TEXT("") },
                 { "d/a.txt", TEXT("a") },
                 { "e/", TEXT("") },
                 { "e/b.txt", TEXT("b") },
                 { "d/out->../e", TEXT("") } },
      .inputs = { "d" },
      .documents = "a.txt|||a;" },
    { .what = "a link to nothing that looks like text",
      .files = { { "d/", TEXT("") }, { "d/a.txt", TEXT("a") }, { "d/b.txt->nowhere", TEXT("") } },
      .inputs = { "d" },
      .documents = "a.txt|||a;",
      .messages = "d/b.txt: No such file or directory\n",
      .verdict = "1 of 2 inputs could not be used",
      .status = NG_E_DATA,
      .failed = 1 },
    { .what = "a directory without text",
      .files = { { "d/", TEXT("") }, { "d/x.png", TEXT("x") } },
      .inputs = { "d" },
      .documents = "",
      .verdict = "d: no documents (looked for .txt .text .md .jsonl .ndjson .json .csv .tsv .html "
                 ".pdf .docx .odt "
                 ".epub .eml .mbox .warc, and .zip .tar .7z .gz .bz2 .xz .zst of them)",
      .status = NG_E_DATA,
      .failed = 1,
      .skipped = 1 },
    { .what = "an empty directory is an empty input",
      .files = { { "d/", TEXT("") }, { "d/.x", TEXT("x") } },
      .inputs = { "d" },
      .documents = "",
      .messages = "d: no documents (looked for .txt .text .md .jsonl .ndjson .json .csv .tsv .html "
                  ".pdf .docx .odt "
                  ".epub .eml .mbox .warc, and .zip .tar .7z .gz .bz2 .xz .zst of them)\n" },
    { .what = "records",
      .files = { { "n.jsonl",
                   TEXT("\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"One\\u0000.\",\"date\":\"2019-02-"
                        "21T08:00Z\","
                        "\"title\":\"Head\",\"source\":\"s\",\"more\":[1]}\r\n"
                        "\n  \n"
                        "{\"id\":7,\"text\":\"Head and more\",\"title\":\" Head \"}\n"
                        "{\"id\":1.5,\"text\":\"Heads\",\"title\":\"Head\",\"date\":\"2019-13-01\"}"
                        "\n"
                        "{\"id\":\"\",\"text\":\"\xC3\xA9\\ud83d\\ude00\",\"title\":null,\"date\":"
                        "5}\n"
                        "{\"id\":null,\"text\":\"\",\"title\":\"T\",\"date\":\"21 Feb 2019\"}") } },
      .inputs = { "n.jsonl" },
      .documents = "a|2019-02-21|+Head|One\\0.;7|| Head |Head and more;1.5|2019|+Head|Heads;"
                   "n.jsonl:6|||\xC3\xA9\xF0\x9F\x98\x80;n.jsonl:7||+T|;" },
    { .what = "bad records are named and passed over",
      .files = { { "n.ndjson", TEXT("{\"text\":\"a\"}\n"
                                    "nonsense\n"
                                    "[1]\n"
                                    "{\"id\":\"x\"}\n"
                                    "{\"text\":5}\n"
                                    "{\"text\":\"b\",\"id\":[]}\n"
                                    "{\"text\":\"c\"} x\n"
                                    "{\"text\":\"d\xFF\"}\n"
                                    "{\"text\":\"e\"}\n") } },
      .inputs = { "n.ndjson" },
      .documents = "n.ndjson:1|||a;n.ndjson:8|||d\xEF\xBF\xBD;n.ndjson:9|||e;",
      .messages = "n.ndjson:2: not a JSON record: '[' or '{' expected near 'nonsense'\n"
                  "n.ndjson:3: not a JSON record: an object { } is needed\n"
                  "n.ndjson:4: no \"text\"\n"
                  "n.ndjson:5: \"text\" is not a string\n"
                  "n.ndjson:6: \"id\" is neither a string nor a number\n"
                  "n.ndjson:7: not a JSON record: end of file expected near 'x'\n"
                  "n.ndjson:8: not valid UTF-8; bad bytes were replaced by U+FFFD\n",
      .verdict = "6 of 9 inputs could not be used",
      .status = NG_E_DATA,
      .failed = 6 },
    { .what = "long strings",
      .files = { { "n.jsonl",
                   TEXT("{\"id\":\"a\",\"text\":\"" LONG_ESCAPED "\"}\n"
                        "{\"title\":\"" LONG_ESCAPED "\",\"id\":\"b\",\"text\":\"Short\"}\n"
                        "{\"id\":\"" LONG_ESCAPED "\",\"text\":\"Short\"}\n"
                        "{\"" LONG_ESCAPED "\":[\"\\u0000\"],\"id\":\"c\",\"text\":\"\\u0000\"}\n"
                        "{\"id\":\"d\",\"text\":\"Short\",\"text\":\"" LONG_ESCAPED "\"}\n"
                        "{\"id\":\"e\",\"text\":\"" LONG_ESCAPED "\",\"text\":\"Short\"}\n"
                        "{\"text\":\"" LONG_ESCAPED "\"} x\n"
                        "{\"x\":\"\\z\",\"text\":\"" LONG_ESCAPED "\"}\n"
                        "{\"" LONG_ESCAPED "\\u0000\":\"\",\"text\":\"\"}\n") } },
      .inputs = { "n.jsonl" },
      .documents = "a|||" LONG_READ ";b||+" LONG_READ "|Short;" LONG_READ "|||Short;c|||\\0;"
                   "d|||" LONG_READ ";e|||Short;",
      .messages = "n.jsonl:7: not a JSON record: end of file expected near 'x'\n"
                  "n.jsonl:8: not a JSON record: invalid escape near '\"\\z'\n"
                  "n.jsonl:9: not a JSON record: NUL byte in object key not supported\n",
      .verdict = "3 of 9 inputs could not be used",
      .status = NG_E_DATA,
      .failed = 3 },
    { .what = "a bad record alone is said by the verdict",
      .files = { { "n.jsonl", TEXT("{}\n") } },
      .inputs = { "n.jsonl" },
      .documents = "",
      .verdict = "n.jsonl:1: no \"text\"",
      .status = NG_E_DATA,
      .failed = 1 },
    { .what = "a text that begins with a brace is a text",
      .files = { { "a.txt", TEXT("{\"text\":\"a\"}") } },
      .inputs = { "a.txt" },
      .documents = "a.txt|||{\"text\":\"a\"};" },
    { .what = "files that are no documents",
      .files = { { "a.pdf", TEXT("not a PDF") },
                 { "b.zip", TEXT("PK, but no archive") },
                 { "c.txt", TEXT("a\0b\0\0\0c\0d\0\0\0e\0f\0") },
                 { "d.png", TEXT("\x89PNG\r\n\x1A\n") },
                 { "e.rtf", TEXT("{\\rtf1 x}") },
                 { "ok.txt", TEXT("ok") } },
      .inputs = { "a.pdf", "b.zip", "c.txt", "d.png", "e.rtf", "ok.txt" },
      .documents = "ok.txt|||ok;",
      .messages = "a.pdf: looks like something else than a PDF file, by its first bytes\n"
                  "b.zip: looks like something else than its name says, or damaged\n"
                  "c.txt: looks like a binary file, not text\n"
                  "d.png: looks like a PNG picture, not text\n"
                  "e.rtf: looks like an RTF document; save it as .docx or .odt first\n",
      .verdict = "5 of 6 inputs could not be used",
      .status = NG_E_DATA,
      .failed = 5 },
    { .what = "one file that is no document",
      .files = { { "x.png", TEXT("\x89PNG\r\n\x1A\n") } },
      .inputs = { "x.png" },
      .documents = "",
      .verdict = "x.png: looks like a PNG picture, not text",
      .status = NG_E_DATA,
      .failed = 1 },
    { .what = "character sets: by their mark, by their zero bytes, guessed",
      .files = { { "a.txt", TEXT("\xFF\xFE"
                                 "a\0\xE9\0") },
                 { "b.txt", TEXT("\0T\0e\0x\0t\0,\0 \0a\0l\0s\0o\0.") },
                 { "c.txt", TEXT("Jos\xE9 Mu\xF1oz \x96 caf\xE9") },
                 { "d.txt", TEXT("\xC0\xED\xE3\xE5\xEB\xE0 \xCC\xE5\xF0\xEA\xE5\xEB\xFC "
                                 "\xE2\xF1\xF2\xF0\xE5\xF2\xE8\xEB\xE0\xF1\xFC \xF1 "
                                 "\xEF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2\xEE\xEC "
                                 "\xE2 \xCF\xE0\xF0\xE8\xE6\xE5.") } },
      .inputs = { "a.txt", "b.txt", "c.txt", "d.txt" },
      .documents = "a.txt|||a\xC3\xA9;b.txt|||Text, also.;"
                   "c.txt|||Jos\xC3\xA9 Mu\xC3\xB1oz \xE2\x80\x93 caf\xC3\xA9;"
                   "d.txt|||\u0410\u043d\u0433\u0435\u043b\u0430 "
                   "\u041c\u0435\u0440\u043a\u0435\u043b\u044c "
                   "\u0432\u0441\u0442\u0440\u0435\u0442\u0438\u043b\u0430\u0441\u044c \u0441 "
                   "\u043f\u0440\u0435\u0437\u0438\u0434\u0435\u043d\u0442\u043e\u043c "
                   "\u0432 \u041f\u0430\u0440\u0438\u0436\u0435.;",
      .messages = "c.txt: not UTF-8; read as windows-1252 (if that is wrong, say --charset)\n"
                  "d.txt: not UTF-8; read as WINDOWS-1251 (if that is wrong, say --charset)\n" },
    { .what = "a character set that is declared",
      .files = { { "a.txt", TEXT("K\xF6ln") },
                 { "b.txt", TEXT("\xFF\xFE"
                                 "x\0") } },
      .inputs = { "a.txt", "b.txt" },
      .charset = "ISO-8859-2",
      .documents = "a.txt|||K\xC3\xB6ln;b.txt|||x;" },
    { .what = "days in names",
      .files = { { "2019/", TEXT("") },
                 { "2019/02/", TEXT("") },
                 { "2019/02/21/", TEXT("") },
                 { "2019/02/21/a.txt", TEXT("a") },
                 { "x_20190230.txt", TEXT("b") },
                 { "x-2020-03-04T10.txt", TEXT("c") },
                 { "x20190221.jsonl",
                   TEXT("{\"text\":\"d\"}\n{\"text\":\"e\",\"date\":\"2001\"}") } },
      .inputs = { "2019/02/21/a.txt", "x_20190230.txt", "x-2020-03-04T10.txt", "x20190221.jsonl" },
      .documents = "2019/02/21/a.txt|2019-02-21||a;x_20190230.txt|||b;"
                   "x-2020-03-04T10.txt|2020-03-04||c;x20190221.jsonl:1|2019-02-21||d;"
                   "x20190221.jsonl:2|2001||e;" },
    { .what = "one missing file",
      .inputs = { "gone.txt" },
      .documents = "",
      .verdict = "gone.txt: No such file or directory",
      .status = NG_E_IO,
      .failed = 1 },
    { .what = "nothing can be read",
      .inputs = { "gone.txt", "/dev/zero", "" },
      .documents = "",
      .messages =
          "gone.txt: No such file or directory\n"
          "/dev/zero: a device, not a file; give a file, a directory or - for standard input\n"
          "an empty path among the inputs\n",
      .verdict = "none of the inputs could be used (3 failed)",
      .status = NG_E_IO,
      .failed = 3 },
    { .what = "two of three fail",
      .files = { { "a.txt", TEXT("a") }, { "a.png", TEXT("\x89PNG\r\n") } },
      .inputs = { "gone.txt", "a.png", "a.txt" },
      .documents = "a.txt|||a;",
      .messages = "gone.txt: No such file or directory\n"
                  "a.png: looks like a PNG picture, not text\n",
      .verdict = "2 of 3 inputs could not be used",
      .status = NG_E_DATA,
      .failed = 2 },
    { .what = "none could be used, but one was read",
      .files = { { "a.png", TEXT("\x89PNG\r\n") } },
      .inputs = { "gone.txt", "a.png" },
      .documents = "",
      .messages = "gone.txt: No such file or directory\n"
                  "a.png: looks like a PNG picture, not text\n",
      .verdict = "none of the inputs could be used (2 failed)",
      .status = NG_E_DATA,
      .failed = 2 },
    { .what = "strict: the first failure ends it",
      .files = { { "a.txt", TEXT("a") }, { "b.txt", TEXT("b") } },
      .inputs = { "a.txt", "gone.txt", "b.txt" },
      .documents = "a.txt|||a;",
      .verdict = "gone.txt: No such file or directory",
      .status = NG_E_DATA,
      .failed = 1,
      .strict = true },
    { .what = "strict: nothing was read before",
      .inputs = { "gone.txt" },
      .documents = "",
      .verdict = "gone.txt: No such file or directory",
      .status = NG_E_IO,
      .failed = 1,
      .strict = true },
    { .what = "a document that is too large, alone",
      .files = { { "a.txt", TEXT("123456") } },
      .inputs = { "a.txt" },
      .documents = "",
      .verdict = "a.txt: larger than 5 bytes; raise --max-document-bytes",
      .status = NG_E_LIMIT,
      .failed = 1,
      .document_bytes = 5 },
    { .what = "documents that are too large among others",
      .files = { { "a.txt", TEXT("12345") },
                 { "b.txt", TEXT("123456") },
                 { "c.txt", TEXT("ab \xFF") } },
      .inputs = { "a.txt", "b.txt", "c.txt" },
      .documents = "a.txt|||12345;",
      .messages = "b.txt: larger than 5 bytes; raise --max-document-bytes\n"
                  "c.txt: larger than 5 bytes once bad bytes are replaced; raise "
                  "--max-document-bytes or convert it to UTF-8\n",
      .verdict = "2 of 3 inputs could not be used",
      .status = NG_E_LIMIT,
      .failed = 2,
      .document_bytes = 5 },
    { .what = "a line that is too large",
      .files = { { "n.jsonl", TEXT("{\"text\":\"a\"}\n{\"text\":\"much too long\"}\n"
                                   "{\"text\":\"b\"}") } },
      .inputs = { "n.jsonl" },
      .documents = "n.jsonl:1|||a;n.jsonl:3|||b;",
      .messages = "n.jsonl:2: larger than 20 bytes; raise --max-document-bytes\n",
      .verdict = "1 of 3 inputs could not be used",
      .status = NG_E_LIMIT,
      .failed = 1,
      .document_bytes = 20 },
    { .what = "names that are not UTF-8",
      .files = { { "d/", TEXT("") }, { "d/caf\xE9.txt", TEXT("a") } },
      .inputs = { "d" },
      .documents = "caf\xEF\xBF\xBD.txt|||a;" },
};

/* Makes the files of a case in the working directory. */
static void make_files(const test_file *files)
{
    for (size_t i = 0; i < MOST_FILES && files[i].name; i++) {
        const char *name = files[i].name;
        const char *arrow = strstr(name, "->");

        if (name[strlen(name) - 1] == '/') {
            assert_int_equal(mkdir(name, 0700), 0);
        } else if (arrow) {
            char link[100];

            (void)snprintf(link, sizeof link, "%.*s", (int)(arrow - name), name);
            assert_int_equal(symlink(arrow + 2, link), 0);
        } else {
            test_write_file(".", name, files[i].content);
        }
    }
}

/* Appends text in which zero bytes become "\0". */
static void add_visible(ng_ctx *cx, ng_buffer *out, ng_view text)
{
    for (size_t i = 0; i < text.size; i++)
        assert_int_equal(text.data[i] ? ng_buffer_add_byte(cx, out, text.data[i])
                                      : ng_buffer_add(cx, out, NG_VIEW("\\0")),
                         NG_OK);
}

/* Appends a document as the cases write it; checks what holds for every document. */
static void add_document(ng_ctx *cx, ng_buffer *out, ng_source_document *document)
{
    char hex[64];

    assert_true(ng_utf8_is_valid(document->text));
    assert_true(ng_utf8_is_valid(document->id));
    assert_true(ng_utf8_is_valid(document->origin));
    ng_sha256_hex(document->text, hex);
    ng_source_digest(document);
    assert_memory_equal(hex, document->sha256, 64);
    add_visible(cx, out, document->id);
    add_visible(cx, out, NG_VIEW("|"));
    add_visible(cx, out, document->date);
    add_visible(cx, out, document->title_is_apart ? NG_VIEW("|+") : NG_VIEW("|"));
    add_visible(cx, out, document->title);
    add_visible(cx, out, NG_VIEW("|"));
    add_visible(cx, out, document->text);
    add_visible(cx, out, NG_VIEW(";"));
}

/* Reads everything; returns the verdict or the failure that ended it. */
static ng_status read_everything(ng_ctx *cx, const ng_options *options, const ng_inputs *inputs,
                                 ng_report *report, ng_buffer *out)
{
    ng_reader *reader = NULL;
    ng_source_document *document = NULL;
    ng_status status = ng_reader_new(cx, options, inputs, &reader);
    ng_status prepared = NG_OK;
    uint64_t done = 0;
    uint64_t total = 0;

    if (status != NG_OK)
        return status;
    do {
        document = NULL;
        status = ng_reader_next(cx, reader, report, &document);
        if (document)
            prepared = ng_source_prepare(cx, options, document);
        if (document && prepared == NG_OK) {
            ng_source_tell(cx, document);
            add_document(cx, out, document);
        } else if (document) {
            status = ng_reader_take_back(cx, reader, report, prepared);
        }
        ng_source_free(cx, document);
    } while (status == NG_OK && document);
    if (status == NG_OK)
        status = ng_reader_verdict(cx, reader);
    ng_reader_progress(reader, &done, &total);
    if (status == NG_OK && total > 0)
        assert_int_equal(done, total);
    ng_reader_free(cx, reader);
    return status;
}

static void run_case(const reader_case *test)
{
    ng_ctx *cx = ng_ctx_new();
    test_messages messages = { .count = 0 };
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_buffer out;

    print_message("case: %s\n", test->what);
    make_files(test->files);
    ng_ctx_on_message(cx, test_keep_message, &messages);
    ng_options_init(&options);
    options.strict = test->strict;
    options.charset = test->charset;
    if (test->document_bytes)
        options.document_bytes = test->document_bytes;
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    for (size_t i = 0; i < MOST_INPUTS && test->inputs[i]; i++)
        assert_int_equal(ng_inputs_add(cx, inputs, test->inputs[i]), NG_OK);
    ng_buffer_init(&out, 1 << 20);
    assert_int_equal(ng_buffer_reserve(cx, &out, 1), NG_OK);
    assert_int_equal(read_everything(cx, &options, inputs, &report, &out), test->status);
    assert_string_equal(ng_buffer_view(&out).data, test->documents);
    assert_string_equal(messages.text, test->messages ? test->messages : "");
    assert_string_equal(test->status == NG_OK ? "" : ng_ctx_error(cx),
                        test->verdict ? test->verdict : "");
    assert_int_equal(report.failed_count, test->failed);
    assert_int_equal(report.skipped_count, test->skipped);
    ng_buffer_destroy(cx, &out);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
}

/* Runs a function in a fresh folder as working directory. */
static void in_folder(void (*run)(const reader_case *), const reader_case *test)
{
    char folder[256];
    char before[1024];

    assert_non_null(getcwd(before, sizeof before));
    test_make_folder(folder);
    assert_int_equal(chdir(folder), 0);
    run(test);
    assert_int_equal(chdir(before), 0);
    test_remove_folder(folder);
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        in_folder(run_case, &cases[i]);
}

/* ---- dates and titles ---- */

static const struct {
    const char *given, *kept;
} date_cases[] = {
    { "2019", "2019" },
    { "2019-02", "2019-02" },
    { "2019-02-21", "2019-02-21" },
    { "2019-02-21T23:59:59+01:00", "2019-02-21" },
    { "2019-02-21 10:00", "2019-02-21" },
    { "2020-02-29", "2020-02-29" },
    { "2019-02-29", "2019-02" },
    { "1900-02-29", "1900-02" },
    { "2000-02-29", "2000-02-29" },
    { "2019-04-31", "2019-04" },
    { "2019-13-01", "2019" },
    { "2019-00-01", "2019" },
    { "2019-1-1", "2019" },
    { "2019-02-211", "2019-02" },
    { "2019-021-1", "2019" },
    { "2019/02/21", "2019" },
    { "20190221", "" },
    { "201", "" },
    { "0000-01-01", "" },
    { "Feb 2019", "" },
    { " 2019-02-21", "" },
    { "", "" },
};

static const struct {
    const char *title, *text;
    bool is_apart;
} title_cases[] = {
    { "Head", "Head. More", false },
    { "Head", "  \nHead\nMore", false },
    { " Head\n", "Head", false },
    { "Head", "Body", true },
    { "Head", "", true },
    { "Iran", "Iranian officials", true },
    { "Iran", "Iran\xC3\xA9", true },
    { "Voil\xC3\xA0", "Voil\xC3\xA0. Body", false },
    { "Voil\xC3\xA0", "Voil\xC3\xA0", false },
    { "Voil\xC3\xA0", "Voil\xC3\xA9", true },
    { "", "Body", false },
    { "  ", "Body", false },
    { "Head", "head", true },
};

/* Writes one record a case, with the key given, and reads them back. */
static void run_dates(const reader_case *test)
{
    ng_ctx *cx = ng_ctx_new();
    size_t date_count = sizeof date_cases / sizeof *date_cases;
    size_t title_count = sizeof title_cases / sizeof *title_cases;
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    FILE *file = fopen("n.jsonl", "wb");

    (void)test;
    assert_non_null(file);
    for (size_t i = 0; i < date_count; i++)
        (void)fprintf(file, "{\"text\":\"\",\"date\":\"%s\"}\n", date_cases[i].given);
    for (size_t i = 0; i < title_count; i++) {
        (void)fprintf(file, "{\"title\":\"");
        for (const char *at = title_cases[i].title; *at; at++)
            (void)fprintf(file, *at == '\n' ? "\\n" : "%c", *at);
        (void)fprintf(file, "\",\"text\":\"");
        for (const char *at = title_cases[i].text; *at; at++)
            (void)fprintf(file, *at == '\n' ? "\\n" : "%c", *at);
        (void)fprintf(file, "\"}\n");
    }
    assert_int_equal(fclose(file), 0);
    ng_options_init(&options);
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(cx, inputs, "n.jsonl"), NG_OK);
    assert_int_equal(ng_reader_new(cx, &options, inputs, &reader), NG_OK);
    for (size_t i = 0; i < date_count + title_count; i++) {
        ng_source_document *document = NULL;

        assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_OK);
        assert_non_null(document);
        if (i < date_count) {
            if (!ng_view_equal(document->date, ng_view_of(date_cases[i].kept)))
                fail_msg("date \"%s\"", date_cases[i].given);
        } else if (document->title_is_apart != title_cases[i - date_count].is_apart) {
            fail_msg("title case %zu", i - date_count);
        }
        ng_source_free(cx, document);
    }
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
}

static void test_dates_and_titles(void **state)
{
    (void)state;
    in_folder(run_dates, NULL);
}

/* ---- streams ---- */

/* Reads standard input, fed in drops by another process, in a child process. */
static const struct {
    const char *content, *documents;
} stream_cases[] = {
    { "Plain text.\n", "stdin|||Plain text.\n;" },
    { "", "stdin|||;" },
    { " \n{\"text\":\"a\"}\n{\"id\":\"b\",\"text\":\"c\"}", "stdin:2|||a;b|||c;" },
};

static void feed(int fd, const char *content)
{
    for (; *content; content++)
        if (write(fd, content, 1) != 1)
            _exit(1);
    _exit(0);
}

/* What the reading child does: 0 when the documents are the wanted ones. */
static int read_stream(const char *path, const char *wanted)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_buffer out;
    int result = 1;

    ng_options_init(&options);
    ng_buffer_init(&out, 1 << 20);
    if (ng_inputs_new(cx, &inputs) == NG_OK && ng_inputs_add(cx, inputs, path) == NG_OK &&
        read_everything(cx, &options, inputs, &report, &out) == NG_OK)
        result = !ng_view_equal(ng_buffer_view(&out), ng_view_of(wanted));
    ng_buffer_destroy(cx, &out);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
    return result;
}

static void test_standard_input(void **state)
{
    static const char *const paths[] = { "-", "/dev/stdin" };

    (void)state;
    for (size_t i = 0; i < 2 * sizeof stream_cases / sizeof *stream_cases; i++) {
        int ends[2];
        int result = 1;
        pid_t writer = 0;
        pid_t reader = 0;

        assert_int_equal(pipe(ends), 0);
        writer = fork();
        if (writer == 0) {
            (void)close(ends[0]);
            feed(ends[1], stream_cases[i / 2].content);
        }
        reader = fork();
        if (reader == 0) {
            (void)close(ends[1]);
            (void)dup2(ends[0], STDIN_FILENO);
            _exit(read_stream(paths[i % 2], stream_cases[i / 2].documents));
        }
        (void)close(ends[0]);
        (void)close(ends[1]);
        assert_int_equal(waitpid(writer, &result, 0), writer);
        assert_int_equal(result, 0);
        assert_int_equal(waitpid(reader, &result, 0), reader);
        assert_int_equal(result, 0);
    }
}

/* A FIFO is read like standard input, under its own name. */
static void run_fifo(const reader_case *test)
{
    pid_t writer = 0;
    int result = 1;

    (void)test;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    writer = fork();
    if (writer == 0) {
        test_write_file(".", "pipe", NG_VIEW("{\"text\":\"a\"}\n"));
        _exit(0);
    }
    assert_int_equal(read_stream("pipe", "pipe:1|||a;"), 0);
    assert_int_equal(waitpid(writer, &result, 0), writer);
    assert_int_equal(result, 0);
}

static void test_fifo(void **state)
{
    (void)state;
    in_folder(run_fifo, NULL);
}

/* ---- large input ---- */

/* Lines and texts that span many pieces come out whole. */
static void run_large(const reader_case *test)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    ng_buffer content;

    (void)test;
    ng_buffer_init(&content, 1 << 24);
    for (size_t size = 1; size < 1 << 20; size *= 3) {
        assert_int_equal(ng_buffer_add(cx, &content, NG_VIEW("{\"text\":\"")), NG_OK);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(ng_buffer_add(cx, &content, NG_VIEW("\xC3\xA9")), NG_OK);
        assert_int_equal(ng_buffer_add(cx, &content, NG_VIEW("\"}\n")), NG_OK);
    }
    test_write_file(".", "a.jsonl", ng_buffer_view(&content));
    test_write_file(".", "b.txt", ng_buffer_view(&content));
    ng_options_init(&options);
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(cx, inputs, "a.jsonl"), NG_OK);
    assert_int_equal(ng_inputs_add(cx, inputs, "b.txt"), NG_OK);
    assert_int_equal(ng_reader_new(cx, &options, inputs, &reader), NG_OK);
    for (size_t size = 1; size < 1 << 20; size *= 3) {
        ng_source_document *document = NULL;

        assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_OK);
        assert_int_equal(document->text.size, 2 * size);
        assert_int_equal(ng_utf8_count(document->text), size);
        assert_false(document->was_repaired);
        ng_source_free(cx, document);
    }
    for (int i = 0; i < 2; i++) {
        ng_source_document *document = NULL;

        assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_OK);
        assert_int_equal(document == NULL, i);
        if (document)
            assert_true(ng_view_equal(document->text, ng_buffer_view(&content)));
        ng_source_free(cx, document);
    }
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    ng_buffer_destroy(cx, &content);
    ng_ctx_free(cx);
}

static void test_large(void **state)
{
    (void)state;
    in_folder(run_large, NULL);
}

/* ---- faults ---- */

static size_t calls_left; /* system calls until one fails; SIZE_MAX: none does */
static int open_count;    /* descriptors and directories that are open */

/* Is it time to fail? */
static bool fails(void)
{
    if (calls_left == SIZE_MAX || calls_left-- > 1)
        return false;
    calls_left = SIZE_MAX;
    errno = EIO;
    return true;
}

static int faulty_open(const char *path, int flags, mode_t mode)
{
    int fd = fails() ? -1 : ng_sys_real.open(path, flags, mode);

    open_count += fd >= 0;
    return fd;
}

static ssize_t faulty_read(int fd, void *data, size_t size)
{
    return fails() ? -1 : ng_sys_real.read(fd, data, size);
}

static int faulty_close(int fd)
{
    open_count--;
    return ng_sys_real.close(fd);
}

static int faulty_fstat(int fd, struct stat *out)
{
    return fails() ? -1 : ng_sys_real.fstat(fd, out);
}

static int faulty_stat(const char *path, struct stat *out)
{
    return fails() ? -1 : ng_sys_real.stat(path, out);
}

/* A link that cannot be read is no link: nothing is lost, so it is no fault to be reported. */
static ssize_t plain_readlink(const char *path, char *target, size_t size)
{
    return ng_sys_real.readlink(path, target, size);
}

static DIR *faulty_opendir(const char *path)
{
    DIR *directory = fails() ? NULL : ng_sys_real.opendir(path);

    open_count += directory != NULL;
    return directory;
}

static struct dirent *faulty_readdir(DIR *directory)
{
    return fails() ? NULL : ng_sys_real.readdir(directory);
}

static off_t faulty_lseek(int fd, off_t offset, int whence)
{
    return fails() ? -1 : ng_sys_real.lseek(fd, offset, whence);
}

static int faulty_closedir(DIR *directory)
{
    open_count--;
    return ng_sys_real.closedir(directory);
}

static const ng_sys faulty = {
    .open = faulty_open,
    .read = faulty_read,
    .close = faulty_close,
    .fstat = faulty_fstat,
    .stat = faulty_stat,
    .readlink = plain_readlink,
    .opendir = faulty_opendir,
    .readdir = faulty_readdir,
    .closedir = faulty_closedir,
    .lseek = faulty_lseek,
};

/* Reads a folder with `calls` system calls or `allocations` until one fails; returns the status.
 * Nothing may leak. */
static ng_status read_with_fault(size_t calls, size_t allocations, bool *has_failed_out)
{
    ng_ctx *cx = ng_ctx_new();
    test_heap heap;
    test_messages messages = { .count = 0 };
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    ng_source_document *document = NULL;
    ng_status status = NG_OK;

    test_use_heap(cx, &heap);
    heap.fail_at = allocations;
    calls_left = calls;
    open_count = 0;
    cx->sys = &faulty;
    ng_ctx_on_message(cx, test_keep_message, &messages);
    ng_options_init(&options);
    status = ng_inputs_new(cx, &inputs);
    if (status == NG_OK)
        status = ng_inputs_add(cx, inputs, "d");
    if (status == NG_OK)
        status = ng_inputs_add(cx, inputs, "d/a.txt");
    if (status == NG_OK)
        status = ng_reader_new(cx, &options, inputs, &reader);
    while (status == NG_OK) {
        status = ng_reader_next(cx, reader, &report, &document);
        if (status == NG_OK && !document)
            break;
        if (status == NG_OK)
            ng_source_free(cx, document);
    }
    if (status == NG_OK)
        status = ng_reader_verdict(cx, reader);
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    assert_int_equal(heap.live, 0);
    assert_int_equal(open_count, 0);
    assert_int_equal(report.document_count + report.failed_count >= 1 || status != NG_OK, 1);
    *has_failed_out = allocations ? heap.calls >= allocations : calls_left == SIZE_MAX;
    ng_ctx_free(cx);
    return status;
}

/* Whichever system call fails, it is data that could not be read; whichever allocation, memory. */
static void run_faults(const reader_case *test)
{
    static const test_file files[MOST_FILES] = {
        { "d/", TEXT("") },
        { "d/a.txt", TEXT("a\xFF") },
        { "d/e/", TEXT("") },
        { "d/e/n.jsonl", TEXT("{\"text\":\"a\xFF\",\"id\":5}\n{\"text\":\"b\"}\n") },
        { "d/x.png", TEXT("") },
    };
    bool has_failed = true;
    size_t count = 0;

    (void)test;
    make_files(files);
    for (count = 1; has_failed; count++) {
        ng_status status = read_with_fault(count, 0, &has_failed);

        /* the sizes asked for at the start may be unknown, and so may a link */
        if (status != NG_OK && status != NG_E_DATA)
            fail_msg("system call %zu: status %d", count, (int)status);
        assert_true(count < 200);
    }
    assert_true(count > 20);
    has_failed = true;
    for (count = 1; has_failed; count++) {
        ng_status status = read_with_fault(SIZE_MAX, count, &has_failed);

        assert_int_equal(status, has_failed ? NG_E_MEMORY : NG_OK);
        assert_true(count < 200);
    }
    assert_true(count > 20);
}

static void test_faults(void **state)
{
    (void)state;
    in_folder(run_faults, NULL);
}

/* Cancelling ends the reading, whatever is left. */
static void run_cancel(const reader_case *test)
{
    ng_ctx *cx = ng_ctx_new();
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    ng_source_document *document = NULL;

    (void)test;
    test_write_file(".", "a.jsonl", NG_VIEW("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"));
    ng_options_init(&options);
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(cx, inputs, "a.jsonl"), NG_OK);
    assert_int_equal(ng_reader_new(cx, &options, inputs, &reader), NG_OK);
    assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_OK);
    ng_source_free(cx, document);
    ng_ctx_cancel(cx);
    assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_E_LIMIT);
    assert_int_equal(report.failed_count, 0);
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
}

static void test_cancel(void **state)
{
    (void)state;
    in_folder(run_cancel, NULL);
}

/* Says that files are longer than they are. */
static int longer_fstat(int fd, struct stat *out)
{
    int result = ng_sys_real.fstat(fd, out);

    out->st_size += 10;
    return result;
}

/* A file that becomes shorter while it is read is no document, and is named. */
static void test_shrinking(void **state)
{
    ng_ctx *cx = ng_ctx_new();
    ng_sys sys = ng_sys_real;
    ng_options options;
    ng_report report = { 0 };
    ng_inputs *inputs = NULL;
    ng_reader *reader = NULL;
    ng_source_document *document = NULL;

    (void)state;
    test_write_file(".", "shrinking.txt", NG_VIEW("text"));
    sys.fstat = longer_fstat;
    cx->sys = &sys;
    ng_options_init(&options);
    assert_int_equal(ng_inputs_new(cx, &inputs), NG_OK);
    assert_int_equal(ng_inputs_add(cx, inputs, "shrinking.txt"), NG_OK);
    assert_int_equal(ng_reader_new(cx, &options, inputs, &reader), NG_OK);
    assert_int_equal(ng_reader_next(cx, reader, &report, &document), NG_OK);
    assert_null(document);
    assert_int_equal(ng_reader_verdict(cx, reader), NG_E_DATA);
    assert_string_equal(ng_ctx_error(cx),
                        "shrinking.txt: became shorter while it was read; read it again");
    ng_reader_free(cx, reader);
    ng_inputs_free(inputs);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),          cmocka_unit_test(test_dates_and_titles),
        cmocka_unit_test(test_standard_input), cmocka_unit_test(test_fifo),
        cmocka_unit_test(test_large),          cmocka_unit_test(test_faults),
        cmocka_unit_test(test_cancel),         cmocka_unit_test(test_shrinking),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
