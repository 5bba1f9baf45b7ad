/* A real engagement for tests of rules: the order of a dashboard in two-week sprints that an agency
 * of the US government published (18F/bpa-fedramp-dashboard, public domain). Its prices are ours.
 */
#ifndef WAYMARK_TESTS_CORE_SAMPLE_H
#define WAYMARK_TESTS_CORE_SAMPLE_H

#include <stdio.h>

#include "../check.h"
#include "base/day.h"
#include "core/contract_document.h"
#include "core/domain.h"
#include "core/policy.h"

#define TEXTS(...)                                                                                 \
    (struct texts)                                                                                 \
    {                                                                                              \
        (const char *[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)      \
    }

#define SAMPLE_NOON INT64_C(1466596800000) /* 2016-06-22 12:00 UTC */

static inline int32_t sample_day(const char *text)
{
    int32_t day = DAY_NONE;
    assert_int_equal(day_parse(text, &day, NULL), OK);
    return day;
}

static inline struct id sample_id(unsigned number)
{
    return id_make(SAMPLE_NOON, number & 0xfff, number);
}

/* What a function refused with, checked in one line. */
#define REFUSED(call, code_, field_)                                                               \
    do {                                                                                           \
        assert_string_equal(error_slug(call), error_slug(code_));                                  \
        assert_string_equal(fault.field, field_);                                                  \
    } while (0)
#define ALLOWED(call) assert_string_equal(error_slug(call), "ok")

static inline struct list sample_criteria(struct arena *arena, const char *const *codes,
                                          size_t count)
{
    struct criterion *criteria = arena_array(arena, count, sizeof *criteria);
    for (size_t i = 0; i < count; i++)
        criteria[i] = (struct criterion){.code = codes[i], .text = "holds"};
    return (struct list){criteria, count};
}

static inline struct requirement sample_requirement(struct arena *arena, const char *code,
                                                    struct texts criteria)
{
    struct requirement requirement;
    shape_init(&requirement_shape, &requirement);
    requirement.id = sample_id(100 + (unsigned)code[1]);
    requirement.engagement_id = sample_id(1);
    requirement.code = code;
    requirement.text = "A static public site renders the dashboard in the browser";
    requirement.priority = PRIORITY_MUST;
    requirement.criteria = sample_criteria(arena, criteria.texts, criteria.count);
    return requirement;
}

static inline struct list sample_requirements(struct arena *arena)
{
    struct requirement *requirements = arena_array(arena, 2, sizeof *requirements);
    requirements[0] = sample_requirement(arena, "R1", TEXTS("Q1", "Q2"));
    requirements[1] = sample_requirement(arena, "R2", TEXTS("Q3", "Q4", "Q5"));
    return (struct list){requirements, 2};
}

static inline struct contract_terms *sample_terms(struct arena *arena)
{
    struct contract_terms *terms = arena_alloc(arena, sizeof *terms);
    shape_init(&contract_terms_shape, terms);
    terms->acceptance_days = 30;
    terms->time_zone = "America/New_York";
    return terms;
}

static inline struct plan *sample_plan(struct arena *arena)
{
    static const struct {
        const char *code, *title, *after, *due, *deliverable, *criterion;
        int64_t price_minor;
    } sprints[] = {
        {"S0", "Sprint 0: research and plan", NULL, "2016-06-22", "status report", NULL, 1200000},
        {"S1", "Sprint 1", "S0", "2016-06-30", "status report", "Q1", 2700000},
        {"S2", "Sprint 2: prototype", "S1", "2016-07-07", "development prototype", "Q3", 2700000},
        {"S3", "Sprint 3: transition", "S2", "2016-07-28", "transition plan", "Q2", 2700000},
        {"S4", "Sprint 4: dashboard", "S3", "2016-08-15", "working dashboard", "Q5", 2700000},
    };
    enum { SPRINTS = sizeof sprints / sizeof *sprints };
    struct plan_milestone *milestones = arena_array(arena, SPRINTS, sizeof *milestones);
    for (size_t i = 0; i < SPRINTS; i++) {
        struct plan_milestone *milestone = &milestones[i];
        shape_init(&plan_milestone_shape, milestone);
        struct deliverable *deliverable = arena_alloc(arena, sizeof *deliverable);
        *deliverable = (struct deliverable){sprints[i].deliverable, DELIVERABLE_FILE, NULL};
        milestone->code = sprints[i].code;
        milestone->title = sprints[i].title;
        milestone->price_minor = sprints[i].price_minor;
        milestone->tax_category = TAX_OUTSIDE_SCOPE;
        milestone->due_day = sample_day(sprints[i].due);
        milestone->deliverables = (struct list){deliverable, 1};
        milestone->after.count = sprints[i].after != NULL;
        milestone->after.texts = arena_copy(arena, &sprints[i].after, sizeof(char *));
        milestone->criteria.count = sprints[i].criterion != NULL;
        milestone->criteria.texts = arena_copy(arena, &sprints[i].criterion, sizeof(char *));
    }
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    *plan = (struct plan){
        .currency = "USD",
        .total_minor = 12000000,
        .summary = "A dashboard in five sprints",
        .milestones = {milestones, SPRINTS},
        .terms = sample_terms(arena),
    };
    return plan;
}

static inline struct plan_milestone *sprint(struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

static inline struct actor sample_approver(void)
{
    return (struct actor){
        .kind = ACTOR_CONTACT,
        .id = sample_id(7),
        .name = "Ada Approver",
        .role = "contracting officer's representative",
        .roles = ROLE_APPROVER,
        .client_id = sample_id(2),
        .method = METHOD_EMAIL_LINK,
        .may_write = true,
        .may_administer = true,
    };
}

static inline struct actor sample_manager(void)
{
    return (struct actor){
        .kind = ACTOR_USER,
        .id = sample_id(8),
        .name = "Max Manager",
        .role = "delivery",
        .roles = ROLE_DELIVERY,
        .method = METHOD_PASSWORD,
        .may_write = true,
        .may_administer = true,
    };
}

static inline struct company sample_company(void)
{
    return (struct company){
        .id = sample_id(3),
        .version = 1,
        .slug = "truetandem",
        .name = "TrueTandem",
        .legal_name = "TrueTandem LLC",
        .country = "US",
        .time_zone = "America/New_York",
        .currency = "USD",
        .paper = PAPER_LETTER,
        .created_at = SAMPLE_NOON,
    };
}

static inline struct client sample_client(void)
{
    return (struct client){
        .id = sample_id(2),
        .version = 1,
        .name = "General Services Administration, 18F",
        .country = "US",
        .reference = "ID09160019",
        .currency = "USD",
        .time_zone = "America/New_York",
        .payment_days = 30,
        .created_at = SAMPLE_NOON,
    };
}

static inline struct engagement sample_engagement(void)
{
    return (struct engagement){
        .id = sample_id(1),
        .version = 1,
        .client_id = sample_id(2),
        .title = "FedRAMP dashboard",
        .reference = "ID09160019",
        .state = ENGAGEMENT_PROPOSAL,
        .currency = "USD",
        .time_zone = "America/New_York",
        .kickoff_day = DAY_NONE,
        .created_at = SAMPLE_NOON,
    };
}

static inline struct proposal sample_proposal(struct arena *arena)
{
    struct proposal proposal;
    shape_init(&proposal_shape, &proposal);
    proposal.id = sample_id(4);
    proposal.engagement_id = sample_id(1);
    proposal.plan = sample_plan(arena);
    proposal.currency = "USD";
    proposal.total_minor = proposal.plan->total_minor;
    proposal.valid_until_day = sample_day("2016-06-30");
    return proposal;
}

static inline struct contract sample_contract(struct arena *arena)
{
    struct contract contract;
    shape_init(&contract_shape, &contract);
    contract.id = sample_id(5);
    contract.engagement_id = sample_id(1);
    contract.proposal_id = sample_id(4);
    contract.plan = sample_plan(arena);
    contract.currency = "USD";
    contract.sum_minor = contract.plan->total_minor;
    return contract;
}

/* One of the agency signs first, then two of the client. */
static inline struct list sample_signatures(struct arena *arena)
{
    static const struct {
        enum side side;
        const char *name;
    } signers[] = {{SIDE_AGENCY, "Olga Owner"}, {SIDE_CLIENT, "Ada"}, {SIDE_CLIENT, "Bob"}};
    struct signature *signatures = arena_array(arena, 3, sizeof *signatures);
    for (unsigned i = 0; i < 3; i++) {
        shape_init(&signature_shape, &signatures[i]);
        signatures[i].id = sample_id(50 + i);
        signatures[i].contract_id = sample_id(5);
        signatures[i].engagement_id = sample_id(1);
        signatures[i].sequence = i + 1;
        signatures[i].side = signers[i].side;
        signatures[i].signer_kind = signers[i].side == SIDE_AGENCY ? ACTOR_USER : ACTOR_CONTACT;
        signatures[i].signer_id = sample_id(60 + i);
        signatures[i].name = signers[i].name;
    }
    return (struct list){signatures, 3};
}

#endif
