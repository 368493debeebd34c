/* The door of tokens: text becomes paragraphs, sentences and tokens with exact offsets. */
#ifndef NG_TOKENS_H
#define NG_TOKENS_H

#include "../base/base.h"

enum {
    NG_TOKEN_WORD = 1u << 0,         /* has a letter */
    NG_TOKEN_CAPITAL = 1u << 1,      /* first letter is upper or title case */
    NG_TOKEN_ALL_CAPS = 1u << 2,     /* two letters or more, no lower-case one */
    NG_TOKEN_NUMBER = 1u << 3,       /* begins with a digit: 70,000  21st */
    NG_TOKEN_PUNCTUATION = 1u << 4,  /* neither letter nor digit */
    NG_TOKEN_ABBREVIATION = 1u << 5, /* ends with its own full stop: Mr.  U.S.  Jan. */
    NG_TOKEN_INITIAL = 1u << 6,      /* one capital and a full stop: I. (or G.B.J.) */
    NG_TOKEN_SPACE_BEFORE = 1u << 7, /* white space or start of text before it */
    NG_TOKEN_LINE_START = 1u << 8,   /* first token of its line */
    NG_TOKEN_SENTENCE_START =
        1u << 9, /* first word of its sentence, or first after an opening quote */
    NG_TOKEN_POSSESSIVE = 1u << 10, /* 's or ’s (a token of its own), also a bare ' after s */
    NG_TOKEN_LINK = 1u << 11,       /* URL, e-mail, @name, #tag: never part of a name */
    NG_TOKEN_MIXED = 1u << 12,      /* capital after a lower-case letter: McDonald, iPhone */
    NG_TOKEN_BOILERPLATE = 1u << 13 /* of a byline, a dateline, credits, a copyright notice */
};

/* Hyphens are tokens of their own: "Russo-Israeli" is three. */
typedef struct ng_token {
    uint32_t start, end;       /* bytes */
    uint32_t cp_start, cp_end; /* code points */
    uint32_t sentence;
    uint16_t flags;
} ng_token;

typedef struct ng_sentence {
    uint32_t first_token, end_token; /* end exclusive */
    uint32_t start, end;             /* bytes, without surrounding white space */
    uint32_t cp_start, cp_end;
    uint32_t paragraph;
    bool is_heading; /* a line of its own without a full stop: headline, byline, list item */
} ng_sentence;

/* A scanned text; arrays live in the arena it was scanned into. */
typedef struct ng_text {
    ng_view text;
    ng_token *tokens;
    size_t token_count;
    const ng_sentence *sentences; /* every token is in exactly one */
    size_t sentence_count;
    size_t paragraph_count;
} ng_text;

/* Scans valid UTF-8 of at most UINT32_MAX / 2 bytes. A sentence longer than sentence_bytes is cut
 * at the next token. Cost: O(bytes). */
ng_status ng_text_scan(ng_ctx *cx, ng_arena *arena, ng_view text, uint32_t sentence_bytes,
                       ng_text *text_out);

/* A paragraph as it is compared with those of other documents: without its boilerplate. */
typedef struct ng_paragraph {
    uint64_t hash; /* of its sentences; 0 when nothing is left. The same in every run. */
    uint32_t words;
    bool is_prose; /* sentences, no heading and no list of names */
} ng_paragraph;

/* Lists them, paragraph_count of them, into the arena. O(bytes). */
ng_status ng_paragraphs_list(ng_ctx *cx, ng_arena *arena, const ng_text *text,
                             ng_paragraph **paragraphs_out);

/* Marks all tokens of a paragraph as boilerplate. O(sentences). */
void ng_paragraph_mark(ng_text *text, uint32_t paragraph);

static inline ng_view ng_token_text(const ng_text *text, size_t token)
{
    return ng_view_part(text->text, text->tokens[token].start, text->tokens[token].end);
}

#endif
