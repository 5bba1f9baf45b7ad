/* What is to be said, before it is known in which language: plain data, made once for all readers
 * and told to each in their own.
 *
 * A saying is a text as it is, or a number, an amount, a day, a word of the catalogue with what it
 * names, or several sayings after each other. What it is made of must live as long as it. */
#ifndef WAYMARK_WORDS_SAYING_H
#define WAYMARK_WORDS_SAYING_H

#include <stddef.h>
#include <stdint.h>

#include "words/word.h"

enum saying_kind {
    SAYING_NOTHING,
    SAYING_TEXT,
    SAYING_QUOTE,
    SAYING_NUMBER,
    SAYING_MONEY,
    SAYING_CHANGE,
    SAYING_RATE,
    SAYING_DAY,
    SAYING_PHRASE,
    SAYING_SERIES,
};

struct saying {
    enum saying_kind kind;
    enum word word;
    int64_t number;
    const char *text;
    const struct saying *parts;
    size_t part_count;
};

/* Nothing at all. */
extern const struct saying said_nothing;

/* As it is; nothing for NULL. */
struct saying said_text(const char *text);

/* "Their words" as a paragraph of its own, set in; nothing for NULL. */
struct saying said_quote(const char *text);

/* Whole numbers without marks: revisions, counts, days. */
struct saying said_number(int64_t number);

/* "54,000.00 USD", and with its sign even if it is more: "+54,000.00 USD". */
struct saying said_money(int64_t amount_minor, const char *currency);
struct saying said_change(int64_t amount_minor, const char *currency);

/* "19%". */
struct saying said_rate(int64_t rate_ppm);

/* "8 Jul 2016"; nothing for DAY_NONE. */
struct saying said_day(int32_t day);

/* One after the other. */
struct saying said_series(const struct saying *parts, size_t part_count);

/* A word with up to PHRASE_PARTS_MAX sayings for {1}, {2} …, which are copied into the arena. */
struct saying said_phrase(struct arena *arena, enum word word, const struct saying *parts,
                          size_t part_count);
#define SAY(arena, word, ...)                                                                      \
    said_phrase(arena, word, (const struct saying[]){__VA_ARGS__},                                 \
                sizeof((const struct saying[]){__VA_ARGS__}) / sizeof(struct saying))
#define SAY_WORD(which) ((struct saying){.kind = SAYING_PHRASE, .word = (which)})

/* In the arena; never NULL. */
const char *say(struct arena *arena, const struct language *language, const struct saying *saying);

#endif
