#include "action/contact.h"

#include "../check.h"
#include "../stage.h"
#include "action/calendar.h"
#include "action/client.h"
#include "action/outbox.h"
#include "action/perform.h"
#include "action/secret.h"
#include "action/session.h"
#include "core/evidence_row.h"
#include "core/leaf.h"
#include "core/merkle.h"
#include "store/person.h"

static struct actor sales(void)
{
    return stage_user(USER_SALES);
}

static struct id new_client(struct stage *stage)
{
    struct client in = {
        .name = "Client", .country = "DE", .currency = "EUR", .time_zone = "Europe/Berlin"};
    struct client client;
    assert_result(stage, stage_perform(stage, sales(), &create_client_operation, &in, &client), OK);
    return client.id;
}

static struct contact form(struct id client_id, const char *email)
{
    return (struct contact){
        .client_id = client_id,
        .name = "Carl Contact",
        .email = email,
        .phone = "+49 30 1234",
        .title = "Head of works",
        .role = CONTACT_APPROVER,
    };
}

static struct contact create(struct stage *stage, struct id client_id, const char *email)
{
    struct contact in = form(client_id, email);
    struct contact contact;
    assert_result(stage, stage_perform(stage, sales(), &create_contact_operation, &in, &contact),
                  OK);
    return contact;
}

static enum error act_on(struct stage *stage, struct actor actor, const struct operation *operation,
                         struct contact *contact)
{
    struct erase_contact in = {contact->id, {0}};
    struct contact out;
    enum error error = stage_perform(stage, actor, operation, &in, &out);
    if (!error)
        *contact = out;
    return error;
}

/* The token in the newest mail to an address. */
static const char *mailed_token(struct stage *stage, const char *address)
{
    const char *at = strstr(stage_mail_to(stage, address), "/enter");
    assert_non_null(at);
    at = strchr(at, '#');
    assert_non_null(at);
    at++;
    return arena_text_n(stage->arena, at, strcspn(at, "\\\""));
}

static enum error enter(struct stage *stage, const char *token, struct session_view *view)
{
    struct redeem_link in = {.token = token};
    return stage_perform(stage, stage_nobody(), &redeem_link_operation, &in, view);
}

static bool has_session(struct stage *stage, const char *token);

/* ---- creating and changing ----------------------------------------------------------------- */

CASE(a_contact_is_created_under_its_client)
{
    struct stage *stage = *state;
    struct id client_id = new_client(stage);
    struct contact contact = create(stage, client_id, "Carl@Client.example");
    assert_string_equal(contact.email, "carl@client.example");
    assert_true(id_equal(contact.client_id, client_id));
    assert_int_equal(contact.version, 1);
    struct contact in = form(id_make(1, 2, 3), "nowhere@client.example");
    assert_result(stage, stage_perform(stage, sales(), &create_contact_operation, &in, &contact),
                  ERROR_NOT_FOUND);
}

CASE(one_address_is_one_contact_in_the_whole_company)
{
    struct stage *stage = *state;
    struct contact first = create(stage, new_client(stage), "one@client.example");
    struct contact in = form(new_client(stage), "ONE@client.example");
    struct contact contact;
    assert_result(stage, stage_perform(stage, sales(), &create_contact_operation, &in, &contact),
                  ERROR_CONFLICT);
    assert_string_equal(stage->fault.field, "email");
    struct contact second = create(stage, in.client_id, "two@client.example");
    in.id = second.id;
    in.email = "one@client.example";
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  ERROR_CONFLICT);
    in.id = first.id;
    in.name = "Same address";
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  OK);
    assert_true(id_equal(contact.client_id, first.client_id));
}

CASE(a_wrong_address_is_refused)
{
    struct stage *stage = *state;
    struct contact in = form(new_client(stage), "carl at client");
    struct contact contact;
    assert_result(stage, stage_perform(stage, sales(), &create_contact_operation, &in, &contact),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "email");
}

