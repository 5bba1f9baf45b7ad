#include "core/domain.h"
#include "store/tables.h"

/* Of an engagement of the viewer's own client. */
#define OWN                                                                                        \
    "engagement_id IN (SELECT e.id FROM engagement e"                                              \
    " WHERE e.company = :company AND e.client_id = :viewer_client)"
#define NEVER NULL

/* A client never sees drafts, nor what the agency has withdrawn before sending. */
const struct table all_tables[] = {
    {&company_shape, "1 = 1", true},
    {&user_shape, NEVER, true},
    {&api_token_shape, NEVER, true},
    {&webhook_endpoint_shape, NEVER, true},
    {&client_shape, "id = :viewer_client", true},
    {&contact_shape, "client_id = :viewer_client", true},
    {&engagement_shape, "client_id = :viewer_client", true},
    {&requirement_shape, OWN, true},
    {&requirement_confirmation_shape, OWN, true},
    {&rate_card_shape, NEVER, true},
    {&milestone_template_shape, NEVER, true},
    {&estimate_shape, NEVER, true},
    {&proposal_shape, "sent_at IS NOT NULL AND " OWN, true},
    {&comment_shape, OWN, true},
    {&contract_shape, "sent_at IS NOT NULL AND " OWN, true},
    {&signature_shape, OWN, true},
    {&change_order_shape, "proposed_at IS NOT NULL AND " OWN, true},
    {&change_signature_shape, OWN, true},
    {&milestone_shape, OWN, true},
    {&milestone_dependency_shape, OWN, false},
    {&task_shape, NEVER, true},
    {&task_dependency_shape, NEVER, true},
    {&task_slip_shape, NEVER, true},
    {&time_entry_shape, NEVER, true},
    {&earning_choice_shape, NEVER, true},
    {&value_snapshot_shape, NEVER, false},
    {&report_rhythm_shape, OWN, true},
    {&status_report_shape, OWN, true},
    {&baseline_shape, NEVER, true},
    {&obligation_shape, OWN, true},
    {&team_member_shape, OWN, true},
    {&communication_shape, OWN, true},
    {&meeting_shape, "is_shared = 1 AND " OWN, true},
    {&obligation_slip_shape, OWN, true},
    {&file_shape, OWN, true},
    {&submission_shape, OWN, true},
    {&approval_shape, OWN, true},
    {&dispute_shape, OWN, true},
    {&certificate_shape, OWN, true},
    {&defect_shape, OWN, true},
    {&price_reduction_shape, OWN, true},
    {&billing_period_shape, OWN, true},
    {&invoice_shape, "client_id = :viewer_client", true},
    {&payment_shape, "client_id = :viewer_client", true},
    {&allocation_shape, "client_id = :viewer_client", true},
    {&refund_shape, "client_id = :viewer_client", true},
    {&ledger_account_shape, NEVER, false},
    {&ledger_entry_shape, NEVER, true},
    {&document_shape, OWN, false},
    {&outbox_shape, NEVER, false},
    {&job_shape, NEVER, false},
    {0},
};
