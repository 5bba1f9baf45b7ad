/* Where the contract stands, as each invoice says: derived anew from the papers and the progress of
 * its engagement in the order of their leaves, which is the order in which they came to be. */
#include "action/paper_render.h"
#include "audit/check.h"
#include "store/audit.h"

/* A certificate, accepted progress, a change order or an invoice, as far as positions ask. */
struct step {
    int64_t leaf;
    struct id contract_id;
    struct id milestone_id;
    bool is_acceptance;   /* of a milestone, or of progress */
    bool comes_later;     /* at its leaf or after it: a change order with a start day */
    int64_t amount_minor; /* accepted, or net; below 0 for a credit note */
    int64_t raised_minor; /* by a change order, beside what it takes off */
    const struct document_row *document;
    const struct invoice_paper *invoice; /* NULL for what is no invoice */
    struct id company_id;                /* whose log the leaf is in */
};

static struct step step_of_certificate(const struct certificate_paper *paper)
{
    return (struct step){
        .leaf = paper->leaf,
        .contract_id = paper->milestone->contract_id,
        .milestone_id = paper->milestone->id,
        .is_acceptance = true,
        .amount_minor = paper->milestone->price_minor - milestone_reduction(paper->milestone) -
                        milestone_claimed(paper->milestone),
        .company_id = paper->company->id,
    };
}

static struct step step_of_invoice(const struct invoice_paper *paper)
{
    const struct invoice *invoice = paper->invoice;
    bool is_credit = invoice->kind == INVOICE_CREDIT_NOTE;
    return (struct step){
        .leaf = paper->leaf,
        .contract_id = invoice->contract_id,
        .milestone_id = invoice->milestone_id,
        .amount_minor = is_credit ? -invoice->net_minor : invoice->net_minor,
        .invoice = paper,
        .company_id = paper->company->id,
    };
}

/* Progress that was accepted has no certificate: its leaf tells when. */
static struct step step_of_progress(const struct audit *audit,
                                    const struct accepted_progress *progress)
{
    return (struct step){
        .leaf = progress->leaf,
        .contract_id = progress->contract_id,
        .milestone_id = progress->milestone_id,
        .is_acceptance = true,
        .amount_minor = progress->net_minor,
        .company_id = progress->leaf < 0 ? (struct id){{0}} : audit->company.id,
    };
}

/* What a change order takes off the prices of what is accepted, and what it raises of what is
 * billed by periods, which may be accepted before or after it. */
static struct step step_of_change(const struct change_paper *paper)
{
    struct step step = {
        .leaf = paper->leaf,
        .contract_id = paper->order->contract_id,
        .is_acceptance = true,
        .comes_later = true,
        .company_id = paper->company->id,
    };
    for (size_t i = 0; i < paper->effect->milestones.count; i++) {
        const struct milestone_effect *effect =
            LIST_AT(struct milestone_effect, paper->effect->milestones, i);
        bool counts = effect->state == MILESTONE_ACCEPTED ||
                      effect->state == MILESTONE_DEEMED_ACCEPTED ||
                      effect->pricing == PRICING_RECURRING;
        if (counts && effect->change_minor < 0)
            step.amount_minor += effect->change_minor;
        if (counts && effect->change_minor > 0)
            step.raised_minor += effect->change_minor;
    }
    return step;
}

/* None of a paper that cannot be read or lacks a row, which is told with the papers. */
static bool read_step(struct arena *arena, const struct document_row *document, struct step *step)
{
    void *paper;
    struct fault ignored = {0};
    if (paper_thaw(arena, document, &paper, &ignored) != OK)
        return false;
    if (document->kind == DOCUMENT_CERTIFICATE) {
        const struct certificate_paper *certificate = paper;
        if (!certificate->milestone || !certificate->company)
            return false;
        *step = step_of_certificate(certificate);
    } else if (document->kind == DOCUMENT_CHANGE_ORDER_SIGNED) {
        const struct change_paper *change = paper;
        if (!change->order || !change->effect || !change->company)
            return false;
        *step = step_of_change(change);
    } else {
        const struct invoice_paper *invoice = paper;
        if (!invoice->invoice || !invoice->company)
            return false;
        *step = step_of_invoice(invoice);
    }
    step->document = document;
    return true;
}