CASE(a_contact_changes_at_the_version_that_was_read)
{
    struct stage *stage = *state;
    struct contact contact = create(stage, new_client(stage), "version@client.example");
    struct contact in = form(contact.client_id, "version@client.example");
    in.id = contact.id;
    in.role = CONTACT_PAYER;
    assert_result(stage,
                  stage_perform_at(stage, sales(), 4, &change_contact_operation, &in, &contact),
                  ERROR_STALE);
    assert_result(
        stage, stage_perform_at(stage, sales(), 1, &change_contact_operation, &in, &contact), OK);
    assert_int_equal(contact.role, CONTACT_PAYER);
    assert_int_equal(contact.version, 2);
}

/* ---- entering ------------------------------------------------------------------------------ */

CASE(an_invited_contact_enters_once)
{
    struct stage *stage = *state;
    struct session_view view;
    struct contact contact = create(stage, new_client(stage), "invited@client.example");
    assert_int_equal(contact.invited_at, 0);
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &contact), OK);
    assert_int_equal(contact.invited_at, STAGE_NOW_MS);
    const char *mail = stage_mail_to(stage, "invited@client.example");
    assert_non_null(strstr(mail, "\"subject\":\"Acme invites you\""));
    assert_non_null(strstr(mail, "Hello Carl Contact"));
    assert_non_null(strstr(mail, "accept what was made"));
    const char *token = mailed_token(stage, "invited@client.example");
    assert_result(stage, enter(stage, token, &view), OK);
    assert_string_equal(view.role, "approver");
    assert_true(id_equal(view.client_id, contact.client_id));
    assert_true(has_session(stage, view.token));
    assert_result(stage, enter(stage, token, &view), ERROR_UNAUTHENTICATED);
}

CASE(a_known_address_gets_a_link_and_an_unknown_one_the_same_answer)
{
    struct stage *stage = *state;
    struct session_view view;
    struct request_link in = {.company = "acme", .email = "Asks@client.example"};
    create(stage, new_client(stage), "asks@client.example");
    assert_result(stage, stage_perform(stage, stage_nobody(), &request_link_operation, &in, NULL),
                  OK);
    assert_result(stage, enter(stage, mailed_token(stage, "asks@client.example"), &view), OK);
    in.email = "unknown@client.example";
    assert_result(stage, stage_perform(stage, stage_nobody(), &request_link_operation, &in, NULL),
                  OK);
}

CASE(a_link_leads_to_the_page_that_was_asked_for_and_to_nothing_but_a_page)
{
    static const char *const others[] = {
        "",       "invoices", "//evil.example/x", "/a//b",      "/a?b=c",       "/a#b",
        "/a%20b", "/a b",     "/a\n\nMore text",  "https://x/", "/../api?x=/y", NULL};
    struct stage *stage = *state;
    struct session_view view;
    struct request_link in = {
        .company = "acme", .email = "led@client.example", .page = "/invoices/0189-0a_5D"};
    create(stage, new_client(stage), "led@client.example");
    assert_result(stage, stage_perform(stage, stage_nobody(), &request_link_operation, &in, NULL),
                  OK);
    assert_non_null(
        strstr(stage_mail_to(stage, "led@client.example"), "/enter?page=/invoices/0189-0a_5D#"));
    assert_result(stage, enter(stage, mailed_token(stage, "led@client.example"), &view), OK);
    for (size_t i = 0; others[i]; i++) {
        in.page = others[i];
        assert_result(stage,
                      stage_perform(stage, stage_nobody(), &request_link_operation, &in, NULL),
                      ERROR_INVALID);
        assert_string_equal(stage->fault.field, "page");
    }
}

struct known {
    const char *token;
    bool found;
};

static enum error find_known(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    struct known *known = output;
    struct session_entry entry;
    struct hash hash;
    (void)input;
    assert_true(secret_read(known->token, &call->store.company, &hash));
    return find_session(&call->store, hash, &entry, &known->found, fault);
}

static bool has_session(struct stage *stage, const char *token)
{
    static const struct operation operation = {
        .name = "find_known", .permission = PERMIT_READ, .run = find_known};
    struct known known = {.token = token};
    assert_result(stage, stage_perform(stage, sales(), &operation, NULL, &known), OK);
    return known.found;
}

