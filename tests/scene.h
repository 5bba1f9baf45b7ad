/* A signed engagement at work: a scenario of five milestones that come one after the other, more
 * people, rows put in past the operations, and what follows later: jobs and mail. Each scene is an
 * engagement of its own. */
#ifndef WAYMARK_TESTS_SCENE_H
#define WAYMARK_TESTS_SCENE_H

#include "scenario.h"

enum { SCENE_MILESTONES = 5 };

struct scene {
    struct scenario scenario;
    struct stage *stage;
    struct engagement engagement;
    struct milestone milestones[SCENE_MILESTONES]; /* M1 to M5 */
    struct user manager_row;
    struct contact approver_row;
    struct actor owner, manager, finance, auditor; /* of the agency */
    struct actor approver, payer, viewer;          /* of the client */
    struct actor stranger;                         /* an approver of another client */
};

/* terms: NULL for the scenario's. */
void scene_set(struct scene *scene, struct stage *stage, const struct contract_terms *terms);

/* Puts a row of any table in, or saves one that was put in or read before. */
void put_row(struct stage *stage, const struct shape *shape, void *row);
void change_row(struct stage *stage, const struct shape *shape, void *row);

/* A row as it is stored, whoever looks. */
void get_row(struct stage *stage, const struct shape *shape, struct id id, void *row);

/* Runs everything that is due by the stage's clock; returns how many jobs ran. */
size_t run_due_jobs(struct stage *stage);

/* How many messages wait or were sent to an address about a subject, and the body of the last. */
size_t count_mail(struct stage *stage, const char *recipient, struct id subject_id,
                  const char **last_body);

#endif
