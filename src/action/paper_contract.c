#include <string.h>

#include "action/paper_render.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/money.h"
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
static const char *percentage_text(struct arena *arena, const struct plan *plan,
                                   const struct plan_milestone *milestone)
{
    enum { PERCENT_DECIMALS = 4 };
    char percent[DECIMAL_TEXT_SIZE];
    bool is_restated = false;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *other = LIST_AT(struct plan_milestone, plan->milestones, i);
        is_restated =
            is_restated || (other->pricing == PRICING_PERCENTAGE && plan_is_settled(other));
    }
    return arena_format(arena, "Price: %s%% of the contract sum%s",
                        decimal_format_short(milestone->percent_ppm, PERCENT_DECIMALS, percent),
                        plan_is_settled(milestone) ? " before it was restated: settled, and stays"
                        : is_restated              ? ", its part of what is not settled"
                                                   : "");
}

static const char *days_text(struct arena *arena, const struct recurrence *recurrence)
{
    if (recurrence->rhythm == RHYTHM_SEMI_MONTHLY)
        return arena_format(arena, " (from days %lld and %lld)",
                            (long long)recurrence->first_of_two,
                            (long long)recurrence->second_of_two);
    return recurrence->last_of_month ? " (from the last day of the month)" : "";
}

static const char *period_price_text(struct arena *arena, const struct plan_milestone *milestone,
                                     const char *currency)
{
    char price[MONEY_TEXT_SIZE];
    if (milestone->period_price_minor == INTEGER_NONE)
        return "in equal parts";
    return arena_format(arena, "%s %s for a full period",
                        money_format(milestone->period_price_minor, currency, price), currency);
}

/* "Settled periods that stay as agreed before: 3, 3750.00 EUR in all. " */
static const char *settled_text(struct arena *arena, const struct plan_milestone *milestone,
                                const char *currency)
{
    char settled[MONEY_TEXT_SIZE];
    if (milestone->settled_periods == INTEGER_NONE)
        return "";
    return arena_format(arena, "Settled periods that stay as agreed before: %lld, %s %s in all. ",
                        (long long)milestone->settled_periods,
                        money_format(milestone->settled_minor, currency, settled), currency);
}

/* "Billed monthly on the first day of each period, from 2024-01-01 to 2024-12-31, in equal parts"
 */
static const char *recurrence_text(struct arena *arena, const struct plan_milestone *milestone,
                                   const char *currency)
{
    static const char *const rhythms[] = {
        [RHYTHM_WEEKLY] = "weekly",
        [RHYTHM_BIWEEKLY] = "every two weeks",
        [RHYTHM_FOUR_WEEKLY] = "every four weeks",
        [RHYTHM_SEMI_MONTHLY] = "twice a month",
        [RHYTHM_MONTHLY] = "monthly",
        [RHYTHM_QUARTERLY] = "quarterly",
        [RHYTHM_YEARLY] = "yearly",
    };
    char start[DAY_TEXT_SIZE], end[DAY_TEXT_SIZE];
    const struct recurrence *recurrence = milestone->recurrence;
    const char *settled = settled_text(arena, milestone, currency);
    if (!recurrence)
        return arena_format(arena, "%sNo others follow.", settled);
    return arena_format(arena, "%sBilled %s%s on the %s day of each period, from %s to %s, %s%s",
                        settled, rhythms[recurrence->rhythm], days_text(arena, recurrence),
                        recurrence->bill_at == BILL_AT_START ? "first" : "last",
                        day_format(recurrence->start_day, start),
                        day_format(recurrence->end_day, end),
                        period_price_text(arena, milestone, currency),
                        recurrence->prorated ? "; partial periods by their days" : "");
}

/* Where the price comes from, unless it is an amount of its own. */
static const char *price_note(struct arena *arena, const struct plan *plan,
                              const struct plan_milestone *milestone)
{
    switch (milestone->pricing) {
    case PRICING_PERCENTAGE:
        return percentage_text(arena, plan, milestone);
    case PRICING_NON_BILLABLE:
        return "Not billed";
    case PRICING_RECURRING:
        return recurrence_text(arena, milestone, plan->currency);
    case PRICING_PROGRESS:
        return "Billed by progress: each share of completion that is claimed and accepted, less "
               "what "
               "was billed before; the rest with the acceptance of the whole";
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

struct printed_milestone *paper_milestones(struct arena *arena, const struct plan *plan,
                                           const struct list *requirements)
{
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
            .price_note = price_note(arena, plan, one),
        };
    }
    return out;
}

/* ---- terms --------------------------------------------------------------------------------- */

static const char *acceptance_text(struct arena *arena, const struct contract_terms *terms)
{
    return arena_format(arena, "%lld %s days from submission", (long long)terms->acceptance_days,
                        terms->acceptance_day_kind == DAYS_BUSINESS ? "business" : "calendar");
}

static const char *silence_text(const struct contract_terms *terms)
{
    return terms->silence == SILENCE_DEEMED
               ? "A milestone on which nothing is said in that time is deemed accepted."
               : "Silence means nothing: acceptance must be given.";
}

/* What a contract does not say is not printed: those signed before there was a choice. */
static const char *rounding_text(const struct contract_terms *terms)
{
    static const char *const texts[] = {
        [0] = NULL,
        [TAX_PER_GROUP] = "Rounded half up, once for all lines of one category and rate of a "
                          "document.",
        [TAX_PER_LINE] = "Rounded half up for each line of a document, then summed.",
    };
    return texts[terms->tax_rounding];
}

