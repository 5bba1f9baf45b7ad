/* An engagement on a stage, as far along as a test needs it: each function goes one step further,
 * through the operations that people use, and asserts that it works. Rows are as they were when
 * their step was done; load them anew where a test goes on.
 *
 *     struct scenario s;
 *     scenario_signed(&s, stage, 3);
 *     struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
 *     struct milestone *first = scenario_milestone(&s, 0);
 *
 * To have other terms or prices, take the steps singly and change the plan before it is offered. */
#ifndef WAYMARK_TESTS_SCENARIO_H
#define WAYMARK_TESTS_SCENARIO_H

#include "core/domain.h"
#include "stage.h"

enum {
    SCENARIO_PRICE_MINOR = 100000, /* of each milestone: 1000.00 EUR */
    SCENARIO_TAX_PPM = 190000,
};

struct scenario {
    struct stage *stage;
    struct user owner;          /* of company 1, founded with the stage */
    struct client client;       /* in EUR, with days of Europe/Berlin */
    struct contact contacts[4]; /* by role; [0] is not used */
    struct engagement engagement;
    struct proposal proposal;
    struct contract contract;
    struct list milestones; /* struct milestone, in order */
};

/* ---- steps ------------------------------------------------------------------------------------
 */

/* A new client with a contact of each role. */
void scenario_client(struct scenario *scenario, struct stage *stage);

/* Its engagement. */
void scenario_engagement(struct scenario *scenario);

/* Requirements "R1" to "R<count>", each with a criterion "R1.1" and so on, confirmed. */
void scenario_requirements(struct scenario *scenario, size_t count);

/* A plan of milestones "M1" to "M<count>" in the arena: each comes after the one before, is
 * accepted by the criterion of its number, has one file to deliver and is due a week after the
 * last. 14 calendar days to accept, silence means nothing. */
struct plan *scenario_plan(const struct scenario *scenario, size_t count);
struct plan_milestone *scenario_planned(const struct plan *plan, size_t i);

/* A proposal of that plan: drafted, then sent, then accepted by the approver. */
void scenario_draft(struct scenario *scenario, struct plan *plan);
void scenario_send(struct scenario *scenario);
void scenario_accept(struct scenario *scenario);

/* The contract: drawn up, then sent to the owner and the approver, then signed by them in that
 * order. */
void scenario_draw_up(struct scenario *scenario);
void scenario_send_contract(struct scenario *scenario);
void scenario_sign(struct scenario *scenario);

/* All of these with a plan of count milestones, up to the accepted proposal and to the signed
 * contract. */
void scenario_agreed(struct scenario *scenario, struct stage *stage, size_t count);
void scenario_signed(struct scenario *scenario, struct stage *stage, size_t count);

/* ---- who and what -----------------------------------------------------------------------------
 */

/* The company's owner, with the id on record, and the client's contact of a role. */
struct actor scenario_owner(const struct scenario *scenario);
struct actor scenario_contact(const struct scenario *scenario, enum contact_role role);

struct milestone *scenario_milestone(const struct scenario *scenario, size_t i);

/* Rows as they are now. */
void scenario_load(const struct scenario *scenario, const struct shape *shape, struct id id,
                   void *row);
void scenario_load_milestones(struct scenario *scenario);
void scenario_load_document(const struct scenario *scenario, struct id subject_id,
                            enum document_kind kind, struct document_row *document);

/* How many mails to that address have the subject "<what>: <the engagement's title>". */
int64_t scenario_mails(const struct scenario *scenario, const char *email, const char *what);

/* How many edges the graph of its milestones has. */
int64_t scenario_dependencies(const struct scenario *scenario);

/* How many leaves of the log tell of that event in the engagement. */
int64_t scenario_events(const struct scenario *scenario, const char *event);

#endif
