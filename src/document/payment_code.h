/* The QR code with which banking apps fill in a credit transfer: EPC069-12, version 002. */
#ifndef WAYMARK_DOCUMENT_PAYMENT_CODE_H
#define WAYMARK_DOCUMENT_PAYMENT_CODE_H

#include <stdint.h>

#include "base/arena.h"
#include "document/page.h"

struct payment_order {
    const char *holder; /* cut after 70 characters */
    const char *iban;   /* spaces are ignored */
    const char *bic;    /* or NULL */
    const char *currency;
    int64_t amount_minor;
    const char *reference; /* ISO 11649 "RF…", with or without spaces; anything else goes as text */
};

/* The payload, or NULL where the standard has none: not in euro, an amount outside 0.01 to
 * 999999999.99, no holder, an IBAN or reference of impossible length. */
const char *payment_code_text(struct arena *arena, const struct payment_order *order);

/* Its modules at error level M, without the quiet zone of four modules; NULL where there is no
 * payload. ERROR_INTERNAL is not possible: a payload has at most 331 bytes and fits. */
const struct modules *payment_code(struct arena *arena, const struct payment_order *order);

#endif
