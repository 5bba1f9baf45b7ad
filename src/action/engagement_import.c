#include "action/engagement_import.h"

#include <stdlib.h>
#include <string.h>

#include "action/company.h"
#include "base/limits.h"
#include "platform/blob.h"
#include "store/engagement_copy.h"
#include "store/invoice.h"
#include "store/kept.h"
#include "store/ledger.h"
#include "store/person.h"

/* ---- before the transaction ---------------------------------------------------------------- */

static enum error check_bytes(const struct call *call, const char *member, size_t i,
                              struct hash hash, struct fault *fault)
{
    if (hash_equal(hash, (struct hash){0}) || blob_exists(call->app->files_directory, hash))
        return OK;
    return refuse(fault, ERROR_INVALID, arena_format(call->arena, "%s/%zu", member, i),
                  "its bytes are not among the blobs");
}

/* Each row is one change of the leaf, and so is what it owns. */
static enum error check_size(const struct engagement_copy *copy, struct fault *fault)
{
    size_t changes = 2 + copy->invoices.count + copy->ledger_entries.count;
    for (size_t i = 0; i < engagement_copy_shape.field_count; i++) {
        const struct field *member = &engagement_copy_shape.fields[i];
        if (member->kind == FIELD_LIST)
            changes += ((const struct list *)field_of(member, copy))->count;
    }
    if (changes > CHANGES_MAX)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "a copy that is taken in has at most %d rows",
                      CHANGES_MAX);
    return OK;
}

static enum error prepare_import(struct call *call, void *input, struct fault *fault)
{
    const struct engagement_copy *copy = input;
    enum error error = engagement_copy_check(copy, fault);
    if (!error)
        error = check_size(copy, fault);
    for (size_t i = 0; !error && i < copy->files.count; i++)
        error = check_bytes(call, "files", i, LIST_AT(struct file, copy->files, i)->hash, fault);
    for (size_t i = 0; !error && i < copy->documents.count; i++)
        error = check_bytes(call, "documents", i,
                            LIST_AT(struct document_row, copy->documents, i)->file_hash, fault);
    return error;
}

/* ---- numbers ------------------------------------------------------------------------------- */

/* A document's number, where it stands in the copy, and which it is of its series. */
struct numbered {
    enum number_series series; /* of the document; its number may be drawn from another */
    const char *text;
    const char *place;
    struct document_count count;
};

struct numbers {
    struct arena *arena;
    struct numbered *all;
    size_t count;
};

static void add_number(struct numbers *numbers, enum number_series series, const char *text,
                       const char *member, size_t index)
{
    const char *place = arena_format(numbers->arena, "%s/%zu/number", member, index);
    if (text)
        numbers->all[numbers->count++] = (struct numbered){series, text, place, {0}};
}

static struct numbers gather_numbers(struct arena *arena, const struct engagement_copy *copy)
{
    struct numbers numbers = {
        .arena = arena,
        .all = arena_array(arena,
                           copy->contracts.count + copy->invoices.count + copy->payments.count +
                               copy->refunds.count,
                           sizeof *numbers.all),
    };
    for (size_t i = 0; i < copy->contracts.count; i++)
        add_number(&numbers, SERIES_CONTRACT, LIST_AT(struct contract, copy->contracts, i)->number,
                   "contracts", i);
    for (size_t i = 0; i < copy->invoices.count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, copy->invoices, i);
        bool is_note = invoice->kind == INVOICE_CREDIT_NOTE;
        add_number(&numbers, is_note ? SERIES_CREDIT_NOTE : SERIES_INVOICE, invoice->number,
                   "invoices", i);
    }
    for (size_t i = 0; i < copy->payments.count; i++)
        add_number(&numbers, SERIES_PAYMENT, LIST_AT(struct payment, copy->payments, i)->number,
                   "payments", i);
    for (size_t i = 0; i < copy->refunds.count; i++)
        add_number(&numbers, SERIES_REFUND, LIST_AT(struct refund, copy->refunds, i)->number,
                   "refunds", i);
    return numbers;
}

