#include "core/contact.h"

#include "core/fields.h"

static const struct field contact_fields[] = {
    ID_FIELD(struct contact),
    VERSION_FIELD(struct contact),
    FIELD(struct contact, client_id, ID, .flags = REQUIRED),
    FIELD(struct contact, name, TEXT, .flags = PERSONAL),
    FIELD(struct contact, email, TEXT, .flags = PERSONAL, .limit = EMAIL_LIMIT),
    FIELD(struct contact, phone, TEXT, .flags = PERSONAL, .limit = CODE_LIMIT),
    FIELD(struct contact, title, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct contact, role, CHOICE, .flags = REQUIRED, .choices = &contact_role_choices),
    FIELD(struct contact, disabled_at, MOMENT, OPTIONAL),
    FIELD(struct contact, erased_at, MOMENT, OPTIONAL),
    FIELD(struct contact, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape contact_shape = SHAPE("contact", struct contact, contact_fields);
