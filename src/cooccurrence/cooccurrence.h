/* The door of cooccurrence: actors in a scope become counts and evidence.
 *
 * A document gives a tally; tallies are added to counts in the order of the documents. */
#ifndef NG_COOCCURRENCE_H
#define NG_COOCCURRENCE_H

#include "../actors/actors.h"
#include <nergraph/graph.h>

/* What one document adds. Everything lives in the document's arena. */
typedef struct ng_tally_node {
    uint32_t actor; /* index into the cast */
    uint64_t mention_count;
    uint64_t acting_count; /* mentions by a capital or seat that stands for its state */
    uint64_t unit_count;
    double confidence_sum;
} ng_tally_node;

typedef struct ng_tally_edge {
    uint32_t a, b; /* indices into the cast, a < b */
    uint64_t unit_count;
    uint64_t sentence_count;
    double surety; /* sum over the units of -log(1 - p), p: that both mentions are right */
    uint32_t
        first_sentence; /* best evidence: the first sentence with both, else of the first unit */
    uint32_t evidence_first, evidence_end; /* into `quotes` */
} ng_tally_edge;

/* A quote of the text: at most 400 code points that hold a sentence with both names (or, in wider
 * scopes, the stretch from one name to the other, cut in the middle of nothing: whole tokens). Both
 * names are in it whole; names further apart than that have no quote. */
typedef struct ng_quote {
    uint32_t start, end;       /* bytes of the scanned text */
    uint32_t cp_start, cp_end; /* code points of the scanned text */
} ng_quote;

typedef struct ng_tally {
    ng_tally_node *nodes; /* sorted by actor; only those with a counted mention */
    size_t node_count;
    ng_tally_edge *edges; /* sorted by (a, b) */
    size_t edge_count;
    ng_quote *quotes;
    uint64_t unit_total; /* scope units of the document: N */
} ng_tally;

/* Counts one document in the scope of the graph. Kinds that options->kinds leaves out take no part;
 * form DEMONYM and METONYM take part as options->states says. A pair counts once a unit.
 *
 * A window of n sentences (tokens) starts at every sentence (token); a pair counts for the window
 * that starts where the earlier mention is, if the later one begins less than n further on; an
 * actor's unit_count is the number of windows that hold one of its mentions. `spans` are sorted.
 * Each edge has at most options->evidence_limit quotes. Fails with NG_E_LIMIT over 20 million
 * pairs. Cost: O(mentions + pairs). */
ng_status ng_tally_make(ng_ctx *cx, const ng_options *options, ng_arena *arena, const ng_text *text,
                        const ng_spans *spans, const ng_cast *cast, ng_tally *tally_out);

/* The scopes that options ask for, each once, from the narrowest kind to the widest; where there is
 * none, windows are 1. Returns how many. */
size_t ng_scopes_list(const ng_options *options, ng_scope_unit scopes_out[NG_SCOPES_MAX]);

/* Which of them the graph is made in. */
size_t ng_scopes_shown(const ng_options *options);

/* The tally of each of these scopes. Their nodes are the same but for unit_count. */
ng_status ng_tallies_make(ng_ctx *cx, const ng_options *options, ng_arena *arena,
                          const ng_text *text, const ng_spans *spans, const ng_cast *cast,
                          ng_tally tallies_out[NG_SCOPES_MAX]);

#endif
