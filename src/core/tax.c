#include "core/tax.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"

enum { PPM = 1000 * 1000 };

/* clang-format off */
static const struct {
    const char *code;
    const char *name;
    enum { RATE_ZERO, RATE_ABOVE_ZERO, RATE_ANY } rate;
    enum { REASON_NEVER, REASON_NEEDED, REASON_IS_NAME } reason;
} categories[TAX_CATEGORY_COUNT] = {
    [TAX_STANDARD]        = {"S",  "Standard rate",           RATE_ABOVE_ZERO, REASON_NEVER},
    [TAX_ZERO_RATED]      = {"Z",  "Zero rated",              RATE_ZERO,       REASON_NEVER},
    [TAX_EXEMPT]          = {"E",  "Exempt",                  RATE_ZERO,       REASON_NEEDED},
    [TAX_REVERSE_CHARGE]  = {"AE", "Reverse charge",          RATE_ZERO,       REASON_IS_NAME},
    [TAX_INTRA_COMMUNITY] = {"K",  "Intra-community supply",  RATE_ZERO,       REASON_IS_NAME},
    [TAX_EXPORT]          = {"G",  "Export outside the EU",   RATE_ZERO,       REASON_IS_NAME},
    [TAX_OUTSIDE_SCOPE]   = {"O",  "Not subject to VAT",      RATE_ZERO,       REASON_IS_NAME},
    [TAX_CANARY_ISLANDS]  = {"L",  "IGIC, Canary Islands",    RATE_ANY,        REASON_NEVER},
    [TAX_CEUTA_MELILLA]   = {"M",  "IPSI, Ceuta and Melilla", RATE_ANY,        REASON_NEVER},
};
/* clang-format on */

static const char *const tax_categories[] = {
    [TAX_STANDARD] = "standard",
    [TAX_ZERO_RATED] = "zero_rated",
    [TAX_EXEMPT] = "exempt",
    [TAX_REVERSE_CHARGE] = "reverse_charge",
    [TAX_INTRA_COMMUNITY] = "intra_community",
    [TAX_EXPORT] = "export",
    [TAX_OUTSIDE_SCOPE] = "outside_scope",
    [TAX_CANARY_ISLANDS] = "canary_islands",
    [TAX_CEUTA_MELILLA] = "ceuta_melilla",
};
const struct choices tax_category_choices = CHOICES("tax_category", tax_categories);

static const char *const tax_scopes[] = {
    [TAX_PER_GROUP] = "per_group",
    [TAX_PER_LINE] = "per_line",
};
const struct choices tax_scope_choices = CHOICES("tax_scope", tax_scopes);

static bool is_known(enum tax_category category)
{
    return category > TAX_UNKNOWN && category < TAX_CATEGORY_COUNT;
}

const char *tax_category_code(enum tax_category category)
{
    must(is_known(category));
    return categories[category].code;
}

static bool has_reason(const struct tax_line *line)
{
    return line->reason && *line->reason;
}

static const char *reason_of(const struct tax_line *line)
{
    if (has_reason(line))
        return line->reason;
    bool is_name = categories[line->category].reason == REASON_IS_NAME;
    return is_name ? categories[line->category].name : NULL;
}

const char *tax_reason(enum tax_category category, const char *note)
{
    must(is_known(category));
    return categories[category].reason == REASON_NEVER ? NULL : note;
}

enum error tax_line_check(const struct tax_line *line, struct fault *fault)
{
    if (!is_known(line->category))
        return refuse(fault, ERROR_INVALID, "category", "not a tax category of EN 16931");
    const char *code = categories[line->category].code;
    if (line->rate_ppm < 0 || line->rate_ppm > TAX_RATE_MAX_PPM)
        return refuse(fault, ERROR_OUT_OF_RANGE, "rate", "a tax rate is 0 to 100 percent");
    if (categories[line->category].rate == RATE_ZERO && line->rate_ppm != 0)
        return refuse(fault, ERROR_INVALID, "rate", "the rate of category %s is zero", code);
    if (categories[line->category].rate == RATE_ABOVE_ZERO && line->rate_ppm == 0)
        return refuse(fault, ERROR_INVALID, "rate", "the rate of category %s is above zero", code);
    if (categories[line->category].reason == REASON_NEEDED && !has_reason(line))
        return refuse(fault, ERROR_INVALID, "reason", "category %s needs a reason", code);
    if (categories[line->category].reason == REASON_NEVER && has_reason(line))
        return refuse(fault, ERROR_INVALID, "reason", "category %s takes no reason", code);
    return OK;
}

