#include "main/sample_scenes.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "main/sample_change.h"
#include "main/sample_foresight.h"
#include "main/sample_plan.h"
#include "main/sample_sprint.h"
#include "platform/file.h"

/* ---- people -------------------------------------------------------------------------------- */

static void open_agency(struct scenes *scenes, const char *password_path)
{
    struct play *play = scenes->play;
    char *password = NULL;
    size_t size;
    if (!play->error)
        play->error =
            file_read(play->arena, password_path, SHORT_TEXT_LIMIT, &password, &size, play->fault);
    scenes->password = password;
    enter_agency(scenes);
    json_t *who = play_call(play, &scenes->agency, "GET", NULL, "/session");
    scenes->owner_id = play_text(play, who, "id");
    json_decref(who);
}

static void complete_agency(struct scenes *scenes)
{
    struct play *play = scenes->play;
    json_t *company = play_call(play, &scenes->agency, "GET", NULL, "/company");
    json_t *profile =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", "TrueTandem",
                  "legal_name", "TrueTandem LLC", "address", "1 Sample Street\nReston, VA 20190",
                  "country", "US", "email", "billing@truetandem.example", "phone", "+1 555 0100",
                  "time_zone", "America/New_York", "currency", "USD", "remittance",
                  "TrueTandem LLC, 1 Sample Street, Reston, VA 20190", "paper", "letter");
    json_decref(play_call_at(play, &scenes->agency, "PUT", profile, company, "/company"));
    json_decref(company);
}

struct contact_role_line {
    const char *name;
    const char *email;
    const char *role;
};

static void meet_client(struct scenes *scenes)
{
    const struct contact_role_line contacts[SAMPLE_CONTACTS] = {
        {"Contracting Officer's Representative", scenes->approver_email, "approver"},
        {"Procurement Project Manager", "procurement@18f.example", "payer"},
        {"Product Owner", "product.owner@18f.example", "viewer"},
        {"Product Manager", "product.manager@18f.example", "viewer"},
    };
    struct play *play = scenes->play;
    const json_t *client = json_object_get(scenes->sample, "client");
    json_t *made = play_call(
        play, &scenes->agency, "POST",
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "name", text_of(client, "name"),
                  "address", "1800 F Street NW\nWashington, DC 20405", "country",
                  text_of(client, "country"), "reference", text_of(client, "reference"),
                  "billing_email", "procurement@18f.example", "currency", "USD", "time_zone",
                  text_of(client, "time_zone"), "payment_days", 30),
        "/clients");
    scenes->client_id = play_text(play, made, "id");
    json_decref(made);
    for (size_t i = 0; i < SAMPLE_CONTACTS; i++) {
        json_t *contact = play_call(play, &scenes->agency, "POST",
                                    json_pack("{s:s, s:s, s:s, s:s}", "name", contacts[i].name,
                                              "title", contacts[i].name, "email", contacts[i].email,
                                              "role", contacts[i].role),
                                    "/clients/%s/contacts", scenes->client_id);
        scenes->contact_ids[i] = play_text(play, contact, "id");
        json_decref(contact);
    }
    play_tell(play, "agency", "client %s with four contacts", text_of(client, "name"));
    play_enter(play, scenes->approver_email, &scenes->approver);
    play_tell(play, "client", "the contracting officer's representative enters by a one-time link");
}

/* ---- requirements -------------------------------------------------------------------------- */

/* A requirement is shown to work; what is out of scope has no criterion. */
static json_t *criteria_of_requirement(const json_t *requirement, const char *code)
{
    if (strcmp(text_of(requirement, "priority"), "out of scope") == 0)
        return json_array();
    char criterion[SHORT_TEXT_LIMIT];
    snprintf(criterion, sizeof criterion, "%s.1", code);
    return json_pack("[{s:s, s:s}]", "code", criterion, "text",
                     "Shown to the client and found to do what the requirement says");
}

