#include "base/day.h"
#include "samples.h"

static const struct printed_requirement requirements[] = {
    {"R1",
     "A static public site renders the dashboard in the browser from a flat file served through "
     "the "
     "GitHub API",
     "Builds and deploys to staging; loads on the three supported browsers", PRIORITY_MUST},
    {"R2", "The site deploys with one shell command", "Manual review and automatic test",
     PRIORITY_MUST},
    {"R3", "Pages have a print-friendly layout for reporting", NULL, PRIORITY_MUST},
    {"R4",
     "Existing user research is reviewed and more is done, so that data views are the most useful "
     "ones",
     "Findings reviewed with the product owner", PRIORITY_MUST},
    {"R5", "US Web Design Standards are used", NULL, PRIORITY_MUST},
    {"R6", "Code follows the client's open-source policy; every licence is listed",
     "All libraries and licences listed, major functions documented", PRIORITY_MUST},
    {"R7", "Code follows Section 508 and the client's accessibility guidelines",
     "HTML accessibility checker", PRIORITY_MUST},
    {"X1", "Hosting, data-entry forms, and changing the data", NULL, PRIORITY_OUT_OF_SCOPE},
};

static const char *const sprint_0[] = {"Status report"};
static const char *const sprint_2[] = {"Status report", "Development prototype on staging"};
static const char *const sprint_3[] = {"Status report", "Development prototype",
                                       "Transition plan, three business days after the sprint"};
static const char *const sprint_4[] = {"Status report", "Working dashboard", "Code repository"};
static const char *const planned[] = {"Research findings and sprint plan are reviewed in writing"};
static const char *const deployed[] = {
    "Builds and deploys to staging with a single command, shown by manual review and automatic "
    "test",
    "Test coverage is at least 90% and the code-quality score at least 3"};
static const char *const accessible[] = {"Meets Section 508 in the HTML accessibility checker"};
static const char *const complete[] = {
    "All libraries and licences are listed, major functions are documented",
    "Everything needed to run the front end is in a public version-controlled repository"};

static struct printed_milestone milestones[] = {
    {.number = "S0",
     .title = "Sprint 0: research review and plan",
     .deliverables = sprint_0,
     .deliverable_count = 1,
     .criteria = planned,
     .criterion_count = 1,
     .price_minor = 1200000},
    {.number = "S1",
     .title = "Sprint 1: data views",
     .after = "S0",
     .deliverables = sprint_0,
     .deliverable_count = 1,
     .criteria = deployed,
     .criterion_count = 1,
     .price_minor = 2700000},
    {.number = "S2",
     .title = "Sprint 2: development prototype on staging",
     .after = "S1",
     .deliverables = sprint_2,
     .deliverable_count = 2,
     .criteria = deployed,
     .criterion_count = 2,
     .price_minor = 2700000},
    {.number = "S3",
     .title = "Sprint 3: prototype and transition plan",
     .after = "S2",
     .deliverables = sprint_3,
     .deliverable_count = 3,
     .criteria = accessible,
     .criterion_count = 1,
     .price_minor = 2700000},
    {.number = "S4",
     .title = "Sprint 4: working dashboard and code repository",
     .after = "S3",
     .deliverables = sprint_4,
     .deliverable_count = 3,
     .criteria = complete,
     .criterion_count = 2,
     .price_minor = 2700000},
};

static const struct document_fact terms[] = {
    {"Price", "Firm fixed price for each milestone"},
    {"Payment", "30 days after the date of the invoice"},
    {"Invoicing", "One invoice a calendar month, for the milestones that were accepted in it"},
    {"Tax", "None is charged; the client is exempt"},
    {"Review", "5 business days after each sprint; 30 days for the final acceptance"},
    {"Silence", "Is no acceptance. Acceptance must be written"},
    {"Rejected work", "Is done again in the next sprint, or moved to a later one by agreement. The "
                      "price may be reduced when it cannot be corrected"},
    {"Late payment",
     "Simple interest under the Prompt Payment Act, from the day after the due day"},
};

static const struct printed_clause clauses[] = {
    {"Changes",
     "This contract changes only through a change order that both parties have signed. A change "
     "order "
     "states its effect on price, dates and dependencies before it is signed, and is numbered on "
     "its "
     "own.\nWork outside the scope above is not billed unless a change order allows it."},
    {"Ownership of the work",
     "All code is published under the licence that the client's open-source policy names, from the "
     "first commit. The agency lists every library and its licence.\nThe client receives a copy of "
     "everything that is needed to run the front end."},
    {"Client obligations",
     "The client gives access to staging, to the data file and to the users to be interviewed "
     "within "
     "ten days of award. Days by which the client is late move the planned dates of the milestones "
     "that depend on them; each such delay is recorded when it happens."},
    {"Acceptance",
     "Only the contracting officer's representative, or the designated alternate, may accept. A "
     "rejection names the criterion that is not met and says why. A corrected submission begins a "
     "new "
     "review period."},
    {"Ending",
     "Either party may end this contract in writing with effect from the end of a sprint. Accepted "
     "milestones are paid in full; a milestone in progress is paid by the share of its criteria "
     "that "
     "are met."},
};

