#include "action/client.h"

#include "../check.h"
#include "../stage.h"

static struct client form(const char *name)
{
    return (struct client){
        .name = name,
        .country = "DE",
        .currency = "EUR",
        .time_zone = "Europe/Berlin",
        .payment_days = 14,
    };
}

static struct client create(struct stage *stage, const char *name, const char *country)
{
    struct client in = form(name);
    struct client client;
    in.country = country;
    assert_result(
        stage, stage_perform(stage, stage_user(USER_SALES), &create_client_operation, &in, &client),
        OK);
    return client;
}

static struct page list(struct stage *stage, struct actor actor, const char *name_contains,
                        const char *country, const char *sort)
{
    struct list_clients query;
    struct page page;
    shape_init(list_clients_operation.in, &query);
    query.name_contains = name_contains;
    query.country = country;
    query.page.sort = sort;
    assert_result(stage, stage_perform(stage, actor, &list_clients_operation, &query, &page), OK);
    return page;
}

CASE(a_client_is_shown_as_it_was_created)
{
    struct stage *stage = *state;
    struct client in = form("General Services");
    struct client client;
    in.billing_email = "Accounts.Payable@GSA.example";
    in.reference = "PO 7";
    struct actor sales = stage_user(USER_SALES);
    assert_result(stage, stage_perform(stage, sales, &create_client_operation, &in, &client), OK);
    struct subject subject = {client.id};
    assert_result(
        stage,
        stage_perform(stage, stage_user(USER_AUDITOR), &show_client_operation, &subject, &client),
        OK);
    assert_string_equal(client.name, "General Services");
    assert_string_equal(client.billing_email, "accounts.payable@gsa.example");
    assert_string_equal(client.reference, "PO 7");
    assert_int_equal(client.payment_days, 14);
    assert_int_equal(client.created_at, STAGE_NOW_MS);
    assert_null(client.legal_name);
}

CASE(what_no_invoice_could_carry_is_refused_by_field)
{
    struct stage *stage = *state;
    static const struct {
        const char *field;
        struct client in;
    } wrong[] = {
        {"country", {.country = "UK", .currency = "GBP", .time_zone = "Europe/London"}},
        {"currency", {.country = "GB", .currency = "XAU", .time_zone = "Europe/London"}},
        {"time_zone", {.country = "GB", .currency = "GBP", .time_zone = "../etc/passwd"}},
        {"billing_email",
         {.country = "GB",
          .currency = "GBP",
          .time_zone = "Europe/London",
          .billing_email = "pay@client.example, more@client.example"}},
    };
    struct actor sales = stage_user(USER_SALES);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct client in = wrong[i].in;
        struct client client;
        assert_result(stage, stage_perform(stage, sales, &create_client_operation, &in, &client),
                      ERROR_INVALID);
        assert_string_equal(stage->fault.field, wrong[i].field);
    }
}

CASE(a_client_changes_at_the_version_that_was_read)
{
    struct stage *stage = *state;
    struct client client = create(stage, "Before", "DE");
    struct client in = form("After");
    struct actor finance = stage_user(USER_FINANCE);
    in.id = client.id;
    assert_result(stage,
                  stage_perform_at(stage, finance, 2, &change_client_operation, &in, &client),
                  ERROR_STALE);
    assert_result(stage,
                  stage_perform_at(stage, finance, 1, &change_client_operation, &in, &client), OK);
    assert_string_equal(client.name, "After");
    assert_int_equal(client.version, 2);
    assert_int_equal(client.created_at, STAGE_NOW_MS);
    in.id = id_make(1, 2, 3);
    assert_result(stage, stage_perform(stage, finance, &change_client_operation, &in, &client),
                  ERROR_NOT_FOUND);
}

CASE(clients_are_filtered_and_sorted)
{
    struct stage *stage = *state;
    create(stage, "Filter Zeta 50%", "FR");
    create(stage, "Filter Alpha", "FR");
    create(stage, "Filter Beta", "IT");
    struct actor auditor = stage_user(USER_AUDITOR);
    struct page page = list(stage, auditor, "fiLTer", NULL, "name");
    assert_int_equal(page.items.count, 3);
    assert_string_equal(LIST_AT(struct client, page.items, 0)->name, "Filter Alpha");
    assert_string_equal(LIST_AT(struct client, page.items, 2)->name, "Filter Zeta 50%");
    assert_int_equal(list(stage, auditor, "filter", "FR", "-name").items.count, 2);
    assert_int_equal(list(stage, auditor, "%", NULL, NULL).items.count, 1);
    assert_int_equal(list(stage, auditor, "nobody is called so", NULL, NULL).items.count, 0);
}

CASE(a_contact_sees_its_own_client_and_no_other)
{
    struct stage *stage = *state;
    struct client own = create(stage, "Own", "DE");
    struct client other = create(stage, "Other", "DE");
    struct actor viewer = stage_contact(CONTACT_VIEWER, own.id);
    struct subject in = {own.id};
    struct client client;
    assert_result(stage, stage_perform(stage, viewer, &show_client_operation, &in, &client), OK);
    in.id = other.id;
    assert_result(stage, stage_perform(stage, viewer, &show_client_operation, &in, &client),
                  ERROR_NOT_FOUND);
    struct page page = list(stage, viewer, NULL, NULL, NULL);
    assert_int_equal(page.items.count, 1);
    assert_string_equal(LIST_AT(struct client, page.items, 0)->name, "Own");
}

CASE(delivery_auditors_and_contacts_manage_no_clients)
{
    struct stage *stage = *state;
    unsigned managers = ROLE_OWNER | ROLE_SALES | ROLE_FINANCE;
    stage_assert_only(stage, &create_client_operation, managers);
    stage_assert_only(stage, &change_client_operation, managers);
}

STAGE_RUN(T(a_client_is_shown_as_it_was_created),
          T(what_no_invoice_could_carry_is_refused_by_field),
          T(a_client_changes_at_the_version_that_was_read), T(clients_are_filtered_and_sorted),
          T(a_contact_sees_its_own_client_and_no_other),
          T(delivery_auditors_and_contacts_manage_no_clients))
