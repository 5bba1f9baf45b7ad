#include "store/person.h"

#include "store/statements.h"

static const struct field company_entry_fields[] = {
    FIELD(struct company_entry, number, INTEGER),
    FIELD(struct company_entry, id, ID),
    FIELD(struct company_entry, slug, TEXT),
    FIELD(struct company_entry, name, TEXT),
};
static const struct shape company_entry_shape =
    SHAPE("company_entry", struct company_entry, company_entry_fields);

enum error find_company(struct store *store, const char *slug, struct company_entry *company,
                        bool *found, struct fault *fault)
{
    return store_find(store, &sql_company_by_slug, PARAMS({"slug", value_text(slug)}),
                      &company_entry_shape, company, found, fault);
}

enum error find_only_company(struct store *store, struct company_entry *company, bool *found,
                             struct fault *fault)
{
    struct list companies;
    enum error error = store_list(store, &sql_company_first_two, NO_PARAMS, &company_entry_shape,
                                  &companies, fault);
    if (error)
        return error;
    *found = companies.count == 1;
    if (*found)
        *company = *LIST_AT(struct company_entry, companies, 0);
    return OK;
}

enum error list_companies(struct store *store, struct list *companies, struct fault *fault)
{
    return store_list(store, &sql_company_numbers, NO_PARAMS, &company_entry_shape, companies,
                      fault);
}

enum error find_user_by_email(struct store *store, const char *email, struct user *user,
                              bool *found, struct fault *fault)
{
    return store_find(store, &sql_user_by_email, PARAMS({"email", value_text(email)}), &user_shape,
                      user, found, fault);
}

enum error find_contact_by_email(struct store *store, const char *email, struct contact *contact,
                                 bool *found, struct fault *fault)
{
    return store_find(store, &sql_contact_by_email, PARAMS({"email", value_text(email)}),
                      &contact_shape, contact, found, fault);
}

enum error count_active_owners(struct store *store, int64_t *count, struct fault *fault)
{
    return store_count(store, &sql_user_active_owners, NO_PARAMS, count, fault);
}

enum error insert_session(struct store *store, const struct session *session, struct fault *fault)
{
    return store_change(store, &sql_session_insert, NO_PARAMS, &session_shape, session, 1, fault);
}

static struct value value_hash(const struct hash *hash)
{
    return value_bytes(hash->bytes, sizeof hash->bytes);
}

enum error find_session(struct store *store, struct hash token_hash, struct session_entry *entry,
                        bool *found, struct fault *fault)
{
    const struct row_part parts[] = {
        {&session_shape, &entry->session},
        {&user_shape, &entry->user},
        {&contact_shape, &entry->contact},
    };
    return store_find_parts(store, &sql_session_find,
                            PARAMS({"token_hash", value_hash(&token_hash)}), parts,
                            sizeof parts / sizeof *parts, found, fault);
}

enum error delete_sessions_of(struct store *store, struct id actor_id, struct fault *fault)
{
    return store_change(store, &sql_session_delete_of_actor,
                        PARAMS({"actor_id", value_id(&actor_id)}), NULL, NULL, DB_ANY, fault);
}

enum error find_api_token(struct store *store, struct hash token_hash, struct api_token *token,
                          bool *found, struct fault *fault)
{
    return store_find(store, &sql_api_token_by_hash,
                      PARAMS({"token_hash", value_hash(&token_hash)}), &api_token_shape, token,
                      found, fault);
}

enum error insert_login_link(struct store *store, const struct login_link *link,
                             struct fault *fault)
{
    return store_change(store, &sql_login_link_insert, NO_PARAMS, &login_link_shape, link, 1,
                        fault);
}

enum error find_login_link(struct store *store, struct hash token_hash, struct login_link *link,
                           bool *found, struct fault *fault)
{
    return store_find(store, &sql_login_link_find, PARAMS({"token_hash", value_hash(&token_hash)}),
                      &login_link_shape, link, found, fault);
}

enum error use_login_link(struct store *store, struct hash token_hash, int64_t used_at,
                          struct fault *fault)
{
    return store_change(
        store, &sql_login_link_use,
        PARAMS({"token_hash", value_hash(&token_hash)}, {"used_at", value_integer(used_at)}), NULL,
        NULL, 1, fault);
}

enum error delete_links_of(struct store *store, struct id contact_id, struct fault *fault)
{
    return store_change(store, &sql_login_link_delete_of_contact,
                        PARAMS({"contact_id", value_id(&contact_id)}), NULL, NULL, DB_ANY, fault);
}

enum error purge_sessions(struct store *store, int64_t now_ms, struct fault *fault)
{
    enum error error =
        store_change(store, &sql_session_purge, PARAMS({"now", value_integer(now_ms)}), NULL, NULL,
                     DB_ANY, fault);
    if (error)
        return error;
    return store_change(store, &sql_login_link_purge, PARAMS({"now", value_integer(now_ms)}), NULL,
                        NULL, DB_ANY, fault);
}
