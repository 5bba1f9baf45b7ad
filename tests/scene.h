/* A signed engagement at work: a scenario of five milestones that come one after the other, more
 * people, rows put in past the operations, and what follows later: jobs and mail. Each scene is an
 * engagement of its own. */
#ifndef WAYMARK_TESTS_SCENE_H
#define WAYMARK_TESTS_SCENE_H

#include "action/acceptance.h"
#include "core/contract_position.h"
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

/* The same with a plan that is changed before it is offered. */
typedef void plan_change(struct plan *plan);
void scene_set_as(struct scene *scene, struct stage *stage, plan_change *change);

/* Another engagement of the same client, with the same people. */
void scene_set_beside(struct scene *scene, const struct scene *first);

/* A file of the engagement, uploaded by the manager; each call gives other bytes. */
struct file scene_file(struct scene *scene);

/* Starts the milestone of that number, from 0, unless it is at work, and hands its report over. */
struct submission scene_submit(struct scene *scene, size_t number);

/* The one decision that each milestone asks for, to be put into a struct decide_submission. */
struct decision *scene_decision(struct scene *scene, size_t number, bool met,
                                enum severity severity);

/* Where its contract stands, as its owner sees it. */
struct contract_position scene_position(const struct scene *scene);

/* The approver accepts a submission of that milestone. */
struct acceptance scene_accept(struct scene *scene, size_t number,
                               const struct submission *submission);

/* A moment as "2016-07-06T21:59:59Z", in milliseconds; the clock is set to one, without or with
 * what falls due by then. */
int64_t moment(const char *text);
void set_time(struct scene *scene, const char *text);
void run_until(struct scene *scene, const char *text);

/* Puts a row of any table in, or saves one that was put in or read before. */
void put_row(struct stage *stage, const struct shape *shape, void *row);
void change_row(struct stage *stage, const struct shape *shape, void *row);

/* A row as it is stored, whoever looks. */
void get_row(struct stage *stage, const struct shape *shape, struct id id, void *row);

/* Runs everything that is due by the stage's clock; returns how many jobs ran. */
size_t run_due_jobs(struct stage *stage);

/* The frozen JSON of a paper. */
const char *paper_of(struct stage *stage, struct id subject_id, enum document_kind kind);

/* How many messages wait or were sent to an address about a subject, and the body of the last. */
size_t count_mail(struct stage *stage, const char *recipient, struct id subject_id,
                  const char **last_body);

/* As if a message of the outbox had been delivered at that moment. */
void deliver_message(struct stage *stage, struct id message_id, int64_t at);

/* As if it had been given up. */
void give_up_message(struct stage *stage, struct id message_id);

/* Another approver of the client, with a row of its own. */
struct actor scene_second_approver(struct scene *scene);

/* Hands over and accepts all milestones, one after the other. */
void scene_accept_all(struct scene *scene);

/* The owner completes the engagement by hand. */
enum error scene_complete(struct scene *scene, struct engagement *engagement);

#endif
