/* Milestones against what was signed: each is as the contract says, or the change order that was
 * applied to it last; and that is what its signed text says. */
#include "verify/verification.h"

#include <string.h>

#include "verify/canonical.h"
#include "verify/prices.h"

static const char *text_of(const json_t *row, const char *member)
{
    const char *text = json_string_value(json_object_get(row, member));
    return text ? text : "";
}

static bool is_shown(const struct verification *verification, size_t i, const char *kind)
{
    const struct bundle_row *row = &verification->bundle->rows[i];
    return verification->row_is_proven[i] && row->row && strcmp(row->kind, kind) == 0;
}

/* What holds for a contract: its last applied change order, or itself; NULL if neither is shown. */
static const struct bundle_row *find_agreement(const struct verification *verification,
                                               const char *contract_id)
{
    const struct bundle_row *found = NULL;
    json_int_t last = -1;
    for (size_t i = 0; i < verification->bundle->row_count; i++) {
        const struct bundle_row *row = &verification->bundle->rows[i];
        json_int_t number = 0;
        if (is_shown(verification, i, "change_order")) {
            if (strcmp(text_of(row->row, "contract_id"), contract_id) != 0 ||
                strcmp(text_of(row->row, "state"), "applied") != 0)
                continue;
            number = json_integer_value(json_object_get(row->row, "applied_number"));
        } else if (!is_shown(verification, i, "contract") ||
                   strcmp(text_of(row->row, "id"), contract_id) != 0) {
            continue;
        }
        if (number > last) {
            last = number;
            found = row;
        }
    }
    return found;
}

/* The reason why its plan is not the one that was signed, NULL if it is. */
static const char *judge_text(struct verification *verification, const struct bundle_row *agreement)
{
    char hex[HASH_HEX_SIZE];
    struct fault fault;
    const char *plan;
    const char *document = text_of(agreement->row, "document");
    hash_to_hex(hash_bytes(document, strlen(document)), hex);
    if (strcmp(hex, text_of(agreement->row, "document_hash")) != 0)
        return "the text that was signed does not have its hash";
    if (canonical_text(verification->scratch, json_object_get(agreement->row, "plan"), &plan,
                       &fault) != OK)
        return "its plan cannot be read";
    if (!strstr(document, arena_format(verification->scratch, "\"plan\":%s", plan)))
        return "its plan is not the one in the text that was signed";
    return judge_prices(verification->scratch, json_object_get(agreement->row, "plan"));
}

static const json_t *find_planned(const json_t *agreement, const char *code)
{
    const json_t *milestones = json_object_get(json_object_get(agreement, "plan"), "milestones");
    for (size_t i = 0; i < json_array_size(milestones); i++) {
        const json_t *planned = json_array_get(milestones, i);
        if (strcmp(text_of(planned, "code"), code) == 0)
            return planned;
    }
    return NULL;
}

/* In the canonical text of a row money is whole minor units. */
static bool is_nothing(const json_t *price_minor)
{
    return json_is_integer(price_minor) && json_integer_value(price_minor) == 0;
}

static const char *judge_milestone(const json_t *milestone, const json_t *agreement)
{
    static const char *const members[] = {"tax_category", "tax_rate_ppm", "due_day"};
    const json_t *planned = find_planned(agreement, text_of(milestone, "code"));
    bool is_gone = strcmp(text_of(milestone, "state"), "cancelled") == 0;
    if (!planned)
        return is_gone || is_nothing(json_object_get(milestone, "price_minor"))
                   ? NULL
                   : "it was not agreed";
    if (is_gone)
        return "it was agreed and is cancelled";
    if (!json_equal(json_object_get(milestone, "price_minor"),
                    json_object_get(planned, "price_minor")))
        return "its price is not the one that was agreed";
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!json_equal(json_object_get(milestone, members[i]),
                        json_object_get(planned, members[i])))
            return "its tax or due day is not the one that was agreed";
    return NULL;
}

static void check_one(struct verification *verification, const struct bundle_row *milestone)
{
    char id[ID_TEXT_SIZE];
    const char *code = text_of(milestone->row, "code");
    const struct bundle_row *agreement =
        find_agreement(verification, text_of(milestone->row, "contract_id"));
    arena_reset(verification->scratch);
    if (!agreement || !json_object_get(agreement->row, "plan")) {
        report_ok(verification->report, "milestone %s: its contract is not shown", code);
        return;
    }
    const char *reason = judge_text(verification, agreement);
    if (!reason)
        reason = judge_milestone(milestone->row, agreement->row);
    id_format(agreement->id, id);
    if (reason)
        report_fail(verification->report, "milestone %s, by %s %s: %s", code, agreement->kind, id,
                    reason);
    else
        report_ok(verification->report, "milestone %s: as %s %s says", code, agreement->kind, id);
}

void check_agreed(struct verification *verification)
{
    const struct bundle *bundle = verification->bundle;
    size_t count = 0;
    for (size_t i = 0; i < bundle->row_count; i++)
        count += is_shown(verification, i, "milestone");
    report_heading(verification->report, "Milestones", count);
    for (size_t i = 0; i < bundle->row_count; i++)
        if (is_shown(verification, i, "milestone"))
            check_one(verification, &bundle->rows[i]);
}
