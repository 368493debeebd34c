/* What the files of actors share.
 *
 * The words of this room: a *spelling* is one way in which the document writes a name (text, title,
 * kind and what the context adds); a *person* is a parsed name; a *unit* is all spellings of one
 * parsed person name; a *party* is what becomes an actor. Spans point to spellings, spellings to
 * units or parties, units to parties. */
#ifndef NG_ACTORS_INTERNAL_H
#define NG_ACTORS_INTERNAL_H

#include "actors.h"

#define NG_NONE UINT32_MAX

enum {
    NG_PERSON_WORDS = 10,   /* a longer name is compared as a whole only */
    NG_PERSON_NICKNAMES = 8 /* full forenames that one short form can stand for */
};

/* The first entry of a class among what the dictionary has under one name, or NULL. */
static inline const ng_name_entry *ng_entry_of(const ng_name_entry *entries, size_t count,
                                               ng_name_class class_)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i].class_ == class_)
            return &entries[i];
    return NULL;
}

/* ---- person names (person.c, person_fit.c) ---- */

typedef enum ng_shape {
    NG_SHAPE_FULL,   /* forename or initial, and surname */
    NG_SHAPE_LETTER, /* forename and the first letter of a surname: "John D." */
    NG_SHAPE_SINGLE, /* a surname or a forename, nobody knows which */
    NG_SHAPE_WHOLE   /* too long or too strange to parse */
} ng_shape;

/* A parsed name. Views are folded and live in the arena. */
typedef struct ng_person {
    ng_shape shape;
    ng_view given[NG_PERSON_WORDS]; /* an initial is one letter */
    uint8_t given_count, initial_count;
    ng_view surname;   /* without particles and article; one letter when shape is LETTER */
    ng_view particles; /* "von der", or empty */
    ng_view family;    /* particles and surname: "von der leyen" */
    ng_view words;     /* everything in order, article included: "bashar al assad" */
    uint8_t word_count;
    bool has_article; /* al-, el- before the surname */
    /* The last word of `given` may be the first of two surnames: "Rosa Quispe Mamani". */
    bool has_first_surname;
    uint16_t generation; /* 0: none; a number, NG_JUNIOR or NG_SENIOR */
    char title_gender;   /* 'm', 'f' or 0 */
    char marital;        /* 's' Miss, 'm' Mrs., or 0: two women of one surname */
    char forename_gender;
    bool is_regnal;                         /* the title goes with a forename: Pope, Queen, Aunt */
    ng_view nicknames[NG_PERSON_NICKNAMES]; /* full forenames the first forename stands for */
    uint8_t nickname_count;
    ng_view key;     /* equal for spellings that differ in case, accents, article, dots only */
    ng_view display; /* as written, in the order forename surname */
} ng_person;

enum { NG_JUNIOR = 1001, NG_SENIOR = 1002 };

/* Parses a name. `title` is folded, or empty. The scratch buffer is overwritten. */
ng_status ng_person_parse(ng_ctx *cx, ng_arena *arena, const ng_names *names, ng_buffer *scratch,
                          ng_view text, ng_view title, ng_person *person_out);

/* The gender that a folded title tells: 'm', 'f' or 0. */
char ng_title_gender(const ng_names *names, ng_view title);

/* 's' for Miss, 'm' for Mrs., else 0. The title is folded. */
char ng_title_marital(ng_view title);

/* How two names go together. */
typedef struct ng_fit {
    bool is_compatible;
    const char *reason; /* static: "nickname", "surname"; or what forbids it: "gender" */
} ng_fit;

/* Whether two names can be one person's and why, symmetric. A bare name fits a full one by its
 * surname or forename; whether it is the only one is not asked here. */
ng_fit ng_person_fit(const ng_names *names, const ng_person *a, const ng_person *b);

/* True when two genders are known and differ. Titles count before forenames. */
bool ng_person_genders_clash(const ng_person *a, const ng_person *b);

/* ---- the work on one document ---- */

