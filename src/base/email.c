#include "base/email.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"

enum {
    LOCAL_PART_MAX = 64, /* RFC 5321 */
    LABEL_MAX = 63,      /* RFC 1035 */
};

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5322 atext. */
static bool is_word_character(char c)
{
    return is_letter_or_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_host_character(char c)
{
    return is_letter_or_digit(c) || c == '-';
}

/* One or more runs of allowed characters, none longer than run_max, with single dots between. */
static bool is_dotted(const char *text, size_t size, size_t run_max, bool (*allowed)(char))
{
    size_t run = 0;
    for (size_t i = 0; i < size; i++) {
        bool is_dot = text[i] == '.';
        if (is_dot ? run == 0 : run == run_max || !allowed(text[i]))
            return false;
        run = is_dot ? 0 : run + 1;
    }
    return run > 0;
}

static bool has_hyphen_at_edge(const char *domain)
{
    return *domain == '-' || strstr(domain, ".-") || strstr(domain, "-.") ||
           domain[strlen(domain) - 1] == '-';
}

bool email_is_valid(const char *address)
{
    const char *at = strrchr(address, '@');
    if (!at || strlen(address) > EMAIL_LIMIT)
        return false;
    size_t local_size = (size_t)(at - address);
    return local_size <= LOCAL_PART_MAX &&
           is_dotted(address, local_size, LOCAL_PART_MAX, is_word_character) &&
           is_dotted(at + 1, strlen(at + 1), LABEL_MAX, is_host_character) &&
           !has_hyphen_at_edge(at + 1);
}

const char *email_lower(struct arena *arena, const char *address)
{
    char *lower = arena_text(arena, address);
    for (char *at = lower; *at; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return lower;
}