/* By counter, then as they were given. */
static int compare_numbered(const void *left, const void *right)
{
    const struct document_count *a = &((const struct numbered *)left)->count;
    const struct document_count *b = &((const struct numbered *)right)->count;
    if (a->series != b->series)
        return a->series < b->series ? -1 : 1;
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static enum error read_numbers(const struct company *company, struct numbers *numbers,
                               struct fault *fault)
{
    for (size_t i = 0; i < numbers->count; i++) {
        struct numbered *one = &numbers->all[i];
        if (!number_format_find(&company->numbering, one->series, one->text, &one->count))
            return refuse(fault, ERROR_INVALID, one->place, "is no number of its series here");
    }
    return OK;
}

static enum error take_this(struct call *call, const struct numbered *numbered, struct fault *fault)
{
    int64_t number;
    const char *series = choice_name(&number_series_choices, (int)numbered->count.series);
    enum error error = take_number(&call->store, series, numbered->count.year, &number, fault);
    if (error)
        return error;
    if (number != numbered->count.number)
        return refuse(fault, ERROR_CONFLICT, numbered->place,
                      "this company gives number %lld of the series next, not %s; none is given "
                      "twice or left out",
                      (long long)number, numbered->text);
    return OK;
}

static enum error take_numbers(struct call *call, const struct engagement_copy *copy,
                               struct fault *fault)
{
    struct company company;
    struct numbers numbers = gather_numbers(call->arena, copy);
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = read_numbers(&company, &numbers, fault);
    if (error)
        return error;
    qsort(numbers.all, numbers.count, sizeof *numbers.all, compare_numbered);
    for (size_t i = 0; !error && i < numbers.count; i++)
        error = take_this(call, &numbers.all[i], fault);
    return error;
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* Whether the row is there; tables whose rows have no id belong to rows that have one. */
static enum error is_present(struct call *call, const struct shape *shape, const void *row,
                             bool *found, struct fault *fault)
{
    const struct field *id = shape_field(shape, "id", NULL);
    *found = false;
    if (!id)
        return OK;
    return find_row(&call->store, shape, *(const struct id *)field_of(id, row), found, fault);
}

static enum error insert_owned(struct call *call, const struct shape *shape, const void *row,
                               struct fault *fault)
{
    if (shape == &invoice_shape)
        return insert_invoice_lines(&call->store, row, fault);
    if (shape == &ledger_entry_shape)
        return append_postings(&call->store, row, fault);
    return OK;
}

static enum error insert_new(struct call *call, const struct shape *shape, const char *place,
                             const void *row, struct fault *fault)
{
    bool found;
    void *copy = arena_copy(call->arena, row, shape->size); /* its version starts anew */
    enum error error = is_present(call, shape, row, &found, fault);
    if (!error && found)
        return refuse(fault, ERROR_CONFLICT, place, "this row is there already");
    if (!error)
        error = insert_row(call, shape, copy, fault);
    return error ? error : insert_owned(call, shape, row, fault);
}

static enum error insert_client(struct call *call, const struct client *client, struct fault *fault)
{
    bool found;
    enum error error = is_present(call, &client_shape, client, &found, fault);
    return error || found ? error : insert_new(call, &client_shape, "client", client, fault);
}

static enum error insert_contact(struct call *call, const struct contact *contact, size_t i,
                                 struct fault *fault)
{
    struct contact other;
    const char *place = arena_format(call->arena, "contacts/%zu", i);
    bool found;
    enum error error = is_present(call, &contact_shape, contact, &found, fault);
    if (error || found)
        return error;
    if (contact->email)
        error = find_contact_by_email(&call->store, contact->email, &other, &found, fault);
    if (!error && found)
        return refuse(fault, ERROR_CONFLICT, arena_format(call->arena, "%s/email", place),
                      "another contact has this address");
    return error ? error : insert_new(call, &contact_shape, place, contact, fault);
}

/* Several engagements of one company may have been estimated by it. */
static enum error insert_rate_card(struct call *call, const struct rate_card *card, size_t i,
                                   struct fault *fault)
{
    bool found;
    enum error error = is_present(call, &rate_card_shape, card, &found, fault);
    return error || found ? error
                          : insert_new(call, &rate_card_shape,
                                       arena_format(call->arena, "rate_cards/%zu", i), card, fault);
}

static enum error insert_all(struct call *call, const struct engagement_copy *copy,
                             struct fault *fault)
{
    enum error error = insert_client(call, copy->client, fault);
    for (size_t i = 0; !error && i < copy->contacts.count; i++)
        error = insert_contact(call, LIST_AT(struct contact, copy->contacts, i), i, fault);
    for (size_t i = 0; !error && i < copy->rate_cards.count; i++)
        error = insert_rate_card(call, LIST_AT(struct rate_card, copy->rate_cards, i), i, fault);
    for (size_t at = 0; !error && at < engagement_copy_shape.field_count; at++) {
        const struct field *member = &engagement_copy_shape.fields[at];
        const struct list *rows = field_of(member, copy);
        if (member->kind != FIELD_LIST || rows == &copy->contacts || rows == &copy->rate_cards)
            continue;
        for (size_t i = 0; !error && i < rows->count; i++)
            error = insert_new(call, member->shape,
                               arena_format(call->arena, "%s/%zu", member->name, i),
                               (const char *)rows->rows + i * member->shape->size, fault);
    }
    return error;
}

static enum error import_engagement(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct engagement_copy *copy = input;
    struct engagement *engagement = output;
    happened(call, "engagement.imported", copy->engagement->id, copy->engagement->id);
    enum error error = insert_new(call, &engagement_shape, "engagement", copy->engagement, fault);
    if (!error)
        error = take_numbers(call, copy, fault);
    if (!error)
        error = insert_all(call, copy, fault);
    *engagement = *copy->engagement;
    engagement->version = 1;
    return error;
}

const struct operation import_engagement_operation = {
    .name = "import_engagement",
    .permission = PERMIT_OPERATE,
    .writes = true,
    .in = &engagement_copy_shape,
    .out = &engagement_shape,
    .prepare = prepare_import,
    .run = import_engagement,
};
