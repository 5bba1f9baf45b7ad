#include "api/input.h"

#include <string.h>

#include "base/json.h"
#include "base/limits.h"

static const char json_media_type[] = "application/json";

/* ---- address and query --------------------------------------------------------------------- */

static const char *value_of(struct arena *arena, const struct route_match *match, size_t i)
{
    const char *value = match->values[i];
    for (size_t j = 0; i + 1 == match->count && j < match->rest_count; j++)
        value = arena_format(arena, "%s/%s", value, match->rest[j]);
    return value;
}

static enum error read_path(struct arena *arena, const struct route_match *match,
                            const struct shape *shape, void *in, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < match->count; i++) {
        const char *name = arena_text_n(arena, match->names[i], match->name_lengths[i]);
        const struct field *field = shape_field(shape, name, NULL);
        error = json_read_text(arena, shape, field, value_of(arena, match, i), in, fault);
        if (error == ERROR_INVALID) /* no id at all: there can be nothing there */
            error = refuse(fault, ERROR_NOT_FOUND, NULL, "there is nothing at this address");
    }
    return error;
}

static bool has_parameter(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++) {
        if (strcmp(request->query[i].name, name) == 0)
            return true;
    }
    return false;
}

static enum error check_given(const struct http_request *request, const struct shape *shape,
                              struct fault *fault)
{
    for (size_t i = 0; shape && i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        bool is_needed = (field->flags & FROM_QUERY) && (field->flags & REQUIRED);
        if (is_needed && !has_parameter(request, field->name))
            return refuse(fault, ERROR_INVALID, field->name, "is missing");
    }
    return OK;
}

static enum error read_query(struct arena *arena, const struct http_request *request,
                             const struct shape *shape, void *in, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < request->query_count; i++) {
        const struct http_pair *pair = &request->query[i];
        const struct field *field = shape ? shape_field(shape, pair->name, NULL) : NULL;
        if (!field || !(field->flags & FROM_QUERY))
            return refuse(fault, ERROR_INVALID, pair->name, "there is no such parameter here");
        error = json_read_text(arena, shape, field, pair->value, in, fault);
    }
    return error ? error : check_given(request, shape, fault);
}

/* ---- the body ------------------------------------------------------------------------------ */

static bool takes_body(const struct shape *shape)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        if (!(shape->fields[i].flags & (FROM_PATH | FROM_QUERY | FROM_RAW_BODY)))
            return true;
    }
    return false;
}

static const struct field *raw_body_field(const struct shape *shape)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        if (shape->fields[i].flags & FROM_RAW_BODY)
            return &shape->fields[i];
    }
    return NULL;
}

bool input_is_raw(const struct operation *operation)
{
    return operation->in && raw_body_field(operation->in);
}

static enum error check_json_type(const struct http_request *request, struct fault *fault)
{
    const char *type = http_header(request, "Content-Type");
    size_t length = sizeof json_media_type - 1;
    if (type && strncasecmp(type, json_media_type, length) == 0 &&
        (type[length] == '\0' || type[length] == ';' || type[length] == ' '))
        return OK;
    return refuse(fault, ERROR_UNSUPPORTED_MEDIA, "Content-Type", "the body must be %s",
                  json_media_type);
}

static enum error read_json(struct arena *arena, const struct http_request *request,
                            const struct shape *shape, void *in, struct fault *fault)
{
    json_t *object = NULL;
    if (request->body_size > BODY_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "a JSON body has at most %d bytes", BODY_LIMIT);
    if (request->body_size > 0) {
        enum error error = check_json_type(request, fault);
        if (!error)
            error = json_parse_object(request->body, request->body_size, &object, fault);
        if (error)
            return error;
    }
    enum error error = json_read_shape(arena, shape, object, in, fault);
    json_decref(object);
    return error;
}

static enum error read_body(struct arena *arena, const struct http_request *request,
                            const struct shape *shape, void *in, struct fault *fault)
{
    const struct field *raw = raw_body_field(shape);
    if (raw) {
        *(struct bytes *)field_at(raw, in) = (struct bytes){request->body, request->body_size};
        return OK;
    }
    if (takes_body(shape))
        return read_json(arena, request, shape, in, fault);
    if (request->body_size > 0)
        return refuse(fault, ERROR_INVALID, NULL, "this address takes no body");
    return OK;
}

enum error input_read(struct arena *arena, const struct route_match *match,
                      const struct http_request *request, void **in, struct fault *fault)
{
    const struct shape *shape = match->route->operation->in;
    *in = NULL;
    if (!shape)
        return read_query(arena, request, NULL, NULL, fault);
    *in = arena_alloc(arena, shape->size);
    shape_init(shape, *in);
    enum error error = read_body(arena, request, shape, *in, fault);
    if (!error)
        error = read_path(arena, match, shape, *in, fault);
    if (!error)
        error = read_query(arena, request, shape, *in, fault);
    return error;
}