static json_t *quality_criteria(const json_t *sample)
{
    json_t *criteria = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(sample, "quality_criteria"), i, one)
    {
        json_array_append_new(criteria,
                              json_pack("{s:s, s:s, s:s, s:s}", "code", text_of(one, "id"), "text",
                                        text_of(one, "name"), "measure", text_of(one, "measure"),
                                        "checked_by", text_of(one, "checked_by")));
    }
    return criteria;
}

static const char *priority_of(const json_t *requirement)
{
    const char *priority = text_of(requirement, "priority");
    return strcmp(priority, "out of scope") == 0 ? "out_of_scope" : priority;
}

static void write_requirements(struct scenes *scenes)
{
    struct play *play = scenes->play;
    const json_t *requirements = json_object_get(scenes->sample, "requirements");
    size_t i;
    json_t *one;
    json_array_foreach(requirements, i, one)
    {
        const char *code = text_of(one, "id");
        json_decref(play_call(play, &scenes->agency, "POST",
                              json_pack("{s:s, s:s, s:s, s:o}", "code", code, "text",
                                        text_of(one, "text"), "priority", priority_of(one),
                                        "criteria", criteria_of_requirement(one, code)),
                              "/engagements/%s/requirements", scenes->engagement_id));
    }
    json_decref(
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:s, s:s, s:s, s:o}", "code", "Q", "text",
                            "The work meets the quality assurance surveillance plan", "priority",
                            "must", "criteria", quality_criteria(scenes->sample)),
                  "/engagements/%s/requirements", scenes->engagement_id));
    play_tell(play, "agency", "%zu requirements with acceptance criteria, and 5 quality criteria",
              json_array_size(requirements));
}

static void confirm_requirements(struct scenes *scenes)
{
    struct play *play = scenes->play;
    json_t *set = play_call(play, &scenes->approver, "GET", NULL,
                            "/engagements/%s/requirements/set", scenes->engagement_id);
    const char *hash = play_text(play, set, "set_hash");
    json_decref(set);
    json_decref(play_call(play, &scenes->approver, "POST", json_pack("{s:s}", "set_hash", hash),
                          "/engagements/%s/requirements/confirm", scenes->engagement_id));
    play_tell(play, "client", "confirms the set, SHA-256 %.16s...", hash);
}

static void consult(struct scenes *scenes)
{
    struct play *play = scenes->play;
    const json_t *client = json_object_get(scenes->sample, "client");
    play_scene(play, "Consultation and requirements");
    json_t *engagement = play_call(
        play, &scenes->agency, "POST",
        json_pack("{s:s, s:s, s:s, s:s}", "client_id", scenes->client_id, "title",
                  "FedRAMP dashboard", "reference", text_of(client, "reference"), "summary",
                  "A public dashboard of cloud authorisations, built in two-week sprints"),
        "/engagements");
    scenes->engagement_id = play_text(play, engagement, "id");
    json_decref(engagement);
    play_tell(play, "agency", "opens the engagement \"FedRAMP dashboard\"");
    write_requirements(scenes);
    later(scenes, "2016-05-20", 15);
    confirm_requirements(scenes);
}

/* ---- proposal ------------------------------------------------------------------------------ */

static bool is_link(const char *title)
{
    return strstr(title, "prototype") || strstr(title, "dashboard") || strstr(title, "repository");
}

static json_t *plan_deliverables(const json_t *milestone)
{
    json_t *deliverables = json_array();
    size_t i;
    json_t *title;
    json_array_foreach(json_object_get(milestone, "deliverables"), i, title)
    {
        const char *text = json_string_value(title);
        json_array_append_new(deliverables, json_pack("{s:s, s:s}", "title", text, "kind",
                                                      is_link(text) ? "link" : "file"));
    }
    return deliverables;
}

/* R1 is met by its criterion R1.1; Q1 is a criterion itself. */
static json_t *plan_criteria(const json_t *milestone)
{
    json_t *criteria = json_array();
    size_t i;
    json_t *covered;
    json_array_foreach(json_object_get(milestone, "covers"), i, covered)
    {
        char code[SHORT_TEXT_LIMIT];
        const char *text = json_string_value(covered);
        snprintf(code, sizeof code, text[0] == 'R' ? "%s.1" : "%s", text);
        json_array_append_new(criteria, json_string(code));
    }
    return criteria;
}

