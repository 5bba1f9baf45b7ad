#include "scenario.h"

#include "action/contract.h"
#include "action/engagement.h"
#include "action/proposal.h"
#include "action/requirement.h"
#include "base/day.h"
#include "platform/random.h"
#include "store/person.h"

/* ---- what the tests reach past the operations ---------------------------------------------- */

/* The client's side, and who the owner is. */
static enum error insert_people(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct scenario *in = input;
    struct scenario *scenario = output;
    bool found;
    *scenario = *in;
    happened(call, "client.created", scenario->client.id, (struct id){0});
    enum error error = insert_row(call, &client_shape, &scenario->client, fault);
    for (enum contact_role role = CONTACT_APPROVER; !error && role <= CONTACT_VIEWER; role++)
        error = insert_row(call, &contact_shape, &scenario->contacts[role], fault);
    if (!error)
        error =
            find_user_by_email(&call->store, "olga@acme.example", &scenario->owner, &found, fault);
    return error;
}

static const struct operation insert_people_operation = {
    .name = "insert_people",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .run = insert_people,
};

/* A reading of the whole company, outside of any operation. */
static struct store all_seeing(const struct scenario *scenario)
{
    struct stage *stage = scenario->stage;
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    call.store.session = stage->reading;
    return call.store;
}

static const struct statement *statement(const struct scenario *scenario, const char *sql)
{
    return tables_statement(scenario->stage->app.tables, "scenario", sql);
}

void scenario_load(const struct scenario *scenario, const struct shape *shape, struct id id,
                   void *row)
{
    struct stage *stage = scenario->stage;
    struct store store = all_seeing(scenario);
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(stage, store_load(&store, shape, id, row, &stage->fault), OK);
    db_rollback(stage->reading);
}

void scenario_load_milestones(struct scenario *scenario)
{
    struct stage *stage = scenario->stage;
    struct store store = all_seeing(scenario);
    const char *sql =
        arena_format(stage->arena,
                     "SELECT %s FROM milestone WHERE company = :company AND engagement_id ="
                     " :engagement_id ORDER BY number",
                     table_columns(&milestone_shape, stage->arena));
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(stage,
                  store_list(&store, statement(scenario, sql),
                             PARAMS({"engagement_id", value_id(&scenario->engagement.id)}),
                             &milestone_shape, &scenario->milestones, &stage->fault),
                  OK);
    db_rollback(stage->reading);
}

void scenario_load_document(const struct scenario *scenario, struct id subject_id,
                            enum document_kind kind, struct document_row *document)
{
    struct stage *stage = scenario->stage;
    struct store store = all_seeing(scenario);
    bool found = false;
    const char *sql = arena_format(stage->arena,
                                   "SELECT %s FROM document WHERE company = :company"
                                   " AND subject_id = :subject_id AND kind = :kind",
                                   table_columns(&document_shape, stage->arena));
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(
        stage,
        store_find(&store, statement(scenario, sql),
                   PARAMS({"subject_id", value_id(&subject_id)},
                          {"kind", value_text(choice_name(&document_kind_choices, (int)kind))}),
                   &document_shape, document, &found, &stage->fault),
        OK);
    db_rollback(stage->reading);
    assert_true(found);
}

static int64_t count(const struct scenario *scenario, const char *sql, const struct param *params,
                     size_t param_count)
{
    struct stage *stage = scenario->stage;
    struct store store = all_seeing(scenario);
    int64_t number;
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(
        stage,
        store_count(&store, statement(scenario, sql), params, param_count, &number, &stage->fault),
        OK);
    db_rollback(stage->reading);
    return number;
}

int64_t scenario_dependencies(const struct scenario *scenario)
{
    return count(scenario,
                 "SELECT count(*) FROM milestone_dependency WHERE company = :company"
                 " AND engagement_id = :engagement_id",
                 PARAMS({"engagement_id", value_id(&scenario->engagement.id)}));
}

int64_t scenario_events(const struct scenario *scenario, const char *event)
{
    return count(scenario,
                 "SELECT count(*) FROM leaf WHERE company = :company"
                 " AND engagement_id = :engagement_id AND event = :event",
                 PARAMS({"engagement_id", value_id(&scenario->engagement.id)},
                        {"event", value_text(event)}));
}

int64_t scenario_mails(const struct scenario *scenario, const char *email, const char *what)
{
    const char *subject = arena_format(scenario->stage->arena, "\"subject\":\"%s: %s\"", what,
                                       scenario->engagement.title);
    return count(scenario,
                 "SELECT count(*) FROM outbox WHERE company = :company AND recipient = :email"
                 " AND replace(payload, :subject, '') <> payload",
                 PARAMS({"email", value_text(email)}, {"subject", value_text(subject)}));
}

