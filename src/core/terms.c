#include "core/terms.h"

#include <string.h>

#include "base/day.h"
#include "base/must.h"

typedef enum error due_rule(int count, int32_t day, int32_t *due_day, struct fault *fault);

static enum error days_after(int count, int32_t day, int32_t *due_day, struct fault *fault)
{
    return day_add(day, count, due_day, fault);
}

static enum error months_after(int count, int32_t day, int32_t *due_day, struct fault *fault)
{
    return day_add_months((struct day_anchor){.day = day}, count, due_day, fault);
}

static enum error days_from_month_end(int count, int32_t day, int32_t *due_day, struct fault *fault)
{
    return day_add(day_month_end(day), count, due_day, fault);
}

static enum error day_of_next_month(int count, int32_t day, int32_t *due_day, struct fault *fault)
{
    int32_t next_month;
    enum error error = day_add(day_month_end(day), 1, &next_month, fault);
    if (error != OK)
        return error;
    int32_t wanted = next_month + count - 1;
    int32_t last = day_month_end(next_month);
    *due_day = wanted < last ? wanted : last;
    return OK;
}

static const struct {
    const char *slug;
    due_rule *due;
    int least;
    int most;
} kinds[TERMS_KIND_COUNT] = {
    [TERMS_DAYS] = {"days", days_after, 0, 3650},
    [TERMS_MONTHS] = {"months", months_after, 0, 120},
    [TERMS_DAYS_FROM_MONTH_END] = {"days_from_month_end", days_from_month_end, 0, 3650},
    [TERMS_DAY_OF_NEXT_MONTH] = {"day_of_next_month", day_of_next_month, 1, 31},
};

const char *terms_kind_slug(enum terms_kind kind)
{
    must(kind > TERMS_UNKNOWN && kind < TERMS_KIND_COUNT);
    return kinds[kind].slug;
}

enum terms_kind terms_kind_find(const char *slug)
{
    for (enum terms_kind kind = TERMS_UNKNOWN + 1; kind < TERMS_KIND_COUNT; kind++)
        if (strcmp(slug, kinds[kind].slug) == 0)
            return kind;
    return TERMS_UNKNOWN;
}

enum error terms_check(struct payment_terms terms, struct fault *fault)
{
    if (terms.kind <= TERMS_UNKNOWN || terms.kind >= TERMS_KIND_COUNT)
        return refuse(fault, ERROR_INVALID, "kind", "not a kind of payment terms");
    int least = kinds[terms.kind].least;
    int most = kinds[terms.kind].most;
    if (terms.count < least || terms.count > most)
        return refuse(fault, ERROR_OUT_OF_RANGE, "count", "%s takes %d to %d",
                      kinds[terms.kind].slug, least, most);
    return OK;
}

enum error terms_due_day(struct payment_terms terms, int32_t day, int32_t *due_day,
                         struct fault *fault)
{
    enum error error = terms_check(terms, fault);
    if (error != OK)
        return error;
    return kinds[terms.kind].due(terms.count, day, due_day, fault);
}
