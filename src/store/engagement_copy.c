#include "store/engagement_copy.h"

#include "base/must.h"

/* Which rows of a table belong to the engagement, and how they are ordered. Conditions share these
 * sets of ids. */
#define OF_ENGAGEMENT "engagement_id = :engagement_id"
#define ITS_RATE_CARDS                                                                             \
    "(SELECT rate_card_id FROM estimate WHERE company = :company"                                  \
    " AND engagement_id = :engagement_id)"
#define ITS_INVOICES                                                                               \
    "(SELECT id FROM invoice WHERE company = :company AND engagement_id = :engagement_id)"
#define ITS_PAYMENTS                                                                               \
    "(SELECT payment_id FROM allocation WHERE company = :company AND invoice_id IN " ITS_INVOICES  \
    " AND payment_id IS NOT NULL)"
#define OF_ITS_MONEY "(payment_id IN " ITS_PAYMENTS " OR credit_note_id IN " ITS_INVOICES ")"
#define ITS_ALLOCATIONS                                                                            \
    "(SELECT id FROM allocation WHERE company = :company AND (invoice_id IN " ITS_INVOICES         \
    " OR " OF_ITS_MONEY "))"
#define ITS_REFUNDS "(SELECT id FROM refund WHERE company = :company AND " OF_ITS_MONEY ")"
#define ITS_ENTRIES                                                                                \
    "(source_id IN " ITS_INVOICES " OR source_id IN " ITS_PAYMENTS                                 \
    " OR source_id IN " ITS_ALLOCATIONS " OR source_id IN " ITS_REFUNDS ")"

struct part {
    const char *member;
    const char *condition;
    const char *order;
};

static const struct part parts[] = {
    {"contacts", "client_id = :client_id", "id"},
    {"requirements", OF_ENGAGEMENT, "id"},
    {"confirmations", OF_ENGAGEMENT, "id"},
    {"proposals", OF_ENGAGEMENT, "id"},
    {"rate_cards", "id IN " ITS_RATE_CARDS, "id"},
    {"estimates", OF_ENGAGEMENT, "id"},
    {"comments", OF_ENGAGEMENT, "id"},
    {"contracts", OF_ENGAGEMENT, "id"},
    {"signatures", OF_ENGAGEMENT, "contract_id, sequence"},
    {"change_orders", OF_ENGAGEMENT, "id"},
    {"change_signatures", OF_ENGAGEMENT, "change_order_id, sequence"},
    {"milestones", OF_ENGAGEMENT, "id"},
    {"dependencies", OF_ENGAGEMENT, "milestone_id, after_id"},
    {"tasks", OF_ENGAGEMENT, "id"},
    {"task_dependencies", OF_ENGAGEMENT, "id"},
    {"task_slips", OF_ENGAGEMENT, "id"},
    {"time_entries", OF_ENGAGEMENT, "id"},
    {"earning_choices", OF_ENGAGEMENT, "id"},
    {"value_snapshots", OF_ENGAGEMENT, "day"},
    {"report_rhythms", OF_ENGAGEMENT, "id"},
    {"status_reports", OF_ENGAGEMENT, "number"},
    {"baselines", OF_ENGAGEMENT, "id"},
    {"obligations", OF_ENGAGEMENT, "id"},
    {"obligation_slips", OF_ENGAGEMENT, "id"},
    {"team_members", OF_ENGAGEMENT, "id"},
    {"communications", OF_ENGAGEMENT, "id"},
    {"meetings", OF_ENGAGEMENT, "id"},
    {"files", OF_ENGAGEMENT, "id"},
    {"submissions", OF_ENGAGEMENT, "id"},
    {"approvals", OF_ENGAGEMENT, "id"},
    {"disputes", OF_ENGAGEMENT, "id"},
    {"certificates", OF_ENGAGEMENT, "id"},
    {"defects", OF_ENGAGEMENT, "id"},
    {"price_reductions", OF_ENGAGEMENT, "id"},
    {"billing_periods", OF_ENGAGEMENT, "id"},
    {"progress_claims", OF_ENGAGEMENT, "id"},
    {"progress_approvals", OF_ENGAGEMENT, "id"},
    {"invoices", OF_ENGAGEMENT, "id"},
    {"payments", "id IN " ITS_PAYMENTS, "id"},
    {"allocations", "id IN " ITS_ALLOCATIONS, "id"},
    {"refunds", "id IN " ITS_REFUNDS, "id"},
    {"ledger_entries", ITS_ENTRIES, "id"},
    {"documents", OF_ENGAGEMENT, "subject_id, kind"},
    {"jobs", OF_ENGAGEMENT, "id"},
};

struct copying {
    struct store *store;
    const struct engagement *engagement;
};

