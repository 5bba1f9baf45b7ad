/* Every address of the API. Kept by subject; openapi/waymark.yaml has the same, and a test holds
 * the two against each other. */
#include "action/company.h"
#include "action/file.h"
#include "action/milestone.h"
#include "action/paper.h"
#include "action/session.h"
#include "api/cookie.h"
#include "api/download.h"
#include "api/route.h"

// clang-format off
const struct route all_routes[] = {
    /* entering and leaving */
    {HTTP_POST,   "/session",          &sign_in_operation,        201, answer_with_cookie},
    {HTTP_GET,    "/session",          &show_session_operation,   200},
    {HTTP_DELETE, "/session",          &sign_out_operation,       204, answer_without_cookie},
    {HTTP_POST,   "/session/link",     &request_link_operation,   202},
    {HTTP_POST,   "/session/redeem",   &redeem_link_operation,    201, answer_with_cookie},

    /* the agency */
    {HTTP_GET,    "/company",          &show_company_operation,   200},
    {HTTP_PUT,    "/company",          &change_company_operation, 200},
    {HTTP_PUT,    "/company/logo",     &change_logo_operation,    200},

    /* delivery */
    {HTTP_POST,   "/engagements/{engagement_id}/files", &upload_file_operation,   201},
    {HTTP_GET,    "/engagements/{engagement_id}/files", &list_files_operation,    200},
    {HTTP_GET,    "/files/{file_id}",                   &show_file_operation,     200},
    {HTTP_GET,    "/files/{file_id}/content",           &download_file_operation, 200, answer_with_file},
    {HTTP_GET,    "/engagements/{engagement_id}/milestones", &list_milestones_operation, 200},
    {HTTP_GET,    "/milestones/{milestone_id}",              &show_milestone_operation,  200},
    {HTTP_GET,    "/milestones/{milestone_id}/dependencies", &show_milestone_dependencies_operation, 200},
    {HTTP_POST,   "/milestones/{milestone_id}/start",        &start_milestone_operation,  200},
    {HTTP_POST,   "/milestones/{milestone_id}/rework",       &rework_milestone_operation, 200},

    /* papers */
    {HTTP_GET,    "/contracts/{id}/document",        &show_contract_paper_operation,        200, answer_with_paper},
    {HTTP_GET,    "/contracts/{id}/document/signed", &show_signed_contract_paper_operation, 200, answer_with_paper},
    {HTTP_GET,    "/certificates/{id}/document",     &show_certificate_paper_operation,     200, answer_with_paper},
    {HTTP_GET,    "/invoices/{id}/document",         &show_invoice_paper_operation,         200, answer_with_paper},
    {0},
};
// clang-format on