static json_t *plan_milestones(const json_t *sample)
{
    json_t *milestones = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(sample, "milestones"), i, one)
    {
        json_t *after = json_object_get(one, "after");
        json_array_append_new(
            milestones,
            json_pack("{s:s, s:s, s:o, s:s, s:i, s:s, s:s, s:o, s:o, s:o}", "code",
                      text_of(one, "id"), "title", text_of(one, "name"), "price",
                      usd(text_of(one, "amount")), "tax_category", "outside_scope", "tax_rate_ppm",
                      0, "start_day", text_of(one, "starts"), "due_day", text_of(one, "ends"),
                      "deliverables", plan_deliverables(one), "after",
                      after ? json_incref(after) : json_array(), "criteria", plan_criteria(one)));
    }
    return milestones;
}

static json_t *plan_of(const struct play *play, const json_t *sample)
{
    const json_t *terms = json_object_get(sample, "terms");
    return json_pack(
        "{s:s, s:o, s:s, s:o, s:{s:O, s:O, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s}}",
        "currency", "USD", "total", usd(text_of(terms, "total")), "summary",
        "Firm fixed price for five sprints, each paid when it is accepted in writing.",
        "milestones", plan_milestones(sample), "terms", "payment_days",
        json_object_get(terms, "payment_days"), "acceptance_days",
        json_object_get(terms, "review_days_after_sprint"), "acceptance_day_kind", "calendar",
        "silence", "none", "partial_acceptance", "by_criterion", "billing_mode", "monthly",
        "billing_day", 5, "time_zone", "America/New_York", "tax_note",
        "Outside the scope of sales tax", "jurisdiction", "United States", "prose",
        arena_format(play->arena, "Work that is not accepted is %s.",
                     text_of(terms, "rejected_work")));
}

static void propose(struct scenes *scenes)
{
    struct play *play = scenes->play;
    play_scene(play, "Proposal");
    later(scenes, "2016-05-23", 14);
    json_t *proposal = play_call(play, &scenes->agency, "POST",
                                 json_pack("{s:o, s:s}", "plan", plan_of(play, scenes->sample),
                                           "valid_until_day", "2016-06-10"),
                                 "/engagements/%s/proposals", scenes->engagement_id);
    const char *id = play_text(play, proposal, "id");
    play_tell(play, "agency", "drafts 5 milestones that sum to %s USD",
              total_of(proposal, "total"));
    json_decref(proposal);
    sample_estimate(scenes, id);
    json_decref(play_call(play, &scenes->agency, "POST", NULL, "/proposals/%s/send", id));
    play_tell(play, "agency", "sends it, valid until 10 June");
    later(scenes, "2016-05-24", 15);
    json_decref(play_call(play, &scenes->approver, "POST", NULL, "/proposals/%s/view", id));
    play_tell(play, "client", "reads it");
    later(scenes, "2016-05-27", 15);
    json_decref(play_call(play, &scenes->approver, "POST", NULL, "/proposals/%s/accept", id));
    play_tell(play, "client", "accepts it");
}

/* ---- contract ------------------------------------------------------------------------------ */

static void sign(struct scenes *scenes, const struct api_voice *voice, const char *who)
{
    struct play *play = scenes->play;
    json_t *text = play_call(play, voice, "GET", NULL, "/contracts/%s/text", scenes->contract_id);
    const char *hash = play_text(play, text, "document_hash");
    json_decref(text);
    json_decref(play_call(play, voice, "POST",
                          json_pack("{s:s, s:s}", "document_hash", hash, "consent",
                                    "I have read this contract and sign it electronically."),
                          "/contracts/%s/sign", scenes->contract_id));
    play_tell(play, who, "signs SHA-256 %.16s...", hash);
}

