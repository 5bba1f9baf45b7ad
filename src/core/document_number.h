/* Numbers of documents as people read them: "2016-0001" for invoices, with a letter in front for
 * the other series ("CN-2016-0001"). A series starts anew each year, which stands in the number;
 * past 9999 the number grows. Numbers are given in the transaction that issues the document,
 * without a gap, from the company's counters (store/kept.h). */
#ifndef WAYMARK_CORE_DOCUMENT_NUMBER_H
#define WAYMARK_CORE_DOCUMENT_NUMBER_H

#include <stdint.h>

#include "base/arena.h"
#include "core/company.h"

/* Which year's counter a document of that day takes its number from. */
int document_number_year(int32_t day);

/* The number of the invoice whose reference (core/reference.h) this is and nothing else, in the
 * arena; NULL if it is none. */
const char *document_number_of_reference(struct arena *arena, const char *text);

/* Text in the arena; number is 1 or above. */
const char *document_number(struct arena *arena, enum number_series series, int32_t day,
                            int64_t number);

#endif
