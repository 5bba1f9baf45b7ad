/* The parts of a change order that a contract does not have: its figures, and what it changes. */
#ifndef WAYMARK_DOCUMENT_CHANGE_H
#define WAYMARK_DOCUMENT_CHANGE_H

#include "document/contract.h"
#include "document/flow.h"

/* "Change order 2 to contract C-2016-0001 · Revision 1". */
const char *change_kind(const struct flow *flow, const struct printed_contract *contract);

/* Sum before, change, sum after and the end, beside each other. */
void change_figures(struct flow *flow, const struct printed_contract *contract);

/* Milestone by milestone, then the whole: terms, tax, what decides the end, credits, days. */
void change_tables(struct flow *flow, const struct printed_contract *contract);

#endif
