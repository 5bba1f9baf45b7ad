#include "action/delivery_mail.h"

#include <string.h>

#include "action/mail_parts.h"
#include "action/notify.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/money.h"
#include "base/must.h"
#include "base/text.h"
#include "platform/zone.h"

/* ---- to whom ------------------------------------------------------------------------------- */

static bool is_approver(const struct party *party)
{
    return party->kind == ACTOR_CONTACT &&
           strcmp(party->role, choice_name(&contact_role_choices, CONTACT_APPROVER)) == 0;
}

static bool is_of_agency(const struct party *party)
{
    return party->kind == ACTOR_USER;
}

static bool is_of_both(const struct party *party)
{
    return is_approver(party) || is_of_agency(party);
}

size_t count_approvers(const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->parties.count; i++)
        count += is_approver(LIST_AT(struct party, review->parties, i));
    return count;
}

static enum error tell(struct call *call, const struct review *review, struct id message_id,
                       const struct party *party, const char *subject, const char *text,
                       struct fault *fault)
{
    struct letter letter = {
        .name = party->name,
        .address = party->email,
        .subject = subject,
        .body = arena_format(call->arena, "Hello %s,\n\n%s", party->name, text),
    };
    return queue_letter(call, message_id, &letter, review->submission.id, fault);
}

static enum error tell_all(struct call *call, const struct review *review,
                           bool (*is_told)(const struct party *), const char *subject,
                           const char *text, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < review->parties.count; i++) {
        const struct party *party = LIST_AT(struct party, review->parties, i);
        if (is_told(party))
            error = tell(call, review, call_id(call), party, subject, text, fault);
    }
    return error;
}

/* ---- in words ------------------------------------------------------------------------------ */

static const char *subject_of(const struct call *call, const char *what,
                              const struct review *review)
{
    return arena_format(call->arena, "%s: %s %s", what, review->milestone.code,
                        review->milestone.title);
}

/* "M1 Prototype of "Dashboard"" */
static const char *name_of(const struct call *call, const struct review *review)
{
    return arena_format(call->arena, "%s %s of \"%s\"", review->milestone.code,
                        review->milestone.title, review->engagement.title);
}

static const struct contract_terms *terms_of(const struct review *review)
{
    return review->contract.plan->terms;
}

static const char *day_of(const struct call *call, const struct review *review, int64_t moment)
{
    char text[DAY_TEXT_SIZE];
    const char *name = terms_of(review)->time_zone;
    const struct zone *zone = zone_find(name);
    must(zone);
    return arena_format(call->arena, "%s (%s)", day_format(zone_local_day(zone, moment), text),
                        name);
}

static const char *until(const struct call *call, const struct review *review)
{
    int64_t deadline_at = review->submission.deadline_at;
    return deadline_at ? arena_format(call->arena, " until the end of %s",
                                      day_of(call, review, deadline_at))
                       : "";
}

static const char *paragraph(const struct call *call, const char *text)
{
    return text ? arena_format(call->arena, "    %s\n\n", text) : "";
}

/* What silence means, in the contract's words or ours. */
static const char *silence_of(const struct call *call, const struct review *review)
{
    const struct contract_terms *terms = terms_of(review);
    if (terms->silence != SILENCE_DEEMED || review->submission.deadline_at == 0)
        return "";
    if (terms->notice_text)
        return arena_format(call->arena, "%s\n\n", terms->notice_text);
    return arena_format(call->arena,
                        "If you do not answer until then, it counts as accepted, as contract %s "
                        "says.\n\n",
                        review->contract.number);
}

static const char *hand_over_of(const struct call *call, const struct submission *submission)
{
    char hash[HASH_HEX_SIZE];
    struct text_buffer text = text_buffer_in(call->arena);
    for (size_t i = 0; i < submission->deliverables.count; i++) {
        const struct delivered *one = LIST_AT(struct delivered, submission->deliverables, i);
        if (one->kind == DELIVERABLE_LINK)
            text_printf(&text, "    %s: %s\n", one->title, one->link);
        else
            text_printf(&text, "    %s: %s\n      SHA-256 %s\n", one->title, one->name,
                        hash_to_hex(one->hash, hash));
    }
    text_put_char(&text, '\n');
    return text.bytes;
}

