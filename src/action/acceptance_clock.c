#include "action/acceptance_clock.h"

#include "action/acceptance_mail.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "core/engagement.h"
#include "core/outbox.h"
#include "store/job.h"

static const struct contract_terms *terms_of(const struct review *review)
{
    return review->contract.plan->terms;
}

/* ---- days and moments ---------------------------------------------------------------------- */

int64_t clock_day_end(const struct contract_terms *terms, int32_t day)
{
    return zone_day_start_ms(zone_of(terms), day + 1);
}

int32_t clock_day(const struct contract_terms *terms, int64_t moment)
{
    return zone_local_day(zone_of(terms), moment);
}

/* The last moment for an answer; 0 where there is no period. */
static int64_t deadline_of(const struct contract_terms *terms, const struct acceptance_clock *clock)
{
    return clock->deadline_day == DAY_NONE ? 0 : clock_day_end(terms, clock->deadline_day) - 1;
}

/* ---- starting ------------------------------------------------------------------------------ */

enum error start_clock(struct call *call, struct review *review, struct acceptance_clock *clock,
                       struct fault *fault)
{
    const struct contract_terms *terms = terms_of(review);
    if (!zone_exists(terms->time_zone))
        return refuse(fault, ERROR_INVALID, "plan/terms/time_zone",
                      "this machine does not know the time zone %.60s", terms->time_zone);
    review->submission.clock_start_at = call->now_ms; /* notice and deliverables are all there */
    enum error error = acceptance_clock_start(call->arena, terms, clock_day(terms, call->now_ms),
                                              true, clock, fault);
    if (!error)
        review->submission.deadline_at = deadline_of(terms, clock);
    return error;
}

enum error schedule_clock(struct call *call, const struct review *review,
                          const struct acceptance_clock *clock, struct fault *fault)
{
    const struct zone *zone = zone_of(terms_of(review));
    const struct submission *submission = &review->submission;
    enum error error = OK;
    for (size_t i = 0; !error && i < clock->reminder_count; i++) {
        int64_t due_at = zone_day_start_ms(zone, clock->reminder_days[i]) + REMINDER_MS;
        if (due_at > call->now_ms)
            error = schedule_job(call, JOB_REMIND_ACCEPTANCE, submission->id,
                                 submission->engagement_id, due_at, fault);
    }
    if (!error && clock->deems)
        error = schedule_job(call, JOB_DEEM_ACCEPTANCE, submission->id, submission->engagement_id,
                             submission->deadline_at + 1, fault);
    return error;
}

/* ---- after a dispute ----------------------------------------------------------------------- */

/* The contract's terms with as many days as this submission's clock has. */
static struct contract_terms running_terms(const struct review *review)
{
    struct contract_terms terms = *terms_of(review);
    if (review->submission.clock_days > 0)
        terms.acceptance_days = review->submission.clock_days;
    return terms;
}

enum error resume_clock(struct call *call, struct review *review, int64_t days_left,
                        struct acceptance_clock *clock, struct fault *fault)
{
    struct submission *submission = &review->submission;
    submission->clock_start_at = call->now_ms;
    submission->clock_days = days_left;
    const struct contract_terms terms = running_terms(review);
    enum error error = acceptance_clock_start(call->arena, &terms, clock_day(&terms, call->now_ms),
                                              true, clock, fault);
    if (!error)
        submission->deadline_at = deadline_of(&terms, clock);
    return error;
}

/* ---- what counts in the end ---------------------------------------------------------------- */

enum error find_notice(struct call *call, const struct acceptance_notice *notice,
                       struct outbox *message, bool *found, struct fault *fault)
{
    enum error error = store_load(&call->store, &outbox_shape, notice->message_id, message, fault);
    *found = !error;
    return error == ERROR_NOT_FOUND ? OK : error;
}

/* What became of the requests to the approvers. Of one whose mail stayed in another house nobody
 * knows. */
struct told {
    int64_t reached_at; /* when the first one reached somebody; 0 if none did */
    bool none_can;      /* each was given up */
};

