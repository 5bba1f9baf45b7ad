/* Where to look at the sample once it is played: commands that can be copied and work as they
 * stand. */
#ifndef WAYMARK_MAIN_SAMPLE_WHERE_H
#define WAYMARK_MAIN_SAMPLE_WHERE_H

#include "main/serve.h"

/* Prints it for the company of that number. owner signs in with the password, approver with a link
 * that is made for it. */
struct sample_people {
    const char *owner_email;
    const char *owner_password;
    const char *approver_email;
};
enum error sample_print_where(struct server *server, struct arena *arena, int64_t company,
                              const struct sample_people *people, struct fault *fault) WARN_UNUSED;

#endif