/* A contact who is in, with one more link in its mail. */
struct inside {
    struct contact contact;
    const char *session;
    const char *link;
};

static struct inside let_in(struct stage *stage, const char *email)
{
    struct session_view view;
    struct inside inside = {.contact = create(stage, new_client(stage), email)};
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &inside.contact), OK);
    assert_result(stage, enter(stage, mailed_token(stage, email), &view), OK);
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &inside.contact), OK);
    inside.session = view.token;
    inside.link = mailed_token(stage, email);
    return inside;
}

static void assert_is_out(struct stage *stage, const struct inside *inside)
{
    struct session_view view;
    assert_false(has_session(stage, inside->session));
    assert_result(stage, enter(stage, inside->link, &view), ERROR_UNAUTHENTICATED);
}

CASE(a_disabled_contact_is_out_at_once)
{
    struct stage *stage = *state;
    struct inside inside = let_in(stage, "disabled@client.example");
    struct contact *contact = &inside.contact;
    assert_true(has_session(stage, inside.session));
    assert_result(stage, act_on(stage, sales(), &disable_contact_operation, contact), OK);
    assert_is_out(stage, &inside);
    assert_result(stage, act_on(stage, sales(), &disable_contact_operation, contact),
                  ERROR_WRONG_STATE);
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, contact),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "disabled_at");
    assert_result(stage, act_on(stage, sales(), &enable_contact_operation, contact), OK);
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, contact), OK);
}

CASE(whoever_moves_to_another_address_has_to_enter_again)
{
    struct stage *stage = *state;
    struct inside inside = let_in(stage, "before@client.example");
    struct contact in = form(inside.contact.client_id, "before@client.example");
    struct contact contact;
    in.id = inside.contact.id;
    in.name = "Carla Contact";
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  OK);
    assert_true(has_session(stage, inside.session));
    in.email = "after@client.example";
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  OK);
    assert_is_out(stage, &inside);
}

CASE(a_calendar_ends_with_the_address_that_it_was_made_from)
{
    struct stage *stage = *state;
    struct inside inside = let_in(stage, "calendar@client.example");
    struct contact in = form(inside.contact.client_id, "successor@client.example");
    struct contact contact;
    struct calendar_key key;
    struct calendar_feed feed;
    struct actor self = stage_contact(CONTACT_APPROVER, inside.contact.client_id);
    self.id = in.id = inside.contact.id;
    assert_result(stage, stage_perform(stage, self, &make_calendar_key_operation, NULL, &key), OK);
    struct calendar_query query = {key.key};
    assert_result(
        stage, stage_perform(stage, stage_nobody(), &show_calendar_operation, &query, &feed), OK);
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  OK);
    assert_result(stage,
                  stage_perform(stage, stage_nobody(), &show_calendar_operation, &query, &feed),
                  ERROR_UNAUTHENTICATED);
}

/* ---- erasing ------------------------------------------------------------------------------- */

/* Whether a table still holds a text anywhere in its column. */
struct search {
    const char *sql;
    const char *text;
};

static enum error search(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct search *in = input;
    const struct statement *statement = tables_statement(call->store.tables, "search", in->sql);
    return store_count(&call->store, statement, PARAMS({"text", value_text(in->text)}), output,
                       fault);
}

static int64_t count(struct stage *stage, const char *sql, const char *text)
{
    static const struct operation operation = {
        .name = "search", .permission = PERMIT_READ, .run = search};
    struct search in = {sql, text};
    int64_t found;
    assert_result(stage, stage_perform(stage, sales(), &operation, &in, &found), OK);
    return found;
}

static int64_t mails_naming(struct stage *stage, const char *text)
{
    return count(stage,
                 "SELECT count(*) FROM outbox WHERE company = :company"
                 " AND (recipient = :text OR replace(payload, :text, '') <> payload)",
                 text);
}

