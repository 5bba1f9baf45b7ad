#include "action/bundle_links.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/must.h"
#include "core/domain.h"

/* A row's member that names another row: the link leads from one to the other by a relation. */
struct link_rule {
    const char *kind;   /* of the row with the member */
    const char *member; /* an id */
    const char *other;  /* the kind that it names; NULL: the choice in source_kind says */
    const char *relation;
    bool is_from;        /* the link leads from this row; otherwise from the other */
    const char *only_if; /* a member that must not be none; NULL: always */
};

static const struct link_rule rules[] = {
    {"requirement", "engagement_id", "engagement", "has_requirement", false, NULL},
    {"contract", "engagement_id", "engagement", "agreed_in", false, NULL},
    {"signature", "contract_id", "contract", "signed_by", false, "signed_at"},
    {"change_order", "contract_id", "contract", "changed_by", false, NULL},
    {"change_signature", "change_order_id", "change_order", "signed_by", false, "signed_at"},
    {"milestone", "contract_id", "contract", "has_milestone", false, NULL},
    {"submission", "milestone_id", "milestone", "submitted_as", false, NULL},
    {"certificate", "submission_id", "submission", "accepted_by", false, NULL},
    {"billing_period", "milestone_id", "milestone", "recurs_in", false, NULL},
    {"billing_period", "invoice_id", "invoice_lines", "billed_as", true, "invoice_id"},
    {"progress_claim", "milestone_id", "milestone", "claimed_in", false, NULL},
    {"progress_claim", "invoice_id", "invoice_lines", "billed_as", true, "invoice_id"},
    {"invoice", "id", "invoice_lines", "part_of", false, NULL},
    {"invoice", "credited_invoice_id", "invoice", "credited_by", false, NULL},
    {"allocation", "invoice_id", "invoice", "paid_by", false, NULL},
    {"allocation", "payment_id", "payment", "taken_from", true, NULL},
    {"allocation", "credit_note_id", "invoice", "taken_from", true, NULL},
    {"allocation", "credit_note_id", "invoice", "applied_as", false, NULL},
    {"refund", "payment_id", "payment", "refunded_by", false, NULL},
    {"refund", "credit_note_id", "invoice", "refunded_by", false, NULL},
    {"ledger_entry", "source_id", NULL, "posted_as", false, NULL},
    {"ledger_entry", "id", "ledger_entry_postings", "has_postings", true, NULL},
};

struct putting {
    struct text_buffer *text;
    const struct bundle_rows *rows;
    bool has_any;
};

static void put_end(struct putting *putting, const char *name, const struct bundled_row *row)
{
    char id[ID_TEXT_SIZE];
    text_printf(putting->text, "\"%s\":{\"kind\":\"%s\",\"id\":\"%s\"}", name, row->kind,
                id_format(row->id, id));
}

static void put_link(struct putting *putting, const struct bundled_row *from, const char *relation,
                     const struct bundled_row *to)
{
    if (!from || !to || !from->belongs || !to->belongs || (!from->text && !to->text))
        return;
    text_put_text(putting->text, putting->has_any ? ",\n{" : "{");
    put_end(putting, "from", from);
    text_printf(putting->text, ",\"relation\":\"%s\",", relation);
    put_end(putting, "to", to);
    text_put_char(putting->text, '}');
    putting->has_any = true;
}

static const struct field *member(const struct bundled_row *row, const char *name)
{
    const struct field *field = shape_field(row->shape, name, NULL);
    must(field);
    return field;
}

static void apply_rule(struct putting *putting, const struct link_rule *rule,
                       const struct bundled_row *row)
{
    if (strcmp(row->kind, rule->kind) != 0 ||
        (rule->only_if && field_is_none(member(row, rule->only_if), row->row)))
        return;
    struct id id = *(const struct id *)field_of(member(row, rule->member), row->row);
    const char *kind = rule->other;
    if (!kind)
        kind = choice_name(&source_kind_choices,
                           (int)((const struct ledger_entry *)row->row)->source_kind);
    const struct bundled_row *other = bundle_row_find(putting->rows, kind, id);
    put_link(putting, rule->is_from ? row : other, rule->relation, rule->is_from ? other : row);
}

/* What is named within lists. */
static void put_inner_links(struct putting *putting, const struct bundled_row *row)
{
    if (strcmp(row->kind, "submission") == 0) {
        const struct submission *submission = row->row;
        for (size_t i = 0; i < submission->deliverables.count; i++)
            put_link(
                putting, row, "delivers",
                bundle_row_find(putting->rows, "file",
                                LIST_AT(struct delivered, submission->deliverables, i)->file_id));
    }
    if (strcmp(row->kind, "invoice_lines") == 0) {
        const struct invoice *invoice = row->row;
        for (size_t i = 0; i < invoice->lines.count; i++)
            put_link(
                putting,
                bundle_row_find(putting->rows, "certificate",
                                LIST_AT(struct invoice_line, invoice->lines, i)->certificate_id),
                "billed_as", row);
    }
}

void bundle_put_links(struct text_buffer *text, const struct bundle_rows *rows)
{
    struct putting putting = {.text = text, .rows = rows};
    text_put_char(text, '[');
    for (size_t i = 0; i < rows->count; i++) {
        const struct bundled_row *row = &rows->rows[i];
        if (!row->belongs)
            continue;
        for (size_t j = 0; j < sizeof rules / sizeof *rules; j++)
            apply_rule(&putting, &rules[j], row);
        put_inner_links(&putting, row);
    }
    text_put_char(text, ']');
}

/* ---- documents ------------------------------------------------------------------------------ */

static void put_document(struct putting *putting, const struct bundled_row *row, const char *kind,
                         const char *member_name, const char *file)
{
    char id[ID_TEXT_SIZE];
    char hex[HASH_HEX_SIZE];
    const struct field *field = member(row, member_name);
    if (!row->text || field_is_none(field, row->row))
        return;
    text_printf(putting->text,
                "%s{\"kind\":\"%s\",\"sha256\":\"%s\",\"recorded\":{\"kind\":\"%s\",\"id\":\"%s\","
                "\"version\":%lld,\"member\":\"%s\"}",
                putting->has_any ? ",\n" : "", kind,
                hash_to_hex(*(const struct hash *)field_of(field, row->row), hex), row->kind,
                id_format(row->id, id), (long long)row->version, member_name);
    if (file) {
        text_put_text(putting->text, ",\"file\":");
        json_write_string(putting->text, file);
    }
    text_put_char(putting->text, '}');
    putting->has_any = true;
}

/* A name under which a file can lie in a directory; NULL if it has none. */
static const char *plain_name(const char *name)
{
    return strchr(name, '/') || *name == '.' || strlen(name) > 200 ? NULL : name;
}

void bundle_put_documents(struct text_buffer *text, const struct bundle_rows *rows)
{
    struct putting putting = {.text = text, .rows = rows};
    text_put_char(text, '[');
    for (size_t i = 0; i < rows->count; i++) {
        const struct bundled_row *row = &rows->rows[i];
        if (!row->belongs)
            continue;
        if (strcmp(row->kind, "contract") == 0 || strcmp(row->kind, "signature") == 0)
            put_document(&putting, row, "contract", "document_hash", NULL);
        if (strcmp(row->kind, "change_order") == 0 || strcmp(row->kind, "change_signature") == 0)
            put_document(&putting, row, "change_order", "document_hash", NULL);
        if (strcmp(row->kind, "file") == 0)
            put_document(&putting, row, "deliverable", "hash",
                         plain_name(((const struct file *)row->row)->name));
    }
    text_put_char(text, ']');
}
