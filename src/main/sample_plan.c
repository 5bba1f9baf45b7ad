#include "main/sample_plan.h"

#include <string.h>

/* ---- who does it --------------------------------------------------------------------------- */

static const struct {
    const char *name;
    const char *email;
    const char *role; /* on the rate card */
    const char *cost_per_hour;
    const char *price_per_hour;
} makers[SAMPLE_MAKERS] = {
    {"Technical Lead", "technical.lead@truetandem.example", "lead", "180.00", "290.00"},
    {"Developer, Ignition72", "developer@ignition72.example", "developer", "150.00", "240.00"},
};

void sample_meet_makers(struct scenes *scenes)
{
    struct play *play = scenes->play;
    for (size_t i = 0; i < SAMPLE_MAKERS; i++) {
        struct sample_maker *maker = &scenes->makers[i];
        json_t *user = play_call(play, &scenes->agency, "POST",
                                 json_pack("{s:s, s:s, s:s}", "name", makers[i].name, "email",
                                           makers[i].email, "role", "delivery"),
                                 "/users");
        maker->id = play_text(play, user, "id");
        maker->role = makers[i].role;
        json_decref(user);
        json_t *token = play_call(play, &scenes->agency, "POST",
                                  json_pack("{s:s, s:s, s:[s, s], s:s}", "name", "Time sheet",
                                            "user_id", maker->id, "scopes", "read", "write",
                                            "expires_at", "2016-12-31T00:00:00Z"),
                                  "/tokens");
        maker->voice = (struct api_voice){.token = play_text(play, token, "secret")};
        json_decref(token);
    }
    play_tell(play, "agency", "a technical lead, and a developer of its partner Ignition72");
}

/* ---- what it is expected to take ----------------------------------------------------------- */

/* The hours that are most likely, of each who does it, and whether they work side by side. */
static const struct {
    const char *code;
    int people;
    int hours[SAMPLE_MAKERS];
} efforts[] = {
    {"S0", 1, {16, 16}}, {"S1", 1, {16, 24}}, {"S2", 1, {8, 8}},
    {"S3", 2, {40, 64}}, {"S4", 1, {40, 32}},
};

static const char *write_rates(struct scenes *scenes)
{
    struct play *play = scenes->play;
    json_t *rates = json_array();
    for (size_t i = 0; i < SAMPLE_MAKERS; i++)
        json_array_append_new(rates, json_pack("{s:s, s:s, s:s}", "role", makers[i].role,
                                               "cost_per_hour", makers[i].cost_per_hour,
                                               "price_per_hour", makers[i].price_per_hour));
    json_t *card = play_call(
        play, &scenes->agency, "POST",
        json_pack("{s:s, s:s, s:o}", "name", "Rates of 2016", "currency", "USD", "rates", rates),
        "/rate-cards");
    const char *id = play_text(play, card, "id");
    json_decref(card);
    return id;
}

static json_t *estimated_milestones(void)
{
    json_t *milestones = json_array();
    for (size_t i = 0; i < sizeof efforts / sizeof *efforts; i++) {
        json_t *lines = json_array();
        for (size_t at = 0; at < SAMPLE_MAKERS; at++) {
            int minutes = efforts[i].hours[at] * 60;
            json_array_append_new(lines,
                                  json_pack("{s:s, s:i, s:i, s:i}", "role", makers[at].role,
                                            "optimistic_minutes", minutes * 3 / 4, "likely_minutes",
                                            minutes, "pessimistic_minutes", minutes * 3 / 2));
        }
        json_array_append_new(milestones, json_pack("{s:s, s:i, s:o}", "code", efforts[i].code,
                                                    "people", efforts[i].people, "efforts", lines));
    }
    return milestones;
}

static void simulate(struct scenes *scenes, const char *estimate_id)
{
    struct play *play = scenes->play;
    json_t *simulation =
        play_call(play, &scenes->agency, "GET", NULL,
                  "/estimates/%s/simulation?runs=10000&seed=7&start_day=2016-06-09", estimate_id);
    const json_t *whole = json_object_get(simulation, "whole");
    play_tell(play, "agency",
              "runs the plan 10000 times: half end by %s, 95 of 100 by %s and at a cost of %s USD",
              text_of(whole, "finish_50_day"), text_of(whole, "finish_95_day"),
              total_of(whole, "cost_95"));
    json_decref(simulation);
}

