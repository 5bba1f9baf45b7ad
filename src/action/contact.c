#include "action/contact.h"

#include <string.h>

#include "action/check.h"
#include "action/company.h"
#include "action/mail_parts.h"
#include "action/session.h"
#include "base/limits.h"
#include "core/client.h"
#include "store/calendar.h"
#include "store/erasure.h"
#include "store/person.h"
#include "store/preference.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_contacts),
    FIELD(struct list_contacts, client_id, ID, .flags = FROM_PATH),
    FIELD(struct list_contacts, role, CHOICE, .flags = FROM_QUERY,
          .choices = &contact_role_choices),
};
static const struct shape list_shape = SHAPE("list_contacts", struct list_contacts, list_fields);

static const struct shape page_shape = PAGE_SHAPE("contact_page", contact_shape);

static const struct listing contacts = {.shape = &contact_shape};

static enum error list_contacts(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct list_contacts *in = input;
    struct client client;
    enum error error = load_row(call, &client_shape, in->client_id, &client, fault);
    return error ? error : store_page(&call->store, &contacts, &list_shape, in, output, fault);
}

const struct operation list_contacts_operation = {
    .name = "list_contacts",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_contacts,
};

static const struct shape subject_shape = SUBJECT_SHAPE(contact_id);

const struct operation show_contact_operation = {
    .name = "show_contact",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &contact_shape,
};

/* ---- creating and changing ----------------------------------------------------------------- */

#define CONTACT_FORM                                                                               \
    FIELD(struct contact, name, TEXT, .flags = REQUIRED),                                          \
        FIELD(struct contact, email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),               \
        FIELD(struct contact, phone, TEXT, .limit = CODE_LIMIT),                                   \
        FIELD(struct contact, title, TEXT),                                                        \
        FIELD(struct contact, role, CHOICE, .flags = REQUIRED, .choices = &contact_role_choices)

static enum error prepare_contact(struct call *call, void *input, struct fault *fault)
{
    struct contact *in = input;
    return check_email(call->arena, "email", &in->email, fault);
}

/* One address is one contact in the whole company, since it tells who enters. */
static enum error check_is_free(struct call *call, const char *email, struct id id,
                                struct fault *fault)
{
    struct contact other;
    bool found;
    enum error error = find_contact_by_email(&call->store, email, &other, &found, fault);
    if (!error && found && !id_equal(other.id, id))
        return refuse(fault, ERROR_CONFLICT, "email", "another contact has this address");
    return error;
}

static const struct field create_fields[] = {
    FIELD(struct contact, client_id, ID, .flags = FROM_PATH),
    CONTACT_FORM,
};
static const struct shape create_shape = SHAPE("create_contact", struct contact, create_fields);

static enum error create_contact(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct contact *in = input;
    struct contact *contact = output;
    struct client client;
    enum error error = load_row(call, &client_shape, in->client_id, &client, fault);
    if (!error)
        error = check_is_free(call, in->email, (struct id){0}, fault);
    if (error)
        return error;
    shape_copy(&create_shape, in, contact);
    contact->id = call_id(call);
    contact->client_id = client.id;
    contact->created_at = call->now_ms;
    happened(call, "contact.created", contact->id, (struct id){0});
    return insert_row(call, &contact_shape, contact, fault);
}

const struct operation create_contact_operation = {
    .name = "create_contact",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .in = &create_shape,
    .out = &contact_shape,
    .prepare = prepare_contact,
    .run = create_contact,
};

/* Ends what lets the contact in. */
static enum error shut_out(struct call *call, struct id id, struct fault *fault)
{
    enum error error = delete_sessions_of(&call->store, id, fault);
    if (!error)
        error = delete_calendar_key(&call->store, id, fault);
    return error ? error : delete_links_of(&call->store, id, fault);
}

static const struct field change_fields[] = {
    ID_FROM_PATH(struct contact, contact_id),
    CONTACT_FORM,
};
static const struct shape change_shape = SHAPE("change_contact", struct contact, change_fields);

static enum error change_contact(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct contact *in = input;
    struct contact *contact = output;
    enum error error = load_subject(call, &contact_shape, in->id, contact, fault);
    if (!error)
        error = contact_check_active(contact, fault);
    if (!error)
        error = check_is_free(call, in->email, contact->id, fault);
    if (error)
        return error;
    bool has_moved = strcmp(in->email, contact->email) != 0;
    if (has_moved)
        error = contact_move(call->arena, contact, in->email, call->now_ms, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, contact);
    happened(call, "contact.changed", contact->id, (struct id){0});
    error = save_row(call, &contact_shape, contact, fault);
    return !error && has_moved ? shut_out(call, contact->id, fault) : error;
}

const struct operation change_contact_operation = {
    .name = "change_contact",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &contact_shape,
    .prepare = prepare_contact,
    .run = change_contact,
};

/* ---- coming and going ---------------------------------------------------------------------- */

static enum error disable_contact(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct subject *in = input;
    struct contact *contact = output;
    enum error error = load_subject(call, &contact_shape, in->id, contact, fault);
    if (!error)
        error = contact_disable(contact, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "contact.disabled", contact->id, (struct id){0});
    error = save_row(call, &contact_shape, contact, fault);
    return error ? error : shut_out(call, contact->id, fault);
}

const struct operation disable_contact_operation = {
    .name = "disable_contact",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .in = &subject_shape,
    .out = &contact_shape,
    .run = disable_contact,
};

static enum error enable_contact(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct subject *in = input;
    struct contact *contact = output;
    enum error error = load_subject(call, &contact_shape, in->id, contact, fault);
    if (!error)
        error = contact_enable(contact, fault);
    if (error)
        return error;
    happened(call, "contact.enabled", contact->id, (struct id){0});
    return save_row(call, &contact_shape, contact, fault);
}

