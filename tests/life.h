/* Accepted work that is billed, paid, partly credited and refunded, as rows: what the audit's tests
 * tamper with. Written by core's rules, without the operations of people. */
#ifndef WAYMARK_TESTS_LIFE_H
#define WAYMARK_TESTS_LIFE_H

#include "scenario.h"

/* Accepts the first two milestones of a signed scenario; bills both; a payment settles the first
 * invoice, and has a rest of which some is refunded; a credit note takes part of the second. Its
 * proposal had an estimate; the third milestone is planned into tasks, was worked on, and waits for
 * something of the client that is late; the first has a defect. */
void live(struct scenario *scenario);

#endif
