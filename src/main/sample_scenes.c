#include "main/sample_scenes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/limits.h"
#include "base/must.h"
#include "platform/file.h"

/* The engagement as it goes. */
struct scenes {
    struct play *play;
    const json_t *sample;
    struct api_voice agency;
    struct api_voice approver;
    const char *owner_email;
    const char *password;
    const char *approver_email;
    const char *client_id;
    const char *approver_id;
    const char *owner_id;
    const char *engagement_id;
    const char *contract_id;
    json_t *milestones; /* as the API lists them */
};

static const char *text_of(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text ? text : "";
}

static const char *total_of(const json_t *object, const char *member)
{
    return text_of(json_object_get(object, member), "amount");
}

static json_t *usd(const char *amount)
{
    return json_pack("{s:s, s:s}", "amount", amount, "currency", "USD");
}

/* ---- helpers ------------------------------------------------------------------------------- */

/* Keeps a paper as a PDF, for people to look at. Gives its path. */
static const char *fetch_paper(struct scenes *scenes, const char *kind, const char *id,
                               const char *document, const char *name)
{
    struct play *play = scenes->play;
    const char *bytes;
    size_t size;
    const char *directory = arena_format(play->arena, "%s/papers", play->house->config->data);
    const char *path = arena_format(play->arena, "%s/%s.pdf", directory, name);
    const char *address = arena_format(play->arena, "/%s/%s/%s", kind, id, document);
    if (!play->error)
        play->error = directory_make(directory, 0700, play->fault);
    if (!play->error)
        play->error = api_client_fetch(play->client, &scenes->agency, address, play->arena, &bytes,
                                       &size, play->fault);
    if (!play->error)
        play->error = file_write(path, bytes, size, 0600, play->fault);
    return path;
}

static const char *counted(const struct play *play, size_t count, const char *one, const char *many)
{
    return arena_format(play->arena, "%zu %s", count, count == 1 ? one : many);
}

/* ---- people -------------------------------------------------------------------------------- */

static void enter_agency(struct scenes *scenes)
{
    struct play *play = scenes->play;
    if (!play->error)
        play->error =
            api_client_sign_in(play->client, play->arena, "truetandem", scenes->owner_email,
                               scenes->password, &scenes->agency, play->fault);
}

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