/* ---- who ----------------------------------------------------------------------------------- */

struct actor scenario_owner(const struct scenario *scenario)
{
    struct actor actor = stage_user(USER_OWNER);
    actor.id = scenario->owner.id;
    actor.name = scenario->owner.name;
    return actor;
}

struct actor scenario_contact(const struct scenario *scenario, enum contact_role role)
{
    struct actor actor = stage_contact(role, scenario->client.id);
    actor.id = scenario->contacts[role].id;
    actor.name = scenario->contacts[role].name;
    return actor;
}

struct milestone *scenario_milestone(const struct scenario *scenario, size_t i)
{
    assert_true(i < scenario->milestones.count);
    return LIST_AT(struct milestone, scenario->milestones, i);
}

static void perform(const struct scenario *scenario, struct actor actor,
                    const struct operation *operation, void *in, void *out)
{
    assert_result(scenario->stage, stage_perform(scenario->stage, actor, operation, in, out), OK);
}

/* ---- steps --------------------------------------------------------------------------------- */

static struct contact make_contact(const struct scenario *scenario, enum contact_role role,
                                   const char *name)
{
    char id[ID_TEXT_SIZE];
    struct contact contact = {
        .id = new_id(scenario->stage->app.clock),
        .client_id = scenario->client.id,
        .name = name,
        .title = "head of everything",
        .role = role,
        .created_at = STAGE_NOW_MS,
    };
    contact.email =
        arena_format(scenario->stage->arena, "%s@client.example", id_format(contact.id, id));
    return contact;
}

void scenario_client(struct scenario *scenario, struct stage *stage)
{
    *scenario = (struct scenario){.stage = stage};
    scenario->client = (struct client){
        .id = new_id(stage->app.clock),
        .name = "Client & Sons",
        .address = "Main Street 1\n10115 Berlin",
        .country = "DE",
        .tax_id = "DE123456789",
        .reference = "PO-4711",
        .billing_email = "billing@client.example",
        .currency = "EUR",
        .time_zone = "Europe/Berlin",
        .payment_days = 30,
        .created_at = STAGE_NOW_MS,
    };
    scenario->contacts[CONTACT_APPROVER] = make_contact(scenario, CONTACT_APPROVER, "Ada Approver");
    scenario->contacts[CONTACT_PAYER] = make_contact(scenario, CONTACT_PAYER, "Paul Payer");
    scenario->contacts[CONTACT_VIEWER] = make_contact(scenario, CONTACT_VIEWER, "Vera Viewer");
    struct scenario in = *scenario;
    perform(scenario, (struct actor){0}, &insert_people_operation, &in, scenario);
}

void scenario_engagement(struct scenario *scenario)
{
    char id[ID_TEXT_SIZE];
    struct engagement in = {
        .client_id = scenario->client.id,
        .title = arena_format(scenario->stage->arena, "Dashboard %s",
                              id_format(scenario->client.id, id)),
        .reference = "PO-4711",
        .kickoff_day = DAY_NONE,
    };
    perform(scenario, scenario_owner(scenario), &create_engagement_operation, &in,
            &scenario->engagement);
}

static void confirm_requirements(const struct scenario *scenario)
{
    struct actor approver = scenario_contact(scenario, CONTACT_APPROVER);
    struct subject subject = {scenario->engagement.id};
    struct requirement_set set;
    struct requirement_confirmation confirmation;
    perform(scenario, approver, &show_requirement_set_operation, &subject, &set);
    struct confirm_requirements confirm = {scenario->engagement.id, set.set_hash};
    perform(scenario, approver, &confirm_requirements_operation, &confirm, &confirmation);
}

void scenario_requirements(struct scenario *scenario, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct criterion criterion = {.text = "it does what it says"};
        struct requirement in = {
            .engagement_id = scenario->engagement.id,
            .text = arena_format(scenario->stage->arena, "Requirement number %zu", i + 1),
            .priority = PRIORITY_MUST,
            .criteria = {&criterion, 1},
        };
        struct requirement out;
        perform(scenario, scenario_owner(scenario), &add_requirement_operation, &in, &out);
    }
    confirm_requirements(scenario);
}

static struct contract_terms *make_terms(struct arena *arena)
{
    struct contract_terms *terms = arena_alloc(arena, sizeof *terms);
    shape_init(&contract_terms_shape, terms);
    terms->payment_days = 30;
    terms->acceptance_days = 14;
    terms->time_zone = "Europe/Berlin";
    terms->jurisdiction = "Germany";
    return terms;
}

static struct texts one_text(struct arena *arena, const char *text)
{
    return (struct texts){arena_copy(arena, &text, sizeof text), 1};
}

