#include "core/requirement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"

static const char *const priorities[] = {
    [PRIORITY_MUST] = "must",
    [PRIORITY_SHOULD] = "should",
    [PRIORITY_COULD] = "could",
    [PRIORITY_OUT_OF_SCOPE] = "out_of_scope",
};
const struct choices priority_choices = CHOICES("priority", priorities);

static const char *const requirement_states[] = {
    [REQUIREMENT_CURRENT] = "current",
    [REQUIREMENT_SUPERSEDED] = "superseded",
    [REQUIREMENT_WITHDRAWN] = "withdrawn",
};
const struct choices requirement_state_choices = CHOICES("requirement_state", requirement_states);

static const struct field criterion_fields[] = {
    FIELD(struct criterion, code, TEXT, .limit = CODE_LIMIT),
    FIELD(struct criterion, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct criterion, measure, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct criterion, checked_by, TEXT, .limit = SHORT_TEXT_LIMIT),
};
const struct shape criterion_shape = SHAPE("criterion", struct criterion, criterion_fields);

static const struct field requirement_fields[] = {
    ID_FIELD(struct requirement),
    VERSION_FIELD(struct requirement),
    FIELD(struct requirement, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct requirement, code, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct requirement, revision, INTEGER, .flags = FIXED, COUNT_RANGE, .initial = 1),
    FIELD(struct requirement, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct requirement, priority, CHOICE, .flags = REQUIRED, .choices = &priority_choices),
    FIELD(struct requirement, state, CHOICE, .flags = REQUIRED,
          .choices = &requirement_state_choices, .initial = REQUIREMENT_CURRENT),
    FIELD(struct requirement, criteria, LIST, .limit = SHORT_LIST_LIMIT, .shape = &criterion_shape),
    FIELD(struct requirement, confirmed_at, MOMENT, OPTIONAL),
    FIELD(struct requirement, confirmed_by, ID, OPTIONAL),
    FIELD(struct requirement, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape requirement_shape = SHAPE("requirement", struct requirement, requirement_fields);

static const struct field requirement_confirmation_fields[] = {
    ID_FIELD(struct requirement_confirmation),
    FIELD(struct requirement_confirmation, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct requirement_confirmation, contact_id, ID, .flags = REQUIRED),
    FIELD(struct requirement_confirmation, set_hash, HASH, .flags = REQUIRED),
    FIELD(struct requirement_confirmation, requirement_count, INTEGER, COUNT_RANGE),
    FIELD(struct requirement_confirmation, confirmed_at, MOMENT, .flags = REQUIRED),
};
const struct shape requirement_confirmation_shape = SHAPE(
    "requirement_confirmation", struct requirement_confirmation, requirement_confirmation_fields);

static const struct field requirement_statement_fields[] = {
    FIELD(struct requirement_statement, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct requirement_statement, revision, INTEGER, COUNT_RANGE),
    FIELD(struct requirement_statement, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct requirement_statement, priority, CHOICE, .flags = REQUIRED,
          .choices = &priority_choices),
    FIELD(struct requirement_statement, criteria, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &criterion_shape),
};
const struct shape requirement_statement_shape =
    SHAPE("requirement_statement", struct requirement_statement, requirement_statement_fields);

/* ---- states -------------------------------------------------------------------------------- */

enum requirement_event { REQUIREMENT_REVISE = 1, REQUIREMENT_WITHDRAW, REQUIREMENT_EVENT_COUNT };

static const char *const requirement_verbs[] = {
    [REQUIREMENT_REVISE] = "revised",
    [REQUIREMENT_WITHDRAW] = "withdrawn",
};

static const unsigned char requirement_steps[][REQUIREMENT_EVENT_COUNT] = {
    [REQUIREMENT_CURRENT] =
        {
            [REQUIREMENT_REVISE] = REQUIREMENT_SUPERSEDED,
            [REQUIREMENT_WITHDRAW] = REQUIREMENT_WITHDRAWN,
        },
    [REQUIREMENT_SUPERSEDED] = {0},
    [REQUIREMENT_WITHDRAWN] = {0},
};

static const struct machine requirement_machine = MACHINE(
    "requirement", "state", &requirement_state_choices, requirement_verbs, requirement_steps);

static enum error step(struct requirement *requirement, enum requirement_event event,
                       struct fault *fault)
{
    int state = (int)requirement->state;
    enum error error = machine_step(&requirement_machine, &state, (int)event, fault);
    requirement->state = (enum requirement_state)state;
    return error;
}

/* ---- codes --------------------------------------------------------------------------------- */

static const struct requirement *requirement_at(const struct list *requirements, size_t i)
{
    return LIST_AT(struct requirement, *requirements, i);
}

static const struct criterion *criterion_at(const struct requirement *requirement, size_t i)
{
    return LIST_AT(struct criterion, requirement->criteria, i);
}

const char *requirement_next_code(struct arena *arena, const struct list *requirements)
{
    int64_t last = 0;
    for (size_t i = 0; i < requirements->count; i++) {
        int64_t number = code_number(requirement_at(requirements, i)->code, "R");
        last = number > last ? number : last;
    }
    return arena_format(arena, "R%lld", (long long)last + 1);
}

static int64_t last_criterion(const struct requirement *requirement, const char *prefix)
{
    int64_t last = 0;
    for (size_t i = 0; i < requirement->criteria.count; i++) {
        const char *code = criterion_at(requirement, i)->code;
        int64_t number = code ? code_number(code, prefix) : 0;
        last = number > last ? number : last;
    }
    return last;
}

void requirement_number_criteria(struct arena *arena, struct requirement *requirement,
                                 const struct list *requirements)
{
    const char *prefix = arena_format(arena, "%s.", requirement->code);
    int64_t last = last_criterion(requirement, prefix);
    for (size_t i = 0; i < requirements->count; i++) {
        int64_t number = last_criterion(requirement_at(requirements, i), prefix);
        last = number > last ? number : last;
    }
    for (size_t i = 0; i < requirement->criteria.count; i++) {
        struct criterion *criterion = LIST_AT(struct criterion, requirement->criteria, i);
        if (!criterion->code || !*criterion->code)
            criterion->code = arena_format(arena, "%s%lld", prefix, (long long)++last);
    }
}

/* Criteria of superseded and withdrawn requirements are out of the way. */
static bool is_criterion_elsewhere(const struct requirement *requirement, const char *code,
                                   const struct list *requirements)
{
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement *other = requirement_at(requirements, i);
        if (other->state != REQUIREMENT_CURRENT || strcmp(other->code, requirement->code) == 0)
            continue;
        for (size_t c = 0; c < other->criteria.count; c++) {
            if (strcmp(criterion_at(other, c)->code, code) == 0)
                return true;
        }
    }
    return false;
}

static bool is_criterion_before(const struct requirement *requirement, size_t i)
{
    for (size_t earlier = 0; earlier < i; earlier++) {
        if (strcmp(criterion_at(requirement, earlier)->code, criterion_at(requirement, i)->code) ==
            0)
            return true;
    }
    return false;
}

static enum error check_criteria(const struct requirement *requirement,
                                 const struct list *requirements, struct fault *fault)
{
    for (size_t i = 0; i < requirement->criteria.count; i++) {
        char field[FAULT_FIELD_MAX];
        const struct criterion *criterion = criterion_at(requirement, i);
        snprintf(field, sizeof field, "criteria/%zu/text", i);
        enum error error = text_check(criterion->text, field, fault);
        if (error)
            return error;
        snprintf(field, sizeof field, "criteria/%zu/code", i);
        error = code_check(criterion->code, field, fault);
        if (error)
            return error;
        if (is_criterion_before(requirement, i) ||
            is_criterion_elsewhere(requirement, criterion->code, requirements))
            return refuse(fault, ERROR_CONFLICT, field, "%s is taken by another criterion",
                          criterion->code);
    }
    return OK;
}

static size_t length_of(const char *text)
{
    return text ? strlen(text) : 0;
}

static size_t size_of(const struct requirement *requirement)
{
    size_t size = length_of(requirement->text);
    for (size_t i = 0; i < requirement->criteria.count; i++) {
        const struct criterion *criterion = criterion_at(requirement, i);
        size += sizeof *criterion + length_of(criterion->text) + length_of(criterion->measure) +
                length_of(criterion->checked_by);
    }
    return size;
}

/* Whoever reads the set or signs it holds it in memory as a whole. */
static enum error check_room(const struct requirement *requirement, const struct list *requirements,
                             struct fault *fault)
{
    size_t size = size_of(requirement);
    if (requirements->count >= LIST_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "requirements",
                      "an engagement has at most %d, counting each revision", LIST_LIMIT);
    for (size_t i = 0; i < requirements->count; i++)
        size += size_of(requirement_at(requirements, i));
    if (size > SCOPE_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "requirements",
                      "together, with their revisions, they hold more than %d bytes", SCOPE_LIMIT);
    return OK;
}

enum error requirement_check(const struct requirement *requirement, const struct list *requirements,
                             struct fault *fault)
{
    enum error error = code_check(requirement->code, "code", fault);
    if (error)
        return error;
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement *other = requirement_at(requirements, i);
        if (strcmp(other->code, requirement->code) == 0 && other->revision >= requirement->revision)
            return refuse(fault, ERROR_CONFLICT, "code", "%s is taken", requirement->code);
    }
    error = text_check(requirement->text, "text", fault);
    if (error)
        return error;
    if (!requirement->priority)
        return refuse(fault, ERROR_INVALID, "priority", "is missing");
    error = check_room(requirement, requirements, fault);
    return error ? error : check_criteria(requirement, requirements, fault);
}