static const char *refusal_text(const struct contract_terms *terms)
{
    static const char *const texts[] = {
        [0] = NULL,
        [REFUSAL_FROM_MINOR] = "Any defect justifies that work is refused.",
        [REFUSAL_FROM_MAJOR] = "Only a major or critical defect justifies that work is refused; "
                               "work with minor ones is accepted with rights reserved.",
        [REFUSAL_FROM_CRITICAL] = "Only a critical defect justifies that work is refused; work "
                                  "with others is accepted with rights reserved.",
    };
    return texts[terms->refusal_from];
}

static const char *partial_text(const struct contract_terms *terms)
{
    static const char *const texts[] = {
        [0] = NULL,
        [PARTIAL_ACCEPTANCE_NONE] = "A milestone is accepted as a whole.",
        [PARTIAL_ACCEPTANCE_BY_CRITERION] =
            "By criterion; what is not met is reworked, carried to a later milestone or dropped by "
            "change order.",
    };
    return texts[terms->partial_acceptance];
}

static bool has_progress(const struct plan *plan)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (LIST_AT(struct plan_milestone, plan->milestones, i)->pricing == PRICING_PROGRESS)
            return true;
    }
    return false;
}

static const char *approvers_text(struct arena *arena, const struct plan *plan)
{
    char amount[MONEY_TEXT_SIZE];
    const struct contract_terms *terms = plan->terms;
    const struct approver_limit *limit = terms->one_approver_limit;
    bool is_progress = has_progress(plan);
    if (terms->approvers_needed > 1)
        return arena_format(arena, "Each acceptance%s needs the approval of %lld persons.",
                            is_progress ? ", of progress too," : "",
                            (long long)terms->approvers_needed);
    return limit ? arena_format(
                       arena, "One person alone accepts up to %s %s net, above it two.%s",
                       money_format(limit->amount_minor, limit->currency, amount), limit->currency,
                       is_progress ? " Of progress the price of the whole milestone counts." : "")
                 : NULL;
}

static const char *billing_text(struct arena *arena, const struct plan *plan)
{
    const struct contract_terms *terms = plan->terms;
    if (terms->billing_mode != BILLING_MONTHLY)
        return terms->billing_mode ? "Each acceptance by an invoice of its own" : NULL;
    return arena_format(arena,
                        "One invoice a calendar month for the milestones %sthat were accepted in "
                        "it, on day %lld of the next month or its last day",
                        has_progress(plan) ? "and the progress " : "",
                        (long long)terms->billing_day);
}

static const char *objection_text(struct arena *arena, const struct contract_terms *terms)
{
    if (terms->objection_days == INTEGER_NONE || terms->objection_days == 0)
        return NULL;
    return arena_format(
        arena,
        "The client may object to an acceptance by silence within %lld %s after it. "
        "Its invoice then rests until the objection ends.",
        (long long)terms->objection_days,
        terms->acceptance_day_kind == DAYS_BUSINESS ? "business days" : "days");
}

static const char *dispute_text(struct arena *arena, const struct contract_terms *terms)
{
    if (terms->dispute_answer_days == INTEGER_NONE || terms->dispute_answer_days == 0)
        return NULL;
    return arena_format(
        arena,
        "Each side answers the other within %lld %s. Silence decides nothing: the dispute stays "
        "open until both say that it is resolved, or it is withdrawn.",
        (long long)terms->dispute_answer_days,
        terms->acceptance_day_kind == DAYS_BUSINESS ? "business days" : "days");
}

static void add_term(struct document_fact facts[], size_t *count, const char *label,
                     const char *value)
{
    if (value && *value)
        facts[(*count)++] = (struct document_fact){label, value};
}

size_t paper_terms(struct arena *arena, const struct plan *plan,
                   struct document_fact facts[static PAPER_TERMS_MAX])
{
    const struct contract_terms *terms = plan->terms;
    size_t count = 0;
    add_term(
        facts, &count, "Payment",
        arena_format(arena, "%lld days from the invoice's date", (long long)terms->payment_days));
    add_term(facts, &count, "Invoicing", billing_text(arena, plan));
    if (terms->acceptance_days > 0)
        add_term(facts, &count, "Acceptance period", acceptance_text(arena, terms));
    add_term(facts, &count, "Silence", silence_text(terms));
    add_term(facts, &count, "Objection", objection_text(arena, terms));
    add_term(facts, &count, "Dispute", dispute_text(arena, terms));
    add_term(facts, &count, "Refusal", refusal_text(terms));
    add_term(facts, &count, "Acceptance in part", partial_text(terms));
    add_term(facts, &count, "Approvals", approvers_text(arena, plan));
    add_term(facts, &count, "Days without business", paper_join(arena, &terms->holidays));
    add_term(facts, &count, "Time zone", terms->time_zone);
    add_term(facts, &count, "Tax", terms->tax_note);
    add_term(facts, &count, "Tax rounding", rounding_text(terms));
    add_term(facts, &count, "Jurisdiction", terms->jurisdiction);
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
    struct document_fact facts[PAPER_TERMS_MAX];
    struct printed_clause prose = {.text = plan->terms ? plan->terms->prose : NULL};
    bool is_signed = paper->signatures.count > 0;
    struct printed_contract document = {
        .setting = paper_setting(paper->company,
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
        .milestones = paper_milestones(arena, plan, &paper->requirements),
        .milestone_count = plan->milestones.count,
        .total_minor = contract->sum_minor,
        .terms = facts,
        .term_count = plan->terms ? paper_terms(arena, plan, facts) : 0,
        .clauses = &prose,
        .clause_count = prose.text && *prose.text ? 1 : 0,
        .signatures = paper_signatures(arena, &paper->signatures),
        .signature_count = paper->signatures.count,
        .sha256 = paper_hex(arena, contract->document_hash),
        .evidence = paper_evidence(paper->leaf, extras),
    };
    return print_contract(arena, &document, pdf, fault);
}
