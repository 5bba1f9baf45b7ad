/* Documents to test with and to look at, in several countries, scripts and lengths. */
#ifndef WAYMARK_TESTS_DOCUMENT_SAMPLES_H
#define WAYMARK_TESTS_DOCUMENT_SAMPLES_H

#include "base/arena.h"
#include "document/certificate.h"
#include "document/contract.h"
#include "document/invoice.h"
#include "document/status_report.h"

/* The signed state of a log of 1482 leaves. */
#define SAMPLE_CHECKPOINT(origin)                                                                  \
    origin "\n"                                                                                    \
           "1482\n"                                                                                \
           "Yw5oiDHH8GJqxXrNnbx5y9JtCUSNBkSsDxG5W1hZ5vo=\n"                                        \
           "\n"                                                                                    \
           "\xe2\x80\x94 " origin " 7Rr0Ci9WnDrLLuCRaFV3Zc5RLaRjJ4YlZYIWlI2XsyP0cJrNgDk4"          \
           "Qm0n1pJ0sWZr4Xy7ZJkGm3C5oZs3P2bnlXkqAw=\n"
extern const struct document_party sample_truetandem; /* United States */
extern const struct document_party sample_gsa;
extern const struct document_party sample_agency; /* Germany */
extern const struct document_party sample_dutch;

/* Of "YYYY-MM-DD". */
int32_t sample_day(const char *text);

/* A wordmark of that many pixels, as PNG in the arena. */
void sample_logo(struct arena *arena, int width, int height, struct document_setting *setting);

/* In US dollars on Letter, no tax, no IBAN. */
struct printed_invoice sample_us_invoice(void);

/* In euro on A4, with tax and a payment code. */
struct printed_invoice sample_euro_invoice(void);

/* From Shanghai to Dubai, with Hindi, Thai, Greek and Russian in its lines. */
struct printed_invoice sample_world_invoice(void);

/* The euro invoice with so many lines. */
struct printed_invoice sample_long_invoice(struct arena *arena, size_t line_count);

struct printed_invoice sample_credit_note(void);

/* With milestones, requirements and clauses; signed by two people, or not yet. */
struct printed_contract sample_contract(void);
struct printed_contract sample_signed_contract(void);

/* A change order to it, signed by both. */
struct printed_contract sample_change(void);

/* Accepted by a person with a reservation, and by silence. */
struct printed_certificate sample_certificate(void);
struct printed_certificate sample_deemed_certificate(void);

/* The third of an engagement, with a milestone in most states. */
struct printed_report sample_report(void);

#endif
