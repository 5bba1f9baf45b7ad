#include <string.h>

#include "action/paper_render.h"
#include "base/day.h"
#include "base/text.h"
#include "core/plan_price.h"
#include "document/contract.h"

/* ---- scope --------------------------------------------------------------------------------- */

static const char *criteria_text(struct arena *arena, const struct list *criteria)
{
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < criteria->count; i++) {
        const struct criterion *criterion = LIST_AT(struct criterion, *criteria, i);
        text_printf(&text, "%s%s %s", i > 0 ? "\n" : "", criterion->code, criterion->text);
        if (criterion->measure)
            text_printf(&text, ": %s", criterion->measure);
        if (criterion->checked_by)
            text_printf(&text, " (%s)", criterion->checked_by);
    }
    return text.bytes;
}

static struct printed_requirement *requirements_of(struct arena *arena,
                                                   const struct list *requirements)
{
    struct printed_requirement *out = arena_array(arena, requirements->count, sizeof *out);
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement *one = LIST_AT(struct requirement, *requirements, i);
        out[i] = (struct printed_requirement){
            .number = one->code,
            .text = one->text,
            .criteria = criteria_text(arena, &one->criteria),
            .priority = one->priority,
        };
    }
    return out;
}

/* ---- milestones ---------------------------------------------------------------------------- */

static const char *const *titles_of(struct arena *arena, const struct list *deliverables)
{
    const char **titles = arena_array(arena, deliverables->count, sizeof *titles);
    for (size_t i = 0; i < deliverables->count; i++)
        titles[i] = LIST_AT(struct deliverable, *deliverables, i)->title;
    return titles;
}

static const struct criterion *criterion_by_code(const struct list *requirements, const char *code)
{
    for (size_t i = 0; i < requirements->count; i++) {
        const struct list *criteria = &LIST_AT(struct requirement, *requirements, i)->criteria;
        for (size_t j = 0; j < criteria->count; j++) {
            const struct criterion *criterion = LIST_AT(struct criterion, *criteria, j);
            if (strcmp(criterion->code, code) == 0)
                return criterion;
        }
    }
    return NULL;
}

/* Where the sum was restated, those that are settled keep their prices and leave the others a rest.
 */
static struct saying share_of(struct arena *arena, const struct plan *plan,
                              const struct plan_milestone *milestone)
{
    bool is_restated = false;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *other = LIST_AT(struct plan_milestone, plan->milestones, i);
        is_restated =
            is_restated || (other->pricing == PRICING_PERCENTAGE && plan_is_settled(other));
    }
    return SAY(arena,
               plan_is_settled(milestone) ? WORD_PRICE_SHARE_SETTLED
               : is_restated              ? WORD_PRICE_SHARE_RESTATED
                                          : WORD_PRICE_SHARE,
               said_rate(milestone->percent_ppm));
}

static struct saying rhythm_of(struct arena *arena, const struct recurrence *recurrence)
{
    static const enum word rhythms[] = {
        [RHYTHM_WEEKLY] = WORD_RHYTHM_WEEKLY,
        [RHYTHM_BIWEEKLY] = WORD_RHYTHM_BIWEEKLY,
        [RHYTHM_FOUR_WEEKLY] = WORD_RHYTHM_FOUR_WEEKLY,
        [RHYTHM_SEMI_MONTHLY] = WORD_RHYTHM_SEMI_MONTHLY,
        [RHYTHM_MONTHLY] = WORD_RHYTHM_MONTHLY,
        [RHYTHM_QUARTERLY] = WORD_RHYTHM_QUARTERLY,
        [RHYTHM_YEARLY] = WORD_RHYTHM_YEARLY,
    };
    const struct saying rhythm =
        SAY(arena, rhythms[recurrence->rhythm], said_number(recurrence->first_of_two),
            said_number(recurrence->second_of_two));
    return recurrence->last_of_month ? SAY(arena, WORD_RHYTHM_FROM_LAST_DAY, rhythm) : rhythm;
}