CASE(an_erased_contact_is_out_and_nowhere_to_be_read)
{
    struct stage *stage = *state;
    struct inside inside = let_in(stage, "erased@client.example");
    struct contact *contact = &inside.contact;
    assert_int_equal(mails_naming(stage, "erased@client.example"), 2);
    assert_result(stage, act_on(stage, stage_user(USER_OWNER), &erase_contact_operation, contact),
                  OK);
    assert_is_out(stage, &inside);
    assert_null(contact->name);
    assert_null(contact->email);
    assert_null(contact->phone);
    assert_int_equal(contact->erased_at, STAGE_NOW_MS);
    assert_int_equal(mails_naming(stage, "erased@client.example"), 0);
    struct contact shown = *contact;
    assert_result(stage, act_on(stage, sales(), &show_contact_operation, &shown), OK);
    assert_null(shown.name);
    assert_string_equal(shown.title, "Head of works");
}

CASE(an_erased_mail_is_not_sent_any_more)
{
    struct stage *stage = *state;
    static const char pending[] = "SELECT count(*) FROM outbox WHERE company = :company"
                                  " AND kind = 'mail' AND state = 'pending' AND event <> :text";
    int64_t before = count(stage, pending, "");
    struct contact contact = create(stage, new_client(stage), "unsent@client.example");
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &contact), OK);
    assert_int_equal(count(stage, pending, ""), before + 1);
    assert_result(stage, act_on(stage, stage_user(USER_OWNER), &erase_contact_operation, &contact),
                  OK);
    assert_int_equal(count(stage, pending, ""), before);
}

static enum error find_mail(struct call *call, const void *input, void *output, struct fault *fault)
{
    bool found;
    const struct statement *statement =
        tables_statement(call->store.tables, "whole_mail",
                         "SELECT id, kind, state, attempts, next_at, event, subject_id, recipient,"
                         " payload, last_error, created_at FROM outbox"
                         " WHERE company = :company AND kind = 'mail' AND recipient = :address");
    return store_find(&call->store, statement, PARAMS({"address", value_text(input)}),
                      &outbox_shape, output, &found, fault);
}

/* Reports the attempt to send a mail, which the server refused for now in these words. */
static void report_refusal(struct stage *stage, const struct outbox *mail, const char *words)
{
    struct delivery_report report = {.message = *mail};
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_SYSTEM);
    report.message.attempts++;
    report.message.next_at = STAGE_NOW_MS + 60 * 1000;
    report.message.last_error = words;
    assert_result(stage,
                  perform_writing(&call, stage->writer, NULL, &report_delivery_operation, &report,
                                  NULL, &stage->fault),
                  OK);
}

CASE(a_mail_that_is_erased_while_it_goes_out_stays_erased_with_what_the_server_said)
{
    static const struct operation operation = {
        .name = "find_mail", .permission = PERMIT_READ, .out = &outbox_shape, .run = find_mail};
    static const char refusing[] = "SELECT count(*) FROM outbox WHERE company = :company"
                                   " AND kind = 'mail' AND last_error = :text";
    static const char waiting[] =
        "SELECT count(*) FROM outbox WHERE company = :company"
        " AND kind = 'mail' AND recipient IS NULL"
        " AND (state <> 'dead' OR next_at IS NOT NULL) AND event <> :text";
    static const char words[] = "450 <underway@client.example> try later";
    struct stage *stage = *state;
    struct outbox mail;
    struct contact contact = create(stage, new_client(stage), "underway@client.example");
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &contact), OK);
    assert_result(stage, stage_perform(stage, sales(), &operation, (void *)contact.email, &mail),
                  OK);
    int64_t before = count(stage, waiting, "");
    report_refusal(stage, &mail, words);
    assert_int_equal(count(stage, refusing, words), 1);
    assert_result(stage, act_on(stage, stage_user(USER_OWNER), &erase_contact_operation, &contact),
                  OK);
    assert_int_equal(count(stage, refusing, words), 0);
    report_refusal(stage, &mail, words);
    assert_int_equal(count(stage, refusing, words), 0);
    assert_int_equal(count(stage, waiting, ""), before);
}

