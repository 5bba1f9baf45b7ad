#include "main/sample_stage.h"

#include <string.h>

#include "platform/file.h"

const char *text_of(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text ? text : "";
}

const char *total_of(const json_t *object, const char *member)
{
    return text_of(json_object_get(object, member), "amount");
}

json_t *usd(const char *amount)
{
    return json_pack("{s:s, s:s}", "amount", amount, "currency", "USD");
}

const char *fetch_paper(struct scenes *scenes, const char *kind, const char *id,
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

const char *counted(const struct play *play, size_t count, const char *one, const char *many)
{
    return arena_format(play->arena, "%zu %s", count, count == 1 ? one : many);
}

void enter_agency(struct scenes *scenes)
{
    struct play *play = scenes->play;
    if (!play->error)
        play->error =
            api_client_sign_in(play->client, play->arena, "truetandem", scenes->owner_email,
                               scenes->password, &scenes->agency, play->fault);
}

void later(struct scenes *scenes, const char *day, int hour)
{
    play_at(scenes->play, day, hour);
    enter_agency(scenes);
    play_enter(scenes->play, scenes->approver_email, &scenes->approver);
}

void read_milestones(struct scenes *scenes)
{
    json_decref(scenes->milestones);
    scenes->milestones = play_call(scenes->play, &scenes->agency, "GET", NULL,
                                   "/engagements/%s/milestones", scenes->engagement_id);
}

const json_t *sampled_milestone(struct scenes *scenes, const char *code)
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

json_t *task_by_number(struct scenes *scenes, int number)
{
    struct play *play = scenes->play;
    const char *code = arena_format(play->arena, "T%d", number);
    json_t *found = NULL;
    size_t i;
    json_t *task;
    json_t *tasks = play_call(play, &scenes->agency, "GET", NULL, "/engagements/%s/tasks?limit=200",
                              scenes->engagement_id);
    json_array_foreach(json_object_get(tasks, "items"), i, task)
    {
        if (strcmp(text_of(task, "code"), code) == 0)
            found = json_incref(task);
    }
    json_decref(tasks);
    return found;
}