static struct plan_milestone make_milestone(struct arena *arena, size_t number, int32_t due_day)
{
    struct deliverable *deliverable = arena_alloc(arena, sizeof *deliverable);
    *deliverable = (struct deliverable){"report", DELIVERABLE_FILE, NULL};
    return (struct plan_milestone){
        .code = arena_format(arena, "M%zu", number),
        .title = arena_format(arena, "Milestone number %zu", number),
        .price_minor = SCENARIO_PRICE_MINOR,
        .tax_category = TAX_STANDARD,
        .tax_rate_ppm = SCENARIO_TAX_PPM,
        .start_day = DAY_NONE,
        .due_day = due_day,
        .deliverables = {deliverable, 1},
        .after = one_text(arena, arena_format(arena, "M%zu", number - 1)),
        .criteria = one_text(arena, arena_format(arena, "R%zu.1", number)),
        .percent_ppm = INTEGER_NONE,
        .period_price_minor = INTEGER_NONE,
        .settled_minor = INTEGER_NONE,
        .settled_periods = INTEGER_NONE,
    };
}

struct plan *scenario_plan(const struct scenario *scenario, size_t count)
{
    struct arena *arena = scenario->stage->arena;
    struct plan_milestone *milestones = arena_array(arena, count, sizeof *milestones);
    for (size_t i = 0; i < count; i++)
        milestones[i] = make_milestone(arena, i + 1, time_day(STAGE_NOW_MS) + 7 * ((int32_t)i + 1));
    milestones[0].after = (struct texts){0};
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    *plan = (struct plan){
        .currency = "EUR",
        .total_minor = SCENARIO_PRICE_MINOR * (int64_t)count,
        .summary = "What was talked about",
        .milestones = {milestones, count},
        .terms = make_terms(arena),
    };
    return plan;
}

struct plan_milestone *scenario_planned(const struct plan *plan, size_t i)
{
    assert_true(i < plan->milestones.count);
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

void scenario_draft(struct scenario *scenario, struct plan *plan)
{
    struct proposal in = {
        .engagement_id = scenario->engagement.id,
        .plan = plan,
        .valid_until_day = time_day(STAGE_NOW_MS) + 14,
    };
    perform(scenario, scenario_owner(scenario), &create_proposal_operation, &in,
            &scenario->proposal);
}

void scenario_send(struct scenario *scenario)
{
    struct subject subject = {scenario->proposal.id};
    perform(scenario, scenario_owner(scenario), &send_proposal_operation, &subject,
            &scenario->proposal);
}

void scenario_accept(struct scenario *scenario)
{
    struct subject subject = {scenario->proposal.id};
    perform(scenario, scenario_contact(scenario, CONTACT_APPROVER), &accept_proposal_operation,
            &subject, &scenario->proposal);
}

void scenario_draw_up(struct scenario *scenario)
{
    struct subject subject = {scenario->engagement.id};
    perform(scenario, scenario_owner(scenario), &create_contract_operation, &subject,
            &scenario->contract);
}

void scenario_send_contract(struct scenario *scenario)
{
    struct signer signers[] = {
        {SIDE_AGENCY, scenario->owner.id, "managing director"},
        {SIDE_CLIENT, scenario->contacts[CONTACT_APPROVER].id, NULL},
    };
    struct send_contract in = {scenario->contract.id, {signers, 2}};
    perform(scenario, scenario_owner(scenario), &send_contract_operation, &in, &scenario->contract);
}

void scenario_sign(struct scenario *scenario)
{
    struct sign_contract in = {
        .id = scenario->contract.id,
        .document_hash = scenario->contract.document_hash,
        .consent = "I have read the whole document and sign it electronically.",
    };
    perform(scenario, scenario_owner(scenario), &sign_contract_operation, &in, &scenario->contract);
    perform(scenario, scenario_contact(scenario, CONTACT_APPROVER), &sign_contract_operation, &in,
            &scenario->contract);
    scenario_load(scenario, &engagement_shape, scenario->engagement.id, &scenario->engagement);
    scenario_load_milestones(scenario);
}

void scenario_agreed(struct scenario *scenario, struct stage *stage, size_t count)
{
    scenario_client(scenario, stage);
    scenario_engagement(scenario);
    scenario_requirements(scenario, count);
    scenario_draft(scenario, scenario_plan(scenario, count));
    scenario_send(scenario);
    scenario_accept(scenario);
}

void scenario_signed(struct scenario *scenario, struct stage *stage, size_t count)
{
    scenario_agreed(scenario, stage, count);
    scenario_draw_up(scenario);
    scenario_send_contract(scenario);
    scenario_sign(scenario);
}