/* "Billed monthly on the first day of each period, from … to …, in equal parts" */
static struct saying periods_of(struct arena *arena, const struct plan_milestone *milestone,
                                const char *currency)
{
    const struct recurrence *recurrence = milestone->recurrence;
    if (!recurrence)
        return SAY_WORD(WORD_PERIODS_NO_OTHERS);
    const struct saying price =
        milestone->period_price_minor == INTEGER_NONE
            ? SAY_WORD(WORD_PERIOD_SHARE)
            : SAY(arena, WORD_PERIOD_PRICE, said_money(milestone->period_price_minor, currency));
    const struct saying periods = SAY(
        arena, recurrence->bill_at == BILL_AT_START ? WORD_PERIODS_AT_START : WORD_PERIODS_AT_END,
        rhythm_of(arena, recurrence), said_day(recurrence->start_day),
        said_day(recurrence->end_day), price);
    return recurrence->prorated ? SAY(arena, WORD_PERIODS_PRORATED, periods) : periods;
}

static struct saying recurring_of(struct arena *arena, const struct plan_milestone *milestone,
                                  const char *currency)
{
    const struct saying periods = periods_of(arena, milestone, currency);
    return milestone->settled_periods == INTEGER_NONE
               ? periods
               : SAY(arena, WORD_PERIODS_SETTLED, said_number(milestone->settled_periods),
                     said_money(milestone->settled_minor, currency), periods);
}

/* Where the price comes from, unless it is an amount of its own. */
static const char *price_note(const struct wording *wording, const struct plan *plan,
                              const struct plan_milestone *milestone)
{
    switch (milestone->pricing) {
    case PRICING_PERCENTAGE:
        return paper_say(wording, share_of(wording->arena, plan, milestone));
    case PRICING_NON_BILLABLE:
        return word(wording->language, WORD_PRICE_NONE);
    case PRICING_RECURRING:
        return paper_say(wording, recurring_of(wording->arena, milestone, plan->currency));
    case PRICING_PROGRESS:
        return word(wording->language, WORD_PRICE_BY_PROGRESS);
    case PRICING_FIXED:
        break;
    }
    return NULL;
}

/* "R1.1 Builds with one command"; the code alone where no requirement has it. */
static const char *const *criteria_of(struct arena *arena, const struct texts *codes,
                                      const struct list *requirements)
{
    const char **texts = arena_array(arena, codes->count, sizeof *texts);
    for (size_t i = 0; i < codes->count; i++) {
        const struct criterion *criterion = criterion_by_code(requirements, codes->texts[i]);
        texts[i] = criterion ? arena_format(arena, "%s %s", codes->texts[i], criterion->text)
                             : codes->texts[i];
    }
    return texts;
}

struct printed_milestone *paper_milestones(const struct wording *wording, const struct plan *plan,
                                           const struct list *requirements)
{
    struct arena *arena = wording->arena;
    const struct list *milestones = &plan->milestones;
    struct printed_milestone *out = arena_array(arena, milestones->count, sizeof *out);
    for (size_t i = 0; i < milestones->count; i++) {
        const struct plan_milestone *one = LIST_AT(struct plan_milestone, *milestones, i);
        out[i] = (struct printed_milestone){
            .number = one->code,
            .title = one->title,
            .description = one->description,
            .after = paper_join(arena, &one->after),
            .deliverables = titles_of(arena, &one->deliverables),
            .deliverable_count = one->deliverables.count,
            .criteria = criteria_of(arena, &one->criteria, requirements),
            .criterion_count = one->criteria.count,
            .start_day = one->start_day,
            .due_day = one->due_day,
            .price_minor = one->price_minor,
            .price_note = price_note(wording, plan, one),
        };
    }
    return out;
}

/* ---- terms --------------------------------------------------------------------------------- */

static bool has_progress(const struct plan *plan)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (LIST_AT(struct plan_milestone, plan->milestones, i)->pricing == PRICING_PROGRESS)
            return true;
    }
    return false;
}

