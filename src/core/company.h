/* A company is an agency that bills: the owner of everything else, strictly apart from the others.
 */
#ifndef WAYMARK_CORE_COMPANY_H
#define WAYMARK_CORE_COMPANY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/locale.h"
#include "core/number_format.h"

enum paper {
    PAPER_A4 = 1,
    PAPER_LETTER,
};
extern const struct choices paper_choices;

struct company {
    struct id id;
    int64_t version;
    const char *slug; /* unique on this server; in addresses and in the evidence log's origin */
    const char *name;
    const char *legal_name;
    const char *address; /* lines as they are printed */
    const char *country; /* ISO 3166-1 alpha-2 */
    const char *tax_id;
    const char *email;
    const char *phone;
    const char *time_zone; /* IANA name */
    const char *currency;  /* what new engagements start with */
    const char *iban;
    const char *bic;
    const char *remittance; /* how to pay, in words, on each invoice */
    enum paper paper;
    struct hash logo_hash; /* of a PNG among the files */
    bool is_sample;        /* made by the sample engagement, safe to play with */
    int64_t created_at;
    struct list numbering; /* struct number_format: what was chosen for each series, oldest first */
    enum locale locale;    /* of papers and mails where the client has none; none: English */
};
extern const struct shape company_shape;

#endif
