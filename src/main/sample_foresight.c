#include "main/sample_foresight.h"

#include <string.h>

static void tell_turns(struct scenes *scenes)
{
    struct play *play = scenes->play;
    size_t i;
    json_t *turn;
    json_t *turns = play_call(play, &scenes->agency, "GET", NULL, "/turns?engagement_id=%s",
                              scenes->engagement_id);
    json_array_foreach(json_object_get(turns, "items"), i, turn)
        play_tell(play, text_of(turn, "side"), "is to %s by %s, for which %s USD wait",
                  text_of(turn, "what"), text_of(turn, "due_day"), total_of(turn, "amount"));
    json_decref(turns);
}

static void tell_budget(struct scenes *scenes)
{
    struct play *play = scenes->play;
    size_t i;
    json_t *event;
    json_t *budget = play_call(play, &scenes->approver, "GET", NULL, "/engagements/%s/budget",
                               scenes->engagement_id);
    json_array_foreach(json_object_get(budget, "events"), i, event)
    {
        if (strcmp(text_of(event, "stage"), "paid") != 0)
            play_tell(play, "client", "will pay %s USD on %s, %s: %s",
                      total_of(event, "outstanding"), text_of(event, "due_day"),
                      text_of(event, "stage"), text_of(event, "why"));
    }
    json_decref(budget);
}

static void tell_forecast(struct scenes *scenes)
{
    struct play *play = scenes->play;
    size_t i;
    json_t *month;
    json_t *forecast = play_call(play, &scenes->agency, "GET", NULL, "/forecast");
    json_array_foreach(json_object_get(forecast, "months"), i, month)
        play_tell(play, "agency",
                  "sees %s USD fall due in the month of %s, and %s USD come in 80 of 100 cases",
                  total_of(month, "due"), text_of(month, "start_day"), total_of(month, "paid_80"));
    json_decref(forecast);
}

void sample_look_ahead(struct scenes *scenes, int sprint)
{
    struct play *play = scenes->play;
    play_scene(play, "Looking ahead");
    tell_turns(scenes);
    tell_budget(scenes);
    tell_forecast(scenes);
    play_scene(play, arena_format(play->arena, "Sprint %d goes on", sprint));
}