static const char *correct_by(const struct call *call, int32_t day)
{
    char text[DAY_TEXT_SIZE];
    return day == DAY_NONE
               ? ""
               : arena_format(call->arena, " (to be corrected by %s)", day_format(day, text));
}

/* The criteria that are not met. */
static const char *defects_of(const struct call *call, const struct list *decisions)
{
    struct text_buffer text = text_buffer_in(call->arena);
    text_put_text(&text, "");
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *one = LIST_AT(struct decision, *decisions, i);
        if (one->remedy == REMEDY_CARRY)
            text_printf(&text, "    %s: carried to %s%s%s\n", one->criterion, one->carry_to,
                        one->note ? ", " : "", one->note ? one->note : "");
        else if (!one->met)
            text_printf(&text, "    %s: %s%s%s%s\n", one->criterion,
                        choice_name(&severity_choices, (int)one->severity), one->note ? ", " : "",
                        one->note ? one->note : "", correct_by(call, one->correct_by_day));
    }
    if (text.size > 0)
        text_put_char(&text, '\n');
    return text.bytes;
}

/* ---- asking -------------------------------------------------------------------------------- */

/* Tells each approver and puts it on record. */
static enum error give_notice(struct call *call, struct review *review, enum notice_kind kind,
                              const char *subject, const char *text, struct fault *fault)
{
    struct list *notices = &review->submission.notices;
    struct acceptance_notice *rows =
        arena_array(call->arena, notices->count + review->parties.count, sizeof *rows);
    if (notices->count > 0)
        memcpy(rows, notices->rows, notices->count * sizeof *rows);
    notices->rows = rows;
    enum error error = OK;
    for (size_t i = 0; !error && i < review->parties.count; i++) {
        const struct party *party = LIST_AT(struct party, review->parties, i);
        if (!is_approver(party))
            continue;
        struct id id = call_id(call);
        error = tell(call, review, id, party, subject, text, fault);
        rows[notices->count++] = (struct acceptance_notice){kind, party->id, id, call->now_ms};
    }
    return error;
}

enum error mail_request(struct call *call, struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    const char *text =
        arena_format(call->arena,
                     "%s hands over %s:\n\n"
                     "%s%s"
                     "Please look at it, and accept it or reject it with your reasons%s:\n\n"
                     "    %s\n\n"
                     "%s",
                     review->company.name, name_of(call, review), hand_over_of(call, submission),
                     paragraph(call, submission->note), until(call, review),
                     mail_link(call, "submissions", submission->id), silence_of(call, review));
    return give_notice(call, review, NOTICE_REQUEST, subject_of(call, "Please review", review),
                       text, fault);
}

enum error mail_reminder(struct call *call, struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    const char *text = arena_format(
        call->arena,
        "%s was handed over on %s and waits for your answer%s. Please accept it, or reject it with "
        "your reasons:\n\n"
        "    %s\n\n"
        "%s",
        name_of(call, review), day_of(call, review, submission->submitted_at), until(call, review),
        mail_link(call, "submissions", submission->id), silence_of(call, review));
    return give_notice(call, review, NOTICE_REMINDER,
                       subject_of(call, "Your answer is awaited", review), text, fault);
}

enum error mail_deadline_moved(struct call *call, const struct review *review, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "the notice that %s was handed over went out later than the hand-over itself. The time to "
        "answer is therefore counted from that notice, and goes%s:\n\n"
        "    %s\n\n"
        "%s",
        name_of(call, review), until(call, review),
        mail_link(call, "submissions", review->submission.id), silence_of(call, review));
    return tell_all(call, review, is_of_both, subject_of(call, "More time to answer", review), text,
                    fault);
}

/* ---- outcomes ------------------------------------------------------------------------------ */

enum error mail_withdrawn(struct call *call, const struct review *review, struct fault *fault)
{
    const char *text =
        arena_format(call->arena,
                     "%s has taken %s back before you decided on it.\n\n"
                     "There is nothing that you need to do; you will be asked again when it is "
                     "handed over anew.\n",
                     review->company.name, name_of(call, review));
    return tell_all(call, review, is_approver, subject_of(call, "Taken back", review), text, fault);
}

static const char *const reasons[] = {
    [REJECTION_CRITERION_NOT_MET] = "a criterion is not met",
    [REJECTION_DEFECT] = "it has a defect",
    [REJECTION_INCOMPLETE] = "it is incomplete",
    [REJECTION_NOT_AS_AGREED] = "it is not as agreed",
    [REJECTION_OTHER] = "for another reason",
};

