#include <string.h>

#include "action/paper_render.h"
#include "base/day.h"
#include "document/certificate.h"

static struct printed_deliverable *deliverables_of(struct arena *arena,
                                                   const struct list *delivered)
{
    struct printed_deliverable *out = arena_array(arena, delivered->count, sizeof *out);
    for (size_t i = 0; i < delivered->count; i++) {
        const struct delivered *one = LIST_AT(struct delivered, *delivered, i);
        out[i] = (struct printed_deliverable){
            .name = one->name ? arena_format(arena, "%s (%s)", one->title, one->name) : one->title,
            .sha256 = paper_hex(arena, one->hash),
            .link = one->link,
        };
    }
    return out;
}

static const char *criterion_text(struct arena *arena, const struct list *criteria,
                                  const char *code)
{
    for (size_t i = 0; i < criteria->count; i++) {
        const struct criterion *criterion = LIST_AT(struct criterion, *criteria, i);
        if (strcmp(criterion->code, code) == 0)
            return criterion->measure
                       ? arena_format(arena, "%s: %s", criterion->text, criterion->measure)
                       : criterion->text;
    }
    return "";
}

static struct printed_criterion *criteria_of(struct arena *arena,
                                             const struct certificate_paper *paper)
{
    const struct list *decisions = &paper->certificate->decisions;
    struct printed_criterion *out = arena_array(arena, decisions->count, sizeof *out);
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = LIST_AT(struct decision, *decisions, i);
        out[i] = (struct printed_criterion){
            .number = decision->criterion,
            .text = criterion_text(arena, &paper->criteria, decision->criterion),
            .decision = decision->met ? PRINTED_MET : PRINTED_NOT_MET,
            .carried_to = decision->carry_to,
            .note = decision->note,
        };
    }
    return out;
}

static struct printed_defect *defects_of(struct arena *arena, const struct list *defects)
{
    struct printed_defect *out = arena_array(arena, defects->count, sizeof *out);
    for (size_t i = 0; i < defects->count; i++) {
        const struct defect *defect = LIST_AT(struct defect, *defects, i);
        out[i] = (struct printed_defect){defect->criterion, defect->text, defect->severity,
                                         defect->correct_by_day};
    }
    return out;
}

static struct printed_approval *approvals_of(struct arena *arena, const struct list *approvals)
{
    struct printed_approval *out = arena_array(arena, approvals->count, sizeof *out);
    for (size_t i = 0; i < approvals->count; i++) {
        const struct approval *one = LIST_AT(struct approval, *approvals, i);
        out[i] = (struct printed_approval){
            {one->approved_by_name, one->approved_by_role, one->method, one->approved_at},
            one->reservations};
    }
    return out;
}

/* A snapshot names the kind of a notice in English. */
static const char *notice_text(const struct wording *wording, const char *text)
{
    static const enum word kinds[] = {WORD_NOTICE_REQUEST, WORD_NOTICE_REMINDER};
    const struct language *english = language_of(LOCALE_EN);
    for (size_t i = 0; text && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(text, word(english, kinds[i])) == 0)
            return word(wording->language, kinds[i]);
    return text;
}

static struct printed_clock *clock_of(const struct wording *wording,
                                      const struct certificate_paper *paper)
{
    struct arena *arena = wording->arena;
    struct printed_clock *clock = arena_alloc(arena, sizeof *clock);
    struct printed_notice *notices = arena_array(arena, paper->notices.count, sizeof *notices);
    for (size_t i = 0; i < paper->notices.count; i++) {
        const struct paper_notice *notice = LIST_AT(struct paper_notice, paper->notices, i);
        notices[i] = (struct printed_notice){notice_text(wording, notice->text), notice->sent_to,
                                             notice->sent_at};
    }
    *clock = (struct printed_clock){
        .rule = word(wording->language, WORD_CLOCK_ENDED),
        .started_at_ms = paper->submission->clock_start_at,
        .deadline_ms = paper->submission->deadline_at,
        .notices = notices,
        .notice_count = paper->notices.count,
    };
    return clock;
}