/* Goes on at a later moment: sessions have ended by then, so both sides enter anew. */
static void later(struct scenes *scenes, const char *day, int hour)
{
    play_at(scenes->play, day, hour);
    enter_agency(scenes);
    play_enter(scenes->play, scenes->approver_email, &scenes->approver);
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
    const struct contact_role_line contacts[] = {
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
    for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++) {
        json_t *contact = play_call(play, &scenes->agency, "POST",
                                    json_pack("{s:s, s:s, s:s, s:s}", "name", contacts[i].name,
                                              "title", contacts[i].name, "email", contacts[i].email,
                                              "role", contacts[i].role),
                                    "/clients/%s/contacts", scenes->client_id);
        if (i == 0)
            scenes->approver_id = play_text(play, contact, "id");
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

/* A sprint starts the day after the one before it ends, the first with the kickoff. */
static json_t *plan_milestones(const json_t *sample)
{
    json_t *milestones = json_array();
    char start[DAY_TEXT_SIZE];
    size_t i;
    json_t *one;
    snprintf(start, sizeof start, "%s", text_of(json_object_get(sample, "terms"), "kickoff_day"));
    json_array_foreach(json_object_get(sample, "milestones"), i, one)
    {
        json_t *after = json_object_get(one, "after");
        json_array_append_new(
            milestones,
            json_pack("{s:s, s:s, s:o, s:s, s:i, s:s, s:s, s:o, s:o, s:o}", "code",
                      text_of(one, "id"), "title", text_of(one, "name"), "price",
                      usd(text_of(one, "amount")), "tax_category", "outside_scope", "tax_rate_ppm",
                      0, "start_day", start, "due_day", text_of(one, "ends"), "deliverables",
                      plan_deliverables(one), "after", after ? json_incref(after) : json_array(),
                      "criteria", plan_criteria(one)));
        int32_t end;
        if (day_parse(text_of(one, "ends"), &end, NULL) == OK)
            day_format(end + 1, start);
    }
    return milestones;
}

static json_t *plan_of(const struct play *play, const json_t *sample)
{
    const json_t *terms = json_object_get(sample, "terms");
    return json_pack("{s:s, s:o, s:s, s:o, s:{s:O, s:O, s:s, s:s, s:s, s:s, s:s, s:s}}", "currency",
                     "USD", "total", usd(text_of(terms, "total")), "summary",
                     "Firm fixed price for five sprints, each paid when it is accepted in writing.",
                     "milestones", plan_milestones(sample), "terms", "payment_days",
                     json_object_get(terms, "payment_days"), "acceptance_days",
                     json_object_get(terms, "review_days_after_sprint"), "acceptance_day_kind",
                     "calendar", "silence", "none", "time_zone", "America/New_York", "tax_note",
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
    json_t *sent = play_call(
        play, &scenes->agency, "POST",
        json_pack("{s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}]}", "signers", "side", "agency",
                  "signer_id", scenes->owner_id, "role", "Project manager", "side", "client",
                  "signer_id", scenes->approver_id, "role", "Contracting officer's representative"),
        "/contracts/%s/send", scenes->contract_id);
    play_tell(play, "agency", "freezes contract %s and sends it to its signers",
              text_of(sent, "number"));
    json_decref(sent);
    sign(scenes, &scenes->agency, "agency");
    later(scenes, "2016-06-06", 15);
    sign(scenes, &scenes->approver, "client");
    later(scenes, text_of(json_object_get(scenes->sample, "terms"), "kickoff_day"), 14);
    json_decref(play_call(play, &scenes->agency, "POST",
                          json_pack("{s:s, s:s}", "kickoff_day", "2016-06-16", "kickoff_note",
                                    "Team introduced; status report at the end of each sprint."),
                          "/engagements/%s/kickoff", scenes->engagement_id));
    play_tell(play, "both", "kickoff; the contract as signed: %s",
              fetch_paper(scenes, "contracts", scenes->contract_id, "document/signed",
                          "contract-signed"));
    scenes->milestones = play_call(play, &scenes->agency, "GET", NULL, "/engagements/%s/milestones",
                                   scenes->engagement_id);
}

/* ---- one milestone ------------------------------------------------------------------------- */

static const json_t *milestone_by_code(struct scenes *scenes, const char *code)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(scenes->milestones, "items"), i, one)
    {
        if (strcmp(text_of(one, "code"), code) == 0)
            return one;
    }
    return NULL;
}

static const char *upload_report(struct scenes *scenes, const char *title, const char *code)
{
    struct play *play = scenes->play;
    json_t *file = NULL;
    char name[SHORT_TEXT_LIMIT];
    snprintf(name, sizeof name, "%s-%s.md", title, code);
    for (char *at = name; *at; at++)
        *at = *at == ' ' ? '-' : *at;
    const char *text = arena_format(
        play->arena, "# %s, %s\n\nWhat was done, what comes next, what blocks.\n", title, code);
    const char *path =
        arena_format(play->arena, "/engagements/%s/files?name=%s", scenes->engagement_id, name);
    if (!play->error)
        play->error = api_client_upload(play->client, &scenes->agency, path, "text/markdown", text,
                                        strlen(text), &file, play->fault);
    const char *id = play_text(play, file, "id");
    json_decref(file);
    return id;
}

static json_t *deliverables_for(struct scenes *scenes, const json_t *milestone)
{
    json_t *out = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(milestone, "deliverables"), i, one)
    {
        const char *title = text_of(one, "title");
        if (strcmp(text_of(one, "kind"), "link") == 0)
            json_array_append_new(out, json_pack("{s:s, s:s, s:s}", "title", title, "kind", "link",
                                                 "link", "https://staging.truetandem.example/"));
        else
            json_array_append_new(
                out, json_pack("{s:s, s:s, s:s}", "title", title, "kind", "file", "file_id",
                               upload_report(scenes, title, text_of(milestone, "code"))));
    }
    return out;
}

static json_t *all_met(const json_t *milestone)
{
    json_t *decisions = json_array();
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(milestone, "criteria"), i, code)
        json_array_append_new(decisions, json_pack("{s:O, s:b}", "criterion", code, "met", 1));
    return decisions;
}

static void pay_invoice(struct scenes *scenes, const char *milestone_id, const char *paid_on)
{
    struct play *play = scenes->play;
    json_t *list =
        play_call(play, &scenes->agency, "GET", NULL, "/invoices?milestone_id=%s", milestone_id);
    const json_t *invoice = json_array_get(json_object_get(list, "items"), 0);
    const char *id = play_text(play, invoice, "id");
    const char *number = play_text(play, invoice, "number");
    const char *reference = play_text(play, invoice, "reference");
    const char *total = arena_text(play->arena, total_of(invoice, "total"));
    json_decref(list);
    play_tell(play, "waymark", "issues invoice %s over %s USD: %s", number, total,
              fetch_paper(scenes, "invoices", id, "document",
                          arena_format(play->arena, "invoice-%s", number)));
    later(scenes, paid_on, 15);
    json_decref(play_call(play, &scenes->agency, "POST",
                          json_pack("{s:s, s:o, s:s, s:s, s:s}", "client_id", scenes->client_id,
                                    "amount", usd(total), "received_day", paid_on, "method",
                                    "bank_transfer", "payer_reference", reference),
                          "/payments"));
    play_tell(play, "agency", "receives %s USD with reference %s", total, reference);
}

