/* Checks of everything that a company's data claims, by going through all of it: that the evidence
 * log is whole and tells of every row as it is, that what was signed is what is kept, and that all
 * money adds up. Nothing is taken from what the server once computed without computing it anew.
 *
 * Made for companies of any size: tables are read in the order of their keys, and what has to be
 * joined is sorted outside of memory. */
#ifndef WAYMARK_AUDIT_AUDIT_H
#define WAYMARK_AUDIT_AUDIT_H

#include "action/call.h"
#include "audit/report.h"

/* Runs all checks for the call's company. The call is the operator's; its store reads one snapshot.
 * What is wrong goes to the report; an error is trouble that kept a check from ending. */
enum error audit_company(struct call *call, struct report *report, struct fault *fault) WARN_UNUSED;

/* Checks that no company is gone that has a log. */
enum error audit_server(struct call *call, struct report *report, struct fault *fault) WARN_UNUSED;

#endif
