/* Every address of the API. Kept by subject; openapi/waymark.yaml has the same, and a test holds
 * the two against each other. */
#include "action/acceptance.h"
#include "action/allocation.h"
#include "action/api_token.h"
#include "action/baseline.h"
#include "action/billing_figure.h"
#include "action/billing_period.h"
#include "action/budget.h"
#include "action/calendar.h"
#include "action/change_order.h"
#include "action/client.h"
#include "action/client_statement.h"
#include "action/comment.h"
#include "action/communication.h"
#include "action/company.h"
#include "action/contact.h"
#include "action/contract.h"
#include "action/contract_position.h"
#include "action/credit_note.h"
#include "action/defect.h"
#include "action/dispute.h"
#include "action/earned_value.h"
#include "action/engagement.h"
#include "action/entry_reversal.h"
#include "action/estimate.h"
#include "action/evidence_bundle.h"
#include "action/evidence_log.h"
#include "action/explanation.h"
#include "action/file.h"
#include "action/happening.h"
#include "action/invoice.h"
#include "action/ledger.h"
#include "action/meeting.h"
#include "action/milestone.h"
#include "action/milestone_template.h"
#include "action/numbering.h"
#include "action/obligation.h"
#include "action/overview.h"
#include "action/paper.h"
#include "action/payment.h"
#include "action/preference.h"
#include "action/price_reduction.h"
#include "action/progress_claim.h"
#include "action/proposal.h"
#include "action/rate_card.h"
#include "action/refund.h"
#include "action/requirement.h"
#include "action/search.h"
#include "action/session.h"
#include "action/status_report.h"
#include "action/submission.h"
#include "action/task.h"
#include "action/team_member.h"
#include "action/time_entry.h"
#include "action/tracking.h"
#include "action/turn.h"
#include "action/user.h"
#include "action/webhook_delivery.h"
#include "action/webhook_endpoint.h"
#include "api/calendar.h"
#include "api/cookie.h"
#include "api/download.h"
#include "api/evidence.h"
#include "api/live.h"
#include "api/route.h"

