/* Finding companies, people and what lets them in. */
#ifndef WAYMARK_STORE_PERSON_H
#define WAYMARK_STORE_PERSON_H

#include "core/contact.h"
#include "core/session.h"
#include "core/user.h"
#include "store/store.h"

/* A company as the server knows it: by its number, which leads every key. */
struct company_entry {
    int64_t number;
    struct id id;
    const char *slug;
    const char *name;
};

/* These look across companies: the store's own company does not matter. */
enum error find_company(struct store *store, const char *slug, struct company_entry *company,
                        bool *found, struct fault *fault) WARN_UNUSED;
/* The one that the server has; not found where it has several, or none yet. */
enum error find_only_company(struct store *store, struct company_entry *company, bool *found,
                             struct fault *fault) WARN_UNUSED;
enum error list_companies(struct store *store, struct list *companies,
                          struct fault *fault) WARN_UNUSED;

enum error find_user_by_email(struct store *store, const char *email, struct user *user,
                              bool *found, struct fault *fault) WARN_UNUSED;
enum error find_contact_by_email(struct store *store, const char *email, struct contact *contact,
                                 bool *found, struct fault *fault) WARN_UNUSED;

/* How many owners can act. */
enum error count_active_owners(struct store *store, int64_t *count,
                               struct fault *fault) WARN_UNUSED;

enum error insert_session(struct store *store, const struct session *session,
                          struct fault *fault) WARN_UNUSED;

/* A session and whose it is: the other one has no id, and neither has one if they are gone. */
struct session_entry {
    struct session session;
    struct user user;
    struct contact contact;
};
enum error find_session(struct store *store, struct hash token_hash, struct session_entry *entry,
                        bool *found, struct fault *fault) WARN_UNUSED;

enum error delete_sessions_of(struct store *store, struct id actor_id,
                              struct fault *fault) WARN_UNUSED;

enum error find_api_token(struct store *store, struct hash token_hash, struct api_token *token,
                          bool *found, struct fault *fault) WARN_UNUSED;

enum error insert_login_link(struct store *store, const struct login_link *link,
                             struct fault *fault) WARN_UNUSED;
enum error find_login_link(struct store *store, struct hash token_hash, struct login_link *link,
                           bool *found, struct fault *fault) WARN_UNUSED;

/* Marks it used, which only works once. */
enum error use_login_link(struct store *store, struct hash token_hash, int64_t used_at,
                          struct fault *fault) WARN_UNUSED;

enum error delete_links_of(struct store *store, struct id contact_id,
                           struct fault *fault) WARN_UNUSED;

/* Deletes sessions and links that expired before now_ms. */
enum error purge_sessions(struct store *store, int64_t now_ms, struct fault *fault) WARN_UNUSED;

#endif
