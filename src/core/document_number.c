#include "core/document_number.h"

#include <string.h>

#include "base/day.h"
#include "base/must.h"
#include "core/reference.h"

static const char *const prefixes[] = {
    [SERIES_INVOICE] = "",   [SERIES_CREDIT_NOTE] = "CN-", [SERIES_CONTRACT] = "C-",
    [SERIES_PAYMENT] = "P-", [SERIES_REFUND] = "R-",
};

int document_number_year(int32_t day)
{
    return day_to_civil(day).year;
}

const char *document_number(struct arena *arena, enum number_series series, int32_t day,
                            int64_t number)
{
    must(series >= SERIES_INVOICE && series <= SERIES_REFUND && number > 0);
    return arena_format(arena, "%s%04d-%04lld", prefixes[series], document_number_year(day),
                        (long long)number);
}

const char *document_number_of_reference(struct arena *arena, const char *text)
{
    enum { YEAR = 4, LEAST = 4, PREFIX = 4 }; /* "RF" and two check digits */
    char reference[REFERENCE_SIZE];
    if (!reference_parse(text, reference))
        return NULL;
    const char *digits = reference + PREFIX;
    size_t count = strlen(digits);
    if (count < YEAR + LEAST || strspn(digits, "0123456789") != count)
        return NULL;
    return arena_format(arena, "%.*s-%s", YEAR, digits, digits + YEAR);
}
