#include "life.h"

#include "action/company.h"
#include "action/invoice.h"
#include "action/numbering.h"
#include "action/paper.h"
#include "base/day.h"
#include "core/allocation.h"
#include "core/credit_note.h"
#include "core/entry.h"
#include "core/refund.h"
#include "platform/blob.h"
#include "store/contract_position.h"
#include "store/invoice.h"
#include "store/ledger.h"

struct life {
    struct call *call;
    struct scenario *scenario;
    int32_t today;
    struct fault *fault;
    enum error error; /* the first; what follows does nothing */
};

static void insert(struct life *life, const struct shape *shape, void *row)
{
    if (!life->error)
        life->error = insert_row(life->call, shape, row, life->fault);
}

static void save(struct life *life, const struct shape *shape, void *row)
{
    if (!life->error)
        life->error = save_row(life->call, shape, row, life->fault);
}

static const char *number(struct life *life, enum number_series series)
{
    const char *text = NULL;
    struct company company;
    if (!life->error)
        life->error = load_company(life->call, &company, life->fault);
    if (!life->error)
        life->error = give_number(life->call, &company, series, life->today, &text, life->fault);
    return text;
}

static void book(struct life *life, struct ledger_entry entry)
{
    insert(life, &ledger_entry_shape, &entry);
    if (!life->error)
        life->error = append_postings(&life->call->store, &entry, life->fault);
}

static void insert_invoice(struct life *life, struct invoice *invoice)
{
    insert(life, &invoice_shape, invoice);
    if (!life->error)
        life->error = insert_invoice_lines(&life->call->store, invoice, life->fault);
}

/* Papers, as the actions keep them. */
static void keep_certificate(struct life *life, struct milestone *milestone,
                             struct submission *submission, struct certificate *certificate)
{
    struct invoice_around around;
    if (!life->error)
        life->error = load_around(life->call, milestone->engagement_id, milestone->contract_id,
                                  &around, life->fault);
    if (life->error)
        return;
    struct certificate_paper paper = {
        .company = &around.company,
        .client = &around.client,
        .engagement = &around.engagement,
        .milestone = milestone,
        .submission = submission,
        .certificate = certificate,
        .contract_number = around.contract.number,
    };
    struct frozen_paper frozen;
    freeze_certificate_paper(life->call, &paper, &frozen);
    life->error = keep_frozen_paper(life->call, &frozen, life->fault);
}

static void keep_invoice(struct life *life, struct invoice *invoice,
                         const struct milestone *milestone, const struct invoice *corrected)
{
    struct invoice_around around;
    struct contract_position position;
    if (!life->error)
        life->error = load_around(life->call, invoice->engagement_id, invoice->contract_id, &around,
                                  life->fault);
    if (!life->error)
        life->error = load_contract_position(&life->call->store, &around.contract, (struct id){0},
                                             &position, life->fault);
    if (life->error)
        return;
    struct invoice_paper paper = {
        .company = &around.company,
        .client = &around.client,
        .engagement = &around.engagement,
        .invoice = invoice,
        .contract_number = around.contract.number,
        .milestone_code = milestone ? milestone->code : NULL,
        .accepted_at = milestone ? milestone->accepted_at : 0,
        .corrects = corrected ? corrected->number : NULL,
        .position = {.currency = position.currency,
                     .sum_minor = position.sum_minor,
                     .accepted_minor = position.accepted_minor,
                     .invoiced_minor = position.invoiced_minor,
                     .paid_minor = position.paid_minor},
    };
    life->error = keep_invoice_paper(life->call, &paper, life->fault);
}

/* ---- steps --------------------------------------------------------------------------------- */