enum error mail_rejected(struct call *call, const struct review *review, struct fault *fault)
{
    const struct submission *submission = &review->submission;
    const char *text = arena_format(
        call->arena,
        "%s did not accept %s (%s):\n\n"
        "%s%s"
        "The next step is the agency's: to rework it and to hand it over again. Nothing is "
        "invoiced until then.\n\n"
        "    %s\n",
        submission->decided_by_name, name_of(call, review), reasons[submission->reason_code],
        paragraph(call, submission->reason), defects_of(call, &submission->decisions),
        mail_link(call, "submissions", submission->id));
    return tell_all(call, review, is_of_both, subject_of(call, "Not accepted", review), text,
                    fault);
}

/* Who accepted, or what stands for it. */
static const char *acceptance_of(const struct call *call, const struct review *review,
                                 const struct certificate *certificate)
{
    const char *what = name_of(call, review);
    const char *day = day_of(call, review, certificate->accepted_at);
    if (certificate->kind == CERTIFICATE_DEEMED_ACCEPTED)
        return arena_format(call->arena,
                            "the time to answer on %s ended with %s. There was no answer, and so "
                            "it counts as accepted, as contract %s says.",
                            what, day, review->contract.number);
    return arena_format(call->arena, "%s accepted %s on %s.", certificate->accepted_by_name, what,
                        day);
}

/* What can still be done about an acceptance by silence. */
static const char *objection_of(const struct call *call, const struct review *review)
{
    int64_t until_at = review->submission.objection_until_at;
    if (until_at == 0)
        return "";
    return arena_format(call->arena,
                        "The client can still object to it until the end of %s, with a reason:\n\n"
                        "    %s\n\n",
                        day_of(call, review, until_at),
                        mail_link(call, "submissions", review->submission.id));
}

enum error mail_accepted(struct call *call, const struct review *review,
                         const struct certificate *certificate, struct fault *fault)
{
    bool is_deemed = certificate->kind == CERTIFICATE_DEEMED_ACCEPTED;
    const char *reserved = paragraph(call, certificate->reservations);
    const char *text = arena_format(
        call->arena, "%s\n\n%s%s%s%sThe certificate, to keep:\n\n    %s\n",
        acceptance_of(call, review, certificate), *reserved ? "With these reservations:\n\n" : "",
        reserved, defects_of(call, &certificate->decisions), objection_of(call, review),
        mail_link(call, "certificates", certificate->id));
    return tell_all(call, review, is_of_both,
                    subject_of(call, is_deemed ? "Counts as accepted" : "Accepted", review), text,
                    fault);
}

enum error mail_lapsed(struct call *call, const struct review *review, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "the time to answer on %s is over, and nobody has answered. The client is a consumer whom "
        "no notice of what silence means has reached, so silence means nothing: it is still to be "
        "accepted.\n\n"
        "Please talk to them, and see to it that they get their mail:\n\n"
        "    %s\n",
        name_of(call, review), mail_link(call, "submissions", review->submission.id));
    return tell_all(call, review, is_of_agency, subject_of(call, "No answer", review), text, fault);
}

enum error mail_approved(struct call *call, const struct review *review,
                         const struct approval *approval, size_t needed, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "%s approves %s. As contract %s says, it is accepted once %zu have approved it; %lld have "
        "so far%s:\n\n    %s\n",
        approval->approved_by_name, name_of(call, review), review->contract.number, needed,
        (long long)approval->sequence, until(call, review),
        mail_link(call, "submissions", review->submission.id));
    return tell_all(call, review, is_of_both, subject_of(call, "Approved by one", review), text,
                    fault);
}

/* ---- defects ------------------------------------------------------------------------------- */

enum error mail_defect_corrected(struct call *call, const struct review *review,
                                 const struct defect *defect, struct fault *fault)
{
    const char *text =
        arena_format(call->arena,
                     "%s says that a defect of %s is corrected:\n\n"
                     "    %s: %s\n\n"
                     "%s"
                     "Please look at it, and confirm that or say what is still wrong:\n\n"
                     "    %s\n",
                     review->company.name, name_of(call, review), defect->criterion, defect->text,
                     paragraph(call, defect->correction), mail_link(call, "defects", defect->id));
    return tell_all(call, review, is_approver, subject_of(call, "Defect corrected", review), text,
                    fault);
}

