#include "action/paper_render.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "core/plan_diff.h"
#include "document/contract.h"

/* ---- what changes in a milestone ----------------------------------------------------------- */

/* What a milestone has beside its price, its due day and what it comes after. */
static enum word part_of(const char *field)
{
    static const struct {
        const char *field;
        enum word part;
    } parts[] = {
        {"title", WORD_CHANGE_TITLE},
        {"description", WORD_DESCRIPTION},
        {"tax_category", WORD_TAX},
        {"tax_rate_ppm", WORD_TAX},
        {"start_day", WORD_START},
        {"deliverables", WORD_DELIVERABLES},
        {"criteria", WORD_CRITERIA},
        {"pricing", WORD_CHANGE_PRICING},
        {"percent_ppm", WORD_CHANGE_SHARE},
        {"recurrence", WORD_CHANGE_PERIODS},
        {"period_price", WORD_CHANGE_PERIODS},
        {"settled_periods", WORD_CHANGE_PERIODS},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].field, field) == 0)
            return parts[i].part;
    return WORD_NONE;
}

static void put_sentence(struct text_buffer *text, const char *sentence)
{
    text_printf(text, "%s%s", text->size > 0 ? " · " : "", sentence);
}

/* Of a milestone, or of the plan as a whole; NULL: it stays. */
static const struct plan_change *change_in(const struct change_effect *effect,
                                           const char *milestone, const char *field)
{
    for (size_t i = 0; i < effect->changes.count; i++) {
        const struct plan_change *change = LIST_AT(struct plan_change, effect->changes, i);
        if (text_same(change->milestone, milestone) && strcmp(change->field, field) == 0)
            return change;
    }
    return NULL;
}

/* "Changed: Deliverables, Acceptance criteria"; none where nothing else changes. */
static struct saying other_parts(struct arena *arena, const struct change_effect *effect,
                                 const struct milestone_effect *one)
{
    struct saying parts = said_nothing;
    enum word last = WORD_NONE;
    for (size_t i = 0; i < effect->changes.count; i++) {
        const struct plan_change *change = LIST_AT(struct plan_change, effect->changes, i);
        enum word part =
            text_same(change->milestone, one->code) ? part_of(change->field) : WORD_NONE;
        if (part == WORD_NONE || part == last)
            continue;
        parts =
            last == WORD_NONE ? SAY_WORD(part) : SAY(arena, WORD_CHANGE_AND, parts, SAY_WORD(part));
        last = part;
    }
    return last == WORD_NONE ? said_nothing : SAY(arena, WORD_CHANGE_OF, parts);
}

/* Of the price after; nothing is settled any more where it says none. */
static struct saying settled_of(const struct change_effect *effect,
                                const struct milestone_effect *one)
{
    return said_money(one->settled_minor == INTEGER_NONE ? 0 : one->settled_minor,
                      effect->currency);
}

/* "+1,200.00 USD · due 12 May 2016 instead of 3 May 2016 · now after S2" */
static const char *summary_of(const struct wording *wording, const struct change_effect *effect,
                              const struct milestone_effect *one)
{
    struct arena *arena = wording->arena;
    struct text_buffer text = text_buffer_in(arena);
    if (one->kind != EFFECT_CHANGED)
        return word(wording->language,
                    one->kind == EFFECT_ADDED ? WORD_CHANGE_NEW : WORD_CHANGE_DROPPED);
    if (one->change_minor != 0)
        put_sentence(&text, paper_say(wording, said_change(one->change_minor, effect->currency)));
    if (one->due_before_day != one->due_after_day)
        put_sentence(&text,
                     paper_say(wording, SAY(arena, WORD_CHANGE_DUE, said_day(one->due_after_day),
                                            said_day(one->due_before_day))));
    const struct plan_change *after = change_in(effect, one->code, "after");
    if (after)
        put_sentence(&text, paper_say(wording, after->to ? SAY(arena, WORD_CHANGE_AFTER,
                                                               said_text(after->to))
                                                         : SAY_WORD(WORD_CHANGE_AFTER_NOTHING)));
    if (change_in(effect, one->code, "settled"))
        put_sentence(&text,
                     paper_say(wording, SAY(arena, WORD_CHANGE_SETTLED, settled_of(effect, one))));
    const char *others = paper_say(wording, other_parts(arena, effect, one));
    if (*others)
        put_sentence(&text, others);
    return text.size > 0 ? text.bytes : NULL;
}

static size_t changed_milestones(const struct wording *wording, const struct change_effect *effect,
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
            .summary = summary_of(wording, effect, one),
            .due_before_day = one->due_before_day,
            .due_after_day = one->due_after_day,
            .price_before_minor = one->price_before_minor,
            .price_after_minor = one->price_after_minor,
        };
    }
    return count;
}

/* ---- what changes in the whole ------------------------------------------------------------- */

static void put_other(const struct wording *wording, const char *label, const char *before,
                      const char *after, struct document_fact *facts, size_t *count)
{
    before = before && *before ? before : "–";
    after = after && *after ? after : "–";
    if (strcmp(before, after) == 0)
        return;
    facts[(*count)++] = (struct document_fact){
        label, phrase(wording->arena, wording->language, WORD_CHANGE_FROM_TO, before, after, NULL)};
}

/* What the terms of a contract do not print; the sum is among the figures. */
static const struct {
    const char *field;
    enum word label;
} whole[] = {
    {"summary", WORD_SCOPE},
    {"terms/prose", WORD_GENERAL_TERMS},
    {"terms/notice_text", WORD_NOTICE},
    {"terms/reminders", WORD_NOTICE_REMINDER},
    {"terms/consumer_client", WORD_CHANGE_CONSUMER},
};

/* Texts and numbers stay as they are. */
static const char *value_in_words(const struct wording *wording, const char *value)
{
    if (text_same(value, "yes"))
        return word(wording->language, WORD_CHANGE_YES);
    return text_same(value, "no") ? word(wording->language, WORD_CHANGE_NO) : value;
}

enum { OTHERS_MAX = sizeof whole / sizeof *whole + PAPER_TERMS_MAX };

/* What changes beside milestones and sum. A snapshot that is older than terms_before says only
 * which terms then hold, in the contract as it then stands. */
static size_t other_changes(const struct wording *wording, const struct change_paper *paper,
                            struct document_fact facts[static OTHERS_MAX])
{
    struct document_fact before[PAPER_TERMS_MAX], after[PAPER_TERMS_MAX];
    const struct plan *plan = paper->order->plan;
    struct plan plan_before = *plan;
    size_t count = 0;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        const struct plan_change *change = change_in(paper->effect, NULL, whole[i].field);
        if (change)
            put_other(wording, word(wording->language, whole[i].label),
                      value_in_words(wording, change->from), value_in_words(wording, change->to),
                      facts, &count);
    }
    if (!paper->terms_before)
        return count;
    plan_before.terms = paper->terms_before;
    paper_all_terms(wording, &plan_before, before);
    paper_all_terms(wording, plan, after);
    for (size_t i = 0; i < PAPER_TERMS_MAX; i++)
        put_other(wording, after[i].label, before[i].value, after[i].value, facts, &count);
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
    struct document_fact *others = arena_array(arena, OTHERS_MAX, sizeof *others);
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
        .milestone_count = changed_milestones(wording, effect, milestones),
        .others = others,
        .credits = credits_of(arena, &order->credits),
        .credit_count = order->credits.count,
        .start_day = order->start_day,
        .valid_until_day = order->valid_until_day,
    };
    change.other_count = other_changes(wording, paper, others);
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
