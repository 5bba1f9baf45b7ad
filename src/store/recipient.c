#include "store/recipient.h"

#include "store/statements.h"

static const struct field recipient_fields[] = {
    FIELD(struct recipient, id, ID),
    FIELD(struct recipient, name, TEXT),
    FIELD(struct recipient, email, TEXT),
    FIELD(struct recipient, locale, CHOICE, .choices = &locale_choices),
};
static const struct shape recipient_shape = SHAPE("recipient", struct recipient, recipient_fields);

enum error find_contact_recipient(struct store *store, struct id contact_id,
                                  struct recipient *recipient, bool *found, struct fault *fault)
{
    return store_find(store, &sql_recipient_contact, PARAMS({"id", value_id(&contact_id)}),
                      &recipient_shape, recipient, found, fault);
}

static enum error list_of_client(struct store *store, struct id client_id, const char *role,
                                 struct list *recipients, struct fault *fault)
{
    return store_list(store, &sql_recipient_of_client,
                      PARAMS({"client_id", value_id(&client_id)}, {"role", value_text(role)}),
                      &recipient_shape, recipients, fault);
}

enum error list_contact_recipients(struct store *store, struct id client_id,
                                   struct list *recipients, struct fault *fault)
{
    return list_of_client(store, client_id, "", recipients, fault);
}

enum error list_role_recipients(struct store *store, struct id client_id, enum contact_role role,
                                struct list *recipients, struct fault *fault)
{
    return list_of_client(store, client_id, choice_name(&contact_role_choices, (int)role),
                          recipients, fault);
}

enum error list_listening_recipients(struct store *store, struct id client_id,
                                     struct id engagement_id, struct id subject_id,
                                     struct list *recipients, struct fault *fault)
{
    return store_list(store, &sql_recipient_listening,
                      PARAMS({"client_id", value_id(&client_id)},
                             {"engagement_id", value_id(&engagement_id)},
                             {"subject_id", value_id(&subject_id)}),
                      &recipient_shape, recipients, fault);
}

enum error list_staff_recipients(struct store *store, enum user_role role, struct list *recipients,
                                 struct fault *fault)
{
    return store_list(store, &sql_recipient_of_staff,
                      PARAMS({"role", value_text(choice_name(&user_role_choices, (int)role))}),
                      &recipient_shape, recipients, fault);
}

enum error list_signer_recipients(struct store *store, struct id contract_id,
                                  struct list *recipients, struct fault *fault)
{
    return store_list(store, &sql_recipient_signer, PARAMS({"contract_id", value_id(&contract_id)}),
                      &recipient_shape, recipients, fault);
}

enum error list_change_signer_recipients(struct store *store, struct id change_order_id,
                                         struct list *recipients, struct fault *fault)
{
    return store_list(store, &sql_recipient_change_signer,
                      PARAMS({"change_order_id", value_id(&change_order_id)}), &recipient_shape,
                      recipients, fault);
}