static enum error refuse_line(struct fault *fault, enum error code, size_t line, const char *field,
                              const char *detail)
{
    char path[FAULT_FIELD_MAX];
    snprintf(path, sizeof path, "lines/%zu/%.32s", line, field);
    return refuse(fault, code, path, "%s", detail);
}

/* group_count if there is none. */
static size_t find_group(const struct tax_breakdown *breakdown, enum tax_category category,
                         int64_t rate_ppm)
{
    size_t at = 0;
    while (at < breakdown->group_count && (breakdown->groups[at].category != category ||
                                           breakdown->groups[at].rate_ppm != rate_ppm))
        at++;
    return at;
}

/* The group with the key of like, made if need be; NULL if there is no room. */
static struct tax_group *take_group(struct tax_breakdown *breakdown, const struct tax_group *like)
{
    size_t at = find_group(breakdown, like->category, like->rate_ppm);
    if (at == TAX_GROUP_LIMIT)
        return NULL;
    if (at == breakdown->group_count) {
        breakdown->group_count++;
        breakdown->groups[at] = (struct tax_group){
            .category = like->category, .rate_ppm = like->rate_ppm, .reason = like->reason};
    }
    return &breakdown->groups[at];
}

static enum error too_many_groups(struct fault *fault)
{
    return refuse(fault, ERROR_OUT_OF_RANGE, "lines", "more than %d tax groups", TAX_GROUP_LIMIT);
}

static enum error sum_up(struct tax_breakdown *breakdown, struct fault *fault)
{
    int64_t net_minor = 0;
    int64_t tax_minor = 0;
    enum error error = OK;
    for (size_t i = 0; i < breakdown->group_count && error == OK; i++) {
        error = money_add(net_minor, breakdown->groups[i].base_minor, &net_minor, fault);
        if (error == OK)
            error = money_add(tax_minor, breakdown->groups[i].tax_minor, &tax_minor, fault);
    }
    if (error != OK)
        return error;
    breakdown->net_minor = net_minor;
    breakdown->tax_minor = tax_minor;
    return money_add(net_minor, tax_minor, &breakdown->gross_minor, fault);
}

static enum error add_to_group(struct tax_group *group, int64_t base_minor, int64_t tax_minor,
                               struct fault *fault)
{
    enum error error = money_add(group->base_minor, base_minor, &group->base_minor, fault);
    if (error != OK)
        return error;
    return money_add(group->tax_minor, tax_minor, &group->tax_minor, fault);
}

static enum error check_line(const struct tax_line *lines, size_t at, struct fault *fault)
{
    struct fault found = {0};
    enum error error = tax_line_check(&lines[at], &found);
    if (error != OK)
        return refuse_line(fault, error, at, found.field, found.detail);
    bool outside = lines[at].category == TAX_OUTSIDE_SCOPE;
    if (outside != (lines[0].category == TAX_OUTSIDE_SCOPE))
        return refuse_line(fault, ERROR_INVALID, at, "category",
                           "category O cannot stand beside another (BR-O-11 to BR-O-14)");
    return OK;
}

static enum error add_line(struct tax_rule rule, const struct tax_line *lines, size_t at,
                           struct tax_breakdown *breakdown, struct fault *fault)
{
    const struct tax_line *line = &lines[at];
    const char *reason = reason_of(line);
    struct tax_group *group = take_group(breakdown, &(struct tax_group){.category = line->category,
                                                                        .rate_ppm = line->rate_ppm,
                                                                        .reason = reason});
    if (!group)
        return too_many_groups(fault);
    if (reason && strcmp(group->reason, reason) != 0)
        return refuse_line(fault, ERROR_INVALID, at, "reason",
                           "an earlier line of this category gives another reason");
    int64_t tax_minor = 0;
    enum error error = OK;
    if (rule.scope == TAX_PER_LINE)
        error = money_ratio(line->net_minor, line->rate_ppm, PPM, rule.rounding, &tax_minor, fault);
    if (error != OK)
        return error;
    return add_to_group(group, line->net_minor, tax_minor, fault);
}

static enum error tax_groups(enum rounding rounding, struct tax_breakdown *breakdown,
                             struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < breakdown->group_count && error == OK; i++) {
        struct tax_group *group = &breakdown->groups[i];
        error = money_ratio(group->base_minor, group->rate_ppm, PPM, rounding, &group->tax_minor,
                            fault);
    }
    return error;
}

