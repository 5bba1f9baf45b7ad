#include "scene.h"

#include "action/contract_position.h"
#include "action/engagement.h"
#include "action/file.h"
#include "action/job.h"
#include "action/milestone.h"
#include "action/outbox.h"
#include "action/submission.h"
#include "base/day.h"
#include "base/json.h"
#include "platform/random.h"
#include "store/job.h"

/* ---- time ---------------------------------------------------------------------------------- */

int64_t moment(const char *text)
{
    int64_t time_ms = 0;
    assert_int_equal(time_parse(text, &time_ms, NULL), OK);
    return time_ms;
}

void set_time(struct scene *scene, const char *text)
{
    clock_set(&scene->stage->clock, moment(text));
}

void run_until(struct scene *scene, const char *text)
{
    set_time(scene, text);
    run_due_jobs(scene->stage);
}

/* ---- rows ---------------------------------------------------------------------------------- */

struct put {
    const struct shape *shape;
    void *row;
    bool is_there;
};

static enum error put(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct put *in = input;
    (void)output;
    happened(call, "test.put", call_id(call), (struct id){0});
    return in->is_there ? save_row(call, in->shape, in->row, fault)
                        : insert_row(call, in->shape, in->row, fault);
}

static const struct operation put_operation = {
    .name = "put",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .run = put,
};

void put_row(struct stage *stage, const struct shape *shape, void *row)
{
    struct put in = {shape, row, false};
    assert_result(stage, stage_perform(stage, (struct actor){0}, &put_operation, &in, NULL), OK);
}

void change_row(struct stage *stage, const struct shape *shape, void *row)
{
    struct put in = {shape, row, true};
    assert_result(stage, stage_perform(stage, (struct actor){0}, &put_operation, &in, NULL), OK);
}

static struct store read_as_agency(struct stage *stage)
{
    assert_int_equal(db_begin(stage->reading, &stage->fault), OK);
    return (struct store){
        .tables = stage->app.tables,
        .session = stage->reading,
        .arena = stage->arena,
        .company = 1,
        .viewer = {.is_agency = true},
    };
}

void get_row(struct stage *stage, const struct shape *shape, struct id id, void *row)
{
    struct store store = read_as_agency(stage);
    assert_result(stage, store_load(&store, shape, id, row, &stage->fault), OK);
    db_rollback(stage->reading);
}

/* ---- what follows -------------------------------------------------------------------------- */

static struct list due_jobs(struct stage *stage)
{
    struct list jobs;
    struct store store = read_as_agency(stage);
    assert_result(stage,
                  list_due_jobs(&store, clock_now_ms(&stage->clock), 0, &jobs, &stage->fault), OK);
    db_rollback(stage->reading);
    return jobs;
}

size_t run_due_jobs(struct stage *stage)
{
    size_t count = 0;
    struct list jobs;
    while ((jobs = due_jobs(stage)).count > 0) {
        for (size_t i = 0; i < jobs.count; i++, count++) {
            struct due_job *due = LIST_AT(struct due_job, jobs, i);
            struct call call = call_by(&stage->app, stage->arena, due->number, ACTOR_SYSTEM);
            assert_result(stage,
                          perform_writing(&call, stage->writer, NULL, &run_job_operation, &due->job,
                                          NULL, &stage->fault),
                          OK);
        }
    }
    return count;
}

static const char paper_sql[] = "SELECT snapshot FROM document WHERE company = :company"
                                " AND subject_id = :subject_id AND kind = :kind";

const char *paper_of(struct stage *stage, struct id subject_id, enum document_kind kind)
{
    struct document_row document;
    bool found;
    struct store store = read_as_agency(stage);
    const char *name = choice_name(&document_kind_choices, (int)kind);
    assert_result(
        stage,
        store_find(&store, tables_statement(stage->app.tables, "paper_of", paper_sql),
                   PARAMS({"subject_id", value_id(&subject_id)}, {"kind", value_text(name)}),
                   &document_shape, &document, &found, &stage->fault),
        OK);
    db_rollback(stage->reading);
    assert_true(found);
    return document.snapshot;
}

