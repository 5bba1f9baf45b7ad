/* The whole vocabulary of waymark, and how its parts move.
 *
 *   client ──< contact                                    user (of the agency), rate_card,
 *     │                                                   milestone_template
 *     │
 *     └──< engagement ──< requirement ──< criterion         comment
 *              │               └─ confirmed as a set: requirement_confirmation
 *              │
 *              ├──< proposal      a plan offered: milestones, dates, prices, terms
 *              │       └─── estimate    effort by role, cost and margin; the agency's own
 *              ├──< contract      the accepted plan, frozen as one text
 *              │       ├──< signature   each of the text's SHA-256, in order
 *              │       └──< change_order ──< change_signature   the plan anew, signed alone
 *              ├──< value_snapshot   earned value, one a day
 *              ├──< status_report    to the client, kept as sent; report_rhythm: when
 *              ├──< team_member   who of both sides has which part; communication, the rhythm
 *              ├──< meeting       what was decided and is to be done; each version stays
 *              ├──< baseline      the plan's days as they were
 *              ├──< obligation    what the client must supply; late, it moves planned days
 *              │       └──< obligation_slip
 *              └──< milestone ──< milestone (comes after)
 *                      ├──< task          planned work; a graph of its own with milestones
 *                      ├──< time_entry    work of a day; the agency's own
 *                      ├─── earning_choice  how it earns its budget
 *                      ├──< submission    deliverables; a decision per criterion
 *                      │       ├──< approval   where several have to
 *                      │       └──< dispute    freezes it and its clock
 *                      ├─── certificate   the acceptance
 *                      ├──< defect        found at a decision; to be corrected
 *                      ├──< price_reduction   agreed for what cannot be corrected
 *                      ├──< billing_period   of a recurring one, each with its invoice
 *                      ├──< progress_claim   a share done by now; accepted, it is billed
 *                      │       └──< progress_approval   where several have to
 *                      └─── invoice ──< invoice_line, one group of tax per rate
 *                              ├──< allocation >── payment ──< refund
 *                              └──< credit note (an invoice of its own kind)
 *
 *   Each change of money:  ledger_entry ──< ledger_posting, balanced
 *   Each change at all:    a leaf of the company's evidence log
 *   What follows later:    job (due at a moment), outbox (mail, webhooks), document (PDF)
 *
 * engagement   consultation ─ proposal ─ contracting ─ active ─ completed
 *              contracting ─> proposal when a contract is declined; active <-> suspended
 *              all but completed ─> terminated
 * proposal     draft ─ sent ─ viewed ─> accepted | declined | change_requested | expired
 *              draft, sent, viewed, change_requested ─> withdrawn | superseded by revision n+1
 * contract     draft ─ out_for_signature ─ partly_signed ─ active ─ completed
 *              out_for_signature, partly_signed ─> declined
 *              active <-> suspended; active, suspended ─> terminated
 * change_order draft ─ proposed ─ partly_signed ─ approved ─> applied | lapsed
 *              proposed, partly_signed ─> declined | expired | superseded by revision n+1
 *              draft, proposed, partly_signed ─> withdrawn; draft ─> superseded
 * signature    pending ─> signed | declined
 * milestone    planned ─ ready ─ in_progress ─ submitted ─> accepted | deemed_accepted
 *   delivery   submitted ─> in_progress (withdrawn) | rejected ─ rework ─ submitted
 *              planned, ready, in_progress, rejected, rework ─> cancelled by change order
 *   billing    unbilled ─ billable ─ invoiced <-> settled; unbilled ─> closed at no price
 *              invoiced, settled ─> credited ─> billable
 * task         planned ─ ready ─ in_progress ─ done; done ─> in_progress; ─> cancelled
 * time_entry   submitted ─> approved | returned | withdrawn; an approved one is reversed by another
 * obligation   open ─> fulfilled | waived ─> open
 * submission   submitted ─> accepted | deemed_accepted | rejected | withdrawn
 * defect       open ─ corrected ─> confirmed; corrected ─> open; open, corrected ─> waived
 *              open, corrected ─> open (found again) | confirmed | passed_on in a later round
 * dispute      open ─> resolved by both sides | withdrawn by the one that opened it; of the kind
 *              objection on what is deemed accepted: its invoice rests while it is open
 * price_reduction  proposed ─> agreed | declined | withdrawn; agreed ─> superseded by a later one
 * progress_claim   claimed ─> accepted | rejected | withdrawn
 * invoice      issued ─ part_paid ─ paid; issued ─> cancelled by credit notes; overdue is derived
 * payment      confirmed ─> refunded in full | reversed
 * allocation   active ─> reversed
 * refund       requested ─> paid | cancelled; paid ─> requested when it comes back
 *
 * Including this header includes all of them. */
#ifndef WAYMARK_CORE_DOMAIN_H
#define WAYMARK_CORE_DOMAIN_H

#include "core/actor.h"
#include "core/approval.h"
#include "core/baseline.h"
#include "core/billing_period.h"
#include "core/certificate.h"
#include "core/change_order.h"
#include "core/client.h"
#include "core/comment.h"
#include "core/communication.h"
#include "core/company.h"
#include "core/contact.h"
#include "core/contract.h"
#include "core/defect.h"
#include "core/dispute.h"
#include "core/document_row.h"
#include "core/engagement.h"
#include "core/estimate.h"
#include "core/file.h"
#include "core/invoice.h"
#include "core/job.h"
#include "core/ledger.h"
#include "core/meeting.h"
#include "core/milestone.h"
#include "core/milestone_template.h"
#include "core/obligation.h"
#include "core/outbox.h"
#include "core/payment.h"
#include "core/plan.h"
#include "core/price_reduction.h"
#include "core/progress_approval.h"
#include "core/progress_claim.h"
#include "core/proposal.h"
#include "core/requirement.h"
#include "core/session.h"
#include "core/signature.h"
#include "core/status_report.h"
#include "core/submission.h"
#include "core/task.h"
#include "core/team_member.h"
#include "core/time_entry.h"
#include "core/user.h"
#include "core/value_snapshot.h"
#include "core/webhook_endpoint.h"

#endif
