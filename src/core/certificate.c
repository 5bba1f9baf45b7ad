#include "core/certificate.h"

#include "core/fields.h"

static const char *const certificate_kinds[] = {
    [CERTIFICATE_ACCEPTED] = "accepted",
    [CERTIFICATE_DEEMED_ACCEPTED] = "deemed_accepted",
};
static const struct choices certificate_kind_choices =
    CHOICES("certificate_kind", certificate_kinds);

static const struct field certificate_fields[] = {
    ID_FIELD(struct certificate),
    FIELD(struct certificate, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct certificate, submission_id, ID, .flags = REQUIRED),
    FIELD(struct certificate, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct certificate, kind, CHOICE, .flags = REQUIRED,
          .choices = &certificate_kind_choices),
    FIELD(struct certificate, accepted_by, ID, OPTIONAL),
    FIELD(struct certificate, accepted_by_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct certificate, accepted_by_role, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct certificate, method, CHOICE, .flags = REQUIRED, .choices = &method_choices),
    FIELD(struct certificate, accepted_at, MOMENT, .flags = REQUIRED),
    FIELD(struct certificate, reservations, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct certificate, decisions, LIST, .limit = SHORT_LIST_LIMIT, .shape = &decision_shape),
};
const struct shape certificate_shape = SHAPE("certificate", struct certificate, certificate_fields);
