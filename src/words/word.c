#include "words/word.h"

#include <string.h>
#include <strings.h>

#include "base/must.h"
#include "base/text.h"

struct language {
    const char *tag;
    bool is_rtl;
    const struct language *parent;
    const char *const *words; /* by enum word */
};

#define WORD(name, text) [WORD_##name] = text,

static const char *const english_words[WORD_COUNT] = {
    [WORD_NONE] = "",
#include "words/en/mail.def"
#include "words/en/paper.def"
};

static const char *const american_words[WORD_COUNT] = {
    [WORD_DAY] = "{2} {1}, {3}",
    [WORD_ORDER_REFERENCE] = "Purchase order",
};

static const char *const german_words[WORD_COUNT] = {
#include "words/de/mail.def"
#include "words/de/paper.def"
};

static const char *const french_words[WORD_COUNT] = {
#include "words/fr/mail.def"
#include "words/fr/paper.def"
};

static const char *const spanish_words[WORD_COUNT] = {
#include "words/es/mail.def"
#include "words/es/paper.def"
};

static const char *const arabic_words[WORD_COUNT] = {
#include "words/ar/mail.def"
#include "words/ar/paper.def"
};

#undef WORD

static const struct language english = {"en", false, NULL, english_words};
static const struct language american = {"en-US", false, &english, american_words};
static const struct language german = {"de", false, &english, german_words};
static const struct language french = {"fr", false, &english, french_words};
static const struct language spanish = {"es", false, &english, spanish_words};
static const struct language arabic = {"ar", true, &english, arabic_words};

static const struct language *const languages[] = {
    &english, &american, &german, &french, &spanish, &arabic,
};

static const struct language *find_exactly(const char *tag, size_t size)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (strlen(languages[i]->tag) == size && strncasecmp(languages[i]->tag, tag, size) == 0)
            return languages[i];
    return NULL;
}

const struct language *language_find(const char *tag)
{
    if (!tag)
        return &english;
    const struct language *found = find_exactly(tag, strlen(tag));
    if (!found)
        found = find_exactly(tag, strcspn(tag, "-"));
    return found ? found : &english;
}

const struct language *language_of(enum locale locale)
{
    return locale ? language_find(choice_name(&locale_choices, (int)locale)) : &english;
}

const char *language_tag(const struct language *language)
{
    return language->tag;
}

bool language_is_rtl(const struct language *language)
{
    return language->is_rtl;
}

bool language_has(const struct language *language, enum word word)
{
    return language->words[word] != NULL;
}

const char *word(const struct language *language, enum word word)
{
    while (!language->words[word] && language->parent)
        language = language->parent;
    return language->words[word];
}

/* Unicode's marks for text in several directions (UAX #9): a sentence goes from right to left
 * though a name in Latin letters begins it, and each part of it goes its own way. */
static const struct direction {
    const char *sentence;
    const char *part;
    const char *part_end;
} plain_direction = {"", "", ""}, rtl_direction = {"\u200f", "\u2068", "\u2069"};

static void put_part(struct text_buffer *text, const struct direction *direction, const char *part)
{
    if (!part || !*part)
        return;
    text_put_text(text, direction->part);
    text_put_text(text, part);
    text_put_text(text, direction->part_end);
}

static const char *fill(struct arena *arena, const struct direction *direction, const char *pattern,
                        const char *const *parts, size_t count)
{
    struct text_buffer text = text_buffer_in(arena);
    text_put_text(&text, direction->sentence);
    for (const char *at = pattern; *at;) {
        size_t plain = strcspn(at, "{");
        text_put(&text, at, plain);
        at += plain;
        size_t part = *at ? (size_t)(at[1] - '1') : count;
        if (part < count && at[2] == '}') {
            put_part(&text, direction, parts[part]);
            at += strlen("{1}");
        } else if (*at) {
            text_put_char(&text, *at++);
        }
    }
    return text.bytes;
}

const char *phrase_of(struct arena *arena, const struct language *language, enum word which,
                      const char *const *parts, size_t count)
{
    must(count <= PHRASE_PARTS_MAX);
    return fill(arena, language->is_rtl ? &rtl_direction : &plain_direction, word(language, which),
                parts, count);
}

const char *phrase(struct arena *arena, const struct language *language, enum word which,
                   const char *first, const char *second, const char *third)
{
    return phrase_of(arena, language, which, (const char *const[]){first, second, third}, 3);
}

const char *phrase_bare(struct arena *arena, const struct language *language, enum word which,
                        const char *first, const char *second, const char *third)
{
    return fill(arena, &plain_direction, word(language, which),
                (const char *const[]){first, second, third}, 3);
}