static const char contract_hash[] =
    "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea";

struct printed_contract sample_contract(void)
{
    static const char *const days[][2] = {{"2016-06-16", "2016-06-22"},
                                          {"2016-06-23", "2016-06-30"},
                                          {"2016-07-01", "2016-07-07"},
                                          {"2016-07-08", "2016-07-28"},
                                          {"2016-07-29", "2016-08-15"}};
    for (size_t i = 0; i < 5; i++) {
        milestones[i].start_day = sample_day(days[i][0]);
        milestones[i].due_day = sample_day(days[i][1]);
    }
    return (struct printed_contract){
        .setting = {.paper = PAPER_LETTER, .language = "en-US", .made_at_ms = 1465560000000},
        .number = "C-2016-0001",
        .revision = 2,
        .title = "FedRAMP dashboard",
        .summary = "A public dashboard of authorised cloud services, built in two-week sprints",
        .dated_day = sample_day("2016-06-10"),
        .currency = "USD",
        .agency = sample_truetandem,
        .client = sample_gsa,
        .requirements = requirements,
        .requirement_count = 8,
        .milestones = milestones,
        .milestone_count = 5,
        .total_minor = 12000000,
        .terms = terms,
        .term_count = 8,
        .clauses = clauses,
        .clause_count = 5,
        .sha256 = contract_hash,
    };
}

struct printed_contract sample_change(void)
{
    static struct printed_milestone_change changed[3];
    static const struct printed_credit credits[] = {{"S0", 200000}};
    static const struct document_fact others[] = {{"Payment days", "30 → 14"}};
    static struct printed_change change;
    changed[0] = (struct printed_milestone_change){"S3",
                                                   "Sprint 3: transition",
                                                   "+1200.00 USD, +9 days, now after S2",
                                                   sample_day("2016-07-28"),
                                                   sample_day("2016-08-06"),
                                                   2700000,
                                                   2820000};
    changed[1] = (struct printed_milestone_change){
        "S5",     "Search over all services", "new, +8000.00 USD, due 2016-08-31",
        DAY_NONE, sample_day("2016-08-31"),   INTEGER_NONE,
        800000};
    changed[2] = (struct printed_milestone_change){"S4",
                                                   "Sprint 4: working dashboard",
                                                   "dropped, -27000.00 USD",
                                                   sample_day("2016-08-15"),
                                                   DAY_NONE,
                                                   2700000,
                                                   INTEGER_NONE};
    change = (struct printed_change){
        .number = 2,
        .contract_number = "C-2016-0001",
        .sum_before_minor = 12000000,
        .change_minor = -1780000,
        .tax_change_minor = 0,
        .end_before_day = sample_day("2016-08-15"),
        .end_after_day = sample_day("2016-08-31"),
        .critical_before = "S0, S1, S2, S3, S4",
        .critical_after = "S0, S1, S2, S3, S5",
        .milestones = changed,
        .milestone_count = 3,
        .others = others,
        .other_count = 1,
        .credits = credits,
        .credit_count = 1,
        .start_day = DAY_NONE,
        .valid_until_day = sample_day("2016-07-15"),
    };
    struct printed_contract contract = sample_signed_contract();
    contract.revision = 1;
    contract.title = "Search in place of the fourth sprint";
    contract.summary = "The agency asked for a search over all services before the launch";
    contract.requirement_count = 0;
    contract.total_minor = 10220000;
    contract.change = &change;
    return contract;
}

struct printed_contract sample_signed_contract(void)
{
    static const char consent[] = "I have read the whole document. I agree to sign it "
                                  "electronically and intend to be bound by it.";
    static const struct printed_signature signatures[] = {
        {"Marisol Okafor", "Contracting officer", SIDE_CLIENT, 1465567402000, METHOD_EMAIL_LINK,
         "192.0.2.17", consent, contract_hash},
        {"Dana Whitfield", "Managing director", SIDE_AGENCY, 1465571115000, METHOD_PASSWORD,
         "2001:db8:41::9", consent, contract_hash},
    };
    struct printed_contract contract = sample_contract();
    contract.signatures = signatures;
    contract.signature_count = 2;
    contract.evidence = (struct document_evidence){"waymark.example/truetandem", 38,
                                                   SAMPLE_CHECKPOINT("waymark.example/truetandem")};
    return contract;
}

