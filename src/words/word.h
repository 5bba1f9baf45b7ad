/* The texts that papers and mails say of their own, by language, and how each language writes
 * numbers and days. A language is a folder with the same tables as en/; what a table lacks comes
 * from the language's parent, in the end from English. */
#ifndef WAYMARK_WORDS_WORD_H
#define WAYMARK_WORDS_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/locale.h"

enum word {
    WORD_NONE,
#define WORD(name, text) WORD_##name,
#include "words/en/mail.def"
#include "words/en/paper.def"
#undef WORD
    WORD_COUNT
};

enum { PHRASE_PARTS_MAX = 9 };

struct language;

/* The language of a BCP 47 tag, else that of its first part, else English. tag may be NULL. */
const struct language *language_find(const char *tag);

/* English where nothing is chosen. */
const struct language *language_of(enum locale locale);

/* The language's own tag. */
const char *language_tag(const struct language *language);

/* It is written from right to left. */
bool language_is_rtl(const struct language *language);

/* It has the word itself, not only its parent. */
bool language_has(const struct language *language, enum word word);

/* Never NULL; WORD_NONE is "". */
const char *word(const struct language *language, enum word word);

/* The word with {1}, {2}, {3} replaced; in a language from right to left with the marks that keep
 * what is put in as it is. The texts may be NULL where the word does not name them. */
const char *phrase(struct arena *arena, const struct language *language, enum word word,
                   const char *first, const char *second, const char *third);

/* The same without such marks: for numbers, days and moments (words/show.h). */
const char *phrase_bare(struct arena *arena, const struct language *language, enum word word,
                        const char *first, const char *second, const char *third);

/* A phrase with up to PHRASE_PARTS_MAX parts. */
const char *phrase_of(struct arena *arena, const struct language *language, enum word word,
                      const char *const *parts, size_t count);

#endif
