/* How phrases are folded: the same for the dictionaries, the text and the rules. */
#ifndef NG_NAMES_PHRASE_H
#define NG_NAMES_PHRASE_H

#include "packed.h"

/* A folded phrase: words with one space between them. */
typedef struct ng_phrase {
    size_t size;
    bool is_cut; /* it is longer than any key may be: `size` bytes of it are here */
    char data[PACKED_KEY_BYTES + 1];
} ng_phrase;

static inline ng_view ng_phrase_view(const ng_phrase *phrase)
{
    return (ng_view){ phrase->data, phrase->size };
}

/* Folds text into a phrase: ng_utf8_fold, then ng_phrase_split. Of size 0 when there is no word.
 *
 *   scratch  memory that is used again from call to call
 *
 * Fails with NG_E_MEMORY or NG_E_LIMIT. O(bytes). */
ng_status ng_phrase_fold(ng_ctx *cx, ng_view text, ng_buffer *scratch, ng_phrase *out);

/* Splits text that ng_utf8_fold has folded into the words of keys: hyphens and white space separate
 * words; a full stop stands only between digits; a possessive 's (or a ' at the end) is a word of
 * its own; so are other punctuation marks; "st", "ste" and "mt" are saint, sainte and mount.
 * A phrase comes out as it went in. O(bytes). */
void ng_phrase_split(ng_view folded, ng_phrase *out);

/* True for most text that ng_phrase_split would leave as it is. */
bool ng_phrase_is_key(ng_view folded);

#endif