struct sprint {
    const char *code;
    const char *starts;
    const char *submitted;
    const char *refused; /* the first submission, with this reason; then done again the next day */
    const char *accepted;
    const char *paid; /* within the terms, before the next sprint's acceptance where it was */
};

/* Days of acceptance from the documents where they are known (S0, S2), else within the review days
 * after the sprint. The refusal and S5 are made up, to show what is done then. */
static const struct sprint sprints[] = {
    {"S0", "2016-06-16", "2016-06-22", NULL, "2016-06-22", "2016-06-29"},
    {"S1", "2016-06-29", "2016-06-30", NULL, "2016-07-01", "2016-07-05"},
    {"S2", "2016-07-05", "2016-07-07", "The staging site cannot be read with a screen reader",
     "2016-07-08", "2016-07-20"},
    {"S3", "2016-07-20", "2016-07-28", NULL, "2016-08-01", "2016-08-10"},
    {"S4", "2016-08-12", "2016-08-15", NULL, "2016-08-19", "2016-09-12"},
    {"S5", "2016-09-12", "2016-09-14", NULL, "2016-09-16", "2016-09-30"},
};

/* Gives the submission's id. */
static const char *hand_over(struct scenes *scenes, const json_t *milestone, const char *id)
{
    struct play *play = scenes->play;
    json_t *submission =
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:o}", "deliverables", deliverables_for(scenes, milestone)),
                  "/milestones/%s/submissions", id);
    play_tell(play, "agency", "hands over %s",
              counted(play, json_array_size(json_object_get(submission, "deliverables")),
                      "deliverable", "deliverables"));
    const char *submission_id = play_text(play, submission, "id");
    json_decref(submission);
    return submission_id;
}

/* The last criterion is not met. Gives the id of the submission that is handed over the next day.
 */
static const char *send_back(struct scenes *scenes, const struct sprint *sprint,
                             const json_t *milestone, const char *id, const char *submission_id)
{
    struct play *play = scenes->play;
    json_t *decisions = all_met(milestone);
    json_t *last = json_array_get(decisions, json_array_size(decisions) - 1);
    json_object_set_new(last, "met", json_false());
    json_object_set_new(last, "severity", json_string("major"));
    later(scenes, sprint->submitted, 19);
    json_decref(play_call(play, &scenes->approver, "POST",
                          json_pack("{s:o, s:s, s:s}", "decisions", decisions, "reason_code",
                                    "criterion_not_met", "reason", sprint->refused),
                          "/submissions/%s/reject", submission_id));
    play_tell(play, "client", "refuses: %s", sprint->refused);
    json_decref(play_call(play, &scenes->agency, "POST", NULL, "/milestones/%s/rework", id));
    later(scenes, sprint->accepted, 13);
    return hand_over(scenes, milestone, id);
}

static void accept(struct scenes *scenes, const struct sprint *sprint, const json_t *milestone,
                   const char *submission_id)
{
    struct play *play = scenes->play;
    later(scenes, sprint->accepted, 18);
    json_t *acceptance = play_call(play, &scenes->approver, "POST",
                                   json_pack("{s:o}", "decisions", all_met(milestone)),
                                   "/submissions/%s/accept", submission_id);
    play_tell(play, "client", "accepts, %s met: %s",
              counted(play, json_array_size(json_object_get(milestone, "criteria")), "criterion",
                      "criteria"),
              fetch_paper(scenes, "certificates", play_text(play, acceptance, "certificate_id"),
                          "document", arena_format(play->arena, "acceptance-%s", sprint->code)));
    json_decref(acceptance);
}

static void sprint(struct scenes *scenes, const struct sprint *sprint)
{
    struct play *play = scenes->play;
    const json_t *milestone = milestone_by_code(scenes, sprint->code);
    if (play->error)
        return;
    must(milestone);
    const char *id = play_text(play, milestone, "id");
    play_scene(play, text_of(milestone, "title"));
    later(scenes, sprint->starts, 14);
    json_decref(play_call(play, &scenes->agency, "POST", NULL, "/milestones/%s/start", id));
    later(scenes, sprint->submitted, 16);
    const char *submission_id = hand_over(scenes, milestone, id);
    if (sprint->refused)
        submission_id = send_back(scenes, sprint, milestone, id, submission_id);
    accept(scenes, sprint, milestone, submission_id);
    pay_invoice(scenes, id, sprint->paid);
}