/* A term that counts days, of the kind that the contract counts. */
static struct saying days_of(struct arena *arena, const struct contract_terms *terms, int64_t days,
                             enum word business, enum word calendar)
{
    if (days == INTEGER_NONE || days == 0)
        return said_nothing;
    return SAY(arena, terms->acceptance_day_kind == DAYS_BUSINESS ? business : calendar,
               said_number(days));
}

static struct saying approvers_of(struct arena *arena, const struct plan *plan)
{
    const struct contract_terms *terms = plan->terms;
    const struct approver_limit *limit = terms->one_approver_limit;
    bool is_progress = has_progress(plan);
    if (terms->approvers_needed > 1)
        return SAY(arena,
                   is_progress ? WORD_TERM_APPROVALS_SEVERAL_PROGRESS : WORD_TERM_APPROVALS_SEVERAL,
                   said_number(terms->approvers_needed));
    if (!limit)
        return said_nothing;
    return SAY(arena, is_progress ? WORD_TERM_APPROVALS_LIMIT_PROGRESS : WORD_TERM_APPROVALS_LIMIT,
               said_money(limit->amount_minor, limit->currency));
}

static struct saying billing_of(struct arena *arena, const struct plan *plan)
{
    const struct contract_terms *terms = plan->terms;
    if (terms->billing_mode != BILLING_MONTHLY)
        return SAY_WORD(terms->billing_mode ? WORD_TERM_INVOICING_EACH : WORD_NONE);
    return SAY(arena,
               has_progress(plan) ? WORD_TERM_INVOICING_PROGRESS : WORD_TERM_INVOICING_MONTHLY,
               said_number(terms->billing_day));
}

/* What a contract does not say is WORD_NONE: those signed before there was a choice. */
static const enum word roundings[] = {
    [0] = WORD_NONE,
    [TAX_PER_GROUP] = WORD_TERM_ROUNDING_GROUP,
    [TAX_PER_LINE] = WORD_TERM_ROUNDING_LINE,
};
static const enum word refusals[] = {
    [0] = WORD_NONE,
    [REFUSAL_FROM_MINOR] = WORD_TERM_REFUSAL_MINOR,
    [REFUSAL_FROM_MAJOR] = WORD_TERM_REFUSAL_MAJOR,
    [REFUSAL_FROM_CRITICAL] = WORD_TERM_REFUSAL_CRITICAL,
};
static const enum word partials[] = {
    [0] = WORD_NONE,
    [PARTIAL_ACCEPTANCE_NONE] = WORD_TERM_PARTIAL_NONE,
    [PARTIAL_ACCEPTANCE_BY_CRITERION] = WORD_TERM_PARTIAL_BY_CRITERION,
};

void paper_all_terms(const struct wording *wording, const struct plan *plan,
                     struct document_fact facts[static PAPER_TERMS_MAX])
{
    struct arena *arena = wording->arena;
    const struct contract_terms *terms = plan->terms;
    const struct {
        enum word label;
        struct saying value;
    } all[PAPER_TERMS_MAX] = {
        {WORD_TERM_PAYMENT, SAY(arena, WORD_TERM_PAYMENT_DAYS, said_number(terms->payment_days))},
        {WORD_TERM_INVOICING, billing_of(arena, plan)},
        {WORD_TERM_ACCEPTANCE,
         days_of(arena, terms, terms->acceptance_days, WORD_TERM_ACCEPTANCE_BUSINESS,
                 WORD_TERM_ACCEPTANCE_CALENDAR)},
        {WORD_TERM_SILENCE, SAY_WORD(terms->silence == SILENCE_DEEMED ? WORD_TERM_SILENCE_DEEMED
                                                                      : WORD_TERM_SILENCE_NOTHING)},
        {WORD_TERM_OBJECTION, days_of(arena, terms, terms->objection_days,
                                      WORD_TERM_OBJECTION_BUSINESS, WORD_TERM_OBJECTION_CALENDAR)},
        {WORD_TERM_DISPUTE, days_of(arena, terms, terms->dispute_answer_days,
                                    WORD_TERM_DISPUTE_BUSINESS, WORD_TERM_DISPUTE_CALENDAR)},
        {WORD_TERM_REFUSAL, SAY_WORD(refusals[terms->refusal_from])},
        {WORD_TERM_PARTIAL, SAY_WORD(partials[terms->partial_acceptance])},
        {WORD_TERM_APPROVALS, approvers_of(arena, plan)},
        {WORD_TERM_HOLIDAYS, said_text(paper_join(arena, &terms->holidays))},
        {WORD_TERM_TIME_ZONE, said_text(terms->time_zone)},
        {WORD_TERM_TAX, said_text(terms->tax_note)},
        {WORD_TERM_ROUNDING, SAY_WORD(roundings[terms->tax_rounding])},
        {WORD_TERM_JURISDICTION, said_text(terms->jurisdiction)},
    };
    for (size_t i = 0; i < PAPER_TERMS_MAX; i++)
        facts[i] = (struct document_fact){word(wording->language, all[i].label),
                                          paper_say(wording, all[i].value)};
}