// clang-format off
const struct route all_routes[] = {
    /* entering and leaving */
    {HTTP_GET,    "/door",             &show_door_operation,      200},
    {HTTP_POST,   "/session",          &sign_in_operation,        201, answer_with_cookie},
    {HTTP_GET,    "/session",          &show_session_operation,   200},
    {HTTP_DELETE, "/session",          &sign_out_operation,       204, answer_without_cookie},
    {HTTP_GET,    "/session/preferences", &show_preference_operation,   200},
    {HTTP_PUT,    "/session/preferences", &change_preference_operation, 200},
    {HTTP_POST,   "/session/link",     &request_link_operation,   202},
    {HTTP_POST,   "/session/redeem",   &redeem_link_operation,    201, answer_with_cookie},

    /* dates for somebody's own calendar */
    {HTTP_GET,    "/calendar-key",     &show_calendar_key_operation,   200},
    {HTTP_POST,   "/calendar-key",     &make_calendar_key_operation,   201},
    {HTTP_DELETE, "/calendar-key",     &revoke_calendar_key_operation, 204},
    {HTTP_GET,    "/calendar.ics",     &show_calendar_operation,       200, answer_with_calendar},

    /* finding things */
    {HTTP_GET,    "/search",           &search_operation,            200},

    /* what has changed, for pages that are open */
    {HTTP_GET,    "/changes",          &list_happenings_operation,   200},
    {HTTP_GET,    "/live",             &follow_happenings_operation, 200, answer_with_stream},

    /* the agency */
    {HTTP_GET,    "/company",          &show_company_operation,   200},
    {HTTP_PUT,    "/company",          &change_company_operation, 200},
    {HTTP_PUT,    "/company/logo",     &change_logo_operation,    200},
    {HTTP_GET,    "/company/numbering",          &list_numbering_operation,   200},
    {HTTP_PUT,    "/company/numbering/{series}", &change_numbering_operation, 200},

    /* the agency's people */
    {HTTP_GET,    "/users",                    &list_users_operation,       200},
    {HTTP_POST,   "/users",                    &create_user_operation,      201},
    {HTTP_GET,    "/users/{user_id}",          &show_user_operation,        200},
    {HTTP_PUT,    "/users/{user_id}",          &change_user_operation,      200},
    {HTTP_POST,   "/users/{user_id}/disable",  &disable_user_operation,     200},
    {HTTP_POST,   "/users/{user_id}/enable",   &enable_user_operation,      200},
    {HTTP_POST,   "/users/{user_id}/password", &set_password_operation,     200},
    {HTTP_GET,    "/tokens",                   &list_api_tokens_operation,  200},
    {HTTP_POST,   "/tokens",                   &create_api_token_operation, 201},
    {HTTP_POST,   "/tokens/{token_id}/revoke", &revoke_api_token_operation, 200},

    /* clients and their contacts */
    {HTTP_GET,    "/clients",                       &list_clients_operation,    200},
    {HTTP_POST,   "/clients",                       &create_client_operation,   201},
    {HTTP_GET,    "/clients/{client_id}",           &show_client_operation,     200},
    {HTTP_PUT,    "/clients/{client_id}",           &change_client_operation,   200},
    {HTTP_GET,    "/clients/{client_id}/contacts",  &list_contacts_operation,   200},
    {HTTP_POST,   "/clients/{client_id}/contacts",  &create_contact_operation,  201},
    {HTTP_GET,    "/contacts/{contact_id}",         &show_contact_operation,    200},
    {HTTP_PUT,    "/contacts/{contact_id}",         &change_contact_operation,  200},
    {HTTP_POST,   "/contacts/{contact_id}/disable", &disable_contact_operation, 200},
    {HTTP_POST,   "/contacts/{contact_id}/enable",  &enable_contact_operation,  200},
    {HTTP_POST,   "/contacts/{contact_id}/invite",  &invite_contact_operation,  200},
    {HTTP_POST,   "/contacts/{contact_id}/erase",   &erase_contact_operation,   200},

    /* what both sides say */
    {HTTP_GET,    "/engagements/{engagement_id}/comments", &list_comments_operation, 200},
    {HTTP_POST,   "/engagements/{engagement_id}/comments", &add_comment_operation,   201},

    /* engagements */
    {HTTP_GET,    "/engagements",                            &list_engagements_operation,     200},
    {HTTP_POST,   "/engagements",                            &create_engagement_operation,    201},
    {HTTP_GET,    "/engagements/{engagement_id}",            &show_engagement_operation,      200},
    {HTTP_PUT,    "/engagements/{engagement_id}",            &change_engagement_operation,    200},
    {HTTP_POST,   "/engagements/{engagement_id}/kickoff",    &kick_off_operation,             200},
    {HTTP_POST,   "/engagements/{engagement_id}/suspend",    &suspend_engagement_operation,   200},
    {HTTP_POST,   "/engagements/{engagement_id}/resume",     &resume_engagement_operation,    200},
    {HTTP_POST,   "/engagements/{engagement_id}/complete",   &complete_engagement_operation,  200},
    {HTTP_POST,   "/engagements/{engagement_id}/terminate",  &terminate_engagement_operation, 200},

    /* requirements */
    {HTTP_GET,    "/engagements/{engagement_id}/requirements",         &list_requirements_operation,    200},
    {HTTP_POST,   "/engagements/{engagement_id}/requirements",         &add_requirement_operation,      201},
    {HTTP_GET,    "/engagements/{engagement_id}/requirements/set",     &show_requirement_set_operation, 200},
    {HTTP_POST,   "/engagements/{engagement_id}/requirements/send",    &send_requirements_operation,    204},
    {HTTP_POST,   "/engagements/{engagement_id}/requirements/confirm", &confirm_requirements_operation, 201},
    {HTTP_GET,    "/engagements/{engagement_id}/requirements/confirmations", &list_requirement_confirmations_operation, 200},
    {HTTP_GET,    "/requirements/{requirement_id}",          &show_requirement_operation,     200},
    {HTTP_POST,   "/requirements/{requirement_id}/revise",   &revise_requirement_operation,   201},
    {HTTP_POST,   "/requirements/{requirement_id}/withdraw", &withdraw_requirement_operation, 200},

    /* proposals */
    {HTTP_GET,    "/engagements/{engagement_id}/proposals",     &list_proposals_operation,    200},
    {HTTP_POST,   "/engagements/{engagement_id}/proposals",     &create_proposal_operation,   201},
    {HTTP_GET,    "/proposals/{proposal_id}",                   &show_proposal_operation,     200},
    {HTTP_PUT,    "/proposals/{proposal_id}",                   &change_proposal_operation,   200},
    {HTTP_GET,    "/proposals/{proposal_id}/difference",        &compare_proposals_operation, 200},
    {HTTP_POST,   "/proposals/{proposal_id}/settle",            &settle_proposal_operation,   200},
    {HTTP_POST,   "/proposals/{proposal_id}/send",              &send_proposal_operation,     200},
    {HTTP_POST,   "/proposals/{proposal_id}/view",              &view_proposal_operation,     200},
    {HTTP_POST,   "/proposals/{proposal_id}/accept",            &accept_proposal_operation,   200},
    {HTTP_POST,   "/proposals/{proposal_id}/record-acceptance", &record_acceptance_operation, 200},
    {HTTP_POST,   "/proposals/{proposal_id}/request-change",    &request_change_operation,    200},
    {HTTP_POST,   "/proposals/{proposal_id}/decline",           &decline_proposal_operation,  200},
    {HTTP_POST,   "/proposals/{proposal_id}/withdraw",          &withdraw_proposal_operation, 200},
    {HTTP_POST,   "/proposals/{proposal_id}/revise",            &revise_proposal_operation,   201},

    /* what the agency expects of a proposal */
    {HTTP_GET,    "/milestone-templates",                  &list_milestone_templates_operation, 200},
    {HTTP_POST,   "/milestone-templates",                  &create_milestone_template_operation, 201},
    {HTTP_GET,    "/milestone-templates/{milestone_template_id}", &show_milestone_template_operation, 200},
    {HTTP_PUT,    "/milestone-templates/{milestone_template_id}", &change_milestone_template_operation, 200},
    {HTTP_POST,   "/milestone-templates/{milestone_template_id}/retire", &retire_milestone_template_operation, 200},
    {HTTP_POST,   "/proposals/{proposal_id}/apply-template", &apply_milestone_template_operation, 200},
    {HTTP_GET,    "/rate-cards",                           &list_rate_cards_operation,         200},
    {HTTP_POST,   "/rate-cards",                           &create_rate_card_operation,        201},
    {HTTP_GET,    "/rate-cards/{rate_card_id}",            &show_rate_card_operation,          200},
    {HTTP_PUT,    "/rate-cards/{rate_card_id}",            &change_rate_card_operation,        200},
    {HTTP_GET,    "/engagements/{engagement_id}/estimates", &list_estimates_operation,         200},
    {HTTP_POST,   "/proposals/{proposal_id}/estimate",     &create_estimate_operation,         201},
    {HTTP_GET,    "/estimates/{estimate_id}",              &show_estimate_operation,           200},
    {HTTP_PUT,    "/estimates/{estimate_id}",              &change_estimate_operation,         200},
    {HTTP_GET,    "/estimates/{estimate_id}/figures",      &show_estimate_figures_operation,   200},
    {HTTP_GET,    "/estimates/{estimate_id}/simulation",   &simulate_estimate_operation,       200},

    /* the plan of work */
    {HTTP_GET,    "/engagements/{engagement_id}/tasks",        &list_tasks_operation,          200},
    {HTTP_POST,   "/milestones/{milestone_id}/tasks",          &create_task_operation,         201},
    {HTTP_GET,    "/tasks/{task_id}",                          &show_task_operation,           200},
    {HTTP_PUT,    "/tasks/{task_id}",                          &change_task_operation,         200},
    {HTTP_POST,   "/tasks/{task_id}/ready",                    &make_task_ready_operation,     200},
    {HTTP_POST,   "/tasks/{task_id}/start",                    &start_task_operation,          200},
    {HTTP_POST,   "/tasks/{task_id}/finish",                   &finish_task_operation,         200},
    {HTTP_POST,   "/tasks/{task_id}/reopen",                   &reopen_task_operation,         200},
    {HTTP_POST,   "/tasks/{task_id}/cancel",                   &cancel_task_operation,         200},
    {HTTP_POST,   "/tasks/{task_id}/slip",                     &slip_task_operation,           201},
    {HTTP_POST,   "/tasks/{task_id}/dependencies",             &add_task_dependency_operation, 201},
    {HTTP_POST,   "/task-dependencies/{task_dependency_id}/remove", &remove_task_dependency_operation, 200},
    {HTTP_GET,    "/engagements/{engagement_id}/task-dependencies", &list_task_dependencies_operation, 200},
    {HTTP_GET,    "/engagements/{engagement_id}/slips",        &list_task_slips_operation,     200},
    {HTTP_GET,    "/engagements/{engagement_id}/schedule",     &show_schedule_operation,       200},
    {HTTP_GET,    "/engagements/{engagement_id}/baselines",    &list_baselines_operation,      200},
    {HTTP_POST,   "/engagements/{engagement_id}/baselines",    &take_baseline_operation,       201},
    {HTTP_GET,    "/baselines/{baseline_id}",                  &show_baseline_operation,       200},
    {HTTP_GET,    "/baselines/{baseline_id}/variance",         &compare_baseline_operation,    200},

    /* how the work goes */
    {HTTP_GET,    "/engagements/{engagement_id}/tracking",     &show_tracking_operation,       200},
    {HTTP_GET,    "/engagements/{engagement_id}/earned-value", &show_earned_value_operation,   200},
    {HTTP_GET,    "/engagements/{engagement_id}/status-reports", &list_status_reports_operation, 200},
    {HTTP_POST,   "/engagements/{engagement_id}/status-reports", &send_status_report_operation,  201},
    {HTTP_GET,    "/status-reports/{status_report_id}",        &show_status_report_operation,  200},
    {HTTP_GET,    "/engagements/{engagement_id}/report-rhythm", &show_report_rhythm_operation, 200},
    {HTTP_PUT,    "/engagements/{engagement_id}/report-rhythm", &set_report_rhythm_operation,  200},
    {HTTP_PUT,    "/milestones/{milestone_id}/earning-rule",   &choose_earning_rule_operation, 200},
    {HTTP_GET,    "/time-entries",                             &list_time_entries_operation,   200},
    {HTTP_POST,   "/engagements/{engagement_id}/time-entries", &record_time_operation,         201},
    {HTTP_GET,    "/time-entries/{time_entry_id}",             &show_time_entry_operation,     200},
    {HTTP_POST,   "/time-entries/{time_entry_id}/withdraw",    &withdraw_time_entry_operation, 200},
    {HTTP_POST,   "/time-entries/{time_entry_id}/approve",     &approve_time_entry_operation,  200},
    {HTTP_POST,   "/time-entries/{time_entry_id}/return",      &return_time_entry_operation,   200},
    {HTTP_POST,   "/time-entries/{time_entry_id}/reverse",     &reverse_time_entry_operation,  201},
    /* what the client must supply */
    {HTTP_GET,    "/engagements/{engagement_id}/obligations",  &list_obligations_operation,    200},
    {HTTP_POST,   "/engagements/{engagement_id}/obligations",  &create_obligation_operation,   201},
    {HTTP_GET,    "/obligations/{obligation_id}",              &show_obligation_operation,     200},
    {HTTP_PUT,    "/obligations/{obligation_id}",              &change_obligation_operation,   200},
    {HTTP_POST,   "/obligations/{obligation_id}/fulfil",       &fulfil_obligation_operation,   200},
    {HTTP_POST,   "/obligations/{obligation_id}/waive",        &waive_obligation_operation,    200},
    {HTTP_POST,   "/obligations/{obligation_id}/reopen",       &reopen_obligation_operation,   200},
    {HTTP_GET,    "/engagements/{engagement_id}/obligation-slips", &list_obligation_slips_operation, 200},

    /* the team, and when its sides talk */
    {HTTP_GET,    "/engagements/{engagement_id}/team",         &list_team_members_operation,    200},
    {HTTP_POST,   "/engagements/{engagement_id}/team",         &add_team_member_operation,      201},
    {HTTP_GET,    "/team-members/{team_member_id}",            &show_team_member_operation,     200},
    {HTTP_PUT,    "/team-members/{team_member_id}",            &change_team_member_operation,   200},
    {HTTP_GET,    "/engagements/{engagement_id}/communications", &list_communications_operation, 200},
    {HTTP_POST,   "/engagements/{engagement_id}/communications", &create_communication_operation, 201},
    {HTTP_GET,    "/communications/{communication_id}",        &show_communication_operation,   200},
    {HTTP_PUT,    "/communications/{communication_id}",        &change_communication_operation, 200},
    {HTTP_GET,    "/engagements/{engagement_id}/communication-calendar", &show_communication_calendar_operation, 200},

    /* records of meetings */
    {HTTP_GET,    "/engagements/{engagement_id}/meetings",     &list_meetings_operation,        200},
    {HTTP_POST,   "/engagements/{engagement_id}/meetings",     &record_meeting_operation,       201},
    {HTTP_GET,    "/meetings/{meeting_id}",                    &show_meeting_operation,         200},
    {HTTP_POST,   "/meetings/{meeting_id}/revise",             &revise_meeting_operation,       201},

    /* contracts */
    {HTTP_GET,    "/engagements/{engagement_id}/contracts", &list_contracts_operation,     200},
    {HTTP_POST,   "/engagements/{engagement_id}/contracts", &create_contract_operation,    201},
    {HTTP_GET,    "/contracts/{contract_id}",               &show_contract_operation,      200},
    {HTTP_PUT,    "/contracts/{contract_id}",               &change_contract_operation,    200},
    {HTTP_GET,    "/contracts/{contract_id}/text",          &show_contract_text_operation, 200},
    {HTTP_POST,   "/contracts/{contract_id}/send",          &send_contract_operation,      200},
    {HTTP_POST,   "/contracts/{contract_id}/sign",          &sign_contract_operation,      200},
    {HTTP_POST,   "/contracts/{contract_id}/decline",       &decline_contract_operation,   200},

    /* change orders */
    {HTTP_GET,    "/engagements/{engagement_id}/change-orders",         &list_change_orders_operation,     200},
    {HTTP_POST,   "/engagements/{engagement_id}/change-orders",         &create_change_order_operation,    201},
    {HTTP_POST,   "/engagements/{engagement_id}/change-orders/preview", &preview_change_order_operation,   200},
    {HTTP_GET,    "/change-orders/{change_order_id}",                   &show_change_order_operation,      200},
    {HTTP_PUT,    "/change-orders/{change_order_id}",                   &change_change_order_operation,    200},
    {HTTP_GET,    "/change-orders/{change_order_id}/difference",        &compare_change_orders_operation,  200},
    {HTTP_GET,    "/change-orders/{change_order_id}/effect",            &show_change_effect_operation,     200},
    {HTTP_GET,    "/change-orders/{change_order_id}/text",              &show_change_order_text_operation, 200},
    {HTTP_POST,   "/change-orders/{change_order_id}/settle",            &settle_change_order_operation,    200},
    {HTTP_POST,   "/change-orders/{change_order_id}/propose",           &propose_change_order_operation,   200},
    {HTTP_POST,   "/change-orders/{change_order_id}/revise",            &revise_change_order_operation,    201},
    {HTTP_POST,   "/change-orders/{change_order_id}/withdraw",          &withdraw_change_order_operation,  200},
    {HTTP_POST,   "/change-orders/{change_order_id}/sign",              &sign_change_order_operation,      200},
    {HTTP_POST,   "/change-orders/{change_order_id}/decline",           &decline_change_order_operation,   200},

    /* delivery */
    {HTTP_POST,   "/engagements/{engagement_id}/files", &upload_file_operation,   201},
    {HTTP_GET,    "/engagements/{engagement_id}/files", &list_files_operation,    200},
    {HTTP_GET,    "/files/{file_id}",                   &show_file_operation,     200},
    {HTTP_GET,    "/files/{file_id}/content",           &download_file_operation, 200, answer_with_file},
    {HTTP_GET,    "/engagements/{engagement_id}/milestones", &list_milestones_operation, 200},
    {HTTP_GET,    "/milestones/{milestone_id}",              &show_milestone_operation,  200},
    {HTTP_GET,    "/milestones/{milestone_id}/dependencies", &show_milestone_dependencies_operation, 200},
    {HTTP_GET,    "/milestones/{milestone_id}/billing-schedule", &show_billing_schedule_operation, 200},
    {HTTP_POST,   "/milestones/{milestone_id}/start",        &start_milestone_operation,  200},
    {HTTP_POST,   "/milestones/{milestone_id}/rework",       &rework_milestone_operation, 200},
    {HTTP_GET,    "/milestones/{milestone_id}/submissions",  &list_submissions_operation,    200},
    {HTTP_POST,   "/milestones/{milestone_id}/submissions",  &submit_milestone_operation,    201},
    {HTTP_GET,    "/submissions/{submission_id}",            &show_submission_operation,     200},
    {HTTP_POST,   "/submissions/{submission_id}/withdraw",   &withdraw_submission_operation, 200},
    {HTTP_POST,   "/submissions/{submission_id}/accept",     &accept_submission_operation,   200},
    {HTTP_POST,   "/submissions/{submission_id}/reject",     &reject_submission_operation,   200},
    {HTTP_GET,    "/submissions/{submission_id}/approvals",  &list_approvals_operation,      200},
    {HTTP_POST,   "/submissions/{submission_id}/disputes",   &open_dispute_operation,        201},
    {HTTP_GET,    "/engagements/{engagement_id}/disputes",   &list_disputes_operation,       200},
    {HTTP_GET,    "/disputes/{dispute_id}",                  &show_dispute_operation,        200},
    {HTTP_POST,   "/disputes/{dispute_id}/resolve",          &resolve_dispute_operation,     200},
    {HTTP_POST,   "/disputes/{dispute_id}/withdraw",         &withdraw_dispute_operation,    200},
    {HTTP_GET,    "/certificates/{certificate_id}",          &show_certificate_operation,    200},
    {HTTP_GET,    "/engagements/{engagement_id}/defects",    &list_defects_operation,        200},
    {HTTP_GET,    "/defects/{defect_id}",                    &show_defect_operation,         200},
    {HTTP_POST,   "/defects/{defect_id}/correct",            &correct_defect_operation,      200},
    {HTTP_POST,   "/defects/{defect_id}/confirm",            &confirm_defect_operation,      200},
    {HTTP_POST,   "/defects/{defect_id}/reopen",             &reopen_defect_operation,       200},
    {HTTP_POST,   "/defects/{defect_id}/waive",              &waive_defect_operation,        200},
    {HTTP_GET,    "/engagements/{engagement_id}/price-reductions", &list_price_reductions_operation, 200},
    {HTTP_POST,   "/milestones/{milestone_id}/price-reductions", &propose_price_reduction_operation, 201},
    {HTTP_GET,    "/price-reductions/{price_reduction_id}",  &show_price_reduction_operation, 200},
    {HTTP_POST,   "/price-reductions/{price_reduction_id}/agree", &agree_price_reduction_operation, 200},
    {HTTP_POST,   "/price-reductions/{price_reduction_id}/decline", &decline_price_reduction_operation, 200},
    {HTTP_POST,   "/price-reductions/{price_reduction_id}/withdraw", &withdraw_price_reduction_operation, 200},
    {HTTP_GET,    "/milestones/{milestone_id}/progress-claims",    &list_progress_claims_operation, 200},
    {HTTP_POST,   "/milestones/{milestone_id}/progress-claims",    &claim_progress_operation, 201},
    {HTTP_GET,    "/progress-claims/{progress_claim_id}",          &show_progress_claim_operation, 200},
    {HTTP_GET,    "/progress-claims/{progress_claim_id}/approvals", &list_progress_approvals_operation, 200},
    {HTTP_POST,   "/progress-claims/{progress_claim_id}/accept",   &accept_progress_claim_operation, 200},
    {HTTP_POST,   "/progress-claims/{progress_claim_id}/reject",   &reject_progress_claim_operation, 200},
    {HTTP_POST,   "/progress-claims/{progress_claim_id}/withdraw", &withdraw_progress_claim_operation, 200},

    /* invoices and credit notes */
    {HTTP_GET,    "/invoices",                          &list_invoices_operation,        200},
    {HTTP_GET,    "/invoices/{invoice_id}",             &show_invoice_operation,         200},
    {HTTP_POST,   "/invoices/{invoice_id}/credit-notes", &issue_credit_note_operation,   201},
    {HTTP_POST,   "/milestones/{milestone_id}/invoice", &issue_invoice_operation,        201},
    {HTTP_GET,    "/engagements/{engagement_id}/position", &show_contract_position_operation, 200},
    {HTTP_GET,    "/clients/{client_id}/statement",     &show_client_statement_operation, 200},

    /* foresight */
    {HTTP_GET,    "/engagements/{engagement_id}/budget", &show_budget_operation,   200},
    {HTTP_GET,    "/forecast",                           &show_forecast_operation, 200},
    {HTTP_GET,    "/overviews",                          &list_overviews_operation, 200},
    {HTTP_GET,    "/turns",                              &list_turns_operation,    200},
    {HTTP_GET,    "/invoices/{invoice_id}/explanation",           &explain_invoice_operation,  200},
    {HTTP_GET,    "/engagements/{engagement_id}/position/explanation", &explain_position_operation, 200},
    {HTTP_GET,    "/engagements/{engagement_id}/budget/explanation",   &explain_budget_operation,   200},
    {HTTP_GET,    "/forecast/explanation",                             &explain_forecast_operation, 200},
    {HTTP_GET,    "/estimates/{estimate_id}/figures/explanation",      &explain_estimate_operation, 200},
    {HTTP_GET,    "/engagements/{engagement_id}/earned-value/explanation", &explain_earned_value_operation, 200},
    {HTTP_GET,    "/change-orders/{change_order_id}/effect/explanation", &explain_change_effect_operation, 200},
    {HTTP_GET,    "/clients/{client_id}/statement/explanation", &explain_client_statement_operation, 200},
    {HTTP_GET,    "/ledger/trial-balance/explanation",          &explain_trial_balance_operation,    200},

    /* payments, allocations, refunds */
    {HTTP_GET,    "/payments",                               &list_payments_operation,        200},
    {HTTP_POST,   "/payments",                               &record_payment_operation,       201},
    {HTTP_GET,    "/payments/{payment_id}",                  &show_payment_operation,         200},
    {HTTP_POST,   "/payments/{payment_id}/allocate",         &allocate_payment_operation,     200},
    {HTTP_POST,   "/payments/{payment_id}/reverse",          &reverse_payment_operation,      200},
    {HTTP_POST,   "/credit-notes/{credit_note_id}/allocate", &allocate_credit_note_operation, 200},
    {HTTP_GET,    "/allocations",                            &list_allocations_operation,     200},
    {HTTP_POST,   "/allocations/{allocation_id}/reverse",    &reverse_allocation_operation,   200},
    {HTTP_GET,    "/refunds",                                &list_refunds_operation,         200},
    {HTTP_POST,   "/refunds",                                &request_refund_operation,       201},
    {HTTP_GET,    "/refunds/{refund_id}",                    &show_refund_operation,          200},
    {HTTP_POST,   "/refunds/{refund_id}/pay",                &pay_refund_operation,           200},
    {HTTP_POST,   "/refunds/{refund_id}/cancel",             &cancel_refund_operation,        200},
    {HTTP_POST,   "/refunds/{refund_id}/return",             &return_refund_operation,        200},

    /* the ledger */
    {HTTP_GET,    "/ledger/accounts",                     &list_ledger_accounts_operation,   200},
    {HTTP_GET,    "/ledger/accounts/{account}/statement", &show_account_statement_operation, 200},
    {HTTP_GET,    "/ledger/entries",                      &list_ledger_entries_operation,    200},
    {HTTP_GET,    "/ledger/entries/{entry_id}",           &show_ledger_entry_operation,      200},
    {HTTP_POST,   "/ledger/entries/{entry_id}/reverse",   &reverse_ledger_entry_operation,   201},
    {HTTP_GET,    "/ledger/trial-balance",                &show_trial_balance_operation,     200},
    {HTTP_GET,    "/reports/billing",                     &report_billing_operation,         200},

    /* papers */
    {HTTP_GET,    "/contracts/{id}/document",        &show_contract_paper_operation,        200, answer_with_paper},
    {HTTP_GET,    "/contracts/{id}/document/signed", &show_signed_contract_paper_operation, 200, answer_with_paper},
    {HTTP_GET,    "/change-orders/{id}/document",        &show_change_paper_operation,        200, answer_with_paper},
    {HTTP_GET,    "/change-orders/{id}/document/signed", &show_signed_change_paper_operation, 200, answer_with_paper},
    {HTTP_GET,    "/certificates/{id}/document",     &show_certificate_paper_operation,     200, answer_with_paper},
    {HTTP_GET,    "/invoices/{id}/document",         &show_invoice_paper_operation,         200, answer_with_paper},
    {HTTP_GET,    "/status-reports/{id}/document",   &show_report_paper_operation,          200, answer_with_paper},

    /* evidence */
    {HTTP_GET,    "/engagements/{engagement_id}/evidence", &show_evidence_operation,     200, answer_with_evidence},
    {HTTP_GET,    "/evidence",                             &show_log_operation,          200},
    {HTTP_GET,    "/evidence/checkpoint",                  &show_checkpoint_operation,   200, answer_with_checkpoint},
    {HTTP_GET,    "/evidence/leaves",                      &list_leaves_operation,       200},
    {HTTP_GET,    "/evidence/leaves/{position}",           &show_leaf_operation,         200},
    {HTTP_GET,    "/evidence/inclusion",                   &prove_inclusion_operation,   200},
    {HTTP_GET,    "/evidence/consistency",                 &prove_consistency_operation, 200},
    {HTTP_GET,    "/evidence/tile/{path}",                 &show_tile_operation,         200, answer_with_tile, .takes_rest = true},

    /* webhooks */
    {HTTP_GET,    "/webhooks",                        &list_webhook_endpoints_operation,   200},
    {HTTP_POST,   "/webhooks",                        &create_webhook_endpoint_operation,  201},
    {HTTP_GET,    "/webhooks/{endpoint_id}",          &show_webhook_endpoint_operation,    200},
    {HTTP_PUT,    "/webhooks/{endpoint_id}",          &change_webhook_endpoint_operation,  200},
    {HTTP_POST,   "/webhooks/{endpoint_id}/disable",  &disable_webhook_endpoint_operation, 200},
    {HTTP_POST,   "/webhooks/{endpoint_id}/enable",   &enable_webhook_endpoint_operation,  200},
    {HTTP_POST,   "/webhooks/{endpoint_id}/test",     &test_webhook_endpoint_operation,    202},
    {HTTP_GET,    "/deliveries",                      &list_deliveries_operation,          200},
    {HTTP_POST,   "/deliveries/{delivery_id}/replay", &replay_delivery_operation,          202},
    {0},
};
// clang-format on
