/* A defect is what a criterion was found not to meet, at a rejection or at an acceptance that
 * reserves rights: how severe, in words, and until when it is to be corrected. The agency says that
 * it is corrected; the client confirms that, finds it open still, or waives it.
 *
 * A milestone has at most one unsettled defect for each criterion: one that is found anew in a
 * later round is the same defect, found again. */
#ifndef WAYMARK_CORE_DEFECT_H
#define WAYMARK_CORE_DEFECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"
#include "core/submission.h"

enum defect_state {
    DEFECT_OPEN = 1,
    DEFECT_CORRECTED, /* as the agency says */
    DEFECT_CONFIRMED, /* as the client says, too */
    DEFECT_WAIVED,    /* it stays, and the client asks for nothing more */
    DEFECT_PASSED_ON, /* the milestone is no longer asked for its criterion: another is, or none */
};
extern const struct choices defect_state_choices;

struct defect {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id milestone_id;
    struct id submission_id; /* the round in which it was found last */
    struct id
        certificate_id;    /* of the acceptance that reserves the rights from it; none: rejected */
    const char *criterion; /* code */
    enum severity severity;
    const char *text;
    int32_t correct_by_day; /* DAY_NONE: no day was set */
    enum defect_state state;
    int64_t times_found; /* more than 1: again in later rounds */
    struct id found_by;  /* the rest of these too: when it was found last */
    const char *found_by_name;
    int64_t found_at;
    struct id corrected_by; /* user; of the last correction, with its words */
    const char *corrected_by_name;
    int64_t corrected_at;
    const char *correction;
    struct id answered_by; /* contact; of the client's last answer to it */
    const char *answered_by_name;
    int64_t answered_at;
    const char *answer;
};
extern const struct shape defect_shape;

enum defect_event {
    DEFECT_FIND_AGAIN = 1,
    DEFECT_CORRECT,
    DEFECT_CONFIRM,
    DEFECT_REOPEN,
    DEFECT_WAIVE,
    DEFECT_PASS_ON,
    DEFECT_EVENT_COUNT,
};

/* Open, or corrected as only the agency says. */
bool defect_is_unsettled(const struct defect *defect);

/* The agency's word, words being optional, and the client's. All leave the defect as it was when
 * they refuse: ERROR_WRONG_STATE for "state"; ERROR_INVALID for "answer" if a defect is reopened
 * without saying what is still wrong. */
enum error defect_correct(struct defect *defect, const char *correction, const struct actor *actor,
                          int64_t now_ms, struct fault *fault) WARN_UNUSED;
enum error defect_answer(struct defect *defect, enum defect_event event, const char *answer,
                         const struct actor *actor, int64_t now_ms,
                         struct fault *fault) WARN_UNUSED;

/* Whether the days until which defects are to be corrected can stand: none for what is met, none
 * before today. ERROR_INVALID or ERROR_OUT_OF_RANGE for "decisions/2/correct_by_day". */
enum error decisions_check_days(const struct list *decisions, int32_t today,
                                struct fault *fault) WARN_UNUSED;

/* ---- what a decision means for them ---------------------------------------------------------- */

/* Defects as a decision leaves them. */
struct defect_changes {
    struct list found;   /* struct defect, new ones, without id and version */
    struct list changed; /* struct defect: found again, confirmed as their criterion is met, or
                            passed on */
    struct list open;    /* struct defect: all of the milestone that are unsettled then, new ones
                            first; what a certificate names */
};

/* Follows the decisions of a milestone's submission that was just decided on. What is carried to
 * another milestone is no defect of this one. unsettled: the milestone's
 * struct defect that were unsettled before. certificate_id: none for a rejection. words: what
 * stands for a note that is missing. Silence decides nothing, so it leaves them as they are. */
void defects_follow(struct arena *arena, const struct milestone *milestone,
                    const struct submission *submission, struct id certificate_id,
                    const char *words, const struct list *unsettled,
                    struct defect_changes *changes);

#endif