enum error requirement_revise(struct requirement *current, struct requirement *next,
                              struct fault *fault)
{
    enum error error = step(current, REQUIREMENT_REVISE, fault);
    if (error)
        return error;
    next->version = 1;
    next->engagement_id = current->engagement_id;
    next->code = current->code;
    next->revision = current->revision + 1;
    next->state = REQUIREMENT_CURRENT;
    next->confirmed_at = 0;
    next->confirmed_by = (struct id){0};
    return OK;
}

enum error requirement_withdraw(struct requirement *requirement, struct fault *fault)
{
    return step(requirement, REQUIREMENT_WITHDRAW, fault);
}

/* ---- the set ------------------------------------------------------------------------------- */

static int by_code(const void *a, const void *b)
{
    const struct requirement_statement *left = a, *right = b;
    return code_compare(left->code, right->code);
}

struct list requirement_statements(struct arena *arena, const struct list *requirements)
{
    struct requirement_statement *statements =
        arena_array(arena, requirements->count, sizeof *statements);
    size_t count = 0;
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement *requirement = requirement_at(requirements, i);
        if (requirement->state != REQUIREMENT_CURRENT)
            continue;
        statements[count++] = (struct requirement_statement){
            .code = requirement->code,
            .revision = requirement->revision,
            .text = requirement->text,
            .priority = requirement->priority,
            .criteria = requirement->criteria,
        };
    }
    if (count > 0)
        qsort(statements, count, sizeof *statements, by_code);
    return (struct list){statements, count};
}