enum error mail_defect_answered(struct call *call, const struct review *review,
                                const struct defect *defect, struct fault *fault)
{
    static const struct {
        const char *what;
        const char *subject;
    } answers[] = {
        [DEFECT_OPEN] = {"finds a defect still open", "Defect still open"},
        [DEFECT_CORRECTED] = {NULL, NULL},
        [DEFECT_CONFIRMED] = {"confirms that a defect is corrected", "Defect settled"},
        [DEFECT_WAIVED] = {"waives the correction of a defect", "Defect settled"},
    };
    const char *text = arena_format(
        call->arena, "%s %s, of %s:\n\n    %s: %s\n\n%s    %s\n", defect->answered_by_name,
        answers[defect->state].what, name_of(call, review), defect->criterion, defect->text,
        paragraph(call, defect->answer), mail_link(call, "defects", defect->id));
    return tell_all(call, review, is_of_agency,
                    subject_of(call, answers[defect->state].subject, review), text, fault);
}

/* ---- price reductions ---------------------------------------------------------------------- */

/* "150.00 EUR less for M1 Prototype of …, whose price is 1000.00 EUR" */
static const char *reduction_in_words(const struct call *call, const struct review *review,
                                      const struct price_reduction *reduction)
{
    char less[MONEY_TEXT_SIZE], price[MONEY_TEXT_SIZE];
    const char *currency = reduction->currency;
    return arena_format(call->arena, "%s %s less for %s, whose price is %s %s",
                        money_format(reduction->amount_minor, currency, less), currency,
                        name_of(call, review),
                        money_format(review->milestone.price_minor, currency, price), currency);
}

/* Such a letter is filed under the reduction, as there may be no submission yet. */
static enum error tell_of_reduction(struct call *call, const struct review *review,
                                    const struct price_reduction *reduction,
                                    bool (*is_told)(const struct party *), const char *subject,
                                    const char *text, struct fault *fault)
{
    struct review about = *review;
    about.submission.id = reduction->id;
    return tell_all(call, &about, is_told, subject_of(call, subject, review), text, fault);
}

enum error mail_reduction_proposed(struct call *call, const struct review *review,
                                   const struct price_reduction *reduction, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "%s proposes %s:\n\n    %s\n\n"
        "Please agree to it or decline. If you agree, an acceptance bills that much less:\n\n"
        "    %s\n",
        review->company.name, reduction_in_words(call, review, reduction), reduction->reason,
        mail_link(call, "price-reductions", reduction->id));
    return tell_of_reduction(call, review, reduction, is_approver, "Price reduction proposed", text,
                             fault);
}

enum error mail_reduction_decided(struct call *call, const struct review *review,
                                  const struct price_reduction *reduction, struct fault *fault)
{
    static const struct {
        const char *verb;
        const char *subject;
        bool (*is_told)(const struct party *);
    } decisions[] = {
        [REDUCTION_PROPOSED] = {NULL, NULL, NULL},
        [REDUCTION_AGREED] = {"agrees to", "Price reduction agreed", is_of_agency},
        [REDUCTION_DECLINED] = {"declines", "Price reduction declined", is_of_agency},
        [REDUCTION_WITHDRAWN] = {"withdraws", "Price reduction withdrawn", is_approver},
    };
    const char *text =
        arena_format(call->arena, "%s %s %s:\n\n    %s\n\n%s    %s\n", reduction->decided_by_name,
                     decisions[reduction->state].verb, reduction_in_words(call, review, reduction),
                     reduction->reason, paragraph(call, reduction->answer),
                     mail_link(call, "price-reductions", reduction->id));
    return tell_of_reduction(call, review, reduction, decisions[reduction->state].is_told,
                             decisions[reduction->state].subject, text, fault);
}

/* ---- progress claims ----------------------------------------------------------------------- */

