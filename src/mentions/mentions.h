/* The door of mentions: tokens become typed spans with a confidence. */
#ifndef NG_MENTIONS_H
#define NG_MENTIONS_H

#include "../names/names.h"
#include "../tokens/tokens.h"

#include <math.h>

/* A span of tokens that names somebody or something. */
typedef struct ng_span {
    uint32_t first_token, end_token; /* the span is made of whole tokens */
    uint32_t title_first;            /* first token of the title before it; == first_token: none */
    uint8_t kind;                    /* ng_kind */
    uint8_t form;     /* ng_form: NAME, DEMONYM, ALIAS, METONYM is the actors' choice */
    float confidence; /* 0 ... 1 */
    char code[8];     /* country code when the dictionary knows it, else "" */
    const char *rule; /* static: what found it ("title", "forename", "country") */
} ng_span;

typedef struct ng_spans {
    ng_span *items; /* sorted by first_token, not overlapping; in the arena */
    size_t count;
    ng_span *places; /* of each organization, the place in its name; end_token 0: there is none */
} ng_spans;

/* The trained model. */
typedef struct ng_model ng_model;

/* Compiled patterns and everything else that finding needs. Shared by all threads, read-only. */
typedef struct ng_finder ng_finder;

/* `names` is borrowed; `model_path` names a model file, NULL means the model that is built in.
 * Fails with NG_E_DATA when a user's pattern does not compile (names its line) or the model is
 * damaged, with NG_E_IO when it cannot be read. */
ng_status ng_finder_new(ng_ctx *cx, const ng_names *names, const char *model_path,
                        ng_finder **finder_out);
void ng_finder_free(ng_ctx *cx, ng_finder *finder);

/* Hexadecimal hash of the finder's model. */
const char *ng_finder_model_hash(const ng_finder *finder);

/* What one thread remembers of words from text to text; changes no result. */
typedef struct ng_scratch ng_scratch;

ng_status ng_scratch_new(ng_ctx *cx, const ng_finder *finder, ng_scratch **scratch_out);
void ng_scratch_free(ng_ctx *cx, ng_scratch *scratch);

/* Finds persons, countries, places, organizations and peoples; titles and possessives stay outside
 * the span. Languages and cuisines are no mentions. Demonyms have form DEMONYM and a code.
 * Thread-safe, each thread with a scratch of its own. Results live in the arena. O(tokens). */
ng_status ng_spans_find(ng_ctx *cx, const ng_finder *finder, ng_scratch *scratch, ng_arena *arena,
                        const ng_text *text, ng_spans *spans_out);

/* A mention that another program found: bytes of the text that is scanned. */
typedef struct ng_given_mention {
    uint32_t start, end;
    uint8_t kind;    /* ng_kind; a PLACE may turn out to be a country */
    bool is_demonym; /* of a country or people */
    float confidence;
} ng_given_mention;

/* Puts the places in the names of institutions in the place of these: for graphs that show no
 * organizations. */
void ng_spans_show_places(const ng_spans *spans);

/* Makes spans of given mentions, sorted by start; one may stand in another ("Illinois" in "Chicago,
 * Illinois"), of two with the same tokens the first counts. A mention grows to whole tokens. The
 * spans live in the arena. O(tokens + count). */
ng_status ng_spans_take(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena, const ng_text *text,
                        const ng_given_mention *given, size_t count, ng_spans *spans_out);

/* True when the text has the common words of English: at least 8 % of its first 2000 words are
 * among them, or it has fewer than 50 words. */
bool ng_text_is_english(const ng_text *text);

/* ---- the model and the trainer ----
 *
 * A name is found in two steps. A tagger says where names are likely: a linear chain over tags,
 * whose features are hashes (model.c, tagger.c). Then each span with a chance is scored by the
 * tagger's log-odds and by evidence about the span as a whole (evidence.c). */

/* log(exp(a) + exp(b)). */
static inline double ng_log_add(double a, double b)
{
    double high = a > b ? a : b, low = a > b ? b : a;

    return low == -INFINITY ? high : high + log1p(exp(low - high));
}

/* The kinds that are scored; countries are places until they are labelled. */
enum { NG_SPAN_PERSON, NG_SPAN_PLACE, NG_SPAN_ORGANIZATION, NG_SPAN_COUNT };

/* O, then B and I of person, place, organization; rows of weights have a lane more. */
enum { NG_TAG_COUNT = 7, NG_TAG_LANES = 8, NG_TAG_O = 0, NG_TAG_START = 7 };

/* A word speaks about the tags of its neighbours, too: two before ... two after. */
enum { NG_OFFSET_COUNT = 5, NG_OFFSET_SELF = 2 };

/* How the sentence of a word is written. */
typedef enum ng_case_mode {
    NG_MODE_NORMAL,
    NG_MODE_TITLE,    /* a capital on nearly every word */
    NG_MODE_CASELESS, /* all in capitals, or none */
    NG_MODE_COUNT
} ng_case_mode;