static enum error list_rows(const struct copying *copying, const struct shape *shape,
                            const struct part *part, struct list *list, struct fault *fault)
{
    struct store *store = copying->store;
    const char *sql = arena_format(
        store->arena, "SELECT %s FROM %s WHERE company = :company AND %s ORDER BY %s LIMIT %d",
        table_columns(shape, store->arena), shape->name, part->condition, part->order,
        COPY_LIST_LIMIT + 1);
    const char *name = arena_format(store->arena, "copy_%s", part->member);
    enum error error = store_list(store, tables_statement(store->tables, name, sql),
                                  PARAMS({"engagement_id", value_id(&copying->engagement->id)},
                                         {"client_id", value_id(&copying->engagement->client_id)}),
                                  shape, list, fault);
    if (!error && list->count > COPY_LIST_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, part->member, "a copy has at most %d of them",
                      COPY_LIST_LIMIT);
    return error;
}

/* ---- rows that rows own -------------------------------------------------------------------- */

/* Both tables begin with the id of their owner, whose list is the part's member. */
struct ownership {
    const struct shape *owners;
    const char *member;
    struct part part;
};

static const struct ownership invoice_lines = {
    .owners = &invoice_shape,
    .member = "lines",
    .part = {"invoice_lines", "invoice_id IN " ITS_INVOICES, "invoice_id, number"},
};

static const struct ownership entry_postings = {
    .owners = &ledger_entry_shape,
    .member = "postings",
    .part = {"ledger_postings",
             "entry_id IN (SELECT id FROM ledger_entry WHERE company = :company AND " ITS_ENTRIES
             ")",
             "entry_id, number"},
};

static struct id id_in(const struct shape *shape, const char *name, const void *row)
{
    return *(const struct id *)field_of(shape_field(shape, name, NULL), row);
}

/* Gives each owner its stretch of the owned rows, which are ordered by it. */
static void hand_out(const struct ownership *ownership, const struct list *owned,
                     struct list *owners)
{
    const struct field *member = shape_field(ownership->owners, ownership->member, NULL);
    const struct shape *shape = member->shape;
    const char *owner_name = shape->fields[0].name;
    must(shape->fields[0].kind == FIELD_ID);
    for (size_t i = 0; i < owners->count; i++) {
        char *owner = (char *)owners->rows + i * ownership->owners->size;
        struct id id = id_in(ownership->owners, "id", owner);
        struct list *rows = field_at(member, owner);
        for (size_t j = 0; j < owned->count; j++) {
            char *row = (char *)owned->rows + j * shape->size;
            if (!id_equal(id_in(shape, owner_name, row), id))
                continue;
            if (rows->count++ == 0)
                rows->rows = row;
        }
    }
}

static enum error load_owned(const struct copying *copying, const struct ownership *ownership,
                             struct list *owners, struct fault *fault)
{
    const struct field *member = shape_field(ownership->owners, ownership->member, NULL);
    struct list owned;
    enum error error = list_rows(copying, member->shape, &ownership->part, &owned, fault);
    if (!error)
        hand_out(ownership, &owned, owners);
    return error;
}

/* ---- all of it ----------------------------------------------------------------------------- */

enum error load_engagement_copy(struct store *store, const struct engagement *engagement,
                                struct engagement_copy *copy, struct fault *fault)
{
    const struct copying copying = {store, engagement};
    must(store->viewer.is_agency);
    copy->engagement = arena_copy(store->arena, engagement, sizeof *engagement);
    copy->client = arena_alloc(store->arena, sizeof *copy->client);
    enum error error = store_load(store, &client_shape, engagement->client_id, copy->client, fault);
    for (size_t i = 0; !error && i < sizeof parts / sizeof *parts; i++) {
        const struct field *member = shape_field(&engagement_copy_shape, parts[i].member, NULL);
        must(member);
        error = list_rows(&copying, member->shape, &parts[i], field_at(member, copy), fault);
    }
    if (!error)
        error = load_owned(&copying, &invoice_lines, &copy->invoices, fault);
    if (!error)
        error = load_owned(&copying, &entry_postings, &copy->ledger_entries, fault);
    return error;
}

/* ---- taking it in -------------------------------------------------------------------------- */

enum error find_row(struct store *store, const struct shape *shape, struct id id, bool *found,
                    struct fault *fault)
{
    int64_t count;
    const char *sql = arena_format(
        store->arena, "SELECT count(*) FROM %s WHERE company = :company AND id = :id", shape->name);
    const char *name = arena_format(store->arena, "count_%s", shape->name);
    enum error error = store_count(store, tables_statement(store->tables, name, sql),
                                   PARAMS({"id", value_id(&id)}), &count, fault);
    *found = !error && count > 0;
    return error;
}