static const char mail_sql[] =
    "SELECT id, kind, state, attempts, event, subject_id, recipient, payload, created_at"
    " FROM outbox WHERE company = :company AND kind = 'mail' AND recipient = :recipient"
    " AND subject_id = :subject_id ORDER BY id";

static const char *mail_body(struct stage *stage, const char *payload)
{
    struct mail_payload mail;
    json_t *object;
    assert_int_equal(json_parse_object(payload, strlen(payload), &object, &stage->fault), OK);
    assert_int_equal(
        json_read_shape(stage->arena, &mail_payload_shape, object, &mail, &stage->fault), OK);
    json_decref(object);
    return mail.body;
}

size_t count_mail(struct stage *stage, const char *recipient, struct id subject_id,
                  const char **last_body)
{
    struct list messages;
    struct store store = read_as_agency(stage);
    assert_result(stage,
                  store_list(&store, tables_statement(stage->app.tables, "mail_to", mail_sql),
                             PARAMS({"recipient", value_text(recipient)},
                                    {"subject_id", value_id(&subject_id)}),
                             &outbox_shape, &messages, &stage->fault),
                  OK);
    db_rollback(stage->reading);
    if (last_body && messages.count > 0)
        *last_body =
            mail_body(stage, LIST_AT(struct outbox, messages, messages.count - 1)->payload);
    return messages.count;
}

static void report_message(struct stage *stage, struct id message_id, enum outbox_state state,
                           int64_t delivered_at)
{
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_SYSTEM);
    struct delivery_report report = {0};
    get_row(stage, &outbox_shape, message_id, &report.message);
    report.message.state = state;
    report.message.next_at = 0;
    report.message.delivered_at = delivered_at;
    assert_result(stage,
                  perform_writing(&call, stage->writer, NULL, &report_delivery_operation, &report,
                                  NULL, &stage->fault),
                  OK);
}

void deliver_message(struct stage *stage, struct id message_id, int64_t at)
{
    report_message(stage, message_id, OUTBOX_DELIVERED, at);
}

void give_up_message(struct stage *stage, struct id message_id)
{
    report_message(stage, message_id, OUTBOX_DEAD, 0);
}

/* ---- the engagement ------------------------------------------------------------------------ */

static struct actor put_user(struct scene *scene, enum user_role role, struct user *user)
{
    struct stage *stage = scene->stage;
    char id[ID_TEXT_SIZE];
    struct actor actor = stage_user(role);
    actor.id = new_id(&stage->clock);
    *user = (struct user){
        .id = actor.id,
        .email = arena_format(stage->arena, "%s@acme.example", id_format(actor.id, id)),
        .name = actor.name,
        .role = role,
        .created_at = STAGE_NOW_MS,
    };
    put_row(stage, &user_shape, user);
    return actor;
}

static void put_people(struct scene *scene)
{
    struct user user;
    struct scenario other;
    scenario_client(&other, scene->stage);
    scene->stranger = scenario_contact(&other, CONTACT_APPROVER);
    scene->owner = scenario_owner(&scene->scenario);
    scene->manager = put_user(scene, USER_DELIVERY, &scene->manager_row);
    scene->finance = put_user(scene, USER_FINANCE, &user);
    scene->auditor = put_user(scene, USER_AUDITOR, &user);
    scene->approver = scenario_contact(&scene->scenario, CONTACT_APPROVER);
    scene->approver_row = scene->scenario.contacts[CONTACT_APPROVER];
    scene->payer = scenario_contact(&scene->scenario, CONTACT_PAYER);
    scene->viewer = scenario_contact(&scene->scenario, CONTACT_VIEWER);
}

/* From the engagement to the signed contract. */
static void sign(struct scene *scene, const struct contract_terms *terms, plan_change *change)
{
    struct scenario *scenario = &scene->scenario;
    scenario_engagement(scenario);
    scenario_requirements(scenario, SCENE_MILESTONES);
    struct plan *plan = scenario_plan(scenario, SCENE_MILESTONES);
    if (terms)
        *plan->terms = *terms;
    if (change)
        change(plan);
    scenario_draft(scenario, plan);
    scenario_send(scenario);
    scenario_accept(scenario);
    scenario_draw_up(scenario);
    scenario_send_contract(scenario);
    scenario_sign(scenario);
    scene->engagement = scenario->engagement;
    for (size_t i = 0; i < SCENE_MILESTONES; i++)
        scene->milestones[i] = *scenario_milestone(scenario, i);
}