/* Classes of words that stand in the same company, three levels, found by the folded word. */
typedef struct ng_word_classes {
    const uint32_t *checks; /* open addressing by the low bits of ng_word_class_hash */
    const uint16_t *ids;    /* finest class + 1; 0: empty */
    uint32_t slot_count;    /* a power of two; 0: no classes */
    const uint16_t *some_of_many, *few_of_some;
} ng_word_classes;

enum { NG_NO_WORD_CLASS = 0xFFFF };

uint64_t ng_word_class_hash(ng_view folded);

/* The finest class of a word, or NG_NO_WORD_CLASS. */
uint32_t ng_word_class_find(const ng_word_classes *classes, ng_view folded);

/* Where a feature's weights stand: open addressing by the low bits of its hash. */
typedef struct ng_model_slot {
    uint32_t check; /* the high half of the hash */
    uint32_t index; /* + 1; 0: empty */
} ng_model_slot;

/* What a model says of spans. */
typedef struct ng_span_weights {
    int16_t (*weights)[NG_SPAN_COUNT]; /* hundredths; of each of ng_span_feature_count() features */
    int32_t odds_weights[NG_SPAN_COUNT]; /* of the tagger's log-odds, thousandths */
    int32_t bonus[2][NG_SPAN_COUNT]; /* hundredths that a span gains when spans are chosen; [1] in
                                        sentences without case */
    int32_t sure_scale, sure_shift;  /* of the log-odds of a chosen span, thousandths: confidence */
} ng_span_weights;

/* What a model file is made of. */
typedef struct ng_model_parts {
    int16_t transitions[NG_TAG_LANES][NG_TAG_LANES]; /* row NG_TAG_START: first tags; INT16_MIN / 2:
                                                        never */
    const ng_model_slot *slots;
    uint32_t slot_count;   /* a power of two, not full */
    const int8_t *weights; /* feature_count * NG_OFFSET_COUNT * NG_TAG_LANES */
    uint32_t feature_count;
    uint32_t scale; /* a weight of 1 */
    ng_word_classes classes;
    uint32_t many_count, some_count;
    const ng_span_weights *spans;
} ng_model_parts;

/* Appends a model file to the buffer. */
ng_status ng_model_write(ng_ctx *cx, const ng_model_parts *parts, ng_buffer *out);

/* Checks the bytes of a model file, which must stay and lie at a multiple of 8, and makes them
 * usable. `path` for messages; NULL: the built-in one. NG_E_DATA when they are no model or a
 * damaged one. */
ng_status ng_model_open(ng_ctx *cx, ng_view bytes, const char *path, ng_model **model_out);
void ng_model_close(ng_ctx *cx, ng_model *model);

size_t ng_span_feature_count(void);

/* What a feature is expected to count before anything is learned, in hundredths. */
void ng_span_expectation(size_t feature, int16_t weights_out[NG_SPAN_COUNT]);

/* A finder for a model that is being trained; the model is borrowed and may be NULL when the
 * finder's scratch is for ng_lesson_make alone. */
ng_status ng_finder_new_with(ng_ctx *cx, const ng_names *names, const ng_model *model,
                             ng_finder **finder_out);

/* A run of tokens of one sentence that names could be made of. */
typedef struct ng_stretch {
    uint32_t first, end; /* tokens */
    size_t at;           /* tokens of the stretches before it */
} ng_stretch;

/* What the tagger sees of a text. A key stands for a word type in a case mode, the same in all
 * lessons of one generation. */
typedef struct ng_lesson {
    const ng_stretch *stretches;
    size_t stretch_count, token_count;       /* tokens of all stretches */
    const uint32_t (*keys)[NG_OFFSET_COUNT]; /* of each token's neighbours; NG_NO_KEY: none */
    const uint64_t *places;                  /* hashes of features of the place */
    const uint32_t *place_first;             /* token_count + 1 indices into `places` */
    uint32_t generation;
} ng_lesson;

enum { NG_NO_KEY = UINT32_MAX };

ng_status ng_lesson_make(ng_ctx *cx, ng_scratch *scratch, ng_arena *arena, const ng_text *text,
                         ng_lesson *lesson_out);

/* Writes the hashes of the features of a key's word; returns how many. */
enum { NG_KEY_FEATURES_MAX = 64 };
size_t ng_lesson_features(const ng_scratch *scratch, const ng_word_classes *classes, uint32_t key,
                          uint64_t hashes_out[NG_KEY_FEATURES_MAX]);

/* A span that is to be scored. */
typedef struct ng_option {
    uint32_t first, end;
    float odds[NG_SPAN_COUNT];
    const uint16_t *features;
    size_t feature_count;
    int32_t other; /* hundredths: what it scores as a demonym; 0: it is none */
    bool is_caseless;
} ng_option;

/* The spans of a text that are to be scored, sorted by first, then end; the features that depend on
 * the rest of the document come from a first choice by the finder's model. */
ng_status ng_lesson_options(ng_ctx *cx, const ng_finder *finder, ng_scratch *scratch,
                            ng_arena *arena, const ng_text *text, const ng_option **options_out,
                            size_t *count_out);

#endif
