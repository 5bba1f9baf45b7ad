#include "main/sample_sprint.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/limits.h"

struct sprint {
    const char *code;
    const char *starts;
    const char *submitted;
    const char *refused; /* the first submission, with this reason; then done again the next day */
    const char *accepted;
    const char *carried; /* the criterion that it is accepted without, to the next sprint */
};

/* Days of acceptance from the documents where they are known (S0, S2), else within the review days
 * after the sprint. The refusal, what is carried and S5 are made up, to show what is done then. */
static const struct sprint sprints[] = {
    {"S0", "2016-06-09", "2016-06-22", NULL, "2016-06-22", NULL},
    {"S1", "2016-06-23", "2016-06-30", NULL, "2016-07-01", NULL},
    {"S2", "2016-07-05", "2016-07-07", "The staging site cannot be read with a screen reader",
     "2016-07-08", NULL},
    {"S3", "2016-07-15", "2016-07-28", NULL, "2016-08-01", "Q2"},
    {"S4", "2016-08-02", "2016-08-15", NULL, "2016-08-19", NULL},
    {"S5", "2016-09-06", "2016-09-14", NULL, "2016-09-16", NULL},
};

/* ---- its beginning ------------------------------------------------------------------------- */

/* What the days moved that the client let pass. */
static void tell_lateness(struct scenes *scenes, const json_t *owed)
{
    struct play *play = scenes->play;
    size_t i, j;
    json_t *slip, *move;
    json_t *slips = play_call(play, &scenes->approver, "GET", NULL,
                              "/engagements/%s/obligation-slips", scenes->engagement_id);
    json_array_foreach(json_object_get(slips, "items"), i, slip)
    {
        if (strcmp(text_of(slip, "obligation_id"), text_of(owed, "id")) != 0)
            continue;
        json_array_foreach(json_object_get(slip, "milestones"), j, move)
        {
            play_tell(play, "waymark",
                      "%s is late and moves %s from %s to %s; signed is %s as before",
                      text_of(owed, "code"), text_of(move, "code"), text_of(move, "from_due_day"),
                      text_of(move, "to_due_day"), text_of(move, "signed_due_day"));
        }
    }
    json_decref(slips);
}

static void supply(struct scenes *scenes, const char *milestone_id)
{
    struct play *play = scenes->play;
    size_t i, j;
    json_t *one, *waiting;
    json_t *owed = play_call(play, &scenes->approver, "GET", NULL,
                             "/engagements/%s/obligations?state=open", scenes->engagement_id);
    json_array_foreach(json_object_get(owed, "items"), i, one)
    {
        json_array_foreach(json_object_get(one, "milestones"), j, waiting)
        {
            if (strcmp(text_of(waiting, "milestone_id"), milestone_id) != 0)
                continue;
            tell_lateness(scenes, one);
            json_decref(play_call(play, &scenes->approver, "POST", NULL, "/obligations/%s/fulfil",
                                  text_of(one, "id")));
            play_tell(play, "client", "supplies %s: %s", text_of(one, "code"),
                      text_of(one, "text"));
        }
    }
    json_decref(owed);
}

void sample_begin(struct scenes *scenes, int at)
{
    struct play *play = scenes->play;
    const json_t *milestone = sampled_milestone(scenes, sprints[at].code);
    const char *id = play_text(play, milestone, "id");
    play_scene(play, text_of(milestone, "title"));
    later(scenes, sprints[at].starts, 14);
    json_decref(play_call(play, &scenes->agency, "POST", NULL, "/milestones/%s/start", id));
    supply(scenes, id);
}

/* ---- its tasks and their time -------------------------------------------------------------- */

static const struct sample_maker *owner_of(const struct scenes *scenes, const json_t *task)
{
    bool is_first = strcmp(text_of(task, "owner_id"), scenes->makers[0].id) == 0;
    return &scenes->makers[is_first ? 0 : 1];
}

static void record_day(struct scenes *scenes, const json_t *task, int32_t day)
{
    char text[DAY_TEXT_SIZE];
    const struct sample_maker *maker = owner_of(scenes, task);
    json_decref(play_call(scenes->play, &maker->voice, "POST",
                          json_pack("{s:s, s:s, s:i, s:s, s:s}", "task_id", text_of(task, "id"),
                                    "day", day_format(day, text), "minutes", SAMPLE_DAY_MINUTES,
                                    "role", maker->role, "note", text_of(task, "title")),
                          "/engagements/%s/time-entries", scenes->engagement_id));
}