/* ---- a change ------------------------------------------------------------------------------ */

/* The plan as signed with a last sprint more, and the one before it three days later. */
static json_t *changed_plan(struct scenes *scenes)
{
    struct play *play = scenes->play;
    json_t *contract =
        play_call(play, &scenes->agency, "GET", NULL, "/contracts/%s", scenes->contract_id);
    json_t *plan = json_deep_copy(json_object_get(contract, "plan"));
    json_decref(contract);
    if (play->error)
        return plan;
    json_t *milestones = json_object_get(plan, "milestones");
    json_t *last = json_array_get(milestones, json_array_size(milestones) - 1);
    json_object_set_new(last, "due_day", json_string("2016-08-18"));
    json_array_append_new(
        milestones,
        json_pack("{s:s, s:s, s:o, s:s, s:i, s:s, s:[{s:s, s:s}], s:[s], s:[s]}", "code", "S5",
                  "title", "Sprint 5: what a test with screen readers found", "price",
                  usd("6000.00"), "tax_category", "outside_scope", "tax_rate_ppm", 0, "due_day",
                  "2016-09-16", "deliverables", "title", "accessibility report", "kind", "file",
                  "after", "S4", "criteria", "Q2"));
    json_object_set_new(plan, "total", usd("126000.00"));
    return plan;
}

static const char *compose(struct scenes *scenes)
{
    struct play *play = scenes->play;
    json_t *order =
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:s, s:s, s:o, s:s}", "title", "Accessibility", "purpose",
                            "The client wants a test with people who use screen "
                            "readers, and what it finds put right",
                            "plan", changed_plan(scenes), "valid_until_day", "2016-08-12"),
                  "/engagements/%s/change-orders", scenes->engagement_id);
    const char *id = play_text(play, order, "id");
    json_decref(order);
    json_decref(play_call(
        play, &scenes->agency, "POST",
        json_pack("{s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}]}", "signers", "side", "agency",
                  "signer_id", scenes->owner_id, "role", "Project manager", "side", "client",
                  "signer_id", scenes->approver_id, "role", "Contracting officer's representative"),
        "/change-orders/%s/propose", id));
    return id;
}

static void sign_change(struct scenes *scenes, const struct api_voice *voice, const char *who,
                        const char *id)
{
    struct play *play = scenes->play;
    json_t *text = play_call(play, voice, "GET", NULL, "/change-orders/%s/text", id);
    const char *hash = play_text(play, text, "document_hash");
    json_decref(text);
    json_decref(play_call(play, voice, "POST",
                          json_pack("{s:s, s:s}", "document_hash", hash, "consent",
                                    "I have read this change and sign it electronically."),
                          "/change-orders/%s/sign", id));
    play_tell(play, who, "signs SHA-256 %.16s...", hash);
}

static void change(struct scenes *scenes)
{
    struct play *play = scenes->play;
    play_scene(play, "Change order");
    later(scenes, "2016-08-10", 18);
    const char *id = compose(scenes);
    json_t *effect =
        play_call(play, &scenes->approver, "GET", NULL, "/change-orders/%s/effect", id);
    play_tell(play, "agency", "proposes a last sprint: %s USD more, the end moves from %s to %s",
              total_of(effect, "change"), text_of(effect, "end_before_day"),
              text_of(effect, "end_after_day"));
    json_decref(effect);
    sign_change(scenes, &scenes->agency, "agency", id);
    later(scenes, "2016-08-11", 15);
    sign_change(scenes, &scenes->approver, "client", id);
    play_tell(play, "both", "the change as signed: %s",
              fetch_paper(scenes, "change-orders", id, "document/signed", "change-1-signed"));
    json_decref(scenes->milestones);
    scenes->milestones = play_call(play, &scenes->agency, "GET", NULL, "/engagements/%s/milestones",
                                   scenes->engagement_id);
}

/* ---- the end ------------------------------------------------------------------------------- */

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
    meet_client(&scenes);
    consult(&scenes);
    propose(&scenes);
    contract(&scenes);
    for (size_t i = 0; i < sizeof sprints / sizeof *sprints; i++) {
        if (strcmp(sprints[i].code, "S4") == 0)
            change(&scenes);
        sprint(&scenes, &sprints[i]);
    }
    close_the_books(&scenes);
    json_decref(scenes.milestones);
}