/* One way of writing a name in this document. */
typedef struct ng_spelling {
    ng_view text, folded; /* as written with single spaces; folded */
    ng_view title;        /* as written, or empty */
    ng_view title_folded; /* without full stops and "former" */
    ng_view name;         /* what it stands for: the text, or the user's alias for it */
    ng_view name_folded;
    uint8_t kind, form;
    bool is_ignored, is_metonym;
    bool is_also;        /* of a place: the text says that it is another name of `name` */
    bool was_shared;     /* the dictionary gives several codes */
    char code[8];        /* of the span, then of the actor */
    char qualifier[8];   /* of a place: "Long Beach, CA" has US-CA */
    const ng_rule *rule; /* the user's rule that made it what it is, or NULL */
    const char *cue;     /* static: what in the context made it a metonym */
    uint32_t count, first_token;
    uint32_t unit, next_of_unit; /* persons */
    uint32_t also; /* of a person: a spelling of which the text says the same, or NG_NONE */
    uint32_t party, next_of_party;
    ng_view label;         /* canonical label when the dictionary knows one, else empty */
    const char *join_rule; /* static: why it is in its party, or NULL: it is the name itself */
} ng_spelling;

/* All spellings of one parsed person name. */
typedef struct ng_unit {
    ng_person person;
    ng_view title; /* of a bare name: part of its identity; else empty */
    uint32_t first_spelling, last_spelling;
    uint32_t count, first_token;
    uint32_t party, next_of_party;
    const char *join_rule;
    uint32_t rival_count;
    bool has_never; /* a never-merge rule names it */
} ng_unit;

/* What becomes an actor. */
typedef struct ng_party {
    uint8_t kind;
    char code[8];
    ng_view base;                   /* of places: the folded name without its qualifier */
    uint32_t first_unit, last_unit; /* persons */
    uint32_t full_count;            /* units of shape FULL */
    uint32_t first_spelling;        /* others */
    uint32_t first_token;
    uint32_t first_full_token;
    char title_gender, forename_gender;
    char marital;
    uint16_t generation;
    bool has_never;
    bool is_open;    /* a bare name that fits several */
    bool has_also;   /* a person of two names that have nothing in common */
    bool shows_code; /* of places: the code is part of label and id */
    ng_where where;  /* of places; id 0: not known */
    float where_confidence;
    ng_view label, id;
    uint32_t actor;
} ng_party;

/* A decision to be put into words once the labels are known. */
typedef struct ng_note {
    uint32_t spelling;
    uint32_t party; /* joined to, or kept apart from */
    uint32_t other; /* another party the name fits, or NG_NONE */
    bool is_joined;
    const char *rule;
} ng_note;

typedef struct ng_casting {
    ng_ctx *cx;
    const ng_names *names;
    const ng_options *options;
    ng_arena *arena;
    const ng_text *text;
    const ng_spans *spans;
    ng_view origin;
    ng_buffer scratch;
    ng_intern *spelling_keys;
    ng_spelling *spellings;
    size_t spelling_count, spelling_capacity;
    uint32_t *spelling_of_span; /* in the arena */
    uint32_t *end_of_span;      /* likewise: the token after the span and its qualifier */
    bool *stands;               /* likewise: it stands for its state */
    ng_intern *unit_keys;
    ng_unit *units;
    size_t unit_count, unit_capacity;
    ng_intern *party_keys;
    uint32_t *party_of_key;
    size_t party_of_key_capacity;
    ng_party *parties;
    size_t party_count, party_capacity;
    ng_note *notes;
    size_t note_count, note_capacity;
    ng_intern *never_names; /* folded names of never-merge rules, or NULL */
} ng_casting;

/* spelling.c: spans become spellings; the user's rules are applied. */
ng_status ng_spellings_collect(ng_casting *work);

/* Appends `text` folded, white space as single spaces, full stops kept; a copy in the arena. */
ng_status ng_fold_copy(ng_casting *work, ng_view text, ng_view *folded_out);

/* "benjamin-netanyahu" and "benjamin netanyahu" become "Benjamin Netanyahu"; in the arena. */
ng_status ng_name_of_slug(ng_casting *work, ng_view slug, ng_view *name_out);

/* The tokens [first, end) as one line, white space as single spaces; borrowed when possible. */
ng_status ng_clean_tokens(ng_casting *work, uint32_t first, uint32_t end, ng_view *text_out);

/* True when the user said that these two folded names are never one. */
bool ng_never_merge(const ng_casting *work, ng_view a, ng_view b);
bool ng_has_never(const ng_casting *work, ng_view folded);