static void record_days(struct scenes *scenes, const json_t *task)
{
    int32_t day, last;
    if (scenes->play->error || day_parse(text_of(task, "planned_start_day"), &day, NULL) ||
        day_parse(text_of(task, "planned_due_day"), &last, NULL))
        return;
    for (; day <= last; day++) {
        if (day_weekday(day) <= FRIDAY)
            record_day(scenes, task, day);
    }
}

void sample_take_up(struct scenes *scenes, int number)
{
    struct play *play = scenes->play;
    json_t *task = task_by_number(scenes, number);
    const struct api_voice *maker = &owner_of(scenes, task)->voice;
    const char *id = text_of(task, "id");
    later(scenes, text_of(task, "planned_start_day"), 15);
    json_decref(play_call(play, maker, "POST", NULL, "/tasks/%s/ready", id));
    json_decref(play_call(play, maker, "POST", NULL, "/tasks/%s/start", id));
    json_decref(task);
}

void sample_finish(struct scenes *scenes, int number)
{
    struct play *play = scenes->play;
    json_t *task = task_by_number(scenes, number);
    const struct api_voice *maker = &owner_of(scenes, task)->voice;
    later(scenes, text_of(task, "planned_due_day"), 22);
    record_days(scenes, task);
    json_decref(play_call(play, maker, "POST", NULL, "/tasks/%s/finish", text_of(task, "id")));
    play_tell(play, "agency", "%s is done: %s", text_of(task, "code"), text_of(task, "title"));
    json_decref(task);
}

void sample_work(struct scenes *scenes, int number)
{
    sample_take_up(scenes, number);
    sample_finish(scenes, number);
}

static void approve_time(struct scenes *scenes, const char *milestone_id)
{
    struct play *play = scenes->play;
    json_int_t minutes = 0;
    size_t i;
    json_t *one;
    json_t *waiting =
        play_call(play, &scenes->agency, "GET", NULL,
                  "/time-entries?milestone_id=%s&state=submitted&limit=200", milestone_id);
    json_array_foreach(json_object_get(waiting, "items"), i, one)
    {
        json_decref(play_call(play, &scenes->agency, "POST", NULL, "/time-entries/%s/approve",
                              text_of(one, "id")));
        minutes += json_integer_value(json_object_get(one, "minutes"));
    }
    play_tell(play, "agency", "approves %lld hours of work", (long long)minutes / 60);
    json_decref(waiting);
}

/* ---- handing over, refusing, accepting ----------------------------------------------------- */

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
    static const char *const asked[] = {"criteria", "carried_criteria"};
    size_t i;
    json_t *code;
    for (size_t at = 0; at < sizeof asked / sizeof *asked; at++)
        json_array_foreach(json_object_get(milestone, asked[at]), i, code)
            json_array_append_new(decisions, json_pack("{s:O, s:b}", "criterion", code, "met", 1));
    return decisions;
}

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

/* All criteria are met but for one that is carried to the next sprint. */
static json_t *decisions_of(const struct sprint *sprint, const json_t *milestone)
{
    json_t *decisions = all_met(milestone);
    size_t i;
    json_t *one;
    json_array_foreach(decisions, i, one)
    {
        if (!sprint->carried || strcmp(text_of(one, "criterion"), sprint->carried) != 0)
            continue;
        json_object_set_new(one, "met", json_false());
        json_object_set_new(one, "severity", json_string("minor"));
        json_object_set_new(one, "note", json_string("The printed pages were not checked yet"));
        json_object_set_new(one, "remedy", json_string("carry"));
        json_object_set_new(one, "carry_to", json_string((sprint + 1)->code));
    }
    return decisions;
}

static void accept(struct scenes *scenes, const struct sprint *sprint, const json_t *milestone,
                   const char *submission_id)
{
    struct play *play = scenes->play;
    later(scenes, sprint->accepted, 18);
    json_t *decisions = decisions_of(sprint, milestone);
    size_t met = json_array_size(decisions) - (sprint->carried ? 1 : 0);
    json_t *acceptance =
        play_call(play, &scenes->approver, "POST", json_pack("{s:o}", "decisions", decisions),
                  "/submissions/%s/accept", submission_id);
    if (sprint->carried)
        play_tell(play, "client", "carries %s to %s: The printed pages were not checked yet",
                  sprint->carried, (sprint + 1)->code);
    play_tell(play, "client", "accepts, %s met: %s", counted(play, met, "criterion", "criteria"),
              fetch_paper(scenes, "certificates", play_text(play, acceptance, "certificate_id"),
                          "document", arena_format(play->arena, "acceptance-%s", sprint->code)));
    json_decref(acceptance);
}

