/* Accepted work and issued documents for the tests of money. */
#ifndef WAYMARK_TESTS_CORE_BILLING_H
#define WAYMARK_TESTS_CORE_BILLING_H

#include "core/credit_note.h"
#include "core/invoice.h"
#include "core/number_format.h"
#include "sample.h"

static inline struct milestone billable_milestone(int64_t price_minor, enum tax_category category,
                                                  int64_t rate_ppm)
{
    return (struct milestone){
        .id = sample_id(9),
        .version = 1,
        .engagement_id = sample_id(1),
        .contract_id = sample_id(5),
        .number = 1,
        .code = "S1",
        .title = "Sprint 1",
        .price_minor = price_minor,
        .currency = "USD",
        .tax_category = category,
        .tax_rate_ppm = rate_ppm,
        .start_day = sample_day("2016-06-23"),
        .due_day = sample_day("2016-06-30"),
        .state = MILESTONE_ACCEPTED,
        .billing = BILLING_BILLABLE,
        .accepted_at = SAMPLE_NOON,
        .certificate_id = sample_id(80),
    };
}

/* A number of a series in 2016 as it is written where nothing was chosen. */
static inline const char *number_of(struct arena *arena, enum number_series series, int64_t number)
{
    return number_format_write(arena, number_format_initial(series), 2016, number);
}

/* The invoice of such a milestone, issued on 1 July 2016 as that number. */
static inline struct invoice issued_invoice(struct arena *arena, int64_t price_minor,
                                            enum tax_category category, int64_t rate_ppm,
                                            int64_t number)
{
    struct client client = sample_client();
    struct contract contract = sample_contract(arena);
    struct milestone milestone = billable_milestone(price_minor, category, rate_ppm);
    struct invoice invoice = {.id = sample_id(200 + (unsigned)number)};
    struct certificate certificate = {.id = milestone.certificate_id};
    struct invoice_basis basis = {&client, &contract, &certificate, sample_day("2016-06-30")};
    ALLOWED(invoice_for_milestone(arena, &basis, &milestone, sample_day("2016-07-01"), SAMPLE_NOON,
                                  &invoice, NULL));
    ALLOWED(invoice_issue(arena, &invoice, number_of(arena, SERIES_INVOICE, number), NULL));
    return invoice;
}

#endif