const struct operation enable_contact_operation = {
    .name = "enable_contact",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .in = &subject_shape,
    .out = &contact_shape,
    .run = enable_contact,
};

/* What a role is for, as its person reads it. */
static const enum word duties[] = {
    [CONTACT_APPROVER] = WORD_MAIL_DUTY_APPROVER,
    [CONTACT_PAYER] = WORD_MAIL_DUTY_PAYER,
    [CONTACT_VIEWER] = WORD_MAIL_DUTY_VIEWER,
};

static enum error send_invitation(struct call *call, const struct contact *contact,
                                  struct fault *fault)
{
    struct company company;
    struct client client;
    const char *url;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = load_row(call, &client_shape, contact->client_id, &client, fault);
    if (!error)
        error = make_link(call, contact, NULL, &url, fault);
    if (error)
        return error;
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_INVITATION_SUBJECT, said_text(company.name)),
        SAY(call->arena, WORD_MAIL_INVITATION, said_text(company.name), said_text(client.name),
            SAY_WORD(duties[contact->role]), said_number(LINK_HOURS), said_text(url),
            said_text(arena_format(call->arena, "%s/enter?company=%s", call->app->base_url,
                                   company.slug))),
    };
    return mail_contact(call, contact, &mail, fault);
}

static enum error invite_contact(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct subject *in = input;
    struct contact *contact = output;
    enum error error = load_subject(call, &contact_shape, in->id, contact, fault);
    if (!error)
        error = contact_check_active(contact, fault);
    if (error)
        return error;
    contact->invited_at = call->now_ms;
    happened(call, "contact.invited", contact->id, (struct id){0});
    error = save_row(call, &contact_shape, contact, fault);
    return error ? error : send_invitation(call, contact, fault);
}

const struct operation invite_contact_operation = {
    .name = "invite_contact",
    .permission = PERMIT_MANAGE_CLIENTS,
    .writes = true,
    .in = &subject_shape,
    .out = &contact_shape,
    .run = invite_contact,
};

/* ---- erasing ------------------------------------------------------------------------------- */

static const struct field erase_fields[] = {ID_FROM_PATH(struct erase_contact, contact_id)};
static const struct shape erase_shape = SHAPE("contact_id", struct erase_contact, erase_fields);

/* Between preparing and running no more than this goes by; mails of that time are looked for
 * again. */
enum { ERASE_OVERLAP_MS = 60 * 60 * 1000 };

static void append(struct arena *arena, struct list *ids, const struct list *further)
{
    struct id *all = arena_array(arena, ids->count + further->count, sizeof *all);
    for (size_t i = 0; i < ids->count; i++)
        all[i] = *LIST_AT(struct id, *ids, i);
    for (size_t i = 0; i < further->count; i++)
        all[ids->count + i] = *LIST_AT(struct id, *further, i);
    *ids = (struct list){all, ids->count + further->count};
}

/* All that went to the contact since then, at each address while it was theirs: it may be
 * somebody's who came before or after. */
static enum error list_mails(struct call *call, const struct contact *contact, int64_t since_ms,
                             struct list *mails, struct fault *fault)
{
    const struct former_address now = {contact->email, call->now_ms + ERASE_OVERLAP_MS};
    size_t former = contact->former_addresses.count;
    int64_t from_ms = contact->created_at;
    struct list all = {0};
    enum error error = OK;
    for (size_t i = 0; !error && i <= former && contact->email; i++) {
        const struct former_address *one =
            i < former ? LIST_AT(struct former_address, contact->former_addresses, i) : &now;
        struct list found;
        error = list_mails_to(&call->store, one->email, from_ms > since_ms ? from_ms : since_ms,
                              one->until_at, &found, fault);
        if (!error)
            append(call->arena, &all, &found);
        from_ms = one->until_at;
    }
    *mails = all;
    return error;
}

/* Going through the whole outbox takes a while, so it is done here and not by the writer. */
static enum error prepare_erase_contact(struct call *call, void *input, struct fault *fault)
{
    struct erase_contact *in = input;
    struct contact contact;
    enum error error = load_row(call, &contact_shape, in->id, &contact, fault);
    return error ? error : list_mails(call, &contact, 0, &in->mails, fault);
}

static enum error erase_mails(struct call *call, const struct list *mails, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < mails->count; i++)
        error = erase_mail(&call->store, *LIST_AT(struct id, *mails, i), fault);
    return error;
}

static enum error erase_contact(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct erase_contact *in = input;
    struct contact *contact = output;
    struct list later = {0};
    enum error error = load_subject(call, &contact_shape, in->id, contact, fault);
    if (!error)
        error = list_mails(call, contact, call->now_ms - ERASE_OVERLAP_MS, &later, fault);
    if (!error)
        error = contact_erase(contact, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "contact.erased", contact->id, (struct id){0});
    error = save_row(call, &contact_shape, contact, fault);
    if (!error)
        error = shut_out(call, contact->id, fault);
    if (!error)
        error = erase_mails(call, &in->mails, fault);
    if (!error)
        error = erase_mails(call, &later, fault);
    if (!error)
        error = delete_preference(&call->store, contact->id, fault);
    return error ? error : erase_contact_leaves(&call->store, contact->id, call->now_ms, fault);
}

const struct operation erase_contact_operation = {
    .name = "erase_contact",
    .permission = PERMIT_ERASE_CONTACT,
    .writes = true,
    .in = &erase_shape,
    .out = &contact_shape,
    .prepare = prepare_erase_contact,
    .run = erase_contact,
};