/* party.c: parties, notes, and the parties of names that are no persons. */
ng_status ng_party_add(ng_casting *work, uint8_t kind, uint32_t *party_out);
ng_status ng_party_of_key(ng_casting *work, uint8_t kind, ng_view key, uint32_t *party_out);
ng_status ng_note_add(ng_casting *work, ng_note note);

/* alias.c: lets names that the text itself joins ("also known as") stand for each other. */
void ng_aliases_read(ng_casting *work);

/* Puts a spelling that is no person's into the party of its key. */
ng_status ng_spelling_settle(ng_casting *work, ng_spelling *spelling, ng_view key);

/* pronoun.c: he and she, after labels and actors are there. */
ng_status ng_pronouns_resolve(ng_casting *work, ng_cast *cast);

/* state.c: countries. place.c: places. organization.c: organizations and peoples. */
ng_status ng_states_settle(ng_casting *work);
ng_status ng_places_settle(ng_casting *work);
ng_status ng_places_locate(ng_casting *work); /* where.c: after countries and places */
ng_status ng_organizations_settle(ng_casting *work);

/* The code of what qualifies a place after a comma ("CA" gives US-CA), or "", and the token after
 * the place and its qualifier. */
ng_status ng_place_qualifier(ng_casting *work, const ng_span *span, char code_out[8],
                             uint32_t *end_out);

/* metonym.c: what in the context makes this capital or seat an actor (static), or NULL. */
const char *ng_metonym_cue(const ng_text *text, const ng_span *span, bool is_seat);

/* fit_index.c: which parties may be called by a name. A name is published under the shorter names
 * that stand for it; joining is a look-up. */
enum {
    NG_KEY_NAME = 1,      /* first forename (or what it is short for) and surname */
    NG_KEY_INITIAL,       /* first letter and surname, of every name */
    NG_KEY_INITIAL_ONLY,  /* the same, of names that have no more than the letter */
    NG_KEY_PART,          /* a beginning or end of the name, two words or more */
    NG_KEY_SURNAME,       /* surname with particles */
    NG_KEY_LAST,          /* surname of a name that has particles, without them */
    NG_KEY_FIRST_SURNAME, /* the first of two surnames: "Quispe" of "Rosa Quispe Mamani" */
    NG_KEY_FORENAME,
    NG_KEY_FORENAME_LETTER, /* first forename and first letter of the surname */
    NG_KEY_SINGLE,          /* a bare name that has a party of its own */
    NG_KEY_TITLED           /* title, and surname or forename */
};

enum { NG_CANDIDATE_LIMIT = 32 /* parties looked at for one name; more: it stays alone */ };

typedef struct ng_fit_index {
    ng_table *keys;
    struct ng_fit_list *lists;
    size_t list_capacity;
    struct ng_fit_link *links;
    size_t link_count, link_capacity;
} ng_fit_index;

typedef struct ng_candidates {
    uint32_t party[NG_CANDIDATE_LIMIT];
    const char *rule[NG_CANDIDATE_LIMIT]; /* static */
    size_t count;
    bool is_crowded; /* more than fit in here */
} ng_candidates;

ng_status ng_fit_index_init(ng_ctx *cx, ng_fit_index *index);
void ng_fit_index_destroy(ng_ctx *cx, ng_fit_index *index);

/* Publishes a party under (type, a, b). O(NG_CANDIDATE_LIMIT). */
ng_status ng_fit_index_add(ng_ctx *cx, ng_fit_index *index, int type, ng_view a, ng_view b,
                           uint32_t party);

/* Adds the parties published under (type, a, b) to the list, each once, with this rule. */
void ng_fit_index_find(const ng_fit_index *index, int type, ng_view a, ng_view b, const char *rule,
                       ng_candidates *list);

/* Publishes all that a unit's party may be called by. */
ng_status ng_fit_index_publish(ng_casting *work, ng_fit_index *index, const ng_unit *unit);

/* unit.c: the spellings of persons become units, ordered from the most complete name down. */
ng_status ng_units_make(ng_casting *work, uint32_t **order_out);

/* merge.c: persons. */
ng_status ng_persons_settle(ng_casting *work);

/* label.c: the label and id of every party. */
ng_status ng_labels_make(ng_casting *work);

/* ledger.c: notes become entries in words. */
ng_status ng_ledger_make(ng_casting *work, ng_cast *cast);

#endif
