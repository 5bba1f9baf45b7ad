/* The agency itself: its profile, its people and their tokens. */
#ifndef WAYMARK_ACTION_COMPANY_H
#define WAYMARK_ACTION_COMPANY_H

#include "action/operation.h"
#include "core/company.h"

/* The call's company. */
enum error load_company(struct call *call, struct company *company,
                        struct fault *fault) WARN_UNUSED;

/* A new company with its first owner; out is the company. Its number is the call's company, which
 * the caller has chosen (store/person.h). */
struct create_company {
    struct company company;
    const char *owner_name;
    const char *owner_email;
    const char *owner_password;
    const char *owner_password_hash; /* made while preparing */
};

extern const struct operation create_company_operation;
extern const struct operation show_company_operation;
extern const struct operation change_company_operation;
extern const struct operation change_logo_operation;

#endif
