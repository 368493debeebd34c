/* Options of a run: what is looked for, how it is counted, which limits hold. */
#ifndef NERGRAPH_OPTIONS_H
#define NERGRAPH_OPTIONS_H

#include <nergraph/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What an actor is. */
typedef enum ng_kind {
    NG_KIND_PERSON,
    NG_KIND_COUNTRY,
    NG_KIND_PLACE,
    NG_KIND_ORGANIZATION,
    NG_KIND_PEOPLE, /* Kurds, Tamils: a people that is no state */
    NG_KIND_COUNT
} ng_kind;

/* How a mention names its actor. */
typedef enum ng_form {
    NG_FORM_NAME,
    NG_FORM_DEMONYM, /* "Israeli" */
    NG_FORM_ALIAS,   /* "America", "the Islamic Republic" */
    NG_FORM_METONYM, /* "Moscow" for Russia */
    NG_FORM_LONGER,  /* of no mention, of aliases only: a name and what stands beside it, "President
                      * Moser", "Paris, Texas", which is counted as the name alone, too */
    NG_FORM_COUNT
} ng_form;

/* Which words stand for a state. Aliases count from NAMES on. */
typedef enum ng_states { NG_STATES_NAMES, NG_STATES_DEMONYMS, NG_STATES_METONYMS } ng_states;

/* The unit in which two actors must both occur. */
typedef enum ng_scope {
    NG_SCOPE_SENTENCE,
    NG_SCOPE_PARAGRAPH,
    NG_SCOPE_SENTENCES, /* a window of `window` sentences */
    NG_SCOPE_TOKENS,    /* a window of `window` tokens */
    NG_SCOPE_DOCUMENT
} ng_scope;

/* A scope with the size of its window (1 where it has none). */
typedef struct ng_scope_unit {
    ng_scope scope;
    uint32_t window;
} ng_scope_unit;

enum { NG_SCOPES_MAX = 6 }; /* counted in one pass */

/* What an edge's weight is. */
typedef enum ng_weight {
    NG_WEIGHT_COUNT,      /* units with both, n_ij */
    NG_WEIGHT_DOCUMENTS,  /* documents with both in one unit */
    NG_WEIGHT_NPMI,       /* log(p_ij / (p_i p_j)) / -log p_ij: -1 ... 1 */
    NG_WEIGHT_JACCARD,    /* n_ij / (n_i + n_j - n_ij): 0 ... 1 */
    NG_WEIGHT_COSINE,     /* n_ij / sqrt(n_i n_j): 0 ... 1 */
    NG_WEIGHT_G2,         /* log-likelihood ratio */
    NG_WEIGHT_ASSOCIATION /* n_ij N / (n_i n_j): units over those expected */
} ng_weight;

/* Where the date of a document is looked for, in this order. */
enum {
    NG_DATE_FROM_METADATA =
        1,                    /* what the document says: "date" of a record, <time> of a page ... */
    NG_DATE_FROM_NAME = 2,    /* a day in the path: 2019/02/21/x.txt, x-2019-02-21.txt */
    NG_DATE_FROM_MODIFIED = 4 /* when the file was last changed */
};

typedef struct ng_options {
    uint32_t kinds;     /* bit (1u << ng_kind) for each kind shown */
    ng_states states;   /* default NG_STATES_DEMONYMS */
    ng_scope scope;     /* of the graph, default NG_SCOPE_SENTENCE */
    uint32_t window;    /* units of a window scope, 1 ... 100000 */
    bool scope_is_wish; /* a saved graph counted in other scopes is taken in the narrowest of
                         * them instead of failing, default true */
    ng_scope_unit further[NG_SCOPES_MAX - 1]; /* counted in the same pass, kept where counts are
                                               * saved */
    size_t further_count;
    ng_weight weight;       /* default NG_WEIGHT_COUNT */
    bool pronouns;          /* he and she count where their person is known, default false */
    bool keep_isolates;     /* default true */
    bool strict;            /* stop at the first unusable document */
    uint32_t thread_count;  /* 0 = all cores */
    const char *rules_path; /* user rules, or NULL; borrowed */
    const char *model_path; /* a model file in the place of the built-in one, or NULL; borrowed */
    const char
        *mentions_path;      /* JSON lines of mentions in the place of our own, or NULL; borrowed */
    const char *charset;     /* of inputs that do not say it themselves, or NULL: UTF-8, or guessed;
                              * borrowed, a name that iconv knows */
    const char *read_as;     /* format of every input that is no archive ("html"), or NULL: by its
                              * first bytes and its name; borrowed */
    const char *text_column; /* what the text is called in tables and JSON records, or NULL: text */
    const char *id_column, *date_column, *title_column, *author_column; /* likewise */
    uint32_t date_from;    /* NG_DATE_FROM_*, default metadata and name */
    uint32_t pdf_seconds;  /* of reading one PDF file, default 60 */
    uint64_t pdf_bytes;    /* of memory for it, default 1 GiB */
    uint64_t unpack_ratio; /* an archive unpacks to at most this many times its size, default 250 */
    bool keep_boilerplate; /* ties in bylines, datelines, credits, copyright notices and repeated
                            * paragraphs count, default false */
    uint32_t boilerplate_documents; /* a paragraph that stands in so many documents, most of whose
                                     * text is their own, is repeated; default 5, at least 2 */
    bool same_text_once; /* documents with one text under several ids count once, default false */
    uint32_t evidence_limit; /* quotes kept per edge, default 8 */
    uint64_t document_bytes; /* largest document, default 64 MiB */
    uint32_t sentence_bytes; /* a longer sentence is cut there, default 10000 */
    uint64_t node_limit;     /* actors in a graph, default 10 million */
    uint64_t memory_bytes; /* of counting, about: what does not fit goes to files in $TMPDIR; 0, the
                            * default: all of it is kept in memory */
    const char *resume_path; /* a folder in which counting leaves what it has, now and then, and
                              * from which it goes on when it was interrupted; or NULL. Borrowed;
                              * ng_resume_clear removes it. Not with standard input. */
    bool keep_shares;        /* the graph knows what each document adds (ng_graph_resample), default
                              * false; not with memory_bytes, nor
                              * once a saved graph was added */
} ng_options;

/* Fills `options` with the documented defaults. */
NG_API void ng_options_init(ng_options *options);

/* "person", "country", ... and back. The name is static; find returns false on an unknown name. */
NG_API const char *ng_kind_name(ng_kind kind);
NG_API bool ng_kind_find(ng_view name, ng_kind *kind_out);
NG_API const char *ng_form_name(ng_form form);

/* "count", "documents", "npmi" ... Static. */
NG_API const char *ng_weight_name(ng_weight weight);

/* Takes one finding about a file of rules: one line, "FILE:LINE: what is wrong". */
typedef void ng_rules_say(void *user, const char *finding);

/* Tells everything that is wrong with a file of rules: lines that cannot be used, contradictions,
 * rules that say again what another says. `count_out`: how many findings. Fails when the file
 * cannot be read (NG_E_IO) or more than 200 of its lines cannot be used (NG_E_LIMIT). */
NG_API ng_status ng_rules_check(ng_ctx *cx, const char *path, ng_rules_say *say, void *user,
                                size_t *count_out);

#ifdef __cplusplus
}
#endif

#endif
