#include "action/paper_render.h"

#include <string.h>

#include "base/day.h"
#include "core/plan_diff.h"
#include "document/contract.h"

static size_t changed_milestones(const struct change_effect *effect,
                                 struct printed_milestone_change *out)
{
    size_t count = 0;
    for (size_t i = 0; i < effect->milestones.count; i++) {
        const struct milestone_effect *one =
            LIST_AT(struct milestone_effect, effect->milestones, i);
        if (one->kind == EFFECT_UNCHANGED)
            continue;
        out[count++] = (struct printed_milestone_change){
            .number = one->code,
            .title = one->title,
            .summary = one->summary,
            .due_before_day = one->due_before_day,
            .due_after_day = one->due_after_day,
            .price_before_minor = one->price_before_minor,
            .price_after_minor = one->price_after_minor,
        };
    }
    return count;
}

/* "terms/payment_days" as people say it: by the term's own name, or "Payment days". */
static const char *label_of(const struct wording *wording, const char *field)
{
    static const struct {
        const char *field;
        enum word label;
    } terms[] = {
        {"payment_days", WORD_TERM_PAYMENT},       {"billing_mode", WORD_TERM_INVOICING},
        {"acceptance_days", WORD_TERM_ACCEPTANCE}, {"silence", WORD_TERM_SILENCE},
        {"objection_days", WORD_TERM_OBJECTION},   {"dispute_answer_days", WORD_TERM_DISPUTE},
        {"refusal_from", WORD_TERM_REFUSAL},       {"partial_acceptance", WORD_TERM_PARTIAL},
        {"approvers_needed", WORD_TERM_APPROVALS}, {"holidays", WORD_TERM_HOLIDAYS},
        {"time_zone", WORD_TERM_TIME_ZONE},        {"tax_note", WORD_TERM_TAX},
        {"tax_rounding", WORD_TERM_ROUNDING},      {"jurisdiction", WORD_TERM_JURISDICTION},
    };
    const char *slash = strrchr(field, '/');
    const char *name = slash ? slash + 1 : field;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (strcmp(terms[i].field, name) == 0)
            return word(wording->language, terms[i].label);
    char *label = arena_text(wording->arena, name);
    for (char *at = label; *at; at++)
        *at = *at == '_' ? ' ' : *at;
    if (*label >= 'a' && *label <= 'z')
        *label = (char)(*label - 'a' + 'A');
    return label;
}

/* Changes of the plan as a whole and its terms; the sum is among the figures. */
static size_t other_changes(const struct wording *wording, const struct change_effect *effect,
                            struct document_fact *facts)
{
    struct arena *arena = wording->arena;
    size_t count = 0;
    for (size_t i = 0; i < effect->changes.count; i++) {
        const struct plan_change *change = LIST_AT(struct plan_change, effect->changes, i);
        if (change->milestone || strcmp(change->field, "total") == 0)
            continue;
        facts[count++] =
            (struct document_fact){label_of(wording, change->field),
                                   arena_format(arena, "%s → %s", change->from ? change->from : "–",
                                                change->to ? change->to : "–")};
    }
    return count;
}

static const struct printed_credit *credits_of(struct arena *arena, const struct list *credits)
{
    struct printed_credit *out = arena_array(arena, credits->count, sizeof *out);
    for (size_t i = 0; i < credits->count; i++) {
        const struct change_credit *one = LIST_AT(struct change_credit, *credits, i);
        out[i] = (struct printed_credit){one->milestone, one->net_minor};
    }
    return out;
}

static struct printed_change change_of(const struct wording *wording,
                                       const struct change_paper *paper)
{
    struct arena *arena = wording->arena;
    const struct change_order *order = paper->order;
    const struct change_effect *effect = paper->effect;
    struct printed_milestone_change *milestones =
        arena_array(arena, effect->milestones.count, sizeof *milestones);
    struct document_fact *others = arena_array(arena, effect->changes.count, sizeof *others);
    struct printed_change change = {
        .number = (int)order->number,
        .contract_number = paper->contract_number,
        .sum_before_minor = order->sum_before_minor,
        .change_minor = order->change_minor,
        .tax_change_minor = effect->tax_change_minor,
        .end_before_day = effect->end_before_day,
        .end_after_day = effect->end_after_day,
        .critical_before = paper_join(arena, &effect->critical_before),
        .critical_after = paper_join(arena, &effect->critical_after),
        .milestones = milestones,
        .milestone_count = changed_milestones(effect, milestones),
        .others = others,
        .credits = credits_of(arena, &order->credits),
        .credit_count = order->credits.count,
        .start_day = order->start_day,
        .valid_until_day = order->valid_until_day,
    };
    change.other_count = other_changes(wording, effect, others);
    return change;
}

enum error change_paper_render(struct arena *arena, const void *thawed,
                               const struct paper_extras *extras, struct document_bytes *pdf,
                               struct fault *fault)
{
    const struct change_paper *paper = thawed;
    const struct change_order *order = paper->order;
    const struct plan *plan = order->plan;
    const struct wording wording = paper_wording(arena, paper->company, paper->client);
    struct document_fact facts[PAPER_TERMS_MAX];
    struct printed_clause prose = {.text = plan->terms->prose};
    struct printed_change change = change_of(&wording, paper);
    bool is_signed = paper->signatures.count > 0;
    struct printed_contract document = {
        .setting = paper_setting(paper->company, paper->client,
                                 is_signed ? order->approved_at : order->proposed_at, extras),
        .number = paper->contract_number,
        .revision = (int)order->revision,
        .title = order->title,
        .summary = order->purpose,
        .dated_day = time_day(order->proposed_at),
        .currency = order->currency,
        .agency = paper_agency(paper->company),
        .client = paper_client(paper->client),
        .milestones = paper_milestones(&wording, plan, &paper->requirements),
        .milestone_count = plan->milestones.count,
        .total_minor = order->sum_after_minor,
        .terms = facts,
        .term_count = paper_terms(&wording, plan, facts),
        .clauses = &prose,
        .clause_count = prose.text && *prose.text ? 1 : 0,
        .signatures = paper_signatures(arena, &paper->signatures),
        .signature_count = paper->signatures.count,
        .change = &change,
        .sha256 = paper_hex(arena, order->document_hash),
        .evidence = paper_evidence(paper->leaf, extras),
    };
    return print_contract(arena, &document, pdf, fault);
}