static void contract(struct scenes *scenes)
{
    struct play *play = scenes->play;
    play_scene(play, "Contract");
    later(scenes, "2016-06-01", 14);
    json_t *made = play_call(play, &scenes->agency, "POST", NULL, "/engagements/%s/contracts",
                             scenes->engagement_id);
    scenes->contract_id = play_text(play, made, "id");
    json_decref(made);
    json_t *sent =
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}]}", "signers", "side", "agency",
                            "signer_id", scenes->owner_id, "role", "Project manager", "side",
                            "client", "signer_id", scenes->contact_ids[0], "role",
                            "Contracting officer's representative"),
                  "/contracts/%s/send", scenes->contract_id);
    play_tell(play, "agency", "freezes contract %s and sends it to its signers",
              text_of(sent, "number"));
    json_decref(sent);
    sign(scenes, &scenes->agency, "agency");
    later(scenes, "2016-06-06", 15);
    sign(scenes, &scenes->approver, "client");
}

/* ---- kickoff ------------------------------------------------------------------------------- */

static void record_meeting(struct scenes *scenes, const char *day)
{
    struct play *play = scenes->play;
    json_t *record =
        json_pack("{s:s, s:s, s:b, s:s, s:[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}], s:[{s:s}, {s:s}], "
                  "s:[{s:s, s:s, s:s, s:s}]}",
                  "title", "Kickoff", "day", day, "is_shared", 1, "notes",
                  "The team was introduced, and the plan read together.", "participants", "side",
                  "agency", "name", "Project Manager", "side", "agency", "name", "Technical Lead",
                  "side", "client", "name", "Contracting Officer's Representative", "decisions",
                  "text", "A status report comes every two weeks.", "text",
                  "Each sprint is reviewed before the next begins.", "actions", "text",
                  "Open the repository with the flat file", "side", "client", "owner_name",
                  "Product Owner", "due_day", "2016-06-22");
    json_t *meeting = play_call(play, &scenes->agency, "POST", record, "/engagements/%s/meetings",
                                scenes->engagement_id);
    play_tell(play, "agency", "shares the record of the kickoff: %s, %s",
              counted(play, json_array_size(json_object_get(meeting, "decisions")), "decision",
                      "decisions"),
              counted(play, json_array_size(json_object_get(meeting, "actions")), "thing to do",
                      "things to do"));
    json_decref(meeting);
}

/* Takes the baseline. */
static void kick_off(struct scenes *scenes, int sprint)
{
    struct play *play = scenes->play;
    const char *day = text_of(json_object_get(scenes->sample, "terms"), "kickoff_day");
    play_scene(play, "Kickoff");
    later(scenes, day, 13);
    json_decref(play_call(play, &scenes->agency, "POST",
                          json_pack("{s:s, s:s}", "kickoff_day", day, "kickoff_note",
                                    "Team introduced; a status report every two weeks."),
                          "/engagements/%s/kickoff", scenes->engagement_id));
    play_tell(play, "both", "kickoff; the contract as signed: %s",
              fetch_paper(scenes, "contracts", scenes->contract_id, "document/signed",
                          "contract-signed"));
    record_meeting(scenes, day);
    play_scene(play, arena_format(play->arena, "Sprint %d goes on", sprint));
}

/* ---- the end ------------------------------------------------------------------------------- */

static size_t count_rows(const json_t *rows, const char *change, bool is_moved)
{
    size_t count = 0;
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        bool moved = json_integer_value(json_object_get(row, "variance_days")) != 0;
        count += strcmp(text_of(row, "change"), change) == 0 && moved == is_moved;
    }
    return count;
}

static long long number_of(const json_t *object, const char *member)
{
    return json_integer_value(json_object_get(object, member));
}