enum error tax_compute(struct tax_rule rule, const struct tax_line *lines, size_t count,
                       struct tax_breakdown *breakdown, struct fault *fault)
{
    struct tax_breakdown computed = {0};
    enum error error = OK;
    for (size_t at = 0; at < count && error == OK; at++) {
        error = check_line(lines, at, fault);
        if (error == OK)
            error = add_line(rule, lines, at, &computed, fault);
    }
    if (error == OK && rule.scope == TAX_PER_GROUP)
        error = tax_groups(rule.rounding, &computed, fault);
    if (error == OK)
        error = sum_up(&computed, fault);
    if (error == OK)
        *breakdown = computed;
    return error;
}

enum error tax_accumulate(struct tax_breakdown *sum, const struct tax_breakdown *more,
                          struct fault *fault)
{
    struct tax_breakdown grown = *sum;
    enum error error = OK;
    for (size_t i = 0; i < more->group_count && error == OK; i++) {
        const struct tax_group *added = &more->groups[i];
        struct tax_group *group = take_group(&grown, added);
        error = group ? add_to_group(group, added->base_minor, added->tax_minor, fault)
                      : too_many_groups(fault);
    }
    if (error == OK)
        error = sum_up(&grown, fault);
    if (error == OK)
        *sum = grown;
    return error;
}

/* What of a group was reversed, or is left. */
struct share {
    int64_t base_minor;
    int64_t tax_minor;
};

static struct share share_reversed(const struct tax_breakdown *reversed,
                                   const struct tax_group *issued)
{
    size_t at = find_group(reversed, issued->category, issued->rate_ppm);
    if (at == reversed->group_count)
        return (struct share){0};
    return (struct share){reversed->groups[at].base_minor, reversed->groups[at].tax_minor};
}

static bool between_zero_and(int64_t limit, int64_t value)
{
    return limit < 0 ? value >= limit && value <= 0 : value >= 0 && value <= limit;
}

static enum error share_left(const struct tax_group *issued, struct share reversed,
                             struct share *left, struct fault *fault)
{
    if (!between_zero_and(issued->base_minor, reversed.base_minor))
        return refuse(fault, ERROR_OUT_OF_RANGE, "reversed",
                      "more was taken back than issued in tax category %s",
                      tax_category_code(issued->category));
    left->base_minor = issued->base_minor - reversed.base_minor;
    return money_subtract(issued->tax_minor, reversed.tax_minor, &left->tax_minor, fault);
}

/* Tax that brings the group's reversed tax to its share of the issued tax. */
static enum error share_of_tax(const struct tax_group *issued, struct share reversed,
                               int64_t base_minor, enum rounding rounding, int64_t *tax_minor,
                               struct fault *fault)
{
    int64_t done_minor = reversed.base_minor + base_minor; /* within what was issued */
    int64_t due_minor;
    enum error error =
        money_ratio(issued->tax_minor, done_minor, issued->base_minor, rounding, &due_minor, fault);
    return error ? error : money_subtract(due_minor, reversed.tax_minor, tax_minor, fault);
}

/* What is taken back of one issued group. */
struct taken {
    bool is_named;
    int64_t base_minor;
    bool has_tax; /* where the lines tell it; else it is the group's share */
    int64_t tax_minor;
};

/* The last part takes the rest. Where earlier reversals were not made by this rule, as after an
 * import, the evening out may wait for it. */
static enum error tax_of_part(const struct tax_group *issued, struct share reversed,
                              struct share left, const struct taken *taken, enum rounding rounding,
                              int64_t *tax_minor, struct fault *fault)
{
    enum error error = OK;
    *tax_minor = taken->tax_minor;
    if (taken->base_minor == left.base_minor)
        *tax_minor = left.tax_minor;
    else if (!taken->has_tax)
        error = share_of_tax(issued, reversed, taken->base_minor, rounding, tax_minor, fault);
    if (error == OK && !between_zero_and(left.tax_minor, *tax_minor))
        *tax_minor = 0;
    return error;
}

static enum error reverse_group(const struct tax_group *issued,
                                const struct tax_breakdown *reversed, const struct taken *taken,
                                enum rounding rounding, struct tax_breakdown *reversal,
                                struct fault *fault)
{
    struct share done = share_reversed(reversed, issued);
    struct share left;
    int64_t tax_minor;
    enum error error = share_left(issued, done, &left, fault);
    if (error != OK)
        return error;
    if (!between_zero_and(left.base_minor, taken->base_minor))
        return refuse(fault, ERROR_OUT_OF_RANGE, "lines", "more than is left of tax category %s",
                      tax_category_code(issued->category));
    error = tax_of_part(issued, done, left, taken, rounding, &tax_minor, fault);
    if (error != OK)
        return error;
    struct tax_group *group = take_group(reversal, issued);
    must(group);
    return add_to_group(group, taken->base_minor, tax_minor, fault);
}