/* What came before a step, with itself; and the bounds of what it may have seen of its own leaf. */
struct sums {
    int64_t before;
    int64_t least;
    int64_t most;
};

static struct sums sum_until(const struct list *steps, const struct step *at, bool acceptances)
{
    struct sums sums = {0};
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = LIST_AT(struct step, *steps, i);
        if (step->is_acceptance != acceptances || !id_equal(step->contract_id, at->contract_id) ||
            step->leaf > at->leaf)
            continue;
        if (step->comes_later) {
            sums.least += step->amount_minor; /* never above 0 */
            sums.most += step->raised_minor;
            continue;
        }
        bool is_own = step == at || (acceptances && id_equal(step->milestone_id, at->milestone_id));
        bool is_before = step->leaf < at->leaf || is_own;
        sums.before += is_before ? step->amount_minor : 0;
        sums.least += is_before || step->amount_minor < 0 ? step->amount_minor : 0;
        sums.most += is_before || step->amount_minor > 0 ? step->amount_minor : 0;
    }
    return sums;
}

static void check_amount(struct audit *audit, const struct list *steps, const struct step *at,
                         bool acceptances, int64_t shown)
{
    struct sums sums = sum_until(steps, at, acceptances);
    if (shown < sums.least || shown > sums.most)
        report_wrong_row(audit->report, "document", at->document->subject_id,
                         "%s says that %lld is %s, and it was %lld", at->document->name,
                         (long long)shown, acceptances ? "accepted" : "invoiced",
                         (long long)sums.before);
}

static void check_steps(struct audit *audit, const struct list *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!id_equal(LIST_AT(struct step, *steps, i)->company_id, audit->company.id))
            return; /* imported: papers of two logs have no common order */
    }
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = LIST_AT(struct step, *steps, i);
        if (!step->invoice)
            continue;
        check_amount(audit, steps, step, true, step->invoice->position.accepted_minor);
        check_amount(audit, steps, step, false, step->invoice->position.invoiced_minor);
        report_checked(audit->report, 1);
    }
}

static enum error check_engagement(struct audit *audit, struct id engagement_id,
                                   struct fault *fault)
{
    struct list documents, progress;
    struct arena *arena = audit->call->arena;
    enum error error = list_position_papers(&audit->call->store, engagement_id, &documents, fault);
    if (!error)
        error = list_accepted_progress(&audit->call->store, engagement_id, &progress, fault);
    if (error)
        return error == ERROR_INTERNAL ? OK : error; /* told with the papers */
    struct step *steps = arena_array(arena, documents.count + progress.count, sizeof *steps);
    struct list read = {steps, 0};
    for (size_t i = 0; i < documents.count; i++)
        read.count +=
            read_step(arena, LIST_AT(struct document_row, documents, i), &steps[read.count]);
    for (size_t i = 0; i < progress.count; i++)
        steps[read.count++] =
            step_of_progress(audit, LIST_AT(struct accepted_progress, progress, i));
    check_steps(audit, &read);
    return OK;
}

static enum error check_engagements(struct audit *audit, const struct list *rows, void *context,
                                    struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++)
        error = check_engagement(audit, LIST_AT(struct engagement, *rows, i)->id, fault);
    return error;
}

enum error audit_positions(struct audit *audit, struct fault *fault)
{
    const struct audit_walk walk = {.shape = &engagement_shape, .visit = check_engagements};
    report_begin(audit->report, "positions on invoices");
    enum error error = audit_walk(audit, &walk, fault);
    if (!error)
        report_end(audit->report);
    return error;
}
