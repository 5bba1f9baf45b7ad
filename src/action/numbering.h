/* How documents are numbered: what the company has chosen for each series, and the next number of a
 * document that is being issued. */
#ifndef WAYMARK_ACTION_NUMBERING_H
#define WAYMARK_ACTION_NUMBERING_H

#include "action/operation.h"
#include "core/company.h"
#include "core/invoice.h"

/* One series as it stands today. */
struct numbered_series {
    enum number_series series;
    enum number_series drawn_from;
    const char *pattern; /* of the series that it is drawn from, as the rest */
    int64_t digits;
    enum number_reset reset;
    const char *next; /* the number that a document of today would get */
};

extern const struct operation list_numbering_operation;

/* Chooses a series' format for what is issued from then on; out is the company, whose version it
 * names. Takes struct number_format. */
extern const struct operation change_numbering_operation;

/* ---- called inside actions ----------------------------------------------------------------- */

/* Takes the next number of a series for a document of that day, as text in the arena. It is taken
 * for good only if the transaction commits; so nothing may be refused after it. */
enum error give_number(struct call *call, const struct company *company, enum number_series series,
                       int32_t day, const char **text, struct fault *fault) WARN_UNUSED;

/* The invoice whose reference (core/reference.h) a payer's text is, and nothing else. */
enum error find_quoted_invoice(struct call *call, const char *text, struct invoice *invoice,
                               bool *found, struct fault *fault) WARN_UNUSED;

#endif
