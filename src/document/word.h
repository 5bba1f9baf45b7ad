/* The texts that documents print of their own, by language, and how each language writes numbers
 * and days. A new language is a table of its own in word.c; what it lacks comes from its parent. */
#ifndef WAYMARK_DOCUMENT_WORD_H
#define WAYMARK_DOCUMENT_WORD_H

#include <stdint.h>

#include "base/arena.h"

enum word {
    WORD_NONE,
#define WORD(name, english) WORD_##name,
#include "document/word.def"
#undef WORD
    WORD_COUNT
};

struct language;

/* The language of a BCP 47 tag, else that of its first part, else English. tag may be NULL. */
const struct language *language_find(const char *tag);

/* The language's own tag. */
const char *language_tag(const struct language *language);

/* Never NULL; WORD_NONE is "". */
const char *word(const struct language *language, enum word word);

/* The word with {1}, {2}, {3} replaced. The texts may be NULL where the word does not name them. */
const char *phrase(struct arena *arena, const struct language *language, enum word word,
                   const char *first, const char *second, const char *third);

#endif
