#include "action/mail_parts.h"

#include "action/notify.h"

enum error mail_tell(struct call *call, struct id message_id, const struct recipient *recipient,
                     struct id subject_id, const struct mail_text *mail, struct fault *fault)
{
    const struct language *language = language_of(recipient->locale);
    const char *text = say(call->arena, language, &mail->text);
    struct letter letter = {
        .name = recipient->name,
        .address = recipient->email,
        .subject = say(call->arena, language, &mail->subject),
        .locale = recipient->locale,
        .paper = mail->paper,
        .body = phrase(call->arena, language, WORD_MAIL_HELLO, recipient->name, text, NULL),
    };
    return queue_letter(call, message_id, &letter, subject_id, fault);
}

enum error mail_post(struct call *call, const struct list *recipients, struct id subject_id,
                     const struct mail_text *mail, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < recipients->count; i++)
        error = mail_tell(call, call_id(call), LIST_AT(struct recipient, *recipients, i),
                          subject_id, mail, fault);
    return error;
}

enum error mail_staff(struct call *call, enum user_role role, struct id subject_id,
                      const struct mail_text *mail, struct fault *fault)
{
    struct list staff;
    enum error error = list_staff_recipients(&call->store, role, &staff, fault);
    return error ? error : mail_post(call, &staff, subject_id, mail, fault);
}

enum error mail_contact(struct call *call, const struct contact *contact,
                        const struct mail_text *mail, struct fault *fault)
{
    bool found;
    struct recipient recipient;
    enum error error = find_contact_recipient(&call->store, contact->id, &recipient, &found, fault);
    if (error || !found)
        return error;
    return mail_tell(call, call_id(call), &recipient, contact->id, mail, fault);
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

struct saying mail_link_to(const struct call *call, const char *place, struct id id)
{
    return said_text(mail_link(call, place, id));
}

struct saying mail_hash(const struct call *call, struct hash hash)
{
    char text[HASH_HEX_SIZE];
    return said_text(arena_text(call->arena, hash_to_hex(hash, text)));
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
