#include "core/iban.h"

#include <string.h>

#include "core/mod97.h"

bool iban_read(const char *text, char iban[static IBAN_MAX + 1])
{
    return mod97_read(text, iban, IBAN_MAX + 1) && strlen(iban) >= IBAN_MIN && mod97_is_right(iban);
}