size_t paper_terms(const struct wording *wording, const struct plan *plan,
                   struct document_fact facts[static PAPER_TERMS_MAX])
{
    size_t count = 0;
    paper_all_terms(wording, plan, facts);
    for (size_t i = 0; i < PAPER_TERMS_MAX; i++)
        if (*facts[i].value)
            facts[count++] = facts[i];
    return count;
}

/* ---- signatures ---------------------------------------------------------------------------- */

struct printed_signature *paper_signatures(struct arena *arena, const struct list *signatures)
{
    struct printed_signature *out = arena_array(arena, signatures->count, sizeof *out);
    for (size_t i = 0; i < signatures->count; i++) {
        const struct signature *one = LIST_AT(struct signature, *signatures, i);
        out[i] = (struct printed_signature){
            .name = one->name,
            .role = one->role,
            .side = one->side,
            .signed_at_ms = one->signed_at,
            .method = one->method,
            .address = one->address,
            .consent = one->consent,
            .sha256 = paper_hex(arena, one->document_hash),
        };
    }
    return out;
}

enum error contract_paper_render(struct arena *arena, const void *thawed,
                                 const struct paper_extras *extras, struct document_bytes *pdf,
                                 struct fault *fault)
{
    const struct contract_paper *paper = thawed;
    const struct contract *contract = paper->contract;
    const struct plan *plan = contract->plan;
    const struct wording wording = paper_wording(arena, paper->company, paper->client);
    struct document_fact facts[PAPER_TERMS_MAX];
    struct printed_clause prose = {.text = plan->terms ? plan->terms->prose : NULL};
    bool is_signed = paper->signatures.count > 0;
    struct printed_contract document = {
        .setting = paper_setting(paper->company, paper->client,
                                 is_signed ? contract->active_at : contract->sent_at, extras),
        .number = contract->number,
        .title = paper->engagement->title,
        .summary = plan->summary,
        .dated_day = time_day(contract->sent_at),
        .currency = contract->currency,
        .agency = paper_agency(paper->company),
        .client = paper_client(paper->client),
        .requirements = requirements_of(arena, &paper->requirements),
        .requirement_count = paper->requirements.count,
        .milestones = paper_milestones(&wording, plan, &paper->requirements),
        .milestone_count = plan->milestones.count,
        .total_minor = contract->sum_minor,
        .terms = facts,
        .term_count = plan->terms ? paper_terms(&wording, plan, facts) : 0,
        .clauses = &prose,
        .clause_count = prose.text && *prose.text ? 1 : 0,
        .signatures = paper_signatures(arena, &paper->signatures),
        .signature_count = paper->signatures.count,
        .sha256 = paper_hex(arena, contract->document_hash),
        .evidence = paper_evidence(paper->leaf, extras),
    };
    return print_contract(arena, &document, pdf, fault);
}