/* How much was worked, and what of the plan as it was at the kickoff is still so. */
static void look_back(struct scenes *scenes)
{
    struct play *play = scenes->play;
    play_scene(play, "Looking back");
    json_t *tracking = play_call(play, &scenes->agency, "GET", NULL, "/engagements/%s/tracking",
                                 scenes->engagement_id);
    const json_t *total = json_object_get(tracking, "total");
    play_tell(play, "agency", "%lld hours worked, %lld expected; %lld of %lld due days kept",
              number_of(total, "approved_minutes") / 60, number_of(total, "estimated_minutes") / 60,
              number_of(total, "deadlines_kept"), number_of(total, "deadlines"));
    json_decref(tracking);
    json_t *baselines = play_call(play, &scenes->agency, "GET", NULL, "/engagements/%s/baselines",
                                  scenes->engagement_id);
    const json_t *first = json_array_get(json_object_get(baselines, "items"), 0);
    json_t *variance = play_call(play, &scenes->agency, "GET", NULL, "/baselines/%s/variance",
                                 text_of(first, "id"));
    const json_t *rows = json_object_get(variance, "rows");
    play_tell(play, "agency",
              "since the kickoff's baseline %zu planned days stayed, %zu moved, %zu came",
              count_rows(rows, "kept", false), count_rows(rows, "kept", true),
              count_rows(rows, "added", false));
    json_decref(variance);
    json_decref(baselines);
}

static void close_the_books(struct scenes *scenes)
{
    struct play *play = scenes->play;
    play_scene(play, "Contract position");
    json_t *position = play_call(play, &scenes->approver, "GET", NULL, "/engagements/%s/position",
                                 scenes->engagement_id);
    play_tell(play, "both", "sum %s, accepted %s, invoiced %s, paid %s, left %s USD",
              total_of(position, "sum_to_date"), total_of(position, "accepted"),
              total_of(position, "invoiced"), total_of(position, "paid"),
              total_of(position, "left"));
    json_decref(position);
}

/* ---- what comes after what ----------------------------------------------------------------- */

static const struct {
    void (*act)(struct scenes *scenes, int number);
    int number;
} order[] = {
    /* clang-format off */
    {sample_begin, 0}, {sample_work, 1},     {kick_off, 0},       {sample_work, 2},
                       {sample_hand_over, 0},
    {sample_begin, 1}, {sample_report, 1},   {sample_work, 3},    {sample_work, 4},
                       {sample_hand_over, 1},
    {sample_bill, 0},
    {sample_begin, 2}, {sample_work, 5},     {sample_work, 6},    {sample_hand_over, 2},
    {sample_report, 2},
    {sample_begin, 3}, {sample_take_up, 7},  {sample_take_up, 8}, {sample_finish, 7},
    {sample_report, 3},                      {sample_finish, 8},  {sample_hand_over, 3},
    {sample_begin, 4}, {sample_work, 9},     {sample_pay, 0},     {sample_bill, 1},
    {sample_report, 4}, {sample_look_ahead, 4},
                       {sample_slip, 10},    {sample_take_up, 10},
    {sample_change, 4},
                       {sample_finish, 10},  {sample_work, 11},   {sample_hand_over, 4},
    {sample_report, 5}, {sample_pay, 1},
    {sample_report, 6}, {sample_bill, 2},
    {sample_begin, 5}, {sample_work, 12},    {sample_work, 13},   {sample_hand_over, 5},
    {sample_report, 7},
    {sample_pay, 2},   {sample_bill, 3},     {sample_pay, 3},
    /* clang-format on */
};

void sample_scenes(struct play *play, const json_t *sample, const char *owner_email,
                   const char *approver_email, const char *password_path)
{
    struct scenes scenes = {
        .play = play,
        .sample = sample,
        .owner_email = owner_email,
        .approver_email = approver_email,
    };
    if (!play->error)
        puts("The sample engagement, played through the API with the clock set to its days");
    play_scene(play, "Agency and client");
    open_agency(&scenes, password_path);
    complete_agency(&scenes);
    sample_meet_makers(&scenes);
    meet_client(&scenes);
    consult(&scenes);
    propose(&scenes);
    contract(&scenes);
    sample_plan_work(&scenes);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        order[i].act(&scenes, order[i].number);
    look_back(&scenes);
    close_the_books(&scenes);
    json_decref(scenes.milestones);
}
