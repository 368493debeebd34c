/* What the files of this room share: classes of characters and the words that sentence ends hang
 * on. */
#ifndef NG_TOKENS_INTERNAL_H
#define NG_TOKENS_INTERNAL_H

#include "tokens.h"

/* What a character does to the scanner. */
typedef enum ng_char_class {
    NG_CHAR_PUNCTUATION,
    NG_CHAR_SPACE, /* also control characters, the byte order mark, zero-width space */
    NG_CHAR_LOWER, /* a letter that is not a capital, and marks */
    NG_CHAR_UPPER,
    NG_CHAR_DIGIT,
    NG_CHAR_JOINER /* variation selectors and joiners: part of the symbol before them */
} ng_char_class;

/* Class of the 128 ASCII characters. */
extern const uint8_t ng_char_ascii[128];

/* Class of any code point. */
ng_char_class ng_char_classify(uint32_t code_point);

/* What a word that a full stop follows may be. */
typedef enum ng_abbreviation {
    NG_ABBREVIATION_NONE,
    NG_ABBREVIATION_TITLE,  /* Mr. Gen.: a name follows, the sentence goes on */
    NG_ABBREVIATION_OTHER,  /* Inc. Jan. a.m.: may end a sentence */
    NG_ABBREVIATION_NUMBER, /* No. p. Fig.: only before a number */
    NG_ABBREVIATION_UNIT,   /* ft. in.: only behind a number; a capital begins a sentence */
    NG_ABBREVIATION_LAST    /* etc.: a capital begins a sentence */
} ng_abbreviation;

/* Looks up a word without its full stop, as written or, titles, in capitals. */
ng_abbreviation ng_abbreviation_find(ng_view word);

/* True for words that often open a sentence and are no name: The, He, In, THEY ... */
bool ng_word_opens_sentence(ng_view word);

/* True for verbs that say who spoke: said, asked ... */
bool ng_word_is_speech(ng_view word);

/* True for words that no line of a title ends with: of, the ... */
bool ng_word_wants_more(ng_view word);

/* True for words that often follow "5 p.m." in its sentence: Monday, Eastern ... */
bool ng_word_follows_clock(ng_view word);

/* True for words in lower case that a name goes on behind: al, bin, ibn ... */
bool ng_word_leads_name(ng_view word);

/* True for the last part of an internet domain: com, org, uk ... */
bool ng_word_is_domain(ng_view word);

/* boilerplate.c: marks bylines, datelines, credits and copyright notices. O(tokens). */
void ng_boilerplate_mark(ng_text *text);

/* Groups tokens into sentences and paragraphs; fills `sentence` and the sentence-start flags. */
ng_status ng_sentences_find(ng_ctx *cx, ng_arena *arena, ng_token *tokens, uint32_t sentence_bytes,
                            ng_text *text);

#endif
