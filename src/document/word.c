#include "document/word.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

struct language {
    const char *tag;
    const struct language *parent;
    const char *const *words; /* by enum word */
};

static const char *const english_words[WORD_COUNT] = {
    [WORD_NONE] = "",
#define WORD(name, english) [WORD_##name] = english,
#include "document/word.def"
#undef WORD
};

static const char *const american_words[WORD_COUNT] = {
    [WORD_DAY] = "{2} {1}, {3}",
    [WORD_ORDER_REFERENCE] = "Purchase order",
};

static const struct language english = {"en", NULL, english_words};
static const struct language american = {"en-US", &english, american_words};

static const struct language *const languages[] = {&english, &american};

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

const char *language_tag(const struct language *language)
{
    return language->tag;
}

const char *word(const struct language *language, enum word word)
{
    while (!language->words[word] && language->parent)
        language = language->parent;
    return language->words[word];
}

const char *phrase(struct arena *arena, const struct language *language, enum word which,
                   const char *first, const char *second, const char *third)
{
    const char *const given[] = {first, second, third};
    struct text_buffer text = text_buffer_in(arena);
    const char *pattern = word(language, which);
    while (*pattern) {
        if (pattern[0] == '{' && pattern[1] >= '1' && pattern[1] <= '3' && pattern[2] == '}') {
            const char *insert = given[pattern[1] - '1'];
            text_put_text(&text, insert ? insert : "");
            pattern += 3;
        } else {
            text_put_char(&text, *pattern++);
        }
    }
    return text.bytes;
}
