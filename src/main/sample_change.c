#include "main/sample_change.h"

#include "main/sample_plan.h"

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
        json_pack("{s:s, s:s, s:o, s:s, s:i, s:s, s:s, s:[{s:s, s:s}], s:[s], s:[s]}", "code", "S5",
                  "title", "Sprint 5: what a test with screen readers found", "price",
                  usd("6000.00"), "tax_category", "outside_scope", "tax_rate_ppm", 0, "start_day",
                  "2016-09-03", "due_day", "2016-09-16", "deliverables", "title",
                  "accessibility report", "kind", "file", "after", "S4", "criteria", "Q2"));
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
    json_decref(
        play_call(play, &scenes->agency, "POST",
                  json_pack("{s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}]}", "signers", "side", "agency",
                            "signer_id", scenes->owner_id, "role", "Project manager", "side",
                            "client", "signer_id", scenes->contact_ids[0], "role",
                            "Contracting officer's representative"),
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

void sample_change(struct scenes *scenes, int sprint)
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
    read_milestones(scenes);
    sample_plan_tasks(scenes, "S5");
    play_scene(play, arena_format(play->arena, "Sprint %d goes on", sprint));
}
