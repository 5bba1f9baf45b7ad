/* A client is an organisation or person that an agency works for and bills. */
#ifndef WAYMARK_CORE_CLIENT_H
#define WAYMARK_CORE_CLIENT_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/company.h"
#include "core/locale.h"

struct client {
    struct id id;
    int64_t version;
    const char *name;
    const char *legal_name; /* as invoices address it; none: the name */
    const char *address;    /* lines as they are printed */
    const char *country;    /* ISO 3166-1 alpha-2 */
    const char *tax_id;
    const char *reference; /* the client's own, for its orders: printed on invoices */
    const char *billing_email;
    const char *currency;
    const char *time_zone; /* IANA name */
    int64_t payment_days;  /* what new plans start with */
    int64_t created_at;
    enum locale locale; /* of its papers and mails; none: the agency's */
};
extern const struct shape client_shape;

/* In which language the agency writes to the client. */
enum locale client_locale(const struct client *client, const struct company *company);

#endif