/* "Approver"; as it is if it is no role of ours. */
static const char *role_of(const struct wording *wording, const char *role)
{
    static const struct {
        const struct choices *choices;
        enum word words[USER_AUDITOR + 1];
    } sides[] = {
        {&user_role_choices,
         {[USER_OWNER] = WORD_ROLE_OWNER,
          [USER_SALES] = WORD_ROLE_SALES,
          [USER_DELIVERY] = WORD_ROLE_DELIVERY,
          [USER_FINANCE] = WORD_ROLE_FINANCE,
          [USER_AUDITOR] = WORD_ROLE_AUDITOR}},
        {&contact_role_choices,
         {[CONTACT_APPROVER] = WORD_ROLE_APPROVER,
          [CONTACT_PAYER] = WORD_ROLE_PAYER,
          [CONTACT_VIEWER] = WORD_ROLE_VIEWER}},
    };
    for (size_t i = 0; role && i < sizeof sides / sizeof *sides; i++) {
        int choice = choice_value(sides[i].choices, role);
        if (choice > 0)
            return word(wording->language, sides[i].words[choice]);
    }
    return role;
}

static enum printed_outcome outcome_of(const struct certificate *certificate)
{
    if (certificate->kind == CERTIFICATE_DEEMED_ACCEPTED)
        return PRINTED_DEEMED_ACCEPTED;
    for (size_t i = 0; i < certificate->decisions.count; i++) {
        if (LIST_AT(struct decision, certificate->decisions, i)->remedy == REMEDY_CARRY)
            return PRINTED_ACCEPTED_IN_PART;
    }
    if (certificate->reservations && *certificate->reservations)
        return PRINTED_ACCEPTED_WITH_RESERVATIONS;
    return PRINTED_ACCEPTED;
}

enum error certificate_paper_render(struct arena *arena, const void *thawed,
                                    const struct paper_extras *extras, struct document_bytes *pdf,
                                    struct fault *fault)
{
    const struct certificate_paper *paper = thawed;
    const struct certificate *certificate = paper->certificate;
    const struct wording wording = paper_wording(arena, paper->company, paper->client);
    bool is_deemed = certificate->kind == CERTIFICATE_DEEMED_ACCEPTED;
    struct printed_certificate document = {
        .setting = paper_setting(paper->company, paper->client, certificate->accepted_at, extras),
        .number = arena_format(arena, "%s/%s-%lld", paper->contract_number, paper->milestone->code,
                               (long long)paper->submission->round),
        .outcome = outcome_of(certificate),
        .agency = paper_agency(paper->company),
        .client = paper_client(paper->client),
        .engagement = paper->engagement->title,
        .contract_reference = paper->contract_number,
        .milestone_number = paper->milestone->code,
        .milestone_title = paper->milestone->title,
        .submission_round = (int)paper->submission->round,
        .submitted_at_ms = paper->submission->submitted_at,
        .currency = paper->milestone->currency,
        .accepted_minor = milestone_billed_minor(paper->milestone),
        .reduction_minor = milestone_reduction(paper->milestone),
        .reduction_reason = paper->milestone->reduction_reason,
        .deliverables = deliverables_of(arena, &paper->submission->deliverables),
        .deliverable_count = paper->submission->deliverables.count,
        .criteria = criteria_of(arena, paper),
        .criterion_count = certificate->decisions.count,
        .acceptance = {.name = is_deemed ? NULL : certificate->accepted_by_name,
                       .role = role_of(&wording, certificate->accepted_by_role),
                       .method = certificate->method,
                       .accepted_at_ms = certificate->accepted_at},
        .clock = is_deemed ? clock_of(&wording, paper) : NULL,
        .reservations = certificate->reservations,
        .defects = defects_of(arena, &paper->defects),
        .defect_count = paper->defects.count,
        .approvals = approvals_of(arena, &paper->approvals),
        .approval_count = paper->approvals.count,
        .evidence = paper_evidence(paper->leaf, extras),
    };
    return print_certificate(arena, &document, pdf, fault);
}
