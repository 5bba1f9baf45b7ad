/* Numbers, money, days and moments as a reader of the language writes them.
 *
 * Results live in the arena. */
#ifndef WAYMARK_WORDS_SHOW_H
#define WAYMARK_WORDS_SHOW_H

#include <stdint.h>

#include "base/arena.h"
#include "words/word.h"

/* value / 10^scale, grouped by threes, with at least decimals of them and no zeros after those:
 * (1234500, 3, 0) is "1,234.5". */
const char *show_decimal(struct arena *arena, const struct language *language, int64_t value,
                         int scale, int decimals);

/* "54,000.00", and with its code "54,000.00 USD". The currency is known. */
const char *show_amount(struct arena *arena, const struct language *language, int64_t amount_minor,
                        const char *currency);
const char *show_money(struct arena *arena, const struct language *language, int64_t amount_minor,
                       const char *currency);

/* "19%", "5.5%". */
const char *show_rate(struct arena *arena, const struct language *language, int64_t rate_ppm);

/* "8 Jul 2016"; NULL for DAY_NONE. */
const char *show_day(struct arena *arena, const struct language *language, int32_t day);

/* "1 Jul 2016 – 31 Jul 2016"; one day alone if the other is none; NULL if both are. */
const char *show_days(struct arena *arena, const struct language *language, int32_t from_day,
                      int32_t to_day);

/* "8 Jul 2016, 14:03:22 UTC"; NULL for 0. */
const char *show_moment(struct arena *arena, const struct language *language, int64_t time_ms);

/* In groups of four from the left, as IBANs and payment references are read: "RF18 5390 0754".
 * Spaces already there do not count. NULL for NULL. */
const char *show_fours(struct arena *arena, const char *text);

#endif