void scene_set(struct scene *scene, struct stage *stage, const struct contract_terms *terms)
{
    *scene = (struct scene){.stage = stage};
    scenario_client(&scene->scenario, stage);
    sign(scene, terms, NULL);
    put_people(scene);
}

void scene_set_as(struct scene *scene, struct stage *stage, plan_change *change)
{
    *scene = (struct scene){.stage = stage};
    scenario_client(&scene->scenario, stage);
    sign(scene, NULL, change);
    put_people(scene);
}

void scene_set_beside(struct scene *scene, const struct scene *first)
{
    *scene = *first;
    sign(scene, NULL, NULL);
}

/* ---- work ---------------------------------------------------------------------------------- */

static void perform(struct scene *scene, struct actor actor, const struct operation *operation,
                    void *in, void *out)
{
    assert_result(scene->stage, stage_perform(scene->stage, actor, operation, in, out), OK);
}

struct file scene_file(struct scene *scene)
{
    char id[ID_TEXT_SIZE];
    struct file file;
    const char *text = arena_format(scene->stage->arena, "report %s\n",
                                    id_format(new_id(&scene->stage->clock), id));
    struct upload_file in = {
        .engagement_id = scene->engagement.id,
        .name = "report.txt",
        .content = {text, strlen(text)},
    };
    perform(scene, scene->manager, &upload_file_operation, &in, &file);
    return file;
}

struct submission scene_submit(struct scene *scene, size_t number)
{
    struct milestone *milestone = &scene->milestones[number];
    struct subject subject = {milestone->id};
    struct submission submission;
    get_row(scene->stage, &milestone_shape, milestone->id, milestone);
    if (milestone->state == MILESTONE_READY)
        perform(scene, scene->manager, &start_milestone_operation, &subject, milestone);
    struct delivered delivered = {.title = "report", .file_id = scene_file(scene).id};
    struct submit_milestone in = {
        .milestone_id = milestone->id,
        .deliverables = {&delivered, 1},
    };
    perform(scene, scene->manager, &submit_milestone_operation, &in, &submission);
    return submission;
}

struct decision *scene_decision(struct scene *scene, size_t number, bool met,
                                enum severity severity)
{
    struct decision *decision = arena_alloc(scene->stage->arena, sizeof *decision);
    *decision = (struct decision){
        .criterion = scene->milestones[number].criteria.texts[0],
        .met = met,
        .severity = severity,
        .correct_by_day = DAY_NONE,
    };
    return decision;
}

struct acceptance scene_accept(struct scene *scene, size_t number,
                               const struct submission *submission)
{
    struct acceptance acceptance;
    struct decide_submission in = {
        .submission_id = submission->id,
        .decisions = {scene_decision(scene, number, true, SEVERITY_NONE), 1},
    };
    perform(scene, scene->approver, &accept_submission_operation, &in, &acceptance);
    return acceptance;
}

struct contract_position scene_position(const struct scene *scene)
{
    struct contract_position position;
    struct subject subject = {scene->engagement.id};
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->owner, &show_contract_position_operation,
                                &subject, &position),
                  OK);
    return position;
}

struct actor scene_second_approver(struct scene *scene)
{
    struct contact contact = scene->approver_row;
    struct actor actor = scene->approver;
    contact.id = new_id(&scene->stage->clock);
    contact.version = 1;
    contact.name = "Bert Budget";
    contact.email = arena_format(scene->stage->arena, "bert.%s", scene->approver_row.email);
    put_row(scene->stage, &contact_shape, &contact);
    actor.id = contact.id;
    actor.name = contact.name;
    return actor;
}

void scene_accept_all(struct scene *scene)
{
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        struct submission submission = scene_submit(scene, i);
        scene_accept(scene, i, &submission);
    }
}

enum error scene_complete(struct scene *scene, struct engagement *engagement)
{
    struct subject in = {scene->engagement.id};
    return stage_perform(scene->stage, scene->owner, &complete_engagement_operation, &in,
                         engagement);
}