static enum error reverse_groups(const struct tax_breakdown *issued,
                                 const struct tax_breakdown *reversed,
                                 const struct taken taken[static TAX_GROUP_LIMIT],
                                 enum rounding rounding, struct tax_breakdown *reversal,
                                 struct fault *fault)
{
    struct tax_breakdown made = {0};
    enum error error = OK;
    for (size_t i = 0; i < issued->group_count && error == OK; i++)
        if (taken[i].is_named)
            error = reverse_group(&issued->groups[i], reversed, &taken[i], rounding, &made, fault);
    if (error == OK)
        error = sum_up(&made, fault);
    if (error == OK)
        *reversal = made;
    return error;
}

/* The group that a line was issued in, NULL if it was in none. */
static struct taken *name_group(const struct tax_breakdown *issued, enum tax_category category,
                                int64_t rate_ppm, struct taken taken[static TAX_GROUP_LIMIT])
{
    size_t group = find_group(issued, category, rate_ppm);
    if (group == issued->group_count)
        return NULL;
    taken[group].is_named = true;
    return &taken[group];
}

static enum error refuse_group(size_t line, struct fault *fault)
{
    return refuse_line(fault, ERROR_INVALID, line, "category",
                       "nothing was issued in this category and rate");
}

enum error tax_reverse(const struct tax_breakdown *issued, const struct tax_breakdown *reversed,
                       const struct tax_line *lines, size_t count, enum rounding rounding,
                       struct tax_breakdown *reversal, struct fault *fault)
{
    struct taken taken[TAX_GROUP_LIMIT] = {0};
    enum error error = OK;
    for (size_t at = 0; at < count && error == OK; at++) {
        struct taken *named = name_group(issued, lines[at].category, lines[at].rate_ppm, taken);
        error = named ? money_add(named->base_minor, lines[at].net_minor, &named->base_minor, fault)
                      : refuse_group(at, fault);
    }
    return error ? error : reverse_groups(issued, reversed, taken, rounding, reversal, fault);
}

/* A line's own tax, by the share of it that this part takes further. */
static enum error tax_of_line_part(const struct tax_part *part, enum rounding rounding,
                                   int64_t *tax_minor, struct fault *fault)
{
    int64_t line_tax_minor, before_minor, after_minor;
    enum error error =
        money_ratio(part->line_minor, part->rate_ppm, PPM, rounding, &line_tax_minor, fault);
    if (error == OK)
        error = money_ratio(line_tax_minor, part->reversed_minor, part->line_minor, rounding,
                            &before_minor, fault);
    if (error == OK)
        error = money_ratio(line_tax_minor, part->reversed_minor + part->net_minor,
                            part->line_minor, rounding, &after_minor, fault);
    return error ? error : money_subtract(after_minor, before_minor, tax_minor, fault);
}

static enum error take_part(const struct tax_part *part, size_t at, enum rounding rounding,
                            struct taken *taken, struct fault *fault)
{
    int64_t tax_minor = 0;
    enum error error = OK;
    if (!between_zero_and(part->line_minor, part->reversed_minor) ||
        !between_zero_and(part->line_minor - part->reversed_minor, part->net_minor))
        return refuse_line(fault, ERROR_OUT_OF_RANGE, at, "net", "more than is left of the line");
    if (part->line_minor != 0)
        error = tax_of_line_part(part, rounding, &tax_minor, fault);
    if (error == OK)
        error = money_add(taken->base_minor, part->net_minor, &taken->base_minor, fault);
    if (error == OK)
        error = money_add(taken->tax_minor, tax_minor, &taken->tax_minor, fault);
    taken->has_tax = true;
    return error;
}

enum error tax_reverse_lines(const struct tax_breakdown *issued,
                             const struct tax_breakdown *reversed, const struct tax_part *parts,
                             size_t count, enum rounding rounding, struct tax_breakdown *reversal,
                             struct fault *fault)
{
    struct taken taken[TAX_GROUP_LIMIT] = {0};
    enum error error = OK;
    for (size_t at = 0; at < count && error == OK; at++) {
        struct taken *named = name_group(issued, parts[at].category, parts[at].rate_ppm, taken);
        error = named ? take_part(&parts[at], at, rounding, named, fault) : refuse_group(at, fault);
    }
    return error ? error : reverse_groups(issued, reversed, taken, rounding, reversal, fault);
}
