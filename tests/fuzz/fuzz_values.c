/* The texts of single values, which each have one way to be written: amounts, days, moments, ids,
 * hashes, addresses, payment references, names of time zones. */
#include "base/base64.h"
#include "base/country.h"
#include "base/currency.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/email.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/limits.h"
#include "base/money.h"
#include "base/utf8.h"
#include "core/reference.h"
#include "fuzz.h"
#include "platform/zone.h"

/* The end of zeros may differ, and minus zero is zero. */
static void check_decimal(const char *text)
{
    static const int scales[] = {0, 2, 3, 6, DECIMAL_SCALE_MAX};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        char full[DECIMAL_TEXT_SIZE], brief[DECIMAL_TEXT_SIZE];
        int64_t value, again;
        if (decimal_parse(text, scales[i], &value, NULL) != OK)
            continue;
        decimal_format(value, scales[i], full);
        decimal_format_short(value, scales[i], brief);
        must(decimal_parse(full, scales[i], &again, NULL) == OK && again == value);
        must(decimal_parse(brief, scales[i], &again, NULL) == OK && again == value);
        must(strncmp(full, brief, strlen(brief)) == 0);
    }
}

static void check_money(const char *text)
{
    static const char *const currencies[] = {"EUR", "JPY", "BHD", "CLF"};
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        char full[MONEY_TEXT_SIZE];
        int64_t minor, again;
        if (money_parse(text, currencies[i], &minor, NULL) != OK)
            continue;
        money_format(minor, currencies[i], full);
        must(money_parse(full, currencies[i], &again, NULL) == OK && again == minor);
        if (money_ratio(minor, 190000, 1000000, ROUND_HALF_UP, &again, NULL) == OK)
            must((again > 0) == (minor > 2) && (again < 0) == (minor < -2));
    }
}

static void check_time(const char *text)
{
    char day_text[DAY_TEXT_SIZE], time_text[TIME_TEXT_SIZE];
    int32_t day;
    int64_t moment, again;
    if (day_parse(text, &day, NULL) == OK) {
        must(strcmp(day_format(day, day_text), text) == 0);
        must(day_month_end(day) >= day && day_weekday(day) <= SUNDAY);
    }
    if (time_parse(text, &moment, NULL) == OK) {
        time_format(moment, time_text);
        must(time_parse(time_text, &again, NULL) == OK && again == moment);
        must(strncmp(time_text, text, strlen("2016-06-22T14:03:05")) == 0);
    }
}

static void check_bytes(struct arena *arena, const char *text, size_t size)
{
    char id_text[ID_TEXT_SIZE], hex[HASH_HEX_SIZE], base64[HASH_BASE64_SIZE];
    struct id id;
    struct hash hash;
    size_t decoded_size;
    void *decoded = arena_alloc(arena, size);
    if (id_parse(text, &id))
        must(strcasecmp(id_format(id, id_text), text) == 0);
    if (hash_from_hex(text, &hash))
        must(strcmp(hash_to_hex(hash, hex), text) == 0);
    if (hash_from_base64(text, &hash))
        must(strcmp(hash_to_base64(hash, base64), text) == 0);
    if (base64_decode(text, size, decoded, size, &decoded_size)) {
        char *encoded = arena_alloc(arena, BASE64_SIZE(decoded_size));
        must(strcmp(base64_encode(decoded, decoded_size, encoded), text) == 0);
    }
}

static void check_names(struct arena *arena, const char *text)
{
    if (email_is_valid(text)) {
        must(strlen(text) <= EMAIL_LIMIT && utf8_is_line(text) && !strpbrk(text, " ,;<>()\""));
        must(email_is_valid(email_lower(arena, text)));
    }
    if (currency_find(text))
        must(strcmp(currency_find(text)->code, text) == 0);
    if (country_exists(text))
        must(strlen(text) == 2);
    if (zone_exists(text))
        must(!strstr(text, "..") && *text != '/');
}

static void check_reference(const char *text)
{
    char reference[REFERENCE_SIZE], again[REFERENCE_SIZE], printed[REFERENCE_PRINT_SIZE];
    if (reference_parse(text, reference)) {
        must(reference_parse(reference_print(reference, printed), again));
        must(strcmp(again, reference) == 0);
        must(strlen(reference_body(reference)) > 0);
    }
    if (reference_make(text, reference, NULL) == OK)
        must(reference_parse(reference, again) && strcmp(again, reference) == 0);
}

static void check_text(const char *text, size_t size)
{
    char *mended = fuzz_text((const uint8_t *)text, strlen(text));
    must(!utf8_is_line(text) || utf8_is_prose(text));
    must(!utf8_is_prose(text) || utf8_valid(text, strlen(text)));
    utf8_mend_prose(mended);
    must(utf8_is_prose(mended) && (!utf8_is_prose(text) || strcmp(mended, text) == 0));
    utf8_mend_line(mended);
    must(utf8_is_line(mended) && (!utf8_is_line(text) || strcmp(mended, text) == 0));
    (void)utf8_valid(text, size);
    free(mended);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    char *text = fuzz_text(input, size);
    check_decimal(text);
    check_money(text);
    check_time(text);
    check_bytes(arena, text, size);
    check_names(arena, text);
    check_reference(text);
    check_text(text, size);
    free(text);
    arena_free(arena);
    return 0;
}
