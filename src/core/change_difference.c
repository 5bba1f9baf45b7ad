#include "core/change_difference.h"

#include <string.h>

#include "base/day.h"
#include "core/plan_diff.h"

enum { OWN_FIELDS = 4 };

static void add(struct plan_change *changes, size_t *count, const char *field, const char *from,
                const char *to)
{
    if (from && to ? strcmp(from, to) != 0 : from != to)
        changes[(*count)++] = (struct plan_change){.field = field, .from = from, .to = to};
}

static const char *day_text(struct arena *arena, int32_t day)
{
    char text[DAY_TEXT_SIZE];
    return day == DAY_NONE ? NULL : arena_format(arena, "%s", day_format(day, text));
}

static void add_day(struct arena *arena, struct plan_change *changes, size_t *count,
                    const char *field, int32_t from, int32_t to)
{
    size_t before = *count;
    add(changes, count, field, day_text(arena, from), day_text(arena, to));
    if (*count > before && from != DAY_NONE && to != DAY_NONE)
        changes[before].difference = arena_format(arena, "%+d days", to - from);
}

struct list change_difference(struct arena *arena, const struct change_order *from,
                              const struct change_order *to)
{
    struct list plan = plan_diff(arena, from->plan, to->plan);
    struct plan_change *changes = arena_array(arena, OWN_FIELDS + plan.count, sizeof *changes);
    size_t count = 0;
    add(changes, &count, "title", from->title, to->title);
    add(changes, &count, "purpose", from->purpose, to->purpose);
    add_day(arena, changes, &count, "start_day", from->start_day, to->start_day);
    add_day(arena, changes, &count, "valid_until_day", from->valid_until_day, to->valid_until_day);
    for (size_t i = 0; i < plan.count; i++)
        changes[count++] = *LIST_AT(struct plan_change, plan, i);
    return (struct list){changes, count};
}
