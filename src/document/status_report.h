/* The status report as a PDF: how the work goes, for the client. It has no hours and no cost. */
#ifndef WAYMARK_DOCUMENT_STATUS_REPORT_H
#define WAYMARK_DOCUMENT_STATUS_REPORT_H

#include "base/error.h"
#include "core/status_report.h"
#include "document/document.h"

struct printed_report {
    struct document_setting setting;
    int64_t number; /* 1, 2, … of the engagement */
    int32_t day;
    struct document_party agency;
    struct document_party client;
    const char *engagement;
    const char *note; /* in the agency's own words */
    const struct report_line *total;
    const struct list *lines; /* struct report_line, by milestone */
    struct document_evidence evidence;
};

/* Errors as print_invoice (document/invoice.h). */
enum error print_status_report(struct arena *arena, const struct printed_report *report,
                               struct document_bytes *out, struct fault *fault) WARN_UNUSED;

#endif