static void accept(struct life *life, struct milestone *milestone, struct certificate *certificate)
{
    struct file file = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .name = "report.txt",
        .mime = "text/plain",
        .size = 6,
        .uploaded_by = life->scenario->owner.id,
        .created_at = life->call->now_ms,
    };
    struct submission submission = {
        .id = call_id(life->call),
        .milestone_id = milestone->id,
        .engagement_id = milestone->engagement_id,
        .round = 1,
        .state = SUBMISSION_ACCEPTED,
        .submitted_by = life->scenario->owner.id,
        .submitted_by_name = "Olga",
        .submitted_at = life->call->now_ms,
    };
    if (!life->error)
        life->error =
            blob_put(life->call->app->files_directory, "report", 6, &file.hash, life->fault);
    struct delivered *delivered = arena_alloc(life->call->arena, sizeof *delivered);
    *delivered = (struct delivered){
        .title = "report", .kind = DELIVERABLE_FILE, .file_id = file.id, .hash = file.hash};
    submission.deliverables = (struct list){delivered, 1};
    *certificate = (struct certificate){
        .id = call_id(life->call),
        .milestone_id = milestone->id,
        .submission_id = submission.id,
        .engagement_id = milestone->engagement_id,
        .kind = CERTIFICATE_ACCEPTED,
        .accepted_by = life->scenario->contacts[CONTACT_APPROVER].id,
        .accepted_by_name = "Ada",
        .method = METHOD_EMAIL_LINK,
        .accepted_at = life->call->now_ms,
    };
    milestone->state = MILESTONE_SUBMITTED;
    if (!life->error)
        life->error =
            milestone_accept(milestone, false, certificate->id, life->call->now_ms, life->fault);
    insert(life, &file_shape, &file);
    insert(life, &submission_shape, &submission);
    insert(life, &certificate_shape, certificate);
    keep_certificate(life, milestone, &submission, certificate);
}

static void bill(struct life *life, struct milestone *milestone, struct invoice *invoice)
{
    struct certificate certificate;
    accept(life, milestone, &certificate);
    struct invoice_basis basis = {&life->scenario->client, &life->scenario->contract, &certificate};
    *invoice = (struct invoice){.id = call_id(life->call)};
    if (!life->error)
        life->error = invoice_for_milestone(life->call->arena, &basis, milestone, life->today,
                                            life->call->now_ms, invoice, life->fault);
    const char *text = number(life, SERIES_INVOICE);
    if (!life->error)
        life->error = invoice_issue(life->call->arena, invoice, text, life->fault);
    save(life, &milestone_shape, milestone);
    insert_invoice(life, invoice);
    keep_invoice(life, invoice, milestone, NULL);
    if (!life->error)
        book(life, entry_for_invoice(life->call->arena, invoice, life->call->now_ms));
}

static void pay(struct life *life, struct invoice *invoice)
{
    struct payment payment = {
        .id = call_id(life->call),
        .client_id = invoice->client_id,
        .number = number(life, SERIES_PAYMENT),
        .currency = invoice->currency,
        .amount_minor = invoice->total_minor + 5000,
        .received_day = life->today,
        .method = PAYMENT_BANK_TRANSFER,
        .state = PAYMENT_CONFIRMED,
        .created_at = life->call->now_ms,
    };
    struct allocation allocation = {.id = call_id(life->call)};
    struct refund refund = {.id = call_id(life->call), .number = number(life, SERIES_REFUND)};
    if (!life->error)
        life->error = allocate_payment(&payment, invoice, invoice->total_minor, life->call->now_ms,
                                       &allocation, life->fault);
    if (!life->error)
        life->error = refund_payment(&payment, 2000, "paid too much", life->call->now_ms, &refund,
                                     life->fault);
    insert(life, &payment_shape, &payment);
    insert(life, &allocation_shape, &allocation);
    insert(life, &refund_shape, &refund);
    save(life, &invoice_shape, invoice);
    struct arena *arena = life->call->arena;
    int64_t now_ms = life->call->now_ms;
    book(life, entry_for_payment(arena, &payment, now_ms));
    book(life, entry_for_allocation(arena, &allocation, payment.number, invoice->number,
                                    life->today, now_ms));
    book(life, entry_for_refund_request(arena, &refund, life->today, now_ms));
}

static void credit(struct life *life, struct invoice *invoice)
{
    struct list earlier = {0};
    struct credit_request request = {invoice, &earlier, "a defect", life->today,
                                     life->call->now_ms};
    struct credit_line line = {1, 30000};
    struct invoice note = {.id = call_id(life->call)};
    struct allocation allocation = {.id = call_id(life->call)};
    if (!life->error)
        life->error =
            credit_note_in_part(life->call->arena, &request, &line, 1, &note, life->fault);
    note.number = number(life, SERIES_CREDIT_NOTE);
    if (!life->error)
        life->error = allocate_credit_note(&note, invoice, note.total_minor, life->call->now_ms,
                                           &allocation, life->fault);
    insert_invoice(life, &note);
    keep_invoice(life, &note, NULL, invoice);
    insert(life, &allocation_shape, &allocation);
    save(life, &invoice_shape, invoice);
    if (life->error)
        return;
    book(life, entry_for_credit_note(life->call->arena, &note, life->call->now_ms));
    book(life, entry_for_allocation(life->call->arena, &allocation, note.number, invoice->number,
                                    life->today, life->call->now_ms));
}

