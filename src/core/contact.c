#include "core/contact.h"

#include <string.h>

#include "base/limits.h"
#include "core/fields.h"

static const struct field former_address_fields[] = {
    FIELD(struct former_address, email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),
    FIELD(struct former_address, until_at, MOMENT, .flags = REQUIRED),
};
static const struct shape former_address_shape =
    SHAPE("former_address", struct former_address, former_address_fields);

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
    FIELD(struct contact, former_addresses, LIST, .flags = ADDED_LATER | PERSONAL | AGENCY_ONLY,
          .limit = LIST_LIMIT, .shape = &former_address_shape),
};
const struct shape contact_shape = SHAPE("contact", struct contact, contact_fields);

enum error contact_move(struct arena *arena, struct contact *contact, const char *email,
                        int64_t now_ms, struct fault *fault)
{
    struct list *former = &contact->former_addresses;
    struct former_address *rows = arena_array(arena, former->count + 1, sizeof *rows);
    if (former->count >= LIST_LIMIT)
        return refuse(fault, ERROR_WRONG_STATE, "email", "it has changed %d times already",
                      LIST_LIMIT);
    if (former->count > 0)
        memcpy(rows, former->rows, former->count * sizeof *rows);
    rows[former->count] = (struct former_address){contact->email, now_ms};
    *former = (struct list){rows, former->count + 1};
    contact->email = email;
    return OK;
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