CASE(mails_to_a_former_address_are_erased_too)
{
    struct stage *stage = *state;
    struct contact contact = create(stage, new_client(stage), "former@client.example");
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &contact), OK);
    struct contact in = form(contact.client_id, "latter@client.example");
    in.id = contact.id;
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  OK);
    assert_int_equal(contact.former_addresses.count, 1);
    assert_true(mails_naming(stage, "former@client.example") > 0);
    assert_result(stage, act_on(stage, stage_user(USER_OWNER), &erase_contact_operation, &contact),
                  OK);
    assert_int_equal(contact.former_addresses.count, 0);
    assert_int_equal(mails_naming(stage, "former@client.example"), 0);
    assert_int_equal(count(stage,
                           "SELECT count(*) FROM contact WHERE company = :company"
                           " AND former_addresses LIKE :text",
                           "%former@client.example%"),
                     0);
}

CASE(mails_to_who_has_the_address_now_stay)
{
    struct stage *stage = *state;
    struct contact contact = create(stage, new_client(stage), "desk@client.example");
    struct contact in = form(contact.client_id, "moved@client.example");
    in.id = contact.id;
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  OK);
    clock_set(&stage->clock, STAGE_NOW_MS + 60000);
    struct contact next = create(stage, contact.client_id, "desk@client.example");
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &next), OK);
    int64_t mails = mails_naming(stage, "desk@client.example");
    assert_true(mails > 0);
    assert_result(stage, act_on(stage, stage_user(USER_OWNER), &erase_contact_operation, &contact),
                  OK);
    assert_int_equal(mails_naming(stage, "desk@client.example"), mails);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

struct leaves {
    struct id subject_id;
    struct list rows;
};

static enum error list_leaves(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    struct leaves *leaves = output;
    (void)input;
    const struct statement *statement = tables_statement(
        call->store.tables, "leaves",
        "SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash,"
        " erased_at FROM leaf WHERE company = :company AND subject_id = :subject_id"
        " ORDER BY position");
    return store_list(&call->store, statement,
                      PARAMS({"subject_id", value_id(&leaves->subject_id)}), &leaf_shape,
                      &leaves->rows, fault);
}

static struct list leaves_of(struct stage *stage, struct id subject_id)
{
    static const struct operation operation = {
        .name = "list_leaves", .permission = PERMIT_READ, .run = list_leaves};
    struct leaves leaves = {.subject_id = subject_id};
    assert_result(stage, stage_perform(stage, sales(), &operation, NULL, &leaves), OK);
    return leaves.rows;
}

/* The hash of the leaf's text, made of what is still there. */
static struct hash rewritten(const struct leaf_row *row)
{
    char text[LEAF_TEXT_SIZE];
    struct leaf leaf = {
        .subject = row->subject_id, .time_ms = row->at, .payload = row->payload_hash};
    strcpy(leaf.event, row->event);
    leaf_format(&leaf, text);
    return merkle_leaf_hash(text, strlen(text));
}

CASE(the_leaves_of_an_erased_contact_stand_without_their_particulars)
{
    struct stage *stage = *state;
    struct contact contact = create(stage, new_client(stage), "leaves@client.example");
    assert_result(stage, act_on(stage, sales(), &invite_contact_operation, &contact), OK);
    assert_result(stage, act_on(stage, stage_user(USER_OWNER), &erase_contact_operation, &contact),
                  OK);
    struct list leaves = leaves_of(stage, contact.id);
    assert_int_equal(leaves.count, 3);
    for (size_t i = 0; i < 2; i++) {
        const struct leaf_row *leaf = LIST_AT(struct leaf_row, leaves, i);
        assert_null(leaf->payload);
        assert_null(leaf->salt.bytes);
        assert_int_equal(leaf->erased_at, STAGE_NOW_MS);
        assert_true(hash_equal(rewritten(leaf), leaf->hash));
    }
    const struct leaf_row *last = LIST_AT(struct leaf_row, leaves, 2);
    assert_string_equal(last->event, "contact.erased");
    assert_non_null(last->payload);
}

