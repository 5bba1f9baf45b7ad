/* Shapes of the papers' snapshots (action/paper.h): how they are frozen and thawed. */
#ifndef WAYMARK_ACTION_PAPER_SNAPSHOT_H
#define WAYMARK_ACTION_PAPER_SNAPSHOT_H

#include "base/shape.h"

extern const struct shape contract_paper_shape;
extern const struct shape certificate_paper_shape;
extern const struct shape change_paper_shape;
extern const struct shape invoice_paper_shape;
extern const struct shape report_paper_shape;

#endif
