/* Prints the table of routes as JSON: what test_contract.py holds against the published contract
 * and test_roles.py walks. */
#include <stdio.h>

#include <jansson.h>

#include "api/route.h"
#include "base/must.h"

static const char *const method_names[HTTP_METHOD_COUNT] = {
    [HTTP_GET] = "GET",         [HTTP_HEAD] = "HEAD",   [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT",         [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
    [HTTP_OPTIONS] = "OPTIONS",
};

static const char *const kind_names[] = {
    [FIELD_ID] = "id",           [FIELD_TEXT] = "text",     [FIELD_INTEGER] = "integer",
    [FIELD_BOOLEAN] = "boolean", [FIELD_DAY] = "day",       [FIELD_MOMENT] = "moment",
    [FIELD_MONEY] = "money",     [FIELD_CHOICE] = "choice", [FIELD_HASH] = "hash",
    [FIELD_BYTES] = "bytes",     [FIELD_TEXTS] = "texts",   [FIELD_OBJECT] = "object",
    [FIELD_LIST] = "list",
};

struct name {
    unsigned bit;
    const char *text;
};

static const struct name flag_names[] = {
    {REQUIRED, "required"},       {NULLABLE, "nullable"},     {SECRET, "secret"},
    {FROM_PATH, "from_path"},     {FROM_QUERY, "from_query"}, {FROM_RAW_BODY, "from_raw_body"},
    {AGENCY_ONLY, "agency_only"},
};

static const struct name role_names[] = {
    {ROLE_OWNER, "owner"},       {ROLE_SALES, "sales"},     {ROLE_DELIVERY, "delivery"},
    {ROLE_FINANCE, "finance"},   {ROLE_AUDITOR, "auditor"}, {ROLE_APPROVER, "approver"},
    {ROLE_PAYER, "payer"},       {ROLE_VIEWER, "viewer"},   {ROLE_SYSTEM, "system"},
    {ROLE_OPERATOR, "operator"}, {ROLE_NOBODY, "nobody"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static json_t *names_of(unsigned bits, const struct name *names, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        if (bits & names[i].bit)
            json_array_append_new(list, json_string(names[i].text));
    }
    return list;
}

static json_t *choices_json(const struct choices *choices)
{
    json_t *list = json_array();
    for (size_t i = 1; i < choices->count; i++)
        json_array_append_new(list, json_string(choices->names[i]));
    return list;
}

static json_t *shape_json(const struct shape *shape);

static json_t *field_json(const struct field *field)
{
    char name[FIELD_NAME_SIZE];
    json_t *object = json_pack("{s:s, s:s, s:o, s:I, s:I, s:I}", "name",
                               field_json_name(field, name), "kind", kind_names[field->kind],
                               "flags", names_of(field->flags, flag_names, COUNT(flag_names)),
                               "limit", (json_int_t)field->limit, "minimum",
                               (json_int_t)field->minimum, "maximum", (json_int_t)field->maximum);
    if (field->choices)
        json_object_set_new(object, "choices", choices_json(field->choices));
    if (field->shape)
        json_object_set_new(object, "shape", shape_json(field->shape));
    return object;
}

static json_t *shape_json(const struct shape *shape)
{
    if (!shape)
        return json_null();
    json_t *fields = json_array();
    for (size_t i = 0; i < shape->field_count; i++)
        json_array_append_new(fields, field_json(&shape->fields[i]));
    return json_pack("{s:s, s:o}", "name", shape->name, "fields", fields);
}

/* What an owner's token needs the scope "admin" for. */
static bool is_administration(enum permission permission)
{
    const struct actor owner = {.roles = ROLE_OWNER, .may_write = true};
    const struct actor administrator = {
        .roles = ROLE_OWNER, .may_write = true, .may_administer = true};
    return policy_allows(&administrator, permission) && !policy_allows(&owner, permission);
}

static json_t *route_json(const struct route *route)
{
    const struct operation *operation = route->operation;
    unsigned roles = policy_roles(operation->permission);
    return json_pack("{s:s, s:s, s:s, s:i, s:o, s:b, s:b, s:b, s:b, s:b, s:b, s:o, s:o}", //
                     "method", method_names[route->method],                               //
                     "path", route->path,                                                 //
                     "operation", operation->name,                                        //
                     "status", route->success_status,                                     //
                     "roles", names_of(roles, role_names, COUNT(role_names)),             //
                     "is_entrance", operation->permission == PERMIT_ANYONE,               //
                     "is_administration", is_administration(operation->permission), "writes",
                     operation->writes,                           //
                     "is_bookkeeping", operation->is_bookkeeping, //
                     "needs_version", operation->needs_version,   //
                     "has_own_answer", route->answer != NULL,     //
                     "in", shape_json(operation->in),             //
                     "out", shape_json(operation->out));
}

int main(void)
{
    json_t *routes = json_array();
    for (const struct route *route = all_routes; route->path; route++) {
        json_t *object = route_json(route);
        must(object);
        json_array_append_new(routes, object);
    }
    json_dumpf(routes, stdout, JSON_COMPACT);
    json_decref(routes);
    return 0;
}