/* What the agency had expected of it, with the rates of that day. */
static void estimate(struct life *life)
{
    static struct rate rates[] = {{"developer", "61.3333", "105.00"}};
    static struct effort efforts[] = {{"developer", 240, 300, 600}};
    static struct estimated_milestone milestones[] = {{"M1", 1, {efforts, 1}}};
    struct rate_card card = {
        .id = call_id(life->call),
        .name = "Rates",
        .currency = life->scenario->contract.currency,
        .rates = {rates, 1},
        .created_at = life->call->now_ms,
    };
    struct estimate made = {
        .id = call_id(life->call),
        .engagement_id = life->scenario->engagement.id,
        .proposal_id = life->scenario->proposal.id,
        .rate_card_id = card.id,
        .currency = card.currency,
        .day_minutes = WORKING_DAY_MINUTES,
        .milestones = {milestones, 1},
        .created_at = life->call->now_ms,
    };
    estimate_freeze(&made, &card.rates, life->call->now_ms);
    insert(life, &rate_card_shape, &card);
    insert(life, &estimate_shape, &made);
}

/* What is planned of the work that is left, and what slipped of it. */
static void plan(struct life *life)
{
    struct id engagement_id = life->scenario->engagement.id;
    struct task tasks[2];
    for (size_t i = 0; i < 2; i++) {
        shape_init(&task_shape, &tasks[i]);
        tasks[i].id = call_id(life->call);
        tasks[i].engagement_id = engagement_id;
        tasks[i].milestone_id = scenario_milestone(life->scenario, 2)->id;
        tasks[i].code = i ? "T2" : "T1";
        tasks[i].title = "Write it";
        tasks[i].planned_due_day = life->today;
        tasks[i].created_at = life->call->now_ms;
        insert(life, &task_shape, &tasks[i]);
    }
    struct task_dependency after = {
        .id = call_id(life->call),
        .engagement_id = engagement_id,
        .task_id = tasks[1].id,
        .after_task_id = tasks[0].id,
        .created_at = life->call->now_ms,
    };
    struct task_move move = {tasks[0].id, "T1", DAY_NONE, life->today - 1, DAY_NONE, life->today};
    struct task_slip slip = {
        .id = call_id(life->call),
        .engagement_id = engagement_id,
        .task_id = tasks[0].id,
        .reason = "illness",
        .moves = {&move, 1},
        .recorded_by = life->scenario->owner.id,
        .created_at = life->call->now_ms,
    };
    insert(life, &task_dependency_shape, &after);
    insert(life, &task_slip_shape, &slip);
}

/* An hour of that work, approved and taken back. */
static void work(struct life *life)
{
    struct time_entry entry, reversal = {0};
    shape_init(&time_entry_shape, &entry);
    entry.id = call_id(life->call);
    entry.engagement_id = life->scenario->engagement.id;
    entry.milestone_id = scenario_milestone(life->scenario, 2)->id;
    entry.user_id = life->scenario->owner.id;
    entry.day = life->today;
    entry.minutes = 60;
    entry.note = "Wrote it";
    entry.state = TIME_ENTRY_APPROVED;
    entry.currency = life->scenario->engagement.currency;
    entry.created_at = life->call->now_ms;
    insert(life, &time_entry_shape, &entry);
    if (!life->error)
        life->error = time_entry_reverse(&entry, "Twice", &reversal, life->fault);
    reversal.id = call_id(life->call);
    insert(life, &time_entry_shape, &reversal);
}

/* How the third milestone earns, what was kept of a day, and what the client was told. */
static void value(struct life *life)
{
    struct id engagement_id = life->scenario->engagement.id;
    struct earned_value kept = {.code = "M3",
                                .rule = EARN_IN_HALVES,
                                .budget_minor = SCENARIO_PRICE_MINOR,
                                .actual_minor = INTEGER_NONE};
    struct earning_choice choice = {
        .id = scenario_milestone(life->scenario, 2)->id,
        .engagement_id = engagement_id,
        .rule = EARN_IN_HALVES,
        .created_at = life->call->now_ms,
    };
    struct value_snapshot snapshot = {
        .id = call_id(life->call),
        .engagement_id = engagement_id,
        .day = life->today - 1,
        .basis = VALUE_BY_PRICE,
        .currency = life->scenario->engagement.currency,
        .milestones = {&kept, 1},
        .taken_at = life->call->now_ms,
    };
    struct report_rhythm rhythm = {
        .id = engagement_id,
        .engagement_id = engagement_id,
        .rhythm = RHYTHM_WEEKLY,
        .first_day = life->today,
        .created_at = life->call->now_ms,
    };
    struct status_report report = {
        .id = call_id(life->call),
        .engagement_id = engagement_id,
        .number = 1,
        .day = life->today,
        .subject = "Status",
        .text = "All is well.",
        .recipients = 1,
        .sent_at = life->call->now_ms,
    };
    insert(life, &earning_choice_shape, &choice);
    insert(life, &report_rhythm_shape, &rhythm);
    insert(life, &status_report_shape, &report);
    insert(life, &value_snapshot_shape, &snapshot);
}