struct hash requirement_set_hash(struct arena *arena, const struct list *requirements)
{
    struct list statements = requirement_statements(arena, requirements);
    struct text_buffer text = text_buffer_in(arena);
    text_put_char(&text, '[');
    for (size_t i = 0; i < statements.count; i++) {
        if (i > 0)
            text_put_char(&text, ',');
        json_write_shape(&text, &requirement_statement_shape,
                         LIST_AT(struct requirement_statement, statements, i), JSON_CANONICAL);
    }
    text_put_char(&text, ']');
    return hash_bytes(text.bytes, text.size);
}

enum error requirement_confirm(struct arena *arena, struct list *requirements,
                               struct hash shown_hash, struct id contact_id, int64_t now_ms,
                               struct requirement_confirmation *confirmation, struct fault *fault)
{
    size_t count = requirement_statements(arena, requirements).count;
    if (count == 0)
        return refuse(fault, ERROR_WRONG_STATE, "requirements", "there is nothing to confirm yet");
    if (!hash_equal(requirement_set_hash(arena, requirements), shown_hash))
        return refuse(fault, ERROR_STALE, "set_hash",
                      "the requirements have changed since they were shown");
    for (size_t i = 0; i < requirements->count; i++) {
        struct requirement *requirement = LIST_AT(struct requirement, *requirements, i);
        if (requirement->state != REQUIREMENT_CURRENT)
            continue;
        requirement->confirmed_at = now_ms;
        requirement->confirmed_by = contact_id;
    }
    confirmation->engagement_id = requirement_at(requirements, 0)->engagement_id;
    confirmation->contact_id = contact_id;
    confirmation->set_hash = shown_hash;
    confirmation->requirement_count = (int64_t)count;
    confirmation->confirmed_at = now_ms;
    return OK;
}

bool requirement_set_is_confirmed(struct arena *arena, const struct list *requirements,
                                  const struct requirement_confirmation *latest)
{
    if (requirement_statements(arena, requirements).count == 0)
        return true;
    return latest && hash_equal(latest->set_hash, requirement_set_hash(arena, requirements));
}

struct texts requirement_criteria(struct arena *arena, const struct list *requirements)
{
    struct texts codes = {0};
    for (size_t i = 0; i < requirements->count; i++)
        codes.count += requirement_at(requirements, i)->criteria.count;
    codes.texts = arena_array(arena, codes.count, sizeof *codes.texts);
    codes.count = 0;
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement *requirement = requirement_at(requirements, i);
        for (size_t c = 0;
             requirement->state == REQUIREMENT_CURRENT && c < requirement->criteria.count; c++)
            codes.texts[codes.count++] = criterion_at(requirement, c)->code;
    }
    return codes;
}
