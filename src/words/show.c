#include "words/show.h"

#include <string.h>

#include "base/currency.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/money.h"
#include "base/text.h"

/* A plain decimal with this language's marks. */
static const char *dress(struct arena *arena, const struct language *language, const char *plain)
{
    struct text_buffer text = text_buffer_in(arena);
    if (*plain == '-')
        text_put_char(&text, *plain++);
    for (size_t left = strcspn(plain, "."); left > 0; left--) {
        text_put_char(&text, *plain++);
        if (left > 1 && left % 3 == 1)
            text_put_text(&text, word(language, WORD_GROUP_SEPARATOR));
    }
    if (*plain == '.') {
        text_put_text(&text, word(language, WORD_DECIMAL_MARK));
        text_put_text(&text, plain + 1);
    }
    return text.bytes;
}

const char *show_decimal(struct arena *arena, const struct language *language, int64_t value,
                         int scale, int decimals)
{
    char plain[DECIMAL_TEXT_SIZE];
    decimal_format(value, scale, plain);
    size_t size = strlen(plain);
    for (int spare = scale - decimals; spare > 0 && plain[size - 1] == '0'; spare--)
        plain[--size] = '\0';
    if (plain[size - 1] == '.')
        plain[--size] = '\0';
    return dress(arena, language, plain);
}

const char *show_amount(struct arena *arena, const struct language *language, int64_t amount_minor,
                        const char *currency)
{
    char plain[MONEY_TEXT_SIZE];
    return dress(arena, language, money_format(amount_minor, currency, plain));
}

const char *show_money(struct arena *arena, const struct language *language, int64_t amount_minor,
                       const char *currency)
{
    return phrase_bare(arena, language, WORD_MONEY,
                       show_amount(arena, language, amount_minor, currency), currency, NULL);
}

const char *show_rate(struct arena *arena, const struct language *language, int64_t rate_ppm)
{
    const int percent_scale = 4; /* a millionth is a ten-thousandth of a percent */
    return phrase_bare(arena, language, WORD_PERCENT,
                       show_decimal(arena, language, rate_ppm, percent_scale, 0), NULL, NULL);
}

const char *show_day(struct arena *arena, const struct language *language, int32_t day)
{
    if (day == DAY_NONE)
        return NULL;
    struct civil civil = day_to_civil(day);
    enum word month = (enum word)(WORD_MONTH_1 + civil.month - 1);
    return phrase_bare(arena, language, WORD_DAY, arena_format(arena, "%d", civil.day),
                       word(language, month), arena_format(arena, "%d", civil.year));
}

const char *show_days(struct arena *arena, const struct language *language, int32_t from_day,
                      int32_t to_day)
{
    if (from_day == DAY_NONE || from_day == to_day)
        return show_day(arena, language, to_day);
    if (to_day == DAY_NONE)
        return show_day(arena, language, from_day);
    return phrase_bare(arena, language, WORD_DAY_RANGE, show_day(arena, language, from_day),
                       show_day(arena, language, to_day), NULL);
}

const char *show_moment(struct arena *arena, const struct language *language, int64_t time_ms)
{
    if (time_ms == 0)
        return NULL;
    char plain[TIME_TEXT_SIZE];
    time_format(time_ms, plain);
    const char *hours_to_seconds = arena_text_n(arena, plain + strlen("2016-07-08T"), 8);
    return phrase_bare(arena, language, WORD_MOMENT, show_day(arena, language, time_day(time_ms)),
                       hours_to_seconds, NULL);
}

const char *show_fours(struct arena *arena, const char *text)
{
    if (!text)
        return NULL;
    struct text_buffer groups = text_buffer_in(arena);
    for (size_t seen = 0; *text; text++) {
        if (*text == ' ')
            continue;
        if (seen > 0 && seen % 4 == 0)
            text_put_char(&groups, ' ');
        text_put_char(&groups, *text);
        seen++;
    }
    return groups.bytes;
}
