/* Founding a company: what the command line and the sample share. */
#ifndef WAYMARK_MAIN_FOUND_H
#define WAYMARK_MAIN_FOUND_H

#include "action/company.h"
#include "main/house.h"

/* Creates the company under the next free number. Errors are those of create_company. */
enum error found_company(struct house *house, struct arena *arena, struct create_company *in,
                         struct company *company, int64_t *number, struct fault *fault) WARN_UNUSED;

#endif