void sample_estimate(struct scenes *scenes, const char *proposal_id)
{
    struct play *play = scenes->play;
    const char *card = write_rates(scenes);
    json_t *estimate =
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:s, s:i, s:o}", "rate_card_id", card, "contingency_ppm", 100000,
                            "milestones", estimated_milestones()),
                  "/proposals/%s/estimate", proposal_id);
    const char *id = play_text(play, estimate, "id");
    json_decref(estimate);
    json_t *figures = play_call(play, &scenes->agency, "GET", NULL, "/estimates/%s/figures", id);
    const json_t *total = json_object_get(figures, "total");
    json_int_t minutes = json_integer_value(json_object_get(total, "expected_minutes"));
    play_tell(play, "agency", "expects %lld hours at a cost of %s USD, and a margin of %s USD",
              (long long)(minutes + 30) / 60, total_of(total, "cost"), total_of(total, "margin"));
    json_decref(figures);
    simulate(scenes, id);
}

/* ---- team and communication ---------------------------------------------------------------- */

static void name_team(struct scenes *scenes)
{
    const struct {
        const char *kind;
        const char *id;
        const char *part;
    } team[] = {
        {"user_id", scenes->owner_id, "project_manager"},
        {"user_id", scenes->makers[0].id, "technical_lead"},
        {"user_id", scenes->makers[1].id, "developer"},
        {"contact_id", scenes->contact_ids[0], "decision_maker"},
        {"contact_id", scenes->contact_ids[1], "procurement"},
        {"contact_id", scenes->contact_ids[2], "product_owner"},
        {"contact_id", scenes->contact_ids[3], "subject_expert"},
    };
    size_t count = sizeof team / sizeof *team;
    for (size_t i = 0; i < count; i++)
        json_decref(play_call(scenes->play, &scenes->agency, "POST",
                              json_pack("{s:s, s:s, s:s}", team[i].kind, team[i].id, "part",
                                        team[i].part, "from_day", "2016-06-09"),
                              "/engagements/%s/team", scenes->engagement_id));
    play_tell(scenes->play, "agency", "a team of %zu from both sides", count);
}

static void agree_rhythm(struct scenes *scenes)
{
    static const struct {
        const char *title;
        const char *channel;
        const char *audience;
        const char *rhythm;
        const char *weekday;
    } rhythms[] = {
        {"Stand-up", "video call", "Product owner and team", "weekly", "monday"},
        {"Sprint review", "video call", "All", "biweekly", "thursday"},
    };
    struct play *play = scenes->play;
    for (size_t i = 0; i < sizeof rhythms / sizeof *rhythms; i++)
        json_decref(play_call(play, &scenes->agency, "POST",
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "title", rhythms[i].title,
                                        "channel", rhythms[i].channel, "audience",
                                        rhythms[i].audience, "rhythm", rhythms[i].rhythm, "weekday",
                                        rhythms[i].weekday, "from_day", "2016-06-16"),
                              "/engagements/%s/communications", scenes->engagement_id));
    json_t *calendar =
        play_call(play, &scenes->agency, "GET", NULL,
                  "/engagements/%s/communication-calendar?from_day=2016-06-16&until_day=2016-08-15",
                  scenes->engagement_id);
    play_tell(play, "agency", "a stand-up each week, a review every two: %zu dates until 15 August",
              json_array_size(json_object_get(calendar, "dates")));
    json_decref(calendar);
    json_decref(play_call(play, &scenes->agency, "PUT",
                          json_pack("{s:s, s:s}", "rhythm", "biweekly", "first_day", "2016-06-24"),
                          "/engagements/%s/report-rhythm", scenes->engagement_id));
    play_tell(play, "agency", "a status report by itself every two weeks, from 24 June");
}

/* ---- what the client owes ------------------------------------------------------------------ */

static void ask_client(struct scenes *scenes)
{
    static const struct {
        const char *text;
        const char *due_day;
        const char *milestone;
    } asked[] = {
        {"The user research that exists", "2016-06-10", "S0"},
        {"Access to the repository with the flat file", "2016-06-22", "S1"},
    };
    struct play *play = scenes->play;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const json_t *milestone = sampled_milestone(scenes, asked[i].milestone);
        json_t *made =
            play_call(play, &scenes->agency, "POST",
                      json_pack("{s:s, s:s, s:s, s:[{s:s}]}", "text", asked[i].text, "due_day",
                                asked[i].due_day, "contact_id", scenes->contact_ids[0],
                                "milestones", "milestone_id", text_of(milestone, "id")),
                      "/engagements/%s/obligations", scenes->engagement_id);
        play_tell(play, "agency", "asks by %s for %s: %s", asked[i].due_day, text_of(made, "code"),
                  asked[i].text);
        json_decref(made);
    }
}

/* ---- tasks --------------------------------------------------------------------------------- */