CASE(erasing_is_for_good)
{
    struct stage *stage = *state;
    struct actor owner = stage_user(USER_OWNER);
    struct contact contact = create(stage, new_client(stage), "twice@client.example");
    assert_result(stage, act_on(stage, owner, &erase_contact_operation, &contact), OK);
    assert_result(stage, act_on(stage, owner, &erase_contact_operation, &contact),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "erased_at");
    assert_result(stage, act_on(stage, sales(), &enable_contact_operation, &contact),
                  ERROR_WRONG_STATE);
    struct contact in = form(contact.client_id, "back@client.example");
    in.id = contact.id;
    assert_result(stage, stage_perform(stage, sales(), &change_contact_operation, &in, &contact),
                  ERROR_WRONG_STATE);
    struct contact again = create(stage, contact.client_id, "twice@client.example");
    assert_false(id_equal(again.id, contact.id));
}

/* ---- who may, and who sees ----------------------------------------------------------------- */

static struct page list(struct stage *stage, struct actor actor, struct id client_id,
                        enum error expected)
{
    struct list_contacts query;
    struct page page = {0};
    shape_init(list_contacts_operation.in, &query);
    query.client_id = client_id;
    assert_result(stage, stage_perform(stage, actor, &list_contacts_operation, &query, &page),
                  expected);
    return page;
}

CASE(a_contact_sees_its_clients_contacts_and_a_stranger_none)
{
    struct stage *stage = *state;
    struct contact contact = create(stage, new_client(stage), "seen@client.example");
    create(stage, contact.client_id, "seen2@client.example");
    struct actor viewer = stage_contact(CONTACT_VIEWER, contact.client_id);
    struct actor stranger = stage_contact(CONTACT_APPROVER, new_client(stage));
    assert_int_equal(list(stage, viewer, contact.client_id, OK).items.count, 2);
    list(stage, stranger, contact.client_id, ERROR_NOT_FOUND);
    assert_result(stage, act_on(stage, viewer, &show_contact_operation, &contact), OK);
    assert_result(stage, act_on(stage, stranger, &show_contact_operation, &contact),
                  ERROR_NOT_FOUND);
}

CASE(contacts_are_managed_by_those_who_manage_clients_and_erased_by_owners)
{
    struct stage *stage = *state;
    static const struct operation *const managing[] = {
        &create_contact_operation, &change_contact_operation, &disable_contact_operation,
        &enable_contact_operation, &invite_contact_operation,
    };
    for (size_t i = 0; i < sizeof managing / sizeof *managing; i++)
        stage_assert_only(stage, managing[i], ROLE_OWNER | ROLE_SALES | ROLE_FINANCE);
    stage_assert_only(stage, &erase_contact_operation, ROLE_OWNER);
}

STAGE_RUN(T(a_contact_is_created_under_its_client),
          T(one_address_is_one_contact_in_the_whole_company), T(a_wrong_address_is_refused),
          T(a_contact_changes_at_the_version_that_was_read), T(an_invited_contact_enters_once),
          T(a_known_address_gets_a_link_and_an_unknown_one_the_same_answer),
          T(a_link_leads_to_the_page_that_was_asked_for_and_to_nothing_but_a_page),
          T(a_disabled_contact_is_out_at_once),
          T(whoever_moves_to_another_address_has_to_enter_again),
          T(a_calendar_ends_with_the_address_that_it_was_made_from),
          T(an_erased_contact_is_out_and_nowhere_to_be_read),
          T(an_erased_mail_is_not_sent_any_more),
          T(a_mail_that_is_erased_while_it_goes_out_stays_erased_with_what_the_server_said),
          T(mails_to_a_former_address_are_erased_too), T(mails_to_who_has_the_address_now_stay),
          T(the_leaves_of_an_erased_contact_stand_without_their_particulars),
          T(erasing_is_for_good), T(a_contact_sees_its_clients_contacts_and_a_stranger_none),
          T(contacts_are_managed_by_those_who_manage_clients_and_erased_by_owners))
