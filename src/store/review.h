/* A submission under review, with all that a decision about it needs, in few statements: accepting
 * is what the program does most, and every statement there is time in which all others wait. */
#ifndef WAYMARK_STORE_REVIEW_H
#define WAYMARK_STORE_REVIEW_H

#include "core/domain.h"
#include "store/store.h"

/* What stands around the milestone. */
struct review_around {
    int64_t log_size; /* of the company's evidence log as of these rows: a later leaf may tell of
                         a change of them */
    bool has_successors;
    bool has_open_siblings; /* others of the engagement that are not accepted yet */
};

struct review {
    struct submission submission; /* none before there is one */
    struct milestone milestone;
    struct engagement engagement;
    struct contract contract; /* only id, engagement, number, state, plan, currency and sum */
    struct client client;
    struct company company;
    struct review_around around;

    /* Not read with it: */
    struct list parties;  /* struct party */
    struct list criteria; /* struct criterion: the milestone's, in words */
};

/* As the viewer may see it, or *found false. The second is without a submission and what stands
 * around: nothing is prepared by it that could go stale. */
enum error find_review(struct store *store, struct id submission_id, struct review *review,
                       bool *found, struct fault *fault) WARN_UNUSED;
enum error find_review_of_milestone(struct store *store, struct id milestone_id,
                                    struct review *review, bool *found,
                                    struct fault *fault) WARN_UNUSED;

/* Somebody to be told. */
struct party {
    enum actor_kind kind; /* contact or user */
    struct id id;
    const char *name;
    const char *email;
    const char *role;
    enum locale locale; /* what they chose, or none */
};

/* The client's contacts, and the user; the agency's owners if that one is gone. */
enum error list_parties(struct store *store, struct id client_id, struct id user_id,
                        struct list *parties, struct fault *fault) WARN_UNUSED;

/* The struct criterion of those codes among the engagement's current requirements. */
enum error list_criteria(struct store *store, struct id engagement_id, const struct texts *codes,
                         struct list *criteria, struct fault *fault) WARN_UNUSED;

/* Sets the contract's plan to the one in force: its own, or that of the change order that was
 * applied last. Its id and version are set. */
enum error load_plan_in_force(struct store *store, struct contract *contract,
                              struct fault *fault) WARN_UNUSED;

#endif