void sample_hand_over(struct scenes *scenes, int at)
{
    struct play *play = scenes->play;
    const struct sprint *sprint = &sprints[at];
    const json_t *milestone = sampled_milestone(scenes, sprint->code);
    if (play->error)
        return;
    const char *id = play_text(play, milestone, "id");
    approve_time(scenes, id);
    later(scenes, sprint->submitted, 16);
    const char *submission_id = hand_over(scenes, milestone, id);
    if (sprint->refused)
        submission_id = send_back(scenes, sprint, milestone, id, submission_id);
    accept(scenes, sprint, milestone, submission_id);
    read_milestones(scenes);
}

/* ---- what is reported ---------------------------------------------------------------------- */

static const char *const report_days[] = {
    "2016-06-24", "2016-07-08", "2016-07-22", "2016-08-05",
    "2016-08-19", "2016-09-02", "2016-09-16",
};

/* It was sent by itself when the day began. */
void sample_report(struct scenes *scenes, int number)
{
    struct play *play = scenes->play;
    later(scenes, report_days[number - 1], 13);
    json_t *list =
        play_call(play, &scenes->approver, "GET", NULL,
                  "/engagements/%s/status-reports?sort=-id&limit=1", scenes->engagement_id);
    const json_t *sent = json_array_get(json_object_get(list, "items"), 0);
    json_int_t recipients = json_integer_value(json_object_get(sent, "recipients"));
    play_tell(play, "waymark", "sends status report %lld to %lld contacts: %s",
              (long long)json_integer_value(json_object_get(sent, "number")), (long long)recipients,
              fetch_paper(scenes, "status-reports", play_text(play, sent, "id"), "document",
                          arena_format(play->arena, "status-report-%d", number)));
    json_decref(list);
}

/* ---- what is billed, and paid -------------------------------------------------------------- */

/* Paid within the terms of thirty days. */
static const struct {
    const char *name;
    const char *milestone; /* the first of those accepted in it */
    const char *issued;
    const char *paid;
} months[SAMPLE_MONTHS] = {
    {"June", "S0", "2016-07-05", "2016-08-04"},
    {"July", "S1", "2016-08-05", "2016-08-29"},
    {"August", "S3", "2016-09-05", "2016-09-28"},
    {"September", "S5", "2016-10-05", "2016-10-21"},
};

void sample_bill(struct scenes *scenes, int at)
{
    struct play *play = scenes->play;
    later(scenes, months[at].issued, 13);
    json_t *list = play_call(play, &scenes->agency, "GET", NULL, "/invoices?milestone_id=%s",
                             text_of(sampled_milestone(scenes, months[at].milestone), "id"));
    const json_t *first = json_array_get(json_object_get(list, "items"), 0);
    json_t *invoice =
        play_call(play, &scenes->agency, "GET", NULL, "/invoices/%s", text_of(first, "id"));
    json_decref(list);
    const char *number = play_text(play, invoice, "number");
    struct sample_bill *bill = &scenes->bills[at];
    bill->reference = play_text(play, invoice, "reference");
    bill->total = arena_text(play->arena, total_of(invoice, "total"));
    play_tell(
        play, "waymark", "bills %s, %s: invoice %s over %s USD: %s", months[at].name,
        counted(play, json_array_size(json_object_get(invoice, "lines")), "sprint", "sprints"),
        number, bill->total,
        fetch_paper(scenes, "invoices", play_text(play, invoice, "id"), "document",
                    arena_format(play->arena, "invoice-%s", number)));
    json_decref(invoice);
}

void sample_pay(struct scenes *scenes, int at)
{
    struct play *play = scenes->play;
    const struct sample_bill *bill = &scenes->bills[at];
    later(scenes, months[at].paid, 15);
    json_decref(play_call(play, &scenes->agency, "POST",
                          json_pack("{s:s, s:o, s:s, s:s, s:s}", "client_id", scenes->client_id,
                                    "amount", usd(bill->total), "received_day", months[at].paid,
                                    "method", "bank_transfer", "payer_reference", bill->reference),
                          "/payments"));
    play_tell(play, "agency", "receives %s USD with reference %s", bill->total, bill->reference);
}