/* In the order in which they begin, T1, T2 ..., as planned at first. The two take turns. */
static const struct task_line {
    const char *milestone;
    const char *title;
    const char *start;
    const char *due;
    int days;
} tasks[] = {
    {"S0", "Review the user research that exists", "2016-06-14", "2016-06-15", 2},
    {"S0", "Plan the data views and the sprints", "2016-06-20", "2016-06-21", 2},
    {"S1", "Read the flat file through the GitHub API", "2016-06-23", "2016-06-24", 2},
    {"S1", "Draw the first view with the design standards", "2016-06-27", "2016-06-29", 3},
    {"S2", "Deploy to staging with one command", "2016-07-05", "2016-07-05", 1},
    {"S2", "Draw the other views", "2016-07-06", "2016-07-06", 1},
    {"S3", "Lay out pages for print", "2016-07-15", "2016-07-21", 5},
    {"S3", "Put right what the accessibility checker finds", "2016-07-18", "2016-07-27", 8},
    {"S4", "Bring test coverage to 90 percent", "2016-08-02", "2016-08-04", 3},
    {"S4", "Document functions, libraries and licences", "2016-08-05", "2016-08-10", 4},
    {"S4", "Make the repository public", "2016-08-11", "2016-08-12", 2},
    {"S5", "Test with people who use screen readers", "2016-09-08", "2016-09-08", 1},
    {"S5", "Put right what the test finds", "2016-09-13", "2016-09-13", 1},
};
enum { TASKS = sizeof tasks / sizeof *tasks };

static const char *plan_task(struct scenes *scenes, const struct task_line *line)
{
    struct play *play = scenes->play;
    const json_t *milestone = sampled_milestone(scenes, line->milestone);
    const struct sample_maker *owner = &scenes->makers[(line - tasks) % SAMPLE_MAKERS];
    json_t *task =
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:s, s:s, s:i, s:s, s:s}", "title", line->title, "owner_id",
                            owner->id, "estimate_minutes", line->days * SAMPLE_DAY_MINUTES,
                            "planned_start_day", line->start, "planned_due_day", line->due),
                  "/milestones/%s/tasks", text_of(milestone, "id"));
    const char *id = play_text(play, task, "id");
    json_decref(task);
    return id;
}

/* A task of a sprint comes after the one before it, unless they are done side by side. */
void sample_plan_tasks(struct scenes *scenes, const char *code)
{
    const char *before_id = NULL;
    const char *before_due = NULL;
    for (size_t i = 0; i < TASKS; i++) {
        if (strcmp(tasks[i].milestone, code) != 0)
            continue;
        const char *id = plan_task(scenes, &tasks[i]);
        if (before_id && strcmp(before_due, tasks[i].start) < 0)
            json_decref(play_call(scenes->play, &scenes->agency, "POST",
                                  json_pack("{s:s}", "after_task_id", before_id),
                                  "/tasks/%s/dependencies", id));
        before_id = id;
        before_due = tasks[i].due;
    }
}

static void plan_signed_sprints(struct scenes *scenes)
{
    struct play *play = scenes->play;
    for (size_t i = 0; i < sizeof efforts / sizeof *efforts; i++)
        sample_plan_tasks(scenes, efforts[i].code);
    json_t *schedule = play_call(play, &scenes->agency, "GET", NULL, "/engagements/%s/schedule",
                                 scenes->engagement_id);
    play_tell(play, "agency", "plans the tasks of each sprint, until %s",
              text_of(schedule, "finish_day"));
    json_decref(schedule);
}

void sample_plan_work(struct scenes *scenes)
{
    play_scene(scenes->play, "Plan of work");
    later(scenes, "2016-06-08", 14);
    read_milestones(scenes);
    name_team(scenes);
    agree_rhythm(scenes);
    ask_client(scenes);
    plan_signed_sprints(scenes);
}

/* ---- what slips ---------------------------------------------------------------------------- */

void sample_slip(struct scenes *scenes, int number)
{
    struct play *play = scenes->play;
    json_t *task = task_by_number(scenes, number);
    const char *code = play_text(play, task, "code");
    later(scenes, "2016-08-05", 15);
    json_t *slip =
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:s, s:s, s:s}", "planned_start_day", "2016-08-08", "planned_due_day",
                            "2016-08-11", "reason", "The developer is ill on Friday"),
                  "/tasks/%s/slip", text_of(task, "id"));
    size_t i;
    json_t *move;
    json_array_foreach(json_object_get(slip, "moves"), i, move)
    {
        bool is_itself = strcmp(text_of(move, "code"), code) == 0;
        play_tell(play, "agency", "%s moves from %s to %s: %s", text_of(move, "code"),
                  text_of(move, "from_due_day"), text_of(move, "to_due_day"),
                  is_itself ? text_of(slip, "reason")
                            : arena_format(play->arena, "it comes after %s", code));
    }
    json_decref(slip);
    json_decref(task);
}