/* "60% of M1 Prototype of …, after 35% before: 250.00 EUR net" */
static const char *progress_in_words(const struct call *call, const struct review *review,
                                     const struct progress_claim *claim)
{
    enum { PERCENT_DECIMALS = 4 };
    char percent[DECIMAL_TEXT_SIZE], before[DECIMAL_TEXT_SIZE], net[MONEY_TEXT_SIZE];
    return arena_format(call->arena, "%s%% of %s, after %s%% before: %s %s net",
                        decimal_format_short(claim->percent_ppm, PERCENT_DECIMALS, percent),
                        name_of(call, review),
                        decimal_format_short(claim->before_ppm, PERCENT_DECIMALS, before),
                        money_format(claim->net_minor, claim->currency, net), claim->currency);
}

/* Such a letter is filed under the claim. */
static enum error tell_of_progress(struct call *call, const struct review *review,
                                   const struct progress_claim *claim,
                                   bool (*is_told)(const struct party *), const char *subject,
                                   const char *text, struct fault *fault)
{
    struct review about = *review;
    about.submission.id = claim->id;
    return tell_all(call, &about, is_told, subject_of(call, subject, review), text, fault);
}

enum error mail_progress_claimed(struct call *call, const struct review *review,
                                 const struct progress_claim *claim, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "%s says that so much is done:\n\n    %s\n\n%s"
        "Please accept that or reject it with a reason. If you accept, it is billed:\n\n"
        "    %s\n",
        review->company.name, progress_in_words(call, review, claim), paragraph(call, claim->note),
        mail_link(call, "progress-claims", claim->id));
    return tell_of_progress(call, review, claim, is_approver, "Progress claimed", text, fault);
}

enum error mail_progress_approved(struct call *call, const struct review *review,
                                  const struct progress_claim *claim,
                                  const struct progress_approval *approval, size_t needed,
                                  struct fault *fault)
{
    const char *text =
        arena_format(call->arena,
                     "%s approves this progress:\n\n    %s\n\n%s"
                     "As contract %s says, it is accepted once %zu have approved it; %lld have so "
                     "far:\n\n    %s\n",
                     approval->approved_by_name, progress_in_words(call, review, claim),
                     paragraph(call, approval->note), review->contract.number, needed,
                     (long long)approval->sequence, mail_link(call, "progress-claims", claim->id));
    return tell_of_progress(call, review, claim, is_of_both, "Progress approved by one", text,
                            fault);
}

enum error mail_progress_decided(struct call *call, const struct review *review,
                                 const struct progress_claim *claim, struct fault *fault)
{
    static const struct {
        const char *verb;
        const char *subject;
        bool (*is_told)(const struct party *);
    } decisions[] = {
        [PROGRESS_CLAIMED] = {NULL, NULL, NULL},
        [PROGRESS_ACCEPTED] = {"accepts", "Progress accepted", is_of_agency},
        [PROGRESS_REJECTED] = {"rejects", "Progress rejected", is_of_agency},
        [PROGRESS_WITHDRAWN] = {"withdraws", "Progress claim withdrawn", is_approver},
    };
    const char *text = arena_format(
        call->arena, "%s %s this progress:\n\n    %s\n\n%s    %s\n", claim->decided_by_name,
        decisions[claim->state].verb, progress_in_words(call, review, claim),
        paragraph(call, claim->reason), mail_link(call, "progress-claims", claim->id));
    return tell_of_progress(call, review, claim, decisions[claim->state].is_told,
                            decisions[claim->state].subject, text, fault);
}

/* ---- disputes ------------------------------------------------------------------------------ */

/* What the dispute is, in the middle of a sentence. */
static const char *dispute_noun(const struct dispute *dispute)
{
    return dispute->kind == DISPUTE_OBJECTION ? "objection to the acceptance of" : "dispute on";
}

static const char *credit_in_words(const struct call *call, const struct dispute *dispute)
{
    char amount[MONEY_TEXT_SIZE];
    if (dispute->kind != DISPUTE_OBJECTION || dispute->credit_minor == INTEGER_NONE)
        return "";
    if (dispute->credit_minor == 0)
        return "Nothing of the invoice is credited.\n\n";
    return arena_format(call->arena, "%s %s net of the invoice %s credited.\n\n",
                        money_format(dispute->credit_minor, dispute->currency, amount),
                        dispute->currency, dispute->state == DISPUTE_OPEN ? "would be" : "is");
}

