/* Annotated documents: how well found mentions agree with gold. */
#ifndef NERGRAPH_TRAINING_H
#define NERGRAPH_TRAINING_H

#include <nergraph/writers.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is scored. A country is a place. */
typedef enum ng_score_class {
    NG_SCORE_PERSON,
    NG_SCORE_PLACE,
    NG_SCORE_ORGANIZATION,
    NG_SCORE_PERSON_PLACE, /* the first two together */
    NG_SCORE_CLASS_COUNT
} ng_score_class;

/* One line of a score. A mention is hit when its class, start and end are those of a gold one. */
typedef struct ng_score_row {
    uint64_t hit_count;
    uint64_t gold_count;
    uint64_t predicted_count;
    double precision; /* hits among the predicted, percent: 0 ... 100; 0 when there are none */
    double recall;    /* hits among gold, percent */
    double f1;        /* their harmonic mean, percent */
} ng_score_row;

/* One mention that is in only one of the two files. Views live as long as the score. */
typedef struct ng_score_error {
    bool is_missed; /* in gold alone; else predicted wrongly */
    ng_score_class kind;
    ng_view document;    /* its id, or its number when it has none */
    uint64_t start, end; /* code points into the text of gold, end exclusive */
    ng_view text;        /* what stands there */
    ng_view context;     /* with up to 40 code points on both sides */
} ng_score_error;

/* What a comparison came to. Made by ng_score; free it with ng_score_free. */
typedef struct ng_score_report {
    ng_score_row rows[NG_SCORE_CLASS_COUNT];
    uint64_t document_count; /* in gold */
    uint64_t absent_count;   /* of these, without a prediction: all their mentions are missed */
    bool has_errors;         /* errors were asked for */
    const ng_score_error *errors; /* in the order of gold */
    size_t error_count;
} ng_score_report;

/* Exact-span precision, recall and F1 of the mentions of one file against another.
 *
 *   gold_path       annotated documents with their text
 *   predicted_path  the same documents; their text may be left out. "-" is standard input
 *                   (one of the two)
 *   error_limit     how many wrong or missed mentions are kept as examples, 0: none. The same ones
 *                   in every run of one version, chosen by a hash of where they stand
 *   report_out      free it with ng_score_free
 *
 * A file is seen from its content to be one of
 *
 *   - BIO: a token, a tab, maybe more columns, a tab, its tag (O, B-TYPE, I-TYPE) a line; an empty
 *     line behind a sentence; "-DOCSTART-" or "# doc_id = NAME" before a document. Its text is the
 *     tokens with a space between two of them and a line feed between two sentences;
 *   - JSON lines of gold: {"id", "text", "entities": [[start, end, type, ...], ...]};
 *   - JSON lines of ng_mentions_write: {"id", "mentions": [{"start", "end", "kind", "form"}]}.
 *
 * Offsets are Unicode code points. Documents are paired by id, or by their order when one file has
 * no ids. Scored are the types PER and PERSON; LOC, GPE, PLACE and COUNTRY; ORG and ORGANIZATION
 * (those of "entities" in capitals). A title before a person ("Mr.", "President") and a closing 's
 * are taken off on both sides, because corpora differ there. Left out are demonyms, mentions in
 * titles, and predicted mentions that overlap a gold one whose type begins with MISC. What stands
 * twice in a document counts once; of two predictions for one id the last counts.
 *
 * Fails with NG_E_IO (a file cannot be read), NG_E_DATA (a line that is none of the above, by its
 * number; texts that differ; a mention past the end of its text), NG_E_LIMIT (a file of more than
 * 2 GiB, or cancelled) and NG_E_MEMORY. Cost: O(bytes + mentions log mentions) time, memory for
 * both files and the largest document. */
NG_API ng_status ng_score(ng_ctx *cx, const char *gold_path, const char *predicted_path,
                          size_t error_limit, ng_score_report **report_out);
NG_API void ng_score_free(ng_score_report *report);

/* Writes a score, then the errors if they were asked for: lines for reading (NG_TABLE_ALIGNED),
 * TSV or CSV (the errors as a second table behind an empty line), or one JSON object. Percentages
 * have one decimal. */
NG_API ng_status ng_score_write(ng_ctx *cx, const ng_score_report *report, ng_table_format format,
                                ng_output *output);

/* ---- training a model ---- */

/* How a model is trained. Paths are borrowed. */
typedef struct ng_train_options {
    const char *const *gold_paths; /* annotated documents with their text, as ng_score reads gold */
    size_t gold_count;
    const char *const *silver_paths; /* likewise, labelled by other programs: they count less */
    size_t silver_count;
    double silver_weight;     /* of a silver document, default 0.5; gold weighs 1 */
    const char *classes_path; /* word classes, lines of WORD TAB MANY TAB SOME TAB FEW; or NULL */
    uint32_t silver_epochs;   /* first passes, over silver and gold, default 3 */
    uint32_t epochs;          /* then passes over gold alone; default 0: 4 after silver, else 6 */
    uint32_t part_count;      /* parts of the gold, 2 ... 20, default 3 */
    uint32_t least_count;     /* features seen fewer times are left out, default 3 */
    double rate;              /* first step of AdaGrad, default 0.05 */
    double drop;              /* share of features left out at each step, default 0.25 */
    double decay;             /* pull of weights towards nothing, default 1e-5 */
    uint64_t seed;            /* of the order of the text, default 1 */
    uint32_t thread_count;    /* 0 = all cores */
    bool keeps_parts;         /* after each pass what was learned is kept in files beside the model,
                                 MODEL.part-0 ...; the same call goes on from there after an
                                 interruption, with the same outcome. Removed at the end */
    bool verbose;             /* says how it goes by the message function */
} ng_train_options;

NG_API void ng_train_options_init(ng_train_options *options);

/* Trains a model for `--model` and writes its file.
 *
 * Learned are persons, places (types LOC, GPE) and organizations; other types are passed over. The
 * same files, options and build give the same bytes, for any number of threads.
 *
 * Tells the progress function how much text was gone over, of that of all passes. Fails as ng_score
 * does, with NG_E_DATA when no name is marked, and with NG_E_USAGE for options that cannot be. The
 * file is opened before anything is read, and replaced whole or not at all. Cost:
 * O(epochs * parts * tokens) time, about 1 GB of memory for 10 million tokens and part. */
NG_API ng_status ng_train(ng_ctx *cx, const ng_train_options *options, const char *model_path);

#ifdef __cplusplus
}
#endif

#endif
