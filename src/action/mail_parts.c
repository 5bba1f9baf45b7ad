#include "action/mail_parts.h"

#include "action/notify.h"
#include "base/day.h"
#include "store/recipient.h"

enum error mail_post(struct call *call, const struct list *recipients, struct id subject_id,
                     const char *subject, const char *text, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < recipients->count; i++) {
        const struct recipient *recipient = LIST_AT(struct recipient, *recipients, i);
        const char *body = arena_format(call->arena, "Hello %s,\n\n%s", recipient->name, text);
        error =
            queue_mail(call, recipient->name, recipient->email, subject, body, subject_id, fault);
    }
    return error;
}

const char *mail_link(const struct call *call, const char *place, struct id id)
{
    char text[ID_TEXT_SIZE];
    return arena_format(call->arena, "%s/%s/%s", call->app->base_url, place, id_format(id, text));
}

const char *mail_requirements_link(const struct call *call, struct id engagement_id)
{
    return arena_format(call->arena, "%s/requirements",
                        mail_link(call, "engagements", engagement_id));
}

const char *mail_day(const struct call *call, int32_t day)
{
    char text[DAY_TEXT_SIZE];
    return arena_text(call->arena, day_format(day, text));
}

const char *mail_quote(const struct call *call, const char *text)
{
    return text ? arena_format(call->arena, "    %s\n\n", text) : "";
}

struct list mail_only(const struct list *recipients, struct id id)
{
    for (size_t i = 0; i < recipients->count; i++) {
        struct recipient *recipient = LIST_AT(struct recipient, *recipients, i);
        if (id_equal(recipient->id, id))
            return (struct list){recipient, 1};
    }
    return (struct list){0};
}