struct printed_certificate sample_certificate(void)
{
    static const struct printed_deliverable deliverables[] = {
        {"status-report-sprint-2.pdf",
         "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", NULL},
        {"Development prototype on staging", NULL,
         "https://dashboard-staging.example/releases/2016-07-07"},
        {"prototype-source.tar.gz",
         "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", NULL},
    };
    static const struct printed_criterion criteria[] = {
        {"Q1", "Test coverage is at least 90% and the code-quality score at least 3", PRINTED_MET,
         "93.4%, score 3.6"},
        {"Q3", "Builds and deploys to staging with a single command", PRINTED_MET, NULL},
        {"Q2", "Meets Section 508 in the HTML accessibility checker", PRINTED_NOT_MET,
         "Two charts have no text alternative; to be corrected in sprint 3"},
        {"R3", "Pages have a print-friendly layout", PRINTED_NOT_MET, NULL, "S3"},
    };
    static const struct printed_approval approvals[] = {
        {{"Dana Whitfield", "Deputy director", METHOD_EMAIL_LINK, 1467981000000}, NULL},
        {{"Marisol Okafor", "Contracting officer's representative", METHOD_PASSWORD, 1467986602000},
         "All rights from Q2 until sprint 3."},
    };
    static const struct printed_defect defects[] = {
        {"Q2", "Two charts have no text alternative; to be corrected in sprint 3", SEVERITY_MINOR,
         17014},
    };
    return (struct printed_certificate){
        .setting = {.paper = PAPER_LETTER, .language = "en-US", .made_at_ms = 1467986602000},
        .number = "AC-2016-0003",
        .outcome = PRINTED_ACCEPTED_WITH_RESERVATIONS,
        .agency = sample_truetandem,
        .client = sample_gsa,
        .engagement = "FedRAMP dashboard",
        .contract_reference = "C-2016-0001, revision 2",
        .milestone_number = "S2",
        .milestone_title = "Sprint 2: development prototype on staging",
        .submission_round = 1,
        .submitted_at_ms = 1467907200000,
        .currency = "USD",
        .accepted_minor = 2700000,
        .reduction_minor = 50000,
        .reduction_reason = "two charts have no print layout",
        .deliverables = deliverables,
        .deliverable_count = 3,
        .criteria = criteria,
        .criterion_count = 4,
        .acceptance = {"Marisol Okafor", "Contracting officer's representative", METHOD_PASSWORD,
                       1467986602000},
        .reservations =
            "The client reserves all rights from the missing text alternatives (Q2) until "
            "they are corrected in sprint 3.",
        .approvals = approvals,
        .approval_count = 2,
        .defects = defects,
        .defect_count = 1,
        .evidence = {"waymark.example/truetandem", 1102,
                     SAMPLE_CHECKPOINT("waymark.example/truetandem")},
    };
}

struct printed_certificate sample_deemed_certificate(void)
{
    static const struct printed_notice notices[] = {
        {"Submission and notice of what silence means", "facturen@dommel.example", 1788163200000},
        {"First reminder, 5 business days left", "facturen@dommel.example", 1788768000000},
        {"Last reminder, 1 business day left", "facturen@dommel.example, inkoop@dommel.example",
         1789113600000},
    };
    static const struct printed_clock clock = {
        .rule = "10 business days in the Netherlands after the notice; silence accepts (clause 6)",
        .started_at_ms = 1788163200000,
        .deadline_ms = 1789380000000,
        .notices = notices,
        .notice_count = 3,
    };
    struct printed_certificate certificate = sample_certificate();
    certificate.setting = sample_euro_invoice().setting;
    certificate.number = "AC-0011";
    certificate.outcome = PRINTED_DEEMED_ACCEPTED;
    certificate.agency = sample_agency;
    certificate.client = sample_dutch;
    certificate.engagement = "Measuring network";
    certificate.contract_reference = "C-2026-004";
    certificate.milestone_number = "3";
    certificate.milestone_title = "Measuring points online";
    certificate.submitted_at_ms = clock.started_at_ms;
    certificate.currency = "EUR";
    certificate.accepted_minor = 3144500;
    certificate.criterion_count = 0;
    certificate.acceptance = (struct printed_acceptance){.name = NULL};
    certificate.clock = &clock;
    certificate.reservations = NULL;
    certificate.defect_count = 0;
    certificate.approval_count = 0;
    certificate.reduction_minor = 0;
    return certificate;
}
