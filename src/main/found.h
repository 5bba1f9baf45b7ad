/* The companies of a server, and founding one: what the command line and the sample share. */
#ifndef WAYMARK_MAIN_FOUND_H
#define WAYMARK_MAIN_FOUND_H

#include "action/company.h"
#include "main/house.h"
#include "store/person.h"

/* All of them, as struct company_entry. */
enum error house_companies(struct house *house, struct arena *arena, struct list *companies,
                           struct fault *fault) WARN_UNUSED;

/* Creates the company under the next free number. Errors are those of create_company. */
enum error found_company(struct house *house, struct arena *arena, struct create_company *in,
                         struct company *company, int64_t *number, struct fault *fault) WARN_UNUSED;

#endif
