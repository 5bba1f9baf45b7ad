/* Splitting an amount so that the parts always sum to the whole.
 *
 * Shares are weights of any unit: millionths, days, hours, prices. None is negative and their sum
 * is above 0 and fits 64 bits; if not, ERROR_INVALID or ERROR_OUT_OF_RANGE for field "shares". The
 * total may be negative: parts mirror those of the positive total. parts_minor has room for count.
 */
#ifndef WAYMARK_CORE_SPLIT_H
#define WAYMARK_CORE_SPLIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/money.h"

enum { SPLIT_WHOLE_PPM = 1000 * 1000 };

/* What is billed when the share done grows from `from` to `to` of `whole` (0 <= from, to <= whole):
 * round(total * to / whole) - round(total * from / whole). Steps that meet never lose or gain a
 * minor unit, whatever their number. A step back is negative. ERROR_INVALID outside 0 to whole. */
enum error split_step(int64_t total_minor, int64_t from, int64_t to, int64_t whole,
                      enum rounding rounding, int64_t *part_minor, struct fault *fault) WARN_UNUSED;

/* In order, each part a step: how percentage and periodic milestones are billed. Equal shares give
 * equal parts up to one minor unit. */
enum error split_in_steps(int64_t total_minor, const int64_t *shares, size_t count,
                          enum rounding rounding, int64_t *parts_minor,
                          struct fault *fault) WARN_UNUSED;

/* Over lines or payers by largest remainder: each gets its share rounded toward 0, then one minor
 * unit more goes to those who lost most, the earlier line first when equal. */
enum error split_by_remainder(struct arena *scratch, int64_t total_minor, const int64_t *shares,
                              size_t count, int64_t *parts_minor, struct fault *fault) WARN_UNUSED;

#endif