static const char *opening_in_words(const struct call *call, const struct review *review,
                                    const struct dispute *dispute)
{
    if (dispute->kind == DISPUTE_OBJECTION)
        return arena_format(
            call->arena,
            "%s objects to the acceptance of %s, which silence has accepted:\n\n    %s\n\n"
            "The acceptance stands. Until the objection ends its invoice rests: it does not become "
            "overdue, and nobody is reminded of it.\n\n",
            dispute->opened_by_name, name_of(call, review), dispute->reason);
    return arena_format(
        call->arena,
        "%s opened a dispute on %s:\n\n    %s\n\n"
        "Until it ends nothing is decided, and the time to answer stands still.\n\n",
        dispute->opened_by_name, name_of(call, review), dispute->reason);
}

static const char *dispute_in_words(const struct call *call, const struct review *review,
                                    const struct dispute *dispute)
{
    const char *said =
        dispute->client_at > dispute->agency_at ? dispute->client_note : dispute->agency_note;
    if (dispute->state == DISPUTE_WITHDRAWN)
        return arena_format(call->arena, "The %s %s is withdrawn:\n\n    %s\n\n",
                            dispute_noun(dispute), name_of(call, review), dispute->note);
    if (said)
        return arena_format(call->arena, "The %s %s is resolved%s:\n\n    %s\n\n%s",
                            dispute_noun(dispute), name_of(call, review),
                            dispute->state == DISPUTE_OPEN
                                ? ", as one side says; the other has to say so, too"
                                : ", as both sides say",
                            said, credit_in_words(call, dispute));
    return opening_in_words(call, review, dispute);
}

/* By when who answers. */
static const char *answer_in_words(const struct call *call, const struct dispute *dispute)
{
    char day[DAY_TEXT_SIZE];
    if (dispute->answer_by_day == DAY_NONE)
        return "";
    return arena_format(call->arena, "The contract asks the %s to answer by the end of %s.\n\n",
                        choice_name(&side_choices, (int)dispute_asked(dispute)),
                        day_format(dispute->answer_by_day, day));
}

/* What follows: the answer, or once it has ended what then is. */
static const char *end_in_words(const struct call *call, const struct review *review,
                                const struct dispute *dispute)
{
    if (dispute->state == DISPUTE_OPEN)
        return answer_in_words(call, dispute);
    if (dispute->kind == DISPUTE_OBJECTION)
        return "The acceptance stands, and what is left of the invoice is to be paid.\n\n";
    return arena_format(call->arena, "It is to be decided on again%s.\n\n", until(call, review));
}

enum error mail_dispute(struct call *call, const struct review *review,
                        const struct dispute *dispute, struct fault *fault)
{
    static const char *const subjects[][2] = {
        [DISPUTE_OPEN] = {"In dispute", "Objection"},
        [DISPUTE_RESOLVED] = {"Dispute resolved", "Objection settled"},
        [DISPUTE_WITHDRAWN] = {"Dispute withdrawn", "Objection withdrawn"},
    };
    const char *subject = subjects[dispute->state][dispute->kind == DISPUTE_OBJECTION];
    const char *text =
        arena_format(call->arena, "%s%s    %s\n", dispute_in_words(call, review, dispute),
                     end_in_words(call, review, dispute), mail_link(call, "disputes", dispute->id));
    return tell_all(call, review, is_of_both, subject_of(call, subject, review), text, fault);
}

/* The side that is asked. */
static bool (*asked_by(const struct dispute *dispute))(const struct party *)
{
    return dispute_asked(dispute) == SIDE_CLIENT ? is_approver : is_of_agency;
}

enum error mail_dispute_answer(struct call *call, const struct review *review,
                               const struct dispute *dispute, bool is_past, struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    const char *text = arena_format(
        call->arena,
        is_past ? "The %s %s was to be answered by the %s until the end of %s, and was not. "
                  "Silence decides nothing: it stays open until both sides say how it is resolved, "
                  "or it is withdrawn.\n\n    %s\n"
                : "The %s %s waits for an answer of the %s until the end of %s. Please say how it "
                  "is resolved:\n\n    %s\n",
        dispute_noun(dispute), name_of(call, review),
        choice_name(&side_choices, (int)dispute_asked(dispute)),
        day_format(dispute->answer_by_day, day), mail_link(call, "disputes", dispute->id));
    return tell_all(call, review, is_past ? is_of_both : asked_by(dispute),
                    subject_of(call, is_past ? "Not answered" : "Answer due today", review), text,
                    fault);
}
