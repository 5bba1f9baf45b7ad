/* Where an engagement's contract stands, for both sides. */
#ifndef WAYMARK_ACTION_CONTRACT_POSITION_H
#define WAYMARK_ACTION_CONTRACT_POSITION_H

#include "action/operation.h"

extern const struct operation show_contract_position_operation; /* struct subject */

#endif
