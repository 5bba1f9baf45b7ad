#include "core/contact.h"

#include "core/fields.h"

static const struct field contact_fields[] = {
    ID_FIELD(struct contact),
    VERSION_FIELD(struct contact),
    FIELD(struct contact, client_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct contact, name, TEXT, .flags = PERSONAL),
    FIELD(struct contact, email, TEXT, .flags = PERSONAL, .limit = EMAIL_LIMIT),
    FIELD(struct contact, phone, TEXT, .flags = PERSONAL, .limit = CODE_LIMIT),
    FIELD(struct contact, title, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct contact, role, CHOICE, .flags = REQUIRED, .choices = &contact_role_choices),
    FIELD(struct contact, disabled_at, MOMENT, OPTIONAL),
    FIELD(struct contact, erased_at, MOMENT, OPTIONAL),
    FIELD(struct contact, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct contact, invited_at, MOMENT, .flags = ADDED_LATER),
    FIELD(struct contact, former_emails, TEXTS, .flags = ADDED_LATER | PERSONAL | AGENCY_ONLY,
          .limit = EMAIL_LIMIT),
};
const struct shape contact_shape = SHAPE("contact", struct contact, contact_fields);

void contact_move(struct arena *arena, struct contact *contact, const char *email)
{
    size_t count = contact->former_emails.count;
    const char **emails = arena_array(arena, count + 1, sizeof *emails);
    for (size_t i = 0; i < count; i++)
        emails[i] = contact->former_emails.texts[i];
    emails[count] = contact->email;
    contact->former_emails = (struct texts){emails, count + 1};
    contact->email = email;
}

static enum error check_not_erased(const struct contact *contact, struct fault *fault)
{
    if (contact->erased_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, "erased_at", "this contact was erased");
    return OK;
}

enum error contact_disable(struct contact *contact, int64_t now_ms, struct fault *fault)
{
    if (contact->disabled_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, "disabled_at", "this contact is disabled already");
    contact->disabled_at = now_ms;
    return OK;
}

enum error contact_enable(struct contact *contact, struct fault *fault)
{
    enum error error = check_not_erased(contact, fault);
    if (error)
        return error;
    if (contact->disabled_at == 0)
        return refuse(fault, ERROR_WRONG_STATE, "disabled_at", "this contact is active already");
    contact->disabled_at = 0;
    return OK;
}

enum error contact_check_active(const struct contact *contact, struct fault *fault)
{
    enum error error = check_not_erased(contact, fault);
    if (!error && contact->disabled_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, "disabled_at",
                      "this contact is disabled; enable it first");
    return error;
}

enum error contact_erase(struct contact *contact, int64_t now_ms, struct fault *fault)
{
    enum error error = check_not_erased(contact, fault);
    if (error)
        return error;
    for (size_t i = 0; i < contact_shape.field_count; i++) {
        if (contact_fields[i].flags & PERSONAL)
            shape_init_field(&contact_fields[i], contact);
    }
    contact->erased_at = now_ms;
    if (contact->disabled_at == 0)
        contact->disabled_at = now_ms;
    return OK;
}
