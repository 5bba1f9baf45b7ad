#include "samples.h"

struct printed_report sample_report(void)
{
    static struct report_line lines[4];
    static struct report_line total;
    static struct list list = {lines, sizeof lines / sizeof *lines};
    lines[0] = (struct report_line){.code = "S1",
                                    .title = "Sprint 1",
                                    .state = MILESTONE_ACCEPTED,
                                    .due_day = sample_day("2016-06-30"),
                                    .tasks = 6,
                                    .tasks_done = 6,
                                    .deadlines = 1,
                                    .deadlines_kept = 1,
                                    .first_decisions = 1,
                                    .first_acceptances = 1};
    lines[1] = (struct report_line){.code = "S2",
                                    .title = "Sprint 2: development prototype on staging",
                                    .state = MILESTONE_REWORK,
                                    .due_day = sample_day("2016-07-07"),
                                    .tasks = 8,
                                    .tasks_done = 7,
                                    .deadlines = 1,
                                    .first_decisions = 1,
                                    .major_defects = 1,
                                    .minor_defects = 2};
    lines[2] = (struct report_line){.code = "S3",
                                    .title = "Sprint 3: prototype and transition plan",
                                    .state = MILESTONE_SUBMITTED,
                                    .due_day = sample_day("2016-07-28"),
                                    .tasks = 5,
                                    .tasks_done = 5};
    lines[3] = (struct report_line){.code = "S4",
                                    .title = "Sprint 4: working dashboard and code repository",
                                    .state = MILESTONE_PLANNED,
                                    .due_day = sample_day("2016-08-18")};
    total = (struct report_line){.tasks = 19,
                                 .tasks_done = 18,
                                 .deadlines = 2,
                                 .deadlines_kept = 1,
                                 .first_decisions = 2,
                                 .first_acceptances = 1,
                                 .major_defects = 1,
                                 .minor_defects = 2};
    return (struct printed_report){
        .setting = {.paper = PAPER_LETTER, .language = "en-US", .made_at_ms = 1468238400000},
        .number = 3,
        .day = sample_day("2016-07-11"),
        .agency = sample_truetandem,
        .client = sample_gsa,
        .engagement = "FedRAMP dashboard",
        .note =
            "The staging site is back. We need the list of test users by Friday to keep the day "
            "of sprint 3.",
        .total = &total,
        .lines = &list,
        .evidence = {.log_origin = "waymark.example/truetandem",
                     .leaf_index = 1102,
                     .checkpoint = SAMPLE_CHECKPOINT("waymark.example/truetandem")},
    };
}