/* The first milestone was accepted with a defect reserved; its approval and a
 * reduction that was declined are kept. */
static void reserve(struct life *life, const struct milestone *milestone)
{
    struct submission submission;
    struct certificate certificate;
    struct defect defect;
    shape_init(&defect_shape, &defect);
    if (!life->error)
        life->error = load_row(life->call, &certificate_shape, milestone->certificate_id,
                               &certificate, life->fault);
    if (!life->error)
        life->error = load_row(life->call, &submission_shape, certificate.submission_id,
                               &submission, life->fault);
    if (life->error)
        return;
    defect.id = call_id(life->call);
    defect.engagement_id = milestone->engagement_id;
    defect.milestone_id = milestone->id;
    defect.submission_id = submission.id;
    defect.certificate_id = certificate.id;
    defect.criterion = "R1.1";
    defect.severity = SEVERITY_MINOR;
    defect.text = "the footer";
    defect.correct_by_day = life->today;
    defect.found_by = certificate.accepted_by;
    defect.found_by_name = certificate.accepted_by_name;
    defect.found_at = certificate.accepted_at;
    insert(life, &defect_shape, &defect);
    struct approval approval = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .milestone_id = milestone->id,
        .submission_id = submission.id,
        .sequence = 1,
        .approved_by = certificate.accepted_by,
        .approved_by_name = certificate.accepted_by_name,
        .method = METHOD_EMAIL_LINK,
        .approved_at = certificate.accepted_at,
    };
    insert(life, &approval_shape, &approval);
    struct dispute dispute = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .milestone_id = milestone->id,
        .submission_id = submission.id,
        .side = SIDE_CLIENT,
        .opened_by = certificate.accepted_by,
        .opened_by_name = certificate.accepted_by_name,
        .opened_at = certificate.accepted_at,
        .reason = "the footer",
        .state = DISPUTE_WITHDRAWN,
        .kind = DISPUTE_ROUND,
        .credit_minor = INTEGER_NONE,
        .answer_by_day = DAY_NONE,
        .told_day = DAY_NONE,
    };
    insert(life, &dispute_shape, &dispute);
    struct price_reduction reduction = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .milestone_id = milestone->id,
        .amount_minor = 1,
        .currency = milestone->currency,
        .reason = "the footer",
        .state = REDUCTION_DECLINED,
        .proposed_by = life->scenario->owner.id,
        .proposed_by_name = "Olga",
        .proposed_at = life->call->now_ms,
    };
    insert(life, &price_reduction_shape, &reduction);
    struct progress_claim claim = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .contract_id = milestone->contract_id,
        .milestone_id = milestone->id,
        .number = 1,
        .percent_ppm = 10000,
        .currency = milestone->currency,
        .net_minor = 1,
        .state = PROGRESS_WITHDRAWN,
        .claimed_by = life->scenario->owner.id,
        .claimed_by_name = "Olga",
        .claimed_at = life->call->now_ms,
    };
    insert(life, &progress_claim_shape, &claim);
    struct progress_approval agreed = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .milestone_id = milestone->id,
        .progress_claim_id = claim.id,
        .sequence = 1,
        .approved_by = certificate.accepted_by,
        .approved_by_name = certificate.accepted_by_name,
        .method = METHOD_EMAIL_LINK,
        .approved_at = claim.claimed_at,
    };
    insert(life, &progress_approval_shape, &agreed);
}

/* Who works on it, and when they talk. */
static void meet(struct life *life)
{
    struct id engagement_id = life->scenario->engagement.id, none = {0};
    for (size_t i = 0; i < 2; i++) {
        struct team_member member = {
            .id = call_id(life->call),
            .engagement_id = engagement_id,
            .side = i ? SIDE_CLIENT : SIDE_AGENCY,
            .user_id = i ? none : life->scenario->owner.id,
            .contact_id = i ? life->scenario->contacts[CONTACT_APPROVER].id : none,
            .user_name = i ? NULL : life->scenario->owner.name,
            .part = i ? PART_SPONSOR : PART_PROJECT_MANAGER,
            .from_day = life->today,
            .until_day = DAY_NONE,
            .created_at = life->call->now_ms,
        };
        insert(life, &team_member_shape, &member);
    }
    struct communication communication = {
        .id = call_id(life->call),
        .engagement_id = engagement_id,
        .title = "Status",
        .channel = "video call",
        .audience = "Sponsor",
        .rhythm = COMMUNICATE_MONTHLY,
        .month_day = 0,
        .last_of_month = true,
        .from_day = life->today,
        .until_day = DAY_NONE,
        .created_at = life->call->now_ms,
    };
    insert(life, &communication_shape, &communication);
}