static enum error find_told(struct call *call, const struct submission *submission,
                            struct told *told, struct fault *fault)
{
    size_t requests = 0, dead = 0;
    enum error error = OK;
    *told = (struct told){0};
    for (size_t i = 0; !error && i < submission->notices.count; i++) {
        const struct acceptance_notice *notice =
            LIST_AT(struct acceptance_notice, submission->notices, i);
        struct outbox message;
        bool found;
        if (notice->kind != NOTICE_REQUEST)
            continue;
        error = find_notice(call, notice, &message, &found, fault);
        if (error)
            return error;
        const int64_t reached_at = found ? message.delivered_at : 0;
        if (reached_at != 0 && (told->reached_at == 0 || reached_at < told->reached_at))
            told->reached_at = reached_at;
        requests++;
        dead += found && message.state == OUTBOX_DEAD;
    }
    told->none_can = requests > 0 && dead == requests;
    return error;
}

/* A consumer's clock waits for the notice; that of others only where it can reach nobody. */
enum error find_clock(struct call *call, const struct review *review,
                      struct acceptance_clock *clock, int64_t *start_at, struct fault *fault)
{
    const struct contract_terms *terms = terms_of(review);
    const struct submission *submission = &review->submission;
    struct told told;
    *start_at = submission->clock_start_at;
    enum error error = find_told(call, submission, &told, fault);
    if (error)
        return error;
    if (terms->consumer_client && told.reached_at > *start_at)
        *start_at = told.reached_at;
    const bool was_notified = terms->consumer_client ? told.reached_at != 0 : !told.none_can;
    const struct contract_terms running = running_terms(review);
    return acceptance_clock_start(call->arena, &running, clock_day(terms, *start_at), was_notified,
                                  clock, fault);
}

/* A contact does not see the outbox, but what counts hangs on it. */
static struct call seeing_mails(const struct call *call)
{
    struct call seeing = *call;
    seeing.store.viewer.is_agency = true;
    return seeing;
}

enum error find_days_left(struct call *call, const struct review *review, int64_t *days_left,
                          struct fault *fault)
{
    const struct contract_terms *terms = terms_of(review);
    const struct submission *submission = &review->submission;
    struct acceptance_clock clock;
    int64_t start_at;
    *days_left = 0;
    if (!acceptance_clock_runs(submission) || submission->deadline_at == 0)
        return OK;
    struct call seeing = seeing_mails(call);
    enum error error = find_clock(&seeing, review, &clock, &start_at, fault);
    return error ? error
                 : acceptance_clock_days_left(call->arena, terms, clock_day(terms, call->now_ms),
                                              clock.deadline_day, days_left, fault);
}

/* It is too late only while a job waits that makes it count as accepted: silence may have got its
 * effect by a change order afterwards, or the period ended before the notice came. */
enum error check_in_time(struct call *call, const struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    bool will_count;
    struct acceptance_clock clock;
    int64_t start_at;
    if (submission->state != SUBMISSION_SUBMITTED || submission->deadline_at == 0 ||
        submission->disputed_at != 0 || call->now_ms <= submission->deadline_at ||
        terms_of(review)->silence != SILENCE_DEEMED)
        return OK;
    struct call seeing = seeing_mails(call);
    enum error error = find_job_at(&seeing.store, JOB_DEEM_ACCEPTANCE, submission->id,
                                   submission->deadline_at + 1, &will_count, fault);
    if (error || !will_count)
        return error;
    error = find_clock(&seeing, review, &clock, &start_at, fault);
    return error ? error
                 : acceptance_clock_check(&clock, clock_day(terms_of(review), call->now_ms), fault);
}

/* ---- reminding ----------------------------------------------------------------------------- */

/* Whether there is still somebody to remind: undecided, in time, and not reminded on this day yet,
 * as happens when several reminders were missed. */
static bool is_to_remind(const struct call *call, const struct review *review)
{
    const struct contract_terms *terms = terms_of(review);
    const struct submission *submission = &review->submission;
    const struct list *notices = &submission->notices;
    if (!acceptance_clock_runs(submission) || call->now_ms > submission->deadline_at ||
        engagement_check_decision(&review->engagement, NULL) != OK)
        return false;
    if (notices->count == 0)
        return true;
    const struct acceptance_notice *last =
        LIST_AT(struct acceptance_notice, *notices, notices->count - 1);
    return clock_day(terms, last->sent_at) < clock_day(terms, call->now_ms);
}

enum error remind_acceptance(struct call *call, const struct job *job, struct fault *fault)
{
    struct review review;
    enum error error = load_review(call, job->subject_id, &review, fault);
    if (error || !is_to_remind(call, &review))
        return error;
    struct submission *submission = &review.submission;
    happened(call, "submission.reminded", submission->id, submission->engagement_id);
    error = mail_reminder(call, &review, fault);
    return error ? error : save_row(call, &submission_shape, submission, fault);
}
