#include "words/saying.h"

#include <string.h>

#include "base/day.h"
#include "base/must.h"
#include "base/text.h"
#include "words/show.h"

const struct saying said_nothing = {.kind = SAYING_NOTHING};

struct saying said_text(const char *text)
{
    return text ? (struct saying){.kind = SAYING_TEXT, .text = text} : said_nothing;
}

struct saying said_quote(const char *text)
{
    return text ? (struct saying){.kind = SAYING_QUOTE, .text = text} : said_nothing;
}

struct saying said_number(int64_t number)
{
    return (struct saying){.kind = SAYING_NUMBER, .number = number};
}

struct saying said_money(int64_t amount_minor, const char *currency)
{
    return (struct saying){.kind = SAYING_MONEY, .number = amount_minor, .text = currency};
}

struct saying said_change(int64_t amount_minor, const char *currency)
{
    return (struct saying){.kind = SAYING_CHANGE, .number = amount_minor, .text = currency};
}

struct saying said_rate(int64_t rate_ppm)
{
    return (struct saying){.kind = SAYING_RATE, .number = rate_ppm};
}

struct saying said_day(int32_t day)
{
    return day == DAY_NONE ? said_nothing : (struct saying){.kind = SAYING_DAY, .number = day};
}

struct saying said_series(const struct saying *parts, size_t part_count)
{
    return (struct saying){.kind = SAYING_SERIES, .parts = parts, .part_count = part_count};
}

struct saying said_phrase(struct arena *arena, enum word word, const struct saying *parts,
                          size_t part_count)
{
    struct saying *kept = arena_array(arena, part_count, sizeof *kept);
    must(part_count <= PHRASE_PARTS_MAX);
    memcpy(kept, parts, part_count * sizeof *kept);
    return (struct saying){
        .kind = SAYING_PHRASE, .word = word, .parts = kept, .part_count = part_count};
}

static const char *say_phrase(struct arena *arena, const struct language *language,
                              const struct saying *saying)
{
    const char *parts[PHRASE_PARTS_MAX] = {NULL};
    for (size_t i = 0; i < saying->part_count; i++)
        parts[i] = say(arena, language, &saying->parts[i]);
    return phrase_of(arena, language, saying->word, parts, saying->part_count);
}

static const char *say_series(struct arena *arena, const struct language *language,
                              const struct saying *saying)
{
    struct text_buffer text = text_buffer_in(arena);
    text_put_text(&text, "");
    for (size_t i = 0; i < saying->part_count; i++)
        text_put_text(&text, say(arena, language, &saying->parts[i]));
    return text.bytes;
}

const char *say(struct arena *arena, const struct language *language, const struct saying *saying)
{
    switch (saying->kind) {
    case SAYING_NOTHING:
        break;
    case SAYING_TEXT:
        return saying->text;
    case SAYING_QUOTE:
        return arena_format(arena, "    %s\n\n", saying->text);
    case SAYING_NUMBER:
        return arena_format(arena, "%lld", (long long)saying->number);
    case SAYING_MONEY:
        return show_money(arena, language, saying->number, saying->text);
    case SAYING_CHANGE:
        return arena_format(arena, "%s%s", saying->number > 0 ? "+" : "",
                            show_money(arena, language, saying->number, saying->text));
    case SAYING_RATE:
        return show_rate(arena, language, saying->number);
    case SAYING_DAY:
        return show_day(arena, language, (int32_t)saying->number);
    case SAYING_PHRASE:
        return say_phrase(arena, language, saying);
    case SAYING_SERIES:
        return say_series(arena, language, saying);
    }
    return "";
}
