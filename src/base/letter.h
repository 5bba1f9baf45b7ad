/* Letters without regard to their case, in every script: by the simple case mappings of Unicode,
 * so that a letter stays one letter (the German sharp s has no capital). */
#ifndef WAYMARK_BASE_LETTER_H
#define WAYMARK_BASE_LETTER_H

#include "base/arena.h"

/* A text of UTF-8 in small letters. */
const char *letters_lower(struct arena *arena, const char *text);

/* Where word stands in text, in any case; NULL if it does not. */
const char *letters_find(const char *text, const char *word);

/* A letter outside of ASCII in both cases. */
struct letter {
    char capital[5];
    char small[5];
};

/* Those of text that have two cases, each once, the first LETTERS_LIMIT; how many. */
enum { LETTERS_LIMIT = 16 };
size_t letters_cased(const char *text, struct letter letters[static LETTERS_LIMIT]);

#endif