static void write_minutes(struct life *life)
{
    struct meeting_participant somebody = {SIDE_AGENCY, "Olga"};
    struct meeting_action action = {"Send the data", SIDE_CLIENT, "Ada", life->today + 7};
    struct meeting meeting = {
        .id = call_id(life->call),
        .engagement_id = life->scenario->engagement.id,
        .revision = 1,
        .title = "Kickoff",
        .day = life->today,
        .participants = {&somebody, 1},
        .actions = {&action, 1},
        .is_shared = true,
        .recorded_by = life->scenario->owner.id,
        .recorded_by_name = "Olga",
        .created_at = life->call->now_ms,
    };
    meeting.first_id = meeting.id;
    insert(life, &meeting_shape, &meeting);
}

/* The third milestone's days as they were. */
static void freeze_days(struct life *life)
{
    const struct milestone *milestone = scenario_milestone(life->scenario, 2);
    struct baseline_row row = {PLAN_MILESTONE,    milestone->id, milestone->code,
                               milestone->title,  DAY_NONE,      milestone->due_day,
                               milestone->due_day};
    struct baseline baseline = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .name = "June",
        .taken_day = life->today,
        .rows = {&row, 1},
        .taken_by = life->scenario->owner.id,
        .taken_by_name = "Olga",
        .created_at = life->call->now_ms,
    };
    insert(life, &baseline_shape, &baseline);
}

/* What the client owed, and what its lateness moved. */
static void owe(struct life *life)
{
    const struct milestone *milestone = scenario_milestone(life->scenario, 2);
    struct waiting_milestone waiting = {milestone->id};
    struct obligation obligation;
    shape_init(&obligation_shape, &obligation);
    obligation.id = call_id(life->call);
    obligation.engagement_id = milestone->engagement_id;
    obligation.code = "O1";
    obligation.text = "Access to the data";
    obligation.due_day = life->today - 1;
    obligation.contact_id = life->scenario->contacts[CONTACT_APPROVER].id;
    obligation.milestones = (struct list){&waiting, 1};
    obligation.days_late = 1;
    obligation.counted_day = life->today;
    obligation.created_at = life->call->now_ms;
    struct milestone_move move = {milestone->id, milestone->code, milestone->due_day,
                                  milestone->due_day, milestone->due_day + 1};
    struct obligation_slip slip = {
        .id = call_id(life->call),
        .engagement_id = milestone->engagement_id,
        .obligation_id = obligation.id,
        .late_day = life->today,
        .days = 1,
        .reason = obligation_reason(life->call->arena, &obligation),
        .milestones = {&move, 1},
        .created_at = life->call->now_ms,
    };
    insert(life, &obligation_shape, &obligation);
    insert(life, &obligation_slip_shape, &slip);
}

static enum error run(struct call *call, const void *input, void *output, struct fault *fault)
{
    struct scenario scenario = *(const struct scenario *)input;
    struct life life = {
        .call = call, .scenario = &scenario, .today = call_today(call, NULL), .fault = fault};
    struct milestone first = *scenario_milestone(&scenario, 0);
    struct milestone second = *scenario_milestone(&scenario, 1);
    struct invoice invoice;
    (void)output;
    happened(call, "invoice.issued", scenario.engagement.id, scenario.engagement.id);
    bill(&life, &first, &invoice);
    if (!life.error)
        pay(&life, &invoice);
    if (!life.error)
        bill(&life, &second, &invoice);
    if (!life.error)
        credit(&life, &invoice);
    estimate(&life);
    plan(&life);
    work(&life);
    value(&life);
    reserve(&life, &first);
    meet(&life);
    write_minutes(&life);
    freeze_days(&life);
    owe(&life);
    return life.error;
}

static const struct operation live_operation = {
    .name = "live",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .run = run,
};

void live(struct scenario *scenario)
{
    struct stage *stage = scenario->stage;
    assert_result(stage, stage_perform(stage, (struct actor){0}, &live_operation, scenario, NULL),
                  OK);
}
